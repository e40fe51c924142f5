//! Pages that ask one thing: a title, a sentence, one field, one button.

use leptos::prelude::*;

use super::Written;
use crate::portal::pages::{Notice, NoticeKind};

/// The frame of a page with one form.
pub(in crate::portal) fn form_page(
    title: &str,
    intro: Option<&str>,
    notice: Option<&Notice>,
    form: impl IntoView,
) -> impl IntoView {
    view! {
        <div class="answer">
            <h1>{title}</h1>
            {intro.map(|intro| view! { <p class="lead">{intro}</p> })}
        </div>
        <div class="sheet ask">{notice.map(notice_view)} {form.written()}</div>
    }
}

fn notice_view(notice: &Notice) -> impl IntoView {
    let (role, class) = match notice.kind {
        NoticeKind::Error => ("alert", "notice failed"),
        NoticeKind::Info => ("status", "notice"),
    };
    view! { <p id="notice" class=class role=role>{notice.text.as_str()}</p> }
}

pub(in crate::portal) struct Field<'a> {
    pub name: &'static str,
    pub label: &'a str,
    pub value: &'a str,
    pub hint: Option<&'a str>,
    /// The notice of the page; an error is tied to the field it is about.
    pub failed: Option<&'a Notice>,
    pub input_mode: &'static str,
    pub autocomplete: &'static str,
    pub most: u16,
}

pub(in crate::portal) fn field(field: Field<'_>) -> impl IntoView {
    let failed = field.failed.is_some_and(|notice| notice.kind == NoticeKind::Error);
    let described = match (failed, field.hint.is_some()) {
        (true, true) => Some("notice hint"),
        (true, false) => Some("notice"),
        (false, true) => Some("hint"),
        (false, false) => None,
    };
    view! {
        <label for=field.name>{field.label}</label>
        <input
            id=field.name
            name=field.name
            value=field.value
            type="text"
            required=true
            maxlength=field.most.to_string()
            inputmode=field.input_mode
            autocomplete=field.autocomplete
            autocapitalize="none"
            spellcheck="false"
            aria-describedby=described
            aria-invalid=failed.then_some("true")
        />
        {field.hint.map(|hint| view! { <p id="hint" class="hint">{hint}</p> })}
    }
}
