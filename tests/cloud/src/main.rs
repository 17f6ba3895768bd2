//! `cargo run -p cloud`: the stand-in cloud alone.
#![expect(clippy::print_stdout, reason = "a command line program")]

use clap::Parser;
use cloud::store::NewPerson;
use cloud::{Cloud, CloudError, Config, Data};
use cloud_client::wire::Role;
use std::net::SocketAddr;
use std::path::PathBuf;

/// A stand-in for MultiClaw Cloud.
#[derive(Parser)]
struct Arguments {
    /// Address to listen on.
    #[arg(long, default_value = "127.0.0.1:8443")]
    listen: SocketAddr,
    /// Folder for the database, the CA and the keys. Without it nothing is kept.
    #[arg(long)]
    data: Option<PathBuf>,
    /// Add a workspace with an owner, ada@example.com, and a desktop; print what they need.
    #[arg(long)]
    seed: bool,
}

#[tokio::main]
async fn main() -> Result<(), CloudError> {
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
        .init();
    let arguments = Arguments::parse();
    let data = arguments.data.map_or(Data::Memory, Data::Folder);
    let cloud =
        Cloud::start(Config { listen: arguments.listen, data, ..Config::default() }).await?;
    println!("{} listens on {}", cloud.url(), cloud.address());
    println!("{}", cloud.ca_pem());
    if arguments.seed {
        let workspace = cloud.store().add_workspace("Analytical Engines")?;
        let password = uuid::Uuid::new_v4().simple().to_string();
        let person = NewPerson {
            workspace: workspace.clone(),
            role: Role::Owner,
            name: "Ada Lovelace".into(),
            email: "ada@example.com".into(),
            password: password.clone(),
        };
        cloud.add_person(person).await?;
        let (_, token) = cloud.store().add_desktop(&workspace, "build-box")?;
        println!("owner ada@example.com, password {password}");
        println!("desktop build-box, daemon token {token}");
    }
    tokio::signal::ctrl_c().await?;
    cloud.stop().await;
    Ok(())
}
