// Writes every page at two widths, light and dark, in both languages, to `web/screenshots/`, from the demonstration's data and some scenes more.
// With words, only the pages whose names have one of them; `LOOKS=390-light-zh,1440-dark-en` narrows the looks. Ends with what a machine finds wrong.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { faultsOf } from "./faults.mjs";
import { Stage } from "./people.mjs";
import { Scenes, settings } from "./scenes.mjs";
import { all, troubles } from "./shots.mjs";

const into = resolve(import.meta.dirname, "../../web/screenshots");
const MOST_HEIGHT = 3_000;
const only = process.argv.slice(2);
const looks = [390, 1440].flatMap((width) =>
  ["light", "dark"].flatMap((scheme) => ["zh-CN", "en"].map((locale) => ({ name: `${width}-${scheme}-${locale.slice(0, 2)}`, width, scheme, locale }))),
);
const wantedLooks = looks.filter(({ name }) => !process.env.LOOKS || process.env.LOOKS.split(",").includes(name));

const begun = Date.now();
const wrong = new Map();
let count = 0;
const stage = await Stage.open({ demo: true, settings });
if (only.length === 0 && wantedLooks.length === looks.length) rmSync(into, { recursive: true, force: true });
mkdirSync(into, { recursive: true });
try {
  const scenes = new Scenes(stage);
  const cases = await scenes.play();
  const stranger = await stage.person("stranger");
  const people = new Map([...scenes.people, ["stranger", stranger]]);
  const shots = await all({ people, stranger, cases });
  for (const [who, pages] of Object.entries(shots)) await shoot(people.get(who), pages);
} finally {
  await stage.close();
}
report();

/** Every look of each page of somebody. */
async function shoot(person, pages) {
  const { page, name: who } = person;
  const wanted = pages.map((one) => ({ ...one, file: `${who}-${one.name}` })).filter(({ file }) => only.length === 0 || only.some((part) => file.includes(part)));
  if (wanted.length === 0) return;
  page.on("console", (message) => message.type() === "error" && tell(new URL(page.url()).pathname, `console: ${message.text().slice(0, 200)}`));
  for (const look of wantedLooks) {
    await wear(page, look);
    for (const one of wanted) await take(person, one, look).catch((error) => tell(one.file, `no picture: ${error.message.split("\n")[0]}`));
  }
  for (const complaint of person.complaints) tell(who, complaint);
  await page.context().close();
}

/** The window, the colours and the language of a look. */
async function wear(page, { width, scheme, locale }) {
  await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
  await page.goto("/livez");
  await page.evaluate(
    ([language, colours]) => {
      localStorage.setItem("handover.locale", language);
      localStorage.setItem("handover.scheme", colours);
    },
    [locale, scheme],
  );
}

async function take(person, { file, path, presses, trouble }, { name, width, locale }) {
  const { page } = person;
  if (trouble) {
    await troubles[trouble](page);
    await page.goto(path, { waitUntil: "domcontentloaded" });
    await page.waitForTimeout(trouble === "loading" ? 700 : 1_500);
  } else await person.look(path);
  for (const words of presses) {
    await page.getByRole("button", { name: words[locale === "en" ? 1 : 0], exact: true }).first().click({ timeout: 8_000 });
    await page.getByRole("dialog").waitFor();
    await page.waitForTimeout(500);
  }
  const whole = presses.length === 0 && !path.startsWith("/chat");
  const tall = whole ? await page.evaluate(() => document.documentElement.scrollHeight) : 0;
  const clip = tall > MOST_HEIGHT ? { clip: { x: 0, y: 0, width, height: MOST_HEIGHT } } : {};
  await page.screenshot({ path: `${into}/${file}-${name}.png`, fullPage: whole, animations: "disabled", ...clip });
  count += 1;
  for (const fault of await faultsOf(person, locale)) tell(`${file}-${name}`, fault);
  if (trouble) await page.unrouteAll({ behavior: "ignoreErrors" });
}

function tell(where, what) {
  const places = wrong.get(what) ?? new Set();
  wrong.set(what, places.add(where));
}

function report() {
  const lines = [...wrong].map(([what, places]) => `${what}  [${[...places].slice(0, 3).join(", ")}${places.size > 3 ? `, ${places.size - 3} more` : ""}]`);
  writeFileSync(`${into}/findings.txt`, `${lines.join("\n")}\n`);
  console.log(lines.join("\n"));
  console.log(`${count} pictures in ${((Date.now() - begun) / 60_000).toFixed(1)} minutes: ${into}; ${lines.length} findings`);
}
