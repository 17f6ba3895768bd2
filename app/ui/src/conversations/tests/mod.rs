//! The screen, found by its names as a screen reader finds them.

mod lists;
mod look;
mod pure;
mod threads;

use super::View;
use crate::{theme, tokens};
use egui::Key;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use multiclaw_core::Command;
use multiclaw_core::model::*;
use std::sync::Arc;

pub(super) struct State {
    pub view: View,
    pub person: Option<Person>,
    pub model: Model,
    pub commands: Vec<Command>,
    ready: bool,
}

pub(super) type Screen = Harness<'static, State>;

pub(super) fn screen(model: Model, size: [f32; 2]) -> Screen {
    scaled(model, size, 1.0)
}

pub(super) fn scaled(model: Model, size: [f32; 2], scale: f32) -> Screen {
    let person = match &model.account {
        Account::SignedIn(person) => Some(person.clone()),
        _ => None,
    };
    let state = State { view: View::default(), person, model, commands: Vec::new(), ready: false };
    let mut h = Harness::builder()
        .with_size(size)
        .with_pixels_per_point(scale)
        .with_max_steps(20)
        .allow_missing_glyphs()
        .build_ui_state(frame, state);
    h.run_steps(4);
    h
}

fn frame(ui: &mut egui::Ui, state: &mut State) {
    let ctx = ui.ctx().clone();
    if !std::mem::replace(&mut state.ready, true) {
        theme::install(&ctx);
        ctx.set_theme(match state.model.settings.theme {
            Theme::Dark => egui::ThemePreference::Dark,
            _ => egui::ThemePreference::Light,
        });
    }
    let rect = ctx.content_rect();
    let layout = egui::Layout::top_down(egui::Align::Min);
    let ui = &mut ui.new_child(egui::UiBuilder::new().max_rect(rect).layout(layout));
    ui.set_clip_rect(rect);
    ui.painter().rect_filled(rect, 0, tokens::of(&ctx).background);
    state.view.show(ui, state.person.as_ref(), &state.model, &mut state.commands);
}

pub(super) fn ada(role: Role) -> Person {
    Person {
        id: "u-ada".into(),
        name: "Ada Lovelace".into(),
        email: "ada@example.com".into(),
        workspace: "Analytical Engines".into(),
        role,
        workspaces: Vec::new(),
    }
}

pub(super) fn row(id: &str, title: &str, last: &str, when: &str, place: Place) -> Conversation {
    Conversation {
        id: id.into(),
        title: title.into(),
        author: None,
        agent: Some("a-1".into()),
        last: last.into(),
        updated_at: "2026-11-21T08:00:00Z".into(),
        when: when.into(),
        place,
    }
}

pub(super) fn said(n: usize, speaker: Speaker, name: &str, when: &str, text: &str) -> Arc<Message> {
    Arc::new(Message {
        id: format!("m-{n}"),
        speaker,
        name: name.into(),
        text: text.into(),
        when: when.into(),
        delivery: Delivery::Sent,
        links: Vec::new(),
    })
}

pub(super) fn thread(messages: Vec<Arc<Message>>) -> Thread {
    Thread {
        id: "c-1".into(),
        title: "Quarterly figures".into(),
        agent: Some("a-1".into()),
        messages: Arc::new(messages),
        more: false,
        loading: false,
        problem: None,
        writable: true,
        draft: String::new(),
    }
}

pub(super) fn rows() -> Vec<Arc<Conversation>> {
    let mut list = vec![
        row(
            "c-1",
            "Quarterly figures",
            "The table is below, with the totals.",
            "14:06",
            Place::Synced,
        ),
        row(
            "c-2",
            "Clean up the downloads folder",
            "Done: 214 files moved.",
            "11:32",
            Place::Local,
        ),
        row(
            "c-3",
            "Why does the build fail on ARM?",
            "The linker wants -latomic.",
            "20 Nov, 17:40",
            Place::Workspace,
        ),
        row(
            "c-4",
            "Draft of the letter to the Royal Society, second attempt",
            "Dear sirs,",
            "20 Nov, 09:12",
            Place::Synced,
        ),
    ];
    list[2].author = Some("Grace Hopper".into());
    list.extend((5..14).map(|n| {
        row(
            &format!("c-{n}"),
            &format!("Weekly report {n}"),
            "Sent to everybody.",
            "12 Nov, 10:00",
            Place::Synced,
        )
    }));
    list.into_iter().map(Arc::new).collect()
}

