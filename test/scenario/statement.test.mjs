// A statement at the desk: brought, its columns corrected, looked at, counted; the same file again,
// an overlapping one; what is short, double, too much or nobody's, settled; claims confirmed and
// rejected. No JavaScript.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { bankDay, eventually, Register } from "./harness.mjs";
import { applicant as joined } from "./paying.mjs";

let register;
let desk;

before(async () => {
  register = await Register.make();
  await register.cliWell("payment way", "upi", "--vpa", "gkc.fees@bank", "--payee", "GKC Fees");
  await register.serve();
  desk = register.visitor();
  await desk.deskSignIn(await register.token("admin"));
});
after(() => register?.end());

const applicant = () => joined(register);

async function claim(who, utr) {
  await who.other.get(who.pay);
  assert.match(who.other.page.text, /Your app must show the name “GKC Fees”/);
  await who.other.submit({ utr });
  assert.match(who.other.page.text, /We are checking the payment/);
}

// Deposit counts the deposits: the guess takes it for the money, and must be corrected.
const heading = "Account of the club,,,,\nDate,Remarks,Deposit,Money in,Balance\n";
const row = (text, rupees = "11.00", day = bankDay()) => `${day},${text},1.00,${rupees},\n`;

async function bring(bytes, name = "statement.csv") {
  await desk.get("/desk/statements");
  const form = desk.page.forms.find((f) => "csrf" in f.fields && "file" in f.fields);
  const multipart = new FormData();
  multipart.set("csrf", form.fields.csrf);
  multipart.set("file", new Blob([bytes]), name);
  return desk.request("POST", "/desk/statements", { multipart });
}

const tile = (label) =>
  Number(desk.page.text.match(new RegExp(`<b>([\\d,]+)</b> <span class="label">${label}`))?.[1]);

// Through all steps with the columns as they are offered (or given) up to the end of the count.
async function count(bytes, { columns = {}, every } = {}) {
  await bring(bytes);
  assert.match(desk.page.url, /\/columns$/, desk.page.text);
  await desk.submit({ ...columns }, { having: "credit" });
  assert.match(desk.page.url, /\/desk\/statements\/\d+$/);
  const looked = desk.page;
  if (!desk.page.forms.some((f) => f.action.endsWith("/count"))) return { looked, fresh: 0 };
  const form = desk.page.forms.find((f) => f.action.endsWith("/count"));
  const fields = { ...form.fields, ...(every ? { every: "1" } : {}) };
  await desk.request("POST", form.action, {
    form: fields, headers: { origin: register.origin },
  });
  return { looked, fresh: await counted(looked.url) };
}

async function counted(url) {
  await eventually(async () => {
    await desk.get(url);
    return /New payments: \d+/.test(desk.page.text);
  }, "the count ends");
  return Number(desk.page.text.match(/New payments: (\d+)/)[1]);
}

const state = async (who) => {
  await who.other.get(who.pay);
  return /has arrived/.test(who.other.page.text) ? "paid" : "not";
};

test("columns are shown and corrected; nothing is counted before; then they are remembered",
  async () => {
    const who = await applicant();
    await claim(who, "512345678901");
    const file = heading + row("UPI/512345678901/fee");
    await bring(file);
    assert.match(desk.page.text, /This is our guess/);
    assert.match(desk.page.text, /UPI\/512345678901\/fee/);
    const form = desk.page.forms.find((f) => "credit" in f.choices);
    assert.equal(form.fields.date, "1");
    assert.equal(form.fields.narration, "2");
    assert.equal(form.fields.credit, "3");
    await desk.submit({ date: "0", credit: "0", amount: "0" }, { having: "date" });
    assert.equal(desk.page.status, 422);
    assert.match(desk.page.text, /id="date-error"/);
    await desk.submit({ date: "1", narration: "2", credit: "4", amount: "0" }, { having: "date" });
    assert.equal(tile("fees found"), 1, desk.page.text);
    assert.match(desk.page.text, /Nothing has been recorded so far/);
    assert.equal(await state(who), "not");
    const { url } = desk.page;
    await desk.submit({}, { having: "csrf" });
    assert.equal(await counted(url), 1);
    assert.equal(await state(who), "paid");

    await bring(heading.replace("Date", "DATE").replaceAll(",", ";") + "1/12/2026;x;1.00;5.00;\n");
    assert.match(desk.page.text, /You confirmed these columns for an earlier file/);
    const again = desk.page.forms.find((f) => "credit" in f.choices);
    assert.deepEqual([again.fields.date, again.fields.credit], ["1", "4"]);
    await desk.submit({}, { having: "credit" });
    const drop = desk.page.forms.find((f) => f.action.endsWith("/drop"));
    await desk.request("POST", drop.action, {
      form: drop.fields, headers: { origin: register.origin },
    });
    assert.match(desk.page.url, /\/desk\/statements$/);
  });

