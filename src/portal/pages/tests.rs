//! What a reader and a script find on the pages: the fixed hooks, the outline, nothing inline, nothing unescaped.

use std::collections::HashMap;
use std::sync::Arc;

use super::*;
use crate::places::map::{Dot, JourneyMap, Label, Side};
use crate::portal::components::map::drawing;
use crate::portal::view::{
    EventView, IncidentView, ItemView, JourneyView, OrderView, ShipmentView, StepState, StepView, TimeView, WindowView,
};
use crate::tracking::wording::{Locale, Speaker};

fn contexts() -> Vec<PageContext> {
    crate::brand::demo::brands()
        .into_iter()
        .flat_map(|brand| {
            let brand = Arc::new(brand);
            [Locale::English, Locale::German].map(|locale| {
                let copy: HashMap<String, String> =
                    brand.copy.get(locale.tag()).cloned().unwrap_or_default().into_iter().collect();
                let words = Arc::new(Speaker::with_overrides(locale, &copy).expect("the demo's copy is right"));
                let assets = Assets {
                    stylesheet: "doorstep.1.css".to_owned(),
                    browser_build: Some(BrowserBuild {
                        boot: "boot.1.js".to_owned(),
                        glue: "doorstep.1.js".to_owned(),
                        wasm: "doorstep.1.wasm".to_owned(),
                    }),
                };
                PageContext::new(Arc::clone(&brand), words, &assets, "1.css").at("/tracking", true)
            })
        })
        .collect()
}

const HOSTILE: &str = "<script>alert(1)</script>\"' onload=x";

/// The parcel was last seen at the dot without a name.
fn dot(x: i32, name: Option<&str>) -> Dot {
    let side = Side { anchor: "start", right: 0.0, down: 0.0 };
    let label = name.map(|name| Label { text: name.to_owned(), side, is_major: false });
    Dot { x, y: 0, is_present: label.is_none(), label }
}

fn parcel(number: &str) -> ShipmentView {
    let steps = ["ordered", "processing", "shipped", "out_for_delivery", "delivered"];
    let event = |folded| EventView {
        text: HOSTILE.to_owned(),
        day: "Today".to_owned(),
        time: TimeView { datetime: "2026-11-05T21:14:00-06:00".to_owned(), text: String::new() },
        place: Some(HOSTILE.to_owned()),
        folded,
        ..EventView::default()
    };
    ShipmentView {
        tracking_number: number.to_owned(),
        status: "in_transit.departed_facility".into(),
        headline: "It is on its way".to_owned(),
        journey: Some(JourneyView {
            caption: HOSTILE.to_owned(),
            names: vec![HOSTILE.to_owned(), "Chicago".to_owned()],
            drawing: drawing(&JourneyMap {
                land: "M0 0l9 9z".to_owned(),
                route: "M0 0q4-4 9 0".to_owned(),
                dots: vec![dot(0, Some(HOSTILE)), dot(9, None)],
                ..JourneyMap::default()
            }),
        }),
        window: Some(WindowView {
            from: "2026-11-12".to_owned(),
            to: "2026-11-12".to_owned(),
            ..WindowView::default()
        }),
        progress: steps
            .map(|step| StepView {
                step: step.into(),
                state: if step == "shipped" { StepState::Current } else { StepState::Ahead },
                ..StepView::default()
            })
            .to_vec(),
        incident: Some(IncidentView {
            kind: "weather".to_owned(),
            what: HOSTILE.to_owned(),
            ..IncidentView::default()
        }),
        events: vec![event(false), event(true), event(true)],
        carrier: HOSTILE.to_owned(),
        freshness: Some("Scanned".to_owned()),
        items: vec![ItemView { sku: HOSTILE.to_owned(), title: HOSTILE.to_owned(), ..ItemView::default() }],
        ..ShipmentView::default()
    }
}

fn order(parcels: Vec<ShipmentView>) -> OrderView {
    OrderView {
        order_number: "#1001".to_owned(),
        headline: "It is on its way".to_owned(),
        shipments: parcels,
        live: Some("/tracking/orders/1001/events".to_owned()),
        ..OrderView::default()
    }
}

fn count(html: &str, part: &str) -> usize {
    html.matches(part).count()
}

#[test]
fn the_hooks_of_the_order_page_are_there() {
    for context in contexts() {
        let html = render_order(&context, &order(vec![parcel("1Z1")]));
        for hook in [
            "<main id=\"main\" tabindex=\"-1\" data-page=\"order\" data-live=\"/tracking/orders/1001/events\"",
            "data-shipment=\"1Z1\" data-status=\"in_transit.departed_facility\"",
            "<h1 data-part=\"headline\">It is on its way</h1>",
            "<time data-part=\"eta-from\" datetime=\"2026-11-12\"",
            "<time data-part=\"eta-to\" datetime=\"2026-11-12\"",
            "data-part=\"freshness\"",
            "data-part=\"incident\"",
            "data-part=\"items\"",
            "data-part=\"progress\"",
        ] {
            assert_eq!(count(&html, hook), 1, "{hook} in {html}");
        }
        assert_eq!(count(&html, "<li data-step="), 5);
        assert_eq!(count(&html, "aria-current=\"step\""), 1);
        assert_eq!(count(&html, "data-part=\"event\""), 3);
    }
}

