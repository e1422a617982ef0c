// The procedures of the API "Direct debit".
// For @trpc/client 11.4.0 and newer:
//
//   createTRPCClient<AppRouter>({ links: [httpBatchLink({ url, headers })] })
//
// Written from the declarations; do not edit.

import type {
  TRPCBuiltRouter,
  TRPCDefaultErrorData,
  TRPCDefaultErrorShape,
  TRPCMutationProcedure,
  TRPCQueryProcedure,
  TRPCSubscriptionProcedure,
} from "@trpc/server";

export interface Acknowledge {
  id: string;
  note?: string;
  ifVersion?: number;
  idempotencyKey?: string;
}

export interface Activity {
  balance: Balance;
  suspended: number;
  lifted: number;
  churn: Ratio;
}

export interface ActivityGroup {
  key?: string;
  activity: Activity;
}

export interface ActivityReport {
  from: string;
  to: string;
  asOf: string;
  frozen: boolean;
  total: Activity;
  cancellationsByReason: ReasonCancellations[];
  invites: InviteActivity;
  setupFailureRate: Ratio;
  workingDaysToActive?: string;
  groups?: ActivityGroup[];
}

export interface AddNote {
  id: string;
  note: string;
  ifVersion?: number;
  idempotencyKey?: string;
}

export type AlertAction = "acknowledge" | "dismiss" | "reopen";

export interface AlertChange {
  alert: AlertView;
  changed: boolean;
  replayed: boolean;
}

export interface AlertCounts {
  open: BySeverity;
  acknowledged: BySeverity;
  dismissed: BySeverity;
}

export interface AlertDetails {
  id: string;
  rule: string;
  metric: AlertMetric;
  family?: ReasonFamily;
  scope: string;
  severity: Severity;
  status: AlertStatus;
  since: string;
  summary: string;
  unit: AlertUnit;
  warn: number;
  critical: number;
  numerator: number;
  denominator: number;
  peakNumerator: number;
  peakDenominator: number;
  dismissReason?: string;
  snoozeUntil?: string;
  previousId?: string;
  allowedActions: AlertAction[];
  openedAt: string;
  resolvedAt?: string;
  lastEvaluatedAt: string;
  version: number;
  notes: AlertNote[];
  evidenceCount: number;
  evidence: AlertEvidence[];
}

export interface AlertEventBatch {
  items: AlertEventView[];
  nextAfterSeq: number;
}

export interface AlertEventView {
  seq: number;
  id: string;
  type: string;
  occurredAt: string;
  origin: Origin;
  alert: AlertSnapshot;
}

export interface AlertEventsAfter {
  afterSeq?: number;
  types?: string[];
  limit?: number;
}

export interface AlertEvidence {
  kind: EvidenceKind;
  id: string;
}

export interface AlertFilter {
  status?: AlertStatus[];
  severity?: Severity[];
  metric?: AlertMetric[];
  rule?: string;
  updatedSince?: string;
  limit?: number;
  cursor?: string;
}

export type AlertLevel = "insufficient_data" | "clear" | "elevated" | "warning" | "critical";

export type AlertMetric = "failure_rate" | "clawback_rate" | "family_rate" | "payer_cancellation_rate" | "invite_conversion" | "claim_amount" | "claim_deadline" | "unmatched_claim" | "unmatched_items" | "unactioned_advices" | "missing_report" | "submission_not_accepted" | "dormant_mandates" | "service_user_differs";

export interface AlertNote {
  action: NoteAction;
  words?: string;
  byKind: NoteAuthor;
  by: string;
  writtenAt: string;
}

export interface AlertSnapshot {
  id: string;
  rule: string;
  metric: AlertMetric;
  family?: ReasonFamily;
  scope: string;
  severity: Severity;
  status: AlertStatus;
  since: string;
  unit: AlertUnit;
  numerator: number;
  denominator: number;
  snoozeUntil?: string;
  previousId?: string;
  version: number;
}

export type AlertStatus = "open" | "acknowledged" | "dismissed" | "resolved";

export interface AlertStream {
  afterSeq?: number;
  types?: string[];
}

export type AlertUnit = "basis_points" | "count" | "pence" | "days_waiting" | "days_left";

export interface AlertView {
  id: string;
  rule: string;
  metric: AlertMetric;
  family?: ReasonFamily;
  scope: string;
  severity: Severity;
  status: AlertStatus;
  since: string;
  summary: string;
  unit: AlertUnit;
  warn: number;
  critical: number;
  numerator: number;
  denominator: number;
  peakNumerator: number;
  peakDenominator: number;
  dismissReason?: string;
  snoozeUntil?: string;
  previousId?: string;
  allowedActions: AlertAction[];
  openedAt: string;
  resolvedAt?: string;
  lastEvaluatedAt: string;
  version: number;
}

