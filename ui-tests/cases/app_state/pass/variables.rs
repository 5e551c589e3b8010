//! Variables of all kinds, and what a form does to them.

use rdj::{Bind as _, Entries, Result, app_state};

use crate::support::{call, submit};

/// A color.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Color {
    /// Red.
    Red,
}

/// All kinds.
#[app_state]
#[derive(Clone, Debug)]
pub struct PaintState {
    /// Without a `Default`.
    #[var(default = Color::Red)]
    pub color: Color,
    #[var(bind, default = 3)]
    coats: u8,
    #[var(bind)]
    note: Option<String>,
    #[var(bind)]
    r#type: String,
    #[var(bind)]
    glossy: bool,
    #[cfg(windows)]
    window: u8,
    #[var(default = std::collections::HashMap::<u8, String>::from([(1, "one".to_owned())]))]
    names: std::collections::HashMap<u8, String>,
}

#[tokio::test]
async fn a_setter_takes_what_was_typed() -> Result {
    let mut paint = PaintState::default();
    assert_eq!(
        (
            <PaintState as rdj::State>::NAME,
            paint.coats,
            paint.names.len()
        ),
        ("paint", 3, 1)
    );
    call(&mut paint, "set_coats", "[\"5\"]").await?;
    call(&mut paint, "set_type", "[\"matt\"]").await?;
    call(&mut paint, "set_glossy", "[true]").await?;
    assert_eq!(
        (paint.coats, paint.r#type.as_str(), paint.glossy),
        (5, "matt", true)
    );
    assert_eq!(
        paint.on_input().set_coats().to_string(),
        "data-rdj-input=\"paint.set_coats\""
    );
    assert_eq!(paint.color, Color::Red);
    Ok(())
}

#[tokio::test]
async fn what_is_no_value_stays_in_its_control() -> Result {
    let mut paint = PaintState::default();
    call(&mut paint, "set_coats", "[\"many\"]").await?;
    assert_eq!(
        (paint.coats, paint.field_errors().get("coats").is_some()),
        (3, true)
    );
    let shown = "name=\"coats\" value=\"many\" aria-invalid=\"true\"";
    assert_eq!(paint.bind().coats().to_string(), shown);
    call(&mut paint, "set_coats", "[\"4\"]").await?;
    assert_eq!(
        paint.bind().coats().to_string(),
        "name=\"coats\" value=\"4\""
    );
    assert!(paint.field_errors().is_empty());
    Ok(())
}

#[tokio::test]
async fn a_submit_fills_variables_first() {
    let mut paint = PaintState::default();
    let entries = Entries::parse(b"coats=9&note=&type=x&glossy=on&other=1").unwrap_or_default();
    // there is no such event, but the form is kept
    assert!(submit(&mut paint, "save", &entries).await.is_err());
    assert_eq!((paint.coats, &paint.note, paint.glossy), (9, &None, true));
    assert_eq!(
        paint.bind().glossy().to_string(),
        "name=\"glossy\" value=\"true\" checked"
    );
}

#[tokio::test]
async fn only_bindable_variables_have_setters() {
    let mut paint = PaintState::default();
    for event in ["set_color", "set_names", "color", "set_", "__form"] {
        assert!(call(&mut paint, event, "[\"1\"]").await.is_err(), "{event}");
    }
}
