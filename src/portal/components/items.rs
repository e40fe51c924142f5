//! What is in a parcel, or still to ship.

use leptos::prelude::*;

use super::Part;
use super::heading::heading;
use super::stencil::{ByLevel, Each, Filling, Stencil};
use crate::portal::pages::PageContext;
use crate::portal::view::ItemView;

/// `part` is the name of the card, for machines.
pub(in crate::portal) fn items(
    context: &PageContext,
    items: &[ItemView],
    title: &str,
    level: u8,
    part: &str,
    html: &mut String,
) {
    let entries = Each(items, |item, html| entry(context, item, html));
    if !items.is_empty() {
        context.stencils.items.card.at(level).with([&part, &title, &entries]).fill(html);
    }
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
    card: ByLevel<3>,
    item: Stencil<6>,
    quantity: Stencil<1>,
    price: Stencil<1>,
}

impl Stencils {
    pub(super) fn new() -> Stencils {
        Stencils {
            card: ByLevel::of(|level, [part, title, items]| {
                view! {
                    <section class="card" data-part=part>
                        {heading(level, title)}
                        <ul class="items">{items}</ul>
                    </section>
                }
            }),
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
