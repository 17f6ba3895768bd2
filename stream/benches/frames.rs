//! Prints how a daemon's frames arrive: `cargo bench -p stream`.
//!
//! Two processes' worth of WebRTC in one: a daemon sends 200 KB frames, 60 a second, in parts of
//! 64 KiB over loopback, and a viewer puts them together. Then the same as fast as it goes.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss
)]

use std::time::{Duration, Instant};
use stream::protocol::Channel;
use stream::protocol::frame::{Rectangle, Tile, split};
use stream::reassembly::Reassembler;
use stream::signalling::Signal;
use stream::stats::percentiles;
use stream::transport::{Options, Peer, PeerEvent, Role};

const FRAME: usize = 200_000;
const SECONDS: u32 = 6;

fn main() {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    println!("200 KB frames in 64 KiB parts over a loopback data channel, {SECONDS} s each");
    runtime.block_on(run("60 a second", Some(Duration::from_micros(16_667))));
    runtime.block_on(run("full speed", None));
}

async fn run(name: &str, every: Option<Duration>) {
    let door = net::Door::new(net::Policy::default(), net::Trust::System).unwrap();
    let options =
        |role| Options { role, ice_servers: Vec::new(), relay_only: false, loopback: true };
    let (viewer, mut from_viewer) = Peer::new(&door, options(Role::Viewer)).await.unwrap();
    let (daemon, mut from_daemon) = Peer::new(&door, options(Role::Daemon)).await.unwrap();
    let answer = daemon.answer(&viewer.offer(false).await.unwrap()).await.unwrap();
    viewer.accept(&answer).await.unwrap();

    let origin = Instant::now();
    let (opened, mut open) = tokio::sync::mpsc::channel::<()>(3);
    let (to_daemon, mut daemon_candidates) = tokio::sync::mpsc::channel(64);
    let (to_viewer, mut viewer_candidates) = tokio::sync::mpsc::channel(64);
    tokio::spawn(async move {
        while let Some(event) = from_daemon.recv().await {
            match event {
                PeerEvent::Candidate(Some(c)) => {
                    to_viewer.send(Signal::Candidate(c)).await.unwrap();
                }
                PeerEvent::Open(Channel::Frames) => opened.send(()).await.unwrap(),
                _ => {}
            }
        }
    });
    let receive = tokio::spawn(async move {
        let mut reassembler = Reassembler::default();
        let mut delays = Vec::new();
        loop {
            tokio::select! {
                Some(Signal::Candidate(c)) = viewer_candidates.recv() => viewer.add_candidate(c).await.unwrap(),
                event = from_viewer.recv() => match event {
                    Some(PeerEvent::Candidate(Some(c))) => to_daemon.send(c).await.unwrap(),
                    Some(PeerEvent::Message { data, .. }) => {
                        if let Some(update) = reassembler.push(&data).unwrap() {
                            assert_eq!(update.bytes(), FRAME);
                            let now = origin.elapsed();
                            delays.push(now - Duration::from_micros(update.captured_us.unwrap()));
                        }
                    }
                    Some(PeerEvent::ChannelClosed(_)) | None => break,
                    _ => {}
                }
            }
        }
        viewer.close().await;
        delays
    });
    loop {
        tokio::select! {
            Some(c) = daemon_candidates.recv() => daemon.add_candidate(c).await.unwrap(),
            _ = open.recv() => break,
        }
    }

    let jpeg: Vec<u8> = (0..FRAME).map(|n| n as u8).collect();
    let rectangle = Rectangle { x: 0, y: 0, width: 1920, height: 1080 };
    let sender = daemon.sender();
    let begin = Instant::now();
    let mut sent = 0;
    while begin.elapsed() < Duration::from_secs(SECONDS.into()) {
        let captured = origin.elapsed().as_micros() as u64;
        for message in split(sent + 1, captured, (1920, 1080), &[Tile { rectangle, jpeg: &jpeg }]) {
            sender.binary(Channel::Frames, &message).await.unwrap();
        }
        sent += 1;
        if let Some(every) = every {
            tokio::time::sleep_until((begin + every * sent).into()).await;
        }
    }
    while sender.outstanding(Channel::Frames).await > 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let took = begin.elapsed();
    daemon.close().await;
    let mut delays = receive.await.unwrap();
    let arrived = delays.len();
    let max = delays.iter().max().unwrap().as_secs_f32() * 1000.0;
    let (p50, p99) = percentiles(&mut delays);
    let rate = arrived as f64 * FRAME as f64 / took.as_secs_f64() / 1e6;
    println!(
        "{name:12} sent {sent:5}  arrived whole {arrived:5}  p50 {p50:6.2} ms  p99 {p99:6.2} ms  max {max:6.2} ms  {rate:6.1} MB/s"
    );
}
