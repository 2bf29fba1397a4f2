// Nothing typed on the form for joining is lost: by its other face, by the other language, by
// closing the page, by a field that is too long.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { person, Register } from "../scenario/harness.mjs";
import { assertWhole, Desk, screenshot } from "./harness.mjs";

const LOOKS = [
  { lang: "hi", width: 360 },
  { lang: "en", width: 1280, dark: true, javaScript: false },
];
let register;
let desk;

before(async () => {
  register = await Register.make();
  await register.serve();
  desk = await Desk.open(register);
});
after(async () => {
  await desk?.close();
  await register?.end();
});

async function typing(look) {
  const page = await desk.person(look);
  const { name, phone } = person();
  for (const secret of [name, phone]) register.secrets.add(secret);
  const typed = { name, phone, place: "Lucknow", birth_year: "19" };
  await page.goto("/join");
  await fill(page, typed);
  await page.check("input[name=settlement][value=urban]");
  return { page, typed };
}

async function fill(page, typed) {
  for (const [name, value] of Object.entries(typed)) await page.fill(`#${name}`, value);
}

async function assertThere(page, typed) {
  for (const [name, value] of Object.entries(typed))
    assert.equal(await page.inputValue(`#${name}`), value, name);
}

async function go(page, where) {
  await Promise.all([page.waitForNavigation(), page.click(`button[name=go][value="${where}"]`)]);
}

for (const look of LOOKS) {
  const how = `${look.lang}-${look.javaScript === false ? "without" : "with"}-script`;

  test(`abroad and back: ${how}`, async () => {
    const { page, typed } = await typing(look);
    await go(page, "abroad");
    const { place, ...shared } = typed;
    await assertThere(page, shared);
    await page.selectOption("#country", "NP");
    await page.fill("#town", "Kathmandu");
    await screenshot(page, `join-kept-abroad-${how}`);
    await assertWhole(page, how);
    await go(page, "india");
    await assertThere(page, typed);
    assert.ok(await page.isChecked("input[name=settlement][value=urban]"));
    await go(page, "abroad");
    await assertThere(page, { country: "NP", town: "Kathmandu" });
    await page.context().close();
  });

  test(`in the other language: ${how}`, async () => {
    const { page, typed } = await typing(look);
    const other = look.lang === "hi" ? "en" : "hi";
    await go(page, other);
    assert.equal(await page.getAttribute("html", "lang"), other);
    await assertThere(page, typed);
    await screenshot(page, `join-kept-language-${how}`);
    await assertWhole(page, how);
    await page.context().close();
  });

  test(`the enter key goes on, not elsewhere: ${how}`, async () => {
    const { page, typed } = await typing(look);
    await fill(page, { birth_year: "1984" });
    await page.check("input[name=phone_of][value=self]");
    await page.check("input[name=gender][value=f]");
    await page.press("#name", "Enter");
    await page.waitForURL("**/join/check");
    assert.ok((await page.textContent("main")).includes(typed.name));
    await page.context().close();
  });

  test(`a field that is too long, and loaded again: ${how}`, async () => {
    const { page, typed } = await typing(look);
    const long = { place: "श्री गंगानगर ".repeat(5).trim() };
    await fill(page, long);
    await Promise.all([page.waitForNavigation(), page.click("main form button[type=submit]")]);
    assert.equal(await page.locator("#place-error").count(), 1);
    await assertThere(page, { ...typed, ...long });
    await page.goto("/join");
    await assertThere(page, { ...typed, ...long });
    await page.context().close();
  });
}

test("what was typed is there when the closed page is opened again", async () => {
  const { page, typed } = await typing(LOOKS[0]);
  const context = page.context();
  const closed = page.waitForEvent("close");
  await page.close({ runBeforeUnload: true });
  await closed;
  const again = await context.newPage();
  for (let i = 0; i < 50; i++) {
    await again.goto("/join"); // what the closed page sent may still be on its way
    if (await again.inputValue("#name")) break;
  }
  await assertThere(again, typed);
  await context.close();
});

test("a page that was only looked at, or was sent, sends nothing more", async () => {
  const page = await desk.person(LOOKS[0]);
  const sent = [];
  page.on("request", (request) => request.method() === "POST" && sent.push(request.postData()));
  await page.goto("/join");
  await page.goto("/live");
  assert.deepEqual(sent, []);
  await page.goto("/join");
  await page.fill("#name", "Asha");
  await Promise.all([page.waitForNavigation(), page.click("main form button[type=submit]")]);
  await page.goto("/live");
  assert.equal(sent.length, 1);
  assert.ok(!sent[0].includes("nowhere"));
  await page.goto("/join?another=1");
  await page.fill("#name", "Sita");
  await page.goto("/live");
  assert.equal(sent.length, 1); // it would take the first one's place
  await page.context().close();
});
