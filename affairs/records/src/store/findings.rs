//! 全面复查: how far it has come, and what it found in what is published.

use std::collections::{BTreeMap, BTreeSet};

use records_rules::{Fault, Weight};
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

use super::{Attachment, OPEN};
use crate::hand::Hand;

/// One round through everything published, for one state of the rules.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Rescan {
    /// Its key.
    pub id: String,
    /// The number of the list of words.
    pub wording: i64,
    /// The number of the rules by which personal data are found.
    pub detector: i64,
    /// When it began, as stored.
    pub begun_at: String,
    /// How many records there were when it began.
    pub total: i64,
    /// Every record up to this key is done.
    pub after_id: String,
    /// How many are done.
    pub done: i64,
    /// How many findings were new.
    pub found: i64,
    /// When it ended, as stored.
    pub ended_at: Option<String>,
}

/// A published record, as much of it as is looked through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Its key.
    pub id: String,
    /// The organ that published it.
    pub organ: String,
    /// Its title.
    pub title: String,
    /// Its text, with marks.
    pub body: String,
    /// 附件.
    pub files: Vec<Attachment>,
}

/// Something found in a published record that nobody has looked at yet.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Found {
    /// The record's key.
    pub record: String,
    /// Its title.
    pub title: String,
    /// The organ that published it.
    pub organ: String,
    /// That organ's name.
    pub organ_name: String,
    /// 正文, or the attachment.
    pub place: String,
    /// What was found, masked.
    pub what: String,
    /// What to do.
    pub remedy: String,
    /// error, doubt.
    pub weight: String,
    /// When it was found, as stored.
    pub found_at: String,
}

/// What was found in one record, together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundIn {
    /// The record's key.
    pub record: String,
    /// Its title.
    pub title: String,
    /// The first thing found, and how many more there are.
    pub what: String,
    /// How many are grave.
    pub errors: usize,
}

/// How much was found in what each organ has published.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct FoundByOrgan {
    /// The organ's code.
    pub organ: String,
    /// Its name.
    pub name: String,
    /// Records with something found.
    pub records: i64,
    /// Grave findings nobody has looked at.
    pub errors: i64,
    /// The others.
    pub doubts: i64,
}

const RESCAN: &str = "
SELECT id, wording, detector, begun_at, total, after_id, done, found, ended_at FROM record_rescan";

