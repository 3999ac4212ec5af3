//! The tree grows over the leaves, and its new size is signed.

use std::io;

use store::{FromQueryResult, Statements, StoreError, Transaction, Value, moment};
use tlog::{
    Checkpoint, HASHES_PER_TILE, Hash, Kind, Note, Verifier, base64_of, leaf_hash, root_of, whole,
};

use super::guard::LastSigned;
use super::nodes::{self, Tree};
use super::{IDENTITY, Identity, LogKey, PublicLog, Signed, newest};
use crate::{Actor, DeskError, Entry, Ledger};

/// Why the log was not carried on. None of these mends itself: a person must look.
#[derive(Debug, thiserror::Error)]
pub enum GrowthError {
    /// The key is not the one the log was founded with.
    #[error("日志是用另一把密钥建立的（{0}）；请把原来的密钥文件放回数据目录的 log 文件夹")]
    OtherKey(String),
    /// What is stored no longer leads to what was signed.
    #[error(
        "存着的哈希算不出已经签署的第 {0} 号检查点，有人或者磁盘改了数据；停止签署，请运行 gongkai log verify"
    )]
    Damaged(i64),
    /// The database is older than what was signed already.
    #[error(
        "已经签署到 {signed} 条，数据库里只有 {stored} 条，像是恢复了旧备份；停止签署，请恢复更新的备份"
    )]
    Older {
        /// What was signed.
        signed: i64,
        /// What is there.
        stored: i64,
    },
    /// A witness has seen a longer log than there is.
    #[error(
        "见证人见过本日志的 {signed} 条，数据库里只签署了 {stored} 条，像是恢复了旧备份；停止签署，请恢复更新的备份（见证人有误的，用 gongkai log witnesses remove 移除）"
    )]
    Witnessed {
        /// What it has seen.
        signed: i64,
        /// What is there.
        stored: i64,
    },
    /// The file beside the key cannot be read or written.
    #[error("日志文件夹读写不了，请检查权限和磁盘")]
    File(#[from] io::Error),
    /// The database refuses.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The founding was not kept.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

/// So many leaves are taken in at a time.
const BATCH: i64 = 10_000;

const WIDTH: i64 = HASHES_PER_TILE as i64;

#[derive(FromQueryResult)]
struct Body {
    body: String,
}

impl Ledger {
    /// Founds the log of this key, unless it was founded: the name and the key stand for ever.
    ///
    /// # Errors
    /// It was founded with another key, or the database refuses.
    pub async fn found_log(&self, actor: Actor, key: &LogKey) -> Result<(), GrowthError> {
        let same = |vkey: &str| match vkey == key.vkey() {
            true => Ok(()),
            false => Err(GrowthError::OtherKey(vkey.to_owned())),
        };
        if let Some(identity) = self.log().identity().await? {
            return same(&identity.vkey);
        }
        let mut desk = self.desk(actor).await?;
        let row: [Value; 4] =
            [1_i64.into(), key.origin().into(), key.vkey().into(), moment(desk.now()).into()];
        let columns = ["one", "origin", "vkey", "founded_at"];
        desk.change().insert("log_identity", &columns, vec![row.into()]).await?;
        desk.record(Entry {
            room: "ledger",
            act: "founding",
            subject: format!("log:{}", key.origin()),
            organ: String::new(),
            basis: "《政府信息公开条例》第六条".into(),
            facts: serde_json::json!({ "vkey": key.vkey() }),
        })
        .await?;
        desk.seal().await?;
        Ok(())
    }
}

impl PublicLog {
    /// Lets the tree grow over all leaves there are and signs its new size; says which, `None` where
    /// there was nothing new. Done twice or by two at once it is done once.
    ///
    /// # Errors
    /// What is stored does not lead to what was signed, or cannot be read or written. Then nothing was
    /// signed.
    pub async fn grow(&self, key: &LogKey) -> Result<Option<Checkpoint>, GrowthError> {
        let mut grown = None;
        while let Some(checkpoint) = self.grow_once(key).await? {
            grown = Some(checkpoint);
        }
        Ok(grown)
    }

    async fn grow_once(&self, key: &LogKey) -> Result<Option<Checkpoint>, GrowthError> {
        let sql = "SELECT count(*) FROM log_leaf WHERE position >= $1";
        let signed = self.checkpoint().await?;
        let size = signed.as_ref().map_or(0, |signed| signed.size);
        if signed.is_some() && self.store.number(sql, vec![size.into()]).await? == Some(0) {
            return Ok(None);
        }
        let change = self.store.begin().await?;
        // One worker at a time: the next sees what this one has signed.
        change.run("UPDATE log_turn SET taken = taken + 1 WHERE one = 1", vec![]).await?;
        let signed = newest(&change).await?;
        let grown = self.signed_growth(&change, key, signed.as_ref()).await?;
        let Some((checkpoint, last)) = grown else { return Ok(None) };
        change.commit().await?;
        key.note_signed(&last)?;
        Ok(Some(checkpoint))
    }

    async fn signed_growth(
        &self,
        change: &Transaction,
        key: &LogKey,
        signed: Option<&Signed>,
    ) -> Result<Option<(Checkpoint, LastSigned)>, GrowthError> {
        let size = signed.map_or(0, |signed| signed.size);
        self.may_go_on(change, key, signed).await?;
        let sql = "SELECT body FROM log_leaf WHERE position >= $1 ORDER BY position LIMIT $2";
        let leaves: Vec<Body> = change.all(sql, vec![size.into(), BATCH.into()]).await?;
        if leaves.is_empty() && signed.is_some() {
            return Ok(None);
        }
        let hashes = leaves.iter().map(|leaf| leaf_hash(leaf.body.as_bytes())).collect();
        add_nodes(change, size, hashes).await?;
        let size = size + i64::try_from(leaves.len()).unwrap_or(0);
        let root = root_at(change, size).await?;
        let checkpoint = Checkpoint {
            origin: key.origin().to_owned(),
            size: u64::try_from(size).unwrap_or(0),
            root,
        };
        let last = LastSigned { size, root: base64_of(&root) };
        let row: [Value; 4] = [
            size.into(),
            last.root.clone().into(),
            moment(self.clock.now()).into(),
            checkpoint.sign(&key.signer).to_text().into(),
        ];
        let columns = ["size", "root", "signed_at", "note"];
        change.insert("log_checkpoint", &columns, vec![row.into()]).await?;
        Ok(Some((checkpoint, last)))
    }

    /// Nothing is signed over what does not lead to what was signed before.
    async fn may_go_on(
        &self,
        change: &Transaction,
        key: &LogKey,
        signed: Option<&Signed>,
    ) -> Result<(), GrowthError> {
        let identity: Option<Identity> = change.one(IDENTITY, vec![]).await?;
        let own = identity.map(|identity| identity.vkey).unwrap_or_default();
        if own != key.vkey() {
            return Err(GrowthError::OtherKey(own));
        }
        let (size, root) = signed.map_or((0, ""), |signed| (signed.size, signed.root.as_str()));
        if let Some(last) = key.last_signed()? {
            let same = last.size < size || (last.size == size && last.root == root);
            if last.size > size {
                return Err(GrowthError::Older { signed: last.size, stored: size });
            }
            if !same {
                return Err(GrowthError::Damaged(size));
            }
        }
        let seen = change.number("SELECT coalesce(max(known), 0) FROM log_witness", vec![]).await?;
        if let Some(seen) = seen.filter(|seen| *seen > size) {
            return Err(GrowthError::Witnessed { signed: seen, stored: size });
        }
        let Some(signed) = signed else { return Ok(()) };
        let read = Verifier::parse(&key.vkey(), Kind::Note)
            .and_then(|own| Checkpoint::open(&Note::parse(&signed.note)?, &own));
        let read = read.map_err(|_| GrowthError::Damaged(size))?;
        let found = root_at(change, size).await?;
        let whole = i64::try_from(read.size) == Ok(size)
            && read.root == found
            && base64_of(&found) == signed.root;
        if whole { Ok(()) } else { Err(GrowthError::Damaged(size)) }
    }
}

pub(super) async fn root_at(from: &impl Statements, size: i64) -> Result<Hash, StoreError> {
    let range = whole(u64::try_from(size).unwrap_or(0));
    let hashes = Tree::of(from).hashes(&[range]).await?;
    Ok(hashes.first().copied().unwrap_or_default())
}

/// Adds hashes of leaves behind the first `size`, and above them one for each tile that is full now.
async fn add_nodes(change: &Transaction, size: i64, hashes: Vec<Hash>) -> Result<(), StoreError> {
    let (mut level, mut first, mut hashes) = (0_u32, size, hashes);
    while !hashes.is_empty() {
        let row = |(at, hash): (i64, &Hash)| {
            vec![i64::from(level).into(), at.into(), base64_of(hash).into()]
        };
        let rows: Vec<Vec<Value>> = (first..).zip(&hashes).map(row).collect();
        // The first new tile may have been begun before.
        let begun = first - first % WIDTH;
        let mut tile = nodes::row(change, level, begun, first).await?;
        tile.extend(&hashes);
        change.insert("log_node", &["level", "position", "hash"], rows).await?;
        hashes = tile.chunks_exact(WIDTH as usize).map(root_of).collect();
        first = begun / WIDTH;
        level += 1;
    }
    Ok(())
}
