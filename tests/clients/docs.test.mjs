// Runs the examples of docs/API.md, in their order, against a real server, and holds its tables of codes equal to the sources.
//
// A block is run if the first line of its fence says `run`. What follows there, each after a space: `prints=REGEX` of its output; for GraphQL
// `as=TOKEN` (whose token), `keep=NAME=PATH` (an answer for later blocks), `mail=NAME` (the newest code by mail), `until=REGEX` of the answer.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { buildSchema, parse, validate } from "graphql";
import { password, until } from "./people.mjs";
import { png } from "./png.mjs";
import { Server } from "./server.mjs";

const root = resolve(import.meta.dirname, "../..");
const read = (path) => readFileSync(join(root, path), "utf8");
const guide = read("docs/API.md");
const schema = buildSchema(read("schema.graphql"));
const server = new Server();
Object.assign(server.environment, { HANDOVER_WALLET__SETTLING_DAYS: "0", HANDOVER_WALLET__SETTLING_DAYS_NEW_SELLER: "0", HANDOVER_WORKER__TICK_MS: "100" });
const shell = join(server.folder, "shell");
/** What the blocks leave to those after them: the environment of the shell. */
let bag = { PATH: process.env.PATH };

before(async () => {
  mkdirSync(shell);
  writeFileSync(join(shell, "cover.png"), png(640, 360));
  await server.start();
  Object.assign(bag, { HANDOVER: `http://${server.listen}`, MAILS: join(server.folder, "mail") });
  assert.equal(server.commandWith(`${password}\n`, "admin", "create", "keeper", "keeper@example.com").status, 0);
});
after(() => server.close());

/** All fenced blocks, with the line each begins at. */
function blocks() {
  const found = [...guide.matchAll(/^```(\w+)(.*)\n([\s\S]*?)^```$/gm)];
  return found.map(([, language, said, text, index], at) => ({ language, ...options(said), text, line: guide.slice(0, found[at].index).split("\n").length }));
}

function options(said) {
  const words = said.split(" ").filter(Boolean);
  const all = (name) => words.filter((word) => word.startsWith(`${name}=`)).map((word) => word.slice(name.length + 1));
  return { run: words.includes("run"), prints: all("prints")[0], as: all("as")[0], keep: all("keep"), mail: all("mail")[0], until: all("until")[0] };
}

/** Runs a program with this input; answers what it printed. */
function run(program, words, input, cwd) {
  const child = spawn(program, words, { cwd, env: bag, stdio: ["pipe", "pipe", "pipe"], timeout: 60_000 });
  const said = { out: "", err: "" };
  child.stdout.on("data", (text) => (said.out += text));
  child.stderr.on("data", (text) => (said.err += text));
  child.stdin.end(input);
  return new Promise((done, fail) => {
    child.on("error", fail);
    child.on("close", (code) => (code === 0 ? done(said.out) : fail(new Error(`it ended with ${code}: ${said.err}${said.out}`))));
  });
}

const refuseUserErrors = (said) => assert.doesNotMatch(said, /"userErrors":\[\{/);

const languages = {
  async sh({ text }) {
    const left = join(shell, "left");
    const out = await run("bash", [], `set -euo pipefail\nset -a\n${text}\nenv -0 > left\n`, shell);
    const pairs = readFileSync(left, "utf8").split("\0").filter(Boolean);
    bag = Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]));
    return out;
  },
  js: ({ text }) => run(process.execPath, ["--input-type=module"], text, import.meta.dirname),
  async graphql({ text, as, keep, mail, until: wanted }) {
    if (mail) bag[mail] = /code is (\d{6})/.exec(server.mail("sam@example.com"))[1];
    const names = parse(text).definitions[0].variableDefinitions.map(({ variable }) => variable.name.value);
    const variables = Object.fromEntries(names.map((name) => [name, name === "key" ? randomUUID() : bag[name]]));
    const ask = async () => {
      const headers = { "content-type": "application/json", ...(as && { authorization: `Bearer ${bag[as]}` }) };
      const response = await fetch(`${bag.HANDOVER}/graphql`, { method: "POST", headers, body: JSON.stringify({ query: text, variables }) });
      return response.json();
    };
    const fits = async () => {
      const answer = await ask();
      return (!wanted || RegExp(wanted).test(JSON.stringify(answer))) && answer;
    };
    const { data, errors } = await until(`the answer has ${wanted}`, fits);
    assert.equal(errors, undefined, JSON.stringify(errors));
    refuseUserErrors(JSON.stringify(data));
    for (const entry of keep) {
      const [name, path] = entry.split("=");
      bag[name] = path.split(".").reduce((of, part) => of[part], data);
    }
    return JSON.stringify(data);
  },
};

let broken = false;
for (const block of blocks().filter((known) => known.run)) {
  test(`docs/API.md:${block.line}: ${block.language}`, { timeout: 90_000 }, async (context) => {
    // Each stands on those before it.
    if (broken) return context.skip("an earlier example failed");
    broken = true;
    const said = await languages[block.language](block);
    refuseUserErrors(said);
    if (block.prints) assert.match(said, RegExp(block.prints));
    broken = false;
  });
}

test("each GraphQL example fits the schema", () => {
  for (const { text, line } of blocks().filter(({ language }) => language === "graphql")) {
    assert.deepEqual(validate(schema, parse(text)).map(({ message }) => message), [], `docs/API.md:${line}`);
  }
});

test("each code has its remedy", () => {
  const of = (heading, end) => guide.slice(guide.indexOf(heading), guide.indexOf(end));
  const listed = (part) => [...part.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, code]) => code).sort();
  const users = schema.getType("UserErrorCode").getValues().map(({ name }) => name);
  const fields = [...read("src/graphql/errors.rs").matchAll(/Self::\w+ => "([A-Z_]+)"/g)].map(([, code]) => code);
  assert.deepEqual(listed(of("**What a person can mend**", "**What fails a field**")), users.sort());
  assert.deepEqual(listed(of("**What fails a field**", "**What is wrong with the request**")), fields.sort());
});
