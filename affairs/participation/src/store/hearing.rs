//! 听证会.

mod list;
mod turning;

use identity::Organ;
use law::Date;
use participation_rules::{HearingDays, HearingStage, Seats};
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

use super::announced::{self, Announced, Piece, date, day, head, list_of};

pub(crate) use turning::Drawing;

/// What a notice of a hearing says, as it is drafted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HearingSaid {
    /// 名称.
    pub title: String,
    /// What is heard about.
    pub matters: String,
    /// Where.
    pub place: String,
    /// The day; none while the draft leaves it open.
    pub held_on: Option<Date>,
    /// The time of the day, as people read it.
    pub held_at: String,
    /// The last day on which one enrols.
    pub enrol_until: Option<Date>,
    /// Who may enrol.
    pub conditions: String,
    /// The sides and their seats, one on a line.
    pub sides: String,
    /// Which public value makes the draw.
    pub value_source: String,
    /// When it becomes known.
    pub value_on: Option<Date>,
    /// Whom one may ring.
    pub telephone: String,
}

impl HearingSaid {
    /// Its days; none while one of them is open.
    pub fn days(&self) -> Option<HearingDays> {
        let (enrol_until, value_on) = (self.enrol_until?, self.value_on?);
        Some(HearingDays { enrol_until, value_on, held_on: self.held_on? })
    }

    /// Its sides; nothing where they cannot be read.
    pub fn seats(&self) -> Vec<Seats> {
        Seats::read(&self.sides).unwrap_or_default()
    }
}

/// One hearing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hearing {
    /// Its key.
    pub id: String,
    /// The consultation whose draft is heard about.
    pub consultation: String,
    /// Its title.
    pub draft_title: String,
    /// The organ's code.
    pub organ: String,
    /// The organ's name.
    pub organ_name: String,
    /// The organ's division.
    pub division: String,
    /// The 科室 that holds it; empty where the organ has none.
    pub unit: String,
    /// What the notice says.
    pub said: HearingSaid,
    /// The natural persons who wrote it.
    pub authors: Vec<String>,
    /// Why it came back from review.
    pub returned: String,
    /// Grows with every change.
    pub version: i64,
    /// The day of the notice.
    pub opened_on: Option<Date>,
    /// The number of the newest enrolment.
    pub entries: i64,
    /// The list as it was bound; empty until then.
    pub list_text: String,
    /// The day it was bound.
    pub list_on: Option<Date>,
    /// The public value; empty until the draw.
    pub drawn_value: String,
    /// The seed of the draw.
    pub seed: String,
    /// The natural persons who drew: who did, and who was stood in for.
    pub drawn_by: Vec<String>,
    /// What he is called.
    pub drawn_name: String,
    /// Who confirmed it.
    pub confirmed_name: String,
    /// The day who takes part became public.
    pub confirmed_on: Option<Date>,
    /// The day papers reached who takes part.
    pub papers_on: Option<Date>,
    /// 听证记录.
    pub record: String,
    /// The natural persons who wrote it.
    pub record_authors: Vec<String>,
    /// The day it became public.
    pub recorded_on: Option<Date>,
    /// The day it was cancelled, and why, as everybody reads it.
    pub cancelled: Option<(Date, String)>,
    /// The day it was withdrawn, and why, as everybody reads it.
    pub withdrawn: Option<(Date, String)>,
    /// Whether it is 演示数据.
    pub demo: bool,
    state: HearingStage,
}

#[derive(FromQueryResult)]
pub(crate) struct Row {
    id: String,
    consultation: String,
    draft_title: String,
    organ: String,
    organ_name: String,
    division: String,
    unit: String,
    state: String,
    title: String,
    matters: String,
    place: String,
    held_on: String,
    held_at: String,
    enrol_until: String,
    conditions: String,
    sides: String,
    value_source: String,
    value_on: String,
    telephone: String,
    authors: String,
    returned: String,
    version: i64,
    opened_on: Option<String>,
    entries: i64,
    list_text: String,
    list_on: Option<String>,
    drawn_value: String,
    seed: String,
    drawn_by: String,
    drawn_name: String,
    confirmed_name: String,
    confirmed_on: Option<String>,
    papers_on: Option<String>,
    record: String,
    record_authors: String,
    recorded_on: Option<String>,
    cancelled_on: Option<String>,
    cancelled_reason: String,
    withdrawn_on: Option<String>,
    withdrawn_reason: String,
    demo: i64,
}

/// Hearings with the names of their organs and the titles of their drafts, and these long texts of them.
macro_rules! select {
    ($texts:literal) => {
        concat!(
            "
SELECT h.id, h.consultation, c.title AS draft_title, h.organ, o.name AS organ_name, h.division, h.unit, h.state,
       h.title, h.matters, h.place, h.held_on, h.held_at, h.enrol_until, h.conditions, h.sides, h.value_source,
       h.value_on, h.telephone, h.authors, h.returned, h.version, h.opened_on, h.entries, ",
            $texts,
            ", h.list_on, h.drawn_value, h.seed, h.drawn_by, h.drawn_name, h.confirmed_name, h.confirmed_on,
       h.papers_on, h.record_authors, h.recorded_on, h.cancelled_on, h.cancelled_reason, h.withdrawn_on,
       h.withdrawn_reason, h.demo
  FROM hearing h
  JOIN organ o ON o.code = h.organ
  JOIN consultation c ON c.id = h.consultation"
        )
    };
}

