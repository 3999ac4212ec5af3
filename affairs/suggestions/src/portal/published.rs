//! `/zixun/xuandeng`: questions and answers that are published, the 问答库 of letters; one of them; the feed.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, IntoResponse, Response};
use identity::Organ;
use jiff::Span;
use serde::Deserialize;
use suggestions_rules::SuggestionKind;
use web::components::{Empty, Filters, Meta, Pager, Row, Rows, Select, Tag, Tools};
use web::layout::{Frame, Link};
use web::page::{Feed, FeedEntry, Page};
use web::{Fault, Gone, Visit};

use super::{FEED, PUBLISHED, WRITE, framed};
use crate::inscription::subject;
use crate::store::{Piece, PieceMark, PieceState, Suggestion, TakenDown};

/// Rows on a page.
const ROWS: u16 = 20;
/// Entries of a feed.
const ENTRIES: u16 = 50;

const TITLE: &str = "公开的答复";

#[derive(Template)]
#[template(path = "portal/published.html")]
struct PublishedPage {
    frame: Frame,
    filters: Filters,
    rows: Rows,
    pager: Pager,
    write: String,
    feed: String,
}

#[derive(Template)]
#[template(path = "portal/piece.html")]
struct PiecePage {
    frame: Frame,
    title: String,
    question: String,
    answer: String,
    meta: Meta,
    inscribed: Vec<Link>,
    write: String,
    tools: Tools,
    /// Whether the writer has asked again and waits.
    again: bool,
}

/// What is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wish {
    /// The kind, by its word.
    zhonglei: String,
    /// Where the page begins: moment and key.
    hou: String,
}

/// A piece as a row of a list.
pub(super) fn row(visit: &Visit, piece: &Piece) -> Row {
    let row = Row::new(piece.title.clone(), visit.site.link(&piece.path()));
    row.dated(piece.published_on.clone().unwrap_or_default()).tag(Tag::plain(piece.kind.name()))
}

/// Shows the list.
pub async fn list(visit: Visit, Query(wish): Query<Wish>) -> Result<Html<String>, Fault> {
    let kind = SuggestionKind::parse(&wish.zhonglei);
    let after = wish.hou.split_once('~');
    let after = after.map(|(at, id)| PieceMark { at: at.to_owned(), id: id.to_owned() });
    let range = (visit.site.range.0.as_str(), visit.site.range.1.as_str());
    let store = visit.house.store();
    let mut pieces = Piece::published(store, range, kind, after.as_ref(), ROWS + 1).await?;
    let more = pieces.len() > usize::from(ROWS);
    pieces.truncate(usize::from(ROWS));
    let chosen = kind.map_or("", SuggestionKind::word);
    let next = pieces.last().filter(|_| more).and_then(|last| {
        let at = last.published_at.as_deref()?;
        Some(visit.site.link(&format!("{PUBLISHED}?zhonglei={chosen}&hou={at}~{}", last.id)))
    });
    let mut kinds = Select::new("zhonglei", "种类", "全部", chosen);
    for one in SuggestionKind::ALL.into_iter().filter(|one| one.may_be_published()) {
        kinds = kinds.choice(one.word(), one.name());
    }
    web::page::answer(&PublishedPage {
        frame: framed(&visit, TITLE, "留言人同意、经审查公开的咨询、投诉、建议和答复")
            .feed("订阅：公开的答复", FEED),
        filters: Filters {
            action: visit.site.link(PUBLISHED),
            selects: vec![kinds],
            ..Filters::default()
        },
        rows: Rows(pieces.iter().map(|piece| row(&visit, piece)).collect()),
        pager: Pager { previous: None, next },
        write: visit.site.link(WRITE),
        feed: visit.site.link(FEED),
    })
}

/// Shows one; who comes for one that was taken down is told so.
pub async fn one(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let store = visit.house.store();
    let piece = Piece::find(store, &id).await?.ok_or(Fault::NotFound)?;
    match piece.state {
        PieceState::Published => {}
        PieceState::Withdrawn => {
            return Err(gone(&piece));
        }
        PieceState::Submitted | PieceState::Returned => return Err(Fault::NotFound),
    }
    let organ = Organ::find(store, &piece.organ).await?;
    let organ = organ.map(|organ| organ.name).unwrap_or_default();
    let letter = Suggestion::with_id(store, &piece.suggestion).await?;
    let page = PiecePage {
        frame: framed(&visit, TITLE, &piece.title)
            .titled(&piece.title)
            .under(TITLE, PUBLISHED)
            .at(&piece.title),
        meta: Meta::default()
            .text("种类", piece.kind.name())
            .text("答复机关", organ)
            .date("留言日期", Some(piece.asked_on.clone()))
            .date("答复日期", Some(piece.answered_on.clone()))
            .date("发布日期", piece.published_on.clone()),
        inscribed: visit.inscribed(&subject(&id), |_| String::new()).await?,
        write: visit.site.link(WRITE),
        tools: Tools { copied: piece.title.clone(), read: Some("wenda"), ..Tools::default() },
        again: letter.is_some_and(|letter| letter.course.again && letter.course.state.is_open()),
        title: piece.title,
        question: piece.question,
        answer: piece.answer,
    };
    Ok(web::page::answer(&page)?.into_response())
}

