//! Mail to an SMTP server: what travels, what is refused, what is tried again.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use rdj::{
    Error,
    mail::{Mail, Mailer},
};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
};

/// A server that takes mail, says no to some addresses, and keeps all lines it was sent.
#[derive(Clone, Default)]
struct Smtp {
    lines: Arc<Mutex<Vec<String>>>,
    /// How often it refuses mail for now.
    busy: Arc<Mutex<usize>>,
}

impl Smtp {
    #[expect(clippy::expect_used, reason = "the test fails")]
    async fn start(&self) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let server = self.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let server = server.clone();
                tokio::spawn(async move { server.talk(stream).await });
            }
        });
        address.to_string()
    }

    #[expect(clippy::expect_used, reason = "the test fails")]
    async fn talk(&self, stream: TcpStream) -> Option<()> {
        let (read, mut write) = stream.into_split();
        let mut lines = BufReader::new(read).lines();
        write.write_all(b"220 test ESMTP\r\n").await.ok()?;
        let mut in_data = false;
        while let Some(line) = lines.next_line().await.ok()? {
            self.lines.lock().expect("the lines").push(line.clone());
            let word = line.split([' ', ':']).next().unwrap_or_default();
            let answer = match (in_data, line.as_str(), word) {
                (true, ".", _) => {
                    in_data = false;
                    "250 taken"
                }
                (true, ..) => continue,
                (_, _, "EHLO") => "250-test\r\n250-8BITMIME\r\n250 AUTH PLAIN LOGIN",
                (_, _, "AUTH") => "235 welcome",
                (_, _, "MAIL") if self.is_busy() => "451 later",
                (_, to, "RCPT") if to.contains("unknown") => "550 no such user",
                (_, _, "DATA") => {
                    in_data = true;
                    "354 go on"
                }
                (_, _, "QUIT") => "221 bye",
                _ => "250 ok",
            };
            write
                .write_all(format!("{answer}\r\n").as_bytes())
                .await
                .ok()?;
        }
        Some(())
    }

    #[expect(clippy::expect_used, reason = "the test fails")]
    fn is_busy(&self) -> bool {
        let mut busy = self.busy.lock().expect("the number");
        let is_busy = *busy > 0;
        *busy = busy.saturating_sub(1);
        is_busy
    }

    #[expect(clippy::expect_used, reason = "the test fails")]
    fn said(&self) -> String {
        self.lines.lock().expect("the lines").join("\n")
    }

    fn count(&self, start: &str) -> usize {
        self.said()
            .lines()
            .filter(|line| line.starts_with(start))
            .count()
    }
}

fn mail(to: &str) -> Mail {
    Mail::new(to, "Hello", "Dear Ada,\n.\nthe dot above is text").bcc("boss@example.org")
}

#[tokio::test]
async fn a_mail_arrives_with_its_envelope_and_its_text() {
    let smtp = Smtp::default();
    let address = smtp.start().await;
    let mailer = Mailer::from_url(&format!("smtp://user:p%40ss@{address}")).unwrap();
    let mailer = mailer.with_from("Notes <notes@example.org>").unwrap();
    mailer.send(&mail("Ada <ada@example.org>")).await.unwrap();
    let said = smtp.said();
    for line in [
        // user and p@ss
        "AUTH PLAIN AHVzZXIAcEBzcw==",
        "MAIL FROM:<notes@example.org>",
        "RCPT TO:<ada@example.org>",
        "RCPT TO:<boss@example.org>",
        "Subject: Hello",
        "..",
        "the dot above is text",
    ] {
        assert!(
            said.lines().any(|said| said.starts_with(line)),
            "{line} in {said}"
        );
    }
    assert!(!said.contains("Bcc"), "{said}");
}

#[tokio::test]
async fn a_refused_address_is_told_and_not_tried_again() {
    let smtp = Smtp::default();
    let address = smtp.start().await;
    let mailer = Mailer::from_url(&format!("smtp://{address}")).unwrap();
    let error = mailer.send(&mail("unknown@example.org")).await.unwrap_err();
    assert!(error.to_string().contains("no such user"), "{error}");
    assert!(error.is_internal(), "users do not see what the server says");

    let mailer = mailer.with_retries([Duration::from_millis(1); 5]);
    mailer.enqueue(&mail("unknown@example.org")).unwrap();
    mailer.flush().await;
    assert_eq!(smtp.count("RCPT TO:<unknown@example.org>"), 2);
}

#[tokio::test]
async fn a_busy_server_is_asked_again() {
    let smtp = Smtp::default();
    *smtp.busy.lock().unwrap() = 2;
    let address = smtp.start().await;
    let mailer = Mailer::from_url(&format!("smtp://{address}")).unwrap();
    let mailer = mailer.with_retries([Duration::from_millis(1); 5]);
    mailer.enqueue(&mail("ada@example.org")).unwrap();
    mailer.flush().await;
    assert_eq!(smtp.count("MAIL FROM"), 3);
    assert_eq!(smtp.count("Subject: Hello"), 1);
}

#[tokio::test]
async fn nothing_goes_to_a_server_that_does_not_encrypt_where_that_is_required() {
    let smtp = Smtp::default();
    let address = smtp.start().await;
    let mailer = Mailer::from_url(&format!("smtp://user:secret@{address}?tls=required")).unwrap();
    mailer.send(&mail("ada@example.org")).await.unwrap_err();
    assert_eq!(smtp.count("AUTH"), 0, "{}", smtp.said());
    assert_eq!(smtp.count("MAIL"), 0);
}

#[tokio::test]
async fn no_header_can_be_added_through_a_subject_or_an_address() {
    let smtp = Smtp::default();
    let address = smtp.start().await;
    let mailer = Mailer::from_url(&format!("smtp://{address}")).unwrap();
    for evil in [
        Mail::new("ada@example.org", "Hi\r\nBcc: spy@example.org", ""),
        Mail::new("ada@example.org>\r\nRCPT TO:<spy@example.org", "Hi", ""),
        Mail::new("ada@example.org", "Hi", "").reply_to("x@example.org\nBcc: spy@example.org"),
    ] {
        let error = mailer.send(&evil).await.unwrap_err();
        assert!(matches!(error, Error::Invalid(_)), "{error}");
        assert!(mailer.enqueue(&evil).is_err());
    }
    assert!(!smtp.said().contains("spy"), "{}", smtp.said());
}

#[tokio::test]
async fn a_server_that_is_not_there_fails_at_once_for_send_and_not_for_enqueue() {
    let mailer = Mailer::from_url("smtp://127.0.0.1:1")
        .unwrap()
        .with_retries([]);
    assert!(mailer.send(&mail("ada@example.org")).await.is_err());
    assert!(mailer.enqueue(&mail("ada@example.org")).is_ok());
    mailer.flush().await;
    assert_eq!(mailer.pending(), 0);
}
