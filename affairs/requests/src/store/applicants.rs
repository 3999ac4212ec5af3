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
/// address and mail are taken out wherever they stand in it, however they are spaced, and so is whatever reads
/// like a resident's number or a mobile telephone, whosever it is.
pub fn masked(wanted: &Wanted, applicant: &Applicant) -> Wanted {
    let words = telling(applicant);
    let veil = |text: &Option<String>| text.as_ref().map(|text| veiled(text, &words));
    Wanted {
        title: veil(&wanted.title),
        number: veil(&wanted.number),
        description: veil(&wanted.description),
    }
}

/// A text without these words, and without what reads like a resident's number or a mobile telephone.
pub fn veiled(text: &str, words: &[String]) -> String {
    let even = Evened::of(text);
    let mut ranges: Vec<(usize, usize)> = words.iter().flat_map(|word| even.places(word)).collect();
    ranges.extend(even.numbers());
    ranges.sort_unstable();
    let mut out = String::new();
    let mut at = 0;
    for (from, to) in ranges {
        if from >= at {
            out.push_str(text.get(at..from).unwrap_or_default());
            out.push_str(VEIL);
        }
        at = at.max(to);
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

/// Whether a text tells who asked, however it is spaced and in whatever case.
pub fn tells(text: &str, applicant: &Applicant) -> bool {
    tells_any(text, &telling(applicant))
}

/// Whether a text has one of these words, however it is spaced and in whatever case.
pub(crate) fn tells_any(text: &str, words: &[String]) -> bool {
    let even = Evened::of(text);
    words.iter().any(|word| !even.places(word).is_empty())
}

/// A text with nothing in it but letters and digits, of one width and one case, and where each stands.
struct Evened {
    letters: Vec<char>,
    /// The bytes of the text each stands on.
    bytes: Vec<(usize, usize)>,
}

impl Evened {
    fn of(text: &str) -> Self {
        let (mut letters, mut bytes) = (Vec::new(), Vec::new());
        for (at, letter) in text.char_indices() {
            let narrow = match letter {
                '！'..='～' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
                other => other,
            };
            if narrow.is_alphanumeric() {
                letters.push(narrow.to_lowercase().next().unwrap_or(narrow));
                bytes.push((at, at + letter.len_utf8()));
            }
        }
        Self { letters, bytes }
    }

    fn range(&self, from: usize, length: usize) -> Option<(usize, usize)> {
        Some((self.bytes.get(from)?.0, self.bytes.get(from + length - 1)?.1))
    }

    /// Where a word stands.
    fn places(&self, word: &str) -> Vec<(usize, usize)> {
        let word = Self::of(word).letters;
        if word.len() < 2 {
            return Vec::new();
        }
        let starts = self.letters.windows(word.len()).enumerate();
        starts
            .filter(|(_, window)| *window == word)
            .filter_map(|(at, _)| self.range(at, word.len()))
            .collect()
    }

    /// Where something stands that reads like a resident's number or a mobile telephone: never a part of a
    /// longer number.
    fn numbers(&self) -> Vec<(usize, usize)> {
        let (mut found, mut at) = (Vec::new(), 0);
        while at < self.letters.len() {
            let rest = self.letters.get(at..).unwrap_or_default();
            let length = if self.continues(at) { None } else { number_at(rest) };
            found.extend(length.and_then(|length| self.range(at, length)));
            at += length.unwrap_or(1);
        }
        found
    }

    /// Whether a digit stands right before a place, with nothing between.
    fn continues(&self, at: usize) -> bool {
        let before = at.checked_sub(1);
        let touching = |before: usize| {
            let (one, other) = (self.bytes.get(before), self.bytes.get(at));
            one.zip(other).is_some_and(|(one, other)| one.1 == other.0)
        };
        before.is_some_and(|before| {
            touching(before) && self.letters.get(before).is_some_and(char::is_ascii_digit)
        })
    }
}

/// How many letters of what begins here read like a resident's number (with its day of birth) or a mobile
/// telephone.
fn number_at(letters: &[char]) -> Option<usize> {
    let digits = letters.iter().take_while(|letter| letter.is_ascii_digit()).count();
    let birth: String = letters.iter().skip(6).take(8).collect();
    let last = letters.get(17).is_some_and(|last| last.is_ascii_digit() || *last == 'x');
    if digits >= 17 && last && is_day_of_birth(&birth) {
        return Some(18);
    }
    let mobile = letters.first() == Some(&'1') && letters.get(1).is_some_and(|two| *two >= '3');
    (mobile && digits >= 11).then_some(11)
}

fn is_day_of_birth(digits: &str) -> bool {
    let century = digits.starts_with("19") || digits.starts_with("20");
    let part = |from: usize| digits.get(from..from + 2).and_then(|two| two.parse::<u8>().ok());
    let (month, day) = (part(4), part(6));
    let within = |number: Option<u8>, most: u8| number.is_some_and(|one| (1..=most).contains(&one));
    century && within(month, 12) && within(day, 31)
}

/// What tells who somebody is, the longest first.
pub(crate) fn telling(applicant: &Applicant) -> Vec<String> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_asks_is_masked_however_he_is_spaced_and_so_is_every_number_of_a_person() {
        let words = ["林秀英".to_owned(), "13950012345".to_owned(), "lin@example.cn".to_owned()];
        for (text, expected) in [
            ("林秀英的申请", "※的申请"),
            ("林 秀·英的申请", "※的申请"),
            ("电话139-5001-2345。", "电话※。"),
            ("电话１３９５００１２３４５", "电话※"),
            ("LIN@Example.CN", "※"),
            ("我弟 13800138000 也要", "我弟 ※ 也要"),
            ("证件 350203 19800101 0011", "证件 ※"),
            ("证件35020319800101001x，", "证件※，"),
            ("2025年11月26日 13800138000", "2025年11月26日 ※"),
            ("共20251126139500元，0592-5361234", "共20251126139500元，0592-5361234"),
            ("文号〔2025〕12号、350203198013010011", "文号〔2025〕12号、350203198013010011"),
        ] {
            assert_eq!(veiled(text, &words), expected, "{text}");
        }
    }
}
