//! The question for the query code and the telephone's last four.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use web::components::Field;
use web::{Fault, FromWhere, OwnUpload, Visit};

use crate::acts::tracking::{self, NotShown, Tried};
use crate::portal::pass::{Pass, drop_draft};
use crate::portal::step::{StepPage, wrong};
use crate::portal::{INQUIRY, frame, onward, pacing};

fn step(visit: &Visit, code: &str, refused: Option<&str>) -> StepPage {
    let errors: Vec<_> = refused.map(|words| wrong("chaxunma", words)).into_iter().collect();
    let field = |name: &str, label: &str, hint: &str, value: &str| Field {
        name: name.into(),
        label: label.into(),
        hint: hint.into(),
        value: value.into(),
        error: None,
        optional: false,
        autocomplete: "off",
    };
    let code = Field {
        error: refused.map(str::to_owned),
        ..field(
            "chaxunma",
            "查询码",
            "提交时给您的16位字母和数字，例如 7K2M-9QXR-4D8A-0FZH。大小写、横线都可以不管。",
            code,
        )
    };
    let second =
        field("weihao", "电话号码的后4位", "申请时写的那个电话。没有写电话的，写登记编号。", "");
    StepPage {
        next: "查进度",
        ..StepPage::new(
            frame(visit, "申请进度"),
            "查申请办到哪一步了",
            visit.site.link("/shenqing/jindu"),
        )
        .telling("申请、投诉、申诉、更正申请、主动公开的建议都在这里查。")
        .asking(code)
        .asking(second)
        .way("我是被征求意见的第三方", visit.site.link(INQUIRY))
        .ending("查询码找不到的，带身份证明到受理机关的公开工作机构查，或者打电话问。")
        .wrong(errors)
    }
}

/// The question.
pub(in crate::portal) async fn show(visit: Visit) -> Result<Response, Fault> {
    step(&visit, "", None).answer()
}

/// Tries the pair; whatever of it is wrong, the answer is the same.
pub(in crate::portal) async fn send(
    visit: Visit,
    FromWhere(address): FromWhere,
    sent: OwnUpload,
) -> Result<Response, Fault> {
    let OwnUpload::Form(form) = sent else {
        let words = "提交的内容太大，没有收下。这里只填查询码和电话后四位（登记编号）";
        return step(&visit, "", Some(words)).answer().map(pacing::too_large);
    };
    let code: String = form.get("chaxunma").chars().take(40).collect();
    let second: String = form.get("weihao").chars().take(60).collect();
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let tried = Tried { code: code.clone(), second, address };
    match tracking::track(visit.house.ledger(), sealer, tried).await {
        Ok(coded) => {
            let pass = Pass::to(&visit.house, coded);
            Ok(onward(&visit, "/shenqing/jindu/wode", vec![pass.set(sealer)?]))
        }
        Err(NotShown::Failed(error)) => Err(error.into_fault()),
        Err(refused) => {
            let words = format!("{refused}");
            let mut response = step(&visit, &code, Some(&words)).answer()?.into_response();
            if matches!(refused, NotShown::Locked) {
                *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
            }
            Ok(response)
        }
    }
}

/// Puts the pass away, and what was being filled in.
pub(in crate::portal) async fn leave(visit: Visit) -> Result<Response, Fault> {
    Ok(onward(&visit, "/shenqing/jindu", vec![Pass::gone(), drop_draft()]))
}
