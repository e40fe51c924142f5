//! What each aggregator calls a carrier when it is asked. How we read what they call one lives in `sources::carriers`.

use crate::sources::carriers;

use super::register::Aggregator;

/// The aggregator's name of a carrier, given by our id or by any name. `None` where it has none that we know.
pub fn name_at(aggregator: Aggregator, carrier: &str) -> Option<String> {
    let id = carriers::canonical(carrier)?;
    let name = match aggregator {
        Aggregator::Easypost => easypost(id)?,
        Aggregator::Seventeentrack => return seventeentrack(id),
        Aggregator::Aftership => aftership(id)?,
        Aggregator::Shippo => shippo(id)?,
        Aggregator::Karrio => karrio(id)?,
    };
    Some(name.to_owned())
}

fn easypost(id: &str) -> Option<&'static str> {
    Some(match id {
        "usps" => "USPS",
        "ups" => "UPS",
        "fedex" => "FedEx",
        "dhl_express" => "DHLExpress",
        "dhl_ecommerce" => "DhlEcs",
        "dhl_paket" => "DHLPaket",
        "canada_post" => "CanadaPost",
        "purolator" => "Purolator",
        "canpar" => "Canpar",
        "ontrac" => "OnTrac",
        "lasership" => "LaserShipV2",
        "speedee" => "SpeeDee",
        "pitney_bowes" => "PitneyBowes",
        "amazon" => "AmazonShipping",
        "royal_mail" => "RoyalMail",
        "parcelforce" => "Parcelforce",
        "evri" => "Evri",
        "yodel" => "Yodel",
        "dpd" => "DPD",
        "gls" => "GLS",
        "postnl" => "PostNL",
        "postnord" => "PostNord",
        "bpost" => "Bpost",
        "chronopost" => "Chronopost",
        "correos" => "Correos",
        "inpost" => "InPost",
        "tnt" => "TNTExpress",
        "aramex" => "Aramex",
        "asendia" => "Asendia",
        "landmark" => "LandmarkGlobal",
        "australia_post" => "AustraliaPost",
        "startrack" => "StarTrack",
        "sendle" => "Sendle",
        "yanwen" => "Yanwen",
        "sf_express" => "SFExpress",
        _ => return None,
    })
}

/// 17TRACK has numbers, which stand among the names of the registry.
fn seventeentrack(id: &str) -> Option<String> {
    let aliases = carriers::carrier(id)?.aliases;
    let number = aliases.iter().find(|alias| alias.len() >= 4 && alias.bytes().all(|byte| byte.is_ascii_digit()))?;
    Some((*number).to_owned())
}

fn aftership(id: &str) -> Option<&'static str> {
    Some(match id {
        "usps" => "usps",
        "ups" => "ups",
        "fedex" => "fedex",
        "dhl_express" | "dhl" => "dhl",
        "dhl_ecommerce" => "dhl-global-mail",
        "dhl_paket" => "dhl-germany",
        "canada_post" => "canada-post",
        "purolator" => "purolator",
        "canpar" => "canpar",
        "ontrac" => "ontrac",
        "lasership" => "lasership",
        "speedee" => "speedee",
        "old_dominion" => "old-dominion",
        "pitney_bowes" => "newgistics",
        "amazon" => "amazon",
        "correios" => "brazil-correios",
        "royal_mail" => "royal-mail",
        "parcelforce" => "parcel-force",
        "evri" => "myhermes-uk",
        "yodel" => "yodel",
        "dpd" => "dpd",
        "gls" => "gls",
        "postnl" => "postnl",
        "postnord" => "postnord",
        "bpost" => "bpost",
        "colissimo" => "colissimo",
        "la_poste" => "la-poste-colissimo",
        "chronopost" => "chronopost-france",
        "correos" => "spain-correos-es",
        "poste_italiane" => "poste-italiane",
        "inpost" => "inpost-paczkomaty",
        "mondial_relay" => "mondialrelay",
        "dx" => "dx",
        "tnt" => "tnt",
        "aramex" => "aramex",
        "asendia" => "asendia-usa",
        "landmark" => "landmark-global",
        "australia_post" => "australia-post",
        "startrack" => "star-track",
        "sendle" => "sendle",
        "japan_post" => "japan-post",
        "yamato" => "taqbin-jp",
        "sagawa" => "sagawa",
        "sf_express" => "sf-express",
        "china_post" => "china-post",
        "yanwen" => "yanwen",
        "yunexpress" => "yunexpress",
        "cainiao" => "cainiao",
        "4px" => "4px",
        "blue_dart" => "bluedart",
        "delhivery" => "delhivery",
        _ => return None,
    })
}

