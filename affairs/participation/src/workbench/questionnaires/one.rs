//! `/gongzuo/wenjuan/{id}`: a questionnaire: written in a notation that needs no script, looked at as everybody will see
//! it, handed in.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, Response};
use participation_rules::{QuestionnaireStage, Questions, answers_due};
use review::unit_path;
use web::components::{ErrorSummary, FieldError, Tag};
use web::layout::Link;
use web::workbench::{SHOWN, Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::super::{ANSWER, DRAFT, Done, TAKE_DOWN, by, desk_of, drafts, review_of};
use super::{LIST, of_organ, page_of, readable, tag, tie};
use crate::acts::questionnaire::{self, results};
use crate::portal::day_words;
use crate::portal::questionnaires::QuestionFields;
use crate::store::{Consultation, Questionnaire, QuestionnaireSaid};

const SAID: &[(&str, &str)] = &[
    ("qicao", "已起草。写好说明和题目，看过预览，再送审。"),
    ("baocun", "已保存。下面是别人看到的样子。"),
    ("songshen", "已送审。审查、签发以后公布，从公布的次日起算天数。"),
    ("jieguo", "结果已送审。审查、签发以后公布。"),
];

#[derive(Template)]
#[template(path = "workbench/questionnaires/one.html")]
struct OnePage {
    desk: Workbench,
    errors: ErrorSummary,
    of: Questionnaire,
    said: QuestionnaireSaid,
    days: String,
    tag: Tag,
    here: String,
    /// The clerk may change the draft.
    drafts: bool,
    lacks: Vec<String>,
    /// As everybody sees it, where the questions can be read.
    preview: Option<QuestionFields>,
    consultations: Vec<(String, String)>,
    dates: Vec<(&'static str, String)>,
    ways: Vec<Link>,
}

/// What a form brought back: what it says, the days as they were typed, and what is wrong.
type Brought = Option<(QuestionnaireSaid, String, Vec<FieldError>)>;

/// Shows one.
pub(super) async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let found = readable(&visit, &clerk, &id).await?;
    let page = page(&visit, clerk, found, None).await?;
    let desk = page.desk.saying(&done.done, SAID);
    web::page::answer(&OnePage { desk, ..page })
}

async fn page(
    visit: &Visit,
    clerk: Clerk,
    (of, stage): (Questionnaire, QuestionnaireStage),
    brought: Brought,
) -> Result<OnePage, Fault> {
    let today = visit.house.ledger().clock().today();
    let drafts = stage == QuestionnaireStage::Draft && clerk.may(DRAFT, &tie(&of, stage)).is_ok();
    let ways = ways(visit, &clerk, (&of, stage)).await?;
    let consultations = if drafts { consultations(visit, &clerk).await? } else { vec![] };
    let (said, days, errors) = brought.unwrap_or_else(|| {
        let days = if of.said.days == 0 { String::new() } else { of.said.days.to_string() };
        (of.said.clone(), days, vec![])
    });
    let read = Questions::read(&said.questions).ok();
    let fields = |questions: Questions| QuestionFields::of(&questions, &Submitted::default(), &[]);
    let desk = Workbench::of(visit, clerk, "wenjuan", of.said.title.clone()).await?;
    let desk = desk.under("问卷", LIST);
    Ok(OnePage {
        desk: if errors.is_empty() { desk } else { desk.with_errors() },
        errors: ErrorSummary(errors),
        lacks: if drafts { questionnaire::lacks(&said, today) } else { vec![] },
        preview: read.map(fields),
        said,
        days,
        tag: tag(stage),
        here: visit.site.link(&of.desk_path()),
        drafts,
        consultations,
        dates: dates(visit, &of),
        ways,
        of,
    })
}

/// The organ's consultations that everybody may read: keys and titles.
async fn consultations(visit: &Visit, clerk: &Clerk) -> Result<Vec<(String, String)>, Fault> {
    let of = clerk.organ.code.as_str();
    let (found, _) = Consultation::of_organ(visit.house.store(), of, (None, 50)).await?;
    let public = found.into_iter().filter(|of| of.opened_on.is_some() && of.withdrawn.is_none());
    Ok(public.map(|of| (of.id, of.said.title)).collect())
}

/// The days of a public one.
fn dates(visit: &Visit, of: &Questionnaire) -> Vec<(&'static str, String)> {
    let calendar = visit.house.ledger().calendar();
    let due = of.ends_on.and_then(|last| answers_due(last, &calendar).ok());
    let due = due.filter(|_| of.results_on.is_none());
    let days = [
        ("公布", of.opened_on),
        ("截止", of.ends_on),
        ("最迟公布结果", due),
        ("公布结果", of.results_on),
        ("撤下", of.withdrawn.as_ref().map(|(day, _)| *day)),
    ];
    days.into_iter().filter_map(|(name, day)| day.map(|day| (name, day_words(day)))).collect()
}

/// Where one goes on from here, as far as the clerk may.
async fn ways(
    visit: &Visit,
    clerk: &Clerk,
    (of, stage): (&Questionnaire, QuestionnaireStage),
) -> Result<Vec<Link>, Fault> {
    let mut ways = Vec::new();
    let mut way = |words: &str, path: String| ways.push(Link::new(words, visit.site.link(&path)));
    let kind = match stage {
        QuestionnaireStage::InReview => Some(questionnaire::KIND),
        QuestionnaireStage::ResultsInReview => Some(results::KIND),
        _ => None,
    };
    if let Some(kind) = kind
        && let Some((unit, _)) = review_of(visit, kind, &of.id).await?
        && (clerk.is_among(unit.authors.iter().map(String::as_str))
            || clerk.has_power("record.read_draft"))
    {
        way("看审查", unit_path(&unit.id));
    }
    if stage.is_public() {
        way("门户上的样子", of.path());
        if clerk.may(ANSWER, &tie(of, stage)).is_ok() {
            way("结果", page_of(of, "/jieguo"));
        }
        let reasoned = tie(of, stage).because("看");
        if clerk.may(TAKE_DOWN.0, &reasoned).is_ok() {
            way("公布错了，撤下", page_of(of, "/chexia"));
        }
    }
    Ok(ways)
}

/// How many days are typed: none while the field is empty; what is no number of days is more than anybody may ask.
fn days_of(typed: &str) -> u32 {
    match typed.trim() {
        "" => 0,
        typed => typed.parse().ok().filter(|days| *days > 0).unwrap_or(u32::MAX),
    }
}

/// Keeps, hands in or gives up a draft.
pub(super) async fn act(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let (of, stage) = of_organ(&visit, &clerk, &id).await?;
    clerk.may(DRAFT, &tie(&of, stage))?;
    let (who, here, organ) = (by(&clerk), of.desk_path(), of.organ.clone());
    if form.get("zuo") == "fangqi" {
        return drafts::given_up::<Questionnaire>(
            &visit,
            &clerk,
            &id,
            &format!("{LIST}?done=fangqi"),
        )
        .await;
    }
    let text = |name: &str| form.get(name).to_owned();
    let said = QuestionnaireSaid {
        title: text("biaoti"),
        introduction: text("shuoming"),
        questions: text("timu"),
        days: days_of(form.get("tianshu")),
        telephone: text("dianhua"),
        consultation: text("zhengqiu"),
    };
    let version = drafts::version(&form);
    let which = (organ.as_str(), id.as_str(), version);
    let kept = questionnaire::keep(desk_of(&visit, &clerk).await?, &who, which, &said).await;
    let errors = drafts::wrong(kept)?;
    if !errors.is_empty() {
        let mut shown = of;
        shown.version = version;
        let brought = Some((said, text("tianshu"), errors));
        let page = page(&visit, clerk, (shown, stage), brought).await?;
        return drafts::refused(&page);
    }
    drafts::on::<Questionnaire>(&visit, &clerk, &form, (&id, &here, "#yulan")).await
}

impl OnePage {
    fn shown(&self) -> &'static str {
        SHOWN
    }

    fn error(&self, field: &str) -> Option<&str> {
        self.errors.0.iter().find(|one| one.field == field).map(|one| one.message.as_str())
    }
}
