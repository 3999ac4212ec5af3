//! `/api`: what programs may ask, made of the declarations, with examples that run; and the same as OpenAPI.

use askama::Template;
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use web::api::{CODES, Code, Field, Operation, Place, Shape};
use web::layout::Frame;
use web::page::Page;
use web::{Fault, Visit};

use super::column;

const TITLE: &str = "程序接口";
const ABOUT: &str = "用程序查询公开的政府信息：地址、参数、答复、出错、限速，附可以运行的例子";

#[derive(Template)]
#[template(path = "portal/manual.html")]
struct ManualPage {
    frame: Frame,
    /// Where the interface begins, with scheme and host.
    root: String,
    groups: Vec<Group>,
    codes: &'static [Code],
}

struct Group {
    name: &'static str,
    operations: Vec<Told>,
}

struct Told {
    id: &'static str,
    title: &'static str,
    about: &'static str,
    verb: String,
    path: String,
    example: String,
    parameters: Vec<Line>,
    sent: Vec<Line>,
    fields: Vec<Line>,
    list: bool,
}

struct Line {
    name: &'static str,
    place: &'static str,
    about: &'static str,
    shape: String,
}

/// Gives the description for programs.
pub async fn description(visit: Visit) -> Result<Response, Fault> {
    let text = web::api::description(&visit.house, &visit.site).to_string();
    Ok(([(header::CONTENT_TYPE, "application/json")], text).into_response())
}

/// Shows the page.
pub async fn show(visit: Visit) -> Result<Html<String>, Fault> {
    let mut groups: Vec<Group> = Vec::new();
    for operation in visit.house.operations() {
        let example = operation.example_at(&visit).await;
        // One that asks for a credential does not run for whoever reads the page.
        let example = example.filter(|_| !operation.is_guarded());
        let example = example.map(|path| visit.site.frame.address(&path)).unwrap_or_default();
        let told = told(operation, &example);
        match groups.iter_mut().find(|group| group.name == operation.group) {
            Some(group) => group.operations.push(told),
            None => groups.push(Group { name: operation.group, operations: vec![told] }),
        }
    }
    let root = visit.site.frame.address("");
    web::page::answer(&ManualPage { frame: frame(visit.frame()), root, groups, codes: CODES })
}

fn frame(frame: Frame) -> Frame {
    frame
        .titled(TITLE)
        .described(ABOUT)
        .under("开放数据", "/shuju")
        .at(TITLE)
        .alternate("application/json", "OpenAPI 3.1", "/api/v1/openapi.json")
        .column(column(TITLE, ABOUT))
}

fn told(operation: &Operation, example: &str) -> Told {
    let line = |field: &Field, place| Line {
        name: field.name,
        place,
        about: field.about,
        shape: words(&field.shape),
    };
    let parameters = operation.parameters.iter().map(|parameter| Line {
        name: parameter.name,
        place: match parameter.place {
            Place::Path => "地址",
            Place::Query => "问号后",
            Place::Header => "请求头",
        },
        about: parameter.about,
        shape: words(&parameter.shape),
    });
    let sent = operation.body.iter().flat_map(|body| &body.fields);
    Told {
        id: operation.id,
        title: operation.title,
        about: operation.about,
        verb: operation.method.to_string(),
        path: operation.path.to_owned(),
        example: example.to_owned(),
        parameters: parameters.collect(),
        sent: sent.map(|field| line(field, "")).collect(),
        fields: operation.resource().fields.iter().map(|field| line(field, "")).collect(),
        list: matches!(operation.answered, web::api::Answered::List(_)),
    }
}

/// What a value looks like, in words.
fn words(shape: &Shape) -> String {
    match shape {
        Shape::Text(most) => format!("文字，不超过 {most} 字"),
        Shape::Prose => "文字".into(),
        Shape::Code => "字母、数字、-、_".into(),
        Shape::Key => "UUID".into(),
        Shape::Division => "12 位行政区划代码".into(),
        Shape::Cursor => "上一页给出的 next".into(),
        Shape::Whole(low, high) => format!("{low} 至 {high} 的整数"),
        Shape::Part => "0 至 1 的小数".into(),
        Shape::Day => "日期 2026-11-25".into(),
        Shape::Moment => "时刻，RFC 3339".into(),
        Shape::Address => "网址".into(),
        Shape::Flag => "true 或 false".into(),
        Shape::Word(all) => all.join("、"),
        Shape::Words(_) => "字段名，逗号隔开".into(),
        Shape::List(of) => format!("数组：{}", words(of)),
        Shape::Thing(fields) => {
            let names: Vec<&str> = fields.iter().map(|field| field.name).collect();
            format!("对象：{}", names.join("、"))
        }
        Shape::Anything => "任何 JSON".into(),
    }
}

impl Page for ManualPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let line = |name, place| Line { name, place, about: "意思", shape: "文字".into() };
        let one = Told {
            id: "list_documents",
            title: "文件列表",
            about: "先公开的在后",
            verb: "GET".into(),
            path: "/api/v1/documents".into(),
            example: "http://localhost/linhu/api/v1/documents?limit=2".into(),
            parameters: vec![line("q", "问号后")],
            sent: vec![line("way", "")],
            fields: vec![line("id", "")],
            list: true,
        };
        let group = Group { name: "政府信息", operations: vec![one] };
        let root = "http://localhost/linhu".into();
        vec![(
            "有接口",
            Self { frame: frame(Frame::sample(TITLE)), root, groups: vec![group], codes: CODES },
        )]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_page_is_sound() {
        assert_eq!(web::page::faults::<super::ManualPage>(), Vec::<String>::new());
    }
}
