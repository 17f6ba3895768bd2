//! JSON in which no key stands twice.
//!
//! Readers disagree about which of two values counts; what is signed must have one meaning.

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::fmt;

/// Reads a value. Nesting ends at 128, the limit of the parser.
///
/// # Errors
/// What is wrong, for people who know JSON.
pub(crate) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, String> {
    let short = |error: serde_json::Error| error.to_string().chars().take(200).collect::<String>();
    let strict: Strict = serde_json::from_slice(bytes).map_err(short)?;
    serde_json::from_value(strict.0).map_err(short)
}

struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader).map(Self)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("not a number"))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Strict(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some((key, Strict(value))) = entries.next_entry::<String, Strict>()? {
            if map.contains_key(&key) {
                return Err(A::Error::custom(format_args!("the key {key:?} stands twice")));
            }
            map.insert(key, value);
        }
        Ok(Value::Object(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn keys_stand_once() {
        let of = |text: &str| read::<Value>(text.as_bytes());
        let all = r#"{"a":[1,-1,1.5,null,true,"x"],"b":{"a":1}}"#;
        assert_eq!(of(all).unwrap(), serde_json::from_str::<Value>(all).unwrap());
        assert!(of(r#"{"a":1,"a":1}"#).unwrap_err().contains("stands twice"));
        assert!(of(r#"[{"x":{"a":1,"b":2,"\u0061":1}}]"#).unwrap_err().contains("stands twice"));
        let deep = "[".repeat(10_000);
        assert!(of(&deep).unwrap_err().contains("recursion"));
        assert!(of("{} {}").is_err() && of("1e999").is_err() && of("").is_err());
    }

    proptest! {
        #[test]
        fn any_bytes_read_or_not(bytes in prop::collection::vec(any::<u8>(), 0..100)) {
            let _ = read::<Value>(&bytes);
        }

        #[test]
        fn what_reads_has_each_key_once(keys in prop::collection::vec("[a-c]{1,2}", 0..5)) {
            let unique: std::collections::BTreeSet<_> = keys.iter().collect();
            let body: Vec<_> = keys.iter().map(|key| format!("\"{key}\":0")).collect();
            let text = format!("{{\"x\":{{{}}}}}", body.join(","));
            prop_assert_eq!(read::<Value>(text.as_bytes()).is_ok(), unique.len() == keys.len());
        }
    }
}
