//! `/gongzuo/huiying`: concerns that were heard, verified and answered, beside their clocks; and where somebody who
//! answers for the organ ends one.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, Response as Answer};
use identity::powers::{Condition, Tie};
use interpretation_rules::{ClockStanding, Concern, Reply, ResponseState, Turn};
use jiff::Timestamp;
use review::{Signatory, Unit, unit_path};
use web::components::{Empty, Tag};
use web::workbench::{Clock, REASON, Submitted, Todo, Workbench, sent_to};
use web::{Clerk, Fault, House, LaidOut, Later, Visit};

use super::list::Done;
use super::{RESPOND, RESPONSE_ENDS, RESPONSES, SETTLE, desk_of, seen};
use crate::acts::response;
use crate::clocks::clocks_of;
use crate::drafts::RESPONSE;
use crate::store::{Inside, Response};

/// So many questions and answers are read from a form.
const MOST_TURNS: usize = 10;

#[derive(Template)]
#[template(path = "workbench/responses.html")]
struct ResponsesPage {
    desk: Workbench,
    rows: Vec<Row>,
    concerns: [Concern; 2],
    today: String,
    action: String,
}

#[derive(Template)]
#[template(path = "workbench/response.html")]
struct ResponsePage {
    desk: Workbench,
    one: Response,
    inside: Inside,
    title: String,
    tag: Tag,
    clocks: Vec<String>,
    turns: Vec<Turn>,
    open: bool,
    /// Whether a press conference may be noted.
    confers: bool,
    unit: Option<String>,
    shown: Option<String>,
    today: String,
    back: String,
    here: String,
}

#[derive(Template)]
#[template(path = "workbench/response_ends.html")]
struct ResponseEndsPage {
    desk: Workbench,
    rows: Vec<Row>,
}

/// What is told inside only.
#[derive(Template)]
#[template(path = "workbench/response_inside.html")]
struct InsideView {
    inside: Inside,
}

struct Row {
    title: String,
    words: String,
    href: String,
    tag: Tag,
    clocks: Vec<String>,
    action: String,
    own: bool,
    public: bool,
}

const SAID: &[(&str, &str)] = &[
    ("lixiang", "已立项。核实以后写回应。"),
    ("heshi", "核实情况已保存。"),
    ("baocun", "已保存。"),
    ("songshen", "已送审。"),
    ("fabuhui", "新闻发布会已登记。"),
    ("jieshu", "已决定。"),
];

/// What is kept sealed of one.
fn inside_of(house: &House, one: &Response) -> Result<Inside, Fault> {
    one.inside(house.sealer().map_err(Fault::inside)?).map_err(Fault::inside)
}

/// What one is called, also before it has a title.
fn title(one: &Response, inside: &Inside) -> String {
    if !one.reply.title.is_empty() {
        return one.reply.title.clone();
    }
    match inside.told.words.lines().next() {
        Some(line) => line.chars().take(40).collect(),
        None => "原话已到期删除".to_owned(),
    }
}

/// For whoever reviews one: what people said and what was found out, which is not among what is signed.
pub(crate) fn lay_out<'a>(visit: &'a Visit, id: &'a str) -> Later<'a, Option<LaidOut>> {
    Box::pin(async move {
        let found = Response::find(visit.house.store(), id).await?;
        let Some(one) = found.filter(|one| one.erased_on.is_none()) else { return Ok(None) };
        let inside = inside_of(&visit.house, &one)?;
        let text = InsideView { inside }.render().map_err(Fault::inside)?;
        Ok(Some(LaidOut { text, ..LaidOut::default() }))
    })
}

/// How one stands at a moment, as a mark.
fn tag(one: &Response, now: Timestamp) -> Tag {
    let overdue = clocks_of(one, now).iter().any(|one| one.standing == ClockStanding::Overdue);
    match one.state {
        ResponseState::Published => Tag::good(one.state.name()),
        ResponseState::Closed | ResponseState::Withdrawn => Tag::plain(one.state.name()),
        _ if overdue => Tag::over(format!("{}，已超过时限", one.state.name())),
        _ => Tag::warn(one.state.name()),
    }
}

/// The tie of one: whose it is and who wrote it.
fn tie(one: &Response) -> Tie {
    let tie = Tie::to(&one.organ).in_unit(one.unit.clone());
    let tie = one.authors.iter().fold(tie, |tie, author| tie.by(author));
    tie.holding([Condition::DraftState])
}

fn row(visit: &Visit, clerk: &Clerk, one: &Response) -> Result<Row, Fault> {
    let inside = inside_of(&visit.house, one)?;
    let now = visit.house.ledger().clock().now();
    let ended = matches!(one.state, ResponseState::Closed | ResponseState::Withdrawn);
    let clocks = clocks_of(one, now).iter().map(|clock| clock.words(false)).collect();
    Ok(Row {
        title: title(one, &inside),
        words: inside.told.words,
        href: visit.site.link(&one.desk_path()),
        tag: tag(one, now),
        clocks: if ended { vec![] } else { clocks },
        action: visit.site.link(&format!("{RESPONSE_ENDS}/{}", one.id)),
        own: clerk.is_among(one.authors.iter().map(String::as_str)),
        public: one.state == ResponseState::Published,
    })
}

