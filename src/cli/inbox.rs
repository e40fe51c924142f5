//! `inbox`: raw deliveries, listed and shown.

use clap::{Args, Subcommand};
use serde_json::json;
use uuid::Uuid;

use crate::store::inbox::{self, Listed};

use super::{Problem, say, settings};

#[derive(Debug, Subcommand)]
pub enum Inbox {
    /// List deliveries, newest first
    List(List),
    /// Show one delivery as it came: headers, an empty line, the body
    Show {
        /// As `inbox list` prints it
        id: Uuid,
    },
}

#[derive(Debug, Args)]
pub struct List {
    /// Only dead letters: deliveries of which nothing could be read
    #[arg(long)]
    dead: bool,
    /// Print one JSON line a delivery
    #[arg(long)]
    json: bool,
    /// How many at most
    #[arg(long, default_value_t = 100, value_name = "N")]
    most: u32,
}

pub async fn run(asked: Inbox) -> Result<(), Problem> {
    match asked {
        Inbox::List(list) => list_deliveries(&list).await,
        Inbox::Show { id } => show(id).await,
    }
}

async fn list_deliveries(asked: &List) -> Result<(), Problem> {
    let store = settings::ready_store().await?;
    let mut conn = store.read().await.map_err(|error| error.to_string())?;
    let state = asked.dead.then_some("dead");
    let listed = inbox::list(&mut conn, state, i64::from(asked.most)).await.map_err(|error| error.to_string())?;
    for delivery in &listed {
        if asked.json { say::json(&for_machines(delivery))? } else { say::line(to_line(delivery))? }
    }
    if listed.is_empty() && !asked.json {
        eprintln!("no {} is in the inbox", if asked.dead { "dead letter" } else { "delivery" });
    }
    Ok(())
}

fn for_machines(delivery: &Listed) -> serde_json::Value {
    json!({
        "id": delivery.inbox_id.to_string(),
        "source": delivery.source,
        "state": delivery.state,
        "attempts": delivery.attempts,
        "error": delivery.error,
        "received_at": delivery.received_at.to_string(),
    })
}

fn to_line(delivery: &Listed) -> String {
    let Listed { inbox_id, source, state, attempts, error, received_at } = delivery;
    let error = error.as_deref().unwrap_or("");
    let line = format!("{inbox_id}  {received_at:.0}  {source:<16}  {state:<7}  attempts={attempts}  {error}");
    line.trim_end().to_owned()
}

async fn show(id: Uuid) -> Result<(), Problem> {
    let store = settings::ready_store().await?;
    let mut conn = store.read().await.map_err(|error| error.to_string())?;
    let found = inbox::show(&mut conn, store.vault(), id).await.map_err(|error| error.to_string())?;
    let Some((listed, headers, body)) = found else {
        return Err(format!("there is no delivery {id}: `doorstep inbox list` names those that are kept"));
    };
    let headers: Vec<(String, String)> =
        serde_json::from_slice(&headers).map_err(|error| format!("the headers of {id} cannot be read: {error}"))?;
    eprintln!("{}", to_line(&listed));
    for (name, value) in headers {
        say::line(format!("{name}: {value}"))?;
    }
    say::line("")?;
    say::bytes(&body)
}
