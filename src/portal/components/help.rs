//! Help: answers from the order's own facts, and whom to turn to.

use std::borrow::Cow;

use leptos::prelude::*;

use super::facts::telephone;
use super::heading::heading;
use super::stencil::{By, ByLevel, Each, Filling, Stencil};
use super::{Part, Written};
use crate::orders::aftercare::{Cause, MOST_CHARACTERS};
use crate::portal::pages::PageContext;
use crate::portal::view::{CaseFormView, ContactView, HelpView, NotReceivedView, QuestionView};

/// `known` is the help with one order; without it only the shop's own addresses are named.
pub(in crate::portal) fn help(context: &PageContext, known: Option<&HelpView>, level: u8, html: &mut String) {
    let stencils = &context.stencils.help;
    let links = &context.brand.links;
    let mut entries: Vec<(Cow<str>, Cow<str>)> = Vec::new();
    if let Some(href) = &links.help {
        entries.push((href.into(), context.say("help-page").into()));
    }
    if let Some(href) = links.contact.as_ref().filter(|_| known.is_none()) {
        entries.push((href.into(), context.say("help-contact").into()));
    }
    match (known.and_then(|known| known.contact.mail.as_ref()), &links.email) {
        (Some(mail), _) => entries.push(((&mail.href).into(), (&mail.text).into())),
        (None, Some(email)) => {
            let text = context.say_with("help-email", &[("email", email.into())]);
            entries.push((format!("mailto:{email}").into(), text.into()));
        }
        (None, None) => {}
    }
    if let Some(phone) = &links.phone {
        let text = context.say_with("help-phone", &[("phone", phone.into())]);
        entries.push((telephone(phone).into(), text.into()));
    }
    if let Some(href) = &links.returns {
        entries.push((href.into(), context.say("help-policy").into()));
    }
    if known.is_none() && entries.is_empty() {
        return;
    }
    let listed = Each(&entries, |(href, text), html| context.stencils.listed_link.with([href, text]).fill(html));
    match known {
        None => stencils.card.at(level).with([&listed]).fill(html),
        Some(known) => {
            let questions = Each(&known.questions, |asked, html| question(context, asked, html));
            let contact = By(|html| contact(context, &known.contact, level, html));
            stencils.card_of_order.at(level).with([&questions, &contact, &listed]).fill(html);
        }
    }
}

fn question(context: &PageContext, asked: &QuestionView, html: &mut String) {
    let stencils = &context.stencils.help;
    let answers = Each(&asked.answers, |answer, html| stencils.answer.with([answer]).fill(html));
    let link = asked.link.as_ref().map(|link| stencils.link.with([&link.href, &link.text]));
    stencils.question.with([&asked.cause, &asked.question, &answers, &link, &asked.more]).fill(html);
}

fn contact(context: &PageContext, contact: &ContactView, level: u8, html: &mut String) {
    let stencils = &context.stencils.help;
    let told = Each(&contact.told, |told, html| stencils.told.with([told]).fill(html));
    let page = contact.page.as_ref().map(|page| stencils.contact_page.with([&page.href, &page.text]));
    let form = contact.form.as_ref().map(|form| By(|html| case_form(context, form, html)));
    stencils.contact.at(level).with([&told, &contact.handover, &page, &form]).fill(html);
}

fn case_form(context: &PageContext, form: &CaseFormView, html: &mut String) {
    let stencils = &context.stencils.help;
    let only = form.parcels.first().map(|(id, _)| stencils.parcel.with([id]));
    let choices = Each(&form.parcels, |(id, name), html| stencils.choice.with([id, name]).fill(html));
    let several = stencils.parcels.with([&choices]);
    let parcels: &dyn Filling = if form.parcels.len() == 1 { &only } else { &several };
    stencils.case_form[usize::from(form.has_delivered)].with([&form.path, &form.order_number, parcels]).fill(html);
}

/// `opened` is where it is counted that it was looked at.
fn card(
    context: &PageContext,
    level: u8,
    known: Option<impl IntoView>,
    opened: Option<String>,
    links: &'static str,
) -> impl IntoView {
    view! {
        <section class="card help" data-part="help" id="help" data-opened=opened>
            {heading(level, context.say("help-heading"))}
            <p>{context.say("help-intro")}</p>
            {known}
            <ul class="links">{links}</ul>
        </section>
    }
}

/// What a case can be about. Of damage and what is missing only where something has come.
fn what_it_is_about(context: &PageContext, has_delivered: bool) -> impl IntoView {
    let causes = Cause::ALL.iter().filter(|cause| {
        // What says that it arrived has a place of its own, beside the proof.
        cause.is_chosen()
            && **cause != Cause::NotReceived
            && (has_delivered || !matches!(cause, Cause::Damaged | Cause::Missing))
    });
    let causes: Vec<_> =
        causes.map(|cause| view! { <option value=cause.as_str()>{context.say(cause.message())}</option> }).collect();
    view! {
        <label for="case-cause">{context.say("help-contact-about")}</label>
        <select id="case-cause" name="cause">{causes}</select>
    }
}

