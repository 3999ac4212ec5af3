//! 公开渠道和载体: the 13 standard channels as data, with the names under which tables print them.

use serde::{Deserialize, Serialize};

/// A channel by its standard name, such as 政府网站. A platform of its own name is 其他.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Channel(String);

/// A standard channel and its other names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StandardChannel {
    /// The name in the check-box list of the 标准目录.
    pub name: &'static str,
    /// Names under which published tables print the same channel.
    pub aliases: &'static [&'static str],
}

const fn standard(name: &'static str, aliases: &'static [&'static str]) -> StandardChannel {
    StandardChannel { name, aliases }
}

/// 其他: a channel with a name of its own.
pub const OTHER: &str = "其他";

/// The 13 channels in the order of the check-box list.
pub const STANDARD: [StandardChannel; 13] = [
    standard(
        "政府网站",
        &[
            "政府门户网站",
            "门户网站",
            "政务网站",
            "区政府网站",
            "县政府网站",
            "市政府网站",
            "政府官网",
        ],
    ),
    standard("政府公报", &["公报"]),
    standard(
        "两微一端",
        &[
            "一微一端",
            "两微",
            "两微一端一抖",
            "政务新媒体",
            "新媒体",
            "微信公众号",
            "政务微信",
            "政务微博",
            "微信",
            "微博",
            "政务公众号",
            "公众号",
            "移动客户端",
            "政务客户端",
        ],
    ),
    standard(
        "发布会/听证会",
        &["发布会听证会", "发布会、听证会", "新闻发布会", "发布会", "听证会", "新闻发布会/听证会"],
    ),
    standard("广播电视", &["广播电视台", "广播、电视", "广播/电视", "广播", "电视"]),
    standard("纸质媒体", &["纸质载体", "纸质媒介", "报刊", "报纸", "纸媒", "纸质材料"]),
    standard(
        "公开查阅点",
        &[
            "公开查询点",
            "政府信息公开查阅点",
            "信息公开查阅点",
            "查阅点",
            "公共查阅点",
            "政府信息查阅点",
            "公开查阅室",
        ],
    ),
    standard(
        "政务服务中心",
        &[
            "政府服务中心",
            "行政服务中心",
            "政务服务大厅",
            "办事大厅",
            "政务大厅",
            "市民服务中心",
            "政务中心",
            "行政审批服务中心",
        ],
    ),
    standard(
        "便民服务站",
        &["便民服务中心", "便民服务点", "便民服务大厅", "村级便民服务站", "便民服务中心(站)"],
    ),
    standard(
        "入户/现场",
        &["入户/现场宣传", "入户现场", "入户、现场", "入户", "现场", "现场宣传", "入户宣传"],
    ),
    standard(
        "社区/企事业单位/村公示栏（电子屏）",
        &[
            "社区/企事业单位/村公示栏",
            "社区、企事业单位、村公示栏(电子屏)",
            "社区、企事业单位、村公示栏",
            "社区企事业单位村公示栏(电子屏)",
            "社区企事业单位村公示栏",
            "社区/村公示栏(电子屏)",
            "社区/村公示栏",
            "社区公示栏(电子屏)",
            "社区公示栏",
            "村公示栏(电子屏)",
            "村公示栏",
            "公示栏(电子屏)",
            "公示栏",
            "村(社区)公示栏",
            "村(居)公示栏",
            "村务公开栏",
            "政务公开栏",
            "公开栏",
            "宣传栏",
            "公告栏",
            "社区/企事业单位/村公示栏/电子屏",
            "社区/企事业单位/村公示栏电子屏",
            "电子屏",
        ],
    ),
    standard("精准推送", &["精准推送服务", "定向推送"]),
    standard(OTHER, &["其它", "其他渠道", "其他方式", "其他载体"]),
];

impl Channel {
    /// 其他.
    pub fn other() -> Self {
        Self(OTHER.to_owned())
    }

    /// The channel with this standard name or alias; widths, blanks and kinds of brackets do not
    /// matter.
    pub fn named(name: &str) -> Option<Self> {
        let key = crate::reading::text::bare(name);
        let matches = |printed: &&str| crate::reading::text::bare(printed) == key;
        STANDARD
            .iter()
            .find(|channel| matches(&channel.name) || channel.aliases.iter().any(matches))
            .map(|channel| Self(channel.name.to_owned()))
    }

    /// The standard name.
    pub fn name(&self) -> &str {
        &self.0
    }

    /// The place in the check-box list, from 0; `None` for a name that is no longer standard.
    pub fn rank(&self) -> Option<usize> {
        STANDARD.iter().position(|channel| channel.name == self.0)
    }

    /// Whether this is 其他.
    pub fn is_other(&self) -> bool {
        self.0 == OTHER
    }
}

#[cfg(test)]
mod tests {
    use super::{Channel, STANDARD};

    #[test]
    fn a_channel_goes_by_its_name_and_its_variants() {
        for (printed, name) in [
            ("政府网站", "政府网站"),
            ("行政服务中心", "政务服务中心"),
            ("公开查询点", "公开查阅点"),
            ("一微一端", "两微一端"),
            ("入户⁄现场", "入户/现场"),
            ("社区/企事业单位/村公示栏(电子屏)", "社区/企事业单位/村公示栏（电子屏）"),
            ("其 他", "其他"),
        ] {
            assert_eq!(
                Channel::named(printed).as_ref().map(Channel::name),
                Some(name),
                "{printed}"
            );
        }
        assert_eq!(Channel::named("信用中国网站"), None);
    }

    #[test]
    fn no_name_stands_for_two_channels() {
        let mut names: Vec<&str> = STANDARD
            .iter()
            .flat_map(|channel| channel.aliases.iter().copied().chain([channel.name]))
            .collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
