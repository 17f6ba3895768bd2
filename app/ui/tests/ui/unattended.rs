//! Unattended screens: the owners' page, and what the screen itself shows.

use crate::shell::{at, member, offline, page};
use crate::world::*;
use cloud_client::wire::EnrolmentCode;
use egui::accesskit::Role as R;
use egui_kittest::kittest::{NodeT, Queryable};
use egui_kittest::{Harness, SnapshotOptions, SnapshotResults};
use multiclaw_core::Command;
use multiclaw_core::model::*;
use multiclaw_ui::Screen;
use std::sync::Arc;

const PAGE: &str = "Unattended screens";
const SIZE: [f32; 2] = [1000.0, 700.0];

fn entry(name: &str, enrolled: bool) -> Arc<UnattendedScreen> {
    Arc::new(UnattendedScreen {
        id: format!("k-{name}"),
        name: name.into(),
        desktops: vec![DesktopId("d-build-box".into()), DesktopId("d-old-box".into())],
        control: name == "Counter",
        enrolled,
        creator: "Ada Lovelace".into(),
        last_seen: if enrolled { "14:03".into() } else { String::new() },
        until: if enrolled { String::new() } else { "14:13".into() },
    })
}

fn listed(list: Vec<Arc<UnattendedScreen>>) -> Model {
    let mut model = signed_in(three());
    model.workspace.screens.list = Load::Ready(Arc::new(list));
    model
}

fn full() -> Model {
    listed(vec![entry("Counter", true), entry("Lobby", true), entry("Workshop", false)])
}

fn enrolment() -> ScreenEnrolment {
    let code = EnrolmentCode::new("K7QM-2XAB-9B01".into());
    ScreenEnrolment {
        id: "k-Lobby".into(),
        name: "Lobby".into(),
        code,
        until: "14:13".into(),
        command: "multiclaw enroll --cloud https://cloud.example.com".into(),
        done: false,
    }
}

fn click(h: &mut Harness<'static, State>, role: R, label: &str) {
    h.get_by_role_and_label(role, label).click();
    h.run_steps(3);
}

fn type_into(h: &mut Harness<'static, State>, name: &str, text: &str) {
    h.get_by_role_and_label(R::TextInput, name).focus();
    h.run_steps(2);
    h.event(egui::Event::Text(text.into()));
    h.run_steps(2);
}

fn sent(h: &mut Harness<'static, State>) -> Vec<Command> {
    std::mem::take(&mut h.state_mut().commands)
}

#[test]
fn the_list_is_loaded_when_its_page_is_shown_and_names_everything() {
    let mut h = page(full(), PAGE, SIZE);
    assert!(sent(&mut h).contains(&Command::RefreshScreens));
    h.get_by_label("Lobby. build-box, old-box · view only. Seen 14:03 · added by Ada Lovelace");
    h.get_by_label("Counter. build-box, old-box · may control. Seen 14:03 · added by Ada Lovelace");
    h.get_by_label(
        "Workshop. build-box, old-box · view only. Waits for its machine until 14:13 · added by \
         Ada Lovelace",
    );
    h.run_steps(5);
    assert!(sent(&mut h).is_empty(), "it is loaded once");
    click(&mut h, R::Button, "Refresh");
    assert_eq!(sent(&mut h), [Command::RefreshScreens]);
}

#[test]
fn members_and_those_who_work_locally_are_not_offered_it() {
    for model in [member(full()), Model { account: Account::Local, ..full() }] {
        let h = at(model, Screen::Settings, SIZE);
        assert!(h.query_by_role_and_label(R::Tab, PAGE).is_none());
    }
}

#[test]
fn loading_empty_failed_and_offline_are_said() {
    let mut model = full();
    model.workspace.screens.list = Load::Loading;
    page(model.clone(), PAGE, SIZE).get_by_label("Loading screens…");
    model.workspace.screens.list = Load::Failed(problem("The cloud failed.", "Try again."));
    let mut h = page(model, PAGE, SIZE);
    h.get_by_label("The cloud failed. Try again.");
    sent(&mut h);
    click(&mut h, R::Button, "Try again");
    assert_eq!(sent(&mut h), [Command::RefreshScreens]);
    page(listed(Vec::new()), PAGE, SIZE).get_by_label("No unattended screens yet");
    let h = page(offline(full()), PAGE, SIZE);
    assert!(h.get_by_label("Add a screen").accesskit_node().is_disabled());
    h.get_by_label("Lobby. build-box, old-box · view only. Seen 14:03 · added by Ada Lovelace");
}

