//! A time for people and machines.

use leptos::prelude::*;

use crate::portal::view::TimeView;

pub(in crate::portal) fn time(time: &TimeView) -> impl IntoView {
    view! { <time datetime=time.datetime.as_str()>{time.text.as_str()}</time> }
}
