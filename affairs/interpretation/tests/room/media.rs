//! What is heard or seen: bound to what is signed, given out in parts, gone with its interpretation; and a press
//! conference with all that was said. On both engines.

use std::path::PathBuf;

use interpretation::acts::{ActError, captions, erasing, material, medium, pulling, submission};
use interpretation::media::examine;
use interpretation::store::{Interpretation, KeptMedium, Policy};
use interpretation_rules::{Body, Captions, Conference, Form, Medium, MediumKind};

use crate::ground::{Ground, drafter, head, on_both, person};

const TITLE: &str = "厦门市养老服务补贴办法";

/// Two seconds of silence, and what its maker wrote.
fn wav(loudness: u8) -> Vec<u8> {
    let chunk = |kind: &[u8], body: &[u8]| {
        let length = u32::try_from(body.len()).expect("small").to_le_bytes();
        [kind, &length[..], body].concat()
    };
    let rate = 8000_u32.to_le_bytes();
    let format = [&[1, 0, 1, 0][..], &rate, &rate, &[1, 0, 8, 0]].concat();
    let all = [
        b"WAVE".to_vec(),
        chunk(b"fmt ", &format),
        chunk(b"LIST", b"recorded by Zhang San "),
        chunk(b"data", &[loudness; 16_000]),
    ];
    chunk(b"RIFF", &all.concat())
}

/// A file as it comes with a form.
fn came(ground: &Ground, bytes: &[u8]) -> PathBuf {
    let folder = ground.folder.path().join("incoming");
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join("form.new-1");
    std::fs::write(&path, bytes).expect("writes");
    path
}

/// 张 hands in the sound of an interpretation.
async fn upload(
    ground: &Ground,
    (id, revision): (&str, i64),
    bytes: &[u8],
) -> Result<(), ActError> {
    let path = came(ground, bytes);
    let found = examine(&path, Form::Audio, "解读.wav").expect("is sound");
    let (desk, by) = (ground.desk().await, drafter());
    medium::keep(desk, ground.folder.path(), &by, (id, revision), (found, &path)).await
}

/// An interpretation of a form that is begun.
async fn begun(ground: &Ground, policy: &Policy, form: Form) -> Interpretation {
    let (desk, by) = (ground.desk().await, drafter());
    material::begin(desk, &by, &policy.id, (form.word(), None)).await.expect("begins")
}

/// 张 writes what is said.
async fn write(ground: &Ground, id: &str, body: Body) {
    let one = ground.interpretation(id).await;
    let said = material::Said { title: "听读补贴办法", body };
    let (desk, by) = (ground.desk().await, drafter());
    material::write(desk, &by, id, (&said, one.revision)).await.expect("writes");
}

fn transcript() -> Body {
    Body {
        lead: "每月三百元".into(), text: "大家好，每月三百元。".into(), ..Body::default()
    }
}

/// Sound that is whole, for a policy that is published.
async fn heard(ground: &Ground) -> Interpretation {
    let (policy, _) = ground.published("一", TITLE).await;
    let one = begun(ground, &policy, Form::Audio).await;
    upload(ground, (&one.id, one.revision), &wav(128)).await.expect("keeps");
    write(ground, &one.id, transcript()).await;
    ground.interpretation(&one.id).await
}

async fn hand_in(ground: &Ground, id: &str) -> Result<review::Unit, ActError> {
    let (desk, by) = (ground.desk().await, drafter());
    submission::keep(desk, &ground.publishers, &by, (id, None)).await
}

/// The same, public.
async fn public(ground: &Ground) -> Interpretation {
    let one = heard(ground).await;
    let unit = hand_in(ground, &one.id).await.expect("submits");
    ground.sign(&unit).await.expect("signs");
    ground.release(&unit).await.expect("publishes");
    ground.interpretation(&one.id).await
}

fn file_of(ground: &Ground, medium: &Medium) -> PathBuf {
    ground.folder.path().join("media").join(&medium.sha256[..2]).join(&medium.sha256)
}

