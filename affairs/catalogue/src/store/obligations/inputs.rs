//! Everything the obligations of a place are computed from, read in a few statements.

use std::collections::{BTreeMap, HashMap, HashSet};

use catalogue_rules::obligation::{
    self, Answerable, Contract, Disclosure, Duty, Facts, Governed, Home, KnownOrgan, Occurrence,
    Term, Terms, responsible,
};
use catalogue_rules::{Item, TimeLimitKind};
use identity::{Division, Level, Organ};
use jiff::tz::Offset;
use law::Date;
use store::{FromQueryResult, Statements, StoreError, Value, parse_moment};

use super::Obligation;

/// Which obligations: those of a domain, and of these perhaps only an item's in a division.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// The domain's slug.
    pub domain: String,
    /// The division and the item's key.
    pub place: Option<(String, String)>,
}

/// What obligations are computed from: contracts, each with its facts.
#[derive(Debug)]
pub struct Inputs {
    scope: Scope,
    contracts: Vec<(Contract, Facts)>,
}

impl Scope {
    /// A whole domain.
    pub fn domain(domain: impl Into<String>) -> Self {
        Self { domain: domain.into(), place: None }
    }

    /// An item in a division.
    pub fn item(
        division: impl Into<String>,
        domain: impl Into<String>,
        item: impl Into<String>,
    ) -> Self {
        Self { domain: domain.into(), place: Some((division.into(), item.into())) }
    }

    /// The condition on a table with these columns, and its values.
    pub(super) fn condition(&self) -> (&'static str, Vec<Value>) {
        let domain = self.domain.clone().into();
        match &self.place {
            None => ("domain = $1", vec![domain]),
            Some((division, item)) => (
                "domain = $1 AND division = $2 AND item = $3",
                vec![domain, division.clone().into(), item.clone().into()],
            ),
        }
    }
}

impl Inputs {
    /// Reads them as they stand.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn read(
        from: &impl Statements,
        scope: Scope,
        today: Date,
    ) -> Result<Self, StoreError> {
        let mut drafts = contracts(from, &scope, today).await?;
        fill(from, &scope, &mut drafts).await?;
        let drafts: Vec<Contract> = drafts.into_iter().map(|(_, contract)| contract).collect();
        let facts = facts(from, &scope).await?;
        Ok(Self { contracts: shared_out(drafts, facts), scope })
    }

    /// The obligations, each once, by their keys.
    pub fn obligations(&self, terms: &Terms<'_>) -> Vec<Obligation> {
        let mut owed: Vec<Obligation> = Vec::new();
        for (contract, facts) in &self.contracts {
            let here = obligation::of_catalogue(contract, facts, terms).into_iter();
            owed.extend(here.filter(|one| self.wants(one)).map(Obligation::from));
        }
        owed.sort_by(|a, b| a.id.cmp(&b.id));
        owed.dedup_by(|a, b| a.id == b.id);
        owed
    }

    /// One obligation with its explanation.
    pub fn explained(
        &self,
        id: &str,
        terms: &Terms<'_>,
    ) -> Option<(obligation::Obligation, obligation::Explanation)> {
        self.contracts.iter().find_map(|(contract, facts)| {
            let owed = obligation::of_catalogue(contract, facts, terms);
            let one = owed.into_iter().find(|one| one.id == id)?;
            let explanation = obligation::explain(&one, contract, facts, terms);
            Some((one, explanation))
        })
    }

    fn wants(&self, owed: &obligation::Obligation) -> bool {
        self.scope.place.as_ref().is_none_or(|(division, _)| *division == owed.division)
    }
}

#[derive(FromQueryResult)]
struct VersionRow {
    id: String,
    catalogue: String,
    organ: String,
    division: String,
    made_at: String,
    effective_from: String,
    effective_to: Option<String>,
}

/// The versions ever released in a domain.
const VERSIONS: &str = "
SELECT v.id, v.catalogue, c.organ, c.division, v.made_at, v.effective_from, v.effective_to
  FROM catalogue_version v JOIN catalogue c ON c.id = v.catalogue
 WHERE c.domain = $1 AND v.state <> 'draft' AND v.effective_from IS NOT NULL
 ORDER BY v.catalogue, v.effective_from, v.number";

/// The contracts of a domain that reach into the scope, empty as yet, each with the keys of its
/// versions. A catalogue no version of which has come into force by `today` is none.
async fn contracts(
    from: &impl Statements,
    scope: &Scope,
    today: Date,
) -> Result<Vec<(Vec<String>, Contract)>, StoreError> {
    let rows: Vec<VersionRow> = from.all(VERSIONS, vec![scope.domain.clone().into()]).await?;
    let mut found: Vec<(Vec<String>, Contract)> = Vec::new();
    for row in rows {
        let reaches =
            scope.place.as_ref().is_none_or(|(division, _)| lies_in(division, &row.division));
        let Some((first, last)) = row.days().filter(|_| reaches) else { continue };
        let known_since = row.made_on();
        if found.last().is_none_or(|(_, contract)| contract.catalogue != row.catalogue) {
            let contract = Contract {
                catalogue: row.catalogue,
                organ: row.organ,
                division: row.division,
                domain: scope.domain.clone(),
                known_since,
                terms: Vec::new(),
            };
            found.push((Vec::new(), contract));
        }
        if let Some((versions, contract)) = found.last_mut() {
            versions.push(row.id);
            contract.known_since = contract.known_since.min(known_since);
            contract.terms.push(Term::new(first, last, Vec::new()));
        }
    }
    found.retain(|(_, contract)| contract.terms.iter().any(|term| term.from <= today));
    Ok(found)
}

