// The other shapes of joining: a minor with a guardian, several kinds, somebody abroad, a phone
// that proves itself. Looked at as people have them; what was typed stays when the page is closed
// or the reader goes back.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { indianYear, person, Register, useRealClock } from "../scenario/harness.mjs";
import { assertWhole, Desk, screenshot } from "./harness.mjs";

useRealClock();

const secret = "what only the provider knows";
const year = indianYear();
const LOOKS = [
  { lang: "hi", width: 360 },
  { lang: "en", width: 360, dark: true, javaScript: false },
  { lang: "en", width: 1280 },
  { lang: "hi", width: 1280, dark: true },
];
let demo;
let real;
let desk;
let realDesk;

before(async () => {
  demo = await Register.make();
  const names = ["--name", "Youth", "--name-hi", "युवा", "--days", "365"];
  await demo.cliWell("kind add", "youth", ...names, "--rights", "Speaks at meetings, no vote yet",
    "--rights-hi", "बैठक में बोल सकते हैं, वोट अभी नहीं");
  real = await Register.make({ demo: false, fee: "0" });
  const numbers = ["--sms-number", "+919000000001", "--call-number", "+919000000002"];
  for (const register of [demo, real]) {
    const input = `${secret}\n`;
    const done = await register.cliWith({ input }, "phone ways", ...numbers, "--secret-file", "-");
    assert.equal(done.code, 0, done.stderr);
    await register.serve();
  }
  desk = await Desk.open(demo);
  realDesk = await Desk.open(real);
});
after(async () => {
  await desk?.close();
  await realDesk?.close();
  await demo?.end();
  await real?.end();
});

function anybody(register) {
  const { name, phone } = person();
  for (const word of [name, phone]) register.secrets.add(word);
  return { name, phone };
}

const howOf = (look) => `${look.lang}-${look.width}${look.dark ? "-dark" : ""}`;

async function looked(page, name, look) {
  await screenshot(page, `join-forms-${name}-${howOf(look)}`);
  await assertWhole(page, `${name} ${howOf(look)}`, { light: false });
}

const press = (page) => page.locator("main form button[type=submit]").first().click();

async function pressOn(page) {
  await Promise.all([page.waitForNavigation(), press(page)]);
}

async function pressWrong(page) {
  await pressOn(page);
  page.troubles = []; // the 422 itself is logged by the browser
}

async function assertKept(page, fields) {
  for (const [name, value] of Object.entries(fields)) {
    assert.equal(await page.inputValue(`#${name}`), value, name);
  }
}

