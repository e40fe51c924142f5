//! What shops and carriers tell: kept once, folded the same in whatever order it comes.

use jiff::SignedDuration;
use sqlx::AssertSqlSafe;

use crate::orders::contact::Contact;
use crate::sources::Parsed;
use crate::store::access::order_with_contact;
use crate::store::ingest::{Applied, Teller, apply, apply_together, refold};
use crate::store::{Conn, Urgency, fetch_all};
use crate::testing::builders::UPS;
use crate::testing::{TestApp, a_shipment, an_event, an_order, on_both_databases};
use crate::tracking::status::Status;
use crate::web::app::App;

use super::{order, parcel, summary};

on_both_databases!(
    telling_the_same_again_adds_nothing,
    any_order_of_tellings_gives_the_same_summary,
    an_older_telling_of_an_order_says_nothing_new,
    a_shipment_that_comes_before_its_order_is_adopted,
    a_reused_tracking_number_is_a_new_shipment_and_the_newest_answers,
    a_whole_history_of_a_reused_number_is_told_apart,
    another_unique_id_is_another_parcel,
    a_corrected_contact_replaces_the_wrong_one,
    an_order_told_without_contacts_keeps_those_it_has,
    what_an_older_parser_made_of_an_event_is_replaced,
    whatever_changes_the_page_raises_the_version,
    an_event_far_in_the_future_is_kept_and_not_shown_until_then,
    what_cannot_be_read_is_refused_and_the_rest_is_kept,
    brands_know_nothing_of_each_other,
    two_tellers_of_one_thing_at_once_write_it_once,
    what_is_told_together_is_as_if_told_one_by_one,
    what_is_kept_is_what_a_fold_of_the_store_gives,
    batches_that_tell_of_the_same_parcels_at_once_lose_nothing,
);

fn told() -> Parsed {
    an_order("#1001").with_email("ada@example.com").with_shipment(a_shipment(UPS).delivered()).into()
}

async fn telling_the_same_again_adds_nothing(app: TestApp) {
    let first = app.tell(told()).await;
    assert_eq!((first.orders.new, first.shipments.new, first.events.new), (1, 1, 5));
    let version = order(&app, "1001").await.unwrap().version;
    app.advance(SignedDuration::from_mins(5));
    let again = app.tell(told()).await;
    assert_eq!((again.orders.new, again.shipments.new, again.events.new), (0, 0, 0));
    assert_eq!((again.orders.known, again.shipments.known, again.events.known), (1, 1, 5));
    assert_eq!(again.changed, []);
    assert_eq!(order(&app, "1001").await.unwrap().version, version);
    assert_eq!(app.count("SELECT COUNT(*) FROM tracking_events").await, 5);
    assert_eq!(app.count("SELECT COUNT(*) FROM line_items").await, 1);
    assert_eq!(app.count("SELECT COUNT(*) FROM contacts").await, 1);
}

async fn any_order_of_tellings_gives_the_same_summary(app: TestApp) {
    let whole = a_shipment(UPS).delivered().draft().events;
    let mut expected = None;
    for (position, order) in permutations(whole.len()).into_iter().step_by(7).enumerate() {
        let number = format!("1Z5R8939035756{position:04}");
        for index in order {
            // Each is told twice, the second time right away.
            for _ in 0..2 {
                app.tell(a_shipment(&number).with(whole[index].clone())).await;
            }
        }
        let summary = summary(&app, &number).await;
        let expected = expected.get_or_insert_with(|| summary.clone());
        assert_eq!(&summary, expected);
        assert_eq!(summary.events.len(), whole.len());
    }
}

fn permutations(length: usize) -> Vec<Vec<usize>> {
    if length == 0 {
        return vec![Vec::new()];
    }
    let shorter = permutations(length - 1);
    let placed = |order: &Vec<usize>| -> Vec<Vec<usize>> {
        (0..length)
            .map(|place| {
                let mut longer = order.clone();
                longer.insert(place, length - 1);
                longer
            })
            .collect()
    };
    shorter.iter().flat_map(placed).collect()
}

