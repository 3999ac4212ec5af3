//! Every letter there is, from its standard text and typed facts to the words that go out: compared with
//! `letters.md`, which a lawyer can read; and what a text or a letter is refused for.

mod sample_letters;

use std::fmt::Write;

use documents::writing::{Article, Block};
use law::day;
use requests::letters::{
    AnswerContents, AnswerPart, Contents, Field, Text, TextFault, TextKey, Unwritten, compose,
    standard_text,
};
use requests_rules::{ANSWER_TYPES, AnswerClass, Fact, Letter as Kind, RemedyRoute, answer_type};
use sample_letters::{TODAY, answer, answers, case, every_letter, number, others, sender};

/// A letter as a lawyer reads it.
fn shown(article: &Article) -> String {
    let mut text = String::new();
    let mut say = |line: &str| {
        let _ = writeln!(text, "> {}\n>", line.replace('\n', "　"));
    };
    for head in [&article.letterhead, &article.number].into_iter().flatten() {
        say(head);
    }
    say(&format!("**{}**", article.title));
    article.addressee.iter().for_each(|name| say(name));
    article.blocks.iter().for_each(|block| say_block(block, &mut say));
    article.attachments.iter().for_each(|name| say(&format!("附件：{name}")));
    let date = article.date.map(requests_rules::chinese_day).unwrap_or_default();
    say(&format!("{} {date}", article.signature.as_deref().unwrap_or_default()));
    if !article.annex.is_empty() {
        say("（另页）");
        article.annex.iter().for_each(|block| say_block(block, &mut say));
    }
    text.trim_end().trim_end_matches('>').trim_end().to_owned()
}

fn say_block(block: &Block, say: &mut impl FnMut(&str)) {
    match block {
        Block::Paragraph { text } => say(text),
        Block::Heading { text, rest, .. } => say(&format!("**{text}**{rest}")),
        Block::Table { header, rows, .. } => {
            say(&header.join(" ‖ "));
            rows.iter().for_each(|row| say(&row.join(" ‖ ")));
        }
        Block::List { items, .. } => items.iter().for_each(|item| say(item)),
    }
}

#[test]
fn every_letter_reads_as_the_table_for_lawyers_has_it() {
    let mut found = String::from(
        "# 全部文书\n\n每种文书一个实例，由平台的标准文本、虚构的案情和规则生成。救济途径、期限、金额、依据都由规则给出。\n",
    );
    for (key, letter) in every_letter() {
        let _ = write!(found, "\n## {}\n\n{}\n", key.title(TODAY), shown(&letter.article));
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/letters.md");
    if std::env::var_os("WRITE_LETTERS").is_some() {
        std::fs::write(path, &found).expect("the table can be written");
    }
    let table = std::fs::read_to_string(path).expect("the table is there");
    let differs = found.lines().zip(table.lines()).find(|(found, table)| found != table);
    assert_eq!(differs, None, "found, table; WRITE_LETTERS=1 writes the table anew, read it then");
    assert_eq!(found.lines().count(), table.lines().count());
}

/// 代码 | 文书 | 年报行 | 救济.
const ANSWERS: &str = "\
G1  | 答复 | 3  | 任选
G2  | 答复 | 3  | 任选
P1  | 答复 | 4  | 部分前置
D1  | 答复 | 5  | 前置
D2  | 答复 | 6  | 前置
D3  | 答复 | 7  | 前置
D4  | 答复 | 8  | 前置
D5  | 答复 | 9  | 前置
D6  | 答复 | 10 | 前置
D7  | 答复 | 11 | 前置
D8  | 答复 | 12 | 任选
U1a | 答复 | 13 | 任选
U1b | 答复 | 13 | 任选
U2  | 答复 | 14 | 任选
U3  | 答复 | 15 | 任选
N1  | 答复 | 16 | 任选
N2  | 答复 | 17 | 任选
N3  | 答复 | 18 | 任选
N4  | 答复 | 19 | 任选
N5  | 答复 | 20 | 任选
O1  | 办结 | 21 | 任选
O2  | 办结 | 22 | 任选
O3  | 办结 | 23 | 任选";

#[test]
fn every_one_of_the_22_answers_yields_its_letter_its_report_row_and_its_remedy() {
    let first = "应当先自收到本答复之日起60日内向厦门市人民政府申请行政复议";
    let any =
        "可以自收到本答复之日起60日内向厦门市人民政府申请行政复议，也可以自收到本答复之日起6个月内";
    let rest = "对其余部分不服的，可以自收到本答复之日起60日内";
    let kinds = ANSWER_TYPES.on(TODAY).expect("in force").value;
    assert_eq!(ANSWERS.lines().count(), kinds.len());
    for (line, kind) in ANSWERS.lines().zip(kinds) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let letter = answer(kind.code).unwrap_or_else(|error| panic!("{}: {error}", kind.code));
        let row = kind.report_row.to_string();
        assert_eq!([kind.code, letter.kind.serial(), &row], cells[..3], "{line}");
        let remedy = letter.remedy.clone().expect("an answer tells its remedy");
        let said = remedy.replace("本告知", "本答复");
        let which = match (said.contains(first), said.contains(any), said.contains(rest)) {
            (true, _, true) => "部分前置",
            (true, false, false) => "前置",
            (false, true, false) => "任选",
            other => panic!("{}: {other:?} {remedy}", kind.code),
        };
        assert_eq!(which, cells[3], "{line}");
        let last =
            letter.article.blocks.iter().filter(|block| **block == Block::paragraph(&remedy));
        assert_eq!(last.count(), 1, "{}: the remedy stands in the letter once", kind.code);
        let facts = answers().remove(kind.code).expect("facts for every kind");
        let text = shown(&letter.article);
        for (fact, words) in &facts.facts {
            assert!(text.contains(words.as_str()), "{} tells {}", kind.code, fact.label());
        }
        for basis in kind.basis {
            assert!(text.contains(&basis.place()), "{} names {basis}", kind.code);
        }
    }
}

