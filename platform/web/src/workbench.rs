//! 工作台: where clerks work. The frame of its pages, its menu, its first page, and its guard.
//!
//! A page's template extends `workbench.html` and has a field `desk: Workbench`. The menu, the
//! to-dos and their counts are put together from what each room offers.

pub(crate) mod account;
mod calendar;
mod guard;
mod home;
mod incoming;
mod initiated;
mod interrupted;
mod refused;
mod returned;
mod search;
mod spooling;
mod standing;
mod submitted;
mod todo;

use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::layout::{Crumb, Frame, Link, href};
use crate::{Clerk, Fault, Later, Route, Visit, icons};

pub(crate) use guard::{Need, clerk_of, guarded, sent_from_here};
pub(crate) use incoming::SWEEPING;
pub use initiated::{Initiated, InitiatedSource, Lies, one_of, told_since};
pub(crate) use interrupted::Interrupted;
pub(crate) use refused::{Asked, answer as refusal};
pub(crate) use returned::{Again, Sent};
pub use search::{DeskHit, DeskSearch, MOST_FOUND, found_anywhere};
pub(crate) use spooling::Spool;
pub use spooling::Spooled;
pub use submitted::{Submitted, Upload};
pub use todo::{Clock, Todo, TodoSource};

/// The address of the first page.
pub const HOME: &str = "/gongzuo";

/// Sends a clerk on to a page, below the site, after what he did.
pub fn sent_to(visit: &Visit, path: &str) -> Response {
    let to = HeaderValue::try_from(visit.site.link(path));
    let to = to.unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
}

/// Where one chooses the post to act in.
pub(crate) const STANDING: &str = "/gongzuo/shenfen";

/// Where one signs out.
pub(crate) const LEAVE: &str = "/gongzuo/tuichu";

/// One's own account and where it is signed in.
pub(crate) const ACCOUNT: &str = "/gongzuo/zhanghao";

/// How pages show parts in place (htmx). Nothing is evaluated, inherited, taken from elsewhere or kept by
/// the browser; what a form is refused with is shown like any other answer.
pub(crate) const IN_PLACE: &str = r#"{"allowEval":false,"allowScriptTags":false,"includeIndicatorStyles":false,"disableInheritance":true,"selfRequestsOnly":true,"historyCacheSize":0,"refreshOnHistoryMiss":true,"scrollIntoViewOnBoost":false,"timeout":20000,"responseHandling":[{"code":"204","swap":false},{"code":"[23]..","swap":true},{"code":"422","swap":true},{"code":"[45]..","swap":false,"error":true}]}"#;

/// The header of what a page asks by itself: nobody did anything.
pub(crate) const BY_ITSELF: &str = "gk-by-itself";

/// The name of the hidden field in every form.
pub(crate) const MARK: &str = "_mark";

/// The name of the hidden field that tells in which state whatever a form acts on was shown. A form that was
/// refused comes back with the state it is in now.
pub const SHOWN: &str = "banben";

/// The name of the field for the reason in most forms, and by which a refusal for want of one names it
/// in all.
pub const REASON: &str = "liyou";

/// One entry of the workbench's menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeskEntry {
    /// The heading it stands under: 公开, 监督.
    pub heading: &'static str,
    /// Smaller comes first; headings stand in the order of their first entry.
    pub rank: i32,
    /// The name by which a page says that it belongs here, and a to-do that it is counted here.
    pub key: &'static str,
    /// What the clerk reads.
    pub words: &'static str,
    /// Its address below the site.
    pub path: &'static str,
}

/// What a clerk begins from the desk: 起草信息.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Initiation {
    /// What the button says.
    pub words: &'static str,
    /// Where it leads, below the site.
    pub path: &'static str,
    /// The act of the access policy that it begins.
    pub act: &'static str,
}

/// An address of one type of workbench page, as a clerk of some organ may open it.
#[derive(Clone, Copy)]
pub struct DeskSample {
    /// The name of the type: `catalogue desk`.
    pub name: &'static str,
    /// An address of that type that exists now for this organ.
    pub path: for<'a> fn(&'a crate::House, &'a identity::Organ) -> Later<'a, Option<String>>,
}

