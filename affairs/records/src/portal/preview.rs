//! `/wenjian/{id}/fujian/{n}/yulan`: what an attachment says, before it is fetched: its text or its tables, and
//! the first page of a PDF as a picture that this platform drew (docs/readings/244).

use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use documents::PreviewTable;
use web::components::size_words;
use web::layout::Frame;
use web::{Fault, SecondHost, Visit};

use super::attachment::attachment_at;
use super::document::{file_href, kind_words};
use super::list::column;
use super::place::{Found, find};
use crate::files;
use crate::store::{Attachment, Record, Seen};

/// As much of a text is shown, in letters.
const SHOWN: usize = 20_000;

#[derive(Template)]
#[template(path = "portal/preview.html")]
struct PreviewPage {
    frame: Frame,
    name: String,
    /// PDF，1.2 MB，共 3 页.
    told: String,
    /// Where it is fetched.
    href: String,
    /// The document it belongs to.
    document: String,
    document_href: String,
    is_waiting: bool,
    /// The picture, with its address and words.
    picture: Option<(String, String)>,
    tables: Vec<PreviewTable>,
    lines: Vec<String>,
    is_cut: bool,
}

/// Shows what is known of an attachment.
pub async fn show(
    visit: Visit,
    Path((id, number)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let record = match find(&visit, &id).await? {
        Found::Here(record) => record,
        Found::Elsewhere(answer) => return Ok(answer),
    };
    let (at, file) = attachment_at(&record, &number)?;
    let seen = Seen::of(visit.house.store(), &file.sha256).await?;
    let drawn = seen.has_picture && files::has_picture(visit.house.folder(), &file.sha256).await;
    let apart = visit.house.second_host().map(SecondHost::origin);
    let page = PreviewPage::of(&record, (at, file), seen, drawn, visit.frame(), apart);
    Ok(web::page::answer(&page)?.into_response())
}

/// Gives the picture of the first page.
pub async fn picture(
    visit: Visit,
    Path((id, number)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let record = match find(&visit, &id).await? {
        Found::Here(record) => record,
        Found::Elsewhere(answer) => return Ok(answer),
    };
    let (_, file) = attachment_at(&record, &number)?;
    let bytes = files::picture(visit.house.folder(), &file.sha256).await.ok_or(Fault::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("image/png")),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    Ok((headers, bytes).into_response())
}

impl PreviewPage {
    fn of(
        record: &Record,
        (at, file): (usize, &Attachment),
        seen: Seen,
        drawn: bool,
        frame: Frame,
        apart: Option<&str>,
    ) -> Self {
        let document = format!("/wenjian/{}", record.id);
        let path = format!("{document}/fujian/{}", at + 1);
        let href = file_href(&frame, apart, &path);
        let own = format!("附件“{}”第 1 页的图像，文字见下方", file.name);
        let picture = if file.media_type.starts_with("image/") {
            Some((href.clone(), format!("附件“{}”", file.name)))
        } else {
            drawn.then(|| (frame.href(&format!("{path}/diyiye.png")), own))
        };
        let (tables, lines, is_cut) = said(&seen, &file.name);
        let pages = Some(seen.preview.pages).filter(|pages| *pages > 0);
        let pages = pages.map(|pages| format!("，共 {pages} 页")).unwrap_or_default();
        Self {
            name: file.name.clone(),
            told: format!("{}，{}{pages}", kind_words(&file.name), size_words(file.size)),
            document: record.metadata.title.clone(),
            document_href: frame.href(&document),
            is_waiting: seen.is_waiting,
            picture,
            tables,
            lines,
            is_cut,
            href,
            frame: frame
                .titled(format!("附件预览：{}", file.name))
                .unlisted()
                .within("wenjian")
                .under("全部文件", "/wenjian")
                .under("正文", &document)
                .at("附件预览")
                .column(column()),
        }
    }

    fn says_nothing(&self) -> bool {
        self.picture.is_none() && self.tables.is_empty() && self.lines.is_empty()
    }
}

/// Of sheets their tables, of everything else the text; and whether there is more.
fn said(seen: &Seen, name: &str) -> (Vec<PreviewTable>, Vec<String>, bool) {
    let is_sheet = ["xlsx", "xls", "csv", "et"].contains(&kind_words(name).to_lowercase().as_str());
    if is_sheet && !seen.preview.tables.is_empty() {
        let is_cut = seen.preview.tables.iter().any(|table| table.is_cut);
        return (seen.preview.tables.clone(), vec![], is_cut);
    }
    let text = seen.text.as_deref().unwrap_or_default();
    let end = text.char_indices().nth(SHOWN).map_or(text.len(), |(end, _)| end);
    let lines = text[..end].lines().map(str::trim).filter(|line| !line.is_empty());
    (vec![], lines.map(str::to_owned).collect(), end < text.len())
}

#[cfg(test)]
mod tests {
    use documents::Preview;
    use web::page::Page;

    use super::super::document::sample_record;
    use super::*;

    impl Page for PreviewPage {
        fn samples() -> Vec<(&'static str, Self)> {
            let record = sample_record();
            let page = |seen: Seen, drawn| {
                let file = (0, &record.attachments[0]);
                Self::of(&record, file, seen, drawn, Frame::sample(""), None)
            };
            let table = PreviewTable {
                name: "Sheet<1>".into(),
                rows: vec![vec!["名称".into(), "数".into()], vec!["一".into(), String::new()]],
                is_cut: true,
            };
            let preview = Preview { pages: 3, tables: vec![table] };
            let text = Some("第一条 <甲>\n\n第二条".to_owned());
            let seen = Seen { is_waiting: false, text, preview, has_picture: true };
            let waiting = Seen { is_waiting: true, ..Seen::default() };
            vec![
                ("a table", page(seen, true)),
                ("waiting", page(waiting, false)),
                ("nothing to show", page(Seen::default(), false)),
            ]
        }
    }

    #[test]
    fn the_preview_is_sound() {
        assert_eq!(web::page::faults::<PreviewPage>(), Vec::<String>::new());
    }

    #[test]
    fn sheets_show_tables_and_everything_else_its_text() {
        let table = PreviewTable { rows: vec![vec!["甲".into()]], ..PreviewTable::default() };
        let preview = Preview { pages: 0, tables: vec![table] };
        let seen = Seen { text: Some(" 甲 \n\n乙".into()), preview, ..Seen::default() };
        assert_eq!(said(&seen, "表.xlsx").0.len(), 1);
        assert_eq!(said(&seen, "信.docx"), (vec![], vec!["甲".into(), "乙".into()], false));
        let long = Seen { text: Some("长".repeat(SHOWN + 1)), ..Seen::default() };
        assert!(said(&long, "信.txt").2);
    }
}
