// From the one box to the answer, by each thing a shopper may have at hand.
import {
  emailOf,
  given,
  lookUp,
  messageTo,
  openOrder,
  openOrdersByCode,
  orderWith,
  prove,
  visibleText,
} from "../support/shopper";
import { ORIGIN, expect, originOf, test } from "../support/test";

test("the lookup page asks one question, and a link may answer it", async ({ page }) => {
  const answer = await page.goto("/tracking?q=1001");
  expect(answer?.status()).toBe(200);
  await expect(page.locator("main[data-page=lookup] h1")).toHaveCount(1);
  await expect(page.locator("main input:visible")).toHaveCount(1);
  await expect(page.locator("main input[name=q]")).toHaveValue("1001");
});

for (const brand of ["meadow", "volt"]) {
  test(`an order number of ${brand} and its email open the order`, async ({ page, samples }) => {
    const sample = orderWith(samples, "in_transit", brand);
    await lookUp(page, sample.host, sample.order_number);
    await expect(page.locator("main[data-page=proof]")).toContainText(sample.order_number);
    await prove(page, emailOf(sample));
    const [parcel] = sample.parcels;
    await expect(page.locator(`main[data-page=order] [data-shipment="${parcel.tracking_number}"]`)).toHaveAttribute(
      "data-status",
      parcel.status,
    );
    await expect(page.locator("[data-part=progress] [aria-current=step]").first()).toBeVisible();
    await expect(page.locator("h1[data-part=headline]")).toHaveCount(1);
    expect(new URL(page.url()).search, "nothing of the proof stays in the address").toBe("");
  });
}

test("an order number and its phone, however it is written, open the order", async ({ page, samples }) => {
  const sample = orderWith(samples, "out_for_delivery", "volt");
  const phone = given(sample.phone, "no phone");
  await lookUp(page, sample.host, sample.order_number.toLowerCase());
  await prove(page, phone.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, "($1) $2-$3"));
  await expect(page.locator("main[data-page=order]")).toBeVisible();
});

test("wrong proof and no such order look the same", async ({ page, samples }) => {
  const { host, order_number } = orderWith(samples, "in_transit", "meadow");
  const read: string[] = [];
  for (const number of [order_number, "#987654"]) {
    await lookUp(page, host, number);
    const asked = await visibleText(page);
    await prove(page, "somebody.else@example.com");
    await expect(page.getByRole("alert")).toBeVisible();
    read.push([page.url(), asked, await visibleText(page)].join("\n").replaceAll(number, "NUMBER"));
  }
  expect(read[0]).toContain("NUMBER");
  expect(read[1]).toBe(read[0]);
});

test("an email without orders gets the same answer as one with", async ({ page, shoppers }) => {
  const sample = shoppers[0];
  const read: string[] = [];
  for (const email of [emailOf(sample), "nobody.at.all@example.com"]) {
    await lookUp(page, sample.host, email);
    await expect(page.locator("main[data-page=code]")).toBeVisible();
    read.push([page.url(), await visibleText(page)].join("\n").replaceAll(email, "EMAIL"));
  }
  expect(read[1]).toBe(read[0]);
});

test("an email alone leads by a code to all of its orders, with the full address", async ({ page, samples, shoppers }) => {
  const sample = shoppers[1];
  await openOrder(page, sample);
  const address = page.locator("[data-part=address] .preserve");
  const shortened = await address.innerText();
  await openOrdersByCode(page, sample);
  const own = samples.filter(({ brand, email }) => brand === sample.brand && email === sample.email);
  // Other journeys order in this shopper's name meanwhile: all of the own ones are there, and nobody else's.
  await expect(page.locator("main[data-page=orders] li[data-status]").nth(own.length - 1)).toBeVisible();
  for (const { order_number } of own) await expect(page.locator("main")).toContainText(order_number);
  for (const { brand, email, order_number } of samples) {
    if (brand !== sample.brand || email !== sample.email) await expect(page.locator("main")).not.toContainText(order_number);
  }
  await page.locator("main a", { hasText: sample.order_number }).click();
  await expect(page.locator("main[data-page=order]")).toBeVisible();
  const full = await address.innerText();
  expect(full.split("\n").length, `"${full}" tells more than "${shortened}"`).toBeGreaterThan(shortened.split("\n").length);
});

