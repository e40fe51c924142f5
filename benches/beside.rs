//! What recommendations add to an order's page: `cargo bench --bench beside -- PRODUCTS ORDERS` (100000 1000000 unless told).
//!
//! Fills an SQLite store of its own by plain SQL, a tenth of it and then the whole, and reads what stands beside a thousand
//! orders in each: what the page reads is to cost the same in both.

use std::time::{Duration, Instant};

use doorstep::orders::BrandId;
use doorstep::orders::recommendation::choose;
use doorstep::store::Store;
use doorstep::store::orders::LineItemRecord;
use doorstep::store::recommendations::{Beside, add_by_kind, candidates, shopper_of};
use doorstep::store::seal::Keys;
use doorstep::store::{brands, catalogue, orders};
use sqlx::{AssertSqlSafe, Connection, Executor, SqliteConnection};

const ASKED: u64 = 1_000;
const TOGETHER: u64 = 50_000;

fn main() {
    // `cargo bench` says so; whatever else builds the benches does not wait for a store to be filled.
    if !std::env::args().any(|argument| argument == "--bench") {
        return println!("beside: nothing measured (cargo bench --bench beside -- PRODUCTS ORDERS)");
    }
    let mut numbers = std::env::args().skip(1).filter_map(|argument| argument.parse::<u64>().ok());
    let (products, orders) = (numbers.next().unwrap_or(100_000), numbers.next().unwrap_or(1_000_000));
    let runtime = tokio::runtime::Runtime::new().expect("threads");
    runtime.block_on(async {
        let folder = std::env::temp_dir().join(format!("doorstep_beside_{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        for part in [10, 1] {
            measure(&folder, products / part, orders / part).await;
        }
        std::fs::remove_dir_all(&folder).expect("the folder goes again");
    });
}

async fn measure(folder: &std::path::Path, products: u64, orders: u64) {
    let url = format!("sqlite://{}", folder.join(format!("{products}.db")).display());
    let keys = Keys::read(&Keys::fresh_text()).expect("fresh keys");
    let store = Store::open(&url, keys).await.expect("a store");
    store.migrate().await.expect("its schema");
    let mut conn = store.write(doorstep::store::Urgency::Batch).await.expect("a connection");
    let meadow = doorstep::brand::demo::brands().into_iter().next().expect("two demo brands");
    let now = "2026-11-06T12:00:00Z".parse().expect("an instant");
    brands::publish(&mut conn, &meadow, now).await.expect("a brand");
    conn.commit().await.expect("a commit");
    let mut conn = store.read().await.expect("a connection");
    let brand = brands::by_slug(&mut conn, "meadow").await.expect("brands").expect("the brand").brand_id;
    drop(conn);
    fill(&url, brand, products, orders).await;
    let mut times = Vec::new();
    let mut shown = 0;
    for asked in 0..ASKED {
        let key = format!("F{}", asked * (orders / ASKED));
        let mut conn = store.read().await.expect("a connection");
        let record = orders::order(&mut conn, store.vault(), brand, &key).await.expect("the store").expect("an order");
        let began = Instant::now();
        shown += beside(&mut conn, brand, record.order_id.0, &record.items).await;
        times.push(began.elapsed());
    }
    times.sort();
    let at = |share: usize| times[times.len() * share / 100 - 1];
    println!(
        "{products} products, {orders} orders: p50 {:?}, p99 {:?}, {:.1} products shown",
        rounded(at(50)),
        rounded(at(99)),
        shown as f64 / ASKED as f64
    );
    store.close().await;
}

fn rounded(time: Duration) -> Duration {
    Duration::from_micros(u64::try_from(time.as_micros()).expect("a short time"))
}

/// What the page does for an order; gives how many products it shows.
async fn beside(
    conn: &mut doorstep::store::Conn,
    brand: BrandId,
    order: uuid::Uuid,
    items: &[LineItemRecord],
) -> usize {
    let accessories = [("kind-1".to_owned(), vec!["kind-2".to_owned()])].into();
    let consumables = ["kind-3".to_owned()];
    let asked = Beside { order, items, has_arrived: true, consumables: &consumables, accessories: &accessories };
    let mut found = candidates(conn, brand, &asked).await.expect("the store");
    // Both ways are taken, however many the first brings up: the dearest page counts.
    add_by_kind(conn, brand, &mut found).await.expect("the store");
    let chosen = choose(&found.offered, &found.bought);
    for chosen in &chosen {
        catalogue::product(conn, brand, &chosen.product).await.expect("the store").expect("a product");
    }
    shopper_of(conn, brand, order).await.expect("the store");
    chosen.len()
}

/// Products of a hundred kinds, each with twenty partners and the first with five thousand; orders of two of them, every
/// shopper with ten.
async fn fill(url: &str, brand: BrandId, products: u64, orders: u64) {
    let mut connection = SqliteConnection::connect(url).await.expect("a connection");
    let brand = format!("x'{}'", brand.0.simple());
    connection.execute("PRAGMA synchronous = OFF").await.expect("a pragma");
    let numbers = |from: u64, to: u64| {
        format!("WITH RECURSIVE c(n) AS (SELECT {from} UNION ALL SELECT n + 1 FROM c WHERE n < {to} - 1)")
    };
    let all = numbers(0, products);
    let kinds = numbers(0, 100);
    let mut statements = vec![
        format!(
            "INSERT INTO products (brand_id, product_id, title, price, currency, kind, is_available, changed_at, sold) {all} SELECT {brand}, 'P' || n, 'Product ' || n, 1990, 'EUR', 'kind-' || (n % 100), TRUE, 0, n % 997 FROM c"
        ),
        format!("INSERT INTO product_keys {all} SELECT {brand}, 'P' || n, 'P' || n FROM c"),
        format!("INSERT INTO product_counts {all} SELECT {brand}, 'P' || n, 20 FROM c"),
        format!("INSERT INTO product_counts VALUES ({brand}, '', {orders})"),
        format!("INSERT INTO kind_counts {kinds} SELECT {brand}, 'kind-' || n, {orders} / 100 FROM c"),
        format!(
            "INSERT INTO kind_pairs {kinds} SELECT {brand}, 'kind-' || c.n, 'kind-' || k.n, {orders} / 1000 + k.n FROM c CROSS JOIN (SELECT n FROM c) k"
        ),
        format!(
            "INSERT INTO kind_leaders SELECT brand_id, kind, place, product_id, sold FROM (SELECT brand_id, kind, product_id, sold, ROW_NUMBER() OVER (PARTITION BY kind ORDER BY sold DESC, product_id) AS place FROM products WHERE brand_id = {brand}) WHERE place <= 5"
        ),
        format!(
            "INSERT INTO product_pairs {} SELECT {brand}, 'P0', 'P' || (n + 1), 2 + n % 7 FROM c",
            numbers(0, 5_000)
        ),
        format!("INSERT INTO product_rules {} SELECT {brand}, 'P' || n, 'ban' FROM c", numbers(50, 60)),
    ];
    for step in 1..=20 {
        let other = step * 37;
        statements.push(format!("INSERT OR IGNORE INTO product_pairs {all} SELECT {brand}, 'P' || n, 'P' || ((n + {other}) % {products}), 2 + {step} % 5 FROM c"));
    }
    let mut from = 0;
    while from < orders {
        let to = (from + TOGETHER).min(orders);
        let some = numbers(from, to);
        let order = "CAST(substr('0000000000000000' || n, -16) AS BLOB)";
        statements.push(format!("INSERT INTO orders (brand_id, order_id, order_number, order_key, source, created_at, changed_at) {some} SELECT {brand}, {order}, 'F' || n, 'F' || n, 'doorstep', n, n FROM c"));
        for line in [0, 1] {
            // Every fiftieth order holds the product that goes with everything.
            statements.push(format!("INSERT INTO line_items (brand_id, order_id, line_item_id, position, sku, title, quantity, needs_shipping) {some} SELECT {brand}, {order}, '{line}', {line}, 'P' || (CASE WHEN {line} = 0 AND (n / 1000) % 50 = 0 THEN 0 ELSE (n * 7919 + {line} * 37) % {products} END), 'Thing', 1, TRUE FROM c"));
        }
        statements.push(format!("INSERT INTO contacts {some} SELECT {brand}, {order}, 'email', CAST(substr('00000000000000000000000000000000' || (n / 10), -32) AS BLOB), x'00' FROM c"));
        from = to;
    }
    for statement in statements {
        connection.execute(AssertSqlSafe(statement)).await.expect("rows");
    }
    connection.close().await.expect("an end");
}
