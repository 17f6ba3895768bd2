//! ICE sockets: kernel buffers large enough for a picture at once, and an entry in the log.

use crate::log::Ticket;
use crate::meter::Meter;
use crate::{Door, NetError, Purpose};
use std::net::{SocketAddr, UdpSocket};

/// Bytes asked for. A 200 KB frame arrives as 170 packets at once; the default buffer of 208 KiB
/// overflows, and each overflow costs a retransmission timeout of a second.
const WANTED: usize = 4 * 1024 * 1024;

/// What the kernel granted, in bytes. Linux doubles what it grants and limits it to
/// `net.core.rmem_max`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UdpBuffers {
    /// For receiving.
    pub receive: usize,
    /// For sending.
    pub send: usize,
}

/// The log entry of a socket, kept by who uses the socket. It ends when this is dropped.
pub struct Watch {
    _ticket: Ticket,
    meter: Meter,
}

impl Watch {
    /// Notes bytes that were sent.
    pub fn sent(&self, bytes: usize) {
        self.meter.sent(bytes);
    }

    /// Notes bytes that were received.
    pub fn received(&self, bytes: usize) {
        self.meter.received(bytes);
    }
}

impl std::fmt::Debug for Watch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.meter.read().fmt(f)
    }
}

impl Door {
    /// Prepares an ICE socket that is about to be used, and logs it.
    ///
    /// # Errors
    /// [`NetError::Socket`] when the socket is unusable. A smaller buffer is no error.
    pub fn udp(&self, purpose: Purpose, socket: &UdpSocket) -> Result<UdpBuffers, NetError> {
        self.is_for(purpose, "udp", 0)?;
        let (granted, local) = prepare(socket)?;
        self.log().opened(purpose, &local.ip().to_string(), local.port());
        Ok(granted)
    }

    /// The same, for a caller that counts the bytes and tells the end.
    ///
    /// # Errors
    /// As [`Door::udp`].
    pub fn udp_watched(
        &self,
        purpose: Purpose,
        socket: &UdpSocket,
    ) -> Result<(UdpBuffers, Watch), NetError> {
        self.is_for(purpose, "udp", 0)?;
        let (granted, local) = prepare(socket)?;
        let (ticket, meter) = self.log().watched(purpose, &local.ip().to_string(), local.port());
        Ok((granted, Watch { _ticket: ticket, meter }))
    }
}

fn prepare(socket: &UdpSocket) -> Result<(UdpBuffers, SocketAddr), NetError> {
    let fault = |error: std::io::Error| NetError::Socket(error.to_string());
    let options = socket2::SockRef::from(socket);
    for (wanted, set) in [
        (options.set_recv_buffer_size(WANTED), "receive"),
        (options.set_send_buffer_size(WANTED), "send"),
    ] {
        if let Err(error) = wanted {
            tracing::debug!(%error, set, "the socket buffer stays as it is");
        }
    }
    let granted = UdpBuffers {
        receive: options.recv_buffer_size().map_err(fault)?,
        send: options.send_buffer_size().map_err(fault)?,
    };
    Ok((granted, socket.local_addr().map_err(fault)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Outcome, Policy, Proxies, State, Traffic, Trust};

    #[test]
    fn sockets_are_in_the_log() {
        let door = Door::with_proxies(Policy::default(), Trust::System, Proxies::none()).unwrap();
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        let port = socket.local_addr().unwrap().port();
        let last = || door.log().last(Purpose::CloudDesktop).unwrap();
        assert!(door.udp(Purpose::CloudDesktop, &socket).unwrap().receive > 0);
        let entry = last();
        assert_eq!((entry.host.as_str(), entry.port), ("127.0.0.1", port));
        assert_eq!((entry.outcome, entry.state), (Outcome::Opened, State::Unwatched));
        assert_eq!(entry.traffic, None);
        let (_, watch) = door.udp_watched(Purpose::CloudDesktop, &socket).unwrap();
        watch.sent(3);
        watch.received(1200);
        let traffic = Some(Traffic { sent: 3, received: 1200 });
        assert_eq!((last().state, last().traffic), (State::Open, traffic));
        drop(watch);
        assert!(matches!(last().state, State::Ended(_)));
        assert_eq!((last().outcome, last().traffic), (Outcome::Opened, traffic));
    }

    #[tokio::test]
    async fn a_door_for_some_purposes_refuses_the_others_and_cannot_be_widened() {
        let policy = Policy::inventory();
        let proxies = Proxies::none();
        let door = Door::with_proxies(policy, Trust::System, proxies).unwrap();
        let api = door.only([Purpose::CloudApi]);
        assert!(api.admit(Purpose::CloudApi, "api.multiclaw.io", 443).is_ok());
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        for door in [api.only([Purpose::CloudRealtime, Purpose::CloudDesktop]), api] {
            let refused = door.admit(Purpose::CloudRealtime, "ws.multiclaw.io", 443);
            assert!(matches!(refused, Err(NetError::Refused { .. })), "{refused:?}");
            assert!(door.udp(Purpose::CloudDesktop, &socket).is_err());
            assert!(door.udp_watched(Purpose::CloudDesktop, &socket).is_err());
            let last = door.log().last(Purpose::CloudDesktop).unwrap();
            assert!(matches!(last.outcome, Outcome::Failed(NetError::Refused { .. })));
        }
        assert!(door.admit(Purpose::CloudRealtime, "ws.multiclaw.io", 443).is_ok());
    }
}
