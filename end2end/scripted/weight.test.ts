// A page is light, comes from one origin, and stands still.
import type { Page } from "@playwright/test";
import { openOrder, orderWith } from "../support/shopper";
import { expect, originOf, test } from "../support/test";

const KB = 1000;

/** The sum of all layout shifts so far, those before this question included. */
async function layoutShift(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        const observer = new PerformanceObserver((seen) => {
          for (const entry of seen.getEntries()) sum += (entry as PerformanceEntry & { value: number }).value;
        });
        observer.observe({ type: "layout-shift", buffered: true });
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(sum))));
      }),
  );
}

for (const [brand, host] of [
  ["meadow", "localhost"],
  ["volt", "volt.localhost"],
] as const) {
  for (const width of [390, 1280]) {
    test(`nothing moves while pages of ${brand} load, ${width} wide`, async ({ page, samples }) => {
      await page.setViewportSize({ width, height: 844 });
      await page.goto(`${originOf(host)}/tracking`);
      await expect(page.locator("html")).toHaveClass(/awake/);
      expect(await layoutShift(page), "of the lookup page").toBe(0);
      await openOrder(page, orderWith(samples, "in_transit", brand));
      await expect(page.locator("html")).toHaveClass(/awake/);
      expect(await layoutShift(page), "of the order page").toBe(0);
    });
  }
}

test("the first load of an order is light, and its scripts come last", async ({ page, context, samples }) => {
  await openOrder(page, orderWith(samples, "in_transit", "meadow"));
  const order = page.url();
  const cookies = await context.cookies();
  await page.close();
  // Nothing of it is in the cache of a new browser.
  const fresh = await context.browser()?.newContext();
  if (!fresh) throw new Error("no browser");
  await fresh.addCookies(cookies);
  const first = await fresh.newPage();
  await first.goto(order);
  await expect(first.locator("html")).toHaveClass(/awake/);
  const loaded = await first.evaluate(() =>
    [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")].map((entry) => {
      const { name, encodedBodySize, startTime } = entry as PerformanceResourceTiming;
      return { path: new URL(name).pathname, bytes: encodedBodySize, startTime };
    }),
  );
  const sum = (kind: RegExp) => loaded.filter(({ path }) => kind.test(path)).reduce((sum, { bytes }) => sum + bytes, 0);
  const page_and_styles = sum(/\.css$|\/orders\/[^/]+$/);
  const scripts = sum(/\.(js|wasm)$/);
  expect(page_and_styles).toBeGreaterThan(KB);
  expect(page_and_styles, "HTML and CSS").toBeLessThanOrEqual(15 * KB);
  expect(scripts).toBeGreaterThan(KB);
  expect(scripts, "JavaScript and WASM").toBeLessThanOrEqual(60 * KB);
  const start = (kind: RegExp) => loaded.filter(({ path }) => kind.test(path)).map(({ startTime }) => startTime);
  expect(Math.min(...start(/\.wasm$/)), "WASM after the styles").toBeGreaterThan(Math.max(...start(/\.css$/)));
  await fresh.close();
});