#[test]
fn an_answer_without_one_of_its_facts_is_not_written_and_the_place_is_named() {
    for kind in ANSWER_TYPES.on(TODAY).expect("in force").value {
        for fact in kind.required {
            let mut contents = answers().remove(kind.code).expect("facts for every kind");
            contents.facts.insert(*fact, "  ".into());
            let key = TextKey::of_answer(kind);
            let text = standard_text(key).expect("a standard text");
            let number = number(kind.letter);
            let contents = Contents::Answer(contents);
            let written = compose(&text, &sender(), &case(), &number, (TODAY, false), &contents);
            match written {
                Ok(letter) => {
                    assert!(
                        fact.may_be_unknown(),
                        "{} went out without {}",
                        kind.code,
                        fact.label()
                    );
                    assert!(!shown(&letter.article).contains("负责公开该政府信息的机关"));
                }
                Err(error) => {
                    let empty = vec![requests::letters::Field::of(*fact)];
                    assert_eq!(error, Unwritten::Empty(empty), "{}", kind.code);
                }
            }
        }
    }
}

#[test]
fn no_letter_can_go_out_with_an_empty_place() {
    for (key, contents) in others() {
        let text = standard_text(key).expect("a standard text");
        let mut blank = case();
        blank.wanted = " ".into();
        blank.number = String::new();
        let written =
            compose(&text, &sender(), &blank, &number(key.letter()), (TODAY, false), &contents);
        if key.letter() == Kind::ServiceProof {
            continue; // it tells the number within its table
        }
        assert!(matches!(written, Err(Unwritten::Empty(_))), "{key}: {written:?}");
    }
    for (_, letter) in every_letter() {
        let text = shown(&letter.article);
        assert!(!text.contains(['{', '}', '【']), "{text}");
        assert!(!text.contains("。。") && !text.contains("，，"), "{text}");
    }
}

#[test]
fn a_letter_to_a_third_party_or_an_organ_never_names_the_applicant() {
    for (key, letter) in every_letter() {
        let to_applicant = key.letter().to() == requests_rules::Recipient::Applicant;
        let names = shown(&letter.article).contains("林秀英");
        let filed = key.letter().to() == requests_rules::Recipient::File;
        assert!(names == to_applicant || (filed && names), "{key}");
    }
}

#[test]
fn an_organisation_is_addressed_as_one() {
    let mut case = case();
    case.class = requests_rules::ApplicantClass::Enterprise;
    case.applicant = "厦门某某建材有限公司".into();
    let kind = answer_type("G1", TODAY).expect("known");
    let contents = Contents::Answer(answers().remove("G1").expect("facts"));
    let text = standard_text(TextKey::of_answer(kind)).expect("a text");
    let letter = compose(&text, &sender(), &case, &number(Kind::Answer), (TODAY, false), &contents);
    let text = shown(&letter.expect("written").article);
    assert!(text.contains("你单位提交的政府信息公开申请") && !text.contains('您'), "{text}");
}

