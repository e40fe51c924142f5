//! `link`: a signed link for a message, or the end of all links to an order.

use clap::{Args, ValueEnum};

use crate::access::link::LinkScope;
use crate::clock::Clock;
use crate::orders::number::OrderNumber;
use crate::store::brands::Published;
use crate::store::{Store, Urgency, access};
use crate::web::links::minted;

use super::{Problem, named, say, settings};

#[derive(Debug, Args)]
pub struct Link {
    /// Brand of the order, by its slug
    #[arg(long, value_name = "SLUG")]
    brand: String,
    /// The order's number
    #[arg(long, value_name = "N")]
    order: String,
    /// What the link lets its holder do
    #[arg(long, value_enum, default_value_t = Scope::Read)]
    scope: Scope,
    /// Make every link to the order worthless instead
    #[arg(long, conflicts_with = "scope")]
    revoke: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Scope {
    /// See the order
    Read,
    /// See the order, and rate the delivery
    Rate,
}

pub async fn run(asked: Link) -> Result<(), Problem> {
    let Ok(number) = asked.order.parse::<OrderNumber>() else {
        return Err(format!("{:?} cannot be an order number", asked.order));
    };
    let store = settings::ready_store().await?;
    let brand = named::brand(&store, &asked.brand).await?;
    let missing = || format!("brand {:?} has no order {:?}", asked.brand, asked.order);
    if asked.revoke {
        let was_there = revoke(&store, &brand, &number).await?;
        if !was_there {
            return Err(missing());
        }
        return say::line(format!("no link to order {} opens it any longer", asked.order));
    }
    let scope = match asked.scope {
        Scope::Read => LinkScope::Read,
        Scope::Rate => LinkScope::Rate,
    };
    let link = minted(&store, brand.brand_id, &brand.brand, &number, scope, Clock::System.now()).await;
    match link.map_err(|error| error.to_string())? {
        Some(link) => say::line(link.url),
        None => Err(missing()),
    }
}

async fn revoke(store: &Store, brand: &Published, number: &OrderNumber) -> Result<bool, Problem> {
    let done = async {
        let mut conn = store.write(Urgency::Shopper).await?;
        let was_there = access::revoke_links(&mut conn, brand.brand_id, number.key()).await?;
        conn.commit().await.map(|()| was_there)
    };
    done.await.map_err(|error| error.to_string())
}
