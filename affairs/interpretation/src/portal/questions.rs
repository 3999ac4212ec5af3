//! `/wenda`: questions on policies with their answers, each on the paragraph it rests on.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Html;
use interpretation_rules::QuestionState;
use serde::Deserialize;
use store::{FromQueryResult, Statements};
use web::address::with_query;
use web::components::{Empty, Filters, Marked, Meta, MetaValue, Pager, Row, Rows, Select, Tools};
use web::layout::{ArticleTags, ColumnTags, Frame, Link};
use web::{Fault, Visit};

use super::{ASK, feeds};
use crate::store::{AskedFor, Question};

/// The list.
pub(crate) const LIST: &str = "/wenda";

/// Rows on a page.
const ON_A_PAGE: usize = 20;

/// So many letters of an answer stand in a list.
const IN_A_LIST: usize = 100;

#[derive(Template)]
#[template(path = "portal/questions.html")]
struct QuestionsPage {
    frame: Frame,
    filters: Filters,
    rows: Rows,
    pager: Pager,
    ask: String,
}

#[derive(Template)]
#[template(path = "portal/question.html")]
struct QuestionPage {
    frame: Frame,
    title: String,
    demo: bool,
    answer: String,
    place: String,
    quote: String,
    document: Link,
    meta: Meta,
    tools: Tools,
    others: Vec<Link>,
    inscribed: Vec<Link>,
}

/// What of the list is wanted.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    organ: String,
    q: String,
    after: String,
}

impl Asked {
    fn path(&self, after: &str) -> String {
        let all = [("q", self.q.trim()), ("organ", self.organ.trim()), ("after", after)];
        let said: Vec<(&str, &str)> = all.into_iter().filter(|(_, one)| !one.is_empty()).collect();
        with_query(LIST, &said)
    }
}

/// Shows the list.
pub async fn show(visit: Visit, Query(asked): Query<Asked>) -> Result<Html<String>, Fault> {
    let wanted = AskedFor {
        range: visit.site.range.clone(),
        organ: asked.organ.trim().to_owned(),
        words: asked.q.trim().chars().take(60).collect(),
        after: asked.after.trim().to_owned(),
    };
    let most = i64::try_from(ON_A_PAGE).unwrap_or(i64::MAX).saturating_add(1);
    let mut found = Question::page(visit.house.store(), &wanted, most).await?;
    let more = found.len() > ON_A_PAGE;
    found.truncate(ON_A_PAGE);
    let link = |path: String| visit.site.link(&path);
    let next = found.last().filter(|_| more).map(|one| link(asked.path(&one.mark())));
    let page = QuestionsPage {
        frame: frame(&visit).at("政策问答").feed("订阅：政策问答", feeds::QUESTIONS),
        filters: filters(&visit, &asked).await?,
        rows: Rows(found.iter().map(|one| row(&visit, one)).collect()),
        pager: Pager { previous: (!wanted.after.is_empty()).then(|| link(asked.path(""))), next },
        ask: visit.site.link(ASK),
    };
    web::page::answer(&page)
}

fn row(visit: &Visit, one: &Question) -> Row {
    let day = one.published_on.map(|day| day.to_string()).unwrap_or_default();
    let mut row = Row::new(&one.said.question, visit.site.link(&one.path()))
        .dated(day)
        .fact(&one.organ_name)
        .fact(format!("{}　{}", one.document.title, one.said.place));
    row.snippet = Marked::plain(shortened(&one.said.answer));
    row
}

