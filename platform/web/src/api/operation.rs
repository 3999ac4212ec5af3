//! One operation: declared once, by the room whose affair it is.

use axum::http::{Method, StatusCode};
use serde_json::{Map, Value};

use super::call::Call;
use super::shape::{Field, Resource, Shape};
use super::{MOST, USUAL};
use crate::{House, Later, Site};

/// Where a parameter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the address itself.
    Path,
    /// After the question mark.
    Query,
    /// Among the headers.
    Header,
}

impl Place {
    /// Its word in the description.
    pub fn word(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
        }
    }
}

/// One parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// Its name: the same as on the page that shows the same things.
    pub name: &'static str,
    /// Where it stands.
    pub place: Place,
    /// What it means, in Chinese.
    pub about: &'static str,
    /// What it looks like.
    pub shape: Shape,
    /// Whether it must be given.
    pub needed: bool,
}

/// What an operation answers with where it goes well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answered {
    /// A page of a list of these.
    List(Resource),
    /// One of these.
    One(Resource),
    /// Something was taken in: one of these tells what comes of it.
    Taken(Resource),
}

/// What a handler gives back.
#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// One thing.
    One(Value),
    /// A page of a list, the mark from which it goes on, and what is told of it besides.
    Page(Vec<Value>, Option<String>, Map<String, Value>),
}

impl Reply {
    /// A page of a list and the mark from which it goes on.
    pub fn page(rows: Vec<Value>, next: Option<String>) -> Self {
        Self::Page(rows, next, Map::new())
    }
}

/// What carries an operation out.
pub(super) type Run = fn(Call) -> Later<'static, Reply>;

/// Whose credential it is that a program brings to a site: the key under which it was let in; none where it is nobody's.
pub type Known = for<'a> fn(&'a House, &'a Site, &'a str) -> Later<'a, Option<String>>;

/// One operation.
#[derive(Debug, Clone)]
pub struct Operation {
    /// The verb.
    pub method: Method,
    /// The address below the site, in axum's form: `/api/v1/documents/{id}`.
    pub path: &'static str,
    /// Its name for programs: `list_documents`.
    pub id: &'static str,
    /// The group under which the description shows it.
    pub group: &'static str,
    /// What it gives, in a few words.
    pub title: &'static str,
    /// What one must know besides.
    pub about: &'static str,
    /// Its parameters.
    pub parameters: Vec<Parameter>,
    /// What is sent along.
    pub body: Option<Resource>,
    /// What it answers with.
    pub answered: Answered,
    /// An example that runs: an address below the site with its query.
    pub example: &'static str,
    /// Where it is known only with the data what address is an example: the list of whose first row it is made,
    /// each part of the address being the field of the same name.
    pub example_of: Option<&'static str>,
    pub(super) known: Option<Known>,
    pub(super) run: Run,
}

impl Operation {
    /// A list, fetched with GET: with cursor, limit and fields, which every list has.
    pub fn list(path: &'static str, id: &'static str, of: Resource, run: Run) -> Self {
        let names = of.names();
        let limit = Shape::Whole(1, MOST as i64);
        Self::new(Method::GET, path, id, Answered::List(of), run)
            .query("cursor", "从哪里接着取：上一页给出的 next，不要自己拼", Shape::Cursor)
            .query("limit", "一页几条，不写是 20，最多 100", limit)
            .query("fields", "只要这些字段，用逗号隔开", Shape::Words(names))
    }

    /// One thing, fetched with GET.
    pub fn one(path: &'static str, id: &'static str, of: Resource, run: Run) -> Self {
        let names = of.names();
        Self::new(Method::GET, path, id, Answered::One(of), run).query(
            "fields",
            "只要这些字段，用逗号隔开",
            Shape::Words(names),
        )
    }

    /// Something that is sent with POST, under a key by which it is done once.
    pub fn taking(
        path: &'static str,
        id: &'static str,
        (body, answer): (Resource, Resource),
        run: Run,
    ) -> Self {
        let key = Parameter {
            name: "Idempotency-Key",
            place: Place::Header,
            about: "您自己为这一次取的号，请用 UUID：从同一个网络地址用同一个号再送一次，得到同一个答复，只办一次；24 小时内有效",
            shape: Shape::Code,
            needed: true,
        };
        let new = Self::new(Method::POST, path, id, Answered::Taken(answer), run);
        Self { body: Some(body), parameters: vec![key], ..new }
    }

    fn new(
        method: Method,
        path: &'static str,
        id: &'static str,
        answered: Answered,
        run: Run,
    ) -> Self {
        Self {
            method,
            path,
            id,
            group: "",
            title: "",
            about: "",
            parameters: vec![],
            body: None,
            answered,
            example: path,
            example_of: None,
            known: None,
            run,
        }
    }

    /// Says what it gives.
    #[must_use]
    pub fn titled(self, group: &'static str, title: &'static str) -> Self {
        Self { group, title, ..self }
    }

    /// Says what one must know besides.
    #[must_use]
    pub fn about(self, about: &'static str) -> Self {
        Self { about, ..self }
    }

    /// Names an example that runs.
    #[must_use]
    pub fn example(self, example: &'static str) -> Self {
        Self { example, ..self }
    }

    /// Makes its example of the first row of a list.
    #[must_use]
    pub fn example_of(self, list: &'static str) -> Self {
        Self { example_of: Some(list), ..self }
    }

    /// Is for programs with a credential alone; its answers are kept by nobody.
    #[must_use]
    pub fn known_by(self, known: Known) -> Self {
        Self { known: Some(known), ..self }
    }

    /// Whether it asks for a credential.
    pub fn is_guarded(&self) -> bool {
        self.known.is_some()
    }

    /// Takes a part of the address.
    #[must_use]
    pub fn at(self, name: &'static str, about: &'static str, shape: Shape) -> Self {
        self.with(Parameter { name, place: Place::Path, about, shape, needed: true })
    }

    /// Takes a parameter after the question mark.
    #[must_use]
    pub fn query(self, name: &'static str, about: &'static str, shape: Shape) -> Self {
        self.with(Parameter { name, place: Place::Query, about, shape, needed: false })
    }

    fn with(mut self, parameter: Parameter) -> Self {
        self.parameters.push(parameter);
        self
    }

    /// What it answers with, or makes a list of.
    pub fn resource(&self) -> &Resource {
        match &self.answered {
            Answered::List(of) | Answered::One(of) | Answered::Taken(of) => of,
        }
    }

    /// The status of an answer that goes well.
    pub fn status(&self) -> StatusCode {
        match self.answered {
            Answered::Taken(_) => StatusCode::ACCEPTED,
            Answered::List(_) | Answered::One(_) => StatusCode::OK,
        }
    }

    /// The shape of a parameter.
    pub(super) fn parameter(&self, place: Place, name: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|known| known.place == place && known.name == name)
    }

    /// The fields of what is sent along.
    pub(super) fn sent(&self) -> &[Field] {
        self.body.as_ref().map_or(&[], |body| &body.fields)
    }
}

/// How many rows are usual, for the description.
pub(super) const USUAL_ROWS: usize = USUAL;
