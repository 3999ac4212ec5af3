//! Lists of records: which ones, in what order, page by page, and how many of each kind.

mod conditions;
mod mark;

use law::Date;
use records_rules::{DocumentNumber, Validity};
use store::{FromQueryResult, Statements, StoreError, Value};
use web::{Ask, By, CountQuery, Gone};

use super::{OPEN, life};
use conditions::{Conditions, domain_list};
pub(in crate::store) use conditions::{explained_list, item_list};
pub(crate) use mark::{Mark, Turn};

/// One record as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Listed {
    pub row: web::Row,
    pub organ: String,
    pub division: String,
    pub index: String,
    pub genre: String,
    pub organ_name: String,
    pub summary: String,
    pub validity: Validity,
}

/// A page of a list, newest first by the day on which they first were public anywhere ([`FIRST_PUBLIC`]), and
/// the marks to go on from in both directions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Page {
    pub rows: Vec<Listed>,
    pub previous: Option<Mark>,
    pub next: Option<Mark>,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    title: String,
    document_number: Option<String>,
    index_number: String,
    genre: String,
    organ: String,
    division: String,
    organ_short: String,
    organ_name: String,
    summary: String,
    made_on: String,
    published_on: String,
    published_at: String,
    original_on: Option<String>,
    in_force_from: Option<String>,
    last_day: Option<String>,
    repealed_from: Option<String>,
    amended_from: Option<String>,
    partly_void_from: Option<String>,
    demo: i64,
}

/// What lists show of a record `r` and its organ `o`.
const LISTED: &str = "
SELECT r.id, r.title, r.document_number, r.index_number, r.genre, r.organ, r.division, o.short_name AS organ_short,
       o.name AS organ_name, r.summary, r.made_on, r.published_on, r.published_at, r.original_on,
       r.in_force_from, r.last_day, r.repealed_from, r.amended_from, r.partly_void_from, r.demo";

/// The day on which a record first was public anywhere: 原发布日期 where a source states it, so that taking
/// over an older site puts nothing of today's away (docs/readings/101).
const FIRST_PUBLIC: &str = "COALESCE(r.original_on, r.published_on)";

impl Row {
    fn listed(self, today: Date) -> Listed {
        let life = life([
            &self.in_force_from,
            &self.last_day,
            &self.repealed_from,
            &self.amended_from,
            &self.partly_void_from,
        ]);
        let validity = life.validity_on(today);
        let soon = life.lapses_soon(today).map(|last| format!("{last} 到期"));
        let marked = Some(validity.name().to_owned()).filter(|_| validity != Validity::InForce);
        let row = web::Row {
            path: format!("/wenjian/{}", self.id),
            id: self.id,
            title: self.title,
            number: self.document_number,
            organ: self.organ_short,
            made_on: Some(self.made_on),
            published_on: self.published_on,
            published_at: self.published_at,
            original_on: self.original_on,
            validity: marked.or(soon),
            demo: self.demo != 0,
        };
        Listed {
            row,
            organ: self.organ,
            division: self.division,
            index: self.index_number,
            genre: self.genre,
            organ_name: self.organ_name,
            summary: self.summary,
            validity,
        }
    }
}

impl Page {
    /// What is asked for a page of `limit` rows, and one more, at `turn`.
    fn sql(ask: &Ask, turn: &Turn, limit: usize, today: Date) -> (String, Vec<Value>) {
        let mut conditions = Conditions::of(ask, today);
        let direction = conditions.turn(turn);
        let limited = conditions.mark(limit as i64 + 1);
        let (from, [day, at, id]) = (conditions.from(), conditions.order());
        let (sql, values) = conditions.into_sql();
        let sql = format!(
            "{LISTED} FROM {from} JOIN organ o ON o.code = r.organ {sql}
              ORDER BY {day} {direction}, {at} {direction}, {id} {direction}
              LIMIT {limited}"
        );
        (sql, values)
    }

