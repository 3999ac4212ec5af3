//! Routes. There is none without a power, or the word `public`.

use std::sync::Arc;

use axum::Router;
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodFilter, MethodRouter, on};

use crate::House;
use crate::attachments::given;
use crate::door::keeping;
use crate::workbench::{Need, guarded};

/// Who may come to an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission {
    /// Everybody; answers are kept and given to the next visitor.
    Public,
    /// Everybody; answers are never kept.
    PublicFresh,
    /// Clerks who have signed in; answers are never kept by anyone.
    Workbench,
    /// Clerks whose role has an allow for this act of the access policy.
    Power(&'static str),
    /// Whoever has begun to sign in, at whatever step and in whatever post; the act is one on
    /// the person's own account.
    Session(&'static str),
}

impl Admission {
    /// Whether one must have signed in.
    pub fn is_of_workbench(self) -> bool {
        matches!(self, Self::Workbench | Self::Power(_) | Self::Session(_))
    }
}

/// What a copy of the sites as plain files does with an address (`docs/decisions/032`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copied {
    /// A page: it is there under every address that a copied page leads to.
    Page,
    /// The same, but its marks lead through everything that was ever published: the copy has its beginning,
    /// and leads to an index of its own for the rest.
    Rolling,
    /// What is said of one thing. It changes with acts on that thing and on what it is linked with, and not
    /// because something else was published.
    Single,
    /// Bytes for machines, at exactly this address.
    Exact,
    /// It answers whoever asks, so it needs the program: the copy says so, and what to do instead.
    Online,
}

/// One address of a room, and who may come to it.
pub struct Route {
    /// The address below the site, in axum's form: `/mulu/{domain}`.
    pub path: &'static str,
    /// The verb.
    pub method: Method,
    /// Who may come, and whether answers are kept.
    pub admission: Admission,
    /// What a copy as plain files does with it.
    pub copied: Copied,
    handler: MethodRouter<Arc<House>>,
    /// Whether what it gives is an attachment, which may have a host of its own.
    attached: bool,
    /// The most bytes of a form, where its files may be large.
    most: Option<u64>,
}

impl Route {
    /// A page for everybody, fetched with GET. Its answers are kept until an act reaches them or the next day comes.
    pub fn public<T: 'static>(path: &'static str, handler: impl Handler<T, Arc<House>>) -> Self {
        Self::open(Method::GET, path, handler, Admission::Public)
    }

    /// An address for everybody whose answers are never kept.
    pub fn public_fresh<T: 'static>(
        method: Method,
        path: &'static str,
        handler: impl Handler<T, Arc<House>>,
    ) -> Self {
        Self::open(method, path, handler, Admission::PublicFresh)
    }

    /// An attachment for everybody, fetched with GET: never kept, never shown as a page, and given out from
    /// the second host alone where there is one.
    pub fn attachment<T: 'static>(
        path: &'static str,
        handler: impl Handler<T, Arc<House>>,
    ) -> Self {
        let route = Self::open(Method::GET, path, handler, Admission::PublicFresh);
        Self { attached: true, ..route }.copied(Copied::Single)
    }

    /// Settles what a copy as plain files does with it. Without this, what is kept for the next visitor is
    /// copied as a page, and what is not needs the program.
    pub fn copied(self, copied: Copied) -> Self {
        Self { copied, ..self }
    }

    /// An address for clerks who have signed in; the handler takes a [`crate::Clerk`] and, where
    /// something is changed, a [`crate::workbench::Submitted`].
    pub fn workbench<T: 'static>(
        method: Method,
        path: &'static str,
        handler: impl Handler<T, Arc<House>>,
    ) -> Self {
        Self::open(method, path, handler, Admission::Workbench)
    }

    /// An address of one act of the access policy: clerks whose role has no allow for the act are told
    /// who may. Inside, the handler asks [`crate::Clerk::may`] for the object at hand.
    pub fn power<T: 'static>(
        act: &'static str,
        method: Method,
        path: &'static str,
        handler: impl Handler<T, Arc<House>>,
    ) -> Self {
        Self::open(method, path, handler, Admission::Power(act))
    }

    /// An address on the way in, or of one's own account: no post is needed to come there.
    pub(crate) fn session<T: 'static>(
        act: &'static str,
        method: Method,
        path: &'static str,
        handler: impl Handler<T, Arc<House>>,
    ) -> Self {
        Self::open(method, path, handler, Admission::Session(act))
    }

    /// Lets the forms of a workbench route bring files of so many bytes in all: they are written to disk as they
    /// come ([`crate::workbench::Submitted::spooled`]).
    pub fn taking_files(self, most: u64) -> Self {
        Self { most: Some(most), ..self }
    }

    fn open<T: 'static>(
        method: Method,
        path: &'static str,
        handler: impl Handler<T, Arc<House>>,
        admission: Admission,
    ) -> Self {
        let filter = MethodFilter::try_from(method.clone()).unwrap_or(MethodFilter::GET);
        let kept = admission == Admission::Public;
        let copied = if kept { Copied::Page } else { Copied::Online };
        Self {
            path,
            method,
            admission,
            copied,
            handler: on(filter, handler),
            attached: false,
            most: None,
        }
    }

    /// Whether it is an address for everybody that may be a page.
    pub(crate) fn is_open_page(&self) -> bool {
        self.method == Method::GET && !self.admission.is_of_workbench() && !self.attached
    }

    /// Whether it is read at the workbench.
    pub(crate) fn is_of_workbench(&self) -> bool {
        self.method == Method::GET && self.admission.is_of_workbench()
    }

    /// The address and the act, where it is a page of an act.
    pub(crate) fn page_of_act(&self) -> Option<(&'static str, &'static str)> {
        match self.admission {
            Admission::Power(act) if self.method == Method::GET => Some((self.path, act)),
            _ => None,
        }
    }

    /// The address and what a copy does with it, where it is read.
    pub(crate) fn copy_of(&self) -> Option<(&'static str, Copied)> {
        (self.method == Method::GET).then_some((self.path, self.copied))
    }

    pub(crate) fn join(self, router: Router<Arc<House>>, house: &Arc<House>) -> Router<Arc<House>> {
        let handler = match self.admission {
            Admission::Public => keeping(self.handler),
            Admission::PublicFresh if self.attached => {
                self.handler.layer(from_fn_with_state(Arc::clone(house), given))
            }
            Admission::PublicFresh => self.handler,
            Admission::Workbench => guarded(self.handler, house, Need::Post(None), self.most),
            Admission::Power(act) => guarded(self.handler, house, Need::Post(Some(act)), self.most),
            Admission::Session(_) => guarded(self.handler, house, Need::Session, None),
        };
        router.route(self.path, handler)
    }
}
