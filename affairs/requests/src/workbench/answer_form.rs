//! What an officer writes into an answer: for each thing asked for its kind and what that kind must contain.

use std::collections::BTreeMap;

use requests_rules::{ANSWER_TYPES, AnswerClass, AnswerType, Fact};
use web::Fault;
use web::workbench::Submitted;

use crate::letters::{AnswerContents, Contents};
use crate::store::{AnswerContent, AnswerItem};

/// The facts with the field each is written in.
pub(super) const FIELDS: [(Fact, &str); 14] = [
    (Fact::Whereabouts, "tujing"),
    (Fact::Provided, "tigong"),
    (Fact::OpenPart, "gongkai"),
    (Fact::Reason, "yuanyin"),
    (Fact::ForbiddingStatute, "jinzhi"),
    (Fact::ThirdPartyRecord, "zhengqiu"),
    (Fact::Kind, "leibie"),
    (Fact::SpecialStatute, "tebie"),
    (Fact::SearchRecord, "jiansuo"),
    (Fact::ResponsibleOrgan, "jiguan"),
    (Fact::Unclear, "bumingque"),
    (Fact::EarlierAnswer, "ciqian"),
    (Fact::ReasonsJudged, "rending"),
    (Fact::EarlierProvision, "yitigong"),
];

/// The kinds an answer may be of, as they stand on a day.
pub(super) fn kinds(today: law::Date) -> impl Iterator<Item = &'static AnswerType> {
    let all = ANSWER_TYPES.on(today).map(|kinds| kinds.value).unwrap_or_default();
    all.iter().filter(|kind| kind.class != AnswerClass::Otherwise)
}

/// One item as it was typed.
///
/// # Errors
/// No kind was chosen, or it is not said what is answered.
pub(super) fn item(form: &Submitted, today: law::Date) -> Result<AnswerItem, Fault> {
    let code = form.get("zhonglei");
    let kind = kinds(today).find(|kind| kind.code == code);
    let kind = kind.ok_or_else(|| Fault::field("zhonglei", "没有选答复种类。请选一种。"))?;
    let asked = form.get("wenti").trim().to_owned();
    if asked.is_empty() {
        return Err(Fault::field("wenti", "没有写答复的是哪一项。写出申请的这一项信息。"));
    }
    let mut facts = BTreeMap::new();
    for fact in kind.required {
        let field = FIELDS.iter().find(|(own, _)| own == fact).map_or("", |(_, field)| *field);
        let words = form.get(field).trim();
        if !words.is_empty() {
            facts.insert(*fact, words.replace("\r\n", "\n"));
        }
    }
    Ok(AnswerItem { asked, code: kind.code.to_owned(), facts })
}

/// What the letter of an answer would tell; none while nothing is answered.
pub(super) fn contents(content: &AnswerContent, code: &str, today: law::Date) -> Option<Contents> {
    let kind = requests_rules::answer_type(code, today)?;
    let mut contents = AnswerContents::of(kind);
    crate::issued::tell_items(&mut contents, &content.items, today);
    crate::issued::tell_removals(&mut contents, &content.files, today);
    contents.enclosures = crate::issued::enclosed(content.files.len());
    Some(Contents::Answer(contents))
}
