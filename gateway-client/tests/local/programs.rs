//! H27: programs that are slow, loud, broken or not what they seem.

use gateway_client::discovery::{Endpoint, Environment, version};
use gateway_client::program::{Program, ProgramError, Started, Stopped};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

struct Fake {
    folder: tempfile::TempDir,
    variables: Vec<(String, String)>,
}

impl Fake {
    fn new(script: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("openclaw");
        std::fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        let home = folder.path().to_str().unwrap().to_owned();
        let variables =
            vec![("PATH".to_owned(), "/usr/bin:/bin".to_owned()), ("HOME".to_owned(), home)];
        Self { folder, variables }
    }

    fn with(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.into(), value.into()));
        self
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap_or_default()
    }

    fn environment(&self) -> Environment {
        Environment::from_variables(self.variables.clone())
    }

    fn program(&self) -> Program {
        Program::new(self.path("openclaw"), self.environment())
    }

    async fn version(&self) -> Result<String, ProgramError> {
        let version = version(&self.path("openclaw"), &self.environment()).await;
        version.map(|version| version.to_string())
    }
}

/// Waits until a process is gone: what is waited for is the kernel's work, not a deadline of ours.
async fn gone(pid: u32) {
    let folder = format!("/proc/{pid}");
    tokio::time::timeout(Duration::from_secs(30), async {
        while Path::new(&folder).exists() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    })
    .await
    .expect("the process is still there");
}

#[tokio::test]
async fn a_version_is_read_among_other_lines() {
    let fake = Fake::new("echo 'warning: 3 plugins'; echo 'OpenClaw 2026.9.6 (eb377ac)'");
    assert_eq!(fake.version().await.as_deref(), Ok("2026.9.6"));
}

#[tokio::test]
async fn a_program_that_hangs_is_ended_with_all_that_it_started() {
    let fake = Fake::new("sleep 600 & echo $! >\"$HOME/child\"; echo $$ >\"$HOME/own\"; wait");
    let error = fake.version().await.unwrap_err();
    assert_eq!(error, ProgramError::Timeout { seconds: 5, tail: String::new() });
    for name in ["child", "own"] {
        gone(fake.text(name).trim().parse().unwrap()).await;
    }
}

#[tokio::test]
async fn a_program_that_nobody_waits_for_is_ended_too() {
    let fake = Fake::new("echo $$ >\"$HOME/own\"; sleep 600");
    {
        let mut asking = std::pin::pin!(fake.version());
        tokio::time::timeout(Duration::from_secs(30), async {
            while !fake.text("own").ends_with('\n') {
                tokio::select! {
                    _ = &mut asking => panic!("it does not end by itself"),
                    () = tokio::time::sleep(Duration::from_millis(10)) => {}
                }
            }
        })
        .await
        .unwrap();
    }
    gone(fake.text("own").trim().parse().unwrap()).await;
}

#[tokio::test]
async fn ten_megabytes_and_garbage_are_cut() {
    let loud = Fake::new("head -c 10000000 /dev/zero | tr '\\0' x; exit 3");
    let error = loud.version().await.unwrap_err();
    let ProgramError::Failed { code: Some(3), tail } = error else { panic!("{error:?}") };
    assert_eq!(tail.len(), 1_000);

    let garbage = Fake::new("head -c 10000000 /dev/urandom");
    let error = garbage.version().await.unwrap_err();
    let ProgramError::Unreadable { tail } = error else { panic!("{error:?}") };
    assert!(tail.chars().count() <= 1_000 && !tail.chars().any(|c| c.is_control() && c != '\n'));

    let silent = Fake::new("exit 0").version().await;
    assert_eq!(silent, Err(ProgramError::Unreadable { tail: String::new() }));
    let missing = Fake::new("");
    std::fs::remove_file(missing.path("openclaw")).unwrap();
    let missing = missing.version().await;
    assert_eq!(missing, Err(ProgramError::Spawn(std::io::ErrorKind::NotFound)));
}

#[tokio::test]
async fn what_is_left_running_does_not_hold_the_answer_up() {
    let fake = Fake::new("sleep 600 & echo $! >\"$HOME/child\"; echo 'OpenClaw 2026.9.6'");
    assert_eq!(fake.version().await.as_deref(), Ok("2026.9.6"));
    let child = fake.text("child").trim().to_owned();
    assert!(Path::new("/proc").join(&child).exists());
    assert!(std::process::Command::new("kill").arg(child).status().unwrap().success());
}

#[tokio::test]
async fn secrets_are_neither_passed_on_nor_shown() {
    let fake = Fake::new(
        "env >\"$HOME/env\"; printf '%s\\n' \"$@\" >\"$HOME/words\"; pwd >\"$HOME/cwd\"
         printf '\\033[31mbad\\033[0m token=%s and my-own-secret\\n' abcdefghij0123456789 >&2; exit 1",
    )
    .with("OPENCLAW_GATEWAY_TOKEN", "my-own-secret")
    .with("OPENCLAW_STATE_DIR", "/somewhere")
    .with("ANTHROPIC_API_KEY", "another-secret")
    .with("HTTP_PROXY", "http://user:pass@proxy")
    .with("NODE_OPTIONS", "--require=/tmp/evil.js");
    let tail = "bad [redacted] and [redacted]".to_owned();
    assert_eq!(fake.version().await, Err(ProgramError::Failed { code: Some(1), tail }));
    let env = fake.text("env");
    assert!(env.contains("OPENCLAW_STATE_DIR=/somewhere"), "{env}");
    for secret in ["secret", "proxy", "evil", "CARGO"] {
        assert!(!env.contains(secret), "{env}");
    }
    assert_eq!(fake.text("words"), "--version\n");
    let home = fake.folder.path().canonicalize().unwrap();
    assert_eq!(fake.text("cwd").trim(), home.to_str().unwrap());
}

