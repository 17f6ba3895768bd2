//! What needs no screen: heights, the anchor, rows, reading and finding text.

use super::super::find::{Finder, Needle};
use super::super::flow::{Flow, Placed, Size};
use super::super::heights::Heights;
use super::super::segments::{Change, LONG, Segments};
use super::super::text::{Kind, Look, parse};
use super::*;
use proptest::prelude::*;

/// Heights as they are: multiples of 1/64, so that sums can be compared exactly.
fn height() -> impl Strategy<Value = f64> {
    (64_u32..64 * 300).prop_map(|n| f64::from(n) / 64.0)
}

proptest! {
    #[test]
    fn sums_of_heights_are_those_of_a_plain_list(
        mut plain in prop::collection::vec(height(), 1..80),
        changes in prop::collection::vec((any::<prop::sample::Index>(), height()), 0..40),
        place in 0.0..1.0_f64,
    ) {
        let mut heights = Heights::new(plain.iter().copied());
        for (row, height) in changes {
            let row = row.index(plain.len());
            plain[row] = height;
            heights.set(row, height);
        }
        let total: f64 = plain.iter().sum();
        prop_assert_eq!(heights.total(), total);
        for row in 0..=plain.len() {
            prop_assert_eq!(heights.above(row), plain[..row].iter().sum::<f64>());
        }
        let y = place * total;
        let (row, within) = heights.at(y);
        prop_assert!(heights.above(row) + within == y && within <= heights.get(row));
    }
}

#[test]
fn heights_that_are_no_numbers_do_not_spoil_the_sums() {
    let heights = Heights::new([f64::NAN, f64::INFINITY, -5.0, 0.0]);
    assert!(heights.total() > 0.0 && heights.total() < 3.0);
    assert_eq!(Heights::new([]).at(10.0), (0, 0.0));
}

/// Rows as they really are. The flow only has guesses until it asks.
#[derive(Clone, Debug)]
struct Real {
    bodies: Vec<f64>,
    lead: f64,
    asked: usize,
}

impl Real {
    fn size(&self, row: usize) -> Size {
        // What stands above a text depends on its place: the first has a date above it.
        Size { lead: if row == 0 { self.lead } else { 0.0 }, body: self.bodies[row] }
    }
}

impl super::super::flow::Measure for Real {
    fn measure(&mut self, row: usize) -> Size {
        self.asked += 1;
        self.size(row)
    }
}

const VIEW: f64 = 600.0;

/// Rows follow each other without a gap, and fill the view if they can.
fn check(seen: &[Placed], real: &Real) {
    for pair in seen.windows(2) {
        let end = pair[0].top + pair[0].size.body;
        assert_eq!(pair[1].row, pair[0].row + 1);
        assert!((pair[1].top - pair[1].size.lead - end).abs() < 1e-6);
    }
    let (first, last) = (seen[0], seen[seen.len() - 1]);
    let bottom = last.top + last.size.body;
    let top = first.top - first.size.lead;
    assert!(bottom >= VIEW - 1e-6, "empty below: {bottom}");
    let all: f64 = real.bodies.iter().sum::<f64>() + real.lead;
    assert!(top <= 1e-6 || all < VIEW, "empty above: {top}");
}

proptest! {
    #[test]
    fn the_text_that_is_read_does_not_move(
        bodies in prop::collection::vec(height(), 30..90),
        guess in height(),
        older in prop::collection::vec(height(), 1..40),
        newer in prop::collection::vec(height(), 1..10),
        scrolls in prop::collection::vec(-900.0..900.0_f64, 1..12),
    ) {
        let mut real = Real { lead: 44.0, bodies, asked: 0 };
        let mut flow = Flow::new(real.bodies.iter().map(|_| guess));
        let mut seen = flow.arrange(VIEW, &mut real);
        check(&seen, &real);
        prop_assert!(flow.at_bottom());
        for distance in scrolls {
            let before = seen;
            flow.scroll(distance, VIEW);
            seen = flow.arrange(VIEW, &mut real);
            check(&seen, &real);
            let first = seen[0].row == 0 && seen[0].top - seen[0].size.lead >= -1e-6;
            if !flow.at_bottom() && !first {
                for old in &before {
                    if let Some(new) = seen.iter().find(|p| p.row == old.row) {
                        prop_assert!((new.top - old.top - distance).abs() < 1e-6);
                    }
                }
            }
        }
        // Older ones come above: nothing that is seen moves, although the first loses its date.
        let count = older.len();
        let heights: Vec<f64> =
            older.iter().map(|_| guess).chain((0..flow.len()).map(|r| flow.height(r))).collect();
        let anchor = flow.first() + count;
        flow.replace(heights, Some(anchor));
        real.bodies.splice(0..0, older);
        let after = flow.arrange(VIEW, &mut real);
        check(&after, &real);
        for old in &seen {
            let new = after.iter().find(|p| p.row == old.row + count);
            prop_assert!(new.is_some_and(|new| (new.top - old.top).abs() < 1e-6));
        }
        // Newer ones come below: at the bottom they are followed, else nothing moves.
        let at_bottom = flow.at_bottom();
        let heights: Vec<f64> =
            (0..flow.len()).map(|r| flow.height(r)).chain(newer.iter().map(|_| guess)).collect();
        let anchor = flow.first();
        flow.replace(heights, Some(anchor));
        real.bodies.extend(&newer);
        let last = flow.arrange(VIEW, &mut real);
        check(&last, &real);
        if at_bottom {
            prop_assert_eq!(last[last.len() - 1].row, real.bodies.len() - 1);
        } else {
            prop_assert_eq!(&last[0], &after[0]);
        }
    }

    #[test]
    fn a_jump_measures_no_more_than_it_shows(
        place in 0.0..1.0_f64,
        guess in height(),
        distance in -1.0e6..1.0e6_f64,
    ) {
        let bodies = (0..20_000).map(|n| 20.0 + f64::from(n % 37) * 8.0).collect();
        let mut real = Real { lead: 0.0, bodies, asked: 0 };
        let mut flow = Flow::new((0..20_000).map(|_| guess));
        flow.jump(place * flow.total(), VIEW);
        let seen = flow.arrange(VIEW, &mut real);
        check(&seen, &real);
        flow.scroll(distance, VIEW);
        check(&flow.arrange(VIEW, &mut real), &real);
        prop_assert!(real.asked < 800, "{} rows were measured", real.asked);
    }
}

#[test]
fn a_short_conversation_stands_at_the_bottom_and_empty_is_no_trouble() {
    let mut real = Real { lead: 10.0, bodies: vec![40.0, 50.0], asked: 0 };
    let mut flow = Flow::new([20.0, 20.0]);
    flow.scroll(300.0, VIEW);
    let seen = flow.arrange(VIEW, &mut real);
    assert_eq!((seen[0].top, seen[1].top), (510.0, 550.0));
    assert!(flow.at_bottom());
    flow.replace([], None);
    flow.scroll(10.0, VIEW);
    flow.jump(10.0, VIEW);
    assert!(flow.arrange(VIEW, &mut real).is_empty());
}

#[test]
fn a_slow_wheel_leaves_the_bottom() {
    let mut real = Real { lead: 0.0, bodies: vec![100.0; 50], asked: 0 };
    let mut flow = Flow::new([100.0; 50]);
    flow.arrange(VIEW, &mut real);
    for _ in 0..10 {
        flow.scroll(0.25, VIEW);
        flow.arrange(VIEW, &mut real);
    }
    assert_eq!(flow.position(VIEW), 50.0 * 100.0 - VIEW - 2.5);
}

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
