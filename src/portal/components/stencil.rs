//! Markup that repeats. Its view is written once for each brand and language, with holes where it differs; on a page only
//! the holes are filled.

use std::borrow::Cow;

use html_escape::encode_double_quoted_attribute_to_string as escape;
use leptos::prelude::*;

use super::{Part, Written, on_sheet};

/// Stand in a view where it differs: no text holds them, as HTML does not allow them.
const HOLES: [&str; 8] = ["\u{1}", "\u{2}", "\u{3}", "\u{4}", "\u{5}", "\u{6}", "\u{7}", "\u{8}"];

/// A written view, cut at its holes.
#[derive(Debug, Default)]
pub(in crate::portal) struct Stencil<const N: usize> {
    /// What stands before a hole, and which hole it is: one may come several times, and in any order.
    pieces: Vec<(String, usize)>,
    end: String,
}

impl<const N: usize> Stencil<N> {
    /// Holes are given to `view` to stand as whole values of attributes, parts of them, or as content.
    pub(in crate::portal) fn of<V: IntoView>(view: impl FnOnce([&'static str; N]) -> V) -> Stencil<N> {
        let holes = HOLES.first_chunk().expect("as many holes as a stencil has");
        let mut written = String::new();
        view(*holes).write_to(&mut written);
        let mut pieces = Vec::new();
        let mut rest = written.as_str();
        while let Some((at, hole)) = rest.bytes().enumerate().find(|(_, byte)| (1..=N).contains(&usize::from(*byte))) {
            pieces.push((rest[..at].to_owned(), usize::from(hole) - 1));
            rest = &rest[at + 1..];
        }
        Stencil { pieces, end: rest.to_owned() }
    }

    pub(in crate::portal) fn with<'a>(&'a self, fillings: [&'a dyn Filling; N]) -> Filled<'a, N> {
        Filled { stencil: self, fillings }
    }
}

pub(in crate::portal) struct Filled<'a, const N: usize> {
    stencil: &'a Stencil<N>,
    fillings: [&'a dyn Filling; N],
}

/// What stands in a hole.
pub(in crate::portal) trait Filling {
    fn fill(&self, html: &mut String);

    fn part(&self) -> Part
    where
        Self: Sized,
    {
        on_sheet(|html| self.fill(html))
    }
}

impl<const N: usize> Filling for Filled<'_, N> {
    fn fill(&self, html: &mut String) {
        for (before, hole) in &self.stencil.pieces {
            html.push_str(before);
            self.fillings[*hole].fill(html);
        }
        html.push_str(&self.stencil.end);
    }
}

/// Texts are escaped so that they may stand in an attribute as well.
impl Filling for &str {
    fn fill(&self, html: &mut String) {
        escape(self, html);
    }
}

impl Filling for String {
    fn fill(&self, html: &mut String) {
        escape(self, html);
    }
}

impl Filling for Cow<'_, str> {
    fn fill(&self, html: &mut String) {
        escape(self, html);
    }
}

/// Finished markup, that stands as it is.
pub(in crate::portal) struct Markup<'a>(pub &'a str);

impl Filling for Markup<'_> {
    fn fill(&self, html: &mut String) {
        html.push_str(self.0);
    }
}

impl<T: Filling> Filling for Option<T> {
    fn fill(&self, html: &mut String) {
        if let Some(filling) = self {
            filling.fill(html);
        }
    }
}

/// One after the other.
pub(in crate::portal) struct Each<'a, T, F: Fn(&T, &mut String)>(pub &'a [T], pub F);

impl<T, F: Fn(&T, &mut String)> Filling for Each<'_, T, F> {
    fn fill(&self, html: &mut String) {
        for one in self.0 {
            (self.1)(one, html);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(filled: &impl Filling) -> String {
        let mut html = String::new();
        filled.fill(&mut html);
        html
    }

    #[test]
    fn holes_are_filled_in_any_order_and_as_often_as_they_stand() {
        let stencil = Stencil::of(|[id, name]| view! { <li id=format!("of-{name}")>{name}<b>{id}</b></li> });
        assert_eq!(html(&stencil.with([&"1", &"one"])), r#"<li id="of-one">one<b>1</b></li>"#);
        assert_eq!(html(&stencil.with([&"2", &"two"])), r#"<li id="of-two">two<b>2</b></li>"#);
    }

    #[test]
    fn no_text_leaves_its_hole() {
        let stencil = Stencil::of(|[text, href]| view! { <a href=href>{text}</a> });
        for text in ["<script>", "\"><img src=x>", "a & b", "&lt;", "\u{1}\u{2}"] {
            let (whole, name) = (text.to_owned(), Cow::Borrowed(text));
            let fillings: [&dyn Filling; 3] = [&text, &whole, &name];
            for filling in fillings {
                let written = html(&stencil.with([filling, filling]));
                let escaped =
                    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
                assert_eq!(written, format!(r#"<a href="{escaped}">{escaped}</a>"#));
            }
        }
    }

    #[test]
    fn what_is_left_out_leaves_nothing_behind() {
        let detail = Stencil::of(|[text]| view! { <i>{text}</i> });
        let stencil = Stencil::of(|[text, detail, rest]| view! { <p>{text} {Part::new(detail)}</p> {Part::new(rest)} });
        let rest = Each(&["a", "<"], |text, html| detail.with([text]).fill(html));
        assert_eq!(
            html(&stencil.with([&"one", &detail.with([&"two"]), &rest])),
            "<p>one<i>two</i></p><i>a</i><i>&lt;</i>"
        );
        assert_eq!(html(&stencil.with([&"one", &None::<&str>, &Markup("<hr>")])), "<p>one</p><hr>");
    }
}
