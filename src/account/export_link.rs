//! A link to everything that the platform keeps of a user: good for some minutes, and for him alone.

use std::time::Duration;

use super::throttle::{self, Throttled};
use crate::{
    kernel::{
        Env, Fault,
        policy::{Proven, Trader},
    },
    media,
};

/// What such a link is signed for.
pub const EXPORT: &str = "data-export";
/// How many links one user gets in 24 hours.
pub const A_DAY: u64 = 5;
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Why there is no link.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExportLinkError {
    /// [`A_DAY`] were made.
    #[error("too many exports")]
    TooMany {
        /// Seconds until the next.
        seconds: u64,
    },
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<Throttled> for ExportLinkError {
    fn from(throttled: Throttled) -> Self {
        match throttled {
            Throttled::Wait { seconds } => Self::TooMany { seconds },
            Throttled::Fault(fault) => Self::Fault(fault),
        }
    }
}

/// Makes a link, as a path of this server. Behind it the data are put together when it is followed. It is not among what is left to the blacklisted.
pub async fn export_link(env: &Env, trader: Proven<Trader>) -> Result<String, ExportLinkError> {
    throttle::ration(env, &format!("export:{}", trader.id()), A_DAY, DAY).await?;
    tracing::info!(user = %trader.id(), "a link to one's data was made");
    Ok(format!("/graphql/export?{}", media::link::sign(env, trader.id(), EXPORT)))
}
