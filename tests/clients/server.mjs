// The real binary in a data folder of its own.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

const binary = process.env.HANDOVER_TEST_BINARY ?? resolve(import.meta.dirname, "../../target/debug/handover");
export const captchaAnswer = "ABCDE";

export class Server {
  #child;

  constructor() {
    this.binary = binary;
    this.folder = mkdtempSync(join(tmpdir(), "handover-clients-"));
    this.environment = {
      ...process.env,
      HANDOVER_DATA_DIR: this.folder,
      HANDOVER_ACCOUNT__CAPTCHA: `fixed:${captchaAnswer}`,
      HANDOVER_LOG__FILTER: process.env.RUST_LOG ?? "warn",
    };
    this.listen = "127.0.0.1:0";
  }

  /** Starts it and waits until it says where it is. A second start takes the same address. */
  async start() {
    this.#child = spawn(binary, ["serve"], {
      env: { ...this.environment, HANDOVER_LISTEN: this.listen },
      stdio: ["ignore", "pipe", "inherit"],
    });
    for await (const line of createInterface({ input: this.#child.stdout })) {
      const found = /http:\/\/([0-9.:]+)/.exec(line);
      if (found) {
        this.listen = found[1];
        return;
      }
    }
    throw new Error("the server ended before it said where it is");
  }

  /** Ends it as a power cut would. */
  async kill() {
    const gone = new Promise((done) => this.#child.once("exit", done));
    this.#child.kill("SIGKILL");
    await gone;
  }

  async close() {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  command(...words) {
    return this.commandWith("", ...words);
  }

  /** Runs a command that reads its standard input. */
  commandWith(input, ...words) {
    const { status, stdout } = spawnSync(binary, words, { env: this.environment, input, encoding: "utf8" });
    return { status, stdout };
  }

  /** The newest mail to an address. */
  mail(address) {
    const folder = join(this.folder, "mail");
    // A mail that is still being written has another name.
    const names = readdirSync(folder).filter((name) => name.endsWith(".eml")).sort();
    const mails = names.map((name) => readFileSync(join(folder, name), "utf8"));
    return mails.filter((mail) => mail.includes(`To: ${address}`)).at(-1);
  }
}
