//! Pictures of a brand: SVG files that draw and do nothing else.
//!
//! A logo comes from a merchant's folder and is served from the shop's own origin, so what could run, load or style
//! the page is refused, by a list of what is allowed. PNG and ICO are not taken: one format, one rule.

use roxmltree::{Document, Node, NodeType};
use serde::{Deserialize, Serialize};

use super::fault::Faults;

/// An SVG file that passed the check, served under its hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    pub svg: String,
    /// Size in CSS pixels, so that nothing moves when it arrives.
    pub width: u16,
    pub height: u16,
    /// First 16 hex digits of the file's SHA-256: its name on the wire, `<hash>.svg`.
    pub hash: String,
}

impl Picture {
    pub fn file_name(&self) -> String {
        format!("{}.svg", self.hash)
    }
}

const MOST_BYTES: usize = 32 * 1024;

const ELEMENTS: &[&str] = &[
    "svg",
    "g",
    "path",
    "circle",
    "ellipse",
    "rect",
    "line",
    "polyline",
    "polygon",
    "title",
    "desc",
    "defs",
    "clipPath",
    "mask",
    "linearGradient",
    "radialGradient",
    "stop",
    "use",
    "symbol",
    "metadata",
];

/// Reads an SVG file; `place` is its name in the folder.
pub(super) fn read_picture(place: &str, bytes: &[u8], faults: &Faults) -> Option<Picture> {
    if bytes.len() > MOST_BYTES {
        faults.add(place, format!("is {} KiB; keep a logo under 32 KiB", bytes.len() / 1024));
        return None;
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        faults.add(place, "is no UTF-8 text; save it as a plain SVG file");
        return None;
    };
    // Without a document type there are no entities, so nothing expands.
    let document = match Document::parse(text.trim_start_matches('\u{feff}').trim_start()) {
        Ok(document) => document,
        Err(error) => {
            faults.add(place, format!("cannot be read as SVG ({error}); export it as plain SVG without a DOCTYPE"));
            return None;
        }
    };
    let root = document.root_element();
    if root.tag_name().name() != "svg" || root.tag_name().namespace() != Some("http://www.w3.org/2000/svg") {
        faults
            .add(place, "is no SVG picture; its outermost element must be <svg xmlns=\"http://www.w3.org/2000/svg\">");
        return None;
    }
    let unsafe_parts: Vec<String> = document.descendants().filter_map(unsafe_part).collect();
    if !unsafe_parts.is_empty() {
        faults.add(place, format!("holds {}; a logo may only draw: remove this", unsafe_parts.join(", ")));
        return None;
    }
    let Some((width, height)) = size_of(root) else {
        faults.add(place, "has no size; give <svg> a viewBox=\"0 0 width height\"");
        return None;
    };
    let digest = ring::digest::digest(&ring::digest::SHA256, text.as_bytes());
    let hash = digest.as_ref().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    Some(Picture { svg: text.to_owned(), width, height, hash })
}

fn unsafe_part(node: Node) -> Option<String> {
    match node.node_type() {
        NodeType::PI => return Some("a processing instruction".to_owned()),
        NodeType::Element => {}
        _ => return None,
    }
    let name = node.tag_name().name();
    if !ELEMENTS.contains(&name) {
        return Some(format!("<{name}>"));
    }
    node.attributes().find_map(|attribute| {
        let key = attribute.name().to_ascii_lowercase();
        let value: String = attribute.value().to_ascii_lowercase().split_whitespace().collect();
        let refers_inside = value.starts_with('#');
        let within =
            value.match_indices("url(").all(|(at, _)| value[at + 4..].trim_start_matches(['"', '\'']).starts_with('#'));
        let bad = key.starts_with("on")
            || key == "style"
            || (key == "href" || key == "src") && !refers_inside
            || !within
            || value.contains("javascript:")
            || value.contains("data:")
            || value.contains("@import")
            || value.contains('\\');
        bad.then(|| format!("{} on <{name}>", attribute.name()))
    })
}

fn size_of(root: Node) -> Option<(u16, u16)> {
    let pixels = |text: &str| {
        text.trim().trim_end_matches("px").parse::<f32>().ok().filter(|size| (1.0..=4000.0).contains(size))
    };
    let from_box = root.attribute("viewBox").and_then(|text| {
        let numbers: Vec<&str> = text.split([' ', ',']).filter(|part| !part.is_empty()).collect();
        let [_, _, width, height] = numbers.as_slice() else { return None };
        Some((pixels(width)?, pixels(height)?))
    });
    let (width, height) =
        from_box.or_else(|| Some((pixels(root.attribute("width")?)?, pixels(root.attribute("height")?)?)))?;
    Some((width.round() as u16, height.round() as u16))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults_of(svg: &str) -> Vec<super::super::Fault> {
        let faults = Faults::default();
        let picture = read_picture("logo.svg", svg.as_bytes(), &faults);
        let faults = faults.into_vec();
        assert_eq!(picture.is_none(), !faults.is_empty());
        faults
    }

    fn with(inner: &str) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 24 24\">{inner}</svg>"
        )
    }

    #[test]
    fn a_picture_that_only_draws_is_taken() {
        assert_eq!(
            faults_of(&with(
                "<defs><clipPath id=\"a\"><rect width=\"2\" height=\"2\"/></clipPath></defs><path clip-path=\"url(#a)\" d=\"M0 0h2\"/><use href=\"#a\"/>"
            )),
            []
        );
    }

    #[test]
    fn what_could_run_or_load_is_refused() {
        for inner in [
            "<script>1</script>",
            "<path onload=\"x()\" d=\"M0 0\"/>",
            "<image href=\"https://evil.example/x.png\"/>",
            "<use xlink:href=\"https://evil.example/x.svg#a\"/>",
            "<a href=\"java script:x()\"><path d=\"M0 0\"/></a>",
            "<path fill=\"url(https://evil.example/#a)\" d=\"M0 0\"/>",
            "<path style=\"fill:red\" d=\"M0 0\"/>",
            "<style>@import 'x'</style>",
            "<foreignObject><p/></foreignObject>",
            "<animate href=\"#a\"/>",
        ] {
            assert_eq!(faults_of(&with(inner)).len(), 1, "{inner}");
        }
        assert_eq!(faults_of("<!DOCTYPE svg [<!ENTITY a \"b\">]><svg/>").len(), 1);
        assert_eq!(faults_of("<html/>").len(), 1);
    }
}
