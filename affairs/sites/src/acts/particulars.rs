//! 站点资料: what a site says of itself: name, colours, emblem's place, footer, host.

use law::{Provision, document};
use ledger::{Change, Desk, Entry};
use sites_rules::{Palette, SITE_GUIDELINE};

use super::{ActError, reasoned};
use crate::store::Particulars;

const BASIS: Provision = document(SITE_GUIDELINE);

/// The longest field, in letters.
const LONGEST: usize = 200;

/// Sets what a site says of itself; `site` is its address prefix and the organ in whose name it is kept.
///
/// # Errors
/// A field is not as it must be, another site has the host, or the database refuses.
pub async fn set(
    mut desk: Desk,
    (base, organ): (&str, &str),
    new: Particulars,
    reason: &str,
) -> Result<(), ActError> {
    let reason = reasoned(reason)?;
    check(&new)?;
    let old = Particulars::of(desk.change(), base).await?;
    let old = old.ok_or_else(|| ActError::refused("没有这个站点。请刷新再看。"))?;
    if let Some(host) = &new.host
        && Particulars::host_is_taken(desk.change(), (base, host)).await?
    {
        return Err(ActError::Field("yuming", "这个域名已经用在另一个站点上".into()));
    }
    new.set(desk.change(), base).await?;
    let entry = Entry {
        room: "sites",
        act: "particulars",
        subject: format!("site:{base}"),
        organ: organ.to_owned(),
        basis: BASIS.to_string(),
        facts: serde_json::json!({ "reason": reason }),
    };
    desk.record_change(entry, Change { before: told(&old), after: told(&new) }).await?;
    Ok(desk.seal().await?)
}

fn told(one: &Particulars) -> serde_json::Value {
    serde_json::json!({
        "name": one.name, "subtitle": one.subtitle, "palette": one.palette, "emblem": one.emblem,
        "host": one.host, "origin": one.origin, "domain": one.domain, "id_code": one.id_code,
        "sponsor": one.sponsor, "operator": one.operator, "phone": one.phone, "address": one.address,
        "icp": one.icp, "police": one.police, "mark": one.mark, "error_report": one.error_report,
    })
}

fn check(new: &Particulars) -> Result<(), ActError> {
    let field = |field, words: &str| Err(ActError::Field(field, words.to_owned()));
    if new.name.is_empty() {
        return field("mingcheng", "写明网站规范名称");
    }
    if new.sponsor.is_empty() {
        return field("zhuban", "写明主办单位");
    }
    let code = new.id_code.as_bytes();
    if code.len() != 10 || !code.iter().all(u8::is_ascii_alphanumeric) {
        return field("biaoshima", "网站标识码是十位字母和数字，例如 3502000001");
    }
    let Some(palette) = Palette::named(new.palette.as_deref().unwrap_or_default()) else {
        return field("peise", "从列出的配色里选一种");
    };
    if !palette.unreadable().is_empty() {
        return field("peise", "这种配色的文字看不清，请选另一种");
    }
    if !new.host.as_deref().is_none_or(is_host) {
        return field("yuming", "写域名本身，例如 siming.xm.gov.cn，不带 http:// 和路径");
    }
    for (name, address) in
        [("qidian", &new.origin), ("biaozhi", &new.mark), ("zhaocuo", &new.error_report)]
    {
        if address.as_deref().is_some_and(|address| web::leaving::host_of(address).is_none()) {
            return field(name, "写完整的网址，以 https:// 开头");
        }
    }
    let texts = [&new.subtitle, &new.operator, &new.phone, &new.address, &new.icp, &new.police];
    let long = texts.into_iter().flatten().chain([&new.name, &new.sponsor, &new.domain]);
    if long.into_iter().any(|text| text.chars().count() > LONGEST) {
        return field("mingcheng", "每一项不超过 200 字");
    }
    Ok(())
}

fn is_host(host: &str) -> bool {
    let letter = |one: u8| one.is_ascii_lowercase() || one.is_ascii_digit() || b".-".contains(&one);
    (1..=253).contains(&host.len()) && host.bytes().all(letter) && host.contains('.')
}
