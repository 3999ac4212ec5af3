//! Runs and paragraphs.
//!
//! Lengths are in the format's own units: twentieths of a point for spacing and indents, half
//! points for sizes. Children stand in the order the schema asks for.

use super::xml::Node;

/// A face by the name official documents call it; `package` lists a substitute for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    Title,
    Fang,
    Kai,
    Hei,
    Song,
}

impl Face {
    pub(super) const ALL: [Self; 5] = [Self::Title, Self::Fang, Self::Kai, Self::Hei, Self::Song];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Title => "方正小标宋简体",
            Self::Fang => "仿宋_GB2312",
            Self::Kai => "楷体_GB2312",
            Self::Hei => "黑体",
            Self::Song => "宋体",
        }
    }

    /// What to take where the face is not installed.
    pub(super) const fn substitute(self) -> &'static str {
        match self {
            Self::Title => "华文中宋",
            Self::Fang => "仿宋",
            Self::Kai => "楷体",
            Self::Hei => "SimHei",
            Self::Song => "SimSun",
        }
    }
}

/// How a run looks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    pub face: Face,
    /// In half points: 3号 is 32.
    pub size: u32,
    pub red: bool,
    /// How much closer characters stand, in twentieths of a point.
    pub tight: u32,
}

impl Look {
    pub(super) const fn new(face: Face, size: u32) -> Self {
        Self { face, size, red: false, tight: 0 }
    }

    pub(super) fn properties(self) -> Node {
        let mut properties = Node::new("w:rPr").holding([Node::new("w:rFonts")
            .with("w:ascii", self.face.name())
            .with("w:hAnsi", self.face.name())
            .with("w:eastAsia", self.face.name())
            .with("w:hint", "eastAsia")]);
        if self.red {
            properties.push(Node::val("w:color", "C8161D"));
        }
        if self.tight > 0 {
            properties.push(Node::val("w:spacing", format!("-{}", self.tight)));
        }
        properties.holding([Node::val("w:sz", self.size), Node::val("w:szCs", self.size)])
    }
}

/// A run; line breaks in the text are kept.
pub(super) fn run(text: &str, look: Look) -> Node {
    let mut run = Node::new("w:r").holding([look.properties()]);
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            run.push(Node::new("w:br"));
        }
        run.push(Node::new("w:t").with("xml:space", "preserve").text(line));
    }
    run
}

/// The number of the page, or of all pages.
pub(super) fn field(name: &str, look: Look) -> Node {
    Node::new("w:fldSimple").with("w:instr", name).holding([run("1", look)])
}

/// Where a paragraph's lines stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stand {
    Justified,
    Left,
    Center,
    Right,
}

impl Stand {
    /// Its word in the file.
    const fn word(self) -> &'static str {
        match self {
            Self::Justified => "both",
            Self::Left => "left",
            Self::Center => "center",
            Self::Right => "right",
        }
    }
}

/// A paragraph in the making.
pub(super) struct Paragraph {
    style: Option<&'static str>,
    keep_next: bool,
    border: Option<(&'static [&'static str], &'static str)>,
    tabs: Vec<(&'static str, u32)>,
    line: Option<u32>,
    indent: Vec<(&'static str, i32)>,
    stand: Stand,
    inner: Vec<Node>,
}

impl Paragraph {
    pub(super) fn new(stand: Stand) -> Self {
        let (style, border, line) = (None, None, None);
        let (tabs, indent, inner) = (Vec::new(), Vec::new(), Vec::new());
        Self { style, keep_next: false, border, tabs, line, indent, stand, inner }
    }

    pub(super) fn styled(mut self, style: &'static str) -> Self {
        self.style = Some(style);
        self
    }

    /// Keeps the paragraph on one page with the next.
    pub(super) fn with_next(mut self) -> Self {
        self.keep_next = true;
        self
    }

    /// Lines at sides in a colour; with `w:between`, neighbours that are ruled alike share one.
    pub(super) fn ruled(mut self, sides: &'static [&'static str], color: &'static str) -> Self {
        self.border = Some((sides, color));
        self
    }

    pub(super) fn tab(mut self, kind: &'static str, at: u32) -> Self {
        self.tabs.push((kind, at));
        self
    }

    /// Lines exactly so high.
    pub(super) fn line(mut self, height: u32) -> Self {
        self.line = Some(height);
        self
    }

    /// An indent by its attribute; those ending in `Chars` count hundredths of a character.
    pub(super) fn indent(mut self, side: &'static str, by: i32) -> Self {
        self.indent.push((side, by));
        self
    }

    pub(super) fn add(mut self, node: Node) -> Self {
        self.inner.push(node);
        self
    }

    pub(super) fn node(self) -> Node {
        let properties = self.properties();
        Node::new("w:p").holding([properties]).holding(self.inner)
    }

    fn properties(&self) -> Node {
        let mut properties = Node::new("w:pPr");
        if let Some(style) = self.style {
            properties.push(Node::val("w:pStyle", style));
        }
        if self.keep_next {
            properties.push(Node::new("w:keepNext"));
        }
        if let Some((sides, color)) = self.border {
            properties.push(rules(sides, color));
        }
        if !self.tabs.is_empty() {
            let stops =
                self.tabs.iter().map(|(kind, at)| Node::val("w:tab", kind).with("w:pos", at));
            properties.push(Node::new("w:tabs").holding(stops));
        }
        if let Some(line) = self.line {
            let spacing = Node::new("w:spacing").with("w:before", 0).with("w:after", 0);
            properties.push(spacing.with("w:line", line).with("w:lineRule", "exact"));
        }
        if !self.indent.is_empty() {
            let indent = Node::new("w:ind");
            let add = |node: Node, (side, by): &(&'static str, i32)| node.with(side, by);
            properties.push(self.indent.iter().fold(indent, add));
        }
        properties.push(Node::val("w:jc", self.stand.word()));
        properties
    }
}

/// Lines at the sides of a paragraph.
fn rules(sides: &[&'static str], color: &'static str) -> Node {
    let rule = |side: &&'static str| {
        let line = Node::val(side, "single").with("w:sz", 12).with("w:space", 4);
        line.with("w:color", color)
    };
    Node::new("w:pBdr").holding(sides.iter().map(rule))
}
