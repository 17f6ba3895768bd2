//! Whether this copy of the program may replace itself.

use crate::{Config, folder, site};
use std::ffi::OsString;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Most lists of packages that are looked through, and the most of one, in bytes. A full desktop
/// has about 3000 packages, and the longest lists have a few MiB.
const LISTS: usize = 20_000;
const LIST: u64 = 16 * 1024 * 1024;

/// Who keeps this copy of the program up to date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// It does so itself.
    Ours,
    /// The person who runs it does not own its folder, or cannot write there.
    NotWritable {
        /// The folder.
        folder: PathBuf,
    },
    /// A package manager.
    Packaged {
        /// Its name: `dpkg`, `rpm`, `Flatpak`, `Snap` or `AppImage`.
        by: String,
    },
    /// Nobody: it was built without keys.
    NoKeys,
}

/// What a program sees of how it was installed. Tests have another one.
#[derive(Clone, Debug)]
pub struct Surroundings {
    /// There is this file in a Flatpak.
    pub flatpak: PathBuf,
    /// Where dpkg keeps its lists of files.
    pub dpkg: PathBuf,
    /// Where rpm keeps its database, which is not text.
    pub rpm: Vec<PathBuf>,
    /// `$APPDIR` where `$APPIMAGE` is set: where an AppImage is mounted.
    pub app_dir: Option<OsString>,
    /// `$SNAP`: where a snap is mounted.
    pub snap: Option<OsString>,
}

impl Default for Surroundings {
    fn default() -> Self {
        let app_image = std::env::var_os("APPIMAGE");
        Self {
            flatpak: "/.flatpak-info".into(),
            dpkg: "/var/lib/dpkg/info".into(),
            rpm: vec!["/var/lib/rpm".into(), "/usr/lib/sysimage/rpm".into()],
            app_dir: app_image.and_then(|_| std::env::var_os("APPDIR")),
            snap: std::env::var_os("SNAP"),
        }
    }
}

/// Looks who keeps the program of `config` up to date.
#[must_use]
pub fn find(config: &Config, around: &Surroundings) -> Place {
    if config.keys.is_empty() {
        return Place::NoKeys;
    }
    let packaged = |by: &str| Place::Packaged { by: by.into() };
    if around.flatpak.exists() {
        return packaged("Flatpak");
    }
    let Ok((folder, name)) = site::program(config) else {
        let folder = config.program.parent().unwrap_or(&config.program).to_owned();
        return Place::NotWritable { folder };
    };
    let program = folder.join(name);
    let inside = |mount: &Option<OsString>| {
        mount.as_ref().is_some_and(|mount| !mount.is_empty() && program.starts_with(mount))
    };
    if inside(&around.app_dir) {
        return packaged("AppImage");
    }
    if inside(&around.snap) {
        return packaged("Snap");
    }
    if is_listed(&around.dpkg, &program) {
        return packaged("dpkg");
    }
    let system = program.starts_with("/usr") && !program.starts_with("/usr/local");
    if system && around.rpm.iter().any(|database| database.exists()) {
        return packaged("rpm");
    }
    if !folder::may_replace(&folder, &program) {
        return Place::NotWritable { folder };
    }
    Place::Ours
}