export type AlertWindow = "rolling_days" | "calendar_month";

export interface AnswerOfAlertChange {
  result?: AlertChange;
  error?: Refusal;
}

export interface AnswerOfCollectingChange {
  result?: CollectingChange;
  error?: Refusal;
}

export interface AnswerOfInvitedMandate {
  result?: InvitedMandate;
  error?: Refusal;
}

export interface AnswersOfAlertChange {
  items: AnswerOfAlertChange[];
}

export interface AnswersOfCollectingChange {
  items: AnswerOfCollectingChange[];
}

export interface AnswersOfInvitedMandate {
  items: AnswerOfInvitedMandate[];
}

export type AttemptStatus = "submitted" | "collected" | "settled" | "failed" | "cancelled" | "rejected";

export interface AttemptView {
  id: string;
  n: number;
  code: string;
  amount: number;
  inputOn: string;
  processingOn: string;
  entryOn: string;
  status: AttemptStatus;
  reason?: string;
  late: boolean;
  submittedAt: string;
  failedAt?: string;
  settledAt?: string;
}

export interface Balance {
  opening: number;
  activated: number;
  reinstated: number;
  reactivated: number;
  cancelledByPayer: number;
  cancelledByBank: number;
  cancelledByAgent: number;
  expired: number;
  closing: number;
}

export interface BankAccountView {
  last4: string;
  accountHolderName: string;
  modulus: ModulusResult;
}

export interface BankDetails {
  sortCode: string;
  accountNumber: string;
  accountHolderName: string;
}

export type Basis = "collection" | "claim";

export type Blocked = "notice" | "mandate" | "provider";

export interface BulkOfAcknowledge {
  items: Acknowledge[];
}

export interface BulkOfCancelMandate {
  items: CancelMandate[];
}

export interface BulkOfInviteMandate {
  items: InviteMandate[];
}

export interface BulkOfReactivateMandate {
  items: ReactivateMandate[];
}

export interface BulkOfSuspendMandate {
  items: SuspendMandate[];
}

export interface BySeverity {
  warning: number;
  critical: number;
}

export interface CancelMandate {
  id: string;
  reason?: string;
  ifVersion?: number;
  idempotencyKey?: string;
}

export interface ChangeBankAccount {
  id: string;
  bankDetails: BankDetails;
  evidence: Evidence;
  ifVersion?: number;
  idempotencyKey?: string;
}

export type Channel = "paper" | "online" | "telephone";

export interface CheckBankDetails {
  sortCode: string;
  accountNumber: string;
}

export interface CheckedBankDetails {
  modulus: ModulusResult;
}

export interface ClaimSnapshot {
  id: string;
  attemptId?: string;
  collectionId?: string;
  mandateId?: string;
  bankRef: string;
  reason: string;
  amount: number;
  status: ClaimStatus;
  since: string;
  receivedOn: string;
  challengeBy: string;
  settlesOn: string;
  unmatched?: Unmatched;
  version: number;
}

export type ClaimStatus = "received" | "under_review" | "accepted" | "challenged" | "upheld" | "rejected" | "settled" | "withdrawn";

export interface ClawbackGroup {
  key?: string;
  rates: ClawbackRates;
}

export interface ClawbackRates {
  collected: Tally;
  gross: Measure;
  net: Measure;
}

export interface ClawbackReport {
  from: string;
  to: string;
  basis: Basis;
  asOf: string;
  frozen: boolean;
  currency: string;
  unresolved: Tally;
  total: ClawbackRates;
  byReason: ReasonClawbacks[];
  daysToClaim?: string;
  openChallenges: OpenChallenge[];
  groups?: ClawbackGroup[];
}

export interface ClawbackRow {
  id: string;
  bankRef: string;
  reference: string;
  reason: string;
  status: string;
  standing: boolean;
  amount: number;
  receivedOn: string;
  challengeBy: string;
  settlesOn: string;
  mandateId?: string;
  collectionId?: string;
  attemptId?: string;
  daysToClaim?: number;
}

export interface ClawbackView {
  id: string;
  reason: string;
  status: string;
  receivedOn: string;
  challengeBy: string;
  settlesOn: string;
}

export interface CollectingChange {
  mandate: MandateView;
  changed: boolean;
  affectedCollections: DebitView[];
  alreadySubmitted: DebitView[];
  replayed: boolean;
}

