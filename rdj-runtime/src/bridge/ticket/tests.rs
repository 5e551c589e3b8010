//! Tickets are handed out once, to their browser.

use futures_util::FutureExt as _;
use http::header::COOKIE;

use super::*;

/// Tickets in memory, which nobody waits for.
trait Now {
    fn issued(&self, ticket: Ticket, given: &mut VecDeque<String>) -> Option<String>;
    fn redeemed(&self, id: &str, headers: &HeaderMap) -> Option<Vec<HeaderValue>>;
}

impl Now for Tickets {
    fn issued(&self, ticket: Ticket, given: &mut VecDeque<String>) -> Option<String> {
        self.issue(ticket, given).now_or_never().flatten()
    }

    fn redeemed(&self, id: &str, headers: &HeaderMap) -> Option<Vec<HeaderValue>> {
        self.redeem(id, headers).now_or_never().flatten()
    }
}

/// What one process issues another one redeems, once; and nobody who reads the store learns of it.
#[tokio::test]
async fn is_redeemed_in_another_process() {
    let store = Sealed::new(std::sync::Arc::new(
        crate::page_store::MemoryPages::default(),
    ));
    let [here, there] = [0, 1].map(|_| Tickets::new(Some(store.clone())));
    let mut ticket = ticket();
    ticket.remove(HeaderValue::from_static("b=; Max-Age=0"), "b", "1");
    let id = here.issue(ticket, &mut VecDeque::new()).await;
    let id = id.unwrap_or_default();
    let shown = showing("b=1; id=old");
    let cookies = there.redeem(&id, &shown).await.unwrap_or_default();
    assert_eq!(cookies, ["id=new; HttpOnly", "b=; Max-Age=0"]);
    assert_eq!(here.redeem(&id, &shown).await, None);
}

fn ticket() -> Ticket {
    let origin = HeaderValue::from_static("https://a.example");
    let mut ticket = Ticket::of(Some(&origin));
    ticket.add(HeaderValue::from_static("id=new; HttpOnly"));
    ticket.expect("id", Some("old"));
    ticket
}

fn showing(cookie: &'static str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(COOKIE, HeaderValue::from_static(cookie));
    headers
}

#[test]
fn works_once_for_its_browser() {
    let tickets = Tickets::default();
    let id = tickets
        .issued(ticket(), &mut VecDeque::new())
        .unwrap_or_default();
    assert_eq!(
        tickets
            .redeemed(&id, &showing("a=1; id=old"))
            .map(|c| c.len()),
        Some(1)
    );
    assert_eq!(tickets.redeemed(&id, &showing("id=old")), None);
}

#[test]
fn can_ask_for_a_browser_without_a_session() {
    let tickets = Tickets::default();
    let issue = || {
        let mut ticket = ticket();
        ticket.expected = vec![("id".to_owned(), None)];
        tickets
            .issued(ticket, &mut VecDeque::new())
            .unwrap_or_default()
    };
    assert_eq!(tickets.redeemed(&issue(), &showing("id=newer")), None);
    assert!(tickets.redeemed(&issue(), &showing("a=1")).is_some());
}

#[test]
fn removes_only_what_the_browser_still_shows() {
    let tickets = Tickets::default();
    for (shown, count) in [("id=old", 1), ("id=newer", 0), ("a=1", 0)] {
        let mut ticket = Ticket::default();
        let removal = HeaderValue::from_static("id=; Max-Age=0");
        ticket.remove(removal, "id", "old");
        let id = tickets
            .issued(ticket, &mut VecDeque::new())
            .unwrap_or_default();
        let cookies = tickets.redeemed(&id, &showing(shown));
        assert_eq!(cookies.map(|cookies| cookies.len()), Some(count), "{shown}");
    }
}

#[test]
fn is_gone_after_another_browser_tried() {
    let tickets = Tickets::default();
    let id = tickets
        .issued(ticket(), &mut VecDeque::new())
        .unwrap_or_default();
    assert_eq!(tickets.redeemed(&id, &showing("id=other")), None);
    assert_eq!(tickets.redeemed(&id, &showing("id=old")), None);
}

#[test]
fn one_socket_cannot_fill_the_store() {
    let tickets = Tickets::default();
    let mut given = VecDeque::new();
    let issue = |given: &mut VecDeque<String>| tickets.issued(ticket(), given).unwrap_or_default();
    let first = issue(&mut given);
    let last = (0..OF_ONE).map(|_| issue(&mut given)).last();
    assert_eq!(tickets.waiting.lock().expect("a lock").len(), OF_ONE);
    assert_eq!(tickets.redeemed(&first, &showing("id=old")), None);
    let last = last.unwrap_or_default();
    assert!(tickets.redeemed(&last, &showing("id=old")).is_some());
}

#[test]
fn is_good_for_a_while_only() {
    let tickets = Tickets::default();
    let id = tickets
        .issued(ticket(), &mut VecDeque::new())
        .unwrap_or_default();
    if let Some((until, _)) = tickets.waiting.lock().expect("a lock").get_mut(&id) {
        *until = Instant::now();
    }
    assert_eq!(tickets.redeemed(&id, &showing("id=old")), None);
}

#[test]
fn is_for_pages_of_its_origin() {
    let from = |name: &'static str, value: &'static str| {
        let tickets = Tickets::default();
        let id = tickets
            .issued(ticket(), &mut VecDeque::new())
            .unwrap_or_default();
        let mut headers = showing("id=old");
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
        tickets.redeemed(&id, &headers).is_some()
    };
    assert!(from("origin", "https://a.example"));
    assert!(from("sec-fetch-site", "same-origin"));
    for foreign in ["null", "", "http://a.example", "https://a.example:8443"] {
        assert!(!from("origin", foreign), "{foreign}");
    }
    assert!(!from("sec-fetch-site", "same-site"));
    assert!(!from("sec-fetch-site", "cross-site"));
}
