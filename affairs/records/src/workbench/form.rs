//! What the page of a draft is filled in with: from a draft, and back from what was sent.

use records_rules::{
    Block, Field, Genre, Head, Level, NOT_STATED, Provenance, Retention, SHOWN_NO_MORE,
    StatutoryItem, THEMES,
};
use web::workbench::Submitted;
use web::{Clerk, Fault, House, OfferedItem};

use crate::acts::FoundItem;
use crate::store::{Content, LinkedItem};

/// The fields that are one line of the form each: parameter name and particular.
const LINES: [(&str, Field); 16] = [
    ("biaoti", Field::Title),
    ("wenhao", Field::Number),
    ("chengwen", Field::MadeOn),
    ("zhuti", Field::Theme),
    ("ticai", Field::Genre),
    ("shixing", Field::InForceFrom),
    ("youxiao", Field::LastDay),
    ("feizhi", Field::RepealedFrom),
    ("feizhiyiju", Field::RepealedBy),
    ("xiugai", Field::AmendedFrom),
    ("xiugaiyiju", Field::AmendedBy),
    ("shixiao", Field::PartlyVoidFrom),
    ("gongshi", Field::ShownUntil),
    ("laiyuan", Field::Source),
    ("baoguan", Field::Keeper),
    ("qixian", Field::Retention),
];

/// 原发布日期 and who says so: asked of what was published elsewhere before.
const ORIGINAL: [(&str, Field); 2] =
    [("yuanfabu", Field::OriginalDay), ("yuanlaiyuan", Field::OriginalSource)];

/// The parameter name of a particular, to which a finding leads.
pub(super) fn id_of(field: Field) -> &'static str {
    let mut lines = LINES.iter().chain(&ORIGINAL);
    let line = lines.find(|(_, own)| *own == field).map(|(name, _)| *name);
    line.unwrap_or(match field {
        Field::Reach => "fanwei",
        Field::ReachReason => "fanweiliyou",
        Field::Former => "yuanwenben",
        Field::Statutory => "fading",
        Field::Provenance => "chansheng",
        Field::Item => "shixiang",
        Field::Body => "zhengwen",
        Field::File => "fujian",
        _ => "biaoti",
    })
}

/// A draft's fields as the page shows them.
pub(super) struct DraftForm {
    head: Head,
    pub body: String,
}

/// One choice.
pub(super) struct Choice {
    pub value: String,
    pub words: String,
    pub on: bool,
}

impl DraftForm {
    pub(super) fn of(content: &Content) -> Self {
        Self { head: content.head.clone(), body: content.body.clone() }
    }

    /// The value of a field, by its parameter name.
    pub(super) fn value(&self, name: &str) -> &str {
        let field = LINES.iter().chain(&ORIGINAL).find(|(own, _)| own == &name);
        let value = field.map(|(_, field)| self.head.get(*field)).unwrap_or_default();
        if value == NOT_STATED { "" } else { value }
    }

    /// Whether it was published elsewhere before.
    pub(super) fn was_elsewhere(&self) -> bool {
        !self.head.get(Field::OriginalDay).is_empty()
    }

    pub(super) fn items(&self) -> Vec<String> {
        self.head.all(Field::Item).map(str::to_owned).collect()
    }

    /// 主题分类, both levels in one list.
    pub(super) fn themes(&self) -> Vec<(&'static str, Vec<Choice>)> {
        let chosen = self.head.get(Field::Theme);
        let choice = |value: String, words: &str| Choice {
            on: value == chosen,
            words: words.to_owned(),
            value,
        };
        let group = |row: &records_rules::ThemeRow| {
            let seconds =
                row.seconds.iter().map(|second| choice(format!("{}/{second}", row.name), second));
            let mut choices: Vec<Choice> = seconds.collect();
            if choices.is_empty() {
                choices.push(choice(row.name.to_owned(), row.name));
            }
            (row.name, choices)
        };
        THEMES.iter().map(group).collect()
    }

