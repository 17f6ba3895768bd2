//! Reading what a gateway of another version may say a little differently.
//!
//! Every field of an answer is read by [`field`]: what is absent, null or of another type becomes
//! the type's default and never fails the whole answer. Only text that is not JSON fails. Nothing
//! is built for parts that are not kept.

use serde::Serialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

/// A type that is read from any JSON: `None` says that it was something else.
pub(crate) trait Lenient: Sized {
    fn null() -> Option<Self> {
        None
    }
    fn boolean(_: bool) -> Option<Self> {
        None
    }
    fn integer(_: i128) -> Option<Self> {
        None
    }
    fn float(_: f64) -> Option<Self> {
        None
    }
    fn text(_: &str) -> Option<Self> {
        None
    }
    fn owned(text: String) -> Option<Self> {
        Self::text(&text)
    }
    fn list<'de, A: SeqAccess<'de>>(list: A) -> Result<Option<Self>, A::Error> {
        skip_list(list).map(|()| None)
    }
    fn object<'de, A: MapAccess<'de>>(object: A) -> Result<Option<Self>, A::Error> {
        skip_object(object).map(|()| None)
    }
}

fn skip_list<'de, A: SeqAccess<'de>>(mut list: A) -> Result<(), A::Error> {
    while list.next_element::<IgnoredAny>()?.is_some() {}
    Ok(())
}

fn skip_object<'de, A: MapAccess<'de>>(mut object: A) -> Result<(), A::Error> {
    while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
    Ok(())
}

/// Reads one value.
pub(crate) struct Seed<T>(PhantomData<T>);

