//! What is done to the draft of a version, until it is put in force. A released version never changes.

use catalogue_rules::DraftStage;
use law::Date;
use sea_orm::DbErr;
use store::{Statements, StoreError, Transaction};

use super::{State, Version, VersionDraft};

/// The word and the day stored for a stage.
fn stored(stage: DraftStage) -> (&'static str, Option<String>) {
    match stage {
        DraftStage::Drafting => ("drafting", None),
        DraftStage::Consultation { until } => ("consultation", Some(until.to_string())),
        DraftStage::Review => ("review", None),
    }
}

impl Version {
    /// Makes sure that `version` is a draft, and that nobody else changes it before this transaction
    /// ends. Everything that writes rows of a version asks here first: what was released never changes.
    ///
    /// # Errors
    /// It was released, or the database refuses.
    pub async fn hold(change: &Transaction, version: &str) -> Result<(), StoreError> {
        let sql = "UPDATE catalogue_version SET state = state WHERE id = $1 AND state = 'draft'";
        match change.run(sql, vec![version.into()]).await? {
            0 => Err(DbErr::Custom(format!("{version} is no draft and never changes")).into()),
            _ => Ok(()),
        }
    }

    /// Takes a draft to another stage.
    ///
    /// # Errors
    /// It was released, or the database refuses.
    pub async fn set_stage(
        &self,
        change: &Transaction,
        stage: DraftStage,
    ) -> Result<(), StoreError> {
        Self::hold(change, &self.id).await?;
        let (word, until) = stored(stage);
        let sql = "UPDATE catalogue_version SET stage = $1, consult_until = $2 WHERE id = $3";
        change.run(sql, vec![word.into(), until.into(), self.id.clone().into()]).await?;
        Ok(())
    }

    /// Gives a draft other 公开层级 columns.
    ///
    /// # Errors
    /// It was released, or the database refuses.
    pub async fn set_level_columns(
        &self,
        change: &Transaction,
        columns: &[String],
    ) -> Result<(), StoreError> {
        Self::hold(change, &self.id).await?;
        let sql = "UPDATE catalogue_version SET level_columns = $1 WHERE id = $2";
        let columns = serde_json::json!(columns).to_string();
        change.run(sql, vec![columns.into(), self.id.clone().into()]).await?;
        Ok(())
    }

    /// Says against which version above a draft is now made.
    ///
    /// # Errors
    /// It was released, or the database refuses.
    pub async fn set_above(
        &self,
        change: &Transaction,
        above: Option<&str>,
    ) -> Result<(), StoreError> {
        Self::hold(change, &self.id).await?;
        let sql = "UPDATE catalogue_version SET above = $1 WHERE id = $2";
        let above = above.map(str::to_owned);
        change.run(sql, vec![above.into(), self.id.clone().into()]).await?;
        Ok(())
    }

    /// Begins the draft of the next version with all that stands in `earlier`, decisions included.
    ///
    /// # Errors
    /// There is a draft already, or the database refuses.
    pub async fn begin_from(
        change: &Transaction,
        earlier: &Self,
        made_at: &str,
    ) -> Result<Self, StoreError> {
        let draft = VersionDraft {
            title: earlier.title.clone(),
            level_columns: earlier.level_columns.clone(),
            region_hint: earlier.region_hint.clone(),
            source_name: format!("在第 {} 版上修改", earlier.number),
            source_sha256: String::new(),
            above: earlier.above.clone(),
        };
        let version = Self::add(change, &earlier.catalogue, &draft, made_at).await?;
        for sql in [
            "INSERT INTO catalogue_item (version, ordinal, item, body)
             SELECT $1, ordinal, item, body FROM catalogue_item WHERE version = $2",
            "INSERT INTO catalogue_takeover (version, item, treatment, above, changed, reason)
             SELECT $1, item, treatment, above, changed, reason FROM catalogue_takeover
              WHERE version = $2",
        ] {
            let values = vec![version.id.clone().into(), earlier.id.clone().into()];
            change.run(sql, values).await?;
        }
        Ok(version)
    }

    /// Drops a draft with all that stands in it. What was decided in it no longer counts; whoever drops
    /// it has to raise anew what is then open.
    ///
    /// # Errors
    /// It was released, or the database refuses.
    pub async fn discard(&self, change: &Transaction) -> Result<(), StoreError> {
        Self::hold(change, &self.id).await?;
        for sql in [
            "UPDATE catalogue_adjustment SET state = 'superseded', decided_in = NULL
              WHERE decided_in = $1",
            "DELETE FROM draft_step WHERE version = $1",
            "DELETE FROM catalogue_item WHERE version = $1",
            "DELETE FROM catalogue_issue WHERE version = $1",
            "DELETE FROM catalogue_takeover WHERE version = $1",
            "DELETE FROM catalogue_version WHERE id = $1",
        ] {
            change.run(sql, vec![self.id.clone().into()]).await?;
        }
        Ok(())
    }

