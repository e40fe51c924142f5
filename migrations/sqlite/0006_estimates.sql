-- When parcels will come: what was said of each and why it changed, and what is learnt from how they went.

-- Raised whenever something was learnt: processes keep a brand's lane statistics until it differs.
ALTER TABLE brands ADD COLUMN learnt INTEGER NOT NULL DEFAULT 0;

-- What is told of an order of which no parcel exists yet, as JSON.
ALTER TABLE orders ADD COLUMN estimate TEXT;

-- What a brand learnt, by rows of JSON: one a stage of the journey, one a lane or seller. `doorstep rebuild` learns them anew.
CREATE TABLE lane_statistics (
    brand_id BLOB NOT NULL,
    key TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (brand_id, key)
) WITHOUT ROWID;

-- What is known of a parcel's way, as JSON, and what of it is to be learnt: the next lesson lies at `lesson_at` (seconds by the destination's clock) and may be learnt from `learn_at` on. `walked` tells what the ledger was made from, `forecasts` what was foreseen.
CREATE TABLE estimates (
    brand_id BLOB NOT NULL,
    shipment_id BLOB NOT NULL,
    lane TEXT NOT NULL,
    journey TEXT NOT NULL,
    walked TEXT NOT NULL,
    ended TEXT,
    forecasts TEXT NOT NULL DEFAULT '[]',
    is_learnt BOOLEAN NOT NULL DEFAULT 0,
    learn_at INTEGER,
    lesson_at INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (brand_id, shipment_id)
) WITHOUT ROWID;
CREATE INDEX estimates_by_learn_at ON estimates (learn_at, brand_id, lesson_at);

-- The ledger: each window that was said, days of the destination. `made_at` is local there. `confidence` of a hundred, 0: not measured. basis: lane (with level, stage and samples), carrier, merchant_promise. After the delivery: `error_days` from the window to the day of arrival, `kept` when none.
CREATE TABLE estimate_revisions (
    brand_id BLOB NOT NULL,
    shipment_id BLOB NOT NULL,
    position INTEGER NOT NULL,
    made_at TEXT NOT NULL,
    cause TEXT NOT NULL,
    reason TEXT NOT NULL,
    earliest TEXT NOT NULL,
    latest TEXT NOT NULL,
    most_likely TEXT NOT NULL,
    confidence INTEGER NOT NULL,
    basis TEXT NOT NULL,
    level TEXT,
    stage TEXT,
    samples INTEGER,
    is_overdue BOOLEAN NOT NULL,
    error_days INTEGER,
    kept BOOLEAN,
    PRIMARY KEY (brand_id, shipment_id, position)
) WITHOUT ROWID;

-- Parcels known before get their ledger.
UPDATE summaries SET check_at = 0;
