//! Writing an office file anew from the parts that are needed to show it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::sheet_styles::Styles;
use super::{Suite, parse, sheet, sheet_cleaning, slides, word};
use crate::examining::{Masking, Refusal};
use crate::files::blocks::{Place, mask};
use crate::files::markup::{Changes, Kind, Markup, escape};
use crate::files::walk::{OnePlace, asides, blocks};
use crate::files::zip::{Packer, Zip};
use crate::files::{Cleaner, image, strings};

/// A relation from one part to another, or to an address.
#[derive(Debug, Clone)]
pub(super) struct Relation {
    pub(super) id: String,
    kind: String,
    /// The name of the part, or the address.
    pub(super) target: String,
    is_outside: bool,
}

/// Relations that lead to what is needed to show a document, by the last word of their kind.
const NEEDED: &[&str] = &[
    "officeDocument",
    "styles",
    "theme",
    "numbering",
    "settings",
    "fontTable",
    "footnotes",
    "endnotes",
    "header",
    "footer",
    "image",
    "hyperlink",
    "worksheet",
    "sharedStrings",
    "drawing",
    "chart",
    "slide",
    "slideLayout",
    "slideMaster",
    "tableStyles",
    "presProps",
    "diagramData",
    "diagramLayout",
    "diagramQuickStyle",
    "diagramColors",
    "diagramDrawing",
    "chartStyle",
    "chartColorStyle",
    "themeOverride",
];

/// The relations of a part.
pub(super) fn relations(zip: &mut Zip<'_>, part: &str) -> Result<Vec<Relation>, Refusal> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let name = if folder.is_empty() {
        format!("_rels/{file}.rels")
    } else {
        format!("{folder}/_rels/{file}.rels")
    };
    let Some(bytes) = zip.named(&name)? else { return Ok(Vec::new()) };
    let markup = parse(&name, &bytes)?;
    let names = &zip.names;
    let tags = markup.tokens.iter().filter(|token| {
        matches!(token.kind, Kind::Open | Kind::Empty) && markup.local(token) == "Relationship"
    });
    let relation = |token| {
        let value = |name: &str| markup.value(token, name);
        let is_outside = value("TargetMode").is_some_and(|mode| mode == "External");
        let target = value("Target")?;
        Some(Relation {
            id: value("Id")?,
            kind: value("Type")?,
            target: if is_outside { target } else { known(names, resolved(folder, &target)) },
            is_outside,
        })
    };
    Ok(tags.filter_map(relation).collect())
}

/// The name as the archive writes it: case makes no difference.
fn known(names: &[String], target: String) -> String {
    names.iter().find(|name| name.eq_ignore_ascii_case(&target)).cloned().unwrap_or(target)
}

/// A target as the name of a part.
fn resolved(folder: &str, target: &str) -> String {
    let path = match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => format!("{folder}/{target}"),
    };
    let mut steps: Vec<&str> = Vec::new();
    for step in path.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// The file with nothing but what is needed, changes accepted, hidden content gone, values masked.
pub(in crate::files) fn clean(
    zip: &mut Zip<'_>,
    suite: Suite,
    cleaner: &mut Cleaner<'_>,
) -> Result<Vec<u8>, Refusal> {
    let styles = if suite == Suite::Sheets { Styles::read(zip)? } else { Styles::default() };
    let hiding = word::HidingStyles::read(zip)?;
    let (parts, relations) = (BTreeMap::new(), BTreeMap::new());
    let mut package = Package { zip, suite, cleaner, styles, hiding, parts, relations };
    package.follow()?;
    package.write()
}

struct Package<'a, 'b, 'c> {
    zip: &'a mut Zip<'b>,
    suite: Suite,
    cleaner: &'a mut Cleaner<'c>,
    styles: Styles,
    hiding: word::HidingStyles,
    /// The parts that are kept, as they are written.
    parts: BTreeMap<String, Vec<u8>>,
    /// The relations of each of them that are kept; of the file itself under the empty name.
    relations: BTreeMap<String, Vec<Relation>>,
}

