//! `brand.toml` → [`Brand`], with every fault named in one go.

use std::collections::BTreeMap;

use toml::{Table, Value};
use unic_langid::LanguageIdentifier;

use super::fault::Faults;
use super::section::Section;
use super::theme::{Colour, Colours, Density, FontStack, Header, Layout, ProgressStyle, Theme};
use super::{Brand, CarrierOptions, Fault, Links, Logo, LookupPolicy, OrderNumberFormat, Policies};

/// Pictures that `brand.toml` names, by their file names in the folder.
#[derive(Debug, Default)]
pub(super) struct PictureNames {
    pub logo: Option<String>,
    pub logo_dark: Option<String>,
    pub favicon: Option<String>,
}

/// Reads `brand.toml`. The pictures it names stay empty: they come with the folder, see [`super::read_folder`].
pub fn read(text: &str) -> Result<Brand, Vec<Fault>> {
    let faults = Faults::default();
    let brand = read_text(text, &faults);
    match (brand, faults.into_vec()) {
        (Some((brand, _)), faults) if faults.is_empty() => Ok(brand),
        (_, faults) => Err(faults),
    }
}

/// Reads as much as can be read; what is wrong goes to `faults`.
pub(super) fn read_text(text: &str, faults: &Faults) -> Option<(Brand, PictureNames)> {
    let table: Table = match text.parse() {
        Ok(table) => table,
        Err(error) => {
            let error: toml::de::Error = error;
            let line = error.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
            faults.add(format!("brand.toml line {line}"), format!("is no TOML: {}; mend the line", error.message()));
            return None;
        }
    };
    refuse_unsafe("", &Value::Table(table.clone()), faults);
    let root = Section::root(&table, faults);
    let slug = slug(&root);
    let name = root.required_text("name", "Meadow");
    let hosts = hosts(&root);
    let own_host = root.flag("own_host", false);
    let base_path = base_path(&root, own_host);
    let origin = origin(&root, &hosts);
    let (locale, locales) = locales(&root);
    let region = region(&root);
    let time_zone = time_zone(&root);
    let theme = theme(root.section("theme"));
    let (logo, pictures) = logo(root.section("logo"), &name);
    let copy = copy(root.section("copy"), &locale, &locales);
    let links = links(root.section("links"));
    let policies = policies(root.section("policies"));
    let order_number = order_number(root.section("order_number"));
    let carriers = carriers(root.section("carriers"));
    let incidents = super::incidents::incidents(root.section("incidents"), links.email.is_some());
    let catalogue = super::catalogue::catalogue(root.section("catalogue"));
    root.done();
    let brand = Brand {
        slug,
        name,
        hosts,
        origin,
        base_path,
        own_host,
        locale,
        locales,
        region,
        time_zone,
        theme,
        logo,
        copy,
        links,
        policies,
        order_number,
        carriers,
        incidents,
        catalogue,
    };
    Some((brand, pictures))
}

/// No value of a brand has a reason to hold these, wherever it ends up.
const NEVER: &[&str] =
    &["url(", "@import", "</style", "<script", "</script", "javascript:", "expression(", "vbscript:"];

fn refuse_unsafe(place: &str, value: &Value, faults: &Faults) {
    match value {
        Value::String(text) => {
            let squeezed: String =
                text.to_lowercase().chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
            if let Some(found) = NEVER.iter().find(|never| squeezed.contains(*never)) {
                faults.add(place, format!("holds {found:?}, which could load or run something; remove it"));
            }
            if text.chars().any(is_control) {
                faults.add(place, "holds a control character; write plain text");
            }
        }
        Value::Array(list) => list.iter().for_each(|entry| refuse_unsafe(place, entry, faults)),
        Value::Table(table) => {
            for (key, entry) in table {
                let place = if place.is_empty() { key.clone() } else { format!("{place}.{key}") };
                refuse_unsafe(&place, entry, faults);
            }
        }
        _ => {}
    }
}