/// Whether a package of dpkg has this file. Where `/bin` is `/usr/bin`, a list may name either.
fn is_listed(lists: &Path, program: &Path) -> bool {
    let Some(path) = program.to_str() else { return false };
    let short = path.strip_prefix("/usr").filter(|rest| rest.starts_with('/'));
    let Ok(entries) = std::fs::read_dir(lists) else { return false };
    let lists = entries.take(LISTS).flatten().map(|entry| entry.path());
    lists.filter(|list| list.extension().is_some_and(|end| end == "list")).any(|list| {
        let mut text = Vec::new();
        let read = File::open(list).and_then(|file| file.take(LIST).read_to_end(&mut text));
        let is =
            |line: &[u8]| line == path.as_bytes() || short.is_some_and(|s| line == s.as_bytes());
        read.is_ok() && text.split(|byte| *byte == b'\n').any(is)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Keys;

    const KEYS: &str = "release RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3\n\
                        manifest RWQg6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO4";

    fn nowhere() -> Surroundings {
        let none = PathBuf::from("/nonexistent");
        let rpm = vec![none.clone()];
        Surroundings { flatpak: none.clone(), dpkg: none, rpm, app_dir: None, snap: None }
    }

    fn config(program: &Path) -> Config {
        Config {
            keys: Keys::parse(KEYS).unwrap(),
            version: semver::Version::new(1, 0, 0),
            target: "t".into(),
            product: "multiclaw".into(),
            channel: "stable".into(),
            base: "https://cdn.multiclaw.io/desktop/".parse().unwrap(),
            program: program.to_owned(),
            state: "/nonexistent".into(),
            min_seq: 0,
            newest: None,
        }
    }

    #[test]
    fn places() {
        let base = tempfile::tempdir().unwrap();
        let home = base.path().canonicalize().unwrap();
        let program = home.join("multiclaw");
        std::fs::write(&program, "x").unwrap();
        let config = config(&program);
        let packaged = |by: &str| Place::Packaged { by: by.into() };
        assert_eq!(find(&config, &nowhere()), Place::Ours);
        let bare = Config { keys: Keys::default(), ..config.clone() };
        assert_eq!(find(&bare, &nowhere()), Place::NoKeys);
        let flatpak = Surroundings { flatpak: program.clone(), ..nowhere() };
        assert_eq!(find(&config, &flatpak), packaged("Flatpak"));
        let image = |folder: &Path| Surroundings { app_dir: Some(folder.into()), ..nowhere() };
        assert_eq!(find(&config, &image(&home)), packaged("AppImage"));
        assert_eq!(find(&config, &image(&home.join("other"))), Place::Ours);
        let snap = Surroundings { snap: Some(home.clone().into()), ..nowhere() };
        assert_eq!(find(&config, &snap), packaged("Snap"));
        // A list that names a neighbour, then one that names the program.
        let lists = home.join("info");
        std::fs::create_dir(&lists).unwrap();
        let dpkg = Surroundings { dpkg: lists.clone(), ..nowhere() };
        std::fs::write(lists.join("a.list"), format!("/.\n{}-doc\n", program.display())).unwrap();
        std::fs::write(lists.join("a.md5sums"), program.to_str().unwrap()).unwrap();
        assert_eq!(find(&config, &dpkg), Place::Ours);
        std::fs::write(lists.join("b.list"), format!("/.\n{}\n", program.display())).unwrap();
        assert_eq!(find(&config, &dpkg), packaged("dpkg"));
        // Through a link, it is the program itself that counts.
        let link = home.join("link");
        std::os::unix::fs::symlink(&program, &link).unwrap();
        assert_eq!(find(&self::config(&link), &dpkg), packaged("dpkg"));
        let gone = find(&self::config(&home.join("gone")), &nowhere());
        assert_eq!(gone, Place::NotWritable { folder: home });
    }

    #[test]
    fn files_of_the_system() {
        let shell = Path::new("/bin/sh").canonicalize().unwrap();
        let base = tempfile::tempdir().unwrap();
        let rpm = Surroundings { rpm: vec![base.path().to_owned()], ..nowhere() };
        let found = find(&config(&shell), &rpm);
        assert_eq!(found, Place::Packaged { by: "rpm".into() }, "{shell:?}");
        let short = shell.strip_prefix("/usr").unwrap();
        std::fs::write(base.path().join("x.list"), format!("/{}\n", short.display())).unwrap();
        let dpkg = Surroundings { dpkg: base.path().to_owned(), ..nowhere() };
        assert_eq!(find(&config(&shell), &dpkg), Place::Packaged { by: "dpkg".into() });
    }
}
