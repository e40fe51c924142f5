//! Products, what is bought together, and what recommendations bring, on either database.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use jiff::civil::Date;

use crate::orders::OrderId;
use crate::orders::attribution::report;
use crate::orders::recommendation::{Because, Rule, choose};
use crate::sources::LineItemDraft;
use crate::sources::catalogue::ProductDraft;
use crate::store::attribution::{self, View};
use crate::store::catalogue::{self, CameBy};
use crate::store::recommendations::{self, Beside};
use crate::store::{baskets, fetch_optional, orders, pictures};
use crate::testing::{TestApp, an_order, on_both_databases};

on_both_databases!(
    pairs_and_kinds_are_counted_once_and_read_by_keys,
    what_a_feed_names_no_longer_is_no_longer_offered,
    a_feed_is_fetched_by_one_and_again_when_its_address_changes,
    a_picture_is_asked_for_once_and_again_when_its_address_changes,
    an_order_after_a_click_is_credited_and_forgotten_with_its_order,
);

fn product(id: &str, kind: &str) -> ProductDraft {
    ProductDraft {
        id: id.to_owned(),
        title: id.to_owned(),
        kind: Some(kind.to_owned()),
        is_available: true,
        ..ProductDraft::default()
    }
}

async fn import(app: &TestApp, products: &[ProductDraft], came_by: CameBy) {
    let mut conn = app.writing().await;
    catalogue::import(&mut conn, app.brand(), products, came_by, app.now()).await.unwrap();
    conn.commit().await.unwrap();
}

async fn order(app: &TestApp, number: &str, email: &str, products: &[&str]) {
    let mut order = an_order(number).with_email(email);
    let item = order.draft().items.remove(0);
    let items = products.iter().map(|product| LineItemDraft {
        source_id: (*product).to_owned(),
        sku: None,
        product_id: Some((*product).to_owned()),
        title: (*product).to_owned(),
        ..item.clone()
    });
    order.draft().items.extend(items);
    order.draft().placed_at = Some(app.now());
    app.tell(order).await;
}

async fn count(app: &TestApp) -> u64 {
    app.advance(SignedDuration::from_mins(2));
    let mut conn = app.writing().await;
    let counted = baskets::count_orders(&mut conn, app.brand(), app.now(), 500).await.unwrap();
    conn.commit().await.unwrap();
    counted
}

async fn offered(app: &TestApp, number: &str, has_arrived: bool, consumables: &[&str]) -> Vec<String> {
    let mut conn = app.reading().await;
    let record = orders::order(&mut conn, app.store.vault(), app.brand(), number).await.unwrap().unwrap();
    let consumables: Vec<String> = consumables.iter().map(|kind| (*kind).to_owned()).collect();
    let accessories = BTreeMap::from([("lamp".to_owned(), vec!["bulb".to_owned()])]);
    let beside = Beside {
        order: record.order_id.0,
        items: &record.items,
        has_arrived,
        consumables: &consumables,
        accessories: &accessories,
    };
    let mut found = recommendations::candidates(&mut conn, app.brand(), &beside).await.unwrap();
    recommendations::add_by_kind(&mut conn, app.brand(), &mut found).await.unwrap();
    assert!(found.offered.iter().all(|one| one.because != Because::Pin || one.rule == Some(Rule::Pin)));
    choose(&found.offered, &found.bought).into_iter().map(|chosen| chosen.product).collect()
}

