use rdj::prelude::*;
use bills::{bill, line};

#[path = "../../bills.rs"]
mod bills;

#[model_state(model = line::Entity, fields(quantity))]
pub struct LinesState;

#[model_state(model = bill::Entity, fields(customer), inlines(linse = LinesState))]
pub struct BillsState;

fn main() {}
