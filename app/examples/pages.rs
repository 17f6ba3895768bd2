//! Writes the man page and the completions to a folder: `cargo run --example pages -- FOLDER`.

use clap::CommandFactory;
use std::path::PathBuf;

#[path = "../src/pages.rs"]
mod pages;

fn main() -> std::io::Result<()> {
    let folder = std::env::args_os().nth(1).map(PathBuf::from).ok_or_else(|| {
        std::io::Error::other("the folder to write to is missing; packaging/pages names it")
    })?;
    for (name, text) in pages::all(&multiclaw::arguments::Arguments::command())? {
        let file = folder.join(name);
        std::fs::create_dir_all(file.parent().unwrap_or(&folder))?;
        std::fs::write(file, text)?;
    }
    Ok(())
}
