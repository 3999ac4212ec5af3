//! 栏目: the parts of 法定主动公开内容, by level of government.
//!
//! 条例第二十条 lists fifteen for every organ; 第二十一条 adds some for cities and counties and
//! others for towns. A column's name is short, its description says what the article asks for.

use law::{Provision, article};

const REGULATION: &str = "政府信息公开条例";

/// The level of government that keeps a site, as far as its duties differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tier {
    /// 设区的市级、县级人民政府及其部门.
    CityOrCounty,
    /// 乡（镇）人民政府; 街道办事处 keep the same columns (docs/readings/005).
    Town,
}

/// 栏目类别 as the page tag ColumnType names it (国办发〔2017〕47号).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ColumnKind {
    /// 机构职能.
    Functions,
    /// 政策文件.
    Policies,
    /// 数据发布.
    Data,
    /// 信息公开目录.
    Disclosure,
    /// 办事服务.
    Services,
}

impl ColumnKind {
    /// Its word in the tag.
    pub fn word(self) -> &'static str {
        match self {
            Self::Functions => "机构职能",
            Self::Policies => "政策文件",
            Self::Data => "数据发布",
            Self::Disclosure => "信息公开目录",
            Self::Services => "办事服务",
        }
    }
}

/// One statutory column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its code in records: `P20-01`.
    pub code: &'static str,
    /// Its part of an address, in whole pinyin.
    pub slug: &'static str,
    /// 栏目名称.
    pub name: &'static str,
    /// What it holds.
    pub description: &'static str,
    /// Its class for the page tag and for freshness.
    pub kind: ColumnKind,
    /// The item of the list it comes from.
    pub basis: Provision,
    /// Who must keep it; `None` for everybody.
    pub tier: Option<Tier>,
}

const fn twentieth(
    item: u16,
    code: &'static str,
    slug: &'static str,
    name: &'static str,
    kind: ColumnKind,
    description: &'static str,
) -> Column {
    Column {
        code,
        slug,
        name,
        description,
        kind,
        basis: article(REGULATION, 20).item(item),
        tier: None,
    }
}

const fn added(
    tier: Option<Tier>,
    code: &'static str,
    slug: &'static str,
    name: &'static str,
    description: &'static str,
) -> Column {
    let basis = article(REGULATION, 21);
    Column { code, slug, name, description, kind: ColumnKind::Disclosure, basis, tier }
}

use ColumnKind::{Data, Disclosure, Functions, Policies, Services};

const CITY: Option<Tier> = Some(Tier::CityOrCounty);
const TOWN: Option<Tier> = Some(Tier::Town);

/// 第二十条 in its order, then 第二十一条.
const COLUMNS: [Column; 27] = [
    twentieth(
        1,
        "P20-01",
        "zhengcewenjian",
        "政策文件",
        Policies,
        "规章和行政规范性文件，以及其他政策文件",
    ),
    twentieth(
        2,
        "P20-02",
        "jigouzhineng",
        "机构职能",
        Functions,
        "机关职能、机构设置、办公地址、办公时间、联系方式、负责人姓名",
    ),
    twentieth(
        3,
        "P20-03",
        "guihuajihua",
        "规划计划",
        Disclosure,
        "国民经济和社会发展规划、专项规划、区域规划及相关政策",
    ),
    twentieth(4, "P20-04", "tongjixinxi", "统计信息", Data, "国民经济和社会发展统计信息"),
    twentieth(
        5,
        "P20-05",
        "xingzhengxuke",
        "许可和管理服务",
        Services,
        "行政许可和其他对外管理服务事项的依据、条件、程序和办理结果",
    ),
    twentieth(
        6,
        "P20-06",
        "chufaqiangzhi",
        "处罚和强制",
        Disclosure,
        "行政处罚、行政强制的依据、条件、程序，有社会影响的处罚决定",
    ),
    twentieth(7, "P20-07", "caizhengyujuesuan", "财政预决算", Data, "财政预算、决算信息"),
    twentieth(
        8,
        "P20-08",
        "shoufeixiangmu",
        "收费项目",
        Disclosure,
        "行政事业性收费项目及其依据、标准",
    ),
    twentieth(
        9,
        "P20-09",
        "zhengfucaigou",
        "政府采购",
        Disclosure,
        "政府集中采购项目的目录、标准和实施情况",
    ),
    twentieth(
        10,
        "P20-10",
        "zhongdaxiangmu",
        "重大建设项目",
        Disclosure,
        "重大建设项目的批准和实施情况",
    ),
    twentieth(
        11,
        "P20-11",
        "minshengbaozhang",
        "民生保障",
        Disclosure,
        "扶贫、教育、医疗、社会保障、促进就业的政策、措施和实施情况",
    ),
    twentieth(
        12,
        "P20-12",
        "yingjiguanli",
        "应急管理",
        Disclosure,
        "突发公共事件的应急预案、预警信息和应对情况",
    ),
    twentieth(
        13,
        "P20-13",
        "jiandujiancha",
        "监督检查",
        Disclosure,
        "环境保护、公共卫生、安全生产、食品药品、产品质量的监督检查情况",
    ),
    twentieth(
        14,
        "P20-14",
        "gongwuyuanzhaokao",
        "公务员招考",
        Disclosure,
        "公务员招考的职位、名额、报考条件和录用结果",
    ),
    twentieth(
        15,
        "P20-15",
        "qitafading",
        "其他法定信息",
        Disclosure,
        "法律、法规、规章和国家有关规定要求公开的其他信息",
    ),
    added(CITY, "P21-01", "shizhengjianshe", "市政建设", "涉及市政建设的政府信息"),
    added(CITY, "P21-02", "gonggongfuwu", "公共服务", "涉及公共服务的政府信息"),
    added(CITY, "P21-03", "gongyishiye", "公益事业", "涉及公益事业的政府信息"),
    added(TOWN, "P21-08", "nongyezhengce", "农业农村政策", "贯彻落实农业农村政策的情况"),
    added(TOWN, "P21-09", "nongtianshuili", "农田水利", "农田水利工程建设和运营的情况"),
    added(TOWN, "P21-10", "tudiliuzhuan", "土地经营权流转", "农村土地承包经营权流转的情况"),
    added(TOWN, "P21-11", "zhaijidi", "宅基地", "宅基地使用情况的审核"),
    added(None, "P21-04", "tudizhengshou", "土地征收", "土地征收的政策、程序、补偿和进展"),
    added(None, "P21-05", "fangwuzhengshou", "房屋征收", "房屋征收的政策、程序、补偿和进展"),
    added(CITY, "P21-06", "zhianguanli", "治安管理", "涉及治安管理的政府信息"),
    added(TOWN, "P21-12", "chouzichoulao", "筹资筹劳", "筹资筹劳的情况"),
    added(None, "P21-07", "shehuijiuzhu", "社会救助", "社会救助的政策、标准、对象和发放情况"),
];

