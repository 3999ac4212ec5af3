//! The rows of three years of letters to one organ, sealed with the keys of the data folder.

use jiff::Span;
use law::Date;
use ledger::Ledger;
use secrets::{Place, Sealer};
use store::{Engine, Value};
use suggestions::store::Written;
use suggestions_rules::{Satisfaction, SuggestionKind, SuggestionState, kept_since};

use crate::letters::LETTERS;
use crate::rows::{Columns, put};

/// How many of [`LETTERS`] have their answer published.
const PUBLISHED: usize = 3_000;

/// How many rows go into one transaction.
const AT_ONCE: usize = 2_000;

/// One of so many waits for its answer.
const OPEN_EVERY: usize = 10;

/// What waits came in these last days, and what ended in the three years before them.
const LATELY: usize = 15;
const BEFORE: usize = 1_080;

/// Days from receipt to the last day for an answer: seven working days.
const TERM: i64 = 9;

/// The states of what waits, of ten.
const WAITING: [SuggestionState; 10] = [
    SuggestionState::Received,
    SuggestionState::Received,
    SuggestionState::Received,
    SuggestionState::InHand,
    SuggestionState::InHand,
    SuggestionState::InHand,
    SuggestionState::InHand,
    SuggestionState::InHand,
    SuggestionState::Drafted,
    SuggestionState::Approved,
];

/// The states of what ended but for what was simply answered, of a hundred.
const ENDED: [(SuggestionState, usize); 6] = [
    (SuggestionState::Settled, 8),
    (SuggestionState::Petition, 3),
    (SuggestionState::Disclosure, 3),
    (SuggestionState::Duplicate, 3),
    (SuggestionState::NotTaken, 2),
    (SuggestionState::Withdrawn, 1),
];

/// The kinds, of ten.
const KINDS: [SuggestionKind; 10] = [
    SuggestionKind::Inquiry,
    SuggestionKind::Inquiry,
    SuggestionKind::Inquiry,
    SuggestionKind::Inquiry,
    SuggestionKind::Inquiry,
    SuggestionKind::Complaint,
    SuggestionKind::Complaint,
    SuggestionKind::Proposal,
    SuggestionKind::Proposal,
    SuggestionKind::Report,
];

const UNITS: [&str; 4] = ["综合科", "业务一科", "业务二科", "信访科"];

/// One of the letters; the same on every machine but for its days, which are told from today.
pub struct Letter {
    at: usize,
    state: SuggestionState,
    kind: SuggestionKind,
    received: Date,
    ended: Option<Date>,
}

/// One of so many, the same for the same letter and question.
fn drawn(at: usize, question: u64, among: usize) -> usize {
    let mixed = (at as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15)
        ^ question.wrapping_mul(0xD1B5_4A32_D192_ED03);
    let mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    (mixed >> 33) as usize % among
}

/// So many days after a day, or before it.
pub fn after(day: Date, days: i64) -> Date {
    day.saturating_add(Span::new().days(days))
}

fn key(at: usize) -> String {
    format!("0199-measured-{at:08}")
}

fn ended_as(mut place: usize) -> SuggestionState {
    for (state, share) in ENDED {
        if place < share {
            return state;
        }
        place -= share;
    }
    SuggestionState::Answered
}

impl Letter {
    /// The letter at a place.
    pub fn of(at: usize, today: Date) -> Self {
        let (open, kind) = (at.is_multiple_of(OPEN_EVERY), KINDS[drawn(at, 1, KINDS.len())]);
        let ago = if open { drawn(at, 2, LATELY) } else { LATELY + drawn(at, 3, BEFORE) };
        let received = after(today, -(ago as i64));
        let state =
            if open { WAITING[drawn(at, 4, WAITING.len())] } else { ended_as(drawn(at, 5, 100)) };
        let ended = (!open).then(|| after(received, 3 + drawn(at, 6, 9) as i64));
        Self { at, state, kind, received, ended }
    }

    /// Its number.
    pub fn number(&self) -> String {
        format!("{}〔{}〕{}号", self.kind.name(), self.received.year(), 100_000 + self.at)
    }

    fn may_be_public(&self) -> bool {
        let answered = self.state == SuggestionState::Answered && self.kind.may_be_published();
        answered && drawn(self.at, 7, 14) == 0
    }

    fn subject(&self) -> String {
        format!("第{}号地块征收补偿款什么时候到账", self.at)
    }

    /// Whether its time is over, so that the program takes out what was written.
    fn is_erased(&self, today: Date) -> bool {
        self.ended.is_some_and(|day| day < kept_since(today))
    }

    /// The mark of its words; taken out with them.
    fn words_mark(&self, today: Date) -> String {
        match self.is_erased(today) {
            true => String::new(),
            false => format!("measured-words-{}", self.at),
        }
    }

    /// What was written, sealed; nothing where its time is over, as the program takes it out.
    fn sealed(&self, sealer: &Sealer, today: Date) -> anyhow::Result<String> {
        if self.is_erased(today) {
            return Ok(String::new());
        }
        let written = Written {
            subject: self.subject(),
            words: "补偿协议签了以后一直没有到账，问过两次没有回音，想知道卡在哪一步。".repeat(4),
            name: "林秀英".into(),
            phone: format!("0592-77{:05}", self.at % 100_000),
        };
        let text = serde_json::json!(written).to_string();
        Ok(sealer.seal_text(Place::new("suggestion", &key(self.at), "sealed"), &text)?)
    }

