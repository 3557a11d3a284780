/* Generated from schema.graphql by `npm run codegen`. */
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
export type MakeOptional<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]?: Maybe<T[SubKey]> };
export type MakeMaybe<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]: Maybe<T[SubKey]> };
export type MakeEmpty<T extends { [key: string]: unknown }, K extends keyof T> = { [_ in K]?: never };
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A place in what you may hear live. Opaque: give back what you were given. */
  Cursor: { input: string; output: string; }
  /** A moment in RFC 3339, in UTC, with milliseconds: `2026-01-31T12:00:00.000Z`. */
  DateTime: { input: string; output: string; }
  /**
   * An exact amount as a string, such as `"12.50"`: up to 12 digits, then none to two after the point. No sign, exponent, space or JSON number.
   * Answers always have two digits after the point.
   */
  Decimal: { input: string; output: string; }
  /** A UUID in its usual form of 36 characters, made by the client: any version. */
  UUID: { input: string; output: string; }
  Upload: { input: File; output: File; }
};

/** An account to be closed. */
export type AccountCloseInput = {
  /** Your username, typed by you: nobody closes an account by a slip. */
  username: Scalars['String']['input'];
};

/** What the money in an account is. */
export type AccountKind =
  /** Buyers' money while orders run. */
  | 'ESCROW'
  /** Withdrawals under way. */
  | 'WITHDRAWAL_HOLD'
  /** What is held of sellers' wallets while cases run. */
  | 'CASE_HOLD'
  /** Proceeds that are not yet available. */
  | 'SETTLING'
  /** Users' money. */
  | 'AVAILABLE'
  /** What the platform keeps to advance what others owe. */
  | 'COMPENSATION'
  /** What the platform earned, less what it lost. */
  | 'FEES'
  /** What the bank holds for all, below zero. */
  | 'BANK_CLEARING';

/** What to announce, in both languages: plain text. */
export type AnnouncementCreateInput = {
  /** The heading in English, 2 to 60 characters. */
  titleEn: Scalars['String']['input'];
  /** What it says in English, 2 to 2,000 characters. */
  textEn: Scalars['String']['input'];
  /** The heading in Chinese, 2 to 60 characters. */
  titleZh: Scalars['String']['input'];
  /** What it says in Chinese, 2 to 2,000 characters. */
  textZh: Scalars['String']['input'];
  /** Made by you for this one announcement: sending it again answers the same. */
  idempotencyKey: Scalars['UUID']['input'];
};

/** An announcement to be taken back. */
export type AnnouncementRetractInput = {
  /** Which. */
  id: Scalars['ID']['input'];
};

/** Something that can be chosen. */
export type AttributeChoiceInput = {
  /** Its name for programs, unique within the attribute: 1 to 40 small letters, digits and underscores. */
  key: Scalars['String']['input'];
  /** Its English name: 1 to 60 characters. */
  nameEn: Scalars['String']['input'];
  /** Its Chinese name: 1 to 60 characters. */
  nameZh: Scalars['String']['input'];
};

/** What a listing must say of one attribute. Fill in what the attribute's kind allows, and nothing else. */
export type AttributeFilterInput = {
  /** The attribute's key. */
  key: Scalars['String']['input'];
  /** Keys of choices, of which the listing has one. */
  choices?: Array<Scalars['String']['input']>;
  /** This number or more. */
  from?: InputMaybe<Scalars['Int']['input']>;
  /** This number or less. */
  to?: InputMaybe<Scalars['Int']['input']>;
  /** Yes or no. */
  yes?: InputMaybe<Scalars['Boolean']['input']>;
};

/** What an attribute of a game's listings is. */
export type AttributeKind =
  /** One of some choices. */
  | 'CHOICE'
  /** Some of some choices. */
  | 'MANY_CHOICE'
  /** A whole number in a range. */
  | 'NUMBER'
  /** Yes or no. */
  | 'YES_NO'
  /** A line of 1 to 100 characters. */
  | 'TEXT';

/** Which entries. All of it must fit. */
export type AuditFilterInput = {
  /** Of what this user did. */
  actorId?: InputMaybe<Scalars['ID']['input']>;
  /** Of what the platform did by itself, or its operator. */
  bySystem?: Scalars['Boolean']['input'];
  /** Of this act, by its whole name, at most 60 characters. */
  action?: InputMaybe<Scalars['String']['input']>;
  /** About this thing. */
  subject?: InputMaybe<AuditSubjectInput>;
  /** From this moment on. */
  from?: InputMaybe<Scalars['DateTime']['input']>;
  /** Before this moment. */
  to?: InputMaybe<Scalars['DateTime']['input']>;
};

/** A thing that was acted on. */
export type AuditSubjectInput = {
  /** What kind of thing. */
  kind: SubjectKind;
  /** Its id. */
  id: Scalars['ID']['input'];
};

/** A difference about which the bank shall be asked. */
export type BankDifferenceAskInput = {
  /** Which. */
  id: Scalars['ID']['input'];
};

/** A difference that you want to look at. */
export type BankDifferenceClaimInput = {
  /** Which. */
  id: Scalars['ID']['input'];
};

/** What is the matter between the bank's book and ours. */
export type BankDifferenceKind =
  /** A signed webhook does not fit our record; it moved nothing. */
  | 'WEBHOOK'
  /** Both know it and say different things. */
  | 'MISMATCH'
  /** The bank does not know it. */
  | 'UNKNOWN_TO_BANK'
  /** We do not know it. */
  | 'UNKNOWN_TO_US'
  /** The bank says nothing of a withdrawal that it was handed; it is not asked by itself any more. */
  | 'SILENCE';

/** What an admin found out about a difference. */
export type BankDifferenceOutcome =
  /** It is explained; no money moves. */
  | 'NOTED'
  /** The bank has said by another road that the silent withdrawal was paid: the hold goes to the bank. */
  | 'PAID'
  /** The bank has said by another road that the silent withdrawal was not paid: the hold goes back to its owner. */
  | 'FAILED';

/** A difference that you give back. */
export type BankDifferenceReleaseInput = {
  /** Which. */
  id: Scalars['ID']['input'];
};

/** A difference to be resolved. */
export type BankDifferenceResolveInput = {
  /** Which. */
  id: Scalars['ID']['input'];
  /** What you found out. */
  outcome: BankDifferenceOutcome;
  /** What it was, for the record: 2 to 500 characters. */
  reason: Scalars['String']['input'];
  /** Made by you for this one act: sending it again answers the same difference. */
  idempotencyKey: Scalars['UUID']['input'];
};

/** What you answer to a claim. */
export type CaseAnswerInput = {
  /** Which case. */
  id: Scalars['ID']['input'];
  /** What you say: 2 to 2,000 characters, which the buyer reads. */
  text: Scalars['String']['input'];
  /** Ids of up to 20 images that you uploaded as evidence and have not used. */
  imageIds?: Array<Scalars['ID']['input']>;
  /** Made by you for this one act: sending it again answers the same case. */
  idempotencyKey: Scalars['UUID']['input'];
};

/** By who looks at a case. */
export type CaseClaimFilter =
  /** Nobody does. */
  | 'BY_NOBODY'
  /** You do. */
  | 'BY_ME'
  /** Another does. */
  | 'BY_OTHER';

/** A case to be looked at. */
export type CaseClaimInput = {
  /** Which. */
  id: Scalars['ID']['input'];
};

/** A finding to which you consent. */
export type CaseConsentInput = {
  /** In which case. */
  id: Scalars['ID']['input'];
  /** Made by you for this one act: sending it again answers the same case. */
  idempotencyKey: Scalars['UUID']['input'];
};

/** What you want to read. */
export type CaseCredentialsRevealInput = {
  /** Of which case. */
  id: Scalars['ID']['input'];
  /** Why, for the record: 2 to 500 characters. */
  reason: Scalars['String']['input'];
};

/** What you bring in a case. */
export type CaseEvidenceAddInput = {
  /** Which case. */
  id: Scalars['ID']['input'];
  /** What you say: 2 to 2,000 characters, which the other side reads. */
  text: Scalars['String']['input'];
  /** Ids of up to 20 images that you uploaded as evidence and have not used. */
  imageIds?: Array<Scalars['ID']['input']>;
  /** Made by you for this one act: sending it again answers the same case. */
  idempotencyKey: Scalars['UUID']['input'];
};

/** A case to which you have nothing to add. */
export type CaseEvidenceDoneInput = {
  /** Which. */
  id: Scalars['ID']['input'];
};

/** A case whose file you want. */
export type CaseFileCreateInput = {
  /** Which. */
  id: Scalars['ID']['input'];
};

/** Which of your cases. */
export type CaseFilterInput = {
  /** Only those that are open. */
  open?: Scalars['Boolean']['input'];
};

/** What you found. */
export type CaseFindInput = {
  /** In which case. */
  id: Scalars['ID']['input'];
  /** What. */
  finding: CaseFinding;
  /** What of the money the seller gets, in whole percent, 1 to 99: of a damaged account, and of no other. */
  sellerShare?: InputMaybe<Scalars['Int']['input']>;
  /** Why, for both parties: 2 to 500 characters. */
  reason: Scalars['String']['input'];
  /** Made by you for this one act: sending it again answers the same case. */
  idempotencyKey: Scalars['UUID']['input'];
};

/** What an admin found when he examined a returned account. */
export type CaseFinding =
  /** It was damaged: the seller gets a share, 1 to 99 percent. Both may consent or object. */
  | 'DAMAGED'
  /** It is worth nothing any more, or was not handed back: everything goes to the seller at once, and the buyer is banned. */
  | 'WORTHLESS'
  /** It is as it was: the buyer gets everything, unless the seller objects. */
  | 'INTACT'
  /** The seller took it back while the order ran: everything goes to the buyer at once, and the seller is banned. */
  | 'TAKEN_BACK';

/** A freeze to be kept. */
export type CaseFreezeKeepInput = {
  /** Of which case. */
  id: Scalars['ID']['input'];
  /** Why, for the seller: 2 to 500 characters. */
  reason: Scalars['String']['input'];
  /** Made by you for this one act: sending it again answers the same case. */
  idempotencyKey: Scalars['UUID']['input'];
};

/** A freeze to be narrowed. */
export type CaseFreezeNarrowInput = {
  /** Of which case. */
  id: Scalars['ID']['input'];
  /** Why, for the record: 2 to 500 characters. */
  reason: Scalars['String']['input'];
  /** Made by you for this one act: sending it again answers the same case. */
  idempotencyKey: Scalars['UUID']['input'];
};

/** How far the freeze of a seller's wallet for a claim has come. */
export type CaseFreezeStage =
  /** The whole wallet is frozen, for 72 hours from the opening. */
  | 'WHOLE'
  /** The whole wallet stays frozen up to day 14, by an admin's word. */
  | 'KEPT'
  /** What the claim asks for is held; the wallet is free. */
  | 'NARROWED'
  /** Nothing is frozen or held. */
  | 'ENDED';

