//! The one line of the session description that has to be put right.

/// What an absent `a=max-message-size` means, in bytes (RFC 8841 section 6.1).
const DEFAULT_MAX_MESSAGE: usize = 65_536;

/// The largest message, in bytes, that the sender of this description takes. 0 means no limit.
pub(super) fn max_message_size(sdp: &str) -> usize {
    sdp.lines()
        .find_map(|line| line.strip_prefix("a=max-message-size:"))
        .and_then(|value| value.trim().parse().ok())
        .unwrap_or(DEFAULT_MAX_MESSAGE)
}

/// Makes `a=max-message-size` of a remote description at least `size` bytes.
///
/// The `webrtc` crate takes the remote end's *receive* limit for a limit on what it may receive
/// itself, and then loses longer messages without an error (rtc issue 250). What the other end
/// really takes is read with [`max_message_size`] before this.
pub(super) fn raise_max_message_size(sdp: &str, size: usize) -> String {
    let have = max_message_size(sdp);
    if have >= size {
        return sdp.to_owned();
    }
    let mut out = String::with_capacity(sdp.len() + 32);
    for line in sdp.lines().filter(|l| !l.starts_with("a=max-message-size:")) {
        out.push_str(line);
        out.push_str("\r\n");
        if line.starts_with("a=sctp-port:") {
            out.push_str("a=max-message-size:");
            out.push_str(&size.to_string());
            out.push_str("\r\n");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const SDP: &str = "v=0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:0\r\na=sctp-port:5000\r\n";

    #[test]
    fn absent_is_the_default_and_is_raised() {
        assert_eq!(max_message_size(SDP), 65_536);
        let raised = raise_max_message_size(SDP, 262_144);
        assert_eq!(max_message_size(&raised), 262_144);
        assert_eq!(raised.matches("max-message-size").count(), 1);
    }

    #[test]
    fn small_is_raised_and_large_is_kept() {
        let small = format!("{SDP}a=max-message-size:1000\r\n");
        let raised = raise_max_message_size(&small, 262_144);
        assert_eq!(raised.matches("max-message-size").count(), 1);
        assert_eq!(max_message_size(&raised), 262_144);
        let large = format!("{SDP}a=max-message-size:1073741823\r\n");
        assert_eq!(raise_max_message_size(&large, 262_144), large);
    }
}
