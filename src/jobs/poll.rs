//! Parcels whose source pushes nothing: asked for while they move, at a pace that its API bears.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use tokio::task::JoinSet;

use crate::config::PollAccount;
use crate::orders::BrandId;
use crate::sources::Parsed;
use crate::sources::outgoing::pull::{Token, Told, read_token};
use crate::sources::outgoing::{Answer, Request};
use crate::store::following::{self, Looked, Parcel, PollOutcome};
use crate::store::ingest::{Teller, apply};
use crate::store::limits::Verdict;
use crate::store::{Store, StoreError, Urgency};

use super::follow::{Api, Follower, Shop, asked_at, carrier_of};
use super::pace;

/// Parcels claimed at once from one source, and how many of them are asked for side by side.
const TOGETHER: usize = 16;
const SIDE_BY_SIDE: usize = 4;

/// How long an API is left alone that says "too much" without saying for how long.
const LEFT_ALONE: SignedDuration = SignedDuration::from_mins(1);

/// A token is not used in its last minute.
const TOKEN_MARGIN: SignedDuration = SignedDuration::from_mins(1);

/// A page says at most this often that it was looked at.
const LOOKED_AT_MOST_EVERY: SignedDuration = SignedDuration::from_mins(5);
const MOST_LOOKED: usize = 20_000;

/// Asks for what is due. Gives how many parcels were asked for.
pub(super) async fn once(follower: &Arc<Follower>, shops: &[Shop]) -> Result<usize, StoreError> {
    let mut tasks = JoinSet::new();
    for shop in shops {
        for account in follower.outgoing.polls(&shop.slug) {
            tasks.spawn(source(Arc::clone(follower), shop.clone(), account.clone()));
        }
    }
    let mut asked = 0;
    while let Some(ended) = tasks.join_next().await {
        match ended {
            Ok(done) => asked += done?,
            Err(error) => tracing::error!(%error, "polling ended by a panic"),
        }
    }
    Ok(asked)
}

/// Asks one source for what is due there.
async fn source(follower: Arc<Follower>, shop: Shop, account: PollAccount) -> Result<usize, StoreError> {
    let name = account.pull.as_str();
    let api = follower.api(shop.id, name);
    let mut conn = follower.store.read().await?;
    let most = i64::try_from(TOGETHER).unwrap_or(i64::MAX);
    let waiting = following::count_due_polls(&mut conn, shop.id, name, follower.now(), most).await?;
    drop(conn);
    let admitted = api.breaker().admit(usize::try_from(waiting).unwrap_or(0), follower.now());
    if admitted == 0 {
        return Ok(0);
    }
    let mut conn = follower.store.write(Urgency::Batch).await?;
    let mut room = 0;
    while room < admitted && follower.spend(&mut conn, shop.id, name, account.per_hour).await? == Verdict::Within {
        room += 1;
    }
    let room = i64::try_from(room).unwrap_or(0);
    let claimed = following::claim_polls(&mut conn, shop.id, name, follower.now(), room).await?;
    conn.commit().await?;
    let asked = claimed.len();
    if asked == 0 {
        api.breaker().unused();
    }
    let mut claimed = claimed.into_iter();
    let mut tasks = JoinSet::new();
    loop {
        while tasks.len() < SIDE_BY_SIDE
            && let Some((shipment, failures)) = claimed.next()
        {
            let (follower, shop) = (Arc::clone(&follower), shop.clone());
            let (account, api) = (account.clone(), Arc::clone(&api));
            tasks.spawn(async move {
                let mut conn = follower.store.read().await?;
                let parcel = following::parcel(&mut conn, shop.id, shipment).await?;
                drop(conn);
                match parcel {
                    Some(parcel) => poll(&follower, &shop, &account, &api, &parcel, failures).await.map(|_| ()),
                    None => Ok(()),
                }
            });
        }
        match tasks.join_next().await {
            None => return Ok(asked),
            Some(Ok(done)) => done?,
            Some(Err(error)) => tracing::error!(%error, "a poll ended by a panic"),
        }
    }
}

/// What came of asking for one parcel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Polled {
    /// So many scans that we did not know.
    Told {
        new_events: u64,
    },
    Nothing,
    Failed(String),
}

