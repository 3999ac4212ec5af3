//! The list of a copy: every address with the file that stands for it and what is in it, so that nothing that
//! has not changed is read or written, and a call that was killed is gone on with.

mod keeping;

use std::collections::{HashMap, HashSet};
use std::path::Path;

use store::{FromQueryResult, Migration, Migrations, Place, Statements, Store, StoreError, Value};

pub(crate) use keeping::Step;

/// How an address is copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// A page.
    Page = 0,
    /// A page whose marks lead through everything.
    Rolling = 1,
    /// What is said of one thing.
    Single = 2,
    /// Bytes for machines.
    Exact = 3,
    /// A page that says what to do while the program does not run.
    Online = 4,
    /// A page of the copy's own index.
    Index = 5,
    /// A further page of it, written with the first.
    Further = 6,
    /// A page that leads from an address of the site before to the present one.
    Former = 7,
    /// The page for what is not there.
    Missing = 8,
}

impl Kind {
    fn of(number: i64) -> Self {
        const ALL: [Kind; 9] = [
            Kind::Page,
            Kind::Rolling,
            Kind::Single,
            Kind::Exact,
            Kind::Online,
            Kind::Index,
            Kind::Further,
            Kind::Former,
            Kind::Missing,
        ];
        let known = usize::try_from(number).ok().and_then(|at| ALL.get(at).copied());
        known.unwrap_or(Kind::Page)
    }
}

/// What is to be asked for again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Everything.
    Whole,
    /// What these sites show of many things.
    Around(Vec<String>),
}

/// One address.
#[derive(Debug, Clone)]
pub(crate) struct Listed {
    pub id: i64,
    pub address: String,
    pub site: String,
    pub kind: Kind,
    pub late: bool,
    pub file: String,
    pub aside: String,
    pub hash: String,
    /// What the page says itself, as a digest.
    pub core: String,
    pub basis: String,
    pub status: i64,
    /// Whether what it is linked with is asked for too.
    pub spreads: bool,
}

#[derive(FromQueryResult)]
struct Row {
    id: i64,
    address: String,
    site: String,
    kind: i64,
    late: i64,
    file: String,
    aside: String,
    hash: String,
    core: String,
    basis: String,
    status: i64,
    todo: i64,
}

impl From<Row> for Listed {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            address: row.address,
            site: row.site,
            kind: Kind::of(row.kind),
            late: row.late == 1,
            file: row.file,
            aside: row.aside,
            hash: row.hash,
            core: row.core,
            basis: row.basis,
            status: row.status,
            spreads: row.todo == 2,
        }
    }
}

const ROW: &str =
    "SELECT id, address, site, kind, late, file, aside, hash, core, basis, status, todo FROM place";

/// The list, which lies in the copy's folder.
#[derive(Debug, Clone)]
pub(crate) struct List(Store);

const MIGRATIONS: &[Migration] = &[Migration {
    number: 20261126940,
    name: "list",
    sql: include_str!("../migrations/20261126940_list.sql"),
}];

/// What belongs to an address begins with it and goes on so, the characters after `.`, `/` and `?` in the order of
/// bytes being where that ends.
const BELONGING: [(&str, &str); 3] = [(".", "/"), ("/", "0"), ("?", "@")];

/// So many addresses are asked for between two notes in the list; of those that come late, fewer.
const AT_ONCE: i64 = 400;
const LATE_AT_ONCE: i64 = 24;

impl List {
    pub(crate) async fn open(file: &Path) -> Result<Self, StoreError> {
        let migrations = Migrations::of(MIGRATIONS.iter().copied());
        Ok(Self(Store::open(&Place::File(file.to_owned()), &migrations).await?))
    }

    /// What was noted under a name.
    pub(crate) async fn mark(&self, name: &str) -> Result<Option<String>, StoreError> {
        #[derive(FromQueryResult)]
        struct Mark {
            value: String,
        }
        let row = self.0.one("SELECT value FROM mark WHERE name = $1", vec![name.into()]).await?;
        Ok(row.map(|row: Mark| row.value))
    }

    /// The next addresses to ask for: pages first, then what is made from them. Those that are `made` and not yet
    /// noted are not among them.
    pub(crate) async fn next(&self, made: &HashSet<i64>) -> Result<Vec<Listed>, StoreError> {
        for (late, most) in [(0_i64, AT_ONCE), (1, LATE_AT_ONCE)] {
            let sql = format!("{ROW} WHERE todo IN (1, 2) AND late = $1 ORDER BY id LIMIT $2");
            let most = most + i64::try_from(made.len()).unwrap_or(i64::MAX - most);
            let mut rows: Vec<Row> = self.0.all(&sql, vec![late.into(), most.into()]).await?;
            rows.retain(|row| !made.contains(&row.id));
            if !rows.is_empty() {
                return Ok(rows.into_iter().map(Listed::from).collect());
            }
        }
        Ok(vec![])
    }