    /// The page of `limit` rows at `turn`.
    pub(crate) async fn at(
        from: &impl Statements,
        ask: &Ask,
        turn: &Turn,
        limit: usize,
        today: Date,
    ) -> Result<Self, StoreError> {
        let (sql, values) = Self::sql(ask, turn, limit, today);
        let rows: Vec<Row> = from.all(&sql, values).await?;
        let beyond = rows.len() > limit;
        let mut rows: Vec<_> = rows.into_iter().take(limit).map(|row| row.listed(today)).collect();
        let backward = matches!(turn, Turn::Before(_));
        if backward {
            rows.reverse();
        }
        // On the way there is always something on the side one came from.
        let (newer, older) = match turn {
            Turn::Start => (false, beyond),
            Turn::After(_) => (true, beyond),
            Turn::Before(_) => (beyond, true),
        };
        let mark = |row: Option<&Listed>| row.map(Mark::of);
        let (previous, next) = (mark(rows.first()), mark(rows.last()));
        Ok(Self { previous: previous.filter(|_| newer), next: next.filter(|_| older), rows })
    }
}

#[derive(FromQueryResult)]
struct GoneRow {
    id: String,
    at: String,
}

/// So much of what was taken down is told at once where nobody says how much.
const GONE: i64 = 500;

/// When a record was taken down.
const GONE_AT: &str = "MAX(COALESCE(w.decided_at, w.proposed_at))";

/// What was taken down since a day, newest first, from the mark of `ask` on: of what was for everybody, and is
/// shown no more.
pub(crate) async fn taken_down(
    from: &impl Statements,
    ask: &Ask,
    since: Date,
    today: Date,
) -> Result<Vec<Gone>, StoreError> {
    let mut conditions =
        Conditions::among("r.reach = 'whole' AND r.withdrawn = 1 AND w.stands = 1", ask, today);
    let since = conditions.mark(since.to_string());
    let after = ask.after.as_deref().and_then(Gone::of_mark);
    let further = after.map_or_else(String::new, |last| {
        let id = last.path.rsplit('/').next().unwrap_or_default().to_owned();
        let (at, id) = (conditions.mark(last.at), conditions.mark(id));
        format!("HAVING {GONE_AT} < {at} OR ({GONE_AT} = {at} AND r.id < {id})")
    });
    let most = if ask.limit == 0 { GONE } else { i64::from(ask.limit) };
    let most = conditions.mark(most);
    let (sql, values) = conditions.into_sql();
    let sql = format!(
        "SELECT r.id, {GONE_AT} AS at
           FROM record r
           JOIN record_withdrawal w ON w.record = r.id
          {sql} AND COALESCE(w.decided_at, w.proposed_at) >= {since}
          GROUP BY r.id {further}
          ORDER BY at DESC, r.id DESC
          LIMIT {most}"
    );
    let rows: Vec<GoneRow> = from.all(&sql, values).await?;
    let gone = |row: GoneRow| Gone { path: format!("/wenjian/{}", row.id), at: row.at };
    Ok(rows.into_iter().map(gone).collect())
}

/// What was published here last, whenever it first came out: who follows a feed is told of everything.
pub(crate) async fn published_last(
    from: &impl Statements,
    ask: &Ask,
    limit: usize,
    today: Date,
) -> Result<Vec<Listed>, StoreError> {
    let (sql, values) = last_sql(ask, limit, today);
    let rows: Vec<Row> = from.all(&sql, values).await?;
    Ok(rows.into_iter().map(|row| row.listed(today)).collect())
}

fn last_sql(ask: &Ask, limit: usize, today: Date) -> (String, Vec<Value>) {
    let mut conditions = Conditions::of(ask, today);
    let limited = conditions.mark(limit as i64);
    let (all, [_, at, id]) = (conditions.from(), conditions.order());
    let (sql, values) = conditions.into_sql();
    let sql = format!(
        "{LISTED} FROM {all} JOIN organ o ON o.code = r.organ {sql}
          ORDER BY {at} DESC, {id} DESC LIMIT {limited}"
    );
    (sql, values)
}

/// How many records fit: one row without a key.
pub(crate) fn count(ask: &Ask, today: Date) -> CountQuery {
    let conditions = Conditions::of(ask, today);
    let from = conditions.from();
    let (sql, values) = conditions.into_sql();
    let sql = format!(
        "SELECT '' AS key, '' AS words, count(*) AS count, NULL AS latest FROM {from} {sql}"
    );
    CountQuery { sql, values }
}

