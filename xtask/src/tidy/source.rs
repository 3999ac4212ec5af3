//! A parsed Rust file and where in the house it stands.

use anyhow::Context;
use proc_macro2::Span;

use super::graph::{Floor, Graph};
use super::house::Text;

/// A Rust file.
#[derive(Debug)]
pub struct Source {
    /// Relative to the workspace.
    pub path: String,
    /// How many lines it has.
    pub lines: usize,
    /// Its syntax.
    pub tree: syn::File,
    /// The floor of its crate; `None` for a file outside any crate.
    pub floor: Option<Floor>,
    /// The module it is, from its path: `portal::apply`.
    pub module: Vec<String>,
    /// Whether it lies under `src` and is no `tests` module.
    pub product: bool,
}

impl Source {
    /// Parses one file.
    pub fn read(graph: &Graph, text: &Text) -> anyhow::Result<Self> {
        let tree = syn::parse_file(&text.text).with_context(|| format!("{} 读不懂", text.path))?;
        let home = graph.home_of(&text.path);
        let folder = home.map(|member| member.folder.clone()).unwrap_or_default();
        let inside = text.path.strip_prefix(&format!("{folder}/src/"));
        Ok(Self {
            path: text.path.clone(),
            lines: text.text.lines().count(),
            tree,
            floor: home.and_then(|member| Floor::of(&member.folder)),
            product: inside.is_some_and(|path| !module(path).iter().any(|part| part == "tests")),
            module: inside.map(module).unwrap_or_default(),
        })
    }

    /// `path:line` of a piece of syntax.
    pub fn place(&self, span: Span) -> String {
        format!("{}:{}", self.path, span.start().line)
    }
}

fn module(inside: &str) -> Vec<String> {
    let path = inside.strip_suffix(".rs").unwrap_or(inside);
    let mut parts: Vec<String> = path.split('/').map(str::to_owned).collect();
    if matches!(parts.last().map(String::as_str), Some("mod" | "lib" | "main")) {
        parts.pop();
    }
    parts
}

/// Whether an item is only compiled for tests.
pub fn for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let path = attribute.path();
        let last = path.segments.last().map(|segment| segment.ident.to_string());
        match last.as_deref() {
            Some("test") => true,
            Some("cfg") => attribute
                .meta
                .require_list()
                .is_ok_and(|list| list.tokens.to_string().split(' ').any(|word| word == "test")),
            _ => false,
        }
    })
}
