// A collector takes cash for fees that are open: of who joined on the web, of a renewal; into the
// own receipt book and cash in hand, only in the own unit, only once.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { indianDay, person, Register } from "./harness.mjs";
import { applicant } from "./paying.mjs";

let register, collector;

before(async () => {
  register = await Register.make();
  const term = ["--days", "365", "--renew", "30", "--grace", "15"];
  await register.cliWell("kind change", "ordinary", ...term);
  await register.cliWell("payment way", "upi", "--vpa", "gkc@examplebank", "--payee", "Club");
  collector = await register.token("enroller", "--unit", "UP", "--label", "Ramesh Kumar",
    "--days", "400");
  await register.serve();
});
after(() => register?.end());

const take = (reference, amount_paise = 1100, token = collector, key = undefined) =>
  register.api("POST", `/api/v1/orders/${reference}/cash`, { token, key, body: { amount_paise } });

const dayLater = (day, days) =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

const endOf = async (made) =>
  (await register.cliWell("member show", made.number)).match(/expires\s+(\S+)/)[1];

async function owed() {
  const lines = (await register.cliWell("book owed")).split("\n");
  const line = lines.find((l) => l.includes("token:1 "));
  return line ? Number(line.match(/₹([\d,]+)/)[1].replaceAll(",", "")) : 0;
}

test("who joined on the web pays a collector, by the number on the page", async () => {
  const before = await owed();
  const who = await applicant(register);
  const { text } = await who.visitor.get(who.pay);
  assert.ok(text.includes(`this number: ${who.reference}`), text);
  const answer = await take(who.reference);
  assert.equal(answer.status, 200, answer.text);
  assert.equal(answer.json.state, "paid");
  const [{ number, receipt }] = answer.json.receipts;
  assert.match(receipt, /^GKC\/\d\d-\d\d\/B\d+\/\d{4}$/);
  assert.equal(await owed(), before + 11);
  assert.match(await register.cliWell("member show", number), /confirmed/);
  assert.match((await who.visitor.get("/join/pay")).text, /Your card is ready/);
  const again = await take(who.reference);
  assert.deepEqual([again.status, again.json.receipts[0].receipt], [200, receipt]);
  assert.equal(await owed(), before + 11);
});

test("with a key of the caller's own, once: another key takes anew", async () => {
  const [who, next] = [await applicant(register), await applicant(register)];
  const first = await take(who.reference, 1100, collector, "cash-key-1");
  assert.equal(first.status, 200, first.text);
  const again = await take(who.reference, 1100, collector, "cash-key-1");
  assert.deepEqual([again.status, again.json], [200, first.json]);
  const anew = await take(who.reference, 1100, collector, "cash-key-2");
  assert.equal(anew.status, 409);
  assert.match(anew.text, /This fee is paid/);
  const reused = await take(next.reference, 1100, collector, "cash-key-1");
  assert.equal(reused.status, 422);
  assert.equal(reused.json.errors[0].field, "Idempotency-Key");
});

test("only while the book is good, and where it is for", async () => {
  const token = await register.token("enroller", "--unit", "UP");
  const list = await register.cliWell("token list");
  const id = list.trim().split("\n").at(-1).match(/^\s*(\d+)/)[1];
  const who = await applicant(register);
  const day = indianDay(2);
  await register.cliWell("book issue", id, "--until", day);
  await register.daysLater(5);
  const over = await take(who.reference, 1100, token);
  assert.equal(over.status, 409);
  assert.match(over.text, /this one is closed/);
  await register.cliWell("book issue", id, "--unit", "BR");
  const elsewhere = await take(who.reference, 1100, token);
  assert.equal(elsewhere.status, 403);
  assert.match(elsewhere.text, /this one is only for/);
  await register.cliWell("book issue", id, "--unit", "UP");
  assert.equal((await take(who.reference, 1100, token)).status, 200);
});

