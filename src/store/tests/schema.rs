//! Both schemas are one: what differs is named here.

use std::collections::BTreeMap;

use crate::store::{fetch_all, fetch_optional};
use crate::testing::{TestApp, on_both_databases};

on_both_databases!(migrating_twice_changes_nothing, a_store_that_was_never_migrated_says_what_to_do);

async fn migrating_twice_changes_nothing(app: TestApp) {
    let applied = "SELECT COUNT(*) FROM _sqlx_migrations";
    let before = app.count(applied).await;
    app.store.migrate().await.unwrap();
    app.store.check().await.unwrap();
    assert_eq!(app.count(applied).await, before);
    assert_eq!(app.count("SELECT COUNT(*) FROM brands").await, 2);
}

async fn a_store_that_was_never_migrated_says_what_to_do(app: TestApp) {
    app.plain_sql("DELETE FROM _sqlx_migrations").await;
    let error = app.store.check().await.unwrap_err().to_string();
    assert!(error.contains("doorstep migrate"), "{error}");
}

/// A column as both databases must have it.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Column {
    name: String,
    class: &'static str,
    is_required: bool,
}

type Tables = BTreeMap<String, Vec<Column>>;

/// What a type holds. UUIDs are 16 bytes in SQLite.
fn class_of(declared: &str) -> &'static str {
    match declared.to_ascii_lowercase().as_str() {
        "integer" | "bigint" => "integer",
        "text" => "text",
        "blob" | "bytea" | "uuid" => "bytes",
        "boolean" => "boolean",
        other => panic!("{other} is a type that the other database lacks"),
    }
}

async fn tables_of_sqlite(app: &TestApp) -> Tables {
    let mut conn = app.reading().await;
    let rows = fetch_all!(
        conn,
        (String, String, String, i64, i64),
        "SELECT tables.name, columns.name, columns.type, columns.\"notnull\", columns.pk FROM sqlite_master AS tables
         JOIN pragma_table_info(tables.name) AS columns
         WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite%' AND tables.name NOT LIKE '_sqlx%'",
    );
    gathered(rows.unwrap().into_iter().map(|(table, name, kind, required, key)| {
        (table, Column { name, class: class_of(&kind), is_required: required == 1 || key > 0 })
    }))
}

async fn tables_of_postgres(app: &TestApp) -> Tables {
    let mut conn = app.reading().await;
    let rows = fetch_all!(
        conn,
        (String, String, String, String),
        "SELECT table_name::text, column_name::text, data_type::text, is_nullable::text FROM information_schema.columns
         WHERE table_schema = 'public' AND table_name NOT LIKE '\\_sqlx%'",
    );
    gathered(rows.unwrap().into_iter().map(|(table, name, kind, nullable)| {
        (table, Column { name, class: class_of(&kind), is_required: nullable == "NO" })
    }))
}

fn gathered(columns: impl Iterator<Item = (String, Column)>) -> Tables {
    let mut tables = Tables::new();
    for (table, column) in columns {
        tables.entry(table).or_default().push(column);
    }
    for columns in tables.values_mut() {
        columns.sort();
    }
    tables
}

async fn names(app: &TestApp, sql: &'static str) -> Vec<String> {
    let mut conn = app.reading().await;
    let mut names: Vec<String> = fetch_all!(conn, (String,), sql).unwrap().into_iter().map(|(name,)| name).collect();
    names.sort();
    names
}

#[tokio::test]
async fn both_databases_have_the_same_tables_columns_and_indexes() {
    let Some(postgres) = TestApp::on_postgres().await else { return };
    let sqlite = TestApp::new().await;
    assert_eq!(tables_of_sqlite(&sqlite).await, tables_of_postgres(&postgres).await);
    // Keys have names of the database's own making: only indexes that we named are compared.
    let ours_on_sqlite =
        names(&sqlite, "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL").await;
    let ours_on_postgres = names(
        &postgres,
        "SELECT indexname::text FROM pg_indexes WHERE schemaname = 'public' AND indexname LIKE '%\\_by\\_%'",
    )
    .await;
    assert_eq!(ours_on_sqlite, ours_on_postgres);
}

/// The one difference: SQLite's triggers fill `changes`, PostgreSQL tells by NOTIFY and leaves it empty.
#[tokio::test]
async fn only_sqlite_keeps_changes_in_a_table() {
    let told = || crate::testing::an_order("#1001").with_shipment(crate::testing::a_shipment("1Z1").delivered());
    let sqlite = TestApp::new().await;
    sqlite.tell(told()).await;
    assert!(sqlite.count("SELECT COUNT(*) FROM changes").await > 0);
    let Some(postgres) = TestApp::on_postgres().await else { return };
    postgres.tell(told()).await;
    assert_eq!(postgres.count("SELECT COUNT(*) FROM changes").await, 0);
}

#[tokio::test]
async fn the_embedded_store_is_as_durable_as_it_says() {
    let app = TestApp::new().await;
    let mut conn = app.writing().await;
    let journal = fetch_optional!(conn, (String,), "PRAGMA journal_mode").unwrap().unwrap();
    let synchronous = fetch_optional!(conn, (i64,), "PRAGMA synchronous").unwrap().unwrap();
    assert_eq!((journal.0.as_str(), synchronous.0), ("wal", 2));
}