/// Asks for one parcel and writes down what was said.
async fn poll(
    follower: &Follower,
    shop: &Shop,
    account: &PollAccount,
    api: &Api,
    parcel: &Parcel,
    failures: i64,
) -> Result<Polled, StoreError> {
    let now = follower.now();
    if !pace::is_followed(parcel, now) {
        // It ended since, as somebody else told.
        api.breaker().unused();
        let mut conn = follower.store.write(Urgency::Batch).await?;
        following::end_polls(&mut conn, shop.id, parcel.shipment).await?;
        conn.commit().await?;
        return Ok(Polled::Nothing);
    }
    let open_until = api.breaker().open_until(now);
    if let Some(until) = open_until {
        let outcome = PollOutcome {
            next: Some(until),
            not_before: Some(until),
            failures,
            error: Some("it is left alone for a while".to_owned()),
            answered_at: None,
        };
        note(follower, parcel, &outcome).await?;
        return Ok(Polled::Failed("it is left alone for a while".to_owned()));
    }
    let said = ask(follower, account, api, parcel).await;
    write_down(follower, shop, account, parcel, failures, said).await
}

/// Why nothing was heard of a parcel.
struct Silence {
    why: String,
    retry_after: Option<SignedDuration>,
    cause: Cause,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cause {
    /// It is asked too much: no failure.
    Busy,
    /// The account, or the token that was got for it, is refused.
    NotLetIn,
    Down,
}

/// Asks for a parcel, and has the breaker know how it went.
async fn ask(follower: &Follower, account: &PollAccount, api: &Api, parcel: &Parcel) -> Result<Told, Silence> {
    let said = ask_for(follower, account, api, parcel).await;
    let now = follower.now();
    let mut breaker = api.breaker();
    match &said {
        Ok(Told::Garbage(_)) => breaker.failed(now),
        Ok(Told::Parcels(_) | Told::Nothing | Told::NotRegistered | Told::Refused(_)) => breaker.succeeded(),
        Err(silence) => {
            if silence.cause != Cause::Busy {
                breaker.failed(now);
            }
            if let Some(wait) = silence.retry_after {
                breaker.hold(now + wait);
            }
        }
    }
    drop(breaker);
    said
}

async fn ask_for(follower: &Follower, account: &PollAccount, api: &Api, parcel: &Parcel) -> Result<Told, Silence> {
    let pull = account.pull;
    let carrier = carrier_of(parcel);
    let (number, carrier) = (parcel.number.as_str(), carrier.as_deref());
    let tracking = |token: Option<&Token>| pull.tracking(&account.account, token, number, carrier);
    let answer = let_in(follower, account, api, tracking).await?;
    match pull.read(number, &answer) {
        Told::NotRegistered => match pull.registration(&account.account, number, carrier) {
            Some(request) => Ok(pull.read_registration(number, &send(follower, account, &request).await?)),
            None => Ok(Told::Refused("it cannot be registered there".to_owned())),
        },
        told => Ok(told),
    }
}

/// Sends a request that may need a token; with a fresh one where the one we have is refused.
async fn let_in(
    follower: &Follower,
    account: &PollAccount,
    api: &Api,
    request: impl Fn(Option<&Token>) -> Request,
) -> Result<Answer, Silence> {
    let Some(token_request) = account.pull.token_request(&account.account) else {
        return send(follower, account, &request(None)).await;
    };
    let held = token(follower, account, api, &token_request, None).await?;
    match send(follower, account, &request(Some(&held))).await {
        Err(silence) if silence.cause == Cause::NotLetIn => {
            let fresh = token(follower, account, api, &token_request, Some(&held)).await?;
            send(follower, account, &request(Some(&fresh))).await
        }
        heard => heard,
    }
}

/// The token that lets us in: the one we hold unless it runs out or is the `refused` one, else a fresh one.
async fn token(
    follower: &Follower,
    account: &PollAccount,
    api: &Api,
    request: &Request,
    refused: Option<&Token>,
) -> Result<Token, Silence> {
    let mut held = api.token.lock().await;
    if let Some((token, until)) = held.as_ref()
        && follower.now() < *until
        && refused != Some(token)
    {
        return Ok(token.clone());
    }
    *held = None;
    let answer = send(follower, account, request).await?;
    match read_token(&answer) {
        Some(token) => {
            let lasts = (token.lasts - TOKEN_MARGIN).max(SignedDuration::ZERO);
            *held = Some((token.clone(), follower.now() + lasts));
            Ok(token)
        }
        None => {
            let why = format!("it gave no token (answered {})", answer.status);
            Err(Silence { why, retry_after: None, cause: Cause::NotLetIn })
        }
    }
}

/// Sends a request. An answer that is the server's fault, or that says to wait, is none.
async fn send(follower: &Follower, account: &PollAccount, request: &Request) -> Result<Answer, Silence> {
    let silence = |why: String, retry_after, cause| Err(Silence { why, retry_after, cause });
    match follower.outside.ask(&account.url, request, follower.now()).await {
        Err(why) => silence(why, None, Cause::Down),
        Ok(heard) => match heard.answer.status {
            429 => {
                silence("it is asked too much".to_owned(), Some(heard.retry_after.unwrap_or(LEFT_ALONE)), Cause::Busy)
            }
            401 | 403 => silence("it does not let this account in".to_owned(), None, Cause::NotLetIn),
            status @ (408 | 500..) => silence(format!("answered {status}"), heard.retry_after, Cause::Down),
            _ => Ok(heard.answer),
        },
    }
}

async fn write_down(
    follower: &Follower,
    shop: &Shop,
    account: &PollAccount,
    parcel: &Parcel,
    failures: i64,
    said: Result<Told, Silence>,
) -> Result<Polled, StoreError> {
    let now = follower.now();
    let source = account.pull.as_str();
    let (polled, retry_after) = match said {
        Ok(Told::Parcels(parsed)) => {
            log_refusals(source, &parsed);
            match tell(follower, shop, source, parcel, &parsed, now).await {
                Err(StoreError::Broken(cause)) => {
                    tracing::error!(source, shipment = %parcel.shipment, %cause, "an answer could not be stored");
                    (Polled::Failed("its answer could not be stored".to_owned()), None)
                }
                told => (Polled::Told { new_events: told? }, None),
            }
        }
        Ok(Told::Nothing | Told::NotRegistered) => (Polled::Nothing, None),
        Ok(Told::Refused(why) | Told::Garbage(why)) => (Polled::Failed(why), None),
        Err(silence) => (Polled::Failed(silence.why), silence.retry_after),
    };
    let outcome = match &polled {
        // Written with what was told.
        Polled::Told { .. } => None,
        Polled::Nothing => Some(answered(pace::next_poll(parcel, now), now)),
        Polled::Failed(why) => {
            tracing::info!(source, shipment = %parcel.shipment, "a poll failed");
            let wait = pace::after_failed_poll(failures + 1, parcel.shipment.0);
            Some(PollOutcome {
                next: Some(now + retry_after.map_or(wait, |asked| asked.max(wait))),
                not_before: retry_after.map(|asked| now + asked),
                failures: failures + 1,
                error: Some(why.clone()),
                answered_at: None,
            })
        }
    };
    let outcome_name = match &polled {
        Polled::Told { .. } => "told",
        Polled::Nothing => "nothing",
        Polled::Failed(_) => "failed",
    };
    metrics::counter!("doorstep_polls_total", "source" => source, "outcome" => outcome_name).increment(1);
    if let Some(outcome) = outcome {
        note(follower, parcel, &outcome).await?;
    }
    Ok(polled)
}

fn answered(next: Option<Timestamp>, now: Timestamp) -> PollOutcome {
    PollOutcome { next, not_before: None, failures: 0, error: None, answered_at: Some(now) }
}

/// Writes down what was told, and when to ask again. Gives how many scans were new.
async fn tell(
    follower: &Follower,
    shop: &Shop,
    source: &str,
    parcel: &Parcel,
    parsed: &Parsed,
    now: Timestamp,
) -> Result<u64, StoreError> {
    let mut conn = follower.store.write(Urgency::Batch).await?;
    let vault = follower.store.vault();
    let teller = Teller { vault, brand: shop.id, region: Some(&shop.region), source, now };
    let applied = apply(&mut conn, &teller, parsed).await?;
    let told = following::parcel(&mut conn, shop.id, parcel.shipment).await?;
    let next = pace::next_poll(told.as_ref().unwrap_or(parcel), now);
    following::note_poll(&mut conn, shop.id, parcel.shipment, &answered(next, now)).await?;
    conn.commit().await?;
    metrics::counter!("doorstep_events_total").increment(applied.events.new);
    Ok(applied.events.new)
}

async fn note(follower: &Follower, parcel: &Parcel, outcome: &PollOutcome) -> Result<(), StoreError> {
    let mut conn = follower.store.write(Urgency::Batch).await?;
    following::note_poll(&mut conn, parcel.brand, parcel.shipment, outcome).await?;
    conn.commit().await
}

/// Where an answer could not be read. Reasons may quote what was sent, so they stay out of the log.
fn log_refusals(source: &str, parsed: &Parsed) {
    let at: Vec<&str> =
        parsed.refused.iter().filter(|refusal| !refusal.is_ignored()).map(|refusal| refusal.at.as_str()).collect();
    if let Some(first) = at.first() {
        tracing::warn!(source, count = at.len(), first, "parts of an answer could not be read");
        metrics::counter!("doorstep_poll_refusals_total", "source" => source.to_owned())
            .increment(u64::try_from(at.len()).unwrap_or(u64::MAX));
    }
}

/// A parcel asked for because somebody wants it now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refreshed {
    pub source: &'static str,
    pub polled: Polled,
    /// As it stands after that.
    pub status: Option<String>,
}

