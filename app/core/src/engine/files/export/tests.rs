//! Exports of pages that tests feed.

use super::*;
use crate::model::{ChatDelivery, EntryKind, Media, ToolCall, ToolState};
use proptest::prelude::*;
use std::collections::VecDeque;

/// Pages of a test; an `Err` ends them.
struct Fed(VecDeque<Result<Vec<Arc<Entry>>, Problem>>);

impl Pages for Fed {
    fn next(&mut self) -> NextPage<'_> {
        Box::pin(async move { self.0.pop_front().transpose() })
    }
}

fn problem() -> Problem {
    Problem { what: "The gateway is gone.".into(), next: "Start it.".into() }
}

fn source(pages: Vec<Result<Vec<Entry>, Problem>>) -> Source {
    let shared = |page: Vec<Entry>| page.into_iter().map(Arc::new).collect();
    Source {
        about: About {
            title: "A\n# title".into(),
            agent: "main".into(),
            key: "agent:main:`x`".into(),
            model: "p/m".into(),
        },
        pages: Box::new(Fed(pages.into_iter().map(|page| page.map(shared)).collect())),
    }
}

fn entry(id: usize, kind: EntryKind) -> Entry {
    Entry { id: format!("e{id}"), when: "14:03".into(), kind }
}

fn person(text: &str) -> EntryKind {
    let media = vec![Media {
        name: "a.png".into(),
        mime: "image/png".into(),
        bytes: Some(3),
        preview: None,
    }];
    let delivery = ChatDelivery::Sent;
    EntryKind::Person { text: text.into(), media, delivery, links: Vec::new() }
}

fn tool(input: &str, output: &str) -> EntryKind {
    EntryKind::Tool(ToolCall {
        id: "call".into(),
        name: "exec".into(),
        summary: "List\nfiles".into(),
        state: ToolState::Done,
        input: input.into(),
        output: output.into(),
        cut: 7,
        link: None,
        took: "1.2 s".into(),
        exit: Some(0),
    })
}

/// Exports over a file that is there already, and reads what is in it then.
fn export(source: Source, format: ExportFormat) -> (Result<(), (Broke, bool)>, String, Vec<usize>) {
    let base = tempfile::tempdir().unwrap();
    let path = base.path().join("out");
    std::fs::write(&path, "before".repeat(100)).unwrap();
    let told = std::sync::Mutex::new(Vec::new());
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let file = open::to_write(&path).unwrap();
    let result =
        runtime.block_on(write(source, format, file, |count| told.lock().unwrap().push(count)));
    (result, std::fs::read_to_string(&path).unwrap(), told.into_inner().unwrap())
}

#[derive(serde::Deserialize)]
struct Document {
    #[serde(flatten)]
    head: json::Head,
    entries: Vec<json::Entry>,
}

#[test]
fn markdown_is_readable() {
    let pages = vec![
        Ok(vec![entry(1, person("Look at **this**.\n"))]),
        Ok(vec![entry(2, tool("ls", "a\n```\nb\n")), entry(3, EntryKind::Note("Emptied".into()))]),
    ];
    let (result, text, told) = export(source(pages), ExportFormat::Markdown);
    assert!(result.is_ok());
    assert_eq!(told, [1, 3]);
    let (head, body) = text.split_once("## You").unwrap();
    assert!(head.starts_with("# A # title\n\n- Agent: main\n- Model: p/m\n"), "{head}");
    assert!(head.contains("- Conversation: `` agent:main:`x` ``\n"), "{head}");
    assert_eq!(
        body,
        ", 14:03\n\nLook at **this**.\n\n- Attached: `a.png` (image/png)\n\n\
         ## Tool exec, 14:03\n\nList files (done, exit code 0, 1.2 s)\n\n\
         Input:\n\n```\nls\n```\n\nOutput:\n\n````\na\n```\nb\n````\n\n\
         *7 bytes of the output were let go.*\n\n*Emptied*\n\n"
    );
}

