//! The frame around the screens, and settings.

use crate::world::*;
use egui::accesskit::Role as R;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use multiclaw_core::Command;
use multiclaw_core::model::*;
use multiclaw_ui::Screen;
use std::sync::Arc;

/// The same model at another screen.
pub fn at(model: Model, screen: Screen, size: [f32; 2]) -> Harness<'static, State> {
    let mut h = harness(model, size);
    h.state_mut().ui.as_mut().unwrap().go(screen);
    h.run_steps(2);
    h
}

/// A page of the settings.
pub fn page(model: Model, name: &str, size: [f32; 2]) -> Harness<'static, State> {
    let mut h = at(model, Screen::Settings, size);
    h.get_by_role_and_label(R::Tab, name).click();
    h.run_steps(3);
    h
}

pub fn member(mut model: Model) -> Model {
    if let Account::SignedIn(person) = &mut model.account {
        person.role = Role::Member;
    }
    model
}

pub fn offline(mut model: Model) -> Model {
    let problem = problem("The cloud does not answer.", "Check the network.");
    model.cloud = CloudLink::Waiting { seconds: 7, problem };
    model
}

pub fn entry(n: usize) -> LogEntry {
    let (host, purpose, outcome, result) = match n % 5 {
        0 => ("api.multiclaw.io", "Cloud API", Outcome::Done, "Connected with TLS 1.3."),
        1 => ("realtime.multiclaw.io", "Realtime", Outcome::Open, "Open."),
        2 => ("tracker.example.com", "Link titles", Outcome::Refused, "Not on the list."),
        3 => ("turn.multiclaw.io", "Cloud desktop", Outcome::Failed, "No answer in 10 s."),
        _ => ("api.microlink.io", "Link titles", Outcome::Done, "Connected with TLS 1.3."),
    };
    LogEntry {
        when: format!("14:{:02}:{:02}", n / 60 % 60, n % 60),
        purpose: purpose.into(),
        host: host.into(),
        port: 443,
        proxy: if n.is_multiple_of(7) { "proxy.corp:3128".into() } else { String::new() },
        result: result.into(),
        outcome,
        bytes: format!("{} kB", n % 90 + 1),
    }
}

pub fn connected(mut model: Model, many: usize) -> Model {
    model.connections = Connections {
        log: Arc::new((0..many).map(entry).collect()),
        inventory: Arc::new(vec![
            InventoryRow {
                name: "MultiClaw Cloud".into(),
                hosts: "api.multiclaw.io, realtime.multiclaw.io".into(),
                protocol: "HTTPS, WSS".into(),
                when: "While somebody is signed in.".into(),
                sends: "The sign-in, requests of the workspace, and events.".into(),
                blocked: "Nothing of the workspace can be loaded or changed.".into(),
                last: "14:03".into(),
                off: false,
            },
            InventoryRow {
                name: "Link titles".into(),
                hosts: "api.microlink.io".into(),
                protocol: "HTTPS".into(),
                when: "A message that has a link is shown.".into(),
                sends: "The link.".into(),
                blocked: "Links are shown as addresses.".into(),
                last: String::new(),
                off: true,
            },
        ]),
        proxy: "HTTPS goes through the proxy proxy.corp:3128; localhost does not.".into(),
    };
    model
}

fn press(h: &mut Harness<'_, State>, modifiers: Modifiers, key: Key) {
    h.key_press_modifiers(modifiers, key);
    h.run_steps(3);
}

fn link(h: &Harness<'_, State>, name: &str) -> bool {
    h.query_by_role_and_label(R::Link, name).is_some()
}

