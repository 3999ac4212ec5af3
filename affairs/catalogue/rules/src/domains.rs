//! 领域: the 26 domains of the 标准指引, as data in the notice's order.

use serde::Serialize;

/// One of the domains for which the ministries issued a 标准指引.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Domain {
    /// Its place in the notice, from 1 (厦府办〔2020〕67号).
    pub number: u8,
    /// The key in addresses: the name in full pinyin.
    pub id: &'static str,
    /// The name the notice uses.
    pub name: &'static str,
    /// What the same field is called since, where it has been renamed.
    pub later_name: Option<&'static str>,
    /// Other names under which published catalogues print it.
    pub aliases: &'static [&'static str],
}

const fn domain(number: u8, id: &'static str, name: &'static str) -> Domain {
    Domain { number, id, name, later_name: None, aliases: &[] }
}

const fn renamed(mut domain: Domain, later: &'static str) -> Domain {
    domain.later_name = Some(later);
    domain
}

const fn also(mut domain: Domain, aliases: &'static [&'static str]) -> Domain {
    domain.aliases = aliases;
    domain
}

/// The 26 domains in the order of the notice 厦府办〔2020〕67号.
pub const DOMAINS: [Domain; 26] = [
    also(
        renamed(domain(1, "chengxiangguihua", "城乡规划"), "国土空间规划"),
        &["国土空间规划", "规划领域"],
    ),
    also(domain(2, "zhongdajianshexiangmu", "重大建设项目"), &["重大项目建设", "重大建设"]),
    domain(3, "gonggongziyuanjiaoyi", "公共资源交易"),
    also(domain(4, "caizhengyujuesuan", "财政预决算"), &["财政预算决算", "预决算"]),
    domain(5, "anquanshengchan", "安全生产"),
    also(domain(6, "shuishouguanli", "税收管理"), &["税收"]),
    also(domain(7, "nongcunjititudizhengshou", "农村集体土地征收"), &["集体土地征收", "征地"]),
    also(
        domain(8, "guoyoutudishangfangwuzhengshouyubuchang", "国有土地上房屋征收与补偿"),
        &["国有土地上房屋征收", "房屋征收与补偿", "国有土地房屋征收与补偿"],
    ),
    also(domain(9, "baozhangxingzhufang", "保障性住房"), &["住房保障"]),
    also(domain(10, "nongcunweifanggaizao", "农村危房改造"), &["危房改造"]),
    also(domain(11, "shengtaihuanjing", "生态环境"), &["环境保护", "生态环保"]),
    also(domain(12, "gonggongwenhuafuwu", "公共文化服务"), &["公共文化"]),
    domain(13, "gonggongfalvfuwu", "公共法律服务"),
    also(
        renamed(domain(14, "fupin", "扶贫"), "乡村振兴"),
        &["乡村振兴", "巩固拓展脱贫攻坚成果", "脱贫攻坚", "衔接资金"],
    ),
    also(domain(15, "jiuzai", "救灾"), &["自然灾害救助", "灾害救助"]),
    also(domain(16, "shipinyaopinjianguan", "食品药品监管"), &["食品药品监督管理", "食药监管"]),
    also(domain(17, "chengshizonghezhifa", "城市综合执法"), &["城市管理综合执法", "综合行政执法"]),
    also(domain(18, "jiuye", "就业"), &["就业创业", "公共就业"]),
    also(domain(19, "shehuibaoxian", "社会保险"), &["社保"]),
    domain(20, "shehuijiuzhu", "社会救助"),
    domain(21, "yanglaofuwu", "养老服务"),
    also(domain(22, "hujiguanli", "户籍管理"), &["户籍"]),
    also(domain(23, "shenongbutie", "涉农补贴"), &["惠农补贴"]),
    also(domain(24, "yiwujiaoyu", "义务教育"), &["教育"]),
    also(domain(25, "weishengjiankang", "卫生健康"), &["医疗卫生"]),
    also(domain(26, "shizhengfuwu", "市政服务"), &["市政公用"]),
];

impl Domain {
    /// The domain with this key.
    pub fn with_id(id: &str) -> Option<&'static Self> {
        DOMAINS.iter().find(|domain| domain.id == id)
    }

    /// The domain that goes by this name, old, later or alias; 领域 at the end does not matter.
    pub fn named(name: &str) -> Option<&'static Self> {
        let name = name.trim().trim_end_matches("领域");
        DOMAINS.iter().find(|domain| {
            domain.name == name || domain.later_name == Some(name) || domain.aliases.contains(&name)
        })
    }

    /// The domain a title or heading speaks of, and the name by which it does: the longest name
    /// that stands in it, full names before aliases. An alias counts only before 领域 or alone.
    pub fn spoken_of(text: &str) -> Option<(&'static Self, &'static str)> {
        let full = DOMAINS.iter().flat_map(|domain| {
            std::iter::once(domain.name).chain(domain.later_name).map(move |name| (domain, name))
        });
        let alias = DOMAINS
            .iter()
            .flat_map(|domain| domain.aliases.iter().map(move |alias| (domain, *alias)));
        full.filter(|(_, name)| text.contains(name)).max_by_key(|(_, name)| name.len()).or_else(
            || {
                alias
                    .filter(|(_, name)| {
                        text.trim() == *name || text.contains(&format!("{name}领域"))
                    })
                    .max_by_key(|(_, name)| name.len())
            },
        )
    }
}

#[cfg(test)]
mod tests {
    use super::{DOMAINS, Domain};

    #[test]
    fn the_domains_are_numbered_in_order_and_have_keys_of_their_own() {
        for (at, domain) in DOMAINS.iter().enumerate() {
            assert_eq!(usize::from(domain.number), at + 1);
            assert_eq!(Domain::with_id(domain.id), Some(domain));
        }
    }

    #[test]
    fn a_heading_tells_its_domain() {
        for (heading, name) in [
            ("（二）银杏区生态环境领域基层政务公开标准目录", Some("生态环境")),
            (
                "石桐县国有土地上房屋征收与补偿领域基层政务公开标准目录",
                Some("国有土地上房屋征收与补偿"),
            ),
            ("1安全生产", Some("安全生产")),
            ("乡村振兴领域基层政务公开标准目录", Some("扶贫")),
            ("教育领域目录", Some("义务教育")),
            ("教育局主动公开目录", None),
        ] {
            assert_eq!(
                Domain::spoken_of(heading).map(|(domain, _)| domain.name),
                name,
                "{heading}"
            );
        }
    }
}
