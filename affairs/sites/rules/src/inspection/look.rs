//! Looking at each thing by itself: which spots are at fault.

use jiff::{SignedDuration, Span, civil::Date};
use law::{Dated, day, document};

use super::material::{Material, Message, PageKind, PublishedDay, SeenPage};
use super::rule::INDICATORS;
use super::{FooterPart, InspectedColumn, Logged, PageTag, Rule, Spot, Veto};
use crate::launch::is_id_code;
use crate::{Condition, Freshness};

/// V5: a message left without an answer for longer than so many months …
const UNANSWERED_MONTHS: Dated<i32> = Dated::since(&[(day(2019, 4, 1), 3, document(INDICATORS))]);

/// … counts where it came within so many months.
const WITHIN_MONTHS: Dated<i32> = Dated::since(&[(day(2019, 4, 1), 12, document(INDICATORS))]);

/// V2: so many days in a row are looked at …
const DAYS: Dated<usize> = Dated::since(&[(day(2019, 4, 1), 7, document(INDICATORS))]);

/// … each with at least so many visits …
const VISITS: Dated<i64> = Dated::since(&[(day(2019, 4, 1), 20, document(INDICATORS))]);

/// … of which this share must not fail, in hundredths.
const SHARE: Dated<i64> = Dated::since(&[(day(2019, 4, 1), 5, document(INDICATORS))]);

/// The moment of a page and the moment of the log are told to the minute.
const A_MINUTE: SignedDuration = SignedDuration::from_mins(1);

/// All spots, in the order of the rules.
pub(super) fn spots(seen: &Material) -> Vec<Spot> {
    let mut spots = Vec::new();
    wording(seen, &mut spots);
    seen.published.iter().for_each(|one| days_of(one, seen, &mut spots));
    reached(seen, &mut spots);
    home(seen, &mut spots);
    seen.columns.iter().for_each(|column| spots.extend(column_spot(column, seen.today)));
    consulted(seen, &mut spots);
    guided(seen, &mut spots);
    media(seen, &mut spots);
    pages(&seen.pages, &mut spots);
    shown_days(seen, &mut spots);
    links(seen, &mut spots);
    let late = seen.messages.iter().filter(|one| is_late(one, seen.today));
    spots.extend(late.map(|one| late_spot(one, seen.today)));
    spots
}

fn wording(seen: &Material, spots: &mut Vec<Spot>) {
    let spot = |one: &super::Worded| Spot::new(Rule::Wording, &one.id, &one.address, &one.what);
    spots.extend(seen.wording.iter().map(spot));
}

/// 伪造发稿日期.
fn days_of(one: &PublishedDay, seen: &Material, spots: &mut Vec<Spot>) {
    let mut found = |rule, words: String| spots.push(Spot::new(rule, &one.id, &one.address, words));
    let title = &one.title;
    match one.logged {
        _ if one.published_at > seen.now => {
            found(Rule::FutureDate, format!("《{title}》的发布时间还没有到"));
        }
        Logged::At(at) if one.published_at.duration_since(at).abs() > A_MINUTE => {
            let than = if one.published_at < at { "早于" } else { "晚于" };
            let words = format!("《{title}》的发布时间{than}公开日志里的登记时间");
            found(Rule::DateAgainstLog, words);
        }
        Logged::Nowhere => found(Rule::Unlogged, format!("《{title}》在公开日志里没有登记")),
        Logged::At(_) | Logged::TakenIn => {}
    }
    let published = law::CHINA.to_datetime(one.published_at).date();
    if one.made_on.is_some_and(|made_on| made_on > published) {
        found(Rule::MadeLater, format!("《{title}》的成文日期晚于发布日期"));
    }
}

fn reached(seen: &Material, spots: &mut Vec<Spot>) {
    let (Ok(days), Ok(least), Ok(share)) =
        (DAYS.on(seen.today), VISITS.on(seen.today), SHARE.on(seen.today))
    else {
        return;
    };
    let Some(week) = seen.week(days.value, least.value) else { return };
    let (asked, failed) =
        week.iter().fold((0, 0), |sum, one| (sum.0 + one.asked, sum.1 + one.failed));
    if failed * 100 >= asked * share.value {
        let words = format!("最近 {} 天 {asked} 次访问中有 {failed} 次打不开", days.value);
        spots.push(Spot::new(Rule::Unreachable, "site", &seen.home, words));
    }
}

fn home(seen: &Material, spots: &mut Vec<Spot>) {
    let words = match Freshness::News.condition(seen.newest, seen.today) {
        Condition::Fresh { .. } => return,
        Condition::Blank => "首页没有发布过信息".to_owned(),
        Condition::Stale { since } => format!("首页自 {since} 起超过更新期限"),
    };
    spots.push(Spot::new(Rule::HomeStale, "home", &seen.home, words));
}

