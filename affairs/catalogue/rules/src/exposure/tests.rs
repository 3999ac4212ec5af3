use super::{Exposure, HeldFor, Tier};
use crate::{Audience, Channel, Item, Level};

fn item(audience: &[Audience], channels: &[&str], other: Option<&str>) -> Item {
    Item {
        audience: audience.to_vec(),
        channels: channels.iter().filter_map(|name| Channel::named(name)).collect(),
        channels_other: other.map(str::to_owned),
        ..Item::default()
    }
}

#[test]
fn what_is_for_a_group_or_only_on_boards_is_held_and_the_rest_is_open() {
    use Audience::{CertainGroup, WholeSociety};
    use HeldFor::{CertainGroup as Group, OffTheWeb};
    for (audience, channels, other, grounds) in [
        (&[WholeSociety][..], &["政府网站"][..], None, &[][..]),
        (&[], &["政府网站"], None, &[]),
        (&[], &[], None, &[]),
        (&[CertainGroup], &["政府网站"], None, &[Group]),
        (&[CertainGroup], &[], None, &[Group]),
        (&[WholeSociety, CertainGroup], &["政府网站", "入户/现场"], None, &[]),
        (&[WholeSociety, CertainGroup], &["村公示栏"], None, &[OffTheWeb]),
        (&[WholeSociety], &["入户/现场", "精准推送"], None, &[OffTheWeb]),
        (&[], &["社区/企事业单位/村公示栏（电子屏）"], None, &[OffTheWeb]),
        (&[CertainGroup], &["公示栏"], None, &[Group, OffTheWeb]),
        (&[WholeSociety], &["其他"], None, &[]),
        (&[WholeSociety], &["其他"], Some("镇公示栏、被征收范围内公告栏"), &[OffTheWeb]),
        (&[WholeSociety], &["公示栏", "其他"], Some("信用中国网站"), &[]),
    ] {
        let held = match item(audience, channels, other).exposure() {
            Exposure::Open => Vec::new(),
            Exposure::Held(held) => held.grounds,
        };
        assert_eq!(held, grounds, "{audience:?} {channels:?} {other:?}");
    }
}

#[test]
fn a_held_item_says_whom_it_concerns_and_where_it_can_be_seen() {
    let mut held = item(&[Audience::CertainGroup], &["公示栏", "其他"], Some("征地公告栏"));
    for (note, concerns) in [(Some("村集体成员"), "村集体成员"), (None, "特定群体")] {
        held.audience_note = note.map(str::to_owned);
        let Exposure::Held(found) = held.exposure() else { panic!("it is held") };
        assert_eq!(found.concerns.as_deref(), Some(concerns));
        assert_eq!(found.seen_at, ["社区/企事业单位/村公示栏（电子屏）", "征地公告栏"]);
        assert_eq!(found.words(), "只面向特定群体，只在公示栏、入户或者现场公开，或者精准推送");
    }
}

#[test]
fn an_item_is_owed_by_the_levels_it_names_and_by_all_if_it_names_none() {
    use Tier::{City, District, Township, Village};
    let all = [City, District, Township, Village];
    for (labels, owed) in [
        (None, &all[..]),
        (Some(&[][..]), &all[..]),
        (Some(&["看不懂"]), &all[..]),
        (Some(&["县级"]), &[District]),
        (Some(&["区级", "镇街、村级"]), &[District, Township, Village]),
        (Some(&["市级"]), &[City]),
        (Some(&["市级", "县（区）级"]), &[City, District]),
        (Some(&["县级市"]), &[District]),
        (Some(&["乡、村级"]), &[Township, Village]),
        (Some(&["镇（街）级"]), &[Township]),
        (Some(&["县级或乡级"]), &[District, Township]),
        (Some(&["社区"]), &[Village]),
        (Some(&["省级"]), &[]),
        (Some(&["自治区级", "市级"]), &[City]),
    ] {
        let levels: Option<Vec<Level>> =
            labels.map(|labels| labels.iter().map(|label| Level((*label).to_owned())).collect());
        let item = Item { levels, ..Item::default() };
        let found: Vec<Tier> = all.into_iter().filter(|tier| item.concerns(*tier)).collect();
        assert_eq!(found, owed, "{labels:?}");
    }
}
