//! A brand folder as names and contents: `brand.toml` with the pictures it names, read together and checked.

use std::collections::BTreeMap;

use super::contrast::check_contrast;
use super::fault::Faults;
use super::picture::{Picture, read_picture};
use super::read::read_text;
use super::{Brand, Fault, Theme};

/// Contents of a folder by file name.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Reads a brand folder whole. What cannot be read well by a shopper is as much a fault as what cannot be read by us.
pub fn read_folder(files: &Files) -> Result<Brand, Vec<Fault>> {
    let faults = Faults::default();
    let brand = read_files(files, &faults);
    match (brand, faults.into_vec()) {
        (Some(brand), faults) if faults.is_empty() => Ok(brand),
        (_, faults) => Err(faults),
    }
}

/// Everything that is wrong with a brand folder.
pub fn check(files: &Files) -> Vec<Fault> {
    read_folder(files).err().unwrap_or_default()
}

fn read_files(files: &Files, faults: &Faults) -> Option<Brand> {
    let Some(bytes) = files.get("brand.toml") else {
        faults.add("brand.toml", "is missing in the folder; a brand begins with it");
        return None;
    };
    let Ok(text) = std::str::from_utf8(bytes) else {
        faults.add("brand.toml", "is no UTF-8 text; save it as UTF-8");
        return None;
    };
    let (mut brand, pictures) = read_text(text, faults)?;
    let picture = |name: &Option<String>| -> Option<Picture> {
        let name = name.as_ref()?;
        match files.get(name) {
            Some(bytes) => read_picture(name, bytes, faults),
            None => {
                faults.add(name, "is named in brand.toml but missing in the folder; add the file or remove its line");
                None
            }
        }
    };
    brand.logo.picture = picture(&pictures.logo);
    brand.logo.picture_dark = picture(&pictures.logo_dark);
    brand.logo.favicon = picture(&pictures.favicon).or_else(|| plain_favicon(&brand.theme));
    check_contrast("light", &brand.theme.light, faults);
    check_contrast("dark", &brand.theme.dark, faults);
    Some(brand)
}

/// A disc in the brand's colour: a browser that is given no icon asks for one that is not there.
fn plain_favicon(theme: &Theme) -> Option<Picture> {
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 32\">\
         <circle cx=\"16\" cy=\"16\" r=\"15\" fill=\"{}\"/></svg>",
        theme.light.brand
    );
    read_picture("favicon", svg.as_bytes(), &Faults::default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(toml: &str) -> Files {
        Files::from([("brand.toml".to_owned(), toml.as_bytes().to_vec())])
    }

    const LEAST: &str = "slug = \"shop\"\nname = \"Shop\"\nhosts = [\"shop.example\"]\n";

    #[test]
    fn a_missing_picture_is_named() {
        let faults = check(&folder(&format!("{LEAST}[logo]\nfile = \"logo.svg\"\n")));
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].place, "logo.svg");
    }

    #[test]
    fn a_brand_without_an_icon_gets_one() {
        let brand = read_folder(&folder(LEAST)).unwrap();
        assert!(brand.logo.favicon.unwrap().svg.contains("#1b4dd8"));
    }

    #[test]
    fn a_theme_that_cannot_be_read_is_a_fault() {
        let faults = check(&folder(&format!("{LEAST}[theme.dark]\ntext = \"#333333\"\n")));
        assert!(faults.iter().any(|fault| fault.place == "theme.dark.text"));
    }
}
