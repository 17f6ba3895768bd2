//! The second process: cloud and daemon.

use crate::{Arguments, Failure, seed};
use cloud::store::NewPerson;
use cloud::{Cloud, Config};
use cloud_client::DaemonToken;
use cloud_client::wire::Role;
use desktop::{Choice, Daemon};
use multiclaw_core::engine;
use multiclaw_core::secret::Password;
use net::{CertificateDer, Door, Policy, Purpose, Trust};
use serde::{Deserialize, Serialize};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

const EMAIL: &str = "ada@example.com";
const DESKTOP: &str = "build-box";

/// What the first process has to know. It travels through a pipe.
#[derive(Serialize, Deserialize)]
pub(crate) struct Facts {
    url: String,
    ca: Vec<u8>,
    password: String,
    /// What the desktop is.
    pub(crate) description: String,
}

/// The running second process. It ends when its standard input closes, so with this one.
pub(crate) struct Backend {
    child: Child,
    pub(crate) facts: Facts,
    /// The app's own folder.
    pub(crate) folder: tempfile::TempDir,
}

impl Drop for Backend {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        drop(self.child.wait());
    }
}

/// Starts the second process and waits until it serves.
pub(crate) fn start(arguments: &Arguments) -> Result<Backend, Failure> {
    let mut command = Command::new(std::env::current_exe()?);
    let size = format!("{}x{}", arguments.size.0, arguments.size.1);
    command.args(["--backend", "--size", &size, "--fps", &arguments.fps.to_string()]);
    if arguments.painted {
        command.arg("--painted");
    }
    if let Some(display) = &arguments.display {
        command.args(["--display", display]);
    }
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let out = child.stdout.take().ok_or("no pipe")?;
    let mut line = String::new();
    BufReader::new(out).read_line(&mut line)?;
    let facts = serde_json::from_str(&line).map_err(|_| "cloud and daemon did not start")?;
    let folder = tempfile::tempdir()?;
    // What is measured and shown is the same on every machine.
    let power = if arguments.low_power { "low" } else { "full" };
    std::fs::write(folder.path().join("settings.json"), format!(r#"{{"power":"{power}"}}"#))?;
    Ok(Backend { child, facts, folder })
}

impl Backend {
    /// A door to this cloud, and to desktops on this machine.
    pub(crate) fn door(&self) -> Result<Door, Failure> {
        door(&self.facts.url, self.facts.ca.clone())
    }

    /// The app: signed in, the desktop open.
    pub(crate) fn config(&self) -> engine::Config {
        let password = Password::new(self.facts.password.clone());
        engine::Config {
            loopback: true,
            sign_in: Some((EMAIL.into(), password)),
            open: Some(DESKTOP.into()),
            gateway: engine::GatewayConfig::default(),
            ..multiclaw::start::config(self.facts.url.clone(), self.data().to_owned())
        }
    }

    fn data(&self) -> &Path {
        self.folder.path()
    }
}

fn door(url: &str, ca: Vec<u8>) -> Result<Door, Failure> {
    let port = url.rsplit(':').next().and_then(|p| p.parse().ok()).ok_or("no port")?;
    let policy = Policy::default()
        .allow_cloud("localhost", port)
        .allow(Purpose::CloudDesktop, "127.0.0.1", None)
        .allow(Purpose::Gateway, "127.0.0.1", None);
    Ok(Door::new(policy, Trust::SystemAnd(vec![CertificateDer::from(ca)]))?)
}

/// The second process itself.
pub(crate) fn serve(arguments: &Arguments) -> Result<(), Failure> {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        let cloud = Cloud::start(Config::default()).await?;
        let workspace = cloud.store().add_workspace("Analytical Engines")?;
        let password = uuid::Uuid::new_v4().simple().to_string();
        let owner = NewPerson {
            workspace: workspace.clone(),
            role: Role::Owner,
            name: "Ada Lovelace".into(),
            email: EMAIL.into(),
            password: password.clone(),
        };
        cloud.add_person(owner.clone()).await?;
        let (_, token) = cloud.store().add_desktop(&workspace, DESKTOP)?;
        cloud.store().add_desktop(&workspace, "design-box")?;
        let (size, motion_fps) = (arguments.size, arguments.fps);
        let source = match &arguments.display {
            Some(display) => Choice::Display(display.clone()),
            None if arguments.painted => Choice::Painted { size, motion_fps },
            None => Choice::Auto { size, motion_fps },
        };
        let config = desktop::Config {
            source,
            cloud: cloud.url(),
            token: DaemonToken::new(token),
            loopback: true,
            max_fps: 60,
        };
        let daemon =
            async { Ok(Daemon::start(config, door(&cloud.url(), cloud.ca_der())?).await?) };
        // A desktop takes its time to start; the workspace is filled meanwhile.
        let filled = seed::fill(&cloud, door(&cloud.url(), cloud.ca_der())?, &owner);
        let (daemon, ()) = tokio::try_join!(daemon, filled)?;
        let description = daemon.description().to_owned();
        let facts = Facts { url: cloud.url(), ca: cloud.ca_der(), password, description };
        let mut out = std::io::stdout().lock();
        writeln!(out, "{}", serde_json::to_string(&facts)?)?;
        out.flush()?;
        drop(out);
        let wait = || std::io::stdin().lock().read_to_end(&mut Vec::new());
        tokio::task::spawn_blocking(wait).await??;
        daemon.stop().await;
        cloud.stop().await;
        Ok(())
    })
}
