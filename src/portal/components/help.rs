//! Whom to turn to.

use leptos::prelude::*;

use super::facts::telephone;
use super::heading::heading;
use crate::portal::pages::PageContext;

pub(in crate::portal) fn help(context: &PageContext, level: u8) -> impl IntoView + use<> {
    let links = &context.brand.links;
    let mut entries: Vec<(String, String)> = Vec::new();
    if let Some(href) = &links.help {
        entries.push((href.clone(), context.say("help-page")));
    }
    if let Some(href) = &links.contact {
        entries.push((href.clone(), context.say("help-contact")));
    }
    if let Some(email) = &links.email {
        entries.push((format!("mailto:{email}"), context.say_with("help-email", &[("email", email.into())])));
    }
    if let Some(phone) = &links.phone {
        entries.push((telephone(phone), context.say_with("help-phone", &[("phone", phone.into())])));
    }
    if let Some(href) = &links.returns {
        entries.push((href.clone(), context.say("help-policy")));
    }
    (!entries.is_empty()).then(|| {
        let entries: Vec<_> =
            entries.into_iter().map(|(href, text)| view! { <li><a href=href>{text}</a></li> }).collect();
        view! {
            <section class="card" data-part="help">
                {heading(level, context.say("help-heading"))}
                <p>{context.say("help-intro")}</p>
                <ul class="links">{entries}</ul>
            </section>
        }
    })
}
