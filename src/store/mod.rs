//! The shared tracking store: the only room that speaks SQL. One enum over SQLite and PostgreSQL, each statement written
//! once for both.
//!
//! What an event means is decided in `tracking`; here it is kept, folded in the transaction that brought it, and read back.

pub mod access;
pub mod attribution;
pub mod baskets;
pub mod brands;
pub mod cases;
pub mod catalogue;
pub mod changes;
mod columns;
pub mod demo;
pub mod estimates;
pub mod feedback;
pub mod following;
pub mod inbox;
pub mod incidents;
pub mod ingest;
pub mod limits;
pub mod messages;
pub mod orders;
pub mod pictures;
mod planner;
mod readers;
pub mod recommendations;
pub mod rekey;
mod rows;
pub mod seal;
#[cfg(test)]
mod tests;
pub mod upkeep;

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection, PgConnection, PgPool, Postgres, Sqlite, SqliteConnection, SqlitePool, Transaction};
use tokio::sync::{Mutex, OwnedMutexGuard};

use columns::Reading;
use readers::{Reader, Readers};
use seal::Vault;

static SQLITE_MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES_MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("migrations/postgres");

/// What went wrong in the store. The caller decides between "not now" and "never".
#[derive(Debug)]
pub enum StoreError {
    /// Unreachable, full, or out of connections: worth another try.
    Unavailable(String),
    /// The schema is not this binary's.
    Schema(String),
    /// A row that this binary cannot read, or a statement that it should not have sent.
    Broken(String),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StoreError::Unavailable(cause) => write!(f, "the store cannot be used right now: {cause}"),
            StoreError::Schema(cause) => write!(f, "the store's schema does not fit: {cause}"),
            StoreError::Broken(cause) => write!(f, "the store answered what cannot be read: {cause}"),
        }
    }
}

impl std::error::Error for StoreError {}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Tls(_) => {
                StoreError::Unavailable(error.to_string())
            }
            // PostgreSQL's classes: connection 08, resources 53, intervention 57, serialisation 40.
            sqlx::Error::Database(database) => match database.code().as_deref() {
                Some(code)
                    if code.parse().is_ok_and(is_passing)
                        || ["08", "53", "57", "40"].iter().any(|class| code.len() == 5 && code.starts_with(class)) =>
                {
                    StoreError::Unavailable(error.to_string())
                }
                _ => StoreError::Broken(error.to_string()),
            },
            _ => StoreError::Broken(error.to_string()),
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error() {
            Some(failure) if is_passing(failure.extended_code) => StoreError::Unavailable(error.to_string()),
            _ => StoreError::Broken(error.to_string()),
        }
    }
}

/// Whether SQLite's code is one of another try: busy 5, I/O 10, full 13, cannot open 14, and what is more exact of them.
const fn is_passing(code: i32) -> bool {
    matches!(code, 5 | 10 | 13 | 14 | 778 | 1034 | 4874)
}

pub type Result<T> = std::result::Result<T, StoreError>;

/// Who waits for a write. The embedded store has one writer: batches queue behind each other, so that a shopper never
/// waits for more than one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    Shopper,
    Batch,
}

#[derive(Clone)]
pub struct Store {
    database: Database,
    vault: Arc<Vault>,
    histories: Arc<estimates::Histories>,
}

#[derive(Clone)]
enum Database {
    Sqlite {
        readers: Arc<Readers>,
        writer: SqlitePool,
        batches: Arc<Mutex<()>>,
        /// How many that somebody waits for are waiting for the writer.
        awaited: Arc<AtomicUsize>,
    },
    Postgres(PgPool),
}

/// Counted while it waits, also when it gives up.
struct Waiting(Arc<AtomicUsize>);

