//! What is read from a text.

use super::super::address;
use super::super::block::{Block, DEEP, Kind, Level, Look, Marker};
use super::super::highlight::Token;
use super::*;
use proptest::prelude::*;

fn blocks(text: &str) -> Vec<Block> {
    read(text).parts.into_iter().map(|p| p.block).collect()
}

fn texts(text: &str) -> Vec<String> {
    blocks(text).into_iter().map(|b| b.text).collect()
}

fn looks(text: &str, like: impl Fn(&Look) -> bool) -> Vec<String> {
    let all = blocks(text);
    let spans =
        all.iter().flat_map(|b| b.spans.iter().map(|(r, l)| (b.text[r.clone()].to_owned(), *l)));
    spans.filter(|(_, l)| like(l)).map(|(t, _)| t).collect()
}

#[test]
fn blocks_of_every_kind_are_read() {
    let all = blocks(SAMPLE);
    assert!(all.iter().any(|b| b.kind == Kind::Heading(1) && b.text == "What the benchmark says"));
    assert!(all.iter().any(|b| b.kind == Kind::Heading(3)));
    assert!(all.iter().any(|b| b.kind == Kind::Rule));
    assert!(all.iter().any(|b| b.kind == Kind::Html && b.text == "<details>raw html</details>"));
    let numbers: Vec<_> = all.iter().filter_map(|b| b.marker.clone()).collect();
    assert_eq!(numbers[..3], [Marker::Number(1), Marker::Number(2), Marker::Number(3)]);
    assert!(numbers.contains(&Marker::Task(true)) && numbers.contains(&Marker::Task(false)));
    let deep = all.iter().find(|b| b.text == "with the pointer on it").unwrap();
    assert_eq!(deep.levels, [Level::Item, Level::Item, Level::Item]);
    let quote = all.iter().find(|b| b.text == "And then measure again.").unwrap();
    assert_eq!(quote.levels, [Level::Quote, Level::Quote]);
    let codes: Vec<_> = all
        .iter()
        .filter_map(|b| match &b.kind {
            Kind::Code(code) => Some((code.language.to_string(), b.text.lines().count())),
            _ => None,
        })
        .collect();
    assert_eq!(codes, [("bash".to_owned(), 2), ("rust".to_owned(), 8)]);
    let Some(Kind::Table(table)) =
        all.iter().map(|b| &b.kind).find(|k| matches!(k, Kind::Table(_)))
    else {
        panic!("no table");
    };
    assert_eq!((table.columns.len(), table.cells.len()), (4, 16));
    assert_eq!(looks("**a** *b* ~~c~~ `d`", |l| l.strong), ["a"]);
    assert_eq!(looks("**a** *b* ~~c~~ `d`", |l| l.emphasis), ["b"]);
    assert_eq!(looks("**a** *b* ~~c~~ `d`", |l| l.strike), ["c"]);
    assert_eq!(looks("**a** *b* ~~c~~ `d`", |l| l.code), ["d"]);
}

/// H6.
#[test]
fn only_addresses_of_the_web_can_be_pressed_and_no_address_is_hidden() {
    let links = |text: &str| -> Vec<(String, String)> {
        let all = blocks(text);
        let all = all.iter().flat_map(|b| {
            b.links.iter().map(|l| (b.text[l.range.clone()].to_owned(), l.address.clone()))
        });
        all.collect()
    };
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    assert_eq!(links("[a](https://x.org/y)"), [pair("a", "https://x.org/y")]);
    assert_eq!(
        links("see https://x.org/a_b_c, (http://y.org). `https://no.org`"),
        [pair("https://x.org/a_b_c", "https://x.org/a_b_c"), pair("http://y.org", "http://y.org")]
    );
    assert_eq!(links("<https://x.org>"), [pair("https://x.org", "https://x.org")]);
    for bad in [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "https://a@b.org",
        "multiclaw://x",
    ] {
        let text = format!("[press]({bad})");
        assert_eq!(links(&text), []);
        assert_eq!(texts(&text), [format!("press ({bad})")]);
    }
    // A text that is an address, and leads to another one, shows both.
    assert_eq!(
        links("[https://good.org](https://evil.org)"),
        [pair("https://good.org (https://evil.org)", "https://evil.org")]
    );
    assert_eq!(
        links("![chart](https://x.org/c.png)"),
        [pair("Image: chart", "https://x.org/c.png")]
    );
    assert_eq!(
        texts("![chart](data:image/png;base64,AAAA)"),
        ["Image: chart (data:image/png;base64,AAAA)"]
    );
    assert_eq!(texts("[a][1]\n\n[1]: https://x.org\n"), ["[a][1]", "[1]: https://x.org"]);
}

#[test]
fn code_is_copied_exactly() {
    let code = (0..300).map(|n| format!("  let x{n} = \"{n}\";\n\n")).collect::<String>();
    let document = read(&format!("before\n```rust\n{code}```\nafter"));
    let first = document.parts.iter().position(|p| matches!(p.block.kind, Kind::Code(_))).unwrap();
    assert_eq!(document.code(first), code.strip_suffix('\n').unwrap());
    assert!(document.parts.iter().filter(|p| p.block.joins()).count() > 3, "it is not in parts");
    let line = "word ".repeat(20_000);
    let document = read(&format!("~~~\n{line}\n~~~\n"));
    assert_eq!(document.code(0), line);
}

