//! The way out.

use crate::log::ConnectionLog;
use crate::policy::Admitted;
use crate::pool::Pool;
use crate::{Connection, NetError, Policy, Proxies, Purpose, Trust, tls};
use std::sync::Arc;

/// The only maker of outbound connections. Cheap to clone.
#[derive(Clone)]
pub struct Door(Arc<Inner>, Leave);

/// Purposes that a door is for, a bit each.
#[derive(Clone, Copy)]
struct Leave(u16);

impl Leave {
    const ALL: Self = Self(u16::MAX);

    fn of(purpose: Purpose) -> u16 {
        let at = Purpose::ALL.iter().position(|known| *known == purpose).unwrap_or(15);
        1_u16.checked_shl(u32::try_from(at).unwrap_or(15)).unwrap_or_default()
    }
}

struct Inner {
    policy: Policy,
    proxies: Proxies,
    log: ConnectionLog,
    tls: Arc<rustls::ClientConfig>,
    pool: Pool,
}

impl std::fmt::Debug for Door {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Door").field("policy", &self.0.policy).finish_non_exhaustive()
    }
}

impl Door {
    /// A door with the proxies of the environment.
    ///
    /// # Errors
    /// [`NetError::NoRoots`], or when the operating system's trust store cannot be used. A proxy
    /// variable that cannot be read is an error of each connection that would need it.
    pub fn new(policy: Policy, trust: Trust) -> Result<Self, NetError> {
        Self::with_proxies(policy, trust, Proxies::from_env())
    }

    /// A door with these proxies.
    ///
    /// # Errors
    /// As [`Door::new`].
    pub fn with_proxies(policy: Policy, trust: Trust, proxies: Proxies) -> Result<Self, NetError> {
        let tls = Arc::new(tls::config(trust)?);
        let (log, pool) = (ConnectionLog::default(), Pool::default());
        Ok(Self(Arc::new(Inner { policy, proxies, log, tls, pool }), Leave::ALL))
    }

    /// The same door for these purposes only, of those that it is for already: what is behind it
    /// (log, pool, policy) is shared. Any other is refused as if the policy did not allow it.
    #[must_use]
    pub fn only(&self, purposes: impl IntoIterator<Item = Purpose>) -> Self {
        let leave = purposes.into_iter().fold(0, |leave, purpose| leave | Leave::of(purpose));
        Self(Arc::clone(&self.0), Leave(self.1.0 & leave))
    }

    /// Whether this door is for that purpose; a refusal is logged.
    pub(crate) fn is_for(&self, purpose: Purpose, host: &str, port: u16) -> Result<(), NetError> {
        if self.1.0 & Leave::of(purpose) != 0 {
            return Ok(());
        }
        let host = crate::host::shown(host);
        let refused = NetError::Refused { purpose, host: host.clone(), port };
        self.0.log.refused(purpose, &host, port, &refused);
        Err(refused)
    }

    /// The connection log.
    #[must_use]
    pub fn log(&self) -> ConnectionLog {
        self.0.log.clone()
    }

