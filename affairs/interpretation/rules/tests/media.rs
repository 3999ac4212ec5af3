//! What is heard or seen stands beside itself as text: the file, the transcript, the captions of a film, and what a
//! press conference says of itself.

use interpretation_rules::{BadCaption, Body, Captions, Conference, Form, Medium, MediumKind};

const VTT: &str = "WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n每月三百元。\n";

fn medium(kind: MediumKind, seconds: Option<u32>) -> Medium {
    let (name, sha256) = ("解读.bin".to_owned(), "0".repeat(64));
    Medium { kind, name, size: 12_900_000, seconds, sha256 }
}

fn fields(form: Form, body: &Body) -> Vec<String> {
    body.check(form).err().unwrap_or_default().into_iter().map(|one| one.field).collect()
}

#[test]
fn sound_needs_its_transcript_and_a_film_its_captions_too() {
    let bare = Body { lead: "每月三百元".into(), ..Body::default() };
    assert_eq!(fields(Form::Audio, &bare), ["meiti", "zhengwen"]);
    assert_eq!(fields(Form::Video, &bare), ["meiti", "zimu", "zhengwen"]);
    let said = Body { text: "每月三百元。".into(), ..bare };
    let sound = Body { medium: Some(medium(MediumKind::Mp3, None)), ..said.clone() };
    assert_eq!(fields(Form::Audio, &sound), Vec::<String>::new());
    assert_eq!(fields(Form::Video, &sound), ["meiti", "zimu"], "sound is no film");
    let captions = Captions::read(VTT).ok();
    let film = Body { medium: Some(medium(MediumKind::Mp4, Some(4))), captions, ..said };
    assert_eq!(fields(Form::Video, &film), Vec::<String>::new());
    assert_eq!(fields(Form::Audio, &film), ["meiti"], "a film is no sound");
    let late = VTT.replace("00:00:04", "00:00:14");
    let other = Body { captions: Captions::read(&late).ok(), ..film };
    assert_eq!(fields(Form::Video, &other), ["zimu"], "they go on after the film");
}

#[test]
fn captions_are_written_anew_with_times_and_words_alone() {
    let srt = "\u{feff}1\r\n00:00:01,000 --> 00:00:04,000 position:10%\r\n<i>每月</i>三百元，\r\n3 < 5 & 7\r\n\r\n\
               2\r\n00:00:04,000 --> 00:00:05,500\r\n{\\an8}<v 王科长>按月发。\r\n";
    let read = Captions::read(srt).expect("reads");
    assert_eq!(
        read.vtt(),
        "WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n每月三百元，\n3 &lt; 5 &amp; 7\n\n00:00:04.000 --> 00:00:05.500\n王科长：按月发。\n"
    );
    assert_eq!(read.words(), "每月三百元， 3 < 5 & 7\n王科长：按月发。");
    assert_eq!(read.until(), 6);
    assert_eq!(Captions::read(read.vtt()), Ok(read.clone()), "what was written is read again");
    let styled = "WEBVTT 解读\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nNOTE 备注\n\n一\n01:00.000 --> 01:01.000\n话\n";
    let read = Captions::read(styled).expect("reads");
    assert_eq!(read.vtt(), "WEBVTT\n\n00:01:00.000 --> 00:01:01.000\n话\n");
}

/// `字幕 | 第几行 | 提示里的话`; a slash begins a new line of the file.
const WRONG: &str = "
WEBVTT | 1 | 没有字幕
WEBVTT//只有字 | 3 | 没有时间
WEBVTT//00:01 --> 00:02/话 | 3 | 时间写得不对
WEBVTT//00:00:61.000 --> 00:00:62.000/话 | 3 | 时间写得不对
WEBVTT//1/00:00:04.000 --> 00:00:04.000/话 | 4 | 不晚于开始
WEBVTT//00:00:04.000 --> 00:00:05.000/话//00:00:03.000 --> 00:00:06.000/话 | 6 | 按时间先后
WEBVTT//00:00:04.000 --> 00:00:05.000/<b></b> | 3 | 没有字
";

#[test]
fn what_is_wrong_with_captions_is_told_by_its_line() {
    for row in WRONG.lines().filter(|row| !row.is_empty()) {
        let cells: Vec<&str> = row.split(" | ").collect();
        let faults = Captions::read(&cells[0].replace('/', "\n").replace("<\nb>", "</b>"));
        let faults = faults.expect_err(row);
        let line: usize = cells[1].parse().expect("a number");
        let told = |fault: &BadCaption| fault.line == line && fault.words.contains(cells[2]);
        assert!(faults.iter().any(told), "{row}: {faults:?}");
    }
    let long = format!("WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n{}\n", "长".repeat(201));
    assert!(Captions::read(&long).is_err());
    let many: String = (0..20).map(|_| "没有时间\n\n").collect();
    assert_eq!(Captions::read(&many).expect_err("none has a time").len(), 10);
}

#[test]
fn a_press_conference_says_when_and_where_who_spoke_and_what_was_said() {
    let bare = Body { lead: "每月三百元".into(), ..Body::default() };
    assert_eq!(
        fields(Form::PressConference, &bare),
        ["jiedu-ren", "fabuhui-riqi", "fabuhui-shijian", "fabuhui-didian", "zhengwen"]
    );
    let held = |on: &str, at: &str| Conference {
        on: on.into(),
        at: at.into(),
        place: "市新闻发布厅".into(),
    };
    let said = Body { speaker: "局长".into(), text: "## 问答实录\n……".into(), ..bare };
    for (on, at, wrong) in [
        ("2026-11-26", "15:00", None),
        ("2026-11-31", "15:00", Some("fabuhui-riqi")),
        ("2026-11-26", "24:00", Some("fabuhui-shijian")),
        ("2026-11-26", "下午", Some("fabuhui-shijian")),
    ] {
        let body = Body { conference: held(on, at), ..said.clone() };
        assert_eq!(fields(Form::PressConference, &body), Vec::from_iter(wrong), "{on} {at}");
    }
}

#[test]
fn a_file_is_told_by_kind_size_and_length() {
    assert_eq!(medium(MediumKind::Mp4, Some(200)).told(), "MP4，12.3 MB，3 分 20 秒");
    let small = Medium { size: 2000, ..medium(MediumKind::Wav, Some(60)) };
    assert_eq!(small.told(), "WAV，2 KB，1 分钟");
    assert_eq!(medium(MediumKind::Webm, None).told(), "WebM，12.3 MB");
    assert_eq!(medium(MediumKind::Ogg, None).file(), "jiedu.ogg");
}
