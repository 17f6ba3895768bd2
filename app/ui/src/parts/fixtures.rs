//! Models to show, and a harness that collects commands. Tests only.

use crate::theme;
use crate::tokens;
use cloud_client::wire::{InvitationCode, Role as WireRole};
use egui::accesskit::Role as Node;
use egui_kittest::Harness;
use egui_kittest::kittest::{By, NodeT, Queryable};
use multiclaw_core::Command;
use multiclaw_core::model::*;
use std::sync::Arc;

/// A screen's own `show`.
pub(crate) type Show<V> = fn(&mut V, &mut egui::Ui, &Person, &Model, &mut Vec<Command>);

/// What a test looks at.
pub(crate) struct State<V> {
    pub(crate) view: V,
    pub(crate) model: Model,
    pub(crate) person: Person,
    pub(crate) commands: Vec<Command>,
    ready: bool,
}

pub(crate) struct Stage {
    pub(crate) size: [f32; 2],
    pub(crate) scale: f32,
    pub(crate) dark: bool,
}

pub(crate) const WIDE: Stage = Stage { size: [1180.0, 720.0], scale: 1.0, dark: false };
pub(crate) const NARROW: Stage = Stage { size: [640.0, 400.0], scale: 1.0, dark: false };

pub(crate) fn stage<V: Default + 'static>(
    show: Show<V>,
    model: Model,
    person: Person,
    stage: &Stage,
) -> Harness<'static, State<V>> {
    let state = State { view: V::default(), model, person, commands: Vec::new(), ready: false };
    let theme = if stage.dark { egui::Theme::Dark } else { egui::Theme::Light };
    let mut harness = Harness::builder()
        .with_size(stage.size)
        .with_pixels_per_point(stage.scale)
        .with_theme(theme)
        .with_max_steps(20)
        .build_ui_state(
            move |ui, state: &mut State<V>| {
                let ctx = ui.ctx().clone();
                if !std::mem::replace(&mut state.ready, true) {
                    theme::install(&ctx);
                }
                let rect = ctx.content_rect();
                let layout = egui::Layout::top_down(egui::Align::Min);
                let builder = egui::UiBuilder::new().max_rect(rect).layout(layout);
                let ui = &mut ui.new_child(builder);
                ui.set_clip_rect(rect);
                ui.painter().rect_filled(rect, 0, tokens::of(&ctx).background);
                show(&mut state.view, ui, &state.person, &state.model, &mut state.commands);
            },
            state,
        );
    harness.run_steps(4);
    harness
}

pub(crate) fn person(role: Role) -> Person {
    Person {
        id: "u-ada".into(),
        name: "Ada Lovelace".into(),
        email: "ada@example.com".into(),
        workspace: "Analytical Engines".into(),
        role,
        workspaces: Vec::new(),
    }
}

pub(crate) fn problem() -> Problem {
    Problem { what: "The cloud does not answer.".into(), next: "Check the network.".into() }
}

pub(crate) fn online() -> Model {
    Model { cloud: CloudLink::Online, ..Model::default() }
}

pub(crate) fn offline(mut model: Model) -> Model {
    model.cloud = CloudLink::Waiting { seconds: 7, problem: problem() };
    model
}

pub(crate) fn ready<T>(items: Vec<T>) -> Load<T> {
    Load::Ready(Arc::new(items.into_iter().map(Arc::new).collect()))
}

pub(crate) fn agent(id: &str, name: &str, provider: &str, model: &str) -> Agent {
    Agent {
        id: id.into(),
        name: name.into(),
        provider: provider.into(),
        model: model.into(),
        instructions: "Be brief. Say which sources you used, and what you could not find.".into(),
        keys: Vec::new(),
        updated_at: "2026-11-03T09:15:00Z".into(),
    }
}

