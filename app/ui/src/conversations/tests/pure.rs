//! What needs no screen: heights, the anchor, rows, reading and finding text.

use super::super::find::{Finder, Needle};
use super::super::segments::{Change, LONG, Segments};
use super::super::text::{Kind, Look, parse};
use super::*;
use proptest::prelude::*;

fn texts(texts: &[&str]) -> Arc<Vec<Arc<Message>>> {
    let one = |(n, text): (usize, &&str)| said(n, Speaker::Agent, "A", "14:03", text);
    Arc::new(texts.iter().enumerate().map(one).collect())
}

#[test]
fn a_long_message_is_opened_in_parts_that_are_all_of_it() {
    let long = "é".repeat(LONG) + &"line\n```\ncode\n```\n".repeat(2_000);
    let messages = texts(&["a", &long, "b"]);
    let mut segments = Segments::default();
    assert_eq!(segments.update(&messages), Change::Around { before: 0, after: 3 });
    assert!(segments.is_collapsed(1) && segments.len() == 3);
    let shown = segments.part(segments.at(1)).range;
    assert!(shown.end < 5_000 && long.is_char_boundary(shown.end));

    segments.set_open(1, true);
    assert!(segments.len() > 6 && !segments.is_collapsed(1));
    let mut end = 0;
    for row in 0..segments.len() {
        let segment = segments.at(row);
        assert_eq!(segments.row_of(segment.message) + segment.part, row);
        if segment.message == 1 {
            let part = segments.part(segment);
            assert_eq!(part.range.start, end);
            assert!(part.range.len() <= 8_000);
            let fences = long[..end].lines().filter(|l| *l == "```").count();
            assert_eq!(part.in_code, fences % 2 == 1, "part {}", segment.part);
            assert_eq!(segments.row_of_byte(1, end), row);
            end = part.range.end;
        }
    }
    assert_eq!(end, long.len());

    // It stays open when others come above it.
    let mut more = vec![said(9, Speaker::Agent, "A", "14:03", "older")];
    more.extend(messages.iter().cloned());
    let rows = segments.len();
    assert_eq!(segments.update(&Arc::new(more)), Change::Around { before: 1, after: 0 });
    assert!(segments.is_open(2) && segments.len() == rows + 1);
    segments.set_open(2, false);
    assert_eq!(segments.len(), 4);
}

#[test]
fn messages_that_come_and_go_are_told_apart() {
    let all = texts(&["a", "b", "c", "d"]);
    let part = |range: std::ops::Range<usize>| Arc::new(all[range].to_vec());
    let change = |from: &Arc<Vec<Arc<Message>>>, to: &Arc<Vec<Arc<Message>>>| {
        let mut segments = Segments::default();
        segments.update(from);
        segments.update(to)
    };
    assert_eq!(change(&part(1..3), &all), Change::Around { before: 1, after: 1 });
    assert_eq!(change(&part(2..4), &all), Change::Around { before: 2, after: 0 });
    assert_eq!(change(&part(0..2), &all), Change::Around { before: 0, after: 2 });
    let gone = Arc::new(vec![Arc::clone(&all[0]), Arc::clone(&all[3])]);
    assert_eq!(change(&all, &gone), Change::Other(vec![Some(0), None, None, Some(1)]));
}

#[test]
fn code_and_links_are_read() {
    let text =
        "Run `ls -l`, see https://example.com/a_(b), then:\n\n```sh\nls ``x`` `y\n```\n\nbye";
    let blocks = parse(text, 100, false);
    assert_eq!(
        blocks.iter().map(|b| b.kind).collect::<Vec<_>>(),
        [Kind::Plain, Kind::Code, Kind::Plain]
    );
    assert_eq!(blocks[0].text, "Run ls -l, see https://example.com/a_(b), then:");
    assert_eq!(blocks[1].text, "ls ``x`` `y");
    assert_eq!(blocks[2].text, "bye");
    let links: Vec<&str> = blocks[0].links().map(|l| l.1).collect();
    assert_eq!(links, ["https://example.com/a_(b)"]);
    let code: Vec<&str> = blocks[0]
        .spans
        .iter()
        .filter(|s| s.1 == Look::Code)
        .map(|s| &blocks[0].text[s.0.clone()])
        .collect();
    assert_eq!(code, ["ls -l"]);
    let at = text.find("bye").unwrap() + 100;
    assert_eq!(blocks[2].shown(&(at..at + 3)), Some(0..3));
    assert_eq!(blocks[0].shown(&(at..at + 3)), None);
    let at = text.find("-l").unwrap() + 100;
    assert_eq!(&blocks[0].text[blocks[0].shown(&(at..at + 2)).unwrap()], "-l");
}

