//! Returning an account.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use entity::{
    hand_back, kinds,
    value::{ImageId, OrderId},
};

use super::{
    auth::{Auth, Need, auth},
    context::Ask,
    errors::{Failure, payload},
    id,
    media::Image,
    order::{Order, OrderSide},
    scalars::DateTime,
};
use crate::{
    kernel::policy,
    order::{
        Side,
        deliver::Credentials,
        evidence::Piece,
        giving_back::{self, ReturnError, hand_back::HandBack as Given, reveal::ReadBack},
    },
    payload_type,
};

/// How an account was given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "kinds::HandBackKind")]
pub enum HandBackKind {
    /// With the credentials that it has now. The seller reads them by `orderHandBackReveal`.
    Credentials,
    /// With the statement that it is as it was delivered.
    AsDelivered,
    /// With the statement that the buyer never got in.
    NeverGotIn,
}

/// What a buyer gave back. Credentials are not part of it.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(serial)]
pub struct HandBack {
    /// How he gave it back.
    pub kind: HandBackKind,
    /// When.
    pub handed_back_at: DateTime,
    /// When the seller first read the credentials. Null: not yet, or there are none.
    pub revealed_at: Option<DateTime>,
}

impl From<hand_back::Model> for HandBack {
    fn from(row: hand_back::Model) -> Self {
        Self {
            kind: row.kind.into(),
            handed_back_at: DateTime(row.created_at),
            revealed_at: row.revealed_at.map(DateTime),
        }
    }
}

/// What a party says and shows to prove something. It cannot be changed.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(serial)]
pub struct Evidence {
    /// Who brought it.
    pub by: OrderSide,
    /// What he says.
    pub text: String,
    /// What he shows: at most 20 images, for the parties only.
    pub images: Vec<Image>,
    /// SHA-256, in hexadecimal, over the SHA-256 of the text and those of the images as they were uploaded, in their order.
    pub digest: String,
    /// When it was brought.
    pub at: DateTime,
}

impl Evidence {
    /// A piece as the caller may see it.
    pub fn of(ctx: &Context<'_>, by: Side, piece: Piece) -> Self {
        Self {
            by: by.into(),
            text: piece.evidence.body,
            images: piece.images.into_iter().map(|image| Image::for_caller(ctx, image)).collect(),
            digest: piece.evidence.digest.iter().map(|byte| format!("{byte:02x}")).collect(),
            at: DateTime(piece.evidence.created_at),
        }
    }
}

/// Why you want to return an account.
#[derive(InputObject)]
pub struct OrderReturnRequestInput {
    /// Which order.
    pub id: ID,
    /// Why: 2 to 500 characters, which the seller reads.
    pub reason: String,
}

/// What an account has now. It is stored sealed, and only the seller can read it.
#[derive(InputObject)]
pub struct HandBackCredentialsInput {
    /// The account's login name: 1 to 200 characters.
    #[graphql(secret)]
    pub login: String,
    /// The account's password: 1 to 200 characters.
    #[graphql(secret)]
    pub password: String,
    /// Contacts that are bound to it: up to 500 characters.
    #[graphql(default, secret)]
    pub contacts: String,
    /// What else the seller must know: up to 2,000 characters.
    #[graphql(default, secret)]
    pub notes: String,
}

/// How you give an account back.
#[derive(InputObject)]
pub struct OrderHandBackInput {
    /// Which order.
    pub id: ID,
    /// How.
    pub kind: HandBackKind,
    /// What the account has now: with the kind `CREDENTIALS`, and with no other.
    pub credentials: Option<HandBackCredentialsInput>,
}

/// A return that you take back.
#[derive(InputObject)]
pub struct OrderReturnWithdrawInput {
    /// Of which order.
    pub id: ID,
}

/// A return that you agree to.
#[derive(InputObject)]
pub struct OrderReturnAgreeInput {
    /// Of which order.
    pub id: ID,
}

/// Why you refuse a return.
#[derive(InputObject)]
pub struct OrderReturnRefuseInput {
    /// Of which order.
    pub id: ID,
    /// What is wrong with what was handed back: 2 to 2,000 characters, which the buyer reads.
    pub text: String,
    /// Ids of up to 20 images that you uploaded as evidence and have not used.
    #[graphql(default)]
    pub image_ids: Vec<ID>,
}

/// What you want to read.
#[derive(InputObject)]
pub struct OrderHandBackRevealInput {
    /// Of which order.
    pub id: ID,
}

/// What was handed back. Keep it to yourself, and change the password at once.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct HandBackCredentials {
    /// When the buyer handed it back.
    pub handed_back_at: DateTime,
    /// The account's login name.
    pub login: String,
    /// The account's password.
    pub password: String,
    /// Contacts that are bound to it.
    pub contacts: String,
    /// What else you must know.
    pub notes: String,
}

impl From<ReadBack> for HandBackCredentials {
    fn from(read: ReadBack) -> Self {
        let Credentials {
            login,
            password,
            contacts,
            notes,
        } = read.credentials;
        Self {
            handed_back_at: DateTime(read.handed_back_at),
            login,
            password,
            contacts,
            notes,
        }
    }
}

