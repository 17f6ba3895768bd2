//! ICE sockets: kernel buffers large enough for a picture at once.

use crate::{Door, NetError, Purpose};

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

impl Door {
    /// Prepares an ICE socket that is about to be used, and logs it.
    ///
    /// # Errors
    /// [`NetError::Socket`] when the socket is unusable. A smaller buffer is no error.
    pub fn udp(
        &self,
        purpose: Purpose,
        socket: &std::net::UdpSocket,
    ) -> Result<UdpBuffers, NetError> {
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
        let local = socket.local_addr().map_err(fault)?;
        let granted = UdpBuffers {
            receive: options.recv_buffer_size().map_err(fault)?,
            send: options.send_buffer_size().map_err(fault)?,
        };
        self.log().opened(purpose, &local.ip().to_string(), local.port());
        Ok(granted)
    }
}
