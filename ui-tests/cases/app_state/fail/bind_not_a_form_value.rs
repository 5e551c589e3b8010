#[rdj::app_state]
pub struct TagsState {
    #[var(bind)]
    pub tags: Vec<String>,
}

fn main() {}
