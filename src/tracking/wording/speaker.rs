//! Saying a message of `locales/` in one language, with the brand's own copy over it.
//!
//! Which message is said when is decided elsewhere; how dates and numbers look is in [`super::dates`].

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::sync::{Arc, LazyLock};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use rustc_hash::FxBuildHasher;
use unic_langid::LanguageIdentifier;

use super::locale::{Direction, Locale};
use super::prepared::Prepared;

/// A value put into a message. Texts from outside go in as they are: the page escapes them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Arg<'a> {
    /// A name, a number, an address: whatever its own direction is, it stays a piece within the sentence.
    Text(&'a str),
    /// Our own words in this language, or the key of a variant.
    Phrase(&'a str),
    Number(i64),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Arg::Text(text)
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Arg::Text(text)
    }
}

impl From<i64> for Arg<'_> {
    fn from(number: i64) -> Self {
        Arg::Number(number)
    }
}

/// One language's voice, ready to speak: everything is parsed, nothing is looked up twice. Cheap to share by reference.
pub struct Speaker {
    locale: Locale,
    bundle: FluentBundle<Arc<FluentResource>>,
    /// The messages without variables: most of what a page says, resolved once.
    texts: HashMap<String, String, FxBuildHasher>,
    /// The others, as far as they can be laid out.
    prepared: HashMap<String, Prepared, FxBuildHasher>,
}

impl fmt::Debug for Speaker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Speaker").field("locale", &self.locale).finish_non_exhaustive()
    }
}

/// A brand's copy that cannot be used, for the merchant to mend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadCopy {
    pub id: String,
    pub fault: CopyFault,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CopyFault {
    /// There is no such message.
    UnknownMessage,
    /// The text is no Fluent pattern.
    Unreadable,
    /// The text uses a variable that the message does not get.
    UnknownVariable(String),
}

impl fmt::Display for BadCopy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.fault {
            CopyFault::UnknownMessage => write!(f, "copy {:?}: there is no such message", self.id),
            CopyFault::Unreadable => write!(f, "copy {:?}: the text cannot be read as a Fluent pattern", self.id),
            CopyFault::UnknownVariable(variable) => {
                write!(f, "copy {:?}: ${variable} is not known to this message", self.id)
            }
        }
    }
}

impl std::error::Error for BadCopy {}

/// Bytes that most sentences fit into.
const ROOM: usize = 96;

