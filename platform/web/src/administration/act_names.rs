//! What people call what stands in the ledger: the rooms name their own acts, here are those of the platform.

use crate::House;

/// `room.act`, and the words.
const OF_PLATFORM: &[(&str, &str)] = &[
    ("identity.account", "设立账号"),
    ("identity.audit_export", "决定审计导出"),
    ("identity.audit_export_request", "提请审计导出"),
    ("identity.audit_read", "查看审计记录"),
    ("identity.audit_file", "下载审计导出"),
    ("identity.persons_read", "查看人员名单"),
    ("identity.person_read", "查看人员"),
    ("identity.posts_read", "查看岗位"),
    ("identity.setting", "更改安全设置"),
    ("identity.setting_proposal", "提出安全设置"),
    ("identity.setting_refusal", "不同意安全设置"),
    ("identity.invention", "设立演示人员"),
    ("identity.first_administrator", "任命首个安全管理员"),
    ("identity.grant", "授予岗位"),
    ("identity.grant_proposal", "提出授予岗位"),
    ("identity.grant_refusal", "不同意授予岗位"),
    ("identity.revocation", "收回岗位"),
    ("identity.import", "导入机关"),
    ("identity.person", "登记人员"),
    ("identity.departure", "人员离职"),
    ("identity.subject", "关联单点登录"),
    ("identity.reset", "重置账号"),
    ("identity.password_accepted", "口令正确"),
    ("identity.sign_in_refused", "登录没有成功"),
    ("identity.sign_in", "登录"),
    ("identity.factor_begun", "开始第二重验证"),
    ("identity.factor_refused", "验证码不对"),
    ("identity.factor_renewed", "再次验证"),
    ("identity.factor", "设立第二重验证"),
    ("identity.password", "更改口令"),
    ("identity.standing", "选择身份"),
    ("identity.sign_out", "退出"),
    ("identity.stand_in", "批准代理"),
    ("identity.stand_in_proposal", "提出代理"),
    ("identity.stand_in_refusal", "不同意代理"),
    ("identity.stand_in_end", "结束代理"),
    ("identity.unit", "设立科室"),
    ("identity.unit_confirmation", "确认科室"),
    ("calendar.arrangement", "导入放假安排"),
    ("ledger.anchor", "登记公开日志的签名"),
    ("ledger.founding", "建立公开日志"),
    ("ledger.witness", "登记见证人"),
    ("ledger.witness_dismissal", "除去见证人"),
    ("ledger.backup", "备份"),
    ("ledger.restore", "从备份恢复"),
    ("ledger.intake", "登记见证签名"),
    ("secrets.rotation", "换个人信息的密钥"),
    ("secrets.reseal", "个人信息改用新密钥"),
];

/// What an act is called; `None` where nobody names it.
pub fn name_of(house: &House, act: &str) -> Option<&'static str> {
    let rooms = house.rooms().iter().flat_map(|room| room.act_names);
    let found = rooms.chain(OF_PLATFORM).find(|(key, _)| *key == act);
    found.map(|(_, words)| *words)
}

/// A heading, and the acts below it with their names.
pub(super) type Group = (&'static str, &'static [(&'static str, &'static str)]);

/// Everything that has a name, by whose it is.
pub(super) fn groups(house: &House) -> Vec<Group> {
    let rooms = house.rooms().iter().filter(|room| !room.act_names.is_empty());
    let rooms = rooms.map(|room| (room.title, room.act_names));
    rooms.chain([("平台", OF_PLATFORM)]).collect()
}
