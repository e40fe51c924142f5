//! `cases`: what shoppers turned to the shop with, and the photos of damage.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde_json::json;

use crate::clock::Clock;
use crate::orders::aftercare::{CaseState, Cause};
use crate::orders::number::OrderNumber;
use crate::store::cases::{self, About, CaseRecord};
use crate::store::{Urgency, feedback, orders};

use super::{Problem, named, say, settings};

#[derive(Debug, Subcommand)]
pub enum Cases {
    /// List open cases, oldest first, with what was written
    List(List),
    /// Say that a case is answered; its shopper's page says so, too
    Done(Done),
    /// Write the photo of a parcel's damage into a file
    Photo(Photo),
}

#[derive(Debug, Args)]
pub struct List {
    /// Only of this brand
    #[arg(long, value_name = "SLUG")]
    brand: Option<String>,
    /// Closed ones as well
    #[arg(long)]
    all: bool,
    /// Print one JSON line a case
    #[arg(long)]
    json: bool,
    /// How many at most
    #[arg(long, default_value_t = 1_000, value_name = "N")]
    most: u32,
}

#[derive(Debug, Args)]
pub struct Done {
    #[arg(long, value_name = "SLUG")]
    brand: String,
    /// The order's number
    #[arg(long, value_name = "N")]
    order: String,
    /// Tracking number of the parcel; left out for a case of the order as a whole
    #[arg(long, value_name = "NUMBER")]
    parcel: Option<String>,
    /// As `cases list` prints it
    #[arg(long, value_name = "CAUSE")]
    cause: String,
}

#[derive(Debug, Args)]
pub struct Photo {
    #[arg(long, value_name = "SLUG")]
    brand: String,
    /// Tracking number of the parcel, or its id
    #[arg(long, value_name = "NUMBER")]
    parcel: String,
    /// A JPEG file that is not there yet
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

pub async fn run(asked: Cases) -> Result<(), Problem> {
    match asked {
        Cases::List(list) => list_cases(&list).await,
        Cases::Done(done) => end(&done).await,
        Cases::Photo(photo) => export(&photo).await,
    }
}

async fn list_cases(asked: &List) -> Result<(), Problem> {
    let store = settings::ready_store().await?;
    let brand = match &asked.brand {
        Some(slug) => Some(named::brand(&store, slug).await?.brand_id),
        None => None,
    };
    let mut conn = store.read().await.map_err(|error| error.to_string())?;
    let listed = cases::list(&mut conn, store.vault(), brand, asked.all, i64::from(asked.most)).await;
    let listed = listed.map_err(|error| error.to_string())?;
    for case in &listed {
        if asked.json { say::json(&for_machines(case))? } else { say::line(to_line(case))? }
    }
    if listed.is_empty() && !asked.json {
        eprintln!("no case is {}", if asked.all { "kept" } else { "open" });
    }
    Ok(())
}

fn for_machines(case: &CaseRecord) -> serde_json::Value {
    json!({
        "brand": case.brand,
        "order": case.order_number,
        "parcel": case.tracking_number,
        "cause": case.cause,
        "state": case.state,
        "answer_by": case.answer_by,
        "opened_at": case.opened_at.to_string(),
        "has_photo": case.has_photo,
        "text": case.text,
    })
}

fn to_line(case: &CaseRecord) -> String {
    let about = case.tracking_number.as_deref().unwrap_or("whole order");
    let photo = if case.has_photo { " · photo" } else { "" };
    let text = in_one_line(&case.text);
    format!(
        "{} {} ({about}) {} · {} · answer by {}{photo}{}{text}",
        case.brand,
        case.order_number,
        case.cause,
        case.state,
        case.answer_by,
        if text.is_empty() { "" } else { " · " },
    )
}

/// What a shopper wrote must not steer the terminal of who reads it.
fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().filter(|c| !c.is_control()).collect()
}

async fn end(asked: &Done) -> Result<(), Problem> {
    let Ok(number) = asked.order.parse::<OrderNumber>() else {
        return Err(format!("{:?} cannot be an order number", asked.order));
    };
    let Some(cause) = Cause::read(&asked.cause) else {
        let known: Vec<&str> = Cause::ALL.iter().map(|cause| cause.as_str()).collect();
        return Err(format!("{:?} is no cause; known are {}", asked.cause, known.join(", ")));
    };
    let store = settings::ready_store().await?;
    let brand = named::brand(&store, &asked.brand).await?.brand_id;
    let missing = || format!("order {:?} of {:?} has no open case {:?}", asked.order, asked.brand, asked.cause);
    let ended = async {
        let mut conn = store.write(Urgency::Shopper).await?;
        let Some(order) = orders::order(&mut conn, store.vault(), brand, number.key()).await? else { return Ok(false) };
        let parcel = asked.parcel.as_ref();
        let parcel = parcel.map(|named| order.shipments.iter().find(|parcel| parcel.tracking_number == *named));
        if matches!(parcel, Some(None)) {
            return Ok(false);
        }
        let shipment = parcel.flatten().map(|parcel| parcel.shipment_id);
        let about = About { brand, order: order.order_id, shipment, cause };
        let was_open = cases::close(&mut conn, &about, CaseState::Done, Clock::System.now()).await?;
        conn.commit().await.map(|()| was_open)
    };
    match ended.await.map_err(|error: crate::store::StoreError| error.to_string())? {
        true => say::line(format!("{} of order {} is done", asked.cause, asked.order)),
        false => Err(missing()),
    }
}

async fn export(asked: &Photo) -> Result<(), Problem> {
    let store = settings::ready_store().await?;
    let brand = named::brand(&store, &asked.brand).await?.brand_id;
    let found = async {
        let mut conn = store.read().await?;
        match feedback::rated(&mut conn, brand, &asked.parcel).await? {
            Some(rated) => cases::photo(&mut conn, store.vault(), brand, rated.shipment).await,
            None => Ok(None),
        }
    };
    let photo = found.await.map_err(|error| error.to_string())?;
    let Some(photo) = photo else {
        return Err(format!("parcel {:?} of {:?} has no photo", asked.parcel, asked.brand));
    };
    let refused = |error: std::io::Error| format!("{} cannot be written: {error}", asked.file.display());
    let mut file = std::fs::File::create_new(&asked.file).map_err(refused)?;
    std::io::Write::write_all(&mut file, &photo).map_err(refused)?;
    say::line(format!("{} bytes written to {}", photo.len(), asked.file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;

    #[test]
    fn a_case_is_one_line_whatever_is_written_in_it() {
        let case = CaseRecord {
            brand: "meadow".to_owned(),
            order_number: "#1001".to_owned(),
            tracking_number: None,
            cause: "missing".to_owned(),
            state: "open".to_owned(),
            text: "one\n\u{1b}[2J <script>two".to_owned(),
            answer_by: "2026-11-09".to_owned(),
            opened_at: Timestamp::UNIX_EPOCH,
            has_photo: true,
        };
        assert_eq!(
            to_line(&case),
            "meadow #1001 (whole order) missing · open · answer by 2026-11-09 · photo · one [2J <script>two"
        );
        assert_eq!(for_machines(&case)["text"], case.text);
    }
}