test("the same file and an overlapping one change nothing; one pays for two", async () => {
  const [one, two, three] = [await applicant(), await applicant(), await applicant()];
  await claim(one, "512345678911");
  await claim(two, "512345678911"); // one payment of ₹22 for both
  const first = heading + row("UPI/512345678911/two of us", "22.00") + row("RENT", "900.00");
  const second = first + row(`UPI/512345678912/${three.reference}`, "11.00", bankDay());
  const done = await count(first);
  assert.equal(done.fresh, 1, done.looked.text);
  assert.deepEqual([await state(one), await state(two)], ["paid", "paid"]);
  assert.equal((await count(first)).fresh, 0);
  assert.match((await count(second)).looked.text, /<b>1<\/b> <span class="label">fees found/);
  assert.equal(await state(three), "paid");
  await count(second);
  assert.equal(tile("recorded before"), 2);
  assert.equal(tile("fees found"), 0);
  assert.match(await register.cliWell("payment list"), /Nothing/);
});

async function openPayment(text, state = "open") {
  await desk.get(`/desk/payments?state=${state}`);
  for (const [, id] of desk.page.text.matchAll(/\/desk\/payments\/(\d+)/g)) {
    await desk.get(`/desk/payments/${id}`);
    if (desk.page.text.includes(text)) return id;
    await desk.get(`/desk/payments?state=${state}`);
  }
  assert.fail(`no payment with ${text}`);
}

test("short, double, too much and nobody's wait with what to do, and are settled", async () => {
  const [short, twice, excess, called] = [
    await applicant(), await applicant(), await applicant(), await applicant(),
  ];
  const file = heading +
    row(`UPI/512345678921/${short.reference}`, "5.00") +
    row(`UPI/512345678922/${twice.reference}`) +
    row(`UPI/512345678923/${excess.reference}`, "20.00") +
    row("UPI/512345678925/no idea");
  assert.equal((await count(file)).fresh, 3);
  assert.equal(tile("payer unknown"), 1);
  assert.equal((await count(file, { every: true })).fresh, 1);
  const again = row(`UPI/512345678924/${twice.reference}`);
  assert.equal((await count(heading + again)).fresh, 1);

  await desk.get("/desk/payments");
  assert.match(desk.page.text, /To decide \(4\)/);
  await desk.get("/desk/payments?problem=short");
  assert.match(desk.page.text, /To decide \(1\)|<h2>To decide \(1\)/);
  assert.match(desk.page.text, /Ask for the rest/);

  const unknown = await openPayment("512345678925");
  assert.match(desk.page.text, /The bank’s line says<\/dt><dd>UPI\/512345678925\/no idea/);
  await desk.get("/desk/payments");
  assert.match(desk.page.text, /UPI\/512345678925\/no idea/);
  await desk.get(`/desk/payments/${unknown}`);
  await desk.submit({ act: "settle", order: "GKC-1", reason: "She called" });
  assert.equal(desk.page.status, 404);
  assert.match(desk.page.text, /id="order-error"/);
  assert.match(desk.page.text, /value="She called"/);
  await desk.submit({ act: "settle", order: called.reference, reason: "" });
  assert.match(desk.page.text, /id="reason-error"/);
  await desk.submit({ act: "settle", order: called.reference, reason: "She called" });
  assert.match(desk.page.url, new RegExp(`/desk/payments/${unknown}\\?done=1$`));
  assert.match(desk.page.text, /nothing of it is left/);
  assert.match(desk.page.text, /Next payment to decide \(others waiting: 3\)/);
  assert.doesNotMatch(desk.page.text, /no idea/);
  assert.equal(await state(called), "paid");

  await openPayment("512345678924");
  assert.match(desk.page.text, /had been paid before/);
  await desk.submit({ act: "return", order: "", reason: "Paid twice" });
  assert.match(desk.page.text, /Return this from your bank/);
  assert.doesNotMatch(desk.page.text, /Return it, or record it/);
  assert.match(desk.page.text, /Next payment to decide/);
  await desk.submit({ returned_by: "" });
  assert.match(desk.page.text, /id="returned_by-error"/);
  await desk.submit({ returned_by: "612345678901" });
  assert.match(desk.page.text, /It has been returned/);
  await desk.get("/desk/payments?state=refunded");
  assert.match(desk.page.text, /Paid twice · by transfer 612345678901/);

  await openPayment("512345678921");
  await desk.submit({ act: "keep", order: "", reason: "The rest comes on Monday" });
  assert.match(desk.page.text, /Left for later/);
  await count(heading + row(`UPI/512345678926/${short.reference}`, "6.00"));
  assert.equal(await state(short), "paid");
  await desk.get("/desk/payments");
  assert.match(desk.page.text, /To decide \(1\)/); // too much
  assert.match(await register.cliWell("ledger year"), /sum +₹0\n/);
});

