// axe finds nothing on any page, in both brands, light and dark, narrow and wide.
import { expectAccessible } from "../support/axe";
import { emailOf, lookUp, messageTo, openOrder, orderWith } from "../support/shopper";
import { expect, originOf, test } from "../support/test";

// axe looks at every element of a page four times.
test.describe.configure({ timeout: 90_000 });

for (const [brand, host] of [
  ["meadow", "localhost"],
  ["volt", "volt.localhost"],
] as const) {
  test(`the way to an order of ${brand} is accessible`, async ({ page, samples }) => {
    await page.goto(`${originOf(host)}/tracking`);
    await expectAccessible(page);
    await lookUp(page, host, orderWith(samples, "in_transit", brand).order_number);
    await page.locator("input[name=proof]").fill("nobody.at.all@example.com");
    await page.locator("input[name=proof]").press("Enter");
    await expect(page.getByRole("alert")).toBeVisible();
    await expectAccessible(page);
    await page.goto(`${originOf(host)}/tracking/no/such/page`);
    await expectAccessible(page);
  });

  test(`the way by mail of ${brand} is accessible`, async ({ page, samples, shoppers }) => {
    // Nobody else writes to the last of them.
    const ofVolt = samples.filter((sample) => sample.brand === "volt" && sample.parcels.length > 0);
    const sample = brand === "meadow" ? shoppers[6] : ofVolt[ofVolt.length - 1];
    await lookUp(page, host, emailOf(sample));
    await expectAccessible(page);
    const { link } = await messageTo(page.request, emailOf(sample));
    await page.goto(link);
    await expectAccessible(page);
    await page.locator("main form button").click();
    await expect(page.locator("main[data-page=orders]")).toBeVisible();
    await expectAccessible(page);
  });

  for (const [kind, status] of [
    ["on its way", "in_transit"],
    ["in trouble", "exception"],
    ["delivered", "delivered.delivered"],
  ] as const) {
    test(`an order of ${brand} that is ${kind} is accessible`, async ({ page, samples }) => {
      await openOrder(page, orderWith(samples, status, brand));
      await expectAccessible(page);
    });
  }

  test(`an order of several parcels and one parcel of ${brand} are accessible`, async ({ page, samples }) => {
    const sample = samples.find((one) => one.brand === brand && one.parcels.length > 2) ?? orderWith(samples, "exception", brand);
    await openOrder(page, sample);
    await expectAccessible(page);
    await page.goto(`${originOf(host)}/tracking/parcels/${sample.parcels[0].tracking_number}`);
    await expect(page.locator("main[data-page=parcel]")).toBeVisible();
    await expectAccessible(page);
  });
}

test("a parcel to be fetched is accessible", async ({ page, samples }) => {
  await openOrder(page, orderWith(samples, "available_for_pickup"));
  await expectAccessible(page);
});

test("what follows a bad rating, and every answer opened, is accessible", async ({ page, samples }) => {
  await openOrder(page, orderWith(samples, "delivered.damaged"));
  const feedback = page.locator("section.feedback").first();
  await feedback.locator("[name=rating][value='1']").check();
  await feedback.locator("form button").last().click();
  await expect(feedback.locator("form[data-part=photo]")).toBeVisible();
  await page.evaluate(() => document.querySelectorAll("main details").forEach((details) => details.setAttribute("open", "")));
  await expectAccessible(page);
});
