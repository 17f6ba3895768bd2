//! Being let in, and being refused.

use super::*;
use crate::recorded;

/// The answer to `connect` in each case of a recording, with what the client had sent.
fn cases(name: &str) -> Vec<(Value, Value)> {
    let mut cases = Vec::new();
    let mut sent = Value::Null;
    for (from, frame) in recorded::frames(name) {
        if from == "client" && frame["id"] == "1" {
            sent = frame;
        } else if from == "gateway" && frame["type"] == "res" && frame["id"] == "1" {
            cases.push((sent.take(), frame));
        }
    }
    cases
}

#[test]
fn the_recorded_handshake_leads_online() {
    let mut world = World::new(Some("SHARED-TOKEN"), None);
    assert!(matches!(world.state(), LinkState::Connecting));
    world.machine.opened(world.now);
    world.act();
    assert!(matches!(world.state(), LinkState::Handshake));
    let mut wanted = None;
    for (from, frame) in recorded::frames("01-connect-and-reads") {
        match from.as_str() {
            "gateway" => world.text(&frame.to_string()),
            "client" if frame["id"] == "1" => wanted = Some(frame),
            _ => {}
        }
    }
    // What was sent is what the recording's client sent, but for who it is.
    let (mut sent, mut wanted) = (world.sent[0].clone(), wanted.unwrap());
    assert_eq!(sent["params"]["client"]["displayName"], "MultiClaw Desktop");
    assert_eq!(sent["params"]["caps"], json!(["tool-events", "exec-approvals"]));
    for frame in [&mut sent, &mut wanted] {
        let params = &mut frame["params"];
        params["client"].as_object_mut().unwrap().remove("displayName");
        params["caps"].take();
        for own in ["id", "publicKey", "signature"] {
            assert!(params["device"][own].take().is_string());
        }
    }
    assert_eq!(sent, wanted);
    let LinkState::Online(hello) = world.state() else { panic!("{:?}", world.state()) };
    assert_eq!((hello.version.as_str(), hello.methods.len()), ("2026.9.6", 466));
    assert_eq!(hello.boot_id, "8175a134-d3ee-4455-b94f-b52a069f41aa");
    assert_eq!(hello.scopes, ALL);
    assert_eq!((hello.max_payload, hello.tick_ms), (26_214_400, 30_000));
    assert_eq!((hello.max_attachment, hello.max_image), (19_464_192, 6_291_456));
    assert_eq!((hello.uptime_ms, hello.state_dir.as_str()), (118_224, "/PEER/state"));
    assert_eq!(hello.default_agent, "main");
    assert_eq!(hello.main_session, "agent:main:main");
    let granted: Vec<_> =
        world.told.iter().filter(|event| matches!(event, Event::Granted(_))).collect();
    let [Event::Granted(granted)] = granted[..] else { panic!("{granted:?}") };
    assert_eq!(granted, &grant("REDACTED", &ALL));
    assert_eq!(world.missed(), 0);
    assert!(world.answers.len() >= 4 && world.answers[0] == 2, "{:?}", world.answers);
    assert!(world.told.iter().any(|event| matches!(event, Event::Happened(_))));
}

