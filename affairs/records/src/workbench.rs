//! The records' pages for clerks: drafting, what is withheld, withdrawal and correction.

mod asking;
mod assess;
mod attribute;
mod begin;
mod begun;
mod checks;
mod clearing;
mod custody;
mod deposit;
mod destruction;
mod diff;
mod edit;
mod files;
mod form;
mod impact;
mod items;
mod list;
mod looking;
mod masking;
mod pasting;
mod preview;
mod recheck;
mod reviewed;
pub mod samples;
mod spot_case;
mod spot_checks;
mod spot_draw;
mod spot_rule;
mod todos;
mod versions;
mod withdraw;
mod withdrawals;
mod wording;

use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use identity::powers::{Condition, Tie};
use web::components::FieldError;
use web::workbench::{DeskEntry, Initiation, TodoSource};
use web::{Clerk, Fault, Route, Visit};

use crate::acts::{ActError, Hand};
use crate::store::{Content, Draft, DraftState};
use web::moments::minute;

/// The records' entries in the menu of the workbench.
pub(crate) const NAV: &[DeskEntry] = &[
    entry("我的工作", 5, "gaojian", "我的稿件", "/gongzuo/gaojian"),
    entry("公开", 23, "shuxing", "属性确认", "/gongzuo/shuxing"),
    entry("公开", 24, "pinggu", "不予公开评估", "/gongzuo/pinggu"),
    entry("公开", 25, "chexia", "更正与撤下", "/gongzuo/chexia"),
    entry("公开", 26, "fucha", "复查发现", "/gongzuo/fucha"),
    entry("公开", 27, "guifan", "规范性文件清理", "/gongzuo/guifan"),
    entry("公开", 28, "cibiao", "词表", "/gongzuo/cibiao"),
    entry("公开", 29, "dangan", "保管、移交和销毁", DANGAN),
    entry("监督", 60, "choucha", "抽查", CHOUCHA),
];

const fn entry(
    heading: &'static str,
    rank: i32,
    key: &'static str,
    words: &'static str,
    path: &'static str,
) -> DeskEntry {
    DeskEntry { heading, rank, key, words, path }
}

pub(crate) use begun::INITIATED;
pub(crate) use looking::SEARCH;

/// What a clerk begins from the desk.
pub(crate) const INITIATIONS: &[Initiation] = &[begin::DRAFTING];

/// What of the records waits for an organ.
pub(crate) const TODOS: TodoSource = TodoSource { list: todos::list };

/// How drafts and assessments are reviewed and published, laid out for those who review them.
pub(crate) fn publishers() -> Vec<web::Publisher> {
    let (draft, assessment) = (crate::draft::PUBLISHER, crate::acts::reassessment::PUBLISHER);
    vec![
        web::Publisher { laid_out: reviewed::draft, plain: reviewed::plain, ..draft },
        web::Publisher { laid_out: reviewed::assessment, plain: reviewed::plain, ..assessment },
    ]
}

/// The pages for everybody and, beside them, those at the workbench.
pub(crate) fn beside(mut public: Vec<Route>) -> Vec<Route> {
    public.extend(drafting());
    public.extend(deciding());
    public.extend(keeping_watch());
    public.extend(checking());
    public.extend(keeping());
    public
}

const GAO: &str = "/gongzuo/gaojian/{id}";
const SHUXING: &str = "/gongzuo/gaojian/{id}/shuxing";
const SHIXIANG: &str = "/gongzuo/gaojian/{id}/shixiang";
const YINGXIANG: &str = "/gongzuo/gaojian/{id}/yingxiang";
const FUJIAN: &str = "/gongzuo/gaojian/{id}/fujian";

fn drafting() -> Vec<Route> {
    let (get, post) = (|| Method::GET, || Method::POST);
    vec![
        Route::power("record.read_draft", get(), "/gongzuo/gaojian", list::show),
        Route::power("record.create", get(), "/gongzuo/gaojian/xinjian", begin::show),
        Route::power("record.create", post(), "/gongzuo/gaojian/xinjian", begin::act),
        Route::power("record.edit_draft", post(), "/gongzuo/gaojian/qingli", pasting::act),
        Route::power("record.read_draft", get(), GAO, edit::show),
        Route::power("record.edit_draft", post(), GAO, edit::act),
        Route::power("record.edit_draft", post(), "/gongzuo/gaojian/{id}/zidong", edit::by_itself),
        Route::power("record.edit_draft", post(), "/gongzuo/gaojian/{id}/jiancha", edit::check),
        Route::power("record.edit_draft", post(), "/gongzuo/gaojian/{id}/daoru", pasting::import),
        Route::power("record.edit_draft", get(), SHIXIANG, items::show),
        Route::power("record.edit_draft", post(), SHIXIANG, items::act),
        Route::power("record.submit", post(), "/gongzuo/gaojian/{id}/songshen", edit::hand_in),
        Route::power("record.delete_draft", post(), "/gongzuo/gaojian/{id}/shanqu", edit::drop_it),
        Route::power("record.read_draft", get(), "/gongzuo/gaojian/{id}/yulan", preview::show),
        Route::power("record.read_draft", get(), "/gongzuo/gaojian/{id}/banben", versions::show),
        Route::power("attachment.upload", post(), FUJIAN, files::act),
        Route::power(
            "attachment.download_draft",
            get(),
            "/gongzuo/gaojian/{id}/fujian/{number}",
            files::give,
        ),
        Route::power(
            "attachment.download_original",
            get(),
            "/gongzuo/gaojian/{id}/yuanjian/{number}",
            files::original,
        ),
        Route::power("record.mask", post(), "/gongzuo/gaojian/{id}/zhegai", masking::act),
        Route::power("record.edit_draft", get(), YINGXIANG, impact::show),
        Route::power("record.edit_draft", post(), YINGXIANG, impact::act),
        Route::power("record.attribute.change", get(), SHUXING, attribute::show),
        Route::power("record.attribute.change", post(), SHUXING, attribute::propose),
    ]
}

