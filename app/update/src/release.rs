//! Verifies a folder of a release as every copy of the program will: before anybody downloads it.

use crate::manifest::{ARCHIVE, Manifest};
use crate::{Config, Keys, Role, UpdateError, rules, signature, stage, state, unpack};
use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use url::Url;

/// How deep a release's folder may be.
const DEPTH: usize = 4;
/// Most files of a release.
const FILES: usize = 1000;

/// A release that must not be published.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReleaseError {
    /// A file of the folder is refused.
    #[error("{}: {why}", file.display())]
    Refused {
        /// The file.
        file: PathBuf,
        /// Why.
        why: UpdateError,
    },
    /// A file cannot be read.
    #[error("{}: {why}", file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// What the system says.
        why: String,
    },
    /// There is none, or more than one.
    #[error("there are {0} files latest.json, and there has to be one")]
    Manifests(usize),
    /// What the manifest names is not in the folder.
    #[error("{0} is not in the folder")]
    Missing(String),
    /// A file beside the archives differs from what the manifest says, or is not named in it.
    #[error("{}: it is not what the manifest names", .0.display())]
    Stray(PathBuf),
    /// The manifest would not be taken.
    #[error("the manifest is expired or not newer than anything")]
    Useless,
    /// The list of keys is empty.
    #[error("the list of keys is empty")]
    NoKeys,
}

/// What was verified, a line each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// In words.
    pub lines: Vec<String>,
}

/// Verifies the folder: one `latest.json` with its signature, every archive that it names, every
/// signature in the folder, and that every archive in the folder is named.
///
/// # Errors
/// [`ReleaseError`], the first that is found.
pub fn verify_release(
    keys: &Keys,
    product: &str,
    folder: &Path,
    now: SystemTime,
) -> Result<Report, ReleaseError> {
    if keys.is_empty() {
        return Err(ReleaseError::NoKeys);
    }
    let mut files = Vec::new();
    list(folder, DEPTH, &mut files)?;
    let manifests: Vec<_> = files.iter().filter(|file| name(file) == "latest.json").collect();
    let [path] = manifests[..] else { return Err(ReleaseError::Manifests(manifests.len())) };
    let mut report = Report::default();
    let (manifest, config) = manifest(keys, product, path, now, &mut report)?;
    let mut named = BTreeSet::new();
    for (target, archive) in &manifest.platforms {
        let config = Config { target: target.clone(), ..config.clone() };
        let found: Vec<_> = files.iter().filter(|file| name(file) == archive.file).collect();
        let [path] = found[..] else { return Err(ReleaseError::Missing(archive.file.clone())) };
        let refused = |why| ReleaseError::Refused { file: path.clone(), why };
        let mut file = open(path)?;
        let size = file.metadata().map_err(|error| unreadable(path, &error))?.len();
        if size != archive.size {
            return Err(refused(UpdateError::Size { got: size, signed: archive.size }));
        }
        let (name, version) = (Some(archive.file.as_str()), Some(&manifest.version));
        stage::verify(&mut file, &archive.signature, &config, name, version).map_err(refused)?;
        unpack::unpack(&mut file, product, std::io::sink()).map_err(refused)?;
        let beside = path.with_file_name(format!("{}.minisig", archive.file));
        if read(&beside, signature::LONGEST)? != archive.signature {
            return Err(ReleaseError::Stray(beside));
        }
        report.lines.push(format!(
            "{}: {size} bytes, signed for {product} {} {target}, with a program inside",
            archive.file, manifest.version
        ));
        named.insert(path.clone());
    }
    others(keys, &files, path, &named, &mut report)?;
    Ok(report)
}

