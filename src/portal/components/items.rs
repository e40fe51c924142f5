//! What is in a parcel, or still to ship.

use leptos::prelude::*;

use super::heading::heading;
use crate::portal::pages::PageContext;
use crate::portal::view::ItemView;

pub(in crate::portal) fn items(
    context: &PageContext,
    items: &[ItemView],
    title: String,
    level: u8,
    part: &'static str,
) -> impl IntoView + use<> {
    let entries: Vec<_> = items.iter().map(|item| entry(context, item)).collect();
    (!items.is_empty()).then(|| {
        view! {
            <section class="card" data-part=part>
                {heading(level, title)}
                <ul class="items">{entries}</ul>
            </section>
        }
    })
}

fn entry(context: &PageContext, item: &ItemView) -> impl IntoView + use<> {
    let quantity = (item.quantity != 1).then(|| {
        view! { <span class="quantity">{context.say_with("items-quantity", &[("count", item.quantity.into())])}</span> }
    });
    view! {
        <li data-sku=item.sku.clone()>
            <p>
                <span class="title">{item.title.clone()}</span>
                {item.variant.clone().map(|variant| view! { <span class="detail">{variant}</span> })}
                {item.note.clone().map(|note| view! { <span class="detail">{note}</span> })}
            </p>
            <p class="amount">{quantity} {item.price.clone().map(|price| view! { <span>{price}</span> })}</p>
        </li>
    }
}
