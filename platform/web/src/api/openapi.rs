//! OpenAPI 3.1, made of the declarations.

use serde_json::{Map, Value, json};

use super::operation::{Answered, Operation, Parameter, Place, USUAL_ROWS};
use super::problem::CODES;
use super::shape::{Resource, Shape};
use crate::{House, Site};

/// The description of everything a site answers programs.
pub fn description(house: &House, site: &Site) -> Value {
    let operations = house.operations();
    json!({
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "info": {
            "title": format!("{} 程序接口", site.frame.name),
            "version": "1.0.0",
            "description": "公开的政府信息、目录、机构、村居、年报和公开日志。读取不要密钥；\
                            列表用 cursor 翻页；出错的答复是 application/problem+json。",
            "license": { "name": "使用条件", "url": site.frame.address("/shuju") },
            "contact": { "name": site.frame.contact.office, "url": site.frame.address("/bangzhu") },
        },
        "externalDocs": { "description": "说明和例子", "url": site.frame.address("/api") },
        "servers": [{ "url": site.link("/") }],
        "tags": tags(house),
        "paths": paths(operations.iter().map(AsRef::as_ref)),
        "components": {
            "schemas": schemas(operations.iter().map(AsRef::as_ref)),
            "responses": refusals(),
            "securitySchemes": { "credential": {
                "type": "http",
                "scheme": "bearer",
                "description": "由本站的运行单位发给接入的平台；别的都不要",
            } },
        },
    })
}

fn tags(house: &House) -> Vec<Value> {
    let mut names: Vec<&str> = Vec::new();
    for operation in house.operations() {
        if !names.contains(&operation.group) {
            names.push(operation.group);
        }
    }
    names.into_iter().map(|name| json!({ "name": name })).collect()
}

fn paths<'a>(operations: impl Iterator<Item = &'a Operation>) -> Value {
    let mut paths = Map::new();
    for operation in operations {
        let verb = operation.method.as_str().to_ascii_lowercase();
        let at = paths.entry(operation.path).or_insert_with(|| json!({}));
        at[verb] = described(operation);
    }
    Value::Object(paths)
}

fn described(operation: &Operation) -> Value {
    let mut told = json!({
        "operationId": operation.id,
        "tags": [operation.group],
        "summary": operation.title,
        "description": operation.about,
        "parameters": operation.parameters.iter().map(|one| parameter(operation, one))
            .collect::<Vec<_>>(),
        "responses": responses(operation),
    });
    if operation.is_guarded() {
        told["security"] = json!([{ "credential": [] }]);
    }
    if let Some(body) = &operation.body {
        told["requestBody"] = json!({
            "required": true,
            "content": { "application/json": { "schema": reference(body) } },
        });
    }
    told
}

fn parameter(operation: &Operation, parameter: &Parameter) -> Value {
    let mut schema = parameter.shape.schema();
    if parameter.name == "limit" {
        schema["default"] = json!(USUAL_ROWS);
    }
    let mut told = json!({
        "name": parameter.name,
        "in": parameter.place.word(),
        "required": parameter.needed,
        "description": parameter.about,
        "schema": schema,
    });
    if matches!(parameter.shape, Shape::Words(_)) {
        told["style"] = json!("form");
        told["explode"] = json!(false);
    }
    if let Some(example) = example(operation, parameter) {
        told["example"] = example;
    }
    told
}

/// The value of a parameter in the example that runs.
fn example(operation: &Operation, parameter: &Parameter) -> Option<Value> {
    let (path, query) = operation.example.split_once('?').unwrap_or((operation.example, ""));
    let text = match parameter.place {
        Place::Path => {
            let mark = format!("{{{}}}", parameter.name);
            let mut parts = operation.path.split('/').zip(path.split('/'));
            parts.find(|(own, part)| *own == mark && *part != mark).map(|(_, part)| part)?
        }
        Place::Query => {
            let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            pairs.find(|(name, _)| *name == parameter.name).map(|(_, text)| text)?
        }
        Place::Header => return None,
    };
    let text = crate::address::decoded(text);
    Some(match parameter.shape {
        Shape::Whole(..) => json!(text.parse::<i64>().ok()?),
        Shape::Words(_) => json!(text.split(',').collect::<Vec<_>>()),
        _ => json!(text),
    })
}

