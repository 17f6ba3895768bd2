//! A cloud desktop beside a conversation with a real OpenClaw gateway.

use e2e::World;
use e2e::gateway::GatewayWorld;
use multiclaw_core::Command;
use multiclaw_core::engine::Config;
use multiclaw_core::model::EntryKind;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_desktop_s_picture_goes_into_the_conversation() {
    let gateway = GatewayWorld::shared();
    let world = World::start(None).await;
    let source = desktop::Choice::Painted { size: (640, 360), motion_fps: 0 };
    let _daemon = world.daemon(source).await;
    let config = Config { gateway: gateway.environment_with(&[]), ..world.app_config() };
    let app = world.app(config);
    app.gateway().await;
    app.live().await;
    app.until_picture("anything", |_, _, rgba| rgba.iter().any(|byte| *byte > 0)).await;
    let key = app.new_chat().await;
    app.core.send(Command::AttachDesktop);
    let file = app
        .chat("the screenshot", |open| {
            open.attachments.first().filter(|file| !file.reading).cloned()
        })
        .await;
    assert!(file.picture && file.problem.is_none() && file.bytes > 1000, "{file:?}");
    assert!(file.name.starts_with("build-box "), "{}", file.name);
    let preview = file.preview.as_ref().unwrap();
    assert_eq!((preview.width * 9, preview.width <= 512), (preview.height * 16, true));
    let turn = app.turn("hello with the desktop").await;
    let EntryKind::Person { media, .. } = &turn[0].kind else { panic!("{turn:?}") };
    assert_eq!(media.len(), 1);
    assert_eq!((media[0].mime.as_str(), media[0].bytes), (file.mime.as_str(), Some(file.bytes)));
    let messages = gateway.raw().await.history(&key).await;
    let sent = messages.iter().find(|message| message["role"] == "user").unwrap();
    assert_eq!(sent["__openclaw"]["media"][0]["sizeBytes"].as_u64(), Some(file.bytes));
    // The desktop goes on meanwhile.
    app.live().await;
}
