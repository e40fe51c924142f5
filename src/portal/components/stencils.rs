//! The stencils of a brand in one language, each with the component that fills it.

use leptos::prelude::*;

use super::stencil::Stencil;
use super::{address, facts, help, items, map, progress, recommendations, shipment, updates, window};
use crate::portal::pages::PageContext;

#[derive(Debug, Default)]
pub(in crate::portal) struct Stencils {
    pub(super) time: Stencil<2>,
    /// A smaller text beside another.
    pub(super) detail: Stencil<1>,
    pub(super) listed_link: Stencil<2>,
    pub(in crate::portal) about: Stencil<1>,
    pub(super) address: address::Stencils,
    pub(super) facts: facts::Stencils,
    pub(super) map: map::Stencils,
    pub(super) shipment: shipment::Stencils,
    pub(super) window: window::Stencils,
    pub(super) updates: updates::Stencils,
    pub(super) progress: progress::Stencils,
    pub(super) items: items::Stencils,
    pub(super) help: help::Stencils,
    pub(super) recommendations: recommendations::Stencils,
}

impl Stencils {
    pub(in crate::portal) fn of(context: &PageContext) -> Stencils {
        Stencils {
            time: Stencil::of(|[datetime, text]| view! { <time datetime=datetime>{text}</time> }),
            detail: Stencil::of(|[text]| view! { <span class="detail">{text}</span> }),
            listed_link: Stencil::of(|[href, text]| view! { <li><a href=href>{text}</a></li> }),
            about: Stencil::of(|[about]| view! { <div class="about">{about}</div> }),
            address: address::Stencils::of(context),
            facts: facts::Stencils::of(context),
            map: map::Stencils::of(context),
            shipment: shipment::Stencils::of(context),
            window: window::Stencils::of(context),
            updates: updates::Stencils::of(context),
            progress: progress::Stencils::of(context),
            items: items::Stencils::new(),
            help: help::Stencils::of(context),
            recommendations: recommendations::Stencils::new(),
        }
    }
}
