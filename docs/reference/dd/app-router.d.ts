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

export interface Account {
  sortCode: string;
  accountNumber: string;
  accountHolderName: string;
}

export interface BankAccountView {
  last4: string;
  accountHolderName: string;
  modulus: ModulusResult;
}

export interface CancelMandate {
  id: string;
  reason?: string;
  ifVersion?: number;
  idempotencyKey?: string;
}

export type Channel = "paper" | "online" | "telephone";

export interface CreateMandate {
  payer: Payer;
  bankDetails: Account;
  evidence: Evidence;
  reference?: string;
  metadata?: Record<string, string>;
  idempotencyKey?: string;
}

export interface Evidence {
  channel: Channel;
  agreedAt: string;
  document?: string;
}

export interface Identity {
  organisationId: string;
  workspaceId: string;
  key: string;
  keyId: string;
  scopes: string[];
  limit?: number;
  remaining?: number;
  resetsAt?: string;
}

export type Initiator = "agent" | "payer" | "bank";

export type MandateAction = "resend_invite" | "cancel" | "suspend" | "reactivate";

export interface MandateChange {
  mandate: MandateView;
  changed: boolean;
  replayed: boolean;
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

export type MandateStatus = "invited" | "invite_expired" | "pending_approval" | "pending_submission" | "submitted" | "active" | "suspended" | "cancelled" | "failed" | "expired";

export interface MandateView {
  id: string;
  reference: string;
  status: MandateStatus;
  since: string;
  suspendedUntil?: string;
  initiator?: Initiator;
  reason?: string;
  payer: PayerView;
  bankAccount?: BankAccountView;
  allowedActions: MandateAction[];
  metadata: Record<string, string>;
  version: number;
  createdAt: string;
  updatedAt: string;
}

export type ModulusResult = "pass" | "fail" | "unchecked";

export type Nothing = Record<string, never>;

export interface OneMandate {
  id: string;
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
      /** Shows a mandate. */
      get: TRPCQueryProcedure<{ input: OneMandate; output: MandateView; meta: object; errorShape: FailureShape }>;
      /** Creates a mandate that the payer has agreed to elsewhere. */
      create: TRPCMutationProcedure<{ input: CreateMandate; output: MandateChange; meta: object; errorShape: FailureShape }>;
      /** Ends a mandate. One that is cancelled already stays as it is. */
      cancel: TRPCMutationProcedure<{ input: CancelMandate; output: MandateChange; meta: object; errorShape: FailureShape }>;
    };
  }
>;
