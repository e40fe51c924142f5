//! Payloads built by hand after public shapes of sources of which none is recorded: data alone, so that the benchmark of the
//! parsers reads this very file. The carriers' own stand in `carrier/documented_payloads.rs`.

/// A push of ShipEngine.
pub const SHIPENGINE: &str = r#"{"resource_url":"https://api.shipengine.com/v1/tracking?carrier_code=usps&tracking_number=94","resource_type":"API_TRACK","data":{
        "tracking_number":"94","status_code":"DE","status_detail_code":"DELIVERED_TO_NEIGHBOUR","status_description":"Delivered","carrier_status_code":"01",
        "estimated_delivery_date":"2026-05-06T00:00:00Z","actual_delivery_date":"2026-05-06T16:10:00Z","events":[
        {"occurred_at":"2026-05-06T16:10:00Z","carrier_occurred_at":"2026-05-06T11:10:00","description":"Delivered to neighbour","city_locality":"AUSTIN","state_province":"TX","postal_code":"78756","country_code":"US","signer":"J. DOE","status_code":"DE","status_detail_code":"DELIVERED_TO_NEIGHBOUR","carrier_status_code":"01","proof_of_delivery_url":"https://pod.example/1.png"},
        {"occurred_at":"2026-05-06T08:00:00Z","carrier_occurred_at":"2026-05-06T08:00:00","description":"Out for Delivery","city_locality":"AUSTIN","state_province":"TX","postal_code":"78756","country_code":"US","status_code":"IT","status_detail_code":"OUT_FOR_DELIVERY","carrier_status_code":"OF"},
        {"occurred_at":"2026-05-05T08:00:00Z","description":"?","city_locality":"","state_province":"","postal_code":"","status_code":"IT","event_code":"ZZ","carrier_status_code":"ZZ"}]}}"#;

/// A push of Karrio.
pub const KARRIO: &str = r#"{"type":"tracker_updated","data":{"id":"trk_1","object_type":"tracker","carrier_name":"ups","carrier_id":"my-ups","tracking_number":"1Z12345E6605272234",
        "status":"in_transit","delivered":false,"estimated_delivery":"2026-05-07","info":{"order_id":"1001","shipment_destination_country":"US","signed_by":null},
        "events":[{"code":"OT","date":"2026-05-06","time":"08:15 AM","description":"Out for Delivery","location":"CHICAGO, IL, US","status":"out_for_delivery","timestamp":null},
                  {"code":"DP","date":"2026-05-05","time":"20:15","description":"Departed","location":"Roland"},
                  {"code":"MP","date":"2026-05-04","description":"Label"}]},"test_mode":false}"#;

/// A push in Doorstep's own format: an order, its parcel and what cannot be read.
pub const DOORSTEP_JSON: &str = r##"{"type":"order.updated","timestamp":"2026-05-05T12:00:00Z","data":{"order_number":"#7","id":"o7","placed_at":"2026-05-04T09:30:00+02:00",
        "ship_by":"2026-05-05","promised":{"earliest":"2026-05-07","latest":"2026-05-08"},"fulfilment_centre":"Ulm","email":"a@b.example","phones":["+49 1"],
        "locale":"de-DE","currency":"eur","total":"59.90","address":{"name":"A","lines":["Weg 1"],"city":"Ulm","postal_code":"89073","country":"DE"},
        "items":[{"id":"1","sku":"L","title":"Lamp","quantity":1,"unit_price":59.9,"image":"https://x.example/l.png"}],
        "shipments":[{"tracking_number":"00340","carrier":"DHL","service":"Paket","estimate":{"latest":"2026-05-08"},"pickup":{"name":"Kiosk","until":"2026-05-12","code":"42"},
            "proof":{"signed_by":"A"},"origin":{"city":"Ulm","country":"DE"},"items":[{"id":"1","quantity":1}],
            "events":[{"id":"e2","occurred_at":"2026-05-05T08:00:00","time_zone":"Europe/Berlin","status":"available_for_pickup","text":"At the kiosk","place":{"city":"Ulm","country":"DE"}},
                {"occurred_at":"2026-05-04T18:00:00+02:00","status":"in_transit.accepted","code":"AA"},
                {"occurred_at":"2026-05-04T18:00:00+02:00","status":"shipped"},
                {"occurred_at":"soon","status":"delivered"},
                {"occurred_at":"2026-05-04","code":"XY"}]}]}}"##;