/// What is looked at again after it was published, and by which rules.
fn keeping_watch() -> Vec<Route> {
    let (get, post) = (|| Method::GET, || Method::POST);
    vec![
        Route::power(recheck::READ, get(), "/gongzuo/fucha", recheck::show),
        Route::power(recheck::ACT, post(), "/gongzuo/fucha", recheck::settle),
        Route::power("record.validity.set", get(), "/gongzuo/guifan", clearing::show),
        Route::power("record.validity.set", post(), "/gongzuo/guifan", clearing::act),
        Route::power("rule.approve", get(), "/gongzuo/cibiao", wording::show),
        Route::power("rule.approve", get(), "/gongzuo/cibiao.csv", wording::export),
        Route::power("rule.edit", post(), "/gongzuo/cibiao", wording::propose),
        Route::power("rule.approve", post(), "/gongzuo/cibiao/hezhun", wording::decide),
        Route::power("rule.edit", post(), "/gongzuo/cibiao/chehui", wording::withdraw),
    ]
}

fn deciding() -> Vec<Route> {
    let (get, post) = (|| Method::GET, || Method::POST);
    vec![
        Route::power("record.attribute.confirm", get(), "/gongzuo/shuxing", attribute::waiting),
        Route::power("record.attribute.confirm", post(), "/gongzuo/shuxing", attribute::confirm),
        Route::power("record.read_withheld", get(), "/gongzuo/pinggu", assess::show),
        Route::power("record.reassess.propose", post(), "/gongzuo/pinggu", assess::propose),
        Route::power("record.reassess.decide", post(), "/gongzuo/pinggu/jueding", assess::decide),
        Route::power("record.reassess.propose", post(), "/gongzuo/pinggu/lieru", assess::list),
        Route::power("record.read_trail", get(), "/gongzuo/chexia", withdrawals::show),
        Route::power(
            "record.withdraw.approve",
            post(),
            "/gongzuo/chexia/pizhun",
            withdrawals::approve,
        ),
        Route::power(
            "record.withdraw_confirm",
            post(),
            "/gongzuo/chexia/zhuiren",
            withdrawals::confirm,
        ),
        Route::power("record.read_trail", get(), "/gongzuo/chexia/{id}", withdraw::show),
        Route::power("record.withdraw.propose", post(), "/gongzuo/chexia/{id}", withdraw::propose),
        Route::power(
            "record.withdraw_emergency",
            post(),
            "/gongzuo/chexia/{id}/jinji",
            withdraw::emergency,
        ),
        Route::power("record.correct", post(), "/gongzuo/chexia/{id}/gengzheng", withdraw::correct),
    ]
}

const DANGAN: &str = "/gongzuo/dangan";
const PI: &str = "/gongzuo/dangan/yijiao/{id}";
const XIAOHUI: &str = "/gongzuo/dangan/xiaohui/{id}";

fn keeping() -> Vec<Route> {
    let (get, post) = (|| Method::GET, || Method::POST);
    let (read, pack) = ("record.retention.read", "record.archive");
    let (give, decide) = ("record.deposit", "record.destroy.decide");
    let one = "/gongzuo/dangan/wenjian/{id}/guidangbao.zip";
    vec![
        Route::power(read, get(), DANGAN, custody::show),
        Route::power("record.retention.set", post(), "/gongzuo/dangan/qixian", custody::set),
        Route::power(give, post(), "/gongzuo/dangan/yijiao", custody::deposit),
        Route::power(read, get(), PI, deposit::show),
        Route::power(read, get(), "/gongzuo/dangan/yijiao/{id}/qingdan.docx", deposit::list),
        Route::power(pack, get(), "/gongzuo/dangan/yijiao/{id}/guidangbao.zip", deposit::pack),
        Route::power(pack, get(), one, deposit::pack_one),
        Route::power(give, post(), "/gongzuo/dangan/yijiao/{id}/huizhi", deposit::receive),
        Route::power("record.destroy.propose", post(), "/gongzuo/dangan/xiaohui", custody::propose),
        Route::power(read, get(), XIAOHUI, destruction::show),
        Route::power(decide, post(), "/gongzuo/dangan/xiaohui/{id}/jueding", destruction::decide),
    ]
}

