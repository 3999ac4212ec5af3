//! Known faults in what we build on.
//!
//! Two sources: the copy of the public advisory database beside the project (`../shared`), and
//! `xtask/minimum-versions.toml`, kept by hand because that copy is of an old day.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use semver::{Version, VersionReq};
use serde::Deserialize;

use super::deny::Deny;
use super::finding::Finding;
use super::graph::Package;
use super::house::House;

const MINIMUM: &str = "xtask/minimum-versions.toml";
const DATABASE: &str = "../shared/data/advisory-db/crates";
const REMEDY: &str =
    "升级它 (cargo update -p 名字); 确实无关的写进 deny.toml 的 advisories.ignore 并说明理由";

#[derive(Deserialize)]
struct Floor {
    versions: VersionReq,
    reason: String,
}

#[derive(Debug, Deserialize)]
struct Entry {
    advisory: Advisory,
    #[serde(default)]
    versions: Versions,
}

#[derive(Debug, Deserialize)]
struct Advisory {
    id: String,
    withdrawn: Option<String>,
    informational: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
struct Versions {
    #[serde(default)]
    patched: Vec<VersionReq>,
    #[serde(default)]
    unaffected: Vec<VersionReq>,
}

/// No package has a known fault that its version does not mend.
pub fn check(house: &House) -> Vec<Finding> {
    let mut findings = match floors(house) {
        Ok(floors) => {
            house.graph.packages.iter().filter_map(|package| too_old(package, &floors)).collect()
        }
        Err(error) => vec![Finding::broken(MINIMUM, format!("{error:#}"), "补上或改正")],
    };
    let database = house.root.join(DATABASE);
    if !database.is_dir() {
        findings.push(absent());
        return findings;
    }
    let ignored = Deny::read(house).unwrap_or_default().advisories.ignore;
    for package in &house.graph.packages {
        for entry in entries(&database.join(&package.name)) {
            if !ignored.iter().any(|one| one.id == entry.advisory.id && !one.reason.is_empty()) {
                findings.extend(entry.finding(package));
            }
        }
    }
    findings
}

fn absent() -> Finding {
    let remedy = "把 shared 文件夹放在项目旁边";
    if std::env::var("CI").is_ok_and(|value| value == "true") {
        Finding::broken(DATABASE, "没有安全公告库", remedy)
    } else {
        Finding::reminder(DATABASE, "没有安全公告库, 只查了最低版本", remedy)
    }
}

fn floors(house: &House) -> anyhow::Result<BTreeMap<String, Floor>> {
    let text = house.text(MINIMUM).context("没有最低版本表")?;
    toml::from_str(&text.text).context("最低版本表读不懂")
}

fn too_old(package: &Package, floors: &BTreeMap<String, Floor>) -> Option<Finding> {
    let floor = floors.get(&package.name)?;
    (!floor.versions.matches(&package.version)).then(|| {
        let words = format!("版本应 {}: {}", floor.versions, floor.reason);
        Finding::broken(format!("{} {}", package.name, package.version), words, REMEDY)
    })
}

/// The advisories on one crate; none where it has no folder.
fn entries(folder: &Path) -> Vec<Entry> {
    let Ok(files) = std::fs::read_dir(folder) else { return Vec::new() };
    let texts = files.flatten().filter_map(|file| std::fs::read_to_string(file.path()).ok());
    texts.filter_map(|text| front(&text)).collect()
}

/// The block of TOML at the head of an advisory.
fn front(text: &str) -> Option<Entry> {
    let (_, rest) = text.split_once("```toml")?;
    let (block, _) = rest.split_once("```")?;
    toml::from_str(block).ok()
}

impl Entry {
    fn concerns(&self, version: &Version) -> bool {
        let mended = self.versions.patched.iter().chain(&self.versions.unaffected);
        self.advisory.withdrawn.is_none() && !mended.into_iter().any(|range| range.matches(version))
    }

    /// A crate that is only no longer cared for is mentioned; a fault fails the gate.
    fn finding(&self, package: &Package) -> Option<Finding> {
        if !self.concerns(&package.version) {
            return None;
        }
        let place = format!("{} {}", package.name, package.version);
        let id = &self.advisory.id;
        Some(match self.advisory.informational.as_deref() {
            Some(kind @ ("unmaintained" | "notice")) => {
                Finding::reminder(place, format!("{id} ({kind})"), "留意替代")
            }
            _ => Finding::broken(place, format!("有未修补的安全公告 {id}"), REMEDY),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::finding::Weight;
    use super::*;

    const FAULT: &str = "```toml\n[advisory]\nid = \"RUSTSEC-2026-0001\"\npackage = \"x\"\n\n\
        [versions]\npatched = [\">= 1.2.3\", \"^0.9.9\"]\nunaffected = [\"< 0.5.0\"]\n```\n\n# Words\n";

    fn package(version: &str) -> Package {
        Package {
            name: "x".into(),
            version: version.parse().expect("a version"),
            license: None,
            source: String::new(),
            manifest: String::new(),
        }
    }

    #[test]
    fn only_versions_between_the_fault_and_its_mending_are_found() {
        let entry = front(FAULT).expect("a front block");
        for (version, found) in [
            ("0.4.9", false),
            ("0.5.0", true),
            ("0.9.9", false),
            ("1.0.0", true),
            ("1.2.3", false),
            ("2.0.0", false),
        ] {
            assert_eq!(entry.finding(&package(version)).is_some(), found, "{version}");
        }
    }

    #[test]
    fn a_withdrawn_advisory_is_no_advisory_and_an_unmaintained_crate_a_reminder() {
        let with =
            |line: &str| FAULT.replace("package = \"x\"", &format!("package = \"x\"\n{line}"));
        let withdrawn = front(&with("withdrawn = \"2026-01-02\"")).expect("a front block");
        assert!(withdrawn.finding(&package("1.0.0")).is_none());
        let lonely = front(&with("informational = \"unmaintained\"")).expect("a front block");
        assert_eq!(
            lonely.finding(&package("1.0.0")).map(|finding| finding.weight),
            Some(Weight::Reminder)
        );
    }

    #[test]
    fn a_version_under_the_floor_kept_by_hand_is_found() {
        let floors: BTreeMap<String, Floor> =
            toml::from_str("[x]\nversions = \">=1.2.0\"\nreason = \"a fault\"").expect("a fixture");
        assert!(too_old(&package("1.1.9"), &floors).is_some());
        assert!(too_old(&package("1.2.0"), &floors).is_none());
    }
}
