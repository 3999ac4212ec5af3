//! `/zixun/xie`: 咨询、投诉、建议; `/jubao`: 举报. One form, and the receipt.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use serde::Deserialize;
use suggestions_rules::{Elsewhere, SuggestionKind};
use web::components::{Choice, ErrorSummary, Field, FieldError, LongField, Picker, Radios, Tools};
use web::layout::{Frame, Link};
use web::page::Page;
use web::workbench::Submitted;
use web::{Fault, FromWhere, OwnUpload, Pace, Visit};

use super::{ENTRANCE, TRACK, WRITE, drawn, error_of, framed, fresh, long_day, organs};
use crate::acts::ActError;
use crate::acts::receipt::{self, HandedIn, Receipt};
use crate::store::{Source, Written};

/// What is handed in from one address: a hall full of people sends from one.
const HANDING_IN: Pace = Pace { name: "suggestions.letter", at_once: 20, one_more: 20_000 };

/// The value of the box by which publication is agreed to.
const AGREES: &str = "tongyi";

#[derive(Template)]
#[template(path = "portal/write.html")]
struct WritePage {
    frame: Frame,
    errors: ErrorSummary,
    action: String,
    key: String,
    kinds: Radios,
    organs: Picker,
    subject: Field,
    words: LongField,
    name: Field,
    phone: Field,
    agrees: bool,
    track: String,
}

#[derive(Template)]
#[template(path = "portal/receipt.html")]
struct ReceiptPage {
    frame: Frame,
    number: String,
    code: String,
    with_tail: bool,
    due: String,
    provisional: bool,
    hint: Option<(&'static str, Option<Link>)>,
    track: String,
    another: String,
    tools: Tools,
}

/// What the address may say.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// The kind that is chosen already.
    zhonglei: String,
    /// The organ that is chosen already.
    jiguan: String,
}

/// Shows the form.
pub async fn show(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let form = Submitted::of(&[("zhonglei", &asked.zhonglei), ("jiguan", &asked.jiguan)]);
    fresh(&page(&visit, &form, vec![]).await?, false)
}

/// Shows the form for 举报.
pub async fn report(visit: Visit) -> Result<Response, Fault> {
    let form = Submitted::of(&[("zhonglei", SuggestionKind::Report.word())]);
    fresh(&page(&visit, &form, vec![]).await?, false)
}

async fn page(
    visit: &Visit,
    form: &Submitted,
    errors: Vec<FieldError>,
) -> Result<WritePage, Fault> {
    let report = form.get("zhonglei") == SuggestionKind::Report.word();
    let title = if report { "举报" } else { "写留言" };
    let mut frame = framed(visit, title, "写咨询、投诉、建议、举报，限期答复");
    frame.has_errors = !errors.is_empty();
    let unknown = Choice { value: String::new(), words: "不清楚，请帮我转".into() };
    let choice = |organ: identity::Organ| Choice { value: organ.code, words: organ.name };
    let organs = organs(visit).await?.into_iter().map(choice);
    Ok(WritePage {
        action: visit.site.link(WRITE),
        key: match form.words("key") {
            Some(key) => key.to_owned(),
            None => drawn()?,
        },
        track: visit.site.link(TRACK),
        agrees: form.get("gongkai") == AGREES,
        ..fields(frame, form, errors, std::iter::once(unknown).chain(organs).collect())
    })
}

fn line(
    form: &Submitted,
    errors: &[FieldError],
    (name, label, hint): (&str, &str, &str),
    autocomplete: &'static str,
) -> Field {
    Field {
        name: name.into(),
        label: label.into(),
        hint: hint.into(),
        value: form.get(name).into(),
        error: error_of(errors, name),
        optional: name != "biaoti",
        autocomplete,
    }
}

fn fields(
    frame: Frame,
    form: &Submitted,
    errors: Vec<FieldError>,
    organs: Vec<Choice>,
) -> WritePage {
    let kinds = SuggestionKind::ALL
        .map(|kind| Choice { value: kind.word().into(), words: kind.meant().into() });
    let phone = "加密保存，只用来核实这件事。写了的，查进度时要填尾号后四位。";
    WritePage {
        kinds: Radios {
            name: "zhonglei".into(),
            label: "是哪一种".into(),
            choices: kinds.to_vec(),
            chosen: form.get("zhonglei").into(),
            error: error_of(&errors, "zhonglei"),
            ..Radios::default()
        },
        organs: Picker {
            name: "jiguan".into(),
            label: "写给哪个机关".into(),
            hint: "不清楚的不用选，由我们转。".into(),
            choices: organs,
            chosen: form.get("jiguan").into(),
            error: error_of(&errors, "jiguan"),
        },
        subject: line(form, &errors, ("biaoti", "标题", "一句话说是什么事。"), "off"),
        words: LongField {
            name: "neirong".into(),
            label: "内容".into(),
            hint: "写明什么事、在哪里、什么时候。请不要写身份证号、银行卡号。".into(),
            value: form.get("neirong").into(),
            error: error_of(&errors, "neirong"),
            optional: false,
        },
        name: line(form, &errors, ("xingming", "称呼", "加密保存，不公开。"), "name"),
        phone: line(form, &errors, ("dianhua", "电话", phone), "tel"),
        errors: ErrorSummary(errors),
        frame,
        action: String::new(),
        key: String::new(),
        agrees: false,
        track: String::new(),
    }
}

