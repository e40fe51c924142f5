-- What a shopper says of a delivery: one answer a parcel. `reasons` is a JSON list, `comment` is sealed, `via` is page, link or program.
CREATE TABLE feedback (
    brand_id UUID NOT NULL,
    shipment_id UUID NOT NULL,
    rating BIGINT NOT NULL,
    reasons TEXT NOT NULL DEFAULT '[]',
    comment BYTEA,
    via TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (brand_id, shipment_id)
);
