use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::orders::contact::Contact;
use crate::orders::number::OrderNumber;
use crate::sources::detect::detect;
use crate::store::seal::Keys;
use crate::tracking::status::Status;

fn instants() -> [Timestamp; 4] {
    ["2026-03-04T12:00:00Z", "2026-07-15T23:58:20Z", "2026-10-25T00:31:00Z", "2026-12-31T06:05:59Z"]
        .map(|text| text.parse().expect(text))
}

fn all_orders() -> Vec<(Brand, Vec<DemoOrder>)> {
    brands().into_iter().map(|brand| (brand.clone(), orders_of(&brand.slug))).collect()
}

/// A store of its own in a folder that goes when the test ends.
struct Fresh {
    store: Store,
    folder: std::path::PathBuf,
}

impl Fresh {
    async fn open(name: &str) -> Fresh {
        let folder = std::env::temp_dir().join(format!("doorstep-demo-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let url = format!("sqlite://{}", folder.join("demo.db").display());
        let store = Store::open(&url, Keys::read(&Keys::fresh_text()).unwrap()).await.unwrap();
        store.migrate().await.unwrap();
        Fresh { store, folder }
    }

    async fn brand(&self, slug: &str) -> BrandId {
        published::by_slug(&mut self.store.read().await.unwrap(), slug).await.unwrap().expect(slug).brand_id
    }

    async fn statuses(&self) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for slug in ["meadow", "volt"] {
            let listed = parcels(&self.store, self.brand(slug).await).await.unwrap();
            found.extend(listed.into_iter().map(|parcel| (parcel.tracking_number, parcel.status)));
        }
        found.sort();
        found
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

fn sampled() -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = samples()
        .iter()
        .flat_map(|line| {
            let sample: serde_json::Value = serde_json::from_str(line).unwrap();
            let parcels = sample["parcels"].as_array().unwrap().clone();
            parcels.into_iter().map(|parcel| {
                let text = |name: &str| parcel[name].as_str().unwrap().to_owned();
                (text("tracking_number"), text("status"))
            })
        })
        .collect();
    all.sort();
    all
}

#[test]
fn samples_are_the_same_at_every_call() {
    assert_eq!(samples(), samples());
    assert!((38..=46).contains(&samples().len()), "{}", samples().len());
    let first: serde_json::Value = serde_json::from_str(&samples()[0]).unwrap();
    assert_eq!(first["brand"], "meadow");
    assert_eq!(first["host"], "localhost");
    assert_eq!(first["order_number"], "#1001");
    assert_eq!(samples().iter().filter(|line| line.contains("\"moving\":true")).count(), 1);
    assert!(samples().last().unwrap().contains("\"host\":\"volt.localhost\""));
}

#[test]
fn every_status_is_somewhere() {
    let shown: HashSet<Status> =
        all_orders().iter().flat_map(|(_, orders)| orders).flat_map(|order| &order.parcels).map(|p| p.status).collect();
    let missing: Vec<&Status> = Status::ALL.iter().filter(|status| !shown.contains(status)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn every_tracking_number_is_valid_for_its_carrier_and_unique() {
    let mut seen = HashSet::new();
    for (_, orders) in all_orders() {
        for parcel in orders.iter().flat_map(|order| &order.parcels) {
            let fits = detect(parcel.number);
            assert!(fits.iter().any(|found| found.carrier == parcel.carrier), "{}: {fits:?}", parcel.number);
            assert!(seen.insert(parcel.number), "{} is used twice", parcel.number);
        }
    }
}

#[test]
fn every_contact_can_be_typed_and_no_order_is_told_twice() {
    let mut pairs = HashSet::new();
    for (brand, orders) in all_orders() {
        for order in orders {
            let person = order.person;
            assert_eq!(Contact::email(person.email).expect(person.email).as_str(), person.email);
            assert!(person.email.ends_with("@example.com"), "{}", person.email);
            let phone = Contact::phone(person.phone, None);
            assert_eq!(phone.as_ref().map(Contact::as_str), Some(person.phone), "{}", person.name);
            let number: OrderNumber = order.number.parse().unwrap();
            assert!(pairs.insert((brand.slug.clone(), number)), "{}", order.number);
        }
    }
}

#[test]
fn a_contact_has_several_orders() {
    let of_clara = meadow::orders().iter().filter(|order| order.person.email == people::CLARA.email).count();
    assert!(of_clara >= 3);
}

#[test]
fn everything_told_is_in_the_past_and_its_place_is_known() {
    for now in instants() {
        for order in all_orders().into_iter().flat_map(|(_, orders)| orders) {
            let draft = order.draft(now);
            let steps = [draft.placed_at, draft.paid_at, draft.picked_at, draft.packed_at];
            let mut before = None;
            for step in steps.into_iter().flatten() {
                assert!(step < now && before < Some(step), "{} at {now}: {steps:?}", order.number);
                before = Some(step);
            }
            for shipment in order.shipments(now) {
                for event in &shipment.events {
                    let told = event.time.sort_instant();
                    assert!(told < now && before < Some(told), "{} at {now}: {event:?}", order.number);
                    let is_placed = crate::places::time_zone(&event.place).is_some() || event.place.is_empty();
                    assert!(is_placed, "{:?}", event.place);
                }
                let in_order = shipment.events.is_sorted_by_key(|event| event.time.sort_instant());
                assert!(in_order, "{}", shipment.tracking_number);
            }
        }
    }
}

#[tokio::test]
async fn the_store_shows_what_the_samples_say_at_any_hour() {
    for (round, now) in instants().into_iter().enumerate() {
        let fresh = Fresh::open(&format!("fill-{round}")).await;
        fill(&fresh.store, 3000, now).await.unwrap();
        assert_eq!(fresh.statuses().await, sampled(), "{now}");
    }
}

#[tokio::test]
async fn a_filled_store_is_left_as_it_is() {
    let fresh = Fresh::open("again").await;
    let now = instants()[0];
    fill(&fresh.store, 3000, now).await.unwrap();
    let id = fresh.brand("meadow").await;
    let version = |store: Store| async move {
        let mut conn = store.read().await.unwrap();
        orders::order_key(&mut conn, id, "1001").await.unwrap().expect("it is there")
    };
    let before = version(fresh.store.clone()).await;
    fill(&fresh.store, 4000, now + SignedDuration::from_hours(30)).await.unwrap();
    assert_eq!(version(fresh.store.clone()).await, before);
    let brand = published::by_slug(&mut fresh.store.read().await.unwrap(), "meadow").await.unwrap().unwrap();
    assert_eq!(brand.brand.origin, "http://localhost:4000");
}

#[tokio::test]
async fn the_moving_parcel_arrives_rests_and_sets_out_anew() {
    let fresh = Fresh::open("moving").await;
    let mut now = instants()[0];
    fill(&fresh.store, 3000, now).await.unwrap();
    let id = fresh.brand("meadow").await;
    let brand = &brands()[0];
    let order = meadow::orders().into_iter().find(|order| order.is_moving).unwrap();
    let number = order.parcels[0].number;
    let mut seen = Vec::new();
    for _ in 0..14 {
        now += SignedDuration::from_secs(6);
        step(&fresh.store, id, brand, &order, false, now).await.unwrap();
        let status = fresh.statuses().await.into_iter().find(|(found, _)| found == number).unwrap().1;
        seen.push(status);
    }
    let expected = [
        "in_transit.departed_facility",
        "in_transit.at_local_facility",
        "out_for_delivery.on_vehicle",
        "delivered.delivered",
        "info_received.label_created",
        "in_transit.accepted",
        "in_transit.departed_facility",
        "in_transit.arrived_facility",
        "in_transit.departed_facility",
        "in_transit.at_local_facility",
        "out_for_delivery.on_vehicle",
        "delivered.delivered",
        "info_received.label_created",
        "in_transit.accepted",
    ];
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn a_button_does_what_it_says() {
    let fresh = Fresh::open("buttons").await;
    let mut now = instants()[0];
    fill(&fresh.store, 3000, now).await.unwrap();
    let id = fresh.brand("meadow").await;
    let number = meadow::orders()[0].parcels[0].number;
    for (button, expected) in [
        (Button::Advance, "in_transit.at_local_facility"),
        (Button::Delay, "exception.delayed_carrier"),
        (Button::Mend, "in_transit.resolved"),
        (Button::Lose, "exception.lost"),
        (Button::Advance, "in_transit.resolved"),
        (Button::Lose, "exception.lost"),
        (Button::Mend, "in_transit.resolved"),
        (Button::Damage, "exception.damaged"),
        (Button::Deliver, "delivered.delivered"),
        (Button::Advance, "delivered.delivered"),
        (Button::Return, "returning.in_progress"),
        (Button::Advance, "returned.received"),
    ] {
        now += SignedDuration::from_secs(20);
        let mut conn = fresh.store.write(Urgency::Batch).await.unwrap();
        press_in(&mut conn, &fresh.store, id, &brands()[0], number, button, now).await.unwrap();
        conn.commit().await.unwrap();
        let status = fresh.statuses().await.into_iter().find(|(found, _)| found == number).unwrap().1;
        assert_eq!(status, expected, "{button:?}");
    }
}
