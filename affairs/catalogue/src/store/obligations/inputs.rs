//! Everything the obligations of a place are computed from, read in a few statements.

mod bodies;
mod happenings;
mod sharing;

use std::collections::{HashMap, HashSet};

use catalogue_rules::obligation::{self, Contract, Duty, Facts, Term, Terms, responsible};
use catalogue_rules::{Item, TimeLimitKind};
use law::Date;
use store::{FromQueryResult, Statements, StoreError, Value, parse_moment};

use super::Obligation;
pub(crate) use bodies::{Bodies, known};
use happenings::facts;
use sharing::shared_out;

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
        let declined = declined(from, &scope, today).await?;
        Ok(Self { contracts: shared_out(drafts, facts, &declined), scope })
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
        parse_moment(&self.made_at).map_or(Date::MIN, ledger::day_in_china)
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
struct DeclinedRow {
    catalogue: String,
    item: String,
}

/// The items that a catalogue in force said do not apply to it.
const DECLINED: &str = "
SELECT v.catalogue, k.item FROM catalogue_takeover k
  JOIN catalogue_version v ON v.id = k.version AND v.state <> 'draft'
       AND v.effective_from <= $2 AND (v.effective_to IS NULL OR v.effective_to >= $2)
  JOIN catalogue c ON c.id = v.catalogue
 WHERE c.domain = $1 AND k.treatment = 'not_applicable'";

async fn declined(
    from: &impl Statements,
    scope: &Scope,
    today: Date,
) -> Result<HashSet<(String, String)>, StoreError> {
    let values = vec![scope.domain.clone().into(), today.to_string().into()];
    let rows: Vec<DeclinedRow> = from.all(DECLINED, values).await?;
    Ok(rows.into_iter().map(|row| (row.catalogue, row.item)).collect())
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
