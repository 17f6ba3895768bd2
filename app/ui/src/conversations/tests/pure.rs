//! What needs no screen: heights, the anchor, rows, reading and finding text.

use super::super::find::{Finder, Needle};
use super::super::rows::{Change, LONG, Rows};
use super::*;
use proptest::prelude::*;

fn texts(texts: &[&str]) -> Arc<Vec<Arc<Message>>> {
    let one = |(n, text): (usize, &&str)| said(n, Speaker::Agent, "A", "14:03", text);
    Arc::new(texts.iter().enumerate().map(one).collect())
}

#[test]
fn of_a_long_message_the_beginning_is_shown_until_it_is_opened() {
    let long = "é".repeat(LONG) + " and the end";
    let lines = "a line of it\n".repeat(2_000);
    let messages = texts(&["a", &long, &lines, &"é".repeat(LONG)]);
    let mut rows = Rows::default();
    assert_eq!(rows.update(&messages), Change::Around { before: 0, after: 4 });
    let state = |rows: &Rows| messages.iter().map(|m| rows.is_open(m)).collect::<Vec<_>>();
    assert_eq!(state(&rows), [None, Some(false), Some(false), None]);
    for (message, ends) in [(&messages[1], "é"), (&messages[2], "it\n")] {
        let shown = rows.text(message);
        assert!((1_000..2_500).contains(&shown.len()) && shown.ends_with(ends));
        assert!(message.text.starts_with(shown));
    }
    rows.set_open(&messages[1], true);
    assert_eq!(rows.text(&messages[1]), long);

    // It stays open when others come above it.
    let mut more = vec![said(9, Speaker::Agent, "A", "14:03", "older")];
    more.extend(messages.iter().cloned());
    assert_eq!(rows.update(&Arc::new(more)), Change::Around { before: 1, after: 0 });
    assert_eq!(state(&rows), [None, Some(true), Some(false), None]);
    rows.set_open(&messages[1], false);
    assert_eq!(rows.is_open(&messages[1]), Some(false));
}

#[test]
fn messages_that_come_and_go_are_told_apart() {
    let all = texts(&["a", "b", "c", "d"]);
    let part = |range: std::ops::Range<usize>| Arc::new(all[range].to_vec());
    let change = |from: &Arc<Vec<Arc<Message>>>, to: &Arc<Vec<Arc<Message>>>| {
        let mut rows = Rows::default();
        rows.update(from);
        rows.update(to)
    };
    assert_eq!(change(&part(1..3), &all), Change::Around { before: 1, after: 1 });
    assert_eq!(change(&part(2..4), &all), Change::Around { before: 2, after: 0 });
    assert_eq!(change(&part(0..2), &all), Change::Around { before: 0, after: 2 });
    let gone = Arc::new(vec![Arc::clone(&all[0]), Arc::clone(&all[3])]);
    assert_eq!(change(&all, &gone), Change::Other(vec![Some(0), None, None, Some(1)]));
}

proptest! {
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
    let marks = finder.marks(151);
    assert_eq!(marks.iter().map(|m| m.current).collect::<Vec<_>>(), [false, true]);
    assert_eq!(finder.marks(150), []);
}

#[test]
fn what_is_found_is_what_is_shown() {
    let text = "# A **nee**dle\n\n`need`[le](https://example.com/needle) and a needle";
    let messages = texts(&[text, "```needle\nx\n```"]);
    let mut finder = Finder::default();
    finder.text = "needle".into();
    finder.step(&messages, 0);
    let mut document = crate::markdown::Document::default();
    document.read(text);
    let shown = document.text();
    let found: Vec<&str> = finder.marks(0).into_iter().map(|m| &shown[m.range]).collect();
    assert_eq!(found, ["needle"; 3]);
    assert_eq!(finder.marks(1), [], "the name of a language is not text");
}
