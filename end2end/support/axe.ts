// Accessibility by axe, in light and in dark, on a phone and on a desk. Only where JavaScript runs: axe is a script in
// the page.
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const NARROW = { width: 390, height: 844 };
const WIDE = { width: 1280, height: 900 };

export async function expectAccessible(page: Page) {
  for (const [viewport, colorScheme, rules] of [
    [NARROW, "light", "all"],
    // Colours are all that differs between the schemes; nothing but its size differs for a wide page.
    [NARROW, "dark", "colours"],
    [WIDE, "light", "colours"],
    [WIDE, "dark", "all"],
  ] as const) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    // The other mode opens a second page for each run, to look into frames of other origins: there are none.
    const axe = new AxeBuilder({ page }).setLegacyMode();
    const { violations } = await (rules === "all" ? axe : axe.withRules(["color-contrast"])).analyze();
    const told = violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ target }) => target).join("; ")})`);
    expect(told, `axe on ${page.url()} in ${colorScheme}, ${viewport.width} wide`).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow, `${page.url()} scrolls sideways at ${viewport.width}`).toBe(0);
  }
  await page.emulateMedia({ colorScheme: null });
}
