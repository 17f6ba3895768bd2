//! Text fields with a label, a limit and a note.

use crate::tokens::{self, size, space};
use egui::text_edit::TextEditState;
use egui::{Align, Layout, Margin, Response, RichText, ScrollArea, TextEdit, Ui};
use multiclaw_core::tr;

/// A text field.
#[derive(Clone, Copy, Default)]
pub(crate) struct Field<'a> {
    /// Above it.
    pub(crate) label: &'a str,
    /// In it while it is empty.
    pub(crate) hint: &'a str,
    /// Below it.
    pub(crate) note: &'a str,
    /// Several lines; 0 for one.
    pub(crate) rows: usize,
    /// Most characters that can be typed; 0 for any number.
    pub(crate) characters: usize,
    /// Most bytes that can be sent, counted above the field; 0 for any number.
    pub(crate) bytes: usize,
    /// Not shown in clear.
    pub(crate) secret: bool,
    /// It takes the focus now.
    pub(crate) focus: bool,
}

impl Field<'_> {
    /// Paints label, field and note.
    pub(crate) fn show(self, ui: &mut Ui, text: &mut String) -> Response {
        let t = tokens::of(ui.ctx());
        let width = ui.available_width();
        ui.spacing_mut().item_spacing.y = space::XS;
        let small = |text: &str| RichText::new(text).size(size::SMALL);
        let label = ui
            .scope(|ui| {
                ui.spacing_mut().interact_size.y = 16.0;
                ui.horizontal(|ui| {
                    let label = ui.label(small(self.label).color(t.muted));
                    if self.bytes > 0 {
                        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                            let over = text.len() > self.bytes;
                            let size = kib(text.len());
                            let said =
                                tr!("shell-field-size", size = size, most = self.bytes / 1024);
                            let colour = if over { t.bad } else { t.muted };
                            ui.label(small(&said).color(colour));
                        });
                    }
                    label
                })
                .inner
            })
            .inner;
        let edit = match self.rows {
            0 => TextEdit::singleline(text),
            rows => TextEdit::multiline(text).desired_rows(rows),
        };
        let mut edit = edit
            .id(ui.make_persistent_id(self.label))
            .hint_text(RichText::new(self.hint).color(t.muted))
            .password(self.secret)
            .desired_width(width)
            .margin(Margin::symmetric(12, 9));
        if self.characters > 0 {
            edit = edit.char_limit(self.characters);
        }
        let response = match self.rows {
            0 => ui.add(edit),
            #[expect(clippy::cast_precision_loss, reason = "a few")]
            rows => {
                let height = rows as f32 * 19.0 + 20.0;
                ScrollArea::vertical()
                    .id_salt(self.label)
                    .max_height(height)
                    .min_scrolled_height(height)
                    .show(ui, |ui| ui.add(edit))
                    .inner
            }
        };
        let response = response.labelled_by(label.id);
        if self.focus {
            response.request_focus();
        }
        if !self.note.is_empty() {
            ui.label(small(self.note).color(t.muted));
        }
        ui.add_space(space::S);
        response
    }
}

/// Forgets what was typed in a field for a secret: egui keeps it for undo.
pub(crate) fn wipe(ui: &Ui, response: &Response) {
    TextEditState::default().store(ui.ctx(), response.id);
}

/// Bytes as KiB: "1.5". Rounded up, so that too much is never said to be just enough.
#[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
fn kib(bytes: usize) -> String {
    let kib = (bytes as f64 / 102.4).ceil() / 10.0;
    if bytes == 0 { "0".to_owned() } else { format!("{kib:.1}") }
}
