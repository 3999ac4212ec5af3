//! How a call is served: everything in it is held against the declaration before the room hears of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{FromRequestParts, Query, RawPathParams, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use super::body::faults;
use super::call::Call;
use super::once::{Before, Once};
use super::operation::{Known, Operation, Parameter, Place, Reply};
use super::problem::{KEY_REUSED, MEDIA_TYPE, UNKNOWN, refused};
use super::{SCHEMA_VERSION, cursor};
use crate::address::with_query;
use crate::components::FieldError;
use crate::visitor::within;
use crate::{Copied, Fault, FromWhere, House, Route, Site, Visit};

/// The most that is sent along, in bytes.
const MOST_SENT: usize = 64 << 10;

/// Parameters as they were given, by their names.
type Given = BTreeMap<&'static str, String>;

impl Operation {
    /// The route of an operation: reading is kept for the next who asks, sending never.
    pub(crate) fn route(self: &Arc<Self>) -> Route {
        let operation = Arc::clone(self);
        let serve = move |State(house): State<Arc<House>>, request: Request| {
            let operation = Arc::clone(&operation);
            async move { operation.serve(&house, request).await }
        };
        match self.method {
            Method::GET if self.known.is_some() => {
                Route::public_fresh(Method::GET, self.path, serve)
            }
            Method::GET => Route::public(self.path, serve).copied(Copied::Online),
            _ => Route::public_fresh(self.method.clone(), self.path, serve),
        }
    }

    /// An address of it that gives something now, below the site; none where there is nothing yet.
    pub async fn example_at(&self, visit: &Visit) -> Option<String> {
        let Some(list) = self.example_of else { return Some(self.example.to_owned()) };
        let operations = visit.house.operations();
        let list = operations.iter().find(|operation| operation.path == list)?;
        let visit = Visit {
            house: Arc::clone(&visit.house),
            site: Arc::clone(&visit.site),
            modes: visit.modes,
            path: list.path.to_owned(),
            address: list.path.to_owned(),
            for_copy: visit.for_copy,
        };
        let given = Given::from([("limit", "1".to_owned())]);
        let from = FromWhere(String::new());
        let body = Value::Null;
        let call = Call { visit, from, caller: None, body, once: None, given, after: None };
        let Ok(Reply::Page(rows, ..)) = (list.run)(call).await else { return None };
        let row = rows.into_iter().next()?;
        let parts = self.parameters.iter().filter(|one| one.place == Place::Path);
        let fill = |path: String, one: &Parameter| {
            let value =
                row[one.name].as_str().map_or_else(|| row[one.name].to_string(), Into::into);
            path.replace(&format!("{{{}}}", one.name), &value)
        };
        Some(parts.fold(self.example.to_owned(), fill))
    }

    async fn serve(&self, house: &Arc<House>, request: Request) -> Result<Response, Fault> {
        let (mut parts, body) = request.into_parts();
        let visit = Visit::from_request_parts(&mut parts, house).await?;
        let Ok(from) = FromWhere::from_request_parts(&mut parts, house).await;
        let caller = match self.known {
            Some(known) => match caller_of(known, house, &visit.site, &parts.headers).await? {
                Some(caller) => Some(caller),
                None => return Ok(stranger(&visit.site, &visit.path)),
            },
            None => None,
        };
        let given = self.given(&mut parts).await?;
        let after = match given.get("cursor") {
            Some(given) => Some(cursor::read(self.path, given).ok_or(Fault::NotFound)?),
            None => None,
        };
        let (site, path) = (Arc::clone(&visit.site), visit.path.clone());
        let mut call = Call { visit, from, caller, body: Value::Null, once: None, given, after };
        let wanted = call.text("fields");
        let asked = Asked { site: &site, path: &path, wanted, given: call.given.clone() };
        if self.body.is_some() {
            if !is_json(&parts.headers) {
                return Ok(refused(MEDIA_TYPE, &site, &path));
            }
            call.body = self.sent_along(body).await?;
            return self.once(house, call, &asked).await;
        }
        let reply = (self.run)(call).await?;
        Ok(self.answer(reply, &asked))
    }