impl Package<'_, '_, '_> {
    fn follow(&mut self) -> Result<(), Refusal> {
        let mut waiting: VecDeque<String> = VecDeque::from([String::new()]);
        let mut seen: BTreeSet<String> = BTreeSet::new();
        let mut strings = None;
        while let Some(name) = waiting.pop_front() {
            if !seen.insert(name.clone()) {
                continue;
            }
            let mut kept = relations(self.zip, &name)?;
            kept.retain(|relation| self.is_kept(&name, relation));
            if self.suite != Suite::Word || name.is_empty() {
                self.drop_hidden(&name, &mut kept)?;
            }
            for relation in kept.iter().filter(|relation| !relation.is_outside) {
                waiting.push_back(relation.target.clone());
            }
            if name.to_ascii_lowercase().ends_with("sharedstrings.xml") {
                strings = Some(name.clone());
            }
            self.relations.insert(name.clone(), kept);
            if !name.is_empty() {
                self.part(&name)?;
            }
        }
        match (self.suite, strings) {
            (Suite::Sheets, strings) => self.cells(strings),
            _ => Ok(()),
        }
    }

    fn is_kept(&self, from: &str, relation: &Relation) -> bool {
        let kind = relation.kind.rsplit('/').next().unwrap_or_default();
        if relation.is_outside {
            return kind == "hyperlink";
        }
        let is_main = from.is_empty() == (kind == "officeDocument");
        NEEDED.contains(&kind) && is_main && self.zip.has(&relation.target)
    }

    /// Relations to sheets and slides that are not shown.
    fn drop_hidden(&mut self, name: &str, kept: &mut Vec<Relation>) -> Result<(), Refusal> {
        let mut hidden = BTreeSet::new();
        if self.suite == Suite::Sheets
            && kept.iter().any(|relation| relation.kind.ends_with("/worksheet"))
        {
            let workbook = parse(name, &self.zip.named(name)?.unwrap_or_default())?;
            let sheets = sheet::listed(&workbook);
            if sheets.iter().all(|sheet| sheet.is_hidden) {
                return Err(Refusal::not_cleanable(
                    "没有可见工作表的工作簿",
                    "请取消隐藏要公布的工作表后再上传",
                ));
            }
            hidden.extend(
                sheets.into_iter().filter(|sheet| sheet.is_hidden).map(|sheet| sheet.relation),
            );
        }
        if self.suite == Suite::Slides {
            for relation in kept.iter().filter(|relation| relation.kind.ends_with("/slide")) {
                let bytes = self.zip.named(&relation.target)?.unwrap_or_default();
                if slides::is_hidden(&parse(&relation.target, &bytes)?) {
                    hidden.insert(relation.id.clone());
                }
            }
        }
        kept.retain(|relation| !hidden.contains(&relation.id));
        Ok(())
    }

    /// Takes a part over, without what it must not hold.
    fn part(&mut self, name: &str) -> Result<(), Refusal> {
        let bytes = self.zip.named(name)?.unwrap_or_default();
        self.cleaner.unpack(bytes.len() as u64)?;
        let bytes = if super::is_markup(name, &bytes) {
            self.marked(name, &bytes)?.into_bytes()
        } else {
            binary(name, &bytes)?
        };
        self.parts.insert(name.to_owned(), bytes);
        Ok(())
    }

    fn marked(&self, name: &str, bytes: &[u8]) -> Result<String, Refusal> {
        let markup = parse(name, bytes)?;
        let mut changes = Changes::default();
        match self.suite {
            Suite::Word => word::lose(&markup, &self.hiding, &mut changes),
            Suite::Sheets => sheet_cleaning::lose(&markup, &self.styles, &mut changes),
            Suite::Slides => slides::lose(&markup, &mut changes),
        }
        self.lose_settings(&markup, &mut changes);
        let known = self.relations.get(name).map(Vec::as_slice).unwrap_or_default();
        lose_dangling(&markup, known, &mut changes);
        let markup = Markup::xml(changes.apply(&markup.source))?;
        if self.suite == Suite::Sheets && (sheet::is_sheet(&markup) || sheet::is_strings(&markup)) {
            // cells are masked when all sheets and strings are there
            return Ok(markup.source);
        }
        let masked = masked(&markup, self.cleaner.masking);
        if self.suite == Suite::Sheets { sheet_cleaning::without_stars(masked) } else { Ok(masked) }
    }

    /// Of the settings of a document only those that change how it looks.
    fn lose_settings(&self, markup: &Markup, changes: &mut Changes) {
        let Some((at, root)) =
            markup.tokens.iter().enumerate().find(|(_, token)| token.kind == Kind::Open)
        else {
            return;
        };
        if self.suite != Suite::Word || markup.local(root) != "settings" {
            return;
        }
        let mut index = at + 1;
        while index < root.partner as usize {
            let token = &markup.tokens[index];
            if matches!(token.kind, Kind::Open | Kind::Empty) {
                if !word::SETTINGS.contains(&markup.local(token)) {
                    changes.remove(markup.element(index));
                }
                index = token.partner as usize;
            }
            index += 1;
        }
    }

    /// Masks the cells of all sheets, and leaves of the shared strings those that cells show.
    fn cells(&mut self, strings: Option<String>) -> Result<(), Refusal> {
        let shared = match &strings {
            Some(name) => self.parts.get(name).map(|bytes| parse(name, bytes)).transpose()?,
            None => None,
        };
        let texts = shared.as_ref().map(sheet::shared).unwrap_or_default();
        let mut used = std::collections::HashSet::new();
        let names: Vec<String> =
            self.parts.keys().filter(|name| name.ends_with(".xml")).cloned().collect();
        for name in names {
            let markup = parse(&name, &self.parts[&name])?;
            if sheet::is_sheet(&markup) {
                let cleaned =
                    sheet_cleaning::cells(markup, &texts, self.cleaner.masking, &mut used)?;
                self.parts.insert(name, cleaned.into_bytes());
            }
        }
        if let (Some(name), Some(shared)) = (strings, shared) {
            let cleaned = sheet_cleaning::strings(&shared, &texts, &used, self.cleaner.masking);
            self.parts.insert(name, cleaned.into_bytes());
        }
        Ok(())
    }

    fn write(mut self) -> Result<Vec<u8>, Refusal> {
        let types = self.types()?;
        let mut packer = Packer::new();
        packer.add("[Content_Types].xml", types.as_bytes(), true)?;
        let all = std::mem::take(&mut self.relations);
        for (part, relations) in &all {
            if relations.is_empty() {
                continue;
            }
            let (folder, file) = part.rsplit_once('/').map_or(("", part.as_str()), |split| split);
            let name = if folder.is_empty() {
                format!("_rels/{file}.rels")
            } else {
                format!("{folder}/_rels/{file}.rels")
            };
            packer.add(&name, written(folder, relations, self.cleaner.masking).as_bytes(), true)?;
        }
        for (name, bytes) in &self.parts {
            packer.add(name, bytes, image::Format::of(bytes).is_none())?;
        }
        packer.finish()
    }

    /// The list of kinds, of the parts that are kept.
    fn types(&mut self) -> Result<String, Refusal> {
        const NAME: &str = "[Content_Types].xml";
        let markup = parse(NAME, &self.zip.named(NAME)?.unwrap_or_default())?;
        let mut changes = Changes::default();
        let endings: BTreeSet<String> = self
            .parts
            .keys()
            .filter_map(|name| name.rsplit_once('.'))
            .map(|(_, ending)| ending.to_ascii_lowercase())
            .collect();
        for (index, token) in markup.tokens.iter().enumerate() {
            if !matches!(token.kind, Kind::Open | Kind::Empty) {
                continue;
            }
            let value = |name: &str| markup.value(token, name).unwrap_or_default();
            let is_needed = match markup.local(token) {
                "Override" => self.parts.contains_key(value("PartName").trim_start_matches('/')),
                "Default" => {
                    let ending = value("Extension").to_ascii_lowercase();
                    ending == "rels" || endings.contains(&ending)
                }
                _ => true,
            };
            if !is_needed {
                changes.remove(markup.element(index));
            }
        }
        // a document with macros is one without them now
        let types = changes.apply(&markup.source);
        Ok(types
            .replace("application/vnd.ms-word.document.macroEnabled.main+xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml")
            .replace("application/vnd.ms-excel.sheet.macroEnabled.main+xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml")
            .replace("application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml", "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"))
    }
}

