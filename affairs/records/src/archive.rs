//! 归档包: records with their files, metadata, hashes and the proof that the public log tells of them, in one
//! ZIP (a BagIt bag, RFC 8493) that an archive reads without us. `data/verify.py` in it needs nothing but
//! Python; what it does, the README says in words.

mod bag;
mod pages;

use std::path::Path;

use ledger::Ledger;
use ledger::log::Inscribed;
use records_rules::{IndexNumber, Retention};
use store::StoreError;

use crate::store::{DepositBatch, Former, KeptRecord, Record, RecordError, is_destroyed};
use crate::writing::{self, Form};
use crate::{files, inscription};
use bag::Bag;

/// The most that one package holds, in bytes: a decision of ours, for it is made in memory.
const MOST_BYTES: i64 = 400 << 20;

/// Checks a package with Python alone.
const VERIFY: &str = include_str!("archive/verify.py");

/// What the package is and how it is checked.
const README: &str = include_str!("archive/README.txt");

/// Why no package was made.
#[derive(Debug, thiserror::Error)]
pub enum Unpacked {
    /// There is no such record or batch.
    #[error("没有这份文件或者这一批")]
    None,
    /// It would be too large.
    #[error("归档包超过 400 MB")]
    TooLarge,
    /// A file is missing or damaged.
    #[error("附件 {0} 不见了或者损坏")]
    Damaged(String),
    /// A part could not be written.
    #[error("归档包没有写成")]
    Written(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A record could not be read.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// The database refuses.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Unpacked {
    /// What the person may do about it.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::None => "核对编号或者索引号",
            Self::TooLarge => "分成几批，每批少一些文件",
            Self::Damaged(_) => "从备份恢复附件以后再导出",
            _ => "请稍后再试；数据保持原样",
        }
    }

    /// The same as a page.
    pub(crate) fn fault(self) -> web::Fault {
        match self {
            Self::None => web::Fault::NotFound,
            Self::TooLarge | Self::Damaged(_) => {
                web::Fault::Refused(format!("{self}。{}。", self.remedy()))
            }
            other => web::Fault::inside(other),
        }
    }

    fn written(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Written(error.into())
    }
}

/// The package of one record, by its key or its 索引号.
///
/// # Errors
/// There is none, a file is damaged, or the database refuses.
pub async fn of_record(ledger: &Ledger, folder: &Path, named: &str) -> Result<Vec<u8>, Unpacked> {
    let store = ledger.store();
    let key = match named.parse::<IndexNumber>() {
        Ok(index) => Record::key_of(store, &index).await?,
        Err(_) => None,
    };
    let record = Record::kept(store, key.as_deref().unwrap_or(named)).await?;
    let record = record.ok_or(Unpacked::None)?;
    let title = record.metadata.title.clone();
    pack(ledger, folder, &title, vec![record]).await
}

/// The package of a batch that is handed over.
///
/// # Errors
/// There is none, it is too large, a file is damaged, or the database refuses.
pub async fn of_batch(ledger: &Ledger, folder: &Path, id: &str) -> Result<Vec<u8>, Unpacked> {
    let store = ledger.store();
    let batch = DepositBatch::find(store, id).await?.ok_or(Unpacked::None)?;
    let mut records = Vec::new();
    for KeptRecord { id, .. } in batch.records(store).await? {
        records.extend(Record::kept(store, &id).await?);
    }
    let title = format!("{}：{}", batch.kind.name(), batch.receiver);
    pack(ledger, folder, &title, records).await
}

