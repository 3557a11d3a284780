//! A small world with one of everything, and good examples of every input: what the sweeps over the whole schema change one part of.

use std::collections::HashMap;

use async_graphql_parser::types::{BaseType, FieldDefinition, InputValueDefinition, Type, TypeDefinition, TypeKind};
use entity::value::{
    AnnouncementId, BankDifferenceId, CaseId, CaseRulingId, ComplaintId, ConversationId, DebtId, DepositId, GameId, ImageId, ListingId,
    MessageId, MoneyDecisionId, NoticeId, OfferId, OrderId, PayoutAccountId, ReportId, ServerId, SessionId, UserId, WithdrawalId,
};
use handover::graphql::id;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    contract::{fields_of, types},
    support::{CAPTCHA, PASSWORD, Person, TestApp, account::fresh_id_number},
};

/// What an id can be of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    User,
    Session,
    Game,
    Server,
    Listing,
    Image,
    Order,
    Deposit,
    Withdrawal,
    PayoutAccount,
    Conversation,
    Message,
    Notice,
    Offer,
    Debt,
    MoneyDecision,
    BankDifference,
    Announcement,
    Report,
    ReportReview,
    Case,
    CaseRuling,
}

impl Kind {
    /// What an argument asks for. A new argument without a line here fails the sweeps.
    pub fn of(call: &str, argument: &str) -> Self {
        match argument {
            "gameId" => Self::Game,
            "serverId" => Self::Server,
            "imageIds" | "avatarId" | "iconId" | "cardPhotoId" | "personPhotoId" => Self::Image,
            "listingId" => Self::Listing,
            "orderId" => Self::Order,
            "userId" | "sellerId" | "debtorId" | "creditorId" | "actorId" => Self::User,
            "messageId" => Self::Message,
            "debtId" => Self::Debt,
            "caseId" => Self::Case,
            "rulingId" => Self::CaseRuling,
            "sessionId" => Self::Session,
            "conversationId" | "to" => Self::Conversation,
            "payoutAccountId" => Self::PayoutAccount,
            "id" | "ids" => match call {
                call if call.starts_with("report") => Self::ReportReview,
                call if call.starts_with("order") => Self::Order,
                call if call.starts_with("offer") => Self::Offer,
                call if call.starts_with("listing") => Self::Listing,
                "seller" => Self::User,
                "gameServerUpdate" => Self::Server,
                "gameUpdate" => Self::Game,
                call if call.starts_with("deposit") => Self::Deposit,
                call if call.starts_with("withdrawal") => Self::Withdrawal,
                call if call.starts_with("payoutAccount") => Self::PayoutAccount,
                call if call.starts_with("conversation") => Self::Conversation,
                call if call.starts_with("chatMessage") => Self::Message,
                call if call.starts_with("notice") => Self::Notice,
                call if call.starts_with("moneyDecision") => Self::MoneyDecision,
                call if call.starts_with("bankDifference") => Self::BankDifference,
                call if call.starts_with("announcement") => Self::Announcement,
                call if call.starts_with("case") => Self::Case,
                "node" | "nodes" => Self::Message,
                _ => panic!("what is the id of {call}? Say it in tests/suite/world.rs"),
            },
            _ => panic!("what is {argument} of {call}? Say it in tests/suite/world.rs"),
        }
    }

    /// An id of this kind of nothing.
    pub fn random(self) -> Value {
        let id = match self {
            Self::User => id::encode(UserId::new()),
            Self::Session => id::encode(SessionId::new()),
            Self::Game => id::encode(GameId::new()),
            Self::Server => id::encode(ServerId::new()),
            Self::Listing => id::encode(ListingId::new()),
            Self::Image => id::encode(ImageId::new()),
            Self::Order => id::encode(OrderId::new()),
            Self::Deposit => id::encode(DepositId::new()),
            Self::Withdrawal => id::encode(WithdrawalId::new()),
            Self::PayoutAccount => id::encode(PayoutAccountId::new()),
            Self::Conversation => id::encode(ConversationId::new()),
            Self::Message => id::encode(MessageId::new()),
            Self::Notice => id::encode(NoticeId::new()),
            Self::Offer => id::encode(OfferId::new()),
            Self::Debt => id::encode(DebtId::new()),
            Self::MoneyDecision => id::encode(MoneyDecisionId::new()),
            Self::BankDifference => id::encode(BankDifferenceId::new()),
            Self::Report => id::encode(ComplaintId::new()),
            Self::ReportReview => id::encode(ReportId::new()),
            Self::Announcement => id::encode(AnnouncementId::new()),
            Self::Case => id::encode(CaseId::new()),
            Self::CaseRuling => id::encode(CaseRulingId::new()),
        };
        json!(id.as_str())
    }

