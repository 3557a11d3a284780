//! Failures that are nobody's doing: the database is away, a row is not what it must be.

use sea_orm::{DbErr, RuntimeErr, SqlxError};

use super::port::{CacheError, HashError, SealError, StorageError};

/// Why the house could not do what was asked. Its text goes to the log, never to a client.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Something we stand on is away for the moment; asking again may help.
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// A defect of ours.
    #[error("internal: {0}")]
    Internal(String),
}

impl Fault {
    /// A defect, described for the log.
    pub fn internal(what: impl std::fmt::Display) -> Self {
        Self::Internal(what.to_string())
    }
}

impl From<DbErr> for Fault {
    fn from(error: DbErr) -> Self {
        if is_away(&error) {
            Self::Unavailable(error.to_string())
        } else {
            Self::Internal(error.to_string())
        }
    }
}

impl From<CacheError> for Fault {
    fn from(error: CacheError) -> Self {
        Self::Unavailable(error.to_string())
    }
}

impl From<StorageError> for Fault {
    fn from(error: StorageError) -> Self {
        Self::Unavailable(error.to_string())
    }
}

impl From<SealError> for Fault {
    fn from(error: SealError) -> Self {
        Self::Internal(error.to_string())
    }
}

/// Connections lost or not to be had, and waits that the database cut short.
fn is_away(error: &DbErr) -> bool {
    let (DbErr::Conn(RuntimeErr::SqlxError(error))
    | DbErr::Exec(RuntimeErr::SqlxError(error))
    | DbErr::Query(RuntimeErr::SqlxError(error))) = error
    else {
        return matches!(error, DbErr::ConnectionAcquire(_) | DbErr::Conn(_));
    };
    match &**error {
        SqlxError::Io(_) | SqlxError::PoolTimedOut | SqlxError::PoolClosed | SqlxError::Tls(_) | SqlxError::Protocol(_) => true,
        // 55P03 lock timeout, 57014 statement timeout, 57P0x shutting down or starting, 40001 and 40P01 lost a race, 5 and 517 SQLite busy
        SqlxError::Database(cause) => cause.code().is_some_and(|code| {
            matches!(
                &*code,
                "55P03" | "57014" | "57P01" | "57P02" | "57P03" | "40001" | "40P01" | "5" | "517"
            )
        }),
        _ => false,
    }
}

impl From<HashError> for Fault {
    fn from(error: HashError) -> Self {
        match error {
            HashError::Busy => Self::Unavailable(error.to_string()),
            HashError::Failed(_) => Self::Internal(error.to_string()),
        }
    }
}
