// The page of an order, as whoever pays meets it: open, wrongly filled, claimed, rejected, paid;
// the gateway's waiting page; one payment for several. With and without JavaScript.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { Register } from "../scenario/harness.mjs";
import {
  applicant, captured, hook, keySecret, LinkGateway, payment, webhookSecret,
} from "../scenario/paying.mjs";
import { assertWhole, Desk, screenshot } from "./harness.mjs";

let register;
let gateway;
let desk;

before(async () => {
  register = await Register.make();
  gateway = await LinkGateway.start();
  for (const s of [webhookSecret, keySecret]) register.secrets.add(s);
  const dir = await mkdtemp(path.join(os.tmpdir(), "keys-"));
  await writeFile(path.join(dir, "hook"), webhookSecret);
  await writeFile(path.join(dir, "key"), keySecret);
  await register.cliWell("payment way", "demo", "--off");
  await register.cliWell("payment way", "upi", "--vpa", "gkc.fees@bank", "--payee", "GKC Fees");
  await register.cliWell("payment way", "bank", "--holder", "Friends of the Library",
    "--account", "30123456789", "--ifsc", "SBIN0001234", "--bank", "State Bank, Lucknow");
  await register.cliWell("payment way", "razorpay", "--secret-file", path.join(dir, "hook"),
    "--key-id", "rzp_test_browser", "--key-secret-file", path.join(dir, "key"),
    "--api", gateway.url);
  await rm(dir, { recursive: true });
  await register.serve();
  desk = await Desk.open(register);
});
after(async () => {
  await desk?.close();
  await gateway?.stop();
  await register?.end();
});

const persons = [
  { lang: "hi", width: 360, dark: false, javaScript: true },
  { lang: "en", width: 360, dark: true, javaScript: true },
  { lang: "hi", width: 1280, dark: true, javaScript: false },
  { lang: "en", width: 1280, dark: false, javaScript: false },
];
const named = ({ lang, width, dark, javaScript }) =>
  `${lang}-${width}${dark ? "-dark" : ""}${javaScript ? "" : "-without-script"}`;

// The office reads what was said, and forgets to choose.
async function office(who, step) {
  const page = await desk.person(who);
  await page.goto("/desk/sign-in");
  await page.fill("#key", await register.token("admin"));
  await page.locator("main form button").click();
  await page.waitForURL("**/desk");
  await page.goto("/desk/appeals");
  await step(page, "office-1-appeals");
  await page.locator('a[href^="/desk/appeals/"]').last().click();
  await page.waitForURL("**/desk/appeals/*");
  await step(page, "office-2-appeal");
  await page.locator("main form button").click();
  await page.locator(".error-summary").waitFor();
  page.troubles = []; // the 422 itself is logged by the browser
  await step(page, "office-3-wrong");
  await page.context().close();
}

// Twelve digits that no other order has.
const utrOf = (reference) =>
  [...reference].reduce((n, c) => (n * 31n + BigInt(c.charCodeAt(0))) % 10n ** 11n, 7n)
    .toString().padStart(12, "6");

