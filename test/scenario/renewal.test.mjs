// A year goes by: the card page offers to renew, the fee is paid once and counted once, the card
// has a new date; who is late, who claims, and whose kind costs nothing.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { person, Register } from "./harness.mjs";

let register;
let token;

before(async () => {
  register = await Register.make();
  const term = ["--days", "365", "--renew", "30", "--grace", "15"];
  await register.cliWell("kind change", "ordinary", ...term);
  await register.cliWell("kind add", "friend", "--name", "Friend", "--fee", "0", ...term);
  await register.cliWell("payment way", "upi", "--vpa", "gkc@examplebank", "--payee", "Club");
  token = await register.token();
  await register.serve();
});
after(() => register?.end());

const pathOf = (url) => new URL(url).pathname;
const nothing = { method: "cash", amount_paise: 0 };

async function member(changes = {}) {
  const at = Math.floor(Date.now() / 1000) - 5 + register.clockOffset;
  const made = await register.enrol(token, person({ consent: { notice: "1", at }, ...changes }));
  const page = pathOf(made.card_url);
  register.secrets.add(page.split("/")[2]);
  return { ...made, page };
}

async function shown(made, word) {
  const line = new RegExp(`${word}\\s+(\\S+)`);
  return (await register.cliWell("member show", made.number)).match(line)?.[1];
}

async function verdict(code) {
  return (await register.api("GET", `/api/v1/check/${encodeURIComponent(code)}`)).json.verdict;
}

const inAYear = (day) => {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 365);
  return date.toISOString().slice(0, 10);
};

function hidePay(visitor) {
  const path = pathOf(visitor.page.url);
  assert.match(path, /^\/pay\//, visitor.page.text);
  register.secrets.add(path.split("/")[2]);
  return path;
}

test("from the reminder on the card to the next year's card", async () => {
  const late = await member({ name: "Lata Late" });
  const claims = await member({ name: "Chand Claims" });
  const free = await member({ name: "Farida Friend", kind: "friend", fee: nothing });
  const made = await member({ name: "Rani Renews" });
  const end = await shown(made, "expires");
  const visitor = register.visitor("en");
  await visitor.get(made.page);
  assert.ok(!visitor.page.text.includes(`${made.page}/renew`));
  await visitor.get(`${made.page}/renew`);
  assert.match(visitor.page.text, /You can renew from/);

  await register.daysLater(340);
  await visitor.get(made.page);
  assert.ok(visitor.page.text.includes(`${made.page}/renew`), visitor.page.text);
  await visitor.get(`${made.page}/renew`);
  await visitor.submit({}, { having: "csrf" });
  const pay = hidePay(visitor);
  const demo = visitor.page.forms.find((f) => f.action === `${pay}/demo`);
  for (let i = 0; i < 2; i++) await visitor.request("POST", demo.action, { form: demo.fields });
  assert.match(visitor.page.text, /The fee has arrived/);
  assert.equal(await shown(made, "expires"), inAYear(end));
  assert.equal(await shown(made, "card issue"), "2");
  assert.equal(await verdict(made.check_code), "reissued");
  await visitor.get(made.page);
  assert.ok(!visitor.page.text.includes(`${made.page}/renew`));
  const [, next] = visitor.page.text.match(/href="\/V\/([^"]+)"/);
  assert.equal(await verdict(next), "valid");

  const friend = register.visitor("en");
  await friend.get(`${free.page}/renew`);
  await friend.submit({}, { having: "csrf" });
  assert.match(friend.page.url, /\/code\?act=renew$/);
  assert.equal(await shown(free, "card issue"), "1");
  await friend.submit({}, { having: "act" });
  const [, code] = friend.page.text.match(/demo-code[^>]*>\s*(\d{6})\s*</);
  register.secrets.add(code);
  await friend.submit({ code });
  assert.equal(pathOf(friend.page.url), `${free.page}/renew`);
  await friend.submit({}, { having: "csrf" });
  assert.equal(pathOf(friend.page.url), free.page);
  assert.match(friend.page.text, /your membership is renewed/);
  assert.equal(await shown(free, "card issue"), "2");

  await register.daysLater(30); // in the grace
  const payer = register.visitor("en");
  assert.equal(await verdict(claims.check_code), "expired");
  await payer.get(`${claims.page}/renew`);
  await payer.submit({}, { having: "csrf" });
  const order = hidePay(payer);
  await payer.submit({ utr: "412345678901" });
  assert.match(payer.page.text, /We are checking the payment/);
  assert.equal(await verdict(claims.check_code), "provisional");

  await register.daysLater(30); // beyond it
  await register.cliWell("expire");
  assert.equal(await shown(late, "state"), "expired");
  assert.equal(await shown(claims, "state"), "confirmed");
  const tardy = register.visitor("hi");
  await tardy.get(late.page);
  assert.equal(pathOf(tardy.page.url), `${late.page}/renew`);
  assert.equal((await tardy.get(`${late.page}/card.png`)).status, 404);
  await tardy.get(`${late.page}/renew`);
  await tardy.submit({}, { having: "csrf" });
  const own = hidePay(tardy);
  assert.notEqual(own, order);
  await tardy.submit({}, { having: "csrf" });
  assert.equal(await shown(late, "state"), "confirmed");
  await tardy.get(late.page);
  assert.equal(pathOf(tardy.page.url), late.page);
});

