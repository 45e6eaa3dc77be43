/* eslint-disable */
// Made by graphql-codegen from the schema and operations with the SHA-256 628ff6e778ece86804ee7b428e58a9f7412cadabe8ab9044ac34701e9d497ff0. Do not edit.
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** A version to give up. */
export type AbandonVersionInput = {
  /** The `revision` of the object as the caller read it. The act is refused as STALE if it has changed since. */
  expectedRevision: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Why the version is given up. */
  reason: string;
  /** Id of the version. */
  textVersionId: string;
};

/** An act: what a person can do, has to do or did. It is named after its mutation. */
export type Act =
  /** The mutation `abandonVersion`. For: the Secretariat. */
  | 'ABANDON_VERSION'
  /** An act without a mutation. For: whoever holds the link of the invitation. */
  | 'ACCEPT_INVITATION'
  /** The mutation `admitParty`. For: the Secretariat. */
  | 'ADMIT_PARTY'
  /** The mutation `appointFocalPoint`. For: the focal point of the party in person, not somebody who represents it; or the Secretariat in person. */
  | 'APPOINT_FOCAL_POINT'
  /** The mutation `appointFunction`. For: the Secretariat in person. */
  | 'APPOINT_FUNCTION'
  /** An act without a mutation. For: whoever holds the shell of the server. */
  | 'APPOINT_OFFICER'
  /** The mutation `assignProposal`. For: the Secretariat. */
  | 'ASSIGN_PROPOSAL'
  /** The mutation `assignWorkItem`. For: the Secretariat. */
  | 'ASSIGN_WORK_ITEM'
  /** The mutation `cancelRound`. For: the Secretariat. */
  | 'CANCEL_ROUND'
  /** The mutation `clearComment`. For: the focal point of its party. */
  | 'CLEAR_COMMENT'
  /** The mutation `closeServiceAccount`. For: the focal point of the party in person, not somebody who represents it; or the Secretariat in person; or a technical administrator. */
  | 'CLOSE_SERVICE_ACCOUNT'
  /** The mutation `completeActivity`. For: those who lead the group that the topic was given to; or those who lead the body (chair, co-chair or coordinator); or the Secretariat. */
  | 'COMPLETE_ACTIVITY'
  /** The mutation `completeRound`. For: those who lead the body (chair, co-chair or coordinator); or the Secretariat. */
  | 'COMPLETE_ROUND'
  /** The mutation `concludeConsideration`. For: those who lead the body (chair, co-chair or coordinator); or the Secretariat. */
  | 'CONCLUDE_CONSIDERATION'
  /** The mutation `confirmCarriedComment`. For: the focal point of its party. */
  | 'CONFIRM_CARRIED_COMMENT'
  /** The mutation `confirmCoSponsorship`. For: the focal point of its party. */
  | 'CONFIRM_CO_SPONSORSHIP'
  /** The mutation `confirmLineage`. For: the Secretariat. */
  | 'CONFIRM_LINEAGE'
  /** The mutation `confirmReading`. For: the Secretariat. */
  | 'CONFIRM_READING'
  /** The mutation `consolidate`. For: the Secretariat. */
  | 'CONSOLIDATE'
  /** The mutation `correctApplication`. For: the Secretariat in person; or a technical administrator. */
  | 'CORRECT_APPLICATION'
  /** The mutation `correctEditorially`. For: the Secretariat. */
  | 'CORRECT_EDITORIALLY'
  /** The mutation `correctLinguistically`. For: the Secretariat. */
  | 'CORRECT_LINGUISTICALLY'
  /** The mutation `correctParty`. For: the Secretariat. */
  | 'CORRECT_PARTY'
  /** The mutation `correctPerson`. For: the person themself; or the Secretariat in person; or a technical administrator. */
  | 'CORRECT_PERSON'
  /** The mutation `correctProfile`. For: the person themself. */
  | 'CORRECT_PROFILE'
  /** The mutation `correctReference`. For: the Secretariat. */
  | 'CORRECT_REFERENCE'
  /** The mutation `decideProposal`. For: the Secretariat. */
  | 'DECIDE_PROPOSAL'
  /** The mutation `draftComment`. For: a delegate of a party that the round addresses. */
  | 'DRAFT_COMMENT'
  /** The mutation `draftProposal`. For: a delegate of a party other than the Secretariat. */
  | 'DRAFT_PROPOSAL'
  /** The mutation `dropActivity`. For: those who lead the group that the topic was given to; or those who lead the body (chair, co-chair or coordinator); or the Secretariat. */
  | 'DROP_ACTIVITY'
  /** The mutation `endAccreditation`. For: the focal point of the party in person, not somebody who represents it; or the delegate themself; or the Secretariat in person. */
  | 'END_ACCREDITATION'
  /** The mutation `endFunction`. For: the Secretariat in person. */
  | 'END_FUNCTION'
  /** The mutation `endRepresentation`. For: the focal point of either party in person, not somebody who represents it; or the Secretariat in person. */
  | 'END_REPRESENTATION'
  /** The mutation `extendRound`. For: those who lead the body (chair, co-chair or coordinator); or the Secretariat. */
  | 'EXTEND_ROUND'
  /** The mutation `grantRepresentation`. For: the focal point of the party in person, not somebody who represents it; or the Secretariat in person. */
  | 'GRANT_REPRESENTATION'
  /** The mutation `handOverSeat`. For: the focal point of the party in person, not somebody who represents it; or the Secretariat in person. */
  | 'HAND_OVER_SEAT'
  /** The mutation `importText`. For: the Secretariat. */
  | 'IMPORT_TEXT'
  /** The mutation `importWorkPlan`. For: the Secretariat. */
  | 'IMPORT_WORK_PLAN'
  /** The mutation `inviteDelegate`. For: the focal point of the party in person, not somebody who represents it; or the Secretariat in person. */
  | 'INVITE_DELEGATE'
  /** The mutation `issuePaper`. For: the Secretariat. */
  | 'ISSUE_PAPER'
  /** The mutation `issueVersion`. For: the Secretariat. */
  | 'ISSUE_VERSION'
  /** The mutation `joinBody`. For: a focal point who is a delegate of a party other than the Secretariat. */
  | 'JOIN_BODY'
  /** The mutation `leaveBody`. For: a focal point who is a delegate of a party other than the Secretariat. */
  | 'LEAVE_BODY'
  /** The mutation `objectToCorrection`. For: a delegate of a party other than the Secretariat. */
  | 'OBJECT_TO_CORRECTION'
  /** The mutation `openCycle`. For: the Secretariat. */
  | 'OPEN_CYCLE'
  /** The mutation `openLanguageVersion`. For: the Secretariat. */
  | 'OPEN_LANGUAGE_VERSION'
  /** The mutation `openRound`. For: those who lead the body (chair, co-chair or coordinator); or the Secretariat. */
  | 'OPEN_ROUND'
  /** The mutation `openServiceAccount`. For: the focal point of the party in person, not somebody who represents it; or the Secretariat in person. */
  | 'OPEN_SERVICE_ACCOUNT'
  /** The mutation `opposeComment`. For: a delegate of another party. */
  | 'OPPOSE_COMMENT'
  /** The mutation `proposeDisposition`. For: those who lead the body (chair, co-chair or coordinator); or the Secretariat. */
  | 'PROPOSE_DISPOSITION'
  /** The mutation `publishEdition`. For: the Secretariat. */
  | 'PUBLISH_EDITION'
  /** The mutation `recordDecision`. For: the Secretariat. */
  | 'RECORD_DECISION'
  /** The mutation `recordDisposition`. For: the Secretariat. */
  | 'RECORD_DISPOSITION'
  /** The mutation `recordSitting`. For: the Secretariat. */
  | 'RECORD_SITTING'
  /** The mutation `recordView`. For: those who lead the body (chair, co-chair or coordinator); or the Secretariat. */
  | 'RECORD_VIEW'
  /** The mutation `redateActivity`. For: those who lead the group that the topic was given to; or those who lead the body (chair, co-chair or coordinator); or the Secretariat. */
  | 'REDATE_ACTIVITY'
  /** The mutation `registerApplication`. For: the Secretariat in person; or a technical administrator. */
  | 'REGISTER_APPLICATION'
  /** The mutation `registerProposal`. For: the Secretariat. */
  | 'REGISTER_PROPOSAL'
  /** The mutation `releaseFocalPoint`. For: the focal point of the party in person, not somebody who represents it; or the Secretariat in person. */
  | 'RELEASE_FOCAL_POINT'
  /** The mutation `renumberVersion`. For: the Secretariat. */
  | 'RENUMBER_VERSION'
  /** The mutation `restateAmendment`. For: the focal point of its party. */
  | 'RESTATE_AMENDMENT'
  /** The mutation `restorePerson`. For: the Secretariat in person. */
  | 'RESTORE_PERSON'
  /** The mutation `retireApplication`. For: the Secretariat in person; or a technical administrator. */
  | 'RETIRE_APPLICATION'
  /** The mutation `reviseComment`. For: a delegate of its party. */
  | 'REVISE_COMMENT'
  /** The mutation `reviseProposal`. For: a delegate of its party. */
  | 'REVISE_PROPOSAL'
  /** The mutation `reviseProvision`. For: the Secretariat. */
  | 'REVISE_PROVISION'
  /** The mutation `revokeGrant`. For: the person who gave it. */
  | 'REVOKE_GRANT'
  /** The mutation `rotateApplicationSecret`. For: the Secretariat in person, for applications other than service accounts; or a technical administrator, for applications other than service accounts; or the focal point of the party in person, not somebody who represents it. */
  | 'ROTATE_APPLICATION_SECRET'
  /** An act without a mutation. For: whoever comes from the OpenID provider, which says to which party they belong. */
  | 'SEED_DELEGATE'
  /** The mutation `settleConflict`. For: the Secretariat. */
  | 'SETTLE_CONFLICT'
  /** The mutation `settleStructure`. For: the Secretariat. */
  | 'SETTLE_STRUCTURE'
  /** The mutation `signOutPerson`. For: the Secretariat in person; or a technical administrator. */
  | 'SIGN_OUT_PERSON'
  /** The mutation `startActivity`. For: those who lead the group that the topic was given to; or those who lead the body (chair, co-chair or coordinator); or the Secretariat. */
  | 'START_ACTIVITY'
  /** The mutation `submitComment`. For: the focal point of a party that the round addresses; other delegates draft, and the focal point clears. */
  | 'SUBMIT_COMMENT'
  /** The mutation `submitProposal`. For: the focal point of its party. */
  | 'SUBMIT_PROPOSAL'
  /** The mutation `supportComment`. For: a delegate of another party. */
  | 'SUPPORT_COMMENT'
  /** The mutation `suspendPerson`. For: the Secretariat in person; or a technical administrator who is another person. */
  | 'SUSPEND_PERSON'
  /** The mutation `translateProvision`. For: the Secretariat. */
  | 'TRANSLATE_PROVISION'
  /** The mutation `withdrawComment`. For: the focal point of its party. */
  | 'WITHDRAW_COMMENT'
  /** The mutation `withdrawInvitation`. For: the focal point of the party in person, not somebody who represents it; or the Secretariat in person. */
  | 'WITHDRAW_INVITATION'
  /** The mutation `withdrawProposal`. For: the focal point of its party. */
  | 'WITHDRAW_PROPOSAL';

/** Conditions on the activities to list. All that are given must hold; of a list of values one must be equal, and an empty list matches nothing. */
export type ActivityFilter = {
  /** Only activities of topics given to one of the intersessional groups with these ids. */
  groupId?: Array<string> | null | undefined;
  /** Only activities with evidence that they are done, or with false only the others. */
  hasEvidence?: boolean | null | undefined;
  /** Only activities whose last day is this one or later. */
  latestFrom?: string | null | undefined;
  /** Only activities whose last day is this one or earlier. */
  latestUntil?: string | null | undefined;
  /** Only activities that meet one of these 1 to 5 alternatives, besides the rest. */
  or?: Array<ActivityFilter> | null | undefined;
  /** Only activities of one of the work plans with these ids. */
  planId?: Array<string> | null | undefined;
  /** Only activities that name one of the parties with these ids as responsible. */
  responsiblePartyId?: Array<string> | null | undefined;
  /** Only activities in one of these statuses. */
  status?: Array<ActivityStatus> | null | undefined;
  /** Only activities whose description holds these words, in any case. */
  text?: string | null | undefined;
  /** Only activities with one of these timings today (UTC). */
  timing?: Array<ActivityTiming> | null | undefined;
  /** Only activities of one of the topics with these ids. */
  workItemId?: Array<string> | null | undefined;
};

/** Orders of activities. */
export type ActivityOrder =
  /** By last day of the period, those without one being before all, the earliest first. */
  | 'LATEST_ON_ASC'
  /** By last day of the period, those without one being before all, the latest first. */
  | 'LATEST_ON_DESC'
  /** By title of the plan, and in each plan as in the paper, in alphabetical order. */
  | 'PLAN_ASC'
  /** By title of the plan, and in each plan as in the paper, in reverse alphabetical order. */
  | 'PLAN_DESC';

/** What people reported about an activity. `ActivityTiming` says whether it is overdue. */
export type ActivityStatus =
  /** Declared done, with evidence. */
  | 'DONE'
  /** Given up, with a reason; it stays in the plan. */
  | 'DROPPED'
  /** Reported to have begun. */
  | 'IN_PROGRESS'
  /** Nobody has reported that it has begun. */
  | 'NOT_STARTED';

/** Where an activity stands today by the calendar (UTC). */
export type ActivityTiming =
  /** The last day is today or at most two weeks away. */
  | 'DUE_SOON'
  /** The last day is more than two weeks away. */
  | 'ON_TIME'
  /** The last day has passed, and the activity is neither done nor dropped. */
  | 'OVERDUE'
  /** Done or dropped, whatever the calendar says. */
  | 'SETTLED'
  /** Its period has no last day. */
  | 'UNDATED';

/** A party to admit. */
export type AdmitPartyInput = {
  /** Capacity in which the party takes part. */
  capacity: Capacity;
  /** Other names under which papers print the party, in upper or lower case. */
  furtherNames?: Array<string>;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** What sort of organization the party is. */
  kind: PartyKind;
  /** Full name, at most 200 characters. */
  name: string;
  /** Short name, unique, at most 40 characters. References of comments begin with it, as in 'Japan-3'. */
  shortName: string;
};

/** Either what a stale amendment asks for now, or that it is dropped. */
export type AmendmentAnswerInput =
  {   /** That it is dropped. */
  drop: DroppedAmendmentInput; restate?: never; }
  |  { drop?: never;   /** What it asks for now. */
  restate: RestatedAmendmentInput; };

/** One amendment of a proposal. */
export type AmendmentInput = {
  /** For MOVE only, permanent key of the provision after which it is to stand. */
  afterKey?: string | null | undefined;
  /** What it does to the provision. */
  kind: AmendmentKind;
  /** For ADD only, the level of a heading or depth of an item; without it, the one that its place suggests. */
  level?: number | null | undefined;
  /** For ADD only, its number, such as '2 bis', at most 40 characters; empty for none; without it, the one that its place suggests. */
  printedNumber?: string | null | undefined;
  /** Permanent key of the provision concerned. For ADD, of the provision before the new one; without it the new one stands at the beginning. */
  provisionKey?: string | null | undefined;
  /** For ADD only, the sort of unit; without it, the one that its place suggests. */
  unitKind?: UnitKind | null | undefined;
  /** For ADD and MODIFY only, the full new words of the provision, 1 to 20,000 characters. For MODIFY the printed number of the provision, if it was copied along, is left out. */
  wording?: string | null | undefined;
};

/** What an amendment does to a provision. */
export type AmendmentKind =
  /** Insert a new provision after the named one, or at the beginning of the text. */
  | 'ADD'
  /** Delete the named provision. */
  | 'DELETE'
  /** Give the named provision other words. */
  | 'MODIFY'
  /** Place the named provision after another one. */
  | 'MOVE';

/** The sort of program that an application is. It decides how the program authenticates and how people give consent. */
export type ApplicationKind =
  /** Runs in a browser and cannot keep a secret. */
  | 'BROWSER'
  /** Runs on a device without a browser; the person types a short code on another device. */
  | 'DEVICE'
  /** Runs on the device of a person, opens the system's browser and listens on a loopback address. */
  | 'NATIVE'
  /** A service account: authenticates by its secret, without a person, and is accredited for one party. */
  | 'SERVICE'
  /** Runs on a server of its own and keeps a secret. */
  | 'WEB';

/** A delegate to appoint as a focal point. */
export type AppointFocalPointInput = {
  /** Id of the accreditation of the delegate. */
  delegateId: string;
  /** Last day as a focal point; without it no end is set. */
  endsOn?: string | null | undefined;
  /** The `revision` of the object as the caller read it. The act is refused as STALE if it has changed since. */
  expectedRevision: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** First day as a focal point, today or later (UTC). */
  startsOn: string;
};

/** A function for a party to hold in a body. */
export type AppointFunctionInput = {
  /** Id of the body. */
  bodyId: string;
  /** Id of the delegate who holds it for the party; without it every delegate of the party does. */
  delegateId?: string | null | undefined;
  /** Last day of the function; without it no end is set. */
  endsOn?: string | null | undefined;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Which function it is. */
  kind: FunctionKind;
  /** Id of the party that holds it, of any capacity. */
  partyId: string;
  /** First day of the function. */
  startsOn: string;
};

/** A proposal to give to a group. */
export type AssignProposalInput = {
  /** Id of the group that is to consider it. */
  bodyId: string;
  /** The `revision` of the object as the caller read it. The act is refused as STALE if it has changed since. */
  expectedRevision: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Id of the proposal. */
  proposalId: string;
};

/** A topic to give to a group or to take back. */
export type AssignWorkItemInput = {
  /** The `revision` of the object as the caller read it. The act is refused as STALE if it has changed since. */
  expectedRevision: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Where it goes. */
  to: AssigneeInput;
  /** Id of the topic. */
  workItemId: string;
};

/** Either the group that a topic is given to, or that it is taken back. */
export type AssigneeInput =
  {   /** Id of an intersessional group of the plan's body. */
  bodyId: string; isNobody?: never; }
  |  { bodyId?: never;   /** True: the topic is with no group any more. False is refused. */
  isNobody: boolean; };

/** Conditions on the functions to list. All that are given must hold; of a list of values one must be equal, and an empty list matches nothing. */
export type BodyFunctionFilter = {
  /** Only functions in one of the bodies with these ids. */
  bodyId?: Array<string> | null | undefined;
  /** Only functions that one of the delegates with these ids holds for the party. */
  delegateId?: Array<string> | null | undefined;
  /** Only functions with a last day that is this one or later. */
  endsFrom?: string | null | undefined;
  /** Only functions with a last day that is this one or earlier. */
  endsUntil?: string | null | undefined;
  /** Only functions that were ended before their last day, or with false only the others. */
  hasEnded?: boolean | null | undefined;
  /** Only functions of one of these kinds. */
  kind?: Array<FunctionKind> | null | undefined;
  /** Only functions that meet one of these 1 to 5 alternatives, besides the rest. */
  or?: Array<BodyFunctionFilter> | null | undefined;
  /** Only functions of one of the parties with these ids. */
  partyId?: Array<string> | null | undefined;
  /** Only functions that begin on this day or later. */
  startsFrom?: string | null | undefined;
  /** Only functions that begin on this day or earlier. */
  startsUntil?: string | null | undefined;
};

/** Orders of functions. */
export type BodyFunctionOrder =
  /** By first day of the function, the earliest first. */
  | 'STARTS_ON_ASC'
  /** By first day of the function, the latest first. */
  | 'STARTS_ON_DESC';

/** The sort of a body, which says where it stands in the approval path. */
export type BodyKind =
  /** The supreme body, which approves and adopts. */
  | 'COUNCIL'
  /** A group that works between the sittings of its parent, led by coordinators and open to join at any time. */
  | 'INTERSESSIONAL_GROUP'
  /** The steering body between the technical committees and the Council. */
  | 'POLICY_COMMISSION'
  /** A standing committee, such as the PTC. */
  | 'TECHNICAL_COMMITTEE'
  /** A group with a mandate from a committee or the Council. */
  | 'WORKING_GROUP';

/** A round to call off. */
export type CancelRoundInput = {
  /** The `revision` of the object as the caller read it. The act is refused as STALE if it has changed since. */
  expectedRevision: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Why the round is called off; it goes into the journal. */
  reason: string;
  /** Id of the round. */
  roundId: string;
};

/** The capacity in which a party takes part. */
export type Capacity =
  /** A Member administration, or a customs or economic union with rights like those of a Member. */
  | 'MEMBER'
  /** A partner international organization or another recognised observer. */
  | 'OBSERVER'
  /** A body of industry or a company. */
  | 'PRIVATE_SECTOR'
  /** The Secretariat, which registers, issues, records and publishes, and does not decide. */
  | 'SECRETARIAT';

/** What became of an amendment in a later version than the one it was filed on. */
export type CarriedState =
  /** The text already says what it asks for. */
  | 'DONE'
  /** Its proponent dropped it. */
  | 'DROPPED'
  /** The words and places that it is about are untouched; it asks for the same as before. */
  | 'EXACT'
  /** Its proponent stated it anew on this version; the group has to view it anew. */
  | 'RESTATED'
  /** What it is about changed; its proponent has to restate or drop it. */
  | 'STALE';

/** A draft to clear and file. */
export type ClearCommentInput = {
  /** Id of the draft. */
  commentId: string;
  /** The `revision` of the object as the caller read it. The act is refused as STALE if it has changed since. */
  expectedRevision: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
};

/** Conditions on the applications to list. All that are given must hold; of a list of values one must be equal, and an empty list matches nothing. */
export type ClientApplicationFilter = {
  /** Only applications of one of these kinds. */
  kind?: Array<ApplicationKind> | null | undefined;
  /** Only applications that meet one of these 1 to 5 alternatives, besides the rest. */
  or?: Array<ClientApplicationFilter> | null | undefined;
  /** Only applications whose name holds these words, in capital or small letters. */
  text?: string | null | undefined;
};

/** Orders of applications. */
export type ClientApplicationOrder =
  /** By name, in alphabetical order. */
  | 'NAME_ASC'
  /** By name, in reverse alphabetical order. */
  | 'NAME_DESC';

/** A service account to close. */
export type CloseServiceAccountInput = {
  /** Id of the service account. */
  applicationId: string;
  /** The `revision` of the object as the caller read it. The act is refused as STALE if it has changed since. */
  expectedRevision: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Why, in words; it goes into the journal. */
  reason: string;
};

/** Conditions on the comments to list. All that are given must hold; of a list of values one must be equal, and an empty list matches nothing. */
export type CommentFilter = {
  /** Only comments that one of the delegates with these ids wrote. */
  authorId?: Array<string> | null | undefined;
  /** Only comments on a provision with everything inside it, or with false only the others. */
  coversSection?: boolean | null | undefined;
  /** Only comments first written before this instant. */
  draftedBefore?: string | null | undefined;
  /** Only comments first written at or after this instant. */
  draftedFrom?: string | null | undefined;
  /** Only comments with a disposition that the caller sees, or with false only the others. */
  hasDisposition?: boolean | null | undefined;
  /** Only comments that propose words, or with false only the others. */
  hasProposedWording?: boolean | null | undefined;
  /** Only comments that quote words, or with false only the others. */
  hasQuotation?: boolean | null | undefined;
  /** Only comments that were submitted, or with false only drafts. */
  isSubmitted?: boolean | null | undefined;
  /** Only comments that meet one of these 1 to 5 alternatives, besides the rest. */
  or?: Array<CommentFilter> | null | undefined;
  /** Only comments of one of the parties with these ids. */
  partyId?: Array<string> | null | undefined;
  /** Only comments on one of the provisions with these ids (not their permanent keys). */
  provisionId?: Array<string> | null | undefined;
  /** Only comments on provisions with one of these permanent keys. */
  provisionKey?: Array<string> | null | undefined;
  /** Only comments in one of the rounds with these ids. */
  roundId?: Array<string> | null | undefined;
  /** Only comments in one of these statuses. */
  status?: Array<CommentStatus> | null | undefined;
  /** Only comments submitted before this instant. */
  submittedBefore?: string | null | undefined;
  /** Only comments submitted at or after this instant. */
  submittedFrom?: string | null | undefined;
  /** Only comments whose text holds these words, in capital or small letters. */
  text?: string | null | undefined;
  /** Only comments in rounds on one of the versions with these ids. */
  textVersionId?: Array<string> | null | undefined;
  /** Only comments of one of these types. */
  type?: Array<CommentType> | null | undefined;
  /** Only comments with one of these verdicts in a disposition that the caller sees. */
  verdict?: Array<DispositionVerdict> | null | undefined;
};

/** Orders of comments. */
export type CommentOrder =
  /** By instant of writing, the earliest first. */
  | 'DRAFTED_AT_ASC'
  /** By instant of writing, the latest first. */
  | 'DRAFTED_AT_DESC'
  /** By place in the text, comments on the whole text being before its beginning, then by short name of the party and by number, from the beginning. */
  | 'POSITION_ASC'
  /** By place in the text, comments on the whole text being before its beginning, then by short name of the party and by number, from the end. */
  | 'POSITION_DESC'
  /** By instant of submission, drafts being before all others, the earliest first. */
  | 'SUBMITTED_AT_ASC'
  /** By instant of submission, drafts being before all others, the latest first. */
  | 'SUBMITTED_AT_DESC';

/** Where the handling of a comment stands; the answer itself is a `DispositionVerdict`. */
export type CommentStatus =
  /** An answer is recorded by the Secretariat. */
  | 'DISPOSED'
  /** An answer is proposed by those who lead the body or by the Secretariat. */
  | 'DISPOSITION_PROPOSED'
  /** Written for the party and not submitted; only the party sees it. */
  | 'DRAFT'
  /** Filed in the name of the party. Its words never change again. */
  | 'SUBMITTED'
  /** Taken back by its party before an answer was recorded. */
  | 'WITHDRAWN';

/** The sort of a comment. */
export type CommentType =
  /** On wording that does not change the substance. */
  | 'EDITORIAL'
  /** On the whole text; it needs no provision. */
  | 'GENERAL'
  /** On the translation or on terms. */
  | 'LINGUISTIC'
  /** A question to the group. */
  | 'QUESTION'
  /** On the substance of a provision. */
  | 'SUBSTANTIVE';

/** An activity to declare done. */
export type CompleteActivityInput = {
  /** Id of the activity. */
  activityId: string;
  /** Id of an issued version, a recorded decision or a completed round that shows it done. */
  evidenceId: string;
  /** The `revision` of the object as the caller read it. The act is refused as STALE if it has changed since. */
  expectedRevision: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
};

/** A round to declare complete. */
export type CompleteRoundInput = {
  /** The `revision` of the object as the caller read it. The act is refused as STALE if it has changed since. */
  expectedRevision: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Id of the round. */
  roundId: string;
};

/** A proposal to conclude the consideration of. */
export type ConcludeConsiderationInput = {
  /** The `revision` of the object as the caller read it. The act is refused as STALE if it has changed since. */
  expectedRevision: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Id of the proposal. */
  proposalId: string;
};

/** The place of a carried comment, to confirm as it was found or to name. */
export type ConfirmCarriedCommentInput = {
  /** Id of the comment. */
  commentId: string;
  /** The `revision` of the object as the caller read it. The act is refused as STALE if it has changed since. */
  expectedRevision: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Permanent key of the provision where the comment belongs now; without it, the one it is on. */
  provisionKey?: string | null | undefined;
  /** Words of that provision, in the version to which the comment was carried. Without them it is on the whole provision, or at the place that was found if no provision is given either. */
  quotation?: QuotationInput | null | undefined;
};

/** A co-sponsorship to confirm. */
export type ConfirmCoSponsorshipInput = {
  /** Id of the co-sponsorship (`CoSponsor`) of the own party. */
  coSponsorId: string;
  /** The `revision` of the proposal as the caller read it: these words are joined. */
  expectedRevision: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
};

/** Lines of the lineage of a version that are right, or that are to be put right. */
export type ConfirmLineageInput = {
  /** The `revision` of the object as the caller read it. The act is refused as STALE if it has changed since. */
  expectedRevision: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** The lines, each once, 1 to 1000. What no provision comes from any more gets a line DELETED that waits for confirmation. */
  lines: Array<LineageLineInput>;
  /** Id of the version, which is not issued. */
  textVersionId: string;
};

/** Sentences that the caller has read. */
export type ConfirmReadingInput = {
  /** Id of the consolidation. */
  consolidationId: string;
  /** Digests of the sentences, as the check gives them (`woven`), 1 to 500. */
  digests: Array<string>;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
};

/** What accepted changes compete for. */
export type ConflictKind =
  /** Words that would take a cell from a row of a table, or give it another one. */
  | 'CELLS'
  /** Several provisions at one place: which of them stand there, and in which order. */
  | 'ORDER'
  /** Different places for one provision, or a place after a provision that moves as well. */
  | 'PLACE'
  /** A provision or a section that one side deletes, and another side changes or moves. */
  | 'REMOVAL'
  /** Different words for one place of a provision, with no unchanged word between them. */
  | 'WORDS';

/** Where a conflict between accepted wordings stands. */
export type ConflictStatus =
  /** Nobody has settled which wording stands; the words of the base stand meanwhile. */
  | 'OPEN'
  /** The Secretariat has recorded the words that stand, and why. */
  | 'SETTLED';

/** An issued version to make the next version from. */
export type ConsolidateInput = {
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Label of the version to make, such as 'Draft of March 2019'. */
  label: string;
  /** Id of the issued version to start from. */
  textVersionId: string;
};

/** Conditions on the consolidations to list. All that are given must hold; of a list of values one must be equal, and an empty list matches nothing. */
export type ConsolidationFilter = {
  /** Only consolidations that start from one of the versions with these ids. */
  baseId?: Array<string> | null | undefined;
  /** Only consolidations of one of the instruments with these ids. */
  instrumentId?: Array<string> | null | undefined;
  /** Only consolidations that meet one of these 1 to 5 alternatives, besides the rest. */
  or?: Array<ConsolidationFilter> | null | undefined;
  /** Only consolidations started before this instant. */
  startedBefore?: string | null | undefined;
  /** Only consolidations started at or after this instant. */
  startedFrom?: string | null | undefined;
  /** Only consolidations that make one of the versions with these ids. */
  targetId?: Array<string> | null | undefined;
};

/** Orders of consolidations. */
export type ConsolidationOrder =
  /** By instant at which it was started, the earliest first. */
  | 'STARTED_AT_ASC'
  /** By instant at which it was started, the latest first. */
  | 'STARTED_AT_DESC';

/** Corrections of an application. A field that is left out stays as it is. */
export type CorrectApplicationInput = {
  /** Id of the application. */
  applicationId: string;
  /** The `revision` of the object as the caller read it. The act is refused as STALE if it has changed since. */
  expectedRevision: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Name that people are shown when they are asked for consent, 1 to 120 characters. */
  name?: string | null | undefined;
  /** What the application is for, at most 400 characters. */
  purpose?: string | null | undefined;
  /** Where people may be sent back, compared character by character: https; for WEB and BROWSER also http on 127.0.0.1, [::1] or localhost (that port only); for NATIVE also http on 127.0.0.1 or [::1] (any port), or a scheme of the maker's own. None for DEVICE. */
  redirectUris?: Array<string> | null | undefined;
  /** What it can be given at most. Taking one away revokes every grant. */
  scopes?: Array<Scope> | null | undefined;
  /** Addresses to which a browser may be sent back after signing out; same rules as `redirectUris`. */
  signOutUris?: Array<string> | null | undefined;
};

/** An error of typing, and the words that are right. */
export type CorrectEditoriallyInput = {
  /** The `revision` of the object as the caller read it. The act is refused as STALE if it has changed since. */
  expectedRevision: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Characters right before them, if they stand there several times. */
  prefix?: string;
  /** Permanent key of the provision. */
  provisionKey: string;
  /** Why it is an error, at most 2,000 characters. */
  reason: string;
  /** The words that are right, at most 200 characters. Figures and words of obligation, such as 'shall' and 'not', must stay as they are. */
  replacement: string;
  /** Characters right after them, if they stand there several times. */
  suffix?: string;
  /** Id of the version being made. */
  textVersionId: string;
  /** The words that are wrong, as they stand in the provision, at most 200 characters. */
  words: string;
};

/** Words of a translation, and the words that are right. */
export type CorrectLinguisticallyInput = {
  /** The `revision` of the object as the caller read it. The act is refused as STALE if it has changed since. */
  expectedRevision: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Characters right before them, if they stand there several times. */
  prefix?: string;
  /** Permanent key of the provision. */
  provisionKey: string;
  /** Why they are right, at most 2,000 characters. */
  reason: string;
  /** The words that are right, at most 2,000 characters. */
  replacement: string;
  /** Characters right after them, if they stand there several times. */
  suffix?: string;
  /** Id of the translation, which is not issued. */
  textVersionId: string;
  /** The words that are wrong, as they stand in the provision, at most 2,000 characters. */
  words: string;
};

/** Corrections of a party. A field that is left out stays as it is. */
export type CorrectPartyInput = {
  /** Capacity in which the party takes part. */
  capacity?: Capacity | null | undefined;
  /** The `revision` of the object as the caller read it. The act is refused as STALE if it has changed since. */
  expectedRevision: number;
  /** Names besides the full and the short name. The list takes the place of the one before. */
  furtherNames?: Array<string> | null | undefined;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** What sort of organization the party is. */
  kind?: PartyKind | null | undefined;
  /** Full name, at most 200 characters. */
  name?: string | null | undefined;
  /** Id of the party. */
  partyId: string;
  /** Why, in words; it goes into the journal. */
  reason: string;
  /** Short name, unique, at most 40 characters. */
  shortName?: string | null | undefined;
};

/** Corrections of a person. A field that is left out stays as it is. */
export type CorrectPersonInput = {
  /** E-mail address for letters. With another address the person is signed out everywhere, and for three days cannot choose a new password by letter. Nobody corrects their own. */
  email?: string | null | undefined;
  /** The `revision` of the object as the caller read it. The act is refused as STALE if it has changed since. */
  expectedRevision: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Full name, at most 200 characters. */
  name?: string | null | undefined;
  /** Id of the person or service account. */
  personId: string;
  /** Why, in words; it goes into the journal. */
  reason: string;
};

/** Changes of the own profile. A field that is left out stays as it is. */
export type CorrectProfileInput = {
  /** The `revision` of the object as the caller read it. The act is refused as STALE if it has changed since. */
  expectedRevision: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Language of letters and pages: 'en' or 'fr'. */
  language?: string | null | undefined;
  /** How often to be told what happened. */
  notices?: Notices | null | undefined;
  /** Id of the caller's own person. */
  personId: string;
  /** Time zone of letters and pages. */
  zone?: string | null | undefined;
};

/** A reference, and the words that are right. */
export type CorrectReferenceInput = {
  /** The `revision` of the object as the caller read it. The act is refused as STALE if it has changed since. */
  expectedRevision: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Characters right before it, if it stands there several times. */
  prefix?: string;
  /** Permanent key of the provision. */
  provisionKey: string;
  /** Why, at most 2,000 characters. The check shows it. */
  reason: string;
  /** The reference that is right, at most 200 characters; the same words if it is right as it stands. */
  replacement: string;
  /** Characters right after it, if it stands there several times. */
  suffix?: string;
  /** Id of the version being made. */
  textVersionId: string;
  /** The reference as it stands in the provision, such as 'paragraph 3', at most 200 characters. */
  words: string;
};

