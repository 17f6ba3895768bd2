//! Starting and stopping cloud desktops, and their pictures.

use crate::shell::{at, member, offline};
use crate::world::*;
use egui::accesskit::Role as R;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use multiclaw_core::Command;
use multiclaw_core::model::*;
use multiclaw_ui::Screen;
use std::sync::Arc;

const SIZE: [f32; 2] = [1200.0, 760.0];

/// Fields of colour, for a picture of a desktop.
pub fn picture(width: u16, height: u16) -> Arc<Image> {
    let mut rgba = Vec::new();
    for y in 0..height {
        for x in 0..width {
            let window =
                (width / 8..width / 2).contains(&x) && (height / 5..height * 4 / 5).contains(&y);
            let bar = y < height / 18;
            let shade = u8::try_from(u32::from(y) * 60 / u32::from(height)).unwrap();
            rgba.extend(match (bar, window) {
                (true, _) => [24, 28, 38, 255],
                (_, true) => [248, 248, 246, 255],
                _ => [38 + shade, 70 + shade, 120 + shade, 255],
            });
        }
    }
    Arc::new(Image { width, height, rgba })
}

pub fn pictured() -> Model {
    let mut model = signed_in(three());
    let id = |name: &str| DesktopId(format!("d-{name}"));
    model.thumbnails.insert(id("build-box"), picture(320, 180));
    model.thumbnails.insert(id("old-box"), picture(320, 200));
    model
}

fn click(h: &mut Harness<'_, State>, name: &str) {
    h.get_by_label(name).click();
    h.run_steps(3);
}

#[test]
fn one_that_is_offline_can_be_started() {
    let mut h = at(member(signed_in(three())), Screen::Desktops, SIZE);
    click(&mut h, "Start old-box");
    assert_eq!(h.state().commands, [Command::StartDesktop(DesktopId("d-old-box".into()))]);
    assert!(h.query_by_label("Start build-box").is_none());
}

#[test]
fn owners_stop_one_after_a_question() {
    let mut h = at(signed_in(three()), Screen::Desktops, SIZE);
    click(&mut h, "More about build-box");
    click(&mut h, "Stop…");
    h.get_by_role_and_label(R::Dialog, "Stop build-box?");
    h.get_by_label("Everything that runs on it ends. One viewer is watching it now.");
    click(&mut h, "Cancel");
    assert!(h.query_by_label("Stop desktop").is_none());
    assert_eq!(h.state().commands, []);
    for name in ["More about build-box", "Stop…", "Stop desktop"] {
        click(&mut h, name);
    }
    assert_eq!(h.state().commands, [Command::StopDesktop(DesktopId("d-build-box".into()))]);
}

#[test]
fn a_question_about_a_desktop_that_has_stopped_goes_away() {
    let mut h = at(signed_in(three()), Screen::Desktops, SIZE);
    click(&mut h, "More about build-box");
    click(&mut h, "Stop…");
    h.state_mut().model.desktops =
        Desktops::Ready(vec![desktop("build-box", DesktopState::Offline)]);
    h.run_steps(3);
    assert!(h.query_by_label("Stop desktop").is_none());
}

#[test]
fn members_are_not_offered_to_stop_and_nobody_acts_offline() {
    let h = at(member(signed_in(three())), Screen::Desktops, SIZE);
    assert!(h.query_by_label("More about build-box").is_none());
    let h = at(offline(signed_in(three())), Screen::Desktops, SIZE);
    for name in ["Open build-box", "Start old-box"] {
        assert!(h.get_by_label(name).accesskit_node().is_disabled(), "{name}");
    }
}

#[test]
fn a_picture_opens_its_desktop() {
    let mut h = at(pictured(), Screen::Desktops, SIZE);
    let button = h.get_by_label("Open build-box").rect();
    let above = button.min - egui::vec2(-40.0, 140.0);
    h.hover_at(above);
    h.run_steps(2);
    for pressed in [true, false] {
        h.event(egui::Event::PointerButton {
            pos: above,
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: egui::Modifiers::NONE,
        });
        h.run_steps(1);
    }
    assert_eq!(h.state().commands, [Command::OpenDesktop(DesktopId("d-build-box".into()))]);
}

#[test]
fn of_very_many_only_the_visible_ones_are_laid_out() {
    let many = (0..900).map(|n| desktop(&format!("box-{n}"), DesktopState::Online)).collect();
    let mut h = at(signed_in(Desktops::Ready(many)), Screen::Desktops, SIZE);
    h.get_by_label("900 desktops, 900 online");
    let open = h.query_all_by_role(R::Button).count();
    assert!(open < 60, "{open}");
    h.run_steps(20);
    let delay = h.output().viewport_output.values().map(|v| v.repaint_delay).min().unwrap();
    assert_eq!(delay, std::time::Duration::MAX);
}