impl VersionRow {
    /// The first and the last day; `None` for a version overtaken before its day came.
    fn days(&self) -> Option<(Date, Option<Date>)> {
        let first: Date = self.effective_from.parse().ok()?;
        let last = self.effective_to.as_ref().map(|day| day.parse::<Date>()).transpose().ok()?;
        last.is_none_or(|last| first <= last).then_some((first, last))
    }

    fn made_on(&self) -> Date {
        let china = Offset::constant(8);
        parse_moment(&self.made_at).map_or(Date::MIN, |at| china.to_datetime(at).date())
    }
}

/// Whether a division is the other one or lies below it: its code begins with the digits of the
/// other that are not filled up with noughts.
pub(crate) fn lies_in(division: &str, above: &str) -> bool {
    let zeros = |from: usize| above.bytes().skip(from).all(|digit| digit == b'0');
    let digits = [2, 4, 6, 9].into_iter().find(|digits| zeros(*digits)).unwrap_or(12);
    above.get(..digits).is_some_and(|prefix| division.starts_with(prefix))
}

#[derive(FromQueryResult)]
struct ItemRow {
    version: String,
    item: String,
    body: String,
}

/// Puts the duties into the versions.
async fn fill(
    from: &impl Statements,
    scope: &Scope,
    contracts: &mut [(Vec<String>, Contract)],
) -> Result<(), StoreError> {
    let mut sql = "SELECT i.version, i.item, i.body FROM catalogue_item i
                     JOIN catalogue_version v ON v.id = i.version AND v.state <> 'draft'
                     JOIN catalogue c ON c.id = v.catalogue WHERE c.domain = $1"
        .to_owned();
    let mut values: Vec<Value> = vec![scope.domain.clone().into()];
    if let Some((_, item)) = &scope.place {
        sql += " AND i.item = $2";
        values.push(item.clone().into());
    }
    let rows: Vec<ItemRow> = from.all(&sql, values).await?;
    let mut items: HashMap<String, Vec<(String, Item)>> = HashMap::new();
    for row in rows {
        if let Ok(item) = serde_json::from_str(&row.body) {
            items.entry(row.version).or_default().push((row.item, item));
        }
    }
    let periodic = |item: &Item| {
        item.time_limit.as_ref().is_some_and(|limit| limit.kind == TimeLimitKind::Periodic)
    };
    let any_periodic = items.values().flatten().any(|(_, item)| periodic(item));
    let bodies = if any_periodic { Some(Bodies::read(from).await?) } else { None };
    for (versions, contract) in contracts {
        let home = bodies.as_ref().map(|bodies| bodies.around(&contract.organ, &contract.division));
        for (version, term) in versions.iter().zip(&mut contract.terms) {
            let items = items.remove(version).unwrap_or_default();
            let duty = |(key, item): &(String, Item)| {
                let answerable = match &home {
                    Some((home, organs)) if periodic(item) => {
                        responsible(&item.subjects, home, organs)
                    }
                    _ => Vec::new(),
                };
                Duty::of(key, item, answerable)
            };
            *term = Term::new(term.from, term.through, items.iter().map(duty).collect());
        }
    }
    Ok(())
}

/// The organs and places that words may mean.
pub(crate) struct Bodies {
    organs: Vec<Organ>,
    divisions: HashMap<String, Division>,
}

impl Bodies {
    /// Reads them.
    pub(crate) async fn read(from: &impl Statements) -> Result<Self, StoreError> {
        let divisions = Division::down_to(from, Level::Township).await?;
        let divisions = divisions.into_iter().map(|one| (one.code.clone(), one)).collect();
        Ok(Self { organs: Organ::all(from).await?, divisions })
    }

    /// The home of a catalogue and the organs its words may mean.
    pub(crate) fn around(&self, organ: &str, division: &str) -> (Home, Vec<KnownOrgan>) {
        let mut places = Vec::new();
        let mut at = self.divisions.get(division);
        let level = at.map(|division| division.level);
        while let Some(division) = at.filter(|_| places.len() < 4) {
            places.push(division.name.clone());
            at = division.parent.as_ref().and_then(|parent| self.divisions.get(parent));
        }
        let home = Home { organ: organ.into(), division: division.into(), places };
        let is_near = |organ: &&Organ| {
            let town = organ.role == "town" && level == Some(Level::District);
            let below = town && lies_in(&organ.division, division);
            organ.valid_to.is_none() && (organ.division == division || below)
        };
        (home, self.organs.iter().filter(is_near).map(known).collect())
    }
}

