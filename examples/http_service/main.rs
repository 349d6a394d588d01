//! A table over HTTP, for a chat bot or any other front end: JSON in, JSON out, and nothing is kept between two requests. The session
//! travels in the request and comes back in the answer.
//!
//! ```text
//! cargo run --example http_service -- target/faq/table.json 127.0.0.1:8080
//! ```
//! | | asks | answers |
//! | --- | --- | --- |
//! | `GET /symptoms` | | `title`, `language`, and `symptoms` to choose from |
//! | `POST /find` | `text` | `hits`, the best first, and the symptom that is `decided`; when none is, ask |
//! | `POST /next` | `session` and `event`, both of which may be missing | the `session` as it is then, the step that comes `next`, what to `say`, and the entries `shown` beside it |
//!
//! What went wrong is `{"error": …, "message": …}` with a status of 400 or more. `docs/embedding.md` has an example of each.

mod say;

use std::error::Error;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::rejection::JsonRejection;
use axum::extract::{DefaultBodyLimit, FromRequest, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use faqc::runtime::{Event, EventError, Reader, Session, SessionError, decided, find};
use faqc::table::Table;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// A session is a few hundred bytes; a pasted message a few thousand.
const MOST_BYTES: usize = 64 * 1024;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().unwrap_or_else(|| "target/faq/table.json".to_owned());
    // Only this machine, unless another address is given.
    let address: SocketAddr = arguments.next().unwrap_or_else(|| "127.0.0.1:8080".to_owned()).parse()?;
    let table = Table::from_json(&std::fs::read(&path)?)?;
    let listener = TcpListener::bind(address).await?;
    println!("listening on http://{}", listener.local_addr()?);
    axum::serve(listener, service(table)).await?;
    Ok(())
}

/// The service for a table, which lives as long as the program.
pub fn service(table: Table) -> Router {
    let reader = Arc::new(Reader::new(Box::leak(Box::new(table))));
    Router::new()
        .route("/symptoms", get(list_symptoms))
        .route("/find", post(find_symptoms))
        .route("/next", post(what_next))
        .fallback(async || Refusal::new(StatusCode::NOT_FOUND, "not-found", "there are /symptoms, /find and /next"))
        .method_not_allowed_fallback(async || {
            let message = "GET /symptoms, POST /find, POST /next";
            Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed", message)
        })
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .with_state(reader)
}

type Shared = State<Arc<Reader<'static>>>;

async fn list_symptoms(State(reader): Shared) -> Json<Value> {
    let table = reader.table();
    let symptoms = (0u32..).zip(&table.symptoms);
    let symptoms: Vec<Value> = symptoms.map(|(index, it)| say::symptom(index, it)).collect();
    Json(json!({"title": table.title, "language": table.language, "symptoms": symptoms}))
}

#[derive(Deserialize)]
struct Find {
    text: String,
}

async fn find_symptoms(State(reader): Shared, Body(Find { text }): Body<Find>) -> Json<Value> {
    let table = reader.table();
    let hits = find(table, &text);
    let decided = decided(&hits);
    let hits = hits.into_iter().filter_map(|hit| {
        let mut found = say::symptom(hit.symptom, table.symptoms.get(hit.symptom as usize)?);
        found["matched"] = json!(hit.matched);
        found["score"] = json!(hit.score);
        found["margin"] = json!(hit.margin);
        found["rival"] = json!(hit.rival);
        Some(found)
    });
    Json(json!({"hits": hits.collect::<Vec<Value>>(), "decided": decided}))
}

#[derive(Deserialize)]
struct WhatNext {
    session: Option<Session>,
    event: Option<Event>,
}

/// One step takes milliseconds even in a large table, so it is worked out where the request is read.
async fn what_next(State(reader): Shared, Body(request): Body<WhatNext>) -> Result<Json<Value>, Refusal> {
    let mut session = request.session.unwrap_or_default();
    session.check(reader.table())?;
    if let Some(event) = request.event {
        session.take(reader.table(), &event)?;
    }
    let (next, shown) = reader.next_and_shown(&session);
    let say = say::step(&reader, &session, &next);
    Ok(Json(json!({"session": session, "next": next, "say": say, "shown": shown})))
}

/// A body of JSON; what is none is refused as everything else is.
struct Body<T>(T);

impl<S: Send + Sync, T> FromRequest<S> for Body<T>
where
    Json<T>: FromRequest<S, Rejection = JsonRejection>,
{
    type Rejection = Refusal;

    async fn from_request(request: axum::extract::Request, state: &S) -> Result<Self, Refusal> {
        let Json(body) = Json::from_request(request, state).await?;
        Ok(Self(body))
    }
}

/// What went wrong, with a word for programs and a text for people.
struct Refusal {
    status: StatusCode,
    body: Value,
}

impl Refusal {
    fn new(status: StatusCode, error: &str, message: &str) -> Self {
        Self { status, body: json!({"error": error, "message": message}) }
    }

    /// What does not fit the table, as its error is written.
    fn unfit(mut body: Value, error: &dyn Error) -> Self {
        body["message"] = json!(error.to_string());
        Self { status: StatusCode::UNPROCESSABLE_ENTITY, body }
    }
}

impl From<JsonRejection> for Refusal {
    fn from(rejection: JsonRejection) -> Self {
        let error = match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => "too-large",
            StatusCode::UNSUPPORTED_MEDIA_TYPE => "not-json",
            StatusCode::UNPROCESSABLE_ENTITY => "wrong-shape",
            _ => "unreadable",
        };
        Self::new(rejection.status(), error, &rejection.body_text())
    }
}

impl From<EventError> for Refusal {
    fn from(error: EventError) -> Self {
        Self::unfit(json!(error), &error)
    }
}

impl From<SessionError> for Refusal {
    fn from(error: SessionError) -> Self {
        Self::unfit(json!(error), &error)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.status, Json(self.body)).into_response()
    }
}