/// The pages of the workbench that belong to no room.
pub(crate) const SAMPLES: &[DeskSample] = &[
    DeskSample { name: "desk home", path: |_, _| Box::pin(async { Ok(Some(HOME.into())) }) },
    DeskSample {
        name: "desk initiated",
        path: |_, _| Box::pin(async { Ok(Some(initiated::PATH.into())) }),
    },
    DeskSample {
        name: "desk search",
        path: |_, _| Box::pin(async { Ok(Some(format!("{}?q=%E5%85%AC", search::SEARCH))) }),
    },
    DeskSample {
        name: "desk calendar",
        path: |_, _| Box::pin(async { Ok(Some(calendar::PATH.into())) }),
    },
    DeskSample { name: "my posts", path: |_, _| Box::pin(async { Ok(Some(STANDING.into())) }) },
    DeskSample { name: "my account", path: |_, _| Box::pin(async { Ok(Some(ACCOUNT.into())) }) },
];

/// The routes of the workbench that belong to no room.
pub(crate) fn routes() -> Vec<Route> {
    let (get, post) = (Method::GET, Method::POST);
    vec![
        Route::power("desk.read", get.clone(), HOME, home::show),
        Route::power("desk.read", get.clone(), initiated::PATH, initiated::show),
        Route::power("workbench.search", get.clone(), search::SEARCH, search::show),
        Route::power("desk.read", get.clone(), calendar::PATH, calendar::show),
        Route::power("desk.read", get.clone(), calendar::FILE, calendar::file),
        Route::session("account.sign_in", get.clone(), STANDING, standing::show),
        Route::session("account.sign_in", post.clone(), STANDING, standing::choose),
        Route::session("account.sign_in", post.clone(), LEAVE, account::leave),
        Route::session(crate::entrance::OWN, get, ACCOUNT, account::show),
        Route::session(crate::entrance::OWN, post, ACCOUNT, account::act),
    ]
}

struct Heading {
    words: &'static str,
    entries: Vec<MenuEntry>,
}

struct MenuEntry {
    key: &'static str,
    words: &'static str,
    href: String,
    current: bool,
    count: usize,
}

/// What surrounds a page of the workbench.
pub struct Workbench {
    /// The page's frame.
    pub frame: Frame,
    /// Who is signed in.
    pub clerk: Clerk,
    /// What was done just now, said once at the top.
    pub said: Option<&'static str>,
    menu: Vec<Heading>,
    demo: bool,
    todos: Vec<Todo>,
    /// Where the words in the bar are looked for, and what is found there.
    find: (&'static str, &'static str),
}

impl Workbench {
    /// The surroundings of a page that belongs to the menu entry `current`.
    ///
    /// # Errors
    /// A room cannot say what is to be done.
    pub async fn of(
        visit: &Visit,
        clerk: Clerk,
        current: &'static str,
        title: impl Into<String>,
    ) -> Result<Self, Fault> {
        let mut todos = Vec::new();
        for source in visit.house.rooms().iter().filter_map(|room| room.todos) {
            todos.extend((source.list)(&visit.house, &clerk).await?);
        }
        todos.retain(|todo| visit.house.may_open(&clerk, &todo.path));
        let mut frame = visit.frame().titled(title).unlisted();
        if frame.title != home::TITLE {
            frame = frame.under(home::TITLE, HOME);
        }
        let menu = menu(visit, &clerk, current, &todos);
        let demo = visit.house.demo_persons().is_some();
        let find = match visit.house.may_open(&clerk, search::SEARCH) {
            true => (search::SEARCH, "稿件、审查、事项、已公开的信息"),
            false => ("/sousuo", "门户上的信息"),
        };
        Ok(Self { frame, clerk, said: None, menu, demo, todos, find })
    }

    /// Adds a step of the way here, at a path of this site.
    pub fn under(mut self, words: impl Into<String>, path: &str) -> Self {
        self.frame = self.frame.under(words, path);
        self
    }

    /// Says what was done just now, where the address names one of `known`.
    pub fn saying(mut self, word: &str, known: &[(&'static str, &'static str)]) -> Self {
        self.said = known.iter().find(|(key, _)| *key == word).map(|(_, sentence)| *sentence);
        self
    }

    /// Says in the title that a form came back with errors.
    pub fn with_errors(mut self) -> Self {
        self.frame.has_errors = true;
        self
    }

    /// The full path of a page of this site, for templates.
    pub fn href(&self, path: &str) -> String {
        self.frame.href(path)
    }

    /// The full path of this page, without what it was asked.
    pub fn here(&self) -> &str {
        self.frame.here.split('?').next().unwrap_or_default()
    }

    /// The hidden field that every form carries.
    pub fn seal(&self) -> crate::clerk::Seal {
        self.clerk.seal()
    }

