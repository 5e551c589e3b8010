//! A folder that is not there.

fn main() {
    let _ = rdj::i18n::I18n::new().catalogues(rdj::catalogues!("nowhere"));
}
