//! What set an obligation off, and the key that this gives it.

use serde::{Deserialize, Serialize};

/// What set an obligation off.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "key")]
pub enum Trigger {
    /// The information came to be or changed: the record itself.
    Record(String),
    /// A registered event.
    Event(String),
    /// A period of the calendar: 2026, 2026-H2, 2026-Q3, 2026-09.
    Period(String),
}

impl Trigger {
    /// As it is stored: `record:…`, `event:…`, `period:2026-Q3`.
    pub fn key(&self) -> String {
        match self {
            Self::Record(key) => format!("record:{key}"),
            Self::Event(key) => format!("event:{key}"),
            Self::Period(name) => format!("period:{name}"),
        }
    }

    /// Reads a stored one; `None` for any other text.
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, key) = text.split_once(':')?;
        let key = key.to_owned();
        match kind {
            "record" => Some(Self::Record(key)),
            "event" => Some(Self::Event(key)),
            "period" => Some(Self::Period(key)),
            _ => None,
        }
    }
}

/// The key of an obligation: twenty hexadecimal digits from domain, item, organ and trigger. They
/// tell obligations apart (FNV-1a in 128 bits, of which 80 are kept); no secret rests on them.
pub(super) fn id(domain: &str, item: &str, organ: &str, trigger: &Trigger) -> String {
    const BASIS: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let (kind, key) = match trigger {
        Trigger::Record(key) => ("record", key),
        Trigger::Event(key) => ("event", key),
        Trigger::Period(name) => ("period", name),
    };
    let parts = [domain, item, organ, kind, key];
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0]));
    let sum = bytes.fold(BASIS, |sum, byte| (sum ^ u128::from(byte)).wrapping_mul(PRIME));
    let folded = (sum ^ (sum >> 80)) & ((1 << 80) - 1);
    format!("{folded:020x}")
}

#[cfg(test)]
mod tests {
    use super::{Trigger, id};

    #[test]
    fn a_trigger_comes_back_as_it_was_stored_and_the_key_depends_on_every_part() {
        let quarter = Trigger::Period("2026-Q3".into());
        assert_eq!(quarter.key(), "period:2026-Q3");
        for trigger in [quarter, Trigger::Record("a".into()), Trigger::Event("a".into())] {
            assert_eq!(Trigger::parse(&trigger.key()), Some(trigger));
        }
        assert_eq!(Trigger::parse("something:else"), None);
        let record = Trigger::Record("1".into());
        let base = id("jiuye", "12345678", "XM00001", &record);
        assert_eq!(base.len(), 20);
        for other in [
            id("jiuzai", "12345678", "XM00001", &record),
            id("jiuye", "12345679", "XM00001", &record),
            id("jiuye", "12345678", "XM00002", &record),
            id("jiuye", "12345678", "XM00001", &Trigger::Record("2".into())),
            id("jiuye", "12345678", "XM00001", &Trigger::Event("1".into())),
        ] {
            assert_ne!(base, other);
        }
    }
}
