//! A sheet as a table of HTML: the same headings, runs and line breaks as in the other forms.

use std::collections::HashMap;
use std::fmt::Write;

use super::sheet::{Align, Merge, Sheet};

/// A page of its own around the table.
pub(super) fn page(sheet: &Sheet) -> String {
    let title = escaped(&sheet.title);
    let lines: String =
        sheet.subtitle.iter().map(|line| format!("<p>{}</p>\n", escaped(line))).collect();
    let notes: String =
        sheet.notes.iter().map(|line| format!("<p>{}</p>\n", escaped(line))).collect();
    format!(
        "<!doctype html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n\
         <title>{title}</title>\n</head>\n<body>\n<h1>{title}</h1>\n{lines}{table}{notes}</body>\n</html>\n",
        table = table(sheet)
    )
}

/// The table alone, to stand in a page.
pub(super) fn table(sheet: &Sheet) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "<table border=\"1\">\n<caption>{}</caption>", escaped(&sheet.title));
    head(sheet, &mut out);
    out.push_str("<tbody>\n");
    let runs = sheet.runs();
    for at in 0..sheet.rows.len() {
        row(sheet, &runs, at, &mut out);
    }
    out.push_str("</tbody>\n</table>\n");
    out
}

/// One row of headings, or two where some stand under a group; one under none reaches down.
fn head(sheet: &Sheet, out: &mut String) {
    let grouped = sheet.is_grouped();
    let groups = sheet.groups();
    out.push_str("<thead>\n<tr>");
    for (at, column) in sheet.columns.iter().enumerate() {
        match groups.iter().find(|(first, last, _)| (*first..=*last).contains(&at)) {
            Some((first, last, name)) if *first == at => {
                let span = last - first + 1;
                let name = escaped(name);
                let _ = write!(out, "<th scope=\"colgroup\" colspan=\"{span}\">{name}</th>");
            }
            Some(_) => {}
            None => {
                let down = if grouped { " rowspan=\"2\"" } else { "" };
                let _ = write!(out, "<th scope=\"col\"{down}>{}</th>", escaped(&column.name));
            }
        }
    }
    out.push_str("</tr>\n");
    if grouped {
        out.push_str("<tr>");
        for column in sheet.columns.iter().filter(|column| column.group.is_some()) {
            let _ = write!(out, "<th scope=\"col\">{}</th>", escaped(&column.name));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</thead>\n");
}

fn row(sheet: &Sheet, runs: &HashMap<(usize, usize), Merge>, at: usize, out: &mut String) {
    out.push_str("<tr>");
    for (column, text) in sheet.columns.iter().zip(&sheet.rows[at]).enumerate() {
        let (kind, text) = text;
        let down = match runs.get(&(column, at)) {
            Some(run) if run.first < at => continue,
            Some(run) => format!(" rowspan=\"{}\"", run.last - run.first + 1),
            None => String::new(),
        };
        let stand = if kind.align == Align::Center { " class=\"c\"" } else { "" };
        let _ = write!(out, "<td{down}{stand}>{}</td>", escaped(text).replace('\n', "<br>"));
    }
    out.push_str("</tr>\n");
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            letter => out.push(letter),
        }
    }
    out
}
