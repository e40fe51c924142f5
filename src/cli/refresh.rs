//! `refresh`: one parcel asked for at its carrier, now.

use clap::Args;

use crate::clock::Clock;
use crate::jobs::follow::{Follower, Shop};
use crate::jobs::poll::{Polled, Refresh};
use crate::orders::number::TrackingNumber;

use super::{Problem, named, say, settings};

#[derive(Debug, Args)]
pub struct Asked {
    /// The parcel's tracking number
    #[arg(value_name = "NUMBER")]
    number: String,
    /// Brand of the parcel, by its slug
    #[arg(long, value_name = "SLUG")]
    brand: String,
}

pub async fn run(asked: Asked) -> Result<(), Problem> {
    let Ok(number) = asked.number.parse::<TrackingNumber>() else {
        return Err(format!("{:?} cannot be a tracking number", asked.number));
    };
    let config = settings::read()?;
    let store = settings::ready_store().await?;
    let published = named::brand(&store, &asked.brand).await?;
    let shop = Shop { id: published.brand_id, slug: published.brand.slug, region: published.brand.region };
    let follower = Follower::new(config.outgoing, store.clone(), Clock::System)?;
    let refresh = follower.refresh(&shop, number.as_str()).await.map_err(|error| error.to_string())?;
    store.close().await;
    match refresh {
        Refresh::NoSuchParcel => Err(format!("brand {:?} has no parcel {:?}", asked.brand, asked.number)),
        Refresh::NobodyToAsk(carrier) => Err(nobody(&asked.brand, carrier.as_deref())),
        Refresh::Asked(refreshed) => {
            let status = refreshed.status.unwrap_or_default();
            let source = refreshed.source;
            match refreshed.polled {
                Polled::Told { new_events } => say::line(format!("{source}: new_events={new_events} status={status}")),
                Polled::Nothing => say::line(format!("{source}: nothing is known there yet status={status}")),
                Polled::Failed(why) => Err(format!("{source}: {why}")),
            }
        }
    }
}

fn nobody(slug: &str, carrier: Option<&str>) -> Problem {
    let brand = slug.to_uppercase().replace(|c: char| !c.is_ascii_alphanumeric(), "_");
    let of = carrier.map_or("parcels of an unknown carrier".to_owned(), |carrier| format!("parcels of {carrier}"));
    format!(
        "nobody is set up to be asked for {of}: set DOORSTEP_POLL_{brand}_<SOURCE> to https://CLIENT:SECRET@host; sources \
         are UPS, FEDEX, USPS, DHL, and EASYPOST and SEVENTEENTRACK for any carrier"
    )
}
