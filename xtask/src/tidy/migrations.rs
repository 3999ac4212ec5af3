//! Schema changes: one number each in the whole house, and never touched after a release.

use std::collections::HashMap;
use std::path::Path;
use std::process::Command;

use super::finding::Finding;
use super::house::{House, Text};

/// Every migration has a well-formed number of its own, comes after the last release's, and what
/// was released stands as it was.
pub fn check(house: &House) -> Vec<Finding> {
    let now: Vec<&Text> = house.texts.iter().filter(|text| is_migration(&text.path)).collect();
    let mut findings = numbering(&now);
    findings.extend(since_release(&now, &released(&house.root)));
    findings
}

fn is_migration(path: &str) -> bool {
    path.contains("/migrations/") && path.ends_with(".sql")
}

/// `platform/ledger/migrations/20261125003_ledger.sql` → 20261125003.
fn number(path: &str) -> Option<u64> {
    let (digits, name) = path.rsplit_once('/')?.1.strip_suffix(".sql")?.split_once('_')?;
    let lower = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    (digits.len() == 11 && name.chars().all(lower)).then(|| digits.parse().ok())?
}

fn numbering(now: &[&Text]) -> Vec<Finding> {
    let mut seen: HashMap<u64, &str> = HashMap::new();
    let mut findings = Vec::new();
    for text in now {
        let Some(number) = number(&text.path) else {
            findings.push(Finding::broken(
                &text.path,
                "文件名不合规",
                "写成 年月日加三位序号_英文名.sql",
            ));
            continue;
        };
        if let Some(other) = seen.insert(number, &text.path) {
            findings.push(Finding::broken(
                &text.path,
                format!("编号与 {other} 相同"),
                "换一个序号",
            ));
        }
    }
    findings
}

fn since_release(now: &[&Text], released: &[Text]) -> Vec<Finding> {
    let latest = released.iter().filter_map(|text| number(&text.path)).max().unwrap_or(0);
    let mut findings = Vec::new();
    for old in released {
        if now.iter().all(|text| text.path != old.path || text.text != old.text) {
            let words = "已发布的数据库变更被改动或删除";
            findings.push(Finding::broken(&old.path, words, "恢复原文, 另写一个新的变更"));
        }
    }
    for new in now.iter().filter(|new| released.iter().all(|old| old.path != new.path)) {
        if number(&new.path).is_some_and(|number| number <= latest) {
            findings.push(Finding::broken(&new.path, "编号早于上一版的变更", "用今天的日期编号"));
        }
    }
    findings
}

/// The migrations of the last release (`scripts/last-release`); none where there is none or no git.
fn released(root: &Path) -> Vec<Text> {
    let told = |program: &mut Command| {
        let output = program.current_dir(root).output().ok()?;
        output.status.success().then(|| String::from_utf8(output.stdout).ok())?
    };
    let git = |arguments: &[&str]| told(Command::new("git").args(arguments));
    let release = told(&mut Command::new(root.join("scripts/last-release"))).unwrap_or_default();
    let release = release.trim();
    if release.is_empty() {
        return Vec::new();
    }
    let listed = git(&["ls-tree", "-r", "--name-only", release]).unwrap_or_default();
    let paths = listed.lines().filter(|path| is_migration(path));
    paths
        .filter_map(|path| {
            let text = git(&["show", &format!("{release}:{path}")])?;
            Some(Text { path: path.to_owned(), text })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(path: &str, text: &str) -> Text {
        Text { path: path.into(), text: text.into() }
    }

    #[test]
    fn a_number_is_well_formed_and_given_once() {
        let one = text("platform/jobs/migrations/20261125001_job.sql", "");
        let two = text("platform/ledger/migrations/20261125001_ledger.sql", "");
        let odd = text("platform/ledger/migrations/1_ledger.sql", "");
        assert_eq!(numbering(&[&one]).len(), 0);
        assert_eq!(numbering(&[&one, &two]).len(), 1);
        assert_eq!(numbering(&[&odd]).len(), 1);
    }

    #[test]
    fn what_was_released_stands_and_what_is_new_comes_after() {
        let old = text("platform/jobs/migrations/20261125001_job.sql", "CREATE TABLE job");
        let edited = text("platform/jobs/migrations/20261125001_job.sql", "CREATE TABLE work");
        let later = text("platform/jobs/migrations/20261201001_retry.sql", "ALTER");
        let earlier = text("platform/jobs/migrations/20260101001_retry.sql", "ALTER");
        let released = [old.clone()];
        assert_eq!(since_release(&[&old, &later], &released).len(), 0);
        assert_eq!(since_release(&[&edited], &released).len(), 1);
        assert_eq!(since_release(&[], &released).len(), 1);
        assert_eq!(since_release(&[&old, &earlier], &released).len(), 1);
    }
}
