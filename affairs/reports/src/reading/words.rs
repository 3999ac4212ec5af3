//! The words of the form (国办公开办函〔2021〕30号, and the form of 2019 before it) by which rows and
//! columns are known, however they are numbered and wrapped.

use reports_rules::{RemedyCell, RemedyGroup, Row, Section};

use super::value::is_han;

/// A row label of table 3.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RowWord {
    /// A row with cells of its own.
    Row(Row),
    /// 其他: the last row under 其他处理, and nothing elsewhere.
    Else,
    /// 总计 of the results.
    Total,
    /// （三） to （六）: a subgroup, which has no cells in the form of 2021.
    Subgroup(Subgroup),
}

/// A subgroup of the results.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subgroup {
    /// （三）不予公开、（四）无法提供、（五）不予处理.
    Listed,
    /// （六）其他处理, which was a row of its own in the form of 2019.
    Otherwise,
}

/// A row of table 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// 规章.
    Rules,
    /// 行政规范性文件.
    Normative,
    /// 行政许可.
    Licences,
    /// 行政处罚.
    Penalties,
    /// 行政强制.
    Coercion,
    /// 行政事业性收费.
    Fees,
}

/// A column of table 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    /// 本年制发件数.
    Issued,
    /// 本年废止件数.
    Ended,
    /// 现行有效件数.
    InForce,
    /// 本年处理决定数量.
    Decisions,
    /// 本年收费金额.
    Amount,
}

/// No label of the form is longer; prose that happens to hold its words mostly is.
const LONGEST: usize = 70;

/// The words of the rows, those that would be found in another's words after that other.
const ROWS: [(u8, &[&str]); 24] = [
    (1, &["新收"]),
    (2, &["上年结转", "上年度结转", "上一年结转", "上一年度结转"]),
    (25, &["结转下年", "结转至下年", "结转下一年", "结转到下", "结转至下"]),
    (4, &["部分公开"]),
    (3, &["予以公开"]),
    (5, &["国家秘密"]),
    (6, &["禁止公开"]),
    (7, &["三安全"]),
    (8, &["第三方"]),
    (9, &["内部事务"]),
    (10, &["过程性"]),
    (11, &["执法案卷"]),
    (12, &["查询事项", "行政查询"]),
    (13, &["不掌握"]),
    (14, &["另行制作", "现成信息"]),
    (21, &["逾期不补正", "不补正"]),
    (15, &["补正后", "仍不明确"]),
    (16, &["信访", "举报投诉"]),
    (18, &["出版物"]),
    (19, &["反复申请"]),
    (17, &["重复申请", "重复提交"]),
    (20, &["重新出具", "要求行政机关确认"]),
    (22, &["收费通知", "缴纳费用", "逾期未缴"]),
    (23, &["其他处理其他"]),
];

/// The subgroups of the results.
const SUBGROUPS: [(&[&str], Subgroup); 2] = [
    (&["不予公开", "无法提供", "不予处理"], Subgroup::Listed),
    (&["其他处理", "其它处理"], Subgroup::Otherwise),
];

/// What a label says, without its number and without anything but characters.
pub(super) fn stem(plain: &str) -> String {
    let bare = without_number(plain);
    bare.chars().filter(|one| is_han(*one)).collect()
}

/// A text without the numbers it begins with: `三、`, `(三)`, `3.`, `第三部分`.
pub(super) fn without_number(plain: &str) -> &str {
    let mut rest = plain.trim_start_matches([' ', '#', '·', '•', '-', '>']);
    for _ in 0..3 {
        let bracket = rest.strip_prefix(['(', '（', '〔', '[', '【']);
        let numeral = bracket.unwrap_or(rest);
        let after = numeral.trim_start_matches(|one: char| {
            one.is_ascii_digit() || "一二三四五六七八九十".contains(one)
        });
        let after = match (after.len() < numeral.len(), bracket) {
            (true, Some(_)) => after.strip_prefix([')', '）', '〕', ']', '】']),
            (true, None) => {
                after.strip_prefix(['、', '.', '．', ',', '，', ':', '：', ')', '）', ' '])
            }
            (false, _) => None,
        };
        match after {
            Some(after) => rest = after.trim_start_matches(['、', '.', ' ']),
            None => break,
        }
    }
    let part = rest.strip_prefix('第').and_then(|rest| {
        let after = rest.trim_start_matches(|one| "一二三四五六123456".contains(one));
        after
            .strip_prefix("部分")
            .map(|after| after.trim_start_matches(['、', ':', '：', ',', '.']))
    });
    let rest = part.unwrap_or(rest);
    numbered_item(rest).unwrap_or(rest)
}

