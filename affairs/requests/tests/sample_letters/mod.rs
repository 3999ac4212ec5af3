//! One request of a made-up district, and every letter it could ever need.

use std::collections::BTreeMap;

use law::{Date, WorkingDays, day};
use requests::letters::{
    AnswerContents, CaseFacts, Contents, Filed, Letter, Sender, TextKey, Unwritten, compose,
    standard_text,
};
use requests_rules::{
    ANSWER_TYPES, ApplicantClass, ComplaintGround, ComplaintOutcome, Consulted, Fact, FeeMethod,
    FilePiece, Letter as Kind, PER_ITEM, RectificationOutcome, SearchRecord, ServingMethod,
    answer_type,
};

pub const TODAY: Date = day(2026, 11, 26);

pub fn sender() -> Sender {
    Sender {
        organ: "厦门市云湖区人民政府办公室".into(),
        mark: "云府办公开".into(),
        contact: Some("厦门市云湖区滨湖路1号，电话0592-0000000".into()),
        review_organ: "厦门市人民政府".into(),
        court: "厦门市云湖区人民法院".into(),
        online_review: Some("https://www.example.gov.cn/fuyi".into()),
        payment: Some("凭缴款码到代收银行缴入区级国库".into()),
        by_submission: false,
    }
}

pub fn case() -> CaseFacts {
    CaseFacts {
        number: "云府办〔2026〕187号".into(),
        applicant: "林秀英".into(),
        class: ApplicantClass::NaturalPerson,
        received: Some(day(2026, 11, 2)),
        wanted: "2026年上半年全区养老机构运营补贴发放明细".into(),
    }
}

pub fn number(letter: Kind) -> String {
    format!("{}〔2026〕12号", letter.serial())
}

/// The facts of every kind of answer.
pub fn answers() -> BTreeMap<&'static str, AnswerContents> {
    let kinds = ANSWER_TYPES.on(TODAY).expect("in force").value;
    let filled = |kind: &'static requests_rules::AnswerType| {
        let mut contents = AnswerContents::of(kind);
        for fact in kind.required {
            contents = match fact {
                Fact::SearchRecord => contents.searched(&search()),
                fact => contents.with(*fact, words(kind.code, *fact)),
            };
        }
        contents.closing = (kind.code == "O3").then(|| "您于2026年11月20日撤回申请。".to_owned());
        if kind.code == "G2" {
            contents.enclosures = vec!["2026年上半年养老机构运营补贴发放表".into()];
        }
        (kind.code, contents)
    };
    kinds.iter().map(filled).collect()
}

fn search() -> SearchRecord {
    SearchRecord {
        places: vec!["区档案馆".into(), "公文管理系统".into(), "区民政局养老服务科".into()],
        words: vec!["运营补贴".into(), "养老机构 2026".into()],
        by: vec!["陈志强".into()],
        on: day(2026, 11, 18),
        outcome: "没有找到所要的明细".into(),
    }
}

