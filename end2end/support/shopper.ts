// What a shopper does, in one word each, and the post that reaches them.
import { type APIRequestContext, type Page, expect } from "@playwright/test";
import { ORIGIN, type Sample, originOf } from "./demo";

/** Types into the one box of a brand and sends it. */
export async function lookUp(page: Page, host: string, typed: string) {
  await page.goto(`${originOf(host)}/tracking`);
  await page.locator("input[name=q]").fill(typed);
  await page.locator("input[name=q]").press("Enter");
  await expect(page.locator("main:not([data-page=lookup])")).toBeVisible();
}

/** Answers the question for the email or phone of the order. */
export async function prove(page: Page, proof: string) {
  await page.locator("main[data-page=proof] input[name=proof]").fill(proof);
  await page.locator("main[data-page=proof] form button").click();
}

/** From the box to the order's page, by order number and email. */
export async function openOrder(page: Page, sample: Sample) {
  await lookUp(page, sample.host, sample.order_number);
  await prove(page, emailOf(sample));
  await expect(page.locator("main[data-page=order]")).toBeVisible();
}

/** Asks for a code, and answers with it. */
export async function openOrdersByCode(page: Page, sample: Sample) {
  await lookUp(page, sample.host, emailOf(sample));
  const { code } = await messageTo(page.request, emailOf(sample));
  await page.locator("main[data-page=code] input[name=code]").fill(code);
  await page.locator("main[data-page=code] form").first().locator("button").click();
  await expect(page.locator("main[data-page=orders]")).toBeVisible();
}

/** The newest code and one-time link sent to an address or number. */
export async function messageTo(request: APIRequestContext, to: string): Promise<{ code: string; link: string }> {
  let text: string | undefined;
  // Messages leave by a job, a moment after the page has answered.
  await expect
    .poll(async () => {
      const messages = (await (await request.get(`${ORIGIN}/dev/mail.json`)).json()) as { to: string; text: string }[];
      text = messages.find((message) => message.to === to)?.text;
      return text;
    }, `a message to ${to}`)
    .toBeDefined();
  const code = /\b\d{6}\b/.exec(text ?? "")?.[0];
  const link = /https?:\/\/\S+\/l\/\S+/.exec(text ?? "")?.[0];
  return { code: code ?? `no code in: ${text}`, link: link ?? `no link in: ${text}` };
}

export function emailOf(sample: Sample): string {
  return given(sample.email, `${sample.order_number} has no email`);
}

/** The first order that has a parcel of that status: `delivered`, or in full `delivered.signed`. */
export function orderWith(samples: Sample[], status: string, brand?: string): Sample {
  const fits = (found: string) => found === status || found.startsWith(`${status}.`);
  const found = samples.find(
    (sample) => !sample.moving && (!brand || sample.brand === brand) && sample.parcels.some((parcel) => fits(parcel.status)),
  );
  return given(found, `no order with a parcel that is ${status}`);
}

export function given<T>(value: T | null | undefined, otherwise: string): T {
  if (value === null || value === undefined) throw new Error(otherwise);
  return value;
}

/** What is read on the page, by whoever sees it. */
export async function visibleText(page: Page): Promise<string> {
  return (await page.locator("body").innerText()).replace(/\s+/g, " ").trim();
}