impl Waiting {
    fn begin(count: &Arc<AtomicUsize>) -> Waiting {
        count.fetch_add(1, Ordering::Relaxed);
        Waiting(Arc::clone(count))
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A connection to either database; for writes, inside a transaction that is undone unless [`Conn::commit`] is called.
pub struct Conn {
    inner: Inner,
    histories: Arc<estimates::Histories>,
}

enum Inner {
    Sqlite(Reader),
    SqliteWrite(Transaction<'static, Sqlite>, Option<OwnedMutexGuard<()>>),
    Postgres(PoolConnection<Postgres>),
    PostgresWrite(Transaction<'static, Postgres>),
}

pub(crate) enum Handle<'c> {
    Sqlite(&'c mut SqliteConnection),
    Postgres(&'c mut PgConnection),
}

impl Conn {
    pub(crate) fn handle(&mut self) -> Handle<'_> {
        match &mut self.inner {
            Inner::Sqlite(reader) => Handle::Sqlite(reader),
            Inner::SqliteWrite(transaction, _) => Handle::Sqlite(transaction),
            Inner::Postgres(connection) => Handle::Postgres(connection),
            Inner::PostgresWrite(transaction) => Handle::Postgres(transaction),
        }
    }

    /// The statement that the handle was taken for was seen to its end.
    pub(crate) fn is_answered(&mut self) {
        if let Inner::Sqlite(reader) = &mut self.inner {
            reader.is_answered();
        }
    }

    /// All rows of a query, read on the thread that asks: for statements that take less than the way to the thread of an
    /// embedded store and back. `None` where that cannot be, or not now: then the other way, which holds up no thread.
    fn read_in_place<T>(
        &mut self,
        sql: &str,
        bindings: impl rusqlite::Params,
        read: impl Fn(&mut Reading<'_, rusqlite::Row<'_>>) -> Result<T>,
    ) -> Result<Option<Vec<T>>> {
        let Inner::Sqlite(reader) = &mut self.inner else { return Ok(None) };
        match reader.direct().and_then(|direct| direct.rows(sql, bindings, read)) {
            Ok(rows) => Ok(Some(rows)),
            Err(StoreError::Unavailable(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    pub async fn commit(self) -> Result<()> {
        match self.inner {
            Inner::SqliteWrite(transaction, _batch) => transaction.commit().await?,
            Inner::PostgresWrite(transaction) => transaction.commit().await?,
            Inner::Sqlite(_) | Inner::Postgres(_) => {}
        }
        Ok(())
    }

    /// Row locks, where the database knows them: SQLite's one writer needs none.
    pub(crate) fn is_postgres(&self) -> bool {
        matches!(self.inner, Inner::Postgres(_) | Inner::PostgresWrite(_))
    }
}

/// Runs one expression on whichever database the connection is to: `both!(conn, |c| query(…).execute(c).await)`.
macro_rules! both {
    ($conn:expr, |$c:ident| $body:expr) => {{
        let answer = match $conn.handle() {
            $crate::store::Handle::Sqlite($c) => $body,
            $crate::store::Handle::Postgres($c) => $body,
        };
        $conn.is_answered();
        answer
    }};
}
pub(crate) use both;

/// Executes a statement with its bindings and says how many rows it touched.
macro_rules! execute {
    ($conn:expr, $sql:expr $(, $bind:expr)* $(,)?) => {
        $crate::store::both!($conn, |c| sqlx::query($sql)$(.bind($bind))*.execute(&mut *c).await.map(|done| done.rows_affected()))
    };
}
pub(crate) use execute;

/// All rows of a query, each as `$row`.
macro_rules! fetch_all {
    ($conn:expr, $row:ty, $sql:expr $(, $bind:expr)* $(,)?) => {
        $crate::store::both!($conn, |c| {
            // Apart: what asks is moved about with room for all that it may ask, on pages that ask nothing most often.
            Box::pin(sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_all(&mut *c)).await
        })
    };
}
pub(crate) use fetch_all;

/// The row of a query, if there is one.
macro_rules! fetch_optional {
    ($conn:expr, $row:ty, $sql:expr $(, $bind:expr)* $(,)?) => {
        $crate::store::both!($conn, |c| {
            Box::pin(sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_optional(&mut *c)).await
        })
    };
}
pub(crate) use fetch_optional;

impl Store {
    /// Opens the store at `url` (`sqlite://path`, `sqlite::memory:` is refused, or `postgres://…`), creating an embedded one.
    pub async fn open(url: &str, keys: seal::Keys) -> Result<Store> {
        let database = match url.split_once(':') {
            Some(("sqlite", _)) => open_sqlite(url).await?,
            Some(("postgres" | "postgresql", _)) => open_postgres(url).await?,
            _ => {
                return Err(StoreError::Schema(
                    "DATABASE_URL must begin with sqlite:// or postgres://, as in sqlite://doorstep.db".to_owned(),
                ));
            }
        };
        Ok(Store { database, vault: Arc::new(Vault::new(keys)), histories: Arc::default() })
    }

    pub fn vault(&self) -> &Vault {
        &self.vault
    }

    pub fn is_embedded(&self) -> bool {
        matches!(self.database, Database::Sqlite { .. })
    }

    /// A connection to read with.
    pub async fn read(&self) -> Result<Conn> {
        let inner = match &self.database {
            Database::Sqlite { readers, .. } => Inner::Sqlite(readers.lend().await?),
            Database::Postgres(pool) => Inner::Postgres(Box::pin(pool.acquire()).await?),
        };
        Ok(Conn { inner, histories: Arc::clone(&self.histories) })
    }

    /// A transaction to write in. It begins as a write, so that what it reads is still true when it commits.
    pub async fn write(&self, urgency: Urgency) -> Result<Conn> {
        let inner = match &self.database {
            Database::Sqlite { writer, batches, awaited, .. } => {
                let (turn, _waiting) = match urgency {
                    Urgency::Batch => (Some(Arc::clone(batches).lock_owned().await), None),
                    Urgency::Shopper => (None, Some(Waiting::begin(awaited))),
                };
                Inner::SqliteWrite(Box::pin(writer.begin_with("BEGIN IMMEDIATE")).await?, turn)
            }
            Database::Postgres(pool) => Inner::PostgresWrite(Box::pin(pool.begin()).await?),
        };
        Ok(Conn { inner, histories: Arc::clone(&self.histories) })
    }

    /// Has the planner hear how large the tables are by now. SQLite's was taught for good by [`Store::migrate`].
    pub async fn learn_sizes(&self) -> Result<()> {
        match &self.database {
            Database::Sqlite { .. } => Ok(()),
            Database::Postgres(pool) => Ok(planner::look_again(pool).await?),
        }
    }

    /// Whether somebody waits for a batch to end. On PostgreSQL nobody does.
    pub fn is_awaited(&self) -> bool {
        match &self.database {
            Database::Sqlite { awaited, .. } => awaited.load(Ordering::Relaxed) > 0,
            Database::Postgres(_) => false,
        }
    }

    /// Brings the schema to this binary's, and makes the store's own secrets.
    pub async fn migrate(&self) -> Result<()> {
        let migrated = match &self.database {
            Database::Sqlite { writer, .. } => SQLITE_MIGRATIONS.run(writer).await,
            Database::Postgres(pool) => POSTGRES_MIGRATIONS.run(pool).await,
        };
        migrated.map_err(|error| StoreError::Schema(error.to_string()))?;
        if let Database::Sqlite { writer, .. } = &self.database {
            planner::teach(writer).await?;
        }
        self.prepare_secrets().await
    }

    /// Reads the store's own secrets. Fails when the schema is older than this binary's: `doorstep migrate` mends that.
    pub async fn check(&self) -> Result<()> {
        let newest = SQLITE_MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or(0);
        let mut conn = self.read().await?;
        let applied: Option<(Option<i64>,)> =
            fetch_optional!(conn, (Option<i64>,), "SELECT MAX(version) FROM _sqlx_migrations WHERE success")
                .map_err(|error| StoreError::Schema(format!("{error}; run `doorstep migrate`")))?;
        drop(conn);
        let applied = applied.and_then(|(version,)| version).unwrap_or(0);
        if applied < newest {
            return Err(StoreError::Schema(format!("schema {applied} is older than {newest}; run `doorstep migrate`")));
        }
        self.prepare_secrets().await
    }

    /// Answers whether the store can be read right now.
    pub async fn is_reachable(&self) -> bool {
        match self.read().await {
            Ok(mut conn) => fetch_optional!(conn, (i64,), "SELECT COUNT(*) FROM brands").is_ok(),
            Err(_) => false,
        }
    }

    /// The secret behind blind indexes is made once and kept sealed in the store: it outlives every rotation of keys.
    async fn prepare_secrets(&self) -> Result<()> {
        if self.vault.has_index_key() {
            return Ok(());
        }
        let fresh = self.vault.seal(b"settings", b"index_key", &seal::random_bytes::<32>());
        let mut conn = self.write(Urgency::Shopper).await?;
        execute!(
            conn,
            "INSERT INTO settings (name, value) VALUES ('index_key', $1) ON CONFLICT (name) DO NOTHING",
            fresh
        )?;
        let kept = fetch_optional!(conn, (Vec<u8>,), "SELECT value FROM settings WHERE name = 'index_key'")?;
        conn.commit().await?;
        let unreadable = || {
            StoreError::Schema(
                "the store was sealed with other keys: set DOORSTEP_SECRET_KEYS to the ones it was made with"
                    .to_owned(),
            )
        };
        let (sealed,) = kept.ok_or_else(unreadable)?;
        let key = self.vault.open(b"settings", b"index_key", &sealed).ok_or_else(unreadable)?;
        self.vault.set_index_key(&key);
        Ok(())
    }

    fn is_closed(&self) -> bool {
        match &self.database {
            Database::Sqlite { readers, .. } => readers.is_closed(),
            Database::Postgres(pool) => pool.is_closed(),
        }
    }

    pub async fn close(&self) {
        match &self.database {
            Database::Sqlite { readers, writer, .. } => {
                readers.close().await;
                writer.close().await;
            }
            Database::Postgres(pool) => pool.close().await,
        }
    }
}

async fn open_sqlite(url: &str) -> Result<Database> {
    let options = SqliteConnectOptions::from_str(url)?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // A delivery that got its 2xx survives power loss: every commit reaches the disk.
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(Duration::from_secs(10))
        .statement_cache_capacity(256)
        .pragma("cache_size", "-8000")
        .pragma("mmap_size", "0");
    let writer = SqlitePoolOptions::new()
        .max_connections(1)
        .test_before_acquire(false)
        // On a full disk SQLite rolls back by itself, and the driver still takes the connection to be in a transaction.
        .before_acquire(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }))
        .acquire_timeout(Duration::from_secs(10))
        .connect_with(options.clone())
        .await
        .map_err(|error| StoreError::Unavailable(format!("cannot open {url}: {error}")))?;
    // Older libraries have a bug that can corrupt a database in WAL mode under several connections.
    let (version,): (String,) = sqlx::query_as("SELECT sqlite_version()").fetch_one(&writer).await?;
    if version_parts(&version) < version_parts("3.51.3") {
        return Err(StoreError::Schema(format!("SQLite {version} is too old: 3.51.3 or newer is needed")));
    }
    // Several of them: what all read again and again lies in the system's cache.
    let readers = Arc::new(Readers::new(options.pragma("query_only", "1").pragma("cache_size", "-2000")));
    Ok(Database::Sqlite { readers, writer, batches: Arc::default(), awaited: Arc::default() })
}

fn version_parts(version: &str) -> Vec<u32> {
    version.split('.').map(|part| part.parse().unwrap_or(0)).collect()
}

/// A connection that was in use so lately still stands.
const IDLE_IS_TRUSTED_FOR: Duration = Duration::from_secs(1);

async fn open_postgres(url: &str) -> Result<Database> {
    let options = PgConnectOptions::from_str(url)?.application_name("doorstep").statement_cache_capacity(256);
    let pool = PgPoolOptions::new()
        .max_connections(16)
        .acquire_timeout(Duration::from_secs(5))
        // Each is asked whether it still answers when it comes back. What lay idle since is asked again: the server may
        // have been started anew.
        .test_before_acquire(false)
        .before_acquire(|connection, lay| {
            Box::pin(async move {
                if lay.idle_for > IDLE_IS_TRUSTED_FOR {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        .connect_with(options)
        .await
        .map_err(|error| StoreError::Unavailable(format!("cannot reach PostgreSQL: {error}")))?;
    Ok(Database::Postgres(pool))
}

/// An instant as both databases keep it.
pub(crate) fn micros(instant: Timestamp) -> i64 {
    instant.as_microsecond()
}

/// An instant as it was kept. One that no calendar holds reads as the epoch: it was put there by another hand.
pub(crate) fn instant(micros: i64) -> Timestamp {
    Timestamp::from_microsecond(micros).unwrap_or(Timestamp::UNIX_EPOCH)
}
