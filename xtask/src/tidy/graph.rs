//! The crates of the house and what they depend on, read from `cargo metadata`.

use std::path::Path;

use anyhow::Context;
use serde::Deserialize;

/// Where a crate stands. The order is the order of the floors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Floor {
    /// `law`
    Law,
    /// `affairs/*/rules`
    Rules,
    /// `platform/*`
    Platform,
    /// `affairs/*`
    Room,
    /// `server`
    Server,
    /// `journeys` and `xtask`: they look at the house from outside.
    Outside,
}

impl Floor {
    /// The floor of a crate by its folder, `/`-separated and relative to the workspace.
    pub fn of(folder: &str) -> Option<Self> {
        let parts: Vec<&str> = folder.split('/').collect();
        match parts.as_slice() {
            ["law"] => Some(Self::Law),
            ["affairs", _, "rules"] => Some(Self::Rules),
            ["platform", _] => Some(Self::Platform),
            ["affairs", _] => Some(Self::Room),
            ["server"] => Some(Self::Server),
            ["journeys" | "xtask"] => Some(Self::Outside),
            _ => None,
        }
    }
}

/// A crate of ours.
#[derive(Debug, Clone)]
pub struct Member {
    /// Its package name.
    pub name: String,
    /// Its folder relative to the workspace.
    pub folder: String,
    /// Everything its Cargo.toml names.
    pub dependencies: Vec<Dependency>,
}

/// One line under `[dependencies]` and its sisters.
#[derive(Debug, Clone, Deserialize)]
pub struct Dependency {
    /// The package named.
    pub name: String,
    /// `None` for a normal one, `dev` or `build`.
    pub kind: Option<String>,
}

/// A package of someone else.
#[derive(Debug, Clone)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: semver::Version,
    /// Its SPDX expression, if it states one.
    pub license: Option<String>,
    /// Where it came from, in cargo's words.
    pub source: String,
    /// Where its files lie on this machine.
    pub manifest: String,
}

/// All of it.
#[derive(Debug, Clone, Default)]
pub struct Graph {
    /// Ours.
    pub members: Vec<Member>,
    /// Others'.
    pub packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Row>,
    workspace_root: String,
}

#[derive(Deserialize)]
struct Row {
    name: String,
    version: semver::Version,
    license: Option<String>,
    source: Option<String>,
    manifest_path: String,
    #[serde(default)]
    dependencies: Vec<Dependency>,
}

impl Graph {
    /// Reads what `cargo metadata --format-version 1` prints.
    pub fn read(json: &str) -> anyhow::Result<Self> {
        let metadata: Metadata = serde_json::from_str(json).context("cargo metadata 的输出")?;
        let mut graph = Self::default();
        for row in metadata.packages {
            match row.source {
                Some(source) => graph.packages.push(Package {
                    name: row.name,
                    version: row.version,
                    license: row.license,
                    source,
                    manifest: row.manifest_path,
                }),
                None => graph.members.push(Member {
                    folder: folder(&row.manifest_path, &metadata.workspace_root),
                    name: row.name,
                    dependencies: row.dependencies,
                }),
            }
        }
        Ok(graph)
    }

    /// Our crate of this name.
    pub fn member(&self, name: &str) -> Option<&Member> {
        self.members.iter().find(|member| member.name == name)
    }

    /// Our crate in whose folder the file lies.
    pub fn home_of(&self, file: &str) -> Option<&Member> {
        let inside = |member: &&Member| {
            file.strip_prefix(&member.folder).is_some_and(|rest| rest.starts_with('/'))
        };
        self.members.iter().filter(inside).max_by_key(|member| member.folder.len())
    }
}

fn folder(manifest: &str, root: &str) -> String {
    let folder = Path::new(manifest).parent().unwrap_or(Path::new(""));
    folder.strip_prefix(root).unwrap_or(folder).to_string_lossy().replace('\\', "/")
}
