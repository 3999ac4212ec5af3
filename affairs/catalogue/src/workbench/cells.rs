//! A row of the draft whose cells are fields in the table itself: opened at one cell, kept or left again.
//! It works by plain addresses and forms; script only saves the way.

use std::collections::HashMap;

use askama::{Template, filters::HtmlSafe};
use axum::response::{IntoResponse, Response};
use catalogue_rules::{Channel, Column, Item, TimeLimit, TimeLimitKind, Treatment};
use web::components::{Tag, Tone};
use web::workbench::Submitted;
use web::{Clerk, Fault, Seal, Visit};

use super::bench::{Bench, Rows};
use super::checking::Findings;
use super::draft::{self, Asked};
use super::row::level_columns;
use super::row_form::{AUDIENCES, METHODS, RowForm, bodies, lines};
use super::{sent_to, words_of};
use crate::acts::{ActError, row};
use crate::words::{audience_name, item_name, method_name};

/// The cells that can be opened, by the names of their fields.
const CELLS: [&str; 8] =
    ["erji", "yaosu", "yiju", "qudao", "shixian", "zhuti", "duixiang", "fangshi"];

/// Where what is wrong with the row as a whole is said.
const ROW: &str = "hang";

/// A row that is being edited in the table, with what was filled in.
pub struct Editing {
    key: String,
    cell: String,
    form: RowForm,
    /// The row as it stood when it was opened: what differs from it, the clerk has written.
    opened: Item,
    /// What somebody else has changed since.
    theirs: Vec<Column>,
    /// The limit that could not be read, once the clerk was told so.
    unread: Option<String>,
}

/// The row as it is shown; prints as `<tr>`.
#[derive(Template)]
#[template(path = "workbench/edited_row.html")]
pub struct EditedRow {
    key: String,
    number: usize,
    name: String,
    seq: String,
    /// It does not stand above, so its name may be changed.
    own: bool,
    cell: String,
    form: RowForm,
    unread: Option<String>,
    /// The row as it stood when it was opened, as JSON.
    opened: String,
    /// What somebody else has written since: column and words.
    now: Vec<(String, String)>,
    findings: Option<Findings>,
    href: String,
    action: String,
    cancel: String,
    seal: Seal,
}

impl HtmlSafe for EditedRow {}

/// The cell in the table where one comes back to from a field.
pub fn anchor(cell: &str) -> &str {
    match cell {
        "yiju" | "qudao" => "yaosu",
        "fangshi" => "duixiang",
        other => other,
    }
}

impl Editing {
    /// The row that the address opens, as it stands; `None` where there is no such row.
    pub fn opened(bench: &Bench, rows: &Rows, (key, cell): (&str, &str)) -> Option<Self> {
        let known = rows.ours.iter().find(|row| row.key == key)?;
        let opened = known.item.clone();
        let form = RowForm::showing(opened.clone(), level_columns(bench), said(rows, key));
        let (key, cell) = (key.to_owned(), named(cell));
        Some(Self { key, cell, form, opened, theirs: vec![], unread: None })
    }

    /// Whether this is the row.
    pub fn is_at(&self, key: &str) -> bool {
        self.key == key
    }

    /// Whether something filled in was refused.
    pub fn is_wrong(&self) -> bool {
        !self.form.errors.is_empty()
    }

    /// The row at its place in the table.
    pub fn shown(
        self,
        (number, known): (usize, &Item),
        own: bool,
        findings: Option<Findings>,
        seal: Seal,
        link: &impl Fn(&str) -> String,
    ) -> EditedRow {
        let Self { key, cell, form, opened, theirs, unread } = self;
        let now = theirs.iter().map(|column| (column.name().to_owned(), column.words(known)));
        EditedRow {
            number,
            name: item_name(known),
            seq: known.seq.clone().unwrap_or_default(),
            own,
            now: now.collect(),
            opened: serde_json::to_string(&opened).unwrap_or_default(),
            findings,
            href: link(&format!("/{key}")),
            action: link(&format!("?edit={key}&cell={cell}")),
            cancel: link(&format!("#c-{key}-{}", anchor(&cell))),
            seal,
            form,
            unread,
            key,
            cell,
        }
    }
}

impl EditedRow {
    /// What a field is called to whoever cannot see the table.
    fn label(&self, column: &str) -> String {
        format!("{column}，第 {} 行", self.number)
    }

    /// Whether the focus belongs in this field: at what is wrong, else where the row was opened.
    fn is_first(&self, field: &str) -> bool {
        match self.form.errors.first() {
            Some(error) if CELLS.contains(&error.field.as_str()) => error.field == field,
            _ => self.cell == field,
        }
    }

