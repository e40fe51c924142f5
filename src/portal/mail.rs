//! The messages that open a shopper's orders: what they say, as text and as plain HTML without a single picture.

use jiff::civil::Date;

use crate::orders::aftercare::Cause;
use crate::orders::contact::Contact;
use crate::store::messages::OutgoingMessage;
use crate::tracking::way_out::Request;
use crate::tracking::wording::{Arg, Speaker};

/// Minutes that a code and a one-time link work.
const MINUTES: i64 = 10;

/// A code, and a link for another device.
pub fn code_message(words: &Speaker, brand: &str, contact: &Contact, code: &str, link: &str) -> OutgoingMessage {
    let args =
        [("code", Arg::Text(code)), ("brand", brand.into()), ("minutes", Arg::Number(MINUTES)), ("link", link.into())];
    let say = |id: &str| words.say(id, &args);
    if let Contact::Phone(number) = contact {
        return OutgoingMessage {
            channel: "sms".to_owned(),
            to: number.clone(),
            subject: String::new(),
            text: say("sms-code"),
            html: String::new(),
        };
    }
    let (greeting, intro, how) = (say("mail-greeting"), say("mail-code-intro"), say("mail-code-use"));
    let (or, not_you, signature) = (say("mail-code-link"), say("mail-code-not-you"), say("mail-signature"));
    let text = format!("{greeting}\n\n{intro}\n\n    {code}\n\n{how}\n\n{or}\n{link}\n\n{not_you}\n\n{signature}\n");
    let paragraphs = [
        escaped(&greeting),
        escaped(&intro),
        format!("<strong>{}</strong>", escaped(code)),
        escaped(&how),
        format!("{}<br><a href=\"{}\">{}</a>", escaped(&or), escaped(link), escaped(&say("mail-code-button"))),
        escaped(&not_you),
        escaped(&signature),
    ];
    OutgoingMessage {
        channel: "email".to_owned(),
        to: contact.as_str().to_owned(),
        subject: say("mail-code-subject"),
        text,
        html: document(words, &paragraphs),
    }
}

/// A shopper's request, to the shop's own mailbox.
pub fn request_message(
    words: &Speaker,
    mailbox: &Contact,
    order: &str,
    parcel: &str,
    request: &Request,
    text: &str,
) -> OutgoingMessage {
    let action = words.text(&request.way_out.message()).to_owned();
    let day = words.dates(|dates| dates.short_day(request.answer_by));
    let args =
        [("order", Arg::Text(order)), ("parcel", parcel.into()), ("action", (&action).into()), ("day", (&day).into())];
    let say = |id: &str| words.say(id, &args);
    let lines = [say("request-mail-intro"), text.to_owned(), say("request-mail-by")];
    let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    let paragraphs: Vec<String> = lines.iter().map(|line| escaped(line)).collect();
    OutgoingMessage {
        channel: "email".to_owned(),
        to: mailbox.as_str().to_owned(),
        subject: say("request-mail-subject"),
        text: format!("{}\n", lines.join("\n\n")),
        html: document(words, &paragraphs),
    }
}

/// What a shopper turned to the shop with, to the shop's own mailbox.
#[expect(clippy::too_many_arguments, reason = "each is one line of the message")]
pub fn case_message(
    words: &Speaker,
    mailbox: &Contact,
    order: &str,
    parcel: &str,
    cause: Cause,
    update: &str,
    text: &str,
    answer_by: Date,
) -> OutgoingMessage {
    let cause = words.text(cause.message()).to_owned();
    let day = words.dates(|dates| dates.short_day(answer_by));
    let args = [
        ("order", Arg::Text(order)),
        ("parcel", parcel.into()),
        ("cause", (&cause).into()),
        ("update", update.into()),
        ("day", (&day).into()),
    ];
    let say = |id: &str| words.say(id, &args);
    let lines = [say("case-mail-intro"), text.to_owned(), say("case-mail-update"), say("case-mail-by")];
    let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    let paragraphs: Vec<String> = lines.iter().map(|line| escaped(line)).collect();
    OutgoingMessage {
        channel: "email".to_owned(),
        to: mailbox.as_str().to_owned(),
        subject: say("case-mail-subject"),
        text: format!("{}\n", lines.join("\n\n")),
        html: document(words, &paragraphs),
    }
}

fn document(words: &Speaker, paragraphs: &[String]) -> String {
    let body: String = paragraphs.iter().map(|paragraph| format!("<p>{paragraph}</p>")).collect();
    let locale = words.locale();
    format!(
        "<!DOCTYPE html><html lang=\"{}\" dir=\"{}\"><meta charset=\"utf-8\"><body>{body}</body></html>",
        locale.tag(),
        locale.direction().as_str()
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tracking::wording::Locale;

    #[test]
    fn a_code_mail_holds_code_and_link_and_no_markup_of_others() {
        let contact = Contact::email("ada@example.com").unwrap();
        let words = Speaker::of(Locale::English);
        let mail = code_message(words, "A & <B>", &contact, "123456", "https://shop.example/tracking/l/abc");
        for part in [&mail.text, &mail.html] {
            assert!(part.contains("123456") && part.contains("https://shop.example/tracking/l/abc"), "{part}");
        }
        assert!(mail.subject.contains("123456"));
        assert!(mail.html.contains("A &amp; &lt;B&gt;") && !mail.html.contains("<B>"));
    }
}
