//! What this room shows an inspection: reports that wait for an answer, and what the site has registered of other
//! platforms. A site that has handed in a register offers nothing that is not in it (docs/readings/248).

use web::{
    Fault, House, InspectionSource, Later, Shown, ShownAccount, ShownGuide, ShownMessage, Site,
};

use crate::store::{Registered, RegisteredKind, SiteMessage};

/// For the house.
pub(crate) const SOURCE: InspectionSource = InspectionSource { show };

/// Reports that are looked at.
const REPORTS: i64 = 500;

fn show<'a>(house: &'a House, site: &'a Site) -> Later<'a, Shown> {
    Box::pin(async move {
        let mut shown = Shown { messages: waiting(house, site).await?, ..Shown::default() };
        if let Some(entries) = Registered::of(house.store(), site.base()).await? {
            register(entries, &mut shown);
        }
        Ok(shown)
    })
}

/// What visitors have reported and waits for an answer.
async fn waiting(house: &House, site: &Site) -> Result<Vec<ShownMessage>, Fault> {
    let bases = crate::inspecting::whole_of(&house.directory(), site);
    let waiting = SiteMessage::waiting(house.store(), &bases, REPORTS).await?;
    let one = |message: SiteMessage| {
        Some(ShownMessage {
            address: site.link(&format!("/gongzuo/jiucuo/{}", message.id)),
            received: message.received_on.parse().ok()?,
            due: message.due_on,
            answered: None,
            id: message.id,
        })
    };
    Ok(waiting.into_iter().filter_map(one).collect())
}

fn register(entries: Vec<Registered>, shown: &mut Shown) {
    let (mut channel, mut questions) = (None, Vec::new());
    let (mut guides, mut accounts) = (Vec::new(), Vec::new());
    for one in entries {
        match one.kind {
            RegisteredKind::Channel => channel = channel.or(Some(one.address)),
            RegisteredKind::Question => questions.extend(question(one)),
            RegisteredKind::Guide => guides.push(ShownGuide {
                id: one.id,
                name: one.name,
                address: one.address,
                says: one.says,
            }),
            RegisteredKind::Account => accounts.push(ShownAccount {
                id: one.id,
                name: one.name,
                address: one.address,
                newest: one.newest_on,
                answers: one.answers,
            }),
        }
    }
    shown.consultation = Some((channel, questions));
    shown.guides = Some(guides);
    shown.accounts = Some(accounts);
}

fn question(one: Registered) -> Option<ShownMessage> {
    Some(ShownMessage {
        id: one.id,
        address: one.address,
        received: one.received_on?,
        due: None,
        answered: one.answered_on,
    })
}