async fn pairs_and_kinds_are_counted_once_and_read_by_keys(app: TestApp) {
    let products = [
        product("lamp", "lamp"),
        product("shade", "shade"),
        product("bulb", "bulb"),
        product("coffee", "coffee"),
        product("cup-1", "cup"),
        product("cup-2", "cup"),
        product("cup-3", "cup"),
    ];
    import(&app, &products, CameBy::File).await;
    for number in 0..3 {
        order(&app, &format!("1{number}"), &format!("a{number}@example.com"), &["lamp", "shade"]).await;
    }
    for number in 0..5 {
        let cups = if number % 2 == 0 { ["cup-1", "cup-2"] } else { ["cup-2", "cup-3"] };
        order(&app, &format!("2{number}"), &format!("b{number}@example.com"), &cups).await;
    }
    for number in 0..30 {
        order(&app, &format!("3{number}"), &format!("c{number}@example.com"), &["x"]).await;
    }
    order(&app, "40", "ada@example.com", &["lamp"]).await;
    order(&app, "41", "eve@example.com", &["cup-1"]).await;
    order(&app, "42", "eve@example.com", &["cup-2"]).await;
    order(&app, "43", "bea@example.com", &["coffee"]).await;
    assert_eq!((count(&app).await, count(&app).await), (42, 0));
    assert_eq!(offered(&app, "40", false, &[]).await, ["shade", "bulb"], "bought together, then the merchant's word");
    assert_eq!(offered(&app, "41", false, &[]).await, ["cup-3"], "not what the shopper bought another time");
    assert_eq!(offered(&app, "43", false, &["coffee"]).await, [""; 0]);
    assert_eq!(offered(&app, "43", true, &["coffee"]).await, ["coffee"], "used up, once it is there");
    assert_eq!(app.count("SELECT sold FROM products WHERE product_id = 'lamp'").await, 4);
    assert_eq!(app.count("SELECT place FROM kind_leaders WHERE product_id = 'cup-2'").await, 1);
    let mut lamp = product("late", "late");
    lamp.keys = vec!["x".to_owned()];
    import(&app, &[lamp], CameBy::File).await;
    assert_eq!(
        app.count("SELECT sold FROM kind_leaders WHERE product_id = 'late'").await,
        30,
        "sold before it was known"
    );
}

async fn what_a_feed_names_no_longer_is_no_longer_offered(app: TestApp) {
    import(&app, &[product("by-file", "lamp")], CameBy::File).await;
    import(&app, &[product("stays", "lamp"), product("goes", "lamp")], CameBy::Feed).await;
    app.advance(SignedDuration::from_hours(6));
    import(&app, &[product("stays", "lamp")], CameBy::Feed).await;
    let mut conn = app.writing().await;
    assert_eq!(catalogue::end_absent(&mut conn, app.brand(), app.now()).await.unwrap(), 1);
    conn.commit().await.unwrap();
    assert_eq!(app.count("SELECT COUNT(*) FROM products WHERE is_available = TRUE").await, 2);
    assert_eq!(app.count("SELECT COUNT(*) FROM kind_leaders").await, 2);
}

async fn a_feed_is_fetched_by_one_and_again_when_its_address_changes(app: TestApp) {
    let later = app.now() + SignedDuration::from_mins(15);
    let mut conn = app.writing().await;
    let (brand, now) = (app.brand(), app.now());
    assert!(catalogue::is_feed_due(&mut conn, brand, "https://a.example/", now).await.unwrap());
    assert!(catalogue::claim_feed(&mut conn, brand, "https://a.example/", now, later).await.unwrap());
    assert!(!catalogue::claim_feed(&mut conn, brand, "https://a.example/", now, later).await.unwrap());
    assert!(!catalogue::is_feed_due(&mut conn, brand, "https://a.example/", now).await.unwrap());
    assert_eq!(catalogue::feed_failed(&mut conn, brand).await.unwrap(), 1);
    assert_eq!(catalogue::feed_failed(&mut conn, brand).await.unwrap(), 2);
    assert!(catalogue::claim_feed(&mut conn, brand, "https://b.example/", now, later).await.unwrap());
    assert_eq!(catalogue::feed_failed(&mut conn, brand).await.unwrap(), 1, "another feed begins anew");
    catalogue::feed_taken(&mut conn, brand, now, later).await.unwrap();
    assert!(catalogue::is_feed_due(&mut conn, brand, "https://b.example/", later).await.unwrap());
}

