//! 区分处理 of a file that is to be provided: what an officer names is masked wherever it stands, what is hidden
//! goes, and the copy is looked through again; only the copy goes out (docs/readings/184).

use std::collections::BTreeMap;

use documents::{Examined, Findings, Masking, Refusal};
use requests_rules::Removal;

/// What an officer wants taken out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wanted {
    /// Whether personal data (identity numbers, telephones, accounts …) is masked wherever it is found.
    pub personal: bool,
    /// Each thing with the passages in which it stands; none where it was taken out before.
    pub things: Vec<Thing>,
}

/// One thing that is to be taken out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Thing {
    /// What it is, in words that do not tell it.
    pub what: String,
    /// The kind of withholding it falls under.
    pub code: String,
    /// The very words, wherever they stand in the file.
    pub passages: Vec<String>,
}

/// Why no copy was made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoCopy {
    /// The file cannot be read, or not be written anew.
    #[error("{0}。{remedy}", remedy = .0.remedy())]
    Refused(#[from] Refusal),
    /// A passage stands nowhere in it.
    #[error("文件里没有找到要删去的“{0}”。请照文件里的字句写；扫描的图像请先遮盖再放入，字句留空")]
    NotFound(String),
}

/// A copy with what was taken out of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// The copy.
    pub bytes: Vec<u8>,
    /// What was taken out.
    pub removals: Vec<Removal>,
}

/// The kind under which personal data is withheld: 第三方合法权益.
const PRIVACY: &str = "D4";

impl Wanted {
    /// What a copy masks.
    pub fn masking(&self) -> Masking {
        let kinds = if self.personal { Masking::default() } else { Masking::of([]) };
        kinds.and_passages(self.things.iter().flat_map(|thing| thing.passages.clone()))
    }

    /// The copy of a file that was examined with that masking.
    ///
    /// # Errors
    /// There is none, or a passage was not found.
    pub fn copy(&self, examined: Examined) -> Result<Copy, NoCopy> {
        let Examined { findings, cleaned, text } = examined;
        let mut removals = Vec::new();
        for thing in &self.things {
            let mut times = 0;
            for passage in thing.passages.iter().filter(|one| !one.trim().is_empty()) {
                match Masking::times_in(&text, passage) {
                    0 => return Err(NoCopy::NotFound(passage.trim().to_owned())),
                    count => times += count as u64,
                }
            }
            let (what, code) = (thing.what.trim().to_owned(), thing.code.clone());
            removals.push(Removal { what, code, times });
        }
        if self.personal {
            removals.extend(masked(&findings));
        }
        Ok(Copy { bytes: cleaned?, removals })
    }
}

/// Personal data that was masked because it was found: one removal, by kinds.
fn masked(findings: &Findings) -> Option<Removal> {
    let mut kinds: BTreeMap<&str, u64> = BTreeMap::new();
    for finding in findings.blocking() {
        *kinds.entry(finding.kind.name()).or_default() += finding.times as u64;
    }
    let names: Vec<&str> = kinds.keys().copied().collect();
    let removal = || Removal {
        what: format!("个人信息：{}", names.join("、")),
        code: PRIVACY.to_owned(),
        times: kinds.values().sum(),
    };
    (!kinds.is_empty()).then(removal)
}