#[test]
fn json_has_this_shape() {
    let (result, text, _) =
        export(source(vec![Ok(vec![entry(1, person("Hi"))])]), ExportFormat::Json);
    assert!(result.is_ok());
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value["format"], "multiclaw-conversation");
    assert_eq!(value["version"], 1);
    assert_eq!(
        value["entries"][0].to_string(),
        r#"{"files":[{"bytes":3,"mime":"image/png","name":"a.png"}],"id":"e1","kind":"person","sent":true,"text":"Hi","when":"14:03"}"#
    );
    let (_, empty, _) = export(source(Vec::new()), ExportFormat::Json);
    assert_eq!(serde_json::from_str::<Document>(&empty).unwrap().entries, []);
}

#[test]
fn a_page_that_does_not_come_is_said() {
    let (result, text, _) = export(source(vec![Err(problem())]), ExportFormat::Markdown);
    assert!(matches!(result, Err((Broke::Page(_), false))));
    assert!(text.starts_with("before"), "nothing was written over");
    let pages = vec![Ok(vec![entry(1, person("Hi"))]), Err(problem())];
    let (result, text, told) = export(source(pages), ExportFormat::Markdown);
    assert!(matches!(result, Err((Broke::Page(_), true))));
    assert!(text.contains("Hi") && !text.contains("before"));
    assert_eq!(told, [1]);
    let said = say::files::export_broke_off(problem(), "out.md", true);
    assert_eq!(said.next, "out.md is not complete. Start it.");
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_full_disk_is_said() {
    // A regular file that takes nothing: opened for reading only.
    let base = tempfile::tempdir().unwrap();
    let path = base.path().join("out");
    std::fs::write(&path, "x").unwrap();
    let file = File::open(&path).unwrap();
    let broke = write(source(Vec::new()), ExportFormat::Json, file, |_| ()).await;
    assert!(matches!(broke, Err((Broke::Write(_), true))));
}

/// Reads fenced blocks back, as CommonMark does.
fn blocks(markdown: &str) -> Vec<String> {
    let (mut blocks, mut open) = (Vec::new(), None::<(usize, String)>);
    for line in markdown.split_inclusive('\n') {
        let trimmed = line.trim_end_matches('\n');
        let ticks = trimmed.chars().take_while(|&c| c == '`').count();
        let only = ticks == trimmed.len();
        match &mut open {
            None if ticks >= 3 => open = Some((ticks, String::new())),
            None => {}
            Some((fence, text)) if only && ticks >= *fence => {
                blocks.push(std::mem::take(text));
                open = None;
            }
            Some((_, text)) => text.push_str(line),
        }
    }
    assert_eq!(open, None, "a fence is open at the end");
    blocks
}

proptest! {
    #[test]
    fn no_content_leaves_its_fence(text in "[`~a \n#>-]{1,80}") {
        let mut out = String::new();
        markdown::fenced(&mut out, &text);
        let end = if text.ends_with('\n') { "" } else { "\n" };
        prop_assert_eq!(blocks(&out), [format!("{text}{end}")]);
    }

    #[test]
    fn json_comes_back(
        texts in prop::collection::vec((any::<String>(), any::<String>(), 0_u8..4), 0..12),
        pages in 1_usize..4,
    ) {
        let entries: Vec<Entry> = texts
            .iter()
            .enumerate()
            .map(|(n, (a, b, kind))| {
                let kind = match kind {
                    0 => person(a),
                    1 => tool(a, b),
                    2 => EntryKind::Thinking { text: a.as_str().into(), growing: false },
                    _ => EntryKind::Note(b.clone()),
                };
                entry(n, kind)
            })
            .collect();
        let chunks = entries.chunks(pages).map(|page| Ok(page.to_vec())).collect();
        let (result, text, _) = export(source(chunks), ExportFormat::Json);
        prop_assert!(result.is_ok());
        let document: Document = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(document.head.title, "A\n# title");
        let want: Vec<json::Entry> = entries.iter().map(json::Entry::from).collect();
        prop_assert_eq!(document.entries, want);
    }
}
