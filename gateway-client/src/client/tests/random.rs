//! Anything, in any order.

use super::*;
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Act {
    Text(String),
    Close(u16),
    Broke(u8),
    Opened,
    Wait,
    Nudge,
    Slept,
}

fn acts() -> impl Strategy<Value = Act> {
    let texts = vec![
        welcome("a"),
        welcome("b"),
        event("connect.challenge", &json!({"nonce": "n", "ts": 5}), None),
        event("shutdown", &json!({"restartExpectedMs": 5}), Some(3)),
        event("shutdown", &json!(null), Some(9)),
        refuse("UNAVAILABLE", &json!({"reason": "startup-sidecars"})),
        refuse("INVALID_REQUEST", &json!({"code": "AUTH_TOKEN_MISMATCH"})),
        refuse("INVALID_REQUEST", &json!({"code": "AUTH_DEVICE_TOKEN_MISMATCH"})),
        refuse("NOT_PAIRED", &json!({"code": "PAIRING_REQUIRED"})),
    ];
    prop_oneof![
        6 => proptest::sample::select(texts).prop_map(Act::Text),
        1 => "\\PC{0,40}".prop_map(Act::Text),
        1 => r#"\{"type":"(res|event)","(id|event|ok|seq|payload)":[0-9a-z"]{0,5}\}"#
            .prop_map(Act::Text),
        1 => prop_oneof![Just(1000u16), Just(1012), Just(1013), any::<u16>()].prop_map(Act::Close),
        1 => any::<u8>().prop_map(Act::Broke),
        5 => Just(Act::Opened),
        3 => Just(Act::Wait),
        1 => Just(Act::Nudge),
        1 => Just(Act::Slept),
    ]
}

proptest! {
    /// Whatever comes, in whatever order: no panic, and no state without a way out of it.
    #[test]
    fn nothing_breaks_the_machine(
        acts in prop::collection::vec(acts(), 0..80), shared in any::<bool>(), mine in any::<bool>(),
    ) {
        let mut world = World::new(shared.then_some("t"), mine.then(|| grant("mine", &ALL)));
        for act in acts {
            match act {
                Act::Text(text) => world.text(&text),
                Act::Close(code) => world.close(code),
                Act::Broke(0) => world.broke(nobody()),
                Act::Broke(1) => world.broke(NetError::Upgrade { status: 503 }),
                Act::Broke(_) => world.broke(NetError::TooLarge),
                Act::Opened => world.machine.opened(world.now),
                Act::Wait if world.machine.deadline().is_some() => {
                    prop_assert!(world.wait() <= 300 * SECOND);
                }
                Act::Wait => {}
                Act::Nudge => world.machine.nudge(),
                Act::Slept => world.machine.slept(),
            }
            world.act();
            let opening = world.opens > world.closes;
            let refused = matches!(world.state(), LinkState::Refused(_));
            prop_assert!(world.machine.deadline().is_some() || opening || refused);
            prop_assert_eq!(world.machine.is_online(), matches!(world.state(), LinkState::Online(_)));
        }
    }
}
