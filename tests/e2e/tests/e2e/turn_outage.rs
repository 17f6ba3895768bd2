//! The relay goes away and comes back.

use crate::turn_world::{Coturn, HOUR, Papers, free_port, turn, turns};
use desktop::Choice;
use e2e::{App, World};
use multiclaw_core::engine::Config;
use multiclaw_core::model::ViewerState;
use std::time::{Duration, Instant};

/// Watches a desktop through a relay that is gone for `gap`. Gives how long the picture took
/// from the moment the relay listened again.
async fn outage(gap: Duration) -> Duration {
    let papers = Papers::new("localhost");
    let coturn = Coturn::tls(&papers, free_port());
    let port = coturn.port;
    let mut world = World::start(Some(turn(&[turns(port)], HOUR))).await;
    world.trusted.push(papers.authority.clone());
    let _daemon = world.daemon(Choice::Painted { size: (640, 480), motion_fps: 15 }).await;
    let app = world.app(Config { relay_only: true, ..world.app_config() });
    app.live().await;
    moving(&app).await;
    drop(coturn);
    app.until("the outage to be noticed", |m| {
        let state = &m.viewer.as_ref()?.state;
        (!matches!(state, ViewerState::Live { .. })).then_some(())
    })
    .await;
    tokio::time::sleep(gap).await;
    let before = app.picture().unwrap();
    let coturn = Coturn::tls(&papers, port);
    let back = Instant::now();
    app.until_picture("a new picture", |w, h, rgba| {
        (w, h, rgba) != (before.0, before.1, &before.2)
    })
    .await;
    let took = back.elapsed();
    app.live().await;
    moving(&app).await;
    drop(coturn);
    took
}

/// Waits for a change of the picture.
async fn moving(app: &App) {
    let before = app.picture().unwrap();
    app.until_picture("a change", |w, h, rgba| (w, h, rgba) != (before.0, before.1, &before.2))
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_picture_is_back_soon_after_the_relay() {
    for gap in [Duration::ZERO, Duration::from_secs(4)] {
        let took = outage(gap).await;
        println!("relay gone for {gap:?} and its start: picture after {took:?}");
        assert!(took < Duration::from_secs(10), "{took:?}");
    }
}