for (const look of LOOKS) {
  const how = howOf(look);
  test(`a minor chooses a kind and names a guardian: ${how}`, async () => {
    const page = await desk.person(look);
    const typed = { ...anybody(demo), place: "226001", birth_year: String(year - 18) };
    await page.goto("/join");
    await looked(page, "kinds", look);
    for (const [name, value] of Object.entries(typed)) await page.fill(`#${name}`, value);
    for (const [name, value] of [
      ["kind", "youth"],
      ["phone_of", "household"],
      ["settlement", "urban"],
      ["gender", "f"],
    ]) {
      await page.check(`input[name=${name}][value="${value}"]`);
    }
    await pressOn(page); // of age already?
    await assertKept(page, typed);
    await page.check('input[name=of_age][value="no"]');
    await pressOn(page); // whose child?
    await looked(page, "guardian", look);

    const context = page.context();
    await page.close();
    const again = await context.newPage(); // the browser is opened again
    Object.assign(again, { troubles: [], bytes: 0, weighing: [], hasScript: page.hasScript });
    await again.goto("/join");
    await assertKept(again, typed);
    for (const [name, value] of [
      ["kind", "youth"],
      ["phone_of", "household"],
      ["of_age", "no"],
    ]) {
      assert.ok(await again.isChecked(`input[name=${name}][value="${value}"]`), name);
    }
    const guardian = { guardian_name: "सीता देवी", guardian_phone: "9000000017" };
    for (const word of Object.values(guardian)) demo.secrets.add(word);
    for (const [name, value] of Object.entries(guardian)) await again.fill(`#${name}`, value);
    await press(again);
    await again.waitForURL("**/join/check");
    await looked(again, "guardian-check", look);
    await again.check("#agreed");
    await press(again);
    await again.waitForURL("**/join/code");
    await looked(again, "code-and-ways", look);
    demo.secrets.add((await again.textContent(".demo-code")).trim());

    await again.goBack();
    assert.match(again.url(), /\/join\/check$/);
    await again.goto("/join"); // what shall be changed?
    await assertKept(again, { ...typed, ...guardian });
    await context.close();
  });

  test(`which of several places: ${how}`, async () => {
    const page = await desk.person(look);
    const typed = { ...anybody(demo), place: "Ramgarh", birth_year: "1990" };
    await page.goto("/join");
    for (const [name, value] of Object.entries(typed)) await page.fill(`#${name}`, value);
    for (const [name, value] of [
      ["kind", "ordinary"],
      ["phone_of", "self"],
      ["settlement", "rural"],
      ["gender", "m"],
    ]) {
      await page.check(`input[name=${name}][value="${value}"]`);
    }
    await press(page);
    await page.waitForSelector(".ask");
    assert.equal(await page.locator(".error-summary, .wrong").count(), 0);
    await looked(page, "which-place", look); // a question, and no error in the console
    if (page.hasScript)
      assert.ok(await page.evaluate(() => document.activeElement.matches(".ask")));
    await page.locator("input[name=unit_code]").nth(1).check();
    const chosen = await page.locator("input[name=unit_code]:checked").inputValue();
    await press(page);
    await page.waitForURL("**/join/check");
    await page.goBack();
    assert.equal(await page.locator("input[name=unit_code]:checked").inputValue(), chosen);
    await page.goto("/join/check");
    await page.click('main a[href="/join"]'); // change something
    assert.equal(await page.locator("input[name=unit_code]:checked").inputValue(), chosen);
    await looked(page, "place-chosen", look);
    await page.context().close();
  });

  test(`somebody abroad: ${how}`, async () => {
    const page = await desk.person(look);
    const { name } = anybody(demo);
    await page.goto("/join");
    await page.click('button[name=go][value="abroad"]');
    await page.waitForSelector("#town");
    await looked(page, "abroad", look);
    const typed = { name, phone: "+971 50 123 4567", town: "Dubai", birth_year: "1990" };
    demo.secrets.add(typed.phone);
    for (const [field, value] of Object.entries(typed)) await page.fill(`#${field}`, value);
    await pressWrong(page);
    await looked(page, "abroad-errors", look);
    await assertKept(page, typed);
    await page.selectOption("#country", "AE");
    await page.check('input[name=kind][value="ordinary"]');
    await page.check('input[name=phone_of][value="self"]');
    await page.check('input[name=gender][value="m"]');
    await press(page);
    await page.waitForURL("**/join/check");
    await page.goBack(); // nothing is asked to be sent again
    assert.match(page.url(), /\/join$/);
    await assertKept(page, { ...typed, country: "AE" });
    await page.context().close();
  });

  test(`a phone proves itself: ${how}`, async () => {
    const page = await realDesk.person(look);
    const { name, phone } = anybody(real);
    await page.goto("/join");
    await page.fill("#name", name);
    await page.fill("#phone", phone);
    await page.check('input[name=phone_of][value="self"]');
    await page.fill("#place", "226001");
    await page.check('input[name=settlement][value="rural"]');
    await page.check('input[name=gender][value="f"]');
    await page.fill("#birth_year", "1984");
    await press(page);
    await page.waitForURL("**/join/check");
    await page.check("#agreed");
    await press(page);
    await page.waitForURL("**/join/code");
    await looked(page, "ways", look);
    const message = (await page.textContent(".demo-code")).trim();
    assert.match(message, /^JOIN \d{4}$/);
    assert.equal(
      await page.getAttribute('a[href^="sms:"]', "href"),
      `sms:+919000000001?body=${message.replace(" ", "%20")}`,
    );
    assert.equal(await page.getAttribute('main a[href^="tel:"]', "href"), "tel:+919000000002");
    await page.click('a[href="/join/wait"]');
    await page.waitForURL("**/join/wait");
    await looked(page, "wait", look);
    const said = await fetch(`${real.origin}/hook/incoming`, {
      method: "POST",
      headers: { "x-sangathan-secret": secret },
      body: new URLSearchParams({
        id: `${how} ${phone}`,
        from: phone,
        text: message,
        time: String(Math.floor(Date.now() / 1000)),
      }),
    });
    assert.deepEqual(await said.json(), { taken: true });
    // with a script the page goes on by itself, without one by its button
    if (!page.hasScript) await page.click("[data-wait]");
    await page.waitForURL("**/card/**", { timeout: 20_000 });
    real.secrets.add(new URL(page.url()).pathname.split("/")[2]);
    assert.ok((await page.textContent("main")).includes(name));
    await page.context().close();
  });
}
