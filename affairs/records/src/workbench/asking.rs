//! 公开属性 as a form asks it: the attribute, its ground, 复核日期.

use askama::{Template, filters::HtmlSafe};
use law::Date;
use records_rules::{Attribute, Fault, Field, OnRequestGround, Openness};
use web::workbench::Submitted;

/// The part of a form that asks for 公开属性; prints as HTML.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "workbench/asking.html")]
pub(super) struct Asking {
    attribute: String,
    ground: String,
    law: String,
    on_request: String,
    review_on: String,
    /// The last day that may be written.
    latest: String,
    errors: Vec<(Field, String)>,
}

impl HtmlSafe for Asking {}

/// The grounds of 不予公开, each with its article; the fourth is asked for its law.
const GROUNDS: [(&str, &str); 12] = [
    ("国家秘密", "第十四条"),
    (BY_LAW, "第十四条"),
    ("危及三安全一稳定", "第十四条"),
    ("商业秘密、个人隐私", "第十五条"),
    ("人事管理", "第十六条第一款"),
    ("后勤管理", "第十六条第一款"),
    ("内部工作流程", "第十六条第一款"),
    ("讨论记录", "第十六条第二款"),
    ("过程稿", "第十六条第二款"),
    ("磋商信函", "第十六条第二款"),
    ("请示报告", "第十六条第二款"),
    ("行政执法案卷", "第十六条第二款"),
];

const BY_LAW: &str = "法律、行政法规禁止公开";

impl Asking {
    /// A form that shows an attribute.
    pub(super) fn showing(attribute: Option<&Attribute>, today: Date) -> Self {
        let latest = today.saturating_add(jiff::Span::new().months(12)).to_string();
        let mut asking = Self { latest, ..Self::default() };
        let Some(attribute) = attribute else { return asking };
        asking.attribute = attribute.openness().name().to_owned();
        asking.on_request = attribute.ground().unwrap_or_default().to_owned();
        asking.review_on = attribute.review_on().map(|day| day.to_string()).unwrap_or_default();
        if let Openness::Withheld(ground) = attribute.openness() {
            let words = ground.to_string();
            match words.strip_prefix("依《").and_then(|rest| rest.strip_suffix('》')) {
                Some(law) => (asking.ground, asking.law) = (BY_LAW.to_owned(), law.to_owned()),
                None => asking.ground = words,
            }
        }
        asking
    }

    /// Reads what was chosen; the form as filled in comes back with what is wrong.
    pub(super) fn read(form: &Submitted, today: Date) -> Result<Attribute, Box<Self>> {
        let mut asking = Self {
            attribute: form.get("shuxing").trim().to_owned(),
            ground: form.get("liyou-buyu").trim().to_owned(),
            law: form.get("falv").trim().trim_matches(['《', '》']).to_owned(),
            on_request: form.get("yiju-shenqing").trim().to_owned(),
            review_on: form.get("fuhe").trim().to_owned(),
            ..Self::showing(None, today)
        };
        match Attribute::read(&asking.openness(), &asking.on_request, &asking.review_on, today) {
            Ok(attribute) => Ok(attribute),
            Err(faults) => {
                asking.errors = faults.iter().map(told).collect();
                Err(Box::new(asking))
            }
        }
    }

    fn openness(&self) -> String {
        match (self.attribute.as_str(), self.ground.as_str()) {
            ("不予公开", BY_LAW) => format!("不予公开（依《{}》）", self.law),
            ("不予公开", ground) => format!("不予公开（{ground}）"),
            (other, _) => other.to_owned(),
        }
    }

    /// What is wrong, for the summary: the id of the field and the words.
    pub(super) fn errors(&self) -> Vec<(&'static str, String)> {
        self.errors.iter().map(|(field, words)| (id_of(*field), words.clone())).collect()
    }

    fn error(&self, id: &str) -> Option<&str> {
        let found = self.errors.iter().find(|(field, _)| id_of(*field) == id);
        found.map(|(_, words)| words.as_str())
    }

    fn grounds(&self) -> &'static [(&'static str, &'static str)] {
        &GROUNDS
    }

    fn on_request_grounds(&self) -> Vec<(&'static str, String)> {
        let ground = |ground: OnRequestGround| (ground.name(), ground.basis().to_string());
        OnRequestGround::ALL.map(ground).to_vec()
    }
}

fn told(fault: &Fault) -> (Field, String) {
    let words = match fault.field {
        Field::Openness if fault.message.contains("没有写明理由") => {
            "选一项不予公开的理由；选“法律、行政法规禁止公开”的，写出名称".to_owned()
        }
        Field::Openness => "选主动公开、依申请公开或者不予公开".to_owned(),
        _ => format!("{}。{}", fault.message, fault.remedy),
    };
    let field =
        if words.starts_with("选一项不予公开") { Field::ReachReason } else { fault.field };
    (field, words)
}

fn id_of(field: Field) -> &'static str {
    match field {
        Field::OpennessGround => "yiju-shenqing",
        Field::ReviewOn => "fuhe",
        Field::ReachReason => "liyou-buyu",
        _ => "shuxing-1",
    }
}
