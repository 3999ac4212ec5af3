//! The columns of a 标准目录, and each item as a row of them.

use std::collections::BTreeSet;

use catalogue_rules::channels::{OTHER, STANDARD, StandardChannel};
use catalogue_rules::{Audience, Channel, Item, Method, ReadCatalogue};
use documents::writing::{Column, Sheet};

use crate::words::{audience_name, method_name};

const TICK: &str = "√";
const NOTHING: &str = "—";
const NAMES: &str = "公开事项";
/// The column of the 13 channels.
pub(super) const CHANNELS: &str = "公开渠道和载体";

/// What a table has beyond the columns that every catalogue has.
struct Extent<'a> {
    third: bool,
    stage: bool,
    levels: &'a [String],
    extra: Vec<&'a str>,
}

impl<'a> Extent<'a> {
    fn of(catalogue: &'a ReadCatalogue) -> Self {
        let items = &catalogue.items;
        let extra: BTreeSet<&str> =
            items.iter().flat_map(|item| item.extra.keys().map(String::as_str)).collect();
        Self {
            third: items.iter().any(|item| item.level3.is_some()),
            stage: items.iter().any(|item| item.stage.is_some()),
            levels: &catalogue.level_columns,
            extra: extra.into_iter().collect(),
        }
    }

    fn has_levels(&self, catalogue: &ReadCatalogue) -> bool {
        !self.levels.is_empty() || catalogue.items.iter().any(|item| item.levels.is_some())
    }
}

/// The columns of the official layout, grouped under the usual headings.
pub(super) fn official(catalogue: &ReadCatalogue) -> Vec<Column> {
    let extent = Extent::of(catalogue);
    let mut columns = vec![
        Column::new("序号").centered(),
        Column::new("一级事项").under(NAMES),
        Column::new("二级事项").under(NAMES),
    ];
    if extent.third {
        columns.push(Column::new("三级事项").under(NAMES));
    }
    let plain = ["公开内容（要素）", "公开依据", "公开时限", "公开主体", CHANNELS];
    columns.extend(plain.map(Column::new));
    columns.push(Column::new("全社会").under("公开对象").centered());
    columns.push(Column::new("特定群体").under("公开对象").centered());
    columns.push(Column::new("主动").under("公开方式").centered());
    columns.push(Column::new("依申请公开").under("公开方式").centered());
    let levels = extent.levels.iter();
    columns.extend(levels.map(|level| Column::new(level).under("公开层级").centered()));
    if extent.levels.is_empty() && extent.has_levels(catalogue) {
        columns.push(Column::new("公开层级").centered());
    }
    if extent.stage {
        columns.push(Column::new("公开环节").centered());
    }
    columns.extend(extent.extra.iter().map(|name| Column::new(*name)));
    columns
}

/// Each item as a row of [`official`].
pub(super) fn official_rows(catalogue: &ReadCatalogue) -> Vec<Vec<String>> {
    let extent = Extent::of(catalogue);
    let row = |item: &Item| {
        let mut row = opening(item, &extent, "\n");
        row.push(boxes(item));
        row.push(tick(item.audience.contains(&Audience::WholeSociety)));
        row.push(group_tick(item));
        row.push(tick(item.methods.contains(&Method::Proactive)));
        row.push(tick(item.methods.contains(&Method::OnRequest)));
        row.extend(
            extent
                .levels
                .iter()
                .map(|level| tick(item.levels.iter().flatten().any(|one| one.0 == *level))),
        );
        if extent.levels.is_empty() && extent.has_levels(catalogue) {
            row.push(String::new());
        }
        closing(&mut row, item, &extent);
        row
    };
    catalogue.items.iter().map(row).collect()
}

/// The columns of the plain table: one heading row, words instead of ticks.
pub(super) fn plain(catalogue: &ReadCatalogue) -> Vec<Column> {
    let extent = Extent::of(catalogue);
    let mut names = vec!["序号", "一级事项", "二级事项"];
    names.extend(extent.third.then_some("三级事项"));
    names.extend(["公开内容（要素）", "公开依据", "公开时限", "公开主体", CHANNELS]);
    names.extend(["公开对象", "公开方式"]);
    names.extend(extent.has_levels(catalogue).then_some("公开层级"));
    names.extend(extent.stage.then_some("公开环节"));
    names.extend(extent.extra);
    names.into_iter().map(Column::new).collect()
}

