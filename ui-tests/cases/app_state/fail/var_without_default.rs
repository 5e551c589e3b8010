pub enum Color {
    Red,
    Green,
}

#[rdj::app_state]
pub struct PaintState {
    pub color: Color,
}

fn main() {}
