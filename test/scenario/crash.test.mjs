// Ended (SIGKILL) in the middle of a load of 64, ten times, each after so many answers: people who
// enrol, people who join on the web and pay, a gateway that tells of payments, a statement that is
// being counted. What was answered is there, once; what was not can be sent again; and each time
// the counts and the books agree. (This proves nothing about the disk: the simulated power cuts of
// test/store and test/web do that.)
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { bankDay, eventually, person, Register } from "./harness.mjs";
import { applicant, captured, hook, payment, webhookSecret } from "./paying.mjs";

const lanes = { enrol: 45, tell: 16, join: 3 };
const killAfter = [5, 40, 90, 150, 12, 64, 120, 30, 200, 75]; // answers
const lines = 400; // of a statement

let register;
let token;
let adminToken;

before(async () => {
  register = await Register.make();
  token = await register.token();
  adminToken = await register.token("admin");
  await register.cliWell("limits", "--enroller-cap", "100000000", "--cash-cap", "10000000");
  const dir = await mkdtemp(path.join(os.tmpdir(), "keys-"));
  await writeFile(path.join(dir, "hook"), `${webhookSecret}\n`);
  register.secrets.add(webhookSecret);
  await register.cliWell("payment way", "upi", "--vpa", "gkc.fees@bank", "--payee", "GKC Fees");
  await register.cliWell("payment way", "razorpay", "--secret-file", path.join(dir, "hook"));
  await rm(dir, { recursive: true });
});
after(() => register?.end());

// A server that is killed once so many answers came; those who ask get undefined from then on.
class Round {
  constructor(number) {
    this.number = number;
    this.left = killAfter[number];
    this.over = false;
    this.killed = new Promise((resolve) => {
      this.kill = resolve;
    });
  }

  answered() {
    this.left -= 1;
    if (this.left === 0) {
      this.over = true;
      this.kill(register.crash());
    }
  }

  // What asks gives, or undefined once the server is gone.
  async ask(asks) {
    try {
      const answer = await asks();
      this.answered();
      return answer;
    } catch (error) {
      if (this.over && !(error instanceof assert.AssertionError)) return undefined;
      throw error;
    }
  }
}

const enrolled = new Map(); // key -> {body, answer}
const enrolOne = (key, body) => register.api("POST", "/api/v1/members", { token, key, body });

async function enrols(round, lane) {
  for (let i = 0; !round.over; i++) {
    const key = `crash-${round.number}-${lane}-${i}`;
    const body = person();
    enrolled.set(key, { body });
    const answer = await round.ask(() => enrolOne(key, body));
    if (!answer) return;
    assert.equal(answer.status, 201, answer.text);
    enrolled.get(key).answer = answer.json;
  }
}

const told = []; // {event, counted}: money of nobody, as a gateway tells of it
async function tells(round) {
  while (!round.over) {
    const one = { event: captured(payment("")) };
    told.push(one);
    const answer = await round.ask(() => hook(register, one.event));
    if (!answer) return;
    assert.equal(answer.status, 200, answer.text);
    one.counted = answer.json.counted;
    assert.equal(one.counted, true, "money that came once was known already");
  }
}

const joined = []; // who got as far as the page to pay; event: their payment; paid: it was answered
async function joins(round) {
  const who = await round.ask(() => applicant(register));
  if (!who) return;
  joined.push(who);
  who.event = captured(payment(who.reference));
  const answer = await round.ask(() => hook(register, who.event));
  if (!answer) return;
  assert.deepEqual(answer.json, { counted: true });
  who.paid = true;
  await tells(round);
}

async function signedIn() {
  const desk = register.visitor();
  await desk.deskSignIn(adminToken);
  return desk;
}

const imports = []; // paths
// A statement whose count has just begun.
async function beginsCount(number) {
  const rows = Array.from({ length: lines }, (_, i) => {
    const utr = `5${number}${String(i).padStart(10, "0")}`;
    return `${bankDay()},UPI/${utr}/gift,,11.00,\n`;
  });
  const file = `Date,Remarks,Withdrawal,Deposit,Balance\n${rows.join("")}`;
  const desk = await signedIn();
  await desk.get("/desk/statements");
  const form = desk.page.forms.find((f) => "csrf" in f.fields && "file" in f.fields);
  const multipart = new FormData();
  multipart.set("csrf", form.fields.csrf);
  multipart.set("file", new Blob([file]), "statement.csv");
  await desk.request("POST", "/desk/statements", { multipart });
  if (/\/columns$/.test(desk.page.url)) await desk.submit({}, { having: "credit" });
  const { url, forms, text } = desk.page;
  const count = forms.find((f) => f.action.endsWith("/count"));
  assert.ok(count, text);
  await desk.request("POST", count.action, {
    form: { ...count.fields, every: "1" }, headers: { origin: register.origin },
  });
  imports.push(new URL(url).pathname);
}

async function booksBalance() {
  const desk = await signedIn();
  await desk.get("/desk/accounts");
  assert.match(desk.page.text, /The books balance/);
  return desk;
}

async function rebuilds() {
  const checked = await register.cli("rebuild", "--check");
  assert.equal(checked.code, 0, `rebuild --check: ${checked.stdout}${checked.stderr}`);
}

// Of all that was answered nothing is lost, and of all that was sent nothing is there twice.
async function nothingIsLost() {
  const answered = [...enrolled.values()].filter((s) => s.answer);
  const numbers = new Set(answered.map((s) => s.answer.number));
  assert.equal(numbers.size, answered.length, "a number was given twice");
  for (const who of joined.filter((w) => w.paid)) {
    assert.match((await who.other.get(who.pay)).text, /has arrived/);
  }
  for (const one of told.filter((t) => t.counted)) {
    assert.deepEqual((await hook(register, one.event)).json, { counted: false });
  }
}

test("what was answered is there after each kill, once, and the books agree", async () => {
  for (let number = 0; number < killAfter.length; number++) {
    await register.serve();
    const round = new Round(number);
    await beginsCount(number);
    const start = (count, work) => Array.from({ length: count }, (_, lane) => work(round, lane));
    await Promise.all([round.killed, ...start(lanes.enrol, enrols), ...start(lanes.tell, tells),
      ...start(lanes.join, joins)]);
    await rebuilds();
    await register.serve();
    await booksBalance();
    await nothingIsLost();
    await register.stop();
  }
});

test("what was not answered can be sent again, and is there once", async () => {
  await register.serve();
  for (const [key, { body, answer }] of enrolled) {
    const again = await enrolOne(key, body);
    assert.ok([200, 201].includes(again.status), again.text);
    if (answer) assert.equal(again.json.number, answer.number);
  }
  for (const { event } of told) await hook(register, event);
  for (const who of joined) {
    await hook(register, who.event);
    assert.match((await who.other.get(who.pay)).text, /has arrived/);
  }
  const tally = (await register.api("GET", "/api/v1/units/IN/tally", { token })).json;
  // who joined on the web and was cut off before the test saw the order's page has none to pay
  assert.equal(tally.members, enrolled.size + joined.length);
});

test("a statement that was being counted is counted to its end, each line once", async () => {
  const desk = await booksBalance();
  for (const one of imports) {
    await eventually(async () => {
      await desk.get(one);
      return new RegExp(`Recorded. New payments: ${lines}\\b`).test(desk.page.text);
    }, "the count ends", 60_000);
  }
  await desk.get("/desk/payments");
  const open = Number(desk.page.text.match(/To decide \(([\d,]+)\)/)[1].replaceAll(",", ""));
  assert.equal(open, told.length + imports.length * lines);
  await booksBalance();
});