#[test]
fn each_recorded_refusal_is_told_apart() {
    let mut seen = Vec::new();
    for (sent, answer) in cases("02-connect-cases").into_iter().chain(cases("13-pairing")) {
        let params = &sent["params"];
        let shared = params["auth"]["token"].as_str();
        let device = params["auth"]["deviceToken"].as_str().map(|token| grant(token, &ALL));
        let mut world = World::challenged(shared, device);
        world.text(&answer.to_string());
        match world.state() {
            LinkState::Online(hello) => assert_eq!(answer["ok"], true, "{hello:?}"),
            LinkState::Refused(refusal) => seen.push(refusal.clone()),
            LinkState::Waiting { error: ConnectError::Other(message), .. } => {
                let code = answer["error"]["details"]["code"].as_str().unwrap();
                assert!(code.ends_with("EXPIRED") || code.ends_with("NONCE_MISMATCH"), "{message}");
            }
            other => panic!("{other:?}: {answer}"),
        }
    }
    let other = |refusal: &Refusal, text: &str| match refusal {
        Refusal::Other { code, message } => code == text || message.contains(text),
        _ => false,
    };
    let pairing = |wanted: &str, refusal: &Refusal| match refusal {
        Refusal::PairingNeeded { request, reason } => request.len() == 36 && reason == wanted,
        _ => false,
    };
    let count = |is: &dyn Fn(&Refusal) -> bool| seen.iter().filter(|refusal| is(refusal)).count();
    assert_eq!(count(&|r| other(r, "AUTH_SCOPE_MISMATCH")), 1);
    assert_eq!(count(&|r| *r == Refusal::TokenMissing), 1);
    assert_eq!(count(&|r| *r == Refusal::DeviceRemoved), 1);
    assert_eq!(count(&|r| *r == Refusal::TokenWrong), 1);
    assert_eq!(count(&|r| *r == Refusal::TooNew { gateway: 4 }), 0, "4 is what is spoken");
    let device = |code: &str| Refusal::DeviceRefused { code: code.into() };
    assert_eq!(count(&|r| *r == device("DEVICE_IDENTITY_REQUIRED")), 1);
    assert_eq!(count(&|r| *r == device("DEVICE_AUTH_SIGNATURE_INVALID")), 1);
    assert_eq!(count(&|r| other(r, "PROTOCOL_MISMATCH")), 1);
    assert_eq!(count(&|r| other(r, "unexpected property 'foo'")), 1);
    assert_eq!(count(&|r| other(r, "equal to one of the allowed values")), 1);
    assert_eq!(count(&|r| other(r, "first request must be connect")), 1);
    assert_eq!(count(&|r| pairing("not-paired", r)), 2);
    assert_eq!(count(&|r| pairing("scope-upgrade", r)), 1);
    assert_eq!(seen.len(), 13, "{seen:#?}");
}

#[test]
fn other_refusals_are_told_apart() {
    let refused = |code: &str, details: &Value| {
        let mut world = World::challenged(Some("t"), None);
        world.text(&refuse(code, details));
        world.refusal().clone()
    };
    let with = |code: &str| json!({ "code": code });
    let mismatch = |gateway: u64| json!({"code": "PROTOCOL_MISMATCH", "expectedProtocol": gateway});
    assert_eq!(refused("INVALID_REQUEST", &mismatch(3)), Refusal::TooOld { gateway: 3 });
    assert_eq!(refused("INVALID_REQUEST", &mismatch(5)), Refusal::TooNew { gateway: 5 });
    assert_eq!(
        refused("INVALID_REQUEST", &mismatch(u64::MAX)),
        Refusal::TooNew { gateway: u32::MAX }
    );
    assert_eq!(
        refused("INVALID_REQUEST", &with("AUTH_RATE_LIMITED")),
        Refusal::RateLimited { retry_after: None }
    );
    for code in ["AUTH_PASSWORD_MISSING", "AUTH_REQUIRED", "AUTH_TOKEN_MISSING"] {
        assert_eq!(refused("INVALID_REQUEST", &with(code)), Refusal::TokenMissing);
    }
    assert_eq!(refused("INVALID_REQUEST", &with("AUTH_PASSWORD_MISMATCH")), Refusal::TokenWrong);
    let odd = refused("SOMETHING", &Value::Null);
    assert_eq!(odd, Refusal::Other { code: "SOMETHING".into(), message: "no".into() });
    let mut world = World::challenged(Some("t"), None);
    let error = json!({"code": "INVALID_REQUEST", "message": "no", "retryAfterMs": 60_000,
        "details": {"code": "AUTH_RATE_LIMITED"}});
    world.text(&json!({"type": "res", "id": "1", "ok": false, "error": error}).to_string());
    assert_eq!(world.refusal(), &Refusal::RateLimited { retry_after: Some(60 * SECOND) });
    // A welcome in another protocol.
    let mut world = World::challenged(Some("t"), None);
    world.text(&welcome("b").replace("\"protocol\":4", "\"protocol\":5"));
    assert_eq!(world.refusal(), &Refusal::TooNew { gateway: 5 });
}

