//! What every command begins with: settings read and checked, the log set up, the store opened.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use leptos::config::get_configuration;
use tracing_subscriber::EnvFilter;

use crate::config::{self, Config};
use crate::store::Store;
use crate::store::seal::Keys;

use super::Problem;

/// Reads `doorstep.toml`, `Leptos.toml` and the environment. Every fault is named in one go.
pub fn read() -> Result<Config, Problem> {
    let file = match std::fs::read_to_string("doorstep.toml") {
        Ok(text) => Some(text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(format!("doorstep.toml cannot be read: {error}")),
    };
    let raw = config::gather(file.as_deref(), std::env::vars()).map_err(|fault| fault.to_string())?;
    let (address, site_root) = leptos_settings();
    config::check(&raw, address, &site_root).map_err(|faults| {
        let lines: Vec<String> = faults.iter().map(|fault| format!("\n  {fault}")).collect();
        format!("the settings cannot be used:{}", lines.concat())
    })
}

/// Address and folder of the built files, as Leptos keeps them; a binary without its `Leptos.toml` beside it has the same
/// as the defaults.
fn leptos_settings() -> (SocketAddr, PathBuf) {
    let default = (SocketAddr::from(([127, 0, 0, 1], 3000)), PathBuf::from("target/site"));
    // An address in the environment that cannot be read is named by our own check, with what to do.
    let file = Path::new("Leptos.toml").is_file().then_some("Leptos.toml");
    match get_configuration(file) {
        Ok(settings) => (settings.leptos_options.site_addr, PathBuf::from(&*settings.leptos_options.site_root)),
        Err(_) => default,
    }
}

/// Where the log goes, and in which form. Standard output stays free for what a command prints.
pub fn start_log(config: &Config) {
    let filter = EnvFilter::try_from_env("RUST_LOG").unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A log that is already set up stays as it is.
    if config.log_json {
        log.json().try_init().ok()
    } else {
        log.compact().try_init().ok()
    };
}

/// Opens the store with the configured keys, or an embedded one with those of the file beside it.
pub async fn open_store(config: &Config) -> Result<Store, Problem> {
    let keys = match (&config.keys, embedded_path(&config.database_url)) {
        (Some(keys), _) => keys.clone(),
        (None, Some(path)) => keys_beside(&path)?,
        (None, None) => {
            return Err("DOORSTEP_SECRET_KEYS is not set: PostgreSQL keeps no keys; make one with \
                        `echo 1:$(head -c 32 /dev/urandom | base64)`"
                .to_owned());
        }
    };
    Store::open(&config.database_url, keys).await.map_err(|error| error.to_string())
}

/// The store, ready for a command to work in: an embedded one is brought to this version's schema, any other must be there.
pub async fn ready_store() -> Result<Store, Problem> {
    let config = read()?;
    start_log(&config);
    let store = open_store(&config).await?;
    let ready = if store.is_embedded() { store.migrate().await } else { store.check().await };
    ready.map_err(|error| error.to_string())?;
    Ok(store)
}

fn embedded_path(url: &str) -> Option<PathBuf> {
    let path = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:"))?;
    Some(PathBuf::from(path.split('?').next().unwrap_or(path)))
}

/// The keys of an embedded store lie in a file beside it that only its owner can read.
fn keys_beside(database: &Path) -> Result<Keys, Problem> {
    let path = database.with_extension("keys");
    let wrong = |what: String| format!("{} {what}", path.display());
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            if database.exists() {
                let what =
                    "is missing, and without it nobody can read the store: restore it, or set DOORSTEP_SECRET_KEYS";
                return Err(wrong(what.to_owned()));
            }
            let fresh = Keys::fresh_text();
            write_private(&path, &fresh).map_err(|error| wrong(format!("cannot be written: {error}")))?;
            fresh
        }
        Err(error) => return Err(wrong(format!("cannot be read: {error}"))),
    };
    Keys::read(text.trim()).map_err(|error| wrong(error.to_string()))
}

#[cfg(unix)]
fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)?;
    }
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
