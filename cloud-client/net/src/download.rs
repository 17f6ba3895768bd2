//! Downloads: a GET request whose answer is handed on piece by piece, and stopped at its limits.

use crate::door::destination;
use crate::log::Ticket;
use crate::policy::Admitted;
use crate::request::{outgoing, shown, speak, target};
use crate::{Door, NetError, Purpose};
use bytes::Bytes;
use http::header;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::client::conn::http1::SendRequest;
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// What a download may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Longest body, in bytes. It is never read any further.
    pub most: u64,
    /// For the head of the answer once the request is sent, and for each piece.
    pub idle: Duration,
    /// For everything, with the making of the connection.
    pub total: Duration,
    /// A window of time, and the bytes that have to come in each.
    pub rate: (Duration, u64),
}

impl Limits {
    /// The same limits for a body of at most this many bytes.
    #[must_use]
    pub const fn most(self, most: u64) -> Self {
        Self { most, ..self }
    }
}

impl Default for Limits {
    /// 256 KiB, 30 seconds without a byte, 15 minutes in all, and at least 32 KiB each 30 seconds.
    fn default() -> Self {
        Self {
            most: 256 * 1024,
            idle: Duration::from_secs(30),
            total: Duration::from_secs(15 * 60),
            rate: (Duration::from_secs(30), 32 * 1024),
        }
    }
}

/// An answer whose body is read piece by piece. Dropped, it closes the connection.
pub struct Download {
    head: http::response::Parts,
    body: Incoming,
    pace: Pace,
    host: String,
    over: bool,
    ticket: Ticket,
    /// The connection ends with it.
    _sender: SendRequest<Full<Bytes>>,
}

impl std::fmt::Debug for Download {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Download").field("status", &self.head.status).finish_non_exhaustive()
    }
}

impl Door {
    /// Sends a GET request and reads the head of the answer, whatever its status; the body is then
    /// read with [`Download::next`]. Redirects are not followed, and no encoding of the content is
    /// accepted, so that what is counted is what comes. It takes the proxy, where there is one.
    ///
    /// # Errors
    /// Any [`NetError`]: [`NetError::TooLarge`] where the answer says that it is longer than
    /// allowed, [`NetError::Timeout`] for each limit of time. All are logged.
    pub async fn download(
        &self,
        purpose: Purpose,
        request: http::Request<()>,
        limits: Limits,
    ) -> Result<Download, NetError> {
        let (host, port) = destination(request.uri(), "https")?;
        let to = self.admitted(purpose, &host, port)?;
        let host = to.host.to_string();
        let ticket = self.log().begin(purpose, &host, port);
        let pace = Pace::new(limits, Instant::now());
        let begun = Box::pin(self.ask(&to, &ticket, request, &pace, &host)).await;
        let status = begun.as_ref().ok().map(|(_, answer)| answer.status().as_u16());
        let answer = begun.and_then(|(sender, answer)| {
            acceptable(&to, &answer, limits.most)?;
            Ok((sender, answer))
        });
        ticket.result(&answer, status);
        let (sender, answer) = answer?;
        let (head, body) = answer.into_parts();
        Ok(Download { head, body, pace, host, over: false, ticket, _sender: sender })
    }

    async fn ask(
        &self,
        to: &Admitted,
        ticket: &Ticket,
        request: http::Request<()>,
        pace: &Pace,
        host: &str,
    ) -> Result<(SendRequest<Full<Bytes>>, http::Response<Incoming>), NetError> {
        if request.method() != http::Method::GET {
            return Err(NetError::Protocol("only GET can be downloaded".into()));
        }
        let late = || NetError::Timeout { host: host.to_owned() };
        let meter = self.log().meter();
        ticket.count(&meter);
        let request = outgoing(to, &request.map(|()| Bytes::new()))?;
        let made = async { speak(Box::pin(self.dial(to, ticket, &meter)).await?).await };
        let mut sender = timeout_at(pace.until, made).await.map_err(|_| late())??;
        let until = pace.deadline(Instant::now());
        let answer = timeout_at(until, sender.send_request(request)).await.map_err(|_| late())?;
        let answer = answer.map_err(|error| NetError::from_http(&error))?;
        Ok((sender, answer))
    }
}

/// Refuses redirects, encoded content, and what says itself that it is too long.
fn acceptable(to: &Admitted, answer: &http::Response<Incoming>, most: u64) -> Result<(), NetError> {
    let headers = answer.headers();
    if matches!(answer.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        let from = format!("https://{}/", to.host.authority(to.port)).parse();
        let to = from.ok().and_then(|from| target(&from, headers));
        return Err(NetError::Redirect { to: shown(to.as_ref()) });
    }
    let plain = |value: &http::HeaderValue| value.as_bytes().eq_ignore_ascii_case(b"identity");
    if !headers.get_all(header::CONTENT_ENCODING).iter().all(plain) {
        return Err(NetError::Protocol("the answer is encoded".into()));
    }
    let length = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    if length.and_then(|length| length.parse::<u64>().ok()).is_some_and(|length| length > most) {
        return Err(NetError::TooLarge);
    }
    Ok(())
}