async fn pack(
    ledger: &Ledger,
    folder: &Path,
    title: &str,
    records: Vec<Record>,
) -> Result<Vec<u8>, Unpacked> {
    let sizes = records.iter().flat_map(|record| &record.attachments).map(|file| file.size);
    if sizes.fold(0_i64, i64::saturating_add) > MOST_BYTES {
        return Err(Unpacked::TooLarge);
    }
    let mut bag = Bag::default();
    for (record, at) in records.iter().zip(1..) {
        add(&mut bag, ledger, folder, record, &folder_of(at)).await?;
    }
    let log = ledger.log();
    if let Some(identity) = log.identity().await? {
        bag.put("log/vkey.txt", format!("{}\n", identity.vkey));
    }
    if let Some(text) = log.checkpoint_text().await? {
        bag.put("log/checkpoint.txt", text);
    }
    let today = ledger.clock().today();
    bag.put("index.html", pages::index(title, &records, today));
    bag.put("catalog.csv", pages::catalogue(&records).map_err(Unpacked::written)?);
    bag.put("README.txt", README);
    bag.put("verify.py", VERIFY);
    let organ = records.first().map(|record| record.organ_name.clone()).unwrap_or_default();
    let closed = tokio::task::spawn_blocking({
        let title = title.to_owned();
        move || bag.close(&organ, &title, today)
    });
    closed.await.map_err(Unpacked::written)?.map_err(Unpacked::written)
}

/// Where a record lies in a package.
fn folder_of(at: usize) -> String {
    format!("records/{at:04}")
}

async fn add(
    bag: &mut Bag,
    ledger: &Ledger,
    folder: &Path,
    record: &Record,
    at: &str,
) -> Result<(), Unpacked> {
    let today = ledger.clock().today();
    let destroyed = is_destroyed(ledger.store(), &record.id).await?;
    let json = writing::write(record, &[], Form::Json, None, today).await;
    bag.put(&format!("{at}/metadata.json"), json.map_err(Unpacked::written)?);
    bag.put(&format!("{at}/document.html"), pages::document(record, today));
    if !destroyed {
        let former = Former::all(ledger.store(), &record.id).await?;
        let docx = writing::write(record, &former, Form::Docx, None, today).await;
        bag.put(&format!("{at}/document.docx"), docx.map_err(Unpacked::written)?);
        bag.put(&format!("{at}/document.txt"), record.text.as_str());
        for (file, number) in record.attachments.iter().zip(1..) {
            let bytes = files::read(folder, &file.sha256).await;
            let bytes = bytes.map_err(|_| Unpacked::Damaged(file.name.clone()))?;
            bag.put(&format!("{at}/files/{number:02}-{}", plain(&file.name)), bytes);
        }
    }
    let subject = inscription::subject(&record.id);
    let events = ledger.events_on(&subject).await?;
    bag.put(&format!("{at}/history.csv"), pages::history(&events).map_err(Unpacked::written)?);
    prove(bag, ledger, record, at, &subject).await
}

/// The leaves of a record with their proofs; what opens the newest, where the record is shown to
/// everybody now (docs/readings/050).
async fn prove(
    bag: &mut Bag,
    ledger: &Ledger,
    record: &Record,
    at: &str,
    subject: &str,
) -> Result<(), Unpacked> {
    let log = ledger.log();
    let history: Vec<Inscribed> = log.history(subject).await?;
    let newest = history.iter().rfind(|leaf| leaf.body.sha256.is_some());
    let newest = newest.map(|leaf| leaf.position);
    let shown = Record::find(ledger.store(), &record.id).await?.is_some();
    for leaf in &history {
        let place = leaf.position;
        bag.put(&format!("{at}/log/{place}.leaf.json"), leaf.text.as_str());
        if let Some(proof) = log.proof(place).await? {
            bag.put(&format!("{at}/log/{place}.tlog-proof"), proof.to_text());
        }
        if shown
            && newest == Some(place)
            && let Some(opening) = log.opening(place).await?
        {
            bag.put(&format!("{at}/log/{place}.content"), opening.bytes());
        }
    }
    Ok(())
}

/// A file's name as every system takes it.
fn plain(name: &str) -> String {
    let fits = |letter: char| match letter {
        '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '%' => '_',
        letter if letter.is_control() => '_',
        letter => letter,
    };
    let name: String = name.chars().take(80).map(fits).collect();
    name.trim_matches(['.', ' ']).to_owned()
}

/// 保管期限 in words.
fn period(retention: Option<Retention>) -> &'static str {
    retention.map_or("未定", Retention::name)
}
