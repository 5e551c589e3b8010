//! Settings of the runtime.

use std::{path::PathBuf, time::Duration};

/// Limits and addresses; [`Config::default`] is safe for a server on the open network.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Config {
    /// Where a page or event that needs a signed-in user sends the browser, with `?next=`.
    pub login_url: String,
    /// Origins beside the server's own that may open sockets and post forms, such as
    /// `https://www.example.org`.
    pub allowed_origins: Vec<String>,
    /// The longest frame and form taken, in bytes.
    pub max_message_size: usize,
    /// The largest file taken by an import, with its form, in bytes.
    pub max_upload_size: usize,
    /// The most sockets at one time; one more is answered with 503.
    pub max_connections: usize,
    /// The most sockets at one time of one client: an IPv4 address, or a /64 of IPv6. Addresses of this
    /// machine and of private networks have no limit of their own: they are those of proxies that
    /// [`Security::trusted_proxies`](crate::security::Security::trusted_proxies) does not name.
    pub max_connections_per_client: usize,
    /// Events a second that one socket may send for a longer time.
    pub events_per_second: u32,
    /// Events that one socket may send at once.
    pub event_burst: u32,
    /// After how long without a sign of life the server pings; a socket from which nothing comes for as
    /// long again is closed.
    pub ping_interval: Duration,
    /// How long a socket may be open without an event; 24 times as long while tasks of its page run.
    pub idle_timeout: Duration,
    /// How often a socket without events goes through the application's layers and its page's guard
    /// again: a session that has expired, or a right that another program took away, ends there.
    pub recheck_interval: Duration,
    /// How long the server waits for a browser that does not read.
    pub send_timeout: Duration,
    /// How long a page is kept between its HTML and its socket, and after its socket is gone.
    pub hold_time: Duration,
    /// The most pages kept without a socket; those that none has joined go first, but for a
    /// quarter of all; then the oldest ones.
    pub max_held_pages: usize,
    /// The least time between two looks of one page at rows that others have changed: the first change
    /// is shown at once, all that follow within this time together.
    pub live_interval: Duration,
    /// How many pages read changed rows at one time, so that a change that thousands see leaves the
    /// database to those who click; at least 1.
    pub live_readers: usize,
    /// The most tasks of one page at one time: [`Cx::spawn`](crate::Cx::spawn) refuses one more.
    pub max_tasks_per_page: usize,
    /// How long an upload may send nothing, before it is given up.
    pub upload_patience: Duration,
    /// The most uploads at one time; one more is answered with 503.
    pub max_uploads: usize,
    /// The most uploads at one time of one client, as
    /// [`max_connections_per_client`](Self::max_connections_per_client) counts clients.
    pub max_uploads_per_client: usize,
    /// Where files are kept while they are uploaded; the system's folder for temporary files if not set.
    pub upload_folder: PathBuf,
    /// How long the server answers on after it was told to stop, with `/_health` saying 503, so that a
    /// load balancer sends it nobody any more. Only then it takes no more requests.
    pub drain_delay: Duration,
    /// Over how much time a server that stops closes a thousand sockets or more; fewer take less.
    pub drain_spread: Duration,
    /// How long a server that stops waits for requests and events that run.
    pub drain_grace: Duration,
    /// After what time the browsers of a server that stops come back: none where another process is
    /// there already, else how long a restart takes.
    pub restart_time: Duration,
    /// When the memory of a quiet page is compressed.
    pub cool_after: Duration,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            login_url: "/login".to_owned(),
            allowed_origins: Vec::new(),
            max_message_size: 2 * 1024 * 1024,
            max_upload_size: 32 * 1024 * 1024,
            max_connections: 50_000,
            max_connections_per_client: 1_000,
            events_per_second: 50,
            event_burst: 100,
            ping_interval: Duration::from_secs(25),
            idle_timeout: Duration::from_hours(1),
            recheck_interval: Duration::from_mins(1),
            send_timeout: Duration::from_secs(20),
            hold_time: Duration::from_secs(90),
            max_held_pages: 5_000,
            live_interval: Duration::from_millis(100),
            live_readers: 8,
            max_tasks_per_page: 8,
            upload_patience: Duration::from_secs(20),
            max_uploads: 64,
            max_uploads_per_client: 16,
            upload_folder: std::env::temp_dir(),
            drain_delay: Duration::ZERO,
            drain_spread: Duration::from_secs(2),
            drain_grace: Duration::from_secs(10),
            restart_time: Duration::ZERO,
            cool_after: Duration::from_secs(5),
        }
    }
}
