//! How a delivery went, told by the shopper.

use axum::http::StatusCode;
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;
use leptos_axum::ResponseOptions;

use crate::access::grant::Scope;
use crate::orders::feedback::{Feedback, MOST_CHARACTERS, Unanswered, ended};
use crate::store::Urgency;
use crate::store::feedback::{self, Kept, Rated, Via};
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
    let rated = call.may_rate(shipment.trim()).await?;
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
    conn.commit().await.map_err(failed)?;
    // The page that the answer leads to shows it: nothing that was kept before it may stand in its way.
    call.app.kept.heed(&crate::store::changes::Change::Order(call.visit.live.id, rated.order));
    if kept == Kept::Closed && call.is_json {
        expect_context::<ResponseOptions>().set_status(StatusCode::CONFLICT);
    }
    call.go(call.form_of(&rated, ""), [call.visit.without_step_cookie()])
}

impl Call {
    /// The parcel, if this browser may see it and it can be rated. All else is not there.
    async fn may_rate(&self, named: &str) -> Result<Rated, Failed> {
        let mut conn = self.app.store.read().await.map_err(failed)?;
        let found = feedback::rated(&mut conn, self.visit.live.id, named).await.map_err(failed)?;
        drop(conn);
        let Some(rated) = found else { return Err(not_found()) };
        let session = load::session(&self.app, &self.visit).await.map_err(failed)?;
        let sees_it = session.scope_for(rated.order, self.app.now()).is_some_and(|scope| scope >= Scope::Town);
        let has_ended = rated.status.is_some_and(|status| ended(status).is_some());
        if sees_it && has_ended { Ok(rated) } else { Err(not_found()) }
    }

    fn form_of(&self, rated: &Rated, query: &str) -> String {
        self.path(&format!("/orders/{}{query}#feedback-{}", rated.order_key, rated.shipment))
    }

    /// Back to the form with what was filled in, and what is missing in words.
    fn ask_again(&self, rated: &Rated, wrong: Unanswered, draft: FeedbackDraft) -> Result<Answer, Failed> {
        let words = self.visit.words();
        let message = match wrong {
            Unanswered::NoRating => words.text("feedback-rating-missing").into_owned(),
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
