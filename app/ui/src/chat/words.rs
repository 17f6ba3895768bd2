//! What things are called on this screen, and texts that fit.

use egui::text::{LayoutJob, TextWrapping};
use egui::{Color32, FontId, Galley, Ui};
use multiclaw_core::model::{ChatModel, Permission, ToolState};
use multiclaw_core::tr;
use std::sync::Arc;

/// What the agent may do: in a word or two, and what that means.
pub(super) fn permission(of: Permission) -> (&'static str, &'static str) {
    match of {
        Permission::Default => (tr!("chat-may-default"), tr!("chat-may-default-means")),
        Permission::ReadOnly => (tr!("chat-may-read"), tr!("chat-may-read-means")),
        Permission::Guarded => (tr!("chat-may-ask"), tr!("chat-may-ask-means")),
        Permission::Workspace => (tr!("chat-may-checked"), tr!("chat-may-checked-means")),
        Permission::Full => (tr!("chat-may-all"), tr!("chat-may-all-means")),
    }
}

/// All of them, from the most careful.
pub(super) const PERMISSIONS: [Permission; 5] = [
    Permission::Default,
    Permission::ReadOnly,
    Permission::Guarded,
    Permission::Workspace,
    Permission::Full,
];

/// A level of thinking as a word.
pub(super) fn thinking(level: &str) -> String {
    let word = match level {
        "" => tr!("chat-level-default"),
        "off" => tr!("chat-level-off"),
        "minimal" => tr!("chat-level-minimal"),
        "low" => tr!("chat-level-low"),
        "medium" => tr!("chat-level-medium"),
        "high" => tr!("chat-level-high"),
        "xhigh" => tr!("chat-level-very-high"),
        "max" => tr!("chat-level-max"),
        "adaptive" => tr!("chat-level-adaptive"),
        other => {
            let mut letters = other.chars();
            let first = letters.next().into_iter().flat_map(char::to_uppercase);
            return first.chain(letters).collect();
        }
    };
    word.to_owned()
}

/// The name of a model, or the end of its id.
pub(super) fn model<'a>(id: &'a str, all: &'a [Arc<ChatModel>]) -> &'a str {
    let known = all.iter().find(|m| m.id == id && !m.name.is_empty());
    known.map_or_else(|| id.rsplit('/').next().unwrap_or(id), |m| &m.name)
}

/// How a tool call goes, in a word.
pub(super) fn state(of: ToolState) -> &'static str {
    match of {
        ToolState::Running => tr!("chat-running"),
        ToolState::Waiting => tr!("chat-tool-waiting"),
        ToolState::Done => tr!("chat-tool-done"),
        ToolState::Failed => tr!("chat-tool-failed"),
        ToolState::Denied => tr!("chat-tool-denied"),
        ToolState::Stopped => tr!("chat-stopped"),
    }
}

/// What keeps a conversation at the top of the list, or no longer.
pub(super) fn pin(pinned: bool) -> &'static str {
    if pinned { tr!("chat-unpin") } else { tr!("chat-pin") }
}

/// A size in words.
pub(super) fn bytes(count: u64) -> String {
    match count {
        0..1_000 => tr!("chat-bytes", count = count),
        1_000..1_000_000 => tr!("chat-kilobytes", count = (count + 500) / 1_000),
        _ => {
            let (whole, tenths) = (count / 1_000_000, count % 1_000_000 / 100_000);
            let text = format!("{whole}.{tenths}");
            tr!("chat-megabytes", count = text.trim_end_matches(".0"))
        }
    }
}

/// A number of tokens, in short.
pub(super) fn tokens(count: u64) -> String {
    match count {
        0..1_000 => count.to_string(),
        1_000..1_000_000 => format!("{}k", (count + 500) / 1_000),
        _ => {
            let text = format!("{}.{}M", count / 1_000_000, count % 1_000_000 / 100_000);
            text.replace(".0M", "M")
        }
    }
}