async fn an_older_telling_of_an_order_says_nothing_new(app: TestApp) {
    app.tell(an_order("#1001").with_title("New lamp").updated_at("2026-11-05T12:00:00Z")).await;
    let older = app.tell(an_order("#1001").with_title("Old lamp").updated_at("2026-11-05T11:00:00Z")).await;
    assert_eq!((older.orders.new, older.orders.known), (0, 1));
    assert_eq!(order(&app, "1001").await.unwrap().items[0].title, "New lamp");
    app.tell(an_order("#1001").with_title("Newest lamp").updated_at("2026-11-05T13:00:00Z")).await;
    assert_eq!(order(&app, "1001").await.unwrap().items[0].title, "Newest lamp");
}

async fn a_shipment_that_comes_before_its_order_is_adopted(app: TestApp) {
    app.tell(a_shipment(UPS).in_transit().of_order("# 1001")).await;
    assert_eq!(parcel(&app, UPS).await.order_id, None);
    app.tell(an_order("#1001").promised("2026-11-09")).await;
    let order = order(&app, "1001").await.unwrap();
    assert_eq!(order.shipments.len(), 1);
    assert_eq!(order.shipments[0].order_id, Some(order.order_id));
    let summary = summary(&app, UPS).await;
    assert_eq!(summary.window.unwrap().latest.to_string(), "2026-11-09");
}

async fn a_reused_tracking_number_is_a_new_shipment_and_the_newest_answers(app: TestApp) {
    app.tell(an_order("#1001").with_shipment(a_shipment(UPS).delivered())).await;
    let old = parcel(&app, UPS).await.shipment_id;
    app.advance(SignedDuration::from_hours(24 * 120));
    let new_label = || a_shipment(UPS).with(an_event(Status::LabelCreated, "2027-03-01T08:00:00Z"));
    let told = app.tell(new_label()).await;
    assert_eq!((told.shipments.new, told.events.new), (1, 1));
    let newest = parcel(&app, UPS).await;
    assert_ne!(newest.shipment_id, old);
    assert_eq!(newest.order_id, None);
    assert_eq!(newest.summary.unwrap().progress.status, Status::LabelCreated);
    // The old order still has its own parcel, and a repeat adds no third.
    assert_eq!(order(&app, "1001").await.unwrap().shipments[0].shipment_id, old);
    assert_eq!(app.tell(new_label()).await.shipments.new, 0);
    // The old parcel's history, told once more, is the old parcel's.
    let again = app.tell(a_shipment(UPS).delivered()).await;
    assert_eq!((again.shipments.new, again.events.new), (0, 0));
}

async fn a_whole_history_of_a_reused_number_is_told_apart(app: TestApp) {
    let history = || {
        a_shipment(UPS)
            .with(an_event(Status::Accepted, "2026-05-01T08:00:00Z"))
            .with(an_event(Status::Delivered, "2026-05-03T08:00:00Z"))
            .with(an_event(Status::LabelCreated, "2026-11-05T08:00:00Z"))
            .with(an_event(Status::Accepted, "2026-11-05T18:00:00Z"))
    };
    assert_eq!(app.tell(history()).await.shipments.new, 2);
    assert_eq!(summary(&app, UPS).await.progress.status, Status::Accepted);
    assert_eq!(summary(&app, UPS).await.events.len(), 2);
    let again = app.tell(history()).await;
    assert_eq!((again.shipments.new, again.events.new), (0, 0));
    assert_eq!(summary(&app, UPS).await.events.len(), 2);
}

async fn another_unique_id_is_another_parcel(app: TestApp) {
    let of = |id: &str| {
        let mut draft = a_shipment(UPS).in_transit().draft();
        draft.unique_id = Some(id.to_owned());
        Parsed { shipments: vec![draft], ..Parsed::default() }
    };
    assert_eq!(app.tell(of("one")).await.shipments.new, 1);
    assert_eq!(app.tell(of("two")).await.shipments.new, 1);
    assert_eq!(app.tell(of("one")).await.shipments.new, 0);
}