for (const who of persons) {
  const how = named(who);
  const step = async (page, name) => {
    await screenshot(page, `pay-${name}-${how}`);
    await assertWhole(page, `pay ${name} ${how}`);
    page.bytes = 0;
  };

  test(`an order from open to paid, ${how}`, async () => {
    const { pay, reference } = await applicant(register, who.lang);
    const page = await desk.person(who);
    await page.goto(pay);
    await step(page, "1-open");
    await page.fill("#utr", "12345");
    await page.locator("#utr").press("Enter");
    await page.waitForLoadState();
    page.troubles = []; // the 422 itself is logged by the browser
    assert.equal(await page.locator(".field-error").count(), 1);
    assert.equal(await page.inputValue("#utr"), "12345", "typed for nothing");
    await step(page, "2-wrong");
    await page.fill("#utr", utrOf(reference));
    await page.locator("#utr").press("Enter");
    await page.locator(".note.good").waitFor();
    await step(page, "3-claimed");
    await register.cliWell("payment reject", reference, "--reason", "यह भुगतान नहीं मिला: 11 मई");
    await page.goto(pay);
    await page.locator("#appeal").waitFor();
    await step(page, "4-rejected");
    await page.fill("#appeal", "भाई के खाते से दिया था\nकल शाम");
    await page.locator("form:has(#appeal) button").click();
    await page.waitForLoadState();
    assert.equal(await page.locator("#appeal").count(), 0);
    await step(page, "5-appealed");
    await office(who, step);
    await hook(register, captured(payment(reference)));
    await page.goto(pay);
    await step(page, "6-paid");
    assert.equal(await page.locator("#utr").count(), 0);
    await page.context().close();
  });

  test(`the gateway's page, while it is made and when it fails, ${how}`, async () => {
    const { pay } = await applicant(register, who.lang);
    const page = await desk.person(who);
    gateway.behave(() => {}); // it thinks for ever
    await page.goto(`${pay}/online`);
    // it loads itself again, but not while it is looked at
    await page.route("**/online", (route) => route.abort("aborted"));
    await step(page, "online-1-waiting");
    await page.context().close();
    gateway.behave((response) => response.writeHead(400).end("{}"));
    const other = await applicant(register, who.lang);
    const again = await desk.person(who);
    await again.goto(`${other.pay}/online`);
    await again.locator(".note.warn").waitFor({ timeout: 20_000 }); // it loads itself again
    await step(again, "online-2-failed");
    gateway.behave();
    await again.context().close();
  });

  test(`one payment for several, ${how}`, async () => {
    const people = [await applicant(register, who.lang), await applicant(register, who.lang)];
    const page = await desk.person(who);
    await page.goto(people[0].pay);
    await page.locator('a[href^="/pay-together"]').click();
    await page.waitForURL("**/pay-together**");
    page.bytes = 0;
    await step(page, "together-1-form");
    await page.locator("main form button").click();
    await page.waitForLoadState();
    page.troubles = [];
    assert.equal(await page.locator(".field-error").count(), 1);
    await step(page, "together-2-wrong");
    const first = await page.inputValue("#orders");
    await page.fill("#orders", `${first}\n${register.origin}${people[1].pay}`);
    await page.locator("main form button").click();
    await page.waitForURL("**/pay/**");
    register.secrets.add(new URL(page.url()).pathname.split("/")[2]);
    await step(page, "together-3-one");
    assert.match(await page.locator('a[href^="upi:"]').getAttribute("href"), /am=22\.00/);
    await page.goto(people[0].pay);
    await step(page, "together-4-own");
    await page.context().close();
  });
}

test("what an app asks for is copied, and the address is handed on", async () => {
  const { pay } = await applicant(register, "en");
  const page = await desk.person(persons[0]);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.addInitScript(() => {
    navigator.share = async (what) => (window.shared = what);
  });
  await page.goto(pay);
  await page.click("summary >> nth=0");
  for (const [id, value] of [
    ["vpa", "gkc.fees@bank"],
    ["amount", "11"],
    ["account", "30123456789"],
    ["ifsc", "SBIN0001234"],
  ]) {
    await page.click(`button[data-copy="${id}"]`);
    await page.waitForFunction(
      (copied) => document.querySelector("[role=status]").textContent.endsWith(copied), value);
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), value);
  }
  await screenshot(page, "pay-copied");
  await assertWhole(page, "pay copied", { light: false });
  await page.click("[data-share]");
  const { url } = await page.evaluate(() => window.shared);
  assert.ok(url.endsWith(pay), url);
  await page.context().close();

  const plain = await desk.person(persons[2]); // nothing to press that would do nothing
  await plain.goto(pay);
  assert.equal(await plain.locator("[data-copy]:visible, [data-share]:visible").count(), 0);
  await plain.context().close();
});

// The cookie of the join is over by then, and the browser is another one.
test("who closes the page and types the number next day has the card", async () => {
  const payers = [];
  for (const who of [persons[0], persons[3]]) {
    const joined = await applicant(register, who.lang);
    const page = await desk.person(who);
    await page.goto(joined.pay);
    await page.context().close();
    payers.push({ who, ...joined });
  }
  await register.daysLater(1);
  for (const { who, pay, name, phone } of payers) {
    const how = named(who);
    const page = await desk.person(who);
    const step = async (what) => {
      await screenshot(page, `pay-next-day-${what}-${how}`);
      await assertWhole(page, `pay next day ${what} ${how}`, { light: false });
    };
    await page.goto(pay);
    await step("1-open");
    await page.fill("#utr", who.lang === "hi" ? "४१२३ ४५६७ ०१२३" : "4123 4567 0124");
    await page.locator("form:has(#utr) button").click();
    await page.locator(".note.good").waitFor();
    await step("2-claimed");
    await page.locator('main a[href="/sign-in"]').click();
    await page.fill("#phone", phone);
    await page.locator("main form button").first().click();
    await page.waitForURL("**/sign-in/code");
    await page.fill("#code", (await page.locator(".demo-code").textContent()).trim());
    await page.locator("main form button").first().click();
    await page.waitForURL("**/card/*");
    register.secrets.add(new URL(page.url()).pathname.split("/")[2]);
    assert.equal(await page.locator(".card-face .card-mark").count(), 1);
    assert.ok((await page.textContent(".card-face")).includes(name));
    await step("3-card");
    await page.context().close();
  }
});
