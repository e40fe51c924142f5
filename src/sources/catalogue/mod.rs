//! What a shop sells, as its systems export it: Shopify's products (JSON, CSV), WooCommerce's (JSON), Google Merchant
//! feeds (XML, TSV), DummyJSON's products and book lists. Which one it is shows in its shape.

mod json;
mod merchant;
mod table;

use super::Refusal;
use super::reading::{self, Payload, minor_units};

/// A product as an export tells it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProductDraft {
    pub id: String,
    pub title: String,
    pub link: Option<String>,
    pub image: Option<String>,
    /// Minor units of the currency; `None` where either is unknown.
    pub price: Option<(i64, String)>,
    pub is_available: bool,
    pub kind: Option<String>,
    /// What orders may call it by beside its id: SKUs, ids of variants.
    pub keys: Vec<String>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct ParsedCatalogue {
    pub products: Vec<ProductDraft>,
    pub refused: Vec<Refusal>,
}

/// What an export leaves to be known: exports seldom name their currency, and Shopify's no address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Assumed {
    pub currency: Option<String>,
    /// Address of the shop without a slash at its end.
    pub shop: Option<String>,
}

/// Reads an export. What has no id or title is refused by itself.
pub fn parse(body: &[u8], assumed: &Assumed) -> ParsedCatalogue {
    let text = reading::decode(body);
    let mut parsed = match Payload::read(&text) {
        Ok(Payload::Json(value)) => json::products(&value, assumed),
        Ok(Payload::Xml(document)) => merchant::products(&document, assumed),
        Ok(Payload::Text(text)) => table::products(text, assumed),
        Err(refusal) => return ParsedCatalogue { products: Vec::new(), refused: vec![refusal] },
    };
    for product in &mut parsed.products {
        product.keys.retain(|key| !key.is_empty() && *key != product.id);
        product.keys.sort();
        product.keys.dedup();
    }
    parsed
}

/// Whether an export is of products, told by its shape.
pub fn recognises(body: &[u8]) -> bool {
    let text = reading::decode(body);
    match Payload::read(&text) {
        Ok(Payload::Json(value)) => json::recognises(&value),
        Ok(Payload::Xml(document)) => merchant::recognises(&document),
        Ok(Payload::Text(text)) => table::recognises(text),
        Err(_) => false,
    }
}

impl ParsedCatalogue {
    fn take(&mut self, at: impl FnOnce() -> String, product: ProductDraft) {
        if product.id.is_empty() || product.title.is_empty() {
            self.refused.push(Refusal { at: at(), reason: "a product needs an id and a title".to_owned() });
        } else {
            self.products.push(product);
        }
    }
}

/// "19.99" or, as feeds write it, "19.99 EUR".
fn price(text: &str, assumed: &Assumed) -> Option<(i64, String)> {
    let mut parts = text.split_whitespace();
    let (first, second) = (parts.next()?, parts.next());
    let is_code = |text: &&str| text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    let (amount, code) = match second {
        Some(code) if is_code(&code) => (first, Some(code.to_ascii_uppercase())),
        Some(amount) if is_code(&first) => (amount, Some(first.to_ascii_uppercase())),
        _ => (first, assumed.currency.clone()),
    };
    let code = code?;
    Some((minor_units(amount, &code).filter(|price| *price >= 0)?, code))
}

fn web_address(text: Option<String>) -> Option<String> {
    text.filter(|address| address.starts_with("https://") || address.starts_with("http://"))
}

/// "in stock", "in_stock", "InStock", "https://schema.org/InStock" and what can be ordered though it is not there yet.
fn is_available(text: &str) -> bool {
    let plain: String = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    !(plain.ends_with("outofstock") || plain.ends_with("soldout") || plain.ends_with("discontinued"))
}