#[test]
fn every_screen_is_one_click_or_one_shortcut_away() {
    let mut h = harness(signed_in(three()), [1200.0, 760.0]);
    h.get_by_role_and_label(R::Link, "Cloud desktops").click();
    h.run_steps(3);
    h.get_by_label("Open build-box");
    press(&mut h, Modifiers::COMMAND, Key::Num2);
    assert!(h.query_by_label("Open build-box").is_none());
    press(&mut h, Modifiers::COMMAND, Key::Num6);
    h.get_by_label("Open build-box");
    press(&mut h, Modifiers::COMMAND, Key::Comma);
    h.get_by_role_and_label(R::Heading, "Settings");
    assert_eq!(h.state().commands, []);
}

#[test]
fn only_owners_are_offered_users() {
    let mut h = harness(member(signed_in(three())), [1200.0, 760.0]);
    assert!(!link(&h, "Users"));
    assert!(link(&h, "Agents"));
    press(&mut h, Modifiers::COMMAND, Key::Num6);
    press(&mut h, Modifiers::COMMAND, Key::Num7);
    h.get_by_label("Open build-box");
    assert!(link(&harness(signed_in(three()), [1200.0, 760.0]), "Users"));
}

#[test]
fn without_an_account_there_are_conversations_settings_and_a_way_to_sign_in() {
    let local = Model { account: Account::Local, ..Model::default() };
    for size in [[1200.0, 760.0], [640.0, 400.0]] {
        let mut h = harness(local.clone(), size);
        assert!(link(&h, "Conversations") && link(&h, "Settings"));
        assert!(!link(&h, "Tasks") && !link(&h, "Cloud desktops"));
        h.get_by_label("Sign in").click();
        h.run_steps(2);
        assert_eq!(h.state().commands, [Command::ShowSignIn]);
    }
    let h = at(local, Screen::Settings, [1200.0, 760.0]);
    assert!(h.query_by_role_and_label(R::Tab, "Account").is_none());
}

fn local(link: GatewayLink) -> Model {
    let mut model = Model { account: Account::Local, ..Model::default() };
    model.gateway.link = link;
    model
}

fn at_chat(h: &Harness<'_, State>) -> bool {
    let chat = h.get_by_role_and_label(R::Link, "Chat");
    chat.accesskit_node().toggled() == Some(egui::accesskit::Toggled::True)
}

#[test]
fn who_works_without_an_account_begins_at_the_agents_here_unless_they_chose() {
    let size = [1200.0, 760.0];
    assert!(at_chat(&harness(local(GatewayLink::Online), size)));
    // It is found a while later.
    let mut h = harness(local(GatewayLink::Looking), size);
    assert!(!at_chat(&h));
    h.state_mut().model.gateway.link = GatewayLink::Online;
    h.run_steps(2);
    assert!(at_chat(&h));
    h.get_by_role_and_label(R::Link, "Conversations").click();
    h.run_steps(3);
    assert!(!at_chat(&h), "it is not taken back");
    // Who has begun to do something stays there.
    for act in [
        egui::Event::Text("a".into()),
        egui::Event::PointerButton {
            pos: egui::pos2(700.0, 400.0),
            button: egui::PointerButton::Primary,
            pressed: true,
            modifiers: Modifiers::NONE,
        },
    ] {
        let mut h = harness(local(GatewayLink::Looking), size);
        h.event(act);
        h.run_steps(2);
        h.state_mut().model.gateway.link = GatewayLink::Online;
        h.run_steps(2);
        assert!(!at_chat(&h));
    }
    let mut model = signed_in(three());
    model.gateway.link = GatewayLink::Online;
    assert!(!at_chat(&harness(model, size)), "with an account there is the workspace");
    for link in [GatewayLink::NotInstalled, GatewayLink::Stopped] {
        assert!(!at_chat(&harness(local(link), size)));
    }
}

