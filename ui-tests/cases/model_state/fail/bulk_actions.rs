use rdj::prelude::*;
use shop::track;

#[path = "../../shop.rs"]
mod shop;

#[model_state(model = track::Entity, fields(name), bulk_actions(make_free))]
pub struct NoActionState;

#[model_state(model = track::Entity, fields(name), bulk_actions(make_short))]
pub struct ArgumentState;

#[events]
impl ArgumentState {
    async fn make_short(&mut self, cx: &Cx, seconds: i32) -> Result {
        let _ = (cx, seconds);
        Ok(())
    }
}

fn main() {}
