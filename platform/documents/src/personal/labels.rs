//! The words by which people announce what a number is.

/// What a text announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    Identity,
    Phone,
    Card,
}

const IDENTITY: &[&str] = &[
    "身份证",
    "公民身份",
    "身份号码",
    "证件号",
    "证件编号",
    "身份證",
    "證件號",
    "sfz",
    "idcard",
    "id_card",
    "id-card",
    "idno",
    "identity",
    "identno",
    "居住证",
    "永居证",
    "居留证",
    "户口",
];
const PHONE: &[&str] = &[
    "电话", "手机", "联系", "電話", "手機", "mobile", "phone", "tel", "移动", "号码", "致电",
    "拨打", "微信", "sj", "cell",
];
const CARD: &[&str] = &[
    "银行卡",
    "卡号",
    "账号",
    "帐号",
    "账户",
    "帐户",
    "一卡通",
    "惠农卡",
    "社保卡",
    "收款",
    "存折",
    "信用卡",
    "借记卡",
    "储蓄卡",
    "银行",
    "开户",
    "打卡",
    "card",
    "account",
    "銀行",
    "卡號",
    "賬號",
    "发卡",
    "工资卡",
    "行卡",
    "养老卡",
    "补贴卡",
];

/// Words before numbers that belong to things, not to persons.
const THINGS: &[&str] = &[
    "编号",
    "代码",
    "编码",
    "条码",
    "流水",
    "单号",
    "发票",
    "许可证",
    "合同",
    "项目",
    "批次",
    "文号",
    "索引",
    "序列",
    "金额",
    "面积",
    "时间",
    "坐标",
    "价",
    "资金",
    "编號",
    "统一社会信用",
    "区划",
    "元)",
    "产权",
    "登记号",
    "受理",
    "计划号",
    "科目",
    "合计",
    "总计",
    "数量",
    "总额",
    "余额",
    "产值",
    "收入",
    "支出",
    "预算",
    "决算",
    "小计",
];

/// What follows an amount.
const UNITS: &[&str] = &[
    "元", "万", "亿", "米", "平方", "㎡", "m2", "吨", "人", "户", "份", "%", "千", "公斤", "公里",
    "亩", "度", "美元", "kw",
];

impl Label {
    const fn words(self) -> &'static [&'static str] {
        match self {
            Self::Identity => IDENTITY,
            Self::Phone => PHONE,
            Self::Card => CARD,
        }
    }

    /// Whether the words announce this.
    pub(super) fn is_in(self, words: &str) -> bool {
        self.words().iter().any(|word| words.contains(word))
    }
}

/// Whether the words announce a number of a thing.
pub(super) fn announces_a_thing(words: &str) -> bool {
    THINGS.iter().any(|word| words.contains(word))
}

/// Whether the words begin with a unit.
pub(super) fn begins_with_unit(words: &str) -> bool {
    UNITS.iter().any(|unit| words.starts_with(unit))
}

/// Words above a column of names.
const NAMES: &[&str] = &[
    "姓名",
    "申请人",
    "救助对象",
    "补助对象",
    "补贴对象",
    "保障对象",
    "患者",
    "户主",
    "受助人",
    "领取人",
    "残疾人",
    "死者",
    "伤者",
    "当事人",
    "被处罚人",
    "学员",
    "考生",
];
/// Words above a column of persons under age.
const MINORS: &[&str] = &["学生", "儿童", "幼儿", "新生", "婴儿", "未成年", "孤儿"];
/// Words above a column that says what someone suffers from.
const HEALTH: &[&str] = &[
    "病情",
    "诊断",
    "疾病",
    "病名",
    "病种",
    "患病",
    "残疾类别",
    "残疾类型",
    "残疾等级",
    "病因",
    "伤情",
    "病史",
    "疾患",
];
/// Words above a column that shows someone is in need.
const NEED: &[&str] =
    &["救助", "补助", "补贴", "低保", "特困", "残疾", "贫困", "致贫", "困难", "保障金", "金额"];
/// Words above or before someone's home.
pub(super) const HOMES: &[&str] = &[
    "家庭住址",
    "家庭地址",
    "现住址",
    "户籍地",
    "户籍所在",
    "户口所在",
    "居住地址",
    "现居住",
    "常住地址",
    "住址",
];
/// Words before a telephone at home.
pub(super) const HOME_PHONES: &[&str] = &["家庭电话", "住宅电话", "宅电", "家里电话"];

fn any(words: &[&str], text: &str) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// Whether a heading stands above names of persons.
pub(super) fn is_of_names(heading: &str) -> bool {
    any(NAMES, heading)
        && !["单位", "电话", "类别", "等级", "范围", "条件"]
            .iter()
            .any(|word| heading.contains(word))
}

/// Whether a heading stands above names of persons under age.
pub(super) fn is_of_minors(heading: &str) -> bool {
    any(MINORS, heading) && (heading.contains('名') || heading.chars().count() <= 4)
}

/// Whether a heading stands above illnesses.
pub(super) fn is_of_health(heading: &str) -> bool {
    any(HEALTH, heading)
}

/// Whether a heading stands above help or need.
pub(super) fn is_of_need(heading: &str) -> bool {
    any(NEED, heading)
}

/// Whether a heading stands above homes.
pub(super) fn is_of_homes(heading: &str) -> bool {
    any(HOMES, heading)
}

/// Whether a short word names a column of which more is to be known.
pub(crate) fn names_a_column(word: &str) -> bool {
    let lower = word.to_lowercase();
    [Label::Identity, Label::Phone, Label::Card].iter().any(|label| label.is_in(&lower))
        || announces_a_thing(&lower)
        || any(NAMES, word)
        || any(HEALTH, word)
        || any(HOMES, word)
        || any(NEED, word)
}