    /// What may be connected to.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.0.policy
    }

    /// Which proxy is used.
    #[must_use]
    pub fn proxies(&self) -> &Proxies {
        &self.0.proxies
    }

    pub(crate) fn tls(&self) -> &Arc<rustls::ClientConfig> {
        &self.0.tls
    }

    pub(crate) fn pool(&self) -> &Pool {
        &self.0.pool
    }

    /// Checks a destination against the policy; a refusal is logged. [`Purpose::Gateway`] is
    /// always refused here: it has functions of its own that take no host.
    ///
    /// # Errors
    /// [`NetError::Refused`].
    pub fn admit(&self, purpose: Purpose, host: &str, port: u16) -> Result<(), NetError> {
        self.admitted(purpose, host, port).map(|_| ())
    }

    pub(crate) fn admitted(
        &self,
        purpose: Purpose,
        host: &str,
        port: u16,
    ) -> Result<Admitted, NetError> {
        self.is_for(purpose, host, port)?;
        let admitted = match purpose {
            // Only ever by the functions of `loopback`, which take no host.
            Purpose::Gateway => {
                Err(NetError::Refused { purpose, host: crate::host::shown(host), port })
            }
            _ => self.0.policy.admit(purpose, host, port),
        };
        admitted.inspect_err(|error| {
            self.0.log.refused(purpose, &crate::host::shown(host), port, error);
        })
    }

    /// Opens a TCP connection with TLS and leaves what is spoken on it to the caller: TURN. It
    /// takes the proxy, where there is one.
    ///
    /// # Errors
    /// Any [`NetError`].
    pub async fn open(
        &self,
        purpose: Purpose,
        host: &str,
        port: u16,
    ) -> Result<Connection, NetError> {
        let to = self.admitted(purpose, host, port)?;
        let ticket = self.0.log.begin(purpose, &to.host.to_string(), port);
        let meter = self.0.log.meter();
        ticket.count(&meter);
        let result = Box::pin(self.dial(&to, &ticket, &meter)).await;
        ticket.result(&result, None);
        Ok(Connection { stream: Box::new(result?), _ticket: ticket })
    }

    /// Opens a TCP connection without TLS, for TURN over plain TCP (RFC 8656 section 2.1). It
    /// takes the proxy, where there is one, and is logged and counted like any other.
    ///
    /// Only a relay of a cloud desktop may be reached like this: what it carries is DTLS with the
    /// desktop, as with TURN over UDP, and TURN's credentials are not sent, only a hash keyed with
    /// them. Everything else needs TLS.
    ///
    /// # Errors
    /// [`NetError::NotSecure`] for any purpose but [`Purpose::CloudDesktop`]; any other
    /// [`NetError`] but those of the destination's TLS. All are logged.
    pub async fn open_plain(
        &self,
        purpose: Purpose,
        host: &str,
        port: u16,
    ) -> Result<Connection, NetError> {
        if purpose != Purpose::CloudDesktop {
            let error = NetError::NotSecure;
            self.0.log.refused(purpose, &crate::host::shown(host), port, &error);
            return Err(error);
        }
        let to = self.admitted(purpose, host, port)?;
        let ticket = self.0.log.begin(purpose, &to.host.to_string(), port);
        let meter = self.0.log.meter();
        ticket.count(&meter);
        let result = Box::pin(self.carrier(&to, &ticket, &meter)).await;
        ticket.result(&result, None);
        Ok(Connection { stream: result?, _ticket: ticket })
    }
}

/// Host and port of a URL of this scheme, as they are written there.
pub(crate) fn destination(uri: &http::Uri, scheme: &str) -> Result<(String, u16), NetError> {
    if uri.scheme_str() != Some(scheme) {
        return Err(NetError::NotSecure);
    }
    if uri.authority().is_some_and(|authority| authority.as_str().contains('@')) {
        return Err(NetError::UserInfo);
    }
    let host = uri.host().filter(|host| !host.is_empty()).ok_or(NetError::NotSecure)?;
    Ok((host.to_owned(), uri.port_u16().unwrap_or(443)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn destinations() {
        let of = |text: &str, scheme| destination(&text.parse().unwrap(), scheme);
        assert_eq!(of("https://a.example/x?y", "https"), Ok(("a.example".into(), 443)));
        assert_eq!(of("wss://[::1]:8443/x", "wss"), Ok(("[::1]".into(), 8443)));
        assert_eq!(of("http://a.example/", "https"), Err(NetError::NotSecure));
        assert_eq!(of("/x", "https"), Err(NetError::NotSecure));
        assert_eq!(of("https://api.multiclaw.io@evil/", "https"), Err(NetError::UserInfo));
        assert_eq!(of("https://a:b@api.multiclaw.io/", "https"), Err(NetError::UserInfo));
    }
}
