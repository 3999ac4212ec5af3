//! `/gongzuo/zhuanqu/xin`: a zone is registered.

use askama::Template;
use axum::response::{Html, Response};
use identity::powers::Tie;
use web::workbench::{Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::{LIST, MANAGE, desk_of, one, seen, sent_to};
use crate::acts::zone;

#[derive(Template)]
#[template(path = "workbench/opening.html")]
struct OpeningPage {
    desk: Workbench,
    fields: one::Fields,
    back: String,
}

/// Shows the form.
pub async fn show(visit: Visit, clerk: Clerk) -> Result<Html<String>, Fault> {
    let fields = one::Fields {
        keeper: clerk.organ.short_name.clone(),
        phone: clerk.organ.phone.clone().unwrap_or_default(),
        address: clerk.organ.address.clone().unwrap_or_default(),
        working: "8:30-12:00 14:30-17:30".into(),
        services:
            "查阅政府公报、政策文件和办事指南\n协助填写信息公开申请\n打印、复印\n上门、电话预约"
                .into(),
        kind: "政务服务大厅".into(),
        ..one::Fields::default()
    };
    let back = visit.site.link(LIST);
    let desk = Workbench::of(&visit, clerk, "zhuanqu", "登记专区").await?;
    web::page::answer(&OpeningPage { desk: desk.under("公开专区", LIST), fields, back })
}

/// Registers it.
pub async fn act(visit: Visit, clerk: Clerk, form: Submitted) -> Result<Response, Fault> {
    clerk.may(MANAGE, &Tie::to(&clerk.organ.code).in_unit(clerk.unit.clone()))?;
    let id = form.get("wangzhi").trim().to_owned();
    let desk = desk_of(&visit, &clerk).await?;
    seen(zone::open(desk, &clerk.organ, &id, (one::said(&form), visit.house.is_demo())).await)?;
    Ok(sent_to(&visit, &format!("{LIST}/{id}?done=sheli")))
}
