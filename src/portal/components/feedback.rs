//! How did it go? Five ratings, reasons that fit, a comment: one plain form, shown again behind "change" once it is sent.

use leptos::prelude::*;

use super::Written;
use super::heading::heading;
use crate::orders::aftercare::UpdatesOpinion;
use crate::orders::feedback::{MOST_CHARACTERS, MOST_PHOTO_BYTES, Mood, Rating, Reason};
use crate::portal::pages::PageContext;
use crate::portal::show::feedback::opinion_message;
use crate::portal::view::{FeedbackAnsweredView, FeedbackView, PhotoFormView, UpdatesQuestionView};

pub(in crate::portal) fn feedback(context: &PageContext, asked: &FeedbackView, level: u8) -> impl IntoView {
    let inside = match &asked.answered {
        None => form(context, asked).written(),
        Some(answered) => thanks(context, asked, answered).written(),
    };
    // Messages link to "#feedback", whichever parcel it is about.
    let anchor = asked.leads.then_some("feedback");
    view! {
        <section class="card feedback" id=format!("feedback-{}", asked.shipment)>
            <div id=anchor>{heading(level, &asked.heading)} {inside}</div>
        </section>
    }
}

fn thanks(context: &PageContext, asked: &FeedbackView, answered: &FeedbackAnsweredView) -> impl IntoView {
    // Where the team has it already, there is nothing left that must be done.
    let class = if answered.case.is_some() { "button quiet" } else { "button" };
    let action = answered.action.as_ref().map(|action| {
        view! { <p class="actions"><a class=class href=action.href.as_str() rel="noreferrer">{action.text.as_str()}</a></p> }
    });
    let change = answered.is_open.then(|| {
        let is_unfinished = asked.notice.is_some() || asked.via.is_some();
        view! {
            <details open=is_unfinished>
                <summary>{context.say("feedback-change")}</summary>
                {form(context, asked).written()}
            </details>
        }
    });
    view! {
        <p role="status">{answered.thanks.as_str()}</p>
        {answered.words.as_deref().map(|words| view! { <p>{words}</p> })}
        {answered.case.as_deref().map(|case| view! { <p data-part="case">{case}</p> })}
        {action}
        {answered.photo.as_ref().map(|photo| photo_form(context, &asked.shipment, photo).written())}
        {answered.updates.as_ref().map(|updates| updates_question(context, &asked.shipment, updates).written())}
        {change}
    }
}

/// A form of its own: a photo that is not taken takes no words with it.
fn photo_form(context: &PageContext, shipment: &str, photo: &PhotoFormView) -> impl IntoView {
    let id = |part: &str| format!("{part}-{shipment}");
    let megabytes = i64::try_from(MOST_PHOTO_BYTES / 1_000_000).unwrap_or(i64::MAX);
    let notice_id = id("photo-notice");
    let notice =
        photo.notice.as_deref().map(|text| view! { <p class="notice failed" id=notice_id role="alert">{text}</p> });
    let described = match notice {
        Some(_) => format!("{} {}", id("photo-hint"), id("photo-notice")),
        None => id("photo-hint"),
    };
    let kept = photo.is_kept.then(|| {
        view! {
            <p role="status" data-part="photo-kept">
                {context.say("feedback-photo-thanks")} " " {context.say("feedback-photo-again")}
            </p>
        }
    });
    view! {
        <form method="post" action=photo.path.as_str() enctype="multipart/form-data" data-part="photo" id=id("photo")>
            {notice}
            {kept}
            <label for=id("photo-file")>{context.say("feedback-photo-heading")}</label>
            <input
                type="file"
                id=id("photo-file")
                name="photo"
                accept="image/jpeg,image/png,image/webp"
                required=true
                aria-describedby=described
            />
            <p class="hint" id=id("photo-hint")>
                {context.say_with("feedback-photo-hint", &[("megabytes", megabytes.into())])}
            </p>
            <p class="actions">
                <button class="button quiet" type="submit">{context.say("feedback-photo-send")}</button>
            </p>
        </form>
    }
}

