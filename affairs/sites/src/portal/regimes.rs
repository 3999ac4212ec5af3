//! `/gongkai/zhidu`: 政府信息公开制度: the statutes above, and the organs' own documents on openness.

use askama::Template;
use axum::response::Html;
use web::address::with_query;
use web::components::{Empty, Pager, Rows, Tree};
use web::layout::Frame;
use web::page::Page;
use web::{Ask, Fault, Visit};

use super::tags;
use super::tree::{tally, tree};

/// 主题分类 of documents on openness (综合政务 / 政务公开).
const SUBJECT: &str = "政务公开";

/// The rules in force above every local government: name, number, in force since.
const ABOVE: [(&str, &str, &str); 5] = [
    ("中华人民共和国政府信息公开条例", "国务院令第711号", "2019-05-15"),
    ("政府信息公开信息处理费管理办法", "国办函〔2020〕109号", "2021-01-01"),
    (
        "国务院办公厅政府信息与政务公开办公室关于规范政府信息公开平台有关事项的通知",
        "国办公开办函〔2019〕61号",
        "2019-12-03",
    ),
    ("政府网站发展指引", "国办发〔2017〕47号", "2017-05-15"),
    ("政府网站与政务新媒体检查指标", "国办秘函〔2019〕19号", "2019-04-01"),
];

#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub struct Turned {
    after: String,
}

#[derive(Template)]
#[template(path = "portal/regimes.html")]
struct RegimesPage {
    frame: Frame,
    tree: Tree,
    above: Vec<(&'static str, &'static str, &'static str)>,
    own: Rows,
    empty: Empty,
    first: Option<String>,
    pager: Pager,
}

/// Shows the rules of openness.
pub async fn show(
    visit: Visit,
    axum::extract::Query(turned): axum::extract::Query<Turned>,
) -> Result<Html<String>, Fault> {
    let site = &visit.site;
    let counts = tally(&visit).await?;
    let ask = Ask {
        divisions: Some(site.range.clone()),
        genre: Some(SUBJECT.into()),
        after: Some(turned.after.clone()).filter(|mark| !mark.is_empty()),
        limit: 30,
        ..Ask::default()
    };
    let found = visit.house.rows(&ask).await?;
    let path = site.link("/gongkai/zhidu");
    let pager = Pager {
        previous: None,
        next: found.next.map(|mark| with_query(&path, &[("after", &mark)])),
    };
    let frame = frame(&visit);
    let page = RegimesPage {
        tree: tree(site, &counts, "/gongkai/zhidu"),
        above: ABOVE.to_vec(),
        own: Rows(found.rows.iter().map(|record| record.shown(site)).collect()),
        empty: empty(&frame),
        first: (!turned.after.is_empty()).then_some(path),
        pager,
        frame,
    };
    web::page::answer(&page)
}

fn frame(visit: &Visit) -> Frame {
    let name = &visit.site.frame.name;
    visit
        .frame()
        .titled("政府信息公开制度")
        .described(format!("{name}政府信息公开制度：条例、国家规定和本级公开制度文件"))
        .within("gongkai")
        .under("政府信息公开", "/gongkai")
        .at("政府信息公开制度")
        .column(tags(
            "政府信息公开制度",
            "政府信息公开的法规、国家规定和本级制度文件",
            "信息公开,制度",
            "政策文件",
        ))
}

fn empty(frame: &Frame) -> Empty {
    Empty::new("本级尚未发布公开制度文件")
        .because("本级制定的公开制度发布后列在这里；在此之前执行上面的国家规定和上级制度。")
        .way("看公开指南", frame.href("/gongkai/zhinan"))
        .way("搜索“政务公开”", with_query(&frame.href("/sousuo"), &[("q", "政务公开")]))
}

impl Page for RegimesPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let frame = Frame::sample("政府信息公开制度").within("gongkai").at("政府信息公开制度");
        vec![(
            "没有本级制度",
            RegimesPage {
                tree: Tree { heading: "政府信息公开栏目".into(), nodes: vec![] },
                above: ABOVE.to_vec(),
                own: Rows(vec![]),
                empty: empty(&frame),
                first: None,
                pager: Pager::default(),
                frame,
            },
        )]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_regimes_page_is_sound() {
        assert_eq!(web::page::faults::<super::RegimesPage>(), Vec::<String>::new());
    }
}
