//! 决策事项目录 and 进展.

use law::Date;
use participation_rules::{DecisionItem, ListState, Milestone};
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

use super::announced::{self, Announced, Piece, date, day, head, list_of};

/// What a list says, as it is drafted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DecisionSaid {
    /// The year.
    pub year: i16,
    /// 名称.
    pub title: String,
    /// Who approved it, and the number of the approval.
    pub approved_by: String,
    /// When; none while the draft leaves it open.
    pub approved_on: Option<Date>,
    /// 公众参与机制.
    pub mechanism: String,
    /// The decisions, one on a line.
    pub items: String,
}

impl DecisionSaid {
    /// The decisions; nothing where they cannot be read.
    pub fn decisions(&self) -> Vec<DecisionItem> {
        DecisionItem::read(&self.items).unwrap_or_default()
    }
}

/// One list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionList {
    /// Its key.
    pub id: String,
    /// The organ's code.
    pub organ: String,
    /// The organ's name.
    pub organ_name: String,
    /// The organ's division.
    pub division: String,
    /// The 科室 that keeps it.
    pub unit: String,
    /// How far it has come.
    pub state: ListState,
    /// What it says.
    pub said: DecisionSaid,
    /// The natural persons who wrote it.
    pub authors: Vec<String>,
    /// Why it came back from review.
    pub returned: String,
    /// Grows with every change.
    pub version: i64,
    /// The day it became public.
    pub published_on: Option<Date>,
    /// The day it was withdrawn, and why, as everybody reads it.
    pub withdrawn: Option<(Date, String)>,
    /// Whether it is 演示数据.
    pub demo: bool,
}

#[derive(FromQueryResult)]
pub(crate) struct Row {
    id: String,
    organ: String,
    organ_name: String,
    division: String,
    unit: String,
    state: String,
    year: i64,
    title: String,
    approved_by: String,
    approved_on: String,
    mechanism: String,
    items: String,
    authors: String,
    returned: String,
    version: i64,
    published_on: Option<String>,
    withdrawn_on: Option<String>,
    withdrawn_reason: String,
    demo: i64,
}

/// Lists with the names of their organs, and these long texts of them.
macro_rules! select {
    ($texts:literal) => {
        concat!(
            "SELECT d.id, d.organ, o.name AS organ_name, d.division, d.unit, d.state, d.year, d.title, d.approved_by,
                    d.approved_on, ",
            $texts,
            ", d.authors, d.returned, d.version, d.published_on, d.withdrawn_on, d.withdrawn_reason, d.demo
               FROM decision_list d
               JOIN organ o ON o.code = d.organ"
        )
    };
}

const SELECT: &str = select!("d.mechanism, d.items");

const BRIEF: &str = select!("'' AS mechanism, '' AS items");

impl From<Row> for DecisionList {
    fn from(row: Row) -> Self {
        let kept = ListState::parse(&row.state).unwrap_or(ListState::Dropped);
        let withdrawn = date(row.withdrawn_on);
        Self {
            state: if withdrawn.is_some() { ListState::Withdrawn } else { kept },
            withdrawn: withdrawn.map(|day| (day, row.withdrawn_reason)),
            said: DecisionSaid {
                year: i16::try_from(row.year).unwrap_or_default(),
                title: row.title,
                approved_by: row.approved_by,
                approved_on: row.approved_on.parse().ok(),
                mechanism: row.mechanism,
                items: row.items,
            },
            authors: list_of(&row.authors),
            published_on: date(row.published_on),
            demo: row.demo != 0,
            id: row.id,
            organ: row.organ,
            organ_name: row.organ_name,
            division: row.division,
            unit: row.unit,
            returned: row.returned,
            version: row.version,
        }
    }
}

impl Announced for DecisionList {
    type Row = Row;
    type Said = DecisionSaid;
    type State = ListState;

    const TABLE: &'static str = "decision_list";
    const SELECT: &'static str = SELECT;
    const KEY: &'static str = "d.id";
    const SAID: &'static [&'static str] =
        &["year", "title", "approved_by", "approved_on", "mechanism", "items"];
    const NOT_YET: (&'static [&'static str], &'static [&'static str], &'static [&'static str]) =
        (&["returned"], &[], &[]);
    const NOTICE: Piece<ListState> = Piece {
        written: ListState::Draft,
        reviewed: ListState::Review,
        public: ListState::Published,
        kept: ("publication", "published_on", None),
    };
    const DROPPED: ListState = ListState::Dropped;

    head!();

    fn word(state: ListState) -> &'static str {
        state.word()
    }

    fn said_values(said: &DecisionSaid) -> Vec<Value> {
        vec![
            i64::from(said.year).into(),
            said.title.clone().into(),
            said.approved_by.clone().into(),
            day(said.approved_on),
            said.mechanism.clone().into(),
            said.items.clone().into(),
        ]
    }
}

