//! The records' tables.

mod attachment_texts;
mod begun;
mod checks;
mod clearing;
mod converted;
mod correcting;
mod drafts;
mod findings;
mod folding;
mod holdings;
mod impact;
mod keeping;
mod kept_files;
mod lists;
mod looking;
mod proposals;
mod reading;
mod related;
mod retention;
mod serials;
mod taken;
mod takeovers;
mod withdrawals;
mod wording;

use records_rules::{DocumentNumber, HeldMatter, Life, Metadata, PublicationDates, Repeal};
use serde::{Deserialize, Serialize};
use store::StoreError;

pub(crate) use attachment_texts::{AttachmentText, Seen, Unread, forget_text};
pub use begun::{AtDesk, Begun, BegunKind, BegunState};
pub use checks::{Answer, CheckCase, CheckRule, CheckState, Draw, Finding, FindingTally, Seed};
pub(crate) use checks::{Judged, NewCase, domains, hands_in, population};
pub use clearing::{Clearing, Expired, Normative};
pub use converted::ConvertedDraft;
pub use correcting::Former;
pub(crate) use correcting::{correct, repeal, show};
pub use drafts::{Content, Draft, DraftLine, DraftState, VersionLine};
pub(crate) use drafts::{Saved, titled};
pub use findings::{Found, FoundByOrgan, FoundIn, Published, Rescan};
pub(crate) use findings::{forget_found, keep_found};
pub(crate) use holdings::place;
pub use holdings::{file_names, how_many};
pub use impact::ImpactAssessment;
pub(crate) use keeping::{NewRecord, add};
pub(crate) use kept_files::FileTurn;
pub use kept_files::{KeptFile, Original};
pub(crate) use lists::taken_down;
pub(crate) use lists::{
    Listed, Mark, Page, Turn, count, genres, item_words, organs, published_last, tally,
};
pub use looking::PublishedLine;
pub use proposals::{AttributeProposal, Reassessment};
pub(crate) use related::Neighbour;
pub use retention::{DepositBatch, Destruction, DestructionState, KeptRecord};
pub(crate) use retention::{
    destroyed_on, empty, is_destroyed, is_kept_elsewhere, is_original_of_kept, originals_of,
};
pub(crate) use serials::Serial;
pub(crate) use taken::Taken;
pub(crate) use takeovers::{Earlier, Kept, OldPlace, Takeover, old_addresses, standing_at};
pub use takeovers::{HeldBack, HeldLine};
pub use withdrawals::{WithdrawalCase, WithdrawalState};
pub use wording::{Wording, WordingVersion};

/// Whether record `r` may be shown to everybody. Every statement that answers the public says so. Almost all
/// records are shown, so the sign before the column keeps SQLite from looking them up by that.
pub(crate) const OPEN: &str = "r.reach = 'whole' AND +r.withdrawn = 0";

/// A document as it was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its key.
    pub id: String,
    /// Its particulars.
    pub metadata: Metadata,
    /// 发布日期, and where it was published before.
    pub dates: PublicationDates,
    /// 发布机构, its full name.
    pub organ_name: String,
    /// The name people use for it.
    pub organ_short: String,
    /// That organ's telephone, where known.
    pub organ_phone: Option<String>,
    /// The division that organ serves.
    pub division: String,
    /// The first sentences, for lists and search engines.
    pub summary: String,
    /// Its text, with the marks of a manuscript.
    pub text: String,
    /// The catalogue items it belongs to.
    pub items: Vec<LinkedItem>,
    /// 附件, in order.
    pub attachments: Vec<Attachment>,
}

/// 公开事项 a record belongs to, by the keys under which the catalogues know it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LinkedItem {
    /// The domain's slug.
    pub domain: String,
    /// The item's key.
    pub item: String,
    /// The names of the domain, then of each level: 养老服务, 养老服务通用政策, 扶持政策措施清单.
    pub words: Vec<String>,
}

/// An item a manuscript names, as the catalogue that holds for its publisher has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundItem {
    /// Its keys and names.
    pub link: LinkedItem,
    /// Why what is published of it does not go to the open web by itself, where it does not.
    #[serde(default)]
    pub held: Option<HeldMatter>,
    /// 公开内容（要素）: what a document of it has to say.
    #[serde(default)]
    pub elements: Vec<String>,
}

/// 附件 of a record; the file itself lies in the folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Its name with its ending.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    /// Under which it is kept, hexadecimal.
    pub sha256: String,
}

/// Why a record could not be read.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Something in its row is not what this program writes.
    #[error("record {record}: {field} reads {text}")]
    Unreadable {
        /// The record's key.
        record: String,
        /// The column.
        field: &'static str,
        /// What is in it.
        text: String,
    },
}

impl From<RecordError> for web::Fault {
    fn from(error: RecordError) -> Self {
        Self::inside(error)
    }
}

/// The keys of the records with exactly this 文号, newest first: more than one where organs share a
/// word for themselves.
///
/// # Errors
/// The database refuses.
pub async fn numbered(
    from: &impl store::Statements,
    number: &DocumentNumber,
) -> Result<Vec<String>, StoreError> {
    lists::numbered(from, number).await
}

/// The days that decide 有效性 out of their columns: 施行日期, 有效期至, 废止日期, 修改日期,
/// 部分失效日期.
pub(crate) fn life(columns: [&Option<String>; 5]) -> Life {
    let day = |text: &Option<String>| text.as_ref().and_then(|text| text.parse().ok());
    let [in_force_from, last_day, repealed_from, amended_from, partly_void_from] = columns.map(day);
    let repealed = repealed_from.map(|from| Repeal { from, by: None });
    Life { in_force_from, last_day, repealed, amended_from, amended_by: None, partly_void_from }
}

impl LinkedItem {
    /// The domain's name as it was at publication.
    pub fn domain_name(&self) -> Option<&str> {
        self.words.first().map(String::as_str)
    }
}
