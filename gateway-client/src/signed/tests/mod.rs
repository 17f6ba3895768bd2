//! Both halves, against the format's own vector and against each other.

mod files;

use super::key::mac;
use super::nonces::{self, Entry, Nonces};
use super::*;
use hmac::Mac;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use proptest::prelude::*;

const NOW: u64 = 1_770_000_000;
const PORT: u16 = 18789;
const HOST: &str = "127.0.0.1:18789";

fn key() -> Key {
    Key::from_bytes(&[7; 32])
}

fn nonce() -> Nonce {
    Nonce::from_bytes(std::array::from_fn(|i| u8::try_from(i).unwrap()))
}

/// A request that is right in every way; tests spoil one thing.
#[derive(Clone, Debug)]
struct Made {
    method: String,
    path: String,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Made {
    fn new(method: &str, path: &str, body: &[u8], ts: u64, nonce: Nonce) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert("host", HOST.parse().unwrap());
        let value = sign_request(&key(), method, path, HOST, body, ts, nonce);
        headers.insert("authorization", value.parse().unwrap());
        Self { method: method.into(), path: path.into(), headers, body: body.into() }
    }

    fn usual() -> Self {
        Self::new("POST", "/v1/agents/a1/send?wait=1", br#"{"text":"hi"}"#, NOW, nonce())
    }

    fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.insert(HeaderName::from_static(name), value.parse().unwrap());
        self
    }

    fn without(mut self, name: &str) -> Self {
        self.headers.remove(name);
        self
    }

    fn and(mut self, name: &'static str, value: &str) -> Self {
        self.headers.append(HeaderName::from_static(name), value.parse().unwrap());
        self
    }

    fn authorization(&self) -> String {
        self.headers.get("authorization").unwrap().to_str().unwrap().to_owned()
    }

    fn shown_to(&self, verifier: &mut Verifier, now: u64) -> Result<Verified, Refused> {
        let request = Request {
            method: &self.method,
            path_and_query: &self.path,
            headers: &self.headers,
            body: &self.body,
        };
        verifier.verify(&request, now)
    }