/// An organ as the rules know it.
pub(crate) fn known(organ: &Organ) -> KnownOrgan {
    KnownOrgan {
        code: organ.code.clone(),
        name: organ.name.clone(),
        short_name: organ.short_name.clone(),
        division: organ.division.clone(),
        is_government: organ.role == "government",
        is_town: organ.role == "town",
    }
}

#[derive(FromQueryResult)]
struct EventRow {
    id: String,
    organ: String,
    division: String,
    item: String,
    words: String,
    happened_on: String,
    registered_at: String,
}

#[derive(FromQueryResult)]
struct PublicationRow {
    record: String,
    organ: String,
    division: String,
    item: String,
    made_on: String,
    published_on: String,
    stated_on: Option<String>,
    event: Option<String>,
}

#[derive(FromQueryResult)]
struct WaiverRow {
    obligation: String,
    reason: String,
}

async fn facts(from: &impl Statements, scope: &Scope) -> Result<Facts, StoreError> {
    let (condition, values) = scope.condition();
    let sql = format!(
        "SELECT id, organ, division, item, words, happened_on, registered_at
           FROM catalogue_event WHERE {condition} AND ended_reason IS NULL"
    );
    let events: Vec<EventRow> = from.all(&sql, values.clone()).await?;
    let sql = format!(
        "SELECT record, organ, division, item, made_on, published_on, stated_on, event
           FROM catalogue_publication WHERE {condition} AND judged = 1"
    );
    let publications: Vec<PublicationRow> = from.all(&sql, values.clone()).await?;
    let sql = format!("SELECT obligation, reason FROM obligation_waiver WHERE {condition}");
    let waivers: Vec<WaiverRow> = from.all(&sql, values).await?;
    Ok(Facts {
        occurrences: events.into_iter().filter_map(EventRow::occurrence).collect(),
        disclosures: publications.into_iter().filter_map(PublicationRow::disclosure).collect(),
        waivers: waivers.into_iter().map(|row| (row.obligation, row.reason)).collect(),
    })
}

impl EventRow {
    fn occurrence(self) -> Option<Occurrence> {
        let registered = parse_moment(&self.registered_at)?;
        Some(Occurrence {
            happened_on: self.happened_on.parse().ok()?,
            registered_on: Offset::constant(8).to_datetime(registered).date(),
            id: self.id,
            organ: self.organ,
            division: self.division,
            item: self.item,
            words: self.words,
        })
    }
}

impl PublicationRow {
    fn disclosure(self) -> Option<Disclosure> {
        Some(Disclosure {
            made_on: self.made_on.parse().ok()?,
            published_on: self.published_on.parse().ok()?,
            stated_on: self.stated_on.and_then(|day| day.parse().ok()),
            record: self.record,
            organ: self.organ,
            division: self.division,
            item: self.item,
            answers: self.event,
        })
    }
}

/// Gives each contract the facts it governs, and leaves to it only the organs it governs.
fn shared_out(mut contracts: Vec<Contract>, facts: Facts) -> Vec<(Contract, Facts)> {
    let owned: Vec<[String; 3]> = contracts
        .iter()
        .map(|one| [one.catalogue.clone(), one.organ.clone(), one.division.clone()])
        .collect();
    let all: Vec<Governed<'_>> = owned.iter().map(governed).collect();
    for contract in &mut contracts {
        let catalogue = contract.catalogue.clone();
        let governs = |one: &Answerable| {
            let found = obligation::governing(&all, &one.organ, &one.division);
            found.is_some_and(|found| found.catalogue == catalogue)
        };
        let duties = contract.terms.iter_mut().flat_map(|term| &mut term.duties);
        duties.for_each(|duty| duty.answerable.retain(governs));
    }
    let items: Vec<HashSet<&str>> =
        contracts.iter().map(|contract| contract.items().into_iter().collect()).collect();
    let mut shares: Vec<Facts> = contracts
        .iter()
        .map(|_| Facts { waivers: facts.waivers.clone(), ..Facts::default() })
        .collect();
    let mut known: BTreeMap<(String, String), Option<usize>> = BTreeMap::new();
    let mut share = |item: &str, organ: &str, division: &str| -> Option<usize> {
        let key = (item.to_owned(), organ.to_owned());
        if let Some(found) = known.get(&key) {
            return *found;
        }
        let having: Vec<Governed<'_>> = all
            .iter()
            .zip(&items)
            .filter(|(_, items)| items.contains(item))
            .map(|(one, _)| *one)
            .collect();
        let found = obligation::governing(&having, organ, division)
            .and_then(|found| all.iter().position(|one| *one == found));
        known.insert(key, found);
        found
    };
    for occurrence in facts.occurrences {
        if let Some(at) = share(&occurrence.item, &occurrence.organ, &occurrence.division) {
            shares[at].occurrences.push(occurrence);
        }
    }
    for disclosure in facts.disclosures {
        if let Some(at) = share(&disclosure.item, &disclosure.organ, &disclosure.division) {
            shares[at].disclosures.push(disclosure);
        }
    }
    contracts.into_iter().zip(shares).collect()
}

fn governed(parts: &[String; 3]) -> Governed<'_> {
    let [catalogue, organ, division] = parts;
    Governed { catalogue, organ, division }
}
