//! `/gongzuo/jiedu`: the policies of an organ, on their way and published, and what each still lacks.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, Response};
use identity::powers::{Condition, Tie};
use interpretation_rules::{InterpretationAlarm, PolicyState};
use review::Signatory;
use serde::Deserialize;
use web::components::{Empty, Tag};
use web::workbench::{Submitted, Workbench, sent_to};
use web::{Clerk, Fault, Visit};

use super::{DRAFT, desk_of, seen, to_draft};
use crate::acts::judgement;
use crate::drafts::DOCUMENT;
use crate::store::Policy;

#[derive(Template)]
#[template(path = "workbench/list.html")]
struct ListPage {
    desk: Workbench,
    open: Vec<Row>,
    published: Vec<Row>,
}

struct Row {
    title: String,
    href: String,
    tag: Tag,
    told: String,
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Done {
    pub(super) done: String,
}

/// How a policy stands, as a mark.
pub(super) fn tag(policy: &Policy, today: law::Date) -> Tag {
    let name = policy.state.name();
    match policy.state {
        PolicyState::Interpreted => Tag::good(name),
        PolicyState::Owing => {
            match InterpretationAlarm::on(today, policy.due.map(|(due, _)| due)) {
                InterpretationAlarm::Red => Tag::over("欠解读，已逾期"),
                _ => Tag::warn(name),
            }
        }
        PolicyState::WaiverProposed | PolicyState::DeferralProposed => Tag::warn(name),
        _ => Tag::info(name),
    }
}

fn row(visit: &Visit, policy: &Policy) -> Row {
    let today = visit.house.ledger().clock().today();
    let due = policy.due.filter(|_| policy.state == PolicyState::Owing);
    let told = match (policy.published_on, due) {
        (_, Some((due, _))) => format!("最迟 {due} 解读"),
        (Some(day), None) => format!("{day} 发布"),
        (None, None) => {
            format!("{} 认定：{}", web::moments::day(&policy.proposed.at), policy.proposed.name)
        }
    };
    Row {
        title: policy.title.clone(),
        href: visit.site.link(&policy.desk_path()),
        tag: tag(policy, today),
        told,
    }
}

/// Shows them.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let store = visit.house.store();
    let open = Policy::of_organ(store, &clerk.organ.code, false).await?;
    let open = to_draft(store, &clerk, open).await?;
    let published = Policy::of_organ(store, &clerk.organ.code, true).await?;
    let published = to_draft(store, &clerk, published).await?;
    let desk = Workbench::of(&visit, clerk, "jiedu", "政策解读").await?;
    let page = ListPage {
        open: open.iter().map(|policy| row(&visit, policy)).collect(),
        published: published.iter().map(|policy| row(&visit, policy)).collect(),
        desk: desk.saying(&done.done, &[("shanqu", "解读材料已删去。")]),
    };
    web::page::answer(&page)
}

/// 认定 of a draft.
pub async fn judge(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let publishers = visit.house.publishers();
    let piece = (DOCUMENT, id.as_str());
    let reading = visit.house.store().reading();
    let content = (publishers.get(DOCUMENT)?.content)(&reading, piece.1).await?;
    let content = content.filter(|one| one.organ == clerk.organ.code).ok_or(Fault::NotFound)?;
    let tie = Tie::to(&content.organ).in_unit(content.unit.clone());
    let tie = content.authors.iter().fold(tie, |tie, author| tie.by(author));
    clerk.may(DRAFT, &tie.holding([Condition::DraftState]))?;
    let domains = match visit.house.themes() {
        Some(themes) => (themes.domains)(&visit.house).await?,
        None => vec![],
    };
    let said = judgement::Said {
        verdict: form.get("rending"),
        reason: form.get(web::workbench::REASON),
        former: form.get("yuanzhengce"),
    };
    let (by, desk) = (Signatory::of(&clerk), desk_of(&visit, &clerk).await?);
    let kept = judgement::keep(desk, &publishers, &by, piece, said, &domains).await;
    let policy = seen(kept)?;
    let done = if policy.state.waits() { "tichu" } else { "rending" };
    Ok(sent_to(&visit, &format!("{}?done={done}", policy.desk_path())))
}

impl ListPage {
    fn empty(&self) -> Empty {
        Empty::new("还没有认定过是否解读")
            .because("起草政策文件时，在稿件页的“政策解读”里认定要不要解读。要解读的，方案和材料与文件一起送审、签发、发布。")
            .way("我的稿件", self.desk.href("/gongzuo/gaojian"))
    }
}
