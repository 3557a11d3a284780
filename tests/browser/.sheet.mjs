import { chromium } from "playwright-core";
import { readFileSync } from "node:fs";
const [out, w, h, ...files] = process.argv.slice(2);
const b = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
const p = await b.newPage({ viewport: { width: Number(w) * files.length, height: Number(h) } });
await p.setContent(`<body style="margin:0;display:flex;background:#f0f">${files.map((f) => `<div style="width:${w}px;height:${h}px;overflow:hidden;border-right:2px solid #f0f;box-sizing:border-box"><img style="width:100%" src="data:image/png;base64,${readFileSync(f).toString("base64")}"></div>`).join("")}</body>`);
await p.screenshot({ path: out });
await b.close();