    /// Keeps `draft` as the catalogue's draft under the next number; a draft already there is
    /// replaced, for nobody has seen it.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn replace_draft(
        change: &Transaction,
        catalogue: &str,
        draft: &VersionDraft,
        made_at: &str,
    ) -> Result<Self, StoreError> {
        if let Some(old) = Self::draft(change, catalogue).await? {
            old.discard(change).await?;
        }
        Self::add(change, catalogue, draft, made_at).await
    }

    /// Keeps `draft` under the next number.
    async fn add(
        change: &Transaction,
        catalogue: &str,
        draft: &VersionDraft,
        made_at: &str,
    ) -> Result<Self, StoreError> {
        let sql = "SELECT coalesce(max(number), 0) + 1 FROM catalogue_version WHERE catalogue = $1";
        let number = change.number(sql, vec![catalogue.into()]).await?.unwrap_or(1);
        let version = Self {
            id: uuid::Uuid::now_v7().to_string(),
            catalogue: catalogue.into(),
            number,
            state: State::Draft,
            title: draft.title.clone(),
            level_columns: draft.level_columns.clone(),
            region_hint: draft.region_hint.clone(),
            source_name: draft.source_name.clone(),
            made_at: made_at.into(),
            effective_from: None,
            effective_to: None,
            above: draft.above.clone(),
            stage: DraftStage::Drafting,
            proposed_from: None,
            despite: None,
        };
        version.insert(change, &draft.source_sha256).await?;
        Ok(version)
    }

    async fn insert(&self, change: &Transaction, sha256: &str) -> Result<(), StoreError> {
        let columns = serde_json::json!(self.level_columns).to_string();
        let row = vec![
            self.id.clone().into(),
            self.catalogue.clone().into(),
            self.number.into(),
            "draft".into(),
            self.title.clone().into(),
            columns.into(),
            self.region_hint.clone().into(),
            self.source_name.clone().into(),
            sha256.into(),
            self.made_at.clone().into(),
            self.above.clone().into(),
        ];
        let columns = [
            "id",
            "catalogue",
            "number",
            "state",
            "title",
            "level_columns",
            "region_hint",
            "source_name",
            "source_sha256",
            "made_at",
            "above",
        ];
        change.insert("catalogue_version", &columns, vec![row]).await
    }

    /// Puts this draft in force from `day` on; from then on none of its steps is undone. Whatever would still hold on that day ends the day
    /// before it; a version whose own day had not come by then never holds.
    ///
    /// # Errors
    /// The database refuses, as it does where neither its review is finished nor it was issued already.
    pub async fn put_in_force(
        &self,
        change: &Transaction,
        day: Date,
        by: &InForceBy<'_>,
    ) -> Result<(), StoreError> {
        let before = day.yesterday().unwrap_or(day).to_string();
        let end = "UPDATE catalogue_version SET state = 'ended', effective_to = $1
                    WHERE catalogue = $2 AND state <> 'draft'
                      AND (effective_to IS NULL OR effective_to > $1)";
        change.run(end, vec![before.into(), self.catalogue.clone().into()]).await?;
        let (issued_by, publication, hash) = match *by {
            InForceBy::Issue(document) => (Some(document.to_owned()), None, None),
            InForceBy::Review { publication, hash } => {
                (None, Some(publication.to_owned()), Some(hash.to_owned()))
            }
        };
        let release = "UPDATE catalogue_version
                          SET state = 'released', effective_from = $1, imported = $2, issued_by = $3,
                              publication = $4, content_hash = $5
                        WHERE id = $6 AND state = 'draft'";
        let values = vec![
            day.to_string().into(),
            i64::from(issued_by.is_some()).into(),
            issued_by.into(),
            publication.into(),
            hash.into(),
            self.id.clone().into(),
        ];
        change.run(release, values).await?;
        let steps = "DELETE FROM draft_step WHERE version = $1";
        change.run(steps, vec![self.id.clone().into()]).await?;
        Ok(())
    }

    /// Notes from which day the draft is proposed to hold, and why steps were left out.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn propose(
        &self,
        change: &Transaction,
        from: Date,
        despite: Option<&str>,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE catalogue_version SET proposed_from = $1, proposed_despite = $2
                    WHERE id = $3 AND state = 'draft'";
        let despite = despite.map(str::to_owned);
        change
            .run(sql, vec![from.to_string().into(), despite.into(), self.id.clone().into()])
            .await?;
        Ok(())
    }
}

/// Why a version is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InForceBy<'a> {
    /// It was issued already, by this document or on this ground, and was taken in as it was.
    Issue(&'a str),
    /// Its review is finished.
    Review {
        /// The key of the publication.
        publication: &'a str,
        /// The hash of what was signed.
        hash: &'a str,
    },
}
