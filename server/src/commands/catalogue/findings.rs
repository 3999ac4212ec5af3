//! `gongkai catalogue lint`: what the notice and the law have to say about a catalogue, and what
//! its reader doubts, each with its place in the file where it is known.

use std::io::{self, Write};
use std::path::PathBuf;

use catalogue::acts::ActError;
use catalogue::checking::{self, Around};
use catalogue::store::{Catalogue, Domain, State, Version};
use catalogue_rules::lint::{Finding, Rule, Surroundings, Weight, check_within};
use catalogue_rules::{Issue, IssueKind, Item, Place, ReadCatalogue};
use identity::Organ;
use ledger::{Clock, Ledger};
use serde::Serialize;

use super::reading::read_file;
use super::refused;
use crate::failure::{Exit, Failure};
use crate::opening::Whereabouts;

/// What the help says at its end.
const EXIT: &str = "退出码: 有错误时为 3; 只有提醒和提示时为 0, 不受 --min 影响
只给文件时, 不检查公开主体是不是本地机关、是不是照抄上级; 再写 --organ 和 --domain 就一并检查";

/// What was asked.
#[derive(Debug, clap::Args)]
#[command(after_help = EXIT)]
pub struct Lint {
    /// 目录文件; 不写时检查平台里的草稿, 没有草稿的检查现行版本
    #[arg(required_unless_present = "organ")]
    file: Option<PathBuf>,
    /// 机关代码
    #[arg(long, requires = "domain")]
    organ: Option<String>,
    /// 领域名称
    #[arg(long, requires = "organ")]
    domain: Option<String>,
    /// 只列出这个程度以上的: error 错误, warning 提醒, hint 提示
    #[arg(long, default_value = "hint", value_parser = ["error", "warning", "hint"], hide_possible_values = true)]
    min: String,
    /// 输出 JSON
    #[arg(long)]
    json: bool,
}

/// The answer, as the JSON has it.
#[derive(Serialize)]
struct Answer<'a> {
    schema_version: u32,
    source: &'a str,
    day: law::Date,
    items: usize,
    errors: usize,
    warnings: usize,
    hints: usize,
    findings: &'a [&'a Finding],
    issues: &'a [&'a Issue],
}

/// What was checked, and what was found.
struct Report {
    source: String,
    day: law::Date,
    read: ReadCatalogue,
    findings: Vec<Finding>,
}

/// An organ's catalogue in a domain, as it is kept here.
struct Kept {
    ledger: Ledger,
    organ: Organ,
    catalogue: Option<Catalogue>,
}

impl Lint {
    /// Says everything on stdout.
    ///
    /// # Errors
    /// There is nothing to check, an element is missing, or stdout is gone. Warnings, hints and doubts
    /// are no error.
    pub(super) async fn run(self, place: &Whereabouts) -> Result<(), Failure> {
        let kept = match (&self.organ, &self.domain) {
            (Some(organ), Some(domain)) => Some(Kept::find(place, organ, domain).await?),
            _ => None,
        };
        let report = match (&self.file, kept) {
            (Some(file), None) => Report::of_file(file, &file_alone())?,
            (Some(file), Some(kept)) => {
                let (around, above) = kept.around().await?;
                Report::of_file(file, &around.surroundings(above.as_deref()))?
            }
            (None, Some(kept)) => kept.report(self.domain.as_deref().unwrap_or_default()).await?,
            (None, None) => {
                return Err(Failure::new(
                    Exit::Usage,
                    "没有写检查什么",
                    "写目录文件, 或者 --organ",
                ));
            }
        };
        report.tell(&self, &mut io::stdout().lock())
    }

    fn least(&self) -> Weight {
        match self.min.as_str() {
            "error" => Weight::Error,
            "warning" => Weight::Warning,
            _ => Weight::Hint,
        }
    }
}

fn file_alone() -> Surroundings<'static> {
    Surroundings { day: Some(Clock::Wall.today()), ..Surroundings::default() }
}

