//! Ways on when nothing was found: fewer filters, fewer words, browsing, asking for it; and beside them the documents
//! whose titles are nearest. No way is offered that finds nothing either.

use std::sync::Arc;

use search::{Query, Suggestion};
use web::address::with_query;
use web::components::Empty;
use web::layout::Link;
use web::{Fault, Visit};

use super::{Asked, address_of, wanted};

/// Where domains are browsed, in a house that has a room for them.
const DOMAINS: &str = "/mulu";
/// The most titles that are offered.
const TITLES: usize = 5;
/// The most questions with one word less that are offered.
const FEWER: usize = 3;

/// What to do now, and the documents whose titles are nearest.
pub(super) async fn nothing_found(
    visit: &Visit,
    asked: &Asked,
    own: &str,
) -> Result<(Empty, Vec<Link>), Fault> {
    let mut empty = Empty::new(format!("没有找到“{}”", asked.q.trim()))
        .because("可以换个说法，少写几个字，或者只写文号里的年份和序号。");
    if !asked.chosen(own).is_empty() {
        empty = empty.way("去掉全部筛选条件", with_query(own, &[("q", &asked.q)]));
    }
    let (titles, fewer) = near(visit, asked).await?;
    for words in fewer {
        empty = empty.way(format!("只搜“{words}”"), with_query(own, &[("q", &words)]));
    }
    let rooms = visit.house.rooms().iter();
    if rooms.flat_map(|room| &room.nav).any(|(_, item)| item.path == DOMAINS) {
        empty = empty.way("按领域浏览", visit.site.link(DOMAINS));
    }
    let empty = empty
        .way("按类别浏览", visit.site.link("/gongkai/fading"))
        .way("申请公开这条信息", wanted(visit, asked));
    let link = |one: Suggestion| Link::new(one.title, address_of(visit, &one.division, &one.url));
    Ok((empty, titles.into_iter().map(link).collect()))
}

/// Titles that have what was typed or sound like it, then those that are nearest to it, and the question with one word
/// less where that finds something.
async fn near(visit: &Visit, asked: &Asked) -> Result<(Vec<Suggestion>, Vec<String>), Fault> {
    let house = Arc::clone(&visit.house);
    let (text, query) = (asked.q.clone(), asked.query(&visit.site.division));
    let work = move || {
        let division = query.division_prefix.as_deref();
        let mut titles = house.search().suggest(&text, division, TITLES)?;
        for one in house.search().nearest_titles(&text, division, TITLES)? {
            if titles.len() < TITLES && titles.iter().all(|known| known.title != one.title) {
                titles.push(one);
            }
        }
        let mut fewer = Vec::new();
        for words in one_less(&text) {
            let query = Query { text: words.clone(), offset: 0, ..query.clone() };
            if house.search().query(&query).is_ok_and(|hits| hits.total > 0 && !hits.relaxed) {
                fewer.push(words);
            }
        }
        Ok::<_, search::SearchError>((titles, fewer))
    };
    let (titles, mut fewer) = tokio::task::spawn_blocking(work).await.map_err(Fault::inside)??;
    fewer.truncate(FEWER);
    Ok((titles, fewer))
}

/// The words of a question without one of them, each in turn from the last; few enough to be tried.
fn one_less(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().take(6).collect();
    if words.len() < 2 {
        return Vec::new();
    }
    let without = |left: usize| {
        let kept = words.iter().enumerate().filter(|(at, _)| *at != left);
        kept.map(|(_, word)| *word).collect::<Vec<_>>().join(" ")
    };
    (0..words.len()).rev().map(without).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_question_is_asked_with_one_word_less_from_the_end() {
        assert_eq!(super::one_less("甲 乙 丙"), ["甲 乙", "甲 丙", "乙 丙"]);
        assert!(super::one_less("甲").is_empty() && super::one_less("").is_empty());
    }
}
