//! The gateway's shared token or password.

use super::configuration::Configuration;
use super::document::Node;
use super::{Environment, Oddity, dotenv};
use crate::GatewayToken;
use std::path::Path;
use zeroize::Zeroizing;

/// How the gateway lets clients in (`gateway.auth.mode`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthMode {
    /// Without a credential.
    None,
    /// With a shared token.
    Token,
    /// With a shared password.
    Password,
    /// A proxy in front of it says who comes. A client on this machine needs a paired device.
    TrustedProxy,
}

/// Where a token or password was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenSource {
    /// In `openclaw.json`, or in what that names.
    Configuration,
    /// `OPENCLAW_GATEWAY_TOKEN` or `OPENCLAW_GATEWAY_PASSWORD`, of this process or of the `.env`
    /// file in the state folder.
    Environment,
}

/// Longest token in bytes. It is sent in a frame of at most 64 KiB.
const LONGEST: usize = 8 * 1024;

pub(super) struct Found {
    pub auth: AuthMode,
    pub token: Option<GatewayToken>,
    pub source: Option<TokenSource>,
}

/// What the configuration says of a secret.
enum Secret {
    /// Nothing.
    Unset,
    /// Something that cannot be read here: the environment is not asked then, as the gateway does
    /// not either.
    OutOfReach,
    Value(GatewayToken),
}

/// The configuration comes first and the environment second, as the gateway itself reads them
/// (`resolveGatewayAuth` in OpenClaw 2026.9.6: "config-first").
pub(super) fn find(
    environment: &Environment,
    configuration: &Configuration,
    state_dir: &Path,
    environment_only: bool,
    problems: &mut Vec<Oddity>,
) -> Found {
    let variables = Variables { environment, configuration, state_dir };
    let auth = configuration.auth.as_ref().filter(|_| !environment_only);
    let member = |name: &str| auth.and_then(|auth| auth.get(name));
    let mode = match member("mode").and_then(Node::text) {
        Some("none") => Some(AuthMode::None),
        Some("token") => Some(AuthMode::Token),
        Some("password") => Some(AuthMode::Password),
        Some("trusted-proxy") => Some(AuthMode::TrustedProxy),
        Some(_) => {
            problems.push(Oddity::AuthMode);
            None
        }
        None => None,
    };
    let is_set = |name: &str| member(name).is_some_and(|node| !matches!(node, Node::Nothing));
    // Without a mode, a password that is set and no token means password mode.
    let password_set = is_set("password") || environment.password().is_some();
    let token_set = is_set("token") || environment.token().is_some();
    let mode = mode.unwrap_or(if password_set && !token_set {
        AuthMode::Password
    } else {
        AuthMode::Token
    });
    let (name, variable, own) = match mode {
        AuthMode::None | AuthMode::TrustedProxy => {
            return Found { auth: mode, token: None, source: None };
        }
        AuthMode::Token => ("token", "OPENCLAW_GATEWAY_TOKEN", environment.token()),
        AuthMode::Password => ("password", "OPENCLAW_GATEWAY_PASSWORD", environment.password()),
    };
    let (token, source) = match secret(member(name), &variables, problems) {
        Secret::Value(token) => (Some(token), Some(TokenSource::Configuration)),
        Secret::OutOfReach => (None, None),
        Secret::Unset => {
            let token =
                own.or_else(|| dotenv::variable(state_dir, variable).and_then(|text| token(&text)));
            let source = token.is_some().then_some(TokenSource::Environment);
            (token, source)
        }
    };
    Found { auth: mode, token, source }
}

/// The gateway's order for a variable: the process, `.env` in its state folder, `env.vars` in its
/// configuration.
struct Variables<'a> {
    environment: &'a Environment,
    configuration: &'a Configuration,
    state_dir: &'a Path,
}