export interface CollectionDetails {
  id: string;
  mandateId: string;
  mandateReference: string;
  payerExternalRef?: string;
  scheduleId?: string;
  period?: string;
  amount: number;
  dueOn: string;
  entryOn: string;
  status: CollectionStatus;
  since: string;
  outcomeFinal: boolean;
  expectedFinalOn?: string;
  blocked?: Blocked;
  noticeSentAt?: string;
  stage?: Stage;
  reason?: string;
  late: boolean;
  description?: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  attempts: AttemptView[];
  clawback?: ClawbackView;
}

export interface CollectionEventBatch {
  items: CollectionEventView[];
  nextAfterSeq: number;
}

export interface CollectionEventView {
  seq: number;
  id: string;
  type: string;
  occurredAt: string;
  origin: Origin;
  cause?: string;
  reasonCode?: string;
  parentEvent?: number;
  collection?: CollectionSnapshot;
  clawback?: ClaimSnapshot;
}

export interface CollectionEventsAfter {
  afterSeq?: number;
  types?: string[];
  limit?: number;
}

export interface CollectionFilter {
  mandateId?: string;
  payerExternalRef?: string;
  status?: CollectionStatus[];
  dueFrom?: string;
  dueTo?: string;
  entryFrom?: string;
  entryTo?: string;
  updatedSince?: string;
  finalOnly?: boolean;
  limit?: number;
  cursor?: string;
}

export interface CollectionHistory {
  id: string;
  limit?: number;
  cursor?: string;
}

export interface CollectionSnapshot {
  id: string;
  mandateId: string;
  attemptId?: string;
  scheduleId?: string;
  period?: string;
  amount: number;
  dueOn: string;
  entryOn: string;
  status: CollectionStatus;
  outcomeFinal: boolean;
  expectedFinalOn?: string;
  blocked?: Blocked;
  stage?: Stage;
  reason?: string;
  late: boolean;
  version: number;
}

export type CollectionStatus = "scheduled" | "pending_submission" | "submitted" | "collected" | "settled" | "failed" | "retrying" | "clawed_back" | "cancelled" | "skipped";

export interface CollectionStream {
  afterSeq?: number;
  types?: string[];
}

export interface CollectionView {
  id: string;
  mandateId: string;
  mandateReference: string;
  payerExternalRef?: string;
  scheduleId?: string;
  period?: string;
  amount: number;
  dueOn: string;
  entryOn: string;
  status: CollectionStatus;
  since: string;
  outcomeFinal: boolean;
  expectedFinalOn?: string;
  blocked?: Blocked;
  noticeSentAt?: string;
  stage?: Stage;
  reason?: string;
  late: boolean;
  description?: string;
  version: number;
  createdAt: string;
  updatedAt: string;
}

export interface Contact {
  name: string;
  email?: string;
}

export type CountAlerts = Record<string, never>;

export interface CreateMandate {
  payer: Payer;
  bankDetails: BankDetails;
  evidence: Evidence;
  reference?: string;
  schedule?: ScheduleDraft;
  metadata?: Record<string, string>;
  idempotencyKey?: string;
}

export interface DebitView {
  id: string;
  amount: number;
  dueOn: string;
  entryOn: string;
  status: string;
}

export interface Dismiss {
  id: string;
  reason: string;
  snoozeUntil?: string;
  ifVersion?: number;
  idempotencyKey?: string;
}

export interface Events {
  items: MandateEventView[];
  nextAfterSeq: number;
}

export interface EventsAfter {
  afterSeq?: number;
  types?: string[];
  limit?: number;
}

export interface Evidence {
  channel: Channel;
  agreedAt: string;
  document?: string;
}

export type EvidenceKind = "attempt" | "claim" | "mandate" | "submission";

export interface Excluded {
  cancelled: Tally;
  skipped: Tally;
  inputRejected: Tally;
}

export interface Export {
  fileName: string;
  mediaType: string;
  csv: string;
  nextCursor?: string;
}

export type Exported = "success_rate" | "clawbacks" | "mandate_activity" | "clawback_history" | "failures";

export interface FailureRow {
  attemptId: string;
  collectionId: string;
  mandateId: string;
  reference: string;
  payerExternalRef?: string;
  attempt: number;
  amount: number;
  entryOn: string;
  failedAt: string;
  stage: string;
  reason?: string;
  late: boolean;
}

export interface FoundCollection {
  id: string;
  collection?: CollectionDetails;
}

export interface FoundCollections {
  items: FoundCollection[];
}

