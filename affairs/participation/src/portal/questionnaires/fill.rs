//! `/wenjuan/{id}/tianxie`: a questionnaire is answered, without an account and without a name; what is not asked of
//! whoever answers is not taken, and he is told.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use participation_rules::{QuestionnaireStage, QuestionnaireStep, Questions};
use web::components::{ErrorSummary, FieldError};
use web::layout::{Frame, Link};
use web::page::Page;
use web::workbench::Submitted;
use web::{Fault, FromWhere, OwnUpload, Pace, Visit};

use super::super::handing_in::{key_of, new_key};
use super::super::{LIST as DRAFTS, day_words, framed, fresh};
use super::fields::{QuestionFields, name_of};
use super::{LIST, found};
use crate::acts::ActError;
use crate::acts::questionnaire::answer::{self, Received, Sent};
use crate::store::Questionnaire;

/// What is handed in from one address: a hall full of people sends from one.
const HANDING_IN: Pace =
    Pace { name: "participation.questionnaire", at_once: 30, one_more: 10_000 };

#[derive(Template)]
#[template(path = "portal/questionnaires/fill.html")]
struct FillPage {
    frame: Frame,
    errors: ErrorSummary,
    title: String,
    until: String,
    action: String,
    key: String,
    fields: QuestionFields,
    /// Whether some questions are asked of some alone.
    leads: bool,
    back: String,
}

#[derive(Template)]
#[template(path = "portal/questionnaires/received.html")]
struct ReceivedPage {
    frame: Frame,
    number: i64,
    /// The questions of which nothing was taken.
    left_out: Vec<u32>,
    next: String,
    ways: Vec<Link>,
}

/// The form.
pub async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let of = found(&visit, &id).await?;
    over(&visit, &of)?;
    fresh(&form_page(&visit, &of, &Submitted::default(), vec![])?, false)
}

/// Refuses where the time is over, and says where one reads on.
fn over(visit: &Visit, of: &Questionnaire) -> Result<(), Fault> {
    let stage = of.stage(visit.house.ledger().clock().today());
    match stage.after(QuestionnaireStep::Fill) {
        Ok(QuestionnaireStage::Open) => Ok(()),
        Ok(_) => Err(Fault::NotFound),
        Err(refused) => Err(Fault::Refused(refused.to_string())),
    }
}

fn form_page(
    visit: &Visit,
    of: &Questionnaire,
    form: &Submitted,
    errors: Vec<FieldError>,
) -> Result<FillPage, Fault> {
    let words = format!("填写问卷“{}”", of.said.title);
    let mut frame = framed(visit, "填写问卷", &words);
    frame.has_errors = !errors.is_empty();
    let questions = of.questions();
    Ok(FillPage {
        frame: frame
            .under("征求意见", DRAFTS)
            .under("问卷", LIST)
            .under(of.said.title.clone(), &of.path())
            .at("填写问卷")
            .unlisted(),
        title: of.said.title.clone(),
        until: of.ends_on.map(day_words).unwrap_or_default(),
        action: visit.site.link(&format!("{}/tianxie", of.path())),
        key: key_of(form)?,
        leads: leads(&questions),
        fields: QuestionFields::of(&questions, form, &errors),
        back: visit.site.link(&of.path()),
        errors: ErrorSummary(errors),
    })
}

fn leads(questions: &Questions) -> bool {
    questions.numbered().any(|(_, question)| !question.shown_if.is_empty())
}

