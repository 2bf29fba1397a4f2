// Paying: the page that others may open, the UTR typed in next day, a gateway whose events come
// twice, late, early, wrong or forged.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { bankDay, Register } from "./harness.mjs";
import {
  applicant as joined, captured, hmac, hook as hooked, payment, webhookSecret as secret,
} from "./paying.mjs";

let register;

before(async () => {
  register = await Register.make();
  register.secrets.add(secret);
  await register.cliWell("payment way", "upi", "--vpa", "gkc.fees@bank", "--payee", "GKC Fees");
  const { code, stderr } = await register.cliWith(
    { input: `${secret}\n` }, "payment way", "razorpay", "--secret-file", "-");
  assert.equal(code, 0, stderr);
  await register.serve();
});
after(() => register?.end());

const applicant = (lang) => joined(register, lang);
const event = (reference, changes) => captured(payment(reference, changes));
const hook = (body, signature) => hooked(register, body, signature);

const state = async (visitor) => (await visitor.get("/join/pay")).text;

test("the order's page names nobody, and carries a UPI link, code and picture", async () => {
  const { other, pay, reference, name, phone } = await applicant("hi");
  const { text } = other.page;
  assert.ok(!text.includes(name) && !text.includes(phone));
  assert.ok(text.includes(
    `upi://pay?pa=gkc.fees%40bank&amp;pn=GKC%20Fees&amp;am=11.00&amp;cu=INR&amp;tr=${reference}`),
    text);
  assert.match(other.page.headers.get("cache-control"), /no-store/);
  const picture = await other.request("GET", `${pay}/qr.png`);
  assert.equal(picture.body.subarray(1, 4).toString(), "PNG");
  assert.equal((await other.get(pay.replace(/.$/, (c) => (c === "0" ? "1" : "0")))).status, 404);
});

