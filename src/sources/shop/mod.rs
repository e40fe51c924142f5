//! Shops: orders as a shop system exports or pushes them. One file a system, and our own format.
//!
//! Here: what shops' payloads have in common.

pub mod doorstep;
mod doorstep_csv;
pub mod olist;
pub mod olist_history;
pub mod shopify;
pub mod woocommerce;

#[cfg(test)]
mod payloads;

use jiff::Timestamp;

use crate::sources::json::Value;

use super::reading::{minor_units, text, written_time};

/// The first of several paths that has a text.
pub(super) fn first_text(value: &Value, paths: &[&str]) -> Option<String> {
    paths.iter().find_map(|path| text(value, path))
}

/// The first of several paths that has an instant (a time with its offset).
pub(super) fn first_instant(value: &Value, paths: &[&str]) -> Option<Timestamp> {
    paths.iter().find_map(|path| written_time(&text(value, path)?)?.instant())
}

/// Adds what is said and not there yet.
pub(super) fn add_new(texts: &mut Vec<String>, said: impl IntoIterator<Item = Option<String>>) {
    for text in said.into_iter().flatten() {
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
}

/// Minor units, rounded half away from nought where the shop writes more digits than the currency has ("16.666667").
pub(super) fn rounded_minor_units(amount: &str, currency: &str) -> Option<i64> {
    minor_units(amount, currency).or_else(|| {
        let digits = match minor_units("1", currency)? {
            1 => 0,
            1000 => 3,
            _ => 2,
        };
        let (whole, fraction) = amount.trim().split_once('.')?;
        let next = fraction.as_bytes().get(digits)?;
        let kept = minor_units(&format!("{whole}.{}", &fraction.get(..digits)?), currency)?;
        let all_digits = fraction.bytes().all(|byte| byte.is_ascii_digit());
        let step = i64::from(*next >= b'5') * if whole.starts_with('-') { -1 } else { 1 };
        all_digits.then(|| kept.checked_add(step))?
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_with_too_many_digits_are_rounded() {
        assert_eq!(rounded_minor_units("16.666666666666668", "USD"), Some(1667));
        assert_eq!(rounded_minor_units("-1.005", "USD"), Some(-101));
        assert_eq!(rounded_minor_units("199.5", "JPY"), Some(200));
        assert_eq!(rounded_minor_units("3", "USD"), Some(300));
        assert_eq!(rounded_minor_units("abc", "USD"), None);
    }
}
