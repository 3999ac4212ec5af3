//! 征求意见: whom the organ asked, about what, and what was said.

use law::Date;
use requests_rules::{Awaited, Consulted, Contact, Opinion, OpinionEffect};
use secrets::{Place, Sealer};
use serde::{Deserialize, Serialize};
use store::{FromQueryResult, Statements, StoreError, Transaction};

use super::CaseError;
use super::writing::{self, Columns, day, known_day, read, stored, word};

/// A third party; only ever kept sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThirdParty {
    /// 姓名 or 名称.
    pub name: String,
    /// How to reach it.
    pub contact: Contact,
}

/// 违背第三方意见公开: what is disclosed although it objects, and why the public interest asks for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// What.
    pub disclosed: String,
    /// Why.
    pub reason: String,
}

/// 认定第三方的理由: whether what it says against disclosing holds, and why the organ thinks so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judged {
    /// 理由合理.
    pub holds: bool,
    /// Why.
    pub because: String,
}

/// Whom to ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// 第三方.
    ThirdParty(ThirdParty),
    /// An organ of this house, by code and name; whether it made the information jointly.
    Organ {
        /// Its code; none where it does not work in this house.
        code: Option<String>,
        /// Its name.
        name: String,
        /// 共同制作.
        jointly: bool,
    },
}

/// An opinion asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpinionCase {
    /// Its key.
    pub id: String,
    /// The request.
    pub request: String,
    /// In what standing.
    pub of: Consulted,
    /// 甲, 乙 for a third party; the name of an organ. The clock knows it by this.
    pub label: String,
    /// The code of an organ of this house.
    pub organ: Option<String>,
    /// What is to be disclosed, without who asks for it.
    pub matter: String,
    /// When the letter went out.
    pub asked_on: Date,
    /// When it arrived, once that is shown.
    pub served_on: Option<Date>,
    /// When the opinion came.
    pub given_on: Option<Date>,
    /// What it was.
    pub opinion: Option<Opinion>,
    /// When the third party was told of the decision to disclose.
    pub told_on: Option<Date>,
    /// How the organ judged its reason; none while it has not.
    pub judged: Option<Judged>,
    /// What was decided against it; none where nothing was.
    pub decided: Option<Decided>,
    pub(crate) sealed: String,
    pub(crate) words: String,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    request: String,
    standing: String,
    label: String,
    organ: Option<String>,
    sealed: String,
    matter: String,
    asked_on: String,
    served_on: Option<String>,
    given_on: Option<String>,
    opinion: Option<String>,
    words: String,
    told_on: Option<String>,
    decided: Option<String>,
    judged: Option<String>,
}

const SELECT: &str = "SELECT id, request, standing, label, organ, sealed, matter, asked_on, served_on, \
                      given_on, opinion, words, told_on, decided, judged \
                      FROM request_opinion";

fn place(id: &str) -> Place<'_> {
    Place::new("request_opinion", id, "sealed")
}

fn words_place(id: &str) -> Place<'_> {
    Place::new("request_opinion", id, "words")
}

