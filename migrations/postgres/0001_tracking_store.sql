-- The shared tracking store. Instants are microseconds UTC, dates ISO text, money minor units, ids UUIDs (SQLite: 16 bytes).
-- docs/store.md says what other systems may read and write.

-- The store's own secrets and marks; the only table that no brand owns, with `changes`.
CREATE TABLE settings (
    name TEXT NOT NULL,
    value BYTEA NOT NULL,
    PRIMARY KEY (name)
);

-- One storefront; `version` is the published one.
CREATE TABLE brands (
    brand_id UUID NOT NULL,
    slug TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (brand_id),
    UNIQUE (slug)
);

-- Immutable; `document` is the brand as JSON.
CREATE TABLE brand_versions (
    brand_id UUID NOT NULL,
    version BIGINT NOT NULL,
    hash TEXT NOT NULL,
    document TEXT NOT NULL,
    published_at BIGINT NOT NULL,
    PRIMARY KEY (brand_id, version)
);

-- `order_number` as the shopper reads it, `order_key` normalised. `address` is sealed. `version` counts whatever changes the page.
CREATE TABLE orders (
    brand_id UUID NOT NULL,
    order_id UUID NOT NULL,
    order_number TEXT NOT NULL,
    order_key TEXT NOT NULL,
    source TEXT NOT NULL,
    source_id TEXT,
    placed_at BIGINT,
    paid_at BIGINT,
    picked_at BIGINT,
    packed_at BIGINT,
    cancelled_at BIGINT,
    source_updated_at BIGINT,
    ship_by TEXT,
    promised_earliest TEXT,
    promised_latest TEXT,
    fulfilment_centre TEXT,
    locale TEXT,
    currency TEXT,
    total BIGINT,
    address BYTEA,
    destination_country TEXT,
    destination_region TEXT,
    link_epoch BIGINT NOT NULL DEFAULT 0,
    version BIGINT NOT NULL DEFAULT 1,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (brand_id, order_id),
    UNIQUE (brand_id, order_key)
);
CREATE INDEX orders_by_placed_at ON orders (brand_id, placed_at);
CREATE INDEX orders_by_changed_at ON orders (brand_id, changed_at);
CREATE INDEX orders_by_source_id ON orders (brand_id, source_id);

-- `unit_price` in minor units of the order's currency.
CREATE TABLE line_items (
    brand_id UUID NOT NULL,
    order_id UUID NOT NULL,
    line_item_id TEXT NOT NULL,
    position BIGINT NOT NULL,
    sku TEXT,
    product_id TEXT,
    title TEXT NOT NULL,
    variant TEXT,
    quantity BIGINT NOT NULL,
    unit_price BIGINT,
    image TEXT,
    needs_shipping BOOLEAN NOT NULL,
    PRIMARY KEY (brand_id, order_id, line_item_id)
);

-- `kind` is email or phone; found by `blind_index` (keyed hash of the normalised contact), read by unsealing.
CREATE TABLE contacts (
    brand_id UUID NOT NULL,
    order_id UUID NOT NULL,
    kind TEXT NOT NULL,
    blind_index BYTEA NOT NULL,
    sealed BYTEA NOT NULL,
    PRIMARY KEY (brand_id, order_id, kind, blind_index)
);
CREATE INDEX contacts_by_blind_index ON contacts (brand_id, blind_index);

