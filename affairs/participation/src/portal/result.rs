//! `/yijian/{id}/jieguo`: 反馈人 · 意见 · 是否采纳 · 理由, all released together; the final text, and what changed in each
//! clause.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use documents::writing::{Column, Sheet};
use participation_rules::{Change, Clause, Piece, Verdict, about, changes, clauses};
use serde::Deserialize;
use serde_json::json;
use web::components::{Figure, Pager, Strip, Tag, Tools};
use web::layout::{Frame, Link};
use web::page::Page;
use web::{Fault, Visit};

use super::one::paragraphs;
use super::own_opinion::verdict;
use super::{LIST, found, framed};
use crate::acts::answering::{answered, senders};
use crate::store::{Consultation, Counts, Opinion, Told};

#[derive(Template)]
#[template(path = "portal/result.html")]
struct ResultPage {
    frame: Frame,
    title: String,
    told: String,
    strip: Strip,
    tools: Tools,
    summary: Vec<String>,
    rows: Vec<Line>,
    pager: Pager,
    hidden: usize,
    changed: Vec<Changed>,
    same: usize,
    final_link: Option<Link>,
    draft: String,
    log: Vec<Link>,
    demo: bool,
}

struct Line {
    number: i64,
    about: String,
    sender: String,
    words: String,
    tag: Tag,
    reason: String,
}

struct Changed {
    mark: String,
    now: String,
    pieces: Vec<Piece>,
    /// The opinions on it that were taken.
    because: Vec<Because>,
}

/// An opinion that was taken, and where its answer is read.
struct Because {
    number: i64,
    href: String,
}

/// In which form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    format: String,
    hou: String,
}

/// Answers on one page; the files have all of them.
const AT_ONCE: usize = 200;

/// Shows it.
pub async fn show(
    visit: Visit,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let of = found(&visit, &id).await?;
    if of.answered_on.is_none() {
        if let Some((day, reason)) = &of.answers_withdrawn {
            let notice = format!(
                "公布过的采纳情况已撤下（{day}）。原因：{reason}。改正以后在这里重新公布，每一条意见照样答复。"
            );
            return Err(Fault::Gone { notice, instead: None });
        }
        let words = "采纳情况还没有公布。每一条意见研究完了，一起公布，公布以后再来看。";
        return Err(Fault::Refused(words.into()));
    }
    let store = visit.house.store();
    let known = of.clauses(store).await?;
    match asked.format.as_str() {
        "csv" => csv(&Opinion::all(store, &of.id).await?, &known),
        "json" => Ok(as_json(&visit, &of, &Opinion::all(store, &of.id).await?, &known)),
        "" => {
            let page = page(&visit, of, &known, asked.hou.parse().unwrap_or_default()).await?;
            Ok(web::page::answer(&page)?.into_response())
        }
        _ => Err(Fault::BadInput("没有这种格式。format 可以是 csv 或者 json。".into())),
    }
}

async fn page(
    visit: &Visit,
    of: Consultation,
    known: &[Clause],
    after: i64,
) -> Result<ResultPage, Fault> {
    let (site, store) = (&visit.site, visit.house.store());
    let path = of.result_path();
    let file =
        |words: &str, format: &str| Link::new(words, site.link(&format!("{path}?format={format}")));
    let mut told = Told::after(store, &of.id, (after, AT_ONCE + 1)).await?;
    let more = told.len() > AT_ONCE;
    told.truncate(AT_ONCE);
    let last = told.last().map(|told| told.opinion.number);
    let next = last.filter(|_| more);
    // What changed stands on the first page alone, so that going on costs no comparison.
    let (changed, same) = match after > 0 {
        true => (vec![], 0),
        false => compared((visit, &of), known, last.unwrap_or_default()).await?,
    };
    let counts = Counts::of(store, &of.id).await?;
    let title = format!("{}：意见采纳情况", of.said.title);
    let final_link = Some(of.final_path.clone()).filter(|path| !path.is_empty());
    Ok(ResultPage {
        frame: framed(visit, &title, &format!("{}对收到的每一条意见的答复", of.organ_name))
            .under("征求意见", LIST)
            .under(of.said.title.clone(), &of.path())
            .at("采纳情况")
            .alternate("text/csv", "采纳情况（CSV）", &format!("{path}?format=csv"))
            .alternate("application/json", "采纳情况（JSON）", &format!("{path}?format=json")),
        told: days_told(&of),
        strip: strip(&counts),
        tools: Tools {
            downloads: vec![file("CSV", "csv"), file("JSON", "json")],
            copied: title.clone(),
            ..Tools::default()
        },
        summary: paragraphs(&of.summary),
        pager: Pager {
            previous: (after > 0).then(|| site.link(&path)),
            next: next.map(|number| site.link(&format!("{path}?hou={number}"))),
        },
        rows: told.into_iter().map(|told| line(told, known)).collect(),
        hidden: counts.hidden,
        changed,
        same,
        final_link: final_link.map(|path| Link::new("看最后公布的文本", site.link(&path))),
        draft: site.link(&of.path()),
        log: visit
            .inscribed(&crate::inscription::result_subject(&of.id), |_| String::new())
            .await?,
        demo: of.demo,
        title,
    })
}

/// Who answers, when, and when opinions were taken.
fn days_told(of: &Consultation) -> String {
    let day = |day: Option<law::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let (answered, opened, last) = (day(of.answered_on), day(of.opened_on), day(of.ends_on));
    let told = format!("{}，{answered} 公布。征求时间：{opened} 至 {last}。", of.organ_name);
    match &of.answers_withdrawn {
        None => told,
        Some((day, reason)) => {
            format!("{told}以前公布过的于 {day} 撤下，原因：{reason}。这是改正以后的。")
        }
    }
}

