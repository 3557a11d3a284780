//! Admins keep the catalogue. What listings say of themselves stays true whatever they change.

use std::collections::BTreeSet;

use entity::{
    game,
    kinds::{ImagePurpose, SubjectKind},
    value::{GameId, ImageId, Money},
};
use sea_orm::{EntityTrait, QuerySelect};
use serde::Serialize;

use crate::{
    kernel::{
        Fault, Tx,
        policy::Admin,
        text::{clean_line, clean_text},
    },
    market::checklist::ChecklistStep,
    media::{self, AttachError},
};

/// Characters of a name.
const NAME: std::ops::RangeInclusive<usize> = 1..=60;
/// Most steps of a checklist.
const STEPS: usize = 20;

/// Why the catalogue was not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CatalogueError {
    /// There is no such game, server, attribute or image.
    #[error("no such game, server, attribute or image")]
    NotFound,
    /// The name in addresses is not taken, or another game's.
    #[error("the slug is not taken")]
    Slug,
    /// A name is not taken.
    #[error("a name is not taken")]
    Name,
    /// The aliases are not taken.
    #[error("the aliases are not taken")]
    Aliases,
    /// The fee is out of range.
    #[error("the fee is out of range")]
    Fee,
    /// The place is out of range.
    #[error("the place is out of range")]
    Position,
    /// A key is not taken, or there already.
    #[error("the key is not taken")]
    Key,
    /// The checklist is not taken.
    #[error("the checklist is not taken")]
    Checklist,
    /// The choices do not fit the kind, or are not taken.
    #[error("the choices are not taken")]
    Choices,
    /// The range does not fit the kind.
    #[error("the range is not taken")]
    Range,
    /// The unit does not fit the kind, or is not taken.
    #[error("the unit is not taken")]
    Unit,
    /// The image is no icon, or in use.
    #[error("the image cannot be used")]
    Icon,
    /// Listings use what would go.
    #[error("listings use {0}")]
    InUse(String),
    /// Something of ours failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<AttachError> for CatalogueError {
    fn from(error: AttachError) -> Self {
        match error {
            AttachError::NotUsable => Self::Icon,
            AttachError::NotFound => Self::NotFound,
            AttachError::Fault(fault) => Self::Fault(fault),
        }
    }
}

/// Holds a game until the end, so that no listing of it is checked meanwhile.
pub(super) async fn hold(tx: &Tx, id: GameId) -> Result<game::Model, CatalogueError> {
    let game = game::Entity::find_by_id(id).lock_exclusive().one(tx.db()).await;
    game.map_err(Fault::from)?.ok_or(CatalogueError::NotFound)
}

/// Writes the audit row.
pub(super) async fn record(tx: &Tx, admin: Admin, action: &str, game: GameId, detail: &impl Serialize) -> Result<(), Fault> {
    tx.audit(admin.id().0, action, (SubjectKind::Game, game.0), detail).await?;
    tracing::info!(%game, admin = %admin.id(), action, "catalogue changed");
    Ok(())
}

/// Takes the new icon and gives the old one up, if they differ.
pub(super) async fn swap_icon(tx: &Tx, admin: Admin, old: Option<ImageId>, new: Option<ImageId>) -> Result<(), CatalogueError> {
    if old == new {
        return Ok(());
    }
    if let Some(new) = new {
        media::attach(tx, admin.id(), &[new], ImagePurpose::GameIcon).await?;
    }
    if let Some(old) = old {
        media::detach(tx, old).await?;
    }
    Ok(())
}

pub(super) fn name(raw: &str) -> Result<String, CatalogueError> {
    clean_line(raw, NAME).map_err(|_| CatalogueError::Name)
}

pub(super) const fn position(position: i32) -> Result<i32, CatalogueError> {
    if 0 <= position && position <= 100_000 {
        Ok(position)
    } else {
        Err(CatalogueError::Position)
    }
}

/// A fee of at most 30 %, in 1/10,000.
pub(super) fn fee(basis_points: i32) -> Result<i32, CatalogueError> {
    let most = 3_000;
    // Whatever the fee, the seller's part of the least price is something.
    debug_assert!(Money(100).share(most) < Money(100));
    if (0..=most).contains(&basis_points) {
        Ok(basis_points)
    } else {
        Err(CatalogueError::Fee)
    }
}

pub(super) fn slug(raw: &str) -> Result<String, CatalogueError> {
    let fits = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    if (2..=40).contains(&raw.len()) && raw.chars().all(fits) && !raw.starts_with('-') && !raw.ends_with('-') {
        Ok(raw.to_owned())
    } else {
        Err(CatalogueError::Slug)
    }
}

/// Whether a name for programs is one.
pub(super) fn is_key(raw: &str) -> bool {
    let fits = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
    (1..=40).contains(&raw.len()) && raw.chars().all(fits)
}

pub(super) fn aliases(raw: &[String]) -> Result<Vec<String>, CatalogueError> {
    let clean: Result<Vec<String>, _> = raw.iter().map(|alias| clean_line(alias, 1..=40)).collect();
    let clean = clean.map_err(|_| CatalogueError::Aliases)?;
    let different: BTreeSet<&String> = clean.iter().collect();
    if clean.len() <= 20 && different.len() == clean.len() {
        Ok(clean)
    } else {
        Err(CatalogueError::Aliases)
    }
}

pub(super) fn checklist(raw: &[ChecklistStep]) -> Result<Vec<ChecklistStep>, CatalogueError> {
    let different: BTreeSet<&String> = raw.iter().map(|step| &step.key).collect();
    if raw.len() > STEPS || different.len() != raw.len() || !raw.iter().all(|step| is_key(&step.key)) {
        return Err(CatalogueError::Checklist);
    }
    let text = |text: &str| clean_text(text, 1..=200).map_err(|_| CatalogueError::Checklist);
    let step = |step: &ChecklistStep| {
        Ok(ChecklistStep {
            key: step.key.clone(),
            en: text(&step.en)?,
            zh: text(&step.zh)?,
        })
    };
    raw.iter().map(step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_for_programs_are_plain() {
        for good in ["lol", "honor-of-kings", "7k"] {
            assert_eq!(slug(good).as_deref(), Ok(good));
        }
        for bad in ["", "x", "-x", "x-", "Ab", "a b", "a_b", "王者", &"x".repeat(41)] {
            assert_eq!(slug(bad), Err(CatalogueError::Slug), "{bad}");
        }
        assert!(is_key("rare_skins") && is_key("m416") && !is_key("") && !is_key("a-b") && !is_key("A"));
    }

    #[test]
    fn limits_of_the_catalogue_hold() {
        assert_eq!((fee(0), fee(3_000)), (Ok(0), Ok(3_000)));
        assert_eq!((fee(-1), fee(3_001)), (Err(CatalogueError::Fee), Err(CatalogueError::Fee)));
        assert_eq!(position(-1), Err(CatalogueError::Position));
        assert_eq!(name("  Sky  ").as_deref(), Ok("Sky"));
        assert_eq!(name(" "), Err(CatalogueError::Name));
        let twice = ["LOL".to_owned(), "LOL".to_owned()];
        assert_eq!(aliases(&twice), Err(CatalogueError::Aliases));
        let step = |key: &str| ChecklistStep {
            key: key.to_owned(),
            en: "Do it".to_owned(),
            zh: "做".to_owned(),
        };
        assert!(checklist(&[step("a"), step("b")]).is_ok());
        assert_eq!(checklist(&[step("a"), step("a")]), Err(CatalogueError::Checklist));
    }
}
