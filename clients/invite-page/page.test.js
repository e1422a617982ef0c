// The page on which a payer types bank details, with as much of a document as its script asks for.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { runInNewContext } from "node:vm";

const folder = new URL(
  "../../directdebit/src/main/resources/dev/keyreeve/directdebit/mandate/invite/",
  import.meta.url,
);
const script = await readFile(new URL("page.js", folder), "utf8");
const html = await readFile(new URL("page.html", folder), "utf8");

class Element {
  value = "";
  textContent = "";
  hidden = false;
  listeners = {};

  addEventListener(type, listener) {
    this.listeners[type] = listener;
  }

  querySelector() {
    return new Element();
  }

  replaceChildren() {}

  focus() {}

  setAttribute() {}

  removeAttribute() {}

  reset() {}
}

/** The page as it is once it has been opened with a link that works. */
async function opened() {
  const byId = new Map();
  const filled = new Map();
  const sent = [];
  const answers = {
    "/invites/view": {
      agent: "Harbour Lettings",
      payerName: "Sam Hale",
      reference: "RENT-1",
      expiresAt: "2026-12-15T09:00:00Z",
      guarantee: { paragraphs: [] },
    },
    "/invites/submit": { agent: "Harbour Lettings", reference: "RENT-1" },
  };
  const element = (elements, name) => {
    if (!elements.has(name)) elements.set(name, new Element());
    return elements.get(name);
  };
  runInNewContext(script, {
    location: { hash: "#token", pathname: "/invite" },
    history: { replaceState() {} },
    addEventListener() {},
    URL,
    document: {
      getElementById: (id) => element(byId, id),
      querySelectorAll: (selector) => {
        const data = /^\[data-([a-z-]+)\]$/.exec(selector);
        return data ? [element(filled, data[1])] : [];
      },
      createElement: () => new Element(),
    },
    fetch: async (path, { body }) => {
      sent.push({ path, input: JSON.parse(body) });
      return { json: async () => ({ success: true, data: answers[path] }) };
    },
  });
  await settled();
  return {
    type(entered) {
      for (const [name, text] of Object.entries({ accountHolderName: "Sam Hale", ...entered })) {
        element(byId, name).value = text;
      }
      element(byId, "details").listeners.submit({ preventDefault() {} });
    },
    error: (name) => element(byId, `${name}-error`).textContent,
    shown: (name) => element(filled, name).textContent,
    async confirm() {
      element(byId, "send").listeners.click();
      await settled();
      return sent.at(-1).input;
    },
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

const sortCodes = ["20-29-59", "202959", "20 29 59", "20–29–59", "20\u00a029\u00a059 ", "\u202d202959\u202c", "20\u221229\u201159"];
const accountNumbers = ["63748472", "6374 8472", "6374-8472", "63 74\u00a084\u201372", "\u200b63748472"];

for (const sortCode of sortCodes) {
  for (const accountNumber of accountNumbers) {
    test(`takes ${JSON.stringify([sortCode, accountNumber])} as what it says`, async () => {
      const page = await opened();

      page.type({ sortCode, accountNumber });

      assert.equal(page.shown("sort-code"), "20-29-59");
      assert.equal(page.shown("account-number"), "63748472");
      const sent = await page.confirm();
      assert.equal(sent.sortCode, "202959");
      assert.equal(sent.accountNumber, "63748472");
    });
  }
}

for (const [typed, meant] of [["123456", "00123456"], ["12 34 56", "00123456"], ["577-9911", "05779911"]]) {
  test(`shows the eight digits of ${typed} before they are confirmed`, async () => {
    const page = await opened();

    page.type({ sortCode: "202959", accountNumber: typed });

    assert.equal(page.shown("account-number"), meant);
    assert.equal((await page.confirm()).accountNumber, meant);
  });
}

for (const [typed, objection] of [
  ["123456789", /Santander/],
  ["1234 56789", /Santander/],
  ["1234567890", /National Westminster.*Co-operative/],
  ["01-12345678", /National Westminster.*Co-operative/],
  ["00000000", /Zeros/],
  ["0000 0000", /Zeros/],
  ["12345", /six to eight/],
  ["12345678901", /six to eight/],
  ["1234567x", /six to eight/],
  ["", /six to eight/],
]) {
  test(`objects to the account number ${JSON.stringify(typed)} before anything is sent`, async () => {
    const page = await opened();

    page.type({ sortCode: "202959", accountNumber: typed });

    assert.match(page.error("accountNumber"), objection);
    assert.equal(page.shown("account-number"), "");
  });
}

test("cuts no number short, for its first digits are another account", () => {
  for (const field of ["sortCode", "accountNumber"]) {
    const [, most] = new RegExp(`id="${field}"[^>]*maxlength="([0-9]+)"`).exec(html);

    assert.ok(Number(most) >= "12 34 56 78 90 – 12 34 56 78 90".length, field);
  }
});
