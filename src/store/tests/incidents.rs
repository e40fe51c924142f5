//! Trouble as the store keeps it: opened and resolved by the fold, found by the index, never fired twice.

use jiff::SignedDuration;

use crate::jobs;
use crate::store::incidents::{About, IncidentRecord, claim_due, has_due, incidents_of, keep_request};
use crate::testing::builders::UPS;
use crate::testing::{TestApp, a_shipment, an_event, an_order, on_both_databases};
use crate::tracking::incident::{IncidentKind, Level, Setting, Usually};
use crate::tracking::status::Status;
use crate::tracking::way_out::{AnswerState, Request, WayOut};

on_both_databases!(
    silence_is_noticed_by_the_job_and_ended_by_a_scan,
    a_cause_never_fires_twice,
    what_only_staff_watch_leaves_the_page_as_it_is,
    a_parcel_that_needs_no_look_is_not_looked_at,
    a_brand_that_changes_its_rules_has_its_parcels_looked_at_again,
    a_silence_is_told_with_what_history_knows_of_it,
    a_request_is_one_row_and_its_answer_reaches_the_page,
);

const DAY: SignedDuration = SignedDuration::from_hours(24);

async fn known(app: &TestApp) -> Vec<IncidentRecord> {
    let parcel = super::parcel(app, UPS).await.shipment_id;
    let mut conn = app.reading().await;
    incidents_of(&mut conn, app.brand(), parcel).await.unwrap()
}

async fn told(app: &TestApp) -> Vec<(IncidentKind, Level)> {
    super::summary(app, UPS).await.incidents.into_iter().map(|open| (open.kind, open.level)).collect()
}

async fn look(app: &TestApp) -> usize {
    jobs::incidents::once(&app.shared()).await.unwrap()
}

/// Scanned now, in Leipzig.
async fn scan(app: &TestApp, status: Status) {
    app.tell(a_shipment(UPS).with(an_event(status, &app.now().to_string()))).await;
}

async fn silence_is_noticed_by_the_job_and_ended_by_a_scan(app: TestApp) {
    app.tell(an_order("#1001")).await;
    scan(&app, Status::Accepted).await;
    app.tell(an_order("#1001").with_shipment(a_shipment(UPS))).await;
    assert_eq!((look(&app).await, known(&app).await.len()), (0, 0));
    let before = super::parcel(&app, UPS).await.version;
    app.advance(DAY * 10);
    assert_eq!(look(&app).await, 1);
    assert_eq!(told(&app).await, [(IncidentKind::Stuck, Level::Tell), (IncidentKind::NoScan, Level::Tell)]);
    assert!(super::parcel(&app, UPS).await.version > before, "an open page follows");
    let opened = app.now();
    for open in known(&app).await {
        assert_eq!((open.opened_at, open.shown_at, open.resolved_at), (opened, Some(opened), None));
    }
    assert_eq!(look(&app).await, 0);
    app.advance(SignedDuration::from_hours(1));
    scan(&app, Status::DepartedFacility).await;
    assert_eq!(told(&app).await, []);
    assert!(known(&app).await.iter().all(|ended| ended.resolved_at == Some(app.now()) && ended.opened_at == opened));
}

async fn a_cause_never_fires_twice(app: TestApp) {
    let held = || a_shipment(UPS).in_transit().then(Status::Weather);
    app.tell(held()).await;
    let first = known(&app).await;
    assert_eq!(first.len(), 1);
    app.advance(SignedDuration::from_hours(2));
    app.tell(held()).await;
    app.tell(held().then(Status::Weather)).await;
    assert_eq!(known(&app).await, first);
    // A scan told late ends it, and a later word of the same day brings it back: still one row, opened once.
    app.plain_sql("UPDATE incidents SET resolved_at = 1").await;
    app.tell(held().then(Status::Weather).then(Status::ExceptionOther).then(Status::Weather)).await;
    assert_eq!(known(&app).await[0].opened_at, first[0].opened_at);
    assert_eq!(app.count("SELECT COUNT(*) FROM incidents WHERE kind = 'weather'").await, 1);
    assert_eq!(app.count("SELECT COUNT(*) FROM incidents WHERE kind = 'weather' AND resolved_at IS NULL").await, 1);
}

