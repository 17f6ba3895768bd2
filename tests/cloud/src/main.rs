//! `cargo run -p cloud -- --data DIR`: the stand-in cloud alone.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command line program")]

use clap::{Parser, Subcommand, ValueEnum};
use cloud::store::{NewPerson, Store, acceptable_password};
use cloud::{Cloud, Config, Data, SealingKey, Turn};
use cloud_client::wire::Role;
use std::io::{BufRead, IsTerminal};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

/// What goes wrong ends the program with a sentence.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Holds the sealing key as 64 hexadecimal digits, where `--key-file` is not given.
const KEY_VARIABLE: &str = "MULTICLAW_SEALING_KEY";

/// A stand-in for MultiClaw Cloud. Without a command it serves.
#[derive(Parser)]
#[command(name = "cloud")]
struct Arguments {
    /// Folder for the database, the CA and the keys. Without it nothing is kept.
    #[arg(long, global = true)]
    data: Option<PathBuf>,
    /// Address to listen on.
    #[arg(long, default_value = "127.0.0.1:8443")]
    listen: SocketAddr,
    /// Name or address of this host for the certificate, besides localhost. May be repeated.
    #[arg(long)]
    name: Vec<String>,
    /// Where people find it, such as https://cloud.example.com:8443.
    #[arg(long)]
    public_url: Option<String>,
    /// File with 32 bytes that seal API keys. Without it the key is kept in the database.
    #[arg(long)]
    key_file: Option<PathBuf>,
    /// URL of a TURN server, such as turn:turn.example.com:3478. May be repeated.
    #[arg(long, requires = "turn_secret_file")]
    turn: Vec<String>,
    /// File with the TURN server's shared secret.
    #[arg(long)]
    turn_secret_file: Option<PathBuf>,
    /// Add a workspace with an owner, ada@example.com, and a desktop; print what they need.
    #[arg(long)]
    seed: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

/// What needs no running server. A server on the same folder knows it at once.
#[derive(Subcommand)]
#[expect(clippy::enum_variant_names, reason = "the words of the command line")]
enum Command {
    /// Add a workspace and print its id.
    AddWorkspace {
        /// Its name.
        name: String,
    },
    /// Add a person. The password is read from standard input.
    AddPerson {
        /// Id or name of the workspace.
        #[arg(long)]
        workspace: String,
        /// E-mail address.
        #[arg(long)]
        email: String,
        /// Full name.
        #[arg(long)]
        full_name: String,
        /// Role.
        #[arg(long, default_value = "member")]
        role: RoleName,
    },
    /// Add a cloud desktop and print its daemon's token.
    AddDesktop {
        /// Id or name of the workspace.
        #[arg(long)]
        workspace: String,
        /// Its name.
        name: String,
    },
    /// Print a new workspace token for a runner.
    AddRunner {
        /// Id or name of the workspace.
        #[arg(long)]
        workspace: String,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum RoleName {
    Owner,
    Member,
}

#[tokio::main]
async fn main() -> ExitCode {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_writer(std::io::stderr).with_env_filter(filter).init();
    let mut arguments = Arguments::parse();
    let done = match arguments.command.take() {
        Some(command) => run(command, arguments.data.as_deref()),
        None => serve(arguments).await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cloud: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command, data: Option<&Path>) -> Result<(), Failure> {
    let data = data.ok_or("--data says where the server keeps its data")?;
    let store = Store::open(&Data::Folder(data.to_owned()))?;
    let workspace = |what: &str| -> Result<String, Failure> {
        store
            .find_workspace(what)?
            .ok_or_else(|| format!("there is no one workspace {what}").into())
    };
    match command {
        Command::AddWorkspace { name } => println!("{}", store.add_workspace(&name)?),
        Command::AddPerson { workspace: of, email, full_name, role } => {
            let workspace = workspace(&of)?;
            let role = match role {
                RoleName::Owner => Role::Owner,
                RoleName::Member => Role::Member,
            };
            let password = read_password()?;
            let new = NewPerson { workspace, role, name: full_name, email, password };
            println!("{}", store.add_person(&new, Config::default().bcrypt_cost)?);
        }
        Command::AddDesktop { workspace: of, name } => {
            let (id, token) = store.add_desktop(&workspace(&of)?, &name)?;
            println!("desktop {id}\ndaemon token {token}");
        }
        Command::AddRunner { workspace: of } => println!("{}", store.add_runner(&workspace(&of)?)?),
    }
    Ok(())
}

/// A line of standard input. Arguments are seen by everybody on the machine.
fn read_password() -> Result<String, Failure> {
    if std::io::stdin().is_terminal() {
        eprintln!("The password, which is shown as you type:");
    }
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    let password = line.trim_end_matches(['\r', '\n']).to_owned();
    if acceptable_password(&password) {
        Ok(password)
    } else {
        Err("a password has at least ten characters and at most 72 bytes".into())
    }
}

fn sealing_key(file: Option<&Path>) -> Result<SealingKey, Failure> {
    if let Some(file) = file {
        let key = std::fs::read(file)?;
        return Ok(SealingKey::Given(key.try_into().map_err(|_| "the key file has 32 bytes")?));
    }
    let Ok(text) = std::env::var(KEY_VARIABLE) else { return Ok(SealingKey::Stored) };
    let digits = u128::from_str_radix(text.get(..32).unwrap_or_default(), 16)
        .and_then(|one| Ok((one, u128::from_str_radix(text.get(32..).unwrap_or_default(), 16)?)));
    match digits {
        Ok((one, two)) if text.len() == 64 => {
            let key = [one.to_be_bytes(), two.to_be_bytes()].concat();
            Ok(SealingKey::Given(key.try_into().map_err(|_| "the key has 32 bytes")?))
        }
        _ => Err(format!("{KEY_VARIABLE} has 64 hexadecimal digits").into()),
    }
}

async fn serve(arguments: Arguments) -> Result<(), Failure> {
    let turn = match &arguments.turn_secret_file {
        Some(file) => Some(Turn {
            urls: arguments.turn,
            secret: std::fs::read_to_string(file)?.trim().to_owned(),
            life: Duration::from_secs(3600),
        }),
        None => None,
    };
    let cloud = Cloud::start(Config {
        listen: arguments.listen,
        data: arguments.data.clone().map_or(Data::Memory, Data::Folder),
        turn,
        names: arguments.name,
        public_url: arguments.public_url,
        sealing_key: sealing_key(arguments.key_file.as_deref())?,
        ..Config::default()
    })
    .await?;
    println!("{} listens on {}", cloud.url(), cloud.address());
    match &arguments.data {
        Some(folder) => {
            let file = folder.join("ca.pem");
            std::fs::write(&file, cloud.ca_pem())?;
            println!("Its CA is in {}.", file.display());
            if cloud.store().is_new()? {
                let data = folder.display();
                println!("There is nobody yet. To make the first owner:");
                println!("    cloud --data {data} add-workspace 'NAME'");
                println!(
                    "    cloud --data {data} add-person --workspace 'NAME' --email ADDRESS \\\n        \
                     --full-name 'NAME' --role owner    (the password comes on standard input)"
                );
            }
        }
        None => println!("{}", cloud.ca_pem()),
    }
    if arguments.seed {
        seed(&cloud).await?;
    }
    stop_signal().await?;
    cloud.stop().await;
    Ok(())
}

async fn seed(cloud: &Cloud) -> Result<(), Failure> {
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
    Ok(())
}

/// Waits until somebody wants the server to stop.
async fn stop_signal() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate())?;
        tokio::select! {
            stopped = tokio::signal::ctrl_c() => stopped,
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}