async fn contact_opens(app: &TestApp, text: &str) -> bool {
    let contact = Contact::read(text, Some("DE")).unwrap();
    let index = app.store.vault().blind_index(b"contact", contact.as_str().as_bytes());
    let mut conn = app.reading().await;
    order_with_contact(&mut conn, app.brand(), "1001", &index).await.unwrap().is_some()
}

async fn a_corrected_contact_replaces_the_wrong_one(app: TestApp) {
    app.tell(an_order("#1001").with_email("wrong@example.com").with_phone("030 901820")).await;
    assert!(contact_opens(&app, "Wrong@Example.com").await);
    assert!(contact_opens(&app, "+49 30 901820").await);
    app.tell(an_order("#1001").with_email("right@example.com").with_phone("030 901820")).await;
    assert!(!contact_opens(&app, "wrong@example.com").await);
    assert!(contact_opens(&app, "right@example.com").await);
    assert!(contact_opens(&app, "+4930901820").await);
}

async fn an_order_told_without_contacts_keeps_those_it_has(app: TestApp) {
    app.tell(an_order("#1001").with_email("ada@example.com")).await;
    app.tell(an_order("#1001")).await;
    assert!(contact_opens(&app, "ada@example.com").await);
}

async fn what_an_older_parser_made_of_an_event_is_replaced(app: TestApp) {
    app.tell(a_shipment(UPS).in_transit()).await;
    app.plain_sql(
        "UPDATE tracking_events SET parser_version = 0, status = 'unknown.unknown', city = NULL, text = 'as it was said'
         WHERE code = 'departed_facility'",
    )
    .await;
    let told = app.tell(a_shipment(UPS).in_transit()).await;
    assert_eq!((told.events.new, told.events.known), (0, 3));
    let mut conn = app.reading().await;
    let rows = fetch_all!(
        conn,
        (String, Option<String>, String, i64),
        "SELECT status, city, text, parser_version FROM tracking_events WHERE code = 'departed_facility'"
    );
    let (status, city, said, version) = rows.unwrap().remove(0);
    assert_eq!((status.as_str(), city.as_deref()), ("in_transit.departed_facility", Some("Leipzig")));
    assert_eq!((said.as_str(), version), ("as it was said", crate::store::ingest::PARSER_VERSION));
    assert_eq!(summary(&app, UPS).await.progress.status, Status::DepartedFacility);
    // What today's parser made is not touched by a telling of the same version.
    app.plain_sql("UPDATE tracking_events SET city = 'Halle' WHERE code = 'departed_facility'").await;
    app.tell(a_shipment(UPS).in_transit()).await;
    assert_eq!(app.count("SELECT COUNT(*) FROM tracking_events WHERE city = 'Halle'").await, 1);
}

async fn whatever_changes_the_page_raises_the_version(app: TestApp) {
    let base = || an_order("#1001").with_email("ada@example.com");
    app.tell(base().with_shipment(a_shipment(UPS).labelled())).await;
    let mut version = order(&app, "1001").await.unwrap().version;
    let mut with_new_price = base();
    with_new_price.draft().items[0].unit_price = Some(4_990);
    let mut without_shipping = base();
    without_shipping.draft().items[0].needs_shipping = false;
    let mut moved = base();
    moved.draft().address.as_mut().unwrap().city = Some("Potsdam".to_owned());
    let tellings: [(&str, Parsed); 8] = [
        ("an event", a_shipment(UPS).in_transit().into()),
        ("an estimate", a_shipment(UPS).expected("2026-11-09").into()),
        ("a title", base().with_title("Brass lamp").into()),
        ("a promise", base().promised("2026-11-20").into()),
        ("a price", with_new_price.into()),
        ("a gift card after all", without_shipping.into()),
        ("an address", moved.into()),
        ("a second parcel", a_shipment("1Z999AA10123456784").labelled().of_order("1001").into()),
    ];
    for (what, telling) in tellings {
        app.tell(telling).await;
        let raised = order(&app, "1001").await.unwrap().version;
        assert!(raised > version, "{what}");
        version = raised;
    }
}

