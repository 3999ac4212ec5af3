//! 标准文本和文书设置 of an organ, in versions.

use store::{FromQueryResult, Statements, StoreError, Transaction};

use super::writing::{self, Columns};
use crate::letters::{Sender, Text, TextKey, standard_text};

/// A version of an organ's text, or of its settings.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct TextVersion {
    /// From 1.
    pub version: i64,
    /// The text; empty where the platform's was taken up again. Of settings, their JSON.
    pub body: String,
    /// Why it was made.
    pub reason: String,
    /// By whom, the name.
    pub name: String,
    /// When, as stored.
    pub saved_at: String,
}

#[derive(FromQueryResult)]
struct Newest {
    letter: String,
    version: i64,
    body: String,
}

/// The texts and settings an organ's letters are made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterTexts {
    sender: Sender,
    version: i64,
    said: Sender,
    own: Vec<(String, i64, String)>,
}

impl LetterTexts {
    /// As they stood at a moment, as stored; now for none.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(
        from: &impl Statements,
        (organ, organ_name): (&str, &str),
        at: Option<&str>,
    ) -> Result<Self, StoreError> {
        let sql = "SELECT letter, version, body FROM request_letter_text t
                    WHERE organ = $1 AND version =
                          (SELECT MAX(version) FROM request_letter_text n
                            WHERE n.organ = t.organ AND n.letter = t.letter AND n.saved_at <= $2)";
        let at = at.unwrap_or("9999");
        let rows: Vec<Newest> = from.all(sql, vec![organ.into(), at.into()]).await?;
        let sql =
            "SELECT version, sender AS body, reason, name, saved_at FROM request_letter_sender
                    WHERE organ = $1 AND saved_at <= $2 ORDER BY version DESC LIMIT 1";
        let sender: Option<TextVersion> = from.one(sql, vec![organ.into(), at.into()]).await?;
        let version = sender.as_ref().map_or(0, |row| row.version);
        let kept: Option<Sender> = sender.and_then(|row| serde_json::from_str(&row.body).ok());
        let kept = kept.map(|kept| Sender { organ: organ_name.to_owned(), ..kept });
        let blank = Sender { organ: organ_name.to_owned(), ..Sender::default() };
        let said = kept.clone().filter(|_| version > 0).unwrap_or(blank);
        let sender = match kept {
            Some(kept) => kept.completed(),
            None => Sender::known(from, (organ, organ_name)).await?,
        };
        let own = rows.into_iter().map(|row| (row.letter, row.version, row.body)).collect();
        Ok(Self { sender, version, said, own })
    }

    /// What the platform knows of an organ is kept as version 0 of its settings with its first letter, unless
    /// there are settings: so letters read later as they went out.
    ///
    /// # Errors
    /// The database refuses.
    pub(crate) async fn found(
        change: &Transaction,
        organ: &str,
        at: &str,
    ) -> Result<(), StoreError> {
        let sql = "SELECT COUNT(*) FROM request_letter_sender WHERE organ = $1";
        if change.number(sql, vec![organ.into()]).await?.unwrap_or_default() > 0 {
            return Ok(());
        }
        let sender = Sender::known(change, (organ, "")).await?;
        let sql = "INSERT INTO request_letter_sender
                          (organ, version, sender, reason, person, name, saved_at)
                   VALUES ($1, 0, $2, $3, '', '平台', $4) ON CONFLICT DO NOTHING";
        let body = serde_json::json!(sender).to_string();
        let values = vec![organ.into(), body.into(), Self::KNOWN.into(), at.into()];
        change.run(sql, values).await.map(|_| ())
    }

    /// Whether an organ has bound itself to the day of submission as 收到之日 (docs/readings/111).
    ///
    /// # Errors
    /// The database refuses.
    pub(crate) async fn binds_to_submission(
        from: &impl Statements,
        organ: &str,
    ) -> Result<bool, StoreError> {
        let sql =
            "SELECT version, sender AS body, reason, name, saved_at FROM request_letter_sender
                    WHERE organ = $1 ORDER BY version DESC LIMIT 1";
        let newest: Option<TextVersion> = from.one(sql, vec![organ.into()]).await?;
        let kept = newest.and_then(|row| serde_json::from_str::<Sender>(&row.body).ok());
        Ok(kept.is_some_and(|kept| kept.by_submission))
    }

    /// Why there is a version 0 of the settings.
    const KNOWN: &str = "本机关还没有填写，平台按机构资料和法律的一般规定填写，请核对";

    /// As they stood when a letter was issued; for an answer when what was signed was saved, so that it reads
    /// as it was signed (docs/readings/171).
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_letter(
        from: &impl Statements,
        organ: (&str, &str),
        letter: &str,
    ) -> Result<Self, StoreError> {
        #[derive(FromQueryResult)]
        struct Issued {
            issued_at: String,
        }
        let sql = "SELECT COALESCE(
                            (SELECT v.saved_at FROM request_answer a
                               JOIN request_answer_version v
                                 ON v.answer = a.id AND v.version = a.version
                              WHERE a.id = l.about AND a.state = 'issued'),
                            l.issued_at) AS issued_at
                     FROM request_letter l WHERE l.id = $1";
        let issued: Option<Issued> = from.one(sql, vec![letter.into()]).await?;
        Self::of(from, organ, issued.as_ref().map(|one| one.issued_at.as_str())).await
    }

    /// What the organ's letters need of it: what it has said, and where it has said nothing what the house
    /// knows of it.
    pub const fn sender(&self) -> &Sender {
        &self.sender
    }

    /// What the organ has said itself.
    pub const fn said(&self) -> &Sender {
        &self.said
    }

    /// The particulars that it has not said, by what people call them: the platform has filled them in.
    pub fn unsaid(&self) -> Vec<&'static str> {
        let said = &self.said;
        let told = |text: &Option<String>| text.clone().unwrap_or_default();
        let all = [
            ("机关代字", said.mark.clone()),
            ("行政复议机关", said.review_organ.clone()),
            ("管辖法院", said.court.clone()),
            ("网上申请行政复议的途径", told(&said.online_review)),
            ("联系方式", told(&said.contact)),
            ("缴费方式", told(&said.payment)),
        ];
        let blank = all.into_iter().filter(|(_, text)| text.trim().is_empty());
        blank.map(|(name, _)| name).collect()
    }

    /// Whether the organ has looked at its settings and saved them.
    pub const fn is_set(&self) -> bool {
        self.version > 0
    }

    /// The text of a letter: the organ's own, or the platform's.
    pub fn text(&self, key: TextKey) -> Option<Text> {
        let word = key.to_string();
        let own = self.own.iter().find(|(letter, _, body)| *letter == word && !body.is_empty());
        let own = own.and_then(|(_, version, body)| Text::read(key, *version, body).ok());
        own.or_else(|| standard_text(key))
    }

    /// The newest version of a letter's text; 0 where the organ never had one of its own.
    pub fn version(&self, key: TextKey) -> i64 {
        let word = key.to_string();
        self.own.iter().find(|(letter, ..)| *letter == word).map_or(0, |(_, version, _)| *version)
    }
}

