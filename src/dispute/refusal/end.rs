//! The end of a refused return: the escrow is divided, the order ends, and who cheated is blacklisted, all in one transaction.

use entity::{
    case::Model,
    kinds::{CaseState, CaseStep},
    value::UserId,
};
use uuid::Uuid;

use super::{
    RefusalError, proposals,
    state::Basis,
    store::{self, Change, Ended},
};
use crate::{
    blacklist,
    dispute::{ruling, timeline},
    kernel::{Fault, Tx, policy::System},
    order::{self, Share},
    standing,
};

/// What a basis gives the seller, of a case of which `finding_share` was found; `given` is what both agreed on or an admin ruled.
pub(super) fn share_by(basis: Basis, finding_share: Option<i32>, given: Option<Share>) -> Result<Share, Fault> {
    let missing = || Fault::internal("a case ends without a share");
    match basis {
        Basis::Finding => finding_share.and_then(Share::percent).ok_or_else(missing),
        Basis::Worthless => Ok(Share::ALL),
        Basis::TakenBack => Ok(Share::NONE),
        Basis::Agreement | Basis::Ruling => given.ok_or_else(missing),
    }
}

/// Who is blacklisted by an end, and why he is told so.
pub(super) const fn cheat(basis: Basis, case: &Model) -> Option<(UserId, &'static str)> {
    match basis {
        Basis::Worthless => Some((
            case.buyer_id,
            "退货的账号已无交易价值或未交还。An account that you returned is worth nothing any more, or was not handed back.",
        )),
        Basis::TakenBack => Some((
            case.seller_id,
            "交易期间您取回了已出售的账号。You took back an account while its order ran.",
        )),
        Basis::Finding | Basis::Agreement | Basis::Ruling => None,
    }
}

/// An admin must lose the role before he can be blacklisted, and so before it is found that he cheated. His standing is held.
pub(super) async fn not_of_an_admin(tx: &Tx, cheat: UserId) -> Result<(), RefusalError> {
    if standing::is_admin(tx, cheat).await? {
        return Err(RefusalError::CheatIsAdmin);
    }
    Ok(())
}

/// Ends a held case. `given` is the share, where both agreed on one or an admin ruled; `ruling` is the admin and his reason, if a ruling ends it.
pub(super) async fn end(
    tx: &Tx,
    case: &Model,
    basis: Basis,
    given: Option<Share>,
    ruling: Option<(UserId, String)>,
) -> Result<(), RefusalError> {
    let share = share_by(basis, case.finding_share, given)?;
    let by = ruling.as_ref().map(|(admin, _)| *admin);
    // Standing, listings and offers come before orders, and those before the case.
    if let Some((user, why)) = cheat(basis, case) {
        not_of_an_admin(tx, user).await?;
        blacklist::enact(tx, by.map_or(Uuid::nil(), |admin| admin.0), user, why, Some(case.order_id)).await?;
    }
    order::rule(tx, System::new(), case.order_id, share)
        .await
        .map_err(Fault::internal)?;
    let change = Change {
        ended: Some(Ended { share, ruling }),
        ..Change::default()
    };
    store::advance(tx, case, CaseState::Closed, change).await?;
    proposals::end_open(tx, case.id).await?;
    ruling::void(tx, case).await?;
    timeline::append(tx, case, CaseStep::Closed, by).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_basis_gives_the_seller_what_it_says() {
        let some = Share::percent(37);
        for (basis, found, given, share) in [
            (Basis::Finding, Some(40), None, Some(40)),
            (Basis::Finding, Some(0), None, Some(0)),
            (Basis::Finding, None, some, None),
            (Basis::Worthless, None, None, Some(100)),
            (Basis::TakenBack, None, None, Some(0)),
            (Basis::Agreement, Some(40), some, Some(37)),
            (Basis::Ruling, Some(40), some, Some(37)),
            (Basis::Ruling, Some(40), None, None),
        ] {
            assert_eq!(share_by(basis, found, given).ok().map(Share::get), share, "{basis:?} {found:?}");
        }
    }
}
