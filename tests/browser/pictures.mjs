// Takes the pictures of README.md into `docs/pictures/`: the client as it is, with the demonstration's data. With names, only those.
import { mkdirSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { Stage } from "./people.mjs";
import { links } from "./places.mjs";
import { Scenes, settings } from "./scenes.mjs";

const into = resolve(import.meta.dirname, "../../docs/pictures");
const MOST_BYTES = 150 * 1024;
const desk = { viewport: { width: 1280, height: 800 } };
const phone = { viewport: { width: 390, height: 844 }, locale: "zh-CN" };
const dark = { colorScheme: "dark" };

mkdirSync(into, { recursive: true });
const stage = await Stage.open({ demo: true, settings });
try {
  const { talk } = await new Scenes(stage).play();
  await take("market", desk, "stranger", () => "/");
  await take("market-dark", { ...phone, ...dark }, "stranger", () => "/");
  await take("order-dark", { ...desk, ...dark }, "old_fox", async (fox) => (await links(fox, "/orders/bought?state=DELIVERED", "/orders/"))[0]);
  await take("chat", desk, "bea", () => `/chat/${talk}`);
  await take("wallet", phone, "old_fox", () => "/wallet");
} finally {
  await stage.close();
}

async function take(name, options, who, where) {
  const only = process.argv.slice(2);
  if (only.length > 0 && !only.includes(name)) return;
  const person = who === "stranger" ? await stage.person(who, options) : await stage.demoPerson(who, options);
  await person.look(await where(person));
  const { page } = person;
  const client = await page.context().newCDPSession(page);
  for (const quality of [82, 70, 55, 40]) {
    const { data } = await client.send("Page.captureScreenshot", { format: "webp", quality });
    const bytes = Buffer.from(data, "base64");
    if (bytes.length > MOST_BYTES) continue;
    writeFileSync(`${into}/${name}.webp`, bytes);
    console.log(`${name}.webp: ${Math.round(bytes.length / 1024)} KB`);
    break;
  }
  await page.context().close();
}
