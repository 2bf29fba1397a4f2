// Units with more children than any page may hold: whoever imports them by mistake, or asks for
// them, must not bring the server down.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { Register } from "./harness.mjs";

const most = 800;
let register;
let token;

before(async () => {
  register = await Register.make({ preset: "party" });
  token = await register.token("admin");
  const listed = await register.cliWell("unit list", "--parent", "LD");
  const units = listed.match(/^LD-/gm).length;
  const rows = ["code,kind,parent,name_en,name_hi"];
  for (let i = 0; i < most - units; i++)
    rows.push(`LD-B${i},booth,LD,${`Booth ${i} `.padEnd(200, "x")},${"बूथ".repeat(22)}`);
  for (let i = 0; i < 6000; i++) rows.push(`GA-B${i},booth,GA,Booth ${i},बूथ ${i}`);
  const file = path.join(register.dir, "many.csv");
  await writeFile(file, rows.join("\n"));
  await register.cliWell("unit import", file);
  await register.serve();
});
after(() => register.end());

test("as many as fit are all shown", async () => {
  const live = await register.api("GET", "/live.json?unit=LD");
  assert.equal(live.json.units.length, most);
  assert.equal((await register.api("GET", "/live/LD")).status, 200);
  const tally = await register.api("GET", "/api/v1/units/LD/tally", { token });
  assert.equal(tally.json.children.length, most);
  assert.equal(tally.json.more_children, false);
});

test("of more, the public sees the sum alone, the API the first of them", async () => {
  assert.equal((await register.api("GET", "/live/GA")).status, 200);
  assert.deepEqual((await register.api("GET", "/live.json?unit=GA")).json.units, []);
  const tally = await register.api("GET", "/api/v1/units/GA/tally", { token });
  assert.equal(tally.json.children.length, most);
  assert.equal(tally.json.more_children, true);
});
