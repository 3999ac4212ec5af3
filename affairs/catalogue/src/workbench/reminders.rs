//! `/gongzuo/cuiban`: what readers ask the clerk's organ for, and its answers.

use askama::Template;
use axum::extract::Query;
use axum::response::{Html, IntoResponse, Response};
use catalogue_rules::ReminderStanding;
use law::Date;
use serde::Deserialize;
use web::components::{Empty, ErrorSummary, FieldError, Tag};
use web::workbench::{Clock, Submitted, Todo, Workbench};
use web::{Clerk, Fault, Visit};

use super::charges::public_page;
use super::sent_to;
use crate::acts::answer;
use crate::acts::reminder::ReminderError;
use crate::store::{Reminder, ReminderAsk};

/// Where the page stands.
const PATH: &str = "/gongzuo/cuiban";

/// How many entries a page lists of each kind.
const MOST: i64 = 50;

#[derive(Template)]
#[template(path = "workbench/reminders.html")]
struct RemindersPage {
    desk: Workbench,
    open: Vec<Asked>,
    answered: Vec<Asked>,
    errors: Vec<FieldError>,
}

/// One entry.
struct Asked {
    id: String,
    name: String,
    href: Option<String>,
    times: i64,
    words: Vec<String>,
    asked_on: Date,
    due_on: Date,
    provisional: bool,
    tag: Tag,
    answer: String,
    link: String,
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Done {
    done: String,
}

const SAID: &[(&str, &str)] = &[("answered", "已答复，答复显示在这个事项的页面上。")];

/// Shows what readers ask for.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    page(&visit, clerk, &done.done, None).await
}

/// An answer that could not be taken: to which entry, its words and link, and why.
struct Refusal {
    id: String,
    words: String,
    link: String,
    why: String,
}

async fn page(
    visit: &Visit,
    clerk: Clerk,
    done: &str,
    refusal: Option<Refusal>,
) -> Result<Html<String>, Fault> {
    let store = visit.house.store();
    let organ = Some(clerk.organ.code.clone());
    let ask = ReminderAsk { organ, most: MOST, ..ReminderAsk::default() };
    let open = Reminder::list(store, &ask).await?;
    let all = Reminder::list(store, &ReminderAsk { answered: true, ..ask }).await?;
    let mut desk = Workbench::of(visit, clerk, "cuiban", "读者催办").await?.saying(done, SAID);
    if refusal.is_some() {
        desk = desk.with_errors();
    }
    let shown = |reminder: Reminder| Asked::of(visit, reminder, refusal.as_ref());
    let page = RemindersPage {
        desk,
        open: open.into_iter().map(shown).collect(),
        answered: all.into_iter().filter(|one| one.answer.is_some()).map(shown).collect(),
        errors: refusal
            .iter()
            .map(|one| FieldError { field: format!("dafu-{}", one.id), message: one.why.clone() })
            .collect(),
    };
    web::page::answer(&page)
}

impl Asked {
    fn of(visit: &Visit, reminder: Reminder, refusal: Option<&Refusal>) -> Self {
        let today = visit.house.ledger().clock().today();
        let standing = reminder.standing(today);
        let refusal = refusal.filter(|refusal| refusal.id == reminder.id);
        let (words, link) = match (&reminder.answer, refusal) {
            (Some(answer), _) => (answer.words.clone(), answer.link.clone().unwrap_or_default()),
            (None, Some(refusal)) => (refusal.words.clone(), refusal.link.clone()),
            (None, None) => Default::default(),
        };
        let (division, domain) = (&reminder.division, &reminder.domain);
        Self {
            href: public_page(&visit.house, division, domain, &reminder.item),
            tag: match standing {
                ReminderStanding::Waiting | ReminderStanding::AnsweredLate => {
                    Tag::warn(standing.words())
                }
                ReminderStanding::Overdue => Tag::over(standing.words()),
                ReminderStanding::Answered => Tag::good(standing.words()),
            },
            id: reminder.id,
            name: reminder.name,
            times: reminder.times,
            words: reminder.words,
            asked_on: reminder.asked_on,
            due_on: reminder.due_on,
            provisional: reminder.provisional,
            answer: words,
            link,
        }
    }
}

/// Answers an entry.
pub async fn act(visit: Visit, clerk: Clerk, form: Submitted) -> Result<Response, Fault> {
    let id = form.get("id").to_owned();
    let entry = Reminder::find(visit.house.store(), &id).await?;
    if entry.is_none_or(|entry| entry.organ != clerk.organ.code) {
        let words = "这一条不是催本机关的，不能在这里答复。请刷新页面再看。";
        return Err(Fault::Forbidden(words.into()));
    }
    let (words, link) = (form.get("dafu").to_owned(), form.get("lianjie").to_owned());
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    match answer::keep(desk, &id, &words, &link).await {
        Ok(_) => Ok(sent_to(&visit, &format!("{PATH}?done=answered"))),
        Err(ReminderError::Desk(error)) => Err(Fault::inside(error)),
        Err(ReminderError::Store(error)) => Err(error.into()),
        Err(error) => {
            let why = format!("{error}。{}。", error.remedy());
            let refusal = Refusal { id, words, link, why };
            Ok(page(&visit, clerk, "", Some(refusal)).await?.into_response())
        }
    }
}

/// Where an entry is answered.
pub fn path(reminder: &Reminder) -> String {
    format!("{PATH}#c-{}", reminder.id)
}

/// The entries of an organ that wait for an answer, as to-dos.
pub fn todo(reminder: &Reminder) -> Todo {
    Todo {
        entry: "cuiban",
        kind: "读者催办",
        title: format!("答复：{}", reminder.name),
        detail: format!("{} 首次提出，共 {} 次", reminder.asked_on, reminder.times),
        clock: Clock::Due(reminder.due_on),
        path: path(reminder),
        act: "去答复",
    }
}

impl RemindersPage {
    fn summary(&self) -> ErrorSummary {
        ErrorSummary(self.errors.clone())
    }

    fn wrong(&self, id: &str) -> Option<&str> {
        let field = format!("dafu-{id}");
        let found = self.errors.iter().find(|error| error.field == field);
        found.map(|error| error.message.as_str())
    }

    fn empty(&self) -> Empty {
        Empty::new("没有读者催办")
            .because("读者在事项页面上点“催一下”以后，会列在这里，按工作日计时。")
            .way("看门户上的目录", self.desk.href("/mulu"))
    }
}
