//! An application with commands of its own, for `tests/tests/commands.rs`. With `MANAGE=hardened` in the
//! environment it is set up for the open network.

use rdj::{
    App,
    command::{
        Arg, Command, CommandCx, SessionCleaner,
        check::{CsrfFacts, SecurityFacts, SessionFacts},
    },
};
use rdj_tests::pages::{CounterPage, GreetPage, PrivatePage};

async fn greet(cx: CommandCx) -> rdj::Result {
    let name = match cx.text("name") {
        Some(name) => name.to_owned(),
        None => cx.ask("Name: ").await?,
    };
    cx.stdout.line(format!("Hello {name}"))
}

fn hardened(app: App) -> App {
    app.resource(SecurityFacts {
        https_redirect: true,
        hsts_seconds: 31_536_000,
        hsts_subdomains: true,
        hsts_preload: true,
        nosniff: true,
        frame_options: Some("DENY".into()),
        referrer_policy: Some("same-origin".into()),
        opener_policy: Some("same-origin".into()),
        allowed_hosts: vec!["example.org".to_owned()],
        ..SecurityFacts::default()
    })
    .resource(SessionFacts {
        secure: true,
        http_only: true,
        persistent: true,
    })
    .resource(CsrfFacts { secure: true })
}

#[tokio::main]
async fn main() -> rdj::Result {
    let name = Arg::new("name").help("Who is greeted");
    let mut app = App::new()
        .version("9.8.7")
        .page::<CounterPage>()
        .page::<GreetPage>()
        .page::<PrivatePage>()
        .layer(rdj::session::memory())
        .resource(SessionCleaner::new(|| async { Ok(2) }))
        .command(Command::new("greet", "Greets somebody", greet).arg(name));
    if std::env::var("MANAGE").is_ok_and(|kind| kind == "hardened") {
        app = hardened(app);
    }
    app.run().await
}
