//! Two processes behind nginx, without sticky sessions, restarted one after the other.

#![expect(clippy::expect_used, reason = "a test fails by a panic")]

use std::{
    env, fs,
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

use rdj_tests::free_port;
use tokio::{net::TcpStream, time::sleep};

use super::{
    clients::{Clients, MANY},
    processes::{Database, Process},
};
use crate::steady::until;

/// nginx before two ports; stopped when dropped.
#[derive(Debug)]
struct Proxy {
    child: Child,
    folder: PathBuf,
    port: u16,
}

impl Proxy {
    async fn start(name: &str, upstream: [u16; 2]) -> Self {
        let folder = env::temp_dir().join(format!("rdj-nginx-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        let port = free_port();
        let file = folder.join("nginx.conf");
        let text = include_str!("nginx.conf")
            .replace("FOLDER", &folder.display().to_string())
            .replace("FIRST", &upstream[0].to_string())
            .replace("SECOND", &upstream[1].to_string())
            .replace("PORT", &port.to_string());
        fs::write(&file, text).expect("a file");
        let path = format!("{}:/usr/sbin", env::var("PATH").unwrap_or_default());
        let child = Command::new("nginx")
            .env("PATH", path)
            .arg("-p")
            .arg(&folder)
            .arg("-c")
            .arg(&file)
            .stderr(Stdio::null())
            .spawn()
            .expect("nginx: run `scripts/test`, which installs it (package nginx-light)");
        let connect = async || TcpStream::connect(("127.0.0.1", port)).await.is_ok();
        until("nginx answers", connect).await;
        Self {
            child,
            folder,
            port,
        }
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        // with its workers, as a killed one leaves them
        let id = self.child.id().to_string();
        let _ = Command::new("kill").args(["-TERM", &id]).status();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Nothing is lost and nothing runs twice, although each socket may come to either process.
#[tokio::test]
async fn a_rolling_restart_behind_a_proxy_loses_nothing() {
    let database = Database::postgres("rolling").await;
    let ports = [free_port(), free_port()];
    let mut servers = Vec::new();
    for port in ports {
        servers.push(Process::start(&database, port, true).await);
    }
    let proxy = Proxy::start("rolling", ports).await;
    let clients = Clients::start(&format!("127.0.0.1:{}", proxy.port)).await;
    for round in 0..4 {
        clients.save(MANY).await;
        let old = servers.remove(0);
        old.terminate();
        old.ended().await;
        servers.push(Process::start(&database, ports[round % 2], true).await);
    }
    clients.return_times(50).await;
    clients.save(MANY).await;
    let outcome = clients.check(&database).await;
    assert_eq!(outcome.reported, 0, "{outcome:?}");
    assert_eq!(outcome.fresh, 0, "all pages go on: {outcome:?}");
    assert!(outcome.returns >= 50, "{outcome:?}");
    assert!(outcome.acknowledged > 200, "{outcome:?}");
    drop(servers);
}

/// One of the two crashes: what was acknowledged is there once, the rest is reported.
#[tokio::test]
async fn a_crash_behind_a_proxy_runs_nothing_twice() {
    let database = Database::postgres("crash").await;
    let ports = [free_port(), free_port()];
    let mut servers = Vec::new();
    for port in ports {
        servers.push(Process::start(&database, port, true).await);
    }
    let proxy = Proxy::start("crash", ports).await;
    let clients = Clients::start(&format!("127.0.0.1:{}", proxy.port)).await;
    for round in 0..2 {
        clients.save(MANY).await;
        servers.remove(0).kill();
        sleep(Duration::from_millis(500)).await;
        servers.push(Process::start(&database, ports[round % 2], true).await);
    }
    clients.return_times(20).await;
    clients.save(MANY).await;
    let outcome = clients.check(&database).await;
    assert!(outcome.returns >= 20, "{outcome:?}");
    assert!(outcome.reported > 0, "some were under way: {outcome:?}");
    assert!(outcome.fresh > 0, "pages begin anew: {outcome:?}");
    drop(servers);
}
