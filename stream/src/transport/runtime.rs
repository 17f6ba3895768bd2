//! The `webrtc` crate's window to the world: sockets and name look-ups, all through [`net::Door`].

use super::burst::Nudge;
use super::socket::{BurstSocket, Monitor};
use super::turn_stream::{Link, PLACEHOLDER, is_placeholder};
use net::{Door, NetError, Purpose};
use parking_lot::Mutex;
use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use webrtc::runtime::{
    AsyncInterval, AsyncTcpListener, AsyncTcpStream, AsyncUdpSocket, JoinHandle, Runtime,
    TokioRuntime,
};

/// Tokio, with sockets that the door has admitted.
#[derive(Debug)]
pub(super) struct IceRuntime {
    pub(super) door: Door,
    /// Receive in short bursts and report (the end that gets the pictures), or with every
    /// offload there is (a daemon, which mostly sends).
    pub(super) monitor: Option<Arc<Monitor>>,
    /// Knows the sockets.
    pub(super) nudge: Arc<Nudge>,
    /// The relay over a stream, and the local address that is bound for it. What is bound there is
    /// closed at once; no datagram ever goes through it.
    pub(super) link: Option<(Arc<Link>, IpAddr)>,
    /// Names that did not resolve. A list names the same host often, and the driver waits.
    pub(super) unknown: Mutex<Vec<String>>,
}

/// For a name to resolve. Nothing else moves on this connection meanwhile, and where only a proxy
/// knows names, none ever resolves.
const LOOKUP: Duration = Duration::from_secs(1);

fn refused(error: &NetError) -> io::Error {
    io::Error::new(io::ErrorKind::PermissionDenied, error.to_string())
}

type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

impl Runtime for IceRuntime {
    fn spawn(&self, future: Boxed<'static, ()>) -> Box<dyn JoinHandle> {
        TokioRuntime.spawn(future)
    }

    fn wrap_udp_socket(&self, socket: std::net::UdpSocket) -> io::Result<Arc<dyn AsyncUdpSocket>> {
        if let Some((link, address)) = &self.link {
            let local = socket.local_addr()?;
            if local.ip() == *address {
                drop(socket);
                return Ok(Arc::new(link.socket(local, self.nudge.socket())));
            }
        }
        let Some(monitor) = &self.monitor else {
            self.door.udp(Purpose::CloudDesktop, &socket).map_err(|e| refused(&e))?;
            return TokioRuntime.wrap_udp_socket(socket);
        };
        let (_, count) =
            self.door.udp_watched(Purpose::CloudDesktop, &socket).map_err(|e| refused(&e))?;
        let burst = self.nudge.socket();
        Ok(Arc::new(BurstSocket::new(socket, burst, Arc::clone(monitor), count)?))
    }

    fn wrap_tcp_listener(&self, _: std::net::TcpListener) -> io::Result<Arc<dyn AsyncTcpListener>> {
        Err(io::Error::new(io::ErrorKind::Unsupported, "this program opens no listening port"))
    }

    fn connect_tcp<'a>(&'a self, _: SocketAddr) -> Boxed<'a, io::Result<Arc<dyn AsyncTcpStream>>> {
        Box::pin(async {
            Err(io::Error::new(io::ErrorKind::Unsupported, "ICE over TCP is not used"))
        })
    }

    fn resolve_host<'a>(&'a self, host: &'a str) -> Boxed<'a, io::Result<Vec<SocketAddr>>> {
        Box::pin(async move {
            if is_placeholder(host) {
                return Ok(vec![PLACEHOLDER]);
            }
            let (name, port) = host
                .rsplit_once(':')
                .and_then(|(name, port)| Some((name, port.parse().ok()?)))
                .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "no port in host"))?;
            let name = name.trim_start_matches('[').trim_end_matches(']');
            if self.unknown.lock().iter().any(|known| known == name) {
                return Err(io::ErrorKind::NotFound.into());
            }
            let resolve = self.door.resolve(Purpose::CloudDesktop, name, port);
            let timeout = || NetError::Timeout { host: name.to_owned() };
            let found = tokio::time::timeout(LOOKUP, resolve).await;
            found.unwrap_or_else(|_| Err(timeout())).map_err(|error| {
                self.unknown.lock().push(name.to_owned());
                refused(&error)
            })
        })
    }

    fn sleep(&self, duration: Duration) -> Boxed<'static, ()> {
        TokioRuntime.sleep(duration)
    }

    fn interval(&self, period: Duration) -> Box<dyn AsyncInterval> {
        TokioRuntime.interval(period)
    }

    fn block_on(&self, future: Pin<Box<dyn Future<Output = ()> + '_>>) {
        TokioRuntime.block_on(future);
    }

    fn yield_now(&self) -> Boxed<'static, ()> {
        TokioRuntime.yield_now()
    }

    fn name(&self) -> &'static str {
        "multiclaw"
    }
}