#[test]
fn the_gateway_is_said_in_the_sidebar_and_in_the_settings() {
    let refused = GatewayLink::Refused {
        refusal: GatewayRefusal::TokenWrong,
        problem: problem("It does not let us in.", "Do this."),
    };
    for (link, words, title) in [
        (GatewayLink::Online, "Gateway running", "Running"),
        (GatewayLink::Connecting, "Gateway connecting", "Connecting…"),
        (GatewayLink::Restarting { seconds: 2 }, "Gateway restarting", "Restarting…"),
        (GatewayLink::Stopped, "Gateway stopped", "The gateway is not running"),
        (refused, "Gateway refuses", "It does not let us in."),
    ] {
        for size in [[1200.0, 760.0], [640.0, 400.0]] {
            let mut model = signed_in(three());
            model.gateway.link = link.clone();
            let mut h = page(model, "Gateway", size);
            h.get_by_role_and_label(R::Status, words);
            h.get_by_label(title);
            h.get_by_label("Open the gateway").click();
            h.run_steps(3);
            assert_eq!(h.state().commands, [Command::WatchGateway(true)], "its own screen");
        }
    }
    let mut model = signed_in(three());
    model.gateway.link = GatewayLink::NotInstalled;
    let h = harness(model, [1200.0, 760.0]);
    assert!(
        h.query_all_by_role(R::Status)
            .all(|n| { !n.accesskit_node().label().unwrap_or_default().starts_with("Gateway") })
    );
}

#[test]
fn nothing_in_the_sidebar_covers_anything_else() {
    for size in [[1200.0, 760.0], [1200.0, 400.0], [640.0, 400.0]] {
        let mut model = signed_in(three());
        model.gateway.link = GatewayLink::Online;
        let h = harness(model, size);
        let mut below = 0.0;
        for screen in ["Chat", "Conversations", "Tasks", "Gateway", "Settings"] {
            let rect = h.get_by_role_and_label(R::Link, screen).rect();
            assert!(rect.top() >= below && rect.height() >= 20.0, "{screen} at {size:?}: {rect:?}");
            below = rect.bottom();
        }
        let cloud = h.get_by_role_and_label(R::Status, "Online").rect();
        assert!(cloud.top() >= below, "{size:?}: {cloud:?} above {below}");
        let account = h.get_by_label("Account").rect();
        assert!(account.top() >= cloud.bottom() && account.bottom() <= size[1], "{account:?}");
    }
}

#[test]
fn another_workspace_is_two_clicks_away() {
    let mut h = harness(signed_in(three()), [1200.0, 760.0]);
    h.get_by_label("Workspace Analytical Engines").click();
    h.run_steps(3);
    h.get_by_role_and_label(R::MenuItem, "Bletchley").click();
    h.run_steps(3);
    assert_eq!(h.state().commands, [Command::SwitchWorkspace("w-2".into())]);
}

#[test]
fn the_cloud_is_said_in_the_sidebar_and_offline_above_every_screen() {
    harness(signed_in(three()), [1200.0, 760.0]).get_by_label("Online");
    let connecting = Model { cloud: CloudLink::Connecting, ..signed_in(three()) };
    harness(connecting, [1200.0, 760.0]).get_by_label("Connecting…");
    for size in [[1200.0, 760.0], [640.0, 400.0]] {
        let mut h = at(offline(signed_in(three())), Screen::Tasks, size);
        h.get_by_label("The cloud does not answer.");
        h.get_by_label("Trying again in 7 s.");
        h.get_by_label("Try now").click();
        h.run_steps(2);
        h.get_by_label("Offline, retry in 7 s: reconnect").click();
        h.run_steps(2);
        assert_eq!(h.state().commands, [Command::ReconnectCloud, Command::ReconnectCloud]);
    }
}