test("nobody else's order, no other amount, no order that is none", async () => {
  const who = await applicant(register);
  const elsewhere = await register.token("enroller", "--unit", "BR");
  assert.equal((await take(who.reference, 1100, elsewhere)).status, 404);
  assert.equal((await take("GKCF0000", 1100)).status, 404);
  const short = await take(who.reference, 1000);
  assert.equal(short.status, 422);
  assert.match(short.text, /11\.00 rupees/);
  for (const wrong of [0, -1, "11", null, 1e18])
    assert.equal((await take(who.reference, wrong)).status, 422, `${wrong}`);
  const other = await register.token("enroller", "--unit", "UP");
  assert.equal((await take(who.reference)).status, 200);
  assert.equal((await take(who.reference, 1100, other)).status, 409);
});

test("no more cash than one may hold", async () => {
  const little = await register.token("enroller", "--unit", "UP");
  const list = await register.cliWell("token list");
  const id = list.trim().split("\n").at(-1).match(/^\s*(\d+)/)[1];
  const until = indianDay(30);
  const caps = ["--cash", "11", "--cap", "10", "--until", until];
  await register.cliWell("limits", "--enroller", id, ...caps);
  const [a, b] = [await applicant(register), await applicant(register)];
  assert.equal((await take(a.reference, 1100, little)).status, 200);
  const over = await take(b.reference, 1100, little);
  assert.equal(over.status, 429, over.text);
  assert.match(over.text, /Hand in the cash/);
});

test("at the desk: who pays, then the receipt; a renewal by the membership number", async () => {
  const who = await applicant(register);
  const desk = register.visitor();
  await desk.deskSignIn(collector);
  assert.match((await desk.get("/desk")).text, /Take a fee in cash/);
  await desk.get("/desk/cash");
  assert.match(desk.page.text, /Cash with you: ₹\d+\. You can hold up to ₹25,000/);
  await desk.submit({ order: "" });
  assert.match(desk.page.text, /Write the payment number/);
  await desk.submit({ order: `${register.origin}${who.pay}` });
  assert.ok(desk.page.text.includes(who.name) && desk.page.text.includes("₹11"), desk.page.text);
  await desk.submit({}, { having: "paise" });
  assert.match(desk.page.text, /The fee is paid in cash/);
  assert.match(desk.page.text, /href="\/R\/GKC[0-9A-Z]+-[0-9A-Z]{8}"/);
  const [, file] = desk.page.text.match(/href="([^"]+receipt\.pdf[^"]*)"/);
  assert.equal((await desk.get(file)).body.subarray(0, 5).toString(), "%PDF-");
  const stranger = register.visitor();
  await stranger.deskSignIn(await register.token("enroller", "--unit", "BR"));
  for (const target of [file, `/desk/cash/${who.reference}`])
    assert.equal((await stranger.get(target)).status, 404, target);
  const made = await register.enrol(collector, person());
  const end = await endOf(made);
  await desk.get("/desk/cash");
  await desk.submit({ order: made.number });
  assert.match(desk.page.text, /cannot be renewed yet/);
  await register.daysLater(350);
  await desk.deskSignIn(collector);
  await desk.get("/desk/cash");
  await desk.submit({ order: made.number });
  assert.match(desk.page.text, /Renewal/);
  await desk.submit({}, { having: "paise" });
  assert.match(desk.page.text, /The fee is paid in cash/);
  assert.equal(await endOf(made), dayLater(end, 365));
});

test("where the organisation takes no cash, nobody does", async () => {
  const who = await applicant(register);
  await register.cliWell("payment way", "cash", "--off");
  const closed = await take(who.reference);
  assert.equal(closed.status, 409);
  assert.match(closed.text, /closed/);
  const desk = register.visitor();
  await desk.deskSignIn(collector);
  assert.match((await desk.get(`/desk/cash/${who.reference}`)).text, /Choose another way to pay/);
  assert.ok(!desk.page.forms.some((f) => "paise" in f.fields));
  const at = Math.floor(Date.now() / 1000) - 5 + register.clockOffset;
  const joins = await register.api("POST", "/api/v1/members", {
    token: collector, key: "closed", body: person({ consent: { notice: "1", at } }) });
  assert.equal(joins.status, 409);
  await register.cliWell("payment way", "cash");
  assert.equal((await take(who.reference)).status, 200);
});
