//! Meadow's orders: house and garden, sent from Berlin.

use crate::tracking::status::Status as S;

use super::goods::*;
use super::lanes::*;
use super::people::*;
use super::world::{DemoOrder, Point, Stage, order, parcel};

/// The number of the order that moves by itself.
pub const MOVING: &str = "#1013";

static POINT_STOCKHOLM: Point = Point {
    name: "Hemköp Mariatorget",
    address: "Hornsgatan 52, 118 21 Stockholm",
    hours: "Mon–Sat 08:00–22:00, Sun 10:00–20:00",
    code: Some("SE 4471"),
};
static POINT_PARIS: Point = Point {
    name: "Tabac Le Saint-Georges",
    address: "31 rue Notre-Dame-de-Lorette, 75009 Paris",
    hours: "Mon–Sat 07:30–20:00",
    code: None,
};

fn euros(number: &'static str, person: &'static Person, items: &[(&'static Product, i64)]) -> DemoOrder {
    order(number, "EUR", person, items)
}

#[rustfmt::skip] // A table: one order a paragraph, one parcel a line.
pub fn orders() -> Vec<DemoOrder> {
    vec![
        euros("#1001", &CLARA, &[(&THROW, 1), (&CANDLES, 2)])
            .parcel(parcel("00340434193438410685", &DHL, S::ArrivedFacility, 0).due(1, 2)),
        euros("#1002", &THOMAS, &[(&SECATEURS, 1), (&WATERING_CAN, 1)])
            .parcel(parcel("00340434710845994913", &DHL, S::OnVehicle, 0)),
        euros("#1003", &MAYA, &[(&VASE, 1), (&LAMP, 1)])
            .parcel(parcel("T00AB29752570836", &EVRI, S::Delivered, 1).with(&[0]))
            .parcel(parcel("WK324085383GB", &ROYAL_MAIL, S::DelayedCarrier, 0).with(&[1]).due(3, 5)),
        euros("#1004", &JONAS, &[(&STOOL, 1)])
            .parcel(parcel("05981753475162", &DPD, S::DeliveredNeighbour, 1).signed_by("Nachbar Yilmaz, 2. OG")),
        euros("#1005", &SOFIA, &[(&MUGS, 1), (&TABLECLOTH, 1)])
            .parcel(parcel("RR590128939SE", &POSTNORD, S::ReadyForPickup, 1).collect_at(&POINT_STOCKHOLM)),
        euros("#1006", &CLARA, &[(&PLANTER, 3), (&HERB_KIT, 1)])
            .parcel(parcel("ZK9SYMVX", &GLS, S::DepartedFacility, 1).with(&[0])),
        euros("#1007", &EMILY, &[(&TABLECLOTH, 1), (&MUGS, 2)])
            .parcel(parcel("3308755214", &EXPRESS_TO_AMERICA, S::CustomsStarted, 0).with(&[0]))
            .parcel(parcel("1ZE4719A6868176938", &UPS_TO_AMERICA, S::CustomsCleared, 1).with(&[1])),
        euros("#1008", &CLARA, &[(&BULBS, 2)]).at(Stage::Ordered),
        euros("#1009", &LENA, &[(&CUSHION, 4), (&DOORMAT, 1)]).at(Stage::Paid),
        euros("#1010", &OLIVER, &[(&BIRD_FEEDER, 1), (&SECATEURS, 1)]).at(Stage::Picked),
        euros("#1011", &CAMILLE, &[(&LAMP, 2)]).at(Stage::Packed),
        euros("#1012", &THOMAS, &[(&BASKET, 1)]).at(Stage::Cancelled),
        euros(MOVING, &FELIX, &[(&WATERING_CAN, 1), (&BULBS, 1)])
            .parcel(parcel("00340434134377646780", &DHL, S::ArrivedFacility, 0).due(0, 1))
            .moving(),
        euros("#1014", &LENA, &[(&BASKET, 1), (&CANDLES, 1)])
            .parcel(parcel("00340434151476753171", &DHL, S::LabelCreated, 0).with(&[0]))
            .parcel(parcel("Z7BEMV3T", &GLS, S::AwaitingHandover, 0).with(&[1])),
        euros("#1015", &OLIVER, &[(&TABLECLOTH, 2), (&STOOL, 1)])
            .parcel(parcel("WK316193593GB", &ROYAL_MAIL, S::CustomsHold, 2).with(&[0]))
            .parcel(parcel("1ZE4719A6856319029", &UPS_TO_BRITAIN, S::DutiesUnpaid, 1).with(&[1])),
        euros("#1016", &CAMILLE, &[(&HERB_KIT, 2), (&VASE, 1)])
            .parcel(parcel("6A07087365326", &COLISSIMO, S::DeliveredMailbox, 2).with(&[0]))
            .parcel(parcel("6A67799162530", &COLISSIMO, S::AttemptNoticeLeft, 0).with(&[1])),
        euros("#1017", &RUBEN, &[(&MUGS, 2), (&PLANTER, 2)])
            .parcel(parcel("3SMDWC506662506", &POSTNL, S::AttemptNoOneHome, 0).with(&[0]))
            .parcel(parcel("3SMDWC741257779", &POSTNL, S::DeliveredPartial, 1).with(&[1])),
        euros("#1018", &ANKE, &[(&LAMP, 1), (&CUSHION, 2)])
            .parcel(parcel("09715673633742", &DPD, S::AddressIssue, 0).with(&[0]))
            .parcel(parcel("YPSR946H", &GLS, S::AddressCorrected, 0).with(&[1])),
        euros("#1019", &MATTHIAS, &[(&THROW, 1), (&STOOL, 1)])
            .parcel(parcel("01426335140191", &DPD_AUSTRIA, S::DeliveredSigned, 1).with(&[0]).signed_by("M. Gruber"))
            .parcel(parcel("04010326774342", &DPD_AUSTRIA, S::AttemptBusinessClosed, 1).with(&[1]).due(1, 1)),
        euros("#1020", &NINA, &[(&LAMP, 1), (&BASKET, 1)])
            .parcel(parcel("3633124950", &EXPRESS_TO_SWITZERLAND, S::PaymentDue, 0).with(&[0]))
            .parcel(parcel("3486936740", &EXPRESS_TO_SWITZERLAND, S::DocumentsRequired, 0).with(&[1])),
        euros("#1021", &HARRIET, &[(&MUGS, 1), (&THROW, 1), (&DOORMAT, 1)])
            .parcel(parcel("H1001442743579000762", &EVRI, S::Lost, 0).with(&[0]))
            .parcel(parcel("WK247026332GB", &ROYAL_MAIL, S::Weather, 0).with(&[1]))
            .parcel(parcel("T00AB94259804312", &EVRI, S::InTransit, 0).with(&[2])),
        euros("#1022", &JONAS, &[(&VASE, 2), (&PLANTER, 1)])
            .parcel(parcel("00340434537792541775", &DHL, S::DeliveredDamaged, 1).with(&[0]))
            .parcel(parcel("00340434146455371521", &DHL, S::Damaged, 0).with(&[1])),
        euros("#1023", &EMILY, &[(&CANDLES, 3), (&BIRD_FEEDER, 1)])
            .parcel(parcel("1ZE4719A6890451919", &UPS_TO_AMERICA, S::LeftOriginCountry, 0).with(&[0]))
            .parcel(parcel("3724977745", &EXPRESS_TO_AMERICA, S::ArrivedDestinationCountry, 0).with(&[1])),
        euros("#1024", &ANKE, &[(&STOOL, 1), (&BIRD_FEEDER, 1)])
            .parcel(parcel("00340434151000978322", &DHL, S::Returning, 1).with(&[0]))
            .parcel(parcel("00340434342819025769", &DHL, S::Returned, 2).with(&[1])),
        euros("#1025", &CLAIRE, &[(&CUSHION, 2), (&HERB_KIT, 1), (&CANDLES, 1)])
            .parcel(parcel("6A06413685615", &COLISSIMO, S::Redirected, 0).with(&[0]).collect_at(&POINT_PARIS))
            .parcel(parcel("1ZE4719A6868519022", &UPS_EUROPE, S::DeliveredCollected, 1).with(&[1]).collect_at(&POINT_PARIS))
            .parcel(parcel("6A61944628543", &COLISSIMO, S::Unclaimed, 0).with(&[2]).collect_at(&POINT_PARIS)),
        euros("#1026", &FELIX, &[(&PLANTER, 1), (&DOORMAT, 1), (&SECATEURS, 1)])
            .parcel(parcel("05862968784218", &DPD, S::PickupFailed, 0).with(&[0]))
            .parcel(parcel("00340434347321861997", &DHL, S::Cancelled, 1).with(&[1]))
            .parcel(parcel("Z8JURNCB", &GLS, S::Expired, 1).with(&[2])),
    ]
}
