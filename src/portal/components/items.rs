//! What is in a parcel, or still to ship.

use leptos::prelude::*;

use super::heading::heading;
use crate::portal::pages::PageContext;
use crate::portal::view::ItemView;

pub(in crate::portal) fn items<'a>(
    context: &'a PageContext,
    items: &'a [ItemView],
    title: &'a str,
    level: u8,
    part: &'static str,
) -> impl IntoView + use<'a> {
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

fn entry<'a>(context: &'a PageContext, item: &'a ItemView) -> impl IntoView + use<'a> {
    let quantity = (item.quantity != 1).then(|| {
        view! { <span class="quantity">{context.say_with("items-quantity", &[("count", item.quantity.into())])}</span> }
    });
    view! {
        <li data-sku=item.sku.as_str()>
            <p>
                <span class="title">{item.title.as_str()}</span>
                {item.variant.as_deref().map(|variant| view! { <span class="detail">{variant}</span> })}
                {item.note.as_deref().map(|note| view! { <span class="detail">{note}</span> })}
            </p>
            <p class="amount">{quantity} {item.price.as_deref().map(|price| view! { <span>{price}</span> })}</p>
        </li>
    }
}
