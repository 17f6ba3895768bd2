//! Unattended screens: what they may do, and everything that is refused.

use crate::world::{Answer, World, config, refused};
use cloud::{Cloud, Config, ScreenLives};
use cloud_client::rest::Rest;
use cloud_client::screen::{self, ScreenKey, ScreenLogin};
use cloud_client::wire::{EnrolmentCode, FromCloud};
use cloud_client::{ApiError, realtime};
use serde_json::{Value, json};
use std::time::Duration;

fn host(w: &World) -> String {
    w.url.strip_prefix("https://").unwrap().to_owned()
}

async fn add(w: &World, control: bool) -> Value {
    let body = json!({ "name": "Lobby", "desktops": [w.desktop], "control": control });
    w.as_owner("POST", "screens", body).await.ok(201)
}

/// Enrols with a code, signing for this host.
async fn enrol(w: &World, key: &ScreenKey, code: &str, host: &str) -> Answer {
    let bare = EnrolmentCode::new(code.into()).bare();
    let signature = key.sign(&screen::enrolment(host, &bare, &key.public()));
    let body = json!({ "code": code, "public_key": key.public(), "signature": signature });
    w.call("", "POST", "/v1/screens/enrol", body).await
}

/// A screen that has enrolled: its key and its id.
pub async fn enrolled(w: &World, control: bool) -> (ScreenKey, String) {
    let made = add(w, control).await;
    let key = ScreenKey::generate();
    let who = enrol(w, &key, made["code"].as_str().unwrap(), &host(w)).await.ok(201);
    (key, who["screen"]["id"].as_str().unwrap().to_owned())
}

async fn challenge(w: &World, id: &str) -> (String, String) {
    let body = json!({ "screen": id });
    let given = w.call("", "POST", "/v1/screens/challenge", body).await.ok(200);
    let text = |name: &str| given[name].as_str().unwrap().to_owned();
    (text("challenge"), text("expires_at"))
}

async fn answer(w: &World, id: &str, challenge: &str, signature: &str) -> Answer {
    let body = json!({ "screen": id, "challenge": challenge, "signature": signature });
    w.call("", "POST", "/v1/screens/sign-in", body).await
}

/// A bearer of the screen.
pub async fn sign_in(w: &World, key: &ScreenKey, id: &str) -> String {
    let (challenge, end) = challenge(w, id).await;
    let signature = key.sign(&screen::sign_in(&host(w), id, &challenge, &end));
    let signed_in = answer(w, id, &challenge, &signature).await.ok(200);
    assert_eq!(signed_in["expires_in"], 3600);
    signed_in["token"].as_str().unwrap().to_owned()
}

#[track_caller]
fn is_refused(answer: &Answer, status: u16, code: &str) {
    assert_eq!((answer.status, &*answer.code()), (status, code), "{}", answer.text());
}

#[tokio::test]
async fn a_screen_sees_itself_and_its_desktops() {
    let w = World::new().await;
    w.cloud.store().add_desktop(&w.workspace, "payroll").unwrap();
    let (key, id) = enrolled(&w, false).await;
    let token = sign_in(&w, &key, &id).await;
    let who = w.call(&token, "GET", "/v1/screen", Value::Null).await.ok(200);
    assert_eq!(who["screen"], json!({ "id": id, "name": "Lobby", "control": false }));
    assert_eq!(who["workspace"]["name"], "Works");
    let list = w.call(&token, "GET", "/v1/screen/desktops", Value::Null).await.ok(200);
    assert_eq!(list["desktops"].as_array().unwrap().len(), 1);
    assert_eq!(list["desktops"][0]["name"], "build-box");
    let shown = w.as_owner("GET", "screens", Value::Null).await.ok(200);
    let shown = &shown["screens"][0];
    assert_eq!((&shown["enrolled"], &shown["creator"]), (&json!(true), &json!("Ada Lovelace")));
    assert!(shown["last_seen"].is_string() && shown["expires_at"].is_null(), "{shown}");
    assert_eq!(shown["desktops"], json!([w.desktop]));
}

