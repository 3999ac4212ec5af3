//! `/shenqing/jianyi`: 建议主动公开 (条例第四十四条第二款).

use axum::response::Response;
use web::components::FieldError;
use web::workbench::Submitted;
use web::{Fault, FromWhere, OwnUpload, Visit};

use super::fields::{self, key, line, lines, said, text_faults};
use super::{HandedIn, told};
use crate::acts::{ActError, suggestion};
use crate::portal::pass::Kind;
use crate::portal::step::StepPage;
use crate::portal::{SUGGESTION, organs};
use crate::store::Suggested;

/// The longest suggestion, in letters.
const LONGEST: usize = 2000;

async fn step(visit: &Visit, form: &Submitted, errors: Vec<FieldError>) -> Result<StepPage, Fault> {
    let told = ("向哪个机关建议", "给您答复的那个机关。");
    let organ = fields::organ(visit, form, &errors, &organs(visit).await?, told);
    let step = fields::page(visit, form, ("建议主动公开", "建议主动公开", SUGGESTION))?
        .telling("申请得到的信息，您认为大家都应当看到的，可以建议机关主动公开。机关审核后认为可以公开的，会及时公开。")
        .asking(organ)
        .asking(line(form, &errors, ("bianhao", "登记编号", "您那份申请的编号。"), (true, "off")))
        .asking(lines(form, &errors, ("jianyi", "建议公开什么，为什么", "写明信息的名称或者文号。")))
        .asking(line(form, &errors, ("xingming", "怎么称呼您", ""), (true, "name")))
        .asking(line(form, &errors, ("lianxi", "联系方式", "想知道结果的，写电话或者邮箱。"), (true, "off")));
    Ok(StepPage { next: "提交建议", ..step }.wrong(errors))
}

/// The form.
pub(in crate::portal) async fn show(visit: Visit) -> Result<Response, Fault> {
    step(&visit, &Submitted::default(), vec![]).await?.answer()
}

/// Takes a suggestion.
pub(in crate::portal) async fn send(
    visit: Visit,
    from: FromWhere,
    sent: OwnUpload,
) -> Result<Response, Fault> {
    let (form, untaken) = super::sent(&visit, &from, sent);
    if let Some(untaken) = untaken {
        return untaken.answer(step(&visit, &form, vec![]).await?, "jianyi");
    }
    let mut errors = text_faults(
        &form,
        &[
            ("bianhao", None, 60),
            ("jianyi", Some("写明建议公开什么"), LONGEST),
            ("xingming", None, 100),
            ("lianxi", None, 200),
        ],
    );
    let organs = organs(&visit).await?;
    let organ = fields::picked(&form, &organs, &mut errors);
    let (Some(organ), true, Some(key)) = (organ, errors.is_empty(), key(&form)) else {
        return step(&visit, &form, errors).await?.answer();
    };
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let suggested = Suggested {
        name: said(&form, "xingming"),
        contact: said(&form, "lianxi"),
        words: said(&form, "jianyi"),
    };
    let place = (organ.code.as_str(), form.get("bianhao"), key);
    let taken = suggestion::suggest(visit.house.ledger(), sealer, place, &suggested).await;
    let taken = taken.map_err(ActError::into_fault)?;
    let next = vec![
        format!("{}会审核您的建议。可以公开的，会及时公开。", organ.name),
        "凭查询码和编号可以查到结果和理由。".to_owned(),
    ];
    let handed_in = HandedIn { id: taken.id, number: taken.number, code: taken.code };
    told(&visit, "建议已经收到", (Kind::Suggestion, &organ.code, handed_in), next)
}