#[test]
fn a_refusal_stays_until_the_person_acts() {
    let mut world = World::challenged(Some("t"), None);
    world.text(&refuse("INVALID_REQUEST", &json!({"code": "AUTH_TOKEN_MISMATCH"})));
    assert_eq!(world.refusal(), &Refusal::TokenWrong);
    let opens = world.opens;
    world.close(1008);
    world.machine.slept();
    world.now += 24 * 3600 * SECOND;
    world.machine.tick(world.now, 1.0);
    world.act();
    assert_eq!(world.opens, opens);
    world.machine.nudge();
    world.act();
    assert_eq!(world.opens, opens + 1);
    world.challenge();
    assert_eq!(world.connect()["auth"], json!({"token": "t"}), "tried again");
}

#[test]
fn the_devices_token_is_shown_first_and_the_shared_one_when_it_is_refused() {
    let mut world = World::challenged(Some("shared"), Some(grant("mine", &ALL)));
    assert_eq!(world.connect()["auth"], json!({"deviceToken": "mine"}));
    assert_eq!(world.connect()["scopes"], json!(ALL));
    let states = world.told.len();
    world.text(&refuse("INVALID_REQUEST", &json!({"code": "AUTH_DEVICE_TOKEN_MISMATCH"})));
    assert_eq!((world.opens, world.closes), (2, 1), "at once");
    assert!(matches!(world.told[states..], [Event::Revoked, Event::State(LinkState::Connecting)]));
    world.challenge();
    assert_eq!(world.connect()["auth"], json!({"token": "shared"}));
    world.text(&welcome_with("b", &json!({"scopes": ALL, "deviceToken": "another"})));
    let another = grant("another", &ALL);
    assert!(world.told.iter().any(|e| matches!(e, Event::Granted(g) if *g == another)));
    // And from then on that one.
    world.close(1006);
    world.wait();
    world.challenge();
    assert_eq!(world.connect()["auth"], json!({"deviceToken": "another"}));
    let told = world.told.len();
    world.text(&welcome_with("b", &json!({"scopes": ALL[..2], "deviceToken": "another"})));
    assert!(!world.told[told..].iter().any(|e| matches!(e, Event::Granted(_))), "it is known");
}

#[test]
fn a_grant_for_less_gives_way_to_the_shared_token() {
    let less = grant("mine", &ALL[..2]);
    let mut world = World::challenged(Some("shared"), Some(less.clone()));
    assert_eq!(world.connect()["auth"], json!({"token": "shared"}));
    let mismatch = json!({"code": "AUTH_TOKEN_MISMATCH", "canRetryWithDeviceToken": true});
    world.text(&refuse("INVALID_REQUEST", &mismatch));
    world.challenge();
    assert_eq!(world.connect()["auth"], json!({"deviceToken": "mine"}));
    assert_eq!(world.connect()["scopes"], json!(ALL[..2]), "no more than was granted");
    world.text(&refuse("INVALID_REQUEST", &json!({"code": "AUTH_DEVICE_TOKEN_MISMATCH"})));
    assert_eq!(world.refusal(), &Refusal::TokenWrong);
    assert_eq!(world.opens, 2, "each once");
    // Without a shared token it is all there is.
    let world = World::challenged(None, Some(less));
    assert_eq!(world.connect()["auth"], json!({"deviceToken": "mine"}));
    let world = World::challenged(None, None);
    assert_eq!(world.connect().get("auth"), None, "a gateway may want none");
}

