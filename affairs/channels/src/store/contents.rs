//! What stands and lies in a zone, and who is on duty there.

use channels_rules::{Equipment, Movement, Stock};
use law::Date;
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

use super::{count, new_key};

/// 设施设备.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EquipmentLine {
    /// Its key.
    pub id: String,
    /// The zone.
    pub zone: String,
    /// What kind it is.
    pub kind: Equipment,
    /// What it is called.
    pub name: String,
    /// How many.
    pub number: u32,
    /// Whether it works.
    pub works: bool,
    /// What is to be said of it.
    pub note: String,
}

/// 值守人员.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct StaffLine {
    /// The key.
    pub id: String,
    /// The zone.
    pub zone: String,
    /// As told on the wall.
    pub name: String,
    /// What the person does there.
    pub duty: String,
    /// The telephone.
    pub phone: String,
}

/// 资料.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MaterialLine {
    /// Its key.
    pub id: String,
    /// The zone.
    pub zone: String,
    /// What it is called.
    pub title: String,
    /// 份, 本.
    pub unit: String,
    /// What lies ready.
    pub stock: Stock,
}

/// One movement of a material.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovementLine {
    /// What moved.
    pub title: String,
    /// When.
    pub moved_at: String,
    /// What came or went.
    pub movement: Movement,
    /// What lay ready afterwards.
    pub stock: u32,
    /// Why.
    pub note: String,
}

pub(crate) struct NewEquipment<'a> {
    pub kind: Equipment,
    pub name: &'a str,
    pub number: u32,
    pub works: bool,
    pub note: &'a str,
}

pub(crate) struct NewStaff<'a> {
    pub name: &'a str,
    pub duty: &'a str,
    pub phone: &'a str,
}

pub(crate) struct NewMaterial<'a> {
    pub title: &'a str,
    pub unit: &'a str,
    pub stock: Stock,
}

/// Where the zones of a list are; one question for all of them.
fn between(zones: &[String]) -> Option<Vec<Value>> {
    let (first, last) = (zones.iter().min()?, zones.iter().max()?);
    Some(vec![first.clone().into(), last.clone().into()])
}

impl EquipmentLine {
    /// What stands in zones.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(from: &impl Statements, zones: &[String]) -> Result<Vec<Self>, StoreError> {
        #[derive(FromQueryResult)]
        struct Row {
            id: String,
            zone: String,
            kind: String,
            name: String,
            number: i64,
            works: i64,
            note: String,
        }
        let Some(values) = between(zones) else { return Ok(vec![]) };
        let sql = "SELECT id, zone, kind, name, number, works, note FROM zone_equipment
                    WHERE zone >= $1 AND zone <= $2 AND gone_on IS NULL ORDER BY zone, id";
        let rows: Vec<Row> = from.all(sql, values).await?;
        let line = |row: Row| {
            Some(Self {
                kind: Equipment::of_word(&row.kind)?,
                id: row.id,
                zone: row.zone,
                name: row.name,
                number: count(row.number),
                works: row.works != 0,
                note: row.note,
            })
        };
        let known = |line: &Self| zones.contains(&line.zone);
        Ok(rows.into_iter().filter_map(line).filter(known).collect())
    }

    pub(crate) async fn add(
        change: &Transaction,
        zone: &str,
        new: &NewEquipment<'_>,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO zone_equipment (id, zone, kind, name, number, works, note, gone_on)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, NULL)";
        let values = vec![
            new_key().into(),
            zone.into(),
            new.kind.word().into(),
            new.name.into(),
            i64::from(new.number).into(),
            i64::from(new.works).into(),
            new.note.into(),
        ];
        change.run(sql, values).await.map(|_| ())
    }

    /// Whether it works; says whether there is such a thing in the zone.
    pub(crate) async fn set(
        change: &Transaction,
        (zone, id): (&str, &str),
        (works, note): (bool, &str),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE zone_equipment SET works = $1, note = $2
                    WHERE id = $3 AND zone = $4 AND gone_on IS NULL";
        let values = vec![i64::from(works).into(), note.into(), id.into(), zone.into()];
        Ok(change.run(sql, values).await? == 1)
    }

    pub(crate) async fn remove(
        change: &Transaction,
        (zone, id): (&str, &str),
        on: Date,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE zone_equipment SET gone_on = $1 WHERE id = $2 AND zone = $3 AND gone_on IS NULL";
        gone(change, sql, (zone, id), on).await
    }
}

impl StaffLine {
    /// Who is on duty in zones.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(from: &impl Statements, zones: &[String]) -> Result<Vec<Self>, StoreError> {
        let Some(values) = between(zones) else { return Ok(vec![]) };
        let sql = "SELECT id, zone, name, duty, phone FROM zone_staff
                    WHERE zone >= $1 AND zone <= $2 AND gone_on IS NULL ORDER BY zone, id";
        let rows: Vec<Self> = from.all(sql, values).await?;
        Ok(rows.into_iter().filter(|line| zones.contains(&line.zone)).collect())
    }

    pub(crate) async fn add(
        change: &Transaction,
        zone: &str,
        new: &NewStaff<'_>,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO zone_staff (id, zone, name, duty, phone, gone_on)
                   VALUES ($1, $2, $3, $4, $5, NULL)";
        let values =
            vec![new_key().into(), zone.into(), new.name.into(), new.duty.into(), new.phone.into()];
        change.run(sql, values).await.map(|_| ())
    }

    pub(crate) async fn remove(
        change: &Transaction,
        (zone, id): (&str, &str),
        on: Date,
    ) -> Result<bool, StoreError> {
        let sql =
            "UPDATE zone_staff SET gone_on = $1 WHERE id = $2 AND zone = $3 AND gone_on IS NULL";
        gone(change, sql, (zone, id), on).await
    }
}

