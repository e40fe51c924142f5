//! The two brands that come with the binary, so that `doorstep demo` needs no folder.

use super::Brand;
use super::folder::{Files, read_folder};

/// Their folders, the default brand first.
pub fn folders() -> [Files; 2] {
    let files =
        |entries: &[(&str, &[u8])]| entries.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect();
    [
        files(&[
            ("brand.toml", include_bytes!("../../brands/meadow/brand.toml")),
            ("logo.svg", include_bytes!("../../brands/meadow/logo.svg")),
            ("logo-dark.svg", include_bytes!("../../brands/meadow/logo-dark.svg")),
            ("favicon.svg", include_bytes!("../../brands/meadow/favicon.svg")),
        ]),
        files(&[
            ("brand.toml", include_bytes!("../../brands/volt/brand.toml")),
            ("logo.svg", include_bytes!("../../brands/volt/logo.svg")),
            ("favicon.svg", include_bytes!("../../brands/volt/favicon.svg")),
        ]),
    ]
}

/// The demo brands, the default one (`meadow`) first.
pub fn brands() -> Vec<Brand> {
    folders()
        .iter()
        .map(|files| read_folder(files).expect("a test holds the built-in brands to their own rules"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::*;

    #[test]
    fn the_built_in_brands_have_no_fault() {
        for files in folders() {
            assert_eq!(check(&files), []);
        }
    }

    #[test]
    fn the_built_in_brands_differ_in_all_that_a_shopper_sees() {
        let [meadow, volt] = brands().try_into().expect("two brands");
        assert_ne!(meadow.theme.layout, volt.theme.layout);
        assert_ne!(meadow.theme.header, volt.theme.header);
        assert_ne!(meadow.theme.progress, volt.theme.progress);
        assert_ne!(meadow.theme.density, volt.theme.density);
        assert_ne!(meadow.theme.heading_font, volt.theme.heading_font);
        assert_ne!(meadow.theme.radius, volt.theme.radius);
        assert_ne!(meadow.copy, volt.copy);
    }
}
