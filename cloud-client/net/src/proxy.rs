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

    /// The variable that names the proxy; `None` when none does.
    #[must_use]
    pub fn variable(&self) -> Option<&str> {
        self.chosen.as_ref().map(|(variable, _)| variable.as_str())
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parsed(value: &str) -> Result<String, ProxyFault> {
        Proxy::parse(value).map(|proxy| {
            let login = proxy.login.as_ref().map(|l| format!(" {}|{}", *l.user, *l.password));
            format!("{:?} {}{}", proxy.speech, proxy.name(), login.unwrap_or_default())
        })
    }

    /// H10.
    #[test]
    fn values() {
        let malformed = || Err(ProxyFault::Malformed);
        let other = |scheme: &str| Err(ProxyFault::Scheme { scheme: scheme.into() });
        let ok = |text: &str| Ok(text.to_owned());
        for (value, expected) in [
            ("http://proxy:3128", ok("Http proxy:3128")),
            ("http://proxy:3128/", ok("Http proxy:3128")),
            ("proxy:3128", ok("Http proxy:3128")),
            ("proxy.corp", ok("Http proxy.corp:80")),
            ("10.0.0.1:3128", ok("Http 10.0.0.1:3128")),
            ("http://[fd00::1]:3128", ok("Http [fd00::1]:3128")),
            ("HTTP://PROXY:3128", ok("Http proxy:3128")),
            ("https://proxy", ok("Https proxy:443")),
            ("socks5://proxy", ok("Socks5 proxy:1080")),
            ("socks5h://PROXY:9050", ok("Socks5 proxy:9050")),
            ("socks5h://[::1]:9050", ok("Socks5 [::1]:9050")),
            ("ada:pw@proxy:1", ok("Http proxy:1 ada|pw")),
            ("http://ada@proxy:1", ok("Http proxy:1 ada|")),
            ("http://:pw@proxy:1", ok("Http proxy:1 |pw")),
            ("http://a:%40%3A%2F%25@proxy:1", ok("Http proxy:1 a|@:/%")),
            ("http://a:p@w@proxy:1", ok("Http proxy:1 a|p@w")),
            ("http://a:100%@proxy:1", ok("Http proxy:1 a|100%")),
            ("http://CORP%5Cada:pw@proxy:1", ok("Http proxy:1 CORP\\ada|pw")),
            ("socks5://a%20b:%C3%A9@proxy", ok("Socks5 proxy:1080 a b|é")),
            ("socks4://proxy", other("socks4")),
            ("ftp://proxy", other("ftp")),
            ("file:///proxy", other("file")),
            ("http://", malformed()),
            ("http://proxy:99999", malformed()),
            ("http://proxy:x", malformed()),
            ("http://user:12/3@proxy:1", malformed()),
            ("http://user:12?3@proxy:1", malformed()),
            ("http://user:12#3@proxy:1", malformed()),
            ("http://a:%0d%0aX@proxy:1", malformed()),
            ("http://a:%ff@proxy:1", malformed()),
            ("http://a%3Ab:c@proxy:1", malformed()),
            ("socks5://", malformed()),
            ("http:// proxy", malformed()),
        ] {
            assert_eq!(parsed(value), expected, "{value}");
        }
    }

    #[test]
    fn the_first_variable_that_is_set() {
        let route = |variables: &[(&str, &str)]| {
            Proxies::from_pairs(variables).route("api.multiclaw.io", 443).unwrap()
        };
        let (all, https, http) =
            (("ALL_PROXY", "all:1"), ("HTTPS_PROXY", "https:1"), ("HTTP_PROXY", "http:1"));
        assert_eq!(route(&[]), None);
        assert_eq!(route(&[all, https, http]).as_deref(), Some("https:1"));
        assert_eq!(route(&[all, http]).as_deref(), Some("all:1"));
        assert_eq!(route(&[http]).as_deref(), Some("http:1"));
        assert_eq!(route(&[https, ("https_proxy", "lower:1")]).as_deref(), Some("lower:1"));
        assert_eq!(route(&[https, ("https_proxy", "")]).as_deref(), Some("https:1"));
        assert_eq!(route(&[("https_proxy", " lower:1\n")]).as_deref(), Some("lower:1"));
        assert_eq!(route(&[https, ("NO_PROXY", "multiclaw.io")]), None);
        assert_eq!(route(&[https, ("no_proxy", "*")]), None);
        assert_eq!(route(&[https, ("NO_PROXY", "example.com")]).as_deref(), Some("https:1"));
    }

    /// H9.
    #[test]
    fn this_machine_and_exceptions_need_no_readable_variable() {
        let proxies = Proxies::from_pairs(&[("HTTPS_PROXY", "http://"), ("NO_PROXY", "here.lan")]);
        for host in [
            "localhost",
            "LOCALHOST.",
            "a.localhost",
            "127.0.0.1",
            "127.9.9.9",
            "[::1]",
            "[::ffff:127.0.0.1]",
            "here.lan",
        ] {
            assert_eq!(proxies.route(host, 443), Ok(None), "{host}");
        }
        let error = proxies.route("api.multiclaw.io", 443).unwrap_err();
        let expected =
            NetError::Proxy { proxy: "HTTPS_PROXY".into(), fault: ProxyFault::Malformed };
        assert_eq!(error, expected);
    }

    #[test]
    fn a_value_that_is_no_text_is_malformed() {
        use std::os::unix::ffi::OsStringExt;
        let proxies = Proxies::read(|name| {
            (name == "ALL_PROXY").then(|| OsString::from_vec(b"http://a:\xff@proxy".to_vec()))
        });
        let error = proxies.route("api.multiclaw.io", 443).unwrap_err();
        assert!(matches!(error, NetError::Proxy { proxy, .. } if proxy == "ALL_PROXY"));
    }

    #[test]
    fn passwords_are_never_shown() {
        let proxies = Proxies::from_pairs(&[("HTTPS_PROXY", "http://ada:s3cret@proxy:1")]);
        let shown = format!("{proxies:?} {:?}", proxies.route("a.example", 1));
        assert!(shown.contains("proxy:1") && !shown.contains("s3cret"), "{shown}");
        let login = Proxy::parse("http://ada:s3cret@proxy:1").unwrap().login.unwrap();
        // RFC 7617, section 2, for the form.
        assert_eq!(*login.basic(), "Basic YWRhOnMzY3JldA==");
    }

    proptest! {
        #[test]
        fn any_password_survives_its_way_through_the_variable(password in "\\PC{1,40}") {
            use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
            let coded = utf8_percent_encode(&password, NON_ALPHANUMERIC);
            let proxy = Proxy::parse(&format!("http://ada:{coded}@proxy:1")).unwrap();
            prop_assert_eq!(&*proxy.login.unwrap().password, &password);
        }

        #[test]
        fn any_value_is_a_proxy_or_an_error_but_never_the_direct_way(value in "\\PC*") {
            let route = Proxies::from_pairs(&[("HTTPS_PROXY", &value)]).route("a.example", 443);
            prop_assert_eq!(route == Ok(None), value.is_empty());
        }
    }
}
