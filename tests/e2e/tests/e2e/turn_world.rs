//! A real coturn that speaks TLS, with a certificate of a CA of our own.

use cloud::Turn;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

pub const SECRET: &str = "relay secret of this test";

/// A CA and a folder with a key and a certificate for `host`.
pub struct Papers {
    pub authority: Vec<u8>,
    folder: TempDir,
}

impl Papers {
    pub fn new(host: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut parameters = CertificateParams::default();
        parameters.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        let key = KeyPair::generate().unwrap();
        let authority = parameters.self_signed(&key).unwrap().der().to_vec();
        let issuer = Issuer::new(parameters, key);
        let key = KeyPair::generate().unwrap();
        let request = CertificateParams::new(vec![host.to_owned()]).unwrap();
        let certificate = request.signed_by(&key, &issuer).unwrap();
        std::fs::write(folder.path().join("cert.pem"), certificate.pem()).unwrap();
        std::fs::write(folder.path().join("key.pem"), key.serialize_pem()).unwrap();
        Self { authority, folder }
    }
}

/// A running coturn. Dropping it kills it.
pub struct Coturn {
    child: Child,
    pub port: u16,
}

impl Drop for Coturn {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Coturn {
    /// Serves TLS on `port`, and nothing over UDP.
    pub fn tls(papers: &Papers, port: u16) -> Self {
        let port_text = port.to_string();
        let child = Command::new("turnserver")
            .args(["-n", "--no-cli", "--allow-loopback-peers", "--no-udp", "--no-tcp", "--no-dtls"])
            .args(["--listening-ip", "127.0.0.1", "--relay-ip", "127.0.0.1"])
            .args(["--tls-listening-port", &port_text])
            .arg("--cert")
            .arg(papers.folder.path().join("cert.pem"))
            .arg("--pkey")
            .arg(papers.folder.path().join("key.pem"))
            .args(["--use-auth-secret", "--static-auth-secret", SECRET, "--realm", "multiclaw"])
            .args(["--log-file", "stdout", "--pidfile", "/dev/null"])
            .current_dir(papers.folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("coturn is missing: tests/run installs it");
        let coturn = Self { child, port };
        for _ in 0..200 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return coturn;
            }
            std::thread::sleep(Duration::from_millis(25));
        }
        panic!("coturn does not listen");
    }
}

pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// What the cloud says about relays.
pub fn turn(urls: &[String], life: Duration) -> Turn {
    Turn { urls: urls.to_vec(), secret: SECRET.into(), life }
}

pub fn turns(port: u16) -> String {
    format!("turns:localhost:{port}?transport=tcp")
}

pub const HOUR: Duration = Duration::from_secs(3600);
