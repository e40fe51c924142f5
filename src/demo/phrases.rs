//! What carriers call things: the raw code and text behind each event of the demo.
//!
//! Shoppers read our own words, made from the status; these are for support, and for the list behind them.

use crate::tracking::status::Status;

/// Code and text as this carrier writes them, or as most do.
pub fn said(carrier: &str, status: Status) -> (Option<&'static str>, &'static str) {
    let own = match carrier {
        "ups" => ups(status),
        "fedex" => fedex(status),
        "usps" => usps(status),
        "dhl_paket" => dhl_paket(status).map(|text| (None, text)),
        "royal_mail" => royal_mail(status).map(|text| (None, text)),
        _ => None,
    };
    match own {
        Some((code, text)) => (code, text),
        None => (None, common(status)),
    }
}

type Said = Option<(Option<&'static str>, &'static str)>;

fn ups(status: Status) -> Said {
    let (code, text) = match status {
        Status::LabelCreated => ("MP", "Shipper created a label, UPS has not received the package yet."),
        Status::Accepted => ("OR", "Origin Scan"),
        Status::DepartedFacility => ("DP", "Departed from Facility"),
        Status::ArrivedFacility => ("AR", "Arrived at Facility"),
        Status::AtLocalFacility => ("DS", "Destination Scan"),
        Status::OnVehicle => ("OT", "Out For Delivery"),
        Status::Delivered => ("FS", "DELIVERED"),
        _ => return None,
    };
    Some((Some(code), text))
}

fn fedex(status: Status) -> Said {
    let (code, text) = match status {
        Status::LabelCreated => ("OC", "Shipment information sent to FedEx"),
        Status::Accepted => ("PU", "Picked up"),
        Status::DepartedFacility => ("DP", "Left FedEx origin facility"),
        Status::ArrivedFacility => ("AR", "Arrived at FedEx hub"),
        Status::AtLocalFacility => ("AR", "At local FedEx facility"),
        Status::OnVehicle => ("OD", "On FedEx vehicle for delivery"),
        Status::Delivered => ("DL", "Delivered"),
        _ => return None,
    };
    Some((Some(code), text))
}

fn usps(status: Status) -> Said {
    let (code, text) = match status {
        Status::LabelCreated => ("GX", "Shipping Label Created, USPS Awaiting Item"),
        Status::Accepted => ("03", "Accepted at USPS Origin Facility"),
        Status::DepartedFacility => ("L1", "Departed USPS Regional Facility"),
        Status::ArrivedFacility => ("10", "Arrived at USPS Regional Facility"),
        Status::AtLocalFacility => ("07", "Arrived at Post Office"),
        Status::OnVehicle => ("OF", "Out for Delivery"),
        Status::Delivered => ("01", "Delivered, Front Door/Porch"),
        _ => return None,
    };
    Some((Some(code), text))
}

fn dhl_paket(status: Status) -> Option<&'static str> {
    Some(match status {
        Status::LabelCreated => "Die Sendung wurde elektronisch angekündigt.",
        Status::Accepted => "Die Sendung wurde vom Absender an DHL übergeben.",
        Status::DepartedFacility => "Die Sendung hat das Start-Paketzentrum verlassen.",
        Status::ArrivedFacility => "Die Sendung ist in der Region des Empfängers angekommen.",
        Status::AtLocalFacility => "Die Sendung wurde im Zustellstützpunkt bearbeitet.",
        Status::OnVehicle => "Die Sendung wurde in das Zustellfahrzeug geladen.",
        Status::Delivered => "Die Sendung wurde erfolgreich zugestellt.",
        Status::Returning => "Die Sendung wird an den Absender zurückgesandt.",
        Status::Returned => "Die Sendung wurde an den Absender zugestellt.",
        Status::Damaged | Status::DeliveredDamaged => "Die Sendung wurde beschädigt.",
        _ => return None,
    })
}

fn royal_mail(status: Status) -> Option<&'static str> {
    Some(match status {
        Status::LabelCreated => "Sender preparing item",
        Status::Accepted => "We've got it",
        Status::ArrivedFacility => "Item received at the mail centre",
        Status::AtLocalFacility => "Arrived at delivery office",
        Status::OnVehicle => "Due to be delivered today",
        _ => return None,
    })
}

