//! The basis of an act as people cite it. The tables of the policy name sources in short: 条例16(2).

/// The short names of the policy's tables (their README names them).
const TITLES: [(&str, &str); 5] = [
    ("条例", "政府信息公开条例"),
    ("个保法", "个人信息保护法"),
    ("保密法", "保守国家秘密法"),
    ("村委会组织法", "村民委员会组织法"),
    ("重大行政决策程序暂行条例", "重大行政决策程序暂行条例"),
];

/// What the policy calls 通知: the notice it was written from.
const NOTICE: (&str, &str) = ("通知", "厦府办〔2020〕67号");

/// GB/T 22239-2019.
const PROTECTION: (&str, &str) = ("GB/T 22239-2019", "网络安全等级保护基本要求");

/// One or several sources, each as a letter would cite it.
pub(super) fn in_words(basis: &str) -> String {
    basis.split(';').map(|one| cited(one.trim())).collect::<Vec<_>>().join("、")
}

fn cited(source: &str) -> String {
    if let Some(clause) = source.strip_prefix(NOTICE.0) {
        return match clause.strip_suffix(')').and_then(|clause| clause.split_once('(')) {
            Some((part, point)) => format!("{}第{part}部分第（{point}）点", NOTICE.1),
            None => format!("{}{clause}", NOTICE.1),
        };
    }
    if let Some(part) = source.strip_prefix(PROTECTION.0) {
        let part = match part.trim() {
            "三员" => "系统、安全、审计三员分设",
            part => part,
        };
        return format!("《{}》（{}）{part}", PROTECTION.1, PROTECTION.0);
    }
    provision(source).unwrap_or_else(|| source.to_owned())
}

/// 条例16(2): a statute, its article, perhaps a paragraph.
fn provision(source: &str) -> Option<String> {
    let (head, paragraph) = match source.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')) {
        Some((head, paragraph)) => (head, Some(paragraph.parse().ok()?)),
        None => (source, None),
    };
    let title = head.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let article: u16 = head.get(title.len()..)?.parse().ok()?;
    let known = TITLES.iter().find(|(short, _)| *short == title);
    let place = law::article(known.map_or(title, |(_, whole)| *whole), article);
    Some(match paragraph {
        Some(paragraph) => place.paragraph(paragraph).to_string(),
        None => place.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::Policy;
    use super::in_words;

    #[test]
    fn a_source_reads_as_a_letter_would_cite_it() {
        for (basis, words) in [
            ("条例16(2)", "《政府信息公开条例》第十六条第二款"),
            ("条例47;条例51", "《政府信息公开条例》第四十七条、《政府信息公开条例》第五十一条"),
            ("个保法55", "《个人信息保护法》第五十五条"),
            ("档案法21", "《档案法》第二十一条"),
            ("通知三(一)", "厦府办〔2020〕67号第三部分第（一）点"),
            ("国办发〔2016〕80号", "国办发〔2016〕80号"),
            ("厦府办〔2020〕67号一（二）", "厦府办〔2020〕67号一（二）"),
            (
                "GB/T 22239-2019 三员",
                "《网络安全等级保护基本要求》（GB/T 22239-2019）系统、安全、审计三员分设",
            ),
        ] {
            assert_eq!(in_words(basis), words, "{basis}");
        }
    }

    #[test]
    fn no_act_of_the_policy_cites_its_basis_in_short() {
        for act in Policy::of_house().acts() {
            let words = in_words(&act.basis);
            let numbered = words.ends_with(|letter: char| letter.is_ascii_digit() || letter == ')');
            let named = ['》', '号'].iter().any(|mark| words.contains(*mark));
            assert!(named && !numbered && !words.contains("通知"), "{}: {words}", act.word);
        }
    }
}