/// All of each.
const SELECT: &str = select!("h.list_text, h.record");

/// What lists show of each.
const BRIEF: &str = select!("'' AS list_text, '' AS record");

impl From<Row> for Hearing {
    fn from(row: Row) -> Self {
        Self {
            state: HearingStage::parse(&row.state).unwrap_or(HearingStage::Dropped),
            said: HearingSaid {
                title: row.title,
                matters: row.matters,
                place: row.place,
                held_on: row.held_on.parse().ok(),
                held_at: row.held_at,
                enrol_until: row.enrol_until.parse().ok(),
                conditions: row.conditions,
                sides: row.sides,
                value_source: row.value_source,
                value_on: row.value_on.parse().ok(),
                telephone: row.telephone,
            },
            authors: list_of(&row.authors),
            drawn_by: list_of(&row.drawn_by),
            record_authors: list_of(&row.record_authors),
            opened_on: date(row.opened_on),
            list_on: date(row.list_on),
            confirmed_on: date(row.confirmed_on),
            papers_on: date(row.papers_on),
            recorded_on: date(row.recorded_on),
            cancelled: date(row.cancelled_on).map(|day| (day, row.cancelled_reason)),
            withdrawn: date(row.withdrawn_on).map(|day| (day, row.withdrawn_reason)),
            demo: row.demo != 0,
            id: row.id,
            consultation: row.consultation,
            draft_title: row.draft_title,
            organ: row.organ,
            organ_name: row.organ_name,
            division: row.division,
            unit: row.unit,
            returned: row.returned,
            version: row.version,
            entries: row.entries,
            list_text: row.list_text,
            drawn_value: row.drawn_value,
            seed: row.seed,
            drawn_name: row.drawn_name,
            confirmed_name: row.confirmed_name,
            record: row.record,
        }
    }
}

impl Announced for Hearing {
    type Row = Row;
    type Said = HearingSaid;
    type State = HearingStage;

    const TABLE: &'static str = "hearing";
    const SELECT: &'static str = SELECT;
    const KEY: &'static str = "h.id";
    const SAID: &'static [&'static str] = &[
        "title",
        "matters",
        "place",
        "held_on",
        "held_at",
        "enrol_until",
        "conditions",
        "sides",
        "value_source",
        "value_on",
        "telephone",
    ];
    const NOT_YET: (&'static [&'static str], &'static [&'static str], &'static [&'static str]) = (
        &[
            "returned",
            "list_text",
            "drawn_value",
            "seed",
            "drawn_name",
            "confirmed_by",
            "confirmed_name",
            "record",
            "cancelled_reason",
        ],
        &["entries"],
        &["drawn_by", "record_authors"],
    );
    const NOTICE: Piece<HearingStage> = Piece {
        written: HearingStage::Draft,
        reviewed: HearingStage::InReview,
        public: HearingStage::Open,
        kept: ("publication", "opened_on", None),
    };
    const DROPPED: HearingStage = HearingStage::Dropped;

    head!();

    fn word(state: HearingStage) -> &'static str {
        state.word()
    }

    fn said_values(said: &HearingSaid) -> Vec<Value> {
        vec![
            said.title.clone().into(),
            said.matters.clone().into(),
            said.place.clone().into(),
            day(said.held_on),
            said.held_at.clone().into(),
            day(said.enrol_until),
            said.conditions.clone().into(),
            said.sides.clone().into(),
            said.value_source.clone().into(),
            day(said.value_on),
            said.telephone.clone().into(),
        ]
    }
}

impl Hearing {
    /// How far it has come on a day.
    pub fn stage(&self, today: Date) -> HearingStage {
        if self.withdrawn.is_some() {
            return HearingStage::Withdrawn;
        }
        self.state.on(today, self.said.enrol_until)
    }

    /// Where everybody reads it, below a site.
    pub fn path(&self) -> String {
        format!("/tingzheng/{}", self.id)
    }

    /// Its page at the workbench, below a site.
    pub fn desk_path(&self) -> String {
        format!("/gongzuo/tingzheng/{}", self.id)
    }

    /// One by its key.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(from: &impl Statements, id: &str) -> Result<Option<Self>, StoreError> {
        announced::found(from, id).await
    }

    /// Takes a new draft in, on the draft of a consultation.
    pub(crate) async fn add(
        change: &Transaction,
        (id, consultation, organ, unit): (&str, &str, &Organ, &str),
        said: &HearingSaid,
        written: (&[String], &str, bool),
    ) -> Result<(), StoreError> {
        let beside = vec![("consultation", consultation.into())];
        announced::add::<Self>(change, (id, organ, unit), said, written, beside).await
    }

    /// Holds its row until the act is sealed.
    pub(crate) async fn hold(change: &Transaction, id: &str) -> Result<(), StoreError> {
        announced::hold::<Self>(change, id).await
    }
}
