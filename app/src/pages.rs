//! The man page and the completions, from the definition of the command line. They lie in
//! `packaging/linux`, so that a package is made without building this; a test compares.

use clap::Command as CommandLine;
use clap_complete::Shell;
use std::fmt::Write as _;
use std::io;

/// What the definition of the options does not tell.
const REST: &str = include_str!("../../packaging/linux/multiclaw.1.in");

/// Where each file lies below `packaging/linux`, and what it holds.
pub fn all(command: &CommandLine) -> io::Result<Vec<(&'static str, String)>> {
    let mut command = shown(command);
    command.build();
    let mut pages = vec![("multiclaw.1", man(&command)?)];
    for (shell, name) in [
        (Shell::Bash, "completions/multiclaw"),
        (Shell::Zsh, "completions/_multiclaw"),
        (Shell::Fish, "completions/multiclaw.fish"),
    ] {
        let mut text = Vec::new();
        clap_complete::generate(shell, &mut command, "multiclaw", &mut text);
        pages.push((name, text_of(text)?));
    }
    Ok(pages)
}

/// The command without what is hidden: completions offer that too.
fn shown(command: &CommandLine) -> CommandLine {
    let about = command.get_about().cloned().unwrap_or_default();
    let shown = CommandLine::new("multiclaw")
        .version(env!("CARGO_PKG_VERSION"))
        .about(about)
        .args(command.get_arguments().filter(|argument| !argument.is_hide_set()).cloned())
        .subcommands(command.get_subcommands().filter(|task| !task.is_hide_set()).cloned());
    match command.get_long_about() {
        Some(long) => shown.long_about(long.clone()),
        None => shown,
    }
}

fn man(command: &CommandLine) -> io::Result<String> {
    let page = clap_mangen::Man::new(command.clone()).source("MultiClaw").manual("MultiClaw");
    let mut head = Vec::new();
    page.render_title(&mut head)?;
    page.render_name_section(&mut head)?;
    page.render_synopsis_section(&mut head)?;
    page.render_description_section(&mut head)?;
    page.render_options_section(&mut head)?;
    let mut text = text_of(head)?;
    // One page for all of them: the packages hold no page for each.
    let subcommands: Vec<_> = command.get_subcommands().filter(|c| !c.is_hide_set()).collect();
    if !subcommands.is_empty() {
        text.push_str(".SH SUBCOMMANDS\n");
    }
    for subcommand in subcommands {
        let about = subcommand.get_about().map(ToString::to_string).unwrap_or_default();
        let _ = write!(text, ".TP\n\\fB{}\\fR\n{}\n", subcommand.get_name(), safe(&about));
        for argument in subcommand.get_arguments().filter(|a| !a.is_hide_set()) {
            let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
            if !matches!(argument.get_id().as_str(), "help" | "version") {
                let _ = write!(
                    text,
                    ".RS\n.TP\n{}\n{}\n.RE\n",
                    safe(&argument.to_string()),
                    safe(&help)
                );
            }
        }
    }
    text.push_str(REST);
    Ok(text)
}

/// As roff takes it literally.
fn safe(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-");
    if text.starts_with(['.', '\'']) { format!("\\&{text}") } else { text }
}

fn text_of(bytes: Vec<u8>) -> io::Result<String> {
    let text = String::from_utf8(bytes).map_err(io::Error::other)?;
    // Git and editors want a line's end, and none of these wants spaces before it.
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    Ok(lines.join("\n") + "\n")
}
