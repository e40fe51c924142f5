//! What carriers' own tracking answers say. One file a carrier; each knows its payloads by their shape.

pub mod amazon;
pub mod aramex;
pub mod asendia;
pub mod australia_post;
pub mod bpost;
pub mod canada_post;
pub mod chronopost;
pub mod colissimo;
pub mod dhl_express;
pub mod dhl_paket;
pub mod dhl_unified;
pub mod dpd;
pub mod dpd_fr;
pub mod dpd_uk;
pub mod evri;
pub mod fedex;
mod finer;
pub mod gls;
pub mod inpost;
pub mod la_poste;
pub mod landmark;
pub mod lasership;
pub mod ontrac;
pub mod pitney_bowes;
pub mod postnl;
pub mod postnord;
pub mod purolator;
pub mod royal_mail;
mod scan;
pub mod ups;
pub mod usps;

#[cfg(test)]
mod documented;
#[cfg(test)]
mod documented_payloads;
#[cfg(test)]
mod recorded;
#[cfg(test)]
mod recorded_north;
