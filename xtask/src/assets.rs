//! What the browser loads, step by step: the islands (compile, bind, optimise), the stylesheet, then the site that
//! `site.rs` lays out. A step whose inputs are those of last time is left out.

use crate::fingerprint::{Fingerprint, files_below};
use crate::site::{Asset, Site};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;
use wasm_bindgen_cli_support::Bindgen;

/// Output name of the Leptos package: `doorstep.js`, `doorstep.wasm`, `doorstep.css`.
const NAME: &str = "doorstep";
const BROWSER_TARGET: &str = "wasm32-unknown-unknown";
const BROWSER_PROFILE: &str = "wasm-release";

/// What every browser of the last years runs, and rustc makes use of. Named because wasm-bindgen drops the section
/// in which the compiler says it.
const WASM_FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

#[derive(PartialEq)]
pub enum Islands {
    Build,
    KeepLast,
}

struct Paths {
    root: PathBuf,
    target: PathBuf,
    /// What the steps leave for one another and for the next run.
    work: PathBuf,
}

pub fn build(islands: Islands) -> Result<(), String> {
    let began = Instant::now();
    let paths = Paths::find()?;
    let bound = paths.work.join("islands");
    if islands == Islands::Build {
        let compiled = compile_islands(&paths)?;
        bind_islands(&paths, &compiled, &bound)?;
    }
    let stylesheet = make_stylesheet(&paths)?;

    let mut site = Site::new(paths.target.join("site"));
    if bound.exists() {
        add_islands(&mut site, &bound)?;
    }
    site.add(Asset { name: format!("{NAME}.css"), content: read(&stylesheet)? })?;
    let public = paths.root.join("public");
    for file in files_below(&public, &[])? {
        let name = file.strip_prefix(&public).expect("it was found below public/").to_string_lossy().into_owned();
        site.add(Asset { name, content: read(&file)? })?;
    }
    site.finish()?;
    println!("assets: target/site is up to date ({:.1} s)", began.elapsed().as_secs_f32());
    Ok(())
}

impl Paths {
    fn find() -> Result<Self, String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the workspace").to_path_buf();
        let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |folder| root.join(folder));
        let work = target.join("xtask-work");
        fs::create_dir_all(&work).map_err(|error| format!("cannot make {}: {error}", work.display()))?;
        Ok(Self { root, target, work })
    }

    /// A tool that `npm ci` put in place.
    fn node_tool(&self, name: &str) -> Result<Command, String> {
        let tool = self.root.join("node_modules/.bin").join(name);
        if !tool.exists() {
            return Err(format!("{} is missing: run scripts/setup", tool.display()));
        }
        let mut command = Command::new(tool);
        command.current_dir(&self.root);
        Ok(command)
    }
}

fn compile_islands(paths: &Paths) -> Result<PathBuf, String> {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(&paths.root);
    for (key, value) in compiler_settings(paths)? {
        cargo.env(key, value);
    }
    cargo.args(["rustc", "--package", NAME, "--lib", "--crate-type", "cdylib"]);
    cargo.args(["--no-default-features", "--features", "hydrate"]);
    cargo.args(["--target", BROWSER_TARGET, "--profile", BROWSER_PROFILE]);
    run(cargo, "the islands do not compile for the browser. If the target is what is missing, run scripts/setup")?;
    Ok(paths.target.join(BROWSER_TARGET).join(BROWSER_PROFILE).join(format!("{NAME}.wasm")))
}

/// Where the browser's standard library does not come from rustup, `scripts/setup` wrote down which compiler and
/// linker to use: lines of `KEY=VALUE`.
fn compiler_settings(paths: &Paths) -> Result<Vec<(String, String)>, String> {
    let file = paths.target.join("setup/browser.env");
    if !file.exists() {
        return Ok(Vec::new());
    }
    let text = fs::read_to_string(&file).map_err(|error| format!("cannot read {}: {error}", file.display()))?;
    Ok(text.lines().filter_map(|line| line.split_once('=')).map(|(key, value)| (key.into(), value.into())).collect())
}

