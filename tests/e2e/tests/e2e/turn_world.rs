//! A real coturn that speaks TLS, with a certificate of a CA of our own, or plain TCP.

use cloud::Turn;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
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
        let mut command = Command::new("turnserver");
        command
            .args(["--no-udp", "--no-tcp", "--tls-listening-port", &port.to_string(), "--cert"])
            .arg(papers.folder.path().join("cert.pem"))
            .arg("--pkey")
            .arg(papers.folder.path().join("key.pem"))
            .current_dir(papers.folder.path());
        Self::start(command, port)
    }

    /// Serves TCP without TLS on `port`, and nothing over UDP.
    pub fn tcp(port: u16) -> Self {
        let mut command = Command::new("turnserver");
        command
            .args(["--no-udp", "--no-tls", "--listening-port", &port.to_string()])
            .current_dir(std::env::temp_dir());
        Self::start(command, port)
    }

    /// Serves UDP on `port`, and TCP beside it, which says that it listens.
    pub fn udp(port: u16) -> Self {
        let mut command = Command::new("turnserver");
        command
            .args(["--no-tls", "--listening-port", &port.to_string()])
            .current_dir(std::env::temp_dir());
        Self::start(command, port)
    }

    fn start(mut command: Command, port: u16) -> Self {
        let child = command
            .args(["-n", "--no-cli", "--allow-loopback-peers", "--no-dtls"])
            .args(["--listening-ip", "127.0.0.1", "--relay-ip", "127.0.0.1"])
            .args(["--use-auth-secret", "--static-auth-secret", SECRET, "--realm", "multiclaw"])
            .args(["--log-file", "stdout", "--pidfile", "/dev/null"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("coturn is missing: tests/run installs it");
        let coturn = Self { child, port };
        until_it_listens(port, "coturn");
        coturn
    }
}

/// A squid that wants a name and a password, and knows `relay.test` as this machine. Dropping
/// it kills it.
pub struct Squid {
    child: Child,
    pub port: u16,
    _folder: TempDir,
}

impl Drop for Squid {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        // What it leaves in shared memory.
        let name = format!("mcturn{}-", self.port);
        for file in std::fs::read_dir("/dev/shm").unwrap().flatten() {
            if file.file_name().to_string_lossy().starts_with(&name) {
                std::fs::remove_file(file.path()).unwrap();
            }
        }
    }
}

impl Squid {
    pub fn start(user: &str, password: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        // squid works as a user of its own.
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o777)).unwrap();
        let port = free_port();
        let hashed = Command::new("openssl").args(["passwd", "-apr1", password]).output().unwrap();
        let hashed = String::from_utf8(hashed.stdout).unwrap();
        std::fs::write(path.join("passwords"), format!("{user}:{hashed}")).unwrap();
        std::fs::write(path.join("hosts"), "127.0.0.1 relay.test\n").unwrap();
        let config = format!(
            "http_port 127.0.0.1:{port}\npid_filename none\ncache deny all\naccess_log none\n\
             cache_log {0}/cache.log\ncoredump_dir {0}\nhosts_file {0}/hosts\n\
             visible_hostname proxy.test\nshutdown_lifetime 1 seconds\nnetdb_filename none\n\
             pinger_enable off\n\
             auth_param basic program /usr/lib/squid/basic_ncsa_auth {0}/passwords\n\
             auth_param basic realm test\nacl known proxy_auth REQUIRED\n\
             http_access deny !known\nhttp_access allow all\n",
            path.display()
        );
        std::fs::write(path.join("squid.conf"), config).unwrap();
        let child = Command::new("/usr/sbin/squid")
            .args(["-N", "-n", &format!("mcturn{port}"), "-f"])
            .arg(path.join("squid.conf"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("squid is missing: tests/run installs it");
        let squid = Self { child, port, _folder: folder };
        until_it_listens(port, "squid");
        squid
    }
}

fn until_it_listens(port: u16, what: &str) {
    for _ in 0..1200 {
        if TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return;
        }
        std::thread::sleep(Duration::from_millis(25));
    }
    panic!("{what} does not listen");
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

pub fn turn_tcp(port: u16) -> String {
    format!("turn:localhost:{port}?transport=tcp")
}

pub const HOUR: Duration = Duration::from_secs(3600);
