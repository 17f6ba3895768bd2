//! Diagnostics: everything that has to work, looked at one after the other, and what does not.

use super::row::{divider, group};
use crate::icons::{self, Icon};
use crate::parts::{drop_down, item};
use crate::tokens::{self, size, space};
use crate::widgets::{Tone, banner, card, icon_text, primary, secondary};
use egui::{
    Align, Label, Layout, Margin, Rect, RichText, Sense, Shape, Stroke, Ui, WidgetInfo,
    accesskit::Role, pos2, vec2,
};
use multiclaw_core::Command;
use multiclaw_core::model::{
    Desktop, DesktopId, DesktopState, Desktops, Doctor, DoctorStep, DoctorVerdict, Export, Model,
    StepGroup, StepState,
};
use multiclaw_core::tr;
use std::fmt::Write as _;

/// Room for the sign of a row, in points.
const SIGN: f32 = 30.0;
/// Room for how long a step took, in points.
const TOOK: f32 = 64.0;

/// State of the page.
#[derive(Default)]
pub(super) struct View {
    /// The desktop that is opened too.
    desktop: Option<DesktopId>,
}

impl View {
    pub(super) fn show(&mut self, ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
        let doctor = &model.doctor;
        self.head(ui, model, commands);
        ui.add_space(space::L);
        for of in StepGroup::ALL {
            let mut steps = doctor.steps.iter().filter(|step| step.group == of).peekable();
            if steps.peek().is_none() {
                continue;
            }
            group(ui, of.name(), |ui| {
                for (n, step) in steps.enumerate() {
                    if n > 0 {
                        divider(ui);
                    }
                    row(ui, step);
                }
            });
        }
    }

    /// What it comes to, and what can be done.
    fn head(&mut self, ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
        let doctor = &model.doctor;
        card(ui, 18).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing = vec2(space::S, space::XS);
            match &doctor.verdict {
                _ if doctor.running => running(ui, doctor),
                Some(verdict) => said(ui, verdict, &doctor.when),
                None => {
                    let title = tr!("settings-diagnostics-question");
                    let text = tr!("settings-diagnostics-about");
                    summary(ui, StepState::Waiting, title, text);
                }
            }
            ui.add_space(space::M);
            if doctor.running {
                if secondary(ui, tr!("settings-diagnostics-stop")).clicked() {
                    commands.push(Command::StopDoctor);
                }
            } else {
                self.acts(ui, model, commands);
            }
            exported(ui, doctor.export.as_ref());
        });
    }

    fn acts(&mut self, ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
        let doctor = &model.doctor;
        let online = online(&model.desktops);
        if self.desktop.as_ref().is_some_and(|id| online.iter().all(|d| d.id != *id)) {
            self.desktop = None;
        }
        if !online.is_empty() {
            ui.horizontal(|ui| {
                ui.label(RichText::new(tr!("settings-diagnostics-desktop")).weak());
                self.choose(ui, &online);
            });
            ui.add_space(space::S);
        }
        ui.horizontal_wrapped(|ui| {
            let name = match doctor.verdict {
                Some(_) => tr!("settings-diagnostics-again"),
                None => tr!("settings-diagnostics-run"),
            };
            if primary(ui, name, true, 132.0).clicked() {
                commands.push(Command::RunDoctor(self.desktop.clone()));
            }
            let Some(verdict) = doctor.verdict.as_ref() else { return };
            let busy = matches!(doctor.export, Some(Export::Busy(_)));
            if icon_text(ui, Icon::Copy, tr!("settings-diagnostics-copy"), true)
                .on_hover_text(tr!("settings-diagnostics-copy-note"))
                .clicked()
            {
                ui.ctx().copy_text(text(&doctor.steps, verdict));
            }
            let save = icon_text(ui, Icon::Down, tr!("settings-diagnostics-save"), !busy);
            if save.on_hover_text(tr!("settings-diagnostics-save-note")).clicked() {
                commands.push(Command::ExportDoctor);
            }
        });
    }

    fn choose(&mut self, ui: &mut Ui, online: &[&Desktop]) {
        let none = tr!("settings-diagnostics-none");
        let shown = |id: &Option<DesktopId>| {
            let chosen = id.as_ref().and_then(|id| online.iter().find(|d| d.id == *id));
            chosen.map_or(none, |desktop| desktop.name.as_str()).to_owned()
        };
        let name = shown(&self.desktop);
        let said = tr!("settings-diagnostics-opened", name = name.as_str());
        drop_down(ui, &said, &name, 180.0, None, |ui| {
            if item(ui, none, self.desktop.is_none()) {
                self.desktop = None;
            }
            for desktop in online {
                if item(ui, &desktop.name, self.desktop.as_ref() == Some(&desktop.id)) {
                    self.desktop = Some(desktop.id.clone());
                }
            }
        });
    }
}

