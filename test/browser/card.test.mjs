// What a member does on the card page, as pages: on a phone and at a desk, in both languages, light
// and dark, with and without JavaScript. What it does is tried in test/scenario/card_page.test.mjs.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { person, Register } from "../scenario/harness.mjs";
import { assertWhole, Desk, screenshot } from "./harness.mjs";

let register;
let desk;
let token;
let picture;

before(async () => {
  register = await Register.make();
  token = await register.token();
  await register.serve();
  desk = await Desk.open(register);
  const made = await register.enrol(token, person());
  picture = path.join(register.dir, "photo.png");
  const share = await register.visitor("en").get(`${new URL(made.card_url).pathname}/share.png`);
  await writeFile(picture, share.body);
});
after(async () => {
  await desk?.close();
  await register?.end();
});

const press = (page) => page.locator("main form button[type=submit]").first().click();

// Somebody's card page in a browser, with the looks at each page that was reached.
async function begin(options, who = {}) {
  const made = await register.enrol(token, person(who));
  const at = new URL(made.card_url).pathname;
  const page = await desk.person(options);
  const how = `${options.lang}-${options.width}${options.dark ? "-dark" : ""}`;
  const look = async (name) => {
    if (page.hasScript) {
      await assertWhole(page, `${name} ${how}`, { light: false });
    } else {
      assert.equal(await page.locator("h1").count(), 1);
    }
    await screenshot(page, `card-${name}-${how}${page.hasScript ? "" : "-no-script"}`);
  };
  const prove = async (act, looked) => {
    await page.goto(`${at}/${act}`);
    if (looked) await look("code-ask");
    await press(page);
    await page.waitForURL(`**/code?act=${act}`);
    if (looked) await look("code");
    await page.fill("#code", (await page.locator(".demo-code").textContent()).trim());
    await press(page);
    await page.waitForURL(`**${at}/${act}`);
  };
  return { made, at, page, look, prove };
}

for (const [lang, width, dark, javaScript] of [
  ["hi", 360, false, true],
  ["en", 360, true, false],
  ["en", 1280, false, true],
  ["hi", 1280, true, true],
]) {
  const how = `${lang} ${width}${dark ? " dark" : ""}${javaScript ? "" : " without script"}`;
  test(`every act of the card page, ${how}`, async () => {
    const names = { name: "Gyaneshwar Dwivedi", name_alt: "ज्ञानेश्वर द्विवेदी" };
    const { at, page, look, prove } = await begin({ lang, width, dark, javaScript }, names);
    await page.goto(at);
    await look("page");
    await page.locator(`main a[href="${at}/manage"]`).click();
    await page.waitForURL("**/manage");
    await look("manage");
    await page.goto(`${at}/share`);
    await look("share");

    await prove("photo", true);
    await look("photo");
    await page.setInputFiles("#photo", picture);
    await press(page);
    await page.waitForURL("**/crop");
    await look("crop");
    const [first, second] = await page.locator(".crops .choice").all();
    const [left, right] = [await first.boundingBox(), await second.boundingBox()];
    assert.ok(left.y === right.y && left.width >= 130, "two in a row, and large enough");
    await page.locator("input[name=crop]").nth(4).check();
    await press(page);
    await page.waitForURL(`**${at}?done=photo`);
    assert.equal(await page.locator(".note.good").count(), 1);
    await look("page-with-photo");
    assert.equal(await page.locator("img.photo").count(), 1);

    await page.goto(`${at}/more`);
    await look("more");
    await page.fill("#emergency", "12");
    await page.fill("#birth_day", "31");
    await page.selectOption("#birth_month", "4");
    await press(page);
    await page.waitForLoadState();
    page.troubles = []; // the 422 itself is logged by the browser
    await look("more-error");
    await page.fill("#emergency", "9876500011");
    await page.fill("#birth_day", "15");
    await page.fill("#birth_year", "1985");
    await page.fill("#relative", "लक्ष्मी श्रीवास्तव");
    await press(page);
    await page.waitForURL(`**${at}?done=added`);
    assert.ok((await page.textContent(".facts")).includes("लक्ष्मी श्रीवास्तव"));
    await look("page-with-more");

    await page.goto(`${at}/name`);
    await look("name");
    await page.fill("#name", "Suresh Qureshi");
    await page.fill("#name_alt", "");
    await press(page);
    await page.waitForURL("**?done=asked");
    await look("name-asked");

    for (const act of ["leave", "deny"]) {
      await prove(act, false);
      await look(act);
    }
    await press(page);
    await page.waitForURL("**/manage");
    await look("denied");
    await page.goto(at);
    assert.equal(await page.locator(".card-face.on-hold").count(), 1);
    assert.equal(await page.locator(`main a[href="${at}/joined"]`).count(), 1);
    await look("on-hold");
    await page.context().close();
  });
}

