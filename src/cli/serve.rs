//! `serve`, `demo` and `migrate`.

use std::path::Path;
use std::sync::Arc;

use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::brand::LookupPolicy;
use crate::clock::Clock;
use crate::web::app::App;
use crate::web::{assets, serve as listening, views};
use crate::{demo as demo_data, jobs};

use super::{Problem, settings};

pub async fn migrate() -> Result<(), Problem> {
    let config = settings::read()?;
    settings::start_log(&config);
    let store = settings::open_store(&config).await?;
    store.migrate().await.map_err(|error| error.to_string())?;
    println!("the store is at this version's schema");
    Ok(())
}

pub async fn serve(no_jobs: bool, jobs_only: bool) -> Result<(), Problem> {
    let config = settings::read()?;
    settings::start_log(&config);
    if config.relaxed_limits {
        return Err("DOORSTEP_LIMITS=relaxed is for the demo only: unset it".to_owned());
    }
    let store = settings::open_store(&config).await?;
    if store.is_embedded() {
        if no_jobs || jobs_only {
            return Err(
                "--no-jobs and --jobs-only need PostgreSQL: SQLite has one writer, which serves and works".to_owned()
            );
        }
        store.migrate().await.map_err(|error| error.to_string())?;
    }
    store.check().await.map_err(|error| error.to_string())?;
    let site_root = config.site_root.clone();
    let app = Arc::new(App::new(store, config, Clock::System, built_files(&site_root, jobs_only)?, false, count()?));
    app.load_brands().await.map_err(|error| error.to_string())?;
    if app.brands().all().is_empty() {
        return Err("the store holds no brand: publish one with `doorstep brand import brands/<slug>`".to_owned());
    }
    if app.config.smtp_url.is_none() && !jobs_only {
        let needs_mail: Vec<String> = app
            .brands()
            .all()
            .iter()
            .filter(|live| live.brand.policies.lookup != LookupPolicy::LinkOnly)
            .map(|live| live.brand.slug.clone())
            .collect();
        if !needs_mail.is_empty() {
            return Err(format!(
                "DOORSTEP_SMTP_URL is not set, and without mail nobody can look up orders by email or phone ({}): set it, or \
                 set [policies] lookup = \"link_only\" in these brands",
                needs_mail.join(", ")
            ));
        }
    }
    run(app, no_jobs, jobs_only).await
}

pub async fn demo() -> Result<(), Problem> {
    let mut config = settings::read()?;
    if std::env::var_os("DATABASE_URL").is_none() {
        config.database_url = "sqlite://target/demo/doorstep.db".to_owned();
    }
    settings::start_log(&config);
    // The folder first: SQLite makes a file, not the way to it.
    if let Some(path) = config.database_url.strip_prefix("sqlite://")
        && let Some(folder) = std::path::Path::new(path).parent().filter(|folder| !folder.as_os_str().is_empty())
    {
        std::fs::create_dir_all(folder).map_err(|error| format!("{} cannot be made: {error}", folder.display()))?;
    }
    let store = settings::open_store(&config).await?;
    store.migrate().await.map_err(|error| error.to_string())?;
    let site_root = config.site_root.clone();
    let app = Arc::new(App::new(store, config, Clock::System, built_files(&site_root, false)?, true, count()?));
    let port = app.config.address.port();
    demo_data::fill(&app.store, port, app.now()).await.map_err(|error| error.to_string())?;
    app.load_brands().await.map_err(|error| error.to_string())?;
    demo_data::print_what_to_try(port);
    tokio::spawn(demo_data::move_the_moving(Arc::clone(&app)));
    run(app, false, false).await
}

fn built_files(site_root: &Path, jobs_only: bool) -> Result<crate::portal::pages::Assets, Problem> {
    if jobs_only {
        return Ok(Default::default());
    }
    assets::read(site_root)
}

fn count() -> Result<PrometheusHandle, Problem> {
    const SECONDS: [f64; 10] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 1.0, 5.0];
    PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &SECONDS)
        .and_then(PrometheusBuilder::install_recorder)
        .map_err(|error| format!("metrics cannot be set up: {error}"))
}

/// Serves and works until told to stop; then ends what was begun.
async fn run(app: Arc<App>, no_jobs: bool, jobs_only: bool) -> Result<(), Problem> {
    let address = app.config.address;
    let listener = match jobs_only {
        true => None,
        false => Some(TcpListener::bind(address).await.map_err(|error| {
            format!(
                "cannot listen on {address} ({error}): is another server there? Set LEPTOS_SITE_ADDR to another port"
            )
        })?),
    };
    tokio::task::spawn_blocking(crate::places::prepare);
    let (tell, stop) = watch::channel(false);
    tokio::spawn(listening::heed_changes(Arc::clone(&app)));
    let noting = (!jobs_only).then(|| tokio::spawn(views::keep(Arc::clone(&app), stop.clone())));
    let working = (!no_jobs).then(|| tokio::spawn(jobs::run(Arc::clone(&app), stop.clone())));
    tokio::spawn(async move {
        told_to_stop().await;
        tracing::info!("stopping");
        tell.send_replace(true);
    });
    match listener {
        Some(listener) => {
            tracing::info!(%address, "serving");
            listening::serve(Arc::clone(&app), listener, stop).await;
        }
        None => {
            let mut stop = stop;
            // An error would mean that nobody is left to tell us: then it is time, too.
            stop.changed().await.ok();
        }
    }
    if let Some(working) = working
        && let Err(error) = working.await
    {
        tracing::error!(%error, "the jobs ended by a panic");
    }
    // What pages noted until the last of them was served.
    if let Some(noting) = noting
        && let Err(error) = noting.await
    {
        tracing::error!(%error, "the views of recommendations ended by a panic");
    }
    if let Err(error) = views::flush(&app).await {
        tracing::warn!(%error, "the last views of recommendations are lost");
    }
    app.store.close().await;
    Ok(())
}

async fn told_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let terminate = async {
        match signal(SignalKind::terminate()) {
            Ok(mut terminated) => {
                terminated.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminate => {}
    }
}