#[tokio::test]
async fn sound_is_kept_without_its_makers_words_and_needs_its_transcript() {
    on_both(async |ground| {
        let (policy, _) = ground.published("一", TITLE).await;
        let one = begun(ground, &policy, Form::Audio).await;
        hand_in(ground, &one.id).await.expect_err("nothing is in it");
        upload(ground, (&one.id, one.revision), &wav(128)).await.expect("keeps");
        let over = upload(ground, (&one.id, one.revision), &wav(1)).await.expect_err("was written");
        assert!(over.to_string().contains("有人改动过"), "{over}");
        let now = ground.interpretation(&one.id).await;
        let kept = now.body.medium.clone().expect("is kept");
        assert_eq!((kept.kind, kept.seconds), (MediumKind::Wav, Some(2)));
        let bytes = std::fs::read(file_of(ground, &kept)).expect("lies there");
        assert!(!bytes.windows(9).any(|part| part == b"Zhang San"));
        let refused = hand_in(ground, &one.id).await.expect_err("no transcript");
        assert!(matches!(refused, ActError::Fields(_)), "{refused}");
        write(ground, &one.id, transcript()).await;
        let now = ground.interpretation(&one.id).await;
        assert_eq!(now.body.medium, Some(kept), "writing leaves the file where it is");
        hand_in(ground, &one.id).await.expect("submits");
        let by_hand = "UPDATE interpretation SET medium = NULL WHERE form = 'yinpin'";
        ground.raw(by_hand).await.expect_err("it is under review");
    })
    .await;
}

#[tokio::test]
async fn a_file_is_given_in_parts_once_it_is_public_and_gone_with_its_interpretation() {
    on_both(async |ground| {
        let one = heard(ground).await;
        let address = format!("{}/meiti/jiedu.wav", one.path());
        assert_eq!(ground.get(&address).await.0, 404, "it is not public yet");
        let unit = hand_in(ground, &one.id).await.expect("submits");
        ground.sign(&unit).await.expect("signs");
        ground.release(&unit).await.expect("publishes");
        let page = ground.page(&one.path()).await;
        for part in ["<audio controls", &address, "文字稿", "大家好，每月三百元。", "2 秒"]
        {
            assert!(page.contains(part), "{part}: {page}");
        }
        assert!(!page.contains("autoplay"), "nothing sounds unasked");
        let (status, headers, body) = ground.part(&address, "bytes=0-3").await;
        assert_eq!((status, body.as_slice()), (206, &b"RIFF"[..]));
        assert_eq!(headers["content-type"], "audio/wav");
        assert!(
            headers["content-range"].to_str().is_ok_and(|range| range.starts_with("bytes 0-3/"))
        );
        let policy = headers["content-security-policy"].to_str().expect("our own words");
        assert!(policy.contains("media-src 'self'"), "{policy}");
        assert_eq!(ground.part(&address, "bytes=999999-").await.0, 416);
        assert_eq!(ground.get(&format!("{}/meiti/jiedu.mp4", one.path())).await.0, 404);
        assert_eq!(ground.get(&format!("{}/meiti/zimu.vtt", one.path())).await.0, 404);
        // With its document, and for good when it is taken down itself.
        ground.document_is_shown("一", false).await;
        assert_eq!(ground.part(&address, "bytes=0-3").await.0, 410);
        ground.document_is_shown("一", true).await;
        assert_eq!(ground.part(&address, "bytes=0-3").await.0, 206);
        let by = person("钱", "drafter");
        pulling::propose(ground.desk().await, &by, &one.id, ("wrong", "念错了"))
            .await
            .expect("proposes");
        let done = pulling::decide(
            ground.desk().await,
            ground.folder.path(),
            &head(),
            &one.id,
            (true, "听过"),
        )
        .await;
        done.expect("agrees");
        assert_eq!(ground.part(&address, "bytes=0-3").await.0, 410);
    })
    .await;
}

#[tokio::test]
async fn what_is_signed_is_that_very_file_and_no_other_is_published() {
    on_both(async |ground| {
        let one = heard(ground).await;
        let kept = one.body.medium.clone().expect("is kept");
        let unit = hand_in(ground, &one.id).await.expect("submits");
        let sql = format!(
            "SELECT COUNT(*) FROM review_piece WHERE id = '{}' AND body LIKE '%{}%'",
            one.id, kept.sha256
        );
        assert_eq!(ground.count(&sql).await, 1, "its digest stands in what is signed");
        ground.sign(&unit).await.expect("signs");
        std::fs::write(file_of(ground, &kept), wav(1)).expect("somebody changes it on the disk");
        let (ledger, units) = (ground.house.ledger(), [unit.id.clone()]);
        let refused = review::publication::ready(ledger, &ground.publishers, &units).await;
        let refused = refused.expect_err("it is another").to_string();
        assert!(refused.contains("与送审的不一样"), "{refused}");
    })
    .await;
}

