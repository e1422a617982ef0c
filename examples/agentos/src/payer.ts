// The tenant's side. In life a person does this in a browser, on the page that the link leads to; here the story needs
// somebody who agrees. It takes no key: what is in the link is the authority.

export interface BankDetails {
  sortCode: string;
  accountNumber: string;
  accountHolderName: string;
}

interface Refusal {
  code: string;
  reason: string;
  message: string;
}

type Answer<T> = { success: true; data: T } | { success: false; error: Refusal };

/** What a payer reads before agreeing. */
interface InviteView {
  agent: string;
  payerName: string;
  reference: string;
  guarantee: { version: string; paragraphs: string[] };
}

/** Opens the link, reads what is asked for, and agrees. Answers who is going to collect. */
export async function agree(link: string, details: BankDetails): Promise<string> {
  const { origin, hash } = new URL(link);
  // Browsers send the part after the # to nobody, so it is in no log. It goes into the body of a POST.
  const token = hash.slice(1);

  const invite = await post<InviteView>(`${origin}/invites/view`, { token });
  await post(`${origin}/invites/submit`, { token, ...details, confirmed: true });
  return invite.agent;
}

async function post<T>(url: string, input: object): Promise<T> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(input),
  });
  const answer = (await response.json()) as Answer<T>;
  if (!answer.success) throw new Error(`${answer.error.reason}: ${answer.error.message}`);
  return answer.data;
}
