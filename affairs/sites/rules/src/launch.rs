//! 上线检查: what a site must be able to show before it opens.

use law::{Provision, article, document};

use crate::Tier;

/// 条例第十二条: what a guide says of the office in charge.
const GUIDE: Provision = article("政府信息公开条例", 12);

/// 国办发〔2017〕47号: names, marks and tags of government sites.
const SITE_GUIDELINE: Provision = document("国办发〔2017〕47号");

/// 国徽法: county-level governments and above show the emblem on their home page.
const EMBLEM: Provision = article("国徽法", 7);

/// What a site knows of itself. An empty text counts as not given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Particulars<'a> {
    /// 规范名称.
    pub name: &'a str,
    /// 英文域名.
    pub domain: &'a str,
    /// 网站标识码.
    pub id_code: &'a str,
    /// 主办单位.
    pub sponsor: &'a str,
    /// 公开工作机构的办公地址.
    pub address: &'a str,
    /// 办公时间.
    pub hours: &'a str,
    /// 联系电话.
    pub phone: &'a str,
    /// ICP备案号.
    pub icp: &'a str,
    /// 公安备案号.
    pub police: &'a str,
    /// Whether the file of the national emblem is in place.
    pub emblem: bool,
}

/// One thing a site lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lack {
    /// What, in the field's words.
    pub what: &'static str,
    /// The provision that asks for it.
    pub basis: Provision,
}

impl Particulars<'_> {
    /// Everything that must be mended before a site of this tier opens.
    pub fn faults(&self, tier: Tier) -> Vec<Lack> {
        let given = |text: &str| !text.trim().is_empty();
        let table = [
            (given(self.name), "网站规范名称", SITE_GUIDELINE),
            (self.domain.ends_with(".gov.cn"), "以 .gov.cn 结尾的域名", SITE_GUIDELINE),
            (is_id_code(self.id_code), "10 位网站标识码", SITE_GUIDELINE),
            (given(self.sponsor), "主办单位", SITE_GUIDELINE),
            (given(self.icp), "ICP备案号", SITE_GUIDELINE),
            (given(self.police), "公安备案号", SITE_GUIDELINE),
            (given(self.address), "公开工作机构办公地址", GUIDE),
            (given(self.hours), "公开工作机构办公时间", GUIDE),
            (given(self.phone), "公开工作机构联系电话", GUIDE),
            (self.emblem || tier == Tier::Town, "国徽图案", EMBLEM),
        ];
        table
            .into_iter()
            .filter(|(there, ..)| !there)
            .map(|(_, what, basis)| Lack { what, basis })
            .collect()
    }
}

/// 网站标识码: ten characters, six digits of the division and four of a serial, or `bm` and eight
/// digits for the departments of the State Council. All zeros is a placeholder.
pub(crate) fn is_id_code(code: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    code.len() == 10
        && code.bytes().any(|byte| byte != b'0')
        && (digits(code) || code.strip_prefix("bm").is_some_and(digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: Particulars = Particulars {
        name: "厦门市人民政府",
        domain: "www.xm.gov.cn",
        id_code: "3502000001",
        sponsor: "厦门市人民政府办公厅",
        address: "湖滨北路61号",
        hours: "工作日",
        phone: "0592-0000000",
        icp: "闽ICP备06004296号",
        police: "闽公网安备35020302032660号",
        emblem: true,
    };

    #[test]
    fn a_whole_site_lacks_nothing_and_an_empty_one_everything() {
        assert_eq!(WHOLE.faults(Tier::CityOrCounty), []);
        assert_eq!(Particulars::default().faults(Tier::CityOrCounty).len(), 10);
    }

    #[test]
    fn a_town_needs_no_emblem() {
        let town = Particulars { emblem: false, ..WHOLE };
        assert_eq!(town.faults(Tier::Town), []);
        assert_eq!(town.faults(Tier::CityOrCounty)[0].what, "国徽图案");
    }

    #[test]
    fn a_placeholder_is_no_identity_code() {
        for (code, good) in [
            ("3502000001", true),
            ("bm01000001", true),
            ("0000000000", false),
            ("350200001", false),
            ("35020000O1", false),
        ] {
            assert_eq!(is_id_code(code), good, "{code}");
        }
    }
}