impl<T> Seed<T> {
    pub(crate) const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<'de, T: Lenient> DeserializeSeed<'de> for Seed<T> {
    type Value = Option<T>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Option<T>, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de, T: Lenient> Visitor<'de> for Seed<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON")
    }
    fn visit_unit<E>(self) -> Result<Option<T>, E> {
        Ok(T::null())
    }
    fn visit_none<E>(self) -> Result<Option<T>, E> {
        Ok(T::null())
    }
    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Option<T>, D::Error> {
        from.deserialize_any(self)
    }
    fn visit_bool<E>(self, value: bool) -> Result<Option<T>, E> {
        Ok(T::boolean(value))
    }
    fn visit_i64<E>(self, value: i64) -> Result<Option<T>, E> {
        Ok(T::integer(value.into()))
    }
    fn visit_u64<E>(self, value: u64) -> Result<Option<T>, E> {
        Ok(T::integer(value.into()))
    }
    fn visit_f64<E>(self, value: f64) -> Result<Option<T>, E> {
        Ok(T::float(value))
    }
    fn visit_str<E>(self, value: &str) -> Result<Option<T>, E> {
        Ok(T::text(value))
    }
    fn visit_string<E>(self, value: String) -> Result<Option<T>, E> {
        Ok(T::owned(value))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Option<T>, A::Error> {
        T::list(list)
    }
    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<Option<T>, A::Error> {
        T::object(object)
    }
}

/// Reads a field: its default when it is something else. For `deserialize_with`.
pub(crate) fn field<'de, D: Deserializer<'de>, T: Lenient + Default>(
    from: D,
) -> Result<T, D::Error> {
    Ok(Seed::new().deserialize(from)?.unwrap_or_default())
}

/// Reads a whole text: `None` when it is not JSON, or something else.
pub(crate) fn read<T: Lenient>(json: &str) -> Option<T> {
    let mut from = serde_json::Deserializer::from_str(json);
    let value = Seed::new().deserialize(&mut from).ok()??;
    from.end().ok()?;
    Some(value)
}

impl Lenient for bool {
    fn boolean(value: bool) -> Option<Self> {
        Some(value)
    }
}

impl Lenient for String {
    fn text(value: &str) -> Option<Self> {
        Some(value.to_owned())
    }
    fn owned(value: String) -> Option<Self> {
        Some(value)
    }
}

macro_rules! whole_number {
    ($($type:ty)*) => {$(
        impl Lenient for $type {
            fn integer(value: i128) -> Option<Self> {
                Self::try_from(value).ok()
            }
            fn float(value: f64) -> Option<Self> {
                // Saturating; the fraction is of no use to anyone who asks for a whole number.
                #[allow(clippy::cast_possible_truncation)]
                let whole = value as i128;
                if value.is_finite() { Self::try_from(whole).ok() } else { None }
            }
        }
    )*};
}
whole_number!(u16 u32 u64 usize i32 i64);

impl Lenient for f64 {
    fn integer(value: i128) -> Option<Self> {
        // A count that large is never shown to the last digit.
        #[allow(clippy::cast_precision_loss)]
        let value = value as Self;
        Some(value)
    }
    fn float(value: f64) -> Option<Self> {
        Some(value)
    }
}

macro_rules! inside {
    ($wrap:path) => {
        fn boolean(value: bool) -> Option<Self> {
            T::boolean(value).map($wrap)
        }
        fn integer(value: i128) -> Option<Self> {
            T::integer(value).map($wrap)
        }
        fn float(value: f64) -> Option<Self> {
            T::float(value).map($wrap)
        }
        fn text(value: &str) -> Option<Self> {
            T::text(value).map($wrap)
        }
        fn owned(value: String) -> Option<Self> {
            T::owned(value).map($wrap)
        }
        fn list<'de, A: SeqAccess<'de>>(list: A) -> Result<Option<Self>, A::Error> {
            Ok(T::list(list)?.map($wrap))
        }
        fn object<'de, A: MapAccess<'de>>(object: A) -> Result<Option<Self>, A::Error> {
            Ok(T::object(object)?.map($wrap))
        }
    };
}

impl<T: Lenient> Lenient for Option<T> {
    inside!(Some);
}

impl<T: Lenient> Lenient for Box<T> {
    inside!(Box::new);
}

impl<T: Lenient> Lenient for Change<T> {
    fn null() -> Option<Self> {
        Some(Self::Clear)
    }
    inside!(Self::Set);
}

impl<T: Lenient> Lenient for Vec<T> {
    fn list<'de, A: SeqAccess<'de>>(mut list: A) -> Result<Option<Self>, A::Error> {
        let mut items = Self::new();
        while let Some(item) = list.next_element_seed(Seed::<T>::new())? {
            items.extend(item);
        }
        Ok(Some(items))
    }
}

impl<T: Lenient> Lenient for BTreeMap<String, T> {
    fn object<'de, A: MapAccess<'de>>(mut object: A) -> Result<Option<Self>, A::Error> {
        let mut entries = Self::new();
        while let Some(key) = object.next_key::<String>()? {
            if let Some(value) = object.next_value_seed(Seed::<T>::new())? {
                entries.insert(key, value);
            }
        }
        Ok(Some(entries))
    }
}

impl Lenient for Value {
    fn null() -> Option<Self> {
        Some(Self::Null)
    }
    fn boolean(value: bool) -> Option<Self> {
        Some(value.into())
    }
    fn integer(value: i128) -> Option<Self> {
        i64::try_from(value).map(Self::from).or_else(|_| u64::try_from(value).map(Self::from)).ok()
    }
    fn float(value: f64) -> Option<Self> {
        Some(value.into())
    }
    fn text(value: &str) -> Option<Self> {
        Some(value.into())
    }
    fn owned(value: String) -> Option<Self> {
        Some(value.into())
    }
    fn list<'de, A: SeqAccess<'de>>(mut list: A) -> Result<Option<Self>, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Some(Self::Array(items)))
    }
    fn object<'de, A: MapAccess<'de>>(object: A) -> Result<Option<Self>, A::Error> {
        Self::deserialize(MapAccessDeserializer::new(object)).map(Some)
    }
}

/// A value that can be left as it is, cleared (null), or set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Change<T> {
    /// Not said: as it was.
    #[default]
    Keep,
    /// Null: cleared, or not known any more.
    Clear,
    /// Another value.
    Set(T),
}

impl<T: Serialize> Serialize for Change<T> {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Keep | Self::Clear => to.serialize_none(),
            Self::Set(value) => value.serialize(to),
        }
    }
}

