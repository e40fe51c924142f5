//! What an order's page reads, all at once.

use jiff::SignedDuration;

use crate::sources::LineItemDraft;
use crate::testing::{TestApp, a_shipment, an_order, on_both_databases};

use super::order;
use crate::store::{Urgency, orders};

on_both_databases!(
    an_order_is_read_as_it_was_told_whatever_its_texts_hold,
    an_order_is_read_with_all_its_parcels_in_the_order_they_became_known,
    an_order_is_the_same_within_a_transaction_and_without,
);

async fn an_order_is_read_as_it_was_told_whatever_its_texts_hold(app: TestApp) {
    let hostile = ["\"],[\"", "\\", "a\nb\r\n\tc", "\u{1f}\u{1e},|", "null", "<b>É 日本 \u{2068}x</b>", "  "];
    let mut sent = an_order("1001");
    let lamp = sent.draft().items.remove(0);
    for (position, text) in hostile.iter().enumerate() {
        let text = Some((*text).to_owned());
        let item = LineItemDraft {
            source_id: (10 - position).to_string(),
            sku: text.clone().filter(|_| position % 2 == 0),
            title: text.clone().unwrap_or_default(),
            variant: text,
            quantity: position as i64 + 1,
            unit_price: Some(i64::MAX).filter(|_| position % 2 == 1),
            needs_shipping: position % 2 == 0,
            ..lamp.clone()
        };
        sent.draft().items.push(item);
    }
    let drafts = sent.draft().items.clone();
    app.tell(sent).await;
    let read = order(&app, "1001").await.unwrap();
    assert_eq!((read.items.len(), read.shipments.len()), (hostile.len(), 0));
    for (item, draft) in read.items.iter().zip(drafts) {
        assert_eq!((&item.line_item_id, &item.sku), (&draft.source_id, &draft.sku));
        assert_eq!((&item.title, &item.variant), (&draft.title, &draft.variant));
        assert_eq!((item.quantity, item.unit_price), (draft.quantity, draft.unit_price));
        assert_eq!(item.needs_shipping, draft.needs_shipping);
    }
}

async fn an_order_is_read_with_all_its_parcels_in_the_order_they_became_known(app: TestApp) {
    let numbers = ["1Z5R89390357567127", "794644790138", "JD014600006281230704"];
    app.tell(an_order("1001")).await;
    for number in numbers {
        app.tell(a_shipment(number).of_order("1001")).await;
        app.advance(SignedDuration::from_mins(1));
    }
    let read = order(&app, "1001").await.unwrap();
    let told: Vec<&str> = read.shipments.iter().map(|parcel| parcel.tracking_number.as_str()).collect();
    assert_eq!(told, numbers);
    assert_eq!(read.items.len(), 1);
    app.tell({
        let mut empty = an_order("1002");
        empty.draft().items.clear();
        empty
    })
    .await;
    let empty = order(&app, "1002").await.unwrap();
    assert_eq!((empty.items.len(), empty.shipments.len()), (0, 0));
    assert!(order(&app, "1003").await.is_none());
}

/// SQLite's readers and its writer are read through different libraries.
async fn an_order_is_the_same_within_a_transaction_and_without(app: TestApp) {
    app.tell(an_order("1001")).await;
    app.tell(a_shipment("1Z5R89390357567127").of_order("1001")).await;
    app.tell(a_shipment("794644790138").of_order("1001")).await;
    app.tell(an_order("1002")).await;
    for key in ["1001", "1002", "1003"] {
        let mut writing = app.store.write(Urgency::Batch).await.unwrap();
        let within = orders::order(&mut writing, app.store.vault(), app.brand(), key).await.unwrap();
        drop(writing);
        assert_eq!(format!("{within:?}"), format!("{:?}", order(&app, key).await));
    }
}
