//! `/shenqing/jixu`: going on with what was saved, by its code alone.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use web::components::Field;
use web::layout::Frame;
use web::{Fault, OwnUpload, Visit};

use super::sheet::Sheet;
use crate::acts::draft;
use crate::portal::step::{StepPage, wrong};
use crate::portal::{frame, fresh, long_day, onward, pacing, pass};

#[derive(Template)]
#[template(path = "portal/apply/saved.html")]
struct SavedPage {
    frame: Frame,
    code: String,
    until: String,
    resume: String,
    home: String,
}

/// Says how one comes back.
pub(super) async fn saved(visit: &Visit, code: &str) -> Result<Response, Fault> {
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let found = draft::find(visit.house.ledger(), sealer, code).await.map_err(Fault::inside)?;
    let draft = found.ok_or(Fault::NotFound)?;
    let page = SavedPage {
        frame: frame(visit, "在线申请").titled("已经保存"),
        code: code.to_owned(),
        until: long_day(draft.expires_on),
        resume: visit.site.link("/shenqing/jixu"),
        home: visit.site.link("/"),
    };
    // Whoever saves and leaves leaves nothing behind at a computer that others use.
    let mut response = fresh(&page)?;
    response.headers_mut().append(axum::http::header::SET_COOKIE, pass::drop_draft());
    Ok(response)
}

fn step(visit: &Visit, code: &str, error: Option<&str>) -> StepPage {
    let errors: Vec<_> = error.map(|words| wrong("baocunma", words)).into_iter().collect();
    StepPage {
        next: "接着填",
        ..StepPage::new(
            frame(visit, "接着填写"),
            "接着填上次保存的申请",
            visit.site.link("/shenqing/jixu"),
        )
        .asking(Field {
            name: "baocunma".into(),
            label: "保存码".into(),
            hint: "保存时给您的16位字母和数字，例如 7K2M-9QXR-4D8A-0FZH。大小写、横线都可以不管。"
                .into(),
            value: code.into(),
            error: error.map(str::to_owned),
            optional: false,
            autocomplete: "off",
        })
        .way("重新填一份", visit.site.link("/shenqing/xin"))
        .wrong(errors)
    }
}

/// The question for the code.
pub(in crate::portal) async fn show(visit: Visit) -> Result<Response, Fault> {
    step(&visit, "", None).answer()
}

/// Goes on where it was left.
pub(in crate::portal) async fn send(visit: Visit, sent: OwnUpload) -> Result<Response, Fault> {
    let OwnUpload::Form(form) = sent else {
        let words = "提交的内容太大，没有收下。这里只填保存码";
        return step(&visit, "", Some(words)).answer().map(pacing::too_large);
    };
    let code = form.get("baocunma").trim().to_owned();
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let found = draft::find(visit.house.ledger(), sealer, &code).await.map_err(Fault::inside)?;
    let Some(draft) = found else {
        let words = "没有找到。请核对保存码；保存超过30天的已经清除，要重新填写";
        return step(&visit, &code, Some(words)).answer();
    };
    let next = Sheet::Person.next(&draft.content);
    let whole = draft.content.done.iter().any(|done| done == Sheet::Person.word());
    let next = if whole { next } else { Sheet::Person };
    let place = format!("/shenqing/xin/{}", next.word());
    Ok(onward(&visit, &place, vec![pass::keep_draft(&code)]))
}

/// Nothing is known of an application that somebody wants to go on with.
pub(super) fn lost(visit: &Visit) -> Result<Response, Fault> {
    let step = step(visit, "", None)
        .telling("没有找到正在填的申请：可能时间太长，或者浏览器没有保存。")
        .telling("保存过的，写上保存码接着填；没有保存过的，要重新填一份。");
    let mut response = step.answer()?.into_response();
    *response.status_mut() = StatusCode::NOT_FOUND;
    Ok(response)
}

impl web::page::Page for SavedPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = Self {
            frame: Frame::sample("已经保存").at("在线申请"),
            code: "7K2M-9QXR-4D8A-0FZH".into(),
            until: "2026年12月26日（星期六）".into(),
            resume: "/linhu/shenqing/jixu".into(),
            home: "/linhu/".into(),
        };
        vec![("已经保存", page)]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_saved_page_is_sound() {
        assert_eq!(web::page::faults::<super::SavedPage>(), Vec::<String>::new());
    }
}
