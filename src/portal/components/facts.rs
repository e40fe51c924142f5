//! The plain facts of a parcel: carrier, number, pickup point, proof of delivery.

use leptos::prelude::*;

use super::heading::heading;
use crate::portal::pages::PageContext;
use crate::portal::view::{PickupView, ProofView, ShipmentView};

pub(in crate::portal) fn carrier(context: &PageContext, parcel: &ShipmentView, level: u8) -> impl IntoView {
    let number = (!parcel.tracking_number.is_empty()).then(|| {
        view! {
            <div class="number">
                <dt>{context.say("tracking-number-label")}</dt>
                <dd>
                    <bdi class="code">{parcel.tracking_number.as_str()}</bdi>
                    // Shown once the browser build can copy; its room is kept, so nothing moves.
                    <button
                        class="copy"
                        type="button"
                        data-copy=parcel.tracking_number.as_str()
                        data-copied=context.say("tracking-number-copied")
                    >
                        {context.say("tracking-number-copy")}
                    </button>
                </dd>
            </div>
        }
    });
    let link = parcel.carrier_link.as_deref().map(|href| {
        let text = context.say_with("carrier-site", &[("carrier", (&parcel.carrier).into())]);
        view! { <li><a href=href rel="noreferrer">{text}</a></li> }
    });
    let phone = parcel.carrier_phone.as_deref().map(|phone| {
        let text = context.say_with("carrier-phone", &[("carrier", (&parcel.carrier).into()), ("phone", phone.into())]);
        view! { <li><a href=telephone(phone)>{text}</a></li> }
    });
    let links = (link.is_some() || phone.is_some()).then(|| view! { <ul class="links">{link}{phone}</ul> });
    let name = (!parcel.carrier.is_empty()).then(|| {
        view! {
            <div>
                <dt>{context.say("carrier-label")}</dt>
                <dd>{parcel.carrier.as_str()}</dd>
            </div>
        }
    });
    let facts = (name.is_some() || number.is_some()).then(|| view! { <dl class="facts">{name}{number}</dl> });
    facts.is_some().then(|| {
        view! {
            <section class="card" data-part="carrier">
                {heading(level, context.say("carrier-heading"))}
                {facts}
                {links}
            </section>
        }
    })
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
