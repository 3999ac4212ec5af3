//! 登记 (条例第二十九条、第三十一条): a request comes in, by whatever way, and has its number, its query code and
//! its 登记回执 in the same transaction.
//!
//! What an application lacks is no reason to turn it away: everything is asked for in one 补正告知.

use ::store::moment;
use law::{Counted, Date};
use ledger::Desk;
use requests_rules::{
    Application, Arrival, Channel, Happening, Letter, Receipt, Relation, relation,
};
use review::Signatory;
use secrets::{Place, Sealer};
use serde_json::json;

use super::course::{self, By, Step};
use super::{ActError, draft, several};
use crate::files::StagedFile;
use crate::store::putting::{self, NewFiling};
use crate::store::{self, Case, Filing, FilingState, IssuedLetter, LetterTexts, Particulars};

/// What comes in.
#[derive(Debug)]
pub struct Intake {
    /// The organ asked, by code.
    pub organ: String,
    /// What the applicant says.
    pub application: Application,
    /// How it came.
    pub way: Way,
    /// How many matters it asks for; at least one.
    pub items: u64,
    /// What came with it, sealed and laid down already.
    pub files: Vec<StagedFile>,
    /// Drawn by the form when it was opened: the same form handed in twice is one request. None where
    /// whoever registers has no form that could be sent twice.
    pub key: Option<String>,
}

/// How and when a request came, as far as somebody has to tell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Way {
    /// The day the organ signed for it or found it in its post; today where it is handed in now.
    pub arrived_on: Option<Date>,
    /// It went to another unit or person of the organ.
    pub misdirected: bool,
    /// The applicant has confirmed it today (平常信函, fax, mail: by telephone).
    pub confirmed_now: bool,
}

/// What whoever hands in a request takes home.
#[derive(Debug, Clone, PartialEq)]
pub struct Acknowledged {
    /// The key of the request.
    pub request: String,
    /// Its number.
    pub number: String,
    /// 查询码: with it and the telephone's last four, or the number, it is tracked. It is kept nowhere.
    pub code: String,
    /// Whether the telephone's last four are asked with it; otherwise the number is.
    pub with_tail: bool,
    /// Whether and when it counts as received.
    pub receipt: Receipt,
    /// The last day for the reply, once it counts as received.
    pub due: Option<Counted>,
    /// The 登记回执.
    pub letter: IssuedLetter,
    /// What it is to earlier requests.
    pub relation: Relation,
    /// The same form had come before; this is what it was told then.
    pub again: bool,
}

/// Registers a request. `by` is whoever takes it in; none where the applicant hands it in himself.
///
/// # Errors
/// The days contradict each other, the same form came with other words, something cannot be sealed, or
/// the database refuses.
pub async fn register(
    desk: Desk,
    sealer: &Sealer,
    by: Option<&Signatory>,
    intake: Intake,
) -> Result<Acknowledged, ActError> {
    take_in(desk, sealer, by, (intake, None)).await
}

/// The same of a draft, which is closed with it.
pub(super) async fn register_draft(
    desk: Desk,
    sealer: &Sealer,
    (intake, draft): (Intake, &str),
) -> Result<Acknowledged, ActError> {
    take_in(desk, sealer, None, (intake, Some(draft))).await
}

