//! What the gazetteer makes of the places that carriers name. It reads a name word by word, and the same places come again on
//! every page: so what was found is kept.

use std::sync::{Arc, LazyLock};

use quick_cache::sync::Cache;

use crate::places;
use crate::tracking::event::EventPlace;

/// Where a town lies, in hundredths of a degree, and what it is called.
#[derive(Clone)]
pub(super) struct Town {
    pub north: i32,
    pub east: i32,
    pub name: Arc<str>,
}

const MOST_KEPT: usize = 8192;

static TOWNS: LazyLock<Cache<EventPlace, Option<Town>>> = LazyLock::new(|| Cache::new(MOST_KEPT));
static TIME_ZONES: LazyLock<Cache<EventPlace, Option<&'static str>>> = LazyLock::new(|| Cache::new(MOST_KEPT));

/// The town that a place names.
pub(super) fn town(place: &EventPlace) -> Option<Town> {
    kept(&TOWNS, place, |place| {
        let found = places::find(place)?;
        let hundredths = |degrees: f32| (degrees * 100.0).round() as i32;
        // As the carrier writes it where that is a town's name and no more, else as the gazetteer does.
        let name = place.city.as_deref().filter(|city| places::is_town(city)).unwrap_or(found.city);
        Some(Town { north: hundredths(found.latitude), east: hundredths(found.longitude), name: name.trim().into() })
    })
}

/// [`places::time_zone`].
pub(super) fn time_zone(place: &EventPlace) -> Option<&'static str> {
    kept(&TIME_ZONES, place, places::time_zone)
}

fn kept<T: Clone>(
    known: &Cache<EventPlace, Option<T>>,
    place: &EventPlace,
    find: impl FnOnce(&EventPlace) -> Option<T>,
) -> Option<T> {
    if let Some(found) = known.get(place) {
        return found;
    }
    let found = find(place);
    known.insert(place.clone(), found.clone());
    found
}
