#[derive(rdj::Model)]
pub enum Model {
    One,
}

fn main() {}
