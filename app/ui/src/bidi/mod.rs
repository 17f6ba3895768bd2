//! Text that runs from right to left, or both ways.
//!
//! egui shapes each run of letters in its own direction and then lays all runs out from left to
//! right, so that a line of several words comes out in the wrong order. At the end of each frame
//! this puts the texts that are about to be drawn in order. What widgets know of their text, and
//! what a screen reader reads, stays as it was written. The caret in a field and the marks of a
//! selection follow egui's order still.

mod lines;
mod order;

use egui::epaint::TextShape;
use egui::layers::ShapeIdx;
use egui::{Align, Context, LayerId, Plugin, Shape};
use multiclaw_core::l10n::{self, Language};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use unicode_bidi::Level;

/// Puts text in order before it is drawn.
#[derive(Default)]
pub(crate) struct Bidi {
    /// What was made of a text in this frame and the one before, by the text's hash.
    made: HashMap<u64, Made>,
}

struct Made {
    job: Option<Arc<egui::epaint::text::LayoutJob>>,
    used: bool,
}

impl Plugin for Bidi {
    fn debug_name(&self) -> &'static str {
        "bidirectional text"
    }

    fn on_end_pass(&mut self, ui: &mut egui::Ui) {
        let ctx = ui.ctx().clone();
        for (layer, at, mut shape) in found(&ctx) {
            self.put_in_order(&ctx, &mut shape);
            ctx.graphics_mut(|layers| {
                layers.entry(layer).mutate_shape(at, |place| place.shape = shape);
            });
        }
        self.made.retain(|_, made| std::mem::take(&mut made.used));
    }
}

/// The shapes with text that runs from right to left.
fn found(ctx: &Context) -> Vec<(LayerId, ShapeIdx, Shape)> {
    let mut layers: Vec<LayerId> = ctx.memory(|memory| memory.layer_ids().collect());
    let background = LayerId::background();
    if !layers.contains(&background) {
        layers.push(background);
    }
    ctx.graphics(|all| {
        let mut found = Vec::new();
        for layer in layers {
            let Some(list) = all.get(layer) else { continue };
            for (at, entry) in list.all_entries().enumerate() {
                if has_rtl(&entry.shape) {
                    found.push((layer, ShapeIdx(at), entry.shape.clone()));
                }
            }
        }
        found
    })
}

fn has_rtl(shape: &Shape) -> bool {
    match shape {
        Shape::Text(text) => order::has_rtl(&text.galley.job.text),
        Shape::Vec(shapes) => shapes.iter().any(has_rtl),
        _ => false,
    }
}

impl Bidi {
    fn put_in_order(&mut self, ctx: &Context, shape: &mut Shape) {
        match shape {
            Shape::Text(text) if order::has_rtl(&text.galley.job.text) => self.text(ctx, text),
            Shape::Vec(shapes) => {
                for shape in shapes {
                    self.put_in_order(ctx, shape);
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, ctx: &Context, text: &mut TextShape) {
        // In a program that speaks such a language, a text that begins with a name in Latin letters
        // is still one of that language.
        let base = (l10n::current() == Language::Hebrew).then(Level::rtl);
        let old = Arc::clone(&text.galley);
        let mut hasher = DefaultHasher::new();
        old.job.hash(&mut hasher);
        (old.pixels_per_point.to_bits(), base.is_some()).hash(&mut hasher);
        (old.rect.width().to_bits(), old.elided).hash(&mut hasher);
        let made = self.made.entry(hasher.finish()).or_insert_with(|| {
            let job = ctx.fonts_mut(|fonts| lines::lay_out(fonts, &old, base));
            Made { job: job.map(Arc::new), used: true }
        });
        made.used = true;
        let Some(job) = made.job.clone() else { return };
        let new = ctx.fonts_mut(|fonts| fonts.layout_job(Arc::unwrap_or_clone(job)));
        if old.job.halign == Align::LEFT {
            // Words are measured one by one, which differs from the whole by less than a point.
            text.pos.x += (old.rect.width() - new.rect.width()) / 2.0;
        }
        text.galley = new;
    }
}
