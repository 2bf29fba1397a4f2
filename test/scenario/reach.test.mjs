// Somebody's key for one unit, and what is in another: whatever route is asked, what is there and
// not theirs is answered as what is not there at all. Else one asks number by number who and what
// there is.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { bankDay, person, Register, routeTable } from "./harness.mjs";
import { applicant } from "./paying.mjs";

let register, token, whole, desk, elsewhere, key;
const known = {};
const unknown = {};

before(async () => {
  register = await Register.make();
  await register.cliWell("payment way", "upi", "--vpa", "gkc@examplebank", "--payee", "Club");
  await register.cliWell("oddity rule", "--kind", "burst", "--many", "2", "--minutes", "30");
  token = await register.token("enroller", "--unit", "UP", "--label", "Ramesh of UP");
  whole = await register.token("admin");
  key = await register.token("admin", "--unit", "BR");
  await register.serve();
  desk = register.visitor();
  await desk.deskSignIn(whole);
  elsewhere = register.visitor();
  await elsewhere.deskSignIn(key);
  await fill();
});
after(() => register?.end());

const list = async (name) =>
  (await register.api("GET", `/api/v1/${name}`, { token: whole })).json[name];

// A member at whose card an act was allowed, by the code that a demo shows.
async function acts(act, values, having) {
  const made = await register.enrol(token, person());
  const page = new URL(made.card_url).pathname;
  register.secrets.add(page.split("/")[2]);
  const visitor = register.visitor();
  await visitor.get(`${page}/${act}`);
  await visitor.submit({}, { having: "act" });
  const [, code] = visitor.page.text.match(/demo-code[^>]*>\s*(\d{6})\s*</);
  await visitor.submit({ code });
  await visitor.submit(values, { having });
  assert.equal(visitor.page.status, 200, visitor.page.text);
  return made.number;
}

async function claimed(utr) {
  const who = await applicant(register);
  await who.other.submit({ utr });
  return who;
}

// A number of a member's form, its check digit right, that nobody has.
async function nobodysNumber(number) {
  for (let i = 0; i < 1000; i++) {
    const tail = String((Number(number.slice(-3)) + i) % 1000).padStart(3, "0");
    const { json } = await register.api(
      "GET", `/api/v1/members/${encodeURIComponent(number.slice(0, -3) + tail)}`,
      { token: whole });
    if (json.status === 404) return number.slice(0, -3) + tail;
  }
  return assert.fail("all numbers are taken");
}

async function fill() {
  known.number = (await register.enrol(token, person())).number;
  unknown.number = await nobodysNumber(known.number);
  await acts("deny", {}, "csrf");
  await acts("name", { name: "Meena Qureshi", name_alt: "" }, "name");
  known.denial = (await list("denials"))[0].id;
  known.correction = (await list("corrections"))[0].id;
  await register.cliWell("oddity find");
  known.oddity = (await list("oddities"))[0].id;
  known.reference = (await claimed("712345678901")).reference;
  const rejected = await claimed("712345678902");
  await register.cliWell("payment reject", rejected.reference, "--reason", "Not there");
  await rejected.other.get(rejected.pay);
  await rejected.other.submit({ appeal: "It left my account" });
  known.appeal = (await list("appeals"))[0].id;
  const open = await applicant(register);
  known.open = open.reference;
  const file = path.join(register.dir, "statement.csv");
  const rows = "Date,Description,Ref No,Withdrawal,Deposit,Balance\n" +
    `${bankDay()},NEFT FROM SOMEBODY,432109876543,,500.00,500.00\n`;
  await writeFile(file, rows);
  await register.cli("payment import-statement", file, "--all");
  known.payment = (await list("payments"))[0].id;
  await desk.get("/desk/statements");
  const multipart = new FormData();
  const form = desk.page.forms.find((f) => "file" in f.fields);
  multipart.set("csrf", form.fields.csrf);
  multipart.set("file", new Blob([rows]), "statement.csv");
  await desk.request("POST", "/desk/statements", { multipart });
  known.statement = Number(desk.page.url.match(/statements\/(\d+)/)[1]);
  known.enroller = 1;
  known.unit = "UP";
  unknown.unit = "NOWHERE";
  unknown.reference = unknown.open = `${known.reference.slice(0, -2)}ZZ`;
  for (const name of ["denial", "correction", "oddity", "appeal", "payment", "statement",
    "enroller"]) {
    unknown[name] = known[name] + 1000;
  }
}