/// A part with everything masked that has to be.
pub(in crate::files) fn masked(markup: &Markup, masking: &Masking) -> String {
    let place = Place::new("", "", true);
    let places = OnePlace(place.clone());
    let mut changes = Changes::default();
    mask(&blocks(markup, place, &places, &|_| false), masking, &mut changes);
    mask(&asides(markup, &places), masking, &mut changes);
    let masked = changes.apply(&markup.source);
    // once more as it reads without the readings beside characters
    let is_reading =
        |markup: &Markup, at: usize| matches!(markup.local(&markup.tokens[at]), "rt" | "ruby-text");
    let has = |at: usize| markup.tokens[at].kind == Kind::Open && is_reading(markup, at);
    if !(0..markup.tokens.len()).any(has) {
        return masked;
    }
    let Ok(markup) = Markup::xml(masked.clone()) else { return masked };
    let (place, mut changes) = (Place::new("", "", true), Changes::default());
    let shown = blocks(&markup, place.clone(), &OnePlace(place), &|at| is_reading(&markup, at));
    mask(&shown, masking, &mut changes);
    changes.apply(&markup.source)
}

/// Pictures are written clean; other bytes are kept only if nothing personal is in them.
fn binary(name: &str, bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    if image::Format::of(bytes).is_some() {
        return image::clean(bytes);
    }
    let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    if !matches!(ending.as_str(), "emf" | "wmf" | "wdp" | "jxr" | "eps") {
        return Err(Refusal::not_cleanable(
            "含有未知内容的文件",
            "请用办公软件打开，删去嵌入的对象后另存，再上传",
        ));
    }
    let mut out = crate::files::Collector::default();
    strings::read(bytes, &Place::new("", "", false), &mut out);
    if out.finish().0.block() {
        return Err(Refusal::not_cleanable(
            "含有个人信息的图形",
            "请删去文件里的这个图形，或者换成PNG图片后再上传",
        ));
    }
    Ok(bytes.to_vec())
}

