//! 专区.

use channels_rules::{Closure, Hours};
use law::Date;
use serde::{Deserialize, Serialize};
use store::{FromQueryResult, Statements, StoreError, Transaction};

/// What a zone says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Particulars {
    /// 思明区政务服务中心政务公开专区.
    pub name: String,
    /// What it stands in: 政务服务大厅, 档案馆.
    pub kind: String,
    /// Where it is.
    pub address: String,
    /// How to get there.
    pub way: String,
    /// Whom to telephone.
    pub phone: String,
    /// When it is open.
    pub hours: Hours,
    /// What it offers, a line each.
    pub services: String,
    /// The unit that answers for it.
    pub keeper: String,
}

/// A zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone {
    /// Its address: pinyin.
    pub id: String,
    /// The organ that keeps it.
    pub organ: String,
    /// That organ's short name.
    pub organ_name: String,
    /// The division it is in.
    pub division: String,
    /// What it says of itself.
    pub told: Particulars,
    /// Since when there is one.
    pub opened_on: Date,
    /// Since when there is none any more.
    pub closed_on: Option<Date>,
    /// Digest of the staff corner's number; empty where none is set.
    pub(crate) pin: String,
    /// Invented for the demo.
    pub demo: bool,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    organ: String,
    organ_name: String,
    division: String,
    name: String,
    kind: String,
    address: String,
    way: String,
    phone: String,
    hours: String,
    services: String,
    keeper: String,
    opened_on: String,
    closed_on: Option<String>,
    pin: String,
    demo: i64,
}

const SELECT: &str = "SELECT z.id, z.organ, o.short_name AS organ_name, z.division, z.name, z.kind, z.address, z.way,
       z.phone, z.hours, z.services, z.keeper, z.opened_on, z.closed_on, z.pin, z.demo
  FROM zone z JOIN organ o ON o.code = z.organ";

impl Zone {
    /// The zone at an address.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(from: &impl Statements, id: &str) -> Result<Option<Self>, StoreError> {
        let row: Option<Row> =
            from.one(&format!("{SELECT} WHERE z.id = $1"), vec![id.into()]).await?;
        Ok(row.and_then(read))
    }

    /// An organ's zones that are kept now.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_organ(from: &impl Statements, organ: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!("{SELECT} WHERE z.organ = $1 AND z.closed_on IS NULL ORDER BY z.id");
        let rows: Vec<Row> = from.all(&sql, vec![organ.into()]).await?;
        Ok(rows.into_iter().filter_map(read).collect())
    }

    /// The zones within divisions that are kept now, the larger divisions first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn within(
        from: &impl Statements,
        (low, high): (&str, &str),
    ) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "{SELECT} WHERE z.division >= $1 AND z.division <= $2 AND z.closed_on IS NULL
              ORDER BY z.division, z.id"
        );
        let rows: Vec<Row> = from.all(&sql, vec![low.into(), high.into()]).await?;
        Ok(rows.into_iter().filter_map(read).collect())
    }

    /// Keeps a new one.
    pub(crate) async fn add(&self, change: &Transaction) -> Result<(), StoreError> {
        let told = &self.told;
        let sql = "INSERT INTO zone (id, organ, division, name, kind, address, way, phone, hours, services, keeper,
                                     opened_on, closed_on, pin, pin_tries, pin_since, demo)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, NULL, '', 0, '', $13)";
        let values = vec![
            self.id.clone().into(),
            self.organ.clone().into(),
            self.division.clone().into(),
            told.name.clone().into(),
            told.kind.clone().into(),
            told.address.clone().into(),
            told.way.clone().into(),
            told.phone.clone().into(),
            hours(&told.hours).into(),
            told.services.clone().into(),
            told.keeper.clone().into(),
            self.opened_on.to_string().into(),
            i64::from(self.demo).into(),
        ];
        change.run(sql, values).await.map(|_| ())
    }

    /// Says otherwise of itself.
    pub(crate) async fn tell(
        change: &Transaction,
        id: &str,
        told: &Particulars,
    ) -> Result<(), StoreError> {
        let sql =
            "UPDATE zone SET name = $1, kind = $2, address = $3, way = $4, phone = $5, hours = $6,
                          services = $7, keeper = $8 WHERE id = $9";
        let values = vec![
            told.name.clone().into(),
            told.kind.clone().into(),
            told.address.clone().into(),
            told.way.clone().into(),
            told.phone.clone().into(),
            hours(&told.hours).into(),
            told.services.clone().into(),
            told.keeper.clone().into(),
            id.into(),
        ];
        change.run(sql, values).await.map(|_| ())
    }

    /// There is none any more.
    pub(crate) async fn close(change: &Transaction, id: &str, on: Date) -> Result<(), StoreError> {
        let sql = "UPDATE zone SET closed_on = $1 WHERE id = $2";
        change.run(sql, vec![on.to_string().into(), id.into()]).await.map(|_| ())
    }

    /// Another number for the staff corner.
    pub(crate) async fn set_pin(
        change: &Transaction,
        id: &str,
        digest: &str,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE zone SET pin = $1, pin_tries = 0, pin_since = '' WHERE id = $2";
        change.run(sql, vec![digest.into(), id.into()]).await.map(|_| ())
    }

    /// Takes one of the tries at the number; says the how manieth it is, `None` where all are used up and the
    /// last was after `forgotten`. Tries before that no longer count.
    pub(crate) async fn try_pin(
        change: &Transaction,
        id: &str,
        (now, forgotten): (&str, &str),
        most: u32,
    ) -> Result<Option<u32>, StoreError> {
        let sql =
            "UPDATE zone SET pin_tries = CASE WHEN pin_since > $2 THEN pin_tries + 1 ELSE 1 END,
                          pin_since = $1
                    WHERE id = $3 AND (pin_since <= $2 OR pin_tries < $4)";
        let values = vec![now.into(), forgotten.into(), id.into(), i64::from(most).into()];
        if change.run(sql, values).await? == 0 {
            return Ok(None);
        }
        let sql = "SELECT pin_tries FROM zone WHERE id = $1";
        Ok(change.number(sql, vec![id.into()]).await?.map(super::count))
    }

    /// Days from a day on, on which it is closed though it would be open.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn closures(
        &self,
        from: &impl Statements,
        today: Date,
    ) -> Result<Vec<Closure>, StoreError> {
        let all = closures_of(from, std::slice::from_ref(self), today).await?;
        Ok(all.into_iter().map(|(_, closure)| closure).collect())
    }

    /// Its page, below a site.
    pub fn path(&self) -> String {
        format!("/zhuanqu/{}", self.id)
    }

    /// Its page at the workbench.
    pub fn desk_path(&self) -> String {
        format!("/gongzuo/zhuanqu/{}", self.id)
    }
}