#[tokio::test]
async fn a_film_has_captions_that_are_told_by_line_where_they_are_wrong() {
    on_both(async |ground| {
        let (policy, _) = ground.published("一", TITLE).await;
        let one = begun(ground, &policy, Form::Video).await;
        let refused = captions::read(b"WEBVTT\n\n00:00:04.000 --> 00:00:01.000\n\xe8\xaf\x9d\n");
        let ActError::Fields(fields) = refused.expect_err("it ends before it begins") else {
            panic!("fields are wrong");
        };
        assert!(fields[0].1.contains("第 3 行"), "{fields:?}");
        captions::read(b"\xff\xfe").expect_err("no text");
        let srt = "1\n00:00:01,000 --> 00:00:02,000\n大家好\n";
        let read = captions::read(srt.as_bytes()).expect("reads");
        let (desk, by) = (ground.desk().await, drafter());
        captions::keep(desk, &by, (&one.id, one.revision), Some(read)).await.expect("keeps");
        let now = ground.interpretation(&one.id).await;
        let vtt = "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n大家好\n";
        assert_eq!(now.body.captions.as_ref().map(Captions::vtt), Some(vtt));
        let found = examine(&came(ground, &wav(128)), Form::Video, "解读.wav");
        assert!(found.expect_err("sound is no film").to_string().contains("不是视频"));
        let off = captions::keep(ground.desk().await, &by, (&one.id, now.revision), None).await;
        off.expect("takes them off");
        let sound = begun(ground, &policy, Form::Audio).await;
        let read = captions::read(srt.as_bytes()).expect("reads");
        let on_sound = (sound.id.as_str(), sound.revision);
        let none = captions::keep(ground.desk().await, &by, on_sound, Some(read)).await;
        none.expect_err("sound has a transcript");
    })
    .await;
}

#[tokio::test]
async fn what_nothing_is_made_of_is_erased_after_a_week_and_what_is_used_never() {
    on_both(async |ground| {
        let one = public(ground).await;
        let used = one.body.medium.clone().expect("is kept");
        let policy = ground.policy(&one.policy).await;
        let other = begun(ground, &policy, Form::Audio).await;
        upload(ground, (&other.id, other.revision), &wav(1)).await.expect("keeps");
        let now = ground.interpretation(&other.id).await;
        let left = now.body.medium.clone().expect("is kept");
        let (desk, by) = (ground.desk().await, drafter());
        medium::remove(desk, &by, (&other.id, now.revision)).await.expect("takes it off");
        let folder = ground.folder.path();
        erasing::follow(ground.house.ledger(), folder).await.expect("looks");
        assert!(file_of(ground, &left).exists(), "whoever took it off may have been mistaken");
        let later = ground.at("2026-12-20T01:00:00Z").await;
        erasing::follow(later.house.ledger(), folder).await.expect("looks");
        assert!(!file_of(ground, &left).exists() && file_of(ground, &used).exists());
        let gone = "SELECT COUNT(*) FROM interpretation_medium WHERE gone = 1";
        assert_eq!(ground.count(gone).await, 1);
        let told = "SELECT COUNT(*) FROM ledger_event WHERE act = 'medium_erasure'";
        erasing::follow(later.house.ledger(), folder).await.expect("looks again");
        assert_eq!(ground.count(told).await, 1, "once");
        let by_hand =
            format!("UPDATE interpretation_medium SET gone = 1 WHERE sha256 = '{}'", used.sha256);
        ground.raw(&by_hand).await.expect_err("it is in use");
        // Handed in again it is there again.
        let now = ground.interpretation(&other.id).await;
        upload(ground, (&other.id, now.revision), &wav(1)).await.expect("keeps");
        assert!(file_of(ground, &left).exists());
        let unused = KeptMedium::unused(ground.house.store(), "2027", 10).await.expect("asks");
        assert_eq!(unused, []);
    })
    .await;
}