impl Speaker {
    /// The voice without any brand's copy.
    pub fn of(locale: Locale) -> &'static Speaker {
        static PLAIN: LazyLock<Vec<Speaker>> =
            LazyLock::new(|| Locale::ALL.into_iter().map(|locale| Speaker::build(locale, None)).collect());
        &PLAIN[locale.index()]
    }

    /// The voice of a brand: `overrides` maps message ids to Fluent patterns of this locale.
    ///
    /// # Errors
    /// Names every override that cannot be used.
    pub fn with_overrides(locale: Locale, overrides: &HashMap<String, String>) -> Result<Speaker, Vec<BadCopy>> {
        let mut faults: Vec<BadCopy> = Vec::new();
        let mut source = String::new();
        for (id, pattern) in overrides {
            match checked(locale, id, pattern) {
                Ok(message) => source.push_str(&message),
                Err(fault) => faults.push(BadCopy { id: id.clone(), fault }),
            }
        }
        if !faults.is_empty() {
            faults.sort_by(|left, right| left.id.cmp(&right.id));
            return Err(faults);
        }
        let resource = FluentResource::try_new(source).unwrap_or_else(|(resource, _)| resource);
        Ok(Speaker::build(locale, Some(resource)))
    }

    fn build(locale: Locale, overrides: Option<FluentResource>) -> Speaker {
        let language: LanguageIdentifier = locale.tag().parse().expect("our own tags are well-formed");
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        // Isolation is done in `value`, only where directions can meet: its marks would be in every copied text.
        bundle.set_use_isolating(false);
        // What a language lacks is said in English rather than not at all.
        for resource in &RESOURCES[Locale::English.index()] {
            bundle.add_resource_overriding(Arc::clone(resource));
        }
        for resource in &RESOURCES[locale.index()] {
            bundle.add_resource_overriding(Arc::clone(resource));
        }
        if let Some(resource) = overrides {
            bundle.add_resource_overriding(Arc::new(resource));
        }
        let mut speaker = Speaker { locale, bundle, texts: HashMap::default(), prepared: HashMap::default() };
        let (plain, others): (Vec<_>, Vec<_>) =
            catalogue_of(Locale::English).iter().partition(|(_, variables)| variables.is_empty());
        speaker.texts = plain.into_iter().map(|(id, _)| (id.clone(), speaker.format(id, None).into_owned())).collect();
        let prepared = others.into_iter().filter_map(|(id, _)| Some((id.clone(), Prepared::of(&speaker.bundle, id)?)));
        speaker.prepared = prepared.collect();
        speaker
    }

    pub const fn locale(&self) -> Locale {
        self.locale
    }

    /// Whether there is such a message.
    pub fn knows(&self, id: &str) -> bool {
        self.bundle.has_message(id)
    }

    /// A message without variables. An unknown id is said as itself, so that a missing word is seen and never fatal.
    pub fn text<'a>(&'a self, id: &'a str) -> &'a str {
        self.texts.get(id).map_or(id, String::as_str)
    }

    /// A message with its variables. An unknown id is said as itself, too.
    pub fn say(&self, id: &str, args: &[(&str, Arg<'_>)]) -> String {
        if let Some(prepared) = self.prepared.get(id) {
            let mut said = String::with_capacity(ROOM);
            if prepared.write(self, args, &mut said).is_some() {
                return said;
            }
        }
        self.say_by_fluent(id, args)
    }

    fn say_by_fluent(&self, id: &str, args: &[(&str, Arg<'_>)]) -> String {
        let mut values = FluentArgs::with_capacity(args.len());
        for (name, arg) in args {
            values.set(*name, self.value(*arg));
        }
        self.format(id, Some(&values)).into_owned()
    }

    fn format<'a>(&'a self, id: &'a str, args: Option<&'a FluentArgs<'_>>) -> Cow<'a, str> {
        let Some(pattern) = self.bundle.get_message(id).and_then(|message| message.value()) else {
            return Cow::Borrowed(id);
        };
        // Errors name a missing variable, which a test holds for every message; what was said stays readable.
        let mut errors = Vec::new();
        let said = self.bundle.format_pattern(pattern, args, &mut errors);
        debug_assert!(errors.is_empty(), "{id}: {errors:?}");
        said
    }

    fn value<'a>(&self, arg: Arg<'a>) -> FluentValue<'a> {
        match arg {
            Arg::Number(number) => FluentValue::from(number),
            Arg::Phrase(text) => FluentValue::from(text),
            Arg::Text(text) if self.is_foreign(text) => {
                let mut isolated = String::new();
                self.push_isolated(text, &mut isolated);
                FluentValue::from(isolated)
            }
            Arg::Text(text) => FluentValue::from(text),
        }
    }

    /// A text from outside, between marks where it could pull the sentence around it into its own direction.
    pub(super) fn push_isolated(&self, text: &str, said: &mut String) {
        match self.is_foreign(text) {
            true => said.extend(["\u{2068}", text, "\u{2069}"]),
            false => said.push_str(text),
        }
    }

    /// Whether a text could pull the sentence around it into its own direction.
    pub(super) fn is_foreign(&self, text: &str) -> bool {
        match self.locale.direction() {
            Direction::RightToLeft => text.contains(|c: char| c.is_alphanumeric() && !is_right_to_left(c)),
            Direction::LeftToRight => text.contains(is_right_to_left),
        }
    }
}

fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
}

/// The files of each locale, by [`Locale::index`].
static SOURCES: [&[&str]; 4] = {
    const ENGLISH: &[&str] = &[
        include_str!("../../../locales/en/status.ftl"),
        include_str!("../../../locales/en/headline.ftl"),
        include_str!("../../../locales/en/page.ftl"),
        include_str!("../../../locales/en/incident.ftl"),
        include_str!("../../../locales/en/message.ftl"),
    ];
    const GERMAN: &[&str] = &[
        include_str!("../../../locales/de/status.ftl"),
        include_str!("../../../locales/de/headline.ftl"),
        include_str!("../../../locales/de/page.ftl"),
        include_str!("../../../locales/de/incident.ftl"),
        include_str!("../../../locales/de/message.ftl"),
    ];
    const ARABIC: &[&str] = &[
        include_str!("../../../locales/ar/status.ftl"),
        include_str!("../../../locales/ar/headline.ftl"),
        include_str!("../../../locales/ar/page.ftl"),
        include_str!("../../../locales/ar/incident.ftl"),
        include_str!("../../../locales/ar/message.ftl"),
    ];
    [ENGLISH, ENGLISH, GERMAN, ARABIC]
};

