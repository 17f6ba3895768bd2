//! `latest.json`: what it says, and the addresses that it may name.

use crate::signature::{Comment, LONGEST};
use crate::{Config, ManifestError, UpdateError, json};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use semver::Version;
use serde::Deserialize;
use std::collections::BTreeMap;
use url::Url;

/// Longest manifest, in bytes.
pub(crate) const MOST: u64 = 256 * 1024;
/// Largest archive, in bytes.
pub(crate) const ARCHIVE: u64 = 512 * 1024 * 1024;

#[derive(Deserialize)]
struct Raw {
    version: String,
    #[serde(default)]
    notes: String,
    #[serde(default)]
    pub_date: String,
    platforms: BTreeMap<String, RawPlatform>,
    channel: String,
    seq: u64,
    min_version: Option<String>,
}

#[derive(Deserialize)]
struct RawPlatform {
    url: String,
    signature: String,
    size: u64,
}

/// A manifest that is valid in all its parts, also those for other computers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Manifest {
    pub(crate) version: Version,
    pub(crate) notes: String,
    pub(crate) date: String,
    pub(crate) platforms: BTreeMap<String, Archive>,
    pub(crate) channel: String,
    pub(crate) seq: u64,
    pub(crate) min_version: Option<Version>,
}

/// An archive that a manifest names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Archive {
    pub(crate) url: Url,
    /// The last part of the address, which the archive's signature names too.
    pub(crate) file: String,
    /// The text of the `.minisig` file. Not verified yet: that needs the archive.
    pub(crate) signature: Vec<u8>,
    pub(crate) size: u64,
}

impl Manifest {
    /// Reads a manifest. `base` is the address that it came from: its archives come from the same
    /// host.
    ///
    /// # Errors
    /// [`ManifestError`].
    pub(crate) fn parse(bytes: &[u8], base: &Url) -> Result<Self, ManifestError> {
        let raw: Raw = json::read(bytes).map_err(ManifestError::Malformed)?;
        if raw.platforms.is_empty() {
            return Err(ManifestError::Malformed("it names no archive".into()));
        }
        let platform = |(target, raw): (String, RawPlatform)| Ok((target, raw.check(base)?));
        Ok(Self {
            version: version(&raw.version)?,
            notes: raw.notes,
            date: raw.pub_date,
            platforms: raw.platforms.into_iter().map(platform).collect::<Result<_, _>>()?,
            channel: raw.channel,
            seq: raw.seq,
            min_version: raw.min_version.as_deref().map(version).transpose()?,
        })
    }
}

impl RawPlatform {
    fn check(self, base: &Url) -> Result<Archive, ManifestError> {
        let (url, file) = address(&self.url, base)?;
        let malformed = |why: &str| ManifestError::Malformed(why.into());
        // Base64 is a third longer than what it stands for.
        if self.signature.len() > LONGEST * 2 {
            return Err(malformed("a signature is too long"));
        }
        let signature = STANDARD.decode(&self.signature);
        let signature = signature.map_err(|_| malformed("a signature is not base64"))?;
        match self.size {
            0 => Err(malformed("an archive is empty")),
            size if size > ARCHIVE => Err(ManifestError::TooLarge(size)),
            size => Ok(Archive { url, file, signature, size }),
        }
    }
}

/// A version without build metadata: that has no order.
fn version(text: &str) -> Result<Version, ManifestError> {
    let version = Version::parse(text).ok().filter(|version| version.build.is_empty());
    let shown: String = text.chars().take(40).collect();
    version.ok_or_else(|| ManifestError::Malformed(format!("{shown:?} is not a version")))
}

/// An address as it has to be written: https, the host and port of `base`, and nothing that could
/// carry more than a path.
fn address(text: &str, base: &Url) -> Result<(Url, String), ManifestError> {
    let shown: String = text.chars().take(100).collect();
    let refused = || ManifestError::Address(shown.clone());
    let url = Url::parse(text).map_err(|_| refused())?;
    let file = url.path_segments().and_then(|mut parts| parts.next_back()).unwrap_or_default();
    let plain = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    let good = url.as_str() == text
        && url.scheme() == "https"
        && url.host() == base.host()
        && url.port_or_known_default() == base.port_or_known_default()
        && url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none()
        && !file.is_empty()
        && !file.starts_with('.')
        && file.chars().all(plain);
    let file = file.to_owned();
    if good { Ok((url, file)) } else { Err(refused()) }
}

