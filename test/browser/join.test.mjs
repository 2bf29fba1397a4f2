// A stranger joins on a phone: from the first page to a card that checks, with and without
// JavaScript; and the count on an open page follows.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { person, Register } from "../scenario/harness.mjs";
import { assertWhole, Desk, screenshot } from "./harness.mjs";

let register;
let desk;

before(async () => {
  register = await Register.make({ members: 500 });
  await register.serve();
  desk = await Desk.open(register);
});
after(async () => {
  await desk?.close();
  await register?.end();
});

// Without JavaScript nothing can be asked inside the page; the way is what counts then.
async function step(page, name, how, javaScript) {
  await screenshot(page, `join-${name}-${how}`);
  if (javaScript) await assertWhole(page, `${name} ${how}`, { light: false });
  else assert.equal(await page.locator("h1").count(), 1);
}

const press = (page) => page.locator("main form button[type=submit]").first().click();

for (const [lang, javaScript] of [
  ["hi", true],
  ["en", false],
]) {
  const how = `${lang}-${javaScript ? "with" : "without"}-script`;
  test(`from the first page to the card, ${how}`, async () => {
    const { name, phone } = person();
    for (const secret of [name, phone]) register.secrets.add(secret);
    const page = await desk.person({ lang, javaScript });
    await page.goto("/");
    await page.locator('main a[href="/join"]').first().click();
    await step(page, "1-form", how, javaScript);

    await press(page); // nothing filled in
    await page.waitForLoadState();
    page.troubles = []; // the 422 itself is logged by the browser
    await step(page, "2-form-errors", how, javaScript);
    assert.ok((await page.locator(".field-error").count()) >= 4);

    await page.fill("#name", name);
    await page.fill("#phone", phone);
    await page.check('input[name=phone_of][value="self"]');
    await page.fill("#place", "226001");
    await page.check('input[name=settlement][value="urban"]');
    await page.check('input[name=gender][value="f"]');
    await page.fill("#birth_year", "1984");
    await press(page);
    await page.waitForURL("**/join/check");
    await step(page, "3-check", how, javaScript);
    await page.fill("#name_alt", "आशा श्रीवास्तव");
    await page.check("#agreed");
    await press(page);
    await page.waitForURL("**/join/code");
    await step(page, "4-code", how, javaScript);
    await page.fill("#code", (await page.locator(".demo-code").textContent()).trim());
    await press(page);
    await page.waitForURL("**/join/pay");
    await step(page, "5-pay", how, javaScript);
    await press(page);
    await page.waitForURL("**/card/*");
    await step(page, "6-card", how, javaScript);
    await page.locator('a[href^="/V/"]').click();
    await page.waitForURL("**/V/*");
    await step(page, "7-checked", how, javaScript);
    assert.ok((await page.textContent("main")).includes(name));
    await page.context().close();
  });
}

test("an open page counts on as somebody joins", async () => {
  const token = await register.token();
  const page = await desk.person({ lang: "en", width: 1280 });
  await page.goto("/live");
  const figure = page.locator('[data-figure="members"]').first();
  const number = async () => Number((await figure.textContent()).replace(/\D/g, ""));
  const before = await number();
  const drawn = (part) => page.locator(`figure > svg${part}`).first().innerHTML();
  const [chart, map] = [await drawn(".chart"), await drawn(".map")];
  await register.enrol(token, person());
  await page.waitForFunction(
    (least) =>
      Number(document.querySelector('[data-figure="members"]').textContent.replace(/\D/g, "")) >
      least,
    before,
    { timeout: 15_000 },
  );
  assert.equal(await number(), before + 1);
  await page.waitForFunction(
    ([chart, map]) =>
      document.querySelector("figure > svg.chart").innerHTML !== chart &&
      document.querySelector("figure > svg.map").innerHTML !== map,
    [chart, map],
    { timeout: 15_000 },
  );
  const today = await page.locator('[data-figure="today"]').first().textContent();
  assert.ok((await drawn(".chart")).includes(`>${today}<`), "the last bar is today's figure");
  assert.deepEqual(page.troubles, []);
});

test("an open page asks less often while nobody answers, and keeps the focus", async () => {
  const token = await register.token();
  const page = await desk.person({ lang: "en", width: 1280 });
  const broken = { now: true };
  await page.route("**/live.json", (route) =>
    broken.now ? route.fulfill({ status: 503, body: "" }) : route.continue());
  await page.clock.install();
  await page.addInitScript(() => {
    window.asked = []; // when, by the page's own clock
    const { fetch } = window;
    window.fetch = (address, options) => {
      if (String(address).startsWith("/live.json")) window.asked.push(Date.now());
      return fetch(address, options);
    };
  });
  await page.goto("/live");
  const asked = () => page.evaluate(() => window.asked);
  // in steps, so that each answer comes before the clock goes on
  const passes = async (seconds, until = () => false) => {
    for (let i = 0; i < 2 * seconds && !until(await asked()); i++) await page.clock.runFor(500);
  };
  await passes(600, (times) => times.length >= 9);
  const times = await asked();
  const waits = times.slice(1).map((at, i) => (at - times[i]) / 1000);
  for (const [i, least] of [2, 4, 8, 16, 32, 60, 60, 60].entries())
    assert.ok(waits[i] >= least && waits[i] < least + 30, `${i}: ${waits}`);

  const state = page.locator('figure > svg.map a[href="/live/UP"]');
  await state.focus();
  const figure = page.locator('[data-figure="members"]').first();
  const before = await figure.textContent();
  const drawn = await page.locator("figure > svg.map").innerHTML();
  await register.enrol(token, person());
  broken.now = false;
  const had = times.length;
  await passes(90, (all) => all.length >= had + 4);
  const after = (await asked()).slice(had);
  assert.ok(after.length >= 4 && after.at(-1) - after[1] < 30_000, "it asks often again");
  for (let i = 0; i < 60; i++) {
    if ((await page.locator("figure > svg.map").innerHTML()) !== drawn) break;
    await page.clock.runFor(500);
  }
  assert.notEqual(await figure.textContent(), before);
  assert.notEqual(await page.locator("figure > svg.map").innerHTML(), drawn);
  const held = await page.evaluate(() => document.activeElement.getAttribute("href"));
  assert.equal(held, "/live/UP");
  await page.context().close();
});