#[test]
fn what_is_served_electronically_names_the_online_way_to_review() {
    let kind = answer_type("D1", TODAY).expect("known");
    let contents = Contents::Answer(answers().remove("D1").expect("facts"));
    let text = standard_text(TextKey::of_answer(kind)).expect("a text");
    let write =
        |sender| compose(&text, &sender, &case(), &number(Kind::Answer), (TODAY, true), &contents);
    let letter = write(sender()).expect("written");
    assert!(letter.remedy.expect("told").contains("https://www.example.gov.cn/fuyi"));
    let without = requests::letters::Sender { online_review: None, ..sender() };
    assert!(matches!(write(without), Err(Unwritten::Unset(_))));
    let no_court = requests::letters::Sender { court: String::new(), ..sender() };
    assert_eq!(write(no_court), Err(Unwritten::Unset("管辖法院")));
}

#[test]
fn an_answer_of_2023_tells_the_remedies_of_2023() {
    let kind = answer_type("D1", day(2023, 12, 29)).expect("known");
    let contents = Contents::Answer(AnswerContents::of(kind).with(Fact::Reason, "理由"));
    let text = standard_text(TextKey::of_answer(kind)).expect("a text");
    let on = day(2023, 12, 29);
    let letter = compose(&text, &sender(), &case(), "答复〔2023〕9号", (on, false), &contents);
    let remedy = letter.expect("written").remedy.expect("told");
    assert!(remedy.contains("也可以") && !remedy.contains("应当先"), "{remedy}");
}

#[test]
fn every_text_has_a_standard_and_every_standard_passes_its_own_check() {
    for key in TextKey::all(TODAY) {
        let word = key.to_string();
        let text = standard_text(key).unwrap_or_else(|| panic!("{word} has no sound text"));
        assert_eq!((text.version(), TextKey::parse(&word, TODAY)), (0, Some(key)));
        assert!(!key.title(TODAY).is_empty() && key.demanded().len() >= 2, "{word}");
    }
    let of_answers = TextKey::all(TODAY).into_iter().filter(|key| key.code().is_some()).count();
    assert_eq!(of_answers, ANSWER_TYPES.on(TODAY).expect("in force").value.len());
    assert_eq!(
        TextKey::all(TODAY).len(),
        of_answers + Kind::ALL.len() - 1,
        "and one for kinds that differ"
    );
}

#[test]
fn a_text_is_refused_for_what_would_make_a_bad_letter() {
    let kind = answer_type("D1", TODAY).expect("known");
    let key = TextKey::of_answer(kind);
    let good = standard_text(key).expect("a text").body().to_owned();
    let faults = |body: &str| Text::read(key, 1, body).err().unwrap_or_default();
    assert_eq!(faults(&good), []);
    for (change, fault) in [
        ((" ", " "), None),
        (("{理由}", "因为保密"), Some(TextFault::Missing("理由"))),
        (("{救济途径}", "特此告知"), Some(TextFault::Missing("救济途径"))),
        (("{依据}", "{依据"), Some(TextFault::Unpaired(2))),
        (("{依据}", "{}}"), Some(TextFault::Unpaired(2))),
        (
            ("{称谓}申请获取的", "{申请者}申请获取的"),
            Some(TextFault::Unknown { line: 2, name: "申请者".into() }),
        ),
        (
            ("{称谓}申请获取的", "{应缴金额}"),
            Some(TextFault::Foreign { line: 2, name: "应缴金额" }),
        ),
        (
            ("【如有】联系方式", "联系方式"),
            Some(TextFault::MayBeEmpty { line: 6, name: "联系方式" }),
        ),
        (
            ("{救济途径}", "【如有】{救济途径}"),
            Some(TextFault::MayFallAway { line: 5, name: "救济途径" }),
        ),
        (("特此答复。", "【如有】特此答复。"), Some(TextFault::NothingToKnow(4))),
        (("特此答复。", "不服的可以申请行政复议。"), Some(TextFault::RemedyTyped(4))),
    ] {
        let found = faults(&good.replacen(change.0, change.1, 1));
        match fault {
            None => assert_eq!(found, [], "{change:?}"),
            Some(fault) => assert!(found.contains(&fault), "{change:?}: {found:?}"),
        }
    }
    assert_eq!(faults(" \n \n"), [TextFault::Empty,]);
    assert_eq!(faults(&"字".repeat(8_001)), [TextFault::TooLong]);
    let receipt = TextKey::of(Kind::Receipt).expect("no answer");
    let body =
        standard_text(receipt).expect("a text").body().replace("{期限说明}", "期限：{期限说明}");
    let faults = Text::read(receipt, 1, &body).expect_err("a list within a sentence");
    assert!(matches!(faults[..], [TextFault::NotAlone { name: "期限说明", .. }]), "{faults:?}");
}