fn online(desktops: &Desktops) -> Vec<&Desktop> {
    let Desktops::Ready(list) = desktops else { return Vec::new() };
    list.iter().filter(|desktop| desktop.state == DesktopState::Online).collect()
}

/// While it runs.
fn running(ui: &mut Ui, doctor: &Doctor) {
    let over = doctor.steps.iter().filter(|step| step.state.is_over()).count();
    let now: Vec<&str> = doctor
        .steps
        .iter()
        .filter(|step| step.state == StepState::Running)
        .map(|step| step.name.as_str())
        .take(3)
        .collect();
    let text = match now.is_empty() {
        true => tr!("settings-diagnostics-moment").to_owned(),
        false => tr!("settings-diagnostics-looking", names = now.join(tr!("settings-comma"))),
    };
    let all = doctor.steps.len().max(1);
    let title = tr!("settings-diagnostics-checking", over = over, all = all);
    summary(ui, StepState::Running, &title, &text);
    let t = tokens::of(ui.ctx());
    ui.add_space(space::S);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 4.0), Sense::hover());
    ui.painter().rect_filled(rect, 2.0, t.raised);
    let part = |n: usize| f32::from(u16::try_from(n).unwrap_or(u16::MAX));
    let mut done = rect;
    done.set_width(rect.width() * part(over) / part(all));
    ui.painter().rect_filled(done, 2.0, t.accent);
}

fn said(ui: &mut Ui, verdict: &DoctorVerdict, when: &str) {
    let title = match verdict.state {
        StepState::Failed => tr!("settings-diagnostics-failed"),
        StepState::Warning => tr!("settings-diagnostics-warning"),
        _ => tr!("settings-diagnostics-well"),
    };
    let title = match verdict.step {
        None if verdict.state == StepState::Warning => tr!("settings-diagnostics-stopped"),
        _ => title,
    };
    let text = format!("{}\n{}", verdict.text, verdict.next);
    summary(ui, verdict.state, title, text.trim());
    if !when.is_empty() {
        ui.horizontal(|ui| {
            ui.add_space(SIGN);
            let text = tr!("settings-diagnostics-checked", time = when);
            ui.label(RichText::new(text).small().weak());
        });
    }
}

/// A sign, a title and a text.
fn summary(ui: &mut Ui, state: StepState, title: &str, text: &str) {
    let full = ui.available_width();
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let (place, _) = ui.allocate_exact_size(vec2(SIGN, 24.0), Sense::hover());
        sign(ui, Rect::from_min_size(place.min + vec2(0.0, 3.0), vec2(18.0, 18.0)), state);
        ui.vertical(|ui| {
            ui.set_max_width(full - SIGN);
            let head = ui.add(Label::new(RichText::new(title).size(size::STRONG)).wrap());
            head.widget_info(|| WidgetInfo::labeled(Role::Heading, true, title));
            ui.add(Label::new(RichText::new(text).weak()).wrap());
        });
    });
}

fn exported(ui: &mut Ui, export: Option<&Export>) {
    match export {
        None => {}
        Some(Export::Busy(_)) => {
            ui.add_space(space::S);
            ui.label(RichText::new(tr!("settings-diagnostics-saving")).small().weak());
        }
        Some(Export::Done(name)) => {
            ui.add_space(space::S);
            let text = tr!("settings-diagnostics-saved", name = name.as_str());
            ui.label(RichText::new(text).small().weak());
        }
        Some(Export::Failed(problem)) => {
            ui.add_space(space::S);
            banner(ui, problem);
        }
    }
}

fn tone(state: StepState) -> Tone {
    match state {
        StepState::Ok => Tone::Good,
        StepState::Warning => Tone::Warning,
        StepState::Failed => Tone::Bad,
        StepState::Running => Tone::Accent,
        StepState::Waiting | StepState::Skipped => Tone::Neutral,
    }
}