#[test]
fn one_is_added_with_a_name_and_its_desktops() {
    let mut h = page(full(), PAGE, SIZE);
    click(&mut h, R::Button, "Add a screen");
    let make = |h: &Harness<'static, State>| {
        !h.get_by_role_and_label(R::Button, "Make the code").accesskit_node().is_disabled()
    };
    assert!(!make(&h));
    type_into(&mut h, "Name", "Hall");
    assert!(!make(&h), "no desktop is chosen");
    click(&mut h, R::CheckBox, "build-box");
    click(&mut h, R::CheckBox, "design-box");
    click(&mut h, R::CheckBox, "build-box");
    assert!(make(&h));
    click(&mut h, R::RadioButton, "Control");
    sent(&mut h);
    click(&mut h, R::Button, "Make the code");
    let commands = sent(&mut h);
    let [Command::EnrollScreen { ticket, draft }] = commands.as_slice() else {
        panic!("{commands:?}")
    };
    let desktops = vec![DesktopId("d-design-box".into())];
    assert_eq!(*draft, ScreenDraft { name: "Hall".into(), desktops, control: true });
    let refused = problem("Your role does not allow this.", "Ask an owner of the workspace.");
    h.state_mut().model.work.insert(*ticket, Work::Failed(refused));
    h.run_steps(3);
    h.get_by_label("Your role does not allow this. Ask an owner of the workspace.");
    assert_eq!(h.get_by_role_and_label(R::TextInput, "Name").value().as_deref(), Some("Hall"));
    h.state_mut().model.work.insert(*ticket, Work::Done);
    h.state_mut().model.workspace.screens.enrolment = Some(enrolment());
    h.run_steps(3);
    assert!(sent(&mut h).contains(&Command::Forget(*ticket)));
    h.get_by_label("K7QM-2XAB-9B01");
    h.get_by_label("multiclaw enroll --cloud https://cloud.example.com");
}

#[test]
fn the_code_is_copied_and_taken_away_and_the_machine_is_heard_of() {
    let mut model = full();
    model.workspace.screens.enrolment = Some(enrolment());
    let mut h = page(model, PAGE, SIZE);
    h.get_by_label("The code is shown once. It works once, until 14:13.");
    let copied = |h: &Harness<'static, State>| {
        h.output().platform_output.commands.iter().find_map(|command| match command {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        })
    };
    for (button, text) in [
        ("Copy the code", "K7QM-2XAB-9B01"),
        ("Copy the command", "multiclaw enroll --cloud https://cloud.example.com"),
    ] {
        h.get_by_role_and_label(R::Button, button).click();
        let mut got = None;
        for _ in 0..4 {
            h.step();
            got = got.or_else(|| copied(&h));
        }
        assert_eq!(got.as_deref(), Some(text));
    }
    h.get_by_role_and_label(R::Button, "Copied");
    h.state_mut().model.workspace.screens.enrolment.as_mut().unwrap().done = true;
    h.run_steps(2);
    h.get_by_label("The machine has enrolled.");
    sent(&mut h);
    click(&mut h, R::Button, "Done");
    assert_eq!(sent(&mut h), [Command::DismissEnrolment]);
}

#[test]
fn removing_one_is_asked_first() {
    let mut h = page(full(), PAGE, SIZE);
    sent(&mut h);
    click(&mut h, R::Button, "Remove Lobby");
    h.get_by_role_and_label(R::Label, "Remove Lobby?");
    click(&mut h, R::Button, "Cancel");
    assert!(sent(&mut h).is_empty());
    click(&mut h, R::Button, "Remove Lobby");
    click(&mut h, R::Button, "Remove screen");
    assert_eq!(sent(&mut h), [Command::RevokeScreen("k-Lobby".into())]);
}

fn alone(state: ScreenState) -> Model {
    let enrolled = !matches!(state, ScreenState::NotEnrolled { .. });
    let text = |text: &str| if enrolled { text.to_owned() } else { String::new() };
    Model {
        account: Account::Screen(ScreenAccount {
            name: text("Lobby"),
            workspace: text("Analytical Engines"),
            server: "cloud.example.com".into(),
            control: false,
            state,
        }),
        cloud: CloudLink::Online,
        desktops: three(),
        ..Model::default()
    }
}

