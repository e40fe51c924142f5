//! Listening: connections with time limits, and an end that loses nothing that was accepted.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, broadcast::error::RecvError, watch};
use tower::ServiceExt;

use crate::store::changes::{self, Change};

use super::app::App;

/// A client that sends its headers more slowly is cut off.
const HEADER_TIMEOUT: Duration = Duration::from_secs(10);
/// Answers under way when the process is told to stop.
const GRACE: Duration = Duration::from_secs(10);
const MOST_CONNECTIONS: usize = 10_000;

/// Heeds what changes in the store: drops what was kept, reads brands anew, rings for the jobs.
pub async fn heed_changes(app: Arc<App>) {
    let mut heard = app.changes.subscribe();
    let told = app.changes.clone();
    let watched = Arc::clone(&app);
    tokio::spawn(async move { changes::watch(&watched.store, &told).await });
    loop {
        let change = match heard.recv().await {
            Ok(change) => change,
            Err(RecvError::Lagged(_)) => Change::Everything,
            Err(RecvError::Closed) => return,
        };
        app.kept.heed(&change);
        if matches!(change, Change::Brand(_) | Change::Everything)
            && let Err(error) = app.load_brands().await
        {
            tracing::error!(%error, "the brands could not be read anew");
        }
        if matches!(change, Change::Job | Change::Everything) {
            app.work.notify_one();
        }
    }
}

/// Serves until `stop` says so, then lets answers under way end.
pub async fn serve(app: Arc<App>, listener: TcpListener, mut stop: watch::Receiver<bool>) {
    let service = super::service(app);
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEADER_TIMEOUT).max_buf_size(64 * 1024);
    builder.http2().timer(TokioTimer::new()).max_header_list_size(64 * 1024);
    let builder = Arc::new(builder);
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stop.changed() => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // Out of file descriptors, mostly: others will end soon.
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        let Ok(place) = Arc::clone(&places).try_acquire_owned() else { continue };
        // Small answers go out at once. Where the socket refuses, it is only slower.
        stream.set_nodelay(true).ok();
        let service = service.clone().map_request(move |mut request: Request<hyper::body::Incoming>| {
            request.extensions_mut().insert(ConnectInfo::<SocketAddr>(peer));
            request.map(Body::new)
        });
        let connection = builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
        let connection = graceful.watch(connection.into_owned());
        tokio::spawn(async move {
            // A client that hangs up is no fault of ours.
            if let Err(error) = connection.await {
                tracing::trace!(%error, "a connection ended early");
            }
            drop(place);
        });
    }
    drop(listener);
    if tokio::time::timeout(GRACE, graceful.shutdown()).await.is_err() {
        tracing::info!("open connections are cut off");
    }
}
