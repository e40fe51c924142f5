-- What a shop sells. `kind` is the merchant's own word for the sort of thing; `price` is in minor units.
CREATE TABLE products (
    brand_id BLOB NOT NULL,
    product_id TEXT NOT NULL,
    title TEXT NOT NULL,
    link TEXT,
    image TEXT,
    price INTEGER,
    currency TEXT,
    kind TEXT,
    is_available BOOLEAN NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (brand_id, product_id)
) WITHOUT ROWID;

-- What line items may call a product: its id, its SKUs, ids of its variants.
CREATE TABLE product_keys (
    brand_id BLOB NOT NULL,
    item_key TEXT NOT NULL,
    product_id TEXT NOT NULL,
    PRIMARY KEY (brand_id, item_key)
) WITHOUT ROWID;

-- The merchant's word on a product. rule: pin or ban.
CREATE TABLE product_rules (
    brand_id BLOB NOT NULL,
    product_id TEXT NOT NULL,
    rule TEXT NOT NULL,
    PRIMARY KEY (brand_id, product_id)
) WITHOUT ROWID;

-- Orders that hold an item; the empty key counts all orders that hold any.
CREATE TABLE product_counts (
    brand_id BLOB NOT NULL,
    item_key TEXT NOT NULL,
    orders INTEGER NOT NULL,
    PRIMARY KEY (brand_id, item_key)
) WITHOUT ROWID;

-- Orders that hold both, told from either side.
CREATE TABLE product_pairs (
    brand_id BLOB NOT NULL,
    item_key TEXT NOT NULL,
    other_key TEXT NOT NULL,
    orders INTEGER NOT NULL,
    PRIMARY KEY (brand_id, item_key, other_key)
) WITHOUT ROWID;

-- The last order that was counted: ids of orders sort by time.
CREATE TABLE product_marks (
    brand_id BLOB NOT NULL,
    order_id BLOB NOT NULL,
    PRIMARY KEY (brand_id)
) WITHOUT ROWID;

-- Clicks on recommended products, a row a day.
CREATE TABLE recommendation_clicks (
    brand_id BLOB NOT NULL,
    product_id TEXT NOT NULL,
    day TEXT NOT NULL,
    clicks INTEGER NOT NULL,
    PRIMARY KEY (brand_id, product_id, day)
) WITHOUT ROWID;