fn gone() -> Problem {
    problem(
        "The owner of the workspace has removed this screen.",
        "To use it again, ask the owner for a new code and run multiclaw enroll on this machine. \
         It begins by itself then.",
    )
}

#[test]
fn a_new_machine_asks_for_its_code_and_keeps_none() {
    let mut h = harness(alone(ScreenState::NotEnrolled { busy: false, problem: None }), SIZE);
    h.get_by_label("Set up this screen");
    type_into(&mut h, "Enrolment code", "k7qm 2xab 9b01");
    click(&mut h, R::Button, "Enrol this machine");
    let commands = sent(&mut h);
    let [Command::EnrolHere(code)] = commands.as_slice() else { panic!("{commands:?}") };
    assert_eq!(code.expose(), "k7qm 2xab 9b01");
    assert!(!format!("{commands:?}").contains("k7qm"));
    let value = h.get_by_role_and_label(R::TextInput, "Enrolment code").value();
    assert_eq!(value.unwrap_or_default(), "");
    let refused = problem("This code is not good any more.", "Ask the owner for a new one.");
    h.state_mut().model = alone(ScreenState::NotEnrolled { busy: false, problem: Some(refused) });
    h.run_steps(2);
    h.get_by_label("This code is not good any more. Ask the owner for a new one.");
}

#[test]
fn it_shows_its_desktops_and_offers_nothing_else() {
    let mut h = harness(alone(ScreenState::Ready), SIZE);
    h.get_by_label("Lobby");
    click(&mut h, R::Button, "Show build-box");
    assert_eq!(sent(&mut h), [Command::OpenDesktop(DesktopId("d-build-box".into()))]);
    assert!(h.get_by_label("Show old-box").accesskit_node().is_disabled());
    for absent in ["Settings", "Chat", "Sign out", "Users", "Conversations", "Cloud desktops"] {
        assert!(h.query_by_label(absent).is_none(), "{absent}");
    }
    let mut open = live();
    open.account = alone(ScreenState::Ready).account;
    open.viewer.as_mut().unwrap().view_only = true;
    let h = harness(open, SIZE);
    h.get_by_label("Desktop build-box");
    h.get_by_label("Full screen (F11)");
    for absent in ["View only", "Send keys", "Chat (Ctrl+Alt+C)"] {
        assert!(h.query_by_label(absent).is_none(), "{absent}");
    }
}

#[test]
fn calm_words_stand_where_it_waits_or_was_removed() {
    let h = harness(offline(alone(ScreenState::SigningIn)), SIZE);
    h.get_by_label("The cloud does not answer. It is tried again in 7 seconds.");
    let mut connecting = alone(ScreenState::SigningIn);
    connecting.cloud = CloudLink::Connecting;
    harness(connecting, SIZE).get_by_label("Connecting to cloud.example.com…");
    let mut h = harness(alone(ScreenState::Removed(gone())), SIZE);
    h.get_by_label(&gone().what);
    h.get_by_label(&gone().next);
    click(&mut h, R::Button, "Type a new code in");
    h.get_by_role_and_label(R::TextInput, "Enrolment code");
}

#[test]
fn at_rest_it_asks_for_no_repaint() {
    let still = |h: &mut Harness<'static, State>| {
        h.run_steps(10);
        let delay = h.output().viewport_output.values().map(|v| v.repaint_delay).min().unwrap();
        assert_eq!(delay, std::time::Duration::MAX);
    };
    for state in [ScreenState::Ready, ScreenState::Removed(gone())] {
        still(&mut harness(alone(state), SIZE));
    }
    still(&mut page(full(), PAGE, SIZE));
}

#[test]
fn the_screens_look_as_reviewed() {
    let options = SnapshotOptions::new().threshold(1.2).max_failed_pixels(400usize);
    let mut results = SnapshotResults::new();
    let themed = |mut model: Model, theme| {
        model.settings.theme = theme;
        model
    };
    let mut h = page(themed(full(), Theme::Light), PAGE, [1000.0, 560.0]);
    results.add(h.try_snapshot_options("unattended_screens_light", &options));
    let mut h = harness(themed(alone(ScreenState::Removed(gone())), Theme::Dark), [900.0, 560.0]);
    results.add(h.try_snapshot_options("unattended_removed_dark", &options));
}
