// SPDX-License-Identifier: Apache-2.0
// A report in headless Chromium: node drive.js MODULES REPORT [SCREENSHOTS]. Prints one
// line per failed check and the counts; exit code 1 where one failed.
"use strict";
const fs = require("fs");
const path = require("path");
const {pathToFileURL} = require("url");
const [, , modules, report, shots] = process.argv;
const need = (name) => require(path.join(path.resolve(modules), name));
const {chromium} = need("playwright-core");
const axeSource = fs.readFileSync(path.join(modules, "axe-core", "axe.min.js"), "utf8");

let passed = 0, failed = 0;
function check(ok, what) {
    if (ok) passed++;
    else { failed++; console.error("failed: " + what); }
    return ok;
}
const url = (page) => pathToFileURL(path.join(path.resolve(report), page)).href;
const first = (folder) => folder + "/" + fs.readdirSync(path.join(report, folder))
    .filter((f) => f.endsWith(".html")).sort()[0];
const withClip = () => "tracks/" + fs.readdirSync(path.join(report, "tracks")).sort()
    .find((f) => fs.readFileSync(path.join(report, "tracks", f), "utf8").includes('class="ab"'));

// Every page beside the index, one of each folder, and one with a player.
function everyKind() {
    const entries = fs.readdirSync(report, {withFileTypes: true});
    const top = entries.filter((e) => e.isFile() && e.name.endsWith(".html") &&
        e.name !== "report.html").map((e) => e.name);
    const folders = entries.filter((e) => e.isDirectory() && !e.name.startsWith(".") &&
        fs.readdirSync(path.join(report, e.name)).some((f) => f.endsWith(".html")));
    return [...new Set([...top, ...folders.map((e) => first(e.name)), withClip()])].sort();
}

// A page of which nothing may go wrong: no message, no failed or foreign request.
async function open(context, page, hash) {
    const p = await context.newPage();
    const base = pathToFileURL(path.resolve(report)).href + "/";
    p.on("console", (m) => {
        if (m.type() === "error" || m.type() === "warning")
            check(false, page + ": console: " + m.text());
    });
    p.on("pageerror", (e) => check(false, page + ": script: " + e.message));
    p.on("request", (r) => {
        if (!r.url().startsWith(base) && !r.url().startsWith("blob:"))
            check(false, page + ": request of " + r.url());
    });
    p.on("requestfailed", (r) => check(false, page + ": request failed: " + r.url()));
    await p.goto(url(page) + (hash || ""));
    return p;
}

async function axe(p, page) {
    await p.evaluate(axeSource); // by the debugger, which the policy does not bind
    const found = await p.evaluate(async () => {
        const r = await window.axe.run(document, {preload: false,
            runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]});
        return r.violations.filter((v) => v.impact === "serious" || v.impact === "critical")
            .map((v) => v.id + " at " + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160))
                .join(" | "));
    });
    check(found.length === 0, page + ": axe: " + found.join("\n   "));
}

async function everyPage(browser, pages) {
    for (const scheme of ["light", "dark"]) {
        const context = await browser.newContext({viewport: {width: 1440, height: 900},
            colorScheme: scheme});
        for (const page of pages) {
            const p = await open(context, page);
            check(await p.locator("h1").count() === 1, page + ": one h1");
            check((await p.locator("main").innerText()).length > 80, page + ": has text");
            check(await p.locator(".theme").count() === 1, page + ": theme button");
            check(await p.evaluate(() => document.scrollingElement.scrollWidth <=
                window.innerWidth + 1), page + ": no sideways scrolling of the page");
            await axe(p, page + " (" + scheme + ")");
            await p.close();
        }
        await context.close();
    }
}

async function phone(browser, pages) {
    const context = await browser.newContext({viewport: {width: 390, height: 844},
        hasTouch: true, isMobile: true});
    for (const page of pages) {
        const p = await open(context, page);
        const width = await p.evaluate(() => document.scrollingElement.scrollWidth);
        check(width <= 391, page + ": on a phone " + width + " px wide");
        await p.close();
    }
    const p = await open(context, "index.html");
    check(await p.evaluate(() => Array.from(document.querySelectorAll(".scroll, .table"))
        .every((e) => e.scrollWidth <= e.clientWidth + 1 ||
            getComputedStyle(e).overflowX === "visible")),
        "on a phone nothing lies behind a sideways scroll");
    const label = await p.evaluate(() => {
        const cell = document.querySelector("#heat td[class^=m]");
        return [getComputedStyle(cell, "::after").content, cell.dataset.label];
    });
    check(label[0].includes(label[1]), "on a phone a mark of the map names its fault: " + label);
    await context.close();
}