    /// Does what is asked for, unless it was done before under the same key.
    async fn once(
        &self,
        house: &Arc<House>,
        mut call: Call,
        asked: &Asked<'_>,
    ) -> Result<Response, Fault> {
        let key = call.part("Idempotency-Key").to_owned();
        // Who has a credential is the same wherever he calls from.
        let who = call.caller.as_deref().unwrap_or(&call.from.0);
        let from = (who, key.as_str());
        let once = Once::new(self.id, asked.site.base(), from, &call.body);
        let told = |before: Before| match before {
            Before::Same(answer) => self.answer(Reply::One(answer), asked),
            Before::Other => refused(KEY_REUSED, asked.site, asked.path),
        };
        if let Some(before) = once.before(house).await? {
            return Ok(told(before));
        }
        call.once = Some(once.clone());
        match (self.run)(call).await {
            // Another call with the same key may have been done in the same moment: it is answered alike.
            Ok(reply) => match once.before(house).await? {
                Some(before) => Ok(told(before)),
                None => Ok(self.answer(reply, asked)),
            },
            Err(fault @ Fault::Inside(_)) => once.before(house).await?.map(told).ok_or(fault),
            Err(fault) => Err(fault),
        }
    }

    /// Everything that was given, each as its shape spells it.
    async fn given(&self, parts: &mut Parts) -> Result<Given, Fault> {
        let mut reading = Reading { operation: self, given: Given::new(), wrong: vec![] };
        let path = RawPathParams::from_request_parts(parts, &()).await;
        let path = path.map_err(|_| Fault::BadInput("地址里有不是 UTF-8 的字。".into()))?;
        for (name, text) in &path {
            reading.take(Place::Path, name, text);
        }
        let query: Result<Query<Vec<(String, String)>>, _> = Query::try_from_uri(&parts.uri);
        let Query(query) = query.map_err(|_| Fault::BadInput("没有看懂问号后面的参数。".into()))?;
        for (name, text) in &query {
            reading.take(Place::Query, name, text);
        }
        for known in self.parameters.iter().filter(|known| known.place == Place::Header) {
            for said in parts.headers.get_all(known.name) {
                reading.take(Place::Header, known.name, said.to_str().unwrap_or_default());
            }
        }
        reading.miss_none();
        match reading.wrong.is_empty() {
            true => Ok(reading.given),
            false => Err(Fault::Parameters(reading.wrong)),
        }
    }

    /// What was sent along, found to be as it must.
    async fn sent_along(&self, body: Body) -> Result<Value, Fault> {
        let too_large = || Fault::TooLarge("送来的内容太大，请不超过 64 KiB。".into());
        let bytes = within(body, MOST_SENT).await?.ok_or_else(too_large)?;
        let sent: Value = serde_json::from_slice(&bytes)
            .map_err(|_| Fault::BadInput("送来的内容不是 JSON。".into()))?;
        let wrong = faults(self.sent(), &sent);
        if wrong.is_empty() { Ok(sent) } else { Err(Fault::Fields(wrong)) }
    }

    fn answer(&self, reply: Reply, asked: &Asked<'_>) -> Response {
        let (value, next) = match reply {
            Reply::One(value) => (asked.narrowed(value), None),
            Reply::Page(rows, mark, more) => {
                let next = mark.map(|mark| cursor::made(self.path, &mark));
                (asked.page(rows, next.as_deref(), more), next)
            }
        };
        let kind = [(header::CONTENT_TYPE, "application/json")];
        let mut response = (self.status(), kind, value.to_string()).into_response();
        let link = next.and_then(|next| HeaderValue::from_str(&asked.link(self, &next)).ok());
        if let Some(link) = link {
            response.headers_mut().insert(header::LINK, link);
        }
        if self.is_guarded() {
            let kept = HeaderValue::from_static("no-store");
            response.headers_mut().insert(header::CACHE_CONTROL, kept);
        }
        response
    }
}

