//! What `openclaw.json` says of the gateway. The file is never written.

use super::document::{self, Broken, Keep, Node};
use super::files::{self, Fault};
use super::include::Includes;
use super::{DiscoveryError, Oddity};
use std::path::Path;

/// Longest configuration in bytes; real ones have some kilobytes.
const MOST: u64 = 4 * 1024 * 1024;

/// Why the configuration cannot be used. No variant quotes the file: it holds secrets.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// It is a folder, a pipe, a device.
    #[error("openclaw.json is not a regular file.")]
    NotAFile,
    /// Longer than 4 MiB, or an included file longer than 2 MB.
    #[error("openclaw.json, or a file that it includes, is too long to be one.")]
    TooLong,
    /// The system refused to read it.
    #[error("openclaw.json cannot be read: {0}.")]
    Unreadable(std::io::ErrorKind),
    /// It is no JSON5.
    #[error("openclaw.json is broken{}.", .line.map(|line| format!(" in line {line}")).unwrap_or_default())]
    Syntax {
        /// Line, counted from 1, when it is known.
        line: Option<usize>,
    },
    /// Nested deeper than any real one.
    #[error("openclaw.json is nested too deep.")]
    TooDeep,
    /// Its top is no object, or `gateway` is none.
    #[error("openclaw.json is not laid out as a configuration of OpenClaw.")]
    Shape,
    /// A file that it includes cannot be read, or they include each other.
    #[error("A file that openclaw.json includes cannot be read.")]
    Include,
    /// A file that it includes lies outside of its folder; such files are not read.
    #[error("openclaw.json includes a file outside of its folder.")]
    IncludeOutside,
}

impl From<Broken> for ConfigError {
    fn from(broken: Broken) -> Self {
        match broken {
            Broken::Syntax { line } => Self::Syntax { line },
            Broken::TooDeep => Self::TooDeep,
        }
    }
}

/// The parts of the configuration that matter here.
pub(super) struct Configuration {
    pub found: bool,
    pub mode: Option<u32>,
    ours: bool,
    /// `gateway.mode` is `remote`.
    pub remote: bool,
    /// `gateway.mode` is `local`.
    pub local: bool,
    pub tls: bool,
    bind: Option<String>,
    port: Option<Node>,
    /// `gateway.auth`.
    pub auth: Option<Node>,
    /// `env.vars`, with `env`'s own members below them.
    pub env: Option<Node>,
}

impl Configuration {
    /// Reads the file. A file that is not there is a configuration in which nothing is set.
    pub(super) fn read(path: &Path) -> Result<Self, ConfigError> {
        let found = match files::read(path, MOST) {
            Ok(found) => found,
            Err(Fault::Absent) => return Ok(Self::of(&Node::Nothing, None, true)),
            Err(Fault::NotAFile) => return Err(ConfigError::NotAFile),
            Err(Fault::TooLong) => return Err(ConfigError::TooLong),
            Err(Fault::System(kind)) => return Err(ConfigError::Unreadable(kind)),
        };
        let node = document::parse(&found.text, Keep::Top)?;
        let folder = path.parent().unwrap_or(Path::new("/"));
        let node = Includes::below(folder).resolve(node, folder, Keep::Top, 0)?;
        let gateway = node.get("gateway");
        let shaped = matches!(node, Node::Map(_))
            && gateway.is_none_or(|gateway| matches!(gateway, Node::Map(_)));
        if !shaped {
            return Err(ConfigError::Shape);
        }
        let mut configuration = Self::of(&node, found.mode, found.ours);
        configuration.found = true;
        Ok(configuration)
    }

    fn of(node: &Node, mode: Option<u32>, ours: bool) -> Self {
        let gateway = node.get("gateway");
        let member = |name: &str| gateway.and_then(|gateway| gateway.get(name));
        let text = |name: &str| member(name).and_then(Node::text);
        let tls = member("tls").and_then(|tls| tls.get("enabled"));
        Self {
            found: false,
            mode,
            ours,
            remote: text("mode") == Some("remote"),
            local: text("mode") == Some("local"),
            tls: matches!(tls, Some(Node::Switch(true))),
            bind: text("bind").map(|bind| bind.chars().take(32).collect()),
            port: member("port").cloned(),
            auth: member("auth").cloned(),
            env: node.get("env").cloned(),
        }
    }

    /// `gateway.port`.
    pub(super) fn port(&self) -> Result<Option<u16>, DiscoveryError> {
        match &self.port {
            None => Ok(None),
            Some(Node::Number(number)) => {
                // Whole and in range, so nothing is lost.
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                if number.fract() == 0.0 && (1.0..=65_535.0).contains(number) {
                    Ok(Some(*number as u16))
                } else {
                    Err(DiscoveryError::Port)
                }
            }
            Some(_) => Err(DiscoveryError::Port),
        }
    }

    /// What is odd about the file itself.
    pub(super) fn problems(&self) -> Vec<Oddity> {
        let mut problems = Vec::new();
        if !self.ours {
            problems.push(Oddity::ConfigForeign);
        }
        if let Some(mode) = self.mode.filter(|mode| mode & 0o077 != 0) {
            problems.push(Oddity::ConfigReadable(mode));
        }
        if let Some(bind) = self.bind.as_deref().filter(|bind| *bind != "loopback") {
            problems.push(Oddity::OpenToNetwork(bind.to_owned()));
        }
        problems
    }
}
