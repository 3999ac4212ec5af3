//! `/gongzuo/gaojian/xinjian`: a draft is begun with its title and its 公开属性 (源头认定).

use askama::Template;
use axum::response::{Html, IntoResponse, Response};
use identity::powers::Tie;
use records_rules::{Field, Head};
use web::components::{ErrorSummary, FieldError};
use web::workbench::{Initiation, Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::asking::Asking;
use super::{hand, seen, sent_to};
use crate::acts::drafting;
use crate::store::Content;

/// 起草信息, from the desk and from the list of drafts.
pub(super) const DRAFTING: Initiation =
    Initiation { words: "起草信息", path: "/gongzuo/gaojian/xinjian", act: "record.create" };

#[derive(Template)]
#[template(path = "workbench/begin.html")]
struct BeginPage {
    desk: Workbench,
    title: String,
    title_error: Option<String>,
    asking: Asking,
    back: String,
}

/// Shows the form.
pub async fn show(visit: Visit, clerk: Clerk) -> Result<Html<String>, Fault> {
    let today = visit.house.ledger().clock().today();
    page(&visit, clerk, String::new(), None, Asking::showing(None, today)).await
}

async fn page(
    visit: &Visit,
    clerk: Clerk,
    title: String,
    title_error: Option<String>,
    asking: Asking,
) -> Result<Html<String>, Fault> {
    let mut desk = Workbench::of(visit, clerk, "gaojian", DRAFTING.words).await?;
    desk = desk.under("我的稿件", "/gongzuo/gaojian");
    if title_error.is_some() || !asking.errors().is_empty() {
        desk = desk.with_errors();
    }
    let back = visit.site.link("/gongzuo/gaojian");
    web::page::answer(&BeginPage { desk, title, title_error, asking, back })
}

/// Begins the draft and opens it.
pub async fn act(visit: Visit, clerk: Clerk, form: Submitted) -> Result<Response, Fault> {
    clerk.may("record.create", &Tie::to(&clerk.organ.code).in_unit(&clerk.unit))?;
    let today = visit.house.ledger().clock().today();
    let title = form.get("biaoti").split_whitespace().collect::<Vec<_>>().join(" ");
    let missing = title.is_empty().then(|| "写出文件的标题".to_owned());
    let attribute = match (Asking::read(&form, today), missing) {
        (Ok(attribute), None) => attribute,
        (Ok(attribute), missing) => {
            let asking = Asking::showing(Some(&attribute), today);
            return Ok(page(&visit, clerk, title, missing, asking).await?.into_response());
        }
        (Err(asking), missing) => {
            return Ok(page(&visit, clerk, title, missing, *asking).await?.into_response());
        }
    };
    let head = Head::of([
        (Field::Title, title),
        (Field::Publisher, clerk.organ.code.clone()),
        (Field::MadeOn, today.to_string()),
        (Field::Genre, "通知".to_owned()),
    ]);
    let content = Content { head, ..Content::default() };
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    let draft = seen(drafting::begin(desk, &hand(&clerk), attribute, content).await)?;
    Ok(sent_to(&visit, &format!("/gongzuo/gaojian/{}?done=xinjian", draft.id)))
}

impl BeginPage {
    fn summary(&self) -> ErrorSummary {
        let title = self.title_error.iter().map(|words| ("biaoti", words.clone()));
        let errors = title.chain(self.asking.errors());
        let error = |(field, message): (&str, String)| FieldError { field: field.into(), message };
        ErrorSummary(errors.map(error).collect())
    }
}