impl Rescan {
    /// The newest round.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn newest(from: &impl Statements) -> Result<Option<Self>, StoreError> {
        from.one(&format!("{RESCAN} ORDER BY id DESC LIMIT 1"), vec![]).await
    }

    /// The round for a state of the rules, where there was or is one.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_rules(
        from: &impl Statements,
        (wording, detector): (i64, i64),
    ) -> Result<Option<Self>, StoreError> {
        let sql = format!("{RESCAN} WHERE wording = $1 AND detector = $2");
        from.one(&sql, vec![wording.into(), detector.into()]).await
    }

    /// Begins a round; nothing where one for these rules has begun already.
    pub(crate) async fn begin(
        change: &Transaction,
        (wording, detector): (i64, i64),
        at: &str,
    ) -> Result<String, StoreError> {
        let id = uuid::Uuid::now_v7().to_string();
        let sql = format!(
            "INSERT INTO record_rescan (id, wording, detector, begun_at, total, after_id, done, found)
             SELECT $1, $2, $3, $4, COUNT(*), '', 0, 0 FROM record r WHERE {OPEN}"
        );
        let values: Vec<Value> =
            vec![id.clone().into(), wording.into(), detector.into(), at.into()];
        change.run(&sql, values).await?;
        Ok(id)
    }

    /// The next records after those done, at most `most`.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn next(
        &self,
        from: &impl Statements,
        most: i64,
    ) -> Result<Vec<Published>, StoreError> {
        #[derive(FromQueryResult)]
        struct Row {
            id: String,
            organ: String,
            title: String,
            body: String,
        }
        #[derive(FromQueryResult)]
        struct File {
            record: String,
            name: String,
            media_type: String,
            size: i64,
            sha256: String,
        }
        let sql = format!(
            "SELECT r.id, r.organ, r.title, r.body FROM record r
              WHERE {OPEN} AND r.id > $1 ORDER BY r.id LIMIT $2"
        );
        let rows: Vec<Row> =
            from.all(&sql, vec![self.after_id.clone().into(), most.into()]).await?;
        let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return Ok(Vec::new()) };
        let sql = "SELECT record, name, media_type, size, sha256 FROM record_attachment
                    WHERE record BETWEEN $1 AND $2 ORDER BY record, ordinal";
        let range = vec![first.id.clone().into(), last.id.clone().into()];
        let files: Vec<File> = from.all(sql, range).await?;
        let of = |id: &str| {
            let own = files.iter().filter(|file| file.record == id);
            own.map(|file| Attachment {
                name: file.name.clone(),
                media_type: file.media_type.clone(),
                size: file.size,
                sha256: file.sha256.clone(),
            })
            .collect()
        };
        let record = |row: Row| Published {
            files: of(&row.id),
            id: row.id,
            organ: row.organ,
            title: row.title,
            body: row.body,
        };
        Ok(rows.into_iter().map(record).collect())
    }

    /// Keeps how far it has come; `false` where somebody else has gone on meanwhile.
    pub(crate) async fn advance(
        &self,
        change: &Transaction,
        (after, done, found): (&str, i64, i64),
        ended_at: Option<&str>,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE record_rescan SET after_id = $1, done = done + $2, found = found + $3,
                          ended_at = $4
                    WHERE id = $5 AND after_id = $6 AND ended_at IS NULL";
        let values: Vec<Value> = vec![
            after.into(),
            done.into(),
            found.into(),
            ended_at.map(str::to_owned).into(),
            self.id.clone().into(),
            self.after_id.clone().into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }
}

/// Place and words of a finding: its key within a record, and the order in which all writers take the rows
/// of one record, so that two of them at once wait and never stop one another.
type Key = (String, String);

/// What is kept of a record, in the order of writing.
async fn keys_of(change: &Transaction, record: &str) -> Result<BTreeSet<Key>, StoreError> {
    #[derive(FromQueryResult)]
    struct Row {
        place: String,
        what: String,
    }
    let sql = "SELECT place, what FROM record_finding WHERE record = $1";
    let rows: Vec<Row> = change.all(sql, vec![record.into()]).await?;
    Ok(rows.into_iter().map(|row| (row.place, row.what)).collect())
}

/// Keeps what a round found in a record: what was known and looked at stays as it was, what is no longer
/// found goes. Says how much is new.
pub(crate) async fn keep_found(
    change: &Transaction,
    rescan: &str,
    record: &Published,
    found: &[(String, Fault)],
    at: &str,
) -> Result<i64, StoreError> {
    let known = keys_of(change, &record.id).await?.into_iter().map(|key| (key, None));
    let mut all: BTreeMap<Key, Option<&Fault>> = known.collect();
    for (place, fault) in found {
        all.insert((place.clone(), fault.message.clone()), Some(fault));
    }
    let mut new = 0;
    for ((place, what), fault) in all {
        let key: Vec<Value> = vec![record.id.clone().into(), place.into(), what.into()];
        let Some(fault) = fault else {
            let sql = "DELETE FROM record_finding
                        WHERE record = $1 AND place = $2 AND what = $3 AND settled_at IS NULL";
            change.run(sql, key).await?;
            continue;
        };
        let weight = if fault.weight == Weight::Error { "error" } else { "doubt" };
        let sql = "UPDATE record_finding SET rescan = $4, weight = $5
                    WHERE record = $1 AND place = $2 AND what = $3";
        let known = [key.clone(), vec![rescan.into(), weight.into()]].concat();
        if change.run(sql, known).await? > 0 {
            continue;
        }
        let sql = "INSERT INTO record_finding (record, place, what, rescan, weight, organ, remedy,
                                               found_at)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        let rest: Vec<Value> = vec![
            rescan.into(),
            weight.into(),
            record.organ.clone().into(),
            fault.remedy.clone().into(),
            at.into(),
        ];
        change.run(sql, [key, rest].concat()).await?;
        new += 1;
    }
    Ok(new)
}

