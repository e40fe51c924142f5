//! What sentences must be for every status, place, carrier, window and language, and some of them word for word.

use jiff::civil::date;

use super::super::locale::Locale;
use super::*;
use crate::tracking::event::EventTime;

const TODAY: Date = date(2026, 10, 5);

fn city(name: &str) -> EventPlace {
    EventPlace { city: Some(name.to_owned()), ..EventPlace::default() }
}

fn facility(name: &str) -> EventPlace {
    EventPlace { facility: Some(name.to_owned()), ..EventPlace::default() }
}

fn on_time(day: i8) -> Expectation {
    Expectation { earliest: None, latest: Some(date(2026, 10, day)), has_moved_later: false }
}

fn event(status: Status, place: EventPlace) -> Update {
    Update { status, time: EventTime::day(TODAY), place }
}

fn is_plain(said: &str, about: &str) {
    assert!(said.len() > 8 && !said.starts_with("headline-") && !said.starts_with("event-"), "{about}: {said:?}");
    assert!(!said.contains(['{', '}', '$', '_']), "{about}: {said:?}");
    assert!(!said.to_lowercase().contains("exception"), "{about}: {said:?}");
    assert!(!said.contains("  ") && !said.contains(" ;") && !said.contains(" ,"), "{about}: {said:?}");
    assert!(said.trim() == said && !said.ends_with([';', ',']), "{about}: {said:?}");
    let first = said.chars().find(|c| c.is_alphanumeric()).unwrap();
    assert!(!first.is_lowercase(), "{about}: {said:?}");
}

