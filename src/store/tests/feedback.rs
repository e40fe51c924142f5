//! What shoppers said of their deliveries, as the store keeps it.

use jiff::SignedDuration;

use crate::orders::ShipmentId;
use crate::orders::aftercare::Cause;
use crate::orders::feedback::{Feedback, FeedbackGiven};
use crate::pictures::Picture;
use crate::store::cases::{self, About, Opened};
use crate::store::feedback::{Kept, Via, asked, give, rated};
use crate::store::orders;
use crate::testing::builders::UPS;
use crate::testing::{TestApp, a_shipment, an_order, on_both_databases};
use crate::tracking::status::Status;

on_both_databases!(
    an_answer_is_one_row_however_often_it_is_given,
    an_answer_closes_two_weeks_after_the_first,
    an_answer_changes_the_page,
    a_comment_is_sealed,
    a_parcel_is_rated_by_its_id_or_number_within_its_brand,
    the_report_sees_who_was_asked_and_whether_the_window_was_kept,
    what_was_asked_is_counted_by_brand_and_cause,
    what_is_forgotten_takes_its_cases_and_photos_along,
);

async fn delivered(app: &TestApp) -> ShipmentId {
    app.tell(an_order("#1001").promised("2026-11-05").with_shipment(a_shipment(UPS).delivered())).await;
    super::parcel(app, UPS).await.shipment_id
}

async fn say(app: &TestApp, parcel: ShipmentId, rating: &str, comment: &str) -> Kept {
    let feedback = Feedback::read(rating, ["late", "quick"], comment).unwrap();
    let mut conn = app.writing().await;
    let kept = give(&mut conn, app.store.vault(), app.brand(), parcel, &feedback, Via::Page, app.now()).await.unwrap();
    conn.commit().await.unwrap();
    kept
}

async fn kept(app: &TestApp) -> FeedbackGiven {
    super::order(app, "1001").await.unwrap().shipments.remove(0).feedback.expect("it was answered")
}

async fn an_answer_is_one_row_however_often_it_is_given(app: TestApp) {
    let parcel = delivered(&app).await;
    let first = app.now();
    say(&app, parcel, "2", "It was wet").await;
    app.advance(SignedDuration::from_hours(1));
    say(&app, parcel, "5", "").await;
    assert_eq!(app.count("SELECT COUNT(*) FROM feedback").await, 1);
    let kept = kept(&app).await;
    assert_eq!(kept.feedback, Feedback::read("5", ["quick"], "").unwrap());
    assert_eq!((kept.created_at, kept.changed_at), (first, app.now()));
}

async fn an_answer_closes_two_weeks_after_the_first(app: TestApp) {
    let parcel = delivered(&app).await;
    say(&app, parcel, "2", "").await;
    app.advance(SignedDuration::from_hours(13 * 24));
    assert_eq!(say(&app, parcel, "3", "").await, Kept::Saved);
    app.advance(SignedDuration::from_hours(24));
    assert_eq!(say(&app, parcel, "5", "").await, Kept::Closed);
    assert_eq!(kept(&app).await.feedback.rating.stars(), 3);
}

async fn an_answer_changes_the_page(app: TestApp) {
    let parcel = delivered(&app).await;
    let before = super::order(&app, "1001").await.unwrap().version;
    say(&app, parcel, "4", "").await;
    assert!(super::order(&app, "1001").await.unwrap().version > before);
}

async fn a_comment_is_sealed(app: TestApp) {
    let parcel = delivered(&app).await;
    say(&app, parcel, "4", "Ada's own words").await;
    assert_eq!(kept(&app).await.feedback.comment.as_deref(), Some("Ada's own words"));
    let mut conn = app.reading().await;
    let row = crate::store::fetch_optional!(conn, (Vec<u8>,), "SELECT comment FROM feedback").unwrap();
    let (sealed,) = row.unwrap();
    assert!(!sealed.windows(3).any(|bytes| bytes == b"own"));
}

