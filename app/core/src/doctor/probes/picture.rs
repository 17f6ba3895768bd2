//! A desktop opened as the program opens it: the first picture, a round trip, and closed again.

use super::{Finding, Session, Setup, Shared};
use crate::engine::{from_stream, to_stream};
use crate::say::{self, doctor as words};
use crate::tr;
use cloud_client::realtime::Event as Cloud;
use cloud_client::wire::{FromCloud, ToCloud};
use jpeg::{Change, Planes};
use std::sync::Arc;
use std::time::{Duration, Instant};
use stream::pipeline::{Pipeline, Screen, ScreenError};
use stream::viewer::{Event, Open, PathMemory, Phase, View, Viewer};
use tokio::sync::Mutex;

/// As at the start of a viewer.
const WANTED: View = View { max_fps: 10, quality: 60 };
/// For the first picture.
const PATIENCE: Duration = Duration::from_secs(25);
/// After it, for figures with a round trip.
const FIGURES: Duration = Duration::from_millis(2500);

/// Nobody looks at it.
struct Blind;

impl Screen for Blind {
    fn show(&mut self, _: &Planes, _: &Change) -> Result<(), ScreenError> {
        Ok(())
    }
}

/// What was seen.
#[derive(Default)]
struct Seen {
    size: Option<(u32, u32)>,
    first: Option<Duration>,
    relayed: Option<bool>,
    round_trip: Option<Duration>,
}

pub(super) async fn first(setup: &Setup, shared: &Shared) -> Finding {
    if setup.desktop.is_none() {
        return Finding::skipped(tr!("doctor-not-opened"), tr!("doctor-not-opened-next"));
    }
    let Some(session) = shared.session.lock().clone() else { return words::signed_out() };
    let pipeline = Pipeline::start(Box::new(Blind), jpeg::Limits::default(), Arc::new(|| {}));
    let pipeline = match pipeline {
        Ok(pipeline) => Arc::new(Mutex::new(pipeline)),
        Err(error) => return Finding::failed(words::no_thread(&error), ""),
    };
    let open = Open {
        ice_servers: session.servers.clone(),
        mode: setup.mode,
        relay_only: setup.relay_only,
        memory: PathMemory::default(),
        loopback: setup.loopback,
        view: WANTED,
        agent: setup.agent.clone(),
    };
    let (viewer, events) = Viewer::open(setup.door.clone(), open, pipeline);
    let watched = watch(&session, shared, &viewer, events).await;
    viewer.close();
    match watched {
        Ok(seen) => {
            words::picture(&session.desktop, seen.first, seen.size, seen.relayed, seen.round_trip)
        }
        Err(finding) => finding,
    }
}

/// Carries signals between the two until a picture was there, and a round trip after it.
async fn watch(
    session: &Session,
    shared: &Shared,
    viewer: &Viewer,
    mut events: tokio::sync::mpsc::Receiver<Event>,
) -> Result<Seen, Finding> {
    let lost = || words::failed(&say::cloud_offline());
    let mut line = shared.line.lock().await;
    let line = line.as_mut().ok_or_else(lost)?;
    let begun = Instant::now();
    let mut until = begun + PATIENCE;
    let mut seen = Seen::default();
    loop {
        tokio::select! {
            () = tokio::time::sleep_until(until.into()) => {
                return if seen.first.is_some() { Ok(seen) } else { Err(words::no_picture(&session.desktop)) };
            }
            event = line.events.recv() => match event.ok_or_else(lost)? {
                Cloud::Message(FromCloud::Signal { session: of, signal }) if of == session.id => {
                    if let Some(signal) = to_stream(signal) && viewer.signal(signal).is_err() {
                        tracing::warn!("a signal was dropped: the viewer takes no more");
                    }
                }
                Cloud::Message(FromCloud::SessionClosed { session: of, .. })
                    if of == session.id && seen.first.is_none() =>
                {
                    return Err(words::desktop_left(&session.desktop));
                }
                _ => {}
            },
            event = events.recv() => match event.ok_or_else(lost)? {
                Event::Signal(signal) => {
                    let signal = from_stream(signal);
                    let message = ToCloud::Signal { session: session.id.clone(), signal };
                    line.realtime.send(message).map_err(|_| lost())?;
                }
                Event::Size(width, height) => seen.size = Some((width, height)),
                Event::Phase(Phase::Live { relayed }) => {
                    seen.relayed = relayed.or(seen.relayed);
                    if seen.first.is_none() {
                        seen.first = Some(begun.elapsed());
                        until = Instant::now() + FIGURES;
                    }
                }
                Event::Stats(_, Some(round_trip)) if seen.first.is_some() => {
                    seen.round_trip = Some(round_trip);
                    return Ok(seen);
                }
                Event::Ended(end) => {
                    let said = say::ended(&end, &session.desktop);
                    return Err(said.map_or_else(lost, |(problem, _)| words::failed(&problem)));
                }
                _ => {}
            }
        }
    }
}
