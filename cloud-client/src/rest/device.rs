//! Sign-in in the system's browser (RFC 8628): the app only ever asks, nothing is sent to it.

use super::{Rest, failure, parse, refused};
use crate::wire::{
    CLIENT_ID, DeviceAuthorization, DeviceError, DeviceErrorCode, DeviceToken, GRANT_TYPE,
};
use crate::{ApiError, BearerToken};
use http::{Method, Request, StatusCode, header};
use net::Purpose;
use std::time::{Duration, Instant};
use zeroize::Zeroizing;

/// What RFC 8628 section 3.5 adds to the interval on `slow_down`.
const SLOWER: Duration = Duration::from_secs(5);
/// A device code lives at most this long, whatever the cloud says.
const MAX_LIFE: Duration = Duration::from_secs(30 * 60);
/// Between two questions at most, whatever the cloud says.
const MAX_INTERVAL: Duration = Duration::from_secs(60);

/// One answer of the cloud to the question "is there a token?".
#[derive(Debug, PartialEq, Eq)]
pub enum Poll {
    /// Here it is.
    Token(BearerToken),
    /// The person has not decided yet.
    Pending,
    /// Not yet, and more patience is asked for.
    SlowDown,
    /// The person said no.
    Denied,
    /// Too late.
    Expired,
}

/// When to ask next. Sans I/O.
#[derive(Debug)]
pub struct DevicePoll {
    interval: Duration,
    next: Instant,
    ends: Instant,
}

impl DevicePoll {
    /// After `authorization` came at `now`.
    #[must_use]
    pub fn new(authorization: &DeviceAuthorization, now: Instant) -> Self {
        let seconds = |n: u64| Duration::from_secs(n.max(1));
        let interval = seconds(authorization.interval).min(MAX_INTERVAL);
        let ends = now + seconds(authorization.expires_in).min(MAX_LIFE);
        Self { interval, next: now + interval, ends }
    }

    /// When to ask; `None` when it is over.
    #[must_use]
    pub fn next(&self) -> Option<Instant> {
        (self.next < self.ends).then_some(self.next)
    }

    /// An answer came, or the question did not get through.
    pub fn answered(&mut self, poll: &Result<Poll, ApiError>, now: Instant) {
        match poll {
            Ok(Poll::SlowDown) => self.interval = (self.interval + SLOWER).min(MAX_INTERVAL),
            // RFC 8628 section 3.5: on a timeout, back off.
            Err(_) => self.interval = (self.interval * 2).min(MAX_INTERVAL),
            Ok(_) => {}
        }
        self.next = now + self.interval;
    }
}

impl Rest {
    /// Begins a sign-in in the browser.
    ///
    /// # Errors
    /// Those of any request.
    pub async fn device_authorize(&self) -> Result<DeviceAuthorization, ApiError> {
        let answer = self.form("/v1/device/authorize", &[("client_id", CLIENT_ID)]).await?;
        if !answer.status().is_success() {
            return Err(failure(&answer));
        }
        parse(answer.body())
    }

    /// Asks whether the person has agreed.
    ///
    /// # Errors
    /// Those of any request.
    pub async fn device_token(&self, code: &Zeroizing<String>) -> Result<Poll, ApiError> {
        let fields =
            [("grant_type", GRANT_TYPE), ("device_code", code.as_str()), ("client_id", CLIENT_ID)];
        let answer = self.form("/v1/device/token", &fields).await?;
        if answer.status().is_success() {
            return Ok(Poll::Token(parse::<DeviceToken>(answer.body())?.access_token));
        }
        let error = serde_json::from_slice::<DeviceError>(answer.body());
        if let (StatusCode::BAD_REQUEST, Ok(DeviceError { error })) = (answer.status(), error) {
            match error {
                DeviceErrorCode::AuthorizationPending => return Ok(Poll::Pending),
                DeviceErrorCode::SlowDown => return Ok(Poll::SlowDown),
                DeviceErrorCode::AccessDenied => return Ok(Poll::Denied),
                DeviceErrorCode::ExpiredToken => return Ok(Poll::Expired),
                DeviceErrorCode::Other => {}
            }
        }
        Err(failure(&answer))
    }

    async fn form(
        &self,
        path: &str,
        fields: &[(&str, &str)],
    ) -> Result<http::Response<impl AsRef<[u8]> + std::ops::Deref<Target = [u8]>>, ApiError> {
        let body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish()
            .into_bytes();
        let request = Request::builder()
            .method(Method::POST)
            .uri(format!("{}{path}", self.base))
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(body)
            .map_err(|e| refused(&e))?;
        let answer = self.door.request(Purpose::CloudApi, request).await?;
        net::NetError::unless_portal(&answer)?;
        Ok(answer)
    }

    /// Whether the address may be opened in the browser for a sign-in: `https`, on this cloud's
    /// own host, without a user name in it.
    #[must_use]
    pub fn is_own_page(&self, address: &str) -> bool {
        let parse = |text: &str| url::Url::parse(text).ok();
        let (Some(own), Some(page)) = (parse(&self.base), parse(address)) else { return false };
        page.scheme() == "https"
            && page.origin() == own.origin()
            && page.username().is_empty()
            && page.password().is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn authorization(interval: u64) -> DeviceAuthorization {
        serde_json::from_value(serde_json::json!({
            "device_code": "d", "user_code": "U", "verification_uri": "https://x/device",
            "expires_in": 600, "interval": interval,
        }))
        .unwrap()
    }

    #[test]
    fn the_interval_is_kept_and_grows_when_asked() {
        let start = Instant::now();
        let after = |seconds| Some(start + Duration::from_secs(seconds));
        let mut poll = DevicePoll::new(&authorization(5), start);
        assert_eq!(poll.next(), after(5));
        poll.answered(&Ok(Poll::Pending), start + Duration::from_secs(5));
        assert_eq!(poll.next(), after(10));
        poll.answered(&Ok(Poll::SlowDown), start + Duration::from_secs(10));
        assert_eq!(poll.next(), after(20));
        poll.answered(&Err(ApiError::Conflict), start + Duration::from_secs(20));
        assert_eq!(poll.next(), after(40));
        poll.answered(&Ok(Poll::Pending), start + Duration::from_secs(599));
        assert_eq!(poll.next(), None, "the code has ended");
    }

    #[test]
    fn absurd_times_are_bounded() {
        let start = Instant::now();
        let poll = DevicePoll::new(&authorization(u64::MAX), start);
        assert_eq!(poll.next(), Some(start + MAX_INTERVAL));
        assert!(DevicePoll::new(&authorization(0), start).next().unwrap() > start);
    }

    #[test]
    fn only_the_clouds_own_page_is_opened() {
        let door = net::Door::new(net::Policy::inventory(), net::Trust::System).unwrap();
        let rest = Rest::new(door, "https://api.multiclaw.io");
        assert!(rest.is_own_page("https://api.multiclaw.io/device?user_code=AB-CD"));
        for bad in [
            "http://api.multiclaw.io/device",
            "https://api.multiclaw.io.evil/device",
            "https://api.multiclaw.io@evil/device",
            "https://x@api.multiclaw.io/device",
            "https://api.multiclaw.io:8443/device",
            "file:///etc/passwd",
            "multiclaw://x",
            "",
        ] {
            assert!(!rest.is_own_page(bad), "{bad}");
        }
    }
}
