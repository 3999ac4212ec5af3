//! What of the records a clerk may look for at the workbench: drafts of the organ that he may read, and what
//! the organ has published.

use web::components::Tag;
use web::workbench::{DeskHit, DeskSearch, MOST_FOUND};
use web::{Clerk, Fault, House, Later};

use super::list::{may_see, state_tag};
use crate::store::{DraftLine, DraftState, PublishedLine, titled};

/// Offered to the house.
pub(crate) const SEARCH: DeskSearch = DeskSearch { find };

fn find<'a>(house: &'a House, clerk: &'a Clerk, wanted: &'a str) -> Later<'a, Vec<DeskHit>> {
    Box::pin(async move {
        let mut found = drafts(house, clerk, wanted).await?;
        found.extend(published(house, clerk, wanted).await?);
        Ok(found)
    })
}

/// Drafts that are not out yet; reading each is asked line by line, as its page asks it.
async fn drafts(house: &House, clerk: &Clerk, wanted: &str) -> Result<Vec<DeskHit>, Fault> {
    let lines = DraftLine::called_like(house.store(), &clerk.organ.code, wanted).await?;
    let open = lines.into_iter().filter(|line| line.state != DraftState::Published);
    let visible = open.filter(|line| may_see(clerk, line)).take(MOST_FOUND);
    let hit = |line: DraftLine| DeskHit {
        kind: "稿件",
        title: titled(&line.title).to_owned(),
        detail: format!("{}　{}", line.author_name, super::minute(&line.changed_at)),
        tag: state_tag(line.state),
        path: format!("/gongzuo/gaojian/{}", line.id),
    };
    Ok(visible.map(hit).collect())
}

/// What is out is everybody's to read; what was withdrawn leads to the trail of it, for whoever may read
/// that.
async fn published(house: &House, clerk: &Clerk, wanted: &str) -> Result<Vec<DeskHit>, Fault> {
    let trail = clerk.has_power("record.read_trail");
    let lines = PublishedLine::called_like(house.store(), &clerk.organ.code, wanted).await?;
    let shown = lines.into_iter().filter(|line| line.is_open() || trail).take(MOST_FOUND);
    let hit = |line: PublishedLine| {
        let (open, number) = (line.is_open(), line.number.clone().unwrap_or_default());
        DeskHit {
            kind: "已经公开的信息",
            detail: format!("{number}　{} 发布", line.published_on).trim().to_owned(),
            tag: match (line.withdrawn, open) {
                (true, _) => Tag::warn("已撤下"),
                (false, true) => Tag::good("已公开"),
                (false, false) => Tag::plain("特定群体"),
            },
            path: if open {
                format!("/wenjian/{}", line.id)
            } else {
                format!("/gongzuo/chexia/{}", line.id)
            },
            title: line.title,
        }
    };
    Ok(shown.map(hit).collect())
}
