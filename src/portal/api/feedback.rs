//! How a delivery went, told by the shopper.

use axum::http::StatusCode;
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;
use leptos_axum::ResponseOptions;

use crate::orders::aftercare::{CaseState, Cause, UpdatesOpinion, is_asked_about_updates};
use crate::orders::feedback::{Feedback, MOST_CHARACTERS, Unanswered};
use crate::store::cases::{self, About};
use crate::store::feedback::{self, Kept, Rated, Via};
use crate::store::{Conn, StoreError, Urgency};
use crate::web::load;
use crate::web::visit::{FeedbackDraft, Step};

use super::{Answer, Call, Failed, call, failed, not_found};

/// Bytes of an unfinished comment that its cookie has room for.
const MOST_DRAFT_BYTES: usize = 2_000;

/// Keeps what the shopper says of a parcel, named by its id or tracking number; again within two weeks it takes the place
/// of what was said before.
#[server(name = GiveFeedback, prefix = "/tracking/api", endpoint = "give_feedback", input = PostUrl)]
pub async fn give_feedback(
    #[server(default)] shipment: String,
    #[server(default)] rating: String,
    #[server(default)] reasons: Vec<String>,
    #[server(default)] comment: String,
    #[server(default)] via: String,
) -> Result<Answer, Failed> {
    let call = call()?;
    let found = load::rateable(&call.app, &call.visit, shipment.trim()).await.map_err(failed)?;
    let Some(rated) = found else { return Err(not_found()) };
    let read = Feedback::read(&rating, reasons.iter().map(String::as_str), &comment);
    let given = match read {
        Ok(given) => given,
        Err(wrong) => return call.ask_again(&rated, wrong, FeedbackDraft { rating, reasons, comment }),
    };
    let via = match via.as_str() {
        _ if call.is_json => Via::Program,
        "link" => Via::Link,
        _ => Via::Page,
    };
    let store = &call.app.store;
    let mut conn = store.write(Urgency::Shopper).await.map_err(failed)?;
    let kept =
        feedback::give(&mut conn, store.vault(), call.visit.live.id, rated.shipment, &given, via, call.app.now())
            .await
            .map_err(failed)?;
    if kept == Kept::Saved {
        call.open_or_withdraw(&mut conn, &rated, &given).await.map_err(failed)?;
    }
    conn.commit().await.map_err(failed)?;
    // The page that the answer leads to shows it: nothing that was kept before it may stand in its way.
    call.app.kept.heed(&crate::store::changes::Change::Order(call.visit.live.id, rated.order));
    if kept == Kept::Closed && call.is_json {
        expect_context::<ResponseOptions>().set_status(StatusCode::CONFLICT);
    }
    call.go(call.form_of(&rated, ""), [call.visit.without_step_cookie()])
}

/// Keeps with one tap whether the updates of a rated parcel were right.
#[server(name = RateUpdates, prefix = "/tracking/api", endpoint = "rate_updates", input = PostUrl)]
pub async fn rate_updates(
    #[server(default)] shipment: String,
    #[server(default)] opinion: String,
) -> Result<Answer, Failed> {
    let call = call()?;
    let found = load::rateable(&call.app, &call.visit, shipment.trim()).await.map_err(failed)?;
    let Some(rated) = found.filter(|rated| is_asked_about_updates(rated.shipment)) else { return Err(not_found()) };
    let Some(opinion) = UpdatesOpinion::read(&opinion) else { return Err(not_found()) };
    let (store, brand) = (&call.app.store, call.visit.live.id);
    let mut conn = store.write(Urgency::Shopper).await.map_err(failed)?;
    let kept = feedback::say_of_updates(&mut conn, brand, rated.shipment, opinion, call.app.now());
    if !kept.await.map_err(failed)? {
        return Err(not_found());
    }
    conn.commit().await.map_err(failed)?;
    call.app.kept.heed(&crate::store::changes::Change::Order(brand, rated.order));
    call.go(call.form_of(&rated, ""), [])
}

impl Call {
    /// A bad rating is a case for the shop, for as long as it stays one.
    async fn open_or_withdraw(&self, conn: &mut Conn, rated: &Rated, given: &Feedback) -> Result<(), StoreError> {
        let about = About {
            brand: self.visit.live.id,
            order: rated.order,
            shipment: Some(rated.shipment),
            cause: Cause::Rating,
        };
        let now = self.app.now();
        if given.rating.is_bad() {
            let text = given.comment.as_deref().unwrap_or_default();
            cases::open(conn, self.app.store.vault(), &about, text, self.answer_by(), now).await?;
        } else {
            cases::close(conn, &about, CaseState::Withdrawn, now).await?;
        }
        Ok(())
    }

    fn form_of(&self, rated: &Rated, query: &str) -> String {
        self.path(&format!("/orders/{}{query}#feedback-{}", rated.order_key, rated.shipment))
    }

    /// Back to the form with what was filled in, and what is missing in words.
    fn ask_again(&self, rated: &Rated, wrong: Unanswered, draft: FeedbackDraft) -> Result<Answer, Failed> {
        let words = self.visit.words();
        let message = match wrong {
            Unanswered::NoRating => words.text("feedback-rating-missing").to_owned(),
            Unanswered::CommentTooLong => {
                let most = i64::try_from(MOST_CHARACTERS).unwrap_or(i64::MAX);
                words.say("feedback-comment-too-long", &[("count", most.into())])
            }
        };
        let comment = if draft.comment.len() > MOST_DRAFT_BYTES {
            let end = draft.comment.floor_char_boundary(MOST_DRAFT_BYTES);
            draft.comment[..end].to_owned()
        } else {
            draft.comment
        };
        let reasons = draft.reasons.into_iter().filter(|reason| reason.len() < 20).take(12).collect();
        let rating = draft.rating.chars().take(4).collect();
        let draft = FeedbackDraft { rating, reasons, comment };
        let step = Step::Feedback { shipment: rated.shipment.to_string(), draft, message };
        if self.is_json {
            expect_context::<ResponseOptions>().set_status(StatusCode::UNPROCESSABLE_ENTITY);
        }
        self.go(self.form_of(rated, "?step=feedback"), [self.visit.step_cookie(self.app.store.vault(), &step)])
    }
}

#[cfg(test)]
mod tests;
