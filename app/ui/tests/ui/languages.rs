//! Other languages than English: their letters, their order, their words.

use crate::world::*;
use egui_kittest::kittest::Queryable;
use egui_kittest::{SnapshotOptions, SnapshotResults};
use multiclaw_core::l10n::{Language, speaking};
use multiclaw_core::model::*;
use multiclaw_core::tr;
use std::path::Path;

#[test]
fn the_fonts_have_every_letter_of_every_translation() {
    let h = harness(signed_out(form()), [600.0, 400.0]);
    let missing = |text: &str| -> Vec<char> {
        let id = egui::FontId::proportional(14.0);
        h.ctx.fonts_mut(|fonts| text.chars().filter(|sign| !fonts.has_glyph(&id, *sign)).collect())
    };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/translations");
    let mut read = 0;
    for language in Language::ALL {
        for file in std::fs::read_dir(folder.join(language.tag())).unwrap() {
            let path = file.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap().replace(['\n', '\t'], " ");
            assert_eq!(missing(&text), Vec::<char>::new(), "{}", path.display());
            read += text.len();
        }
        assert_eq!(missing(language.name()), Vec::<char>::new());
    }
    assert!(read > 100_000);
}

#[test]
fn a_person_reads_and_a_screen_reader_hears_the_language() {
    for language in Language::ALL {
        speaking(language, || {
            let h = harness(signed_out(form()), [900.0, 640.0]);
            h.get_by_label(tr!("sign-in-title"));
            let mut h = harness(signed_in(three()), [1000.0, 640.0]);
            h.state_mut().ui.as_mut().unwrap().go(multiclaw_ui::Screen::Desktops);
            h.run_steps(3);
            // As it is written, whatever order it is drawn in.
            let count = tr!("desktops-count", count = 3);
            h.get_by_label_contains(&count);
        });
    }
}

#[test]
fn other_scripts_look_as_reviewed() {
    let mut results = SnapshotResults::new();
    let options = SnapshotOptions::new().threshold(1.2).max_failed_pixels(400usize);
    for (language, tag) in [(Language::Hebrew, "hebrew"), (Language::Chinese, "chinese")] {
        speaking(language, || {
            let mut sign_in = signed_out(form());
            sign_in.settings.theme = Theme::Light;
            let mut h = harness(sign_in, [900.0, 640.0]);
            results.add(h.try_snapshot_options(format!("sign_in_{tag}"), &options));
            let mut model = signed_in(three());
            model.settings.theme = Theme::Dark;
            let mut h = harness(model, [1000.0, 620.0]);
            h.state_mut().ui.as_mut().unwrap().go(multiclaw_ui::Screen::Settings);
            h.run_steps(3);
            results.add(h.try_snapshot_options(format!("settings_{tag}_dark"), &options));
        });
    }
}

#[test]
fn lines_that_run_both_ways_look_as_reviewed() {
    const LONG: &str = "החיבור אל build-box נותק (שגיאה 1006). בדקו את הרשת ונסו שוב בעוד 30 שניות; \
                        אם זה חוזר, פנו אל מי שמנהל את OpenClaw אצלכם.";
    let mut own = None;
    let options = SnapshotOptions::new().threshold(1.2).max_failed_pixels(200usize);
    let mut h = egui_kittest::Harness::builder().with_size([420.0, 330.0]).wgpu().build_ui(|ui| {
        let ctx = ui.ctx().clone();
        own.get_or_insert_with(|| multiclaw_ui::Ui::new(&ctx));
        ui.label("English with עברית בשתי מילים inside, twice.");
        ui.label(LONG);
        ui.label("مرحبا بالعالم، لديك 3 رسائل جديدة.");
        ui.add(egui::Label::new(LONG).truncate());
        ui.add(egui::Button::new("שמירת ההגדרות (Ctrl+S)"));
        ui.label("已连接到 OpenClaw 网关，正在等待画面。");
        let mut job = egui::text::LayoutJob::default();
        let colour = egui::Color32::from_rgb(200, 60, 60);
        job.append("ירוק ", 0.0, egui::TextFormat::default());
        job.append("אדום", 0.0, egui::TextFormat { color: colour, ..Default::default() });
        job.append(" ושוב ירוק", 0.0, egui::TextFormat::default());
        ui.label(job);
    });
    h.run_steps(3);
    h.get_by_label("שמירת ההגדרות (Ctrl+S)");
    let mut results = SnapshotResults::new();
    results.add(h.try_snapshot_options("both_ways", &options));
}
