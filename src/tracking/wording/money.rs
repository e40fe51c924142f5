//! Amounts of money as a language writes them.

use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use iso_currency::Currency;

use super::locale::Locale;
use super::speaker::Speaker;

/// "$1,234.50", "1.234,50 €". A currency that ISO 4217 does not know keeps its code, with two decimals.
pub fn money(words: &Speaker, minor_units: i64, currency: &str) -> String {
    thread_local! {
        // ICU's formatters stay on the thread that made them.
        static FORMATTERS: Vec<DecimalFormatter> = Locale::ALL.into_iter().map(formatter).collect();
    }
    let known = Currency::from_code(currency);
    let decimals = known.and_then(|currency| currency.exponent()).unwrap_or(2);
    let mut amount = Decimal::from(minor_units);
    amount.multiply_pow10(-i16::try_from(decimals).unwrap_or(2));
    amount.absolute.pad_end(-i16::try_from(decimals).unwrap_or(2));
    let number = FORMATTERS.with(|formatters| formatters[words.locale().index()].format(&amount).to_string());
    let symbol = known.map_or_else(|| currency.to_owned(), |currency| currency.symbol().to_string());
    match words.locale() {
        // A code needs its space: "CHF 12.00".
        Locale::English | Locale::BritishEnglish if symbol.chars().all(char::is_alphabetic) => {
            format!("{symbol}\u{a0}{number}")
        }
        Locale::English | Locale::BritishEnglish => format!("{symbol}{number}"),
        Locale::German | Locale::Arabic => format!("{number}\u{a0}{symbol}"),
    }
}

fn formatter(locale: Locale) -> DecimalFormatter {
    let tag: icu_locale_core::Locale = locale.tag().parse().expect("our own tags are well-formed");
    DecimalFormatter::try_new((&tag).into(), Default::default()).expect("the data of every locale is compiled in")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_as_the_language_does() {
        let (english, german) = (Speaker::of(Locale::English), Speaker::of(Locale::German));
        assert_eq!(money(english, 123_450, "USD"), "$1,234.50");
        assert_eq!(money(german, 123_450, "EUR"), "1.234,50\u{a0}€");
        assert_eq!(money(english, 500, "JPY"), "¥500");
        assert_eq!(money(english, 100, "XQQ"), "XQQ\u{a0}1.00");
    }
}
