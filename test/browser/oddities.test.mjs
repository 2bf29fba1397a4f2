// What looks odd, at the desk: the queue, one of it with its members, the second look before they
// are put on hold. All without JavaScript.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { person, Register } from "../scenario/harness.mjs";
import { assertWhole, Desk, screenshot } from "./harness.mjs";

let register;
let desk;
let admin;
let id;

before(async () => {
  register = await Register.make();
  admin = await register.token("admin", "--label", "Asha, treasurer");
  await register.serve();
  desk = await Desk.open(register);
  await register.cliWell("oddity rule", "--kind", "burst", "--many", "5");
  await register.cliWell("oddity rule", "--kind", "phone", "--many", "2");
  await register.cliWell("oddity rule", "--kind", "unconfirmed", "--many", "4");
  const token = await register.token("enroller", "--label", "मेले का कैंप, Maharajganj");
  const phone = "9812345678";
  const home = { phone, phone_of: "household" };
  const brings = await register.enrol(token, person({ name: "Gyaneshwar Shrivastava" }));
  for (let i = 0; i < 3; i++) await register.enrol(token, person(home));
  for (let i = 0; i < 5; i++)
    await register.enrol(token, person({ enrolled_by: brings.number }));
  await register.cliWell("oddity find");
  await deny(brings.card_url);
  await deny((await register.enrol(token, person())).card_url, "upheld");
  const listed = await register.cliWell("oddity list", "--kind", "burst");
  id = listed.match(/^\s*(\d+) .*token/m)[1];
});
// Somebody says not to have joined; decided as said, if it is.
async function deny(cardUrl, decision) {
  const visitor = register.visitor("en");
  const page = new URL(cardUrl).pathname;
  await visitor.get(`${page}/deny`);
  await visitor.submit({}, { having: "act" });
  const code = visitor.page.text.match(/\b(\d{6})\b/)[1];
  await visitor.submit({ code });
  await visitor.submit({}, { having: "csrf" });
  if (!decision) return;
  const listed = await register.api("GET", "/api/v1/denials", { token: admin });
  const { id: newest } = listed.json.denials[0];
  const body = { decision, reason: "signed by another hand" };
  const target = `/api/v1/denials/${newest}`;
  const decided = await register.api("POST", target, { token: admin, key: "d", body });
  assert.equal(decided.status, 200, decided.text);
}

after(async () => {
  await desk?.close();
  await register?.end();
});

for (const width of [360, 1280]) {
  for (const lang of ["hi", "en"]) {
    for (const dark of [false, true]) {
      const how = `${width}-${lang}-${dark ? "dark" : "light"}`;
      test(`what looks odd, ${how}`, async () => {
        const page = await desk.person({ width, lang, dark, javaScript: false });
        await desk.signIn(page, admin);
        const see = async (name, target) => {
          if (target) page.bytes = 0; // each page alone; the style sheet came with the first
          if (target) await page.goto(target);
          await screenshot(page, `oddities-${name}-${how}`);
          if (name === "refused")
            page.troubles = page.troubles.filter((t) => !/status of 4\d\d/.test(t));
          await assertWhole(page, `${name} ${how}`);
        };
        await see("list", "/desk/oddities");
        assert.ok((await page.locator(".acts li").count()) >= 3);
        await see("none", "/desk/oddities?kind=utr");
        await page.goto("/desk/oddities");
        await page.locator(`a[href="/desk/oddities/${id}"]`).click();
        await see("one");
        await page.locator('input[value="fine"]').check();
        await page.locator("form[action^='/desk/oddities'] button[type=submit]").click();
        await page.locator("#note-error").waitFor();
        await see("refused");
        assert.ok(await page.locator("#note-error").isVisible());
        assert.ok(await page.locator('input[value="fine"]').isChecked());
        await see("suspend", `/desk/oddities/${id}/suspend`);
        await see("enrollers", "/desk/enrollers");
        await page.locator(".acts a").last().click();
        await see("enroller");
        await see("denials", "/desk/denials");
        await page.locator(".acts a").first().click();
        await see("denial");
        await see("refunds", "/desk/refunds");
        await page.context().close();
      });
    }
  }
}
