// Visits every page in Chromium, wide and light, narrow and dark, and prints what it found as JSON.
//   node visit.mjs URL '{"reset": SECRET, "invitation": SECRET}' '["outside", "inside"]' '[0, 1, 2]'
// The third argument names the parts that are visited.
// SHOTS=folder keeps a picture of each look.
import { createHmac } from "node:crypto";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { HtmlValidate } from "html-validate";
import { chromium } from "playwright-core";
import rules from "./markup.mjs";

const site = process.argv[2];
const [secrets, parts] = process.argv.slice(3).map((argument) => JSON.parse(argument));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const LOOKS = [
  { name: "light", colorScheme: "light", viewport: { width: 1280, height: 900 } },
  { name: "dark", colorScheme: "dark", viewport: { width: 320, height: 700 } },
];
const PASSWORD = "seven quiet harbours";
const faults = [];
const seen = [];
const served = new WeakMap();
const validator = new HtmlValidate(rules);

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });

async function look(page, name) {
  seen.push(name);
  const { results } = await validator.validateString(await served.get(page).text());
  for (const { messages } of results) for (const { ruleId, message, line } of messages) faults.push({ name, id: ruleId, nodes: [`line ${line}: ${message}`] });
  for (const { name: appearance, colorScheme, viewport } of LOOKS) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize(viewport);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(
      (values) => globalThis.axe.run(document, { runOnly: { type: "tag", values } }),
      RULES,
    );
    for (const { id, nodes } of violations) faults.push({ name, appearance, id, nodes: nodes.map((node) => node.html) });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (overflow > 0) faults.push({ name, appearance, id: "overflow", nodes: [`${overflow} px`] });
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name}-${appearance}.png`, fullPage: true });
  }
}

async function open(options = {}) {
  const page = await (await browser.newContext({ baseURL: site, ...options })).newPage();
  // the page as it was served: what stands in the browser has been mended already
  page.on("response", (response) => {
    const request = response.request();
    if (request.isNavigationRequest() && response.status() !== 303) served.set(page, response);
  });
  page.on("console", (message) => {
    const text = message.text();
    const isExpected = /status of 4\d\d/.test(text);
    if (message.type() === "error" && !isExpected) faults.push({ name: page.url(), id: "console", nodes: [text] });
  });
  page.on("pageerror", (error) => faults.push({ name: page.url(), id: "script", nodes: [error.message] }));
  return page;
}

// Press a button that submits a form, and wait for the page it leads to: `click` returns before the navigation starts.
async function submit(button) {
  await Promise.all([button.page().waitForEvent("load"), button.click()]);
}

async function signIn(page, person, password = PASSWORD) {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail address").fill(`${person}@example.org`);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await submit(page.getByRole("button", { name: "Sign in", exact: true }));
}

function codeOf(key, now = Date.now()) {
  const bits = [...key.replaceAll(" ", "")].map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0"));
  const secret = Buffer.from(bits.join("").match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(now / 30000)));
  const mac = createHmac("sha1", secret).update(step).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1e6).padStart(6, "0");
}

async function withoutScripts() {
  const page = await open({ javaScriptEnabled: false });
  await page.goto("/account/factor");
  await page.getByLabel("E-mail address").fill("japan@example.org");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.keyboard.press("Enter");
  await page.waitForURL("**/account/factor");
  await page.goto("/account");
  await submit(page.getByRole("button", { name: "Sign out" }).first());
  return page.getByRole("heading", { level: 1 }).textContent();
}

async function outside() {
  const page = await open();
  for (const [name, path] of [
    ["sign-in", "/sign-in"],
    ["forgotten", "/sign-in/forgotten"],
    ["forgotten-sent", "/sign-in/forgotten?sent="],
    ["reset", `/sign-in/reset?secret=${secrets.reset}`],
    ["reset-worthless", "/sign-in/reset?secret=worthless"],
    ["invitation-new", `/invitation?secret=${secrets.invitation}`],
    ["invitation-known", `/invitation?secret=${secrets.known}`],
    ["signed-out", "/sign-out"],
  ]) {
    await page.goto(path);
    await look(page, name);
  }
  await signIn(page, "upu", "not my password");
  await look(page, "sign-in-refused");
  await page.goto(`/sign-in/reset?secret=${secrets.reset}`);
  await page.getByLabel("New password").fill("short");
  await submit(page.getByRole("button"));
  await look(page, "reset-refused");
  for (let guess = 0; guess < 5; guess += 1) await signIn(page, "upu", "not my password");
  await look(page, "blocked");
}

async function inside() {
  const page = await open();
  await signIn(page, "japan");
  await page.waitForURL("**/");
  for (const [name, path] of [
    ["account", "/account"],
    ["account-done", "/account?done=password"],
    ["password", "/account/password"],
    ["second-factor-none", "/account/factor"],
    ["new-passkey", "/account/passkeys"],
    ["invitation-signed-in", `/invitation?secret=${secrets.invitation}`],
    ["sign-out", "/sign-out"],
  ]) {
    await page.goto(path);
    await look(page, name);
  }
  await page.goto("/account/factor");
  await submit(page.getByRole("button", { name: "Set up an authenticator" }));
  await look(page, "new-factor");
  await page.getByLabel("Current password").fill("not my password");
  await page.getByLabel("Code").fill("000000");
  await submit(page.getByRole("button", { name: "Set up" }));
  await look(page, "new-factor-refused");
  await page.getByLabel("Current password").fill(PASSWORD);
  await page.getByLabel("Code").fill(codeOf(await page.locator("code.key").textContent()));
  await submit(page.getByRole("button", { name: "Set up" }));
  await look(page, "codes");
  const recovery = await page.locator(".codes code").first().textContent();
  for (const path of ["/account/factor", "/account/factor/remove", "/account/recovery-codes"]) {
    await page.goto(path);
    await look(page, path.slice(1).replaceAll("/", "-"));
  }
  const other = await open();
  await signIn(other, "japan");
  await look(other, "factor");
  await other.getByLabel("Code").fill("000000");
  await submit(other.getByRole("button", { name: "Go on" }));
  await look(other, "factor-refused");
  await other.getByLabel("Code").fill(recovery);
  await submit(other.getByRole("button", { name: "Go on" }));
  await other.waitForURL("**/");
  await look(other, "account-two-browsers");
}

async function byPasskey() {
  const page = await open();
  const devices = await page.context().newCDPSession(page);
  await devices.send("WebAuthn.enable");
  await devices.send("WebAuthn.addVirtualAuthenticator", {
    options: { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
  await signIn(page, "canada");
  await page.goto("/account/passkeys");
  await page.getByLabel("Current password").fill("not my password");
  await page.getByLabel("A name by which you will know it").fill("Desk key");
  await page.getByRole("button", { name: "Add the passkey" }).click();
  const refusal = page.getByText("This is not your current password.");
  await refusal.waitFor();
  await look(page, "new-passkey-refused");
  await page.getByLabel("Current password").fill(PASSWORD);
  await page.getByRole("button", { name: "Add the passkey" }).click();
  await page.waitForURL("**/account?done=passkey");
  await look(page, "account-passkey");
  await page.getByRole("link", { name: "Remove the passkey Desk key" }).click();
  await look(page, "remove-passkey");
  await page.getByLabel("Current password").fill("not my password");
  await submit(page.getByRole("button", { name: "Remove it" }));
  await look(page, "remove-passkey-refused");
  await page.goto("/account");
  await submit(page.getByRole("button", { name: "Sign out", exact: true }).first());
  await page.goto("/sign-in?continue=%2Faccount%2Ffactor");
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.waitForURL("**/account/factor");
  return page.getByRole("heading", { level: 1 }).textContent();
}

// An application lets itself in: sign-in, consent, and on to the application, by forms and redirects as browsers hold them.
async function applications() {
  const page = await open();
  const challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
  const asked = { response_type: "code", scope: "read comment openid", code_challenge: challenge, code_challenge_method: "S256" };
  const query = new URLSearchParams({ ...asked, client_id: secrets.web, redirect_uri: `${site}/healthz`, state: "s" });
  await page.goto(`/oauth/authorize?${query}`);
  await page.getByLabel("E-mail address").fill("china@example.org");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await submit(page.getByRole("button", { name: "Sign in", exact: true }));
  await page.getByRole("button", { name: "Allow" }).waitFor();
  await look(page, "consent");
  await submit(page.getByRole("button", { name: "Allow" }));
  await page.waitForURL("**/healthz?*");
  const led = [...new URL(page.url()).searchParams.keys()].sort().join(" ");
  await page.goto("/oauth/authorize?client_id=nobody");
  await look(page, "authorization-error");
  const given = await page.request.post("/oauth/device_authorization", { form: { client_id: secrets.device, scope: "read" } });
  await page.goto("/device");
  await look(page, "device");
  await page.getByLabel("The code that your device shows").fill("BBBB-BBBB");
  await submit(page.getByRole("button", { name: "Continue" }));
  await look(page, "device-refused");
  await page.getByLabel("The code that your device shows").fill((await given.json()).user_code);
  await submit(page.getByRole("button", { name: "Continue" }));
  await look(page, "device-asked");
  await submit(page.getByRole("button", { name: "Allow" }));
  await look(page, "device-done");
  await page.goto("/account");
  await look(page, "account-applications");
  await page.goto("/oauth/end_session");
  await look(page, "end-session");
  return led;
}

const visits = { scriptless: withoutScripts, outside, inside, applications, passkey: byPasskey };
const told = {};
for (const part of parts) told[part] = (await visits[part]()) ?? null;
await browser.close();
console.log(JSON.stringify({ told, seen, faults }, null, 1));
