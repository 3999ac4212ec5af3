//! `/mulu/{domain}/{item}/cuiban`: 催一下. A reader asks for what is missing or late, without an
//! account; the page says by when it will be answered.

use askama::{Template, filters::HtmlSafe};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use catalogue_rules::reminder::{LONGEST_WORDS, MOST_WORDS};
use catalogue_rules::{AnswerDue, AnswerLink, Exposure, ReminderStanding};
use law::Provision;
use serde::Deserialize;
use web::components::{ErrorSummary, Field, FieldError, Tag};
use web::layout::Frame;
use web::{Fault, OwnForm, Visit};

use super::found::Shown;
use crate::acts::reminder::{self, Press, ReminderError};
use crate::store::Reminder;

/// Entries shown on an item's page.
const SHOWN: i64 = 5;

/// What readers asked for on an item, and the form to ask; prints as HTML.
#[derive(Template)]
#[template(path = "portal/reminders.html")]
pub struct Reminders {
    /// Full path the form is sent to.
    action: String,
    /// The organ that has to answer.
    organ: String,
    /// Whether a reader may ask now: something is missing or late.
    open: bool,
    /// Whether it is not meant for the open web, so that it is not asked for here.
    held: bool,
    /// How it stands, 尚未公开.
    standing: &'static str,
    due: Option<AnswerDue>,
    field: Field,
    entries: Vec<Entry>,
}

impl HtmlSafe for Reminders {}

/// One entry with its answer.
struct Entry {
    tag: Tag,
    times: i64,
    asked_on: String,
    due_on: String,
    provisional: bool,
    answer: Option<Answer>,
}

struct Answer {
    on: String,
    lines: Vec<String>,
    link: Option<String>,
    /// An address elsewhere, as text.
    elsewhere: Option<String>,
}

impl Reminders {
    /// Reads what was asked for on an item.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn read(visit: &Visit, shown: &Shown) -> Result<Self, Fault> {
        let (house, site) = (&visit.house, &visit.site);
        let (domain, key) = (&shown.found.shelf.domain, &shown.found.key);
        let kept = Reminder::on_item(house.store(), &site.division, domain, key, SHOWN).await?;
        let today = house.ledger().clock().today();
        let organ = shown.found.organ(visit).await?;
        let due = AnswerDue::of(today, &house.ledger().calendar()).ok();
        let own = AnswerLink::is_path;
        let entry = |kept: Reminder| Entry {
            tag: tag(kept.standing(today)),
            times: kept.times,
            asked_on: kept.asked_on.to_string(),
            due_on: kept.due_on.to_string(),
            provisional: kept.provisional,
            answer: kept.answer.map(|answer| Answer {
                on: answer.on.to_string(),
                lines: answer.words.lines().map(str::to_owned).collect(),
                link: answer.link.as_deref().filter(|link| own(link)).map(|path| site.link(path)),
                elsewhere: answer.link.filter(|link| !own(link)),
            }),
        };
        Ok(Self {
            action: shown.path(visit, "/cuiban"),
            organ: organ.short_name,
            open: shown.may_be_asked_for(),
            held: shown.found.item.exposure() != Exposure::Open,
            standing: shown.standing.words(),
            due,
            field: field(String::new(), None),
            entries: kept.into_iter().map(entry).collect(),
        })
    }

    /// Whether there is anything to show.
    fn is_empty(&self) -> bool {
        !self.open && self.entries.is_empty()
    }

    fn basis(&self) -> Provision {
        reminder::BASIS
    }
}

fn tag(standing: ReminderStanding) -> Tag {
    match standing {
        ReminderStanding::Waiting => Tag::warn(standing.words()),
        ReminderStanding::Overdue | ReminderStanding::AnsweredLate => Tag::over(standing.words()),
        ReminderStanding::Answered => Tag::good(standing.words()),
    }
}

fn field(value: String, error: Option<String>) -> Field {
    Field {
        name: "shuoming".into(),
        label: "说明".into(),
        hint: format!("想看哪一年、哪一项，{LONGEST_WORDS}字以内。请不要写姓名、电话和证件号码。"),
        value,
        error,
        optional: true,
        autocomplete: "off",
    }
}

#[derive(Template)]
#[template(path = "portal/reminder.html")]
struct ReminderPage {
    frame: Frame,
    name: String,
    back: String,
    noted: bool,
    errors: ErrorSummary,
    reminders: Reminders,
}

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Told {
    /// Set right after a press.
    jixia: String,
}

/// What a reader sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Words {
    shuoming: String,
}