pub(super) fn icon() -> Arc<Image> {
    let rgba = (0..32 * 32)
        .flat_map(|n| {
            if (n % 32 + n / 32) % 16 < 8 { [226, 92, 40, 255] } else { [250, 214, 120, 255] }
        })
        .collect();
    Arc::new(Image { width: 32, height: 32, rgba })
}

pub(super) fn chat() -> Vec<Arc<Message>> {
    let agent = "Analyst";
    let mut links = (*said(
        6,
        Speaker::Agent,
        agent,
        "14:06",
        "The numbers come from https://stats.example.com/2026/q3 (updated daily), and the method is \
         described at https://example.org/method.",
    ))
    .clone();
    links.links = vec![
        Link {
            url: "https://stats.example.com/2026/q3".into(),
            host: "stats.example.com".into(),
            title: Some("Third quarter 2026, all regions".into()),
            icon: Some(icon()),
        },
        Link {
            url: "https://example.org/method".into(),
            host: "example.org".into(),
            title: None,
            icon: None,
        },
    ];
    let mut unsent =
        (*said(8, Speaker::Person, "", "14:09", "Please send it to the board.")).clone();
    unsent.delivery = Delivery::Unsent;
    vec![
        said(
            1,
            Speaker::Person,
            "",
            "20 Nov, 17:58",
            "Can you prepare the figures for the third quarter?",
        ),
        said(
            2,
            Speaker::Agent,
            agent,
            "20 Nov, 17:58",
            "Of course. I need access to the sales database; the file `credentials.toml` is missing on the cloud desktop.\n\nShould I ask Grace?",
        ),
        said(
            3,
            Speaker::Person,
            "Grace Hopper",
            "14:01",
            "I have put it there. Mind the `[read_only]` section.",
        ),
        said(4, Speaker::Person, "", "14:03", "Thank you!"),
        said(
            5,
            Speaker::Person,
            "",
            "14:03",
            "Then please go on, and show the query that you use. I would like to understand how the regions are grouped, because last time the totals of the north and the east did not add up.",
        ),
        said(
            7,
            Speaker::Agent,
            agent,
            "14:05",
            "Here it is:\n\n```sql\nSELECT region, SUM(amount) AS total\n  FROM sales\n WHERE quarter = '2026-Q3'\n GROUP BY region;\n```\n\nThe groups are those of the `regions` table:\n- north\n- east\n- south and west, together",
        ),
        Arc::new(links),
        Arc::new(unsent),
    ]
}

pub(super) fn model(open: Option<Thread>) -> Model {
    let mut model = Model {
        account: Account::SignedIn(ada(Role::Owner)),
        cloud: CloudLink::Online,
        ..Model::default()
    };
    model.conversations.list = Load::Ready(Arc::new(rows()));
    model.conversations.open = open;
    model
}

pub(super) fn waiting() -> CloudLink {
    CloudLink::Waiting {
        seconds: 12,
        problem: Problem {
            what: "MultiClaw Cloud cannot be reached.".into(),
            next: "Check the network.".into(),
        },
    }
}

pub(super) fn wheel(points: f32) -> egui::Event {
    egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: egui::vec2(0.0, points),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
        modifiers: egui::Modifiers::NONE,
    }
}

/// Messages of many lengths, from both sides.
pub(super) fn many(count: usize) -> Vec<Arc<Message>> {
    (0..count)
        .map(|n| {
            let text = format!("Message {n}. {}", "It goes on for a while. ".repeat(n * 7 % 23));
            match n % 5 {
                0 | 3 => said(n, Speaker::Person, "", "14:03", &text),
                _ => said(n, Speaker::Agent, "Analyst", "14:03", &text),
            }
        })
        .collect()
}

pub(super) fn sent(h: &Screen) -> &[Command] {
    &h.state().commands
}

pub(super) fn clear(h: &mut Screen) {
    h.state_mut().commands.clear();
}

pub(super) fn write(h: &mut Screen, text: &str) {
    h.event(egui::Event::Text(text.into()));
    h.run_steps(1);
}

pub(super) fn press(h: &mut Screen, key: Key) {
    h.key_press(key);
    h.run_steps(2);
}

pub(super) fn open(h: &mut Screen) -> &mut Thread {
    h.state_mut().model.conversations.open.as_mut().unwrap()
}

pub(super) fn top_of(h: &Screen, label: &str) -> f32 {
    article(h, label).unwrap().rect().top()
}

/// The message with this in its name, if it is on the screen.
pub(super) fn article<'a>(h: &'a Screen, label: &'a str) -> Option<egui_kittest::Node<'a>> {
    let mut all = h.query_all_by_label_contains(label);
    all.find(|n| n.accesskit_node().role() == egui::accesskit::Role::Article)
}