/** Why words of a version were corrected, other than by an accepted change. */
export type CorrectionKind =
  /** An error of typing or printing, which changes nothing of what was agreed. */
  | 'EDITORIAL'
  /** An error of one language version, which the others do not share. */
  | 'LINGUISTIC'
  /** The number in a reference, which follows the provision that it points to. */
  | 'REFERENCE';

/** Where a correction stands. */
export type CorrectionStatus =
  /** The words of the provision were settled or revised since, without it. */
  | 'LAPSED'
  /** A party objected, and the words that were corrected stand again, in this version or in the next one. */
  | 'OBJECTED'
  /** The corrected words stand in the version. */
  | 'STANDS';

/** The kind of a review. */
export type CycleKind =
  /** A review outside the regular ones. */
  | 'AD_HOC'
  /** A yearly review of parts of the text, which only the first version of the mechanism has. */
  | 'ANNUAL'
  /** The review of the whole text, every four years. */
  | 'PERIODIC';

/** A decision of a body on a proposal. */
export type DecideProposalInput = {
  /** Agenda item as printed; may be empty. */
  agendaItem?: string;
  /** The `revision` of the object as the caller read it. The act is refused as STALE if it has changed since. */
  expectedRevision: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Whether the report adds 'as appropriate' to the verb, which weakens it. */
  isAsAppropriate?: boolean;
  /** What the decision means. Refused if it contradicts the verb. */
  outcome: Outcome;
  /** Reference by which later texts cite it, such as 'PC0618b, para 12'; may be empty. */
  paragraph?: string;
  /** Id of the proposal. */
  proposalId: string;
  /** Id of a sitting of the body that decides next (`nextBody`). */
  sittingId: string;
  /** The decision in words, at most 20,000 characters. */
  text: string;
  /** The verb as printed, such as 'endorsed'. */
  verb: string;
};

/** Conditions on the decisions to list. All that are given must hold; of a list of values one must be equal, and an empty list matches nothing. */
export type DecisionFilter = {
  /** Only decisions of one of the bodies with these ids. */
  bodyId?: Array<string> | null | undefined;
  /** Only decisions that meet one of these 1 to 5 alternatives, besides the rest. */
  or?: Array<DecisionFilter> | null | undefined;
  /** Only decisions with one of these outcomes. */
  outcome?: Array<Outcome> | null | undefined;
  /** Only decisions recorded before this instant. */
  recordedBefore?: string | null | undefined;
  /** Only decisions recorded at or after this instant. */
  recordedFrom?: string | null | undefined;
  /** Only decisions of one of the sittings with these ids. */
  sittingId?: Array<string> | null | undefined;
  /** Only decisions on one of the objects with these ids. */
  subjectId?: Array<string> | null | undefined;
  /** Only decisions whose text holds these words, in capital or small letters. */
  text?: string | null | undefined;
};

/** Orders of decisions. */
export type DecisionOrder =
  /** By instant of recording, the earliest first. */
  | 'RECORDED_AT_ASC'
  /** By instant of recording, the latest first. */
  | 'RECORDED_AT_DESC';

/** Conditions on the accreditations to list. All that are given must hold; of a list of values one must be equal, and an empty list matches nothing. */
export type DelegateFilter = {
  /** Only those that were ended before their last day, or with false only the others. */
  hasEnded?: boolean | null | undefined;
  /** Only those of technical administrators, or with false only the others. */
  isAdministrator?: boolean | null | undefined;
  /** Only accreditations that meet one of these 1 to 5 alternatives, besides the rest. */
  or?: Array<DelegateFilter> | null | undefined;
  /** Only accreditations for one of the parties with these ids. */
  partyId?: Array<string> | null | undefined;
  /** Only accreditations of one of the persons with these ids. */
  personId?: Array<string> | null | undefined;
  /** Only those that begin on this day or later. */
  startsFrom?: string | null | undefined;
  /** Only those that begin on this day or earlier. */
  startsUntil?: string | null | undefined;
  /** Only accreditations of persons whose name holds these words, in capital or small letters. */
  text?: string | null | undefined;
};

/** Orders of accreditations. */
export type DelegateOrder =
  /** By first day of the accreditation, the earliest first. */
  | 'STARTS_ON_ASC'
  /** By first day of the accreditation, the latest first. */
  | 'STARTS_ON_DESC';

/** Whether an answer to a comment is proposed or recorded. */
export type DispositionStage =
  /** Proposed by those who lead the body or by the Secretariat; it can still change. */
  | 'PROPOSED'
  /** Recorded by the Secretariat; it is final. */
  | 'RECORDED';

/** The verdict on a comment. */
export type DispositionVerdict =
  /** Accepted as it stands; a proposed wording goes into the next version. */
  | 'ACCEPTED'
  /** Accepted with the wording in the disposition, which goes into the next version. */
  | 'ACCEPTED_WITH_MODIFICATION'
  /** Put off, with a reason. */
  | 'DEFERRED'
  /** Answered under another comment. */
  | 'DUPLICATE'
  /** Noted; the text does not change. */
  | 'NOTED'
  /** Not accepted, with a reason. */
  | 'NOT_ACCEPTED'
  /** Outside what the round asked for. */
  | 'OUT_OF_SCOPE'
  /** Passed to another body or another instrument. */
  | 'REFERRED';

/** A comment to write as a draft. */
export type DraftCommentInput = {
  /** Whether it is on the provision with everything inside it. Then it neither quotes nor proposes words. */
  coversSection?: boolean;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Words to put in place of the quoted words, or of the whole provision if none are quoted. Empty to delete the words. Words that stand there already are refused; the printed number of the whole provision, if it was copied along, is left out. */
  proposedWording?: string | null | undefined;
  /** Id of the provision in the version of the round (not its permanent key). Only a GENERAL comment may leave it out. */
  provisionId?: string | null | undefined;
  /** The words of the provision that it quotes; without it the comment is on the whole provision. */
  quotation?: QuotationInput | null | undefined;
  /** Why the wording is proposed; required with `proposedWording`. */
  reason?: string;
  /** Id of the round. */
  roundId: string;
  /** What the comment says, 1 to 20,000 characters. */
  text: string;
  /** What the comment is about. */
  type: CommentType;
};

/** A proposal to write as a draft. */
export type DraftProposalInput = {
  /** Amendments, at most 100; each is decided separately. */
  amendments: Array<AmendmentInput>;
  /** Ids of the parties that are to join as co-sponsors, at most 100. Each confirms through its own focal point. */
  coSponsorIds?: Array<string>;
  /** Id of the review cycle. */
  cycleId: string;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Whether the amendments may be taken apart. Otherwise they stand or wait together: while one of them competes with other changes, none of them stands. */
  isSeverable?: boolean;
  /** Why the text should change, 1 to 20,000 characters. */
  rationale: string;
  /** Id of the issued version that it asks to change. */
  textVersionId: string;
  /** Title, 1 to 300 characters. */
  title: string;
};

/** An activity to give up. */
export type DropActivityInput = {
  /** Id of the activity. */
  activityId: string;
  /** The `revision` of the object as the caller read it. The act is refused as STALE if it has changed since. */
  expectedRevision: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Why, in words; it goes into the journal. */
  reason: string;
};

/** That an amendment asks for nothing any more. */
export type DroppedAmendmentInput = {
  /** Why, 1 to 20,000 characters. */
  reason: string;
};

/** Conditions on the editions to list. All that are given must hold; of a list of values one must be equal, and an empty list matches nothing. */
export type EditionFilter = {
  /** Only editions adopted on this day or later. */
  adoptedFrom?: string | null | undefined;
  /** Only editions adopted on this day or earlier. */
  adoptedUntil?: string | null | undefined;
  /** Only editions of one of the instruments with these ids. */
  instrumentId?: Array<string> | null | undefined;
  /** Only editions that meet one of these 1 to 5 alternatives, besides the rest. */
  or?: Array<EditionFilter> | null | undefined;
  /** Only editions whose label holds these words, in capital or small letters. */
  text?: string | null | undefined;
};

/** Orders of editions. */
export type EditionOrder =
  /** By day of adoption, the earliest first. */
  | 'ADOPTED_ON_ASC'
  /** By day of adoption, the latest first. */
  | 'ADOPTED_ON_DESC';

/** An accreditation to end. */
export type EndAccreditationInput = {
  /** Id of the accreditation. */
  delegateId: string;
  /** Last day of the accreditation; without it the accreditation ends at once. */
  endsOn?: string | null | undefined;
  /** The `revision` of the object as the caller read it. The act is refused as STALE if it has changed since. */
  expectedRevision: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Why, in words; it goes into the journal. */
  reason: string;
};

/** A function to end. */
export type EndFunctionInput = {
  /** Last day of the function; without it the function ends at once. */
  endsOn?: string | null | undefined;
  /** The `revision` of the object as the caller read it. The act is refused as STALE if it has changed since. */
  expectedRevision: number;
  /** Id of the function. */
  functionId: string;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Why, in words; it goes into the journal. */
  reason: string;
};

/** A mandate to end. */
export type EndRepresentationInput = {
  /** Last day of the mandate; without it the mandate ends at once. */
  endsOn?: string | null | undefined;
  /** The `revision` of the object as the caller read it. The act is refused as STALE if it has changed since. */
  expectedRevision: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Why, in words; it goes into the journal. */
  reason: string;
  /** Id of the representation. */
  representationId: string;
};

/** How the text and the decisions disagree. */
export type ExceptionKind =
  /** A wording was accepted and does not stand in the text. */
  | 'ACCEPTED_BUT_UNCHANGED'
  /** Words changed without a decision behind them. */
  | 'CHANGED_WITHOUT_DECISION'
  /** Words were corrected as an error, other than by an accepted change. */
  | 'CORRECTED'
  /** A reference leads nowhere, or no longer to the provision that it pointed to. */
  | 'DANGLING_REFERENCE'
  /** A term is defined in other words, or no longer, and the text uses it. */
  | 'DEFINITION_CHANGED'
  /** A provision does not stand where an accepted amendment put it. */
  | 'MISPLACED'
  /** Some amendments of a proposal stand and others do not, and its proponent did not say that it may be parted. */
  | 'PROPOSAL_IN_PART'
  /** A wording was refused and stands in the text all the same. */
  | 'REFUSED_YET_CHANGED';

/** A later closing instant for a round. */
export type ExtendRoundInput = {
  /** New closing instant, later than the present one. */
  closesAt: string;
  /** The `revision` of the object as the caller read it. The act is refused as STALE if it has changed since. */
  expectedRevision: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Why the round is extended; everybody who sees the round sees it. */
  reason: string;
  /** Id of the round. */
  roundId: string;
};

/** A function in a body, held by a party of any capacity for a time. */
export type FunctionKind =
  /** Leads the sittings of the body. */
  | 'CHAIR'
  /** Leads the work of an intersessional group, by agreement of the parent body. */
  | 'COORDINATOR'
  /** Leads the sittings of the body together with another. */
  | 'CO_CHAIR'
  /** Writes the report and leads nothing. */
  | 'RAPPORTEUR';

/** A mandate for a party to speak on behalf of another. */
export type GrantRepresentationInput = {
  /** Id of the party that gets the mandate and speaks. */
  byPartyId: string;
  /** Last day of the mandate; without it no end is set. */
  endsOn?: string | null | undefined;
  /** Name of the letter or note in which the mandate was given, at most 400 characters. */
  evidence: string;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Id of the party that gives the mandate and is spoken for. */
  partyId: string;
  /** First day of the mandate. */
  startsOn: string;
};

/** The view of a group on one amendment; each amendment is considered separately. */
export type GroupView =
  /** The group agrees with the amendment. */
  | 'AGREED'
  /** The group will come back to the amendment, and gives a reason. */
  | 'DEFERRED'
  /** The group does not agree, and gives a reason. */
  | 'NOT_AGREED';

/** A seat to hand over to a successor. */
export type HandOverSeatInput = {
  /** Id of the accreditation that ends. */
  delegateId: string;
  /** E-mail address of the successor, for the letter with the link. */
  email: string;
  /** The `revision` of the object as the caller read it. The act is refused as STALE if it has changed since. */
  expectedRevision: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Full name of the successor, at most 200 characters. */
  name: string;
  /** Why, in words; it goes into the journal. */
  reason: string;
  /** First day of the successor. The old accreditation ends on the day before, at once if this is today. */
  startsOn: string;
};

/** Why a head of the journal was signed. */
export type HeadOccasion =
  /** The operator asked for a head. */
  | 'COMMAND'
  /** An edition was published. */
  | 'EDITION_PUBLISHED'
  /** A new key signs from this head on. */
  | 'KEY_ADDED'
  /** The closing instant of a comment round came. */
  | 'ROUND_CLOSED'
  /** A round was declared complete: every comment is answered. */
  | 'ROUND_COMPLETED'
  /** A version of a text was issued. */
  | 'VERSION_ISSUED';

/** A document to be read into the first or the next version of an instrument. */
export type ImportTextInput = {
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Label of the version. */
  label: string;
  /** Language of the text. */
  language?: string;
  /** The document in Markdown, at most 2,000,000 bytes: headings, numbered and nested items, tables, footnotes, boxes, code. */
  markdown: string;
  /** Mends of what is read, in their order; `readDocument` shows the result. */
  mends?: Array<MendInput>;
  /** Short title; an instrument is recognised by it. */
  shortTitle: string;
  /** Name of the document. */
  sourceName?: string;
  /** Full title of the instrument. */
  title: string;
  /** Id of the issued version of the original that the document translates. Needed for the first version of a language. */
  translatesId?: string | null | undefined;
};

/** A paper to read: a work plan and a chart of intersessional groups. */
export type ImportWorkPlanInput = {
  /** Short name of the body that the plan is for, at most 30 characters. */
  bodyShortName?: string;
  /** First day of new coordinators and members that the paper names. */
  decidedOn?: string;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** The paper in Markdown: a table of topics and activities, and a table of groups with their parties. */
  markdown: string;
  /** Short name of the parent of that body; used only if the body is new. */
  parentShortName?: string;
  /** Name of the paper; may be empty. */
  sourceName?: string;
  /** Title of a new plan; if empty the plan is named after the body. */
  title?: string;
};

/** Conditions on the instruments to list. All that are given must hold; of a list of values one must be equal, and an empty list matches nothing. */
export type InstrumentFilter = {
  /** Only instruments that meet one of these 1 to 5 alternatives, besides the rest. */
  or?: Array<InstrumentFilter> | null | undefined;
  /** Only instruments with one of these short titles. */
  shortTitle?: Array<string> | null | undefined;
  /** Only instruments whose full title holds these words, in any case. */
  text?: string | null | undefined;
};

/** Orders of instruments. */
export type InstrumentOrder =
  /** By short title, in alphabetical order. */
  | 'SHORT_TITLE_ASC'
  /** By short title, in reverse alphabetical order. */
  | 'SHORT_TITLE_DESC';

/** Conditions on the invitations to list. All that are given must hold; of a list of values one must be equal, and an empty list matches nothing. */
export type InvitationFilter = {
  /** Only invitations sent before this instant. */
  invitedBefore?: string | null | undefined;
  /** Only invitations sent at or after this instant. */
  invitedFrom?: string | null | undefined;
  /** Only invitations that were accepted, or with false only the others. */
  isAccepted?: boolean | null | undefined;
  /** Only invitations that were withdrawn, or with false only the others. */
  isWithdrawn?: boolean | null | undefined;
  /** Only invitations that meet one of these 1 to 5 alternatives, besides the rest. */
  or?: Array<InvitationFilter> | null | undefined;
  /** Only invitations for one of the parties with these ids. */
  partyId?: Array<string> | null | undefined;
};

/** Orders of invitations. */
export type InvitationOrder =
  /** By instant of the invitation, the earliest first. */
  | 'INVITED_AT_ASC'
  /** By instant of the invitation, the latest first. */
  | 'INVITED_AT_DESC';

/** A person to invite as a delegate. */
export type InviteDelegateInput = {
  /** E-mail address for the letter with the link. */
  email: string;
  /** Last day of the accreditation. Without it no end is set, which only somebody with an open accreditation may do. */
  endsOn?: string | null | undefined;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Whether the person would be a technical administrator, who sees no content; for the Secretariat only. */
  isAdministrator?: boolean;
  /** Whether the person would be a focal point, who clears and submits in the name of the party. */
  isFocalPoint?: boolean;
  /** Full name of the person, at most 200 characters. */
  name: string;
  /** Id of the party that the person would speak for. */
  partyId: string;
  /** First day of the accreditation, today or later (UTC). */
  startsOn: string;
};

/** The fault of a field. The docstring of each member names the parameters that come with it. */
export type IssueCode =
  /** The day lies behind the last day of the accreditation, `day`. */
  | 'ACCREDITATION_ENDS'
  /** A technical administrator is no focal point. */
  | 'ADMINISTRATOR_CLEARS_NOTHING'
  /** A technical administrator is accredited for the Secretariat. */
  | 'ADMINISTRATOR_OF_SECRETARIAT'
  /** A provision cannot stand after itself. */
  | 'AFTER_ITSELF'
  /** What the amendment (`amendment_id`) is about changed, and its proponent has neither restated nor dropped it. */
  | 'AMENDMENT_STALE'
  /** The version belongs to another instrument. */
  | 'ANOTHER_INSTRUMENT'
  /** A body of this kind (`kind`) decides; proposals are assigned to a group. */
  | 'BODY_DECIDES'
  /** There is no body of this short name (`name`). */
  | 'BODY_UNKNOWN'
  /** A party of this kind (`kind`) takes part in another capacity (`possible`). */
  | 'CAPACITY_UNFIT'
  /** A row of a table keeps the number of its cells (`cells`). */
  | 'CELLS_DIFFER'
  /** Changes that were chosen to stand exclude each other (`rivals`). */
  | 'CHANGES_EXCLUDE'
  /** The closing instant does not come after the opening instant. */
  | 'CLOSES_BEFORE_OPENING'
  /** The closing instant does not lie in the future. */
  | 'CLOSES_IN_PAST'
  /** Coordinators lead working groups and intersessional groups only. */
  | 'COORDINATORS_LEAD_GROUPS'
  /** These words were corrected already. */
  | 'CORRECTED_ALREADY'
  /** Too few or too many entries: 1 to `limit`. */
  | 'COUNT'
  /** The last day comes before the first. */
  | 'DAYS_REVERSED'
  /** The day does not lie between `earliest` and `latest`. */
  | 'DAY_OUT_OF_RANGE'
  /** The last day comes before the first, or before today. */
  | 'DAY_PASSED'
  /** The day comes before the earliest possible one (`earliest`). */
  | 'DAY_TOO_EARLY'
  /** A decision on this subject also moves it on: another act (`act`) is for that. */
  | 'DECIDES_OTHERWISE'
  /** The decision does not carry a change of this text. */
  | 'DECISION_UNFIT'
  /** The delegate cannot hold the function (`why`). */
  | 'DELEGATE_UNFIT'
  /** No sentence of the check has this digest. */
  | 'DIGEST_UNKNOWN'
  /** Nobody corrects their own address: another officer or a technical administrator does. */
  | 'EMAIL_IS_OWN'
  /** This is no e-mail address of at most `limit` characters. */
  | 'EMAIL_MALFORMED'
  /** A service account has no address. */
  | 'EMAIL_OF_PROGRAM'
  /** Another person has this address. */
  | 'EMAIL_TAKEN'
  /** The field is empty. */
  | 'EMPTY'
  /** It ends on `day` already. */
  | 'ENDS_ALREADY'
  /** Name an issued version, a recorded decision or a completed round. */
  | 'EVIDENCE_MISSING'
  /** An account that files has the scope comment, and read at most besides. */
  | 'FILES_WITH_COMMENT_ONLY'
  /** Only a focal point of the party itself lets a program file in its name. */
  | 'FILING_ALLOWED_BY_PARTY'
  /** The caller is a focal point until `day`, and gives no longer rights than that. */
  | 'FOCAL_POINT_UNTIL'
  /** A comment names a provision unless it is GENERAL. */
  | 'GENERAL_OR_PROVISION'
  /** Name an intersessional group of the body whose work plan this is. */
  | 'GROUP_UNFIT'
  /** An identifier was sent empty. */
  | 'IDENTIFIER_EMPTY'
  /** Another provision has this key; the same act has to say where that one comes from. */
  | 'KEY_IN_USE'
  /** No provision of the version has this permanent key. */
  | 'KEY_UNKNOWN'
  /** This kind is for another act (`act`). */
  | 'KIND_UNFIT'
  /** This is no language tag. */
  | 'LANGUAGE_MALFORMED'
  /** This is the language of the original (`language`). */
  | 'LANGUAGE_OF_ORIGINAL'
  /** The text is empty or too long: 1 to `limit` characters. */
  | 'LENGTH'
  /** Name the letter or note, in 1 to `limit` characters. */
  | 'LETTER_UNFIT'
  /** Nobody has confirmed where a provision (`provisionId`) comes from; `kind` and `likeness` in percent say more. */
  | 'LINEAGE_UNCERTAIN'
  /** Name a line of the lineage of this version, once. */
  | 'LINE_UNKNOWN'
  /** This version of the mechanism knows other kinds only (`known`). */
  | 'MECHANISM_KINDS'
  /** This version of the mechanism is not in force on that day. */
  | 'MECHANISM_NOT_IN_FORCE'
  /** A name stands on one line; `character` is the line end as U+ and its number. */
  | 'NAME_HAS_LINE_END'
  /** A name has plain spaces only; `character` is the other one as U+ and its number. */
  | 'NAME_HAS_OTHER_SPACE'
  /** A name has a character that cannot be seen; `character` is it as U+ and its number. */
  | 'NAME_HAS_UNSEEN'
  /** Another party, body or application has this name (`name`). */
  | 'NAME_TAKEN'
  /** A name has a character that turns the direction of writing; `character` is it as U+ and its number. */
  | 'NAME_TURNS'
  /** These values or words stand there already. */
  | 'NOTHING_CHANGES'
  /** What is of this kind (`kind`) has no such field. */
  | 'NOT_FOR_KIND'
  /** The value is none of those that are possible (`allowed`). */
  | 'NOT_ONE_OF'
  /** These words are no reference, or more than a reference. */
  | 'NO_REFERENCE'
  /** The character U+0000 cannot be stored. */
  | 'NUL'
  /** The second session number does not follow the first. */
  | 'NUMBERS_NOT_PAIRED'
  /** The number does not lie between `least` and `most`. */
  | 'NUMBER_OUT_OF_RANGE'
  /** Something else is on record (`was`); an import adds and never overwrites. */
  | 'ON_RECORD'
  /** Another period is on record (`was`); an import never overwrites it, and `redateActivity` moves it. */
  | 'ON_RECORD_PERIOD'
  /** The original is in another language (`language`): name the version that this translates. */
  | 'ORIGINAL_MISSING'
  /** Name an issued version of the original. */
  | 'ORIGINAL_UNFIT'
  /** The words of the comment no longer stand: quote those that are meant now. */
  | 'ORPHANED'
  /** A body is not its own parent. */
  | 'OWN_PARENT'
  /** The proponent itself, or a party named twice. */
  | 'PARTY_REPEATED'
  /** There is no such party that could do this. */
  | 'PARTY_UNFIT'
  /** A proposal (`proposalId`) is in another state (`status`) than APPROVED. */
  | 'PROPOSAL_WAITS'
  /** Name the provision: what is asked for (`kind`) needs one. */
  | 'PROVISION_MISSING'
  /** The provision does not stand in the version. */
  | 'PROVISION_UNKNOWN'
  /** The quoted words stand there more than once: add what comes directly before and after. */
  | 'QUOTATION_AMBIGUOUS'
  /** The quoted words do not stand in the provision. */
  | 'QUOTATION_NOT_FOUND'
  /** Say why. */
  | 'REASON_MISSING'
  /** An entry is there twice. */
  | 'REPEATED'
  /** A seat is handed over to another person. */
  | 'SAME_PERSON'
  /** The scope `administer` is for applications of the kind WEB only; others have one of `allowed`. */
  | 'SCOPE_ONLY_WEB'
  /** The Secretariat speaks for itself only. */
  | 'SECRETARIAT_FOR_ITSELF'
  /** There is one Secretariat, which stays it. */
  | 'SECRETARIAT_STAYS'
  /** A comment on a section as a whole names its first provision, and neither quotes nor proposes words. */
  | 'SECTION_AS_WHOLE'
  /** Nobody has confirmed reading a sentence (`words`) of a provision (`provisionKey`) by several parties. */
  | 'SENTENCE_UNREAD'
  /** A series has two capital letters. */
  | 'SERIES_MALFORMED'
  /** Name sources of sides of this conflict, each once. */
  | 'SIDES_UNKNOWN'
  /** The words (`words`) carry what was agreed: this is no error of typing. */
  | 'SUBSTANCE'
  /** Name at least one of those that are possible (`allowed`). */
  | 'TOO_FEW'
  /** The text is longer than `limit` characters. */
  | 'TOO_LONG'
  /** There are more than `limit` entries. */
  | 'TOO_MANY'
  /** Words (`words`) of a provision (`provisionKey`) and the decisions disagree; `kind` says how. */
  | 'UNEXPLAINED'
  /** The value cannot be taken; `why` says in English what is wanted. */
  | 'UNFIT'
  /** The document cannot be read; `why` says why in English, `row` and `column` where, if it is a table. */
  | 'UNREADABLE'
  /** A provision (`provisionId`) is not translated as it stands in the original (`words`). */
  | 'UNTRANSLATED'
  /** The printed verb (`verb`) means `possible` and not the `outcome`. */
  | 'VERB_MEANS'
  /** An extension ends later than the round does now. */
  | 'WINDOW_SHORTER'
  /** Give the wording that is accepted. */
  | 'WORDING_MISSING'
  /** A wording belongs to ACCEPTED_WITH_MODIFICATION only. */
  | 'WORDING_SUPERFLUOUS'
  /** The comment names no provision, so no wording can go into the text. */
  | 'WORDING_WITHOUT_PLACE'
  /** The comment proposes no wording: note it, or accept it with a modification that gives the words. */
  | 'WORDING_WITHOUT_PROPOSAL'
  /** This is not the name of a time zone. */
  | 'ZONE_UNKNOWN';

/** A version of a numbered meeting document to issue; the server gives the letter. */
export type IssuePaperInput = {
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Language of the paper: ar, en, fr, ru or es. Its letter is printed in the number. */
  language?: string;
  /** Number within the series, from 1 to 9999. */
  serial: number;
  /** Series: two capital letters, such as 'PC'. */
  series: string;
  /** Id of the sitting it is issued for; may be left out. */
  sittingId?: string | null | undefined;
  /** Id of the issued version of a text that it carries; may be left out. */
  textVersionId?: string | null | undefined;
  /** Title, 1 to 300 characters. */
  title: string;
};

/** A version to issue. */
export type IssueVersionInput = {
  /** The `revision` of the object as the caller read it. The act is refused as STALE if it has changed since. */
  expectedRevision: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Id of the version. */
  textVersionId: string;
};

/** A group for the own party to join. */
export type JoinBodyInput = {
  /** Id of a working group or an intersessional group. */
  bodyId: string;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
};

/** Conditions on the acts to follow. All that are given must hold; of a list of values one must be equal, and an empty list matches nothing. */
export type JournalEntryAddedFilter = {
  /** Only entries of one of these acts. */
  act?: Array<Act> | null | undefined;
  /** Only acts done for one of the parties with these ids. */
  partyId?: Array<string> | null | undefined;
  /** Only acts on one of the rounds with these ids, and on the comments in them. */
  roundId?: Array<string> | null | undefined;
  /** Only acts on one of the objects with these ids. */
  subjectId?: Array<string> | null | undefined;
};

/** Conditions on the journal entries to list. All that are given must hold; of a list of values one must be equal, and an empty list matches nothing. */
export type JournalEntryFilter = {
  /** Only entries of one of these acts. */
  act?: Array<Act> | null | undefined;
  /** Only acts before this instant. */
  actedBefore?: string | null | undefined;
  /** Only acts at or after this instant. */
  actedFrom?: string | null | undefined;
  /** Only acts of one of the delegates with these ids. */
  delegateId?: Array<string> | null | undefined;
  /** Only journal entries that meet one of these 1 to 5 alternatives, besides the rest. */
  or?: Array<JournalEntryFilter> | null | undefined;
  /** Only acts done for one of the parties with these ids. */
  partyId?: Array<string> | null | undefined;
  /** Only acts on one of the rounds with these ids, and on the comments in them. */
  roundId?: Array<string> | null | undefined;
  /** Only acts on one of the objects with these ids. */
  subjectId?: Array<string> | null | undefined;
};

/** Orders of journal entries. */
export type JournalEntryOrder =
  /** By instant of the act, the earliest first. */
  | 'ACTED_AT_ASC'
  /** By instant of the act, the latest first. */
  | 'ACTED_AT_DESC';

/** Conditions on the journal heads to list. All that are given must hold; of a list of values one must be equal, and an empty list matches nothing. */
export type JournalHeadFilter = {
  /** Only heads that were signed for one of these reasons. That of a round's close has its closing instant as `occurredAt`. */
  occasion?: Array<HeadOccasion> | null | undefined;
  /** Only journal heads that meet one of these 1 to 5 alternatives, besides the rest. */
  or?: Array<JournalHeadFilter> | null | undefined;
};

/** A group for the own party to leave. */
export type LeaveBodyInput = {
  /** Id of a working group or an intersessional group. */
  bodyId: string;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
};

/** How far a letter got on its way to a mailbox. */
export type LetterState =
  /** Given up, because ten attempts within hours failed. */
  | 'GIVEN_UP'
  /** Given up, because the mail server refused it for good. Most often the address is wrong. */
  | 'REFUSED'
  /** Handed to the mail server. That does not say that anybody has read it. */
  | 'SENT'
  /** Not sent yet, or to be tried again. */
  | 'WAITING';

/** Conditions on the lines of lineage to list. All that are given must hold; of a list of values one must be equal, and an empty list matches nothing. */
export type LineageFilter = {
  /** Only lines of one of these kinds. */
  kind?: Array<LineageKind> | null | undefined;
  /** Only lines that wait for a person, or with false only the others. */
  needsConfirmation?: boolean | null | undefined;
  /** Only lines of lineage that meet one of these 1 to 5 alternatives, besides the rest. */
  or?: Array<LineageFilter> | null | undefined;
};

/** Where a provision of an imported version comes from, or what became of one of the version before. */
export type LineageKind =
  /** Of the version before: it does not stand any more. */
  | 'DELETED'
  /** New: it has a key of its own. */
  | 'INSERTED'
  /** Of the version before: its words went into another provision, and its key ends. */
  | 'MERGED_INTO'
  /** The same provision at another place, reworded or not. */
  | 'MOVED'
  /** The same provision in other words, in the same order; in a translation, as far as its place and kind tell. */
  | 'REWORDED'
  /** Cut out of a provision that goes on beside it; it has a key of its own. */
  | 'SPLIT_FROM'
  /** The same words in the same order; in a translation, certainly the same provision by its place and number. */
  | 'UNCHANGED';

/** Where a provision of a version comes from. */
export type LineageLineInput = {
  /** `fromKey` of the line to confirm it; the key of another provision of the version before that no provision has, to give it this one; null if the provision is new. For a line about a provision that is gone null or its `fromKey`. */
  fromKey?: string | null | undefined;
  /** `provisionKey` of the line. */
  provisionKey: string;
};

/** How words of a paper are set off from the others. */
export type MarkKind =
  /** Bold, or strong emphasis. */
  | 'BOLD'
  /** Set as code, inside a line. */
  | 'CODE'
  /** Italics, or emphasis. */
  | 'ITALIC'
  /** Underlined. */
  | 'UNDERLINE';

/** Conditions on the versions of the mechanism to list. All that are given must hold; of a list of values one must be equal, and an empty list matches nothing. */
export type MechanismFilter = {
  /** Only versions of the mechanism that meet one of these 1 to 5 alternatives, besides the rest. */
  or?: Array<MechanismFilter> | null | undefined;
  /** Only versions in force from this day or a later one. */
  startsFrom?: string | null | undefined;
  /** Only versions in force from this day or an earlier one. */
  startsUntil?: string | null | undefined;
  /** Only versions whose title holds these words, in capital or small letters. */
  text?: string | null | undefined;
};

/** Orders of versions of the mechanism. */
export type MechanismOrder =
  /** By first day, the earliest first. */
  | 'STARTS_ON_ASC'
  /** By first day, the latest first. */
  | 'STARTS_ON_DESC';

/** What a mend does. */
export type MendAct =
  /** The next unit goes on with this one: its number and words follow those of this one. */
  | 'JOIN'
  /** The kind, the level or the number is another one. */
  | 'SET'
  /** From an offset on the words are a unit of their own, of the same kind and level. */
  | 'SPLIT';

/** A mend of what was read from a document, made before anything is stored. */
export type MendInput = {
  /** What to do. */
  act: MendAct;
  /** With SET: the kind; null leaves it. */
  kind?: UnitKind | null | undefined;
  /** With SET: the level; null leaves it. */
  level?: number | null | undefined;
  /** With SPLIT: where the second unit begins in the text, in Unicode code points from 0. */
  offset?: number | null | undefined;
  /** Place of the unit in reading order, from 1, once the mends before this one are made. */
  position: number;
  /** With SET: the number as printed; null leaves it, and with an empty one the old number is a word. */
  printedNumber?: string | null | undefined;
};

/** How often a person is to be told what happened. */
export type Notices =
  /** One notice for each event, when it happens. */
  | 'AT_ONCE'
  /** One notice a day for all events. */
  | 'DAILY'
  /** No notices; letters about the account itself are sent all the same. */
  | 'NONE';

/** A correction that the caller's party does not agree with. */
export type ObjectToCorrectionInput = {
  /** Id of the correction. */
  correctionId: string;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Why the party objects, at most 2,000 characters. */
  reason: string;
};

/** A review cycle to open. */
export type OpenCycleInput = {
  /** Last day on which proposals are taken; without it no end is set. */
  closesOn?: string | null | undefined;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Kind of the review, one of the `cycleKinds` of the mechanism. */
  kind: CycleKind;
  /** Id of the version of the mechanism in force on the first day. */
  mechanismId: string;
  /** First day on which proposals are taken. */
  opensOn: string;
  /** Title, 1 to 300 characters. */
  title: string;
};

/** A translation of which to make the next version. */
export type OpenLanguageVersionInput = {
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Id of the latest issued version in the language. */
  textVersionId: string;
};

/** A call for comments on an issued version. */
export type OpenRoundInput = {
  /** Capacities of the parties that are asked: at least one of MEMBER, OBSERVER and PRIVATE_SECTOR. */
  audience: Array<Capacity>;
  /** Id of the body that asks; those who lead it may open the round. */
  bodyId: string;
  /** Closing instant, in the future and after the opening instant; a comment at this instant is too late. */
  closesAt: string;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Opening instant; without it the round opens now. */
  opensAt?: string | null | undefined;
  /** Id of the issued version on which comments are asked for. */
  textVersionId: string;
  /** Title of the round. */
  title: string;
  /** When a party sees the comments of the others. */
  visibility?: RoundVisibility;
  /** Time zone in which the deadline is announced. */
  zone?: string;
};

/** A service account to open: a program that acts for a party by itself. */
export type OpenServiceAccountInput = {
  /** Last day, at most 365 days ahead. */
  endsOn: string;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Whether it files comments in the name of the party instead of drafting them. Only a focal point of the party may set it, and only with the scope COMMENT and without WRITE. */
  mayFile?: boolean;
  /** Name of the account, shown with '(service account)' after it. */
  name: string;
  /** Id of the party that it acts for. */
  partyId: string;
  /** What the account is for, at most 400 characters. */
  purpose: string;
  /** Scopes that it may use: READ, COMMENT and WRITE; for the Secretariat's own accounts READ, COMMENT and SECRETARIAT. */
  scopes: Array<Scope>;
};

