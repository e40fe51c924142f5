//! How a parcel came to where it is: the events that usually lead up to each status.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::tracking::status::Status;

/// Where on its lane a parcel is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// On the road: the carrier names no place.
    Road,
    Origin,
    Hub,
    /// The last place before the border.
    Leaving,
    /// The first place behind it, where customs are.
    Entering,
    Depot,
    /// The recipient's own town.
    Town,
}

/// One event of a journey, at a time of day in the recipient's town.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    pub status: Status,
    pub at: At,
    hour: i8,
    minute: i8,
    /// Whole days that pass beside what the clock tells.
    later_by: i64,
}

const fn step(status: Status, at: At, hour: i8, minute: i8) -> Step {
    Step { status, at, hour, minute, later_by: 0 }
}

impl Step {
    const fn days_later(mut self, days: i64) -> Step {
        self.later_by = days;
        self
    }
}

const LABEL: Step = step(Status::LabelCreated, At::Origin, 9, 40);
const ACCEPTED: Step = step(Status::Accepted, At::Origin, 17, 20);
const LEFT_ORIGIN: Step = step(Status::DepartedFacility, At::Origin, 20, 35);
const AT_HUB: Step = step(Status::ArrivedFacility, At::Hub, 2, 35);
const LEFT_HUB: Step = step(Status::DepartedFacility, At::Hub, 5, 50);
const AT_DEPOT: Step = step(Status::AtLocalFacility, At::Depot, 18, 25);
const ON_VEHICLE: Step = step(Status::OnVehicle, At::Depot, 8, 12);
const NO_ONE_HOME: Step = step(Status::AttemptNoOneHome, At::Town, 11, 52);
const AT_THE_SHOP: Step = step(Status::ReadyForPickup, At::Town, 16, 30);

const AT_HOME: [Step; 7] = [LABEL, ACCEPTED, LEFT_ORIGIN, AT_HUB, LEFT_HUB, AT_DEPOT, ON_VEHICLE];

const OVER_THE_BORDER: [Step; 11] = [
    LABEL,
    ACCEPTED,
    LEFT_ORIGIN,
    step(Status::LeftOriginCountry, At::Leaving, 3, 40),
    step(Status::ArrivedDestinationCountry, At::Entering, 8, 55),
    step(Status::CustomsStarted, At::Entering, 10, 30),
    step(Status::CustomsCleared, At::Entering, 16, 45),
    AT_HUB,
    LEFT_HUB,
    AT_DEPOT,
    ON_VEHICLE,
];

