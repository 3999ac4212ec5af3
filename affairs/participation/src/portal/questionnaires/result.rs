//! `/wenjuan/{id}/jieguo`: how often each option was taken, drawn and as a table; what people wrote, as far as it is
//! published; all of it as CSV and JSON. Of a question that few answered nothing but that is told.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use documents::writing::{Column, Sheet};
use participation_rules::{Question, QuestionKind, QuestionTally, Tally};
use serde::Deserialize;
use serde_json::{Value, json};
use web::components::{Bar, Chart, ChartTable, Meets, Tools};
use web::layout::{Frame, Link};
use web::page::Page;
use web::{Fault, Visit};

use super::super::one::paragraphs;
use super::super::{LIST as DRAFTS, framed};
use super::{LIST, found};
use crate::acts::questionnaire::results::each;
use crate::inscription::questionnaire::result_subject;
use crate::store::{PublishedText, Questionnaire};

#[derive(Template)]
#[template(path = "portal/questionnaires/result.html")]
struct ResultPage {
    frame: Frame,
    title: String,
    told: String,
    answers: u64,
    tools: Tools,
    summary: Vec<String>,
    questions: Vec<Counted>,
    asked: String,
    log: Vec<Link>,
    demo: bool,
}

struct Counted {
    number: u32,
    text: String,
    /// How many answered, and of whom it was asked.
    note: String,
    /// Where enough answered.
    chart: Option<Chart>,
    untold: Option<String>,
    /// Whose answers they stand in is told to nobody.
    texts: Vec<String>,
    /// How many wrote something that is not published.
    rest: u64,
}

/// In which form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    format: String,
}

/// What tells the drawings of a page apart: a questionnaire has no more questions.
const IDS: [&str; 50] = [
    "q1", "q2", "q3", "q4", "q5", "q6", "q7", "q8", "q9", "q10", "q11", "q12", "q13", "q14", "q15",
    "q16", "q17", "q18", "q19", "q20", "q21", "q22", "q23", "q24", "q25", "q26", "q27", "q28",
    "q29", "q30", "q31", "q32", "q33", "q34", "q35", "q36", "q37", "q38", "q39", "q40", "q41",
    "q42", "q43", "q44", "q45", "q46", "q47", "q48", "q49", "q50",
];

/// So many letters of an option stand above its bar; the table has all of them.
const ON_A_BAR: usize = 12;

/// Shows it.
pub async fn show(
    visit: Visit,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let of = found(&visit, &id).await?;
    let (Some(tally), Some(_)) = (of.tally.clone(), of.results_on) else {
        let words = "结果还没有公布。截止以后汇总，公布以后再来看。";
        return Err(Fault::Refused(words.into()));
    };
    let texts = PublishedText::of(visit.house.store(), &of.id).await?;
    match asked.format.as_str() {
        "csv" => csv(&of, &tally, &texts),
        "json" => Ok(as_json(&visit, &of, &tally, &texts)),
        "" => {
            let page = page(&visit, of, &tally, texts).await?;
            Ok(web::page::answer(&page)?.into_response())
        }
        _ => Err(Fault::BadInput("没有这种格式。format 可以是 csv 或者 json。".into())),
    }
}

async fn page(
    visit: &Visit,
    of: Questionnaire,
    tally: &Tally,
    texts: Vec<PublishedText>,
) -> Result<ResultPage, Fault> {
    let (site, path) = (&visit.site, of.result_path());
    let file =
        |words: &str, format: &str| Link::new(words, site.link(&format!("{path}?format={format}")));
    let title = format!("{}：问卷结果", of.said.title);
    let questions = of.questions();
    let counted = each(&questions, tally).map(|(number, question, counted)| {
        let when = questions.asked_when(question);
        one((number, question, when), counted, &texts)
    });
    Ok(ResultPage {
        frame: framed(visit, &title, &format!("{}的问卷结果：{}", of.organ_name, of.said.title))
            .under("征求意见", DRAFTS)
            .under("问卷", LIST)
            .under(of.said.title.clone(), &of.path())
            .at("结果")
            .sheet("gk-chart.css")
            .alternate("text/csv", "问卷结果（CSV）", &format!("{path}?format=csv"))
            .alternate("application/json", "问卷结果（JSON）", &format!("{path}?format=json")),
        told: days_told(&of),
        answers: tally.answers,
        tools: Tools {
            downloads: vec![file("CSV", "csv"), file("JSON", "json")],
            copied: title.clone(),
            ..Tools::default()
        },
        summary: paragraphs(&of.summary),
        questions: counted.collect(),
        asked: site.link(&of.path()),
        log: visit.inscribed(&result_subject(&of.id), |_| String::new()).await?,
        demo: of.demo,
        title,
    })
}

