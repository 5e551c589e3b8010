//! Writing the rows that were checked.

use rdj_runtime::Cx;

use super::{Inline, InlineRow, row::Plan, select::Tie};
use crate::{
    ops::{Stop, delete_row, write_found, write_new},
    state::ModelState,
};

/// Writes all rows: what is deleted first, so that its values are free.
pub(super) async fn write<C: ModelState>(
    inline: &mut Inline<C>,
    cx: &Cx,
    tie: &Tie<C>,
) -> Result<(), Stop> {
    let turns: [fn(&Plan<C>) -> bool; 3] = [
        |plan| matches!(plan, Plan::Delete(_)),
        |plan| matches!(plan, Plan::Update(_)),
        |plan| matches!(plan, Plan::Create),
    ];
    for is_next in turns {
        for row in inline.rows.iter_mut().filter(|row| is_next(&row.plan)) {
            if let Err(stop) = write_row(row, cx, tie).await {
                row.stop = Some(stop);
                // the row says why
                return Err(Stop::Invalid(Default::default()));
            }
        }
    }
    Ok(())
}

async fn write_row<C: ModelState>(
    row: &mut InlineRow<C>,
    cx: &Cx,
    tie: &Tie<C>,
) -> Result<(), Stop> {
    let state = &mut row.state;
    match &row.plan {
        Plan::Delete(now) => {
            delete_row(state, cx, now).await?;
        }
        Plan::Update(now) => {
            write_found(state, cx, now.clone(), C::INLINES).await?;
        }
        Plan::Create => {
            state.core_mut().tied = Some((tie.column, tie.value.clone()));
            let written = write_new(state, cx, C::INLINES).await;
            state.core_mut().tied = None;
            written?;
        }
        Plan::Skip | Plan::Gone => {}
    }
    Ok(())
}