#[test]
fn a_text_of_one_letter_does_not_serve_another() {
    let d1 = answer_type("D1", TODAY).expect("known");
    let text = standard_text(TextKey::of_answer(d1)).expect("a text");
    let contents = Contents::Answer(answers().remove("G1").expect("facts"));
    let written = compose(&text, &sender(), &case(), "号", (TODAY, false), &contents);
    assert!(matches!(written, Err(Unwritten::OtherText { .. })), "{written:?}");
}

#[test]
fn only_withholding_under_articles_14_to_16_is_reviewed_first() {
    for kind in ANSWER_TYPES.on(TODAY).expect("in force").value {
        let first = kind.remedy == RemedyRoute::ReviewFirst;
        let withheld = kind.class == AnswerClass::Withheld && kind.code != "D8";
        assert_eq!(first, withheld, "{}", kind.code);
    }
}

fn part(code: &str, asked: &str) -> AnswerPart {
    let contents = answers().remove(code).expect("facts for every kind");
    AnswerPart { asked: asked.into(), kind: contents.kind, facts: contents.facts }
}

#[test]
fn answers_of_different_kinds_stand_in_one_letter_each_with_its_provision_facts_and_remedy() {
    for (codes, reviewed, free) in [
        (["G1", "G2"], "", "对本答复不服的，可以"),
        (["D1", "U1a"], "对第1项的答复不服的，应当先", "对第2项的答复不服的，可以"),
        (["U1a", "D4"], "对第2项的答复不服的，应当先", "对第1项的答复不服的，可以"),
        (["G2", "P1"], "对第2项中依照", "对第1项、第2项的其余部分的答复不服的，可以"),
    ] {
        let parts = vec![part(codes[0], "第一样"), part(codes[1], "第二样")];
        let mut contents = AnswerContents::of(parts[0].kind);
        contents.parts = parts.clone();
        let text = standard_text(TextKey::joint()).expect("a text");
        let contents = Contents::Answer(contents);
        let letter =
            compose(&text, &sender(), &case(), "答复〔2026〕1号", (TODAY, false), &contents);
        let letter = letter.expect("written");
        let said = letter.plain();
        for one in &parts {
            assert!(said.contains(&format!("{}：{}", one.asked, one.kind.name)), "{said}");
            assert!(said.contains(one.kind.basis[0].place().as_str()), "{said}");
            for words in one.facts.values() {
                let words = words.lines().next().unwrap_or_default().trim();
                assert!(said.contains(words), "{codes:?} {words}: {said}");
            }
        }
        let remedy = letter.remedy.expect("told");
        assert!(remedy.contains(reviewed) && remedy.contains(free), "{codes:?}: {remedy}");
        assert_eq!(remedy.contains("应当先"), !reviewed.is_empty(), "{codes:?}: {remedy}");
    }
}

#[test]
fn what_has_no_place_in_the_text_is_not_left_out_of_the_letter() {
    let kind = answer_type("G1", TODAY).expect("known");
    let contents = answers().remove("G1").expect("facts").with(Fact::Provided, "随函附上的复印件");
    let text = standard_text(TextKey::of_answer(kind)).expect("a text");
    let contents = Contents::Answer(contents);
    let told = compose(&text, &sender(), &case(), "号", (TODAY, false), &contents);
    assert_eq!(told, Err(Unwritten::NoPlace(vec![Field::Provided])));
}

#[test]
fn an_extension_while_opinions_are_awaited_tells_that_their_time_is_not_counted() {
    let contents = Contents::Extension {
        by: law::WorkingDays(20),
        due: None,
        provisional: false,
        because: "材料很多".into(),
    };
    let text = standard_text(contents.key()).expect("a text");
    let letter = compose(&text, &sender(), &case(), "号", (TODAY, false), &contents);
    let said = letter.expect("written").plain();
    assert!(said.contains("意见所需时间不计算在内") && said.contains("20个工作日"), "{said}");
}
