//! 依申请公开's pages for those who work on it: the register, registration, the file with its clock, its
//! letters, and the texts letters are made from.
//!
//! Every page shows the masked file; who asked is opened on a page of its own, which writes down who looked
//! and why.

mod act;
mod acting;
mod answer;
mod answer_form;
mod asked;
mod bar;
mod begun;
mod case;
mod choices;
mod complaints;
mod conversions;
mod csv;
mod deciding;
mod doing;
mod file;
mod handling;
mod history;
mod identity;
mod intake;
mod intake_form;
mod letter;
mod list;
mod looking;
mod material;
mod matters;
mod oversight;
mod paging;
mod papers;
mod peruse;
mod rectifications;
mod redacted;
mod retention;
mod review;
pub mod samples;
mod sender;
mod sending;
mod steps;
mod suggestions;
mod text;
mod texts;
mod todos;

use ::identity::powers::{Condition, Tie};
use axum::http::{HeaderValue, Method, header};
use axum::response::{IntoResponse, Response};
use web::components::FieldError;
use web::workbench::{DeskEntry, TodoSource, sent_to};
use web::{Clerk, Fault, Route, Visit};

use crate::acts::ActError;
use crate::store::Filing;

/// The room's entries in the menu of the workbench.
pub(crate) const NAV: &[DeskEntry] = &[
    entry(40, "shenqing", "依申请公开", LIST),
    entry(41, "dengji", "登记申请", INTAKE),
    entry(42, "zhengqiu", "来函征求意见", ASKED),
    entry(43, "gengzheng", "更正申请", RECTIFICATIONS),
    entry(44, "tousu", "投诉举报", COMPLAINTS),
    entry(45, "shensu", "公共企事业单位申诉", APPEALS),
    entry(46, "jianyi", "建议主动公开", SUGGESTIONS),
    entry(47, "zhuangongkai", "转主动公开", CONVERSIONS),
    entry(48, "daoqi", "保管到期", RETENTION),
    entry(49, "wenshu", "文书和表格", TEXTS),
    entry(50, "anjuan", "申请案卷（审计）", AUDIT),
];

const fn entry(rank: i32, key: &'static str, words: &'static str, path: &'static str) -> DeskEntry {
    DeskEntry { heading: "申请", rank, key, words, path }
}

/// What of the room waits for an organ.
pub(crate) const TODOS: TodoSource = TodoSource { list: todos::list };

pub(crate) use begun::INITIATED;
pub(crate) use case::titled_apart;
pub(crate) use looking::SEARCH;

/// Where the register is.
pub(crate) const LIST: &str = "/gongzuo/shenqing";
/// Where one registers.
pub(crate) const INTAKE: &str = "/gongzuo/dengji";
/// Where other organs' letters are answered.
pub(crate) const ASKED: &str = "/gongzuo/zhengqiu";
/// Where demands to correct a record are.
pub(crate) const RECTIFICATIONS: &str = "/gongzuo/gengzheng";
/// Where complaints are.
pub(crate) const COMPLAINTS: &str = "/gongzuo/tousu";
/// Where 申诉 about 公共企事业单位 are.
pub(crate) const APPEALS: &str = "/gongzuo/shensu";
/// Where suggestions to publish are.
pub(crate) const SUGGESTIONS: &str = "/gongzuo/jianyi";
/// Where what was asked for is turned public.
pub(crate) const CONVERSIONS: &str = "/gongzuo/zhuangongkai";
/// Where what is kept too long is taken out.
pub(crate) const RETENTION: &str = "/gongzuo/daoqi";
/// Where audit reads masked files.
pub(crate) const AUDIT: &str = "/gongzuo/anjuan";
/// Where the texts of letters are.
pub(crate) const TEXTS: &str = "/gongzuo/wenshu";

const CASE: &str = "/gongzuo/shenqing/{id}";
const ANSWER: &str = "/gongzuo/shenqing/{id}/dafu";
const REVIEW: &str = "/gongzuo/shenqing/{id}/shencha";
const LETTER: &str = "/gongzuo/shenqing/{id}/wenshu/{letter}";

/// The pages for everybody and, beside them, those at the workbench.
pub(crate) fn beside(mut public: Vec<Route>) -> Vec<Route> {
    public.extend(reading());
    public.extend(writing());
    public.extend(beside_files());
    public.extend(complaining());
    public.extend(watching());
    public.extend(retaining());
    for one in acting::all() {
        public.push(Route::power(one.power, Method::GET, one.address, act::show));
        public.push(Route::power(one.power, Method::POST, one.address, act::act));
    }
    public
}

