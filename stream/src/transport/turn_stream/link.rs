//! The connection to the relay: made, used, and made again.

use super::PLACEHOLDER;
use super::framing::{Deframer, NotTurn};
use super::socket::{Shared, TurnStreamSocket};
use crate::transport::burst::Burst;
use crate::transport::route::{PathEvent, Tell};
use crate::transport::servers::StreamRelay;
use net::{Connection, Door, NetError, Purpose};
use parking_lot::Mutex;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt, ReadHalf, WriteHalf};
use tokio::sync::watch;

/// For one attempt to connect, TLS and proxy included. The crate gives an allocation up after
/// eight seconds without an answer.
const CONNECT: Duration = Duration::from_secs(7);
/// For the goodbye of a connection that is no longer needed.
const GOODBYE: Duration = Duration::from_secs(1);
/// Between two attempts. An outage is over when one succeeds, and a picture is waited for, so
/// the wait stays short; one attempt costs a TCP SYN and its answer.
const RETRY: [u64; 3] = [100, 200, 400];
const RETRY_CAP: Duration = Duration::from_millis(500);
/// Oldest unused connection that is still taken: relays close those without an allocation.
const FRESH: Duration = Duration::from_secs(5);

/// Makes the streams of one peer connection's sockets. ICE restarts replace the socket, and each
/// socket has a stream of its own: a relay knows an allocation by its connection.
pub(in crate::transport) struct Link {
    door: Door,
    relays: Mutex<Vec<StreamRelay>>,
    tell: Tell,
    start: watch::Sender<bool>,
    /// A connection made after an outage, for the socket of the ICE restart that follows.
    spare: Mutex<Option<(Connection, Instant)>>,
}

impl std::fmt::Debug for Link {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Link").field("relays", &self.relays.lock()).finish_non_exhaustive()
    }
}

impl Link {
    /// Connects nowhere before [`Self::start`].
    pub(in crate::transport) fn new(door: Door, relays: Vec<StreamRelay>, tell: Tell) -> Arc<Self> {
        let start = watch::Sender::new(false);
        Arc::new(Self { door, relays: Mutex::new(relays), tell, start, spare: Mutex::default() })
    }

    /// Sockets may connect from now on.
    pub(in crate::transport) fn start(&self) {
        self.start.send_replace(true);
    }

    /// Sockets connect to these from now on.
    pub(in crate::transport) fn set_relays(&self, relays: Vec<StreamRelay>) {
        *self.relays.lock() = relays;
    }

    /// A socket whose address the driver takes to be `local`.
    pub(in crate::transport) fn socket(
        self: &Arc<Self>,
        local: SocketAddr,
        burst: Arc<Burst>,
    ) -> TurnStreamSocket {
        let shared = Arc::new(Shared::new(burst));
        tokio::spawn(Arc::clone(self).run(Arc::clone(&shared)));
        TurnStreamSocket::new(local, shared)
    }

    async fn run(self: Arc<Self>, shared: Arc<Shared>) {
        let mut start = self.start.subscribe();
        tokio::select! {
            _ = start.wait_for(|start| *start) => {}
            () = shared.until_closed() => return,
        }
        let spare = self.spare.lock().take().filter(|(_, made)| made.elapsed() < FRESH);
        let connection = match spare {
            Some((connection, _)) => connection,
            None => match self.connect(&shared).await {
                Some(connection) => connection,
                None => return,
            },
        };
        shared.attach();
        self.tell.tell(PathEvent::RelayUp);
        self.carry(connection, &shared).await;
        shared.detach();
        if shared.closed() {
            return;
        }
        self.tell.tell(PathEvent::RelayLost);
        // The allocation went with the stream, so a new stream is of no use to this socket. It
        // shows that the relay is back, and serves the next one.
        if let Some(connection) = self.connect(&shared).await {
            *self.spare.lock() = Some((connection, Instant::now()));
            self.tell.tell(PathEvent::RelayBack);
        }
    }