const CHOUCHA: &str = "/gongzuo/choucha";
const YIJIAN: &str = "/gongzuo/choucha/{id}";

fn checking() -> Vec<Route> {
    let (get, post) = (|| Method::GET, || Method::POST);
    let (read, check, answer) = ("record.check.read", "record.spot_check", "record.check.answer");
    vec![
        Route::power(read, get(), CHOUCHA, spot_checks::show),
        Route::power(check, get(), "/gongzuo/choucha/guize", spot_rule::show),
        Route::power(check, post(), "/gongzuo/choucha/guize", spot_rule::set),
        Route::power(check, post(), "/gongzuo/choucha/guize/{id}/chouqu", spot_rule::draw),
        Route::power(check, post(), "/gongzuo/choucha/guize/{id}/tingyong", spot_rule::end),
        Route::power(check, get(), "/gongzuo/choucha/chouqu/{id}", spot_draw::show),
        Route::power(read, get(), YIJIAN, spot_case::show),
        Route::power(check, post(), "/gongzuo/choucha/{id}/jieban", spot_case::take_over),
        Route::power(check, post(), "/gongzuo/choucha/{id}/jielun", spot_case::tell),
        Route::power(answer, post(), "/gongzuo/choucha/{id}/zhenggai", spot_case::answer),
        Route::power(check, post(), "/gongzuo/choucha/{id}/fucha", spot_case::look_again),
    ]
}

/// Sends the clerk on to a page, below the site.
fn sent_to(visit: &Visit, path: &str) -> Response {
    let to = HeaderValue::try_from(visit.site.link(path));
    let to = to.unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
}

/// What the editor is told, which asks from the page.
fn told(status: StatusCode, answer: &serde_json::Value) -> Response {
    let kind = [(header::CONTENT_TYPE, "application/json")];
    (status, kind, answer.to_string()).into_response()
}

/// What an act gave, or its refusal as a page.
///
/// # Errors
/// The act was not carried out.
fn seen<T>(done: Result<T, ActError>) -> Result<T, Fault> {
    done.map_err(|error| match error {
        ActError::Faults(faults) => Fault::Fields(faults.into_iter().map(wrong).collect()),
        other => other.into_fault(),
    })
}

/// What is wrong with one field, as a page says it.
fn wrong(fault: records_rules::Fault) -> FieldError {
    let fault = checks::of_form(fault);
    FieldError {
        field: form::id_of(fault.field).to_owned(),
        message: format!("{}：{}。{}。", fault.field, fault.message, fault.remedy),
    }
}

/// The tie of a draft: whose it is, who wrote it, how far it has come.
fn tie(draft: &Draft, writers: &[String]) -> Tie {
    let mut tie = Tie::to(&draft.organ).in_unit(&draft.unit);
    for writer in writers {
        tie = tie.by(writer);
    }
    let holds = match draft.state {
        DraftState::Draft | DraftState::Returned => vec![Condition::DraftState],
        DraftState::Submitted => vec![Condition::InReview],
        DraftState::Kept | DraftState::Published | DraftState::Dropped => vec![],
    };
    // What lies here as an attachment is the copy that was written anew.
    tie.holding(holds).holding([Condition::CleanCopy])
}

/// The draft with that key, for a clerk who may do the act to it; as if there were none where not even
/// its existence is the clerk's to know.
///
/// # Errors
/// There is none, or the clerk may not.
async fn draft_for(visit: &Visit, clerk: &Clerk, act: &str, id: &str) -> Result<Draft, Fault> {
    let found = Draft::find(visit.house.store(), &clerk.organ.code, id).await?;
    let found = found.filter(|draft| draft.state != DraftState::Dropped);
    let draft = found.ok_or(Fault::NotFound)?;
    let writers = Content::writers(visit.house.store(), id).await?;
    let tie = tie(&draft, &writers);
    clerk.may_see("record.read_draft", &tie).or_else(|fault| {
        // What was withheld is read under another power.
        let withheld = draft.state == DraftState::Kept;
        if withheld { clerk.may_see("record.read_withheld", &tie) } else { Err(fault) }
    })?;
    if act != "record.read_draft" {
        clerk.may(act, &tie)?;
    }
    Ok(draft)
}

/// The hand of whoever is signed in.
fn hand(clerk: &Clerk) -> Hand {
    Hand::of(clerk)
}
