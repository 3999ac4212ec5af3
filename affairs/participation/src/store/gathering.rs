//! 活动: 座谈会、实地走访、列席会议、政策大讲堂、问政.

mod entry;
mod list;
mod said;
mod turning;

use law::Date;
use participation_rules::{GatheringDays, GatheringKind, GatheringStage, Placing, Seats};
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

use super::Proposed;
use super::announced::{self, Announced, Piece, date, day, head, list_of};

pub use entry::{Place, PlaceState};
pub use said::Noted;

pub(crate) use entry::NewPlace;

/// What a notice says, as it is drafted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GatheringSaid {
    /// 种类.
    pub kind: GatheringKind,
    /// 名称.
    pub title: String,
    /// What it is about.
    pub matters: String,
    /// Where.
    pub place: String,
    /// The day; none while the draft leaves it open.
    pub held_on: Option<Date>,
    /// The time of the day, as people read it.
    pub held_at: String,
    /// Who may come.
    pub who: String,
    /// The groups and their places, one on a line; empty where nobody enrols.
    pub groups: String,
    /// By what places are given.
    pub placing: Placing,
    /// How those who come are chosen, as everybody reads it.
    pub rule: String,
    /// The last day on which one enrols; none where nobody does.
    pub enrol_until: Option<Date>,
    /// Whom one may ring.
    pub telephone: String,
    /// The consultation whose draft it is about; may be empty.
    pub consultation: String,
    /// The list of decisions and the line in it that it is about; none where it is about none.
    pub decision: Option<(String, i64)>,
}

impl GatheringSaid {
    /// A draft of a kind, as it begins.
    pub fn of(kind: GatheringKind, telephone: String) -> Self {
        let terms = kind.terms();
        Self {
            kind,
            title: String::new(),
            matters: String::new(),
            place: String::new(),
            held_on: None,
            held_at: String::new(),
            who: terms.who.to_owned(),
            groups: terms.groups.to_owned(),
            placing: terms.placings.first().copied().unwrap_or(Placing::Arrival),
            rule: String::new(),
            enrol_until: None,
            telephone,
            consultation: String::new(),
            decision: None,
        }
    }

    /// The groups; nothing where nobody enrols.
    pub fn seats(&self) -> Vec<Seats> {
        Seats::read(&self.groups).unwrap_or_default()
    }

    /// Its days; none while the draft leaves the day open.
    pub fn days(&self) -> Option<GatheringDays> {
        let (enrol_until, placing) = (self.enrol_until, self.placing);
        Some(GatheringDays { enrol_until, held_on: self.held_on?, placing })
    }
}

/// One gathering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gathering {
    /// Its key.
    pub id: String,
    /// The organ's code.
    pub organ: String,
    /// The organ's name.
    pub organ_name: String,
    /// The organ's division.
    pub division: String,
    /// The 科室 that holds it; empty where the organ has none.
    pub unit: String,
    /// What the notice says.
    pub said: GatheringSaid,
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
    /// The day those who come were chosen.
    pub chosen_on: Option<Date>,
    /// 纪要.
    pub record: String,
    /// How many came.
    pub attended: i64,
    /// The natural persons who wrote it.
    pub record_authors: Vec<String>,
    /// The day it became public.
    pub recorded_on: Option<Date>,
    /// The day it was cancelled, and why, as everybody reads it.
    pub cancelled: Option<(Date, String)>,
    /// What is proposed; none where nothing is.
    pub proposed: Option<Proposed>,
    /// The day it was withdrawn.
    pub withdrawn_on: Option<Date>,
    /// Whether it is 演示数据.
    pub demo: bool,
    state: GatheringStage,
}

#[derive(FromQueryResult)]
pub(crate) struct Row {
    id: String,
    kind: String,
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
    who: String,
    sides: String,
    places_by: String,
    rule: String,
    enrol_until: String,
    telephone: String,
    consultation: Option<String>,
    list: Option<String>,
    item: i64,
    authors: String,
    returned: String,
    version: i64,
    opened_on: Option<String>,
    entries: i64,
    chosen_on: Option<String>,
    record: String,
    attended: i64,
    record_authors: String,
    recorded_on: Option<String>,
    cancelled_on: Option<String>,
    cancelled_reason: String,
    withdraw_reason: String,
    withdraw_by: String,
    withdraw_name: String,
    withdrawn_on: Option<String>,
    demo: i64,
}

/// Gatherings with the names of their organs.
const SELECT: &str = "
SELECT g.id, g.kind, g.organ, o.name AS organ_name, g.division, g.unit, g.state, g.title, g.matters, g.place, g.held_on,
       g.held_at, g.who, g.sides, g.places_by, g.rule, g.enrol_until, g.telephone, g.consultation, g.list, g.item,
       g.authors, g.returned, g.version, g.opened_on, g.entries, g.chosen_on, g.record, g.attended, g.record_authors,
       g.recorded_on, g.cancelled_on, g.cancelled_reason, g.withdraw_reason, g.withdraw_by, g.withdraw_name,
       g.withdrawn_on, g.demo
  FROM gathering g
  JOIN organ o ON o.code = g.organ";

