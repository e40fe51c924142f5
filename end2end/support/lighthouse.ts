// Lighthouse's opinion of a page on a phone, from 0 to 100 in each category.
import { execFileSync } from "node:child_process";
import { resolve } from "node:path";

const program = resolve(import.meta.dirname, "../../node_modules/.bin/lighthouse");
const categories = ["performance", "accessibility", "best-practices"] as const;

export type Scores = Record<(typeof categories)[number], number>;

/** `headers` carries the cookie of a page that only a proved shopper sees. */
export function lighthouse(url: string, headers: Record<string, string> = {}): Scores {
  const printed = execFileSync(
    program,
    [
      url,
      "--quiet",
      "--output=json",
      "--form-factor=mobile",
      `--only-categories=${categories.join(",")}`,
      `--extra-headers=${JSON.stringify(headers)}`,
      "--chrome-flags=--headless --no-sandbox --disable-gpu --disable-background-networking",
    ],
    { encoding: "utf8", env: { ...process.env, CHROME_PATH: process.env.CHROMIUM }, maxBuffer: 64 * 1024 * 1024 },
  );
  const report = JSON.parse(printed) as { categories: Record<string, { score: number | null }> };
  const score = (category: string) => Math.round((report.categories[category]?.score ?? 0) * 100);
  return Object.fromEntries(categories.map((category) => [category, score(category)])) as Scores;
}
