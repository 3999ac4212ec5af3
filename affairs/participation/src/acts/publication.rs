//! 起草、送审、公布: what is the same of everything that the room drafts, has reviewed and makes known to everybody. What
//! differs from kind to kind, its steps, what it lacks, what is signed and what everybody is told, is data of the kind.

use ::store::{Reading, Transaction, moment};
use identity::Organ;
use law::{Date, Provision};
use ledger::{Desk, Entry, Event, Leaf};
use review::{Signatory, Unit, submission};
use serde_json::{Value, json};
use web::{Appeared, Approved, Content, Fault, Publisher, Publishers};

use super::{ActError, UNSEEN, at, with_author};
use crate::store::{Announced, Piece, announced};

/// The steps by which one is drafted and handed in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Steps<S> {
    /// It is changed,
    pub edit: S,
    /// handed in for review,
    pub submit: S,
    /// or given up.
    pub drop: S,
}

/// What the ledger calls what is done to a draft.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Acts {
    /// Begun,
    pub draft: &'static str,
    /// changed,
    pub text: &'static str,
    /// given up,
    pub drop: &'static str,
    /// handed in.
    pub submission: &'static str,
}

/// What the ledger calls what is done to a draft of this word.
macro_rules! acts {
    ($word:literal) => {
        $crate::acts::publication::Acts {
            draft: concat!($word, "_draft"),
            text: concat!($word, "_text"),
            drop: concat!($word, "_drop"),
            submission: concat!($word, "_submission"),
        }
    };
}
pub(super) use acts;

/// How a draft of a kind is handed in and given up, by the kind's own name.
macro_rules! draft_acts {
    ($kind:ty) => {
        /// Hands a draft in for review.
        ///
        /// # Errors
        /// It is no draft, it lacks something, or the database refuses.
        pub async fn submit(
            desk: ::ledger::Desk,
            publishers: &::web::Publishers,
            by: &::review::Signatory,
            which: (&str, &str),
        ) -> Result<::review::Unit, $crate::acts::ActError> {
            $crate::acts::publication::submit::<$kind>(desk, publishers, by, which).await
        }

        /// Gives a draft up.
        ///
        /// # Errors
        /// It is no draft, or the database refuses.
        pub async fn drop(
            desk: ::ledger::Desk,
            organ: &str,
            id: &str,
        ) -> Result<(), $crate::acts::ActError> {
            $crate::acts::publication::drop::<$kind>(desk, organ, id).await
        }
    };
}
pub(super) use draft_acts;

/// A kind of 公布事项, as the acts know it.
pub(crate) trait Publication: Announced + Send + Sync {
    /// What can be done to one.
    type Step: Copy;
    /// How far one has come.
    type Stage;

    /// The kind of pieces by which review knows it as it is drafted.
    const KIND: &'static str;
    /// What the ledger calls what nobody outside sees of one, before its key.
    const WORK: &'static str;
    /// What the ledger calls what is done to its draft.
    const ACTS: Acts;
    /// The steps by which it is drafted and handed in.
    const STEPS: Steps<Self::Step>;
    /// What is said where an organ has none such.
    const MISSING: &'static str;

    /// Where it stands on a day, if the step follows there.
    ///
    /// # Errors
    /// It does not follow: why, and what to do.
    fn at_step(&self, step: Self::Step, today: Date) -> Result<Self::Stage, ActError>;

    /// The provision by which it is drafted.
    fn drafted_by(&self) -> Provision;

    /// Refuses a draft that lacks something on a day.
    ///
    /// # Errors
    /// It lacks something: what, in words.
    fn complete(&self, today: Date) -> Result<(), ActError>;

    /// Whether a refused submission tells what the list above the form tells already.
    fn is_lack(refused: &ActError) -> bool {
        matches!(refused, ActError::Standing(_))
    }
}

/// A step tells by its type of which kind it is one.
pub(crate) trait StepOf: Copy {
    /// The kind.
    type Of;
}

