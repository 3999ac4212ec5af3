//! `/gongzuo/jiedu-cailiao/{id}`: writing an interpretation, beside how it will look.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, Response};
use interpretation_rules::{
    Body, Conference, DiagramBlock, Difference, Form, LARGEST_AUDIO, LARGEST_VIDEO, PullGround,
    Turn,
};
use review::Signatory;
use web::workbench::{REASON, Submitted, Workbench, sent_to};
use web::{Clerk, Fault, Visit};

use super::list::Done;
use super::{LIST, desk_of, material_for, seen};
use crate::acts::{material, pulling, submission};
use crate::portal::drawing;
use crate::portal::shown::{Player, Shown};
use crate::store::{Interpretation, Policy};

/// So many questions and answers are read from a form.
const MOST_TURNS: usize = 20;

/// So many sections of a 图解.
const MOST_SECTIONS: usize = 8;

/// So many differences.
const MOST_DIFFERENCES: usize = 10;

/// So many empty lines are offered after those that are written.
const MORE: usize = 2;

#[derive(Template)]
#[template(path = "workbench/material.html")]
struct MaterialPage {
    desk: Workbench,
    one: Interpretation,
    policy: Policy,
    turns: Vec<Turn>,
    sections: Vec<DiagramBlock>,
    differences: Vec<Difference>,
    shown: Shown,
    picture: Option<String>,
    /// What is still missing before it can be handed in.
    unfinished: Vec<String>,
    back: String,
    here: String,
}

const SAID: &[(&str, &str)] = &[
    ("xinjian", "已建立。写好以后保存。"),
    ("baocun", "已保存。"),
    ("songshen", "已送审。"),
    ("chexia", "已提出撤下，等另一位负责人决定。"),
    ("meiti", "文件已上传。在“保存以后的样子”里放一遍，看听不听得清。"),
    ("zimu", "字幕已存入。在“保存以后的样子”里放一遍，看对不对得上。"),
    ("yichu", "已移除。"),
];

/// Shows it.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let (one, policy) = material_for(&visit, &clerk, &id).await?;
    let desk = Workbench::of(&visit, clerk, "jiedu", &one.title).await?;
    let desk = desk.under("政策解读", LIST).under(&policy.title, &policy.desk_path());
    let former = (!policy.former.is_empty()).then(|| visit.site.link(&policy.former));
    let foot = [format!("解读的文件：{}", policy.title), one.organ_name.clone()];
    let drawn = one.form == Form::Diagram && !one.body.sections.is_empty();
    let player = Player::of(&one, |file: &str| visit.site.link(&super::media::path(&one, file)));
    let page = MaterialPage {
        turns: more(&one.body.turns, MOST_TURNS),
        sections: more(&one.body.sections, MOST_SECTIONS),
        differences: more(&one.body.differences, MOST_DIFFERENCES),
        shown: Shown::of((one.form, &one.body), former, 3).playing(player),
        unfinished: unfinished(&one),
        picture: drawn.then(|| drawing::draw(&one.title, &one.body, &foot)),
        back: visit.site.link(&policy.desk_path()),
        here: visit.site.link(&one.desk_path()),
        desk: desk.saying(&done.done, SAID),
        one,
        policy,
    };
    web::page::answer(&page)
}

/// What is still missing of one that is being written.
fn unfinished(one: &Interpretation) -> Vec<String> {
    let all = one.body.check(one.form).err().filter(|_| one.is_open()).unwrap_or_default();
    all.into_iter().map(|bad| bad.words).collect()
}

/// What is written, and a few empty ones after it.
fn more<T: Clone + Default>(written: &[T], most: usize) -> Vec<T> {
    let mut all = written.to_vec();
    let wanted = (written.len() + MORE).clamp(3, most);
    all.resize(wanted.max(written.len()), T::default());
    all
}

/// What the form says.
fn body(form: &Submitted) -> Body {
    let said = |name: &str, at: usize| form.get(&format!("{name}-{at}")).trim().to_owned();
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let turn = |at: usize| Turn {
        question: line(&said("wen", at)),
        answer: said("da", at),
        place: line(&said("yiju", at)),
    };
    let point = |text: &str| line(text.trim_start_matches(['-', '·', '•', ' ']));
    let section = |at: usize| DiagramBlock {
        heading: line(&said("kuai", at)),
        number: line(&said("shuzi", at)),
        unit: line(&said("danwei", at)),
        points: said("yaodian", at).lines().map(point).filter(|text| !text.is_empty()).collect(),
    };
    let difference = |at: usize| Difference {
        matter: line(&said("chayi", at)),
        before: line(&said("yuan", at)),
        after: line(&said("xian", at)),
    };
    Body {
        lead: line(form.get("yijuhua")),
        speaker: line(form.get("jiedu-ren")),
        text: form.get("zhengwen").replace("\r\n", "\n").trim().to_owned(),
        turns: written((1..=MOST_TURNS).map(turn)),
        sections: written((1..=MOST_SECTIONS).map(section)),
        differences: written((1..=MOST_DIFFERENCES).map(difference)),
        conference: Conference {
            on: line(form.get("fabuhui-riqi")),
            at: line(form.get("fabuhui-shijian")),
            place: line(form.get("fabuhui-didian")),
        },
        // The file and the captions come by forms of their own.
        medium: None,
        captions: None,
    }
}

