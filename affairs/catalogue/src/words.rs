//! An item's parts in words, wherever they are shown or written.

use catalogue_rules::{Audience, Item, Method};
use identity::Level;

/// 公开对象 in words.
pub fn audience_name(audience: Audience) -> &'static str {
    match audience {
        Audience::WholeSociety => "全社会",
        Audience::CertainGroup => "特定群体",
    }
}

/// 公开方式 in words.
pub fn method_name(method: Method) -> &'static str {
    match method {
        Method::Proactive => "主动",
        Method::OnRequest => "依申请",
    }
}

/// The name under which an item stands within its 一级事项.
pub fn item_name(item: &Item) -> String {
    match (&item.level2, &item.level3) {
        (Some(second), Some(third)) => format!("{second} / {third}"),
        (Some(second), None) => second.clone(),
        (None, Some(third)) => third.clone(),
        (None, None) => item.level1.clone().unwrap_or_else(|| "（未命名）".into()),
    }
}

/// 公开渠道和载体, the named platforms behind 其他 included.
pub fn channel_words(item: &Item) -> String {
    let mut words: Vec<String> =
        item.channels.iter().map(|channel| channel.name().to_owned()).collect();
    words.extend(item.channels_other.clone());
    words.join("、")
}

/// The codes of the divisions above a division and of itself, from the city down, each once.
pub fn divisions_down_to(division: &str) -> Vec<String> {
    let mut codes: Vec<String> = [Level::City, Level::District, Level::Township]
        .into_iter()
        .map(|level| format!("{:0<12}", division.get(..level.digits()).unwrap_or(division)))
        .collect();
    codes.dedup();
    codes
}
