//! What a visitor chose, read from the form, and what can be chosen.

use identity::{Division, Organ};
use web::components::{Choice, FieldError};
use web::workbench::Submitted;
use web::{Fault, Visit};

use super::{offered, taken};
use crate::contact::{Contact, Way};
use crate::finding::{MOST, found, town_of};
use crate::groups::groups;
use crate::rhythm::Rhythm;
use crate::topic::{Kind, Topic};

/// The longest search, in letters.
const LONGEST: usize = 60;

/// Villages of one name that are offered at most.
const VILLAGES: i64 = 20;

/// What can be chosen on a site.
pub(super) struct Offer {
    pub(super) domains: Vec<Topic>,
    pub(super) organs: Vec<Choice>,
    pub(super) groups: Vec<Topic>,
}

impl Offer {
    pub(super) async fn of(visit: &Visit) -> Result<Self, Fault> {
        let today = visit.house.ledger().clock().today();
        let domains = match visit.house.themes() {
            Some(themes) => (themes.domains)(&visit.house).await?,
            None => vec![],
        };
        let mut organs = Organ::serving(visit.house.store(), &visit.site.division).await?;
        organs.retain(|organ| organ.stands_on(today));
        let none = Choice { value: String::new(), words: "不选机关".into() };
        let organ = |organ: Organ| Choice { value: organ.code, words: organ.name };
        Ok(Self {
            domains: domains
                .into_iter()
                .map(|(slug, name)| Topic::new(Kind::Domain, slug, name))
                .collect(),
            organs: std::iter::once(none).chain(organs.into_iter().map(organ)).collect(),
            groups: groups(today),
        })
    }
}

/// What was typed and pressed.
#[derive(Debug, Clone, Default)]
pub(super) struct Typed {
    pub(super) whole: bool,
    pub(super) domains: Vec<String>,
    pub(super) organ: String,
    pub(super) village: String,
    pub(super) village_code: String,
    pub(super) item: String,
    pub(super) words: String,
    pub(super) groups: Vec<String>,
    pub(super) way: String,
    pub(super) address: String,
    pub(super) rhythm: String,
    pub(super) agreed: bool,
}

impl Typed {
    pub(super) fn read(form: &Submitted) -> Self {
        let text = |name: &str| form.get(name).trim().to_owned();
        let all = |name: &str| form.all(name).map(str::to_owned).collect();
        Self {
            whole: form.has("quanbu"),
            domains: all("lingyu"),
            organ: text("jigou"),
            village: text("cun"),
            village_code: text("cunma"),
            item: text("shixiang"),
            words: text("q").chars().take(LONGEST).collect(),
            groups: all("renqun"),
            way: text("fangshi"),
            address: text("dizhi"),
            rhythm: text("pinci"),
            agreed: form.has("tongyi"),
        }
    }
}

/// What is wrong with a form, and villages of which one is to be chosen.
#[derive(Default)]
pub(super) struct Wrong {
    pub(super) errors: Vec<FieldError>,
    pub(super) villages: Vec<Choice>,
}

impl Wrong {
    fn at(&mut self, field: &str, message: impl Into<String>) {
        self.errors.push(FieldError { field: field.into(), message: message.into() });
    }
}

/// What is chosen, as it is kept.
pub(super) struct Chosen {
    pub(super) topics: Vec<Topic>,
    pub(super) way: Way,
    pub(super) contact: Option<Contact>,
    pub(super) rhythm: Rhythm,
}

/// The topics that were chosen; what is none of the site's is left out or said.
pub(super) async fn topics(
    visit: &Visit,
    typed: &Typed,
    offer: &Offer,
    wrong: &mut Wrong,
) -> Result<Vec<Topic>, Fault> {
    let mut topics = Vec::new();
    if typed.whole {
        topics.push(Topic::new(Kind::Site, &visit.site.division, &visit.site.place));
    }
    let among = |all: &[Topic], chosen: &[String]| -> Vec<Topic> {
        all.iter().filter(|topic| chosen.contains(&topic.key)).cloned().collect()
    };
    topics.extend(among(&offer.domains, &typed.domains));
    let organ = offer.organs.iter().find(|organ| organ.value == typed.organ);
    topics.extend(
        organ
            .filter(|organ| !organ.value.is_empty())
            .map(|organ| Topic::new(Kind::Organ, &organ.value, &organ.words)),
    );
    topics.extend(village(visit, typed, wrong).await?);
    if !typed.item.is_empty() {
        topics.extend(found(visit, Kind::Item, &typed.item).await?);
    }
    topics.extend(found(visit, Kind::Search, &typed.words).await?);
    topics.extend(among(&offer.groups, &typed.groups));
    topics.truncate(MOST);
    if topics.is_empty() && wrong.errors.is_empty() {
        wrong.at("lingyu", "选一项要看的内容：领域、机关、村（居）、检索词或者人群都可以");
    }
    Ok(topics)
}

/// The village of a name; where there are several, which of them.
async fn village(visit: &Visit, typed: &Typed, wrong: &mut Wrong) -> Result<Option<Topic>, Fault> {
    let store = visit.house.store();
    if !typed.village_code.is_empty() {
        return found(visit, Kind::Village, &typed.village_code).await;
    }
    if typed.village.is_empty() {
        return Ok(None);
    }
    let own = Division::find(store, &visit.site.division).await?.ok_or(Fault::NotFound)?;
    let mut named = own.villages_named(store, &typed.village, VILLAGES).await?;
    match (named.len(), named.pop()) {
        (1, Some(one)) => Ok(Some(Topic::new(Kind::Village, one.code, one.name))),
        (_, None) => {
            wrong.at("cun", "没有找到这个村（社区）。可以只写名称中的两个字，或者先不选");
            Ok(None)
        }
        (_, Some(last)) => {
            named.push(last);
            wrong.at("cunma", "有几个村（社区）的名称里有这些字，选您的那一个");
            for one in named {
                let town = Division::find(store, &town_of(&one.code)).await?;
                let town = town.map(|town| town.name).unwrap_or_default();
                wrong
                    .villages
                    .push(Choice { value: one.code, words: format!("{town} {}", one.name) });
            }
            Ok(None)
        }
    }
}

/// How, where and how often.
pub(super) fn place(
    visit: &Visit,
    typed: &Typed,
    wrong: &mut Wrong,
) -> Option<(Way, Option<Contact>, Rhythm)> {
    let way = Way::named(&typed.way).filter(|way| offered(visit).contains(way));
    let Some(way) = way else {
        wrong.at("fangshi", "选怎样接收");
        return None;
    };
    let contact = match way {
        Way::Wechat => None,
        way => match taken(visit, way, &typed.address) {
            Ok(contact) => Some(contact),
            Err(words) => {
                wrong.at("dizhi", words);
                None
            }
        },
    };
    if !typed.agreed {
        wrong.at("tongyi", "同意以后我们才能保存您的地址；不同意的，可以用不留地址的 Atom");
    }
    let rhythm = Rhythm::named(&typed.rhythm);
    if rhythm.is_none() {
        wrong.at("pinci", "选多久接收一次");
    }
    rhythm.map(|rhythm| (way, contact, rhythm))
}
