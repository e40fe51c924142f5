//! How often a parcel is asked for, and how long failures wait. Pure: spread by the parcel's id, so that nothing comes in
//! bursts and everything comes again at the same time.

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::store::following::Parcel;
use crate::tracking::status::{Milestone, Status};

const WHILE_IT_MOVES: SignedDuration = SignedDuration::from_mins(15);
const WHILE_IT_IS_IDLE: SignedDuration = SignedDuration::from_hours(6);

/// Without news for this long it is idle.
const IDLE_AFTER: SignedDuration = SignedDuration::from_hours(3 * 24);

/// Without news for this long nobody asks any more.
const GIVEN_UP_AFTER: SignedDuration = SignedDuration::from_hours(60 * 24);

/// When a parcel is asked for after it was asked for now. `None`: nothing more is to be heard.
pub fn next_poll(parcel: &Parcel, now: Timestamp) -> Option<Timestamp> {
    if !is_followed(parcel, now) {
        return None;
    }
    let quiet = now.duration_since(last_news(parcel));
    let (base, spread) = match quiet > IDLE_AFTER {
        true => (WHILE_IT_IS_IDLE, SignedDuration::from_mins(30)),
        false => (WHILE_IT_MOVES, SignedDuration::from_mins(15)),
    };
    Some(now + base + part(spread, parcel.shipment.0, 0))
}

/// Whether anything may still be heard of it.
pub fn is_followed(parcel: &Parcel, now: Timestamp) -> bool {
    let status = parcel.status.as_deref().and_then(|status| status.parse::<Status>().ok());
    !status.is_some_and(is_final) && now.duration_since(last_news(parcel)) <= GIVEN_UP_AFTER
}

fn last_news(parcel: &Parcel) -> Timestamp {
    parcel.last_event_at.unwrap_or(parcel.created_at)
}

fn is_final(status: Status) -> bool {
    status == Status::Disposed
        || matches!(
            status.milestone(),
            Milestone::Delivered | Milestone::Returned | Milestone::Cancelled | Milestone::Expired
        )
}

/// How long a parcel waits whose asking failed so often: a quarter of an hour at first, then twice as long each time.
pub fn after_failed_poll(failures: i64, id: Uuid) -> SignedDuration {
    let wait = WHILE_IT_MOVES * (1 << failures.clamp(1, 6).saturating_sub(1));
    jittered(wait.min(WHILE_IT_IS_IDLE), id, failures)
}

/// How long a registration waits that failed so often: a minute at first, then twice as long each time.
pub fn after_failed_registration(attempts: i64, id: Uuid) -> SignedDuration {
    jittered(SignedDuration::from_mins(1 << attempts.clamp(1, 8).saturating_sub(1)), id, attempts)
}

/// As long, and up to a quarter longer.
fn jittered(wait: SignedDuration, id: Uuid, round: i64) -> SignedDuration {
    wait + part(wait / 4, id, round)
}

/// The part of a spread that an id takes in a round.
fn part(spread: SignedDuration, id: Uuid, round: i64) -> SignedDuration {
    let hash =
        id.as_bytes().iter().chain(&round.to_be_bytes()).fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
    let thousandth = i32::try_from((hash >> 20) % 1000).unwrap_or(0);
    spread / 1000 * thousandth
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::{BrandId, ShipmentId};

    fn now() -> Timestamp {
        "2026-11-06T12:00:00Z".parse().unwrap()
    }

    fn hours(hours: i64) -> SignedDuration {
        SignedDuration::from_hours(hours)
    }

    fn parcel(id: u128, status: Status, quiet: SignedDuration) -> Parcel {
        Parcel {
            brand: BrandId(Uuid::nil()),
            shipment: ShipmentId(Uuid::from_u128(id)),
            number: "1Z1".to_owned(),
            carrier: Some("ups".to_owned()),
            source: "shopify".to_owned(),
            status: Some(status.to_string()),
            last_event_at: Some(now() - quiet),
            created_at: now() - hours(24 * 90),
        }
    }

    fn wait(parcel: &Parcel) -> Option<SignedDuration> {
        next_poll(parcel, now()).map(|next| next.duration_since(now()))
    }

    #[test]
    fn a_moving_parcel_is_asked_for_every_15_to_30_minutes_spread_by_its_id() {
        let waits: Vec<_> =
            (0..200).map(|id| wait(&parcel(id, Status::InTransit, hours(2))).unwrap().as_mins()).collect();
        assert!(waits.iter().all(|wait| (15..=30).contains(wait)), "{waits:?}");
        assert!(waits.iter().any(|wait| *wait < 18) && waits.iter().any(|wait| *wait > 27), "{waits:?}");
        assert_eq!(
            wait(&parcel(7, Status::InTransit, hours(2))),
            wait(&parcel(7, Status::InTransit, hours(3))),
            "one parcel keeps its pace"
        );
    }

    #[test]
    fn an_idle_parcel_is_asked_for_every_six_hours_and_a_forgotten_one_never() {
        let idle = wait(&parcel(7, Status::InTransit, hours(3 * 24 + 1))).unwrap();
        assert!((hours(6)..=hours(7)).contains(&idle), "{idle:?}");
        assert_eq!(wait(&parcel(7, Status::InTransit, hours(61 * 24))), None);
    }

    #[test]
    fn what_has_ended_is_not_asked_for() {
        for status in [Status::Delivered, Status::DeliveredNeighbour, Status::Disposed] {
            assert_eq!(wait(&parcel(7, status, hours(1))), None, "{status}");
        }
        assert!(wait(&parcel(7, Status::AttemptNoOneHome, hours(1))).is_some());
    }

    #[test]
    fn failures_wait_longer_each_time_up_to_six_hours() {
        let id = Uuid::from_u128(7);
        let waits: Vec<i64> = (1..10).map(|failures| after_failed_poll(failures, id).as_mins()).collect();
        assert!((15..19).contains(&waits[0]) && (30..38).contains(&waits[1]), "{waits:?}");
        assert!(waits.iter().all(|wait| *wait <= 450), "{waits:?}");
        let waits: Vec<i64> = (1..9).map(|attempts| after_failed_registration(attempts, id).as_mins()).collect();
        assert!(waits[0] == 1 && (128..161).contains(&waits[7]), "{waits:?}");
    }
}
