//! What the commands' tests work in: a folder, and in it a store.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::brand::read_folder;
use crate::clock::Clock;
use crate::store::brands::{self, Published};
use crate::store::seal::Keys;
use crate::store::{Store, Urgency};

/// A folder that is gone when the test ends.
pub struct Folder {
    pub path: PathBuf,
}

impl Folder {
    pub fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("doorstep-cli-{name}-{}", std::process::id()));
        std::fs::remove_dir_all(&path).ok();
        std::fs::create_dir_all(&path).unwrap();
        Folder { path }
    }

    pub fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path.join(name);
        std::fs::write(&path, text).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.path).ok();
    }
}

/// A store of its own in the folder, with one published brand, `shop`.
pub async fn store_with_a_brand(folder: &Folder) -> (Store, Published) {
    let url = format!("sqlite://{}", folder.path.join("store.db").display());
    let store = Store::open(&url, Keys::read(&Keys::fresh_text()).unwrap()).await.unwrap();
    store.migrate().await.unwrap();
    let toml = "slug = \"shop\"\nname = \"Shop\"\nhosts = [\"shop.example\"]\nregion = \"US\"\n";
    let brand = read_folder(&BTreeMap::from([("brand.toml".to_owned(), toml.as_bytes().to_vec())])).unwrap();
    let mut conn = store.write(Urgency::Batch).await.unwrap();
    brands::publish(&mut conn, &brand, Clock::System.now()).await.unwrap();
    conn.commit().await.unwrap();
    let mut conn = store.read().await.unwrap();
    let published = brands::by_slug(&mut conn, "shop").await.unwrap().unwrap();
    drop(conn);
    (store, published)
}
