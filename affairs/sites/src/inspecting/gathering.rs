//! What the rooms show, and the columns of the site itself.

use sites_rules::inspection::{
    Account, Consultation, Element, Guide, InspectedColumn, Logged, Material, Message,
    PublishedDay, Worded,
};
use sites_rules::{ColumnKind, Freshness, statutory_columns};
use web::{
    Ask, By, Fault, House, Shown, ShownAccount, ShownColumn, ShownGuide, ShownMessage,
    ShownPublication, Site,
};

use crate::portal::{column_path, tier};
use crate::store::{self, KeptColumn};

/// Days of visits that are looked back.
const LOOKED_BACK: i64 = 8;

/// Takes in everything but the pages.
pub(super) async fn gather(
    house: &House,
    site: &Site,
    material: &mut Material,
) -> Result<(), Fault> {
    let mut newest_of = Vec::new();
    for source in house.rooms().iter().filter_map(|room| room.inspection) {
        let shown = (source.show)(house, site).await?;
        newest_of.extend(shown.newest_of.iter().cloned());
        take_in(material, shown);
    }
    statutory(house, site, &newest_of, material).await?;
    let since = material.today.saturating_sub(jiff::Span::new().days(LOOKED_BACK));
    let counts =
        store::visits::since(house.store(), (&super::whole_of(&house.directory(), site), since))
            .await?;
    // Today is not over.
    let whole = counts.into_iter().filter(|one| one.day < material.today).collect::<Vec<_>>();
    material.visits = store::visits::days(&whole);
    Ok(())
}

fn take_in(material: &mut Material, shown: Shown) {
    material.newest = material.newest.max(shown.newest);
    material.columns.extend(shown.columns.into_iter().map(column));
    material.published.extend(shown.published.into_iter().map(published));
    let worded = shown.wording.into_iter();
    material.wording.extend(worded.map(|one| Worded {
        id: one.id,
        address: one.address,
        what: one.what,
    }));
    material.messages.extend(shown.messages.into_iter().map(message));
    if let Some((channel, messages)) = shown.consultation {
        let kept = material.consultation.get_or_insert_with(Consultation::default);
        kept.channel = kept.channel.take().or(channel);
        kept.messages.extend(messages.into_iter().map(message));
    }
    if let Some(guides) = shown.guides {
        let kept = material.guides.get_or_insert_with(Vec::new);
        kept.extend(guides.into_iter().map(guide));
    }
    if let Some(accounts) = shown.accounts {
        let kept = material.accounts.get_or_insert_with(Vec::new);
        kept.extend(accounts.into_iter().map(account));
    }
}

fn column(shown: ShownColumn) -> InspectedColumn {
    InspectedColumn {
        class: Freshness::of_class(&shown.class),
        id: shown.id,
        name: shown.name,
        address: shown.address,
        own_days: None,
        count: shown.count,
        newest: shown.newest,
    }
}

fn published(shown: ShownPublication) -> PublishedDay {
    let logged = match (shown.logged_at, shown.taken_in) {
        (Some(_), true) => Logged::TakenIn,
        (Some(at), false) => Logged::At(at),
        (None, _) => Logged::Nowhere,
    };
    PublishedDay {
        id: shown.id,
        title: shown.title,
        address: shown.address,
        published_at: shown.published_at,
        made_on: shown.made_on,
        logged,
    }
}

fn message(shown: ShownMessage) -> Message {
    Message {
        id: shown.id,
        address: shown.address,
        received: shown.received,
        due: shown.due,
        answered: shown.answered,
    }
}

fn guide(shown: ShownGuide) -> Guide {
    let says = shown.says.iter().filter_map(|key| Element::named(key)).collect();
    Guide { id: shown.id, name: shown.name, address: shown.address, says }
}

fn account(shown: ShownAccount) -> Account {
    Account {
        id: shown.id,
        name: shown.name,
        address: shown.address,
        newest: shown.newest,
        answers: shown.answers,
    }
}

/// The columns of 法定主动公开内容 that are open. 机构职能 lists the organs themselves, which no day is
/// asked of.
async fn statutory(
    house: &House,
    site: &Site,
    newest_of: &[(String, law::Date)],
    material: &mut Material,
) -> Result<(), Fault> {
    let ask = Ask { divisions: Some(site.range.clone()), ..Ask::default() };
    let tally = house.tally(&ask, By::Statutory).await?;
    let kept = KeptColumn::all(house.store(), site.base()).await?;
    let lists = statutory_columns(tier(site.level));
    for column in lists.filter(|column| column.kind != ColumnKind::Functions) {
        let settled = kept.iter().find(|one| one.name == column.code);
        let count = tally.get(column.code).map_or(0, |tally| tally.count);
        if count == 0 && settled.is_none_or(|settled| settled.opened == 0) {
            continue;
        }
        let class = settled.and_then(|settled| Freshness::parse(&settled.class));
        let days = settled.and_then(|settled| settled.days);
        let newest = newest_of.iter().filter(|(code, _)| code == column.code);
        material.columns.push(InspectedColumn {
            id: column.code.into(),
            name: column.name.into(),
            address: site.link(&column_path(column)),
            class: class.unwrap_or_else(|| Freshness::of(column.kind)),
            own_days: days.and_then(|days| u16::try_from(days).ok()),
            count,
            newest: newest.map(|(_, day)| *day).max(),
        });
    }
    Ok(())
}