async fn take_in(
    mut desk: Desk,
    sealer: &Sealer,
    by: Option<&Signatory>,
    (intake, of_draft): (Intake, Option<&str>),
) -> Result<Acknowledged, ActError> {
    let key = intake.key.clone().map_or_else(drawn, Ok)?;
    let code = query_code(sealer, &key)?;
    // taken first: whoever sends the same form at the same moment waits here, and then finds the other
    let year = desk.today().year();
    let serial = putting::next(desk.change(), &intake.organ, "", year).await?;
    if let Some(before) = came_before(&desk, sealer, &key, &intake).await? {
        return acknowledged_again(desk, before, (code, of_draft)).await;
    }
    let arrival = arrival(&desk, &intake).await?;
    let receipt = arrival.receipt(desk.calendar())?;
    let who = by.map_or(By::Applicant, By::Officer);
    let (mut case, relation, with_tail) =
        enter(&desk, sealer, who, (&intake, arrival, receipt), (&key, &code, serial)).await?;
    let basis = arrival.channel.basis();
    let facts = json!({ "channel": arrival.channel.name(), "submitted": arrival.submitted });
    let step = Step::new("intake", arrival.submitted).saying(facts);
    course::happen(&desk, &mut case, who, step).await?;
    if let Some(on) = receipt.on() {
        let step = Step::new("receipt", on).moving(Happening::Received);
        course::happen(&desk, &mut case, who, step).await?;
    }
    // The letter says by when; the register is told once, after it.
    course::stand(&desk, &mut case)?;
    let letter = receipt_letter(&desk, &mut case, who).await?;
    let told =
        json!({ "channel": arrival.channel, "received": receipt.on(), "class": case.filing.class });
    desk.record(course::entry("intake", &case, basis, told)).await?;
    several::propose(&mut desk, &case, &relation).await?;
    if let Some(id) = of_draft {
        draft::close(&mut desk, id, (&case.filing.organ, &case.filing.id)).await?;
    }
    desk.seal().await?;
    intake.files.into_iter().for_each(StagedFile::taken);
    Ok(Acknowledged {
        request: case.filing.id,
        number: case.filing.number,
        code,
        with_tail,
        receipt,
        due: case.filing.due,
        letter,
        relation,
        again: false,
    })
}

/// The 登记回执, and that it was issued.
pub(super) async fn receipt_letter(
    desk: &Desk,
    case: &mut Case,
    by: By<'_>,
) -> Result<IssuedLetter, ActError> {
    let filing = &case.filing;
    let facts = json!({
        "number": filing.number,
        "channel": filing.arrival.channel,
        "submitted": filing.arrival.submitted,
        "received": filing.received_on,
        "due": filing.due.map(|due| due.date),
        "provisional": filing.due.is_some_and(|due| due.provisional),
    });
    let letter = course::issue(desk, case, by, (Letter::Receipt, "", facts)).await?;
    let step = Step::new("receipt_letter", desk.today())
        .saying(json!({ "letter": letter.number }))
        .about(letter.id.clone());
    course::happen(desk, case, by, step).await?;
    course::settle(desk, case).await?;
    Ok(letter)
}

/// The days of its arrival. What happens at the desk happens today; only what the post brought may have
/// been there before (docs/readings/150). Whether the organ has bound itself to the day of submission is its
/// settings' to say, of no single request (docs/readings/111).
async fn arrival(desk: &Desk, intake: &Intake) -> Result<Arrival, ActError> {
    let (today, way, channel) = (desk.today(), intake.way, intake.application.channel);
    let arrived_on = way.arrived_on.unwrap_or(today);
    if arrived_on > today {
        return Err(ActError::Refused("收到的日子在今天以后", "核对日期"));
    }
    let earlier = matches!(channel, Channel::SignedPost | Channel::PlainLetter) || way.misdirected;
    if arrived_on < today && !earlier {
        return Err(ActError::Refused(
            "这种渠道的提交时间由平台记录，不能填写更早的日子",
            "邮寄的写签收日期；先到了本机关其他单位的，勾选“误投”",
        ));
    }
    Ok(Arrival {
        channel,
        submitted: arrived_on,
        misdirected: way.misdirected,
        at_office: way.misdirected.then_some(today),
        confirmed: way.confirmed_now.then_some(today),
        by_submission: LetterTexts::binds_to_submission(desk.change(), &intake.organ).await?,
    })
}

