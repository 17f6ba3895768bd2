//! What is seen, and what can be done with it.

use super::reading::any_text;
use super::*;
use crate::scroll::flow::{Flow, Measure, Size};
use egui::{Id, Modifiers, PointerButton, pos2, vec2};
use egui_kittest::{Harness, SnapshotOptions, SnapshotResults, kittest::Queryable as _};
use proptest::prelude::*;

struct World {
    document: Document,
    text: Text,
    marks: Vec<Mark>,
    link: Option<String>,
    /// How far it is scrolled.
    top: f32,
    height: f32,
}

fn harness(text: &str, size: egui::Vec2, scale: f32, dark: bool) -> Harness<'static, World> {
    let world = World {
        document: Document::default(),
        text: text.into(),
        marks: Vec::new(),
        link: None,
        top: 0.0,
        height: 0.0,
    };
    let mut set = false;
    Harness::builder()
        .with_step_dt(1.0 / 60.0)
        .allow_missing_glyphs()
        .with_size(size)
        .with_pixels_per_point(scale)
        .build_ui_state(
            move |ui, world: &mut World| {
                if !set {
                    set = true;
                    crate::theme::install(ui.ctx());
                    let theme = if dark { egui::Theme::Dark } else { egui::Theme::Light };
                    ui.ctx().set_theme(theme);
                }
                let rect = ui.ctx().content_rect();
                ui.set_clip_rect(rect);
                ui.painter().rect_filled(rect, 0, crate::tokens::of(ui.ctx()).background);
                let style = Style::new(rect.width() - 48.0);
                world.document.follow(&world.text);
                let seen = f64::from(world.top)..f64::from(world.top + rect.height());
                let measured = world.document.measure(ui, &style, &Seen::FromTop(seen));
                world.top += measured.shift;
                world.height = measured.height;
                let at = pos2(24.0, 20.0 - world.top);
                let shown = world.document.show(ui, Id::unique("doc"), at, &style, &world.marks);
                world.link = shown.link.or(world.link.take());
            },
            world,
        )
}

#[test]
fn blocks_links_and_buttons_are_found_and_pressed() {
    let mut h = harness(SAMPLE, vec2(760.0, 1500.0), 1.0, true);
    h.run();
    h.get_by_role_and_label(egui::accesskit::Role::Heading, "Steps");
    h.get_by_label("• the first frame");
    h.get_by_label("☑ measured at 1080p");
    h.get_by_label("the notes").click();
    h.run();
    assert_eq!(h.state().link.as_deref(), Some("https://example.com/notes"));
    h.get_all_by_label("Copy code").last().unwrap().click();
    h.step();
    let copied = h.output().platform_output.commands.iter().any(|c| {
        matches!(c, egui::OutputCommand::CopyText(t) if t.starts_with("/// Paints") && t.ends_with("}"))
    });
    assert!(copied);
    h.run();
    h.get_by_label("Wrap long lines").click();
    h.run();
    h.get_by_label("Do not wrap long lines");
}

#[test]
fn text_is_selected_across_blocks_and_copied_without_marks() {
    let mut h =
        harness("# Head\n\nOne **two** three.\n\n- four\n- five", vec2(500.0, 300.0), 1.0, true);
    h.run();
    let from = pos2(22.0, 26.0);
    h.hover_at(from);
    h.step();
    h.drag_at(from);
    h.step();
    h.hover_at(pos2(480.0, 290.0));
    h.step();
    h.drop_at(pos2(480.0, 290.0));
    h.step();
    assert_eq!(h.state().document.selected(), "Head\n\nOne two three.\n\n• four\n• five");
    h.event(egui::Event::Copy);
    h.step();
    let copied = h
        .output()
        .platform_output
        .commands
        .iter()
        .any(|c| matches!(c, egui::OutputCommand::CopyText(_)));
    assert!(copied);
    // A double click takes a word.
    let word = h.get_by_label("One two three.").rect().left_center() + vec2(10.0, 0.0);
    h.hover_at(word);
    h.step();
    for pressed in [true, false, true, false] {
        h.event(egui::Event::PointerButton {
            pos: word,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        });
        h.step();
    }
    assert_eq!(h.state().document.selected(), "One");
}

