//! What a page says of itself to search engines, inspectors and reading programs.

/// One step of 当前位置. The last step has no link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crumb {
    /// What the visitor reads.
    pub words: String,
    /// Full path; `None` for the page itself.
    pub href: Option<String>,
}

/// Tags of a column page (国办发〔2017〕47号, annex on page tags).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ColumnTags {
    /// 栏目名称.
    pub name: String,
    /// What the column is for and holds.
    pub description: String,
    /// Key words, separated by commas.
    pub keywords: String,
    /// 栏目类别, one of the list in that annex, for instance 政策文件.
    pub kind: String,
}

/// Tags of an article page, carried together with site and column tags.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ArticleTags {
    /// 内容标题.
    pub title: String,
    /// 发布时间 as `YYYY-MM-DD HH:MM`.
    pub published: String,
    /// 来源: the publishing organ, or whence it was reprinted.
    pub source: String,
    /// Key words.
    pub keywords: Option<String>,
    /// 作者.
    pub author: Option<String>,
    /// Summary.
    pub description: Option<String>,
    /// Address of a picture in the text.
    pub image: Option<String>,
    /// Address of the article.
    pub url: Option<String>,
}

/// Another form of the same page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternate {
    /// Media type, for instance `application/atom+xml`.
    pub kind: &'static str,
    /// What it is, for instance 订阅：政策文件.
    pub words: String,
    /// Full path.
    pub href: String,
}
