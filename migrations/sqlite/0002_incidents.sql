-- What went wrong with parcels, and what shoppers asked for.

-- What the fold needs to know of the brand (region, zone, rules of incidents) as JSON, written with each published version.
ALTER TABLE brands ADD COLUMN fold_settings TEXT NOT NULL DEFAULT '{}';

-- A rule that fired for one cause; its key lets it fire once. level: watch, tell, act. `shown_at`: when the page began to tell it.
-- `spot` is where a silence began (carrier and town), `moved_at` when a scan ended it; `usual_share` of a hundred such moved again within `usual_days`.
CREATE TABLE incidents (
    brand_id BLOB NOT NULL,
    shipment_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    cause_key TEXT NOT NULL,
    level TEXT NOT NULL,
    began_at INTEGER NOT NULL,
    opened_at INTEGER NOT NULL,
    shown_at INTEGER,
    resolved_at INTEGER,
    spot TEXT,
    moved_at INTEGER,
    usual_days INTEGER,
    usual_share INTEGER,
    PRIMARY KEY (brand_id, shipment_id, kind, cause_key)
) WITHOUT ROWID;
CREATE INDEX incidents_by_opened_at ON incidents (brand_id, opened_at);
CREATE INDEX incidents_by_spot_and_opened_at ON incidents (brand_id, kind, spot, opened_at);

-- What a shopper asked for, one an incident; `sealed` is the text. state: open, done, declined. `answer_by` is a day.
CREATE TABLE incident_answers (
    brand_id BLOB NOT NULL,
    shipment_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    cause_key TEXT NOT NULL,
    action TEXT NOT NULL,
    sealed BLOB NOT NULL,
    state TEXT NOT NULL DEFAULT 'open',
    answer_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (brand_id, shipment_id, kind, cause_key)
) WITHOUT ROWID;
CREATE INDEX incident_answers_by_state_and_answer_by ON incident_answers (brand_id, state, answer_by);

-- When a parcel is to be looked at again though nothing was heard of it; NULL: only an event can change it.
ALTER TABLE summaries ADD COLUMN check_at INTEGER;
CREATE INDEX summaries_by_check_at ON summaries (check_at);
UPDATE summaries SET check_at = 0;

-- An answer that another system gave (`state`) is folded, and the open page follows.
CREATE TRIGGER incident_answers_answered AFTER UPDATE OF state ON incident_answers
WHEN NEW.state <> OLD.state
BEGIN
    INSERT INTO jobs (brand_id, kind, subject, run_at) VALUES (NEW.brand_id, 'refold', NEW.shipment_id, 0)
        ON CONFLICT (brand_id, kind, subject) DO UPDATE SET run_at = 0;
    INSERT INTO changes (topic, brand_id, subject) VALUES ('job', NEW.brand_id, NEW.shipment_id);
END;
