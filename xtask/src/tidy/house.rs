//! The facts that the checks look at, gathered once.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::graph::Graph;
use super::source::Source;
use crate::shell;

/// A text file under version control, or about to be.
#[derive(Debug, Clone)]
pub struct Text {
    /// Relative to the workspace, `/`-separated.
    pub path: String,
    /// What it says.
    pub text: String,
}

impl Text {
    /// Its lines, numbered from one.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(index, line)| (index + 1, line))
    }
}

/// The whole house as the checks see it.
#[derive(Debug, Default)]
pub struct House {
    /// The workspace's folder.
    pub root: PathBuf,
    /// Crates and dependencies.
    pub graph: Graph,
    /// Every text file.
    pub texts: Vec<Text>,
    /// Every Rust file, parsed.
    pub sources: Vec<Source>,
}

impl House {
    /// Reads the work tree: files that git knows or would add, and `cargo metadata`.
    pub fn gather(root: &Path) -> anyhow::Result<Self> {
        let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
        let metadata = shell::output(Command::new(cargo).current_dir(root).args([
            "metadata",
            "--format-version",
            "1",
            "--locked",
        ]))?;
        let listed = shell::output(Command::new("git").current_dir(root).args([
            "-c",
            "core.quotePath=false",
            "ls-files",
            "--cached",
            "--others",
            "--exclude-standard",
        ]))?;
        let texts = listed.lines().filter_map(|path| text(root, path)).collect();
        Self::of(root, Graph::read(&metadata)?, texts)
    }

    /// Puts a house together from its parts.
    pub fn of(root: &Path, graph: Graph, texts: Vec<Text>) -> anyhow::Result<Self> {
        let mut sources = Vec::new();
        for text in texts.iter().filter(|text| text.path.ends_with(".rs")) {
            sources.push(Source::read(&graph, text)?);
        }
        Ok(Self { root: root.to_path_buf(), graph, texts, sources })
    }

    /// The text file at this path.
    pub fn text(&self, path: &str) -> Option<&Text> {
        self.texts.iter().find(|text| text.path == path)
    }
}

/// A file that is gone or not UTF-8 is none of our business.
fn text(root: &Path, path: &str) -> Option<Text> {
    let text = std::fs::read_to_string(root.join(path)).ok()?;
    Some(Text { path: path.to_owned(), text })
}

#[cfg(test)]
impl House {
    /// A house of a few files for a test: `(path, text)`. The crates are those whose files are
    /// given, without dependencies.
    pub fn sample(files: &[(&str, &str)]) -> Self {
        let folder = |path: &str| path.split_once("/src/").map(|(folder, _)| folder.to_owned());
        let mut folders: Vec<String> = files.iter().filter_map(|(path, _)| folder(path)).collect();
        folders.sort();
        folders.dedup();
        let members = folders.into_iter().map(|folder| super::graph::Member {
            name: folder.replace('/', "-"),
            folder,
            dependencies: Vec::new(),
        });
        let graph = Graph { members: members.collect(), packages: Vec::new() };
        let text =
            |(path, text): &(&str, &str)| Text { path: (*path).into(), text: (*text).into() };
        Self::of(Path::new("."), graph, files.iter().map(text).collect())
            .expect("a sample is valid Rust")
    }
}