/// One of an organ, held until the act is sealed, where a step follows on what it is today; and where it stands.
pub(super) async fn taken<S>(
    desk: &Desk,
    organ: &str,
    id: &str,
    step: S,
) -> Result<(S::Of, <S::Of as Publication>::Stage), ActError>
where
    S: StepOf,
    S::Of: Publication<Step = S>,
{
    own::<S::Of>(desk, (organ, id), step).await
}

async fn own<T: Publication>(
    desk: &Desk,
    (organ, id): (&str, &str),
    step: T::Step,
) -> Result<(T, T::Stage), ActError> {
    announced::hold::<T>(desk.change(), id).await?;
    let found: Option<T> = announced::found(desk.change(), id).await?;
    let own = found.filter(|found| found.head().organ == organ);
    let found = own.ok_or_else(|| ActError::standing(T::MISSING))?;
    let stage = found.at_step(step, desk.today())?;
    Ok((found, stage))
}

/// An entry about one that changes nothing everybody sees.
pub(super) fn entry<T: Publication>(
    act: &'static str,
    of: &T,
    basis: impl ToString,
    facts: Value,
) -> Entry {
    Entry {
        room: "participation",
        act,
        subject: format!("{UNSEEN}{}{}", T::WORK, of.head().id),
        organ: of.head().organ.to_owned(),
        basis: basis.to_string(),
        facts,
    }
}

/// Begins one that stands by itself; answers its key.
pub(super) async fn begin<T: Publication>(
    desk: Desk,
    by: &Signatory,
    (organ, demo): (&Organ, bool),
    (said, facts): (&T::Said, Value),
) -> Result<String, ActError> {
    let id = uuid::Uuid::now_v7().to_string();
    let (authors, at) = (with_author(&[], by), at(&desk));
    let of = (id.as_str(), organ, by.unit.as_str());
    let written = (authors.as_slice(), at.as_str(), demo);
    announced::add::<T>(desk.change(), of, said, written, vec![]).await?;
    begun::<T>(desk, (&organ.code, &id), facts).await
}

/// Notes that one was begun; answers its key.
pub(super) async fn begun<T: Publication>(
    mut desk: Desk,
    (organ, id): (&str, &str),
    facts: Value,
) -> Result<String, ActError> {
    let (found, _) = own::<T>(&desk, (organ, id), T::STEPS.edit).await?;
    desk.record(entry(T::ACTS.draft, &found, found.drafted_by(), facts)).await?;
    desk.seal().await?;
    Ok(id.to_owned())
}

/// Keeps what a draft says, as its kind found it to be well; `version` is the one the form was shown in.
pub(super) async fn kept<T: Publication>(
    mut desk: Desk,
    by: &Signatory,
    (organ, id, version): (&str, &str, i64),
    said: &T::Said,
) -> Result<(), ActError> {
    let (found, _) = own::<T>(&desk, (organ, id), T::STEPS.edit).await?;
    let (head, at) = (found.head(), at(&desk));
    let authors = with_author(head.authors, by);
    let written = (authors.as_slice(), at.as_str());
    if head.version != version || !announced::keep::<T>(desk.change(), head, said, written).await? {
        return Err(ActError::overtaken());
    }
    desk.record(entry(T::ACTS.text, &found, found.drafted_by(), json!({}))).await?;
    Ok(desk.seal().await?)
}

/// Gives a draft up.
///
/// # Errors
/// It is no draft, or the database refuses.
pub(crate) async fn drop<T: Publication>(
    mut desk: Desk,
    organ: &str,
    id: &str,
) -> Result<(), ActError> {
    let (found, _) = own::<T>(&desk, (organ, id), T::STEPS.drop).await?;
    let off = (T::NOTICE.written, T::DROPPED);
    if !announced::turn::<T>(desk.change(), id, off, ("", &at(&desk))).await? {
        return Err(ActError::overtaken());
    }
    desk.record(entry(T::ACTS.drop, &found, found.drafted_by(), json!({}))).await?;
    Ok(desk.seal().await?)
}

