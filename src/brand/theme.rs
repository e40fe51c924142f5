//! Theme tokens and the CSS variables they become: colours, type from a list, sizes. Values are parsed, never pasted.

use std::fmt::{self, Write};

use serde::{Deserialize, Serialize};

use super::Brand;

/// An opaque sRGB colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour {
    pub red: u8,
    pub green: u8,
    pub blue: u8,
}

impl Colour {
    pub const fn rgb(hex: u32) -> Colour {
        Colour { red: (hex >> 16) as u8, green: (hex >> 8) as u8, blue: hex as u8 }
    }

    /// Reads `#rgb` or `#rrggbb`.
    pub fn parse(text: &str) -> Option<Colour> {
        let digits = text.strip_prefix('#')?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let value = u32::from_str_radix(digits, 16).ok()?;
        match digits.len() {
            6 => Some(Colour::rgb(value)),
            3 => {
                let double = |nibble: u32| ((nibble & 0xf) * 17) as u8;
                Some(Colour { red: double(value >> 8), green: double(value >> 4), blue: double(value) })
            }
            _ => None,
        }
    }

    /// `percent` of this colour over another.
    pub fn over(self, ground: Colour, percent: u16) -> Colour {
        let mix = |top: u8, under: u8| ((u16::from(top) * percent + u16::from(under) * (100 - percent)) / 100) as u8;
        Colour {
            red: mix(self.red, ground.red),
            green: mix(self.green, ground.green),
            blue: mix(self.blue, ground.blue),
        }
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

impl Serialize for Colour {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Colour {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Colour::parse(&text).ok_or_else(|| serde::de::Error::custom("a colour is #rrggbb"))
    }
}

macro_rules! colours {
    ($($(#[$doc:meta])* $name:ident $key:literal $variable:literal $light:literal $dark:literal,)*) => {
        /// The colours of one scheme.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        pub struct Colours { $($(#[$doc])* pub $name: Colour,)* }

        impl Colours {
            pub const LIGHT: Colours = Colours { $($name: Colour::rgb($light),)* };
            pub const DARK: Colours = Colours { $($name: Colour::rgb($dark),)* };

            /// Key in `brand.toml`, CSS variable, and the colour's place in the struct.
            pub(super) fn each(&mut self, mut visit: impl FnMut(&'static str, &'static str, &mut Colour)) {
                $(visit($key, $variable, &mut self.$name);)*
            }
        }
    };
}

colours! {
    background "background" "bg" 0xffffff 0x111315,
    /// Cards and fields.
    surface "surface" "surface" 0xf6f7f8 0x1a1d20,
    text "text" "text" 0x15181b 0xf1f3f4,
    muted "muted" "muted" 0x5b636b 0xa5adb5,
    /// Rules between things; decoration only.
    line "line" "line" 0xdfe3e6 0x30353a,
    /// The action and the progress.
    brand "brand" "brand" 0x1b4dd8 0x8fb0ff,
    on_brand "on_brand" "on-brand" 0xffffff 0x0b1020,
    link "link" "link" 0x1b4dd8 0x9dbaff,
    error "error" "error" 0xb3261e 0xff8a80,
    success "success" "success" 0x1b6e3c 0x7bd88f,
    warning "warning" "warning" 0x8a5300 0xffc168,
    focus "focus" "focus" 0x1b4dd8 0x9dbaff,
    /// Header and the ground behind the answer.
    band "band" "band" 0xeef1f4 0x0b0d0f,
    on_band "on_band" "on-band" 0x15181b 0xf1f3f4,
}

macro_rules! choices {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        pub enum $name { $($(#[$variant_doc])* #[serde(rename = $text)] $variant,)* }

        impl $name {
            pub(super) const CHOICES: &'static [(&'static str, $name)] = &[$(($text, $name::$variant),)*];

            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text,)* }
            }
        }
    };
}

choices! {
    /// Typefaces that are already on the shopper's device: nothing is fetched, nothing jumps.
    FontStack {
        System = "system",
        Grotesk = "grotesk",
        Humanist = "humanist",
        Geometric = "geometric",
        Rounded = "rounded",
        OldStyle = "old_style",
        Transitional = "transitional",
        Didone = "didone",
        Slab = "slab",
        Mono = "mono",
    }
}

impl FontStack {
    const fn families(self) -> &'static str {
        match self {
            FontStack::System => "system-ui,-apple-system,\"Segoe UI\",Roboto,sans-serif",
            FontStack::Grotesk => {
                "\"Helvetica Neue\",Inter,\"Nimbus Sans\",Roboto,Arial,\"Liberation Sans\",sans-serif"
            }
            FontStack::Humanist => {
                "Seravek,\"Gill Sans Nova\",Ubuntu,Calibri,\"Segoe UI\",Roboto,\"Noto Sans\",sans-serif"
            }
            FontStack::Geometric => "Avenir,\"Avenir Next\",Montserrat,Corbel,\"URW Gothic\",Roboto,sans-serif",
            FontStack::Rounded => {
                "ui-rounded,\"Hiragino Maru Gothic ProN\",Quicksand,Nunito,\"Arial Rounded MT Bold\",Calibri,sans-serif"
            }
            FontStack::OldStyle => {
                "\"Iowan Old Style\",\"Palatino Linotype\",Palatino,P052,\"Noto Serif\",Georgia,serif"
            }
            FontStack::Transitional => {
                "Charter,\"Bitstream Charter\",\"Sitka Text\",Cambria,\"Noto Serif\",Georgia,serif"
            }
            FontStack::Didone => "Didot,\"Bodoni MT\",\"Noto Serif Display\",Sylfaen,Georgia,serif",
            FontStack::Slab => "Rockwell,\"Rockwell Nova\",\"Roboto Slab\",\"DejaVu Serif\",\"Noto Serif\",serif",
            FontStack::Mono => {
                "ui-monospace,\"SF Mono\",\"Cascadia Mono\",\"JetBrains Mono\",Menlo,Consolas,\"Roboto Mono\",\"DejaVu Sans Mono\",monospace"
            }
        }
    }
}

