//! What lies over the picture: the state of the connection, and figures.

use super::MARGIN;
use crate::sentence;
use crate::tokens::{self, size, space};
use crate::widgets::{floating, primary, secondary};
use egui::{
    Align2, Area, Grid, Id, Label, Margin, Order, Rect, RichText, Sense, Ui, WidgetInfo,
    accesskit::Role, vec2,
};
use multiclaw_core::Command;
use multiclaw_core::model::{PathKind, Problem, Retry, Stale, Stats, Step, Viewer, ViewerState};
use multiclaw_core::tr;

/// The card or pill that the state asks for.
pub(super) fn state(ui: &Ui, view: Rect, viewer: &Viewer, commands: &mut Vec<Command>) {
    match &viewer.state {
        ViewerState::Live { .. } => {}
        ViewerState::Connecting(step) => {
            card(ui, view, |ui| connecting(ui, viewer, *step, commands));
        }
        ViewerState::Unstable => pill(ui, view, viewer.stale.as_ref()),
        ViewerState::Lost { problem, retry } => {
            card(ui, view, |ui| lost(ui, viewer, problem, *retry, commands));
        }
    }
}

fn card(ui: &Ui, view: Rect, add: impl FnOnce(&mut Ui)) {
    Area::new(Id::unique("state"))
        .order(Order::Middle)
        .pivot(Align2::CENTER_CENTER)
        .fixed_pos(view.center())
        .show(ui.ctx(), |ui| {
            floating(ui).inner_margin(Margin::same(24)).show(ui, |ui| {
                ui.set_width(400.0_f32.min(view.width() - 96.0));
                add(ui);
            });
        });
}

fn connecting(ui: &mut Ui, viewer: &Viewer, step: Step, commands: &mut Vec<Command>) {
    let t = tokens::of(ui.ctx());
    ui.label(RichText::new(tr!("viewer-opening", name = viewer.name.as_str())).size(size::STRONG));
    let steps = [
        (Step::AskingCloud, tr!("viewer-step-cloud")),
        (Step::WaitingForDesktop, tr!("viewer-step-desktop")),
        (Step::FindingPath, tr!("viewer-step-path")),
        (Step::WaitingForPicture, tr!("viewer-step-picture")),
    ];
    let now = steps.iter().position(|(s, _)| *s == step).unwrap_or(0);
    ui.add_space(space::S);
    for (n, (_, text)) in steps.iter().enumerate() {
        ui.horizontal(|ui| {
            let (rect, _) = ui.allocate_exact_size(vec2(14.0, 14.0), Sense::hover());
            let colour = match n.cmp(&now) {
                std::cmp::Ordering::Less => t.good,
                std::cmp::Ordering::Equal => t.accent,
                std::cmp::Ordering::Greater => t.line,
            };
            ui.painter().circle_filled(rect.center(), 4.5, colour);
            let text = RichText::new(*text);
            ui.label(if n == now { text } else { text.weak() });
        });
    }
    dated(ui, viewer.stale.as_ref());
    ui.add_space(space::S);
    if secondary(ui, tr!("viewer-cancel")).clicked() {
        commands.push(Command::CloseDesktop);
    }
}

fn lost(
    ui: &mut Ui,
    viewer: &Viewer,
    problem: &Problem,
    retry: Retry,
    commands: &mut Vec<Command>,
) {
    let title = ui.label(RichText::new(&problem.what).size(size::STRONG));
    let text = sentence(problem);
    title.widget_info(|| WidgetInfo::labeled(Role::Alert, true, &text));
    if !problem.next.is_empty() {
        ui.label(RichText::new(&problem.next).weak());
    }
    ui.add_space(space::XS);
    match retry {
        Retry::In { seconds, attempt } => {
            ui.label(tr!("viewer-retry-in", seconds = seconds, attempt = attempt));
        }
        Retry::Off => {
            ui.label(tr!("viewer-retry-off"));
        }
    }
    dated(ui, viewer.stale.as_ref());
    ui.add_space(space::S);
    ui.horizontal(|ui| {
        if primary(ui, tr!("viewer-retry-now"), true, 100.0).clicked() {
            commands.push(Command::ReconnectNow);
        }
        if matches!(retry, Retry::In { .. }) && secondary(ui, tr!("viewer-retry-stop")).clicked() {
            commands.push(Command::CancelReconnect);
        }
        if secondary(ui, tr!("viewer-back")).clicked() {
            commands.push(Command::CloseDesktop);
        }
    });
}

/// When the picture behind was taken.
fn dated(ui: &mut Ui, stale: Option<&Stale>) {
    if let Some(stale) = stale {
        ui.label(RichText::new(age(stale)).weak().small());
    }
}

/// When a picture was taken, in words.
pub(crate) fn age(stale: &Stale) -> String {
    tr!("viewer-picture-age", at = stale.at.as_str(), span = span(stale.seconds))
}

