//! The OpenClaw gateway on this computer: plain WebSocket and HTTP to 127.0.0.1.
//!
//! None of these functions takes a host, a URL's host or a purpose, so nothing that anybody sends
//! can turn them elsewhere. They never take a proxy, whatever the environment says.

use crate::dial::{Carrier, STEP, tcp};
use crate::flood::Idle;
use crate::host::Host;
use crate::log::Ticket;
use crate::meter::Metered;
use crate::owner::{self, Owner};
use crate::policy::Admitted;
use crate::websocket::{Bounds, upgrade};
use crate::{Door, NetError, Purpose, WebSocket};
use bytes::Bytes;
use http::{HeaderName, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper_util::rt::TokioIo;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;
use tokio::time::timeout;

/// For a probe, in whole. A gateway whose program is busy answers within it; one that hangs does
/// not hold up who asks.
const PROBE: Duration = Duration::from_secs(4);
/// Longest body of a probe's answer, in bytes.
const PROBE_BODY: usize = 64 * 1024;
/// For a whole request.
const REQUEST: Duration = Duration::from_secs(30);
/// Longest body of a request's answer, in bytes.
const MAX_BODY: usize = 8 * 1024 * 1024;
/// Longest head of an answer, in bytes.
const MAX_HEAD: usize = 64 * 1024;
/// For the other end to take a message of the longest kind: the gateway's program does not read
/// while it works on something else.
const PATIENCE: Duration = Duration::from_secs(30);
/// Header fields that would claim another origin of the request than this program.
const FOREIGN: [HeaderName; 4] = [
    header::ORIGIN,
    header::FORWARDED,
    header::PROXY_AUTHORIZATION,
    HeaderName::from_static("x-real-ip"),
];

impl Door {
    /// Opens a WebSocket to `ws://127.0.0.1:port/`. No `Origin` and no credentials are sent: the
    /// handshake of the gateway comes inside. `longest` is the longest message either way, in
    /// bytes.
    ///
    /// On Linux the other end is a program of this very user; what another user's program sends is
    /// not read any further than its answer to the upgrade.
    ///
    /// # Errors
    /// [`NetError::Refused`] where the policy does not name the gateway; [`NetError::Connect`]
    /// when nothing listens there; [`NetError::ForeignUser`] and [`NetError::UnknownUser`]; [`NetError::Upgrade`] with the status of what does not become
    /// a WebSocket; any other [`NetError`] but those of TLS and of proxies. All are logged.
    pub async fn loopback_websocket(
        &self,
        port: u16,
        longest: usize,
    ) -> Result<WebSocket, NetError> {
        let bounds = Bounds {
            message: longest,
            unfinished: longest.saturating_mul(2),
            unsent: longest.saturating_mul(2),
            patience: PATIENCE,
        };
        let (to, ticket, stream, here) = self.begin(port).await?;
        let host = to.host.to_string();
        let upgraded = async {
            let request = http::Request::get(format!("ws://127.0.0.1:{port}/")).body(());
            let request = request.map_err(|_| malformed())?;
            // A gateway that stands still must not hold an attempt for longer than any step.
            let socket = upgrade(&to, request, stream, Bounds { patience: STEP, ..bounds }).await?;
            // Who has answered has accepted the connection, so that its user is known.
            own_user(here, port).await?;
            Ok(socket)
        };
        let result = Box::pin(upgraded).await;
        ticket.result(&result, Some(101));
        let patience = bounds.patience;
        Ok(WebSocket { inner: result?, idle: Idle::default(), patience, host, ticket })
    }

    /// Asks `http://127.0.0.1:port` for a path, for example `/healthz`: the answer with whatever
    /// status, at most 64 KiB of it, within 4 seconds. Redirects are not followed.
    ///
    /// # Errors
    /// As [`Door::loopback_websocket`]; [`NetError::TooLarge`] for a longer answer;
    /// [`NetError::Protocol`] for a path that does not begin with `/`.
    pub async fn loopback_get(
        &self,
        port: u16,
        path: &str,
    ) -> Result<http::Response<Bytes>, NetError> {
        if !path.starts_with('/') {
            return Err(malformed());
        }
        let request = http::Request::get(path).body(Bytes::new()).map_err(|_| malformed())?;
        self.loopback(port, request, PROBE_BODY, PROBE).await
    }

    /// Sends a request to `http://127.0.0.1:port` and reads the answer, whatever its status, at
    /// most 8 MiB of it, within 30 seconds. Of the request's URL only path and query are used. A
    /// header field that would claim another origin (`Origin`, `Forwarded`, `X-Forwarded-*`,
    /// `X-Real-IP`) is left out. Redirects are not followed.
    ///
    /// # Errors
    /// As [`Door::loopback_get`].
    pub async fn loopback_request(
        &self,
        port: u16,
        request: http::Request<Bytes>,
    ) -> Result<http::Response<Bytes>, NetError> {
        self.loopback(port, request, MAX_BODY, REQUEST).await
    }

    async fn loopback(
        &self,
        port: u16,
        request: http::Request<Bytes>,
        most: usize,
        limit: Duration,
    ) -> Result<http::Response<Bytes>, NetError> {
        let (to, ticket, stream, _) = self.begin(port).await?;
        let answered = async { exchange(&to, outgoing(&to, request)?, stream, most).await };
        let late = |_| Err(NetError::Timeout { host: to.host.to_string() });
        let result = timeout(limit, Box::pin(answered)).await.unwrap_or_else(late);
        let status = result.as_ref().ok().map(|answer| answer.status().as_u16());
        ticket.result(&result, status);
        result
    }

    /// Checks the port against the policy, connects, and begins an entry of the log.
    async fn begin(&self, port: u16) -> Result<(Admitted, Ticket, Carrier, SocketAddr), NetError> {
        let (purpose, host) = (Purpose::Gateway, Host::LOOPBACK.to_string());
        let failed = |error: &NetError| self.log().failed_again(purpose, &host, port, error);
        self.is_for(purpose, &host, port)?;
        let to = self.policy().admit(purpose, &host, port).inspect_err(failed)?;
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let stream = tcp(&[address], &host).await.inspect_err(failed)?;
        let here = stream.local_addr().map_err(|error| NetError::from_io(&error, &host));
        let here = here.inspect_err(failed)?;
        let ticket = self.log().begin(purpose, &host, port);
        let meter = self.log().meter();
        ticket.count(&meter);
        Ok((to, ticket, Box::new(Metered::new(stream, meter)), here))
    }
}

/// Lets only a program of this user be at the other end, where the system says whose it is.
async fn own_user(here: SocketAddr, port: u16) -> Result<(), NetError> {
    let there = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let owner = tokio::task::spawn_blocking(move || owner::of(here, there)).await;
    match owner.unwrap_or(Owner::Unknown) {
        Owner::Own => Ok(()),
        Owner::Other(user) => Err(NetError::ForeignUser { port, user }),
        Owner::Gone => Err(NetError::Protocol("the connection ended".into())),
        Owner::Unknown if cfg!(target_os = "linux") => Err(NetError::UnknownUser { port }),
        Owner::Unknown => Ok(()),
    }
}

fn malformed() -> NetError {
    NetError::Protocol("the request is malformed".into())
}

fn outgoing(
    to: &Admitted,
    request: http::Request<Bytes>,
) -> Result<http::Request<Full<Bytes>>, NetError> {
    let (mut parts, body) = request.into_parts();
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    parts.uri = path.parse().map_err(|_| malformed())?;
    let foreign: Vec<_> = parts
        .headers
        .keys()
        .filter(|name| FOREIGN.contains(name) || name.as_str().starts_with("x-forwarded-"))
        .cloned()
        .collect();
    for name in foreign {
        parts.headers.remove(name);
    }
    let host = to.host.authority(to.port).parse().map_err(|_| malformed())?;
    parts.headers.insert(header::HOST, host);
    parts.headers.insert(header::CONNECTION, http::HeaderValue::from_static("close"));
    Ok(http::Request::from_parts(parts, Full::new(body)))
}

async fn exchange(
    to: &Admitted,
    request: http::Request<Full<Bytes>>,
    stream: Carrier,
    most: usize,
) -> Result<http::Response<Bytes>, NetError> {
    let http = |error: &hyper::Error| NetError::from_http(error);
    let (mut sender, connection) = hyper::client::conn::http1::Builder::new()
        .max_buf_size(MAX_HEAD)
        .handshake(TokioIo::new(stream))
        .await
        .map_err(|error| http(&error))?;
    let answered = async {
        let answer = sender.send_request(request).await.map_err(|error| http(&error))?;
        let (parts, body) = answer.into_parts();
        let body = Limited::new(body, most).collect().await.map_err(|error| match error
            .downcast_ref::<hyper::Error>()
        {
            Some(error) => http(error),
            None => NetError::TooLarge,
        })?;
        Ok(http::Response::from_parts(parts, body.to_bytes()))
    };
    let driven = async {
        if let Err(error) = connection.await {
            tracing::debug!(%error, host = %to.host, "a loopback connection ended");
        }
        // The answer decides, also when the connection ended before it was read.
        std::future::pending::<()>().await;
    };
    tokio::select! {
        answer = answered => answer,
        () = driven => Err(NetError::Protocol("the connection ended".into())),
    }
}
