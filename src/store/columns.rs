//! A row's columns from left to right, whichever library read it: for wide rows that pages read all the time, where to find
//! each column by its name costs more than to read it.

use serde::de::DeserializeOwned;
use sqlx::Row;
use uuid::Uuid;

use super::{Result, StoreError};

pub(super) trait Columns {
    fn id(&mut self) -> Result<Option<Uuid>>;
    fn number(&mut self) -> Result<Option<i64>>;
    fn text(&mut self) -> Result<Option<String>>;
    fn bytes(&mut self) -> Result<Option<Vec<u8>>>;
    /// What a text of JSON says, read where it lies.
    fn json<T: DeserializeOwned>(&mut self) -> Result<Option<T>>;
}

/// A column that is never empty.
pub(super) fn present<T>(value: Option<T>) -> Result<T> {
    value.ok_or_else(|| StoreError::Broken("a column is empty that never should be".to_owned()))
}

/// A row and how far it was read.
pub(super) struct Reading<'r, R> {
    row: &'r R,
    next: usize,
}

impl<'r, R> Reading<'r, R> {
    pub(super) fn of(row: &'r R) -> Reading<'r, R> {
        Reading { row, next: 0 }
    }

    fn step(&mut self) -> usize {
        self.next += 1;
        self.next - 1
    }
}

macro_rules! read_columns {
    ($row:ty, $get:ident, $borrow:ident) => {
        impl Columns for Reading<'_, $row> {
            fn id(&mut self) -> Result<Option<Uuid>> {
                Ok(self.row.$get(self.step())?)
            }

            fn number(&mut self) -> Result<Option<i64>> {
                Ok(self.row.$get(self.step())?)
            }

            fn text(&mut self) -> Result<Option<String>> {
                Ok(self.row.$get(self.step())?)
            }

            fn bytes(&mut self) -> Result<Option<Vec<u8>>> {
                Ok(self.row.$get(self.step())?)
            }

            fn json<T: DeserializeOwned>(&mut self) -> Result<Option<T>> {
                let text: Option<&str> = $borrow(self.row, self.step())?;
                let read = text.map(serde_json::from_str).transpose();
                read.map_err(|error| StoreError::Broken(error.to_string()))
            }
        }
    };
}

read_columns!(sqlx::sqlite::SqliteRow, try_get, lent);
read_columns!(sqlx::postgres::PgRow, try_get, lent);
read_columns!(rusqlite::Row<'_>, get, borrowed);

fn lent<'r, R: Row>(row: &'r R, at: usize) -> sqlx::Result<Option<&'r str>>
where
    usize: sqlx::ColumnIndex<R>,
    &'r str: sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>,
{
    row.try_get(at)
}

fn borrowed<'r>(row: &'r rusqlite::Row<'_>, at: usize) -> rusqlite::Result<Option<&'r str>> {
    Ok(row.get_ref(at)?.as_str_or_null()?)
}

/// A row that is read so, for sqlx.
macro_rules! from_columns {
    ($row:ty) => {
        $crate::store::columns::from_columns!($row, sqlx::sqlite::SqliteRow);
        $crate::store::columns::from_columns!($row, sqlx::postgres::PgRow);
    };
    ($row:ty, $library:ty) => {
        impl sqlx::FromRow<'_, $library> for $row {
            fn from_row(row: &$library) -> sqlx::Result<Self> {
                <$row>::read(&mut $crate::store::columns::Reading::of(row))
                    .map_err(|error| sqlx::Error::Decode(error.into()))
            }
        }
    };
}
pub(super) use from_columns;