    fn verified(&self) -> Result<Verified, Refused> {
        self.shown_to(&mut Verifier::new(key(), PORT), NOW)
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn hmac_gives_the_results_of_rfc_4231() {
    // Section 4.2 to 4.8, without the truncated one.
    let cases: [(Vec<u8>, Vec<u8>, &str); 6] = [
        (
            vec![0x0b; 20],
            b"Hi There".to_vec(),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
        ),
        (
            b"Jefe".to_vec(),
            b"what do ya want for nothing?".to_vec(),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        ),
        (
            vec![0xaa; 20],
            vec![0xdd; 50],
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
        ),
        (
            (1..=25).collect(),
            vec![0xcd; 50],
            "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
        ),
        (
            vec![0xaa; 131],
            b"Test Using Larger Than Block-Size Key - Hash Key First".to_vec(),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
        ),
        (
            vec![0xaa; 131],
            b"This is a test using a larger than block-size key and a larger than block-size \
              data. The key needs to be hashed before being used by the HMAC algorithm."
                .to_vec(),
            "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
        ),
    ];
    for (key, text, expected) in cases {
        assert_eq!(hex(&mac(&key, &text).finalize().into_bytes()), expected);
    }
}

#[test]
fn the_formats_vector() {
    let made = Made::usual();
    assert_eq!(
        made.authorization(),
        "MC-HMAC-SHA256 v=1, ts=1770000000, nonce=AAECAwQFBgcICQoLDA0ODw, \
         sig=Q2qqp-b8ZKmYdB2OuvGumb5cbBTv56CBEf_Rjo5IiK8"
    );
    assert_eq!(made.verified(), Ok(Verified { nonce: nonce() }));
}

#[test]
fn a_page_a_browser_and_a_proxy_are_refused_before_anything_is_read() {
    // None of these is signed: the refusal does not depend on it.
    let bare = Made::usual().without("authorization");
    let mut pages = vec![
        (bare.clone().with("origin", "https://evil.example"), Refused::Origin),
        (bare.clone().with("origin", "null"), Refused::Origin),
        (bare.clone().with("origin", "http://127.0.0.1:18789"), Refused::Origin),
        (bare.clone().with("sec-fetch-site", "none"), Refused::Browser),
        (bare.clone().with("sec-fetch-mode", "no-cors"), Refused::Browser),
    ];
    for name in ["x-forwarded-for", "x-forwarded-host", "x-real-ip", "forwarded", "via"] {
        pages.push((bare.clone().with(name, "1.2.3.4"), Refused::Forwarded));
    }
    let mut options = bare.clone();
    options.method = "OPTIONS".into();
    pages.push((options, Refused::Options));
    for (made, refused) in pages {
        assert_eq!(made.verified(), Err(refused));
        assert_eq!(refused.status(), StatusCode::FORBIDDEN);
        let head = Verifier::new(key(), PORT).head(&made.method, &made.headers);
        assert_eq!(head, Err(refused));
        // Nor does a right signature help.
        let signed = made.with("authorization", &Made::usual().authorization());
        assert_eq!(signed.verified(), Err(refused));
    }
}

#[test]
fn only_the_loopback_names_with_the_right_port_are_hosts() {
    let signed = |host: &str| {
        let value = sign_request(&key(), "GET", "/", host, b"", NOW, nonce());
        let mut made = Made::new("GET", "/", b"", NOW, nonce()).with("authorization", &value);
        made.headers.insert("host", HeaderValue::from_bytes(host.as_bytes()).unwrap());
        made.verified()
    };
    for host in ["127.0.0.1:18789", "localhost:18789", "[::1]:18789"] {
        assert_eq!(signed(host), Ok(Verified { nonce: nonce() }), "{host}");
    }
    for host in [
        "evil.example:18789",
        "127.0.0.1",
        "127.0.0.1:18790",
        "127.0.0.1:018789",
        "127.0.0.1:18789:18789",
        "127.0.0.1.evil.example:18789",
        "localhost.:18789",
        "LOCALHOST:18789",
        "127.1:18789",
        "0.0.0.0:18789",
        "::1:18789",
        "user@127.0.0.1:18789",
        " 127.0.0.1:18789",
        "127.0.0.1:18789 ",
        "",
        "\u{e9}:18789",
    ] {
        assert_eq!(signed(host), Err(Refused::Host), "{host}");
    }
    assert_eq!(Made::usual().without("host").verified(), Err(Refused::Host));
    assert_eq!(Made::usual().and("host", HOST).verified(), Err(Refused::Host));
    assert_eq!(Made::usual().and("host", "evil.example").verified(), Err(Refused::Host));
}

#[test]
fn an_authorization_is_there_once_and_written_one_way() {
    assert_eq!(Made::usual().without("authorization").verified(), Err(Refused::Unsigned));
    let right = Made::usual().authorization();
    assert_eq!(Made::usual().and("authorization", &right).verified(), Err(Refused::SignedTwice));
    let other = right.replace("v=1", "v=2");
    assert_eq!(Made::usual().with("authorization", &other).verified(), Err(Refused::Version));
    for (from, to) in [
        ("MC-HMAC-SHA256", "mc-hmac-sha256"),
        ("MC-HMAC-SHA256", "Bearer"),
        ("MC-HMAC-SHA256 ", "MC-HMAC-SHA256"),
        ("v=1, ", ""),
        (", ", ","),
        ("ts=", "ts=0"),
        ("ts=", "ts=+"),
        ("ts=", "ts=-"),
        ("ts=1770000000", "ts="),
        ("ts=1770000000", "ts=99999999999999999999999"),
        ("nonce=AA", "nonce="),
        ("nonce=AAECAwQFBgcICQoLDA0ODw", "nonce=AAECAwQFBgcICQoLDA0ODw=="),
        // The same sixteen bytes, with unused bits set.
        ("nonce=AAECAwQFBgcICQoLDA0ODw", "nonce=AAECAwQFBgcICQoLDA0ODx"),
        ("sig=Q2qq", "sig="),
        ("sig=", "sig=\""),
        ("IiK8", "IiK8, "),
        ("IiK8", "IiK8, extra=1"),
        ("IiK8", "IiK8="),
        ("v=1", "v=1, v=1"),
    ] {
        let value = right.replacen(from, to, 1);
        assert_ne!(value, right);
        let refused = Made::usual().with("authorization", &value).verified();
        assert_eq!(refused, Err(Refused::Malformed), "{value}");
    }
    assert_eq!(Refused::Malformed.status(), StatusCode::UNAUTHORIZED);
}

#[test]
fn the_window_is_a_minute_to_both_sides() {
    let shown = |now| Made::usual().shown_to(&mut Verifier::new(key(), PORT), now);
    for now in [NOW - 60, NOW - 1, NOW, NOW + 60] {
        assert!(shown(now).is_ok(), "{now}");
    }
    for now in [0, NOW - 61, NOW + 61, u64::MAX] {
        assert_eq!(shown(now), Err(Refused::Time), "{now}");
    }
}

#[test]
fn a_request_is_served_once() {
    let mut verifier = Verifier::new(key(), PORT);
    let made = Made::usual();
    assert!(made.shown_to(&mut verifier, NOW).is_ok());
    for now in [NOW, NOW + 1, NOW + 60] {
        assert_eq!(made.shown_to(&mut verifier, now), Err(Refused::Replay));
    }
    // The nonce by itself is refused too, in another request and at another time.
    let other = Made::new("GET", "/other", b"", NOW + 60, nonce());
    assert_eq!(other.shown_to(&mut verifier, NOW + 60), Err(Refused::Replay));
}

#[test]
fn a_wrong_request_uses_no_nonce_up() {
    let mut verifier = Verifier::new(key(), PORT);
    let mut wrong = Made::usual();
    wrong.body = b"{}".to_vec();
    assert_eq!(wrong.shown_to(&mut verifier, NOW), Err(Refused::Signature));
    assert!(Made::usual().shown_to(&mut verifier, NOW).is_ok());
}

#[test]
fn nonces_are_kept_as_long_as_they_could_come_again_and_never_pushed_out() {
    let at = |number: usize| {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&number.to_be_bytes());
        Nonce::from_bytes(bytes)
    };
    let mut nonces = Nonces::default();
    for number in 0..nonces::MOST {
        assert_eq!(nonces.enter(at(number), NOW, NOW), Entry::New);
    }
    assert_eq!(nonces.enter(at(nonces::MOST), NOW, NOW), Entry::Full);
    assert_eq!(nonces.enter(at(0), NOW, NOW + 120), Entry::Used);
    assert_eq!(nonces.enter(at(nonces::MOST), NOW + 120, NOW + 120), Entry::Full);
    // Two minutes after its own time a request is long out of the window.
    assert_eq!(nonces.enter(at(nonces::MOST), NOW + 121, NOW + 121), Entry::New);
    assert_eq!(nonces.enter(at(0), NOW + 121, NOW + 121), Entry::New);
    assert_eq!(Refused::Full.status(), StatusCode::SERVICE_UNAVAILABLE);
}

#[test]
fn a_body_over_eight_mebibytes_is_refused_and_one_of_that_size_is_not() {
    let body = vec![b'x'; LONGEST_BODY + 1];
    let made = |body: &[u8]| Made::new("POST", "/", body, NOW, nonce()).verified();
    assert_eq!(made(&body), Err(Refused::TooLong));
    assert!(made(&body[..LONGEST_BODY]).is_ok());
    assert_eq!(Refused::TooLong.status(), StatusCode::PAYLOAD_TOO_LARGE);
}

#[test]
fn what_is_signed_cannot_move_from_one_part_to_the_next() {
    let mut made = Made::new("GET", "/ab", b"", NOW, nonce());
    made.method = "GET/".into();
    made.path = "ab".into();
    assert_eq!(made.verified(), Err(Refused::Signature));
    let mut query = Made::new("GET", "/a?x=1&y=2", b"", NOW, nonce());
    query.path = "/a?y=2&x=1".into();
    assert_eq!(query.verified(), Err(Refused::Signature));
    let mut host = Made::usual();
    host.headers.insert("host", "localhost:18789".parse().unwrap());
    assert_eq!(host.verified(), Err(Refused::Signature));
}

#[test]
fn an_answer_belongs_to_one_request() {
    let answer = |value: &str| {
        let mut headers = HeaderMap::new();
        headers.insert(RESPONSE_HEADER, value.parse().unwrap());
        headers
    };
    let sig = sign_response(&key(), nonce(), 200, b"ok");
    let check = |headers: &HeaderMap, nonce, status, body: &[u8]| {
        verify_response(&key(), nonce, status, headers, body)
    };
    let headers = answer(&sig);
    assert_eq!(check(&headers, nonce(), 200, b"ok"), Ok(()));
    assert_eq!(check(&headers, nonce(), 201, b"ok"), Err(ResponseError::Wrong));
    assert_eq!(check(&headers, nonce(), 200, b"no"), Err(ResponseError::Wrong));
    assert_eq!(check(&headers, Nonce::generate(), 200, b"ok"), Err(ResponseError::Wrong));
    let other = verify_response(&Key::generate(), nonce(), 200, &headers, b"ok");
    assert_eq!(other, Err(ResponseError::Wrong));
    // Another program took the port first: it cannot sign.
    assert_eq!(check(&HeaderMap::new(), nonce(), 200, b"ok"), Err(ResponseError::Unsigned));
    assert_eq!(check(&answer(""), nonce(), 200, b"ok"), Err(ResponseError::Wrong));
    assert_eq!(check(&answer(&sig[1..]), nonce(), 200, b"ok"), Err(ResponseError::Wrong));
    let mut twice = answer(&sig);
    twice.append(RESPONSE_HEADER, sig.parse().unwrap());
    assert_eq!(check(&twice, nonce(), 200, b"ok"), Err(ResponseError::Unsigned));
    let long = vec![0; LONGEST_BODY + 1];
    assert_eq!(check(&headers, nonce(), 200, &long), Err(ResponseError::TooLong));
}

fn a_request() -> impl Strategy<Value = Made> {
    (
        "(GET|POST|PUT|DELETE|PATCH)",
        "/[a-z0-9/%._~-]{0,40}(\\?[a-z0-9=&%]{0,40})?",
        proptest::collection::vec(any::<u8>(), 0..200),
        any::<[u8; 16]>(),
    )
        .prop_map(|(method, path, body, nonce)| {
            Made::new(&method, &path, &body, NOW, Nonce::from_bytes(nonce))
        })
}

proptest! {
    #[test]
    fn the_halves_agree(made in a_request(), status in 100u16..600, answer: Vec<u8>) {
        let mut verifier = Verifier::new(key(), PORT);
        let verified = made.shown_to(&mut verifier, NOW).unwrap();
        prop_assert_eq!(made.shown_to(&mut verifier, NOW), Err(Refused::Replay));
        let mut headers = HeaderMap::new();
        let sig = sign_response(&key(), verified.nonce, status, &answer);
        headers.insert(RESPONSE_HEADER, sig.parse().unwrap());
        let believed = verify_response(&key(), verified.nonce, status, &headers, &answer);
        prop_assert_eq!(believed, Ok(()));
    }

    #[test]
    fn a_flipped_bit_anywhere_is_refused(
        made in a_request(), part in 0usize..4, at: prop::sample::Index, bit in 0u8..8,
    ) {
        let flip = |text: &[u8]| {
            let mut text = text.to_vec();
            let at = at.index(text.len());
            text[at] ^= 1 << bit;
            text
        };
        let mut spoilt = made.clone();
        match part {
            0 => {
                let Ok(method) = String::from_utf8(flip(made.method.as_bytes())) else { return Ok(()) };
                spoilt.method = method;
            }
            1 => {
                let Ok(path) = String::from_utf8(flip(made.path.as_bytes())) else { return Ok(()) };
                spoilt.path = path;
            }
            2 => {
                // What is no header value is refused by every HTTP parser before.
                let value = flip(made.authorization().as_bytes());
                let Ok(value) = HeaderValue::from_bytes(&value) else { return Ok(()) };
                spoilt.headers.insert("authorization", value);
            }
            _ if made.body.is_empty() => spoilt.body = vec![bit],
            _ => spoilt.body = flip(&made.body),
        }
        prop_assert!(spoilt.verified().is_err());
        prop_assert!(made.verified().is_ok());
    }

    #[test]
    fn nothing_that_stands_in_a_header_panics(value: Vec<u8>, now: u64) {
        if let Ok(value) = HeaderValue::from_bytes(&value) {
            let mut made = Made::usual();
            made.headers.insert("authorization", value);
            prop_assert!(made.shown_to(&mut Verifier::new(key(), PORT), now).is_err());
        }
    }
}
