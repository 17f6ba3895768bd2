//! Models of the gateway's conversations, for tests.

use crate::shell::at;
use crate::world::*;
use egui_kittest::Harness;
use multiclaw_core::model::*;
use multiclaw_ui::Screen;
use std::sync::Arc;

pub const SIZE: [f32; 2] = [1280.0, 800.0];
pub const KEY: &str = "agent:main:trip";

pub fn row(key: &str, title: &str, last: &str, when: &str) -> ChatRow {
    ChatRow {
        key: key.into(),
        agent: "main".into(),
        title: title.into(),
        last: last.into(),
        when: when.into(),
        updated_ms: 1,
        pinned: false,
        unread: false,
        running: false,
        main: false,
        waiting: false,
    }
}

pub fn rows() -> Vec<Arc<ChatRow>> {
    let mut list = vec![
        row("agent:main:main", "Main", "Good morning. Two things for today.", "14:20"),
        row(KEY, "Tidy the downloads folder", "I would like to run one command.", "14:06"),
        row("agent:main:b", "Why does the build fail on ARM?", "The linker wants it.", "13:40"),
        row("agent:main:c", "Letter to the Royal Society", "Dear sirs,", "20 Nov, 17:40"),
        row("agent:main:d", "Backup report", "All 14 machines are done.", "20 Nov, 09:12"),
    ];
    list[0].pinned = true;
    list[0].main = true;
    list[1].running = true;
    list[1].waiting = true;
    list[2].running = true;
    list[3].unread = true;
    list.extend((6..20).map(|n| {
        let (key, title) = (format!("agent:main:w{n}"), format!("Weekly report {n}"));
        row(&key, &title, "Sent to everybody.", "19 Nov, 08:00")
    }));
    list.into_iter().map(Arc::new).collect()
}

pub fn entry(id: &str, when: &str, kind: EntryKind) -> Arc<Entry> {
    Arc::new(Entry { id: id.into(), when: when.into(), kind })
}

pub fn person(id: &str, when: &str, text: &str) -> Arc<Entry> {
    let kind = EntryKind::Person {
        text: text.into(),
        media: Vec::new(),
        delivery: ChatDelivery::Sent,
        links: Vec::new(),
    };
    entry(id, when, kind)
}

pub fn said(text: impl Into<Text>, growing: bool) -> EntryKind {
    EntryKind::Agent {
        text: text.into(),
        model: "anthropic/claude-opus".into(),
        media: Vec::new(),
        links: Vec::new(),
        stopped: false,
        growing,
    }
}

pub fn call(id: &str, name: &str, summary: &str, state: ToolState) -> ToolCall {
    ToolCall {
        id: id.into(),
        name: name.into(),
        summary: summary.into(),
        state,
        input: "find ~/Downloads -name '*.tmp' -mtime +30".into(),
        output: "/home/ada/Downloads/a.tmp\n/home/ada/Downloads/b.tmp\n".into(),
        cut: 0,
        link: None,
        took: "1.2 s".into(),
        exit: Some(0),
    }
}

pub fn tool(entry_id: &str, call: ToolCall) -> Arc<Entry> {
    entry(entry_id, "14:05", EntryKind::Tool(call))
}

pub fn picture(width: u16, height: u16) -> Arc<Image> {
    let pixel = |n: usize| {
        let (x, y) = (n % usize::from(width), n / usize::from(width));
        let shade = u8::try_from((x * 3 + y * 5) % 200).unwrap();
        [40, shade, 160, 255]
    };
    let rgba = (0..usize::from(width) * usize::from(height)).flat_map(pixel).collect();
    Arc::new(Image { width, height, rgba })
}

pub fn link(url: &str, host: &str, title: Option<&str>) -> Link {
    Link { url: url.into(), host: host.into(), title: title.map(Into::into), icon: None }
}

const ANSWER: &str = "Here is what takes the room in **Downloads**:\n\n\
    | Kind | Files | Size |\n|---|---:|---:|\n| Installers | 41 | 12.4 GB |\n\
    | Pictures | 310 | 2.1 GB |\n| Temporary | 87 | 0.6 GB |\n\n\
    I suggest this:\n\n1. Delete the *temporary* files older than a month.\n\
    2. Move pictures to `~/Pictures/Sorted`.\n\n```sh\nfind ~/Downloads -name '*.tmp' \\\n  -mtime +30 -delete\n```\n\n\
    See [the manual](https://www.gnu.org/software/findutils/) for what `-mtime` means.";