test("what the payment provider handed on is settled with what it kept, and only if it is there",
  async () => {
    await count(heading + row("NEFT/RZP/SETTLEMENT OF 512345678941", "11.00"), { every: true });
    await openPayment("512345678941");
    await desk.submit({ act: "payout", charges: "much", order: "", reason: "" });
    assert.equal(desk.page.status, 422);
    assert.match(desk.page.text, /id="charges-error"/);
    await desk.submit({ act: "payout", charges: "", order: "", reason: "" });
    assert.equal(desk.page.status, 409, desk.page.text); // no gateway has that much of ours
    await desk.submit({ act: "keep", charges: "", order: "", reason: "" });
    assert.match(desk.page.text, /id="reason-error"/);
    await desk.submit({ act: "keep", charges: "", order: "", reason: "Ask the provider" });
    assert.match(desk.page.text, /Left for later/);
    const { visitor } = await applicant();
    await visitor.get("/join/pay");
    await visitor.submit({}, { having: "csrf" });
    await openPayment("512345678941", "kept");
    await desk.submit({ act: "payout", charges: "0", order: "", reason: "" });
    assert.match(desk.page.text, /nothing of it is left/);
    assert.match(await register.cliWell("ledger year"), /sum +₹0\n/);
  });

test("claims are confirmed or rejected; what was confirmed is not counted again", async () => {
  const [seen, untrue] = [await applicant(), await applicant()];
  await claim(seen, "512345678931");
  await claim(untrue, "512345678932");
  await desk.get("/desk");
  assert.match(desk.page.text, /Payments to check <span class="waits">waiting: \d+/);
  await desk.get("/desk/claims?utr=5123 4567 8931");
  assert.match(desk.page.text, new RegExp(seen.reference));
  assert.ok(!desk.page.text.includes(untrue.reference));
  await desk.get(`/desk/claims/${seen.reference}`);
  await desk.submit({ utr: "5123" }, { having: "utr" });
  assert.match(desk.page.text, /Choose one of these/);
  await desk.submit({ act: "seen", utr: "5123" });
  assert.match(desk.page.text, /id="utr-error"/);
  await desk.submit({ act: "seen", utr: "512345678931", rupees: "11.00" });
  assert.match(desk.page.url, /\/desk\/claims\?done=seen$/);
  assert.match(desk.page.text, /The money is recorded and the members are confirmed/);
  assert.equal(await state(seen), "paid");
  await desk.get("/desk/payments?state=seen");
  assert.match(desk.page.text, /Seen on the account, in no statement yet \(1\)/);
  assert.match(await register.cliWell("payment list", "--state", "seen"), /seen:/);
  const token = await register.token("admin");
  const { json } = await register.api("GET", "/api/v1/payments?state=seen", { token });
  assert.deepEqual(json.payments.map((p) => p.utr), ["512345678931"]);
  await bring(heading + row("UPI/512345678977/rent"));
  await desk.submit({}, { having: "credit" });
  assert.match(desk.page.text, /Confirmed before, but not in this statement \(1\)/);
  assert.match(desk.page.text, /512345678931/);
  const { looked, fresh } = await count(heading + row("UPI/512345678931/fee"));
  assert.doesNotMatch(looked.text, /Confirmed before/);
  assert.equal(fresh, 0);
  assert.equal(tile("recorded before"), 1);
  await desk.get("/desk/payments?state=seen");
  assert.match(desk.page.text, /Seen on the account, in no statement yet \(0\)/);

  await desk.get(`/desk/claims/${untrue.reference}`);
  await desk.submit({ act: "reject", why: "", reason: "" });
  assert.match(desk.page.text, /id="why-error"/);
  await desk.submit({ act: "reject", why: "missing", reason: "Ask at SBI" });
  assert.match(desk.page.text, /The payment is refused.*No SMS was sent/);
  assert.ok(!desk.page.text.includes(untrue.reference));
  for (const [lang, said, other] of [
    ["en", "No payment with this UTR has come to our account. Please ask your bank. – Ask at SBI",
      /इस UTR/],
    ["hi", "का कोई भुगतान हमारे खाते में नहीं", /No payment with/],
  ]) {
    const reader = register.visitor(lang);
    await reader.get(untrue.pay);
    assert.ok(reader.page.text.includes(said), reader.page.text);
    assert.doesNotMatch(reader.page.text, other);
  }
});

