//! Faults put one by one into a catalogue that has none, each named by its rule and its row and by
//! nothing else.

use std::collections::BTreeMap;

use catalogue_rules::lint::{Rule, Surroundings, check_within};
use catalogue_rules::reading::{Cell, Row, Sheet, Spans, read};
use catalogue_rules::{Item, ReadCatalogue};
use law::day;

const CLEAN: &str = include_str!("lint/clean.txt");

/// The organs of the district and of its towns.
const ORGANS: [&str; 11] = [
    "厦门市集美区人民政府",
    "厦门市集美区民政局",
    "厦门市集美区教育局",
    "厦门市集美生态环境局",
    "厦门市集美区财政局",
    "厦门市集美区发展和改革局",
    "厦门市自然资源和规划局集美分局",
    "厦门市集美区人力资源和社会保障局",
    "集美区人社局",
    "集美区各部门",
    "厦门市集美区灌口镇人民政府",
];

/// What is done to the clean catalogue. Rows are counted from 1, without the headings.
#[derive(Debug, Clone, Copy)]
enum Change {
    /// Writes a cell.
    Write(Column, &'static str),
    /// Takes both names away.
    Unname,
    /// Copies everything but number and names from another row.
    CopyContent(usize),
    /// Takes the names of another row.
    CopyNames(usize),
    /// Takes the row away.
    Delete,
    /// Numbers from here on begin at 1 again.
    Renumber,
    /// The catalogue above is the same, with bodies of its own in their places.
    SameAbove(&'static str),
}

#[derive(Debug, Clone, Copy)]
enum Column {
    Seq = 0,
    Content = 4,
    Basis = 5,
    Limit = 6,
    Body = 7,
    Channel = 8,
    Audience = 9,
    Method = 10,
}

use Change::{CopyContent, CopyNames, Delete, Renumber, SameAbove, Unname, Write};
use Column::{Audience, Basis, Body, Channel, Content, Limit, Method, Seq};

/// The change, the row it is made in, the rule that must speak, and the row it must name.
const FAULTS: &[(usize, Change, &str, usize)] = &[
    (1, Unname, "element.name", 1),
    (14, Unname, "element.name", 14),
    (46, Unname, "element.name", 46),
    (2, Write(Content, ""), "element.content", 2),
    (17, Write(Content, "—"), "element.content", 17),
    (40, Write(Content, "/"), "element.content", 40),
    (3, Write(Basis, ""), "element.basis", 3),
    (18, Write(Basis, "—"), "element.basis", 18),
    (33, Write(Basis, "无"), "element.basis", 33),
    (4, Write(Limit, ""), "element.limit", 4),
    (22, Write(Limit, "—"), "element.limit", 22),
    (34, Write(Limit, "无"), "element.limit", 34),
    (5, Write(Body, ""), "element.body", 5),
    (21, Write(Body, "—"), "element.body", 21),
    (42, Write(Body, "/"), "element.body", 42),
    (6, Write(Method, ""), "element.method", 6),
    (23, Write(Method, "—"), "element.method", 23),
    (36, Write(Method, "□主动 □依申请"), "element.method", 36),
    (7, Write(Channel, ""), "element.channel", 7),
    (24, Write(Channel, "—"), "element.channel", 24),
    (31, Write(Channel, "□政府网站 □政府公报"), "element.channel", 31),
    (8, Write(Audience, ""), "element.audience", 8),
    (25, Write(Audience, "—"), "element.audience", 25),
    (41, Write(Audience, "□全社会 □特定群体"), "element.audience", 41),
    (9, Write(Method, "主动、依申请"), "method.both", 9),
    (19, Write(Method, "■主动 ■依申请"), "method.both", 19),
    (37, Write(Method, "☑主动 ☑依申请"), "method.both", 37),
    (10, Write(Channel, "■政府网站 ■其他"), "channel.unnamed", 10),
    (26, Write(Channel, "■其他"), "channel.unnamed", 26),
    (43, Write(Channel, "■政府网站 ■两微一端 ■其他"), "channel.unnamed", 43),
    (1, Write(Limit, "制定或者获取信息之日起20个工作日内"), "limit.longer", 1),
    (11, Write(Limit, "信息形成或者变更之日起30个工作日内"), "limit.longer", 11),
    (12, Write(Limit, "信息形成或者变更之日起60日内"), "limit.longer", 12),
    (20, Write(Limit, "作出行政决定之日起20个工作日内"), "limit.longer", 20),
    (22, Write(Limit, "收到申请之日起30个工作日内"), "limit.longer", 22),
    (23, Write(Limit, "本级人民代表大会批准后20个工作日内"), "limit.longer", 23),
    (31, Write(Limit, "中标、成交供应商确定之日起5个工作日内"), "limit.longer", 31),
    (38, Write(Limit, "收到征地批准文件之日起20个工作日内"), "limit.longer", 38),
    (13, Write(Limit, "按有关规定公开"), "limit.unreadable", 13),
    (24, Write(Limit, "视情况公开"), "limit.unreadable", 24),
    (44, Write(Limit, "另行通知"), "limit.unreadable", 44),
    (1, Write(Basis, "《农村五保供养工作条例》（国务院令第141号）"), "basis.not_in_force", 1),
    (
        3,
        Write(Basis, "《最低生活保障审核审批办法（试行）》（民发〔2012〕220号）"),
        "basis.not_in_force",
        3,
    ),
    (9, Write(Basis, "《中华人民共和国收养法》；《义务教育法》"), "basis.not_in_force", 9),
    (10, Write(Basis, "《政府信息公开条例》（国务院令第492号）"), "basis.not_in_force", 10),
    (16, Write(Basis, "《环境噪声污染防治法》"), "basis.not_in_force", 16),
    (34, Write(Basis, "《土地管理法实施条例》（国务院令第256号）"), "basis.not_in_force", 34),
    (39, Write(Basis, "《物权法》"), "basis.not_in_force", 39),
    (45, Write(Basis, "国办公开办函［2019］60号"), "basis.not_in_force", 45),
    (2, Write(Body, "湖里区民政局"), "body.unknown", 2),
    (15, Write(Body, "集美区旅游局"), "body.unknown", 15),
    (28, Write(Body, "厦门市发展和改革委员会"), "body.unknown", 28),
    (44, Write(Body, "集美区人社局、集美区扶贫办公室"), "body.unknown", 44),
    (2, CopyNames(1), "duplicate.names", 2),
    (15, CopyNames(13), "duplicate.names", 15),
    (30, CopyNames(32), "duplicate.names", 32),
    (7, CopyContent(6), "duplicate.content", 7),
    (14, CopyContent(9), "duplicate.content", 14),
    (45, CopyContent(40), "duplicate.content", 45),
    (4, Delete, "sequence.gap", 4),
    (18, Delete, "sequence.gap", 18),
    (42, Delete, "sequence.gap", 42),
    (5, Renumber, "sequence.order", 5),
    (20, Renumber, "sequence.order", 20),
    (43, Renumber, "sequence.order", 43),
    (6, Write(Seq, ""), "sequence.missing", 6),
    (19, Write(Seq, ""), "sequence.missing", 19),
    (46, Write(Seq, ""), "sequence.missing", 46),
    (0, SameAbove("集美区"), "catalogue.uniform", 0),
    (0, SameAbove("厦门市"), "catalogue.uniform", 0),
    (0, SameAbove("反序"), "catalogue.uniform", 0),
];

/// The table as lines of cells, without the headings.
struct Table(Vec<Vec<String>>);

impl Table {
    fn clean() -> Self {
        let cells = |line: &str| line.split('|').map(str::to_owned).collect();
        Self(CLEAN.lines().skip(1).map(cells).collect())
    }

    fn change(&mut self, row: usize, change: Change) {
        let Some(at) = row.checked_sub(1) else { return };
        match change {
            Write(column, text) => self.0[at][column as usize] = text.into(),
            Unname => self.0[at][2..4].iter_mut().for_each(|name| *name = "—".into()),
            CopyContent(from) => {
                let said = self.0[from - 1][4..].to_vec();
                self.0[at].splice(4.., said);
            }
            CopyNames(from) => {
                let names = self.0[from - 1][2..4].to_vec();
                self.0[at].splice(2..4, names);
            }
            Delete => {
                self.0.remove(at);
            }
            Renumber => {
                for (number, cells) in (1..).zip(&mut self.0[at..]) {
                    cells[0] = format!("{number}");
                }
            }
            SameAbove(_) => {}
        }
    }

    fn read(&self) -> ReadCatalogue {
        let row = |(number, cells): (usize, Vec<&str>)| Row {
            number,
            cells: cells.into_iter().map(|text| Cell::Text(text.to_owned())).collect(),
        };
        let heads = CLEAN.lines().next().expect("headings").split('|').collect();
        let lines = self.0.iter().map(|cells| cells.iter().map(String::as_str).collect());
        let rows = (1..).zip(std::iter::once(heads).chain(lines)).map(row).collect();
        let sheet = Sheet { name: None, before: vec![], rows, spans: Spans::Stated };
        read(&[sheet], None).expect("a catalogue")
    }
}

/// The items of the catalogue above: the same with one more, or the same in other words of bodies.
fn above(catalogue: &ReadCatalogue, same: Option<&str>) -> Vec<Item> {
    let mut items = catalogue.items.clone();
    match same {
        None => items.push(Item { level1: Some("另一事项".into()), ..Item::default() }),
        Some("反序") => items.reverse(),
        Some(place) => {
            items.iter_mut().for_each(|item| item.subjects = vec![format!("{place}有关部门")]);
        }
    }
    items
}

/// What is found, each as rule and row.
fn found(table: &Table, same: Option<&str>) -> Vec<(String, usize)> {
    let catalogue = table.read();
    assert_eq!(catalogue.items.len(), table.0.len(), "every row is an item");
    let organs = ORGANS.map(str::to_owned);
    let above = above(&catalogue, same);
    let around =
        Surroundings { day: Some(day(2026, 11, 25)), organs: Some(&organs), above: Some(&above) };
    let findings = check_within(&catalogue, &around);
    for finding in &findings {
        assert!(!finding.message.is_empty() && !finding.remedy.is_empty(), "{finding}");
        assert!(!finding.basis.to_string().is_empty(), "{finding}");
    }
    let told = findings.iter().map(|one| (one.rule.id().to_owned(), one.item.unwrap_or(0)));
    told.collect()
}

#[test]
fn a_clean_catalogue_has_no_finding_and_nothing_its_reader_doubts() {
    let table = Table::clean();
    assert_eq!(found(&table, None), []);
    let read = table.read();
    assert!(read.items.len() >= 40);
    assert_eq!(read.issues, []);
}

#[test]
fn each_of_sixty_and_more_faults_is_named_by_its_rule_and_row_and_by_nothing_else() {
    assert!(FAULTS.len() >= 60, "{}", FAULTS.len());
    let mut wrong = Vec::new();
    for &(row, change, rule, named) in FAULTS {
        let mut table = Table::clean();
        table.change(row, change);
        let same = if let SameAbove(how) = change { Some(how) } else { None };
        let found = found(&table, same);
        if found != [(rule.to_owned(), named)] {
            wrong.push(format!("{row} {change:?}: {found:?}, not {rule} in {named}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_is_broken_at_least_three_times() {
    let mut times: BTreeMap<&str, usize> = Rule::ALL.iter().map(|rule| (rule.id(), 0)).collect();
    for (_, _, rule, _) in FAULTS {
        *times.get_mut(rule).unwrap_or_else(|| panic!("{rule} is no rule")) += 1;
    }
    assert!(times.values().all(|many| *many >= 3), "{times:?}");
}