// Path, what its parameter may be, what is sent along.
const reason = { reason: "Seen" };
const cases = [
  ["/api/v1/appeals/{id}/decide", ["appeal"], { decision: "keep", answer: "Seen" }],
  ["/desk/appeals/{id}", ["appeal"], { decision: "keep", answer: "Seen" }],
  ["/api/v1/corrections/{id}", ["correction"], { decision: "accept", ...reason }],
  ["/desk/names/{id}", ["correction"], { decision: "accept", ...reason }],
  ["/api/v1/denials/{id}", ["denial"], { decision: "upheld", ...reason }],
  ["/desk/denials/{id}", ["denial"], { decision: "upheld", ...reason }],
  ["/api/v1/oddities/{id}", ["oddity"], { state: "fine", note: "Seen" }],
  ["/api/v1/oddities/{id}/suspend", ["oddity"], reason],
  ["/desk/oddities/{id}", ["oddity"], { state: "fine", note: "Seen" }],
  ["/desk/oddities/{id}/suspend", ["oddity"], reason],
  ["/api/v1/members/{number}", ["number"]],
  ["/api/v1/members/{number}/photo-off", ["number"], reason],
  ["/api/v1/members/{number}/receipts", ["number"]],
  ["/api/v1/members/{number}/receipt.pdf", ["number"]],
  ["/desk/members/{number}", ["number"]],
  ["/desk/members/{number}/photo.jpg", ["number"]],
  ["/desk/members/{number}/photo-off", ["number"], reason],
  ["/api/v1/units/{code}/tally", ["unit"]],
  ["/desk/enrollers/{who}", ["enroller", "number"],
    { joins: "5", rupees: "5", day: "1", month: "1", year: "2999" }],
  ["/api/v1/orders/{reference}", ["reference", "open"]],
  ["/api/v1/orders/{reference}/cash", ["reference", "open", "number"], { amount_paise: 1100 }],
  ["/desk/cash/{order}", ["reference", "open", "number"], { paise: "1100" }],
  ["/desk/cash/{order}/receipt.pdf", ["reference", "open", "number"]],
  ["/desk/claims/{reference}", ["reference", "open"], { act: "reject", why: "missing" }],
  ["/desk/payments/{id}", ["payment"], { act: "keep", ...reason }],
  ["/desk/payments/{id}/returned", ["payment"], { returned_by: "432109876544" }],
  ["/api/v1/payments/{id}/settle", ["payment"], { order: "x", ...reason }],
  ["/api/v1/payments/{id}/refund", ["payment"], reason],
  ["/desk/statements/{id}", ["statement"]],
  ["/desk/statements/{id}/columns", ["statement"], { date: "1", narration: "2", credit: "5" }],
  ["/desk/statements/{id}/count", ["statement"], {}],
  ["/desk/statements/{id}/drop", ["statement"], {}],
];
// What is named in a body instead.
const named = [
  ["POST", "/api/v1/orders", "orders", ["reference", "open"]],
  ["POST", "/api/v1/orders", "members", ["number"]],
  ["POST", "/desk/cash", "order", ["reference", "open", "number"]],
  ["POST", "/desk/members", "number", ["number"]],
  ["POST", "/desk/refunds", "number", ["number"], { from: "bank" }],
];

async function ask({ method, path: target, face }, values) {
  if (face === "api") {
    const body = method === "POST" ? values : undefined;
    return register.api(method, target, { token: key, key: `k-${Math.random()}`, body });
  }
  if (method === "GET") return elsewhere.request(method, target);
  await elsewhere.get("/desk/cash");
  const { csrf } = elsewhere.page.forms.find((f) => f.action === "/desk/cash").fields;
  return elsewhere.request(method, target, { form: { ...values, csrf } });
}

// Without what was sent, which a form shows again, and each page's own token.
const plain = ({ text }, value) => {
  const sent = typeof value === "number" ? new RegExp(`/${value}\\b`, "g") : value;
  return text.replaceAll(sent, "/ID")
    .replace(/name="csrf" value="[^"]*"/g, "");
};

async function assertSame(route, target, values, name) {
  const answers = [];
  for (const value of [known[name], unknown[name]]) {
    const sent = Object.fromEntries(
      Object.entries(values ?? {}).map(([k, v]) => [k, v === "{}" ? String(value) : v]));
    const where = { ...route, path: target.replace(/\{\w+\}/, encodeURIComponent(value)) };
    const answer = await ask(where, sent);
    const alike = route.kind === "static"; // a form that knows nothing
    assert.ok(answer.status >= 400 || alike, `${route.method} ${where.path}: ${answer.status}`);
    answers.push({ status: answer.status, text: plain(answer, value) });
  }
  assert.deepEqual(answers[0], answers[1], `${route.method} ${target} tells of each ${name}`);
}

test("what is elsewhere is answered as what is nowhere, at every route with an id", async () => {
  const rows = (await routeTable()).filter((r) => /\{/.test(r.path) && r.needs !== "public");
  assert.ok(rows.length >= 30, `${rows.length}`);
  for (const row of rows) {
    const found = cases.find(([where]) => where === row.path);
    assert.ok(found, `${row.path} is missing in this test`);
    for (const name of found[1]) await assertSame(row, row.path, found[2], name);
  }
});

test("so it is where an id is in the body", async () => {
  for (const [method, target, field, names, rest] of named) {
    const face = target.startsWith("/api/") ? "api" : "page";
    for (const name of names)
      await assertSame({ method, face }, target, { ...rest, [field]: "{}" }, name);
  }
});

test("no list nor paper shows what is elsewhere", async () => {
  const rows = (await routeTable()).filter(
    (r) => !/\{/.test(r.path) && r.needs !== "public" && r.method === "GET");
  assert.ok(rows.length >= 20, `${rows.length}`);
  const words = ["Ramesh of UP", known.number, known.reference, "Qureshi", "432109876543",
    "left my account"];
  const seen = new Set();
  for (const { path: target, face } of rows) {
    const read = async (visitor, by) => (face === "api"
      ? await register.api("GET", target, { token: by })
      : await visitor.request("GET", target)).text;
    const [all, theirs] = [await read(desk, whole), await read(elsewhere, key)];
    for (const word of words) {
      if (all.includes(word)) seen.add(word);
      assert.ok(!theirs.includes(word), `${target} shows ${word}`);
    }
  }
  assert.ok(seen.size >= 4, `the whole office sees only ${[...seen]}`);
});

test("and nothing of it was changed", async () => {
  assert.equal((await list("denials"))[0].state, "open");
  assert.equal((await list("corrections"))[0].id, known.correction);
  assert.equal((await list("oddities"))[0].state, "open");
  assert.equal((await list("appeals"))[0].id, known.appeal);
  assert.equal((await list("payments"))[0].id, known.payment);
  const order = (reference) =>
    register.api("GET", `/api/v1/orders/${reference}`, { token: whole });
  assert.equal((await order(known.reference)).json.state, "claimed");
  assert.equal((await order(known.open)).json.state, "open");
});