async fn a_picture_is_asked_for_once_and_again_when_its_address_changes(app: TestApp) {
    let with = |image: &str| ProductDraft { image: Some(image.to_owned()), ..product("lamp", "lamp") };
    import(&app, &[with("https://a.example/1.png"), product("plain", "lamp")], CameBy::File).await;
    let (brand, now) = (app.brand(), app.now());
    let mut conn = app.writing().await;
    let of = async |conn: &mut _, product| pictures::of_product(conn, brand, product).await.unwrap();
    assert_eq!(of(&mut conn, "plain").await, pictures::Picture::None);
    assert_eq!(of(&mut conn, "nothing").await, pictures::Picture::None);
    assert_eq!(of(&mut conn, "lamp").await, pictures::Picture::At("https://a.example/1.png".to_owned()));
    pictures::ask_for(&mut conn, brand, "lamp", "https://a.example/1.png", now).await.unwrap();
    assert_eq!(of(&mut conn, "lamp").await, pictures::Picture::Awaited);
    assert!(pictures::has_due(&mut conn, brand, now).await.unwrap());
    let again = now + SignedDuration::from_mins(5);
    let claimed = pictures::claim(&mut conn, brand, now, again, 4).await.unwrap();
    assert_eq!(claimed.len(), 1);
    assert_eq!(pictures::claim(&mut conn, brand, now, again, 4).await.unwrap(), []);
    pictures::failed(&mut conn, brand, &claimed[0], None).await.unwrap();
    assert!(!pictures::has_due(&mut conn, brand, again).await.unwrap());
    pictures::keep(&mut conn, brand, &claimed[0], b"jpeg", "f1").await.unwrap();
    assert_eq!(of(&mut conn, "lamp").await, pictures::Picture::Shown(b"jpeg".to_vec(), "f1".to_owned()));
    let shown = catalogue::product(&mut conn, brand, "lamp").await.unwrap().unwrap();
    assert_eq!(shown.fingerprint.as_deref(), Some("f1"));
    conn.commit().await.unwrap();
    import(&app, &[with("https://a.example/2.png")], CameBy::File).await;
    let mut conn = app.writing().await;
    let shown = catalogue::product(&mut conn, brand, "lamp").await.unwrap().unwrap();
    assert_eq!(shown.fingerprint, None, "the old picture is not the new one");
    pictures::ask_for(&mut conn, brand, "lamp", "https://a.example/2.png", now).await.unwrap();
    assert!(pictures::has_due(&mut conn, brand, now).await.unwrap());
}

async fn an_order_after_a_click_is_credited_and_forgotten_with_its_order(app: TestApp) {
    order(&app, "1", "ada@example.com", &["lamp"]).await;
    order(&app, "2", "bob@example.com", &["lamp"]).await;
    let brand = app.brand();
    let mut ids = BTreeMap::new();
    for number in ["1", "2"] {
        let mut conn = app.reading().await;
        ids.insert(number, orders::order_key(&mut conn, brand, number).await.unwrap().unwrap().0);
    }
    let day: Date = "2026-11-06".parse().unwrap();
    let view = |order: OrderId, session: u8, is_held_out| View {
        brand,
        order,
        session: vec![session],
        day,
        is_held_out,
        at: app.now(),
    };
    let views = [view(ids["1"], 1, false), view(ids["1"], 1, false), view(ids["1"], 2, false), view(ids["2"], 3, true)];
    let mut conn = app.writing().await;
    attribution::keep_views(&mut conn, &views).await.unwrap();
    attribution::keep_click(&mut conn, brand, "shade", Some(ids["1"]), day, app.now()).await.unwrap();
    attribution::keep_click(&mut conn, brand, "shade", None, day, app.now()).await.unwrap();
    conn.commit().await.unwrap();
    app.advance(SignedDuration::from_hours(24));
    order(&app, "3", "ada@example.com", &["shade"]).await;
    order(&app, "4", "bob@example.com", &["shade"]).await;
    // Whoever comes again the same day takes nothing from what was bought in between.
    let mut conn = app.writing().await;
    attribution::keep_click(&mut conn, brand, "shade", Some(ids["1"]), day, app.now()).await.unwrap();
    conn.commit().await.unwrap();
    app.advance(SignedDuration::from_hours(24 * 7 + 1));
    order(&app, "5", "ada@example.com", &["shade"]).await;
    let since = app.now() - SignedDuration::from_hours(24 * 30);
    let mut conn = app.reading().await;
    let told = report("meadow", &attribution::known(&mut conn, brand, since, day).await.unwrap());
    assert_eq!((told.views, told.clicks, told.orders, told.revenue["EUR"]), (2, 3, 1, 5_990));
    assert_eq!((told.shown.shoppers, told.shown.buyers), (1, 1));
    assert_eq!((told.holdout.views, told.holdout.shoppers, told.holdout.buyers, told.holdout.orders), (1, 1, 1, 1));
    assert_eq!(told.lift.difference.unwrap().value, 0.0);
    drop(conn);
    app.advance(SignedDuration::from_hours(24 * 400));
    let mut conn = app.writing().await;
    orders::forget_before(&mut conn, brand, app.now(), 100).await.unwrap();
    let left = fetch_optional!(
        &mut conn,
        (i64,),
        "SELECT (SELECT COUNT(*) FROM recommendation_views) + (SELECT COUNT(*) FROM recommendation_follows)"
    );
    assert_eq!(left.unwrap(), Some((0,)));
}