    /// Tries the relays in turn until one answers; `None` when the socket is gone.
    async fn connect(&self, shared: &Shared) -> Option<Connection> {
        let mut attempt = 0;
        loop {
            let relays = self.relays.lock().clone();
            for (index, relay) in relays.iter().enumerate() {
                let opened = tokio::select! {
                    opened = tokio::time::timeout(CONNECT, self.open(relay)) => opened,
                    () = shared.until_closed() => return None,
                };
                let host = relay.host.clone();
                match opened.unwrap_or(Err(NetError::Timeout { host })) {
                    Ok(connection) => return Some(connection),
                    Err(error) => {
                        tracing::debug!(%error, "no connection to the relay");
                        let all = index + 1 == relays.len();
                        self.tell.tell(PathEvent::RelayDown { error, all });
                    }
                }
            }
            tokio::select! {
                () = tokio::time::sleep(wait(attempt)) => {}
                () = shared.until_closed() => return None,
            }
            attempt += 1;
        }
    }

    async fn open(&self, relay: &StreamRelay) -> Result<Connection, NetError> {
        let (purpose, host, port) = (Purpose::CloudDesktop, &relay.host, relay.port);
        if relay.tls {
            self.door.open(purpose, host, port).await
        } else {
            self.door.open_plain(purpose, host, port).await
        }
    }

    /// Carries messages both ways until the stream or the socket ends.
    async fn carry(&self, connection: Connection, shared: &Shared) {
        let (mut reader, mut writer) = tokio::io::split(connection);
        let ended = tokio::select! {
            ended = read(&mut reader, shared, &self.tell) => ended,
            ended = write(&mut writer, shared) => ended,
        };
        if let Err(error) = ended {
            tracing::info!(%error, "the connection to the relay ended");
            return;
        }
        if tokio::time::timeout(GOODBYE, writer.shutdown()).await.is_err() {
            tracing::debug!("the relay does not take the goodbye");
        }
    }
}

fn wait(attempt: usize) -> Duration {
    RETRY.get(attempt).map_or(RETRY_CAP, |ms| Duration::from_millis(*ms))
}

/// Ends with an error only.
async fn read(
    reader: &mut ReadHalf<Connection>,
    shared: &Shared,
    tell: &Tell,
) -> std::io::Result<()> {
    let not_turn = |e: NotTurn| std::io::Error::new(std::io::ErrorKind::InvalidData, e);
    let mut deframer = Deframer::default();
    loop {
        shared.room().await;
        let space = deframer.space();
        space.reserve(READ);
        if reader.read_buf(space).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        while let Some(message) = deframer.next().map_err(not_turn)? {
            if let Some(refusal) = shared.receive(message) {
                tell.tell(PathEvent::Refused(refusal));
            }
        }
    }
}

/// Bytes of one read, at least: a TLS record.
const READ: usize = 16 * 1024;

/// Ends well when the socket is gone and everything is written.
async fn write(writer: &mut WriteHalf<Connection>, shared: &Shared) -> std::io::Result<()> {
    while let Some(bytes) = shared.outgoing().await {
        writer.write_all(&bytes).await?;
        writer.flush().await?;
    }
    Ok(())
}

/// Whether the driver asks for the address of the relay's stand-in.
pub(in crate::transport) fn is_placeholder(host: &str) -> bool {
    host.parse() == Ok(PLACEHOLDER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_half_a_second() {
        let waits: Vec<u128> = (0..5).map(|n| wait(n).as_millis()).collect();
        assert_eq!(waits, [100, 200, 400, 500, 500]);
    }

    #[test]
    fn only_the_placeholder_is_the_placeholder() {
        assert!(is_placeholder("192.0.2.1:3478"));
        for other in ["192.0.2.1:443", "192.0.2.1", "turn.multiclaw.io:3478"] {
            assert!(!is_placeholder(other));
        }
    }
}