fn shippo(id: &str) -> Option<&'static str> {
    Some(match id {
        "usps" => "usps",
        "ups" => "ups",
        "fedex" => "fedex",
        "dhl_express" => "dhl_express",
        "dhl_ecommerce" => "dhl_ecommerce",
        "dhl_paket" => "dhl_germany",
        "canada_post" => "canada_post",
        "purolator" => "purolator",
        "canpar" => "canpar",
        "ontrac" => "ontrac",
        "lasership" => "lasership",
        "pitney_bowes" => "newgistics",
        "royal_mail" => "royal_mail",
        "parcelforce" => "parcelforce",
        "evri" => "hermes_uk",
        "dpd" => "dpd_germany",
        "gls" => "gls_deutschland",
        "postnl" => "postnl_international",
        "colissimo" | "la_poste" => "colissimo",
        "chronopost" => "chronopost",
        "correos" => "correos",
        "poste_italiane" => "poste_italiane",
        "mondial_relay" => "mondial_relay",
        "aramex" => "aramex",
        "asendia" => "asendia_us",
        "australia_post" => "australia_post",
        "startrack" => "startrack",
        "sendle" => "sendle",
        _ => return None,
    })
}

fn karrio(id: &str) -> Option<&'static str> {
    Some(match id {
        "usps" => "usps",
        "ups" => "ups",
        "fedex" => "fedex",
        "dhl_express" => "dhl_express",
        "dhl" | "dhl_ecommerce" => "dhl_universal",
        "dhl_paket" => "dhl_parcel_de",
        "canada_post" => "canadapost",
        "purolator" => "purolator",
        "canpar" => "canpar",
        "royal_mail" => "royalmail",
        "dpd" => "dpd",
        "gls" => "gls",
        "postnl" => "postnl",
        "bpost" => "bpost",
        "colissimo" => "colissimo",
        "la_poste" => "laposte",
        "chronopost" => "chronopost",
        "tnt" => "tnt",
        "aramex" => "aramex",
        "asendia" => "asendia_us",
        "landmark" => "landmark",
        "australia_post" => "australiapost",
        "sendle" => "sendle",
        "sf_express" => "sf_express",
        "yanwen" => "yanwen",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_carrier_is_named_whatever_the_shop_called_it() {
        assert_eq!(name_at(Aggregator::Easypost, "UPS®").unwrap(), "UPS");
        assert_eq!(name_at(Aggregator::Seventeentrack, "United States Postal Service").unwrap(), "21051");
        assert_eq!(name_at(Aggregator::Aftership, "DHL Express").unwrap(), "dhl");
        assert_eq!(name_at(Aggregator::Shippo, "Bob's Vans"), None);
    }

    /// What an aggregator is told and what we read of it are one carrier.
    #[test]
    fn the_name_given_is_a_name_understood() {
        let ids = ["usps", "ups", "fedex", "dhl_express", "dhl_paket", "canada_post", "royal_mail", "postnl", "gls"];
        for aggregator in Aggregator::ALL {
            for id in ids {
                let Some(name) = name_at(aggregator, id) else { continue };
                let read = carriers::canonical(&name);
                assert!(
                    read.is_none_or(|read| read == id || read == "dhl"),
                    "{} {name}: {read:?}",
                    aggregator.as_str()
                );
            }
        }
    }
}
