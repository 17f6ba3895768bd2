//! The way out.

use crate::log::{ConnectionLog, Outcome};
use crate::{Connection, NetError, Policy, Purpose, Trust, tls};
use bytes::Bytes;
use std::sync::Arc;
use std::time::Duration;

/// To connect.
const CONNECT: Duration = Duration::from_secs(10);
/// For a whole request.
const REQUEST: Duration = Duration::from_secs(30);
/// Longest body that is read, in bytes.
const MAX_BODY: usize = 4 * 1024 * 1024;

/// The only maker of outbound connections. Cheap to clone.
#[derive(Clone)]
pub struct Door(Arc<Inner>);

struct Inner {
    policy: Policy,
    log: ConnectionLog,
    client: reqwest::Client,
    tls: Arc<rustls::ClientConfig>,
}

impl std::fmt::Debug for Door {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Door").field("policy", &self.0.policy).finish_non_exhaustive()
    }
}

/// Says "the name was not found" as an error of ours, where reqwest has only a text.
struct Resolver;

impl reqwest::dns::Resolve for Resolver {
    fn resolve(&self, name: reqwest::dns::Name) -> reqwest::dns::Resolving {
        Box::pin(async move {
            let host = name.as_str().to_owned();
            let found: Option<Vec<_>> =
                tokio::net::lookup_host((host.as_str(), 0)).await.ok().map(Iterator::collect);
            match found {
                Some(found) => Ok(Box::new(found.into_iter()) as reqwest::dns::Addrs),
                None => Err(NetError::Dns { host }.into()),
            }
        })
    }
}

impl Door {
    /// Builds the TLS configuration and the client.
    ///
    /// # Errors
    /// When the operating system's trust store cannot be used.
    pub fn new(policy: Policy, trust: Trust) -> Result<Self, NetError> {
        let tls = tls::config(trust)?;
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls.clone())
            .https_only(true)
            .redirect(reqwest::redirect::Policy::none())
            .dns_resolver(Arc::new(Resolver))
            // Proxies are to be used on purpose, not because a variable was set.
            .no_proxy()
            .connect_timeout(CONNECT)
            .timeout(REQUEST)
            .pool_idle_timeout(Duration::from_secs(60))
            .build()
            .map_err(|error| NetError::from_reqwest(&error, ""))?;
        let log = ConnectionLog::default();
        Ok(Self(Arc::new(Inner { policy, log, client, tls: Arc::new(tls) })))
    }

    /// The connection log.
    #[must_use]
    pub fn log(&self) -> ConnectionLog {
        self.0.log.clone()
    }

    /// Checks a destination against the policy; a refusal is logged.
    ///
    /// # Errors
    /// [`NetError::Refused`].
    pub fn admit(&self, purpose: Purpose, host: &str, port: u16) -> Result<(), NetError> {
        self.0.policy.check(purpose, host, port).inspect_err(|error| {
            self.0.log.add(purpose, host, port, Outcome::Failed(error.clone()));
        })
    }

    /// Sends an HTTPS request and reads the answer, whatever its status. Redirects are errors.
    ///
    /// # Errors
    /// Any [`NetError`].
    pub async fn request(
        &self,
        purpose: Purpose,
        request: http::Request<Vec<u8>>,
    ) -> Result<http::Response<Bytes>, NetError> {
        let (host, port) = destination(request.uri(), "https")?;
        self.admit(purpose, &host, port)?;
        let result = self.send(&host, request).await;
        let outcome = match &result {
            Ok(answer) => Outcome::Done {
                status: Some(answer.status().as_u16()),
                bytes: Some(answer.body().len() as u64),
            },
            Err(error) => Outcome::Failed(error.clone()),
        };
        self.0.log.add(purpose, &host, port, outcome);
        result
    }

    async fn send(
        &self,
        host: &str,
        request: http::Request<Vec<u8>>,
    ) -> Result<http::Response<Bytes>, NetError> {
        let fault = |error: reqwest::Error| NetError::from_reqwest(&error, host);
        let request = reqwest::Request::try_from(request).map_err(fault)?;
        let mut answer = self.0.client.execute(request).await.map_err(fault)?;
        if answer.status().is_redirection() {
            let to = answer
                .headers()
                .get(http::header::LOCATION)
                .and_then(|to| to.to_str().ok())
                .and_then(|to| url::Url::parse(to).ok())
                .and_then(|to| to.host_str().map(str::to_owned))
                .unwrap_or_default();
            return Err(NetError::Redirect { to });
        }
        let mut whole = http::Response::new(Bytes::new());
        *whole.status_mut() = answer.status();
        *whole.headers_mut() = answer.headers().clone();
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(fault)? {
            if body.len() + chunk.len() > MAX_BODY {
                return Err(NetError::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        *whole.body_mut() = Bytes::from(body);
        Ok(whole)
    }

    /// Opens a TCP connection with TLS and leaves what is spoken on it to the caller: TURN.
    ///
    /// # Errors
    /// Any [`NetError`].
    pub async fn open(
        &self,
        purpose: Purpose,
        host: &str,
        port: u16,
    ) -> Result<Connection, NetError> {
        self.admit(purpose, host, port)?;
        let result = self.connect(host, port).await;
        let outcome = match &result {
            Ok(_) => Outcome::Done { status: None, bytes: None },
            Err(error) => Outcome::Failed(error.clone()),
        };
        self.0.log.add(purpose, host, port, outcome);
        result.map(|stream| Connection(Box::new(stream)))
    }

    /// Opens a TCP connection with TLS to a host that the policy allows.
    pub(crate) async fn connect(
        &self,
        host: &str,
        port: u16,
    ) -> Result<tokio_rustls::client::TlsStream<tokio::net::TcpStream>, NetError> {
        let timeout = || NetError::Timeout { host: host.to_owned() };
        let connect = async {
            let addresses = tokio::net::lookup_host((host, port))
                .await
                .map_err(|_| NetError::Dns { host: host.to_owned() })?;
            let mut last = NetError::Dns { host: host.to_owned() };
            for address in addresses {
                match tokio::net::TcpStream::connect(address).await {
                    Ok(stream) => return Ok(stream),
                    Err(error) => last = NetError::from_io(&error, host),
                }
            }
            Err(last)
        };
        let stream = tokio::time::timeout(CONNECT, connect).await.map_err(|_| timeout())??;
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "Nagle stays on");
        }
        let name = rustls_pki_types::ServerName::try_from(host.to_owned())
            .map_err(|_| NetError::Dns { host: host.to_owned() })?;
        let handshake =
            tokio_rustls::TlsConnector::from(Arc::clone(&self.0.tls)).connect(name, stream);
        tokio::time::timeout(CONNECT, handshake)
            .await
            .map_err(|_| timeout())?
            .map_err(|error| NetError::from_io(&error, host))
    }
}

/// Host and port of a URL of this scheme.
pub(crate) fn destination(uri: &http::Uri, scheme: &str) -> Result<(String, u16), NetError> {
    if uri.scheme_str() != Some(scheme) {
        return Err(NetError::NotSecure);
    }
    let host = uri.host().filter(|h| !h.is_empty()).ok_or(NetError::NotSecure)?;
    let host = host.trim_start_matches('[').trim_end_matches(']');
    Ok((host.to_owned(), uri.port_u16().unwrap_or(443)))
}