/// Takes a letter.
pub async fn send(visit: Visit, from: FromWhere, sent: OwnUpload) -> Result<Response, Fault> {
    let wrong = |field: &str, message: String| vec![FieldError { field: field.into(), message }];
    let OwnUpload::Form(form) = sent else {
        let words = "提交的内容太大，没有收下。请写短一些再提交".to_owned();
        let page = page(&visit, &Submitted::default(), wrong("neirong", words)).await?;
        return fresh(&page, true);
    };
    if let Err(slow) = visit.house.pace(HANDING_IN, &from) {
        let words = format!("这个网络地址提交得太快，请过{}秒再提交一次", slow.seconds);
        return fresh(&page(&visit, &form, wrong("neirong", words)).await?, true);
    }
    let handed = match handed_in(&visit, &form).await? {
        Ok(handed) => handed,
        Err(errors) => return fresh(&page(&visit, &form, errors).await?, true),
    };
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let desk = receipt::writers_desk(visit.house.ledger()).await?;
    match receipt::receive(desk, sealer, &handed).await {
        Ok(receipt) => fresh(&told(&visit, receipt, &handed), false),
        Err(ActError::Field(receipt::KEY, words)) => {
            let page = page(&visit, &form, wrong("neirong", words)).await?;
            fresh(&WritePage { key: drawn()?, ..page }, true)
        }
        Err(ActError::Field(field, words)) => {
            fresh(&page(&visit, &form, wrong(field, words)).await?, true)
        }
        Err(error) => Err(error.into_fault()),
    }
}

/// What was handed in, or which fields are wrong and what to do, all of them at once.
async fn handed_in(
    visit: &Visit,
    form: &Submitted,
) -> Result<Result<HandedIn, Vec<FieldError>>, Fault> {
    let wrong = |field: &str, message: &str| FieldError {
        field: field.into(),
        message: message.to_owned(),
    };
    let kind = SuggestionKind::parse(form.get("zhonglei"));
    let mut errors = Vec::new();
    errors.extend(kind.is_none().then(|| wrong("zhonglei", "选一种")));
    for (field, message) in [("biaoti", "写一个标题"), ("neirong", "写明要问、要说的内容")]
    {
        errors.extend(form.get(field).trim().is_empty().then(|| wrong(field, message)));
    }
    let Some(kind) = kind.filter(|_| errors.is_empty()) else { return Ok(Err(errors)) };
    let organ = match form.get("jiguan") {
        "" => visit.site.organ.clone(),
        code => match organs(visit).await?.into_iter().find(|organ| organ.code == code) {
            Some(organ) => organ.code,
            None => return Ok(Err(vec![wrong("jiguan", "从列表里选一个机关，或者选“不清楚”")])),
        },
    };
    let line = |name: &str| form.get(name).split_whitespace().collect::<Vec<_>>().join(" ");
    Ok(Ok(HandedIn {
        kind,
        base: visit.site.base().to_owned(),
        organ,
        source: (Source::Web, None),
        written: Written {
            subject: line("biaoti"),
            words: form.get("neirong").replace("\r\n", "\n").trim().to_owned(),
            name: line("xingming"),
            phone: line("dianhua"),
        },
        consent: form.get("gongkai") == AGREES,
        key: match form.words("key") {
            Some(key) => key.to_owned(),
            None => drawn()?,
        },
        demo: visit.house.is_demo(),
    }))
}

fn told(visit: &Visit, receipt: Receipt, handed: &HandedIn) -> ReceiptPage {
    let words = format!("{}\n{}", handed.written.subject, handed.written.words);
    let applying = visit.house.rooms().iter().find_map(|room| room.applying);
    let hint = Elsewhere::hinted_by(&words).map(|elsewhere| match elsewhere {
        Elsewhere::Disclosure => (
            "如果您要的是没有公开的政府信息，请从“申请公开”提交，有法定的答复期限。",
            applying.map(|path| Link::new("去申请公开", visit.site.link(path))),
        ),
        Elsewhere::Petition => {
            let words = "属于信访事项的，我们在进度里告诉您由谁办理，或者该向哪个机关提出。";
            (words, None)
        }
    });
    ReceiptPage {
        frame: framed(visit, "已经收到", "留言已经收到").unlisted(),
        number: receipt.number,
        code: receipt.code,
        with_tail: receipt.with_tail,
        due: long_day(receipt.due),
        provisional: receipt.provisional,
        hint,
        track: visit.site.link(TRACK),
        another: visit.site.link(ENTRANCE),
        tools: Tools::default(),
    }
}

impl Page for WritePage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |errors: Vec<FieldError>| {
            let organ = Choice { value: "XM00001".into(), words: "临湖市人民政府".into() };
            let mut frame = Frame::sample("写留言").at("写留言");
            frame.has_errors = !errors.is_empty();
            Self {
                action: "/linhu/zixun/xie".into(),
                key: "0123".into(),
                track: "/linhu/zixun/jindu".into(),
                ..fields(frame, &Submitted::default(), errors, vec![organ])
            }
        };
        let wrong = FieldError { field: "biaoti".into(), message: "写一个标题".into() };
        vec![("空表", page(vec![])), ("有错误", page(vec![wrong]))]
    }
}

impl Page for ReceiptPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |hint| Self {
            frame: Frame::sample("已经收到").at("已经收到"),
            number: "咨询〔2026〕1号".into(),
            code: "7K2M-9QXR-4D8A".into(),
            with_tail: true,
            due: "2026年12月8日（星期二）".into(),
            provisional: false,
            hint,
            track: "/linhu/zixun/jindu".into(),
            another: "/linhu/zixun".into(),
            tools: Tools::default(),
        };
        let link = Link::new("去申请公开", "/linhu/shenqing/xin");
        vec![("收到", page(None)), ("像是申请公开", page(Some(("要信息的请申请。", Some(link)))))]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn form_and_receipt_are_sound() {
        assert_eq!(web::page::faults::<WritePage>(), Vec::<String>::new());
        assert_eq!(web::page::faults::<ReceiptPage>(), Vec::<String>::new());
    }
}
