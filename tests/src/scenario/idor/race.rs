//! Rows that go to another owner while something is done with them.

use std::{sync::Arc, sync::atomic::AtomicBool, sync::atomic::Ordering, time::Duration};

use rdj::{
    handlers,
    orm::{
        Db,
        sea_orm::{ActiveModelTrait as _, Set},
    },
    prelude::*,
};

use super::states::owned::PapersState;
use crate::{models::papers::paper, orm::Client};

async fn add(db: &Db, id: i64) -> Result {
    let row = paper::ActiveModel {
        id: Set(id),
        user_id: Set(1),
        title: Set(format!("paper {id}")),
        stars: Set(1),
        ..Default::default()
    };
    row.insert(db).await?;
    Ok(())
}

/// The second of two selected rows goes to somebody else while the first is worked on: not before the
/// work is done.
pub async fn handed_over(db: &Db) -> Result {
    add(db, 71).await?;
    add(db, 72).await?;
    let ann = Client::new(db, 1);
    for all in [false, true] {
        let mut papers = PapersState::default();
        ann.load(&mut papers).await?;
        ann.call(&mut papers, "select_page", "[true]").await?;
        papers.all_selected = all;
        let is_gone = Arc::new(AtomicBool::new(false));
        let other = (db.clone(), Arc::clone(&is_gone));
        let mut giving = None;
        let report = handlers::for_selected(&mut papers, &ann.cx(), Action::Update, |_, _, row| {
            if row.id == 71 {
                let (db, is_gone) = other.clone();
                giving = Some(tokio::spawn(async move {
                    let row = paper::ActiveModel {
                        id: Set(72),
                        user_id: Set(2),
                        ..Default::default()
                    };
                    let given = row.update(&db).await;
                    is_gone.store(true, Ordering::SeqCst);
                    given
                }));
            }
            let is_gone = Arc::clone(&is_gone);
            Box::pin(async move {
                tokio::time::sleep(Duration::from_millis(100)).await;
                if row.id == 72 && is_gone.load(Ordering::SeqCst) {
                    return Err(Error::internal("the row is somebody else's"));
                }
                Ok(())
            })
        })
        .await?;
        assert_eq!((report.done, report.refused), (2, 0));
        if let Some(giving) = giving {
            giving
                .await
                .map_err(|error| Error::internal(error.to_string()))??;
        }
        ann.load(&mut papers).await?;
        assert_eq!(papers.total_count, 1, "it went afterwards");
        let back = paper::ActiveModel {
            id: Set(72),
            user_id: Set(1),
            ..Default::default()
        };
        back.update(db).await?;
    }
    Ok(())
}