/// The compiled module becomes one that a page can load, with the JavaScript that joins the two, as small as it gets.
fn bind_islands(paths: &Paths, compiled: &Path, bound: &Path) -> Result<(), String> {
    let inputs = Fingerprint::of(&read(compiled)?)
        // The settings of this step are an input too.
        .and(include_bytes!("assets.rs"))
        .and_files(&[paths.root.join("package-lock.json"), paths.root.join("Cargo.lock")])?;
    unless_unchanged(paths, "islands", &inputs, bound, || {
        if bound.exists() {
            fs::remove_dir_all(bound).map_err(|error| format!("cannot clear {}: {error}", bound.display()))?;
        }
        println!("islands: wasm-bindgen");
        Bindgen::new()
            .web(true)
            .and_then(|bindgen| {
                bindgen
                    .input_path(compiled)
                    .out_name(NAME)
                    .typescript(false)
                    .remove_name_section(true)
                    .remove_producers_section(true)
                    .omit_default_module_path(true)
                    .generate(bound)
            })
            .map_err(|error| format!("wasm-bindgen refused {}: {error:#}", compiled.display()))?;

        println!("islands: wasm-opt -Oz");
        let bindgen_output = bound.join(format!("{NAME}_bg.wasm"));
        let mut optimise = paths.node_tool("wasm-opt")?;
        optimise.arg("-Oz").args(WASM_FEATURES).arg(&bindgen_output).arg("-o").arg(bound.join(format!("{NAME}.wasm")));
        run(optimise, "wasm-opt could not optimise the islands")?;
        fs::remove_file(&bindgen_output).map_err(|error| format!("cannot remove {}: {error}", bindgen_output.display()))
    })
}

/// The glue imports what crates brought along as JavaScript by name, so those get their hashed names first.
fn add_islands(site: &mut Site, bound: &Path) -> Result<(), String> {
    let glue_file = bound.join(format!("{NAME}.js"));
    let mut glue = String::from_utf8(read(&glue_file)?).map_err(|_| format!("{} is not text", glue_file.display()))?;
    let snippets = bound.join("snippets");
    for file in files_below(&snippets, &[".js", ".mjs"])? {
        let name = file.strip_prefix(bound).expect("it was found below it").to_string_lossy().into_owned();
        let hashed = site.add(Asset { name: name.clone(), content: read(&file)? })?;
        glue = glue.replace(&format!("./{name}"), &format!("./{hashed}"));
    }
    site.add(Asset { name: format!("{NAME}.js"), content: glue.into_bytes() })?;
    site.add(Asset { name: format!("{NAME}.wasm"), content: read(&bound.join(format!("{NAME}.wasm")))? })?;
    Ok(())
}

/// Tailwind reads the markup in `src/` and writes the rules that it uses.
fn make_stylesheet(paths: &Paths) -> Result<PathBuf, String> {
    let entry = paths.root.join("style/main.css");
    let stylesheet = paths.work.join(format!("{NAME}.css"));
    let mut sources = files_below(&paths.root.join("style"), &[".css"])?;
    sources.extend(files_below(&paths.root.join("src"), &[".rs"])?);
    sources.push(paths.root.join("package-lock.json"));
    let inputs = Fingerprint::new().and_files(&sources)?;
    unless_unchanged(paths, "stylesheet", &inputs, &stylesheet, || {
        println!("stylesheet: tailwindcss --minify");
        let mut tailwind = paths.node_tool("tailwindcss")?;
        tailwind.arg("--input").arg(&entry).arg("--output").arg(&stylesheet).arg("--minify");
        run(tailwind, "Tailwind could not make the stylesheet from style/main.css")
    })?;
    Ok(stylesheet)
}

fn unless_unchanged(
    paths: &Paths,
    step: &str,
    inputs: &Fingerprint,
    output: &Path,
    make: impl FnOnce() -> Result<(), String>,
) -> Result<(), String> {
    let stamp = paths.work.join(format!("{step}.stamp"));
    let inputs = inputs.short();
    if output.exists() && fs::read_to_string(&stamp).is_ok_and(|last| last == inputs) {
        return Ok(());
    }
    make()?;
    fs::write(&stamp, inputs).map_err(|error| format!("cannot write {}: {error}", stamp.display()))
}

fn read(file: &Path) -> Result<Vec<u8>, String> {
    fs::read(file).map_err(|error| format!("cannot read {}: {error}", file.display()))
}

fn run(mut command: Command, otherwise: &str) -> Result<(), String> {
    let status = command
        .status()
        .map_err(|error| format!("cannot start {}: {error}", command.get_program().to_string_lossy()))?;
    if status.success() { Ok(()) } else { Err(format!("{otherwise} ({status})")) }
}
