//! What a site says of itself, as it is set.

use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

/// What is set at the workbench; empty where nothing is said.
#[derive(Debug, Clone, Default, PartialEq, Eq, FromQueryResult)]
pub struct Particulars {
    /// 规范名称.
    pub name: String,
    /// The line under the name; empty for the usual one.
    pub subtitle: Option<String>,
    /// The palette, by its key.
    pub palette: Option<String>,
    /// 1: the emblem has its place, where the level has one.
    pub emblem: i64,
    /// A host name of its own.
    pub host: Option<String>,
    /// Scheme and host in addresses that are copied.
    pub origin: Option<String>,
    /// 英文域名.
    pub domain: String,
    /// 网站标识码.
    pub id_code: String,
    /// 主办单位.
    pub sponsor: String,
    /// 承办单位.
    pub operator: Option<String>,
    /// 联系电话.
    pub phone: Option<String>,
    /// 地址.
    pub address: Option<String>,
    /// ICP备案号.
    pub icp: Option<String>,
    /// 公安备案号.
    pub police: Option<String>,
    /// 党政机关网站标识: where it leads.
    pub mark: Option<String>,
    /// 找错, where it is not taken here.
    pub error_report: Option<String>,
}

/// Which site it is, in whose name it is kept, and whom it serves.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct SiteKey {
    /// Its address prefix.
    pub base: String,
    /// The organ's code.
    pub organ: String,
    /// The division's code.
    pub division: String,
}

impl SiteKey {
    /// All sites, the root first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn all(from: &impl Statements) -> Result<Vec<Self>, StoreError> {
        from.all("SELECT base, organ, division FROM site ORDER BY base", vec![]).await
    }
}

const COLUMNS: &str =
    "name, subtitle, palette, emblem, host, origin, domain, id_code, sponsor, operator,
                       phone, address, icp, police, mark, error_report";

impl Particulars {
    /// Those of a site.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(from: &impl Statements, base: &str) -> Result<Option<Self>, StoreError> {
        from.one(&format!("SELECT {COLUMNS} FROM site WHERE base = $1"), vec![base.into()]).await
    }

    /// Whether another site has this host.
    pub(crate) async fn host_is_taken(
        from: &impl Statements,
        (base, host): (&str, &str),
    ) -> Result<bool, StoreError> {
        let sql = "SELECT COUNT(*) FROM site WHERE host = $1 AND base <> $2";
        let number = from.number(sql, vec![host.into(), base.into()]).await?;
        Ok(number.unwrap_or_default() > 0)
    }

    pub(crate) async fn set(&self, change: &Transaction, base: &str) -> Result<(), StoreError> {
        let sql = "UPDATE site
                      SET name = $1, subtitle = $2, palette = $3, emblem = $4, host = $5, origin = $6,
                          domain = $7, id_code = $8, sponsor = $9, operator = $10, phone = $11,
                          address = $12, icp = $13, police = $14, mark = $15, error_report = $16
                    WHERE base = $17";
        let values: Vec<Value> = vec![
            self.name.clone().into(),
            self.subtitle.clone().into(),
            self.palette.clone().into(),
            self.emblem.into(),
            self.host.clone().into(),
            self.origin.clone().into(),
            self.domain.clone().into(),
            self.id_code.clone().into(),
            self.sponsor.clone().into(),
            self.operator.clone().into(),
            self.phone.clone().into(),
            self.address.clone().into(),
            self.icp.clone().into(),
            self.police.clone().into(),
            self.mark.clone().into(),
            self.error_report.clone().into(),
            base.into(),
        ];
        change.run(sql, values).await.map(|_| ())
    }
}
