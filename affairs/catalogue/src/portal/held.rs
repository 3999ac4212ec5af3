//! The box on the page of an item that does not go to the open web by itself: that the matter exists,
//! whom it concerns, and where it can be seen.

use askama::Template;
use askama::filters::HtmlSafe;
use catalogue_rules::{Exposure, Item};

/// What the box says.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "portal/held.html")]
pub struct HeldBox {
    why: String,
    concerns: Option<String>,
    seen_at: Vec<String>,
    bodies: String,
}

impl HtmlSafe for HeldBox {}

impl HeldBox {
    /// The box of an item; `None` where everything goes to the open web.
    pub fn of(item: &Item) -> Option<Self> {
        let Exposure::Held(held) = item.exposure() else { return None };
        let bodies = item.subjects.join("、");
        Some(Self { why: held.words(), concerns: held.concerns, seen_at: held.seen_at, bodies })
    }
}

#[cfg(test)]
mod tests {
    use catalogue_rules::{Audience, Channel, Item};

    use super::HeldBox;

    #[test]
    fn the_box_says_whom_it_concerns_and_where_to_look_and_an_open_item_has_none() {
        let mut item = Item {
            audience: vec![Audience::CertainGroup],
            audience_note: Some("<村>集体成员".into()),
            channels: Channel::named("公示栏").into_iter().collect(),
            ..Item::default()
        };
        let text = HeldBox::of(&item).expect("it is held").to_string();
        for words in ["只面向特定群体", "&#60;村&#62;集体成员", "村公示栏（电子屏）", "未写明"]
        {
            assert!(text.contains(words), "{words}: {text}");
        }
        item.channels.clear();
        let text = HeldBox::of(&item).expect("it is held").to_string();
        assert!(text.contains("向公开主体询问"), "{text}");
        item.audience.push(Audience::WholeSociety);
        assert_eq!(HeldBox::of(&item), None);
    }
}
