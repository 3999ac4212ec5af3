//! `gongkai reports`: 年度报告 as they are found published, and taking them in.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use reports::acts::ActError;
use reports::acts::intake::{self, Taking};
use reports::reading::{self, ReadReport, Unread};
use reports::writing::Told;
use reports_rules::{Breach, COLUMNS, Cell, CellPlace, RemedyGroup, Row, Section, Table2, Table3};

use crate::commands::files::{bytes_of, operator, signing_operator, size_of};
use crate::failure::{Exit, Failure};
use crate::opening::Whereabouts;

/// What can be done with annual reports.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// 读出一份公布过的年度报告(网页、xlsx、docx), 核对勾稽关系, 不存入
    Read {
        /// 报告文件
        file: PathBuf,
        /// 输出 JSON
        #[arg(long)]
        json: bool,
    },
    /// 录入一份以前公布的年度报告: 照原样存入, 用于核对结转和逐年比较; 在门户上公布要送审
    Import {
        /// 报告文件
        file: PathBuf,
        /// 机关代码, 见 gongkai organ list
        #[arg(long, value_name = "代码")]
        organ: String,
        /// 原来公布在哪里: 网址或者名称
        #[arg(long, value_name = "来源")]
        source: String,
        /// 报告年度; 不写的从报告里认
        #[arg(long, value_name = "年度")]
        year: Option<i16>,
        /// 报告写的机关名称与 --organ 的不同, 仍然录入: 确认是同一机关, 例如改过名称
        #[arg(long)]
        yes: bool,
        /// 只说读懂了什么, 不存入; 不能录入的照样说明
        #[arg(long)]
        dry_run: bool,
    },
}

impl Command {
    /// Carries it out.
    ///
    /// # Errors
    /// The file cannot be read or holds no report, or it cannot be taken in.
    pub async fn run(self, place: &Whereabouts) -> Result<(), Failure> {
        match self {
            Self::Read { file, json } => show(&read(&file)?, json),
            Self::Import { file, organ, source, year, yes, dry_run } => {
                let ledger = place.existing().await?;
                let report = read(&file)?;
                let by = signing_operator(&organ);
                let taking =
                    Taking { read: &report, year, source: &source, confirmed: yes, demo: false };
                let desk = ledger.desk(operator()).await?;
                if dry_run {
                    intake::looked_at(&desk, &by, taking).await.map_err(refused)?;
                    return show(&report, false);
                }
                let version = intake::keep(desk, &by, taking).await.map_err(refused)?;
                println!("{}  {}年度  已录入, 待送审", version.organ_name, version.year);
                checks(&mut io::stdout().lock(), &report)
            }
        }
    }
}

/// The act's refusal as a failure.
fn refused(error: ActError) -> Failure {
    let exit = match error {
        ActError::Desk(_) | ActError::Store(_) | ActError::Room(_) => Exit::Failure,
        ActError::Refused(words, _) if words.contains("已经有了") => Exit::Conflict,
        ActError::Refused(words, _) if words.contains("没有这个机关") => Exit::NotFound,
        _ => Exit::Invalid,
    };
    let remedy = match &error {
        ActError::Another(..) => "请核对 --organ 和文件; 确实是同一机关的(例如改过名称), 加 --yes",
        other => other.remedy(),
    };
    Failure::new(exit, error.to_string(), remedy).because(error)
}

fn read(file: &Path) -> Result<ReadReport, Failure> {
    let name = file.display().to_string();
    let unread = |refused: Unread| Failure::invalid(format!("{name}: {refused}"), refused.remedy());
    reading::check_size(size_of(file)?).map_err(unread)?;
    let report = reading::read(&bytes_of(file)?, &name).map_err(unread)?;
    if is_report(&report) { Ok(report) } else { Err(unread(Unread::NoReport)) }
}

/// Whether what was read holds more numbers than other things in the places of the tables: a text that speaks of reports, or a program
/// that names their rows, is none.
fn is_report(report: &ReadReport) -> bool {
    let tables = intake::tables_of(report);
    let (mut numbers, mut others) = (0, 0);
    for place in CellPlace::all() {
        match tables.cell(place) {
            Cell::Number(_) => numbers += 1,
            Cell::Unreadable(_) => others += 1,
            Cell::Blank | Cell::Absent => {}
        }
    }
    numbers > others
}

