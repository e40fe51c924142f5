//! Everything sealed, sealed anew under the newest key, so that older ones can be dropped.
//!
//! What is sealed how is decided where it is written; each column's kind and row are repeated here.

use uuid::Uuid;

use super::{Conn, Result, Store, Urgency, execute, fetch_all, fetch_optional};

/// Values sealed anew in one transaction.
const TOGETHER: i64 = 200;

/// What became of one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rekeyed {
    /// `table.column`.
    pub column: &'static str,
    pub resealed: u64,
    /// Sealed with a key that is not among ours.
    pub unreadable: u64,
}

struct Column {
    name: &'static str,
    kind: &'static [u8],
    /// Values not under the newest key ($3), behind a row ($1 brand, $2 id), in the order of an index.
    read: &'static str,
    /// Replaces the value only while it is the one that was read: another process may write, too.
    write: &'static str,
}

macro_rules! column {
    ($table:literal . $column:literal, id: $id:literal, kind: $kind:literal, behind: $behind:expr, order: $order:expr) => {
        Column {
            name: concat!($table, ".", $column),
            kind: $kind,
            read: concat!(
                "SELECT brand_id, ", $id, ", ", $column, " FROM ", $table, " WHERE ", $behind,
                " AND substr(", $column, ", 1, 1) <> $3 ORDER BY ", $order, " LIMIT $4"
            ),
            write: concat!(
                "UPDATE ", $table, " SET ", $column, " = $4 WHERE brand_id = $1 AND ", $id, " = $2 AND ", $column, " = $3"
            ),
        }
    };
    ($table:literal . $column:literal, id: $id:literal, kind: $kind:literal) => {
        column!(
            $table . $column,
            id: $id,
            kind: $kind,
            behind: concat!("(brand_id, ", $id, ") > ($1, $2)"),
            order: concat!("brand_id, ", $id)
        )
    };
}

static COLUMNS: [Column; 11] = [
    column!("contacts" . "sealed", id: "order_id", kind: b"contact"),
    column!("orders" . "address", id: "order_id", kind: b"address"),
    column!("shipments" . "proof", id: "shipment_id", kind: b"proof"),
    column!("shipments" . "pickup", id: "shipment_id", kind: b"pickup"),
    column!("incident_answers" . "sealed", id: "shipment_id", kind: b"incident answer"),
    column!("feedback" . "comment", id: "shipment_id", kind: b"comment"),
    column!("cases" . "sealed", id: "subject_id", kind: b"case"),
    column!("damage_photos" . "sealed", id: "shipment_id", kind: b"damage photo"),
    column!("inbox" . "headers", id: "inbox_id", kind: b"inbox headers", behind: "(inbox_id, brand_id) > ($2, $1)", order: "inbox_id"),
    column!("inbox" . "body", id: "inbox_id", kind: b"inbox body", behind: "(inbox_id, brand_id) > ($2, $1)", order: "inbox_id"),
    column!("outgoing_messages" . "sealed", id: "message_id", kind: b"message"),
];

/// Seals everything anew that is not under the newest key. `progress` is told of each batch's size.
pub async fn rekey(store: &Store, mut progress: impl FnMut(u64)) -> Result<Vec<Rekeyed>> {
    let mut done = vec![rekey_index_key(store).await?];
    for column in &COLUMNS {
        let mut rekeyed = Rekeyed { column: column.name, resealed: 0, unreadable: 0 };
        // Rows that share an id may straddle a batch, and others write meanwhile: again, until nothing is left to do.
        loop {
            let (resealed, unreadable) = pass(store, column, &mut progress).await?;
            rekeyed.resealed += resealed;
            rekeyed.unreadable = unreadable;
            if resealed == 0 {
                break;
            }
        }
        done.push(rekeyed);
    }
    Ok(done)
}

/// Goes once through a column. Gives how many values were sealed anew and how many could not be opened.
async fn pass(store: &Store, column: &Column, progress: &mut impl FnMut(u64)) -> Result<(u64, u64)> {
    let (mut resealed, mut unreadable) = (0, 0);
    let mut after = (Uuid::nil(), Uuid::nil());
    loop {
        let mut conn = store.write(Urgency::Batch).await?;
        let newest = vec![store.vault().signing_key_id()];
        let rows = fetch_all!(conn, (Uuid, Uuid, Vec<u8>), column.read, after.0, after.1, newest, TOGETHER)?;
        let Some((brand, id, _)) = rows.last() else { return Ok((resealed, unreadable)) };
        after = (*brand, *id);
        let before = resealed;
        for (brand, id, sealed) in &rows {
            match reseal(&mut conn, store, column, *brand, *id, sealed).await? {
                true => resealed += 1,
                false => unreadable += 1,
            }
        }
        conn.commit().await?;
        progress(resealed - before);
    }
}

