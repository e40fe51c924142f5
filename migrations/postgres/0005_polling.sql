-- Whom we asked to follow a parcel, and when we ask for it ourselves.

-- Shipments that got a number or a carrier: the jobs decide who is to follow them.
CREATE TABLE unfollowed (
    brand_id UUID NOT NULL,
    shipment_id UUID NOT NULL,
    PRIMARY KEY (brand_id, shipment_id)
);

-- A number told to the brand's aggregator. state: waiting, registered, dead.
CREATE TABLE registrations (
    brand_id UUID NOT NULL,
    shipment_id UUID NOT NULL,
    aggregator TEXT NOT NULL,
    number TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting',
    attempts BIGINT NOT NULL DEFAULT 0,
    next_attempt_at BIGINT NOT NULL,
    error TEXT,
    registered_at BIGINT,
    PRIMARY KEY (brand_id, shipment_id)
);
CREATE INDEX registrations_by_state_and_next_attempt_at ON registrations (state, next_attempt_at);

-- When a source is asked for a parcel next; NULL: nothing more is to be heard. `not_before`: the source wants to be left alone until then. `asked_at`: when a shopper's visit last had it asked.
CREATE TABLE polls (
    brand_id UUID NOT NULL,
    shipment_id UUID NOT NULL,
    source TEXT NOT NULL,
    next_poll_at BIGINT,
    not_before BIGINT NOT NULL DEFAULT 0,
    asked_at BIGINT,
    polled_at BIGINT,
    failures BIGINT NOT NULL DEFAULT 0,
    error TEXT,
    PRIMARY KEY (brand_id, shipment_id)
);
CREATE INDEX polls_by_source_and_next_poll_at ON polls (brand_id, source, next_poll_at);

CREATE FUNCTION note_unfollowed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO unfollowed (brand_id, shipment_id) VALUES (NEW.brand_id, NEW.shipment_id)
        ON CONFLICT (brand_id, shipment_id) DO NOTHING;
    RETURN NULL;
END $$;

CREATE TRIGGER shipments_numbered_new AFTER INSERT ON shipments
FOR EACH ROW WHEN (NEW.tracking_number <> '') EXECUTE FUNCTION note_unfollowed();

CREATE TRIGGER shipments_numbered AFTER UPDATE OF tracking_number, carrier ON shipments
FOR EACH ROW WHEN (NEW.tracking_number <> '' AND (NEW.tracking_number <> OLD.tracking_number OR NEW.carrier IS DISTINCT FROM OLD.carrier))
EXECUTE FUNCTION note_unfollowed();

-- What is forgotten is followed no longer.
CREATE FUNCTION forget_followed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM unfollowed WHERE brand_id = OLD.brand_id AND shipment_id = OLD.shipment_id;
    DELETE FROM registrations WHERE brand_id = OLD.brand_id AND shipment_id = OLD.shipment_id;
    DELETE FROM polls WHERE brand_id = OLD.brand_id AND shipment_id = OLD.shipment_id;
    RETURN NULL;
END $$;

CREATE TRIGGER shipments_forgotten AFTER DELETE ON shipments
FOR EACH ROW EXECUTE FUNCTION forget_followed();
