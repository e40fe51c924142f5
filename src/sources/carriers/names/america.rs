//! Carriers of the Americas.

use super::{Carrier, UNKNOWN};

pub static CARRIERS: &[Carrier] = &[
    Carrier {
        id: "usps",
        name: "USPS",
        aliases: &[
            "United States Postal Service",
            "US Postal Service",
            "U.S. Postal Service",
            "US Post",
            "US Mail",
            "stamps_com",
            "stamps",
            "endicia",
            "usps_international",
            "usps_api",
            "USPSReturns",
            "usps_priority",
            "USPS Priority Mail",
            "USPS First Class",
            "USPS Ground Advantage",
            "usps_wt",
            "21051",
        ],
        tracking_link: Some("https://tools.usps.com/go/TrackConfirmAction?tLabels={number}"),
        phone: Some("+1 800 275 8777"),
        ..UNKNOWN
    },
    Carrier {
        id: "canada_post",
        name: "Canada Post",
        aliases: &[
            "Postes Canada",
            "Canada Post / Postes Canada",
            "canadapost",
            "canadapost_pws",
            "canada_post_walleted",
            "3041",
        ],
        tracking_link: Some("https://www.canadapost-postescanada.ca/track-reperage/en#/search?searchFor={number}"),
        phone: Some("+1 866 607 6301"),
        ..UNKNOWN
    },
    Carrier {
        id: "purolator",
        name: "Purolator",
        aliases: &["purolator_ca", "Purolator International", "purolator-international", "Purolator Courier"],
        tracking_link: Some("https://www.purolator.com/en/shipping/tracker?pin={number}"),
        phone: Some("+1 888 744 7123"),
        ..UNKNOWN
    },
    Carrier {
        id: "canpar",
        name: "Canpar",
        aliases: &["Canpar Express", "canpar_courier", "canpar-courier"],
        tracking_link: Some("https://www.canpar.com/en/tracking/delivery_options.htm?barcode={number}"),
        phone: Some("+1 800 387 9335"),
        ..UNKNOWN
    },
    Carrier {
        id: "ontrac",
        name: "OnTrac",
        aliases: &["OnTracV3", "ontrac_v3", "On Trac", "100049"],
        tracking_link: Some("https://www.ontrac.com/tracking/?number={number}"),
        phone: Some("+1 800 334 5000"),
        ..UNKNOWN
    },
    Carrier {
        id: "lasership",
        name: "LaserShip",
        aliases: &["LaserShipV2", "laser_ship", "Laser Ship"],
        tracking_link: Some("https://www.ontrac.com/tracking/?number={number}"),
        ..UNKNOWN
    },
    Carrier {
        id: "pitney_bowes",
        name: "Pitney Bowes",
        aliases: &[
            "Newgistics",
            "pitneybowes",
            "Pitney Bowes Standard Delivery",
            "borderfree",
            "pb",
            "pitney_bowes_newgistics",
        ],
        tracking_link: Some("https://trackpb.shipment.co/track/{number}"),
        ..UNKNOWN
    },
    Carrier {
        id: "speedee",
        name: "Spee-Dee Delivery",
        aliases: &["Spee-Dee", "Speedee Delivery", "speedee_delivery", "Spee Dee Delivery Service"],
        tracking_link: Some("https://speedeedelivery.com/track-a-shipment/?v=detail&barcode={number}"),
        phone: Some("+1 800 862 5578"),
        home_zone: Some("America/Chicago"),
    },
    Carrier {
        id: "old_dominion",
        name: "Old Dominion",
        aliases: &["Old Dominion Freight Line", "ODFL", "old_dominion_freight", "od", "olddominion_freight_line"],
        tracking_link: Some("https://www.odfl.com/us/en/tools/trace-track-ltl-freight/trace.html?proNumbers={number}"),
        phone: Some("+1 800 432 6335"),
        ..UNKNOWN
    },
    Carrier {
        id: "gofo",
        name: "GOFO Express",
        aliases: &["GOFO", "gofo_us", "gofoexpress"],
        tracking_link: Some("https://www.gofoexpress.com/tracking.html?searchID={number}"),
        ..UNKNOWN
    },
    Carrier {
        id: "a1intl",
        name: "A1 International",
        aliases: &["A-1 International", "a1_international", "A1 International Courier"],
        ..UNKNOWN
    },
    Carrier {
        id: "correios",
        name: "Correios",
        aliases: &[
            "Correios Brasil",
            "brazil_correios",
            "brazil-correios",
            "Brazil Post",
            "Correios Brazil",
            "ECT",
            "Sedex",
            "2151",
        ],
        tracking_link: Some("https://rastreamento.correios.com.br/app/index.php?objetos={number}"),
        phone: Some("0800 725 0100"),
        ..UNKNOWN
    },
];