export type Frequency = "weekly" | "every_two_weeks" | "every_four_weeks" | "monthly" | "quarterly" | "yearly";

export type Grouping = "day" | "week" | "month" | "reason" | "schedule_day" | "tag";

export interface Identity {
  organisationId: string;
  workspaceId: string;
  key?: string;
  keyId?: string;
  personId?: string;
  email?: string;
  role?: Role;
  scopes: string[];
  limit?: number;
  remaining?: number;
  resetsAt?: string;
}

export interface ImportStatus {
  id: string;
  startedAt: string;
  rows: number;
  created: number;
  refused: number;
  pending: number;
  items: ImportedRow[];
  nextCursor?: string;
}

export interface ImportedRow {
  row: number;
  mandateId?: string;
  error?: RowError;
}

export type Initiator = "agent" | "payer" | "bank";

export interface Invite {
  id: string;
  status: InviteStatus;
  createdAt: string;
  expiresAt: string;
  redirectUrl?: string;
}

export interface InviteActivity {
  sent: number;
  viewed: number;
  completed: number;
  expired: number;
  withdrawn: number;
  unresolved: number;
  conversion: Ratio;
}

export interface InviteMandate {
  payer: Payer;
  reference?: string;
  expiresInDays?: number;
  redirectUrl?: string;
  schedule?: ScheduleDraft;
  sendEmail?: boolean;
  metadata?: Record<string, string>;
  idempotencyKey?: string;
}

export type InviteStatus = "created" | "sent" | "viewed" | "completed" | "expired" | "revoked" | "bounced";

export interface InvitedMandate {
  mandate: MandateView;
  invite: Invite;
  url?: string;
  replayed: boolean;
}

export type ListRules = Record<string, never>;

export type MandateAction = "resend_invite" | "revoke_invite" | "cancel" | "suspend" | "reactivate" | "change_bank_account";

export interface MandateChange {
  mandate: MandateView;
  changed: boolean;
  replayed: boolean;
}

export interface MandateDetails {
  id: string;
  reference: string;
  status: MandateStatus;
  since: string;
  suspendedUntil?: string;
  initiator?: Initiator;
  reason?: string;
  resubmitting: boolean;
  payer: PayerView;
  bankAccount?: BankAccountView;
  allowedActions: MandateAction[];
  metadata: Record<string, string>;
  version: number;
  createdAt: string;
  updatedAt: string;
  schedule?: ScheduleView;
  nextPossibleDate?: string;
}

export interface MandateEventView {
  seq: number;
  id: string;
  type: string;
  occurredAt: string;
  origin: Origin;
  cause?: string;
  reasonCode?: string;
  mandate: MandateSnapshot;
}

export interface MandateFilter {
  status?: MandateStatus[];
  payerExternalRef?: string;
  reference?: string;
  q?: string;
  createdFrom?: string;
  createdTo?: string;
  updatedSince?: string;
  limit?: number;
  cursor?: string;
}

export interface MandateSnapshot {
  id: string;
  reference: string;
  status: MandateStatus;
  since: string;
  suspendedUntil?: string;
  initiator?: Initiator;
  reason?: string;
  submissions: number;
  resubmitting: boolean;
  payerId: string;
  payerExternalRef?: string;
  version: number;
}

export type MandateStatus = "invited" | "invite_expired" | "pending_approval" | "pending_submission" | "submitted" | "active" | "suspended" | "cancelled" | "failed" | "expired";

export interface MandateView {
  id: string;
  reference: string;
  status: MandateStatus;
  since: string;
  suspendedUntil?: string;
  initiator?: Initiator;
  reason?: string;
  resubmitting: boolean;
  payer: PayerView;
  bankAccount?: BankAccountView;
  allowedActions: MandateAction[];
  metadata: Record<string, string>;
  version: number;
  createdAt: string;
  updatedAt: string;
}

export interface ManyCollections {
  ids: string[];
}

export interface Measure {
  numerator: number;
  denominator: number;
  rate?: string;
  byValue: Ratio;
}

export type ModulusResult = "pass" | "fail" | "unchecked";

export type NoteAction = "note" | "acknowledge" | "dismiss" | "reopen";

export type NoteAuthor = "person" | "key" | "operator";

export type Nothing = Record<string, never>;

export interface NoticeView {
  collectionId: string;
  amount: number;
  entryOn: string;
  noticeBy: string;
}

export interface OfClawbacks {
  from: string;
  to: string;
  groupBy?: Grouping;
  tagKey?: string;
  basis?: Basis;
  asOf?: string;
  frozen?: boolean;
}

