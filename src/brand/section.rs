//! A table of `brand.toml` while it is read: every key is asked for by name and type; what nobody asked for is a fault.

use std::cell::RefCell;
use std::ops::RangeInclusive;

use toml::{Table, Value};

use super::fault::Faults;

pub(super) struct Section<'a> {
    path: String,
    table: Option<&'a Table>,
    asked: RefCell<Vec<&'static str>>,
    faults: &'a Faults,
}

impl<'a> Section<'a> {
    pub(super) fn root(table: &'a Table, faults: &'a Faults) -> Self {
        Section { path: String::new(), table: Some(table), asked: RefCell::default(), faults }
    }

    pub(super) fn place(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    pub(super) fn fault(&self, key: &str, message: impl Into<String>) {
        self.faults.add(self.place(key), message);
    }

    fn value(&self, key: &'static str) -> Option<&'a Value> {
        self.asked.borrow_mut().push(key);
        self.table?.get(key)
    }

    fn wrong_type(&self, key: &str, wanted: &str, found: &Value) {
        self.fault(key, format!("is {}; write {wanted}", found.type_str()));
    }

    pub(super) fn section(&self, key: &'static str) -> Section<'a> {
        let table = self.value(key).and_then(|value| {
            let table = value.as_table();
            if table.is_none() {
                self.wrong_type(key, "a table", value);
            }
            table
        });
        Section { path: self.place(key), table, asked: RefCell::default(), faults: self.faults }
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.table.is_some_and(|table| table.contains_key(key))
    }

    pub(super) fn text(&self, key: &'static str) -> Option<String> {
        let value = self.value(key)?;
        match value.as_str() {
            Some(text) if text.trim().is_empty() => {
                self.fault(key, "is empty; write a text or remove the line");
                None
            }
            Some(text) => Some(text.trim().to_owned()),
            None => {
                self.wrong_type(key, "a text in quotes", value);
                None
            }
        }
    }

    /// A text that may be empty on purpose.
    pub(super) fn free_text(&self, key: &'static str) -> Option<String> {
        let value = self.value(key)?;
        if value.as_str().is_none() {
            self.wrong_type(key, "a text in quotes", value);
        }
        value.as_str().map(str::to_owned)
    }

    pub(super) fn required_text(&self, key: &'static str, example: &str) -> String {
        let given = self.table.is_some_and(|table| table.contains_key(key));
        let text = self.text(key);
        if !given {
            self.fault(key, format!("is missing; add {key} = {example:?}"));
        }
        text.unwrap_or_default()
    }

    pub(super) fn flag(&self, key: &'static str, otherwise: bool) -> bool {
        match self.value(key) {
            None => otherwise,
            Some(value) => value.as_bool().unwrap_or_else(|| {
                self.wrong_type(key, "true or false", value);
                otherwise
            }),
        }
    }

    pub(super) fn number(&self, key: &'static str, range: RangeInclusive<u16>, otherwise: u16) -> u16 {
        let Some(value) = self.value(key) else { return otherwise };
        let number = value.as_integer().and_then(|number| u16::try_from(number).ok());
        match number {
            Some(number) if range.contains(&number) => number,
            _ => {
                self.fault(key, format!("is {value}; write a whole number from {} to {}", range.start(), range.end()));
                otherwise
            }
        }
    }

    pub(super) fn texts(&self, key: &'static str) -> Vec<String> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(list) = value.as_array() else {
            self.wrong_type(key, "a list of texts: [\"…\"]", value);
            return Vec::new();
        };
        let mut texts = Vec::with_capacity(list.len());
        for entry in list {
            match entry.as_str() {
                Some(text) => texts.push(text.trim().to_owned()),
                None => self.wrong_type(key, "a list of texts only", entry),
            }
        }
        texts
    }

    /// One of few words, `otherwise` when nothing is given.
    pub(super) fn choice<T: Copy>(&self, key: &'static str, choices: &[(&'static str, T)], otherwise: T) -> T {
        let Some(text) = self.text(key) else { return otherwise };
        match choices.iter().find(|(name, _)| *name == text) {
            Some((_, choice)) => *choice,
            None => {
                let known: Vec<_> = choices.iter().map(|(name, _)| *name).collect();
                self.fault(key, format!("is {text:?}; choose one of {}", known.join(", ")));
                otherwise
            }
        }
    }

    /// All keys of a table whose keys are free, each with its text.
    pub(super) fn entries(&self) -> Vec<(String, String)> {
        let mut entries = Vec::new();
        for (key, value) in self.table.into_iter().flatten() {
            match value.as_str() {
                Some(text) => entries.push((key.clone(), text.to_owned())),
                None => self.wrong_type(key, "a text in quotes", value),
            }
        }
        entries
    }

    /// All keys of a table whose keys are free, each with its texts.
    pub(super) fn lists(&self) -> Vec<(String, Vec<String>)> {
        let mut lists = Vec::new();
        for (key, value) in self.table.into_iter().flatten() {
            let texts: Option<Vec<String>> =
                value.as_array().and_then(|list| list.iter().map(|entry| entry.as_str().map(str::to_owned)).collect());
            match texts {
                Some(texts) => lists.push((key.clone(), texts)),
                None => self.wrong_type(key, "a list of texts: [\"…\"]", value),
            }
        }
        lists
    }

    /// All tables of a table whose keys are free.
    pub(super) fn sections(&self) -> Vec<(String, Section<'a>)> {
        let mut sections = Vec::new();
        for (key, value) in self.table.into_iter().flatten() {
            match value.as_table() {
                Some(table) => sections.push((
                    key.clone(),
                    Section {
                        path: self.place(key),
                        table: Some(table),
                        asked: RefCell::default(),
                        faults: self.faults,
                    },
                )),
                None => self.wrong_type(key, "a table", value),
            }
        }
        sections
    }

    /// Ends the reading: what was not asked for is not understood.
    pub(super) fn done(self) {
        let asked = self.asked.borrow();
        for key in self.table.into_iter().flat_map(|table| table.keys()) {
            if !asked.contains(&key.as_str()) {
                self.fault(
                    key,
                    format!("is no key that Doorstep knows; remove it, or use one of {}", asked.join(", ")),
                );
            }
        }
    }
}
