/**
 * The tus client that the page uses, as it was vendored, under node: node client.mjs ENDPOINT TOKEN FAMILY FILE.
 * Chunked as the page does it, with the page's own sums; only the way to send is node's, as the client lets one choose.
 */
import { openAsBlob, readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { fileURLToPath } from "node:url";
import { runInThisContext } from "node:vm";
import { summed } from "../../static/js/lib/checksums.js";

const vendored = fileURLToPath(new URL("../../static/vendor/tus-js-client-4.3.1/tus.min.js", import.meta.url));
globalThis.window = globalThis;
runInThisContext(readFileSync(vendored, "utf8"), { filename: vendored });
const { tus } = globalThis;
const [endpoint, token, family, file] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** Sending by node's own http, in the shape that tus-js-client asks for. */
const stack = {
  getName: () => "node:http",
  createRequest(method, url) {
    const headers = {};
    let asked;
    return {
      getMethod: () => method,
      getURL: () => url,
      setHeader: (name, value) => {
        headers[name] = value;
      },
      getHeader: (name) => headers[name],
      setProgressHandler: () => {},
      getUnderlyingObject: () => asked,
      abort: async () => asked?.destroy(),
      send: async (body) => {
        const bytes = body ? Buffer.from(await body.arrayBuffer()) : undefined;
        if (bytes) headers["Content-Length"] = String(bytes.length);
        return new Promise((done, broken) => {
          asked = request(url, { method, headers, agent, timeout: 60_000 }, (answer) => {
            const parts = [];
            answer.on("data", (part) => parts.push(part));
            answer.on("error", broken);
            answer.on("end", () =>
              done({
                getStatus: () => answer.statusCode,
                getHeader: (name) => answer.headers[name.toLowerCase()],
                getBody: () => Buffer.concat(parts).toString(),
                getUnderlyingObject: () => answer,
              }),
            );
          });
          asked.on("error", broken);
          asked.on("timeout", () => asked.destroy(new Error("no answer")));
          asked.end(bytes);
        });
      },
    };
  },
};

const upload = new tus.Upload(await openAsBlob(file), {
  endpoint,
  chunkSize: 8 * 1024 * 1024,
  retryDelays: Array(60).fill(250),
  storeFingerprintForResuming: false,
  httpStack: summed(stack),
  headers: { Authorization: `Bearer ${token}` },
  metadata: { family, filename: "film.mp4" },
  onUploadUrlAvailable: () => {
    upload.options.endpoint = null;
  },
  onShouldRetry: () => true,
  onError: (error) => {
    process.stderr.write(`${error}\n`);
    process.exit(1);
  },
  onSuccess: (done) => {
    process.stdout.write(`${done.lastResponse.getHeader("Vbg-Film")}\n`);
    process.exit(0);
  },
});
upload.start();
