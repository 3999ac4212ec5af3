//! 不用账号提交: the form by which an opinion, an enrolment or a question is handed in, and the page that follows it. What
//! is asked differs and is told by each; that one form brings one thing, and at what pace, does not.

use std::fmt;

use askama::Template;
use askama::filters::HtmlSafe;
use axum::extract::Path;
use axum::response::Response;
use secrets::Sealer;
use web::components::{Choice, ErrorSummary, Field, FieldError, LongField, Radios};
use web::layout::{Frame, Link};
use web::page::Page;
use web::workbench::Submitted;
use web::{Fault, FromWhere, OwnUpload, Pace, Visit};

use super::{framed, fresh};
use crate::acts::ActError;
use crate::store::HandedIn;

/// What is handed in by a form on a page.
pub(crate) trait HandingIn: HandedIn {
    /// What the form says whatever it is about.
    const WORDS: Words;
    /// What is handed in from one address: a hall full of people sends from one.
    const PACE: Pace;

    /// What it is handed in to, where everybody may see that here.
    fn published(
        visit: &Visit,
        id: &str,
    ) -> impl Future<Output = Result<Self::Affair, Fault>> + Send;

    /// Refuses where the time for it is over, and says what to do.
    fn in_time(visit: &Visit, of: &Self::Affair) -> Result<(), Fault>;

    /// The title of what it is handed in to, and its path.
    fn named(of: &Self::Affair) -> (String, String);

    /// What the form asks.
    fn asked(
        visit: &Visit,
        of: &Self::Affair,
        typed: &Typed<'_>,
    ) -> impl Future<Output = Result<Asked, Fault>> + Send;

    /// Takes what was typed in a form with this key.
    fn take(
        visit: &Visit,
        sealer: &Sealer,
        of: &Self::Affair,
        form: (&Submitted, String),
    ) -> impl Future<Output = Result<Taken, ActError>> + Send;
}

/// What a form says whatever it is about.
pub(crate) struct Words {
    /// Its heading.
    pub(super) heading: &'static str,
    /// What the way here calls it.
    pub(super) crumb: &'static str,
    /// The list of what it is handed in to: its name and its address.
    pub(super) column: (&'static str, &'static str),
    /// What its address adds to that of what it is handed in to.
    pub(super) rest: &'static str,
    /// Its button.
    pub(super) button: &'static str,
    /// The way back.
    pub(super) back: &'static str,
    /// What one ought to know, below it.
    pub(super) note: &'static str,
    /// The field where it is said that too much was sent.
    pub(super) long: &'static str,
    /// The field where it is said that it comes too fast.
    pub(super) first: &'static str,
    /// What is said where it has brought something else before.
    pub(super) used: &'static str,
}

/// What a form asks about one affair.
pub(crate) struct Asked {
    /// The page in a sentence.
    pub(super) described: String,
    /// What it is about and until when.
    pub(super) intro: String,
    /// What is to be read first; may be empty.
    pub(super) card: String,
    /// Its fields.
    pub(super) parts: Vec<Part>,
}

/// What whoever handed something in takes home.
pub(crate) struct Taken {
    /// What the way here calls the page.
    pub(super) crumb: &'static str,
    /// The page in a sentence.
    pub(super) described: &'static str,
    /// Its heading.
    pub(super) heading: &'static str,
    /// What the number counts.
    pub(super) counted: &'static str,
    /// The number.
    pub(super) number: i64,
    /// 查询码.
    pub(super) code: String,
    /// How the list names it, where there is a list.
    pub(super) mark: Option<String>,
    /// What became of it already; may be empty.
    pub(super) told: String,
    /// What can be done with the code.
    pub(super) next: String,
    /// Where to go on.
    pub(super) ways: Vec<Link>,
}

/// One field of a form.
pub(crate) enum Part {
    /// A clause of a draft.
    Clause(ClauseField),
    /// One of several.
    OneOf(Radios),
    /// A line.
    Line(Field),
    /// Several lines.
    Text(LongField),
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Clause(field) => fmt::Display::fmt(field, f),
            Self::OneOf(field) => fmt::Display::fmt(field, f),
            Self::Line(field) => fmt::Display::fmt(field, f),
            Self::Text(field) => fmt::Display::fmt(field, f),
        }
    }
}

impl HtmlSafe for Part {}

/// The clause that is spoken about.
#[derive(Template)]
#[template(path = "portal/clause_field.html")]
pub(crate) struct ClauseField {
    clauses: Vec<(u32, String)>,
    chosen: u32,
    error: Option<String>,
}

/// What was typed, and what is wrong with it.
pub(crate) struct Typed<'a> {
    /// What was typed.
    pub(super) form: &'a Submitted,
    /// What is wrong.
    pub(super) errors: &'a [FieldError],
}

