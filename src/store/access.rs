//! Grants, codes, one-time links and the contacts they are proved against.

use jiff::Timestamp;
use uuid::Uuid;

use crate::access::grant::{CODE_LASTS, CODE_TRIES, Grant, ProvedBy, Scope, Subject, lasts};
use crate::orders::contact::Contact;
use crate::orders::{BrandId, OrderId};

use super::ingest::new_id;
use super::seal::Vault;
use super::{Conn, Result, execute, fetch_all, fetch_optional, instant, micros};

type GrantRow = (Option<Uuid>, Option<Vec<u8>>, String, i64);

/// What a browser may see now, by the hash of its reference.
pub async fn grants_for(conn: &mut Conn, brand: BrandId, session_hash: &[u8], now: Timestamp) -> Result<Vec<Grant>> {
    let rows = fetch_all!(
        conn,
        GrantRow,
        "SELECT order_id, contact_index, scope, expires_at FROM access_grants
         WHERE brand_id = $1 AND session_hash = $2 AND revoked_at IS NULL AND expires_at > $3",
        brand.0,
        session_hash,
        micros(now),
    )?;
    let grant = |(order, contact, scope, expires_at): GrantRow| {
        let subject = match (order, contact) {
            (Some(order), _) => Subject::Order(OrderId(order)),
            (None, Some(contact)) => Subject::Contact(contact),
            (None, None) => return None,
        };
        Some(Grant { subject, scope: Scope::read(&scope)?, expires_at: instant(expires_at) })
    };
    Ok(rows.into_iter().filter_map(grant).collect())
}

/// Gives a browser a grant under a fresh reference; what it held under the old one moves with it.
pub async fn add_grant(
    conn: &mut Conn,
    brand: BrandId,
    old_hash: Option<&[u8]>,
    new_hash: &[u8],
    subject: &Subject,
    proved_by: ProvedBy,
    now: Timestamp,
) -> Result<()> {
    let (kind, order, contact) = match subject {
        Subject::Order(order) => ("order", Some(order.0), None),
        Subject::Contact(index) => ("contact", None, Some(index.as_slice())),
    };
    if let Some(old_hash) = old_hash {
        execute!(
            conn,
            "UPDATE access_grants SET session_hash = $3 WHERE brand_id = $1 AND session_hash = $2 AND revoked_at IS NULL",
            brand.0,
            old_hash,
            new_hash,
        )?;
        // A weaker or equal grant for the same thing is replaced, a stronger one stays beside it.
        execute!(
            conn,
            "DELETE FROM access_grants WHERE brand_id = $1 AND session_hash = $2 AND (order_id = $3 OR contact_index = $4) AND (scope = $5 OR scope = 'summary')",
            brand.0,
            new_hash,
            order,
            contact,
            proved_by.scope().as_str(),
        )?;
    }
    execute!(
        conn,
        "INSERT INTO access_grants (brand_id, session_hash, grant_id, kind, order_id, contact_index, scope, proved_by, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        brand.0,
        new_hash,
        new_id(now),
        kind,
        order,
        contact,
        proved_by.scope().as_str(),
        proved_by.as_str(),
        micros(now),
        micros(now + lasts(subject)),
    )?;
    Ok(())
}

/// Lets an order grant last from now on again.
pub async fn slide(conn: &mut Conn, brand: BrandId, session_hash: &[u8], order: OrderId, now: Timestamp) -> Result<()> {
    execute!(
        conn,
        "UPDATE access_grants SET expires_at = $4 WHERE brand_id = $1 AND session_hash = $2 AND order_id = $3 AND revoked_at IS NULL",
        brand.0,
        session_hash,
        order.0,
        micros(now + crate::access::grant::ORDER_GRANT_LASTS),
    )?;
    Ok(())
}

/// Ends everything a browser may see.
pub async fn revoke(conn: &mut Conn, brand: BrandId, session_hash: &[u8], now: Timestamp) -> Result<u64> {
    Ok(execute!(
        conn,
        "UPDATE access_grants SET revoked_at = $3 WHERE brand_id = $1 AND session_hash = $2 AND revoked_at IS NULL",
        brand.0,
        session_hash,
        micros(now),
    )?)
}