/// What follows `第三项` or `第3款`.
fn numbered_item(text: &str) -> Option<&str> {
    let rest = text.strip_prefix('第')?;
    let numeral = |one: char| one.is_ascii_digit() || "一二三四五六七八九十".contains(one);
    let after = rest.trim_start_matches(numeral);
    let counted = after.len() < rest.len();
    counted.then(|| after.strip_prefix(['项', '款'])).flatten()
}

/// Whether a text may be a label: short, and no sentence.
fn may_label(plain: &str) -> bool {
    let counts = plain.split('件').any(|before| before.ends_with(|one: char| one.is_ascii_digit()));
    let counts = counts && plain.contains('件');
    let short = !plain.is_empty() && plain.chars().count() <= LONGEST;
    short && !counts && !plain.contains(['。', ';', '；'])
}

/// A row of table 3.
pub(super) fn row(plain: &str) -> Option<RowWord> {
    if !may_label(plain) {
        return None;
    }
    let stem = stem(plain);
    match stem.as_str() {
        "其他" | "其它" | "其他情形" => return Some(RowWord::Else),
        "公开" | "全部公开" => return Row::new(3).map(RowWord::Row),
        "总计" | "合计" | "办理结果总计" | "办理结果合计" => {
            return Some(RowWord::Total);
        }
        // of the seventh item: a subtotal has no number
        "小计" | "计" if plain.contains('七') => return Some(RowWord::Total),
        _ => {}
    }
    if stem.contains("办理结果") && (stem.ends_with("总计") || stem.ends_with("合计")) {
        return Some(RowWord::Total);
    }
    let named = |words: &[&str]| words.iter().any(|word| stem == *word);
    if let Some((_, group)) = SUBGROUPS.iter().find(|(words, _)| named(words)) {
        return Some(RowWord::Subgroup(*group));
    }
    let stem = stem.replace('它', "他");
    let found = ROWS.iter().find(|(_, words)| words.iter().any(|word| stem.contains(word)));
    if let Some((number, _)) = found {
        return Row::new(*number).map(RowWord::Row);
    }
    let continued = |words: &[&str]| {
        words.iter().any(|word| stem.starts_with(word)) && stem.chars().count() <= 8
    };
    let group = SUBGROUPS.iter().find(|(words, _)| continued(words));
    group.map(|(_, group)| RowWord::Subgroup(*group))
}

/// The kinds of applicants that no other table has as columns.
const APPLICANTS: [&[&str]; 5] = [
    &["自然人"],
    &["商业企业"],
    &["科研"],
    &["社会公益", "公益组织", "公益机构", "公益团体"],
    &["法律服务", "法律机构", "律师事务所"],
];

/// A column of table 3, from 0.
pub(super) fn column(plain: &str) -> Option<usize> {
    applicant(plain).or_else(|| match stem(plain).as_str() {
        "其他" | "其它" | "其他组织" | "其他机构" => Some(5),
        "总计" | "合计" | "总数" | "共计" => Some(6),
        _ => None,
    })
}

/// A column of table 3 that only table 3 has.
pub(super) fn applicant(plain: &str) -> Option<usize> {
    if plain.chars().count() > 12 {
        return None;
    }
    let stem = stem(plain);
    match stem.as_str() {
        "公民" | "个人" => return Some(0),
        "企业" => return Some(1),
        _ => {}
    }
    APPLICANTS.iter().position(|words| words.iter().any(|word| stem.contains(word)))
}

/// A row of table 2.
pub(super) fn content(plain: &str) -> Option<Content> {
    if plain.chars().count() > 20 {
        return None;
    }
    let stem = stem(plain);
    Some(match stem.as_str() {
        stem if stem.contains("规章") && stem.contains("规范性文件") => return None,
        stem if stem.contains("规范性文件") => Content::Normative,
        stem if stem.contains("规章") => Content::Rules,
        stem if stem.contains("行政许可") => Content::Licences,
        stem if stem.contains("行政处罚") => Content::Penalties,
        stem if stem.contains("行政强制") => Content::Coercion,
        stem if stem.contains("事业性收费") => Content::Fees,
        _ => return None,
    })
}

/// A column of table 2.
pub(super) fn measure(plain: &str) -> Option<Measure> {
    if plain.chars().count() > 24 {
        return None;
    }
    let stem = stem(plain);
    let has = |words: &[&str]| words.iter().any(|word| stem.contains(word));
    Some(match () {
        () if has(&["废止", "失效"]) => Measure::Ended,
        () if has(&["现行有效", "有效件数", "有效数"]) => Measure::InForce,
        () if has(&["制发", "新制作", "制定", "印发"]) => Measure::Issued,
        () if has(&["处理决定"]) => Measure::Decisions,
        () if has(&["收费金额", "收费总额"]) => Measure::Amount,
        () => return None,
    })
}

