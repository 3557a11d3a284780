import react from "@vitejs/plugin-react";
import { resolve } from "node:path";
import { defineConfig } from "vite";

import { pack } from "./pack";

const page = (name: string) => resolve(import.meta.dirname, `${name}.html`);

// In development the pages come from Vite and everything else from a server running beside it.
const server = process.env.HANDOVER_URL ?? "http://127.0.0.1:8080";
const proxy = { "/graphql": { target: server, ws: true }, "/media": server };

// What the market needs comes in two files, not in sixty: libraries, which change seldom, and the house's own.
const FIRST = [
  { name: "libraries", tags: ["$initial" as const], test: /node_modules/, priority: 1 },
  { name: "market", tags: ["$initial" as const] },
];

// Each page is built by itself (`--mode graphiql` after the other), so that what both have is cut to what each of them uses.
export default defineConfig(({ mode }) => ({
  plugins: [react(), pack()],
  build: {
    emptyOutDir: mode !== "graphiql",
    rolldownOptions: {
      input: mode === "graphiql" ? page("graphiql") : page("index"),
      output: mode === "graphiql" ? {} : { codeSplitting: { groups: FIRST } },
      // "use no memo" speaks to React's compiler, which has been over GraphiQL already.
      onLog: (level, log, handle) => {
        if (log.code !== "MODULE_LEVEL_DIRECTIVE") handle(level, log);
      },
    },
    // Monaco, the editor inside GraphiQL, is one large piece by nature.
    chunkSizeWarningLimit: 6000,
  },
  // GraphiQL's editor brings workers that cannot be bundled beforehand; it is looked at in the built files.
  optimizeDeps: { entries: ["index.html"] },
  server: { proxy },
  preview: { proxy },
}));
