// Every operation of the API is asked for and answers as the document says; the harness compares
// each answer field by field (document.mjs). Here: that none is left out, and what errors are like.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { apiDocument, indianYear, person, Register, shipped } from "./harness.mjs";
import { applicant, captured, hook, payment, webhookSecret } from "./paying.mjs";

const incomingSecret = "what only the provider knows";
const answered = new Set(); // operations that went well
const refused = new Set(); // and those that were seen to refuse
let register, admin, enroller;

before(async () => {
  register = await Register.make();
  for (const secret of [incomingSecret, webhookSecret]) register.secrets.add(secret);
  admin = await register.token("admin");
  enroller = await register.token("enroller", "--label", "Camp at the fair");
  await register.cliWell("payment way", "upi", "--vpa", "gkc.fees@bank", "--payee", "GKC Fees");
  for (const [input, verb, ...args] of [
    [webhookSecret, "payment way", "razorpay", "--secret-file", "-"],
    [incomingSecret, "phone ways", "--call-number", "9000000002", "--secret-file", "-"],
  ]) {
    const done = await register.cliWith({ input: `${input}\n` }, verb, ...args);
    assert.equal(done.code, 0, done.stderr);
  }
  await register.serve();
});
after(() => register?.end());

const seen = (answer) => {
  assert.ok(answer.operation, "not in the document");
  (answer.status < 400 ? answered : refused).add(answer.operation);
  return answer;
};
const ask = async (method, target, options) => {
  const answer = seen(await register.api(method, target, options));
  assert.ok(answer.status < 400, answer.text);
  return answer.json;
};
const get = (target, token = admin) => ask("GET", target, { token });
const post = (target, body, token = admin) => ask("POST", target, { token, body });

const enrol = async (changes) => {
  const body = person(changes);
  for (const secret of [body.name, body.phone]) register.secrets.add(secret);
  const made = await ask("POST", "/api/v1/members", {
    token: enroller, key: `document-${body.name}`, body });
  const page = new URL(made.card_url).pathname;
  register.secrets.add(page.split("/")[2]);
  return { ...made, page };
};

// A visitor at a card's page for whom the act is allowed.
async function opened(page, act) {
  const visitor = register.visitor("en");
  await visitor.get(`${page}/${act}`);
  await visitor.submit({}, { having: "act" });
  const [, code] = visitor.page.text.match(/demo-code[^>]*>\s*(\d{6})\s*</);
  await visitor.submit({ code });
  return visitor;
}

test("what everybody may ask: health, figures, the document itself", async () => {
  await ask("GET", "/healthz");
  await ask("GET", "/live.json");
  await ask("GET", "/live.json?unit=UP");
  await ask("GET", "/api/v1/openapi.json");
  seen(await register.api("GET", "/live.json?unit=NOWHERE"));
  seen(await register.api("GET", "/healthz?besides=1"));
});

test("units and their counts", async () => {
  await get("/api/v1/units");
  assert.equal((await get("/api/v1/units?parent=UP")).next, null);
  assert.ok((await get("/api/v1/units/IN/tally")).children.length > 0);
  seen(await register.api("GET", "/api/v1/units/NOWHERE/tally", { token: admin }));
});

test("members, grown up and under 18, their receipts and cards", async () => {
  const born = indianYear() - 15;
  const child = await enrol({ birth_year: born, guardian_name: "Sita Testkar",
    guardian_phone: "9000000017" });
  const adult = await enrol({ name_alt: "आशा टेस्टकर" });
  assert.equal((await get(`/api/v1/members/${child.number}`)).guardian.name, "Sita Testkar");
  assert.equal((await get(`/api/v1/members/${adult.number}`)).guardian, null);
  const { receipts } = await get(`/api/v1/members/${adult.number}/receipts`);
  assert.equal(receipts[0].receipt, adult.receipt);
  const file = await register.api("GET", `/api/v1/members/${adult.number}/receipt.pdf`, {
    token: admin });
  assert.equal(seen(file).body.subarray(0, 4).toString(), "%PDF");
  for (const code of [adult.receipt, receipts[0].check_code, "nonsense"]) {
    await get(`/api/v1/receipts/${encodeURIComponent(code)}`);
  }
  for (const code of [adult.number, adult.check_code, adult.signed_code, "nonsense"]) {
    await get(`/api/v1/check/${encodeURIComponent(code)}`);
  }
  seen(await register.api("GET", `/api/v1/receipts/%20`));
  seen(await register.api("GET", `/api/v1/check/%ff`));
});

test("a PIN of several units is refused with the choices", async () => {
  const districts = new Map();
  for (const { pin, district_lgd } of await shipped("geography/pin_district.csv.gz")) {
    districts.set(pin, [...(districts.get(pin) ?? []), district_lgd]);
  }
  const [several] = [...districts].find(([, d]) => d.length > 2);
  const body = person({ unit: undefined, pin: several });
  const answer = await register.api("POST", "/api/v1/members", {
    token: enroller, key: "several", body });
  assert.equal(answer.status, 422, answer.text);
  assert.ok(answer.json.choices.length > 1, answer.text);
});