/** A comment of another party to oppose. */
export type OpposeCommentInput = {
  /** Id of the comment. */
  commentId: string;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Why the own party opposes it; everybody who sees the comment sees it. */
  reason: string;
};

/** What a decision means, whatever verb is printed. */
export type Outcome =
  /** The body adopted the subject. */
  | 'ADOPTED'
  /** The body approved the subject. */
  | 'APPROVED'
  /** The body will come back to the subject. */
  | 'DEFERRED'
  /** The body endorsed the subject and passes it on to the next body. */
  | 'ENDORSED'
  /** The body gave guidance. */
  | 'GUIDANCE'
  /** The body took note, which is never an approval. */
  | 'NOTED'
  /** The body passed the subject to another body. */
  | 'REFERRED'
  /** The body sent the subject back to the group. */
  | 'RETURNED';

/** Conditions on the papers to list. All that are given must hold; of a list of values one must be equal, and an empty list matches nothing. */
export type PaperFilter = {
  /** Only papers issued before this instant. */
  issuedBefore?: string | null | undefined;
  /** Only papers issued at or after this instant. */
  issuedFrom?: string | null | undefined;
  /** Only papers in one of these languages. */
  language?: Array<string> | null | undefined;
  /** Only papers that meet one of these 1 to 5 alternatives, besides the rest. */
  or?: Array<PaperFilter> | null | undefined;
  /** Only papers with one of these serials; together with `series`, the versions of one document. */
  serial?: Array<number> | null | undefined;
  /** Only papers of one of these series, such as 'PC'. */
  series?: Array<string> | null | undefined;
  /** Only papers issued for one of the sittings with these ids. */
  sittingId?: Array<string> | null | undefined;
  /** Only papers whose title holds these words, in capital or small letters. */
  text?: string | null | undefined;
  /** Only papers that carry one of the versions with these ids. */
  textVersionId?: Array<string> | null | undefined;
};

/** Orders of papers. */
export type PaperOrder =
  /** By instant of issue, the earliest first. */
  | 'ISSUED_AT_ASC'
  /** By instant of issue, the latest first. */
  | 'ISSUED_AT_DESC'
  /** By series, serial and letter, the lowest first. */
  | 'NUMBER_ASC'
  /** By series, serial and letter, the highest first. */
  | 'NUMBER_DESC';

/** Conditions on the parties to list. All that are given must hold; of a list of values one must be equal, and an empty list matches nothing. */
export type PartyFilter = {
  /** Only parties of one of these capacities. */
  capacity?: Array<Capacity> | null | undefined;
  /** Only parties of one of these kinds. */
  kind?: Array<PartyKind> | null | undefined;
  /** Only parties that meet one of these 1 to 5 alternatives, besides the rest. */
  or?: Array<PartyFilter> | null | undefined;
  /** Only parties with one of these short names. */
  shortName?: Array<string> | null | undefined;
  /** Only parties whose full name holds these words, in capital or small letters. */
  text?: string | null | undefined;
};

/** The sort of a party. It is independent of the capacity: a union can take part as a Member or as an observer. */
export type PartyKind =
  /** A university or a research institution. */
  | 'ACADEMIC'
  /** A customs or economic union. */
  | 'CUSTOMS_UNION'
  /** An intergovernmental organization. */
  | 'INTERNATIONAL_ORGANIZATION'
  /** The customs administration of a Member of the organization. */
  | 'MEMBER_ADMINISTRATION'
  /** An association of industry, or a company. */
  | 'PRIVATE_SECTOR_BODY'
  /** The Secretariat of the organization. */
  | 'SECRETARIAT';

/** Orders of parties. */
export type PartyOrder =
  /** By full name, in alphabetical order. */
  | 'NAME_ASC'
  /** By full name, in reverse alphabetical order. */
  | 'NAME_DESC'
  /** By short name, in alphabetical order. */
  | 'SHORT_NAME_ASC'
  /** By short name, in reverse alphabetical order. */
  | 'SHORT_NAME_DESC';

/** Conditions on the persons to list. All that are given must hold; of a list of values one must be equal, and an empty list matches nothing. */
export type PersonFilter = {
  /** Only persons who are suspended, or with false only the others. */
  isSuspended?: boolean | null | undefined;
  /** Only persons that meet one of these 1 to 5 alternatives, besides the rest. */
  or?: Array<PersonFilter> | null | undefined;
  /** Only persons whose name holds these words, in capital or small letters. */
  text?: string | null | undefined;
};

/** Orders of persons. */
export type PersonOrder =
  /** By name, in alphabetical order. */
  | 'NAME_ASC'
  /** By name, in reverse alphabetical order. */
  | 'NAME_DESC';

/** How certain the place of a comment is in a version to which it was carried. */
export type PlaceState =
  /** The words changed or moved, and this is the likely place; its party has to confirm it. */
  | 'CARRIED'
  /** Its party confirmed the place, or named it. */
  | 'CONFIRMED'
  /** The words that it is about stand there untouched. */
  | 'EXACT'
  /** The words no longer stand in the text; its party has to name a place. */
  | 'ORPHAN';

/** A paper with a work plan, to be compared with what is on record. */
export type PreviewWorkPlanInput = {
  /** Short name of the body that the plan is for, at most 30 characters. */
  bodyShortName?: string;
  /** First day of new coordinators and members that the paper names. */
  decidedOn?: string;
  /** The paper in Markdown, as `importWorkPlan` takes it. */
  markdown: string;
  /** Short name of the parent of that body; used only if the body is new. */
  parentShortName?: string;
  /** Title of a new plan; if empty the plan is named after the body. */
  title?: string;
};

/** Conditions on the proposals to list. All that are given must hold; of a list of values one must be equal, and an empty list matches nothing. */
export type ProposalFilter = {
  /** Only proposals given to one of the groups with these ids. */
  bodyId?: Array<string> | null | undefined;
  /** Only proposals in one of the review cycles with these ids. */
  cycleId?: Array<string> | null | undefined;
  /** Only proposals in the register, or with false only the others. */
  hasNumber?: boolean | null | undefined;
  /** Only proposals whose amendments may be taken apart, or with false only the others. */
  isSeverable?: boolean | null | undefined;
  /** Only proposals that were submitted, or with false only drafts. */
  isSubmitted?: boolean | null | undefined;
  /** Only proposals that meet one of these 1 to 5 alternatives, besides the rest. */
  or?: Array<ProposalFilter> | null | undefined;
  /** Only proposals of one of the parties with these ids, the proponents. */
  partyId?: Array<string> | null | undefined;
  /** Only proposals in one of these statuses. */
  status?: Array<ProposalStatus> | null | undefined;
  /** Only proposals submitted before this instant. */
  submittedBefore?: string | null | undefined;
  /** Only proposals submitted at or after this instant. */
  submittedFrom?: string | null | undefined;
  /** Only proposals whose title holds these words, in capital or small letters. */
  text?: string | null | undefined;
  /** Only proposals filed on one of the versions with these ids. */
  textVersionId?: Array<string> | null | undefined;
};

/** Orders of proposals. */
export type ProposalOrder =
  /** By instant of writing, the earliest first. */
  | 'DRAFTED_AT_ASC'
  /** By instant of writing, the latest first. */
  | 'DRAFTED_AT_DESC'
  /** By number in the register, those without one being before all, the lowest first. */
  | 'NUMBER_ASC'
  /** By number in the register, those without one being before all, the highest first. */
  | 'NUMBER_DESC'
  /** By instant of submission, drafts being before all, the earliest first. */
  | 'SUBMITTED_AT_ASC'
  /** By instant of submission, drafts being before all, the latest first. */
  | 'SUBMITTED_AT_DESC';

/** Where an amendment proposal stands. */
export type ProposalStatus =
  /** The group agrees with at least one amendment, and the bodies of the approval path decide in turn. */
  | 'AGREED'
  /** The last body of the approval path approved or adopted it. */
  | 'APPROVED'
  /** Put off by the group or by a body; it can be given to a group again. */
  | 'DEFERRED'
  /** Being written; the proponent and the parties named as co-sponsors see it. */
  | 'DRAFT'
  /** Part of a published edition. */
  | 'IN_EDITION'
  /** The group agrees with no amendment, and none is deferred. */
  | 'NOT_AGREED'
  /** Entered in the register under a number and seen by every delegate. */
  | 'REGISTERED'
  /** Submitted by the focal point and seen by the Secretariat too. Its words never change again. */
  | 'SUBMITTED'
  /** Given to a group, which forms a view on each amendment. */
  | 'UNDER_CONSIDERATION'
  /** Taken back by the proponent. */
  | 'WITHDRAWN';

/** An answer to propose. */
export type ProposeDispositionInput = {
  /** The comment. */
  commentId: string;
  /** The `revision` of the object as the caller read it. The act is refused as STALE if it has changed since. */
  expectedRevision: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** The reason; required unless the verdict is ACCEPTED. */
  reason?: string;
  /** The answer. */
  verdict: DispositionVerdict;
  /** With ACCEPTED_WITH_MODIFICATION: the words that take the place of those proposed. */
  wording?: string | null | undefined;
};

/** What became of a provision from one version to the next. */
export type ProvisionChange =
  /** Not in the later version any more. */
  | 'DELETED'
  /** New in the later version. */
  | 'INSERTED'
  /** At another place among the provisions of both versions; in a redline with the same words, in a history or not. */
  | 'MOVED'
  /** The same words in the same place, under another printed number. */
  | 'RENUMBERED'
  /** Other words in the later version; it may be moved and renumbered as well. */
  | 'REWORDED'
  /** The same words, place and number in both versions. */
  | 'UNCHANGED';

/** Conditions on the provisions to list. All that are given must hold; of a list of values one must be equal, and an empty list matches nothing. */
export type ProvisionFilter = {
  /** Only provisions that stand in another one, or with false only those at the outermost level. */
  hasParent?: boolean | null | undefined;
  /** Only the provisions with these permanent keys. */
  key?: Array<string> | null | undefined;
  /** Only units of one of these sorts. */
  kind?: Array<UnitKind> | null | undefined;
  /** Only provisions that meet one of these 1 to 5 alternatives, besides the rest. */
  or?: Array<ProvisionFilter> | null | undefined;
  /** Only provisions directly in one of the provisions with these permanent keys, such as a section. */
  parentKey?: Array<string> | null | undefined;
  /** Only provisions with one of these printed numbers. */
  printedNumber?: Array<string> | null | undefined;
  /** Only provisions whose words hold these, in capital or small letters. */
  text?: string | null | undefined;
};

/** A number that is set by hand. The numbers after it in the same series go on from there. */
export type ProvisionNumberInput = {
  /** Number to be printed, such as '2 bis.', at most 40 characters; empty for none. */
  printedNumber: string;
  /** Permanent key of the provision. */
  provisionKey: string;
};

/** An adopted version to publish as an edition. */
export type PublishEditionInput = {
  /** Id of the Council's decision that adopted it. */
  decisionId: string;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Label, such as '2022 edition'. */
  label: string;
  /** Id of the issued version that was adopted. */
  textVersionId: string;
};

/** Words of a provision as the reader marked them; the server finds their place. */
export type QuotationInput = {
  /** The words, exactly as they stand in the provision. */
  exact: string;
  /** Characters directly before the words, to single out one of several places; may be empty. */
  prefix?: string;
  /** Characters directly after the words, to single out one of several places; may be empty. */
  suffix?: string;
};

/** On which objects a person may do an act, whatever their state and the calendar. */
export type Reach =
  /** On every object that the person sees. */
  | 'ALWAYS'
  /** On no object. */
  | 'NEVER'
  /** On some objects only, as the words of the act say. Examples are those of the own party, of bodies that the person leads and of rounds that address the party. */
  | 'ON_SOME';

/** A document to be read without storing it. */
export type ReadDocumentInput = {
  /** The document in Markdown, at most 2,000,000 bytes. */
  markdown: string;
  /** Mends to make of what is read, in their order. */
  mends?: Array<MendInput>;
};

/** What a body decided on a subject. */
export type RecordDecisionInput = {
  /** Agenda item as printed; may be empty. */
  agendaItem?: string;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Whether the report adds 'as appropriate' to the verb, which weakens it. */
  isAsAppropriate?: boolean;
  /** What the decision means. Refused if it contradicts the verb. */
  outcome: Outcome;
  /** Reference by which later texts cite it, such as 'PC0618b, para 12'; may be empty. */
  paragraph?: string;
  /** Id of the sitting at which it was decided. */
  sittingId: string;
  /** Id of the object that was decided on. It may be anything but a proposal; `decideProposal` is for those. */
  subjectId: string;
  /** The decision in words, at most 20,000 characters. */
  text: string;
  /** The verb as printed, such as 'endorsed'. */
  verb: string;
};

/** An answer to record. */
export type RecordDispositionInput = {
  /** Id of the comment. */
  commentId: string;
  /** The `revision` of the object as the caller read it. The act is refused as STALE if it has changed since. */
  expectedRevision: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Reason for the verdict; may be empty for ACCEPTED only. */
  reason?: string;
  /** Verdict on the comment. */
  verdict: DispositionVerdict;
  /** For ACCEPTED_WITH_MODIFICATION, the words that are accepted in place of those proposed; null for other verdicts. */
  wording?: string | null | undefined;
};

/** A meeting of a body. */
export type RecordSittingInput = {
  /** Id of the body that meets. */
  bodyId: string;
  /** Last day of the sitting. */
  endsOn: string;
  /** Session number, or the first of a pair. */
  firstNumber: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** City or building of the sitting. */
  place?: string;
  /** Second session number of a pair, the one after the first, such as 236 after 235. */
  secondNumber?: number | null | undefined;
  /** First day of the sitting. */
  startsOn: string;
};

/** A view of a group to record. */
export type RecordViewInput = {
  /** Id of the amendment. */
  amendmentId: string;
  /** The `revision` of the proposal as you read it. */
  expectedRevision: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Reason for the view; may be empty for AGREED only. */
  reason?: string;
  /** Whether the group agrees. */
  view: GroupView;
};

/** A new period for an activity. */
export type RedateActivityInput = {
  /** Id of the activity. */
  activityId: string;
  /** The `revision` of the object as the caller read it. The act is refused as STALE if it has changed since. */
  expectedRevision: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** New period in the printed form, such as 'May 2019', 'March/April 2019', 'Q3 2019' or 'until 2020'. */
  period: string;
  /** Why the period is changed; every delegate sees it. */
  reason: string;
};

/** Where a reference in a text leads. */
export type ReferenceStatus =
  /** To one of several provisions that have that number, and nothing tells which. */
  | 'AMBIGUOUS'
  /** Nowhere: no provision has that number, or no longer the one that it pointed to. */
  | 'DANGLING'
  /** To another instrument. */
  | 'EXTERNAL'
  /** To a provision of the same version. */
  | 'RESOLVED';

/** The reason for a refusal. */
export type RefusalCode =
  /** The act has been done already and cannot be done twice. */
  | 'ALREADY_DONE'
  /** What amendments are about changed in a later version, and their proponent has not restated or dropped them. */
  | 'AMENDMENTS_STALE'
  /** The quoted words stand several times in the provision, and `prefix` and `suffix` do not single one out. */
  | 'ANCHOR_AMBIGUOUS'
  /** The quoted words do not stand in the provision. */
  | 'ANCHOR_NOT_FOUND'
  /** Conflicts between accepted wordings are not settled. */
  | 'CONFLICTS_OPEN'
  /** The act needs a recorded decision, and there is none. */
  | 'DECISION_MISSING'
  /** Comments in the round have no recorded disposition. */
  | 'DISPOSITIONS_OPEN'
  /** The act needs evidence: an issued version, a decision or a completed round. */
  | 'EVIDENCE_REQUIRED'
  /** The act is for somebody else. */
  | 'FORBIDDEN'
  /** The idempotency key was used before with another input. */
  | 'IDEMPOTENCY_KEY_REUSED'
  /** The document cannot be read as what it should be, or is too large. */
  | 'IMPORT_UNREADABLE'
  /** Fields are missing or not well-formed. */
  | 'INVALID'
  /** Nobody has confirmed where provisions of the version come from (`lineage`). */
  | 'LINEAGE_UNCONFIRMED'
  /** The caller is signed in, but accredited for no party today, or not for the one in `Acting-As`. */
  | 'NOT_ACCREDITED'
  /** Another act of the same request was not possible, and the request asks for all or nothing. */
  | 'NOT_DONE'
  /** The object does not exist, or the caller does not see it. */
  | 'NOT_FOUND'
  /** The caller can speak for several parties and has to choose one with the header `Acting-As`. */
  | 'PARTY_NOT_CHOSEN'
  /** The words that a comment is about changed in a later version, and its party has not confirmed their place. */
  | 'PLACE_UNCONFIRMED'
  /** The input lacks a reason that the act needs. */
  | 'REASON_REQUIRED'
  /** The closing instant of the round has passed, or it was declared complete. */
  | 'ROUND_CLOSED'
  /** The round is not open yet, is still open for an act that has to wait, or was cancelled. */
  | 'ROUND_NOT_OPEN'
  /** The caller may do this, but the application in use lacks the scope for it. */
  | 'SCOPE_MISSING'
  /** Sentences stand by changes of several parties, and nobody has confirmed reading them. */
  | 'SENTENCES_UNREAD'
  /** The object was changed since the caller read it. */
  | 'STALE_REVISION'
  /** Provisions are not translated as they stand in the original (`translationDebt`). */
  | 'TRANSLATION_DEBT'
  /** Nobody is signed in. */
  | 'UNAUTHENTICATED'
  /** The text and the decisions disagree; the check (`reconciliation`) lists where. */
  | 'UNRECONCILED'
  /** The object is in a state that does not allow the act. */
  | 'WRONG_STATE';

/** The kind of a refusal, by which a client decides whether trying again can help. */
export type RefusalKind =
  /** Somebody else may do this act; `whoCan` of the available act says who. */
  | 'FORBIDDEN'
  /** The input is not well-formed; `issues` names every field at fault. */
  | 'INVALID'
  /** The object does not exist, or the caller does not see it; the two are never told apart. */
  | 'NOT_FOUND'
  /** The state of the object or the calendar does not allow the act; `unlocksAt` says from when, if that is known. */
  | 'NOT_NOW'
  /** The object was changed since the caller read it: read it again and let the person decide. */
  | 'STALE';

/** An application to register. */
export type RegisterApplicationInput = {
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** What sort of program it is; any but SERVICE. */
  kind: ApplicationKind;
  /** Name that people are shown when they are asked for consent, 1 to 120 characters. */
  name: string;
  /** What the application is for, at most 400 characters. */
  purpose: string;
  /** Addresses to which a browser may be sent back after consent, compared character by character: https; for WEB and BROWSER also http on 127.0.0.1, [::1] or localhost (that port only); for NATIVE also http on 127.0.0.1 or [::1] (any port), or a private scheme of the application. None for DEVICE. */
  redirectUris?: Array<string>;
  /** The most that it can be granted. */
  scopes: Array<Scope>;
  /** Addresses to which a browser may be sent back after signing out; same rules as `redirectUris`. */
  signOutUris?: Array<string>;
};

/** A submitted proposal to register. */
export type RegisterProposalInput = {
  /** The `revision` of the object as the caller read it. The act is refused as STALE if it has changed since. */
  expectedRevision: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Id of the proposal. */
  proposalId: string;
};

/** A focal point to release. */
export type ReleaseFocalPointInput = {
  /** Id of the accreditation of the delegate. */
  delegateId: string;
  /** Last day as a focal point; without it the function ends at once. */
  endsOn?: string | null | undefined;
  /** The `revision` of the object as the caller read it. The act is refused as STALE if it has changed since. */
  expectedRevision: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Why, in words; it goes into the journal. */
  reason: string;
};

/** A version that is being made, to be numbered without gaps. */
export type RenumberVersionInput = {
  /** The `revision` of the object as the caller read it. The act is refused as STALE if it has changed since. */
  expectedRevision: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Numbers that are set by hand, each provision once. */
  numbers?: Array<ProvisionNumberInput>;
  /** Id of the version being made. */
  textVersionId: string;
};

/** Conditions on the representations to list. All that are given must hold; of a list of values one must be equal, and an empty list matches nothing. */
export type RepresentationFilter = {
  /** Only mandates that one of the parties with these ids has. */
  byPartyId?: Array<string> | null | undefined;
  /** Only mandates that were ended before their last day, or with false only the others. */
  hasEnded?: boolean | null | undefined;
  /** Only representations that meet one of these 1 to 5 alternatives, besides the rest. */
  or?: Array<RepresentationFilter> | null | undefined;
  /** Only mandates that one of the parties with these ids gave. */
  partyId?: Array<string> | null | undefined;
  /** Only mandates that begin on this day or later. */
  startsFrom?: string | null | undefined;
  /** Only mandates that begin on this day or earlier. */
  startsUntil?: string | null | undefined;
};

/** Orders of representations. */
export type RepresentationOrder =
  /** By first day of the mandate, the earliest first. */
  | 'STARTS_ON_ASC'
  /** By first day of the mandate, the latest first. */
  | 'STARTS_ON_DESC';

/** A stale amendment to restate or to drop. */
export type RestateAmendmentInput = {
  /** Id of the amendment. */
  amendmentId: string;
  /** What becomes of it. */
  answer: AmendmentAnswerInput;
  /** The `revision` of the proposal as the caller read it. The act is refused as STALE if it has changed since. */
  expectedRevision: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
};

/** What an amendment asks for on the version to which it was carried. */
export type RestatedAmendmentInput = {
  /** For MOVE, permanent key of the provision after which it is to stand; without it, as before. */
  afterKey?: string | null | undefined;
  /** Permanent key of the provision concerned, as in `AmendmentInput`; without it, as before. */
  provisionKey?: string | null | undefined;
  /** Why, at most 20,000 characters; may be empty. */
  reason?: string;
  /** For MODIFY, the full new words on the version to which it was carried; for ADD, without it, as before. */
  wording?: string | null | undefined;
};

/** A suspended person to restore. */
export type RestorePersonInput = {
  /** The `revision` of the object as the caller read it. The act is refused as STALE if it has changed since. */
  expectedRevision: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Id of the person or service account. */
  personId: string;
  /** Why, in words; it goes into the journal. */
  reason: string;
};

/** An application to retire. */
export type RetireApplicationInput = {
  /** Id of the application. */
  applicationId: string;
  /** The `revision` of the object as the caller read it. The act is refused as STALE if it has changed since. */
  expectedRevision: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Why, in words; it goes into the journal. */
  reason: string;
};

/** Conditions on the review cycles to list. All that are given must hold; of a list of values one must be equal, and an empty list matches nothing. */
export type ReviewCycleFilter = {
  /** Only reviews of one of these kinds. */
  kind?: Array<CycleKind> | null | undefined;
  /** Only reviews under one of the versions of the mechanism with these ids. */
  mechanismId?: Array<string> | null | undefined;
  /** Only reviews that open on this day or later. */
  opensFrom?: string | null | undefined;
  /** Only reviews that open on this day or earlier. */
  opensUntil?: string | null | undefined;
  /** Only review cycles that meet one of these 1 to 5 alternatives, besides the rest. */
  or?: Array<ReviewCycleFilter> | null | undefined;
  /** Only reviews whose title holds these words, in capital or small letters. */
  text?: string | null | undefined;
};

/** Orders of review cycles. */
export type ReviewCycleOrder =
  /** By first day, the earliest first. */
  | 'OPENS_ON_ASC'
  /** By first day, the latest first. */
  | 'OPENS_ON_DESC';

/** What a draft says now; it takes the place of everything before. */
export type ReviseCommentInput = {
  /** Id of the draft. */
  commentId: string;
  /** Whether it is on the provision with everything inside it. Then it neither quotes nor proposes words. */
  coversSection?: boolean;
  /** The `revision` of the object as the caller read it. The act is refused as STALE if it has changed since. */
  expectedRevision: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Words to put in place of the quoted words, or of the whole provision if none are quoted. Empty to delete the words. Words that stand there already are refused; the printed number of the whole provision, if it was copied along, is left out. */
  proposedWording?: string | null | undefined;
  /** Id of the provision in the version of the round (not its permanent key). Only a GENERAL comment may leave it out. */
  provisionId?: string | null | undefined;
  /** The words of the provision that it quotes; without it the comment is on the whole provision. */
  quotation?: QuotationInput | null | undefined;
  /** Why the wording is proposed; required with `proposedWording`. */
  reason?: string;
  /** What the comment says, 1 to 20,000 characters. */
  text: string;
  /** What the comment is about. */
  type: CommentType;
};

/** What a draft says now; it takes the place of everything before. */
export type ReviseProposalInput = {
  /** Amendments, at most 100; each is decided separately. */
  amendments: Array<AmendmentInput>;
  /** Ids of the parties that are to join as co-sponsors, at most 100. Each confirms through its own focal point. */
  coSponsorIds?: Array<string>;
  /** The `revision` of the object as the caller read it. The act is refused as STALE if it has changed since. */
  expectedRevision: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Whether the amendments may be taken apart. Otherwise they stand or wait together: while one of them competes with other changes, none of them stands. */
  isSeverable?: boolean;
  /** Id of the draft. */
  proposalId: string;
  /** Why the text should change, 1 to 20,000 characters. */
  rationale: string;
  /** Title, 1 to 300 characters. */
  title: string;
};

/** New words for a provision of a version that is being made. */
export type ReviseProvisionInput = {
  /** Id of the consolidation. */
  consolidationId: string;
  /** Id of the recorded decision behind the revision. Without one the version cannot be issued. */
  decisionId?: string | null | undefined;
  /** The `revision` of the target version as the caller read it. The act is refused as STALE if it has changed since. */
  expectedRevision: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Permanent key of the provision. */
  provisionKey: string;
  /** Why the provision is revised. */
  reason: string;
  /** All words of the provision, at most 50,000 characters. */
  text: string;
};

/** A grant to revoke. */
export type RevokeGrantInput = {
  /** Id of one of the caller's own grants. */
  grantId: string;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
};

/** An application to give a new secret. */
export type RotateApplicationSecretInput = {
  /** Id of the application or service account. */
  applicationId: string;
  /** The `revision` of the object as the caller read it. The act is refused as STALE if it has changed since. */
  expectedRevision: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
};

/** Conditions on the rounds to list. All that are given must hold; of a list of values one must be equal, and an empty list matches nothing. */
export type RoundFilter = {
  /** Only rounds of one of the bodies with these ids. */
  bodyId?: Array<string> | null | undefined;
  /** Only rounds that close before this instant. */
  closesBefore?: string | null | undefined;
  /** Only rounds that close at or after this instant. */
  closesFrom?: string | null | undefined;
  /** Only rounds that open before this instant. */
  opensBefore?: string | null | undefined;
  /** Only rounds that open at or after this instant. */
  opensFrom?: string | null | undefined;
  /** Only rounds that meet one of these 1 to 5 alternatives, besides the rest. */
  or?: Array<RoundFilter> | null | undefined;
  /** Only rounds in one of these phases now. */
  phase?: Array<RoundPhase> | null | undefined;
  /** Only rounds in one of these statuses. */
  status?: Array<RoundStatus> | null | undefined;
  /** Only rounds whose title holds these words, in capital or small letters. */
  text?: string | null | undefined;
  /** Only rounds on one of the versions with these ids. */
  textVersionId?: Array<string> | null | undefined;
  /** Only rounds with one of these visibilities. */
  visibility?: Array<RoundVisibility> | null | undefined;
};

/** Orders of rounds. */
export type RoundOrder =
  /** By closing instant, the earliest first. */
  | 'CLOSES_AT_ASC'
  /** By closing instant, the latest first. */
  | 'CLOSES_AT_DESC'
  /** By opening instant, the earliest first. */
  | 'OPENS_AT_ASC'
  /** By opening instant, the latest first. */
  | 'OPENS_AT_DESC';

/** Where a round stands now, by its status and the server's clock. */
export type RoundPhase =
  /** The round was called off. */
  | 'CANCELLED'
  /** The closing instant has passed, and comments are being answered. */
  | 'CLOSED'
  /** The round was declared complete: every comment is answered. */
  | 'COMPLETED'
  /** The round takes comments. */
  | 'OPEN'
  /** The opening instant is still to come. */
  | 'PLANNED';

/** What people decided about a round. `RoundPhase` says where it stands now. */
export type RoundStatus =
  /** Called by those who lead the body or by the Secretariat, and not ended by them. */
  | 'CALLED'
  /** Called off by the Secretariat, with a reason. */
  | 'CANCELLED'
  /** Declared complete: every comment has a recorded disposition. */
  | 'COMPLETED';

/** When others than its own party and the Secretariat see a submitted comment. */
export type RoundVisibility =
  /** Sealed round: parties that the round addresses and those who lead the body see it from the closing instant on. */
  | 'AFTER_CLOSE'
  /** Parties that the round addresses and those who lead the body see it as soon as it is submitted. */
  | 'IMMEDIATE'
  /** Only those who lead the body see it, as soon as it is submitted. */
  | 'SECRETARIAT_AND_COORDINATORS';

/** What happened to the words of a run. */
export type RunKind =
  /** The words stand only before. */
  | 'DELETE'
  /** The words stand only after. */
  | 'INSERT'
  /** The words stand before and after. */
  | 'KEEP';

/** What a person lets an application do. In OAuth itself, in the parameter `scope` and in tokens, a scope is the same word in small letters: READ is 'read', OFFLINE_ACCESS is 'offline_access'. Every scope from READ to SECRETARIAT includes reading. */
export type Scope =
  /** Do the acts of a technical administrator on applications, service accounts and sign-ins. It shows no content. */
  | 'ADMINISTER'
  /** Draft, file, withdraw and support comments. */
  | 'COMMENT'
  /** Know the person's e-mail address (OpenID Connect). */
  | 'EMAIL'
  /** Go on while the person is away, until the grant is revoked (OpenID Connect). */
  | 'OFFLINE_ACCESS'
  /** Know who the person is (OpenID Connect). */
  | 'OPENID'
  /** Know the person's name, language and time zone (OpenID Connect). */
  | 'PROFILE'
  /** See what the person may see, and change nothing. */
  | 'READ'
  /** Do the acts that only the Secretariat does: admit, register, record, consolidate, issue, publish. */
  | 'SECRETARIAT'
  /** Do the other acts of delegates and coordinators, also when the Secretariat does them. They are on proposals, groups, rounds, the work plan, accreditations and one's own profile. */
  | 'WRITE';

/** The words that are to stand where accepted wordings collide. */
export type SettleConflictInput = {
  /** Id of the conflict. */
  conflictId: string;
  /** The `revision` of the object as the caller read it. The act is refused as STALE if it has changed since. */
  expectedRevision: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Why these words stand. The check shows it as the explanation for the other sides. */
  reason: string;
  /** Whether proposals whose change here does not stand may stand in part. Otherwise their other amendments do not stand either, unless the proponent said that they may be taken apart. */
  restStands?: boolean;
  /** Words that are to stand: those of one side, those of the base, or a compromise. */
  words: string;
};

/** The changes that are to stand where not all of them can. */
export type SettleStructureInput = {
  /** Id of the conflict. */
  conflictId: string;
  /** The `revision` of the object as the caller read it. The act is refused as STALE if it has changed since. */
  expectedRevision: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Why these changes stand. The check shows it as the explanation for the other sides. */
  reason: string;
  /** Whether proposals whose change here does not stand may stand in part. Otherwise their other amendments do not stand either, unless the proponent said that they may be taken apart. */
  restStands?: boolean;
  /** Ids of the comments and amendments (`source` of sides) that are to stand, at one place in this order; none of them: the base stands. */
  standingIds: Array<string>;
};

/** What is to stand: words where words compete, changes where places compete. */
export type SettlementOutcomeInput =
  {   /** Ids of the comments and amendments that would stand, in their order; none for the base. */
  standingIds: Array<string>; words?: never; }
  |  { standingIds?: never;   /** The words that would stand at the place of the conflict. */
  words: string; };

/** A person to sign out of everything. */
export type SignOutPersonInput = {
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Id of the person. */
  personId: string;
  /** Why, in words; it goes into the journal. */
  reason: string;
};

/** Conditions on the sittings to list. All that are given must hold; of a list of values one must be equal, and an empty list matches nothing. */
export type SittingFilter = {
  /** Only sittings of one of the bodies with these ids. */
  bodyId?: Array<string> | null | undefined;
  /** Only sittings that meet one of these 1 to 5 alternatives, besides the rest. */
  or?: Array<SittingFilter> | null | undefined;
  /** Only sittings that begin on this day or later. */
  startsFrom?: string | null | undefined;
  /** Only sittings that begin on this day or earlier. */
  startsUntil?: string | null | undefined;
};

/** Orders of sittings. */
export type SittingOrder =
  /** By first day of the sitting, the earliest first. */
  | 'STARTS_ON_ASC'
  /** By first day of the sitting, the latest first. */
  | 'STARTS_ON_DESC';

/** An activity to report as begun. */
export type StartActivityInput = {
  /** Id of the activity. */
  activityId: string;
  /** The `revision` of the object as the caller read it. The act is refused as STALE if it has changed since. */
  expectedRevision: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
};

/** A comment to write and file at once. */
export type SubmitCommentInput = {
  /** Whether it is on the provision with everything inside it. Then it neither quotes nor proposes words. */
  coversSection?: boolean;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Words to put in place of the quoted words, or of the whole provision if none are quoted. Empty to delete the words. Words that stand there already are refused; the printed number of the whole provision, if it was copied along, is left out. */
  proposedWording?: string | null | undefined;
  /** Id of the provision in the version of the round (not its permanent key). Only a GENERAL comment may leave it out. */
  provisionId?: string | null | undefined;
  /** The words of the provision that it quotes; without it the comment is on the whole provision. */
  quotation?: QuotationInput | null | undefined;
  /** Why the wording is proposed; required with `proposedWording`. */
  reason?: string;
  /** Id of the round. */
  roundId: string;
  /** What the comment says, 1 to 20,000 characters. */
  text: string;
  /** What the comment is about. */
  type: CommentType;
};

/** A draft to submit. */
export type SubmitProposalInput = {
  /** The `revision` of the object as the caller read it. The act is refused as STALE if it has changed since. */
  expectedRevision: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Id of the draft. */
  proposalId: string;
};

/** A comment of another party to support. */
export type SupportCommentInput = {
  /** Id of the comment. */
  commentId: string;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
};

/** A person to suspend. */
export type SuspendPersonInput = {
  /** The `revision` of the object as the caller read it. The act is refused as STALE if it has changed since. */
  expectedRevision: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Id of the person or service account. */
  personId: string;
  /** Why, in words; it goes into the journal. */
  reason: string;
};

/** Conditions on the corrections to list. All that are given must hold; of a list of values one must be equal, and an empty list matches nothing. */
export type TextCorrectionFilter = {
  /** Only corrections of one of these kinds. */
  kind?: Array<CorrectionKind> | null | undefined;
  /** Only corrections made before this instant. */
  madeBefore?: string | null | undefined;
  /** Only corrections made at or after this instant. */
  madeFrom?: string | null | undefined;
  /** Only corrections that meet one of these 1 to 5 alternatives, besides the rest. */
  or?: Array<TextCorrectionFilter> | null | undefined;
  /** Only corrections in one of these statuses. */
  status?: Array<CorrectionStatus> | null | undefined;
  /** Only corrections of one of the versions with these ids. */
  textVersionId?: Array<string> | null | undefined;
};

/** Orders of corrections. */
export type TextCorrectionOrder =
  /** By instant of the correction, the earliest first. */
  | 'MADE_AT_ASC'
  /** By instant of the correction, the latest first. */
  | 'MADE_AT_DESC';