payload_type! {
    /// What `orderReturnRequest` answers.
    OrderReturnRequestPayload {
        /// The order, waiting for the hand-back.
        order: Order
    }
}
payload_type! {
    /// What `orderHandBack` answers.
    OrderHandBackPayload {
        /// The order, waiting for the seller.
        order: Order
    }
}
payload_type! {
    /// What `orderReturnWithdraw` answers.
    OrderReturnWithdrawPayload {
        /// The order, delivered as before.
        order: Order
    }
}
payload_type! {
    /// What `orderReturnAgree` answers.
    OrderReturnAgreePayload {
        /// The order, refunded.
        order: Order
    }
}
payload_type! {
    /// What `orderReturnRefuse` answers.
    OrderReturnRefusePayload {
        /// The order, in dispute.
        order: Order
    }
}
payload_type! {
    /// What `orderHandBackReveal` answers.
    OrderHandBackRevealPayload {
        /// What was handed back.
        credentials: HandBackCredentials
    }
}

/// Mutations of returns by the parties of an order.
#[derive(Default)]
pub struct ReturnMutation;

#[Object]
impl ReturnMutation {
    /// Asks for a return of an account that was delivered to you, once an order. Your time to confirm stops; you have 24 hours to hand the account
    /// back. Asking again while it waits answers the same order.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn order_return_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The order, and why.")] input: OrderReturnRequestInput,
    ) -> Result<Option<OrderReturnRequestPayload>> {
        payload(ctx, request(ctx, &input).await)
    }

    /// Hands an account back. From then on you cannot read its credentials any more; the seller has 48 hours to look, then you have your money
    /// back. Handing back again answers the same order.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn order_hand_back(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The order, and how you give it back.")] input: OrderHandBackInput,
    ) -> Result<Option<OrderHandBackPayload>> {
        payload(ctx, hand_back(ctx, input).await)
    }

    /// Takes your request for a return back, before you hand the account back. The rest of your time to confirm goes on, 12 hours at least. There
    /// is no second request.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn order_return_withdraw(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The order.")] input: OrderReturnWithdrawInput,
    ) -> Result<Option<OrderReturnWithdrawPayload>> {
        payload(ctx, withdraw(ctx, &input).await)
    }

    /// Agrees to a return of what you sold, before it is handed back or after: the buyer has his money back. Agreeing again answers the same order.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn order_return_agree(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The order.")] input: OrderReturnAgreeInput,
    ) -> Result<Option<OrderReturnAgreePayload>> {
        payload(ctx, agree(ctx, &input).await)
    }

    /// Refuses the return of what was handed back, with evidence: a case opens (`Order.cases`), in which the platform decides. Without a finding
    /// within 7 days the account counts as intact.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn order_return_refuse(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The order and the evidence.")] input: OrderReturnRefuseInput,
    ) -> Result<Option<OrderReturnRefusePayload>> {
        payload(ctx, refuse(ctx, &input).await)
    }

    /// Reads what was handed back to you, until 30 days after the order ended. The buyer sees when you first did, and each reading is recorded.
    /// Needs a fresh proof that it is you.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn order_hand_back_reveal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The order.")] input: OrderHandBackRevealInput,
    ) -> Result<Option<OrderHandBackRevealPayload>> {
        payload(ctx, reveal(ctx, &input).await)
    }
}

async fn request(ctx: &Context<'_>, input: &OrderReturnRequestInput) -> Result<Order, Failure> {
    let buyer = policy::trader(ctx.actor())?;
    let order = giving_back::request::request(ctx.env(), buyer, id::decode(&input.id)?, &input.reason).await?;
    Order::find(ctx, order).await
}

async fn hand_back(ctx: &Context<'_>, input: OrderHandBackInput) -> Result<Order, Failure> {
    let buyer = policy::trader(ctx.actor())?;
    let id: OrderId = id::decode(&input.id)?;
    let given = match (input.kind, input.credentials) {
        (HandBackKind::Credentials, Some(credentials)) => Given::Credentials(Credentials {
            login: credentials.login,
            password: credentials.password,
            contacts: credentials.contacts,
            notes: credentials.notes,
        }),
        (HandBackKind::AsDelivered, None) => Given::AsDelivered,
        (HandBackKind::NeverGotIn, None) => Given::NeverGotIn,
        (HandBackKind::Credentials, None) | (HandBackKind::AsDelivered | HandBackKind::NeverGotIn, Some(_)) => {
            return Err(ReturnError::EitherOr.into());
        }
    };
    let order = giving_back::hand_back::hand_back(ctx.env(), buyer, id, given).await?;
    Order::find(ctx, order).await
}

async fn withdraw(ctx: &Context<'_>, input: &OrderReturnWithdrawInput) -> Result<Order, Failure> {
    let buyer = policy::trader(ctx.actor())?;
    let order = giving_back::withdraw::withdraw(ctx.env(), buyer, id::decode(&input.id)?).await?;
    Order::find(ctx, order).await
}

async fn agree(ctx: &Context<'_>, input: &OrderReturnAgreeInput) -> Result<Order, Failure> {
    let seller = policy::trader(ctx.actor())?;
    let order = giving_back::agree::agree(ctx.env(), seller, id::decode(&input.id)?).await?;
    Order::find(ctx, order).await
}

async fn refuse(ctx: &Context<'_>, input: &OrderReturnRefuseInput) -> Result<Order, Failure> {
    let seller = policy::trader(ctx.actor())?;
    let images: Result<Vec<ImageId>, Failure> = input.image_ids.iter().map(id::decode).collect();
    let order = giving_back::refuse::refuse(ctx.env(), seller, id::decode(&input.id)?, &input.text, images?).await?;
    Order::find(ctx, order).await
}

async fn reveal(ctx: &Context<'_>, input: &OrderHandBackRevealInput) -> Result<HandBackCredentials, Failure> {
    let seller = policy::trader(ctx.actor())?;
    let seller = policy::proven(seller, ctx.env().now())?;
    Ok(giving_back::reveal::reveal(ctx.env(), seller, id::decode(&input.id)?).await?.into())
}