/// Control characters, and the bidirectional overrides that make a text look like another.
fn is_control(c: char) -> bool {
    c.is_control() && c != '\n' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn slug(root: &Section) -> String {
    let slug = root.required_text("slug", "meadow");
    let good = slug.len() <= 40
        && slug.starts_with(|c: char| c.is_ascii_lowercase())
        && slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if !slug.is_empty() && !good {
        root.fault("slug", format!("is {slug:?}; use up to 40 of a–z, 0–9 and -, starting with a letter"));
    }
    slug
}

fn is_host(text: &str) -> bool {
    let address = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    if let Some(address) = address {
        return address.parse::<std::net::Ipv6Addr>().is_ok();
    }
    text.len() <= 253
        && text.split('.').all(|label| {
            !label.is_empty()
                && label.len() <= 63
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        })
}

fn hosts(root: &Section) -> Vec<String> {
    let hosts: Vec<String> = root.texts("hosts").iter().map(|host| host.to_lowercase()).collect();
    if hosts.is_empty() {
        root.fault("hosts", "names no host; add hosts = [\"track.shop.example\"]");
    }
    for (at, host) in hosts.iter().enumerate() {
        if !is_host(host) {
            root.fault("hosts", format!("{host:?} is no host name; write it without https://, port and path"));
        }
        if hosts[..at].contains(host) {
            root.fault("hosts", format!("{host:?} stands there twice; remove one"));
        }
    }
    hosts
}

fn base_path(root: &Section, own_host: bool) -> String {
    let path = root.text("base_path").unwrap_or_else(|| "/tracking".to_owned());
    if path == "/" {
        if !own_host {
            root.fault("base_path", "is \"/\", which only fits a host of its own; add own_host = true or name a path");
        }
        return String::new();
    }
    let good = path.strip_prefix('/').is_some_and(|rest| {
        rest.split('/').all(|part| {
            !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        })
    });
    if !good {
        root.fault("base_path", format!("is {path:?}; write it like \"/tracking\", without a slash at the end"));
    }
    path
}

fn origin(root: &Section, hosts: &[String]) -> String {
    let Some(origin) = root.text("origin") else {
        return hosts.first().map(|host| format!("https://{host}")).unwrap_or_default();
    };
    let (scheme, rest) = origin.split_once("://").unwrap_or(("", &origin));
    let (host, port) = match rest.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (rest, None),
    };
    let local = host == "localhost" || host.ends_with(".localhost") || host == "127.0.0.1";
    if !(scheme == "https" || scheme == "http" && local) {
        root.fault("origin", format!("is {origin:?}; write https:// and the host (http:// only for localhost)"));
    } else if !is_host(host) || port.is_some_and(|port| port.parse::<u16>().is_err()) {
        root.fault("origin", format!("is {origin:?}; write only scheme, host and port, without a path"));
    } else if !hosts.iter().any(|known| known == host) {
        root.fault("origin", format!("{host} is none of the hosts; add it there, or links lead nowhere"));
    }
    origin
}

fn locales(root: &Section) -> (String, Vec<String>) {
    let locale = root.text("locale").unwrap_or_else(|| "en".to_owned());
    let mut locales = root.texts("locales");
    if locales.is_empty() {
        locales.push(locale.clone());
    }
    for tag in locales.iter().chain([&locale]) {
        if tag.parse::<LanguageIdentifier>().is_err() {
            root.fault("locales", format!("{tag:?} is no language tag; write it like \"en\" or \"de-AT\""));
        }
    }
    if !locales.contains(&locale) {
        root.fault("locale", format!("{locale:?} is not among locales; add it there"));
    }
    (locale, locales)
}

fn region(root: &Section) -> String {
    let region = root.text("region").unwrap_or_else(|| "US".to_owned());
    if region.parse::<phonenumber::country::Id>().is_err() {
        root.fault("region", format!("is {region:?}; write a country as two capital letters: \"DE\""));
    }
    region
}

