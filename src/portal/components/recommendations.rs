//! What goes with the order: below all that the shopper came for, in words alone.

use leptos::prelude::*;

use super::heading::heading;
use crate::portal::view::RecommendationsView;

pub(in crate::portal) fn recommendations(shown: &RecommendationsView, level: u8) -> impl IntoView + use<> {
    let entries: Vec<_> = shown
        .products
        .iter()
        .map(|product| {
            view! {
                <li>
                    <a href=product.href.clone() data-product=product.id.clone() rel="nofollow">
                        <span class="title">{product.title.clone()}</span>
                        {product.price.clone().map(|price| view! { <span class="amount">{price}</span> })}
                        {product.reason.clone().map(|reason| view! { <span class="detail">{reason}</span> })}
                    </a>
                </li>
            }
        })
        .collect();
    view! {
        <section class="card" data-part="recommendations">
            {heading(level, shown.heading.clone())}
            <ul class="beside">{entries}</ul>
        </section>
    }
}
