//! What the program may touch, who in it, and what the operating system holds it to.

use super::row::{divider, fact, group, row};
use crate::widgets::{Tone, badge, banner, quiet};
use egui::{RichText, Ui};
use multiclaw_core::l10n;
use multiclaw_core::model::{Held, Language, Model, Problem, SandboxFacts};
use multiclaw_core::scope::{Group, Row, page};
use multiclaw_core::tr;
use std::collections::BTreeSet;

/// Names that are shown before somebody asks for all of them.
const FEW: usize = 4;

/// State of the page.
#[derive(Default)]
pub(super) struct View {
    /// The list; made when the page is first shown, and anew in another language.
    groups: Vec<Group>,
    language: Language,
    /// Rows whose names are all shown.
    open: BTreeSet<&'static str>,
}

impl View {
    pub(super) fn show(&mut self, ui: &mut Ui, model: &Model) {
        let language = l10n::current();
        if self.groups.is_empty() || self.language != language {
            *self = Self { groups: page(), language, open: BTreeSet::new() };
        }
        let facts = &model.safety.sandbox;
        warnings(ui, model);
        ui.label(RichText::new(tr!("settings-permissions-about")).weak());
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
        let next = tr!("settings-permissions-no-sandbox-next");
        warn(tr!("settings-permissions-no-sandbox"), next.to_owned());
    }
    if !model.safety.refused.is_empty() {
        let all: Vec<String> =
            model.safety.refused.iter().map(multiclaw_core::scope::Refused::sentence).collect();
        let next = tr!("settings-permissions-refused-what", what = all.join("; "));
        warn(tr!("settings-permissions-refused"), next);
    }
}

fn one(ui: &mut Ui, what: &Row, open: &mut BTreeSet<&'static str>) {
    let count = what.who.len();
    let comma = tr!("settings-comma");
    let everybody = || tr!("settings-permissions-who", names = what.who.join(comma));
    if count <= FEW + 1 {
        row(ui, what.what, &everybody(), 0.0, |_| {});
        return;
    }
    let all = open.contains(what.what);
    let text = if all {
        everybody()
    } else {
        let few: Vec<&str> = what.who.iter().take(FEW).copied().collect();
        let (names, more) = (few.join(comma), count - few.len());
        tr!("settings-permissions-who-more", names = names, count = more)
    };
    row(ui, what.what, &text, 80.0, |ui| {
        let name = match all {
            true => tr!("settings-permissions-few").to_owned(),
            false => tr!("settings-permissions-all", count = count),
        };
        if quiet(ui, &name).clicked() && !open.remove(what.what) {
            open.insert(what.what);
        }
    });
}

/// What holds even if there is a fault in the program.
fn sandbox(ui: &mut Ui, facts: &SandboxFacts) {
    group(ui, tr!("settings-sandbox-title"), |ui| {
        if facts.measures.is_empty() {
            fact(ui, tr!("settings-sandbox"), tr!("settings-sandbox-unknown"));
        }
        for (n, measure) in facts.measures.iter().enumerate() {
            if n > 0 {
                divider(ui);
            }
            let (text, word, tone) = match &measure.held {
                Held::Yes => {
                    (measure.kind.text().to_owned(), tr!("settings-sandbox-held"), Tone::Good)
                }
                Held::No(why) => {
                    let (what, why) = (measure.kind.text(), why.as_str());
                    let text = tr!("settings-sandbox-not-here", what = what, why = why);
                    (text, tr!("settings-sandbox-not-held"), Tone::Warning)
                }
            };
            row(ui, measure.kind.title(), &text, 80.0, |ui| {
                badge(ui, word, tone);
            });
        }
        if !facts.writable.is_empty() {
            divider(ui);
            let folders = facts.writable.join(tr!("settings-comma"));
            row(ui, tr!("settings-sandbox-folders"), &folders, 0.0, |_| {});
        }
        if facts.landlock_abi > 0 {
            divider(ui);
            fact(ui, tr!("settings-sandbox-landlock"), &facts.landlock_abi.to_string());
        }
    });
}
