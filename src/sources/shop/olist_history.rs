//! The Olist dataset (Brazilian orders, CSV) as past orders for `tracking::estimate::backtest`.
//!
//! Only what the backtest needs is read: reading the same files as orders and shipments is the work of `olist`.

use std::collections::HashMap;
use std::fmt;

use jiff::civil::DateTime;
use serde::Deserialize;

use crate::tracking::estimate::backtest::BacktestOrder;
use crate::tracking::estimate::lane::Lane;

/// The dataset's files, as bytes; sellers may be missing, then the origin is unknown.
#[derive(Debug, Clone, Copy)]
pub struct OlistFiles<'a> {
    /// `olist_orders_dataset.csv`
    pub orders: &'a [u8],
    /// `olist_customers_dataset.csv`
    pub customers: &'a [u8],
    /// `olist_order_items_dataset.csv`
    pub items: &'a [u8],
    /// `olist_sellers_dataset.csv`
    pub sellers: &'a [u8],
}

/// Names of the files in the dataset's folder, in the order of [`OlistFiles`].
pub const FILE_NAMES: [&str; 4] = [
    "olist_orders_dataset.csv",
    "olist_customers_dataset.csv",
    "olist_order_items_dataset.csv",
    "olist_sellers_dataset.csv",
];

/// Orders read, oldest purchase first, and the lines that could not be.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OlistHistory {
    pub orders: Vec<BacktestOrder>,
    /// File, line, reason.
    pub refused: Vec<(&'static str, u64, String)>,
}

/// A file's header lacks what is needed.
#[derive(Debug)]
pub struct NotOlist {
    pub file: &'static str,
    pub cause: csv::Error,
}

impl fmt::Display for NotOlist {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is no file of the Olist dataset: {}", self.file, self.cause)
    }
}

impl std::error::Error for NotOlist {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.cause)
    }
}

#[derive(Deserialize)]
struct OrderRow {
    order_id: String,
    customer_id: String,
    order_status: String,
    order_purchase_timestamp: String,
    #[serde(default)]
    order_delivered_carrier_date: String,
    #[serde(default)]
    order_delivered_customer_date: String,
    #[serde(default)]
    order_estimated_delivery_date: String,
}

#[derive(Deserialize)]
struct CustomerRow {
    customer_id: String,
    #[serde(default)]
    customer_zip_code_prefix: String,
    customer_state: String,
}

#[derive(Deserialize)]
struct SellerRow {
    seller_id: String,
    #[serde(default)]
    seller_zip_code_prefix: String,
    seller_state: String,
}

#[derive(Deserialize)]
struct ItemRow {
    order_id: String,
    #[serde(default)]
    order_item_id: String,
    seller_id: String,
    #[serde(default)]
    shipping_limit_date: String,
    #[serde(default)]
    freight_value: String,
}

/// What the items of one order say together.
#[derive(Default)]
struct Basket {
    first_item: Option<(u32, String)>,
    ship_by: Option<DateTime>,
    freight: Option<f64>,
}

/// # Errors
/// A file whose header is not the dataset's. Single lines that cannot be read are in `refused`.
pub fn read(files: OlistFiles<'_>) -> Result<OlistHistory, NotOlist> {
    let mut history = OlistHistory::default();
    let refused = &mut history.refused;
    let customers: HashMap<String, CustomerRow> = rows::<CustomerRow>(FILE_NAMES[1], files.customers, refused)?
        .into_iter()
        .map(|(_, row)| (row.customer_id.clone(), row))
        .collect();
    let sellers: HashMap<String, SellerRow> = rows::<SellerRow>(FILE_NAMES[3], files.sellers, refused)?
        .into_iter()
        .map(|(_, row)| (row.seller_id.clone(), row))
        .collect();
    let mut baskets: HashMap<String, Basket> = HashMap::new();
    for (_, item) in rows::<ItemRow>(FILE_NAMES[2], files.items, refused)? {
        baskets.entry(item.order_id.clone()).or_default().add(item);
    }
    let orders = rows::<OrderRow>(FILE_NAMES[0], files.orders, refused)?;
    let moment_of = |text: &str| time(text).ok().flatten();
    // Nothing is known later than the last thing that happened to any order.
    let observed_until = orders
        .iter()
        .flat_map(|(_, row)| {
            [&row.order_purchase_timestamp, &row.order_delivered_carrier_date, &row.order_delivered_customer_date]
        })
        .filter_map(|text| moment_of(text))
        .max()
        .unwrap_or(DateTime::MIN);
    for (line, row) in orders {
        let basket = baskets.remove(&row.order_id).unwrap_or_default();
        match order(&row, basket, &customers, &sellers, observed_until) {
            Ok(order) => history.orders.push(order),
            Err(reason) => history.refused.push((FILE_NAMES[0], line, reason)),
        }
    }
    history.orders.sort_by(|a, b| (a.purchased_at, &a.id).cmp(&(b.purchased_at, &b.id)));
    // An order told twice is one.
    history.orders.dedup_by(|a, b| a.id == b.id);
    Ok(history)
}

