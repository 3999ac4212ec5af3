//! 法定主动公开内容: what the Regulation binds each level of government to publish, which are the
//! columns of that part of the platform (国办公开办函〔2019〕61号).
//!
//! 第二十条 holds for every organ; 第二十一条 adds to it for cities divided into districts and
//! counties, and otherwise for towns. 公共企事业单位 publish what concerns their services (第五十五条). 街道办事处, being sent by the district, follow the towns'
//! (docs/readings/005).

use law::{Dated, Provision, article, day};

const REGULATION: &str = "政府信息公开条例";

/// The levels the articles tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Level {
    /// 设区的市、县级人民政府及其部门.
    CityOrCounty,
    /// 乡镇人民政府.
    Town,
    /// 公共企事业单位 (第五十五条): no organ of government, so nothing of 第二十条 binds it.
    PublicService,
}

/// One thing that must be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct StatutoryItem {
    /// Its code here: P20-07. A site's column has the same code.
    pub code: &'static str,
    /// What is to be published.
    pub name: &'static str,
    /// The provision.
    pub basis: Provision,
    /// The level it binds; `None` for every organ.
    pub level: Option<Level>,
}

const fn every(item: u16, code: &'static str, name: &'static str) -> StatutoryItem {
    StatutoryItem { code, name, basis: article(REGULATION, 20).item(item), level: None }
}

const fn added(level: Option<Level>, code: &'static str, name: &'static str) -> StatutoryItem {
    StatutoryItem { code, name, basis: article(REGULATION, 21), level }
}

const CITY: Option<Level> = Some(Level::CityOrCounty);
const TOWN: Option<Level> = Some(Level::Town);

const fn serving(code: &'static str, name: &'static str) -> StatutoryItem {
    let level = Some(Level::PublicService);
    StatutoryItem { code, name, basis: article(REGULATION, 55), level }
}

/// The items: 第二十条 in its order, then what 第二十一条 adds.
pub const STATUTORY_ITEMS: Dated<&[StatutoryItem]> = Dated::since(&[(
    day(2019, 5, 15),
    &[
        every(1, "P20-01", "行政法规、规章和规范性文件"),
        every(2, "P20-02", "机关职能、机构设置"),
        every(3, "P20-03", "发展规划、专项规划、区域规划"),
        every(4, "P20-04", "统计信息"),
        every(5, "P20-05", "行政许可和其他对外管理服务事项"),
        every(6, "P20-06", "行政处罚、行政强制"),
        every(7, "P20-07", "财政预算、决算"),
        every(8, "P20-08", "行政事业性收费"),
        every(9, "P20-09", "政府集中采购"),
        every(10, "P20-10", "重大建设项目"),
        every(11, "P20-11", "扶贫、教育、医疗、社会保障、促进就业"),
        every(12, "P20-12", "突发公共事件"),
        every(13, "P20-13", "监督检查情况"),
        every(14, "P20-14", "公务员招考"),
        every(15, "P20-15", "其他应当主动公开的信息"),
        added(CITY, "P21-01", "市政建设"),
        added(CITY, "P21-02", "公共服务"),
        added(CITY, "P21-03", "公益事业"),
        added(None, "P21-04", "土地征收"),
        added(None, "P21-05", "房屋征收"),
        added(CITY, "P21-06", "治安管理"),
        added(None, "P21-07", "社会救助"),
        added(TOWN, "P21-08", "贯彻落实农业农村政策"),
        added(TOWN, "P21-09", "农田水利工程建设运营"),
        added(TOWN, "P21-10", "农村土地承包经营权流转"),
        added(TOWN, "P21-11", "宅基地使用情况审核"),
        added(TOWN, "P21-12", "筹资筹劳"),
        serving("P55-01", "单位概况"),
        serving("P55-02", "服务标准"),
        serving("P55-03", "资费标准"),
        serving("P55-04", "办事服务"),
        serving("P55-05", "投诉监督"),
    ],
    article(REGULATION, 20),
)]);

impl StatutoryItem {
    /// The items that bind organs of a level on a day, in order; none before 2019-05-15, when the
    /// Regulation had other articles.
    pub fn of(level: Level, date: law::Date) -> impl Iterator<Item = &'static Self> {
        let items = STATUTORY_ITEMS.on(date).map_or(&[][..], |items| items.value);
        let of_all = level != Level::PublicService;
        items.iter().filter(move |item| item.level.map_or(of_all, |bound| bound == level))
    }
}

/// The item with that code.
pub fn statutory_item(code: &str) -> Option<&'static StatutoryItem> {
    let versions = STATUTORY_ITEMS.versions().map(|(_, items)| items.value).collect::<Vec<_>>();
    versions.into_iter().rev().flatten().find(|item| item.code == code)
}