/// Makes every message link to an order worthless. False when there is no such order.
pub async fn revoke_links(conn: &mut Conn, brand: BrandId, order_key: &str) -> Result<bool> {
    let touched = execute!(
        conn,
        "UPDATE orders SET link_epoch = link_epoch + 1 WHERE brand_id = $1 AND order_key = $2",
        brand.0,
        order_key,
    )?;
    // What was opened by such a link is closed with it.
    execute!(
        conn,
        "UPDATE access_grants SET revoked_at = $3 WHERE brand_id = $1 AND proved_by = 'message_link' AND revoked_at IS NULL
            AND order_id = (SELECT order_id FROM orders WHERE brand_id = $1 AND order_key = $2)",
        brand.0,
        order_key,
        0_i64,
    )?;
    Ok(touched == 1)
}

/// The order's id, link epoch and the blind indexes of its contacts, email first.
pub struct LinkFacts {
    pub order: OrderId,
    pub order_key: String,
    pub epoch: i64,
    pub contacts: Vec<Vec<u8>>,
}

pub async fn link_facts(conn: &mut Conn, brand: BrandId, order: LinkTarget<'_>) -> Result<Option<LinkFacts>> {
    let row = match order {
        LinkTarget::Key(key) => fetch_optional!(
            conn,
            (Uuid, String, i64),
            "SELECT order_id, order_key, link_epoch FROM orders WHERE brand_id = $1 AND order_key = $2",
            brand.0,
            key,
        )?,
        LinkTarget::Id(id) => fetch_optional!(
            conn,
            (Uuid, String, i64),
            "SELECT order_id, order_key, link_epoch FROM orders WHERE brand_id = $1 AND order_id = $2",
            brand.0,
            id.0,
        )?,
    };
    let Some((order, order_key, epoch)) = row else { return Ok(None) };
    let contacts = fetch_all!(
        conn,
        (Vec<u8>,),
        "SELECT blind_index FROM contacts WHERE brand_id = $1 AND order_id = $2 ORDER BY kind, blind_index",
        brand.0,
        order,
    )?;
    let contacts = contacts.into_iter().map(|(index,)| index).collect();
    Ok(Some(LinkFacts { order: OrderId(order), order_key, epoch, contacts }))
}

/// How the order of a link is named.
pub enum LinkTarget<'a> {
    Key(&'a str),
    Id(OrderId),
}

/// Whether the contact is one of the order's. Asked for an order that is not there, it takes the same way.
pub async fn order_with_contact(
    conn: &mut Conn,
    brand: BrandId,
    order_key: &str,
    contact_index: &[u8],
) -> Result<Option<OrderId>> {
    let row = fetch_optional!(
        conn,
        (Uuid,),
        "SELECT orders.order_id FROM orders
         JOIN contacts ON contacts.brand_id = orders.brand_id AND contacts.order_id = orders.order_id
         WHERE orders.brand_id = $1 AND order_key = $2 AND blind_index = $3",
        brand.0,
        order_key,
        contact_index,
    )?;
    Ok(row.map(|(order,)| OrderId(order)))
}

/// Where a message about a contact's orders may go: the contact itself if there are orders of it, and the emails of
/// those orders (where texts cannot be sent).
#[derive(Debug, Default)]
pub struct Reachable {
    pub contact: Option<Contact>,
    pub emails: Vec<Contact>,
}

pub async fn reachable(conn: &mut Conn, vault: &Vault, brand: BrandId, contact_index: &[u8]) -> Result<Reachable> {
    let rows = fetch_all!(
        conn,
        (Uuid, String, Vec<u8>, Vec<u8>),
        "SELECT others.order_id, others.kind, others.sealed, others.blind_index FROM contacts
         JOIN contacts AS others ON others.brand_id = contacts.brand_id AND others.order_id = contacts.order_id
         WHERE contacts.brand_id = $1 AND contacts.blind_index = $2 LIMIT 200",
        brand.0,
        contact_index,
    )?;
    let mut reachable = Reachable::default();
    for (order, kind, sealed, index) in rows {
        let plain = vault.open(b"contact", order.as_bytes(), &sealed);
        let Some(text) = plain.and_then(|plain| String::from_utf8(plain).ok()) else { continue };
        let Some(contact) = Contact::from_normal(&kind, text) else { continue };
        if index == contact_index {
            reachable.contact = Some(contact.clone());
        }
        if matches!(contact, Contact::Email(_)) && !reachable.emails.contains(&contact) {
            reachable.emails.push(contact);
        }
    }
    Ok(reachable)
}

