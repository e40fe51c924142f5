//! What goes with the order: below all that the shopper came for.

use leptos::prelude::*;

use super::heading::heading;
use super::{Part, Written};
use crate::portal::view::RecommendationsView;

pub(in crate::portal) fn recommendations(shown: &RecommendationsView, level: u8) -> impl IntoView {
    let entries: Vec<_> = shown
        .products
        .iter()
        .map(|product| {
            view! {
                <li>
                    <a href=product.href.as_str() data-product=product.id.as_str() rel="nofollow">
                        {product.picture.as_deref().map(picture)}
                        <span class="words">
                            <span class="title">{product.title.as_str()}</span>
                            {product.price.as_deref().map(|price| view! { <span class="amount">{price}</span> })}
                            {product.reason.as_deref().map(|reason| view! { <span class="detail">{reason}</span> })}
                        </span>
                    </a>
                </li>
            }
        })
        .collect();
    view! {
        <section class="card" data-part="recommendations">
            {heading(level, &shown.heading)}
            <ul class="beside">{entries}</ul>
        </section>
    }
}

/// Its title stands beside it, so it says nothing of its own. The size is in the page: nothing moves when it comes, or does not.
fn picture(path: &str) -> Part {
    match path {
        "" => view! { <span class="picture"></span> }.written(),
        path => view! {
            <img class="picture" src=path.to_owned() alt="" width="96" height="96" loading="lazy" decoding="async"/>
        }
        .written(),
    }
}
