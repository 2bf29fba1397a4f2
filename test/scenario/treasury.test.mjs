// The treasury's papers: a collector's book from issuing to the last rupee handed in, fees given
// back, units' shares, the gateway's payout, the year's account; and what is said to wrong input.
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { indianDay, person, Register, run } from "./harness.mjs";

let register, token, admin, treasurer;
const today = () => indianDay();

before(async () => {
  register = await Register.make();
  token = await register.token("enroller", "--label", "Ramesh Kumar");
  admin = await register.token("admin", "--label", "Asha, treasurer");
  await register.serve();
  treasurer = register.visitor("en");
  await treasurer.deskSignIn(admin);
});
after(() => register?.end());

async function refused(code, sentence, verb, ...args) {
  const done = await register.cli(verb, ...args);
  assert.equal(done.code, code, `${verb}: ${done.stdout}${done.stderr}`);
  assert.match(done.stderr, sentence);
  if (code === 1) assert.equal(done.stderr.trim().split("\n").length, 1, done.stderr);
}

test("a book is issued, used, one number cancelled with a reason", async () => {
  const issued = await register.cliWell(
    "book issue", "1", "--label", "Ramesh, ward 4", "--until", "2099-03-31");
  assert.match(issued, /Book B001 is issued to token 1/);
  const first = await register.enrol(token, person());
  const spoiled = await register.cliWell("book void", "1", "--reason", "Torn slip");
  const second = await register.enrol(token, person());
  const number = (receipt) => Number(receipt.split("/").at(-1));
  assert.deepEqual([number(first.receipt), number(second.receipt)], [1, 3]);
  const torn = spoiled.match(/\S+\/0002/)[0];
  const page = await register.visitor().get(`/R/${encodeURIComponent(torn)}`);
  assert.match(page.text, /Cancelled receipt/);
  assert.match(await register.cliWell("book list"), /token:1 +used +2 +void +1 .*Ramesh, ward 4/);
});

test("who hands in less than was taken still owes the rest, and since when", async () => {
  const owed = async () => (await register.cliWell("book owed")).trim();
  assert.match(await owed(), new RegExp(`^cash:token:1 +₹22 +since ${today()}$`));
  await register.cliWell("book deposit", "1", "--amount", "15", "--note", "slip 7");
  assert.match(await owed(), new RegExp(`^cash:token:1 +₹7 +since ${today()}$`));
  const page = await treasurer.get("/desk/books");
  assert.match(page.text, /Cash with collector 1/);
  assert.match(page.text, />7\.00</);
  const form = { collector: "1", amount: "7.01", to: "office", note: "" };
  const again = await treasurer.submit(form);
  assert.equal(again.status, 409);
  assert.match(again.text, /7\.00/);
  assert.match(again.text, /value="7\.01"/, "what was typed stays");
  const done = await treasurer.submit({ ...form, amount: "7" });
  assert.match(done.text, /cash handed in is recorded/);
  assert.match(await owed(), new RegExp(`^cash:server +₹7 +since ${today()}$`));
});