fn words(code: &str, fact: Fact) -> String {
    let said = match (code, fact) {
        ("N3", Fact::Whereabouts) => {
            "《厦门市云湖区人民政府公报》2026年第3期，区图书馆和区档案馆可以查阅。"
        }
        (_, Fact::Whereabouts) => {
            "厦门市云湖区人民政府门户网站，网址https://www.example.gov.cn/wenjian/1，2026年7月30日公开。"
        }
        (_, Fact::Provided) => "所附《2026年上半年养老机构运营补贴发放表》，以电子文件提供。",
        (_, Fact::OpenPart) => "机构名称、床位数、补贴金额，见所附表格。",
        ("P1", Fact::Reason) => {
            "机构负责人的身份证号码、银行账号属于个人隐私，公开会对其合法权益造成损害，第三方不同意公开。"
        }
        ("D1", Fact::Reason) => "该信息经依法定密，尚在保密期限内。",
        ("D2", Fact::Reason) => "所要的是统计调查中能够识别单个统计调查对象的资料，不得对外提供。",
        ("D3", Fact::Reason) => "该信息涉及供水设施的安全防护布局，公开后可能被用于破坏。",
        ("D4", Fact::Reason) => {
            "该信息含有企业的成本构成，属于商业秘密，公开会损害其竞争地位，不公开也不会对公共利益造成重大影响。"
        }
        ("D5", Fact::Reason) => "该信息是本机关内部人员调配的安排，不对外产生影响。",
        ("D6", Fact::Reason) => "该信息是尚在讨论的稿本，决定作出前公开会影响正常决策。",
        ("D7", Fact::Reason) => "该信息是正在办理的行政处罚案件的案卷材料。",
        ("U1b", Fact::Reason) => "该信息由区民政局制作、保存。",
        ("U2", Fact::Reason) => "本机关只保存各机构的申报材料，没有汇总的明细。",
        ("N1", Fact::Reason) => {
            "申请内容是要求查处某机构的违规行为。可以拨打12345，或者向区信访局提出。"
        }
        (_, Fact::Reason) => "理由。",
        (_, Fact::ForbiddingStatute) => "《统计法》第二十八条。",
        (_, Fact::ThirdPartyRecord) => {
            "本机关于2026年11月5日书面征求第三方意见，第三方于2026年11月12日答复，不同意公开并说明了理由。"
        }
        ("D5", Fact::Kind) => "人事管理",
        (_, Fact::Kind) => "过程稿",
        (_, Fact::SpecialStatute) => {
            "《不动产登记暂行条例》对不动产登记资料的查询有特别规定，请持身份证明到市不动产登记中心查询。"
        }
        (_, Fact::ResponsibleOrgan) => "厦门市云湖区民政局，电话0592-0000001",
        (_, Fact::Unclear) => "“有关材料”指哪一年、哪一个项目的材料，补正后仍然没有写明。",
        (_, Fact::EarlierAnswer) => "云府办公开答复〔2026〕3号",
        (_, Fact::ReasonsJudged) => {
            "您自2026年10月1日以来就同一事项提出46件申请。本机关于2026年11月6日要求说明理由，您答复“想了解”。本机关认为该理由不足以说明如此数量的必要。"
        }
        (_, Fact::EarlierProvision) => "本机关已经于2026年9月8日以电子邮件提供同一信息。",
        ("O1", Fact::ProofOfService) => {
            "补正告知书（云府办公开补正〔2026〕5号）于2026年11月4日邮寄送达，有邮政签收记录。"
        }
        (_, Fact::ProofOfService) => {
            "收费通知书（云府办公开收费〔2026〕1号）于2026年11月4日直接送达，有签名的送达回证。"
        }
        (_, Fact::SearchRecord) => "",
    };
    said.to_owned()
}

/// Every letter that is no answer, with contents.
pub fn others() -> Vec<(TextKey, Contents)> {
    let all = [asking(), putting_off(), deciding()].concat();
    let keyed = |contents: Contents| (TextKey::of(contents.letter()).expect("no answer"), contents);
    all.into_iter().map(keyed).collect()
}

/// What asks somebody for something.
fn asking() -> Vec<Contents> {
    vec![
        Contents::Receipt {
            due: vec![
                "我们在2026年11月2日收到您的申请，从次日起算".into(),
                "答复期限20个工作日，最迟在2026年11月30日答复".into(),
            ],
            query_code: Some("7KQ4-M2XN-9T8B-VHRC".into()),
            track: Some("https://www.example.gov.cn/shenqing/chaxun".into()),
        },
        Contents::Correction {
            items: vec![
                "没有身份证明。改法：写明证件种类和号码，附上证件".into(),
                "“有关材料”指向不明。改法：写明年份和项目名称".into(),
            ],
            period: WorkingDays(15),
        },
        Contents::ThirdParty {
            name: "厦门某某养老服务有限公司".into(),
            about: "你公司2026年上半年领取运营补贴的金额、床位数、开户银行和账号".into(),
            period: WorkingDays(15),
            code: Some("7KQ4-M2XN-9T8B-VHRC".into()),
            track: Some("https://www.example.gov.cn/shenqing/disanfang".into()),
        },
        Contents::Organ {
            name: "厦门市云湖区财政局".into(),
            standing: Consulted::JointMaker,
            about: "2026年上半年全区养老机构运营补贴发放明细".into(),
            period: Some(WorkingDays(15)),
            hoped: None,
        },
        Contents::Reasons {
            frequency: "自2026年10月1日至11月2日，您就同一事项提出46件申请。".into(),
            by: Some(day(2026, 11, 13)),
        },
    ]
}