/// An entry of each kind.
pub fn every_kind() -> Vec<Arc<Entry>> {
    let failed = problem("The model did not answer in time.", "Try again in a minute.");
    let unsent = problem("The gateway was stopped before it took it.", "");
    let mut page = call("t-3", "web_fetch", "Read the manual of find", ToolState::Done);
    page.link = Some(link("https://www.gnu.org/find", "www.gnu.org", Some("GNU Findutils")));
    page.exit = None;
    let mut broken = call("t-4", "exec", "Count the temporary files", ToolState::Failed);
    broken.exit = Some(2);
    let mut denied = call("t-5", "exec", "Delete everything", ToolState::Denied);
    (denied.exit, denied.took, denied.output) = (None, String::new(), Text::default());
    vec![
        person("e-1", "20 Nov, 17:02", "Hello! Are you there?"),
        entry("e-2", "20 Nov, 17:02", said("I am. What can I do for you?", false)),
        entry("e-3", "20 Nov, 18:00", EntryKind::Note("Emptied".into())),
        entry(
            "e-4",
            "14:03",
            EntryKind::Person {
                text: "Tidy up my downloads folder. **Ask me** before you delete anything, and \
                       show me first what takes the most room."
                    .into(),
                media: vec![
                    Media {
                        name: "folder.png".into(),
                        mime: "image/png".into(),
                        bytes: Some(120_000),
                        preview: Some(picture(200, 120)),
                    },
                    Media {
                        name: "list.csv".into(),
                        mime: "text/csv".into(),
                        bytes: Some(8_200),
                        preview: None,
                    },
                ],
                delivery: ChatDelivery::Sent,
                links: Vec::new(),
            },
        ),
        entry(
            "e-5",
            "14:03",
            EntryKind::Thinking {
                text: "The person wants to see sizes before anything is deleted.\n\nSo: list, \
                       then ask."
                    .into(),
                growing: false,
            },
        ),
        tool("e-6", call("t-1", "exec", "List the largest files", ToolState::Done)),
        tool("e-7", page),
        tool("e-8", broken),
        tool("e-9", denied),
        entry("e-10", "14:05", said(ANSWER, false)),
        entry("e-11", "14:05", EntryKind::Note("Compacted".into())),
        entry(
            "e-12",
            "14:06",
            EntryKind::Person {
                text: "And the pictures?".into(),
                media: Vec::new(),
                delivery: ChatDelivery::Failed(unsent),
                links: Vec::new(),
            },
        ),
        person("e-13", "14:06", "Then delete the temporary files."),
        entry("e-14", "14:06", EntryKind::Failed(failed)),
    ]
}

pub fn thread(entries: Vec<Arc<Entry>>) -> ChatThread {
    ChatThread {
        key: KEY.into(),
        title: "Tidy the downloads folder".into(),
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
        thinking_levels: vec!["off".into(), "low".into(), "high".into()],
        thinking: "low".into(),
        permission: Permission::Guarded,
        pinned: false,
        main: false,
        context: Some((48_200, 200_000)),
        busy: None,
    }
}

pub fn agents() -> Vec<Arc<ChatAgent>> {
    let one = |id: &str, name: &str, emoji: &str, default| ChatAgent {
        id: id.into(),
        name: name.into(),
        emoji: emoji.into(),
        model: "anthropic/claude-opus".into(),
        default,
    };
    vec![
        Arc::new(one("main", "Molty", "🦞", true)),
        Arc::new(one("ops", "Operations", "🔧", false)),
    ]
}

pub fn models() -> Vec<Arc<ChatModel>> {
    let one = |id: &str, name: &str, available| ChatModel {
        id: id.into(),
        name: name.into(),
        provider: id.split('/').next().unwrap().into(),
        thinking: Vec::new(),
        available,
    };
    vec![
        Arc::new(one("anthropic/claude-opus", "Claude Opus", true)),
        Arc::new(one("openai/gpt", "GPT", true)),
        Arc::new(one("local/llama", "Llama", false)),
    ]
}

/// Online, with a list and nothing open.
pub fn listed() -> Model {
    let mut model = signed_in(three());
    model.gateway.link = GatewayLink::Online;
    model.gateway.facts = Some(Arc::new(GatewayFacts {
        max_attachment: 19_464_192,
        max_image: 6_291_456,
        may_manage: true,
        ..GatewayFacts::default()
    }));
    model.chat.agents = Load::Ready(Arc::new(agents()));
    model.chat.models = Arc::new(models());
    model.chat.list = Load::Ready(Arc::new(rows()));
    model
}

/// The same with a conversation open.
pub fn opened(entries: Vec<Arc<Entry>>) -> Model {
    let mut model = listed();
    model.chat.open = Some(thread(entries));
    model
}

pub fn open(model: &mut Model) -> &mut ChatThread {
    model.chat.open.as_mut().unwrap()
}

pub fn run() -> Option<Run> {
    Some(Run {
        id: "r-1".into(),
        doing: "Running a command".into(),
        since: "14:06".into(),
        stopping: false,
    })
}

pub fn approval(tool_call: &str) -> Approval {
    Approval {
        id: "a-1".into(),
        key: KEY.into(),
        title: "Tidy the downloads folder".into(),
        tool_call: tool_call.into(),
        command: "find /home/ada/Downloads -name '*.tmp' -mtime +30 -delete".into(),
        folder: "/home/ada".into(),
        program: "/usr/bin/find".into(),
        host: "gateway".into(),
        warnings: vec!["It deletes files.".into()],
        allowed: vec![Decision::AllowOnce, Decision::AllowAlways, Decision::Deny],
        until: "14:36".into(),
        answering: false,
        problem: None,
    }
}

/// A turn that waits for a word on a command.
pub fn asking() -> Model {
    let mut model = opened(every_kind());
    let mut waits = call("t-9", "exec", "Delete old temporary files", ToolState::Waiting);
    (waits.output, waits.took, waits.exit) = (Text::default(), String::new(), None);
    let thread = open(&mut model);
    thread.run = run();
    thread.live = vec![
        entry("l-1", "14:06", said("I would delete these 87 files with one command.", false)),
        tool("l-2", waits),
    ];
    model.chat.approvals = Arc::new(vec![Arc::new(approval("t-9"))]);
    model
}

pub fn attachment(id: u64, name: &str, bytes: u64) -> Attachment {
    Attachment {
        id,
        name: name.into(),
        mime: "application/pdf".into(),
        bytes,
        picture: false,
        preview: None,
        reading: false,
        problem: None,
    }
}

pub fn chat(model: Model) -> Harness<'static, State> {
    sized(model, SIZE)
}

pub fn sized(model: Model, size: [f32; 2]) -> Harness<'static, State> {
    let mut h = at(model, Screen::Chat, size);
    h.run_steps(4);
    h
}