static RESOURCES: LazyLock<Vec<Vec<Arc<FluentResource>>>> = LazyLock::new(|| {
    let parse = |source: &&str| {
        let resource = FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(resource, errors)| {
            // A test holds that no file has any: what could be read is better than no page.
            debug_assert!(errors.is_empty(), "{errors:?}");
            resource
        });
        Arc::new(resource)
    };
    SOURCES.iter().map(|sources| sources.iter().map(parse).collect()).collect()
});

/// [`catalogue`], read once.
fn catalogue_of(locale: Locale) -> &'static HashMap<String, BTreeSet<String>> {
    static CATALOGUES: LazyLock<Vec<HashMap<String, BTreeSet<String>>>> =
        LazyLock::new(|| Locale::ALL.into_iter().map(catalogue).collect());
    &CATALOGUES[locale.index()]
}

/// Every message of a locale with its variables, own and borrowed from the messages it refers to.
pub fn catalogue(locale: Locale) -> HashMap<String, BTreeSet<String>> {
    let mut messages: HashMap<String, BTreeSet<String>> = HashMap::new();
    let mut references: HashMap<String, BTreeSet<String>> = HashMap::new();
    for source in SOURCES[locale.index()] {
        let mut id = String::new();
        for line in source.lines().filter(|line| !line.starts_with('#')) {
            if !line.starts_with([' ', '}', '\t'])
                && let Some((name, _)) = line.split_once('=')
            {
                id = name.trim().to_owned();
                messages.entry(id.clone()).or_default();
            }
            if let Some(variables) = messages.get_mut(&id) {
                variables.extend(variables_of(line));
                references.entry(id.clone()).or_default().extend(references_of(line));
            }
        }
    }
    let own = messages.clone();
    for (id, variables) in &mut messages {
        for reference in references.get(id).into_iter().flatten() {
            variables.extend(own.get(reference).into_iter().flatten().cloned());
        }
    }
    messages
}

fn variables_of(text: &str) -> impl Iterator<Item = String> {
    text.split('$').skip(1).map(|after| after.chars().take_while(|c| c.is_alphanumeric() || *c == '-').collect())
}

fn references_of(text: &str) -> impl Iterator<Item = String> {
    text.split('{').skip(1).filter_map(|after| {
        let name = after.split('}').next().unwrap_or_default().trim();
        let is_name = name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        is_name.then(|| name.to_owned())
    })
}