impl Variables<'_> {
    fn get(&self, name: &str) -> Option<Zeroizing<String>> {
        if let Some(text) = self.environment.raw(name).and_then(|text| text.to_str()) {
            return Some(Zeroizing::new(text.to_owned())).filter(|text| !text.is_empty());
        }
        if let Some(text) = dotenv::variable(self.state_dir, name) {
            return Some(text).filter(|text| !text.is_empty());
        }
        let env = self.configuration.env.as_ref()?;
        let text = env.get("vars").and_then(|vars| vars.get(name)).or_else(|| env.get(name));
        text.and_then(Node::text)
            .filter(|text| !text.is_empty())
            .map(|text| Zeroizing::new(text.to_owned()))
    }
}

fn secret(node: Option<&Node>, variables: &Variables<'_>, problems: &mut Vec<Oddity>) -> Secret {
    let mut unset = |name: &str| {
        problems.push(Oddity::TokenVariableUnset(name.chars().take(64).collect()));
        Secret::OutOfReach
    };
    match node {
        None | Some(Node::Nothing) => Secret::Unset,
        Some(Node::Text(text)) if text.trim().is_empty() => Secret::Unset,
        Some(Node::Text(text)) => match substituted(text, variables) {
            Ok(text) => token(&text).map_or_else(
                || {
                    problems.push(Oddity::TokenUnusable);
                    Secret::OutOfReach
                },
                Secret::Value,
            ),
            Err(name) => unset(name),
        },
        Some(reference @ Node::Map(_)) => {
            let source = reference.get("source").and_then(Node::text);
            let id = reference.get("id").and_then(Node::text);
            match (source, id) {
                (Some("env"), Some(id)) if variable_name(id) => match variables.get(id) {
                    Some(text) => token(&text).map_or(Secret::OutOfReach, Secret::Value),
                    None => unset(id),
                },
                (Some("file"), _) => out_of_reach("a file", problems),
                (Some("exec"), _) => out_of_reach("a program", problems),
                (Some("store"), _) => out_of_reach("its secret store", problems),
                _ => {
                    problems.push(Oddity::TokenUnusable);
                    Secret::OutOfReach
                }
            }
        }
        Some(_) => {
            problems.push(Oddity::TokenUnusable);
            Secret::OutOfReach
        }
    }
}

fn out_of_reach(place: &'static str, problems: &mut Vec<Oddity>) -> Secret {
    problems.push(Oddity::TokenOutOfReach(place));
    Secret::OutOfReach
}

/// A token as it can be sent: without white space around it, on one line.
fn token(text: &str) -> Option<GatewayToken> {
    let text = text.trim();
    let fits = !text.is_empty() && text.len() <= LONGEST && !text.chars().any(char::is_control);
    fits.then(|| GatewayToken::new(text.to_owned()))
}

/// `[A-Z_][A-Z0-9_]*`, at most 128 long.
fn variable_name(name: &str) -> bool {
    name.len() <= 128
        && name.starts_with(|c: char| c.is_ascii_uppercase() || c == '_')
        && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
}

/// `${NAME}` replaced, `$${NAME}` left as `${NAME}`; a whole `$NAME` is a reference too.
///
/// # Errors
/// The name of a variable that is not set.
fn substituted<'a>(text: &'a str, variables: &Variables<'_>) -> Result<Zeroizing<String>, &'a str> {
    if let Some(name) = text.trim().strip_prefix('$').filter(|name| variable_name(name)) {
        return variables.get(name).ok_or(name);
    }
    let mut whole = Zeroizing::new(String::with_capacity(text.len()));
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        let name = after.split_once('}').filter(|(name, _)| variable_name(name));
        let Some((name, next)) = name else {
            whole.push_str(before);
            whole.push_str("${");
            rest = after;
            continue;
        };
        if let Some(before) = before.strip_suffix('$') {
            whole.push_str(before);
            whole.push_str("${");
            whole.push_str(name);
            whole.push('}');
        } else {
            whole.push_str(before);
            whole.push_str(&variables.get(name).ok_or(name)?);
        }
        rest = next;
    }
    whole.push_str(rest);
    Ok(whole)
}
