//! The parts of a JSON5 document that are looked at.
//!
//! `openclaw.json` holds keys of providers and other secrets that are none of this program's
//! business. What is not asked for is read over and never kept.

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::collections::BTreeMap;
use zeroize::Zeroizing;

/// Deepest nesting; the gateway's own documents have about ten levels.
const DEEPEST: usize = 64;

/// A value of a document. It never prints itself: it may hold secrets.
#[derive(Clone, PartialEq)]
pub(super) enum Node {
    Nothing,
    Switch(bool),
    Number(f64),
    Text(Zeroizing<String>),
    List(Vec<Node>),
    Map(BTreeMap<String, Node>),
}

/// Where a document makes no sense. It never quotes the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Broken {
    /// No JSON5, or not whole.
    Syntax {
        /// Line, counted from 1.
        line: Option<usize>,
    },
    /// Nested deeper than any real one.
    TooDeep,
}

impl Node {
    /// A member of this map.
    pub(super) fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Map(members) => members.get(name),
            _ => None,
        }
    }

    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// Which parts of a map are kept.
#[derive(Clone, Copy)]
pub(super) enum Keep {
    /// Of the top: only what says where the gateway is.
    Top,
    /// Everything.
    All,
    /// Nothing.
    Nothing,
}

/// What of the top is kept. `$include` names other files.
const TOP: &[&str] = &["gateway", "env", "$include"];

/// Reads a document and keeps the asked part of it.
pub(super) fn parse(text: &[u8], keep: Keep) -> Result<Node, Broken> {
    let text = std::str::from_utf8(text).map_err(|error| {
        let before = text.get(..error.valid_up_to()).unwrap_or_default();
        let lines = before.split(|byte| *byte == b'\n').count();
        Broken::Syntax { line: Some(lines) }
    })?;
    let node = match keep {
        Keep::Top => json5::from_str::<Whole<true>>(text).map(|whole| whole.0),
        Keep::All | Keep::Nothing => json5::from_str::<Whole<false>>(text).map(|whole| whole.0),
    };
    node.map_err(|error| match error.code() {
        None if error.to_string().starts_with(TOO_DEEP) => Broken::TooDeep,
        _ => Broken::Syntax { line: error.position().map(|position| position.line + 1) },
    })
}

const TOO_DEEP: &str = "nested too deep";

struct Whole<const TOP: bool>(Node);

impl<'de, const TOP: bool> serde::Deserialize<'de> for Whole<TOP> {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        let keep = if TOP { Keep::Top } else { Keep::All };
        Seed { keep, depth: 0 }.deserialize(reader).map(Self)
    }
}

/// Reads one value. Every level counts, kept or not: the reader itself has no limit.
#[derive(Clone, Copy)]
struct Seed {
    keep: Keep,
    depth: usize,
}

impl Seed {
    fn inner<E: Error>(self, name: Option<&str>) -> Result<Self, E> {
        if self.depth >= DEEPEST {
            return Err(E::custom(TOO_DEEP));
        }
        let keep = match (self.keep, name) {
            (Keep::All, _) => Keep::All,
            (Keep::Top, Some(name)) if TOP.contains(&name) => Keep::All,
            _ => Keep::Nothing,
        };
        Ok(Self { keep, depth: self.depth + 1 })
    }

    fn kept(self) -> bool {
        !matches!(self.keep, Keep::Nothing)
    }
}

impl<'de> DeserializeSeed<'de> for Seed {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Node, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed {
    type Value = Node;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a JSON5 value")
    }

    fn visit_unit<E: Error>(self) -> Result<Node, E> {
        Ok(Node::Nothing)
    }

    fn visit_none<E: Error>(self) -> Result<Node, E> {
        Ok(Node::Nothing)
    }

    fn visit_some<D: Deserializer<'de>>(self, reader: D) -> Result<Node, D::Error> {
        reader.deserialize_any(self)
    }

    fn visit_bool<E: Error>(self, switch: bool) -> Result<Node, E> {
        Ok(Node::Switch(switch))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Node, E> {
        Ok(Node::Number(number))
    }

    // Beyond 2^53 a number is none that is looked at here; JavaScript rounds it too.
    #[allow(clippy::cast_precision_loss)]
    fn visit_u64<E: Error>(self, number: u64) -> Result<Node, E> {
        Ok(Node::Number(number as f64))
    }

    #[allow(clippy::cast_precision_loss)]
    fn visit_i64<E: Error>(self, number: i64) -> Result<Node, E> {
        Ok(Node::Number(number as f64))
    }

    #[allow(clippy::cast_precision_loss)]
    fn visit_u128<E: Error>(self, number: u128) -> Result<Node, E> {
        Ok(Node::Number(number as f64))
    }

    #[allow(clippy::cast_precision_loss)]
    fn visit_i128<E: Error>(self, number: i128) -> Result<Node, E> {
        Ok(Node::Number(number as f64))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Node, E> {
        let kept = if self.kept() { text } else { "" };
        Ok(Node::Text(Zeroizing::new(kept.to_owned())))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Node, E> {
        let text = Zeroizing::new(text);
        if self.kept() { Ok(Node::Text(text)) } else { self.visit_str("") }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Node, A::Error> {
        let inner = self.inner::<A::Error>(None)?;
        let mut items = Vec::new();
        while let Some(item) = list.next_element_seed(inner)? {
            if inner.kept() {
                items.push(item);
            }
        }
        Ok(Node::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut members = BTreeMap::new();
        while let Some(name) = map.next_key::<String>()? {
            let inner = self.inner::<A::Error>(Some(&name))?;
            let value = map.next_value_seed(inner)?;
            // The last of two with one name counts, as in JavaScript.
            if inner.kept() {
                members.insert(name, value);
            }
        }
        Ok(Node::Map(members))
    }
}