/// The first letters of an answer, on one line.
fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(IN_A_LIST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

#[derive(FromQueryResult)]
struct OrganRow {
    code: String,
    name: String,
}

/// The organs of a site that have answered anything.
const ORGANS: &str = "SELECT o.code, o.short_name AS name FROM organ o
                       WHERE o.division >= $1 AND o.division <= $2
                         AND EXISTS (SELECT 1 FROM policy_question q WHERE q.organ = o.code AND q.state = 'published')
                       ORDER BY o.division, o.code";

async fn filters(visit: &Visit, asked: &Asked) -> Result<Filters, Fault> {
    let (low, high) = visit.site.range.clone();
    let organs: Vec<OrganRow> =
        visit.house.store().all(ORGANS, vec![low.into(), high.into()]).await?;
    let mut organ = Select::new("organ", "答复机关", "全部机关", asked.organ.trim());
    for one in organs {
        organ = organ.choice(one.code, one.name);
    }
    Ok(Filters {
        action: visit.site.link(LIST),
        label: "问题、答复或文件里的词".into(),
        name: "q".into(),
        words: asked.q.trim().to_owned(),
        selects: vec![organ],
        carried: vec![],
    })
}

/// The one of the site with that key that everybody can read.
async fn find(visit: &Visit, id: &str) -> Result<Question, Fault> {
    let one = Question::find(visit.house.store(), id).await?.ok_or(Fault::NotFound)?;
    let (low, high) = &visit.site.range;
    if !(low..=high).contains(&&one.division) {
        return Err(Fault::NotFound);
    }
    match one.state {
        QuestionState::Published => Ok(one),
        QuestionState::Down => Err(Fault::Gone {
            notice: "所依据的文件已经撤下，这条答复随它下线。".into(),
            instead: Some(one.document.path),
        }),
        QuestionState::Withdrawn => {
            let (at, because) = one.ended.unwrap_or_default();
            let day = web::moments::day(&at);
            let notice = format!("这条答复已于 {day} 撤回，请不要再照它办。理由：{because}");
            Err(Fault::Gone { notice, instead: Some(one.document.path) })
        }
        QuestionState::Drafting | QuestionState::UnderReview | QuestionState::Dropped => {
            Err(Fault::NotFound)
        }
    }
}

/// Shows one.
pub async fn one(visit: Visit, Path(id): Path<String>) -> Result<Html<String>, Fault> {
    let one = find(&visit, &id).await?;
    let site = &visit.site;
    let beside = Question::on(visit.house.store(), &one.document.path).await?;
    let other = |other: &Question| Link::new(&other.said.question, site.link(&other.path()));
    let page = QuestionPage {
        demo: one.said.question.contains("演示数据"),
        meta: meta(&one),
        tools: Tools {
            copied: format!("《{}》", one.said.question),
            read: Some("wenda"),
            ..Tools::default()
        },
        others: beside.iter().filter(|two| two.id != one.id).map(other).collect(),
        inscribed: visit.inscribed(&one.subject(), |_| String::new()).await?,
        document: Link::new(&one.document.title, site.link(&one.document.path)),
        frame: frame(&visit)
            .titled(&one.said.question)
            .described(shortened(&one.said.answer))
            .under("政策问答", LIST)
            .at("正文")
            .article(article(&visit, &one)),
        title: one.said.question,
        answer: one.said.answer,
        place: one.said.place,
        quote: one.said.quote,
    };
    web::page::answer(&page)
}

fn meta(one: &Question) -> Meta {
    let day = one.published_on.map(|day| day.to_string()).unwrap_or_default();
    let document = format!("{}　{}", one.document.title, one.said.place);
    Meta::default()
        .with_wide("依据", MetaValue::Text(document))
        .text("答复机关", one.organ_name.clone())
        .text("发布日期", day)
}

fn article(visit: &Visit, one: &Question) -> ArticleTags {
    ArticleTags {
        title: one.said.question.clone(),
        published: one.published_at.as_deref().map(web::moments::minute).unwrap_or_default(),
        source: one.organ_name.clone(),
        keywords: Some("政策问答".into()),
        author: None,
        description: Some(shortened(&one.said.answer)),
        image: None,
        url: Some(visit.site.frame.address(&one.path())),
    }
}

fn frame(visit: &Visit) -> Frame {
    let column = ColumnTags {
        name: "政策问答".into(),
        description: "政策文件的常见问题和答复，每条写明依据的条款".into(),
        keywords: "政策问答,问答库".into(),
        kind: "政策解读".into(),
    };
    let told = format!("{}政策文件的常见问题和答复，写明依据的条款", visit.site.place);
    visit.frame().titled("政策问答").described(told).within("jiedu").column(column)
}

impl QuestionsPage {
    fn empty(&self) -> Empty {
        if self.filters.active() {
            return Empty::new("没有符合条件的问答")
                .because("请换一个词，或者减少筛选条件。")
                .way("全部问答", self.frame.href(LIST));
        }
        Empty::new("还没有公布政策问答")
            .because("群众和企业问得多的问题，在这里一条一条答复，写明依据哪份文件的哪一条。")
            .way("政策解读", self.frame.href(super::LIST))
    }
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn a_long_answer_is_cut_between_letters() {
        assert_eq!(shortened("三百\n元"), "三百 元");
        let long = shortened(&"长".repeat(101));
        assert!(long.ends_with("长…") && long.chars().count() == 101, "{long}");
    }
}
