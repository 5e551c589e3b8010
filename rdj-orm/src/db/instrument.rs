//! The statements of an application under test, for `rdj::testing::TestSite`.

use rdj_runtime::{
    Resources,
    testing::{Instrument, TakeStatements},
};

use super::{Db, SqlCount};

inventory::submit! { Instrument(instrument) }

/// Puts a database that is counted in place of the application's; one that a test counts itself stays.
fn instrument(resources: &mut Resources) -> Option<TakeStatements> {
    let db = resources.get::<Db>()?;
    if db.log().is_some() {
        return None;
    }
    let count = SqlCount::new(db);
    resources.insert(count.db());
    Some(Box::new(move || count.take()))
}