#[tokio::test]
async fn every_other_route_is_closed_to_it() {
    let w = World::new().await;
    let (key, id) = enrolled(&w, true).await;
    let token = sign_in(&w, &key, &id).await;
    let own = ["/v1/screen", "/v1/screen/desktops", "/v1/realtime/token"];
    // Those that nobody has a bearer for yet, the page for a person, and the two sockets, which
    // take another kind of token.
    let open = ["/v1/sign-in", "/v1/invitations/accept", "/v1/device", "/device", "/v1/screens/"];
    let sockets = ["/v1/realtime", "/app/{key}"];
    let mut closed = 0;
    for (method, path) in Cloud::routes() {
        if own.contains(&path) || sockets.contains(&path) {
            continue;
        }
        if open.iter().any(|prefix| path.starts_with(prefix)) {
            continue;
        }
        let filled = path
            .replace("{workspace}", &w.workspace)
            .replace("{id}", &w.desktop)
            .replace("{provider}", "openai");
        // A body that could be read as any: what is refused is refused before it is looked at.
        let answer = w.call(&token, method, &filled, json!({})).await;
        assert_eq!(answer.status, 403, "{method} {path}: {}", answer.text());
        closed += 1;
    }
    assert!(closed > 40, "{closed}");
    assert_eq!(refused(w.connect(&token).await), 401, "a bearer is no realtime token");
}

#[tokio::test]
async fn nobody_else_is_let_in_where_screens_are() {
    let w = World::new().await;
    for token in [&w.owner.token, &w.member.token, &w.daemon, &w.runner] {
        for path in ["/v1/screen", "/v1/screen/desktops"] {
            is_refused(&w.call(token, "GET", path, Value::Null).await, 403, "forbidden");
        }
    }
    is_refused(&w.call("", "GET", "/v1/screen", Value::Null).await, 401, "token_invalid");
}

#[tokio::test]
async fn only_an_owner_adds_one_and_only_for_desktops_of_the_workspace() {
    let w = World::new().await;
    let body = |desktops: Value| json!({ "name": "Lobby", "desktops": desktops, "control": false });
    let post =
        async |token: &str, body: Value| w.call(token, "POST", &w.path("screens"), body).await;
    let own = json!([w.desktop]);
    is_refused(&post(&w.member.token, body(own.clone())).await, 403, "forbidden");
    is_refused(&post(&w.stranger.token, body(own)).await, 404, "not_found");
    let other = w.cloud.store().find_workspace("Others").unwrap().unwrap();
    let (foreign, _) = w.cloud.store().add_desktop(&other, "theirs").unwrap();
    for desktops in [json!([foreign]), json!([w.desktop, foreign]), json!(["d-none"])] {
        is_refused(&post(&w.owner.token, body(desktops)).await, 404, "not_found");
    }
    let many: Vec<String> = (0..33).map(|n| format!("d-{n}")).collect();
    for desktops in [json!([]), json!(["a/b"]), json!("d"), json!(many)] {
        is_refused(&post(&w.owner.token, body(desktops)).await, 400, "bad_request");
    }
    let unnamed = json!({ "name": " ", "desktops": [w.desktop], "control": false });
    is_refused(&post(&w.owner.token, unnamed).await, 400, "bad_request");
    let list = w.as_owner("GET", "screens", Value::Null).await.ok(200);
    assert_eq!(list["screens"], json!([]), "nothing was half made");
}

#[tokio::test]
async fn a_code_is_good_once_and_for_its_time() {
    let lives = ScreenLives { code: Duration::from_secs(2), ..config().screens };
    let w = World::start(Config { screens: lives, ..config() }).await;
    let key = ScreenKey::generate();
    let made = add(&w, false).await;
    let code = made["code"].as_str().unwrap().to_owned();
    // What is wrong does not use the code up.
    is_refused(&enrol(&w, &key, &code, "evil.example").await, 400, "bad_request");
    is_refused(&enrol(&w, &key, "0000-0000-0000", &host(&w)).await, 410, "gone");
    let typed = code.to_lowercase().replace('-', " ");
    enrol(&w, &key, &typed, &host(&w)).await.ok(201);
    is_refused(&enrol(&w, &ScreenKey::generate(), &code, &host(&w)).await, 410, "gone");
    let late = add(&w, false).await;
    let late = late["code"].as_str().unwrap();
    tokio::time::sleep(Duration::from_millis(2100)).await;
    is_refused(&enrol(&w, &key, late, &host(&w)).await, 410, "gone");
    let list = w.as_owner("GET", "screens", Value::Null).await.ok(200);
    assert_eq!(list["screens"].as_array().unwrap().len(), 1, "one whose code has ended goes");
}

#[tokio::test]
async fn a_key_that_is_none_is_refused() {
    let w = World::new().await;
    let made = add(&w, false).await;
    let (code, key) = (made["code"].as_str().unwrap(), ScreenKey::generate());
    let bare = EnrolmentCode::new(code.into()).bare();
    // A point of small order: signatures of it are good for any text.
    let weak = format!("AQ{}", "A".repeat(41));
    let other = ScreenKey::generate().public();
    for public in ["", "x", "====", &*weak, &*other, &"A".repeat(90)] {
        let signature = key.sign(&screen::enrolment(&host(&w), &bare, public));
        let body = json!({ "code": code, "public_key": public, "signature": signature });
        let answer = w.call("", "POST", "/v1/screens/enrol", body).await;
        is_refused(&answer, 400, "bad_request");
    }
    enrol(&w, &key, code, &host(&w)).await.ok(201);
}