/// Without those in which nothing is written.
fn written<T: Default + PartialEq>(all: impl Iterator<Item = T>) -> Vec<T> {
    all.filter(|one| *one != T::default()).collect()
}

/// Keeps what was written.
pub async fn write(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let (one, _) = material_for(&visit, &clerk, &id).await?;
    let said = material::Said { title: form.get("biaoti"), body: body(&form) };
    let revision = form.get("kan").trim().parse().unwrap_or_default();
    let desk = desk_of(&visit, &clerk).await?;
    seen(material::write(desk, &Signatory::of(&clerk), &id, (&said, revision)).await)?;
    Ok(sent_to(&visit, &format!("{}?done=baocun", one.desk_path())))
}

/// Deletes it.
pub async fn drop_it(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    _form: Submitted,
) -> Result<Response, Fault> {
    let (_, policy) = material_for(&visit, &clerk, &id).await?;
    let desk = desk_of(&visit, &clerk).await?;
    seen(material::drop_it(desk, &Signatory::of(&clerk), &id).await)?;
    Ok(sent_to(&visit, &format!("{}?done=shanqu", policy.desk_path())))
}

/// 送审 of one whose policy is published already.
pub async fn submit(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let (one, _) = material_for(&visit, &clerk, &id).await?;
    let publishers = visit.house.publishers();
    let (by, desk) = (Signatory::of(&clerk), desk_of(&visit, &clerk).await?);
    seen(submission::keep(desk, &publishers, &by, (&id, form.words("shuoming"))).await)?;
    Ok(sent_to(&visit, &format!("{}?done=songshen", one.desk_path())))
}

/// 撤下 of one that is public is proposed.
pub async fn pull(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let (one, _) = material_for(&visit, &clerk, &id).await?;
    let desk = desk_of(&visit, &clerk).await?;
    let why = (form.get("yuanyou"), form.get(REASON));
    seen(pulling::propose(desk, &Signatory::of(&clerk), &id, why).await)?;
    Ok(sent_to(&visit, &format!("{}?done=chexia", one.desk_path())))
}

impl MaterialPage {
    /// Whether it is public, so that it may be taken down for what it says.
    fn is_public(&self) -> bool {
        use interpretation_rules::InterpretationState as State;
        matches!(self.one.state, State::Published | State::Replaced)
    }

    fn is_questions(&self) -> bool {
        self.one.form == Form::Questions
    }

    fn is_diagram(&self) -> bool {
        self.one.form == Form::Diagram
    }

    fn is_conference(&self) -> bool {
        self.one.form == Form::PressConference
    }

    fn is_video(&self) -> bool {
        self.one.form == Form::Video
    }

    /// What may be handed in as its file.
    fn taken(&self) -> String {
        let (kinds, most) = match self.is_video() {
            true => ("MP4（H.264）或 WebM", LARGEST_VIDEO),
            false => ("MP3、M4A、AAC、OGG（Opus）或 WAV", LARGEST_AUDIO),
        };
        format!("{kinds}，最多 {} MB。拍摄的人、地点、设备等说明信息会自动清掉。", most >> 20)
    }

    /// How many captions there are.
    fn captions(&self) -> usize {
        let captions = self.one.body.captions.as_ref();
        captions.map_or(0, |captions| captions.words().lines().count())
    }

    /// Whether it is handed in by itself, for its policy is published already.
    fn goes_alone(&self) -> bool {
        self.one.is_open() && self.policy.state.is_published()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_lines_of_a_form_are_left_out_and_the_others_keep_their_order() {
        let form = Submitted::of(&[
            ("yijuhua", " 一句 话 "),
            ("wen-2", "谁能领？"),
            ("da-2", "年满六十的。"),
            ("kuai-1", "标准"),
            ("yaodian-1", "- 每月三百\r\n\r\n· 按月发"),
            ("chayi-3", "补贴"),
        ]);
        let body = body(&form);
        assert_eq!(
            (body.lead.as_str(), body.turns.len(), body.differences.len()),
            ("一句 话", 1, 1)
        );
        assert_eq!(body.sections[0].points, ["每月三百", "按月发"]);
        assert_eq!(more(&body.turns, MOST_TURNS).len(), 3);
        assert_eq!(more(&vec![DiagramBlock::default(); 8], MOST_SECTIONS).len(), 8);
    }
}
