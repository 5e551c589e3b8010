//! What the security layer does with a request.

use std::{convert::Infallible, sync::Arc};

use axum::{
    extract::Request,
    response::{IntoResponse as _, Redirect, Response},
};
use http::{HeaderValue, StatusCode, header::HOST};
use tower::Service;

use super::{
    Client, Security,
    around::{Around, call},
    client, headers, hosts,
};
use crate::{bridge::Bridged, i18n::locale_of};

/// What a [`Security`] layer does around a request.
#[derive(Debug)]
pub struct Guarding(pub(super) Security);

impl Around for Guarding {
    async fn around<S>(self: Arc<Self>, mut request: Request, inner: S) -> Response
    where
        S: Service<Request, Response = Response, Error = Infallible> + Send + 'static,
        S::Future: Send,
    {
        // an event comes from the server itself, with the facts of its socket's upgrade
        if request.extensions().get::<Arc<Bridged>>().is_some() {
            return call(inner, request).await;
        }
        let settings = &self.0;
        let Some(mut client) = client::find(&mut request, &settings.proxies, settings.https) else {
            return bad_host(&request, "a request without a host, or with several");
        };
        let exempt = settings
            .exempt
            .iter()
            .any(|path| path == request.uri().path());
        let allowed = hosts::is_allowed(&client.host, &settings.hosts);
        let mut response = if !allowed && !exempt {
            refused(&request, &client, settings)
        } else if settings.ssl_redirect && !client.is_secure() && !exempt {
            to_https(&request, &client)
        } else {
            // what the application sees as the host is what was checked
            if let Ok(host) = HeaderValue::from_str(&client.host) {
                request.headers_mut().insert(HOST, host);
            }
            request.extensions_mut().insert(client.clone());
            call(inner, request).await
        };
        if !allowed {
            client.host.clear();
        }
        headers::add(response.headers_mut(), &settings.headers, &client);
        response
    }
}

fn refused(request: &Request, client: &Client, settings: &Security) -> Response {
    let name = hosts::name(&client.host);
    let why = match name {
        Some(name) => format!(
            "the host `{name}` is not one of this site {:?}: if it is, add it with \
             `Security::allowed_hosts` or in the environment variable RDJ_ALLOWED_HOSTS",
            settings.hosts
        ),
        None => format!("`{}` is no host", client.host.escape_debug()),
    };
    bad_host(request, &why)
}

fn bad_host(request: &Request, why: &str) -> Response {
    tracing::warn!("{why}");
    let text = locale_of(request).text("rdj-bad-host");
    (StatusCode::BAD_REQUEST, text).into_response()
}

fn to_https(request: &Request, client: &Client) -> Response {
    let path = request.uri().path_and_query();
    let path = path.map_or("/", http::uri::PathAndQuery::as_str);
    Redirect::permanent(&format!("https://{}{path}", client.host)).into_response()
}