#[test]
fn only_what_is_seen_is_laid_out() {
    let text =
        (0..4_000).map(|n| format!("Paragraph {n} with some words.\n\n")).collect::<String>();
    let mut h = harness(&text, vec2(600.0, 600.0), 1.0, true);
    h.run();
    let galleys = h.state().document.work().galleys;
    assert!(galleys < 60, "{galleys} were laid out");
    h.state_mut().top = 50_000.0;
    h.run();
    assert!(h.state().document.work().galleys - galleys < 60);
    // At rest nothing is laid out again.
    let galleys = h.state().document.work().galleys;
    h.run();
    assert_eq!(h.state().document.work().galleys, galleys);
    // More text lays out what is new and seen only.
    h.state_mut().text.push("\n\nmore");
    h.run();
    assert_eq!(h.state().document.work().galleys, galleys);
}

#[test]
fn what_is_read_stays_while_what_is_above_is_measured() {
    let long = "Words that go on and on, so that there are several lines of them. ".repeat(9);
    let text = format!("{long}\n\n```\nx\n```\n\n").repeat(300);
    let mut h = harness(&text, vec2(420.0, 500.0), 1.0, true);
    h.run();
    h.state_mut().top = 40_000.0;
    h.run();
    for _ in 0..40 {
        let byte = h.state().document.selection_at_top(h.state().top + 60.0);
        let before = h.state().document.top_of(byte) - h.state().top;
        h.state_mut().top -= 90.0;
        h.run();
        let after = h.state().document.top_of(byte) - h.state().top;
        assert!((after - before - 90.0).abs() < 1.0, "{before} became {after}");
    }
}

/// Documents, how they are scrolled, and where those are that are seen.
type Scrolled = (Vec<Document>, Flow, Vec<(usize, f64)>);

/// Documents as rows of a flow, as a screen has them.
struct Rows<'a> {
    ui: &'a egui::Ui,
    documents: &'a mut [Document],
}

impl Measure for Rows<'_> {
    fn measure(&mut self, row: usize) -> Size {
        self.measure_seen(row, &Seen::Nothing).0
    }

    fn measure_seen(&mut self, row: usize, seen: &Seen) -> (Size, f64) {
        let measured = self.documents[row].measure(self.ui, &Style::new(400.0), seen);
        (Size { lead: 20.0, body: measured.height.into() }, measured.shift.into())
    }
}

#[test]
fn long_documents_in_a_flow_stay_where_they_are_read() {
    let long = "Words that go on and on, so that there are several lines of them. ".repeat(9);
    let text = format!("{long}\n\n```\nx\n```\n\n# Head\n\n").repeat(120);
    let documents: Vec<Document> = (0..3).map(|_| read(&text)).collect();
    let flow = Flow::new([500.0; 3]);
    let seen: Vec<(usize, f64)> = Vec::new();
    let mut h = Harness::builder().with_size(vec2(440.0, 600.0)).build_ui_state(
        |ui, (documents, flow, seen): &mut Scrolled| {
            let placed = flow.arrange(600.0, &mut Rows { ui, documents });
            *seen = placed.iter().map(|p| (p.row, p.top)).collect();
        },
        (documents, flow, seen),
    );
    h.step();
    // Where a place in the middle of the view is.
    let place = |h: &Harness<'_, Scrolled>| {
        let (documents, _, seen) = h.state();
        let (row, top) = *seen.iter().rfind(|(_, top)| *top < 250.0).unwrap();
        #[expect(clippy::cast_possible_truncation, reason = "a test")]
        let y = (250.0 - top) as f32;
        (row, documents[row].selection_at_top(y))
    };
    let top_of = |h: &Harness<'_, Scrolled>, (row, byte): (usize, usize)| {
        let (documents, _, seen) = h.state();
        let top = seen.iter().find(|(r, _)| *r == row).map(|(_, top)| *top);
        top.map(|top| top + f64::from(documents[row].top_of(byte)))
    };
    let mut compared = 0;
    for _ in 0..900 {
        let at = place(&h);
        let before = top_of(&h, at).unwrap();
        h.state_mut().1.scroll(80.0, 600.0);
        h.step();
        // Until the first row is at the top.
        if h.state().1.position(600.0) < 100.0 {
            break;
        }
        if let Some(after) = top_of(&h, at) {
            assert!((after - before - 80.0).abs() < 1.0, "{before} became {after}");
            compared += 1;
        }
    }
    assert!(compared > 500, "{compared}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_text_is_shown_selected_and_scrolled(
        text in any_text(),
        other in "\\PC{0,60}",
        width in 20.0..400.0_f32,
        places in prop::collection::vec((0.0..400.0_f32, 0.0..300.0_f32), 2),
        again in any_text(),
    ) {
        let mut h = harness(&text, vec2(width, 300.0), 1.0, true);
        h.step();
        for (n, (x, y)) in places.into_iter().enumerate() {
            h.hover_at(pos2(x, y));
            h.step();
            if n == 0 {
                h.drag_at(pos2(x, y));
                h.step();
            }
        }
        let document = &h.state().document;
        prop_assert!(document.selected().len() <= document.text().len() * 2 + 4_000);
        h.state_mut().text.push(&other);
        h.step();
        h.state_mut().text = Text::from(again);
        h.state_mut().top = 40.0;
        h.step();
        prop_assert!(h.state().height >= 0.0);
    }
}