/// The override as a message of a Fluent file.
fn checked(locale: Locale, id: &str, pattern: &str) -> Result<String, CopyFault> {
    let known = catalogue_of(locale).get(id).or_else(|| catalogue_of(Locale::English).get(id));
    let Some(known) = known else { return Err(CopyFault::UnknownMessage) };
    if let Some(variable) = variables_of(pattern).find(|variable| !known.contains(variable)) {
        return Err(CopyFault::UnknownVariable(variable));
    }
    // A pattern of several lines goes on where it is indented; a lone line at the margin would start another message.
    let message = format!("{id} =\n    {}\n", pattern.trim().replace('\n', "\n    "));
    match FluentResource::try_new(message.clone()) {
        Ok(resource) if resource.entries().count() == 1 && !pattern.trim().is_empty() => Ok(message),
        _ => Err(CopyFault::Unreadable),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn overriding(id: &str, pattern: &str) -> Result<Speaker, Vec<BadCopy>> {
        Speaker::with_overrides(Locale::English, &HashMap::from([(id.to_owned(), pattern.to_owned())]))
    }

    #[test]
    fn a_brand_speaks_its_own_copy() {
        let speaker = overriding("lookup-button", "Hunt it down").unwrap();
        assert_eq!(speaker.text("lookup-button"), "Hunt it down");
        assert_ne!(Speaker::of(Locale::English).text("lookup-button"), "Hunt it down");
        let speaker = overriding("order-title", "Nr. { $number }").unwrap();
        assert_eq!(speaker.say("order-title", &[("number", "#1001".into())]), "Nr. #1001");
    }

    #[test]
    fn copy_that_cannot_be_used_is_named() {
        let fault = |id, pattern| overriding(id, pattern).unwrap_err().remove(0).fault;
        assert_eq!(fault("no-such-message", "x"), CopyFault::UnknownMessage);
        assert_eq!(fault("lookup-button", "{ $"), CopyFault::UnknownVariable(String::new()));
        assert_eq!(fault("lookup-button", "{ oops"), CopyFault::Unreadable);
        assert_eq!(fault("lookup-button", " "), CopyFault::Unreadable);
        assert_eq!(fault("lookup-button", "{ $secret }"), CopyFault::UnknownVariable("secret".to_owned()));
    }

    #[test]
    fn copy_of_several_lines_cannot_smuggle_in_another_message() {
        let speaker = overriding("lookup-button", "One\norder-title = Two").unwrap();
        assert_ne!(speaker.say("order-title", &[("number", "1".into())]), "Two");
    }

    #[test]
    fn every_locale_holds_the_same_messages_with_the_same_variables() {
        let english = catalogue(Locale::English);
        assert!(english.len() > 300);
        for locale in Locale::ALL.into_iter() {
            let other = catalogue(locale);
            for (id, variables) in &english {
                assert_eq!(Some(variables), other.get(id), "{id} in {locale}");
            }
            assert_eq!(english.len(), other.len(), "{locale} has messages that English lacks");
        }
    }

    #[test]
    fn every_message_is_said_whole_whatever_its_variables_are() {
        for locale in Locale::ALL {
            for (id, variables) in catalogue(locale) {
                for value in
                    [Arg::Number(1), Arg::Number(3), Arg::Text("Meadow"), Arg::Phrase("yes"), Arg::Phrase("none")]
                {
                    let args: Vec<(&str, Arg<'_>)> = variables.iter().map(|name| (name.as_str(), value)).collect();
                    let said = Speaker::of(locale).say(&id, &args);
                    assert!(!said.contains(['{', '}', '$']), "{id} in {locale}: {said}");
                }
            }
        }
    }

    #[test]
    fn what_is_laid_out_is_said_as_fluent_says_it() {
        let values = ["yes", "no", "none", "on-time", "late", "city", "Łódź", "פאריז", "مستودع", ""];
        let args = values.iter().flat_map(|value| [Arg::Text(value), Arg::Phrase(value)]);
        let args: Vec<Arg<'_>> = args.chain([0, 1, 2, 5, 11, 1_000].map(Arg::Number)).collect();
        for locale in Locale::ALL {
            let speaker = Speaker::of(locale);
            let mut laid_out = 0;
            for (id, variables) in catalogue(locale).iter().filter(|(_, variables)| !variables.is_empty()) {
                laid_out += usize::from(speaker.prepared.contains_key(id));
                // Each variable takes another value, and all of them take all.
                for first in 0..args.len() {
                    let given = variables.iter().zip((first..).step_by(7));
                    let given: Vec<(&str, Arg<'_>)> =
                        given.map(|(name, at)| (name.as_str(), args[at % args.len()])).collect();
                    assert_eq!(
                        speaker.say(id, &given),
                        speaker.say_by_fluent(id, &given),
                        "{id} in {locale}: {given:?}"
                    );
                }
            }
            assert!(laid_out > 150, "{locale}: {laid_out}");
        }
    }

    #[test]
    fn text_messages_fit_into_one() {
        let link = "https://shop.example/tracking/l/0123456789012345678901234567890123456789012";
        for locale in [Locale::English, Locale::German] {
            let args =
                [("code", "123456"), ("brand", "Meadow"), ("minutes", "10"), ("link", link), ("number", "#1001")];
            let args = args.map(|(name, value)| (name, Arg::Text(value)));
            for id in ["sms-code", "sms-link"] {
                let said = Speaker::of(locale).say(id, &args);
                assert!(said.chars().count() <= 160, "{said}");
            }
        }
    }

    #[test]
    fn every_file_can_be_read_whole() {
        for source in SOURCES.into_iter().flatten() {
            let errors = FluentResource::try_new((*source).to_owned()).err().map(|(_, errors)| errors);
            assert_eq!(errors, None);
        }
    }

    #[test]
    fn no_message_is_jargon() {
        for source in SOURCES.into_iter().flatten() {
            for line in source.lines().filter(|line| !line.starts_with('#')) {
                let said = line.split_once('=').map_or(line, |(_, pattern)| pattern).to_lowercase();
                for jargon in ["exception", "ausnahme", "consignee", "in_transit", "manifest"] {
                    assert!(!said.contains(jargon), "{line}");
                }
            }
        }
    }

    #[test]
    fn a_name_of_the_other_direction_is_isolated() {
        let speaker = Speaker::of(Locale::English);
        assert_eq!(speaker.say("order-title", &[("number", "שלום".into())]), "Order \u{2068}שלום\u{2069}");
    }
}
