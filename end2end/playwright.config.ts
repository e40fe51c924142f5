// Journeys through the demo in a real browser, each with and without JavaScript.
//
// journeys/  run both ways
// scripted/  need JavaScript (islands, live change, axe)
// plain/     hold only without it
import { defineConfig } from "@playwright/test";
import { BINARY, ORIGIN, SITE_ADDRESS, demoFolder } from "./support/demo";

const chromium = {
  browserName: "chromium" as const,
  launchOptions: {
    // Unset, Playwright takes the Chromium that it fetched itself.
    executablePath: process.env.CHROMIUM || undefined,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  },
};

export default defineConfig({
  testDir: ".",
  testMatch: "**/*.test.ts",
  outputDir: "test-results",
  fullyParallel: true,
  forbidOnly: true,
  // A shared machine stalls now and then; what fails twice has failed, and a retry is told as flaky.
  retries: process.env.CI ? 2 : 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  // `--trace on` tells more of a failure, and doubles the time of all.
  use: { baseURL: ORIGIN, screenshot: "only-on-failure" },
  projects: [
    { name: "javascript", testIgnore: "plain/**", use: { ...chromium, javaScriptEnabled: true } },
    { name: "plain", testIgnore: "scripted/**", use: { ...chromium, javaScriptEnabled: false } },
  ],
  webServer: {
    command: `exec ${BINARY} demo`,
    // Where Leptos.toml and the assets lie.
    cwd: "..",
    url: `${ORIGIN}/readyz`,
    env: {
      LEPTOS_SITE_ADDR: SITE_ADDRESS,
      DATABASE_URL: `sqlite://${demoFolder()}/doorstep.db`,
      DOORSTEP_LIMITS: "relaxed",
      // Of ten shoppers there are surely some in either group.
      DOORSTEP_HOLDOUT_PERCENT: "50",
    },
    reuseExistingServer: false,
    gracefulShutdown: { signal: "SIGTERM", timeout: 15_000 },
    stderr: "pipe",
    timeout: 120_000,
  },
});
