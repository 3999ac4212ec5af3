//! 填写中的申请: kept page by page so that nothing is lost, found again by its code, handed in once.

use std::path::Path;

use ::store::moment;
use jiff::Span;
use law::{Date, article};
use ledger::{Actor, Desk, Entry, Ledger};
use requests_rules::{Application, REGULATION};
use secrets::{Place, Sealer};
use serde_json::json;

use super::ActError;
use super::intake::{self, Acknowledged, CODE_LENGTH, CODE_LETTERS, Intake, Way, even_code};
use crate::files::{self, NewFile, StagedFile};
use crate::store::putting::new_key;
use crate::store::{Draft, DraftContent, DraftFile, Purpose, uploads};

/// How many days a draft is kept after it was last saved (docs/readings/165).
pub const KEPT_DAYS: i32 = 30;

/// How many drafts one address begins on a day: a decision of ours (docs/readings/196).
pub const MOST_DRAFTS: i64 = 200;

/// How many bytes one address lays down on a day: a decision of ours (docs/readings/196).
pub const MOST_BYTES: i64 = 4 << 30;

const TOO_MUCH: ActError = ActError::Refused(
    "今天从您所在的网络存下的申请或者附件已经很多",
    "请明天再来，或者当面、邮寄提交申请；已经填的内容还在",
);

/// Counts what an address lays down today, within the act that keeps it.
async fn counted(
    desk: &Desk,
    sealer: &Sealer,
    address: &str,
    (drafts, bytes): (i64, i64),
) -> Result<(), ActError> {
    let mark = sealer.mark(Place::new("request_upload", "", "mark"), address)?;
    let day = desk.today();
    let (all, size) = uploads::count(desk.change(), mark.as_str(), day, (drafts, bytes)).await?;
    if all > MOST_DRAFTS || size > MOST_BYTES { Err(TOO_MUCH) } else { Ok(()) }
}

/// How many drafts one step of the clearing takes away.
const STEP: i64 = 200;

fn mark(sealer: &Sealer, code: &str) -> Result<String, ActError> {
    let place = Place::new("request_draft", "", "code_mark");
    Ok(sealer.mark(place, &even_code(code))?.as_str().to_owned())
}

/// A code of eighty random bits, in fours.
fn drawn() -> Result<String, ActError> {
    let mut bytes = [0u8; CODE_LENGTH];
    let random = ActError::Refused("系统没有给出随机数，没有保存", "再试一次");
    getrandom::fill(&mut bytes).map_err(|_| random)?;
    let letter = |byte: &u8| CODE_LETTERS.get(usize::from(*byte & 31)).copied();
    let letters: Vec<char> = bytes.iter().filter_map(letter).collect();
    let fours: Vec<String> = letters.chunks(4).map(|four| four.iter().collect()).collect();
    Ok(fours.join("-"))
}

/// The draft with that code.
///
/// # Errors
/// The database refuses, or what is sealed cannot be opened.
pub async fn find(ledger: &Ledger, sealer: &Sealer, code: &str) -> Result<Option<Draft>, ActError> {
    Ok(Draft::find(ledger.store(), sealer, &mark(sealer, code)?).await?)
}

/// The draft as it stands now.
///
/// # Errors
/// The database refuses, or what is sealed cannot be opened.
pub async fn again(ledger: &Ledger, sealer: &Sealer, id: &str) -> Result<Option<Draft>, ActError> {
    Ok(Draft::keyed(ledger.store(), sealer, id).await?)
}

/// Begins a draft from an address; answers its code.
///
/// # Errors
/// There are no random bytes, the address has begun too many today, or the database refuses.
pub async fn begin(
    ledger: &Ledger,
    sealer: &Sealer,
    address: &str,
    content: &DraftContent,
) -> Result<String, ActError> {
    let (code, id) = (drawn()?, new_key());
    let desk = ledger.desk(Actor::Visitor).await?;
    counted(&desk, sealer, address, (1, 0)).await?;
    let kept = (moment(desk.now()), expiry(desk.today()));
    let key = (id.as_str(), mark(sealer, &code)?);
    Draft::add(desk.change(), sealer, (key.0, &key.1), content, (&kept.0, kept.1)).await?;
    sealed(desk, &id, "draft").await?;
    Ok(code)
}

/// Keeps what was filled in.
///
/// # Errors
/// It was handed in meanwhile, or the database refuses.
pub async fn keep(
    ledger: &Ledger,
    sealer: &Sealer,
    draft: &str,
    content: &DraftContent,
) -> Result<(), ActError> {
    let desk = ledger.desk(Actor::Visitor).await?;
    let kept = (moment(desk.now()), expiry(desk.today()));
    if !Draft::keep(desk.change(), sealer, draft, content, (&kept.0, kept.1)).await? {
        return Err(HANDED_IN);
    }
    sealed(desk, draft, "draft").await
}

const TOO_MANY: ActError = ActError::Refused("附件已经有 20 个", "先去掉不需要的，再添加");