/// Each item as a row of [`plain`].
pub(super) fn plain_rows(catalogue: &ReadCatalogue) -> Vec<Vec<String>> {
    let extent = Extent::of(catalogue);
    let row = |item: &Item| {
        let mut row = opening(item, &extent, "\n");
        row.push(checked(item).join(" "));
        let audience = item.audience.iter().map(|one| audience_name(*one).to_owned());
        let note = item.audience_note.iter().map(|note| format!("（{note}）"));
        row.push(audience.chain(note).collect());
        let methods: Vec<_> = item.methods.iter().map(|one| method_name(*one)).collect();
        row.push(methods.join("、"));
        if extent.has_levels(catalogue) {
            let levels: Vec<_> =
                item.levels.iter().flatten().map(|level| level.0.as_str()).collect();
            row.push(levels.join("、"));
        }
        // Where merged cells cannot be told from empty ones, a dash says that nothing is meant.
        for cell in row.iter_mut().skip(1).filter(|cell| cell.is_empty()) {
            cell.push_str(NOTHING);
        }
        closing(&mut row, item, &extent);
        row
    };
    catalogue.items.iter().map(row).collect()
}

/// 序号 to 公开主体, which both layouts share.
fn opening(item: &Item, extent: &Extent<'_>, joint: &str) -> Vec<String> {
    let name = |name: &Option<String>| name.clone().unwrap_or_else(|| NOTHING.into());
    let mut row =
        vec![item.seq.clone().unwrap_or_default(), name(&item.level1), name(&item.level2)];
    if extent.third {
        row.push(name(&item.level3));
    }
    row.push(listed(&item.elements, joint));
    row.push(item.basis.join(joint));
    row.push(item.time_limit_raw.clone());
    // A name does not tell where it ends; a line break alone might stand within one.
    row.push(item.subjects.join(&format!("、{joint}")));
    row
}

/// 公开环节 and the columns that only this catalogue has.
fn closing(row: &mut Vec<String>, item: &Item, extent: &Extent<'_>) {
    if extent.stage {
        row.push(item.stage.map(|stage| stage.name().to_owned()).unwrap_or_default());
    }
    let extra = |name: &&str| item.extra.get(*name).cloned().unwrap_or_default();
    row.extend(extent.extra.iter().map(extra));
}

/// Parts one to a line; a part that stands alone is numbered where a 、 inside might be taken to
/// separate.
fn listed(parts: &[String], joint: &str) -> String {
    match parts {
        [only] if only.contains(['、', '，', ',']) => format!("1.{only}；"),
        parts => parts.iter().map(|part| format!("{part}；")).collect::<Vec<_>>().join(joint),
    }
}

fn tick(on: bool) -> String {
    if on { TICK.into() } else { String::new() }
}

/// 特定群体: the tick, and beside it who is meant.
fn group_tick(item: &Item) -> String {
    let mut text = tick(item.audience.contains(&Audience::CertainGroup));
    if let Some(note) = &item.audience_note {
        text.push_str(note);
    }
    text
}

/// The 13 standard channels with their boxes, and named platforms behind 其他.
fn boxes(item: &Item) -> String {
    let line = |standard: &StandardChannel| {
        let checked = item.channels.iter().any(|channel| channel.name() == standard.name);
        let mark = if checked { "■" } else { "□" };
        match &item.channels_other {
            Some(named) if standard.name == OTHER => format!("{mark}{OTHER} {named}"),
            _ => format!("{mark}{}", standard.name),
        }
    };
    let lines: Vec<_> = STANDARD.iter().map(line).collect();
    lines.join("\n")
}

/// The checked channels alone.
fn checked(item: &Item) -> Vec<String> {
    let word = |channel: &Channel| match &item.channels_other {
        Some(named) if channel.is_other() => format!("■{OTHER}：{named}"),
        _ => format!("■{}", channel.name()),
    };
    item.channels.iter().map(word).collect()
}

/// Equal neighbours among the names are printed once.
pub(super) fn merge_names(sheet: &mut Sheet) {
    let names = sheet.columns.iter().filter(|column| column.group.as_deref() == Some(NAMES));
    for column in 1..=names.count().saturating_sub(1) {
        sheet.merge_equal(column);
    }
}
