//! Sign-in and the list of desktops.

use crate::shell::at;
use crate::world::*;
use egui::accesskit;
use egui_kittest::kittest::{NodeT, Queryable};
use multiclaw_core::Command;
use multiclaw_core::model::*;
use multiclaw_ui::Screen;

#[test]
fn signing_in_with_the_keyboard_alone() {
    let mut h = harness(signed_out(form()), [1000.0, 700.0]);
    assert!(h.get_by_label("Sign in").accesskit_node().is_disabled());
    for (field, text) in [("E-mail", "ada@example.com"), ("Password", "secret")] {
        h.get_by_role_and_label(field_role(field), field).focus();
        h.run_steps(2);
        h.event(egui::Event::Text(text.into()));
        h.run_steps(1);
    }
    h.run_steps(2);
    h.get_by_label("Sign in").click();
    h.run_steps(2);
    let commands = &h.state().commands;
    let Some(Command::SignIn { email, password }) = commands.last() else { panic!("{commands:?}") };
    assert_eq!((email.as_str(), password.expose()), ("ada@example.com", "secret"));
    assert!(!format!("{commands:?}").contains("secret"));
}

#[test]
fn a_failed_sign_in_says_what_and_what_next() {
    let problem =
        problem("The e-mail address or the password is wrong.", "Check both and try again.");
    let model =
        signed_out(SignIn { problem: Some(problem), email: "ada@example.com".into(), ..form() });
    let h = harness(model, [1000.0, 700.0]);
    h.get_by_label("The e-mail address or the password is wrong. Check both and try again.");
    h.get_by_label("Sign in to MultiClaw");
    h.get_by_label("api.multiclaw.io");
}

#[test]
fn a_sign_in_under_way_can_be_cancelled() {
    let mut h = harness(signed_out(SignIn { busy: true, ..form() }), [1000.0, 700.0]);
    h.get_by_label("Signing in…");
    h.get_by_label("Cancel").click();
    h.run_steps(2);
    assert_eq!(h.state().commands, [Command::CancelSignIn]);
}

#[test]
fn restoring_says_so() {
    let h = harness(Model { account: Account::Restoring, ..Model::default() }, [800.0, 600.0]);
    h.get_by_label("Signing you in…");
}

#[test]
fn online_desktops_open_and_others_do_not() {
    let mut h = at(signed_in(three()), Screen::Desktops, [1000.0, 700.0]);
    assert!(h.query_by_label("Open old-box").is_none());
    assert!(h.get_by_label("Open design-box").accesskit_node().is_disabled());
    h.get_by_label("Offline, last seen 14:03");
    h.get_by_label("· 1 viewer");
    h.get_by_label("Open build-box").click();
    h.run_steps(2);
    assert_eq!(h.state().commands, [Command::OpenDesktop(DesktopId("d-build-box".into()))]);
}

#[test]
fn every_state_of_the_list_is_said() {
    at(signed_in(Desktops::Loading), Screen::Desktops, [800.0, 600.0])
        .get_by_label("Loading desktops…");
    let empty = at(signed_in(Desktops::Ready(vec![])), Screen::Desktops, [800.0, 600.0]);
    empty.get_by_label("No cloud desktops yet");
    let failed = Desktops::Failed(problem("The cloud cannot be reached.", "Check the network."));
    let mut h = at(signed_in(failed), Screen::Desktops, [800.0, 600.0]);
    h.get_by_label("The cloud cannot be reached. Check the network.");
    h.get_by_label("Try again").click();
    h.run_steps(2);
    assert_eq!(h.state().commands, [Command::RefreshDesktops]);
}

#[test]
fn a_lost_cloud_counts_down_and_can_be_tried_now() {
    let mut model = signed_in(three());
    let problem = problem("The cloud does not answer.", "");
    model.cloud = CloudLink::Waiting { seconds: 7, problem };
    let mut h = harness(model, [1000.0, 700.0]);
    h.get_by_label("Trying again in 7 s.");
    h.get_by_label("Try now").click();
    h.run_steps(2);
    assert_eq!(h.state().commands, [Command::ReconnectCloud]);
}

#[test]
fn many_desktops_can_be_searched() {
    let many = (0..12).map(|n| desktop(&format!("box-{n}"), DesktopState::Online)).collect();
    let mut h = at(signed_in(Desktops::Ready(many)), Screen::Desktops, [1000.0, 700.0]);
    h.get_by_label("Search desktops").focus();
    h.run_steps(2);
    h.event(egui::Event::Text("box-11".into()));
    h.run_steps(3);
    h.get_by_label("Open box-11");
    assert!(h.query_by_label("Open box-3").is_none());
}

#[test]
fn the_account_menu_says_who_is_signed_in_and_leads_to_the_password() {
    let mut h = harness(signed_in(three()), [1000.0, 700.0]);
    h.get_by_label("Account").click();
    h.run_steps(3);
    h.get_by_label("Owner of Analytical Engines");
    h.get_by_label("ada@example.com");
    h.get_by_label("Change password…").click();
    h.run_steps(3);
    h.get_by_label("New password");
}

#[test]
fn a_notice_can_be_dismissed() {
    let mut model = signed_in(three());
    model.notice = Some(problem("Some settings could not be read.", "Their defaults are used."));
    let mut h = harness(model, [1000.0, 700.0]);
    h.get_by_label("Some settings could not be read.");
    h.get_by_label("Dismiss").click();
    h.run_steps(2);
    assert_eq!(h.state().commands, [Command::DismissNotice]);
}

fn field_role(field: &str) -> accesskit::Role {
    if field == "Password" { accesskit::Role::PasswordInput } else { accesskit::Role::TextInput }
}