fn manifest(
    keys: &Keys,
    product: &str,
    path: &Path,
    now: SystemTime,
    report: &mut Report,
) -> Result<(Manifest, Config), ReleaseError> {
    let refused = |why| ReleaseError::Refused { file: path.to_owned(), why };
    let most = usize::try_from(crate::manifest::MOST).unwrap_or(usize::MAX);
    let bytes = read(path, most)?;
    let text = read(&path.with_file_name("latest.json.minisig"), signature::LONGEST)?;
    let comment = signature::verify(keys, Role::Manifest, &text, &bytes[..]).map_err(refused)?;
    let base = base(&bytes).map_err(refused)?;
    let manifest = Manifest::parse(&bytes, &base).map_err(|error| refused(error.into()))?;
    let target = manifest.platforms.keys().next().cloned().unwrap_or_default();
    // The oldest program that could take it.
    let version = manifest.min_version.clone().unwrap_or(semver::Version::new(0, 0, 0));
    let config = Config {
        keys: keys.clone(),
        version,
        target,
        product: product.to_owned(),
        channel: manifest.channel.clone(),
        base,
        program: PathBuf::new(),
        state: PathBuf::new(),
        min_seq: manifest.seq,
        newest: None,
    };
    let state = state::State::new(&config);
    match rules::judge(&manifest, &comment, &config, &state, state::seconds(now)) {
        Ok(rules::Verdict::Newer(_)) => {}
        Ok(_) => return Err(ReleaseError::Useless),
        Err(why) => return Err(refused(why)),
    }
    report.lines.push(format!(
        "latest.json: {product} {}, channel {}, number {}, for {}",
        manifest.version,
        manifest.channel,
        manifest.seq,
        config.base.host_str().unwrap_or_default()
    ));
    Ok((manifest, config))
}

/// The host that all addresses of a manifest have to share: that of the first.
fn base(bytes: &[u8]) -> Result<Url, UpdateError> {
    let value: serde_json::Value =
        crate::json::read(bytes).map_err(crate::ManifestError::Malformed)?;
    let platforms = value.get("platforms").and_then(serde_json::Value::as_object);
    let first = platforms.and_then(|all| all.values().next());
    let url = first.and_then(|platform| platform.get("url")?.as_str()).unwrap_or_default();
    let url = Url::parse(url).map_err(|_| crate::ManifestError::Address(url.to_owned()))?;
    Ok(url)
}

/// Every other signature, and every archive, belongs to the release.
fn others(
    keys: &Keys,
    files: &[PathBuf],
    manifest: &Path,
    named: &BTreeSet<PathBuf>,
    report: &mut Report,
) -> Result<(), ReleaseError> {
    for path in files {
        if name(path).ends_with(".tar.gz") && !named.contains(path) {
            return Err(ReleaseError::Stray(path.clone()));
        }
        let Some(signed) = name(path).strip_suffix(".minisig") else { continue };
        let signed = path.with_file_name(signed);
        if signed == manifest || named.contains(&signed) {
            continue;
        }
        let refused = |why| ReleaseError::Refused { file: path.clone(), why };
        let text = read(path, signature::LONGEST)?;
        signature::verify(keys, Role::Release, &text, open(&signed)?).map_err(refused)?;
        report.lines.push(format!("{}: signed with a release key", name(&signed)));
    }
    Ok(())
}

fn list(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) -> Result<(), ReleaseError> {
    let failed = |error: std::io::Error| unreadable(folder, &error);
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let kind = entry.file_type().map_err(failed)?;
        if kind.is_dir() && depth > 0 {
            list(&entry.path(), depth - 1, files)?;
        } else if kind.is_file() && files.len() < FILES {
            files.push(entry.path());
        } else {
            return Err(ReleaseError::Stray(entry.path()));
        }
    }
    files.sort();
    Ok(())
}

fn name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap_or_default()
}

fn open(path: &Path) -> Result<File, ReleaseError> {
    File::open(path).map_err(|error| unreadable(path, &error))
}

fn read(path: &Path, most: usize) -> Result<Vec<u8>, ReleaseError> {
    use std::io::Read;
    let mut bytes = Vec::new();
    let limit = u64::try_from(most).unwrap_or(ARCHIVE).saturating_add(1);
    let read = open(path)?.take(limit).read_to_end(&mut bytes);
    read.map_err(|error| unreadable(path, &error))?;
    if bytes.len() > most {
        let why = "it is too long".to_owned();
        return Err(ReleaseError::Unreadable { file: path.to_owned(), why });
    }
    Ok(bytes)
}

fn unreadable(path: &Path, error: &std::io::Error) -> ReleaseError {
    ReleaseError::Unreadable { file: path.to_owned(), why: error.to_string() }
}
