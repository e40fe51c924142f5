//! Whether a theme can be read: WCAG 2.2 contrast (1.4.3 text 4.5:1, 1.4.11 controls and focus 3:1).

use super::fault::Faults;
use super::theme::{Colour, Colours, soft_grounds};

/// Contrast ratio of two colours, 1 to 21.
fn ratio(one: Colour, other: Colour) -> f64 {
    let (light, dark) = {
        let (one, other) = (luminance(one), luminance(other));
        if one > other { (one, other) } else { (other, one) }
    };
    (light + 0.05) / (dark + 0.05)
}

/// Relative luminance as WCAG defines it.
fn luminance(colour: Colour) -> f64 {
    let linear = |channel: u8| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue)
}

/// Names every pair of a scheme that the pages put together and that cannot be told apart well enough.
pub(super) fn check_contrast(scheme: &str, colours: &Colours, faults: &Faults) {
    let need = |front: &str, front_colour: Colour, ground: &str, ground_colour: Colour, least: f64| {
        let found = ratio(front_colour, ground_colour);
        if found < least {
            faults.add(
                format!("theme.{scheme}.{front}"),
                format!(
                    "{front_colour} on {ground} {ground_colour} has a contrast of {found:.2}:1; \
                     make it at least {least}:1 (a {} tone)",
                    if luminance(ground_colour) > 0.18 { "darker" } else { "lighter" }
                ),
            );
        }
    };
    let grounds = [("background", colours.background), ("surface", colours.surface)];
    for (ground, ground_colour) in grounds {
        for (front, colour) in [
            ("text", colours.text),
            ("muted", colours.muted),
            ("link", colours.link),
            ("error", colours.error),
            ("success", colours.success),
            ("warning", colours.warning),
        ] {
            need(front, colour, ground, ground_colour, 4.5);
        }
        need("brand", colours.brand, ground, ground_colour, 3.0);
        need("focus", colours.focus, ground, ground_colour, 3.0);
    }
    for (ground, ground_colour) in soft_grounds(colours) {
        need("text", colours.text, ground, ground_colour, 4.5);
    }
    need("on_brand", colours.on_brand, "brand", colours.brand, 4.5);
    need("on_band", colours.on_band, "band", colours.band, 4.5);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn black_on_white_is_21_to_1() {
        assert!((ratio(Colour::rgb(0), Colour::rgb(0xffffff)) - 21.0).abs() < 1e-9);
        // The lightest grey that WCAG accepts on white.
        assert!(ratio(Colour::rgb(0x767676), Colour::rgb(0xffffff)) >= 4.5);
        assert!(ratio(Colour::rgb(0x777777), Colour::rgb(0xffffff)) < 4.5);
    }

    #[test]
    fn the_built_in_colours_can_be_read() {
        for (scheme, colours) in [("light", Colours::LIGHT), ("dark", Colours::DARK)] {
            let faults = Faults::default();
            check_contrast(scheme, &colours, &faults);
            assert_eq!(faults.into_vec(), []);
        }
    }

    #[test]
    fn a_pale_text_is_named_with_its_place_and_what_to_do() {
        let faults = Faults::default();
        check_contrast("light", &Colours { muted: Colour::rgb(0xbbbbbb), ..Colours::LIGHT }, &faults);
        let faults = faults.into_vec();
        assert!(faults.iter().all(|fault| fault.place == "theme.light.muted" && fault.message.contains("darker")));
        assert_eq!(faults.len(), 2);
    }
}