fn time_zone(root: &Section) -> String {
    let zone = root.text("time_zone").unwrap_or_else(|| "UTC".to_owned());
    if jiff::tz::TimeZone::get(&zone).is_err() {
        root.fault("time_zone", format!("is {zone:?}; write a zone of the IANA list: \"Europe/Berlin\""));
    }
    zone
}

fn theme(section: Section) -> Theme {
    let otherwise = Theme::default();
    let theme = Theme {
        light: colours(section.section("light"), Colours::LIGHT),
        dark: colours(section.section("dark"), Colours::DARK),
        body_font: section.choice("body_font", FontStack::CHOICES, otherwise.body_font),
        heading_font: section.choice("heading_font", FontStack::CHOICES, otherwise.heading_font),
        detail_font: section.choice("detail_font", FontStack::CHOICES, otherwise.detail_font),
        heading_weight: section.number("heading_weight", 300..=800, otherwise.heading_weight),
        radius: section.number("radius", 0..=32, otherwise.radius),
        density: section.choice("density", Density::CHOICES, otherwise.density),
        header: section.choice("header", Header::CHOICES, otherwise.header),
        layout: section.choice("layout", Layout::CHOICES, otherwise.layout),
        progress: section.choice("progress", ProgressStyle::CHOICES, otherwise.progress),
    };
    section.done();
    theme
}

fn colours(section: Section, mut colours: Colours) -> Colours {
    colours.each(|key, _, colour| {
        let Some(text) = section.text(key) else { return };
        match Colour::parse(&text) {
            Some(found) => *colour = found,
            None => section.fault(key, format!("is {text:?}; write a colour as \"#rrggbb\"")),
        }
    });
    section.done();
    colours
}

fn logo(section: Section, name: &str) -> (Logo, PictureNames) {
    let file = |key: &'static str| {
        let file = section.text(key)?;
        let good = file.ends_with(".svg")
            && !file.starts_with('.')
            && file.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'));
        if !good {
            section.fault(key, format!("is {file:?}; name an .svg file of this folder"));
        }
        good.then_some(file)
    };
    let pictures = PictureNames { logo: file("file"), logo_dark: file("file_dark"), favicon: file("favicon") };
    if pictures.logo_dark.is_some() && pictures.logo.is_none() {
        section.fault("file_dark", "stands without file; name the picture for light backgrounds too");
    }
    let logo = Logo {
        text: section.text("text").unwrap_or_else(|| name.to_owned()),
        show_text: section.flag("show_text", true) || pictures.logo.is_none(),
        ..Logo::default()
    };
    section.done();
    (logo, pictures)
}

fn copy(section: Section, locale: &str, locales: &[String]) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut copy = BTreeMap::new();
    for (tag, words) in section.sections() {
        if !locales.contains(&tag) {
            section
                .fault(&tag, format!("holds copy for a language that is not among locales ({})", locales.join(", ")));
        }
        let mut texts = BTreeMap::new();
        for (id, text) in words.entries() {
            let good_id = id.starts_with(|c: char| c.is_ascii_alphabetic())
                && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
            if !good_id {
                words.fault(&id, "is no message id; ids are like lookup-title");
                continue;
            }
            if text.trim().is_empty() {
                words.fault(&id, "is empty; write a text or remove the line");
            } else if fluent_bundle::FluentResource::try_new(fluent_message(&id, &text)).is_err() {
                words.fault(&id, "is no Fluent text; close each { with }, and name values like { $window }");
            }
            texts.insert(id, text);
        }
        copy.insert(tag, texts);
    }
    name_missing_copy(&section, &copy, locale, locales);
    copy
}

/// A Fluent message in which no line of the text can begin another message.
fn fluent_message(id: &str, text: &str) -> String {
    format!("{id} =\n    {}\n", text.trim().replace('\n', "\n    "))
}

