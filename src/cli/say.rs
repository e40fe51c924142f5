//! What a command prints, and how it shows that it is still at work. Standard output is for the answer alone.

use std::io::{ErrorKind, IsTerminal, Write};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Problem;

/// Prints one line. Ends the process quietly when nobody reads any longer (`doorstep … | head`).
pub fn line(text: impl AsRef<str>) -> Result<(), Problem> {
    bytes(format!("{}\n", text.as_ref()).as_bytes())
}

/// Prints bytes as they are.
pub fn bytes(bytes: &[u8]) -> Result<(), Problem> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => std::process::exit(0),
        done => done.map_err(|error| format!("the output cannot be written: {error}")),
    }
}

/// Prints a value as one line of JSON.
pub fn json(value: &impl serde::Serialize) -> Result<(), Problem> {
    line(serde_json::to_string(value).map_err(|error| format!("the answer cannot be put as JSON: {error}"))?)
}

/// A bar on standard error where a person watches; nothing where a file or another program does.
pub fn progress(length: u64) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::stderr());
    if !std::io::stderr().is_terminal() {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} {msg} {eta}");
    bar.set_style(style.expect("the template is well-formed"));
    bar
}