fn reading() -> Vec<Route> {
    let (get, post) = (|| Method::GET, || Method::POST);
    let (list, case) = ("foi.read_list", "foi.read_case");
    vec![
        Route::power(list, get(), LIST, list::show),
        Route::power(list, get(), "/gongzuo/shenqing.csv", csv::give),
        Route::power("foi.register", get(), INTAKE, intake::show),
        Route::power("foi.register", post(), INTAKE, intake::act),
        Route::power("foi.register", post(), "/gongzuo/dengji/huizhi", sending::receipt),
        Route::power(case, get(), CASE, case::show),
        Route::power("foi.read_identity", get(), "/gongzuo/shenqing/{id}/shenfen", identity::ask),
        Route::power("foi.read_identity", post(), "/gongzuo/shenqing/{id}/shenfen", identity::show),
        Route::power(
            "foi.read_identity",
            get(),
            "/gongzuo/shenqing/{id}/cailiao/{file}",
            material::give,
        ),
        Route::power("foi.draft_reply", get(), ANSWER, answer::show),
        Route::power("foi.draft_reply", post(), ANSWER, answer::act),
        Route::power(case, get(), REVIEW, review::show),
        Route::power(
            "foi.secrecy_review",
            post(),
            "/gongzuo/shenqing/{id}/shencha/baomi",
            review::secrecy,
        ),
        Route::power(
            "foi.legal_review",
            post(),
            "/gongzuo/shenqing/{id}/shencha/fazhi",
            review::legal,
        ),
        Route::power(
            "foi.approve_reply",
            post(),
            "/gongzuo/shenqing/{id}/shencha/qianfa",
            review::sign,
        ),
        Route::power("foi.deliver", post(), "/gongzuo/shenqing/{id}/shencha/yinfa", review::issue),
        Route::power(case, get(), "/gongzuo/shenqing/{id}/tigong/{file}", redacted::give),
        Route::power(case, get(), LETTER, letter::show),
        Route::power(case, get(), "/gongzuo/shenqing/{id}/wenshu/{letter}/pdf", letter::pdf),
        Route::power(case, get(), "/gongzuo/shenqing/{id}/wenshu/{letter}/docx", letter::docx),
        Route::power(
            "foi.deliver",
            post(),
            "/gongzuo/shenqing/{id}/wenshu/{letter}/shoujian",
            sending::give,
        ),
    ]
}

fn writing() -> Vec<Route> {
    let (get, post) = (|| Method::GET, || Method::POST);
    let (read, revise) = ("foi.letter_text.read", "foi.letter_text.revise");
    vec![
        Route::power(read, get(), TEXTS, texts::show),
        Route::power(read, get(), "/gongzuo/wenshu/biaoge/{paper}", papers::give),
        Route::power(revise, get(), "/gongzuo/wenshu/shezhi", sender::show),
        Route::power(revise, post(), "/gongzuo/wenshu/shezhi", sender::act),
        Route::power(read, get(), "/gongzuo/wenshu/{key}", text::show),
        Route::power(revise, post(), "/gongzuo/wenshu/{key}", text::act),
    ]
}

/// What comes beside requests: other organs' letters, demands to correct, complaints, suggestions.
fn beside_files() -> Vec<Route> {
    let (get, post) = (|| Method::GET, || Method::POST);
    let rectify = "foi.correction.handle";
    let (convert, suggestion) = ("foi.convert", "foi.suggestion.handle");
    vec![
        Route::power("foi.consult.read", get(), ASKED, asked::show),
        Route::power("foi.consult.answer_agency", post(), "/gongzuo/zhengqiu/{id}", asked::answer),
        Route::power(rectify, get(), RECTIFICATIONS, rectifications::show),
        Route::power(rectify, get(), "/gongzuo/gengzheng/{id}", rectifications::one),
        Route::power(rectify, post(), "/gongzuo/gengzheng/{id}", rectifications::tell),
        Route::power(
            rectify,
            get(),
            "/gongzuo/gengzheng/{id}/wenshu/{ending}",
            rectifications::letter,
        ),
        Route::power(convert, get(), CONVERSIONS, conversions::show),
        Route::power(convert, post(), "/gongzuo/zhuangongkai/{id}", conversions::decide),
        Route::power(suggestion, get(), SUGGESTIONS, suggestions::show),
        Route::power(suggestion, get(), "/gongzuo/jianyi/{id}", suggestions::one),
        Route::power(suggestion, post(), "/gongzuo/jianyi/{id}", suggestions::decide),
    ]
}

