use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use super::{Letter, Mail, MailBackend, MailFailure, Mailer, backend::readable, letter::address};
use crate::{dispatch::BoxFuture, error::Error};

fn mail() -> Mail {
    Mail::new(
        "Ada Lovelace <ada@example.org>",
        "Gr\u{fc}\u{df}e",
        "Dear Ada,\n\nhttps://x.org/?a=b",
    )
}

fn raw(mail: &Mail) -> String {
    let letter = Letter::new(mail, &address("Notes <notes@example.org>").unwrap()).unwrap();
    String::from_utf8(letter.raw()).unwrap()
}

#[test]
fn headers_name_sender_and_recipients_but_not_the_hidden_ones() {
    let text = raw(&mail().bcc("spy@example.org").reply_to("office@example.org"));
    for line in [
        "From: Notes <notes@example.org>\r\n",
        "To: \"Ada Lovelace\" <ada@example.org>\r\n",
        "Reply-To: office@example.org\r\n",
        "Subject: =?utf-8?b?R3LDvMOfZQ==?=\r\n",
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
    assert!(text.contains("@example.org>\r\n") && text.contains("Message-ID: <"));
    assert!(!text.contains("spy"), "{text}");
}

#[test]
fn html_stands_beside_the_text() {
    let text = raw(&mail().html("<p>Dear Ada</p>"));
    assert!(text.contains("multipart/alternative"), "{text}");
    assert!(text.contains("<p>Dear Ada</p>"), "{text}");
}

#[tokio::test]
async fn a_header_cannot_be_added() {
    let mailer = Mailer::memory();
    let breaks = ["\r\nBcc: spy@example.org", "\nX: y", "\r", "\0", "\u{b}"];
    for text in breaks {
        let address = format!("ada@example.org{text}");
        let named = format!("Ada{text} <ada@example.org>");
        for mail in [
            Mail::new("ada@example.org", format!("Hello{text}"), ""),
            Mail::new(&address, "Hello", ""),
            Mail::new(&named, "Hello", ""),
            mail().bcc(&address),
            mail().from(&named),
            mail().reply_to(&address),
        ] {
            let error = mailer.send(&mail).await.unwrap_err();
            assert!(matches!(error, Error::Invalid(_)), "{error} {mail:?}");
            assert!(matches!(mailer.enqueue(&mail), Err(Error::Invalid(_))));
        }
        assert!(Mailer::memory().with_from(&address).is_err());
    }
    assert_eq!(mailer.outbox(), []);
    assert_eq!(mailer.pending(), 0);
}

#[tokio::test]
async fn an_address_that_is_none_is_refused() {
    let mailer = Mailer::memory();
    for to in [
        "",
        "ada",
        "ada@",
        "@example.org",
        "a b@example.org",
        "a@b@c.org",
    ] {
        let error = mailer.send(&Mail::new(to, "Hello", "")).await.unwrap_err();
        assert!(
            error.to_string().contains("no e-mail address"),
            "{to}: {error}"
        );
    }
    let nobody = Mail {
        to: Vec::new(),
        ..mail()
    };
    assert!(mailer.send(&nobody).await.is_err());
}

#[tokio::test]
async fn memory_keeps_what_was_sent() {
    let mailer = Mailer::memory()
        .with_from("Notes <notes@example.org>")
        .unwrap();
    mailer.send(&mail()).await.unwrap();
    mailer.enqueue(&mail().from("other@example.org")).unwrap();
    mailer.flush().await;
    let from: Vec<_> = mailer
        .outbox()
        .into_iter()
        .map(|mail| mail.from.unwrap())
        .collect();
    assert_eq!(from, ["Notes <notes@example.org>", "other@example.org"]);
}

#[tokio::test]
async fn a_folder_gets_one_private_file_a_mail() {
    let folder = std::env::temp_dir().join(format!("rdj-mail-{}", crate::runtime::secret()));
    let mailer = Mailer::from_url(&format!("file:{}", folder.display())).unwrap();
    mailer.send(&mail()).await.unwrap();
    mailer.send(&mail()).await.unwrap();
    let files: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(files.len(), 2);
    let text = std::fs::read_to_string(files[0].path()).unwrap();
    assert!(text.contains("Ada Lovelace"), "{text}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = files[0].metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn the_console_shows_links_as_they_are() {
    let text = readable(&mail().from("notes@example.org"));
    assert!(text.contains("\nhttps://x.org/?a=b\n"), "{text}");
    assert!(
        text.contains("Subject: Gr\u{fc}\u{df}e\nFrom: notes@example.org\nTo: Ada"),
        "{text}"
    );
}

/// Fails as often as it is told to.
#[derive(Debug)]
struct Flaky {
    failures: usize,
    permanent: bool,
    tries: Arc<AtomicUsize>,
}

impl MailBackend for Flaky {
    fn name(&self) -> &'static str {
        "flaky"
    }

    fn deliver<'a>(&'a self, _letter: &'a Letter) -> BoxFuture<'a, Result<(), MailFailure>> {
        let try_ = self.tries.fetch_add(1, Ordering::Relaxed);
        Box::pin(async move {
            tokio::time::sleep(Duration::from_millis(20)).await;
            match (try_ < self.failures, self.permanent) {
                (false, _) => Ok(()),
                (true, false) => Err(MailFailure::transient("down")),
                (true, true) => Err(MailFailure::permanent("no such user")),
            }
        })
    }
}

async fn tries(failures: usize, permanent: bool) -> usize {
    let tries = Arc::new(AtomicUsize::new(0));
    let flaky = Flaky {
        failures,
        permanent,
        tries: Arc::clone(&tries),
    };
    let mailer = Mailer::new(flaky).with_retries([Duration::from_millis(1); 3]);
    mailer.enqueue(&mail()).unwrap();
    assert_eq!(tries.load(Ordering::Relaxed), 0, "it waits");
    assert_eq!(mailer.pending(), 1);
    mailer.flush().await;
    assert_eq!(mailer.pending(), 0);
    tries.load(Ordering::Relaxed)
}

#[tokio::test]
async fn a_delivery_that_fails_is_tried_again() {
    assert_eq!(tries(0, false).await, 1);
    assert_eq!(tries(2, false).await, 3);
    assert_eq!(tries(99, false).await, 4, "then it is given up");
    assert_eq!(
        tries(99, true).await,
        1,
        "what cannot be mended is not tried again"
    );
}

#[tokio::test]
async fn the_queue_is_bounded() {
    let flaky = Flaky {
        failures: 0,
        permanent: false,
        tries: Arc::default(),
    };
    let mailer = Mailer::new(flaky);
    for _ in 0..super::queue::PLACES {
        mailer.enqueue(&mail()).unwrap();
    }
    let error = mailer.enqueue(&mail()).unwrap_err();
    assert_eq!(error.to_string(), "the mail queue is full");
}

#[test]
fn addresses_of_backends_are_read() {
    let name = |url: &str| Mailer::from_url(url).map(|mailer| mailer.backend());
    assert_eq!(name("console:").unwrap(), "console");
    assert_eq!(name("memory:").unwrap(), "memory");
    assert_eq!(name("file:///var/mail").unwrap(), "file");
    for url in [
        "smtp://localhost:25",
        "smtp://user:p%40ss@mail.example.org:587?tls=required",
        "smtp://mail.example.org?tls=none",
        "smtps://user:pass@mail.example.org",
    ] {
        assert_eq!(name(url).unwrap(), "smtp", "{url}");
    }
    for url in [
        "",
        "console",
        "file:",
        "ftp://x",
        "smtp://",
        "smtp:",
        "smtp://h?tls=maybe",
        "smtp://h?x=y",
        "smtps://user:secret@h?tls=none",
        "smtp://user:secret@h:port",
    ] {
        let error = name(url).unwrap_err();
        assert!(matches!(error, Error::Setup(_)), "{url}: {error}");
        assert!(!error.to_string().contains("secret"), "{error}");
    }
}
