//! Where the `openclaw` program is.

use super::Environment;
use std::path::{Path, PathBuf};

/// The first `openclaw` on the `PATH` that can be run, absolute, as the `PATH` names it.
///
/// Relative entries are skipped, and so is the folder that this program was started in: what lies
/// there by chance is not run. It looks at files: call it where blocking is allowed.
#[must_use]
pub fn find_program(environment: &Environment) -> Option<PathBuf> {
    let path = environment.raw("PATH")?;
    std::env::split_paths(path)
        .filter(|folder| folder.is_absolute())
        .flat_map(|folder| names(environment).into_iter().map(move |name| folder.join(name)))
        .find(|file| runnable(file))
}

#[cfg(not(windows))]
fn names(_: &Environment) -> Vec<String> {
    vec!["openclaw".to_owned()]
}

/// `openclaw.cmd` and its like, in the order of `PATHEXT`. Not tried on Windows.
#[cfg(windows)]
fn names(environment: &Environment) -> Vec<String> {
    let endings = environment.text("PATHEXT").unwrap_or(".COM;.EXE;.BAT;.CMD").to_owned();
    endings
        .split(';')
        .map(str::trim)
        .filter(|ending| matches!(ending.to_ascii_lowercase().as_str(), ".exe" | ".cmd"))
        .map(|ending| format!("openclaw{}", ending.to_ascii_lowercase()))
        .collect()
}

/// A regular file, behind links too, that somebody may execute.
fn runnable(file: &Path) -> bool {
    let Ok(about) = std::fs::metadata(file) else { return false };
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        about.is_file() && about.permissions().mode() & 0o111 != 0
    }
    #[cfg(not(unix))]
    about.is_file()
}
