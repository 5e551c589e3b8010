use rdj_auth::{
    NewUser, Result, UserError,
    password::is_usable,
    user::{UsernameError, normalize_email, username},
};

use crate::support::{PASSWORD, auth, make, with_ann};

#[test]
fn usernames_follow_djangos_rules() {
    assert_eq!(username("a.b+c-d_e@f1"), Ok("a.b+c-d_e@f1".to_owned()));
    assert_eq!(username("Jürgen"), Ok("Jürgen".to_owned()));
    // compatible forms become the usual ones
    assert_eq!(username("\u{ff41}nn"), Ok("ann".to_owned()));
    for bad in ["a b", "a/b", "ann\n", "<b>", " ann", "a\u{200b}b"] {
        assert_eq!(username(bad), Err(UsernameError::Characters), "{bad:?}");
    }
    assert_eq!(username(""), Err(UsernameError::Empty));
    assert!(username(&"x".repeat(150)).is_ok());
    assert_eq!(username(&"x".repeat(151)), Err(UsernameError::TooLong));
}

#[test]
fn domains_are_in_lower_case() {
    assert_eq!(normalize_email(" Ann@Example.COM "), "Ann@example.com");
    assert_eq!(normalize_email("\"a@B\"@C"), "\"a@B\"@c");
    assert_eq!(normalize_email("nothing"), "nothing");
}

#[tokio::test]
async fn names_that_differ_only_by_case_clash() -> Result {
    let (auth, _) = with_ann().await?;
    let users = auth.users(auth.db());
    for name in ["ann", "ANN", "\u{ff41}nn"] {
        let made = users.create_user(NewUser::new(name)).await;
        assert!(matches!(made, Err(UserError::UsernameTaken)), "{name}");
    }
    assert!(users.create_user(NewUser::new("anna")).await.is_ok());
    assert!(users.create_user(NewUser::new("jörg")).await.is_ok());
    let made = users.create_user(NewUser::new("JÖRG")).await;
    assert!(matches!(made, Err(UserError::UsernameTaken)));
    Ok(())
}

#[tokio::test]
async fn finds_by_email_whatever_its_case() -> Result {
    let (auth, ann) = with_ann().await?;
    let users = auth.users(auth.db());
    let found = users.by_email("ANN@EXAMPLE.COM").await?;
    assert_eq!(found, std::slice::from_ref(&ann));
    assert!(users.by_email("").await?.is_empty());
    assert!(users.by_email("%").await?.is_empty());
    assert!(users.by_username("ANN").await?.is_none());
    assert_eq!(users.by_username("ann").await?, Some(ann));
    Ok(())
}

/// R9b: letters that fold to others only in a database, or only in Unicode, are no match.
#[tokio::test]
async fn r9b_letters_that_look_alike_are_others() -> Result {
    let auth = auth().await?;
    make(&auth, "mike").await?;
    let users = auth.users(auth.db());
    assert!(users.by_email("m\u{131}ke@example.com").await?.is_empty());
    assert!(users.by_email("mike@example.com\u{0}").await?.is_empty());
    Ok(())
}

#[tokio::test]
async fn passwords_are_not_stripped() -> Result {
    let auth = auth().await?;
    let users = auth.users(auth.db());
    let ann = users
        .create_user(NewUser::new("ann").password(" x "))
        .await?;
    assert!(users.check_password(&ann, " x ").await?);
    assert!(!users.check_password(&ann, "x").await?);
    Ok(())
}

#[tokio::test]
async fn without_a_password_nobody_signs_in() -> Result {
    let auth = auth().await?;
    let users = auth.users(auth.db());
    let ann = users.create_user(NewUser::new("ann")).await?;
    assert!(!is_usable(&ann.password));
    assert!(!users.check_password(&ann, &ann.password).await?);
    users.set_password(&ann, PASSWORD).await?;
    let ann = users.by_id(ann.id.into()).await?.unwrap_or(ann);
    assert!(users.check_password(&ann, PASSWORD).await?);
    users.set_unusable_password(&ann).await?;
    let ann = users.by_id(ann.id.into()).await?.unwrap_or(ann);
    assert!(!users.check_password(&ann, PASSWORD).await?);
    Ok(())
}

#[tokio::test]
async fn superusers_are_staff() -> Result {
    let auth = auth().await?;
    let users = auth.users(auth.db());
    let root = users
        .create_superuser(NewUser::new("root").password(PASSWORD))
        .await?;
    assert!(root.is_staff && root.is_superuser && root.is_active);
    assert_eq!(root.last_login, None);
    Ok(())
}

#[tokio::test]
async fn logs_show_no_secrets() -> Result {
    let (auth, ann) = with_ann().await?;
    let shown = format!(
        "{ann:?} {auth:?} {:?}",
        NewUser::new("x").password(PASSWORD)
    );
    assert!(
        !shown.contains("argon2$") && !shown.contains(PASSWORD),
        "{shown}"
    );
    assert!(!format!("{:?}", auth.settings()).contains("a secret"));
    Ok(())
}