fn span(seconds: u64) -> String {
    match seconds {
        0..120 => tr!("viewer-span-seconds", count = seconds),
        120..7200 => tr!("viewer-span-minutes", count = seconds / 60),
        _ => tr!("viewer-span-hours", count = seconds / 3600),
    }
}

fn pill(ui: &Ui, view: Rect, stale: Option<&Stale>) {
    let t = tokens::of(ui.ctx());
    Area::new(Id::unique("unstable"))
        .order(Order::Middle)
        .constrain_to(view)
        .anchor(Align2::CENTER_BOTTOM, vec2(0.0, -space::L))
        .interactable(false)
        .show(ui.ctx(), |ui| {
            floating(ui).inner_margin(Margin::symmetric(16, 9)).show(ui, |ui| {
                ui.horizontal(|ui| {
                    let (rect, _) = ui.allocate_exact_size(vec2(10.0, 10.0), Sense::hover());
                    ui.painter().circle_filled(rect.center(), 4.5, t.warning);
                    ui.label(tr!("viewer-connection-unstable"));
                    dated(ui, stale);
                });
            });
        });
}

/// The figures, bottom left.
pub(super) fn stats(ui: &Ui, view: Rect, viewer: &Viewer, stats: &Stats) {
    Area::new(Id::unique("stats"))
        .order(Order::Middle)
        .pivot(Align2::LEFT_BOTTOM)
        .fixed_pos(view.left_bottom() + vec2(MARGIN, -MARGIN))
        .interactable(false)
        .show(ui.ctx(), |ui| {
            floating(ui).inner_margin(Margin::symmetric(14, 11)).show(ui, |ui| {
                ui.label(RichText::new(verdict(stats)).small());
                ui.add_space(2.0);
                Grid::new("figures")
                    .num_columns(2)
                    .spacing(vec2(18.0, 1.0))
                    .min_row_height(17.0)
                    .show(ui, |ui| {
                        for (name, value) in rows(viewer, stats) {
                            ui.add(Label::new(RichText::new(name).small().weak()));
                            ui.add(Label::new(RichText::new(value).monospace()));
                            ui.end_row();
                        }
                    });
            });
        });
}

fn rows(viewer: &Viewer, s: &Stats) -> Vec<(&'static str, String)> {
    let size = viewer.size.map_or(String::new(), |(w, h)| format!("{w} x {h}"));
    let path = match s.path {
        PathKind::Unknown => tr!("viewer-path-unknown"),
        PathKind::Direct => tr!("viewer-path-direct"),
        PathKind::Relay => tr!("viewer-path-relay"),
    };
    vec![
        (tr!("viewer-figure-desktop"), size),
        (
            tr!("viewer-figure-pictures"),
            tr!(
                "viewer-figure-rates",
                received = format!("{:.0}", s.fps_received),
                decoded = format!("{:.0}", s.fps_decoded),
                shown = format!("{:.0}", s.fps_shown),
            ),
        ),
        (
            tr!("viewer-figure-decode"),
            format!("{:.1} / {:.1} ms", s.decode_ms_p50, s.decode_ms_p99),
        ),
        (tr!("viewer-figure-upload"), format!("{:.1} ms", s.upload_ms_p50)),
        (tr!("viewer-figure-age"), format!("{:.0} / {:.0} ms", s.age_ms_p50, s.age_ms_p99)),
        (tr!("viewer-figure-round-trip"), format!("{:.1} ms", s.rtt_ms)),
        (tr!("viewer-figure-data"), format!("{:.2} MB/s", s.bytes_per_s / 1e6)),
        (tr!("viewer-figure-dropped"), format!("{} ({})", s.dropped, s.bad)),
        (tr!("viewer-figure-path"), path.to_owned()),
    ]
}

/// What limits the picture, in words.
fn verdict(s: &Stats) -> &'static str {
    if s.fps_received < 0.5 {
        tr!("viewer-verdict-still")
    } else if s.decode_ms_p50 > 25.0 {
        tr!("viewer-verdict-computer")
    } else if s.age_ms_p50 > 250.0 || s.rtt_ms > 250.0 {
        tr!("viewer-verdict-network")
    } else {
        tr!("viewer-verdict-good")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_verdict_names_the_bottleneck() {
        let good =
            Stats { fps_received: 30.0, decode_ms_p50: 3.0, age_ms_p50: 12.0, ..Stats::default() };
        assert_eq!(verdict(&good), "The picture is current.");
        assert!(verdict(&Stats::default()).contains("Nothing"));
        assert!(verdict(&Stats { decode_ms_p50: 40.0, ..good }).contains("decodes"));
        assert!(verdict(&Stats { age_ms_p50: 900.0, ..good }).contains("network"));
    }

    #[test]
    fn spans_are_short() {
        assert_eq!(span(12), "12 s");
        assert_eq!(span(180), "3 min");
        assert_eq!(span(8000), "2 h");
    }
}