async fn gone(
    change: &Transaction,
    sql: &str,
    (zone, id): (&str, &str),
    on: Date,
) -> Result<bool, StoreError> {
    Ok(change.run(sql, vec![on.to_string().into(), id.into(), zone.into()]).await? == 1)
}

#[derive(FromQueryResult)]
struct MaterialRow {
    id: String,
    zone: String,
    title: String,
    unit: String,
    low: i64,
    stock: i64,
}

impl From<MaterialRow> for MaterialLine {
    fn from(row: MaterialRow) -> Self {
        Self {
            id: row.id,
            zone: row.zone,
            title: row.title,
            unit: row.unit,
            stock: Stock { left: count(row.stock), low: count(row.low) },
        }
    }
}

impl MaterialLine {
    /// What lies ready in zones.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(from: &impl Statements, zones: &[String]) -> Result<Vec<Self>, StoreError> {
        let Some(values) = between(zones) else { return Ok(vec![]) };
        let sql = "SELECT id, zone, title, unit, low, stock FROM zone_material
                    WHERE zone >= $1 AND zone <= $2 AND gone_on IS NULL ORDER BY zone, id";
        let rows: Vec<MaterialRow> = from.all(sql, values).await?;
        let known = |line: &Self| zones.contains(&line.zone);
        Ok(rows.into_iter().map(Self::from).filter(known).collect())
    }

    /// One of a zone, as it stands within the act.
    pub(crate) async fn find(
        change: &Transaction,
        (zone, id): (&str, &str),
    ) -> Result<Option<Self>, StoreError> {
        // taken for this act alone: what two give out at once is counted one after the other
        let sql = "UPDATE zone_material SET stock = stock WHERE id = $1";
        change.run(sql, vec![id.into()]).await?;
        let sql = "SELECT id, zone, title, unit, low, stock FROM zone_material
                    WHERE id = $1 AND zone = $2 AND gone_on IS NULL";
        let row: Option<MaterialRow> = change.one(sql, vec![id.into(), zone.into()]).await?;
        Ok(row.map(Self::from))
    }

    pub(crate) async fn add(
        change: &Transaction,
        zone: &str,
        new: &NewMaterial<'_>,
    ) -> Result<String, StoreError> {
        let id = new_key();
        let sql = "INSERT INTO zone_material (id, zone, title, unit, low, stock, gone_on)
                   VALUES ($1, $2, $3, $4, $5, $6, NULL)";
        let values = vec![
            id.clone().into(),
            zone.into(),
            new.title.into(),
            new.unit.into(),
            i64::from(new.stock.low).into(),
            i64::from(new.stock.left).into(),
        ];
        change.run(sql, values).await?;
        Ok(id)
    }

    pub(crate) async fn remove(
        change: &Transaction,
        (zone, id): (&str, &str),
        on: Date,
    ) -> Result<bool, StoreError> {
        let sql =
            "UPDATE zone_material SET gone_on = $1 WHERE id = $2 AND zone = $3 AND gone_on IS NULL";
        gone(change, sql, (zone, id), on).await
    }
}

impl MovementLine {
    /// Keeps a movement, and what lies ready after it.
    pub(crate) async fn keep(
        change: &Transaction,
        material: &str,
        (movement, after): (Movement, Stock),
        (at, note): (&str, &str),
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO zone_movement (id, material, moved_at, kind, number, stock, note)
                   VALUES ($1, $2, $3, $4, $5, $6, $7)";
        let values = vec![
            new_key().into(),
            material.into(),
            at.into(),
            movement.word().into(),
            i64::from(movement.number()).into(),
            i64::from(after.left).into(),
            note.into(),
        ];
        change.run(sql, values).await?;
        let sql = "UPDATE zone_material SET stock = $1 WHERE id = $2";
        change.run(sql, vec![i64::from(after.left).into(), material.into()]).await.map(|_| ())
    }

    /// The latest of a zone, newest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn latest(
        from: &impl Statements,
        zone: &str,
        most: i64,
    ) -> Result<Vec<Self>, StoreError> {
        #[derive(FromQueryResult)]
        struct Row {
            title: String,
            moved_at: String,
            kind: String,
            number: i64,
            stock: i64,
            note: String,
        }
        let sql = "SELECT m.title, v.moved_at, v.kind, v.number, v.stock, v.note
                     FROM zone_movement v JOIN zone_material m ON m.id = v.material
                    WHERE m.zone = $1 ORDER BY v.id DESC LIMIT $2";
        let rows: Vec<Row> = from.all(sql, vec![zone.into(), most.into()]).await?;
        let line = |row: Row| {
            Some(Self {
                movement: Movement::of_word(&row.kind, count(row.number))?,
                title: row.title,
                moved_at: row.moved_at,
                stock: count(row.stock),
                note: row.note,
            })
        };
        Ok(rows.into_iter().filter_map(line).collect())
    }
}
