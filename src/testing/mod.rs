//! What tests build their worlds with: a whole portal on a store of its own, browsers that visit it, and what shops and
//! carriers tell it.

pub mod app;
pub mod browser;
pub mod builders;
pub mod fixtures;

pub use app::TestApp;
pub use browser::{Browser, Page};
pub use builders::{a_shipment, an_event, an_order};

/// Makes a test of each named function twice: on SQLite and on PostgreSQL.
///
/// Without `DOORSTEP_TEST_POSTGRES` (`scripts/with-postgres` sets it) the second says loudly that it was left out.
macro_rules! on_both_databases {
    ($($rule:ident),* $(,)?) => {
        mod on_sqlite {
            $(#[tokio::test]
            async fn $rule() {
                super::$rule($crate::testing::TestApp::new().await).await;
            })*
        }
        mod on_postgres {
            $(#[tokio::test]
            async fn $rule() {
                if let Some(app) = $crate::testing::TestApp::on_postgres().await {
                    super::$rule(app).await;
                }
            })*
        }
    };
}
pub(crate) use on_both_databases;

/// Waits for what another task does. Ten seconds are for ever here.
pub async fn in_time<T>(what: &str, future: impl Future<Output = T>) -> T {
    match tokio::time::timeout(std::time::Duration::from_secs(10), future).await {
        Ok(value) => value,
        Err(_) => panic!("{what} did not happen"),
    }
}
