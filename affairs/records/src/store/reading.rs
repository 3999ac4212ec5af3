//! Reading one record, whole.

use records_rules::{
    Custody, IndexNumber, Life, MadeOn, Metadata, Origin, OriginalPublication, PublicationDates,
    PublishedAt, Repeal,
};
use store::{FromQueryResult, Statements, StoreError, parse_moment};

use super::{Attachment, LinkedItem, OPEN, Record, RecordError, life};

#[derive(FromQueryResult)]
struct Row {
    id: String,
    organ: String,
    organ_name: String,
    organ_short: String,
    organ_phone: Option<String>,
    division: String,
    index_number: String,
    document_number: Option<String>,
    title: String,
    summary: String,
    body: String,
    made_on: String,
    published_at: String,
    imported: i64,
    original_on: Option<String>,
    original_source: Option<String>,
    theme1: String,
    theme2: Option<String>,
    genre: String,
    openness: String,
    in_force_from: Option<String>,
    last_day: Option<String>,
    repealed_from: Option<String>,
    repealed_by: Option<String>,
    amended_from: Option<String>,
    partly_void_from: Option<String>,
    source: Option<String>,
    provenance: Option<String>,
    keeper: Option<String>,
    retention: Option<String>,
    amended_by: Option<String>,
    normative: i64,
    shown_until: Option<String>,
    demo: i64,
}

#[derive(FromQueryResult)]
struct Code {
    code: String,
}

#[derive(FromQueryResult)]
struct Item {
    domain: String,
    item: String,
    words: String,
}

#[derive(FromQueryResult)]
struct File {
    name: String,
    media_type: String,
    size: i64,
    sha256: String,
}

/// A record with the names of the organ that published it.
const RECORD: &str = "
SELECT r.id, r.organ, o.name AS organ_name, o.short_name AS organ_short, o.phone AS organ_phone,
       r.division, r.index_number, r.document_number, r.title, r.summary, r.body, r.made_on,
       r.published_at, r.imported, r.original_on, r.original_source, r.theme1, r.theme2, r.genre,
       r.openness, r.in_force_from, r.last_day, r.repealed_from, r.repealed_by, r.amended_from,
       r.partly_void_from, r.source, r.provenance, r.keeper, r.retention, r.amended_by, r.normative,
       r.shown_until, r.demo
  FROM record r
  JOIN organ o ON o.code = r.organ
 WHERE r.id = $1";

impl Record {
    /// One record by its key; none where it is for 特定群体, as if there were none.
    ///
    /// # Errors
    /// The database refuses, or a row is not what this program writes.
    pub async fn find(from: &impl Statements, id: &str) -> Result<Option<Self>, RecordError> {
        Self::with(from, &format!("{RECORD} AND {OPEN}"), id).await
    }

    /// One record by its key, also where it is withdrawn, destroyed or for 特定群体: for the archive.
    ///
    /// # Errors
    /// The database refuses, or a row is not what this program writes.
    pub(crate) async fn kept(
        from: &impl Statements,
        id: &str,
    ) -> Result<Option<Self>, RecordError> {
        Self::with(from, RECORD, id).await
    }

    /// One record of an organ, also where it is withdrawn or for 特定群体: for those who work there.
    ///
    /// # Errors
    /// The database refuses, or a row is not what this program writes.
    pub async fn of_organ(
        from: &impl Statements,
        organ: &str,
        id: &str,
    ) -> Result<Option<Self>, RecordError> {
        let found = Self::with(from, RECORD, id).await?;
        Ok(found.filter(|record| record.metadata.publisher.as_str() == organ))
    }