impl Typed<'_> {
    fn error(&self, name: &str) -> Option<String> {
        let found = self.errors.iter().find(|error| error.field == name);
        found.map(|error| error.message.clone())
    }

    /// One of these clauses, or the whole draft.
    pub(super) fn clause(&self, clauses: Vec<(u32, String)>, chosen: u32) -> Part {
        Part::Clause(ClauseField { clauses, chosen, error: self.error("tiao") })
    }

    /// One of these; where nothing was chosen, this.
    pub(super) fn one_of(
        &self,
        (name, label): (&str, &str),
        choices: Vec<Choice>,
        unless: &str,
    ) -> Part {
        Part::OneOf(Radios {
            name: name.into(),
            label: label.into(),
            choices,
            chosen: self.form.words(name).unwrap_or(unless).into(),
            error: self.error(name),
            ..Radios::default()
        })
    }

    /// One of these sides or groups, by its place from 1.
    pub(super) fn side(&self, label: &str, sides: &[String], unless: &str) -> Part {
        let choice =
            |(at, words): (usize, &String)| Choice { value: at.to_string(), words: words.clone() };
        self.one_of(("fang", label), (1..).zip(sides).map(choice).collect(), unless)
    }

    /// A name.
    pub(super) fn name(&self, (label, hint): (&str, &str), optional: bool) -> Part {
        self.line("xingming", (label, hint), (optional, "name"))
    }

    /// How somebody is reached.
    pub(super) fn contact(&self, hint: &str, optional: bool) -> Part {
        self.line("lianxi", ("电话或者邮箱", hint), (optional, "off"))
    }

    fn line(
        &self,
        name: &str,
        (label, hint): (&str, &str),
        (optional, autocomplete): (bool, &'static str),
    ) -> Part {
        Part::Line(Field {
            name: name.into(),
            label: label.into(),
            hint: hint.into(),
            value: self.form.get(name).into(),
            error: self.error(name),
            optional,
            autocomplete,
        })
    }

    /// Several lines.
    pub(super) fn text(&self, name: &str, (label, hint): (&str, &str), optional: bool) -> Part {
        Part::Text(LongField {
            name: name.into(),
            label: label.into(),
            hint: hint.into(),
            value: self.form.get(name).into(),
            error: self.error(name),
            optional,
        })
    }
}

#[derive(Template)]
#[template(path = "portal/handing_in.html")]
struct FormPage {
    frame: Frame,
    errors: ErrorSummary,
    words: Words,
    intro: String,
    card: String,
    action: String,
    key: String,
    parts: Vec<Part>,
    back: String,
}

#[derive(Template)]
#[template(path = "portal/taken.html")]
struct TakenPage {
    frame: Frame,
    taken: Taken,
}

/// The key of a form; a new one where it has none.
pub(super) fn key_of(form: &Submitted) -> Result<String, Fault> {
    match form.words("key") {
        Some(key) => Ok(key.to_owned()),
        None => new_key(),
    }
}

/// What tells one form from another.
pub(crate) fn new_key() -> Result<String, Fault> {
    identity::secret::random_hex(16).map_err(Fault::inside)
}

/// The way to a page about what something is handed in to.
fn way<K: HandingIn>(frame: Frame, of: &K::Affair, crumb: &str) -> Frame {
    let (column, list) = K::WORDS.column;
    let (title, path) = K::named(of);
    frame.under(column, list).under(title, &path).at(crumb).unlisted()
}

/// The form with what is wrong in it.
async fn form_page<K: HandingIn>(
    visit: &Visit,
    of: &K::Affair,
    (form, key): (&Submitted, String),
    errors: Vec<FieldError>,
) -> Result<FormPage, Fault> {
    let words = K::WORDS;
    let asked = K::asked(visit, of, &Typed { form, errors: &errors }).await?;
    let mut frame = framed(visit, words.heading, &asked.described);
    frame.has_errors = !errors.is_empty();
    let (_, path) = K::named(of);
    Ok(FormPage {
        frame: way::<K>(frame, of, words.crumb),
        errors: ErrorSummary(errors),
        intro: asked.intro,
        card: asked.card,
        action: visit.site.link(&format!("{path}{}", words.rest)),
        key,
        parts: asked.parts,
        back: visit.site.link(&path),
        words,
    })
}

/// The form once more, with what is wrong at one field. One that has brought something else already is a new one.
async fn again<K: HandingIn>(
    visit: &Visit,
    of: &K::Affair,
    form: &Submitted,
    (field, message): (&str, String),
) -> Result<Response, Fault> {
    let key = if message == K::WORDS.used { new_key()? } else { key_of(form)? };
    let errors = vec![FieldError { field: field.into(), message }];
    fresh(&form_page::<K>(visit, of, (form, key), errors).await?, true)
}

