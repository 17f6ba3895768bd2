//! The hub without sockets.

use super::*;
use cloud_client::wire::{Item, ItemKind, Task, TaskState};

fn person(id: &str, workspace: &str) -> Subject {
    Subject {
        id: id.to_owned(),
        workspace: workspace.to_owned(),
        desktop: None,
        name: id.to_owned(),
        sid: format!("sid-{id}"),
        role: Role::Member,
        screen: None,
    }
}

fn daemon(desktop: &str, workspace: &str) -> Subject {
    Subject { desktop: Some(desktop.into()), ..person(desktop, workspace) }
}

fn open(hub: &mut Hub, from: SocketId, desktop: &str) {
    let (desktop, request) = (desktop.to_owned(), "r".to_owned());
    hub.message(from, ToCloud::SessionOpen { desktop, request }, |_| Vec::new());
}

fn all(queue: &mut mpsc::Receiver<Outgoing>) -> Vec<FromCloud> {
    let mut messages = Vec::new();
    while let Ok(out) = queue.try_recv() {
        match out {
            Outgoing::Message(message) if matches!(*message, FromCloud::Ready { .. }) => {}
            Outgoing::Message(message) => messages.push(*message),
            Outgoing::Close(_) => {}
        }
    }
    messages
}

fn session(messages: &[FromCloud]) -> String {
    messages
        .iter()
        .find_map(|m| match m {
            FromCloud::SessionOpened { session, .. } => Some(session.clone()),
            _ => None,
        })
        .expect("no session")
}

fn signal(session: &str) -> ToCloud {
    ToCloud::Signal { session: session.into(), signal: Signal::EndOfCandidates }
}

#[test]
fn signals_pass_between_the_two_ends_only() {
    let mut hub = Hub::default();
    let (viewer, mut to_viewer) = hub.join(person("ada", "w1"), 0);
    let (desk, mut to_desk) = hub.join(daemon("d1", "w1"), 0);
    let (colleague, mut to_colleague) = hub.join(person("bob", "w1"), 0);
    let (stranger, mut to_stranger) = hub.join(person("eve", "w2"), 0);
    let (other_desk, _to_other_desk) = hub.join(daemon("d2", "w1"), 0);
    open(&mut hub, viewer, "d1");
    let id = session(&all(&mut to_viewer));
    assert_eq!(session(&all(&mut to_desk)), id);
    for intruder in [colleague, stranger, other_desk] {
        hub.message(intruder, signal(&id), |_| Vec::new());
    }
    assert_eq!(all(&mut to_viewer), []);
    assert_eq!(all(&mut to_desk), []);
    for queue in [&mut to_colleague, &mut to_stranger] {
        let answer = all(queue);
        assert!(matches!(&answer[..], [FromCloud::Error { code, .. }] if code == "not_in_session"));
    }
    hub.message(viewer, signal(&id), |_| Vec::new());
    hub.message(desk, signal(&id), |_| Vec::new());
    assert_eq!(all(&mut to_desk).len(), 1);
    assert_eq!(all(&mut to_viewer).len(), 1);
}

#[test]
fn another_workspace_does_not_learn_that_a_desktop_exists() {
    let mut hub = Hub::default();
    let (stranger, mut to_stranger) = hub.join(person("eve", "w2"), 0);
    let (_desk, mut to_desk) = hub.join(daemon("d1", "w1"), 0);
    open(&mut hub, stranger, "d1");
    let answer = all(&mut to_stranger);
    assert!(matches!(&answer[..], [FromCloud::SessionRefused { code, .. }] if code == "not_found"));
    assert_eq!(all(&mut to_desk), []);
}

#[test]
fn an_end_that_leaves_closes_its_sessions() {
    let mut hub = Hub::default();
    let (viewer, mut to_viewer) = hub.join(person("ada", "w1"), 0);
    let (desk, _to_desk) = hub.join(daemon("d1", "w1"), 0);
    open(&mut hub, viewer, "d1");
    all(&mut to_viewer);
    assert_eq!(hub.leave(desk), ["d1"]);
    let told = all(&mut to_viewer);
    assert!(matches!(&told[..], [FromCloud::SessionClosed { code, .. }] if code == "peer_gone"));
    open(&mut hub, viewer, "d1");
    let told = all(&mut to_viewer);
    assert!(matches!(&told[..], [FromCloud::SessionRefused { code, .. }] if code == "offline"));
}

