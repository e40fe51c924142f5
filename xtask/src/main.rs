//! The build steps that cargo itself lacks. Run as `cargo xtask <task>` (an alias in `.cargo/config.toml`).
//!
//! Nothing here is part of the product: what it makes lies in `target/site`.

mod assets;
mod fingerprint;
mod site;

use std::process::ExitCode;

const HELP: &str = "\
usage: cargo xtask <task>

  assets        everything the browser loads, into target/site: the islands as WASM, the stylesheet, public/;
                names carry a hash, brotli and gzip lie beside each, assets.json says which name is which
  assets css    the same without building the islands: those of the last build are kept, if there was one
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["assets"] => assets::build(assets::Islands::Build),
        ["assets", "css"] => assets::build(assets::Islands::KeepLast),
        [] | ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        _ => Err(format!("no such task: {}\n\n{HELP}", arguments.join(" "))),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}
