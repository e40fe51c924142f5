//! Fills a store with so many orders, for the load script: `cargo bench --bench fill -- URL ORDERS`.
//!
//! One order is written the ordinary way; the others are copies of its rows under ids and numbers of their own. What a
//! copy seals cannot be opened, as the seal is bound to the row: nobody looks at a copy, it is there to be in the way.
//! Their parcels are all open, and due to be looked at one after the other within a day.

use doorstep::store::Store;
use doorstep::store::brands;
use doorstep::store::seal::Keys;
use jiff::Timestamp;
use sqlx::{AssertSqlSafe, Connection, Executor};

const TOGETHER: u64 = 20_000;
const DAY_IN_MICROS: u64 = 86_400_000_000;

fn main() {
    // cargo bench adds its own flags.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let [url, orders] = arguments.as_slice() else {
        println!("fill: no store named, nothing to fill (cargo bench --bench fill -- URL ORDERS)");
        return;
    };
    let orders: u64 = orders.parse().expect("ORDERS is a number");
    let runtime = tokio::runtime::Runtime::new().expect("threads");
    runtime.block_on(fill(url, orders));
}

async fn fill(url: &str, orders: u64) {
    let path = url.trim_start_matches("sqlite://");
    let keys = std::fs::read_to_string(std::path::Path::new(path).with_extension("keys"))
        .or_else(|_| std::env::var("DOORSTEP_SECRET_KEYS"))
        .expect("the keys lie beside the store, or in DOORSTEP_SECRET_KEYS");
    let store =
        Store::open(url, Keys::read(keys.trim()).expect("keys")).await.expect("a store that the demo has filled");
    let mut conn = store.read().await.expect("a connection");
    let brand = brands::by_slug(&mut conn, "meadow").await.expect("brands").expect("the demo's default brand").brand_id;
    drop(conn);
    store.close().await;
    let statements = |brand: &str| statements(brand, Timestamp::now().as_microsecond(), DAY_IN_MICROS / orders.max(1));
    if url.starts_with("sqlite") {
        let mut connection = sqlx::SqliteConnection::connect(url).await.expect("a connection");
        // Nobody else has the store open, and one that breaks meanwhile is filled anew.
        for pragma in ["locking_mode = EXCLUSIVE", "journal_mode = OFF", "synchronous = OFF", "cache_size = -1000000"] {
            connection.execute(AssertSqlSafe(format!("PRAGMA {pragma}"))).await.expect("a pragma");
        }
        let statements = statements(&format!("x'{}'", brand.0.simple()));
        let id = |kind: &str| format!("unhex(printf('0f{kind}%028x', n))");
        copy(&mut connection, orders, &statements, &id, "n INTEGER, order_id BLOB, shipment_id BLOB").await;
        connection.execute("PRAGMA journal_mode = WAL").await.expect("a pragma");
        connection.close().await.expect("a store that is closed");
        // What is measured next does not wait until all of this is on the disk.
        std::fs::File::open(path).and_then(|file| file.sync_all()).expect("a store on the disk");
    } else {
        let mut connection = sqlx::PgConnection::connect(url).await.expect("a connection");
        connection.execute("SET synchronous_commit = off").await.expect("a setting");
        let statements = statements(&format!("'{}'::uuid", brand.0));
        let id = |kind: &str| format!("('0f{kind}' || lpad(to_hex(n), 28, '0'))::uuid");
        copy(&mut connection, orders, &statements, &id, "n BIGINT, order_id UUID, shipment_id UUID").await;
    }
}