#[test]
fn signing_out_asks_when_something_is_unsent() {
    let mut model = signed_in(three());
    let mut h = harness(model.clone(), [1200.0, 760.0]);
    for name in ["Account", "Sign out"] {
        h.get_by_label(name).click();
        h.run_steps(3);
    }
    assert_eq!(h.state().commands, [Command::SignOut]);
    model.conversations.unsent = 2;
    let mut h = harness(model, [1200.0, 760.0]);
    h.get_by_label("2 unsent");
    for name in ["Account", "Sign out"] {
        h.get_by_label(name).click();
        h.run_steps(3);
    }
    assert_eq!(h.state().commands, []);
    press(&mut h, Modifiers::NONE, Key::Escape);
    assert!(h.query_by_label("Sign out anyway").is_none());
    for name in ["Account", "Sign out", "Sign out anyway"] {
        h.get_by_label(name).click();
        h.run_steps(3);
    }
    assert_eq!(h.state().commands, [Command::SignOut]);
}

#[test]
fn the_sidebar_folds_by_itself_in_a_small_window_and_by_hand_in_a_large_one() {
    let mut h = harness(signed_in(three()), [1200.0, 760.0]);
    let width = |h: &Harness<'_, State>| h.get_by_role_and_label(R::Link, "Tasks").rect().width();
    let wide = width(&h);
    h.get_by_label("Collapse the sidebar").click();
    h.run_steps(3);
    assert!(width(&h) < wide / 3.0);
    h.get_by_label("Expand the sidebar").click();
    h.run_steps(3);
    assert!((width(&h) - wide).abs() < 0.5);
    let mut h = harness(signed_in(three()), [760.0, 500.0]);
    assert!(width(&h) < wide / 3.0);
    h.get_by_label("Expand the sidebar").click();
    h.run_steps(3);
    assert!((width(&h) - wide).abs() < 0.5);
    h.get_by_role_and_label(R::Link, "Cloud desktops").click();
    h.run_steps(3);
    assert!(width(&h) < wide / 3.0, "it folds again when a screen was chosen");
    h.get_by_label("Open build-box");
}

/// What the keyboard is at.
fn focused(h: &Harness<'_, State>) -> String {
    let all = h.query_all(egui_kittest::kittest::By::new().predicate(|n| n.is_focused()));
    all.filter_map(|n| n.accesskit_node().label()).next_back().unwrap_or_default()
}

#[test]
fn the_keyboard_reaches_the_screens() {
    let mut h = harness(signed_in(three()), [1200.0, 760.0]);
    let mut seen = Vec::new();
    for _ in 0..30 {
        press(&mut h, Modifiers::NONE, Key::Tab);
        seen.push(focused(&h));
        if focused(&h) == "Cloud desktops" {
            break;
        }
    }
    for name in ["Workspace Analytical Engines", "Find anything", "Conversations", "Agents"] {
        assert!(seen.iter().any(|s| s == name), "{name} in {seen:?}");
    }
    press(&mut h, Modifiers::NONE, Key::Enter);
    h.get_by_label("Open build-box");
}

#[test]
fn a_dialog_keeps_the_keyboard() {
    let mut model = signed_in(three());
    model.conversations.unsent = 1;
    let mut h = at(model, Screen::Desktops, [1200.0, 760.0]);
    for name in ["Account", "Sign out"] {
        h.get_by_label(name).click();
        h.run_steps(3);
    }
    assert_eq!(focused(&h), "Cancel", "Enter does no harm");
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..12 {
        press(&mut h, Modifiers::NONE, Key::Tab);
        seen.insert(focused(&h));
    }
    let all: Vec<&str> = seen.iter().map(String::as_str).collect();
    assert_eq!(all, ["Cancel", "Close", "Sign out anyway"]);
}

#[test]
fn a_person_without_a_workspace_has_conversations_and_settings() {
    let mut model = signed_in(Desktops::Loading);
    if let Account::SignedIn(person) = &mut model.account {
        person.workspace.clear();
        person.workspaces.clear();
    }
    let mut h = harness(model, [1200.0, 760.0]);
    assert!(link(&h, "Conversations") && link(&h, "Settings") && !link(&h, "Tasks"));
    h.get_by_role_and_label(R::Button, "Workspace").click();
    h.run_steps(3);
    h.get_by_label("You belong to no workspace. An owner can invite you.");
}