/// How many records fit of each kind, and the day of the latest.
pub(crate) fn tally(ask: &Ask, by: By, today: Date) -> CountQuery {
    let mut conditions = Conditions::of(ask, today);
    let (key, join) = match by {
        By::Domain => ("i.domain", "CROSS JOIN record_item i"),
        By::Item => ("i.item", "CROSS JOIN record_item i"),
        By::Statutory => ("s.code", "CROSS JOIN record_statutory s"),
        By::Year => ("CAST(r.made_year AS TEXT)", ""),
        By::Organ => ("r.organ", ""),
    };
    match by {
        // The same keys may stand in other domains, to which a record belongs as well.
        By::Domain | By::Item => conditions.of_joined_item(ask),
        By::Statutory => conditions.of_joined_statutory(),
        By::Year | By::Organ => {}
    }
    let from = conditions.from();
    let (sql, values) = conditions.into_sql();
    let sql = format!(
        "SELECT {key} AS key, '' AS words, count(DISTINCT r.id) AS count, max(r.timely_on) AS latest
           FROM {from} {join} {sql} GROUP BY {key}"
    );
    CountQuery { sql, values }
}

/// The organs that have published within a site, most records first, with their short names.
pub(crate) fn organs(ask: &Ask, today: Date) -> CountQuery {
    let conditions = Conditions::of(ask, today);
    let from = conditions.from();
    let (sql, values) = conditions.into_sql();
    let sql = format!(
        "SELECT o.code AS key, o.short_name AS words, count(*) AS count, NULL AS latest
           FROM {from} JOIN organ o ON o.code = r.organ {sql}
          GROUP BY o.code, o.short_name ORDER BY count(*) DESC, o.code"
    );
    CountQuery { sql, values }
}

/// The kinds of document there are within a site, most records first.
pub(crate) fn genres(ask: &Ask, today: Date) -> CountQuery {
    let conditions = Conditions::of(ask, today);
    let from = conditions.from();
    let (sql, values) = conditions.into_sql();
    let sql = format!(
        "SELECT r.genre AS key, r.genre AS words, count(*) AS count, NULL AS latest
           FROM {from} {sql} GROUP BY r.genre ORDER BY count(*) DESC, r.genre"
    );
    CountQuery { sql, values }
}

