//! `rekey`: everything sealed, under the newest key.

use crate::store::rekey;

use super::{Problem, say, settings};

pub async fn run() -> Result<(), Problem> {
    let store = settings::ready_store().await?;
    let bar = say::progress(0);
    let done = rekey::rekey(&store, |resealed| {
        bar.inc_length(resealed);
        bar.inc(resealed);
    });
    let done = done.await.map_err(|error| format!("{error}; running it again does the rest"))?;
    bar.finish_and_clear();
    for column in &done {
        eprintln!("{}: resealed={} unreadable={}", column.column, column.resealed, column.unreadable);
    }
    let key = store.vault().signing_key_id();
    store.close().await;
    let resealed: u64 = done.iter().map(|column| column.resealed).sum();
    let unreadable: u64 = done.iter().map(|column| column.unreadable).sum();
    say::line(format!("key={key} resealed={resealed} unreadable={unreadable}"))?;
    match unreadable {
        0 => Ok(()),
        _ => Err(format!(
            "{unreadable} values are sealed with a key that is not in DOORSTEP_SECRET_KEYS: add it behind the newest and run again"
        )),
    }
}
