//! `gongkai catalogue lint`: what the notice and the law have to say about a catalogue, and what
//! its reader doubts, each with its place in the file where it is known.

use std::io::{self, Write};

use catalogue_rules::lint::{self, Finding, Rule};
use catalogue_rules::{Issue, IssueKind, Place, ReadCatalogue};
use serde::Serialize;

use crate::failure::Failure;

/// The answer, as the JSON has it.
#[derive(Serialize)]
struct Answer<'a> {
    schema_version: u32,
    items: usize,
    findings: &'a [Finding],
    issues: &'a [&'a Issue],
}

/// Says everything on stdout.
///
/// # Errors
/// An element is missing, or stdout is gone. Warnings and doubts are no error.
pub(super) fn show(read: &ReadCatalogue, json: bool) -> Result<(), Failure> {
    tell(read, json, &mut io::stdout().lock())
}

fn tell(read: &ReadCatalogue, json: bool, out: &mut impl Write) -> Result<(), Failure> {
    let findings = lint::check(read);
    let issues: Vec<&Issue> =
        read.issues.iter().filter(|issue| !is_found(issue, read, &findings)).collect();
    if json {
        let answer = Answer {
            schema_version: 1,
            items: read.items.len(),
            findings: &findings,
            issues: &issues,
        };
        serde_json::to_writer_pretty(&mut *out, &answer)?;
        writeln!(out)?;
    } else {
        for finding in &findings {
            write_finding(out, finding, place_of(finding, read))?;
        }
        for issue in &issues {
            writeln!(out, "核对: {issue}")?;
        }
        let (items, found, doubts) = (read.items.len(), findings.len(), issues.len());
        writeln!(out, "检查了 {items} 个事项, 发现 {found} 处, 另有 {doubts} 处需要人工核对")?;
    }
    if findings.iter().any(Finding::is_error) {
        let message = "目录不符合要求, 见上面各行";
        return Err(Failure::invalid(message, "请按各行的改法修改后再检查"));
    }
    Ok(())
}

fn write_finding(out: &mut impl Write, finding: &Finding, place: Option<&Place>) -> io::Result<()> {
    let (word, at) = (finding.weight.word(), finding.place());
    let place = place.map(|place| format!("{place}，")).unwrap_or_default();
    let (column, message, basis) = (finding.column, &finding.message, &finding.basis);
    writeln!(out, "{word}: {place}{at} “{column}”栏：{message}（{basis}）")?;
    writeln!(out, "  改法: {}（规则 {}）", finding.remedy, finding.rule.id())
}

/// Whether the issue speaks of the item: one number may serve several items.
fn is_about(issue: &Issue, finding: &Finding, read: &ReadCatalogue) -> bool {
    let at = finding.item.and_then(|item| item.checked_sub(1));
    at.and_then(|at| read.items.get(at)).is_some_and(|item| {
        (&issue.seq, &issue.level1, &issue.level2) == (&item.seq, &item.level1, &item.level2)
            && issue.seq.is_some()
    })
}

/// The row of a finding, known where the reader stumbled over the same item and over no other of
/// that number and name.
fn place_of<'a>(finding: &Finding, read: &'a ReadCatalogue) -> Option<&'a Place> {
    let mut places = read.issues.iter().filter(|issue| is_about(issue, finding, read));
    let first = &places.next()?.place;
    places.all(|issue| issue.place == *first).then_some(first)
}

/// Whether a finding says the same of the same item.
fn is_found(issue: &Issue, read: &ReadCatalogue, findings: &[Finding]) -> bool {
    let rules: &[Rule] = match issue.kind {
        IssueKind::MissingBasis => &[Rule::NoBasis],
        IssueKind::MissingTimeLimit => &[Rule::NoLimit],
        IssueKind::NoChannelChecked => &[Rule::NoChannel],
        IssueKind::BothMethodsTicked => &[Rule::BothMethods],
        IssueKind::DuplicateItem => &[Rule::RepeatedNames, Rule::RepeatedContent],
        IssueKind::SequenceGap => &[Rule::SequenceGap],
        IssueKind::SequenceRestart => &[Rule::SequenceOrder],
        _ => return false,
    };
    findings.iter().any(|finding| rules.contains(&finding.rule) && is_about(issue, finding, read))
}

#[cfg(test)]
mod tests {
    use super::super::read_bytes;
    use super::*;
    use crate::failure::Exit;

    const HEAD: &str = "序号,一级事项,二级事项,公开内容（要素）,公开依据,公开时限,公开主体,公开渠道和载体,公开对象,公开方式\n";

    fn told(rows: &str, json: bool) -> (String, Option<Exit>) {
        let file = format!("{HEAD}{rows}");
        let (read, _) = read_bytes(file.as_bytes(), "a.csv").expect("a catalogue");
        let mut out = Vec::new();
        let failed = tell(&read, json, &mut out).err().map(|failure| failure.exit);
        (String::from_utf8(out).expect("UTF-8"), failed)
    }

    #[test]
    fn warnings_and_doubts_alone_are_no_error_and_what_is_missing_is_one() {
        let whole =
            "就业,信息,要素,《就业促进法》,20个工作日内,人社局,■政府网站,■全社会,■主动公开\n";
        let late = whole.replace("20个工作日内", "60个工作日内");
        for (rows, exit, words) in [
            (format!("1,{whole}"), None, "发现 0 处, 另有 0 处"),
            (format!("1,{late}"), None, "提醒: 第1项（序号 1） 就业＞信息 “公开时限”栏："),
            (
                format!("1,{late}3,{}", whole.replace("信息", "补贴")),
                None,
                "提醒: 第1个表第3行，第2项（序号 3） 就业＞补贴 “序号”栏：序号从1跳到3",
            ),
            (
                format!("7,{}", whole.replace("《就业促进法》", "")),
                Some(Exit::Invalid),
                "错误: 第1个表第2行，第1项（序号 7） 就业＞信息 “公开依据”栏：缺少公开依据",
            ),
        ] {
            let (out, failed) = told(&rows, false);
            assert_eq!(failed, exit, "{out}");
            assert!(out.contains(words), "{out}");
            assert!(!out.contains("公开依据为空") && !out.contains("序号不连续"), "once: {out}");
        }
    }

    #[test]
    fn the_json_has_findings_and_issues() {
        let rows = "1,就业,信息,要素,《就业促进法》,20个工作日内,人社局,■政府网站,■全社会,■主动公开\n\
            4,就业,补贴,要素,《就业促进法》,60个工作日内,人社局,■政府网站,■全社会,■主动公开\n";
        let (out, failed) = told(rows, true);
        let json: serde_json::Value = serde_json::from_str(&out).expect("JSON");
        assert_eq!(failed, None);
        assert_eq!((json["schema_version"].as_u64(), json["items"].as_u64()), (Some(1), Some(2)));
        let finding = &json["findings"][0];
        assert_eq!((&finding["weight"], &finding["item"]), (&"warning".into(), &2.into()));
        assert_eq!(
            (&finding["rule"], &finding["column"]),
            (&"limit.longer".into(), &"公开时限".into())
        );
        assert_eq!(json["findings"][1]["rule"], "sequence.gap");
        assert_eq!(json["issues"].as_array().map(Vec::len), Some(0), "said once");
    }
}