/// One tap: each answer is a button.
fn updates_question(context: &PageContext, shipment: &str, asked: &UpdatesQuestionView) -> impl IntoView {
    if let Some(answered) = &asked.answered {
        return view! { <p role="status" data-part="updates-opinion">{answered.as_str()}</p> }.written();
    }
    let choices: Vec<_> = UpdatesOpinion::ALL
        .iter()
        .map(|opinion| {
            view! {
                <button class="button quiet" type="submit" name="opinion" value=opinion.as_str()>
                    {context.say(&opinion_message(*opinion)).to_owned()}
                </button>
            }
        })
        .collect();
    view! {
        <form method="post" action=context.path("/api/rate_updates") data-part="updates-opinion">
            <input type="hidden" name="shipment" value=shipment.to_owned() />
            <fieldset>
                <legend>{context.say("feedback-updates-question")}</legend>
                <div class="taps">{choices}</div>
            </fieldset>
        </form>
    }
    .written()
}

fn form(context: &PageContext, asked: &FeedbackView) -> impl IntoView {
    let id = |part: &str| format!("{part}-{}", asked.shipment);
    let notice = asked.notice.clone();
    let notice_id = id("feedback-notice");
    let described = notice.is_some().then(|| notice_id.clone());
    let notice = notice.map(|text| view! { <p class="notice failed" id=notice_id role="alert">{text}</p> });
    let ratings: Vec<_> = Rating::ALL
        .into_iter()
        .map(|rating| {
            view! {
                <label>
                    <input
                        type="radio"
                        name="rating"
                        value=rating.to_string()
                        checked=asked.rating == Some(rating.stars())
                        required=true
                    />
                    <span>{context.say(&format!("feedback-rating-{rating}")).to_owned()}</span>
                </label>
            }
        })
        .collect();
    let most = i64::try_from(MOST_CHARACTERS).unwrap_or(i64::MAX);
    view! {
        <form method="post" action=context.path("/api/give_feedback") data-part="feedback">
            <input type="hidden" name="shipment" value=asked.shipment.as_str() />
            {asked.via.as_deref().map(|via| view! { <input type="hidden" name="via" value=via /> })}
            {notice}
            <fieldset class="rating" aria-describedby=described>
                <legend>{context.say("feedback-rating")}</legend>
                <div class="choices">{ratings}</div>
            </fieldset>
            {reasons(context, asked, Mood::Bad).written()}
            {reasons(context, asked, Mood::Good).written()}
            <label for=id("comment")>{context.say("feedback-comment")}</label>
            <textarea
                id=id("comment")
                name="comment"
                rows="3"
                maxlength=most.to_string()
                // Lets the style of an empty field be told from that of one with words in it.
                placeholder=" "
                aria-describedby=id("comment-hint")
            >
                {escaped(&asked.comment)}
            </textarea>
            <p class="hint" id=id("comment-hint")>
                {context.say_with("feedback-comment-hint", &[("count", most.into())])}
            </p>
            <p class="actions">
                <button class="button" type="submit">{context.say("feedback-send")}</button>
            </p>
        </form>
    }
}

/// Leptos writes what is inside a `textarea` as it is: markup in a comment would leave it.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Both kinds stand in the page; the style sheet shows those that fit the rating as soon as there is one.
fn reasons(context: &PageContext, asked: &FeedbackView, mood: Mood) -> impl IntoView {
    let (name, legend) = match mood {
        Mood::Bad => ("bad", "feedback-reasons-bad"),
        Mood::Good => ("good", "feedback-reasons-good"),
    };
    let choices: Vec<_> = Reason::ALL
        .iter()
        .filter(|reason| reason.mood() == mood)
        .map(|reason| {
            let text = context.say(&format!("feedback-reason-{}", reason.as_str().replace('_', "-"))).to_owned();
            let ticked = asked.reasons.iter().any(|given| given == reason.as_str());
            view! {
                <label>
                    <input type="checkbox" name="reasons" value=reason.as_str() checked=ticked />
                    <span>{text}</span>
                </label>
            }
        })
        .collect();
    view! {
        <fieldset class="reasons" data-mood=name>
            <legend>{context.say(legend)}</legend>
            <div class="choices">{choices}</div>
        </fieldset>
    }
}