#[test]
fn a_second_daemon_replaces_the_first_and_viewers_are_counted() {
    let mut hub = Hub::default();
    let (_, mut first) = hub.join(daemon("d1", "w1"), 0);
    let (_, mut second) = hub.join(daemon("d1", "w1"), 0);
    let mut last = None;
    while let Ok(out) = first.try_recv() {
        last = Some(out);
    }
    assert_eq!(last, Some(Outgoing::Close(Close::Replaced)));
    let mut told = Vec::new();
    for n in 0..=MAX_VIEWERS {
        let (viewer, mut queue) = hub.join(person(&format!("p{n}"), "w1"), 0);
        open(&mut hub, viewer, "d1");
        told.extend(all(&mut queue));
    }
    assert!(matches!(told.last(), Some(FromCloud::SessionRefused { code, .. }) if code == "busy"));
    assert_eq!(all(&mut second).len(), MAX_VIEWERS);
}

#[test]
fn a_socket_that_does_not_read_is_dropped() {
    let mut hub = Hub::default();
    let (viewer, mut queue) = hub.join(person("ada", "w1"), 0);
    let (_, mut desk) = hub.join(daemon("d1", "w1"), 0);
    open(&mut hub, viewer, "d1");
    all(&mut desk);
    for _ in 0..=QUEUE {
        hub.message(viewer, signal("none"), |_| Vec::new());
    }
    while queue.try_recv().is_ok() {}
    assert_eq!(queue.try_recv(), Err(mpsc::error::TryRecvError::Disconnected));
    assert_eq!(hub.leave(viewer), ["d1"]);
    let told = all(&mut desk);
    assert!(matches!(&told[..], [FromCloud::SessionClosed { code, .. }] if code == "peer_gone"));
}

fn owner(id: &str, workspace: &str) -> Subject {
    Subject { role: Role::Owner, ..person(id, workspace) }
}

fn event(seq: u64, audience: Audience) -> Effect {
    Effect::Event { seq, audience, what: What::Removed(ItemKind::Task, format!("t{seq}")) }
}

/// `(seq, before)` of the events that came.
fn numbers(queue: &mut mpsc::Receiver<Outgoing>) -> Vec<(u64, u64)> {
    let number = |message| match message {
        FromCloud::Changed { seq, before, .. } | FromCloud::Removed { seq, before, .. } => {
            Some((seq, before))
        }
        _ => None,
    };
    all(queue).into_iter().filter_map(number).collect()
}

#[test]
fn an_event_goes_to_those_who_may_see_it_and_before_steps_over_the_rest() {
    let mut hub = Hub::default();
    let (_, mut ada) = hub.join(owner("ada", "w1"), 4);
    let (_, mut bob) = hub.join(person("bob", "w1"), 4);
    let (_, mut cy) = hub.join(person("cy", "w1"), 4);
    let (_, mut eve) = hub.join(owner("eve", "w2"), 0);
    let (_, mut desk) = hub.join(daemon("d1", "w1"), 4);
    let effects = vec![
        event(5, Audience::Everyone),
        event(6, Audience::Owners),
        event(7, Audience::OwnersAnd("bob".into())),
        event(8, Audience::Everyone),
    ];
    assert_eq!(hub.apply("w1", effects), [""; 0]);
    assert_eq!(numbers(&mut ada), [(5, 4), (6, 5), (7, 6), (8, 7)]);
    assert_eq!(numbers(&mut bob), [(5, 4), (7, 5), (8, 7)]);
    assert_eq!(numbers(&mut cy), [(5, 4), (8, 5)]);
    assert_eq!(all(&mut eve), []);
    assert_eq!(all(&mut desk), []);
}

#[test]
fn who_comes_later_starts_from_the_number_of_ready() {
    let mut hub = Hub::default();
    let (_, mut first) = hub.join(person("ada", "w1"), 0);
    hub.apply("w1", vec![event(1, Audience::Everyone)]);
    let (_, mut second) = hub.join(person("bob", "w1"), 1);
    let Ok(Outgoing::Message(message)) = second.try_recv() else { panic!("nothing came") };
    let FromCloud::Ready { seq, .. } = *message else { panic!("no ready") };
    assert_eq!(seq, 1);
    hub.apply("w1", vec![event(2, Audience::Everyone)]);
    assert_eq!(numbers(&mut first), [(1, 0), (2, 1)]);
    assert_eq!(numbers(&mut second), [(2, 1)]);
}

#[test]
fn a_change_by_another_program_shows_as_a_gap() {
    let mut hub = Hub::default();
    let (_, mut ada) = hub.join(person("ada", "w1"), 3);
    // Number 4 was written by another process. Who has applied 3 must see that 4 is missing.
    hub.apply("w1", vec![event(5, Audience::Everyone)]);
    assert_eq!(numbers(&mut ada), [(5, 4)]);
    // Numbers 6 and 7 too; who joins has them, the others have not.
    let (_, mut bob) = hub.join(person("bob", "w1"), 7);
    hub.apply("w1", vec![event(8, Audience::Everyone)]);
    assert_eq!(numbers(&mut ada), [(8, 7)]);
    assert_eq!(numbers(&mut bob), [(8, 7)]);
}

