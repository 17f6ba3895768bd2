//! Following links `multiclaw://`.

use crate::chat_model::listed;
use crate::world::*;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use multiclaw_core::Command;
use multiclaw_core::deep_link::Target;
use multiclaw_core::model::*;

const SIZE: [f32; 2] = [1200.0, 760.0];

fn follow(h: &mut Harness<'static, State>, link: &str) {
    h.state_mut().commands.clear();
    h.state_mut().ui.as_mut().unwrap().follow(Target::parse(link));
    h.run_steps(3);
}

/// What a link to this model's window asks for.
fn asked(model: Model, link: &str) -> (Harness<'static, State>, Vec<Command>) {
    let mut h = harness(model, SIZE);
    follow(&mut h, link);
    let commands = std::mem::take(&mut h.state_mut().commands);
    (h, commands)
}

#[test]
fn a_link_opens_a_desktop_that_is_online() {
    for link in ["multiclaw://desktop/build-box", "multiclaw://desktop/d-build-box"] {
        let (_, commands) = asked(signed_in(three()), link);
        assert_eq!(commands, [Command::OpenDesktop(DesktopId("d-build-box".into()))], "{link}");
    }
    let (h, commands) = asked(signed_in(three()), "multiclaw://desktop/old-box");
    assert_eq!(commands, [], "it starts nothing");
    h.get_by_label("The desktop of the link is not online.");
}

#[test]
fn of_two_desktops_with_one_name_none_is_opened() {
    let mut second = desktop("build-box", DesktopState::Online);
    second.id = DesktopId("d-2".into());
    let list = vec![desktop("build-box", DesktopState::Online), second];
    let (_, commands) =
        asked(signed_in(Desktops::Ready(list.clone())), "multiclaw://desktop/build-box");
    assert_eq!(commands, []);
    let (_, commands) = asked(signed_in(Desktops::Ready(list)), "multiclaw://desktop/d-2");
    assert_eq!(commands, [Command::OpenDesktop(DesktopId("d-2".into()))]);
}

#[test]
fn a_link_waits_for_what_it_names() {
    let mut h = harness(Model { account: Account::Restoring, ..Model::default() }, SIZE);
    follow(&mut h, "multiclaw://desktop/build-box");
    h.state_mut().model = signed_in(Desktops::Loading);
    h.run_steps(2);
    assert_eq!(h.state().commands, []);
    h.state_mut().model = signed_in(three());
    h.run_steps(2);
    assert_eq!(h.state().commands, [Command::OpenDesktop(DesktopId("d-build-box".into()))]);
}

#[test]
fn a_link_does_not_wait_for_ever() {
    let mut h = harness(signed_out(form()), SIZE);
    follow(&mut h, "multiclaw://desktop/build-box");
    // Of a quarter of a second each.
    h.run_steps(130);
    h.get_by_label("The link needs somebody to be signed in.");
    h.state_mut().model = signed_in(three());
    h.run_steps(2);
    assert_eq!(h.state().commands, [], "it surprises nobody who signs in later");
}

#[test]
fn nothing_is_followed_while_a_desktop_is_open() {
    for link in ["multiclaw://chat/agent:main:main", "multiclaw://settings/network"] {
        let (h, commands) = asked(live(), link);
        assert_eq!(commands, [], "what is typed stays at the desktop");
        h.get_by_label("A link was not followed, because something else is open.");
    }
}

#[test]
fn a_link_shows_a_chat_that_is_listed() {
    let (_, commands) = asked(listed(), "multiclaw://chat/agent:main:main");
    assert!(commands.contains(&Command::OpenChat(Some("agent:main:main".into()))), "{commands:?}");
    let (h, commands) = asked(listed(), "multiclaw://chat/agent:main:evil");
    assert!(!commands.iter().any(|c| matches!(c, Command::OpenChat(_))), "{commands:?}");
    h.get_by_label("The gateway on this computer lists no conversation of the link's name.");
}

#[test]
fn a_link_shows_a_page_of_the_settings() {
    let (h, commands) = asked(signed_in(three()), "multiclaw://settings/privacy");
    assert_eq!(commands, []);
    assert!(h.query_all_by_label("Privacy").count() > 1, "the tab and the page's title");
    let (h, _) = asked(signed_in(three()), "multiclaw://settings/proxy");
    h.get_by_label("The link names a page of the settings that is not here.");
}

#[test]
fn h5_a_refused_link_says_so_and_does_nothing() {
    let link = "multiclaw://chat/agent:main:main?gatewayUrl=ws://evil.example";
    let (h, commands) = asked(listed(), link);
    assert!(!commands.iter().any(|c| matches!(c, Command::OpenChat(_) | Command::ConnectGateway)));
    h.get_by_label("The link holds more than the name of a place, so it was not followed.");
}