/** What a case is about. */
export type CaseKind =
  /** The seller took an account back after the order had completed. */
  | 'RECOVERY'
  /** The seller refused a return. */
  | 'RETURN';

/** What you write in the room of a mediation. */
export type CaseMessageSendInput = {
  /** In which case. */
  id: Scalars['ID']['input'];
  /** What: 1 to 2,000 characters. */
  text: Scalars['String']['input'];
  /** Made by you for this one message: sending it again writes no second one. */
  idempotencyKey: Scalars['UUID']['input'];
};

/** A finding that you do not accept. */
export type CaseObjectInput = {
  /** In which case. */
  id: Scalars['ID']['input'];
  /** Made by you for this one act: sending it again answers the same case. */
  idempotencyKey: Scalars['UUID']['input'];
};

/** What you claim. */
export type CaseOpenInput = {
  /** About which order: one that you bought, completed, and under warranty. */
  orderId: Scalars['ID']['input'];
  /** What happened: 2 to 2,000 characters, which the seller reads. */
  text: Scalars['String']['input'];
  /** Ids of up to 20 images that you uploaded as evidence and have not used. */
  imageIds?: Array<Scalars['ID']['input']>;
  /** Made by you for this one act: sending it again answers the same case. */
  idempotencyKey: Scalars['UUID']['input'];
};

/** A settlement that you accept. */
export type CaseProposalAcceptInput = {
  /** In which case. */
  id: Scalars['ID']['input'];
  /** The version that you saw. */
  version: Scalars['Int']['input'];
  /** Made by you for this one act: sending it again answers the same case. */
  idempotencyKey: Scalars['UUID']['input'];
};

/** A settlement that you propose. */
export type CaseProposalMakeInput = {
  /** In which case. */
  id: Scalars['ID']['input'];
  /** What of the money the seller would get, in whole percent, 0 to 100. */
  sellerShare: Scalars['Int']['input'];
  /** Made by you for this one proposal: sending it again makes no second one. */
  idempotencyKey: Scalars['UUID']['input'];
};

/** Which cases of the queue. */
export type CaseQueueFilterInput = {
  /** Of this kind only. */
  kind?: InputMaybe<CaseKind>;
  /** In this state only. Without it: all that are open. */
  state?: InputMaybe<CaseState>;
  /** By who looks at them. */
  claimed?: InputMaybe<CaseClaimFilter>;
};

/** A claim to be rejected. */
export type CaseRejectInput = {
  /** Which case. */
  id: Scalars['ID']['input'];
  /** Why, for both parties: 2 to 500 characters. */
  reason: Scalars['String']['input'];
  /** Made by you for this one act: sending it again answers the same case. */
  idempotencyKey: Scalars['UUID']['input'];
};

/** A case to be given back to the queue. */
export type CaseReleaseInput = {
  /** Which. */
  id: Scalars['ID']['input'];
};

/** What somebody is in a case. */
export type CaseRole =
  /** Its buyer. */
  | 'BUYER'
  /** Its seller. */
  | 'SELLER'
  /** An admin. */
  | 'ADMIN';

/** How you rule for good. */
export type CaseRuleInput = {
  /** In which case. */
  id: Scalars['ID']['input'];
  /** What of the money the seller gets, in whole percent, 0 to 100. */
  sellerShare: Scalars['Int']['input'];
  /** Why, for both parties: 2 to 500 characters. */
  reason: Scalars['String']['input'];
  /** Made by you for this one act: sending it again answers the same case. */
  idempotencyKey: Scalars['UUID']['input'];
};

/** What you say of another admin's ruling. */
export type CaseRulingDecideInput = {
  /** Which ruling. */
  rulingId: Scalars['ID']['input'];
  /** Whether you approve. */
  approve: Scalars['Boolean']['input'];
  /** Why not, for the other admin and the record: 2 to 500 characters. Needed to refuse, and not kept otherwise. */
  refusal?: InputMaybe<Scalars['String']['input']>;
  /** Made by you for this one act: sending it again answers the same case. */
  idempotencyKey: Scalars['UUID']['input'];
};

/** What a ruling says. */
export type CaseRulingKind =
  /** A claim is true. */
  | 'UPHOLD'
  /** A claim is not proven. */
  | 'REJECT'
  /** What a returned account is worth. */
  | 'FINDING'
  /** How the escrow of a disputed order is divided for good. */
  | 'FINAL';

/** Where a ruling stands that needs two admins. */
export type CaseRulingState =
  /** Waits up to 72 hours for the second admin. */
  | 'PENDING'
  /** The second admin approved; it was carried out. */
  | 'APPROVED'
  /** The second admin refused. */
  | 'REFUSED'
  /** No second admin came in time, or the case ended meanwhile. */
  | 'LAPSED';

/** Where a case stands. */
export type CaseState =
  /** A recovery: the seller has 48 hours to answer the claim. */
  | 'AWAITING_ANSWER'
  /** A return: both sides may bring evidence. */
  | 'GATHERING'
  /** It waits for an admin. */
  | 'IN_REVIEW'
  /** A return: an admin found something, and whom it concerns may consent or not. */
  | 'AWAITING_CONSENT'
  /** A return: the parties look for a settlement. */
  | 'MEDIATION'
  /** A return: no settlement was found, and an admin has to rule. */
  | 'FINAL_RULING'
  /** A recovery: the claim is true. */
  | 'UPHELD'
  /** A recovery: the claim is not proven. */
  | 'REJECTED'
  /** A recovery: the buyer took his claim back. */
  | 'WITHDRAWN'
  /** A return: the escrow was given back or divided. */
  | 'CLOSED';

/** What happened to a case. */
export type CaseStepKind =
  /** It was opened. */
  | 'OPENED'
  /** A side brought evidence. */
  | 'EVIDENCE_ADDED'
  /** A side has nothing to add. */
  | 'EVIDENCE_DONE'
  /** The seller answered the claim. */
  | 'ANSWERED'
  /** The time for evidence or for an answer is over; it waits for an admin. */
  | 'REVIEW_BEGAN'
  /** An admin keeps the wallet frozen. */
  | 'FREEZE_KEPT'
  /** What the claim asks for is held, and the wallet is free. */
  | 'FREEZE_NARROWED'
  /** Day 14 came without a ruling: nothing is frozen or held any more. */
  | 'FREEZE_ENDED'
  /** A ruling waits for a second admin. */
  | 'RULING_MADE'
  /** The second admin refused a ruling. */
  | 'RULING_REFUSED'
  /** No second admin came in time: a ruling is void. */
  | 'RULING_LAPSED'
  /** The buyer took his claim back. */
  | 'WITHDRAWN'
  /** The claim was upheld. */
  | 'UPHELD'
  /** The claim was rejected. */
  | 'REJECTED'
  /** An admin read credentials. */
  | 'REVEALED'
  /** An admin found that the account was damaged. */
  | 'FOUND_DAMAGED'
  /** An admin found that the account is worth nothing, or was not handed back. */
  | 'FOUND_WORTHLESS'
  /** An admin found, or nobody denied in time, that the account is as it was. */
  | 'FOUND_INTACT'
  /** An admin found that the seller took the account back. */
  | 'FOUND_TAKEN_BACK'
  /** A side consents to the finding. */
  | 'CONSENTED'
  /** A side does not consent: the parties look for a settlement. */
  | 'MEDIATION_BEGAN'
  /** Somebody wrote in the room of the case. */
  | 'MESSAGE_SENT'
  /** Somebody proposed a settlement. */
  | 'PROPOSAL_MADE'
  /** A side accepted a settlement. */
  | 'PROPOSAL_ACCEPTED'
  /** No settlement was found in time: an admin rules. */
  | 'FINAL_RULING_BEGAN'
  /** An admin ruled for good. */
  | 'RULED'
  /** It ended: the escrow was given back or divided. */
  | 'CLOSED';

/** A claim to be upheld. */
export type CaseUpholdInput = {
  /** Which case. */
  id: Scalars['ID']['input'];
  /** Why, for both parties: 2 to 500 characters. */
  reason: Scalars['String']['input'];
  /** What the platform advances at most of what the seller's wallet does not have. Nothing unless said. */
  advance?: InputMaybe<Scalars['Decimal']['input']>;
  /** Made by you for this one act: sending it again answers the same case. */
  idempotencyKey: Scalars['UUID']['input'];
};

/** A claim that you take back. */
export type CaseWithdrawInput = {
  /** Which case. */
  id: Scalars['ID']['input'];
  /** Made by you for this one act: sending it again answers the same case. */
  idempotencyKey: Scalars['UUID']['input'];
};

/** A message to be taken back. */
export type ChatMessageRecallInput = {
  /** Which: one of yours, at most 2 minutes old. */
  id: Scalars['ID']['input'];
};

/** A message to send. */
export type ChatMessageSendInput = {
  /** The id of a user, or of a conversation of yours. */
  to: Scalars['ID']['input'];
  /** Made by you for this one message: sending it again answers the same message. */
  clientId: Scalars['UUID']['input'];
  /** Plain text of up to 2,000 characters. Empty only beside images, a listing or an order. */
  text?: Scalars['String']['input'];
  /** Ids of up to 9 images that you uploaded for a chat and have not used. */
  imageIds?: Array<Scalars['ID']['input']>;
  /** The listing it is about, if you can see it. */
  listingId?: InputMaybe<Scalars['ID']['input']>;
  /** The order of you two that it is about. */
  orderId?: InputMaybe<Scalars['ID']['input']>;
};

/** What happened to the order of the two members. */
export type ChatStep =
  /** The order was placed and paid. */
  | 'ORDER_PLACED'
  /** The seller handed the account over, or corrected what he had handed over. */
  | 'ORDER_DELIVERED'
  /** The order is complete. */
  | 'ORDER_COMPLETED'
  /** The buyer cancelled. */
  | 'CANCELLED_BY_BUYER'
  /** The seller cancelled. */
  | 'CANCELLED_BY_SELLER'
  /** The seller missed his promise. */
  | 'PROMISE_MISSED'
  /** An offer was accepted; the buyer has to pay. */
  | 'ORDER_AGREED'
  /** The order ended before it was paid. */
  | 'ORDER_UNPAID'
  /** A party was blacklisted; the order is cancelled. */
  | 'CANCELLED_BY_BLACKLIST'
  /** The buyer asked for a return. */
  | 'RETURN_REQUESTED'
  /** The buyer took his request back, or let it lapse. */
  | 'RETURN_WITHDRAWN'
  /** The buyer handed the account back. */
  | 'HANDED_BACK'
  /** The seller refused the return; the platform decides. */
  | 'RETURN_REFUSED'
  /** The buyer got his money back. */
  | 'ORDER_REFUNDED'
  /** The money was divided by a ruling. */
  | 'ORDER_SPLIT';

/** Where you are typing. */
export type ChatTypingInput = {
  /** In which conversation. */
  conversationId: Scalars['ID']['input'];
};

/** Why you are warned of what you wrote. */
export type ChatWarningKind =
  /** It looks like a way to be reached outside: an account of a messenger, a number, a link. */
  | 'CONTACT'
  /** It holds a word that has no place here. */
  | 'LISTED_WORD';

