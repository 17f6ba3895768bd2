//! HTTPS requests: one at a time on a connection, redirects only where they are harmless.

use crate::dial::Secure;
use crate::door::destination;
use crate::log::Ticket;
use crate::policy::Admitted;
use crate::pool::Kept;
use crate::{Door, NetError, Purpose};
use bytes::Bytes;
use http::header;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper_util::rt::TokioIo;
use std::time::Duration;
use tokio::time::{Instant, timeout, timeout_at};

/// For a whole request, with its redirects.
const REQUEST: Duration = Duration::from_secs(30);
/// Longest body that is read, in bytes.
const MAX_BODY: usize = 32 * 1024 * 1024;
/// Longest head of an answer, in bytes.
const MAX_HEAD: usize = 64 * 1024;
/// Most redirects that are followed.
const HOPS: u8 = 3;
/// Header fields that go along with a redirect. No other may carry a credential there.
const HARMLESS: [header::HeaderName; 3] =
    [header::ACCEPT, header::ACCEPT_LANGUAGE, header::USER_AGENT];
/// For a connection to be ready for its next request once the answer is read; else it is closed.
const TURNOVER: Duration = Duration::from_millis(100);

/// What one exchange led to.
enum Hop {
    Answer(http::Response<Bytes>),
    Onward(http::Uri),
}

impl Door {
    /// Sends an HTTPS request and reads the answer, whatever its status. Redirects are errors,
    /// except for GET requests to the link preview and favicon services: those follow at most 3,
    /// each checked against the policy for the same purpose, and without credentials: only
    /// `Accept`, `Accept-Language` and `User-Agent` go along.
    ///
    /// # Errors
    /// Any [`NetError`].
    pub async fn request(
        &self,
        purpose: Purpose,
        request: http::Request<Vec<u8>>,
    ) -> Result<http::Response<Bytes>, NetError> {
        let mut request = request.map(Bytes::from);
        let follows = purpose.follows() && request.method() == http::Method::GET;
        let until = Instant::now() + REQUEST;
        let mut left = if follows { HOPS } else { 0 };
        loop {
            match Box::pin(self.hop(purpose, &request, left > 0, until)).await? {
                Hop::Answer(answer) => return Ok(answer),
                Hop::Onward(uri) => {
                    left -= 1;
                    *request.uri_mut() = uri;
                    let mut kept = http::HeaderMap::new();
                    for name in HARMLESS {
                        if let Some(value) = request.headers_mut().remove(&name) {
                            kept.insert(name, value);
                        }
                    }
                    *request.headers_mut() = kept;
                }
            }
        }
    }

    async fn hop(
        &self,
        purpose: Purpose,
        request: &http::Request<Bytes>,
        follow: bool,
        until: Instant,
    ) -> Result<Hop, NetError> {
        let (host, port) = destination(request.uri(), "https")?;
        let to = self.admitted(purpose, &host, port)?;
        let shown = to.host.to_string();
        let ticket = self.log().begin(purpose, &shown, port);
        let answer = timeout_at(until, Box::pin(self.exchange(&to, &ticket, request))).await;
        let answer = answer.unwrap_or_else(|_| {
            self.pool().forget(&to);
            Err(NetError::Timeout { host: shown })
        });
        let status = answer.as_ref().ok().map(|answer| answer.status().as_u16());
        let hop = answer.and_then(|answer| onward(request.uri(), answer, follow));
        ticket.result(&hop, status);
        hop
    }