/// The statutory columns of a site, in the order of the articles.
pub fn statutory_columns(tier: Tier) -> impl Iterator<Item = &'static Column> {
    COLUMNS.iter().filter(move |column| column.tier.is_none_or(|only| only == tier))
}

/// 公共企事业单位的专栏: what whoever serves the public in 教育、卫生健康、供水、供电、供气、供热、环境保护、公共交通
/// makes known of its services (条例第五十五条; 国办发〔2020〕50号).
const SERVICE_COLUMNS: [Column; 5] = [
    serving("P55-01", "danweigaikuang", "单位概况", "机构设置、服务范围、服务网点、服务电话"),
    serving("P55-02", "fuwubiaozhun", "服务标准", "服务质量标准、服务承诺和执行情况"),
    serving("P55-03", "zifeibiaozhun", "资费标准", "收费项目、依据、标准和减免办法"),
    serving("P55-04", "banshifuwu", "办事服务", "业务办理条件、流程、时限和网点，停供检修等安排"),
    serving("P55-05", "tousujiandu", "投诉监督", "投诉渠道、处理时限和处理情况"),
];

const fn serving(
    code: &'static str,
    slug: &'static str,
    name: &'static str,
    description: &'static str,
) -> Column {
    let basis = article(REGULATION, 55);
    Column { code, slug, name, description, kind: Services, basis, tier: None }
}

/// Who keeps a page of 政府信息公开, as far as its columns differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Keeper {
    /// 设区的市级、县级人民政府 and their offices.
    Government,
    /// A department of one of these.
    Department,
    /// 乡镇人民政府, 街道办事处.
    Town,
    /// 公共企事业单位.
    PublicService,
}

/// What 第二十一条 adds for a department falls to those whose duty it is, by their role
/// (docs/readings/246).
const DUTIES: [(&str, &[&str]); 7] = [
    ("P21-01", &["municipal", "housing", "city_management"]),
    ("P21-02", &["municipal", "education", "health", "culture", "human_resources", "transport"]),
    ("P21-03", &["civil_affairs", "education", "health", "culture"]),
    ("P21-04", &["planning", "agriculture"]),
    ("P21-05", &["housing"]),
    ("P21-06", &["public_security"]),
    ("P21-07", &["civil_affairs"]),
];

/// The columns that an organ keeps before its own 目录 says otherwise; `role` is its word in the table of
/// organs.
pub fn columns_of(keeper: Keeper, role: &str) -> Vec<&'static Column> {
    let falls_to = |column: &&Column| {
        let duty = DUTIES.iter().find(|(code, _)| *code == column.code);
        duty.is_none_or(|(_, roles)| roles.contains(&role))
    };
    match keeper {
        Keeper::Government => statutory_columns(Tier::CityOrCounty).collect(),
        Keeper::Department => statutory_columns(Tier::CityOrCounty).filter(falls_to).collect(),
        Keeper::Town => statutory_columns(Tier::Town).collect(),
        Keeper::PublicService => SERVICE_COLUMNS.iter().collect(),
    }
}