/** A step of a game's checklist. */
export type ChecklistStepInput = {
  /** Its name for programs, unique within the game: 1 to 40 small letters, digits and underscores. */
  key: Scalars['String']['input'];
  /** What to do, in English: 1 to 200 characters. */
  textEn: Scalars['String']['input'];
  /** What to do, in Chinese: 1 to 200 characters. */
  textZh: Scalars['String']['input'];
};

/** What keeps an account from being closed. */
export type ClosingObstacle =
  /** The account is limited. */
  | 'BLACKLISTED'
  /** It is an administrator's. */
  | 'ADMIN'
  /** An order is under way, as buyer or seller. */
  | 'ORDER'
  /** An offer is open, as buyer or seller. */
  | 'OFFER'
  /** Something that was sold is under warranty. */
  | 'WARRANTY'
  /** A case about an order is open, as buyer or seller. */
  | 'CASE'
  /** There is money in the wallet. */
  | 'BALANCE'
  /** Proceeds are not yet available. */
  | 'SETTLING'
  /** Money is held. */
  | 'HELD'
  /** A deposit may still be paid. */
  | 'PAYMENT'
  /** A withdrawal is under way, or was paid less than a week ago and may still come back. */
  | 'WITHDRAWAL'
  /** Something is owed, on either side. */
  | 'DEBT'
  /** The wallet is frozen. */
  | 'FREEZE';

/** Earnings to be put aside. */
export type CompensationFundInput = {
  /** How much: no more than was earned, and at most 10,000,000.00. */
  amount: Scalars['Decimal']['input'];
  /** Why, for the record: 2 to 500 characters. */
  reason: Scalars['String']['input'];
  /** Made by you for this one act: sending it again answers the same decision. */
  idempotencyKey: Scalars['UUID']['input'];
};

/** A conversation to be marked as read. */
export type ConversationReadInput = {
  /** Which. */
  conversationId: Scalars['ID']['input'];
  /** The number of the newest line you have seen. */
  seq: Scalars['Int']['input'];
};

/** A currency by its ISO 4217 code. */
export type CurrencyCode =
  /** Renminbi. */
  | 'CNY';

/** What a user is owed, to be advanced. */
export type DebtAdvanceInput = {
  /** Which debt. */
  debtId: Scalars['ID']['input'];
  /** How much of it: no more than is left. */
  amount: Scalars['Decimal']['input'];
  /** Why, for the record: 2 to 500 characters. */
  reason: Scalars['String']['input'];
  /** Made by you for this one act: sending it again answers the same decision. */
  idempotencyKey: Scalars['UUID']['input'];
};

/** What a debt comes from. */
export type DebtCause =
  /** The bank took a deposit back that was spent already. */
  | 'DEPOSIT_REVERSED'
  /** An account that was sold was recovered by its seller. */
  | 'RECOVERY'
  /** The platform advanced what was owed to another. */
  | 'ADVANCE';

/** What made a debt smaller. */
export type DebtChangeKind =
  /** It was paid out of the debtor's wallet. */
  | 'PAID'
  /** The platform advanced it and is owed it now. */
  | 'ADVANCED'
  /** The creditor waived it. */
  | 'WAIVED'
  /** The platform wrote it off. */
  | 'WRITTEN_OFF';

/** Which debts of all. */
export type DebtFilter = {
  /** Of this debtor. */
  debtorId?: InputMaybe<Scalars['ID']['input']>;
  /** Owed to this user. */
  creditorId?: InputMaybe<Scalars['ID']['input']>;
  /** Owed to the platform (true) or to users (false); without it both. */
  toPlatform?: InputMaybe<Scalars['Boolean']['input']>;
  /** Of which something is left (true) or nothing (false); without it both. */
  open?: InputMaybe<Scalars['Boolean']['input']>;
  /** That come from this; without it from anything. */
  cause?: InputMaybe<DebtCause>;
};

/** On which side of a debt you are. */
export type DebtSide =
  /** You owe. */
  | 'DEBTOR'
  /** You are owed. */
  | 'CREDITOR';

/** What you are owed, to be waived. */
export type DebtWaiveInput = {
  /** Which debt. */
  debtId: Scalars['ID']['input'];
  /** Made by you for this one act: sending it again answers the same debt. */
  idempotencyKey: Scalars['UUID']['input'];
};

/** A debt to the platform, to be written off. */
export type DebtWriteOffInput = {
  /** Which debt. */
  debtId: Scalars['ID']['input'];
  /** Why, for the record: 2 to 500 characters. */
  reason: Scalars['String']['input'];
  /** Made by you for this one act: sending it again answers the same decision. */
  idempotencyKey: Scalars['UUID']['input'];
};

/** What to pay in. */
export type DepositCreateInput = {
  /** How much, in CNY: 1.00 to 50,000.00 unless `Wallet.limits` says otherwise. */
  amount: Scalars['Decimal']['input'];
  /** Made by you for this one deposit: sending it again answers the same deposit. */
  idempotencyKey: Scalars['UUID']['input'];
};

/** Where a deposit stands. */
export type DepositState =
  /** Waits for you to pay. */
  | 'OPEN'
  /** In your wallet. */
  | 'CREDITED'
  /** The bank says that it failed. */
  | 'FAILED'
  /** Not paid in 24 hours. If the bank says later that you paid, it is credited all the same. */
  | 'LAPSED'
  /** The bank took the money back. */
  | 'REVERSED';

/** Another address. */
export type EmailChangeInput = {
  /** The address the code went to. */
  email: Scalars['String']['input'];
  /** The six digits from the mail. Five tries. */
  code: Scalars['String']['input'];
};

/** A code by mail, to bind another address. */
export type EmailChangeRequestInput = {
  /** The address you want, at most 254 characters. */
  email: Scalars['String']['input'];
  /** The captcha's id. */
  captchaId: Scalars['UUID']['input'];
  /** What the captcha shows; capitals do not matter. */
  captchaAnswer: Scalars['String']['input'];
};

/** A code by mail, to sign up with. */
export type EmailCodeRequestInput = {
  /** The address, at most 254 characters. */
  email: Scalars['String']['input'];
  /** The captcha's id. */
  captchaId: Scalars['UUID']['input'];
  /** What the captcha shows; capitals do not matter. */
  captchaAnswer: Scalars['String']['input'];
};

/** A listing to keep an eye on. */
export type FavouriteAddInput = {
  /** Which listing. */
  listingId: Scalars['ID']['input'];
};

/** Which of your favourites. */
export type FavouriteFilterInput = {
  /** Only those that can be bought now. */
  onSale?: Scalars['Boolean']['input'];
};

/** A favourite to take off the list. */
export type FavouriteRemoveInput = {
  /** Which listing. */
  listingId: Scalars['ID']['input'];
};

/** What to change in an attribute. What is left out or null stays as it is. */
export type GameAttributeChangeInput = {
  /** Its English name: 1 to 60 characters. A new attribute must have one. */
  nameEn?: InputMaybe<Scalars['String']['input']>;
  /** Its Chinese name: 1 to 60 characters. A new attribute must have one. */
  nameZh?: InputMaybe<Scalars['String']['input']>;
  /** Whether each new listing must say it. */
  required?: InputMaybe<Scalars['Boolean']['input']>;
  /** The unit of a number in English: up to 20 characters. */
  unitEn?: InputMaybe<Scalars['String']['input']>;
  /** The unit of a number in Chinese: up to 20 characters. */
  unitZh?: InputMaybe<Scalars['String']['input']>;
  /** The least number; a number must have one. Where listings say the attribute it only becomes less. */
  least?: InputMaybe<Scalars['Int']['input']>;
  /** The most number; a number must have one. Where listings say the attribute it only becomes more. */
  most?: InputMaybe<Scalars['Int']['input']>;
  /** All that can be chosen: 2 to 60. What listings have chosen cannot go. */
  choices?: InputMaybe<Array<AttributeChoiceInput>>;
  /** Its place among the game's: 0 to 100,000. */
  position?: InputMaybe<Scalars['Int']['input']>;
  /** Whether it is asked of no new listing any more. Those that say it keep it. */
  retired?: InputMaybe<Scalars['Boolean']['input']>;
};

/** Something to ask of a game's listings. */
export type GameAttributeCreateInput = {
  /** Of which game. */
  gameId: Scalars['ID']['input'];
  /** Its name for programs, for good and unique within the game: 1 to 40 small letters, digits and underscores. */
  key: Scalars['String']['input'];
  /** What it is, for good. */
  kind: AttributeKind;
  /** What it is like. */
  change: GameAttributeChangeInput;
};

/** An attribute and what to change in it. */
export type GameAttributeUpdateInput = {
  /** Of which game. */
  gameId: Scalars['ID']['input'];
  /** Its name for programs. */
  key: Scalars['String']['input'];
  /** What to change. */
  change: GameAttributeChangeInput;
};

/** What to change in a game. What is left out or null stays as it is, but for the icon; a new game has a fee of 5 % and is switched off. */
export type GameChangeInput = {
  /** Its English name: 1 to 60 characters. A new game must have one. */
  nameEn?: InputMaybe<Scalars['String']['input']>;
  /** Its Chinese name: 1 to 60 characters. A new game must have one. */
  nameZh?: InputMaybe<Scalars['String']['input']>;
  /** All other names that people know it by: up to 20 of 1 to 40 characters. */
  aliases?: InputMaybe<Array<Scalars['String']['input']>>;
  /** The fee on a sale, in 1/10,000 of the price: 0 to 3,000. For orders from now on. */
  feeBasisPoints?: InputMaybe<Scalars['Int']['input']>;
  /** Its place in the list: 0 to 100,000. */
  position?: InputMaybe<Scalars['Int']['input']>;
  /** Whether it takes new listings and is shown. */
  enabled?: InputMaybe<Scalars['Boolean']['input']>;
  /** All that a new owner has to bind anew, in order: up to 20 steps. A step that listings name cannot go. */
  checklist?: InputMaybe<Array<ChecklistStepInput>>;
  /** An image that you uploaded as a game's icon. Null takes the icon away; leave it out to keep it. */
  iconId?: InputMaybe<Scalars['ID']['input']>;
};

/** A game to add. */
export type GameCreateInput = {
  /** Its name in addresses, for good: 2 to 40 small letters, digits and hyphens. */
  slug: Scalars['String']['input'];
  /** What it is like. */
  change: GameChangeInput;
};

/** What to change in a server. What is left out or null stays as it is. */
export type GameServerChangeInput = {
  /** Its English name: 1 to 60 characters. A new server must have one. */
  nameEn?: InputMaybe<Scalars['String']['input']>;
  /** Its Chinese name: 1 to 60 characters. A new server must have one. */
  nameZh?: InputMaybe<Scalars['String']['input']>;
  /** Its place in the list: 0 to 100,000. */
  position?: InputMaybe<Scalars['Int']['input']>;
};