/// Who asked, when, and when the results became public.
fn days_told(of: &Questionnaire) -> String {
    let day = |day: Option<law::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let (told, opened, last) = (day(of.results_on), day(of.opened_on), day(of.ends_on));
    format!("{}，{told} 公布。填写时间：{opened} 至 {last}。", of.organ_name)
}

fn one(
    (number, question, when): (u32, &Question, String),
    counted: &QuestionTally,
    texts: &[PublishedText],
) -> Counted {
    let own = texts.iter().filter(|one| one.question == number);
    let own: Vec<String> = own.map(|one| one.words.clone()).collect();
    let writes = question.options().is_empty();
    let mut note = vec![counted.answered_words()];
    if !when.is_empty() {
        note.push(when);
    }
    if let Some(mean) = counted.mean(&question.kind) {
        note.push(format!("平均 {}.{:02} 分", mean / 100, mean % 100));
    }
    if matches!(question.kind, QuestionKind::Several { .. }) {
        note.push("可以选几项，各项加起来超过百分之百".into());
    }
    let shown = u64::try_from(own.len()).unwrap_or_default();
    Counted {
        number,
        text: question.text.clone(),
        note: format!("{}。", note.join("；")),
        chart: (!writes && counted.is_told()).then(|| drawn(number, question, counted)),
        untold: (!writes && !counted.is_told()).then(QuestionTally::untold),
        // How many wrote is told as it is where the texts themselves say it.
        rest: if writes { counted.answered.saturating_sub(shown) } else { 0 },
        texts: own,
    }
}

/// What an option is called in a table.
fn called(question: &Question, place: usize, option: &str) -> String {
    match (&question.kind, place) {
        (QuestionKind::Scale { low, .. }, 0) if !low.is_empty() => format!("{option} {low}"),
        (QuestionKind::Scale { high, .. }, 4) if !high.is_empty() => format!("{option} {high}"),
        _ => option.to_owned(),
    }
}

fn drawn(number: u32, question: &Question, counted: &QuestionTally) -> Chart {
    let at = usize::try_from(number).unwrap_or(1).saturating_sub(1);
    let id = IDS.get(at).copied().unwrap_or("q");
    let options: Vec<String> = question
        .options()
        .iter()
        .enumerate()
        .map(|(place, option)| called(question, place, option))
        .collect();
    let taken = |place: usize| counted.taken(place).unwrap_or_default();
    let share = |place: usize| counted.share_words(place).unwrap_or_default();
    let bar = |(place, option): (usize, &String)| Bar {
        name: shortened(option),
        words: format!("{} 人，{}", taken(place), share(place)),
        part: counted.thousandths(place),
        meets: Meets::Yes,
    };
    let bars: Vec<Bar> = options.iter().enumerate().map(bar).collect();
    let row = |(place, option): (usize, &String)| {
        vec![option.clone(), taken(place).to_string(), share(place)]
    };
    let table = ChartTable {
        headings: ["选项", "人数", "占答这一题的人"].map(Into::into).into(),
        rows: options.iter().enumerate().map(row).collect(),
    };
    Chart::bars(id, most(&options, counted), &bars, None).with_table(table)
}

/// What there is to see: what was taken most.
fn most(options: &[String], counted: &QuestionTally) -> String {
    let best = counted.counts.iter().max().copied().unwrap_or_default();
    let places = counted.counts.iter().enumerate().filter(|(_, count)| **count == best);
    let places: Vec<usize> = places.map(|(place, _)| place).collect();
    let named = places.iter().filter_map(|place| options.get(*place));
    let named: Vec<String> = named.map(|option| format!("“{option}”")).collect();
    let share = places.first().and_then(|place| counted.share_words(*place)).unwrap_or_default();
    match named.len() {
        1 => format!("选{}的最多，{share}", named.concat()),
        _ => format!("选{}的一样多，各 {share}", named.join("、")),
    }
}

fn shortened(option: &str) -> String {
    let mut letters = option.chars();
    let head: String = letters.by_ref().take(ON_A_BAR).collect();
    if letters.next().is_some() { format!("{head}…") } else { head }
}