fn show(report: &ReadReport, json: bool) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    if json {
        serde_json::to_writer_pretty(&mut out, &Told::of(report))?;
        writeln!(out)?;
        return Ok(());
    }
    writeln!(out, "{}", report.title.as_deref().unwrap_or("（没有标题）"))?;
    let year = report.year.map_or("（认不出）".to_owned(), |year| year.to_string());
    let unit = report.unit.as_deref().unwrap_or("（认不出）");
    let published = report.published.as_deref().unwrap_or("（没有写）");
    writeln!(out, "机关: {unit}  年度: {year}  公布: {published}")?;
    let found = report.found;
    write!(
        out,
        "{}",
        if found.table2 { table2(&report.table2) } else { "表二: 没有找到\n".into() }
    )?;
    write!(
        out,
        "{}",
        if found.table3 { table3(&report.table3) } else { "表三: 没有找到\n".into() }
    )?;
    if found.table4 {
        for group in RemedyGroup::ALL {
            let cells = report.table4.group(group).each_ref().map(shown);
            writeln!(
                out,
                "表四 {}: 维持 {} 纠正 {} 其他 {} 未审结 {} 总计 {}",
                group.name(),
                cells[0],
                cells[1],
                cells[2],
                cells[3],
                cells[4]
            )?;
        }
    } else {
        writeln!(out, "表四: 没有找到")?;
    }
    checks(&mut out, report)?;
    match report.notes.len() {
        0 => writeln!(out, "没有需要人工核对的地方")?,
        count => writeln!(out, "需要人工核对 {count} 处:")?,
    }
    for note in &report.notes {
        writeln!(out, "  {note}")?;
    }
    Ok(())
}

/// A cell, a stroke for one that the form has not.
fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Absent => "—".to_owned(),
        Cell::Blank => "0".to_owned(),
        cell => cell.to_string(),
    }
}

fn table2(table: &Table2) -> String {
    let stock = |name, stock: &reports_rules::Stock| {
        let (issued, ended) = (shown(&stock.issued), shown(&stock.ended));
        format!("表二 {name}: 制发 {issued} 废止 {ended} 有效 {}\n", shown(&stock.in_force))
    };
    let decisions = format!(
        "表二 行政许可 {} 行政处罚 {} 行政强制 {} 行政事业性收费 {} 万元\n",
        shown(&table.licences),
        shown(&table.penalties),
        shown(&table.coercion),
        shown(&table.fees)
    );
    stock("规章", &table.rules) + &stock("行政规范性文件", &table.normative) + &decisions
}

fn table3(table: &Table3) -> String {
    let total = |row| shown(table.cell(row, COLUMNS - 1));
    format!(
        "表三 新收 {} 上年结转 {} 办结 {} 结转下年 {}\n",
        total(Row::RECEIVED),
        total(Row::CARRIED_IN),
        total(Row::CLOSED),
        total(Row::CARRIED_OUT)
    )
}

/// The identities by their names, and how each is called.
const IDENTITIES: [(&str, &str); 10] = [
    ("I1", "新收加上年结转等于办结加结转下年"),
    ("I2", "办理结果各行之和等于总计"),
    ("I3", "六列之和等于总计"),
    ("I4", "上年结转与上一年度报告的结转下年一致"),
    ("I5", "复议诉讼四项之和等于总计"),
    ("I6", "每一格是非负整数，收费金额是非负数"),
    ("I7", "文字里的数与表格一致"),
    ("I8", "现行有效与上年推算一致"),
    ("I9", "汇总等于各机关之和"),
    ("I10", "与登记簿一致"),
];

/// What one report by itself does not show, and what is needed for it.
const ELSEWHERE: [(&str, &str); 4] =
    [("I4", "上一年度的报告"), ("I8", "上一年度的报告"), ("I9", "各机关的报告"), ("I10", "登记簿")];

fn checks(out: &mut impl Write, report: &ReadReport) -> Result<(), Failure> {
    let breaches: Vec<(String, String)> = report
        .breaches()
        .iter()
        .map(|breach| (Breach::page_name(breach), breach.words()))
        .collect();
    let doubts = report.doubts();
    let doubts = doubts.iter().map(|doubt| (doubt.to_string(), doubt.words()));
    let broken: Vec<(String, String)> = breaches.into_iter().chain(doubts).collect();
    writeln!(out, "勾稽关系:")?;
    for (name, rule) in IDENTITIES {
        if let Some((_, needed)) = ELSEWHERE.iter().find(|(other, _)| *other == name) {
            writeln!(out, "  {name} {rule}: 一份报告看不出，要对照{needed}")?;
            continue;
        }
        let found = report.found;
        let has_table = match name {
            "I1" | "I2" | "I3" => found.table3,
            "I5" => found.table4,
            _ => found.table2 || found.table3 || found.table4,
        };
        if !has_table {
            writeln!(out, "  {name} {rule}: 没有找到表格，没有核对")?;
            continue;
        }
        let unread = unreadable(report, name);
        if unread > 0 {
            writeln!(out, "  {name} {rule}: {unread} 格读不出数，没有核对")?;
            continue;
        }
        let own: Vec<_> =
            broken.iter().filter(|(place, _)| place.split(':').next() == Some(name)).collect();
        let (open, count) = (if name == "I7" { "不一致" } else { "不合" }, own.len());
        let verdict =
            if own.is_empty() { "符合".to_owned() } else { format!("{open} {count} 处") };
        writeln!(out, "  {name} {rule}: {verdict}")?;
        for (place, words) in own {
            writeln!(out, "    {place} {words}")?;
        }
    }
    Ok(())
}

