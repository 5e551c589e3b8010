//! Headers and cookies: injected, forged, too large.

use rdj_tests::Socket;
use serde_json::json;

use super::{
    raw,
    site::{Site, percent},
};

const LINES: [&str; 5] = [
    "/a\r\nSet-Cookie: evil=1",
    "/a\nSet-Cookie: evil=1",
    "/a\rSet-Cookie: evil=1",
    "/a\u{2028}Set-Cookie: evil=1",
    "/a%0d%0aSet-Cookie: evil=1",
];

#[tokio::test]
async fn a_line_break_adds_no_header() {
    let site = Site::start().await;
    let browser = site.server.browser();
    browser.get("/counter").await;
    let injected = |head: &str| {
        head.lines()
            .any(|line| line.starts_with("set-cookie: evil"))
    };
    for line in LINES {
        let event = percent(&format!("counter.leave({})", json!(line)));
        let body = format!("_event={event}");
        let answer = raw::post(&browser, "/counter", &[], &body).await;
        assert!(!injected(&answer.head), "{line:?}: {}", answer.head);
        for body in [
            format!("language={}&next=/", percent(line)),
            format!("language=de&next={}", percent(line)),
        ] {
            let answer = raw::post(&browser, "/_language", &[], &body).await;
            assert!(!injected(&answer.head), "{line:?}: {}", answer.head);
        }
        let target = format!("/login?next={}", percent(line));
        let answer = raw::get(&browser, &target, &[]).await;
        assert!(!injected(&answer.head), "{line:?}: {}", answer.head);
        let mut socket = Socket::open(&browser, "/counter").await;
        let reply = socket.event("counter.leave", json!([line])).await;
        assert!(reply.ticket().is_none(), "{line:?}: {reply:?}");
    }
}

#[tokio::test]
async fn odd_cookies_are_no_cookies() {
    let site = Site::start().await;
    site.user("ann").await;
    let host = site.host();
    for cookie in [
        "rdj_session=",
        "rdj_session=\"",
        "rdj_session=../../etc/passwd",
        "rdj_session=' or 1=1 --",
        "rdj_session=\u{0}",
        "rdj_session=%00%0d%0a",
        "rdj_session=AAAA; rdj_session=BBBB",
        "csrftoken=<script>alert(1)</script>",
        "csrftoken=; csrftoken=x",
        "django_language=de%0d%0aSet-Cookie: evil=1",
        "django_language=../../../etc/passwd",
        "django_language=<b>",
        ";;;=;=;",
        "\u{ff}\u{fe}=\u{80}",
    ] {
        let answer = raw::ask(&host, "GET", "/login", &[("Cookie", cookie)], "").await;
        assert!(
            [200, 400].contains(&answer.status),
            "{cookie:?}: {answer:?}"
        );
        assert!(!answer.head.contains("evil"), "{cookie:?}: {}", answer.head);
        assert!(!answer.body.contains("<script>alert"), "{cookie:?}");
        let answer = raw::ask(&host, "GET", "/private", &[("Cookie", cookie)], "").await;
        assert!(
            [303, 400].contains(&answer.status),
            "{cookie:?}: {answer:?}"
        );
    }
}

#[tokio::test]
async fn a_forged_host_is_refused() {
    let site = Site::start().await;
    let host = site.host();
    for forged in [
        "evil.example",
        "127.0.0.1.evil.example",
        "evil.example:80",
        "127.0.0.1@evil.example",
        "127.0.0.1:80:80",
        "127.0.0.1/evil",
        "127.0.0.1 evil.example",
        "",
        "..",
        "0.0.0.0",
        "169.254.169.254",
    ] {
        let answer = raw::ask(&host, "GET", "/login", &[("Host", forged)], "").await;
        assert_eq!(answer.status, 400, "{forged:?}: {answer:?}");
        assert!(!answer.body.contains("evil"), "{forged:?}: {}", answer.body);
    }
    let two = [("Host", host.as_str()), ("Host", "evil.example")];
    assert_eq!(raw::ask(&host, "GET", "/login", &two, "").await.status, 400);
    let none = b"GET /login HTTP/1.1\r\nConnection: close\r\n\r\n";
    assert_eq!(raw::send(&host, none).await.status, 400);
    let answer = raw::ask(&host, "GET", "http://evil.example/login", &[], "").await;
    assert_eq!(answer.status, 400, "two hosts that differ");
}

#[tokio::test]
async fn what_only_a_proxy_may_say_is_not_believed() {
    let site = Site::start().await;
    let host = site.host();
    let plain = raw::ask(&host, "GET", "/login", &[], "").await;
    let claims = [
        ("X-Forwarded-Host", "evil.example"),
        ("X-Forwarded-Proto", "https"),
        ("X-Forwarded-For", "6.6.6.6"),
        ("X-Forwarded-Port", "666"),
        ("X-Forwarded-Prefix", "/evil"),
        ("X-Original-URL", "/vault"),
        ("X-Rewrite-URL", "/vault"),
        ("Forwarded", "for=6.6.6.6;host=evil.example;proto=https"),
    ];
    let answer = raw::ask(&host, "GET", "/login", &claims, "").await;
    assert_eq!(answer.status, plain.status);
    assert!(!answer.body.contains("evil") && !answer.head.contains("evil"));
    assert!(!answer.head.contains("secure"), "{}", answer.head);
    let answer = raw::ask(&host, "GET", "/private", &claims, "").await;
    assert_eq!(answer.header("location"), Some("/login?next=%2fprivate"));
}

#[tokio::test]
async fn headers_that_are_too_large_or_malformed_are_refused() {
    let site = Site::start().await;
    let host = site.host();
    let large = "a".repeat(1_000_000);
    let answer = raw::ask(&host, "GET", "/login", &[("X-Large", &large)], "").await;
    assert!([0, 400, 431].contains(&answer.status), "{}", answer.head);
    let answer = raw::ask(&host, "GET", "/login", &[("Cookie", &large)], "").await;
    assert!([0, 400, 431].contains(&answer.status), "{}", answer.head);
    let many: Vec<(&str, &str)> = vec![("X-Many", "1"); 5_000];
    let answer = raw::ask(&host, "GET", "/login", &many, "").await;
    assert!([0, 400, 431].contains(&answer.status), "{}", answer.head);
    let target = format!("/login?next={}", "a".repeat(200_000));
    let answer = raw::ask(&host, "GET", &target, &[], "").await;
    assert!(
        [0, 400, 414, 431].contains(&answer.status),
        "{}",
        answer.head
    );
    // smuggling: two lengths, or a length and chunks
    let origin = format!("http://{host}");
    for pair in [
        "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: 5\r\nTransfer-Encoding: chunked",
        "Content-Length: -1",
        "Content-Length : 5",
        "Transfer-Encoding: identity, chunked, x",
    ] {
        let text = format!(
            "POST /logout HTTP/1.1\r\nHost: {host}\r\nOrigin: {origin}\r\nConnection: close\r\n\
             {pair}\r\n\r\n0\r\n\r\nGET /login HTTP/1.1\r\nHost: {host}\r\n\r\n"
        );
        let answer = raw::send(&host, text.as_bytes()).await;
        assert!(
            [0, 400, 403, 501].contains(&answer.status),
            "{pair}: {answer:?}"
        );
        assert!(!answer.body.contains("http/1.1 200"), "{pair}: {answer:?}");
        assert!(!answer.body.contains("HTTP/1.1 200"), "{pair}: {answer:?}");
    }
    assert_eq!(raw::ask(&host, "GET", "/login", &[], "").await.status, 200);
}