/// Shows what was asked for on an item, and by when it will be answered.
pub async fn show(
    visit: Visit,
    Path((domain, key)): Path<(String, String)>,
    Query(told): Query<Told>,
) -> Result<Response, Fault> {
    let shown = Shown::find(&visit, &domain, &key).await?;
    let page =
        ReminderPage { noted: !told.jixia.is_empty(), ..ReminderPage::of(&visit, &shown).await? };
    Ok(web::page::answer(&page)?.into_response())
}

/// Counts a press, and leads to the page that says by when it will be answered.
pub async fn press(
    visit: Visit,
    Path((domain, key)): Path<(String, String)>,
    OwnForm(words): OwnForm<Words>,
) -> Result<Response, Fault> {
    let shown = Shown::find(&visit, &domain, &key).await?;
    if !shown.may_be_asked_for() {
        let page = ReminderPage::of(&visit, &shown).await?;
        return Ok(web::page::answer(&page)?.into_response());
    }
    let press = Press {
        division: visit.site.division.clone(),
        domain,
        item: key,
        name: shown.name(),
        organ: shown.found.organ(&visit).await?.code,
        words: words.shuoming.clone(),
    };
    match reminder::keep(visit.house.ledger(), press).await {
        Ok(_) => Ok(Redirect::to(&shown.path(&visit, "/cuiban?jixia=1")).into_response()),
        Err(ReminderError::Words(refused)) => {
            let mut page = ReminderPage::of(&visit, &shown).await?;
            page.refuse(words.shuoming, refused.to_string());
            Ok((StatusCode::UNPROCESSABLE_ENTITY, web::page::answer(&page)?).into_response())
        }
        Err(error) => Err(Fault::inside(error)),
    }
}

impl ReminderPage {
    async fn of(visit: &Visit, shown: &Shown) -> Result<Self, Fault> {
        let name = shown.name();
        let shelf = &shown.found.shelf;
        let own = format!("/mulu/{}/{}", shelf.domain, shown.found.key);
        let frame = visit
            .frame()
            .titled(format!("催一下：{name}"))
            .described(format!("催促公开“{name}”"))
            .within("mulu")
            .under("标准目录", "/mulu")
            .under(&shelf.name, &format!("/mulu/{}", shelf.domain))
            .under(&name, &own)
            .at("催一下")
            .unlisted();
        Ok(Self {
            frame,
            name,
            back: visit.site.link(&own),
            noted: false,
            errors: ErrorSummary::default(),
            reminders: Reminders::read(visit, shown).await?,
        })
    }

    /// Shows what is wrong with the words, beside them and at the top.
    fn refuse(&mut self, words: String, message: String) {
        self.frame.has_errors = true;
        self.errors =
            ErrorSummary(vec![FieldError { field: "shuoming".into(), message: message.clone() }]);
        self.reminders.field = field(words, Some(message));
    }
}

impl web::page::Page for ReminderPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let wrong = || {
            let mut page = Self::sample(true);
            page.refuse("a".repeat(300), "写了300字，请不超过200字".into());
            page
        };
        let mut held = Self::sample(false);
        held.reminders.held = true;
        vec![
            ("可以催", Self::sample(true)),
            ("已记下", Self { noted: true, ..Self::sample(true) }),
            ("写得不对", wrong()),
            ("没有缺漏", Self::sample(false)),
            ("不在网上催办", held),
        ]
    }
}

impl ReminderPage {
    fn sample(open: bool) -> Self {
        let answer = Answer {
            on: "2026-12-09".into(),
            lines: vec!["已公开。".into(), "请看链接。".into()],
            link: Some("/linhu/wenjian/1".into()),
            elsewhere: None,
        };
        let entry = |answer: Option<Answer>, standing| Entry {
            tag: tag(standing),
            times: MOST_WORDS as i64,
            asked_on: "2026-11-25".into(),
            due_on: "2026-12-04".into(),
            provisional: true,
            answer,
        };
        let today = law::day(2026, 11, 25);
        let reminders = Reminders {
            action: "/linhu/mulu/yanglaofuwu/1/cuiban".into(),
            organ: "区民政局".into(),
            open,
            held: false,
            standing: "尚未公开",
            due: AnswerDue::of(today, law::WorkCalendar::state_council()).ok(),
            field: field(String::new(), None),
            entries: vec![
                entry(None, ReminderStanding::Overdue),
                entry(Some(answer), ReminderStanding::AnsweredLate),
            ],
        };
        Self {
            frame: Frame::sample("催一下").at("催一下"),
            name: "养老机构评估结果".into(),
            back: "/linhu/mulu/yanglaofuwu/1".into(),
            noted: false,
            errors: ErrorSummary::default(),
            reminders,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ReminderPage;

    #[test]
    fn the_page_is_sound() {
        assert_eq!(web::page::faults::<ReminderPage>(), Vec::<String>::new());
    }
}
