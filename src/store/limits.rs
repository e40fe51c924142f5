//! Rate limits, kept in the store so that every replica counts alike.

use jiff::{SignedDuration, Timestamp};

use crate::orders::BrandId;

use super::{Conn, Result, execute, fetch_optional, micros};

/// So many at once, then one every so often (the generic cell rate algorithm: one row and one number a subject).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    pub bucket: &'static str,
    pub burst: i32,
    pub every: SignedDuration,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Within,
    /// Try again after this long.
    Over(SignedDuration),
}

/// Counts one use by `subject` (a keyed hash: the store never learns whose) and says whether it is within the limit.
/// What is over the limit is not counted: asking again makes nobody wait longer.
pub async fn count(conn: &mut Conn, brand: BrandId, limit: Limit, subject: &[u8], now: Timestamp) -> Result<Verdict> {
    let every = i64::try_from(limit.every.as_micros()).unwrap_or(i64::MAX);
    let tolerance = every.saturating_mul(i64::from(limit.burst - 1));
    let now = micros(now);
    // One statement, so that replicas that count at once let no more through.
    let counted = fetch_optional!(
        conn,
        (i64,),
        "INSERT INTO limits (brand_id, bucket, subject, full_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (brand_id, bucket, subject) DO UPDATE SET
            full_at = CASE WHEN limits.full_at > $5 THEN limits.full_at + $6 ELSE excluded.full_at END
            WHERE limits.full_at <= $7
         RETURNING full_at",
        brand.0,
        limit.bucket,
        subject,
        now + every,
        now,
        every,
        now.saturating_add(tolerance),
    )?;
    if counted.is_some() {
        return Ok(Verdict::Within);
    }
    let row = fetch_optional!(
        conn,
        (i64,),
        "SELECT full_at FROM limits WHERE brand_id = $1 AND bucket = $2 AND subject = $3",
        brand.0,
        limit.bucket,
        subject,
    )?;
    let full_at = row.map_or(now, |(full_at,)| full_at);
    Ok(Verdict::Over(SignedDuration::from_micros(full_at.saturating_sub(now).saturating_sub(tolerance))))
}

/// Forgets who has long been within every limit again.
pub async fn trim(conn: &mut Conn, now: Timestamp) -> Result<u64> {
    Ok(execute!(conn, "DELETE FROM limits WHERE full_at < $1", micros(now))?)
}
