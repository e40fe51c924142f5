//! The ways that the demo's parcels take: by whom, over which hub, and where customs are.

/// A carrier's building.
#[derive(Debug, Clone, Copy)]
pub struct Stop {
    pub facility: &'static str,
    pub city: &'static str,
    pub region: &'static str,
    pub country: &'static str,
}

/// From a shop's warehouse to any town that the carrier serves there.
pub struct Lane {
    /// An id of `sources::carriers`.
    pub carrier: &'static str,
    pub service: &'static str,
    pub origin: Stop,
    pub hub: Stop,
    /// The last place before the border and the first one behind it, where there are customs.
    pub border: Option<[Stop; 2]>,
    /// The depot's name; `{}` stands for the town.
    pub depot: &'static str,
}

const fn stop(facility: &'static str, city: &'static str, region: &'static str, country: &'static str) -> Stop {
    Stop { facility, city, region, country }
}

const fn lane(carrier: &'static str, service: &'static str, origin: Stop, hub: Stop, depot: &'static str) -> Lane {
    Lane { carrier, service, origin, hub, border: None, depot }
}

const fn abroad(
    carrier: &'static str,
    service: &'static str,
    [origin, leaving, entering, hub]: [Stop; 4],
    depot: &'static str,
) -> Lane {
    Lane { carrier, service, origin, hub, border: Some([leaving, entering]), depot }
}

const BERLIN: Stop = stop("Paketzentrum Berlin-Börnicke", "Berlin", "", "DE");
const BERLIN_UPS: Stop = stop("Berlin Facility", "Berlin", "", "DE");
const BERLIN_DPD: Stop = stop("Depot Berlin", "Berlin", "", "DE");
const LEIPZIG_AIR: Stop = stop("Leipzig Hub", "Leipzig", "", "DE");
const COLOGNE: Stop = stop("Koeln Hub", "Köln", "", "DE");
const FRANKFURT_AIR: Stop = stop("Internationales Postzentrum Frankfurt", "Frankfurt am Main", "", "DE");
const HEATHROW: Stop = stop("Heathrow Worldwide DC", "London", "", "GB");
const CHICAGO: Stop = stop("Chicago IL Distribution Center", "Chicago", "IL", "US");
const CHICAGO_AIR: Stop = stop("Chicago O'Hare International Service Center", "Chicago", "IL", "US");

// Meadow sends from Berlin.
pub static DHL: Lane =
    lane("dhl_paket", "DHL Paket", BERLIN, stop("Paketzentrum Hannover", "Hannover", "", "DE"), "Zustellbasis {}");
pub static DPD: Lane =
    lane("dpd", "DPD Classic", BERLIN_DPD, stop("Hub Aschaffenburg", "Aschaffenburg", "", "DE"), "Depot {}");
pub static GLS: Lane =
    lane("gls", "BusinessParcel", BERLIN_DPD, stop("Hub Neuenstein", "Bad Hersfeld", "", "DE"), "Depot {}");
pub static UPS_EUROPE: Lane = lane("ups", "UPS Standard", BERLIN_UPS, COLOGNE, "{} Facility");
pub static POSTNL: Lane =
    lane("postnl", "PostNL Pakket", BERLIN, stop("Sorteercentrum Amersfoort", "Amersfoort", "", "NL"), "Depot {}");
pub static COLISSIMO: Lane = lane(
    "colissimo",
    "Colissimo Domicile",
    BERLIN,
    stop("Plateforme Colis Paris", "Paris", "", "FR"),
    "Agence Colis {}",
);
pub static POSTNORD: Lane =
    lane("postnord", "MyPack Collect", BERLIN, stop("Malmö terminal", "Malmö", "", "SE"), "{} terminal");