#[test]
fn back_from_a_desktop_are_the_desktops_and_another_person_starts_afresh() {
    let mut h = at(connected(signed_in(three()), 3), Screen::Settings, [1200.0, 760.0]);
    let before = h.state().model.clone();
    h.state_mut().model.viewer = live().viewer;
    h.run_steps(2);
    h.state_mut().model = before;
    h.run_steps(2);
    h.get_by_label("Open build-box");
    h.state_mut().model = signed_out(form());
    h.run_steps(2);
    h.state_mut().model = signed_in(three());
    h.run_steps(2);
    assert!(h.query_by_label("Open build-box").is_none());
}

#[test]
fn settings_act_at_once() {
    for (tab, control, role, command) in [
        ("General", "Dark", R::RadioButton, Command::SetTheme(Theme::Dark)),
        ("General", "עברית", R::RadioButton, Command::SetLanguage(Some(Language::Hebrew))),
        ("General", "150 %", R::RadioButton, Command::SetScale(150.try_into().unwrap())),
        ("Cloud desktops", "Low", R::RadioButton, Command::SetPower(Power::Low)),
        ("General", "Notifications on the desktop", R::Switch, Command::SetNotifications(false)),
        ("Gateway", "TURN relay", R::RadioButton, Command::SetWebRtcMode(WebRtcMode::TurnRelay)),
        ("Cloud desktops", "Actual size", R::RadioButton, Command::SetScaling(Scaling::OneToOne)),
        ("Cloud desktops", "Sharp", R::RadioButton, Command::SetQuality(Quality::Sharp)),
        (
            "Cloud desktops",
            "Key positions",
            R::RadioButton,
            Command::SetKeyboard(Keyboard::Position),
        ),
        ("Cloud desktops", "Statistics", R::Switch, Command::ShowStats(true)),
        ("Privacy", "Titles of links", R::Switch, Command::SetLinkTitles(false)),
        ("Privacy", "Icons of sites", R::Switch, Command::SetFavicons(false)),
        ("Privacy", "Live progress", R::Switch, Command::SetLiveProgress(false)),
    ] {
        for size in [[1200.0, 760.0], [640.0, 1000.0]] {
            let mut h = page(signed_in(three()), tab, size);
            h.get_by_role_and_label(role, control).click();
            h.run_steps(3);
            assert_eq!(h.state().commands, std::slice::from_ref(&command), "{control}");
        }
    }
}

#[test]
fn the_webrtc_mode_is_explained() {
    let h = page(signed_in(three()), "Gateway", [1200.0, 760.0]);
    h.get_by_label("Browser Automation");
    h.get_by_label("WebRTC connection mode");
    let text =
        "Automatic tries a direct connection, then a relay over UDP, then over TCP port 443.";
    h.get_by_label(text);
}

fn type_into(h: &mut Harness<'_, State>, role: R, name: &str, text: &str) {
    h.get_by_role_and_label(role, name).focus();
    h.run_steps(2);
    h.event(egui::Event::Text(text.into()));
    h.run_steps(2);
}

#[test]
fn a_password_is_changed_and_its_form_says_how_it_went() {
    let mut h = page(signed_in(three()), "Account", [1200.0, 900.0]);
    type_into(&mut h, R::PasswordInput, "Current password", "old secret");
    type_into(&mut h, R::PasswordInput, "New password", "short");
    h.get_by_label("At least 10 characters: 5 more.");
    press(&mut h, Modifiers::NONE, Key::Enter);
    assert_eq!(h.state().commands, []);
    type_into(&mut h, R::PasswordInput, "New password", " no longer");
    press(&mut h, Modifiers::NONE, Key::Enter);
    let commands = std::mem::take(&mut h.state_mut().commands);
    let [Command::ChangePassword { ticket, current, new }] = commands.as_slice() else {
        panic!("{commands:?}")
    };
    assert_eq!((current.expose(), new.expose()), ("old secret", "short no longer"));
    h.get_by_label("Changing…");
    let wrong = problem("The current password is wrong.", "Type it again.");
    h.state_mut().model.work.insert(*ticket, Work::Failed(wrong));
    h.run_steps(2);
    h.get_by_label("The current password is wrong. Type it again.");
    h.state_mut().model.work.insert(*ticket, Work::Done);
    h.run_steps(2);
    h.get_by_label("Your password is changed.");
    assert_eq!(h.state().commands, [Command::Forget(*ticket)]);
}

