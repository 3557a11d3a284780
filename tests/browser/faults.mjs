// What is wrong with a page as it stands, that a machine can see: wider than its window, words that are keys or of the other language, labels cut off.

/** Pages that show names of acts and technical words as they are. */
const RAW = /^\/admin\/audit/;

/** What is wrong with the page a person looks at, in words. */
export async function faultsOf({ page }, locale) {
  const path = new URL(page.url()).pathname;
  const found = await page.evaluate(look);
  const wrong = [];
  if (found.wider > 0) wrong.push(`${found.wider} pixels too wide: ${found.sticking.join(", ")}`);
  wrong.push(...found.cut.map((text) => `cut off: ${text}`));
  if (!RAW.test(path)) wrong.push(...found.texts.filter(isKey).map((text) => `a key, not a word: ${text}`));
  const foreign = locale === "en" ? /[\u4e00-\u9fff]{2,}/ : /[A-Za-z]{2,}(?: [A-Za-z’']{2,}){2,}/;
  if (!RAW.test(path)) wrong.push(...found.texts.filter((text) => foreign.test(text)).map((text) => `of another language: ${text.slice(0, 70)}`));
  return [...new Set(wrong)];
}

function isKey(text) {
  return /^[a-z]+[a-zA-Z]*(\.[A-Za-z_]+)+$/.test(text) || /^[a-z]+[A-Z][A-Za-z]+$/.test(text) || /\b[A-Z]{2,}_[A-Z_]+\b/.test(text) || text.includes("{{");
}

/** Runs in the page: what it says that nobody but the house wrote, what sticks out, and which labels are cut off. */
function look() {
  const root = document.documentElement;
  const wider = root.scrollWidth - root.clientWidth;
  const all = [...document.body.querySelectorAll("*")];
  const name = (one) => `${one.tagName.toLowerCase()}.${String(one.className).split(" ").slice(0, 2).join(".")}`;
  const sticks = (one) => one.getBoundingClientRect().right > root.clientWidth + 1;
  const sticking = wider > 0 ? all.filter(sticks).slice(0, 4).map(name) : [];
  const labels = ".mantine-Button-label, .mantine-Badge-label, .mantine-Tabs-tabLabel, .mantine-SegmentedControl-label, dt, h1, h2";
  const cut = [...document.querySelectorAll(labels)].filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent.slice(0, 40));
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent.trim();
    if (text !== "" && !node.parentElement.closest(".written, [lang], code, script, style, noscript, option")) texts.push(text);
  }
  return { wider, sticking, cut, texts };
}