-- One parcel. `order_key` and `order_source_id` (the shop's own id) wait for an order not known yet. `claims` holds what sources say of the whole shipment (estimate, origin, destination) as JSON; `proof` and `pickup` are sealed.
CREATE TABLE shipments (
    brand_id UUID NOT NULL,
    shipment_id UUID NOT NULL,
    order_id UUID,
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
    proof BYTEA,
    pickup BYTEA,
    checked_at BIGINT,
    version BIGINT NOT NULL DEFAULT 1,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (brand_id, shipment_id)
);
CREATE INDEX shipments_by_tracking_number_and_created_at ON shipments (brand_id, tracking_number, created_at);
CREATE INDEX shipments_by_order_id ON shipments (brand_id, order_id);
CREATE INDEX shipments_by_order_key ON shipments (brand_id, order_key);
CREATE INDEX shipments_by_fulfilment_id ON shipments (brand_id, fulfilment_id);
CREATE INDEX shipments_by_order_source_id ON shipments (brand_id, order_source_id);

-- Which line items ride in it.
CREATE TABLE shipment_items (
    brand_id UUID NOT NULL,
    shipment_id UUID NOT NULL,
    line_item_id TEXT NOT NULL,
    quantity BIGINT NOT NULL,
    PRIMARY KEY (brand_id, shipment_id, line_item_id)
);

-- What sources said, and what we made of it. Other systems may insert rows: brand_id, shipment_id, status and occurred_at suffice.
CREATE TABLE tracking_events (
    brand_id UUID NOT NULL,
    shipment_id UUID NOT NULL,
    fingerprint BYTEA NOT NULL DEFAULT sha256(uuid_send(gen_random_uuid())),
    source TEXT NOT NULL DEFAULT 'external',
    vendor_event_id TEXT,
    code TEXT,
    text TEXT NOT NULL DEFAULT '',
    raw_time TEXT NOT NULL DEFAULT '',
    raw_place TEXT NOT NULL DEFAULT '',
    status TEXT NOT NULL,
    occurred_at BIGINT NOT NULL,
    local_time TEXT,
    time_known BOOLEAN NOT NULL DEFAULT true,
    offset_seconds BIGINT,
    zone TEXT NOT NULL DEFAULT 'offset',
    city TEXT,
    region TEXT,
    postal_code TEXT,
    country TEXT,
    facility TEXT,
    parser_version BIGINT NOT NULL DEFAULT 0,
    received_at BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (brand_id, shipment_id, fingerprint)
);

-- The fold of all events of a shipment, as JSON; rebuilt at will.
CREATE TABLE summaries (
    brand_id UUID NOT NULL,
    shipment_id UUID NOT NULL,
    status TEXT NOT NULL,
    delivered_at BIGINT,
    last_event_at BIGINT,
    document TEXT NOT NULL,
    folded_at BIGINT NOT NULL,
    PRIMARY KEY (brand_id, shipment_id)
);
CREATE INDEX summaries_by_status ON summaries (brand_id, status);

-- Raw deliveries, sealed. state: waiting, done, dead.
CREATE TABLE inbox (
    brand_id UUID NOT NULL,
    source TEXT NOT NULL,
    delivery_key TEXT NOT NULL,
    inbox_id UUID NOT NULL,
    headers BYTEA NOT NULL,
    body BYTEA NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting',
    attempts BIGINT NOT NULL DEFAULT 0,
    next_attempt_at BIGINT NOT NULL,
    error TEXT,
    received_at BIGINT NOT NULL,
    done_at BIGINT,
    PRIMARY KEY (brand_id, source, delivery_key),
    UNIQUE (inbox_id)
);
CREATE INDEX inbox_by_state_and_next_attempt_at ON inbox (state, next_attempt_at);

-- What one browser may see. kind: order or contact; scope: summary, town, full.
CREATE TABLE access_grants (
    brand_id UUID NOT NULL,
    session_hash BYTEA NOT NULL,
    grant_id UUID NOT NULL,
    kind TEXT NOT NULL,
    order_id UUID,
    contact_index BYTEA,
    scope TEXT NOT NULL,
    proved_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT,
    PRIMARY KEY (brand_id, session_hash, grant_id)
);
CREATE INDEX access_grants_by_expires_at ON access_grants (expires_at);
CREATE INDEX access_grants_by_order_id ON access_grants (brand_id, order_id);

-- One-time codes, each bound to one browser.
CREATE TABLE challenges (
    brand_id UUID NOT NULL,
    challenge_hash BYTEA NOT NULL,
    code_hash BYTEA NOT NULL,
    contact_index BYTEA NOT NULL,
    tries BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    consumed_at BIGINT,
    PRIMARY KEY (brand_id, challenge_hash)
);
CREATE INDEX challenges_by_expires_at ON challenges (expires_at);

-- Links that open a contact's orders once.
CREATE TABLE one_time_links (
    brand_id UUID NOT NULL,
    token_hash BYTEA NOT NULL,
    contact_index BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    consumed_at BIGINT,
    PRIMARY KEY (brand_id, token_hash)
);
CREATE INDEX one_time_links_by_expires_at ON one_time_links (expires_at);

-- Mails and texts, sealed. state: waiting, sent, dead, dropped.
CREATE TABLE outgoing_messages (
    brand_id UUID NOT NULL,
    message_id UUID NOT NULL,
    channel TEXT NOT NULL,
    sealed BYTEA NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting',
    attempts BIGINT NOT NULL DEFAULT 0,
    next_attempt_at BIGINT NOT NULL,
    error TEXT,
    created_at BIGINT NOT NULL,
    done_at BIGINT,
    PRIMARY KEY (brand_id, message_id)
);
CREATE INDEX outgoing_messages_by_state_and_next_attempt_at ON outgoing_messages (state, next_attempt_at);

-- Rate limits as theoretical arrival times (GCRA); `subject` is a keyed hash.
CREATE TABLE limits (
    brand_id UUID NOT NULL,
    bucket TEXT NOT NULL,
    subject BYTEA NOT NULL,
    full_at BIGINT NOT NULL,
    PRIMARY KEY (brand_id, bucket, subject)
);
CREATE INDEX limits_by_full_at ON limits (full_at);

-- What is to be done once more. kind: refold.
CREATE TABLE jobs (
    brand_id UUID NOT NULL,
    kind TEXT NOT NULL,
    subject UUID NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    run_at BIGINT NOT NULL,
    error TEXT,
    PRIMARY KEY (brand_id, kind, subject)
);
CREATE INDEX jobs_by_run_at ON jobs (run_at);

-- What changed, for processes that keep pages or grants: topic is order, shipment, grants, brand or job.
CREATE TABLE changes (
    seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic TEXT NOT NULL,
    brand_id UUID NOT NULL,
    subject BYTEA NOT NULL
);
-- PostgreSQL tells by NOTIFY and leaves `changes` empty: the table is there so that both schemas agree.
CREATE FUNCTION doorstep_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('doorstep_changed', TG_ARGV[0] || ' ' || NEW.brand_id || ' ' || CASE TG_ARGV[0]
        WHEN 'order' THEN to_jsonb(NEW) ->> 'order_id'
        WHEN 'shipment' THEN to_jsonb(NEW) ->> 'shipment_id'
        ELSE to_jsonb(NEW) ->> 'brand_id' END);
    RETURN NULL;
END $$;
CREATE FUNCTION doorstep_grants_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('doorstep_changed', 'grants ' || OLD.brand_id || ' ' || encode(OLD.session_hash, 'hex'));
    RETURN NULL;
END $$;
CREATE TRIGGER orders_changed AFTER UPDATE OF version ON orders FOR EACH ROW EXECUTE FUNCTION doorstep_changed('order');
CREATE TRIGGER shipments_changed AFTER UPDATE OF version ON shipments FOR EACH ROW EXECUTE FUNCTION doorstep_changed('shipment');
CREATE TRIGGER grants_changed AFTER UPDATE OR DELETE ON access_grants FOR EACH ROW EXECUTE FUNCTION doorstep_grants_changed();
CREATE TRIGGER brands_changed AFTER INSERT OR UPDATE OF version ON brands FOR EACH ROW EXECUTE FUNCTION doorstep_changed('brand');

-- An event that another system wrote marks its shipment: the jobs fold it, and the open page follows.
CREATE FUNCTION doorstep_external_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO jobs (brand_id, kind, subject, run_at) VALUES (NEW.brand_id, 'refold', NEW.shipment_id, 0)
        ON CONFLICT (brand_id, kind, subject) DO UPDATE SET run_at = 0;
    PERFORM pg_notify('doorstep_changed', 'job ' || NEW.brand_id || ' ' || NEW.shipment_id);
    RETURN NULL;
END $$;
CREATE TRIGGER tracking_events_external AFTER INSERT ON tracking_events
    FOR EACH ROW WHEN (NEW.source = 'external') EXECUTE FUNCTION doorstep_external_event();