/** A server to add to a game. */
export type GameServerCreateInput = {
  /** To which game. */
  gameId: Scalars['ID']['input'];
  /** What it is like. */
  change: GameServerChangeInput;
};

/** A server and what to change in it. */
export type GameServerUpdateInput = {
  /** Which server. */
  id: Scalars['ID']['input'];
  /** What to change. */
  change: GameServerChangeInput;
};

/** A game and what to change in it. */
export type GameUpdateInput = {
  /** Which game. */
  id: Scalars['ID']['input'];
  /** What to change. */
  change: GameChangeInput;
};

/** What an account has now. It is stored sealed, and only the seller can read it. */
export type HandBackCredentialsInput = {
  /** The account's login name: 1 to 200 characters. */
  login: Scalars['String']['input'];
  /** The account's password: 1 to 200 characters. */
  password: Scalars['String']['input'];
  /** Contacts that are bound to it: up to 500 characters. */
  contacts?: Scalars['String']['input'];
  /** What else the seller must know: up to 2,000 characters. */
  notes?: Scalars['String']['input'];
};

/** How an account was given back. */
export type HandBackKind =
  /** With the credentials that it has now. The seller reads them by `orderHandBackReveal`. */
  | 'CREDENTIALS'
  /** With the statement that it is as it was delivered. */
  | 'AS_DELIVERED'
  /** With the statement that the buyer never got in. */
  | 'NEVER_GOT_IN';

/** A verification to be approved. */
export type IdentityApproveInput = {
  /** Whose. */
  userId: Scalars['ID']['input'];
};

/** Which photograph of a real-name verification. */
export type IdentityPhotoPart =
  /** The identity card. */
  | 'CARD'
  /** The person with the card. */
  | 'PERSON';

/** A photograph for your real-name verification. */
export type IdentityPhotoUploadInput = {
  /** Which of the two. */
  part: IdentityPhotoPart;
  /** A PNG, JPEG or WebP of at most 10 MB and some 24 million pixels. */
  file: Scalars['Upload']['input'];
};

/** A verification to be rejected. */
export type IdentityRejectInput = {
  /** Whose. */
  userId: Scalars['ID']['input'];
  /** Why, for its owner: 2 to 500 characters. */
  reason: Scalars['String']['input'];
};

/** A verification to be looked at. */
export type IdentityReviewClaimInput = {
  /** Whose. */
  userId: Scalars['ID']['input'];
};

/** A verification to be given back to the queue. */
export type IdentityReviewReleaseInput = {
  /** Whose. */
  userId: Scalars['ID']['input'];
};

/** Where a real-name verification stands. */
export type IdentityState =
  /** Waits for a decision. */
  | 'PENDING'
  /** The name is verified. */
  | 'APPROVED'
  /** Refused; another try is open. */
  | 'REJECTED';

/** Who you really are. */
export type IdentityVerifyInput = {
  /** Your name as on your identity card: 2 to 40 letters or Chinese characters. */
  name: Scalars['String']['input'];
  /** The 18 characters of your identity card's number. */
  number: Scalars['String']['input'];
  /** The photograph of your identity card, from `identityPhotoUpload`. Where an administrator decides, both photographs are needed. */
  cardPhotoId?: InputMaybe<Scalars['ID']['input']>;
  /** The photograph of yourself with your identity card, from `identityPhotoUpload`. */
  personPhotoId?: InputMaybe<Scalars['ID']['input']>;
};

/** What an image is uploaded for. */
export type ImagePurpose =
  /** To show in a listing. Everybody who knows its address can see it. */
  | 'LISTING'
  /** To send in a chat. Only the members of the conversation can see it. */
  | 'CHAT'
  /** To show beside your nickname. Everybody can see it. */
  | 'AVATAR'
  /** To prove something about an order. Only its parties can see it. */
  | 'EVIDENCE'
  /** To show beside the name of a game, for admins. Everybody who knows its address can see it. */
  | 'GAME_ICON';

/** An image to upload. */
export type ImageUploadInput = {
  /** What for. */
  purpose: ImagePurpose;
  /** A PNG, JPEG or WebP of at most 10 MB and some 24 million pixels. */
  file: Scalars['Upload']['input'];
};

/** A listing to be put on sale. */
export type ListingApproveInput = {
  /** Which. */
  id: Scalars['ID']['input'];
  /** The version you looked at. */
  version: Scalars['Int']['input'];
};

/** What a listing says of an attribute of its game. Fill in what the attribute's kind asks, and nothing else. */
export type ListingAttributeInput = {
  /** The attribute's key. */
  key: Scalars['String']['input'];
  /** Keys of what is chosen: one for a choice, one or more for a many-choice. */
  choices?: Array<Scalars['String']['input']>;
  /** A whole number in the attribute's range. */
  number?: InputMaybe<Scalars['Int']['input']>;
  /** Yes or no. */
  yes?: InputMaybe<Scalars['Boolean']['input']>;
  /** One line of 1 to 100 characters. */
  text?: InputMaybe<Scalars['String']['input']>;
};

/** What to change in a listing. What is left out or null stays as it is. */
export type ListingChangeInput = {
  /** Another game. What the old one asked is forgotten, so give `serverId` and `attributes` as well. */
  gameId?: InputMaybe<Scalars['ID']['input']>;
  /** Another server of the game. */
  serverId?: InputMaybe<Scalars['ID']['input']>;
  /** One line of 4 to 80 characters. */
  title?: InputMaybe<Scalars['String']['input']>;
  /** Plain text of 10 to 5,000 characters. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** The asking price, 1.00 to 200,000.00 CNY. A lower one, alone, needs no review. */
  price?: InputMaybe<Scalars['Decimal']['input']>;
  /** Whether you listen to offers. */
  negotiable?: InputMaybe<Scalars['Boolean']['input']>;
  /** Hours within which you promise to deliver: 1 to 48. */
  deliveryHours?: InputMaybe<Scalars['Int']['input']>;
  /** Days in which a recovery can be claimed: 7, 14, 30 or 90. */
  warrantyDays?: InputMaybe<Scalars['Int']['input']>;
  /** All that the game asks, instead of what was said. */
  attributes?: InputMaybe<Array<ListingAttributeInput>>;
  /** All that is bound to the account, instead of what was said. */
  bindings?: InputMaybe<Array<Scalars['String']['input']>>;
  /** What the account is penalised for: up to 500 characters. */
  penalties?: InputMaybe<Scalars['String']['input']>;
  /** All its images in their order: 1 to 9, of those it has and new ones that you have not used. */
  imageIds?: InputMaybe<Array<Scalars['ID']['input']>>;
};

/** An account to offer for sale. */
export type ListingCreateInput = {
  /** Of which game. */
  gameId: Scalars['ID']['input'];
  /** On which server of that game. */
  serverId: Scalars['ID']['input'];
  /** One line of 4 to 80 characters. */
  title: Scalars['String']['input'];
  /** Plain text of 10 to 5,000 characters. */
  description: Scalars['String']['input'];
  /** The asking price, 1.00 to 200,000.00 CNY. */
  price: Scalars['Decimal']['input'];
  /** Whether you listen to offers. */
  negotiable?: Scalars['Boolean']['input'];
  /** Hours within which you promise to deliver: 1 to 48. */
  deliveryHours?: Scalars['Int']['input'];
  /** Days in which a recovery can be claimed: 7, 14, 30 or 90. */
  warrantyDays?: Scalars['Int']['input'];
  /** What the game asks of its listings, each attribute once. What it requires must be there. */
  attributes?: Array<ListingAttributeInput>;
  /** Keys of the game's checklist that name what is bound to the account. */
  bindings?: Array<Scalars['String']['input']>;
  /** What the account is penalised for: up to 500 characters. Empty: nothing. */
  penalties?: Scalars['String']['input'];
  /** Ids of 1 to 9 images that you uploaded for a listing and have not used; the first is the cover. */
  imageIds: Array<Scalars['ID']['input']>;
  /** Made by you for this one listing: sending it again answers the same listing. */
  idempotencyKey: Scalars['UUID']['input'];
};

/** A draft of yours to throw away. */
export type ListingDiscardInput = {
  /** Which draft. */
  id: Scalars['ID']['input'];
};

/** An account that you have begun to describe. Only the game, the server and a picture must be there. */
export type ListingDraftCreateInput = {
  /** Of which game. */
  gameId: Scalars['ID']['input'];
  /** On which server of that game. */
  serverId: Scalars['ID']['input'];
  /** One line of up to 80 characters. */
  title?: Scalars['String']['input'];
  /** Plain text of up to 5,000 characters. */
  description?: Scalars['String']['input'];
  /** The asking price, 1.00 to 200,000.00 CNY. Left out: 1.00. */
  price?: InputMaybe<Scalars['Decimal']['input']>;
  /** Whether you listen to offers. */
  negotiable?: Scalars['Boolean']['input'];
  /** Hours within which you promise to deliver: 1 to 48. */
  deliveryHours?: Scalars['Int']['input'];
  /** Days in which a recovery can be claimed: 7, 14, 30 or 90. */
  warrantyDays?: Scalars['Int']['input'];
  /** What the game asks of its listings, as far as you know it yet. */
  attributes?: Array<ListingAttributeInput>;
  /** Keys of the game's checklist that name what is bound to the account. */
  bindings?: Array<Scalars['String']['input']>;
  /** What the account is penalised for: up to 500 characters. */
  penalties?: Scalars['String']['input'];
  /** Ids of 1 to 9 images that you uploaded for a listing and have not used; the first is the cover. */
  imageIds: Array<Scalars['ID']['input']>;
  /** Made by you for this one draft: sending it again answers the same draft. */
  idempotencyKey: Scalars['UUID']['input'];
};

/** What you look for. What is left out does not matter. */
export type ListingFilterInput = {
  /** Of this game. */
  gameId?: InputMaybe<Scalars['ID']['input']>;
  /** On this server. */
  serverId?: InputMaybe<Scalars['ID']['input']>;
  /** Of this seller. */
  sellerId?: InputMaybe<Scalars['ID']['input']>;
  /** At this price or above, in CNY. */
  priceFrom?: InputMaybe<Scalars['Decimal']['input']>;
  /** At this price or below, in CNY. */
  priceTo?: InputMaybe<Scalars['Decimal']['input']>;
  /** Whose sellers listen to offers, or do not. */
  negotiable?: InputMaybe<Scalars['Boolean']['input']>;
  /**
   * With all these words, Chinese or English, up to 100 characters: in the title, the game's names, the server or the attributes. The first 8
   * words count.
   */
  words?: InputMaybe<Scalars['String']['input']>;
  /** That say this of their game's attributes, all of it. A game or server must be chosen. */
  attributes?: InputMaybe<Array<AttributeFilterInput>>;
};

/** A listing of yours to put back on the shelf. */
export type ListingPutOnInput = {
  /** Which listing. */
  id: Scalars['ID']['input'];
};

/** A listing to be refused. */
export type ListingRejectInput = {
  /** Which. */
  id: Scalars['ID']['input'];
  /** The version you looked at. */
  version: Scalars['Int']['input'];
  /** Why, for its seller: 2 to 500 characters. */
  reason: Scalars['String']['input'];
};

