//! `/gongzuo/shenqing.csv`: the register as a table, without who asked.

use ::identity::powers::{Condition, Tie};
use axum::extract::Query as Asked;
use axum::response::Response;
use documents::writing::{Column, Sheet};
use web::{Clerk, Fault, Visit};

use super::list::Wish;
use super::{oversight, saved};
use crate::store::{Filing, Page};

/// Rows asked for at once.
const ROWS: u16 = 500;

/// The most rows given out in one file: a decision of ours; two years of the largest register there is.
const MOST: usize = 70_000;

/// Gives the register, as far as the filters reach.
pub async fn give(visit: Visit, clerk: Clerk, Asked(wish): Asked<Wish>) -> Result<Response, Fault> {
    if oversight::supervises(&clerk) {
        let bytes = oversight::table(&visit, &clerk).await?;
        let today = visit.house.ledger().clock().today();
        return Ok(saved(bytes, "text/csv; charset=utf-8", &format!("申请办理情况 {today}.csv")));
    }
    clerk.may("foi.read_list", &Tie::to(&clerk.organ.code).holding([Condition::Masked]))?;
    let today = visit.house.ledger().clock().today();
    let mut query = wish.query(&clerk, today);
    let mut rows = Vec::new();
    loop {
        let page = Page::of(visit.house.store(), &clerk.organ.code, &query, ROWS).await?;
        rows.extend(page.lines.iter().map(|filing| row(filing, today)));
        match page.next {
            Some(mark) if rows.len() < MOST => query.after = Some(mark),
            _ => break,
        }
    }
    let names = [
        "登记编号",
        "信息名称",
        "文号",
        "其他描述",
        "申请人类别",
        "渠道",
        "提交日期",
        "收到之日",
        "状态",
        "最迟答复",
        "暂定",
        "是否逾期",
        "办结日期",
        "答复种类",
        "经办人",
    ];
    let sheet = Sheet {
        title: format!("{}政府信息公开申请台账", clerk.organ.name),
        columns: names.map(Column::new).to_vec(),
        rows,
        author: clerk.organ.name.clone(),
        ..Sheet::default()
    };
    let bytes = sheet.to_csv().map_err(Fault::inside)?;
    Ok(saved(bytes, "text/csv; charset=utf-8", &format!("申请台账 {today}.csv")))
}

fn row(filing: &Filing, today: law::Date) -> Vec<String> {
    let day = |day: Option<law::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let said = |text: &Option<String>| text.clone().unwrap_or_default();
    let yes = |yes: bool| if yes { "是" } else { "" }.to_owned();
    vec![
        filing.number.clone(),
        said(&filing.wanted.title),
        said(&filing.wanted.number),
        said(&filing.wanted.description),
        filing.class.name().to_owned(),
        filing.arrival.channel.name().to_owned(),
        filing.arrival.submitted.to_string(),
        day(filing.received_on),
        filing.state.name().to_owned(),
        day(filing.due.map(|due| due.date).or(filing.reached_on)),
        yes(filing.due.is_some_and(|due| due.provisional)),
        yes(filing.is_overdue(today) || filing.was_late()),
        day(filing.closed_on),
        said(&filing.result),
        filing.officer_name.clone(),
    ]
}