#[tokio::test]
async fn only_the_key_signs_in_for_this_host_this_screen_and_once() {
    let w = World::new().await;
    let (key, id) = enrolled(&w, false).await;
    let (other_key, other) = enrolled(&w, false).await;
    let good = host(&w);
    let sign = |key: &ScreenKey, host: &str, id: &str, c: &(String, String)| {
        key.sign(&screen::sign_in(host, id, &c.0, &c.1))
    };
    let end = "2027-01-01T00:00:00Z".to_owned();
    for (name, by, at, who, later) in [
        ("another key", &other_key, &*good, &*id, None),
        ("another host", &key, "evil.example", &*id, None),
        ("another screen's name", &key, &*good, &*other, None),
        ("another end", &key, &*good, &*id, Some(end)),
    ] {
        let mut given = challenge(&w, &id).await;
        let challenge = given.0.clone();
        given.1 = later.unwrap_or(given.1);
        let refusal = answer(&w, &id, &challenge, &sign(by, at, who, &given)).await;
        assert_eq!((refusal.status, &*refusal.code()), (401, "token_invalid"), "{name}");
    }
    // A challenge that was made for one screen is no other's.
    let given = challenge(&w, &other).await;
    let refusal = answer(&w, &id, &given.0, &sign(&key, &good, &id, &given)).await;
    is_refused(&refusal, 401, "token_invalid");
    // A good answer, and the same once more.
    let given = challenge(&w, &id).await;
    let signature = sign(&key, &good, &id, &given);
    answer(&w, &id, &given.0, &signature).await.ok(200);
    is_refused(&answer(&w, &id, &given.0, &signature).await, 401, "token_invalid");
    // One that was answered wrongly is used up, too.
    let given = challenge(&w, &id).await;
    is_refused(&answer(&w, &id, &given.0, "AAAA").await, 401, "token_invalid");
    let signature = sign(&key, &good, &id, &given);
    is_refused(&answer(&w, &id, &given.0, &signature).await, 401, "token_invalid");
    // What screens there are is not told: a made-up one is asked to sign, too.
    let given = challenge(&w, "k-none").await;
    let signature = sign(&key, &good, "k-none", &given);
    is_refused(&answer(&w, "k-none", &given.0, &signature).await, 401, "token_invalid");
}