/** A listing to be taken away for good. */
export type ListingRemoveInput = {
  /** Which. */
  id: Scalars['ID']['input'];
  /** The version you looked at. */
  version: Scalars['Int']['input'];
  /** Why, for its seller: 2 to 500 characters. */
  reason: Scalars['String']['input'];
};

/** A listing to be looked at. */
export type ListingReviewClaimInput = {
  /** Which. */
  id: Scalars['ID']['input'];
};

/** A listing to be given back to the queue. */
export type ListingReviewReleaseInput = {
  /** Which. */
  id: Scalars['ID']['input'];
};

/** In which order listings are shown. */
export type ListingSortBy =
  /** The newest first. */
  | 'NEWEST'
  /** The cheapest first. */
  | 'CHEAPEST'
  /** The dearest first. */
  | 'DEAREST'
  /** The most looked at first. Views grow while you page, so one may come twice. */
  | 'POPULAR';

/** In which order listings are shown. */
export type ListingSortInput = {
  /** By what. */
  by: ListingSortBy;
};

/** Where a listing stands. */
export type ListingState =
  /** Not sent to review yet; only its seller sees it. */
  | 'DRAFT'
  /** Waits for an admin. */
  | 'IN_REVIEW'
  /** Can be bought. */
  | 'ON_SALE'
  /** Not for sale. */
  | 'OFF_SHELF'
  /** Refused by an admin, with a reason. */
  | 'REJECTED'
  /** Somebody bought it and the order runs. */
  | 'RESERVED'
  /** Sold. */
  | 'SOLD'
  /** Taken away by an admin for good, with a reason. */
  | 'REMOVED';

/** A listing of yours for review. */
export type ListingSubmitInput = {
  /** Which listing. */
  id: Scalars['ID']['input'];
  /** The version you saw. */
  seenVersion: Scalars['Int']['input'];
};

/** A listing of yours to take off the shelf. */
export type ListingTakeOffInput = {
  /** Which listing. */
  id: Scalars['ID']['input'];
};

/** A listing of yours and what to change in it. */
export type ListingUpdateInput = {
  /** Which listing. */
  id: Scalars['ID']['input'];
  /** The version you saw. */
  seenVersion: Scalars['Int']['input'];
  /** What to change. */
  change: ListingChangeInput;
};

/** A language of the platform. */
export type Locale =
  /** English. */
  | 'EN'
  /** Chinese as written on the mainland. */
  | 'ZH_CN';

/** What another admin proposed, to be done. */
export type MoneyDecisionApproveInput = {
  /** Which. */
  id: Scalars['ID']['input'];
  /** Made by you for this one act: sending it again answers the same decision. */
  idempotencyKey: Scalars['UUID']['input'];
};

/** A decision that you want to look at. */
export type MoneyDecisionClaimInput = {
  /** Which. */
  id: Scalars['ID']['input'];
};

/** What an admin decides about money. */
export type MoneyDecisionKind =
  /** To advance what a user is owed. */
  | 'ADVANCE'
  /** To write off what the platform is owed. */
  | 'WRITE_OFF'
  /** To put earnings aside for compensation. */
  | 'FUND'
  /** To book a withdrawal of which the bank says nothing as paid: its hold goes to the bank. */
  | 'SETTLE_PAID'
  /** To book a withdrawal of which the bank says nothing as not paid: its hold goes back to its owner. */
  | 'SETTLE_FAILED';

/** What another admin proposed, to be refused. */
export type MoneyDecisionRefuseInput = {
  /** Which. */
  id: Scalars['ID']['input'];
  /** Why, for the other admin and the record: 2 to 500 characters. */
  reason: Scalars['String']['input'];
  /** Made by you for this one act: sending it again answers the same decision. */
  idempotencyKey: Scalars['UUID']['input'];
};

/** A decision that you give back. */
export type MoneyDecisionReleaseInput = {
  /** Which. */
  id: Scalars['ID']['input'];
};

/** Where such a decision stands. */
export type MoneyDecisionState =
  /** Waits up to 72 hours for a second admin. */
  | 'OPEN'
  /** Done. */
  | 'DONE'
  /** The second admin refused. */
  | 'REFUSED'
  /** No second admin came in time. */
  | 'VOID';

/** Which of your own listings. */
export type MyListingFilterInput = {
  /** In one of these states. Empty: in every state. */
  states?: Array<ListingState>;
};

/** What a notice tells. */
export type NoticeKind =
  /** Your listing was approved. */
  | 'LISTING_APPROVED'
  /** Your listing was rejected. */
  | 'LISTING_REJECTED'
  /** Your deposit is in your wallet. */
  | 'DEPOSIT_CREDITED'
  /** Your deposit failed. */
  | 'DEPOSIT_FAILED'
  /** The bank took your deposit back. */
  | 'DEPOSIT_REVERSED'
  /** Your account was bought: deliver. */
  | 'ORDER_PAID'
  /** You bought an account. */
  | 'ORDER_PLACED'
  /** The seller delivered. */
  | 'ORDER_DELIVERED'
  /** The order is complete. */
  | 'ORDER_COMPLETED'
  /** An order waits for you, and half or nine tenths of the time are over. */
  | 'ORDER_WAITS'
  /** The order was cancelled. */
  | 'ORDER_CANCELLED'
  /** The seller of your order was banned; it goes on. */
  | 'SELLER_BANNED'
  /** The buyer of your order was banned; it goes on. */
  | 'BUYER_BANNED'
  /** The proceeds of a sale are available. */
  | 'PROCEEDS_SETTLED'
  /** A withdrawal was asked for from your wallet. */
  | 'WITHDRAWAL_REQUESTED'
  /** Your withdrawal is on its way. */
  | 'WITHDRAWAL_SENT'
  /** Your withdrawal was paid. */
  | 'WITHDRAWAL_PAID'
  /** Your withdrawal was given back. */
  | 'WITHDRAWAL_GIVEN_BACK'
  /** Your real name was verified. */
  | 'IDENTITY_APPROVED'
  /** Your real name could not be verified. */
  | 'IDENTITY_REJECTED'
  /** Nobody decided on your real name in time; hand it in again. */
  | 'IDENTITY_LAPSED'
  /** Somebody signed in to your account with a client that was not used before. */
  | 'SIGNED_IN_ANEW'
  /** Your password was changed or reset. */
  | 'PASSWORD_CHANGED'
  /** Another mail address was bound to your account. */
  | 'EMAIL_CHANGED'
  /** You were blacklisted. */
  | 'BLACKLISTED'
  /** Something that you reported was decided. */
  | 'REPORT_ANSWERED'
  /** You were reported, and nothing came of it. */
  | 'REPORT_DISMISSED'
  /** You were reported, and are warned. */
  | 'WARNED'
  /** You were reported, and a message of yours was taken away. */
  | 'MESSAGE_REMOVED'
  /** You were taken off the blacklist. */
  | 'REINSTATED'
  /** Somebody made an offer for your listing. */
  | 'OFFER_RECEIVED'
  /** The seller asks for another price. */
  | 'OFFER_COUNTERED'
  /** The seller accepted your offer: pay. */
  | 'OFFER_ACCEPTED'
  /** The buyer accepted your price. */
  | 'OFFER_COUNTER_ACCEPTED'
  /** The seller declined your offer. */
  | 'OFFER_DECLINED'
  /** The buyer withdrew his offer. */
  | 'OFFER_WITHDRAWN'
  /** An offer lapsed unanswered. */
  | 'OFFER_LAPSED'
  /** The listing that you made an offer for changed. */
  | 'OFFER_OUTDATED'
  /** The listing that you made an offer for was sold. */
  | 'OFFER_SOLD'
  /** An order ended before it was paid. */
  | 'ORDER_UNPAID'
  /** You were given a strike. */
  | 'STRIKE_GIVEN'
  /** The buyer asked for a return. */
  | 'RETURN_REQUESTED'
  /** The request for a return was taken back or lapsed. */
  | 'RETURN_ENDED'
  /** The account was handed back to you: look at it. */
  | 'HANDED_BACK'
  /** The return was refused; the platform decides. */
  | 'RETURN_REFUSED'
  /** You have your money back. */
  | 'REFUNDED_TO_YOU'
  /** The buyer has his money back: change the account's password. */
  | 'REFUNDED_TO_BUYER'
  /** The money of an order was divided by a ruling. */
  | 'ORDER_SPLIT'
  /** Somebody wrote what you were like in a trade. */
  | 'REVIEW_WRITTEN'
  /** An admin took your listing away for good. */
  | 'LISTING_REMOVED'
  /** A favourite of yours costs less. */
  | 'FAVOURITE_CHEAPER'
  /** A favourite of yours was sold to somebody else. */
  | 'FAVOURITE_SOLD'
  /** Your wallet was frozen. */
  | 'WALLET_FROZEN'
  /** Your wallet is open again. */
  | 'WALLET_THAWED'
  /** You owe something. */
  | 'DEBT_OPENED'
  /** Somebody owes you something. */
  | 'DEBT_CLAIMED'
  /** Some of what you owe was paid out of your wallet. */
  | 'DEBT_PAID'
  /** Some of what you are owed was paid. */
  | 'DEBT_RECEIVED'
  /** You do not owe it any more: it was waived or written off. */
  | 'DEBT_FORGIVEN'
  /** Something waits for admins, you among them, and none has claimed it for 24 hours. */
  | 'QUEUE_OVERDUE'
  /** The platform announces something to everybody. */
  | 'ANNOUNCEMENT'
  /** The buyer says that you took back what you sold: answer within 48 hours. */
  | 'CASE_OPENED'
  /** The seller answered your claim. */
  | 'CASE_ANSWERED'
  /** The other side brought evidence in a case of yours. */
  | 'CASE_EVIDENCE'
  /** Your wallet stays frozen for a case. */
  | 'CASE_FREEZE_KEPT'
  /** Part of your wallet is held for a case; the rest is free. */
  | 'CASE_FREEZE_NARROWED'
  /** What was held or frozen for a case is yours again; the case goes on. */
  | 'CASE_FREEZE_ENDED'
  /** The buyer withdrew his claim. */
  | 'CASE_WITHDRAWN'
  /** Your claim was upheld: you are given back what you paid. */
  | 'CASE_UPHELD_FOR_YOU'
  /** The buyer's claim was upheld against you. */
  | 'CASE_UPHELD_AGAINST_YOU'
  /** Your claim was rejected. */
  | 'CASE_REJECTED'
  /** The buyer's claim against you was rejected. */
  | 'CASE_DISMISSED'
  /** An admin read the credentials of an order of yours, to decide a case. */
  | 'CASE_REVEALED'
  /** An admin found the returned account damaged: consent, or ask for mediation. */
  | 'CASE_FOUND_DAMAGED'
  /** The account that was returned to you counts as intact: the buyer gets his money back unless you ask for mediation. */
  | 'CASE_FOUND_INTACT'
  /** The account that you returned counts as intact: you get your money back unless the seller asks for mediation. */
  | 'CASE_FOUND_FOR_YOU'
  /** An admin found that a returned account is worth nothing, or was not handed back: everything goes to the seller. */
  | 'CASE_FOUND_WORTHLESS'
  /** An admin found that the seller took the account back: everything goes to the buyer. */
  | 'CASE_FOUND_TAKEN_BACK'
  /** A finding was not accepted: look for a settlement. */
  | 'CASE_MEDIATION_BEGAN'
  /** A settlement was proposed. */
  | 'CASE_PROPOSAL_MADE'
  /** The other side accepted a settlement. */
  | 'CASE_PROPOSAL_ACCEPTED'
  /** No settlement was found in time: an admin rules. */
  | 'CASE_FINAL_RULING_BEGAN'
  /** An admin ruled for good. */
  | 'CASE_RULED';

