//! Reads along what a TURN server answers: the `webrtc` crate keeps refusals to itself.

use std::collections::VecDeque;

/// Bytes 4 to 8 of every STUN message (RFC 8489 section 5).
const MAGIC_COOKIE: &[u8] = &[0x21, 0x12, 0xa4, 0x42];
/// Requests remembered; of an older one the answer is not looked at.
const REMEMBERED: usize = 32;
/// Attributes (RFC 8489 section 18.3).
const USERNAME: u16 = 0x0006;
const ERROR_CODE: u16 = 0x0009;

/// What was asked of the relay (RFC 8656 section 17).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Method {
    Allocate,
    Refresh,
    Permission,
    Bind,
}

/// A request that the relay refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// User name or password: expired, or never good. Carries the STUN error code.
    Credentials(u16),
    /// No allocation for another reason (RFC 8656 section 19): quota, capacity. Carries the code.
    Allocation(u16),
}

/// Which requests are under way.
#[derive(Debug, Default)]
pub(super) struct Watch {
    signed: VecDeque<[u8; 12]>,
}

struct Message<'a> {
    class: u16,
    method: Method,
    transaction: [u8; 12],
    attributes: &'a [u8],
}

/// `None` for anything but a message of a TURN method.
fn parse(datagram: &[u8]) -> Option<Message<'_>> {
    let (header, attributes) = datagram.split_first_chunk::<20>()?;
    let [high, low, ..] = *header;
    if high >= 0x40 || header.get(4..8)? != MAGIC_COOKIE {
        return None;
    }
    let kind = u16::from_be_bytes([high, low]);
    let method = match (kind & 0x000f) | ((kind & 0x00e0) >> 1) | ((kind & 0x3e00) >> 2) {
        3 => Method::Allocate,
        4 => Method::Refresh,
        8 => Method::Permission,
        9 => Method::Bind,
        _ => return None,
    };
    let class = ((kind & 0x0010) >> 4) | ((kind & 0x0100) >> 7);
    Some(Message { class, method, transaction: *header.last_chunk()?, attributes })
}

fn attribute(mut rest: &[u8], wanted: u16) -> Option<&[u8]> {
    loop {
        let (&[a, b, c, d], value) = rest.split_first_chunk::<4>()?;
        let length = usize::from(u16::from_be_bytes([c, d]));
        if u16::from_be_bytes([a, b]) == wanted {
            return value.get(..length);
        }
        rest = value.get(length.next_multiple_of(4)..)?;
    }
}

impl Watch {
    /// A datagram goes to a server.
    pub(super) fn sent(&mut self, datagram: &[u8]) {
        let Some(message) = parse(datagram) else { return };
        // A request without a user name only asks for realm and nonce; its 401 is no refusal.
        if message.class == 0 && attribute(message.attributes, USERNAME).is_some() {
            if self.signed.len() >= REMEMBERED {
                self.signed.pop_front();
            }
            self.signed.push_back(message.transaction);
        }
    }