pub(crate) fn agents() -> Load<Agent> {
    let mut research = agent("a-1", "Research", "anthropic", "claude-sonnet-4-5");
    research.keys = vec![
        KeyHint {
            provider: "anthropic".into(),
            last4: "x4Qz".into(),
            set_at: "2026-11-03T09:15:00Z".into(),
        },
        KeyHint {
            provider: "openai".into(),
            last4: "77ab".into(),
            set_at: "2026-10-12T14:00:00Z".into(),
        },
    ];
    ready(vec![
        agent("a-2", "Invoices", "openai", "gpt-5"),
        research,
        agent("a-3", "Translator", "mistral", "mistral-large-latest"),
    ])
}

pub(crate) fn task(number: u64, title: &str, state: TaskState) -> Task {
    Task {
        id: format!("t-{number}"),
        number,
        title: title.into(),
        brief: "Read the three supplier offers in the shared folder and compare price, delivery \
                time and warranty.\n\nWrite a table, and one paragraph with a recommendation."
            .into(),
        agent: Some("a-1".into()),
        state,
        percent: (state == TaskState::Running).then_some(40),
        attempt: u32::from(state != TaskState::Queued),
        outcome: match state {
            TaskState::Done => Some("The offer of Northwind is the best of the three.".into()),
            TaskState::Failed => Some("The shared folder could not be opened.".into()),
            _ => None,
        },
        created_by: if number.is_multiple_of(2) { "u-ada".into() } else { "u-grace".into() },
        creator: if number.is_multiple_of(2) {
            "Ada Lovelace".into()
        } else {
            "Grace Hopper".into()
        },
        created_at: "2026-11-21T17:40:00Z".into(),
        updated_at: "2026-11-21T18:03:22Z".into(),
    }
}

pub(crate) fn tasks() -> Load<Task> {
    let mut nobody = task(127, "Collect the open invoices of October", TaskState::Queued);
    nobody.agent = None;
    ready(vec![
        task(128, "Compare the three supplier offers", TaskState::Running),
        nobody,
        task(126, "Translate the manual of the Difference Engine into French", TaskState::Waiting),
        task(125, "Check the addresses of all customers", TaskState::Failed),
        task(124, "Summarise last week's support conversations", TaskState::Done),
        task(123, "Tidy up the shared folder", TaskState::Cancelled),
        task(122, "Book the meeting room for Thursday", TaskState::Done),
    ])
}

pub(crate) fn log(task: &str, count: u64) -> TaskLog {
    let texts = [
        "Opening the shared folder",
        "Found 3 files: northwind.pdf, contoso.pdf, fabrikam.pdf",
        "Reading northwind.pdf, 14 pages. The price list is on page 9; delivery times are on page \
         11, and the warranty terms are in the annex on pages 13 and 14.",
        "\u{1b}[32mok\u{1b}[0m prices read",
    ];
    let lines = (1..=count)
        .map(|n| LogLine {
            n,
            at: format!("2026-11-21T18:{:02}:{:02}Z", (n / 60) % 60, n % 60),
            text: format!("{} ({n})", texts[usize::try_from(n).unwrap() % texts.len()]),
        })
        .collect();
    TaskLog { task: task.into(), lines: Arc::new(lines), loading: false, problem: None }
}

pub(crate) fn member(id: &str, name: &str, owner: bool) -> Member {
    let mail = name.split(' ').next().unwrap_or("someone").to_lowercase();
    Member {
        id: id.into(),
        name: name.into(),
        email: format!("{mail}@example.com"),
        role: if owner { WireRole::Owner } else { WireRole::Member },
        invited: false,
        last_seen: Some("2026-11-21T18:03:22Z".into()),
    }
}

pub(crate) fn people() -> Load<Member> {
    let mut invited = member("i-1", "Charles", false);
    invited.name.clear();
    invited.invited = true;
    invited.last_seen = None;
    ready(vec![
        member("u-ada", "Ada Lovelace", true),
        member("u-grace", "Grace Hopper", true),
        member("u-alan", "Alan Turing", false),
        invited,
    ])
}

pub(crate) fn invitation() -> Invitation {
    Invitation {
        email: "charles@example.com".into(),
        code: InvitationCode::new("MCLW-7F3K-Q2ZX-91TB".into()),
        until: "28 Nov, 18:03".into(),
    }
}

