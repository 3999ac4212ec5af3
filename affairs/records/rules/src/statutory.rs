//! 法定主动公开内容: what the Regulation binds each level of government to publish, which are the
//! columns of that part of the platform (国办公开办函〔2019〕61号).
//!
//! 第二十条 holds for every organ; 第二十一条 adds to it for cities divided into districts and
//! counties, and otherwise for towns. 街道办事处, being sent by the district, follow the towns'.

use law::{Dated, Provision, article, day};

const REGULATION: &str = "政府信息公开条例";

/// The levels the articles tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Level {
    /// 设区的市、县级人民政府及其部门.
    CityOrCounty,
    /// 乡镇人民政府.
    Town,
}

/// One thing that must be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct StatutoryItem {
    /// Its code here: P20-07.
    pub code: &'static str,
    /// The column's name.
    pub name: &'static str,
    /// The column's address: full pinyin.
    pub slug: &'static str,
    /// The provision.
    pub basis: Provision,
    /// The level it binds; `None` for every organ.
    pub level: Option<Level>,
}

const fn every(
    item: u16,
    code: &'static str,
    name: &'static str,
    slug: &'static str,
) -> StatutoryItem {
    let basis = article(REGULATION, 20).item(item);
    StatutoryItem { code, name, slug, basis, level: None }
}

const fn county(code: &'static str, name: &'static str, slug: &'static str) -> StatutoryItem {
    let basis = article(REGULATION, 21);
    StatutoryItem { code, name, slug, basis, level: Some(Level::CityOrCounty) }
}

const fn town(code: &'static str, name: &'static str, slug: &'static str) -> StatutoryItem {
    let basis = article(REGULATION, 21);
    StatutoryItem { code, name, slug, basis, level: Some(Level::Town) }
}

/// The items in the order of the articles.
pub const STATUTORY_ITEMS: Dated<&[StatutoryItem]> = Dated::since(&[(
    day(2019, 5, 15),
    &[
        every(1, "P20-01", "行政法规、规章和规范性文件", "guifanxingwenjian"),
        every(2, "P20-02", "机关职能、机构设置", "jigouzhineng"),
        every(3, "P20-03", "发展规划、专项规划、区域规划", "fazhanguihua"),
        every(4, "P20-04", "统计信息", "tongjixinxi"),
        every(5, "P20-05", "行政许可和其他对外管理服务事项", "xingzhengxuke"),
        every(6, "P20-06", "行政处罚、行政强制", "xingzhengchufa"),
        every(7, "P20-07", "财政预算、决算", "caizhengyujuesuan"),
        every(8, "P20-08", "行政事业性收费", "xingzhengshiyexingshoufei"),
        every(9, "P20-09", "政府集中采购", "zhengfujizhongcaigou"),
        every(10, "P20-10", "重大建设项目", "zhongdajianshexiangmu"),
        every(11, "P20-11", "扶贫、教育、医疗、社会保障、促进就业", "minshengbaozhang"),
        every(12, "P20-12", "突发公共事件", "tufagonggongshijian"),
        every(13, "P20-13", "监督检查情况", "jiandujiancha"),
        every(14, "P20-14", "公务员招考", "gongwuyuanzhaokao"),
        every(15, "P20-15", "其他应当主动公开的信息", "qitaxinxi"),
        county("P21-01", "市政建设", "shizhengjianshe"),
        county("P21-02", "公共服务", "gonggongfuwu"),
        county("P21-03", "公益事业", "gongyishiye"),
        county("P21-04", "土地征收", "tudizhengshou"),
        county("P21-05", "房屋征收", "fangwuzhengshou"),
        county("P21-06", "治安管理", "zhianguanli"),
        county("P21-07", "社会救助", "shehuijiuzhu"),
        town("P21-11", "贯彻落实农业农村政策", "nongyenongcunzhengce"),
        town("P21-12", "农田水利工程建设运营", "nongtianshuiligongcheng"),
        town("P21-13", "农村土地承包经营权流转", "tudichengbaojingyingquanliuzhuan"),
        town("P21-14", "宅基地使用情况审核", "zhaijidishenhe"),
        town("P21-15", "土地征收", "tudizhengshou"),
        town("P21-16", "房屋征收", "fangwuzhengshou"),
        town("P21-17", "筹资筹劳", "chouzichoulao"),
        town("P21-18", "社会救助", "shehuijiuzhu"),
    ],
    article(REGULATION, 20),
)]);

impl StatutoryItem {
    /// The items that bind organs of a level on a day, in order; none before 2019-05-15, when the
    /// Regulation had other articles.
    pub fn of(level: Level, date: law::Date) -> impl Iterator<Item = &'static Self> {
        let items = STATUTORY_ITEMS.on(date).map_or(&[][..], |items| items.value);
        items.iter().filter(move |item| item.level.is_none_or(|bound| bound == level))
    }
}

/// The item with that code.
pub fn statutory_item(code: &str) -> Option<&'static StatutoryItem> {
    let versions = STATUTORY_ITEMS.versions().map(|(_, items)| items.value).collect::<Vec<_>>();
    versions.into_iter().rev().flatten().find(|item| item.code == code)
}