#[test]
fn each_page_has_one_h1_and_no_hole_in_its_outline() {
    for context in contexts() {
        for html in every_page(&context) {
            assert_eq!(count(&html, "<h1"), 1, "{html}");
            let mut last = 1;
            for (at, _) in html.match_indices("<h") {
                let Some(level @ 1..=6) = html[at + 2..].chars().next().and_then(|c| c.to_digit(10)) else { continue };
                assert!(level <= last + 1, "h{level} after h{last} in {html}");
                last = level;
            }
        }
    }
}

#[test]
fn an_order_without_parcels_still_answers_in_its_heading() {
    let html = render_order(&contexts()[0], &order(Vec::new()));
    assert_eq!(count(&html, "<h1 data-part=\"headline\">"), 1);
}

#[test]
fn with_several_parcels_each_has_a_heading_of_its_own() {
    let html = render_order(&contexts()[0], &order(vec![parcel("1Z1"), parcel("1Z2")]));
    assert_eq!(count(&html, "<h2 data-part=\"headline\">"), 2);
}

#[test]
fn the_map_stands_below_the_updates_and_says_the_same_in_words() {
    let context = &contexts()[0];
    let alone = render_order(context, &order(vec![parcel("1Z1")]));
    let map = &alone[alone.find("data-part=\"map\"").expect("a map")..];
    assert!(alone.find("data-part=\"updates\"") < alone.find("data-part=\"map\""));
    assert!(map.contains("aria-hidden=\"true\"") && map.contains("<figcaption") && map.contains("Chicago</li>"));
    assert!(map.contains("d=\"M0 0q4-4 9 0\"") && map.contains("d=\"M9 0h0\""));
    let several = render_order(context, &order(vec![parcel("1Z1"), parcel("1Z2")]));
    assert_eq!(count(&several, "data-part=\"map\""), 2);
    assert_eq!(count(&several, context.say("journey-show")), 2);
    let nowhere = ShipmentView { journey: None, ..parcel("1Z1") };
    assert_eq!(count(&render_order(context, &order(vec![nowhere])), "data-part=\"map\""), 0);
}

#[test]
fn a_parcel_page_tells_nothing_of_the_order() {
    let html = render_parcel(&contexts()[0], &parcel("1Z1"), None);
    assert_eq!(count(&html, "data-sku"), 0);
    assert_eq!(count(&html, "data-shipment=\"1Z1\""), 1);
}

#[test]
fn nothing_is_inline_and_nothing_comes_from_elsewhere() {
    for context in contexts() {
        for html in every_page(&context) {
            assert_eq!(count(&html, " style="), 0);
            assert_eq!(count(&html, "<style"), 0);
            assert_eq!(count(&html, "<script>"), 0, "{html}");
            assert_eq!(count(&html, "src=\"http"), 0);
            // What others wrote is text: its quote ends no attribute.
            assert_eq!(count(&html, "</script>\"'"), 0);
        }
    }
}

#[test]
fn every_word_is_known_in_both_languages() {
    let ids =
        |text: &str| text.split('>').filter_map(|part| part.split('<').next()).map(str::to_owned).collect::<Vec<_>>();
    for context in contexts() {
        for html in every_page(&context) {
            for said in ids(&html) {
                assert!(!context.words.knows(said.trim()), "{said} stands there as its own id");
                // An unknown message is said as its id: words with hyphens and no spaces.
                let like_an_id =
                    said.len() > 8 && said.contains('-') && said.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
                assert!(!like_an_id, "{said} is no message");
            }
        }
    }
}

fn every_page(context: &PageContext) -> Vec<String> {
    let notice = Some(Notice { kind: NoticeKind::Error, text: HOSTILE.to_owned() });
    let mut pages = vec![
        render_lookup(context, &LookupView { q: HOSTILE.to_owned(), notice: notice.clone() }),
        render_proof(context, &ProofFormView { q: HOSTILE.to_owned(), notice: notice.clone() }),
        render_code(context, &CodeView { contact: HOSTILE.to_owned(), hint: None, notice }),
        render_link(context, &LinkConfirmView { token: HOSTILE.to_owned() }),
        render_orders(context, &OrdersView::default()),
        render_order(context, &order(Vec::new())),
        render_order(context, &order(vec![parcel("1Z1")])),
        render_order(context, &order(vec![parcel(HOSTILE), parcel("1Z2")])),
        render_parcel(context, &parcel("1Z1"), None),
    ];
    for status in [400, 403, 404, 405, 410, 413, 418, 421, 422, 429, 500, 502, 503] {
        pages.push(render_error(context, &ErrorView { status, wait_minutes: 1 }));
    }
    pages
}
