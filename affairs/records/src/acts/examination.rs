//! 核对: what stands in the way of publishing, found before anything is stored.
//!
//! The particulars by themselves were examined when the manuscript was read; here they are held
//! against the organs, the catalogues and what has been published already.

use std::collections::{BTreeSet, HashMap, HashSet};

use identity::Organ;
use law::{Date, WorkCalendar};
use records_rules::{Fault, Field, MadeOn, Metadata, Origin, PublicationDue, Timeliness};
use store::{Statements, StoreError};

use super::{Submission, reach};
use crate::files::{LARGEST, MOST_FILES};
use crate::store::Taken;

/// What is known outside the manuscripts.
struct Known {
    organs: HashMap<String, Organ>,
    taken: Taken,
    today: Date,
}

/// Every fault and doubt of what is to be published together, each with the place of its manuscript
/// among them, from 0. Doubts do not stand in the way.
///
/// # Errors
/// The database refuses.
pub async fn examine(
    from: &impl Statements,
    submissions: &[Submission],
    today: Date,
    calendar: &WorkCalendar,
) -> Result<Vec<(usize, Fault)>, StoreError> {
    let metadata = || submissions.iter().map(|submission| &submission.manuscript.metadata);
    let organs = publishers(from, metadata()).await?;
    let taken = Taken::among(from, metadata()).await?;
    let known = Known { organs, taken, today };
    let mut faults = Vec::new();
    for (at, submission) in submissions.iter().enumerate() {
        let found = known.faults_of(submission, calendar).into_iter();
        faults.extend(found.map(|fault| (at, fault)));
    }
    faults.extend(repeated(submissions));
    Ok(faults)
}

/// The organs that publish these, and what became of them: a few are asked for one by one, which is all
/// that a single publication needs.
async fn publishers(
    from: &impl Statements,
    metadata: impl Iterator<Item = &Metadata>,
) -> Result<HashMap<String, Organ>, StoreError> {
    const FEW: usize = 4;
    let codes: BTreeSet<&str> = metadata.map(|metadata| metadata.publisher.as_str()).collect();
    if codes.len() > FEW {
        let all = Organ::all(from).await?.into_iter();
        return Ok(all.map(|organ| (organ.code.clone(), organ)).collect());
    }
    let mut organs = HashMap::new();
    for code in codes {
        let Some(organ) = Organ::find(from, code).await? else { continue };
        if let Some(heir) = &organ.successor
            && let Some(heir) = Organ::find(from, heir).await?
        {
            organs.insert(heir.code.clone(), heir);
        }
        organs.insert(organ.code.clone(), organ);
    }
    Ok(organs)
}

impl Known {
    fn faults_of(&self, submission: &Submission, calendar: &WorkCalendar) -> Vec<Fault> {
        let metadata = &submission.manuscript.metadata;
        let place = |fault| submission.lines.place(fault, 0);
        let mut faults = submission.manuscript.doubts.clone();
        faults.extend(self.faults(metadata).into_iter().map(place));
        faults.extend(lateness(metadata, self.today, calendar).map(place));
        faults.extend(unknown_items(submission));
        faults.extend(reach::fault(submission));
        faults.extend(attachment_faults(submission));
        faults
    }

    fn faults(&self, metadata: &Metadata) -> Vec<Fault> {
        let groups = [self.publisher_fault(metadata), not_public(metadata)];
        groups.into_iter().flatten().chain(self.taken_faults(metadata)).collect()
    }

    fn publisher_fault(&self, metadata: &Metadata) -> Option<Fault> {
        let code = metadata.publisher.as_str();
        let Some(organ) = self.organs.get(code) else {
            let message = format!("没有代码为 {code} 的机关");
            let remedy = "写机关表中的代码；新设的机关先导入机关表";
            return Some(Fault::error(Field::Publisher, message, remedy));
        };
        // What an organ published while it stood may be taken over after it is gone.
        let gone = metadata.origin == Origin::Here && !organ.stands_on(self.today);
        gone.then(|| {
            let heir = organ.successor.as_deref().and_then(|code| self.organs.get(code));
            let message = format!("{}在今天（{}）不存在", organ.name, self.today);
            let remedy = match heir {
                Some(heir) => format!("写承继其职能的机关: {} {}", heir.code, heir.name),
                None => "写承继其职能的机关".to_owned(),
            };
            Fault::error(Field::Publisher, message, remedy)
        })
    }

