/* SPDX-License-Identifier: Apache-2.0 */
/* Keeps what was answered in this browser and gives it out as answers.yaml. Browsers keep the
 * storage of pages from a folder apart: so the answers are also handed on in the address of the
 * page that gathers them (answers.html). Without this file the radio buttons still work: the
 * page then shows the line to copy. No request. */
(function () {
    "use strict";
    var KEY, root, kept = {}, sets, tray, count, hand;

    function element(name, attributes, text) {
        var e = document.createElement(name), key;
        for (key in attributes || {}) e.setAttribute(key, attributes[key]);
        if (text !== undefined) e.textContent = text;
        return e;
    }
    function id(set) { return set.dataset.track + " " + set.dataset.rule; }
    function read() {
        try { return JSON.parse(localStorage.getItem(KEY)) || {}; } catch (e) { return {}; }
    }
    /* What another page hands on: #answers=... */
    function fromAddress() {
        var at = location.hash.indexOf("answers=");
        if (at < 0) return {};
        try { return JSON.parse(decodeURIComponent(location.hash.slice(at + 8))) || {}; }
        catch (e) { return {}; }
    }
    function sane(all) {
        var out = {}, key, a;
        for (key in all) {
            a = all[key];
            if (!/^[^ {}\[\],:#"'\n]+ [a-z0-9_]+$/.test(key) || typeof a !== "object" || !a)
                continue;
            out[key] = {};
            if (/^(yes|no|on_purpose)$/.test(a.answer)) out[key].answer = a.answer;
            if (typeof a.note === "string" && a.note) out[key].note = a.note.slice(0, 400);
            if (a.blind === true) out[key].blind = true;
            if (typeof a.title === "string") out[key].title = a.title.slice(0, 200);
            if (typeof a.fault === "string") out[key].fault = a.fault.slice(0, 100);
            if (!out[key].answer && !out[key].note) delete out[key];
        }
        return out;
    }
    /* JSON strings are YAML strings, but for what JSON leaves bare. */
    function quoted(text) {
        return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, function (c) {
            return "\\u" + ("000" + c.charCodeAt(0).toString(16)).slice(-4);
        });
    }
    function yaml() {
        var listener = document.getElementById("listener");
        var who = listener && listener.value.trim();
        return Object.keys(kept).sort().map(function (k) {
            var at = k.split(" "), a = kept[k];
            return "- {" + (who ? "listener: " + quoted(who) + ", " : "") + "track: " +
                quoted(at[0]) + ", rule: " + at[1] + (a.answer ? ", answer: " + a.answer : "") +
                (a.blind ? ", blind: true" : "") + (a.note ? ", note: " + quoted(a.note) : "") +
                "}\n";
        }).join("");
    }
    function button(text, act) {
        var b = element("button", {type: "button"}, text);
        b.addEventListener("click", act);
        return b;
    }
    function download() {
        var a = element("a", {download: "answers.yaml"});
        a.href = URL.createObjectURL(new Blob([yaml()], {type: "text/yaml"}));
        a.click();
        setTimeout(function () { URL.revokeObjectURL(a.href); }, 1000);
    }
    function copied() { count.textContent = "Copied."; }
    function clipboard() {
        if (navigator.clipboard) navigator.clipboard.writeText(yaml()).then(copied, showText);
        else showText();
    }
    /* Where there is no clipboard, the text itself, to be marked by hand. */
    function showText() {
        var box = document.getElementById("answers-yaml");
        if (!box) {
            box = element("textarea", {id: "answers-yaml", rows: 6, readonly: "",
                "aria-label": "answers.yaml"});
            tray.append(box);
        }
        box.value = yaml();
        box.select();
    }
    /* A file alone has no page that asks for the name. */
    function nameField() {
        var label = element("label", {"class": "blind"}, "Your name, where several listen ");
        label.append(element("input", {type: "search", id: "listener", maxlength: 80,
            autocomplete: "off"}));
        return label;
    }
    function makeTray() {
        tray = element("aside", {"class": "tray", "aria-label": "Your answers"});
        count = element("p", {role: "status"});
        hand = element("a", {}, "Gather on one page");
        if (document.body.hasAttribute("data-alone")) tray.append(nameField());
        tray.append(count, hand, button("Download answers.yaml", download),
            button("Copy", clipboard),
            button("Clear", function () { kept = {}; save(); fill(); }));
        document.body.insertBefore(tray, document.querySelector(".foot"));
    }
    function show() {
        var n = Object.keys(kept).length, table = document.getElementById("answers");
        if (!tray) makeTray();
        tray.hidden = n === 0;
        count.textContent = n + (n === 1 ? " answer" : " answers") + " kept in this browser. " +
            (n === 1 ? "It counts" : "They count") + " once answers.yaml lies beside the job file.";
        /* a file alone has no other pages to gather on */
        hand.hidden = !!table || document.body.hasAttribute("data-alone");
        if (!hand.hidden)
            hand.href = root + "answers.html#answers=" + encodeURIComponent(JSON.stringify(kept));
        if (table) list(table);
    }
    function save() {
        try { localStorage.setItem(KEY, JSON.stringify(kept)); } catch (e) { /* this page only */ }
        show();
    }
    /* The page that gathers: one row an answer, and the file as text. */
    function list(table) {
        var body = table.tBodies[0], text = document.getElementById("answers-text");
        var words = {yes: "I hear it", no: "I don’t", on_purpose: "on purpose"};
        body.textContent = "";
        Object.keys(kept).sort().forEach(function (k) {
            var at = k.split(" "), a = kept[k], row = element("tr");
            row.append(element("th", {scope: "row"}, a.title || at[0]));
            [["fault", a.fault || at[1]], ["answer", words[a.answer] || ""], ["blind", a.blind ? "yes" : ""],
                ["note", a.note || ""]].forEach(function (c) {
                row.append(element("td", {"data-label": c[0]}, c[1]));
            });
            body.append(row);
        });
        if (!Object.keys(kept).length) {
            var none = element("tr");
            none.append(element("td", {colspan: 5}, "No answer yet. Answer where you listen: on " +
                "the overview, on the short list, and on the page of each song. " +
                "With the first answer buttons to save them appear."));
            body.append(none);
        }
        if (text) text.value = yaml();
    }
    /* `given` is what the form shows: a second click on it takes the answer back. */
    function choose(set, answer) {
        set.dataset.given = answer;
        set.querySelectorAll("[type=radio]").forEach(function (r) {
            r.checked = r.value === answer;
        });
    }
    /* A click on a choice that was made before is no change, so radio buttons alone could never be
     * left empty again. */
    function takeBack(set, event) {
        var radio = event.target;
        if (radio.type !== "radio" || radio.value !== set.dataset.given) return;
        choose(set, "");
        answered(set);
    }
    function fill() {
        sets.forEach(function (set) {
            var a = kept[id(set)] || {}, note = set.querySelector("[type=text]");
            choose(set, a.answer || "");
            if (note) note.value = a.note || "";
        });
    }
    function isBlind(set) {
        var box = document.querySelector(".blind-box:checked");
        var card = set.closest(".finding"), reveal = card && card.querySelector(".reveal");
        return !!(box && reveal && set.dataset.hidden === "yes" && set.dataset.seen !== "yes");
    }
    function answered(set) {
        var on = set.querySelector(":checked"), note = set.querySelector("[type=text]");
        var key = id(set), old = kept[key] || {}, value = on ? on.value : "", a = {title: set.dataset.title, fault: set.dataset.fault};
        if (on) a.answer = value;
        if (note && note.value.trim()) a.note = note.value.trim();
        else if (!note && old.note) a.note = old.note;
        /* blind is what was said before the verdict was seen, and stays so */
        if (on && (isBlind(set) && !old.answer || old.blind && old.answer === value))
            a.blind = true;
        if (a.answer || a.note) kept[key] = a;
        else delete kept[key];
        sets.forEach(function (other) { /* the same finding may stand twice on a page */
            if (id(other) !== key) return;
            choose(other, value);
            if (on) other.dataset.seen = "yes";
        });
        save();
    }
    function mark() { /* which verdicts are hidden now: asked before the answer shows them */
        sets.forEach(function (set) {
            var card = set.closest(".finding"), r = card && card.querySelector(".reveal");
            set.dataset.hidden = r && getComputedStyle(r).display === "none" ? "yes" : "no";
        });
    }
    document.addEventListener("DOMContentLoaded", function () {
        var key, given;
        KEY = "hindsight-answers:" + document.body.dataset.job;
        root = document.body.dataset.root;
        sets = Array.prototype.slice.call(document.querySelectorAll(".answer"));
        kept = sane(read());
        given = sane(fromAddress());
        for (key in given) kept[key] = given[key];
        if (Object.keys(given).length) save();
        sets.forEach(function (set) {
            set.addEventListener("change", function () { answered(set); });
            set.addEventListener("click", function (event) { takeBack(set, event); });
            set.addEventListener("pointerdown", mark);
            set.addEventListener("keydown", mark);
        });
        var listener = document.getElementById("listener");
        if (listener) listener.addEventListener("input", show);
        fill();
        show();
    });
}());
