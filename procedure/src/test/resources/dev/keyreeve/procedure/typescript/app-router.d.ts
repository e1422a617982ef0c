// The procedures of the API "Direct Debit".
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

export interface AnswerOfMandateView {
  result?: MandateView;
  error?: Refusal;
}

export interface AnswersOfMandateView {
  items: AnswerOfMandateView[];
}

export interface BulkOfCancelMandate {
  items: CancelMandate[];
}

export interface CancelMandate {
  id: string;
  reason?: string;
  ifVersion?: number;
  idempotencyKey?: string;
}

export interface CreateMandate {
  payer: Payer;
  idempotencyKey?: string;
}

export interface GetMandate {
  id: string;
}

export interface Identity {
  workspace: string;
  scopes: string[];
}

export interface ListMandates {
  state?: MandateState[];
  dueDays?: number[];
  sandbox?: boolean;
  createdFrom?: string;
  q?: string;
  cursor?: string;
  limit?: number;
}

export interface MandateEvent {
  type: string;
  mandate: string;
}

export type MandateState = "pending_submission" | "active" | "cancelled";

export interface MandateView {
  id: string;
  state: MandateState;
  payer: Payer;
  version: number;
  createdAt: string;
}

export interface PageOfMandateView {
  items: MandateView[];
  nextCursor?: string;
}

export interface Payer {
  name: string;
  email?: string;
  note?: string;
}

export interface Refusal {
  code: string;
  reason: string;
  message: string;
}

export interface StreamMandates {
  since?: number;
}

export interface UpdateMandate {
  id: string;
  payer: Payer;
}

export type WhoAmI = Record<string, never>;

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
      /** Tells a caller who it is. */
      whoami: TRPCQueryProcedure<{ input: WhoAmI | undefined; output: Identity; meta: object; errorShape: FailureShape }>;
    };
    mandates: {
      /** Lists mandates, the newest first. */
      list: TRPCQueryProcedure<{ input: ListMandates | undefined; output: PageOfMandateView; meta: object; errorShape: FailureShape }>;
      /** Shows one mandate. */
      get: TRPCQueryProcedure<{ input: GetMandate; output: MandateView; meta: object; errorShape: FailureShape }>;
      /** Creates a mandate. */
      create: TRPCMutationProcedure<{ input: CreateMandate; output: MandateView; meta: object; errorShape: FailureShape }>;
      /** Changes the payer of a mandate. */
      update: TRPCMutationProcedure<{ input: UpdateMandate; output: MandateView; meta: object; errorShape: FailureShape }>;
      /** Cancels a mandate. */
      cancel: TRPCMutationProcedure<{ input: CancelMandate; output: MandateView; meta: object; errorShape: FailureShape }>;
      /** Cancels a mandate. Up to 500 at once, each answered by itself. */
      bulkCancel: TRPCMutationProcedure<{ input: BulkOfCancelMandate; output: AnswersOfMandateView; meta: object; errorShape: FailureShape }>;
      /** Removes a mandate that was never submitted. */
      forget: TRPCMutationProcedure<{ input: GetMandate; output: MandateView; meta: object; errorShape: FailureShape }>;
      /** Tells what happens to mandates. */
      stream: TRPCSubscriptionProcedure<{ input: StreamMandates | undefined; output: AsyncIterable<Tracked<MandateEvent>>; meta: object; errorShape: FailureShape }>;
    };
  }
>;