fn csv(of: &Questionnaire, tally: &Tally, texts: &[PublishedText]) -> Result<Response, Fault> {
    let columns = ["题号", "题目", "选项或者写的话", "人数", "占答这一题的人", "答这一题的人数"];
    let questions = of.questions();
    let mut rows = Vec::new();
    for (number, question, counted) in each(&questions, tally) {
        let line = |what: String, taken: String, share: String| {
            let answered = match counted.is_told() {
                true => counted.answered.to_string(),
                false => counted.answered_words(),
            };
            vec![number.to_string(), question.text.clone(), what, taken, share, answered]
        };
        let options = question.options();
        if !counted.is_told() || options.is_empty() {
            rows.push(line(String::new(), String::new(), String::new()));
        } else {
            for (place, option) in options.iter().enumerate() {
                let taken = counted.taken(place).unwrap_or_default().to_string();
                let share = counted.share_words(place).unwrap_or_default();
                rows.push(line(called(question, place, option), taken, share));
            }
        }
        for text in texts.iter().filter(|one| one.question == number) {
            rows.push(line(text.words.clone(), String::new(), String::new()));
        }
    }
    let sheet = Sheet { columns: columns.map(Column::new).to_vec(), rows, ..Sheet::default() };
    let bytes = sheet.to_csv().map_err(Fault::inside)?;
    Ok(([(header::CONTENT_TYPE, "text/csv; charset=utf-8")], bytes).into_response())
}

fn as_json(visit: &Visit, of: &Questionnaire, tally: &Tally, texts: &[PublishedText]) -> Response {
    let questions = of.questions();
    let told = each(&questions, tally).map(|(number, question, counted)| {
        let option = |(place, option): (usize, &String)| {
            json!({
                "option": called(question, place, option), "taken": counted.taken(place),
                "share_permille": counted.thousandths(place),
            })
        };
        let options: Vec<Value> = question.options().iter().enumerate().map(option).collect();
        let own = texts.iter().filter(|one| one.question == number);
        let own: Vec<&str> = own.map(|one| one.words.as_str()).collect();
        json!({
            "number": number, "text": question.text, "manner": question.manner(),
            "asked_when": questions.asked_when(question), "enough_answered": counted.is_told(),
            "answered": counted.is_told().then_some(counted.answered), "options": options, "texts": own,
        })
    });
    let told: Vec<Value> = told.collect();
    let body = json!({
        "schema_version": 1, "title": of.said.title, "organ": of.organ_name, "opened_on": of.opened_on,
        "ends_on": of.ends_on, "results_on": of.results_on, "summary": of.summary, "answers": tally.answers,
        "demo": of.demo, "url": visit.site.frame.address(&of.result_path()), "questions": told,
    });
    let kind = [(header::CONTENT_TYPE, "application/json; charset=utf-8")];
    (kind, body.to_string()).into_response()
}

impl Page for ResultPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let question = |kind: QuestionKind| Question {
            text: "平时怎样去？".into(),
            hint: String::new(),
            kind,
            required: true,
            shown_if: vec![],
        };
        let of = |number: u32, kind: QuestionKind, counts: Vec<u64>, answered: u64| {
            let counted = QuestionTally { number, answered, counts };
            let text =
                PublishedText { answer: 3, question: 4, words: "班次再多一些。".into() };
            one((number, &question(kind), String::new()), &counted, &[text])
        };
        let choices = || vec!["步行".to_owned(), "坐公交车，有时候换地铁再走一段".to_owned()];
        let scale = QuestionKind::Scale { low: "不便".into(), high: "方便".into() };
        let several = QuestionKind::Several { choices: choices(), least: 1, most: 2 };
        let all = vec![
            of(1, QuestionKind::Single(choices()), vec![12, 4], 16),
            of(2, scale, vec![1, 2, 3, 4, 5], 15),
            of(3, several, vec![1, 2], 3),
            of(4, QuestionKind::Long, vec![], 2),
            of(5, QuestionKind::Single(choices()), vec![8, 8], 16),
        ];
        let page = |questions: Vec<Counted>, answers: u64| Self {
            frame: Frame::sample("问卷结果").at("结果").sheet("gk-chart.css"),
            title: "公交线路问卷：问卷结果".into(),
            told: "市交通局，2026-11-20 公布。".into(),
            answers,
            tools: Tools::default(),
            summary: vec!["收到问卷。".into()],
            questions,
            asked: "/linhu/wenjuan/1".into(),
            log: vec![],
            demo: false,
        };
        vec![("没有人填", page(vec![], 0)), ("有", page(all, 16))]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_results_are_sound() {
        assert_eq!(web::page::faults::<super::ResultPage>(), Vec::<String>::new());
    }
}