impl Kept {
    async fn find(place: &Whereabouts, organ: &str, domain: &str) -> Result<Self, Failure> {
        let ledger = place.existing().await?;
        let found = Organ::find(ledger.store(), organ).await?;
        let organ = found.ok_or_else(|| refused(ActError::NoOrgan(organ.into())))?;
        let slug = Domain::called(ledger.store(), domain).await?;
        let slug = slug.ok_or_else(|| refused(ActError::NoDomain(domain.into())))?;
        let catalogue = Catalogue::of(ledger.store(), &organ.code, &slug).await?;
        Ok(Self { ledger, organ, catalogue })
    }

    /// What is known around a file that is to become this organ's catalogue, and the items above it.
    async fn around(&self) -> Result<(Around, Option<Vec<Item>>), Failure> {
        let (store, day) = (self.ledger.store(), self.ledger.clock().today());
        let template = self.catalogue.as_ref().and_then(|catalogue| catalogue.template.as_ref());
        let above = match template {
            Some(template) => Version::live(store, template, day).await?,
            None => None,
        };
        let above = match above {
            Some(above) => Some(checking::items_of(store, &above.id).await?),
            None => None,
        };
        Ok((Around::of(store, &self.organ.division, day).await?, above))
    }

    /// The draft, or else the version in force.
    async fn report(&self, domain: &str) -> Result<Report, Failure> {
        let (store, day) = (self.ledger.store(), self.ledger.clock().today());
        let name = &self.organ.name;
        let absent = || {
            let message = format!("{name}没有{domain}目录");
            Failure::new(Exit::NotFound, message, "先用 gongkai catalogue import 导入")
        };
        let catalogue = self.catalogue.as_ref().ok_or_else(absent)?;
        let version = match Version::draft(store, &catalogue.id).await? {
            Some(draft) => Some(draft),
            None => Version::live(store, &catalogue.id, day).await?,
        };
        let version = version.ok_or_else(absent)?;
        let checked = checking::check(store, &version, day).await?.ok_or_else(absent)?;
        let state = if version.state == State::Draft { "草稿" } else { "现行" };
        let source = format!("{name} {domain} 第{}版（{state}）", version.number);
        Ok(Report { source, day, read: checked.catalogue, findings: checked.findings })
    }
}

impl Report {
    fn of_file(file: &std::path::Path, around: &Surroundings<'_>) -> Result<Self, Failure> {
        let (read, _) = read_file(file)?;
        let day = around.day.unwrap_or_else(|| Clock::Wall.today());
        let findings = check_within(&read, around);
        Ok(Self { source: file.display().to_string(), day, read, findings })
    }

    fn tell(&self, lint: &Lint, out: &mut impl Write) -> Result<(), Failure> {
        let (read, findings) = (&self.read, &self.findings);
        let issues: Vec<&Issue> =
            read.issues.iter().filter(|issue| !is_found(issue, read, findings)).collect();
        let shown: Vec<&Finding> =
            findings.iter().filter(|finding| finding.weight >= lint.least()).collect();
        match lint.json {
            true => self.write_json(out, &shown, &issues)?,
            false => self.write_lines(out, &shown, &issues)?,
        }
        if findings.iter().any(Finding::is_error) {
            let message = "目录不符合要求, 见上面各行";
            return Err(Failure::invalid(message, "请按各行的改法修改后再检查"));
        }
        Ok(())
    }

    fn write_json(
        &self,
        out: &mut impl Write,
        findings: &[&Finding],
        issues: &[&Issue],
    ) -> Result<(), Failure> {
        let answer = Answer {
            schema_version: 2,
            source: &self.source,
            day: self.day,
            items: self.read.items.len(),
            errors: self.count(Weight::Error),
            warnings: self.count(Weight::Warning),
            hints: self.count(Weight::Hint),
            findings,
            issues,
        };
        serde_json::to_writer_pretty(&mut *out, &answer)?;
        Ok(writeln!(out)?)
    }

    fn write_lines(
        &self,
        out: &mut impl Write,
        findings: &[&Finding],
        issues: &[&Issue],
    ) -> Result<(), Failure> {
        for finding in findings {
            write_finding(out, finding, place_of(finding, &self.read))?;
        }
        for issue in issues {
            writeln!(out, "核对: {issue}")?;
        }
        let items = self.read.items.len();
        let [errors, warnings, hints] =
            [Weight::Error, Weight::Warning, Weight::Hint].map(|weight| self.count(weight));
        writeln!(out, "检查了 {}: {items} 个事项", self.source)?;
        let doubts = issues.len();
        writeln!(
            out,
            "错误 {errors} 处, 提醒 {warnings} 处, 提示 {hints} 处, 另有 {doubts} 处需要人工核对"
        )?;
        Ok(())
    }