/// Compares the signed comment of an archive with what it has to be. `file` and `version` are
/// compared where they are known.
pub(crate) fn check_archive(
    comment: &Comment,
    config: &Config,
    file: Option<&str>,
    version: Option<&Version>,
) -> Result<Version, UpdateError> {
    comment.is("kind", "artifact")?;
    comment.is("product", &config.product)?;
    comment.is("channel", &config.channel)?;
    comment.is("target", &config.target)?;
    comment.number("timestamp")?;
    let named = comment.get("file")?;
    comment.is("file", file.unwrap_or(named))?;
    let signed = comment.version("version")?;
    if let Some(version) = version {
        comment.is("version", &version.to_string())?;
    }
    Ok(signed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn base() -> Url {
        "https://cdn.multiclaw.io/desktop/".parse().unwrap()
    }

    fn text(change: impl Fn(&mut serde_json::Value)) -> Vec<u8> {
        let mut value = serde_json::json!({
            "version": "1.4.0", "notes": "text", "pub_date": "2026-03-31T00:00:00Z",
            "platforms": {"linux-x86_64": {
                "url": "https://cdn.multiclaw.io/desktop/1.4.0/MultiClaw-1.4.0-linux-x86_64.tar.gz",
                "signature": "bWluaXNpZw==", "size": 41234567}},
            "channel": "stable", "seq": 140, "min_version": "1.0.0"});
        change(&mut value);
        serde_json::to_vec(&value).unwrap()
    }

    #[test]
    fn a_manifest_reads() {
        let manifest = Manifest::parse(&text(|_| {}), &base()).unwrap();
        let archive = &manifest.platforms["linux-x86_64"];
        assert_eq!(archive.file, "MultiClaw-1.4.0-linux-x86_64.tar.gz");
        assert_eq!((&archive.signature[..], archive.size), (&b"minisig"[..], 41_234_567));
        assert_eq!((manifest.version, manifest.seq), (Version::new(1, 4, 0), 140));
        assert_eq!(manifest.min_version, Some(Version::new(1, 0, 0)));
    }

    /// U23.
    #[test]
    fn manifests_that_are_none() {
        let of = |change: &dyn Fn(&mut serde_json::Value)| Manifest::parse(&text(change), &base());
        for (field, value) in [
            ("version", serde_json::json!("1.0.0+x")),
            ("version", serde_json::json!("01.2")),
            ("version", serde_json::json!("x".repeat(100_000))),
            ("version", serde_json::json!(1)),
            ("seq", serde_json::json!(-1)),
            ("seq", serde_json::json!(1.5)),
            ("seq", serde_json::json!("140")),
            ("platforms", serde_json::json!({})),
            ("platforms", serde_json::json!([])),
            ("platforms", serde_json::json!({"other": {"url": "x", "signature": "", "size": 1}})),
            ("channel", serde_json::Value::Null),
            ("min_version", serde_json::json!("1")),
        ] {
            let error = of(&|manifest| manifest[field] = value.clone()).unwrap_err();
            let long = error.to_string();
            assert!(long.len() < 300, "{field}: {long}");
        }
        let most = of(&|manifest| manifest["seq"] = u64::MAX.into()).unwrap();
        assert_eq!(most.seq, u64::MAX, "whether that is a number to follow is another question");
        let part = |name, value: serde_json::Value| {
            of(&|manifest| manifest["platforms"]["linux-x86_64"][name] = value.clone())
        };
        assert!(part("size", 0.into()).is_err() && part("size", (-1).into()).is_err());
        let large = part("size", (ARCHIVE + 1).into());
        assert_eq!(large, Err(ManifestError::TooLarge(ARCHIVE + 1)));
        assert!(part("signature", "?".into()).is_err());
        assert!(part("signature", "A".repeat(LONGEST * 2 + 4).into()).is_err());
    }

    /// U16.
    #[test]
    fn addresses() {
        let good = "https://cdn.multiclaw.io/desktop/1.4.0/a-1_x.tar.gz";
        assert_eq!(address(good, &base()).unwrap().1, "a-1_x.tar.gz");
        for bad in [
            "http://cdn.multiclaw.io/a",
            "file:///etc/passwd",
            "https://evil.example/a",
            "https://cdn.multiclaw.io@evil/a",
            "https://user@cdn.multiclaw.io/a",
            "https://user:password@cdn.multiclaw.io/a",
            "https://cdn.multiclaw.io.evil/a",
            "https://cdn.multiclaw.io./a",
            "https://CDN.multiclaw.io/a",
            "https://cdn.multiclaw.io:8443/a",
            "https://cdn.multiclaw.io:443/a",
            "https://1.2.3.4/a",
            "https://[::1]/a",
            "https:/cdn.multiclaw.io/a",
            "https:\\\\cdn.multiclaw.io/a",
            "https://cdn.multiclaw.io/",
            "https://cdn.multiclaw.io/a/../b",
            "https://cdn.multiclaw.io/a%2fb",
            "https://cdn.multiclaw.io/.a",
            "https://cdn.multiclaw.io/a?who=1",
            "https://cdn.multiclaw.io/a#b",
            " https://cdn.multiclaw.io/a",
            "//cdn.multiclaw.io/a",
            "/a",
            "",
        ] {
            assert!(address(bad, &base()).is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_read_or_not(bytes in prop::collection::vec(any::<u8>(), 0..100)) {
            let _ = Manifest::parse(&bytes, &base());
        }

        #[test]
        fn a_damaged_manifest_reads_or_not(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
            let mut bytes = text(|_| {});
            let at = at.index(bytes.len());
            bytes[at] = byte;
            let _ = Manifest::parse(&bytes, &base());
        }

        #[test]
        fn an_address_that_is_taken_leads_to_the_host(
            text in "(https|http|HTTPS)://[a-z@.:]{0,4}cdn\\.multiclaw\\.io[a-z@.:/\\\\?#0-9]{0,8}"
        ) {
            if address(&text, &base()).is_ok() {
                prop_assert!(text.starts_with("https://cdn.multiclaw.io/"), "{}", text);
            }
        }
    }
}
