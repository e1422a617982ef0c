// What the letting agent reads at the end of a month.

import type { ActivityReport, ClawbackReport, SuccessReport } from "keyreeve-dd";
import type { DirectDebit } from "./client.js";

export interface Reports {
  success: SuccessReport;
  clawbacks: ClawbackReport;
  activity: ActivityReport;
}

/** @param window days in London, both ends included */
export async function pullReports(dd: DirectDebit, window: { from: string; to: string }): Promise<Reports> {
  // Asked for together, they travel in one request.
  const [success, clawbacks, activity] = await Promise.all([
    dd.reports.successRate.query(window),
    dd.reports.clawbacks.query(window),
    dd.reports.mandateActivity.query(window),
  ]);
  return { success, clawbacks, activity };
}
