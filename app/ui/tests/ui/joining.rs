//! The other ways to sign in.

use crate::world::*;
use egui::accesskit::Role as R;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use multiclaw_core::Command;
use multiclaw_core::model::*;

fn type_into(h: &mut Harness<'_, State>, role: R, name: &str, text: &str) {
    h.get_by_role_and_label(role, name).focus();
    h.run_steps(2);
    h.event(egui::Event::Text(text.into()));
    h.run_steps(2);
}

fn browser() -> SignIn {
    let page = BrowserSignIn {
        code: "KQ7D-2M4X".into(),
        address: "https://sso.example.com/device?user_code=KQ7D-2M4X".into(),
    };
    SignIn { busy: true, browser: Some(page), ..form() }
}

#[test]
fn the_browser_is_asked_and_its_code_compared() {
    let mut h = harness(signed_out(form()), [1000.0, 760.0]);
    h.get_by_label("Continue in the browser").click();
    h.run_steps(2);
    assert_eq!(h.state().commands, [Command::SignInWithBrowser]);
    h.state_mut().commands.clear();
    h.state_mut().model = signed_out(browser());
    h.run_steps(3);
    h.get_by_label("KQ7D-2M4X");
    h.get_by_role_and_label(R::TextInput, "Address");
    h.get_by_label("Copy the address").click();
    h.step();
    let copied = h.output().platform_output.commands.iter().any(
        |c| matches!(c, egui::OutputCommand::CopyText(text) if text.starts_with("https://sso.")),
    );
    assert!(copied);
    h.get_by_label("Open the browser again").click();
    h.run_steps(2);
    h.get_by_label("Cancel").click();
    h.run_steps(2);
    assert_eq!(h.state().commands, [Command::OpenBrowser, Command::CancelSignIn]);
}

#[test]
fn an_invitation_is_accepted_with_the_keyboard() {
    let mut h = harness(signed_out(form()), [1000.0, 760.0]);
    h.get_by_label("I have an invitation").click();
    h.run_steps(3);
    // The first field has the focus already.
    h.event(egui::Event::Text("mc-inv-1234".into()));
    h.run_steps(2);
    type_into(&mut h, R::TextInput, "Full name", "Grace Hopper");
    type_into(&mut h, R::PasswordInput, "Password", "too short");
    h.get_by_label("At least 10 characters: 1 more.");
    assert!(h.get_by_label("Join").accesskit_node().is_disabled());
    type_into(&mut h, R::PasswordInput, "Password", "!");
    h.key_press(Key::Enter);
    h.run_steps(2);
    let commands = &h.state().commands;
    let [Command::AcceptInvitation { code, name, password }] = commands.as_slice() else {
        panic!("{commands:?}")
    };
    assert_eq!(code.expose(), "mc-inv-1234");
    assert_eq!((name.as_str(), password.expose()), ("Grace Hopper", "too short!"));
    let said = format!("{commands:?}");
    assert!(!said.contains("mc-inv") && !said.contains("too short"), "{said}");
}

#[test]
fn a_refused_invitation_keeps_the_name_and_says_why() {
    let mut h = harness(signed_out(form()), [1000.0, 760.0]);
    h.get_by_label("I have an invitation").click();
    h.run_steps(3);
    type_into(&mut h, R::TextInput, "Full name", "Grace Hopper");
    let problem = problem("The invitation has expired.", "Ask for a new one.");
    h.state_mut().model = signed_out(SignIn { problem: Some(problem), ..form() });
    h.run_steps(3);
    h.get_by_label("The invitation has expired. Ask for a new one.");
    let name = h.get_by_role_and_label(R::TextInput, "Full name").accesskit_node().value();
    assert_eq!(name.as_deref(), Some("Grace Hopper"));
    h.key_press_modifiers(Modifiers::NONE, Key::Escape);
    h.run_steps(3);
    h.get_by_label("Sign in to MultiClaw");
}

#[test]
fn nobody_needs_an_account() {
    for size in [[1000.0, 760.0], [640.0, 400.0]] {
        let mut h = harness(signed_out(form()), size);
        // In a small window it is further down; the keyboard gets there.
        h.get_by_label("Use without an account").focus();
        h.run_steps(2);
        h.key_press(Key::Enter);
        h.run_steps(2);
        assert_eq!(h.state().commands, [Command::ContinueLocally], "{size:?}");
    }
}

#[test]
fn nothing_else_can_be_begun_while_a_sign_in_is_under_way() {
    let h = harness(signed_out(SignIn { busy: true, ..form() }), [1000.0, 760.0]);
    for name in ["Continue in the browser", "I have an invitation", "Use without an account"] {
        assert!(h.get_by_label(name).accesskit_node().is_disabled(), "{name}");
    }
}

#[test]
fn the_forms_at_rest_ask_for_no_repaint() {
    let invited = harness(signed_out(form()), [1000.0, 760.0]);
    invited.get_by_label("I have an invitation").click();
    for mut h in [invited, harness(signed_out(browser()), [1000.0, 760.0])] {
        h.run_steps(20);
        let output = &h.output().viewport_output;
        let delay = output.values().map(|v| v.repaint_delay).min().unwrap();
        assert_eq!(delay, std::time::Duration::MAX);
    }
}