test("a denial, a name and a photo are decided", async () => {
  const denying = await enrol();
  await (await opened(denying.page, "deny")).submit({}, { having: "csrf" });
  const { denials, counts } = await get("/api/v1/denials");
  assert.equal(denials[0].number, denying.number);
  assert.equal(counts[0].token_label, "Camp at the fair");
  await post(`/api/v1/denials/${denials[0].id}`, { decision: "upheld", reason: "Asked her." });

  const naming = await enrol({ name: "Laxmi Shrivastava", name_alt: "लक्ष्मी श्रीवास्तव" });
  const visitor = await opened(naming.page, "name");
  for (const name of ["Lakshmi Shrivastava", "Lakshmi Dwivedi"]) {
    await visitor.get(`${naming.page}/name`);
    await visitor.submit({ name, name_alt: "लक्ष्मी द्विवेदी" });
  }
  const { corrections } = await get("/api/v1/corrections");
  await post(`/api/v1/corrections/${corrections[0].id}`, { decision: "refuse", reason: "None." });

  const pictured = await enrol();
  const at = await opened(pictured.page, "photo");
  const picture = (await at.get(`${pictured.page}/share.png`)).body;
  await at.get(`${pictured.page}/photo`);
  const { fields } = at.page.forms.find((f) => "ticket" in f.fields);
  const multipart = new FormData();
  for (const name of ["csrf", "until", "ticket"]) multipart.set(name, fields[name]);
  multipart.set("photo", new Blob([picture], { type: "image/png" }), "me.png");
  await at.request("POST", `${pictured.page}/photo`, { multipart });
  await at.submit({ crop: "0" });
  await post(`/api/v1/members/${pictured.number}/photo-off`, { reason: "A flower." });
});

test("orders: for several, in cash, rejected and appealed", async () => {
  const [a, b, c] = [
    await applicant(register), await applicant(register), await applicant(register)];
  const orders = `${a.reference}\n${b.reference}`;
  const order = await post("/api/v1/orders", { orders }, enroller);
  register.secrets.add(order.pay_url.split("/").at(-1));
  await get(`/api/v1/orders/${order.reference}`, enroller);
  const cash = await post(
    `/api/v1/orders/${a.reference}/cash`, { amount_paise: 1100 }, enroller);
  assert.equal(cash.receipts.length, 1);

  await c.other.submit({ utr: "712345678903" });
  await register.cliWell("payment reject", c.reference, "--reason", "Not on the statement");
  await c.other.get(c.pay);
  await c.other.submit({ appeal: "My brother paid" });
  const { appeals } = await get("/api/v1/appeals");
  await post(`/api/v1/appeals/${appeals[0].id}/decide`, { decision: "restore", answer: "Yes." });
});

test("money that nobody expected is settled, and given back", async () => {
  const { reference } = await applicant(register);
  assert.equal((await hook(register, captured(payment("")))).json.counted, true);
  seen(await hook(register, captured(payment(""))));
  seen(await hook(register, captured(payment("")), "forged"));
  const { payments } = await get("/api/v1/payments");
  assert.equal(payments.length, 2);
  await post(`/api/v1/payments/${payments[0].id}/settle`, { order: reference, reason: "Hers." });
  await post(`/api/v1/payments/${payments[1].id}/refund`, { reason: "Nobody's." });
  await get("/api/v1/payments?state=settled");
});

test("a call comes in, or what is none", async () => {
  const tell = (secret) =>
    register.api("POST", "/hook/incoming", {
      headers: { "content-type": "application/x-www-form-urlencoded",
        "x-sangathan-secret": secret },
      body: String(new URLSearchParams({
        id: "event-1", time: Math.floor(Date.now() / 1000), from: "9000000018" })),
    });
  const told = seen(await tell(incomingSecret));
  assert.equal(told.json.taken, false, told.text);
  assert.equal(seen(await tell("forged")).status, 403);
});

test("what looks odd is shown, decided, put on hold", async () => {
  await register.cliWell("oddity rule", "--kind", "burst", "--many", "2", "--minutes", "5");
  await enrol();
  await enrol();
  await register.cliWell("oddity find");
  const { oddities } = await get("/api/v1/oddities?kind=burst");
  const one = `/api/v1/oddities/${oddities[0].id}`;
  assert.ok((await get(one)).members.length > 1);
  await post(one, { state: "examined", note: "Asked the camp’s leader." });
  await post(`${one}/suspend`, { reason: "Nobody answers." });
});

test("no operation was left out, and each refuses as the document says", async () => {
  const { operations } = await apiDocument();
  for (const { name, method, security } of operations) {
    const target = name.split(" ")[1].replace(/\{\w+\}/g, "1");
    if (!security) continue;
    const body = method === "POST" ? {} : undefined;
    const answer = seen(await register.api(method, target, { body }));
    assert.equal(answer.status, 401, name);
  }
  const names = operations.map((o) => o.name).sort();
  assert.deepEqual([...answered].sort(), names);
  const always = ["GET /api/v1/openapi.json"];
  assert.deepEqual([...refused].sort(), names.filter((name) => !always.includes(name)));
});
