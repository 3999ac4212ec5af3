//! 实时文字: what one enters at an interview and another decides.

use participation_rules::{LiveChange, LiveEntry, Voice, live_text};
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

/// What was entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entered {
    /// A change of the live text.
    Text(LiveChange),
    /// 撤下: the whole interview should not be public.
    Withdrawal {
        /// Why, as everybody will read it.
        reason: String,
    },
}

/// One thing that was entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its key.
    pub id: String,
    /// The interview.
    pub interview: String,
    /// The utterance it is about.
    pub number: i64,
    /// What it is.
    pub what: Entered,
    /// The question that is put; 0 where none is.
    pub question: i64,
    /// The natural persons who entered it: who did, and who is stood in for.
    pub enterers: Vec<String>,
    /// What he is called.
    pub entered_name: String,
    /// When, as stored.
    pub entered_at: String,
    /// Who decided; empty while it waits.
    pub decided_name: String,
    /// When, as stored; empty while it waits.
    pub decided_at: String,
    /// Whether it waits.
    pub waits: bool,
    /// Whether it was released.
    pub released: bool,
    /// Its place among what everybody saw; 0 until then.
    pub place: i64,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    interview: String,
    number: i64,
    what: String,
    voice: String,
    speaker: String,
    words: String,
    reason: String,
    question: i64,
    entered_by: String,
    entered_for: String,
    entered_name: String,
    entered_at: String,
    state: String,
    decided_name: String,
    decided_at: String,
    place: i64,
}

const SELECT: &str = "SELECT id, interview, number, what, voice, speaker, words, reason, question, entered_by, entered_for,
                             entered_name, entered_at, state, decided_name, decided_at, place
                        FROM interview_change";

impl From<Row> for Change {
    fn from(row: Row) -> Self {
        let what = match row.what.as_str() {
            "spoken" => Entered::Text(LiveChange::Spoken {
                voice: Voice::parse(&row.voice).unwrap_or(Voice::Guest),
                speaker: row.speaker,
                words: row.words,
            }),
            "corrected" => {
                Entered::Text(LiveChange::Corrected { words: row.words, reason: row.reason })
            }
            "struck" => Entered::Text(LiveChange::Struck { reason: row.reason }),
            _ => Entered::Withdrawal { reason: row.reason },
        };
        let enterers = [row.entered_by, row.entered_for].into_iter();
        Self {
            what,
            enterers: enterers.filter(|person| !person.is_empty()).collect(),
            waits: row.state == "waits",
            released: row.state == "released",
            id: row.id,
            interview: row.interview,
            number: row.number,
            question: row.question,
            entered_name: row.entered_name,
            entered_at: row.entered_at,
            decided_name: row.decided_name,
            decided_at: row.decided_at,
            place: row.place,
        }
    }
}

impl Entered {
    /// What it is, voice, speaker, words and reason, as the columns keep them.
    fn columns(&self) -> [&str; 5] {
        match self {
            Self::Text(LiveChange::Spoken { voice, speaker, words }) => {
                ["spoken", voice.word(), speaker, words, ""]
            }
            Self::Text(LiveChange::Corrected { words, reason }) => {
                ["corrected", "", "", words, reason]
            }
            Self::Text(LiveChange::Struck { reason }) => ["struck", "", "", "", reason],
            Self::Withdrawal { reason } => ["withdrawal", "", "", "", reason],
        }
    }

    /// What it is, in a word.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Text(LiveChange::Spoken { .. }) => "spoken",
            Self::Text(LiveChange::Corrected { .. }) => "corrected",
            Self::Text(LiveChange::Struck { .. }) => "struck",
            Self::Withdrawal { .. } => "withdrawal",
        }
    }
}

/// Something on its way into the table.
pub(crate) struct NewChange<'a> {
    pub interview: &'a str,
    pub number: i64,
    pub what: &'a Entered,
    pub question: i64,
    pub form: &'a str,
    pub by: &'a str,
    pub stands_in_for: &'a str,
    pub name: &'a str,
    pub at: &'a str,
}

impl NewChange<'_> {
    pub(crate) async fn add(self, change: &Transaction) -> Result<(), StoreError> {
        let columns = [
            "id",
            "interview",
            "number",
            "what",
            "voice",
            "speaker",
            "words",
            "reason",
            "question",
            "form",
            "entered_by",
            "entered_for",
            "entered_name",
            "entered_at",
            "state",
            "decided_by",
            "decided_name",
            "decided_at",
            "decided_reason",
            "place",
        ];
        let mut row: Vec<Value> = vec![
            uuid::Uuid::now_v7().to_string().into(),
            self.interview.into(),
            self.number.into(),
        ];
        row.extend(self.what.columns().map(Value::from));
        row.extend([
            self.question.into(),
            self.form.into(),
            self.by.into(),
            self.stands_in_for.into(),
            self.name.into(),
            self.at.into(),
            "waits".into(),
        ]);
        row.extend(std::iter::repeat_with(|| Value::from("")).take(4));
        row.push(0_i64.into());
        change.insert("interview_change", &columns, vec![row]).await
    }
}