    /// A datagram came from a server.
    pub(super) fn received(&mut self, datagram: &[u8]) -> Option<Refusal> {
        let message = parse(datagram)?;
        if message.class < 2 {
            return None;
        }
        let ours = self.signed.iter().position(|t| *t == message.transaction)?;
        self.signed.remove(ours);
        if message.class != 3 {
            return None;
        }
        let value = attribute(message.attributes, ERROR_CODE)?;
        let code = u16::from(value.get(2)? & 7) * 100 + u16::from(*value.get(3)?);
        match (code, message.method) {
            // The nonce is stale: the crate asks again with a new one.
            (438, _) => None,
            (401 | 441, _) | (403, Method::Allocate | Method::Refresh) => {
                Some(Refusal::Credentials(code))
            }
            (_, Method::Allocate | Method::Refresh) => Some(Refusal::Allocation(code)),
            // The relay does not reach this one address of the other end.
            (_, Method::Permission | Method::Bind) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ALLOCATE: u16 = 0x0003;
    const PERMISSION: u16 = 0x0008;
    const ERROR: u16 = 0x0110;

    fn message(kind: u16, transaction: u8, attributes: &[(u16, &[u8])]) -> Vec<u8> {
        let mut body = Vec::new();
        for (kind, value) in attributes {
            body.extend_from_slice(&kind.to_be_bytes());
            body.extend_from_slice(&u16::try_from(value.len()).unwrap().to_be_bytes());
            body.extend_from_slice(value);
            body.resize(body.len().next_multiple_of(4), 0);
        }
        let mut out = kind.to_be_bytes().to_vec();
        out.extend_from_slice(&u16::try_from(body.len()).unwrap().to_be_bytes());
        out.extend_from_slice(MAGIC_COOKIE);
        out.extend_from_slice(&[transaction; 12]);
        out.extend_from_slice(&body);
        out
    }

    fn error(code: u16) -> [u8; 4] {
        [0, 0, u8::try_from(code / 100).unwrap(), u8::try_from(code % 100).unwrap()]
    }

    fn answer(method: u16, code: u16) -> Option<Refusal> {
        let mut watch = Watch::default();
        watch.sent(&message(method, 1, &[(0x0019, &[17, 0, 0, 0]), (USERNAME, b"12345:x")]));
        watch.received(&message(
            method | ERROR,
            1,
            &[(0x0014, b"realm"), (ERROR_CODE, &error(code))],
        ))
    }

    #[test]
    fn refusals_are_told_apart() {
        assert_eq!(answer(ALLOCATE, 401), Some(Refusal::Credentials(401)));
        assert_eq!(answer(ALLOCATE, 441), Some(Refusal::Credentials(441)));
        assert_eq!(answer(ALLOCATE, 403), Some(Refusal::Credentials(403)));
        assert_eq!(answer(ALLOCATE, 486), Some(Refusal::Allocation(486)));
        assert_eq!(answer(ALLOCATE, 438), None);
        assert_eq!(answer(PERMISSION, 401), Some(Refusal::Credentials(401)));
        assert_eq!(answer(PERMISSION, 403), None);
    }

    #[test]
    fn the_first_401_only_asks_for_a_name() {
        let mut watch = Watch::default();
        watch.sent(&message(ALLOCATE, 1, &[]));
        let refused = message(ALLOCATE | ERROR, 1, &[(ERROR_CODE, &error(401))]);
        assert_eq!(watch.received(&refused), None);
    }

    #[test]
    fn connectivity_checks_are_not_the_relays_business() {
        let mut watch = Watch::default();
        watch.sent(&message(0x0001, 1, &[(USERNAME, b"a:b")]));
        let refused = message(0x0001 | ERROR, 1, &[(ERROR_CODE, &error(401))]);
        assert_eq!(watch.received(&refused), None);
        assert!(watch.signed.is_empty());
    }

    #[test]
    fn an_answer_counts_once_and_the_memory_is_bounded() {
        let mut watch = Watch::default();
        for transaction in 0..200 {
            watch.sent(&message(ALLOCATE, transaction, &[(USERNAME, b"u")]));
        }
        assert_eq!(watch.signed.len(), REMEMBERED);
        let refused = message(ALLOCATE | ERROR, 199, &[(ERROR_CODE, &error(401))]);
        assert_eq!(watch.received(&refused), Some(Refusal::Credentials(401)));
        assert_eq!(watch.received(&refused), None);
    }

    proptest! {
        #[test]
        fn garbage_is_nothing(
            mut garbage in proptest::collection::vec(any::<u8>(), 0..200),
            like_stun: bool,
        ) {
            if like_stun && garbage.len() > 20 {
                garbage[0] &= 0x01;
                garbage[4..8].copy_from_slice(MAGIC_COOKIE);
            }
            let mut watch = Watch::default();
            watch.sent(&garbage);
            if let Some(first) = garbage.first_mut() {
                *first |= 0x01;
            }
            if let Some(second) = garbage.get_mut(1) {
                *second |= 0x10;
            }
            prop_assert!(!matches!(watch.received(&garbage), Some(Refusal::Credentials(438))));
        }
    }
}