choices! {
    /// How much room things have.
    Density {
        Airy = "airy",
        Regular = "regular",
        Dense = "dense",
    }
}

choices! {
    /// Where the logo stands.
    Header {
        Centred = "centred",
        Bar = "bar",
        /// A column at the side on wide screens, a bar on narrow ones.
        Side = "side",
    }
}

choices! {
    Layout {
        /// One column in the middle, the answer on a ground of its own.
        Centred = "centred",
        /// What happens at the start, what it is about at the end.
        Columns = "columns",
    }
}

choices! {
    ProgressStyle {
        /// Dots on a line.
        Line = "line",
        /// Five bars, as on an instrument.
        Segments = "segments",
    }
}

/// How a brand looks, as tokens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Theme {
    pub light: Colours,
    pub dark: Colours,
    pub body_font: FontStack,
    pub heading_font: FontStack,
    /// Numbers, times and labels.
    pub detail_font: FontStack,
    /// 300–800.
    pub heading_weight: u16,
    /// Corner radius in CSS pixels, 0–32.
    pub radius: u16,
    pub density: Density,
    pub header: Header,
    pub layout: Layout,
    pub progress: ProgressStyle,
}

impl Default for Theme {
    fn default() -> Self {
        Theme {
            light: Colours::LIGHT,
            dark: Colours::DARK,
            body_font: FontStack::System,
            heading_font: FontStack::System,
            detail_font: FontStack::System,
            heading_weight: 600,
            radius: 10,
            density: Density::Regular,
            header: Header::Bar,
            layout: Layout::Centred,
            progress: ProgressStyle::Line,
        }
    }
}

/// Grounds made from a colour: its variable, and how much of it lies over the surface.
pub(super) const SOFT_PERCENT: u16 = 10;

/// The brand's style sheet: CSS variables for light and dark.
pub fn theme_css(brand: &Brand) -> String {
    let theme = &brand.theme;
    let mut css = String::with_capacity(1600);
    css.push_str(":root{color-scheme:light dark;");
    declare_colours(&mut css, &theme.light);
    let space = match theme.density {
        Density::Airy => "1.25",
        Density::Regular => "1",
        Density::Dense => ".75",
    };
    write!(
        css,
        "--font-body:{};--font-heading:{};--font-detail:{};--heading-weight:{};--radius:{}px;--room:{space}",
        theme.body_font.families(),
        theme.heading_font.families(),
        theme.detail_font.families(),
        theme.heading_weight,
        theme.radius,
    )
    .expect("writing to a String cannot fail");
    css.push_str("}@media (prefers-color-scheme:dark){:root{");
    declare_colours(&mut css, &theme.dark);
    css.push_str("}}\n");
    css
}

fn declare_colours(css: &mut String, colours: &Colours) {
    let mut declare = |variable: &str, colour: Colour| {
        write!(css, "--{variable}:{colour};").expect("writing to a String cannot fail");
    };
    colours.clone().each(|_, variable, colour| declare(variable, *colour));
    for (variable, colour) in soft_grounds(colours) {
        declare(variable, colour);
    }
}

/// Tinted grounds that text stands on: made here and not in CSS, so that their contrast can be checked.
pub(super) fn soft_grounds(colours: &Colours) -> [(&'static str, Colour); 4] {
    let soft = |colour: Colour| colour.over(colours.surface, SOFT_PERCENT);
    [
        ("brand-soft", soft(colours.brand)),
        ("error-soft", soft(colours.error)),
        ("success-soft", soft(colours.success)),
        ("warning-soft", soft(colours.warning)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_reads_back_from_its_own_text() {
        for text in ["#000000", "#ffd60a", "#abcdef"] {
            assert_eq!(Colour::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Colour::parse("#fa0"), Some(Colour::rgb(0xffaa00)));
        for text in ["red", "#12", "#1234567", "#ggg", "rgb(1,2,3)", "#+12345", ""] {
            assert_eq!(Colour::parse(text), None, "{text}");
        }
    }

    #[test]
    fn css_declares_both_schemes_and_nothing_that_loads() {
        for brand in super::super::demo::brands() {
            let css = theme_css(&brand);
            assert_eq!(css.matches("--on-brand:").count(), 2);
            assert!(!css.contains("url(") && !css.contains('<') && !css.contains("@import"));
        }
    }
}