#[test]
fn what_is_no_gateway_is_said_so() {
    for text in ["", "hello", "[]", r#"{"type":"event","event":"tick"}"#, &welcome("b")] {
        let mut world = World::new(Some("t"), None);
        world.machine.opened(world.now);
        world.text(text);
        assert!(matches!(world.waiting().0, ConnectError::NotAGateway(_)), "{text}");
        assert_eq!(world.closes, 1);
    }
    for payload in [json!(null), json!({"nonce": 1, "ts": 1}), json!({"nonce": "n", "ts": "1"})] {
        let mut world = World::new(Some("t"), None);
        world.machine.opened(world.now);
        world.text(&event("connect.challenge", &payload, None));
        assert!(matches!(world.waiting().0, ConnectError::NotAGateway(_)), "{payload}");
        assert!(world.sent.is_empty(), "the token is not shown to it");
    }
    let mut world = World::challenged(Some("t"), None);
    world.text(r#"{"type":"res","id":"1","ok":true,"payload":{"type":"other"}}"#);
    assert!(matches!(world.waiting().0, ConnectError::NotAGateway(_)));
}

/// What was told of the grant.
fn revoked(world: &World) -> usize {
    world.told.iter().filter(|event| matches!(event, Event::Revoked)).count()
}

#[test]
fn a_device_that_is_removed_uses_the_shared_token_next() {
    let mut world = World::challenged(Some("t"), Some(grant("d", &ALL)));
    world.text(&welcome("boot-1"));
    assert_eq!(world.connect()["auth"], json!({"deviceToken": "d"}));
    world.close(4001);
    assert_eq!(revoked(&world), 1);
    let closed = ConnectError::Closed { code: 4001, reason: "why".into() };
    assert_eq!(world.waiting(), (&closed, SECOND));
    world.wait();
    world.challenge();
    assert_eq!(world.connect()["auth"], json!({"token": "t"}));
    world.text(&welcome_with("boot-1", &json!({"scopes": ALL, "deviceToken": "d2"})));
    assert!(matches!(world.told[world.told.len() - 2], Event::Granted(_)), "{:?}", world.told);
    // One that removes it again and again is not asked without a pause.
    let mut waited = Vec::new();
    for _ in 0..8 {
        world.close(4001);
        waited.push(world.wait().as_secs());
        world.challenge();
        world.text(&welcome_with("boot-1", &json!({"scopes": ALL, "deviceToken": "d3"})));
    }
    assert_eq!(waited, [2, 4, 8, 16, 30, 30, 30, 30]);
    assert_eq!(revoked(&world), 9);
}

#[test]
fn a_device_that_is_removed_and_has_no_shared_token_is_told_so() {
    let mut world = World::challenged(None, Some(grant("d", &ALL)));
    world.text(&welcome("boot-1"));
    world.close(4001);
    assert_eq!((world.refusal(), revoked(&world)), (&Refusal::DeviceRemoved, 1));
    // The person tries it: the device is a new one to the gateway.
    world.machine.nudge();
    world.act();
    world.challenge();
    assert_eq!(world.connect().get("auth"), None);
    // The same when it was removed while nobody was connected.
    let mut world = World::challenged(None, Some(grant("d", &ALL)));
    world.text(&refuse("INVALID_REQUEST", &json!({"code": "AUTH_DEVICE_TOKEN_MISMATCH"})));
    assert_eq!((world.refusal(), revoked(&world)), (&Refusal::DeviceRemoved, 1));
    // Nothing is forgotten of what was not shown, nor of what stands for less only.
    let mut world = World::challenged(Some("t"), Some(grant("d", &["operator.read"])));
    world.text(&refuse("INVALID_REQUEST", &json!({"code": "AUTH_TOKEN_MISMATCH"})));
    assert_eq!(revoked(&world), 0);
    world.challenge();
    assert_eq!(world.connect()["auth"], json!({"deviceToken": "d"}));
    world.text(&refuse("INVALID_REQUEST", &json!({"code": "AUTH_SCOPE_MISMATCH"})));
    assert_eq!(revoked(&world), 0);
}

#[test]
fn another_users_program_is_no_gateway_and_hears_nothing() {
    for (error, user) in [
        (NetError::ForeignUser { port: 18_789, user: 1001 }, Some(1001)),
        (NetError::UnknownUser { port: 18_789 }, None),
    ] {
        let mut world = World::new(Some("t"), Some(grant("d", &ALL)));
        world.broke(error);
        assert_eq!(world.refusal(), &Refusal::ForeignUser { user });
        assert_eq!((world.sent.len(), revoked(&world)), (0, 0));
    }
}
