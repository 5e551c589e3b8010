//! Clients that save all the time, and come back as the browser's client does.

#![expect(clippy::expect_used, reason = "a test fails by a panic")]

use std::{
    collections::{HashMap, VecDeque},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use rdj_tests::{Browser, Socket};
use serde_json::{Value, json};
use tokio::{task::JoinHandle, time::sleep};
use tokio_tungstenite::tungstenite::Message;

use super::processes::Database;

/// What a client knows of its saves.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    /// The server has acknowledged them.
    acknowledged: Vec<String>,
    /// The server has said that it refused them.
    refused: Vec<String>,
    /// Perhaps lost: the user is told so.
    reported: Vec<String>,
    /// Answers that came after a return.
    heard_later: usize,
    /// How often the client came back.
    returns: usize,
    /// How often it came back to another page than its own.
    fresh: usize,
}

/// The event of a number, and the effect that says how it went, if there is one.
fn save(seq: u64) -> (&'static str, &'static str) {
    match seq % 7 {
        3 => ("kept.refuse", "refused"),
        5 => ("kept.save_and_go", "navigate"),
        _ => ("kept.save", ""),
    }
}

/// One page that saves.
struct Client {
    browser: Browser,
    name: String,
    socket: Option<Socket>,
    /// The page's token, the version and the last number, beyond the socket.
    token: String,
    version: u64,
    csrf: String,
    seq: u64,
    pending: VecDeque<(u64, String)>,
    ledger: Ledger,
}

impl Client {
    async fn open(browser: Browser, name: String) -> Self {
        let socket = Socket::open(&browser, "/kept").await;
        Self {
            browser,
            name,
            token: socket.token.clone(),
            version: socket.version,
            csrf: socket.csrf.clone(),
            socket: Some(socket),
            seq: 0,
            pending: VecDeque::new(),
            ledger: Ledger::default(),
        }
    }

    /// An answer: what its event asks of the browser must have come with it.
    fn settle(&mut self, ack: u64, effects: &[Value]) {
        while let Some((seq, text)) = self.pending.pop_front_if(|(seq, _)| *seq <= ack) {
            let (_, effect) = save(seq);
            let has_come = seq == ack && effects.iter().any(|one| one["t"] == effect);
            assert!(effect.is_empty() || has_come, "{text}: {effects:?}");
            match effect {
                "refused" => self.ledger.refused.push(text),
                _ => self.ledger.acknowledged.push(text),
            }
        }
    }

    async fn transmit(&mut self, seq: u64, text: &str) {
        if let Some(socket) = &mut self.socket {
            let frame = json!([seq, save(seq).0, [text]]).to_string();
            socket.send_raw(Message::text(frame)).await;
        }
    }

    /// One save; it is answered, or the connection is lost.
    async fn save(&mut self) {
        self.seq += 1;
        let text = format!("{}-{}", self.name, self.seq);
        self.pending.push_back((self.seq, text.clone()));
        self.transmit(self.seq, &text).await;
        self.wait().await;
    }

    /// Reads until nothing is under way, or the connection is lost.
    async fn wait(&mut self) {
        while !self.pending.is_empty() {
            let Some(socket) = &mut self.socket else {
                return;
            };
            let Ok(frame) = socket.frame().await else {
                self.version = socket.version;
                self.socket = None;
                return;
            };
            let effects = frame.effects();
            let failed = effects.iter().any(|effect| effect["t"] == "error");
            assert!(!failed, "{effects:?}");
            self.settle(frame.ack, &effects);
        }
    }