async fn reseal(conn: &mut Conn, store: &Store, column: &Column, brand: Uuid, id: Uuid, sealed: &[u8]) -> Result<bool> {
    let vault = store.vault();
    let Some(plain) = vault.open(column.kind, id.as_bytes(), sealed) else { return Ok(false) };
    execute!(conn, column.write, brand, id, sealed, vault.seal(column.kind, id.as_bytes(), &plain))?;
    Ok(true)
}

/// The secret behind blind indexes itself never changes; only its seal does.
async fn rekey_index_key(store: &Store) -> Result<Rekeyed> {
    let vault = store.vault();
    let mut rekeyed = Rekeyed { column: "settings.index_key", resealed: 0, unreadable: 0 };
    let mut conn = store.write(Urgency::Batch).await?;
    let row = fetch_optional!(conn, (Vec<u8>,), "SELECT value FROM settings WHERE name = 'index_key'")?;
    let Some((sealed,)) = row.filter(|(sealed,)| sealed.first() != Some(&vault.signing_key_id())) else {
        return Ok(rekeyed);
    };
    let Some(plain) = vault.open(b"settings", b"index_key", &sealed) else {
        rekeyed.unreadable = 1;
        return Ok(rekeyed);
    };
    let fresh = vault.seal(b"settings", b"index_key", &plain);
    execute!(conn, "UPDATE settings SET value = $2 WHERE name = 'index_key' AND value = $1", sealed, fresh)?;
    conn.commit().await?;
    rekeyed.resealed = 1;
    Ok(rekeyed)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use crate::orders::BrandId;
    use crate::store::inbox::{Delivery, append, page, seal};
    use crate::store::seal::Keys;

    use super::*;

    async fn open(url: &str, keys: &str) -> Store {
        let store = Store::open(url, Keys::read(keys).unwrap()).await.unwrap();
        store.migrate().await.unwrap();
        store
    }

    #[tokio::test]
    async fn after_rekeying_the_newest_key_alone_opens_everything() {
        let path = std::env::temp_dir().join(format!("doorstep-rekey-{}.db", std::process::id()));
        std::fs::remove_file(&path).ok();
        let url = format!("sqlite://{}", path.display());
        let (old, new) = (Keys::fresh_text(), Keys::fresh_text().replacen("1:", "2:", 1));
        let before = open(&url, &old).await;
        let index = before.vault().blind_index(b"contact", b"ada@example.com");
        let delivery = Delivery {
            brand: BrandId(Uuid::from_u128(1)),
            source: "doorstep".to_owned(),
            delivery_key: "1".to_owned(),
            headers: Vec::new(),
            body: b"body".to_vec(),
        };
        let mut conn = before.write(Urgency::Batch).await.unwrap();
        let sealed = seal(before.vault(), delivery, Timestamp::UNIX_EPOCH).unwrap();
        append(&mut conn, &[sealed], Timestamp::UNIX_EPOCH).await.unwrap();
        conn.commit().await.unwrap();
        before.close().await;

        let both = open(&url, &format!("{new},{old}")).await;
        let total = |done: &[Rekeyed]| done.iter().map(|column| column.resealed).sum::<u64>();
        assert_eq!(total(&rekey(&both, |_| ()).await.unwrap()), 3);
        assert_eq!(total(&rekey(&both, |_| ()).await.unwrap()), 0);
        both.close().await;

        let after = open(&url, &new).await;
        assert_eq!(after.vault().blind_index(b"contact", b"ada@example.com"), index);
        let mut conn = after.read().await.unwrap();
        let kept = page(&mut conn, after.vault(), Uuid::nil(), None, false, 10).await.unwrap();
        assert_eq!(kept[0].body.as_deref(), Some(&b"body"[..]));
        drop(conn);
        after.close().await;
        std::fs::remove_file(&path).ok();
    }
}
