//! Messages laid out once. Fluent walks a message and all that it refers to each time it is said, and looks every name up
//! in tables; a page says some thirty. What only puts texts in or chooses by a word is laid out here. What chooses by a
//! number is a matter of plurals, and stays with Fluent.

use std::borrow::Borrow;

use fluent_bundle::FluentResource;
use fluent_bundle::concurrent::FluentBundle;
use fluent_syntax::ast::{Expression, InlineExpression, Pattern, PatternElement, VariantKey};

use super::speaker::{Arg, Speaker};

/// A message that refers to another that refers to another: deeper than any of ours, and no way round in circles.
const DEEPEST: usize = 8;

#[derive(Debug)]
pub(super) struct Prepared(Vec<Piece>);

#[derive(Debug)]
enum Piece {
    Text(String),
    /// What was given under this name.
    Value(String),
    /// What belongs to the word given under this name.
    Choice {
        by: String,
        variants: Vec<(String, Prepared)>,
        otherwise: Prepared,
    },
}

impl Prepared {
    /// `None` for a message with more to it, which is for Fluent to say.
    pub(super) fn of<R: Borrow<FluentResource>>(bundle: &FluentBundle<R>, id: &str) -> Option<Prepared> {
        let mut pieces = Vec::new();
        lay_out(bundle, bundle.get_message(id)?.value()?, DEEPEST, &mut pieces)?;
        Some(Prepared(pieces))
    }

    /// Writes the message to `said`. `None` where something is not given, or is a number to choose by: then Fluent says it.
    pub(super) fn write(&self, speaker: &Speaker, args: &[(&str, Arg<'_>)], said: &mut String) -> Option<()> {
        let given = |wanted: &str| args.iter().find(|(name, _)| *name == wanted).map(|(_, arg)| *arg);
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => said.push_str(text),
                Piece::Value(name) => match given(name)? {
                    Arg::Number(number) => said.push_str(&number.to_string()),
                    Arg::Phrase(text) => said.push_str(text),
                    Arg::Text(text) => speaker.push_isolated(text, said),
                },
                Piece::Choice { by, variants, otherwise } => {
                    let word = match given(by)? {
                        Arg::Number(_) => return None,
                        Arg::Phrase(word) => Some(word),
                        Arg::Text(word) => Some(word).filter(|word| !speaker.is_foreign(word)),
                    };
                    let chosen = variants.iter().find(|(key, _)| Some(key.as_str()) == word);
                    chosen.map_or(otherwise, |(_, variant)| variant).write(speaker, args, said)?;
                }
            }
        }
        Some(())
    }
}

fn lay_out<R: Borrow<FluentResource>>(
    bundle: &FluentBundle<R>,
    pattern: &Pattern<&str>,
    deepest: usize,
    pieces: &mut Vec<Piece>,
) -> Option<()> {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => push_text(pieces, value),
            PatternElement::Placeable { expression: Expression::Inline(inline) } => match inline {
                InlineExpression::StringLiteral { value } if !value.contains('\\') => push_text(pieces, value),
                InlineExpression::VariableReference { id } => pieces.push(Piece::Value(id.name.to_owned())),
                InlineExpression::MessageReference { id, attribute: None } => {
                    let referred = bundle.get_message(id.name)?.value()?;
                    lay_out(bundle, referred, deepest.checked_sub(1)?, pieces)?;
                }
                _ => return None,
            },
            PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
                let InlineExpression::VariableReference { id } = selector else { return None };
                let mut keyed = Vec::with_capacity(variants.len());
                let mut otherwise = None;
                for variant in variants {
                    let VariantKey::Identifier { name } = variant.key else { return None };
                    let mut inner = Vec::new();
                    lay_out(bundle, &variant.value, deepest.checked_sub(1)?, &mut inner)?;
                    // The first of a name is the one that is found: the last resort may be told by its own name as well.
                    match variant.default {
                        true => otherwise = Some(Prepared(inner)),
                        false => keyed.push((name.to_owned(), Prepared(inner))),
                    }
                }
                pieces.push(Piece::Choice { by: id.name.to_owned(), variants: keyed, otherwise: otherwise? });
            }
        }
    }
    Some(())
}

fn push_text(pieces: &mut Vec<Piece>, text: &str) {
    match pieces.last_mut() {
        Some(Piece::Text(before)) => before.push_str(text),
        _ => pieces.push(Piece::Text(text.to_owned())),
    }
}