async fn an_event_far_in_the_future_is_kept_and_not_shown_until_then(app: TestApp) {
    let far = || a_shipment(UPS).labelled().with(an_event(Status::Delivered, "2026-11-20T12:00:00Z"));
    app.tell(far()).await;
    assert_eq!(summary(&app, UPS).await.progress.status, Status::LabelCreated);
    assert_eq!(app.count("SELECT COUNT(*) FROM tracking_events").await, 2);
    assert_eq!(crate::jobs::refold::once(&app).await.unwrap(), 0);
    app.advance(SignedDuration::from_hours(14 * 24));
    assert_eq!(crate::jobs::refold::once(&app).await.unwrap(), 1);
    assert_eq!(summary(&app, UPS).await.progress.status, Status::Delivered);
}

async fn what_cannot_be_read_is_refused_and_the_rest_is_kept(app: TestApp) {
    let mut parsed = told();
    parsed.orders.push(crate::sources::OrderDraft { number: "<b>".to_owned(), ..Default::default() });
    parsed.shipments.push(a_shipment("").draft());
    parsed.shipments.push(a_shipment("a b@c").draft());
    let applied = app.tell(parsed).await;
    let at: Vec<&str> = applied.refused.iter().map(|refusal| refusal.at.as_str()).collect();
    assert_eq!(at, ["orders[1]", "shipments[1]", "shipments[2]"]);
    assert_eq!((applied.orders.new, applied.shipments.new), (1, 1));
}

async fn brands_know_nothing_of_each_other(app: TestApp) {
    app.tell(told()).await;
    let volt = app.tell_brand("volt", told()).await;
    assert_eq!((volt.orders.new, volt.shipments.new, volt.events.new), (1, 1, 5));
    let mut conn = app.reading().await;
    let vault = app.store.vault();
    let read = crate::store::orders::order(&mut conn, vault, app.brand_of("volt"), "1001").await.unwrap().unwrap();
    assert_eq!(read.shipments.len(), 1);
    assert_ne!(read.order_id, order(&app, "1001").await.unwrap().order_id);
}

async fn two_tellers_of_one_thing_at_once_write_it_once(app: TestApp) {
    let tellers: Vec<_> = (0..6)
        .map(|number| {
            let app = app.shared();
            tokio::spawn(async move {
                let brand = app.brands().by_slug("meadow").unwrap().id;
                let mut conn = app.store.write(Urgency::Batch).await.unwrap();
                let teller =
                    Teller { vault: app.store.vault(), brand, region: None, source: "doorstep", now: app.now() };
                // The parcel may be told of by the carrier while the shop tells of the order.
                let parsed: Parsed =
                    if number % 2 == 0 { told() } else { a_shipment(UPS).delivered().of_order("1001").into() };
                let applied: Applied = apply(&mut conn, &teller, &parsed).await.unwrap();
                conn.commit().await.unwrap();
                applied
            })
        })
        .collect();
    let mut all = Applied::default();
    for teller in tellers {
        all.add(teller.await.unwrap());
    }
    assert_eq!((all.orders.new, all.shipments.new, all.events.new), (1, 1, 5));
    assert_eq!(order(&app, "1001").await.unwrap().shipments.len(), 1);
}

/// Deliveries of three parcels whose numbers begin alike: in pieces, repeated, out of order, of an order and of none.
fn deliveries(begin: &str) -> Vec<Parsed> {
    let [one, other, reused] = [1, 2, 3].map(|number| format!("{begin}{number}"));
    let events = a_shipment(&one).delivered().draft().events;
    let mut told: Vec<Parsed> = vec![
        a_shipment(&one).with(events[3].clone()).into(),
        a_shipment(&other).labelled().of_order("1001").into(),
        a_shipment(&one).with(events[0].clone()).expected("2026-11-09").into(),
        a_shipment("a b@c").into(),
        a_shipment(&one).with(events[3].clone()).into(),
        a_shipment(&other).in_transit().into(),
        a_shipment(&reused).with(an_event(Status::Accepted, "2026-05-01T08:00:00Z")).into(),
        a_shipment(&reused).with(an_event(Status::Delivered, "2026-05-03T08:00:00Z")).into(),
        a_shipment(&reused).with(an_event(Status::LabelCreated, "2026-11-05T08:00:00Z")).into(),
    ];
    told.extend(events.into_iter().map(|event| a_shipment(&one).with(event).into()));
    told
}