    /// Addresses to which nothing leads any more, in what was asked for in this round; the log stands on the
    /// `first` site.
    pub(crate) async fn left_over(
        &self,
        scope: &Scope,
        round: i64,
        first: &str,
    ) -> Result<Vec<Listed>, StoreError> {
        let most = " ORDER BY id LIMIT 500";
        let (sql, values): (String, Vec<Value>) = match scope {
            Scope::Whole => (format!("{ROW} WHERE wanted < $1{most}"), vec![round.into()]),
            Scope::Around(sites) => {
                let marks: Vec<_> = (3..sites.len() + 3).map(|at| format!("${at}")).collect();
                let around = match marks.join(", ") {
                    none if none.is_empty() => "1 = 0".to_owned(),
                    marks => format!("site IN ({marks})"),
                };
                // A single thing that was not asked for may be led to by what was not asked for either; what a
                // log or a page of another site leads to is known by its links.
                let sql = format!(
                    "{ROW} WHERE id IN (
                        SELECT id FROM place
                         WHERE {around} AND kind IN (0, 1, 4, 5, 6) AND wanted < $1
                        UNION
                        SELECT id FROM place
                         WHERE done = $1 AND {around} AND kind = 2 AND wanted < $1
                        UNION
                        SELECT id FROM place
                         WHERE site = $2 AND kind = 3 AND wanted < $1 AND address LIKE '%/tile/%')
                     AND NOT EXISTS (SELECT 1 FROM link WHERE target = place.id){most}"
                );
                let sites = sites.iter().map(|site| site.as_str().into());
                (sql, [round.into(), first.into()].into_iter().chain(sites).collect())
            }
        };
        let rows: Vec<Row> = self.0.all(&sql, values).await?;
        Ok(rows.into_iter().map(Listed::from).collect())
    }

    /// What the first of these that is listed says itself: the page that something was made with.
    pub(crate) async fn core_of(&self, addresses: &[String]) -> Result<Option<String>, StoreError> {
        #[derive(FromQueryResult)]
        struct Core {
            core: String,
        }
        for address in addresses {
            let sql = "SELECT core FROM place WHERE address = $1 AND core <> ''";
            let row: Option<Core> = self.0.one(sql, vec![address.as_str().into()]).await?;
            if let Some(row) = row {
                return Ok(Some(row.core));
            }
        }
        Ok(None)
    }

    /// What is in the files of these addresses.
    pub(crate) async fn hashes(
        &self,
        addresses: Vec<&str>,
    ) -> Result<HashMap<String, String>, StoreError> {
        #[derive(FromQueryResult)]
        struct Known {
            address: String,
            hash: String,
        }
        let mut known = HashMap::new();
        for some in addresses.chunks(500) {
            let marks: Vec<_> = (1..=some.len()).map(|at| format!("${at}")).collect();
            let sql =
                format!("SELECT address, hash FROM place WHERE address IN ({})", marks.join(", "));
            let values = some.iter().map(|address| Value::from(*address)).collect();
            let rows: Vec<Known> = self.0.all(&sql, values).await?;
            known.extend(rows.into_iter().map(|row| (row.address, row.hash)));
        }
        Ok(known)
    }

    /// How many files there are, and how many addresses were answered so.
    pub(crate) async fn count(&self, condition: &str) -> Result<i64, StoreError> {
        let sql = format!("SELECT count(*) FROM place WHERE {condition}");
        Ok(self.0.number(&sql, vec![]).await?.unwrap_or_default())
    }

    /// Some addresses that were answered so.
    pub(crate) async fn some(&self, condition: &str) -> Result<Vec<String>, StoreError> {
        #[derive(FromQueryResult)]
        struct Address {
            address: String,
        }
        let sql = format!("SELECT address FROM place WHERE {condition} ORDER BY address LIMIT 20");
        let rows: Vec<Address> = self.0.all(&sql, vec![]).await?;
        Ok(rows.into_iter().map(|row| row.address).collect())
    }

    /// The files after one, in order, each with its hash; for looking at what lies there.
    pub(crate) async fn files_after(&self, id: i64) -> Result<Vec<Listed>, StoreError> {
        let sql = format!("{ROW} WHERE id > $1 AND file <> '' ORDER BY id LIMIT 500");
        let rows: Vec<Row> = self.0.all(&sql, vec![id.into()]).await?;
        Ok(rows.into_iter().map(Listed::from).collect())
    }
}

#[cfg(test)]
mod tests {
    use store::testing::Folder;

    use super::*;
    use crate::rewriting::Wanted;

    #[tokio::test]
    async fn what_was_made_and_not_yet_noted_is_not_asked_for_again() {
        let folder = Folder::new("export-list");
        let list = List::open(&folder.path().join("list.db")).await.expect("opens");
        let wanted: Vec<Wanted> = ["/a", "/b", "/c"].map(page).into();
        list.want(&wanted, 1, 1).await.expect("is noted");
        let all = list.next(&HashSet::new()).await.expect("reads");
        assert_eq!(addresses(&all), ["/a", "/b", "/c"]);
        let made = HashSet::from([all[0].id, all[2].id]);
        assert_eq!(addresses(&list.next(&made).await.expect("reads")), ["/b"]);
    }

    #[tokio::test]
    async fn as_many_come_next_however_many_wait_to_be_noted() {
        let folder = Folder::new("export-list");
        let list = List::open(&folder.path().join("list.db")).await.expect("opens");
        let wanted: Vec<Wanted> = (0..AT_ONCE * 3).map(|at| page(&format!("/{at}"))).collect();
        list.want(&wanted, 1, 1).await.expect("is noted");
        let first = list.next(&HashSet::new()).await.expect("reads");
        let made: HashSet<i64> = first.iter().map(|listed| listed.id).collect();
        let next = list.next(&made).await.expect("reads");
        assert_eq!(first.len(), next.len());
        assert!(next.iter().all(|listed| !made.contains(&listed.id)));
    }

    fn page(address: &str) -> Wanted {
        Wanted { address: address.into(), site: String::new(), kind: Kind::Page }
    }

    fn addresses(listed: &[Listed]) -> Vec<&str> {
        listed.iter().map(|listed| listed.address.as_str()).collect()
    }
}
