//! What the page asks of a parcel that has arrived or will not come, and what it says to the answer.

use crate::access::grant::Scope;
use crate::orders::aftercare::{Cause, UpdatesOpinion, is_asked_about_updates};
use crate::orders::feedback::{Ended, FeedbackGiven, Rating, ended};
use crate::portal::view::{
    FeedbackAnsweredView, FeedbackView, LinkView, OrderView, PhotoFormView, UpdatesQuestionView,
};
use crate::store::orders::{OrderRecord, ShipmentRecord};
use crate::web::visit::FeedbackDraft;

use super::{Validity, Viewer};

impl Viewer<'_> {
    /// `None` while the parcel is under way, and for who sees a summary only.
    pub(super) fn feedback(
        &self,
        order: &OrderRecord,
        shipment: &ShipmentRecord,
        validity: &mut Validity,
    ) -> Option<FeedbackView> {
        let ended = shipment.summary.as_ref().and_then(|summary| ended(summary.progress.status))?;
        if self.scope < Scope::Town {
            return None;
        }
        let heading = match ended {
            Ended::Delivered => "feedback-heading",
            Ended::Failed => "feedback-heading-failed",
        };
        let given = shipment.feedback.as_ref();
        if let Some(given) = given.filter(|given| given.is_open(self.now)) {
            validity.until(given.open_until());
        }
        Some(FeedbackView {
            shipment: shipment.shipment_id.to_string(),
            heading: self.words.text(heading).to_owned(),
            leads: false,
            rating: given.map(|given| given.feedback.rating.stars()),
            reasons: given
                .iter()
                .flat_map(|given| &given.feedback.reasons)
                .map(|reason| reason.as_str().to_owned())
                .collect(),
            comment: given.and_then(|given| given.feedback.comment.clone()).unwrap_or_default(),
            via: None,
            notice: None,
            answered: given.map(|given| self.answered(order, shipment, given)),
        })
    }

    fn answered(&self, order: &OrderRecord, shipment: &ShipmentRecord, given: &FeedbackGiven) -> FeedbackAnsweredView {
        let is_open = given.is_open(self.now);
        let thanks = if is_open {
            let until = given.open_until().to_zoned(self.zone()).date();
            let day = self.words.dates(|dates| dates.long_day(until));
            self.words.say("feedback-thanks", &[("day", (&day).into())])
        } else {
            self.words.text("feedback-closed").to_owned()
        };
        let links = &self.brand.links;
        let rating = given.feedback.rating;
        let (words, link) = if rating.is_bad() {
            let help = match (&links.contact, &links.help) {
                // Over the path that hands the order over and counts.
                (Some(_), _) => Some(("help-contact", self.contact_path(order, Cause::Rating))),
                (None, Some(help)) => Some(("help-page", help.clone())),
                (None, None) => None,
            };
            (Some("feedback-thanks-bad"), help)
        } else {
            // Nobody is asked for praise while something of the order is in trouble.
            let review = links.review.as_ref().filter(|_| rating.is_good() && !is_in_trouble(order));
            (review.map(|_| "feedback-thanks-good"), review.map(|review| ("feedback-review", review.clone())))
        };
        let path = |rest: &str| format!("{}{rest}", self.brand.base_path);
        let photo = (is_open && given.wants_photo()).then(|| PhotoFormView {
            path: path(&format!("/photos/{}", shipment.shipment_id)),
            is_kept: given.photo_at.is_some(),
            notice: None,
        });
        let is_asked = is_open && !rating.is_bad() && is_asked_about_updates(shipment.shipment_id);
        FeedbackAnsweredView {
            photo,
            updates: is_asked.then(|| UpdatesQuestionView {
                answered: given.updates.map(|opinion| {
                    let choice = self.words.text(&opinion_message(opinion)).to_owned();
                    self.words.say("feedback-updates-thanks", &[("choice", (&choice).into())])
                }),
            }),
            case: shipment.cases.iter().find(|case| case.cause == Cause::Rating).and_then(|case| self.case(case)),
            thanks,
            is_open,
            words: words.map(|id| self.words.text(id).to_owned()),
            action: link.map(|(id, href)| LinkView { text: self.words.text(id).to_owned(), href }),
        }
    }
}

/// Id of the message that says an opinion.
pub fn opinion_message(opinion: UpdatesOpinion) -> String {
    format!("feedback-updates-{}", opinion.as_str().replace('_', "-"))
}

/// Why a photo was not taken, at its form.
pub fn refuse_photo(view: &mut OrderView, shipment: &str, message: &str) {
    let mut forms = view.shipments.iter_mut().filter_map(|parcel| parcel.feedback.as_mut());
    if let Some(photo) =
        forms.find(|form| form.shipment == shipment).and_then(|form| form.answered.as_mut()?.photo.as_mut())
    {
        photo.notice = Some(message.to_owned());
    }
}

/// Whether a parcel of the order is in trouble that its shopper is told of.
pub fn is_in_trouble(order: &OrderRecord) -> bool {
    order
        .shipments
        .iter()
        .filter_map(|shipment| shipment.summary.as_ref())
        .any(|summary| summary.progress.trouble.is_some() || !summary.incidents.is_empty())
}

/// Marks the form that links to "the feedback" lead to: the first that waits for an answer, else the first.
pub(super) fn choose_leading(view: &mut OrderView) {
    let waits = |feedback: &FeedbackView| feedback.answered.is_none();
    let mut forms: Vec<&mut FeedbackView> =
        view.shipments.iter_mut().filter_map(|parcel| parcel.feedback.as_mut()).collect();
    let leading = forms.iter().position(|feedback| waits(feedback)).unwrap_or(0);
    if let Some(feedback) = forms.get_mut(leading) {
        feedback.leads = true;
    }
}

/// What was sent and could not be taken, filled in again with the reason.
pub fn fill_in_draft(view: &mut OrderView, shipment: &str, draft: &FeedbackDraft, message: &str) {
    let mut forms = view.shipments.iter_mut().filter_map(|parcel| parcel.feedback.as_mut());
    if let Some(form) = forms.find(|form| form.shipment == shipment) {
        form.rating = draft.rating.parse().ok().map(Rating::stars);
        form.reasons.clone_from(&draft.reasons);
        form.comment.clone_from(&draft.comment);
        form.notice = Some(message.to_owned());
    }
}

/// The rating of a message's link, filled in where it can still be given: nothing is kept before the form is sent.
pub fn fill_in_rating(view: &mut OrderView, rating: Rating) {
    let mut forms = view.shipments.iter_mut().filter_map(|parcel| parcel.feedback.as_mut());
    if let Some(form) = forms.find(|form| form.leads && form.answered.as_ref().is_none_or(|answered| answered.is_open))
    {
        form.rating = Some(rating.stars());
        form.via = Some("link".to_owned());
    }
}