/// What was found in a record goes when its text is another; it is looked through anew by its review.
pub(crate) async fn forget_found(change: &Transaction, record: &str) -> Result<(), StoreError> {
    let sql = "DELETE FROM record_finding WHERE record = $1 AND place = $2 AND what = $3";
    for (place, what) in keys_of(change, record).await? {
        change.run(sql, vec![record.into(), place.into(), what.into()]).await?;
    }
    Ok(())
}

const FOUND: &str = "
SELECT f.record, r.title, f.organ, o.name AS organ_name, f.place, f.what, f.remedy, f.weight,
       f.found_at
  FROM record_finding f
  JOIN record r ON r.id = f.record
  JOIN organ o ON o.code = f.organ
 WHERE f.settled_at IS NULL AND r.withdrawn = 0";

impl Found {
    /// What nobody of an organ has looked at yet, grave things first; at most 200.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_organ(from: &impl Statements, organ: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "{FOUND} AND f.organ = $1 ORDER BY f.weight DESC, f.record, f.place, f.what LIMIT 200"
        );
        from.all(&sql, vec![organ.into()]).await
    }

    /// The same, one line for each record.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn by_record(
        from: &impl Statements,
        organ: &str,
    ) -> Result<Vec<FoundIn>, StoreError> {
        let mut lines: Vec<(FoundIn, usize)> = Vec::new();
        for found in Self::of_organ(from, organ).await? {
            let grave = usize::from(found.weight == "error");
            match lines.iter_mut().find(|(line, _)| line.record == found.record) {
                Some((line, more)) => {
                    line.errors += grave;
                    *more += 1;
                }
                None => {
                    let Self { record, title, what, .. } = found;
                    lines.push((FoundIn { record, title, what, errors: grave }, 0));
                }
            }
        }
        let told = |(line, more): (FoundIn, usize)| match more {
            0 => line,
            more => FoundIn { what: format!("{}，另有 {more} 处", line.what), ..line },
        };
        Ok(lines.into_iter().map(told).collect())
    }

    /// How much there is for each organ, the gravest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn by_organ(from: &impl Statements) -> Result<Vec<FoundByOrgan>, StoreError> {
        let sql = "SELECT f.organ, o.name, COUNT(DISTINCT f.record) AS records,
                          CAST(SUM(CASE WHEN f.weight = 'error' THEN 1 ELSE 0 END) AS BIGINT) AS errors,
                          CAST(SUM(CASE WHEN f.weight = 'error' THEN 0 ELSE 1 END) AS BIGINT) AS doubts
                     FROM record_finding f
                     JOIN record r ON r.id = f.record
                     JOIN organ o ON o.code = f.organ
                    WHERE f.settled_at IS NULL AND r.withdrawn = 0
                    GROUP BY f.organ, o.name
                    ORDER BY errors DESC, doubts DESC, f.organ";
        from.all(sql, vec![]).await
    }

    /// Keeps that somebody has looked at one and lets it stand; `false` where it is not there or looked
    /// at already.
    pub(crate) async fn settle(
        change: &Transaction,
        (record, place, what): (&str, &str, &str),
        hand: &Hand,
        reason: &str,
        at: &str,
    ) -> Result<bool, StoreError> {
        let sql =
            "UPDATE record_finding SET settled_by = $1, settled_name = $2, settled_reason = $3,
                          settled_at = $4
                    WHERE record = $5 AND place = $6 AND what = $7 AND organ = $8
                      AND settled_at IS NULL";
        let values: Vec<Value> = vec![
            hand.person.clone().into(),
            hand.name.clone().into(),
            reason.into(),
            at.into(),
            record.into(),
            place.into(),
            what.into(),
            hand.organ.clone().into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }
}