#[test]
fn only_whole_web_addresses_are_links() {
    let links = |text: &str| -> Vec<String> {
        parse(text, 0, false)
            .iter()
            .flat_map(|b| b.links().map(|l| l.1.to_owned()).collect::<Vec<_>>())
            .collect()
    };
    assert_eq!(links("(http://a.b/c)."), ["http://a.b/c"]);
    assert_eq!(links("HTTPS://A.b, http://[::1]/x!"), ["HTTPS://A.b", "http://[::1]/x"]);
    assert_eq!(
        links("<https://a.b?x=1&y=2> \"https://c.d\""),
        ["https://a.b?x=1&y=2", "https://c.d"]
    );
    for text in [
        "javascript://x",
        "file:///etc/passwd",
        "xhttp://a.b",
        "http://",
        "https:// a.b",
        "`http://a.b`",
        "http://-",
    ] {
        assert_eq!(links(text), [""; 0], "{text}");
    }
    // What turns the direction of writing ends an address.
    assert_eq!(links("https://a.b/\u{202e}moc.evil"), ["https://a.b/"]);
    assert_eq!(links(&format!("https://a.b/{}", "x".repeat(3_000))), [""; 0]);
}

proptest! {
    #[test]
    fn whatever_is_written_is_read(text in "([a-c`\n é漢]|```\n|https?://[a-c.()]{0,6}){0,60}", code: bool) {
        for block in parse(&text, 0, code) {
            let mut end = 0;
            for (range, _) in &block.spans {
                prop_assert_eq!(range.start, end);
                prop_assert!(block.text.get(range.clone()).is_some());
                end = range.end;
            }
            prop_assert_eq!(end, block.text.len());
            for (at, c) in text.char_indices() {
                if let Some(range) = block.shown(&(at..at + c.len_utf8())) {
                    prop_assert_eq!(block.text.get(range), text.get(at..at + c.len_utf8()));
                }
            }
        }
    }

    #[test]
    fn finding_is_that_of_a_plain_search(text in "[aAbBkKıİßé ]{0,40}", needle in "[aAbBkKé]{1,3}") {
        let fold = |s: &str| s.chars().flat_map(char::to_lowercase).collect::<String>();
        let wanted = fold(&needle);
        let mut plain = Vec::new();
        let mut from = 0;
        for (at, c) in text.char_indices() {
            let fits = text[at..]
                .char_indices()
                .map(|(n, c)| at + n + c.len_utf8())
                .find(|end| fold(&text[at..*end]).chars().count() >= wanted.chars().count())
                .filter(|end| fold(&text[at..*end]) == wanted);
            if let (true, Some(end)) = (at >= from, fits) {
                plain.push(at..end);
                from = end;
            }
            let _ = c;
        }
        prop_assert_eq!(Needle::new(&needle).all(&text, 100), plain);
    }
}

#[test]
fn a_search_through_much_text_takes_several_steps_and_keeps_its_place() {
    let filler = "nothing here, nothing there. ".repeat(2_000);
    let mut list: Vec<_> =
        (0..200).map(|n| said(n, Speaker::Agent, "A", "14:03", &filler)).collect();
    list[5] = said(5, Speaker::Agent, "A", "14:03", "a Needle");
    list[150] = said(150, Speaker::Agent, "A", "14:03", "needle and NEEDLE");
    let messages = Arc::new(list.clone());
    let mut finder = Finder::default();
    finder.text = "needle".into();
    let (more, _) = finder.step(&messages, 140);
    assert!(more, "eleven megabytes are not looked through in one frame");
    let mut moved = false;
    while !moved {
        moved = finder.step(&messages, 140).1;
    }
    assert_eq!(finder.current().unwrap().message, 150);
    while finder.step(&messages, 140).0 {}
    assert_eq!(finder.summary(), "2 of 3");
    finder.go(true);
    finder.go(true);
    assert_eq!((finder.summary().as_str(), finder.current().unwrap().message), ("1 of 3", 5));
    finder.go(false);
    assert_eq!(finder.summary(), "3 of 3");
    // An older message comes above: the same place is shown.
    list.insert(0, said(999, Speaker::Agent, "A", "14:03", "needle"));
    let messages = Arc::new(list);
    while finder.step(&messages, 140).0 {}
    assert_eq!(finder.summary(), "4 of 4");
    assert_eq!(finder.within(151).len(), 2);
}