    /// Sends the request on a waiting connection or a new one. It is sent a second time only
    /// where the first one had not left, or can do no harm: a connection that waited may have
    /// been closed by the server at the same moment.
    async fn exchange(
        &self,
        to: &Admitted,
        ticket: &Ticket,
        request: &http::Request<Bytes>,
    ) -> Result<http::Response<Bytes>, NetError> {
        let safe = request.method().is_safe();
        while let Some(mut kept) = self.pool().take(to) {
            ticket.via(kept.proxy.as_deref());
            ticket.count(&kept.meter);
            let before = kept.meter.read();
            match kept.sender.try_send_request(outgoing(to, request)?).await {
                Ok(answer) => return self.finish(kept, answer).await,
                Err(mut error) => {
                    let unsent = error.take_message().is_some();
                    let silent = kept.meter.read().since(before).received == 0;
                    if !(unsent || safe && silent) {
                        return Err(NetError::from_http(error.error()));
                    }
                }
            }
        }
        let meter = self.log().meter();
        ticket.count(&meter);
        let proxy = self.proxies().decide(&to.host, to.port)?.map(crate::proxy::Proxy::name);
        let stream = Box::pin(self.dial(to, ticket, &meter)).await?;
        let sender = speak(stream).await?;
        let mut kept = Kept { to: to.clone(), sender, meter, proxy };
        let answer = kept.sender.send_request(outgoing(to, request)?).await;
        let answer = answer.map_err(|error| NetError::from_http(&error))?;
        self.finish(kept, answer).await
    }

    /// Reads the body and keeps the connection for the next request.
    async fn finish(
        &self,
        mut kept: Kept,
        answer: http::Response<Incoming>,
    ) -> Result<http::Response<Bytes>, NetError> {
        let (parts, mut rest) = answer.into_parts();
        let mut body = Vec::new();
        while let Some(frame) = rest.frame().await {
            let frame = frame.map_err(|error| NetError::from_http(&error))?;
            let Ok(data) = frame.into_data() else { continue };
            if body.len() + data.len() > MAX_BODY {
                return Err(NetError::TooLarge);
            }
            body.extend_from_slice(&data);
        }
        if let Ok(Ok(())) = timeout(TURNOVER, kept.sender.ready()).await {
            self.pool().put(kept);
        }
        Ok(http::Response::from_parts(parts, Bytes::from(body)))
    }
}

pub(crate) async fn speak(
    stream: Secure,
) -> Result<hyper::client::conn::http1::SendRequest<Full<Bytes>>, NetError> {
    let (sender, connection) = hyper::client::conn::http1::Builder::new()
        .max_buf_size(MAX_HEAD)
        .handshake(TokioIo::new(stream))
        .await
        .map_err(|error| NetError::from_http(&error))?;
    // Ends when the sender is dropped or the server closes.
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::debug!(%error, "an https connection ended");
        }
    });
    Ok(sender)
}

/// The request as it is sent on a connection to `to`: path only, and the host that was checked.
pub(crate) fn outgoing(
    to: &Admitted,
    request: &http::Request<Bytes>,
) -> Result<http::Request<Full<Bytes>>, NetError> {
    let malformed = || NetError::Protocol("the request is malformed".into());
    let mut out = http::Request::new(Full::new(request.body().clone()));
    *out.method_mut() = request.method().clone();
    *out.headers_mut() = request.headers().clone();
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    *out.uri_mut() = path.parse().map_err(|_| malformed())?;
    let host = to.host.header(to.port);
    let host = host.parse().map_err(|_| malformed())?;
    out.headers_mut().insert(header::HOST, host);
    out.headers_mut().entry(header::ACCEPT).or_insert(http::HeaderValue::from_static("*/*"));
    Ok(out)
}

/// Tells redirects from answers.
fn onward(from: &http::Uri, answer: http::Response<Bytes>, follow: bool) -> Result<Hop, NetError> {
    if !matches!(answer.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return Ok(Hop::Answer(answer));
    }
    let to = target(from, answer.headers());
    match to {
        Some(to) if follow => {
            let uri =
                to.as_str().parse().map_err(|_| NetError::Redirect { to: shown(Some(&to)) })?;
            Ok(Hop::Onward(uri))
        }
        to => Err(NetError::Redirect { to: shown(to.as_ref()) }),
    }
}

/// Where a redirect leads.
pub(crate) fn target(from: &http::Uri, headers: &http::HeaderMap) -> Option<url::Url> {
    let to = headers.get(header::LOCATION)?.to_str().ok()?;
    let mut to = url::Url::parse(&from.to_string()).ok()?.join(to).ok()?;
    to.set_fragment(None);
    Some(to)
}

/// Its host, for people.
pub(crate) fn shown(to: Option<&url::Url>) -> String {
    to.and_then(url::Url::host_str).map(crate::host::shown).unwrap_or_default()
}