/** Which notice was read. */
export type NoticeReadInput = {
  /** Its id. */
  id: Scalars['ID']['input'];
};

/** An offer to be accepted. */
export type OfferAcceptInput = {
  /** Which. */
  id: Scalars['ID']['input'];
};

/** The price you ask instead. */
export type OfferCounterInput = {
  /** Of which offer. */
  id: Scalars['ID']['input'];
  /** Your price, in CNY: above the offer and below the asking price. */
  price: Scalars['Decimal']['input'];
  /** What you say to it: up to 500 characters. */
  note?: Scalars['String']['input'];
};

/** An offer to be declined. */
export type OfferDeclineInput = {
  /** Which. */
  id: Scalars['ID']['input'];
};

/** Which offers. */
export type OfferFilterInput = {
  /** In this state only. */
  state?: InputMaybe<OfferState>;
  /** Say `true` for those that are open, `false` for those that have ended. */
  open?: InputMaybe<Scalars['Boolean']['input']>;
};

/** What you offer, for a listing as you saw it. */
export type OfferMakeInput = {
  /** For which listing. */
  listingId: Scalars['ID']['input'];
  /** The version you saw. If there is another now, no offer is made. */
  seenVersion: Scalars['Int']['input'];
  /** What you would pay: from 1.00 CNY to below the asking price. */
  price: Scalars['Decimal']['input'];
  /** What you say to it: up to 500 characters. */
  note?: Scalars['String']['input'];
  /** Made by you for this one offer: sending it again answers the same offer. */
  idempotencyKey: Scalars['UUID']['input'];
};

/** Where an offer stands. */
export type OfferState =
  /** The buyer made it; it waits for the seller. */
  | 'OPEN'
  /** The seller asks for another price; it waits for the buyer. */
  | 'COUNTERED'
  /** One accepted what the other asked for; an order was opened. */
  | 'ACCEPTED'
  /** The seller declined it. */
  | 'DECLINED'
  /** The buyer withdrew it. */
  | 'WITHDRAWN'
  /** Nobody answered in time. */
  | 'LAPSED'
  /** The listing changed, or its price came down to it. */
  | 'OUTDATED'
  /** Somebody bought the listing. */
  | 'SOLD';

/** An offer to be withdrawn. */
export type OfferWithdrawInput = {
  /** Which. */
  id: Scalars['ID']['input'];
};

/** An order to be cancelled. */
export type OrderCancelInput = {
  /** Which. */
  id: Scalars['ID']['input'];
};

/** Who ended an order before delivery. */
export type OrderCancelledBy =
  /** The buyer. */
  | 'BUYER'
  /** The seller. */
  | 'SELLER'
  /** The platform: the buyer did not pay in time, or the seller missed his promise. */
  | 'TIMER'
  /** The platform: a party was blacklisted. */
  | 'BLACKLIST';

/** A step of the checklist. */
export type OrderChecklistTickInput = {
  /** Which order. */
  id: Scalars['ID']['input'];
  /** The step's key. */
  key: Scalars['String']['input'];
  /** Whether it is done. */
  done: Scalars['Boolean']['input'];
};

/** An order to be confirmed. */
export type OrderConfirmInput = {
  /** Which. */
  id: Scalars['ID']['input'];
  /** Say `true` to confirm although steps of the checklist are open. */
  acknowledgeOpenSteps?: Scalars['Boolean']['input'];
};

/** What you hand over. It is stored sealed, and only the buyer can read it. */
export type OrderDeliverInput = {
  /** Which order. */
  id: Scalars['ID']['input'];
  /** The account's login name: 1 to 200 characters. */
  login: Scalars['String']['input'];
  /** The account's password: 1 to 200 characters. */
  password: Scalars['String']['input'];
  /** Contacts that are bound to it: up to 500 characters. */
  contacts?: Scalars['String']['input'];
  /** What else the buyer must know: up to 2,000 characters. */
  notes?: Scalars['String']['input'];
};

/** Which of your orders. */
export type OrderFilterInput = {
  /** In this state only. */
  state?: InputMaybe<OrderState>;
  /** In one of these states. Empty: in every state. With `state`, too, both must hold. */
  states?: Array<OrderState>;
};

/** How you give an account back. */
export type OrderHandBackInput = {
  /** Which order. */
  id: Scalars['ID']['input'];
  /** How. */
  kind: HandBackKind;
  /** What the account has now: with the kind `CREDENTIALS`, and with no other. */
  credentials?: InputMaybe<HandBackCredentialsInput>;
};

/** What you want to read. */
export type OrderHandBackRevealInput = {
  /** Of which order. */
  id: Scalars['ID']['input'];
};

/** An order to be paid. */
export type OrderPayInput = {
  /** Which. */
  id: Scalars['ID']['input'];
  /** Made by you for this one payment: sending it again takes nothing more. */
  idempotencyKey: Scalars['UUID']['input'];
};

/** What you buy, as you saw it. */
export type OrderPlaceInput = {
  /** Which listing. */
  listingId: Scalars['ID']['input'];
  /** The version you saw. If there is another now, nothing is bought. */
  seenVersion: Scalars['Int']['input'];
  /** The price you saw, in CNY. If it is another now, nothing is bought. */
  seenPrice: Scalars['Decimal']['input'];
  /** Made by you for this one purchase: sending it again answers the same order. */
  idempotencyKey: Scalars['UUID']['input'];
};

/** A return that you agree to. */
export type OrderReturnAgreeInput = {
  /** Of which order. */
  id: Scalars['ID']['input'];
};

/** Why you refuse a return. */
export type OrderReturnRefuseInput = {
  /** Of which order. */
  id: Scalars['ID']['input'];
  /** What is wrong with what was handed back: 2 to 2,000 characters, which the buyer reads. */
  text: Scalars['String']['input'];
  /** Ids of up to 20 images that you uploaded as evidence and have not used. */
  imageIds?: Array<Scalars['ID']['input']>;
};

/** Why you want to return an account. */
export type OrderReturnRequestInput = {
  /** Which order. */
  id: Scalars['ID']['input'];
  /** Why: 2 to 500 characters, which the seller reads. */
  reason: Scalars['String']['input'];
};

/** A return that you take back. */
export type OrderReturnWithdrawInput = {
  /** Of which order. */
  id: Scalars['ID']['input'];
};

/** What you want to read. */
export type OrderRevealInput = {
  /** Which order. */
  id: Scalars['ID']['input'];
  /** Which version, from 1. The newest unless you name one. */
  version?: InputMaybe<Scalars['Int']['input']>;
};

/** A review to be written. */
export type OrderReviewInput = {
  /** Of which order. */
  id: Scalars['ID']['input'];
  /** Stars for the other party, 1 to 5. */
  stars: Scalars['Int']['input'];
  /** What you say of him: up to 500 characters. */
  text?: Scalars['String']['input'];
};

/** A side of an order. */
export type OrderSide =
  /** The buyer's. */
  | 'BUYER'
  /** The seller's. */
  | 'SELLER';

/** Where an order stands. */
export type OrderState =
  /** An offer was accepted; the buyer has to pay within 2 hours. */
  | 'AWAITING_PAYMENT'
  /** The money is in escrow; the seller has to deliver. */
  | 'PAID'
  /** The credentials are handed over; the buyer has to confirm. */
  | 'DELIVERED'
  /** The buyer asked for a return and has 24 hours to hand the account back. */
  | 'RETURN_REQUESTED'
  /** The account was handed back; the seller has 48 hours to look at it. */
  | 'RETURN_INSPECTION'
  /** The seller refused the return; the platform decides. */
  | 'IN_DISPUTE'
  /** Confirmed; the seller is paid. */
  | 'COMPLETED'
  /** Returned; the buyer has his money back. */
  | 'REFUNDED'
  /** Returned; the money was divided by a ruling. */
  | 'SPLIT'
  /** Ended before it was paid, delivered or looked at; the buyer has what he paid back. */
  | 'CANCELLED';

/** What happened to an order. */
export type OrderStepKind =
  /** It was bought and paid. */
  | 'PLACED'
  /** An offer was accepted; the buyer had to pay. */
  | 'AGREED'
  /** The buyer paid what was agreed on. */
  | 'PAID'
  /** The seller handed the credentials over. */
  | 'DELIVERED'
  /** The seller corrected what he handed over. */
  | 'CORRECTED'
  /** The buyer read the credentials for the first time. */
  | 'REVEALED'
  /** Half of the present wait was over, and whoever is waited for was reminded. */
  | 'REMINDED_AT_HALF'
  /** Nine tenths of the present wait were over, and whoever is waited for was reminded. */
  | 'REMINDED_AT_END'
  /** The buyer confirmed, or did not answer in time; the seller was paid. */
  | 'COMPLETED'
  /** It ended before delivery; the buyer was refunded. */
  | 'CANCELLED'
  /** The buyer asked for a return. */
  | 'RETURN_REQUESTED'
  /** The buyer took his request back. */
  | 'RETURN_WITHDRAWN'
  /** The buyer did not hand the account back in time; his request lapsed. */
  | 'RETURN_LAPSED'
  /** The buyer handed the account back. */
  | 'HANDED_BACK'
  /** The seller read what was handed back for the first time. */
  | 'HAND_BACK_REVEALED'
  /** The seller agreed to the return. */
  | 'RETURN_AGREED'
  /** The seller refused the return. */
  | 'RETURN_REFUSED'
  /** The buyer got his money back. */
  | 'REFUNDED'
  /** The money was divided by a ruling. */
  | 'SPLIT'
  /** The proceeds became available. Only the seller sees it. */
  | 'SETTLED'
  /** A ruling found that the seller took the account back; the buyer is given back what he paid. */
  | 'RECOVERED'
  /** The key of the credentials was destroyed: nobody can read them any more. */
  | 'KEY_DESTROYED';

/** Another password. */
export type PasswordChangeInput = {
  /** The password you have. */
  oldPassword: Scalars['String']['input'];
  /** The one you want: 8 to 128 characters, none of the commonest. */
  newPassword: Scalars['String']['input'];
};

