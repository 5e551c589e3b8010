#[rdj::app_state]
pub struct FormState {
    #[var(bind, transient)]
    pub title: String,
}

fn main() {}
