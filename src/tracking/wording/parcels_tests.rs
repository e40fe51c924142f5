//! Every pair of standings, and what they are called.

use jiff::civil::date;

use super::*;

const TODAY: Date = date(2026, 10, 5);

fn parcel(standing: Standing, item: &'static str) -> Parcel<'static> {
    let coming = matches!(standing, Standing::Late | Standing::Arriving);
    let friday = coming.then_some(date(2026, 10, 9));
    Parcel {
        standing,
        items: if item.is_empty() { Vec::new() } else { vec![item] },
        expectation: Expectation { earliest: friday, latest: friday, has_moved_later: standing == Standing::Late },
        on: (standing == Standing::Delivered).then_some(TODAY),
    }
}

fn said(locale: Locale, parcels: &[Parcel<'_>]) -> String {
    Speaker::of(locale).headline_of_parcels(parcels, TODAY)
}

/// The lamp stands as the row says, the rug as the column.
#[test]
fn every_pair_of_parcels_is_told_worst_first() {
    use Standing::*;
    let lost = "seems to be lost; ask us for a new one or a refund";
    let clause = |standing: Standing, what: &str| match standing {
        Lost => format!("{what} {lost}"),
        ActionNeeded => format!("{what} needs your help to go on"),
        Returning => format!("{what} is on its way back to us"),
        Late => format!("{what} is late, now expected Friday"),
        Collect => format!("{what} is ready to collect"),
        Arriving => format!("{what} should arrive by Friday"),
        ToShip => format!("{what} is still to be sent"),
        Delivered => format!("{what} was delivered today"),
        Cancelled => format!("{what} was cancelled"),
    };
    let upper = |text: String| format!("T{}", &text[1..]);
    for lamp in Standing::ALL {
        for rug in Standing::ALL {
            let parcels = [parcel(lamp, "lamp"), parcel(rug, "rug")];
            let expected = match (lamp, rug) {
                (Delivered, Delivered) => "Both packages were delivered today".to_owned(),
                (Cancelled, Cancelled) => "The lamp and the rug were cancelled".to_owned(),
                (Cancelled, _) => upper(clause(rug, "the rug")),
                (_, Cancelled) => upper(clause(lamp, "the lamp")),
                (Delivered, _) => format!("1 of 2 arrived; {}", clause(rug, "the rug")),
                (_, Delivered) => format!("1 of 2 arrived; {}", clause(lamp, "the lamp")),
                _ if lamp < rug => upper(format!("{}; {}", clause(lamp, "the lamp"), clause(rug, "the rug"))),
                _ if lamp > rug => upper(format!("{}; {}", clause(rug, "the rug"), clause(lamp, "the lamp"))),
                (Lost, _) => "The lamp and the rug seem to be lost; ask us for a new one or a refund".to_owned(),
                (ActionNeeded, _) => "The lamp and the rug need your help to go on".to_owned(),
                (Returning, _) => "The lamp and the rug are on their way back to us".to_owned(),
                (Late, _) => "The lamp and the rug are late, now expected Friday".to_owned(),
                (Collect, _) => "The lamp and the rug are ready to collect".to_owned(),
                (Arriving, _) => "The lamp and the rug should arrive by Friday".to_owned(),
                (ToShip, _) => "The lamp and the rug are still to be sent".to_owned(),
            };
            assert_eq!(said(Locale::English, &parcels), expected, "{lamp:?} and {rug:?}");
            let turned = [parcels[1].clone(), parcels[0].clone()];
            if lamp != rug {
                assert_eq!(said(Locale::English, &turned), expected, "the order of parcels changes nothing");
            }
        }
    }
}

#[test]
fn every_pair_is_told_in_every_language_with_and_without_names_and_days() {
    for locale in Locale::ALL {
        for one in Standing::ALL {
            for other in Standing::ALL {
                for names in [("Lampe", "Teppich"), ("", "Teppich"), ("", "")] {
                    for dated in [true, false] {
                        let mut parcels = [parcel(one, names.0), parcel(other, names.1)];
                        if !dated {
                            for parcel in &mut parcels {
                                parcel.expectation = Expectation::default();
                                parcel.on = None;
                            }
                        }
                        let said = said(locale, &parcels);
                        assert!(!said.contains(['{', '}', '$']) && said.len() > 8, "{said}");
                        assert!(!said.contains("  ") && !said.ends_with([' ', ';', ',']), "{said:?}");
                        let first = said.chars().find(|c| c.is_alphanumeric()).unwrap();
                        assert!(!first.is_lowercase(), "{said}");
                    }
                }
            }
        }
    }
}

#[test]
fn what_arrived_comes_first_and_the_lamp_is_named_with_its_day() {
    let parcels = [parcel(Standing::Late, "lamp"), parcel(Standing::Delivered, "rug")];
    assert_eq!(said(Locale::English, &parcels), "1 of 2 arrived; the lamp is late, now expected Friday");
    assert_eq!(said(Locale::German, &parcels), "1 von 2 angekommen; „lamp“ verspätet sich, jetzt erwartet: Freitag");
}

#[test]
fn what_is_held_up_but_on_time_is_not_called_late() {
    let mut held = parcel(Standing::Late, "lamp");
    held.expectation.has_moved_later = false;
    let parcels = [held, parcel(Standing::Delivered, "rug")];
    let expected = "1 of 2 arrived; the lamp is held up, but should still arrive by Friday";
    assert_eq!(said(Locale::English, &parcels), expected);
}

#[test]
fn a_day_is_said_of_all_only_where_all_came_on_it() {
    let mut parcels = [parcel(Standing::Delivered, "lamp"), parcel(Standing::Delivered, "rug")];
    parcels[1].on = Some(date(2026, 10, 4));
    assert_eq!(said(Locale::English, &parcels), "Both packages were delivered");
}

#[test]
fn unnamed_parcels_are_counted() {
    let parcels = [parcel(Standing::Late, ""), parcel(Standing::Arriving, ""), parcel(Standing::Arriving, "")];
    let expected = "One package is late, now expected Friday; the other 2 packages should arrive by Friday";
    assert_eq!(said(Locale::English, &parcels), expected);
    assert_eq!(said(Locale::English, &parcels[..1]), "One package is late, now expected Friday");
    assert_eq!(said(Locale::English, &[]), "");
}

#[test]
fn a_plural_title_takes_a_plural_verb() {
    let late = |item| said(Locale::English, &[parcel(Standing::Late, item)]);
    assert_eq!(late("Wool Socks"), "The Wool Socks are late, now expected Friday");
    assert_eq!(late("Summer Dress"), "The Summer Dress is late, now expected Friday");
    assert_eq!(late("Blue Canvas"), "The Blue Canvas is late, now expected Friday");
}

#[test]
fn a_long_title_is_cut_between_words() {
    assert_eq!(
        shortened("Hand-woven rug of New Zealand wool, 200 × 300 cm"),
        "Hand-woven rug of New Zealand wool, 200…"
    );
    assert_eq!(shortened("Lamp"), "Lamp");
}

#[test]
fn every_status_has_a_standing_and_trouble_is_never_plainly_arriving() {
    for status in Status::ALL {
        let standing = Standing::of(*status, Timing::None);
        if status.milestone() == Milestone::Exception {
            assert!(standing <= Standing::Late, "{status}");
        }
        assert!(Standing::of(*status, Timing::Late) <= standing.max(Standing::Late));
    }
    assert_eq!(Standing::of(Status::InTransit, Timing::Overdue), Standing::Late);
    assert_eq!(Standing::of(Status::DeliveredNeighbour, Timing::Overdue), Standing::Delivered);
}