/// The box for the message and its button.
fn case_text(context: &PageContext) -> impl IntoView {
    let most = i64::try_from(MOST_CHARACTERS).unwrap_or(i64::MAX);
    view! {
        <label for="case-text">{context.say("help-contact-text")}</label>
        <textarea
            id="case-text"
            name="text"
            rows="3"
            maxlength=most.to_string()
            placeholder=" "
            aria-describedby="case-hint"
        ></textarea>
        <p class="hint" id="case-hint">
            {context.say_with("help-contact-hint", &[("count", most.into())])}
        </p>
        <p class="actions">
            <button class="button" type="submit">{context.say("help-contact-send")}</button>
        </p>
    }
}

/// The proof, where to look, and then a case.
pub(in crate::portal) fn not_received(context: &PageContext, asked: &NotReceivedView) -> impl IntoView {
    let id = format!("not-received-{}", asked.shipment);
    let text = format!("not-received-text-{}", asked.shipment);
    let facts: Vec<_> = asked.facts.iter().map(|fact| view! { <p data-part="fact">{fact.as_str()}</p> }).collect();
    let photo = asked.photo.as_deref().map(|href| {
        view! { <p><a href=href rel="noreferrer">{context.say("proof-photo")}</a></p> }
    });
    let inside = match &asked.told {
        Some(told) => view! { <p class="notice" role="status" data-part="case">{told.as_str()}</p> }.written(),
        None => view! {
            <p>{context.say("not-received")}</p>
            <form method="post" action=asked.path.as_str() data-part="case-form">
                <input type="hidden" name="order_number" value=asked.order_number.as_str() />
                <input type="hidden" name="shipment" value=asked.shipment.as_str() />
                <input type="hidden" name="cause" value=Cause::NotReceived.as_str() />
                <label for=text.clone()>{context.say("not-received-text")}</label>
                <textarea
                    id=text
                    name="text"
                    rows="2"
                    maxlength=MOST_CHARACTERS.to_string()
                    placeholder=" "
                ></textarea>
                <p class="actions">
                    <button class="button" type="submit">{context.say("not-received-send")}</button>
                </p>
            </form>
        }
        .written(),
    };
    view! {
        <section class="card not-received" data-part="not-received">
            <details id=id data-question=Cause::NotReceived.as_str() open=asked.told.is_some()>
                <summary>{context.say("not-received-heading")}</summary>
                {facts}
                {photo}
                {inside}
            </details>
        </section>
    }
}

#[derive(Debug, Default)]
pub(super) struct Stencils {
    /// The shop's own addresses, and with them the help with an order.
    card: ByLevel<1>,
    card_of_order: ByLevel<3>,
    contact: ByLevel<4>,
    contact_page: Stencil<2>,
    told: Stencil<1>,
    question: Stencil<5>,
    answer: Stencil<1>,
    link: Stencil<2>,
    /// Before and after something has come.
    case_form: [Stencil<3>; 2],
    /// The only parcel that a case can be about, or a choice of several.
    parcel: Stencil<1>,
    parcels: Stencil<1>,
    choice: Stencil<2>,
}

impl Stencils {
    pub(super) fn of(context: &PageContext) -> Stencils {
        Stencils {
            card: ByLevel::of(|level, [links]| card(context, level, None::<Part>, None, links)),
            card_of_order: ByLevel::of(|level, [questions, contact, links]| {
                let known = view! { <div class="questions">{questions}</div> {Part::new(contact)} };
                card(context, level, Some(known), Some(context.path("/api/help_opened")), links)
            }),
            contact: ByLevel::of(|level, [told, handover, page, form]| {
                view! {
                    <div class="contact" id="contact" data-part="contact">
                        {heading(level + 1, context.say("help-contact-heading"))}
                        {Part::new(told)}
                        <p class="hint">{handover}</p>
                        {Part::new(page)}
                        {Part::new(form)}
                    </div>
                }
            }),
            contact_page: Stencil::of(|[href, text]| {
                view! { <p class="actions"><a class="button" href=href rel="noreferrer">{text}</a></p> }
            }),
            told: Stencil::of(|[told]| view! { <p class="notice" role="status" data-part="case">{told}</p> }),
            question: Stencil::of(|[cause, question, answers, link, more]| {
                view! {
                    <details id=format!("question-{cause}") data-question=cause>
                        <summary>{question}</summary>
                        {Part::new(answers)}
                        {Part::new(link)}
                        <p><a href=more>{context.say("help-more")}</a></p>
                    </details>
                }
            }),
            answer: Stencil::of(|[answer]| view! { <p>{answer}</p> }),
            link: Stencil::of(|[href, text]| view! { <p><a href=href>{text}</a></p> }),
            case_form: [false, true].map(|has_delivered| {
                Stencil::of(|[path, order_number, parcels]| {
                    view! {
                        <details class="way-out">
                            <summary class="button">{context.say("help-contact")}</summary>
                            <form method="post" action=path data-part="case-form">
                                <input type="hidden" name="order_number" value=order_number />
                                {what_it_is_about(context, has_delivered)}
                                {Part::new(parcels)}
                                {case_text(context)}
                            </form>
                        </details>
                    }
                })
            }),
            parcel: Stencil::of(|[id]| view! { <input type="hidden" name="shipment" value=id /> }),
            parcels: Stencil::of(|[choices]| {
                view! {
                    <label for="case-parcel">{context.say("help-contact-parcel")}</label>
                    <select id="case-parcel" name="shipment">{choices}</select>
                }
            }),
            choice: Stencil::of(|[id, name]| view! { <option value=id>{name}</option> }),
        }
    }
}
