//! What is set about a site at the workbench: through the pages, by those who may, with a reason.

use axum::http::StatusCode;
use identity::Role;

use super::casework::{get, main_of, send, somebody};
use super::routes::walk;
use crate::demo;

/// What the fields of a page's form hold.
fn held(page: &str) -> Vec<(String, String)> {
    let value = |tag: &str, name: &str| {
        let rest = tag.split_once(&format!(" {name}=\""))?.1;
        Some(rest.split('"').next().unwrap_or_default().replace("&#38;", "&"))
    };
    let tags = main_of(page).split('<').filter(|tag| tag.starts_with("input "));
    let tags = tags.filter(|tag| !tag.contains("type=\"hidden\""));
    let tags = tags.filter(|tag| !tag.contains("type=\"radio\"") || tag.contains(" checked"));
    let one = |tag: &str| Some((value(tag, "name")?, value(tag, "value").unwrap_or_default()));
    tags.filter_map(one).collect()
}

#[tokio::test]
async fn a_site_and_its_columns_are_set_with_a_reason_and_not_without() {
    let walk = walk("housing-set").await;
    let directory = walk.house.directory();
    let city = directory.all().iter().find(|site| site.base().is_empty()).expect("a city");
    let (person, role) =
        demo::who_has(&walk.persons, &city.organ, &[Role::Publisher]).expect("a publisher");
    let mut publisher = walk.visitor();
    publisher.sign_in_as(person, role).await;
    for page in ["/gongzuo/zhandian", "/gongzuo/lanmu/P20-01"] {
        let held = held(&get(&publisher, page).await);
        let mut fields: Vec<(&str, &str)> = vec![("zeren", &city.organ), ("leibie", "other")];
        fields.extend(held.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        let silent = send(&publisher, page, page, &fields).await;
        assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY, "{page}");
        assert!(silent.text.contains("没有写理由"), "{page}");
        fields.retain(|(name, _)| *name != "liyou");
        fields.push(("liyou", "换一种说法"));
        let told = send(&publisher, page, page, &fields).await;
        assert_eq!(told.status, StatusCode::SEE_OTHER, "{page}: {}", main_of(&told.text));
    }
}

#[tokio::test]
async fn who_may_only_look_at_a_site_is_given_nothing_to_send() {
    let walk = walk("housing-look").await;
    let publisher = somebody(&walk, Role::Publisher).await;
    let page = get(&publisher, "/gongzuo/zhandian").await;
    assert!(main_of(&page).contains("<fieldset class=\"plain stack\" disabled>"), "{page}");
    assert!(!main_of(&page).contains(">保存</button>"));
}