test("a bank transfer is claimed by its own number, and NEFT's line confirms it", async () => {
  await register.cliWell("payment way", "bank", "--account", "40012345678", "--ifsc",
    "SBIN0000123", "--holder", "GKC Club", "--bank", "State Bank");
  try {
    const [right, wrong] = [await applicant(), await applicant()];
    for (const [who, bank_utr] of [
      [right, "sbin 5263 3123 4567"],
      [wrong, "HDFCR52026112112345678"],
    ]) {
      await who.other.get(who.pay);
      await who.other.submit({ bank_utr: "5263 3123" });
      assert.equal(who.other.page.status, 422);
      assert.match(who.other.page.text, /id="bank_utr-error"/);
      await who.other.submit({ utr: bank_utr }); // that of UPI has digits only
      assert.match(who.other.page.text, /id="utr-error"/);
      await who.other.submit({ bank_utr });
      assert.match(who.other.page.text, /We are checking the payment/);
    }
    const { fresh } = await count(heading + row("NEFT-SBIN526331234567-ASHA TESTKAR"), {
      every: true,
    });
    assert.equal(fresh, 1);
    assert.equal(await state(right), "paid");
    assert.equal(await state(wrong), "not");
    await wrong.other.get(wrong.pay);
    assert.match(wrong.other.page.text, /We are checking the payment/);
    await desk.get("/desk/claims?utr=hdfcr52026112112345678");
    assert.match(desk.page.text, new RegExp(wrong.reference));
  } finally {
    await register.cliWell("payment way", "bank", "--off");
  }
});

test("what is no statement is refused with what to do, and so is a unit's office", async () => {
  for (const [bytes, said] of [
    ["", /Choose the file/],
    ["%PDF-1.7 x", /PDF/],
    ["hello", /save|CSV|table/i],
    [Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), /XLSX|CSV/],
  ]) {
    await bring(bytes);
    if (/\/columns$/.test(desk.page.url)) {
      await desk.submit({}, { having: "date" });
      assert.equal(desk.page.status, 422);
      continue;
    }
    assert.equal(desk.page.status, 422, desk.page.text);
    assert.match(desk.page.text, said);
    assert.match(desk.page.text, /id="file-error"/);
  }
  const unit = register.visitor();
  await unit.deskSignIn(await register.token("admin", "--unit", "UP"));
  for (const path of ["/desk/statements", "/desk/payments", "/desk/payments/1", "/desk/claims"]) {
    assert.equal((await unit.get(path)).status, 403, path);
    assert.doesNotMatch(unit.page.text, /name="utr"|name="file"/, path); // nor an empty room
  }
});

test("statements are told apart by account and days", async () => {
  await bring(`Account No,XXXXXX4321,,,\n${heading}${row("UPI/512345678951/x")}`);
  await desk.get("/desk/statements");
  assert.match(desk.page.text, />Account …4321 · Not recorded yet</);
});

test("who brought it, what came of it, and nobody's name: the list and the store", async () => {
  await desk.get("/desk/statements");
  assert.match(desk.page.text, /Uploaded so far \(\d+\)/);
  assert.match(desk.page.text, /; new: /);
});
