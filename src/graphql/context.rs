//! What a resolver may ask of its request.

use async_graphql::Context;
use entity::kinds::Locale;

use crate::kernel::{Env, policy::Actor};

/// The request's handles, by name.
pub trait Ask {
    /// The handles of the house.
    fn env(&self) -> &Env;
    /// Who asks. Anonymous unless transport knew better.
    fn actor(&self) -> &Actor;
    /// In which language to answer.
    fn locale(&self) -> Locale;
}

impl Ask for Context<'_> {
    fn env(&self) -> &Env {
        self.data_unchecked::<Env>()
    }

    fn actor(&self) -> &Actor {
        const NOBODY: &Actor = &Actor::Anonymous;
        self.data_opt::<Actor>().unwrap_or(NOBODY)
    }

    fn locale(&self) -> Locale {
        self.data_opt::<Locale>().copied().unwrap_or(Locale::En)
    }
}
