//! Order, clashes, failures, and how often processors run.

use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::json;

use super::*;
use crate::{testing::TestCx, user::CurrentUser};

async fn shop(_: &Cx) -> Result<Value> {
    Ok(json!({"NAME": "shop", "CURRENCY": "EUR"}))
}

async fn brand(_: &Cx) -> Result<Value> {
    Ok(json!({"NAME": "brand"}))
}

async fn motto(_: &Cx) -> Result<&'static str> {
    Ok("more")
}

async fn broken(_: &Cx) -> Result<Value> {
    Err(Error::internal("no database"))
}

#[derive(Default)]
struct Runs(AtomicU32);

async fn counting(cx: &Cx) -> Result<Value> {
    cx.resource::<Runs>()?.0.fetch_add(1, Ordering::SeqCst);
    Ok(json!({"inner": cx.context().await.len()}))
}

fn test() -> TestCx {
    TestCx::new()
        .resource(Runs::default())
        .context_processor("shop", shop)
        .context_processor("broken", broken)
        .context_processor("brand", brand)
        .context_processor("motto", motto)
        .context_processor("counting", counting)
}

#[tokio::test]
async fn later_ones_win_and_failing_ones_are_left_out() {
    let cx = test().build();
    let context = cx.context().await;
    assert_eq!(context["NAME"], "brand");
    assert_eq!(context["CURRENCY"], "EUR");
    assert_eq!(context["motto"], "more");
    assert_eq!(context["user"]["is_authenticated"], false);
    let currency: Option<String> = cx.context_value("CURRENCY").await.unwrap();
    assert_eq!(currency.as_deref(), Some("EUR"));
    assert_eq!(cx.context_value::<i32>("unknown").await.unwrap(), None);
    assert!(cx.context_value::<i32>("CURRENCY").await.is_err());
}

#[tokio::test]
async fn they_run_once_when_read_and_again_for_another_user() {
    let cx = test().build();
    let runs = || cx.resource::<Runs>().unwrap().0.load(Ordering::SeqCst);
    assert_eq!(runs(), 0);
    assert_eq!(cx.context().await["inner"], 0, "no processor sees another");
    cx.context().await;
    assert_eq!(runs(), 1);
    cx.set_user(Some(CurrentUser::new(7, "ann")));
    assert_eq!(cx.context().await["user"]["username"], "ann");
    assert_eq!(runs(), 2);
}

#[tokio::test]
async fn the_languages() {
    let cx = TestCx::new().language("ar").build();
    let context = cx.context().await;
    assert_eq!(context["LANGUAGE_CODE"], "ar");
    assert_eq!(context["LANGUAGE_BIDI"], true);
    assert_eq!(context["LANGUAGES"][0], json!(["en", "English"]));
}

#[test]
fn names_stand_once() {
    let app = App::new()
        .context_processor("shop", shop)
        .context_processor("builtin_user", brand);
    let names = ["builtin_user", "builtin_i18n", "shop"];
    assert_eq!(app.context_processors(), names);
    assert_eq!(App::new().context_processors(), names[..2]);
}
