//! Where a TURN message ends on a stream (RFC 8656 section 12.5, RFC 8489 section 6.2.2).

use bytes::{Buf, Bytes, BytesMut};

/// Bytes of a STUN header.
const STUN_HEADER: usize = 20;
/// Bytes of a ChannelData header.
const CHANNEL_HEADER: usize = 4;
/// Bytes 4 to 8 of every STUN message (RFC 8489 section 5).
const MAGIC_COOKIE: [u8; 4] = [0x21, 0x12, 0xa4, 0x42];

/// The bytes are no TURN message, so what follows has no known start: the stream must be closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the relay sent something that is not TURN")]
pub(in crate::transport) struct NotTurn;

/// What the first bytes of a message say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Extent {
    /// Bytes of the message itself.
    message: usize,
    /// Bytes it takes on a stream, with padding.
    stream: usize,
}

/// `None`: more bytes are needed to tell.
fn extent(head: &[u8]) -> Result<Option<Extent>, NotTurn> {
    let Some((&first, _)) = head.split_first() else { return Ok(None) };
    if first >= 0x80 {
        return Err(NotTurn);
    }
    let Some(&[_, _, high, low]) = head.first_chunk::<4>() else { return Ok(None) };
    let length = usize::from(u16::from_be_bytes([high, low]));
    if first >= 0x40 {
        let message = CHANNEL_HEADER + length;
        return Ok(Some(Extent { message, stream: message.next_multiple_of(4) }));
    }
    if length % 4 != 0 {
        return Err(NotTurn);
    }
    match head.get(4..8) {
        None => Ok(None),
        Some(cookie) if cookie == MAGIC_COOKIE => {
            let message = STUN_HEADER + length;
            Ok(Some(Extent { message, stream: message }))
        }
        Some(_) => Err(NotTurn),
    }
}

/// Puts a datagram on a stream. ChannelData is padded to four bytes there, which over UDP it may
/// be or not.
///
/// # Errors
/// [`NotTurn`] when the datagram is not exactly one TURN message; nothing is written then.
pub(in crate::transport) fn put(datagram: &[u8], out: &mut Vec<u8>) -> Result<(), NotTurn> {
    let extent = extent(datagram)?.ok_or(NotTurn)?;
    let message = datagram.get(..extent.message).ok_or(NotTurn)?;
    if datagram.len() > extent.stream {
        return Err(NotTurn);
    }
    out.extend_from_slice(message);
    out.resize(out.len() + extent.stream - extent.message, 0);
    Ok(())
}

/// Cuts a stream into messages. It holds less than one message and one read: the reader takes
/// all that is whole before it reads more.
#[derive(Debug, Default)]
pub(in crate::transport) struct Deframer {
    buffer: BytesMut,
}

impl Deframer {
    /// Where the next bytes of the stream are to be appended.
    pub(in crate::transport) fn space(&mut self) -> &mut BytesMut {
        &mut self.buffer
    }

