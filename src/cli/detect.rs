//! `detect`: which carriers a tracking number may be of.

use clap::Args;
use serde_json::{Value, json};

use crate::sources::detect;

use super::{Problem, say};

#[derive(Debug, Args)]
pub struct Detect {
    /// Tracking numbers, spaces and hyphens as printed on the parcel
    #[arg(required = true, value_name = "NUMBER", allow_hyphen_values = true)]
    numbers: Vec<String>,
}

pub fn run(asked: &Detect) -> Result<(), Problem> {
    asked.numbers.iter().try_for_each(|number| say::json(&candidates(number)))
}

fn candidates(number: &str) -> Value {
    json!({ "number": number, "candidates": detect::detect(number) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_answered_as_it_was_given_with_its_carriers() {
        let answer = candidates("1z 999-aa1 0123456784");
        assert_eq!(answer["number"], "1z 999-aa1 0123456784");
        let first = &answer["candidates"][0];
        assert_eq!(first["carrier"], "ups");
        assert_eq!(first["valid"], true);
        assert!(first["format"].is_string());
    }

    #[test]
    fn a_number_of_nobody_has_no_candidates() {
        assert_eq!(candidates("soup"), json!({ "number": "soup", "candidates": [] }));
    }
}
