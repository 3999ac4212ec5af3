//! What of the catalogue waits for an organ.

use catalogue_rules::DraftStage;
use web::workbench::{Clock, Todo};
use web::{Clerk, House, Later};

use crate::store::Holding;

/// Changes above that wait for a decision, and drafts that wait for their next step.
pub fn list<'a>(house: &'a House, clerk: &'a Clerk) -> Later<'a, Vec<Todo>> {
    Box::pin(async move {
        let today = house.ledger().clock().today();
        let division = clerk.organ.division.clone();
        let holdings = Holding::within(house.store(), (division.clone(), division), today).await?;
        let own = holdings.iter().filter(|holding| holding.is_compiled_by(&clerk.organ));
        Ok(own.flat_map(|holding| of(holding, today)).collect())
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
