//! What a long conversation costs.

use super::View;
use crate::theme;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use multiclaw_core::Command;
use multiclaw_core::model::*;
use std::sync::Arc;

#[derive(Default)]
struct State {
    view: View,
    model: Model,
    commands: Vec<Command>,
    ready: bool,
}

fn screen(model: Model) -> Harness<'static, State> {
    let frame = |ui: &mut egui::Ui, state: &mut State| {
        let ctx = ui.ctx().clone();
        if !std::mem::replace(&mut state.ready, true) {
            theme::install(&ctx);
        }
        let rect = ctx.content_rect();
        let ui = &mut ui.new_child(egui::UiBuilder::new().max_rect(rect));
        ui.set_clip_rect(rect);
        state.view.show(ui, &state.model, &mut state.commands);
    };
    let state = State { model, ..State::default() };
    let mut h = Harness::builder()
        .with_size([1100.0, 760.0])
        .with_max_steps(20)
        .with_step_dt(1.0 / 60.0)
        .build_ui_state(frame, state);
    h.run_steps(4);
    h
}

fn thread(entries: Vec<Arc<Entry>>) -> Model {
    let mut model = Model::default();
    model.gateway.link = GatewayLink::Online;
    model.chat.list = Load::Ready(Arc::default());
    model.chat.open = Some(ChatThread {
        key: "agent:main:main".into(),
        title: "Main".into(),
        agent: "main".into(),
        entries: Arc::new(entries),
        live: Vec::new(),
        older: false,
        newer: false,
        loading: false,
        problem: None,
        run: None,
        draft: String::new(),
        attachments: Vec::new(),
        model: String::new(),
        thinking_levels: Vec::new(),
        thinking: String::new(),
        permission: Permission::Default,
        pinned: false,
        main: true,
        context: None,
        busy: None,
    });
    model
}

fn entry(n: usize, output: &Text) -> Arc<Entry> {
    let text = format!("Entry {n}. {}", "A sentence that says something. ".repeat(n * 7 % 23));
    let kind = match n % 4 {
        0 => EntryKind::Person {
            text: text.into(),
            media: Vec::new(),
            delivery: ChatDelivery::Sent,
            links: Vec::new(),
        },
        1 => EntryKind::Tool(ToolCall {
            id: format!("t-{n}"),
            name: "exec".into(),
            summary: text,
            state: ToolState::Done,
            input: "ls".into(),
            output: output.clone(),
            cut: 0,
            link: None,
            took: "1 s".into(),
            exit: Some(0),
        }),
        2 => EntryKind::Thinking { text: text.into(), growing: false },
        _ => EntryKind::Agent {
            text: text.into(),
            model: String::new(),
            media: Vec::new(),
            links: Vec::new(),
            stopped: false,
            growing: false,
        },
    };
    Arc::new(Entry { id: format!("e-{n}"), when: "14:03".into(), kind })
}

#[test]
fn of_ten_thousand_entries_only_what_is_seen_is_laid_out() {
    let output = Text::from("A line of an output that is long.\n".repeat(60_000));
    assert!(output.len() > 2_000_000);
    let mut h = screen(thread((0..10_000).map(|n| entry(n, &output)).collect()));
    h.event(egui::Event::PointerMoved(egui::pos2(700.0, 300.0)));
    let mut most = 0;
    for n in 0..80 {
        let up = if n < 60 { 300.0 } else { -9_000.0 };
        h.event(egui::Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: egui::vec2(0.0, up),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Wheel,
            modifiers: egui::Modifiers::NONE,
        });
        h.step();
        let (laid, (documents, bytes)) = h.state().view.pane.load();
        most = most.max(laid);
        assert!(documents < 2_000 && bytes < 12_000_000, "{documents} {bytes}");
    }
    assert!((3..90).contains(&most), "{most} rows for a frame");
}

#[test]
fn a_word_at_the_end_of_a_long_output_is_brought_to_the_eye_and_marked() {
    let output = format!("{}the needle\n{}", "hay\n".repeat(4_000), "hay\n".repeat(40));
    let mut h = screen(thread(vec![entry(0, &Text::default()), entry(1, &output.into())]));
    h.get_by_label_contains("exec, Entry 1").click();
    h.run_steps(4);
    assert_eq!(marked(&h), 0);
    h.state_mut().view.pane.find();
    h.run_steps(2);
    h.event(egui::Event::Text("needle".into()));
    h.run_steps(6);
    assert_eq!(marked(&h), 1, "it is painted, so it was scrolled to");
}

/// How many places are emphasised on the screen.
fn marked(h: &Harness<'_, State>) -> usize {
    let colour = crate::tokens::of(&h.ctx).warning.gamma_multiply(0.55);
    let is = |shape: &egui::Shape| matches!(shape, egui::Shape::Rect(r) if r.fill == colour);
    h.output().shapes.iter().filter(|clipped| is(&clipped.shape)).count()
}

#[test]
fn a_press_that_was_meant_for_what_stood_there_before_allows_nothing() {
    let mut model = thread(vec![entry(0, &Text::default())]);
    model.chat.approvals = Arc::new(vec![Arc::new(Approval {
        id: "a-1".into(),
        key: "agent:main:main".into(),
        title: String::new(),
        tool_call: String::new(),
        command: "rm -r .".into(),
        folder: String::new(),
        program: String::new(),
        host: "gateway".into(),
        warnings: Vec::new(),
        allowed: vec![Decision::AllowOnce, Decision::Deny],
        until: String::new(),
        answering: false,
        problem: None,
    })]);
    let mut h = screen(model);
    h.get_by_label("Allow once").click();
    h.run_steps(4);
    assert_eq!(h.state().commands, []);
    h.run_steps(40);
    h.get_by_label("Allow once").click();
    h.run_steps(4);
    let decision = Decision::AllowOnce;
    assert_eq!(h.state().commands, [Command::DecideApproval { id: "a-1".into(), decision }]);
}