    /// The next whole message, without padding.
    ///
    /// # Errors
    /// [`NotTurn`]; from then on always.
    pub(in crate::transport) fn next(&mut self) -> Result<Option<Bytes>, NotTurn> {
        match extent(&self.buffer)? {
            Some(extent) if self.buffer.len() >= extent.stream => {
                let message = self.buffer.split_to(extent.message).freeze();
                self.buffer.advance(extent.stream - extent.message);
                Ok(Some(message))
            }
            _ => Ok(None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Longest message on the stream, in bytes: a STUN message with the largest length field.
    const MAX_MESSAGE: usize = STUN_HEADER + 65_532;

    fn stun(body: &[u8]) -> Vec<u8> {
        let mut body = body.to_vec();
        body.resize(body.len().next_multiple_of(4), 0);
        let length = u16::try_from(body.len()).unwrap().to_be_bytes();
        let mut message = vec![0x01, 0x01, length[0], length[1]];
        message.extend_from_slice(&MAGIC_COOKIE);
        message.extend_from_slice(&[7; 12]);
        message.extend_from_slice(&body);
        message
    }

    fn channel_data(number: u16, body: &[u8]) -> Vec<u8> {
        let mut message = (0x4000 | number & 0x0fff).to_be_bytes().to_vec();
        message.extend_from_slice(&u16::try_from(body.len()).unwrap().to_be_bytes());
        message.extend_from_slice(body);
        message
    }

    fn message() -> impl Strategy<Value = Vec<u8>> {
        let body = || proptest::collection::vec(any::<u8>(), 0..1500);
        prop_oneof![
            body().prop_map(|b| stun(&b)),
            (any::<u16>(), body()).prop_map(|(n, b)| channel_data(n, &b)),
        ]
    }

    fn read(stream: &[u8], cuts: &[usize]) -> Result<Vec<Vec<u8>>, NotTurn> {
        let mut cuts: Vec<usize> = cuts.iter().map(|c| c % (stream.len() + 1)).collect();
        cuts.extend([0, stream.len()]);
        cuts.sort_unstable();
        let mut deframer = Deframer::default();
        let mut messages = Vec::new();
        for part in cuts.windows(2) {
            deframer.space().extend_from_slice(&stream[part[0]..part[1]]);
            while let Some(message) = deframer.next()? {
                messages.push(message.to_vec());
            }
            assert!(deframer.buffer.len() < MAX_MESSAGE);
        }
        Ok(messages)
    }

    proptest! {
        #[test]
        fn any_split_gives_the_same_messages(
            messages in proptest::collection::vec(message(), 0..12),
            cuts in proptest::collection::vec(any::<usize>(), 0..40),
        ) {
            let mut stream = Vec::new();
            for message in &messages {
                put(message, &mut stream).unwrap();
            }
            prop_assert_eq!(stream.len() % 4, 0);
            prop_assert_eq!(read(&stream, &cuts).unwrap(), messages);
        }

        #[test]
        fn garbage_ends_in_an_error_or_in_waiting(
            garbage in proptest::collection::vec(any::<u8>(), 0..70_000),
            cuts in proptest::collection::vec(any::<usize>(), 0..40),
        ) {
            // However it is cut, the verdict is the same; `read` checks the memory.
            prop_assert_eq!(read(&garbage, &cuts), read(&garbage, &[]));
        }

        #[test]
        fn what_is_put_is_whole_or_nothing(datagram in proptest::collection::vec(any::<u8>(), 0..64)) {
            let mut out = Vec::new();
            match put(&datagram, &mut out) {
                Ok(()) => prop_assert!(read(&out, &[]).unwrap().len() == 1),
                Err(NotTurn) => prop_assert!(out.is_empty()),
            }
        }
    }

    #[test]
    fn a_padded_datagram_is_not_padded_twice() {
        let mut padded = channel_data(1, b"hello");
        padded.resize(12, 0);
        let mut out = Vec::new();
        put(&padded, &mut out).unwrap();
        assert_eq!(out, padded);
        padded.push(0);
        assert_eq!(put(&padded, &mut Vec::new()), Err(NotTurn));
    }

    #[test]
    fn the_longest_messages_pass() {
        let longest = stun(&vec![1; 65_532]);
        assert_eq!(longest.len(), MAX_MESSAGE);
        let data = channel_data(2, &vec![2; 65_535]);
        let mut stream = Vec::new();
        put(&longest, &mut stream).unwrap();
        put(&data, &mut stream).unwrap();
        assert_eq!(read(&stream, &[3, 70_000]).unwrap(), [longest, data]);
    }

    #[test]
    fn other_protocols_are_refused_at_once() {
        // A TLS alert, text, a STUN of before the cookie, a length that is no multiple of four.
        for other in [
            &[0x15, 3, 3, 0, 2, 2, 40, 0][..],
            b"\xff\xfe",
            &[0, 1, 0, 8, 1, 2, 3, 4],
            &[0, 1, 0, 3],
        ] {
            assert_eq!(read(other, &[]), Err(NotTurn), "{other:?}");
        }
    }
}
