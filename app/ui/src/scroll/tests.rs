//! Heights and the anchor, which need no screen.

use super::flow::{Flow, Measure, Placed, Size};
use super::heights::Heights;
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

impl Measure for Real {
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