export interface OfExport {
  report: Exported;
  from: string;
  to: string;
  groupBy?: Grouping;
  tagKey?: string;
  basis?: Basis;
  asOf?: string;
  frozen?: boolean;
  reason?: string;
  mandateId?: string;
  cursor?: string;
}

export interface OfTime {
  from: string;
  to: string;
  groupBy?: Grouping;
  tagKey?: string;
  asOf?: string;
  frozen?: boolean;
}

export interface OneAlert {
  id: string;
}

export interface OneCollection {
  id: string;
}

export interface OneHistory {
  id: string;
  limit?: number;
  cursor?: string;
}

export interface OneImport {
  id: string;
  limit?: number;
  cursor?: string;
}

export interface OneMandate {
  id: string;
}

export interface OneReference {
  reference: string;
}

export interface OpenChallenge {
  challengeBy: string;
  claims: Tally;
}

export type Origin = "agent" | "payer" | "bank" | "provider" | "clock" | "user";

export interface PageOfAlertView {
  items: AlertView[];
  nextCursor?: string;
}

export interface PageOfClawbackRow {
  items: ClawbackRow[];
  nextCursor?: string;
}

export interface PageOfCollectionEventView {
  items: CollectionEventView[];
  nextCursor?: string;
}

export interface PageOfCollectionView {
  items: CollectionView[];
  nextCursor?: string;
}

export interface PageOfFailureRow {
  items: FailureRow[];
  nextCursor?: string;
}

export interface PageOfMandateEventView {
  items: MandateEventView[];
  nextCursor?: string;
}

export interface PageOfMandateView {
  items: MandateView[];
  nextCursor?: string;
}

export interface Payer {
  externalRef?: string;
  name: string;
  email?: string;
}

export interface PayerView {
  id: string;
  externalRef?: string;
  name: string;
  email?: string;
}

export interface Ratio {
  numerator: number;
  denominator: number;
  rate?: string;
}

export interface ReactivateMandate {
  id: string;
  payerConsent?: Evidence;
  ifVersion?: number;
  idempotencyKey?: string;
}

export interface ReasonCancellations {
  reason?: string;
  count: number;
}

export interface ReasonClawbacks {
  reason: string;
  rates: ClawbackRates;
}

export interface ReasonFailures {
  reason?: string;
  failureRate: Measure;
}

export type ReasonFamily = "funds" | "authority" | "account_data" | "notice" | "deceased";

export interface Refusal {
  code: string;
  reason: string;
  message: string;
}

export interface Reopen {
  id: string;
  note?: string;
  ifVersion?: number;
  idempotencyKey?: string;
}

export interface ResendInvite {
  id: string;
  expiresInDays?: number;
  sendEmail?: boolean;
  ifVersion?: number;
  idempotencyKey?: string;
}

export interface RevokeInvite {
  id: string;
  ifVersion?: number;
  idempotencyKey?: string;
}

export type Role = "viewer" | "operator" | "admin" | "owner";

export interface RowError {
  reason: string;
  message: string;
  issues: RowIssue[];
}

export interface RowIssue {
  path: string;
  code: string;
  message: string;
}

export interface RuleChange {
  rule: RuleView;
  changed: boolean;
  replayed: boolean;
}

export interface RuleList {
  items: RuleView[];
}

export interface RuleView {
  name: string;
  metric: AlertMetric;
  family?: ReasonFamily;
  scope: string;
  unit: AlertUnit;
  window: AlertWindow;
  days?: number;
  minSample: number;
  warn: number;
  critical: number;
  clear?: number;
  cooldownDays: number;
  enabled: boolean;
  isDefault: boolean;
  version: number;
  level?: AlertLevel;
  numerator?: number;
  denominator?: number;
  lastEvaluatedAt?: string;
}

export interface ScheduleDraft {
  amount: number;
  firstAmount?: number;
  frequency: Frequency;
  dayOfMonth?: string;
  startsOn: string;
  endsOn?: string;
  debits?: number;
}

export interface ScheduleView {
  id: string;
  amount: number;
  firstAmount?: number;
  frequency: Frequency;
  dayOfMonth?: string;
  startsOn: string;
  endsOn?: string;
  debits?: number;
}

export interface SetRule {
  name: string;
  metric?: AlertMetric;
  family?: ReasonFamily;
  scope?: string;
  window?: AlertWindow;
  days?: number;
  minSample?: number;
  warn?: number;
  critical?: number;
  clear?: number;
  cooldownDays?: number;
  enabled?: boolean;
  ifVersion?: number;
  idempotencyKey?: string;
}

