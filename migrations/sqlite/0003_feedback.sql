-- What a shopper says of a delivery: one answer a parcel. `reasons` is a JSON list, `comment` is sealed, `via` is page, link or program.
CREATE TABLE feedback (
    brand_id BLOB NOT NULL,
    shipment_id BLOB NOT NULL,
    rating INTEGER NOT NULL,
    reasons TEXT NOT NULL DEFAULT '[]',
    comment BLOB,
    via TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (brand_id, shipment_id)
) WITHOUT ROWID;