#[test]
fn connections_are_watched_while_they_are_shown() {
    let mut h = page(connected(signed_in(three()), 40), "Network", [1200.0, 760.0]);
    assert_eq!(h.state().commands, [Command::WatchConnections(true)]);
    h.get_by_role_and_label(R::Tab, "General").click();
    h.run_steps(3);
    let both = [Command::WatchConnections(true), Command::WatchConnections(false)];
    assert_eq!(h.state().commands, both);
    h.get_by_role_and_label(R::Tab, "Network").click();
    h.run_steps(3);
    press(&mut h, Modifiers::COMMAND, Key::Num2);
    assert_eq!(h.state().commands.last(), Some(&Command::WatchConnections(false)));
    press(&mut h, Modifiers::COMMAND, Key::Comma);
    assert_eq!(h.state().commands.last(), Some(&Command::WatchConnections(true)));
    h.state_mut().model = signed_out(form());
    h.run_steps(2);
    assert_eq!(h.state().commands.last(), Some(&Command::WatchConnections(false)));
}

#[test]
fn the_log_is_filtered_and_copied() {
    let mut h = page(connected(signed_in(three()), 4000), "Network", [1200.0, 760.0]);
    h.get_by_label("HTTPS goes through the proxy proxy.corp:3128; localhost does not.");
    let rows = |h: &Harness<'_, State>| h.query_all_by_role(R::Row).count();
    assert!((5..60).contains(&rows(&h)), "only what is seen is laid out: {}", rows(&h));
    h.get_by_role_and_label(R::Switch, "Refused only").click();
    type_into(&mut h, R::TextInput, "Filter the log", "14:00:02");
    assert_eq!(rows(&h), 2, "one an hour");
    h.get_by_label("Copy").click();
    h.step();
    let copied = h.output().platform_output.commands.iter().find_map(|c| match c {
        egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    assert_eq!(copied.unwrap().lines().count(), 3);
    type_into(&mut h, R::TextInput, "Filter the log", " nothing like it");
    h.get_by_label("Nothing found");
    page(signed_in(three()), "Network", [1200.0, 760.0]).get_by_label("No connections yet");
}

#[test]
fn the_inventory_says_what_is_sent_and_what_blocking_costs() {
    let mut h = page(connected(signed_in(three()), 3), "Network", [1200.0, 760.0]);
    h.get_by_label("What MultiClaw connects to").click();
    h.run_steps(3);
    h.get_by_label("Link titles: api.microlink.io");
    h.get_by_label("Links are shown as addresses.");
    h.get_by_label("Switched off");
}

#[test]
fn the_frame_at_rest_asks_for_no_repaint() {
    let size = [1200.0, 760.0];
    let mut all = vec![
        ("offline", harness(offline(signed_in(three())), size)),
        ("desktops", at(signed_in(three()), Screen::Desktops, size)),
    ];
    for name in ["General", "Gateway", "Cloud desktops", "Privacy", "Network", "Account"] {
        all.push((name, page(connected(signed_in(three()), 4000), name, size)));
    }
    for (name, mut h) in all {
        h.run_steps(20);
        let output = &h.output().viewport_output;
        let delay = output.values().map(|v| v.repaint_delay).min().unwrap();
        assert_eq!(delay, std::time::Duration::MAX, "{name} repaints");
    }
}