/// How many cells that an identity adds up hold something that is no number. I6 names each such cell itself.
fn unreadable(report: &ReadReport, identity: &str) -> usize {
    let section = match identity {
        "I1" | "I2" | "I3" => Section::Requests,
        "I5" => Section::Remedies,
        _ => return 0,
    };
    let tables = intake::tables_of(report);
    let unread = |place: &CellPlace| matches!(tables.cell(*place), Cell::Unreadable(_));
    CellPlace::of(section).filter(unread).count()
}

#[cfg(test)]
mod tests {
    use identity::Tables;
    use ledger::{Actor, Clock};

    use super::*;

    /// A page as a bureau published it.
    const PAGE: &str = "<title>思明区民政局2025年政府信息公开工作年度报告</title>\
        <h2>三、收到和处理政府信息公开申请情况</h2><table><tr><td>情形</td><td>自然人</td>\
        <td>商业企业</td><td>科研机构</td><td>社会公益组织</td><td>法律服务机构</td><td>其他</td>\
        <td>总计</td></tr><tr><td>一、本年新收政府信息公开申请数量</td><td>4</td><td>0</td>\
        <td>0</td><td>0</td><td>0</td><td>0</td><td>4</td></tr></table>";

    #[tokio::test]
    async fn a_trial_fails_as_the_import_would_and_another_organs_report_is_not_taken_in() {
        let folder = store::testing::Folder::new("reports-import");
        let place = Whereabouts::folder(folder.path());
        let founded = place.founding(Clock::Wall).await.map_err(|failure| failure.to_string());
        let desk = founded.expect("founded").desk(Actor::Operator("test".into())).await;
        let tables = Tables {
            divisions: Some("code,name,level,parent,slug\n350203000000,思明区,district,,siming\n"),
            organs: Some(
                "code,name,short_name,kind,role,level,division\n\
                 A1,思明区民政局,民政局,department,civil_affairs,district,350203000000\n\
                 A2,思明区司法局,司法局,department,justice,district,350203000000\n",
            ),
        };
        tables.keep(desk.expect("a desk"), "测试").await.expect("organs");
        let file = folder.path().join("a.html");
        std::fs::write(&file, PAGE).expect("written");
        let import = async |organ: &str, yes, dry_run| {
            let (organ, source, file) = (organ.to_owned(), "x".to_owned(), file.clone());
            let command = Command::Import { file, organ, source, year: None, yes, dry_run };
            command.run(&place).await.map_err(|failure| failure.exit as i32)
        };
        for dry_run in [true, false] {
            assert_eq!(import("NOPE", false, dry_run).await, Err(Exit::NotFound as i32));
            assert_eq!(import("A2", false, dry_run).await, Err(Exit::Invalid as i32));
            assert_eq!(import("A1", false, dry_run).await, Ok(()));
        }
        assert_eq!(import("A1", false, true).await, Err(Exit::Conflict as i32));
        assert_eq!(import("A2", true, false).await, Ok(()));
    }

    #[test]
    fn a_file_that_is_no_report_is_refused_and_what_cannot_be_read_is_not_called_right() {
        let folder = store::testing::Folder::new("reports-read");
        for (name, text) in [
            (
                "README.md",
                "# 年度报告\n\n一、总体情况\n\n二、主动公开政府信息情况\n\n三、收到和处理政府信息公开申请情况\n",
            ),
            ("a.json", "{\"table3\": {\"rows\": [1, 2]}}"),
            (
                "a.py",
                "rows = ['一、本年新收政府信息公开申请数量', '二、上年结转政府信息公开申请数量']\n",
            ),
        ] {
            let file = folder.path().join(name);
            std::fs::write(&file, text).expect("written");
            let failure = read(&file).err().unwrap_or_else(|| panic!("{name} was read"));
            assert_eq!(failure.exit as i32, Exit::Invalid as i32, "{name}");
        }
        let file = folder.path().join("a.html");
        std::fs::write(&file, PAGE.replacen("<td>4</td>", "<td>四件</td>", 1)).expect("written");
        let Ok(report) = read(&file) else { panic!("it is a report") };
        let mut told = Vec::new();
        assert!(checks(&mut told, &report).is_ok());
        let told = String::from_utf8(told).expect("words");
        assert!(
            told.contains("I1 新收加上年结转等于办结加结转下年: 1 格读不出数，没有核对"),
            "{told}"
        );
    }
}