/// Adds a file to a draft, from an address.
///
/// # Errors
/// It cannot be kept, there are too many, the address has laid down too much today, or the database refuses.
pub async fn add_file(
    ledger: &Ledger,
    sealer: &Sealer,
    folder: &Path,
    (draft, address): (&Draft, &str),
    new: NewFile,
) -> Result<(), ActError> {
    if draft.files.len() >= files::MOST_FILES {
        return Err(TOO_MANY);
    }
    let (id, size) = (new_key(), i64::try_from(new.bytes.len()).unwrap_or(i64::MAX));
    files::lay_aside(folder, sealer, &id, new.bytes).await?;
    let file = DraftFile { id, purpose: new.purpose, name: new.name, size };
    let kept = async {
        let desk = ledger.desk(Actor::Visitor).await?;
        counted(&desk, sealer, address, (0, size)).await?;
        // counted where it is kept: what was read before may be out of date
        let most = i64::try_from(files::MOST_FILES).unwrap_or(i64::MAX);
        if DraftFile::hold(desk.change(), &draft.id).await? >= most {
            return Err(TOO_MANY);
        }
        file.add(desk.change(), sealer, &draft.id).await?;
        sealed(desk, &draft.id, "draft").await
    };
    let kept: Result<(), ActError> = kept.await;
    if kept.is_err() {
        files::erase_aside(folder, &file.id).await.ok();
    }
    kept
}

/// Takes a file out of a draft.
///
/// # Errors
/// The database or the disk refuses.
pub async fn remove_file(
    ledger: &Ledger,
    folder: &Path,
    draft: &str,
    file: &str,
) -> Result<(), ActError> {
    let desk = ledger.desk(Actor::Visitor).await?;
    if !DraftFile::remove(desk.change(), draft, file).await? {
        return Ok(());
    }
    sealed(desk, draft, "draft").await?;
    files::erase_aside(folder, file).await
}

/// Hands a draft in: it becomes a request, with its files, and is emptied. Handed in a second time, it answers
/// what it was told the first time.
///
/// # Errors
/// As for [`intake::register`].
pub async fn hand_in(
    ledger: &Ledger,
    sealer: &Sealer,
    folder: &Path,
    (draft, application): (&Draft, Application),
) -> Result<Acknowledged, ActError> {
    let mut staged = Vec::with_capacity(draft.files.len());
    for file in &draft.files {
        let bytes = files::read_aside(folder, sealer, &file.id).await?;
        let new = NewFile { name: file.name.clone(), purpose: file.purpose, bytes };
        staged.push(StagedFile::lay(folder, sealer, new).await?);
    }
    let intake = Intake {
        organ: draft.content.organ.clone(),
        application,
        way: Way::default(),
        items: 1,
        files: staged,
        key: Some(draft.id.clone()),
    };
    let desk = ledger.desk(Actor::Visitor).await?;
    let told = intake::register_draft(desk, sealer, (intake, &draft.id)).await?;
    for file in &draft.files {
        files::erase_aside(folder, &file.id).await?;
    }
    Ok(told)
}

/// Takes a draft away with its files, for whoever leaves without handing it in; what was handed in stays.
///
/// # Errors
/// The database or the disk refuses.
pub async fn drop(ledger: &Ledger, folder: &Path, draft: &Draft) -> Result<(), ActError> {
    let mut desk = ledger.desk(Actor::Visitor).await?;
    if !Draft::drop(desk.change(), &draft.id).await? {
        return Ok(());
    }
    desk.record(entry("draft_dropped", format!("draft:{}", draft.id), json!({}))).await?;
    desk.seal().await?;
    for file in &draft.files {
        files::erase_aside(folder, &file.id).await?;
    }
    Ok(())
}

/// The query code of the request that a draft became.
///
/// # Errors
/// The keys cannot be read.
pub fn query_code(sealer: &Sealer, draft: &Draft) -> Result<String, ActError> {
    intake::query_code(sealer, &draft.id)
}

/// Whether a paper that proves authority is among the files.
pub fn shows_authority(draft: &Draft) -> bool {
    draft.files.iter().any(|file| file.purpose == Purpose::Authority)
}

/// Takes drafts away whose last day is over; says whether there are more.
///
/// # Errors
/// The database or the disk refuses.
pub async fn clear(ledger: &Ledger, folder: &Path) -> Result<bool, ActError> {
    let mut desk = ledger.desk(Actor::Timer).await?;
    uploads::forget(desk.change(), desk.today()).await?;
    let (gone, left) = Draft::remove_old(desk.change(), desk.today(), STEP).await?;
    if gone == 0 {
        return Ok(false);
    }
    desk.record(entry("draft_clearing", String::new(), json!({ "drafts": gone }))).await?;
    desk.seal().await?;
    for file in left {
        files::erase_aside(folder, &file).await?;
    }
    Ok(gone == u64::try_from(STEP).unwrap_or(u64::MAX))
}

const HANDED_IN: ActError = ActError::Refused(
    "这份申请已经提交，不能再改",
    "用查询码查看办理进度；要补充材料的，在查询页上提交",
);

fn expiry(today: Date) -> Date {
    today.saturating_add(Span::new().days(KEPT_DAYS))
}

/// Closes a draft in the transaction that makes a request of it, so that there is never one without the other;
/// `false` where it was closed before.
pub(super) async fn close(
    desk: &mut Desk,
    draft: &str,
    (organ, request): (&str, &str),
) -> Result<bool, ActError> {
    let closed = Draft::close(desk.change(), draft, (organ, request)).await?;
    if closed {
        desk.record(entry("draft_handed_in", format!("draft:{draft}"), json!({}))).await?;
    }
    Ok(closed)
}

async fn sealed(mut desk: Desk, draft: &str, act: &'static str) -> Result<(), ActError> {
    desk.record(entry(act, format!("draft:{draft}"), json!({}))).await?;
    Ok(desk.seal().await?)
}

fn entry(act: &'static str, subject: String, facts: serde_json::Value) -> Entry {
    let basis = article(REGULATION, 29).to_string();
    Entry { room: "requests", act, subject, organ: String::new(), basis, facts }
}
