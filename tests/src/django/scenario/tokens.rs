//! Links of password resets of either side, with one secret key.

use http::header;
use rdj::{Result, auth::token};
use serde_json::json;

use super::sign_in::{sign_in, signed_in};
use crate::{
    Server,
    django::{Django, Site},
};

const PASSWORD: &str = "correct horse";

async fn made_by_django(django: &mut Django) -> String {
    let made = django.run("reset_token", json!({"username": "ann"})).await;
    made["token"].as_str().expect("a token").to_owned()
}

async fn django_takes(django: &mut Django, token: &str) -> bool {
    let asked = json!({"username": "ann", "token": token});
    django.run("check_reset_token", asked).await == true
}

/// Each side takes the other's tokens until they are used, wherever the user signed in last.
pub async fn of_either_side(site: Site) -> Result {
    let mut django = site.made_by_django().await?;
    let ann = json!({"username": "ann", "password": PASSWORD, "email": "ann@example.org"});
    let id = django.run("create_user", ann).await;
    let auth = site.auth()?;
    let (users, tokens) = (auth.users(&site.db), auth.reset_tokens());
    let server = site.serve().await?;
    for sign_in_at in ["nowhere", "rdj", "Django"] {
        match sign_in_at {
            "rdj" => drop(signed_in(&server, "ann", PASSWORD).await),
            "Django" => {
                let staff = json!({"username": "ann", "is_staff": true});
                django.open_admin().await;
                django.run("admin_change_user", staff).await;
                let login = json!({"username": "ann", "password": PASSWORD});
                django.run("admin_login", login).await;
            }
            _ => {}
        }
        let ann = users.by_username("ann").await?.expect("ann");
        let theirs = made_by_django(&mut django).await;
        assert!(tokens.check(&ann, &theirs), "after a login at {sign_in_at}");
        let ours = tokens.make(&ann);
        assert!(django_takes(&mut django, &ours).await, "{sign_in_at}");
        let wrong = ours.replace('-', "-0");
        assert!(!django_takes(&mut django, &wrong).await && !tokens.check(&ann, &wrong));
    }
    // a link of rdj, followed in Django
    let ann = users.by_username("ann").await?.expect("ann");
    let (theirs, ours) = (made_by_django(&mut django).await, tokens.make(&ann));
    let uid = token::uid(ann.id.into());
    assert_eq!(token::parse_uid(&uid), id.as_i64());
    let link = json!({"uid": uid, "token": ours, "password": "battery staple 9"});
    let end = django.run("reset_password", link).await;
    assert!(end.to_string().contains("/reset/done/"), "{end}");
    let ann = users.by_username("ann").await?.expect("ann");
    for used in [ours, theirs] {
        assert!(!tokens.check(&ann, &used) && !django_takes(&mut django, &used).await);
    }
    let html = sign_in(&server.browser(), "ann", PASSWORD).await;
    assert!(html.contains("refused: "), "{html}");
    signed_in(&server, "ann", "battery staple 9").await;
    followed_in_rdj(&mut django, &server, &uid).await;
    Ok(())
}

/// A link of Django, followed in rdj.
async fn followed_in_rdj(django: &mut Django, server: &Server, uid: &str) {
    let token = made_by_django(django).await;
    let browser = server.browser();
    let link = format!("/password-reset/confirm/{uid}/");
    let answer = browser.get(&format!("{link}{token}")).await;
    let form = format!("{link}set-password");
    assert_eq!(answer.headers()[header::LOCATION], form, "{answer:?}");
    let new = "paper clip 77";
    let sent =
        format!("_event=password_reset_confirm.submit&new_password={new}&confirm_password={new}");
    let answer = browser.post(&form, &sent.replace(' ', "+")).await;
    let to = answer.headers().get(header::LOCATION).cloned();
    let html = answer.text().await.expect("a text");
    assert!(to.is_some_and(|to| to == "/login"), "{html}");
    assert!(django.lets_in("ann", new).await);
    assert!(!django_takes(django, &token).await, "it is used");
}
