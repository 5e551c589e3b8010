use rdj::prelude::*;
use bills::{bill, line};

#[path = "../../bills.rs"]
mod bills;

#[model_state(model = line::Entity, fields(bill_id, quantity))]
pub struct LinesState;

#[model_state(model = bill::Entity, fields(customer), inlines(lines = LinesState))]
pub struct BillsState;

fn main() {}
