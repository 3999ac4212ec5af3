//! Routes. There is none without a power, or the word `public`.

use std::sync::Arc;

use axum::Router;
use axum::handler::Handler;
use axum::http::Method;
use axum::routing::{MethodFilter, MethodRouter, on};

use crate::House;
use crate::door::keeping;

/// One address of a room, and who may come to it.
pub struct Route {
    /// The address below the site, in axum's form: `/mulu/{domain}`.
    pub path: &'static str,
    /// The verb.
    pub method: Method,
    /// Whether its answers may be kept and given to the next visitor.
    pub kept: bool,
    handler: MethodRouter<Arc<House>>,
}

impl Route {
    /// A page for everybody, fetched with GET. Its answers are kept until the next act or the next day.
    pub fn public<T: 'static>(path: &'static str, handler: impl Handler<T, Arc<House>>) -> Self {
        Self::open(Method::GET, path, handler, true)
    }

    /// An address for everybody whose answers are never kept.
    pub fn public_fresh<T: 'static>(
        method: Method,
        path: &'static str,
        handler: impl Handler<T, Arc<House>>,
    ) -> Self {
        Self::open(method, path, handler, false)
    }

    fn open<T: 'static>(
        method: Method,
        path: &'static str,
        handler: impl Handler<T, Arc<House>>,
        kept: bool,
    ) -> Self {
        let filter = MethodFilter::try_from(method.clone()).unwrap_or(MethodFilter::GET);
        Self { path, method, kept, handler: on(filter, handler) }
    }

    pub(crate) fn join(self, router: Router<Arc<House>>) -> Router<Arc<House>> {
        let handler = if self.kept { keeping(self.handler) } else { self.handler };
        router.route(self.path, handler)
    }
}