/// The usual events up to `status`, oldest first, which is the last one's. Empty where the carrier has told nothing.
pub fn up_to(status: Status, over_a_border: bool) -> Vec<Step> {
    use Status as S;
    let usual: &[Step] = if over_a_border { &OVER_THE_BORDER } else { &AT_HOME };
    let to = |last: Status, at: At, then: &[Step]| -> Vec<Step> {
        let end = usual.iter().position(|step| step.status == last && step.at == at).map_or(usual.len(), |end| end + 1);
        usual[..end].iter().chain(then).copied().collect()
    };
    let at_origin = |then: &[Step]| to(S::Accepted, At::Origin, then);
    let at_hub = |then: &[Step]| to(S::ArrivedFacility, At::Hub, then);
    let at_customs = |status| to(S::CustomsStarted, At::Entering, &[step(status, At::Entering, 12, 20)]);
    let at_depot = |then: &[Step]| to(S::AtLocalFacility, At::Depot, then);
    let at_the_door = |then: &[Step]| to(S::OnVehicle, At::Depot, then);
    match status {
        S::PendingNoData | S::PendingInvalidNumber | S::TrackerError => Vec::new(),
        S::Unknown => vec![step(S::Unknown, At::Origin, 15, 5)],
        S::LabelCreated => vec![LABEL],
        S::AwaitingHandover => vec![LABEL, step(status, At::Origin, 13, 5)],
        S::PickupFailed => vec![LABEL, step(status, At::Origin, 18, 30)],
        S::Cancelled => vec![LABEL, step(status, At::Origin, 14, 10)],
        S::Expired => vec![LABEL, step(status, At::Origin, 6, 0).days_later(30)],
        S::Accepted => at_origin(&[]),
        S::RejectedByCarrier => at_origin(&[step(status, At::Origin, 19, 15)]),
        S::DepartedFacility => to(status, At::Origin, &[]),
        S::LeftOriginCountry => to(status, At::Leaving, &[]),
        S::ArrivedDestinationCountry | S::CustomsStarted | S::CustomsCleared => to(status, At::Entering, &[]),
        S::CustomsHold | S::DocumentsRequired | S::DutiesUnpaid | S::Prohibited => at_customs(status),
        S::ArrivedFacility => at_hub(&[]),
        S::DelayedCarrier | S::DelayedExternal | S::Weather | S::Misrouted | S::Damaged | S::ExceptionOther => {
            at_hub(&[step(status, At::Hub, 9, 10)])
        }
        S::Lost => at_hub(&[step(status, At::Hub, 10, 45).days_later(6)]),
        S::Resolved => at_hub(&[step(S::DelayedCarrier, At::Hub, 9, 10), step(status, At::Hub, 16, 40)]),
        S::InTransit => to(S::DepartedFacility, At::Hub, &[step(status, At::Road, 12, 30)]),
        S::HandedToLastMile => to(S::DepartedFacility, At::Hub, &[step(status, At::Depot, 15, 20)]),
        S::AtLocalFacility => at_depot(&[]),
        S::AddressCorrected => at_depot(&[step(S::AddressIssue, At::Depot, 7, 50), step(status, At::Depot, 11, 15)]),
        S::Redirected | S::DeliveryScheduled => at_depot(&[step(status, At::Depot, 7, 35)]),
        S::Appointment => at_depot(&[step(status, At::Depot, 10, 5)]),
        S::ActionRequired | S::AddressIssue | S::Held | S::RecipientMoved | S::PaymentDue => {
            at_depot(&[step(status, At::Depot, 9, 25)])
        }
        S::OnVehicle => at_the_door(&[]),
        S::RecipientContacted => at_the_door(&[step(status, At::Depot, 8, 50)]),
        S::AttemptNoOneHome => at_the_door(&[NO_ONE_HOME]),
        S::AttemptBusinessClosed | S::AttemptNoAccess | S::AttemptIdFailed | S::AttemptNoticeLeft | S::AttemptOther => {
            at_the_door(&[step(status, At::Town, 13, 17)])
        }
        S::AttemptFinal => at_the_door(&[NO_ONE_HOME, ON_VEHICLE, step(status, At::Town, 12, 26)]),
        S::ReadyForPickup => at_the_door(&[NO_ONE_HOME, AT_THE_SHOP]),
        S::DeliveredCollected => at_the_door(&[NO_ONE_HOME, AT_THE_SHOP, step(status, At::Town, 17, 35)]),
        S::Unclaimed => at_the_door(&[NO_ONE_HOME, AT_THE_SHOP, step(status, At::Town, 18, 5).days_later(7)]),
        S::Delivered
        | S::DeliveredSigned
        | S::DeliveredNeighbour
        | S::DeliveredSafePlace
        | S::DeliveredMailbox
        | S::DeliveredReception
        | S::DeliveredCodPaid
        | S::DeliveredPartial
        | S::DeliveredDamaged => at_the_door(&[step(status, At::Town, 13, 44)]),
        S::Refused | S::Undeliverable => at_the_door(&[step(status, At::Town, 12, 31)]),
        S::Disposed => {
            at_the_door(&[step(S::Undeliverable, At::Town, 12, 31), step(status, At::Depot, 15, 40).days_later(5)])
        }
        S::Returning => at_the_door(&[step(S::Refused, At::Town, 12, 31), step(status, At::Depot, 17, 55)]),
        S::Returned => at_the_door(&[
            step(S::Refused, At::Town, 12, 31),
            step(S::Returning, At::Depot, 17, 55),
            step(status, At::Origin, 11, 20).days_later(2),
        ]),
    }
}

/// How long before `now` the last event of a parcel was, when it was today.
const JUST_NOW: SignedDuration = SignedDuration::from_mins(75);

/// When each step was: the last one `days_ago` in the recipient's `zone`, and none after `now`. `seed` moves them by minutes.
pub fn instants(steps: &[Step], days_ago: i64, zone: &TimeZone, seed: u64, now: Timestamp) -> Vec<Timestamp> {
    let mut clocks: Vec<(i64, Time)> = Vec::with_capacity(steps.len());
    let (mut day, mut before) = (0, None);
    for (step, round) in steps.iter().zip(0_u32..) {
        let past_the_hour = i64::from(step.minute) + ((seed >> (round % 16)) % 9) as i64;
        let minute = (past_the_hour % 60) as i8;
        let hour = step.hour + (past_the_hour / 60) as i8;
        let clock = Time::constant(hour, minute, 0, 0);
        // A clock that shows less than before has passed midnight.
        day += step.later_by + i64::from(before.is_some_and(|before| clock <= before));
        before = Some(clock);
        clocks.push((day, clock));
    }
    let today = now.to_zoned(zone.clone()).date();
    let on = |day_of_step: i64, clock: Time| -> Timestamp {
        let date: Date = today.saturating_sub(jiff::Span::new().days(days_ago + day - day_of_step));
        zone.to_ambiguous_timestamp(date.to_datetime(clock)).compatible().unwrap_or(now)
    };
    let told: Vec<Timestamp> = clocks.into_iter().map(|(day, clock)| on(day, clock)).collect();
    match (days_ago, told.last()) {
        // Today's may not have come yet: the whole journey moves with its last event.
        (0, Some(last)) => {
            let shift = (now - JUST_NOW).duration_since(*last);
            told.into_iter().map(|instant| whole_minute(instant + shift)).collect()
        }
        _ => told,
    }
}

fn whole_minute(instant: Timestamp) -> Timestamp {
    let seconds = instant.as_second();
    Timestamp::from_second(seconds - seconds.rem_euclid(60)).unwrap_or(instant)
}