async fn tell_together(app: &App, conn: &mut Conn, told: &[Parsed]) -> Vec<Applied> {
    let brand = app.brands().by_slug("meadow").unwrap().id;
    let (vault, now) = (app.store.vault(), app.now());
    let teller = || Teller { vault, brand, region: None, source: "doorstep", now };
    let told: Vec<_> = told.iter().map(|parsed| (teller(), parsed)).collect();
    apply_together(conn, &told).await.unwrap()
}

async fn what_is_told_together_is_as_if_told_one_by_one(app: TestApp) {
    app.tell(an_order("#1001").promised("2026-11-12")).await;
    let mut one_by_one = Vec::new();
    for delivery in deliveries("ALONE") {
        one_by_one.push(app.tell(delivery).await);
    }
    let mut conn = app.writing().await;
    let together = tell_together(&app.shared(), &mut conn, &deliveries("TOGETHER")).await;
    conn.commit().await.unwrap();
    let counts = |applied: &[Applied]| -> Vec<_> {
        applied.iter().map(|told| (told.shipments, told.events, told.refused.clone(), told.changed.len())).collect()
    };
    assert_eq!(counts(&together), counts(&one_by_one));
    for (table, columns) in [
        ("shipments", "order_id, order_key, carrier, claims"),
        ("summaries", "status, document, check_at, delivered_at, last_event_at"),
        ("tracking_events", "fingerprint, source, status, local_time, city"),
        ("estimates", "lane, walked, ended, learn_at, lesson_at"),
        ("estimate_revisions", "position, made_at, reason, earliest, latest, basis"),
    ] {
        assert!(app.count(AssertSqlSafe(format!("SELECT COUNT(*) FROM {table}"))).await > 0, "{table}");
        // Every row stands there twice: once of each telling.
        let odd = format!(
            "SELECT COUNT(*) FROM (SELECT {columns} FROM {table} GROUP BY {columns} HAVING COUNT(*) % 2 = 1) AS odd"
        );
        assert_eq!(app.count(AssertSqlSafe(odd)).await, 0, "{table}");
    }
}

async fn what_is_kept_is_what_a_fold_of_the_store_gives(app: TestApp) {
    app.tell(an_order("#1001").promised("2026-11-12")).await;
    let mut conn = app.writing().await;
    let applied = tell_together(&app.shared(), &mut conn, &deliveries("TOGETHER")).await;
    let parcels: Vec<_> = applied.into_iter().flat_map(|told| told.changed).collect();
    assert!(parcels.len() > 3);
    assert_eq!(refold(&mut conn, app.brand(), &parcels, app.now()).await.unwrap(), 0);
    conn.commit().await.unwrap();
}

async fn batches_that_tell_of_the_same_parcels_at_once_lose_nothing(app: TestApp) {
    let batches: Vec<_> = (0..4)
        .map(|number| {
            let app = app.shared();
            tokio::spawn(async move {
                let mut told = deliveries("TOGETHER");
                told.retain(|told| told.shipments.iter().all(|shipment| !shipment.tracking_number.ends_with('3')));
                told.rotate_left(number * 3);
                let mut conn = app.store.write(Urgency::Batch).await.unwrap();
                tell_together(&app, &mut conn, &told).await;
                conn.commit().await.unwrap();
            })
        })
        .collect();
    for batch in batches {
        batch.await.unwrap();
    }
    assert_eq!(summary(&app, "TOGETHER1").await.progress.status, Status::Delivered);
    assert_eq!(app.count("SELECT COUNT(*) FROM shipments").await, 2);
    assert_eq!(app.count("SELECT COUNT(*) FROM tracking_events").await, 5 + 3);
}
