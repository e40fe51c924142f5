//! What goes with the order: below all that the shopper came for.

use leptos::prelude::*;

use super::Part;
use super::heading::heading;
use super::stencil::{ByLevel, Each, Filling, Stencil};
use crate::portal::pages::PageContext;
use crate::portal::view::{ProductView, RecommendationsView};

pub(in crate::portal) fn recommendations(
    context: &PageContext,
    shown: &RecommendationsView,
    level: u8,
    html: &mut String,
) {
    let products = Each(&shown.products, |product, html| entry(context, product, html));
    context.stencils.recommendations.card.at(level).with([&shown.heading, &products]).fill(html);
}

fn entry(context: &PageContext, product: &ProductView, html: &mut String) {
    let stencils = &context.stencils.recommendations;
    let picture = product.picture.as_ref().map(|path| match path.as_str() {
        "" => stencils.blank.with([path]),
        _ => stencils.picture.with([path]),
    });
    let price = product.price.as_ref().map(|price| stencils.price.with([price]));
    let reason = product.reason.as_ref().map(|reason| context.stencils.detail.with([reason]));
    stencils.product.with([&product.href, &product.id, &picture, &product.title, &price, &reason]).fill(html);
}

#[derive(Debug, Default)]
pub(super) struct Stencils {
    card: ByLevel<2>,
    product: Stencil<6>,
    /// Its title stands beside it, so it says nothing of its own. The size is in the page: nothing moves when it comes, or
    /// does not.
    picture: Stencil<1>,
    /// In the place of a picture, where others have one.
    blank: Stencil<1>,
    price: Stencil<1>,
}

impl Stencils {
    pub(super) fn new() -> Stencils {
        Stencils {
            card: ByLevel::of(|level, [title, products]| {
                view! {
                    <section class="card" data-part="recommendations">
                        {heading(level, title)}
                        <ul class="beside">{products}</ul>
                    </section>
                }
            }),
            product: Stencil::of(|[href, id, picture, title, price, reason]| {
                view! {
                    <li>
                        <a href=href data-product=id rel="nofollow">
                            {Part::new(picture)}
                            <span class="words">
                                <span class="title">{title}</span>
                                {Part::new(price)}
                                {Part::new(reason)}
                            </span>
                        </a>
                    </li>
                }
            }),
            picture: Stencil::of(|[path]| {
                view! { <img class="picture" src=path alt="" width="96" height="96" loading="lazy" decoding="async"/> }
            }),
            blank: Stencil::of(|[_]| view! { <span class="picture"></span> }),
            price: Stencil::of(|[price]| view! { <span class="amount">{price}</span> }),
        }
    }
}
