-- What a shopper turned to the shop with: one case for each cause, of a parcel or (`subject_id` = `order_id`) of the order as a whole.
-- `sealed` is what was written, empty text included. state: open, done, withdrawn. `answer_by` is a day.
CREATE TABLE cases (
    brand_id BLOB NOT NULL,
    subject_id BLOB NOT NULL,
    cause TEXT NOT NULL,
    order_id BLOB NOT NULL,
    sealed BLOB NOT NULL,
    state TEXT NOT NULL DEFAULT 'open',
    answer_by TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (brand_id, subject_id, cause)
) WITHOUT ROWID;
CREATE INDEX cases_by_state_and_opened_at ON cases (brand_id, state, opened_at);
CREATE INDEX cases_by_order ON cases (brand_id, order_id);

-- How often an answer was opened, and how often somebody still wrote: counts of a day, of nobody in particular.
CREATE TABLE help_counts (
    brand_id BLOB NOT NULL,
    day TEXT NOT NULL,
    cause TEXT NOT NULL,
    openings INTEGER NOT NULL DEFAULT 0,
    inquiries INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (brand_id, day, cause)
) WITHOUT ROWID;

-- A photo of the damage, one a parcel: a sealed JPEG without metadata.
CREATE TABLE damage_photos (
    brand_id BLOB NOT NULL,
    shipment_id BLOB NOT NULL,
    sealed BLOB NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (brand_id, shipment_id)
);

-- Whether the updates were too_many, right or too_few; and when a photo of the damage came.
ALTER TABLE feedback ADD COLUMN updates TEXT;
ALTER TABLE feedback ADD COLUMN photo_at INTEGER;
