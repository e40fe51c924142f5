-- Beside an order: what is looked at and followed, what is bought together by kind, feeds and pictures of products.

-- Who saw recommendations, or would have: a row a visit (session, order, day). `session` is a keyed hash of the session's own hash.
CREATE TABLE recommendation_views (
    brand_id UUID NOT NULL,
    order_id UUID NOT NULL,
    session BYTEA NOT NULL,
    day TEXT NOT NULL,
    is_held_out BOOLEAN NOT NULL,
    viewed_at BIGINT NOT NULL,
    PRIMARY KEY (brand_id, order_id, session, day)
);
CREATE INDEX recommendation_views_by_viewed_at ON recommendation_views (brand_id, viewed_at);

-- Which recommended products were followed from an order's page, the last time a day.
CREATE TABLE recommendation_follows (
    brand_id UUID NOT NULL,
    order_id UUID NOT NULL,
    product_id TEXT NOT NULL,
    day TEXT NOT NULL,
    followed_at BIGINT NOT NULL,
    PRIMARY KEY (brand_id, order_id, product_id, day)
);
CREATE INDEX recommendation_follows_by_followed_at ON recommendation_follows (brand_id, followed_at);

-- Partners of an item, those it is bought with most often first.
CREATE INDEX product_pairs_by_orders ON product_pairs (brand_id, item_key, orders DESC, other_key);

-- Orders that hold two products of these kinds, told from either side; a kind with itself where an order holds two of it.
CREATE TABLE kind_pairs (
    brand_id UUID NOT NULL,
    kind TEXT NOT NULL,
    other_kind TEXT NOT NULL,
    orders BIGINT NOT NULL,
    PRIMARY KEY (brand_id, kind, other_kind)
);
CREATE INDEX kind_pairs_by_orders ON kind_pairs (brand_id, kind, orders DESC, other_kind);

-- Orders that hold a product of a kind.
CREATE TABLE kind_counts (
    brand_id UUID NOT NULL,
    kind TEXT NOT NULL,
    orders BIGINT NOT NULL,
    PRIMARY KEY (brand_id, kind)
);

-- The products of a kind that sell best, so that a page reads a few rows. `place` counts from 1, `sold` the orders that hold it.
CREATE TABLE kind_leaders (
    brand_id UUID NOT NULL,
    kind TEXT NOT NULL,
    place BIGINT NOT NULL,
    product_id TEXT NOT NULL,
    sold BIGINT NOT NULL,
    PRIMARY KEY (brand_id, kind, place)
);

-- `sold`: orders that hold the product. `is_fed`: it came by the brand's feed, and leaves with it.
ALTER TABLE products ADD COLUMN sold BIGINT NOT NULL DEFAULT 0;
ALTER TABLE products ADD COLUMN is_fed BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX products_by_kind ON products (brand_id, kind, is_available, sold DESC, product_id);

-- Kinds were not counted before: count all orders anew.
DELETE FROM product_marks;
DELETE FROM product_counts;
DELETE FROM product_pairs;

-- When a brand's feed was fetched, and when it is next. Whoever fetches it moves `next_at` on first.
CREATE TABLE catalogue_feeds (
    brand_id UUID NOT NULL,
    address TEXT NOT NULL,
    next_at BIGINT NOT NULL,
    fetched_at BIGINT,
    failures BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (brand_id)
);

-- Pictures of products as we show them. A row without `picture` is one that a page asked for and that is yet to be fetched, from `next_at` on.
CREATE TABLE product_pictures (
    brand_id UUID NOT NULL,
    product_id TEXT NOT NULL,
    address TEXT NOT NULL,
    picture BYTEA,
    fingerprint TEXT,
    next_at BIGINT,
    failures BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (brand_id, product_id)
);
CREATE INDEX product_pictures_by_next_at ON product_pictures (brand_id, next_at);