impl OpinionCase {
    /// The opinions asked for on a request, in the order of asking.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(from: &impl Statements, request: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!("{SELECT} WHERE request = $1 ORDER BY id");
        let rows: Vec<Row> = from.all(&sql, vec![request.into()]).await?;
        Ok(rows.into_iter().filter_map(Row::opinion).collect())
    }

    /// An opinion asked for.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(from: &impl Statements, id: &str) -> Result<Option<Self>, StoreError> {
        let sql = format!("{SELECT} WHERE id = $1");
        let row: Option<Row> = from.one(&sql, vec![id.into()]).await?;
        Ok(row.and_then(Row::opinion))
    }

    /// The opinion whose letter names that code.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn with_code(
        from: &impl Statements,
        code_mark: &str,
    ) -> Result<Option<Self>, StoreError> {
        let sql = format!("{SELECT} WHERE code_mark = $1");
        let row: Option<Row> = from.one(&sql, vec![code_mark.into()]).await?;
        Ok(row.and_then(Row::opinion))
    }

    /// The letters addressed to an organ of this house that it has not answered.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn addressed_to(
        from: &impl Statements,
        organ: &str,
    ) -> Result<Vec<Self>, StoreError> {
        let sql = format!("{SELECT} WHERE organ = $1 AND given_on IS NULL ORDER BY id");
        let rows: Vec<Row> = from.all(&sql, vec![organ.into()]).await?;
        Ok(rows.into_iter().filter_map(Row::opinion).collect())
    }

    /// As the clock awaits it.
    pub fn awaited(&self) -> Awaited {
        Awaited::Opinion { of: self.of, who: self.label.clone() }
    }

    /// Who asks for the opinions that are addressed to an organ and open: the key of each and the asking
    /// organ's code.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn askers(
        from: &impl Statements,
        organ: &str,
    ) -> Result<Vec<(String, String)>, StoreError> {
        #[derive(FromQueryResult)]
        struct Asker {
            id: String,
            asker: String,
        }
        let sql = "SELECT o.id, r.organ AS asker FROM request_opinion o
                     JOIN request r ON r.id = o.request
                    WHERE o.organ = $1 AND o.given_on IS NULL ORDER BY o.id";
        let rows: Vec<Asker> = from.all(sql, vec![organ.into()]).await?;
        Ok(rows.into_iter().map(|row| (row.id, row.asker)).collect())
    }

    /// The organ that asks for an opinion.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn asker(from: &impl Statements, id: &str) -> Result<Option<String>, StoreError> {
        #[derive(FromQueryResult)]
        struct Asker {
            organ: String,
        }
        let sql = "SELECT r.organ FROM request_opinion o JOIN request r ON r.id = o.request
                    WHERE o.id = $1";
        let row: Option<Asker> = from.one(sql, vec![id.into()]).await?;
        Ok(row.map(|row| row.organ))
    }

    /// Who the third party is; none for an organ, and once that was removed. The caller has asked the
    /// access policy.
    ///
    /// # Errors
    /// What is sealed cannot be opened.
    pub fn third_party(&self, sealer: &Sealer) -> Result<Option<ThirdParty>, CaseError> {
        let text = sealer.open_text(place(&self.id), &self.sealed)?;
        Ok(serde_json::from_str(&text).ok())
    }

    /// What was said; empty for nothing.
    ///
    /// # Errors
    /// What is sealed cannot be opened.
    pub fn said(&self, sealer: &Sealer) -> Result<String, CaseError> {
        Ok(sealer.open_text(words_place(&self.id), &self.words)?)
    }

    pub(crate) async fn add(
        &self,
        change: &Transaction,
        sealer: &Sealer,
        (third, code_mark): (Option<&ThirdParty>, Option<&str>),
    ) -> Result<(), CaseError> {
        let text = third.map(|third| serde_json::json!(third).to_string()).unwrap_or_default();
        let columns: Columns = vec![
            ("id", self.id.clone().into()),
            ("request", self.request.clone().into()),
            ("standing", word(self.of).into()),
            ("label", self.label.clone().into()),
            ("organ", self.organ.clone().into()),
            ("sealed", sealer.seal_text(place(&self.id), &text)?.into()),
            ("matter", self.matter.clone().into()),
            ("code_mark", code_mark.map(str::to_owned).into()),
            ("asked_on", self.asked_on.to_string().into()),
            ("words", "".into()),
        ];
        Ok(writing::add(change, "request_opinion", columns).await?)
    }

    pub(crate) async fn serve(change: &Transaction, id: &str, on: Date) -> Result<(), StoreError> {
        let sql = "UPDATE request_opinion SET served_on = $1 WHERE id = $2 AND served_on IS NULL";
        change.run(sql, vec![on.to_string().into(), id.into()]).await.map(|_| ())
    }

    /// Keeps what was said; `false` where something was said already.
    pub(crate) async fn give(
        &self,
        change: &Transaction,
        sealer: &Sealer,
        (opinion, words, on): (Opinion, &str, Date),
    ) -> Result<bool, CaseError> {
        let sql = "UPDATE request_opinion SET opinion = $1, words = $2, given_on = $3
                    WHERE id = $4 AND given_on IS NULL";
        let values = vec![
            word(opinion).into(),
            sealer.seal_text(words_place(&self.id), words)?.into(),
            on.to_string().into(),
            self.id.clone().into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }

    /// What it leads to as it was judged. `public_interest`: it is decided against for the public's sake.
    pub fn effect(&self, public_interest: bool) -> Option<OpinionEffect> {
        let holds = self.judged.as_ref().map(|judged| judged.holds);
        self.opinion.map(|said| said.effect(self.of, holds, public_interest))
    }

    /// Whether its reason waits to be judged: the answer cannot rest on it before.
    pub fn is_to_be_judged(&self) -> bool {
        let open = self.decided.is_none() && self.told_on.is_none();
        open && self.effect(false) == Some(OpinionEffect::JudgeFirst)
    }

    /// Keeps how its reason was judged.
    pub(crate) async fn judge(
        change: &Transaction,
        id: &str,
        judged: &Judged,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE request_opinion SET judged = $1 WHERE id = $2";
        let text = serde_json::json!(judged).to_string();
        change.run(sql, vec![text.into(), id.into()]).await.map(|_| ())
    }

    /// Keeps what is decided against it.
    pub(crate) async fn decide(
        change: &Transaction,
        id: &str,
        decided: &Decided,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE request_opinion SET decided = $1 WHERE id = $2";
        let text = serde_json::json!(decided).to_string();
        change.run(sql, vec![text.into(), id.into()]).await.map(|_| ())
    }

    pub(crate) async fn tell(change: &Transaction, id: &str, on: Date) -> Result<(), StoreError> {
        let sql = "UPDATE request_opinion SET told_on = $1 WHERE id = $2";
        change.run(sql, vec![stored(Some(on)), id.into()]).await.map(|_| ())
    }

    /// Takes the third parties out of a file for good.
    pub(crate) async fn remove_names(
        change: &Transaction,
        request: &str,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE request_opinion SET sealed = '', words = '', code_mark = NULL WHERE request = $1";
        change.run(sql, vec![request.into()]).await.map(|_| ())
    }
}

impl Row {
    fn opinion(self) -> Option<OpinionCase> {
        Some(OpinionCase {
            of: read(&self.standing)?,
            asked_on: known_day(&self.asked_on),
            served_on: day(&self.served_on),
            given_on: day(&self.given_on),
            opinion: self.opinion.as_deref().and_then(read),
            told_on: day(&self.told_on),
            decided: self.decided.as_deref().and_then(|text| serde_json::from_str(text).ok()),
            judged: self.judged.as_deref().and_then(|text| serde_json::from_str(text).ok()),
            id: self.id,
            request: self.request,
            label: self.label,
            organ: self.organ,
            matter: self.matter,
            sealed: self.sealed,
            words: self.words,
        })
    }
}