/// What somebody decides: who, what he is called, when; the reason, where one is given.
pub(crate) struct Deciding<'a> {
    pub by: &'a str,
    pub name: &'a str,
    pub at: &'a str,
    pub reason: &'a str,
}

impl Change {
    /// One by its key.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(from: &impl Statements, id: &str) -> Result<Option<Self>, StoreError> {
        let row: Option<Row> =
            from.one(&format!("{SELECT} WHERE id = $1"), vec![id.into()]).await?;
        Ok(row.map(Self::from))
    }

    /// The changes of the text of an interview that wait, in the order they were entered.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn waiting(from: &impl Statements, interview: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "{SELECT} WHERE interview = $1 AND state = 'waits' AND what <> 'withdrawal' ORDER BY id LIMIT 200"
        );
        let rows: Vec<Row> = from.all(&sql, vec![interview.into()]).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// The proposals to withdraw an interview, in the order they were made.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn withdrawals(
        from: &impl Statements,
        interview: &str,
    ) -> Result<Vec<Self>, StoreError> {
        let sql =
            format!("{SELECT} WHERE interview = $1 AND what = 'withdrawal' ORDER BY id LIMIT 100");
        let rows: Vec<Row> = from.all(&sql, vec![interview.into()]).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// The changes that everybody saw, with a place after this, in the order of their places.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn released_after(
        from: &impl Statements,
        interview: &str,
        place: i64,
    ) -> Result<Vec<Self>, StoreError> {
        let sql = format!("{SELECT} WHERE interview = $1 AND place > $2 ORDER BY place");
        let rows: Vec<Row> = from.all(&sql, vec![interview.into(), place.into()]).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// The live text as everybody reads it now.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn text(
        from: &impl Statements,
        interview: &str,
    ) -> Result<Vec<LiveEntry>, StoreError> {
        Ok(text_of(&Self::released_after(from, interview, 0).await?))
    }

    /// The interviews of an organ in which something waits: key, title, and whether it is the whole that should be
    /// withdrawn.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn waiting_of(
        from: &impl Statements,
        organ: &str,
    ) -> Result<Vec<(String, String, bool)>, StoreError> {
        #[derive(FromQueryResult)]
        struct Waiting {
            id: String,
            title: String,
            whole: i64,
        }
        let sql = "SELECT DISTINCT i.id, i.title, CAST(CASE c.what WHEN 'withdrawal' THEN 1 ELSE 0 END AS BIGINT) AS whole
                     FROM interview_change c JOIN interview i ON i.id = c.interview
                    WHERE c.state = 'waits' AND i.organ = $1 AND i.withdrawn_on IS NULL ORDER BY i.id LIMIT 50";
        let rows: Vec<Waiting> = from.all(sql, vec![organ.into()]).await?;
        Ok(rows.into_iter().map(|row| (row.id, row.title, row.whole != 0)).collect())
    }

    /// Releases it, at a place; `false` where somebody was first.
    pub(crate) async fn release(
        &self,
        change: &Transaction,
        place: i64,
        deciding: &Deciding<'_>,
    ) -> Result<bool, StoreError> {
        self.decide(change, ("released", place), deciding).await
    }

    /// It will not be seen; `false` where somebody was first.
    pub(crate) async fn refuse(
        &self,
        change: &Transaction,
        deciding: &Deciding<'_>,
    ) -> Result<bool, StoreError> {
        self.decide(change, ("dropped", 0), deciding).await
    }

    async fn decide(
        &self,
        change: &Transaction,
        (state, place): (&str, i64),
        deciding: &Deciding<'_>,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE interview_change SET state = $1, place = $2, decided_by = $3, decided_name = $4, decided_at = $5,
                          decided_reason = $6
                    WHERE id = $7 AND state = 'waits'";
        let values: Vec<Value> = vec![
            state.into(),
            place.into(),
            deciding.by.into(),
            deciding.name.into(),
            deciding.at.into(),
            deciding.reason.into(),
            self.id.clone().into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }
}

/// The text after these changes.
pub(crate) fn text_of(changes: &[Change]) -> Vec<LiveEntry> {
    let told = changes.iter().filter_map(|change| match &change.what {
        Entered::Text(what) => {
            Some((change.number, change.place, change.decided_at.as_str(), what))
        }
        Entered::Withdrawal { .. } => None,
    });
    live_text(told)
}
