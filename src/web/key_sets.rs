//! Public keys of sources that sign with a private one, fetched when a signature names a key we do not have yet.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use crate::sources::json::Value;
use crate::sources::verify::PublicKey;

/// A forged key id must not make us ask the vendor at will.
const ASK_EVERY: Duration = Duration::from_secs(60);
const MOST_BYTES: usize = 256 * 1024;

#[derive(Default)]
pub struct KeySets(Mutex<HashMap<String, KeySet>>);

struct KeySet {
    keys: Vec<PublicKey>,
    asked_at: Instant,
}

impl KeySets {
    /// The keys fetched so far for a brand.
    pub fn of(&self, slug: &str) -> Vec<PublicKey> {
        let sets = self.0.lock().expect("nobody panics while holding the key sets");
        sets.get(slug).map(|set| set.keys.clone()).unwrap_or_default()
    }

    /// Fetches the key set for a key id that is not among ours, at most once a minute.
    pub async fn fetch(&self, slug: &str, url: &str, key_id: &str) -> Vec<PublicKey> {
        {
            let mut sets = self.0.lock().expect("nobody panics while holding the key sets");
            match sets.get_mut(slug) {
                Some(set) if set.asked_at.elapsed() < ASK_EVERY => return set.keys.clone(),
                Some(set) => set.asked_at = Instant::now(),
                None => {
                    sets.insert(slug.to_owned(), KeySet { keys: Vec::new(), asked_at: Instant::now() });
                }
            }
        }
        match ask(url).await {
            Ok(keys) => {
                let mut sets = self.0.lock().expect("nobody panics while holding the key sets");
                sets.insert(slug.to_owned(), KeySet { keys: keys.clone(), asked_at: Instant::now() });
                keys
            }
            Err(cause) => {
                tracing::warn!(%cause, key_id_length = key_id.len(), "a key set could not be fetched");
                self.of(slug)
            }
        }
    }
}

async fn ask(url: &str) -> Result<Vec<PublicKey>, String> {
    if !crate::jobs::outside::is_askable(url) {
        return Err("its address must be https and a name".to_owned());
    }
    let client = crate::jobs::outside::client().map_err(|error| error.to_string())?;
    let response = client.get(url).send().await.map_err(|error| error.to_string())?;
    let response = response.error_for_status().map_err(|error| error.to_string())?;
    if response.content_length().is_some_and(|length| length > MOST_BYTES as u64) {
        return Err("the key set is too large".to_owned());
    }
    let body = response.bytes().await.map_err(|error| error.to_string())?;
    let set: Value<'_> = serde_json::from_slice(&body).map_err(|error| error.to_string())?;
    Ok(PublicKey::of_key_set(&set))
}
