//! Which proxy a connection takes. Reads the environment once and opens nothing.

use crate::host::{Host, clean};
use crate::no_proxy::Exceptions;
use crate::{NetError, ProxyFault};
use base64::Engine;
use std::ffi::OsString;
use zeroize::Zeroizing;

/// What is spoken to a proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Speech {
    /// HTTP CONNECT (RFC 9110, section 9.3.6).
    Http,
    /// The same inside of TLS.
    Https,
    /// SOCKS 5 (RFC 1928). The proxy resolves names, with `socks5` as with `socks5h`.
    Socks5,
}

/// Name and password for a proxy.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Login {
    pub(crate) user: Zeroizing<String>,
    pub(crate) password: Zeroizing<String>,
}

impl Login {
    /// The value of a `Proxy-Authorization` header (RFC 7617).
    pub(crate) fn basic(&self) -> Zeroizing<String> {
        let both = Zeroizing::new(format!("{}:{}", *self.user, *self.password));
        let coded = Zeroizing::new(base64::prelude::BASE64_STANDARD.encode(both.as_bytes()));
        Zeroizing::new(format!("Basic {}", *coded))
    }
}

impl std::fmt::Debug for Login {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Login")
    }
}

/// One proxy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Proxy {
    pub(crate) speech: Speech,
    pub(crate) host: Host,
    pub(crate) port: u16,
    pub(crate) login: Option<Login>,
}

impl Proxy {
    /// `host:port`, as logs and errors name it.
    pub(crate) fn name(&self) -> String {
        self.host.authority(self.port)
    }

    fn parse(value: &str) -> Result<Self, ProxyFault> {
        let whole = if value.contains("://") {
            Zeroizing::new(value.to_owned())
        } else {
            Zeroizing::new(format!("http://{value}"))
        };
        let url = url::Url::parse(&whole).map_err(|_| ProxyFault::Malformed)?;
        let (speech, default) = match url.scheme() {
            "http" => (Speech::Http, 80),
            "https" => (Speech::Https, 443),
            "socks5" | "socks5h" => (Speech::Socks5, 1080),
            other => return Err(ProxyFault::Scheme { scheme: clean(other, 20) }),
        };
        // More than host and port is a password with a bare `/`, `?` or `#`, cut in the middle.
        let rest = matches!(url.path(), "" | "/") && url.query().is_none();
        let host = url.host_str().and_then(Host::parse);
        let (Some(host), true, None) = (host, rest, url.fragment()) else {
            return Err(ProxyFault::Malformed);
        };
        let text = |part: &str| {
            let decoded = percent_encoding::percent_decode_str(part).decode_utf8();
            let decoded = Zeroizing::new(decoded.map_err(|_| ProxyFault::Malformed)?.into_owned());
            // A line break would begin a header of its own.
            if decoded.contains(|c: char| c.is_control()) {
                return Err(ProxyFault::Malformed);
            }
            Ok(decoded)
        };
        let (user, password) = (text(url.username())?, text(url.password().unwrap_or_default())?);
        // RFC 7617: the name of a Basic login has no colon.
        if speech != Speech::Socks5 && user.contains(':') {
            return Err(ProxyFault::Malformed);
        }
        let login = !(user.is_empty() && password.is_empty());
        let login = login.then_some(Login { user, password });
        Ok(Self { speech, host, port: url.port().unwrap_or(default), login })
    }
}

/// The proxies of the environment.
///
/// Every connection of this program is encrypted, so `HTTPS_PROXY` comes first, then
/// `ALL_PROXY`, then `HTTP_PROXY`: who sets only that one wants no direct connections either.
/// Lower case comes before upper case, and an empty variable is none, as with curl.
#[derive(Clone, Debug, Default)]
pub struct Proxies {
    chosen: Option<(String, Result<Proxy, ProxyFault>)>,
    exceptions: Exceptions,
}

impl Proxies {
    /// No proxy at all.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Those of this program's environment.
    #[must_use]
    pub fn from_env() -> Self {
        Self::read(|name| std::env::var_os(name))
    }

    /// Those of these variables, by the names they have in an environment.
    #[must_use]
    pub fn from_pairs(variables: &[(&str, &str)]) -> Self {
        Self::read(|name| {
            let found = variables.iter().find(|(variable, _)| *variable == name);
            found.map(|(_, value)| value.into())
        })
    }

    fn read(variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let find = |name: &'static str| {
            [name.to_ascii_lowercase(), name.to_owned()].into_iter().find_map(|name| {
                variable(&name).filter(|value| !value.is_empty()).map(|value| (name, value))
            })
        };
        let chosen = ["HTTPS_PROXY", "ALL_PROXY", "HTTP_PROXY"].into_iter().find_map(find);
        let chosen = chosen.map(|(name, value)| {
            let value = value.into_string().map(Zeroizing::new);
            let proxy = match &value {
                Ok(value) => Proxy::parse(value.trim()),
                Err(_) => Err(ProxyFault::Malformed),
            };
            (name, proxy)
        });
        let exceptions = find("NO_PROXY").map(|(_, value)| value.to_string_lossy().into_owned());
        Self { chosen, exceptions: Exceptions::parse(&exceptions.unwrap_or_default()) }
    }

    /// The one decision: which proxy, or none, leads to this host. A variable that cannot be
    /// read is an error, and not a direct connection.
    pub(crate) fn decide(&self, host: &Host, port: u16) -> Result<Option<&Proxy>, NetError> {
        let Some((variable, proxy)) = &self.chosen else { return Ok(None) };
        if host.is_loopback() || self.exceptions.cover(host, port) {
            return Ok(None);
        }
        proxy
            .as_ref()
            .map(Some)
            .map_err(|fault| NetError::Proxy { proxy: variable.clone(), fault: fault.clone() })
    }

    /// What leads to this host: `host:port` of the proxy, or `None` for the direct way.
    ///
    /// # Errors
    /// [`NetError::Proxy`] when the variable that names it cannot be read.
    pub fn route(&self, host: &str, port: u16) -> Result<Option<String>, NetError> {
        let Some(host) = Host::parse(host) else { return Ok(None) };
        Ok(self.decide(&host, port)?.map(Proxy::name))
    }
}