fn responses(operation: &Operation) -> Value {
    let schema = match &operation.answered {
        Answered::List(of) => page_of(of),
        Answered::One(of) | Answered::Taken(of) => reference(of),
    };
    let text = |about: &str| json!({ "description": about, "schema": { "type": "string" } });
    let mut headers = json!({
        "RateLimit": text("还可以访问几次"),
        "RateLimit-Policy": text("限速的规定"),
    });
    if matches!(operation.answered, Answered::List(_)) {
        headers["Link"] = text("rel=\"next\" 是下一页的地址；没有下一页的没有这一项");
    }
    let kept = operation.body.is_none() && !operation.is_guarded();
    if kept {
        headers["ETag"] = text("用 If-None-Match 带回来，没有变化的答复 304");
    }
    let status = operation.status();
    let mut told = json!({
        status.as_str(): {
            "description": operation.title,
            "headers": headers,
            "content": { "application/json": { "schema": schema } },
        },
    });
    if kept {
        told["304"] = json!({ "description": "没有变化" });
    }
    for status in refused_with(operation) {
        let status = status.to_string();
        let own = format!("#/components/responses/E{status}");
        told[status] = json!({ "$ref": own });
    }
    told
}

/// The statuses with which an operation may refuse.
fn refused_with(operation: &Operation) -> Vec<u16> {
    let sends = operation.body.is_some();
    let mut statuses: Vec<u16> = CODES.iter().map(|code| code.status).collect();
    statuses.dedup();
    statuses.retain(|status| match status {
        401 => operation.is_guarded(),
        403 | 409 | 413 | 415 | 422 => sends,
        410 => !sends,
        405 => false,
        _ => true,
    });
    statuses
}

fn refusals() -> Value {
    let mut all = Map::new();
    for code in CODES {
        let about = CODES.iter().filter(|other| other.status == code.status);
        let about = about.map(|code| format!("{}：{}", code.word, code.about));
        let told = json!({
            "description": about.collect::<Vec<_>>().join("；"),
            "content": {
                "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } },
            },
        });
        all.insert(format!("E{}", code.status), told);
    }
    Value::Object(all)
}

fn reference(resource: &Resource) -> Value {
    json!({ "$ref": format!("#/components/schemas/{}", resource.name) })
}

fn page_of(of: &Resource) -> Value {
    json!({
        "type": "object",
        "required": ["schema_version", "rows", "next"],
        "properties": {
            "schema_version": { "type": "integer" },
            "rows": { "type": "array", "items": reference(of) },
            "next": { "type": ["string", "null"], "description": "下一页的 cursor；最后一页是 null" },
        },
    })
}

/// A thing as JSON Schema.
pub fn schema_of(resource: &Resource) -> Value {
    let mut schema = Shape::Thing(resource.fields.clone()).schema();
    schema["description"] = json!(resource.about);
    schema
}

fn schemas<'a>(operations: impl Iterator<Item = &'a Operation>) -> Value {
    let mut all = Map::new();
    for operation in operations {
        let own = operation.resource();
        all.insert(own.name.to_owned(), schema_of(own));
        if let Some(body) = &operation.body {
            let mut schema = schema_of(body);
            let needed = body.fields.iter().filter(|field| !field.may_lack);
            schema["required"] = needed.map(|field| field.name).collect();
            close(&mut schema);
            all.insert(body.name.to_owned(), schema);
        }
    }
    all.insert("Problem".into(), problem());
    Value::Object(all)
}

/// What is sent has no other fields than these, and each of a thing within it must be there.
fn close(schema: &mut Value) {
    if let Some(items) = schema.get_mut("items") {
        close(items);
    }
    let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) else {
        return;
    };
    properties.values_mut().for_each(close);
    let names: Vec<String> = properties.keys().cloned().collect();
    schema["additionalProperties"] = json!(false);
    if schema.get("required").is_none() {
        schema["required"] = json!(names);
    }
}

fn problem() -> Value {
    let words: Vec<&str> = CODES.iter().map(|code| code.word).collect();
    json!({
        "type": "object",
        "description": "为什么没有办成（RFC 9457）",
        "required": ["type", "title", "status", "code", "detail", "request_id"],
        "properties": {
            "type": { "type": "string", "format": "uri-reference" },
            "title": { "type": "string" },
            "status": { "type": "integer" },
            "code": { "type": "string", "enum": words },
            "detail": { "type": "string", "description": "为什么，该怎么办" },
            "instance": { "type": "string", "format": "uri-reference" },
            "request_id": { "type": "string", "description": "反映问题时报出的编号" },
            "instead": { "type": "string", "description": "移到的新地址" },
            "errors": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["pointer", "detail"],
                    "properties": { "pointer": { "type": "string" }, "detail": { "type": "string" } },
                },
            },
        },
    })
}