    /// Connects and joins once more; false where that has to be tried again.
    async fn come_back(&mut self) -> bool {
        let Ok(mut socket) = Socket::connect(&self.browser, &[]).await else {
            return false;
        };
        let join = json!({
            "v": 1, "token": self.token, "url": "/kept", "version": self.version, "csrf": self.csrf,
            "waits": self.pending.front().map(|(seq, _)| *seq),
        });
        socket
            .send_raw(Message::text(json!(["join", join]).to_string()))
            .await;
        let hello = loop {
            let Ok(frame) = socket.frame().await else {
                return false;
            };
            let effects = frame.effects();
            if let Some(hello) = effects.iter().find(|effect| effect["t"] == "hello") {
                break hello.clone();
            }
            if frame.ack == 0 {
                return false;
            }
            self.ledger.heard_later += 1;
            self.settle(frame.ack, &effects);
        };
        hello["token"]
            .as_str()
            .unwrap_or_default()
            .clone_into(&mut self.token);
        self.ledger.returns += 1;
        self.socket = Some(socket);
        if hello["fresh"] == true {
            self.ledger.fresh += 1;
            let lost = std::mem::take(&mut self.pending);
            self.ledger
                .reported
                .extend(lost.into_iter().map(|(_, text)| text));
        }
        self.settle(hello["seq"].as_u64().unwrap_or_default(), &[]);
        for (seq, text) in self.pending.clone() {
            self.transmit(seq, &text).await;
        }
        self.wait().await;
        true
    }

    /// Saves until it is told to stop, and then until all is settled.
    async fn run(mut self, stop: Arc<AtomicBool>) -> Ledger {
        let patience = Duration::from_secs(90);
        let mut until = Instant::now() + patience;
        loop {
            if self.socket.is_none() {
                assert!(Instant::now() < until, "{} does not come back", self.name);
                if !self.come_back().await {
                    sleep(Duration::from_millis(100)).await;
                }
                continue;
            }
            until = Instant::now() + patience;
            if stop.load(Ordering::Relaxed) {
                return self.ledger;
            }
            self.save().await;
            sleep(Duration::from_millis(40)).await;
        }
    }
}

/// Fifty clients at work.
#[derive(Debug)]
pub(super) struct Clients {
    stop: Arc<AtomicBool>,
    tasks: Vec<JoinHandle<Ledger>>,
}

impl Clients {
    pub(super) async fn start(host: &str) -> Self {
        let stop = Arc::<AtomicBool>::default();
        let mut tasks = Vec::new();
        for number in 0..50 {
            let client = Client::open(Browser::of(host), format!("c{number}")).await;
            tasks.push(tokio::spawn(client.run(Arc::clone(&stop))));
        }
        Self { stop, tasks }
    }

    /// Stops them, and sees what became of all that they saved. Returns how many were reported as
    /// perhaps lost.
    pub(super) async fn check(self, database: &Database) -> Outcome {
        self.stop.store(true, Ordering::Relaxed);
        let mut outcome = Outcome::default();
        let mut ledgers = Vec::new();
        for task in self.tasks {
            ledgers.push(task.await.expect("a client that ends"));
        }
        let mut saves: HashMap<_, _> = database.saves().await.into_iter().collect();
        for ledger in ledgers {
            outcome.returns += ledger.returns;
            outcome.fresh += ledger.fresh;
            outcome.acknowledged += ledger.acknowledged.len();
            outcome.reported += ledger.reported.len();
            outcome.heard_later += ledger.heard_later;
            for text in ledger.acknowledged {
                assert_eq!(saves.remove(&text), Some(1), "{text} was acknowledged");
            }
            for text in ledger.refused {
                assert_eq!(saves.get(&text), None, "{text} was refused");
            }
            for text in ledger.reported {
                let times = saves.remove(&text).unwrap_or(0);
                assert!(times <= 1, "{text} ran {times} times");
            }
        }
        assert!(saves.is_empty(), "nobody sent {saves:?}");
        outcome
    }
}

/// What became of all saves.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Outcome {
    pub(super) acknowledged: usize,
    pub(super) reported: usize,
    pub(super) heard_later: usize,
    pub(super) returns: usize,
    pub(super) fresh: usize,
}