    /// The ids of the numbers in the menu.
    fn numbers(&self) -> impl Iterator<Item = String> {
        let entries = self.menu.iter().flat_map(|heading| &heading.entries);
        entries.map(|entry| format!("n-{}", entry.key))
    }

    fn full_title(&self) -> String {
        let warning = if self.frame.has_errors { "有错误：" } else { "" };
        format!("{warning}{} - 政务公开工作台", self.frame.title)
    }

    fn crumbs(&self) -> &[Crumb] {
        &self.frame.crumbs
    }

    fn sheets(&self) -> [String; 2] {
        [href("gk.css"), href("gk-wb.css")]
    }

    fn scripts(&self) -> [String; 3] {
        [href("gk.js"), href("htmx.js"), href("gk-wb.js")]
    }

    fn favicon(&self) -> String {
        href("favicon.svg")
    }

    fn leave(&self) -> String {
        self.frame.href(LEAVE)
    }

    fn standing(&self) -> String {
        self.frame.href(STANDING)
    }

    fn account(&self) -> String {
        self.frame.href(ACCOUNT)
    }

    fn portal(&self) -> Link {
        Link::new("看门户", self.frame.href("/"))
    }
}

/// The menu with the number of to-dos at each entry.
fn menu(visit: &Visit, clerk: &Clerk, current: &str, todos: &[Todo]) -> Vec<Heading> {
    let own = |rank: i32, key: &'static str, words: &'static str, path: &'static str| DeskEntry {
        heading: "我的工作",
        rank,
        key,
        words,
        path,
    };
    let mine = [
        own(0, "", home::TITLE, HOME),
        own(4, "faqi", initiated::TITLE, initiated::PATH),
        own(8, "rili", calendar::TITLE, calendar::PATH),
        own(9, "sousuo", search::TITLE, search::SEARCH),
    ];
    let rooms = visit.house.rooms().iter().flat_map(|room| room.desk_nav.iter().copied());
    let kept = crate::administration::ENTRIES.iter().copied();
    let mut entries: Vec<DeskEntry> = mine.into_iter().chain(rooms).chain(kept).collect();
    entries.retain(|entry| visit.house.may_open(clerk, entry.path));
    entries.sort_by_key(|entry| entry.rank);
    let mut menu: Vec<Heading> = Vec::new();
    for entry in entries {
        let counted = |todo: &&Todo| entry.key.is_empty() || todo.entry == entry.key;
        let shown = MenuEntry {
            key: if entry.key.is_empty() { "daiban" } else { entry.key },
            words: entry.words,
            href: visit.site.link(entry.path),
            current: entry.key == current,
            count: todos.iter().filter(counted).count(),
        };
        match menu.iter_mut().find(|heading| heading.words == entry.heading) {
            Some(heading) => heading.entries.push(shown),
            None => menu.push(Heading { words: entry.heading, entries: vec![shown] }),
        }
    }
    menu
}

/// Parts of `workbench.html`, each with its template; print as HTML.
mod parts {
    use askama::{Template, filters::HtmlSafe};

    use super::{Workbench, icons};

    /// The content of `<head>`.
    #[derive(Template)]
    #[template(path = "workbench/head.html")]
    pub struct Head<'a>(pub(super) &'a Workbench);

    /// Skip link and dark bar.
    #[derive(Template)]
    #[template(path = "workbench/top.html")]
    pub struct Top<'a>(pub(super) &'a Workbench);

    /// The menu.
    #[derive(Template)]
    #[template(path = "workbench/menu.html")]
    pub struct Menu<'a>(pub(super) &'a Workbench);

    /// The way here and what was done just now.
    #[derive(Template)]
    #[template(path = "workbench/way.html")]
    pub struct Way<'a>(pub(super) &'a Workbench);

    impl HtmlSafe for Head<'_> {}
    impl HtmlSafe for Top<'_> {}
    impl HtmlSafe for Menu<'_> {}
    impl HtmlSafe for Way<'_> {}

    impl Workbench {
        /// The content of `<head>`.
        pub fn head(&self) -> Head<'_> {
            Head(self)
        }

        /// Everything above the menu.
        pub fn top(&self) -> Top<'_> {
            Top(self)
        }

        /// The menu.
        pub fn menu(&self) -> Menu<'_> {
            Menu(self)
        }

        /// The way here and what was done just now.
        pub fn way(&self) -> Way<'_> {
            Way(self)
        }
    }
}