/// The form as one comes to it, with this typed in it.
pub(super) async fn shown<K: HandingIn>(
    visit: &Visit,
    id: &str,
    form: &Submitted,
) -> Result<Response, Fault> {
    let of = K::published(visit, id).await?;
    K::in_time(visit, &of)?;
    fresh(&form_page::<K>(visit, &of, (form, key_of(form)?), vec![]).await?, false)
}

/// The form.
pub(crate) async fn show<K: HandingIn>(
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    shown::<K>(&visit, &id, &Submitted::default()).await
}

/// Takes it.
pub(crate) async fn send<K: HandingIn>(
    visit: Visit,
    Path(id): Path<String>,
    from: FromWhere,
    sent: OwnUpload,
) -> Result<Response, Fault> {
    let of = K::published(&visit, &id).await?;
    let OwnUpload::Form(form) = sent else {
        let words = "提交的内容太大，没有收下。请写短一些再提交".to_owned();
        return again::<K>(&visit, &of, &Submitted::default(), (K::WORDS.long, words)).await;
    };
    K::in_time(&visit, &of)?;
    if let Err(slow) = visit.house.pace(K::PACE, &from) {
        let words = format!("这个网络地址提交得太快，请过{}秒再提交一次", slow.seconds);
        return again::<K>(&visit, &of, &form, (K::WORDS.first, words)).await;
    }
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    match K::take(&visit, sealer, &of, (&form, key_of(&form)?)).await {
        Ok(taken) => {
            let frame = framed(&visit, taken.crumb, taken.described);
            fresh(&TakenPage { frame: way::<K>(frame, &of, taken.crumb), taken }, false)
        }
        Err(ActError::Field(field, words)) => again::<K>(&visit, &of, &form, (field, words)).await,
        Err(error) => Err(error.into_fault()),
    }
}

impl Page for FormPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |errors: Vec<FieldError>, card: &str| {
            let form = Submitted::default();
            let typed = Typed { form: &form, errors: &errors };
            let sides: [String; 2] =
                ["群众代表（5 人，还有 1 个名额）".into(), "媒体（2 人，已经报满）".into()];
            let parts = vec![
                typed.clause(vec![(1, "第一条".into())], 1),
                typed.text("yijian", ("您的意见", "写哪里要改。不超过 3000 字。"), false),
                typed.side("您代表哪一方", &sides, ""),
                typed.name(("姓名", "到会场要核对。加密保存，不公布。"), false),
                typed.contact("加密保存，不公布，只用来通知您。", true),
            ];
            let words = crate::store::Opinion::WORDS;
            let mut frame = Frame::sample(words.heading).at(words.crumb);
            frame.has_errors = !errors.is_empty();
            Self {
                frame,
                intro: "对“供水条例（草案）”提意见，2026年12月27日（星期日）截止。".into(),
                card: card.into(),
                action: "/linhu/yijian/1/tijiao".into(),
                key: "0123".into(),
                parts,
                back: "/linhu/yijian/1".into(),
                errors: ErrorSummary(errors),
                words,
            }
        };
        let error = |field: &str, message: &str| FieldError {
            field: field.into(),
            message: message.into(),
        };
        let all = vec![
            error("tiao", "选草案里的一条"),
            error("yijian", "写下您的意见"),
            error("fang", "选您代表哪一方"),
            error("xingming", "写下您的姓名"),
            error("lianxi", "写下电话或者邮箱"),
        ];
        vec![("空的", page(vec![], "第一条 为了保障供水。")), ("有错误", page(all, ""))]
    }
}

impl Page for TakenPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |mark: Option<&str>, told: &str| Self {
            frame: Frame::sample("已经收到").at("已经收到"),
            taken: Taken {
                crumb: "已经收到",
                described: "您的意见已经收到",
                heading: "已经收到，谢谢您的意见",
                counted: "这次征求的第几条意见",
                number: 7,
                code: "ABCD-EFGH-JKMN".into(),
                mark: mark.map(str::to_owned),
                told: told.into(),
                next: "凭查询码可以看这条意见和答复。".into(),
                ways: vec![Link::new("回到草案", "/linhu/yijian/1")],
            },
        };
        vec![
            ("收到", page(None, "")),
            ("有标记", page(Some("00ff00ff00ff00ff"), "")),
            ("排候补", page(None, "您排候补第 2 位。")),
        ]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_form_and_what_follows_are_sound() {
        assert_eq!(web::page::faults::<super::FormPage>(), Vec::<String>::new());
        assert_eq!(web::page::faults::<super::TakenPage>(), Vec::<String>::new());
    }
}
