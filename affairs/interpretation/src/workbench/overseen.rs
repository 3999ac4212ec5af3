//! `/gongzuo/jiedu-yuqi`: what is published below an office without the interpretation it needs and past its last day,
//! organ by organ, for whoever looks after openness there (条例第四十七条).

use askama::Template;
use axum::response::Html;
use identity::powers::Tie;
use law::Date;
use web::components::{Empty, Tag};
use web::workbench::{Clock, Todo, Workbench};
use web::{Clerk, Fault, House, Visit};

use super::{OVERDUE, OVERSEE};
use crate::portal::COVERAGE;
use crate::store::Policy;

#[derive(Template)]
#[template(path = "workbench/overseen.html")]
struct OverseenPage {
    desk: Workbench,
    organs: Vec<OrganLate>,
    /// How many of each organ have an interpretation.
    coverage: String,
}

/// What one organ owes.
struct OrganLate {
    code: String,
    name: String,
    rows: Vec<Row>,
}

struct Row {
    title: String,
    href: Option<String>,
    published: String,
    due: String,
    late: Tag,
    /// Why it was to follow.
    reason: String,
}

/// What is late below a clerk's office, the organs in order.
async fn late(house: &House, clerk: &Clerk) -> Result<Vec<Policy>, Fault> {
    let (low, high) = identity::Division::range_of(&clerk.organ.division, clerk.organ.level);
    let today = house.ledger().clock().today();
    let all = Policy::overdue_within(house.store(), (&low, &high), today).await?;
    let below = |policy: &Policy| clerk.may(OVERSEE, &Tie::to(&policy.organ)).is_ok();
    Ok(all.into_iter().filter(below).collect())
}

/// Shows it.
pub async fn show(visit: Visit, clerk: Clerk) -> Result<Html<String>, Fault> {
    let today = visit.house.ledger().clock().today();
    let mut organs: Vec<OrganLate> = Vec::new();
    for policy in late(&visit.house, &clerk).await? {
        let row = row(&visit, &policy, today);
        match organs.last_mut().filter(|organ| organ.code == policy.organ) {
            Some(organ) => organ.rows.push(row),
            None => {
                let (code, name) = (policy.organ, policy.organ_name);
                organs.push(OrganLate { code, name, rows: vec![row] });
            }
        }
    }
    let coverage = visit.site.link(COVERAGE);
    let desk = Workbench::of(&visit, clerk, "jiedu-yuqi", "解读逾期").await?;
    web::page::answer(&OverseenPage { desk, organs, coverage })
}

fn row(visit: &Visit, policy: &Policy, today: Date) -> Row {
    let due = policy.due.map(|(due, _)| due);
    let days = due.map_or(0, |due| today.duration_since(due).as_hours() / 24);
    Row {
        title: policy.title.clone(),
        href: policy.path().map(|path| visit.site.link(path)),
        published: policy.published_on.map(|day| day.to_string()).unwrap_or_default(),
        due: due.map(|day| day.to_string()).unwrap_or_default(),
        late: Tag::over(format!("逾期 {days} 天")),
        reason: policy.reason.clone(),
    }
}

/// One line for all of it, by the one that is late the longest.
pub(super) async fn todo(house: &House, clerk: &Clerk) -> Result<Option<Todo>, Fault> {
    let all = late(house, clerk).await?;
    let Some(due) = all.iter().filter_map(|policy| policy.due.map(|(due, _)| due)).min() else {
        return Ok(None);
    };
    let mut organs: Vec<&str> = all.iter().map(|policy| policy.organ.as_str()).collect();
    organs.dedup();
    Ok(Some(Todo {
        entry: "jiedu-yuqi",
        kind: "解读逾期",
        title: format!("{} 个机关的 {} 份文件过了期限还没有解读", organs.len(), all.len()),
        detail: "请督促起草的机关".to_owned(),
        clock: Clock::Due(due),
        path: OVERDUE.to_owned(),
        act: "去看",
    }))
}

impl OverseenPage {
    fn empty(&self) -> Empty {
        Empty::new("没有逾期的解读")
            .because(
                "下级机关和本级部门发布了政策文件，过了三个工作日还没有解读的，在这里按机关列出。",
            )
            .way("解读率", self.coverage.clone())
    }
}
