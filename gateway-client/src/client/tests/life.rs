//! Restarts, stops, starts, silence, gaps and sleep.

use super::*;
use crate::recorded;

#[test]
fn the_recorded_restart_is_ridden_out_in_one_state() {
    let mut world = World::new(Some("SHARED-TOKEN"), None);
    world.machine.opened(world.now);
    let frames = recorded::frames("14-restart");
    for (_, frame) in frames.iter().filter(|(from, _)| from == "gateway") {
        world.text(&frame.to_string());
    }
    let (_, close) = frames.last().unwrap();
    assert_eq!(close["code"], 1012);
    world.now += 3600 * SECOND;
    let told = world.told.len();
    world.close(1012);
    let LinkState::Restarting { since } = *world.state() else { panic!("{:?}", world.state()) };
    assert_eq!(since, world.now);
    // As it was seen: 503, then nobody for 3 s, then starting, then another boot.
    assert!(world.wait() < SECOND);
    world.broke(NetError::Upgrade { status: 503 });
    for _ in 0..6 {
        assert!(world.wait() < SECOND, "looked for often");
        world.broke(nobody());
    }
    world.wait();
    world.challenge();
    let starting = json!({"code": "UNAVAILABLE", "message": "starting", "retryable": true,
        "retryAfterMs": 700, "details": {"reason": "startup-sidecars"}});
    world.text(&json!({"type": "res", "id": "1", "ok": false, "error": starting}).to_string());
    world.close(1013);
    assert_eq!(world.wait(), Duration::from_millis(700), "as it was asked to");
    world.challenge();
    assert_eq!(world.told.len(), told + 1, "all of it is one restart");
    world.text(&welcome("boot-2"));
    assert!(matches!(world.state(), LinkState::Online(_)));
    assert_eq!(world.missed(), 1);
}

#[test]
fn a_restart_that_does_not_end_is_none() {
    let mut world = World::online();
    world.text(&event("shutdown", &json!({"restartExpectedMs": 1500}), None));
    world.close(1012);
    let start = world.now;
    while matches!(world.state(), LinkState::Restarting { .. }) {
        world.wait();
        world.broke(nobody());
        assert!(world.now - start < 600 * SECOND);
    }
    assert!(world.now - start > 60 * SECOND);
    assert!(matches!(world.state(), LinkState::Stopped { .. }));
}

#[test]
fn a_stop_is_looked_after_every_few_seconds() {
    for announced in [true, false] {
        let mut world = World::online();
        if announced {
            world.text(&event("shutdown", &json!({"reason": "gateway stopping"}), None));
        }
        world.close(1012);
        let mut opens = world.opens;
        for _ in 0..100 {
            assert!(matches!(world.state(), LinkState::Stopped { .. }), "{:?}", world.state());
            assert_eq!(world.wait(), 3 * SECOND);
            opens += 1;
            assert_eq!(world.opens, opens);
            world.broke(nobody());
        }
        // It is there again.
        world.wait();
        world.challenge();
        assert!(matches!(world.state(), LinkState::Handshake));
        world.text(&welcome("boot-2"));
        assert_eq!(world.missed(), 1);
    }
    let mut world = World::new(None, None);
    world.broke(nobody());
    assert!(matches!(world.state(), LinkState::Stopped { .. }), "it was never started");
}

#[test]
fn a_gateway_that_starts_is_waited_for_as_it_asks() {
    let starting = |after: u64| {
        let error = json!({"code": "UNAVAILABLE", "retryable": true, "retryAfterMs": after,
            "details": {"reason": "startup-sidecars"}});
        json!({"type": "res", "id": "1", "ok": false, "error": error}).to_string()
    };
    for (asked, waited) in [(500, 500), (0, 200), (u64::MAX, 30_000)] {
        let mut world = World::challenged(Some("t"), None);
        world.text(&starting(asked));
        let waited = Duration::from_millis(waited);
        assert_eq!(world.waiting(), (&ConnectError::Starting, waited));
        world.close(1013);
        assert_eq!(world.waiting().1, waited, "told already");
    }
    // One that never is ready is not hammered for ever.
    let mut world = World::new(Some("t"), None);
    let (start, opens) = (world.now, world.opens);
    while world.now - start < 3600 * SECOND {
        world.broke(NetError::Upgrade { status: 503 });
        world.wait();
    }
    assert!(world.opens - opens < 7000, "{}", world.opens);
    let mut world = World::challenged(Some("t"), None);
    world.close(1013);
    assert_eq!(world.waiting().0, &ConnectError::Starting);
}