/// A program with a service, as `gateway status --json` shows one; it notes what it was called with.
fn with_service(status: &str, lifecycle: &str) -> Fake {
    Fake::new(&format!(
        "echo \"$*\" >>\"$HOME/calls\"
         case \"$2\" in
           status) echo '{status}' ;;
           *) {lifecycle} ;;
         esac"
    ))
}

const SERVICE: &str = r#"{"service":{"loaded":true,"targetRole":"target","command":{}}}"#;

#[tokio::test]
async fn an_installed_service_is_started_stopped_and_restarted_with_fixed_words() {
    let fake = with_service(SERVICE, "exit 0");
    let (program, state) = (fake.program(), fake.path("state"));
    let endpoint = Endpoint::loopback(19_000);
    assert_eq!(program.start(endpoint, &state, None).await, Ok(Started::Service));
    assert_eq!(program.restart(endpoint, &state, None).await, Ok(Started::Service));
    assert_eq!(program.stop(&state).await, Ok(Stopped::Service));
    let calls = fake.text("calls").replace("gateway status --json --no-probe\n", "");
    let expected = "gateway start --json\ngateway restart --json\ngateway stop --json --force\n";
    assert_eq!(calls, expected);
}

#[tokio::test]
async fn an_older_program_that_does_not_know_force_is_asked_without() {
    let script =
        "if [ \"$4\" = --force ]; then echo \"error: unknown option '--force'\" >&2; exit 1; fi";
    let fake = with_service(SERVICE, script);
    assert_eq!(fake.program().stop(&fake.path("state")).await, Ok(Stopped::Service));
    assert!(fake.text("calls").ends_with("gateway stop --json\n"));
}

#[tokio::test]
async fn why_a_service_does_not_start_is_told_in_its_words() {
    let script = "echo '{\"ok\":false,\"error\":{\"message\":\"the unit is masked\"}}'; exit 1";
    let fake = with_service(SERVICE, script);
    let started = fake.program().start(Endpoint::loopback(19_000), &fake.path("state"), None).await;
    let tail = "the unit is masked".to_owned();
    assert_eq!(started, Err(ProgramError::Failed { code: Some(1), tail }));
}

#[tokio::test]
async fn a_service_of_other_files_is_none_of_ours() {
    for (status, expected) in [
        (SERVICE, true),
        (r#"{"service":{"loaded":false,"targetRole":"target","command":{"x":1}}}"#, true),
        (r#"{"service":{"loaded":true,"targetRole":"diagnostic-only","command":{}}}"#, false),
        (r#"{"service":{"loaded":false,"command":null}}"#, false),
        (r#"{}"#, false),
    ] {
        assert_eq!(
            with_service(status, "").program().has_service().await,
            Ok(expected),
            "{status}"
        );
    }
    let broken = with_service("{", "").program().has_service().await;
    assert!(matches!(broken, Err(ProgramError::Unreadable { .. })));
}

const NO_SERVICE: &str = r#"{"service":{"loaded":false,"command":null}}"#;

#[tokio::test]
async fn a_gateway_that_does_not_come_up_says_why() {
    let fake = with_service(NO_SERVICE, "echo 'Missing config. Run openclaw setup' >&2; exit 78");
    let log = fake.path("gateway.log");
    std::fs::write(&log, "of the last time\n".repeat(1_000)).unwrap();
    let program = fake.program();
    let started = program.start(Endpoint::loopback(19_321), &fake.path("state"), Some(&log)).await;
    let tail = "Missing config. Run openclaw setup".to_owned();
    assert_eq!(started, Err(ProgramError::Failed { code: Some(78), tail }));
    assert!(fake.text("calls").ends_with("gateway run --port 19321 --bind loopback\n"));
    let silent = program.start(Endpoint::loopback(19_321), &fake.path("state"), None).await;
    assert_eq!(silent, Err(ProgramError::Failed { code: Some(78), tail: String::new() }));
    // A link where the log should be is not followed.
    let link = fake.path("link.log");
    std::os::unix::fs::symlink(fake.path("calls"), &link).unwrap();
    let linked = program.start(Endpoint::loopback(19_321), &fake.path("state"), Some(&link)).await;
    assert!(matches!(linked, Err(ProgramError::Log(_))));
}

#[tokio::test]
async fn a_process_that_is_no_gateway_is_left_alone() {
    let fake = with_service(NO_SERVICE, "exit 0");
    let state = fake.path("state");
    let program = fake.program();
    assert_eq!(program.stop(&state).await, Ok(Stopped::NotRunning));
    let mut other = std::process::Command::new("sleep").arg("600").spawn().unwrap();
    let uid = std::os::unix::fs::MetadataExt::uid(&std::fs::metadata(fake.folder.path()).unwrap());
    let folder = state.join(format!("tmp/openclaw-{uid}"));
    std::fs::create_dir_all(&folder).unwrap();
    let lock = format!("{{\"pid\":{},\"createdAt\":\"x\",\"configPath\":\"y\"}}", other.id());
    std::fs::write(folder.join("gateway.state.lock"), lock).unwrap();
    let refused = ProgramError::NotAGateway { pid: other.id() };
    assert_eq!(program.stop(&state).await, Err(refused));
    assert_eq!(other.try_wait().unwrap(), None);
    other.kill().unwrap();
    other.wait().unwrap();
    // Now nobody has that number.
    assert_eq!(program.stop(&state).await, Ok(Stopped::NotRunning));
}
