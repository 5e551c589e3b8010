#[rdj::app_state]
pub struct FilterState {
    #[var(query)]
    pub colours: Vec<String>,
}

fn main() {}