export type Severity = "warning" | "critical";

export type Stage = "input" | "bank";

export interface StartImport {
  csv: string;
  idempotencyKey?: string;
}

export interface StartedImport {
  id: string;
  rows: number;
  replayed: boolean;
}

export interface Stream {
  afterSeq?: number;
  types?: string[];
}

export interface SuccessGroup {
  key?: string;
  rates: SuccessRates;
}

export interface SuccessRates {
  cohort: Tally;
  resolved: Tally;
  unresolved: Tally;
  collected: Tally;
  excluded: Excluded;
  successRate: Measure;
  netSuccessRate: Measure;
  firstAttemptSuccessRate: Measure;
  recoveryRate: Measure;
  averageAttempts: Measure;
  attemptFailureRate: Measure;
}

export interface SuccessReport {
  from: string;
  to: string;
  asOf: string;
  frozen: boolean;
  currency: string;
  total: SuccessRates;
  failuresByReason: ReasonFailures[];
  groups?: SuccessGroup[];
}

export interface SuspendMandate {
  id: string;
  reason: string;
  until?: string;
  ifVersion?: number;
  idempotencyKey?: string;
}

export interface Tally {
  count: number;
  value: number;
}

export type Unmatched = "no_attempt" | "amount_differs" | "not_collected" | "claimed_already";

export interface UpcomingCollections {
  items: CollectionView[];
  nextCursor?: string;
  total: UpcomingTotal;
}

export interface UpcomingDays {
  from?: string;
  to?: string;
  mandateId?: string;
  limit?: number;
  cursor?: string;
}

export interface UpcomingTotal {
  count: number;
  amount: number;
}

export interface UpdateMandate {
  id: string;
  contact?: Contact;
  schedule?: ScheduleDraft;
  effectiveFrom?: string;
  metadata?: Record<string, string>;
  ifVersion?: number;
  idempotencyKey?: string;
}

export interface UpdatedMandate {
  mandate: MandateView;
  changed: boolean;
  newNotices: NoticeView[];
  replayed: boolean;
}

export interface Wanted {
  from: string;
  to: string;
  reason?: string;
  mandateId?: string;
  limit?: number;
  cursor?: string;
}

/** One thing that is wrong with an input. */
export interface FailureIssue {
  /** Where, such as `items[3].reason`; empty for the input as a whole. */
  path: string;
  code: string;
  message: string;
}

/** What the `data` of a TRPCClientError holds. Further members depend on the reason. */
export interface FailureData extends TRPCDefaultErrorData {
  /** Why, in a word that does not change, such as `invalid_input`. */
  reason: string;
  issues?: FailureIssue[];
  requiredScope?: string;
  retryAfterMs?: number;
  requestId?: string;
  [detail: string]: unknown;
}

export interface FailureShape extends TRPCDefaultErrorShape {
  data: FailureData;
}

/** An event of a subscription, and the id after which to resume. */
export interface Tracked<T> {
  id: string;
  data: T;
}

