//! An import into a store of its own.

use indicatif::ProgressBar;

use crate::cli::testing::{Folder, store_with_a_brand};

use super::*;

async fn import(store: &Store, brand: &Published, path: &Path) -> Report {
    let mut import = Importer::new(store, brand, Clock::System, ProgressBar::hidden());
    for input in files::inputs(&[path.to_owned()], None).unwrap() {
        import.read(&input, Wrote::Anyone).await.unwrap();
    }
    import.report
}

const ORDERS: &str = r##"{"order_number": "#1001", "placed_at": "2026-03-01T10:00:00Z", "email": "ada@example.com", "items": [{"title": "Lamp", "quantity": 1}], "shipments": [{"tracking_number": "1Z999AA10123456784", "carrier": "ups", "events": [{"occurred_at": "2026-03-02T09:30:00Z", "status": "in_transit.accepted", "code": "PU", "text": "Picked up"}]}]}
{"order_number":
{"order_number": "#1002", "placed_at": "2026-03-01T11:00:00Z", "email": "bob@example.com", "items": [{"title": "Chair", "quantity": 1}]}
"##;

#[tokio::test]
async fn importing_twice_adds_nothing() {
    let folder = Folder::new("twice");
    let (store, brand) = store_with_a_brand(&folder).await;
    let file = folder.file("orders.ndjson", ORDERS);
    let first = import(&store, &brand, &file).await;
    let line = "orders new=2 known=0 refused=1 · shipments new=1 known=0 · events new=1 known=0";
    assert_eq!(first.to_line(), line);
    assert_eq!(first.refused[0].at, "line 2");
    let second = import(&store, &brand, &file).await;
    let line = "orders new=0 known=2 refused=1 · shipments new=0 known=1 · events new=0 known=1";
    assert_eq!(second.to_line(), line);
    assert_eq!(second.for_machines()["orders"], json!({ "new": 0, "known": 2, "refused": 1 }));
}

#[tokio::test]
async fn a_draft_the_store_refuses_is_named_and_the_others_are_written() {
    let folder = Folder::new("refused");
    let (store, brand) = store_with_a_brand(&folder).await;
    let long = "9".repeat(60);
    let order = |number: &str| json!({ "order_number": number, "placed_at": "2026-03-01T10:00:00Z", "items": [] });
    let text = json!({ "orders": [order(&long), order("#7")] }).to_string();
    let report = import(&store, &brand, &folder.file("orders.json", &text)).await;
    assert_eq!(report.orders, Counts { new: 1, known: 0 });
    assert_eq!(report.refused.len(), 1, "{:?}", report.refused);
    assert!(report.refused[0].at.starts_with("orders[0]"), "{:?}", report.refused);
}

#[test]
fn a_folder_is_read_file_by_file_and_olist_as_one() {
    let folder = Folder::new("folders");
    let (one, two) = (folder.file("b.json", "{}"), folder.file("a.csv", ""));
    folder.file("notes.md", "");
    let named = [folder.path.clone()];
    assert_eq!(files::inputs(&named, None).unwrap(), [Input::File(two), Input::File(one)]);
    assert!(files::inputs(&named, Some(Source::Olist)).unwrap_err().contains("olist_orders_dataset.csv"));
    folder.file("olist_orders_dataset.csv", "order_id\n");
    assert_eq!(files::inputs(&named, None).unwrap(), [Input::Olist(folder.path.clone())]);
}

#[test]
fn a_missing_file_is_said_before_anything_is_read() {
    let problem = files::inputs(&[PathBuf::from("/nowhere/orders.json")], None).unwrap_err();
    assert!(problem.starts_with("/nowhere/orders.json cannot be read"), "{problem}");
}

#[tokio::test]
async fn the_catalogues_of_the_fixtures_are_imported_by_their_shape_or_name() {
    let Some(fixtures) = crate::testing::fixtures::folder() else { return };
    let folder = Folder::new("catalogue");
    let (store, brand) = store_with_a_brand(&folder).await;
    let first = import(&store, &brand, &fixtures.join("catalogue/dummyjson/products.json")).await;
    assert!(first.products.new > 100 && first.refused.is_empty(), "{first:?}");
    assert!(first.to_line().ends_with(&format!("products new={} known=0", first.products.new)));
    let books = import(&store, &brand, &fixtures.join("catalogue/django_oscar/books.essential.csv")).await;
    assert!(books.products.new > 10 && books.refused.is_empty(), "{books:?}");
    assert_eq!("dummyjson".parse(), Ok(Wrote::Catalogue));
    assert_eq!("ups".parse(), Ok(Wrote::Source(Source::Ups)));
    assert!("dummy".parse::<Wrote>().unwrap_err().contains("dummyjson"));
}