/** The translation of a provision. */
export type TranslateProvisionInput = {
  /** The `revision` of the object as the caller read it. The act is refused as STALE if it has changed since. */
  expectedRevision: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Permanent key of the provision. */
  provisionKey: string;
  /** All words of the provision in the language of the translation, at most 50,000 characters; the cells of a table row joined by ' | ', as many as in the original. */
  text: string;
  /** Id of the translation, which is not issued. */
  textVersionId: string;
};

/** The sort of unit that a provision is. */
export type UnitKind =
  /** A heading that is numbered as an annex or an appendix. */
  | 'ANNEX'
  /** A heading, or a paragraph, that is numbered as an article. */
  | 'ARTICLE'
  /** A paragraph set apart from the text: a box or a block quotation. */
  | 'BOX'
  /** Lines kept exactly as written, line ends included. */
  | 'CODE'
  /** A footnote, inside the provision that carries its mark. Level 1, and 2 for its further paragraphs. */
  | 'FOOTNOTE'
  /** Any other heading; level 1 is the highest. */
  | 'HEADING'
  /** An item of a list, or a numbered paragraph; its level is 1. */
  | 'LIST_ITEM'
  /** A paragraph; its level is 0, or that of the item it stands in. */
  | 'PARAGRAPH'
  /** A heading that is numbered as a principle. */
  | 'PRINCIPLE'
  /** A heading that is numbered as a section, also by the sign §. */
  | 'SECTION'
  /** A heading that is numbered as a standard. */
  | 'STANDARD'
  /** An item inside an item; its level is the depth, from 2. */
  | 'SUB_ITEM'
  /** A table as a whole, above its rows; its text is the caption, empty if none is printed. */
  | 'TABLE'
  /** A row of a table; its cells are joined by ' | '. Its level is 1 in the first row and 2 below. */
  | 'TABLE_ROW'
  /** The title of the text: the one heading of the highest level, at the beginning, with headings below it. */
  | 'TITLE';

/** Where a version of a text stands. */
export type VersionStatus =
  /** Given up before it was issued. */
  | 'ABANDONED'
  /** Given out to every delegate. It never changes again. */
  | 'ISSUED'
  /** Being made by the Secretariat; seen by it and by those who lead a body. */
  | 'WORKING';

/** What the reader was not sure of. */
export type WarningKind =
  /** The unit seems to go on in a later one, over the end of a page. */
  | 'CONTINUED'
  /** Lines about the paper before its text. They were set aside and are in no unit. */
  | 'FRONT_MATTER'
  /** A page number, a footnote at the foot of a page or an ornament: of the page, not of the text. */
  | 'FURNITURE'
  /** The words look misread by a scanner. */
  | 'OCR_NOISE'
  /** The table that begins here seems to be the rest of the table before it. */
  | 'TABLE_CONTINUED'
  /** MarkedText are marked as struck or inserted: the paper is a draft that nobody has agreed to yet. */
  | 'TRACKED_CHANGE'
  /** A number is out of sequence, or something like a number was read as words. */
  | 'UNCERTAIN_NUMBER'
  /** A mark without its footnote, or a footnote without its mark. */
  | 'UNTIED_NOTE';

/** A comment or a draft to withdraw. */
export type WithdrawCommentInput = {
  /** Id of the comment. */
  commentId: string;
  /** The `revision` of the object as the caller read it. The act is refused as STALE if it has changed since. */
  expectedRevision: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
};

/** An invitation to withdraw. */
export type WithdrawInvitationInput = {
  /** The `revision` of the object as the caller read it. The act is refused as STALE if it has changed since. */
  expectedRevision: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Id of the invitation. */
  invitationId: string;
};

/** A proposal to withdraw. */
export type WithdrawProposalInput = {
  /** The `revision` of the object as the caller read it. The act is refused as STALE if it has changed since. */
  expectedRevision: number;
  /** Key that the client makes up for each act, 1 to 80 characters. Sending the same input again with the same key does nothing twice and returns the same object. */
  idempotencyKey: string;
  /** Id of the proposal. */
  proposalId: string;
};

/** Conditions on the work plans to list. All that are given must hold; of a list of values one must be equal, and an empty list matches nothing. */
export type WorkPlanFilter = {
  /** Only plans of one of the bodies with these ids. */
  bodyId?: Array<string> | null | undefined;
  /** Only work plans that meet one of these 1 to 5 alternatives, besides the rest. */
  or?: Array<WorkPlanFilter> | null | undefined;
  /** Only plans whose title holds these words, in capital or small letters. */
  text?: string | null | undefined;
};

/** Orders of work plans. */
export type WorkPlanOrder =
  /** By title, in alphabetical order. */
  | 'TITLE_ASC'
  /** By title, in reverse alphabetical order. */
  | 'TITLE_DESC';

/** Conditions on the bodies to list. All that are given must hold; of a list of values one must be equal, and an empty list matches nothing. */
export type WorkingBodyFilter = {
  /** Only bodies below another one, or with false only those at the top. */
  hasParent?: boolean | null | undefined;
  /** Only bodies of one of these kinds. */
  kind?: Array<BodyKind> | null | undefined;
  /** Only bodies that meet one of these 1 to 5 alternatives, besides the rest. */
  or?: Array<WorkingBodyFilter> | null | undefined;
  /** Only bodies directly below one of the bodies with these ids. */
  parentId?: Array<string> | null | undefined;
  /** Only bodies with one of these short names. */
  shortName?: Array<string> | null | undefined;
  /** Only bodies whose full name holds these words, in capital or small letters. */
  text?: string | null | undefined;
};

/** Orders of bodies. */
export type WorkingBodyOrder =
  /** By full name, in alphabetical order. */
  | 'NAME_ASC'
  /** By full name, in reverse alphabetical order. */
  | 'NAME_DESC'
  /** By short name, in alphabetical order. */
  | 'SHORT_NAME_ASC'
  /** By short name, in reverse alphabetical order. */
  | 'SHORT_NAME_DESC';

export type ActFieldsFragment = { __typename: 'AvailableAct', act: Act, isAllowed: boolean, code: RefusalCode | null, reason: string | null, rule: string | null, unlocksAt: string | null, whoCan: string };

export type ActivityFieldsFragment = { __typename: 'Activity', id: string, position: number, description: string, remarks: string | null, status: ActivityStatus, timing: ActivityTiming, slipDays: number, settledAt: string | null, revision: number, period: { __typename: 'Period', earliestOn: string | null, latestOn: string | null, label: string | null }, baseline: { __typename: 'Period', earliestOn: string | null, latestOn: string | null, label: string | null }, responsibles: { __typename: 'ResponsibleConnection', nodes: Array<{ __typename: 'Responsible', position: number, label: string, function: FunctionKind | null, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity } | null, body: { __typename: 'WorkingBody', id: string, shortName: string } | null }> }, evidence:
    | { __typename: 'Decision', id: string, outcome: Outcome }
    | { __typename: 'Round', id: string, title: string }
    | { __typename: 'TextVersion', id: string, label: string }
   | null };

export type AmendmentFieldsFragment = { __typename: 'Amendment', id: string, position: number, kind: AmendmentKind, provisionKey: string | null, afterKey: string | null, wording: string | null, unitKind: UnitKind | null, level: number | null, printedNumber: string | null, provision: { __typename: 'Provision', id: string, printedNumber: string | null, text: string } | null, after: { __typename: 'Provision', id: string, printedNumber: string | null, text: string } | null, carried: { __typename: 'CarriedAmendment', id: string, state: CarriedState, provisionKey: string | null, afterKey: string | null, wording: string | null, reason: string | null, decidedAt: string | null } | null, view: { __typename: 'AmendmentView', id: string, view: GroupView, reason: string | null, recordedAt: string, recordedBy: { __typename: 'Delegate', id: string, name: string } } | null };

export type ApplicationFieldsFragment = { __typename: 'ClientApplication', id: string, name: string, kind: ApplicationKind, purpose: string, redirectUris: Array<string>, signOutUris: Array<string>, scopes: Array<Scope>, endsOn: string | null, registeredAt: string, retiredAt: string | null, revision: number, party: { __typename: 'Party', id: string, shortName: string } | null };

export type ChangeBehindFieldsFragment = { __typename: 'ChangeBehind', kind: AmendmentKind, reason: string | null, source:
    | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
    | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
    | { __typename: 'TextCorrection', id: string }
   | null, party: { __typename: 'Party', id: string, shortName: string } | null, decision:
    | { __typename: 'AmendmentView', id: string, view: GroupView }
    | { __typename: 'Decision', id: string, outcome: Outcome }
    | { __typename: 'Disposition', id: string, verdict: DispositionVerdict }
    | { __typename: 'TextConflict', id: string }
    | { __typename: 'TextCorrection', id: string }
   | null };

type ChangeDecisionFields_AmendmentView_Fragment = { __typename: 'AmendmentView', id: string, view: GroupView };

type ChangeDecisionFields_Decision_Fragment = { __typename: 'Decision', id: string, outcome: Outcome };

type ChangeDecisionFields_Disposition_Fragment = { __typename: 'Disposition', id: string, verdict: DispositionVerdict };

type ChangeDecisionFields_TextConflict_Fragment = { __typename: 'TextConflict', id: string };

type ChangeDecisionFields_TextCorrection_Fragment = { __typename: 'TextCorrection', id: string };

export type ChangeDecisionFieldsFragment =
  | ChangeDecisionFields_AmendmentView_Fragment
  | ChangeDecisionFields_Decision_Fragment
  | ChangeDecisionFields_Disposition_Fragment
  | ChangeDecisionFields_TextConflict_Fragment
  | ChangeDecisionFields_TextCorrection_Fragment
;

export type CommentFieldsFragment = { __typename: 'Comment', id: string, number: number | null, type: CommentType, status: CommentStatus, revision: number, text: string, reason: string | null, proposedWording: string | null, coversSection: boolean, submittedAt: string | null, supportCount: number, round: { __typename: 'Round', id: string, title: string }, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, author: { __typename: 'Delegate', id: string, name: string }, provision: { __typename: 'Provision', id: string, key: string, printedNumber: string | null } | null, quotation: { __typename: 'QuotationPlace', exact: string, start: number, end: number } | null, receipt: { __typename: 'Receipt', reference: string, submittedAt: string, contentDigest: string, party: string, submittedBy: string, rule: string } | null, disposition: { __typename: 'Disposition', id: string, stage: DispositionStage, verdict: DispositionVerdict, reason: string | null, wording: string | null, decidedAt: string, decidedBy: { __typename: 'Delegate', id: string, name: string } } | null, carriedTo: { __typename: 'CarriedComment', id: string, state: PlaceState, score: number, start: number | null, end: number | null, quotedWords: string | null, words: string | null, decidedAt: string | null, provision: { __typename: 'Provision', id: string, key: string, printedNumber: string | null } | null, textVersion: { __typename: 'TextVersion', id: string, number: number } } | null };

export type ConflictFieldsFragment = { __typename: 'TextConflict', id: string, kind: ConflictKind, provisionKey: string, start: number, end: number, baseWords: string, status: ConflictStatus, settledWords: string | null, canStandInPart: boolean, reason: string | null, revision: number, consolidation: { __typename: 'Consolidation', id: string, target: { __typename: 'TextVersion', id: string, revision: number } }, prevailing: Array<
    | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
    | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
    | { __typename: 'TextCorrection', id: string }
  >, sides: { __typename: 'ConflictSideConnection', nodes: Array<{ __typename: 'ConflictSide', id: string, kind: AmendmentKind, placedKey: string | null, afterKey: string | null, words: string, source:
        | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
        | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
        | { __typename: 'TextCorrection', id: string }
       | null, party: { __typename: 'Party', id: string, shortName: string } | null }> } };

export type ConsolidationFieldsFragment = { __typename: 'Consolidation', id: string, startedAt: string, openConflictCount: number, base: { __typename: 'TextVersion', id: string, number: number }, target: { __typename: 'TextVersion', id: string, number: number, label: string, status: VersionStatus, language: string, revision: number, createdAt: string, issuedAt: string | null, instrument: { __typename: 'Instrument', id: string, shortTitle: string }, base: { __typename: 'TextVersion', id: string, number: number } | null }, conflicts: { __typename: 'TextConflictConnection', totalCount: number, nodes: Array<{ __typename: 'TextConflict', id: string, kind: ConflictKind, provisionKey: string, start: number, end: number, baseWords: string, status: ConflictStatus, settledWords: string | null, canStandInPart: boolean, reason: string | null, revision: number, consolidation: { __typename: 'Consolidation', id: string, target: { __typename: 'TextVersion', id: string, revision: number } }, prevailing: Array<
        | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
        | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
        | { __typename: 'TextCorrection', id: string }
      >, sides: { __typename: 'ConflictSideConnection', nodes: Array<{ __typename: 'ConflictSide', id: string, kind: AmendmentKind, placedKey: string | null, afterKey: string | null, words: string, source:
            | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
            | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
            | { __typename: 'TextCorrection', id: string }
           | null, party: { __typename: 'Party', id: string, shortName: string } | null }> } }> } };

export type CorrectionFieldsFragment = { __typename: 'TextCorrection', id: string, provisionKey: string, kind: CorrectionKind, status: CorrectionStatus, before: string, replacement: string, reason: string, madeAt: string, objectedAt: string | null, objection: string | null, textVersion: { __typename: 'TextVersion', id: string, revision: number }, madeBy: { __typename: 'Delegate', id: string, name: string }, objectingParty: { __typename: 'Party', id: string, shortName: string } | null };

export type DecisionFieldsFragment = { __typename: 'Decision', id: string, agendaItem: string | null, verb: string, isAsAppropriate: boolean, outcome: Outcome, text: string, paragraph: string | null, recordedAt: string, subject:
    | { __typename: 'Activity', id: string }
    | { __typename: 'Amendment', id: string }
    | { __typename: 'AmendmentView', id: string }
    | { __typename: 'AppliedChange', id: string }
    | { __typename: 'BodyFunction', id: string }
    | { __typename: 'BrowserSession', id: string }
    | { __typename: 'CarriedAmendment', id: string }
    | { __typename: 'CarriedComment', id: string }
    | { __typename: 'ClientApplication', id: string }
    | { __typename: 'CoSponsor', id: string }
    | { __typename: 'Comment', id: string }
    | { __typename: 'ConflictSide', id: string }
    | { __typename: 'Consolidation', id: string }
    | { __typename: 'Decision', id: string }
    | { __typename: 'Delegate', id: string }
    | { __typename: 'Disposition', id: string }
    | { __typename: 'Edition', id: string }
    | { __typename: 'Grant', id: string }
    | { __typename: 'Instrument', id: string }
    | { __typename: 'Invitation', id: string }
    | { __typename: 'JournalEntry', id: string }
    | { __typename: 'JournalHead', id: string }
    | { __typename: 'Lineage', id: string }
    | { __typename: 'Mandate', id: string }
    | { __typename: 'Mechanism', id: string }
    | { __typename: 'Membership', id: string }
    | { __typename: 'Opposition', id: string }
    | { __typename: 'Paper', id: string }
    | { __typename: 'Party', id: string }
    | { __typename: 'Person', id: string }
    | { __typename: 'Proposal', id: string }
    | { __typename: 'Provision', id: string }
    | { __typename: 'ProvisionReference', id: string }
    | { __typename: 'Redating', id: string }
    | { __typename: 'Representation', id: string }
    | { __typename: 'Responsible', id: string }
    | { __typename: 'ReviewCycle', id: string }
    | { __typename: 'Round', id: string }
    | { __typename: 'RoundExtension', id: string }
    | { __typename: 'Sitting', id: string }
    | { __typename: 'Support', id: string }
    | { __typename: 'TextConflict', id: string }
    | { __typename: 'TextCorrection', id: string }
    | { __typename: 'TextVersion', id: string }
    | { __typename: 'WorkItem', id: string }
    | { __typename: 'WorkPlan', id: string }
    | { __typename: 'WorkingBody', id: string }
   | null, sitting: { __typename: 'Sitting', id: string, firstNumber: number, secondNumber: number | null, startsOn: string, body: { __typename: 'WorkingBody', id: string, shortName: string, kind: BodyKind } } };

export type DelegateFieldsFragment = { __typename: 'Delegate', id: string, name: string, email: string | null, isFocalPoint: boolean, focalPointStartsOn: string | null, focalPointEndsOn: string | null, isAdministrator: boolean, startsOn: string, endsOn: string | null, endedAt: string | null, revision: number, person: { __typename: 'Person', id: string, name: string }, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, predecessor: { __typename: 'Delegate', id: string, name: string } | null };

export type ExceptionFieldsFragment = { __typename: 'ReconciliationException', kind: ExceptionKind, provisionKey: string, words: string | null, explanation: string | null, source:
    | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
    | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
    | { __typename: 'TextCorrection', id: string }
   | null };

export type FunctionFieldsFragment = { __typename: 'BodyFunction', id: string, kind: FunctionKind, startsOn: string, endsOn: string | null, endedAt: string | null, revision: number, body: { __typename: 'WorkingBody', id: string, shortName: string }, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, delegate: { __typename: 'Delegate', id: string, name: string } | null };

export type InvitationFieldsFragment = { __typename: 'Invitation', id: string, name: string, email: string, isFocalPoint: boolean, isAdministrator: boolean, startsOn: string, endsOn: string | null, invitedAt: string, expiresAt: string, acceptedAt: string | null, withdrawnAt: string | null, letter: LetterState | null, revision: number, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, predecessor: { __typename: 'Delegate', id: string, name: string } | null, invitedBy: { __typename: 'Delegate', id: string, name: string }, delegate: { __typename: 'Delegate', id: string, name: string } | null };

export type MembershipFieldsFragment = { __typename: 'Membership', id: string, joinedOn: string, leftOn: string | null, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, body: { __typename: 'WorkingBody', id: string, shortName: string } };

export type PaperFieldsFragment = { __typename: 'Paper', id: string, reference: string, series: string, serial: number, letter: string, language: string, title: string, issuedAt: string, sitting: { __typename: 'Sitting', id: string, firstNumber: number, secondNumber: number | null, startsOn: string, endsOn: string, body: { __typename: 'WorkingBody', id: string, shortName: string } } | null, textVersion: { __typename: 'TextVersion', id: string, number: number, label: string, status: VersionStatus, language: string, revision: number, createdAt: string, issuedAt: string | null, instrument: { __typename: 'Instrument', id: string, shortTitle: string }, base: { __typename: 'TextVersion', id: string, number: number } | null } | null };

export type PartyFieldsFragment = { __typename: 'Party', id: string, name: string, shortName: string, kind: PartyKind, capacity: Capacity, printedNames: Array<string>, revision: number };

export type PeriodFieldsFragment = { __typename: 'Period', earliestOn: string | null, latestOn: string | null, label: string | null };

export type PersonFieldsFragment = { __typename: 'Person', id: string, name: string, email: string | null, language: string | null, zone: string | null, notices: Notices | null, suspendedAt: string | null, revision: number | null };

export type ProposalFieldsFragment = { __typename: 'Proposal', id: string, number: number | null, title: string, rationale: string, status: ProposalStatus, nextBody: BodyKind | null, revision: number, draftedAt: string, submittedAt: string | null, registeredAt: string | null, assignedAt: string | null, concludedAt: string | null, decidedAt: string | null, contentDigest: string | null, isSeverable: boolean, amendmentCount: number, viewCount: number, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, author: { __typename: 'Delegate', id: string, name: string }, submittedBy: { __typename: 'Delegate', id: string, name: string } | null, body: { __typename: 'WorkingBody', id: string, shortName: string } | null, cycle: { __typename: 'ReviewCycle', id: string, title: string, isOpen: boolean, mechanism: { __typename: 'Mechanism', id: string, approvalPath: Array<BodyKind> } }, textVersion: { __typename: 'TextVersion', id: string, number: number, label: string }, currentVersion: { __typename: 'TextVersion', id: string, number: number, label: string } };

export type ReconciliationFieldsFragment = { __typename: 'Reconciliation', isClean: boolean, woven: Array<{ __typename: 'WovenSentence', digest: string, provisionKey: string, words: string, readAt: string | null, readBy: { __typename: 'Delegate', id: string, name: string } | null }>, acceptedButUnchanged: Array<{ __typename: 'ReconciliationException', kind: ExceptionKind, provisionKey: string, words: string | null, explanation: string | null, source:
      | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
      | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
      | { __typename: 'TextCorrection', id: string }
     | null }>, changedWithoutDecision: Array<{ __typename: 'ReconciliationException', kind: ExceptionKind, provisionKey: string, words: string | null, explanation: string | null, source:
      | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
      | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
      | { __typename: 'TextCorrection', id: string }
     | null }>, refusedYetChanged: Array<{ __typename: 'ReconciliationException', kind: ExceptionKind, provisionKey: string, words: string | null, explanation: string | null, source:
      | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
      | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
      | { __typename: 'TextCorrection', id: string }
     | null }>, proposalInPart: Array<{ __typename: 'ReconciliationException', kind: ExceptionKind, provisionKey: string, words: string | null, explanation: string | null, source:
      | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
      | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
      | { __typename: 'TextCorrection', id: string }
     | null }>, misplaced: Array<{ __typename: 'ReconciliationException', kind: ExceptionKind, provisionKey: string, words: string | null, explanation: string | null, source:
      | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
      | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
      | { __typename: 'TextCorrection', id: string }
     | null }>, corrected: Array<{ __typename: 'ReconciliationException', kind: ExceptionKind, provisionKey: string, words: string | null, explanation: string | null, source:
      | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
      | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
      | { __typename: 'TextCorrection', id: string }
     | null }>, danglingReferences: Array<{ __typename: 'ReconciliationException', kind: ExceptionKind, provisionKey: string, words: string | null, explanation: string | null, source:
      | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
      | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
      | { __typename: 'TextCorrection', id: string }
     | null }>, definitionsChanged: Array<{ __typename: 'ReconciliationException', kind: ExceptionKind, provisionKey: string, words: string | null, explanation: string | null, source:
      | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
      | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
      | { __typename: 'TextCorrection', id: string }
     | null }> };

export type ReferenceFieldsFragment = { __typename: 'ProvisionReference', id: string, start: number, end: number, words: string, status: ReferenceStatus, instrumentName: string | null, targetKey: string | null, target: { __typename: 'Provision', id: string, printedNumber: string | null } | null, provision: { __typename: 'Provision', id: string, key: string, printedNumber: string | null } };

export type RefusalFieldsFragment = { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
    | { __typename: 'Activity', id: string }
    | { __typename: 'Amendment', id: string }
    | { __typename: 'AmendmentView', id: string }
    | { __typename: 'AppliedChange', id: string }
    | { __typename: 'BodyFunction', id: string }
    | { __typename: 'BrowserSession', id: string }
    | { __typename: 'CarriedAmendment', id: string }
    | { __typename: 'CarriedComment', id: string }
    | { __typename: 'ClientApplication', id: string }
    | { __typename: 'CoSponsor', id: string }
    | { __typename: 'Comment', id: string }
    | { __typename: 'ConflictSide', id: string }
    | { __typename: 'Consolidation', id: string }
    | { __typename: 'Decision', id: string }
    | { __typename: 'Delegate', id: string }
    | { __typename: 'Disposition', id: string }
    | { __typename: 'Edition', id: string }
    | { __typename: 'Grant', id: string }
    | { __typename: 'Instrument', id: string }
    | { __typename: 'Invitation', id: string }
    | { __typename: 'JournalEntry', id: string }
    | { __typename: 'JournalHead', id: string }
    | { __typename: 'Lineage', id: string }
    | { __typename: 'Mandate', id: string }
    | { __typename: 'Mechanism', id: string }
    | { __typename: 'Membership', id: string }
    | { __typename: 'Opposition', id: string }
    | { __typename: 'Paper', id: string }
    | { __typename: 'Party', id: string }
    | { __typename: 'Person', id: string }
    | { __typename: 'Proposal', id: string }
    | { __typename: 'Provision', id: string }
    | { __typename: 'ProvisionReference', id: string }
    | { __typename: 'Redating', id: string }
    | { __typename: 'Representation', id: string }
    | { __typename: 'Responsible', id: string }
    | { __typename: 'ReviewCycle', id: string }
    | { __typename: 'Round', id: string }
    | { __typename: 'RoundExtension', id: string }
    | { __typename: 'Sitting', id: string }
    | { __typename: 'Support', id: string }
    | { __typename: 'TextConflict', id: string }
    | { __typename: 'TextCorrection', id: string }
    | { __typename: 'TextVersion', id: string }
    | { __typename: 'WorkItem', id: string }
    | { __typename: 'WorkPlan', id: string }
    | { __typename: 'WorkingBody', id: string }
   | null };

export type RepresentationFieldsFragment = { __typename: 'Representation', id: string, evidence: string, startsOn: string, endsOn: string | null, endedAt: string | null, revision: number, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, byParty: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, grantedBy: { __typename: 'Delegate', id: string, name: string } };

export type RoundFieldsFragment = { __typename: 'Round', id: string, title: string, phase: RoundPhase, status: RoundStatus, opensAt: string, closesAt: string, zone: string, visibility: RoundVisibility, audience: Array<Capacity>, revision: number, commentCount: number, textVersion: { __typename: 'TextVersion', id: string, number: number, label: string }, body: { __typename: 'WorkingBody', id: string, shortName: string } };

export type RunSourceFieldsFragment = { __typename: 'RunSource', reason: string | null, source:
    | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
    | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
    | { __typename: 'TextCorrection', id: string }
   | null, decision:
    | { __typename: 'AmendmentView', id: string, view: GroupView }
    | { __typename: 'Decision', id: string, outcome: Outcome }
    | { __typename: 'Disposition', id: string, verdict: DispositionVerdict }
    | { __typename: 'TextConflict', id: string }
    | { __typename: 'TextCorrection', id: string }
   | null, party: { __typename: 'Party', id: string, shortName: string } | null, settledBy: { __typename: 'Delegate', id: string, name: string } | null };

type SourceFields_Amendment_Fragment = { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } };

type SourceFields_Comment_Fragment = { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } };

type SourceFields_TextCorrection_Fragment = { __typename: 'TextCorrection', id: string };

export type SourceFieldsFragment =
  | SourceFields_Amendment_Fragment
  | SourceFields_Comment_Fragment
  | SourceFields_TextCorrection_Fragment
;

export type StandingFieldsFragment = { __typename: 'Standing', id: string, isFocalPoint: boolean, isAdministrator: boolean, isOnBehalf: boolean, party: { __typename: 'Party', id: string, name: string, shortName: string, capacity: Capacity } | null, leads: Array<{ __typename: 'WorkingBody', id: string, shortName: string }> };

export type TextVersionFieldsFragment = { __typename: 'TextVersion', id: string, number: number, label: string, status: VersionStatus, language: string, revision: number, createdAt: string, issuedAt: string | null, instrument: { __typename: 'Instrument', id: string, shortTitle: string }, base: { __typename: 'TextVersion', id: string, number: number } | null };

export type WorkItemFieldsFragment = { __typename: 'WorkItem', id: string, number: number, title: string, revision: number, body: { __typename: 'WorkingBody', id: string, shortName: string } | null };

export type WorkPlanFieldsFragment = { __typename: 'WorkPlan', id: string, title: string, sourceName: string | null, importedAt: string | null, activityCount: number, overdueCount: number, body: { __typename: 'WorkingBody', id: string, shortName: string } };

export type WovenSentenceFieldsFragment = { __typename: 'WovenSentence', digest: string, provisionKey: string, words: string, readAt: string | null, readBy: { __typename: 'Delegate', id: string, name: string } | null };