/// A voice that is the brand's in one language and ours in the next is a gap that a shopper hears.
fn name_missing_copy(
    section: &Section,
    copy: &BTreeMap<String, BTreeMap<String, String>>,
    locale: &str,
    locales: &[String],
) {
    let Some(own) = copy.get(locale) else { return };
    for tag in locales.iter().filter(|tag| *tag != locale) {
        let there = copy.get(tag);
        let missing: Vec<&str> =
            own.keys().filter(|id| there.is_none_or(|texts| !texts.contains_key(*id))).map(String::as_str).collect();
        if !missing.is_empty() {
            section.fault(tag, format!("lacks {}, which {locale} has; write them too", missing.join(", ")));
        }
    }
}

fn links(section: Section) -> Links {
    let address = |key: &'static str| {
        let text = section.text(key)?;
        let host = text.strip_prefix("https://").map(|rest| rest.split(['/', '?', '#']).next().unwrap_or(rest));
        let good = host.is_some_and(|host| is_host(&host.to_lowercase()))
            && !text.contains(|c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | '\\'));
        if !good {
            section.fault(key, format!("is {text:?}; write a full address that begins with https://"));
        }
        good.then_some(text)
    };
    let links = Links {
        shop: address("shop"),
        help: address("help"),
        contact: address("contact"),
        returns: address("returns"),
        review: address("review"),
        imprint: address("imprint"),
        privacy: address("privacy"),
        email: email(&section),
        phone: phone(&section),
    };
    section.done();
    links
}

fn email(section: &Section) -> Option<String> {
    let text = section.text("email")?;
    let good = text.split_once('@').is_some_and(|(user, domain)| {
        !user.is_empty()
            && user.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&byte))
            && domain.contains('.')
            && is_host(&domain.to_lowercase())
    });
    if !good {
        section.fault("email", format!("is {text:?}; write an address like \"help@shop.example\""));
    }
    good.then_some(text)
}

fn phone(section: &Section) -> Option<String> {
    let text = section.text("phone")?;
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let good = text.starts_with('+')
        && (6..=15).contains(&digits)
        && text[1..].chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '(' | ')'));
    if !good {
        section.fault("phone", format!("is {text:?}; write it with its country: \"+49 30 1234567\""));
    }
    good.then_some(text)
}

fn policies(section: Section) -> Policies {
    let otherwise = Policies::default();
    let lookups = [
        ("proof", LookupPolicy::Proof),
        ("code_always", LookupPolicy::CodeAlways),
        ("summary", LookupPolicy::Summary),
        ("link_only", LookupPolicy::LinkOnly),
    ];
    let policies = Policies {
        lookup: section.choice("lookup", &lookups, otherwise.lookup),
        postcode_proof: section.flag("postcode_proof", otherwise.postcode_proof),
        link_lifetime_days: section.number("link_lifetime_days", 1..=60, otherwise.link_lifetime_days),
        retention_days: section.number("retention_days", 30..=3650, otherwise.retention_days),
    };
    section.done();
    policies
}

fn order_number(section: Section) -> OrderNumberFormat {
    let part = |key: &'static str| {
        let text = section.free_text(key).unwrap_or_default();
        if text.chars().count() > 12 {
            section.fault(key, "is longer than 12 characters; name only what every number begins or ends with");
        }
        text
    };
    let (prefix, suffix) = (part("prefix"), part("suffix"));
    let example = section.text("example").unwrap_or_else(|| format!("{prefix}1001{suffix}"));
    section.done();
    OrderNumberFormat { prefix, suffix, example }
}

