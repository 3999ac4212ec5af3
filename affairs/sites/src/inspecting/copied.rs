//! Reading the pages of a static copy (静态副本) instead of drawing them: what a plain web server gives visitors
//! while the program stands still is inspected as it lies there.

use std::fs;
use std::path::{Component, Path, PathBuf};

use axum::http::StatusCode;
use web::{House, OwnPage, Site};

/// The folder of a copy.
#[derive(Debug, Clone)]
pub struct StaticCopy {
    root: PathBuf,
}

impl StaticCopy {
    /// The copy in this folder.
    pub fn at(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    /// What a plain server answers at an address: the file itself, or the page of the folder.
    fn page(&self, address: &str) -> Option<OwnPage> {
        let path = web::address::decoded(address.split(['?', '#']).next().unwrap_or(address));
        let below = Path::new(path.trim_matches('/'));
        if below.components().any(|part| !matches!(part, Component::Normal(_))) {
            return None;
        }
        let whole = self.root.join(below);
        let file = if whole.is_dir() { whole.join("index.html") } else { whole };
        let answer = |status, text| OwnPage { status, location: None, text };
        let Ok(bytes) = fs::read(&file) else {
            return Some(answer(StatusCode::NOT_FOUND, String::new()));
        };
        let is_page = file.extension().is_some_and(|ending| ending == "html");
        let text =
            if is_page { String::from_utf8(bytes).unwrap_or_default() } else { String::new() };
        Some(answer(StatusCode::OK, text))
    }
}

/// What stands at an address: in the copy, where one is inspected, otherwise as the house answers a visitor.
pub(super) async fn page(house: &House, site: &Site, address: &str) -> Option<OwnPage> {
    match house.furnishing::<StaticCopy>() {
        Some(copy) => copy.page(address),
        None => house.own_page(site, address).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_answers_as_a_plain_server_does() {
        let folder = store::testing::Folder::new("static-copy");
        let below = folder.path().join("siming/wenjian");
        fs::create_dir_all(&below).expect("a folder");
        fs::write(folder.path().join("index.html"), "首页").expect("a file");
        fs::write(below.join("index.html"), "文件").expect("a file");
        fs::write(below.join("1.pdf"), "%PDF").expect("a file");
        let copy = StaticCopy::at(folder.path());
        for (address, status, text) in [
            ("/", 200, "首页"),
            ("/siming/wenjian", 200, "文件"),
            ("/siming/wenjian/#a", 200, "文件"),
            ("/siming/wenjian/1.pdf", 200, ""),
            ("/siming", 404, ""),
            ("/meiyou", 404, ""),
        ] {
            let page = copy.page(address).expect("an answer");
            assert_eq!((page.status.as_u16(), page.text.as_str()), (status, text), "{address}");
        }
        assert_eq!(copy.page("/../etc/passwd"), None);
        assert_eq!(copy.page("/%2e%2e/etc/passwd"), None);
    }
}