test("the desk issues a book, and cancels a spoiled receipt with a reason", async () => {
  await treasurer.get("/desk/books");
  assert.match(treasurer.page.text, /Receipt books \(\d+\)/);
  const issue = {
    holder: "1", unit: "UP", until: "31", until_month: "3", until_year: "2098",
    label: "Ramesh, ward 9",
  };
  const choices = treasurer.page.forms.find((f) => "holder" in f.fields).choices.holder;
  assert.deepEqual(choices, ["", "1"], "enrollers, and nobody else");
  for (const [wrong, sentence] of [
    [{ holder: "" }, /Choose who gets the book/],
    [{ unit: "NOWHERE" }, /id="unit-error"/],
    [{ until_year: "2001" }, /id="until-error"/],
    [{ until_month: "13" }, /id="until-error"/],
    [{ label: "x".repeat(90) }, /id="label-error"/],
  ]) {
    const refused = await treasurer.submit({ ...issue, ...wrong }, { having: "holder" });
    assert.ok(refused.status >= 400, JSON.stringify(wrong));
    assert.match(refused.text, sentence);
    if (!wrong.label) assert.match(refused.text, /value="Ramesh, ward 9"/, "what was typed stays");
  }
  const done = await treasurer.submit(issue);
  assert.match(done.text, /book is issued/);
  assert.match(done.text, /Ramesh, ward 9.*Uttar Pradesh.*31 March 2098/s);
  assert.match(await register.cliWell("book list"), /token:1 .* UP +2098-03-31 Ramesh, ward 9/);
  const nothing = await treasurer.submit({ book: "1", reason: "" });
  assert.match(nothing.text, /id="reason-error"/);
  assert.equal((await treasurer.submit({ book: "77", reason: "Torn" })).status, 404);
  const spoiled = await treasurer.submit({ book: "1", reason: "Coffee" });
  const [, number] = spoiled.text.match(/>([^\s<>]+\/B001\/\d{4}) is cancelled/);
  const checked = await register.visitor().get(`/R/${encodeURIComponent(number)}`);
  assert.match(checked.text, /Cancelled receipt/);
  const other = encodeURIComponent(number.replace(/\d{4}$/, "9999"));
  const link = await treasurer.get(`/desk/books?void=${other}`);
  assert.ok(!link.text.includes("9999 is cancelled"), "no link says what is not true");
});

test("a fee given back ends the membership and its receipt", async () => {
  const made = await register.enrol(token, person());
  await refused(2, /reason/, "payment return", made.number, "--from", "bank");
  await refused(2, /from/, "payment return", made.number, "--from", "moon", "--reason", "x");
  await refused(1, /only ₹7\.00/, "payment return", made.number, "--from", "cash", "--reason", "x");
  const back = await register.cliWell(
    "payment return", made.number, "--from", "bank", "--reason", "Paid twice");
  assert.match(back, /₹11 went back/);
  await refused(1, /./, "payment return", made.number, "--from", "bank", "--reason", "again");
  const { json } = await register.api(
    "GET", `/api/v1/receipts/${encodeURIComponent(made.receipt)}`);
  assert.equal(json.state, "refunded");
  const { text } = await treasurer.get(`/desk/members/${made.number}`);
  assert.ok(text.includes(`>${made.receipt}</a> <span class="soft">returned`), text);
  assert.match(text, /Enrolled by<\/dt><dd>[^<\s]/);
});

test("an open payment is refunded by the API, with a reason", async () => {
  const list = async (state) =>
    (await register.api("GET", `/api/v1/payments?state=${state}`, { token: admin })).json.payments;
  const file = path.join(register.dir, "statement.csv");
  await writeFile(file, [
    "Date,Description,Ref No,Withdrawal,Deposit,Balance",
    `${today().split("-").reverse().join("/")},NEFT FROM SOMEBODY,432109876543,,500.00,500.00`,
    "",
  ].join("\n"));
  const imported = await register.cli("payment import-statement", file, "--all");
  assert.equal(imported.code, 0, imported.stdout + imported.stderr);
  const [open] = await list("open");
  assert.equal(open?.left_paise, 50000, imported.stdout);
  const refund = (body) =>
    register.api("POST", `/api/v1/payments/${open.id}/refund`, { token: admin, body });
  assert.equal((await refund({})).status, 422);
  assert.equal((await refund({ reason: "Nobody's" })).json.state, "refunded");
  assert.equal((await refund({ reason: "Nobody's" })).status, 409);
  assert.equal((await list("refunded"))[0].id, open.id);
});

test("units get their share of every fee, and no more than is due", async () => {
  await refused(2, /100 in all/, "share set", "nation=40,state=61");
  await refused(1, /galaxy/, "share set", "nation=40,galaxy=60");
  await refused(2, /100 in all/, "share set", "everything");
  await refused(2, /Write the day/, "share set", "nation=100", "--from", "soon");
  await register.cliWell("share set", "nation=66.67,state=33.33", "--from", "2026-04-01");
  assert.match(await register.cliWell("share show"), /nation=66\.67 state=33\.33/);
  const due = await register.cliWell("share due");
  assert.match(due, /^UP +₹10\.98 +₹3\.66 +₹0 +₹7\.32$/m, "three fees, one given back");
  await refused(1, /7\.32/, "share pay", "UP", "--amount", "8");
  await refused(1, /below it|keeps/, "share pay", "IN");
  await register.cliWell("share pay", "UP", "--amount", "5", "--note", "UTR 1");
  const page = await treasurer.get("/desk/shares");
  assert.match(page.text, />2\.32</);
  const wrong = await treasurer.submit({ unit: "UP", amount: "3", account: "bank" });
  assert.equal(wrong.status, 409);
  assert.match(wrong.text, /2\.32/);
  const done = await treasurer.submit({ unit: "UP", amount: "", account: "bank" });
  assert.match(done.text, /payment is recorded/);
  assert.match(await register.cliWell("share due"), /^UP .* ₹0$/m);
});