fn hours(hours: &Hours) -> String {
    serde_json::to_string(hours).unwrap_or_default()
}

fn read(row: Row) -> Option<Zone> {
    Some(Zone {
        id: row.id,
        organ: row.organ,
        organ_name: row.organ_name,
        division: row.division,
        told: Particulars {
            name: row.name,
            kind: row.kind,
            address: row.address,
            way: row.way,
            phone: row.phone,
            hours: serde_json::from_str(&row.hours).unwrap_or_default(),
            services: row.services,
            keeper: row.keeper,
        },
        opened_on: row.opened_on.parse().ok()?,
        closed_on: row.closed_on.and_then(|day| day.parse().ok()),
        pin: row.pin,
        demo: row.demo != 0,
    })
}

/// Tells days on which a zone is closed.
pub(crate) async fn add_closure(
    change: &Transaction,
    zone: &str,
    closure: &Closure,
) -> Result<(), StoreError> {
    let sql =
        "INSERT INTO zone_closure (id, zone, from_day, to_day, why) VALUES ($1, $2, $3, $4, $5)";
    let values = vec![
        super::new_key().into(),
        zone.into(),
        closure.from.to_string().into(),
        closure.to.to_string().into(),
        closure.why.clone().into(),
    ];
    change.run(sql, values).await.map(|_| ())
}

/// The closures of zones from a day on, each with its zone, in one question.
pub(crate) async fn closures_of(
    from: &impl Statements,
    zones: &[Zone],
    today: Date,
) -> Result<Vec<(String, Closure)>, StoreError> {
    #[derive(FromQueryResult)]
    struct Line {
        zone: String,
        from_day: String,
        to_day: String,
        why: String,
    }
    let (Some(first), Some(last)) =
        (zones.iter().map(|zone| &zone.id).min(), zones.iter().map(|zone| &zone.id).max())
    else {
        return Ok(vec![]);
    };
    let sql = "SELECT zone, from_day, to_day, why FROM zone_closure
                WHERE zone >= $1 AND zone <= $2 AND to_day >= $3 ORDER BY from_day, id";
    let values = vec![first.clone().into(), last.clone().into(), today.to_string().into()];
    let lines: Vec<Line> = from.all(sql, values).await?;
    let closure = |line: Line| {
        let (from, to) = (line.from_day.parse().ok()?, line.to_day.parse().ok()?);
        Some((line.zone, Closure { from, to, why: line.why }))
    };
    Ok(lines.into_iter().filter_map(closure).collect())
}
