//! The front door: who comes in, as accounts know him.

use async_trait::async_trait;

use crate::{
    account::{self, AdmitError},
    http::door::{Door, Refusal},
    kernel::{
        Env,
        event::session_topic,
        policy::Actor,
        port::{Cache, Wake},
    },
};

/// Accounts, as the transport asks for them.
pub(super) struct FrontDoor(pub Env);

#[async_trait]
impl Door for FrontDoor {
    async fn admit(&self, token: &str) -> Result<Actor, Refusal> {
        account::admit(&self.0, token).await.map_err(refusal)
    }

    async fn recheck(&self, actor: &Actor) -> Result<Actor, Refusal> {
        account::recheck(&self.0, actor).await.map_err(refusal)
    }

    async fn watch(&self, actor: &Actor) -> Box<dyn Wake> {
        let topics: Vec<String> = actor.session().map(session_topic).into_iter().collect();
        self.0.bus().listen(&topics).await
    }

    fn rings(&self) -> bool {
        self.0.bus().healthy()
    }

    fn cache(&self) -> &dyn Cache {
        self.0.cache()
    }
}

fn refusal(error: AdmitError) -> Refusal {
    match error {
        AdmitError::BadToken => Refusal::BadToken,
        AdmitError::Ended => Refusal::Ended,
        AdmitError::Fault(fault) => {
            tracing::warn!(%fault, "nobody can be admitted");
            Refusal::Unavailable
        }
    }
}
