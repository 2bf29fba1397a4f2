// A household's phone comes back to one of its cards: with and without JavaScript, as a phone and a
// desk show it, in both languages, light and dark.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { person, Register } from "../scenario/harness.mjs";
import { assertWhole, Desk, screenshot } from "./harness.mjs";

let register;
let desk;
let token;

before(async () => {
  register = await Register.make({ members: 500 });
  token = await register.token();
  await register.serve();
  desk = await Desk.open(register);
});
after(async () => {
  await desk?.close();
  await register?.end();
});

async function step(page, name, how) {
  await screenshot(page, `sign-in-${name}-${how}`);
  page.troubles = page.troubles.filter((t) => !/status of 4\d\d/.test(t));
  await assertWhole(page, `${name} ${how}`, { light: false });
}

const press = (page) => page.locator("main form button[type=submit]").first().click();

async function signIn(page, phone, how) {
  await page.goto("/");
  await page.locator('main a[href="/sign-in"]').first().click();
  await step(page, "1-phone", how);
  await press(page);
  await page.waitForLoadState();
  await step(page, "2-phone-errors", how);
  await page.fill("#phone", phone);
  await press(page);
  await page.waitForURL("**/sign-in/code");
  await step(page, "3-code", how);
  await page.fill("#code", (await page.locator(".demo-code").textContent()).trim());
  await press(page);
}

for (const [width, lang, dark, javaScript] of [
  [360, "hi", false, true],
  [360, "en", true, false],
  [1280, "hi", true, false],
  [1280, "en", false, true],
]) {
  const how = `${width}-${lang}-${dark ? "dark" : "light"}`;
  test(`whose? and the card, ${how}`, async () => {
    const { phone } = person();
    register.secrets.add(phone);
    const names = ["Asha Devi", "रमेश कुमार", "Sunita Shrivastava"];
    for (const name of names)
      await register.enrol(token, person({ name, phone, phone_of: "household" }));
    const page = await desk.person({ width, lang, dark, javaScript });
    await signIn(page, phone, how);
    await page.waitForURL("**/sign-in/whose");
    await step(page, "4-whose", how);
    await press(page);
    await page.waitForLoadState();
    await step(page, "5-whose-errors", how);
    await page.check('input[name=who][value="1"]');
    await press(page);
    await page.waitForURL("**/card/*");
    assert.ok((await page.textContent("main")).includes(names[1]));
    await page.context().close();
  });

  test(`to a phone of one's own, ${how}`, async () => {
    const { phone } = person();
    const own = person().phone;
    for (const secret of [phone, own]) register.secrets.add(secret);
    const made = await register.enrol(token, person({ phone, phone_of: "household" }));
    register.secrets.add(new URL(made.card_url).pathname.split("/")[2]);
    const page = await desk.person({ width, lang, dark, javaScript });
    await page.goto(new URL(made.card_url).pathname);
    await step(page, "11-card-unconfirmed", how);
    await page.goto("/sign-in");
    await page.fill("#phone", phone);
    await press(page);
    await page.fill("#code", (await page.locator(".demo-code").textContent()).trim());
    await press(page);
    await page.check('input[name=who][value="0"]');
    await press(page);
    await page.waitForURL("**/card/*");
    await page.locator('a[href$="/manage"]').click();
    await step(page, "12-manage", how);
    await page.locator('a[href$="/phone"]').click();
    await press(page);
    await page.fill("#code", (await page.locator(".demo-code").textContent()).trim());
    await press(page);
    await page.waitForURL("**/phone");
    await step(page, "13-own-phone", how);
    await press(page);
    await page.waitForLoadState();
    await step(page, "14-own-phone-errors", how);
    await page.fill("#phone", own);
    await press(page);
    await page.waitForURL("**/phone/code");
    await step(page, "15-own-phone-code", how);
    await page.fill("#code", (await page.locator(".demo-code").textContent()).trim());
    await press(page);
    await page.waitForURL("**/sign-in?moved=1");
    await step(page, "16-moved", how);
    await page.context().close();
  });

  test(`a phone without members, ${how}`, async () => {
    const { phone } = person();
    register.secrets.add(phone);
    const page = await desk.person({ width, lang, dark, javaScript });
    await signIn(page, phone, how);
    await page.waitForURL("**/sign-in/whose");
    await step(page, "6-nobody", how);
    await page.context().close();
  });
}
