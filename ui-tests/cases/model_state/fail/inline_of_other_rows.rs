use rdj::prelude::*;
use bills::bill;

#[path = "../../bills.rs"]
mod bills;

#[model_state(model = bill::Entity, fields(customer))]
pub struct NamesState;

#[model_state(model = bill::Entity, fields(customer), inlines(lines = NamesState))]
pub struct BillsState;

fn main() {}