#[test]
fn every_width_and_any_text_is_laid_out() {
    for width in [60.0, 130.0, 333.0] {
        let text = format!("{SAMPLE}\n{}\n{}", ">".repeat(60), "- ".repeat(60));
        let mut h = harness(&text, vec2(width, 900.0), 1.5, false);
        h.run();
        h.state_mut().top = 900.0;
        h.run();
        assert!(h.state().height > 900.0);
    }
}

/// Software drivers differ in the last bits of a blend, and round corners in a pixel or two.
fn options() -> SnapshotOptions {
    SnapshotOptions::new().threshold(1.2).max_failed_pixels(400_usize)
}

#[test]
fn everything_looks_as_reviewed() {
    let mut results = SnapshotResults::new();
    for (dark, scale, name) in [(true, 1.0, "markdown_dark"), (false, 2.0, "markdown_light_2x")] {
        let mut h = harness(SAMPLE, vec2(720.0, 1130.0), scale, dark);
        h.run();
        let found = h.state().document.find("measure", 100);
        let marks = found.into_iter().enumerate();
        h.state_mut().marks = marks.map(|(n, range)| Mark { range, current: n == 1 }).collect();
        h.run();
        results.add(h.try_snapshot_options(name, &options()));
    }
}

#[test]
fn other_glyphs_that_fill_the_atlas_do_not_spoil_what_was_laid_out() {
    let mut h = harness("A text that stays.", vec2(300.0, 100.0), 1.0, true);
    h.run();
    let before = h.render().unwrap();
    let ctx = h.ctx.clone();
    for size in 0..120_u8 {
        let font = egui::FontId::proportional(90.0 + f32::from(size));
        let text: String = ('!'..='~').collect();
        ctx.fonts_mut(|f| f.layout_no_wrap(text, font, egui::Color32::WHITE));
        h.run();
    }
    let after = h.render().unwrap();
    assert!(before.pixels().eq(after.pixels()));
}

#[test]
fn a_tool_may_say_megabytes_and_a_line_without_end() {
    let lines = "a line of a log\n".repeat(100_000);
    for text in [lines, "x".repeat(1_000_000), "é\t".repeat(100_000)] {
        let mut plain = Plain::default();
        let mut text = Text::from(text);
        plain.follow(&text);
        let mut h = Harness::builder().with_size(vec2(400.0, 300.0)).build_ui_state(
            |ui, (plain, text): &mut (Plain, Text)| {
                plain.follow(text);
                let rect = ui.ctx().content_rect();
                plain.show(ui, Id::unique("plain"), rect);
            },
            (plain, text.clone()),
        );
        h.step();
        let (laid, lines) = (h.state().0.laid(), h.state().0.lines());
        assert!(lines > 5_000, "{lines}");
        h.step();
        assert!(h.state().0.laid() - laid < 30);
        text.push("\nthe end");
        h.state_mut().1 = text;
        h.step();
        h.step();
        assert_eq!(h.state().0.lines(), lines + 1);
        let (plain, text) = h.state_mut();
        assert!(!plain.follow(&text.clone()) && plain.follow(&Text::from("short")));
    }
}

type Said = (Plain, Text, Vec<Mark>);

fn said(text: &str) -> Harness<'static, Said> {
    let text = Text::from(text);
    Harness::builder().with_size(vec2(400.0, 300.0)).build_ui_state(
        |ui, (plain, text, marks): &mut Said| {
            plain.follow(text);
            let rect = ui.ctx().content_rect();
            plain.show_marked(ui, Id::unique("plain"), rect, marks);
        },
        (Plain::default(), text, Vec::new()),
    )
}

/// Shapes whose colour is that of a place that was found.
fn marked<S>(h: &Harness<'_, S>) -> Vec<Rect> {
    let fill = crate::tokens::of(&h.ctx).warning.gamma_multiply(0.28);
    let shapes = h.output().shapes.iter();
    shapes
        .filter_map(|s| match &s.shape {
            egui::Shape::Rect(rect) if rect.fill == fill => Some(rect.rect),
            _ => None,
        })
        .collect()
}

