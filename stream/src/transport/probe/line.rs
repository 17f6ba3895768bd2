//! What carries the messages between a client and one server.

use super::{End, ProbeError, Purpose, Server, Way};
use crate::transport::turn_stream::framing::{self, Deframer};
use bytes::BytesMut;
use net::{Connection, Door, NetError, Watch};
use rtc_shared::{TransportContext, TransportMessage, TransportProtocol};
use rtc_turn::client::Event;
use sansio::Protocol;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::UdpSocket;

/// Longest datagram that is read, in bytes.
const DATAGRAM: usize = 2048;
/// Bytes of one read of a stream, at least.
const READ: usize = 4096;
/// Longest sleep between two looks at the client's clocks.
const NAP: Duration = Duration::from_secs(1);
/// Stands for a server behind a stream: the client never sends to it by itself (RFC 5737).
const BEHIND: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1)), 3478);

/// Datagrams to one server, or the same on a stream.
pub(super) struct Line {
    /// The address of the server, as the client sees it.
    pub(super) server: SocketAddr,
    /// The address of this end, as the client sees it.
    pub(super) local: SocketAddr,
    carrier: Carrier,
}

enum Carrier {
    Udp { socket: UdpSocket, watch: Watch },
    Stream { connection: Connection, deframer: Deframer },
}

impl Line {
    pub(super) async fn open(door: &Door, to: &Server) -> Result<Self, ProbeError> {
        let purpose = Purpose::CloudDesktop;
        let connection = match to.way {
            Way::Udp => return Self::udp(door, to).await,
            Way::Tcp => door.open_plain(purpose, &to.host, to.port).await?,
            Way::Tls => door.open(purpose, &to.host, to.port).await?,
        };
        let deframer = Deframer::default();
        let local = SocketAddr::new(Ipv4Addr::LOCALHOST.into(), 0);
        let carrier = Carrier::Stream { connection, deframer };
        Ok(Self { server: BEHIND, local, carrier })
    }

    async fn udp(door: &Door, to: &Server) -> Result<Self, ProbeError> {
        let found = door.resolve(Purpose::CloudDesktop, &to.host, to.port).await?;
        // As the peer connection does it: IPv4 where there is one.
        let server = found.iter().find(|at| at.is_ipv4()).or(found.first()).copied();
        let server = server.ok_or_else(|| NetError::Dns { host: to.host.clone() })?;
        let any: IpAddr = match server {
            SocketAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
            SocketAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
        };
        let socket = std::net::UdpSocket::bind((any, 0)).map_err(ProbeError::broke)?;
        let (_, watch) = door.udp_watched(Purpose::CloudDesktop, &socket)?;
        socket.set_nonblocking(true).map_err(ProbeError::broke)?;
        let local = socket.local_addr().map_err(ProbeError::broke)?;
        let socket = UdpSocket::from_std(socket).map_err(ProbeError::broke)?;
        Ok(Self { server, local, carrier: Carrier::Udp { socket, watch } })
    }

    async fn send(&mut self, datagram: &[u8]) -> Result<(), ProbeError> {
        match &mut self.carrier {
            Carrier::Udp { socket, watch } => {
                watch.sent(datagram.len());
                // A network that is gone says so by being silent; a later packet may get through.
                if let Err(error) = socket.send_to(datagram, self.server).await {
                    tracing::debug!(%error, "a datagram was not sent");
                }
            }
            Carrier::Stream { connection, .. } => {
                let mut framed = Vec::with_capacity(datagram.len() + 4);
                framing::put(datagram, &mut framed).map_err(ProbeError::broke)?;
                connection.write_all(&framed).await.map_err(ProbeError::broke)?;
                connection.flush().await.map_err(ProbeError::broke)?;
            }
        }
        Ok(())
    }

    /// The next message of the server. May be dropped while it waits.
    async fn receive(&mut self) -> Result<BytesMut, ProbeError> {
        match &mut self.carrier {
            Carrier::Udp { socket, watch } => loop {
                let mut space = vec![0; DATAGRAM];
                match socket.recv_from(&mut space).await {
                    Ok((length, from)) if from == self.server => {
                        watch.received(length);
                        space.truncate(length);
                        return Ok(BytesMut::from(&*space));
                    }
                    Ok(_) => {}
                    // Somebody on the way says that nobody is there. Only silence counts.
                    Err(error) => {
                        tracing::debug!(%error, "an answer that is none");
                        tokio::time::sleep(Duration::from_millis(20)).await;
                    }
                }
            },
            Carrier::Stream { connection, deframer } => loop {
                if let Some(message) = deframer.next().map_err(ProbeError::broke)? {
                    return Ok(BytesMut::from(&*message));
                }
                let space = deframer.space();
                space.reserve(READ);
                if connection.read_buf(space).await.map_err(ProbeError::broke)? == 0 {
                    return Err(ProbeError::Broke("the relay closed the connection".into()));
                }
            },
        }
    }
}

impl End {
    /// Sends what the client has to send.
    pub(super) async fn flush(&mut self) -> Result<(), ProbeError> {
        while let Some(transmit) = self.client.poll_write() {
            self.watch.sent(&transmit.message);
            self.line.send(&transmit.message).await?;
        }
        Ok(())
    }

    /// The next thing that happens. May be dropped while it waits; waits for ever where nothing
    /// does.
    pub(super) async fn event(&mut self) -> Result<Event, ProbeError> {
        loop {
            self.flush().await?;
            if let Some(event) = self.client.poll_event() {
                return Ok(event);
            }
            let now = Instant::now();
            let next = self.client.poll_timeout().map_or(NAP, |at| at.duration_since(now).min(NAP));
            tokio::select! {
                message = self.line.receive() => self.take(message?),
                () = tokio::time::sleep(next.max(Duration::from_millis(1))) => {
                    self.client.handle_timeout(Instant::now()).map_err(ProbeError::broke)?;
                }
            }
        }
    }

    fn take(&mut self, message: BytesMut) {
        if let Some(refusal) = self.watch.received(&message) {
            self.refusal = Some(refusal);
        }
        let transport = TransportContext {
            local_addr: self.line.local,
            peer_addr: self.line.server,
            transport_protocol: TransportProtocol::UDP,
            ecn: None,
        };
        let message = TransportMessage { now: Instant::now(), transport, message };
        if let Err(error) = self.client.handle_read(message) {
            tracing::debug!(%error, "a message of the server makes no sense");
        }
    }
}
