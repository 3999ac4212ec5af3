//! A small tree of XML elements, and its text.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// An element with its attributes and content.
pub(super) struct Node {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    content: Vec<Content>,
}

enum Content {
    Node(Node),
    Text(String),
}

impl Node {
    pub(super) fn new(name: &'static str) -> Self {
        Self { name, attributes: Vec::new(), content: Vec::new() }
    }

    /// An element with the attribute `w:val` alone, the commonest kind in WordprocessingML.
    pub(super) fn val(name: &'static str, value: impl ToString) -> Self {
        Self::new(name).with("w:val", value)
    }

    pub(super) fn with(mut self, attribute: &'static str, value: impl ToString) -> Self {
        self.attributes.push((attribute, value.to_string()));
        self
    }

    pub(super) fn push(&mut self, child: Node) {
        self.content.push(Content::Node(child));
    }

    pub(super) fn holding(mut self, children: impl IntoIterator<Item = Node>) -> Self {
        self.content.extend(children.into_iter().map(Content::Node));
        self
    }

    /// Adds a text. Characters that XML 1.0 cannot hold are left out: they come from copied web
    /// pages and show nothing.
    pub(super) fn text(mut self, text: &str) -> Self {
        let allowed = |char: &char| {
            matches!(*char, '\t' | '\n' | '\r')
                || (*char >= ' ' && !matches!(*char, '\u{FFFE}' | '\u{FFFF}'))
        };
        self.content.push(Content::Text(text.chars().filter(allowed).collect()));
        self
    }

    /// The whole document, with its declaration.
    pub(super) fn document(&self) -> std::io::Result<Vec<u8>> {
        let mut writer = Writer::new(Vec::new());
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))))?;
        self.write(&mut writer)?;
        Ok(writer.into_inner())
    }

    fn write(&self, writer: &mut Writer<Vec<u8>>) -> std::io::Result<()> {
        let mut start = BytesStart::new(self.name);
        for (name, value) in &self.attributes {
            start.push_attribute((*name, value.as_str()));
        }
        if self.content.is_empty() {
            return writer.write_event(Event::Empty(start));
        }
        writer.write_event(Event::Start(start))?;
        for part in &self.content {
            match part {
                Content::Node(node) => node.write(writer)?,
                Content::Text(text) => writer.write_event(Event::Text(BytesText::new(text)))?,
            }
        }
        writer.write_event(Event::End(BytesEnd::new(self.name)))
    }
}
