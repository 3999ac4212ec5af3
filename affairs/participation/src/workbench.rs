//! 公众参与 at the workbench: drafting, reviewing and publishing a notice; opinions as they come, registered, put
//! together, hidden by two; answers, reviewed and released together.

mod cancellation;
pub(crate) mod decision;
mod decisions;
mod drafts;
mod fields;
pub(crate) mod gathering;
mod hearing;
mod hearing_record;
pub(crate) mod interview;
mod list;
mod one;
mod opinion;
mod opinions;
pub(crate) mod questionnaires;
mod register;
mod release;
mod result;
mod selection;
mod shorten;
mod todos;
mod withdrawal;

use axum::http::Method;
use identity::powers::{Condition, Tie};
use ledger::Desk;
use participation_rules::Stage;
use review::{Signatory, State, Unit};
use web::workbench::{DeskEntry, DeskSample, Initiation, TodoSource, sent_to};
use web::{Clerk, Fault, Route, Visit};

use crate::acts::ActError;
use crate::portal::example;
use crate::store::{Cancellable, Consultation, DecisionList, Hearing, Withdrawable};

pub(crate) const LIST: &str = "/gongzuo/zhengji";
const NEW: &str = "/gongzuo/zhengji/xin";
const ONE: &str = "/gongzuo/zhengji/{id}";
const SHORTEN: &str = "/gongzuo/zhengji/{id}/suoduan";
const RELEASE: &str = "/gongzuo/zhengji/{id}/gongbu";
const OPINIONS: &str = "/gongzuo/zhengji/{id}/yijian";
const SHEET: &str = "/gongzuo/zhengji/{id}/yijian.csv";
const OPINION: &str = "/gongzuo/zhengji/{id}/yijian/{number}";
const REGISTER: &str = "/gongzuo/zhengji/{id}/dengji";
const WITHDRAW: &str = "/gongzuo/zhengji/{id}/chexia";
const WITHDRAWAL: &str = "/gongzuo/zhengji/{id}/chexia/shending";
const RESULT: &str = "/gongzuo/zhengji/{id}/jieguo";
const RESULT_RELEASE: &str = "/gongzuo/zhengji/{id}/jieguo/gongbu";

const DECISIONS: &str = "/gongzuo/juece";
const DECISION_LIST: &str = "/gongzuo/juece/{id}";
const MARKING: &str = "/gongzuo/juece/{id}/jinzhan";
const HEARINGS: &str = "/gongzuo/zhengji/{id}/tingzheng";
const HEARING: &str = "/gongzuo/tingzheng/{id}";
const ENROLMENTS: &str = "/gongzuo/tingzheng/{id}/baoming";
const DRAWING: &str = "/gongzuo/tingzheng/{id}/chouqu";
const CONFIRMING: &str = "/gongzuo/tingzheng/{id}/queren";
const RECORD: &str = "/gongzuo/tingzheng/{id}/jilu";
const CANCELLING: &str = "/gongzuo/tingzheng/{id}/quxiao";
const BESIDE: &str = "/gongzuo/canyu/{what}/{id}/chexia";
const BESIDE_DECIDING: &str = "/gongzuo/canyu/{what}/{id}/chexia/shending";

const READ: &str = "consultation.read_draft";
const DRAFT: &str = "consultation.draft";
const AGREE: &str = "consultation.shorten";
const OPEN: &str = "consultation.open";
const READ_OPINIONS: &str = "opinion.read";
const REGISTERING: &str = "opinion.register";
const ANSWER: &str = "opinion.answer";
const CONTACT: &str = "opinion.read_contact";
const PROPOSE: &str = "opinion.hide.propose";
const HIDE: &str = "opinion.hide.approve";
const PUBLISH: &str = "opinion.answers.publish";

const LIST_EDIT: &str = "decision_list.edit";
const LIST_MARK: &str = "decision_list.mark";
const HEARING_SELECT: &str = "hearing.select";
const HEARING_CONFIRM: &str = "hearing.select_confirm";
const HEARING_RECORD: &str = "hearing.record";
const HEARING_CANCEL: &str = "hearing.cancel";

