//! 送审前检查: what stands in the way of handing a draft in, and what is to be looked at.

use std::collections::BTreeSet;

use documents::examining::here::scan_text;
use documents::personal::Grade;
use records_rules::{Block, Fault as Fact, Field, Run, Weight};
use web::components::Tone;
use web::icons::{self, Icon};
use web::{Fault, Visit};

use super::form::id_of;
use crate::acts::{ActError, examine};
use crate::store::{Draft, Record};

/// One thing the check says.
pub(super) struct Said {
    pub tone: Tone,
    pub icon: Icon,
    pub words: String,
    pub remedy: String,
    /// The field it concerns.
    pub href: String,
}

/// Everything the check says, what stands in the way first.
pub(super) struct Checks {
    pub list: Vec<Said>,
}

impl Checks {
    /// Checks a draft as it stands.
    ///
    /// # Errors
    /// The database refuses.
    pub(super) async fn of(visit: &Visit, draft: &Draft) -> Result<Self, Fault> {
        let mut facts = particulars(visit, draft).await?;
        let blocks = Block::read(&draft.content.body);
        facts.extend(pictures(draft, &blocks));
        facts.extend(links(visit, &blocks).await?);
        facts.extend(personal(draft));
        facts.extend(words(draft));
        facts.extend(elements(draft, &blocks));
        facts.extend(interpretation(draft));
        facts.sort_by_key(|fact| std::cmp::Reverse(fact.weight));
        Ok(Self { list: facts.into_iter().map(Said::of).collect() })
    }

    /// How many stand in the way.
    pub(super) fn errors(&self) -> usize {
        self.list.iter().filter(|said| said.tone == Tone::Over).count()
    }
}

impl Said {
    fn of(fact: Fact) -> Self {
        let stands = fact.weight == Weight::Error;
        Self {
            tone: if stands { Tone::Over } else { Tone::Warn },
            icon: icons::ALERT,
            words: fact.message,
            remedy: fact.remedy,
            href: format!("#{}", id_of(fact.field)),
        }
    }

    /// The class that colours it.
    pub(super) fn class(&self) -> &'static str {
        self.tone.class()
    }
}

/// What is wrong with the particulars, the reach and the items, as at publication.
async fn particulars(visit: &Visit, draft: &Draft) -> Result<Vec<Fact>, Fault> {
    let ledger = visit.house.ledger();
    let today = ledger.clock().today();
    if !draft.attribute.is_public() {
        return Ok(Vec::new());
    }
    let given = match draft.submission(today) {
        Ok(given) => given,
        Err(ActError::Faults(faults)) => return Ok(faults.into_iter().map(of_form).collect()),
        Err(other) => return Err(other.into_fault()),
    };
    let calendar = ledger.calendar();
    let found =
        examine(visit.house.store(), std::slice::from_ref(&given), today, &calendar).await?;
    let facts = found.into_iter().map(|(_, fault)| of_form(fault));
    let own = |fact: &Fact| {
        draft.corrects.is_some() && matches!(fact.field, Field::Number | Field::Title)
    };
    Ok(facts.filter(|fact| !(own(fact) && fact.message.contains("已经"))).collect())
}

/// Remedies speak of lines of a file; on the page there are fields.
fn of_form(fact: Fact) -> Fact {
    let remedy = match fact.remedy.strip_prefix("在开头的各项中加一行") {
        Some(_) => format!("填写“{}”", fact.field),
        None => fact
            .remedy
            .replace("加一行“公开理由：……”", "写出公开理由")
            .replace("删去这一行", "留空"),
    };
    Fact { line: None, remedy, ..fact }
}

fn pictures(draft: &Draft, blocks: &[Block]) -> Vec<Fact> {
    let mut facts = Vec::new();
    for block in blocks {
        let Block::Image { alt, file } = block else { continue };
        if alt.trim().is_empty() {
            let message = format!("图片“{file}”没有说明");
            facts.push(Fact::error(Field::Body, message, "写出图上是什么，看不到图的人靠它了解"));
        }
        if !draft.content.files.iter().any(|one| one.name == *file) {
            let message = format!("图片“{file}”不在附件里");
            facts.push(Fact::error(Field::Body, message, "在“附件”中上传同名的图片，或者删去它"));
        }
    }
    facts
}

/// Links to documents of ours that are not there. What is elsewhere is looked at by the daily check.
async fn links(visit: &Visit, blocks: &[Block]) -> Result<Vec<Fact>, Fault> {
    let texts = blocks.iter().flat_map(|block| match block {
        Block::Paragraph { text } => vec![text.clone()],
        Block::List { items, .. } => items.iter().map(|item| item.text.clone()).collect(),
        Block::Heading { .. } | Block::Table { .. } | Block::Image { .. } => vec![],
    });
    let runs = texts.flat_map(|text| Run::read(&text));
    let ours: BTreeSet<String> = runs
        .filter_map(|run| run.link)
        .filter_map(|link| link.strip_prefix("/wenjian/").map(|id| id.trim_matches('/').to_owned()))
        .take(50)
        .collect();
    let mut facts = Vec::new();
    for id in ours {
        let id = id.split(['.', '?', '#']).next().unwrap_or_default();
        if Record::find(visit.house.store(), id).await?.is_none() {
            let message = format!("链接 /wenjian/{id} 打不开");
            facts.push(Fact::doubt(Field::Body, message, "核对地址，或者去掉链接"));
        }
    }
    Ok(facts)
}