pub static DPD_AUSTRIA: Lane = lane("dpd", "DPD Classic", BERLIN_DPD, stop("Hub Linz", "Linz", "", "AT"), "Depot {}");
pub static ROYAL_MAIL: Lane = abroad(
    "royal_mail",
    "Tracked 48",
    [BERLIN, FRANKFURT_AIR, HEATHROW, stop("National Parcel Hub", "Birmingham", "", "GB")],
    "{} Delivery Office",
);
pub static EVRI: Lane = abroad(
    "evri",
    "Standard",
    [BERLIN, COLOGNE, HEATHROW, stop("Midlands Superhub", "Rugby", "", "GB")],
    "{} Delivery Unit",
);
pub static EXPRESS_TO_AMERICA: Lane = abroad(
    "dhl_express",
    "DHL Express Worldwide",
    [
        BERLIN_UPS,
        LEIPZIG_AIR,
        stop("New York City Gateway", "New York", "NY", "US"),
        stop("Newark Hub", "Newark", "NJ", "US"),
    ],
    "{} Service Center",
);
pub static EXPRESS_TO_SWITZERLAND: Lane = abroad(
    "dhl_express",
    "DHL Express Easy",
    [BERLIN_UPS, LEIPZIG_AIR, stop("Basel Gateway", "Basel", "", "CH"), stop("Basel Hub", "Basel", "", "CH")],
    "{} Service Center",
);
pub static UPS_TO_AMERICA: Lane = abroad(
    "ups",
    "UPS Worldwide Saver",
    [
        BERLIN_UPS,
        COLOGNE,
        stop("Philadelphia Air Hub", "Philadelphia", "PA", "US"),
        stop("Newark Facility", "Newark", "NJ", "US"),
    ],
    "{} Facility",
);
pub static UPS_TO_BRITAIN: Lane = abroad(
    "ups",
    "UPS Standard",
    [BERLIN_UPS, COLOGNE, HEATHROW, stop("Tamworth Hub", "Birmingham", "", "GB")],
    "{} Facility",
);

// Volt sends from Chicago.
pub static UPS: Lane = lane(
    "ups",
    "UPS Ground",
    stop("Hodgkins Facility", "Chicago", "IL", "US"),
    stop("Louisville Hub", "Louisville", "KY", "US"),
    "{} Facility",
);
pub static FEDEX: Lane = lane(
    "fedex",
    "FedEx Home Delivery",
    stop("Chicago Ship Center", "Chicago", "IL", "US"),
    stop("Memphis World Hub", "Memphis", "TN", "US"),
    "{} Station",
);
pub static USPS: Lane = lane(
    "usps",
    "USPS Ground Advantage",
    CHICAGO,
    stop("Indianapolis IN Distribution Center", "Indianapolis", "IN", "US"),
    "{} Post Office",
);
pub static CANADA_POST: Lane = abroad(
    "canada_post",
    "Expedited Parcel",
    [
        CHICAGO,
        CHICAGO_AIR,
        stop("Toronto International Mail Centre", "Toronto", "ON", "CA"),
        stop("Gateway Parcel Facility", "Mississauga", "ON", "CA"),
    ],
    "{} Delivery Centre",
);
pub static AUSTRALIA_POST: Lane = abroad(
    "australia_post",
    "Express Post International",
    [
        CHICAGO,
        CHICAGO_AIR,
        stop("Sydney Gateway Facility", "Sydney", "NSW", "AU"),
        stop("Chullora Parcel Facility", "Sydney", "NSW", "AU"),
    ],
    "{} Delivery Centre",
);
pub static EXPRESS_TO_GERMANY: Lane = abroad(
    "dhl_express",
    "DHL Express Worldwide",
    [
        CHICAGO_AIR,
        stop("Cincinnati Hub", "Cincinnati", "OH", "US"),
        LEIPZIG_AIR,
        stop("Frankfurt Gateway", "Frankfurt am Main", "", "DE"),
    ],
    "{} Service Center",
);
pub static UPS_TO_GERMANY: Lane = abroad(
    "ups",
    "UPS Worldwide Expedited",
    [
        stop("Hodgkins Facility", "Chicago", "IL", "US"),
        stop("Louisville Hub", "Louisville", "KY", "US"),
        COLOGNE,
        stop("Neuss Facility", "Neuss", "", "DE"),
    ],
    "{} Facility",
);
