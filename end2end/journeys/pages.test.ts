// What the pages show, by the hooks that merchants and scripts hold on to.
import type { Page } from "@playwright/test";
import { openOrder, orderWith } from "../support/shopper";
import { expect, originOf, test } from "../support/test";

/** Each event says when it was, so that machines can read it too. */
async function expectDatedEvents(page: Page) {
  const events = page.locator("[data-part=event]");
  expect(await events.count()).toBeGreaterThan(0);
  await expect(page.locator("[data-part=event]:not(:has(time[datetime]))")).toHaveCount(0);
  const times = await events.locator("time").evaluateAll((all) => all.map((one) => one.getAttribute("datetime") ?? ""));
  for (const time of times) expect(Date.parse(time), `"${time}" is a time`).not.toBeNaN();
}

test("a parcel on its way says when it comes and how fresh that is", async ({ page, samples }) => {
  await openOrder(page, orderWith(samples, "in_transit.arrived_facility", "meadow"));
  for (const end of ["from", "to"]) {
    const datetime = await page.locator(`time[data-part=eta-${end}]`).first().getAttribute("datetime");
    expect(Date.parse(datetime ?? ""), `eta-${end} "${datetime}"`).not.toBeNaN();
  }
  await expect(page.locator("[data-part=freshness]")).toBeVisible();
  await expect(page.locator("[data-part=items] [data-sku]").first()).toBeVisible();
  await expectDatedEvents(page);
});

for (const [status, part] of [
  ["available_for_pickup.ready", "[data-part=pickup]"],
  ["delivered.signed", "[data-part=proof]"],
  ["delivered.delivered", "form[data-part=feedback]"],
  ["exception.address_issue", "[data-part=incident]"],
  ["exception.lost", "[data-part=incident]"],
  ["attempt_failed.no_one_home", "[data-part=incident]"],
] as const) {
  test(`an order that is ${status} shows ${part}`, async ({ page, samples }) => {
    const sample = orderWith(samples, status);
    await openOrder(page, sample);
    const parcel = page.locator(`[data-shipment][data-status="${status}"]`);
    await expect(parcel.locator(part)).toBeVisible();
    await expectDatedEvents(page);
    expect(await page.locator("main").innerText()).not.toMatch(/\bexceptions?\b/i);
  });
}

test("several parcels stand one below the other, each with its own sentence and steps", async ({ page, samples }) => {
  const sample = samples.find(({ parcels }) => parcels.length > 2) ?? orderWith(samples, "exception.lost");
  await openOrder(page, sample);
  await expect(page.locator("h1[data-part=headline]")).toHaveCount(1);
  await expect(page.locator("[data-shipment]")).toHaveCount(sample.parcels.length);
  for (const { tracking_number, status } of sample.parcels) {
    const parcel = page.locator(`[data-shipment="${tracking_number}"]`);
    await expect(parcel).toHaveAttribute("data-status", status);
    await expect(parcel.locator("h2[data-part=headline]")).toHaveCount(1);
    await expect(parcel.locator("ol[data-part=progress] > li[data-step]")).toHaveCount(5);
  }
});

test("updates that are folded away open without leaving the page", async ({ page, samples }) => {
  await openOrder(page, orderWith(samples, "exception.lost"));
  const folded = page.locator("details[data-part=all-updates]").first();
  await folded.locator("summary").click();
  await expect(folded.locator("[data-part=event]").first()).toBeVisible();
});

test("a language that was picked is kept until another is", async ({ page, samples }) => {
  const sample = orderWith(samples, "in_transit", "meadow");
  await page.goto("/tracking");
  await page.locator("footer a[hreflang=de]").click();
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await expect(page.locator("footer a[hreflang=de]")).toHaveAttribute("aria-current", "true");
  await openOrder(page, sample);
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  const german = await page.locator("h1").innerText();
  await page.locator("footer a[hreflang=en]").click();
  await expect(page.locator("main[data-page=order]")).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page.locator("h1")).not.toHaveText(german);
  await page.goto("/tracking");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
});

for (const [host, name] of [
  ["localhost", "Meadow"],
  ["volt.localhost", "Volt"],
] as const) {
  test(`a missing page of ${name} is missing in ${name}'s look`, async ({ page }) => {
    const answer = await page.goto(`${originOf(host)}/tracking/no/such/page`);
    expect(answer?.status()).toBe(404);
    await expect(page).toHaveTitle(new RegExp(name));
    await expect(page.locator("main[data-page=error] h1")).toBeVisible();
    await expect(page.locator("link[href*='/brand/'][rel=stylesheet]")).toHaveCount(1);
    await page.locator("main a.button").first().click();
    await expect(page.locator("main[data-page=lookup]")).toBeVisible();
  });
}
