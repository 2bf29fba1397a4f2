// Every page, as a phone and a desk show it, in both languages, light and dark: accessible, nothing
// cut, light enough for a first visit, no error in the console. The pictures are for people.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { person, Register, routeTable } from "../scenario/harness.mjs";
import { applicant } from "../scenario/paying.mjs";
import { assertWhole, Desk, screenshot } from "./harness.mjs";

let register;
let desk;
let admin;
const targets = {};

before(async () => {
  register = await Register.make({ members: 2000 });
  await register.cliWell("payment way", "upi", "--vpa", "gkc.fees@bank", "--payee", "GKC Fees");
  const token = await register.token();
  admin = await register.token("admin", "--label", "Asha, treasurer");
  await register.serve();
  desk = await Desk.open(register);
  const made = await register.enrol(
    token,
    person({ name: "Gyaneshwar Shrivastava", name_alt: "ज्ञानेश्वर श्रीवास्तव" }),
  );
  const ended = await register.enrol(token, person());
  await register.cliWell("member end", ended.number, "--reason", "asked for it");
  const code = made.check_code;
  const { pay } = await applicant(register);
  Object.assign(targets, {
    pay,
    card: new URL(made.card_url).pathname,
    "check-valid": `/V/${code}`,
    "check-number": `/V/${made.number.replaceAll("-", "")}`,
    "check-ended": `/V/${ended.check_code}`,
    "check-wrong-tag": `/V/${code.slice(0, -1)}${code.endsWith("7") ? "8" : "7"}`,
    "check-nonsense": "/V/HELLO",
    "not-found": "/nothing-here",
    "live-state": "/live/UP",
    "join-abroad": "/join?abroad=1",
  });
  for (const { method, path, face } of await routeTable()) {
    if (method !== "GET" || face !== "page" || path.includes("{")) continue;
    targets[path === "/" ? "home" : path.slice(1).replaceAll("/", "-")] = path;
  }
});
after(async () => {
  await desk?.close();
  await register?.end();
});

// Axe takes longest by far: each width, language and theme with each other one once, half of all.
const judged = new Set(["360-hi-light", "360-en-dark", "1280-hi-dark", "1280-en-light"]);
// As first visits, of which the browser keeps nothing yet, in both languages.
const weighed = new Set(["360-hi-light", "360-en-dark"]);

for (const width of [360, 1280]) {
  for (const lang of ["hi", "en"]) {
    for (const dark of [false, true]) {
      const how = `${width}-${lang}-${dark ? "dark" : "light"}`;
      test(`all pages, ${how}`, async () => {
        let page;
        for (const [name, target] of Object.entries(targets)) {
          if (!page || weighed.has(how)) {
            page = await desk.person({ width, lang, dark });
            await desk.signIn(page, admin);
          }
          Object.assign(page, { troubles: [], bytes: 0 });
          const answer = await page.goto(target, { waitUntil: "load" });
          await screenshot(page, `${name}-${how}`);
          const refused = answer.status() >= 400;
          if (refused) page.troubles = page.troubles.filter((t) => !/status of 4\d\d/.test(t));
          assert.equal(await page.locator("html").getAttribute("lang"), lang, name);
          await assertWhole(page, `${name} ${how}`, { accessible: judged.has(how) });
          if (weighed.has(how)) assert.ok(page.bytes > 2000, `${name}: nothing was weighed`);
          if (weighed.has(how)) await page.context().close();
        }
        await page.context().close();
      });
    }
  }
}
