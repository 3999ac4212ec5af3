//! `/shenqing/disanfang`: the question for the code that stands on the letter.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use web::components::Field;
use web::{Fault, FromWhere, OwnUpload, Visit};

use crate::acts::inquiry;
use crate::acts::tracking::{NotShown, Tried};
use crate::portal::pass::{Kind, Pass};
use crate::portal::step::{StepPage, wrong};
use crate::portal::{INQUIRY, frame, onward, pacing};

fn step(visit: &Visit, code: &str, refused: Option<&str>) -> StepPage {
    let errors: Vec<_> = refused.map(|words| wrong("chaxunma", words)).into_iter().collect();
    StepPage {
        next: "打开征询书",
        ..StepPage::new(
            frame(visit, "第三方意见"),
            "机关征求您的意见，在这里看和答复",
            visit.site.link(INQUIRY),
        )
        .telling("有人申请公开的信息可能涉及您（贵单位）的商业秘密、个人隐私等合法权益，机关会寄来征询书。查询码印在征询书上。")
        .asking(Field {
            name: "chaxunma".into(),
            label: "征询书上的查询码".into(),
            hint: "16位字母和数字，例如 7K2M-9QXR-4D8A-0FZH。大小写、横线都可以不管。".into(),
            value: code.into(),
            error: refused.map(str::to_owned),
            optional: false,
            autocomplete: "off",
        })
        .ending("也可以把意见写在征询书所附的回执上，当面交或者寄给发征询书的机关。")
        .wrong(errors)
    }
}

/// The question.
pub(in crate::portal) async fn show(visit: Visit) -> Result<Response, Fault> {
    step(&visit, "", None).answer()
}

/// Tries the code; whatever is wrong with it, the answer is the same.
pub(in crate::portal) async fn send(
    visit: Visit,
    from: FromWhere,
    sent: OwnUpload,
) -> Result<Response, Fault> {
    let OwnUpload::Form(form) = sent else {
        let words = "提交的内容太大，没有收下。这里只填征询书上的查询码";
        return step(&visit, "", Some(words)).answer().map(pacing::too_large);
    };
    let code: String = form.get("chaxunma").chars().take(40).collect();
    if let Err(slowed) = pacing::writing(&visit, &from) {
        let words = slowed.at("chaxunma").message;
        return Ok(slowed.answer(step(&visit, &code, Some(&words)).answer()?));
    }
    let FromWhere(address) = from;
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let tried = Tried { code: code.clone(), second: String::new(), address };
    match inquiry::open(visit.house.ledger(), sealer, tried).await {
        Ok((opinion, organ)) => {
            let pass = Pass::new(&visit.house, Kind::Inquiry, (organ, opinion.id), None);
            Ok(onward(&visit, "/shenqing/disanfang/yijian", vec![pass.set(sealer)?]))
        }
        Err(NotShown::Failed(error)) => Err(error.into_fault()),
        Err(NotShown::Locked) => {
            let words = NotShown::Locked.to_string();
            let mut response = step(&visit, &code, Some(&words)).answer()?.into_response();
            *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
            Ok(response)
        }
        Err(NotShown::Wrong) => {
            let words = "没有找到。请核对征询书上的查询码，或者打电话问发征询书的机关";
            step(&visit, &code, Some(words)).answer()
        }
    }
}

/// Puts the pass away.
pub(in crate::portal) async fn leave(visit: Visit) -> Result<Response, Fault> {
    Ok(onward(&visit, INQUIRY, vec![Pass::gone()]))
}
