//! The portal as a browser meets it: what it answers, to whom, and what it never tells. The names are the rules.

mod codes;
mod gates;
mod hooks;
mod links;
mod live;
mod lookup;
mod policies;
mod privacy;
mod recommended;

use crate::testing::builders::UPS;
use crate::testing::{TestApp, a_shipment, an_order};

const ADA: &str = "ada@example.com";

/// Meadow with Ada's order #1001: a lamp, on its way to Berlin.
async fn with_adas_order() -> TestApp {
    let app = TestApp::new().await;
    tell_of_ada(&app).await;
    app
}

async fn tell_of_ada(app: &TestApp) {
    let order = an_order("#1001").with_email(ADA).with_phone("+49 30 901820");
    app.tell(order.with_shipment(a_shipment(UPS).in_transit().expected("2026-11-09"))).await;
}
