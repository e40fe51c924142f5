//! What the carriers' files share: a scan made into an event, free-text places, country codes, and what a payload refuses.
//!
//! What a code means is no business of this file: each carrier has its own `match`.

use std::borrow::Cow;

use crate::sources::country::country_code;
use crate::sources::format::{self, Format};
pub(super) use crate::sources::reading::squeezed;
use crate::sources::reading::{WrittenTime, plain, written_time};
use crate::sources::{EstimateDraft, Expected, Parsed, PickupDraft, ProofDraft, Refusal, ShipmentDraft, sort_events};
use crate::tracking::event::{EventPlace, EventTime, SaidByCarrier, TrackingEvent};
use crate::tracking::status::Status;

/// One thing a carrier says happened, before its time is read.
#[derive(Debug, Clone, Default)]
pub(super) struct Scan {
    pub id: Option<String>,
    pub code: Option<String>,
    pub text: Option<String>,
    pub time: Option<String>,
    pub place: EventPlace,
    /// The raw place; built from `place` where it is left empty.
    pub said_place: String,
}

impl Scan {
    /// The event, or why it cannot be one. `zone` is the zone that the carrier's documentation or home names.
    pub fn event(self, status: Status, zone: Option<&str>) -> Result<TrackingEvent, String> {
        let read = self.time.as_deref().and_then(written_time);
        self.event_reading(read, status, zone)
    }

    /// The same, its time already read in the carrier's own form.
    pub fn event_reading(
        self,
        read: Option<WrittenTime>,
        status: Status,
        zone: Option<&str>,
    ) -> Result<TrackingEvent, String> {
        match (read, &self.time) {
            (Some(read), _) => {
                let time = read.event_time(&self.place, zone);
                Ok(self.event_at(time, status))
            }
            (None, Some(written)) => Err(format!("no time can be read from {written:?} ({})", self.what())),
            (None, None) => Err(format!("the event has no time ({})", self.what())),
        }
    }

    pub fn event_at(self, time: EventTime, status: Status) -> TrackingEvent {
        let text = self.text.as_deref().map(squeezed);
        let place = match self.said_place.is_empty() {
            true => said_place(&self.place),
            false => squeezed(&self.said_place),
        };
        TrackingEvent {
            said: SaidByCarrier {
                vendor_event_id: self.id,
                code: self.code.clone().or_else(|| text.clone()),
                text: text.or(self.code).unwrap_or_default(),
                time: self.time.unwrap_or_default(),
                place,
            },
            status,
            time,
            place: self.place,
        }
    }

    fn what(&self) -> String {
        [&self.code, &self.text].into_iter().flatten().map(|part| squeezed(part)).collect::<Vec<_>>().join(" ")
    }
}

fn said_place(place: &EventPlace) -> String {
    [&place.facility, &place.city, &place.region, &place.postal_code, &place.country]
        .into_iter()
        .filter_map(|part| part.as_deref())
        .collect::<Vec<_>>()
        .join(", ")
}

/// A text as the key of a fixed vocabulary: squeezed, lower case, without its full stop.
pub(super) fn wording(text: &str) -> String {
    let mut wording = squeezed(text);
    if wording.is_ascii() {
        wording.make_ascii_lowercase();
    } else {
        wording = wording.to_lowercase().replace('’', "'");
    }
    wording.truncate(wording.trim_end_matches(['.', '!']).trim_end().len());
    wording
}

pub(super) fn refuse(parsed: &mut Parsed, at: impl Into<String>, reason: impl Into<String>) {
    parsed.refused.push(Refusal { at: at.into(), reason: reason.into() });
}

/// Keeps an event, or notes where and why it cannot be kept.
pub(super) fn keep(
    parsed: &mut Parsed,
    shipment: &mut ShipmentDraft,
    at: impl Into<String>,
    event: Result<TrackingEvent, String>,
) {
    match event {
        Ok(event) => shipment.events.push(event),
        Err(reason) => refuse(parsed, at, reason),
    }
}

/// Adds a shipment with its events in order.
pub(super) fn add(parsed: &mut Parsed, mut shipment: ShipmentDraft) {
    sort_events(&mut shipment.events);
    parsed.shipments.push(shipment);
}

/// A shipment of which the carrier says only that it cannot tell.
pub(super) fn untold(carrier: &str, number: String, status: Status, code: Option<String>) -> ShipmentDraft {
    ShipmentDraft {
        tracking_number: number,
        carrier: Some(carrier.to_owned()),
        status: Some(status),
        status_code: code,
        ..ShipmentDraft::default()
    }
}