fn close_of(queue: &mut mpsc::Receiver<Outgoing>) -> Option<Close> {
    let mut close = None;
    while let Ok(out) = queue.try_recv() {
        if let Outgoing::Close(why) = out {
            close = Some(why);
        }
    }
    close
}

#[test]
fn a_removed_person_hears_nothing_after_the_removal() {
    let mut hub = Hub::default();
    let (viewer, mut bob) = hub.join(owner("bob", "w1"), 0);
    let (_, mut elsewhere) = hub.join(person("bob", "w2"), 0);
    let (_, mut ada) = hub.join(owner("ada", "w1"), 0);
    let (_, mut desk) = hub.join(daemon("d1", "w1"), 0);
    open(&mut hub, viewer, "d1");
    all(&mut desk);
    let gone = Effect::ClosePerson { person: "bob".into(), why: Close::Revoked };
    let changed = hub.apply("w1", vec![gone, event(1, Audience::Owners)]);
    assert_eq!(changed, ["d1"], "one viewer less");
    let told = all(&mut desk);
    assert!(matches!(&told[..], [FromCloud::SessionClosed { code, .. }] if code == "revoked"));
    assert_eq!(numbers(&mut ada), [(1, 0)]);
    let session = session(&all_of(&mut bob).0);
    hub.message(viewer, signal(&session), |_| Vec::new());
    assert_eq!(all(&mut desk), [], "what it still sends goes nowhere");
    assert_eq!(close_of(&mut elsewhere), Some(Close::Revoked));
}

fn all_of(queue: &mut mpsc::Receiver<Outgoing>) -> (Vec<FromCloud>, Option<Close>) {
    let (mut messages, mut close) = (Vec::new(), None);
    while let Ok(out) = queue.try_recv() {
        assert_eq!(close, None, "something came after the close");
        match out {
            Outgoing::Message(message) => messages.push(*message),
            Outgoing::Close(why) => close = Some(why),
        }
    }
    assert_eq!(close, Some(Close::Revoked));
    (messages, close)
}

#[test]
fn exactly_the_sockets_of_a_bearer_close() {
    let mut hub = Hub::default();
    let sid = |sid: &str| Subject { sid: sid.into(), ..person("ada", "w1") };
    let (_, mut one) = hub.join(sid("1"), 0);
    let (_, mut same) = hub.join(sid("1"), 0);
    let (_, mut other) = hub.join(sid("2"), 0);
    assert_eq!(hub.close_sid("1", Close::Revoked), [""; 0]);
    assert_eq!(close_of(&mut one), Some(Close::Revoked));
    assert_eq!(close_of(&mut same), Some(Close::Revoked));
    assert_eq!(close_of(&mut other), None);
    assert!(!hub.is_empty());
}

#[test]
fn a_thing_too_long_for_a_message_makes_its_readers_start_anew() {
    let mut hub = Hub::default();
    let (_, mut ada) = hub.join(person("ada", "w1"), 0);
    let task = Task {
        id: "t".into(),
        number: 1,
        title: "Tidy".into(),
        brief: "\u{1}".repeat(50_000),
        agent: None,
        state: TaskState::Queued,
        percent: None,
        attempt: 0,
        outcome: None,
        created_by: "ada".into(),
        creator: String::new(),
        created_at: String::new(),
        updated_at: String::new(),
    };
    let what = What::Changed(Box::new(Item::Task(task)));
    hub.apply("w1", vec![Effect::Event { seq: 1, audience: Audience::Everyone, what }]);
    assert_eq!(close_of(&mut ada), Some(Close::Restart));
    assert!(hub.is_empty());
}

#[test]
fn a_machine_starts_until_its_daemon_comes() {
    let mut hub = Hub::default();
    let state = |hub: &Hub| {
        let mut desktop = Desktop {
            id: "d1".into(),
            name: String::new(),
            state: DesktopState::Offline,
            viewers: 0,
            last_seen: None,
            thumbnail_at: None,
        };
        hub.complete(&mut desktop);
        desktop.state
    };
    let first = hub.start("d1").unwrap();
    assert_eq!(hub.start("d1"), None, "it does already");
    assert_eq!(state(&hub), DesktopState::Starting);
    assert!(hub.not_starting("d1"));
    assert_eq!(state(&hub), DesktopState::Offline);
    assert!(!hub.shut_down("d1"));
    let second = hub.start("d1").unwrap();
    assert!(!hub.start_is_over("d1", first), "that start was given up");
    let (_, mut desk) = hub.join(daemon("d1", "w1"), 0);
    assert_eq!(state(&hub), DesktopState::Online);
    assert!(!hub.start_is_over("d1", second) && hub.start("d1").is_none());
    assert!(hub.shut_down("d1"));
    assert_eq!(all(&mut desk), [FromCloud::Shutdown]);
}

