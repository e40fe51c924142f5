//! Doorstep: the order-tracking page a merchant hosts on its own domain.
//!
//! # The rooms
//!
//! | room | what lives there |
//! |---|---|
//! | `brand` | pure: `brand.toml` → brand and theme, contrast checks |
//! | `orders` | pure: order and tracking numbers, contacts, the ids of everything |
//! | `tracking` | pure: the vocabulary, the fold of events into progress, the estimate, the wording |
//! | `access` | pure: what was typed into the box, what a message link says, what a grant shows |
//! | `sources` | pure: one file a source: is a delivery theirs, and what does it say; carriers by name and number |
//! | `places` | pure: an embedded gazetteer and coastline: where a place is, its time zone, the map of a journey |
//! | `store` | SQLite and PostgreSQL; the only room that speaks SQL; keys and sealing |
//! | `jobs` | reading the inbox, folding, registering and polling, sending messages, forgetting |
//! | `portal` | the shopper's side: server functions and their views, pages, components, islands |
//! | `web` | axum: the route table, visits, webhooks, live change, health |
//! | `cli` | the commands |
//! | `demo` | the world of `doorstep demo` |
//! | `pictures` | pure: a picture from outside, bounded, decoded and written anew |
//! | `config`, `clock` | settings, checked once at start; the time, which is an argument everywhere else |
//! | `testing` | what tests build their worlds with |
//!
//! Pure rooms know no database, web server, network, clock or randomness: the time and random bytes are arguments. The
//! browser build (feature `hydrate`) sees `portal::islands` and nothing of the server.
//!
//! # A scan becomes a sentence
//!
//! 1. `web::hooks` takes a delivery of at most 256 KiB and has `sources::verify` check its raw bytes, in constant time.
//! 2. `store::inbox` keeps it as it came, sealed, once for each brand, source and delivery id; deliveries that arrive
//!    together share one flush to disk. Then, and not before, the sender gets its 202.
//! 3. `jobs::ingest` claims it; `sources::source` parses it into orders, shipments and events. What cannot be parsed
//!    stays in the inbox with its error, to be replayed after a fix. A batch is small, since deliveries that are just
//!    coming in wait for SQLite's one writer.
//! 4. `store::ingest` writes all of it in one transaction: it takes the parcels of a batch in its hand, tells them what is
//!    new in memory, and puts them down together, so that many deliveries share a dozen statements, and lets
//!    pages go first every millisecond. An event is known by
//!    what the source said, so a repeat is stored once. Then *all* events of the shipment are folded by `tracking::summary`: a pure function of their set,
//!    so late, doubled and shuffled events need no special case. `tracking::estimate` goes on with the parcel's ledger of
//!    windows. The summary is kept; if it differs, the shipment and its order get a new version.
//! 5. A trigger tells the change (`store::changes`: a table on SQLite, NOTIFY on PostgreSQL). Every process drops the
//!    pages it kept of that order, `web::live` tells the open ones, and `portal::islands` puts the new page in place.
//!
//! The store is shared. When another system inserts an event by SQL, a trigger lists the shipment for `jobs::refold`, and
//! the walk goes on at its fourth step. What nobody pushes, `jobs::poll` asks carriers for; their answers enter there, too.
//! `jobs::incidents` has a parcel folded again when time alone would change what is said of it. `jobs::learn` learns from
//! parcels that set out and arrived, apart from the folds, which only read what was learnt.
//!
//! # A shopper gets an answer
//!
//! 1. The box is a plain form. Its post passes the origin check in `web` and arrives at a server function in
//!    `portal::api`, which asks the limits first.
//! 2. `access::lookup` reads what was typed: an order number, email, phone or tracking number.
//! 3. The proof is compared by blind index, or a code and a link are sent. No such order and a wrong proof take the same
//!    way and give the same answer.
//! 4. A grant is stored under the hash of a random reference, the reference goes into a cookie, and a 303 leads to a
//!    clean URL.
//! 5. `web::load` checks the grant and reads the order and its summaries: a few indexed rows, never a carrier. From SQLite
//!    they are read on the thread that asks (`store::readers`), by rusqlite; everything else goes through sqlx.
//!    `portal::show` and `tracking::wording` put them into words, `portal::pages` into whole HTML. The page is kept in
//!    the process under everything that it shows, until its own `valid_until` or the next change.
//!
//! What stands beside the order is read by keys that `jobs::count` prepared (`store::recommendations`) and chosen by
//! `orders::recommendation`. `web::views` notes in memory who saw it, or would have, and writes that down in batches;
//! `orders::attribution` tells what came of it. Goods and their pictures are fetched by `jobs::feeds` and `jobs::pictures`.

#[cfg(feature = "ssr")]
pub mod access;
#[cfg(feature = "ssr")]
pub mod brand;
#[cfg(feature = "ssr")]
pub mod cli;
#[cfg(feature = "ssr")]
pub mod clock;
#[cfg(feature = "ssr")]
pub mod config;
#[cfg(feature = "ssr")]
pub mod demo;
#[cfg(feature = "ssr")]
pub mod jobs;
#[cfg(feature = "ssr")]
pub mod orders;
#[cfg(feature = "ssr")]
pub mod pictures;
#[cfg(feature = "ssr")]
pub mod places;
pub mod portal;
#[cfg(feature = "ssr")]
pub mod sources;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
pub mod testing;
#[cfg(feature = "ssr")]
pub mod tracking;
#[cfg(feature = "ssr")]
pub mod web;

/// Wakes what the browser build makes better; `boot.js` calls it after the first paint.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    portal::islands::start();
}