#[test]
fn a_comment_that_goes_over_parts_stays_one() {
    let text = format!("```c\n/* {} */ int x;\n```", "line\n".repeat(200));
    let all = blocks(&text);
    let comment = Some(Token::Comment);
    assert!(all.len() > 3);
    assert!(all[..all.len() - 1].iter().all(|b| b.spans.iter().all(|(_, l)| l.token == comment)));
    assert_eq!(looks(&text, |l| l.token == Some(Token::Keyword)), ["int"]);
}

#[test]
fn a_long_table_keeps_its_columns() {
    let rows: String = (0..900).map(|n| format!("| {n} | a cell of some words |\n")).collect();
    let document = read(&format!("| n | text |\n|--:|---|\n{rows}\nafter"));
    let tables: Vec<_> = document
        .parts
        .iter()
        .filter_map(|p| match &p.block.kind {
            Kind::Table(table) => Some(table),
            _ => None,
        })
        .collect();
    assert!(tables.len() > 2 && tables.iter().all(|t| t.columns.len() == 2));
    assert_eq!(tables.iter().map(|t| t.cells.len()).sum::<usize>(), 2 * 901);
    assert_eq!(document.parts.last().unwrap().block.text, "after");
    let text = document.text();
    assert_eq!((text.matches("text").count(), text.matches("899\ta cell").count()), (1, 1));
}

#[test]
fn nesting_without_end_is_shown_as_deep_as_there_is_room() {
    for text in [
        ">".repeat(3_000) + " deep",
        "- ".repeat(3_000) + "deep",
        "[".repeat(9_000),
        "*a ".repeat(5_000),
    ] {
        let document = read(&text);
        assert!(document.parts.iter().all(|p| p.block.levels.len() <= DEEP));
        assert!(!document.is_empty());
    }
}

#[test]
fn places_are_found_in_what_is_shown() {
    let document = read("A **bo**ld *word*.\n\n- BOLD again\n");
    let found = document.find("bold", 10);
    let text = document.text();
    assert_eq!(found.iter().map(|r| &text[r.clone()]).collect::<Vec<_>>(), ["bold", "BOLD"]);
    assert_eq!(document.find("", 10), []);
    assert_eq!(document.find("o", 1).len(), 1);
}

/// Letters and digits: what is shown whatever the marks around it mean.
fn visible(text: &str) -> String {
    text.chars().filter(|c| c.is_alphabetic()).collect()
}

/// Text as it may come: marks of every kind, in any order.
pub(super) fn any_text() -> impl Strategy<Value = String> {
    let mark = prop::sample::select(vec![
        "# ",
        "- ",
        "1. ",
        "> ",
        "```",
        "```rust\n",
        "~~~\n",
        "|",
        "|---|---|\n",
        "\n",
        "\n\n",
        "    ",
        "**",
        "*",
        "_",
        "`",
        "~~",
        "[",
        "](",
        ")",
        "!",
        "<",
        ">",
        "<b>",
        "&amp;",
        "\\",
        "https://x.org/",
        "---\n",
        "===\n",
        "[ ] ",
        "[a]: b\n",
        "word ",
        "é漢",
        "\r\n",
        "\t",
        "  \n",
        "\u{202e}",
    ]);
    prop::collection::vec(mark, 0..60).prop_map(|all| all.concat())
}

proptest! {
    #[test]
    fn whatever_is_written_is_read(text in any_text(), other in "\\PC{0,80}") {
        for text in [text, other] {
            let document = read(&text);
            let shown = document.text();
            prop_assert_eq!(shown.len(), document.length());
            for part in &document.parts {
                let block = &part.block;
                prop_assert_eq!(&shown[part.range()], block.text.as_str());
                let mut end = 0;
                for (range, _) in &block.spans {
                    prop_assert_eq!(range.start, end);
                    prop_assert!(range.end > range.start && block.text.is_char_boundary(range.end));
                    end = range.end;
                }
                prop_assert_eq!(end, block.text.len());
                for link in &block.links {
                    prop_assert!(block.text.get(link.range.clone()).is_some_and(|t| !t.is_empty()));
                    prop_assert!(address::opens(&link.address));
                }
                prop_assert!(block.source.start <= block.source.end && block.source.end <= text.len());
                if let Kind::Table(table) = &block.kind {
                    prop_assert_eq!(table.cells.len() % table.columns.len().max(1), 0);
                    for cell in &table.cells {
                        prop_assert!(block.text.get(cell.clone()).is_some());
                    }
                }
            }
        }
    }

    #[test]
    fn words_are_never_lost(words in prop::collection::vec("[a-z]{1,9}[ \n*_#>-]{1,3}", 0..60)) {
        let text = words.concat();
        prop_assert_eq!(visible(&read(&text).text()), visible(&text));
    }

    #[test]
    fn any_code_is_coloured_without_gaps(code in "([a-z'\"`/*#<>=:\n\\\\ 0-9é-]|/\\*|\"\"\"){0,120}") {
        for language in ["rust", "js", "py", "sh", "json", "yaml", "html", "css", "sql", "diff", "c", "lua"] {
            let document = read(&format!("~~~~{language}\n{code}\n~~~~"));
            prop_assert_eq!(document.code(0), code.as_str());
        }
    }
}
