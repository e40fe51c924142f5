//! Many rows in one statement: what a batch costs is mostly how often it asks.

use super::Conn;

/// The slice in pieces of few sizes: so the statements for them are few too, and stay prepared.
pub(crate) fn pieces<T>(mut rows: &[T]) -> impl Iterator<Item = &[T]> {
    std::iter::from_fn(move || {
        let size = [64, 16, 4, 1].into_iter().find(|size| *size <= rows.len())?;
        let (piece, rest) = rows.split_at(size);
        rows = rest;
        Some(piece)
    })
}

/// Inserts rows: `insert_rows!(conn, "INSERT INTO t (a, b)", rows, |row| [row.a, row.b], "ON CONFLICT …")`.
macro_rules! insert_rows {
    ($conn:expr, $head:expr, $rows:expr, |$row:ident| [$($bind:expr),* $(,)?], $tail:expr) => {
        for piece in $crate::store::rows::pieces($rows) {
            let width = [$(stringify!($bind)),*].len();
            let sql = $crate::store::rows::insertion($conn, $head, (width, piece.len()), $tail);
            $crate::store::both!($conn, |c| {
                let mut query = sqlx::query(sqlx::AssertSqlSafe(sql.as_str()));
                for $row in piece {
                    query = query$(.bind($bind))*;
                }
                query.execute(&mut *c).await.map(|_| ())
            })?;
        }
    };
}
pub(crate) use insert_rows;

/// Executes a statement for the rows of a brand with one of these values, the last of its bindings:
/// `execute_among!(conn, "UPDATE t SET a = $1 WHERE brand_id = $2 AND id IN ", [a, brand], ids)`.
macro_rules! execute_among {
    ($conn:expr, $head:expr, [$($bind:expr),*], $values:expr) => {
        for piece in $crate::store::rows::pieces($values) {
            let sql = format!("{}({})", $head, $crate::store::rows::places([$(stringify!($bind)),*].len(), piece.len()));
            $crate::store::both!($conn, |c| {
                let mut query = sqlx::query(sqlx::AssertSqlSafe(sql.as_str()))$(.bind($bind))*;
                for value in piece {
                    query = query.bind(value);
                }
                query.execute(&mut *c).await.map(|_| ())
            })?;
        }
    };
}
pub(crate) use execute_among;

/// All rows of a query with one of these values, the last of its bindings, each as `$row`.
macro_rules! fetch_among {
    ($conn:expr, $row:ty, $head:expr, [$($bind:expr),*], $values:expr, $tail:expr) => {{
        let mut found: Vec<$row> = Vec::new();
        for piece in $crate::store::rows::pieces($values) {
            let places = $crate::store::rows::places([$(stringify!($bind)),*].len(), piece.len());
            let sql = format!("{}({places}){}", $head, $tail);
            found.extend($crate::store::both!($conn, |c| {
                let mut query = sqlx::query_as::<_, $row>(sqlx::AssertSqlSafe(sql.as_str()))$(.bind($bind))*;
                for value in piece {
                    query = query.bind(value);
                }
                query.fetch_all(&mut *c).await
            })?);
        }
        found
    }};
}
pub(crate) use fetch_among;

/// `$3, $4, $5`: so many places after those that are taken.
pub(crate) fn places(taken: usize, count: usize) -> String {
    let places: Vec<String> = (taken + 1..=taken + count).map(|place| format!("${place}")).collect();
    places.join(", ")
}

/// `INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4) ON CONFLICT …`. SQLite looks up each name among all of a statement's, so
/// that a thousand of them cost more than the rows: there the places have none.
pub(crate) fn insertion(conn: &Conn, head: &str, (width, rows): (usize, usize), tail: &str) -> String {
    let tuple = |row: usize| match conn.is_postgres() {
        true => format!("({})", places(row * width, width)),
        false => format!("({})", vec!["?"; width].join(", ")),
    };
    let tuples: Vec<String> = (0..rows).map(tuple).collect();
    format!("{head} VALUES {} {tail}", tuples.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_all_rows_in_their_order() {
        for count in [0, 1, 3, 4, 63, 64, 65, 150, 213] {
            let rows: Vec<usize> = (0..count).collect();
            let again: Vec<usize> = pieces(&rows).flatten().copied().collect();
            assert_eq!(again, rows);
            assert!(pieces(&rows).all(|piece| [64, 16, 4, 1].contains(&piece.len())), "{count}");
        }
    }

    #[test]
    fn places_go_on_after_the_others() {
        assert_eq!(places(1, 3), "$2, $3, $4");
    }
}
