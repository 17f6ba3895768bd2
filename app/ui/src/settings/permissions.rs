//! What the program may touch, who in it, and what the operating system holds it to.

use super::row::{divider, fact, group, row};
use crate::widgets::{Tone, badge, banner, quiet};
use egui::{RichText, Ui};
use multiclaw_core::model::{Held, Model, Problem, SandboxFacts};
use multiclaw_core::scope::{Group, Row, page};
use std::collections::BTreeSet;

/// Names that are shown before somebody asks for all of them.
const FEW: usize = 4;

/// State of the page.
#[derive(Default)]
pub(super) struct View {
    /// The list; made when the page is first shown, and the same ever after.
    groups: Vec<Group>,
    /// Rows whose names are all shown.
    open: BTreeSet<&'static str>,
}

impl View {
    pub(super) fn show(&mut self, ui: &mut Ui, model: &Model) {
        if self.groups.is_empty() {
            self.groups = page();
        }
        let facts = &model.safety.sandbox;
        warnings(ui, model);
        ui.label(
            RichText::new(
                "Everything outside of its own memory that MultiClaw may touch, and what in it \
                 may. What is not listed here is refused.",
            )
            .weak(),
        );
        ui.add_space(crate::tokens::space::M);
        for of in &self.groups {
            group(ui, of.title, |ui| {
                for (n, what) in of.rows.iter().enumerate() {
                    if n > 0 {
                        divider(ui);
                    }
                    one(ui, what, &mut self.open);
                }
            });
        }
        sandbox(ui, facts);
    }
}

/// What a person should know before anything else.
fn warnings(ui: &mut Ui, model: &Model) {
    let mut warn = |what: &str, next: String| {
        banner(ui, &Problem { what: what.to_owned(), next });
        ui.add_space(crate::tokens::space::M);
    };
    if model.safety.sandbox.switched_off {
        warn(
            "The sandbox is switched off.",
            "MultiClaw was started with --no-sandbox. Start it without, unless you are looking for \
             the cause of a fault."
                .into(),
        );
    }
    if !model.safety.refused.is_empty() {
        let all: Vec<String> = model.safety.refused.iter().map(ToString::to_string).collect();
        warn(
            "MultiClaw refused something to itself. This is a fault of MultiClaw; please report it.",
            format!("{}.", all.join("; ")),
        );
    }
}

fn one(ui: &mut Ui, what: &Row, open: &mut BTreeSet<&'static str>) {
    let count = what.who.len();
    if count <= FEW + 1 {
        row(ui, what.what, &format!("{}.", what.who.join(", ")), 0.0, |_| {});
        return;
    }
    let all = open.contains(what.what);
    let text = if all {
        format!("{}.", what.who.join(", "))
    } else {
        let few: Vec<&str> = what.who.iter().take(FEW).copied().collect();
        format!("{}, and {} more.", few.join(", "), count - few.len())
    };
    row(ui, what.what, &text, 80.0, |ui| {
        let name = if all { "Show few".to_owned() } else { format!("Show all {count}") };
        if quiet(ui, &name).clicked() && !open.remove(what.what) {
            open.insert(what.what);
        }
    });
}

/// What holds even if there is a fault in the program.
fn sandbox(ui: &mut Ui, facts: &SandboxFacts) {
    group(ui, "What this computer holds MultiClaw to", |ui| {
        if facts.measures.is_empty() {
            fact(ui, "Sandbox", "Nothing is known of it.");
        }
        for (n, measure) in facts.measures.iter().enumerate() {
            if n > 0 {
                divider(ui);
            }
            let (text, word, tone) = match &measure.held {
                Held::Yes => (measure.kind.text().to_owned(), "Held", Tone::Good),
                Held::No(why) => {
                    let text = format!("{} Not on this computer: {why}.", measure.kind.text());
                    (text, "Not held", Tone::Warning)
                }
            };
            row(ui, measure.kind.title(), &text, 80.0, |ui| {
                badge(ui, word, tone);
            });
        }
        if !facts.writable.is_empty() {
            divider(ui);
            row(ui, "Folders it may write to", &facts.writable.join(", "), 0.0, |_| {});
        }
        if facts.landlock_abi > 0 {
            divider(ui);
            fact(ui, "Landlock version", &facts.landlock_abi.to_string());
        }
    });
}
