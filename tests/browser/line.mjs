// The network between a person and the server, which can be cut.
import { connect, createServer } from "node:net";

/** A way to the server on an address of its own. */
export class Line {
  #server;
  #ends = new Set();
  #target;

  /** Lays a line to a server that listens at `host:port`. */
  static async to(listen) {
    const [host, port] = listen.split(":");
    const line = new Line();
    line.#target = { host, port: Number(port) };
    await line.#open(0);
    return line;
  }

  /** Everything under way breaks, and nothing new gets through. */
  async cut() {
    const closed = new Promise((done) => this.#server.close(done));
    for (const end of this.#ends) end.destroy();
    await closed;
  }

  /** It works again, at the same address. */
  async mend() {
    await this.#open(Number(this.listen.split(":")[1]));
  }

  #open(port) {
    this.#server = createServer((near) => {
      const far = connect(this.#target);
      for (const [end, other] of [
        [near, far],
        [far, near],
      ]) {
        this.#ends.add(end);
        end.on("error", () => other.destroy());
        end.on("close", () => {
          this.#ends.delete(end);
          other.destroy();
        });
        end.pipe(other);
      }
    });
    return new Promise((done, failed) => {
      this.#server.once("error", failed);
      this.#server.listen(port, "127.0.0.1", () => {
        this.listen = `127.0.0.1:${this.#server.address().port}`;
        done();
      });
    });
  }
}