pub(super) fn proof(signed_by: Option<String>, photo: Option<String>) -> Option<ProofDraft> {
    let photo = photo.filter(|address| address.starts_with("https://"));
    let proof = ProofDraft { signed_by: signed_by.map(|name| plain(&name)), photo };
    (proof != ProofDraft::default()).then_some(proof)
}

pub(super) fn pickup(pickup: PickupDraft) -> Option<PickupDraft> {
    (pickup != PickupDraft::default()).then_some(pickup)
}

pub(super) fn known(place: EventPlace) -> Option<EventPlace> {
    (!place.is_empty()).then_some(place)
}

/// Address lines as one text; `None` where there are none.
pub(super) fn joined<const N: usize>(parts: [Option<String>; N]) -> Option<String> {
    let text = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    (!text.is_empty()).then_some(text)
}

/// A window as two written ends; one end alone stays alone, and a midnight without offset is a day.
pub(super) fn window(earliest: Option<&str>, latest: Option<&str>) -> Option<EstimateDraft> {
    let end = |text: Option<&str>| text.and_then(written_time).map(expected);
    estimate(end(earliest), end(latest))
}

/// One written day or time, which is both ends of its window when it is a day, and the latest end when it is a time.
pub(super) fn expected_on(text: Option<&str>) -> Option<EstimateDraft> {
    match expected(written_time(text?)?) {
        day @ Expected::Day(_) => estimate(Some(day), Some(day)),
        time => estimate(None, Some(time)),
    }
}

/// One written day, whatever time of day stands beside it.
pub(super) fn expected_day(text: Option<&str>) -> Option<EstimateDraft> {
    let day = Expected::Day(written_time(text?)?.date());
    estimate(Some(day), Some(day))
}

fn expected(read: WrittenTime) -> Expected {
    match read {
        WrittenTime::Local(local) if local.time() == jiff::civil::Time::midnight() => Expected::Day(local.date()),
        read => read.expected(),
    }
}

pub(super) fn estimate(earliest: Option<Expected>, latest: Option<Expected>) -> Option<EstimateDraft> {
    (earliest.is_some() || latest.is_some()).then_some(EstimateDraft { earliest, latest })
}

/// Times written day first (`31-01-2024 23:59:00`, `31/01/2024, 23:59`), as Dutch and French sources do.
pub(super) fn day_first(text: &str) -> Option<WrittenTime> {
    static LOCALS: [Format; 8] = [
        Format::new("%d-%m-%Y %H:%M:%S"),
        Format::new("%d-%m-%Y %H:%M"),
        Format::new("%d/%m/%Y %H:%M:%S"),
        Format::new("%d/%m/%Y %H:%M"),
        Format::new("%d.%m.%Y %H:%M:%S"),
        Format::new("%d.%m.%Y %H:%M"),
        Format::new("%d/%m/%Y %I:%M:%S %p"),
        Format::new("%d-%m-%Y %I:%M:%S %p"),
    ];
    static DAYS: [Format; 3] = [Format::new("%d-%m-%Y"), Format::new("%d/%m/%Y"), Format::new("%d.%m.%Y")];
    let spaced = if text.contains(',') { Cow::Owned(text.replace(',', " ")) } else { Cow::Borrowed(text) };
    let text = squeezed(&spaced);
    let year = |year: i16| (1990..=2100).contains(&year);
    match format::local(&LOCALS, &text) {
        Some(local) => year(local.year()).then_some(WrittenTime::Local(local)),
        None => format::day(&DAYS, &text).filter(|day| year(day.year())).map(WrittenTime::Day),
    }
}

/// "Mechelen (BE)", "CHICAGO (US)": a city and its country in brackets; anything else is a facility.
pub(super) fn bracketed_place(text: &str) -> EventPlace {
    let text = squeezed(text);
    let split = text.strip_suffix(')').and_then(|text| text.rsplit_once('('));
    match split {
        Some((city, code)) if is_country(code.trim()) => EventPlace {
            city: Some(city.trim().to_owned()).filter(|city| !city.is_empty()),
            country: Some(country(code)),
            ..EventPlace::default()
        },
        _ => EventPlace { facility: Some(text).filter(|text| !text.is_empty()), ..EventPlace::default() },
    }
}