/** A new password in the place of a forgotten one. */
export type PasswordResetInput = {
  /** The address of the account. */
  email: Scalars['String']['input'];
  /** The six digits from the mail. Five tries. */
  code: Scalars['String']['input'];
  /** The password you want: 8 to 128 characters, none of the commonest. */
  newPassword: Scalars['String']['input'];
};

/** A code by mail, for a forgotten password. */
export type PasswordResetRequestInput = {
  /** The address of the account. */
  email: Scalars['String']['input'];
  /** The captcha's id. */
  captchaId: Scalars['UUID']['input'];
  /** What the captcha shows; capitals do not matter. */
  captchaAnswer: Scalars['String']['input'];
};

/** A bank account of yours. */
export type PayoutAccountAddInput = {
  /** Its number: 8 to 32 digits; spaces and dashes between them do not matter. It must be in your verified name. */
  number: Scalars['String']['input'];
  /** Made by you for this one account: sending it again answers the same account. */
  idempotencyKey: Scalars['UUID']['input'];
};

/** An account to be taken off your list. */
export type PayoutAccountRemoveInput = {
  /** Which. */
  id: Scalars['ID']['input'];
};

/** What to change; what is left out or null stays as it is, but for the picture. */
export type ProfileUpdateInput = {
  /** The name others see: 1 to 24 characters that do not sound like the platform. */
  nickname?: InputMaybe<Scalars['String']['input']>;
  /** What you say of yourself: at most 300 characters, may be empty. */
  bio?: InputMaybe<Scalars['String']['input']>;
  /** The language of your notices and mails. */
  locale?: InputMaybe<Locale>;
  /** An image that you uploaded as an avatar. Null takes your picture away; leave it out to keep it. */
  avatarId?: InputMaybe<Scalars['ID']['input']>;
  /** Whether you want your important notices by mail as well. What concerns your account's safety is always mailed. */
  mailNotices?: InputMaybe<Scalars['Boolean']['input']>;
};

/** Which of what waits. A claim counts for 4 hours. */
export type QueueClaim =
  /** What you have claimed. */
  | 'MINE'
  /** What nobody has claimed. */
  | 'UNCLAIMED'
  /** What somebody has claimed, you or another admin. */
  | 'CLAIMED';

/** Which things of a queue. */
export type QueueFilterInput = {
  /** By who has claimed them; without it all. */
  claim?: InputMaybe<QueueClaim>;
};

/** What waits for admins. */
export type QueueKind =
  /** Listings under review: `reviewQueue`. */
  | 'LISTINGS'
  /** Real names: `identityQueue`. */
  | 'VERIFICATIONS'
  /** Large withdrawals: `withdrawalQueue`. */
  | 'WITHDRAWALS'
  /** Differences between the bank's book and ours: `bankDifferences`. */
  | 'BANK_DIFFERENCES'
  /** Decisions about money that need a second admin: `moneyDecisionQueue`. */
  | 'MONEY_DECISIONS'
  /** Cases about orders in which an administrator has to look or rule: `caseQueue`. */
  | 'CASES'
  /** Reports, by users and by the platform: `reportQueue`. */
  | 'REPORTS';

/** What is the matter with something that is reported, by users or by the platform. */
export type ReportCause =
  /** A fraud, or an account that is not the seller's. */
  | 'FRAUD'
  /** What is offered is not as it is described. */
  | 'MISLEADING'
  /** Trading outside the platform. */
  | 'OUTSIDE'
  /** Insults or threats. */
  | 'ABUSE'
  /** Something that is forbidden to show or to sell. */
  | 'FORBIDDEN'
  /** Somebody poses as the platform or as somebody else. */
  | 'IMPERSONATION'
  /** The same again and again, or advertising. */
  | 'SPAM'
  /** Something else. */
  | 'OTHER'
  /** The platform saw five messages with contacts outside in 7 days. */
  | 'CHAT_FLAGS'
  /** The platform saw a listed word in a message. */
  | 'LISTED_WORD'
  /** The platform gave three strikes to a seller, or six to a buyer, in 30 days. */
  | 'STRIKES'
  /** The bank took back a deposit that was spent. */
  | 'REVERSED_DEPOSIT'
  /** Money came in and went out again within 24 hours. */
  | 'PASSED_THROUGH'
  /** The same account was delivered in another order, which still holds. */
  | 'SOLD_TWICE'
  /** Too many claims of recovery were rejected. */
  | 'REJECTED_CLAIMS';

/** Something to report: exactly one of the three. */
export type ReportCreateInput = {
  /** A user. */
  userId?: InputMaybe<Scalars['ID']['input']>;
  /** A listing. */
  listingId?: InputMaybe<Scalars['ID']['input']>;
  /** A message in a conversation of yours, taken back or not. */
  messageId?: InputMaybe<Scalars['ID']['input']>;
  /** What is the matter. */
  reason: ReportReason;
  /** What happened: 2 to 2,000 characters. */
  text: Scalars['String']['input'];
  /** What you show: your own unused images of evidence, at most 9. */
  imageIds?: Array<Scalars['ID']['input']>;
  /** Made by you for this one report: sending it again answers the same report. */
  idempotencyKey: Scalars['UUID']['input'];
};

/** A decision on a report. */
export type ReportDecideInput = {
  /** On which. */
  id: Scalars['ID']['input'];
  /** What follows. */
  outcome: ReportOutcome;
  /** Why, for both sides and the record: 2 to 500 characters. Name nobody. */
  reason: Scalars['String']['input'];
  /** Made by you for this one decision: sending it again answers the same report. */
  idempotencyKey: Scalars['UUID']['input'];
};

/** Which reports to show. Each part narrows further. */
export type ReportFilterInput = {
  /** Those that are open, or those that are decided. Without it, those that are open. */
  open?: InputMaybe<Scalars['Boolean']['input']>;
  /** About this kind of thing. */
  subjectKind?: InputMaybe<ReportSubject>;
  /** About this user, or something of his. */
  userId?: InputMaybe<Scalars['ID']['input']>;
  /** Those that the platform reported, or those that users alone did. */
  byPlatform?: InputMaybe<Scalars['Boolean']['input']>;
  /** Who looks at them. */
  held?: InputMaybe<ReportHeld>;
};

/** Who looks at a report. */
export type ReportHeld =
  /** You. */
  | 'MINE'
  /** Nobody, or a claim that has lapsed. */
  | 'FREE'
  /** Somebody. */
  | 'CLAIMED';

/** What came of a report. */
export type ReportOutcome =
  /** Nothing. */
  | 'DISMISSED'
  /** Whom it is about was warned. */
  | 'WARNED'
  /** The listing or the message was taken away. */
  | 'CONTENT_REMOVED'
  /** Whom it is about was banned. */
  | 'BLACKLISTED';

/** What is the matter with something that you report. */
export type ReportReason =
  /** A fraud, or an account that is not the seller's. */
  | 'FRAUD'
  /** What is offered is not as it is described. */
  | 'MISLEADING'
  /** Trading outside the platform. */
  | 'OUTSIDE'
  /** Insults or threats. */
  | 'ABUSE'
  /** Something that is forbidden to show or to sell. */
  | 'FORBIDDEN'
  /** Somebody poses as the platform or as somebody else. */
  | 'IMPERSONATION'
  /** The same again and again, or advertising. */
  | 'SPAM'
  /** Something else. */
  | 'OTHER';

/** A report to be looked at. */
export type ReportReviewClaimInput = {
  /** Which. */
  id: Scalars['ID']['input'];
};

/** A report to be given back to the queue. */
export type ReportReviewReleaseInput = {
  /** Which. */
  id: Scalars['ID']['input'];
};

/** What kind of thing is reported. */
export type ReportSubject =
  /** A user. */
  | 'USER'
  /** A listing. */
  | 'LISTING'
  /** A chat message. */
  | 'MESSAGE';

/** What a field asks of its caller. */
export type Role =
  /** Signed in, blacklisted or not. */
  | 'MEMBER'
  /** Signed in and not blacklisted. */
  | 'TRADER'
  /** A trader whose real name is verified. Without verification a mutation answers `VERIFICATION_REQUIRED`. */
  | 'VERIFIED'
  /** An admin. */
  | 'ADMIN';

/** A first code. */
export type SecondFactorConfirmInput = {
  /** The six digits that your authenticator shows. */
  code: Scalars['String']['input'];
};

/** A last code. */
export type SecondFactorDisableInput = {
  /** The six digits that your authenticator shows, or a recovery code. */
  code: Scalars['String']['input'];
};

/** What shows that it is you: one of the two. */
export type SessionProveInput = {
  /** Your password; or */
  password?: InputMaybe<Scalars['String']['input']>;
  /** A code of your authenticator, or a recovery code. */
  secondFactor?: InputMaybe<Scalars['String']['input']>;
};

/** A refresh. */
export type SessionRefreshInput = {
  /** The refresh token; without it, that of the cookie. */
  refreshToken?: InputMaybe<Scalars['String']['input']>;
  /** True: answer the new refresh token instead of setting the cookie. */
  returnRefreshToken?: Scalars['Boolean']['input'];
};

/** A session to be ended. */
export type SessionRevokeInput = {
  /** Which of yours. */
  sessionId: Scalars['ID']['input'];
};

/** Which users to show. Each part narrows further. */
export type StaffUserFilterInput = {
  /** The beginning of a username, nickname or mail address, of 1 to 100 characters; or a whole id. */
  search?: InputMaybe<Scalars['String']['input']>;
  /** Who is on the blacklist, or who is not. */
  blacklisted?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whose wallet is frozen, or whose is not. */
  frozen?: InputMaybe<Scalars['Boolean']['input']>;
  /** Who is an administrator, or who is not. */
  admin?: InputMaybe<Scalars['Boolean']['input']>;
};

/** What a trader did that trade suffers from. */
export type StrikeKind =
  /** As a buyer you left an accepted offer unpaid. */
  | 'LEFT_UNPAID'
  /** As a buyer you cancelled a paid order. */
  | 'BUYER_CANCELLED'
  /** As a seller you cancelled a paid order. */
  | 'SELLER_CANCELLED'
  /** As a seller you missed your promise to deliver. */
  | 'PROMISE_MISSED';

/** What kind of thing a notice is about. */
export type SubjectKind =
  /** A user: yourself; to an admin whoever waits for him. */
  | 'USER'
  /** A listing. */
  | 'LISTING'
  /** An order. */
  | 'ORDER'
  /** Something that was reported, for administrators. */
  | 'REPORT'
  /** What you reported. */
  | 'COMPLAINT'
  /** A deposit. */
  | 'DEPOSIT'
  /** A withdrawal. */
  | 'WITHDRAWAL'
  /** An offer. */
  | 'OFFER'
  /** A game of the catalogue. */
  | 'GAME'
  /** A debt. */
  | 'DEBT'
  /** A decision of admins about money. */
  | 'MONEY_DECISION'
  /** A difference between the bank's book and ours. */
  | 'BANK_DIFFERENCE'
  /** An announcement to everybody. */
  | 'ANNOUNCEMENT'
  /** A case about an order. */
  | 'CASE';

