//! What a browser is answered. Refuses to know how pages are made.

use std::convert::Infallible;
use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio_stream::wrappers::WatchStream;
use tokio_stream::{Stream, StreamExt};

use super::preview::Preview;

/// Follows changes and shows mistakes; only in a preview.
const RELOAD: &str = include_str!("reload.js");
/// How long the head of a request may take, and a connection be without one.
const REQUEST: Duration = Duration::from_secs(10);
/// Shown until there is a first sound version.
const WAITING: &str = include_str!("waiting.html");

pub async fn serve(listener: TcpListener, preview: Arc<Preview>, host: String) {
    let router = Router::new()
        .route("/", get(start))
        .route("/-/events", get(events))
        .route("/-/reload.js", get(|| async { answer("reload.js", RELOAD.to_owned()) }))
        .route("/{*path}", get(page))
        .with_state(preview)
        .layer(middleware::from_fn(move |request, next| guard(host.clone(), request, next)));
    loop {
        match listener.accept().await {
            Ok((stream, _)) => drop(tokio::spawn(converse(stream, router.clone()))),
            Err(error) if is_about_one_connection(&error) => {}
            // Too many are open: some will be closed.
            Err(_) => tokio::time::sleep(Duration::from_millis(200)).await,
        }
    }
}

/// Answers on one connection, as long as whole requests come in time.
async fn converse(stream: TcpStream, router: Router) {
    let service = TowerToHyperService::new(router);
    let mut connection = http1::Builder::new();
    let connection = connection.timer(TokioTimer::new()).header_read_timeout(REQUEST);
    // Who goes away is not answered, which is no failure.
    let _ = connection.serve_connection(TokioIo::new(stream), service).await;
}

fn is_about_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind;
    matches!(error.kind(), ErrorKind::ConnectionRefused | ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset)
}

/// A page of another site can have its name resolve to this computer, and would then read what is served here. Such a request names
/// that site as its host.
async fn guard(own: String, request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).map(name_of);
    match host {
        Some(host) if is_known(host, &own) => next.run(request).await,
        _ => (StatusCode::FORBIDDEN, "403: this name is not one of the preview's\n").into_response(),
    }
}

/// Without the port.
fn name_of(host: &str) -> &str {
    match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, _)) => address,
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    }
}

/// No name has to be resolved for an address.
fn is_known(host: &str, own: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || host.eq_ignore_ascii_case(own) || host.parse::<IpAddr>().is_ok()
}

async fn start(State(preview): State<Arc<Preview>>) -> Response {
    respond(&preview, "index.html")
}

async fn page(State(preview): State<Arc<Preview>>, Path(path): Path<String>) -> Response {
    respond(&preview, &path)
}

/// Files are found by their whole path among those of the site, so that no path leads out of it.
fn respond(preview: &Preview, path: &str) -> Response {
    let Some(built) = preview.built() else { return answer("waiting.html", WAITING.to_owned()) };
    match built.text(path) {
        Some(text) => answer(path, text),
        None => (StatusCode::NOT_FOUND, answer("404.html", built.text("404.html").unwrap_or_default())).into_response(),
    }
}

fn answer(path: &str, text: String) -> Response {
    let kind = match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    ];
    (headers, text).into_response()
}

/// The state now, then each change.
async fn events(State(preview): State<Arc<Preview>>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let changes = WatchStream::new(preview.follow());
    let events = changes.map(|news| Ok(Event::default().event("state").data(news)));
    Sse::new(events).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
}

#[cfg(test)]
mod tests {
    use super::{is_known, name_of};

    #[test]
    fn only_addresses_and_own_names_are_hosts() {
        for host in ["127.0.0.1:8000", "localhost:8000", "LOCALHOST", "[::1]:8000", "192.168.0.2:1", "faq.test:8000"] {
            assert!(is_known(name_of(host), "faq.test"), "{host}");
        }
        for host in ["evil.example:8000", "localhost.evil.example", "127.0.0.1.evil.example:8000", "", ":8000"] {
            assert!(!is_known(name_of(host), "127.0.0.1"), "{host}");
        }
    }
}
