//! The plain facts of a parcel: carrier, number, pickup point, proof of delivery.

use leptos::prelude::*;

use super::Part;
use super::heading::heading;
use super::stencil::{ByLevel, Filling, Stencil};
use crate::portal::pages::PageContext;
use crate::portal::view::{PickupView, ProofView, ShipmentView};

pub(in crate::portal) fn carrier(context: &PageContext, parcel: &ShipmentView, level: u8, html: &mut String) {
    let stencils = &context.stencils.facts;
    let name = (!parcel.carrier.is_empty()).then(|| stencils.carrier.with([&parcel.carrier]));
    let number = (!parcel.tracking_number.is_empty()).then(|| stencils.number.with([&parcel.tracking_number]));
    if name.is_none() && number.is_none() {
        return;
    }
    let site = parcel
        .carrier_link
        .as_ref()
        .map(|href| (href, context.say_with("carrier-site", &[("carrier", (&parcel.carrier).into())])));
    let site = site.as_ref().map(|(href, text)| stencils.carrier_site.with([*href, text]));
    let phone = parcel.carrier_phone.as_deref().map(|phone| {
        let args = [("carrier", (&parcel.carrier).into()), ("phone", phone.into())];
        (telephone(phone), context.say_with("carrier-phone", &args))
    });
    let phone = phone.as_ref().map(|(href, text)| context.stencils.listed_link.with([href, text]));
    let links = (site.is_some() || phone.is_some()).then(|| stencils.links.with([&site, &phone]));
    stencils.card.at(level).with([&name, &number, &links]).fill(html);
}

/// `tel:` with what a phone can dial.
pub(in crate::portal) fn telephone(phone: &str) -> String {
    let digits: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    format!("tel:{digits}")
}

pub(in crate::portal) fn pickup(context: &PageContext, pickup: &PickupView, level: u8) -> impl IntoView {
    view! {
        <section class="card" data-part="pickup">
            {heading(level, context.say("pickup-heading"))}
            {pickup.name.as_deref().map(|name| view! { <p><strong>{name}</strong></p> })}
            {line(pickup.address.as_deref())}
            {line(pickup.hours.as_deref())}
            {line(pickup.until.as_deref())}
            {pickup.code.as_deref().map(|code| {
                view! {
                    <dl class="facts">
                        <div>
                            <dt>{context.say("pickup-code")}</dt>
                            <dd class="code">{code}</dd>
                        </div>
                    </dl>
                }
            })}
        </section>
    }
}

fn line(text: Option<&str>) -> impl IntoView {
    text.map(|text| view! { <p class="preserve">{text}</p> })
}

pub(in crate::portal) fn proof(context: &PageContext, proof: &ProofView, level: u8) -> impl IntoView {
    let photo = proof.photo.as_deref().map(|href| {
        view! { <ul class="links"><li><a href=href rel="noreferrer">{context.say("proof-photo")}</a></li></ul> }
    });
    view! {
        <section class="card" data-part="proof">
            {heading(level, context.say("proof-heading"))}
            {proof.signed_by.as_deref().map(|signed| view! { <p>{signed}</p> })}
            {photo}
        </section>
    }
}

#[derive(Debug, Default)]
pub(super) struct Stencils {
    card: ByLevel<3>,
    carrier: Stencil<1>,
    number: Stencil<1>,
    links: Stencil<2>,
    carrier_site: Stencil<2>,
}

impl Stencils {
    pub(super) fn of(context: &PageContext) -> Stencils {
        Stencils {
            card: ByLevel::of(|level, [carrier, number, links]| {
                view! {
                    <section class="card" data-part="carrier">
                        {heading(level, context.say("carrier-heading"))}
                        <dl class="facts">{Part::new(carrier)} {Part::new(number)}</dl>
                        {Part::new(links)}
                    </section>
                }
            }),
            carrier: Stencil::of(|[name]| {
                view! {
                    <div>
                        <dt>{context.say("carrier-label")}</dt>
                        <dd>{name}</dd>
                    </div>
                }
            }),
            number: Stencil::of(|[number]| {
                view! {
                    <div class="number">
                        <dt>{context.say("tracking-number-label")}</dt>
                        <dd>
                            <bdi class="code">{number}</bdi>
                            // Shown once the browser build can copy; its room is kept, so nothing moves.
                            <button
                                class="copy"
                                type="button"
                                data-copy=number
                                data-copied=context.say("tracking-number-copied")
                            >
                                {context.say("tracking-number-copy")}
                            </button>
                        </dd>
                    </div>
                }
            }),
            links: Stencil::of(|[site, phone]| {
                view! { <ul class="links">{Part::new(site)} {Part::new(phone)}</ul> }
            }),
            carrier_site: Stencil::of(|[href, text]| view! { <li><a href=href rel="noreferrer">{text}</a></li> }),
        }
    }
}