    fn taken_faults(&self, metadata: &Metadata) -> Vec<Fault> {
        let index = metadata.index.as_ref().map(ToString::to_string);
        let index = index.filter(|index| self.taken.has_index(index)).map(|index| {
            let remedy = "核对索引号；要由平台编号的删去这一行";
            Fault::error(Field::Index, format!("索引号{index}已经用过"), remedy)
        });
        let number = metadata.number.as_ref().map(ToString::to_string);
        let number = number
            .filter(|number| self.taken.has_number(metadata.publisher.as_str(), number))
            .map(|number| {
                let remedy = "核对文号；同一份文件不要发布两次";
                Fault::error(Field::Number, format!("{number}已经由同一机关发布过"), remedy)
            });
        let title = self.taken.has_title(metadata).then(|| {
            let message = format!("同一机关已经发布过{}的同题文件", metadata.made_on.0);
            let remedy = "同一份文件不要发布两次；确是另一份的，在标题中加以区别";
            Fault::error(Field::Title, message, remedy)
        });
        // A number that is taken says the same of the same document.
        let title = title.filter(|_| index.is_none() && number.is_none());
        index.into_iter().chain(number).chain(title).collect()
    }
}

fn not_public(metadata: &Metadata) -> Option<Fault> {
    let openness = &metadata.openness;
    (!openness.is_public()).then(|| {
        let message = format!("公开属性是“{openness}”，不能发布");
        Fault::error(Field::Openness, message, "只发布主动公开的文件；属性认定有误的先改正属性")
    })
}

/// Whether the period of 条例第二十六条 had run out before it was published: here today, elsewhere
/// on the day its source states. It must still be published, so this is only a doubt.
fn lateness(metadata: &Metadata, today: Date, calendar: &WorkCalendar) -> Option<Fault> {
    let published = match &metadata.origin {
        Origin::Here => today,
        Origin::Imported(original) => original.as_ref()?.on(),
    };
    let due = due_on(metadata.made_on, calendar)?;
    match due.timeliness(published, calendar).ok()? {
        Timeliness::InTime => None,
        Timeliness::Late(days) => {
            let (last, basis) = (due.due().date, due.period().basis);
            let message = format!("按{basis}最迟应在{last}公开，迟了{}个工作日", days.0);
            Some(Fault::doubt(Field::MadeOn, message, "核对成文日期；确已逾期的照常发布"))
        }
    }
}

/// By when it had to be out; `None` before the Regulation and beyond the calendar.
pub(super) fn due_on(made: MadeOn, calendar: &WorkCalendar) -> Option<PublicationDue> {
    PublicationDue::of(made, calendar).ok()
}

fn unknown_items(submission: &Submission) -> impl Iterator<Item = Fault> {
    let named = submission.named_items().iter().zip(&submission.items).enumerate();
    named.filter(|(_, (_, found))| found.is_none()).map(|(nth, (named, _))| {
        let message = format!("标准目录里没有“{named}”");
        let remedy = "照目录写领域和各级事项的名称；目录尚未发布的先发布目录，或者删去这一行";
        submission.lines.place(Fault::error(Field::Item, message, remedy), nth)
    })
}

fn attachment_faults(submission: &Submission) -> Vec<Fault> {
    let (mut faults, mut seen) = (Vec::new(), HashSet::new());
    let mut wrong = |message: String, remedy: &str| {
        faults.push(Fault::error(Field::File, message, remedy));
    };
    if submission.attachments.len() > MOST_FILES {
        wrong(format!("附件超过 {MOST_FILES} 个"), "把附件合并或打包");
    }
    for file in &submission.attachments {
        let name = file.name.as_str();
        let fits = !name.trim().is_empty() && name.chars().count() <= 120;
        if !fits
            || name.contains(|letter: char| letter.is_control() || "/\\:*?\"<>|".contains(letter))
        {
            wrong(
                format!("附件名“{name}”不能用"),
                "用不含 / \\ : * ? \" < > | 的名称，不超过120字",
            );
        }
        if !seen.insert(name) {
            wrong(format!("附件“{name}”给了两次"), "只给一次，或者改名");
        }
        if file.bytes.is_empty() {
            wrong(format!("附件“{name}”是空的"), "核对文件");
        }
        if file.bytes.len() > LARGEST {
            wrong(format!("附件“{name}”超过 {} MB", LARGEST >> 20), "压缩后再附，或者分成几个文件");
        }
    }
    faults
}

/// Index numbers, 文号 and titles that occur twice among what is published together.
fn repeated(submissions: &[Submission]) -> Vec<(usize, Fault)> {
    let (mut faults, mut seen) = (Vec::new(), HashSet::new());
    for (at, submission) in submissions.iter().enumerate() {
        let metadata = &submission.manuscript.metadata;
        let organ = metadata.publisher.as_str();
        let index = metadata.index.as_ref().map(|index| (Field::Index, "", index.to_string()));
        let number =
            metadata.number.as_ref().map(|number| (Field::Number, organ, number.to_string()));
        let titled = format!("{}的“{}”", metadata.made_on.0, metadata.title);
        let numbered = index.into_iter().chain(number);
        for (field, organ, text) in numbered.chain([(Field::Title, organ, titled)]) {
            if !seen.insert((field, organ, text.clone())) {
                let message = format!("{text}在这一批里出现两次");
                let fault = Fault::error(field, message, "改正其中一处");
                faults.push((at, submission.lines.place(fault, 0)));
            }
        }
    }
    faults
}