    /// Who says how content he is, and of which answer.
    fn rating(&self) -> (&'static str, i64) {
        let round = if self.state == SuggestionState::Settled { 2 } else { 1 };
        match Satisfaction::ALL.get(drawn(self.at, 8, 4)) {
            Some(rating) if self.state.is_answered() => (rating.word(), round),
            _ => ("", 0),
        }
    }

    fn row(&self, sealer: &Sealer, organ: &str, today: Date) -> anyhow::Result<Columns> {
        let (at, due) = (self.at, after(self.received, TERM));
        let answered = self.ended.filter(|_| self.state.is_answered());
        let hotline = drawn(at, 9, 5) == 0;
        let consent =
            self.kind.may_be_published() && (drawn(at, 10, 4) > 0 || self.may_be_public());
        let duplicate = self.state == SuggestionState::Duplicate;
        let given = self.state != SuggestionState::Received;
        let unit = if given { UNITS[drawn(at, 11, UNITS.len())] } else { "" };
        let (rating, round) = self.rating();
        let text = |words: &str| Value::from(words);
        let flag = |flag: bool| Value::from(i64::from(flag));
        let day = |day: Option<Date>| Value::from(day.map(|day| day.to_string()));
        Ok(vec![
            ("id", key(at).into()),
            ("number", self.number().into()),
            ("base", text("")),
            ("kind", text(self.kind.word())),
            ("source", text(if hotline { "12345" } else { "web" })),
            ("order_number", hotline.then(|| format!("CL{at:08}")).into()),
            ("organ", text(organ)),
            ("unit", text(unit)),
            ("state", text(self.state.word())),
            ("open", flag(self.state.is_open())),
            ("difficulty", text("usual")),
            ("extension", text("none")),
            ("proposer", text("[]")),
            ("again", flag(self.state == SuggestionState::Settled)),
            ("rating", text(rating)),
            ("rated_round", round.into()),
            ("consent", flag(consent)),
            ("received_on", self.received.to_string().into()),
            ("counted_from", self.received.to_string().into()),
            ("due_on", due.to_string().into()),
            ("provisional", flag(false)),
            ("answered_on", day(answered)),
            ("answer_due", day(answered.map(|_| due))),
            ("ended_on", day(self.ended)),
            ("sort_on", self.ended.unwrap_or(due).to_string().into()),
            // The one before it is there already, or comes in the same statement.
            ("first", duplicate.then(|| key(at - 1)).into()),
            ("handed_to", text("")),
            ("sealed", self.sealed(sealer, today)?.into()),
            ("key_mark", format!("measured-key-{at}").into()),
            ("code_mark", format!("measured-code-{at}").into()),
            ("tail_mark", text("")),
            ("words_mark", self.words_mark(today).into()),
            ("revision", 3i64.into()),
            ("demo", flag(false)),
        ])
    }

    /// What is published of it, two days after its answer.
    fn piece(&self, organ: &str) -> Columns {
        let answered = self.ended.unwrap_or(self.received);
        let (on, minute, second) = (after(answered, 2), self.at / 60 % 60, self.at % 60);
        let moment = format!("{on}T02:{minute:02}:{second:02}.000Z");
        let text = |words: &str| Value::from(words);
        vec![
            ("id", key(self.at).into()),
            ("suggestion", key(self.at).into()),
            ("round", 1i64.into()),
            ("organ", text(organ)),
            ("division", text("350200000000")),
            ("kind", text(self.kind.word())),
            ("title", self.subject().into()),
            ("question", "补偿协议签了以后一直没有到账，想知道卡在哪一步。".repeat(3).into()),
            ("answer", "补偿款已经拨到街道，核对账户以后五个工作日内到账。".repeat(6).into()),
            ("asked_on", self.received.to_string().into()),
            ("answered_on", answered.to_string().into()),
            ("state", text("published")),
            ("authors", text("[]")),
            ("returned", text("")),
            ("changed_at", moment.clone().into()),
            ("published_on", on.to_string().into()),
            ("published_at", moment.into()),
            ("publication", text("measured")),
            ("withdrawal", text("")),
            ("why", text("")),
            ("proposers", text("[]")),
            ("proposed", text("")),
        ]
    }
}

/// Fills the register of an organ with so many letters, and publishes answers of some.
pub async fn fill(
    ledger: &Ledger,
    sealer: &Sealer,
    organ: &str,
    number: usize,
) -> anyhow::Result<()> {
    let today = ledger.clock().today();
    let mut left = number * PUBLISHED / LETTERS;
    for from in (0..number).step_by(AT_ONCE) {
        let some = from..number.min(from + AT_ONCE);
        let letters: Vec<Letter> = some.map(|at| Letter::of(at, today)).collect();
        let rows = letters.iter().map(|letter| letter.row(sealer, organ, today));
        let rows = rows.collect::<anyhow::Result<Vec<_>>>()?;
        let public = letters.iter().filter(|letter| letter.may_be_public()).take(left);
        let pieces: Vec<Columns> = public.map(|letter| letter.piece(organ)).collect();
        left -= pieces.len();
        let change = ledger.store().begin().await?;
        put(&change, "suggestion", rows).await?;
        put(&change, "suggestion_piece", pieces).await?;
        change.commit().await?;
    }
    // As PostgreSQL does by itself; SQLite is measured without, as the program runs it.
    if ledger.store().engine() == Engine::Postgres {
        let change = ledger.store().begin().await?;
        change.run("ANALYZE", vec![]).await?;
        change.commit().await?;
    }
    Ok(())
}
