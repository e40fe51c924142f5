//! A time for people and machines.

use leptos::prelude::*;

use crate::portal::view::TimeView;

pub(in crate::portal) fn time(time: &TimeView) -> impl IntoView + use<> {
    view! { <time datetime=time.datetime.clone()>{time.text.clone()}</time> }
}