fn column_spot(column: &InspectedColumn, today: Date) -> Option<Spot> {
    let spot = |rule, words: String| Some(Spot::new(rule, &column.id, &column.address, words));
    let newest = column.newest.filter(|_| column.count > 0);
    let name = &column.name;
    let rule = match column.class {
        Freshness::News => Rule::NewsStale,
        Freshness::Documents => Rule::ColumnStale,
        Freshness::Other => Rule::ColumnLongStale,
    };
    match (column.class.condition(newest, today), newest) {
        (Condition::Blank, _) => spot(Rule::ColumnBlank, format!("栏目“{name}”没有内容")),
        (Condition::Stale { since }, Some(newest)) => {
            spot(rule, format!("栏目“{name}”最近一次更新是 {newest}，自 {since} 起超过更新期限"))
        }
        (_, Some(newest)) => {
            let days = column.own_days?;
            let until = newest.saturating_add(Span::new().days(i64::from(days)));
            (today > until).then(|| {
                let words = format!("栏目“{name}”要求 {days} 天内更新一次，最近一次是 {newest}");
                Spot::new(Rule::ColumnBelowOwnRule, &column.id, &column.address, words)
            })
        }
        _ => None,
    }
}

fn consulted(seen: &Material, spots: &mut Vec<Spot>) {
    let Some(consultation) = &seen.consultation else { return };
    if consultation.channel.is_none() {
        let words = "没有能在网上提交咨询的栏目（信访、纪检举报不算）";
        spots.push(Spot::new(Rule::NoChannel, "site", &seen.home, words));
    }
    let (Ok(months), Ok(within)) = (UNANSWERED_MONTHS.on(seen.today), WITHIN_MONTHS.on(seen.today))
    else {
        return;
    };
    let since = seen.today.saturating_sub(Span::new().months(within.value));
    for one in &consultation.messages {
        let until = one.received.saturating_add(Span::new().months(months.value));
        if one.answered.is_none() && one.received >= since && seen.today > until {
            let words = format!("{} 收到的留言超过三个月没有答复", one.received);
            spots.push(Spot::new(Rule::Unanswered, &one.id, &one.address, words));
        } else if is_late(one, seen.today) {
            spots.push(late_spot(one, seen.today));
        }
    }
}

fn is_late(one: &Message, today: Date) -> bool {
    one.due.is_some_and(|due| one.answered.unwrap_or(today) > due) && one.answered.is_none()
}

fn late_spot(one: &Message, today: Date) -> Spot {
    let due = one.due.unwrap_or(today);
    let words = format!("{} 收到，应当在 {due} 以前答复，还没有答复", one.received);
    Spot::new(Rule::AnswerLate, &one.id, &one.address, words)
}

fn guided(seen: &Material, spots: &mut Vec<Spot>) {
    let Some(guides) = &seen.guides else { return };
    if guides.is_empty() {
        spots.push(Spot::new(Rule::NoServices, "site", &seen.home, "没有提供办事服务"));
    }
    for guide in guides {
        let spot = |element: super::Element| {
            let words = format!("办事指南“{}”没有写{}", guide.name, element.name());
            Spot::new(Rule::GuideElement(element), &guide.id, &guide.address, words)
        };
        spots.extend(guide.lacks().map(spot));
    }
}

fn media(seen: &Material, spots: &mut Vec<Spot>) {
    for account in seen.accounts.iter().flatten() {
        let mut found =
            |rule, words| spots.push(Spot::new(rule, &account.id, &account.address, words));
        if !matches!(Freshness::News.condition(account.newest, seen.today), Condition::Fresh { .. })
        {
            found(Rule::MediaStale, format!("“{}”超过更新期限", account.name));
        }
        if !account.answers {
            found(Rule::MediaNoAnswer, format!("“{}”不能留言互动", account.name));
        }
    }
}

/// Tags and footers. What the home page lacks already is not told again of every other page.
fn pages(pages: &[SeenPage], spots: &mut Vec<Spot>) {
    let mut of_home: Vec<Rule> = Vec::new();
    for (at, page) in pages.iter().enumerate() {
        let site = PageTag::SITE.into_iter().filter(|tag| !has_tag(page, *tag)).map(Rule::Tag);
        let parts = FooterPart::ALL.into_iter().filter(|part| !has_part(page, *part));
        let common: Vec<Rule> = site.chain(parts.map(Rule::Footer)).collect();
        let own = own_tags(page).filter(|tag| !has_tag(page, *tag)).map(Rule::Tag);
        let new = common.iter().copied().filter(|rule| !of_home.contains(rule)).chain(own);
        spots.extend(new.map(|rule| page_spot(page, rule)));
        if at == 0 {
            of_home = common;
        }
    }
}

fn page_spot(page: &SeenPage, rule: Rule) -> Spot {
    let words = match rule {
        Rule::Tag(tag) if page.read.content(tag.name()).is_empty() => {
            format!("页面没有标签 {}，或者内容是空的", tag.name())
        }
        Rule::Tag(tag) => {
            format!("标签 {} 的内容“{}”不合要求", tag.name(), page.read.content(tag.name()))
        }
        Rule::Footer(part) => format!("页脚没有{}", part.name()),
        other => other.name(),
    };
    Spot::new(rule, &page.address, &page.address, words)
}

