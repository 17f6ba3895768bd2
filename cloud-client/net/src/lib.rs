//! The only crate that opens outbound sockets. (First cut: UDP preparation.)

use std::sync::Arc;

/// Why a connection is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// REST.
    CloudApi,
    /// WSS.
    CloudRealtime,
    /// ICE sockets and TURN.
    CloudDesktop,
}

/// What a connection was refused for.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NetError {
    /// Not on the list.
    #[error("refused")]
    Refused {
        /// Host.
        host: String,
    },
    /// IO
    #[error("socket: {0}")]
    Socket(std::io::Error),
}

/// Granted kernel buffers, in bytes.
#[derive(Clone, Copy, Debug)]
pub struct UdpBuffers {
    /// Receive.
    pub receive: usize,
    /// Send.
    pub send: usize,
}

/// The door.
#[derive(Clone, Debug, Default)]
pub struct Door(Arc<()>);

impl Door {
    /// Prepares an ICE socket.
    ///
    /// # Errors
    /// Socket options.
    pub fn udp(&self, _: Purpose, socket: &std::net::UdpSocket) -> Result<UdpBuffers, NetError> {
        let socket = socket2::SockRef::from(socket);
        let want = 4 * 1024 * 1024;
        socket.set_recv_buffer_size(want).map_err(NetError::Socket)?;
        socket.set_send_buffer_size(want).map_err(NetError::Socket)?;
        let receive = socket.recv_buffer_size().map_err(NetError::Socket)?;
        let send = socket.send_buffer_size().map_err(NetError::Socket)?;
        Ok(UdpBuffers { receive, send })
    }

    /// Checks a host.
    ///
    /// # Errors
    /// Refused.
    pub fn admit(&self, _: Purpose, _: &str, _: u16) -> Result<(), NetError> {
        Ok(())
    }
}
