import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
const root = import.meta.dirname;
const { Stage } = await import(`${root}/people.mjs`);
const [who, ...paths] = process.argv.slice(2);
const looks = (process.env.LOOKS ?? "1440-light-en,390-dark-zh-CN").split(",");
mkdirSync("/tmp/shots", { recursive: true });
const stage = await Stage.open({ demo: true });
const port = process.env.PORT ?? "4173";
const vite = spawn("npx", ["vite", "preview", "--port", port, "--host", "127.0.0.1"], { cwd: "/work/wt/console/web", env: { ...process.env, HANDOVER_URL: `http://${stage.server.listen}` }, stdio: "inherit", detached: true });
for (let i = 0; i < 200; i++) { try { await fetch(`http://127.0.0.1:${port}/`); break; } catch { await new Promise((d) => setTimeout(d, 500)); } }
try {
  const admin = ["ada", "boris", "chen"].includes(who);
  for (const look of looks) {
    const [width, scheme, ...l] = look.split("-");
    const options = { baseURL: `http://127.0.0.1:${port}`, viewport: { width: Number(width), height: width === "390" ? 844 : 900 }, colorScheme: scheme, locale: l.join("-") };
    const person = admin ? await stage.demoAdmin(who, options) : await stage.demoPerson(who, options);
    for (let path of paths) {
      if (path.startsWith("@")) { const [, at, begin] = path.split("@"); await person.look(at); path = await person.page.getByRole("main").locator(`a[href^="${begin}"]`).nth(Number(process.env.NTH ?? 0)).getAttribute("href"); }
      await person.look(path);
      const label = path.slice(1,28).replaceAll(/[^a-z0-9]/gi, "-") || "market";
      await person.page.screenshot({ path: `/tmp/shots/${label}-${look}.png`, fullPage: true });
      const over = await person.overflow();
      const found = await person.findings();
      console.log(path, look, over > 0 ? `WIDE ${over}` : "", found.join(" | "), person.complaints.join(" | "));
    }
    await person.page.context().close();
  }
} finally {
  process.kill(-vite.pid);
  await stage.close();
}