// Without JavaScript all text is there, nothing is hidden, and links lead on.
async function plain(browser, pages) {
    const context = await browser.newContext({javaScriptEnabled: false});
    for (const page of pages) {
        const p = await open(context, page);
        check(await p.locator("nav a").count() >= 6, page + ": navigation without script");
        check(await p.locator("[hidden]").count() === 0, page + ": nothing hidden");
        await p.close();
    }
    const p = await open(context, "index.html");
    check(await p.locator(".habit").count() >= 1, "what recurs comes first");
    await p.locator("table.map tbody th a").nth(1).click();
    check((await p.title()).includes("hindsight"), "a track opens from the map");
    const players = await open(context, withClip());
    check(await players.locator(".ab audio:visible").count() >= 2, "plain players are there");
    await context.close();
}

const column = (p, i) => p.evaluate((k) => Array.from(
    document.querySelectorAll("#heat tbody tr:not(.group)"))
    .filter((r) => !r.hidden).map((r) => r.cells[k].textContent), i);

async function tables(browser) {
    const context = await browser.newContext({viewport: {width: 1440, height: 900}});
    let p = await open(context, "index.html");
    const before = await column(p, 0);
    const button = p.locator("#heat thead .sort").nth(1);
    await button.click();
    const numbers = (await column(p, 1)).map(parseFloat).filter((x) => !isNaN(x));
    check(numbers.every((x, i) => !i || numbers[i - 1] >= x), "sorted by faults, most first");
    check(await p.locator("#heat tr.group:visible").count() === 0, "no groups while sorted");
    const address = await p.evaluate(() => location.hash);
    check(address.includes("heat.sort=1"), "the order stands in the address: " + address);
    p = await open(context, "index.html", address);
    check(parseFloat((await column(p, 1))[0]) === numbers[0], "an address brings the order");
    await p.locator("#heat thead .sort").nth(1).click();
    await p.locator("#heat thead .sort").nth(1).click();
    check((await column(p, 0)).join() === before.join(), "the third click restores");
    await p.locator("#heat thead .turn .sort").first().click();
    const order = await p.evaluate(() => Array.from(
        document.querySelectorAll("#heat tbody tr:not(.group)")).map((r) => r.cells[2].className));
    const level = (c) => +((/m([1-4])/.exec(c) || [0, 0])[1]);
    check(level(order[0]) > 0 && level(order[0]) + 0.6 >= level(order[1]), "a fault sorts");
    await p.locator("#heat thead .turn .sort").first().focus();
    await p.keyboard.press("Enter");
    check(await p.locator('#heat thead th[aria-sort="ascending"]').count() === 1,
        "sorting by the keyboard");
    await filter(context);
    await context.close();
}

async function filter(context) {
    let p = await open(context, "index.html");
    const all = (await column(p, 0)).length;
    const box = p.locator("#map input[type=search]");
    await box.fill("album 4");
    const some = (await column(p, 0)).length;
    check(some > 0 && some < all, "filter by release: " + some + " of " + all);
    await box.fill("");
    await box.fill("moderate");
    const moderate = (await column(p, 0)).length;
    check(moderate > 0 && moderate < all, "filter by severity: " + moderate);
    await box.fill("");
    await p.locator("#map input[type=checkbox]").check();
    const counts = await column(p, 1);
    check(counts.length < all && counts.every((c) => c !== "0"), "only tracks with a fault");
    const address = await p.evaluate(() => location.hash);
    p = await open(context, "index.html", address);
    check((await column(p, 0)).length === counts.length, "an address brings the filter");
}

// All columns but the first can be put away, and what is copied has only what is shown.
async function columns(browser) {
    const context = await browser.newContext({viewport: {width: 1440, height: 900}});
    const p = await open(context, "shortlist.html");
    const heads = () => p.locator(".sortable thead th:visible").allInnerTexts();
    const before = await heads();
    await p.locator(".tools summary").first().click();
    const label = p.locator(".tools details label").nth(1);
    const name = (await label.innerText()).trim();
    await label.locator("input").uncheck();
    const after = await heads();
    check(after.length === before.length - 1, "a column is put away: " + name);
    check(await p.locator(`.sortable tbody td[data-label="${name}"]:visible`).count() === 0,
        "and its cells with it");
    await label.locator("input").check();
    check((await heads()).join() === before.join(), "and comes back");
    await context.close();
}

