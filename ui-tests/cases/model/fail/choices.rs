#[derive(rdj::Choices)]
pub enum Medium {
    #[rdj(lable = "Compact disc")]
    Cd,
    Tape(u8),
}

#[derive(rdj::Choices)]
pub enum Nothing {}

#[derive(rdj::Choices)]
pub struct Record;

#[derive(rdj::Choices)]
pub enum Twice {
    #[sea_orm(string_value = "two")]
    One,
    Two,
}

fn main() {}
