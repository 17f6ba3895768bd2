//! Signatures, and the comments that they sign.
//!
//! A comment can only be had from a signature that was verified: [`verify`] is the one way to a
//! [`Comment`].

use crate::keys::key_id;
use crate::{CommentError, Keys, Role, SignatureError, UpdateError};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::collections::BTreeMap;
use std::io::Read;

/// Longest signature, in bytes; a real one has about 300.
pub(crate) const LONGEST: usize = 4096;
/// Bytes that are read at once.
const BLOCK: usize = 64 * 1024;
/// minisign's letters for a signature of the file's hash, and of the file itself.
const PREHASHED: &[u8] = b"ED";
const LEGACY: &[u8] = b"Ed";

/// What a verified signature says about what it signs.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Comment(BTreeMap<String, String>);

/// Reads `content` to its end and verifies that one of the keys of `role` has signed it.
///
/// # Errors
/// [`UpdateError::Signature`], [`UpdateError::Comment`]; [`UpdateError::Disk`] when it cannot be
/// read.
pub(crate) fn verify(
    keys: &Keys,
    role: Role,
    signature: &[u8],
    mut content: impl Read,
) -> Result<Comment, UpdateError> {
    let (signature, id) = parse(signature)?;
    let key = keys.find(role, id);
    let key = key.ok_or_else(|| SignatureError::UnknownKey { role, id: key_id(id) })?;
    let mut verifier = key.public.verify_stream(&signature).map_err(|error| fault(&error))?;
    let mut block = vec![0; BLOCK];
    loop {
        let n = match content.read(&mut block) {
            Ok(0) => break,
            Ok(n) => n,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(UpdateError::disk("a file cannot be checked")(error)),
        };
        verifier.update(block.get(..n).unwrap_or_default());
    }
    verifier.finalize().map_err(|error| fault(&error))?;
    Ok(Comment::parse(signature.trusted_comment())?)
}

/// Whether a signature could be good, before anything is downloaded for it.
pub(crate) fn plausible(keys: &Keys, role: Role, signature: &[u8]) -> Result<(), SignatureError> {
    let (_, id) = parse(signature)?;
    keys.find(role, id).map(|_| ()).ok_or(SignatureError::UnknownKey { role, id: key_id(id) })
}

fn fault(error: &minisign_verify::Error) -> SignatureError {
    match error {
        minisign_verify::Error::UnsupportedLegacyMode
        | minisign_verify::Error::UnexpectedAlgorithm => SignatureError::Legacy,
        minisign_verify::Error::InvalidEncoding => SignatureError::Malformed,
        _ => SignatureError::Wrong,
    }
}

/// Exactly four lines of text; the crate would take more.
fn parse(bytes: &[u8]) -> Result<(minisign_verify::Signature, [u8; 8]), SignatureError> {
    if bytes.len() > LONGEST {
        return Err(SignatureError::TooLong);
    }
    if bytes.is_empty() {
        return Err(SignatureError::Missing);
    }
    let malformed = SignatureError::Malformed;
    let text = std::str::from_utf8(bytes).map_err(|_| malformed.clone())?;
    let text = text.strip_suffix('\n').unwrap_or(text);
    let mut lines = text.split('\n');
    let (_untrusted, first, _trusted, _global, None) =
        (lines.next(), lines.next(), lines.next(), lines.next(), lines.next())
    else {
        return Err(malformed);
    };
    let first = STANDARD.decode(first.unwrap_or_default()).map_err(|_| malformed.clone())?;
    let (Some(kind), Some(id)) = (first.get(..2), first.get(2..10)) else { return Err(malformed) };
    match kind {
        PREHASHED => {}
        LEGACY => return Err(SignatureError::Legacy),
        _ => return Err(malformed),
    }
    let id = <[u8; 8]>::try_from(id).map_err(|_| malformed.clone())?;
    let signature = minisign_verify::Signature::decode(text).map_err(|_| malformed)?;
    Ok((signature, id))
}