#[test]
fn waits_grow_with_jitter_and_a_healthy_connection_starts_anew() {
    let mut world = World::new(Some("t"), None);
    let mut waits = Vec::new();
    for _ in 0..7 {
        world.broke(NetError::Upgrade { status: 404 });
        assert!(matches!(world.waiting().0, ConnectError::NotAGateway(_)));
        waits.push(world.wait().as_secs());
    }
    assert_eq!(waits, [1, 2, 4, 8, 16, 30, 30]);
    world.challenge();
    world.text(&welcome("b"));
    world.now += 61 * SECOND;
    world.machine.broke(NetError::TooLarge, world.now, 0.0);
    world.act();
    assert_eq!(world.waiting(), (&ConnectError::Net(NetError::TooLarge), SECOND / 2));
    world.machine.nudge();
    world.act();
    assert!(matches!(world.state(), LinkState::Connecting), "at once");
}

#[test]
fn silence_is_no_connection() {
    let mut world = World::online();
    world.now += 50 * SECOND;
    world.machine.heard(world.now);
    assert_eq!(world.wait(), 60 * SECOND, "twice the tick, since it was heard");
    assert_eq!(world.waiting().0, &ConnectError::Silent);
    assert!(!world.machine.is_online());
    // Also in the handshake.
    let mut world = World::new(Some("t"), None);
    world.machine.opened(world.now);
    assert_eq!(world.wait(), 15 * SECOND);
    assert_eq!(world.waiting().0, &ConnectError::Silent);
    let mut world = World::challenged(Some("t"), None);
    assert_eq!(world.wait(), 15 * SECOND);
    assert_eq!(world.waiting().0, &ConnectError::Silent);
}

#[test]
fn a_gap_in_the_numbers_is_something_missed() {
    let mut world = World::online();
    for seq in [Some(1), Some(2), None, Some(3), Some(3), Some(4)] {
        world.text(&event("tick", &json!({}), seq));
    }
    assert_eq!(world.missed(), 0);
    world.text(&event("tick", &json!({}), Some(6)));
    assert_eq!(world.missed(), 1);
    assert!(
        matches!(world.told[world.told.len() - 2..], [Event::Missed, Event::Happened(_)]),
        "before what came after it"
    );
    // They begin anew with each connection.
    world.close(1006);
    world.wait();
    world.challenge();
    world.text(&welcome("boot-1"));
    world.text(&event("tick", &json!({}), Some(1)));
    world.text(&event("tick", &json!({}), Some(u64::MAX)));
    world.text(&event("tick", &json!({}), Some(u64::MAX)));
    assert_eq!(world.missed(), 2);
}

#[test]
fn sleep_makes_a_new_connection() {
    let mut world = World::online();
    let opens = world.opens;
    world.machine.slept();
    world.act();
    assert_eq!((world.opens, world.closes), (opens + 1, 1));
    assert!(matches!(world.state(), LinkState::Connecting));
    world.broke(nobody());
    world.machine.slept();
    world.act();
    assert_eq!(world.opens, opens + 2, "no wait is worth going on with");
    world.machine.slept();
    world.act();
    assert_eq!(world.opens, opens + 2, "it is under way");
}

#[test]
fn a_nudge_looks_whether_an_open_connection_lives() {
    let mut world = World::online();
    world.machine.nudge();
    world.act();
    assert_eq!(world.sent.last(), Some(&json!("ping")));
    assert!(world.machine.is_online());
}

#[test]
fn a_broken_frame_does_not_end_a_good_connection() {
    let mut world = World::online();
    for text in ["{not json", "", r#"{"type":"res","id":"x","ok":true}"#, r#"{"type":"new"}"#] {
        world.text(text);
    }
    assert!(world.machine.is_online() && world.answers.is_empty());
    world.text(r#"{"type":"res","id":"9","ok":true,"payload":1}"#);
    assert_eq!(world.answers, [9]);
}