/// The statements, each for all copies of a batch. Parcels are due to be looked at from `now` on, `apart` from each other.
fn statements(brand: &str, now: i64, apart: u64) -> [String; 8] {
    let of_order = format!(
        "brand_id = {brand} AND order_id = (SELECT order_id FROM orders WHERE brand_id = {brand} AND order_key = '1001')"
    );
    let of_shipment =
        format!("brand_id = {brand} AND shipment_id = (SELECT MIN(shipment_id) FROM shipments WHERE {of_order})")
            .replace("MIN(shipment_id)", "shipment_id")
            .replace("AND order_key = '1001'))", "AND order_key = '1001') LIMIT 1)");
    [
        format!(
            "INSERT INTO orders (brand_id, order_id, order_number, order_key, source, placed_at, currency, total, address, created_at, changed_at)
             SELECT brand_id, c.order_id, '#F' || c.n, 'F' || c.n, source, placed_at, currency, total, address, created_at, changed_at
             FROM orders AS o CROSS JOIN copies AS c WHERE o.brand_id = {brand} AND o.order_key = '1001'"
        ),
        format!(
            "INSERT INTO line_items (brand_id, order_id, line_item_id, position, sku, title, quantity, unit_price, needs_shipping)
             SELECT brand_id, c.order_id, line_item_id, position, sku, title, quantity, unit_price, needs_shipping
             FROM (SELECT * FROM line_items WHERE {of_order}) AS l CROSS JOIN copies AS c"
        ),
        format!(
            "INSERT INTO contacts (brand_id, order_id, kind, blind_index, sealed)
             SELECT brand_id, c.order_id, kind, sealed, sealed FROM (SELECT * FROM contacts WHERE {of_order}) AS k CROSS JOIN copies AS c"
        ),
        format!(
            "INSERT INTO shipments (brand_id, shipment_id, order_id, tracking_number, carrier, source, claims, created_at, changed_at)
             SELECT brand_id, c.shipment_id, c.order_id, 'F' || c.n || tracking_number, carrier, source, claims, created_at, changed_at
             FROM (SELECT * FROM shipments WHERE {of_shipment}) AS s CROSS JOIN copies AS c"
        ),
        format!(
            "INSERT INTO shipment_items (brand_id, shipment_id, line_item_id, quantity)
             SELECT brand_id, c.shipment_id, line_item_id, quantity
             FROM (SELECT * FROM shipment_items WHERE {of_shipment}) AS i CROSS JOIN copies AS c"
        ),
        format!(
            "INSERT INTO tracking_events (brand_id, shipment_id, fingerprint, source, code, text, raw_time, raw_place, status, occurred_at, local_time, offset_seconds, zone, city, country)
             SELECT brand_id, c.shipment_id, fingerprint, source, code, text, raw_time, raw_place, status, occurred_at, local_time, offset_seconds, zone, city, country
             FROM (SELECT * FROM tracking_events WHERE {of_shipment}) AS e CROSS JOIN copies AS c"
        ),
        format!(
            "INSERT INTO summaries (brand_id, shipment_id, status, delivered_at, last_event_at, document, folded_at, check_at)
             SELECT brand_id, c.shipment_id, status, delivered_at, last_event_at, document, folded_at, {now} + c.n * {apart}
             FROM (SELECT * FROM summaries WHERE {of_shipment}) AS y CROSS JOIN copies AS c"
        ),
        // Somebody else follows them.
        "DELETE FROM unfollowed WHERE shipment_id IN (SELECT shipment_id FROM copies)".to_owned(),
    ]
}

/// Ids grow with the number, as those of real orders grow with time.
async fn copy<C>(connection: &mut C, orders: u64, statements: &[String], id: &dyn Fn(&str) -> String, columns: &str)
where
    C: Connection,
    for<'c> &'c mut C: Executor<'c, Database = C::Database>,
{
    let table = format!("CREATE TEMP TABLE copies ({columns})");
    connection.execute(AssertSqlSafe(table)).await.expect("a temporary table");
    let mut done = 0;
    while done < orders {
        let last = (done + TOGETHER).min(orders);
        let numbers = format!(
            "INSERT INTO copies WITH RECURSIVE counted(n) AS (SELECT {} UNION ALL SELECT n + 1 FROM counted WHERE n < {last})
             SELECT n, {}, {} FROM counted",
            done + 1,
            id("0a"),
            id("0b"),
        );
        connection.execute("BEGIN").await.expect("a transaction");
        connection.execute("DELETE FROM copies").await.expect("an empty table");
        connection.execute(AssertSqlSafe(numbers)).await.expect("ids");
        for statement in statements {
            connection.execute(AssertSqlSafe(statement.clone())).await.expect("copies");
        }
        connection.execute("COMMIT").await.expect("a commit");
        done = last;
        eprint!("\r{done} of {orders} orders");
    }
    eprintln!();
}