/// Puts it into the register, with who asks sealed beside it.
async fn enter(
    desk: &Desk,
    sealer: &Sealer,
    by: By<'_>,
    (intake, arrival, receipt): (&Intake, Arrival, Receipt),
    (key, code, serial): (&str, &str, i64),
) -> Result<(Case, Relation, bool), ActError> {
    let change = desk.change();
    let application = &intake.application;
    let year = desk.today().year();
    let filing = filing(desk, sealer, by, intake, (arrival, receipt), (year, serial))?;
    let tail = application.applicant.contact.telephone_tail();
    let tail_mark = tail.map(|tail| sealer.mark(tail_place(&filing.id), &tail)).transpose()?;
    let code_mark = code_mark(sealer, "request", code)?;
    let new = NewFiling {
        filing: &filing,
        year,
        serial,
        code_mark: &code_mark,
        tail_mark: tail_mark.as_ref().map(secrets::Mark::as_str),
        taken_by: by.person(),
    };
    new.add(change).await?;
    let particulars = Particulars {
        applicant: application.applicant.clone(),
        assistance: application.assistance.clone(),
        wanted: application.wanted.clone(),
    };
    particulars.add(change, sealer, (&filing.id, &filing.entered_at)).await?;
    for file in &intake.files {
        let row = file.row("", &filing.entered_at);
        row.add(change, (&filing.id, by.person())).await?;
    }
    let content = content_mark(sealer, intake)?;
    store::intakes::keep(change, (&key_mark(sealer, key)?, &content, &filing.id)).await?;
    let identity = particulars.identity_mark(sealer)?;
    let relation = relation_of(desk, &filing, &identity).await?;
    Ok((Case { filing, events: Vec::new() }, relation, tail_mark.is_some()))
}

fn filing(
    desk: &Desk,
    sealer: &Sealer,
    by: By<'_>,
    intake: &Intake,
    (arrival, receipt): (Arrival, Receipt),
    (year, serial): (i16, i64),
) -> Result<Filing, ActError> {
    let application = &intake.application;
    let confirm_by = match receipt {
        Receipt::Unconfirmed { confirm_by, .. } => Some(confirm_by.date),
        Receipt::Received { .. } => None,
    };
    let unit = match by {
        By::Officer(officer) => officer.unit.clone(),
        _ => String::new(),
    };
    Ok(Filing {
        id: putting::new_key(),
        organ: intake.organ.clone(),
        number: putting::request_number(&intake.organ, year, serial),
        entered_at: moment(desk.now()),
        arrival,
        received_on: receipt.on(),
        confirm_by,
        class: application.applicant.class,
        has_agent: application.applicant.agent.is_some(),
        asks_help: application.assistance.is_some(),
        wanted: store::masked(&application.wanted, &application.applicant),
        items: intake.items.max(1),
        form: application.form,
        by: application.by,
        unit,
        officer: String::new(),
        officer_name: String::new(),
        revision: 0,
        state: FilingState::Unconfirmed,
        due: None,
        reached_on: None,
        closed_on: None,
        result: None,
        joined_to: None,
        held: false,
        archived_on: None,
        nameless_on: None,
        wish_mark: wish_mark(sealer, &application.wanted.essence())?,
    })
}

/// What it is to earlier requests of the organ.
pub(super) async fn relation_of(
    desk: &Desk,
    filing: &Filing,
    identity: &str,
) -> Result<Relation, ActError> {
    let asked = (filing.organ.as_str(), filing.wish_mark.as_str(), filing.id.as_str());
    let earlier = store::earlier(desk.change(), asked).await?;
    let own = format!("request:{}", filing.id);
    let applicant = if identity.is_empty() { &own } else { identity };
    Ok(relation(applicant, &filing.wish_mark, &earlier))
}

/// The request that came with the same form, if one did.
async fn came_before(
    desk: &Desk,
    sealer: &Sealer,
    key: &str,
    intake: &Intake,
) -> Result<Option<Case>, ActError> {
    let Some(before) = store::intakes::find(desk.change(), &key_mark(sealer, key)?).await? else {
        return Ok(None);
    };
    if before.content != content_mark(sealer, intake)? {
        return Err(ActError::Refused(
            "这份表单已经提交过，内容与这次不同",
            "先前提交的已经登记；要申请别的信息，请重新打开表单",
        ));
    }
    Ok(Case::find(desk.change(), &intake.organ, &before.request).await?)
}

