//! The interface for programs over the demo city: every example runs, every answer is as it is declared, and
//! what holds for pages holds for it.

use std::collections::BTreeSet;
use std::net::SocketAddr;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Method, Request, StatusCode, header};
use records::acts::{Hand, withdrawal};
use review::testing;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use store::Statements;
use web::api::{Answered, Field, Operation, Shape};

use super::routes::{Walk, called, walk};

/// What a program is answered.
async fn told(walk: &Walk, path: &str) -> (StatusCode, Value) {
    let answer = walk.visitor().ask(&Method::GET, path, "").await;
    let value = serde_json::from_str(&answer.text);
    (answer.status, value.unwrap_or_else(|_| panic!("{path}: {}", answer.text)))
}

/// What an answer has other than it is declared.
fn faults(fields: &[Field], value: &Value, at: &str) -> Vec<String> {
    let Some(object) = value.as_object() else { return vec![format!("{at} is no object")] };
    let names: BTreeSet<&str> = fields.iter().map(|field| field.name).collect();
    let more = object.keys().filter(|name| !names.contains(name.as_str()));
    let mut found: Vec<String> = more.map(|name| format!("{at}/{name} is not declared")).collect();
    for field in fields {
        let place = format!("{at}/{}", field.name);
        match object.get(field.name) {
            None => found.push(format!("{place} is missing")),
            Some(Value::Null) if field.may_lack => {}
            Some(value) => found.extend(misshapen(&field.shape, value, &place)),
        }
    }
    found
}

fn misshapen(shape: &Shape, value: &Value, at: &str) -> Vec<String> {
    let sound = match (shape, value) {
        (Shape::Anything, _)
        | (Shape::Prose | Shape::Moment | Shape::Address, Value::String(_)) => true,
        (Shape::Flag, Value::Bool(_)) => true,
        (Shape::Part, Value::Number(_)) => true,
        (Shape::Whole(low, high), Value::Number(number)) => {
            number.as_i64().is_some_and(|number| (*low..=*high).contains(&number))
        }
        (Shape::List(of), Value::Array(all)) => {
            return all.iter().flat_map(|one| misshapen(of, one, at)).collect();
        }
        (Shape::Thing(fields), value) => return faults(fields, value, at),
        (shape, Value::String(text)) => shape.read(text).is_ok(),
        _ => false,
    };
    if sound { vec![] } else { vec![format!("{at} is {value}, not {shape:?}")] }
}

#[tokio::test]
async fn every_example_runs_and_gives_what_the_description_declares() {
    let walk = walk("interface").await;
    crate::work::rebuild_index_if_needed(&walk.house).await.expect("an index");
    let examples = called(&walk.house).await;
    let operations = walk.house.operations();
    assert!(operations.len() >= 16, "{}", operations.len());
    for (operation, example) in operations.iter().zip(examples) {
        // What asks for a credential is tried where one is given out (`letters.rs`).
        if operation.method != Method::GET || operation.is_guarded() {
            continue;
        }
        let (status, value) = told(&walk, &example).await;
        assert_eq!(status, StatusCode::OK, "{example}: {value}");
        let fields = &operation.resource().fields;
        let whole = operation.path == "/api/v1/annual-reports/{organ}/{year}";
        let found = match &operation.answered {
            Answered::List(_) => rows_of(operation, &example, &value),
            // An older form has no more than the parts it had.
            Answered::One(_) | Answered::Taken(_) if whole => vec![],
            Answered::One(_) | Answered::Taken(_) => faults(fields, &value, ""),
        };
        assert_eq!(found, Vec::<String>::new(), "{example}");
    }
}

fn rows_of(operation: &Operation, example: &str, value: &Value) -> Vec<String> {
    let rows = value["rows"].as_array().unwrap_or_else(|| panic!("{example}: {value}"));
    // The demo has taken nothing down to begin with.
    assert!(!rows.is_empty() || operation.id == "list_withdrawals", "{example} gives nothing");
    let fields = &operation.resource().fields;
    let wanted = example.split("fields=").nth(1).and_then(|rest| rest.split('&').next());
    let wanted =
        |field: &&Field| wanted.is_none_or(|all| all.split(',').any(|one| one == field.name));
    let fields: Vec<Field> = fields.iter().filter(wanted).cloned().collect();
    rows.iter().flat_map(|row| faults(&fields, row, "")).collect()
}