    /// Whether everybody may know all of this kind.
    pub const fn is_public(self) -> bool {
        matches!(self, Self::User | Self::Game | Self::Server)
    }
}

/// Sam sells, Bea buys from him and writes to him, Ada decides, Eve has no part in any of it.
pub struct World<'a> {
    pub app: &'a TestApp,
    pub sam: Person<'a>,
    pub bea: Person<'a>,
    pub ada: Person<'a>,
    pub eve: Person<'a>,
    /// What is Sam's.
    pub things: HashMap<Kind, Value>,
    /// A listing of Sam's on sale.
    pub on_sale: Value,
    /// A picture of Eve's.
    pub eves_image: Value,
    pub types: HashMap<String, TypeDefinition>,
}

impl<'a> World<'a> {
    pub async fn new(app: &'a TestApp) -> Self {
        let (sam, bea, eve) = (app.verified("sam").await, app.verified("bea").await, app.verified("eve").await);
        let ada = app.admin("ada").await;
        sam.has("6000.00").await;
        bea.has("50.00").await;
        let order = bea.buys(&sam.sells("20.00").await).await;
        let on_sale = json!(sam.sells("9.00").await.id);
        let offer = bea.offers(&sam.sells("12.00").await, "10.00").await;
        let (game, servers) = app.game().await;
        let hidden = sam.creates(&sam.draft("7.00").await).await["listing"]["id"].clone();
        let message = bea.says(&sam.public_id().await, "Hello").await;
        let account = sam.adds_account("6222020200112345").await;
        let sessions = sam.sends("query S { mySessions { nodes { id } } }", json!({})).await;
        app.relayed().await;
        let notice = app.told(sam.id().await).await[0];
        let (case, ruling) = Self::cases(app, &sam, &bea, &ada).await;
        let things = HashMap::from([
            (Kind::Case, case),
            (Kind::CaseRuling, ruling),
            (Kind::Notice, json!(id::encode(notice).as_str())),
            (Kind::User, bea.public_id().await),
            (Kind::Session, sessions["data"]["mySessions"]["nodes"][0]["id"].clone()),
            (Kind::Game, game),
            (Kind::Server, servers[0].clone()),
            (Kind::Listing, hidden),
            (Kind::Image, sam.image().await["id"].clone()),
            (Kind::Order, json!(order)),
            (Kind::Offer, offer),
            (Kind::Deposit, sam.asks_to_pay_in("20.00").await["id"].clone()),
            (Kind::Withdrawal, sam.withdraws("5500.00", &account).await),
            (Kind::PayoutAccount, account),
            (Kind::Conversation, message["conversation"]["id"].clone()),
            (Kind::Message, message["id"].clone()),
            (Kind::Debt, json!(app.owes(&app.verified("dan").await, Some(&sam), "70.00").await)),
            (Kind::BankDifference, json!(app.differs().await)),
            (
                Kind::Announcement,
                ada.announces("Away on Sunday", Uuid::new_v4()).await["announcement"]["id"].clone(),
            ),
            (Kind::MoneyDecision, app.admin("abe").await.proposes_to_fund("20.00").await),
        ]);
        let things = with_reports(things, &bea, &sam, &ada).await;
        let eves_image = eve.image().await["id"].clone();
        let types = types()
            .into_iter()
            .map(|definition| (definition.name.node.to_string(), definition))
            .collect();
        Self {
            app,
            sam,
            bea,
            ada,
            eve,
            things,
            on_sale,
            eves_image,
            types,
        }
    }

