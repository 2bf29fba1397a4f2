// Every page, as a phone and a desk show it, in both languages, light and dark: accessible, nothing
// cut, light enough for a first visit, no error in the console. The pictures are for people.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { person, Register, routeTable } from "../scenario/harness.mjs";
import { applicant } from "../scenario/paying.mjs";
import { assertFits, assertWhole, Desk, screenshot } from "./harness.mjs";

let register;
let states;
const targets = {};
const places = []; // desks with their targets and, where somebody is signed in there, the key

// A register of its own, where time passes: the pages of a check for every state.
async function makeStates() {
  states = await Register.make();
  await states.cliWell("payment way", "upi", "--vpa", "gkc.fees@bank", "--payee", "GKC Fees");
  const token = await states.token();
  await states.serve();
  const { visitor, other, pay } = await applicant(states);
  await other.get(pay);
  await other.submit({ utr: "412345678901" });
  await visitor.get("/join/pay");
  states.secrets.add(new URL(visitor.page.url).pathname.split("/")[2]);
  const made = { provisional: { check_code: visitor.page.text.match(/href="\/V\/([^"]+)"/)[1] } };
  await states.cliWell("kind add", "month", "--name", "A month", "--name-hi", "एक महीना",
    "--days", "30", "--grace", "5");
  for (const [state, more] of [["lapsed", { kind: "month" }], ["suspended"], ["reissued"]])
    made[state] = await states.enrol(token, person(more));
  await states.cliWell("member suspend", made.suspended.number, "--reason", "to be looked into");
  await states.cliWell("member reissue", made.reissued.number, "--reason", "lost");
  await states.daysLater(40);
  await states.cliWell("expire");
  const pages = { "card-on-hold": new URL(made.suspended.card_url).pathname };
  for (const [state, { check_code }] of Object.entries(made))
    pages[`check-${state}`] = `/V/${check_code}`;
  for (let last = 0; last < 10 && !pages["check-unknown"]; last++) {
    const number = `GKC0123456789${last}`;
    const { json } = await states.api("GET", `/api/v1/check/${number}`);
    if (json.verdict === "unknown") pages["check-unknown"] = `/V/${number}`;
  }
  assert.ok(pages["check-unknown"]);
  return pages;
}

before(async () => {
  register = await Register.make({ members: 2000 });
  await register.cliWell("payment way", "upi", "--vpa", "gkc.fees@bank", "--payee", "GKC Fees");
  const token = await register.token();
  const admin = await register.token("admin", "--label", "Asha, treasurer");
  await register.serve();
  places.push({ desk: await Desk.open(register), targets, admin });
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
  const pages = await makeStates();
  places.push({ desk: await Desk.open(states), targets: pages });
});
after(async () => {
  for (const { desk } of places) await desk.close();
  await register?.end();
  await states?.end();
});

// Axe takes longest by far: each width, language and theme with each other one once, half of all.
const judged = new Set(["360-hi-light", "360-en-dark", "1280-hi-dark", "1280-en-light"]);
// As first visits, of which the browser keeps nothing yet, in both languages.
const weighed = new Set(["360-hi-light", "360-en-dark"]);

async function looksAt({ desk, targets, admin }, { width, lang, dark, how }) {
  let page;
  for (const [name, target] of Object.entries(targets)) {
    if (!page || weighed.has(how)) {
      page = await desk.person({ width, lang, dark });
      if (admin) await desk.signIn(page, admin);
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
}

for (const width of [360, 1280]) {
  for (const lang of ["hi", "en"]) {
    for (const dark of [false, true]) {
      const how = `${width}-${lang}-${dark ? "dark" : "light"}`;
      test(`all pages, ${how}`, async () => {
        for (const place of places) await looksAt(place, { width, lang, dark, how });
      });
    }
  }
}

// 200 % of a narrow window: 640 device pixels are 320 of the style sheet.
for (const lang of ["hi", "en"]) {
  test(`all pages at twice the size, ${lang}`, async () => {
    for (const { desk, targets: pages, admin } of places) {
      const page = await desk.person({ width: 320, lang });
      if (admin) await desk.signIn(page, admin);
      for (const [name, target] of Object.entries(pages)) {
        await page.goto(target, { waitUntil: "load" });
        await assertFits(page, `${name} ${lang}`);
      }
      await page.context().close();
    }
  });
}

const words = {
  "check-provisional": { hi: "फ़ीस की पुष्टि बाकी", en: "fee being confirmed" },
  "check-lapsed": { hi: "तारीख निकल चुकी", en: "expired" },
  "check-suspended": { hi: "रुकी है", en: "on hold" },
  "check-reissued": { hi: "नया कार्ड बन चुका", en: "new card was issued" },
  "check-unknown": { hi: "चालू नहीं", en: "No valid membership" },
};
for (const lang of ["hi", "en"]) {
  test(`a check names each state, ${lang}`, async () => {
    const page = await places[1].desk.person({ lang });
    for (const [name, said] of Object.entries(words)) {
      await page.goto(places[1].targets[name]);
      assert.ok((await page.textContent("h1")).includes(said[lang]), name);
    }
    await page.context().close();
  });
}