fn carriers(section: Section) -> CarrierOptions {
    let options = CarrierOptions {
        link_out: section.flag("link_out", true),
        preferred: section.texts("preferred"),
        names: section.section("names").entries().into_iter().collect(),
    };
    section.done();
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEAST: &str = "slug = \"shop\"\nname = \"Shop\"\nhosts = [\"shop.example\"]\n";

    fn places(text: &str) -> Vec<String> {
        read(text).expect_err("should be refused").into_iter().map(|fault| fault.place).collect()
    }

    fn with(more: &str) -> String {
        format!("{LEAST}{more}")
    }

    #[test]
    fn three_lines_are_enough() {
        let brand = read(LEAST).unwrap();
        assert_eq!((brand.origin.as_str(), brand.base_path.as_str()), ("https://shop.example", "/tracking"));
        assert_eq!((brand.policies.link_lifetime_days, brand.order_number.example.as_str()), (21, "1001"));
        assert_eq!(brand.logo.text, "Shop");
    }

    #[test]
    fn every_fault_is_named_at_once() {
        let found = places(
            "slug = \"Sh op\"\nhosts = [\"https://shop\"]\ncolour = \"red\"\nregion = \"Germany\"\ntime_zone = \"Berlin\"\n\
             locale = \"fr\"\nlocales = [\"en\"]\nbase_path = \"tracking/\"\n[theme]\nradius = 90\nfont = \"x\"\n\
             body_font = \"comic\"\n[theme.light]\ntext = \"red\"\n[policies]\nlink_lifetime_days = 61\nlookup = \"open\"\n\
             [links]\nshop = \"http://shop.example\"\nemail = \"me\"\nphone = \"030\"\n[copy.it]\nx = \"y\"\n",
        );
        for place in [
            "slug",
            "name",
            "hosts",
            "colour",
            "region",
            "time_zone",
            "locale",
            "base_path",
            "theme.radius",
            "theme.font",
            "theme.body_font",
            "theme.light.text",
            "policies.link_lifetime_days",
            "policies.lookup",
            "links.shop",
            "links.email",
            "links.phone",
            "copy.it",
        ] {
            assert!(found.iter().any(|name| name == place), "{place} missing in {found:?}");
        }
    }

    #[test]
    fn values_that_could_load_or_run_are_refused() {
        for value in
            ["url(x)", "@import 'x'", "</style>", "java\\tscript:alert(1)", "JavaScript:x", "a\\u0007b", "a\\u202eb"]
        {
            let found = places(&with(&format!("[copy.en]\nlookup-title = \"{value}\"\n")));
            assert!(found.contains(&"copy.en.lookup-title".to_owned()), "{value}: {found:?}");
        }
        assert!(places(&with("[theme.light]\nbrand = \"#fff;}</style>\"\n")).contains(&"theme.light.brand".to_owned()));
    }

    #[test]
    fn copy_is_fluent_and_complete() {
        assert_eq!(places(&with("[copy.en]\nlookup-title = \"Hello { $name\"\n")), ["copy.en.lookup-title"]);
        assert_eq!(places(&with("locales = [\"en\", \"de\"]\n[copy.en]\nlookup-title = \"Hello\"\n")), ["copy.de"]);
    }

    #[test]
    fn plain_http_is_for_localhost_only() {
        assert_eq!(places(&with("origin = \"http://shop.example\"\n")), ["origin"]);
        assert_eq!(places(&with("origin = \"https://other.example\"\n")), ["origin"]);
        assert_eq!(places(&with("origin = \"https://shop.example/path\"\n")), ["origin"]);
        let local = "slug = \"shop\"\nname = \"Shop\"\nhosts = [\"localhost\"]\norigin = \"http://localhost:3000\"\n";
        assert_eq!(read(local).unwrap().on_port(8080).origin, "http://localhost:8080");
    }

    #[test]
    fn broken_toml_names_its_line() {
        assert_eq!(places("slug = \"shop\"\nname = \n"), ["brand.toml line 2"]);
    }

    #[test]
    fn a_brand_is_kept_as_json_unchanged() {
        let brand = read(LEAST).unwrap();
        let json = serde_json::to_string(&brand).unwrap();
        assert_eq!(serde_json::from_str::<Brand>(&json).unwrap(), brand);
    }
}
