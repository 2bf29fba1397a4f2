// Cash, as a phone and a desk show it, in both languages, light and dark: a collector takes the fee
// of who applied on the web and hands out the receipt.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { person, Register } from "../scenario/harness.mjs";
import { applicant } from "../scenario/paying.mjs";
import { assertWhole, Desk, screenshot } from "./harness.mjs";

const ways = [
  { width: 360, lang: "hi", dark: false },
  { width: 360, lang: "en", dark: true },
  { width: 1280, lang: "hi", dark: true },
  { width: 1280, lang: "en", dark: false },
];
let register;
let desk;
let collector;
let admin;

before(async () => {
  register = await Register.make();
  await register.cliWell("payment way", "upi", "--vpa", "gkc@examplebank", "--payee", "Club");
  collector = await register.token("enroller", "--unit", "UP", "--label", "Ramesh, ward 4");
  admin = await register.token("admin", "--label", "Asha, treasurer");
  await register.serve();
  desk = await Desk.open(register);
});
after(async () => {
  await desk?.close();
  await register?.end();
});

async function step(page, name, how) {
  await screenshot(page, `cash-${name}-${how}`);
  page.troubles = page.troubles.filter((t) => !/status of 4\d\d/.test(t));
  await assertWhole(page, `${name} ${how}`, { light: false });
}

const press = (page) => page.locator("main form button[type=submit]").first().click();

for (const way of ways) {
  const how = `${way.width}-${way.lang}-${way.dark ? "dark" : "light"}`;
  test(`a collector takes the fee of who applied, ${how}`, async () => {
    const { pay, reference, name } = await applicant(register);
    const payer = await desk.person(way);
    await payer.goto(pay);
    await payer.locator("details", { hasText: /code|कोड/ }).last().locator("summary").click();
    await step(payer, "payer", how);
    const page = await desk.person(way);
    await desk.signIn(page, collector);
    await page.goto("/desk");
    await step(page, "desk", how);
    await page.locator('main a[href="/desk/cash"]').click();
    await page.fill("#order", "9");
    await press(page);
    await page.locator("#order-error").waitFor();
    await step(page, "unknown", how);
    await page.fill("#order", reference);
    await press(page);
    await page.waitForURL(`**/desk/cash/${reference}`);
    await page.getByText(name).waitFor();
    await step(page, "order", how);
    await press(page);
    await page.locator("main .note.good").waitFor();
    await step(page, "taken", how);
    const [saved] = await Promise.all([
      page.waitForEvent("download"),
      page.locator("main a[download]").click(),
    ]);
    assert.match(saved.suggestedFilename(), /\.pdf$/);
    await page.context().close();
    await payer.context().close();
  });
}

// Fees lie with the collector until they are handed in: who hands in less still owes the rest.
for (const way of ways) {
  const how = `${way.width}-${way.lang}-${way.dark ? "dark" : "light"}`;
  test(`a collector hands in less than is owed, and the books, ${how}`, async () => {
    await register.enrol(collector, person());
    const page = await desk.person(way);
    await desk.signIn(page, admin);
    await page.goto("/desk/books");
    const row = page.locator("main tr", { hasText: /collector 1|वाले 1/ }).first();
    const owes = async () =>
      Number((await row.locator("td.figure").first().textContent()).replaceAll(",", ""));
    const before = await owes();
    await step(page, "books", how);
    await page.selectOption("#collector", "1");
    await page.fill("#amount", String(before + 1));
    await page.locator("form[action='/desk/books'] button").click();
    await page.locator("#amount-error").waitFor();
    await step(page, "too-much", how);
    await page.fill("#amount", "4.50");
    await page.locator("form[action='/desk/books'] button").click();
    await page.locator("main .note.good").waitFor();
    assert.equal(await owes(), before - 4.5);
    assert.match(await row.locator("td").first().textContent(), /20\d\d/, "since when");
    await step(page, "short", how);
    await page.selectOption("#holder", "1");
    await page.fill("#unit", "NOWHERE");
    await page.locator("form[action='/desk/books/issue'] button").click();
    await page.locator("#unit-error").waitFor();
    await step(page, "issue-error", how);
    await page.fill("#unit", "UP");
    await page.locator("form[action='/desk/books/issue'] button").click();
    await page.locator("main .note.good").waitFor();
    await page.fill("#book", "1");
    await page.fill("#reason", "Torn");
    await page.locator("form[action='/desk/books/void'] button").click();
    await page.locator("main .note.good", { hasText: "B001" }).waitFor();
    await step(page, "void", how);
    await page.context().close();
  });
}