/// The last of "Books > Fiction > Computers".
fn last_kind(path: &str) -> Option<String> {
    path.rsplit('>').map(str::trim).find(|part| !part.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<ProductDraft> {
        let assumed = Assumed { currency: Some("EUR".to_owned()), shop: Some("https://shop.example".to_owned()) };
        parse(text.as_bytes(), &assumed).products
    }

    fn euros(cents: i64) -> Option<(i64, String)> {
        Some((cents, "EUR".to_owned()))
    }

    #[test]
    fn shopifys_json_is_read_with_its_variants() {
        let products = read(
            r#"{"products":[{"id":632910392,"title":"Lamp","handle":"lamp","product_type":"Lighting","status":"active",
            "image":{"src":"https://cdn.example/1.png"},"variants":[
              {"id":808950810,"sku":"LAMP-1","price":"199.00","inventory_quantity":0,"inventory_management":"shopify","inventory_policy":"deny"},
              {"id":808950811,"sku":"LAMP-2","price":"209.00","inventory_quantity":3,"inventory_management":"shopify"}]}]}"#,
        );
        assert_eq!(
            products,
            [ProductDraft {
                id: "632910392".to_owned(),
                title: "Lamp".to_owned(),
                link: Some("https://shop.example/products/lamp".to_owned()),
                image: Some("https://cdn.example/1.png".to_owned()),
                price: euros(19_900),
                is_available: true,
                kind: Some("Lighting".to_owned()),
                keys: ["808950810", "808950811", "LAMP-1", "LAMP-2"].map(str::to_owned).to_vec(),
            }]
        );
    }

    #[test]
    fn shopifys_csv_is_one_product_a_handle() {
        let products = read(
            "Handle,Title,Type,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price,Image Src,Status\n\
             lamp,Lamp,Lighting,LAMP-1,shopify,0,deny,19.90,https://cdn.example/1.png,active\n\
             lamp,,,LAMP-2,shopify,0,deny,21.90,,\n\
             rug,Rug,Floor,RUG-1,shopify,4,deny,99,,active\n",
        );
        assert_eq!(products.len(), 2);
        assert_eq!((products[0].keys.join(" ").as_str(), products[0].is_available), ("LAMP-1 LAMP-2", false));
        assert_eq!((products[1].price.clone(), products[1].is_available), (euros(9_900), true));
    }

    #[test]
    fn woocommerces_json_is_read() {
        let products = read(
            r#"[{"id":794,"name":"Rug","permalink":"https://shop.example/rug","sku":"RUG","price":"21.99","stock_status":"outofstock",
            "status":"publish","type":"simple","categories":[{"id":9,"name":"Floor"}],"images":[{"src":"https://shop.example/r.jpg"}],"variations":[]}]"#,
        );
        assert_eq!(
            (products[0].id.as_str(), products[0].price.clone(), products[0].is_available),
            ("794", euros(2_199), false)
        );
        assert_eq!(products[0].kind.as_deref(), Some("Floor"));
    }

    #[test]
    fn merchant_feeds_are_read_from_xml_and_tsv() {
        let xml = r#"<?xml version="1.0"?><rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>x</title><item>
            <g:id>TV_1</g:id><g:title>Television</g:title><g:link>https://shop.example/tv</g:link><g:price>15.00 USD</g:price>
            <g:availability>in_stock</g:availability><g:product_type>Home > TV</g:product_type></item></channel></rss>"#;
        let tsv = "id\ttitle\tlink\tprice\tavailability\tproduct type\n\
                   TV_1\tTelevision\thttps://shop.example/tv\t15.00 USD\tin stock\tHome > TV\n";
        let (from_xml, from_tsv) = (read(xml), read(tsv));
        assert_eq!(from_xml, from_tsv);
        assert_eq!(from_xml[0].price, Some((1_500, "USD".to_owned())));
        assert_eq!(from_xml[0].kind.as_deref(), Some("TV"));
    }

    #[test]
    fn orders_and_scans_are_no_products() {
        for text in [
            r##"{"order_number": "#1001", "items": [{"title": "Lamp", "price": 1}]}"##,
            r#"{"orders": [{"id": 1, "line_items": []}]}"#,
            r#"[{"tracking_number": "1Z", "title": "x"}]"#,
            "order_number,tracking_number\n1,2\n",
            "<TrackResponse><Shipment/></TrackResponse>",
            "soup",
        ] {
            assert!(!recognises(text.as_bytes()), "{text}");
        }
        for text in [
            r#"{"products": [{"id": 1, "title": "Lamp"}]}"#,
            r#"[{"id": 1, "name": "Rug", "permalink": "https://shop.example/rug", "price": "1"}]"#,
            "Handle,Title,Variant Price\nlamp,Lamp,1\n",
            "id\ttitle\tlink\tprice\n1\tLamp\tx\t1 EUR\n",
        ] {
            assert!(recognises(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_a_product_is_refused_by_itself() {
        let parsed = parse(br#"[{"id":1,"title":"Fine","price":1},{"id":2,"price":1}]"#, &Assumed::default());
        assert_eq!((parsed.products.len(), parsed.refused.len()), (1, 1));
        assert_eq!(parsed.refused[0].at, "[1]");
        assert_eq!(parse(b"soup", &Assumed::default()).products, []);
        assert_eq!(parse(b"{", &Assumed::default()).refused.len(), 1);
    }

    #[test]
    fn the_catalogues_of_the_fixtures_are_read_whole() {
        let Some(folder) = crate::testing::fixtures::folder() else { return };
        for (file, count) in [
            ("dummyjson/products.json", 116),
            ("django_oscar/books.essential.csv", 0),
            ("django_oscar/books.computers-in-fiction.csv", 0),
        ] {
            let body = std::fs::read(folder.join("catalogue").join(file)).unwrap();
            assert!(recognises(&body), "{file}");
            let parsed = parse(&body, &Assumed { currency: Some("USD".to_owned()), shop: None });
            assert_eq!(parsed.refused, [], "{file}");
            assert!(parsed.products.len() > count / 2 + 10, "{file}: {}", parsed.products.len());
            assert!(parsed.products.iter().all(|product| product.price.is_some() && product.kind.is_some()), "{file}");
        }
    }
}