impl TextVersion {
    /// The versions of an organ's text, the newest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_text(
        from: &impl Statements,
        organ: &str,
        key: TextKey,
    ) -> Result<Vec<Self>, StoreError> {
        let sql = "SELECT version, body, reason, name, saved_at FROM request_letter_text
                    WHERE organ = $1 AND letter = $2 ORDER BY version DESC";
        from.all(sql, vec![organ.into(), key.to_string().into()]).await
    }

    /// The versions of an organ's settings, the newest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_sender(from: &impl Statements, organ: &str) -> Result<Vec<Self>, StoreError> {
        let sql = "SELECT version, sender AS body, reason, name, saved_at
                     FROM request_letter_sender WHERE organ = $1 ORDER BY version DESC";
        from.all(sql, vec![organ.into()]).await
    }

    /// Adds it to an organ's texts of a letter.
    pub(crate) async fn add_text(
        &self,
        change: &Transaction,
        (organ, key, person): (&str, TextKey, &str),
    ) -> Result<(), StoreError> {
        let columns = self.columns(organ, person, "body");
        let columns = [vec![("letter", key.to_string().into())], columns].concat();
        writing::add(change, "request_letter_text", columns).await
    }

    /// Adds it to an organ's settings.
    pub(crate) async fn add_sender(
        &self,
        change: &Transaction,
        (organ, person): (&str, &str),
    ) -> Result<(), StoreError> {
        writing::add(change, "request_letter_sender", self.columns(organ, person, "sender")).await
    }

    fn columns(&self, organ: &str, person: &str, body: &'static str) -> Columns {
        vec![
            ("organ", organ.into()),
            ("version", self.version.into()),
            (body, self.body.clone().into()),
            ("reason", self.reason.clone().into()),
            ("person", person.into()),
            ("name", self.name.clone().into()),
            ("saved_at", self.saved_at.clone().into()),
        ]
    }
}