#[tokio::test]
async fn the_description_and_the_page_name_every_address_there_is() {
    let walk = walk("interface-described").await;
    let (status, told) = told(&walk, "/siming/api/v1/openapi.json").await;
    assert_eq!((status, &told["openapi"]), (StatusCode::OK, &"3.1.0".into()));
    assert_eq!(told["servers"][0]["url"], "/siming");
    let page = walk.visitor().ask(&Method::GET, "/api", "").await.text;
    assert_eq!(web::page::inspect(&page), Vec::<String>::new());
    let mut described = 0;
    for (method, path, _) in &walk.routes {
        let own = path.starts_with("/api/v1/") && *path != "/api/v1/openapi.json";
        if own {
            let verb = method.as_str().to_ascii_lowercase();
            let operation = &told["paths"][*path][&verb];
            assert!(operation["summary"].as_str().is_some_and(|words| !words.is_empty()), "{path}");
            assert!(operation["tags"][0].as_str().is_some_and(|words| !words.is_empty()), "{path}");
            assert!(page.contains(&format!("<code>{method} {path}</code>")), "{path}");
            described += 1;
        }
    }
    let paths = told["paths"].as_object().expect("paths").values();
    let verbs: usize = paths.map(|one| one.as_object().map_or(0, serde_json::Map::len)).sum();
    assert_eq!(described, verbs, "nothing is described that is not there");
}

/// All rows of a list, page by page.
async fn whole(walk: &Walk, path: &str, limit: usize) -> Vec<String> {
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let sign = if path.contains('?') { '&' } else { '?' };
        let (status, page) =
            told(walk, &format!("/api/v1/{path}{sign}limit={limit}{cursor}")).await;
        assert_eq!(status, StatusCode::OK, "{path}: {page}");
        let rows = page["rows"].as_array().expect("rows").clone();
        assert!(rows.len() <= limit);
        seen.extend(rows.into_iter().map(|row| row.to_string()));
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return seen,
        }
    }
}