#[tokio::test]
async fn bearers_and_challenges_end() {
    let second = Duration::from_secs(1);
    let lives = ScreenLives { challenge: second, bearer: 2 * second, ..config().screens };
    let w = World::start(Config { screens: lives, ..config() }).await;
    let (key, id) = enrolled(&w, false).await;
    let given = challenge(&w, &id).await;
    let signature = key.sign(&screen::sign_in(&host(&w), &id, &given.0, &given.1));
    tokio::time::sleep(second).await;
    is_refused(&answer(&w, &id, &given.0, &signature).await, 401, "token_invalid");
    let login = ScreenLogin::new(
        Rest::new(w.door.clone(), &w.url),
        id.clone(),
        ScreenKey::parse(&key.to_text()).unwrap(),
    );
    assert_eq!(login.identity().await.unwrap().screen.id, id);
    tokio::time::sleep(2 * second).await;
    // The bearer has ended, though the client thinks it good for a minute: it signs in again.
    assert_eq!(login.identity().await.unwrap().screen.id, id);
    assert_eq!(login.desktops().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_socket_hears_of_its_desktops_only_and_opens_no_other() {
    let w = World::new().await;
    let (payroll, payroll_daemon) = w.cloud.store().add_desktop(&w.workspace, "payroll").unwrap();
    let (key, id) = enrolled(&w, false).await;
    let token = sign_in(&w, &key, &id).await;
    let connect = async |bearer: &str| {
        let token = w.call(bearer, "POST", "/v1/realtime/token", json!({})).await.ok(200);
        let mut socket = w.connect(token["token"].as_str().unwrap()).await.unwrap();
        assert!(matches!(socket.next().await, FromCloud::Ready { .. }));
        socket
    };
    let mut screen = connect(&token).await;
    // Each of these goes to people; the screen hears of the last one only.
    w.as_owner("POST", "tasks", json!({ "title": "Secret", "brief": "" })).await.ok(201);
    let mut secret_daemon = connect(&payroll_daemon).await;
    let mut daemon = connect(&w.daemon).await;
    let FromCloud::Desktop { desktop } = screen.next().await else { panic!("not a desktop") };
    assert_eq!(desktop.id, w.desktop);
    let open = |desktop: &str| {
        json!({ "type": "session-open", "desktop": desktop, "request": "r" }).to_string()
    };
    screen.send(&open(&payroll)).await;
    let FromCloud::SessionRefused { code, .. } = screen.next().await else { panic!("opened") };
    assert_eq!(code, "not_found");
    screen.send(&open(&w.desktop)).await;
    let opened = |m: &FromCloud| match m {
        FromCloud::SessionOpened { session, view_only, viewer, .. } => {
            Some((session.clone(), *view_only, viewer.clone()))
        }
        _ => None,
    };
    let (session, view_only, _) = screen.until(opened).await;
    let (same, told, viewer) = daemon.until(opened).await;
    assert_eq!((same, view_only, told), (session.clone(), true, true));
    assert_eq!(viewer.as_deref(), Some("Lobby"));
    // Removing it closes its socket and its session, and ends the bearer, at once.
    w.as_owner("DELETE", &format!("screens/{id}"), Value::Null).await.ok(204);
    assert_eq!(screen.closed().await, 4003);
    let (closed, code) = daemon
        .until(|m| match m {
            FromCloud::SessionClosed { session, code, .. } => Some((session.clone(), code.clone())),
            _ => None,
        })
        .await;
    assert_eq!((closed, &*code), (session, "revoked"));
    is_refused(&w.call(&token, "GET", "/v1/screen", Value::Null).await, 401, "token_invalid");
    let given = challenge(&w, &id).await;
    let signature = key.sign(&screen::sign_in(&host(&w), &id, &given.0, &given.1));
    is_refused(&answer(&w, &id, &given.0, &signature).await, 401, "token_invalid");
    secret_daemon.send("{\"type\":\"later\"}").await;
}

#[tokio::test]
async fn a_realtime_token_opens_nothing_once_the_screen_is_removed() {
    let w = World::new().await;
    let (key, id) = enrolled(&w, true).await;
    let token = sign_in(&w, &key, &id).await;
    let realtime = w.call(&token, "POST", "/v1/realtime/token", json!({})).await.ok(200);
    w.as_owner("DELETE", &format!("screens/{id}"), Value::Null).await.ok(204);
    assert_eq!(refused(w.connect(realtime["token"].as_str().unwrap()).await), 401);
}

#[tokio::test]
async fn another_workspaces_owner_removes_nothing() {
    let w = World::new().await;
    let (key, id) = enrolled(&w, false).await;
    let me = w.call(&w.stranger.token, "GET", "/v1/me", Value::Null).await.ok(200);
    let own = me["workspaces"][0]["id"].as_str().unwrap();
    let path = format!("/v1/workspaces/{own}/screens/{id}");
    is_refused(&w.call(&w.stranger.token, "DELETE", &path, Value::Null).await, 404, "not_found");
    sign_in(&w, &key, &id).await;
}

#[tokio::test]
async fn guessing_codes_is_slow() {
    let mut limits = config().limits;
    limits.address.burst = 5;
    let w = World::start(Config { limits, ..config() }).await;
    let key = ScreenKey::generate();
    let mut codes = Vec::new();
    for _ in 0..8 {
        codes.push(enrol(&w, &key, "0000-0000-0000", &host(&w)).await.status);
    }
    assert!(codes.contains(&429), "{codes:?}");
}

/// The app's own client: it stays signed in, and stops for good when the owner removes it.
#[tokio::test]
async fn the_clients_connection_ends_with_the_screen() {
    let w = World::new().await;
    let (key, id) = enrolled(&w, false).await;
    let rest = Rest::new(w.door.clone(), &w.url);
    let login = ScreenLogin::new(rest.clone(), id.clone(), key);
    let (_held, mut events) = realtime::Realtime::screen(rest, login.clone());
    let mut next = async || {
        tokio::time::timeout(crate::world::PATIENCE, events.recv()).await.unwrap().unwrap()
    };
    let online = |e: &realtime::Event| {
        matches!(e, realtime::Event::State(realtime::LinkState::Online { .. }))
    };
    while !online(&next().await) {}
    w.as_owner("DELETE", &format!("screens/{id}"), Value::Null).await.ok(204);
    let reason = loop {
        if let realtime::Event::State(realtime::LinkState::Stopped(reason)) = next().await {
            break reason;
        }
    };
    assert_eq!(reason, realtime::StopReason::SignedOut);
    assert_eq!(login.identity().await.unwrap_err(), ApiError::SignedOut);
}