    /// A claim of Bea's against Sam, and a ruling about one of Gus's that waits for a second admin.
    async fn cases(app: &TestApp, sam: &Person<'_>, bea: &Person<'_>, ada: &Person<'_>) -> (Value, Value) {
        let (gus, amy) = (app.verified("gus").await, app.admin("amy").await);
        gus.has("20000.01").await;
        let seller = app.verified("hal").await;
        let large = gus.claims(&app.sold(&seller, &gus, "20000.01").await).await;
        seller.answers(&large).await;
        amy.takes(&large).await;
        let ruled = amy.turns_down(&large).await;
        bea.has("20.00").await;
        let order = app.sold(sam, bea, "20.00").await;
        let case = bea.claims(&order).await;
        // Whoever looks at it narrows the freeze, so that Sam's wallet is free for what he does in the sweeps.
        ada.takes(&case).await;
        ada.narrows(&case).await;
        (case, ruled["review"]["rulings"][0]["id"].clone())
    }

    /// The root fields of one operation type.
    pub fn roots(&self, root: &str) -> Vec<FieldDefinition> {
        fields_of(&self.types[root]).into_iter().cloned().collect()
    }

    /// The fields of an input type.
    pub fn inputs(&self, name: &str) -> Vec<InputValueDefinition> {
        match &self.types[name].kind {
            TypeKind::InputObject(input) => input.fields.iter().map(|field| field.node.clone()).collect(),
            _ => Vec::new(),
        }
    }

    /// Whether a type is an input object.
    pub fn is_input(&self, name: &str) -> bool {
        self.types
            .get(name)
            .is_some_and(|found| matches!(found.kind, TypeKind::InputObject(_)))
    }

