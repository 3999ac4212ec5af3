//! Carrying out an act as its form says it: fields are read into what the act takes, and what is refused is
//! told at the field it is about.

use law::{Date, WorkingDays};
use requests_rules::{Contact, CorrectionNotice, ReasonsJudged, SearchRecord};
use review::Signatory;
use web::components::FieldError;
use web::workbench::{REASON, SHOWN, Submitted};
use web::{Clerk, Fault, Visit};

use super::acting::{Acting, Ask, REMEDIES};
use super::choices::{CHARGING, METHODS, PROOFS, RESULTS, RETENTIONS, SAID, meant};
use super::conversions::wish;
use super::file::File;
use super::paging;
use crate::acts::assignment::Assignee;
use crate::acts::correction::Supplement;
use crate::acts::proposal::Wish;
use crate::acts::remedy::Brought;
use crate::acts::{
    ActError, By, archiving, assignment, charging, confirmation, conversion, correction, delivery,
    finding, joining, opinion, proposal, reasons, remedy, unmoved,
};
use crate::files::{NewFile, StagedFile};
use crate::store::{Asked, Case, IssuedLetter, ProposalKind, Purpose, ThirdParty};

/// What comes of it.
pub(super) enum Done {
    /// It is kept: back to the file.
    Kept,
    /// It gives a code out that is kept nowhere.
    Code(String),
}

/// What an act is done with.
struct Doing<'a> {
    visit: &'a Visit,
    clerk: &'a Clerk,
    by: Signatory,
    id: &'a str,
    form: &'a Submitted,
    /// Where what the rules refuse is told.
    field: &'static str,
    /// What the form asks.
    asks: &'static [Ask],
}

