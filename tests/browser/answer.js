// SPDX-License-Identifier: Apache-2.0
// Answers on the page of a track in headless Chromium, blind first, gathers them on the page
// that gathers, and keeps what it offers for download: node answer.js MODULES REPORT OUT.
"use strict";
const fs = require("fs");
const path = require("path");
const {pathToFileURL} = require("url");
const [, , modules, report, out] = process.argv;
const {chromium} = require(path.join(path.resolve(modules), "playwright-core"));

let failed = 0;
function check(ok, what) {
    if (!ok) { failed++; console.error("failed: " + what); }
}
const url = (page) => pathToFileURL(path.join(path.resolve(report), page)).href;

async function withoutScript(browser, page) {
    const context = await browser.newContext({javaScriptEnabled: false});
    const p = await context.newPage();
    await p.goto(url(page));
    const set = p.locator(".finding .answer").first();
    await set.locator('label:has([value="no"])').click();
    const line = await set.locator(".line:visible").innerText();
    check(/^.*- \{track: [^,]+, rule: [a-z_]+, answer: no\}$/.test(line),
        "without a script the line to copy shows: " + line);
    await context.close();
}

(async () => {
    const browser = await chromium.launch({executablePath: "/usr/bin/chromium",
        args: ["--no-sandbox"]});
    const page = "tracks/" + fs.readdirSync(path.join(report, "tracks")).sort()
        .find((f) => fs.readFileSync(path.join(report, "tracks", f), "utf8")
            .split('<fieldset class="answer"').length > 2);
    await withoutScript(browser, page);
    const context = await browser.newContext({acceptDownloads: true});
    const p = await context.newPage();
    p.on("pageerror", (e) => check(false, "script: " + e.message));
    await p.goto(url(page));
    const first = p.locator(".finding").first(), second = p.locator(".finding").nth(1);
    check(await first.locator("h3").isVisible(), "the verdict shows");
    await p.locator(".blind-box").check();
    check(!await first.locator("h3").first().isVisible(), "blind hides the verdict");
    check(!await p.locator("#did").isVisible(), "blind hides what mastering did");
    await first.locator('label:has([value="yes"])').click();
    check(await first.locator("h3").first().isVisible(), "the answer shows the verdict");
    await p.locator(".blind-box").uncheck();
    await second.locator('label:has([value="on_purpose"])').click();
    await second.locator(".note input").fill('meant: "so", äöü');
    await second.locator(".note input").blur();
    check((await p.locator(".tray p").innerText()).startsWith("2 answers"), "the tray counts");
    await p.reload();
    check(await first.locator('[value="yes"]').isChecked(), "the browser keeps the answer");
    await p.locator(".tray a").click();
    await p.locator("#listener").waitFor(); /* the page that gathers, filled by its script */
    await p.locator("#answers tbody tr").nth(1).waitFor().catch(() => {});
    check(await p.locator("#answers tbody tr").count() === 2, "all are gathered on one page");
    await p.locator("#listener").fill("L. Ear");
    const [download] = await Promise.all([p.waitForEvent("download"),
        p.locator(".tray button").first().click()]);
    await download.saveAs(out);
    check(download.suggestedFilename() === "answers.yaml", "the file is called answers.yaml");
    check(await p.locator("#answers-text").inputValue() === fs.readFileSync(out, "utf8"),
        "the page shows what the file says");
    await browser.close();
    process.exit(failed ? 1 : 0);
})().catch((e) => { console.error(e); process.exit(1); });