/// Those of the clerk's organ that he may write.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let all = Response::of_organ(visit.house.store(), &clerk.organ.code).await?;
    let mine = all.iter().filter(|one| clerk.may(RESPOND, &tie(one)).is_ok());
    let rows = mine.map(|one| row(&visit, &clerk, one)).collect::<Result<_, _>>()?;
    let desk = Workbench::of(&visit, clerk, "huiying", "回应关切").await?;
    let page = ResponsesPage {
        desk: desk.saying(&done.done, SAID),
        rows,
        concerns: Concern::ALL,
        today: visit.house.ledger().clock().today().to_string(),
        action: visit.site.link(RESPONSES),
    };
    web::page::answer(&page)
}

/// 立项.
pub async fn hear(visit: Visit, clerk: Clerk, form: Submitted) -> Result<Answer, Fault> {
    clerk.may(
        RESPOND,
        &Tie::to(&clerk.organ.code).in_unit(clerk.unit.clone()).holding([Condition::DraftState]),
    )?;
    let said = response::Said {
        concern: form.get("zhonglei"),
        heard: (form.get("riqi"), form.get("shijian")),
        source: form.get("laiyuan"),
        words: form.get("neirong"),
        by_many: form.has("duoren"),
    };
    let desk = desk_of(&visit, &clerk).await?;
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let one = seen(response::hear(desk, sealer, &Signatory::of(&clerk), &said).await)?;
    Ok(sent_to(&visit, &format!("{}?done=lixiang", one.desk_path())))
}

/// The organ's one with that key, for a clerk who may write it.
async fn response_for(visit: &Visit, clerk: &Clerk, id: &str) -> Result<Response, Fault> {
    let found = Response::find(visit.house.store(), id).await?;
    let one = found.filter(|one| one.organ == clerk.organ.code).ok_or(Fault::NotFound)?;
    clerk.may(RESPOND, &tie(&one))?;
    Ok(one)
}

/// Shows one.
pub async fn one(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let one = response_for(&visit, &clerk, &id).await?;
    let now = visit.house.ledger().clock().now();
    let unit = Unit::open_with(visit.house.store(), RESPONSE, &id).await?;
    let inside = inside_of(&visit.house, &one)?;
    let title = title(&one, &inside);
    let desk = Workbench::of(&visit, clerk, "huiying", &title).await?;
    let mut turns = one.reply.turns.clone();
    turns.resize((turns.len() + 2).min(MOST_TURNS).max(turns.len()), Turn::default());
    let confers = one.heard.concern == Concern::Grave && one.conference_at.is_none();
    let ended = matches!(one.state, ResponseState::Closed | ResponseState::Withdrawn);
    let page = ResponsePage {
        tag: tag(&one, now),
        clocks: clocks_of(&one, now).iter().map(|clock| clock.words(true)).collect(),
        turns,
        open: matches!(one.state, ResponseState::Heard | ResponseState::Verified),
        confers: confers && !ended,
        unit: unit.map(|unit| visit.site.link(&unit_path(&unit))),
        shown: (one.state == ResponseState::Published).then(|| visit.site.link(&one.path())),
        today: visit.house.ledger().clock().today().to_string(),
        back: visit.site.link(RESPONSES),
        here: visit.site.link(&one.desk_path()),
        desk: desk.under("回应关切", RESPONSES).saying(&done.done, SAID),
        title,
        inside,
        one,
    };
    web::page::answer(&page)
}

