//! Volt's orders: electronics, sent from Chicago.

use crate::tracking::status::Status as S;

use super::goods::*;
use super::lanes::*;
use super::people::*;
use super::world::{DemoOrder, Stage, order, parcel};

fn dollars(number: &'static str, person: &'static Person, items: &[(&'static Product, i64)]) -> DemoOrder {
    order(number, "USD", person, items)
}

#[rustfmt::skip] // A table: one order a paragraph, one parcel a line.
pub fn orders() -> Vec<DemoOrder> {
    vec![
        dollars("V-20411", &MARCUS, &[(&KEYBOARD, 1), (&MOUSE, 1)])
            .parcel(parcel("225739047007", &FEDEX, S::Accepted, 1).with(&[0]))
            .parcel(parcel("1ZV2041R0349746865", &UPS, S::DeliveryScheduled, 0).with(&[1])),
        dollars("V-20412", &DANA, &[(&MONITOR, 1)])
            .parcel(parcel("1ZV2041R0348748034", &UPS, S::RecipientContacted, 0)),
        dollars("V-20413", &PRIYA, &[(&MONITOR, 2), (&MONITOR_ARM, 2)])
            .parcel(parcel("783886001488", &FEDEX, S::Appointment, 0)),
        dollars("V-20414", &MARCUS, &[(&DOCK, 1), (&CABLE, 2)])
            .parcel(parcel("1ZV2041R0365813458", &UPS, S::DeliveredReception, 1).with(&[0]).signed_by("REED"))
            .parcel(parcel("9400199784189425392312", &USPS, S::DeliveredSafePlace, 2).with(&[1])
                .photo("https://photos.usps.example/9400199784189425392312.jpg")),
        dollars("V-20415", &LEO, &[(&HEADPHONES, 1), (&CHARGER, 1)])
            .parcel(parcel("7128262761277716", &CANADA_POST, S::AtLocalFacility, 1).with(&[0]).due(0, 1))
            .parcel(parcel("7484038804685885", &CANADA_POST, S::HandedToLastMile, 0).with(&[1])),
        dollars("V-20416", &GRACE, &[(&SPEAKER, 1), (&EARBUDS, 1)])
            .parcel(parcel("1ZV2041R0326818508", &UPS, S::PendingNoData, 0).with(&[0]))
            .parcel(parcel("9400183350972425610397", &USPS, S::PendingInvalidNumber, 0).with(&[1])),
        dollars("V-20417", &MARCUS, &[(&SSD, 1)]).at(Stage::Packed),
        dollars("V-20418", &BEN, &[(&TABLET, 1), (&EARBUDS, 1)])
            .parcel(parcel("297009016050", &FEDEX, S::AttemptIdFailed, 0).with(&[0]))
            .parcel(parcel("1ZV2041R0336838889", &UPS, S::AttemptNoAccess, 0).with(&[1])),
        dollars("V-20419", &HANNAH, &[(&ROUTER, 1), (&CABLE, 1)])
            .parcel(parcel("807996299660", &FEDEX, S::AttemptFinal, 0).with(&[0]))
            .parcel(parcel("9400153780222706572006", &USPS, S::AttemptOther, 0).with(&[1])),
        dollars("V-20420", &DANA, &[(&DOCK, 1), (&WEBCAM, 1)])
            .parcel(parcel("882988927820", &FEDEX, S::ActionRequired, 0).with(&[0]))
            .parcel(parcel("9400195352205509013106", &USPS, S::Held, 1).with(&[1])),
        dollars("V-20421", &JACK, &[(&POWER_BANK, 1), (&HEADPHONES, 1)])
            .parcel(parcel("33MDW034792464945023", &AUSTRALIA_POST, S::Prohibited, 1).with(&[0]))
            .parcel(parcel("33MDW047121200337362", &AUSTRALIA_POST, S::RejectedByCarrier, 1).with(&[1])),
        dollars("V-20422", &PRIYA, &[(&WEBCAM, 1), (&SSD, 1)])
            .parcel(parcel("1ZV2041R0334923432", &UPS, S::RecipientMoved, 0).with(&[0]))
            .parcel(parcel("737787682909", &FEDEX, S::Refused, 1).with(&[1])),
        dollars("V-20423", &SEBASTIAN, &[(&KEYBOARD, 1), (&HEADPHONES, 1)])
            .parcel(parcel("3258013183", &EXPRESS_TO_GERMANY, S::DelayedExternal, 0).with(&[0]))
            .parcel(parcel("1ZV2041R0385648000", &UPS_TO_GERMANY, S::Misrouted, 0).with(&[1])),
        dollars("V-20424", &BEN, &[(&SPEAKER, 1), (&POWER_BANK, 1)])
            .parcel(parcel("9400182172957529292332", &USPS, S::Undeliverable, 0).with(&[0]))
            .parcel(parcel("763235293154", &FEDEX, S::Disposed, 1).with(&[1])),
        dollars("V-20425", &GRACE, &[(&MOUSE, 1), (&CABLE, 3), (&CHARGER, 1)])
            .parcel(parcel("1ZV2041R0350092550", &UPS, S::ExceptionOther, 0).with(&[0]))
            .parcel(parcel("9400108323669441118721", &USPS, S::Unknown, 0).with(&[1]))
            .parcel(parcel("201962306229", &FEDEX, S::TrackerError, 0).with(&[2])),
        dollars("V-20426", &LEO, &[(&SSD, 1), (&WEBCAM, 1)])
            .parcel(parcel("7110504242540102", &CANADA_POST, S::Resolved, 0).with(&[0]))
            .parcel(parcel("7947929577384232", &CANADA_POST, S::DeliveredCodPaid, 2).with(&[1]).signed_by("L. Martin")),
        dollars("V-20427", &HANNAH, &[(&EARBUDS, 1)])
            .parcel(parcel("9400146180043883595095", &USPS, S::Delivered, 3)
                .photo("https://photos.usps.example/9400146180043883595095.jpg")),
    ]
}
