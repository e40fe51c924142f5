//! The connections that the embedded store is read with: a handful, lent one by one.
//!
//! sqlx's own pool asks a connection whether it still answers each time it comes back. For SQLite that is the way to the
//! connection's thread and back, as dear as a page's whole statement, and of no use: a file does not hang up.
//!
//! The statement of an order's page does not go to another thread at all: beside each of sqlx's connections stands one of
//! rusqlite's, to the same file. It reads a few rows by their keys and never waits for the writer.

use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, SqliteConnection};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::columns::Reading;
use super::{Result, StoreError};

/// Connections at once.
const MOST: u32 = 8;

/// How long one waits for another to finish reading.
const PATIENCE: Duration = Duration::from_secs(5);

pub(super) struct Readers {
    options: SqliteConnectOptions,
    /// The one that came back last is lent next: what it read is still at hand.
    free: Mutex<Vec<Pair>>,
    turns: Arc<Semaphore>,
    is_closed: AtomicBool,
}

struct Pair {
    connection: SqliteConnection,
    /// Opened when it is first asked for.
    direct: Option<Direct>,
}

/// A connection that answers on the thread that asks. For statements that take less than the way to another thread.
pub(super) struct Direct(rusqlite::Connection);

/// A connection on loan.
pub(super) struct Reader {
    /// `None` only while it is given back.
    pair: Option<Pair>,
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
        let turn = match Arc::clone(&self.turns).try_acquire_owned() {
            Ok(turn) => Ok(turn),
            Err(_) => {
                let turn = tokio::time::timeout(PATIENCE, Arc::clone(&self.turns).acquire_owned()).await;
                turn.map_err(|_| unavailable("no connection to read with became free in time"))?
            }
        };
        let turn = turn.ok().filter(|_| !self.is_closed()).ok_or_else(|| unavailable("it is closed"))?;
        let free = self.free().pop();
        let pair = match free {
            Some(pair) => pair,
            None => Pair { connection: Box::pin(self.options.connect()).await?, direct: None },
        };
        Ok(Reader { pair: Some(pair), is_asked: false, readers: Arc::clone(self), _turn: turn })
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
        for pair in free {
            if let Err(error) = pair.connection.close().await {
                tracing::warn!(%error, "a connection to the store was not closed in order");
            }
        }
    }

    fn free(&self) -> MutexGuard<'_, Vec<Pair>> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn unavailable(cause: &str) -> StoreError {
    StoreError::Unavailable(cause.to_owned())
}

impl Direct {
    fn open(options: &SqliteConnectOptions) -> Result<Direct> {
        use rusqlite::OpenFlags;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = rusqlite::Connection::open_with_flags(options.get_filename(), flags)?;
        // Another process may hold the file for a moment: who waits here holds up a thread that pages are written by.
        connection.busy_timeout(Duration::ZERO)?;
        connection.execute_batch("PRAGMA query_only = 1; PRAGMA cache_size = -2000; PRAGMA mmap_size = 0")?;
        Ok(Direct(connection))
    }

    /// All rows of a query, as `read` reads each.
    pub(super) fn rows<T>(
        &mut self,
        sql: &str,
        bindings: impl rusqlite::Params,
        read: impl Fn(&mut Reading<'_, rusqlite::Row<'_>>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut statement = self.0.prepare_cached(sql)?;
        let mut rows = statement.query(bindings)?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.push(read(&mut Reading::of(row))?);
        }
        Ok(all)
    }
}

impl Reader {
    pub(super) fn direct(&mut self) -> Result<&mut Direct> {
        let pair = self.pair.as_mut().expect("it is given back by drop alone");
        match &mut pair.direct {
            Some(direct) => Ok(direct),
            none => Ok(none.insert(Direct::open(&self.readers.options)?)),
        }
    }

    /// The statement was seen to its end.
    pub(super) fn is_answered(&mut self) {
        self.is_asked = false;
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        // One left in the middle of a statement ends by itself: whoever had it next would wait for that statement first.
        if !self.is_asked {
            self.readers.free().extend(self.pair.take());
        }
    }
}

impl Deref for Reader {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        &self.pair.as_ref().expect("it is given back by drop alone").connection
    }
}

impl DerefMut for Reader {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        self.is_asked = true;
        &mut self.pair.as_mut().expect("it is given back by drop alone").connection
    }
}