fn copied<S>(h: &Harness<'_, S>) -> Option<String> {
    h.output().platform_output.commands.iter().find_map(|c| match c {
        egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    })
}

#[test]
fn a_place_in_what_a_tool_said_is_marked_and_shown() {
    // The place goes on in the next line, because the line is too long.
    let text = format!("{}{}NEEDLE in it\n", "a line\n".repeat(2_000), "x".repeat(45));
    let mut h = said(&text);
    h.run();
    assert_eq!(marked(&h), []);
    let at = text.find("NEEDLE").unwrap();
    let (plain, _, marks) = h.state_mut();
    *marks = vec![
        Mark { range: 2..6, current: false },
        Mark { range: at..at + 6, current: false },
        Mark { range: text.len() + 5..text.len() + 9, current: true },
    ];
    plain.reveal(at);
    h.run();
    let seen = marked(&h);
    let wide: f32 = seen.iter().map(|r| r.width() - 2.0).sum();
    assert_eq!(seen.len(), 2, "{seen:?}");
    assert!((40.0..60.0).contains(&wide), "six letters: {wide}");
    assert!(seen.iter().all(|r| r.top() > 60.0 && r.bottom() < 290.0), "{seen:?}");
    h.state_mut().0.reveal(3);
    h.run();
    assert!(marked(&h)[0].top() < 60.0);
    // What is revealed stays though the text grows.
    h.state_mut().1.push("more\n");
    h.run();
    assert!(marked(&h)[0].top() < 60.0);
}

#[test]
fn what_a_tool_said_is_selected_beyond_what_is_seen_and_copied_as_it_is() {
    let line = "word ".repeat(40);
    let text = format!("first\n{line}\r\n\té {}end", "a line\n".repeat(300));
    let mut h = said(&text);
    h.run();
    let from = pos2(2.0, 16.0);
    h.drag_at(from);
    h.step();
    for _ in 0..400 {
        h.hover_at(pos2(390.0, 340.0));
        h.step();
    }
    h.drop_at(pos2(390.0, 340.0));
    h.step();
    assert_eq!(h.state().0.selected(), text);
    h.event(egui::Event::Copy);
    h.step();
    assert_eq!(copied(&h), Some(text));
    h.key_press(egui::Key::Escape);
    h.step();
    assert_eq!(h.state().0.selected(), "");
    h.event(egui::Event::Copy);
    h.step();
    assert_eq!(copied(&h), None);
}

/// What agents like to write.
const EMOJI: &str = "Done ✅ 🎉 👍 ❤ ❤\u{fe0f} ⚠ 😀 🚀 🔥 ✨ 📁 🐛 💡 ❌ 🤖 🙂 🤔 🦀 🧪 🛠 🚧 👩\u{200d}💻 👍🏽 ☑ ─ ├ ≤ → ✓ ✗ ★ • “é”";

#[test]
fn scripts_without_a_font_are_boxes_and_emoji_are_not() {
    // What is missing panics here, as everywhere in tests that do not allow it.
    let mut frames = 0;
    let mut h = Harness::builder().with_size(vec2(600.0, 200.0)).build_ui_state(
        move |ui, document: &mut Document| {
            crate::theme::install(ui.ctx());
            frames += 1;
            // The fonts are there from the second frame on.
            if frames > 1 {
                let style = Style::new(560.0);
                document.measure(ui, &style, &Seen::FromTop(0.0..200.0));
                document.show(ui, Id::unique("emoji"), pos2(10.0, 10.0), &style, &[]);
            }
        },
        read(&format!("{EMOJI}\n\n`{EMOJI}`")),
    );
    h.run();
    assert!(h.state().work().galleys >= 2);
    let others = "漢字 かな 한글 العربية עברית ไทย हिन्दी 👩\u{200d}💻 👍🏽 ❤\u{fe0f} 🇩🇪 1\u{fe0f}\u{20e3} \u{202e}x \u{1fae8}";
    let mut h = harness(
        &format!("# {others}\n\n{others}\n\n```\n{others}\n```"),
        vec2(300.0, 400.0),
        1.0,
        true,
    );
    h.run();
    assert!(h.render().is_ok());
    let mut plain = Plain::default();
    plain.follow(&others.repeat(50).into());
    let mut h = Harness::builder().allow_missing_glyphs().build_ui_state(
        |ui, plain: &mut Plain| {
            let rect = ui.ctx().content_rect();
            plain.show(ui, Id::unique("plain"), rect);
        },
        plain,
    );
    h.run();
}
