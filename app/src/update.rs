//! What this build knows of versions, the first lines of `main`, and starting anew.

use crate::exit::Exit;
use crate::sandbox::Again;
use multiclaw_core::engine::SelfUpdate;
use net::{Door, Policy, Purpose};
use semver::Version;
use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant, SystemTime};
use update::boot::{self, Boot, Next};
use update::{Config, Keys, Updater};

/// The version that runs.
pub const VERSION: &str = env!("MULTICLAW_VERSION");
/// The keys that are built in; see `build.rs`.
const KEYS: &str = include_str!(concat!(env!("OUT_DIR"), "/update.keys"));
/// Where the next version is found.
const BASE: &str = env!("MULTICLAW_UPDATE_BASE");
/// The least number of a list of versions.
const MIN_SEQ: &str = env!("MULTICLAW_UPDATE_MIN_SEQ");
/// A version that runs for so long after its first frame is a good one.
const LIVES: Duration = Duration::from_secs(10);
/// What a new version is asked before it takes the place of the old one.
const SELF_TEST: &str = "--self-test";

/// Operating system and processor, as they are sent.
#[must_use]
pub fn target() -> String {
    format!("{}-{}", std::env::consts::OS, std::env::consts::ARCH)
}

/// What this build knows about itself; `state`: where it keeps what it learns. `None` when it was
/// built wrongly, which its tests find.
#[must_use]
pub fn config(program: PathBuf, data: &Path) -> Option<Config> {
    Some(Config {
        keys: Keys::parse(KEYS).ok()?,
        version: VERSION.parse().ok()?,
        target: target(),
        product: "multiclaw".into(),
        channel: "stable".into(),
        base: BASE.parse().ok()?,
        program,
        state: data.join("update"),
        min_seq: MIN_SEQ.parse().ok()?,
        newest: None,
    })
}

/// Allows the way to this build's update server. It may be on a local network: it was named when
/// the program was built.
#[must_use]
pub fn allow(policy: Policy) -> Policy {
    let Ok(base) = url::Url::parse(BASE) else { return policy };
    let host = base.host_str().unwrap_or_default();
    let port = base.port().unwrap_or(443);
    if policy.check(Purpose::Updater, host, port).is_ok() {
        return policy;
    }
    policy.allow_updates(host, port)
}

/// How the first lines of `main` ended.
pub enum Begun {
    /// Go on.
    Start(Start),
    /// The program is over.
    Over(ExitCode),
}

/// A start of the program.
#[derive(Default)]
pub struct Start {
    config: Option<Box<Config>>,
    boot: Option<Arc<Boot>>,
}

/// The first lines of `main`: answers a self-test; puts a version in place that waits, or takes
/// one back that does not start. Before any thread, connection or graphics device. It never keeps
/// the program from starting.
#[must_use]
pub fn begin() -> Begun {
    let words: Vec<OsString> = std::env::args_os().skip(1).collect();
    // Taken now: once files were exchanged, the system gives the name of the one that was taken
    // away.
    let program = std::env::current_exe().ok();
    let data = file_argument(&words, "--data").or_else(|| crate::start::data_folder().ok());
    let config = program.zip(data).and_then(|(program, data)| config(program, &data));
    if words.first().is_some_and(|word| word == SELF_TEST) {
        return Begun::Over(self_test(config.as_ref()));
    }
    let Some(mut config) = config else { return Begun::Start(Start::default()) };
    config.newest = ruled(&config.version, file_argument(&words, "--policy").as_deref());
    if !opens_a_window(&words, |name| std::env::var_os(name)) {
        return Begun::Start(Start { config: Some(config.into()), boot: None });
    }
    match boot::begin(&config, SystemTime::now()) {
        Next::Run(boot) => {
            Begun::Start(Start { config: Some(config.into()), boot: Some(Arc::new(boot)) })
        }
        Next::Exec(program) => {
            // Only when that did not work.
            replace(&program);
            let boot = Some(Arc::new(Boot::plain(&config)));
            Begun::Start(Start { config: Some(config.into()), boot })
        }
    }
}

/// The path after an option, read without the parser of arguments: one that a new version does not
/// understand must not keep it from being taken back.
fn file_argument(words: &[OsString], option: &str) -> Option<PathBuf> {
    let mut words = words.iter();
    while let Some(word) = words.next() {
        if word == option {
            return words.next().map(PathBuf::from);
        }
        let joined = word.to_str().and_then(|word| word.strip_prefix(option)?.strip_prefix('='));
        if let Some(path) = joined {
            return Some(PathBuf::from(path));
        }
    }
    None
}

/// The newest version that the administrator's files allow. Where they cannot be understood,
/// nothing newer than what runs, which will say what is wrong with them.
fn ruled(running: &Version, policy: Option<&Path>) -> Option<Version> {
    match multiclaw_core::policy::Policy::load(policy) {
        Ok(policy) => crate::start::update_rules(&policy).newest(running),
        Err(_) => Some(running.clone()),
    }
}