test("the year's account says the same on the page, in the files and the terminal", async () => {
  const page = await treasurer.get("/desk/accounts");
  assert.match(page.text, /The books balance/);
  assert.match(page.text, /Accounts for the year 20\d\d-\d\d</);
  assert.doesNotMatch(page.text, /accounts\?year=\d+">/); // nothing moved in any other
  assert.match(page.text, />33\.00</);
  const csv = (await treasurer.get("/desk/accounts.csv")).text;
  assert.match(csv, /"Membership fees",33\.00,0\.00/);
  assert.match(csv, /"Fees returned",0\.00,11\.00/);
  assert.match(csv, /"Shares paid to units",0\.00,7\.32/);
  const xlsx = await treasurer.get("/desk/accounts.xlsx");
  assert.match(xlsx.type, /spreadsheetml/);
  assert.equal(xlsx.body.subarray(0, 2).toString(), "PK");
  const pdf = path.join(register.dir, "year.pdf");
  await writeFile(pdf, (await treasurer.get("/desk/accounts.pdf")).body);
  const { stdout } = await run("pdftotext", ["-layout", pdf, "-"]);
  for (const wanted of ["33.00", "7.32", "Month by month", "महीने-महीने", "हिसाब बराबर है"]) {
    assert.ok(stdout.includes(wanted), wanted);
  }
  assert.match(await register.cliWell("ledger year"), /^fees .* -₹33$/m);
  assert.equal((await treasurer.get("/desk/accounts?year=1990")).status, 422);
  const empty = await treasurer.get("/desk/accounts?year=2031");
  assert.match(empty.text, /The books balance/);
});

test("the day book shows a day, and what to do with a day that is none", async () => {
  const book = await treasurer.get(`/desk/day-book?day=${today()}`);
  for (const wanted of ["Fee returned", "Cash handed in", "Share paid out", "slip 7"]) {
    assert.ok(book.text.includes(wanted), wanted);
  }
  assert.match((await treasurer.get("/desk/day-book?day=2020-01-01")).text, /no money moved/);
  assert.equal((await treasurer.get("/desk/day-book?day=2026-02-30")).status, 422);
  assert.match(book.text, /whole day<\/th><td class="figure">([\d,.]+)<\/td><td[^>]*>\1</);
  const [year, month, day] = today().split("-");
  const typed = (d) => `day=${d}&day_month=${month}&day_year=${year}`;
  assert.match((await treasurer.get(`/desk/day-book?${typed(Number(day))}`)).text, /slip 7/);
  const wrong = await treasurer.get(`/desk/day-book?${typed(32)}`);
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /value="32"/);
  const old = await treasurer.get("/desk/day-book?day=2020-01-01");
  assert.match(old.text, new RegExp(`day-book\\?day=${today()}">`)); // the next on which some moved
});

// A file as a reader has it: its own text, the workbook's or the paper's.
async function said(name, body) {
  const file = path.join(register.dir, name);
  if (body) await writeFile(file, body);
  if (name.endsWith(".csv")) return readFile(file, "utf8");
  const [tool, ...args] = name.endsWith(".pdf")
    ? ["pdftotext", "-layout", file, "-"]
    : ["unzip", "-p", file, "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"];
  return (await run(tool, args)).stdout;
}

