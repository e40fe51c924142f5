//! Markup of the pages that are read most. Its view is written once for each brand and language, with holes where it
//! differs; on a page only the holes are filled. What is seldom on a page is a plain view.

use std::borrow::Cow;

use html_escape::encode_double_quoted_attribute_to_string as escape;
use leptos::prelude::*;

use super::Written;

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
        const { assert!(N <= HOLES.len()) };
        let holes = std::array::from_fn(|hole| HOLES[hole]);
        let mut written = String::new();
        view(holes).write_to(&mut written);
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

/// A stencil with a heading, once for each level that it may have.
#[derive(Debug, Default)]
pub(in crate::portal) struct ByLevel<const N: usize>([Stencil<N>; 2]);

impl<const N: usize> ByLevel<N> {
    pub(super) fn of<V: IntoView>(view: impl Fn(u8, [&'static str; N]) -> V) -> ByLevel<N> {
        ByLevel([2, 3].map(|level| Stencil::of(|holes| view(level, holes))))
    }

    /// Level 2, or else 3.
    pub(super) fn at(&self, level: u8) -> &Stencil<N> {
        &self.0[usize::from(level > 2)]
    }
}

/// What stands in a hole.
pub(in crate::portal) trait Filling {
    fn fill(&self, html: &mut String);
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
        // Most have nothing to escape, which is seen faster by looking at all of a text than by going through it.
        let is_plain = self.bytes().fold(true, |is_plain, byte| is_plain & !matches!(byte, b'<' | b'>' | b'&' | b'"'));
        if is_plain {
            html.push_str(self);
        } else {
            escape(self, html);
        }
    }
}

impl Filling for String {
    fn fill(&self, html: &mut String) {
        self.as_str().fill(html);
    }
}

impl Filling for Cow<'_, str> {
    fn fill(&self, html: &mut String) {
        (&**self).fill(html);
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

/// What is written by a component.
pub(in crate::portal) struct By<F: Fn(&mut String)>(pub F);

impl<F: Fn(&mut String)> Filling for By<F> {
    fn fill(&self, html: &mut String) {
        (self.0)(html);
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
    use super::super::Part;
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
