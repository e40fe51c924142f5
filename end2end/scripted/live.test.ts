// The open page follows what happens, without a reload and without a fuss.
import type { Page } from "@playwright/test";
import { given, openOrder, orderWith } from "../support/shopper";
import { expect, originOf, test } from "../support/test";

declare global {
  interface Window {
    /** Gone as soon as the page is loaded anew. */
    wasHereBefore?: boolean;
    announced: string[];
  }
}

/** Marks the page and keeps all that its polite live region says. */
async function attend(page: Page) {
  const listening = page.waitForResponse((answer) => answer.url().endsWith("/events"));
  await page.reload();
  await listening;
  await page.evaluate(() => {
    window.wasHereBefore = true;
    window.announced = [];
    const region = document.querySelector("[data-part=announcement][role=status]");
    if (!region) throw new Error("no live region");
    new MutationObserver(() => window.announced.push(region.textContent ?? "")).observe(region, { childList: true });
  });
}

async function expectNotReloaded(page: Page) {
  expect(await page.evaluate(() => window.wasHereBefore)).toBe(true);
}

test("what a carrier tells shows on the open page, and a new milestone is said once", async ({ page, context, samples }) => {
  // An order that no other journey looks at.
  const sample = orderWith(samples, "in_transit.at_local_facility", "volt");
  const [{ tracking_number }] = sample.parcels;
  await openOrder(page, sample);
  await attend(page);
  const parcel = page.locator(`[data-shipment="${tracking_number}"]`);
  const told = await parcel.locator("[data-part=event]").count();

  const backRoom = await context.newPage();
  await backRoom.goto(`${originOf(sample.host)}/dev/parcels`);
  const press = (action: string) => backRoom.locator(`button[formaction="/dev/parcels/${tracking_number}/${action}"]`).click();

  await press("mend");
  await expect(parcel).toHaveAttribute("data-status", "in_transit.resolved");
  await expect(parcel.locator("[data-part=event]")).toHaveCount(told + 1);
  expect(await page.evaluate(() => window.announced), "no new milestone, nothing to say").toEqual([]);

  await press("deliver");
  await expect(parcel).toHaveAttribute("data-status", "delivered.delivered");
  await expect(page.locator("[data-part=announcement]")).toHaveText(await page.locator("h1").innerText());
  await expectNotReloaded(page);

  await press("delay");
  await expect(parcel.locator("[data-part=event]")).toHaveCount(told + 3);
  const announced = await page.evaluate(() => window.announced);
  expect(new Set(announced).size, `each said once: ${announced.join(" | ")}`).toBe(announced.length);
  await expectNotReloaded(page);
});

test("the moving order moves by itself", async ({ page, samples }) => {
  // It rests at the door for half a minute before it sets out anew.
  test.setTimeout(90_000);
  const sample = given(samples.find(({ moving }) => moving), "no moving order");
  await openOrder(page, sample);
  await attend(page);
  const events = page.locator("[data-part=event]");
  const status = await page.locator("[data-shipment]").getAttribute("data-status");
  const told = await events.count();
  await expect
    .poll(async () => [await page.locator("[data-shipment]").getAttribute("data-status"), await events.count()], { timeout: 60_000 })
    .not.toEqual([status, told]);
  await expectNotReloaded(page);
});
