// The procedures of the API "Notes".
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

export interface AttachFile {
  id: number;
  caption?: string;
  file: { mediaType: "text/plain" | "image/png"; base64: string; fileName?: string };
}

export interface Attached {
  mediaType: string;
  bytes: number;
  fileName?: string;
  caption?: string;
}

export interface CreateNote {
  text: string;
  idempotencyKey?: string;
}

export interface GetNote {
  id: number;
}

export interface Illustrate {
  id: number;
  picture?: { mediaType: "image/png"; base64: string; fileName?: string };
}

export interface Note {
  id: number;
  text?: string;
  remark?: string;
  signature?: string;
}

export interface Printing {
  job: string;
  note: number;
  done: boolean;
}

export interface RemoveNote {
  id: number;
  ifMatch?: string;
}

export interface Signature {
  name?: string | null;
}

export interface UpdateNote {
  id: number;
  ifMatch: string;
  remark?: string | null;
  signature?: Signature;
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
    notes: {
      /** Shows a note. */
      get: TRPCQueryProcedure<{ input: GetNote; output: Note & { etag: string }; meta: object; errorShape: FailureShape }>;
      /** Writes a note. */
      create: TRPCMutationProcedure<{ input: CreateNote; output: Note & { location: string; etag: string }; meta: object; errorShape: FailureShape }>;
      /** Changes what is said of a note. */
      update: TRPCMutationProcedure<{ input: UpdateNote; output: Note & { etag: string }; meta: object; errorShape: FailureShape }>;
      /** Throws a note away. */
      remove: TRPCMutationProcedure<{ input: RemoveNote; output: Note; meta: object; errorShape: FailureShape }>;
      /** Prints a note, a while later. */
      print: TRPCMutationProcedure<{ input: GetNote; output: Printing & { retryAfterMs?: number }; meta: object; errorShape: FailureShape }>;
      /** Attaches a file to a note. */
      attach: TRPCMutationProcedure<{ input: AttachFile; output: Attached; meta: object; errorShape: FailureShape }>;
      /** Gives a note a picture, or takes it away. */
      illustrate: TRPCMutationProcedure<{ input: Illustrate; output: Attached; meta: object; errorShape: FailureShape }>;
      /** Gives what is attached to a note. */
      file: TRPCQueryProcedure<{ input: GetNote; output: { mediaType: "text/plain" | "image/png"; base64: string; fileName?: string } & { etag: string }; meta: object; errorShape: FailureShape }>;
    };
  }
>;
