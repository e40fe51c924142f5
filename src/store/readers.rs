//! The connections that the embedded store is read with: a handful, lent one by one.
//!
//! sqlx's own pool asks a connection whether it still answers each time it comes back. For SQLite that is the way to the
//! connection's thread and back, as dear as a page's whole statement, and of no use: a file does not hang up.

use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, SqliteConnection};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{Result, StoreError};

/// Connections at once.
const MOST: u32 = 8;

/// How long one waits for another to finish reading.
const PATIENCE: Duration = Duration::from_secs(5);

pub(super) struct Readers {
    options: SqliteConnectOptions,
    /// The one that came back last is lent next: what it read is still at hand.
    free: Mutex<Vec<SqliteConnection>>,
    turns: Arc<Semaphore>,
    is_closed: AtomicBool,
}

/// A connection on loan.
pub(super) struct Reader {
    /// `None` only while it is given back.
    connection: Option<SqliteConnection>,
    /// It was taken to send a statement, and nobody said yet that the answer is there.
    is_asked: bool,
    readers: Arc<Readers>,
    /// Dropped after the connection was given back: whoever is next finds it.
    _turn: OwnedSemaphorePermit,
}

impl Readers {
    pub(super) fn new(options: SqliteConnectOptions) -> Readers {
        let turns = Arc::new(Semaphore::new(MOST as usize));
        Readers { options, free: Mutex::default(), turns, is_closed: AtomicBool::new(false) }
    }

    pub(super) async fn lend(self: &Arc<Self>) -> Result<Reader> {
        let turn = tokio::time::timeout(PATIENCE, Arc::clone(&self.turns).acquire_owned()).await;
        let turn = turn.map_err(|_| unavailable("no connection to read with became free in time"))?;
        let turn = turn.ok().filter(|_| !self.is_closed()).ok_or_else(|| unavailable("it is closed"))?;
        let free = self.free().pop();
        let connection = match free {
            Some(connection) => connection,
            None => self.options.connect().await?,
        };
        Ok(Reader { connection: Some(connection), is_asked: false, readers: Arc::clone(self), _turn: turn })
    }

    pub(super) fn is_closed(&self) -> bool {
        self.is_closed.load(Ordering::Acquire)
    }

    /// Lends no more, waits for those on loan, and closes all.
    pub(super) async fn close(&self) {
        self.is_closed.store(true, Ordering::Release);
        let all = self.turns.acquire_many(MOST).await;
        let free = std::mem::take(&mut *self.free());
        drop(all);
        for connection in free {
            if let Err(error) = connection.close().await {
                tracing::warn!(%error, "a connection to the store was not closed in order");
            }
        }
    }

    fn free(&self) -> MutexGuard<'_, Vec<SqliteConnection>> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn unavailable(cause: &str) -> StoreError {
    StoreError::Unavailable(cause.to_owned())
}

impl Reader {
    /// The statement was seen to its end.
    pub(super) fn is_answered(&mut self) {
        self.is_asked = false;
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        // One left in the middle of a statement ends by itself: whoever had it next would wait for that statement first.
        if !self.is_asked {
            self.readers.free().extend(self.connection.take());
        }
    }
}

impl Deref for Reader {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        self.connection.as_ref().expect("it is given back by drop alone")
    }
}

impl DerefMut for Reader {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        self.is_asked = true;
        self.connection.as_mut().expect("it is given back by drop alone")
    }
}