export type AppRouter = TRPCBuiltRouter<
  { ctx: object; meta: object; errorShape: FailureShape; transformer: false },
  {
    auth: {
      /** Tells whose credential this is, what it may do and how many calls it has left. */
      whoami: TRPCQueryProcedure<{ input: Nothing | undefined; output: Identity; meta: object; errorShape: FailureShape }>;
    };
    mandates: {
      /** Lists mandates, newest first. */
      list: TRPCQueryProcedure<{ input: MandateFilter | undefined; output: PageOfMandateView; meta: object; errorShape: FailureShape }>;
      /** Shows a mandate with its schedule. */
      get: TRPCQueryProcedure<{ input: OneMandate; output: MandateDetails; meta: object; errorShape: FailureShape }>;
      /** Shows the mandate with a reference. */
      getByReference: TRPCQueryProcedure<{ input: OneReference; output: MandateDetails; meta: object; errorShape: FailureShape }>;
      /** Lists what happened to a mandate, oldest first. */
      history: TRPCQueryProcedure<{ input: OneHistory; output: PageOfMandateEventView; meta: object; errorShape: FailureShape }>;
      /** Lists what happened to all mandates, oldest first, for those who keep up. */
      events: TRPCQueryProcedure<{ input: EventsAfter | undefined; output: Events; meta: object; errorShape: FailureShape }>;
      /** Tells what happens to mandates, as it happens. */
      stream: TRPCSubscriptionProcedure<{ input: Stream | undefined; output: AsyncIterable<Tracked<MandateEventView>>; meta: object; errorShape: FailureShape }>;
      /** Tells whether an account number can exist at a sort code. */
      checkBankDetails: TRPCMutationProcedure<{ input: CheckBankDetails; output: CheckedBankDetails; meta: object; errorShape: FailureShape }>;
      /** Creates a mandate that the payer has agreed to elsewhere. */
      create: TRPCMutationProcedure<{ input: CreateMandate; output: MandateChange; meta: object; errorShape: FailureShape }>;
      /** Changes the payer's contact, the schedule and the metadata of a mandate. */
      update: TRPCMutationProcedure<{ input: UpdateMandate; output: UpdatedMandate; meta: object; errorShape: FailureShape }>;
      /** Collects from another account of the payer, who has agreed to it, once its bank has the instruction. */
      changeBankAccount: TRPCMutationProcedure<{ input: ChangeBankAccount; output: CollectingChange; meta: object; errorShape: FailureShape }>;
      /** Ends a mandate. One that is cancelled already stays as it is. */
      cancel: TRPCMutationProcedure<{ input: CancelMandate; output: CollectingChange; meta: object; errorShape: FailureShape }>;
      /** Pauses an active mandate. The payer's bank is not told. */
      suspend: TRPCMutationProcedure<{ input: SuspendMandate; output: CollectingChange; meta: object; errorShape: FailureShape }>;
      /** Ends a suspension, or has an ended mandate lodged again. */
      reactivate: TRPCMutationProcedure<{ input: ReactivateMandate; output: CollectingChange; meta: object; errorShape: FailureShape }>;
      /** Ends a mandate. One that is cancelled already stays as it is. Up to 500 at once, each answered by itself. */
      bulkCancel: TRPCMutationProcedure<{ input: BulkOfCancelMandate; output: AnswersOfCollectingChange; meta: object; errorShape: FailureShape }>;
      /** Pauses an active mandate. The payer's bank is not told. Up to 500 at once, each answered by itself. */
      bulkSuspend: TRPCMutationProcedure<{ input: BulkOfSuspendMandate; output: AnswersOfCollectingChange; meta: object; errorShape: FailureShape }>;
      /** Ends a suspension, or has an ended mandate lodged again. Up to 500 at once, each answered by itself. */
      bulkReactivate: TRPCMutationProcedure<{ input: BulkOfReactivateMandate; output: AnswersOfCollectingChange; meta: object; errorShape: FailureShape }>;
      /** Creates a mandate and a link by which its payer completes it. Send the link, or have it mailed. */
      invite: TRPCMutationProcedure<{ input: InviteMandate; output: InvitedMandate; meta: object; errorShape: FailureShape }>;
      /** Creates a mandate and a link by which its payer completes it. Send the link, or have it mailed. Up to 500 at once, each answered by itself. */
      bulkInvite: TRPCMutationProcedure<{ input: BulkOfInviteMandate; output: AnswersOfInvitedMandate; meta: object; errorShape: FailureShape }>;
      /** Makes a new link for the payer, and ends the old one. Send it, or have it mailed. */
      resendInvite: TRPCMutationProcedure<{ input: ResendInvite; output: InvitedMandate; meta: object; errorShape: FailureShape }>;
      /** Ends the payer's link. The mandate waits until another is made. */
      revokeInvite: TRPCMutationProcedure<{ input: RevokeInvite; output: MandateChange; meta: object; errorShape: FailureShape }>;
      /** Begins to create the mandates of a CSV file, row by row. */
      importStart: TRPCMutationProcedure<{ input: StartImport; output: StartedImport; meta: object; errorShape: FailureShape }>;
      /** Tells how far an import is, and what became of its rows. */
      importStatus: TRPCQueryProcedure<{ input: OneImport; output: ImportStatus; meta: object; errorShape: FailureShape }>;
    };
    collections: {
      /** Lists collections, newest first. */
      list: TRPCQueryProcedure<{ input: CollectionFilter | undefined; output: PageOfCollectionView; meta: object; errorShape: FailureShape }>;
      /** Shows a collection with its attempts. */
      get: TRPCQueryProcedure<{ input: OneCollection; output: CollectionDetails; meta: object; errorShape: FailureShape }>;
      /** Shows up to 200 collections, in the order in which they are named. */
      getMany: TRPCQueryProcedure<{ input: ManyCollections; output: FoundCollections; meta: object; errorShape: FailureShape }>;
      /** Lists what is to be collected, the earliest first, with what it comes to. */
      upcoming: TRPCQueryProcedure<{ input: UpcomingDays | undefined; output: UpcomingCollections; meta: object; errorShape: FailureShape }>;
      /** Lists what happened to a collection and the claims on it, oldest first. */
      history: TRPCQueryProcedure<{ input: CollectionHistory; output: PageOfCollectionEventView; meta: object; errorShape: FailureShape }>;
      /** Lists what happened to all collections and claims, oldest first, for those who keep up. */
      events: TRPCQueryProcedure<{ input: CollectionEventsAfter | undefined; output: CollectionEventBatch; meta: object; errorShape: FailureShape }>;
      /** Tells what happens to collections and claims, as it happens. */
      stream: TRPCSubscriptionProcedure<{ input: CollectionStream | undefined; output: AsyncIterable<Tracked<CollectionEventView>>; meta: object; errorShape: FailureShape }>;
    };
    alerts: {
      /** Lists alerts, newest first. */
      list: TRPCQueryProcedure<{ input: AlertFilter | undefined; output: PageOfAlertView; meta: object; errorShape: FailureShape }>;
      /** Shows an alert with its notes and with what was counted when it opened. */
      get: TRPCQueryProcedure<{ input: OneAlert; output: AlertDetails; meta: object; errorShape: FailureShape }>;
      /** Counts the alerts that stand. */
      counts: TRPCQueryProcedure<{ input: CountAlerts | undefined; output: AlertCounts; meta: object; errorShape: FailureShape }>;
      /** Lists the rules, each with what its metric came to when it was last evaluated. */
      rules: TRPCQueryProcedure<{ input: ListRules | undefined; output: RuleList; meta: object; errorShape: FailureShape }>;
      /** Lists what happened to all alerts, oldest first, for those who keep up. */
      events: TRPCQueryProcedure<{ input: AlertEventsAfter | undefined; output: AlertEventBatch; meta: object; errorShape: FailureShape }>;
      /** Tells what happens to alerts, as it happens. */
      stream: TRPCSubscriptionProcedure<{ input: AlertStream | undefined; output: AsyncIterable<Tracked<AlertEventView>>; meta: object; errorShape: FailureShape }>;
      /** Says that somebody knows of an alert. It opens again if it gets worse. */
      acknowledge: TRPCMutationProcedure<{ input: Acknowledge; output: AlertChange; meta: object; errorShape: FailureShape }>;
      /** Says that somebody knows of an alert. It opens again if it gets worse. Up to 500 at once, each answered by itself. */
      bulkAcknowledge: TRPCMutationProcedure<{ input: BulkOfAcknowledge; output: AnswersOfAlertChange; meta: object; errorShape: FailureShape }>;
      /** Silences an alert until its metric has cleared or the snooze ends. */
      dismiss: TRPCMutationProcedure<{ input: Dismiss; output: AlertChange; meta: object; errorShape: FailureShape }>;
      /** Opens an alert again that was acknowledged or dismissed. */
      reopen: TRPCMutationProcedure<{ input: Reopen; output: AlertChange; meta: object; errorShape: FailureShape }>;
      /** Adds a note to an alert, whatever its status. */
      addNote: TRPCMutationProcedure<{ input: AddNote; output: AlertChange; meta: object; errorShape: FailureShape }>;
      /** Changes the levels of a rule, switches it on or off, or adds one. */
      setRule: TRPCMutationProcedure<{ input: SetRule; output: RuleChange; meta: object; errorShape: FailureShape }>;
    };
    reports: {
      /** Tells how the collections of a time fared. */
      successRate: TRPCQueryProcedure<{ input: OfTime; output: SuccessReport; meta: object; errorShape: FailureShape }>;
      /** Tells how much of what was collected was claimed back. */
      clawbacks: TRPCQueryProcedure<{ input: OfClawbacks; output: ClawbackReport; meta: object; errorShape: FailureShape }>;
      /** Tells how mandates came and went, and what became of invites. */
      mandateActivity: TRPCQueryProcedure<{ input: OfTime; output: ActivityReport; meta: object; errorShape: FailureShape }>;
      /** Lists the claims received in a time, newest first. */
      clawbackHistory: TRPCQueryProcedure<{ input: Wanted; output: PageOfClawbackRow; meta: object; errorShape: FailureShape }>;
      /** Lists the debits that failed in a time, newest first. */
      failures: TRPCQueryProcedure<{ input: Wanted; output: PageOfFailureRow; meta: object; errorShape: FailureShape }>;
      /** Gives a report as comma-separated values that no spreadsheet runs as formulas. */
      export: TRPCQueryProcedure<{ input: OfExport; output: Export; meta: object; errorShape: FailureShape }>;
    };
  }
>;