/// Says whether a parameter is left out of a request.
pub(crate) trait Absent {
    fn absent(&self) -> bool {
        false
    }
}

impl<T> Absent for Option<T> {
    fn absent(&self) -> bool {
        self.is_none()
    }
}

impl<T> Absent for Change<T> {
    fn absent(&self) -> bool {
        matches!(self, Self::Keep)
    }
}

impl Absent for String {}
impl Absent for bool {}
impl Absent for u64 {}
impl Absent for Value {}
impl<T> Absent for Vec<T> {}

/// Declares what the gateway says: every field is read by [`field`].
macro_rules! answer {
    ($(
        $(#[$doc:meta])*
        $vis:vis struct $name:ident {
            $($(#[$about:meta])* $seen:vis $field:ident: $type:ty,)*
        }
    )*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, serde::Deserialize)]
        #[serde(rename_all = "camelCase")]
        $vis struct $name {
            $(
                #[serde(default, deserialize_with = "crate::methods::lenient::field")]
                $(#[$about])*
                $seen $field: $type,
            )*
        }

        impl crate::methods::lenient::Lenient for $name {
            fn object<'de, A: serde::de::MapAccess<'de>>(
                object: A,
            ) -> Result<Option<Self>, A::Error> {
                <Self as serde::Deserialize>::deserialize(
                    serde::de::value::MapAccessDeserializer::new(object),
                )
                .map(Some)
            }
        }
    )*};
}

/// Declares a method: its parameters, its name on the wire, and its answer. Options that are
/// `None` are left out.
macro_rules! method {
    ($(
        $(#[$doc:meta])*
        pub struct $name:ident = $wire:literal -> $answer:ty $(, $seconds:literal s)? {
            $($(#[$about:meta])* pub $field:ident: $type:ty,)*
        }
    )*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
        #[serde(rename_all = "camelCase")]
        pub struct $name {
            $(
                #[serde(skip_serializing_if = "crate::methods::lenient::Absent::absent")]
                $(#[$about])*
                pub $field: $type,
            )*
        }

        impl crate::methods::Method for $name {
            const NAME: &'static str = $wire;
            type Answer = $answer;
            $(const SECONDS: u64 = $seconds;)?
        }
    )*};
}

pub(crate) use {answer, method};

#[cfg(test)]
mod tests {
    use super::*;

    answer! {
        /// For the tests.
        pub struct Sample {
            /// A text.
            pub name: String,
            /// A count.
            pub the_count: Option<u64>,
            /// A list.
            pub items: Vec<String>,
            /// A change.
            pub runs: Change<Vec<String>>,
            /// Inner.
            pub inner: Option<Box<Sample>>,
            /// Anything.
            pub any: Value,
        }
    }

    #[test]
    fn wrong_types_become_defaults_and_unknown_fields_are_skipped() {
        let read = read::<Sample>(
            r#"{"name":7,"theCount":2.0,"items":["a",1,null,"b"],"runs":null,"inner":"no",
                "new":{"x":[1,{}]},"any":[1.5,{"a":null}]}"#,
        )
        .unwrap();
        let expected = Sample {
            the_count: Some(2),
            items: vec!["a".into(), "b".into()],
            runs: Change::Clear,
            any: serde_json::json!([1.5, {"a": null}]),
            ..Sample::default()
        };
        assert_eq!(read, expected);
    }

    #[test]
    fn what_is_absent_is_kept_and_what_is_no_object_is_none() {
        let empty = read::<Sample>("{}").unwrap();
        assert_eq!(empty, Sample::default());
        assert_eq!(empty.runs, Change::Keep);
        assert_eq!(read::<Sample>("[1,2]"), None);
        assert_eq!(read::<Sample>("{} x"), None);
    }

    #[test]
    fn numbers_outside_of_the_range_are_not_numbers() {
        assert_eq!(read::<u64>("-1"), None);
        assert_eq!(read::<u64>("1e300"), None);
        assert_eq!(read::<u64>("12.9"), Some(12));
        assert_eq!(read::<i64>("-3.0"), Some(-3));
        assert_eq!(read::<f64>("4"), Some(4.0));
    }
}
