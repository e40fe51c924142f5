// After the delivery: rated, explained, changed, shown in a photo; and reported where it is not there after all.
import { given, openOrder } from "../support/shopper";
import { expect, test } from "../support/test";

/** Two by two pixels. */
const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGOIspEDIgYIBQAUrgLRTs+CVAAAAABJRU5ErkJggg==",
  "base64",
);

test("a delivery is rated, shown in a photo, rated anew and reviewed", async ({ page, samples }, { project }) => {
  // One order each way, which nothing is wrong with and no other journey writes to.
  const number = project.name === "plain" ? "V-20414" : "#1004";
  await openOrder(page, given(samples.find(({ order_number }) => order_number === number), number));
  const feedback = page.locator("section.feedback").first();
  const photo = feedback.locator("form[data-part=photo]");

  await feedback.locator("[name=rating][value='1']").check();
  await feedback.locator("[name=reasons][value=damaged]").check();
  await feedback.locator("[name=comment]").fill("<script>document.title = 'taken'</script> wet");
  await feedback.getByRole("button").last().click();
  await expect(feedback.locator("[data-part=case]")).toBeVisible();
  await expect(page).not.toHaveTitle("taken");

  await photo.locator("[type=file]").setInputFiles({ name: "box.jpg", mimeType: "image/jpeg", buffer: Buffer.from("no picture") });
  await photo.locator("button").click();
  await expect(photo.getByRole("alert")).toBeVisible();
  await photo.locator("[type=file]").setInputFiles({ name: "box.png", mimeType: "image/png", buffer: PICTURE });
  await photo.locator("button").click();
  await expect(photo.locator("[data-part=photo-kept]")).toBeVisible();
  await expect(photo.getByRole("alert")).toHaveCount(0);

  await feedback.locator("summary").click();
  await expect(feedback.locator("[name=comment]")).toHaveValue("<script>document.title = 'taken'</script> wet");
  await feedback.locator("[name=rating][value='5']").check();
  await feedback.locator("[name=reasons][value=kind]").check();
  await feedback.locator("form[data-part=feedback]").getByRole("button").click();
  await expect(feedback.locator("a[href*='/review']")).toBeVisible();
  await expect(feedback.locator("[data-part=case]")).toHaveCount(0);
});

test("it says delivered but is not here", async ({ page, samples }, { project }) => {
  const number = project.name === "plain" ? "V-20426" : "#1019";
  await openOrder(page, given(samples.find(({ order_number }) => order_number === number), number));
  const missing = page.locator("[data-part=not-received]").last();
  await missing.locator("summary").click();
  await expect(missing.locator("[data-part=fact]").first()).toBeVisible();
  await missing.locator("[name=text]").fill("Asked both neighbours");
  await missing.getByRole("button").click();
  await expect(missing.locator("[data-part=case]")).toBeVisible();
  await expect(missing.locator("form")).toHaveCount(0);
});

test("an answer opens, and the way on carries the order", async ({ page, samples }, { project }) => {
  const number = project.name === "plain" ? "#1001" : "#1002";
  await openOrder(page, given(samples.find(({ order_number }) => order_number === number), number));
  const help = page.locator("[data-part=help]");
  await help.locator("[data-question=where] summary").click();
  await expect(help.locator("[data-question=where] p").first()).toHaveText(await page.locator("h1").innerText());
  await help.locator("[data-part=contact] summary").click();
  await help.locator("[name=cause]").selectOption("other");
  await help.locator("[name=text]").fill("May I fetch it myself?");
  await help.locator("form[data-part=case-form]").getByRole("button").click();
  await expect(help.locator("[data-part=case]")).toBeVisible();
});
