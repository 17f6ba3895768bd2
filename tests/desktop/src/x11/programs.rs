//! An Xvfb of our own, with a window manager and something to look at.

use crate::source::SourceError;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// For Xvfb to say its display.
const START: Duration = Duration::from_secs(10);

/// What scrolls slowly in one terminal.
const LOG: &str = "n=0; while :; do n=$((n+1)); \
    printf '\\033[3%dm%6d\\033[0m  build step %d of 9  crate-%02d\\n' $((n%6+1)) $n $((n%9+1)) $((n*37%97)); \
    sleep 0.7; done";

/// The running programs; they end with this.
pub(super) struct Programs {
    children: Vec<Child>,
    display: String,
    list: String,
}

fn there(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// A command that ends with us, even when we are killed, where `setpriv` can see to it.
fn command(program: &str) -> Command {
    let mut command = if there("setpriv") {
        let mut wrapped = Command::new("setpriv");
        wrapped.args(["--pdeathsig", "TERM", "--", program]);
        wrapped
    } else {
        Command::new(program)
    };
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

impl Programs {
    pub(super) fn start(size: (u16, u16), motion_fps: u32) -> Result<Self, SourceError> {
        if !there("Xvfb") {
            return Err(SourceError::Missing("Xvfb"));
        }
        let screen = format!("{}x{}x24", size.0, size.1);
        let mut xvfb = command("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", &screen, "-nolisten", "tcp"])
            .args(["-noreset", "-dpi", "96"])
            .stdout(Stdio::piped())
            .spawn()?;
        let out = xvfb.stdout.take();
        let mut programs =
            Self { children: vec![xvfb], display: String::new(), list: "Xvfb".into() };
        programs.display = format!(":{}", display_number(out)?);
        programs.run("openbox", &[]);
        let (width, height) = (u32::from(size.0), u32::from(size.1));
        // Cells of the font are some 7 by 14 pixels.
        let (columns, rows) = (width * 45 / 100 / 7, height * 42 / 100 / 14);
        let log = format!("{columns}x{rows}+{}+{}", width * 52 / 100, height * 5 / 100);
        let shell = format!("{columns}x{rows}+{}+{}", width * 2 / 100, height * 8 / 100);
        let look = ["-fa", "Monospace", "-fs", "9", "-bg", "#14171f", "-fg", "#d0d4de"];
        if motion_fps > 0 {
            let pause = 1.0 / f64::from(motion_fps);
            let script = format!(
                "while :; do i=0; while [ $i -lt {rows} ]; do \
                 head -c {columns} /dev/urandom | od -An -tx1 | tr -d ' \\n' | cut -c1-{columns}; \
                 i=$((i+8)); done; sleep {pause:.3}; done"
            );
            let place = format!("{columns}x{rows}+{}+{}", width * 52 / 100, height * 52 / 100);
            let arguments =
                [&look[..], &["-geometry", &place, "-T", "motion", "-e", "sh", "-c", &script]];
            programs.run("xterm", &arguments.concat());
        }
        let arguments = [&look[..], &["-geometry", &log, "-T", "build.log", "-e", "sh", "-c", LOG]];
        programs.run("xterm", &arguments.concat());
        // A prompt that is the same on every machine.
        let prompt = "PS1=ada@build-box:~$ ";
        let bash = ["-geometry", &shell, "-T", "shell", "-e", "env", prompt, "bash", "--norc"];
        let arguments = [&look[..], &bash];
        programs.run("xterm", &arguments.concat());
        Ok(programs)
    }

    fn run(&mut self, program: &str, arguments: &[&str]) {
        if !there(program) {
            return;
        }
        let mut command = command(program);
        command.args(arguments).env("DISPLAY", &self.display).current_dir("/");
        match command.spawn() {
            Ok(child) => {
                if !self.list.contains(program) {
                    self.list.push_str(", ");
                    self.list.push_str(program);
                }
                self.children.push(child);
            }
            Err(error) => tracing::warn!(%error, program, "not started"),
        }
    }

    pub(super) fn display(&self) -> &str {
        &self.display
    }

    /// Names of the programs.
    pub(super) fn list(&self) -> &str {
        &self.list
    }
}

fn display_number(out: Option<std::process::ChildStdout>) -> Result<u32, SourceError> {
    let no = || SourceError::Program("Xvfb did not start".into());
    let out = out.ok_or_else(no)?;
    let (found, number) = std::sync::mpsc::sync_channel(1);
    std::thread::Builder::new().name("xvfb".into()).spawn(move || {
        let mut line = String::new();
        let mut reader = BufReader::new(out);
        let read = reader.read_line(&mut line);
        let _ = found.send(read.ok().and_then(|_| line.trim().parse().ok()));
        // Xvfb keeps the pipe for as long as it lives.
        drop(std::io::copy(&mut reader, &mut std::io::sink()));
    })?;
    let begin = Instant::now();
    number.recv_timeout(START).ok().flatten().ok_or_else(|| {
        tracing::warn!(waited = ?begin.elapsed(), "no display number");
        no()
    })
}

impl Drop for Programs {
    fn drop(&mut self) {
        // The window manager and the programs first, the server last.
        for child in self.children.iter_mut().rev() {
            // One that has ended by itself cannot be killed.
            drop(child.kill());
            drop(child.wait());
        }
    }
}
