//! The parts around the text: page, styles, faces, properties, and the package that holds them.

use std::io::{Cursor, Write};

use jiff::civil::{Date, date};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::text::{Face, Look};
use super::xml::Node;
use crate::writing::WriteError;

const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const LINKS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// What a file says it was made on when its content has no date.
const NO_DATE: Date = date(2000, 1, 1);

/// A page, in twentieths of a point (1 mm is 56.7).
#[derive(Debug, Clone, Copy)]
pub(super) struct Page {
    width: u32,
    height: u32,
    top: u32,
    right: u32,
    bottom: u32,
    left: u32,
    footer: u32,
}

impl Page {
    /// GB/T 9704-2012 5.2: A4, top 37 mm, binding side 28 mm, type area 156 mm by 225 mm (and a
    /// tenth of a millimetre, so that 28 characters fit in whole twentieths of a point).
    pub(super) const fn official() -> Self {
        let (top, right, bottom, left) = (2098, 1468, 1984, 1588);
        Self { width: 11906, height: 16838, top, right, bottom, left, footer: 1390 }
    }

    /// A4 with margins for a table.
    pub(super) const fn sheet(landscape: bool) -> Self {
        let (width, height) = if landscape { (16838, 11906) } else { (11906, 16838) };
        let side = 794;
        Self { width, height, top: 1021, right: side, bottom: 907, left: side, footer: 454 }
    }

    pub(super) const fn text_width(self) -> u32 {
        self.width - self.left - self.right
    }

    fn section(self, even_footer: bool) -> Node {
        let footer =
            |kind, id| Node::new("w:footerReference").with("w:type", kind).with("r:id", id);
        let mut section = Node::new("w:sectPr").holding([footer("default", "rId4")]);
        if even_footer {
            section.push(footer("even", "rId5"));
        }
        let mut size = Node::new("w:pgSz").with("w:w", self.width).with("w:h", self.height);
        if self.width > self.height {
            size = size.with("w:orient", "landscape");
        }
        section.push(size);
        section.push(
            Node::new("w:pgMar")
                .with("w:top", self.top)
                .with("w:right", self.right)
                .with("w:bottom", self.bottom)
                .with("w:left", self.left)
                .with("w:header", 851)
                .with("w:footer", self.footer)
                .with("w:gutter", 0),
        );
        section
    }
}

/// What makes a document.
pub(super) struct Parts<'a> {
    pub title: &'a str,
    pub author: &'a str,
    pub made: Option<Date>,
    pub body: Vec<Node>,
    pub page: Page,
    /// The foot of every page, or of the odd ones when there is one for the even.
    pub footer: Node,
    pub even_footer: Option<Node>,
}

/// Packs the parts into a DOCX. Entries carry the format's oldest time and a fixed order, so equal
/// content gives equal bytes.
pub(super) fn pack(parts: Parts<'_>) -> Result<Vec<u8>, WriteError> {
    let even = parts.even_footer.is_some();
    let core = core_properties(parts.title, parts.author, parts.made);
    let document = with_names(Node::new("w:document"))
        .holding([Node::new("w:body").holding(parts.body).holding([parts.page.section(even)])]);
    let footer = |inner| with_names(Node::new("w:ftr")).holding([inner]);
    let mut files = vec![
        ("[Content_Types].xml", content_types(even)),
        ("_rels/.rels", package_links()),
        ("docProps/core.xml", core),
        ("word/document.xml", document),
        ("word/_rels/document.xml.rels", document_links(even)),
        ("word/styles.xml", styles()),
        ("word/settings.xml", settings(even)),
        ("word/fontTable.xml", font_table()),
        ("word/footer1.xml", footer(parts.footer)),
    ];
    files.extend(parts.even_footer.map(|inner| ("word/footer2.xml", footer(inner))));
    let failed = |detail: String| WriteError::Format { format: "DOCX", detail };
    zip_up(&files).map_err(|error| failed(error.to_string()))
}

fn zip_up(files: &[(&str, Node)]) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, node) in files {
        zip.start_file(*path, options)?;
        zip.write_all(&node.document()?)?;
    }
    Ok(zip.finish()?.into_inner())
}

fn with_names(node: Node) -> Node {
    node.with("xmlns:w", MAIN).with("xmlns:r", LINKS)
}

