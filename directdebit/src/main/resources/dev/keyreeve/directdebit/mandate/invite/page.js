// The page of an invite. The token is in the fragment of the address, which browsers send to no
// server; it leaves this page in the bodies of two calls alone.
"use strict";

const token = location.hash.slice(1);

/** Without spaces, dashes and what has no width: people part digits as their bank's card does. */
const digits = (text) => text.replace(/[\s\p{Pd}\p{Cf}\u2212]/gu, "");

/** Which eight of nine or ten digits count depends on the bank, so nobody guesses it here. */
function objectionToAccount(number) {
  if (/^0+$/.test(number)) return "Zeros alone are no account number.";
  if (/^[0-9]{6,8}$/.test(number)) return "";
  if (/^[0-9]{9}$/.test(number)) {
    return "Direct Debit takes eight digits. At Santander, put the first of the nine in place of the last digit of "
      + "the sort code, and enter the other eight here. Ask any other bank which eight it goes by.";
  }
  if (/^[0-9]{10}$/.test(number)) {
    return "Direct Debit takes eight digits. At National Westminster, enter the last eight; at the Co-operative Bank, "
      + "the first eight. Ask any other bank which it goes by.";
  }
  return "Enter the six to eight digits of the account number.";
}

const fields = {
  accountHolderName: {
    read: (text) => text.trim(),
    wrong: (text) => (text === "" ? "Enter the name on the account." : ""),
  },
  sortCode: {
    read: digits,
    wrong: (text) => (/^[0-9]{6}$/.test(text) ? "" : "Enter the six digits of the sort code."),
  },
  accountNumber: {
    read: digits,
    wrong: objectionToAccount,
  },
};
let entered = {};

const byId = (id) => document.getElementById(id);

function fill(name, text) {
  for (const element of document.querySelectorAll(`[data-${name}]`)) element.textContent = text;
}

function show(id) {
  for (const section of document.querySelectorAll("main > section")) section.hidden = section.id !== id;
  byId("guarantee").hidden = id !== "enter" && id !== "confirm";
  byId(id).querySelector("h1").focus();
}

async function call(path, input) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(input),
    credentials: "omit",
    cache: "no-store",
  });
  return response.json();
}

function setError(name, message) {
  byId(`${name}-error`).textContent = message;
  if (message) byId(name).setAttribute("aria-invalid", "true");
  else byId(name).removeAttribute("aria-invalid");
}

async function open() {
  try {
    const answer = await call("/invites/view", { token });
    if (!answer.success) {
      show(["invite_expired", "invalid_input"].includes(answer.error.reason) ? "over" : "failed");
      return;
    }
    const invite = answer.data;
    fill("agent", invite.agent);
    fill("payer", invite.payerName);
    fill("reference", invite.reference);
    fill("expires", new Date(invite.expiresAt).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" }));
    byId("guarantee").querySelector("ul").replaceChildren(
      ...invite.guarantee.paragraphs.map((paragraph) => {
        const item = document.createElement("li");
        item.textContent = paragraph;
        return item;
      }));
    show("enter");
  } catch {
    show("failed");
  }
}

function check(event) {
  event.preventDefault();
  entered = {};
  let first = null;
  for (const [name, field] of Object.entries(fields)) {
    entered[name] = field.read(byId(name).value);
    const message = field.wrong(entered[name]);
    setError(name, message);
    if (message) first ??= byId(name);
  }
  if (first) {
    first.focus();
    return;
  }
  entered.accountNumber = entered.accountNumber.padStart(8, "0");
  fill("holder", entered.accountHolderName);
  fill("sort-code", entered.sortCode.replace(/^(..)(..)(..)$/, "$1-$2-$3"));
  fill("account-number", entered.accountNumber);
  byId("confirm-error").textContent = "";
  show("confirm");
}

/** Puts what the server objects to beside the fields that it is about. */
function objections(error) {
  if (error.reason === "modulus_failed") return { accountNumber: error.message };

  const found = {};
  for (const issue of error.issues ?? []) {
    found[issue.path in fields ? issue.path : "accountHolderName"] = issue.message;
  }
  return found;
}

async function send() {
  byId("send").disabled = true;
  byId("confirm-error").textContent = "";
  try {
    const answer = await call("/invites/submit", { token, ...entered, confirmed: true });
    if (answer.success) finish(answer.data);
    else refuse(answer.error);
  } catch {
    byId("confirm-error").textContent = "The details could not be sent. Check your connection and try again.";
  }
  byId("send").disabled = false;
}

function refuse(error) {
  if (error.reason === "invite_expired") {
    show("over");
    return;
  }
  const found = objections(error);
  if (Object.keys(found).length === 0) {
    byId("confirm-error").textContent = error.message;
    return;
  }
  show("enter");
  for (const name of Object.keys(fields)) setError(name, found[name] ?? "");
  byId(Object.keys(fields).find((name) => name in found)).focus();
}

function finish(data) {
  entered = {};
  byId("details").reset();
  for (const name of ["holder", "sort-code", "account-number"]) fill(name, "");
  history.replaceState(null, "", location.pathname);
  const onward = byId("onward");
  if (data.redirectUrl?.startsWith("https://")) {
    onward.href = data.redirectUrl;
    onward.textContent = `Go on to ${new URL(data.redirectUrl).host}`;
    onward.hidden = false;
  }
  show("done");
}

byId("details").addEventListener("submit", check);
byId("send").addEventListener("click", send);
byId("change").addEventListener("click", () => show("enter"));
addEventListener("hashchange", () => location.reload());
byId("retry").addEventListener("click", () => location.reload());
open();
