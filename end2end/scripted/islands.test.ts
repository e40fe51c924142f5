// What JavaScript adds to pages that are whole without it.
import { given, openOrder, orderWith } from "../support/shopper";
import { expect, test } from "../support/test";

test("the box tells what it recognised", async ({ page }) => {
  await page.goto("/tracking");
  const recognised = page.locator("[data-part=recognised]");
  // Wakes a moment after the first paint.
  await expect(page.locator("html")).toHaveClass(/awake/);
  for (const [typed, attribute] of [
    ["#1001", "data-order"],
    ["clara@example.com", "data-email"],
    ["+49 30 5550 1234", "data-phone"],
    ["1Z999AA10123456784", "data-tracking"],
  ]) {
    await page.locator("input[name=q]").fill(typed);
    await expect(recognised).toHaveText(given(await recognised.getAttribute(attribute), attribute));
  }
  await page.locator("input[name=q]").fill("");
  await expect(recognised).toBeEmpty();
});

test("a tracking number is copied by its button, which says so", async ({ page, context, samples }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const sample = orderWith(samples, "in_transit", "meadow");
  await openOrder(page, sample);
  const button = page.locator("[data-part=carrier] button");
  await expect(button).toBeVisible();
  await button.click();
  const said = given(await button.getAttribute("data-copied"), "data-copied");
  await expect(button).toHaveText(said);
  await expect(page.locator("[data-part=announcement]")).toHaveText(said);
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(sample.parcels[0].tracking_number);
});

test("an answer that is opened is counted once a page, and by its question alone", async ({ page, samples }) => {
  await openOrder(page, orderWith(samples, "in_transit", "meadow"));
  await expect(page.locator("html")).toHaveClass(/awake/);
  const told = page.waitForRequest((request) => request.url().endsWith("/api/help_opened"));
  const summary = page.locator("[data-question=nobody_home] summary");
  await summary.click();
  expect((await told).postData()).toBe("cause=nobody_home");
  let again = 0;
  page.on("request", (request) => (again += Number(request.url().endsWith("/api/help_opened"))));
  await summary.click();
  await summary.click();
  await expect(page.locator("[data-question=nobody_home]")).toHaveAttribute("open", "");
  expect(again).toBe(0);
});