async function theme(browser) {
    const context = await browser.newContext({colorScheme: "light"});
    const p = await open(context, "index.html");
    const shade = () => p.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await shade();
    await p.locator(".theme").click();
    const dark = await shade();
    check(light !== dark, "the theme button changes the colours");
    await p.emulateMedia({media: "print"});
    check(await shade() === "rgb(255, 255, 255)", "print is light");
    check((await p.locator("#heat thead").innerText()).includes("song"),
        "print keeps the heads of columns");
    await context.close();
}

async function readout(browser) {
    const context = await browser.newContext({viewport: {width: 1440, height: 900}});
    const p = await open(context, withClip());
    const svg = p.locator("figure.chart svg").first();
    await svg.scrollIntoViewIfNeeded();
    const box = await svg.boundingBox();
    await p.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    const text = await p.locator(".readout:visible").first().innerText();
    check(/Hz .* master .*[0-9]/.test(text), "read-out under the pointer: " + text);
    await p.mouse.move(5, 5);
    await svg.focus();
    await p.keyboard.press("Home");
    const low = await p.locator(".readout:visible").first().innerText();
    await p.keyboard.press("ArrowRight");
    const next = await p.locator(".readout:visible").first().innerText();
    check(low !== next && low.startsWith("Hz 20"), "read-out by the keyboard: " + low);
    await context.close();
}

// The player: both sides run in step from one clock, and switching moves gain alone.
async function player(browser) {
    const context = await browser.newContext({viewport: {width: 1440, height: 900}});
    await context.addInitScript(() => {
        window.starts = [];
        window.gains = [];
        const start = AudioBufferSourceNode.prototype.start;
        AudioBufferSourceNode.prototype.start = function (when, offset) {
            window.starts.push([when, offset, this.buffer.length, this.buffer.sampleRate]);
            return start.call(this, when, offset);
        };
        const gain = AudioContext.prototype.createGain;
        AudioContext.prototype.createGain = function () {
            const g = gain.call(this);
            window.gains.push(g);
            return g;
        };
    });
    const p = await open(context, withClip());
    const levels = () => p.evaluate(() => window.gains.map((g) => Math.round(g.gain.value)));
    check(await p.locator(".ab .sides:visible").count() === 0, "plain players give way");
    await p.locator(".ab-live button").first().click();
    for (let i = 0; i < 200 && await p.evaluate(() => window.starts.length) < 2; i++)
        await p.waitForTimeout(100);
    const starts = await p.evaluate(() => window.starts);
    check(starts[0][0] === starts[1][0] && starts[0][1] === starts[1][1],
        "both sides start at one time of one clock");
    check(starts[0][2] === starts[1][2] && starts[0][2] > 9.9 * starts[0][3],
        "both sides are equally long");
    check((await levels()).join() === "1,0", "A is heard first");
    await p.keyboard.press("x");
    await p.waitForTimeout(200);
    check((await levels()).join() === "0,1", "x switches to B: " + (await levels()).join());
    check(await p.evaluate(() => window.starts.length) === 2, "switching starts nothing anew");
    check(await p.locator('.ab-live [aria-pressed="true"]').first().innerText()
        .then((t) => t.startsWith("B")), "the button shows the side");
    await p.keyboard.press("l");
    check(await p.locator('.ab-live [aria-pressed="false"]:text-is("loop")').count() >= 1,
        "l ends the loop");
    await p.keyboard.press("a");
    await p.waitForTimeout(200);
    check((await levels()).join() === "1,0", "a switches back");
    await p.keyboard.press("p");
    check(await p.locator(".ab-live button").first().innerText()
        .then((t) => t.includes("play")), "p stops");
    await context.close();
}

