//! What lies on the disk tells nothing of the people in it, and opens with its own keys alone.

use crate::store::access::{order_with_contact, reachable};
use crate::store::inbox::{self, Delivery};
use crate::store::messages::{self, OutgoingMessage};
use crate::store::seal::Keys;
use crate::store::{Store, StoreError, fetch_all};
use crate::testing::{TestApp, a_shipment, an_order, on_both_databases};

on_both_databases!(
    a_contact_is_found_by_its_blind_index_and_read_by_unsealing,
    other_keys_are_refused_with_what_to_do,
    rotated_keys_still_open_the_store,
    no_column_holds_a_contact_in_the_clear,
);

const EMAIL: &str = "canary-ada@example.com";
const PHONE: &str = "+4930901820";

async fn told(app: &TestApp) {
    let mut order = an_order("#1001").with_email(EMAIL).with_phone(PHONE);
    let address = order.draft().address.as_mut().unwrap();
    address.name = Some("Canary Lovelace".to_owned());
    address.lines = vec!["Canarystraße 17".to_owned()];
    app.tell(order.with_shipment(a_shipment("1Z1").delivered())).await;
    let mut conn = app.writing().await;
    let delivery = Delivery {
        brand: app.brand(),
        source: "doorstep".to_owned(),
        delivery_key: "d1".to_owned(),
        headers: vec![("x-canary".to_owned(), "Canary header".to_owned())],
        body: b"{\"name\": \"Canary body\"}".to_vec(),
    };
    let sealed = inbox::seal(app.store.vault(), delivery, app.now()).unwrap();
    inbox::append(&mut conn, &[sealed], app.now()).await.unwrap();
    let message = OutgoingMessage {
        channel: "email".to_owned(),
        to: EMAIL.to_owned(),
        subject: "Canary subject".to_owned(),
        text: "Canary text".to_owned(),
        html: String::new(),
    };
    messages::enqueue(&mut conn, app.store.vault(), app.brand(), &message, true, app.now()).await.unwrap();
    conn.commit().await.unwrap();
}

#[tokio::test]
async fn the_files_on_disk_hold_no_person() {
    let app = TestApp::new().await;
    told(&app).await;
    app.store.close().await;
    let mut read = 0;
    for entry in std::fs::read_dir(app.folder()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        read += bytes.len();
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        for word in ["canary", "901820", "lovelace"] {
            assert!(!text.contains(word), "{word} lies on the disk");
        }
    }
    assert!(read > 10_000, "the store was not read");
}

async fn no_column_holds_a_contact_in_the_clear(app: TestApp) {
    told(&app).await;
    let mut conn = app.reading().await;
    let sealed = fetch_all!(
        conn,
        (Vec<u8>,),
        "SELECT sealed FROM contacts UNION ALL SELECT blind_index FROM contacts UNION ALL SELECT address FROM orders
         UNION ALL SELECT body FROM inbox UNION ALL SELECT headers FROM inbox UNION ALL SELECT sealed FROM outgoing_messages"
    );
    let sealed = sealed.unwrap();
    assert_eq!(sealed.len(), 8);
    for (bytes,) in sealed {
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        assert!(!text.contains("canary") && !text.contains("901820"));
    }
}

async fn a_contact_is_found_by_its_blind_index_and_read_by_unsealing(app: TestApp) {
    told(&app).await;
    let vault = app.store.vault();
    let mut conn = app.reading().await;
    for contact in [EMAIL, PHONE] {
        let index = vault.blind_index(b"contact", contact.as_bytes());
        let order = order_with_contact(&mut conn, app.brand(), "1001", &index).await.unwrap();
        assert!(order.is_some(), "{contact}");
        let other_brand = order_with_contact(&mut conn, app.brand_of("volt"), "1001", &index).await.unwrap();
        assert_eq!(other_brand, None);
        let reachable = reachable(&mut conn, vault, app.brand(), &index).await.unwrap();
        assert_eq!(reachable.contact.unwrap().as_str(), contact);
        assert_eq!(reachable.emails.len(), 1);
    }
    let nobody = vault.blind_index(b"contact", b"nobody@example.com");
    assert_eq!(order_with_contact(&mut conn, app.brand(), "1001", &nobody).await.unwrap(), None);
    assert!(reachable(&mut conn, vault, app.brand(), &nobody).await.unwrap().contact.is_none());
}

async fn other_keys_are_refused_with_what_to_do(app: TestApp) {
    let other = Store::open(app.url(), Keys::read(&Keys::fresh_text()).unwrap()).await.unwrap();
    for refused in [other.check().await, other.migrate().await] {
        match refused {
            Err(StoreError::Schema(cause)) => assert!(cause.contains("DOORSTEP_SECRET_KEYS"), "{cause}"),
            other => panic!("{other:?}"),
        }
    }
}

async fn rotated_keys_still_open_the_store(app: TestApp) {
    told(&app).await;
    let newer = Keys::fresh_text().replacen("1:", "2:", 1);
    let both = Keys::read(&format!("{newer},{}", app.keys())).unwrap();
    let reopened = Store::open(app.url(), both).await.unwrap();
    reopened.check().await.unwrap();
    let index = reopened.vault().blind_index(b"contact", EMAIL.as_bytes());
    assert_eq!(index, app.store.vault().blind_index(b"contact", EMAIL.as_bytes()));
    let mut conn = reopened.read().await.unwrap();
    let found = reachable(&mut conn, reopened.vault(), app.brand(), &index).await.unwrap();
    assert_eq!(found.contact.unwrap().as_str(), EMAIL);
}
