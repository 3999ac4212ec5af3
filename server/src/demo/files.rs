//! The files of the demo city, as they lie in `server/demo`.

/// 区划.
pub const DIVISIONS: &str = include_str!("../../demo/divisions.csv");
/// 机关.
pub const ORGANS: &str = include_str!("../../demo/organs.csv");
/// 领域.
pub const DOMAINS: &str = include_str!("../../demo/domains.csv");
/// 公开主体 as the template names them, and the function whose organ stands for each.
pub const BODIES: &str = include_str!("../../demo/bodies.csv");
/// 厦府办〔2020〕67号.
pub const NOTICE: &str = include_str!("../../demo/notice.md");
/// Invented documents, marked as such.
pub const DOCUMENTS: &str = include_str!("../../demo/documents.md");
/// Invented documents of everyday matters, with what is attached to them.
pub const EVERYDAY: &str = include_str!("../../demo/everyday.md");
/// Invented 规范性文件, 制度 and 解读, and what 公共企事业单位 make known.
pub const OPENNESS: &str = include_str!("../../demo/openness.md");
/// The beginning of a table of prices as PDF, to be looked at before it is fetched.
pub const PRICES: &[u8] = include_bytes!("../../demo/prices.pdf");
/// Its name, and the beginning of the title of the document it belongs to.
pub const PRICES_NAME: (&str, &str) = ("居民生活用水价格说明.pdf", "演示数据：居民生活用水价格表");
/// An invented document that is for 特定群体 alone and stands on no open page.
pub const FOR_A_GROUP: &str = include_str!("../../demo/for-a-group.md");
/// Its attachment.
pub const ROSTER: &str = include_str!("../../demo/for-a-group.csv");
/// The attachment's name.
pub const ROSTER_NAME: &str = "演示数据-紫云英地块现状调查登记表.csv";

macro_rules! catalogues {
    ($($name:literal)+) => {
        /// The 26 catalogues: file name and content, in the order of the notice.
        pub const CATALOGUES: &[(&str, &str)] = &[
            $(($name, include_str!(concat!("../../demo/catalogue/", $name)))),+
        ];
    };
}

catalogues! {
    "01-chengxiangguihua.csv"
    "02-zhongdajianshexiangmu.csv"
    "03-gonggongziyuanjiaoyi.csv"
    "04-caizhengyujuesuan.csv"
    "05-anquanshengchan.csv"
    "06-shuishouguanli.csv"
    "07-nongcunjititudizhengshou.csv"
    "08-guoyoutudishangfangwuzhengshouyubuchang.csv"
    "09-baozhangxingzhufang.csv"
    "10-nongcunweifanggaizao.csv"
    "11-shengtaihuanjing.csv"
    "12-gonggongwenhuafuwu.csv"
    "13-gonggongfalvfuwu.csv"
    "14-fupin.csv"
    "15-jiuzai.csv"
    "16-shipinyaopinjianguan.csv"
    "17-chengshizonghezhifa.csv"
    "18-jiuye.csv"
    "19-shehuibaoxian.csv"
    "20-shehuijiuzhu.csv"
    "21-yanglaofuwu.csv"
    "22-hujiguanli.csv"
    "23-shenongbutie.csv"
    "24-yiwujiaoyu.csv"
    "25-weishengjiankang.csv"
    "26-shizhengfuwu.csv"
}
