// The year is over: renewing as a phone and a desk show it, with and without JavaScript, in both
// languages, light and dark; and the wish for news beside it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { person, Register } from "../scenario/harness.mjs";
import { assertWhole, Desk, screenshot } from "./harness.mjs";

const ways = [
  { width: 360, lang: "hi", dark: false, javaScript: true },
  { width: 360, lang: "en", dark: true, javaScript: false },
  { width: 1280, lang: "hi", dark: true, javaScript: false },
  { width: 1280, lang: "en", dark: false, javaScript: true },
];
const nameOf = (way) => `${way.width}-${way.lang}-${way.dark ? "dark" : "light"}`;
const members = new Map();
let register;
let desk;

before(async () => {
  register = await Register.make();
  const term = ["--days", "365", "--renew", "30", "--grace", "15"];
  await register.cliWell("kind change", "ordinary", ...term);
  await register.cliWell("kind add", "friend", "--name", "Friend", "--fee", "0", ...term);
  await register.cliWell("payment way", "upi", "--vpa", "gkc@examplebank", "--payee", "Club");
  const token = await register.token();
  await register.serve();
  const joins = async (changes) => {
    const who = person(changes);
    const page = new URL((await register.enrol(token, who)).card_url).pathname;
    register.secrets.add(page.split("/")[2]);
    return { page, phone: who.phone };
  };
  for (const way of ways) {
    const name = { name: "ज्ञानेश्वर श्रीवास्तव" };
    const fee = { method: "cash", amount_paise: 0 };
    members.set(nameOf(way), {
      pays: await joins(name),
      claims: await joins(name),
      free: await joins({ ...name, kind: "friend", fee }),
      late: await joins(name),
    });
  }
  desk = await Desk.open(register);
});
after(async () => {
  await desk?.close();
  await register?.end();
});

async function step(page, name, how) {
  await screenshot(page, `renewal-${name}-${how}`);
  page.troubles = page.troubles.filter((t) => !/status of 4\d\d/.test(t));
  await assertWhole(page, `${name} ${how}`, { light: false });
}

const press = (page) => page.locator("main form button[type=submit]").first().click();

for (const way of ways) {
  const how = nameOf(way);
  test(`too early, ${how}`, async () => {
    const page = await desk.person(way);
    await page.goto(`${members.get(how).pays.page}/renew`);
    await step(page, "1-early", how);
    await page.context().close();
  });
}

test("eleven months go by", () => register.daysLater(350));

for (const way of ways) {
  const how = nameOf(way);
  test(`paying and claiming, ${how}`, async () => {
    const { pays, claims } = members.get(how);
    const page = await desk.person(way);
    await page.goto(pays.page);
    await step(page, "2-card", how);
    await page.locator('main a[href$="/renew"]').click();
    await step(page, "3-renew", how);
    await press(page);
    await page.waitForURL("**/pay/*");
    register.secrets.add(new URL(page.url()).pathname.split("/")[2]);
    await step(page, "4-pay", how);
    await press(page);
    await page.waitForLoadState();
    await step(page, "5-paid", how);
    await page.goto(`${pays.page}/renew`);
    await step(page, "6-renewed", how);
    await page.goto(`${claims.page}/renew`);
    await press(page);
    await page.waitForURL("**/pay/*");
    register.secrets.add(new URL(page.url()).pathname.split("/")[2]);
    await page.fill("#utr", String(412345678901 + ways.indexOf(way)));
    await page.locator('form[action$="/claim"] button').click();
    await page.waitForLoadState();
    await step(page, "7-claimed", how);
    await page.goto(claims.page);
    await step(page, "8-card-claimed", how);
    await page.context().close();
  });

  test(`what costs nothing, and the wish for news, ${how}`, async () => {
    const { free } = members.get(how);
    const page = await desk.person(way);
    await page.goto(`${free.page}/renew`);
    await step(page, "9-free", how);
    await press(page);
    await page.waitForURL("**/code?act=renew");
    await press(page);
    await page.fill("#code", (await page.locator(".demo-code").textContent()).trim());
    await press(page);
    await page.waitForURL("**/renew");
    await press(page);
    await page.waitForURL("**?done=renewed");
    await step(page, "10-free-renewed", how);
    await page.goto(`${free.page}/messages`);
    await press(page);
    await page.fill("#code", (await page.locator(".demo-code").textContent()).trim());
    await press(page);
    await page.waitForURL("**/messages");
    await step(page, "11-wish-no", how);
    await press(page);
    await page.waitForURL("**/messages?done=1");
    await step(page, "12-wish-yes", how);
    await page.context().close();
  });
}

test("the grace is over, too", async () => {
  await register.daysLater(60);
  await register.cliWell("expire");
});

for (const way of ways) {
  const how = nameOf(way);
  test(`back from expiry, ${how}`, async () => {
    const page = await desk.person(way);
    const { late } = members.get(how);
    await page.goto(late.page);
    await page.waitForURL("**/renew");
    await step(page, "13-expired", how);
    await press(page);
    await page.waitForURL("**/pay/*");
    const pay = page.url();
    register.secrets.add(new URL(pay).pathname.split("/")[2]);
    const reference = (await page.content()).match(/GKCF[0-9A-Z]+/)[0];
    await page.fill("#utr", String(612345678901 + ways.indexOf(way)));
    await page.locator('form[action$="/claim"] button').click();
    await page.waitForLoadState();
    await page.goto(late.page);
    assert.equal(await page.locator(".card-face .card-mark").count(), 1);
    await step(page, "13-card-claimed-late", how);
    await register.cliWell("payment reject", reference, "--reason", "खाते में नहीं मिला");
    await page.goto(pay);
    await step(page, "13-rejected", how);
    await press(page);
    await page.waitForLoadState();
    await page.goto(late.page);
    assert.equal(await page.locator(".card-face").count(), 1);
    await page.goto("/join/code");
    await step(page, "14-join-over", how);
    await page.context().close();
  });
}
