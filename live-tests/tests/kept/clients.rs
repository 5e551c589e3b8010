//! Clients that save all the time, and come back as the browser's client does.

#![expect(clippy::expect_used, reason = "a test fails by a panic")]

use std::{
    collections::{HashMap, VecDeque},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use rdj_tests::{Browser, Socket};
use serde_json::{Value, json};
use tokio::{task::JoinHandle, time::sleep};
use tokio_tungstenite::tungstenite::Message;

use super::processes::Database;
use crate::steady::until;

/// As many saves as let each client meet each kind of answer.
pub(super) const MANY: usize = 600;

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

/// What all clients have done together.
#[derive(Debug, Default)]
struct Done {
    settled: AtomicUsize,
    returns: AtomicUsize,
}

/// One page that saves.
struct Client {
    browser: Browser,
    name: String,
    /// The last one, which says beyond its end what the browser knows of its page.
    socket: Socket,
    is_open: bool,
    seq: u64,
    pending: VecDeque<(u64, String)>,
    ledger: Ledger,
    done: Arc<Done>,
}

impl Client {
    async fn open(browser: Browser, name: String, done: Arc<Done>) -> Self {
        let socket = Socket::open(&browser, "/kept").await;
        Self {
            browser,
            name,
            socket,
            is_open: true,
            seq: 0,
            pending: VecDeque::new(),
            ledger: Ledger::default(),
            done,
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
            self.done.settled.fetch_add(1, Ordering::Relaxed);
        }
    }

    async fn transmit(&mut self, seq: u64, text: &str) {
        let frame = json!([seq, save(seq).0, [text]]).to_string();
        self.socket.send_raw(Message::text(frame)).await;
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
            let Ok(frame) = self.socket.frame().await else {
                self.is_open = false;
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
        let Ok(mut socket) = Socket::again(&self.browser, &self.socket).await else {
            return false;
        };
        let waits = self.pending.front().map(|(seq, _)| *seq);
        socket.ask("/kept", waits).await;
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
            .clone_into(&mut socket.token);
        self.ledger.returns += 1;
        self.done.returns.fetch_add(1, Ordering::Relaxed);
        (self.socket, self.is_open) = (socket, true);
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
            if !self.is_open {
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
    done: Arc<Done>,
}

impl Clients {
    pub(super) async fn start(host: &str) -> Self {
        let (stop, done) = (Arc::<AtomicBool>::default(), Arc::<Done>::default());
        let mut tasks = Vec::new();
        for number in 0..50 {
            let name = format!("c{number}");
            let client = Client::open(Browser::of(host), name, Arc::clone(&done)).await;
            tasks.push(tokio::spawn(client.run(Arc::clone(&stop))));
        }
        Self { stop, tasks, done }
    }

    /// Lets them save until so many more are answered.
    pub(super) async fn save(&self, count: usize) {
        let settled = || self.done.settled.load(Ordering::Relaxed);
        let most = settled() + count;
        until("the clients save", async || settled() >= most).await;
    }

    /// Waits until they have come back so many times.
    pub(super) async fn return_times(&self, count: usize) {
        let returns = || self.done.returns.load(Ordering::Relaxed);
        until("the clients come back", async || returns() >= count).await;
    }

    /// Stops them, and sees what became of all that they saved.
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
