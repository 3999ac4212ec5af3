//! What became of each thing of a site that was taken over, line by line for people, or as JSON.

use std::io::{self, Write};

use records::acts::takeover::Outcome;
use records::taking::{Found, Old, Skipped};
use serde::Serialize;

use crate::failure::{Exit, Failure};

/// Says it as it comes; for JSON at the end.
pub(super) struct Told {
    json: bool,
    dry_run: bool,
    source: String,
    lines: Vec<Line>,
    counts: Counts,
}

/// How many there were of each.
#[derive(Debug, Default, Clone, Copy, Serialize)]
struct Counts {
    public: usize,
    held: usize,
    joined: usize,
    known: usize,
    /// Not taken, though it should have been.
    skipped: usize,
    /// Not taken, because it is no document.
    passed_over: usize,
}

impl Counts {
    /// So many are here now, whenever they were taken.
    fn taken(&self) -> usize {
        self.public + self.held + self.joined + self.known
    }
}

#[derive(Debug, Default, Serialize)]
struct Line {
    source: String,
    place: String,
    outcome: &'static str,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    draft: Option<String>,
    why: Vec<String>,
}

impl Told {
    pub(super) fn begin(json: bool, dry_run: bool) -> Self {
        let (source, lines, counts) = (String::new(), vec![], Counts::default());
        Self { json, dry_run, source, lines, counts }
    }

    /// A source was read: what of it is not taken, and what is told of it as a whole.
    ///
    /// # Errors
    /// stdout is gone.
    pub(super) fn source(&mut self, name: &str, found: &Found) -> Result<(), Failure> {
        name.clone_into(&mut self.source);
        if !self.json {
            let mut out = io::stdout().lock();
            writeln!(out, "{name}: 认出 {} 件", found.old.len())?;
            for note in &found.notes {
                writeln!(out, "  注意: {note}")?;
            }
        }
        found.skipped.iter().try_for_each(|one| self.skipped(one))
    }

    /// Something is not taken.
    ///
    /// # Errors
    /// stdout is gone.
    pub(super) fn skipped(&mut self, one: &Skipped) -> Result<(), Failure> {
        let outcome = match one.fault {
            true => {
                self.counts.skipped += 1;
                "skipped"
            }
            false => {
                self.counts.passed_over += 1;
                "passed_over"
            }
        };
        let why = vec![one.why.clone()];
        self.line(Line { place: one.place.clone(), outcome, why, ..Line::default() })
    }

    /// What became of something that was taken.
    ///
    /// # Errors
    /// stdout is gone.
    pub(super) fn became(&mut self, old: &Old, outcome: &Outcome) -> Result<(), Failure> {
        let line = Line {
            place: old.place.clone(),
            title: old.title.clone(),
            why: old.notes.clone(),
            ..Line::default()
        };
        let line = match outcome {
            Outcome::Public(published) => {
                self.counts.public += 1;
                Line { outcome: "public", path: Some(published.path.clone()), ..line }
            }
            Outcome::Held(draft, why) => {
                self.counts.held += 1;
                let why = [why.clone(), line.why].concat();
                Line { outcome: "held", draft: Some(draft.clone()), why, ..line }
            }
            Outcome::Joined(record) => {
                self.counts.joined += 1;
                Line { outcome: "joined", path: Some(format!("/wenjian/{record}")), ..line }
            }
            Outcome::Known(changed) => {
                self.counts.known += 1;
                let said = "来源的内容和上次导入时不同，没有改动；要改的走更正".to_owned();
                let why = changed.then_some(said).into_iter().collect();
                Line { outcome: "known", why, ..line }
            }
        };
        self.line(line)
    }

    fn line(&mut self, mut line: Line) -> Result<(), Failure> {
        if self.json {
            line.source.clone_from(&self.source);
            self.lines.push(line);
            return Ok(());
        }
        let word = match line.outcome {
            "public" => "公开",
            "held" => "留作草稿",
            "joined" => "并入已有",
            "known" => "已导入过",
            "passed_over" => "不是文件",
            _ => "没有取入",
        };
        let mut out = io::stdout().lock();
        write!(out, "{} {word}", line.place)?;
        if !line.title.is_empty() {
            write!(out, " {}", line.title)?;
        }
        if let Some(path) = line.path.filter(|_| !self.dry_run) {
            write!(out, " {path}")?;
        }
        if !line.why.is_empty() {
            write!(out, "（{}）", line.why.join("；"))?;
        }
        Ok(writeln!(out)?)
    }

    /// Says the sums.
    ///
    /// # Errors
    /// Something that should have been taken was not, or stdout is gone.
    pub(super) fn end(self) -> Result<(), Failure> {
        let counts = self.counts;
        let mut out = io::stdout().lock();
        if self.json {
            let whole = serde_json::json!({
                "schema_version": 1, "dry_run": self.dry_run, "counts": counts, "rows": self.lines,
            });
            serde_json::to_writer_pretty(&mut out, &whole)?;
            writeln!(out)?;
        } else {
            let trial = if self.dry_run { "试行, 没有存入: " } else { "" };
            writeln!(
                out,
                "{trial}公开 {} 件, 留作草稿等人核实 {} 件, 并入已有 {} 件, 以前已导入 {} 件, 没有取入 {} 处, \
                 不是文件 {} 处",
                counts.public,
                counts.held,
                counts.joined,
                counts.known,
                counts.skipped,
                counts.passed_over
            )?;
            if counts.held > 0 && !self.dry_run {
                writeln!(
                    out,
                    "草稿在工作台“我的稿件”里, 核实、补全以后送审发布; 发布以前谁也看不到"
                )?;
            }
        }
        if counts.skipped == 0 && counts.taken() == 0 {
            let remedy = "核对路径; 抓取的文件夹里要有文件页 (网页), 表格里要有列名以下的行, 网站地图里要有网址";
            return Err(Failure::new(
                Exit::Invalid,
                "来源里没有认出一件可以取入的文件, 什么也没有存入",
                remedy,
            ));
        }
        if counts.skipped == 0 {
            return Ok(());
        }
        let (message, remedy) = if self.dry_run {
            (
                format!("有 {} 处不能取入; 这是试行, 什么也没有存入", counts.skipped),
                "按上面各行改正来源, 再试一次; 也可以现在就导入, 这几处以后再补",
            )
        } else {
            (
                format!("有 {} 处没有取入, 其余的已经照上面办好", counts.skipped),
                "按上面各行改正来源, 再导入一次; 已经导入的不会重复",
            )
        };
        Err(Failure::new(Exit::Invalid, message, remedy))
    }
}
