//! What a site, a facet and a filter leave of an answer.

use crate::corpus::{filled, ids, tell};
use search::{Query, Search, SearchDocument};

#[test]
fn a_site_shows_only_its_own_subtree() {
    let search = filled();
    for (code, answer) in [
        (None, "item:dibao-siming item:dibao village:gushan"),
        (Some("350200000000"), "item:dibao-siming item:dibao village:gushan"),
        (Some("350203000000"), "item:dibao-siming village:gushan"),
        (Some("350203"), "item:dibao-siming village:gushan"),
        (Some("350203001000"), "village:gushan"),
        (Some("350206000000"), ""),
    ] {
        let query = Query { division_prefix: code.map(str::to_owned), ..Query::new("低保") };
        let hits = search.query(&query).expect("an answer");
        let mut found = ids(&hits);
        let mut expected: Vec<&str> = answer.split_whitespace().collect();
        found.sort_unstable();
        expected.sort_unstable();
        assert_eq!(found, expected, "{code:?}");
        assert_eq!(hits.total, expected.len() as u64);
    }
    let siming = Query { division_prefix: Some("350203".to_owned()), ..Query::new("民政局") };
    assert_eq!(tell(&search, &siming), "item:dibao-siming", "湖里区 comes after 思明区");
    let district = Query {
        division_prefix: Some("350203000000".to_owned()),
        ..Query::new("厦府办〔2020〕67号")
    };
    assert!(search.query(&district).expect("an answer").exact.is_none());
}

#[test]
fn each_facet_is_counted_as_if_its_own_filter_were_not_set() {
    let search = filled();
    let tell = |query: &Query| {
        let hits = search.query(query).expect("an answer");
        let facets = hits.facets;
        let lists = [facets.kinds, facets.domains, facets.organs, facets.years, facets.validities];
        let told = lists.map(|list| {
            let values = list.iter().map(|one| format!("{}{}", one.value, one.count));
            values.collect::<Vec<_>>().join(" ")
        });
        format!("{}: {}", hits.total, told.join(" | "))
    };
    let all = Query::new("民政局");
    assert_eq!(
        tell(&all),
        "3: 事项3 | 社会救助2 养老服务1 | 厦门市民政局1 思明区民政局1 湖里区民政局1 | 20242 20221 | "
    );
    let narrowed = Query { domain: Some("养老服务".to_owned()), ..all.clone() };
    assert_eq!(tell(&narrowed), "1: 事项1 | 社会救助2 养老服务1 | 湖里区民政局1 | 20221 | ");
    let twice = Query { year: Some(2024), ..narrowed };
    assert_eq!(tell(&twice), "0:  | 社会救助2 |  | 20221 | ");
    let kinds =
        Query { kinds: vec!["栏目".to_owned(), "机构".to_owned()], ..Query::new("公开") };
    assert_eq!(search.query(&kinds).expect("an answer").total, 2);
    let valid = Query { validity: Some("失效".to_owned()), ..Query::new("政府信息公开") };
    assert_eq!(ids(&search.query(&valid).expect("an answer")), ["record:old"]);
}

#[test]
fn what_every_district_has_alike_is_found_once_on_the_site_of_its_own_division() {
    let search = Search::in_memory().expect("an index");
    let item = |division: &str| SearchDocument {
        id: format!("item:{division}"),
        title: "养老机构备案".into(),
        division: division.into(),
        own_site_only: true,
        ..SearchDocument::default()
    };
    let mut batch = search.batch().expect("a batch");
    let divisions = ["350200000000", "350203000000", "350205000000"];
    batch.replace(divisions.map(item)).expect("adds");
    batch.commit().expect("commits");
    let found = |site: &str, own: Option<&str>| {
        let query = Query {
            division_prefix: Some(site.into()),
            own_division: own.map(Into::into),
            ..Query::new("养老机构备案")
        };
        let hits = search.query(&query).expect("an answer").hits;
        hits.into_iter().map(|hit| hit.division).collect::<Vec<_>>()
    };
    assert_eq!(found("350200000000", None), ["350200000000"]);
    assert_eq!(found("350203000000", None), ["350203000000"]);
    assert_eq!(found("350203001000", Some("350203000000")), ["350203000000"]);
    assert!(found("350206000000", None).is_empty());
}