// One file alone: nothing is asked for, links lead within, sounds are inside and play.
async function single(browser) {
    const folder = fs.mkdtempSync(path.join(require("os").tmpdir(), "single-"));
    fs.copyFileSync(path.join(report, "report.html"), path.join(folder, "report.html"));
    const file = pathToFileURL(path.join(folder, "report.html")).href;
    const context = await browser.newContext({viewport: {width: 1440, height: 900}});
    const p = await context.newPage();
    p.on("request", (r) => {
        if (r.url() !== file && !r.url().startsWith("data:") && !r.url().startsWith("blob:"))
            check(false, "single file: request of " + r.url());
    });
    p.on("console", (m) => check(m.type() !== "error", "single file: console: " + m.text()));
    p.on("pageerror", (e) => check(false, "single file: script: " + e.message));
    await p.goto(file);
    check(await p.locator(".scripted").count() === 1, "single file: its scripts may run");
    check(await p.evaluate(() => getComputedStyle(document.body).fontFamily.includes("system-ui")),
        "single file: its style sheet counts");
    const dead = await p.evaluate(() => Array.from(document.querySelectorAll("a[href]"))
        .filter((a) => !a.getAttribute("href").startsWith("#") ||
            !document.getElementById(a.getAttribute("href").slice(1)))
        .map((a) => a.getAttribute("href")).filter((x) => !/\.(csv|md|json)$/.test(x)));
    check(dead.length === 0, "single file: links that lead nowhere: " + dead.slice(0, 5));
    const twice = await p.evaluate(() => {
        const ids = Array.from(document.querySelectorAll("[id]")).map((e) => e.id);
        return ids.filter((x, i) => ids.indexOf(x) !== i);
    });
    check(twice.length === 0, "single file: ids that stand twice: " + twice.slice(0, 5));
    const start = p.locator(".ab-live button").first();
    await start.click();
    for (let i = 0; i < 100 && !(await start.innerText()).includes("stop"); i++)
        await p.waitForTimeout(100);
    check((await start.innerText()).includes("stop"), "single file: a clip plays");
    await p.locator('.answer label:has([value="yes"])').first().click();
    await p.locator("#listener").fill("L. Ear");
    const [download] = await Promise.all([p.waitForEvent("download"),
        p.locator(".tray button").first().click()]);
    check(/^- \{listener: "L. Ear", track: .*answer: yes/.test(
        fs.readFileSync(await download.path(), "utf8")), "single file: answers have a name");
    const purpose = p.locator('.answer label:has([value="on_purpose"])').first();
    await purpose.click();
    check(await p.locator('.answer [value="on_purpose"]:checked').count() > 0 &&
        await p.locator('.answer [value="yes"]:checked').count() === 0, "an answer can be changed");
    await purpose.click();
    check(await p.locator(".answer :checked").count() === 0 && await p.locator(".tray").isHidden(),
        "an answer that is clicked again is taken back");
    await context.close();
    fs.rmSync(folder, {recursive: true});
}

async function screenshots(browser) {
    const track = withClip();
    const views = [["index.html", "light", 1440], ["index.html", "dark", 1440],
        [track, "light", 1440], [track, "dark", 1440], [first("rules"), "light", 1440],
        [first("pairs"), "light", 1440], [first("releases"), "dark", 1440],
        ["shortlist.html", "light", 1440], ["lessons.html", "light", 1440],
        [first("plans"), "print", 800], ["index.html", "print", 1000],
        ["index.html", "light", 390], [track, "dark", 390]];
    for (const [page, mode, width] of views) {
        const context = await browser.newContext({viewport: {width, height: 900},
            colorScheme: mode === "dark" ? "dark" : "light"});
        const p = await open(context, page);
        if (mode === "print") await p.emulateMedia({media: "print"});
        const name = page.replace(/[^a-z0-9]+/gi, "-") + "-" + mode + "-" + width + ".png";
        await p.screenshot({path: path.join(shots, name), fullPage: true});
        await context.close();
    }
}

(async () => {
    const browser = await chromium.launch({executablePath: "/usr/bin/chromium",
        args: ["--no-sandbox", "--autoplay-policy=no-user-gesture-required"]});
    const pages = everyKind();
    await everyPage(browser, pages);
    await phone(browser, pages);
    await plain(browser, pages);
    await tables(browser);
    await columns(browser);
    await theme(browser);
    await readout(browser);
    await player(browser);
    await single(browser);
    if (shots) await screenshots(browser);
    await browser.close();
    console.log(passed + " passed, " + failed + " failed");
    process.exit(failed || !passed ? 1 : 0);
})().catch((e) => { console.error(e); process.exit(1); });