test("who had expired and types the UTR has a card at once, until that is decided", async () => {
  token = await register.token();
  const made = await member({ name: "Tara Types" });
  await register.daysLater(400);
  await register.cliWell("expire");
  const visitor = register.visitor("en");
  const stands = async (state, verdictNow, png) => {
    assert.equal(await shown(made, "state"), state);
    assert.equal(await verdict(made.check_code), verdictNow);
    assert.equal((await visitor.request("GET", `${made.page}/card.png`)).status, png);
    assert.equal((await register.cli("rebuild", "--check")).code, 0);
  };
  await stands("expired", "expired", 404);
  await visitor.get(`${made.page}/renew`);
  await visitor.submit({}, { having: "csrf" });
  const pay = hidePay(visitor);
  const [reference] = visitor.page.text.match(/GKCF[0-9A-Z]+/);
  const claim = async (utr) => {
    await visitor.get(pay);
    await visitor.submit({ utr });
    assert.match(visitor.page.text, /We are checking the payment/);
  };
  await claim("512345678901");
  await stands("provisional", "provisional", 200);
  await visitor.get(made.page);
  assert.equal(pathOf(visitor.page.url), made.page);
  assert.match(visitor.page.text, /Fee being confirmed/);
  await register.cliWell("expire");
  await stands("provisional", "provisional", 200);

  await register.cliWell("payment reject", reference, "--reason", "Not on the statement");
  await stands("expired", "expired", 404);
  await visitor.get(pay);
  assert.match(visitor.page.text, /could not find the payment for your renewal/);
  assert.match(visitor.page.text, /Not on the statement/);
  await claim("512345678902");
  await stands("provisional", "provisional", 200);
  await register.cliWell("payment cash", made.number, "--cash", "11.00");
  await stands("confirmed", "reissued", 200);
  await visitor.get(made.page);
  assert.doesNotMatch(visitor.page.text, /Fee being confirmed/);
  assert.equal(await verdict(visitor.page.text.match(/href="\/V\/([^"]+)"/)[1]), "valid");
});

test("an address that is none, and a membership for life, are told so", async () => {
  const visitor = register.visitor("en");
  await visitor.get("/card/00000000000000000000000000000000/renew");
  assert.equal(visitor.page.status, 404);
  token = await register.token(); // the one of before is too old by now
  await register.cliWell("kind add", "life", "--name", "Life", "--fee", "0");
  const made = await member({ kind: "life", fee: nothing });
  await visitor.get(`${made.page}/renew`);
  assert.match(visitor.page.text, /is for life/);
  assert.ok(!visitor.page.forms.some((f) => f.action.endsWith("/renew")));
});

test("cash for a renewal is taken once, when its time has come", async () => {
  const made = await member();
  const take = () => register.cli("payment cash", made.number, "--cash", "11.00");
  const early = await take();
  assert.equal(early.code, 1);
  assert.match(early.stderr, /cannot be renewed yet/);
  const end = await shown(made, "expires");
  await register.daysLater(350);
  assert.equal((await take()).code, 0);
  assert.equal(await shown(made, "expires"), inAYear(end));
  assert.equal((await take()).code, 1);
  assert.equal(await shown(made, "expires"), inAYear(end));
});
