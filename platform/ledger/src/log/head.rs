//! The head of the log looked at when a program starts: whether what is stored still leads to what was
//! signed last, and whether the newest leaves are what they were. Cheap, where [`PublicLog::scrub`] reads
//! everything.

use store::{FromQueryResult, Statements, StoreError};
use tlog::{Checkpoint, Kind, Note, Verifier, base64_of, leaf_hash};

use super::growth::root_at;
use super::{LeafBody, PublicLog, Scrubbed, Unsound};

#[derive(FromQueryResult)]
struct Row {
    position: i64,
    body: String,
    hash: Option<String>,
    salt: Option<String>,
    content: Option<String>,
}

/// The leaves that the newest checkpoint covers, from one on, each with what is stored above it and what
/// opens it.
const NEWEST: &str = "
SELECT l.position, l.body, n.hash, o.salt, o.content
  FROM log_leaf l
  LEFT JOIN log_node n ON n.level = 0 AND n.position = l.position
  LEFT JOIN log_opening o ON o.position = l.position
 WHERE l.position >= $1 AND l.position < $2 ORDER BY l.position";

impl PublicLog {
    /// Counts the newest checkpoint and no more than so many of the leaves below it again.
    ///
    /// # Errors
    /// The database refuses. A log that does not hold is no error; it is what was asked for.
    pub async fn scrub_newest(&self, leaves: i64) -> Result<Scrubbed, StoreError> {
        let mut found = Scrubbed::default();
        let Some(signed) = self.checkpoint().await? else { return Ok(found) };
        found.checkpoints = 1;
        let mut wrong = |place: String, what: &str| {
            found.unsound.push(Unsound { place, what: what.to_owned() });
        };
        let place = format!("{} 条时的检查点", signed.size);
        let vkey = self.identity().await?.map(|own| own.vkey).unwrap_or_default();
        let key = Verifier::parse(&vkey, Kind::Note).ok();
        let read =
            key.and_then(|key| Checkpoint::open(&Note::parse(&signed.note).ok()?, &key).ok());
        let holds = read.is_some_and(|read| {
            i64::try_from(read.size) == Ok(signed.size) && base64_of(&read.root) == signed.root
        });
        if !holds {
            wrong(place.clone(), "签名或内容不对");
        }
        if base64_of(&root_at(&self.store, signed.size).await?) != signed.root {
            wrong(place.clone(), "存着的哈希算不出签署过的根");
        }
        let first = (signed.size - leaves).max(0);
        let values = vec![first.into(), signed.size.into()];
        let rows: Vec<Row> = self.store.all(NEWEST, values).await?;
        if i64::try_from(rows.len()) != Ok(signed.size - first) {
            wrong(place, "条目比签署过的少");
        }
        for row in &rows {
            if let Some(what) = row.fault() {
                wrong(format!("第 {} 条", row.position), what);
            }
            found.leaves += 1;
            found.opened += i64::from(row.salt.is_some());
        }
        Ok(found)
    }
}

impl Row {
    fn fault(&self) -> Option<&'static str> {
        if self.hash.as_deref() != Some(base64_of(&leaf_hash(self.body.as_bytes())).as_str()) {
            return Some("条目与存着的哈希不符，被改过");
        }
        let Ok(body) = serde_json::from_str::<LeafBody>(&self.body) else {
            return Some("内容读不出来");
        };
        match (&self.salt, &self.content) {
            (Some(salt), Some(content)) if !body.opens(salt, content) => {
                Some("存着的内容与摘要不符，被改过")
            }
            _ => None,
        }
    }
}