test("a wrong code is refused and the right one still works", async ({ page, shoppers }) => {
  const sample = shoppers[2];
  await lookUp(page, sample.host, emailOf(sample));
  const { code } = await messageTo(page.request, emailOf(sample));
  const enter = async (typed: string) => {
    await page.locator("input[name=code]").fill(typed);
    await page.locator("input[name=code]").press("Enter");
  };
  await enter(code === "000000" ? "000001" : "000000");
  await expect(page.getByRole("alert")).toBeVisible();
  await enter(code);
  await expect(page.locator("main[data-page=orders]")).toBeVisible();
});

test("a phone alone leads to its orders", async ({ page, shoppers }) => {
  const sample = shoppers[3];
  const phone = given(sample.phone, "no phone");
  await lookUp(page, sample.host, phone);
  const { code } = await messageTo(page.request, phone);
  await page.locator("input[name=code]").fill(code);
  await page.locator("input[name=code]").press("Enter");
  await expect(page.locator("main[data-page=orders]")).toContainText(sample.order_number);
});

test("a link from a mail waits for its button and works once", async ({ page, shoppers }) => {
  const sample = shoppers[4];
  await lookUp(page, sample.host, emailOf(sample));
  const { link } = await messageTo(page.request, emailOf(sample));
  await page.context().clearCookies();
  // A mail scanner follows it first, and takes nothing from the shopper.
  expect((await page.request.get(link)).status()).toBe(200);
  await page.goto(link);
  await expect(page.locator("main [data-part=items], main li[data-status]")).toHaveCount(0);
  await page.locator("main form button").click();
  await expect(page.locator("main[data-page=orders]")).toContainText(sample.order_number);
  expect(page.url()).not.toContain("/l/");

  await page.context().clearCookies();
  await page.goto(link);
  await page.locator("main form button, main a.button").first().click();
  await expect(page.locator("main[data-page=orders]")).toHaveCount(0);
});

test("a tracking number shows its parcel and nothing of who gets it", async ({ page, shoppers }) => {
  const sample = shoppers[5];
  await openOrdersByCode(page, sample);
  await page.locator("main a", { hasText: sample.order_number }).click();
  const address = (await page.locator("[data-part=address] .preserve").innerText()).split("\n");
  const items = await page.locator("[data-part=items] [data-sku] .title").allInnerTexts();
  const skus = await page.locator("[data-sku]").evaluateAll((all) => all.map((one) => one.getAttribute("data-sku") ?? ""));
  expect(address.length).toBeGreaterThan(2);
  expect(items.length).toBeGreaterThan(0);

  await page.context().clearCookies();
  const [{ tracking_number, status }] = sample.parcels;
  await lookUp(page, sample.host, tracking_number);
  await expect(page.locator(`main[data-page=parcel] [data-shipment="${tracking_number}"]`)).toHaveAttribute(
    "data-status",
    status,
  );
  const html = await page.content();
  const [name, street] = address;
  const personal = [name, street, ...items, ...skus, emailOf(sample), given(sample.phone, "no phone"), sample.order_number];
  for (const text of personal) expect(html, `"${text}" on the public page`).not.toContain(text);
});

test("every tracking number of the demo is taken for one", async ({ request, samples }) => {
  const mistaken: string[] = [];
  for (const { parcels } of samples.filter(({ brand }) => brand === "meadow")) {
    for (const { tracking_number } of parcels) {
      const form = { q: tracking_number };
      const answer = await request.post(`${ORIGIN}/tracking/api/find_order`, { form, headers: { origin: ORIGIN }, maxRedirects: 0 });
      const { location } = answer.headers();
      if (!location?.endsWith(`/parcels/${tracking_number}`)) mistaken.push(`${tracking_number}: ${location}`);
    }
  }
  expect(mistaken).toEqual([]);
});

test("an unknown tracking number is told in the brand's words", async ({ page }) => {
  await lookUp(page, "localhost", "1Z999AA10123456784");
  await expect(page.locator("main[data-page=error] h1, main[data-page=parcel] h1")).toHaveCount(1);
});

test("a browser that is to be forgotten no longer sees the order", async ({ page, samples }) => {
  await openOrder(page, orderWith(samples, "in_transit", "meadow"));
  const order = page.url();
  await page.locator("footer form[action$='/forget'] button").click();
  await expect(page.locator("main[data-page=lookup]")).toBeVisible();
  expect((await page.goto(order))?.status()).toBe(404);
  await expect(page.locator("main[data-page=error]")).toBeVisible();
});

test("nobody opens an order by its address alone", async ({ page, samples }) => {
  const { host, order_number } = orderWith(samples, "in_transit", "volt");
  const answer = await page.goto(`${originOf(host)}/tracking/orders/${encodeURIComponent(order_number)}`);
  expect(answer?.status()).toBe(404);
});