#[tokio::test]
async fn a_press_conference_is_read_with_when_and_where_who_spoke_and_what_was_said() {
    on_both(async |ground| {
        let (policy, _) = ground.published("一", TITLE).await;
        let one = begun(ground, &policy, Form::PressConference).await;
        let said = Body {
            lead: "每月三百元".into(),
            speaker: "市民政局局长".into(),
            text: "## 介绍\n每月三百元。\n## 答问\n记者：从哪天起？\n答：发布之日起。".into(),
            ..Body::default()
        };
        write(ground, &one.id, said.clone()).await;
        let refused = hand_in(ground, &one.id).await.expect_err("not when, not where");
        assert!(matches!(refused, ActError::Fields(ref all) if all.len() == 3), "{refused:?}");
        let (on, at) = ("2026-11-26".into(), "15:00".into());
        let conference = Conference { on, at, place: "市新闻发布厅".into() };
        write(ground, &one.id, Body { conference, ..said }).await;
        let unit = hand_in(ground, &one.id).await.expect("submits");
        ground.sign(&unit).await.expect("signs");
        ground.release(&unit).await.expect("publishes");
        let page = ground.page(&one.path()).await;
        for part in
            ["2026-11-26 15:00 市新闻发布厅", "发布人：市民政局局长", "文字实录", "从哪天起？"]
        {
            assert!(page.contains(part), "{part}: {page}");
        }
    })
    .await;
}

/// Sound that is public is taken down by two persons; it, and where its file lies.
async fn pulled(ground: &Ground, why: &str) -> (Interpretation, PathBuf) {
    let one = public(ground).await;
    let file = file_of(ground, one.body.medium.as_ref().expect("is kept"));
    assert!(file.exists());
    let (desk, by) = (ground.desk().await, person("钱", "drafter"));
    pulling::propose(desk, &by, &one.id, (why, "念错了")).await.expect("proposes");
    let (desk, folder) = (ground.desk().await, ground.folder.path());
    pulling::decide(desk, folder, &head(), &one.id, (true, "听过")).await.expect("agrees");
    (one, file)
}

/// In how many places what one said is still kept.
async fn kept(ground: &Ground, one: &Interpretation) -> i64 {
    let own = format!(
        "SELECT count(*) FROM interpretation
          WHERE id = '{}' AND (body || plain || lead) LIKE '%每月三百元%'",
        one.id
    );
    let review = format!(
        "SELECT count(*) FROM review_piece
          WHERE kind = 'interpretation' AND id = '{}' AND body LIKE '%每月三百元%'",
        one.id
    );
    ground.count(&own).await + ground.count(&review).await
}

#[tokio::test]
async fn what_somebody_no_longer_agrees_to_is_gone_everywhere_at_once() {
    on_both(async |ground| {
        let (one, file) = pulled(ground, "consent").await;
        assert!(!file.exists(), "its file is gone");
        assert_eq!(kept(ground, &one).await, 0);
        let (status, page) = ground.get(&one.path()).await;
        assert!(status == 410 && page.contains("念错了"), "{status} {page}");
        ground.raw("UPDATE interpretation SET erased_at = NULL").await.expect_err("it is gone");
        let again = "UPDATE interpretation SET body = '{}' WHERE pulled = 1";
        ground.raw(again).await.expect_err("it does not come back");
    })
    .await;
}

#[tokio::test]
async fn what_was_wrong_is_kept_for_a_year_after_it_was_taken_down() {
    on_both(async |ground| {
        let (one, file) = pulled(ground, "wrong").await;
        for (moment, left) in [
            ("2026-12-26T01:00:00Z", true),
            ("2027-11-26T01:00:00Z", true),
            ("2027-11-27T01:00:00Z", false),
        ] {
            let ground = ground.at(moment).await;
            let (ledger, folder) = (ground.house.ledger(), ground.folder.path());
            erasing::follow(ledger, folder).await.expect("looks");
            erasing::pulled(ledger, folder).await.expect("looks");
            assert_eq!(
                (file.exists(), kept(&ground, &one).await),
                (left, if left { 2 } else { 0 })
            );
        }
        let other = ground.interpretation(&one.id).await;
        assert_eq!((other.title.as_str(), other.body), ("内容已删除", Body::default()));
    })
    .await;
}