impl From<Row> for Gathering {
    fn from(row: Row) -> Self {
        let proposed = Proposed::read(row.withdraw_reason, &row.withdraw_by, row.withdraw_name);
        let item = row.item;
        Self {
            state: GatheringStage::parse(&row.state).unwrap_or(GatheringStage::Dropped),
            said: GatheringSaid {
                kind: GatheringKind::parse(&row.kind).unwrap_or(GatheringKind::Discussion),
                title: row.title,
                matters: row.matters,
                place: row.place,
                held_on: row.held_on.parse().ok(),
                held_at: row.held_at,
                who: row.who,
                groups: row.sides,
                placing: Placing::parse(&row.places_by).unwrap_or(Placing::Arrival),
                rule: row.rule,
                enrol_until: row.enrol_until.parse().ok(),
                telephone: row.telephone,
                consultation: row.consultation.unwrap_or_default(),
                decision: row.list.map(|list| (list, item)),
            },
            authors: list_of(&row.authors),
            record_authors: list_of(&row.record_authors),
            opened_on: date(row.opened_on),
            chosen_on: date(row.chosen_on),
            recorded_on: date(row.recorded_on),
            cancelled: date(row.cancelled_on).map(|day| (day, row.cancelled_reason)),
            proposed,
            withdrawn_on: date(row.withdrawn_on),
            demo: row.demo != 0,
            id: row.id,
            organ: row.organ,
            organ_name: row.organ_name,
            division: row.division,
            unit: row.unit,
            returned: row.returned,
            version: row.version,
            entries: row.entries,
            record: row.record,
            attended: row.attended,
        }
    }
}

impl Announced for Gathering {
    type Row = Row;
    type Said = GatheringSaid;
    type State = GatheringStage;

    const TABLE: &'static str = "gathering";
    const SELECT: &'static str = SELECT;
    const KEY: &'static str = "g.id";
    const SAID: &'static [&'static str] = &[
        "kind",
        "title",
        "matters",
        "place",
        "held_on",
        "held_at",
        "who",
        "sides",
        "places_by",
        "rule",
        "enrol_until",
        "telephone",
        "consultation",
        "list",
        "item",
    ];
    const NOT_YET: (&'static [&'static str], &'static [&'static str], &'static [&'static str]) = (
        &[
            "returned",
            "record",
            "cancelled_reason",
            "withdraw_reason",
            "withdraw_name",
            "withdrawn_by",
        ],
        &["entries", "attended"],
        &["record_authors", "withdraw_by"],
    );
    const NOTICE: Piece<GatheringStage> = Piece {
        written: GatheringStage::Draft,
        reviewed: GatheringStage::InReview,
        public: GatheringStage::Open,
        kept: ("publication", "opened_on", None),
    };
    const DROPPED: GatheringStage = GatheringStage::Dropped;

    head!();

    fn word(state: GatheringStage) -> &'static str {
        state.word()
    }

    fn said_values(said: &GatheringSaid) -> Vec<Value> {
        let consultation = Some(said.consultation.clone()).filter(|id| !id.is_empty());
        let (list, item) = match &said.decision {
            Some((list, item)) => (Some(list.clone()), *item),
            None => (None, 0),
        };
        vec![
            said.kind.terms().word.into(),
            said.title.clone().into(),
            said.matters.clone().into(),
            said.place.clone().into(),
            day(said.held_on),
            said.held_at.clone().into(),
            said.who.clone().into(),
            said.groups.clone().into(),
            said.placing.word().into(),
            said.rule.clone().into(),
            day(said.enrol_until),
            said.telephone.clone().into(),
            consultation.into(),
            list.into(),
            item.into(),
        ]
    }
}

impl Gathering {
    /// How far it has come on a day.
    pub fn stage(&self, today: Date) -> GatheringStage {
        self.state.on(today, self.said.enrol_until, self.said.held_on)
    }

    /// Where everybody reads it, below a site.
    pub fn path(&self) -> String {
        format!("/liexi/{}", self.id)
    }

    /// Its page at the workbench, below a site.
    pub fn desk_path(&self) -> String {
        format!("/gongzuo/huodong/{}", self.id)
    }

    /// One by its key.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(from: &impl Statements, id: &str) -> Result<Option<Self>, StoreError> {
        announced::found(from, id).await
    }

    /// Holds its row until the act is sealed.
    pub(crate) async fn hold(change: &Transaction, id: &str) -> Result<(), StoreError> {
        announced::hold::<Self>(change, id).await
    }
}
