//! Accepting a socket.

use std::sync::Arc;

use axum::{
    extract::{FromRequestParts as _, Request, ws::WebSocketUpgrade},
    response::{IntoResponse as _, Response},
};
use http::{HeaderName, HeaderValue, StatusCode};
use tower_sessions::Session;

use super::{connection::Connection, origin};
use crate::{
    bridge::{Caller, StackHandle},
    csrf::Csrf,
    page::Holder,
    runtime::Runtime,
    security::Client,
    user::CurrentUser,
};

/// Small buffers: a socket that is quiet costs little memory.
const BUFFER: usize = 1024;
/// As many bytes may wait for the frame that they leave with; what is sent alone does not.
const TOGETHER: usize = 64 * 1024;

/// The most bytes of headers: they are kept for as long as the socket is open.
const MAX_HEADERS: usize = 16 * 1024;

/// The service of `/_event`; it stands inside of the application's layers, so that they see, and may
/// refuse, each socket.
pub(crate) async fn upgrade(runtime: Arc<Runtime>, request: Request) -> Response {
    let (mut parts, _) = request.into_parts();
    if !origin::may_connect(&parts, &runtime.config.allowed_origins) {
        return (StatusCode::FORBIDDEN, "foreign origin").into_response();
    }
    let size = |(name, value): (&HeaderName, &HeaderValue)| name.as_str().len() + value.len();
    if parts.headers.iter().map(size).sum::<usize>() > MAX_HEADERS {
        return StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE.into_response();
    }
    // without the layered service an event could pass the layers by: refuse
    let Some(StackHandle(stack)) = parts.extensions.remove::<StackHandle>() else {
        tracing::error!("a socket came without the application's service");
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let socket = match WebSocketUpgrade::from_request_parts(&mut parts, &()).await {
        Ok(socket) => socket,
        Err(error) => return error.into_response(),
    };
    if *runtime.stopping.borrow() {
        return (StatusCode::SERVICE_UNAVAILABLE, "the server stops").into_response();
    }
    let client = Client::from_parts(&parts.headers, &parts.uri, &parts.extensions);
    let Some(admission) = runtime.admit(client.ip) else {
        return (StatusCode::SERVICE_UNAVAILABLE, "too many connections").into_response();
    };
    let mut caller = Caller::new(stack, &parts.headers, &parts.extensions);
    let session = parts.extensions.get::<Session>().and_then(Session::id);
    let user = parts.extensions.get::<CurrentUser>().map(CurrentUser::id);
    let holder = Holder {
        session: session.map(|id| id.to_string()),
        user,
    };
    // a browser without a secret has no page of this site to open a socket from
    let csrf = parts.extensions.get::<Csrf>();
    caller.set_csrf(csrf.map(|csrf| csrf.known_secret().unwrap_or_default()));
    caller.set_session(holder.session.clone());
    let limit = runtime.config.max_message_size;
    socket
        .max_message_size(limit)
        .max_frame_size(limit)
        .read_buffer_size(BUFFER)
        .write_buffer_size(TOGETHER)
        .on_upgrade(move |socket| Connection::new(runtime, caller, holder, socket, admission).run())
}