/// The keys of the records with exactly this number, newest first.
pub(crate) async fn numbered(
    from: &impl Statements,
    number: &DocumentNumber,
) -> Result<Vec<String>, StoreError> {
    #[derive(FromQueryResult)]
    struct Id {
        id: String,
    }
    let sql = format!(
        "SELECT r.id FROM record r
          WHERE {OPEN} AND r.number_word = $1 AND r.number_serial = $2
            AND coalesce(r.number_year, 0) = $3
          ORDER BY r.published_at DESC, r.id DESC"
    );
    let year = number.year().map_or(0, i64::from);
    let values = vec![number.word().into(), i64::from(number.number()).into(), year.into()];
    let rows: Vec<Id> = from.all(&sql, values).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// The names of a domain, or of an item in it where `item` is not empty, as a record that belongs
/// to it has kept them; empty when none does.
pub(crate) async fn item_words(
    from: &impl Statements,
    domain: &str,
    item: &str,
) -> Result<Vec<String>, StoreError> {
    #[derive(FromQueryResult)]
    struct Words {
        words: String,
    }
    let list = if item.is_empty() { domain_list(domain) } else { item_list(domain, item) };
    let sql = format!(
        "SELECT i.words FROM record_listed p CROSS JOIN record r CROSS JOIN record_item i
          WHERE p.list = $1 AND r.id = p.record AND {OPEN}
            AND i.record = r.id AND i.domain || '' = $2 AND ($3 = '' OR i.item = $3)
          ORDER BY p.published_at DESC, p.record DESC, i.ordinal LIMIT 1"
    );
    let values = vec![list.into(), domain.into(), item.into()];
    let row: Option<Words> = from.one(&sql, values).await?;
    let words: Vec<String> =
        row.and_then(|row| serde_json::from_str(&row.words).ok()).unwrap_or_default();
    let shown = if item.is_empty() { 1 } else { words.len() };
    Ok(words.into_iter().take(shown).collect())
}

#[cfg(test)]
mod tests {
    use ::store::testing::{Folder, plan};
    use ::store::{Migrations, Place, Store};

    use super::*;

    async fn a_store(folder: &Folder) -> Store {
        let tables =
            [jobs::MIGRATIONS, identity::MIGRATIONS, ledger::MIGRATIONS, review::MIGRATIONS];
        let all = tables.into_iter().chain([crate::MIGRATIONS]).flatten().copied();
        let place = Place::File(folder.path().join("a.db"));
        Store::open(&place, &Migrations::of(all)).await.expect("opens")
    }

    fn city() -> Ask {
        let divisions = Some(("350200000000".into(), "350299999999".into()));
        Ask { divisions, ..Ask::default() }
    }

    /// That a table is looked up by an index, nothing is looked through whole and nothing is sorted.
    fn is_looked_up(told: &[String], table: &str, index: &str, by: &str) {
        let found = told.iter().any(|step| {
            step.starts_with(&format!("SEARCH {table} "))
                && step.contains(&format!(" {index} ("))
                && step.contains(by)
        });
        let whole = |step: &String| step.starts_with("SCAN") || step.contains("TEMP B-TREE");
        assert!(found && !told.iter().any(whole), "{told:?}");
    }

    const MARK: &str = "2019-07-08_2026-09-01T02:00:00.000Z_019ab2c4-0000-7000-8000-000000000000";

    fn turns() -> [Turn; 2] {
        [Turn::after(MARK).expect("a mark"), Turn::before(MARK).expect("a mark")]
    }

    #[tokio::test]
    async fn every_page_of_a_list_is_looked_up_by_its_day_and_none_is_sorted() {
        let folder = Folder::new("records-lists");
        let store = a_store(&folder).await;
        let today = Date::constant(2026, 11, 27);
        let organ = Ask { organ: Some("XM01002".into()), ..city() };
        let normative = Ask { normative: true, ..city() };
        for (ask, index) in [
            (city(), "record_first_public"),
            (organ, "record_first_public_organ"),
            (normative, "record_first_public_normative"),
        ] {
            for turn in turns() {
                let (sql, values) = Page::sql(&ask, &turn, 50, today);
                is_looked_up(&plan(&store, &sql, values).await, "r", index, "<expr>");
            }
        }
    }

    #[tokio::test]
    async fn a_list_of_an_item_is_looked_up_in_its_order_however_few_it_has() {
        let folder = Folder::new("records-lists");
        let store = a_store(&folder).await;
        let today = Date::constant(2026, 11, 27);
        let town = Some(("350203001000".into(), "350203001999".into()));
        let domain = Ask { domain: Some("shehuijiuzhu".into()), ..city() };
        let item = Ask { item: Some("08867313".into()), ..domain.clone() };
        let statutory = Ask { statutory: Some("P20-01".into()), ..city() };
        let both = Ask { statutory: Some("P20-01".into()), ..item.clone() };
        let in_town = Ask { divisions: town.clone(), ..item.clone() };
        for ask in [domain.clone(), item, statutory.clone(), both, in_town] {
            let ordered = "sqlite_autoindex_record_listed_1";
            let turned = turns().into_iter().map(|turn| (turn, "first_public"));
            for (turn, by) in turned.chain([(Turn::Start, "list=?")]) {
                let (sql, values) = Page::sql(&ask, &turn, 50, today);
                is_looked_up(&plan(&store, &sql, values).await, "p", ordered, by);
            }
            let (sql, values) = last_sql(&ask, 50, today);
            let told = plan(&store, &sql, values).await;
            is_looked_up(&told, "p", "record_listed_published", "list=?");
        }
        // An organ and a town have few of a large list: theirs are looked through.
        for ask in [domain, statutory] {
            let organ = Ask { organ: Some("XM01002".into()), ..ask.clone() };
            let (sql, values) = Page::sql(&organ, &Turn::Start, 50, today);
            let told = plan(&store, &sql, values).await;
            is_looked_up(&told, "r", "record_first_public_organ", "organ=?");
            let (sql, values) =
                Page::sql(&Ask { divisions: town.clone(), ..ask }, &Turn::Start, 50, today);
            let told = plan(&store, &sql, values).await;
            assert!(
                told[0].starts_with("SEARCH r USING INDEX record_first_public_division"),
                "{told:?}"
            );
        }
    }

    #[tokio::test]
    async fn the_items_of_a_domain_are_counted_by_each_record_s_own() {
        let folder = Folder::new("records-lists");
        let store = a_store(&folder).await;
        let domain = Ask { domain: Some("shehuijiuzhu".into()), ..city() };
        let CountQuery { sql, values } = tally(&domain, By::Item, Date::constant(2026, 11, 27));
        let told = plan(&store, &sql, values).await;
        let own =
            told.iter().any(|step| step.starts_with("SEARCH i ") && step.contains("(record=?"));
        assert!(own, "{told:?}");
    }
}