    fn back(&self) -> String {
        format!("c-{}-{}", self.key, anchor(&self.cell))
    }

    fn is_one_line(&self) -> bool {
        !self.form.item.time_limit_raw.contains('\n')
    }

    fn bodies(&self) -> String {
        self.form.item.subjects.join("、")
    }
}

fn named(cell: &str) -> String {
    let known = CELLS.into_iter().find(|one| *one == cell);
    known.unwrap_or("yaosu").to_owned()
}

fn said<'a>(rows: &'a Rows, key: &str) -> Option<&'a str> {
    let taken = rows.taken.iter().find(|taken| taken.item == key);
    taken.and_then(|taken| taken.treatment.reason())
}

/// The row as two have written it since it was opened: what the clerk changed is the clerk's, what
/// only somebody else changed is theirs. With it, what somebody else changed.
fn merged(opened: &Item, filled: &Item, known: &Item) -> (Item, Vec<Column>) {
    let mut both = known.clone();
    for column in Column::differing(opened, filled) {
        column.carry(filled, &mut both);
    }
    (both, Column::differing(opened, known))
}

/// Keeps the row as its fields have it and goes back to its place in the table.
///
/// # Errors
/// The row is gone or cannot be changed now, or the database refuses.
pub async fn save(
    visit: Visit,
    clerk: Clerk,
    bench: Bench,
    form: &Submitted,
) -> Result<Response, Fault> {
    bench.draft()?;
    let rows = bench.rows(&visit).await?;
    let (key, cell) = (form.get("hang").to_owned(), named(form.get("lan")));
    let gone = || Fault::Refused("这一行已经不在草稿里，可能被改名或者删去。请回目录再看。".into());
    let known = rows.ours.iter().find(|row| row.key == key).ok_or_else(gone)?;
    let opened: Option<Item> = serde_json::from_str(form.get("yuan")).ok();
    let (mut opened, mut theirs) = (opened.unwrap_or_else(|| known.item.clone()), vec![]);
    let mut filled = filled(&opened, form, level_columns(&bench));
    let unread = unread(&opened, &filled.item);
    if unread.as_deref().is_some_and(|words| form.get("zhao") != words) {
        let words = "没有读懂这个时限，不会计算期限。改法：写明从什么时候起、几个工作日。确实要这样写的，再按一次保存。";
        filled.refuse("shixian", words);
    }
    if filled.errors.is_empty() {
        let desk = visit.house.ledger().desk(clerk.actor()).await?;
        let item = filled.item.clone();
        let written = row::Writing { item, reason: None, seen: Some(&filled.seen) };
        match row::write(desk, &bench.catalogue()?.id, Some(&key), written).await {
            Ok(kept) => {
                let key = kept.key;
                let to = format!("?done=kept&row={key}#c-{key}-{}", anchor(&cell));
                return Ok(sent_to(&visit, &bench.path(&to)));
            }
            Err(ActError::OutOfTurn(refused)) => {
                return Err(Fault::Refused(words_of(refused.into())?));
            }
            Err(error) => {
                let field = match &error {
                    ActError::NoName | ActError::Unsettled(_) => "erji",
                    ActError::Overwritten => {
                        filled.overtaken = true;
                        (filled.item, theirs) = merged(&opened, &filled.item, &known.item);
                        opened = known.item.clone();
                        filled.seen = row::print_of(&known.item, said(&rows, &key));
                        ROW
                    }
                    _ => ROW,
                };
                filled.refuse(field, words_of(error)?);
            }
        }
    }
    let editing = Editing { key, cell, form: filled, opened, theirs, unread };
    let page = draft::page(&visit, clerk, &bench, &Asked::default(), Some(editing)).await?;
    Ok(page.into_response())
}