fn order(
    row: &OrderRow,
    basket: Basket,
    customers: &HashMap<String, CustomerRow>,
    sellers: &HashMap<String, SellerRow>,
    observed_until: DateTime,
) -> Result<BacktestOrder, String> {
    let purchased_at = time(&row.order_purchase_timestamp)?.ok_or("no order_purchase_timestamp")?;
    let handed_over_at = time(&row.order_delivered_carrier_date)?;
    let delivered_at = time(&row.order_delivered_customer_date)?;
    let promised = time(&row.order_estimated_delivery_date)?.map(|at| at.date());
    let customer = customers.get(&row.customer_id);
    let seller_id = basket.first_item.map(|(_, seller)| seller);
    let seller = seller_id.as_ref().and_then(|id| sellers.get(id));
    let state = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let is_gone = matches!(row.order_status.trim(), "canceled" | "cancelled" | "unavailable");
    let near = customer.zip(seller).is_some_and(|(customer, seller)| {
        let region = |prefix: &str| prefix.trim().parse::<u32>().ok().map(|prefix| prefix / 1000);
        let (to, from) = (region(&customer.customer_zip_code_prefix), region(&seller.seller_zip_code_prefix));
        to.is_some() && to == from
    });
    Ok(BacktestOrder {
        id: row.order_id.clone(),
        lane: Lane {
            carrier: None,
            service: None,
            origin: seller.and_then(|seller| state(&seller.seller_state)),
            destination: customer.and_then(|customer| state(&customer.customer_state)),
        },
        country: Some("BR".to_owned()),
        seller: seller_id,
        freight: basket.freight,
        is_near: near,
        purchased_at,
        ship_by: basket.ship_by,
        promised,
        handed_over_at,
        delivered_at,
        // The dataset does not say when an order was given up: it counts from the last thing known of it.
        stopped_at: (is_gone && delivered_at.is_none()).then(|| handed_over_at.unwrap_or(purchased_at)),
        observed_until,
    })
}

impl Basket {
    fn add(&mut self, item: ItemRow) {
        let position = item.order_item_id.trim().parse().unwrap_or(u32::MAX);
        let is_first =
            self.first_item.as_ref().is_none_or(|(least, seller)| (position, &item.seller_id) < (*least, seller));
        if is_first {
            self.first_item = Some((position, item.seller_id));
        }
        // The order is complete when its last item is: the latest date counts. A date nobody can read says nothing.
        self.ship_by = self.ship_by.max(time(&item.shipping_limit_date).ok().flatten());
        if let Ok(freight) = item.freight_value.trim().parse::<f64>() {
            self.freight = Some(self.freight.unwrap_or_default() + freight);
        }
    }
}

fn rows<T: for<'de> Deserialize<'de>>(
    file: &'static str,
    bytes: &[u8],
    refused: &mut Vec<(&'static str, u64, String)>,
) -> Result<Vec<(u64, T)>, NotOlist> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
    let headers = reader.headers().map_err(|cause| NotOlist { file, cause })?.clone();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                refused.push((file, line, error.to_string()));
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        match record.deserialize::<T>(Some(&headers)) {
            Ok(row) => rows.push((line, row)),
            Err(error) => refused.push((file, line, error.to_string())),
        }
    }
    Ok(rows)
}

