//! The registry's carriers, by part of the world. National posts known by their country's code alone are in `post`.

mod america;
mod asia;
mod europe;
mod world;

use super::Carrier;

/// What the entries fill in.
const UNKNOWN: Carrier = Carrier { id: "", name: "", aliases: &[], tracking_link: None, phone: None, home_zone: None };

pub static CARRIERS: [&[Carrier]; 4] = [world::CARRIERS, america::CARRIERS, europe::CARRIERS, asia::CARRIERS];
