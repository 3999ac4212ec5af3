//! What people call what this room writes into the ledger.

pub(crate) const ACT_NAMES: &[(&str, &str)] = &[
    ("requests.intake", "登记政府信息公开申请"),
    ("requests.several", "多人申请同一信息，提请主动公开"),
];