async fn acknowledged_again(
    mut desk: Desk,
    case: Case,
    (code, of_draft): (String, Option<&str>),
) -> Result<Acknowledged, ActError> {
    let letters = IssuedLetter::of(desk.change(), &case.filing.id).await?;
    let letter = letters.into_iter().find(|letter| letter.kind == Letter::Receipt);
    let receipt = case.receipt(desk.calendar())?;
    let with_tail = store::intakes::has_tail(desk.change(), &case.filing.id).await?;
    let became = (case.filing.organ.as_str(), case.filing.id.as_str());
    if let Some(id) = of_draft
        && draft::close(&mut desk, id, became).await?
    {
        desk.seal().await?;
    }
    Ok(Acknowledged {
        receipt,
        with_tail,
        letter: letter.ok_or(ActError::NO_CASE)?,
        due: case.filing.due,
        request: case.filing.id,
        number: case.filing.number,
        code,
        relation: Relation::New,
        again: true,
    })
}

/// A key where no form drew one.
fn drawn() -> Result<String, ActError> {
    let mut bytes = [0; 16];
    let drawn = getrandom::fill(&mut bytes);
    drawn.map_err(|_| ActError::Refused("系统没有给出随机数，没有登记", "再试一次"))?;
    Ok(ledger::hex(&bytes))
}

/// The letters of a query code: none that are taken for one another (Crockford's base 32).
pub(super) const CODE_LETTERS: [char; 32] = [
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J',
    'K', 'M', 'N', 'P', 'Q', 'R', 'S', 'T', 'V', 'W', 'X', 'Y', 'Z',
];

/// How many letters a query code has, five bits each: eighty.
pub(super) const CODE_LENGTH: usize = 16;

/// The query code of a form: eighty bits that nobody can tell without the key of marks, the same when the
/// same form is sent again, so that it need not be kept.
pub(super) fn query_code(sealer: &Sealer, key: &str) -> Result<String, ActError> {
    let mark = sealer.mark(Place::new("request", "", "code"), key)?;
    let hex = mark.as_str().as_bytes().iter().filter_map(|byte| char::from(*byte).to_digit(16));
    let bits: Vec<u32> = hex.flat_map(|four| (0..4).rev().map(move |at| four >> at & 1)).collect();
    let letter = |five: &[u32]| {
        let place = five.iter().fold(0, |sum, bit| sum << 1 | bit);
        usize::try_from(place).ok().and_then(|place| CODE_LETTERS.get(place)).copied()
    };
    let code: String = bits.chunks_exact(5).filter_map(letter).take(CODE_LENGTH).collect();
    let fours: Vec<&str> =
        (0..CODE_LENGTH / 4).filter_map(|at| code.get(at * 4..at * 4 + 4)).collect();
    Ok(fours.join("-"))
}

/// A query code as typed, in the one way it is marked: case, blanks and dashes do not matter, and what looks
/// alike is alike.
pub(crate) fn even_code(typed: &str) -> String {
    let letters = typed.chars().filter(char::is_ascii_alphanumeric);
    letters
        .map(|letter| match letter.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect()
}

/// The mark by which a query code of that table is found.
pub(crate) fn code_mark(sealer: &Sealer, table: &str, code: &str) -> Result<String, ActError> {
    let mark = sealer.mark(Place::new(table, "", "code_mark"), &even_code(code))?;
    Ok(mark.as_str().to_owned())
}

pub(crate) fn tail_place(request: &str) -> Place<'_> {
    Place::new("request", request, "tail_mark")
}

fn key_mark(sealer: &Sealer, key: &str) -> Result<String, ActError> {
    Ok(sealer.mark(Place::new("request_intake", "", "key_mark"), key)?.as_str().to_owned())
}

/// The mark of what is wanted; empty where nothing is.
pub(super) fn wish_mark(sealer: &Sealer, essence: &str) -> Result<String, ActError> {
    if essence.is_empty() {
        return Ok(String::new());
    }
    Ok(sealer.mark(Place::new("request", "", "wish_mark"), essence)?.as_str().to_owned())
}

/// The mark of what was handed in: the application and how many files with it.
fn content_mark(sealer: &Sealer, intake: &Intake) -> Result<String, ActError> {
    let text = json!([intake.organ, intake.application, intake.files.len()]).to_string();
    Ok(sealer.mark(Place::new("request_intake", "", "content"), &text)?.as_str().to_owned())
}