/// "Toronto, ON, CA", "Columbus, OH", "Lyon, FR": city, region and country by commas. A code that may be either a state
/// or a country ("DE") is kept as the region: nothing tells which.
pub(super) fn comma_place(text: &str) -> EventPlace {
    let parts: Vec<&str> = text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    let owned = |part: &str| Some(squeezed(part));
    match parts[..] {
        [] => EventPlace::default(),
        [one] if is_country(one) => EventPlace { country: Some(country(one)), ..EventPlace::default() },
        [city] => EventPlace { city: owned(city), ..EventPlace::default() },
        [city, last] => match is_country(&country(last)) && !is_state(last) {
            true => EventPlace { city: owned(city), country: Some(country(last)), ..EventPlace::default() },
            false => EventPlace { city: owned(city), region: owned(last), ..EventPlace::default() },
        },
        [city, region, last] => EventPlace {
            city: owned(city),
            region: owned(region),
            country: Some(country(last)),
            ..EventPlace::default()
        },
        _ => EventPlace { facility: owned(text), ..EventPlace::default() },
    }
}

fn is_state(code: &str) -> bool {
    const STATES: &str = "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM \
        NY NC ND OH OK OR PA PR RI SC SD TN TX UT VT VA WA WV WI WY AB BC MB NB NL NS NT NU ON PE PQ QC SK YT";
    is_listed(STATES, code)
}

/// The two-letter codes of ISO 3166-1.
const COUNTRIES: &str = "\
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY \
    BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK \
    FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR \
    IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK \
    ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM \
    PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF \
    TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/// ISO 3166-1 alpha-2 where the text is a country's code or one of the names that these carriers write; else as it is.
pub(super) fn country(text: &str) -> String {
    // No name is that short.
    if text.trim().len() <= 3 {
        return country_code(text);
    }
    let known = match text.trim().to_uppercase().as_str() {
        "UNITED ARAB EMIRATES" => "AE",
        "SAUDI ARABIA" => "SA",
        "SOUTH AFRICA" => "ZA",
        "JORDAN" => "JO",
        "EGYPT" => "EG",
        "KUWAIT" => "KW",
        "QATAR" => "QA",
        "BAHRAIN" => "BH",
        "OMAN" => "OM",
        "LEBANON" => "LB",
        "DEUTSCHLAND" => "DE",
        "BELGIË" | "BELGIQUE" => "BE",
        "NEDERLAND" => "NL",
        "SVERIGE" => "SE",
        "DANMARK" => "DK",
        "NORGE" => "NO",
        "SUOMI" => "FI",
        _ => return country_code(text),
    };
    known.to_owned()
}

fn is_country(code: &str) -> bool {
    code == "UK" || is_listed(COUNTRIES, code)
}

/// Whether a code of two letters stands in a list of such, a space apart.
fn is_listed(codes: &str, code: &str) -> bool {
    code.len() == 2 && codes.as_bytes().chunks(3).any(|known| &known[..2] == code.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, datetime};

    #[test]
    fn a_country_is_two_letters_however_it_is_written() {
        for (written, code) in [("GBR", "GB"), ("UK", "GB"), ("deu", "DE"), ("se", "SE"), ("South Africa", "ZA")] {
            assert_eq!(country(written), code);
        }
        assert_eq!(country("Narnia"), "Narnia");
        assert!(COUNTRIES.split_whitespace().all(|code| code.len() == 2));
    }

    #[test]
    fn a_code_that_may_be_state_or_country_is_kept_as_written() {
        assert_eq!(comma_place("Lyon, FR").country.as_deref(), Some("FR"));
        assert_eq!(comma_place("Columbus, OH").region.as_deref(), Some("OH"));
        assert_eq!(
            (comma_place("Berlin, DE").region.as_deref(), comma_place("Berlin, DE").country),
            (Some("DE"), None)
        );
        assert_eq!(comma_place("Toronto, ON, CA").country.as_deref(), Some("CA"));
        assert_eq!(bracketed_place("Mechelen (BE)").city.as_deref(), Some("Mechelen"));
        assert_eq!(bracketed_place("Transit Scan").facility.as_deref(), Some("Transit Scan"));
    }

    #[test]
    fn day_first_times_are_read_as_such() {
        let read = day_first("06-05-2017 12:34:56");
        assert_eq!(read, Some(WrittenTime::Local(datetime(2017, 5, 6, 12, 34, 56, 0))));
        assert_eq!(day_first("17.08.2021, 14:23"), Some(WrittenTime::Local(datetime(2021, 8, 17, 14, 23, 0, 0))));
        assert_eq!(day_first("17/08/2021"), Some(WrittenTime::Day(date(2021, 8, 17))));
        assert_eq!(day_first("01-01-0001 00:00:00"), None);
    }

    #[test]
    fn a_midnight_without_offset_is_a_day() {
        let day = Expected::Day(date(2012, 4, 9));
        assert_eq!(expected_on(Some("2012-04-09T00:00:00")), estimate(Some(day), Some(day)));
        assert_eq!(expected_on(Some("null")), None);
    }
}