/// Hands a draft in for review.
///
/// # Errors
/// It is no draft, it lacks something, or the database refuses.
pub(crate) async fn submit<T: Publication>(
    mut desk: Desk,
    publishers: &Publishers,
    by: &Signatory,
    (organ, id): (&str, &str),
) -> Result<Unit, ActError> {
    let (found, _) = own::<T>(&desk, (organ, id), T::STEPS.submit).await?;
    found.complete(desk.today())?;
    let on = (T::NOTICE.written, T::NOTICE.reviewed);
    if !announced::turn::<T>(desk.change(), id, on, ("", &at(&desk))).await? {
        return Err(ActError::overtaken());
    }
    desk.record(entry(T::ACTS.submission, &found, found.drafted_by(), json!({}))).await?;
    handed_in(desk, publishers, by, (T::KIND, id)).await
}

/// Hands a piece in for review and seals the act.
pub(super) async fn handed_in(
    mut desk: Desk,
    publishers: &Publishers,
    by: &Signatory,
    piece: (&str, &str),
) -> Result<Unit, ActError> {
    let pieces = [piece];
    let given = submission::Submitted {
        pieces: &pieces,
        note: None,
        added: vec![],
        for_another: false,
        by,
    };
    let unit = submission::within(&mut desk, publishers, given).await?;
    desk.seal().await?;
    Ok(unit)
}

/// Refuses a draft that lacks what these words say; nothing where they say nothing.
pub(super) fn lacking(words: Option<String>) -> Result<(), ActError> {
    match words {
        Some(words) => Err(ActError::Standing(format!("还不能送审：{words}。补齐后再送审。"))),
        None => Ok(()),
    }
}

/// Refuses to publish what lacks something today: its review took its time, and its days leave no room any more.
pub(super) fn in_time(words: Option<String>) -> Result<(), Fault> {
    match words {
        Some(words) => {
            Err(Fault::Refused(format!("今天公布来不及：{words}。退回改了日子再送审。")))
        }
        None => Ok(()),
    }
}

/// All that is lacking in one sentence, and says who; nothing where nothing is.
pub(super) fn in_words<'a>(lacks: impl Iterator<Item = (&'a str, Provision)>) -> Option<String> {
    let each = lacks.map(|(words, basis)| format!("{words}（{basis}）"));
    Some(each.collect::<Vec<_>>().join("；")).filter(|words| !words.is_empty())
}

/// A publisher as most are here: what it lets out is approved and opened like a consultation, and waits for nothing.
pub(super) const PLAIN: Publisher = Publisher {
    kind: "",
    words: "",
    approve: "consultation.approve",
    release: "consultation.open",
    releasers: &["publisher"],
    content: |_, _| Box::pin(async { Ok(None) }),
    standing: |_, _| Box::pin(async { Ok(None) }),
    ready: |_, _, _| Box::pin(async { Ok(()) }),
    signable: None,
    holds: None,
    laid_out: Publisher::as_signed,
    plain: Publisher::unmarked,
    publish: |_, _, _| Box::pin(async { Err(Fault::NotFound) }),
};

/// What is signed of one by its key; nothing where the kind has nothing to sign of it now.
pub(super) async fn content<T: Publication>(
    from: &Reading<'_>,
    id: &str,
    signed: fn(&T) -> Option<Content>,
) -> Result<Option<Content>, Fault> {
    let found: Option<T> = announced::found(from, id).await?;
    Ok(found.and_then(|found| signed(&found)))
}

/// What is signed of one, before its first part.
pub(super) fn blank<T: Publication>(of: &T, title: impl Into<String>) -> Content {
    let head = of.head();
    Content {
        title: title.into(),
        organ: head.organ.to_owned(),
        unit: head.unit.to_owned(),
        authors: head.authors.to_vec(),
        normative: false,
        findings: vec![],
        parts: vec![],
    }
}

