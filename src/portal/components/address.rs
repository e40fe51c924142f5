//! Where it goes, as far as this browser may see it.

use leptos::prelude::*;

use super::Part;
use super::heading::heading;
use super::stencil::{ByLevel, Filling, Stencil};
use crate::portal::pages::PageContext;
use crate::portal::view::AddressView;

pub(in crate::portal) fn address(
    context: &PageContext,
    address: &AddressView,
    order_number: &str,
    level: u8,
    html: &mut String,
) {
    let stencils = &context.stencils.address;
    let note = address.hidden_note.as_ref().map(|note| stencils.hidden.with([note, &order_number]));
    stencils.card.at(level).with([&address.lines.join("\n"), &note]).fill(html);
}

#[derive(Debug, Default)]
pub(super) struct Stencils {
    card: ByLevel<2>,
    hidden: Stencil<2>,
}

impl Stencils {
    pub(super) fn of(context: &PageContext) -> Stencils {
        Stencils {
            card: ByLevel::of(|level, [lines, note]| {
                view! {
                    <section class="card" data-part="address">
                        {heading(level, context.say("address-heading"))}
                        <p class="preserve">{lines}</p>
                        {Part::new(note)}
                    </section>
                }
            }),
            hidden: Stencil::of(|[note, order_number]| {
                view! {
                    <p class="hint">{note}</p>
                    <form method="post" action=context.path("/api/ask_code")>
                        <input type="hidden" name="order_number" value=order_number />
                        <button class="button quiet">{context.say("order-full-address-button")}</button>
                    </form>
                }
            }),
        }
    }
}
