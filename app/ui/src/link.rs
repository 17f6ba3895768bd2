//! The link that is being followed.

use crate::Ui;
use crate::shell::Visit;
use crate::widgets;
use egui::Context;
use multiclaw_core::Command;
use multiclaw_core::deep_link::{LinkError, Target};
use multiclaw_core::model::{Account, Model, Problem};
use multiclaw_core::tr;

/// For lists to load and connections to be made, in seconds. What comes later would surprise.
const PATIENCE: f64 = 30.0;

/// The newest link; an older one that is not followed yet is forgotten.
#[derive(Default)]
pub(crate) struct Follow {
    target: Option<Target>,
    /// When it is given up, in seconds of egui's clock.
    until: Option<f64>,
    problem: Option<Problem>,
}

impl Ui {
    /// Follows a link as soon as what it names is known. While a desktop is open, or a dialog asks
    /// something, no link is followed: what is typed would go somewhere else.
    pub fn follow(&mut self, link: Result<Target, LinkError>) {
        self.follow = match link {
            Ok(target) => Follow { target: Some(target), ..Follow::default() },
            Err(error) => Follow { problem: Some(sentence(error.said(), "")), ..Follow::default() },
        };
    }

    /// To be called once a frame, before anything is painted.
    pub(crate) fn follow_link(
        &mut self,
        ctx: &Context,
        model: &Model,
        commands: &mut Vec<Command>,
    ) {
        let Some(target) = self.follow.target.take() else { return };
        let now = ctx.input(|i| i.time);
        let until = *self.follow.until.get_or_insert(now + PATIENCE);
        let person = match &model.account {
            Account::SignedIn(person) => Some(person),
            _ => None,
        };
        let known = !matches!(model.account, Account::Restoring | Account::SignedOut(_));
        let busy = model.viewer.is_some() || ctx.memory(|m| m.top_modal_layer()).is_some();
        let visit = if busy {
            Visit::Failed(sentence(tr!("chat-link-busy"), tr!("chat-link-busy-next")))
        } else if known {
            self.shell.visit(&target, person, model, commands)
        } else {
            Visit::Wait
        };
        self.follow.problem = match visit {
            Visit::Done => None,
            Visit::Failed(problem) => Some(problem),
            Visit::Wait if now < until => {
                self.follow.target = Some(target);
                ctx.request_repaint_after_secs(PATIENCE_STEP);
                return;
            }
            Visit::Wait if known => Some(sentence(tr!("chat-link-not-reached"), "")),
            Visit::Wait => {
                Some(sentence(tr!("chat-link-signed-out"), tr!("chat-link-signed-out-next")))
            }
        };
        self.follow.until = None;
    }

    /// Why a link was not followed, until it was read.
    pub(crate) fn link_problem(&mut self, ctx: &Context) {
        if let Some(problem) = &self.follow.problem
            && widgets::toast(ctx, problem)
        {
            self.follow.problem = None;
        }
    }
}

/// A frame is painted again by then although nothing happens, in seconds.
const PATIENCE_STEP: f32 = 5.0;

fn sentence(what: &str, next: &str) -> Problem {
    Problem { what: what.into(), next: next.into() }
}
