//! `/gongzuo/cibiao`: the list of wrong and sensitive words, and its versions.

use askama::Template;
use axum::extract::Query;
use axum::http::HeaderValue;
use axum::response::{Html, IntoResponse, Response};
use documents::wording::Entry;
use identity::powers::{Condition, Tie};
use serde::Deserialize;
use web::workbench::{Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::{hand, minute, seen, sent_to};
use crate::acts::wording::{self, WordingLine, difference, with_line, without};
use crate::portal::attachment::saved;
use crate::store::{Wording, WordingVersion};

/// The sorts a word may be of; the first is the usual one.
const CLASSES: [&str; 7] =
    ["错别字", "公文格式", "法律名称", "机构名称", "称谓", "国家和地区", "其他"];

#[derive(Template)]
#[template(path = "workbench/wording.html")]
struct WordingPage {
    desk: Workbench,
    number: i64,
    entries: Vec<Entry>,
    waiting: Option<Waiting>,
    history: Vec<Past>,
    may_edit: bool,
    may_approve: bool,
    here: String,
    csv: String,
}

struct Waiting {
    number: i64,
    by: String,
    at: String,
    reason: String,
    own: bool,
    added: Vec<String>,
    removed: Vec<String>,
}

struct Past {
    number: i64,
    result: &'static str,
    by: String,
    at: String,
    reason: String,
    decision: String,
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Done {
    done: String,
}

const SAID: &[(&str, &str)] = &[
    ("tichu", "已提出，等另一人核准。核准以前仍用现在的词表。"),
    ("hezhun", "已核准，从现在起使用。全部已公开的信息正在后台再查一遍。"),
    ("tuihui", "已退回，词表没有改动。"),
    ("chehui", "已撤回，词表没有改动。可以另提一版。"),
];

/// Shows the list.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let store = visit.house.store();
    let now = Wording::now(store).await?;
    let waiting = WordingVersion::waiting(store).await?.map(|version| {
        let (added, removed) = difference(&now.text, &version.text);
        Waiting {
            number: version.number,
            own: clerk.is_among(version.proposers()),
            by: version.proposed_name,
            at: minute(&version.proposed_at),
            reason: version.reason,
            added,
            removed,
        }
    });
    let past = |version: WordingVersion| Past {
        number: version.number,
        result: match version.state.as_str() {
            "holds" => "核准",
            "withdrawn" => "撤回",
            _ => "退回",
        },
        by: version.proposed_name,
        at: minute(version.decided_at.as_deref().unwrap_or(&version.proposed_at)),
        reason: version.reason,
        decision: format!("{}：{}", version.decided_name.unwrap_or_default(), version.words),
    };
    let history = WordingVersion::decided(store).await?.into_iter().map(past).collect();
    let operates = clerk.organ.code == clerk.operator();
    let (may_edit, may_approve) =
        (operates && clerk.has_power("rule.edit"), operates && clerk.has_power("rule.approve"));
    let desk = Workbench::of(&visit, clerk, "cibiao", "词表").await?;
    let page = WordingPage {
        desk: desk.saying(&done.done, SAID),
        number: now.number,
        entries: now.list.entries().to_vec(),
        waiting,
        history,
        may_edit,
        may_approve,
        here: visit.site.link("/gongzuo/cibiao"),
        csv: visit.site.link("/gongzuo/cibiao.csv"),
    };
    web::page::answer(&page)
}

/// The list as a file.
pub async fn export(visit: Visit, _: Clerk) -> Result<Response, Fault> {
    let now = Wording::now(visit.house.store()).await?;
    // Spreadsheets take a file without this mark for another encoding.
    let text = format!("\u{feff}{}", now.text.trim_start_matches('\u{feff}'));
    let kind = HeaderValue::from_static("text/csv; charset=utf-8");
    Ok(saved(text.into_bytes(), kind, &format!("词表-第{}版.csv", now.number)).into_response())
}

/// Proposes a change: one word added or taken out, or a whole list.
pub async fn propose(visit: Visit, clerk: Clerk, form: Submitted) -> Result<Response, Fault> {
    let reason = form.get("liyou").trim().to_owned();
    let tie = Tie::to(clerk.operator()).because(&reason).holding([Condition::DraftState]);
    clerk.may("rule.edit", &tie)?;
    let now = Wording::now(visit.house.store()).await?;
    let text = match form.get("do") {
        "shanqu" => without(&now.text, form.get("xiefa").trim()),
        "daoru" => {
            let missing = || Fault::field("wenjian", "没有选文件。请选一个 CSV 文件再提交。");
            let upload = form.file("wenjian").ok_or_else(missing)?;
            let bad =
                |_| Fault::field("wenjian", "文件不是 UTF-8 编码的文本。请另存为 UTF-8 的 CSV。");
            String::from_utf8(upload.bytes.clone()).map_err(bad)?
        }
        _ => {
            let field = |name: &str| form.get(name).trim().to_owned();
            let line = WordingLine {
                word: field("xiefa"),
                suggestion: field("jianyi"),
                class: field("leibie"),
                right_in: field("changhe"),
                reason: field("shuoming"),
            };
            seen(with_line(&now.text, &line))?
        }
    };
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    seen(wording::propose(desk, &hand(&clerk), &text, &reason).await)?;
    Ok(sent_to(&visit, "/gongzuo/cibiao?done=tichu"))
}

/// Approves the change that waits, or sends it back.
pub async fn decide(visit: Visit, clerk: Clerk, form: Submitted) -> Result<Response, Fault> {
    clerk.must_be_fresh()?;
    let number = form.get("ban").parse().unwrap_or_default();
    let reason = form.get("liyou").trim().to_owned();
    let waiting = WordingVersion::waiting(visit.house.store()).await?.ok_or(Fault::NotFound)?;
    let tie = Tie::to(clerk.operator()).because(&reason);
    let tie = waiting.proposers().fold(tie, |tie, person| tie.by(person));
    clerk.may("rule.approve", &tie.holding([Condition::Reauth]))?;
    let agreed = form.get("do") == "tongyi";
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    seen(wording::decide(desk, &hand(&clerk), number, agreed, &reason).await)?;
    let done = if agreed { "hezhun" } else { "tuihui" };
    Ok(sent_to(&visit, &format!("/gongzuo/cibiao?done={done}")))
}

/// Takes one's own proposal back.
pub async fn withdraw(visit: Visit, clerk: Clerk, form: Submitted) -> Result<Response, Fault> {
    let number = form.get("ban").parse().unwrap_or_default();
    let reason = form.get("liyou").trim().to_owned();
    let waiting = WordingVersion::waiting(visit.house.store()).await?.ok_or(Fault::NotFound)?;
    let tie = Tie::to(clerk.operator()).by(&waiting.proposed_by).because(&reason);
    clerk.may("rule.edit", &tie.holding([Condition::DraftState]))?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    seen(wording::withdraw(desk, &hand(&clerk), number, &reason).await)?;
    Ok(sent_to(&visit, "/gongzuo/cibiao?done=chehui"))
}

impl WordingPage {
    fn classes(&self) -> [&'static str; 7] {
        CLASSES
    }
}