/// To propose that what should not be public is withdrawn, and to decide it.
const TAKE_DOWN: (&str, &str) = ("consultation.withdraw.propose", "consultation.withdraw.approve");

/// The entry in the menu.
pub(crate) const NAV: &[DeskEntry] = &[
    DeskEntry { heading: "公开", rank: 27, key: "zhengji", words: "征求意见", path: LIST },
    DeskEntry { heading: "公开", rank: 28, key: "juece", words: "决策目录", path: DECISIONS },
    DeskEntry {
        heading: "公开",
        rank: 29,
        key: "huodong",
        words: "活动和会议",
        path: gathering::LIST,
    },
];

/// What a clerk begins.
pub(crate) const INITIATIONS: &[Initiation] = &[
    Initiation { words: "征求意见", path: NEW, act: DRAFT },
    Initiation { words: "问卷", path: questionnaires::LIST, act: DRAFT },
];

/// What waits.
pub(crate) const TODOS: TodoSource = TodoSource { list: todos::list };

/// An address of each type of page.
pub(crate) const SAMPLES: &[DeskSample] = &[
    DeskSample {
        name: "consultations desk",
        path: |_, _| Box::pin(async { Ok(Some(LIST.into())) }),
    },
    DeskSample { name: "consultation new", path: |_, _| Box::pin(async { Ok(Some(NEW.into())) }) },
    DeskSample { name: "consultation desk", path: |house, organ| example(house, &organ.code, "") },
    DeskSample {
        name: "opinions desk",
        path: |house, organ| example(house, &organ.code, "/yijian"),
    },
    DeskSample {
        name: "opinion desk",
        path: |house, organ| example(house, &organ.code, "/yijian/1"),
    },
    DeskSample {
        name: "opinion registration",
        path: |house, organ| example(house, &organ.code, "/dengji"),
    },
    DeskSample {
        name: "answers desk",
        path: |house, organ| example(house, &organ.code, "/jieguo"),
    },
    DeskSample {
        name: "decisions desk",
        path: |_, _| Box::pin(async { Ok(Some(DECISIONS.into())) }),
    },
    DeskSample {
        name: "decision list desk",
        path: |house, organ| {
            Box::pin(async move {
                let found = DecisionList::example(house.store(), &organ.code).await?;
                Ok(found.map(|id| format!("{DECISIONS}/{id}")))
            })
        },
    },
    DeskSample {
        name: "hearing desk",
        path: |house, organ| {
            Box::pin(async move {
                let found = Hearing::example(house.store(), &organ.code).await?;
                Ok(found.map(|id| format!("/gongzuo/tingzheng/{id}")))
            })
        },
    },
    DeskSample {
        name: "hearings desk",
        path: |house, organ| example(house, &organ.code, "/tingzheng"),
    },
    DeskSample {
        name: "hearing withdrawal",
        path: |house, organ| {
            Box::pin(async move {
                let found = Hearing::example(house.store(), &organ.code).await?;
                Ok(found.map(|id| format!("/gongzuo/canyu/tingzheng/{id}/chexia")))
            })
        },
    },
    DeskSample {
        name: "consultation withdrawal",
        path: |house, organ| example(house, &organ.code, "/chexia"),
    },
];