async function saysTheSame(target, verb, query, wanted) {
  for (const ending of ["pdf", "xlsx", "csv"]) {
    const got = await treasurer.get(`/desk/${target}.${ending}${query}`);
    assert.equal(got.status, 200, got.text);
    const own = `terminal-${target}.${ending}`;
    await register.cliWell(verb, "-o", path.join(register.dir, own));
    const texts = [await said(`desk-${target}.${ending}`, got.body), await said(own)];
    for (const text of texts)
      for (const words of wanted[ending]) assert.ok(text.includes(words), `${own}: ${words}`);
    if (ending === "csv") assert.equal(texts[0], texts[1]);
  }
  await refused(2, /\.pdf, \.xlsx or \.csv/, verb, "-o", path.join(register.dir, "x.doc"));
}

test("the day book says the same in the files and in the terminal", async () => {
  const page = await treasurer.get("/desk/day-book");
  assert.match(page.text, />Entries: \d+</);
  const both = ["Cash with collector 1", "Fee returned", "slip 7"];
  await saysTheSame("day-book", "ledger day", "", {
    pdf: [...both, "Day book of", "Debit", "का रोज़नामचा"],
    xlsx: [...both, "<v>11</v>", "<v>500</v>"],
    csv: [...both, '"No.","What for","Note","Account","Debit","Credit"', ",11.00,\r\n",
      ",,11.00\r\n"],
  });
  const csv = (await treasurer.get("/desk/day-book.csv")).text;
  const [, debit, credit] = csv.match(/"Total",.*,([\d.]+),([\d.]+)\r\n$/);
  assert.equal(debit, credit);
  const rest = (await treasurer.get("/desk/day-book.csv?after=2")).text;
  assert.match(rest, /^"Entries 3 to /);
  assert.equal((await treasurer.get("/desk/day-book.pdf?day=2026-02-30")).status, 422);
  assert.equal((await treasurer.get("/desk/day-book.pdf?day=2020-01-01")).status, 200);
});

test("units' shares say the same in the files and in the terminal", async () => {
  await saysTheSame("shares", "share due", "", {
    pdf: ["7.32", "Still due", "उत्तर प्रदेश", "Shares of units"],
    xlsx: ["<v>7.32</v>", "Uttar Pradesh"],
    csv: ['"Uttar Pradesh","UP",7.32,7.32,0.00\r\n', '"Total"'],
  });
  assert.equal((await treasurer.get("/desk/shares.csv?from=soon")).status, 422);
});

test("months to come have no figures", async () => {
  const page = await treasurer.get("/desk/accounts");
  const year = Number(page.text.match(/accounts\.pdf\?year=(\d+)/)[1]);
  const next = await treasurer.get(`/desk/accounts?year=${year + 1}`);
  assert.match(next.text, /<td class="figure"[^>]*>–<\/td>/);
  const csv = (await treasurer.get(`/desk/accounts.csv?year=${year + 1}`)).text;
  assert.equal(csv.match(/,,,,,\r\n/g).length, 12, csv);
  const past = (await treasurer.get(`/desk/accounts.csv?year=${year - 1}`)).text;
  assert.ok(!past.includes(",,"), past);
});

test("who is not of the whole organisation sees none of it", async () => {
  const stranger = register.visitor();
  await stranger.deskSignIn(await register.token("admin", "--unit", "UP"));
  const closed = ["accounts", "accounts.csv", "day-book", "day-book.csv", "books", "shares",
    "shares.pdf"];
  for (const target of closed) {
    assert.equal((await stranger.get(`/desk/${target}`)).status, 403, target);
  }
  const enroller = register.visitor();
  await enroller.deskSignIn(token);
  assert.equal((await enroller.get("/desk/accounts")).status, 403);
});

test("wrong words in the terminal: one clear sentence", async () => {
  await refused(1, /token/i, "book issue", "99");
  await refused(1, /date|day|later/i, "book issue", "1", "--until", "2001-01-01");
  await refused(1, /no such book|book/i, "book void", "77", "--reason", "x");
  await refused(2, /reason/, "book void", "1");
  await refused(2, /amount/, "book deposit", "1");
  await refused(2, /./, "book deposit", "1", "--amount", "many");
  await refused(1, /./, "payment payout", "77");
  await refused(1, /gateway/, "payment charges", "5");
  await refused(2, /./, "ledger day", "--date", "yesterday");
});
