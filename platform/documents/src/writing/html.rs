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
    let (runs, headers) = (sheet.runs(), spoken_for(sheet));
    for at in 0..sheet.rows.len() {
        row(sheet, &runs, &headers, at, &mut out);
    }
    out.push_str("</tbody>\n</table>\n");
    out
}

/// Which headings speak for the cells of each column: its group's and its own. Where there is one row of
/// headings, a browser knows by itself.
fn spoken_for(sheet: &Sheet) -> Vec<String> {
    if !sheet.is_grouped() {
        return vec![String::new(); sheet.columns.len()];
    }
    let groups = sheet.groups();
    let group = |at: usize| groups.iter().find(|(first, last, _)| (*first..=*last).contains(&at));
    let headers = |at| match group(at) {
        Some((first, ..)) => format!(" headers=\"z{first} l{at}\""),
        None => format!(" headers=\"l{at}\""),
    };
    (0..sheet.columns.len()).map(headers).collect()
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
                let id = format!(" id=\"z{first}\"");
                let _ = write!(out, "<th{id} scope=\"colgroup\" colspan=\"{span}\">{name}</th>");
            }
            Some(_) => {}
            None => {
                let id = if grouped { format!(" id=\"l{at}\"") } else { String::new() };
                let down = if grouped { " rowspan=\"2\"" } else { "" };
                let _ = write!(out, "<th{id} scope=\"col\"{down}>{}</th>", escaped(&column.name));
            }
        }
    }
    out.push_str("</tr>\n");
    if grouped {
        out.push_str("<tr>");
        let under = sheet.columns.iter().enumerate().filter(|(_, column)| column.group.is_some());
        for (at, column) in under {
            let _ = write!(out, "<th id=\"l{at}\" scope=\"col\">{}</th>", escaped(&column.name));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</thead>\n");
}

fn row(
    sheet: &Sheet,
    runs: &HashMap<(usize, usize), Merge>,
    headers: &[String],
    at: usize,
    out: &mut String,
) {
    out.push_str("<tr>");
    let cells = sheet.columns.iter().zip(&sheet.rows[at]).zip(headers);
    for (column, ((kind, text), headers)) in cells.enumerate() {
        let down = match runs.get(&(column, at)) {
            Some(run) if run.first < at => continue,
            Some(run) => format!(" rowspan=\"{}\"", run.last - run.first + 1),
            None => String::new(),
        };
        let stand = if kind.align == Align::Center { " class=\"c\"" } else { "" };
        let _ =
            write!(out, "<td{headers}{down}{stand}>{}</td>", escaped(text).replace('\n', "<br>"));
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