/// The tags a page must carry besides those of the site.
pub(super) fn own_tags(page: &SeenPage) -> impl Iterator<Item = PageTag> + '_ {
    let has_some = PageTag::COLUMN.iter().any(|tag| page.read.tags.contains_key(tag.name()));
    let column = page.kind != PageKind::Plain || has_some;
    let article = page.kind == PageKind::Article;
    let column = PageTag::COLUMN.into_iter().filter(move |_| column);
    column.chain(PageTag::ARTICLE.into_iter().filter(move |_| article))
}

fn has_tag(page: &SeenPage, tag: PageTag) -> bool {
    let content = page.read.content(tag.name());
    match tag {
        PageTag::SiteIdCode => is_id_code(content),
        PageTag::PubDate => minute(content).is_some(),
        _ => !content.is_empty(),
    }
}

/// 发布时间 as a page shows it.
fn minute(content: &str) -> Option<jiff::civil::DateTime> {
    jiff::civil::DateTime::strptime("%Y-%m-%d %H:%M", content).ok()
}

fn has_part(page: &SeenPage, part: FooterPart) -> bool {
    let text = &page.read.footer;
    let after = |word: &str| text.split(word).nth(1).map(str::trim_start).unwrap_or_default();
    let numbered = |word: &str| {
        text.split(word).skip(1).any(|rest| {
            let close: String = rest.chars().take(8).collect();
            close.chars().any(|one| one.is_ascii_digit())
        })
    };
    let said = |word: &str| {
        let rest = after(word).trim_start_matches(['：', ':', ' ']);
        !rest.is_empty() && !rest.starts_with(['（', '('])
    };
    match part {
        FooterPart::Mark => {
            text.contains("党政机关网站标识") && !text.contains("标识（部署时填写）")
        }
        FooterPart::ErrorReport => text.contains("找错"),
        FooterPart::IdCode => {
            let code: String = after("网站标识码")
                .trim_start_matches(['：', ':', ' '])
                .chars()
                .take_while(char::is_ascii_alphanumeric)
                .collect();
            is_id_code(&code)
        }
        FooterPart::Sponsor => said("主办"),
        FooterPart::Contact => said("联系电话") || said("联系方式"),
        FooterPart::Icp => numbered("ICP备"),
        FooterPart::Police => numbered("公网安备"),
        FooterPart::Map => text.contains("站点地图") || text.contains("网站地图"),
    }
}

/// What pages show as 发布时间, against the log.
fn shown_days(seen: &Material, spots: &mut Vec<Spot>) {
    for one in &seen.published {
        let page = seen.pages.iter().find(|page| page.address == one.address);
        let Some(shown) = page.and_then(|page| minute(page.read.content("PubDate"))) else {
            continue;
        };
        let logged = match one.logged {
            Logged::At(at) => at,
            Logged::TakenIn | Logged::Nowhere => one.published_at,
        };
        let there = law::CHINA.to_datetime(logged);
        let apart = shown.duration_since(there).abs();
        if apart > A_MINUTE {
            let words = format!(
                "《{}》的页面写 {}，公开日志里是 {}",
                one.title,
                shown.strftime("%Y-%m-%d %H:%M"),
                there.strftime("%Y-%m-%d %H:%M")
            );
            spots.push(Spot::new(Rule::DateShown, &one.id, &one.address, words));
        }
    }
}

fn links(seen: &Material, spots: &mut Vec<Spot>) {
    for link in &seen.dead_links {
        let rule = if link.outside { Rule::LinkOutside } else { Rule::LinkInside };
        let words = format!("链接 {} {}", link.to, link.why);
        spots.push(Spot::new(rule, &link.to, &link.on, words));
    }
}

impl Material {
    /// The last whole days, where so many in a row are known and each was visited often enough.
    fn week(&self, days: usize, least: i64) -> Option<&[super::DayOfVisits]> {
        let from = self.visits.len().checked_sub(days)?;
        let week = self.visits.get(from..)?;
        // A day without a row is no day without a failure: on it the count itself may have been down.
        let follows = |pair: &[super::DayOfVisits]| match pair {
            [before, after] => before.day.tomorrow().is_ok_and(|next| next == after.day),
            _ => true,
        };
        let in_a_row = week.windows(2).all(follows);
        (in_a_row && week.iter().all(|one| one.asked >= least)).then_some(week)
    }

    /// Whether enough visits are known to say how the site is reached.
    pub(super) fn knows_visits(&self) -> bool {
        match (DAYS.on(self.today), VISITS.on(self.today)) {
            (Ok(days), Ok(least)) => self.week(days.value, least.value).is_some(),
            _ => false,
        }
    }

    /// Which vetoes have something to look at.
    pub(super) fn looks_at(&self, veto: Veto) -> bool {
        match veto {
            Veto::Safety | Veto::HomeStale | Veto::ColumnsStale => true,
            Veto::Unreachable => self.knows_visits(),
            Veto::NoAnswer => self.consultation.is_some(),
            Veto::Unusable => self.guides.is_some(),
            Veto::MediaStale | Veto::MediaNoAnswer => self.accounts.is_some(),
            // What an account says stands on another platform, which nobody reads here.
            Veto::MediaSafety => false,
        }
    }
}