/// Does it.
pub(super) async fn carry_out(
    visit: &Visit,
    clerk: &Clerk,
    file: &File,
    (act, form): (&'static Acting, &Submitted),
) -> Result<Done, Fault> {
    let field = act.asks.first().map_or(REASON, |ask| ask.name);
    let (by, id) = (Signatory::of(clerk), file.case.filing.id.as_str());
    let doing = Doing { visit, clerk, by, id, form, field, asks: act.asks };
    if let Some(kind) = act.decides() {
        return doing.decide(file, kind).await;
    }
    let path = act.path();
    match path {
        "queren" | "fenban" | "hebing" | "guidang" | "fuyi" | "jieguo" | "baoquan" | "jiebao" => {
            doing.register(file, path).await
        }
        "buzheng" | "shoudao" | "shuoming" | "rending" => doing.correct(path).await,
        "disanfang" | "qitajiguan" | "yijian" | "rendingyijian" | "budeng" | "gaozhi" => {
            doing.consult(path).await
        }
        "jiansuo" | "keshijiansuo" | "keshiyijian" => doing.find(path).await,
        "jiaofei" | "songda" | "huizheng" => doing.serve(path).await,
        "tuifei" => doing.refund().await,
        "zhuangongkai" => doing.convert().await,
        _ => doing.propose(path).await,
    }
}

/// The acts whose letter may be looked at before it goes out.
pub(super) fn tells(act: &Acting) -> bool {
    let own = ["buzheng", "zaibuzheng", "yanqi", "yanchi", "shoufei", "fangqi"];
    own.contains(&act.path()) || act.decides().is_some_and(|kind| kind != "removal")
}

/// The letter an act would send, with the file as it would stand; nothing is kept.
pub(super) async fn look_ahead(
    visit: &Visit,
    clerk: &Clerk,
    file: &File,
    (act, form): (&'static Acting, &Submitted),
) -> Result<Option<(Case, IssuedLetter)>, Fault> {
    let field = act.asks.first().map_or(REASON, |ask| ask.name);
    let (by, id) = (Signatory::of(clerk), file.case.filing.id.as_str());
    let doing = Doing { visit, clerk, by, id, form, field, asks: act.asks };
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    if let Some(waiting) = act.decides().and_then(|kind| file.waiting(kind)) {
        return doing.seen(proposal::would_decide(desk, &doing.by, &waiting.id).await);
    }
    let sealer = doing.sealer()?;
    if act.path() == "buzheng" {
        let (items, days) = (doing.lines("shixiang"), Some(doing.days("tianshu")?));
        let notice = CorrectionNotice { items, days, supervisor: false };
        let told = correction::would_ask(desk, sealer, &doing.by, id, notice).await;
        return doing.seen(told).map(Some);
    }
    let (wish, reason) = (doing.wish(act.path())?, doing.text("liyou"));
    let told = proposal::would_tell(desk, sealer, &doing.by, id, (wish, &reason)).await;
    doing.seen(told)
}

impl Doing<'_> {
    /// A desk at which the file lies as it was shown: another act meanwhile, or the same by a double click,
    /// is noticed under the lock.
    async fn desk(&self) -> Result<ledger::Desk, Fault> {
        let desk = self.visit.house.ledger().desk(self.clerk.actor()).await?;
        let shown = self.form.words(SHOWN).and_then(|revision| revision.parse().ok());
        if let Some(shown) = shown {
            let about = (self.clerk.organ.code.as_str(), self.id);
            let lies = unmoved::unmoved(&desk, about, shown).await;
            lies.map_err(ActError::into_fault)?;
        }
        Ok(desk)
    }

    /// The same, telling what is refused at another field.
    fn at(&self, field: &'static str) -> Doing<'_> {
        Doing { by: self.by.clone(), field, ..*self }
    }

    fn sealer(&self) -> Result<&secrets::Sealer, Fault> {
        self.visit.house.sealer().map_err(Fault::inside)
    }

    /// What an act gave; what it refuses stands at the first field of its form, with what to do.
    fn seen<T>(&self, done: Result<T, ActError>) -> Result<T, Fault> {
        done.map_err(|error| match &error {
            ActError::Faults(faults) if self.field != REASON => {
                let told = |message: &String| FieldError {
                    field: self.field.to_owned(),
                    message: message.clone(),
                };
                Fault::Fields(faults.iter().map(told).collect())
            }
            ActError::Refused(..) | ActError::Law(_) if self.field != REASON => {
                Fault::field(self.field, format!("{error}。{}。", error.remedy()))
            }
            _ => error.into_fault(),
        })
    }

    /// What a field is called on the form.
    fn called(&self, name: &str) -> String {
        let ask = self.asks.iter().find(|ask| ask.name == name);
        ask.map_or_else(String::new, |ask| format!("“{}”", ask.label))
    }

    fn text(&self, name: &str) -> String {
        self.form.get(name).trim().to_owned()
    }

    fn lines(&self, name: &str) -> Vec<String> {
        let lines = self.form.get(name).lines().map(str::trim);
        lines.filter(|line| !line.is_empty()).map(str::to_owned).collect()
    }

    fn day(&self, name: &str) -> Result<Date, Fault> {
        let text = self.form.get(name).trim();
        let told = || format!("{}没有写或者写得不对。请写成 2026-11-26。", self.called(name));
        text.parse().map_err(|_| Fault::field(name, told()))
    }

    fn days(&self, name: &str) -> Result<WorkingDays, Fault> {
        let number = self.number(name)?;
        let days = u32::try_from(number).unwrap_or(u32::MAX);
        Ok(WorkingDays(days))
    }

    fn number(&self, name: &str) -> Result<u64, Fault> {
        let text = self.form.get(name).trim();
        text.parse().map_err(|_| Fault::field(name, "没有写数，或者不是数。请写一个数，如 15。"))
    }

    fn picked<T: Copy>(&self, table: &[(&str, T)], name: &str) -> Result<T, Fault> {
        let told = || Fault::field(name, format!("没有选{}。请选一项。", self.called(name)));
        meant(table, self.form.get(name)).ok_or_else(told)
    }

    fn one(&self, name: &str) -> Result<String, Fault> {
        let text = self.text(name);
        if text.is_empty() {
            Err(Fault::field(name, format!("{}还空着。请补上。", self.called(name))))
        } else {
            Ok(text)
        }
    }

    async fn paper(&self, name: &str, purpose: Purpose) -> Result<StagedFile, Fault> {
        let file = self.form.file(name);
        let file = file.ok_or_else(|| Fault::field(name, "没有选文件。请选扫描件或者照片。"))?;
        let new = NewFile { name: file.name.clone(), purpose, bytes: file.bytes.clone() };
        let laid = StagedFile::lay(self.visit.house.folder(), self.sealer()?, new).await;
        laid.map_err(|error| Fault::field(name, format!("{error}。{}。", error.remedy())))
    }

    async fn register(&self, file: &File, path: &str) -> Result<Done, Fault> {
        match path {
            "queren" => {
                self.seen(confirmation::confirm(self.desk().await?, &self.by, self.id).await)?;
            }
            "fenban" => {
                let (officer, unit) = (self.text("jingban"), self.text("keshi"));
                let name = self.officer_name(&officer).await?;
                let to = Assignee { unit, officer, name };
                self.seen(assignment::assign(self.desk().await?, &self.by, self.id, to).await)?;
            }
            "hebing" => {
                let earlier = self.one("bianhao")?;
                let joined = joining::join(self.desk().await?, &self.by, self.id, &earlier).await;
                self.seen(joined)?;
            }
            "guidang" => {
                let retention = self.picked(&RETENTIONS, "qixian")?;
                let pages = paging::count(self.visit, self.clerk, file).await?;
                let (desk, kept) = (self.desk().await?, (retention, &pages));
                self.seen(archiving::archive(desk, &self.by, self.id, kept).await)?;
            }
            "baoquan" => {
                let reason = self.text("liyou");
                self.seen(archiving::hold(self.desk().await?, &self.by, self.id, &reason).await)?;
            }
            "jiebao" => {
                let (which, reason) = (self.one("baoquan")?, self.text("liyou"));
                let (desk, about) = (self.desk().await?, (self.id, which.as_str()));
                self.seen(archiving::lift(desk, &self.by, about, &reason).await)?;
            }
            "jieguo" => {
                let (which, result) = (self.one("anjian")?, self.picked(&RESULTS, "jieguo")?);
                let (desk, on) = (self.desk().await?, self.day("riqi")?);
                let about = (self.id, which.as_str());
                self.seen(remedy::conclude(desk, &self.by, about, (on, result, "")).await)?;
            }
            _ => self.bring().await?,
        }
        Ok(Done::Kept)
    }

    async fn bring(&self) -> Result<(), Fault> {
        let chosen = REMEDIES.iter().find(|(word, ..)| *word == self.form.get("zhonglei"));
        let (.., kind) =
            chosen.ok_or_else(|| Fault::field("zhonglei", "没有选种类。请选一项。"))?;
        let brought = Brought {
            kind: *kind,
            authority: self.text("jiguan"),
            case_number: self.text("anhao"),
            after: Some(self.text("fuyi")).filter(|after| !after.is_empty()),
            filed_on: self.day("riqi")?,
        };
        let desk = self.desk().await?;
        self.seen(remedy::register(desk, &self.by, self.id, brought).await).map(|_| ())
    }

    async fn officer_name(&self, officer: &str) -> Result<String, Fault> {
        if officer.is_empty() {
            return Ok(String::new());
        }
        let found = ::identity::Person::find(self.visit.house.store(), officer).await?;
        found.map(|one| one.name).ok_or_else(|| Fault::field("jingban", "没有这个人。请重新选。"))
    }

    async fn correct(&self, path: &str) -> Result<Done, Fault> {
        match path {
            "buzheng" => {
                let (items, days) = (self.lines("shixiang"), Some(self.days("tianshu")?));
                let notice = CorrectionNotice { items, days, supervisor: false };
                self.seen(
                    correction::ask(self.desk().await?, self.sealer()?, &self.by, self.id, notice)
                        .await,
                )?;
            }
            "shoudao" => {
                let arrived_on = Some(self.day("riqi")?);
                let paper = self.paper("cailiao", Purpose::Correction).await?;
                let excuse = self.form.words("liyou").map(str::to_owned);
                let supplement =
                    Supplement { files: vec![paper], excuse, arrived_on, ..Supplement::default() };
                let about = (self.clerk.organ.code.as_str(), self.id);
                let (desk, by) = (self.desk().await?, By::Officer(&self.by));
                let received =
                    correction::receive(desk, self.sealer()?, by, about, supplement).await;
                self.seen(received)?;
            }
            "shuoming" => {
                let why = self.text("qingkuang");
                self.seen(
                    reasons::ask(self.desk().await?, self.sealer()?, &self.by, self.id, &why).await,
                )?;
            }
            _ => {
                let because = self.text("liyou");
                let judged = match self.one("rending")?.as_str() {
                    "bu" => ReasonsJudged::Unreasonable { because },
                    _ => ReasonsJudged::GoOn,
                };
                self.seen(reasons::judge(self.desk().await?, &self.by, self.id, &judged).await)?;
            }
        }
        Ok(Done::Kept)
    }

    async fn consult(&self, path: &str) -> Result<Done, Fault> {
        match path {
            "disanfang" => {
                let said = |name: &str| self.form.words(name).map(str::to_owned);
                let (telephone, address) = (said("dianhua"), said("dizhi"));
                let contact = Contact { telephone, address, email: None };
                let asked = Asked::ThirdParty(ThirdParty { name: self.one("mingcheng")?, contact });
                return self.inquire(asked).await;
            }
            "qitajiguan" => {
                let name = self.one("jiguan")?;
                let organs = ::identity::Organ::all(self.visit.house.store()).await?;
                let known = organs.into_iter().find(|organ| organ.name == name);
                let code = known.map(|organ| organ.code);
                let jointly = self.form.has("gongtong");
                return self.inquire(Asked::Organ { code, name, jointly }).await;
            }
            "yijian" => {
                let said = self.picked(&SAID, "shuo")?;
                let (which, on, words) =
                    (self.one("yijian")?, self.day("riqi")?, self.text("neirong"));
                let paper = self.paper("yuanjian", Purpose::Opinion).await?;
                let (desk, sealer) = (self.desk().await?, self.sealer()?);
                let about = (said, words.as_str(), on);
                let kept = opinion::register(desk, sealer, &self.by, &which, about, paper).await;
                self.seen(kept)?;
            }
            "rendingyijian" => {
                let (which, holds) = (self.one("yijian")?, self.one("rending")? == "heli");
                let (desk, because) = (self.desk().await?, self.text("liyou"));
                self.seen(opinion::judge(desk, &self.by, &which, (holds, &because)).await)?;
            }
            "budeng" => {
                let (which, reason) = (self.one("yijian")?, self.text("liyou"));
                let (desk, sealer) = (self.desk().await?, self.sealer()?);
                self.seen(opinion::give_up(desk, sealer, &self.by, &which, &reason).await)?;
            }
            _ => {
                let (which, reason) = (self.one("yijian")?, self.text("liyou"));
                let disclosed = self.one("gongkai")?;
                let (desk, sealer) = (self.desk().await?, self.sealer()?);
                let about = (disclosed.as_str(), reason.as_str());
                let told = opinion::tell_decision(desk, sealer, &self.by, &which, about).await;
                self.seen(told)?;
            }
        }
        Ok(Done::Kept)
    }

    async fn inquire(&self, asked: Asked) -> Result<Done, Fault> {
        let matter = self.one("shixiang")?;
        let (desk, sealer) = (self.desk().await?, self.sealer()?);
        let sent = opinion::ask(desk, sealer, &self.by, self.id, (asked, &matter)).await;
        let sent = sent.map_err(|error| {
            let words = format!("{error}。{}。", error.remedy());
            match error {
                ActError::Refused(..) | ActError::Law(_) => Fault::field("shixiang", words),
                other => other.into_fault(),
            }
        })?;
        Ok(sent.code.map_or(Done::Kept, Done::Code))
    }

    async fn find(&self, path: &str) -> Result<Done, Fault> {
        if path == "keshiyijian" {
            let words = self.text("liyou");
            self.seen(finding::advise(self.desk().await?, &self.by, self.id, &words).await)?;
            return Ok(Done::Kept);
        }
        let record = SearchRecord {
            places: self.lines("fanwei"),
            words: self.lines("jiansuoci"),
            by: self.lines("renyuan"),
            on: self.day("riqi")?,
            outcome: self.text("jieguo"),
        };
        self.seen(finding::search(self.desk().await?, &self.by, self.id, record).await)?;
        Ok(Done::Kept)
    }

    async fn serve(&self, path: &str) -> Result<Done, Fault> {
        match path {
            "jiaofei" => {
                let (on, voucher) = (self.day("riqi")?, self.one("pingzheng")?);
                let desk = self.desk().await?;
                self.seen(charging::pay(desk, &self.by, self.id, (on, &voucher)).await)?;
            }
            "songda" => {
                let (letter, slip) = (self.one("wenshu")?, self.text("danhao"));
                let method = self.picked(&METHODS, "fangshi")?;
                let (desk, about) = (self.desk().await?, (self.id, letter.as_str()));
                let sent = delivery::send(desk, &self.by, about, (method, &slip)).await;
                self.at("danhao").seen(sent)?;
            }
            _ => {
                let (which, on) = (self.one("songda")?, self.day("riqi")?);
                let proof = self.picked(&PROOFS, "zhengming")?;
                let paper = self.paper("yuanjian", Purpose::Proof).await?;
                let (desk, about) = (self.desk().await?, (self.id, which.as_str()));
                let arrived = delivery::arrive(desk, &self.by, about, (on, proof), paper).await;
                self.seen(arrived)?;
            }
        }
        Ok(Done::Kept)
    }

    async fn refund(&self) -> Result<Done, Fault> {
        let (fee, amount) = (self.one("feiyong")?, self.number("jine")?);
        let (desk, reason) = (self.desk().await?, self.text("liyou"));
        let about = (fee.as_str(), amount, reason.as_str());
        self.seen(charging::refund(desk, &self.by, self.id, about).await)?;
        Ok(Done::Kept)
    }

    async fn convert(&self) -> Result<Done, Fault> {
        let (desk, sealer) = (self.desk().await?, self.sealer()?);
        let wish = wish(self.form);
        self.seen(conversion::convert(desk, sealer, &self.by, self.id, wish).await)?;
        Ok(Done::Kept)
    }

    /// What the form of an act proposes.
    fn wish(&self, path: &str) -> Result<Wish, Fault> {
        let plain = |kind| Ok::<_, Fault>(Wish::Plain(kind));
        Ok(match path {
            "yanqi" => plain(ProposalKind::Extension { days: self.days("tianshu")? })?,
            "yanchi" => plain(ProposalKind::Delay { until: self.day("riqi")? })?,
            "zaibuzheng" => {
                let (items, days) = (self.lines("shixiang"), Some(self.days("tianshu")?));
                plain(ProposalKind::SecondCorrection { items, days })?
            }
            "shoufei" => {
                let method = self.picked(&CHARGING, "fangfa")?;
                let pages = self.form.words("yeshu").map_or(Ok(0), |_| self.number("yeshu"))?;
                Wish::Fee(method, pages)
            }
            "fangqi" => plain(ProposalKind::Abandonment)?,
            "quming" => plain(ProposalKind::Removal)?,
            _ => return Err(Fault::NotFound),
        })
    }

    async fn propose(&self, path: &str) -> Result<Done, Fault> {
        let wish = self.wish(path)?;
        let reason = self.text("liyou");
        let desk = self.desk().await?;
        self.seen(
            proposal::propose(desk, self.sealer()?, &self.by, self.id, (wish, &reason)).await,
        )?;
        Ok(Done::Kept)
    }

    async fn decide(&self, file: &File, kind: &str) -> Result<Done, Fault> {
        let agreed = self.one("jueding")? == "tongyi";
        let waiting = file.waiting(kind);
        let waiting =
            waiting.ok_or_else(|| Fault::Refused("这项提请已经决定过。请看案卷。".into()))?;
        let words = self.text("liyou");
        let desk = self.desk().await?;
        let decided = proposal::decide(desk, &self.by, &waiting.id, (agreed, &words)).await;
        self.seen(decided)?;
        Ok(Done::Kept)
    }
}