pub(crate) fn document(id: &str, kind: DocumentKind, name: &str, state: DocumentState) -> Document {
    let ready = state == DocumentState::Ready;
    Document {
        id: id.into(),
        kind,
        name: name.into(),
        goal: "Every invoice is checked the same way, whoever does it.".into(),
        text: if ready { TEXT.into() } else { String::new() },
        state,
        source: (kind == DocumentKind::Skill).then(|| "d-1".into()),
        problem: (state == DocumentState::Failed)
            .then(|| "The goal was too vague to make steps of.".into()),
        created_by: "u-ada".into(),
        updated_at: "2026-11-20T10:00:00Z".into(),
    }
}

pub(crate) const TEXT: &str = "# Checking an invoice\n\nAn invoice is **checked** before it is \
paid. This takes about `five` minutes.\n\n## Before you begin\n\n- Open the *order* it belongs \
to\n- Open the delivery note\n  - Paper notes are in the blue folder\n\n## Steps\n\n1. Compare \
the number of items\n2. Compare the price of each item\n3. Add the sum up again\n\n> Ask before \
you pay anything above 10,000.\n\n```\ntotal = items * price\n```\n\n---\n\nDone.";

pub(crate) fn documents() -> Model {
    let mut model = online();
    let other = {
        let mut d =
            document("d-4", DocumentKind::Sop, "Onboarding a customer", DocumentState::Ready);
        d.created_by = "u-grace".into();
        d
    };
    model.workspace.sops = ready(vec![
        document("d-2", DocumentKind::Sop, "Closing the month", DocumentState::Generating),
        document("d-1", DocumentKind::Sop, "Checking an invoice", DocumentState::Ready),
        document("d-3", DocumentKind::Sop, "Be good", DocumentState::Failed),
        other,
    ]);
    model.workspace.skills =
        ready(vec![document("k-1", DocumentKind::Skill, "Check an invoice", DocumentState::Ready)]);
    let progress = Progress { percent: 60, step: "Writing the steps".into(), done: false };
    model.workspace.progress.insert("d-2".into(), progress);
    model
}

/// Clicks what has this role and this name.
pub(crate) fn click<V>(h: &mut Harness<'static, State<V>>, role: Node, label: &str) {
    h.get_by_role_and_label(role, label).click();
    h.run_steps(3);
}

/// Opens the row whose name has this in it.
pub(crate) fn open<V>(h: &mut Harness<'static, State<V>>, text: &str) {
    h.get(By::new().role(Node::ListBoxOption).label_contains(text)).click();
    h.run_steps(3);
}

/// There is such a button.
pub(crate) fn has<V>(h: &Harness<'static, State<V>>, label: &str) -> bool {
    h.query_by_role_and_label(Node::Button, label).is_some()
}

/// There is such a button, and it can be pressed.
pub(crate) fn can<V>(h: &Harness<'static, State<V>>, label: &str) -> bool {
    h.query_by_role_and_label(Node::Button, label)
        .is_some_and(|node| !node.accesskit_node().is_disabled())
}

/// Types where the focus is.
pub(crate) fn typed<V>(h: &mut Harness<'static, State<V>>, text: &str) {
    h.event(egui::Event::Text(text.into()));
    h.run_steps(2);
}

pub(crate) fn press<V>(h: &mut Harness<'static, State<V>>, key: egui::Key) {
    h.key_press(key);
    h.run_steps(3);
}

/// Core answers a form.
pub(crate) fn answer<V>(h: &mut Harness<'static, State<V>>, ticket: Ticket, work: Work) {
    h.state_mut().model.work.insert(ticket, work);
    h.run_steps(3);
}

/// Nothing moves, so nothing is to be painted.
pub(crate) fn rests<V>(h: &mut Harness<'static, State<V>>) -> bool {
    h.run_steps(20);
    let output = &h.output().viewport_output;
    output.values().all(|v| v.repaint_delay == std::time::Duration::MAX)
}

/// What was copied in the step before.
pub(crate) fn copied<V>(h: &Harness<'static, State<V>>) -> Option<String> {
    h.output().platform_output.commands.iter().find_map(|command| match command {
        egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    })
}
