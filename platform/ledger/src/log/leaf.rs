//! Leaves: what stands in the log of one act.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use sm3::Sm3;
use tlog::hex;

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LeafEvent {
    /// 发布.
    Publication,
    /// 更正.
    Correction,
    /// 撤下.
    Withdrawal,
    /// A catalogue came out.
    Release,
    /// It was public before there was a log, and is taken in as it stands.
    Intake,
    /// It was withdrawn by mistake and is public again.
    Restoration,
    /// Where the chain of the audit ended on a day.
    Anchor,
}

/// Why something was withdrawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Withdrawal {
    /// It should not have been published; this destroys what opens its leaves.
    InError,
    /// It stands elsewhere now.
    Moved,
    /// It no longer holds.
    NoLongerInForce,
    /// A list of persons whose time is over (个人信息保护法第四十七条); what opens its leaves stays, and is
    /// given to nobody any more (docs/readings/094).
    Ended,
    /// It was kept for its time and destroyed; what opens its leaves stays.
    Destroyed,
    /// Whoever it is about no longer agrees to its being public (个人信息保护法第十五条); this destroys what opens
    /// its leaves.
    ConsentWithdrawn,
}

impl Withdrawal {
    /// Whether what opens the leaves goes with what was withdrawn: what should never have been public loses it
    /// (docs/readings/050), and what was public by a consent that is taken back (docs/readings/267).
    pub(crate) const fn forgets(self) -> bool {
        matches!(self, Self::InError | Self::ConsentWithdrawn)
    }
}

/// A leaf that an act asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    pub(super) event: LeafEvent,
    pub(super) subject: String,
    pub(super) organ: String,
    pub(super) index: String,
    pub(super) content: Option<String>,
    pub(super) reason: Option<Withdrawal>,
}

impl Leaf {
    /// Something was made public: `subject` as in the ledger (`record:…`), the organ's code, the number
    /// people know it by (索引号), and exactly what was made public, in a form that can be made again
    /// from what is kept.
    pub fn publication(
        subject: impl Into<String>,
        organ: impl Into<String>,
        index: impl Into<String>,
        content: String,
    ) -> Self {
        Self {
            event: LeafEvent::Publication,
            subject: subject.into(),
            organ: organ.into(),
            index: index.into(),
            content: Some(content),
            reason: None,
        }
    }

    /// The same, for what was put right.
    #[must_use]
    pub fn correcting(self) -> Self {
        Self { event: LeafEvent::Correction, ..self }
    }

    /// The same, for a catalogue that came out.
    #[must_use]
    pub fn releasing(self) -> Self {
        Self { event: LeafEvent::Release, ..self }
    }

    /// The same, for what was public before there was a log.
    #[must_use]
    pub fn taking_in(self) -> Self {
        Self { event: LeafEvent::Intake, ..self }
    }

    /// The same, for what was withdrawn and is public again.
    #[must_use]
    pub fn restoring(self) -> Self {
        Self { event: LeafEvent::Restoration, ..self }
    }

    /// What it is about.
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// Where the chain of the audit ended, so that nobody can make another chain afterwards.
    pub(crate) fn anchor(content: String) -> Self {
        Self { event: LeafEvent::Anchor, ..Self::publication(AUDIT, "", "", content) }
    }

    /// Something was withdrawn. What never stood in the log leaves no leaf when it goes.
    pub fn withdrawal(subject: impl Into<String>, reason: Withdrawal) -> Self {
        Self {
            event: LeafEvent::Withdrawal,
            subject: subject.into(),
            organ: String::new(),
            index: String::new(),
            content: None,
            reason: Some(reason),
        }
    }
}

/// A leaf's text, which is all that strangers see. The order of the fields is the order in the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeafBody {
    /// How it is to be read.
    pub form: String,
    /// What was done.
    pub event: LeafEvent,
    /// The organ's code.
    pub organ: String,
    /// 索引号, or what the thing is known by.
    pub index: String,
    /// The thing.
    pub subject: String,
    /// Which leaf of the thing this is, from 1.
    pub version: i64,
    /// The place of the leaf before it.
    pub prev: Option<i64>,
    /// When; UTC.
    pub at: String,
    /// SHA-256 of salt and content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// SM3 (GB/T 32905) of the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sm3: Option<String>,
    /// Why it was withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Withdrawal>,
}

/// The subject of leaves that tell of the audit.
pub(super) const AUDIT: &str = "audit";

/// The form of the text.
pub(super) const FORM: &str = "gongkai-leaf/1";

impl LeafBody {
    /// The text.
    pub fn to_text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// What was done, in Chinese.
    pub fn words(&self) -> &'static str {
        match (self.event, self.reason) {
            (LeafEvent::Publication, _) => "发布",
            (LeafEvent::Correction, _) => "更正",
            (LeafEvent::Release, _) => "目录发布",
            (LeafEvent::Intake, _) => "补登（日志建立前已公开）",
            (LeafEvent::Restoration, _) => "恢复公开",
            (LeafEvent::Anchor, _) => "审计链记录",
            (LeafEvent::Withdrawal, Some(Withdrawal::Moved)) => "撤下（已并入或移到别处）",
            (LeafEvent::Withdrawal, Some(Withdrawal::NoLongerInForce)) => "失效",
            (LeafEvent::Withdrawal, Some(Withdrawal::Ended)) => "撤下（公示期满）",
            (LeafEvent::Withdrawal, Some(Withdrawal::Destroyed)) => "销毁（保管期满）",
            (LeafEvent::Withdrawal, Some(Withdrawal::ConsentWithdrawn)) => "撤下（本人撤回同意）",
            (LeafEvent::Withdrawal, _) => "撤下（误发）",
        }
    }

    /// The day in China on which it was done.
    pub fn day(&self) -> Option<law::Date> {
        store::parse_moment(&self.at).map(crate::day_in_china)
    }

    /// Whether salt and content are what the digests were made of.
    pub fn opens(&self, salt: &str, content: &str) -> bool {
        let (sha256, sm3) = digests(salt, content);
        // A salt has one spelling.
        hex(&bytes_of(salt)) == salt
            && self.sha256.as_ref() == Some(&sha256)
            && self.sm3.as_ref() == Some(&sm3)
    }
}

/// SHA-256 and SM3 over the bytes of the salt and then those of the content.
pub(super) fn digests(salt: &str, content: &str) -> (String, String) {
    let salt = bytes_of(salt);
    let sha256 = Sha256::new().chain_update(&salt).chain_update(content).finalize();
    let mut sm3 = Sm3::default();
    sm3::digest::Update::update(&mut sm3, &salt);
    sm3::digest::Update::update(&mut sm3, content.as_bytes());
    let sm3 = sm3::digest::FixedOutput::finalize_fixed(sm3);
    (hex(&sha256), hex(&sm3))
}

/// The bytes that a hexadecimal text stands for.
pub(super) fn bytes_of(hexadecimal: &str) -> Vec<u8> {
    let pair = |at: usize| u8::from_str_radix(hexadecimal.get(at..at + 2)?, 16).ok();
    (0..hexadecimal.len()).step_by(2).map_while(pair).collect()
}
