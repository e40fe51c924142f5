// The demo that the journeys walk through: where it listens, and which orders it holds.
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");

/** END2END_BINARY runs the same journeys against another build. Not DOORSTEP_…: the server refuses settings it does not know. */
export const BINARY =
  process.env.END2END_BINARY ?? join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "debug/doorstep");

// Playwright reads its configuration once more in every worker: what the first one chose travels in the environment.
process.env.END2END_PORT ??= freePort();
const port = process.env.END2END_PORT;

export const SITE_ADDRESS = `127.0.0.1:${port}`;
/** The first brand, `meadow`. */
export const ORIGIN = `http://localhost:${port}`;

/** Where a brand of the demo answers; `host` as `--samples` prints it. */
export function originOf(host: string): string {
  return `http://${host.split(":")[0]}:${port}`;
}

/** Where the demo keeps its store: empty when the run begins. */
export function demoFolder(): string {
  const folder = join(root, "target/end2end");
  if (!process.env.END2END_BEGUN) {
    process.env.END2END_BEGUN = "yes";
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }
  return folder;
}

export interface Sample {
  brand: string;
  host: string;
  order_number: string;
  email: string | null;
  phone: string | null;
  parcels: { tracking_number: string; status: string }[];
  moving: boolean;
}

/** Every order of the demo, as `doorstep demo --samples` prints them. */
export function readSamples(): Sample[] {
  const printed = execFileSync(BINARY, ["demo", "--samples"], { cwd: root, encoding: "utf8" });
  return printed
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as Sample);
}

function freePort(): string {
  const ask = "const s=require('net').createServer().listen(0,'127.0.0.1',()=>{console.log(s.address().port);s.close()})";
  return execFileSync(process.execPath, ["--eval", ask], { encoding: "utf8" }).trim();
}