#[tokio::test]
async fn a_list_goes_on_by_its_cursor_until_its_end_and_repeats_nothing() {
    let walk = walk("interface-pages").await;
    for path in [
        "documents",
        "documents?sort=published_on",
        "organs",
        "divisions",
        "items",
        "log-entries",
        "annual-reports",
        "domains",
        "columns",
    ] {
        let limit = if path == "divisions" || path == "items" { 100 } else { 7 };
        let seen = whole(&walk, path, limit).await;
        let all: BTreeSet<&String> = seen.iter().collect();
        assert_eq!(all.len(), seen.len(), "{path}: no row twice");
        assert!(seen.len() > 1, "{path}");
    }
    let mut upwards = whole(&walk, "documents?sort=published_on&fields=id", 100).await;
    let downwards = whole(&walk, "documents?sort=-published_on&fields=id", 100).await;
    upwards.reverse();
    assert_eq!(upwards, downwards, "one order is the other turned round");
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_at_its_place() {
    let walk = walk("interface-refusals").await;
    for (path, status, code, pointer) in [
        ("/api/v1/documents?limit=101", 400, "bad_parameter", "#/query/limit"),
        ("/api/v1/documents?limit=0", 400, "bad_parameter", "#/query/limit"),
        ("/api/v1/documents?limit=5&limit=6", 400, "bad_parameter", "#/query/limit"),
        ("/api/v1/documents?lmit=5", 400, "bad_parameter", "#/query/lmit"),
        ("/api/v1/documents?fields=id,password", 400, "bad_parameter", "#/query/fields"),
        ("/api/v1/documents?sort=title", 400, "bad_parameter", "#/query/sort"),
        ("/api/v1/documents/1", 400, "bad_parameter", "#/path/id"),
        ("/api/v1/documents?cursor=AAAAAAAA", 404, "not_found", ""),
        ("/api/v1/documents/019ab2c4-0000-7000-8000-000000000000", 404, "not_found", ""),
        ("/api/v1/nichts", 404, "not_found", ""),
        ("/siming/api/v1/organs/XM00001", 404, "not_found", ""),
    ] {
        let (own, problem) = told(&walk, path).await;
        assert_eq!((own.as_u16(), &problem["code"]), (status, &code.into()), "{path}: {problem}");
        assert_eq!(problem["status"], status, "{path}");
        assert!(problem["request_id"].as_str().is_some_and(|id| id.len() == 12), "{path}");
        if !pointer.is_empty() {
            assert_eq!(problem["errors"][0]["pointer"], pointer, "{path}: {problem}");
        }
    }
    let other = told(&walk, "/api/v1/organs?limit=1").await.1["next"].clone();
    let other = format!("/api/v1/documents?cursor={}", other.as_str().expect("there are more"));
    assert_eq!(told(&walk, &other).await.0, StatusCode::NOT_FOUND, "a cursor of another list");
}

#[tokio::test]
async fn answers_are_kept_by_their_tag_read_from_anywhere_and_told_how_much_is_left() {
    let walk = walk("interface-headers").await;
    let client = walk.visitor();
    let path = "/api/v1/documents?limit=2";
    let (first, headers) = client.whole(&Method::GET, path, "", &[]).await;
    assert_eq!(first.status, StatusCode::OK);
    let said =
        |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    assert_eq!(said("access-control-allow-origin"), "*");
    assert_eq!(said("ratelimit"), "\"api\";r=300;t=1");
    assert!(said("link").contains("/api/v1/documents?limit=2&cursor="), "{}", said("link"));
    assert_eq!(said("content-type"), "application/json");
    let tag = said("etag");
    let (again, kept) = client.whole(&Method::GET, path, "", &[("if-none-match", tag)]).await;
    assert_eq!((again.status, again.text.as_str()), (StatusCode::NOT_MODIFIED, ""));
    assert!(kept.contains_key("link") && kept.contains_key("ratelimit"));
    let asks = [("origin", "https://other.example"), ("access-control-request-method", "GET")];
    let (before, headers) = client.whole(&Method::OPTIONS, path, "", &asks).await;
    assert_eq!(before.status, StatusCode::NO_CONTENT);
    assert_eq!(headers["access-control-allow-methods"], "GET, HEAD", "no other site's page sends");
    for (method, path, allowed) in [
        (Method::DELETE, path, "GET, HEAD"),
        (Method::GET, "/api/v1/subscriptions", "POST"),
        (Method::PUT, "/api/v1/openapi.json", "GET, HEAD"),
    ] {
        let (answer, headers) = client.whole(&method, path, "", &[]).await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{path}");
        assert_eq!(headers["allow"], allowed, "{path}");
        assert!(answer.text.contains("method_not_allowed"), "{}", answer.text);
    }
    let (head, _) = client.whole(&Method::HEAD, "/api/v1/organs?limit=1", "", &[]).await;
    assert_eq!(head.status, StatusCode::OK);
    let (whole, _) = client.whole(&Method::GET, "/api/v1/organs?limit=1", "", &[]).await;
    assert!(whole.text.contains("rows"), "what HEAD asked for is not kept for GET");
}

#[tokio::test]
async fn a_program_sends_with_a_key_and_as_json() {
    let walk = walk("interface-sending").await;
    let client = walk.visitor();
    let path = "/api/v1/subscriptions";
    let (json, key) = (("content-type", "application/json"), ("idempotency-key", "abc-1"));
    let right = r#"{"way":"webhook","address":"https://a.example/x","rhythm":"daily","consent":true,
                   "topics":[{"kind":"site","key":""}]}"#;
    for (body, headers, status) in [
        (right, vec![json], 400),
        (right, vec![key], 415),
        ("{", vec![json, key], 400),
        ("{}", vec![json, key], 422),
        (&right.replace("daily", "never"), vec![json, key], 422),
        (&right.replace("\"way\"", "\"by\""), vec![json, key], 422),
        // Nothing is sent where the operator has set no way up.
        (right, vec![json, key], 409),
    ] {
        let answer = client.whole(&Method::POST, path, body, &headers).await;
        assert_eq!(answer.0.status.as_u16(), status, "{body} {headers:?}: {}", answer.0.text);
    }
}

