//! A running application with guarded pages, and who visits it.

use rdj::{CurrentUser, Guard, Identities};
use reqwest::header;
use serde_json::Value;

use super::{Ran, Who, ann, app};
use crate::{Browser, End, Reply, Server, Socket};

/// What is asked for, who lacks it and who has it.
#[derive(Debug)]
pub struct Kind {
    /// The option; also in the address of the pages and the name of the event.
    pub name: &'static str,
    /// A signed-in user who may not pass, where there is one.
    pub lacks: Option<CurrentUser>,
    /// One who may.
    pub has: CurrentUser,
    /// Whether a superuser has it by that.
    pub opens_to_superusers: bool,
    /// The same for a route of axum.
    pub guard: Guard,
}

/// All kinds of guards.
pub fn kinds() -> [Kind; 5] {
    let kind = |name, lacks, has| Kind {
        name,
        lacks,
        has,
        opens_to_superusers: name != "staff",
        guard: guard(name),
    };
    let both = ["desk.add_text", "desk.change_text"];
    [
        kind("login", None, ann()),
        kind(
            "staff",
            Some(ann().with_permissions(both)),
            ann().with_staff(true),
        ),
        kind(
            "superuser",
            Some(ann().with_staff(true)),
            ann().with_superuser(true),
        ),
        kind(
            "permission",
            Some(ann().with_permissions(["desk.add_text"])),
            ann().with_permissions(both),
        ),
        kind(
            "group",
            Some(ann().with_groups(["readers"])),
            ann().with_groups(["authors"]),
        ),
    ]
}

/// The guard that is written as the option `name` of the pages here.
fn guard(name: &str) -> Guard {
    let none = Guard::NONE;
    match name {
        "staff" => Guard {
            staff: true,
            ..none
        },
        "superuser" => Guard {
            superuser: true,
            ..none
        },
        "permission" => Guard {
            permissions: &["desk.add_text", "desk.change_text"],
            ..none
        },
        "group" => Guard {
            groups: &["editors", "authors"],
            ..none
        },
        _ => Guard::LOGIN,
    }
}

/// The application with guarded pages, and a browser that visits it.
#[derive(Debug)]
pub struct Site {
    /// Who sends all requests.
    pub who: Who,
    /// What ran.
    pub ran: Ran,
    /// Where changes are told.
    pub identities: Identities,
    /// A browser.
    pub browser: Browser,
    _server: Server,
}

impl Site {
    /// Serves it.
    pub async fn start() -> Self {
        let (who, ran) = (Who::default(), Ran::default());
        let app = app(&who, &ran);
        let identities = app.resources().get::<Identities>().expect("identities");
        let identities = identities.clone();
        let server = Server::start(app).await;
        Self {
            browser: server.browser(),
            who,
            ran,
            identities,
            _server: server,
        }
    }

    /// Status and address of the answer to a GET.
    pub async fn get(&self, path: &str) -> (u16, String) {
        answer(&self.browser.get(path).await)
    }

    /// The same for a browser that shows a page, which says that it takes HTML.
    pub async fn load(&self, path: &str) -> (u16, String) {
        let accept = ("accept", "text/html,*/*;q=0.8");
        answer(&self.browser.get_with(path, &[accept]).await)
    }

    /// Status and address of the answer to an event without JavaScript.
    pub async fn post(&self, path: &str, event: &str) -> (u16, String) {
        let body = format!("_event={event}");
        answer(&self.browser.post(path, &body).await)
    }

    /// What the browser is told on a socket that joins without HTML.
    ///
    /// # Errors
    ///
    /// The server closed the socket.
    pub async fn join(&self, path: &str) -> Result<Value, End> {
        let mut socket = Socket::connect(&self.browser, &[]).await.expect("a socket");
        socket.join(path).await
    }

    /// An open page.
    pub async fn open(&self, path: &str) -> Socket {
        Socket::open(&self.browser, path).await
    }
}

fn answer(response: &reqwest::Response) -> (u16, String) {
    let to = response.headers().get(header::LOCATION);
    let to = to.map_or("", |to| to.to_str().expect("an address"));
    (response.status().as_u16(), to.to_owned())
}

/// An answer that sends nowhere.
pub fn status(status: u16) -> (u16, String) {
    (status, String::new())
}

/// Where the browser is sent within the site.
pub fn sent_to(reply: &Reply) -> Option<String> {
    Some(reply.effect("navigate")?["to"].as_str()?.to_owned())
}

/// Whether the event was refused for want of a right.
pub fn refused(reply: &Reply) -> bool {
    reply
        .effect("refused")
        .is_some_and(|effect| effect["status"] == 403)
}

/// The login page with the way back to `path`.
pub fn login(path: &str) -> String {
    format!("/login?next={}", path.replace('/', "%2F"))
}
