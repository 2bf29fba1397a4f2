// One payment for several: a family gathers its orders, somebody pays and types the number once.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { bankDay, Register } from "./harness.mjs";
import { applicant as joined, captured, hook, payment, webhookSecret } from "./paying.mjs";

let register;

before(async () => {
  register = await Register.make();
  register.secrets.add(webhookSecret);
  await register.cliWell("payment way", "upi", "--vpa", "gkc.fees@bank", "--payee", "GKC Fees");
  const { code, stderr } = await register.cliWith(
    { input: `${webhookSecret}\n` }, "payment way", "razorpay", "--secret-file", "-");
  assert.equal(code, 0, stderr);
  await register.serve();
});
after(() => register?.end());

async function family(count) {
  const people = [];
  for (let i = 0; i < count; i++) people.push(await joined(register));
  return people;
}

// Gathers them; the visitor then is on the page of the one order.
async function gather(lines) {
  const payer = register.visitor("en");
  await payer.get("/pay-together");
  await payer.submit({ orders: lines.join("\r\n") });
  if (payer.page.status !== 200) return { payer };
  const pay = new URL(payer.page.url).pathname;
  register.secrets.add(pay.split("/")[2]);
  return { payer, pay, reference: payer.page.text.match(/[?&;]tr=([A-Z0-9]+)/)?.[1] };
}

const url = (pay) => `${register.origin}${pay}`;
const isAt = async (visitor, what) => (await visitor.get("/join/pay")).url.includes(what);

test("a family gathers its orders by their addresses, and claims once", async () => {
  const people = await family(4);
  const [a, b, c, d] = people;
  await a.other.get(a.pay);
  await a.other.get(a.other.page.text.match(/href="(\/pay-together\?order=[0-9a-z]+)"/)[1]);
  assert.ok(a.other.page.text.includes(url(a.pay)), "the order one came from stands there");
  const { payer, pay, reference } = await gather([
    `Pay here: ${url(a.pay)} please`, `${url(b.pay)}/online, ${url(a.pay)}`,
    url(c.pay), d.pay.split("/")[2]]);
  assert.match(payer.page.text, /Pay the fee: ₹44|₹44/);
  assert.match(payer.page.text, /People this pays for: 4/);
  assert.match(payer.page.text, /am=44\.00/);
  for (const { name } of people) assert.ok(!payer.page.text.includes(name));
  // whoever wishes may still pay alone, and is shown the way to the payment for all
  await b.visitor.get("/join/pay");
  assert.ok(b.visitor.page.text.includes(b.pay), "the own order is hidden by the one for all");
  assert.ok((await b.other.get(b.pay)).text.includes(`href="${pay}"`));
  await payer.submit({ utr: "912345678901" });
  for (const { visitor } of people) assert.ok(await isAt(visitor, "/card/"));
  assert.match((await c.other.get(c.pay)).text, /checking the payment/);
  assert.ok(!c.other.page.forms.some((f) => "utr" in f.fields), "claimed once more, alone");
  const file = path.join(await mkdtemp(path.join(os.tmpdir(), "statement-")), "november.csv");
  await writeFile(file, `Date,Description,Debit,Credit,Balance
${bankDay()},UPI/912345678901/family,,44.00,144.00
`);
  await register.cliWell("payment import-statement", file);
  await rm(path.dirname(file), { recursive: true });
  assert.match((await payer.get(pay)).text, /has arrived/);
  for (const one of people) {
    assert.match((await one.other.get(one.pay)).text, /has arrived/);
    await one.visitor.get("/join/pay");
    assert.doesNotMatch(one.visitor.page.text, /Fee being confirmed/);
  }
  assert.ok(reference);
  assert.match(await register.cliWell("payment list"), /Nothing/);
});

test("who pays alone after all leaves less to be paid for the others; twice is kept", async () => {
  const [a, b] = await family(2);
  const { payer, pay, reference } = await gather([url(a.pay), url(b.pay)]);
  await hook(register, captured(payment(a.reference)));
  assert.ok(await isAt(a.visitor, "/card/"));
  assert.match((await payer.get(pay)).text, /am=11\.00/);
  await hook(register, captured(payment(reference, { amount: 2200, id: "pay_for_both" })));
  assert.ok(await isAt(b.visitor, "/card/"));
  assert.match(await register.cliWell("payment list"), /left +₹11 +open +excess +pay_for_both/);
});

test("a list that is wrong is shown again, with the number of what is wrong", async () => {
  const [a, b] = await family(2);
  await b.other.submit({ utr: "912345678902" });
  const cases = [
    [[], /at least two people/],
    [[url(a.pay)], /at least two people/],
    [[url(a.pay), url(a.pay)], /at least two people/],
    [[url(a.pay), b.reference], /do not find number 2 of the list/],
    [[url(a.pay), `${url(a.pay).slice(0, -4)}0000`], /do not find number 2 of the list/],
    [[url(a.pay), "nonsense"], /do not find number 2 of the list/],
    [[url(b.pay), url(a.pay)], /Take number 1 off the list/],
  ];
  for (const [lines, said] of cases) {
    const { payer } = await gather(lines);
    assert.equal(payer.page.status, 422, lines.join());
    assert.match(payer.page.text, said);
    for (const line of lines) assert.ok(payer.page.text.includes(line), "typed for nothing");
  }
});

test("guessing addresses is slowed down", async () => {
  const [a] = await family(1);
  const payer = register.visitor("en");
  let status;
  for (let i = 0; i < 40 && status !== 429; i++) {
    await payer.get("/pay-together");
    const guess = url(a.pay).replace(/.$/, (c) => (c === "0" ? "1" : "0"));
    ({ status } = await payer.submit({ orders: `${url(a.pay)}\n${guess}` }));
  }
  assert.equal(status, 429);
});

test("an enroller gathers by the API, within the own unit alone", async () => {
  const up = await register.token("enroller", "--unit", "UP");
  const elsewhere = await register.token("enroller", "--unit", "BR");
  const [a, b] = await family(2);
  const make = (body, token = up) => register.api("POST", "/api/v1/orders", { token, body });
  const theirs = await make({ orders: `${a.reference}, ${b.reference}` }, elsewhere);
  assert.deepEqual([theirs.status, theirs.json.errors[0].code], [422, "gather_unknown"]);
  assert.equal((await make({})).status, 422);
  assert.equal((await make({ orders: "x", members: "y" })).status, 422);
  assert.equal((await make({ members: "GKC-184-6811-4781\nnobody" })).status, 422);
  const made = await make({ orders: `${a.reference}\n${b.reference}` });
  assert.equal(made.status, 201, made.text);
  assert.equal(made.headers.get("location"), `/api/v1/orders/${made.json.reference}`);
  assert.equal(made.json.amount_paise, 2200);
  assert.equal(made.json.people, 2);
  register.secrets.add(made.json.pay_url.split("/").at(-1));
  const look = (token) =>
    register.api("GET", `/api/v1/orders/${made.json.reference}`, { token });
  assert.equal((await look(elsewhere)).status, 404);
  await hook(register, captured(payment(made.json.reference, { amount: 2200 })));
  const now = (await look(up)).json;
  assert.deepEqual([now.state, now.due_paise, now.confirmed], ["paid", 0, 2]);
});