/// The pages for everybody and, beside them, those at the workbench.
pub(crate) fn beside(mut public: Vec<Route>) -> Vec<Route> {
    let (get, post) = (|| Method::GET, || Method::POST);
    public.extend([
        Route::power(READ, get(), LIST, list::show),
        Route::power(DRAFT, get(), NEW, one::begin),
        Route::power(DRAFT, post(), NEW, one::create),
        Route::power(READ, get(), ONE, one::show),
        Route::power(DRAFT, post(), ONE, one::act),
        Route::power(AGREE, get(), SHORTEN, shorten::show),
        Route::power(AGREE, post(), SHORTEN, shorten::act),
        Route::power(OPEN, get(), RELEASE, release::show),
        Route::power(OPEN, post(), RELEASE, release::act),
        Route::power(READ_OPINIONS, get(), OPINIONS, opinions::show),
        Route::power(READ_OPINIONS, get(), SHEET, opinions::sheet),
        Route::power(ANSWER, post(), OPINIONS, opinions::group),
        Route::power(READ_OPINIONS, get(), OPINION, opinion::show),
        Route::power(ANSWER, post(), OPINION, opinion::answer),
        Route::power(
            ANSWER,
            post(),
            "/gongzuo/zhengji/{id}/yijian/{number}/chaikai",
            opinion::part,
        ),
        Route::power(
            CONTACT,
            post(),
            "/gongzuo/zhengji/{id}/yijian/{number}/lianxi",
            opinion::contact,
        ),
        Route::power(
            PROPOSE,
            post(),
            "/gongzuo/zhengji/{id}/yijian/{number}/pingbi",
            opinion::propose,
        ),
        Route::power(
            HIDE,
            get(),
            "/gongzuo/zhengji/{id}/yijian/{number}/shending",
            opinion::deciding,
        ),
        Route::power(
            HIDE,
            post(),
            "/gongzuo/zhengji/{id}/yijian/{number}/shending",
            opinion::decide,
        ),
        Route::power(REGISTERING, get(), REGISTER, register::show),
        Route::power(REGISTERING, post(), REGISTER, register::act),
        Route::power(ANSWER, get(), RESULT, result::show),
        Route::power(ANSWER, post(), RESULT, result::act),
        Route::power(PUBLISH, get(), RESULT_RELEASE, release::show_answers),
        Route::power(PUBLISH, post(), RESULT_RELEASE, release::act_answers),
    ]);
    public.extend(of_decisions());
    public.extend(of_endings());
    public
}

/// Those at which what should not have been published is withdrawn, and what is not held is cancelled.
fn of_endings() -> Vec<Route> {
    let consultation = Some(Withdrawable::Consultation);
    let mut all = withdrawal::routes(consultation, (WITHDRAW, WITHDRAWAL));
    all.extend(withdrawal::routes(None, (BESIDE, BESIDE_DECIDING)));
    all.extend(cancellation::routes(Cancellable::Hearing, CANCELLING));
    all
}

/// Those of lists of decisions and of hearings.
fn of_decisions() -> Vec<Route> {
    let (get, post) = (|| Method::GET, || Method::POST);
    vec![
        Route::power(LIST_EDIT, get(), DECISIONS, decisions::all),
        Route::power(LIST_EDIT, post(), DECISIONS, decisions::begin),
        Route::power(LIST_EDIT, get(), DECISION_LIST, decisions::show),
        Route::power(LIST_EDIT, post(), DECISION_LIST, decisions::act),
        Route::power(LIST_MARK, post(), MARKING, decisions::mark),
        Route::power(READ, get(), HEARINGS, hearing::list),
        Route::power(DRAFT, post(), HEARINGS, hearing::begin),
        Route::power(READ, get(), HEARING, hearing::show),
        Route::power(DRAFT, post(), HEARING, hearing::act),
        Route::power(HEARING_SELECT, get(), ENROLMENTS, selection::enrolled),
        Route::power(HEARING_SELECT, post(), ENROLMENTS, selection::sort),
        Route::power(HEARING_SELECT, get(), DRAWING, selection::draws),
        Route::power(HEARING_SELECT, post(), DRAWING, selection::draw),
        Route::power(HEARING_CONFIRM, get(), CONFIRMING, selection::confirming),
        Route::power(HEARING_CONFIRM, post(), CONFIRMING, selection::confirm),
        Route::power(HEARING_RECORD, get(), RECORD, hearing_record::show),
        Route::power(HEARING_RECORD, post(), RECORD, hearing_record::act),
    ]
}

/// What was done just now.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
struct Done {
    done: String,
}

