//! Takes the program out of an archive that was verified.

use crate::{UnpackError, UpdateError};
use flate2::read::GzDecoder;
use std::collections::HashSet;
use std::io::{self, Read, Write};
use std::path::{Component, Path};
use tar::EntryType;

/// Most bytes of an archive when unpacked.
pub(crate) const MOST: u64 = 1024 * 1024 * 1024;
/// Most entries of an archive.
pub(crate) const ENTRIES: usize = 2000;
/// Longest name that is shown.
const SHOWN: usize = 100;

/// Reads a whole archive and writes the file `program` of it to `to`; the rights that the archive
/// gives it. Nothing else of it is written anywhere. Everything in it has to be a plain file or a
/// folder with a plain name.
///
/// # Errors
/// [`UpdateError::Unpack`]; [`UpdateError::Disk`] when `to` cannot be written.
pub(crate) fn unpack(
    archive: impl Read,
    program: &str,
    mut to: impl Write,
) -> Result<u32, UpdateError> {
    let malformed = |error: io::Error| UnpackError::Malformed(error.to_string());
    // What is between the files counts too: a bomb may be all headers.
    let limit = MOST + (ENTRIES as u64) * 1024 + 1024 * 1024;
    let mut tar = tar::Archive::new(GzDecoder::new(archive).take(limit));
    let (mut left, mut names, mut found) = (MOST, HashSet::new(), None);
    // Raw: what lengthens names or changes sizes is an entry of its own then, and refused.
    for entry in tar.entries().map_err(malformed)?.raw(true) {
        let mut entry = entry.map_err(malformed)?;
        let name = name(&entry.path_bytes())?;
        match entry.header().entry_type() {
            EntryType::Regular | EntryType::Directory => {}
            _ => return Err(UnpackError::Kind(shown(&name)).into()),
        }
        let mode = entry.header().mode().map_err(malformed)?;
        if mode & 0o7000 != 0 {
            return Err(UnpackError::Mode(shown(&name)).into());
        }
        left = left.checked_sub(entry.size()).ok_or(UnpackError::TooLarge)?;
        if names.len() >= ENTRIES {
            return Err(UnpackError::TooMany.into());
        }
        if !names.insert(name.clone()) {
            return Err(UnpackError::Repeated(shown(&name)).into());
        }
        if name == program && entry.header().entry_type() == EntryType::Regular {
            let size = copy(&mut entry, &mut to)?;
            if size == 0 || size != entry.size() {
                return Err(UnpackError::NoProgram.into());
            }
            found = Some(mode);
        }
    }
    found.ok_or_else(|| UnpackError::NoProgram.into())
}

fn copy(from: &mut impl Read, to: &mut impl Write) -> Result<u64, UpdateError> {
    let mut size = 0_u64;
    let mut block = vec![0; 64 * 1024];
    loop {
        let n = from.read(&mut block).map_err(|e| UnpackError::Malformed(e.to_string()))?;
        let Some(part) = block.get(..n).filter(|part| !part.is_empty()) else { break };
        to.write_all(part).map_err(UpdateError::disk("the new version cannot be unpacked"))?;
        size += n as u64;
    }
    Ok(size)
}

/// A name of plain parts, without a `./` before them and a `/` behind them.
fn name(bytes: &[u8]) -> Result<String, UnpackError> {
    let refused = || UnpackError::Name(shown(&String::from_utf8_lossy(bytes)));
    let text = std::str::from_utf8(bytes).map_err(|_| refused())?;
    let plain = |c: char| c.is_ascii_alphanumeric() || "._-+@ /".contains(c);
    if text.is_empty() || !text.chars().all(plain) {
        return Err(refused());
    }
    let mut parts = Vec::new();
    for (at, part) in Path::new(text).components().enumerate() {
        match part {
            Component::Normal(part) => parts.push(part.to_str().ok_or_else(refused)?),
            Component::CurDir if at == 0 => {}
            _ => return Err(refused()),
        }
    }
    Ok(parts.join("/"))
}

fn shown(name: &str) -> String {
    name.chars().take(SHOWN).flat_map(char::escape_default).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};
    use proptest::prelude::*;

    #[test]
    fn names() {
        for (text, expected) in [
            ("multiclaw", "multiclaw"),
            ("./multiclaw", "multiclaw"),
            ("licenses/", "licenses"),
            ("./", ""),
            ("a//b", "a/b"),
            ("a b/c-d_e+f@2.txt", "a b/c-d_e+f@2.txt"),
        ] {
            assert_eq!(name(text.as_bytes()).unwrap(), expected);
        }
        for bad in
            ["", "/multiclaw", "../x", "a/../../x", "a\\b", "C:x", "a\0b", "a\u{202e}b", "..", "ä"]
        {
            assert!(name(bad.as_bytes()).is_err(), "{bad:?}");
        }
        assert!(name(b"\xff").is_err());
    }

    proptest! {
        #[test]
        fn any_archive_unpacks_or_not(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
            let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
            gzip.write_all(&bytes).unwrap();
            let _ = unpack(&gzip.finish().unwrap()[..], "multiclaw", io::sink());
            let _ = unpack(&bytes[..], "multiclaw", io::sink());
        }

        #[test]
        fn no_name_leads_out(text in "[a./\\\\]{1,12}") {
            if let Ok(name) = name(text.as_bytes()) {
                prop_assert!(!name.split('/').any(|part| part == ".."));
                prop_assert!(!name.starts_with('/'));
            }
        }
    }
}