impl Download {
    /// Its status.
    #[must_use]
    pub fn status(&self) -> http::StatusCode {
        self.head.status
    }

    /// Its header fields.
    #[must_use]
    pub fn headers(&self) -> &http::HeaderMap {
        &self.head.headers
    }

    /// The next piece of the body; `None` at its end. Cancelling it loses nothing.
    ///
    /// # Errors
    /// [`NetError::TooLarge`], [`NetError::Timeout`], [`NetError::Tls`], [`NetError::Protocol`].
    /// After an error there is nothing more.
    pub async fn next(&mut self) -> Result<Option<Bytes>, NetError> {
        if self.over {
            return Ok(None);
        }
        let piece = self.piece().await;
        self.over = !matches!(piece, Ok(Some(_)));
        if let Err(error) = &piece {
            self.ticket.failed(error);
        }
        piece
    }

    async fn piece(&mut self) -> Result<Option<Bytes>, NetError> {
        let late = || NetError::Timeout { host: self.host.clone() };
        let until = self.pace.deadline(Instant::now());
        loop {
            let frame = timeout_at(until, self.body.frame()).await.map_err(|_| late())?;
            let Some(frame) = frame else { return Ok(None) };
            let frame = frame.map_err(|error| NetError::from_http(&error))?;
            let Ok(data) = frame.into_data() else { continue };
            if data.is_empty() {
                continue;
            }
            let length = u64::try_from(data.len()).unwrap_or(u64::MAX);
            return match self.pace.came(length, Instant::now()) {
                Stop::Not => Ok(Some(data)),
                Stop::TooMuch => Err(NetError::TooLarge),
                Stop::TooSlow => Err(late()),
            };
        }
    }
}

/// Whether to go on after a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stop {
    Not,
    TooMuch,
    TooSlow,
}

/// Keeps count of bytes and time.
#[derive(Debug)]
struct Pace {
    limits: Limits,
    until: Instant,
    got: u64,
    window: (Instant, u64),
}

impl Pace {
    fn new(limits: Limits, now: Instant) -> Self {
        Self { limits, until: now + limits.total, got: 0, window: (now, 0) }
    }

    /// Until when the next piece has to be there.
    fn deadline(&self, now: Instant) -> Instant {
        self.until.min(now + self.limits.idle)
    }

    fn came(&mut self, bytes: u64, now: Instant) -> Stop {
        self.got = self.got.saturating_add(bytes);
        self.window.1 = self.window.1.saturating_add(bytes);
        let (window, least) = self.limits.rate;
        if self.got > self.limits.most {
            return Stop::TooMuch;
        }
        let past = now.saturating_duration_since(self.window.0);
        if past >= window {
            // Whoever reads may take longer than the sender: then windows went by, and one is
            // enough to judge by.
            let enough = self.window.1 >= least;
            self.window = (now, 0);
            if !enough {
                return Stop::TooSlow;
            }
        }
        if now >= self.until { Stop::TooSlow } else { Stop::Not }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn limits() -> Limits {
        Limits { most: 100, idle: 3 * SECOND, total: 60 * SECOND, rate: (10 * SECOND, 20) }
    }

    #[test]
    fn a_drip_is_too_slow_and_a_steady_stream_is_not() {
        let start = Instant::now();
        let mut drip = Pace::new(limits(), start);
        let stops: Vec<_> = (1..=10).map(|s| drip.came(1, start + s * SECOND)).collect();
        assert!(stops[..9].iter().all(|stop| *stop == Stop::Not), "{stops:?}");
        assert_eq!(stops[9], Stop::TooSlow);
        let mut steady = Pace::new(limits(), start);
        assert!((1..=40).all(|s| steady.came(2, start + s * SECOND) == Stop::Not));
    }

    #[test]
    fn bytes_and_time_end() {
        let start = Instant::now();
        let mut pace = Pace::new(limits(), start);
        assert_eq!(pace.came(100, start), Stop::Not);
        assert_eq!(pace.came(1, start), Stop::TooMuch);
        assert_eq!(Pace::new(limits(), start).came(u64::MAX, start), Stop::TooMuch);
        let mut late = Pace::new(limits().most(u64::MAX), start);
        assert_eq!(late.came(1000, start + 59 * SECOND), Stop::Not);
        assert_eq!(late.deadline(start + 59 * SECOND), start + 60 * SECOND);
        assert_eq!(late.deadline(start), start + 3 * SECOND);
        assert_eq!(late.came(1000, start + 60 * SECOND), Stop::TooSlow);
    }
}