#[tokio::test]
async fn what_is_given_out_whole_is_what_the_lists_give_and_is_held_back_once_something_is_gone() {
    let walk = walk("interface-whole").await;
    let client = walk.visitor();
    let file = "/shuju/wenjian/wenjian.jsonl";
    assert_eq!(client.ask(&Method::GET, file, "").await.status, StatusCode::SERVICE_UNAVAILABLE);
    let step = opendata::bulk::ERRAND.step;
    while step(&walk.house).await.expect("writes") {}
    for set in walk.house.datasets() {
        let own = format!("/shuju/{0}/{0}", set.slug);
        let lines = client.ask(&Method::GET, &format!("{own}.jsonl"), "").await;
        assert_eq!(lines.status, StatusCode::OK, "{own}");
        let columns = (set.columns)();
        let count = lines.text.lines().count();
        for line in lines.text.lines() {
            let row: Value = serde_json::from_str(line).expect("each line is JSON");
            assert_eq!(faults(&columns.fields, &row, ""), Vec::<String>::new(), "{own}");
        }
        let table = client.ask(&Method::GET, &format!("{own}.csv"), "").await.text;
        let rows = csv::Reader::from_reader(table.trim_start_matches('\u{feff}').as_bytes())
            .records()
            .map(|row| row.expect("a row").len())
            .collect::<Vec<_>>();
        assert_eq!(rows, vec![columns.fields.len(); count], "{own}");
        let path = format!("/shuju/{}/SHA256SUMS", set.slug);
        let sums = client.ask(&Method::GET, &path, "").await.text;
        for (text, ending) in [(&lines.text, "jsonl"), (&table, "csv")] {
            let digest = ledger::hex(&Sha256::digest(text.as_bytes()));
            assert!(sums.contains(&format!("{digest}  {}.{ending}\n", set.slug)), "{sums}");
        }
        let page = client.ask(&Method::GET, &format!("/shuju/{}", set.slug), "").await.text;
        assert_eq!(web::page::inspect(&page), Vec::<String>::new(), "{own}");
    }
    let open = "SELECT count(*) FROM record WHERE reach = 'whole' AND withdrawn = 0";
    let open = walk.house.store().number(open, vec![]).await.expect("asks");
    let lines = client.ask(&Method::GET, file, "").await.text;
    assert_eq!(open, Some(lines.lines().count() as i64), "and nothing that is for a group");
    let catalog = told(&walk, "/shuju/catalog.jsonld").await.1;
    let sets = catalog["dcat:dataset"].as_array().expect("sets");
    assert_eq!(sets.len(), walk.house.datasets().count());
    for set in sets {
        assert_eq!(set["dcat:distribution"].as_array().map(Vec::len), Some(2), "{set}");
    }
    // As a listener does once something was taken down.
    let first: Value = serde_json::from_str(lines.lines().next().expect("a line")).expect("JSON");
    let id = first["id"].as_str().expect("a key");
    let changes = walk.data.join("shuju/changes");
    let noted = std::fs::read_to_string(&changes).unwrap_or_default();
    std::fs::write(changes, format!("{noted}/wenjian/{id}\n")).expect("a line");
    assert_eq!(client.ask(&Method::GET, file, "").await.status, StatusCode::SERVICE_UNAVAILABLE);
    let other = client.ask(&Method::GET, "/shuju/mulu/SHA256SUMS", "").await.status;
    assert_eq!(other, StatusCode::OK, "no other set has it");
    assert!(step(&walk.house).await.expect("writes"), "it is left out at once");
    let rest = client.ask(&Method::GET, file, "").await.text;
    assert_eq!((rest.lines().count() + 1, rest.contains(id)), (lines.lines().count(), false));
}

