//! 申请人: who asks, sealed; and how what is wanted reads without it (docs/readings/153).

use requests_rules::{Applicant, IdentityProof, Wanted};
use secrets::{Place, Sealer};
use serde::{Deserialize, Serialize};
use store::{FromQueryResult, Statements, StoreError, Transaction};

use super::CaseError;
use super::writing::{self, Columns};

/// Everything that tells who asked; only ever kept sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Particulars {
    /// Who asks, and for whom.
    pub applicant: Applicant,
    /// 无障碍协助, in words.
    pub assistance: Option<String>,
    /// What is wanted, in the applicant's own words.
    pub wanted: Wanted,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    sealed: String,
}

fn place(id: &str) -> Place<'_> {
    Place::new("request_applicant", id, "sealed")
}

fn recused_place(id: &str) -> Place<'_> {
    Place::new("request_applicant", id, "recused")
}

impl Particulars {
    /// Opens who asked; none once that was removed. The caller has asked the access policy and writes
    /// down that it was looked at.
    ///
    /// # Errors
    /// The database refuses, or what is sealed cannot be opened.
    pub async fn open(
        from: &impl Statements,
        sealer: &Sealer,
        request: &str,
    ) -> Result<Option<Self>, CaseError> {
        let sql =
            "SELECT id, sealed FROM request_applicant WHERE request = $1 ORDER BY id DESC LIMIT 1";
        let row: Option<Row> = from.one(sql, vec![request.into()]).await?;
        let Some(row) = row.filter(|row| !row.sealed.is_empty()) else { return Ok(None) };
        let text = sealer.open_text(place(&row.id), &row.sealed)?;
        let read = serde_json::from_str(&text).map_err(|_| CaseError::Unreadable {
            request: request.to_owned(),
            field: "applicant",
            text: String::new(),
        })?;
        Ok(Some(read))
    }

    /// Those persons of the house who are the applicant or his agent; none before that was looked at.
    pub(crate) async fn recused(
        from: &impl Statements,
        sealer: &Sealer,
        request: &str,
    ) -> Result<Option<Vec<String>>, CaseError> {
        #[derive(FromQueryResult)]
        struct Looked {
            id: String,
            recused: Option<String>,
        }
        let sql =
            "SELECT id, recused FROM request_applicant WHERE request = $1 ORDER BY id DESC LIMIT 1";
        let row: Option<Looked> = from.one(sql, vec![request.into()]).await?;
        let Some(Looked { id, recused: Some(sealed) }) = row else { return Ok(None) };
        let text = sealer.open_text(recused_place(&id), &sealed)?;
        Ok(Some(text.split_whitespace().map(str::to_owned).collect()))
    }

    pub(crate) async fn keep_recused(
        change: &Transaction,
        sealer: &Sealer,
        (request, persons): (&str, &[String]),
    ) -> Result<(), CaseError> {
        #[derive(FromQueryResult)]
        struct Newest {
            id: String,
        }
        let sql = "SELECT id FROM request_applicant WHERE request = $1 ORDER BY id DESC LIMIT 1";
        let Some(Newest { id }) = change.one(sql, vec![request.into()]).await? else {
            return Ok(());
        };
        let sealed = sealer.seal_text(recused_place(&id), &persons.join(" "))?;
        let sql = "UPDATE request_applicant SET recused = $1 WHERE id = $2";
        change.run(sql, vec![sealed.into(), id.into()]).await?;
        Ok(())
    }

    pub(crate) async fn add(
        &self,
        change: &Transaction,
        sealer: &Sealer,
        (request, at): (&str, &str),
    ) -> Result<(), CaseError> {
        let id = writing::new_key();
        let text = serde_json::json!(self).to_string();
        let columns: Columns = vec![
            ("id", id.clone().into()),
            ("request", request.into()),
            ("sealed", sealer.seal_text(place(&id), &text)?.into()),
            ("identity_mark", self.identity_mark(sealer)?.into()),
            ("told_at", at.into()),
        ];
        Ok(writing::add(change, "request_applicant", columns).await?)
    }

    /// The mark by which requests of one applicant are told to be that; empty without a proof.
    pub(crate) fn identity_mark(&self, sealer: &Sealer) -> Result<String, CaseError> {
        let Some(proof) = &self.applicant.proof else { return Ok(String::new()) };
        identity_mark(sealer, proof)
    }

    /// Takes who asked out of a file for good.
    pub(crate) async fn remove(change: &Transaction, request: &str) -> Result<(), StoreError> {
        let sql = "UPDATE request_applicant SET sealed = '', identity_mark = '', recused = '' WHERE request = $1";
        change.run(sql, vec![request.into()]).await.map(|_| ())
    }
}

/// The mark of what somebody is known by.
pub(crate) fn identity_mark(sealer: &Sealer, proof: &IdentityProof) -> Result<String, CaseError> {
    let text = format!("{}:{}", proof.name(), proof.number().trim());
    let mark = sealer.mark(Place::new("request_applicant", "", "identity_mark"), &text)?;
    Ok(mark.as_str().to_owned())
}

/// The identity marks of the newest particulars of a request; empty where there is none.
pub(crate) async fn identity_of(
    from: &impl Statements,
    request: &str,
) -> Result<String, StoreError> {
    #[derive(FromQueryResult)]
    struct Marked {
        identity_mark: String,
    }
    let sql =
        "SELECT identity_mark FROM request_applicant WHERE request = $1 ORDER BY id DESC LIMIT 1";
    let row: Option<Marked> = from.one(sql, vec![request.into()]).await?;
    Ok(row.map(|row| row.identity_mark).unwrap_or_default())
}

/// What stands in place of what was taken out.
const VEIL: &str = "※";

/// What is wanted without the particulars of whoever asks: his and his agent's name, number, telephone,
/// address and mail are taken out wherever they stand in it.
pub fn masked(wanted: &Wanted, applicant: &Applicant) -> Wanted {
    let words = telling(applicant);
    let veil = |text: &Option<String>| {
        text.as_ref().map(|text| {
            words.iter().fold(text.clone(), |text, word| text.replace(word.as_str(), VEIL))
        })
    };
    Wanted {
        title: veil(&wanted.title),
        number: veil(&wanted.number),
        description: veil(&wanted.description),
    }
}

/// What tells who somebody is, the longest first.
fn telling(applicant: &Applicant) -> Vec<String> {
    let agent = applicant.agent.as_ref();
    let proofs = applicant.proof.iter().chain(agent.and_then(|agent| agent.proof.as_ref()));
    let contact = &applicant.contact;
    let mut words: Vec<String> = [Some(&applicant.name), agent.map(|agent| &agent.name)]
        .into_iter()
        .chain([&contact.telephone, &contact.address, &contact.email].map(Option::as_ref))
        .flatten()
        .cloned()
        .chain(proofs.map(|proof| proof.number().to_owned()))
        .map(|word| word.trim().to_owned())
        .filter(|word| word.chars().count() > 1)
        .collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words
}
