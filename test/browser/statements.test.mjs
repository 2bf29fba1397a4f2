// The desk's pages of money as a treasurer meets them: statements, payments, claims; on a phone and
// at a desk, in both languages, light and dark, and once without JavaScript.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { bankDay, eventually, Register } from "../scenario/harness.mjs";
import { applicant } from "../scenario/paying.mjs";
import { assertWhole, Desk, screenshot } from "./harness.mjs";

let register;
let desk;
let admin;
const targets = {};

const heading = "Account statement of the club 2026,,,,\n" +
  "Txn Date,Description,Withdrawal,Deposit,Balance\n";
const row = (text, rupees = "11.00") => `${bankDay()},${text},,${rupees},\n`;

async function upload(page, bytes) {
  await page.goto("/desk/statements");
  await page.setInputFiles("#file", {
    name: "november.csv", mimeType: "text/csv", buffer: Buffer.from(bytes),
  });
  await page.getByRole("button", { name: "Open the file" }).click();
  await page.waitForURL(/\/columns$/);
}

before(async () => {
  register = await Register.make();
  await register.cliWell("payment way", "upi", "--vpa", "gkc.fees@bank", "--payee", "GKC Fees");
  admin = await register.token("admin", "--label", "Asha, treasurer");
  await register.serve();
  desk = await Desk.open(register);
  const people = [];
  for (let i = 0; i < 5; i++) people.push(await applicant(register));
  for (const [i, who] of people.slice(0, 3).entries()) {
    await who.other.get(who.pay);
    await who.other.submit({ utr: `51234567890${i}` });
  }
  const statement = heading +
    row("UPI/512345678900/CR/ASHA DEVI/SBIN/asha.devi.of.gorakhpur@oksbi/membership fee for 2026") +
    row(`UPI/512345678911/${people[3].reference}`, "5.00") +
    row(`UPI/512345678912/${people[4].reference}`, "51.00") +
    row("NEFT-HDFCN52026040312-RAVI TRADERS PRIVATE LIMITED-RENT FOR NOVEMBER", '"11,100.00"');
  const page = await desk.person({ width: 1280, lang: "en", javaScript: false });
  await desk.signIn(page, admin);
  await upload(page, statement);
  targets["statement-columns"] = new URL(page.url()).pathname;
  await page.getByRole("button", { name: "Show what came in" }).click();
  await page.waitForURL(/\/desk\/statements\/\d+$/);
  assert.match(await page.locator("main").innerText(), /Nothing has been recorded so far/);
  const first = new URL(page.url()).pathname;
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: /Record payments/ }).click();
  await eventually(async () => {
    await page.goto(first);
    return /New payments: 4/.test(await page.locator("main").innerText());
  }, "the count ends");
  targets["statement-done"] = first;
  await page.goto(`/desk/claims/${people[2].reference}`);
  await page.getByLabel("The money has arrived").check();
  await page.getByRole("button", { name: "Confirm decision" }).click();
  await upload(page, statement + row(`UPI/512345678901/fee`) + row("UPI/612345678902/unknown"));
  await page.getByRole("button", { name: "Show what came in" }).click();
  await page.waitForURL(/\/desk\/statements\/\d+$/);
  targets["statement-report"] = new URL(page.url()).pathname;
  await page.goto("/desk/payments");
  targets.payments = "/desk/payments";
  const ids = await page.locator(".entry a").evaluateAll((all) => all.map((a) => a.pathname));
  targets.payment = ids[0];
  await page.goto(ids[1]);
  await page.getByLabel("Return it").check();
  await page.getByLabel("Why").fill("Paid by mistake");
  await page.getByRole("button", { name: "Confirm decision" }).click();
  targets["payment-returning"] = ids[1];
  targets["payments-seen"] = "/desk/payments?state=seen";
  await page.goto(targets["payments-seen"]);
  targets["payment-seen"] = await page.locator(".entry a").first().getAttribute("href");
  targets.claims = "/desk/claims";
  targets.claim = `/desk/claims/${people[1].reference}`;
  targets.statements = "/desk/statements";
  const collector = await register.token("enroller", "--unit", "UP");
  const [open, paid] = [await applicant(register), await applicant(register)];
  targets["cash-order"] = `/desk/cash/${open.reference}`;
  targets["cash-taken"] = `/desk/cash/${paid.reference}`;
  const taken = await register.api("POST", `/api/v1/orders/${paid.reference}/cash`, {
    token: collector, body: { amount_paise: 1100 } });
  assert.equal(taken.status, 200, taken.text);
  await page.context().close();
});
after(async () => {
  await desk?.close();
  await register?.end();
});

for (const width of [360, 1280]) {
  for (const lang of ["hi", "en"]) {
    for (const dark of [false, true]) {
      const how = `${width}-${lang}-${dark ? "dark" : "light"}`;
      test(`statements, payments, claims, ${how}`, async () => {
        for (const [name, target] of Object.entries(targets)) {
          const page = await desk.person({ width, lang, dark });
          await desk.signIn(page, admin);
          const answer = await page.goto(target, { waitUntil: "load" });
          assert.equal(answer.status(), 200, name);
          await screenshot(page, `desk-${name}-${how}`);
          await assertWhole(page, `${name} ${how}`);
          await page.context().close();
        }
      });
    }
  }
}

test("a form that is refused leads to its fields, on a phone, in Hindi", async () => {
  const page = await desk.person();
  await desk.signIn(page, admin);
  await page.goto(targets.claim);
  await page.locator("main form").last().getByRole("button").click();
  await page.waitForLoadState("load");
  page.troubles = page.troubles.filter((t) => !/status of 422/.test(t));
  await screenshot(page, "desk-claim-refused");
  await assertWhole(page, "claim refused");
  await page.goto(targets["statement-columns"]);
  await page.selectOption("#date", "0");
  await page.locator("form").filter({ has: page.locator("#date") }).getByRole("button").click();
  await page.waitForLoadState("load");
  page.troubles = page.troubles.filter((t) => !/status of 422/.test(t));
  assert.equal(await page.locator("#date-error").count(), 1);
  await screenshot(page, "desk-columns-refused");
  await assertWhole(page, "columns refused", { light: false });
});
