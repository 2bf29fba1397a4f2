// Paying on the gateway's page: its link is made by a job, well or badly, and led to without a
// script; what it tells afterwards comes twice, late, early, wrong or forged.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { eventually, Register } from "./harness.mjs";
import {
  applicant, captured, hmac, hook, keySecret, linkPaid, LinkGateway, payment, webhookSecret,
} from "./paying.mjs";

let register;
let gateway;

before(async () => {
  register = await Register.make();
  gateway = await LinkGateway.start();
  for (const s of [webhookSecret, keySecret]) register.secrets.add(s);
  const dir = await mkdtemp(path.join(os.tmpdir(), "keys-"));
  await writeFile(path.join(dir, "hook"), `${webhookSecret}\n`);
  await writeFile(path.join(dir, "key"), `${keySecret}\n`);
  await register.cliWell("payment way", "upi", "--vpa", "gkc.fees@bank", "--payee", "GKC Fees");
  await register.cliWell("payment way", "razorpay", "--secret-file", path.join(dir, "hook"),
    "--key-id", "rzp_test_scenario", "--key-secret-file", path.join(dir, "key"),
    "--api", gateway.url);
  await rm(dir, { recursive: true });
  await register.serve();
});
after(async () => {
  await gateway?.stop();
  await register?.end();
});

// The page behind the pay button, as it is answered, not followed.
async function online(pay) {
  const response = await fetch(`${register.origin}${pay}/online`, {
    redirect: "manual", headers: { accept: "text/html", "accept-language": "en" },
  });
  return { status: response.status, location: response.headers.get("location"),
    refresh: response.headers.get("refresh"), text: await response.text() };
}

const made = (pay) =>
  eventually(async () => {
    const answer = await online(pay);
    return answer.status === 303 && answer;
  }, "the gateway's page is there");

const paid = async (other, pay) => /has arrived/.test((await other.get(pay)).text);

test("the secrets are not shown again", async () => {
  const shown = await register.cliWell("payment ways");
  assert.match(shown, /key rzp_test_scenario {2}\(secrets kept sealed\)/);
  assert.ok(!shown.includes(keySecret) && !shown.includes(webhookSecret));
  const wrong = await register.cli("payment way", "razorpay", "--api", "http://api.example");
  assert.equal(wrong.code, 1, wrong.stdout);
});

test("the button leads to the gateway's page, made once, for the amount and order", async () => {
  const { other, pay, reference, name, phone } = await applicant(register);
  const before = gateway.requests.length;
  assert.match(other.page.text, new RegExp(`href="${pay}/online"`));
  const first = await online(pay);
  if (first.status === 200) {
    assert.equal(first.refresh, "2");
    assert.match(first.text, /We are preparing the payment page/);
    assert.ok(first.text.includes(`href="${pay}"`), "no way back to the other ways");
  }
  const { location } = await made(pay);
  assert.ok(location.startsWith(`${gateway.url}/rzp/plink_`), location);
  assert.equal((await made(pay)).location, location);
  assert.equal(gateway.requests.length, before + 1);
  const { method, url, headers, body } = gateway.requests.at(-1);
  assert.equal(`${method} ${url}`, "POST /v1/payment_links");
  const basic = Buffer.from(`rzp_test_scenario:${keySecret}`).toString("base64");
  assert.equal(headers.authorization, `Basic ${basic}`);
  assert.equal(body.amount, 1100);
  assert.equal(body.currency, "INR");
  assert.equal(body.accept_partial, false);
  assert.equal(body.reference_id, `${reference}-1`);
  assert.deepEqual(body.notes, { reference });
  assert.equal(body.callback_url, `${register.origin}${pay}/back`);
  assert.ok(body.expire_by > Date.now() / 1000 + 3600);
  assert.ok(!JSON.stringify(body).includes(name) && !JSON.stringify(body).includes(phone));
});

