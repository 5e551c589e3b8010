//! Browsers that send events, and what their server needs for it.

use std::{ops::Range, time::Duration};

use futures_util::{
    SinkExt, StreamExt as _,
    future::{BoxFuture, try_join_all},
};
use rdj_tests::{Browser, Socket};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async, tungstenite::Message};

use crate::{
    Result,
    child::Server,
    fail,
    http::Http,
    measure::{Process, median},
};

/// An event.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) name: &'static str,
    pub(crate) args: Value,
    pub(crate) form: Vec<(&'static str, String)>,
}

impl Event {
    pub(crate) fn new(name: &'static str, args: Value) -> Self {
        let form = Vec::new();
        Self { name, args, form }
    }

    /// The form of the row that the first argument names.
    pub(crate) fn post(name: &'static str, args: Value, form: Vec<(&'static str, String)>) -> Self {
        Self { name, args, form }
    }

    pub(crate) fn submit(name: &'static str, form: Vec<(&'static str, String)>) -> Self {
        let args = json!([]);
        Self { name, args, form }
    }
}

/// One step that all connections take at the same time: the event of a connection in a round.
pub(crate) type Step = fn(connection: u64, round: u64) -> Event;

/// What a step cost.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Cost {
    /// Microseconds of CPU on the server per event.
    pub(crate) cpu: f64,
    /// Bytes down per event.
    pub(crate) bytes: f64,
    /// The same before large frames are packed.
    pub(crate) plain: f64,
}

/// The length of an answer: on the wire, and before it was packed.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Length {
    pub(crate) wire: usize,
    pub(crate) plain: usize,
}

impl From<usize> for Length {
    /// Of what is sent as it is.
    fn from(length: usize) -> Self {
        Self {
            wire: length,
            plain: length,
        }
    }
}

/// Something that sends a message and waits for its answer; gives the length of the answer.
pub(crate) trait Peer: Send {
    fn send<'a>(&'a mut self, event: &'a Event) -> BoxFuture<'a, Result<Length>>;
}

impl Peer for Socket {
    fn send<'a>(&'a mut self, event: &'a Event) -> BoxFuture<'a, Result<Length>> {
        Box::pin(async move {
            let form: Vec<_> = event.form.iter().map(|(n, v)| (*n, v.as_str())).collect();
            let reply = if form.is_empty() {
                self.event(event.name, event.args.clone()).await
            } else {
                self.submit(event.name, &form).await
            };
            // the focus follows an edit; anything else is a refusal or an error
            if let Some(effect) = reply.effects().iter().find(|effect| effect["t"] != "focus") {
                return Err(fail(format!("{}: {effect}", event.name)));
            }
            Ok(Length {
                wire: reply.wire_length(),
                plain: reply.plain_length(),
            })
        })
    }
}

type Echo = WebSocketStream<MaybeTlsStream<TcpStream>>;

impl Peer for Echo {
    fn send<'a>(&'a mut self, event: &'a Event) -> BoxFuture<'a, Result<Length>> {
        Box::pin(async move {
            let frame = json!([100_000, event.name, event.args]).to_string();
            SinkExt::send(self, Message::text(frame)).await?;
            let answer = self.next().await.ok_or_else(|| fail("closed"))??;
            Ok(answer.len().into())
        })
    }
}

/// Connections to one server.
pub(crate) struct Load {
    peers: Vec<Box<dyn Peer>>,
    process: Process,
}

impl Load {
    /// So many sockets on one page.
    pub(crate) async fn page(server: &Server, path: &str, connections: usize) -> Result<Self> {
        let browser = Browser::of(server.host());
        // signed in, where the server has users
        browser.get("/enter").await;
        // one after the other: the first one gets the session of them all
        let mut peers: Vec<Box<dyn Peer>> = Vec::with_capacity(connections);
        for _ in 0..connections {
            peers.push(Box::new(Socket::open(&browser, path).await));
        }
        Ok(Self::of(peers, server))
    }

    /// So many sockets to the echo.
    pub(crate) async fn echo(server: &Server, connections: usize) -> Result<Self> {
        let url = format!("ws://{}/echo", server.host());
        let mut peers: Vec<Box<dyn Peer>> = Vec::with_capacity(connections);
        for _ in 0..connections {
            peers.push(Box::new(connect_async(&url).await?.0));
        }
        Ok(Self::of(peers, server))
    }

    /// So many connections of one browser to the notes that are written by hand.
    pub(crate) async fn plain(server: &Server, connections: usize) -> Result<Self> {
        let mut first = Http::connect(server.host(), "").await?;
        first.ask("GET", "/notes", &[]).await?;
        let cookie = first.cookie().to_owned();
        let mut peers: Vec<Box<dyn Peer>> = Vec::with_capacity(connections);
        for _ in 0..connections {
            peers.push(Box::new(Http::connect(server.host(), &cookie).await?));
        }
        Ok(Self::of(peers, server))
    }

    fn of(peers: Vec<Box<dyn Peer>>, server: &Server) -> Self {
        Self {
            peers,
            process: server.process.clone(),
        }
    }

    /// All connections take `step` in these rounds, each one event after the other.
    pub(crate) async fn take(&mut self, step: Step, rounds: Range<u64>) -> Result<Cost> {
        let times = usize::try_from(rounds.end - rounds.start)?;
        let before = self.process.cpu()?;
        let work = (0..).zip(&mut self.peers).map(async |(connection, peer)| {
            let mut sum = Length::default();
            for round in rounds.clone() {
                let length = peer.send(&step(connection, round)).await?;
                sum.wire += length.wire;
                sum.plain += length.plain;
            }
            Ok::<_, rdj::Error>(sum)
        });
        let lengths = try_join_all(work).await?;
        // the answer is there a little before the server has gone to sleep
        tokio::time::sleep(Duration::from_millis(2)).await;
        let cpu = self.process.cpu()?.saturating_sub(before);
        let events = count(self.peers.len()) * count(times);
        Ok(Cost {
            cpu: cpu.as_secs_f64() * 1e6 / events,
            bytes: count(lengths.iter().map(|length| length.wire).sum()) / events,
            plain: count(lengths.iter().map(|length| length.plain).sum()) / events,
        })
    }

    /// The steps one after the other, so many rounds: the middle cost of each step.
    pub(crate) async fn cycle(&mut self, steps: &[Step], rounds: u64) -> Result<Vec<Cost>> {
        let mut costs = vec![Vec::new(); steps.len()];
        for round in 0..rounds {
            for (step, costs) in steps.iter().zip(&mut costs) {
                costs.push(self.take(*step, round..round + 1).await?);
            }
        }
        // what was first of its kind, such as a statement to prepare, is not counted
        let kept = |costs: &Vec<Cost>| middle(&costs[costs.len() / 10..]);
        Ok(costs.iter().map(kept).collect())
    }
}

/// The middle one of some costs.
pub(crate) fn middle(costs: &[Cost]) -> Cost {
    let of = |part: fn(&Cost) -> f64| median(&costs.iter().map(part).collect::<Vec<_>>());
    Cost {
        cpu: of(|cost| cost.cpu),
        bytes: of(|cost| cost.bytes),
        plain: of(|cost| cost.plain),
    }
}

fn count(value: usize) -> f64 {
    u32::try_from(value).map_or(f64::INFINITY, f64::from)
}