async fn what_only_staff_watch_leaves_the_page_as_it_is(app: TestApp) {
    app.tell(an_order("#1001").promised("2027-03-01").with_shipment(a_shipment(UPS))).await;
    scan(&app, Status::Accepted).await;
    let before = super::parcel(&app, UPS).await.version;
    app.advance(DAY * 5);
    look(&app).await;
    let watched = known(&app).await;
    assert!(!watched.is_empty() && watched.iter().all(|open| open.level == "watch" && open.shown_at.is_none()));
    assert_eq!((told(&app).await.len(), super::parcel(&app, UPS).await.version), (0, before));
}

async fn a_parcel_that_needs_no_look_is_not_looked_at(app: TestApp) {
    app.tell(an_order("#1001").with_shipment(a_shipment(UPS).delivered())).await;
    assert_eq!(app.count("SELECT COUNT(*) FROM summaries WHERE check_at IS NOT NULL").await, 0);
    app.advance(DAY * 300);
    let mut conn = app.reading().await;
    assert!(!has_due(&mut conn, app.now()).await.unwrap());
    drop(conn);
    app.plain_sql("UPDATE summaries SET check_at = 0").await;
    let mut conn = app.writing().await;
    assert_eq!(claim_due(&mut conn, app.now(), 10).await.unwrap().len(), 1);
    assert_eq!(claim_due(&mut conn, app.now(), 10).await.unwrap().len(), 0);
}

async fn a_brand_that_changes_its_rules_has_its_parcels_looked_at_again(app: TestApp) {
    app.tell(a_shipment(UPS).in_transit().then(Status::Weather)).await;
    assert_eq!(told(&app).await, [(IncidentKind::Weather, Level::Tell)]);
    let mut brand = crate::brand::demo::brands().into_iter().find(|brand| brand.slug == "meadow").unwrap();
    brand.incidents.rules.levels.insert(IncidentKind::Weather, Setting::Off);
    let mut conn = app.writing().await;
    crate::store::brands::publish(&mut conn, &brand, app.now()).await.unwrap();
    conn.commit().await.unwrap();
    assert_eq!(look(&app).await, 1);
    assert_eq!(told(&app).await, []);
    assert!(known(&app).await[0].resolved_at.is_some());
}

async fn a_silence_is_told_with_what_history_knows_of_it(app: TestApp) {
    let number = |index: usize| format!("1Z999AA1012345{index:04}");
    let told_of =
        |index: usize, status| app.tell(a_shipment(&number(index)).with(an_event(status, &app.now().to_string())));
    for index in 0..40 {
        told_of(index, Status::Accepted).await;
    }
    app.advance(DAY * 7);
    look(&app).await;
    app.advance(SignedDuration::from_hours(30));
    for index in 0..36 {
        told_of(index, Status::DepartedFacility).await;
    }
    app.advance(DAY * 9);
    scan(&app, Status::Accepted).await;
    app.advance(DAY * 7);
    look(&app).await;
    let open = super::summary(&app, UPS).await.incidents;
    assert!(open.iter().all(|open| open.usually == Some(Usually { days: 2, share: 90 })), "{open:?}");
    let before = super::parcel(&app, UPS).await.version;
    app.plain_sql("UPDATE summaries SET check_at = 0").await;
    app.advance(DAY);
    look(&app).await;
    assert_eq!(super::parcel(&app, UPS).await.version, before, "what was said is not said otherwise");
}

async fn a_request_is_one_row_and_its_answer_reaches_the_page(app: TestApp) {
    app.tell(a_shipment(UPS).in_transit().then(Status::Lost)).await;
    let parcel = super::parcel(&app, UPS).await;
    let lost = parcel.summary.unwrap().incidents.remove(0);
    let request =
        Request { way_out: WayOut::Refund, state: AnswerState::Open, answer_by: jiff::civil::date(2026, 11, 9) };
    let about = About { brand: app.brand(), shipment: parcel.shipment_id, kind: lost.kind, cause: &lost.cause };
    for is_first in [true, false] {
        let mut conn = app.writing().await;
        let text = "to the card I paid with";
        let kept = keep_request(&mut conn, app.store.vault(), about, &request, text, app.now()).await.unwrap();
        crate::store::ingest::refold(&mut conn, app.brand(), &[parcel.shipment_id], app.now()).await.unwrap();
        conn.commit().await.unwrap();
        assert_eq!(kept, is_first);
    }
    assert_eq!(super::summary(&app, UPS).await.incidents[0].request, Some(request));
    app.plain_sql("UPDATE incident_answers SET state = 'declined'").await;
    jobs::refold::once(&app.shared()).await.unwrap();
    let answered = super::summary(&app, UPS).await.incidents[0].request.unwrap();
    assert_eq!(answered.state, AnswerState::Declined);
}