async fn a_parcel_is_rated_by_its_id_or_number_within_its_brand(app: TestApp) {
    let parcel = delivered(&app).await;
    let mut conn = app.reading().await;
    for named in [UPS.to_owned(), parcel.to_string()] {
        let found = rated(&mut conn, app.brand(), &named).await.unwrap().unwrap();
        assert_eq!((found.shipment, found.order_key.as_str()), (parcel, "1001"));
        assert_eq!(found.status, Some(Status::Delivered));
        assert_eq!(rated(&mut conn, app.brand_of("volt"), &named).await.unwrap(), None);
    }
    assert_eq!(rated(&mut conn, app.brand(), "soup").await.unwrap(), None);
}

async fn the_report_sees_who_was_asked_and_whether_the_window_was_kept(app: TestApp) {
    let parcel = delivered(&app).await;
    app.tell(an_order("#1002").with_shipment(a_shipment("1Z999AA10123456784").in_transit())).await;
    say(&app, parcel, "4", "").await;
    let mut conn = app.reading().await;
    let (parcels, next) = asked(&mut conn, None, 10).await.unwrap();
    assert_eq!(parcels.len(), 1, "what is under way is not asked for");
    assert_eq!((parcels[0].brand.as_str(), parcels[0].carrier.as_deref()), ("meadow", Some("ups")));
    // Delivered on the sixth at six in the morning.
    assert_eq!(parcels[0].kept, Some(false));
    assert_eq!(parcels[0].lane, "DE→DE");
    assert_eq!(parcels[0].answer.as_ref().unwrap().rating.stars(), 4);
    assert_eq!(asked(&mut conn, next, 10).await.unwrap(), (Vec::new(), None));
}

async fn what_was_asked_is_counted_by_brand_and_cause(app: TestApp) {
    delivered(&app).await;
    let day = "2026-11-06".parse().unwrap();
    let mut conn = app.writing().await;
    for asked in [cases::Asked::Opened, cases::Asked::Opened, cases::Asked::Inquired] {
        cases::count(&mut conn, app.brand(), day, Cause::Where, asked).await.unwrap();
    }
    assert_eq!(cases::counts(&mut conn).await.unwrap(), [("meadow".to_owned(), "where".to_owned(), 2, 1)]);
    let orders = cases::orders_by_brand(&mut conn).await.unwrap();
    assert_eq!(orders, [("meadow".to_owned(), 1), ("volt".to_owned(), 0)]);
}

async fn what_is_forgotten_takes_its_cases_and_photos_along(app: TestApp) {
    let parcel = delivered(&app).await;
    say(&app, parcel, "1", "").await;
    let order = super::order(&app, "1001").await.unwrap();
    let mut conn = app.writing().await;
    let vault = app.store.vault();
    let answer_by = "2026-11-09".parse().unwrap();
    for shipment in [Some(parcel), None] {
        let about = About { brand: app.brand(), order: order.order_id, shipment, cause: Cause::Missing };
        assert_eq!(cases::open(&mut conn, vault, &about, "a", answer_by, app.now()).await.unwrap(), Opened::Anew);
        assert_eq!(cases::open(&mut conn, vault, &about, "a", answer_by, app.now()).await.unwrap(), Opened::AsBefore);
        assert_eq!(cases::open(&mut conn, vault, &about, "b", answer_by, app.now()).await.unwrap(), Opened::Changed);
    }
    let photo = Picture { jpeg: b"pixels".to_vec(), width: 1, height: 1 };
    assert!(cases::keep_photo(&mut conn, vault, app.brand(), parcel, &photo, app.now()).await.unwrap());
    conn.commit().await.unwrap();
    let kept = super::order(&app, "1001").await.unwrap();
    assert_eq!((kept.cases.len(), kept.shipments[0].cases.len()), (1, 1));
    assert!(kept.shipments[0].feedback.as_ref().unwrap().photo_at.is_some());
    let mut conn = app.writing().await;
    let listed = cases::list(&mut conn, vault, None, false, 10).await.unwrap();
    assert_eq!(listed.iter().map(|case| (case.text.as_str(), case.has_photo)).collect::<Vec<_>>().len(), 2);
    let later = app.now() + SignedDuration::from_hours(1);
    orders::forget_before(&mut conn, app.brand(), later, 10).await.unwrap();
    conn.commit().await.unwrap();
    assert_eq!(
        app.count("SELECT COUNT(*) FROM cases").await + app.count("SELECT COUNT(*) FROM damage_photos").await,
        0
    );
}