#[tokio::test]
async fn what_was_withdrawn_is_gone_with_its_reason_and_its_text_is_in_no_answer() {
    let walk = walk("interface-gone").await;
    crate::work::rebuild_index_if_needed(&walk.house).await.expect("an index");
    let row = told(&walk, "/api/v1/documents?limit=1&fields=id,organ").await.1["rows"][0].clone();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let (id, organ) = (text(&row["id"]), text(&row["organ"]));
    let path = format!("/api/v1/documents/{id}");
    let whole_text = text(&told(&walk, &path).await.1["text"]);
    let long = whole_text.lines().max_by_key(|line| line.chars().count()).unwrap_or_default();
    assert!(long.chars().count() > 10, "{whole_text}");
    let by = testing::someone(&organ, "publisher");
    let desk = walk.ledger.desk(by.actor()).await.expect("a desk");
    let case = withdrawal::emergency(desk, &Hand::from(&by), &id, "走查：误发，收回").await;
    case.expect("is withdrawn");
    while crate::work::round(&walk.house).await.expect("works") > 0 {}
    let (answer, headers) = walk.visitor().whole(&Method::GET, &path, "", &[]).await;
    assert_eq!(answer.status, StatusCode::GONE, "{}", answer.text);
    assert_eq!(headers["content-type"], "application/problem+json");
    let problem: Value = serde_json::from_str(&answer.text).expect("JSON");
    assert_eq!((&problem["code"], &problem["status"]), (&"gone".into(), &410.into()));
    assert!(text(&problem["detail"]).contains("撤下"), "{problem}");
    let (_, gone) = told(&walk, "/api/v1/withdrawals").await;
    assert!(gone["rows"].to_string().contains(&id), "{gone}");
    let search = format!("/api/v1/search?q={}", web::address::encoded(long));
    let lists =
        ["/api/v1/documents?limit=100".to_owned(), "/api/v1/withdrawals".to_owned(), search];
    for address in called(&walk.house).await.into_iter().chain(lists).chain([path]) {
        let answer = walk.visitor().ask(&Method::GET, &address, "").await;
        assert!(!answer.text.contains(long), "{address} still tells it");
    }
}

#[tokio::test]
async fn who_asks_too_fast_is_told_when_to_come_again_and_another_is_not_kept_waiting() {
    let walk = walk("interface-fast").await;
    let asks = async |from: [u8; 4]| {
        let mut request = Request::get("/api/v1/organs?limit=1").header(header::HOST, "127.0.0.1");
        let address = SocketAddr::from((from, 40_000));
        request.extensions_mut().expect("a request").insert(ConnectInfo(address));
        let request = request.body(Body::empty()).expect("a request");
        web::testing::answer(&walk.portal(), request).await
    };
    let mut asked = 0;
    let (headers, body) = loop {
        let (status, headers, body) = asks([203, 0, 113, 7]).await;
        asked += 1;
        if status == StatusCode::TOO_MANY_REQUESTS {
            break (headers, body);
        }
        assert_eq!(status, StatusCode::OK);
        assert!(asked < 5_000, "nobody is ever too fast");
    };
    assert!(asked > 300, "{asked}: a hall full of people may ask");
    let problem: Value = serde_json::from_slice(&body).expect("JSON");
    assert_eq!(headers["content-type"], "application/problem+json");
    assert_eq!((&problem["code"], &problem["status"]), (&"too_many_requests".into(), &429.into()));
    assert!(problem["type"].as_str().is_some_and(|kind| kind.ends_with("/api#too_many_requests")));
    assert_eq!(
        (&problem["title"], &problem["instance"]),
        (&"Too Many Requests".into(), &"/api/v1/organs".into())
    );
    let seconds = headers["retry-after"].to_str().ok().and_then(|text| text.parse().ok());
    assert!(seconds.is_some_and(|seconds: u32| (1..=60).contains(&seconds)), "{headers:?}");
    assert!(headers["ratelimit"].to_str().is_ok_and(|told| told.contains("r=0")), "{headers:?}");
    assert_eq!(headers["cache-control"], "no-store");
    assert_eq!(asks([203, 0, 113, 8]).await.0, StatusCode::OK, "another asks for the first time");
}