/** Somebody to be blacklisted. */
export type UserBlacklistInput = {
  /** Whom. */
  userId: Scalars['ID']['input'];
  /** Why, for himself and the record: 2 to 500 characters. */
  reason: Scalars['String']['input'];
  /** Made by you for this one act: sending it again answers the same user. */
  idempotencyKey: Scalars['UUID']['input'];
};

/** Somebody to be blocked. */
export type UserBlockInput = {
  /** Whom. */
  userId: Scalars['ID']['input'];
};

/** What a person can mend. */
export type UserErrorCode =
  /** A value is not allowed; the message says what is. */
  | 'INVALID_INPUT'
  /** The captcha was answered wrongly, used before, or has expired: ask for a new one. */
  | 'CAPTCHA_WRONG'
  /** Answer a captcha to go on. */
  | 'CAPTCHA_REQUIRED'
  /** The code is wrong, used or expired. */
  | 'CODE_WRONG'
  /** Name, password or proof are wrong. */
  | 'CREDENTIALS_WRONG'
  /** The password is right; send a code of your second factor along. */
  | 'SECOND_FACTOR_REQUIRED'
  /** Somebody has this username. */
  | 'USERNAME_TAKEN'
  /** The refresh token is spent, expired or ended: sign in again. */
  | 'SESSION_ENDED'
  /** The real name must be verified first. */
  | 'VERIFICATION_REQUIRED'
  /** Prove first, by password or second factor (`sessionProve`), that it is you. */
  | 'FRESH_PROOF_REQUIRED'
  /** The ID number is not one, or not of an adult. */
  | 'IDENTITY_REFUSED'
  /** This person is verified under another account. */
  | 'IDENTITY_TAKEN'
  /** The image cannot be used: type, size or content. */
  | 'IMAGE_REFUSED'
  /** An image is not yours, of another purpose, or in use. */
  | 'IMAGE_NOT_USABLE'
  /** The listing cannot be bought. */
  | 'LISTING_NOT_AVAILABLE'
  /** Price or content changed since you looked. */
  | 'PRICE_CHANGED'
  /** One cannot deal with oneself. */
  | 'OWN_MATTER'
  /** Somebody else has decided already. */
  | 'ALREADY_DECIDED'
  /** Another admin looks at it; the message says who. */
  | 'CLAIMED_BY_OTHER'
  /** What was asked does not fit the present state. */
  | 'WRONG_STATE'
  /** Steps of the checklist are open: tick them, or say that you know. */
  | 'OPEN_STEPS'
  /** The balance is too low. */
  | 'INSUFFICIENT_FUNDS'
  /** Your wallet is frozen: money comes in, but does not go out. */
  | 'WALLET_FROZEN'
  /** You owe something; what comes into your wallet pays it first. */
  | 'DEBT_OPEN'
  /** A limit is reached; the message says when again. */
  | 'LIMIT_REACHED'
  /** The key was used for something else. */
  | 'IDEMPOTENCY_KEY_REUSED'
  /** The bank does not answer; nothing was taken. */
  | 'BANK_UNAVAILABLE'
  /** The other side cannot be written to. */
  | 'RECEIVER_NOT_AVAILABLE'
  /** Something is open that has to end first. */
  | 'OPEN_MATTER'
  /** Others use what would go; the message says what. */
  | 'IN_USE';

/** Somebody to be taken off the blacklist. */
export type UserReinstateInput = {
  /** Whom. */
  userId: Scalars['ID']['input'];
  /** Why, for the record: 2 to 500 characters. */
  reason: Scalars['String']['input'];
  /** Made by you for this one act: sending it again answers the same user. */
  idempotencyKey: Scalars['UUID']['input'];
};

/** Who signs in. */
export type UserSignInInput = {
  /** The username or the address. */
  login: Scalars['String']['input'];
  /** The password. */
  password: Scalars['String']['input'];
  /** A code of your authenticator or a recovery code, after `SECOND_FACTOR_REQUIRED`. */
  secondFactor?: InputMaybe<Scalars['String']['input']>;
  /** The id of a captcha, after `CAPTCHA_REQUIRED`. */
  captchaId?: InputMaybe<Scalars['UUID']['input']>;
  /** What that captcha shows; capitals do not matter. */
  captchaAnswer?: InputMaybe<Scalars['String']['input']>;
  /** True: answer the refresh token instead of setting the cookie. */
  returnRefreshToken?: Scalars['Boolean']['input'];
};

/** A new account. */
export type UserSignUpInput = {
  /** The name to sign in with: 3 to 24 letters, digits or underscores. */
  username: Scalars['String']['input'];
  /** A password of 8 to 128 characters, none of the commonest. */
  password: Scalars['String']['input'];
  /** The address the code went to. */
  email: Scalars['String']['input'];
  /** The six digits from the mail. Five tries. */
  code: Scalars['String']['input'];
  /** The language of your notices and mails; without it, that of the request. */
  locale?: InputMaybe<Locale>;
  /** True: answer the refresh token instead of setting the cookie. */
  returnRefreshToken?: Scalars['Boolean']['input'];
};

/** Somebody to be heard again. */
export type UserUnblockInput = {
  /** Whom. */
  userId: Scalars['ID']['input'];
};

/** Why money moved. */
export type WalletCause =
  /** A deposit was credited. */
  | 'DEPOSIT'
  /** The bank took a deposit back. */
  | 'DEPOSIT_REVERSED'
  /** You bought; the price waits in escrow. */
  | 'ORDER_HOLD'
  /** A purchase was cancelled; you got the price back. */
  | 'ORDER_REFUND'
  /** You sold; the proceeds settle. */
  | 'ORDER_PAYOUT'
  /** The platform's fee on a sale. */
  | 'ORDER_FEE'
  /** An order was divided by a ruling; this is your part. */
  | 'ORDER_SPLIT'
  /** Proceeds became available. */
  | 'SETTLE'
  /** You asked for a withdrawal; its amount is held. */
  | 'WITHDRAWAL_HOLD'
  /** The bank paid a withdrawal. */
  | 'WITHDRAWAL_PAID'
  /** A withdrawal was taken back, rejected or failed. */
  | 'WITHDRAWAL_GIVEN_BACK'
  /** A paid withdrawal came back from the bank. */
  | 'WITHDRAWAL_RETURNED'
  /** The bank took a deposit back that was spent; the platform bore it. */
  | 'DEPOSIT_SHORTFALL'
  /** A debt was paid: yours to another, or another's to you. */
  | 'DEBT_PAID'
  /** The platform advanced what you are owed. */
  | 'DEBT_ADVANCED'
  /** The platform put some of its earnings aside. */
  | 'COMPENSATION_FUNDED'
  /** Part of your wallet is held for a case. */
  | 'CASE_HELD'
  /** What was held for a case came back. */
  | 'CASE_HOLD_RETURNED'
  /** By a ruling, for an account that its seller took back: what you had paid, or what you gave back. */
  | 'CASE_RECOVERED';

/** Which way money moved. */
export type WalletDirection =
  /** In. */
  | 'IN'
  /** Out. */
  | 'OUT';

/** What asks for a frozen wallet. */
export type WalletFreezeCause =
  /** A case about an order. */
  | 'CASE'
  /** An admin, by hand. */
  | 'ADMIN';

/** A wallet to be frozen. */
export type WalletFreezeInput = {
  /** Whose. */
  userId: Scalars['ID']['input'];
  /** Why, for its owner and the record: 2 to 500 characters. */
  reason: Scalars['String']['input'];
  /** Made by you for this one act: sending it again answers the same wallet. */
  idempotencyKey: Scalars['UUID']['input'];
};

/** A part of your wallet. */
export type WalletPart =
  /** What you can spend. */
  | 'AVAILABLE'
  /** Proceeds that are not yet available. */
  | 'SETTLING'
  /** What is held for withdrawals. */
  | 'HELD';

/** Which lines of the statement. */
export type WalletStatementFilter = {
  /** Of which part of your wallet. */
  part?: WalletPart;
  /** From this moment on. */
  from?: InputMaybe<Scalars['DateTime']['input']>;
  /** Before this moment. */
  before?: InputMaybe<Scalars['DateTime']['input']>;
  /** Of these causes only; empty: of all. */
  causes?: Array<WalletCause>;
  /** Only what came in, or what went out; without it both. */
  direction?: InputMaybe<WalletDirection>;
};

/** A wallet to be thawed. */
export type WalletThawInput = {
  /** Whose. */
  userId: Scalars['ID']['input'];
  /** Why, for the record: 2 to 500 characters. */
  reason: Scalars['String']['input'];
  /** Made by you for this one act: sending it again answers the same wallet. */
  idempotencyKey: Scalars['UUID']['input'];
};

/** A withdrawal that may go out. */
export type WithdrawalApproveInput = {
  /** Which. */
  id: Scalars['ID']['input'];
  /** Made by you for this one act: sending it again answers the same withdrawal. */
  idempotencyKey: Scalars['UUID']['input'];
};

/** A withdrawal that you want to look at. */
export type WithdrawalClaimInput = {
  /** Which. */
  id: Scalars['ID']['input'];
};

/** A withdrawal to be refused. */
export type WithdrawalRejectInput = {
  /** Which. */
  id: Scalars['ID']['input'];
  /** Why, for its owner: 2 to 500 characters. */
  reason: Scalars['String']['input'];
  /** Made by you for this one act: sending it again answers the same withdrawal. */
  idempotencyKey: Scalars['UUID']['input'];
};

/** A withdrawal that you give back. */
export type WithdrawalReleaseInput = {
  /** Which. */
  id: Scalars['ID']['input'];
};

/** What to take out, and where to. */
export type WithdrawalRequestInput = {
  /** How much, in CNY: from 10.00, and at most 50,000.00 in 24 hours, unless `Wallet.limits` says otherwise. */
  amount: Scalars['Decimal']['input'];
  /** One of your payout accounts. */
  payoutAccountId: Scalars['ID']['input'];
  /** Made by you for this one withdrawal: sending it again answers the same withdrawal. */
  idempotencyKey: Scalars['UUID']['input'];
};

/** Where a withdrawal stands. */
export type WithdrawalState =
  /** Above 5,000.00, or what `Wallet.limits` says: waits for an admin. */
  | 'REQUESTED'
  /** Will be sent, after your wait if there is one. */
  | 'APPROVED'
  /** Handed to the bank. It cannot be taken back any more. */
  | 'SENT'
  /** The bank says that it arrived. */
  | 'PAID'
  /** An admin refused it; the money is back in your wallet. */
  | 'REJECTED'
  /** You took it back; the money is back in your wallet. */
  | 'TAKEN_BACK'
  /** The bank refused it; the money is back in your wallet. */
  | 'FAILED'
  /** It came back from the bank; the money is back in your wallet. */
  | 'RETURNED';

/** A withdrawal that its owner wants back. */
export type WithdrawalTakeBackInput = {
  /** Which. */
  id: Scalars['ID']['input'];
  /** Made by you for this one act: sending it again answers the same withdrawal. */
  idempotencyKey: Scalars['UUID']['input'];
};