#[test]
fn every_status_is_said_plainly_whatever_is_known() {
    let places = [None, Some(city("Chicago")), Some(facility("Chicago IL Distribution Center"))];
    let windows = [
        Expectation::default(),
        on_time(8),
        on_time(4),
        Expectation { has_moved_later: true, ..on_time(9) },
        Expectation { earliest: Some(date(2026, 10, 8)), ..on_time(12) },
    ];
    for locale in Locale::ALL {
        let speaker = Speaker::of(locale);
        for status in Status::ALL {
            for place in &places {
                for carrier in [None, Some("UPS")] {
                    let about = format!("{status} in {locale}");
                    let told = event(*status, place.clone().unwrap_or_default());
                    is_plain(&speaker.event_line(&told, carrier), &about);
                    for expectation in windows {
                        for day in [None, Some(TODAY)] {
                            let facts = Facts {
                                place: place.as_ref(),
                                carrier,
                                expectation,
                                on: day,
                                until: day,
                                ..Facts::of(*status)
                            };
                            is_plain(&speaker.headline(&facts, TODAY), &about);
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn every_status_has_words_of_its_own_in_every_language() {
    for locale in Locale::ALL {
        let speaker = Speaker::of(locale);
        let mut headlines = std::collections::HashSet::new();
        let mut lines = std::collections::HashSet::new();
        for status in Status::ALL {
            assert!(speaker.knows(&messages(*status).event) && speaker.knows(&messages(*status).headline), "{status}");
            let headline = speaker.headline(&Facts::of(*status), TODAY);
            assert!(headlines.insert(headline.clone()), "{headline} is said of two statuses");
            let line = speaker.event_line(&event(*status, EventPlace::default()), None);
            assert!(lines.insert(line.clone()), "{line} is said of two statuses");
        }
    }
}

#[test]
fn a_status_with_a_day_ahead_says_the_day() {
    for status in [Status::InTransit, Status::OnVehicle, Status::LabelCreated, Status::Weather, Status::CustomsHold] {
        let said =
            Speaker::of(Locale::English).headline(&Facts { expectation: on_time(8), ..Facts::of(status) }, TODAY);
        assert!(said.contains("by Thursday"), "{said}");
    }
}

#[test]
fn sentences_word_for_word() {
    let chicago = city("CHICAGO");
    let liege = city("Liège");
    let facts = |status, place| Facts { place, carrier: Some("UPS"), ..Facts::of(status) };
    let english = Speaker::of(Locale::English);
    let german = Speaker::of(Locale::German);

    let departed = event(Status::DepartedFacility, chicago.clone());
    assert_eq!(english.event_line(&departed, None), "Your package left the Chicago facility and is on its way");
    assert_eq!(
        german.event_line(&departed, None),
        "Ihr Paket hat das Paketzentrum in Chicago verlassen und ist unterwegs"
    );

    let rerouted = Facts { expectation: on_time(8), ..facts(Status::Redirected, None) };
    assert_eq!(english.headline(&rerouted, TODAY), "Your package is being rerouted and should arrive by Thursday");
    assert_eq!(german.headline(&rerouted, TODAY), "Ihr Paket wird umgeleitet und sollte bis Donnerstag ankommen");

    let customs = Facts {
        expectation: Expectation { earliest: Some(date(2026, 10, 15)), ..on_time(16) },
        ..facts(Status::CustomsStarted, Some(&liege))
    };
    assert_eq!(
        english.headline(&customs, TODAY),
        "Your package is awaiting customs clearance in Liège; this usually takes 1–2 days; \
         it should arrive between Thu, Oct 15 and Fri, Oct 16"
    );
    let neighbour = Facts { on: Some(TODAY), ..facts(Status::DeliveredNeighbour, None) };
    assert_eq!(english.headline(&neighbour, TODAY), "Your package was left with a neighbour today");
    let missed = Facts { on: Some(date(2026, 10, 4)), ..facts(Status::AttemptNoOneHome, None) };
    assert_eq!(
        english.headline(&missed, TODAY),
        "UPS came yesterday but nobody was home; usually they try again the next working day"
    );
    let ready =
        Facts { pickup: Some("Kiosk Kaya"), until: Some(date(2026, 10, 9)), ..facts(Status::ReadyForPickup, None) };
    assert_eq!(english.headline(&ready, TODAY), "Your package is ready to collect at Kiosk Kaya until Friday");
    assert_eq!(german.headline(&ready, TODAY), "Ihr Paket liegt bis Freitag zur Abholung bereit (Kiosk Kaya)");
}

#[test]
fn an_order_without_a_parcel_has_its_headline() {
    for locale in Locale::ALL {
        for stage in OrderStage::ALL {
            for expectation in [Expectation::default(), on_time(8), on_time(4)] {
                for ship_by in [None, Some(date(2026, 10, 7)), Some(date(2026, 10, 1))] {
                    is_plain(&Speaker::of(locale).order_headline(stage, &expectation, ship_by, TODAY), stage.message());
                }
            }
        }
    }
    let said = Speaker::of(Locale::English).order_headline(
        OrderStage::Paid,
        &Expectation::default(),
        Some(date(2026, 10, 7)),
        TODAY,
    );
    assert_eq!(said, "We have your order and will send it by Wednesday");
}

#[test]
fn places_are_not_shouted_and_codes_of_depots_not_told() {
    let spot = |place: &EventPlace| Spot::of(Some(place)).name().to_owned();
    assert_eq!(spot(&city("SAN FRANCISCO")), "San Francisco");
    assert_eq!(spot(&city("FRANKFURT-AM-MAIN")), "Frankfurt-Am-Main");
    assert_eq!(spot(&city("Aix-en-Provence")), "Aix-en-Provence");
    assert_eq!(spot(&city("東京")), "東京");
    assert_eq!(spot(&facility("ORD04")), "");
    assert_eq!(spot(&city(" ")), "");
}

#[test]
fn a_window_never_lies_in_the_past() {
    let half_gone = Expectation { earliest: Some(date(2026, 10, 1)), ..on_time(8) };
    assert_eq!(Speaker::of(Locale::English).when(&half_gone, TODAY), "between today and Thursday");
    assert_eq!(Speaker::of(Locale::English).when(&on_time(4), TODAY), "");
    let turned = Expectation { earliest: Some(date(2026, 10, 9)), ..on_time(8) };
    assert_eq!(Speaker::of(Locale::English).when(&turned, TODAY), "by Thursday");
}