/// 核实.
pub async fn verify(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Answer, Fault> {
    let one = response_for(&visit, &clerk, &id).await?;
    let desk = desk_of(&visit, &clerk).await?;
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let what = (id.as_str(), form.get("heshi"));
    seen(response::verify(desk, sealer, &Signatory::of(&clerk), what).await)?;
    Ok(sent_to(&visit, &format!("{}?done=heshi", one.desk_path())))
}

/// What the form says.
fn reply(form: &Submitted) -> Reply {
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = |name: &str| form.get(name).replace("\r\n", "\n").trim().to_owned();
    let turn = |at: usize| Turn {
        question: line(form.get(&format!("wen-{at}"))),
        answer: text(&format!("da-{at}")),
        place: String::new(),
    };
    let turns = (1..=MOST_TURNS).map(turn).filter(|turn| *turn != Turn::default()).collect();
    Reply { title: line(form.get("biaoti")), answer: text("huiying"), turns }
}

/// Keeps what was written.
pub async fn write(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Answer, Fault> {
    let one = response_for(&visit, &clerk, &id).await?;
    let revision = form.get("kan").trim().parse().unwrap_or_default();
    let desk = desk_of(&visit, &clerk).await?;
    let what = (&reply(&form), revision);
    seen(response::write(desk, &Signatory::of(&clerk), &id, what).await)?;
    Ok(sent_to(&visit, &format!("{}?done=baocun", one.desk_path())))
}

/// 送审.
pub async fn submit(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Answer, Fault> {
    let one = response_for(&visit, &clerk, &id).await?;
    let publishers = visit.house.publishers();
    let (by, desk) = (Signatory::of(&clerk), desk_of(&visit, &clerk).await?);
    seen(response::submit(desk, &publishers, &by, (&id, form.words("shuoming"))).await)?;
    Ok(sent_to(&visit, &format!("{}?done=songshen", one.desk_path())))
}

/// 新闻发布会.
pub async fn confer(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Answer, Fault> {
    let one = response_for(&visit, &clerk, &id).await?;
    let held = (form.get("fabuhui-riqi"), form.get("fabuhui-shijian"));
    let desk = desk_of(&visit, &clerk).await?;
    seen(response::confer(desk, &Signatory::of(&clerk), &id, held).await)?;
    Ok(sent_to(&visit, &format!("{}?done=fabuhui", one.desk_path())))
}

/// What is open or public of the organ, for whoever may end it.
pub async fn ends(
    visit: Visit,
    clerk: Clerk,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let all = Response::of_organ(visit.house.store(), &clerk.organ.code).await?;
    use ResponseState as State;
    let may_end = [State::Heard, State::Verified, State::Published];
    let rows = all.iter().filter(|one| may_end.contains(&one.state));
    let rows = rows.map(|one| row(&visit, &clerk, one)).collect::<Result<_, _>>()?;
    let desk = Workbench::of(&visit, clerk, "huiying-jueding", "决定不回应").await?;
    web::page::answer(&ResponseEndsPage { desk: desk.saying(&done.done, SAID), rows })
}

/// Ends one.
pub async fn end(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Answer, Fault> {
    let found = Response::find(visit.house.store(), &id).await?;
    let one = found.filter(|one| one.organ == clerk.organ.code).ok_or(Fault::NotFound)?;
    let reason = form.get(REASON).trim().to_owned();
    clerk.may(SETTLE, &tie(&one).because(&reason))?;
    let desk = desk_of(&visit, &clerk).await?;
    seen(response::end(desk, &Signatory::of(&clerk), &id, &reason).await)?;
    Ok(sent_to(&visit, &format!("{RESPONSE_ENDS}?done=jieshu")))
}

/// 待办: what was heard is to be verified and answered; what is overdue is told to whoever answers for the organ.
pub(super) async fn todos(house: &House, clerk: &Clerk) -> Result<Vec<Todo>, Fault> {
    let (responds, settles) = (clerk.has_power(RESPOND), clerk.has_power(SETTLE));
    if !responds && !settles {
        return Ok(vec![]);
    }
    let now = house.ledger().clock().now();
    let mut todos = Vec::new();
    for one in Response::open_of(house.store(), &clerk.organ.code).await? {
        let title = title(&one, &inside_of(house, &one)?);
        if responds && clerk.may(RESPOND, &tie(&one)).is_ok() {
            todos.extend(todo((&one, &title), now));
        }
        if settles {
            todos.extend(overdue((&one, &title), now));
        }
    }
    Ok(todos)
}

/// What whoever drafts has to do; nothing while it is under review.
fn todo((one, title): (&Response, &str), now: Timestamp) -> Option<Todo> {
    let (kind, act) = match one.state {
        ResponseState::Heard => ("核实关切", "去核实"),
        ResponseState::Verified => ("写回应", "去写"),
        _ => return None,
    };
    let clocks = clocks_of(one, now);
    let first = clocks.iter().find(|clock| clock.what.is_published())?;
    Some(Todo {
        entry: "huiying",
        kind,
        title: title.to_owned(),
        detail: first.words(false),
        clock: Clock::Due(ledger::day_in_china(first.due)),
        path: one.desk_path(),
        act,
    })
}

/// What whoever answers for the organ hears of: the last moment has passed.
fn overdue((one, title): (&Response, &str), now: Timestamp) -> Option<Todo> {
    let clocks = clocks_of(one, now);
    let late = clocks.iter().find(|clock| clock.standing == ClockStanding::Overdue)?;
    Some(Todo {
        entry: "huiying-jueding",
        kind: "回应超过时限",
        title: title.to_owned(),
        detail: late.words(false),
        clock: Clock::Due(ledger::day_in_china(late.due)),
        path: RESPONSE_ENDS.to_owned(),
        act: "去看",
    })
}

impl ResponsesPage {
    fn empty(&self) -> Empty {
        Empty::new("还没有立项").because("看到、听到群众关心的事，先在这里立项，再核实、回应。")
    }
}

impl ResponseEndsPage {
    fn empty(&self) -> Empty {
        Empty::new("没有等决定的回应").because("在办的和已经公开的回应在这里列出。")
    }
}
