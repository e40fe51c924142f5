// Where things stand on a phone; the islands move nothing.
import { openOrder } from "../support/shopper";
import { expect, test } from "../support/test";

for (const brand of ["meadow", "volt"]) {
  test(`trouble and its way out stand on a phone's first screen in ${brand}`, async ({ page, samples }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    let troubled = 0;
    for (const sample of samples.filter((sample) => sample.brand === brand && !sample.moving)) {
      await openOrder(page, sample);
      const incident = page.locator("[data-part=incident]").first();
      if ((await incident.count()) === 0) continue;
      troubled += 1;
      const action = incident.locator("a.button, button, summary.button").first();
      const box = await ((await action.count()) > 0 ? action : incident).boundingBox();
      expect((box?.y ?? Infinity) + (box?.height ?? 0), sample.order_number).toBeLessThanOrEqual(600);
    }
    expect(troubled).toBeGreaterThan(0);
  });
}