/// Every column that an organ of a kind may keep.
pub fn possible_columns(keeper: Keeper) -> Vec<&'static Column> {
    match keeper {
        Keeper::Department => columns_of(Keeper::Government, ""),
        other => columns_of(other, ""),
    }
}

/// One column by the slug in its address.
pub fn statutory_column(tier: Tier, slug: &str) -> Option<&'static Column> {
    statutory_columns(tier).find(|column| column.slug == slug)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn everybody_keeps_the_fifteen_of_article_20_first_and_in_order() {
        for tier in [Tier::CityOrCounty, Tier::Town] {
            let codes: Vec<_> =
                statutory_columns(tier).take(15).map(|column| column.code).collect();
            let expected: Vec<_> = (1..=15).map(|item| format!("P20-{item:02}")).collect();
            assert_eq!(codes, expected);
        }
    }

    #[test]
    fn article_21_adds_seven_for_cities_and_counties_and_eight_for_towns() {
        let names =
            |tier| statutory_columns(tier).skip(15).map(|column| column.name).collect::<Vec<_>>();
        assert_eq!(
            names(Tier::CityOrCounty),
            ["市政建设", "公共服务", "公益事业", "土地征收", "房屋征收", "治安管理", "社会救助"]
        );
        assert_eq!(
            names(Tier::Town),
            [
                "农业农村政策",
                "农田水利",
                "土地经营权流转",
                "宅基地",
                "土地征收",
                "房屋征收",
                "筹资筹劳",
                "社会救助"
            ]
        );
    }

    #[test]
    fn the_columns_are_what_the_articles_bind_each_level_to_publish() {
        for (tier, level) in [
            (Tier::CityOrCounty, records_rules::Level::CityOrCounty),
            (Tier::Town, records_rules::Level::Town),
        ] {
            let columns: BTreeSet<_> = statutory_columns(tier)
                .map(|column| (column.code, column.basis.to_string()))
                .collect();
            let bound = records_rules::StatutoryItem::of(level, law::day(2026, 11, 25));
            let bound: BTreeSet<_> =
                bound.map(|item| (item.code, item.basis.to_string())).collect();
            assert_eq!(columns, bound, "{tier:?}");
        }
    }

    #[test]
    fn which_columns_who_keeps() {
        let table: [(Keeper, &str, usize, &[&str]); 7] = [
            (
                Keeper::Government,
                "government",
                22,
                &[
                    "市政建设",
                    "公共服务",
                    "公益事业",
                    "土地征收",
                    "房屋征收",
                    "治安管理",
                    "社会救助",
                ],
            ),
            (Keeper::Department, "finance", 15, &[]),
            (Keeper::Department, "public_security", 16, &["治安管理"]),
            (Keeper::Department, "civil_affairs", 17, &["公益事业", "社会救助"]),
            (Keeper::Department, "housing", 17, &["市政建设", "房屋征收"]),
            (
                Keeper::Town,
                "town",
                23,
                &[
                    "农业农村政策",
                    "农田水利",
                    "土地经营权流转",
                    "宅基地",
                    "土地征收",
                    "房屋征收",
                    "筹资筹劳",
                    "社会救助",
                ],
            ),
            (Keeper::PublicService, "hospital", 5, &[]),
        ];
        for (keeper, role, count, added) in table {
            let columns = columns_of(keeper, role);
            let names: Vec<_> = columns.iter().skip(15).map(|column| column.name).collect();
            assert_eq!((columns.len(), names.as_slice()), (count, added), "{keeper:?} {role}");
            let possible = possible_columns(keeper);
            assert!(columns.iter().all(|column| possible.contains(column)), "{keeper:?} {role}");
        }
    }

    #[test]
    fn every_duty_is_one_that_article_21_adds_for_cities() {
        for (code, roles) in DUTIES {
            let known = statutory_columns(Tier::CityOrCounty).any(|column| column.code == code);
            assert!(known && !roles.is_empty(), "{code}");
        }
    }

    #[test]
    fn the_columns_of_public_services_are_what_they_are_bound_to_publish() {
        let level = records_rules::Level::PublicService;
        let bound = records_rules::StatutoryItem::of(level, law::day(2026, 11, 25));
        let bound: Vec<_> = bound.map(|item| (item.code, item.basis.to_string())).collect();
        let columns: Vec<_> =
            SERVICE_COLUMNS.iter().map(|column| (column.code, column.basis.to_string())).collect();
        assert_eq!(columns, bound);
    }

    #[test]
    fn no_two_columns_share_a_code_or_an_address() {
        let codes: BTreeSet<_> = COLUMNS.iter().map(|column| column.code).collect();
        let slugs: BTreeSet<_> = COLUMNS.iter().map(|column| column.slug).collect();
        assert_eq!((codes.len(), slugs.len()), (COLUMNS.len(), COLUMNS.len()));
    }

    #[test]
    fn a_town_has_no_column_that_only_cities_keep() {
        assert!(statutory_column(Tier::Town, "zhianguanli").is_none());
        assert!(statutory_column(Tier::CityOrCounty, "zhianguanli").is_some());
    }
}