    pub(super) fn genres(&self) -> Vec<Choice> {
        let chosen = self.head.get(Field::Genre);
        let choice = |genre: Genre| {
            let name = genre.name();
            Choice { value: name.into(), words: name.into(), on: name == chosen }
        };
        Genre::all().map(choice).collect()
    }

    /// 法定公开事项 that bind an organ of that level and kind.
    pub(super) fn statutory(&self, organ: &identity::Organ, today: law::Date) -> Vec<Choice> {
        let level = match organ.level {
            _ if organ.kind == identity::PUBLIC_SERVICE => Level::PublicService,
            identity::Level::Township | identity::Level::Village => Level::Town,
            _ => Level::CityOrCounty,
        };
        let chosen: Vec<&str> = self.head.all(Field::Statutory).collect();
        let choice = |item: &StatutoryItem| Choice {
            value: item.code.into(),
            words: item.name.into(),
            on: chosen.contains(&item.code),
        };
        StatutoryItem::of(level, today).map(choice).collect()
    }

    pub(super) fn is_normative(&self) -> bool {
        self.head.get(Field::Normative) == "是"
    }

    /// 公开范围: whether it is for 特定群体, and for whom.
    pub(super) fn group(&self) -> Option<&str> {
        let text = self.head.get(Field::Reach).strip_prefix("特定群体（")?;
        text.strip_suffix('）')
    }

    pub(super) fn reach_reason(&self) -> &str {
        self.head.get(Field::ReachReason)
    }

    /// Whether what was said before is shown no more.
    pub(super) fn closes(&self) -> bool {
        self.head.get(Field::Former) == SHOWN_NO_MORE
    }

    /// 产生方式.
    pub(super) fn ways(&self) -> Vec<Choice> {
        let chosen = self.head.get(Field::Provenance).parse::<Provenance>().ok();
        let chosen = chosen.as_ref().map(Provenance::way);
        let choice = |(way, _): &(&'static str, bool)| Choice {
            value: (*way).to_owned(),
            words: (*way).to_owned(),
            on: chosen == Some(way),
        };
        Provenance::WAYS.iter().map(choice).collect()
    }

    pub(super) fn whom(&self) -> String {
        let chosen = self.head.get(Field::Provenance).parse::<Provenance>().ok();
        chosen.and_then(|chosen| chosen.whom().map(str::to_owned)).unwrap_or_default()
    }

    pub(super) fn periods(&self) -> Vec<Choice> {
        let chosen = self.head.get(Field::Retention);
        let choice = |period: Retention| Choice {
            value: period.name().into(),
            words: period.name().into(),
            on: period.name() == chosen,
        };
        Retention::ALL.map(choice).into_iter().collect()
    }

    /// Whether one of the folded fields is filled in.
    pub(super) fn more_is_said(&self) -> bool {
        let usual = [Field::Title, Field::Number, Field::MadeOn, Field::Theme, Field::Genre];
        let usual = |field: Field| {
            let apart = matches!(field, Field::OriginalDay | Field::OriginalSource | Field::Demo);
            let own =
                matches!(field, Field::Publisher | Field::Item | Field::Reach | Field::Former);
            usual.contains(&field) || apart || own
        };
        self.head.pairs().any(|(field, _)| !usual(field))
    }
}

/// What was sent, over what the draft said before: attachments are no part of the form.
///
/// # Errors
/// The editor's document is none of the schema, or the catalogue cannot be asked.
pub(super) async fn filled(
    house: &House,
    clerk: &Clerk,
    form: &Submitted,
    before: &Content,
) -> Result<Content, Fault> {
    let line = |(name, field): &(&str, Field)| (*field, form.get(name).to_owned());
    let mut pairs: Vec<(Field, String)> = LINES.iter().map(line).collect();
    pairs.push((Field::Publisher, before.head.get(Field::Publisher).to_owned()));
    for field in [Field::Demo, Field::Index] {
        pairs.push((field, before.head.get(field).to_owned()));
    }
    pairs.extend(original(form, &before.head));
    pairs.extend(form.all("fading").map(|code| (Field::Statutory, code.to_owned())));
    pairs.extend(form.all("shixiang").map(|words| (Field::Item, words.to_owned())));
    if form.has("guifan") {
        pairs.push((Field::Normative, "是".to_owned()));
    }
    if form.has("yuanwenben") {
        pairs.push((Field::Former, SHOWN_NO_MORE.to_owned()));
    }
    pairs.extend(reach(form));
    pairs.extend(provenance(form));
    let head = Head::of(pairs);
    let items = found(house, clerk, &head, before).await?;
    Ok(Content { head, body: body(form)?, items, files: before.files.clone() })
}

