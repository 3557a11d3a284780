// Types and documents for the operations in src/graphql, from ../schema.graphql into src/gql. `--check` compares and writes nothing.
import { codegen } from "@graphql-codegen/core";
import * as documents from "@graphql-codegen/typed-document-node";
import * as types from "@graphql-codegen/typescript";
import * as operations from "@graphql-codegen/typescript-operations";
import { buildASTSchema, isAbstractType, Kind, parse, validate } from "graphql";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const from = resolve(import.meta.dirname, "src/graphql");
const into = resolve(import.meta.dirname, "src/gql");
const schema = parse(readFileSync(resolve(import.meta.dirname, process.env.HANDOVER_SCHEMA ?? "../schema.graphql"), "utf8"));
const built = buildASTSchema(schema);

const sources = readdirSync(from)
  .filter((name) => name.endsWith(".graphql"))
  .sort()
  .map((name) => ({ name: name.slice(0, -".graphql".length), document: parse(readFileSync(join(from, name), "utf8")) }));
const whole = { kind: Kind.DOCUMENT, definitions: sources.flatMap(({ document }) => document.definitions) };
const problems = validate(built, whole);
if (problems.length > 0) throw new Error(problems.map(String).join("\n\n"));

const shared = {
  scalars: { Decimal: "string", DateTime: "string", UUID: "string", Cursor: "string", Upload: "File" },
  strictScalars: true,
  enumsAsTypes: true,
  useTypeImports: true,
  skipTypename: true,
  avoidOptionals: { field: true },
};

/** One generated file: `plugins` over `document`; fragments of other files are put into it. */
function generate(document, plugins, config) {
  const own = new Set(document.definitions);
  const externalFragments = whole.definitions
    .filter((node) => node.kind === Kind.FRAGMENT_DEFINITION && !own.has(node))
    .map((node) => ({ node, name: node.name.value, onType: node.typeCondition.name.value, isExternal: true }));
  return codegen({
    filename: "generated.ts",
    schema,
    documents: [{ location: "", document }],
    config: { ...shared, ...config, externalFragments },
    plugins: plugins.map((name) => ({ [name]: {} })),
    pluginMap: { types, operations, documents },
    skipDocumentsValidation: true,
  });
}

const note = "/* Generated from schema.graphql by `npm run codegen`. */\n";
const files = new Map();
files.set("schema.ts", note + (await generate(whole, ["types"], { onlyOperationTypes: true })));
const abstract = Object.values(built.getTypeMap()).filter((type) => isAbstractType(type) && !type.name.startsWith("__"));
const possible = Object.fromEntries(abstract.map((type) => [type.name, built.getPossibleTypes(type).map(({ name }) => name)]));
const about = "/** Which types an interface or union stands for; the cache matches fragments by it. */\n";
files.set(
  "possibleTypes.ts",
  `${note}${about}export const possibleTypes: Record<string, string[]> = ${JSON.stringify(possible, null, 2)};\n`,
);
for (const { name, document } of sources) {
  const text = await generate(document, ["operations", "documents"], {
    importOperationTypesFrom: "",
    namespacedImportName: "Types",
    preResolveTypes: true,
    optimizeDocumentNode: true,
    dedupeFragments: true,
  });
  files.set(`${name}.ts`, `${note}import type * as Types from "./schema";\n\n${text}`);
}

if (process.argv.includes("--check")) {
  const stale = [...files].filter(([name, text]) => readOr(join(into, name)) !== text).map(([name]) => name);
  if (stale.length > 0) throw new Error(`src/gql is out of date (${stale.join(", ")}): npm run codegen`);
} else {
  rmSync(into, { recursive: true, force: true });
  mkdirSync(into, { recursive: true });
  for (const [name, text] of files) writeFileSync(join(into, name), text);
}

function readOr(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
