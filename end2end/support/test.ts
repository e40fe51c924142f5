// `test` as every journey uses it: the demo's orders at hand, and what must hold on every page watched throughout.
import { test as base, expect, type Page } from "@playwright/test";
import { ORIGIN, type Sample, readSamples } from "./demo";

interface ForEachTest {
  /** Fails the test when a page breaks its content policy, throws, or asks another origin for anything. */
  watch: void;
  /**
   * Orders of different shoppers, one each, that only this project's journeys write to: two journeys that ask for a
   * code at the same address at the same time would read each other's.
   */
  shoppers: Sample[];
}

interface ForEachWorker {
  samples: Sample[];
}

export const test = base.extend<ForEachTest, ForEachWorker>({
  samples: [async ({}, use) => use(readSamples()), { scope: "worker" }],

  shoppers: async ({ samples }, use, { project }) => {
    const ofMeadow = samples.filter((sample) => sample.brand === "meadow" && sample.parcels.length > 0 && !sample.moving);
    const first = ofMeadow.filter((sample, at) => ofMeadow.findIndex(({ email }) => email === sample.email) === at);
    const remainder = project.name === "plain" ? 1 : 0;
    await use(first.filter((_, at) => at % 2 === remainder));
  },

  watch: [
    async ({ context }, use) => {
      const faults: string[] = [];
      context.on("page", (page) => listen(page, faults));
      await use();
      expect(faults, "faults seen while the pages were open").toEqual([]);
    },
    { auto: true },
  ],
});

function listen(page: Page, faults: string[]) {
  page.on("pageerror", (error) => faults.push(`thrown on ${page.url()}: ${error.message}`));
  page.on("console", (message) => {
    // The browser reports each answer of 400 and above as an error too; those are for the journeys to judge.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) {
      faults.push(`console on ${page.url()}: ${message.text()}`);
    }
  });
  page.on("request", (request) => {
    const { protocol, host, hostname } = new URL(request.url());
    const port = new URL(ORIGIN).port;
    // One brand's page asks its own host only, but a journey may go on at the other brand's.
    const here = request.isNavigationRequest()
      ? (hostname === "localhost" || hostname.endsWith(".localhost")) && host.endsWith(`:${port}`)
      : host === new URL(page.url()).host;
    if (protocol.startsWith("http") && !here) faults.push(`${page.url()} asks for ${request.url()}`);
  });
  page.on("domcontentloaded", (page) => void noteInlineStyles(page, faults));
}

/** The content policy forbids inline styles, but a browser says so only of those that it had to apply. */
async function noteInlineStyles(page: Page, faults: string[]) {
  try {
    const styled = await page.locator("[style], style").count();
    if (styled > 0) faults.push(`${page.url()} has ${styled} inline styles`);
  } catch (error) {
    // The journey was faster and has left the page.
    if (!/closed|destroyed|navigat|detached/i.test(String(error))) throw error;
  }
}

export { expect };
export { type Sample, ORIGIN, originOf } from "./demo";