/// Takes it.
pub async fn send(
    visit: Visit,
    Path(id): Path<String>,
    from: FromWhere,
    sent: OwnUpload,
) -> Result<Response, Fault> {
    let of = found(&visit, &id).await?;
    let wrong = |message: String| vec![FieldError { field: name_of(1), message }];
    let OwnUpload::Form(form) = sent else {
        let errors = wrong("提交的内容太大，没有收下。请写短一些再提交".into());
        return fresh(&form_page(&visit, &of, &Submitted::default(), errors)?, true);
    };
    over(&visit, &of)?;
    if let Err(slow) = visit.house.pace(HANDING_IN, &from) {
        let words = format!("这个网络地址提交得太快，请过{}秒再提交一次", slow.seconds);
        return fresh(&form_page(&visit, &of, &form, wrong(words))?, true);
    }
    let questions = of.questions();
    let values = questions.numbered().flat_map(|(number, _)| {
        let values = form.all(&name_of(number)).map(str::to_owned).collect::<Vec<_>>();
        values.into_iter().map(move |value| (number, value))
    });
    let given = Sent { values: values.collect(), key: key_of(&form)?, demo: visit.house.is_demo() };
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    match answer::receive(visit.house.ledger(), sealer, &id, &given).await {
        Ok(received) => fresh(&told(&visit, &of, received), false),
        Err(ActError::Answers(bad)) => {
            fresh(&form_page(&visit, &of, &form, answer::errors(&bad))?, true)
        }
        Err(ActError::Field(_, words)) => {
            let mut page = form_page(&visit, &of, &form, wrong(words))?;
            page.key = new_key()?;
            fresh(&page, true)
        }
        Err(error) => Err(error.into_fault()),
    }
}

fn told(visit: &Visit, of: &Questionnaire, received: Received) -> ReceivedPage {
    let site = &visit.site;
    let last = of.ends_on.map(day_words).unwrap_or_default();
    ReceivedPage {
        frame: framed(visit, "已经收到", "您填的问卷已经收到")
            .under("问卷", LIST)
            .under(of.said.title.clone(), &of.path())
            .at("已经收到")
            .unlisted(),
        number: received.number,
        left_out: received.left_out,
        next: format!("{last}截止，截止以后汇总，结果公布在问卷的页面上。"),
        ways: vec![
            Link::new("回到问卷", site.link(&of.path())),
            Link::new("看别的问卷", site.link(LIST)),
        ],
    }
}

impl Page for FillPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let text = "1. 平时怎样去？（单选 选填）\n- 步行\n- 公交\n2. 方便吗？（量表）\n如果 1 选 B\n- 不便\n- 方便\n\
                    3. 哪些要改？（多选 至多2）\n说明：选最急的。\n- 站点\n- 班次\n- 价钱\n4. 哪一站？（短文 选填）\n5. 还想说？（长文 选填）";
        let questions = Questions::read(text).unwrap_or_default();
        let page = |errors: Vec<FieldError>| {
            let form = Submitted::of(&[("t1", "B"), ("t3", "A"), ("t3", "C"), ("t5", "谢谢")]);
            let mut frame = Frame::sample("填写问卷").at("填写问卷");
            frame.has_errors = !errors.is_empty();
            Self {
                frame,
                title: "公交线路问卷".into(),
                until: "2026年12月27日（星期日）".into(),
                action: "/linhu/wenjuan/1/tianxie".into(),
                key: "0123".into(),
                leads: leads(&questions),
                fields: QuestionFields::of(&questions, &form, &errors),
                back: "/linhu/wenjuan/1".into(),
                errors: ErrorSummary(errors),
            }
        };
        let error = |number: u32, message: &str| FieldError {
            field: name_of(number),
            message: message.into(),
        };
        let all = vec![
            error(2, "第 2 题：选 1 到 5 里的一个"),
            error(4, "第 4 题：不超过 100 字，请写短一些"),
            error(5, "第 5 题：不超过 2000 字，请写短一些"),
        ];
        vec![("空的", page(vec![])), ("有错误", page(all))]
    }
}

impl Page for ReceivedPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |left_out: Vec<u32>| Self {
            frame: Frame::sample("已经收到").at("已经收到"),
            number: 7,
            left_out,
            next: "截止以后汇总。".into(),
            ways: vec![Link::new("回到问卷", "/linhu/wenjuan/1")],
        };
        vec![("收到", page(vec![])), ("有没收下的", page(vec![2, 4]))]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_form_and_what_follows_are_sound() {
        assert_eq!(web::page::faults::<super::FillPage>(), Vec::<String>::new());
        assert_eq!(web::page::faults::<super::ReceivedPage>(), Vec::<String>::new());
    }
}
