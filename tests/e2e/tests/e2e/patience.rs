//! A desktop that cannot be reached is tried again with patience, whatever the list says.

use desktop::Choice;
use e2e::World;
use multiclaw_core::Command;
use multiclaw_core::model::{Retry, ViewerState, WebRtcMode};
use std::time::Duration;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sessions_that_end_at_once_do_not_begin_the_next() {
    let world = World::start(None).await;
    let _daemon = world.daemon(Choice::Painted { size: (800, 600), motion_fps: 0 }).await;
    let app = world.app(multiclaw_core::engine::Config { open: None, ..world.app_config() });
    // Relays only, and the cloud names none: every session ends as it begins, and each begin and
    // end changes the number of viewers in the list.
    app.core.send(Command::SetWebRtcMode(WebRtcMode::TurnRelay));
    let id = app
        .until("the desktop", |m| match &m.desktops {
            multiclaw_core::model::Desktops::Ready(list) => Some(list.first()?.id.clone()),
            _ => None,
        })
        .await;
    app.core.send(Command::OpenDesktop(id));
    let attempt = |m: &multiclaw_core::Model| match &m.viewer.as_ref()?.state {
        ViewerState::Lost { retry: Retry::In { attempt, .. }, .. } => Some(*attempt),
        _ => None,
    };
    app.until("the first failure", attempt).await;
    tokio::time::sleep(Duration::from_secs(4)).await;
    // Waits of at least 0.5, 1, 2 and 4 seconds: at most the fourth attempt by now.
    let last = app.until("a failure", attempt).await;
    assert!(last <= 4, "{last} attempts");
}
