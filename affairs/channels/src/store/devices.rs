//! 自助终端, and who was called from them.

use store::{FromQueryResult, Statements, StoreError, Transaction};

use super::new_key;

/// A machine of a zone.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct DeviceLine {
    /// Its key.
    pub id: String,
    /// The zone.
    pub zone: String,
    /// What staff call it.
    pub name: String,
    /// Since when it is known.
    pub paired_at: String,
}

/// A call that nobody has answered yet.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct CallLine {
    /// Its key.
    pub id: String,
    /// The zone.
    pub zone: String,
    /// The machine, by its name.
    pub device: String,
    /// When.
    pub called_at: String,
}

impl DeviceLine {
    /// The machine with a mark.
    pub(crate) async fn marked(
        from: &impl Statements,
        mark: &str,
    ) -> Result<Option<Self>, StoreError> {
        let sql =
            "SELECT id, zone, name, paired_at FROM zone_device WHERE mark = $1 AND gone_at IS NULL";
        from.one(sql, vec![mark.into()]).await
    }

    /// The machines of zones of an organ.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_organ(from: &impl Statements, organ: &str) -> Result<Vec<Self>, StoreError> {
        let sql = "SELECT d.id, d.zone, d.name, d.paired_at FROM zone_device d JOIN zone z ON z.id = d.zone
                    WHERE z.organ = $1 AND z.closed_on IS NULL AND d.gone_at IS NULL ORDER BY d.id";
        from.all(sql, vec![organ.into()]).await
    }

    /// The machines of one zone.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_zone(from: &impl Statements, zone: &str) -> Result<Vec<Self>, StoreError> {
        let sql = "SELECT id, zone, name, paired_at FROM zone_device
                    WHERE zone = $1 AND gone_at IS NULL ORDER BY id";
        from.all(sql, vec![zone.into()]).await
    }

    pub(crate) async fn add(
        change: &Transaction,
        (zone, name): (&str, &str),
        (mark, at): (&str, &str),
    ) -> Result<String, StoreError> {
        let id = new_key();
        let sql = "INSERT INTO zone_device (id, zone, mark, name, paired_at, gone_at)
                   VALUES ($1, $2, $3, $4, $5, NULL)";
        let values = vec![id.clone().into(), zone.into(), mark.into(), name.into(), at.into()];
        change.run(sql, values).await?;
        Ok(id)
    }

    pub(crate) async fn remove(
        change: &Transaction,
        (zone, id): (&str, &str),
        at: &str,
    ) -> Result<bool, StoreError> {
        let sql =
            "UPDATE zone_device SET gone_at = $1 WHERE id = $2 AND zone = $3 AND gone_at IS NULL";
        Ok(change.run(sql, vec![at.into(), id.into(), zone.into()]).await? == 1)
    }
}

impl CallLine {
    /// The calls of an organ's zones that wait, the oldest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn waiting(from: &impl Statements, organ: &str) -> Result<Vec<Self>, StoreError> {
        let sql = "SELECT c.id, c.zone, d.name AS device, c.called_at
                     FROM zone z JOIN zone_call c ON c.zone = z.id AND c.answered_at IS NULL
                     JOIN zone_device d ON d.id = c.device
                    WHERE z.organ = $1 AND z.closed_on IS NULL ORDER BY c.id LIMIT 50";
        from.all(sql, vec![organ.into()]).await
    }

    /// Whether a machine has called already and nobody came.
    pub(crate) async fn is_open(
        from: &impl Statements,
        zone: &str,
        device: &str,
    ) -> Result<bool, StoreError> {
        let sql = "SELECT COUNT(*) FROM zone_call WHERE zone = $1 AND answered_at IS NULL AND device = $2";
        let open = from.number(sql, vec![zone.into(), device.into()]).await?;
        Ok(open.unwrap_or_default() > 0)
    }

    pub(crate) async fn add(
        change: &Transaction,
        (zone, device): (&str, &str),
        at: &str,
    ) -> Result<String, StoreError> {
        let id = new_key();
        let sql = "INSERT INTO zone_call (id, zone, device, called_at, answered_at)
                   VALUES ($1, $2, $3, $4, NULL)";
        change.run(sql, vec![id.clone().into(), zone.into(), device.into(), at.into()]).await?;
        Ok(id)
    }

    /// Answers everything that waits in a zone; says how many.
    pub(crate) async fn answer(
        change: &Transaction,
        zone: &str,
        at: &str,
    ) -> Result<u64, StoreError> {
        let sql = "UPDATE zone_call SET answered_at = $1 WHERE zone = $2 AND answered_at IS NULL";
        change.run(sql, vec![at.into(), zone.into()]).await
    }
}
