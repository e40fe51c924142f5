//! Numbers that shops sent, registered with the brand's aggregator: otherwise nobody would ever tell us of them.

use std::sync::Arc;

use jiff::SignedDuration;
use tokio::task::JoinSet;

use crate::config::AggregatorAccount;
use crate::sources::outgoing::pull::Pull;
use crate::sources::outgoing::register::{Aggregator, Registration};
use crate::store::following::{self, DueRegistration, Standing};
use crate::store::limits::Verdict;
use crate::store::{StoreError, Urgency};

use super::follow::{Follower, Shop, carrier_of};
use super::pace;

const TOGETHER: i64 = 8;

/// After so many attempts a registration is set aside with its error.
const MOST_ATTEMPTS: i64 = 8;

/// Requests an hour where the aggregator has no pulling side of which we know it.
const PER_HOUR: u32 = 6_000;

/// Registers what is due. Gives how many were tried.
pub(super) async fn once(follower: &Arc<Follower>, shops: &[Shop]) -> Result<usize, StoreError> {
    let mut conn = follower.store.read().await?;
    if !following::has_due_registrations(&mut conn, follower.now()).await? {
        return Ok(0);
    }
    drop(conn);
    let mut conn = follower.store.write(Urgency::Batch).await?;
    let due = following::claim_registrations(&mut conn, follower.now(), TOGETHER).await?;
    conn.commit().await?;
    let mut tasks = JoinSet::new();
    let tried = due.len();
    for registration in due {
        let shop = shops.iter().find(|shop| shop.id == registration.brand).cloned();
        tasks.spawn(one(Arc::clone(follower), shop, registration));
    }
    while let Some(ended) = tasks.join_next().await {
        match ended {
            Ok(done) => done?,
            Err(error) => tracing::error!(%error, "a registration ended by a panic"),
        }
    }
    Ok(tried)
}

async fn one(follower: Arc<Follower>, shop: Option<Shop>, due: DueRegistration) -> Result<(), StoreError> {
    let account = shop.as_ref().and_then(|shop| follower.outgoing.aggregator(&shop.slug));
    let standing = match account {
        Some(account) if account.aggregator.as_str() == due.aggregator => standing(&follower, account, &due).await?,
        // The settings name another by now: when they did, the parcel was listed to be decided about anew.
        _ => Standing::Dead("this aggregator is set up no longer".to_owned()),
    };
    match &standing {
        Standing::Registered(_) => {
            metrics::counter!("doorstep_registrations_total", "outcome" => "registered").increment(1);
        }
        Standing::Waiting { why, .. } => {
            tracing::info!(shipment = %due.shipment, attempt = due.attempts, %why, "a registration has to wait");
        }
        Standing::Dead(why) => {
            metrics::counter!("doorstep_registrations_total", "outcome" => "dead").increment(1);
            tracing::warn!(shipment = %due.shipment, aggregator = due.aggregator, %why, "a registration is set aside");
        }
    }
    let mut conn = follower.store.write(Urgency::Batch).await?;
    following::note_registration(&mut conn, &due, &standing).await?;
    conn.commit().await
}

async fn standing(
    follower: &Follower,
    account: &AggregatorAccount,
    due: &DueRegistration,
) -> Result<Standing, StoreError> {
    let name = account.aggregator.as_str();
    let api = follower.api(due.brand, name);
    if api.breaker().admit(1, follower.now()) == 0 {
        let until = api.breaker().open_until(follower.now());
        let until = until.unwrap_or(follower.now() + SignedDuration::from_mins(1));
        return Ok(Standing::Waiting { until, why: "it is left alone for a while".to_owned(), counts: false });
    }
    let mut conn = follower.store.write(Urgency::Batch).await?;
    let spent = follower.spend(&mut conn, due.brand, name, per_hour(account.aggregator)).await?;
    let parcel = following::parcel(&mut conn, due.brand, due.shipment).await?;
    conn.commit().await?;
    if let Verdict::Over(wait) = spent {
        let until = follower.now() + wait;
        return Ok(Standing::Waiting { until, why: "its rate limit is reached".to_owned(), counts: false });
    }
    let Some(parcel) = parcel else { return Ok(Standing::Dead("the parcel is gone".to_owned())) };
    let key = &account.account.user;
    let request = match account.aggregator.registration(key, &due.number, carrier_of(&parcel).as_deref()) {
        Ok(request) => request,
        Err(why) => return Ok(Standing::Dead(why)),
    };
    let heard = follower.outside.ask(&account.url, &request, follower.now()).await;
    let now = follower.now();
    let (registration, retry_after) = match heard {
        Ok(heard) => {
            let busy = heard.answer.status == 429;
            match (busy, heard.answer.status, heard.retry_after) {
                (true, _, wait) => api.breaker().hold(now + wait.unwrap_or(SignedDuration::from_mins(1))),
                (false, 500.., _) => api.breaker().failed(now),
                _ => api.breaker().succeeded(),
            }
            (account.aggregator.read(&heard.answer), heard.retry_after)
        }
        Err(why) => {
            api.breaker().failed(now);
            (Registration::Later(why), None)
        }
    };
    Ok(match registration {
        Registration::Done | Registration::Already => Standing::Registered(now),
        Registration::Never(why) => Standing::Dead(why),
        Registration::Later(why) if due.attempts >= MOST_ATTEMPTS => Standing::Dead(why),
        Registration::Later(why) => {
            let wait = pace::after_failed_registration(due.attempts, due.shipment.0);
            let wait = retry_after.map_or(wait, |asked| asked.max(wait));
            Standing::Waiting { until: now + wait, why, counts: true }
        }
    })
}

fn per_hour(aggregator: Aggregator) -> u32 {
    Pull::of_source(aggregator.as_str()).map_or(PER_HOUR, Pull::per_hour)
}