/// What is read at the address of one that was taken down.
fn gone(piece: &Piece) -> Fault {
    let on = piece.withdrawn_on.clone().unwrap_or_default();
    let (why, instead) = match piece.withdrawal {
        Some(TakenDown::InError) => (piece.why.clone(), None),
        Some(TakenDown::Replaced) => (
            "留言人要求再次答复，新的答复已经公开".to_owned(),
            Some(format!("{PUBLISHED}/{}", piece.why)),
        ),
        Some(TakenDown::Consent) | None => ("留言人不再同意公开".to_owned(), None),
    };
    let why = why.trim_end_matches(['。', '.']);
    Fault::Gone { notice: format!("这件答复 {on} 已经撤下：{why}。"), instead }
}

/// The newest for reading programs.
pub async fn feed(visit: Visit) -> Result<Response, Fault> {
    let range = (visit.site.range.0.as_str(), visit.site.range.1.as_str());
    let store = visit.house.store();
    let pieces = Piece::published(store, range, None, None, ENTRIES).await?;
    let since = visit.house.ledger().clock().today().saturating_sub(Span::new().years(1));
    let gone = Piece::gone(store, range, since, ENTRIES).await?;
    let codes = pieces.iter().map(|piece| piece.organ.as_str()).collect();
    let organs = Organ::of_codes(store, &codes).await?;
    let name_of = |code: &str| {
        let own = organs.iter().find(|organ| organ.code == code);
        own.map(|organ| organ.name.clone()).unwrap_or_default()
    };
    let entry = |piece: Piece| FeedEntry {
        path: piece.path(),
        organ: name_of(&piece.organ),
        summary: piece.kind.name().into(),
        updated: piece.published_at.unwrap_or_default(),
        title: piece.title,
    };
    let feed = Feed {
        site: &visit.site.frame,
        title: TITLE.into(),
        path: PUBLISHED.into(),
        own_path: FEED.into(),
        entries: pieces.into_iter().map(entry).collect(),
        gone: gone.into_iter().map(|(path, at)| Gone { path, at }).collect(),
    };
    feed.answer()
}

impl PublishedPage {
    fn empty(&self) -> Empty {
        Empty::new("还没有公开的答复")
            .because("留言人同意、机关审查以后，问题和答复公开在这里。")
            .way("写留言", self.write.clone())
    }
}

impl Page for PublishedPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |rows: Vec<Row>| Self {
            frame: Frame::sample(TITLE).at(TITLE),
            filters: Filters {
                action: "/linhu/zixun/xuandeng".into(),
                selects: vec![
                    Select::new("zhonglei", "种类", "全部", "").choice("inquiry", "咨询"),
                ],
                ..Filters::default()
            },
            rows: Rows(rows),
            pager: Pager::default(),
            write: "/linhu/zixun/xie".into(),
            feed: "/linhu/zixun/xuandeng.atom".into(),
        };
        let row = Row::new("幼儿园报名要什么材料", "/linhu/zixun/xuandeng/1")
            .dated("2026-11-20")
            .tag(Tag::plain("咨询"));
        vec![("没有", page(vec![])), ("有", page(vec![row]))]
    }
}

impl Page for PiecePage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = Self {
            frame: Frame::sample("幼儿园报名要什么材料").at("幼儿园报名要什么材料"),
            title: "幼儿园报名要什么材料".into(),
            question: "外地户口的孩子报名要带什么？".into(),
            answer: "带居住证和预防接种证。".into(),
            meta: Meta::default().text("种类", "咨询"),
            inscribed: vec![Link::new("2026-11-20 发布（第 9 条）", "/linhu/gongkai-rizhi/9")],
            write: "/linhu/zixun/xie".into(),
            tools: Tools::default(),
            again: true,
        };
        vec![("一件", page)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn list_and_piece_are_sound() {
        assert_eq!(web::page::faults::<PublishedPage>(), Vec::<String>::new());
        assert_eq!(web::page::faults::<PiecePage>(), Vec::<String>::new());
    }
}