impl Comment {
    /// `key:value` between tabs, each key once.
    fn parse(text: &str) -> Result<Self, CommentError> {
        let mut fields = BTreeMap::new();
        for field in text.split('\t') {
            let (key, value) = field.split_once(':').ok_or(CommentError::Malformed)?;
            let plain = |c: char| c.is_ascii_lowercase() || c == '_';
            if key.is_empty() || !key.chars().all(plain) || value.chars().any(char::is_control) {
                return Err(CommentError::Malformed);
            }
            if fields.insert(key.to_owned(), value.to_owned()).is_some() {
                return Err(CommentError::Repeated { key: key.to_owned() });
            }
        }
        Ok(Self(fields))
    }

    /// A required value.
    pub(crate) fn get(&self, key: &'static str) -> Result<&str, CommentError> {
        self.0.get(key).map(String::as_str).ok_or(CommentError::Missing { key })
    }

    /// A required number, in decimal digits and nothing else.
    pub(crate) fn number(&self, key: &'static str) -> Result<u64, CommentError> {
        let text = self.get(key)?;
        let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let number =
            text.parse().ok().filter(|_| digits && (text == "0" || !text.starts_with('0')));
        number.ok_or(CommentError::Value { key })
    }

    /// A required version, without build metadata.
    pub(crate) fn version(&self, key: &'static str) -> Result<semver::Version, CommentError> {
        let version = semver::Version::parse(self.get(key)?).ok().filter(|v| v.build.is_empty());
        version.ok_or(CommentError::Value { key })
    }

    /// A required value that has to be this.
    pub(crate) fn is(&self, key: &'static str, expected: &str) -> Result<(), CommentError> {
        let signed = self.get(key)?;
        if signed == expected {
            return Ok(());
        }
        let (signed, expected) = (signed.to_owned(), expected.to_owned());
        Err(CommentError::Differs { key, signed, expected })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn comments() {
        let comment = Comment::parse("a:b:c\tseq:140\tempty:").unwrap();
        assert_eq!(comment.get("a"), Ok("b:c"));
        assert_eq!(comment.number("seq"), Ok(140));
        assert_eq!(comment.is("empty", ""), Ok(()));
        assert_eq!(comment.get("other"), Err(CommentError::Missing { key: "other" }));
        assert_eq!(comment.number("a"), Err(CommentError::Value { key: "a" }));
        let twice = Comment::parse("version:1.0.0\tfile:x\tversion:1.0.0");
        assert_eq!(twice, Err(CommentError::Repeated { key: "version".into() }));
        for bad in ["", "a", "a:b\t", ":x", "A:b", "a:b\n", "a:\u{0}", "a :b", "a:b\r"] {
            assert_eq!(Comment::parse(bad), Err(CommentError::Malformed), "{bad:?}");
        }
        for bad in ["+1", "-1", " 1", "1 ", "01", "1e3", "0x1", "", "18446744073709551616", "٣"] {
            let comment = Comment::parse(&format!("n:{bad}")).unwrap();
            assert_eq!(comment.number("n"), Err(CommentError::Value { key: "n" }), "{bad}");
        }
        for bad in ["1.0", "01.2.3", "1.0.0+x", "v1.0.0", "1.0.0 ", ""] {
            let comment = Comment::parse(&format!("version:{bad}")).unwrap();
            assert!(comment.version("version").is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn any_comment_reads_or_not(text in "\\PC{0,60}") {
            let _ = Comment::parse(&text);
        }

        #[test]
        fn no_key_is_taken_twice(
            keys in prop::collection::vec("[a-c]", 1..6),
            values in prop::collection::vec("[a-z:]{0,3}", 6),
        ) {
            let fields: Vec<_> = keys.iter().zip(&values).map(|(k, v)| format!("{k}:{v}")).collect();
            let unique: std::collections::BTreeSet<_> = keys.iter().collect();
            let parsed = Comment::parse(&fields.join("\t"));
            prop_assert_eq!(parsed.is_ok(), unique.len() == keys.len());
        }

        #[test]
        fn any_signature_reads_or_not(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let _ = parse(&bytes);
        }

        #[test]
        fn any_lines_read_or_not(lines in prop::collection::vec("[A-Za-z0-9+/=: ]{0,110}", 0..6)) {
            let _ = parse(lines.join("\n").as_bytes());
        }
    }
}