impl Follower {
    /// Asks for the newest parcel of that number, whatever its pace. `None`: there is no such parcel, or nobody to be asked.
    pub async fn refresh(&self, shop: &Shop, number: &str) -> Result<Refresh, StoreError> {
        let mut conn = self.store.read().await?;
        let newest = following::parcels_numbered(&mut conn, shop.id, number).await?.into_iter().next();
        drop(conn);
        let Some(parcel) = newest else { return Ok(Refresh::NoSuchParcel) };
        let Some(account) = asked_at(self.outgoing.polls(&shop.slug), &parcel) else {
            return Ok(Refresh::NobodyToAsk(carrier_of(&parcel)));
        };
        let api = self.api(shop.id, account.pull.as_str());
        let mut conn = self.store.write(Urgency::Batch).await?;
        // So that a parcel that nobody followed has its row to note the outcome in.
        following::want_polled(&mut conn, &parcel, account.pull.as_str(), self.now()).await?;
        conn.commit().await?;
        let said = ask(self, account, &api, &parcel).await;
        let polled = write_down(self, shop, account, &parcel, 0, said).await?;
        let mut conn = self.store.read().await?;
        let after = following::parcel(&mut conn, shop.id, parcel.shipment).await?;
        let status = after.and_then(|parcel| parcel.status);
        Ok(Refresh::Asked(Refreshed { source: account.pull.as_str(), polled, status }))
    }
}