    /// Who may make a call with what is in this world.
    pub fn caller(&self, call: &str) -> &Person<'a> {
        match call {
            "listingApprove" | "listingReject" | "withdrawalApprove" | "withdrawalReject" => &self.ada,
            "listingRemove" | "frozenWallet" | "walletFreeze" | "walletThaw" | "debts" | "debtAdvance" | "debtWriteOff"
            | "compensationFund" => &self.ada,
            "withdrawalClaim" | "withdrawalRelease" | "auditLog" => &self.ada,
            call if call.starts_with("announcement") => &self.ada,
            call if call.starts_with("moneyDecision") || call.starts_with("bankDifference") || call.starts_with("game") => &self.ada,
            call if call.starts_with("listingReview") => &self.ada,
            "users" | "staffUser" | "userBlacklist" | "userReinstate" | "reportQueue" | "reportDecide" => &self.ada,
            call if call.starts_with("reportReview") => &self.ada,
            "identityApprove" | "identityReject" | "identityReviewClaim" | "identityReviewRelease" => &self.ada,
            "caseOpen" | "caseWithdraw" | "caseEvidenceDone" | "caseConsent" | "caseObject" => &self.bea,
            "caseMessageSend" | "caseProposalMake" | "caseProposalAccept" | "caseFileCreate" => &self.bea,
            "case" | "caseAnswer" | "caseEvidenceAdd" => &self.sam,
            call if call.starts_with("case") => &self.ada,
            "orderDeliver" | "orderReturnAgree" | "orderReturnRefuse" | "orderHandBackReveal" => &self.sam,
            "offerMake" | "offerWithdraw" => &self.bea,
            // What changes the way somebody signs in is tried by whom nobody else needs.
            "passwordChange" | "emailChange" | "emailChangeRequest" | "profileUpdate" => &self.eve,
            call if call.starts_with("secondFactor") => &self.eve,
            "chatMessageRecall" => &self.bea,
            call if call.starts_with("order") || call.starts_with("favourite") => &self.bea,
            _ => &self.sam,
        }
    }

    /// A good input of a call, each time with keys of its own. What is optional is left out.
    pub async fn good(&self, call: &str, input: &str) -> Value {
        let mut good = json!({});
        for field in self.inputs(input) {
            if field.ty.node.nullable || field.default_value.is_some() {
                continue;
            }
            let name = field.name.node.as_str();
            good[name] = self.value(call, name, &field.ty.node).await;
        }
        good
    }

    pub async fn value(&self, call: &str, name: &str, ty: &Type) -> Value {
        match (call, name) {
            ("orderPlace" | "favouriteAdd" | "favouriteRemove", "listingId") => return self.on_sale.clone(),
            ("orderPlace", "seenPrice") => return json!("9.00"),
            ("offerMake", "listingId") => return self.on_sale.clone(),
            ("offerMake", "price") => return json!("8.00"),
            ("offerCounter", "price") => return json!("11.00"),
            (_, "captchaId") => return self.captcha().await,
            ("payoutAccountAdd", "number") => return json!("6222020200119999"),
            ("identityVerify", "number") => return json!(fresh_id_number()),
            ("orderChecklistTick", "key") => return json!("email"),
            ("userSignIn", "login") => return json!("sam"),
            _ => {}
        }
        let one = match (named(ty), name) {
            ("ID", _) => self.things[&Kind::of(call, name)].clone(),
            ("UUID", _) => json!(Uuid::new_v4()),
            ("Decimal", _) => json!("20.00"),
            ("Int", _) => json!(1),
            ("Boolean", _) => json!(true),
            ("String", "email") => json!("nobody@example.com"),
            ("String", "captchaAnswer") => json!(CAPTCHA),
            ("String", "username") => json!("someone_new"),
            ("String", "name") => json!("王小明"),
            ("String", "password" | "oldPassword") => json!(PASSWORD),
            ("String", "newPassword") => json!("another horse 9 staple"),
            ("String", "words") => json!("hello"),
            ("String", "code") => json!("123456"),
            ("String", "login") => json!("hero"),
            ("String", "titleEn" | "titleZh") => json!("Away on Sunday"),
            ("String", "textEn" | "textZh") => json!("We are away on Sunday."),
            ("String", "title") => json!("Level 60, all heroes"),
            ("String", "description") => json!("Played since the first season."),
            ("String", "reason") => json!("Show the level."),
            ("String", "text") => json!("The skins are gone."),
            ("ReportReason", _) => json!("FRAUD"),
            ("ReportOutcome", _) => json!("DISMISSED"),
            ("HandBackKind", _) => json!("AS_DELIVERED"),
            ("GameChangeInput" | "GameServerChangeInput", _) => json!({ "nameEn": "Sky", "nameZh": "天空" }),
            ("GameAttributeChangeInput", _) => json!({ "nameEn": "Rank", "nameZh": "段位" }),
            ("AttributeKind", _) => json!("YES_NO"),
            ("String", "key") => json!("rank"),
            ("String", "slug") => json!("sky-two"),
            ("ListingChangeInput", _) => json!({ "title": "Level 61, all heroes" }),
            ("ImagePurpose", _) => json!("LISTING"),
            ("IdentityPhotoPart", _) => json!("CARD"),
            ("DebtSide", _) => json!("DEBTOR"),
            ("CaseFinding", _) => json!("INTACT"),
            ("BankDifferenceOutcome", _) => json!("NOTED"),
            ("Upload", _) => Value::Null,
            (kind, name) => panic!("what is a good {name}: {kind} of {call}? Say it in tests/suite/world.rs"),
        };
        if matches!(ty.base, BaseType::List(_)) { json!([one]) } else { one }
    }

    async fn captcha(&self) -> Value {
        let made = self
            .app
            .send(None, "mutation C { captchaCreate { captcha { id } } }", json!({}))
            .await;
        made["data"]["captchaCreate"]["captcha"]["id"].clone()
    }

    /// Calls a mutation; answers the whole response.
    pub async fn mutate(&self, person: &Person<'_>, call: &str, kind: &str, input: Value) -> Value {
        let query = format!("mutation Sweep($input: {kind}!) {{ {call}(input: $input) {{ userErrors {{ code field }} }} }}");
        if ["imageUpload", "identityPhotoUpload"].contains(&call) && input["file"].is_null() {
            let file = b"no image".to_vec();
            return self
                .app
                .send_file(Some(&person.token), &query, json!({ "input": input }), file)
                .await;
        }
        person.sends(&query, json!({ "input": input })).await
    }
}

/// The same with something that was reported.
async fn with_reports(
    mut things: HashMap<Kind, Value>,
    reporter: &Person<'_>,
    about: &Person<'_>,
    admin: &Person<'_>,
) -> HashMap<Kind, Value> {
    things.insert(Kind::Report, reporter.reports_user(about).await);
    things.insert(Kind::ReportReview, admin.report_queue(json!({})).await[0]["id"].clone());
    things
}

/// The type within lists.
pub fn named(ty: &Type) -> &str {
    match &ty.base {
        BaseType::Named(name) => name,
        BaseType::List(item) => named(item),
    }
}
