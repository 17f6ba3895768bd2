//! The way out: a small field for the PIN.

use crate::tokens::{self, size, space};
use crate::widgets::{floating, secret_field};
use egui::{
    Align2, Area, Context, Id, Key, Margin, Order, Rect, RichText, WidgetInfo, accesskit::Role,
};
use multiclaw_core::Command;
use multiclaw_core::model::PinEntry;
use multiclaw_core::secret::Pin;
use multiclaw_core::tr;
use std::time::Duration;

/// It goes away after so many seconds in which nothing is typed.
const STAY: f64 = 30.0;

/// What is typed.
#[derive(Default)]
pub(super) struct Form {
    /// Moved into a [`Pin`] when it is sent, and then empty.
    text: String,
    /// When something was typed last, by egui's clock.
    last: Option<f64>,
}

impl Drop for Form {
    fn drop(&mut self) {
        drop(self.take());
    }
}

impl Form {
    fn take(&mut self) -> Pin {
        Pin::new(std::mem::take(&mut self.text))
    }

    /// Paints it; whether it is to go away.
    pub(super) fn show(
        &mut self,
        ctx: &Context,
        view: Rect,
        state: PinEntry,
        commands: &mut Vec<Command>,
    ) -> bool {
        let (now, escape, typed) = ctx.input(|i| {
            let typed =
                i.events.iter().any(|e| matches!(e, egui::Event::Key { pressed: true, .. }));
            (i.time, i.key_pressed(Key::Escape), typed)
        });
        let begun = self.last.is_none();
        let last = if typed { now } else { self.last.unwrap_or(now) };
        self.last = Some(last);
        let left = last + STAY - now;
        if escape || left <= 0.0 {
            return true;
        }
        ctx.request_repaint_after(Duration::from_secs_f64(left + 0.01));
        let open = matches!(state, PinEntry::Ready | PinEntry::Wrong { .. });
        Area::new(Id::unique("kiosk pin"))
            .order(Order::Foreground)
            .pivot(Align2::CENTER_CENTER)
            .fixed_pos(view.center())
            .show(ctx, |ui| {
                floating(ui).inner_margin(Margin::same(24)).show(ui, |ui| {
                    ui.set_width(300.0_f32.min(view.width() - 96.0));
                    let leave = tr!("kiosk-leave");
                    let head = ui.label(RichText::new(leave).size(size::STRONG));
                    head.widget_info(|| WidgetInfo::labeled(Role::Heading, true, leave));
                    ui.add_space(space::S);
                    let field = ui
                        .add_enabled_ui(open, |ui| {
                            secret_field(ui, tr!("kiosk-pin"), &mut self.text, "", false)
                        })
                        .inner;
                    let enter = field.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
                    if enter && open && !self.text.is_empty() {
                        commands.push(Command::UnlockKiosk(self.take()));
                    }
                    if begun || open && !field.has_focus() {
                        field.request_focus();
                    }
                    ui.add_space(space::S);
                    let t = tokens::of(ui.ctx());
                    let (text, ink) = match state {
                        PinEntry::Checking => (tr!("kiosk-pin-checking").to_owned(), t.muted),
                        PinEntry::Wrong { left } => (tr!("kiosk-pin-wrong", left = left), t.bad),
                        PinEntry::Locked { seconds } => {
                            (tr!("kiosk-pin-locked", seconds = seconds), t.bad)
                        }
                        PinEntry::Ready | PinEntry::None => {
                            (tr!("kiosk-pin-ready").to_owned(), t.muted)
                        }
                    };
                    ui.label(RichText::new(text).small().color(ink));
                });
            });
        false
    }
}
