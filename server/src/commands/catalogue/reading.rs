//! `gongkai catalogue read`: what a file holds, and what of it needs a person's eye.

use std::io::{self, Write};
use std::path::Path;

use catalogue::reading;
use catalogue_rules::ReadCatalogue;
use sha2::{Digest, Sha256};

use crate::commands::files::{bytes_of, size_of};
use crate::failure::Failure;

/// Reads a file that may hold a catalogue; the second part is its SHA-256.
pub(super) fn read_file(file: &Path) -> Result<(ReadCatalogue, String), Failure> {
    let name = file.display().to_string();
    reading::check_size(size_of(file)?).map_err(|refused| unread(&name, &refused))?;
    read_bytes(&bytes_of(file)?, &name)
}

/// Reads bytes that may hold a catalogue.
///
/// # Errors
/// They hold none; the words name the place and what to do.
pub fn read_bytes(bytes: &[u8], name: &str) -> Result<(ReadCatalogue, String), Failure> {
    let read = reading::read(bytes, name).map_err(|refused| unread(name, &refused))?;
    Ok((read, ledger::hex(&Sha256::digest(bytes))))
}

fn unread(name: &str, refused: &reading::Unread) -> Failure {
    Failure::invalid(format!("{name}: {refused}"), refused.remedy())
}

/// Shows everything that was read.
///
/// # Errors
/// Stdout is gone.
pub(super) fn show_read(read: &ReadCatalogue, json: bool) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    if json {
        serde_json::to_writer_pretty(&mut out, read)?;
        writeln!(out)?;
        return Ok(());
    }
    writeln!(out, "{}", read.title.as_deref().unwrap_or("（没有标题）"))?;
    writeln!(out, "领域: {}", read.domain.as_deref().unwrap_or("（未写明或有几个）"))?;
    writeln!(out, "事项: {} 个", read.items.len())?;
    for item in &read.items {
        let names = [&item.level1, &item.level2, &item.level3];
        let names: Vec<_> = names.into_iter().flatten().map(String::as_str).collect();
        let seq = item.seq.as_deref().unwrap_or("");
        writeln!(out, "{seq:>5}  {}", names.join(" > "))?;
        let (limit, subjects) = (said(&item.time_limit_raw), item.subjects.join("、"));
        writeln!(out, "       时限: {limit}  主体: {}", said(&subjects))?;
    }
    show_issues(&mut out, read)
}

fn said(words: &str) -> &str {
    if words.trim().is_empty() { "（未写明）" } else { words }
}

/// Shows what needs a person's eye.
///
/// # Errors
/// `out` takes no more.
pub(super) fn show_issues(out: &mut impl Write, read: &ReadCatalogue) -> Result<(), Failure> {
    if read.issues.is_empty() {
        writeln!(out, "没有需要人工核对的地方")?;
        return Ok(());
    }
    writeln!(out, "需要人工核对 {} 处:", read.issues.len())?;
    for issue in &read.issues {
        writeln!(out, "  {issue}")?;
    }
    Ok(())
}
