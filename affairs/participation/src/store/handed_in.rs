//! 不用账号提交的: what a person hands in without an account and looks after with a query code. Opinions, enrolments
//! and questions have one shape here; what differs is told by each.

use law::Date;
use secrets::{Place, Refused, Sealer};
use serde::Serialize;
use serde::de::DeserializeOwned;
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

/// What a person hands in without an account.
pub trait HandedIn: Sized + Send + Sync {
    /// As its row has it.
    type Row: FromQueryResult + Into<Self> + Send;
    /// Who handed it in and the words as they came; only ever kept sealed.
    type Original: Serialize + DeserializeOwned + Default + Send;
    /// What it is handed in to.
    type Affair: Send + Sync;

    /// Its table.
    const TABLE: &'static str;
    /// The columns of [`Self::Row`], without a condition.
    const SELECT: &'static str;
    /// The column that names what it is handed in to.
    const TO: &'static str;
    /// What is asked of a row beside that before it is listed; empty where all are.
    const LISTED: &'static str = "";
    /// Takes one out that was taken back; `$1` is its key.
    const RETRACTION: &'static str;

    /// Its key.
    fn id(&self) -> &str;

    /// The key of what it is handed in to.
    fn to(&self) -> &str;

    /// Who handed it in, sealed; empty where that was taken out.
    fn sealed(&self) -> &str;

    /// What it is handed in to.
    ///
    /// # Errors
    /// The database refuses.
    fn affair(
        from: &impl Statements,
        id: &str,
    ) -> impl Future<Output = Result<Option<Self::Affair>, StoreError>> + Send;

    /// Holds what it is handed in to until the act is sealed.
    ///
    /// # Errors
    /// The database refuses.
    fn hold(change: &Transaction, id: &str) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Whether who handed it in, and the words as they came, have been taken out.
    fn is_erased(&self) -> bool {
        self.sealed().is_empty()
    }

    /// Seals who hands it in, at its key.
    ///
    /// # Errors
    /// The keys cannot be used.
    fn seal(sealer: &Sealer, id: &str, original: &Self::Original) -> Result<String, Refused> {
        let text = serde_json::json!(original).to_string();
        sealer.seal_text(Place::new(Self::TABLE, id, "sealed"), &text)
    }

    /// Who handed it in and the words as they came; nothing where that was taken out. The caller is whoever handed it
    /// in, or has asked the access policy and written it down.
    ///
    /// # Errors
    /// What is sealed cannot be opened.
    fn original(&self, sealer: &Sealer) -> Result<Self::Original, Refused> {
        if self.is_erased() {
            return Ok(Self::Original::default());
        }
        let place = Place::new(Self::TABLE, self.id(), "sealed");
        let text = sealer.open_text(place, self.sealed())?;
        Ok(serde_json::from_str(&text).unwrap_or_default())
    }

    /// The first on which a condition holds.
    ///
    /// # Errors
    /// The database refuses.
    fn by(
        from: &impl Statements,
        condition: &str,
        values: Vec<Value>,
    ) -> impl Future<Output = Result<Option<Self>, StoreError>> + Send {
        let sql = format!("{} WHERE {condition}", Self::SELECT);
        async move {
            let row: Option<Self::Row> = from.one(&sql, values).await?;
            Ok(row.map(Into::into))
        }
    }

    /// One by its number there.
    ///
    /// # Errors
    /// The database refuses.
    fn find(
        from: &impl Statements,
        to: &str,
        number: i64,
    ) -> impl Future<Output = Result<Option<Self>, StoreError>> + Send {
        let condition = format!("{} = $1 AND number = $2", Self::TO);
        let values: Vec<Value> = vec![to.into(), number.into()];
        async move { Self::by(from, &condition, values).await }
    }

    /// The one that came by a form.
    ///
    /// # Errors
    /// The database refuses.
    fn with_key(
        from: &impl Statements,
        mark: &str,
    ) -> impl Future<Output = Result<Option<Self>, StoreError>> + Send {
        Self::by(from, "key_mark = $1", vec![mark.into()])
    }

    /// The one with a query code.
    ///
    /// # Errors
    /// The database refuses.
    fn with_code(
        from: &impl Statements,
        mark: &str,
    ) -> impl Future<Output = Result<Option<Self>, StoreError>> + Send {
        Self::by(from, "code_mark = $1 AND code_mark <> ''", vec![mark.into()])
    }

    /// Those with a number after this, in the order they came; at most so many.
    ///
    /// # Errors
    /// The database refuses.
    fn after(
        from: &impl Statements,
        to: &str,
        (number, most): (i64, i64),
    ) -> impl Future<Output = Result<Vec<Self>, StoreError>> + Send {
        let sql = format!(
            "{} WHERE {} = $1 AND number > $2{} ORDER BY number LIMIT $3",
            Self::SELECT,
            Self::TO,
            Self::LISTED
        );
        let values: Vec<Value> = vec![to.into(), number.into(), most.into()];
        async move {
            let rows: Vec<Self::Row> = from.all(&sql, values).await?;
            Ok(rows.into_iter().map(Into::into).collect())
        }
    }

    /// Takes out who handed it in: it was taken back. `false` where it was already, or counts no more.
    ///
    /// # Errors
    /// The database refuses.
    fn retract(
        &self,
        change: &Transaction,
    ) -> impl Future<Output = Result<bool, StoreError>> + Send {
        let values: Vec<Value> = vec![self.id().into()];
        async move { Ok(change.run(Self::RETRACTION, values).await? == 1) }
    }
}

/// What is told by the columns all of them have, and by what it is handed in to.
macro_rules! handed_in_to {
    ($affair:ty, $to:ident) => {
        type Affair = $affair;

        const TO: &'static str = stringify!($to);

        fn id(&self) -> &str {
            &self.id
        }

        fn to(&self) -> &str {
            &self.$to
        }

        fn sealed(&self) -> &str {
            &self.sealed
        }

        async fn affair(
            from: &impl ::store::Statements,
            id: &str,
        ) -> Result<Option<$affair>, ::store::StoreError> {
            <$affair>::find(from, id).await
        }

        async fn hold(change: &::store::Transaction, id: &str) -> Result<(), ::store::StoreError> {
            <$affair>::hold(change, id).await
        }
    };
}
pub(super) use handed_in_to;

/// What is kept for a time after the affair has ended, and then taken out; what was said in public stays.
pub trait KeptForATime: Send + Sync {
    /// A number where something is still kept of an affair that ended before the day `$1`.
    const STILL_KEPT: &'static str;
    /// Takes it out of those.
    const ERASURE: &'static str;

    /// What [`Self::ERASURE`] is told: the day.
    fn erasing(day: Date) -> Vec<Value> {
        vec![day.to_string().into()]
    }

    /// Whether something is still kept of an affair that ended before a day.
    ///
    /// # Errors
    /// The database refuses.
    fn has_kept_before(
        from: &impl Statements,
        day: Date,
    ) -> impl Future<Output = Result<bool, StoreError>> + Send {
        async move { Ok(from.number(Self::STILL_KEPT, vec![day.to_string().into()]).await?.is_some()) }
    }

    /// Takes out what is kept of affairs that ended before a day; says of how many.
    ///
    /// # Errors
    /// The database refuses.
    fn erase_before(
        change: &Transaction,
        day: Date,
    ) -> impl Future<Output = Result<u64, StoreError>> + Send {
        change.run(Self::ERASURE, Self::erasing(day))
    }
}