/// A desk at which the clerk acts.
async fn desk_of(visit: &Visit, clerk: &Clerk) -> Result<Desk, Fault> {
    Ok(visit.house.ledger().desk(clerk.actor()).await?)
}

/// What an act gave, or its refusal as a page.
fn seen<T>(done: Result<T, ActError>) -> Result<T, Fault> {
    done.map_err(ActError::into_fault)
}

/// What holds of a consultation at its stage, as the access policy asks. Of who gave opinions nothing is shown but
/// what `contact` opens.
fn tie(of: &Consultation, stage: Stage) -> Tie {
    tie_in((&of.organ, &of.unit), stage)
}

fn tie_in((organ, unit): (&str, &str), stage: Stage) -> Tie {
    let tie = Tie::to(organ).in_unit(unit).holding([Condition::Masked]);
    let tie = match stage {
        Stage::Draft => tie.holding([Condition::DraftState]),
        Stage::InReview | Stage::AnswersInReview => tie.holding([Condition::InReview]),
        Stage::Open => tie.holding([Condition::WhileOpen]),
        _ => tie,
    };
    match stage {
        Stage::Closed | Stage::AnswersInReview | Stage::Answered => {
            tie.holding([Condition::AfterClose])
        }
        _ => tie,
    }
}

/// The organ's consultation at an address, for a clerk who may do the act to it.
async fn own(
    visit: &Visit,
    clerk: &Clerk,
    act: &str,
    id: &str,
) -> Result<(Consultation, Stage), Fault> {
    let found = Consultation::find(visit.house.store(), id).await?;
    let found = found.filter(|found| found.organ == clerk.organ.code).ok_or(Fault::NotFound)?;
    let stage = found.stage(visit.house.ledger().clock().today());
    let tie = tie(&found, stage);
    // Who reads a notice only while it is reviewed learns nothing of it at other times.
    let may = if act == READ { clerk.may_see(act, &tie) } else { clerk.may(act, &tie) };
    may?;
    Ok((found, stage))
}

/// The same without asking the policy: the caller does, for what the act needs to be said with it.
async fn of_organ(visit: &Visit, clerk: &Clerk, id: &str) -> Result<(Consultation, Stage), Fault> {
    let found = Consultation::find(visit.house.store(), id).await?;
    let found = found.filter(|found| found.organ == clerk.organ.code).ok_or(Fault::NotFound)?;
    let stage = found.stage(visit.house.ledger().clock().today());
    Ok((found, stage))
}

/// The newest review of a piece that is open, and whether it waits to be released.
async fn review_of(visit: &Visit, kind: &str, id: &str) -> Result<Option<(Unit, bool)>, Fault> {
    let store = visit.house.store();
    let Some(unit) = Unit::open_with(store, kind, id).await? else { return Ok(None) };
    let Some(unit) = Unit::find(store, &unit).await? else { return Ok(None) };
    let signed = unit.state == State::Signed;
    Ok(Some((unit, signed)))
}

fn by(clerk: &Clerk) -> Signatory {
    Signatory::of(clerk)
}

/// A page of one consultation, below it.
fn page_of(of: &Consultation, rest: &str) -> String {
    format!("{}{rest}", of.desk_path())
}

#[cfg(test)]
mod tests {
    use identity::Role;
    use identity::powers::trial;
    use participation_rules::Stage;

    use super::{ANSWER, READ, READ_OPINIONS, REGISTERING, tie_in};

    #[test]
    fn an_organiser_reads_and_answers_what_his_own_unit_asks_and_nothing_of_anothers() {
        let trial = trial::Stage::default();
        let organiser = trial.standing(Role::ParticipationOrganiser, None);
        let (organ, own) = (organiser.organ.code.as_str(), organiser.unit.as_str());
        for (unit, may) in [(own, true), ("", true), ("another unit", false)] {
            let tie = tie_in((organ, unit), Stage::Closed);
            for act in [READ, READ_OPINIONS, ANSWER, REGISTERING] {
                assert_eq!(trial.may(&organiser, true, act, &tie), may, "{act} of “{unit}”");
            }
        }
    }
}