    fn count(&self, weight: Weight) -> usize {
        self.findings.iter().filter(|finding| finding.weight == weight).count()
    }
}

fn write_finding(out: &mut impl Write, finding: &Finding, place: Option<&Place>) -> io::Result<()> {
    let (word, at) = (finding.weight.word(), finding.place());
    let place = place.map(|place| format!("{place}，")).unwrap_or_default();
    let (message, basis) = (&finding.message, &finding.basis);
    writeln!(out, "{word}: {place}{at}：{message}（{basis}）")?;
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
    use clap::Parser;

    use super::super::read_bytes;
    use super::*;
    use crate::failure::Exit;

    const HEAD: &str = "序号,一级事项,二级事项,公开内容（要素）,公开依据,公开时限,公开主体,公开渠道和载体,公开对象,公开方式\n";

    fn told(rows: &str, options: &[&str]) -> (String, Option<Exit>) {
        let file = format!("{HEAD}{rows}");
        let (read, _) = read_bytes(file.as_bytes(), "a.csv").expect("a catalogue");
        let day = law::day(2026, 11, 25);
        let around = Surroundings { day: Some(day), ..Surroundings::default() };
        let findings = check_within(&read, &around);
        let report = Report { source: "a.csv".into(), day, read, findings };
        let words = ["lint", "a.csv"].iter().chain(options);
        let lint = Called::try_parse_from(words).expect("words that are understood").lint;
        let mut out = Vec::new();
        let failed = report.tell(&lint, &mut out).err().map(|failure| failure.exit);
        (String::from_utf8(out).expect("UTF-8"), failed)
    }

    #[derive(clap::Parser)]
    struct Called {
        #[command(flatten)]
        lint: Lint,
    }

    #[test]
    fn warnings_and_doubts_alone_are_no_error_and_what_is_missing_is_one() {
        let whole =
            "就业,信息,要素,《就业促进法》,20个工作日内,人社局,■政府网站,■全社会,■主动公开\n";
        let late = whole.replace("20个工作日内", "60个工作日内");
        for (rows, exit, words) in [
            (format!("1,{whole}"), None, "错误 0 处, 提醒 0 处, 提示 0 处, 另有 0 处"),
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
            let (out, failed) = told(&rows, &[]);
            assert_eq!(failed, exit, "{out}");
            assert!(out.contains(words), "{out}");
            assert!(!out.contains("公开依据为空") && !out.contains("序号不连续"), "once: {out}");
        }
    }

    #[test]
    fn the_json_has_findings_and_issues() {
        let rows = "1,就业,信息,要素,《就业促进法》,20个工作日内,人社局,■政府网站,■全社会,■主动公开\n\
            4,就业,补贴,要素,《就业促进法》,60个工作日内,人社局,■政府网站,■全社会,■主动公开\n";
        let (out, failed) = told(rows, &["--json"]);
        let json: serde_json::Value = serde_json::from_str(&out).expect("JSON");
        assert_eq!(failed, None);
        assert_eq!((json["schema_version"].as_u64(), json["items"].as_u64()), (Some(2), Some(2)));
        let finding = &json["findings"][0];
        assert_eq!((&finding["weight"], &finding["item"]), (&"warning".into(), &2.into()));
        assert_eq!(
            (&finding["rule"], &finding["column"]),
            (&"limit.longer".into(), &"公开时限".into())
        );
        assert_eq!(json["findings"][1]["rule"], "sequence.gap");
        assert_eq!(json["issues"].as_array().map(Vec::len), Some(0), "said once");
        let only = told(rows, &["--json", "--min", "error"]).0;
        let only: serde_json::Value = serde_json::from_str(&only).expect("JSON");
        assert_eq!(only["findings"].as_array().map(Vec::len), Some(0));
        assert_eq!(only["warnings"], 2, "they are counted all the same");
    }
}