/// The row with what was filled in; a column that the form does not show stays as it is.
fn filled(known: &Item, form: &Submitted, level_columns: Vec<String>) -> RowForm {
    let mut item = known.clone();
    if form.has("erji") {
        item.level2 = form.words("erji").map(str::to_owned);
    }
    if form.has("yaosu") {
        item.elements = lines(form.get("yaosu"));
    }
    if form.has("yiju") {
        item.basis = lines(form.get("yiju"));
    }
    if form.has("zhuti") {
        item.subjects = bodies(form.get("zhuti"));
    }
    if form.has("shixian") && form.get("shixian").trim() != known.time_limit_raw.trim() {
        item.time_limit_raw = form.get("shixian").trim().to_owned();
        item.time_limit = TimeLimit::read(&item.time_limit_raw);
    }
    let shows = |group: &str| form.all("you").any(|own| own == group);
    let ticked = |name: &str, word: &str| form.all(name).any(|value| value == word);
    if shows("duixiang") {
        let all = AUDIENCES.into_iter();
        item.audience = all.filter(|one| ticked("duixiang", audience_name(*one))).collect();
    }
    if shows("fangshi") {
        let all = METHODS.into_iter();
        item.methods = all.filter(|one| ticked("fangshi", method_name(*one))).collect();
    }
    if shows("qudao") {
        let mut channels: Vec<Channel> = form.all("qudao").filter_map(Channel::named).collect();
        channels.sort_by_key(|channel| channel.rank().unwrap_or(usize::MAX));
        if !channels.iter().any(Channel::is_other) {
            item.channels_other = None;
        }
        item.channels = channels;
    }
    let mut filled = RowForm::showing(item, level_columns, None);
    filled.seen = form.get("kan").into();
    if filled.item.level1.is_none() && filled.item.level2.is_none() {
        filled.refuse("erji", "填写二级事项的名称");
    }
    filled
}

/// A limit that was newly written and cannot be read.
fn unread(known: &Item, filled: &Item) -> Option<String> {
    let words = &filled.time_limit_raw;
    let is_read =
        filled.time_limit.as_ref().is_some_and(|limit| limit.kind != TimeLimitKind::Other);
    let is_new = *words != known.time_limit_raw;
    (is_new && !words.is_empty() && !is_read).then(|| words.clone())
}

/// Which rows stand above, so that their names stay.
pub fn taken_up<'a>(taken: &HashMap<&'a str, &'a Treatment>, key: &str) -> bool {
    taken.get(key).is_some_and(|treatment| !matches!(treatment, Treatment::Added { .. }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Item {
        Item {
            level1: Some("养老服务".into()),
            level2: Some("补贴".into()),
            elements: vec!["标准".into()],
            time_limit_raw: "20个工作日内".into(),
            time_limit: TimeLimit::read("20个工作日内"),
            channels: Channel::named("政府网站").into_iter().collect(),
            seq: Some("7".into()),
            ..Item::default()
        }
    }

    #[test]
    fn a_cell_that_the_form_does_not_show_stays_as_it_is() {
        let form = Submitted::of(&[("shixian", " 实时 "), ("zhuti", "区民政局、区财政局")]);
        let filled = filled(&known(), &form, vec![]);
        assert!(filled.errors.is_empty());
        let wanted = Item {
            time_limit_raw: "实时".into(),
            time_limit: TimeLimit::read("实时"),
            subjects: vec!["区民政局".into(), "区财政局".into()],
            ..known()
        };
        assert_eq!(filled.item, wanted);
        let none = filled_with(&[("you", "qudao")]);
        assert_eq!((none.channels, none.seq), (vec![], Some("7".into())));
    }

    fn filled_with(pairs: &[(&str, &str)]) -> Item {
        filled(&known(), &Submitted::of(pairs), vec![]).item
    }

    #[test]
    fn what_two_write_in_different_cells_is_kept_and_only_the_same_cell_is_the_last_ones() {
        let limit = |words: &str, item: Item| Item { time_limit_raw: words.into(), ..item };
        let bodies = |body: &str, item: Item| Item { subjects: vec![body.into()], ..item };
        let (mine, theirs) = (bodies("市民政局", known()), limit("实时", known()));
        let (both, changed) = merged(&known(), &mine, &theirs);
        assert_eq!(both, bodies("市民政局", limit("实时", known())));
        assert_eq!(changed, [Column::TimeLimit]);
        let (both, changed) = merged(&known(), &mine, &bodies("区民政局", known()));
        assert_eq!((both, changed), (mine, vec![Column::Subjects]));
    }

    #[test]
    fn only_a_limit_that_is_new_and_cannot_be_read_is_asked_about() {
        for (limit, asked) in
            [("20个工作日内", false), ("实时", false), ("", false), ("视情况而定", true)]
        {
            let filled = filled_with(&[("shixian", limit)]);
            assert_eq!(unread(&known(), &filled).is_some(), asked, "{limit}");
        }
        let odd = Item {
            time_limit_raw: "视情况而定".into(),
            time_limit: TimeLimit::read("视情况而定"),
            ..known()
        };
        let kept = filled(&odd, &Submitted::of(&[("shixian", "视情况而定")]), vec![]);
        assert_eq!(unread(&odd, &kept.item), None);
    }
}
