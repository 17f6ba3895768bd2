//! Live progress of a generation, over the Pusher channels protocol, version 7
//! (<https://pusher.com/docs/channels/library_auth_reference/pusher-websockets-protocol/>).
//!
//! A connection exists only while something is being made. Without it nothing is lost but the
//! progress: the document's own event tells when it is ready.

mod machine;

use crate::rest::Rest;
use crate::wire::{Progress, ProgressChannel, PusherAuth};
use crate::{ApiError, BearerToken};
use machine::{Act, Machine};
use net::{Message, Purpose, WebSocket};
use std::time::{Duration, Instant};
use tokio::sync::mpsc;

/// Progress that waits to be read; older is dropped by the reader's side.
const QUEUE: usize = 16;
/// A generation that takes longer is not watched any more.
const LONGEST: Duration = Duration::from_secs(30 * 60);

/// Watches a channel until the work is over, the receiver is dropped, or it cannot be watched.
#[must_use]
pub fn watch(
    rest: Rest,
    bearer: BearerToken,
    channel: ProgressChannel,
) -> mpsc::Receiver<Progress> {
    let (progress, receiver) = mpsc::channel(QUEUE);
    tokio::spawn(async move {
        let watching = run(&rest, &bearer, &channel, &progress);
        tokio::select! {
            result = watching => if let Err(error) = result {
                tracing::info!(%error, "live progress is not shown");
            },
            () = progress.closed() => {}
            () = tokio::time::sleep(LONGEST) => {}
        }
    });
    receiver
}

async fn run(
    rest: &Rest,
    bearer: &BearerToken,
    channel: &ProgressChannel,
    progress: &mpsc::Sender<Progress>,
) -> Result<(), ApiError> {
    let mut attempt = 0;
    loop {
        let error = match connect(rest, channel).await {
            Ok(socket) => {
                let mut machine = Machine::new(&channel.channel, Instant::now());
                match serve(rest, bearer, channel, progress, socket, &mut machine).await {
                    Ok(true) => return Ok(()),
                    Ok(false) => ApiError::Refused { code: "closed".into() },
                    Err(error) => error,
                }
            }
            // What is refused for good is not asked again.
            Err(error @ ApiError::Net(net::NetError::Refused { .. })) => return Err(error),
            Err(error) => error,
        };
        attempt += 1;
        let Some(wait) = machine::wait(attempt, rand::random()) else { return Err(error) };
        tokio::time::sleep(wait).await;
    }
}

async fn connect(rest: &Rest, channel: &ProgressChannel) -> Result<WebSocket, ApiError> {
    let good = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !channel.key.chars().all(good) {
        return Err(ApiError::Malformed("the key of the progress channel".into()));
    }
    let version = env!("CARGO_PKG_VERSION");
    let (url, key) = (channel.url.trim_end_matches('/'), &channel.key);
    let uri = format!("{url}/app/{key}?protocol=7&client=multiclaw&version={version}&flash=false");
    let request = http::Request::builder()
        .uri(uri)
        .body(())
        .map_err(|error| ApiError::Malformed(error.to_string()))?;
    Ok(rest.door().websocket(Purpose::Progress, request).await?)
}

/// `true` when the work is over or cannot be watched, `false` when another try may help.
async fn serve(
    rest: &Rest,
    bearer: &BearerToken,
    channel: &ProgressChannel,
    progress: &mpsc::Sender<Progress>,
    mut socket: WebSocket,
    machine: &mut Machine,
) -> Result<bool, ApiError> {
    loop {
        let deadline = tokio::time::Instant::from_std(machine.deadline());
        let act = tokio::select! {
            message = socket.receive() => match message? {
                Message::Text(text) => machine.received(&text, Instant::now()),
                Message::Alive => machine.heard(Instant::now()),
                Message::Closed(close) => return Ok(machine::is_final(close.code)),
            },
            () = tokio::time::sleep_until(deadline) => machine.silent(Instant::now()),
        };
        match act {
            Act::Nothing => {}
            Act::Send(text) => socket.send(text).await?,
            Act::Authorize { socket_id } => {
                let auth = PusherAuth { socket_id, channel_name: channel.channel.clone() };
                let signature = rest.pusher_auth(bearer, &auth).await?;
                socket.send(machine.subscribe(&signature.auth)).await?;
            }
            Act::Progress(news) => {
                let done = news.done;
                if progress.send(news).await.is_err() || done {
                    socket.close().await;
                    return Ok(true);
                }
            }
            Act::Close { last } => {
                socket.close().await;
                return Ok(last);
            }
        }
    }
}
