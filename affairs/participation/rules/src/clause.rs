//! 分条: a draft divided so that each clause can be spoken about by its number. The first of these that a draft has
//! decides: 第…条; 一、 and （一）; paragraphs. What stands before the first clause is a clause of its own, so that
//! nothing of a draft is lost.

/// The number of the draft as a whole: an opinion on no single clause.
pub const WHOLE: u32 = 0;

/// One clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// Its number in the draft, from 1 on.
    pub number: u32,
    /// What it is called: 第三条, 二（一）, 第4段.
    pub mark: String,
    /// The heading it stands under, where that changes: 第二章 …; empty otherwise.
    pub heading: String,
    /// What it says, its mark included; lines as they were.
    pub text: String,
}

/// What a line begins.
enum Begins {
    Heading,
    Clause(String),
    Nothing,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Articles,
    Points,
    Paragraphs,
}

/// The clauses of a draft. The same text gives the same clauses.
pub fn clauses(text: &str) -> Vec<Clause> {
    let lines: Vec<&str> = text.lines().map(trimmed).filter(|line| !line.is_empty()).collect();
    let style = style_of(&lines);
    let (mut out, mut heading, mut point) = (Vec::<Clause>::new(), String::new(), String::new());
    for line in lines {
        match begins(line, style, &mut point, out.len()) {
            Begins::Heading if !heading.is_empty() => {
                heading.push('　');
                heading.push_str(line);
            }
            Begins::Heading => line.clone_into(&mut heading),
            Begins::Clause(mark) => push(&mut out, mark, std::mem::take(&mut heading), line),
            Begins::Nothing => match out.last_mut() {
                Some(clause) if heading.is_empty() => {
                    clause.text.push('\n');
                    clause.text.push_str(line);
                }
                _ => push(&mut out, "开头".into(), std::mem::take(&mut heading), line),
            },
        }
    }
    if !heading.is_empty() {
        let mark = format!("第{}段", out.len() + 1);
        push(&mut out, mark, String::new(), &heading);
    }
    out
}

/// What an opinion is about, as people read it: the mark of its clause, or the whole.
pub fn about(number: u32, clauses: &[Clause]) -> String {
    let clause = clauses.iter().find(|clause| clause.number == number && number != WHOLE);
    clause.map_or_else(|| "整个草案".to_owned(), |clause| clause.mark.clone())
}

fn push(out: &mut Vec<Clause>, mark: String, heading: String, text: &str) {
    let number = u32::try_from(out.len() + 1).unwrap_or(u32::MAX);
    out.push(Clause { number, mark, heading, text: text.to_owned() });
}

/// A line without blanks around it, the broad ones too.
fn trimmed(line: &str) -> &str {
    line.trim_matches(|letter: char| letter.is_whitespace() || letter == '\u{feff}')
}

fn style_of(lines: &[&str]) -> Style {
    let has = |test: fn(&str) -> bool| lines.iter().any(|line| test(line));
    match () {
        () if has(|line| ordinal(line, '条').is_some()) => Style::Articles,
        () if has(|line| point_of(line).is_some()) => Style::Points,
        () => Style::Paragraphs,
    }
}

fn begins(line: &str, style: Style, point: &mut String, before: usize) -> Begins {
    match style {
        Style::Articles => match ordinal(line, '条') {
            Some(mark) => Begins::Clause(mark),
            None if ['章', '节', '编'].iter().any(|unit| ordinal(line, *unit).is_some()) => {
                Begins::Heading
            }
            None => Begins::Nothing,
        },
        Style::Points => match (point_of(line), sub_point_of(line)) {
            (Some(mark), _) => {
                point.clone_from(&mark);
                Begins::Clause(mark)
            }
            (None, Some(mark)) => Begins::Clause(format!("{point}{mark}")),
            (None, None) => Begins::Nothing,
        },
        Style::Paragraphs => Begins::Clause(format!("第{}段", before + 1)),
    }
}

fn is_numeral(letter: char) -> bool {
    letter.is_ascii_digit() || "〇零一二三四五六七八九十百千两".contains(letter)
}

/// 第三条, where the line begins so and goes on with a blank, or ends, or says more.
fn ordinal(line: &str, unit: char) -> Option<String> {
    let rest = line.strip_prefix('第')?;
    let end = rest.find(|letter: char| !is_numeral(letter) && letter != ' ')?;
    let number: String = rest[..end].chars().filter(|letter| *letter != ' ').collect();
    let after = rest[end..].strip_prefix(unit)?;
    // 第三条规定的 within a sentence is no beginning of an article.
    let stands = after.chars().next().is_none_or(|next| next.is_whitespace() || is_opening(next));
    (!number.is_empty()
        && (stands || unit == '条' && !after.starts_with(['规', '第', '、', '和', '所'])))
    .then(|| format!("第{number}{unit}"))
}

fn is_opening(letter: char) -> bool {
    matches!(letter, '（' | '【' | '　' | '：' | ':')
}

/// 二 of 二、….
fn point_of(line: &str) -> Option<String> {
    let (number, _) = line.split_once('、')?;
    let whole = !number.is_empty()
        && number.chars().all(|letter| is_numeral(letter) && !letter.is_ascii_digit());
    whole.then(|| number.to_owned())
}

/// （一） of （一）….
fn sub_point_of(line: &str) -> Option<String> {
    let rest = line.strip_prefix(['（', '('])?;
    let end = rest.find(['）', ')'])?;
    let number = &rest[..end];
    let whole = !number.is_empty()
        && number.chars().all(|letter| is_numeral(letter) && !letter.is_ascii_digit());
    whole.then(|| format!("（{number}）"))
}