#[test]
fn a_restart_says_so_to_both_ends() {
    let mut hub = Hub::default();
    let (viewer, mut to_viewer) = hub.join(person("ada", "w1"), 0);
    let (desk, mut to_desk) = hub.join(daemon("d1", "w1"), 0);
    open(&mut hub, viewer, "d1");
    all(&mut to_viewer);
    all(&mut to_desk);
    hub.stop();
    hub.leave(desk);
    for queue in [&mut to_viewer, &mut to_desk] {
        let told = all(queue);
        assert!(matches!(&told[..], [FromCloud::SessionClosed { code, .. }] if code == "restart"));
    }
}

#[test]
fn fresh_relay_credentials_go_to_the_ends_of_a_session_only() {
    let mut hub = Hub::default();
    let (viewer, mut to_viewer) = hub.join(person("ada", "w1"), 0);
    let (_desk, mut to_desk) = hub.join(daemon("d1", "w1"), 0);
    let (colleague, mut to_colleague) = hub.join(person("bob", "w1"), 0);
    open(&mut hub, viewer, "d1");
    let id = session(&all(&mut to_viewer));
    all(&mut to_desk);
    let ice = |name: &str| {
        vec![IceServer { urls: vec![format!("turn:{name}")], username: None, credential: None }]
    };
    for from in [viewer, colleague] {
        hub.message(from, ToCloud::RelayRenew { session: id.clone() }, ice);
    }
    let renewed = FromCloud::RelayRenewed { session: id, ice_servers: ice("ada") };
    assert_eq!(all(&mut to_viewer), [renewed]);
    assert_eq!(all(&mut to_desk), []);
    let refused = all(&mut to_colleague);
    assert!(matches!(&refused[..], [FromCloud::Error { code, .. }] if code == "not_in_session"));
}

fn screen(id: &str, desktops: &[&str], control: bool) -> Subject {
    let desktops = desktops.iter().map(|d| (*d).to_owned()).collect();
    let screen = Some(Watch { desktops, control });
    Subject { role: Role::Unknown, screen, ..person(id, "w1") }
}

#[test]
fn a_screen_signals_with_its_desktops_only() {
    let mut hub = Hub::default();
    let (screen, mut to_screen) = hub.join(screen("k-1", &["d1"], false), 0);
    let (_, mut to_desk) = hub.join(daemon("d1", "w1"), 0);
    let (_, mut to_other) = hub.join(daemon("d2", "w1"), 0);
    open(&mut hub, screen, "d2");
    let refused = all(&mut to_screen);
    assert!(
        matches!(&refused[..], [FromCloud::SessionRefused { code, .. }] if code == "not_found")
    );
    assert!(all(&mut to_other).is_empty());
    open(&mut hub, screen, "d1");
    for queue in [&mut to_screen, &mut to_desk] {
        let told = all(queue);
        assert!(
            matches!(&told[..], [FromCloud::SessionOpened { view_only: true, .. }]),
            "{told:?}"
        );
    }
    assert_eq!(hub.close_sid("sid-k-1", Close::Revoked), ["d1"]);
    let told = all(&mut to_desk);
    assert!(matches!(&told[..], [FromCloud::SessionClosed { code, .. }] if code == "revoked"));
    assert!(hub.message(screen, signal("any"), |_| Vec::new()).is_empty());
}

#[test]
fn a_screen_that_may_control_is_no_viewer_only_and_hears_nothing_of_the_workspace() {
    let mut hub = Hub::default();
    let (id, mut to_screen) = hub.join(screen("k-1", &["d1"], true), 0);
    let (_, mut to_desk) = hub.join(daemon("d1", "w1"), 0);
    open(&mut hub, id, "d1");
    let told = all(&mut to_desk);
    assert!(matches!(&told[..], [FromCloud::SessionOpened { view_only: false, .. }]), "{told:?}");
    all(&mut to_screen);
    let what = What::Removed(ItemKind::Task, "t-1".into());
    hub.apply("w1", vec![Effect::Event { seq: 1, audience: Audience::Everyone, what }]);
    let lines = Vec::new();
    hub.apply("w1", vec![Effect::Log { task: "t-1".into(), lines }]);
    hub.announce_removed("w1", "d2");
    assert!(all(&mut to_screen).is_empty());
    hub.announce_removed("w1", "d1");
    assert_eq!(all(&mut to_screen).len(), 1);
    assert!(hub.close_person("k-1", Close::Revoked).is_empty(), "a screen is no person");
}