impl DecisionList {
    /// Where everybody reads it, below a site.
    pub fn path(&self) -> String {
        format!("/juece/{}", self.id)
    }

    /// Its page at the workbench, below a site.
    pub fn desk_path(&self) -> String {
        format!("/gongzuo/juece/{}", self.id)
    }

    /// One by its key.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(from: &impl Statements, id: &str) -> Result<Option<Self>, StoreError> {
        announced::found(from, id).await
    }

    /// The public ones of the divisions of a site, the newest year first, with a key before this; at most so many, and
    /// whether there are more.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn public(
        from: &impl Statements,
        (low, high): (&str, &str),
        (before, most): (Option<(i16, &str)>, usize),
    ) -> Result<(Vec<Self>, bool), StoreError> {
        let (year, id) = before.unwrap_or((i16::MAX, ""));
        let sql = format!(
            "{BRIEF} WHERE d.division BETWEEN $1 AND $2 AND d.state = 'published'
                AND d.withdrawn_on IS NULL AND (d.year < $3 OR d.year = $3 AND d.id < $4) ORDER BY d.year DESC, d.id DESC LIMIT $5"
        );
        let most_and_one = i64::try_from(most + 1).unwrap_or(i64::MAX);
        let values: Vec<Value> =
            vec![low.into(), high.into(), i64::from(year).into(), id.into(), most_and_one.into()];
        let rows: Vec<Row> = from.all(&sql, values).await?;
        let mut found: Vec<Self> = rows.into_iter().map(Self::from).collect();
        let more = found.len() > most;
        found.truncate(most);
        Ok((found, more))
    }

    /// An organ's, the newest first; at most a hundred.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_organ(from: &impl Statements, organ: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "{BRIEF} WHERE d.organ = $1 AND d.state <> 'dropped' ORDER BY d.id DESC LIMIT 100"
        );
        announced::all(from, &sql, vec![organ.into()]).await
    }

    /// The public ones with a key after this, whole, in the order of keys; for the index.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn public_after(
        from: &impl Statements,
        after: &str,
        most: i64,
    ) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "{SELECT} WHERE d.id > $1 AND d.state = 'published' AND d.withdrawn_on IS NULL ORDER BY d.id LIMIT $2"
        );
        announced::all(from, &sql, vec![after.into(), most.into()]).await
    }

    /// The newest public one of an organ, of any where none is named, for examples of pages.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn example(
        from: &impl Statements,
        organ: &str,
    ) -> Result<Option<String>, StoreError> {
        let sql =
            "SELECT id FROM decision_list WHERE state = 'published' AND withdrawn_on IS NULL AND ($1 = '' OR organ = $1)
                    ORDER BY id DESC LIMIT 1";
        announced::key(from, sql, vec![organ.into()]).await
    }
}

/// 进展: what became public of a decision, when, and where it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// Its key.
    pub id: String,
    /// The line of the list, from 1.
    pub item: i64,
    /// What.
    pub milestone: Milestone,
    /// When.
    pub day: String,
    /// Where it is read, below a site; may be empty.
    pub path: String,
}

impl Progress {
    /// What is known of a list, by lines and days; those noted by mistake are left out.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(from: &impl Statements, list: &str) -> Result<Vec<Self>, StoreError> {
        #[derive(FromQueryResult)]
        struct Noted {
            id: String,
            item: i64,
            kind: String,
            day: String,
            path: String,
        }
        let sql = "SELECT id, item, kind, day, path FROM decision_milestone
                    WHERE list = $1 AND gone = 0 ORDER BY item, day, id";
        let rows: Vec<Noted> = from.all(sql, vec![list.into()]).await?;
        let known = |row: Noted| {
            let milestone = Milestone::parse(&row.kind)?;
            Some(Self { milestone, id: row.id, item: row.item, day: row.day, path: row.path })
        };
        Ok(rows.into_iter().filter_map(known).collect())
    }

    /// Notes one.
    pub(crate) async fn add(
        change: &Transaction,
        (list, item): (&str, i64),
        (milestone, day, path): (Milestone, Date, &str),
        (person, at): (&str, &str),
    ) -> Result<(), StoreError> {
        let columns = ["id", "list", "item", "kind", "day", "path", "noted_by", "noted_at", "gone"];
        let row: Vec<Value> = vec![
            uuid::Uuid::now_v7().to_string().into(),
            list.into(),
            item.into(),
            milestone.word().into(),
            day.to_string().into(),
            path.into(),
            person.into(),
            at.into(),
            0_i64.into(),
        ];
        change.insert("decision_milestone", &columns, vec![row]).await
    }

    /// It was noted by mistake; `false` where there is none such.
    pub(crate) async fn take_back(
        change: &Transaction,
        (list, id): (&str, &str),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE decision_milestone SET gone = 1 WHERE id = $1 AND list = $2 AND gone = 0";
        Ok(change.run(sql, vec![id.into(), list.into()]).await? == 1)
    }
}
