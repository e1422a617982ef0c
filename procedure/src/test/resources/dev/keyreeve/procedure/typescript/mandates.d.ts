export interface Instalment {
  amountMinor: number;
  due: string;
}

export interface InviteMandate {
  payer: Payer;
  schedule?: Instalment[];
  expiresInDays?: number;
  sendEmail: boolean;
  metadata?: Record<string, string>;
  from?: string;
  to?: string;
}

export interface InvitedMandate {
  mandate: MandateView;
  url?: string;
  replayed: boolean;
}

export interface ListMandates {
  state?: MandateState[];
  ids?: string[];
  limit?: number;
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
