// What a reader waits for: the market's first load on a slow device, and long lists. Prints one line for each figure, beside its aim.
import { Stage } from "./people.mjs";

const RUNS = 5;
const CPU = 4;
const MANY = 1_000;
const PHONE = { viewport: { width: 390, height: 844 }, locale: "zh-CN" };
// A phone's network on a middling day, as Chromium's own tools have it.
const FAST_4G = { offline: false, latency: 60, downloadThroughput: (9_000_000 * 0.9) / 8, uploadThroughput: (1_500_000 * 0.9) / 8 };

const stage = await Stage.open({ demo: true });
try {
  await weigh();
  await paint("desk", {});
  await paint("phone", PHONE);
  await paint("phone, fast 4G", PHONE, FAST_4G);
  await listings();
  await messages();
} finally {
  await stage.close();
}

function print(what, figure, aim = "") {
  console.log(`${what.padEnd(52)} ${figure.padEnd(28)} ${aim}`);
}

/** How many bytes the market's first load is. */
async function weigh() {
  const stranger = await stage.person("stranger");
  const client = await stranger.page.context().newCDPSession(stranger.page);
  await client.send("Network.enable");
  const kinds = new Map();
  const bytes = { Script: 0, Stylesheet: 0 };
  client.on("Network.responseReceived", ({ requestId, type }) => kinds.set(requestId, type));
  client.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId);
    if (kind in bytes) bytes[kind] += encodedDataLength;
  });
  await stranger.look("/");
  const files = [...kinds.values()].filter((kind) => kind === "Script").length;
  print("market, first load: script, compressed", `${kib(bytes.Script)} in ${files} files`, "at most 250 KiB");
  print("market, first load: styles, compressed", kib(bytes.Stylesheet));
  await stranger.page.context().close();
}

/** The largest contentful paint of the market, nothing kept from before, on a processor four times slower. */
async function paint(device, options, network) {
  const times = [];
  for (let run = 0; run < RUNS; run += 1) {
    const stranger = await stage.person("stranger", options);
    const { page } = stranger;
    const client = await page.context().newCDPSession(page);
    await client.send("Emulation.setCPUThrottlingRate", { rate: CPU });
    if (network) await client.send("Network.emulateNetworkConditions", network);
    await page.addInitScript(() => {
      new PerformanceObserver((list) => {
        globalThis.largest = list.getEntries().at(-1);
      }).observe({ type: "largest-contentful-paint", buffered: true });
    });
    await stranger.look("/");
    times.push(await page.evaluate(() => globalThis.largest.startTime));
    await page.context().close();
  }
  times.sort((one, other) => one - other);
  const [median, worst] = [times[Math.floor(RUNS / 2)], times.at(-1)];
  print(`market, ${device}: largest paint at ${CPU}× CPU`, `${ms(median)}, worst of ${RUNS} ${ms(worst)}`, network ? "" : "below 1,500 ms");
}

/** A thousand listings, made up from real ones, scrolled through to the last. */
async function listings() {
  const stranger = await stage.person("stranger", PHONE);
  const { page } = stranger;
  let real;
  await page.route("**/graphql", async (route) => {
    const { operationName, variables } = route.request().postDataJSON();
    if (operationName !== "Market") return route.continue();
    real ??= (await (await route.fetch()).json()).data.listings.edges;
    const from = Number(variables.after ?? 0);
    const edges = many(from, variables.first, (at) => {
      const { node } = real[at % real.length];
      return { __typename: "ListingEdge", cursor: String(at + 1), node: { ...node, id: `${node.id}${at}`, title: `${node.title} ${at + 1}` } };
    });
    await route.fulfill({ json: { data: { listings: { __typename: "ListingConnection", edges, pageInfo: pageInfo(edges) } } } });
  });
  await stranger.look("/");
  const frames = await scroll(page, null, 1);
  await page.getByRole("heading", { name: new RegExp(` ${MANY}$`) }).waitFor();
  const there = await page.getByRole("main").getByRole("listitem").count();
  tell("listings", "tiles", there, frames);
  await page.context().close();
}

/** A thread of a thousand messages, made up from real ones, scrolled through to the first. */
async function messages() {
  const lin = await stage.demoPerson("lin_xia", PHONE);
  const { page } = lin;
  await page.route("**/graphql", async (route) => {
    const { operationName, variables } = route.request().postDataJSON();
    if (operationName !== "Conversation") return route.continue();
    const answer = await (await route.fetch()).json();
    const { lines } = answer.data.conversation;
    const real = lines.edges.map(({ node }) => node).filter(({ __typename, images }) => __typename === "Message" && images.length === 0);
    if (real.length > 0) lin.real ??= real;
    const from = Number(variables.after ?? 0);
    lines.edges = many(from, variables.first, (at) => {
      const node = lin.real[at % lin.real.length];
      return { __typename: "ChatLineEdge", cursor: String(at + 1), node: { ...node, id: `${node.id}${at}`, clientId: null, seq: MANY - at, text: `${MANY - at}. ${node.text}` } };
    });
    lines.pageInfo = pageInfo(lines.edges);
    await route.fulfill({ json: answer });
  });
  await lin.look("/chat");
  await page.getByRole("main").locator("a[href^='/chat/']").last().click();
  const log = page.getByRole("log");
  await log.getByText(new RegExp(`^${MANY}\\.`)).waitFor();
  const frames = await scroll(page, "[role=log]", -1);
  await log.getByText(/^1\. /).waitFor();
  tell("messages", "rows", await log.getByRole("article").count(), frames);
  await page.context().close();
}

/** Edges `from` on, at most `first`, up to a thousand in all. */
function many(from, first, edge) {
  return Array.from({ length: Math.min(first, MANY - from) }, (_, at) => edge(from + at));
}

function pageInfo(edges) {
  const end = edges.at(-1)?.cursor ?? null;
  return { __typename: "PageInfo", hasNextPage: end !== null && Number(end) < MANY, endCursor: end };
}

/** Scrolls the page, or an element of it, by a screen at a time until the end stays where it is; answers how long each frame took. */
function scroll(page, element, direction) {
  return page.evaluate(
    async ([of, way]) => {
      const scroller = of === null ? document.scrollingElement : document.querySelector(of);
      const frame = () => new Promise((done) => requestAnimationFrame(done));
      const times = [];
      let still = 0;
      while (still < 60) {
        const before = scroller.scrollTop;
        scroller.scrollBy({ top: way * 700, behavior: "instant" });
        const from = performance.now();
        await frame();
        times.push(performance.now() - from);
        still = scroller.scrollTop === before ? still + 1 : 0;
      }
      return times.slice(0, -60);
    },
    [element, direction],
  );
}

function tell(what, parts, there, frames) {
  frames.sort((one, other) => one - other);
  const at = (share) => ms(frames[Math.min(frames.length - 1, Math.floor(frames.length * share))]);
  print(`${MANY} ${what}: ${parts} in the document at the end`, String(there), "at most 60");
  print(`${MANY} ${what}: a frame while scrolling`, `median ${at(0.5)}, 95 % ${at(0.95)}, worst ${at(1)}`);
}

function ms(time) {
  return `${Math.round(time)} ms`;
}

function kib(bytes) {
  return `${(bytes / 1024).toFixed(1)} KiB`;
}
