//! What surrounds every page at a machine: the hall's name above, four large buttons below.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use super::{KioskSettings, Shell};
use crate::address::encoded;
use crate::{icons, layout};

/// What may be done with a page beside reading it.
#[derive(Debug, Clone, Default)]
pub(super) struct Actions {
    /// Back to where the visitor comes from.
    pub back: Option<String>,
    /// To the printer.
    pub print: Option<String>,
    /// Onto a telephone.
    pub take: Option<String>,
}

/// The whole page.
#[derive(Template)]
#[template(path = "kiosk/frame.html")]
pub(super) struct Frame<'a> {
    shell: &'a Shell,
    settings: KioskSettings,
    /// Escaped already.
    title: String,
    /// Finished HTML.
    main: String,
    actions: Actions,
    sheet: String,
    sheets: Vec<String>,
    script: String,
    icon: String,
    /// Where one is asked 还在用吗 without script; none where nothing is to be wiped.
    asks: Option<String>,
    home: bool,
    /// Leads on by itself after so many seconds, without script.
    leads_on: Option<(u32, String)>,
}

impl<'a> Frame<'a> {
    pub(super) fn of(shell: &'a Shell, title: &str, main: String) -> Self {
        let asks = shell.href(&format!("/haizai?hui={}", encoded(&shell.within)));
        Self {
            settings: shell.house.kiosk_settings(),
            title: title.to_owned(),
            main,
            actions: Actions::default(),
            sheet: layout::href("gk-kiosk.css"),
            sheets: vec![],
            script: layout::href("gk-kiosk.js"),
            icon: layout::href("favicon.svg"),
            asks: Some(asks),
            home: false,
            leads_on: None,
            shell,
        }
    }

    pub(super) fn with(mut self, actions: Actions) -> Self {
        self.actions = actions;
        self
    }

    pub(super) fn sheets(mut self, sheets: Vec<String>) -> Self {
        self.sheets = sheets;
        self
    }

    /// The first page, where everybody begins.
    pub(super) fn at_home(mut self) -> Self {
        self.home = true;
        self.asks = None;
        self
    }

    /// A page that goes on by itself and is not asked about.
    pub(super) fn leading_on(mut self, seconds: u32, to: String) -> Self {
        self.asks = None;
        self.leads_on = Some((seconds, to));
        self
    }

    /// What is said of an address that is not opened here.
    pub(super) fn calm(shell: &'a Shell) -> Self {
        let page = Calm { shell };
        let main = page.render().unwrap_or_default();
        let back =
            Some(shell.before.clone().map_or_else(|| shell.href("/"), |way| shell.href(&way)));
        Self::of(shell, "这里看不了这一页", main).with(Actions { back, ..Actions::default() })
    }

    pub(super) fn answer(&self, status: StatusCode) -> Response {
        super::translated::html(status, self.render())
    }

    /// The hall's name.
    fn place(&self) -> &str {
        match &self.shell.device {
            Some(device) => &device.place,
            None => &self.shell.site.frame.name,
        }
    }

    /// Where staff are called.
    fn call(&self) -> String {
        let call = self.shell.house.kiosk_source().map_or("/", |source| source.call);
        self.shell.href(call)
    }

    fn corner(&self) -> Option<String> {
        self.shell.house.kiosk_source().map(|source| self.shell.href(source.corner))
    }

    fn beat(&self) -> Option<String> {
        self.shell.house.kiosk_source().map(|source| self.shell.href(source.beat))
    }

    fn larger(&self) -> String {
        self.shell.href(&format!("/zihao?hui={}", encoded(&self.shell.within)))
    }

    fn phone(&self) -> Option<&str> {
        self.shell.phone()
    }
}

/// What is said of an address that is not opened here.
#[derive(Template)]
#[template(path = "kiosk/calm.html")]
struct Calm<'a> {
    shell: &'a Shell,
}

impl Shell {
    /// Whom to telephone in this hall, or at this site.
    pub(super) fn phone(&self) -> Option<&str> {
        let hall = self.device.as_ref().and_then(|device| device.phone.as_deref());
        hall.or(self.site.frame.contact.phone.as_deref())
    }
}
