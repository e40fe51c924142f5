-- The shared tracking store. Instants are microseconds UTC, dates ISO text, money minor units, ids UUIDs (SQLite: 16 bytes).
-- docs/store.md says what other systems may read and write.

-- The store's own secrets and marks; the only table that no brand owns, with `changes`.
CREATE TABLE settings (
    name TEXT NOT NULL,
    value BLOB NOT NULL,
    PRIMARY KEY (name)
) WITHOUT ROWID;

-- One storefront; `version` is the published one.
CREATE TABLE brands (
    brand_id BLOB NOT NULL,
    slug TEXT NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (brand_id),
    UNIQUE (slug)
) WITHOUT ROWID;

-- Immutable; `document` is the brand as JSON.
CREATE TABLE brand_versions (
    brand_id BLOB NOT NULL,
    version INTEGER NOT NULL,
    hash TEXT NOT NULL,
    document TEXT NOT NULL,
    published_at INTEGER NOT NULL,
    PRIMARY KEY (brand_id, version)
);

-- `order_number` as the shopper reads it, `order_key` normalised. `address` is sealed. `version` counts whatever changes the page.
CREATE TABLE orders (
    brand_id BLOB NOT NULL,
    order_id BLOB NOT NULL,
    order_number TEXT NOT NULL,
    order_key TEXT NOT NULL,
    source TEXT NOT NULL,
    source_id TEXT,
    placed_at INTEGER,
    paid_at INTEGER,
    picked_at INTEGER,
    packed_at INTEGER,
    cancelled_at INTEGER,
    source_updated_at INTEGER,
    ship_by TEXT,
    promised_earliest TEXT,
    promised_latest TEXT,
    fulfilment_centre TEXT,
    locale TEXT,
    currency TEXT,
    total INTEGER,
    address BLOB,
    destination_country TEXT,
    destination_region TEXT,
    link_epoch INTEGER NOT NULL DEFAULT 0,
    version INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (brand_id, order_id),
    UNIQUE (brand_id, order_key)
) WITHOUT ROWID;
CREATE INDEX orders_by_placed_at ON orders (brand_id, placed_at);
CREATE INDEX orders_by_changed_at ON orders (brand_id, changed_at);
CREATE INDEX orders_by_source_id ON orders (brand_id, source_id);

-- `unit_price` in minor units of the order's currency.
CREATE TABLE line_items (
    brand_id BLOB NOT NULL,
    order_id BLOB NOT NULL,
    line_item_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    sku TEXT,
    product_id TEXT,
    title TEXT NOT NULL,
    variant TEXT,
    quantity INTEGER NOT NULL,
    unit_price INTEGER,
    image TEXT,
    needs_shipping BOOLEAN NOT NULL,
    PRIMARY KEY (brand_id, order_id, line_item_id)
) WITHOUT ROWID;

-- `kind` is email or phone; found by `blind_index` (keyed hash of the normalised contact), read by unsealing.
CREATE TABLE contacts (
    brand_id BLOB NOT NULL,
    order_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    blind_index BLOB NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (brand_id, order_id, kind, blind_index)
) WITHOUT ROWID;
CREATE INDEX contacts_by_blind_index ON contacts (brand_id, blind_index);

