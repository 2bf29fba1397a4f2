// Holds each answer of the API against the program's own OpenAPI document: its status, type, every
// field and no other. The harness asks this of all that any test gets from the API.
import assert from "node:assert/strict";

const known = new Set(["type", "properties", "required", "additionalProperties", "items", "enum",
  "description", "$ref"]);

const typeOf = (value) => {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (Number.isSafeInteger(value)) return "integer";
  return typeof value;
};

export class ApiDocument {
  constructor(document) {
    this.document = document;
    this.operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        ...operation,
        name: `${method.toUpperCase()} ${path}`,
        method: method.toUpperCase(),
        // a place that is written out goes before one that may be anything
        openness: path.split("{").length,
        pattern: new RegExp(`^${path.replace(/[.]/g, "\\.").replace(/\{\w+\}/g, "[^/]+")}$`),
      })),
    );
    this.operations.sort((a, b) => a.openness - b.openness);
  }

  operationOf(method, target) {
    const [path] = target.split("?");
    return this.operations.find((o) => o.method === method && o.pattern.test(path));
  }

  resolve(thing) {
    if (!thing?.$ref) return thing;
    const parts = thing.$ref.split("/").slice(1);
    return parts.reduce((at, part) => at[part], this.document);
  }

  // What is wrong with a value, by where it is; nothing when it is as described.
  faults(value, schema, at = "") {
    schema = this.resolve(schema);
    for (const word of Object.keys(schema)) assert.ok(known.has(word), `unknown: ${word}`);
    const type = typeOf(value);
    if (![schema.type].flat().includes(type)) return [`${at} is ${type}, not ${schema.type}`];
    if (schema.enum && !schema.enum.includes(value)) return [`${at} is ${value}`];
    if (type === "array") {
      return value.flatMap((item, i) => this.faults(item, schema.items, `${at}[${i}]`));
    }
    if (type !== "object" || !schema.properties) return [];
    const missing = (schema.required ?? []).filter((name) => !(name in value));
    const inside = Object.entries(value).flatMap(([name, member]) =>
      name in schema.properties
        ? this.faults(member, schema.properties[name], `${at}.${name}`)
        : [`${at}.${name} is not described`],
    );
    return [...missing.map((name) => `${at}.${name} is missing`), ...inside];
  }

  // The operation's name, when the answer is one of the document's and as that says.
  check(method, target, answer) {
    const operation = this.operationOf(method, target);
    if (!operation) return undefined;
    const described = this.resolve(
      operation.responses[answer.status] ?? operation.responses.default);
    const where = `${operation.name} ${answer.status}`;
    assert.ok(answer.status >= 400 || operation.responses[answer.status], `${where}: which?`);
    const type = answer.type.split(";")[0];
    const content = described.content[type];
    assert.ok(content, `${where} is ${type}: ${answer.text}`);
    if (content.schema) {
      assert.deepEqual(this.faults(answer.json, content.schema), [], `${where}: ${answer.text}`);
    }
    if (described.headers?.Location) {
      const made = this.operationOf("GET", answer.headers.get("location") ?? "");
      assert.ok(made, `${where}: Location ${answer.headers.get("location")}`);
    }
    return operation.name;
  }
}
