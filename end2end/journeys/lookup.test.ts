import { expect, test } from "../support/test";

test("the lookup page asks one question", async ({ page }) => {
  const answer = await page.goto("/tracking");
  expect(answer?.status()).toBe(200);
  await expect(page.locator("main[data-page=lookup]")).toBeVisible();
  await expect(page.locator("main h1")).toHaveCount(1);
  await expect(page.locator("main input[name=q]")).toBeVisible();
});
