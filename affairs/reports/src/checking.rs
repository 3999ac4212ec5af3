//! 核对: what the identities say of a version, held against the year before, the registers and the parts.

use std::collections::BTreeMap;

use reports_rules::{
    Breach, COLUMNS, Cell, Checked, Doubt, Figure, Reporter, Row, Section, Table3, Tables, Topic,
    carried_in_breaches, fee_said, prose_doubts, prose_numbers, register_breaches, stock_doubts,
    whole_doubts,
};
use store::{Statements, StoreError};

use crate::store::{Basis, Content, MemberLine, Origin, Version, VersionState, fee_texts};

/// What was found, and against what it was held.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checks {
    /// Identities broken.
    pub breaches: Vec<Breach>,
    /// Things to be looked at.
    pub doubts: Vec<Doubt>,
    /// Names of what is explained in the report.
    pub explained: Vec<String>,
    /// What could not be compared, and why.
    pub missing: Vec<&'static str>,
    /// It was published elsewhere before: everything found is described, nothing is put right.
    pub original: bool,
    /// What the prose must speak of and does not.
    pub silent: Vec<Topic>,
}

impl Checks {
    /// For the rules.
    pub fn checked(&self) -> Checked<'_> {
        Checked { breaches: &self.breaches, doubts: &self.doubts, explained: &self.explained }
    }

    /// Whether words about a breach are enough.
    pub fn may_explain(&self, breach: &Breach) -> bool {
        self.original || breach.may_be_explained()
    }

    /// Whether something still stands in the way.
    pub fn stands(&self) -> bool {
        let open = |name: String| !self.explained.contains(&name);
        let broken = |breach: &Breach| !self.may_explain(breach) || open(breach.to_string());
        self.breaches.iter().any(broken)
            || self.doubts.iter().any(|doubt| open(doubt.to_string()))
            || !self.silent.is_empty()
    }
}

/// Looks a version over.
///
/// # Errors
/// The database refuses.
pub async fn check(
    from: &impl Statements,
    version: &Version,
    content: &Content,
) -> Result<Checks, StoreError> {
    let tables = content.tables(version.origin);
    let mut checks = Checks {
        breaches: tables.breaches(),
        explained: content.explained.keys().cloned().collect(),
        original: version.origin == Origin::Taken,
        ..Checks::default()
    };
    let last = version.year.saturating_sub(1);
    let before = match version.state {
        VersionState::Published => Version::public(from, &version.organ, last).await?,
        _ => Version::before(from, &version.organ, version.year).await?,
    };
    against_before(from, before.as_ref(), &tables, &mut checks).await?;
    let of_government = version.reporter == Reporter::Government;
    let members = MemberLine::of(from, &version.id).await?;
    let counted: Vec<&MemberLine> = members.iter().filter(|member| member.counted).collect();
    if counted.is_empty() {
        against_register(from, version, content, &tables.table3, &mut checks).await?;
    } else {
        against_parts(from, version, &counted, &tables.table3, &mut checks).await?;
    }
    if version.origin == Origin::Own && version.state != VersionState::Published {
        checks.breaches.extend(content.unfilled());
        against_fees(from, version, content, &counted, &mut checks).await?;
    }
    let said = prose_numbers(&content.whole_prose(of_government));
    checks.doubts.extend(prose_doubts(&said, &tables.table3, &tables.table4));
    if version.origin == Origin::Own {
        let topics = Section::ALL.iter().flat_map(|section| section.topics(of_government));
        let silent = |topic: &&Topic| {
            content.texts.get(topic.word()).is_none_or(|text| text.trim().is_empty())
        };
        checks.silent = topics.copied().filter(|topic| silent(&topic)).collect();
    }
    Ok(checks)
}

