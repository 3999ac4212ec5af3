//! What the pieces and the frame look like as HTML, kept so that a change of them is seen.

use insta::assert_snapshot;
use web::Fault;
use web::components::{
    Empty, ErrorSummary, Field, FieldError, Figure, Filters, Marked, Meta, MetaValue, Pager, Row,
    Rows, Select, Strip, Tag, Tone, Tools, Tree, TreeNode,
};
use web::errors::ErrorPage;
use web::layout::{ArticleTags, ColumnTags, Frame, Link};

/// The HTML without the pieces of hashes in asset addresses, which change with every edit.
fn steady(html: &str) -> String {
    let mut parts = html.split("?v=");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push_str("?v=…");
        text.push_str(part.trim_start_matches(|letter: char| letter.is_ascii_hexdigit()));
    }
    text
}

#[test]
fn a_list_row_carries_its_date_its_marks_and_its_facts() {
    let row = Row::new("关于公布清理结果的通知", "/wenjian/1")
        .dated("2026-11-06")
        .tag(Tag::void("已废止"))
        .fact("云府〔2026〕15号")
        .fact("区政府")
        .link("解读", "/jiedu/1");
    let found = Row {
        title: Marked::words("养老服务设施", &["养老"]),
        snippet: Marked::words("每千名老年人拥有养老床位", &["养老"]),
        ..Row::new("", "/wenjian/2")
    };
    assert_snapshot!(Rows(vec![row, found]));
}

#[test]
fn a_tree_says_where_one_is() {
    let leaf = TreeNode {
        current: true,
        count: Some(318),
        ..TreeNode::new("政策文件", "/gongkai/fading/zhengcewenjian")
    };
    let node = TreeNode {
        children: vec![leaf],
        ..TreeNode::new("法定主动公开内容", "/gongkai/fading")
    };
    assert_snapshot!(Tree { heading: "政府信息公开栏目".into(), nodes: vec![node] });
}

#[test]
fn boxes_of_facts_say_what_is_missing() {
    let meta = Meta::default()
        .text("索引号", "XM00100-0203-2026-00148")
        .with("有效性", MetaValue::Tag(Tag::in_force(), "至 2031-11-16".into()))
        .date("成文日期", Some("2026-11-16".into()))
        .text("主题分类", "")
        .with_wide(
            "目录事项",
            MetaValue::Links(vec![Link::new("养老服务 / 扶持政策", "/mulu/yanglaofuwu/1")]),
        );
    let strip = Strip(vec![
        Figure::new(23, "事项"),
        Figure::new(1, "逾期未更新")
            .meant(Tone::Over)
            .leading_to("/mulu/yanglaofuwu?zhuangtai=chaoqi"),
    ]);
    let empty = Empty::new("本栏目暂无内容").because("尚未发布。").way("全部栏目", "/gongkai");
    assert_snapshot!(format!("{meta}\n{strip}\n{empty}"));
}

#[test]
fn a_form_says_what_to_mend_at_its_top_and_at_the_field() {
    let message = "填写 11 位手机号或带区号的座机号";
    let summary = ErrorSummary(vec![FieldError { field: "tel".into(), message: message.into() }]);
    let field = Field {
        name: "tel".into(),
        label: "联系电话".into(),
        hint: "只用于联系这件申请".into(),
        value: "123".into(),
        error: Some(message.into()),
        autocomplete: "tel",
        ..Field::default()
    };
    let filters = Filters {
        action: "/wenjian".into(),
        label: "标题或文号".into(),
        name: "q".into(),
        words: "养老".into(),
        selects: vec![Select::new("year", "年份", "全部年份", "2026").choice("2026", "2026")],
        carried: vec![("format".into(), "html".into())],
    };
    assert_snapshot!(format!("{summary}\n{field}\n{filters}"));
}

#[test]
fn ways_through_a_list_and_out_of_it() {
    let pager = Pager { previous: Some("/wenjian".into()), next: Some("/wenjian?after=a".into()) };
    let tools = Tools {
        downloads: vec![Link::new("PDF", "/wenjian/1.pdf")],
        feed: Some("/wenjian.atom".into()),
        copied: "通知 云府〔2026〕15号".into(),
        read: None,
    };
    assert_snapshot!(format!("{pager}\n{tools}"));
}

#[test]
fn an_article_is_framed_with_all_its_tags() {
    let column = ColumnTags {
        name: "政策文件".into(),
        description: "规范性文件".into(),
        keywords: "政策,文件".into(),
        kind: "政策文件".into(),
    };
    let article = ArticleTags {
        title: "关于公布清理结果的通知".into(),
        published: "2026-11-06 09:00".into(),
        source: "云湖市临湖区人民政府".into(),
        ..ArticleTags::default()
    };
    let frame = Frame::sample("关于公布清理结果的通知")
        .within("gongkai")
        .under("政府信息公开", "/gongkai")
        .at("正文")
        .column(column)
        .article(article)
        .feed("政策文件", "/wenjian.atom");
    let whole = format!("{}\n{}\n{}\n{}", frame.head(), frame.top(), frame.way(), frame.bottom());
    assert_snapshot!(steady(&whole));
}

#[test]
fn what_was_moved_says_so_and_where_it_is_now() {
    let fault = Fault::Gone {
        notice: "本信息由区民政局于 2026-11-20 并入新的名单。".into(),
        instead: Some("/wenjian/2".into()),
    };
    let page = ErrorPage::of(Frame::sample(""), &fault, "/wenjian/1", "7c1d40aa93b2").to_string();
    let main = page
        .split("<main")
        .nth(1)
        .and_then(|rest| rest.split("</main>").next())
        .unwrap_or_default();
    assert_snapshot!(main);
}
