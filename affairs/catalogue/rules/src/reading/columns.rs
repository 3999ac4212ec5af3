//! The columns of a table: what each holds, from one, two or three rows of headings.

use crate::reading::heading::Heading;
use crate::{Channel, Stage};

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Role {
    Seq,
    Domain,
    Level(u8),
    Elements,
    Basis,
    Limit,
    Subject,
    Channels,
    ChannelTick(Channel),
    /// 公开对象 in words.
    Audience,
    WholeSociety,
    CertainGroup,
    /// 公开方式 in words.
    Methods,
    AudienceAndMethods,
    Proactive,
    OnRequest,
    /// 公开层级 in words.
    Levels,
    LevelTick(String),
    /// 五公开 in words.
    Stages,
    StageTick(Stage),
    Extra,
}

impl Role {
    /// Whether cells of the column hold a tick or nothing.
    pub(crate) const fn is_tick(&self) -> bool {
        matches!(
            self,
            Self::WholeSociety
                | Self::CertainGroup
                | Self::Proactive
                | Self::OnRequest
                | Self::LevelTick(_)
                | Self::StageTick(_)
                | Self::ChannelTick(_)
        )
    }

    /// Whether a blank cell in a table that lost its merged cells may mean the value above.
    pub(crate) const fn may_be_merged(&self) -> bool {
        matches!(
            self,
            Self::Basis
                | Self::Limit
                | Self::Subject
                | Self::Channels
                | Self::Audience
                | Self::Methods
                | Self::AudienceAndMethods
                | Self::Levels
                | Self::Stages
        )
    }
}

/// One heading with the words it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Titled {
    pub(crate) heading: Option<Heading>,
    pub(crate) text: String,
}

/// The roles of the columns whose headings these are. Every role but the ticks of levels, stages
/// and channels is given once, to the heading that names it best.
pub(crate) fn roles(headings: &[Titled]) -> Vec<Role> {
    let mut roles: Vec<Role> = headings.iter().map(|titled| role(titled, headings)).collect();
    for at in 0..roles.len() {
        let repeats = !matches!(
            roles[at],
            Role::Extra | Role::LevelTick(_) | Role::StageTick(_) | Role::ChannelTick(_)
        );
        let best = (0..roles.len())
            .filter(|other| roles[*other] == roles[at])
            .max_by_key(|other| (Heading::rank(&headings[*other].text), std::cmp::Reverse(*other)));
        if repeats && best != Some(at) {
            roles[at] = Role::Extra;
        }
    }
    roles
}

fn role(titled: &Titled, all: &[Titled]) -> Role {
    let has = |wanted: &Heading| all.iter().any(|other| other.heading.as_ref() == Some(wanted));
    let has_level = |level| has(&Heading::Level(level));
    match &titled.heading {
        None | Some(Heading::Extra) => Role::Extra,
        Some(Heading::Seq) => Role::Seq,
        Some(Heading::Domain) => Role::Domain,
        Some(Heading::Level(level)) => Role::Level(*level),
        Some(Heading::Category) => {
            if has_level(1) {
                Role::Extra
            } else {
                Role::Level(1)
            }
        }
        Some(Heading::Items) => {
            names(has_level(1) || has(&Heading::Category), has_level(2) || has(&Heading::Name))
        }
        Some(Heading::Name) => {
            names(has_level(1) || has(&Heading::Category) || has(&Heading::Items), has_level(2))
        }
        Some(Heading::Elements) => Role::Elements,
        Some(Heading::Basis) => Role::Basis,
        Some(Heading::Limit) => Role::Limit,
        Some(Heading::Subject) => Role::Subject,
        Some(Heading::Channels) => Role::Channels,
        Some(Heading::ChannelOf(channel)) => Role::ChannelTick(channel.clone()),
        Some(Heading::Audience) => Role::Audience,
        Some(Heading::WholeSociety) => Role::WholeSociety,
        Some(Heading::CertainGroup) => Role::CertainGroup,
        Some(Heading::Methods) => Role::Methods,
        Some(Heading::AudienceAndMethods) => Role::AudienceAndMethods,
        Some(Heading::Proactive) => Role::Proactive,
        Some(Heading::OnRequest) => Role::OnRequest,
        Some(Heading::Levels) => Role::Levels,
        Some(Heading::LevelOf(label)) => Role::LevelTick(label.clone()),
        Some(Heading::Stages) => Role::Stages,
        Some(Heading::StageOf(stage)) => Role::StageTick(*stage),
    }
}

/// Where a column headed only 事项 or 名称 belongs: the first level that has no column yet.
const fn names(first_taken: bool, second_taken: bool) -> Role {
    match (first_taken, second_taken) {
        (false, _) => Role::Level(1),
        (true, false) => Role::Level(2),
        (true, true) => Role::Level(3),
    }
}