/// I4 and I8.
async fn against_before(
    from: &impl Statements,
    before: Option<&Version>,
    tables: &Tables,
    checks: &mut Checks,
) -> Result<(), StoreError> {
    let Some(before) = before else {
        checks.missing.push("没有上一年度的报告，没有核对上年结转和现行有效件数");
        return Ok(());
    };
    let found = Content::tables_of(from, &[before]).await?.remove(&before.id).unwrap_or_default();
    let carried_out: [Cell; COLUMNS] = found.table3.row(Row::CARRIED_OUT).clone();
    checks.breaches.extend(carried_in_breaches(&tables.table3, &carried_out));
    let stocks = [&found.table2.rules.in_force, &found.table2.normative.in_force];
    if stocks.iter().all(|cell| **cell == Cell::Absent) {
        checks.missing.push("上一年度的表式没有现行有效件数，没有核对");
    } else {
        checks.doubts.extend(stock_doubts(&found.table2, &tables.table2));
    }
    Ok(())
}

/// I10.
async fn against_register(
    from: &impl Statements,
    version: &Version,
    content: &Content,
    table3: &Table3,
    checks: &mut Checks,
) -> Result<(), StoreError> {
    let Some(derived) = content.derived() else {
        if version.origin == Origin::Own {
            checks.missing.push("登记簿没有提供这一年度的数，没有与登记簿核对");
        }
        return Ok(());
    };
    checks.breaches.extend(register_breaches(table3, &derived.table3));
    for basis in Basis::of(from, &version.id).await? {
        let counted = &basis.counted;
        let rows = counted.unplaced.iter().filter_map(|at| counted.rows.get(*at));
        checks.breaches.extend(rows.map(|row| Breach::Unplaced(row.words.clone())));
    }
    Ok(())
}

/// I9.
async fn against_parts(
    from: &impl Statements,
    version: &Version,
    counted: &[&MemberLine],
    table3: &Table3,
    checks: &mut Checks,
) -> Result<(), StoreError> {
    let parts = parts(from, counted.iter().copied()).await?;
    let mut own = Tables::default();
    for (place, figure) in Basis::figures(&Basis::of(from, &version.id).await?) {
        own.set(place, Cell::Number(figure));
    }
    own.total_up();
    let all = parts.values().chain([&own]);
    let tables: Vec<&Table3> = all.map(|tables| &tables.table3).collect();
    checks.doubts.extend(whole_doubts(table3, &tables));
    if parts.len() < counted.len() {
        checks.missing.push("有的机关还没有公布，汇总的数不全");
    }
    Ok(())
}

/// 第六部分 against what was collected: by the register, and for a government by its organs' reports too.
async fn against_fees(
    from: &impl Statements,
    version: &Version,
    content: &Content,
    counted: &[&MemberLine],
    checks: &mut Checks,
) -> Result<(), StoreError> {
    let own = Basis::fee(&Basis::of(from, &version.id).await?);
    let keys: Vec<&str> = counted.iter().filter_map(|member| member.part.as_deref()).collect();
    let collected = if keys.is_empty() {
        own
    } else {
        let texts = fee_texts(from, &keys).await?;
        let said = keys.iter().map(|key| fee_said(texts.get(*key)?));
        let parts: Option<Figure> = said.sum();
        if parts.is_none() {
            checks.missing.push("有的机关没有写明信息处理费的金额，没有核对合计");
        }
        parts.map(|parts| parts + own.unwrap_or_default())
    };
    let Some(collected) = collected else { return Ok(()) };
    let text = content.texts.get(Topic::ProcessingFee.word()).map_or("", String::as_str);
    let said = fee_said(text);
    if said.unwrap_or_default() != collected {
        checks.breaches.push(Breach::Fee { said, collected });
    }
    Ok(())
}

/// The tables of those that have published, by organ.
///
/// # Errors
/// The database refuses.
pub async fn parts<'a>(
    from: &impl Statements,
    members: impl Iterator<Item = &'a MemberLine>,
) -> Result<BTreeMap<String, Tables>, StoreError> {
    let members: Vec<(&str, &str)> = members
        .filter_map(|member| Some((member.organ.as_str(), member.part.as_deref()?)))
        .collect();
    let keys: Vec<&str> = members.iter().map(|(_, version)| *version).collect();
    let versions = Version::all_of(from, &keys).await?;
    let mut tables = Content::tables_of(from, &versions.iter().collect::<Vec<_>>()).await?;
    let of = |(organ, version): (&str, &str)| Some((organ.to_owned(), tables.remove(version)?));
    Ok(members.into_iter().filter_map(of).collect())
}
