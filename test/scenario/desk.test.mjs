// The organisation's desk without JavaScript: signing in with an access key, being led back to the
// page that was asked for, signing out; and what somebody without a key gets.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Register, routeTable } from "./harness.mjs";

let register;
let admin;

before(async () => {
  register = await Register.make();
  admin = await register.token("admin");
  await register.serve();
});
after(() => register?.end());

test("who is not signed in is led to the sign-in, then to the page asked for", async () => {
  const visitor = register.visitor();
  await visitor.get("/desk");
  assert.match(visitor.page.url, /\/desk\/sign-in\?next=\/desk$/);
  assert.equal(visitor.page.status, 200);
  assert.match(visitor.page.headers.get("cache-control"), /no-store/);
  await visitor.submit({ key: ` ${admin} ` });
  assert.match(visitor.page.url, /\/desk$/);
  assert.match(visitor.page.text, /Office desk/);
  for (const value of visitor.cookies.values()) assert.ok(!value.includes(admin));
  register.secrets.add(visitor.cookies.get("desk"));
});

test("no page of the desk opens without a sign-in, whatever cookie is sent", async () => {
  const rows = (await routeTable()).filter((r) => /^\/desk/.test(r.path) && r.needs !== "public");
  assert.ok(rows.length >= 1);
  for (const { method, path } of rows) {
    for (const cookie of ["", "desk=", `desk=${"0".repeat(32)}`, `desk=${admin}`]) {
      const target = path.replace(/\{\w+\}/g, "1");
      const visitor = register.visitor();
      await visitor.get("/desk/sign-in");
      const csrf = visitor.page.forms[0].fields.csrf;
      const answer = await fetch(register.origin + target, {
        method,
        redirect: "manual",
        headers: { cookie: `sg_sid=${visitor.cookies.get("sg_sid")}; ${cookie}` },
        body: method === "POST" ? new URLSearchParams({ csrf }) : undefined,
      });
      assert.equal(answer.status, 303, `${method} ${target} ${cookie}`);
      assert.match(answer.headers.get("location"), /^\/desk\/sign-in\?next=\/desk/);
      await answer.arrayBuffer();
    }
  }
});

test("an enroller sees nothing of the office's rooms, whatever is sent there", async () => {
  const enroller = await register.token("enroller", "--label", "Ramesh Kumar");
  const visitor = register.visitor();
  await visitor.deskSignIn(enroller);
  await visitor.get("/desk/members");
  const csrf = visitor.page.forms.find((f) => f.action === "/desk/members").fields.csrf;
  const office = (r) => r.path.startsWith("/desk") && r.needs === "administer";
  const rows = (await routeTable()).filter(office);
  assert.ok(rows.length >= 20, `${rows.length}`);
  const wrong = { csrf, collector: "1", amount: "5", to: "bank", decision: "accept", reason: "x" };
  for (const { method, path } of rows) {
    const target = path.replace(/\{\w+\}/g, "1");
    for (const form of method === "POST" ? [wrong, { csrf }, {}] : [undefined]) {
      const { status, text } = await visitor.request(method, target, { form });
      assert.equal(status, 403, `${method} ${target}`);
      const main = text.slice(text.indexOf("<main"), text.indexOf("</main>"));
      assert.doesNotMatch(main, /<form|<table|<dl|₹/, `${method} ${target}: ${main}`);
    }
  }
});

test("a wrong key is refused at its field, and wrong ones in a row slow down", async () => {
  const visitor = register.visitor();
  await visitor.get("/desk/sign-in");
  await visitor.submit({ key: "" });
  assert.match(visitor.page.text, /Paste your access key/);
  await visitor.submit({ key: "0".repeat(32) });
  assert.equal(visitor.page.status, 403);
  assert.match(visitor.page.text, /id="key-error"/);
  assert.ok(!visitor.cookies.has("desk"));
  await visitor.deskSignIn(admin);
  assert.match(visitor.page.url, /\/desk$/);
});

test("the sign-in leads to no other host", async () => {
  for (const next of ["//evil.example", "/desk//x", "https://evil.example", "/join", "/deskx"]) {
    const visitor = register.visitor();
    await visitor.get(`/desk/sign-in?next=${encodeURIComponent(next)}`);
    await visitor.submit({ key: admin });
    assert.equal(new URL(visitor.page.url).pathname, "/desk", next);
  }
});

test("signing out ends the session in every copy of the browser", async () => {
  const visitor = register.visitor();
  await visitor.deskSignIn(admin);
  const copy = register.visitor();
  copy.cookies = new Map(visitor.cookies);
  await visitor.submit({}, { having: "csrf" });
  assert.match(visitor.page.url, /\/desk\/sign-in/);
  await copy.get("/desk");
  assert.match(copy.page.url, /\/desk\/sign-in/);
});

test("a revoked token ends what was signed in with it", async () => {
  const doomed = await register.token("admin", "--label", "left the office");
  const visitor = register.visitor();
  await visitor.deskSignIn(doomed);
  assert.match(visitor.page.text, /left the office/);
  const list = await register.cliWell("token list");
  const id = list.match(/^\s*(\d+).*left the office/m)[1];
  await register.cliWell("token revoke", id);
  await visitor.get("/desk");
  assert.match(visitor.page.url, /\/desk\/sign-in/);
});
