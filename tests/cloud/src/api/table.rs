//! A router that knows its routes, so that a test can hold them against the description.

use crate::state::State as Shared;
use axum::Router;
use axum::handler::Handler;
use axum::routing::{MethodFilter, on};
use std::sync::Arc;

/// Routes, as they are added.
pub(super) struct Table {
    pub(super) router: Router<Arc<Shared>>,
    pub(super) known: Vec<(&'static str, &'static str)>,
}

macro_rules! methods {
    ($($name:ident $filter:ident)*) => {$(
        pub(super) fn $name<H, T>(self, path: &'static str, handler: H) -> Self
        where
            H: Handler<T, Arc<Shared>>,
            T: 'static,
        {
            self.add(stringify!($filter), MethodFilter::$filter, path, handler)
        }
    )*};
}

impl Table {
    pub(super) fn new() -> Self {
        Self { router: Router::new(), known: Vec::new() }
    }

    methods! { get GET post POST put PUT patch PATCH delete DELETE }

    fn add<H, T>(
        mut self,
        method: &'static str,
        filter: MethodFilter,
        path: &'static str,
        handler: H,
    ) -> Self
    where
        H: Handler<T, Arc<Shared>>,
        T: 'static,
    {
        self.known.push((method, path));
        Self { router: self.router.route(path, on(filter, handler)), known: self.known }
    }
}
