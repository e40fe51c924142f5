// What stands beside an order: followed to the shop, credited with what is bought then; and the shoppers who see none.
import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Page } from "@playwright/test";
import { BINARY, SITE_ADDRESS, demoFolder } from "../support/demo";
import { emailOf, given, openOrder } from "../support/shopper";
import { type Sample, expect, test } from "../support/test";

const PART = "[data-part=recommendations]";
const root = resolve(import.meta.dirname, "../..");

/** A command on the store that the demo serves from. */
function doorstep(...asked: string[]): string {
  const env = { ...process.env, DATABASE_URL: `sqlite://${demoFolder()}/doorstep.db` };
  return execFileSync(BINARY, asked, { cwd: root, env, encoding: "utf8" });
}

interface Group {
  views: number;
  shoppers: number;
  orders: number;
}

interface Report {
  views: number;
  clicks: number;
  orders: number;
  revenue: Record<string, number>;
  shown: Group;
  holdout: Group;
}

function reports(...asked: string[]): Report[] {
  return JSON.parse(doorstep("recommendations", "report", "--json", ...asked)) as Report[];
}

function report({ brand }: Sample): Report {
  return reports("--brand", brand)[0];
}

/** Orders in whose parcels nothing is wrong: of the others nobody sees recommendations. */
function calm(samples: Sample[]): Sample[] {
  const isCalm = /^(delivered\.(delivered|signed|neighbour|mailbox)|in_transit\.(departed|arrived)_facility|out_for_delivery)/;
  return samples.filter(({ moving, parcels }) => !moving && parcels.every(({ status }) => isCalm.test(status)));
}

function onePerShopper(samples: Sample[]): Sample[] {
  return samples.filter((sample, at) => samples.findIndex(({ email }) => email === sample.email) === at);
}

/** Opens an order in a browser that was never there, and tells whether recommendations stand beside it. */
async function seesThem(page: Page, sample: Sample): Promise<boolean> {
  await page.context().clearCookies();
  await openOrder(page, sample);
  return (await page.locator(PART).count()) > 0;
}

async function shopperWhoSeesThem(page: Page, samples: Sample[]): Promise<Sample> {
  for (const sample of calm(samples)) if (await seesThem(page, sample)) return sample;
  return given(undefined, "no shopper who sees recommendations");
}

test("an order within a week after a click is credited to it", async ({ page, samples }, { project }) => {
  const sample = await shopperWhoSeesThem(page, samples);
  expect(await page.locator(`${PART} a[data-product]`).count()).toBeLessThanOrEqual(4);
  const before = report(sample);
  // The journey ends at the shop's door: the shop itself is not there.
  let led: string | undefined;
  await page.route("**/tracking/c/**", async (route) => {
    // Browsers know where `volt.localhost` is, Node does not.
    const asked = new URL(route.request().url());
    const headers = { ...(await route.request().allHeaders()), host: asked.host };
    const answer = await route.fetch({ url: `http://${SITE_ADDRESS}${asked.pathname}${asked.search}`, headers, maxRedirects: 0 });
    led = answer.headers().location;
    await route.fulfill({ status: 200, contentType: "text/html", body: "<title>The shop</title>" });
  });
  await page.locator(`${PART} a[data-product]`).first().click();
  await expect(page).toHaveTitle("The shop");
  expect(led).toContain(`//${sample.brand}.example/`);
  expect(led).toContain("utm_source=doorstep");

  const order = {
    order_number: `#REC-${project.name}-${process.pid}`,
    placed_at: new Date(Date.now() + 60_000).toISOString(),
    email: emailOf(sample).toUpperCase(),
    currency: "EUR",
    total: "45.00",
    items: [{ title: "Beeswax candles", quantity: 1, sku: "MD-HOM-012" }],
  };
  const file = join(mkdtempSync(join(tmpdir(), "doorstep-")), "order.json");
  writeFileSync(file, JSON.stringify(order));
  expect(doorstep("import", "--brand", sample.brand, "--source", "doorstep", file)).toContain("orders new=1");

  // Views and clicks are written down a moment after they happened.
  await expect.poll(() => report(sample).orders).toBeGreaterThan(before.orders);
  const after = report(sample);
  expect(after.clicks).toBeGreaterThan(before.clicks);
  expect(after.revenue.EUR).toBeGreaterThanOrEqual((before.revenue.EUR ?? 0) + 4_500);
  await expect.poll(() => report(sample).shown.shoppers).toBeGreaterThan(0);
});

test("who is shown none is shown none on every visit, and is counted apart", async ({ page, samples }) => {
  const shownNone: Sample[] = [];
  for (const sample of onePerShopper(calm(samples)).slice(0, 10)) {
    if (!(await seesThem(page, sample))) shownNone.push(sample);
  }
  expect(shownNone).not.toEqual([]);
  for (const sample of shownNone) expect(await seesThem(page, sample), sample.order_number).toBe(false);
  // Views are written down a moment after the page went out.
  await expect.poll(() => reports().some(({ holdout }) => holdout.views > 0)).toBe(true);
  await expect.poll(() => reports().some(({ shown }) => shown.views > 0)).toBe(true);
});