/// Personal data in title and text, as attachments are looked through when they are uploaded.
fn personal(draft: &Draft) -> Vec<Fact> {
    let blocks = Block::read(&draft.content.body);
    let plain: Vec<String> = blocks.iter().map(Block::plain).collect();
    let text = format!("{}\n{}", draft.content.head.get(Field::Title), plain.join("\n"));
    let findings = scan_text(&text, "正文");
    let fact = |finding: &documents::Finding| {
        let times =
            if finding.times > 1 { format!("，{} 处", finding.times) } else { String::new() };
        let message = format!("疑似{}：{}{times}", finding.kind.name(), finding.masked);
        match finding.grade {
            Grade::Block => Fact::error(Field::Body, message, "遮盖或者删去后再送审"),
            _ => Fact::doubt(Field::Body, message, "核对是不是应当公开，不应公开的遮盖"),
        }
    };
    findings.list.iter().take(20).map(fact).collect()
}

/// Words that are usually wrong, and what is meant. An operator's own list stands beside it.
const WRONG: [(&str, &str); 12] = [
    ("截止目前", "截至目前"),
    ("既使", "即使"),
    ("按排", "安排"),
    ("布署", "部署"),
    ("帐户", "账户"),
    ("座落", "坐落"),
    ("渡过难关日", "度过难关日"),
    ("一但", "一旦"),
    ("再接再励", "再接再厉"),
    ("法人代表人", "法定代表人"),
    ("公布与众", "公布于众"),
    ("做为", "作为"),
];

fn words(draft: &Draft) -> Vec<Fact> {
    let text = format!("{}\n{}", draft.content.head.get(Field::Title), draft.content.body);
    let wrong = WRONG.iter().filter(|(wrong, _)| text.contains(wrong));
    wrong
        .map(|(wrong, right)| {
            Fact::doubt(Field::Body, format!("“{wrong}”可能写错了"), format!("是不是“{right}”"))
        })
        .collect()
}

/// 公开内容（要素） of the items that neither the text nor an attachment's name speaks of.
fn elements(draft: &Draft, blocks: &[Block]) -> Vec<Fact> {
    let plain: String = blocks.iter().map(Block::plain).collect();
    let names: String = draft.content.files.iter().map(|file| file.name.as_str()).collect();
    let said = format!("{}{plain}{names}", draft.content.head.get(Field::Title));
    let mut facts = Vec::new();
    for item in draft.content.items.iter().flatten() {
        let missing = item.elements.iter().filter(|element| !speaks_of(&said, element));
        let missing: Vec<_> = missing.map(String::as_str).take(6).collect();
        if !missing.is_empty() {
            let message = format!("目录要素没有写到：{}", missing.join("；"));
            let remedy = "补上，或者放在附件里；确实没有的可以照送";
            facts.push(Fact::doubt(Field::Body, message, remedy));
        }
    }
    facts
}

/// Whether a text has most pairs of letters of an element's name; a catalogue's words are seldom
/// repeated letter by letter.
fn speaks_of(said: &str, element: &str) -> bool {
    let bare = element.split(['（', '(']).next().unwrap_or_default();
    let letters: Vec<char> = bare.chars().filter(|letter| letter.is_alphanumeric()).collect();
    let pairs: Vec<String> = letters.windows(2).map(|pair| pair.iter().collect()).collect();
    let there = pairs.iter().filter(|pair| said.contains(pair.as_str())).count();
    pairs.is_empty() || there * 2 >= pairs.len()
}

/// 谁起草谁解读: a document that sets policy needs its interpretation at the same time
/// (厦府办〔2020〕67号 二（一）).
fn interpretation(draft: &Draft) -> Option<Fact> {
    let head = &draft.content.head;
    let title = head.get(Field::Title);
    let kinds = ["办法", "规定", "意见", "规划", "细则", "方案", "措施", "条例"];
    let sets_policy = kinds.iter().any(|kind| title.contains(kind))
        && !matches!(head.get(Field::Genre), "解读" | "公示" | "公告");
    let normative = head.get(Field::Normative) == "是";
    let needed = (sets_policy || normative) && draft.attribute.is_public();
    needed.then(|| {
        let remedy = "解读与文件同步组织、同步审签、同步部署；送审时一并准备";
        Fact::doubt(Field::Title, "这类文件要有政策解读", remedy)
    })
}
