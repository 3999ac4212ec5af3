use law::{Date, day};
use web::page::Page;

use super::super::document::sample_record;
use super::*;

const TODAY: Date = day(2026, 11, 25);

fn former(number: i64, body: &str) -> Former {
    Former {
        number,
        title: "关于养老的通知".into(),
        body: body.into(),
        replaced_at: "2026-11-25T02:00:00Z".into(),
        reason: "数额写错".into(),
        closed: 0,
    }
}

fn compared(before: &str, after: &str) -> ComparePage {
    let version = |number, text: &str| Version {
        number,
        day: "2026-11-25".into(),
        reason: String::new(),
        shut: false,
        text: text.into(),
    };
    let (from, to) = (version(1, before), version(2, after));
    ComparePage::of("<甲>".into(), "/linhu/wenjian/1".into(), Frame::sample("逐段比较"), &from, &to)
}

impl Page for ComparePage {
    fn samples() -> Vec<(&'static str, Self)> {
        vec![
            ("changed", compared("甲\n每月1090元\n丙", "甲\n每月1190元\n丁\n丙")),
            ("the same", compared("甲", "甲")),
            ("shut", compared("身份证号350203199001010014", "甲")),
        ]
    }
}

impl Page for VersionsPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let record = sample_record();
        let page = |former: &[Former]| {
            let versions = versions_of(&record, former);
            Self {
                frame: frame(Frame::sample(""), &record, "版本和沿革"),
                title: record.metadata.title.clone(),
                number: Some("临府办〔2026〕48号".into()),
                tag: validity_tag(&record.metadata.life, TODAY),
                href: "/linhu/wenjian/1".into(),
                course: course::known(&record, &versions, TODAY),
                ends: vec![Link::new("关于<旧>的通知", "/linhu/wenjian/2")],
                versions,
            }
        };
        let closing = Former { closed: 1, ..former(1, "甲") };
        vec![
            ("one", page(&[])),
            ("three", page(&[former(1, "甲"), former(2, "乙")])),
            ("closed", page(&[closing, former(2, "乙")])),
        ]
    }
}

#[test]
fn the_pages_of_versions_are_sound() {
    assert_eq!(web::page::faults::<VersionsPage>(), Vec::<String>::new());
    assert_eq!(web::page::faults::<ComparePage>(), Vec::<String>::new());
}

#[test]
fn only_the_letters_that_differ_are_marked() {
    let page = compared("甲\n每月1090元\n丙", "甲\n每月1190元\n丙").render().expect("plain");
    assert!(page.contains("每月1<mark><del>0</del></mark>90元"), "{page}");
    assert!(page.contains("每月1<mark><ins>1</ins></mark>90元"));
    assert!(page.contains("有 <b>1</b> 段不同") && page.contains("<td>丙</td><td>丙</td>"));
}

#[test]
fn a_version_with_what_may_not_be_published_is_not_shown_again() {
    let page = compared("身份证号350203199001010014", "身份证号已删").render().expect("plain");
    assert!(page.contains("不再展示") && !page.contains("350203199001010014"));
}

#[test]
fn a_correction_that_closes_takes_every_older_text_with_it_and_none_that_is_newer() {
    let closing = Former { closed: 1, ..former(2, "住址") };
    let all = [former(1, "住址"), closing, former(3, "丙")];
    let versions = versions_of(&sample_record(), &all);
    let shut: Vec<bool> = versions.iter().map(|one| one.shut).collect();
    assert_eq!(shut, [true, true, false, false]);
    assert!(versions.iter().all(|one| !one.text.contains("住址")), "nothing of it is at hand");
}

#[test]
fn the_course_goes_by_days_and_tells_where_a_document_was_published_before() {
    let mut record = sample_record();
    let versions = versions_of(&record, &[former(1, "甲")]);
    let told = |record: &Record| {
        let steps = course::known(record, &versions, TODAY).into_iter();
        steps.map(|step| format!("{} {}{}", step.what, step.day, step.words)).collect::<Vec<_>>()
    };
    let mut taken_over = vec![
        "成文 2026-11-16",
        "原发布 2026-11-17来源载明：临湖区政府公报",
        "在本平台发布 2026-11-25",
        "更正 2026-11-25数额写错",
        "施行 2026-12-01",
        "有效期届满 2031-11-30",
    ];
    assert_eq!(told(&record), taken_over);
    record.metadata.origin = records_rules::Origin::Here;
    record.metadata.life.in_force_from = Some(TODAY);
    taken_over.splice(1..5, ["发布 2026-11-25", "施行 2026-11-25", "更正 2026-11-25数额写错"]);
    assert_eq!(told(&record), taken_over);
}

#[test]
fn what_was_published_first_is_the_first_version_and_each_correction_the_next() {
    let versions = versions_of(&sample_record(), &[former(1, "甲"), former(2, "乙")]);
    let told: Vec<_> =
        versions.iter().map(|one| (one.number, one.reason.as_str(), one.day.as_str())).collect();
    assert_eq!(
        told,
        [
            (1, "发布", "2026-11-25"),
            (2, "更正：数额写错", "2026-11-25"),
            (3, "更正：数额写错", "2026-11-25")
        ]
    );
    assert!(versions[0].text.ends_with("甲") && versions[1].text.ends_with("乙"));
}
