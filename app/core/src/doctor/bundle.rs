//! One text file about a run, to be given to whoever helps. Nothing in it says who or where the
//! person is, and no secret is in it; `SECURITY.md` lists what is.

use super::redact::Redactor;
use super::text::{Colours, readable};
use super::{LogTail, Report};
use crate::model::Settings;
use crate::tr;
use net::{ConnectionLog, Entry, Outcome};
use std::fmt::Write as _;

/// Lines of the log that are written.
const LINES: usize = 200;
/// Connections that are written.
const CONNECTIONS: usize = 200;

/// What is written beside the run.
pub struct About<'a> {
    /// Program and version.
    pub agent: &'a str,
    /// What the person chose.
    pub settings: &'a Settings,
    /// The connection log.
    pub connections: &'a ConnectionLog,
    /// The last lines of the log.
    pub log: Option<&'a LogTail>,
    /// More that must not leave this computer: names of this computer and its user.
    pub private: &'a [String],
    /// The person's home folder; may be empty.
    pub home: &'a str,
}

/// The whole file.
#[must_use]
pub fn text(report: &Report, about: &About<'_>) -> String {
    let private: Vec<String> = report.private.iter().chain(about.private).cloned().collect();
    let redactor = Redactor::new(about.home, &private);
    let mut out = String::new();
    let now = jiff::Timestamp::now().strftime("%Y-%m-%d %H:%M UTC").to_string();
    let _ = writeln!(out, "{}", tr!("doctor-file-title", time = now));
    let _ = writeln!(out, "{}", about.agent);
    let arch = std::env::consts::ARCH;
    let _ = writeln!(out, "{}", tr!("doctor-file-system", system = system(), arch = arch));
    let _ = writeln!(out, "{}\n", tr!("doctor-file-private"));
    out.push_str(&redactor.clean(&readable(&report.steps, &report.verdict, Colours(false))));
    let _ = writeln!(out, "\n{}", tr!("doctor-file-settings"));
    let settings = serde_json::to_string_pretty(about.settings).unwrap_or_default();
    out.push_str(&settings);
    let _ = writeln!(out, "\n\n{}", tr!("doctor-file-connections"));
    let entries = about.connections.entries();
    for entry in entries.iter().skip(entries.len().saturating_sub(CONNECTIONS)) {
        let _ = writeln!(out, "{}", redactor.clean(&connection(entry)));
    }
    let _ = writeln!(out, "\n{}", tr!("doctor-file-log"));
    let lines = about.log.map(|log| log()).unwrap_or_default();
    for line in lines.iter().skip(lines.len().saturating_sub(LINES)) {
        let _ = writeln!(out, "{}", redactor.clean(line));
    }
    out
}

/// Hosts and ports, and no more of what was spoken there than its status.
fn connection(entry: &Entry) -> String {
    let result = match &entry.outcome {
        Outcome::Pending => "pending".to_owned(),
        Outcome::Done { status: Some(status) } => format!("status {status}"),
        Outcome::Done { status: None } => "done".to_owned(),
        Outcome::Opened => "socket".to_owned(),
        Outcome::Failed(error) => format!("failed, {error}"),
        Outcome::Cancelled => "cancelled".to_owned(),
    };
    let proxy = entry.proxy.as_ref().map(|proxy| format!(" through {proxy}")).unwrap_or_default();
    let at = entry.at.strftime("%H:%M:%S");
    let host = match entry.host.contains(':') {
        true => format!("[{}]", entry.host),
        false => entry.host.clone(),
    };
    // An address stands alone, so that it is known for one.
    format!("{at}Z  {}  {host} port {}{proxy}  {result}", entry.purpose, entry.port)
}

/// The home folder of this user; empty when there is none.
#[must_use]
pub fn home() -> String {
    std::env::home_dir().map(|home| home.display().to_string()).unwrap_or_default()
}

/// Names of this computer and of its user, which say whose it is.
#[must_use]
pub fn names_here() -> Vec<String> {
    let mut names: Vec<String> = ["USER", "LOGNAME", "USERNAME", "HOSTNAME", "COMPUTERNAME"]
        .into_iter()
        .filter_map(|variable| std::env::var(variable).ok())
        .collect();
    #[cfg(target_os = "linux")]
    names.extend(std::fs::read_to_string("/proc/sys/kernel/hostname").ok());
    let named = |name: &String| !matches!(name.as_str(), "" | "root" | "user" | "localhost");
    names.iter().map(|name| name.trim().to_owned()).filter(named).collect()
}

/// The operating system, with its version where it is easily had.
fn system() -> String {
    #[cfg(target_os = "linux")]
    if let Ok(text) = std::fs::read_to_string("/etc/os-release")
        && let Some(name) = text.lines().find_map(|line| line.strip_prefix("PRETTY_NAME="))
    {
        return name.trim_matches('"').chars().take(80).collect();
    }
    std::env::consts::OS.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::{Finding, Plan};
    use std::sync::Arc;
    use std::time::Instant;

    /// Everything that must not be in it is marked.
    #[test]
    fn nothing_that_is_marked_is_in_it() {
        let mut plan = Plan::new(&[]);
        let now = Instant::now();
        for step in plan.begin(now) {
            let detail = "Ada SECRETNAME at 10.20.30.40 opened SECRETDESK in /home/secretuser/x.";
            plan.ended(step, Finding::failed(detail, "Write to marked@secret.example."), now);
        }
        let mut steps = plan.shown();
        let verdict = crate::doctor::stopped(&mut steps);
        let private = vec!["Ada SECRETNAME".into(), "SECRETDESK".into()];
        let report = Report { steps, verdict, private };
        let log: LogTail = Arc::new(|| {
            vec![
                "token=SECRETTOKEN1".into(),
                "Authorization: Bearer SECRETTOKEN2".into(),
                "SECRETHOST said 203.0.113.77 and fe80::77".into(),
                "http://SECRETLOGIN:SECRETTOKEN3@proxy.example:3128/?q=SECRETTOKEN4".into(),
                "kept line".into(),
            ]
        });
        let about = About {
            agent: "multiclaw/0.0.0",
            settings: &Settings::default(),
            connections: &ConnectionLog::default(),
            log: Some(&log),
            private: &["SECRETHOST".into()],
            home: "/home/secretuser",
        };
        let text = text(&report, &about);
        for marked in ["SECRET", "secretuser", "marked@", "10.20.30", "203.0.113", "fe80"] {
            assert!(!text.contains(marked), "{marked} is in\n{text}");
        }
        for kept in
            ["kept line", "multiclaw/0.0.0", "\"webrtc\": \"automatic\"", "proxy.example:3128"]
        {
            assert!(text.contains(kept), "{kept} is not in\n{text}");
        }
    }
}
