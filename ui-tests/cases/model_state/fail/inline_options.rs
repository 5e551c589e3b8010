use rdj::prelude::*;
use bills::{bill, line};

#[path = "../../bills.rs"]
mod bills;

#[model_state(model = line::Entity, fields(quantity))]
pub struct LinesState;

#[model_state(model = bill::Entity, fields(customer), inlines(lines))]
pub struct OneState;

#[model_state(model = bill::Entity, fields(customer), inlines(lines = LinesState(mni = 1)))]
pub struct TwoState;

#[model_state(model = bill::Entity, fields(customer), inlines(lines = LinesState(min = 3, max = 2)))]
pub struct ThreeState;

#[model_state(model = bill::Entity, fields(customer), inlines(lines = LinesState(extra = "two")))]
pub struct FourState;

#[model_state(model = bill::Entity, actions(list), list_display(customer), inlines(lines = LinesState))]
pub struct FiveState;

#[model_state(
    model = bill::Entity,
    fields(customer),
    inlines(lines = LinesState, lines = LinesState),
)]
pub struct SixState;

fn main() {}
