//! Where it goes, as far as this browser may see it.

use leptos::prelude::*;

use super::heading::heading;
use crate::portal::pages::PageContext;
use crate::portal::view::AddressView;

pub(in crate::portal) fn address(
    context: &PageContext,
    address: &AddressView,
    order_number: &str,
    level: u8,
) -> impl IntoView {
    let note = address.hidden_note.as_deref().map(|note| {
        view! {
            <p class="hint">{note}</p>
            <form method="post" action=context.path("/api/ask_code")>
                <input type="hidden" name="order_number" value=order_number />
                <button class="button quiet">{context.say("order-full-address-button")}</button>
            </form>
        }
    });
    view! {
        <section class="card" data-part="address">
            {heading(level, context.say("address-heading"))}
            <p class="preserve">{address.lines.join("\n")}</p>
            {note}
        </section>
    }
}