/// What takes more time.
fn putting_off() -> Vec<Contents> {
    let charge = PER_ITEM.on(TODAY).expect("in force").value.charge(1, 35);
    vec![
        Contents::Extension {
            by: WorkingDays(20),
            due: Some(day(2026, 12, 28)),
            provisional: false,
            because: "所要信息分散在42家机构的申报材料中，需要逐件核对".into(),
        },
        Contents::Delay {
            until: day(2027, 2, 26),
            because: "您说明46件申请用于核对历年补贴，理由合理；所要材料共三千余页，需要逐页审查。"
                .into(),
        },
        Contents::Fee {
            method: FeeMethod::PerItem,
            amount: charge.amount,
            shown: charge.shown(FeeMethod::PerItem),
        },
    ]
}

/// What decides and proves.
fn deciding() -> Vec<Contents> {
    vec![
        Contents::Decision {
            name: "厦门某某养老服务有限公司".into(),
            disclosed: "你公司2026年上半年领取运营补贴的金额和床位数。".into(),
            because: "补贴是财政资金，其发放对象和金额关系到公众对资金使用的监督。".into(),
        },
        Contents::Rectification {
            outcome: RectificationOutcome::Corrected,
            because: "您提供的身份证明与登记的出生日期不一致，经核对档案，登记有误，已经改正。"
                .into(),
        },
        Contents::RectificationTransfer {
            to: "厦门市云湖区民政局，电话0592-0000001".into()
        },
        Contents::ComplaintAdvice {
            department: "厦门市市政园林局，电话0592-0000002（供水）".into(),
        },
        Contents::Complaint {
            ground: ComplaintGround::NotAnswered,
            outcome: ComplaintOutcome::ToRectify,
            because: "该机关没有在期限内答复，已经责令它在五个工作日内答复您。".into(),
        },
        Contents::Complaint {
            ground: ComplaintGround::PublicEnterprise,
            outcome: ComplaintOutcome::Unfounded,
            because: "该单位已经在网站上公开收费标准，网址已经告诉您。".into(),
        },
        Contents::ServiceProof {
            letters: vec![(
                "政府信息公开申请答复书".into(),
                format!("云府办公开{}", number(Kind::Answer)),
            )],
            addressee: ("林秀英".into(), "厦门市云湖区某某路2号".into()),
            method: ServingMethod::Post,
        },
        Contents::ArchiveList {
            pieces: pieces(),
            closed: day(2026, 11, 26),
            retention: "10年".into(),
        },
    ]
}

fn pieces() -> Vec<Filed> {
    let piece = |piece, title: &str, number: Option<Kind>, on, pages| Filed {
        piece,
        title: title.to_owned(),
        number: number.map(|letter| format!("云府办公开{}", self::number(letter))),
        on,
        pages: Some(pages),
    };
    vec![
        piece(
            FilePiece::Answer,
            "政府信息公开申请答复书",
            Some(Kind::Answer),
            day(2026, 11, 26),
            3,
        ),
        piece(FilePiece::Application, "政府信息公开申请表", None, day(2026, 11, 2), 1),
        piece(FilePiece::Receipt, "登记回执", Some(Kind::Receipt), day(2026, 11, 2), 1),
        piece(FilePiece::ServiceProof, "邮政签收记录", None, day(2026, 11, 26), 1),
    ]
}

/// The letter of one kind of answer.
pub fn answer(code: &str) -> Result<Letter, Unwritten> {
    let kind = answer_type(code, TODAY).expect("a known code");
    let contents = Contents::Answer(answers().remove(code).expect("facts for every kind"));
    let text = standard_text(TextKey::of_answer(kind)).expect("a standard text");
    compose(&text, &sender(), &case(), &number(kind.letter), (TODAY, false), &contents)
}

/// Every letter there is, in the order of the texts.
pub fn every_letter() -> Vec<(TextKey, Letter)> {
    let mut all: Vec<(TextKey, Contents)> = others();
    all.extend(answers().into_iter().map(|(code, contents)| {
        let kind = answer_type(code, TODAY).expect("a known code");
        (TextKey::of_answer(kind), Contents::Answer(contents))
    }));
    let order = TextKey::all(TODAY);
    all.sort_by_key(|(key, _)| order.iter().position(|one| one == key));
    let write = |(key, contents): (TextKey, Contents)| {
        let text = standard_text(key).expect("a standard text");
        let number = number(key.letter());
        let letter = compose(&text, &sender(), &case(), &number, (TODAY, false), &contents);
        (key, letter.unwrap_or_else(|error| panic!("{key}: {error}")))
    };
    all.into_iter().map(write).collect()
}
