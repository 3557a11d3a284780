import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Plugin } from "vite";

/** What shrinks. Pictures and fonts are packed already. */
const SHRINKS = /\.(?:css|html|js|json|map|mjs|svg|txt|webmanifest)$/;
/** Below so many bytes a packet carries it either way. */
const WORTH = 1024;

/**
 * Packs what was built once, as small as it gets, so that the server only has to choose: beside each file `.br` and `.gz` where they are smaller.
 */
export function pack(): Plugin {
  let folder = "";
  return {
    name: "pack",
    apply: "build",
    configResolved: (config) => {
      folder = resolve(config.root, config.build.outDir);
    },
    closeBundle: async () => {
      const files = await readdir(folder, { recursive: true });
      // Another page's build may have packed some already.
      const there = new Set(files);
      for (const name of files.filter((file) => SHRINKS.test(file) && !there.has(`${file}.gz`))) {
        await packOne(join(folder, name));
      }
    },
  };
}

async function packOne(path: string): Promise<void> {
  const bytes = await readFile(path);
  if (bytes.length < WORTH) return;
  const forms = {
    br: await promisify(brotliCompress)(bytes, {
      params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    }),
    gz: await promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION }),
  };
  for (const [end, packed] of Object.entries(forms)) {
    if (packed.length < bytes.length) await writeFile(`${path}.${end}`, packed);
  }
}