/// What only the form of 2019 has in table 2.
pub(super) fn of_2019(plain: &str) -> bool {
    let stem = stem(plain);
    let words =
        ["新制作", "新公开", "对外公开总数", "上一年项目", "本年增减", "集中采购", "采购总金额"];
    stem.chars().count() <= 16 && words.iter().any(|word| stem.contains(word))
}

/// A group of table 4.
pub(super) fn remedy(plain: &str) -> Option<RemedyGroup> {
    if plain.chars().count() > 32 {
        return None;
    }
    let stem = stem(plain);
    let has = |words: &[&str]| words.iter().any(|word| stem.contains(word));
    let suit = has(&["诉讼", "起诉", "法院"]);
    let direct = has(&["未经复议", "未经行政复议"]) || (has(&["直接"]) && suit);
    let after = has(&["复议后"])
        || (!direct && suit && has(&["经复议", "经行政复议", "不服复议", "复议决定"]));
    match (direct, after) {
        (true, true) => None,
        (true, false) => Some(RemedyGroup::SuitDirect),
        (false, true) => Some(RemedyGroup::SuitAfterReview),
        _ if stem.contains("复议") && !has(&["诉讼", "起诉"]) => Some(RemedyGroup::Review),
        _ => None,
    }
}

/// A cell of a group of table 4.
pub(super) fn outcome(plain: &str) -> Option<RemedyCell> {
    if plain.chars().count() > 24 {
        return None;
    }
    let stem = stem(plain);
    let ends = |words: &[&str]| words.iter().any(|word| stem.ends_with(word));
    Some(match () {
        () if ends(&["总计", "合计", "小计", "共计"]) => RemedyCell::Total,
        () if matches!(stem.as_str(), "其他" | "其它") => RemedyCell::Other,
        () if ends(&["其他结果", "其它结果"]) => RemedyCell::Other,
        () if ends(&["维持"]) => RemedyCell::Upheld,
        () if ends(&["纠正"]) => RemedyCell::Corrected,
        () if ends(&["审结", "未结"]) => RemedyCell::Pending,
        () => return None,
    })
}

/// The section that a line opens.
pub(super) fn section(plain: &str) -> Option<Section> {
    if plain.chars().count() > 40 || plain.contains(['。', ';', '；']) {
        return None;
    }
    let stem = stem(plain);
    let is = |word: &str| stem.starts_with(word);
    let has = |word: &str| stem.contains(word);
    Some(match () {
        () if is("总体情况") || stem == "概述" || stem == "基本情况" => Section::Overview,
        () if is("主动公开政府信息情况") || is("主动公开政府信息的情况") => {
            Section::Proactive
        }
        () if is("收到和处理政府信息公开申请") => Section::Requests,
        () if has("信息公开") && has("行政复议") && has("行政诉讼") && stem.ends_with("情况") => {
            Section::Remedies
        }
        () if has("主要问题") && has("改进") && stem.chars().count() <= 20 => {
            Section::Problems
        }
        () if is("其他需要报告的事项") || is("需要报告的其他事项") => {
            Section::Other
        }
        () => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::grid::plain;

    #[test]
    fn every_label_of_the_form_names_its_own_row() {
        for one in Row::all() {
            let (group, subgroup, leaf) = one.labels();
            let label = [leaf, subgroup, group].into_iter().find(|label| !label.is_empty());
            let found = row(&plain(label.expect("a label")));
            let expected = match one.number() {
                23 => RowWord::Else,
                24 => RowWord::Total,
                _ => RowWord::Row(one),
            };
            assert_eq!(found, Some(expected), "{label:?}");
        }
    }

    #[test]
    fn labels_are_known_by_any_number_before_them() {
        for shown in [
            "1.属于国家秘密",
            "①属于国家秘密",
            "（1）属于国家秘密",
            "1、 属于\n国家秘密",
            "⒈属于国家秘密",
        ] {
            assert_eq!(row(&plain(shown)), Row::new(5).map(RowWord::Row), "{shown}");
        }
        for shown in ["三、（三）不予公开", "(三)不予公开（续）", "不予公开"] {
            assert_eq!(row(&plain(shown)), Some(RowWord::Subgroup(Subgroup::Listed)), "{shown}");
        }
        for section_of_table_3 in
            ["三、收到和处理政府信息公开申请情况", "（三） 收到和处理政府信息公开申请情况"]
        {
            assert_eq!(section(&plain(section_of_table_3)), Some(Section::Requests));
        }
        let both = "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况";
        assert_eq!(section(&plain(both)), Some(Section::Remedies));
        assert_eq!(remedy(&plain("行政诉讼（未经复议直接起诉）")), Some(RemedyGroup::SuitDirect));
        assert_eq!(remedy(&plain("行政复议、行政诉讼情况")), None);
        assert_eq!(row("2024年共收到政府信息公开申请107件，上年结转5件；全年办结106件。"), None);
    }
}
