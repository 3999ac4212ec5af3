//! An interpretation as those who review it see it: as the portal will show it.

use interpretation_rules::Form;
use web::{FileSeen, LaidOut, Later, Part, Remark, Visit};

use crate::portal::drawing;
use crate::portal::shown::{Player, Shown};
use crate::store::{Interpretation, Policy};
use crate::{checks, drafts};

/// The parts that the laid out text covers.
const COVERS: [&str; 10] = [
    "解读人",
    "举行时间和地点",
    "音视频",
    "一句话",
    "正文",
    "问",
    "答",
    "依据",
    "图解",
    "新旧政策差异",
];

/// For review.
pub(crate) fn lay_out<'a>(
    visit: &'a Visit,
    id: &'a str,
    parts: &'a [Part],
) -> Later<'a, Option<LaidOut>> {
    Box::pin(async move {
        let store = visit.house.store();
        let Some(one) = Interpretation::find(store, id).await? else { return Ok(None) };
        let Some(policy) = Policy::find(store, &one.policy).await? else { return Ok(None) };
        // What was submitted and is no longer what stands here is shown as it was signed.
        if drafts::signed(&one, &policy, vec![]).parts != parts {
            return Ok(None);
        }
        let former = (!policy.former.is_empty()).then(|| visit.site.link(&policy.former));
        let at = |file: &str| visit.site.link(&super::media::path(&one, file));
        let player = Player::of(&one, at);
        let files = one.body.medium.iter().map(|medium| FileSeen {
            name: medium.name.clone(),
            told: medium.as_signed().replace('\n', "，"),
            href: Some(at(&medium.file())),
        });
        let files = files.collect();
        let mut text = Shown::of((one.form, &one.body), former, 3).playing(player).to_string();
        if one.form == Form::Diagram {
            let foot = [format!("解读的文件：{}", policy.title), one.organ_name.clone()];
            text.push_str(&drawing::draw(&one.title, &one.body, &foot));
        }
        let remark = |stands: bool, words: String| Remark {
            stands,
            words,
            remedy: "不应公开的删去或者遮盖".into(),
        };
        let stops = checks::stopping(&one.title, &one.body).into_iter();
        let doubts = checks::doubts(&one.title, &one.body).into_iter();
        let found = stops.map(|words| remark(true, words));
        let found = found.chain(doubts.map(|words| remark(false, words)));
        let open = one.published_at.is_none();
        let checks = open.then(|| found.collect());
        Ok(Some(LaidOut { text, covers: COVERS.to_vec(), files, checks }))
    })
}
