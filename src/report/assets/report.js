/* SPDX-License-Identifier: Apache-2.0 */
/* What a page can do beyond being read: theme; sorting, filtering, choosing columns and copying
 * of tables; a read-out under the pointer; the player. Plain script, no request. */
(function () {
    "use strict";
    var root = document.documentElement;

    /* --- theme: as the system, until chosen; print is always light --- */
    function stored(key, value) {
        try {
            if (value === undefined) return localStorage.getItem(key);
            localStorage.setItem(key, value);
        } catch (e) { /* a page from a folder may have no storage: then nothing is kept */ }
        return null;
    }
    var theme = stored("hindsight-theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;

    function element(name, attributes, text) {
        var e = document.createElement(name), key;
        for (key in attributes || {}) e.setAttribute(key, attributes[key]);
        if (text !== undefined) e.textContent = text;
        return e;
    }

    function isDark() {
        return root.dataset.theme ? root.dataset.theme === "dark"
            : window.matchMedia("(prefers-color-scheme: dark)").matches;
    }

    function themeButton() {
        var b = element("button", {"class": "theme", type: "button"});
        function label() {
            b.textContent = isDark() ? "☀ light" : "☾ dark";
            b.setAttribute("aria-label", "Switch to " + (isDark() ? "light" : "dark") + " theme");
        }
        b.addEventListener("click", function () {
            root.dataset.theme = isDark() ? "light" : "dark";
            stored("hindsight-theme", root.dataset.theme);
            label();
        });
        label();
        document.querySelector(".top").appendChild(b);
    }

    /* --- state in the address: #heat.sort=2&heat.down=1&heat.q=text --- */
    function readState() {
        var state = {};
        if (location.hash.indexOf("=") < 0) return state;
        location.hash.slice(1).split("&").forEach(function (part) {
            var at = part.indexOf("=");
            try {
                if (at > 0) state[decodeURIComponent(part.slice(0, at))] =
                    decodeURIComponent(part.slice(at + 1));
            } catch (e) { /* a hash that is not ours */ }
        });
        return state;
    }
    function writeState(changes) {
        var state = readState(), key, parts = [];
        for (key in changes) state[key] = changes[key];
        for (key in state)
            if (state[key] !== "" && state[key] !== null)
                parts.push(encodeURIComponent(key) + "=" + encodeURIComponent(state[key]));
        history.replaceState(null, "", "#" + parts.join("&"));
    }

    /* --- sorting and filtering --- */
    function cellValue(cell) {
        if (!cell) return "";
        if (cell.dataset.v !== undefined) return parseFloat(cell.dataset.v);
        var level = /(?:^| )m([0-4])(?: |$)/.exec(cell.className);
        if (level) return +level[1] + (/ part| accepted| cured/.test(cell.className) ? -0.5 : 0);
        if (cell.className === "ok") return 0;
        if (cell.className === "nj") return -1;
        var text = cell.textContent.trim();
        var number = parseFloat(text.replace("−", "-"));
        return /^[+−-]?[0-9]/.test(text) && !isNaN(number) ? number : text.toLowerCase();
    }
    /* numbers before words before nothing, whichever way the order runs */
    function compare(a, b, down) {
        var empty = (a === "") - (b === ""), order;
        if (empty) return empty;
        if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
        order = typeof a === "number" ? a - b : a < b ? -1 : a > b ? 1 : 0;
        return down ? -order : order;
    }

    function Table(table) {
        this.table = table;
        this.id = table.id;
        this.bodies = Array.prototype.slice.call(table.tBodies);
        this.heads = Array.prototype.slice.call(table.tHead.rows[0].cells);
        this.order = this.bodies.map(function (b) {
            return Array.prototype.slice.call(b.rows);
        });
        this.column = -1;
        this.down = false;
        this.sorted = null;
        this.addButtons();
        this.addTools();
    }
    Table.prototype.rows = function () {
        var all = [];
        this.order.forEach(function (rows) {
            rows.forEach(function (r) { if (r.className !== "group") all.push(r); });
        });
        return all;
    };
    Table.prototype.addButtons = function () {
        var self = this;
        this.heads.forEach(function (th, i) {
            var name = th.textContent, b = element("button", {"class": "sort", type: "button"});
            if (th.classList.contains("turn")) {
                b.setAttribute("aria-label", "Sort by " + name);
                b.title = "Sort by " + name;
            } else {
                while (th.firstChild) b.appendChild(th.firstChild);
            }
            th.appendChild(b);
            th.setAttribute("aria-sort", "none");
            b.addEventListener("click", function () { self.toggle(i); });
        });
    };
    /* first click: the end that matters first; second: the other; third: as it was */
    Table.prototype.toggle = function (i) {
        var first = this.startsDown(i);
        if (this.column !== i) this.sort(i, first);
        else if (this.down === first) this.sort(i, !first);
        else this.sort(-1, false);
        var change = {};
        change[this.id + ".sort"] = this.column < 0 ? "" : this.column;
        change[this.id + ".down"] = this.column < 0 ? "" : this.down ? 1 : 0;
        writeState(change);
    };
    Table.prototype.startsDown = function (i) {
        var rows = this.rows();
        return rows.length > 0 && i !== 0 && typeof cellValue(rows[0].cells[i]) === "number" ||
            this.heads[i].classList.contains("turn");
    };
    Table.prototype.sort = function (i, down) {
        var self = this, rows, sorted;
        this.column = i;
        this.down = down;
        this.heads.forEach(function (th, k) {
            th.setAttribute("aria-sort", k !== i ? "none" : down ? "descending" : "ascending");
        });
        if (i < 0) {
            this.bodies.forEach(function (body, k) {
                body.hidden = false;
                self.order[k].forEach(function (r) { body.appendChild(r); });
            });
        } else {
            rows = this.rows();
            sorted = rows.map(function (r, n) { return {r: r, v: cellValue(r.cells[i]), n: n}; });
            sorted.sort(function (a, b) {
                return compare(a.v, b.v, down) || a.n - b.n;
            });
            sorted.forEach(function (s) { self.bodies[0].appendChild(s.r); });
        }
        this.filter(this.query || "", this.only || false);
    };
    Table.prototype.addTools = function () {
        var self = this, box = element("div", {"class": "tools"});
        if (this.rows().length < 5) return;
        this.offers = true;
        var label = element("label", {}, "Filter ");
        this.input = element("input", {type: "search", placeholder: "title, release, fault …"});
        label.appendChild(this.input);
        box.appendChild(label);
        if (this.table.classList.contains("map")) {
            label = element("label");
            this.box = element("input", {type: "checkbox"});
            label.appendChild(this.box);
            label.appendChild(document.createTextNode(" only tracks with a fault"));
            box.appendChild(label);
            this.box.addEventListener("change", function () { self.changed(); });
        }
        this.count = element("span", {"class": "quiet", role: "status"});
        box.appendChild(this.count);
        this.addColumns(box);
        box.appendChild(this.copyButton());
        this.input.addEventListener("input", function () { self.changed(); });
        var scroll = this.table.closest(".scroll, .table") || this.table;
        scroll.parentNode.insertBefore(box, scroll);
    };
    /* Which columns are shown; all but the first can be put away. */
    Table.prototype.addColumns = function (box) {
        var self = this, list = element("ul"), fold = element("details");
        if (this.heads.length > 14) return; /* the map: its columns are the faults */
        this.heads.forEach(function (th, i) {
            var name = th.textContent.trim(), label = element("label"), item = element("li");
            if (!i || !name) return;
            var check = element("input", {type: "checkbox"});
            check.checked = true;
            check.addEventListener("change", function () { self.showColumn(i, check.checked); });
            label.append(check, " " + name);
            item.append(label);
            list.append(item);
        });
        fold.append(element("summary", {}, "Columns"), list);
        box.append(fold);
    };
    Table.prototype.showColumn = function (i, on) {
        this.heads[i].hidden = !on;
        this.rows().forEach(function (r) { if (r.cells[i]) r.cells[i].hidden = !on; });
    };
    /* What is shown, as lines with tabs, for a spreadsheet. */
    Table.prototype.tsv = function () {
        var lines = [this.heads], self = this;
        this.order.forEach(function (body) {
            body.forEach(function (r) {
                if (r.className !== "group" && !r.hidden) lines.push(r);
            });
        });
        if (this.column >= 0) lines = [this.heads].concat(
            Array.prototype.filter.call(self.bodies[0].rows, function (r) {
                return r.className !== "group" && !r.hidden;
            }));
        return lines.map(function (line) {
            return Array.prototype.filter.call(line.cells || line, function (c) {
                return !c.hidden;
            }).map(function (c) { return c.textContent.trim().replace(/\s+/g, " "); }).join("\t");
        }).join("\n") + "\n";
    };
    Table.prototype.copyButton = function () {
        var self = this, b = element("button", {type: "button"}, "Copy table");
        b.addEventListener("click", function () {
            copy(self.tsv(), function () { b.textContent = "Copied"; }, self.table);
        });
        return b;
    };
    Table.prototype.changed = function () {
        this.filter(this.input.value, !!(this.box && this.box.checked));
        var change = {};
        change[this.id + ".q"] = this.query;
        change[this.id + ".only"] = this.only ? 1 : "";
        writeState(change);
    };
    Table.prototype.text = function (row) {
        if (row.hsText === undefined) {
            var parts = [row.textContent];
            Array.prototype.forEach.call(row.cells, function (c) {
                if (c.title) parts.push(c.title);
            });
            row.hsText = parts.join(" ").toLowerCase();
        }
        return row.hsText;
    };
    Table.prototype.filter = function (query, only) {
        var self = this, words = query.toLowerCase().split(/\s+/).filter(Boolean);
        var shown = 0, all = 0;
        this.query = query;
        this.only = only;
        this.order.forEach(function (rows) {
            var group = null, groupText = "", left = 0;
            rows.forEach(function (r) {
                if (r.className === "group") {
                    group = r;
                    groupText = self.text(r) + " ";
                    return;
                }
                var text = groupText + self.text(r);
                var hit = words.every(function (w) { return text.indexOf(w) >= 0; }) &&
                    !(only && r.cells[1] && r.cells[1].textContent === "0");
                r.hidden = !hit;
                all++;
                shown += hit ? 1 : 0;
                left += hit ? 1 : 0;
            });
            if (group) group.hidden = !left || self.column >= 0;
        });
        if (this.count)
            this.count.textContent = shown === all ? all + " rows" : shown + " of " + all + " rows";
    };
    Table.prototype.restore = function (state) {
        var column = parseInt(state[this.id + ".sort"], 10);
        var query = state[this.id + ".q"] || "", only = state[this.id + ".only"] === "1";
        if (this.input) this.input.value = query;
        if (this.box) this.box.checked = only;
        this.query = query;
        this.only = only;
        if (column >= 0 && column < this.heads.length)
            this.sort(column, state[this.id + ".down"] === "1");
        else if (this.column >= 0) this.sort(-1, false);
        else this.filter(query, only);
    };

    /* --- read-out: the row of the figure's table that is nearest to the pointer --- */
    function readout(figure) {
        var svg = figure.querySelector("svg"), table = figure.querySelector("details table");
        if (!svg || !table) return;
        var rows = Array.prototype.slice.call(table.querySelectorAll("tr[data-x]"));
        if (!rows.length) return;
        var heads = Array.prototype.map.call(table.tHead.rows[0].cells, function (c) {
            return c.textContent;
        });
        var line = document.createElementNS("http://www.w3.org/2000/svg", "line");
        line.setAttribute("class", "cross");
        line.setAttribute("y1", svg.dataset.top);
        line.setAttribute("y2", svg.dataset.bottom);
        var box = element("output", {"class": "readout"});
        box.hidden = true;
        figure.insertBefore(box, svg);
        var at = -1;
        function show(i) {
            at = Math.max(0, Math.min(rows.length - 1, i));
            var cells = rows[at].cells, parts = [];
            for (var k = 0; k < cells.length; k++)
                parts.push(heads[k] + " " + cells[k].textContent);
            box.textContent = parts.join(" · ");
            box.hidden = false;
            line.setAttribute("x1", rows[at].dataset.x + "%");
            line.setAttribute("x2", rows[at].dataset.x + "%");
            if (!line.parentNode) svg.appendChild(line);
        }
        function hide() {
            box.hidden = true;
            if (line.parentNode) svg.removeChild(line);
        }
        function nearest(clientX) {
            var r = svg.getBoundingClientRect(), best = 0, distance = Infinity;
            var x = (clientX - r.left) / r.width * 100;
            rows.forEach(function (row, i) {
                var d = Math.abs(row.dataset.x - x);
                if (d < distance) { distance = d; best = i; }
            });
            return best;
        }
        svg.addEventListener("pointermove", function (e) { show(nearest(e.clientX)); });
        svg.addEventListener("pointerdown", function (e) { show(nearest(e.clientX)); });
        svg.addEventListener("pointerleave", hide);
        svg.setAttribute("tabindex", "0");
        svg.addEventListener("keydown", function (e) {
            var step = {ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10}[e.key];
            if (e.key === "Escape") hide();
            else if (e.key === "Home") show(0);
            else if (e.key === "End") show(rows.length - 1);
            else if (step) show(at < 0 ? 0 : at + step);
            else return;
            e.preventDefault();
        });
        svg.addEventListener("blur", hide);
    }

    /* --- player: sides that run in step, of which one is heard; keys a to f, x, p, l --- */
    var context = null, current = null, waiting = {};
    window.hindsightClip = function (name, type) {
        if (waiting[name]) waiting[name](Array.prototype.slice.call(arguments, 2));
    };
    function bytes(text) {
        var raw = atob(text), out = new Uint8Array(raw.length);
        for (var i = 0; i < raw.length; i++) out[i] = raw.charCodeAt(i);
        return out.buffer;
    }
    function Player(box) {
        this.box = box;
        this.name = box.dataset.name;
        this.side = 0;
        this.loop = true;
        this.buffers = null;
        this.playing = null;
        this.build();
    }
    Player.prototype.build = function () {
        var self = this, live = element("div", {"class": "ab-live", role: "group"});
        live.setAttribute("aria-label", "Player for " + this.name);
        this.start = element("button", {type: "button"}, "▶ play");
        this.places = Array.prototype.slice.call(this.box.querySelectorAll(".sides > div"));
        this.sides = this.places.map(function (place, i) {
            var b = element("button", {type: "button", "aria-pressed": i ? "false" : "true"});
            b.append(place.querySelector("b").textContent + " ",
                element("span", {"class": "name"}, place.querySelector(".name").textContent));
            b.addEventListener("click", function () { self.hear(i); });
            return b;
        });
        this.bar = element("progress", {max: 1, value: 0, "aria-label": "position"});
        this.looping = element("button", {type: "button", "aria-pressed": "true"}, "loop");
        this.looping.addEventListener("click", function () { self.setLoop(!self.loop); });
        this.note = element("span", {"class": "quiet", role: "status"});
        live.append(this.start);
        this.sides.forEach(function (b) { live.append(b); });
        live.append(this.bar, this.looping, this.note);
        var help = element("span", {"class": "quiet help"});
        help.append(element("kbd", {}, "p"), " play · ", element("kbd", {}, "x"), " switch · ",
            element("kbd", {}, "l"), " loop");
        live.append(help);
        this.start.addEventListener("click", function () { self.toggle(); });
        this.box.querySelector(".sides").hidden = true;
        this.box.appendChild(live);
        this.box.addEventListener("focusin", function () { current = self; });
        this.box.addEventListener("pointerenter", function () {
            if (!current || !current.playing) current = self;
        });
    };
    /* Without the script beside the page (moved, or not allowed): the plain elements. */
    Player.prototype.fall = function (why) {
        this.note.textContent = why;
        this.box.querySelector(".sides").hidden = false;
        this.start.disabled = true;
    };
    Player.prototype.decode = function (texts) {
        var self = this;
        return Promise.all(texts.map(function (t) {
            return context.decodeAudioData(bytes(t));
        })).then(function (buffers) { self.buffers = self.turned(buffers); });
    };
    Player.prototype.load = function () {
        var self = this, inside = this.places.map(function (p) {
            return p.querySelector("audio").src.split(";base64,")[1];
        });
        if (inside.every(Boolean)) return this.decode(inside); /* one file holds all */
        return new Promise(function (resolve, reject) {
            var script = element("script", {src: self.box.dataset.script});
            waiting[self.name] = function (texts) {
                delete waiting[self.name];
                self.decode(texts).then(resolve, reject);
            };
            script.onerror = function () { reject(new Error("the clip is missing")); };
            document.head.appendChild(script);
        });
    };
    Player.prototype.toggle = function () {
        var self = this;
        if (this.playing) { this.stop(); return; }
        if (current && current !== this && current.playing) current.stop();
        current = this;
        context = context || new (window.AudioContext || window.webkitAudioContext)();
        context.resume();
        if (this.buffers) { this.play(); return; }
        this.note.textContent = "loading …";
        this.load().then(function () { self.note.textContent = ""; self.play(); },
            function (e) { self.fall("cannot play: " + e.message); });
    };
    Player.prototype.play = function () {
        var self = this, when = context.currentTime + 0.03;
        this.length = Math.min.apply(null, this.buffers.map(function (b) { return b.duration; }));
        this.playing = this.buffers.map(function (buffer, i) {
            var source = context.createBufferSource(), gain = context.createGain();
            source.buffer = buffer;
            source.loop = self.loop;
            source.loopEnd = self.length;
            gain.gain.value = i === self.side ? 1 : 0;
            source.connect(gain);
            gain.connect(context.destination);
            source.start(when, 0);
            return {source: source, gain: gain};
        });
        this.playing[0].source.onended = function () { if (self.playing) self.stop(); };
        this.began = when;
        this.start.textContent = "■ stop";
        this.tick();
    };
    Player.prototype.stop = function () {
        var playing = this.playing;
        this.playing = null;
        playing.forEach(function (p) { p.source.stop(); });
        this.start.textContent = "▶ play";
        this.bar.value = 0;
    };
    Player.prototype.setLoop = function (on) {
        this.loop = on;
        this.looping.setAttribute("aria-pressed", on ? "true" : "false");
        if (this.playing) this.playing.forEach(function (p) { p.source.loop = on; });
    };
    Player.prototype.hear = function (side) {
        var now = context ? context.currentTime : 0;
        if (side >= this.sides.length) return;
        this.side = side;
        this.sides.forEach(function (b, i) {
            b.setAttribute("aria-pressed", i === side ? "true" : "false");
        });
        if (!this.playing) return;
        this.playing.forEach(function (p, i) { /* 5 ms: no click, no gap */
            p.gain.gain.cancelScheduledValues(now);
            p.gain.gain.setValueAtTime(p.gain.gain.value, now);
            p.gain.gain.linearRampToValueAtTime(i === side ? 1 : 0, now + 0.005);
        });
    };
    /* Blind: the sides in an order that chance gives, once for each opening of the page. */
    Player.prototype.shuffle = function () {
        if (this.sides.length < 2 || this.shuffled) return;
        this.shuffled = true;
        if (Math.random() < 0.5) this.swap(0, 1);
        this.places[0].dataset.swapped = this.swapped ? "yes" : "no";
    };
    Player.prototype.swap = function (i, k) {
        var a = this.places[i], b = this.places[k], letter, name;
        letter = a.querySelector("b").textContent;
        a.querySelector("b").textContent = b.querySelector("b").textContent;
        b.querySelector("b").textContent = letter;
        a.parentNode.insertBefore(b, a);
        this.swapped = !this.swapped;
        name = this.sides[i].querySelector(".name").textContent;
        this.sides[i].querySelector(".name").textContent =
            this.sides[k].querySelector(".name").textContent;
        this.sides[k].querySelector(".name").textContent = name;
        this.places[i] = b;
        this.places[k] = a;
        if (this.buffers) this.buffers = this.turned(this.buffers);
    };
    Player.prototype.turned = function (list) {
        return this.swapped ? [list[1], list[0]].concat(list.slice(2)) : list;
    };
    Player.prototype.tick = function () {
        var self = this;
        if (!this.playing) return;
        this.bar.value = Math.max(0, (context.currentTime - this.began) % this.length / this.length);
        requestAnimationFrame(function () { self.tick(); });
    };

    function keys(e) {
        var tag = e.target.tagName, side = "abcdef".indexOf(e.key.toLowerCase());
        if (e.ctrlKey || e.metaKey || e.altKey || tag === "INPUT" && e.target.type !== "radio" ||
            tag === "TEXTAREA" || tag === "SELECT" || !current) return;
        if (e.key === "x" || e.key === "X") current.hear((current.side + 1) % current.sides.length);
        else if (side >= 0) current.hear(side);
        else if (e.key === "p" || e.key === "P") current.toggle();
        else if (e.key === "l" || e.key === "L") current.setLoop(!current.loop);
        else return;
        e.preventDefault();
    }

    /* Where the browser gives no clipboard to a file, the text is marked instead. */
    function copy(text, done, node) {
        function mark() { if (node) getSelection().selectAllChildren(node); }
        if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, mark);
        else mark();
    }
    function letters() {
        document.querySelectorAll(".letter").forEach(function (letter) {
            var b = element("button", {type: "button", "class": "screen-only"}, "Copy the letter");
            b.addEventListener("click", function () {
                copy(letter.textContent.replace(/[\u202f\u00a0]/g, " "), function () { b.textContent = "Copied"; }, letter);
            });
            letter.after(b);
        });
    }

    document.addEventListener("DOMContentLoaded", function () {
        var all = function (s) { return Array.prototype.slice.call(document.querySelectorAll(s)); };
        root.classList.add("scripted");
        themeButton();
        var tables = all("table.sortable").map(function (t) { return new Table(t); });
        function restore() {
            var state = readState();
            tables.forEach(function (t) { t.restore(state); });
        }
        restore();
        window.addEventListener("hashchange", restore);
        all("figure.chart").forEach(readout);
        var players = all(".ab").map(function (b) { return new Player(b); });
        current = players[0] || null;
        document.addEventListener("keydown", keys);
        all(".blind-box").forEach(function (blind) {
            blind.addEventListener("change", function () {
                if (blind.checked) players.forEach(function (p) { p.shuffle(); });
            });
        });
        letters();
        window.addEventListener("beforeprint", function () {
            all("details.fold-up").forEach(function (d) { d.open = true; });
        });
    });
})();
