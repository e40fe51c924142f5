//! What SQLite's planner is told of the tables before they hold anything.
//!
//! Left alone it takes every column of an index for choosy, and `brand_id` of all: it would walk a whole brand where an
//! index leads to one row. PostgreSQL gathers its own statistics, but only once a minute: a store that fills fast asks for
//! them, or it would walk whole brands until then.

use std::collections::BTreeMap;

use sqlx::{PgPool, SqlitePool};

/// Rows of a table, as the planner is to think of it.
const ROWS: u64 = 1_000_000;

type IndexRow = (String, String, bool, bool, String);

/// Writes the statistics that `ANALYZE` would find in a store of many orders of few brands.
pub(super) async fn teach(writer: &SqlitePool) -> Result<(), sqlx::Error> {
    let rows: Vec<IndexRow> = sqlx::query_as(
        "SELECT tables.name, indexes.name, indexes.\"unique\", tables.wr AND indexes.origin = 'pk', columns.name
         FROM pragma_table_list AS tables JOIN pragma_index_list(tables.name) AS indexes
         JOIN pragma_index_info(indexes.name) AS columns
         WHERE tables.schema = 'main' AND tables.type = 'table' AND tables.name NOT LIKE 'sqlite%' AND tables.name NOT LIKE '_sqlx%'
         ORDER BY tables.name, indexes.name, columns.seqno",
    )
    .fetch_all(writer)
    .await?;
    let mut indexes: BTreeMap<(String, String), (bool, Vec<String>)> = BTreeMap::new();
    for (table, index, is_unique, is_table, column) in rows {
        // The primary key of a table without row ids goes by the table's name.
        let name = if is_table { table.clone() } else { index };
        indexes.entry((table, name)).or_insert((is_unique, Vec::new())).1.push(column);
    }
    let mut connection = writer.acquire().await?;
    // Makes the table of statistics where there is none yet.
    sqlx::query("ANALYZE sqlite_schema").execute(&mut *connection).await?;
    sqlx::query("DELETE FROM sqlite_stat1").execute(&mut *connection).await?;
    for ((table, index), (is_unique, columns)) in indexes {
        sqlx::query("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ($1, $2, $3)")
            .bind(table.as_str())
            .bind(index)
            .bind(statistics(rows_of(&table), &columns, is_unique))
            .execute(&mut *connection)
            .await?;
    }
    sqlx::query("ANALYZE sqlite_schema").execute(&mut *connection).await?;
    Ok(())
}

/// Has PostgreSQL look at its tables now.
pub(super) async fn look_again(pool: &PgPool) -> Result<(), sqlx::Error> {
    sqlx::query("ANALYZE").execute(pool).await.map(|_| ())
}

/// A merchant pins or bans a handful of products out of thousands.
fn rows_of(table: &str) -> u64 {
    if table == "product_rules" { 100 } else { ROWS }
}

/// Rows in all, then rows that share the first column, the first two, …
fn statistics(rows: u64, columns: &[String], is_unique: bool) -> String {
    let mut left = rows;
    let mut numbers = vec![rows.to_string()];
    for (position, column) in columns.iter().enumerate() {
        left = match column.as_str() {
            "brand_id" => left / 2,
            "state" | "status" | "kind" | "source" | "bucket" | "scope" | "slug" => left / 10,
            _ => left.min(10),
        };
        if is_unique && position + 1 == columns.len() {
            left = 1;
        }
        numbers.push(left.max(1).to_string());
    }
    numbers.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_brand_is_many_rows_and_a_whole_key_is_one() {
        let columns = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(statistics(ROWS, &columns(&["brand_id", "order_id"]), true), "1000000 500000 1");
        assert_eq!(
            statistics(ROWS, &columns(&["brand_id", "tracking_number", "created_at"]), false),
            "1000000 500000 10 10"
        );
        assert_eq!(statistics(ROWS, &columns(&["state", "next_attempt_at"]), false), "1000000 100000 10");
    }
}