fn common(status: Status) -> &'static str {
    match status {
        Status::PendingNoData => "No information available yet",
        Status::PendingInvalidNumber => "Number not recognised",
        Status::LabelCreated => "Shipment data received",
        Status::AwaitingHandover => "Parcel is ready for collection by the carrier",
        Status::PickupFailed => "Collection from sender could not be made",
        Status::Accepted => "Parcel accepted from sender",
        Status::InTransit => "In transit to next facility",
        Status::DepartedFacility => "Departed from facility",
        Status::ArrivedFacility => "Arrived at hub",
        Status::LeftOriginCountry => "Departed from country of origin",
        Status::ArrivedDestinationCountry => "Arrived in destination country",
        Status::CustomsStarted => "Presented to customs",
        Status::CustomsCleared => "Released by customs",
        Status::HandedToLastMile => "Handed over to delivery partner",
        Status::AtLocalFacility => "Arrived at delivery depot",
        Status::AddressCorrected => "Delivery address corrected",
        Status::Redirected => "Redirected at the recipient's request",
        Status::DeliveryScheduled => "Delivery date set",
        Status::Resolved => "The delay is over, parcel continues its journey",
        Status::OnVehicle => "Out for delivery",
        Status::RecipientContacted => "Recipient informed of today's delivery",
        Status::Appointment => "Delivery appointment agreed",
        Status::ReadyForPickup => "Ready for collection at the parcel shop",
        Status::AttemptNoOneHome => "Delivery attempted, recipient not at home",
        Status::AttemptBusinessClosed => "Delivery attempted, business closed",
        Status::AttemptNoAccess => "Delivery attempted, no access to the building",
        Status::AttemptIdFailed => "Delivery attempted, identity could not be checked",
        Status::AttemptNoticeLeft => "Delivery attempted, notice left",
        Status::AttemptFinal => "Final delivery attempt made",
        Status::AttemptOther => "Delivery attempted",
        Status::Delivered => "Delivered",
        Status::DeliveredSigned => "Delivered against signature",
        Status::DeliveredNeighbour => "Delivered to a neighbour",
        Status::DeliveredSafePlace => "Left in a safe place",
        Status::DeliveredMailbox => "Delivered to the mailbox",
        Status::DeliveredReception => "Delivered to reception",
        Status::DeliveredCollected => "Collected by the recipient",
        Status::DeliveredCodPaid => "Delivered, cash on delivery paid",
        Status::DeliveredPartial => "Delivered in part",
        Status::DeliveredDamaged => "Delivered, damage noted",
        Status::ActionRequired => "Recipient must contact the carrier",
        Status::AddressIssue => "Address incomplete",
        Status::CustomsHold => "Held by customs",
        Status::Damaged => "Parcel damaged, being repacked",
        Status::DelayedCarrier => "Delayed in the carrier's network",
        Status::DelayedExternal => "Delayed by an event beyond the carrier's control",
        Status::Disposed => "Parcel disposed of",
        Status::DocumentsRequired => "Further documents required for clearance",
        Status::DutiesUnpaid => "Duties and taxes to be paid before release",
        Status::Held => "Held at the facility",
        Status::Lost => "Parcel could not be found, search closed",
        Status::Misrouted => "Sent to the wrong facility, being rerouted",
        Status::ExceptionOther => "Exception",
        Status::PaymentDue => "Payment due before delivery",
        Status::Prohibited => "Contents not permitted for import",
        Status::RecipientMoved => "Recipient has moved",
        Status::Refused => "Refused by the recipient",
        Status::RejectedByCarrier => "Not accepted for carriage",
        Status::Unclaimed => "Not collected in time",
        Status::Undeliverable => "Cannot be delivered",
        Status::Weather => "Delayed by severe weather",
        Status::Returning => "Return to sender begun",
        Status::Returned => "Returned to sender",
        Status::Cancelled => "Shipment cancelled by the sender",
        Status::Expired => "No parcel received, shipment data expired",
        Status::Unknown => "Event 7Q recorded",
        Status::TrackerError => "Tracking is unavailable",
    }
}