/// One line of a text: what would break it is a space.
pub(super) fn flat(text: &str) -> String {
    text.chars().take(400).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// One line of text, cut off where the room ends.
pub(super) fn one_line(
    ui: &Ui,
    text: &str,
    points: f32,
    colour: Color32,
    width: f32,
) -> Arc<Galley> {
    let font = FontId::proportional(points);
    let mut job = LayoutJob::simple_singleline(text.to_owned(), font, colour);
    job.wrap = TextWrapping::truncate_at_width(width.max(0.0));
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

/// "20 Nov, 14:03" is a day and a time; without a day it is today.
pub(super) fn day_and_time(when: &str) -> (&str, &str) {
    let is_time = |text: &str| {
        text.split_once(':').is_some_and(|(hour, minute)| {
            let digits =
                |t: &str| matches!(t.len(), 1..=2) && t.bytes().all(|b| b.is_ascii_digit());
            digits(hour) && digits(minute)
        })
    };
    let (day, time) = when.rsplit_once(' ').unwrap_or(("", when));
    if is_time(time) { (day.trim_end_matches([',', ' ']), time) } else { (when, "") }
}

/// A text with everything in it that cannot be seen, or that turns the direction of writing,
/// written out: pieces, and whether each stands for something that is not seen. Line breaks stay.
pub(super) fn spelled_out(text: &str) -> Vec<(String, bool)> {
    let mut pieces: Vec<(String, bool)> = Vec::new();
    for c in text.chars() {
        let hidden = is_hidden(c);
        if pieces.last().is_none_or(|(_, was)| *was != hidden) {
            pieces.push((String::new(), hidden));
        }
        let Some((piece, _)) = pieces.last_mut() else { continue };
        match c {
            '\t' => piece.push_str("\\t"),
            '\r' => piece.push_str("\\r"),
            '\x1b' => piece.push_str("\\e"),
            c if hidden => piece.extend(c.escape_unicode()),
            c => piece.push(c),
        }
    }
    pieces
}

/// A character that a person cannot see, or that changes where others stand. The plain space and
/// the line break are none.
fn is_hidden(c: char) -> bool {
    if c == '\n' {
        return false;
    }
    c.is_control()
        || (c.is_whitespace() && c != ' ')
        || matches!(c,
            '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e000}'..='\u{f8ff}' | '\u{e0000}'..='\u{10ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_written_out() {
        let pieces = spelled_out("rm \u{202e}x\u{202c}\t-f\u{200b}\nend\r\u{1b}[2K");
        let text: String = pieces.iter().map(|(t, _)| t.as_str()).collect();
        assert_eq!(text, "rm \\u{202e}x\\u{202c}\\t-f\\u{200b}\nend\\r\\e[2K");
        assert!(pieces.iter().any(|(t, hidden)| *hidden && t == "\\u{202e}"));
        assert_eq!(spelled_out("ls -la \"ä\""), [("ls -la \"ä\"".to_owned(), false)]);
    }

    #[test]
    fn sizes_tokens_and_levels_are_words() {
        assert_eq!(bytes(1), "1 byte");
        assert_eq!(bytes(2_300), "2 KB");
        assert_eq!(bytes(2_000_000), "2 MB");
        assert_eq!(bytes(2_340_000), "2.3 MB");
        assert_eq!((tokens(840), tokens(12_400), tokens(1_000_000)).1, "12k");
        assert_eq!(tokens(1_500_000), "1.5M");
        assert_eq!((thinking(""), thinking("medium")), ("Default".into(), "Medium".into()));
        assert_eq!(model("anthropic/claude-x", &[]), "claude-x");
        assert_eq!(day_and_time("20 Nov, 14:03"), ("20 Nov", "14:03"));
        assert_eq!(day_and_time("14:03"), ("", "14:03"));
        assert_eq!(day_and_time("3 Nov"), ("3 Nov", ""));
    }
}
