//! A list of the workspace that follows events.

use crate::model::{Load, Problem};
use cloud_client::wire::{Agent, Conversation, Document, Member, Task};
use std::cmp::Ordering;
use std::sync::Arc;

/// Events that wait for a list on its way; more than these, and it is loaded once more.
const WAITING: usize = 4096;

/// Something that stands in a list.
pub trait Listed: Clone + Eq {
    /// What tells it from others.
    fn id(&self) -> &str;
    /// Where it stands.
    fn order(&self, other: &Self) -> Ordering;
    /// RFC 3339: of the last change; empty where that is not told.
    fn updated(&self) -> &str {
        ""
    }
}

impl Listed for Member {
    fn id(&self) -> &str {
        &self.id
    }

    fn order(&self, other: &Self) -> Ordering {
        let key = |m: &Self| (m.invited, m.name.to_lowercase(), m.email.to_lowercase());
        key(self).cmp(&key(other))
    }
}

impl Listed for Agent {
    fn id(&self) -> &str {
        &self.id
    }

    fn order(&self, other: &Self) -> Ordering {
        self.name.to_lowercase().cmp(&other.name.to_lowercase()).then(self.id.cmp(&other.id))
    }

    fn updated(&self) -> &str {
        &self.updated_at
    }
}

impl Listed for Task {
    fn id(&self) -> &str {
        &self.id
    }

    fn order(&self, other: &Self) -> Ordering {
        other.number.cmp(&self.number)
    }

    fn updated(&self) -> &str {
        &self.updated_at
    }
}

impl Listed for Document {
    fn id(&self) -> &str {
        &self.id
    }

    fn order(&self, other: &Self) -> Ordering {
        other.updated_at.cmp(&self.updated_at).then(self.id.cmp(&other.id))
    }

    fn updated(&self) -> &str {
        &self.updated_at
    }
}

impl Listed for Conversation {
    fn id(&self) -> &str {
        &self.id
    }

    fn order(&self, other: &Self) -> Ordering {
        other.updated_at.cmp(&self.updated_at).then(self.id.cmp(&other.id))
    }

    fn updated(&self) -> &str {
        &self.updated_at
    }
}

#[derive(Clone, Debug)]
enum Change<T> {
    Put(T),
    Remove(String),
}

/// A list, the events that it includes, and those that wait for it.
#[derive(Clone, Debug)]
pub struct Mirror<T> {
    shown: Load<T>,
    /// Number of the last event that the list includes.
    includes: u64,
    /// The load that is under way.
    loading: Option<u64>,
    waiting: Vec<(u64, Change<T>)>,
    overflown: bool,
}

impl<T> Default for Mirror<T> {
    fn default() -> Self {
        Self {
            shown: Load::Loading,
            includes: 0,
            loading: None,
            waiting: Vec::new(),
            overflown: false,
        }
    }
}

impl<T: Listed> Mirror<T> {
    /// What can be shown now.
    #[must_use]
    pub fn shown(&self) -> &Load<T> {
        &self.shown
    }

    /// A load begins; an older one that is still under way does not count any more.
    pub fn begin(&mut self, load: u64) {
        self.loading = Some(load);
        if matches!(self.shown, Load::Failed(_)) {
            self.shown = Load::Loading;
        }
    }

    /// Whether this load is the one that is waited for.
    #[must_use]
    pub fn expects(&self, load: u64) -> bool {
        self.loading == Some(load)
    }

    /// The list came. Whether it has to be loaded once more, because too much happened meanwhile.
    pub fn loaded(&mut self, load: u64, items: Vec<T>, seq: u64) -> bool {
        if self.loading != Some(load) {
            return false;
        }
        self.loading = None;
        let mut items: Vec<Arc<T>> = items.into_iter().map(Arc::new).collect();
        items.sort_by(|a, b| a.order(b));
        self.shown = Load::Ready(Arc::new(items));
        self.includes = seq;
        for (at, change) in std::mem::take(&mut self.waiting) {
            if at > seq {
                self.change(change);
            }
        }
        std::mem::take(&mut self.overflown)
    }

