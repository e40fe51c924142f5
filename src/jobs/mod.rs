//! What goes on behind the pages: reading the inbox, folding what others wrote, registering and polling, sending messages,
//! forgetting.
//!
//! Every job claims its rows in the store, so that any number of processes can run it.

pub mod breaker;
pub mod count;
pub mod feeds;
pub mod follow;
#[cfg(test)]
mod goods_tests;
pub mod incidents;
pub mod ingest;
pub mod learn;
pub mod outside;
pub mod pace;
pub mod pictures;
pub mod poll;
pub mod purge;
pub mod refold;
pub mod register;
pub mod send;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::watch;

use crate::store::StoreError;
use crate::web::app::App;

use follow::{Follower, Shop};
use outside::Outside;

/// How often work is looked for when nobody rings.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// With so much done in a round there is more of it.
const BACKLOG: usize = 100;

/// A store that fills fast outgrows what its planner knows of it: after so much work it looks again, then after eight times as
/// much, and so on.
const FIRST_LEARNT_AT: usize = 200;

const PURGE_EVERY: Duration = Duration::from_secs(600);

/// Runs all jobs until `stop` says so. What was begun is finished.
pub async fn run(app: Arc<App>, stop: watch::Receiver<bool>) {
    let work = tokio::spawn(work(Arc::clone(&app), stop.clone()));
    let mail = tokio::spawn(mail(Arc::clone(&app), stop.clone()));
    let asking = tokio::spawn(ask_outside(Arc::clone(&app), stop.clone()));
    let fetching = tokio::spawn(fetch_goods(Arc::clone(&app), stop.clone()));
    purge_now_and_then(&app, stop).await;
    for task in [work, mail, asking, fetching] {
        if let Err(error) = task.await {
            tracing::error!(%error, "a job ended by a panic");
        }
    }
}

async fn work(app: Arc<App>, stop: watch::Receiver<bool>) {
    let mut changes = app.changes.subscribe();
    let (mut written, mut learns_at) = (0, FIRST_LEARNT_AT);
    let mut rests_until = Instant::now();
    while !*stop.borrow() {
        let done = one_round(&app, &mut rests_until).await;
        written += done.as_ref().copied().unwrap_or(0);
        if written >= learns_at {
            learns_at *= 8;
            if let Err(error) = app.store.learn_sizes().await {
                tracing::warn!(%error, "the database could not be told how its tables have grown");
            }
        }
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
///
/// News wake the work at any moment. What falls due by the clock is looked for less often and then done together: every
/// transaction costs the disk a wait, and the pages' connections what they remembered.
async fn one_round(app: &App, rests_until: &mut Instant) -> Result<usize, StoreError> {
    let news = timed("ingest", ingest::once(app)).await? + timed("refold", refold::once(app)).await?;
    if Instant::now() < *rests_until {
        return Ok(news);
    }
    let due = timed("incidents", incidents::once(app)).await?
        + timed("learn", learn::once(app)).await?
        + timed("count", count::once(app)).await?;
    if due < BACKLOG {
        *rests_until = Instant::now() + LOOK_EVERY;
    }
    Ok(news + due)
}

/// Measures a job's turn where there was something to do.
async fn timed(job: &'static str, turn: impl Future<Output = Result<usize, StoreError>>) -> Result<usize, StoreError> {
    let began = Instant::now();
    let done = turn.await?;
    if done > 0 {
        metrics::histogram!("doorstep_job_seconds", "job" => job).record(began.elapsed().as_secs_f64());
        metrics::counter!("doorstep_job_done_total", "job" => job).increment(done as u64);
    }
    Ok(done)
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

/// Registers and polls. Apart from the rest: it waits for others' servers.
async fn ask_outside(app: Arc<App>, mut stop: watch::Receiver<bool>) {
    let follower = match Follower::new(app.config.outgoing.clone(), app.store.clone(), app.clock.clone()) {
        Ok(follower) => Arc::new(follower),
        Err(cause) => return tracing::error!(%cause, "nobody outside can be asked"),
    };
    if let Err(error) = follower.look_back(&Shop::all_of(&app)).await {
        tracing::error!(%error, "parcels could not be listed to be followed");
    }
    while !*stop.borrow() {
        let shops = Shop::all_of(&app);
        // Nobody waits for a slow API to stop: what was claimed comes up again, and what was not told is asked for again.
        let done = tokio::select! {
            done = follower.once(&shops) => done,
            _ = stop.changed() => return,
        };
        match done {
            Ok(done) if done > 0 => continue,
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "parcels could not be asked for"),
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK_EVERY) => {}
            _ = stop.changed() => {}
        }
    }
}

/// Fetches feeds and pictures of products. Apart from the rest: it waits for shops' servers.
async fn fetch_goods(app: Arc<App>, mut stop: watch::Receiver<bool>) {
    let outside = match Outside::new(app.config.outgoing.allows_loopback, feeds::PATIENCE) {
        Ok(outside) => outside,
        Err(cause) => return tracing::error!(%cause, "no shop can be asked for its goods"),
    };
    while !*stop.borrow() {
        // Nobody waits for a slow shop to stop: what was claimed comes up again.
        let done = tokio::select! {
            done = fetch_once(&app, &outside) => done,
            _ = stop.changed() => return,
        };
        match done {
            Ok(done) if done > 0 => continue,
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "a shop's goods could not be written down"),
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK_EVERY) => {}
            _ = stop.changed() => {}
        }
    }
}

async fn fetch_once(app: &App, outside: &Outside) -> Result<usize, StoreError> {
    Ok(feeds::once(app, outside).await? + pictures::once(app, outside).await?)
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
