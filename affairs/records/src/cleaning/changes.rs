//! What cleaning changed, in words.

use std::collections::BTreeMap;

use documents::reading::prose::LeftOut;

/// How often each thing was done.
#[derive(Debug, Default)]
pub(super) struct Changes {
    pub paragraphs: usize,
    pub headings: usize,
    pub lists: usize,
    pub tables: usize,
    /// Places of merged cells.
    pub merged: usize,
    /// Tables whose first row was taken for the header.
    pub guessed: usize,
    pub pictures: usize,
    /// Pictures that do not say what is to be seen.
    pub unsaid: usize,
    pub missing: usize,
    /// Links that lead where none may.
    pub links: usize,
    left_out: BTreeMap<LeftOut, usize>,
}

impl Changes {
    pub(super) fn of(left_out: &BTreeMap<LeftOut, usize>) -> Self {
        Self { left_out: left_out.clone(), ..Self::default() }
    }

    /// A sentence for each, what was kept first.
    pub(super) fn said(&self, title: Option<&str>) -> Vec<String> {
        let kept = [
            (self.headings, "个标题"),
            (self.paragraphs, "段"),
            (self.lists, "个列表"),
            (self.tables, "个表"),
            (self.pictures, "张图"),
        ];
        let kept = kept.iter().filter(|(count, _)| *count > 0);
        let kept: Vec<_> = kept.map(|(count, what)| format!("{count} {what}")).collect();
        let mut said = Vec::new();
        if !kept.is_empty() {
            said.push(format!("读入 {}。", kept.join("、")));
        }
        if let Some(title) = title {
            said.push(format!("第一行居中，作为标题：{title}。"));
        }
        let told = [
            (self.merged, "处合并的单元格照原样保留。"),
            (self.guessed, "个表没有写明表头，把第一行作为表头，请核对。"),
            (self.unsaid, "张图没有说明文字，请补上。"),
            (self.missing, "张图不在里面，请另外上传。"),
            (self.links, "个链接的地址不能用，只保留文字。"),
        ];
        let told = told.iter().filter(|(count, _)| *count > 0);
        said.extend(told.map(|(count, what)| format!("{count} {what}")));
        let gone = self.left_out.iter().map(|(what, count)| format!("{} {count} 处", what.name()));
        let gone: Vec<_> = gone.collect();
        if !gone.is_empty() {
            said.push(format!("去掉了{}。", gone.join("、")));
        }
        said
    }
}