/// "2018-03-27 18:00:43"; an empty field is nothing.
fn time(text: &str) -> Result<Option<DateTime>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let is_day = text.len() == 10;
    let parsed = if is_day {
        text.parse::<jiff::civil::Date>().map(|date| date.to_datetime(jiff::civil::Time::midnight()))
    } else {
        text.parse::<DateTime>()
    };
    parsed.map(Some).map_err(|_| format!("{text:?} is no time"))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const ORDERS: &str = "\u{feff}order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at,\
order_delivered_carrier_date,order_delivered_customer_date,order_estimated_delivery_date\n\
b,c1,delivered,2018-03-27 18:00:43,,2018-03-29 21:48:48,2018-04-06 02:32:49,2018-04-18 00:00:00\n\
a,c1,canceled,2018-03-20 10:00:00,,,,2018-04-10 00:00:00\n\
x,c1,delivered,yesterday,,,,\n";
    const CUSTOMERS: &str = "customer_id,customer_zip_code_prefix,customer_state\nc1,20040,RJ\n";
    const ITEMS: &str = "order_id,order_item_id,seller_id,shipping_limit_date,freight_value\n\
b,2,s2,2018-04-03 10:00:00,5.10\nb,1,s1,2018-04-02 10:00:00,7.20\n";
    const SELLERS: &str = "seller_id,seller_zip_code_prefix,seller_state\ns1,1310,SP\ns2,20031,RJ\n";

    fn files() -> OlistFiles<'static> {
        OlistFiles {
            orders: ORDERS.as_bytes(),
            customers: CUSTOMERS.as_bytes(),
            items: ITEMS.as_bytes(),
            sellers: SELLERS.as_bytes(),
        }
    }

    #[test]
    fn an_order_is_read_with_the_seller_of_its_first_item() {
        let history = read(files()).unwrap();
        let order = &history.orders[1];
        assert_eq!((order.id.as_str(), order.seller.as_deref()), ("b", Some("s1")));
        assert_eq!(order.lane.label(), "SP→RJ");
        assert_eq!(order.ship_by, Some(date(2018, 4, 3).at(10, 0, 0, 0)));
        assert!((order.freight.unwrap() - 12.3).abs() < 1e-9);
        assert_eq!(order.promised, Some(date(2018, 4, 18)));
        assert_eq!(order.delivered_at, Some(date(2018, 4, 6).at(2, 32, 49, 0)));
    }

    #[test]
    fn a_cancelled_order_without_items_is_kept_and_stops() {
        let history = read(files()).unwrap();
        let order = &history.orders[0];
        assert_eq!((order.id.as_str(), order.delivered_at), ("a", None));
        assert_eq!(order.stopped_at, Some(order.purchased_at));
        assert_eq!(order.observed_until, date(2018, 4, 6).at(2, 32, 49, 0));
    }

    #[test]
    fn a_line_that_cannot_be_read_is_refused_with_its_reason() {
        let history = read(files()).unwrap();
        assert_eq!(history.refused, [(FILE_NAMES[0], 4, "\"yesterday\" is no time".to_owned())]);
    }

    #[test]
    fn the_published_orders_meet_the_calibration_asked_for() {
        let Some(folder) = crate::testing::fixtures::folder() else { return };
        let bytes = FILE_NAMES.map(|name| std::fs::read(folder.join("datasets/olist").join(name)).unwrap());
        let [orders, customers, items, sellers] = &bytes;
        let history = read(OlistFiles { orders, customers, items, sellers }).unwrap();
        assert!(history.refused.is_empty());
        let report = crate::tracking::estimate::backtest::backtest(history.orders.into_iter());
        for (stage, pinball, sooner) in [(&report.at_purchase, 1.79, 4.0), (&report.at_handover, 1.55, 6.0)] {
            assert!((0.78..=0.82).contains(&stage.coverage), "{}", stage.coverage);
            assert!(stage.pinball <= pinball, "{}", stage.pinball);
            assert!(stage.latest_sooner_than_promised >= sooner, "{}", stage.latest_sooner_than_promised);
            for (name, group) in stage.by_quarter.iter().chain(&stage.by_lane) {
                assert_ne!(group.is_within_band, Some(false), "{name}: {}", group.coverage);
            }
        }
    }
}
