//! 投诉举报 and 申诉, with a clock of their own.

use law::{Date, WorkCalendar};
use requests_rules::{Complaint, ComplaintGround, ComplaintOutcome, ComplaintStanding, Contact};
use secrets::{Place, Sealer};
use serde::{Deserialize, Serialize};
use store::{FromQueryResult, Statements, StoreError, Transaction};

use super::CaseError;
use super::writing::{self, Columns, day, known_day, read, word};

/// Who complains, and in which words; only ever kept sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Complainant {
    /// 姓名 or 名称.
    pub name: String,
    /// How to reach him.
    pub contact: Contact,
    /// What he says.
    pub words: String,
}

/// A complaint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComplaintCase {
    /// Its key.
    pub id: String,
    /// The organ that handles it, by code.
    pub organ: String,
    /// The organ complained of, by code; a 公共企事业单位 by name.
    pub about: String,
    /// The request it is about, where it is about one.
    pub request: Option<String>,
    /// Its number.
    pub number: String,
    /// Its days and what of.
    pub complaint: Complaint,
    /// What it came to.
    pub outcome: Option<ComplaintOutcome>,
    /// The result in words.
    pub result: String,
    /// The last day for the result.
    pub decide_by: Date,
    /// Who handles it.
    pub name: String,
    pub(crate) sealed: String,
}

/// How a complaint is found again: the marks of its code and of the telephone's last four.
pub(crate) struct Marks<'a> {
    pub code: &'a str,
    pub tail: Option<&'a str>,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    organ: String,
    about: String,
    request: Option<String>,
    number: String,
    ground: String,
    received_on: String,
    taken_up_on: Option<String>,
    told_on: Option<String>,
    outcome: Option<String>,
    result: String,
    decide_by: String,
    name: String,
    sealed: String,
}

const SELECT: &str = "SELECT id, organ, about, request, number, ground, received_on, taken_up_on, told_on, \
                      outcome, result, decide_by, name, sealed FROM request_complaint";

fn place(id: &str) -> Place<'_> {
    Place::new("request_complaint", id, "sealed")
}

impl ComplaintCase {
    /// Takes who complained of how a request was treated out for good, once he was told what came of it and
    /// unless it is held.
    pub(crate) async fn remove_names(
        change: &Transaction,
        request: &str,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE request_complaint SET sealed = '', tail_mark = NULL
                    WHERE request = $1 AND sealed <> '' AND told_on IS NOT NULL
                      AND NOT EXISTS (SELECT 1 FROM request_matter_hold
                                       WHERE about = 'complaint:' || request_complaint.id
                                         AND lifted_on IS NULL)";
        change.run(sql, vec![request.into()]).await.map(|_| ())
    }