/// Tells the states apart by form, not by colour alone.
fn sign(ui: &Ui, tile: Rect, state: StepState) {
    let t = tokens::of(ui.ctx());
    let ink = tone(state).colour(&t);
    let painter = ui.painter();
    let ring = |part: f32| painter.circle_stroke(tile.center(), tile.width() * part, (1.5, ink));
    match state {
        StepState::Ok => icons::paint(painter, tile, Icon::Check, ink),
        StepState::Warning => icons::paint(painter, tile, Icon::Warning, ink),
        StepState::Failed => icons::paint(painter, tile, Icon::Close, ink),
        StepState::Running => {
            ring(0.4);
            painter.circle_filled(tile.center(), tile.width() * 0.2, ink);
        }
        StepState::Waiting => {
            ring(0.4);
        }
        StepState::Skipped => {
            let (x, y) = (tile.width() * 0.32, tile.center().y);
            let ends = [pos2(tile.center().x - x, y), pos2(tile.center().x + x, y)];
            painter.add(Shape::line_segment(ends, Stroke::new(1.5, ink)));
        }
    }
}

fn took(step: &DoctorStep) -> String {
    match step.took_ms {
        Some(ms) if ms >= 1000 => {
            let seconds = format!("{}.{}", ms / 1000, ms % 1000 / 100);
            tr!("settings-diagnostics-seconds", seconds = seconds)
        }
        Some(ms) if step.state.is_over() => tr!("settings-diagnostics-ms", ms = ms),
        _ => String::new(),
    }
}

/// One step: its sign, its name, what was found, what to do, and how long it took.
fn row(ui: &mut Ui, step: &DoctorStep) {
    let t = tokens::of(ui.ctx());
    let full = ui.available_width();
    let over = step.state.is_over();
    let frame =
        egui::Frame::new().inner_margin(Margin { left: 16, right: 16, top: 10, bottom: 10 });
    let shown = frame.show(ui, |ui| {
        ui.set_width(full - 32.0);
        ui.spacing_mut().item_spacing = vec2(0.0, 3.0);
        ui.horizontal_top(|ui| {
            let (place, _) = ui.allocate_exact_size(vec2(SIGN, 20.0), Sense::hover());
            sign(ui, Rect::from_min_size(place.min + vec2(0.0, 2.0), vec2(15.0, 15.0)), step.state);
            let words = full - 32.0 - SIGN - TOOK;
            ui.vertical(|ui| {
                ui.set_width(words);
                let ink = if over && step.state != StepState::Skipped { t.text } else { t.muted };
                ui.label(RichText::new(&step.name).color(ink));
                let said = match (step.detail.is_empty(), step.state) {
                    (false, _) => step.detail.as_str(),
                    (true, StepState::Running) => tr!("settings-diagnostics-running"),
                    (true, _) => "",
                };
                if !said.is_empty() {
                    ui.add(Label::new(RichText::new(said).small().color(t.muted)).wrap());
                }
                let wanted = !matches!(step.state, StepState::Ok) && !step.next.is_empty();
                if wanted {
                    ui.add(Label::new(RichText::new(&step.next).small().color(t.text)).wrap());
                }
            });
            ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
                ui.label(RichText::new(took(step)).small().color(t.muted));
            });
        });
    });
    let name = sentence(step);
    shown.response.widget_info(|| WidgetInfo::labeled(Role::Row, true, &name));
}

/// The step in one line: for a screen reader, and for the clipboard.
fn sentence(step: &DoctorStep) -> String {
    let (name, state) = (step.name.as_str(), step.state.word());
    let found: Vec<&str> = [&step.detail, &step.next]
        .into_iter()
        .filter(|part| !part.is_empty())
        .map(|part| part.trim_end_matches(['.', '。']))
        .collect();
    match found.as_slice() {
        [] => tr!("settings-diagnostics-step", name = name, state = state),
        [found] => {
            tr!("settings-diagnostics-step-found", name = name, state = state, found = *found)
        }
        [found, next, ..] => tr!(
            "settings-diagnostics-step-next",
            name = name,
            state = state,
            found = *found,
            next = *next,
        ),
    }
}

fn text(steps: &[DoctorStep], verdict: &DoctorVerdict) -> String {
    let mut out = format!("{} {}\n", verdict.text, verdict.next).replace(" \n", "\n");
    for of in StepGroup::ALL {
        let mut steps = steps.iter().filter(|step| step.group == of).peekable();
        if steps.peek().is_some() {
            let _ = write!(out, "\n{}\n", of.name());
        }
        for step in steps {
            let _ = writeln!(out, "- {}", sentence(step));
        }
    }
    out
}
