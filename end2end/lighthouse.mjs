// What Lighthouse thinks of the lookup page and of an order on a phone, and what their first load weighs.
//
//   npm run lighthouse        needs CHROMIUM (or a Chromium that Lighthouse finds by itself)
//
// Lighthouse, and the newer Node it asks for, are fetched from npm's registry for the run: no test needs them.
// Apart from the tests: performance is a time, and a busy machine is no fault of the page.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { get, request } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(fileURLToPath(import.meta.url), "../..");
const binary = process.env.END2END_BINARY ?? join(root, "target/release/doorstep");
const packages = ["lighthouse@13.5.0"];
if (Number(process.versions.node.split(".")[0]) < 22) packages.push(`node-${process.platform}-${process.arch}@22`);
const wanted = { performance: 100, accessibility: 100, "best-practices": 100 };
const most = { "HTML and CSS": 15_000, "JavaScript and WASM": 60_000 };

const folder = mkdtempSync(join(tmpdir(), "doorstep-lighthouse-"));
const port = await freePort();
const demo = spawn(binary, ["demo"], {
  cwd: root,
  env: { ...process.env, LEPTOS_SITE_ADDR: `127.0.0.1:${port}`, DATABASE_URL: `sqlite://${folder}/doorstep.db` },
  stdio: ["ignore", "ignore", "inherit"],
});
const ended = new Promise((resolve) => demo.once("exit", resolve));
let failed = 0;
try {
  await ready(`http://localhost:${port}/readyz`);
  const printed = execFileSync(binary, ["demo", "--samples"], { cwd: root, encoding: "utf8" });
  const samples = printed.trim().split("\n").map((line) => JSON.parse(line));
  for (const brand of new Set(samples.map((sample) => sample.brand))) {
    const sample = samples.find((one) => one.brand === brand && one.parcels.length > 0);
    const origin = `http://${sample.host.split(":")[0]}:${port}`;
    report(`${brand}, lookup`, examine(`${origin}/tracking`));
    const { cookie, path } = await openOrder(origin, sample);
    report(`${brand}, order ${sample.order_number}`, examine(`${origin}${path}`, { cookie }));
  }
} finally {
  demo.kill("SIGTERM");
  await ended;
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = failed === 0 ? 0 : 1;

function examine(url, headers = {}) {
  const printed = outputOf(
    "npx",
    [
      "--yes",
      ...packages.map((name) => `--package=${name}`),
      "--",
      "lighthouse",
      url,
      "--quiet",
      "--output=json",
      "--form-factor=mobile",
      `--only-categories=${Object.keys(wanted).join(",")}`,
      `--extra-headers=${JSON.stringify(headers)}`,
      "--chrome-flags=--headless --no-sandbox --disable-gpu --disable-background-networking",
    ],
    {
      encoding: "utf8",
      env: { ...process.env, ...(process.env.CHROMIUM && { CHROME_PATH: process.env.CHROMIUM }) },
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  return JSON.parse(printed);
}

/** What a program prints. Its last words are the error when it fails, not all that it had printed. */
function outputOf(program, parameters, options) {
  const { status, error, stdout, stderr } = spawnSync(program, parameters, options);
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr.trim().split("\n").at(-1)}`);
  return stdout;
}

function report(name, { categories, audits, finalDisplayedUrl }) {
  console.log(`\n${name} (${new URL(finalDisplayedUrl).pathname})`);
  for (const [category, least] of Object.entries(wanted)) {
    const score = Math.round((categories[category]?.score ?? 0) * 100);
    say(category, score, score >= least);
    if (score < least) {
      const lost = categories[category].auditRefs.filter(({ id, weight }) => weight > 0 && (audits[id].score ?? 1) < 0.995);
      for (const { id } of lost) console.log(`      ${audits[id].title}: ${audits[id].displayValue ?? audits[id].score}`);
    }
  }
  const loaded = audits["network-requests"].details.items;
  const sum = (...types) =>
    loaded.filter(({ url, resourceType }) => types.includes(resourceType) || types.some((type) => url.endsWith(type)))
      .reduce((sum, { transferSize }) => sum + transferSize, 0);
  const weights = { "HTML and CSS": sum("Document", "Stylesheet"), "JavaScript and WASM": sum("Script", ".wasm") };
  for (const [kind, bytes] of Object.entries(weights)) say(`${kind}, bytes over the wire`, bytes, bytes <= most[kind]);
  const shift = audits["cumulative-layout-shift"].numericValue;
  say("layout shift", shift, shift === 0);
}

function say(what, value, isGood) {
  if (!isGood) failed += 1;
  console.log(`  ${isGood ? "✓" : "✘"} ${what}: ${value}`);
}

/** Finds an order as a shopper does. Returns the cookie of who may see it, and its path. */
async function openOrder(origin, { order_number, email }) {
  const { host } = new URL(origin);
  const body = new URLSearchParams({ q: order_number, proof: email });
  // The names of the demo's hosts are known to browsers only.
  const answer = await postTo(host, "/tracking/api/find_order", body.toString());
  const cookie = (answer.headers["set-cookie"] ?? []).map((cookie) => cookie.split(";")[0]).find((pair) => !pair.endsWith("="));
  if (!cookie || !answer.headers.location) throw new Error(`no way to ${order_number}: ${answer.statusCode}`);
  return { cookie, path: answer.headers.location };
}

function postTo(host, path, body) {
  return new Promise((resolve, reject) => {
    const headers = { host, origin: `http://${host}`, "content-type": "application/x-www-form-urlencoded" };
    const asked = request({ host: "127.0.0.1", port, path, method: "POST", headers, agent: false }, (answer) => {
      answer.resume();
      resolve(answer);
    });
    asked.once("error", reject);
    asked.end(body);
  });
}

async function ready(url) {
  for (let tries = 0; tries < 240; tries += 1) {
    const isUp = await new Promise((resolve) => {
      get(url, (answer) => resolve(answer.resume().statusCode === 200)).once("error", () => resolve(false));
    });
    if (isUp) return;
    if (demo.exitCode !== null) throw new Error(`the demo ended by itself: ${demo.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error("the demo did not get ready within a minute");
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