/// Whether this start is one that counts: a version that only prints its help, or that finds no
/// display, has neither failed nor worked.
fn opens_a_window(words: &[OsString], variable: impl Fn(&str) -> Option<OsString>) -> bool {
    let prints = ["--help", "-h", "--version", "-V"];
    let other = ["help", "doctor", "enroll", "kiosk-pin"];
    if words.iter().any(|word| prints.iter().any(|name| word == name))
        || words.first().is_some_and(|word| other.iter().any(|name| word == name))
    {
        return false;
    }
    let is_set = |name| variable(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

/// Prints what this version is, after it was seen to come this far: it is linked and loaded, its
/// keys can be read, and the system gives it threads.
fn self_test(config: Option<&Config>) -> ExitCode {
    let ready = config.filter(|_| crate::start::runtime().is_ok());
    let printed = ready.map(|config| writeln!(std::io::stdout(), "{}", config.self_test_line()));
    match printed {
        Some(Ok(())) => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

/// Puts another program in the place of this one, with the same arguments. Comes back only when
/// that does not work.
#[cfg(unix)]
fn replace(program: &Path) {
    use std::os::unix::process::CommandExt;
    let error = std::process::Command::new(program).args(std::env::args_os().skip(1)).exec();
    // Before anything is set up to log with, or after all of it is gone.
    let _ = writeln!(std::io::stderr(), "multiclaw: {} does not start: {error}", program.display());
}

#[cfg(not(unix))]
fn replace(_: &Path) {}

impl Start {
    /// Makes what the updater needs beside the program, where updating is its work: later this
    /// process may make nothing there.
    pub fn prepare(&self) {
        let Some(config) = &self.config else { return };
        if let Err(error) = boot::prepare(config) {
            tracing::warn!(%error, "updates");
        }
    }

    /// What keeps the program up to date while it runs. It has the way to the updates and to
    /// nothing else.
    #[must_use]
    pub fn updater(&self, door: &Door) -> Option<SelfUpdate> {
        let config = self.config.as_deref()?;
        let notes = self.boot.as_ref().map(|boot| boot.notes.clone()).unwrap_or_default();
        Some(SelfUpdate::new(
            Updater::open(config.clone(), door.only([Purpose::Updater])),
            config,
            notes,
        ))
    }

    /// Watches the window: a version whose window lives is a good one. The flag is set, and the
    /// window closed, when the person wants to start anew.
    #[must_use]
    pub fn each_frame(&self) -> (Arc<AtomicBool>, crate::window::EachFrame) {
        let (boot, mut first, mut told) = (self.boot.clone(), None, false);
        let again = Arc::new(AtomicBool::new(false));
        let asked = Arc::clone(&again);
        let each_frame: crate::window::EachFrame = Box::new(move |ctx, core| {
            let since = first.get_or_insert_with(Instant::now).elapsed();
            match &boot {
                Some(boot) if !told && since >= LIVES => {
                    told = true;
                    boot::healthy(boot);
                }
                // An idle window paints nothing; it is looked at once more then.
                Some(_) if !told => ctx.request_repaint_after(LIVES.saturating_sub(since)),
                _ => {}
            }
            let restarting = core.model().update.restarting;
            asked.store(restarting, Ordering::Relaxed);
            !restarting
        });
        (again, each_frame)
    }

    /// The window is closed. One that the watchdog closed was not healthy; after
    /// [`Exit::Restart`] the program starts anew: `again` sees to it where this process may start
    /// nothing.
    #[must_use]
    pub fn end(&self, exit: Exit, again: Option<Again>) -> ExitCode {
        if let Some(boot) = self.boot.as_ref().filter(|_| exit != Exit::Watchdog) {
            boot::healthy(boot);
        }
        if let Some(config) = self.config.as_ref().filter(|_| exit == Exit::Restart) {
            if again.is_some_and(|again| again()) {
                // Two would start it if a supervisor were asked too.
                return Exit::Done.into();
            }
            // Comes back only where that does not work: then a supervisor may do it.
            replace(&config.program);
        }
        exit.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<OsString> {
        text.split_whitespace().map(OsString::from).collect()
    }

    #[test]
    fn this_build_knows_itself() {
        let config = config("/opt/multiclaw/multiclaw".into(), Path::new("/home/ada/.multiclaw"));
        let config = config.expect("the build's version, keys and address can be read");
        assert_eq!(config.version.to_string(), VERSION);
        assert!(crate::start::AGENT.ends_with(VERSION));
        assert_eq!(config.state, Path::new("/home/ada/.multiclaw/update"));
        assert!(config.self_test_line().contains(&target()));
        assert!(allow(Policy::inventory()).check(Purpose::Updater, "evil.example", 443).is_err());
    }

    #[test]
    fn the_folder_is_found_without_the_parser() {
        for (text, found) in [
            ("", None),
            ("--data /x --new-option", Some("/x")),
            ("--cloud https://c --data=/y", Some("/y")),
            ("--data", None),
            ("--database /x", None),
        ] {
            assert_eq!(file_argument(&words(text), "--data"), found.map(PathBuf::from), "{text}");
        }
    }

    #[test]
    fn a_rule_is_known_before_a_version_that_waits_is_put_in_place() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("policy.toml");
        let running = Version::new(0, 3, 0);
        for (text, newest) in [
            ("", None),
            ("[updates]\nstay_at = \"0.2.1\"", Some(Version::new(0, 2, 1))),
            ("[updates]\nstay_at = \"here\"", Some(running.clone())),
            ("[updates", Some(running.clone())),
        ] {
            std::fs::write(&file, text).unwrap();
            assert_eq!(ruled(&running, Some(&file)), newest, "{text}");
        }
    }

    #[test]
    fn only_a_start_with_a_window_counts() {
        let display = |name: &str| (name == "DISPLAY").then(|| OsString::from(":0"));
        for text in ["", "--desktop build-box", "--desktop help", "--desktop doctor"] {
            assert!(opens_a_window(&words(text), display), "{text}");
        }
        for text in ["--version", "-h", "doctor --json", "--data /x --help"] {
            assert!(!opens_a_window(&words(text), display), "{text}");
        }
        if cfg!(target_os = "linux") {
            assert!(!opens_a_window(&words(""), |_| None));
            assert!(!opens_a_window(&words(""), |_| Some(OsString::new())));
        }
    }
}