-- One parcel. `order_key` and `order_source_id` (the shop's own id) wait for an order not known yet. `claims` holds what sources say of the whole shipment (estimate, origin, destination) as JSON; `proof` and `pickup` are sealed.
CREATE TABLE shipments (
    brand_id BLOB NOT NULL,
    shipment_id BLOB NOT NULL,
    order_id BLOB,
    order_key TEXT,
    tracking_number TEXT NOT NULL,
    carrier TEXT,
    service TEXT,
    unique_id TEXT,
    fulfilment_id TEXT,
    order_source_id TEXT,
    source TEXT NOT NULL,
    claimed_status TEXT,
    claims TEXT NOT NULL DEFAULT '{}',
    proof BLOB,
    pickup BLOB,
    checked_at INTEGER,
    version INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (brand_id, shipment_id)
) WITHOUT ROWID;
CREATE INDEX shipments_by_tracking_number_and_created_at ON shipments (brand_id, tracking_number, created_at);
CREATE INDEX shipments_by_order_id ON shipments (brand_id, order_id);
CREATE INDEX shipments_by_order_key ON shipments (brand_id, order_key);
CREATE INDEX shipments_by_fulfilment_id ON shipments (brand_id, fulfilment_id);
CREATE INDEX shipments_by_order_source_id ON shipments (brand_id, order_source_id);

-- Which line items ride in it.
CREATE TABLE shipment_items (
    brand_id BLOB NOT NULL,
    shipment_id BLOB NOT NULL,
    line_item_id TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    PRIMARY KEY (brand_id, shipment_id, line_item_id)
) WITHOUT ROWID;

-- What sources said, and what we made of it. Other systems may insert rows: brand_id, shipment_id, status and occurred_at suffice.
CREATE TABLE tracking_events (
    brand_id BLOB NOT NULL,
    shipment_id BLOB NOT NULL,
    fingerprint BLOB NOT NULL DEFAULT (randomblob(32)),
    source TEXT NOT NULL DEFAULT 'external',
    vendor_event_id TEXT,
    code TEXT,
    text TEXT NOT NULL DEFAULT '',
    raw_time TEXT NOT NULL DEFAULT '',
    raw_place TEXT NOT NULL DEFAULT '',
    status TEXT NOT NULL,
    occurred_at INTEGER NOT NULL,
    local_time TEXT,
    time_known BOOLEAN NOT NULL DEFAULT 1,
    offset_seconds INTEGER,
    zone TEXT NOT NULL DEFAULT 'offset',
    city TEXT,
    region TEXT,
    postal_code TEXT,
    country TEXT,
    facility TEXT,
    parser_version INTEGER NOT NULL DEFAULT 0,
    received_at INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (brand_id, shipment_id, fingerprint)
) WITHOUT ROWID;

-- The fold of all events of a shipment, as JSON; rebuilt at will.
CREATE TABLE summaries (
    brand_id BLOB NOT NULL,
    shipment_id BLOB NOT NULL,
    status TEXT NOT NULL,
    delivered_at INTEGER,
    last_event_at INTEGER,
    document TEXT NOT NULL,
    folded_at INTEGER NOT NULL,
    PRIMARY KEY (brand_id, shipment_id)
);
CREATE INDEX summaries_by_status ON summaries (brand_id, status);

-- Raw deliveries, sealed. state: waiting, done, dead.
CREATE TABLE inbox (
    brand_id BLOB NOT NULL,
    source TEXT NOT NULL,
    delivery_key TEXT NOT NULL,
    inbox_id BLOB NOT NULL,
    headers BLOB NOT NULL,
    body BLOB NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting',
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt_at INTEGER NOT NULL,
    error TEXT,
    received_at INTEGER NOT NULL,
    done_at INTEGER,
    PRIMARY KEY (brand_id, source, delivery_key),
    UNIQUE (inbox_id)
);
CREATE INDEX inbox_by_state_and_next_attempt_at ON inbox (state, next_attempt_at);

-- What one browser may see. kind: order or contact; scope: summary, town, full.
CREATE TABLE access_grants (
    brand_id BLOB NOT NULL,
    session_hash BLOB NOT NULL,
    grant_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    order_id BLOB,
    contact_index BLOB,
    scope TEXT NOT NULL,
    proved_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER,
    PRIMARY KEY (brand_id, session_hash, grant_id)
) WITHOUT ROWID;
CREATE INDEX access_grants_by_expires_at ON access_grants (expires_at);
CREATE INDEX access_grants_by_order_id ON access_grants (brand_id, order_id);

-- One-time codes, each bound to one browser.
CREATE TABLE challenges (
    brand_id BLOB NOT NULL,
    challenge_hash BLOB NOT NULL,
    code_hash BLOB NOT NULL,
    contact_index BLOB NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    consumed_at INTEGER,
    PRIMARY KEY (brand_id, challenge_hash)
) WITHOUT ROWID;
CREATE INDEX challenges_by_expires_at ON challenges (expires_at);

-- Links that open a contact's orders once.
CREATE TABLE one_time_links (
    brand_id BLOB NOT NULL,
    token_hash BLOB NOT NULL,
    contact_index BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    consumed_at INTEGER,
    PRIMARY KEY (brand_id, token_hash)
) WITHOUT ROWID;
CREATE INDEX one_time_links_by_expires_at ON one_time_links (expires_at);

-- Mails and texts, sealed. state: waiting, sent, dead, dropped.
CREATE TABLE outgoing_messages (
    brand_id BLOB NOT NULL,
    message_id BLOB NOT NULL,
    channel TEXT NOT NULL,
    sealed BLOB NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting',
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt_at INTEGER NOT NULL,
    error TEXT,
    created_at INTEGER NOT NULL,
    done_at INTEGER,
    PRIMARY KEY (brand_id, message_id)
);
CREATE INDEX outgoing_messages_by_state_and_next_attempt_at ON outgoing_messages (state, next_attempt_at);

-- Rate limits as theoretical arrival times (GCRA); `subject` is a keyed hash.
CREATE TABLE limits (
    brand_id BLOB NOT NULL,
    bucket TEXT NOT NULL,
    subject BLOB NOT NULL,
    full_at INTEGER NOT NULL,
    PRIMARY KEY (brand_id, bucket, subject)
) WITHOUT ROWID;
CREATE INDEX limits_by_full_at ON limits (full_at);

-- What is to be done once more. kind: refold.
CREATE TABLE jobs (
    brand_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    subject BLOB NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    run_at INTEGER NOT NULL,
    error TEXT,
    PRIMARY KEY (brand_id, kind, subject)
) WITHOUT ROWID;
CREATE INDEX jobs_by_run_at ON jobs (run_at);

-- What changed, for processes that keep pages or grants: topic is order, shipment, grants, brand or job.
CREATE TABLE changes (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    topic TEXT NOT NULL,
    brand_id BLOB NOT NULL,
    subject BLOB NOT NULL
);

CREATE TRIGGER orders_changed AFTER UPDATE OF version ON orders
BEGIN
    INSERT INTO changes (topic, brand_id, subject) VALUES ('order', NEW.brand_id, NEW.order_id);
END;

CREATE TRIGGER shipments_changed AFTER UPDATE OF version ON shipments
BEGIN
    INSERT INTO changes (topic, brand_id, subject) VALUES ('shipment', NEW.brand_id, NEW.shipment_id);
END;

CREATE TRIGGER grants_changed AFTER UPDATE ON access_grants
BEGIN
    INSERT INTO changes (topic, brand_id, subject) VALUES ('grants', OLD.brand_id, OLD.session_hash);
END;

CREATE TRIGGER grants_gone AFTER DELETE ON access_grants
BEGIN
    INSERT INTO changes (topic, brand_id, subject) VALUES ('grants', OLD.brand_id, OLD.session_hash);
END;

CREATE TRIGGER brands_added AFTER INSERT ON brands
BEGIN
    INSERT INTO changes (topic, brand_id, subject) VALUES ('brand', NEW.brand_id, NEW.brand_id);
END;

CREATE TRIGGER brands_changed AFTER UPDATE OF version ON brands
BEGIN
    INSERT INTO changes (topic, brand_id, subject) VALUES ('brand', NEW.brand_id, NEW.brand_id);
END;

-- An event that another system wrote marks its shipment: the jobs fold it, and the open page follows.
CREATE TRIGGER tracking_events_external AFTER INSERT ON tracking_events
WHEN NEW.source = 'external'
BEGIN
    INSERT INTO jobs (brand_id, kind, subject, run_at) VALUES (NEW.brand_id, 'refold', NEW.shipment_id, 0)
        ON CONFLICT (brand_id, kind, subject) DO UPDATE SET run_at = 0;
    INSERT INTO changes (topic, brand_id, subject) VALUES ('job', NEW.brand_id, NEW.shipment_id);
END;
