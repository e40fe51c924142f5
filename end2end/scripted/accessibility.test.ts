import { expectAccessible } from "../support/axe";
import { originOf, test } from "../support/test";

for (const host of ["localhost", "volt.localhost"]) {
  test(`the lookup page of ${host} is accessible in light and dark`, async ({ page }) => {
    await page.goto(`${originOf(host)}/tracking`);
    await expectAccessible(page);
  });
}
