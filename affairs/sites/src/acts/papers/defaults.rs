//! What a paper says before anybody has written one: put together from what is known of the organ.

use identity::Organ;
use law::Date;
use sites_rules::{KEPT, PaperKind, columns_of, possible_columns, reply_term};

use super::{Said, keeper_of};

/// The usual text, for a draft to begin with and for a page where there is no paper yet.
pub fn usual(kind: PaperKind, organ: &Organ, today: Date) -> Said {
    match kind {
        PaperKind::Guide => guide(organ, today),
        PaperKind::Catalogue => catalogue(organ),
    }
}

fn guide(organ: &Organ, today: Date) -> Said {
    let columns = columns_of(keeper_of(organ), &organ.role);
    let names: Vec<_> = columns.iter().map(|column| column.name).collect();
    let days = reply_term(today).map_or(20, |term| term.value.0);
    let classes = format!(
        "本机关主动公开的政府信息，按《政府信息公开条例》第二十条、第二十一条分为 {} 类：{}。",
        names.len(),
        names.join("、")
    );
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let fields = [
        ("fenlei", classes),
        ("bianpai", "每条信息有索引号、名称、发布机构、成文日期、发布日期、主题分类和公开属性，可以按类别、年份、有效性查找，也可以全文检索。同一条信息只有一份，在不同栏目中显示的是同一条记录。".into()),
        ("zhudong", "本网站可以检索、查阅、下载，不收费用，不需要注册。国家档案馆、公共图书馆、政务服务场所设有查阅场所。".into()),
        ("shenqing", format!("没有主动公开的政府信息，公民、法人和其他组织可以申请公开。申请不需要说明用途，一般不收费用。自收到申请之日起 {days} 个工作日内答复，需要延长的最多再延长 {days} 个工作日。")),
        ("jigou", organ.name.clone()),
        ("dizhi", text(&organ.address)),
        ("shijian", text(&organ.hours)),
        ("dianhua", text(&organ.phone)),
        ("chuanzhen", String::new()),
        ("youbian", text(&organ.postcode)),
        ("wangluo", String::new()),
        ("jiandu", "认为本机关没有按要求主动公开，或者不依法履行公开义务的，可以向上一级机关或者政府信息公开工作主管部门投诉、举报；认为侵犯自己合法权益的，也可以依法申请行政复议或者提起行政诉讼。".into()),
    ];
    fields.into_iter().map(|(key, text)| (key.to_owned(), text)).collect()
}

fn catalogue(organ: &Organ) -> Said {
    let keeper = keeper_of(organ);
    let usual = columns_of(keeper, &organ.role);
    let said = |column: &&'static sites_rules::Column| {
        let words = if usual.contains(column) { KEPT } else { "" };
        (column.code.to_owned(), words.to_owned())
    };
    possible_columns(keeper).iter().map(said).collect()
}