/// How many came and what became of them; those that say the same are counted one by one.
fn strip(counts: &Counts) -> Strip {
    let figures = Verdict::ALL.map(|one| Figure::new(counts.with(one), one.name()));
    let mut strip = vec![Figure::new(counts.all(), "有效意见")];
    strip.extend(figures);
    Strip(strip)
}

fn line(told: Told, known: &[Clause]) -> Line {
    let one = told.opinion;
    Line {
        number: one.number,
        about: about(one.clause, known),
        sender: senders(&one, told.others),
        words: one.shown,
        tag: verdict(one.verdict),
        reason: one.reason,
    }
}

/// What changed, clause by clause, with the opinions behind it; and how many clauses stayed as they were. Long texts
/// take a moment to compare, so others are served meanwhile. Answers up to this number stand on the same page.
async fn compared(
    (visit, of): (&Visit, &Consultation),
    known: &[Clause],
    last_here: i64,
) -> Result<(Vec<Changed>, usize), Fault> {
    if of.final_text.is_empty() {
        return Ok((vec![], 0));
    }
    let (draft, last) = (known.to_vec(), of.final_text.clone());
    let compare = move || changes(&draft, &clauses(&last));
    let all = tokio::task::spawn_blocking(compare).await.map_err(Fault::inside)?;
    let same = all.iter().filter(|one| one.is_none()).count();
    let heard = Counts::heard(visit.house.store(), &of.id).await?;
    let taken = |clause: Option<u32>| -> Vec<Because> {
        let taken = heard.iter().filter(|(_, about)| clause == Some(*about));
        let link = |number: i64| match number <= last_here {
            true => format!("#y{number}"),
            false => visit.site.link(&format!("{}?hou={}#y{number}", of.result_path(), number - 1)),
        };
        taken.map(|(number, _)| Because { number: *number, href: link(*number) }).collect()
    };
    let changed = |one: Change| Changed {
        because: taken(one.number),
        mark: one.mark,
        now: one.now,
        pieces: one.pieces,
    };
    Ok((all.into_iter().filter(|one| !one.is_none()).map(changed).collect(), same))
}

fn csv(opinions: &[Opinion], known: &[Clause]) -> Result<Response, Fault> {
    let columns = ["序号", "关于", "反馈人", "方式", "意见", "是否采纳", "理由", "同样意见的件数"];
    let line = |(one, with): (&Opinion, Vec<&Opinion>)| {
        vec![
            one.number.to_string(),
            about(one.clause, known),
            one.masked.clone(),
            one.source.name().to_owned(),
            one.shown.clone(),
            one.verdict.map_or("", Verdict::name).to_owned(),
            one.reason.clone(),
            (with.len() + 1).to_string(),
        ]
    };
    let sheet = Sheet {
        columns: columns.map(Column::new).to_vec(),
        rows: answered(opinions).into_iter().map(line).collect(),
        ..Sheet::default()
    };
    let bytes = sheet.to_csv().map_err(Fault::inside)?;
    Ok(([(header::CONTENT_TYPE, "text/csv; charset=utf-8")], bytes).into_response())
}

fn as_json(visit: &Visit, of: &Consultation, opinions: &[Opinion], known: &[Clause]) -> Response {
    let row = |(one, with): (&Opinion, Vec<&Opinion>)| {
        json!({
            "number": one.number, "clause": one.clause, "about": about(one.clause, known),
            "sender": one.masked, "source": one.source.name(), "words": one.shown,
            "verdict": one.verdict.map(Verdict::name), "reason": one.reason, "same": with.len(),
        })
    };
    let rows: Vec<_> = answered(opinions).into_iter().map(row).collect();
    let body = json!({
        "schema_version": 1, "title": of.said.title, "organ": of.organ_name, "opened_on": of.opened_on,
        "ends_on": of.ends_on, "answered_on": of.answered_on, "summary": of.summary, "demo": of.demo,
        "url": visit.site.frame.address(&of.result_path()), "opinions": rows,
    });
    let kind = [(header::CONTENT_TYPE, "application/json; charset=utf-8")];
    (kind, body.to_string()).into_response()
}

impl Page for ResultPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |rows: Vec<Line>, changed: Vec<Changed>| Self {
            frame: Frame::sample("采纳情况").at("采纳情况"),
            title: "供水条例：意见采纳情况".into(),
            told: "市水务局，2026-11-20 公布。".into(),
            strip: Strip(vec![Figure::new(1, "有效意见")]),
            tools: Tools::default(),
            summary: vec!["收到意见。".into()],
            rows,
            pager: Pager::default(),
            hidden: 1,
            changed,
            same: 3,
            final_link: Some(Link::new("看最后公布的文本", "/linhu/wenjian/1")),
            draft: "/linhu/yijian/1".into(),
            log: vec![],
            demo: false,
        };
        let line = Line {
            number: 1,
            about: "第一条".into(),
            sender: "朱**".into(),
            words: "写清楚。".into(),
            tag: Tag::good("采纳"),
            reason: "已经写清楚。".into(),
        };
        let changed = Changed {
            mark: "第一条".into(),
            now: "第一条".into(),
            pieces: vec![
                Piece::Same("为了".into()),
                Piece::Gone("供水".into()),
                Piece::New("保障供水".into()),
            ],
            because: vec![Because { number: 1, href: "#y1".into() }],
        };
        vec![("没有意见", page(vec![], vec![])), ("有", page(vec![line], vec![changed]))]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_answers_are_sound() {
        assert_eq!(web::page::faults::<super::ResultPage>(), Vec::<String>::new());
    }
}
