//! The update server, and the keys and the hand of whoever publishes versions.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use parking_lot::Mutex;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls_pki_types::PrivateKeyDer;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

pub const TARGET: &str = "linux-x86_64";

/// Serves what was published, over TLS, and keeps the heads of all requests.
pub struct Site {
    pub port: u16,
    /// The authority that its certificate is from.
    pub authority: Vec<u8>,
    pub authority_pem: String,
    files: Arc<Mutex<BTreeMap<String, Vec<u8>>>>,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Site {
    pub async fn start() -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let certificate = params.self_signed(&key).unwrap();
        let (authority, authority_pem) = (certificate.der().to_vec(), certificate.pem());
        let issuer = Issuer::new(params, key);
        let key = KeyPair::generate().unwrap();
        let leaf = CertificateParams::new(["localhost".to_owned()]).unwrap();
        let leaf = leaf.signed_by(&key, &issuer).unwrap().der().clone();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![leaf], PrivateKeyDer::try_from(key.serialize_der()).unwrap())
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (files, heads) = <(Arc<Mutex<_>>, Arc<Mutex<_>>)>::default();
        let site = Self { port, authority, authority_pem, files, heads };
        let (files, heads) = (Arc::clone(&site.files), Arc::clone(&site.heads));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, files, heads) =
                    (acceptor.clone(), Arc::clone(&files), Arc::clone(&heads));
                tokio::spawn(async move {
                    // A client that goes away is no fault.
                    drop(serve(stream, &acceptor, &files, &heads).await);
                });
            }
        });
        site
    }

    /// The address that programs are built with.
    pub fn base(&self) -> String {
        format!("https://localhost:{}/desktop/", self.port)
    }

    /// The heads of all requests so far, as they came.
    pub fn heads(&self) -> Vec<String> {
        self.heads.lock().clone()
    }

    /// How many requests asked for a path with this in it.
    pub fn count(&self, part: &str) -> usize {
        self.heads.lock().iter().filter(|head| head.lines().next().unwrap().contains(part)).count()
    }

    /// Publishes a version: its archive, the list, and the signatures of both.
    pub fn publish(&self, keys: &Keys, version: &str, seq: u64, program: &Path) {
        let name = format!("MultiClaw-{version}-{TARGET}.tar.gz");
        let folder = keys.folder.join(format!("release-{version}"));
        std::fs::create_dir(&folder).unwrap();
        std::fs::copy(program, folder.join("multiclaw")).unwrap();
        let archive = folder.join(&name);
        let packed = Command::new("tar")
            .args(["--owner=0", "--group=0", "--numeric-owner", "--format=ustar"])
            .args(["--use-compress-program=gzip -1", "-cf"])
            .arg(&archive)
            .args(["-C", folder.to_str().unwrap(), "multiclaw"])
            .status()
            .unwrap();
        assert!(packed.success());
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
        let now = now.as_secs();
        let comment = format!(
            "timestamp:{now}\tfile:{name}\tversion:{version}\tproduct:multiclaw\t\
             kind:artifact\tchannel:stable\ttarget:{TARGET}"
        );
        let signature = keys.sign("release", &archive, &comment);
        let bytes = std::fs::read(&archive).unwrap();
        let list = serde_json::json!({
            "version": version,
            "notes": format!("What is new in {version}."),
            "pub_date": "2026-11-21T00:00:00Z",
            "platforms": { TARGET: {
                "url": format!("{}{version}/{name}", self.base()),
                "signature": STANDARD.encode(signature),
                "size": bytes.len(),
            }},
            "channel": "stable",
            "seq": seq,
            "min_version": "1.0.0",
        });
        let path = folder.join("latest.json");
        std::fs::write(&path, serde_json::to_vec(&list).unwrap()).unwrap();
        let expires = now + 21 * 24 * 3600;
        let comment = format!(
            "product:multiclaw\tkind:manifest\tchannel:stable\tseq:{seq}\ttimestamp:{now}\t\
             expires:{expires}"
        );
        let signature = keys.sign("manifest", &path, &comment);
        let mut files = self.files.lock();
        files.insert(format!("/desktop/{version}/{name}"), bytes);
        files.insert("/desktop/stable/latest.json".into(), std::fs::read(&path).unwrap());
        files.insert("/desktop/stable/latest.json.minisig".into(), signature);
    }
}

async fn serve(
    stream: TcpStream,
    acceptor: &TlsAcceptor,
    files: &Mutex<BTreeMap<String, Vec<u8>>>,
    heads: &Mutex<Vec<String>>,
) -> std::io::Result<()> {
    let mut stream = acceptor.accept(stream).await?;
    loop {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await?);
        }
        let head = String::from_utf8(head).unwrap();
        let target = head.split(' ').nth(1).unwrap();
        let path = target.split('?').next().unwrap().to_owned();
        heads.lock().push(head);
        let found = files.lock().get(&path).cloned();
        let (status, body) = match found {
            Some(body) => ("200 OK", body),
            None => ("404 Not Found", Vec::new()),
        };
        let answer = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n\r\n", body.len());
        stream.write_all(answer.as_bytes()).await?;
        stream.write_all(&body).await?;
        stream.flush().await?;
    }
}

/// Keys of the real `minisign`, in a folder.
pub struct Keys {
    pub folder: PathBuf,
    /// As a program is built with them.
    pub list: String,
}

impl Keys {
    pub fn make(folder: &Path) -> Self {
        let mut list = String::new();
        for role in ["release", "manifest"] {
            let (public, secret) = (format!("{role}.pub"), format!("{role}.key"));
            minisign(folder, &["-G", "-W", "-f", "-p", &public, "-s", &secret]);
            let text = std::fs::read_to_string(folder.join(public)).unwrap();
            list.push_str(&format!("{role} {}\n", text.lines().nth(1).unwrap()));
        }
        Self { folder: folder.to_owned(), list }
    }

    fn sign(&self, role: &str, file: &Path, comment: &str) -> Vec<u8> {
        let into = file.with_extension("signature");
        let (file, signature) = (file.to_str().unwrap(), into.to_str().unwrap());
        let secret = format!("{role}.key");
        minisign(
            &self.folder,
            &["-S", "-W", "-s", &secret, "-m", file, "-x", signature, "-t", comment],
        );
        std::fs::read(into).unwrap()
    }
}

fn minisign(folder: &Path, words: &[&str]) {
    let mut run = Command::new("minisign");
    run.args(words).current_dir(folder).stdin(Stdio::null());
    let run = run.output().expect("minisign is installed");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
}