/// What a processor of linked data would stumble over.
fn unreadable(value: &Value, context: &Map<String, Value>, at: &str) -> Vec<String> {
    const KEYWORDS: [&str; 6] = ["@context", "@id", "@type", "@value", "@language", "@graph"];
    let known =
        |name: &str| name.split_once(':').is_some_and(|(prefix, _)| context.contains_key(prefix));
    let mut found = Vec::new();
    match value {
        Value::Array(all) => found.extend(all.iter().flat_map(|one| unreadable(one, context, at))),
        Value::Object(fields) => {
            for (name, inner) in fields.iter().filter(|(name, _)| *name != "@context") {
                let place = format!("{at}/{name}");
                let word = inner.as_str().unwrap_or_default();
                match name.as_str() {
                    "@type" if !known(word) => found.push(format!("{place}: {word}")),
                    "@id" if !is_address(word) && !known(word) => {
                        found.push(format!("{place}: {word}"));
                    }
                    name if !KEYWORDS.contains(&name) && !known(name) => found.push(place),
                    _ => found.extend(unreadable(inner, context, &place)),
                }
            }
            let moment = fields.get("@value").and_then(Value::as_str).unwrap_or_default();
            let dated = fields.get("@type").is_some_and(|kind| kind == "xsd:dateTime");
            if dated && moment.parse::<jiff::Timestamp>().is_err() {
                found.push(format!("{at}: {moment} is no moment"));
            }
        }
        _ => {}
    }
    found
}

/// Whether it is an address: whole, or one below the platform where the operator has named no origin.
fn is_address(text: &str) -> bool {
    let sound = text.chars().all(|one| !one.is_whitespace() && !"<>\"{}|\\^`".contains(one));
    let starts =
        ["https://", "http://", "/", "tel:"].into_iter().any(|start| text.starts_with(start));
    sound && starts
}

#[tokio::test]
async fn the_catalogue_of_data_and_the_services_are_linked_data_that_can_be_read() {
    let walk = walk("interface-linked").await;
    let step = opendata::bulk::ERRAND.step;
    while step(&walk.house).await.expect("writes") {}
    for path in ["/shuju/catalog.jsonld", "/siming/shuju/catalog.jsonld", "/mulu/quanze.jsonld"] {
        let (answer, headers) = walk.visitor().whole(&Method::GET, path, "", &[]).await;
        let kind = headers["content-type"].to_str().unwrap_or_default();
        assert!(kind.starts_with("application/ld+json"), "{path}: {kind}");
        let told: Value = serde_json::from_str(&answer.text).expect("JSON");
        let context = told["@context"].as_object().expect("a context").clone();
        let named =
            context.values().all(|own| own.as_str().is_some_and(|own| own.starts_with("http")));
        assert!(named, "{path}: {context:?}");
        assert_eq!(unreadable(&told, &context, ""), Vec::<String>::new(), "{path}");
    }
    let catalog = told(&walk, "/shuju/catalog.jsonld").await.1;
    for set in catalog["dcat:dataset"].as_array().expect("sets") {
        assert_eq!(set["dct:modified"]["@type"], "xsd:dateTime", "{set}");
        assert!(set["dct:language"]["@id"].is_string(), "{set}");
        for file in set["dcat:distribution"].as_array().expect("files") {
            assert_eq!(file["dcat:byteSize"]["@type"], "xsd:nonNegativeInteger", "{file}");
            assert_eq!(file["dct:format"]["@type"], "dct:MediaTypeOrExtent", "{file}");
        }
    }
    let services = told(&walk, "/mulu/quanze.jsonld").await.1;
    let all = services["@graph"].as_array().expect("a graph");
    let places = all.iter().filter(|one| one["@type"] == "cv:PublicOrganisation");
    assert!(places.clone().count() > 0, "{services}");
    for organ in places {
        assert_eq!(organ["dct:spatial"]["@type"], "dct:Location", "{organ}");
    }
}
