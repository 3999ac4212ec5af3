//! What of the catalogue waits for an organ.

use catalogue_rules::DraftStage;
use catalogue_rules::obligation::ObligationState;
use web::workbench::{Clock, Todo};
use web::{Clerk, Fault, House, Later};

use super::{charges, register_todos, reminders};
use crate::acts::standard::may_keep;
use crate::store::standards::{Conformance, Standard};
use crate::store::{Holding, Obligation, Reminder, ReminderAsk};

/// How many to-dos of one kind are listed; the rest stand on their own page.
const MOST: i64 = 100;

/// Changes above that wait for a decision, and drafts that wait for their next step.
pub fn list<'a>(house: &'a House, clerk: &'a Clerk) -> Later<'a, Vec<Todo>> {
    Box::pin(async move {
        let today = house.ledger().clock().today();
        let division = clerk.organ.division.clone();
        let range = (division.clone(), division);
        let holdings = Holding::within(house.store(), range.clone(), today).await?;
        let own = holdings.iter().filter(|holding| holding.is_compiled_by(&clerk.organ));
        let own: Vec<&Holding> = own.collect();
        let mut todos: Vec<Todo> = own.iter().flat_map(|holding| of(holding, today)).collect();
        let said = Conformance::within(house.store(), &range, today).await?;
        let register = match said.is_empty() && !may_keep(&clerk.organ, today) {
            true => vec![],
            false => Standard::all(house.store()).await?,
        };
        todos.extend(register_todos::list(&clerk.organ, &own, &said, &register, today));
        todos.extend(owed(house, &clerk.organ.code).await?);
        let ask = ReminderAsk {
            organ: Some(clerk.organ.code.clone()),
            most: MOST,
            ..ReminderAsk::default()
        };
        let asked = Reminder::list(house.store(), &ask).await?;
        todos.extend(asked.iter().map(reminders::todo));
        Ok(todos)
    })
}

fn of(holding: &Holding, today: law::Date) -> Vec<Todo> {
    let path = |rest: &str| format!("/gongzuo/mulu/{}{rest}", holding.catalogue.domain);
    let todo = |kind, title, detail, clock, rest, act| Todo {
        entry: "mulu",
        kind,
        title,
        detail,
        clock,
        path: path(rest),
        act,
    };
    let name = &holding.domain_name;
    let mut todos = Vec::new();
    if holding.open > 0 {
        let detail = holding.open_since.map(|day| format!("{day} 提出")).unwrap_or_default();
        let title = format!("{name}：上级调整 {} 项待决定", holding.open);
        todos.push(todo("上级调整", title, detail, Clock::Open, "/tiaozheng", "去决定"));
    }
    if let Some((_, number, stage)) = &holding.draft {
        let title = |what: &str| format!("{name}目录第 {number} 版：{what}");
        let organ = holding.organ_name.clone();
        todos.push(match stage {
            DraftStage::Drafting => {
                todo("目录起草", title("起草中"), organ, Clock::Open, "", "继续编辑")
            }
            DraftStage::Consultation { until } if today <= *until => {
                let detail = format!("到 {until} 截止，截止以后审核");
                let words = title("正在征求意见");
                todo("征求意见", words, detail, Clock::Stopped, "/fabu", "查看")
            }
            DraftStage::Consultation { until } => {
                let detail = format!("{until} 已截止");
                todo("审核", title("意见已收齐，待审核"), detail, Clock::Open, "/fabu", "去审核")
            }
            DraftStage::Review => {
                todo("发布", title("审核中，待发布"), organ, Clock::Open, "/fabu", "去发布")
            }
        });
    }
    todos
}

/// What has to be published and is late or near its day.
async fn owed(house: &House, organ: &str) -> Result<Vec<Todo>, Fault> {
    let states = [ObligationState::Overdue, ObligationState::DueSoon];
    let store = house.store();
    let owed = Obligation::of_organ(store, organ, &states, None, MOST).await?;
    let today = house.ledger().clock().today();
    let catalogues = owed.iter().map(|one| one.catalogue.as_str());
    let names = charges::names(house, catalogues, today).await?;
    let todo = |one: &Obligation| {
        let name = names.get(&(one.catalogue.clone(), one.item.clone()));
        let clock = one.due_on.map_or(Clock::Open, Clock::Due);
        Todo {
            entry: "yiwu",
            kind: "公开义务",
            title: format!("公开：{}", name.unwrap_or(&one.item)),
            detail: format!("起算于 {}", one.arose_on),
            clock,
            path: "/gongzuo/yiwu".into(),
            act: "去处理",
        }
    };
    Ok(owed.iter().map(todo).collect())
}