// Names at the desk: the list, one of them, and what was forgotten said at its field.
for (const [lang, width, dark] of [
  ["hi", 360, false],
  ["en", 1280, true],
]) {
  test(`names to be decided at the desk, ${lang} ${width}`, async () => {
    const { at, page, prove } = await begin({ lang, width }, { name: "Meena Sharma" });
    await prove("name", false);
    await page.fill("#name", "Meena Qureshi");
    await page.fill("#name_alt", "");
    await press(page);
    await page.waitForURL("**?done=asked");
    await page.context().close();
    const office = await desk.person({ lang, width, dark });
    await desk.signIn(office, await register.token("admin"));
    for (const name of ["names", "name"]) {
      if (name === "names") await office.goto("/desk/names");
      else await office.locator('main .acts a[href^="/desk/names/"]').last().click();
      await assertWhole(office, `${name} ${lang} ${width}`, { light: false });
      await screenshot(office, `desk-${name}-${lang}-${width}${dark ? "-dark" : ""}`);
    }
    await press(office);
    await office.waitForLoadState();
    office.troubles = []; // the 422 itself is logged by the browser
    assert.equal(await office.locator(".field-error").count(), 2);
    await assertWhole(office, `name-errors ${lang} ${width}`, { light: false });
    await screenshot(office, `desk-name-errors-${lang}-${width}${dark ? "-dark" : ""}`);
    await office.check('input[name=decision][value="accept"]');
    await office.fill("#reason", "Paper seen");
    await press(office);
    await office.waitForURL("**/desk/names");
    await office.goto(at);
    assert.ok((await office.textContent("main")).includes("Meena Qureshi"));
    await office.context().close();
  });
}

// A BMP, in which nothing is packed: as large as what phones take.
function bitmap(side) {
  const head = Buffer.alloc(54);
  head.write("BM");
  head.writeUInt32LE(54 + side * side * 3, 2);
  head.writeUInt32LE(54, 10);
  head.writeUInt32LE(40, 14);
  head.writeInt32LE(side, 18);
  head.writeInt32LE(side, 22);
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(24, 28);
  return Buffer.concat([head, Buffer.alloc(side * side * 3, "sangathan")]);
}

for (const [lang, width, dark, javaScript] of [
  ["hi", 360, false, true],
  ["en", 1280, true, false],
]) {
  test(`a photo of 12 MB: ${lang}, ${javaScript ? "made smaller" : "told too large"}`, async () => {
    const { page, look, prove } = await begin({ lang, width, dark, javaScript });
    await prove("photo", false);
    const large = { name: "large.bmp", mimeType: "image/bmp", buffer: bitmap(2000) };
    await page.setInputFiles("#photo", large);
    if (javaScript) {
      await page.waitForFunction(
        () => document.querySelector("#photo").files[0].type === "image/jpeg",
      );
      await press(page);
      await page.waitForURL("**/crop");
      assert.deepEqual(page.troubles, []);
    } else {
      await Promise.all([page.waitForNavigation(), press(page)]);
      assert.match(await page.textContent("main"), /this one is too large/);
      await look("photo-too-large");
      await page.click('main a[href$="/photo"]');
      await page.waitForSelector("#photo");
    }
    await page.context().close();
  });
}

// A member at the desk, with a photo that is taken off.
for (const [lang, width, dark] of [
  ["en", 360, true],
  ["hi", 1280, false],
]) {
  test(`a member at the desk, ${lang} ${width}`, async () => {
    const { made, page, prove } = await begin({ lang, width }, { name: "Meena Sharma" });
    await prove("photo", false);
    await page.setInputFiles("#photo", picture);
    await press(page);
    await page.waitForURL("**/crop");
    await press(page);
    await page.waitForURL("**/card/*");
    await page.context().close();
    const office = await desk.person({ lang, width, dark });
    await desk.signIn(office, await register.token("admin"));
    const look = async (name) => {
      await assertWhole(office, `${name} ${lang} ${width}`, { light: false });
      await screenshot(office, `desk-${name}-${lang}-${width}${dark ? "-dark" : ""}`);
    };
    await office.goto("/desk/members");
    await look("members");
    await office.fill("#number", made.number);
    await press(office);
    await office.waitForURL(`**/desk/members/${made.number}`);
    await look("member");
    await office.locator('main a[href$="/photo-off"]').click();
    await look("photo-off");
    await office.fill("#reason", "This is a picture of a text.");
    await press(office);
    await office.waitForURL(`**/desk/members/${made.number}`);
    assert.equal(await office.locator("img.photo").count(), 0);
    await office.context().close();
  });
}