test("who comes back from it waits for the gateway's word; the card follows", async () => {
  const { visitor, other, pay, reference } = await applicant(register);
  const location = (await made(pay)).location;
  const id = location.split("/").at(-1);
  const said = (status) => new URLSearchParams({
    razorpay_payment_id: "pay_back", razorpay_payment_link_id: id,
    razorpay_payment_link_reference_id: `${reference}-1`, razorpay_payment_link_status: status,
    razorpay_signature: hmac(keySecret, `${id}|${reference}-1|${status}|pay_back`),
  });
  await other.get(`${pay}/back?${said("paid")}`);
  assert.match(other.page.text, /waiting for the payment partner/);
  assert.equal(other.page.headers.get("refresh"), "5");
  await visitor.get("/join/pay");
  assert.match(visitor.page.url, /\/join\/pay$/, "a page that anybody can ask for proves no fee");
  const forged = said("paid");
  forged.set("razorpay_signature", "0".repeat(64));
  assert.ok((await other.get(`${pay}/back?${forged}`)).url.endsWith(pay));
  assert.ok((await other.get(`${pay}/back`)).url.endsWith(pay));
  // The event of the payment, without the link's notes, comes before that of the link.
  const entity = payment("", { id: "pay_back", order_id: "order_ofTheLink" });
  assert.deepEqual((await hook(register, captured(entity))).json, { counted: true });
  assert.ok(!(await paid(other, pay)));
  const event = linkPaid(entity, { id, reference_id: `${reference}-1`, notes: [] });
  assert.deepEqual((await hook(register, event)).json, { counted: false });
  assert.ok((await other.get(`${pay}/back?${said("paid")}`)).url.endsWith(pay));
  assert.match(other.page.text, /has arrived/);
  assert.deepEqual((await hook(register, event)).json, { counted: false });
  await visitor.get("/join/pay");
  assert.match(visitor.page.url, /\/card\//);
  assert.ok((await online(pay)).location.endsWith(pay), "a paid order leads to no gateway");
});

const bad = [
  ["500", (response) => response.writeHead(500).end("{}")],
  ["garbage", (response) => response.socket.end("nonsense\r\n\r\n")],
  ["no JSON", (response) => response.end("<html>")],
  ["another amount", (response, link) => response.end(JSON.stringify({ ...link, amount: 1 }))],
  ["another order's name",
    (response, link) => response.end(JSON.stringify({ ...link, reference_id: "GKCFX-1" }))],
  ["an address in the open",
    (response, link) =>
      response.end(JSON.stringify({ ...link, short_url: "http://pay.example/x" }))],
  ["a header in the address",
    (response, link) =>
      response.end(JSON.stringify({ ...link, short_url: "https://pay.example/\r\nX: y" }))],
  ["a connection that breaks", (response) => response.destroy()],
  ["a redirect", (response) => response.writeHead(503, { location: "/elsewhere" }).end()],
];

for (const [how, answer] of bad) {
  test(`a gateway that answers with ${how} is asked again under another name`, async () => {
    const { other, pay, reference } = await applicant(register);
    const before = gateway.requests.length;
    gateway.behave(answer);
    await online(pay);
    await eventually(() => gateway.requests.length > before, "the gateway is asked");
    const waiting = await online(pay);
    assert.equal(waiting.status, 200, waiting.location);
    assert.match((await other.get(pay)).text, /upi:\/\/pay/, "the other ways stay open");
    gateway.behave();
    await made(pay);
    const names = gateway.requests.slice(before).map((r) => r.body.reference_id);
    assert.equal(new Set(names).size, names.length);
    assert.equal(names.at(-1), `${reference}-${names.length}`);
  });
}

test("a gateway that refuses the keys fails at once, and the page says what else", async () => {
  const { pay } = await applicant(register);
  const before = gateway.requests.length;
  gateway.behave((response) => response.writeHead(401).end("{}"));
  const failed = await eventually(async () => {
    const answer = await online(pay);
    return /does not open right now/.test(answer.text) && answer;
  }, "the page says that it failed");
  assert.equal(failed.status, 200);
  assert.equal(failed.refresh, null);
  assert.ok(failed.text.includes(`href="${pay}"`));
  await online(pay);
  assert.equal(gateway.requests.length, before + 1, "asked again within the minute");
  gateway.behave();
  assert.match(await register.cliWell("payment links"), /1 +failed +status 401/);
});

test("a forged, foreign or unfinished event of a link counts nothing", async () => {
  const { other, pay, reference } = await applicant(register);
  const link = { id: "plink_forged", reference_id: `${reference}-1`, notes: { reference } };
  const event = linkPaid(payment(""), link);
  assert.equal((await hook(register, event, "0".repeat(64))).status, 403);
  assert.equal((await hook(register, event, hmac(keySecret, event))).status, 403);
  for (const changes of [{ currency: "USD" }, { captured: false }, { status: "failed" }]) {
    const wrong = linkPaid(payment("", changes), link);
    assert.deepEqual((await hook(register, wrong)).json, { counted: false });
  }
  assert.ok(!(await paid(other, pay)));
  assert.deepEqual((await hook(register, linkPaid(payment("", { amount: 1000 }), link))).json,
    { counted: true });
  await other.get(pay);
  assert.match(other.page.text, /₹10 has arrived so far/);
  assert.match(other.page.text, /am=1\.00/, "what is asked for is not the rest");
  const rest = (await made(pay)) && gateway.requests.at(-1).body;
  assert.equal(rest.amount, 100);
  assert.deepEqual((await hook(register, captured(payment(reference, { amount: 100 })))).json,
    { counted: true });
  assert.ok(await paid(other, pay));
});

test("money that comes before anybody said what for is found by the number typed in", async () => {
  const { visitor, other, pay } = await applicant(register);
  const early = payment("", { id: "pay_early", acquirer_data: { rrn: "512300000077" } });
  assert.deepEqual((await hook(register, captured(early))).json, { counted: true });
  assert.match(await register.cliWell("payment list"), /open +unknown +pay_early/);
  await other.get(pay);
  await other.submit({ utr: "5123 0000 0077" });
  assert.match(other.page.text, /has arrived/);
  await visitor.get("/join/pay");
  assert.match(visitor.page.url, /\/card\//);
  assert.doesNotMatch(visitor.page.text, /Fee being confirmed/);
  assert.deepEqual((await hook(register, captured(early))).json, { counted: false });
});

test("an event a month late confirms what was claimed, and is kept for what lapsed", async () => {
  const [claimed, silent] = [await applicant(register), await applicant(register)];
  await claimed.other.submit({ utr: "512300000088" });
  await register.daysLater(31);
  await register.cliWell("payment lapse");
  for (const [one, id] of [[claimed, "pay_late"], [silent, "pay_too_late"]]) {
    const event = captured(payment(one.reference, { id }));
    assert.deepEqual((await hook(register, event)).json, { counted: true });
    assert.deepEqual((await hook(register, event)).json, { counted: false });
  }
  assert.match((await claimed.other.get(claimed.pay)).text, /has arrived/);
  assert.match((await silent.other.get(silent.pay)).text, /application is closed/);
  const list = await register.cliWell("payment list");
  assert.match(list, /left +₹11 +open +late +pay_too_late/);
  assert.doesNotMatch(list, /pay_late/);
  assert.match(await register.cliWell("ledger year"), /sum +₹0\n/);
});