/// Complaints about organs, and 申诉 about 公共企事业单位.
fn complaining() -> Vec<Route> {
    let (get, post) = (|| Method::GET, || Method::POST);
    let (complaint, appeal) = ("foi.complaint.handle", "foi.appeal.handle");
    let (letter, take_up, tell) = (complaints::letter, complaints::take_up, complaints::tell);
    vec![
        Route::power(complaint, get(), COMPLAINTS, complaints::show),
        Route::power(complaint, get(), "/gongzuo/tousu/{id}", complaints::one),
        Route::power(complaint, get(), "/gongzuo/tousu/{id}/wenshu/{ending}", letter),
        Route::power(complaint, post(), "/gongzuo/tousu/{id}/shouli", take_up),
        Route::power(complaint, post(), "/gongzuo/tousu/{id}/jieguo", tell),
        Route::power(appeal, get(), APPEALS, complaints::show),
        Route::power(appeal, get(), "/gongzuo/shensu/{id}", complaints::one),
        Route::power(appeal, get(), "/gongzuo/shensu/{id}/wenshu/{ending}", letter),
        Route::power(appeal, post(), "/gongzuo/shensu/{id}/shouli", take_up),
        Route::power(appeal, post(), "/gongzuo/shensu/{id}/jieguo", tell),
    ]
}

/// 保管到期: who is taken out, by two persons, and what is held.
fn retaining() -> Vec<Route> {
    let (get, post) = (|| Method::GET, || Method::POST);
    vec![
        Route::power("foi.retention.read", get(), RETENTION, retention::show),
        Route::power("foi.purge.propose", post(), "/gongzuo/daoqi/tiqing", retention::propose),
        Route::power("foi.purge.approve", post(), "/gongzuo/daoqi/jueding", retention::decide),
        Route::power("foi.hold.place", post(), "/gongzuo/daoqi/baoquan", retention::hold),
        Route::power("foi.hold.lift", post(), "/gongzuo/daoqi/jiechu", retention::lift),
    ]
}

/// Masked files for whoever does not work on them.
fn watching() -> Vec<Route> {
    let (get, post) = (|| Method::GET, || Method::POST);
    let (case, audit) = ("foi.read_case", "foi.audit.read_case");
    vec![
        Route::power(case, get(), "/gongzuo/shenqing/{id}/chayue", peruse::ask),
        Route::power(case, post(), "/gongzuo/shenqing/{id}/chayue", peruse::show),
        Route::power("foi.audit.list", get(), AUDIT, oversight::audited),
        Route::power(audit, get(), "/gongzuo/anjuan/{id}", peruse::ask_audited),
        Route::power(audit, post(), "/gongzuo/anjuan/{id}", peruse::show_audited),
    ]
}

/// Sends the clerk on after an act on a file. Where he may not see the file any more, it lies with others now: he
/// is led to the register, or to his desk where the register is not for him.
async fn back_to(visit: &Visit, clerk: &Clerk, id: &str, path: &str) -> Result<Response, Fault> {
    match file::File::read_by(visit, clerk, id).await {
        Ok(_) => Ok(sent_to(visit, path)),
        Err(Fault::NotFound | Fault::Forbidden(_) | Fault::NoPower(_)) => {
            let lists = clerk
                .may("foi.read_list", &Tie::to(&clerk.organ.code).holding([Condition::Masked]));
            let done = path.split_once('?').map_or("", |(_, done)| done);
            Ok(match lists {
                Ok(_) => sent_to(visit, &format!("{LIST}?{done}")),
                Err(_) => sent_to(visit, web::workbench::HOME),
            })
        }
        Err(other) => Err(other),
    }
}

/// A file to be saved.
fn saved(bytes: Vec<u8>, kind: &'static str, name: &str) -> Response {
    let encoded: String = name
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect();
    let told = format!("attachment; filename*=UTF-8''{encoded}");
    let told = HeaderValue::try_from(told).unwrap_or(HeaderValue::from_static("attachment"));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_DISPOSITION, told),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (headers, bytes).into_response()
}

/// What an act gave, or its refusal as a page; what is wrong with several fields stands together.
///
/// # Errors
/// The act was not carried out.
fn seen<T>(done: Result<T, ActError>, field: &str) -> Result<T, Fault> {
    done.map_err(|error| match error {
        ActError::Faults(faults) => {
            let told = |message: String| FieldError { field: field.to_owned(), message };
            Fault::Fields(faults.into_iter().map(told).collect())
        }
        other => other.into_fault(),
    })
}

/// What is wanted, in few words.
fn titled(filing: &Filing) -> String {
    let wanted = &filing.wanted;
    let said = [&wanted.title, &wanted.number, &wanted.description];
    let first = said.into_iter().flatten().find(|text| !text.trim().is_empty());
    first.map_or("（没有写要什么信息）".to_owned(), |text| {
        let short: String = text.trim().chars().take(60).collect();
        if short.len() < text.trim().len() { format!("{short}…") } else { short }
    })
}