fn content_types(even: bool) -> Node {
    let default = |extension, kind: &str| {
        Node::new("Default").with("Extension", extension).with("ContentType", kind)
    };
    let part = |path: &str, kind: String| {
        Node::new("Override").with("PartName", path).with("ContentType", kind)
    };
    let mut types = Node::new("Types").with("xmlns", format!("{PACKAGE}/content-types")).holding([
        default("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        default("xml", "application/xml"),
        part(
            "/docProps/core.xml",
            "application/vnd.openxmlformats-package.core-properties+xml".to_owned(),
        ),
        part("/word/document.xml", format!("{WORD}.document.main+xml")),
        part("/word/styles.xml", format!("{WORD}.styles+xml")),
        part("/word/settings.xml", format!("{WORD}.settings+xml")),
        part("/word/fontTable.xml", format!("{WORD}.fontTable+xml")),
        part("/word/footer1.xml", format!("{WORD}.footer+xml")),
    ]);
    if even {
        types.push(part("/word/footer2.xml", format!("{WORD}.footer+xml")));
    }
    types
}

fn links(of: &[(&str, String, &str)]) -> Node {
    let link = |(id, kind, target): &(&str, String, &str)| {
        Node::new("Relationship").with("Id", id).with("Type", kind).with("Target", target)
    };
    Node::new("Relationships")
        .with("xmlns", format!("{PACKAGE}/relationships"))
        .holding(of.iter().map(link))
}

fn package_links() -> Node {
    let core = format!("{PACKAGE}/relationships/metadata/core-properties");
    links(&[
        ("rId1", format!("{LINKS}/officeDocument"), "word/document.xml"),
        ("rId2", core, "docProps/core.xml"),
    ])
}

fn document_links(even: bool) -> Node {
    let mut all = vec![
        ("rId1", format!("{LINKS}/styles"), "styles.xml"),
        ("rId2", format!("{LINKS}/settings"), "settings.xml"),
        ("rId3", format!("{LINKS}/fontTable"), "fontTable.xml"),
        ("rId4", format!("{LINKS}/footer"), "footer1.xml"),
    ];
    if even {
        all.push(("rId5", format!("{LINKS}/footer"), "footer2.xml"));
    }
    links(&all)
}

fn core_properties(title: &str, author: &str, made: Option<Date>) -> Node {
    let moment = format!("{}T00:00:00Z", made.unwrap_or(NO_DATE));
    let time =
        |name: &'static str| Node::new(name).with("xsi:type", "dcterms:W3CDTF").text(&moment);
    Node::new("cp:coreProperties")
        .with("xmlns:cp", format!("{PACKAGE}/metadata/core-properties"))
        .with("xmlns:dc", "http://purl.org/dc/elements/1.1/")
        .with("xmlns:dcterms", "http://purl.org/dc/terms/")
        .with("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
        .holding([
            Node::new("dc:title").text(&title.replace('\n', "")),
            Node::new("dc:creator").text(author),
            Node::new("dc:language").text("zh-CN"),
            time("dcterms:created"),
            time("dcterms:modified"),
        ])
}

fn settings(even: bool) -> Node {
    let mut settings = with_names(Node::new("w:settings"));
    if even {
        settings.push(Node::new("w:evenAndOddHeaders"));
    }
    settings.push(Node::val("w:characterSpacingControl", "compressPunctuation"));
    let modern = Node::new("w:compatSetting")
        .with("w:name", "compatibilityMode")
        .with("w:uri", "http://schemas.microsoft.com/office/word")
        .with("w:val", 15);
    settings.push(Node::new("w:compat").holding([modern]));
    settings.push(Node::val("w:themeFontLang", "en-US").with("w:eastAsia", "zh-CN"));
    settings
}

/// Names a substitute for each face, because few machines have them all.
fn font_table() -> Node {
    let font = |face: Face| {
        let font = Node::new("w:font").with("w:name", face.name());
        font.holding([
            Node::val("w:altName", face.substitute()),
            Node::val("w:charset", 86),
            Node::val("w:family", "auto"),
        ])
    };
    with_names(Node::new("w:fonts")).holding(Face::ALL.map(font))
}

/// What holds where no style says otherwise.
fn defaults() -> Node {
    let language = Node::val("w:lang", "en-US").with("w:eastAsia", "zh-CN");
    let text = Look::new(Face::Fang, 32).properties().holding([language]);
    let spacing = Node::new("w:spacing").with("w:before", 0).with("w:after", 0);
    Node::new("w:docDefaults").holding([
        Node::new("w:rPrDefault").holding([text]),
        Node::new("w:pPrDefault").holding([Node::new("w:pPr").holding([spacing])]),
    ])
}

/// The styles by which readers and screen readers know a heading from a paragraph.
fn styles() -> Node {
    let normal = Node::new("w:style")
        .with("w:type", "paragraph")
        .with("w:default", 1)
        .with("w:styleId", "Normal")
        .holding([Node::val("w:name", "Normal")]);
    let style = |id: &str, name: &str| {
        Node::new("w:style").with("w:type", "paragraph").with("w:styleId", id).holding([
            Node::val("w:name", name),
            Node::val("w:basedOn", "Normal"),
            Node::val("w:next", "Normal"),
            Node::new("w:qFormat"),
        ])
    };
    let heading = |id: &str, name: &str, level: u32| {
        let outline = Node::new("w:pPr").holding([Node::val("w:outlineLvl", level)]);
        style(id, name).holding([outline])
    };
    with_names(Node::new("w:styles")).holding([
        defaults(),
        normal,
        style("Title", "Title"),
        heading("Heading1", "heading 1", 0),
        heading("Heading2", "heading 2", 1),
        heading("Heading3", "heading 3", 2),
        heading("Heading4", "heading 4", 3),
    ])
}
