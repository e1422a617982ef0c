// The story, from an invite to the reports.

import { join } from "node:path";
import { TRPCClientError } from "@trpc/client";
import type { AlertEventView, AppRouter } from "keyreeve-dd";
import { forwardAlerts, hearOfEveryFailure } from "./alerts.js";
import { connect } from "./client.js";
import { firstDebit, outcomes } from "./collections.js";
import { daysAfter } from "./dates.js";
import { invite } from "./invites.js";
import { cancel, history } from "./mandates.js";
import { agree } from "./payer.js";
import { pullReports } from "./reports.js";
import { sandboxCalendar } from "./sandbox.js";
import { missing, setting } from "./settings.js";

/** Sets the tenancies of this run apart from those of any other. */
const run = Date.now().toString(36).toUpperCase();

/** The last digits of a sort code tell the sandbox how the account behaves. */
const tenants = [
  { id: `RENT-${run}-1`, tenant: "Ada Brook", email: "ada@example.com", sortCode: "00-00-01" }, // pays
  { id: `RENT-${run}-2`, tenant: "Ben Marsh", email: "ben@example.com", sortCode: "00-00-21" }, // pays the second time
  { id: `RENT-${run}-3`, tenant: "Cara Dunn", email: "cara@example.com", sortCode: "00-00-41" }, // claims it back
];

const RENT_IN_PENCE = 650_00;

async function story(): Promise<void> {
  const dd = connect(setting("AGENTOS_KEYREEVE_URL"), setting("AGENTOS_KEYREEVE_KEY"));

  const me = await dd.auth.whoami.query();
  const lacking = missing(me.scopes);
  if (lacking.length > 0) throw new Error(`The key lacks ${lacking.join(", ")}.`);
  console.log(`agentOS speaks for workspace ${me.workspaceId}`);

  const calendar = sandboxCalendar(setting("AGENTOS_KEYREEVE_COMMAND"), me.workspaceId);
  const position = join(setting("AGENTOS_DATA_DIR"), `alerts-of-${me.workspaceId}`);
  const began = await calendar.today();
  await hearOfEveryFailure(dd);

  // Far enough ahead for the banks to be told of a new mandate, and the payer of the first debit.
  const startsOn = daysAfter(began, 28);
  const rent = { amount: RENT_IN_PENCE, frequency: "monthly", dayOfMonth: "1", startsOn } as const;
  const tenancies = await Promise.all(
    tenants.map(async (tenancy) => ({ ...tenancy, ...(await invite(dd, { ...tenancy, rent })) })),
  );
  for (const { tenant, sortCode, url, mandateId } of tenancies) {
    const agent = await agree(url, { sortCode, accountNumber: "12345678", accountHolderName: tenant });
    const { status } = await dd.mandates.get.query({ id: mandateId });
    console.log(`${tenant} lets ${agent} collect: ${status}`);
  }

  const soon = daysAfter(startsOn, 40);
  const debits = await Promise.all(tenancies.map(({ mandateId }) => firstDebit(dd, mandateId, soon)));
  const ended = await outcomes(dd, debits.map(({ id }) => id), calendar);
  ended.forEach(({ status, attempts }, index) => {
    const tried = attempts.map((attempt) => attempt.status).join(", then ");
    console.log(`The rent of ${tenancies[index]?.tenant} is ${status}: ${tried}`);
  });

  await forwardAlerts(dd, position, showOnDesk);

  for (const { tenant, mandateId } of tenancies) {
    const { mandate, affectedCollections } = await cancel(dd, mandateId, "The tenancy has ended.");
    console.log(`The mandate of ${tenant} is ${mandate.status}, and ${affectedCollections.length} planned rents with it`);
    console.log(`  ${(await history(dd, mandateId)).join(", ")}`);
  }

  const { success, clawbacks, activity } = await pullReports(dd, { from: began, to: await calendar.today() });
  const { successRate, firstAttemptSuccessRate } = success.total;
  const { gross } = clawbacks.total;
  console.log(`Collected ${successRate.numerator} of ${successRate.denominator} rents,`
    + ` ${firstAttemptSuccessRate.numerator} of them at the first attempt`);
  console.log(`Claimed back ${gross.numerator} of ${gross.denominator}`);
  console.log(`Mandates: ${activity.total.balance.activated} came into force, ${activity.total.balance.cancelledByAgent} were ended`);
}

/** Stands for the page on which the letting agent's people see alerts. */
async function showOnDesk({ type, alert }: AlertEventView): Promise<void> {
  console.log(`For the desk: ${type}, ${alert.rule} (${alert.severity})`);
}

/** Of a refusal, the word that does not change and the sentences for people; of anything else, where it happened. */
function explained(error: unknown): unknown {
  if (!(error instanceof TRPCClientError)) return error;

  const { message, data } = error as TRPCClientError<AppRouter>;
  const issues = data?.issues?.map((issue) => `\n  ${issue.path}: ${issue.message}`) ?? [];
  return `${data?.reason ?? "no answer"}: ${message}${issues.join("")}`;
}

try {
  await story();
} catch (error) {
  console.error(explained(error));
  process.exitCode = 1;
}