/// What came of [`Follower::refresh`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refresh {
    NoSuchParcel,
    /// No account is set up for this carrier.
    NobodyToAsk(Option<String>),
    Asked(Refreshed),
}

/// What shoppers looked at lately: a page never waits for its parcels to be asked for, nor asks at every visit.
#[derive(Default)]
pub struct LookedAt(Mutex<HashMap<(BrandId, Looked), Timestamp>>);

impl LookedAt {
    /// Whether this look is the first in a while.
    fn is_news(&self, brand: BrandId, looked: Looked, now: Timestamp) -> bool {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_fresh = |at: &Timestamp| now.duration_since(*at) < LOOKED_AT_MOST_EVERY;
        if seen.get(&(brand, looked)).is_some_and(is_fresh) {
            return false;
        }
        if seen.len() >= MOST_LOOKED {
            seen.retain(|_, at| is_fresh(at));
        }
        // Full of fresh ones: the store holds the line.
        if seen.len() < MOST_LOOKED {
            seen.insert((brand, looked), now);
        }
        true
    }
}

/// A shopper looks at a page: what is stale on it is asked for soon. Returns at once.
pub fn looked_at(app: &crate::web::app::App, slug: &str, brand: BrandId, looked: Looked) {
    let now = app.now();
    if app.config.outgoing.polls(slug).is_empty() || !app.looked_at.is_news(brand, looked, now) {
        return;
    }
    let store: Store = app.store.clone();
    tokio::spawn(async move {
        if let Err(error) = ask_now(&store, brand, looked, now).await {
            tracing::warn!(%error, "a stale page could not be noted");
        }
    });
}

async fn ask_now(store: &Store, brand: BrandId, looked: Looked, now: Timestamp) -> Result<(), StoreError> {
    let mut conn = store.read().await?;
    if !following::is_stale(&mut conn, brand, looked, now).await? {
        return Ok(());
    }
    drop(conn);
    let mut conn = store.write(Urgency::Batch).await?;
    following::ask_now(&mut conn, brand, looked, now).await?;
    conn.commit().await
}