/// Whose credential it is that a call brings along (RFC 6750); none where it brings none, or nobody's.
async fn caller_of(
    known: Known,
    house: &House,
    site: &Site,
    headers: &HeaderMap,
) -> Result<Option<String>, Fault> {
    let said = headers.get(header::AUTHORIZATION).and_then(|said| said.to_str().ok());
    let (scheme, credential) = said.and_then(|said| said.split_once(' ')).unwrap_or_default();
    match scheme.eq_ignore_ascii_case("bearer") && !credential.trim().is_empty() {
        true => known(house, site, credential.trim()).await,
        false => Ok(None),
    }
}

/// The answer to whoever brings no credential, or nobody's.
fn stranger(site: &Site, path: &str) -> Response {
    let mut response = refused(UNKNOWN, site, path);
    let wanted = HeaderValue::from_static("Bearer");
    response.headers_mut().insert(header::WWW_AUTHENTICATE, wanted);
    response
}

/// Parameters while they are read.
struct Reading<'a> {
    operation: &'a Operation,
    given: Given,
    wrong: Vec<FieldError>,
}

impl Reading<'_> {
    /// Tells of what must be there and is not.
    fn miss_none(&mut self) {
        for known in self.operation.parameters.iter().filter(|known| known.needed) {
            let field = format!("/{}/{}", known.place.word(), known.name);
            let told = self.wrong.iter().any(|wrong| wrong.field == field);
            if !told && !self.given.contains_key(known.name) {
                self.wrong.push(FieldError { field, message: "这个参数必须写".into() });
            }
        }
    }

    fn take(&mut self, place: Place, name: &str, text: &str) {
        let read = match self.operation.parameter(place, name) {
            None => Err("没有这个参数，请去掉".to_owned()),
            Some(known) if self.given.contains_key(known.name) => {
                Err("同一个参数只写一次".to_owned())
            }
            Some(known) => known.shape.read(text).map(|read| {
                self.given.insert(known.name, read);
            }),
        };
        if let Err(message) = read {
            let field = format!("/{}/{name}", place.word());
            self.wrong.push(FieldError { field, message });
        }
    }
}

/// What the answer must fit.
struct Asked<'a> {
    site: &'a Site,
    path: &'a str,
    wanted: Option<String>,
    given: Given,
}

impl Asked<'_> {
    /// A thing with the fields that are wanted.
    fn narrowed(&self, mut value: Value) -> Value {
        if let (Some(wanted), Some(fields)) = (&self.wanted, value.as_object_mut()) {
            fields.retain(|name, _| wanted.split(',').any(|one| one == name));
        }
        value
    }

    fn page(&self, rows: Vec<Value>, next: Option<&str>, more: Map<String, Value>) -> Value {
        let rows: Vec<Value> = rows.into_iter().map(|row| self.narrowed(row)).collect();
        let mut page = json!({ "schema_version": SCHEMA_VERSION });
        if let Some(page) = page.as_object_mut() {
            page.extend(more);
            page.insert("rows".into(), json!(rows));
            page.insert("next".into(), json!(next));
        }
        page
    }

    /// Where the next page is (RFC 8288).
    fn link(&self, operation: &Operation, next: &str) -> String {
        let kept = self.given.iter().filter(|(name, _)| {
            **name != "cursor" && operation.parameter(Place::Query, name).is_some()
        });
        let query: Vec<(&str, &str)> =
            kept.map(|(name, text)| (*name, text.as_str())).chain([("cursor", next)]).collect();
        let address = self.site.frame.address(self.path);
        format!("<{}>; rel=\"next\"", with_query(&address, &query))
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let kind = kind.and_then(|kind| kind.split(';').next()).unwrap_or_default();
    kind.trim().eq_ignore_ascii_case("application/json")
}
