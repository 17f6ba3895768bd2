//! What a frame costs with few and with many conversations and messages.
//!
//! `cargo bench -p multiclaw-ui --bench lists` prints milliseconds for a frame, layout and
//! tessellation, without a GPU.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    missing_docs
)]

use egui::{Event, MouseWheelSource, MouseWheelUnit, RawInput, Shape, TouchPhase, pos2, vec2};
use multiclaw_core::Command;
use multiclaw_core::model::*;
use multiclaw_ui::{Filter, Picture, Ui};
use std::sync::Arc;
use std::time::Instant;

struct Nothing;

impl Picture for Nothing {
    fn size(&self) -> Option<[u32; 2]> {
        None
    }

    fn shape(&self, _: egui::Rect, _: Filter) -> Shape {
        Shape::Noop
    }
}

fn conversations(count: usize) -> Vec<Arc<Conversation>> {
    let one = |n: usize| Conversation {
        id: format!("c-{n}"),
        title: format!("Conversation {n}"),
        author: (n.is_multiple_of(3)).then(|| "Grace Hopper".to_owned()),
        agent: None,
        last: "The last thing that was said in it, or the beginning of that.".to_owned(),
        updated_at: "2026-11-21T08:00:00Z".to_owned(),
        when: "14:03".to_owned(),
        place: Place::Synced,
    };
    (0..count).map(|n| Arc::new(one(n))).collect()
}

fn messages(count: usize) -> Vec<Arc<Message>> {
    let one = |n: usize| Message {
        id: format!("m-{n}"),
        speaker: if n.is_multiple_of(3) { Speaker::Person } else { Speaker::Agent },
        name: if n.is_multiple_of(3) { String::new() } else { "Analyst".to_owned() },
        text: format!(
            "Message {n}. {} `code` https://example.com/{n}\n```\nlet x = {n};\n```",
            "A sentence of some words that says something. ".repeat(n * 7 % 11)
        ),
        when: "14:03".to_owned(),
        delivery: Delivery::Sent,
        links: Vec::new(),
    };
    (0..count).map(|n| Arc::new(one(n))).collect()
}

fn model(rows: usize, messages: Vec<Arc<Message>>) -> Model {
    let mut model = Model { account: Account::Local, ..Model::default() };
    model.conversations.list = Load::Ready(Arc::new(conversations(rows)));
    model.conversations.open = Some(Thread {
        id: "c-0".to_owned(),
        title: "Conversation 0".to_owned(),
        agent: None,
        messages: Arc::new(messages),
        more: false,
        loading: false,
        problem: None,
        writable: true,
        draft: String::new(),
    });
    model
}

/// A window without a screen.
struct Window {
    ctx: egui::Context,
    ui: Ui,
    time: f64,
    commands: Vec<Command>,
}

impl Window {
    fn new() -> Self {
        let ctx = egui::Context::default();
        let ui = Ui::new(&ctx);
        Self { ctx, ui, time: 0.0, commands: Vec::new() }
    }

    /// Paints a frame; how long that took, in milliseconds, and whether the text was in it.
    fn frame(&mut self, model: &Model, events: Vec<Event>, text: &str) -> (f64, bool) {
        self.time += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(egui::Rect::from_min_size(pos2(0.0, 0.0), vec2(1280.0, 800.0))),
            time: Some(self.time),
            events,
            ..RawInput::default()
        };
        let before = Instant::now();
        let (ui, commands) = (&mut self.ui, &mut self.commands);
        let mut output = self.ctx.run_ui(input, |root| ui.show(root, model, &Nothing, commands));
        output.textures_delta.clear();
        let seen = output.shapes.iter().any(|s| has(&s.shape, text));
        let meshes = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        std::hint::black_box(meshes);
        self.commands.clear();
        (before.elapsed().as_secs_f64() * 1_000.0, seen)
    }
}

fn has(shape: &Shape, text: &str) -> bool {
    match shape {
        Shape::Text(shape) => shape.galley.text().contains(text),
        Shape::Vec(shapes) => shapes.iter().any(|s| has(s, text)),
        _ => false,
    }
}

fn wheel(at: egui::Pos2, points: f32) -> Vec<Event> {
    let wheel = Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, points),
        phase: TouchPhase::Move,
        source: MouseWheelSource::Wheel,
        modifiers: egui::Modifiers::NONE,
    };
    vec![Event::PointerMoved(at), wheel]
}

/// Milliseconds: the first frame, one at rest, one while it is scrolled.
fn measure(model: &Model, text: &str, at: egui::Pos2, points: f32) -> [f64; 3] {
    let mut window = Window::new();
    // The second frame has the fonts and knows the sizes.
    window.frame(&Model { account: Account::Local, ..Model::default() }, Vec::new(), text);
    let first = window.frame(model, Vec::new(), text).0;
    let mut seen = false;
    for _ in 0..10 {
        seen |= window.frame(model, Vec::new(), text).1;
    }
    assert!(seen, "“{text}” is not on the screen");
    const FRAMES: u32 = 120;
    let mut rest = 0.0;
    for _ in 0..FRAMES {
        rest += window.frame(model, Vec::new(), text).0;
    }
    let mut moved = 0.0;
    for _ in 0..FRAMES {
        moved += window.frame(model, wheel(at, points), text).0;
    }
    [first, rest / f64::from(FRAMES), moved / f64::from(FRAMES)]
}

fn report(name: &str, few: [f64; 3], many: [f64; 3]) {
    println!("{name:<34} {:>9} {:>9} {:>7}", "few", "many", "ratio");
    for (n, step) in ["first frame", "at rest", "scrolled"].iter().enumerate() {
        let (few, many) = (few.get(n).copied(), many.get(n).copied());
        let (few, many) = few.zip(many).expect("three figures");
        println!("  {step:<32} {few:>6.2} ms {many:>6.2} ms {:>7.2}", many / few);
    }
}

fn main() {
    let (list, thread) = (pos2(400.0, 500.0), pos2(900.0, 400.0));
    let few = measure(&model(20, messages(100)), "Message 99.", thread, 40.0);
    let many = measure(&model(20, messages(100_000)), "Message 99999.", thread, 40.0);
    report("100 and 100,000 messages", few, many);
    let few = measure(&model(20, messages(20)), "Conversation 3", list, -40.0);
    let many = measure(&model(10_000, messages(20)), "Conversation 3", list, -40.0);
    report("20 and 10,000 conversations", few, many);
    let mut huge = messages(3);
    let line = Message { text: "x".repeat(1_000_000), ..(*messages(8)[4]).clone() };
    huge.insert(1, Arc::new(Message { id: "line".to_owned(), ..line.clone() }));
    let lines = "a line of a long log\n".repeat(95_000);
    huge.insert(2, Arc::new(Message { id: "log".to_owned(), text: lines, ..line }));
    let few = measure(&model(20, messages(5)), "Message 4.", thread, 40.0);
    let many = measure(&model(20, huge), "Message 2.", thread, 40.0);
    report("short messages, and of 1 and 2 MB", few, many);
}
