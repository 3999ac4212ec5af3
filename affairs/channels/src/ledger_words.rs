//! What people call what this room writes into the ledger, for whoever audits it.

/// `room.act`, and the words.
pub(crate) const ACT_NAMES: &[(&str, &str)] = &[
    ("channels.zone_call", "在自助机上叫工作人员"),
    ("channels.zone_call_answer", "应答叫工作人员"),
    ("channels.zone_closure", "专区临时闭区"),
    ("channels.zone_device", "接入自助机"),
    ("channels.zone_device_gone", "解除自助机"),
    ("channels.zone_ending", "停办专区"),
    ("channels.zone_equipment", "登记专区设施设备"),
    ("channels.zone_equipment_gone", "撤出专区设施设备"),
    ("channels.zone_equipment_state", "登记设施设备好坏"),
    ("channels.zone_inspection", "专区四统一检查"),
    ("channels.zone_machine_visit", "自助机统计服务人次"),
    ("channels.zone_material", "登记专区资料"),
    ("channels.zone_material_gone", "停放专区资料"),
    ("channels.zone_movement", "资料入库、发放、盘点"),
    ("channels.zone_opening", "设立专区"),
    ("channels.zone_particulars", "修改专区资料"),
    ("channels.zone_pin", "设置自助机口令"),
    ("channels.zone_staff", "登记专区值守人员"),
    ("channels.zone_staff_gone", "值守人员离岗"),
    ("channels.zone_visit", "登记专区服务人次"),
    ("channels.zone_wrong_pin", "自助机口令错误"),
];