    /// The complaints an organ handles: those that wait, the most urgent first, then those told last.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_organ(from: &impl Statements, organ: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "{SELECT} WHERE organ = $1
              ORDER BY CASE WHEN told_on IS NULL THEN 0 ELSE 1 END, decide_by, id LIMIT 500"
        );
        let rows: Vec<Row> = from.all(&sql, vec![organ.into()]).await?;
        Ok(rows.into_iter().filter_map(Row::complaint).collect())
    }

    /// A complaint an organ handles.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(
        from: &impl Statements,
        organ: &str,
        id: &str,
    ) -> Result<Option<Self>, StoreError> {
        let sql = format!("{SELECT} WHERE organ = $1 AND id = $2");
        let row: Option<Row> = from.one(&sql, vec![organ.into(), id.into()]).await?;
        Ok(row.and_then(Row::complaint))
    }

    /// Whether an organ handles an open complaint about a request: it may read that masked file then.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn is_open_on(
        from: &impl Statements,
        organ: &str,
        request: &str,
    ) -> Result<bool, StoreError> {
        let sql = "SELECT COUNT(*) FROM request_complaint
                    WHERE organ = $1 AND request = $2 AND told_on IS NULL";
        let open = from.number(sql, vec![organ.into(), request.into()]).await?;
        Ok(open.unwrap_or_default() > 0)
    }

    /// The requests about which an organ handles open complaints: key, number, organ.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn open_requests(
        from: &impl Statements,
        organ: &str,
    ) -> Result<Vec<(String, String, String)>, StoreError> {
        #[derive(FromQueryResult)]
        struct Open {
            id: String,
            number: String,
            organ: String,
        }
        let sql = "SELECT r.id, r.number, r.organ FROM request r
                    WHERE r.id IN (SELECT c.request FROM request_complaint c
                                    WHERE c.organ = $1 AND c.told_on IS NULL)
                    ORDER BY r.number LIMIT 200";
        let rows: Vec<Open> = from.all(sql, vec![organ.into()]).await?;
        Ok(rows.into_iter().map(|row| (row.id, row.number, row.organ)).collect())
    }

    /// How it stands at the end of a day.
    ///
    /// # Errors
    /// The calendar does not reach the days to be counted.
    pub fn standing(
        &self,
        on: Date,
        calendar: &WorkCalendar,
    ) -> Result<ComplaintStanding, law::CalendarGap> {
        self.complaint.standing(on, calendar)
    }

    /// Who complains and what he says. The caller has asked the access policy.
    ///
    /// # Errors
    /// What is sealed cannot be opened.
    pub fn complainant(&self, sealer: &Sealer) -> Result<Option<Complainant>, CaseError> {
        let text = sealer.open_text(place(&self.id), &self.sealed)?;
        Ok(serde_json::from_str(&text).ok())
    }

    pub(crate) async fn add(
        &self,
        change: &Transaction,
        sealer: &Sealer,
        (complainant, marks, take_up_by): (&Complainant, Marks<'_>, Date),
    ) -> Result<(), CaseError> {
        let text = serde_json::json!(complainant).to_string();
        let columns: Columns = vec![
            ("id", self.id.clone().into()),
            ("organ", self.organ.clone().into()),
            ("about", self.about.clone().into()),
            ("request", self.request.clone().into()),
            ("ground", word(self.complaint.ground).into()),
            ("number", self.number.clone().into()),
            ("sealed", sealer.seal_text(place(&self.id), &text)?.into()),
            ("code_mark", marks.code.into()),
            ("tail_mark", marks.tail.map(str::to_owned).into()),
            ("received_on", self.complaint.received.to_string().into()),
            ("result", "".into()),
            ("take_up_by", take_up_by.to_string().into()),
            ("decide_by", self.decide_by.to_string().into()),
            ("person", "".into()),
            ("name", "".into()),
        ];
        Ok(writing::add(change, "request_complaint", columns).await?)
    }

    pub(crate) async fn take_up(
        &self,
        change: &Transaction,
        (person, name): (&str, &str),
        on: Date,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE request_complaint SET taken_up_on = $1, person = $2, name = $3
                    WHERE id = $4 AND taken_up_on IS NULL";
        let values =
            vec![on.to_string().into(), person.into(), name.into(), self.id.clone().into()];
        Ok(change.run(sql, values).await? == 1)
    }

    pub(crate) async fn tell(
        &self,
        change: &Transaction,
        (outcome, result, on): (ComplaintOutcome, &str, Date),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE request_complaint SET told_on = $1, outcome = $2, result = $3
                    WHERE id = $4 AND told_on IS NULL AND taken_up_on IS NOT NULL";
        let values = vec![
            on.to_string().into(),
            word(outcome).into(),
            result.into(),
            self.id.clone().into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }
}

impl Row {
    fn complaint(self) -> Option<ComplaintCase> {
        let ground: ComplaintGround = read(&self.ground)?;
        Some(ComplaintCase {
            complaint: Complaint {
                ground,
                received: known_day(&self.received_on),
                taken_up: day(&self.taken_up_on),
                told: day(&self.told_on),
            },
            outcome: self.outcome.as_deref().and_then(read),
            decide_by: known_day(&self.decide_by),
            id: self.id,
            organ: self.organ,
            about: self.about,
            request: self.request,
            number: self.number,
            result: self.result,
            name: self.name,
            sealed: self.sealed,
        })
    }
}