    /// More of the same list came (an older page).
    pub fn add(&mut self, items: Vec<T>) {
        for item in items {
            if self.get(item.id()).is_none() {
                self.change(Change::Put(item));
            }
        }
    }

    /// The list did not come. What is shown stays, if anything is.
    pub fn failed(&mut self, load: u64, problem: Problem) {
        if self.loading != Some(load) {
            return;
        }
        self.loading = None;
        self.waiting.clear();
        if !matches!(self.shown, Load::Ready(_)) {
            self.shown = Load::Failed(problem);
        }
    }

    /// The thing of this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Arc<T>> {
        self.shown.items().iter().find(|item| item.id() == id)
    }

    /// An event: something is now like this.
    pub fn put(&mut self, seq: u64, item: T) {
        self.event(seq, Change::Put(item));
    }

    /// An event: something is gone.
    pub fn remove(&mut self, seq: u64, id: &str) {
        self.event(seq, Change::Remove(id.to_owned()));
    }

    /// The answer to a change of ours, ahead of its event. An answer that is slower than a later
    /// event is not news.
    pub fn put_own(&mut self, item: T) {
        if self.get(item.id()).is_some_and(|known| known.updated() > item.updated()) {
            return;
        }
        self.put(self.includes + 1, item);
    }

    /// A removal of ours, ahead of its event.
    pub fn remove_own(&mut self, id: &str) {
        self.remove(self.includes + 1, id);
    }

    fn event(&mut self, seq: u64, change: Change<T>) {
        if seq <= self.includes {
            return;
        }
        if self.loading.is_some() {
            if self.waiting.len() >= WAITING {
                self.overflown = true;
                self.waiting.clear();
            }
            self.waiting.push((seq, change.clone()));
        }
        self.change(change);
    }

    fn change(&mut self, change: Change<T>) {
        let Load::Ready(items) = &mut self.shown else { return };
        let id = match &change {
            Change::Put(item) => item.id(),
            Change::Remove(id) => id,
        };
        let at = items.iter().position(|item| item.id() == id);
        if let (Some(at), Change::Put(item)) = (at, &change)
            && items.get(at).is_some_and(|known| **known == *item)
        {
            return;
        }
        let items = Arc::make_mut(items);
        if let Some(at) = at {
            items.remove(at);
        }
        if let Change::Put(item) = change {
            let at = items.partition_point(|other| other.order(&item) == Ordering::Less);
            items.insert(at, Arc::new(item));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::{Feed, Verdict};
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn agent(id: u8, version: u64) -> Agent {
        Agent {
            id: format!("a{id}"),
            name: format!("n{version}"),
            provider: String::new(),
            model: String::new(),
            instructions: String::new(),
            keys: Vec::new(),
            updated_at: String::new(),
        }
    }

    #[test]
    fn what_happens_during_a_load_is_not_lost_and_not_done_twice() {
        let mut list = Mirror::default();
        list.begin(1);
        list.put(5, agent(1, 5));
        list.remove(7, "a2");
        assert!(!list.loaded(1, vec![agent(1, 4), agent(2, 6), agent(3, 1)], 6));
        let names: Vec<_> = list.shown().items().iter().map(|a| a.name.clone()).collect();
        assert_eq!(names, ["n1", "n4"], "5 is in the list of 6 already, 7 is not");
        list.put(6, agent(3, 9));
        assert_eq!(list.get("a3").unwrap().name, "n1", "an event that the list includes");
    }

    #[test]
    fn a_failure_keeps_what_is_shown() {
        let problem = Problem { what: "x".into(), next: String::new() };
        let mut list = Mirror::default();
        list.begin(1);
        list.failed(1, problem.clone());
        assert_eq!(*list.shown(), Load::Failed(problem.clone()));
        list.begin(2);
        assert_eq!(*list.shown(), Load::Loading);
        list.loaded(2, vec![agent(1, 1)], 1);
        list.begin(3);
        list.failed(3, problem);
        assert_eq!(list.shown().items().len(), 1);
        assert!(!list.loaded(2, Vec::new(), 9), "an old answer does not count");
        assert_eq!(list.shown().items().len(), 1);
    }

    #[test]
    fn an_answer_that_is_slower_than_the_event_is_not_news() {
        let at = |name: &str, updated_at: &str| Agent {
            name: name.into(),
            updated_at: updated_at.into(),
            ..agent(1, 1)
        };
        let mut list = Mirror::default();
        list.begin(1);
        list.loaded(1, vec![at("old", "2026-11-21T14:03:22Z")], 1);
        list.put(2, at("newest", "2026-11-21T14:03:24Z"));
        list.put_own(at("mine", "2026-11-21T14:03:23Z"));
        assert_eq!(list.shown().items()[0].name, "newest");
        list.put_own(at("mine", "2026-11-21T14:03:25Z"));
        assert_eq!(list.shown().items()[0].name, "mine");
    }

    /// A server, the events on their way to the client, and the load on its way.
    #[derive(Default)]
    struct World {
        truth: BTreeMap<String, Agent>,
        seq: u64,
        sent: u64,
        wire: Vec<(u64, u64, Option<Agent>, String)>,
        load: Option<(u64, Vec<Agent>, u64)>,
        loads: u64,
        feed: Feed,
        list: Mirror<Agent>,
    }

    impl World {
        fn server_changes(&mut self, id: u8, gone: bool) {
            self.seq += 1;
            let new = agent(id, self.seq);
            let before = std::mem::replace(&mut self.sent, self.seq);
            if gone {
                self.truth.remove(&new.id);
                self.wire.push((self.seq, before, None, new.id));
            } else {
                self.truth.insert(new.id.clone(), new.clone());
                self.wire.push((self.seq, before, Some(new.clone()), new.id));
            }
        }

        fn begin_load(&mut self) {
            self.loads += 1;
            self.list.begin(self.loads);
            self.load = Some((self.loads, self.truth.values().cloned().collect(), self.seq));
        }

        fn deliver(&mut self, at: usize) {
            let (seq, before, item, id) = self.wire.remove(at);
            let verdict = self.feed.event(seq, before);
            if verdict == Verdict::Skip {
                return;
            }
            match item {
                Some(item) => self.list.put(seq, item),
                None => self.list.remove(seq, &id),
            }
            if verdict == Verdict::Missed {
                self.begin_load();
            }
        }

        fn arrive(&mut self) {
            if let Some((load, items, seq)) = self.load.take()
                && self.list.loaded(load, items, seq)
            {
                self.begin_load();
            }
        }
    }

    proptest! {
        /// H18: doubled, reordered and lost events are repaired.
        #[test]
        fn it_ends_as_the_server_is(steps in prop::collection::vec((0..8_u8, any::<u8>()), 1..200)) {
            let mut world = World::default();
            world.feed.ready(0);
            world.begin_load();
            for (what, n) in steps {
                let any = |wire: &Vec<_>| usize::from(n) % wire.len().max(1);
                match what {
                    0..=2 => world.server_changes(n % 5, n > 200),
                    3 if !world.wire.is_empty() => world.deliver(any(&world.wire)),
                    4 if !world.wire.is_empty() => { world.wire.remove(any(&world.wire)); }
                    5 if !world.wire.is_empty() => {
                        let again = world.wire[any(&world.wire)].clone();
                        world.wire.push(again);
                    }
                    6 => world.arrive(),
                    _ if !world.wire.is_empty() => world.deliver(0),
                    _ => {}
                }
            }
            // The connection is made anew: what is on its way is gone.
            world.wire.clear();
            if world.feed.ready(world.seq) {
                world.begin_load();
            }
            for _ in 0..3 {
                world.arrive();
            }
            let known: BTreeMap<String, Agent> = world
                .list
                .shown()
                .items()
                .iter()
                .map(|a| (a.id.clone(), (**a).clone()))
                .collect();
            prop_assert_eq!(known, world.truth);
        }
    }
}