/// Elements that point to something that is not there any more.
fn lose_dangling(markup: &Markup, known: &[Relation], changes: &mut Changes) {
    let prefixes = relation_prefixes(markup);
    for (index, token) in markup.tokens.iter().enumerate() {
        if !matches!(token.kind, Kind::Open | Kind::Empty) {
            continue;
        }
        for attribute in markup.attributes(token) {
            let Some((prefix, _)) = attribute.name.split_once(':') else { continue };
            let id = &markup.source[attribute.from..attribute.to];
            let is_known = id.is_empty() || known.iter().any(|relation| relation.id == id);
            if !prefixes.iter().any(|one| one == prefix) || is_known {
                continue;
            }
            if matches!(markup.local(token), "pageSetup" | "cNvPr" | "blip") {
                changes.remove(attribute.whole);
            } else {
                changes.remove(markup.element(index));
            }
        }
    }
}

/// The prefixes that stand for relations.
fn relation_prefixes(markup: &Markup) -> Vec<String> {
    let mut prefixes = vec!["r".to_owned()];
    for token in
        markup.tokens.iter().filter(|token| matches!(token.kind, Kind::Open | Kind::Empty)).take(64)
    {
        for attribute in markup.attributes(token) {
            if let Some(prefix) = attribute.name.strip_prefix("xmlns:")
                && markup.source[attribute.from..attribute.to]
                    .ends_with("officeDocument/2006/relationships")
            {
                prefixes.push(prefix.to_owned());
            }
        }
    }
    prefixes
}

/// Relations as they are written. Addresses are masked like text.
fn written(folder: &str, relations: &[Relation], masking: &Masking) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships \
         xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
    );
    for relation in relations {
        let (target, mode) = if relation.is_outside {
            (crate::files::masked_text(&relation.target, masking), " TargetMode=\"External\"")
        } else if folder.is_empty() && !relation.target.contains("..") {
            (relation.target.clone(), "")
        } else {
            (format!("/{}", relation.target), "")
        };
        out.push_str(&format!(
            "<Relationship Id=\"{}\" Type=\"{}\" Target=\"{}\"{mode}/>",
            escape(&relation.id),
            escape(&relation.kind),
            escape(&target)
        ));
    }
    out.push_str("</Relationships>");
    out
}
