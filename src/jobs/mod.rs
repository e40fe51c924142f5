//! What goes on behind the pages: reading the inbox, folding what others wrote, sending messages, forgetting.
//!
//! Every job claims its rows in the store, so that any number of processes can run it.

pub mod count;
pub mod incidents;
pub mod ingest;
pub mod outside;
pub mod purge;
pub mod refold;
pub mod send;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use crate::store::StoreError;
use crate::web::app::App;

/// How often work is looked for when nobody rings.
const LOOK_EVERY: Duration = Duration::from_secs(2);
const PURGE_EVERY: Duration = Duration::from_secs(600);

/// Runs all jobs until `stop` says so. What was begun is finished.
pub async fn run(app: Arc<App>, stop: watch::Receiver<bool>) {
    let work = tokio::spawn(work(Arc::clone(&app), stop.clone()));
    let mail = tokio::spawn(mail(Arc::clone(&app), stop.clone()));
    purge_now_and_then(&app, stop).await;
    for task in [work, mail] {
        if let Err(error) = task.await {
            tracing::error!(%error, "a job ended by a panic");
        }
    }
}

async fn work(app: Arc<App>, stop: watch::Receiver<bool>) {
    let mut changes = app.changes.subscribe();
    while !*stop.borrow() {
        let done = one_round(&app).await;
        match done {
            // There may be more.
            Ok(done) if done > 0 => continue,
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "the inbox could not be worked on"),
        }
        let mut stop = stop.clone();
        tokio::select! {
            () = app.work.notified() => {}
            _ = changes.recv() => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
            _ = stop.changed() => {}
        }
    }
}

/// A little of everything that is due, news first. Gives how much was done.
async fn one_round(app: &App) -> Result<usize, StoreError> {
    Ok(ingest::once(app).await? + refold::once(app).await? + incidents::once(app).await? + count::once(app).await?)
}

async fn mail(app: Arc<App>, stop: watch::Receiver<bool>) {
    let sender = send::Sender::new(&app.config, app.is_demo);
    while !*stop.borrow() {
        match send::once(&app, &sender).await {
            Ok(sent) if sent > 0 => continue,
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "messages could not be sent"),
        }
        let mut stop = stop.clone();
        tokio::select! {
            () = tokio::time::sleep(Duration::from_millis(500)) => {}
            _ = stop.changed() => {}
        }
    }
}

async fn purge_now_and_then(app: &App, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        if let Err(error) = purge::once(app).await {
            tracing::error!(%error, "what has run out could not be forgotten");
        }
        tokio::select! {
            () = tokio::time::sleep(PURGE_EVERY) => {}
            _ = stop.changed() => {}
        }
    }
}
