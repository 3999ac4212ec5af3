//! What people call what this room writes into the ledger, for whoever audits it.

/// `room.act`, and the words.
pub(crate) const ACT_NAMES: &[(&str, &str)] =
    &[("sites.establishment", "开设站点"), ("sites.unmet", "记下没有找到的需要")];
