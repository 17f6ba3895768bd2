//! Real proxies, started on free ports.

use base64::Engine;
use std::fmt::Write;
use std::fs;
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A program that listens; it is stopped when this is dropped.
pub struct Program {
    child: Child,
    pub port: u16,
    /// What it leaves in `/dev/shm`.
    litter: Option<String>,
    _folder: TempDir,
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let Some(litter) = &self.litter else { return };
        for file in fs::read_dir("/dev/shm").into_iter().flatten().flatten() {
            if file.file_name().to_string_lossy().starts_with(litter) {
                let _ = fs::remove_file(file.path());
            }
        }
    }
}

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Starts a program and waits until it listens. Another program may take the port first, so a
/// few ports are tried.
fn start(
    prepare: impl Fn(u16, &Path) -> Command,
    litter: impl Fn(u16) -> Option<String>,
) -> Program {
    let mut said = String::new();
    for _ in 0..3 {
        let folder = tempfile::tempdir().unwrap();
        // squid works as a user of its own.
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o777)).unwrap();
        let port = free_port();
        let mut command = prepare(port, folder.path());
        let output = fs::File::create(folder.path().join("output")).unwrap();
        command.stdin(Stdio::null()).stdout(output.try_clone().unwrap()).stderr(output);
        let child = command.spawn().expect("tests/run installs the proxies");
        let path = folder.path().to_owned();
        let mut program = Program { child, port, litter: litter(port), _folder: folder };
        let started = Instant::now();
        while started.elapsed() < Duration::from_secs(30) {
            if program.child.try_wait().unwrap().is_some() {
                break;
            }
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return program;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        for file in ["output", "cache.log"] {
            said += &fs::read_to_string(path.join(file)).unwrap_or_default();
        }
    }
    panic!("the proxy does not start:\n{said}");
}

/// Certificate and key in one PEM text.
pub struct Pem(String);

impl Pem {
    pub fn new(certificate: &[u8], key: &rcgen::KeyPair) -> Self {
        let body = base64::prelude::BASE64_STANDARD.encode(certificate);
        let mut text = "-----BEGIN CERTIFICATE-----\n".to_owned();
        for line in body.as_bytes().chunks(64) {
            writeln!(text, "{}", std::str::from_utf8(line).unwrap()).unwrap();
        }
        Self(text + "-----END CERTIFICATE-----\n" + &key.serialize_pem())
    }
}

/// squid, which knows `cloud.test` and denies `denied.test`.
pub fn squid(login: Option<(&str, &str)>, tls: Option<&Pem>) -> Program {
    let service = |port| format!("mcnet{port}");
    start(
        |port, folder| {
            let path = |name: &str| folder.join(name).display().to_string();
            fs::write(path("hosts"), "127.0.0.1 cloud.test denied.test\n").unwrap();
            let mut config = match tls {
                None => format!("http_port 127.0.0.1:{port}\n"),
                Some(pem) => {
                    fs::write(path("tls.pem"), &pem.0).unwrap();
                    format!("https_port 127.0.0.1:{port} tls-cert={}\n", path("tls.pem"))
                }
            };
            writeln!(
                config,
                "pid_filename none\ncache deny all\naccess_log none\ncache_log {}\n\
                 coredump_dir {}\nhosts_file {}\nvisible_hostname proxy.test\n\
                 shutdown_lifetime 1 seconds\nnetdb_filename none\npinger_enable off\n\
                 acl denied dstdomain denied.test\nhttp_access deny denied",
                path("cache.log"),
                folder.display(),
                path("hosts"),
            )
            .unwrap();
            if let Some((user, password)) = login {
                fs::write(path("passwords"), password_line(user, password)).unwrap();
                writeln!(
                    config,
                    "auth_param basic program /usr/lib/squid/basic_ncsa_auth {}\n\
                     auth_param basic realm test\nacl known proxy_auth REQUIRED\n\
                     http_access deny !known",
                    path("passwords"),
                )
                .unwrap();
            }
            config += "http_access allow all\n";
            fs::write(path("squid.conf"), config).unwrap();
            let mut command = Command::new("/usr/sbin/squid");
            command.args(["-N", "-n", &service(port), "-f", &path("squid.conf")]);
            command
        },
        |port| Some(format!("{}-", service(port))),
    )
}

/// A line of a password file, hashed by openssl.
fn password_line(user: &str, password: &str) -> String {
    let hashed = Command::new("openssl").args(["passwd", "-apr1", password]).output().unwrap();
    assert!(hashed.status.success());
    format!("{user}:{}", String::from_utf8(hashed.stdout).unwrap())
}

pub fn tinyproxy(login: Option<(&str, &str)>) -> Program {
    start(
        |port, folder| {
            let file = folder.join("tinyproxy.conf");
            let mut config = format!(
                "Port {port}\nListen 127.0.0.1\nTimeout 60\nMaxClients 50\nLogLevel Info\n"
            );
            if let Some((user, password)) = login {
                writeln!(config, "BasicAuth {user} {password}").unwrap();
            }
            fs::write(&file, config).unwrap();
            let mut command = Command::new("tinyproxy");
            command.arg("-d").arg("-c").arg(file);
            command
        },
        |_| None,
    )
}

pub fn microsocks(login: Option<(&str, &str)>) -> Program {
    start(
        |port, _| {
            let mut command = Command::new("microsocks");
            command.args(["-i", "127.0.0.1", "-p", &port.to_string()]);
            if let Some((user, password)) = login {
                command.args(["-u", user, "-P", password]);
            }
            command
        },
        |_| None,
    )
}

/// openssl as a server that speaks nothing newer than TLS 1.1.
pub fn outdated_server(pem: &Pem) -> Program {
    start(
        |port, folder| {
            let file = folder.join("server.pem");
            fs::write(&file, &pem.0).unwrap();
            let mut command = Command::new("openssl");
            // With `-www` it does not end when there is nobody at its terminal.
            command.args(["s_server", "-www", "-tls1_1", "-cipher", "ALL:@SECLEVEL=0", "-accept"]);
            command.arg(format!("127.0.0.1:{port}")).arg("-cert").arg(&file).arg("-key").arg(&file);
            command
        },
        |_| None,
    )
}