test("somebody else pays, and types the UTR: a provisional card", async () => {
  const { visitor, other, pay, reference } = await applicant();
  await other.submit({ utr: "4321 8765 012" });
  assert.equal(other.page.status, 422);
  assert.match(other.page.text, /12 digits/);
  await other.submit({ utr: "४३२१८७६५०१२३" });
  assert.equal(other.page.status, 200);
  await visitor.get("/join/pay");
  assert.match(visitor.page.url, /\/card\//);
  assert.match(visitor.page.text, /Fee being confirmed/);
  const rejected = await register.cliWell("payment reject", reference, "--reason", "Not found");
  assert.match(rejected, /rejected/);
  assert.match((await visitor.get("/join/pay")).url, /\/join\/pay$/);
  await register.cliWell("payment restore", reference, "--reason", "Found after all");
  await other.get(pay);
  // the gateway tells of the same payment late
  assert.deepEqual((await hook(event(reference))).json, { counted: true });
  await other.get(pay);
  assert.match(other.page.text, /has arrived/);
});

test("nobody guesses at transfers of others by claiming one number after the other", async () => {
  const { other, pay } = await applicant();
  const claim = async (nth) => {
    await other.get(pay);
    await other.submit({ utr: String(700000000000 + nth) });
    return other.page.status;
  };
  for (let nth = 0; nth < 10; nth++) assert.equal(await claim(nth), 200, `claim ${nth}`);
  assert.equal(await claim(10), 429);
  const { other: next, pay: own } = await applicant();
  await next.get(own);
  await next.submit({ utr: "700000000999" });
  assert.equal(next.page.status, 200, "others are not slowed down by it");
});

test("a gateway's event counts once, and only when it is right", async () => {
  const { visitor, reference } = await applicant();
  const right = event(reference);
  assert.equal((await hook(right, "0".repeat(64))).status, 403);
  assert.equal((await hook(right.replace("1100", "1101"),
    hmac(secret, right))).status, 403);
  assert.equal((await hook("{", undefined)).status, 422);
  for (const wrong of [{ currency: "USD" }, { captured: false }, { status: "authorized" }]) {
    assert.deepEqual((await hook(event(reference, wrong))).json, { counted: false });
  }
  assert.match((await state(visitor)), /₹11/);
  assert.match(visitor.page.url, /\/join\/pay$/);
  assert.deepEqual((await hook(event(reference, { amount: 1000 }))).json, { counted: true });
  await visitor.get("/join/pay");
  assert.match(visitor.page.url, /\/join\/pay$/, "too little confirms nobody");
  assert.deepEqual((await hook(right)).json, { counted: true });
  assert.deepEqual((await hook(right)).json, { counted: false });
  await visitor.get("/join/pay");
  assert.match(visitor.page.url, /\/card\//);
});

test("an event without our number counts by the one that was typed, before or after", async () => {
  for (const [utr, typesFirst] of [["812345678903", true], ["812345678904", false]]) {
    const { other, pay } = await applicant();
    const steps = [
      () => other.submit({ utr }),
      () => hook(event("", { acquirer_data: { rrn: utr } })),
    ];
    for (const step of typesFirst ? steps : steps.reverse()) await step();
    await other.get(pay);
    assert.match(other.page.text, /has arrived/, utr);
    assert.ok(!(await register.cliWell("payment list")).includes(utr), "it waits for somebody");
  }
});

test("money that nobody expected is listed, settled and given back with a reason", async () => {
  const { visitor, reference } = await applicant();
  await hook(event("", { id: "pay_unknown_one" }));
  await hook(event("", { id: "pay_unknown_two" }));
  const list = async () => register.cliWell("payment list");
  const line = (text, id) => text.split("\n").find((l) => l.includes(id));
  const [one, two] = ["pay_unknown_one", "pay_unknown_two"];
  const first = line(await list(), one).trim().split(/\s+/)[0];
  const second = line(await list(), two).trim().split(/\s+/)[0];
  await register.cliWell("payment settle", first, "--order", reference, "--reason", "She called");
  await register.cliWell("payment refund", second, "--reason", "Nobody knows it");
  assert.ok(!line(await list(), one) && !line(await list(), two));
  await visitor.get("/join/pay");
  assert.match(visitor.page.url, /\/card\//);
});

test("the demo's button pays once, however often it is pressed", async () => {
  const { visitor, other, pay } = await applicant();
  await visitor.submit({}, {});
  assert.match(visitor.page.url, /\/card\//);
  await other.get(pay);
  assert.match(other.page.text, /has arrived/);
  assert.ok(!other.page.forms.some((f) => f.action.endsWith("/demo")));
});

test("an administrator of the whole settles by the API; a unit's may not", async () => {
  const { visitor, reference } = await applicant();
  await hook(event("", { id: "pay_by_api" }));
  const whole = await register.token("admin");
  const unit = await register.token("admin", "--unit", "UP");
  const enroller = await register.token();
  assert.equal((await register.api("GET", "/api/v1/payments")).status, 401);
  for (const token of [unit, enroller]) {
    assert.equal((await register.api("GET", "/api/v1/payments", { token })).status, 403);
  }
  const open = (await register.api("GET", "/api/v1/payments", { token: whole })).json.payments;
  const { id, left_paise } = open.at(-1);
  assert.equal(left_paise, 1100);
  const settle = (body, token = whole) =>
    register.api("POST", `/api/v1/payments/${id}/settle`, { token, body });
  assert.equal((await settle({ order: reference, reason: "told" }, unit)).status, 403);
  assert.equal((await settle({ order: reference })).status, 422);
  const settled = await settle({ order: reference, reason: "She told us" });
  assert.equal(settled.json.left_paise, 0, JSON.stringify(settled.json));
  assert.equal(settled.json.order, reference);
  await visitor.get("/join/pay");
  assert.match(visitor.page.url, /\/card\//);
});

test("a statement is counted once, and the year adds up", async () => {
  const { reference } = await applicant();
  const file = path.join(await mkdtemp(path.join(os.tmpdir(), "statement-")), "november.csv");
  await writeFile(file, `Date,Description,Debit,Credit,Balance
${bankDay()},UPI/512345678901/${reference},,11.00,111.00
`);
  const import_ = (...more) => register.cliWell("payment import-statement", file, ...more);
  const looked = await import_("--look");
  assert.match(looked, /Columns \(guessed\): date=1,narration=2,debit=3,credit=4,balance=5\n/);
  assert.match(looked, /credit +4 +Credit\n/);
  assert.match(looked, /matched +1\n.*counted now +0\n/s);
  const given = "date=1,narration=2,credit=4";
  assert.match(await import_("--columns", given), /as given.*counted now +1\n/s);
  const again = await import_();
  assert.match(again, /Columns \(remembered\): date=1,narration=2,credit=4\n/);
  assert.match(again, /matched +0\n.*known already +1\n.*counted now +0\n/s);
  await rm(path.dirname(file), { recursive: true });
  assert.match(await register.cliWell("ledger day"), /suspense/);
  assert.match(await register.cliWell("ledger year"), /sum +₹0\n/);
});

test("who closed the page types the UTR next day, and is shown the way to the card", async () => {
  const { visitor, other, pay } = await applicant();
  await register.daysLater(1);
  await visitor.get("/join");
  assert.ok(visitor.page.forms.some((f) => "name" in f.fields), "the draft's day is over");
  const elsewhere = register.visitor("en"); // another device, with the address alone
  await elsewhere.get(pay);
  await elsewhere.submit({ utr: "612345678901" });
  assert.match(elsewhere.page.text, /checking the payment/);
  assert.match(elsewhere.page.text, /href="\/sign-in">Open my card with a code/);
  for (const page of [elsewhere, visitor, other]) {
    const { text } = await page.get(pay);
    assert.ok(!text.includes("/card/") && !text.includes('href="/join/pay"'), text);
    assert.match(text, /Open my card with a code/);
  }
});

test("only who joined in this browser is led from the order's page to the card", async () => {
  const { visitor, other, pay } = await applicant();
  await other.submit({ utr: "612345678902" });
  const stranger = await applicant(); // a draft of their own, which is not of this order
  assert.ok(!(await stranger.visitor.get(pay)).text.includes('href="/join/pay"'));
  assert.ok(!(await other.get(pay)).text.includes('href="/join/pay"'));
  assert.ok((await visitor.get(pay)).text.includes('href="/join/pay"'));
  await visitor.get("/join/pay");
  assert.match(visitor.page.url, /\/card\//);
});

test("the bank account is shown in lines to copy, and is checked", async () => {
  const wrong = await register.cli("payment way", "bank", "--holder", "GKC", "--account", "12",
    "--ifsc", "SBIN1", "--bank", "SBI, Lucknow");
  assert.equal(wrong.code, 1, wrong.stdout);
  await register.cliWell("payment way", "bank", "--holder", "Friends of the Library",
    "--account", "3012 3456 789", "--ifsc", "sbin0001234", "--bank", "State Bank, Lucknow");
  assert.match(await register.cliWell("payment ways"), /30123456789 SBIN0001234 State Bank/);
  const { other, pay, reference } = await applicant();
  const { text } = await other.get(pay);
  for (const value of ["30123456789", "SBIN0001234", "State Bank, Lucknow", reference]) {
    assert.ok(text.includes(`value="${value}" readonly`), value);
  }
  await register.cliWell("payment way", "bank", "--off");
});

test("the rejected are told why, give another number, appeal once, and are answered", async () => {
  const { visitor, other, pay, reference } = await applicant();
  await other.submit({ utr: "712345678901" });
  await visitor.get("/join/pay");
  const card = new URL(visitor.page.url).pathname;
  register.secrets.add(card.split("/")[2]);
  assert.equal((await register.cli("payment reject", reference)).code, 2, "without a reason");
  await register.cliWell("payment reject", reference, "--reason", "Not on the statement of May");
  const { text, status } = await other.get(card);
  assert.equal(status, 200);
  assert.match(text, /Not on the statement of May/);
  assert.ok(text.includes(`href="${pay}"`));
  assert.equal((await other.request("GET", `${card}/card.png`)).status, 404);
  await other.get(pay);
  assert.match(other.page.text, /could not find the payment/);
  assert.match(other.page.text, /Not on the statement of May/);
  assert.match(other.page.text, /upi:\/\/pay/, "it can be paid now");
  assert.doesNotMatch(other.page.text, /Open my card with a code/);
  await other.submit({ appeal: "  " });
  assert.equal(other.page.status, 422);
  const words = "My brother paid\nfrom his <account>";
  register.secrets.add("brother paid");
  await other.submit({ appeal: words });
  assert.equal(other.page.status, 200, other.page.text);
  assert.match(other.page.text, /You asked us on/);
  assert.ok(!other.page.forms.some((f) => "appeal" in f.fields), "a second appeal beside it");
  assert.match(await register.cliWell("payment list"), /appeals that wait: 1/);
  const [, id] = (await register.cliWell("payment appeals")).match(
    /^ *(\d+) .*\n +My brother paid\n/m);
  const whole = await register.token("admin");
  const unit = await register.token("admin", "--unit", "UP");
  const listed = await register.api("GET", "/api/v1/appeals", { token: whole });
  assert.equal(listed.json.appeals.at(-1).order, reference);
  assert.equal(listed.json.appeals.at(-1).text.replace(/\r/g, ""), words);
  for (const token of [unit, await register.token()]) {
    assert.equal((await register.api("GET", "/api/v1/appeals", { token })).status, 403);
  }
  const decide = (decision, token) => register.api("POST", `/api/v1/appeals/${id}/decide`,
    { token, body: { decision, answer: "Send us the screenshot" } });
  assert.equal((await decide("restore", unit)).status, 403);
  assert.equal((await decide("keep", whole)).status, 200);
  assert.equal((await decide("keep", whole)).status, 409);
  await other.get(pay);
  assert.match(other.page.text, /Our answer: Send us the screenshot/);
  await other.submit({ appeal: "Here is the right number: 712345678902" });
  await other.submit({ utr: "712345678902" });
  assert.match(other.page.text, /You have given the number again/);
  const office = register.visitor("en");
  await office.deskSignIn(whole);
  await office.get("/desk/appeals");
  await office.get(office.page.text.match(/href="(\/desk\/appeals\/\d+)"/)[1]);
  assert.match(office.page.text, /Here is the right number: 712345678902/);
  await office.submit({ answer: "" }, { having: "answer" });
  assert.equal(office.page.status, 422);
  assert.match(office.page.text, /Choose what you decide/);
  const again = (await register.cliWell("payment appeals")).match(/^ *(\d+) /)[1];
  assert.equal((await register.cli("payment decide", again, "--answer", "x")).code, 2);
  await office.submit({ decision: "restore", answer: "Found it" });
  assert.match(office.page.text, /No request now/);
  await other.get(pay);
  assert.match(other.page.text, /checking the payment/);
  assert.match((await other.get(card)).text, /Fee being confirmed/);
  assert.deepEqual((await hook(event(reference))).json, { counted: true });
  assert.match((await other.get(pay)).text, /has arrived/);
  assert.match(await register.cliWell("payment appeals"), /Nothing/);
});

test("an application that lapsed is not paid for any more; money that comes is kept", async () => {
  const { visitor, other, pay, reference } = await applicant();
  await register.daysLater(31);
  assert.match(await register.cliWell("payment lapse"), /lapsed/);
  await other.get(pay);
  assert.match(other.page.text, /application is closed/);
  assert.ok(!/upi:\/\/pay|name="utr"/.test(other.page.text));
  assert.deepEqual((await hook(event(reference, { id: "pay_after_lapse" }))).json,
    { counted: true });
  assert.match(await register.cliWell("payment list"), /left +₹11 +open +late +pay_after_lapse/);
  await visitor.get("/join/pay");
  assert.ok(!visitor.page.url.includes("/card/"));
});

test("who was rejected and leaves it at that is forgotten, who appeals is not", async () => {
  const [silent, appeals] = [await applicant(), await applicant()];
  let nth = 0;
  for (const one of [silent, appeals]) {
    await one.other.get(one.pay);
    await one.other.submit({ utr: String(612300000001 + nth++) });
    await one.visitor.get("/join/pay");
    one.card = new URL(one.visitor.page.url).pathname;
    register.secrets.add(one.card.split("/")[2]);
    await register.cliWell("payment reject", one.reference, "--reason", "Not on the statement");
  }
  await appeals.other.get(appeals.pay);
  await appeals.other.submit({ appeal: "It left my account" }, { having: "appeal" });
  await register.daysLater(31);
  await register.cliWell("payment lapse");
  assert.match((await silent.other.get(silent.pay)).text, /application is closed/);
  assert.equal((await silent.other.get(silent.card)).status, 404);
  assert.match((await appeals.other.get(appeals.pay)).text, /could not find the payment/);
  assert.match((await appeals.other.get(appeals.card)).text, /Not on the statement/);
  assert.match(await register.cliWell("payment lapse"), /^0 lapsed/);
});

test("a payment for an order that was refunded waits for somebody's decision", async () => {
  const { visitor, pay, other, reference } = await applicant();
  await hook(event(reference, { id: "pay_first" }));
  await visitor.get("/join/pay");
  const number = visitor.page.text.match(/class="card-number number">([^<]+)</)[1].trim();
  register.secrets.add(number);
  await register.cliWell("payment return", number, "--from", "gateway", "--reason", "Asked for it");
  assert.deepEqual((await hook(event(reference, { id: "pay_first" }))).json, { counted: false });
  assert.deepEqual((await hook(event(reference, { id: "pay_again" }))).json, { counted: true });
  assert.match(await register.cliWell("payment list"), /open +double +pay_again/);
  await other.get(pay);
  assert.match(other.page.text, /application is closed/);
  assert.match(await register.cliWell("ledger year"), /sum +₹0\n/);
});
