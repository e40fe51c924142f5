//! What is in a parcel, or still to ship.

use leptos::prelude::*;

use super::Part;
use super::heading::heading;
use super::stencil::{Each, Filling, Stencil};
use crate::portal::pages::PageContext;
use crate::portal::view::ItemView;

pub(in crate::portal) fn items<'a>(
    context: &'a PageContext,
    items: &'a [ItemView],
    title: &'a str,
    level: u8,
    part: &'static str,
) -> impl IntoView + use<'a> {
    (!items.is_empty()).then(|| {
        let entries = Each(items, |item, html| entry(context, item, html)).part();
        view! {
            <section class="card" data-part=part>
                {heading(level, title)}
                <ul class="items">{entries}</ul>
            </section>
        }
    })
}

fn entry(context: &PageContext, item: &ItemView, html: &mut String) {
    let stencils = &context.stencils.items;
    let detail = |text| context.stencils.detail.with([text]);
    let (variant, note) = (item.variant.as_ref().map(|text| detail(text)), item.note.as_ref().map(|text| detail(text)));
    let quantity = (item.quantity != 1).then(|| context.say_with("items-quantity", &[("count", item.quantity.into())]));
    let quantity = quantity.as_ref().map(|quantity| stencils.quantity.with([quantity]));
    let price = item.price.as_ref().map(|price| stencils.price.with([price]));
    stencils.item.with([&item.sku, &item.title, &variant, &note, &quantity, &price]).fill(html);
}

#[derive(Debug, Default)]
pub(super) struct Stencils {
    item: Stencil<6>,
    quantity: Stencil<1>,
    price: Stencil<1>,
}

impl Stencils {
    pub(super) fn new() -> Stencils {
        Stencils {
            item: Stencil::of(|[sku, title, variant, note, quantity, price]| {
                view! {
                    <li data-sku=sku>
                        <p>
                            <span class="title">{title}</span>
                            {Part::new(variant)}
                            {Part::new(note)}
                        </p>
                        <p class="amount">{Part::new(quantity)} {Part::new(price)}</p>
                    </li>
                }
            }),
            quantity: Stencil::of(|[quantity]| view! { <span class="quantity">{quantity}</span> }),
            price: Stencil::of(|[price]| view! { <span>{price}</span> }),
        }
    }
}
