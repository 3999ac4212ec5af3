//! 申请表和回执: paper that somebody fills in, made from the rules, so that a form never asks for more than
//! 条例第二十九条 does; above all not for a purpose.

use documents::writing::{Article, Block};
use requests_rules::{ApplicantClass, DeliveryWay, ProvidedForm};

use super::compose::Sender;
use super::field::Value;
use super::guide::GuideFacts;

/// An empty box to tick, with its words.
fn box_of(words: impl std::fmt::Display) -> String {
    format!("□{words}")
}

fn boxes(words: impl IntoIterator<Item = String>) -> String {
    words.into_iter().map(box_of).collect::<Vec<_>>().join("　")
}

/// 政府信息公开申请表, to be printed and filled in by hand; of no request and without a number.
pub fn application_form(facts: &GuideFacts) -> Article {
    let classes = boxes(ApplicantClass::ALL.map(|class| class.name().to_owned()));
    let forms =
        [ProvidedForm::Paper, ProvidedForm::Email, ProvidedForm::Copy, ProvidedForm::Inspect];
    let forms = boxes(forms.map(|form| form.to_string()));
    let ways = boxes(DeliveryWay::ALL.map(|way| way.name().to_owned()));
    let (line, blank) = (|| "　".to_owned(), || "　\n　".to_owned());
    let rows = [
        ("申请人类别（选一项）", classes),
        ("姓名或者名称", blank()),
        ("身份证明（种类和号码，附复印件）", blank()),
        ("联系电话", line()),
        ("通信地址、邮政编码", blank()),
        ("电子邮箱", line()),
        ("代理人姓名、证件号码（附授权委托书或者监护关系证明）", line()),
        ("所需信息的名称", blank()),
        ("所需信息的文号", line()),
        ("其他特征性描述（时间、地点、事项等）", "　\n　\n　".to_owned()),
        ("提供方式（选一项）", forms),
        ("获取途径（选一项）", ways),
        (
            "需要的无障碍协助",
            boxes(["代为填写", "读给我听", "大字文书", "其他："].map(String::from)),
        ),
        ("申请人签名或者盖章", "　\n　　　　　　　　　　　　　　　年　　月　　日".to_owned()),
        ("填表说明", how_to(facts)),
    ];
    let header = ["项目", "内容"].map(str::to_owned).to_vec();
    let rows = rows.into_iter().map(|(label, text)| vec![label.to_owned(), text]).collect();
    Article {
        title: format!("{}\n政府信息公开申请表", facts.organ),
        blocks: vec![Block::Table { caption: String::new(), header, rows }],
        ..Article::default()
    }
}

fn how_to(facts: &GuideFacts) -> String {
    format!(
        "不需要说明用途。书写有困难的，可以口头提出，由工作人员代为填写并读给您确认。\n\
         送交或者寄交：{}。",
        facts.office()
    )
}

/// The slip on which a third party answers.
pub fn reply_slip(request: &str) -> Value {
    let header = ["第三方意见回执", "请填写"].map(str::to_owned).to_vec();
    let rows = [
        ("申请登记编号", request.to_owned()),
        ("第三方名称或者姓名", "　\n　".to_owned()),
        ("收到征询书的日期", "　　　　年　　月　　日".to_owned()),
        (
            "是否同意公开（选一项）",
            boxes(["同意公开", "同意公开其中一部分", "不同意公开"].map(String::from)),
        ),
        ("同意公开的部分", "　\n　\n　".to_owned()),
        ("不同意公开的理由", "　\n　\n　\n　\n　\n　".to_owned()),
        ("联系人及联系方式", "　\n　".to_owned()),
        ("签名或者盖章、日期", "　\n　　　　　　　　　　　　年　　月　　日".to_owned()),
    ];
    Value::Table(
        header,
        rows.into_iter().map(|(label, text)| vec![label.to_owned(), text]).collect(),
    )
}

impl From<&Sender> for GuideFacts {
    /// What an organ's letters know of its office, for forms.
    fn from(sender: &Sender) -> Self {
        let contact = sender.contact.clone();
        Self { organ: sender.organ.clone(), contact, ..Self::default() }
    }
}
