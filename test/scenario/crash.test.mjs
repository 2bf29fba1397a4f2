// Ended in the middle of a load, the program keeps every member whose enrolment it had answered,
// each once, with counts that agree. (This proves nothing about the disk: the simulated power cut
// of the store's own tests does that.)
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { person, Register } from "./harness.mjs";

let register;
let token;

before(async () => {
  register = await Register.make();
  token = await register.token();
  await register.cliWell("limits", "--enroller-cap", "100000000", "--cash-cap", "10000000");
});
after(() => register?.end());

test("what was answered is there after a kill, once; the rest can be sent again", async () => {
  const sent = new Map(); // key -> {body, answer}
  for (let round = 0; round < 4; round++) {
    await register.serve();
    let killed;
    let left = 40 + 17 * round; // answers until the kill, in the middle of the others
    const senders = Array.from({ length: 64 }, async (_, lane) => {
      for (let i = 0; ; i++) {
        const key = `crash-${round}-${lane}-${i}`;
        const body = person();
        sent.set(key, { body });
        const answer = await register
          .api("POST", "/api/v1/members", { token, key, body })
          .catch(() => undefined); // the kill
        if (!answer) return;
        assert.equal(answer.status, 201, answer.text);
        sent.get(key).answer = answer.json;
        left -= 1;
        if (left === 0) killed = register.crash();
      }
    });
    await Promise.all(senders);
    await killed;
  }
  const answered = [...sent.values()].filter((s) => s.answer);
  assert.ok(answered.length > 20, `only ${answered.length} were answered`);

  await register.serve();
  const numbers = new Set(answered.map((s) => s.answer.number));
  assert.equal(numbers.size, answered.length, "a number was given twice");
  for (const [key, { body, answer }] of sent) {
    const again = await register.api("POST", "/api/v1/members", { token, key, body });
    assert.ok([200, 201].includes(again.status), again.text);
    if (answer) assert.equal(again.json.number, answer.number);
  }
  const tally = (await register.api("GET", "/api/v1/units/IN/tally", { token })).json;
  assert.equal(tally.members, sent.size);
  await register.stop();
  const list = await register.cliWell("member list", "--unit", "IN", "--csv");
  assert.equal(list.trim().split("\n").length - 1, sent.size);
});
