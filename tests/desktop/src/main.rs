//! `cargo run -p desktop`: the cloud-desktop daemon alone.
#![expect(clippy::print_stdout, reason = "a command line program")]

use clap::Parser;
use cloud_client::DaemonToken;
use desktop::{Choice, Config, Daemon};
use net::{Door, Policy, Trust};
use std::error::Error;

/// Serves a desktop to the viewers of a workspace. The daemon's token is read from the variable
/// MULTICLAW_DAEMON_TOKEN, so that it shows in no list of processes.
#[derive(Parser)]
struct Arguments {
    /// Base URL of the cloud. Its certificate must be trusted by the system.
    #[arg(long)]
    cloud: String,
    /// Serve this X display instead of an Xvfb of its own.
    #[arg(long)]
    display: Option<String>,
    /// Size of its own desktop.
    #[arg(long, default_value = "1280x720", value_parser = size)]
    size: (u16, u16),
    /// Most updates a second.
    #[arg(long, default_value_t = 30)]
    fps: u8,
    /// Offer 127.0.0.1 to viewers, too.
    #[arg(long)]
    loopback: bool,
}

fn size(text: &str) -> Result<(u16, u16), String> {
    text.split_once('x')
        .and_then(|(w, h)| Some((w.parse().ok()?, h.parse().ok()?)))
        .filter(|(w, h)| (320..=8192).contains(w) && (200..=8192).contains(h))
        .ok_or_else(|| "a size is like 1280x720, from 320x200 to 8192x8192".into())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
        .init();
    let arguments = Arguments::parse();
    let token = std::env::var("MULTICLAW_DAEMON_TOKEN")
        .map_err(|_| "set MULTICLAW_DAEMON_TOKEN to the daemon's token")?;
    let host = arguments.cloud.strip_prefix("https://").ok_or("the cloud is an https address")?;
    let (name, port) = host.trim_end_matches('/').rsplit_once(':').unwrap_or((host, "443"));
    let policy = Policy::inventory().allow_cloud(name, port.parse()?);
    let source = match arguments.display {
        Some(display) => Choice::Display(display),
        None => Choice::Auto { size: arguments.size, motion_fps: 0 },
    };
    let config = Config {
        source,
        cloud: arguments.cloud,
        token: DaemonToken::new(token),
        loopback: arguments.loopback,
        max_fps: arguments.fps,
    };
    let daemon = Daemon::start(config, Door::new(policy, Trust::System)?).await?;
    println!("serving {}", daemon.description());
    tokio::signal::ctrl_c().await?;
    daemon.stop().await;
    Ok(())
}
