// `test` as every journey uses it: the demo's orders at hand, and what must hold on every page watched throughout.
import { test as base, expect, type Page } from "@playwright/test";
import { type Sample, readSamples } from "./demo";

interface ForEachTest {
  /** Fails the test when a page breaks its content policy, throws, or asks another origin for anything. */
  watch: void;
}

interface ForEachWorker {
  samples: Sample[];
}

export const test = base.extend<ForEachTest, ForEachWorker>({
  samples: [async ({}, use) => use(readSamples()), { scope: "worker" }],

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
    const { protocol, hostname } = new URL(request.url());
    const here = hostname === "localhost" || hostname.endsWith(".localhost") || hostname === "127.0.0.1";
    if (protocol.startsWith("http") && !here) faults.push(`${page.url()} asks for ${request.url()}`);
  });
}

export { expect };
export { type Sample, ORIGIN, originOf } from "./demo";
