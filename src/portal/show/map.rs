//! The journey on a map: which places of a parcel's updates are shown, and under which names.
//!
//! Towns only, and only those where a scan was made: never the address it goes to.

use std::sync::{Arc, LazyLock};

use quick_cache::sync::Cache;

use crate::places::map::{self, Stop};
use crate::portal::components::map::drawing;
use crate::portal::view::JourneyView;
use crate::tracking::event::EventPlace;
use crate::tracking::status::{Milestone, Status};
use crate::tracking::summary::Summary;

use super::Viewer;
use super::place::{Town, town};

/// What the coast of a page's maps may take together, before it is compressed to about half.
const MOST_BYTES: usize = 5200;

/// However many parcels an order has, a map is worth nothing below this.
const LEAST_BYTES: usize = 1300;

/// Parcels take the same ways again and again, and the ground of a map is the same for all of them.
static DRAWN: LazyLock<Cache<Key, Option<Arc<str>>>> = LazyLock::new(|| Cache::new(1024));

/// The towns in order, to a hundredth of a degree, their names, and how fine the map is.
type Key = (Vec<(i32, i32, String)>, usize);

impl Viewer<'_> {
    /// The map of a parcel on a page with so many of them; `None` below two known places.
    pub(super) fn journey(&self, summary: &Summary, parcels: usize) -> Option<JourneyView> {
        let towns = self.towns(summary);
        let names: Vec<String> = towns.iter().map(|(.., name)| name.clone()).collect();
        let (from, last) = (names.first()?, names.last()?);
        let args = [("from", from.into()), ("last", last.into())];
        let caption = match (has_arrived(summary.progress.status), from == last) {
            (true, _) => self.words.say("journey-arrived", &args),
            (false, true) => self.words.say("journey-back", &args),
            (false, false) => self.words.say("journey-last-seen", &args),
        };
        let most_bytes = (MOST_BYTES / parcels.max(1)).max(LEAST_BYTES);
        let drawn = drawn((towns, most_bytes))?;
        Some(JourneyView { caption, names, drawing: drawn.to_string() })
    }

    /// Where it was seen, oldest first, nowhere twice in a row.
    fn towns(&self, summary: &Summary) -> Vec<(i32, i32, String)> {
        let mut towns: Vec<(i32, i32, String)> = Vec::new();
        let mut before: Option<&EventPlace> = None;
        for shown in &summary.events {
            let place = &shown.update.place;
            if place.is_empty() || before == Some(place) {
                continue;
            }
            before = Some(place);
            let Some(Town { north, east, name }) = town(place) else { continue };
            if towns.last().is_some_and(|town| (town.0, town.1) == (north, east)) {
                continue;
            }
            let name = self.words.place(&EventPlace { city: Some(name.to_string()), ..EventPlace::default() });
            towns.push((north, east, name));
        }
        towns
    }
}

fn drawn(key: Key) -> Option<Arc<str>> {
    if let Some(known) = DRAWN.get(&key) {
        return known;
    }
    let stops: Vec<Stop> = key
        .0
        .iter()
        .map(|(north, east, name)| Stop {
            latitude: *north as f32 / 100.0,
            longitude: *east as f32 / 100.0,
            name: name.clone(),
        })
        .collect();
    let drawn = map::draw(&stops, key.1).map(|map| drawing(&map).into());
    DRAWN.insert(key, drawn.clone());
    drawn
}

fn has_arrived(status: Status) -> bool {
    matches!(status.milestone(), Milestone::Delivered | Milestone::Returned)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use jiff::tz::Offset;

    use super::*;
    use crate::access::grant::Scope;
    use crate::tracking::event::{EventTime, SaidByCarrier, TrackingEvent};
    use crate::tracking::progress::OrderSteps;
    use crate::tracking::summary::{Claims, summarise};
    use crate::tracking::wording::{Locale, Speaker};

    fn journey(status: Status, places: &[(&str, &str)]) -> Option<JourneyView> {
        let brands = crate::brand::demo::brands();
        let now = "2026-11-20T00:00:00Z".parse().unwrap();
        let viewer = Viewer::new(&brands[0], Speaker::of(Locale::English), Scope::Town, now);
        let events: Vec<TrackingEvent> = (8..)
            .zip(places)
            .map(|(hour, (city, facility))| TrackingEvent {
                said: SaidByCarrier {
                    vendor_event_id: None,
                    code: None,
                    text: city.to_string(),
                    time: hour.to_string(),
                    place: city.to_string(),
                },
                status,
                time: EventTime::with_offset(date(2026, 11, 3).at(hour, 0, 0, 0), Offset::UTC),
                place: EventPlace {
                    city: Some(city.to_string()).filter(|city| !city.is_empty()),
                    country: Some("US".to_owned()),
                    postal_code: Some("60610".to_owned()).filter(|_| *city == "Chicago"),
                    facility: Some(facility.to_string()).filter(|facility| !facility.is_empty()),
                    ..EventPlace::default()
                },
            })
            .collect();
        let summary = summarise(&events, &Claims::default(), None, &OrderSteps::default(), now);
        viewer.journey(&summary, 1)
    }

    #[test]
    fn a_journey_is_told_from_where_to_where() {
        let way = [("LOUISVILLE", ""), ("LOUISVILLE", ""), ("Chicago", "12 Elm Street")];
        let shown = journey(Status::ArrivedFacility, &way).expect("two towns");
        assert_eq!(shown.caption, "From Louisville to Chicago, where it was last seen.");
        assert_eq!(shown.names, ["Louisville", "Chicago"]);
        assert!(!format!("{shown:?}").contains("Elm") && !format!("{shown:?}").contains("60610"));
        assert_eq!(journey(Status::Delivered, &way).expect("two towns").caption, "From Louisville to Chicago.");
    }

    #[test]
    fn fewer_than_two_known_towns_are_no_journey() {
        for way in [
            &[][..],
            &[("Chicago", "")],
            &[("Chicago", ""), ("Chicago", "")],
            &[("Chicago", ""), ("Nowhere-am-Bach", "")],
        ] {
            assert_eq!(journey(Status::ArrivedFacility, way), None, "{way:?}");
        }
    }

    #[test]
    fn what_stands_beside_a_town_in_the_carriers_text_is_not_shown() {
        let shown = journey(Status::ArrivedFacility, &[("Louisville", ""), ("12 Elm Street, Chicago, IL", "")]);
        assert!(shown.is_none_or(|shown| !format!("{shown:?}").contains("Elm")));
    }
}