/// How a piece becomes public.
pub(super) struct Release<T: Publication> {
    /// The step it is.
    pub step: T::Step,
    /// The piece.
    pub piece: Piece<T::State>,
    /// Refuses it on a day on which it does not fit any more.
    pub fits: fn(&T, Date) -> Result<(), Fault>,
    /// What the ledger calls it, by which provision, and what it tells, once it is public.
    pub told: fn(&T) -> (&'static str, Provision, Value),
    /// What ledger and log call the piece, by the key of the whole.
    pub subject: fn(&str) -> String,
    /// Where it stands, below a site.
    pub path: fn(&T) -> String,
}

/// Lets a piece out that others have signed, and tells everybody.
pub(super) async fn release<T: Publication>(
    desk: &mut Desk,
    approved: &Approved,
    how: &Release<T>,
    leaf: fn(&T) -> Leaf,
) -> Result<Appeared, Fault> {
    due(desk, approved, how).await?;
    appear(desk, approved, how, None).await?;
    let (now, appeared) = tell(desk, approved, how).await?;
    desk.publish_leaf(leaf(&now)).map_err(Fault::inside)?;
    Ok(appeared)
}

/// What is to be let out, held until the act is sealed, where that follows on what it is today.
pub(super) async fn due<T: Publication>(
    desk: &Desk,
    approved: &Approved,
    how: &Release<T>,
) -> Result<T, Fault> {
    announced::hold::<T>(desk.change(), &approved.id).await?;
    let found: Option<T> = announced::found(desk.change(), &approved.id).await?;
    let found = found.ok_or(Fault::NotFound)?;
    found.at_step(how.step, desk.today()).map_err(ActError::into_fault)?;
    (how.fits)(&found, desk.today())?;
    Ok(found)
}

/// Keeps that the piece is public, with the last day of what it opens.
pub(super) async fn appear<T: Publication>(
    desk: &Desk,
    approved: &Approved,
    how: &Release<T>,
    ends: Option<(&'static str, Date)>,
) -> Result<(), Fault> {
    let at = at(desk);
    let publication = (approved.publication.as_str(), desk.today(), at.as_str());
    let change = desk.change();
    match announced::appear::<T>(change, &approved.id, &how.piece, publication, ends).await? {
        true => Ok(()),
        false => Err(ActError::overtaken().into_fault()),
    }
}

/// Tells the ledger that it is public; answers it as it is now, and where it stands.
pub(super) async fn tell<T: Publication>(
    desk: &mut Desk,
    approved: &Approved,
    how: &Release<T>,
) -> Result<(T, Appeared), Fault> {
    let now: Option<T> = announced::found(desk.change(), &approved.id).await?;
    let now = now.ok_or(Fault::NotFound)?;
    let (act, basis, facts) = (how.told)(&now);
    let subject = (how.subject)(&approved.id);
    let told = Entry { subject: subject.clone(), ..entry(act, &now, basis, facts) };
    desk.record(told).await.map_err(Fault::inside)?;
    let path = Some((how.path)(&now));
    Ok((now, Appeared { subject, path }))
}

/// What review has ended without a publication, and why: pieces by kind and key. Nothing where it goes on.
pub(super) fn ended(event: &Event) -> Option<(&str, Vec<[String; 2]>)> {
    if event.act == "step" && fact(event, "verdict") != Some("return") {
        return None;
    }
    let pieces = event.facts.get("pieces").cloned().unwrap_or_default();
    let reason = fact(event, "reason").unwrap_or("已撤回送审");
    Some((reason, serde_json::from_value(pieces).unwrap_or_default()))
}

fn fact<'a>(event: &'a Event, name: &str) -> Option<&'a str> {
    event.facts.get(name).and_then(Value::as_str)
}

/// What was handed in comes back as soon as its review has ended without a publication. Hearing of it twice changes
/// nothing: it has come back, or was handed in anew.
pub(super) async fn comes_back<T: Announced>(
    change: &Transaction,
    (kind, id): (&str, &str),
    piece: Piece<T::State>,
    (reason, event): (&str, &Event),
) -> Result<(), Fault> {
    if Unit::open_with(change, kind, id).await?.is_none() {
        let back = (piece.reviewed, piece.written);
        announced::turn::<T>(change, id, back, (reason, &moment(event.happened_at))).await?;
    }
    Ok(())
}