export type ApplicationListQueryVariables = Exact<{
  filter?: ClientApplicationFilter | null | undefined;
  orderBy?: ClientApplicationOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ApplicationListQuery = { __typename: 'Query', clientApplications: { __typename: 'ClientApplicationConnection', totalCount: number, nodes: Array<{ __typename: 'ClientApplication', id: string, name: string, kind: ApplicationKind, purpose: string, redirectUris: Array<string>, signOutUris: Array<string>, scopes: Array<Scope>, endsOn: string | null, registeredAt: string, retiredAt: string | null, revision: number, registeredBy: { __typename: 'Delegate', id: string, name: string } | null, availableActs: Array<{ __typename: 'AvailableAct', act: Act, isAllowed: boolean, code: RefusalCode | null, reason: string | null, rule: string | null, unlocksAt: string | null, whoCan: string }>, party: { __typename: 'Party', id: string, shortName: string } | null }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type CloseServiceAccountMutationVariables = Exact<{
  input: CloseServiceAccountInput;
}>;


export type CloseServiceAccountMutation = { __typename: 'Mutation', closeServiceAccount:
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
    | { __typename: 'ServiceAccountClosed', application: { __typename: 'ClientApplication', id: string, name: string, kind: ApplicationKind, purpose: string, redirectUris: Array<string>, signOutUris: Array<string>, scopes: Array<Scope>, endsOn: string | null, registeredAt: string, retiredAt: string | null, revision: number, party: { __typename: 'Party', id: string, shortName: string } | null } }
   };

export type CorrectApplicationMutationVariables = Exact<{
  input: CorrectApplicationInput;
}>;


export type CorrectApplicationMutation = { __typename: 'Mutation', correctApplication:
    | { __typename: 'ApplicationCorrected', application: { __typename: 'ClientApplication', id: string, name: string, kind: ApplicationKind, purpose: string, redirectUris: Array<string>, signOutUris: Array<string>, scopes: Array<Scope>, endsOn: string | null, registeredAt: string, retiredAt: string | null, revision: number, party: { __typename: 'Party', id: string, shortName: string } | null } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type OpenServiceAccountMutationVariables = Exact<{
  input: OpenServiceAccountInput;
}>;


export type OpenServiceAccountMutation = { __typename: 'Mutation', openServiceAccount:
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
    | { __typename: 'ServiceAccountOpened', secret: string | null, application: { __typename: 'ClientApplication', id: string, name: string, kind: ApplicationKind, purpose: string, redirectUris: Array<string>, signOutUris: Array<string>, scopes: Array<Scope>, endsOn: string | null, registeredAt: string, retiredAt: string | null, revision: number, party: { __typename: 'Party', id: string, shortName: string } | null } }
   };

export type RegisterApplicationMutationVariables = Exact<{
  input: RegisterApplicationInput;
}>;


export type RegisterApplicationMutation = { __typename: 'Mutation', registerApplication:
    | { __typename: 'ApplicationRegistered', secret: string | null, application: { __typename: 'ClientApplication', id: string, name: string, kind: ApplicationKind, purpose: string, redirectUris: Array<string>, signOutUris: Array<string>, scopes: Array<Scope>, endsOn: string | null, registeredAt: string, retiredAt: string | null, revision: number, party: { __typename: 'Party', id: string, shortName: string } | null } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type RetireApplicationMutationVariables = Exact<{
  input: RetireApplicationInput;
}>;


export type RetireApplicationMutation = { __typename: 'Mutation', retireApplication:
    | { __typename: 'ApplicationRetired', application: { __typename: 'ClientApplication', id: string, name: string, kind: ApplicationKind, purpose: string, redirectUris: Array<string>, signOutUris: Array<string>, scopes: Array<Scope>, endsOn: string | null, registeredAt: string, retiredAt: string | null, revision: number, party: { __typename: 'Party', id: string, shortName: string } | null } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type RevokeGrantMutationVariables = Exact<{
  input: RevokeGrantInput;
}>;


export type RevokeGrantMutation = { __typename: 'Mutation', revokeGrant:
    | { __typename: 'GrantRevoked', grant: { __typename: 'Grant', id: string, scopes: Array<Scope>, grantedAt: string, revokedAt: string | null, revokedBecause: string | null, application: { __typename: 'ClientApplication', id: string, name: string } } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type RotateApplicationSecretMutationVariables = Exact<{
  input: RotateApplicationSecretInput;
}>;


export type RotateApplicationSecretMutation = { __typename: 'Mutation', rotateApplicationSecret:
    | { __typename: 'ApplicationSecretRotated', secret: string | null, application: { __typename: 'ClientApplication', id: string, name: string, kind: ApplicationKind, purpose: string, redirectUris: Array<string>, signOutUris: Array<string>, scopes: Array<Scope>, endsOn: string | null, registeredAt: string, retiredAt: string | null, revision: number, party: { __typename: 'Party', id: string, shortName: string } | null } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type SignOutPersonMutationVariables = Exact<{
  input: SignOutPersonInput;
}>;


export type SignOutPersonMutation = { __typename: 'Mutation', signOutPerson:
    | { __typename: 'PersonSignedOut', person: { __typename: 'Person', id: string, name: string } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type BodyDetailQueryVariables = Exact<{
  id: string;
}>;


export type BodyDetailQuery = { __typename: 'Query', workingBody: { __typename: 'WorkingBody', id: string, kind: BodyKind, name: string, shortName: string, number: number | null, parent: { __typename: 'WorkingBody', id: string, shortName: string } | null, successor: { __typename: 'WorkingBody', id: string, shortName: string } | null, children: { __typename: 'WorkingBodyConnection', nodes: Array<{ __typename: 'WorkingBody', id: string, kind: BodyKind, shortName: string, name: string }> }, mandates: { __typename: 'MandateConnection', nodes: Array<{ __typename: 'Mandate', id: string, terms: string, startsOn: string, endsOn: string | null }> }, memberships: { __typename: 'MembershipConnection', totalCount: number, nodes: Array<{ __typename: 'Membership', id: string, joinedOn: string, leftOn: string | null, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity } }> }, functions: { __typename: 'BodyFunctionConnection', nodes: Array<{ __typename: 'BodyFunction', id: string, kind: FunctionKind, startsOn: string, endsOn: string | null, endedAt: string | null, revision: number, body: { __typename: 'WorkingBody', id: string, shortName: string }, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, delegate: { __typename: 'Delegate', id: string, name: string } | null }> }, rounds: { __typename: 'RoundConnection', totalCount: number, nodes: Array<{ __typename: 'Round', id: string, title: string, phase: RoundPhase, closesAt: string, zone: string }> }, workPlan: { __typename: 'WorkPlan', id: string, title: string } | null, proposals: { __typename: 'ProposalConnection', totalCount: number, nodes: Array<{ __typename: 'Proposal', id: string, number: number | null, title: string, status: ProposalStatus }> }, availableActs: Array<{ __typename: 'AvailableAct', act: Act, isAllowed: boolean, code: RefusalCode | null, reason: string | null, rule: string | null, unlocksAt: string | null, whoCan: string }> } | null };

export type BodyListQueryVariables = Exact<{
  filter?: WorkingBodyFilter | null | undefined;
  orderBy?: WorkingBodyOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type BodyListQuery = { __typename: 'Query', workingBodies: { __typename: 'WorkingBodyConnection', totalCount: number, nodes: Array<{ __typename: 'WorkingBody', id: string, kind: BodyKind, name: string, shortName: string, number: number | null, parent: { __typename: 'WorkingBody', id: string, shortName: string } | null, successor: { __typename: 'WorkingBody', id: string, shortName: string } | null, mandates: { __typename: 'MandateConnection', nodes: Array<{ __typename: 'Mandate', id: string, terms: string, startsOn: string, endsOn: string | null }> }, functions: { __typename: 'BodyFunctionConnection', nodes: Array<{ __typename: 'BodyFunction', id: string, kind: FunctionKind, startsOn: string, endsOn: string | null, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity } }> }, memberships: { __typename: 'MembershipConnection', totalCount: number } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type DecisionListQueryVariables = Exact<{
  filter?: DecisionFilter | null | undefined;
  orderBy?: DecisionOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type DecisionListQuery = { __typename: 'Query', decisions: { __typename: 'DecisionConnection', totalCount: number, nodes: Array<{ __typename: 'Decision', id: string, agendaItem: string | null, verb: string, isAsAppropriate: boolean, outcome: Outcome, text: string, paragraph: string | null, recordedAt: string, subject:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null, sitting: { __typename: 'Sitting', id: string, firstNumber: number, secondNumber: number | null, startsOn: string, body: { __typename: 'WorkingBody', id: string, shortName: string, kind: BodyKind } } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type FunctionListQueryVariables = Exact<{
  filter?: BodyFunctionFilter | null | undefined;
  orderBy?: BodyFunctionOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type FunctionListQuery = { __typename: 'Query', bodyFunctions: { __typename: 'BodyFunctionConnection', totalCount: number, nodes: Array<{ __typename: 'BodyFunction', id: string, kind: FunctionKind, startsOn: string, endsOn: string | null, endedAt: string | null, revision: number, body: { __typename: 'WorkingBody', id: string, shortName: string }, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, delegate: { __typename: 'Delegate', id: string, name: string } | null }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type SittingDetailQueryVariables = Exact<{
  id: string;
}>;


export type SittingDetailQuery = { __typename: 'Query', sitting: { __typename: 'Sitting', id: string, firstNumber: number, secondNumber: number | null, startsOn: string, endsOn: string, place: string, decisionCount: number, body: { __typename: 'WorkingBody', id: string, shortName: string, kind: BodyKind }, decisions: { __typename: 'DecisionConnection', nodes: Array<{ __typename: 'Decision', id: string, agendaItem: string | null, verb: string, isAsAppropriate: boolean, outcome: Outcome, text: string, paragraph: string | null, recordedAt: string, subject:
          | { __typename: 'Activity', id: string }
          | { __typename: 'Amendment', id: string }
          | { __typename: 'AmendmentView', id: string }
          | { __typename: 'AppliedChange', id: string }
          | { __typename: 'BodyFunction', id: string }
          | { __typename: 'BrowserSession', id: string }
          | { __typename: 'CarriedAmendment', id: string }
          | { __typename: 'CarriedComment', id: string }
          | { __typename: 'ClientApplication', id: string }
          | { __typename: 'CoSponsor', id: string }
          | { __typename: 'Comment', id: string }
          | { __typename: 'ConflictSide', id: string }
          | { __typename: 'Consolidation', id: string }
          | { __typename: 'Decision', id: string }
          | { __typename: 'Delegate', id: string }
          | { __typename: 'Disposition', id: string }
          | { __typename: 'Edition', id: string }
          | { __typename: 'Grant', id: string }
          | { __typename: 'Instrument', id: string }
          | { __typename: 'Invitation', id: string }
          | { __typename: 'JournalEntry', id: string }
          | { __typename: 'JournalHead', id: string }
          | { __typename: 'Lineage', id: string }
          | { __typename: 'Mandate', id: string }
          | { __typename: 'Mechanism', id: string }
          | { __typename: 'Membership', id: string }
          | { __typename: 'Opposition', id: string }
          | { __typename: 'Paper', id: string }
          | { __typename: 'Party', id: string }
          | { __typename: 'Person', id: string }
          | { __typename: 'Proposal', id: string }
          | { __typename: 'Provision', id: string }
          | { __typename: 'ProvisionReference', id: string }
          | { __typename: 'Redating', id: string }
          | { __typename: 'Representation', id: string }
          | { __typename: 'Responsible', id: string }
          | { __typename: 'ReviewCycle', id: string }
          | { __typename: 'Round', id: string }
          | { __typename: 'RoundExtension', id: string }
          | { __typename: 'Sitting', id: string }
          | { __typename: 'Support', id: string }
          | { __typename: 'TextConflict', id: string }
          | { __typename: 'TextCorrection', id: string }
          | { __typename: 'TextVersion', id: string }
          | { __typename: 'WorkItem', id: string }
          | { __typename: 'WorkPlan', id: string }
          | { __typename: 'WorkingBody', id: string }
         | null, sitting: { __typename: 'Sitting', id: string, firstNumber: number, secondNumber: number | null, startsOn: string, body: { __typename: 'WorkingBody', id: string, shortName: string, kind: BodyKind } } }> }, availableActs: Array<{ __typename: 'AvailableAct', act: Act, isAllowed: boolean, code: RefusalCode | null, reason: string | null, rule: string | null, unlocksAt: string | null, whoCan: string }> } | null };

export type SittingListQueryVariables = Exact<{
  filter?: SittingFilter | null | undefined;
  orderBy?: SittingOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type SittingListQuery = { __typename: 'Query', sittings: { __typename: 'SittingConnection', totalCount: number, nodes: Array<{ __typename: 'Sitting', id: string, firstNumber: number, secondNumber: number | null, startsOn: string, endsOn: string, place: string, decisionCount: number, body: { __typename: 'WorkingBody', id: string, shortName: string } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type AppointFunctionMutationVariables = Exact<{
  input: AppointFunctionInput;
}>;


export type AppointFunctionMutation = { __typename: 'Mutation', appointFunction:
    | { __typename: 'FunctionAppointed', function: { __typename: 'BodyFunction', id: string, kind: FunctionKind, startsOn: string, endsOn: string | null, endedAt: string | null, revision: number, body: { __typename: 'WorkingBody', id: string, shortName: string }, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, delegate: { __typename: 'Delegate', id: string, name: string } | null } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type EndFunctionMutationVariables = Exact<{
  input: EndFunctionInput;
}>;


export type EndFunctionMutation = { __typename: 'Mutation', endFunction:
    | { __typename: 'FunctionEnded', function: { __typename: 'BodyFunction', id: string, kind: FunctionKind, startsOn: string, endsOn: string | null, endedAt: string | null, revision: number, body: { __typename: 'WorkingBody', id: string, shortName: string }, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, delegate: { __typename: 'Delegate', id: string, name: string } | null } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type JoinBodyMutationVariables = Exact<{
  input: JoinBodyInput;
}>;


export type JoinBodyMutation = { __typename: 'Mutation', joinBody:
    | { __typename: 'BodyJoined', membership: { __typename: 'Membership', id: string, joinedOn: string, leftOn: string | null, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, body: { __typename: 'WorkingBody', id: string, shortName: string } } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type LeaveBodyMutationVariables = Exact<{
  input: LeaveBodyInput;
}>;


export type LeaveBodyMutation = { __typename: 'Mutation', leaveBody:
    | { __typename: 'BodyLeft', membership: { __typename: 'Membership', id: string, joinedOn: string, leftOn: string | null, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, body: { __typename: 'WorkingBody', id: string, shortName: string } } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type RecordDecisionMutationVariables = Exact<{
  input: RecordDecisionInput;
}>;


export type RecordDecisionMutation = { __typename: 'Mutation', recordDecision:
    | { __typename: 'DecisionRecorded', decision: { __typename: 'Decision', id: string, agendaItem: string | null, verb: string, isAsAppropriate: boolean, outcome: Outcome, text: string, paragraph: string | null, recordedAt: string, subject:
          | { __typename: 'Activity', id: string }
          | { __typename: 'Amendment', id: string }
          | { __typename: 'AmendmentView', id: string }
          | { __typename: 'AppliedChange', id: string }
          | { __typename: 'BodyFunction', id: string }
          | { __typename: 'BrowserSession', id: string }
          | { __typename: 'CarriedAmendment', id: string }
          | { __typename: 'CarriedComment', id: string }
          | { __typename: 'ClientApplication', id: string }
          | { __typename: 'CoSponsor', id: string }
          | { __typename: 'Comment', id: string }
          | { __typename: 'ConflictSide', id: string }
          | { __typename: 'Consolidation', id: string }
          | { __typename: 'Decision', id: string }
          | { __typename: 'Delegate', id: string }
          | { __typename: 'Disposition', id: string }
          | { __typename: 'Edition', id: string }
          | { __typename: 'Grant', id: string }
          | { __typename: 'Instrument', id: string }
          | { __typename: 'Invitation', id: string }
          | { __typename: 'JournalEntry', id: string }
          | { __typename: 'JournalHead', id: string }
          | { __typename: 'Lineage', id: string }
          | { __typename: 'Mandate', id: string }
          | { __typename: 'Mechanism', id: string }
          | { __typename: 'Membership', id: string }
          | { __typename: 'Opposition', id: string }
          | { __typename: 'Paper', id: string }
          | { __typename: 'Party', id: string }
          | { __typename: 'Person', id: string }
          | { __typename: 'Proposal', id: string }
          | { __typename: 'Provision', id: string }
          | { __typename: 'ProvisionReference', id: string }
          | { __typename: 'Redating', id: string }
          | { __typename: 'Representation', id: string }
          | { __typename: 'Responsible', id: string }
          | { __typename: 'ReviewCycle', id: string }
          | { __typename: 'Round', id: string }
          | { __typename: 'RoundExtension', id: string }
          | { __typename: 'Sitting', id: string }
          | { __typename: 'Support', id: string }
          | { __typename: 'TextConflict', id: string }
          | { __typename: 'TextCorrection', id: string }
          | { __typename: 'TextVersion', id: string }
          | { __typename: 'WorkItem', id: string }
          | { __typename: 'WorkPlan', id: string }
          | { __typename: 'WorkingBody', id: string }
         | null, sitting: { __typename: 'Sitting', id: string, firstNumber: number, secondNumber: number | null, startsOn: string, body: { __typename: 'WorkingBody', id: string, shortName: string, kind: BodyKind } } } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type RecordSittingMutationVariables = Exact<{
  input: RecordSittingInput;
}>;


export type RecordSittingMutation = { __typename: 'Mutation', recordSitting:
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
    | { __typename: 'SittingRecorded', sitting: { __typename: 'Sitting', id: string, firstNumber: number, secondNumber: number | null, startsOn: string, endsOn: string, place: string, body: { __typename: 'WorkingBody', id: string, shortName: string } } }
   };

export type ComparisonOfVersionsQueryVariables = Exact<{
  baseId: string;
  textVersionId: string;
  isChanged?: boolean | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ComparisonOfVersionsQuery = { __typename: 'Query', comparison: { __typename: 'Redline', changedCount: number, textVersion: { __typename: 'TextVersion', id: string, number: number, label: string } | null, base: { __typename: 'TextVersion', id: string, number: number, label: string } | null, provisions: { __typename: 'RedlineProvisionConnection', totalCount: number, nodes: Array<{ __typename: 'RedlineProvision', key: string, change: ProvisionChange, printedNumber: string | null, numberBefore: string | null, numberAfter: string | null, before: string | null, after: string | null, sentences: Array<string>, move: { __typename: 'RedlineMove', oldAfterKey: string | null, newAfterKey: string | null, oldPlace: string, newPlace: string } | null, runs: Array<{ __typename: 'RedlineRun', kind: RunKind, text: string }> }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } } | null };

export type ConflictDetailQueryVariables = Exact<{
  ids: Array<string> | string;
}>;


export type ConflictDetailQuery = { __typename: 'Query', nodes: Array<
    | { __typename: 'Activity' }
    | { __typename: 'Amendment' }
    | { __typename: 'AmendmentView' }
    | { __typename: 'AppliedChange' }
    | { __typename: 'BodyFunction' }
    | { __typename: 'BrowserSession' }
    | { __typename: 'CarriedAmendment' }
    | { __typename: 'CarriedComment' }
    | { __typename: 'ClientApplication' }
    | { __typename: 'CoSponsor' }
    | { __typename: 'Comment' }
    | { __typename: 'ConflictSide' }
    | { __typename: 'Consolidation' }
    | { __typename: 'Decision' }
    | { __typename: 'Delegate' }
    | { __typename: 'Disposition' }
    | { __typename: 'Edition' }
    | { __typename: 'Grant' }
    | { __typename: 'Instrument' }
    | { __typename: 'Invitation' }
    | { __typename: 'JournalEntry' }
    | { __typename: 'JournalHead' }
    | { __typename: 'Lineage' }
    | { __typename: 'Mandate' }
    | { __typename: 'Mechanism' }
    | { __typename: 'Membership' }
    | { __typename: 'Opposition' }
    | { __typename: 'Paper' }
    | { __typename: 'Party' }
    | { __typename: 'Person' }
    | { __typename: 'Proposal' }
    | { __typename: 'Provision' }
    | { __typename: 'ProvisionReference' }
    | { __typename: 'Redating' }
    | { __typename: 'Representation' }
    | { __typename: 'Responsible' }
    | { __typename: 'ReviewCycle' }
    | { __typename: 'Round' }
    | { __typename: 'RoundExtension' }
    | { __typename: 'Sitting' }
    | { __typename: 'Support' }
    | { __typename: 'TextConflict', id: string, kind: ConflictKind, provisionKey: string, start: number, end: number, baseWords: string, status: ConflictStatus, settledWords: string | null, canStandInPart: boolean, reason: string | null, revision: number, availableActs: Array<{ __typename: 'AvailableAct', act: Act, isAllowed: boolean, code: RefusalCode | null, reason: string | null, rule: string | null, unlocksAt: string | null, whoCan: string }>, consolidation: { __typename: 'Consolidation', id: string, target: { __typename: 'TextVersion', id: string, revision: number } }, prevailing: Array<
        | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
        | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
        | { __typename: 'TextCorrection', id: string }
      >, sides: { __typename: 'ConflictSideConnection', nodes: Array<{ __typename: 'ConflictSide', id: string, kind: AmendmentKind, placedKey: string | null, afterKey: string | null, words: string, source:
            | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
            | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
            | { __typename: 'TextCorrection', id: string }
           | null, party: { __typename: 'Party', id: string, shortName: string } | null }> } }
    | { __typename: 'TextCorrection' }
    | { __typename: 'TextVersion' }
    | { __typename: 'WorkItem' }
    | { __typename: 'WorkPlan' }
    | { __typename: 'WorkingBody' }
   | null> };

export type ConsolidationDetailQueryVariables = Exact<{
  id: string;
}>;


export type ConsolidationDetailQuery = { __typename: 'Query', consolidation: { __typename: 'Consolidation', id: string, startedAt: string, openConflictCount: number, changes: { __typename: 'AppliedChangeConnection', totalCount: number, nodes: Array<{ __typename: 'AppliedChange', id: string, provisionKey: string, kind: AmendmentKind, start: number, end: number, replacement: string | null, afterKey: string | null, isApplied: boolean, source:
          | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
          | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
          | { __typename: 'TextCorrection', id: string }
         | null, decision:
          | { __typename: 'AmendmentView', id: string, view: GroupView }
          | { __typename: 'Decision', id: string, outcome: Outcome }
          | { __typename: 'Disposition', id: string, verdict: DispositionVerdict }
          | { __typename: 'TextConflict', id: string }
          | { __typename: 'TextCorrection', id: string }
         | null }> }, base: { __typename: 'TextVersion', id: string, number: number }, target: { __typename: 'TextVersion', id: string, number: number, label: string, status: VersionStatus, language: string, revision: number, createdAt: string, issuedAt: string | null, instrument: { __typename: 'Instrument', id: string, shortTitle: string }, base: { __typename: 'TextVersion', id: string, number: number } | null }, conflicts: { __typename: 'TextConflictConnection', totalCount: number, nodes: Array<{ __typename: 'TextConflict', id: string, kind: ConflictKind, provisionKey: string, start: number, end: number, baseWords: string, status: ConflictStatus, settledWords: string | null, canStandInPart: boolean, reason: string | null, revision: number, consolidation: { __typename: 'Consolidation', id: string, target: { __typename: 'TextVersion', id: string, revision: number } }, prevailing: Array<
          | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
          | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
          | { __typename: 'TextCorrection', id: string }
        >, sides: { __typename: 'ConflictSideConnection', nodes: Array<{ __typename: 'ConflictSide', id: string, kind: AmendmentKind, placedKey: string | null, afterKey: string | null, words: string, source:
              | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
              | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
              | { __typename: 'TextCorrection', id: string }
             | null, party: { __typename: 'Party', id: string, shortName: string } | null }> } }> } } | null, reconciliation: { __typename: 'Reconciliation', isClean: boolean, woven: Array<{ __typename: 'WovenSentence', digest: string, provisionKey: string, words: string, readAt: string | null, readBy: { __typename: 'Delegate', id: string, name: string } | null }>, acceptedButUnchanged: Array<{ __typename: 'ReconciliationException', kind: ExceptionKind, provisionKey: string, words: string | null, explanation: string | null, source:
        | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
        | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
        | { __typename: 'TextCorrection', id: string }
       | null }>, changedWithoutDecision: Array<{ __typename: 'ReconciliationException', kind: ExceptionKind, provisionKey: string, words: string | null, explanation: string | null, source:
        | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
        | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
        | { __typename: 'TextCorrection', id: string }
       | null }>, refusedYetChanged: Array<{ __typename: 'ReconciliationException', kind: ExceptionKind, provisionKey: string, words: string | null, explanation: string | null, source:
        | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
        | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
        | { __typename: 'TextCorrection', id: string }
       | null }>, proposalInPart: Array<{ __typename: 'ReconciliationException', kind: ExceptionKind, provisionKey: string, words: string | null, explanation: string | null, source:
        | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
        | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
        | { __typename: 'TextCorrection', id: string }
       | null }>, misplaced: Array<{ __typename: 'ReconciliationException', kind: ExceptionKind, provisionKey: string, words: string | null, explanation: string | null, source:
        | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
        | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
        | { __typename: 'TextCorrection', id: string }
       | null }>, corrected: Array<{ __typename: 'ReconciliationException', kind: ExceptionKind, provisionKey: string, words: string | null, explanation: string | null, source:
        | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
        | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
        | { __typename: 'TextCorrection', id: string }
       | null }>, danglingReferences: Array<{ __typename: 'ReconciliationException', kind: ExceptionKind, provisionKey: string, words: string | null, explanation: string | null, source:
        | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
        | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
        | { __typename: 'TextCorrection', id: string }
       | null }>, definitionsChanged: Array<{ __typename: 'ReconciliationException', kind: ExceptionKind, provisionKey: string, words: string | null, explanation: string | null, source:
        | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
        | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
        | { __typename: 'TextCorrection', id: string }
       | null }> } | null };

export type ConsolidationListQueryVariables = Exact<{
  filter?: ConsolidationFilter | null | undefined;
  orderBy?: ConsolidationOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ConsolidationListQuery = { __typename: 'Query', consolidations: { __typename: 'ConsolidationConnection', totalCount: number, nodes: Array<{ __typename: 'Consolidation', id: string, startedAt: string, openConflictCount: number, base: { __typename: 'TextVersion', id: string, number: number, label: string }, target: { __typename: 'TextVersion', id: string, number: number, label: string, status: VersionStatus } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type CorrectionListQueryVariables = Exact<{
  filter?: TextCorrectionFilter | null | undefined;
  orderBy?: TextCorrectionOrder | null | undefined;
  first?: number;
  after?: string | null | undefined;
}>;


export type CorrectionListQuery = { __typename: 'Query', textCorrections: { __typename: 'TextCorrectionConnection', totalCount: number, nodes: Array<{ __typename: 'TextCorrection', id: string, provisionKey: string, kind: CorrectionKind, status: CorrectionStatus, before: string, replacement: string, reason: string, madeAt: string, objectedAt: string | null, objection: string | null, availableActs: Array<{ __typename: 'AvailableAct', act: Act, isAllowed: boolean, code: RefusalCode | null, reason: string | null, rule: string | null, unlocksAt: string | null, whoCan: string }>, textVersion: { __typename: 'TextVersion', id: string, revision: number }, madeBy: { __typename: 'Delegate', id: string, name: string }, objectingParty: { __typename: 'Party', id: string, shortName: string } | null }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type PreviewSettlementQueryVariables = Exact<{
  conflictId: string;
  outcome: SettlementOutcomeInput;
  canStandInPart?: boolean;
}>;


export type PreviewSettlementQuery = { __typename: 'Query', previewSettlement:
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
    | { __typename: 'SettlementPreview', provisions: Array<{ __typename: 'PreviewedProvision', key: string, before: string | null, after: string | null, afterKey: string | null, sentences: Array<string>, runs: Array<{ __typename: 'PreviewRun', kind: RunKind, text: string }> }>, wholeSides: Array<{ __typename: 'ConflictSide', id: string, words: string, party: { __typename: 'Party', id: string, shortName: string } | null }>, partSides: Array<{ __typename: 'ConflictSide', id: string, words: string, party: { __typename: 'Party', id: string, shortName: string } | null }>, lostSides: Array<{ __typename: 'ConflictSide', id: string, words: string, party: { __typename: 'Party', id: string, shortName: string } | null }> }
   | null };

export type ProvisionBlameQueryVariables = Exact<{
  provisionKey: string;
  textVersionId: string;
}>;


export type ProvisionBlameQuery = { __typename: 'Query', provisionBlame: { __typename: 'ProvisionBlame', key: string, textVersion: { __typename: 'TextVersion', id: string, number: number } | null, runs: Array<{ __typename: 'BlamedRun', text: string, start: number, end: number, textVersion: { __typename: 'TextVersion', id: string, number: number } | null, changes: Array<{ __typename: 'ChangeBehind', kind: AmendmentKind, reason: string | null, source:
          | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
          | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
          | { __typename: 'TextCorrection', id: string }
         | null, party: { __typename: 'Party', id: string, shortName: string } | null, decision:
          | { __typename: 'AmendmentView', id: string, view: GroupView }
          | { __typename: 'Decision', id: string, outcome: Outcome }
          | { __typename: 'Disposition', id: string, verdict: DispositionVerdict }
          | { __typename: 'TextConflict', id: string }
          | { __typename: 'TextCorrection', id: string }
         | null }> }> } | null };

export type ProvisionHistoryQueryVariables = Exact<{
  provisionKey: string;
}>;


export type ProvisionHistoryQuery = { __typename: 'Query', provisionHistory: { __typename: 'ProvisionHistory', key: string, markdown: string, instrument: { __typename: 'Instrument', id: string, shortTitle: string } | null, entries: Array<{ __typename: 'HistoryEntry', printedNumber: string | null, text: string | null, change: ProvisionChange, textVersion: { __typename: 'TextVersion', id: string, number: number, label: string, issuedAt: string | null } | null, edition: { __typename: 'Edition', id: string, label: string, adoptedOn: string } | null, runs: Array<{ __typename: 'HistoryRun', kind: RunKind, text: string, changes: Array<{ __typename: 'ChangeBehind', kind: AmendmentKind, reason: string | null, source:
            | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
            | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
            | { __typename: 'TextCorrection', id: string }
           | null, party: { __typename: 'Party', id: string, shortName: string } | null, decision:
            | { __typename: 'AmendmentView', id: string, view: GroupView }
            | { __typename: 'Decision', id: string, outcome: Outcome }
            | { __typename: 'Disposition', id: string, verdict: DispositionVerdict }
            | { __typename: 'TextConflict', id: string }
            | { __typename: 'TextCorrection', id: string }
           | null }> }>, changes: Array<{ __typename: 'ChangeBehind', kind: AmendmentKind, reason: string | null, source:
          | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
          | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
          | { __typename: 'TextCorrection', id: string }
         | null, party: { __typename: 'Party', id: string, shortName: string } | null, decision:
          | { __typename: 'AmendmentView', id: string, view: GroupView }
          | { __typename: 'Decision', id: string, outcome: Outcome }
          | { __typename: 'Disposition', id: string, verdict: DispositionVerdict }
          | { __typename: 'TextConflict', id: string }
          | { __typename: 'TextCorrection', id: string }
         | null }> }>, runs: Array<{ __typename: 'HistoryRun', kind: RunKind, text: string, changes: Array<{ __typename: 'ChangeBehind', kind: AmendmentKind, reason: string | null, source:
          | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
          | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
          | { __typename: 'TextCorrection', id: string }
         | null, party: { __typename: 'Party', id: string, shortName: string } | null, decision:
          | { __typename: 'AmendmentView', id: string, view: GroupView }
          | { __typename: 'Decision', id: string, outcome: Outcome }
          | { __typename: 'Disposition', id: string, verdict: DispositionVerdict }
          | { __typename: 'TextConflict', id: string }
          | { __typename: 'TextCorrection', id: string }
         | null }> }> } | null };

export type RedlineOfVersionQueryVariables = Exact<{
  textVersionId: string;
  isChanged?: boolean | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type RedlineOfVersionQuery = { __typename: 'Query', redline: { __typename: 'Redline', changedCount: number, textVersion: { __typename: 'TextVersion', id: string, number: number, label: string } | null, base: { __typename: 'TextVersion', id: string, number: number, label: string } | null, provisions: { __typename: 'RedlineProvisionConnection', totalCount: number, nodes: Array<{ __typename: 'RedlineProvision', key: string, change: ProvisionChange, printedNumber: string | null, numberBefore: string | null, numberAfter: string | null, before: string | null, after: string | null, sentences: Array<string>, move: { __typename: 'RedlineMove', oldAfterKey: string | null, newAfterKey: string | null, oldPlace: string, newPlace: string, sources: Array<{ __typename: 'RunSource', reason: string | null, source:
              | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
              | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
              | { __typename: 'TextCorrection', id: string }
             | null, decision:
              | { __typename: 'AmendmentView', id: string, view: GroupView }
              | { __typename: 'Decision', id: string, outcome: Outcome }
              | { __typename: 'Disposition', id: string, verdict: DispositionVerdict }
              | { __typename: 'TextConflict', id: string }
              | { __typename: 'TextCorrection', id: string }
             | null, party: { __typename: 'Party', id: string, shortName: string } | null, settledBy: { __typename: 'Delegate', id: string, name: string } | null }> } | null, woven: Array<{ __typename: 'WovenSentence', digest: string, provisionKey: string, words: string, readAt: string | null, readBy: { __typename: 'Delegate', id: string, name: string } | null }>, runs: Array<{ __typename: 'RedlineRun', kind: RunKind, text: string, sources: Array<{ __typename: 'RunSource', reason: string | null, source:
              | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
              | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
              | { __typename: 'TextCorrection', id: string }
             | null, decision:
              | { __typename: 'AmendmentView', id: string, view: GroupView }
              | { __typename: 'Decision', id: string, outcome: Outcome }
              | { __typename: 'Disposition', id: string, verdict: DispositionVerdict }
              | { __typename: 'TextConflict', id: string }
              | { __typename: 'TextCorrection', id: string }
             | null, party: { __typename: 'Party', id: string, shortName: string } | null, settledBy: { __typename: 'Delegate', id: string, name: string } | null }> }> }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } } | null };

export type RenumberingOfVersionQueryVariables = Exact<{
  textVersionId: string;
  numbers?: Array<ProvisionNumberInput> | ProvisionNumberInput;
}>;


export type RenumberingOfVersionQuery = { __typename: 'Query', renumbering: { __typename: 'Renumbering', doubtfulKeys: Array<string>, textVersion: { __typename: 'TextVersion', id: string, number: number } | null, numbers: Array<{ __typename: 'NumberChange', key: string, before: string | null, after: string | null }>, references: Array<{ __typename: 'ReferenceChange', key: string, before: string, after: string, targetKey: string }>, dangling: Array<{ __typename: 'DanglingReference', key: string, words: string, targetKey: string | null }> } | null };

export type TableOfChangesQueryVariables = Exact<{
  textVersionId: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type TableOfChangesQuery = { __typename: 'Query', redline: { __typename: 'Redline', changedCount: number, textVersion: { __typename: 'TextVersion', id: string, number: number, label: string } | null, base: { __typename: 'TextVersion', id: string, number: number, label: string } | null, provisions: { __typename: 'RedlineProvisionConnection', totalCount: number, nodes: Array<{ __typename: 'RedlineProvision', key: string, row: { __typename: 'RedlineRow', provision: string, current: string | null, proposed: string | null, whoAndWhy: string | null } | null }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } } | null };

export type AbandonVersionMutationVariables = Exact<{
  input: AbandonVersionInput;
}>;


export type AbandonVersionMutation = { __typename: 'Mutation', abandonVersion:
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
    | { __typename: 'VersionAbandoned', textVersion: { __typename: 'TextVersion', id: string, number: number, label: string, status: VersionStatus, language: string, revision: number, createdAt: string, issuedAt: string | null, instrument: { __typename: 'Instrument', id: string, shortTitle: string }, base: { __typename: 'TextVersion', id: string, number: number } | null } }
   };

export type ConfirmReadingMutationVariables = Exact<{
  input: ConfirmReadingInput;
}>;


export type ConfirmReadingMutation = { __typename: 'Mutation', confirmReading:
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
    | { __typename: 'SentencesRead', consolidation: { __typename: 'Consolidation', id: string, startedAt: string, openConflictCount: number, base: { __typename: 'TextVersion', id: string, number: number }, target: { __typename: 'TextVersion', id: string, number: number, label: string, status: VersionStatus, language: string, revision: number, createdAt: string, issuedAt: string | null, instrument: { __typename: 'Instrument', id: string, shortTitle: string }, base: { __typename: 'TextVersion', id: string, number: number } | null }, conflicts: { __typename: 'TextConflictConnection', totalCount: number, nodes: Array<{ __typename: 'TextConflict', id: string, kind: ConflictKind, provisionKey: string, start: number, end: number, baseWords: string, status: ConflictStatus, settledWords: string | null, canStandInPart: boolean, reason: string | null, revision: number, consolidation: { __typename: 'Consolidation', id: string, target: { __typename: 'TextVersion', id: string, revision: number } }, prevailing: Array<
              | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
              | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
              | { __typename: 'TextCorrection', id: string }
            >, sides: { __typename: 'ConflictSideConnection', nodes: Array<{ __typename: 'ConflictSide', id: string, kind: AmendmentKind, placedKey: string | null, afterKey: string | null, words: string, source:
                  | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
                  | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
                  | { __typename: 'TextCorrection', id: string }
                 | null, party: { __typename: 'Party', id: string, shortName: string } | null }> } }> } } }
   };

export type ConsolidateMutationVariables = Exact<{
  input: ConsolidateInput;
}>;


export type ConsolidateMutation = { __typename: 'Mutation', consolidate:
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
    | { __typename: 'TextConsolidated', consolidation: { __typename: 'Consolidation', id: string, startedAt: string, openConflictCount: number, base: { __typename: 'TextVersion', id: string, number: number }, target: { __typename: 'TextVersion', id: string, number: number, label: string, status: VersionStatus, language: string, revision: number, createdAt: string, issuedAt: string | null, instrument: { __typename: 'Instrument', id: string, shortTitle: string }, base: { __typename: 'TextVersion', id: string, number: number } | null }, conflicts: { __typename: 'TextConflictConnection', totalCount: number, nodes: Array<{ __typename: 'TextConflict', id: string, kind: ConflictKind, provisionKey: string, start: number, end: number, baseWords: string, status: ConflictStatus, settledWords: string | null, canStandInPart: boolean, reason: string | null, revision: number, consolidation: { __typename: 'Consolidation', id: string, target: { __typename: 'TextVersion', id: string, revision: number } }, prevailing: Array<
              | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
              | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
              | { __typename: 'TextCorrection', id: string }
            >, sides: { __typename: 'ConflictSideConnection', nodes: Array<{ __typename: 'ConflictSide', id: string, kind: AmendmentKind, placedKey: string | null, afterKey: string | null, words: string, source:
                  | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
                  | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
                  | { __typename: 'TextCorrection', id: string }
                 | null, party: { __typename: 'Party', id: string, shortName: string } | null }> } }> } }, reconciliation: { __typename: 'Reconciliation', isClean: boolean, woven: Array<{ __typename: 'WovenSentence', digest: string, provisionKey: string, words: string, readAt: string | null, readBy: { __typename: 'Delegate', id: string, name: string } | null }>, acceptedButUnchanged: Array<{ __typename: 'ReconciliationException', kind: ExceptionKind, provisionKey: string, words: string | null, explanation: string | null, source:
            | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
            | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
            | { __typename: 'TextCorrection', id: string }
           | null }>, changedWithoutDecision: Array<{ __typename: 'ReconciliationException', kind: ExceptionKind, provisionKey: string, words: string | null, explanation: string | null, source:
            | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
            | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
            | { __typename: 'TextCorrection', id: string }
           | null }>, refusedYetChanged: Array<{ __typename: 'ReconciliationException', kind: ExceptionKind, provisionKey: string, words: string | null, explanation: string | null, source:
            | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
            | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
            | { __typename: 'TextCorrection', id: string }
           | null }>, proposalInPart: Array<{ __typename: 'ReconciliationException', kind: ExceptionKind, provisionKey: string, words: string | null, explanation: string | null, source:
            | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
            | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
            | { __typename: 'TextCorrection', id: string }
           | null }>, misplaced: Array<{ __typename: 'ReconciliationException', kind: ExceptionKind, provisionKey: string, words: string | null, explanation: string | null, source:
            | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
            | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
            | { __typename: 'TextCorrection', id: string }
           | null }>, corrected: Array<{ __typename: 'ReconciliationException', kind: ExceptionKind, provisionKey: string, words: string | null, explanation: string | null, source:
            | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
            | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
            | { __typename: 'TextCorrection', id: string }
           | null }>, danglingReferences: Array<{ __typename: 'ReconciliationException', kind: ExceptionKind, provisionKey: string, words: string | null, explanation: string | null, source:
            | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
            | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
            | { __typename: 'TextCorrection', id: string }
           | null }>, definitionsChanged: Array<{ __typename: 'ReconciliationException', kind: ExceptionKind, provisionKey: string, words: string | null, explanation: string | null, source:
            | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
            | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
            | { __typename: 'TextCorrection', id: string }
           | null }> } }
   };

export type CorrectEditoriallyMutationVariables = Exact<{
  input: CorrectEditoriallyInput;
}>;


export type CorrectEditoriallyMutation = { __typename: 'Mutation', correctEditorially:
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
    | { __typename: 'TextCorrected', correction: { __typename: 'TextCorrection', id: string, provisionKey: string, kind: CorrectionKind, status: CorrectionStatus, before: string, replacement: string, reason: string, madeAt: string, objectedAt: string | null, objection: string | null, textVersion: { __typename: 'TextVersion', id: string, revision: number }, madeBy: { __typename: 'Delegate', id: string, name: string }, objectingParty: { __typename: 'Party', id: string, shortName: string } | null } }
   };

export type CorrectLinguisticallyMutationVariables = Exact<{
  input: CorrectLinguisticallyInput;
}>;


export type CorrectLinguisticallyMutation = { __typename: 'Mutation', correctLinguistically:
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
    | { __typename: 'TranslationCorrected', correction: { __typename: 'TextCorrection', id: string, provisionKey: string, kind: CorrectionKind, status: CorrectionStatus, before: string, replacement: string, reason: string, madeAt: string, objectedAt: string | null, objection: string | null, textVersion: { __typename: 'TextVersion', id: string, revision: number }, madeBy: { __typename: 'Delegate', id: string, name: string }, objectingParty: { __typename: 'Party', id: string, shortName: string } | null } }
   };

export type CorrectReferenceMutationVariables = Exact<{
  input: CorrectReferenceInput;
}>;


export type CorrectReferenceMutation = { __typename: 'Mutation', correctReference:
    | { __typename: 'ReferenceCorrected', correction: { __typename: 'TextCorrection', id: string, provisionKey: string, kind: CorrectionKind, status: CorrectionStatus, before: string, replacement: string, reason: string, madeAt: string, objectedAt: string | null, objection: string | null, textVersion: { __typename: 'TextVersion', id: string, revision: number }, madeBy: { __typename: 'Delegate', id: string, name: string }, objectingParty: { __typename: 'Party', id: string, shortName: string } | null } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type IssueVersionMutationVariables = Exact<{
  input: IssueVersionInput;
}>;


export type IssueVersionMutation = { __typename: 'Mutation', issueVersion:
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
    | { __typename: 'VersionIssued', textVersion: { __typename: 'TextVersion', id: string, number: number, label: string, status: VersionStatus, language: string, revision: number, createdAt: string, issuedAt: string | null, instrument: { __typename: 'Instrument', id: string, shortTitle: string }, base: { __typename: 'TextVersion', id: string, number: number } | null } }
   };

export type ObjectToCorrectionMutationVariables = Exact<{
  input: ObjectToCorrectionInput;
}>;


export type ObjectToCorrectionMutation = { __typename: 'Mutation', objectToCorrection:
    | { __typename: 'CorrectionObjected', correction: { __typename: 'TextCorrection', id: string, provisionKey: string, kind: CorrectionKind, status: CorrectionStatus, before: string, replacement: string, reason: string, madeAt: string, objectedAt: string | null, objection: string | null, textVersion: { __typename: 'TextVersion', id: string, revision: number }, madeBy: { __typename: 'Delegate', id: string, name: string }, objectingParty: { __typename: 'Party', id: string, shortName: string } | null } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type OpenLanguageVersionMutationVariables = Exact<{
  input: OpenLanguageVersionInput;
}>;


export type OpenLanguageVersionMutation = { __typename: 'Mutation', openLanguageVersion:
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
    | { __typename: 'TranslationOpened', textVersion: { __typename: 'TextVersion', id: string, number: number, label: string, status: VersionStatus, language: string, revision: number, createdAt: string, issuedAt: string | null, instrument: { __typename: 'Instrument', id: string, shortTitle: string }, base: { __typename: 'TextVersion', id: string, number: number } | null } }
   };

export type PublishEditionMutationVariables = Exact<{
  input: PublishEditionInput;
}>;


export type PublishEditionMutation = { __typename: 'Mutation', publishEdition:
    | { __typename: 'EditionPublished', edition: { __typename: 'Edition', id: string, label: string, adoptedOn: string, publishedAt: string, textVersion: { __typename: 'TextVersion', id: string, number: number, label: string, status: VersionStatus, language: string, revision: number, createdAt: string, issuedAt: string | null, instrument: { __typename: 'Instrument', id: string, shortTitle: string }, base: { __typename: 'TextVersion', id: string, number: number } | null }, decision: { __typename: 'Decision', id: string, verb: string, outcome: Outcome, sitting: { __typename: 'Sitting', id: string, body: { __typename: 'WorkingBody', id: string, shortName: string } } } } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type RenumberVersionMutationVariables = Exact<{
  input: RenumberVersionInput;
}>;


export type RenumberVersionMutation = { __typename: 'Mutation', renumberVersion:
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
    | { __typename: 'VersionRenumbered', textVersion: { __typename: 'TextVersion', id: string, number: number, label: string, status: VersionStatus, language: string, revision: number, createdAt: string, issuedAt: string | null, instrument: { __typename: 'Instrument', id: string, shortTitle: string }, base: { __typename: 'TextVersion', id: string, number: number } | null } }
   };

export type ReviseProvisionMutationVariables = Exact<{
  input: ReviseProvisionInput;
}>;


export type ReviseProvisionMutation = { __typename: 'Mutation', reviseProvision:
    | { __typename: 'ProvisionRevised', consolidation: { __typename: 'Consolidation', id: string, startedAt: string, openConflictCount: number, base: { __typename: 'TextVersion', id: string, number: number }, target: { __typename: 'TextVersion', id: string, number: number, label: string, status: VersionStatus, language: string, revision: number, createdAt: string, issuedAt: string | null, instrument: { __typename: 'Instrument', id: string, shortTitle: string }, base: { __typename: 'TextVersion', id: string, number: number } | null }, conflicts: { __typename: 'TextConflictConnection', totalCount: number, nodes: Array<{ __typename: 'TextConflict', id: string, kind: ConflictKind, provisionKey: string, start: number, end: number, baseWords: string, status: ConflictStatus, settledWords: string | null, canStandInPart: boolean, reason: string | null, revision: number, consolidation: { __typename: 'Consolidation', id: string, target: { __typename: 'TextVersion', id: string, revision: number } }, prevailing: Array<
              | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
              | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
              | { __typename: 'TextCorrection', id: string }
            >, sides: { __typename: 'ConflictSideConnection', nodes: Array<{ __typename: 'ConflictSide', id: string, kind: AmendmentKind, placedKey: string | null, afterKey: string | null, words: string, source:
                  | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
                  | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
                  | { __typename: 'TextCorrection', id: string }
                 | null, party: { __typename: 'Party', id: string, shortName: string } | null }> } }> } }, reconciliation: { __typename: 'Reconciliation', isClean: boolean, woven: Array<{ __typename: 'WovenSentence', digest: string, provisionKey: string, words: string, readAt: string | null, readBy: { __typename: 'Delegate', id: string, name: string } | null }>, acceptedButUnchanged: Array<{ __typename: 'ReconciliationException', kind: ExceptionKind, provisionKey: string, words: string | null, explanation: string | null, source:
            | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
            | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
            | { __typename: 'TextCorrection', id: string }
           | null }>, changedWithoutDecision: Array<{ __typename: 'ReconciliationException', kind: ExceptionKind, provisionKey: string, words: string | null, explanation: string | null, source:
            | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
            | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
            | { __typename: 'TextCorrection', id: string }
           | null }>, refusedYetChanged: Array<{ __typename: 'ReconciliationException', kind: ExceptionKind, provisionKey: string, words: string | null, explanation: string | null, source:
            | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
            | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
            | { __typename: 'TextCorrection', id: string }
           | null }>, proposalInPart: Array<{ __typename: 'ReconciliationException', kind: ExceptionKind, provisionKey: string, words: string | null, explanation: string | null, source:
            | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
            | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
            | { __typename: 'TextCorrection', id: string }
           | null }>, misplaced: Array<{ __typename: 'ReconciliationException', kind: ExceptionKind, provisionKey: string, words: string | null, explanation: string | null, source:
            | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
            | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
            | { __typename: 'TextCorrection', id: string }
           | null }>, corrected: Array<{ __typename: 'ReconciliationException', kind: ExceptionKind, provisionKey: string, words: string | null, explanation: string | null, source:
            | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
            | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
            | { __typename: 'TextCorrection', id: string }
           | null }>, danglingReferences: Array<{ __typename: 'ReconciliationException', kind: ExceptionKind, provisionKey: string, words: string | null, explanation: string | null, source:
            | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
            | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
            | { __typename: 'TextCorrection', id: string }
           | null }>, definitionsChanged: Array<{ __typename: 'ReconciliationException', kind: ExceptionKind, provisionKey: string, words: string | null, explanation: string | null, source:
            | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
            | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
            | { __typename: 'TextCorrection', id: string }
           | null }> } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type SettleConflictMutationVariables = Exact<{
  input: SettleConflictInput;
}>;


export type SettleConflictMutation = { __typename: 'Mutation', settleConflict:
    | { __typename: 'ConflictSettled', conflict: { __typename: 'TextConflict', id: string, kind: ConflictKind, provisionKey: string, start: number, end: number, baseWords: string, status: ConflictStatus, settledWords: string | null, canStandInPart: boolean, reason: string | null, revision: number, consolidation: { __typename: 'Consolidation', id: string, target: { __typename: 'TextVersion', id: string, revision: number } }, prevailing: Array<
          | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
          | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
          | { __typename: 'TextCorrection', id: string }
        >, sides: { __typename: 'ConflictSideConnection', nodes: Array<{ __typename: 'ConflictSide', id: string, kind: AmendmentKind, placedKey: string | null, afterKey: string | null, words: string, source:
              | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
              | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
              | { __typename: 'TextCorrection', id: string }
             | null, party: { __typename: 'Party', id: string, shortName: string } | null }> } } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type SettleStructureMutationVariables = Exact<{
  input: SettleStructureInput;
}>;


export type SettleStructureMutation = { __typename: 'Mutation', settleStructure:
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
    | { __typename: 'StructureSettled', conflict: { __typename: 'TextConflict', id: string, kind: ConflictKind, provisionKey: string, start: number, end: number, baseWords: string, status: ConflictStatus, settledWords: string | null, canStandInPart: boolean, reason: string | null, revision: number, consolidation: { __typename: 'Consolidation', id: string, target: { __typename: 'TextVersion', id: string, revision: number } }, prevailing: Array<
          | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
          | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
          | { __typename: 'TextCorrection', id: string }
        >, sides: { __typename: 'ConflictSideConnection', nodes: Array<{ __typename: 'ConflictSide', id: string, kind: AmendmentKind, placedKey: string | null, afterKey: string | null, words: string, source:
              | { __typename: 'Amendment', id: string, position: number, proposal: { __typename: 'Proposal', id: string, number: number | null } }
              | { __typename: 'Comment', id: string, number: number | null, round: { __typename: 'Round', id: string } }
              | { __typename: 'TextCorrection', id: string }
             | null, party: { __typename: 'Party', id: string, shortName: string } | null }> } } }
   };

export type TranslateProvisionMutationVariables = Exact<{
  input: TranslateProvisionInput;
}>;


export type TranslateProvisionMutation = { __typename: 'Mutation', translateProvision:
    | { __typename: 'ProvisionTranslated', textVersion: { __typename: 'TextVersion', id: string, number: number, label: string, status: VersionStatus, language: string, revision: number, createdAt: string, issuedAt: string | null, instrument: { __typename: 'Instrument', id: string, shortTitle: string }, base: { __typename: 'TextVersion', id: string, number: number } | null } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type FilingReceiptQueryVariables = Exact<{
  subjectId: string;
  headId?: string | null | undefined;
}>;


export type FilingReceiptQuery = { __typename: 'Query', filingReceipt: { __typename: 'FilingReceipt', filedAt: string, contentDigest: string, content: string, recipe: number, signature: string, subject:
      | { __typename: 'Activity', id: string }
      | { __typename: 'Amendment', id: string }
      | { __typename: 'AmendmentView', id: string }
      | { __typename: 'AppliedChange', id: string }
      | { __typename: 'BodyFunction', id: string }
      | { __typename: 'BrowserSession', id: string }
      | { __typename: 'CarriedAmendment', id: string }
      | { __typename: 'CarriedComment', id: string }
      | { __typename: 'ClientApplication', id: string }
      | { __typename: 'CoSponsor', id: string }
      | { __typename: 'Comment', id: string }
      | { __typename: 'ConflictSide', id: string }
      | { __typename: 'Consolidation', id: string }
      | { __typename: 'Decision', id: string }
      | { __typename: 'Delegate', id: string }
      | { __typename: 'Disposition', id: string }
      | { __typename: 'Edition', id: string }
      | { __typename: 'Grant', id: string }
      | { __typename: 'Instrument', id: string }
      | { __typename: 'Invitation', id: string }
      | { __typename: 'JournalEntry', id: string }
      | { __typename: 'JournalHead', id: string }
      | { __typename: 'Lineage', id: string }
      | { __typename: 'Mandate', id: string }
      | { __typename: 'Mechanism', id: string }
      | { __typename: 'Membership', id: string }
      | { __typename: 'Opposition', id: string }
      | { __typename: 'Paper', id: string }
      | { __typename: 'Party', id: string }
      | { __typename: 'Person', id: string }
      | { __typename: 'Proposal', id: string }
      | { __typename: 'Provision', id: string }
      | { __typename: 'ProvisionReference', id: string }
      | { __typename: 'Redating', id: string }
      | { __typename: 'Representation', id: string }
      | { __typename: 'Responsible', id: string }
      | { __typename: 'ReviewCycle', id: string }
      | { __typename: 'Round', id: string }
      | { __typename: 'RoundExtension', id: string }
      | { __typename: 'Sitting', id: string }
      | { __typename: 'Support', id: string }
      | { __typename: 'TextConflict', id: string }
      | { __typename: 'TextCorrection', id: string }
      | { __typename: 'TextVersion', id: string }
      | { __typename: 'WorkItem', id: string }
      | { __typename: 'WorkPlan', id: string }
      | { __typename: 'WorkingBody', id: string }
     | null, party: { __typename: 'Party', id: string, shortName: string } | null, proof: { __typename: 'InclusionProof', entry: string, sequence: number, digest: string, path: Array<string>, head: { __typename: 'ProvingHead', id: string, number: number, size: number, kid: string, signature: string } } | null } | null };

export type JournalConsistencyQueryVariables = Exact<{
  firstId: string;
  secondId: string;
}>;


export type JournalConsistencyQuery = { __typename: 'Query', journalConsistency: { __typename: 'ConsistencyProof', path: Array<string>, first: { __typename: 'ProvingHead', id: string, number: number, size: number, signature: string }, second: { __typename: 'ProvingHead', id: string, number: number, size: number, signature: string } } | null };

export type JournalEntryAddedSubscriptionVariables = Exact<{
  filter?: JournalEntryAddedFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type JournalEntryAddedSubscription = { __typename: 'Subscription', journalEntryAdded: { __typename: 'JournalEntry', id: string, cursor: string, sequence: number | null, actedAt: string, act: Act | null, tag: string, capacity: Capacity, subjectId: string, rule: string, digest: string | null, previousDigest: string | null, party: { __typename: 'Party', id: string, shortName: string }, delegate: { __typename: 'Delegate', id: string, name: string } } };

export type JournalHeadsQueryVariables = Exact<{
  filter?: JournalHeadFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type JournalHeadsQuery = { __typename: 'Query', journalHeads: { __typename: 'JournalHeadConnection', totalCount: number, nodes: Array<{ __typename: 'JournalHead', id: string, number: number, occasion: HeadOccasion, occurredAt: string, signedAt: string, size: number, root: string, chainDigest: string, kid: string, digest: string, signature: string }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type JournalListQueryVariables = Exact<{
  filter?: JournalEntryFilter | null | undefined;
  orderBy?: JournalEntryOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type JournalListQuery = { __typename: 'Query', journalEntries: { __typename: 'JournalEntryConnection', totalCount: number, nodes: Array<{ __typename: 'JournalEntry', id: string, sequence: number | null, actedAt: string, act: Act | null, tag: string, capacity: Capacity, subjectId: string, rule: string, digest: string | null, previousDigest: string | null, subject:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null, party: { __typename: 'Party', id: string, shortName: string }, delegate: { __typename: 'Delegate', id: string, name: string } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type PaperDetailQueryVariables = Exact<{
  id: string;
}>;


export type PaperDetailQuery = { __typename: 'Query', paper: { __typename: 'Paper', id: string, reference: string, series: string, serial: number, letter: string, language: string, title: string, issuedAt: string, sitting: { __typename: 'Sitting', id: string, firstNumber: number, secondNumber: number | null, startsOn: string, endsOn: string, body: { __typename: 'WorkingBody', id: string, shortName: string } } | null, textVersion: { __typename: 'TextVersion', id: string, number: number, label: string, status: VersionStatus, language: string, revision: number, createdAt: string, issuedAt: string | null, instrument: { __typename: 'Instrument', id: string, shortTitle: string }, base: { __typename: 'TextVersion', id: string, number: number } | null } | null } | null };

export type PaperListQueryVariables = Exact<{
  filter?: PaperFilter | null | undefined;
  orderBy?: PaperOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type PaperListQuery = { __typename: 'Query', papers: { __typename: 'PaperConnection', totalCount: number, nodes: Array<{ __typename: 'Paper', id: string, reference: string, series: string, serial: number, letter: string, language: string, title: string, issuedAt: string, sitting: { __typename: 'Sitting', id: string, firstNumber: number, secondNumber: number | null, startsOn: string, endsOn: string, body: { __typename: 'WorkingBody', id: string, shortName: string } } | null, textVersion: { __typename: 'TextVersion', id: string, number: number, label: string, status: VersionStatus, language: string, revision: number, createdAt: string, issuedAt: string | null, instrument: { __typename: 'Instrument', id: string, shortTitle: string }, base: { __typename: 'TextVersion', id: string, number: number } | null } | null }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type IssuePaperMutationVariables = Exact<{
  input: IssuePaperInput;
}>;


export type IssuePaperMutation = { __typename: 'Mutation', issuePaper:
    | { __typename: 'PaperIssued', paper: { __typename: 'Paper', id: string, reference: string, series: string, serial: number, letter: string, language: string, title: string, issuedAt: string, sitting: { __typename: 'Sitting', id: string, firstNumber: number, secondNumber: number | null, startsOn: string, endsOn: string, body: { __typename: 'WorkingBody', id: string, shortName: string } } | null, textVersion: { __typename: 'TextVersion', id: string, number: number, label: string, status: VersionStatus, language: string, revision: number, createdAt: string, issuedAt: string | null, instrument: { __typename: 'Instrument', id: string, shortTitle: string }, base: { __typename: 'TextVersion', id: string, number: number } | null } | null } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type DelegateListQueryVariables = Exact<{
  filter?: DelegateFilter | null | undefined;
  orderBy?: DelegateOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type DelegateListQuery = { __typename: 'Query', delegates: { __typename: 'DelegateConnection', totalCount: number, nodes: Array<{ __typename: 'Delegate', id: string, name: string, email: string | null, isFocalPoint: boolean, focalPointStartsOn: string | null, focalPointEndsOn: string | null, isAdministrator: boolean, startsOn: string, endsOn: string | null, endedAt: string | null, revision: number, person: { __typename: 'Person', id: string, name: string }, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, predecessor: { __typename: 'Delegate', id: string, name: string } | null }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type InvitationListQueryVariables = Exact<{
  filter?: InvitationFilter | null | undefined;
  orderBy?: InvitationOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type InvitationListQuery = { __typename: 'Query', invitations: { __typename: 'InvitationConnection', totalCount: number, nodes: Array<{ __typename: 'Invitation', id: string, name: string, email: string, isFocalPoint: boolean, isAdministrator: boolean, startsOn: string, endsOn: string | null, invitedAt: string, expiresAt: string, acceptedAt: string | null, withdrawnAt: string | null, letter: LetterState | null, revision: number, availableActs: Array<{ __typename: 'AvailableAct', act: Act, isAllowed: boolean, code: RefusalCode | null, reason: string | null, rule: string | null, unlocksAt: string | null, whoCan: string }>, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, predecessor: { __typename: 'Delegate', id: string, name: string } | null, invitedBy: { __typename: 'Delegate', id: string, name: string }, delegate: { __typename: 'Delegate', id: string, name: string } | null }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type PartyDetailQueryVariables = Exact<{
  id: string;
}>;


export type PartyDetailQuery = { __typename: 'Query', party: { __typename: 'Party', id: string, name: string, shortName: string, kind: PartyKind, capacity: Capacity, printedNames: Array<string>, revision: number, delegates: { __typename: 'DelegateConnection', totalCount: number, nodes: Array<{ __typename: 'Delegate', id: string, name: string, email: string | null, isFocalPoint: boolean, focalPointStartsOn: string | null, focalPointEndsOn: string | null, isAdministrator: boolean, startsOn: string, endsOn: string | null, endedAt: string | null, revision: number, availableActs: Array<{ __typename: 'AvailableAct', act: Act, isAllowed: boolean, code: RefusalCode | null, reason: string | null, rule: string | null, unlocksAt: string | null, whoCan: string }>, person: { __typename: 'Person', id: string, name: string }, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, predecessor: { __typename: 'Delegate', id: string, name: string } | null }> }, availableActs: Array<{ __typename: 'AvailableAct', act: Act, isAllowed: boolean, code: RefusalCode | null, reason: string | null, rule: string | null, unlocksAt: string | null, whoCan: string }> } | null };

export type PartyListQueryVariables = Exact<{
  filter?: PartyFilter | null | undefined;
  orderBy?: PartyOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type PartyListQuery = { __typename: 'Query', parties: { __typename: 'PartyConnection', totalCount: number, nodes: Array<{ __typename: 'Party', id: string, name: string, shortName: string, kind: PartyKind, capacity: Capacity, printedNames: Array<string>, revision: number, availableActs: Array<{ __typename: 'AvailableAct', act: Act, isAllowed: boolean, code: RefusalCode | null, reason: string | null, rule: string | null, unlocksAt: string | null, whoCan: string }> }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type PersonDetailQueryVariables = Exact<{
  id: string;
}>;


export type PersonDetailQuery = { __typename: 'Query', person: { __typename: 'Person', id: string, name: string, email: string | null, language: string | null, zone: string | null, notices: Notices | null, suspendedAt: string | null, revision: number | null, delegates: { __typename: 'DelegateConnection', nodes: Array<{ __typename: 'Delegate', id: string, name: string, email: string | null, isFocalPoint: boolean, focalPointStartsOn: string | null, focalPointEndsOn: string | null, isAdministrator: boolean, startsOn: string, endsOn: string | null, endedAt: string | null, revision: number, person: { __typename: 'Person', id: string, name: string }, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, predecessor: { __typename: 'Delegate', id: string, name: string } | null }> }, availableActs: Array<{ __typename: 'AvailableAct', act: Act, isAllowed: boolean, code: RefusalCode | null, reason: string | null, rule: string | null, unlocksAt: string | null, whoCan: string }> } | null };

export type PersonListQueryVariables = Exact<{
  filter?: PersonFilter | null | undefined;
  orderBy?: PersonOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type PersonListQuery = { __typename: 'Query', persons: { __typename: 'PersonConnection', totalCount: number, nodes: Array<{ __typename: 'Person', id: string, name: string, email: string | null, language: string | null, zone: string | null, notices: Notices | null, suspendedAt: string | null, revision: number | null, delegates: { __typename: 'DelegateConnection', nodes: Array<{ __typename: 'Delegate', id: string, name: string, email: string | null, isFocalPoint: boolean, focalPointStartsOn: string | null, focalPointEndsOn: string | null, isAdministrator: boolean, startsOn: string, endsOn: string | null, endedAt: string | null, revision: number, person: { __typename: 'Person', id: string, name: string }, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, predecessor: { __typename: 'Delegate', id: string, name: string } | null }> }, availableActs: Array<{ __typename: 'AvailableAct', act: Act, isAllowed: boolean, code: RefusalCode | null, reason: string | null, rule: string | null, unlocksAt: string | null, whoCan: string }> }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type RepresentationListQueryVariables = Exact<{
  filter?: RepresentationFilter | null | undefined;
  orderBy?: RepresentationOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type RepresentationListQuery = { __typename: 'Query', representations: { __typename: 'RepresentationConnection', totalCount: number, nodes: Array<{ __typename: 'Representation', id: string, evidence: string, startsOn: string, endsOn: string | null, endedAt: string | null, revision: number, availableActs: Array<{ __typename: 'AvailableAct', act: Act, isAllowed: boolean, code: RefusalCode | null, reason: string | null, rule: string | null, unlocksAt: string | null, whoCan: string }>, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, byParty: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, grantedBy: { __typename: 'Delegate', id: string, name: string } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type AdmitPartyMutationVariables = Exact<{
  input: AdmitPartyInput;
}>;


export type AdmitPartyMutation = { __typename: 'Mutation', admitParty:
    | { __typename: 'PartyAdmitted', party: { __typename: 'Party', id: string, name: string, shortName: string, kind: PartyKind, capacity: Capacity, printedNames: Array<string>, revision: number } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type AppointFocalPointMutationVariables = Exact<{
  input: AppointFocalPointInput;
}>;


export type AppointFocalPointMutation = { __typename: 'Mutation', appointFocalPoint:
    | { __typename: 'FocalPointAppointed', delegate: { __typename: 'Delegate', id: string, name: string, email: string | null, isFocalPoint: boolean, focalPointStartsOn: string | null, focalPointEndsOn: string | null, isAdministrator: boolean, startsOn: string, endsOn: string | null, endedAt: string | null, revision: number, person: { __typename: 'Person', id: string, name: string }, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, predecessor: { __typename: 'Delegate', id: string, name: string } | null } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type CorrectPartyMutationVariables = Exact<{
  input: CorrectPartyInput;
}>;


export type CorrectPartyMutation = { __typename: 'Mutation', correctParty:
    | { __typename: 'PartyCorrected', party: { __typename: 'Party', id: string, name: string, shortName: string, kind: PartyKind, capacity: Capacity, printedNames: Array<string>, revision: number } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type CorrectPersonMutationVariables = Exact<{
  input: CorrectPersonInput;
}>;


export type CorrectPersonMutation = { __typename: 'Mutation', correctPerson:
    | { __typename: 'PersonCorrected', person: { __typename: 'Person', id: string, name: string, email: string | null, language: string | null, zone: string | null, notices: Notices | null, suspendedAt: string | null, revision: number | null } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type CorrectProfileMutationVariables = Exact<{
  input: CorrectProfileInput;
}>;


export type CorrectProfileMutation = { __typename: 'Mutation', correctProfile:
    | { __typename: 'ProfileCorrected', person: { __typename: 'Person', id: string, name: string, email: string | null, language: string | null, zone: string | null, notices: Notices | null, suspendedAt: string | null, revision: number | null } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type EndAccreditationMutationVariables = Exact<{
  input: EndAccreditationInput;
}>;


export type EndAccreditationMutation = { __typename: 'Mutation', endAccreditation:
    | { __typename: 'AccreditationEnded', delegate: { __typename: 'Delegate', id: string, name: string, email: string | null, isFocalPoint: boolean, focalPointStartsOn: string | null, focalPointEndsOn: string | null, isAdministrator: boolean, startsOn: string, endsOn: string | null, endedAt: string | null, revision: number, person: { __typename: 'Person', id: string, name: string }, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, predecessor: { __typename: 'Delegate', id: string, name: string } | null } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type EndRepresentationMutationVariables = Exact<{
  input: EndRepresentationInput;
}>;


export type EndRepresentationMutation = { __typename: 'Mutation', endRepresentation:
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
    | { __typename: 'RepresentationEnded', representation: { __typename: 'Representation', id: string, evidence: string, startsOn: string, endsOn: string | null, endedAt: string | null, revision: number, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, byParty: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, grantedBy: { __typename: 'Delegate', id: string, name: string } } }
   };

export type GrantRepresentationMutationVariables = Exact<{
  input: GrantRepresentationInput;
}>;


export type GrantRepresentationMutation = { __typename: 'Mutation', grantRepresentation:
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
    | { __typename: 'RepresentationGranted', representation: { __typename: 'Representation', id: string, evidence: string, startsOn: string, endsOn: string | null, endedAt: string | null, revision: number, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, byParty: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, grantedBy: { __typename: 'Delegate', id: string, name: string } } }
   };

export type HandOverSeatMutationVariables = Exact<{
  input: HandOverSeatInput;
}>;


export type HandOverSeatMutation = { __typename: 'Mutation', handOverSeat:
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
    | { __typename: 'SeatHandedOver', invitation: { __typename: 'Invitation', id: string, name: string, email: string, isFocalPoint: boolean, isAdministrator: boolean, startsOn: string, endsOn: string | null, invitedAt: string, expiresAt: string, acceptedAt: string | null, withdrawnAt: string | null, letter: LetterState | null, revision: number, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, predecessor: { __typename: 'Delegate', id: string, name: string } | null, invitedBy: { __typename: 'Delegate', id: string, name: string }, delegate: { __typename: 'Delegate', id: string, name: string } | null } }
   };

export type InviteDelegateMutationVariables = Exact<{
  input: InviteDelegateInput;
}>;


export type InviteDelegateMutation = { __typename: 'Mutation', inviteDelegate:
    | { __typename: 'DelegateInvited', invitation: { __typename: 'Invitation', id: string, name: string, email: string, isFocalPoint: boolean, isAdministrator: boolean, startsOn: string, endsOn: string | null, invitedAt: string, expiresAt: string, acceptedAt: string | null, withdrawnAt: string | null, letter: LetterState | null, revision: number, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, predecessor: { __typename: 'Delegate', id: string, name: string } | null, invitedBy: { __typename: 'Delegate', id: string, name: string }, delegate: { __typename: 'Delegate', id: string, name: string } | null } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type ReleaseFocalPointMutationVariables = Exact<{
  input: ReleaseFocalPointInput;
}>;


export type ReleaseFocalPointMutation = { __typename: 'Mutation', releaseFocalPoint:
    | { __typename: 'FocalPointReleased', delegate: { __typename: 'Delegate', id: string, name: string, email: string | null, isFocalPoint: boolean, focalPointStartsOn: string | null, focalPointEndsOn: string | null, isAdministrator: boolean, startsOn: string, endsOn: string | null, endedAt: string | null, revision: number, person: { __typename: 'Person', id: string, name: string }, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, predecessor: { __typename: 'Delegate', id: string, name: string } | null } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type RestorePersonMutationVariables = Exact<{
  input: RestorePersonInput;
}>;


export type RestorePersonMutation = { __typename: 'Mutation', restorePerson:
    | { __typename: 'PersonRestored', person: { __typename: 'Person', id: string, name: string, email: string | null, language: string | null, zone: string | null, notices: Notices | null, suspendedAt: string | null, revision: number | null } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type SuspendPersonMutationVariables = Exact<{
  input: SuspendPersonInput;
}>;


export type SuspendPersonMutation = { __typename: 'Mutation', suspendPerson:
    | { __typename: 'PersonSuspended', person: { __typename: 'Person', id: string, name: string, email: string | null, language: string | null, zone: string | null, notices: Notices | null, suspendedAt: string | null, revision: number | null } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type WithdrawInvitationMutationVariables = Exact<{
  input: WithdrawInvitationInput;
}>;


export type WithdrawInvitationMutation = { __typename: 'Mutation', withdrawInvitation:
    | { __typename: 'InvitationWithdrawn', invitation: { __typename: 'Invitation', id: string, name: string, email: string, isFocalPoint: boolean, isAdministrator: boolean, startsOn: string, endsOn: string | null, invitedAt: string, expiresAt: string, acceptedAt: string | null, withdrawnAt: string | null, letter: LetterState | null, revision: number, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, predecessor: { __typename: 'Delegate', id: string, name: string } | null, invitedBy: { __typename: 'Delegate', id: string, name: string }, delegate: { __typename: 'Delegate', id: string, name: string } | null } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type CycleListQueryVariables = Exact<{
  filter?: ReviewCycleFilter | null | undefined;
  orderBy?: ReviewCycleOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type CycleListQuery = { __typename: 'Query', mechanisms: { __typename: 'MechanismConnection', nodes: Array<{ __typename: 'Mechanism', id: string, title: string, startsOn: string, endsOn: string | null, approvalPath: Array<BodyKind>, cycleKinds: Array<CycleKind> }> }, reviewCycles: { __typename: 'ReviewCycleConnection', totalCount: number, nodes: Array<{ __typename: 'ReviewCycle', id: string, title: string, kind: CycleKind, opensOn: string, closesOn: string | null, isOpen: boolean, proposalCount: number, mechanism: { __typename: 'Mechanism', id: string, title: string } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type MechanismListQueryVariables = Exact<{
  filter?: MechanismFilter | null | undefined;
  orderBy?: MechanismOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type MechanismListQuery = { __typename: 'Query', mechanisms: { __typename: 'MechanismConnection', totalCount: number, nodes: Array<{ __typename: 'Mechanism', id: string, title: string, startsOn: string, endsOn: string | null, approvalPath: Array<BodyKind>, cycleKinds: Array<CycleKind> }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type ProposalDetailQueryVariables = Exact<{
  id: string;
}>;


export type ProposalDetailQuery = { __typename: 'Query', proposal: { __typename: 'Proposal', id: string, number: number | null, title: string, rationale: string, status: ProposalStatus, nextBody: BodyKind | null, revision: number, draftedAt: string, submittedAt: string | null, registeredAt: string | null, assignedAt: string | null, concludedAt: string | null, decidedAt: string | null, contentDigest: string | null, isSeverable: boolean, amendmentCount: number, viewCount: number, amendments: { __typename: 'AmendmentConnection', nodes: Array<{ __typename: 'Amendment', id: string, position: number, kind: AmendmentKind, provisionKey: string | null, afterKey: string | null, wording: string | null, unitKind: UnitKind | null, level: number | null, printedNumber: string | null, availableActs: Array<{ __typename: 'AvailableAct', act: Act, isAllowed: boolean, code: RefusalCode | null, reason: string | null, rule: string | null, unlocksAt: string | null, whoCan: string }>, provision: { __typename: 'Provision', id: string, printedNumber: string | null, text: string } | null, after: { __typename: 'Provision', id: string, printedNumber: string | null, text: string } | null, carried: { __typename: 'CarriedAmendment', id: string, state: CarriedState, provisionKey: string | null, afterKey: string | null, wording: string | null, reason: string | null, decidedAt: string | null } | null, view: { __typename: 'AmendmentView', id: string, view: GroupView, reason: string | null, recordedAt: string, recordedBy: { __typename: 'Delegate', id: string, name: string } } | null }> }, coSponsors: { __typename: 'CoSponsorConnection', nodes: Array<{ __typename: 'CoSponsor', id: string, confirmedAt: string | null, party: { __typename: 'Party', id: string, shortName: string }, availableActs: Array<{ __typename: 'AvailableAct', act: Act, isAllowed: boolean, code: RefusalCode | null, reason: string | null, rule: string | null, unlocksAt: string | null, whoCan: string }> }> }, decisions: { __typename: 'DecisionConnection', nodes: Array<{ __typename: 'Decision', id: string, agendaItem: string | null, verb: string, isAsAppropriate: boolean, outcome: Outcome, text: string, paragraph: string | null, recordedAt: string, subject:
          | { __typename: 'Activity', id: string }
          | { __typename: 'Amendment', id: string }
          | { __typename: 'AmendmentView', id: string }
          | { __typename: 'AppliedChange', id: string }
          | { __typename: 'BodyFunction', id: string }
          | { __typename: 'BrowserSession', id: string }
          | { __typename: 'CarriedAmendment', id: string }
          | { __typename: 'CarriedComment', id: string }
          | { __typename: 'ClientApplication', id: string }
          | { __typename: 'CoSponsor', id: string }
          | { __typename: 'Comment', id: string }
          | { __typename: 'ConflictSide', id: string }
          | { __typename: 'Consolidation', id: string }
          | { __typename: 'Decision', id: string }
          | { __typename: 'Delegate', id: string }
          | { __typename: 'Disposition', id: string }
          | { __typename: 'Edition', id: string }
          | { __typename: 'Grant', id: string }
          | { __typename: 'Instrument', id: string }
          | { __typename: 'Invitation', id: string }
          | { __typename: 'JournalEntry', id: string }
          | { __typename: 'JournalHead', id: string }
          | { __typename: 'Lineage', id: string }
          | { __typename: 'Mandate', id: string }
          | { __typename: 'Mechanism', id: string }
          | { __typename: 'Membership', id: string }
          | { __typename: 'Opposition', id: string }
          | { __typename: 'Paper', id: string }
          | { __typename: 'Party', id: string }
          | { __typename: 'Person', id: string }
          | { __typename: 'Proposal', id: string }
          | { __typename: 'Provision', id: string }
          | { __typename: 'ProvisionReference', id: string }
          | { __typename: 'Redating', id: string }
          | { __typename: 'Representation', id: string }
          | { __typename: 'Responsible', id: string }
          | { __typename: 'ReviewCycle', id: string }
          | { __typename: 'Round', id: string }
          | { __typename: 'RoundExtension', id: string }
          | { __typename: 'Sitting', id: string }
          | { __typename: 'Support', id: string }
          | { __typename: 'TextConflict', id: string }
          | { __typename: 'TextCorrection', id: string }
          | { __typename: 'TextVersion', id: string }
          | { __typename: 'WorkItem', id: string }
          | { __typename: 'WorkPlan', id: string }
          | { __typename: 'WorkingBody', id: string }
         | null, sitting: { __typename: 'Sitting', id: string, firstNumber: number, secondNumber: number | null, startsOn: string, body: { __typename: 'WorkingBody', id: string, shortName: string, kind: BodyKind } } }> }, availableActs: Array<{ __typename: 'AvailableAct', act: Act, isAllowed: boolean, code: RefusalCode | null, reason: string | null, rule: string | null, unlocksAt: string | null, whoCan: string }>, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, author: { __typename: 'Delegate', id: string, name: string }, submittedBy: { __typename: 'Delegate', id: string, name: string } | null, body: { __typename: 'WorkingBody', id: string, shortName: string } | null, cycle: { __typename: 'ReviewCycle', id: string, title: string, isOpen: boolean, mechanism: { __typename: 'Mechanism', id: string, approvalPath: Array<BodyKind> } }, textVersion: { __typename: 'TextVersion', id: string, number: number, label: string }, currentVersion: { __typename: 'TextVersion', id: string, number: number, label: string } } | null };

export type ProposalListQueryVariables = Exact<{
  filter?: ProposalFilter | null | undefined;
  orderBy?: ProposalOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ProposalListQuery = { __typename: 'Query', proposals: { __typename: 'ProposalConnection', totalCount: number, nodes: Array<{ __typename: 'Proposal', id: string, number: number | null, title: string, rationale: string, status: ProposalStatus, nextBody: BodyKind | null, revision: number, draftedAt: string, submittedAt: string | null, registeredAt: string | null, assignedAt: string | null, concludedAt: string | null, decidedAt: string | null, contentDigest: string | null, isSeverable: boolean, amendmentCount: number, viewCount: number, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, author: { __typename: 'Delegate', id: string, name: string }, submittedBy: { __typename: 'Delegate', id: string, name: string } | null, body: { __typename: 'WorkingBody', id: string, shortName: string } | null, cycle: { __typename: 'ReviewCycle', id: string, title: string, isOpen: boolean, mechanism: { __typename: 'Mechanism', id: string, approvalPath: Array<BodyKind> } }, textVersion: { __typename: 'TextVersion', id: string, number: number, label: string }, currentVersion: { __typename: 'TextVersion', id: string, number: number, label: string } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type AssignProposalMutationVariables = Exact<{
  input: AssignProposalInput;
}>;


export type AssignProposalMutation = { __typename: 'Mutation', assignProposal:
    | { __typename: 'ProposalAssigned', proposal: { __typename: 'Proposal', id: string, number: number | null, title: string, rationale: string, status: ProposalStatus, nextBody: BodyKind | null, revision: number, draftedAt: string, submittedAt: string | null, registeredAt: string | null, assignedAt: string | null, concludedAt: string | null, decidedAt: string | null, contentDigest: string | null, isSeverable: boolean, amendmentCount: number, viewCount: number, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, author: { __typename: 'Delegate', id: string, name: string }, submittedBy: { __typename: 'Delegate', id: string, name: string } | null, body: { __typename: 'WorkingBody', id: string, shortName: string } | null, cycle: { __typename: 'ReviewCycle', id: string, title: string, isOpen: boolean, mechanism: { __typename: 'Mechanism', id: string, approvalPath: Array<BodyKind> } }, textVersion: { __typename: 'TextVersion', id: string, number: number, label: string }, currentVersion: { __typename: 'TextVersion', id: string, number: number, label: string } } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type ConcludeConsiderationMutationVariables = Exact<{
  input: ConcludeConsiderationInput;
}>;


export type ConcludeConsiderationMutation = { __typename: 'Mutation', concludeConsideration:
    | { __typename: 'ConsiderationConcluded', proposal: { __typename: 'Proposal', id: string, number: number | null, title: string, rationale: string, status: ProposalStatus, nextBody: BodyKind | null, revision: number, draftedAt: string, submittedAt: string | null, registeredAt: string | null, assignedAt: string | null, concludedAt: string | null, decidedAt: string | null, contentDigest: string | null, isSeverable: boolean, amendmentCount: number, viewCount: number, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, author: { __typename: 'Delegate', id: string, name: string }, submittedBy: { __typename: 'Delegate', id: string, name: string } | null, body: { __typename: 'WorkingBody', id: string, shortName: string } | null, cycle: { __typename: 'ReviewCycle', id: string, title: string, isOpen: boolean, mechanism: { __typename: 'Mechanism', id: string, approvalPath: Array<BodyKind> } }, textVersion: { __typename: 'TextVersion', id: string, number: number, label: string }, currentVersion: { __typename: 'TextVersion', id: string, number: number, label: string } } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type ConfirmCoSponsorshipMutationVariables = Exact<{
  input: ConfirmCoSponsorshipInput;
}>;


export type ConfirmCoSponsorshipMutation = { __typename: 'Mutation', confirmCoSponsorship:
    | { __typename: 'CoSponsorshipConfirmed', proposal: { __typename: 'Proposal', id: string, number: number | null, title: string, rationale: string, status: ProposalStatus, nextBody: BodyKind | null, revision: number, draftedAt: string, submittedAt: string | null, registeredAt: string | null, assignedAt: string | null, concludedAt: string | null, decidedAt: string | null, contentDigest: string | null, isSeverable: boolean, amendmentCount: number, viewCount: number, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, author: { __typename: 'Delegate', id: string, name: string }, submittedBy: { __typename: 'Delegate', id: string, name: string } | null, body: { __typename: 'WorkingBody', id: string, shortName: string } | null, cycle: { __typename: 'ReviewCycle', id: string, title: string, isOpen: boolean, mechanism: { __typename: 'Mechanism', id: string, approvalPath: Array<BodyKind> } }, textVersion: { __typename: 'TextVersion', id: string, number: number, label: string }, currentVersion: { __typename: 'TextVersion', id: string, number: number, label: string } } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type DecideProposalMutationVariables = Exact<{
  input: DecideProposalInput;
}>;


export type DecideProposalMutation = { __typename: 'Mutation', decideProposal:
    | { __typename: 'ProposalDecided', proposal: { __typename: 'Proposal', id: string, number: number | null, title: string, rationale: string, status: ProposalStatus, nextBody: BodyKind | null, revision: number, draftedAt: string, submittedAt: string | null, registeredAt: string | null, assignedAt: string | null, concludedAt: string | null, decidedAt: string | null, contentDigest: string | null, isSeverable: boolean, amendmentCount: number, viewCount: number, decisions: { __typename: 'DecisionConnection', nodes: Array<{ __typename: 'Decision', id: string, agendaItem: string | null, verb: string, isAsAppropriate: boolean, outcome: Outcome, text: string, paragraph: string | null, recordedAt: string, subject:
              | { __typename: 'Activity', id: string }
              | { __typename: 'Amendment', id: string }
              | { __typename: 'AmendmentView', id: string }
              | { __typename: 'AppliedChange', id: string }
              | { __typename: 'BodyFunction', id: string }
              | { __typename: 'BrowserSession', id: string }
              | { __typename: 'CarriedAmendment', id: string }
              | { __typename: 'CarriedComment', id: string }
              | { __typename: 'ClientApplication', id: string }
              | { __typename: 'CoSponsor', id: string }
              | { __typename: 'Comment', id: string }
              | { __typename: 'ConflictSide', id: string }
              | { __typename: 'Consolidation', id: string }
              | { __typename: 'Decision', id: string }
              | { __typename: 'Delegate', id: string }
              | { __typename: 'Disposition', id: string }
              | { __typename: 'Edition', id: string }
              | { __typename: 'Grant', id: string }
              | { __typename: 'Instrument', id: string }
              | { __typename: 'Invitation', id: string }
              | { __typename: 'JournalEntry', id: string }
              | { __typename: 'JournalHead', id: string }
              | { __typename: 'Lineage', id: string }
              | { __typename: 'Mandate', id: string }
              | { __typename: 'Mechanism', id: string }
              | { __typename: 'Membership', id: string }
              | { __typename: 'Opposition', id: string }
              | { __typename: 'Paper', id: string }
              | { __typename: 'Party', id: string }
              | { __typename: 'Person', id: string }
              | { __typename: 'Proposal', id: string }
              | { __typename: 'Provision', id: string }
              | { __typename: 'ProvisionReference', id: string }
              | { __typename: 'Redating', id: string }
              | { __typename: 'Representation', id: string }
              | { __typename: 'Responsible', id: string }
              | { __typename: 'ReviewCycle', id: string }
              | { __typename: 'Round', id: string }
              | { __typename: 'RoundExtension', id: string }
              | { __typename: 'Sitting', id: string }
              | { __typename: 'Support', id: string }
              | { __typename: 'TextConflict', id: string }
              | { __typename: 'TextCorrection', id: string }
              | { __typename: 'TextVersion', id: string }
              | { __typename: 'WorkItem', id: string }
              | { __typename: 'WorkPlan', id: string }
              | { __typename: 'WorkingBody', id: string }
             | null, sitting: { __typename: 'Sitting', id: string, firstNumber: number, secondNumber: number | null, startsOn: string, body: { __typename: 'WorkingBody', id: string, shortName: string, kind: BodyKind } } }> }, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, author: { __typename: 'Delegate', id: string, name: string }, submittedBy: { __typename: 'Delegate', id: string, name: string } | null, body: { __typename: 'WorkingBody', id: string, shortName: string } | null, cycle: { __typename: 'ReviewCycle', id: string, title: string, isOpen: boolean, mechanism: { __typename: 'Mechanism', id: string, approvalPath: Array<BodyKind> } }, textVersion: { __typename: 'TextVersion', id: string, number: number, label: string }, currentVersion: { __typename: 'TextVersion', id: string, number: number, label: string } } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type DraftProposalMutationVariables = Exact<{
  input: DraftProposalInput;
}>;


export type DraftProposalMutation = { __typename: 'Mutation', draftProposal:
    | { __typename: 'ProposalDrafted', proposal: { __typename: 'Proposal', id: string, number: number | null, title: string, rationale: string, status: ProposalStatus, nextBody: BodyKind | null, revision: number, draftedAt: string, submittedAt: string | null, registeredAt: string | null, assignedAt: string | null, concludedAt: string | null, decidedAt: string | null, contentDigest: string | null, isSeverable: boolean, amendmentCount: number, viewCount: number, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, author: { __typename: 'Delegate', id: string, name: string }, submittedBy: { __typename: 'Delegate', id: string, name: string } | null, body: { __typename: 'WorkingBody', id: string, shortName: string } | null, cycle: { __typename: 'ReviewCycle', id: string, title: string, isOpen: boolean, mechanism: { __typename: 'Mechanism', id: string, approvalPath: Array<BodyKind> } }, textVersion: { __typename: 'TextVersion', id: string, number: number, label: string }, currentVersion: { __typename: 'TextVersion', id: string, number: number, label: string } } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type OpenCycleMutationVariables = Exact<{
  input: OpenCycleInput;
}>;


export type OpenCycleMutation = { __typename: 'Mutation', openCycle:
    | { __typename: 'CycleOpened', cycle: { __typename: 'ReviewCycle', id: string, title: string, kind: CycleKind, opensOn: string, closesOn: string | null, isOpen: boolean, mechanism: { __typename: 'Mechanism', id: string, title: string } } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type RecordViewMutationVariables = Exact<{
  input: RecordViewInput;
}>;


export type RecordViewMutation = { __typename: 'Mutation', recordView:
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
    | { __typename: 'ViewRecorded', proposal: { __typename: 'Proposal', id: string, number: number | null, title: string, rationale: string, status: ProposalStatus, nextBody: BodyKind | null, revision: number, draftedAt: string, submittedAt: string | null, registeredAt: string | null, assignedAt: string | null, concludedAt: string | null, decidedAt: string | null, contentDigest: string | null, isSeverable: boolean, amendmentCount: number, viewCount: number, amendments: { __typename: 'AmendmentConnection', nodes: Array<{ __typename: 'Amendment', id: string, position: number, kind: AmendmentKind, provisionKey: string | null, afterKey: string | null, wording: string | null, unitKind: UnitKind | null, level: number | null, printedNumber: string | null, provision: { __typename: 'Provision', id: string, printedNumber: string | null, text: string } | null, after: { __typename: 'Provision', id: string, printedNumber: string | null, text: string } | null, carried: { __typename: 'CarriedAmendment', id: string, state: CarriedState, provisionKey: string | null, afterKey: string | null, wording: string | null, reason: string | null, decidedAt: string | null } | null, view: { __typename: 'AmendmentView', id: string, view: GroupView, reason: string | null, recordedAt: string, recordedBy: { __typename: 'Delegate', id: string, name: string } } | null }> }, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, author: { __typename: 'Delegate', id: string, name: string }, submittedBy: { __typename: 'Delegate', id: string, name: string } | null, body: { __typename: 'WorkingBody', id: string, shortName: string } | null, cycle: { __typename: 'ReviewCycle', id: string, title: string, isOpen: boolean, mechanism: { __typename: 'Mechanism', id: string, approvalPath: Array<BodyKind> } }, textVersion: { __typename: 'TextVersion', id: string, number: number, label: string }, currentVersion: { __typename: 'TextVersion', id: string, number: number, label: string } } }
   };

export type RegisterProposalMutationVariables = Exact<{
  input: RegisterProposalInput;
}>;


export type RegisterProposalMutation = { __typename: 'Mutation', registerProposal:
    | { __typename: 'ProposalRegistered', proposal: { __typename: 'Proposal', id: string, number: number | null, title: string, rationale: string, status: ProposalStatus, nextBody: BodyKind | null, revision: number, draftedAt: string, submittedAt: string | null, registeredAt: string | null, assignedAt: string | null, concludedAt: string | null, decidedAt: string | null, contentDigest: string | null, isSeverable: boolean, amendmentCount: number, viewCount: number, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, author: { __typename: 'Delegate', id: string, name: string }, submittedBy: { __typename: 'Delegate', id: string, name: string } | null, body: { __typename: 'WorkingBody', id: string, shortName: string } | null, cycle: { __typename: 'ReviewCycle', id: string, title: string, isOpen: boolean, mechanism: { __typename: 'Mechanism', id: string, approvalPath: Array<BodyKind> } }, textVersion: { __typename: 'TextVersion', id: string, number: number, label: string }, currentVersion: { __typename: 'TextVersion', id: string, number: number, label: string } } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type RestateAmendmentMutationVariables = Exact<{
  input: RestateAmendmentInput;
}>;


export type RestateAmendmentMutation = { __typename: 'Mutation', restateAmendment:
    | { __typename: 'AmendmentRestated', proposal: { __typename: 'Proposal', id: string, number: number | null, title: string, rationale: string, status: ProposalStatus, nextBody: BodyKind | null, revision: number, draftedAt: string, submittedAt: string | null, registeredAt: string | null, assignedAt: string | null, concludedAt: string | null, decidedAt: string | null, contentDigest: string | null, isSeverable: boolean, amendmentCount: number, viewCount: number, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, author: { __typename: 'Delegate', id: string, name: string }, submittedBy: { __typename: 'Delegate', id: string, name: string } | null, body: { __typename: 'WorkingBody', id: string, shortName: string } | null, cycle: { __typename: 'ReviewCycle', id: string, title: string, isOpen: boolean, mechanism: { __typename: 'Mechanism', id: string, approvalPath: Array<BodyKind> } }, textVersion: { __typename: 'TextVersion', id: string, number: number, label: string }, currentVersion: { __typename: 'TextVersion', id: string, number: number, label: string } } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type ReviseProposalMutationVariables = Exact<{
  input: ReviseProposalInput;
}>;


export type ReviseProposalMutation = { __typename: 'Mutation', reviseProposal:
    | { __typename: 'ProposalRevised', proposal: { __typename: 'Proposal', id: string, number: number | null, title: string, rationale: string, status: ProposalStatus, nextBody: BodyKind | null, revision: number, draftedAt: string, submittedAt: string | null, registeredAt: string | null, assignedAt: string | null, concludedAt: string | null, decidedAt: string | null, contentDigest: string | null, isSeverable: boolean, amendmentCount: number, viewCount: number, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, author: { __typename: 'Delegate', id: string, name: string }, submittedBy: { __typename: 'Delegate', id: string, name: string } | null, body: { __typename: 'WorkingBody', id: string, shortName: string } | null, cycle: { __typename: 'ReviewCycle', id: string, title: string, isOpen: boolean, mechanism: { __typename: 'Mechanism', id: string, approvalPath: Array<BodyKind> } }, textVersion: { __typename: 'TextVersion', id: string, number: number, label: string }, currentVersion: { __typename: 'TextVersion', id: string, number: number, label: string } } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type SubmitProposalMutationVariables = Exact<{
  input: SubmitProposalInput;
}>;


export type SubmitProposalMutation = { __typename: 'Mutation', submitProposal:
    | { __typename: 'ProposalSubmitted', proposal: { __typename: 'Proposal', id: string, number: number | null, title: string, rationale: string, status: ProposalStatus, nextBody: BodyKind | null, revision: number, draftedAt: string, submittedAt: string | null, registeredAt: string | null, assignedAt: string | null, concludedAt: string | null, decidedAt: string | null, contentDigest: string | null, isSeverable: boolean, amendmentCount: number, viewCount: number, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, author: { __typename: 'Delegate', id: string, name: string }, submittedBy: { __typename: 'Delegate', id: string, name: string } | null, body: { __typename: 'WorkingBody', id: string, shortName: string } | null, cycle: { __typename: 'ReviewCycle', id: string, title: string, isOpen: boolean, mechanism: { __typename: 'Mechanism', id: string, approvalPath: Array<BodyKind> } }, textVersion: { __typename: 'TextVersion', id: string, number: number, label: string }, currentVersion: { __typename: 'TextVersion', id: string, number: number, label: string } } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type WithdrawProposalMutationVariables = Exact<{
  input: WithdrawProposalInput;
}>;


export type WithdrawProposalMutation = { __typename: 'Mutation', withdrawProposal:
    | { __typename: 'ProposalWithdrawn', proposal: { __typename: 'Proposal', id: string, number: number | null, title: string, rationale: string, status: ProposalStatus, nextBody: BodyKind | null, revision: number, draftedAt: string, submittedAt: string | null, registeredAt: string | null, assignedAt: string | null, concludedAt: string | null, decidedAt: string | null, contentDigest: string | null, isSeverable: boolean, amendmentCount: number, viewCount: number, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, author: { __typename: 'Delegate', id: string, name: string }, submittedBy: { __typename: 'Delegate', id: string, name: string } | null, body: { __typename: 'WorkingBody', id: string, shortName: string } | null, cycle: { __typename: 'ReviewCycle', id: string, title: string, isOpen: boolean, mechanism: { __typename: 'Mechanism', id: string, approvalPath: Array<BodyKind> } }, textVersion: { __typename: 'TextVersion', id: string, number: number, label: string }, currentVersion: { __typename: 'TextVersion', id: string, number: number, label: string } } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type AudienceOfObjectQueryVariables = Exact<{
  objectId: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type AudienceOfObjectQuery = { __typename: 'Query', audience: { __typename: 'Audience', object:
      | { __typename: 'Activity', id: string }
      | { __typename: 'Amendment', id: string }
      | { __typename: 'AmendmentView', id: string }
      | { __typename: 'AppliedChange', id: string }
      | { __typename: 'BodyFunction', id: string }
      | { __typename: 'BrowserSession', id: string }
      | { __typename: 'CarriedAmendment', id: string }
      | { __typename: 'CarriedComment', id: string }
      | { __typename: 'ClientApplication', id: string }
      | { __typename: 'CoSponsor', id: string }
      | { __typename: 'Comment', id: string }
      | { __typename: 'ConflictSide', id: string }
      | { __typename: 'Consolidation', id: string }
      | { __typename: 'Decision', id: string }
      | { __typename: 'Delegate', id: string }
      | { __typename: 'Disposition', id: string }
      | { __typename: 'Edition', id: string }
      | { __typename: 'Grant', id: string }
      | { __typename: 'Instrument', id: string }
      | { __typename: 'Invitation', id: string }
      | { __typename: 'JournalEntry', id: string }
      | { __typename: 'JournalHead', id: string }
      | { __typename: 'Lineage', id: string }
      | { __typename: 'Mandate', id: string }
      | { __typename: 'Mechanism', id: string }
      | { __typename: 'Membership', id: string }
      | { __typename: 'Opposition', id: string }
      | { __typename: 'Paper', id: string }
      | { __typename: 'Party', id: string }
      | { __typename: 'Person', id: string }
      | { __typename: 'Proposal', id: string }
      | { __typename: 'Provision', id: string }
      | { __typename: 'ProvisionReference', id: string }
      | { __typename: 'Redating', id: string }
      | { __typename: 'Representation', id: string }
      | { __typename: 'Responsible', id: string }
      | { __typename: 'ReviewCycle', id: string }
      | { __typename: 'Round', id: string }
      | { __typename: 'RoundExtension', id: string }
      | { __typename: 'Sitting', id: string }
      | { __typename: 'Support', id: string }
      | { __typename: 'TextConflict', id: string }
      | { __typename: 'TextCorrection', id: string }
      | { __typename: 'TextVersion', id: string }
      | { __typename: 'WorkItem', id: string }
      | { __typename: 'WorkPlan', id: string }
      | { __typename: 'WorkingBody', id: string }
     | null, onlookers: { __typename: 'OnlookerConnection', totalCount: number, nodes: Array<{ __typename: 'Onlooker', id: string, isFocalPoint: boolean, isOnBehalf: boolean, reasons: Array<string>, delegate: { __typename: 'Delegate', id: string, name: string } | null, party: { __typename: 'Party', id: string, name: string, capacity: Capacity } | null }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } } | null };

export type RightsOfPersonQueryVariables = Exact<{
  personId: string;
  objectId?: string | null | undefined;
}>;


export type RightsOfPersonQuery = { __typename: 'Query', rights: { __typename: 'PersonRights', person: { __typename: 'Person', id: string, name: string, suspendedAt: string | null } | null, standings: Array<{ __typename: 'StandingRights', id: string, isOnBehalf: boolean, grounds: Array<string>, hindrance: string | null, canSeeObject: boolean | null, delegate: { __typename: 'Delegate', id: string } | null, party: { __typename: 'Party', id: string, name: string, capacity: Capacity } | null, acts: Array<{ __typename: 'ActRight', area: string, act: Act, scope: Scope, reach: Reach, why: string, onObject: { __typename: 'AvailableAct', act: Act, isAllowed: boolean, code: RefusalCode | null, reason: string | null, rule: string | null, unlocksAt: string | null, whoCan: string } | null }> }> } | null };

export type CommentListQueryVariables = Exact<{
  filter?: CommentFilter | null | undefined;
  orderBy?: CommentOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type CommentListQuery = { __typename: 'Query', comments: { __typename: 'CommentConnection', totalCount: number, nodes: Array<{ __typename: 'Comment', id: string, number: number | null, type: CommentType, status: CommentStatus, revision: number, text: string, reason: string | null, proposedWording: string | null, coversSection: boolean, submittedAt: string | null, supportCount: number, supports: { __typename: 'SupportConnection', nodes: Array<{ __typename: 'Support', party: { __typename: 'Party', id: string, shortName: string } }> }, availableActs: Array<{ __typename: 'AvailableAct', act: Act, isAllowed: boolean, code: RefusalCode | null, reason: string | null, rule: string | null, unlocksAt: string | null, whoCan: string }>, round: { __typename: 'Round', id: string, title: string }, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, author: { __typename: 'Delegate', id: string, name: string }, provision: { __typename: 'Provision', id: string, key: string, printedNumber: string | null } | null, quotation: { __typename: 'QuotationPlace', exact: string, start: number, end: number } | null, receipt: { __typename: 'Receipt', reference: string, submittedAt: string, contentDigest: string, party: string, submittedBy: string, rule: string } | null, disposition: { __typename: 'Disposition', id: string, stage: DispositionStage, verdict: DispositionVerdict, reason: string | null, wording: string | null, decidedAt: string, decidedBy: { __typename: 'Delegate', id: string, name: string } } | null, carriedTo: { __typename: 'CarriedComment', id: string, state: PlaceState, score: number, start: number | null, end: number | null, quotedWords: string | null, words: string | null, decidedAt: string | null, provision: { __typename: 'Provision', id: string, key: string, printedNumber: string | null } | null, textVersion: { __typename: 'TextVersion', id: string, number: number } } | null }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type OutcomeListQueryVariables = Exact<{
  filter?: CommentFilter | null | undefined;
  orderBy?: CommentOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type OutcomeListQuery = { __typename: 'Query', comments: { __typename: 'CommentConnection', totalCount: number, nodes: Array<{ __typename: 'Comment', id: string, number: number | null, type: CommentType, status: CommentStatus, revision: number, text: string, reason: string | null, proposedWording: string | null, coversSection: boolean, submittedAt: string | null, supportCount: number, supports: { __typename: 'SupportConnection', nodes: Array<{ __typename: 'Support', party: { __typename: 'Party', id: string, shortName: string } }> }, outcome: { __typename: 'CommentOutcome', share: number | null, textVersion: { __typename: 'TextVersion', id: string, number: number, label: string, status: VersionStatus }, provision: { __typename: 'Provision', id: string, key: string, printedNumber: string | null, text: string } | null, runs: Array<{ __typename: 'OutcomeRun', kind: RunKind, text: string, isAsAsked: boolean }> } | null, conflicts: { __typename: 'TextConflictConnection', nodes: Array<{ __typename: 'TextConflict', id: string, status: ConflictStatus, settledWords: string | null, reason: string | null }> }, changes: { __typename: 'AppliedChangeConnection', nodes: Array<{ __typename: 'AppliedChange', id: string, kind: AmendmentKind, replacement: string | null, isApplied: boolean }> }, round: { __typename: 'Round', id: string, title: string }, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, author: { __typename: 'Delegate', id: string, name: string }, provision: { __typename: 'Provision', id: string, key: string, printedNumber: string | null } | null, quotation: { __typename: 'QuotationPlace', exact: string, start: number, end: number } | null, receipt: { __typename: 'Receipt', reference: string, submittedAt: string, contentDigest: string, party: string, submittedBy: string, rule: string } | null, disposition: { __typename: 'Disposition', id: string, stage: DispositionStage, verdict: DispositionVerdict, reason: string | null, wording: string | null, decidedAt: string, decidedBy: { __typename: 'Delegate', id: string, name: string } } | null, carriedTo: { __typename: 'CarriedComment', id: string, state: PlaceState, score: number, start: number | null, end: number | null, quotedWords: string | null, words: string | null, decidedAt: string | null, provision: { __typename: 'Provision', id: string, key: string, printedNumber: string | null } | null, textVersion: { __typename: 'TextVersion', id: string, number: number } } | null }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type PreviewWordingQueryVariables = Exact<{
  provisionId: string;
  wording: string;
  quotation?: QuotationInput | null | undefined;
}>;


export type PreviewWordingQuery = { __typename: 'Query', previewWording:
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
    | { __typename: 'WordingPreview', before: string, after: string, sentences: Array<string>, proposedWording: string | null, runs: Array<{ __typename: 'PreviewRun', kind: RunKind, text: string }>, quotation: { __typename: 'QuotedWords', exact: string, prefix: string | null, suffix: string | null } | null, alike: Array<{ __typename: 'Comment', id: string, number: number | null, party: { __typename: 'Party', id: string, shortName: string } }> }
   | null };

export type RoundDetailQueryVariables = Exact<{
  id: string;
}>;


export type RoundDetailQuery = { __typename: 'Query', round: { __typename: 'Round', id: string, title: string, phase: RoundPhase, status: RoundStatus, opensAt: string, closesAt: string, zone: string, visibility: RoundVisibility, audience: Array<Capacity>, revision: number, commentCount: number, extensions: { __typename: 'RoundExtensionConnection', nodes: Array<{ __typename: 'RoundExtension', oldClosesAt: string, newClosesAt: string, reason: string, extendedAt: string }> }, answered: { __typename: 'PartyConnection', totalCount: number, nodes: Array<{ __typename: 'Party', id: string, shortName: string, capacity: Capacity }> }, silent: { __typename: 'PartyConnection', totalCount: number, nodes: Array<{ __typename: 'Party', id: string, shortName: string, capacity: Capacity }> }, availableActs: Array<{ __typename: 'AvailableAct', act: Act, isAllowed: boolean, code: RefusalCode | null, reason: string | null, rule: string | null, unlocksAt: string | null, whoCan: string }>, textVersion: { __typename: 'TextVersion', id: string, number: number, label: string }, body: { __typename: 'WorkingBody', id: string, shortName: string } } | null };

export type RoundListQueryVariables = Exact<{
  filter?: RoundFilter | null | undefined;
  orderBy?: RoundOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type RoundListQuery = { __typename: 'Query', rounds: { __typename: 'RoundConnection', totalCount: number, nodes: Array<{ __typename: 'Round', id: string, title: string, phase: RoundPhase, status: RoundStatus, opensAt: string, closesAt: string, zone: string, visibility: RoundVisibility, audience: Array<Capacity>, revision: number, commentCount: number, textVersion: { __typename: 'TextVersion', id: string, number: number, label: string }, body: { __typename: 'WorkingBody', id: string, shortName: string } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type CancelRoundMutationVariables = Exact<{
  input: CancelRoundInput;
}>;


export type CancelRoundMutation = { __typename: 'Mutation', cancelRound:
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
    | { __typename: 'RoundCancelled', round: { __typename: 'Round', id: string, title: string, phase: RoundPhase, status: RoundStatus, opensAt: string, closesAt: string, zone: string, visibility: RoundVisibility, audience: Array<Capacity>, revision: number, commentCount: number, textVersion: { __typename: 'TextVersion', id: string, number: number, label: string }, body: { __typename: 'WorkingBody', id: string, shortName: string } } }
   };

export type ClearCommentMutationVariables = Exact<{
  input: ClearCommentInput;
}>;


export type ClearCommentMutation = { __typename: 'Mutation', clearComment:
    | { __typename: 'CommentCleared', comment: { __typename: 'Comment', id: string, number: number | null, type: CommentType, status: CommentStatus, revision: number, text: string, reason: string | null, proposedWording: string | null, coversSection: boolean, submittedAt: string | null, supportCount: number, round: { __typename: 'Round', id: string, title: string }, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, author: { __typename: 'Delegate', id: string, name: string }, provision: { __typename: 'Provision', id: string, key: string, printedNumber: string | null } | null, quotation: { __typename: 'QuotationPlace', exact: string, start: number, end: number } | null, receipt: { __typename: 'Receipt', reference: string, submittedAt: string, contentDigest: string, party: string, submittedBy: string, rule: string } | null, disposition: { __typename: 'Disposition', id: string, stage: DispositionStage, verdict: DispositionVerdict, reason: string | null, wording: string | null, decidedAt: string, decidedBy: { __typename: 'Delegate', id: string, name: string } } | null, carriedTo: { __typename: 'CarriedComment', id: string, state: PlaceState, score: number, start: number | null, end: number | null, quotedWords: string | null, words: string | null, decidedAt: string | null, provision: { __typename: 'Provision', id: string, key: string, printedNumber: string | null } | null, textVersion: { __typename: 'TextVersion', id: string, number: number } } | null } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type CompleteRoundMutationVariables = Exact<{
  input: CompleteRoundInput;
}>;


export type CompleteRoundMutation = { __typename: 'Mutation', completeRound:
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
    | { __typename: 'RoundCompleted', round: { __typename: 'Round', id: string, title: string, phase: RoundPhase, status: RoundStatus, opensAt: string, closesAt: string, zone: string, visibility: RoundVisibility, audience: Array<Capacity>, revision: number, commentCount: number, textVersion: { __typename: 'TextVersion', id: string, number: number, label: string }, body: { __typename: 'WorkingBody', id: string, shortName: string } } }
   };

export type ConfirmCarriedCommentMutationVariables = Exact<{
  input: ConfirmCarriedCommentInput;
}>;


export type ConfirmCarriedCommentMutation = { __typename: 'Mutation', confirmCarriedComment:
    | { __typename: 'CommentPlaceConfirmed', comment: { __typename: 'Comment', id: string, number: number | null, type: CommentType, status: CommentStatus, revision: number, text: string, reason: string | null, proposedWording: string | null, coversSection: boolean, submittedAt: string | null, supportCount: number, round: { __typename: 'Round', id: string, title: string }, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, author: { __typename: 'Delegate', id: string, name: string }, provision: { __typename: 'Provision', id: string, key: string, printedNumber: string | null } | null, quotation: { __typename: 'QuotationPlace', exact: string, start: number, end: number } | null, receipt: { __typename: 'Receipt', reference: string, submittedAt: string, contentDigest: string, party: string, submittedBy: string, rule: string } | null, disposition: { __typename: 'Disposition', id: string, stage: DispositionStage, verdict: DispositionVerdict, reason: string | null, wording: string | null, decidedAt: string, decidedBy: { __typename: 'Delegate', id: string, name: string } } | null, carriedTo: { __typename: 'CarriedComment', id: string, state: PlaceState, score: number, start: number | null, end: number | null, quotedWords: string | null, words: string | null, decidedAt: string | null, provision: { __typename: 'Provision', id: string, key: string, printedNumber: string | null } | null, textVersion: { __typename: 'TextVersion', id: string, number: number } } | null } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type DraftCommentMutationVariables = Exact<{
  input: DraftCommentInput;
}>;


export type DraftCommentMutation = { __typename: 'Mutation', draftComment:
    | { __typename: 'CommentDrafted', comment: { __typename: 'Comment', id: string, number: number | null, type: CommentType, status: CommentStatus, revision: number, text: string, reason: string | null, proposedWording: string | null, coversSection: boolean, submittedAt: string | null, supportCount: number, round: { __typename: 'Round', id: string, title: string }, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, author: { __typename: 'Delegate', id: string, name: string }, provision: { __typename: 'Provision', id: string, key: string, printedNumber: string | null } | null, quotation: { __typename: 'QuotationPlace', exact: string, start: number, end: number } | null, receipt: { __typename: 'Receipt', reference: string, submittedAt: string, contentDigest: string, party: string, submittedBy: string, rule: string } | null, disposition: { __typename: 'Disposition', id: string, stage: DispositionStage, verdict: DispositionVerdict, reason: string | null, wording: string | null, decidedAt: string, decidedBy: { __typename: 'Delegate', id: string, name: string } } | null, carriedTo: { __typename: 'CarriedComment', id: string, state: PlaceState, score: number, start: number | null, end: number | null, quotedWords: string | null, words: string | null, decidedAt: string | null, provision: { __typename: 'Provision', id: string, key: string, printedNumber: string | null } | null, textVersion: { __typename: 'TextVersion', id: string, number: number } } | null } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type ExtendRoundMutationVariables = Exact<{
  input: ExtendRoundInput;
}>;


export type ExtendRoundMutation = { __typename: 'Mutation', extendRound:
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
    | { __typename: 'RoundExtended', round: { __typename: 'Round', id: string, title: string, phase: RoundPhase, status: RoundStatus, opensAt: string, closesAt: string, zone: string, visibility: RoundVisibility, audience: Array<Capacity>, revision: number, commentCount: number, textVersion: { __typename: 'TextVersion', id: string, number: number, label: string }, body: { __typename: 'WorkingBody', id: string, shortName: string } } }
   };

export type OpenRoundMutationVariables = Exact<{
  input: OpenRoundInput;
}>;


export type OpenRoundMutation = { __typename: 'Mutation', openRound:
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
    | { __typename: 'RoundOpened', round: { __typename: 'Round', id: string, title: string, phase: RoundPhase, status: RoundStatus, opensAt: string, closesAt: string, zone: string, visibility: RoundVisibility, audience: Array<Capacity>, revision: number, commentCount: number, textVersion: { __typename: 'TextVersion', id: string, number: number, label: string }, body: { __typename: 'WorkingBody', id: string, shortName: string } } }
   };

export type OpposeCommentMutationVariables = Exact<{
  input: OpposeCommentInput;
}>;


export type OpposeCommentMutation = { __typename: 'Mutation', opposeComment:
    | { __typename: 'CommentOpposed', comment: { __typename: 'Comment', id: string, number: number | null, type: CommentType, status: CommentStatus, revision: number, text: string, reason: string | null, proposedWording: string | null, coversSection: boolean, submittedAt: string | null, supportCount: number, round: { __typename: 'Round', id: string, title: string }, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, author: { __typename: 'Delegate', id: string, name: string }, provision: { __typename: 'Provision', id: string, key: string, printedNumber: string | null } | null, quotation: { __typename: 'QuotationPlace', exact: string, start: number, end: number } | null, receipt: { __typename: 'Receipt', reference: string, submittedAt: string, contentDigest: string, party: string, submittedBy: string, rule: string } | null, disposition: { __typename: 'Disposition', id: string, stage: DispositionStage, verdict: DispositionVerdict, reason: string | null, wording: string | null, decidedAt: string, decidedBy: { __typename: 'Delegate', id: string, name: string } } | null, carriedTo: { __typename: 'CarriedComment', id: string, state: PlaceState, score: number, start: number | null, end: number | null, quotedWords: string | null, words: string | null, decidedAt: string | null, provision: { __typename: 'Provision', id: string, key: string, printedNumber: string | null } | null, textVersion: { __typename: 'TextVersion', id: string, number: number } } | null } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type ProposeDispositionMutationVariables = Exact<{
  input: ProposeDispositionInput;
}>;


export type ProposeDispositionMutation = { __typename: 'Mutation', proposeDisposition:
    | { __typename: 'DispositionProposed', comment: { __typename: 'Comment', id: string, number: number | null, type: CommentType, status: CommentStatus, revision: number, text: string, reason: string | null, proposedWording: string | null, coversSection: boolean, submittedAt: string | null, supportCount: number, round: { __typename: 'Round', id: string, title: string }, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, author: { __typename: 'Delegate', id: string, name: string }, provision: { __typename: 'Provision', id: string, key: string, printedNumber: string | null } | null, quotation: { __typename: 'QuotationPlace', exact: string, start: number, end: number } | null, receipt: { __typename: 'Receipt', reference: string, submittedAt: string, contentDigest: string, party: string, submittedBy: string, rule: string } | null, disposition: { __typename: 'Disposition', id: string, stage: DispositionStage, verdict: DispositionVerdict, reason: string | null, wording: string | null, decidedAt: string, decidedBy: { __typename: 'Delegate', id: string, name: string } } | null, carriedTo: { __typename: 'CarriedComment', id: string, state: PlaceState, score: number, start: number | null, end: number | null, quotedWords: string | null, words: string | null, decidedAt: string | null, provision: { __typename: 'Provision', id: string, key: string, printedNumber: string | null } | null, textVersion: { __typename: 'TextVersion', id: string, number: number } } | null } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type RecordDispositionMutationVariables = Exact<{
  input: RecordDispositionInput;
}>;


export type RecordDispositionMutation = { __typename: 'Mutation', recordDisposition:
    | { __typename: 'DispositionRecorded', comment: { __typename: 'Comment', id: string, number: number | null, type: CommentType, status: CommentStatus, revision: number, text: string, reason: string | null, proposedWording: string | null, coversSection: boolean, submittedAt: string | null, supportCount: number, round: { __typename: 'Round', id: string, title: string }, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, author: { __typename: 'Delegate', id: string, name: string }, provision: { __typename: 'Provision', id: string, key: string, printedNumber: string | null } | null, quotation: { __typename: 'QuotationPlace', exact: string, start: number, end: number } | null, receipt: { __typename: 'Receipt', reference: string, submittedAt: string, contentDigest: string, party: string, submittedBy: string, rule: string } | null, disposition: { __typename: 'Disposition', id: string, stage: DispositionStage, verdict: DispositionVerdict, reason: string | null, wording: string | null, decidedAt: string, decidedBy: { __typename: 'Delegate', id: string, name: string } } | null, carriedTo: { __typename: 'CarriedComment', id: string, state: PlaceState, score: number, start: number | null, end: number | null, quotedWords: string | null, words: string | null, decidedAt: string | null, provision: { __typename: 'Provision', id: string, key: string, printedNumber: string | null } | null, textVersion: { __typename: 'TextVersion', id: string, number: number } } | null } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type ReviseCommentMutationVariables = Exact<{
  input: ReviseCommentInput;
}>;


export type ReviseCommentMutation = { __typename: 'Mutation', reviseComment:
    | { __typename: 'CommentRevised', comment: { __typename: 'Comment', id: string, number: number | null, type: CommentType, status: CommentStatus, revision: number, text: string, reason: string | null, proposedWording: string | null, coversSection: boolean, submittedAt: string | null, supportCount: number, round: { __typename: 'Round', id: string, title: string }, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, author: { __typename: 'Delegate', id: string, name: string }, provision: { __typename: 'Provision', id: string, key: string, printedNumber: string | null } | null, quotation: { __typename: 'QuotationPlace', exact: string, start: number, end: number } | null, receipt: { __typename: 'Receipt', reference: string, submittedAt: string, contentDigest: string, party: string, submittedBy: string, rule: string } | null, disposition: { __typename: 'Disposition', id: string, stage: DispositionStage, verdict: DispositionVerdict, reason: string | null, wording: string | null, decidedAt: string, decidedBy: { __typename: 'Delegate', id: string, name: string } } | null, carriedTo: { __typename: 'CarriedComment', id: string, state: PlaceState, score: number, start: number | null, end: number | null, quotedWords: string | null, words: string | null, decidedAt: string | null, provision: { __typename: 'Provision', id: string, key: string, printedNumber: string | null } | null, textVersion: { __typename: 'TextVersion', id: string, number: number } } | null } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type SubmitCommentMutationVariables = Exact<{
  input: SubmitCommentInput;
}>;


export type SubmitCommentMutation = { __typename: 'Mutation', submitComment:
    | { __typename: 'CommentSubmitted', comment: { __typename: 'Comment', id: string, number: number | null, type: CommentType, status: CommentStatus, revision: number, text: string, reason: string | null, proposedWording: string | null, coversSection: boolean, submittedAt: string | null, supportCount: number, round: { __typename: 'Round', id: string, title: string }, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, author: { __typename: 'Delegate', id: string, name: string }, provision: { __typename: 'Provision', id: string, key: string, printedNumber: string | null } | null, quotation: { __typename: 'QuotationPlace', exact: string, start: number, end: number } | null, receipt: { __typename: 'Receipt', reference: string, submittedAt: string, contentDigest: string, party: string, submittedBy: string, rule: string } | null, disposition: { __typename: 'Disposition', id: string, stage: DispositionStage, verdict: DispositionVerdict, reason: string | null, wording: string | null, decidedAt: string, decidedBy: { __typename: 'Delegate', id: string, name: string } } | null, carriedTo: { __typename: 'CarriedComment', id: string, state: PlaceState, score: number, start: number | null, end: number | null, quotedWords: string | null, words: string | null, decidedAt: string | null, provision: { __typename: 'Provision', id: string, key: string, printedNumber: string | null } | null, textVersion: { __typename: 'TextVersion', id: string, number: number } } | null } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type SupportCommentMutationVariables = Exact<{
  input: SupportCommentInput;
}>;


export type SupportCommentMutation = { __typename: 'Mutation', supportComment:
    | { __typename: 'CommentSupported', comment: { __typename: 'Comment', id: string, number: number | null, type: CommentType, status: CommentStatus, revision: number, text: string, reason: string | null, proposedWording: string | null, coversSection: boolean, submittedAt: string | null, supportCount: number, round: { __typename: 'Round', id: string, title: string }, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, author: { __typename: 'Delegate', id: string, name: string }, provision: { __typename: 'Provision', id: string, key: string, printedNumber: string | null } | null, quotation: { __typename: 'QuotationPlace', exact: string, start: number, end: number } | null, receipt: { __typename: 'Receipt', reference: string, submittedAt: string, contentDigest: string, party: string, submittedBy: string, rule: string } | null, disposition: { __typename: 'Disposition', id: string, stage: DispositionStage, verdict: DispositionVerdict, reason: string | null, wording: string | null, decidedAt: string, decidedBy: { __typename: 'Delegate', id: string, name: string } } | null, carriedTo: { __typename: 'CarriedComment', id: string, state: PlaceState, score: number, start: number | null, end: number | null, quotedWords: string | null, words: string | null, decidedAt: string | null, provision: { __typename: 'Provision', id: string, key: string, printedNumber: string | null } | null, textVersion: { __typename: 'TextVersion', id: string, number: number } } | null } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type WithdrawCommentMutationVariables = Exact<{
  input: WithdrawCommentInput;
}>;


export type WithdrawCommentMutation = { __typename: 'Mutation', withdrawComment:
    | { __typename: 'CommentWithdrawn', comment: { __typename: 'Comment', id: string, number: number | null, type: CommentType, status: CommentStatus, revision: number, text: string, reason: string | null, proposedWording: string | null, coversSection: boolean, submittedAt: string | null, supportCount: number, round: { __typename: 'Round', id: string, title: string }, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity }, author: { __typename: 'Delegate', id: string, name: string }, provision: { __typename: 'Provision', id: string, key: string, printedNumber: string | null } | null, quotation: { __typename: 'QuotationPlace', exact: string, start: number, end: number } | null, receipt: { __typename: 'Receipt', reference: string, submittedAt: string, contentDigest: string, party: string, submittedBy: string, rule: string } | null, disposition: { __typename: 'Disposition', id: string, stage: DispositionStage, verdict: DispositionVerdict, reason: string | null, wording: string | null, decidedAt: string, decidedBy: { __typename: 'Delegate', id: string, name: string } } | null, carriedTo: { __typename: 'CarriedComment', id: string, state: PlaceState, score: number, start: number | null, end: number | null, quotedWords: string | null, words: string | null, decidedAt: string | null, provision: { __typename: 'Provision', id: string, key: string, printedNumber: string | null } | null, textVersion: { __typename: 'TextVersion', id: string, number: number } } | null } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type DefinedTermsQueryVariables = Exact<{
  textVersionId: string;
}>;


export type DefinedTermsQuery = { __typename: 'Query', definedTerms: Array<{ __typename: 'DefinedTerm', term: string, key: string, uses: Array<{ __typename: 'TermUse', key: string, start: number, end: number }> }> | null };

export type EditionListQueryVariables = Exact<{
  filter?: EditionFilter | null | undefined;
  orderBy?: EditionOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type EditionListQuery = { __typename: 'Query', editions: { __typename: 'EditionConnection', totalCount: number, nodes: Array<{ __typename: 'Edition', id: string, label: string, adoptedOn: string, publishedAt: string, instrument: { __typename: 'Instrument', id: string, shortTitle: string }, textVersion: { __typename: 'TextVersion', id: string, number: number, label: string } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type InstrumentListQueryVariables = Exact<{
  filter?: InstrumentFilter | null | undefined;
  orderBy?: InstrumentOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type InstrumentListQuery = { __typename: 'Query', instruments: { __typename: 'InstrumentConnection', totalCount: number, nodes: Array<{ __typename: 'Instrument', id: string, title: string, shortTitle: string, versions: { __typename: 'TextVersionConnection', nodes: Array<{ __typename: 'TextVersion', id: string, number: number, label: string, status: VersionStatus, language: string, revision: number, createdAt: string, issuedAt: string | null, instrument: { __typename: 'Instrument', id: string, shortTitle: string }, base: { __typename: 'TextVersion', id: string, number: number } | null }> }, editions: { __typename: 'EditionConnection', nodes: Array<{ __typename: 'Edition', id: string, label: string, adoptedOn: string, textVersion: { __typename: 'TextVersion', id: string, number: number } }> } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type ProvisionDetailQueryVariables = Exact<{
  id: string;
}>;


export type ProvisionDetailQuery = { __typename: 'Query', provision: { __typename: 'Provision', id: string, key: string, kind: UnitKind, printedNumber: string | null, text: string, parent: { __typename: 'Provision', id: string, key: string } | null, children: { __typename: 'ProvisionConnection', nodes: Array<{ __typename: 'Provision', id: string, key: string, printedNumber: string | null, text: string }> }, history: { __typename: 'ProvisionConnection', nodes: Array<{ __typename: 'Provision', id: string, printedNumber: string | null, text: string, textVersion: { __typename: 'TextVersion', id: string, number: number, label: string } }> }, comments: { __typename: 'CommentConnection', totalCount: number, nodes: Array<{ __typename: 'Comment', id: string, number: number | null, text: string, status: CommentStatus, party: { __typename: 'Party', id: string, shortName: string } }> } } | null };

export type ProvisionListQueryVariables = Exact<{
  id: string;
  filter?: ProvisionFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ProvisionListQuery = { __typename: 'Query', textVersion: { __typename: 'TextVersion', id: string, label: string, provisions: { __typename: 'ProvisionConnection', totalCount: number, nodes: Array<{ __typename: 'Provision', id: string, key: string, position: number, kind: UnitKind, level: number, printedNumber: string | null, text: string, commentCount: number, parent: { __typename: 'Provision', id: string, key: string } | null, cells: Array<{ __typename: 'Cell', number: number, text: string | null, start: number, end: number }> }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } } | null };

export type ReadDocumentQueryVariables = Exact<{
  input: ReadDocumentInput;
}>;


export type ReadDocumentQuery = { __typename: 'Query', readDocument:
    | { __typename: 'DocumentRead', units: Array<{ __typename: 'ReadUnit', position: number, kind: UnitKind, level: number, printedNumber: string | null, text: string, parentPosition: number | null, marks: Array<{ __typename: 'Mark', start: number, end: number, kind: MarkKind }> }>, doubts: Array<{ __typename: 'ReadingDoubt', kind: WarningKind, position: number, words: string, suggestion: string, proposedKind: UnitKind | null, proposedLevel: number | null, proposedNumber: string | null }> }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   | null };

export type ReferencesOfProvisionQueryVariables = Exact<{
  id: string;
  first?: number;
  after?: string | null | undefined;
}>;


export type ReferencesOfProvisionQuery = { __typename: 'Query', provision: { __typename: 'Provision', id: string, key: string, references: { __typename: 'ProvisionReferenceConnection', totalCount: number, nodes: Array<{ __typename: 'ProvisionReference', id: string, start: number, end: number, words: string, status: ReferenceStatus, instrumentName: string | null, targetKey: string | null, target: { __typename: 'Provision', id: string, printedNumber: string | null } | null, provision: { __typename: 'Provision', id: string, key: string, printedNumber: string | null } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } }, referredToBy: { __typename: 'ProvisionReferenceConnection', totalCount: number, nodes: Array<{ __typename: 'ProvisionReference', id: string, start: number, end: number, words: string, status: ReferenceStatus, instrumentName: string | null, targetKey: string | null, target: { __typename: 'Provision', id: string, printedNumber: string | null } | null, provision: { __typename: 'Provision', id: string, key: string, printedNumber: string | null } }> } } | null };

export type SectionOfTextQueryVariables = Exact<{
  provisionId: string;
}>;


export type SectionOfTextQuery = { __typename: 'Query', section: { __typename: 'TextSection', text: string, provisions: Array<{ __typename: 'Provision', id: string, key: string, printedNumber: string | null }> } | null };

export type TextAsAtQueryVariables = Exact<{
  instrumentId: string;
  at: string;
  on: string;
  language?: string | null | undefined;
}>;


export type TextAsAtQuery = { __typename: 'Query', textVersionAt: { __typename: 'TextVersion', id: string, number: number, label: string, status: VersionStatus, language: string, revision: number, createdAt: string, issuedAt: string | null, instrument: { __typename: 'Instrument', id: string, shortTitle: string }, base: { __typename: 'TextVersion', id: string, number: number } | null } | null, editionOn: { __typename: 'Edition', id: string, label: string, adoptedOn: string, textVersion: { __typename: 'TextVersion', id: string, number: number } } | null };

export type TranslationDebtOfVersionQueryVariables = Exact<{
  textVersionId: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type TranslationDebtOfVersionQuery = { __typename: 'Query', textVersion: { __typename: 'TextVersion', isOriginal: boolean, id: string, number: number, label: string, status: VersionStatus, language: string, revision: number, createdAt: string, issuedAt: string | null, instrument: { __typename: 'Instrument', id: string, originalLanguage: string | null, shortTitle: string }, follows: { __typename: 'TextVersion', id: string, number: number, language: string } | null, translations: { __typename: 'TextVersionConnection', nodes: Array<{ __typename: 'TextVersion', id: string, language: string, number: number, status: VersionStatus }> }, translationDebt: { __typename: 'TranslationDebtConnection', totalCount: number, nodes: Array<{ __typename: 'TranslationDebt', provisionKey: string, originalBefore: string | null, originalNow: string | null, translation: string | null }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } }, base: { __typename: 'TextVersion', id: string, number: number } | null } | null };

export type VersionDetailQueryVariables = Exact<{
  id: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type VersionDetailQuery = { __typename: 'Query', textVersion: { __typename: 'TextVersion', id: string, number: number, label: string, status: VersionStatus, language: string, revision: number, createdAt: string, issuedAt: string | null, provisions: { __typename: 'ProvisionConnection', totalCount: number, nodes: Array<{ __typename: 'Provision', id: string, key: string, position: number, kind: UnitKind, level: number, printedNumber: string | null, text: string, commentCount: number, marks: Array<{ __typename: 'Mark', start: number, end: number, kind: MarkKind }>, cells: Array<{ __typename: 'Cell', number: number, text: string | null, start: number, end: number }>, parent: { __typename: 'Provision', id: string, key: string } | null, path: Array<{ __typename: 'HeadingAbove', key: string, kind: UnitKind, printedNumber: string | null, text: string }> }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } }, consolidation: { __typename: 'Consolidation', id: string, openConflictCount: number } | null, edition: { __typename: 'Edition', id: string, label: string, adoptedOn: string } | null, rounds: { __typename: 'RoundConnection', nodes: Array<{ __typename: 'Round', id: string, title: string, phase: RoundPhase, closesAt: string, zone: string }> }, next: { __typename: 'TextVersionConnection', nodes: Array<{ __typename: 'TextVersion', id: string, number: number, label: string, status: VersionStatus }> }, availableActs: Array<{ __typename: 'AvailableAct', act: Act, isAllowed: boolean, code: RefusalCode | null, reason: string | null, rule: string | null, unlocksAt: string | null, whoCan: string }>, instrument: { __typename: 'Instrument', id: string, shortTitle: string }, base: { __typename: 'TextVersion', id: string, number: number } | null } | null };

export type VersionLineageQueryVariables = Exact<{
  textVersionId: string;
  filter?: LineageFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type VersionLineageQuery = { __typename: 'Query', textVersion: { __typename: 'TextVersion', id: string, revision: number, base: { __typename: 'TextVersion', id: string, number: number } | null, lineage: { __typename: 'LineageConnection', totalCount: number, nodes: Array<{ __typename: 'Lineage', id: string, kind: LineageKind, provisionKey: string, fromKey: string | null, intoKey: string | null, score: number, needsConfirmation: boolean, confirmedAt: string | null, fromText: string | null, confirmedBy: { __typename: 'Delegate', id: string, name: string } | null, provision: { __typename: 'Provision', id: string, position: number, printedNumber: string | null, text: string } | null }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } } | null };

export type ConfirmLineageMutationVariables = Exact<{
  input: ConfirmLineageInput;
}>;


export type ConfirmLineageMutation = { __typename: 'Mutation', confirmLineage:
    | { __typename: 'LineageConfirmed', textVersion: { __typename: 'TextVersion', id: string, number: number, label: string, status: VersionStatus, language: string, revision: number, createdAt: string, issuedAt: string | null, instrument: { __typename: 'Instrument', id: string, shortTitle: string }, base: { __typename: 'TextVersion', id: string, number: number } | null } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type ImportTextMutationVariables = Exact<{
  input: ImportTextInput;
}>;


export type ImportTextMutation = { __typename: 'Mutation', importText:
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
    | { __typename: 'TextImported', textVersion: { __typename: 'TextVersion', id: string, number: number, label: string, status: VersionStatus, revision: number, instrument: { __typename: 'Instrument', id: string, shortTitle: string }, provisions: { __typename: 'ProvisionConnection', totalCount: number } } }
   };

export type HomeQueryVariables = Exact<{ [key: string]: never; }>;


export type HomeQuery = { __typename: 'Query', answeredAt: string, viewer: { __typename: 'Viewer', delegate: { __typename: 'Delegate', id: string, name: string, isFocalPoint: boolean, party: { __typename: 'Party', id: string, name: string, shortName: string, capacity: Capacity } } | null, leads: Array<{ __typename: 'WorkingBody', id: string, shortName: string, name: string }>, asked: { __typename: 'RoundConnection', totalCount: number, nodes: Array<{ __typename: 'Round', id: string, title: string, phase: RoundPhase, status: RoundStatus, opensAt: string, closesAt: string, zone: string, visibility: RoundVisibility, audience: Array<Capacity>, revision: number, commentCount: number, availableActs: Array<{ __typename: 'AvailableAct', act: Act, isAllowed: boolean, code: RefusalCode | null, reason: string | null, rule: string | null, unlocksAt: string | null, whoCan: string }>, textVersion: { __typename: 'TextVersion', id: string, number: number, label: string }, body: { __typename: 'WorkingBody', id: string, shortName: string } }> } } | null };

export type TaskListQueryVariables = Exact<{ [key: string]: never; }>;


export type TaskListQuery = { __typename: 'Query', viewer: { __typename: 'Viewer', tasks: Array<{ __typename: 'Task', act: Act, why: string, title: string, place: string | null, dueAt: string | null, dueOn: string | null, zone: string | null, subject:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }> } | null };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { __typename: 'Query', viewer: { __typename: 'Viewer', scopes: Array<Scope>, person: { __typename: 'Person', id: string, name: string, email: string | null, language: string | null, zone: string | null, notices: Notices | null, revision: number | null } | null, standings: Array<{ __typename: 'Standing', id: string, isFocalPoint: boolean, isAdministrator: boolean, isOnBehalf: boolean, party: { __typename: 'Party', id: string, name: string, shortName: string, capacity: Capacity } | null, leads: Array<{ __typename: 'WorkingBody', id: string, shortName: string }> }>, standing: { __typename: 'Standing', id: string, isFocalPoint: boolean, isAdministrator: boolean, isOnBehalf: boolean, party: { __typename: 'Party', id: string, name: string, shortName: string, capacity: Capacity } | null, leads: Array<{ __typename: 'WorkingBody', id: string, shortName: string }> } | null, functions: Array<{ __typename: 'BodyFunction', id: string, kind: FunctionKind, startsOn: string, endsOn: string | null }>, sessions: { __typename: 'BrowserSessionConnection', nodes: Array<{ __typename: 'BrowserSession', id: string, browser: string | null, methods: Array<string>, signedInAt: string, seenAt: string, expiresAt: string }> }, grants: { __typename: 'GrantConnection', nodes: Array<{ __typename: 'Grant', id: string, scopes: Array<Scope>, grantedAt: string, application: { __typename: 'ClientApplication', id: string, name: string, purpose: string }, availableActs: Array<{ __typename: 'AvailableAct', act: Act, isAllowed: boolean, code: RefusalCode | null, reason: string | null, rule: string | null, unlocksAt: string | null, whoCan: string }> }> } } | null };

export type ActivityDetailQueryVariables = Exact<{
  id: string;
}>;


export type ActivityDetailQuery = { __typename: 'Query', activity: { __typename: 'Activity', id: string, position: number, description: string, remarks: string | null, status: ActivityStatus, timing: ActivityTiming, slipDays: number, settledAt: string | null, revision: number, workItem: { __typename: 'WorkItem', id: string, number: number, title: string, revision: number, body: { __typename: 'WorkingBody', id: string, shortName: string } | null }, redatings: { __typename: 'RedatingConnection', nodes: Array<{ __typename: 'Redating', oldLabel: string | null, oldLatestOn: string | null, newLabel: string, newLatestOn: string | null, reason: string, redatedAt: string, redatedBy: { __typename: 'Delegate', id: string, name: string } }> }, availableActs: Array<{ __typename: 'AvailableAct', act: Act, isAllowed: boolean, code: RefusalCode | null, reason: string | null, rule: string | null, unlocksAt: string | null, whoCan: string }>, period: { __typename: 'Period', earliestOn: string | null, latestOn: string | null, label: string | null }, baseline: { __typename: 'Period', earliestOn: string | null, latestOn: string | null, label: string | null }, responsibles: { __typename: 'ResponsibleConnection', nodes: Array<{ __typename: 'Responsible', position: number, label: string, function: FunctionKind | null, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity } | null, body: { __typename: 'WorkingBody', id: string, shortName: string } | null }> }, evidence:
      | { __typename: 'Decision', id: string, outcome: Outcome }
      | { __typename: 'Round', id: string, title: string }
      | { __typename: 'TextVersion', id: string, label: string }
     | null } | null };

export type ActivityListQueryVariables = Exact<{
  filter?: ActivityFilter | null | undefined;
  orderBy?: ActivityOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ActivityListQuery = { __typename: 'Query', activities: { __typename: 'ActivityConnection', totalCount: number, nodes: Array<{ __typename: 'Activity', id: string, position: number, description: string, remarks: string | null, status: ActivityStatus, timing: ActivityTiming, slipDays: number, settledAt: string | null, revision: number, period: { __typename: 'Period', earliestOn: string | null, latestOn: string | null, label: string | null }, baseline: { __typename: 'Period', earliestOn: string | null, latestOn: string | null, label: string | null }, responsibles: { __typename: 'ResponsibleConnection', nodes: Array<{ __typename: 'Responsible', position: number, label: string, function: FunctionKind | null, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity } | null, body: { __typename: 'WorkingBody', id: string, shortName: string } | null }> }, evidence:
        | { __typename: 'Decision', id: string, outcome: Outcome }
        | { __typename: 'Round', id: string, title: string }
        | { __typename: 'TextVersion', id: string, label: string }
       | null }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type PreviewWorkPlanQueryVariables = Exact<{
  input: PreviewWorkPlanInput;
}>;


export type PreviewWorkPlanQuery = { __typename: 'Query', previewWorkPlan:
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
    | { __typename: 'WorkPlanPreview', isUnchanged: boolean, topicCount: number, activityCount: number, bodyCount: number, partyCount: number, membershipCount: number, functionCount: number }
   | null };

export type WorkPlanDetailQueryVariables = Exact<{
  id: string;
}>;


export type WorkPlanDetailQuery = { __typename: 'Query', workPlan: { __typename: 'WorkPlan', id: string, title: string, sourceName: string | null, importedAt: string | null, activityCount: number, overdueCount: number, items: { __typename: 'WorkItemConnection', nodes: Array<{ __typename: 'WorkItem', id: string, number: number, title: string, revision: number, availableActs: Array<{ __typename: 'AvailableAct', act: Act, isAllowed: boolean, code: RefusalCode | null, reason: string | null, rule: string | null, unlocksAt: string | null, whoCan: string }>, activities: { __typename: 'ActivityConnection', nodes: Array<{ __typename: 'Activity', id: string, position: number, description: string, remarks: string | null, status: ActivityStatus, timing: ActivityTiming, slipDays: number, settledAt: string | null, revision: number, period: { __typename: 'Period', earliestOn: string | null, latestOn: string | null, label: string | null }, baseline: { __typename: 'Period', earliestOn: string | null, latestOn: string | null, label: string | null }, responsibles: { __typename: 'ResponsibleConnection', nodes: Array<{ __typename: 'Responsible', position: number, label: string, function: FunctionKind | null, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity } | null, body: { __typename: 'WorkingBody', id: string, shortName: string } | null }> }, evidence:
              | { __typename: 'Decision', id: string, outcome: Outcome }
              | { __typename: 'Round', id: string, title: string }
              | { __typename: 'TextVersion', id: string, label: string }
             | null }> }, body: { __typename: 'WorkingBody', id: string, shortName: string } | null }> }, body: { __typename: 'WorkingBody', id: string, shortName: string } } | null };

export type WorkPlanListQueryVariables = Exact<{
  filter?: WorkPlanFilter | null | undefined;
  orderBy?: WorkPlanOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type WorkPlanListQuery = { __typename: 'Query', workPlans: { __typename: 'WorkPlanConnection', totalCount: number, nodes: Array<{ __typename: 'WorkPlan', id: string, title: string, sourceName: string | null, importedAt: string | null, activityCount: number, overdueCount: number, body: { __typename: 'WorkingBody', id: string, shortName: string } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type AssignWorkItemMutationVariables = Exact<{
  input: AssignWorkItemInput;
}>;


export type AssignWorkItemMutation = { __typename: 'Mutation', assignWorkItem:
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
    | { __typename: 'WorkItemAssigned', workItem: { __typename: 'WorkItem', id: string, number: number, title: string, revision: number, body: { __typename: 'WorkingBody', id: string, shortName: string } | null } }
   };

export type CompleteActivityMutationVariables = Exact<{
  input: CompleteActivityInput;
}>;


export type CompleteActivityMutation = { __typename: 'Mutation', completeActivity:
    | { __typename: 'ActivityCompleted', activity: { __typename: 'Activity', id: string, position: number, description: string, remarks: string | null, status: ActivityStatus, timing: ActivityTiming, slipDays: number, settledAt: string | null, revision: number, period: { __typename: 'Period', earliestOn: string | null, latestOn: string | null, label: string | null }, baseline: { __typename: 'Period', earliestOn: string | null, latestOn: string | null, label: string | null }, responsibles: { __typename: 'ResponsibleConnection', nodes: Array<{ __typename: 'Responsible', position: number, label: string, function: FunctionKind | null, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity } | null, body: { __typename: 'WorkingBody', id: string, shortName: string } | null }> }, evidence:
          | { __typename: 'Decision', id: string, outcome: Outcome }
          | { __typename: 'Round', id: string, title: string }
          | { __typename: 'TextVersion', id: string, label: string }
         | null } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type DropActivityMutationVariables = Exact<{
  input: DropActivityInput;
}>;


export type DropActivityMutation = { __typename: 'Mutation', dropActivity:
    | { __typename: 'ActivityDropped', activity: { __typename: 'Activity', id: string, position: number, description: string, remarks: string | null, status: ActivityStatus, timing: ActivityTiming, slipDays: number, settledAt: string | null, revision: number, period: { __typename: 'Period', earliestOn: string | null, latestOn: string | null, label: string | null }, baseline: { __typename: 'Period', earliestOn: string | null, latestOn: string | null, label: string | null }, responsibles: { __typename: 'ResponsibleConnection', nodes: Array<{ __typename: 'Responsible', position: number, label: string, function: FunctionKind | null, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity } | null, body: { __typename: 'WorkingBody', id: string, shortName: string } | null }> }, evidence:
          | { __typename: 'Decision', id: string, outcome: Outcome }
          | { __typename: 'Round', id: string, title: string }
          | { __typename: 'TextVersion', id: string, label: string }
         | null } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type ImportWorkPlanMutationVariables = Exact<{
  input: ImportWorkPlanInput;
}>;


export type ImportWorkPlanMutation = { __typename: 'Mutation', importWorkPlan:
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
    | { __typename: 'WorkPlanImported', workPlan: { __typename: 'WorkPlan', id: string, title: string, sourceName: string | null, importedAt: string | null, activityCount: number, overdueCount: number, body: { __typename: 'WorkingBody', id: string, shortName: string } } }
   };

export type RedateActivityMutationVariables = Exact<{
  input: RedateActivityInput;
}>;


export type RedateActivityMutation = { __typename: 'Mutation', redateActivity:
    | { __typename: 'ActivityRedated', activity: { __typename: 'Activity', id: string, position: number, description: string, remarks: string | null, status: ActivityStatus, timing: ActivityTiming, slipDays: number, settledAt: string | null, revision: number, period: { __typename: 'Period', earliestOn: string | null, latestOn: string | null, label: string | null }, baseline: { __typename: 'Period', earliestOn: string | null, latestOn: string | null, label: string | null }, responsibles: { __typename: 'ResponsibleConnection', nodes: Array<{ __typename: 'Responsible', position: number, label: string, function: FunctionKind | null, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity } | null, body: { __typename: 'WorkingBody', id: string, shortName: string } | null }> }, evidence:
          | { __typename: 'Decision', id: string, outcome: Outcome }
          | { __typename: 'Round', id: string, title: string }
          | { __typename: 'TextVersion', id: string, label: string }
         | null } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };

export type StartActivityMutationVariables = Exact<{
  input: StartActivityInput;
}>;


export type StartActivityMutation = { __typename: 'Mutation', startActivity:
    | { __typename: 'ActivityStarted', activity: { __typename: 'Activity', id: string, position: number, description: string, remarks: string | null, status: ActivityStatus, timing: ActivityTiming, slipDays: number, settledAt: string | null, revision: number, period: { __typename: 'Period', earliestOn: string | null, latestOn: string | null, label: string | null }, baseline: { __typename: 'Period', earliestOn: string | null, latestOn: string | null, label: string | null }, responsibles: { __typename: 'ResponsibleConnection', nodes: Array<{ __typename: 'Responsible', position: number, label: string, function: FunctionKind | null, party: { __typename: 'Party', id: string, shortName: string, capacity: Capacity } | null, body: { __typename: 'WorkingBody', id: string, shortName: string } | null }> }, evidence:
          | { __typename: 'Decision', id: string, outcome: Outcome }
          | { __typename: 'Round', id: string, title: string }
          | { __typename: 'TextVersion', id: string, label: string }
         | null } }
    | { __typename: 'Refusal', kind: RefusalKind, code: RefusalCode, message: string, isRetryable: boolean, rule: string | null, unlocksAt: string | null, issues: Array<{ __typename: 'Issue', path: Array<string>, code: IssueCode, parameters: unknown, message: string }>, current:
        | { __typename: 'Activity', id: string }
        | { __typename: 'Amendment', id: string }
        | { __typename: 'AmendmentView', id: string }
        | { __typename: 'AppliedChange', id: string }
        | { __typename: 'BodyFunction', id: string }
        | { __typename: 'BrowserSession', id: string }
        | { __typename: 'CarriedAmendment', id: string }
        | { __typename: 'CarriedComment', id: string }
        | { __typename: 'ClientApplication', id: string }
        | { __typename: 'CoSponsor', id: string }
        | { __typename: 'Comment', id: string }
        | { __typename: 'ConflictSide', id: string }
        | { __typename: 'Consolidation', id: string }
        | { __typename: 'Decision', id: string }
        | { __typename: 'Delegate', id: string }
        | { __typename: 'Disposition', id: string }
        | { __typename: 'Edition', id: string }
        | { __typename: 'Grant', id: string }
        | { __typename: 'Instrument', id: string }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'JournalEntry', id: string }
        | { __typename: 'JournalHead', id: string }
        | { __typename: 'Lineage', id: string }
        | { __typename: 'Mandate', id: string }
        | { __typename: 'Mechanism', id: string }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Opposition', id: string }
        | { __typename: 'Paper', id: string }
        | { __typename: 'Party', id: string }
        | { __typename: 'Person', id: string }
        | { __typename: 'Proposal', id: string }
        | { __typename: 'Provision', id: string }
        | { __typename: 'ProvisionReference', id: string }
        | { __typename: 'Redating', id: string }
        | { __typename: 'Representation', id: string }
        | { __typename: 'Responsible', id: string }
        | { __typename: 'ReviewCycle', id: string }
        | { __typename: 'Round', id: string }
        | { __typename: 'RoundExtension', id: string }
        | { __typename: 'Sitting', id: string }
        | { __typename: 'Support', id: string }
        | { __typename: 'TextConflict', id: string }
        | { __typename: 'TextCorrection', id: string }
        | { __typename: 'TextVersion', id: string }
        | { __typename: 'WorkItem', id: string }
        | { __typename: 'WorkPlan', id: string }
        | { __typename: 'WorkingBody', id: string }
       | null }
   };