    /// The key of the record with this 索引号.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn key_of(
        from: &impl Statements,
        index: &IndexNumber,
    ) -> Result<Option<String>, StoreError> {
        #[derive(FromQueryResult)]
        struct Key {
            id: String,
        }
        let sql = "SELECT id FROM record WHERE index_number = $1";
        let row: Option<Key> = from.one(sql, vec![index.to_string().into()]).await?;
        Ok(row.map(|row| row.id))
    }

    /// The records of an organ whose title, 文号 or 索引号 has these letters, the newest first: key and
    /// title, at most twenty. None where nothing is asked for.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn sought(
        from: &impl Statements,
        organ: &str,
        wanted: &str,
    ) -> Result<Vec<(String, String)>, StoreError> {
        #[derive(FromQueryResult)]
        struct Found {
            id: String,
            title: String,
        }
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        let sql = "SELECT id, title FROM record
                    WHERE organ = $1 AND (sought LIKE $2 OR index_number = $3)
                    ORDER BY published_at DESC, id DESC LIMIT 20";
        let like = format!("%{}%", super::folding::folded(wanted));
        let values = vec![organ.into(), like.into(), wanted.into()];
        let rows: Vec<Found> = from.all(sql, values).await?;
        Ok(rows.into_iter().map(|row| (row.id, row.title)).collect())
    }

    async fn with(
        from: &impl Statements,
        sql: &str,
        id: &str,
    ) -> Result<Option<Self>, RecordError> {
        let row: Option<Row> = from.one(sql, vec![id.into()]).await?;
        let Some(row) = row else { return Ok(None) };
        let sql = "SELECT code FROM record_statutory WHERE record = $1 ORDER BY ordinal";
        let codes: Vec<Code> = from.all(sql, vec![id.into()]).await?;
        let codes = codes.into_iter().map(|row| row.code).collect();
        let (items, attachments) = (items(from, id).await?, attachments(from, id).await?);
        let metadata = row.metadata(codes)?;
        let at = parse_moment(&row.published_at);
        let here = at.ok_or_else(|| row.unreadable("published_at", &row.published_at))?;
        let origin = metadata.origin.clone();
        Ok(Some(Self {
            dates: PublicationDates { here: PublishedAt::kept(here), origin },
            metadata,
            id: row.id,
            organ_name: row.organ_name,
            organ_short: row.organ_short,
            organ_phone: row.organ_phone,
            division: row.division,
            summary: row.summary,
            text: row.body,
            items,
            attachments,
        }))
    }
}

async fn items(from: &impl Statements, id: &str) -> Result<Vec<LinkedItem>, StoreError> {
    let sql = "SELECT domain, item, words FROM record_item WHERE record = $1 ORDER BY ordinal";
    let rows: Vec<Item> = from.all(sql, vec![id.into()]).await?;
    let item = |row: Item| LinkedItem {
        words: serde_json::from_str(&row.words).unwrap_or_default(),
        domain: row.domain,
        item: row.item,
    };
    Ok(rows.into_iter().map(item).collect())
}

async fn attachments(from: &impl Statements, id: &str) -> Result<Vec<Attachment>, StoreError> {
    let sql = "SELECT name, media_type, size, sha256 FROM record_attachment
                WHERE record = $1 ORDER BY ordinal";
    let rows: Vec<File> = from.all(sql, vec![id.into()]).await?;
    let file = |row: File| Attachment {
        name: row.name,
        media_type: row.media_type,
        size: row.size,
        sha256: row.sha256,
    };
    Ok(rows.into_iter().map(file).collect())
}

impl Row {
    fn metadata(&self, statutory: Vec<String>) -> Result<Metadata, RecordError> {
        let theme = match &self.theme2 {
            Some(second) => format!("{}/{second}", self.theme1),
            None => self.theme1.clone(),
        };
        let made_on = self.made_on.parse();
        Ok(Metadata {
            title: self.title.clone(),
            number: match &self.document_number {
                Some(text) => {
                    Some(text.parse().map_err(|_| self.unreadable("document_number", text))?)
                }
                None => None,
            },
            index: Some(self.read("index_number", &self.index_number)?),
            publisher: self.read("organ", &self.organ)?,
            made_on: MadeOn(made_on.map_err(|_| self.unreadable("made_on", &self.made_on))?),
            origin: self.origin(),
            theme: self.read("theme", &theme)?,
            genre: self.read("genre", &self.genre)?,
            openness: self.read("openness", &self.openness)?,
            life: self.life(),
            statutory,
            provenance: self.provenance.as_ref().and_then(|text| text.parse().ok()),
            custody: Custody {
                keeper: self.keeper.clone(),
                retention: self.retention.as_ref().and_then(|text| text.parse().ok()),
            },
            normative: self.normative != 0,
            shown_until: self.shown_until.as_ref().and_then(|day| day.parse().ok()),
            source: self.source.clone(),
            demo: self.demo != 0,
        })
    }

    fn origin(&self) -> Origin {
        if self.imported == 0 {
            return Origin::Here;
        }
        let day = self.original_on.as_ref().and_then(|day| day.parse().ok());
        let source = self.original_source.clone().unwrap_or_default();
        Origin::Imported(day.and_then(|day| OriginalPublication::new(day, source).ok()))
    }

    fn life(&self) -> Life {
        let life = life([
            &self.in_force_from,
            &self.last_day,
            &self.repealed_from,
            &self.amended_from,
            &self.partly_void_from,
        ]);
        let by = |repeal: Repeal| Repeal { by: self.repealed_by.clone(), ..repeal };
        let amended_by = self.amended_by.clone();
        Life { repealed: life.repealed.map(by), amended_by, ..life }
    }

    fn read<T: std::str::FromStr>(
        &self,
        field: &'static str,
        text: &str,
    ) -> Result<T, RecordError> {
        text.parse().map_err(|_| self.unreadable(field, text))
    }

    fn unreadable(&self, field: &'static str, text: &str) -> RecordError {
        RecordError::Unreadable { record: self.id.clone(), field, text: text.to_owned() }
    }
}
