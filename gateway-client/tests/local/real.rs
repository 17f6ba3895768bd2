//! The real program: found, asked for its version, run as a process of its own, and stopped.

use crate::door;
use gateway_client::discovery::{Compatibility, Environment, discover, find_program, version};
use gateway_client::program::{Program, Started, Stopped, running};
use std::path::Path;
use std::time::Duration;

fn session_of(pid: u32) -> String {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    // proc_pid_stat(5): field 6, counted from the state after the name.
    stat.rsplit_once(')').unwrap().1.split_whitespace().nth(3).unwrap().to_owned()
}

async fn healthy(port: u16) -> bool {
    let answer = door().loopback_get(port, "/healthz").await;
    answer.is_ok_and(|answer| answer.status() == 200)
}

#[tokio::test]
async fn a_gateway_of_its_own_is_started_found_restarted_and_stopped() {
    let installation = openclaw::install().expect("OpenClaw is needed");
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("home");
    let state = folder.path().join("state");
    for path in [&home, &state] {
        std::fs::create_dir(path).unwrap();
    }
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let config = format!(
        "{{gateway: {{mode: 'local', port: {port}, auth: {{mode: 'token', token: 'of-the-file'}}}},
          update: {{checkOnStart: false}}}}"
    );
    std::fs::write(state.join("openclaw.json"), config).unwrap();
    let bin = installation.program.parent().unwrap().to_str().unwrap();
    let text = |path: &Path| path.to_str().unwrap().to_owned();
    let environment = Environment::from_variables([
        ("PATH", format!("{bin}:/usr/bin:/bin")),
        ("HOME", text(&home)),
        ("OPENCLAW_STATE_DIR", text(&state)),
        ("OPENCLAW_GATEWAY_TOKEN", "of-the-environment".to_owned()),
        ("OPENCLAW_SKIP_CHANNELS", "1".to_owned()),
        ("OPENCLAW_OFFLINE", "1".to_owned()),
        ("OPENCLAW_DISABLE_BONJOUR", "1".to_owned()),
    ]);

    let path = find_program(&environment).unwrap();
    assert_eq!(path, installation.program);
    let version = version(&path, &environment).await.unwrap();
    assert_eq!(version.compatibility(), Compatibility::Fits);

    let found = discover(&environment).unwrap();
    assert_eq!((found.endpoint.port(), found.local_mode), (port, true));
    assert_eq!(found.token.as_ref().unwrap().expose(), "of-the-file");
    let program = Program::new(path, environment.clone());
    assert_eq!(program.has_service().await, Ok(false));
    assert_eq!(program.stop(&state).await, Ok(Stopped::NotRunning));

    let log = folder.path().join("gateway.log");
    let started = program.start(found.endpoint, &state, Some(&log)).await.unwrap();
    let Started::Detached { pid } = started else { panic!("{started:?}") };
    let guard = Stop(pid);
    // A session of its own: closing a terminal does not reach it.
    assert_eq!(session_of(pid), pid.to_string());
    assert_ne!(session_of(pid), session_of(std::process::id()));
    let again = program.start(found.endpoint, &state, None).await;
    assert_eq!(again, Ok(Started::Already { pid }));
    tokio::time::timeout(Duration::from_secs(180), async {
        while !healthy(port).await {
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
    })
    .await
    .expect("the gateway does not become healthy");
    let known = running(&state).unwrap();
    assert_eq!((known.pid, known.port), (pid, Some(port)));

    // Without a service a restart is another process, on the same port.
    let restarted = program.restart(found.endpoint, &state, Some(&log)).await.unwrap();
    let Started::Detached { pid: next } = restarted else { panic!("{restarted:?}") };
    let second = Stop(next);
    assert_ne!(next, pid);
    tokio::time::timeout(Duration::from_secs(180), async {
        while !healthy(port).await {
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
    })
    .await
    .expect("the gateway does not come back");
    let known = running(&state).unwrap();
    assert_eq!((known.pid, known.port), (next, Some(port)));
    assert!(!Path::new(&format!("/proc/{pid}")).exists(), "the first is gone");

    assert_eq!(program.stop(&state).await, Ok(Stopped::Process { pid: next }));
    assert_eq!(running(&state), None);
    assert!(!healthy(port).await);
    drop((guard, second));
    let said = std::fs::read_to_string(&log).unwrap();
    assert!(said.contains("gateway"), "{said}");
    assert!(!said.contains("of-the-file") && !said.contains("of-the-environment"));
}

/// A test that fails leaves no gateway behind.
struct Stop(u32);

impl Drop for Stop {
    fn drop(&mut self) {
        let words = std::fs::read(format!("/proc/{}/cmdline", self.0)).unwrap_or_default();
        if String::from_utf8_lossy(&words).contains("openclaw") {
            let _ = std::process::Command::new("kill").arg(self.0.to_string()).status();
        }
    }
}
