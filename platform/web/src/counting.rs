//! Counts of published information, kept for a while where they are dear.
//!
//! Counting a million documents takes seconds, and a page of a list shows several counts. As long as there are
//! few documents everything is counted whenever it is shown. Where there are many, what took long to count is
//! given out for a time that follows what it took ([`SHARE`]); after that it is given out once more while it is
//! counted anew. What a list holds is never kept here: a publication stands in it at once, and only the number
//! beside it comes some minutes later at most ([`LONGEST`]).

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use store::{FromQueryResult, Statements, Store, StoreError, Value};

use crate::House;

/// From so many on documents are many.
const MANY: i64 = 2_000;

/// What is counted faster is never kept.
const DEAR: Duration = Duration::from_millis(2);

/// A count is given out for so many times as long as it took, so it takes no larger part of the machine.
const SHARE: u32 = 100;

/// But no longer than this.
const LONGEST: Duration = Duration::from_secs(300);

/// How many counts are kept.
const MOST: usize = 2_000;

/// What is to be counted: a statement that gives rows of `key`, `words`, `count` and `latest`.
#[derive(Debug, Clone)]
pub struct CountQuery {
    /// The statement.
    pub sql: String,
    /// The values of its marks.
    pub values: Vec<Value>,
}

/// How many there are of one kind.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct CountedRow {
    /// What they have in common; empty where nothing.
    pub key: String,
    /// How one says that; empty where the key says it.
    pub words: String,
    /// How many.
    pub count: i64,
    /// The day of the latest, ISO.
    pub latest: Option<String>,
}

impl House {
    /// Counts, or says what was counted some minutes ago at most where there are many documents.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn counted(&self, query: CountQuery) -> Result<Arc<Vec<CountedRow>>, StoreError> {
        let key = format!("{}{:?}", query.sql, query.values);
        match self.counts.find(&key) {
            Some((rows, false)) => Ok(rows),
            Some((rows, true)) => {
                let (counts, store) = (self.counts.clone(), self.store().clone());
                tokio::spawn(async move {
                    if let Err(error) = counts.count(&store, key, query).await {
                        tracing::warn!(%error, "什么也没有数出来, 先用以前的数");
                    }
                });
                Ok(rows)
            }
            None => self.counts.count(self.store(), key, query).await,
        }
    }
}

/// What was counted.
#[derive(Clone, Default)]
pub(crate) struct Counts {
    kept: Arc<Mutex<HashMap<String, Kept>>>,
    many: Arc<AtomicBool>,
}

struct Kept {
    rows: Arc<Vec<CountedRow>>,
    until: Instant,
}

impl Counts {
    /// What was counted before, and whether it must be counted anew; only one is told so.
    fn find(&self, key: &str) -> Option<(Arc<Vec<CountedRow>>, bool)> {
        let (mut all, now) = (self.all(), Instant::now());
        let kept = all.get_mut(key)?;
        let old = kept.until <= now;
        if old {
            kept.until = now + LONGEST;
        }
        Some((Arc::clone(&kept.rows), old))
    }

    async fn count(
        &self,
        store: &Store,
        key: String,
        query: CountQuery,
    ) -> Result<Arc<Vec<CountedRow>>, StoreError> {
        let began = Instant::now();
        let rows: Vec<CountedRow> = store.all(&query.sql, query.values).await?;
        let rows = Arc::new(rows);
        self.keep(key, &rows, began.elapsed());
        Ok(rows)
    }

    fn keep(&self, key: String, rows: &Arc<Vec<CountedRow>>, took: Duration) {
        if rows.iter().map(|row| row.count).sum::<i64>() >= MANY {
            self.many.store(true, Ordering::Release);
        }
        if took < DEAR || !self.many.load(Ordering::Acquire) {
            return;
        }
        let mut all = self.all();
        if all.len() >= MOST {
            all.clear();
        }
        let until = Instant::now() + (took * SHARE).min(LONGEST);
        all.insert(key, Kept { rows: Arc::clone(rows), until });
    }

    fn all(&self) -> MutexGuard<'_, HashMap<String, Kept>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(count: i64) -> Arc<Vec<CountedRow>> {
        let row = CountedRow { key: "a".into(), words: String::new(), count, latest: None };
        Arc::new(vec![row])
    }

    fn is_kept(counts: &Counts, key: &str) -> bool {
        counts.find(key).is_some()
    }

    #[test]
    fn only_what_is_dear_to_count_among_many_is_kept() {
        let counts = Counts::default();
        counts.keep("few".into(), &rows(MANY - 1), DEAR * 50);
        assert!(!is_kept(&counts, "few"), "a small city's counts are never old");
        counts.keep("cheap".into(), &rows(MANY), DEAR / 2);
        assert!(!is_kept(&counts, "cheap"));
        counts.keep("dear".into(), &rows(MANY), DEAR * 50);
        counts.keep("narrow".into(), &rows(3), DEAR * 50);
        assert!(is_kept(&counts, "dear") && is_kept(&counts, "narrow"));
    }

    #[test]
    fn what_is_old_is_given_out_once_more_while_one_counts_anew() {
        let counts = Counts::default();
        counts.keep("old".into(), &rows(MANY), DEAR);
        counts.all().values_mut().for_each(|kept| kept.until = Instant::now());
        let asked = [counts.find("old"), counts.find("old")];
        let told = asked.map(|found| found.map(|(_, anew)| anew));
        assert_eq!(told, [Some(true), Some(false)]);
    }

    #[test]
    fn no_more_than_so_many_are_kept() {
        let counts = Counts::default();
        for nth in 0..=MOST {
            counts.keep(nth.to_string(), &rows(MANY), DEAR);
        }
        assert_eq!(counts.all().len(), 1);
    }
}
