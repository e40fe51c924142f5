// All of it with Tab and Enter, and always to be seen where one is.
import type { Page } from "@playwright/test";
import { emailOf, orderWith } from "../support/shopper";
import { expect, originOf, test } from "../support/test";

const MOST_TABS = 40;

/** Goes on with Tab until what is wanted has the focus; each stop on the way can be seen. */
async function tabTo(page: Page, wanted: string) {
  for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
    await page.keyboard.press("Tab");
    await expectVisibleFocus(page);
    if (await page.locator(`:focus:is(${wanted})`).count()) return;
  }
  throw new Error(`${wanted} is not reached by ${MOST_TABS} tabs on ${page.url()}`);
}

async function expectVisibleFocus(page: Page) {
  const focus = page.locator(":focus");
  if ((await focus.count()) === 0) return;
  const { what, isDrawn } = await focus.evaluate((element) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    const { width, height } = element.getBoundingClientRect();
    const isOutlined = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
    return { what: element.outerHTML.slice(0, 120), isDrawn: width > 0 && height > 0 && (isOutlined || boxShadow !== "none") };
  });
  expect(isDrawn, `focus is to be seen on ${what}`).toBe(true);
}

for (const brand of ["meadow", "volt"]) {
  test(`the keyboard alone finds an order of ${brand} and forgets it again`, async ({ page, samples }) => {
    const sample = orderWith(samples, "in_transit", brand);
    await page.goto(`${originOf(sample.host)}/tracking`);
    await tabTo(page, "input[name=q]");
    await page.keyboard.type(sample.order_number);
    await page.keyboard.press("Enter");
    await expect(page.locator("main[data-page=proof]")).toBeVisible();
    await tabTo(page, "input[name=proof]");
    await page.keyboard.type(emailOf(sample));
    await tabTo(page, "main button");
    await page.keyboard.press("Enter");
    await expect(page.locator("main[data-page=order]")).toBeVisible();
    await tabTo(page, "footer form button");
    await page.keyboard.press("Enter");
    await expect(page.locator("main[data-page=lookup]")).toBeVisible();
  });
}

test("the first stop of a page skips to what it says", async ({ page }) => {
  await page.goto("/tracking");
  await tabTo(page, "a.skip");
  await page.keyboard.press("Enter");
  await expect(page.locator("main")).toBeFocused();
  await tabTo(page, "input[name=q]");
});
