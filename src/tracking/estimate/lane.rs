//! Lanes: who carries from where to where, the wider lanes each one falls back on, and what is kept of each.

use serde::{Deserialize, Serialize};

/// What a parcel travels on. Regions are states or countries, written the same way on both ends ("BR-SP", "SP", "US").
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Lane {
    pub carrier: Option<String>,
    pub service: Option<String>,
    pub origin: Option<String>,
    pub destination: Option<String>,
}

/// How wide the lane is that an estimate rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LaneLevel {
    All,
    Destination,
    OriginDestination,
    CarrierOriginDestination,
}

impl Lane {
    /// The key of its statistics at a level; `None` where the lane does not know enough to have one.
    pub fn key(&self, level: LaneLevel) -> Option<String> {
        let (origin, destination) = (self.origin.as_deref(), self.destination.as_deref());
        match level {
            LaneLevel::All => Some("all".to_owned()),
            LaneLevel::Destination => Some(format!("to:{}", destination?)),
            LaneLevel::OriginDestination => Some(format!("lane:{}>{}", origin?, destination?)),
            LaneLevel::CarrierOriginDestination => {
                let service = self.service.as_deref().unwrap_or("");
                Some(format!("via:{}/{service}:{}>{}", self.carrier.as_deref()?, origin?, destination?))
            }
        }
    }

    /// "SP→RJ", for people.
    pub fn label(&self) -> String {
        format!("{}→{}", self.origin.as_deref().unwrap_or("?"), self.destination.as_deref().unwrap_or("?"))
    }
}

/// A mean that forgets: sums in which each earlier value counts a little less at every new one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Fading {
    sum: f64,
    weight: f64,
}

impl Fading {
    pub fn learn(&mut self, value: f64, keep: f64) {
        self.sum = self.sum * keep + value;
        self.weight = self.weight * keep + 1.0;
    }

    /// Drawn towards what the wider lane says, as if that had been seen `trust` times (empirical-Bayes shrinkage).
    pub fn mean_drawn_to(&self, wider: f64, trust: f64) -> f64 {
        (self.sum + trust * wider) / (self.weight + trust)
    }
}

/// What is kept of one lane, or of one seller, at one stage.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct LaneStatistics {
    /// Square roots of the working days taken.
    pub duration: Fading,
    pub arrived: u64,
    /// Windows that were given and can be judged, and how they did.
    pub judged: u64,
    pub kept: u64,
    pub came_early: u64,
    pub came_late: u64,
}

/// A stable 64-bit hash (FNV-1a), so that what is stored means the same in every build.
pub fn stable_hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lane_without_carrier_falls_back_on_the_wider_ones() {
        let lane = Lane { origin: Some("SP".into()), destination: Some("RJ".into()), ..Lane::default() };
        assert_eq!(lane.key(LaneLevel::CarrierOriginDestination), None);
        assert_eq!(lane.key(LaneLevel::OriginDestination).as_deref(), Some("lane:SP>RJ"));
        assert_eq!(lane.key(LaneLevel::Destination).as_deref(), Some("to:RJ"));
        assert_eq!(lane.key(LaneLevel::All).as_deref(), Some("all"));
    }

    #[test]
    fn few_observations_lean_on_the_wider_lane() {
        let mut mean = Fading::default();
        assert_eq!(mean.mean_drawn_to(3.0, 10.0), 3.0);
        (0..1000).for_each(|_| mean.learn(5.0, 0.999));
        assert!(mean.mean_drawn_to(3.0, 10.0) > 4.9);
    }
}
