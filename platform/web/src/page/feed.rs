//! Atom 1.0: what a list has that is new, for reading programs.

use askama::Template;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use jiff::ToSpan;
use law::Date;

use crate::layout::SiteFrame;
use crate::{Fault, Gone};

/// The day from which on a feed tells what was taken down: a year back.
pub fn a_year_before(today: Date) -> Date {
    today.checked_sub(1.year()).unwrap_or(today)
}

/// One entry of a feed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FeedEntry {
    /// The title.
    pub title: String,
    /// The address below the site.
    pub path: String,
    /// When it was published or last changed, RFC 3339.
    pub updated: String,
    /// The publishing organ.
    pub organ: String,
    /// A few words on it: 文号, dates.
    pub summary: String,
}

/// The feed of one list of one site.
#[derive(Debug, Clone, Template)]
#[template(path = "page/feed.xml")]
pub struct Feed<'a> {
    /// The site.
    pub site: &'a SiteFrame,
    /// The list's name.
    pub title: String,
    /// The address of the list below the site.
    pub path: String,
    /// The address of the feed below the site.
    pub own_path: String,
    /// Its entries, newest first.
    pub entries: Vec<FeedEntry>,
    /// What was taken down within a year: reading programs let go of it (RFC 6721).
    pub gone: Vec<Gone>,
}

impl Feed<'_> {
    /// A name that stays the same when the site moves to another host (RFC 4151).
    fn id(&self, path: &str) -> String {
        format!("tag:{},2026:{}", self.site.domain, self.site.href(path))
    }

    /// The moment of the newest entry; the beginning of the platform when there is none yet.
    fn updated(&self) -> &str {
        let entries = self.entries.iter().map(|entry| entry.updated.as_str());
        entries
            .chain(self.gone.iter().map(|gone| gone.at.as_str()))
            .max()
            .unwrap_or("2026-11-25T00:00:00Z")
    }

    /// The feed as an answer.
    ///
    /// # Errors
    /// [`Fault::Inside`] if a value in it cannot be written.
    pub fn answer(&self) -> Result<Response, Fault> {
        let kind = HeaderValue::from_static("application/atom+xml; charset=utf-8");
        Ok(([(header::CONTENT_TYPE, kind)], self.render()?).into_response())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_is_named_for_good_and_dated_by_its_newest_entry() {
        let site = SiteFrame::sample();
        let entry = |day: &str| FeedEntry {
            title: "通知 <一>".into(),
            path: "/wenjian/1".into(),
            updated: format!("{day}T01:00:00Z"),
            ..Default::default()
        };
        let feed = Feed {
            site: &site,
            title: "政策文件".into(),
            path: "/wenjian".into(),
            own_path: "/wenjian.atom".into(),
            entries: vec![entry("2026-11-24"), entry("2026-11-25")],
            gone: vec![Gone { path: "/wenjian/2".into(), at: "2026-11-25T02:00:00Z".into() }],
        };
        let text = feed.render().expect("plain values");
        assert!(text.contains("<id>tag:yunhu.example,2026:/linhu/wenjian</id>"), "{text}");
        assert!(text.contains("<updated>2026-11-25T02:00:00Z</updated>"), "{text}");
        let tombstone = "<at:deleted-entry ref=\"tag:yunhu.example,2026:/linhu/wenjian/2\" \
                         when=\"2026-11-25T02:00:00Z\">";
        assert!(text.contains(tombstone), "{text}");
        assert!(text.contains("通知 &#60;一&#62;"));
    }
}