/// A file in Doorstep's own format: rows that belong together, and rows that cannot be read.
pub const DOORSTEP_CSV: &str = "Order Number;Email;Placed At;Currency;SKU;Product Title;Quantity;Unit Price;Tracking Number;Carrier;Event Time;Status;Event City;Event Country\n\
        1001;a@b.example;2026-05-04T09:30:00+02:00;EUR;L;\"Lamp; big\";1;59.90;1Z1;UPS;2026-05-04T18:00:00+02:00;in_transit.accepted;Ulm;DE\n\
        1001;;;;L;Lamp;1;59.90;1Z1;;2026-05-05T18:00:00+02:00;delivered;Ulm;DE\n\
        1001;;;;B;Bulb;2;4.50;;;;;;\n\
        1002;c@d.example;yesterday;EUR;;;;;;;;;;\n\
        ;;;;;;;;;;;;;\n\
        1003;;;;;;;;;;2026-05-05T18:00:00Z;delivered;;\n\
        1004;;;EUR;L;Lamp;some;;;;;;;\n\
        1005;too;few\n\
        ;;;;;;;;1Z2;ups;;delivered;;\n\
        ;;;;;;;;1Z1;UPS;2026-05-05T18:00:00+02:00;delivered;Ulm;DE\n";

/// An answer of DHL Paket.
pub const DHL_PAKET: &str = r#"<?xml version="1.0" encoding="UTF-8"?><data name="piece-shipment-list" request-id="1" code="0">
        <data name="piece-shipment" error-status="0" piece-id="3b048653" piece-code="00340434161094027318" ice="DLVRD" ric="OTHER"
          status="Die Sendung wurde erfolgreich zugestellt." delivery-event-flag="1" standard-event-code="ZU" ruecksendung="false"
          product-name="DHL PAKET" dest-country="DE" pan-recipient-name="Max Beispiel">
        <data name="piece-event-list"><data name="piece-event" event-timestamp="17.03.2016 11:10" ice="PARCV" ric="XXXXX"
          event-status="Die Sendung wurde elektronisch angekündigt." event-location="" event-country="Deutschland" standard-event-code="VA"/>
        <data name="piece-event" event-timestamp="18.03.2016 08:40" ice="SRTED" event-status="Die Sendung wurde in das Zustellfahrzeug geladen."
          event-location="Bonn" event-country="Deutschland" standard-event-code="PO"/>
        <data name="piece-event" event-timestamp="18.03.2016 10:02" ice="DLVRD" event-status="Die Sendung wurde erfolgreich zugestellt."
          event-location="Bonn" event-country="Deutschland" standard-event-code="ZU"/></data></data></data>"#;

/// An answer of DHL's unified API.
pub const DHL_UNIFIED: &str = r#"{"shipments":[{"id":"00340434292135100124","service":"parcel-de","origin":{"address":{"countryCode":"DE"}},
        "destination":{"address":{"countryCode":"DE","postalCode":"53113","addressLocality":"Bonn"}},
        "status":{"timestamp":"2024-01-31T10:00:00+01:00","statusCode":"delivered","status":"Delivery successful"},
        "estimatedDeliveryTimeFrame":{"estimatedFrom":"2024-01-31T09:00:00+01:00","estimatedThrough":"2024-01-31T11:00:00+01:00"},
        "details":{"product":{"productName":"DHL PAKET"},"proofOfDelivery":{"signatureUrl":"https://example.org/s.png",
        "signed":{"name":"Frau Beispiel"}}},"events":[
        {"timestamp":"2024-01-31T10:00:00+01:00","statusCode":"delivered","description":"Die Sendung wurde an einen Nachbarn zugestellt.",
         "location":{"address":{"addressLocality":"Bonn","countryCode":"DE"}}},
        {"timestamp":"2024-01-31T07:00:00.1234567+01:00","statusCode":"transit","status":"The shipment has been loaded onto the delivery vehicle"},
        {"timestamp":"2024-01-30T20:00:00+01:00","statusCode":"transit","statusDetailed":"ULFMV"},
        {"timestamp":"2024-01-29T20:00:00+01:00","statusCode":"pre-transit","status":"Data received"},
        {"timestamp":"2024-01-28T20:00:00+01:00","statusCode":"unknown","status":"?"}]}]}"#;