/// Keeps a browser's challenge; it replaces only that browser's own.
pub async fn add_challenge(
    conn: &mut Conn,
    brand: BrandId,
    challenge_hash: &[u8],
    code_hash: &[u8],
    contact_index: &[u8],
    now: Timestamp,
) -> Result<()> {
    execute!(
        conn,
        "INSERT INTO challenges (brand_id, challenge_hash, code_hash, contact_index, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (brand_id, challenge_hash) DO UPDATE SET code_hash = excluded.code_hash, contact_index = excluded.contact_index,
            tries = 0, created_at = excluded.created_at, expires_at = excluded.expires_at, consumed_at = NULL",
        brand.0,
        challenge_hash,
        code_hash,
        contact_index,
        micros(now),
        micros(now + CODE_LASTS),
    )?;
    Ok(())
}

/// What a typed code opened.
#[derive(Debug, PartialEq, Eq)]
pub enum CodeAnswer {
    Right {
        contact_index: Vec<u8>,
    },
    Wrong,
    /// Too many tries, too late, used, or never asked for: only a new one helps.
    Over,
}

/// Tries a code. `matches` compares in constant time against the kept hash. Every try counts before it is compared.
pub async fn try_code(
    conn: &mut Conn,
    brand: BrandId,
    challenge_hash: &[u8],
    now: Timestamp,
    matches: impl Fn(&[u8]) -> bool,
) -> Result<CodeAnswer> {
    let row = fetch_optional!(
        conn,
        (Vec<u8>, Vec<u8>),
        "UPDATE challenges SET tries = tries + 1 WHERE brand_id = $1 AND challenge_hash = $2 AND consumed_at IS NULL
            AND expires_at > $3 AND tries < $4 RETURNING code_hash, contact_index",
        brand.0,
        challenge_hash,
        micros(now),
        CODE_TRIES,
    )?;
    let Some((code_hash, contact_index)) = row else { return Ok(CodeAnswer::Over) };
    if !matches(&code_hash) {
        return Ok(CodeAnswer::Wrong);
    }
    execute!(
        conn,
        "UPDATE challenges SET consumed_at = $3 WHERE brand_id = $1 AND challenge_hash = $2",
        brand.0,
        challenge_hash,
        micros(now),
    )?;
    Ok(CodeAnswer::Right { contact_index })
}

pub async fn add_one_time_link(
    conn: &mut Conn,
    brand: BrandId,
    token_hash: &[u8],
    contact_index: &[u8],
    now: Timestamp,
) -> Result<()> {
    execute!(
        conn,
        "INSERT INTO one_time_links (brand_id, token_hash, contact_index, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
        brand.0,
        token_hash,
        contact_index,
        micros(now),
        micros(now + CODE_LASTS),
    )?;
    Ok(())
}

/// Whether the link would open, without opening it: mail scanners look first.
pub async fn one_time_link_is_open(conn: &mut Conn, brand: BrandId, token_hash: &[u8], now: Timestamp) -> Result<bool> {
    let row = fetch_optional!(
        conn,
        (i64,),
        "SELECT expires_at FROM one_time_links WHERE brand_id = $1 AND token_hash = $2 AND consumed_at IS NULL AND expires_at > $3",
        brand.0,
        token_hash,
        micros(now),
    )?;
    Ok(row.is_some())
}

/// Uses a one-time link up. Gives the contact whose orders it opens.
pub async fn use_one_time_link(
    conn: &mut Conn,
    brand: BrandId,
    token_hash: &[u8],
    now: Timestamp,
) -> Result<Option<Vec<u8>>> {
    let row = fetch_optional!(
        conn,
        (Vec<u8>,),
        "UPDATE one_time_links SET consumed_at = $3 WHERE brand_id = $1 AND token_hash = $2 AND consumed_at IS NULL AND expires_at > $3
         RETURNING contact_index",
        brand.0,
        token_hash,
        micros(now),
    )?;
    Ok(row.map(|(contact,)| contact))
}

/// Forgets what has run out.
pub async fn trim(conn: &mut Conn, now: Timestamp) -> Result<u64> {
    let now = micros(now);
    let mut gone = execute!(conn, "DELETE FROM access_grants WHERE expires_at < $1 OR revoked_at IS NOT NULL", now)?;
    gone += execute!(conn, "DELETE FROM challenges WHERE expires_at < $1", now)?;
    gone += execute!(conn, "DELETE FROM one_time_links WHERE expires_at < $1", now)?;
    Ok(gone)
}
