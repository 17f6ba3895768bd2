//! Two allocations at one relay that send to each other.

use super::{Door, End, Event, ProbeError, Server};
use crate::transport::Refusal;
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::time::timeout;

/// For an allocation, with its connection already made.
const ALLOCATION: Duration = Duration::from_secs(5);
/// For the permission, and for the packets.
const EXCHANGE: Duration = Duration::from_secs(5);
/// Between two packets with the same content: one may be lost.
const AGAIN: Duration = Duration::from_millis(300);
/// Bytes of a packet that is sent through the relay: random, so that it is known when it comes.
const PACKET: usize = 24;

/// A relay that can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relayed {
    /// Until the allocation was there, the connection included.
    pub allocated: Duration,
    /// For a packet from here through the relay to here and the same way back. `None` where the
    /// relay makes allocations but carries no packets from itself to itself, which its
    /// configuration may forbid.
    pub round_trip: Option<Duration>,
}

/// Makes two allocations with the cloud's credentials, permits each to send to the other, and
/// sends a packet there and back. Both are released afterwards.
///
/// # Errors
/// [`ProbeError`].
pub async fn relay(door: &Door, server: &Server) -> Result<Relayed, ProbeError> {
    let begun = Instant::now();
    let mut near = End::open(door, server).await?;
    let near_at = near.allocate().await?;
    let allocated = begun.elapsed();
    let round_trip = match End::open(door, server).await {
        Ok(mut far) => {
            let (round_trip, far_at) = through(&mut near, near_at, &mut far).await;
            far.release(far_at).await;
            round_trip
        }
        Err(error) => Err(error),
    };
    near.release(Some(near_at)).await;
    // The first allocation shows that the relay can be used; whether a second one is granted, and
    // whether it sends to itself, is its configuration's business.
    let round_trip = match round_trip {
        Ok(round_trip) => round_trip,
        Err(ProbeError::Refused(Refusal::Allocation(code))) => {
            tracing::info!(code, "the relay makes no second allocation");
            None
        }
        Err(error) => return Err(error),
    };
    Ok(Relayed { allocated, round_trip })
}

/// Sends there and back; `None` when the relay does not permit it. And the other allocation.
async fn through(
    near: &mut End,
    near_at: SocketAddr,
    far: &mut End,
) -> (Result<Option<Duration>, ProbeError>, Option<SocketAddr>) {
    let far_at = match far.allocate().await {
        Ok(at) => at,
        Err(error) => return (Err(error), None),
    };
    let exchange = async {
        if !near.permit(near_at, far_at).await? || !far.permit(far_at, near_at).await? {
            return Ok(None);
        }
        let there: [u8; PACKET] = rand::random();
        let back: [u8; PACKET] = rand::random();
        let sent = Instant::now();
        carry(near, near_at, &there, far, far_at).await?;
        carry(far, far_at, &back, near, near_at).await?;
        Ok(Some(sent.elapsed()))
    };
    (timeout(EXCHANGE, exchange).await.unwrap_or(Err(ProbeError::Silent)), Some(far_at))
}

/// Sends a packet until the other end has it.
async fn carry(
    from: &mut End,
    from_at: SocketAddr,
    packet: &[u8],
    to: &mut End,
    to_at: SocketAddr,
) -> Result<(), ProbeError> {
    loop {
        let now = Instant::now();
        let mut relay = from.client.relay(from_at).map_err(ProbeError::broke)?;
        relay.send_to(now, packet, to_at).map_err(ProbeError::broke)?;
        from.flush().await?;
        let wait = async {
            tokio::select! {
                came = to.data(packet) => came,
                // Keeps the sender's own requests going; it has nothing to say.
                ended = from.forever() => ended,
            }
        };
        match timeout(AGAIN, wait).await {
            Ok(came) => return came,
            Err(_) => tracing::debug!("a packet through the relay was lost"),
        }
    }
}

impl End {
    async fn allocate(&mut self) -> Result<SocketAddr, ProbeError> {
        self.client.allocate(Instant::now()).map_err(ProbeError::broke)?;
        let answer = async {
            loop {
                match self.event().await? {
                    Event::AllocateResponse(_, at) => return Ok(at),
                    Event::AllocateError(_, error) => {
                        return Err(match self.refusal {
                            Some(refusal) => ProbeError::Refused(refusal),
                            None => ProbeError::broke(error),
                        });
                    }
                    Event::TransactionTimeout(_) => return Err(ProbeError::Silent),
                    _ => {}
                }
            }
        };
        timeout(ALLOCATION, answer).await.unwrap_or(Err(ProbeError::Silent))
    }

    /// Whether the relay lets packets from there through to here.
    async fn permit(&mut self, own: SocketAddr, peer: SocketAddr) -> Result<bool, ProbeError> {
        let mut relay = self.client.relay(own).map_err(ProbeError::broke)?;
        relay.create_permission(Instant::now(), peer).map_err(ProbeError::broke)?;
        loop {
            match self.event().await? {
                Event::CreatePermissionResponse(..) => return Ok(true),
                Event::CreatePermissionError(_, error) => {
                    tracing::info!(%error, "the relay does not send to itself");
                    return Ok(false);
                }
                Event::TransactionTimeout(_) => return Err(ProbeError::Silent),
                _ => {}
            }
        }
    }

    async fn data(&mut self, wanted: &[u8]) -> Result<(), ProbeError> {
        loop {
            let event = self.event().await?;
            if let Event::DataIndicationOrChannelData(_, _, data) = event
                && data == *wanted
            {
                return Ok(());
            }
        }
    }

    async fn forever(&mut self) -> Result<(), ProbeError> {
        loop {
            self.event().await?;
        }
    }

    /// Gives the allocation back. Where that fails it ends by itself.
    async fn release(&mut self, own: Option<SocketAddr>) {
        let Some(own) = own else { return };
        if let Ok(mut relay) = self.client.relay(own)
            && let Err(error) = relay.close(Instant::now())
        {
            tracing::debug!(%error, "the allocation stays until its end");
        }
        if let Err(error) = self.flush().await {
            tracing::debug!(%error, "the allocation stays until its end");
        }
    }
}