/// 原发布日期 as it was looked up; left empty, the source does not state it. What is new has none.
fn original(form: &Submitted, before: &Head) -> [(Field, String); 2] {
    let asked = form.has("yuanfabu") && !before.get(Field::OriginalDay).is_empty();
    ORIGINAL.map(|(name, field)| {
        let value = match (asked, field) {
            (false, _) => before.get(field),
            (true, Field::OriginalDay) => form.words(name).unwrap_or(NOT_STATED),
            (true, _) => form.get(name),
        };
        (field, value.to_owned())
    })
}

fn reach(form: &Submitted) -> Vec<(Field, String)> {
    let reason = form.get("fanweiliyou").to_owned();
    match form.get("fanwei") {
        "group" => vec![(Field::Reach, format!("特定群体（{}）", form.get("qunti").trim()))],
        "whole" => vec![(Field::Reach, "全社会".to_owned()), (Field::ReachReason, reason)],
        _ => vec![],
    }
}

fn provenance(form: &Submitted) -> Option<(Field, String)> {
    let way = form.words("chansheng")?;
    let named = Provenance::WAYS.iter().any(|(own, named)| *own == way && *named);
    let whom = form.get("shui").trim();
    let text = if named { format!("{way}（{whom}）") } else { way.to_owned() };
    Some((Field::Provenance, text))
}

/// The text: the editor's document where there was an editor, the plain field otherwise.
fn body(form: &Submitted) -> Result<String, Fault> {
    let document = form.get("wendang");
    if document.is_empty() {
        // What is written by hand is read and written again, so that it stays as it is from now on.
        return Ok(Block::write(&Block::read(form.get("zhengwen"))));
    }
    let bad = |error: String| Fault::BadInput(format!("{error}。请刷新页面后再编辑。"));
    let document = serde_json::from_str(document).map_err(|_| bad("正文没有完整送达".into()))?;
    let blocks = crate::tree::parts_of(&document).map_err(|error| bad(error.to_string()))?;
    Ok(Block::write(&blocks))
}

/// The catalogue's items of these names; those the draft named before need no asking.
pub(super) async fn found(
    house: &House,
    clerk: &Clerk,
    head: &Head,
    before: &Content,
) -> Result<Vec<Option<FoundItem>>, Fault> {
    let mut found = Vec::new();
    for text in head.all(Field::Item) {
        let words = words_of(text);
        let known = before.items.iter().flatten().find(|item| item.link.words == words);
        found.push(match (known, house.items()) {
            (Some(known), _) => Some(known.clone()),
            (None, Some(source)) => {
                (source.named)(house, &clerk.organ, &words).await?.map(FoundItem::from)
            }
            (None, None) => None,
        });
    }
    Ok(found)
}

/// 领域 > 一级事项 > 二级事项, in its parts.
pub(super) fn words_of(text: &str) -> Vec<String> {
    text.replace('＞', ">").split('>').map(|word| word.trim().to_owned()).collect()
}

impl From<OfferedItem> for FoundItem {
    fn from(offered: OfferedItem) -> Self {
        let item = offered.words.join(" > ");
        let held = offered.held.map(|(why, group)| records_rules::HeldMatter { item, why, group });
        Self {
            link: LinkedItem { domain: offered.domain, item: offered.item, words: offered.words },
            held,
            elements: offered.elements,
        }
    }
}
