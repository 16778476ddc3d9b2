(function () {
  "use strict";
  var root = document.documentElement;
  var byId = document.getElementById.bind(document);
  function all(what, where) { return Array.prototype.slice.call((where || document).querySelectorAll(what)); }
  function make(name, text, css) {
    var element = document.createElement(name);
    element.textContent = text;
    if (css) { element.className = css; }
    return element;
  }
  function say(ja, en) { return root.dataset.lang === "en" ? en : ja; }
  var WORDS = {
    inconsistent: ["✕", "不整合", "inconsistent"],
    attention: ["!", "要確認", "to be looked at"],
    consistent: ["✓", "合う", "agrees"],
    unchecked: ["–", "対象外", "not checkable"],
    "": ["", "数値なし", "no figure"]
  };
  function verdict(state) { return (WORDS[state][0] + " " + say(WORDS[state][1], WORDS[state][2])).trim(); }

  var data = JSON.parse(byId("rows").textContent);
  var CELLS = 2;  // a row begins with its state and the field a link leads to
  function cell(row, name) {
    var at = data.columns.indexOf(name);
    return at < 0 ? "" : row[CELLS + at];
  }
  function word(name, value) {
    var words = data.words[data.columns.indexOf(name)];
    return words && words[value] ? say(words[value][0], words[value][1]) : value;
  }

  // Languages.
  function language(lang) {
    root.dataset.lang = lang;
    root.lang = lang;
    byId("lang-ja").setAttribute("aria-pressed", String(lang === "ja"));
    byId("lang-en").setAttribute("aria-pressed", String(lang === "en"));
    fillStates();
    render();
    if (figure) { show(figure); }
  }
  byId("lang-ja").addEventListener("click", function () { language("ja"); });
  byId("lang-en").addEventListener("click", function () { language("en"); });
  byId("print").addEventListener("click", function () { window.print(); });

  // From finding to finding.
  var findings = all(".finding");
  var now = -1;
  function mark(at) {
    if (now >= 0) { findings[now].classList.remove("now"); }
    now = at;
    findings[now].classList.add("now");
    byId("at").textContent = (now + 1) + " / " + findings.length;
  }
  function go(step) {
    if (!findings.length) { return; }
    mark(now < 0 ? (step > 0 ? 0 : findings.length - 1) : (now + step + findings.length) % findings.length);
    hide();
    findings[now].focus({ preventScroll: true });
    findings[now].scrollIntoView({ block: findings[now].offsetHeight > innerHeight ? "start" : "center" });
  }
  if (findings.length) {
    byId("next").addEventListener("click", function () { go(1); });
    byId("previous").addEventListener("click", function () { go(-1); });
  }
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) { return; }
    if (event.key === "n" || event.key === "j") { go(1); }
    if (event.key === "p" || event.key === "k") { go(-1); }
    if (event.key === "Escape") { hide(); }
    if (/^Arrow/.test(event.key)) { walk(event); }
  });

  // What became of a figure: its panel, with the figures that it was checked against.
  var panel = byId("panel"), figure = null, pinned = false;
  function figureOf(target) {
    var found = target.closest && target.closest(".box, mark");
    return found && /^b-/.test(found.id) ? found : null;
  }
  function unlight(css) { all("." + css).forEach(function (item) { item.classList.remove(css); }); }
  function show(element) {
    var anchor = element.id.slice(2), told = data.figures[anchor];
    if (!told) { return; }
    figure = element;
    var row = data.rows[parseInt(anchor, 10)];
    var name = ["group", "indicator", "period", "measure_label"].map(function (field) { return cell(row, field); });
    byId("panel-name").textContent = name.filter(Boolean).join(" › ");
    var kind = /delta$/.test(anchor) ? say("（増減）", " (change)") : "";
    byId("panel-figure").replaceChildren(make("span", verdict(told[0]), "s-" + told[0]), document.createTextNode("　" + told[1] + kind));
    byId("panel-sums").replaceChildren.apply(byId("panel-sums"), told[2].map(function (sum) { return make("li", sum); }));
    var about = findingOf(anchor);
    var link = make("a", say("指摘を見る", "See the finding"));
    link.href = about ? "#" + about.id : "#";
    byId("panel-more").replaceChildren(about ? link : "");
    unlight("used");
    told[3].forEach(function (other) {
      var box = byId("b-" + other);
      if (box) { box.classList.add("used"); }
    });
    settle();
    panel.hidden = false;
  }
  // Out of the way of its figure; a panel that only follows the pointer lets it through.
  function settle() {
    panel.classList.toggle("pinned", pinned);
    panel.classList.toggle("above", figure.getBoundingClientRect().bottom > window.innerHeight / 2);
  }
  function findingOf(anchor) {
    var link = document.querySelector('.finding .place a[href="#b-' + anchor + '"]');
    return link && link.closest(".finding");
  }
  function hide() {
    figure = null;
    pinned = false;
    panel.hidden = true;
    unlight("used");
  }
  document.addEventListener("pointerover", function (event) {
    var found = figureOf(event.target);
    if (found && !pinned) { show(found); }
  });
  document.addEventListener("pointerout", function (event) {
    if (figureOf(event.target) && !pinned && event.pointerType === "mouse") { hide(); }
  });
  document.addEventListener("click", function (event) {
    var found = figureOf(event.target);
    if (!found) { return; }
    pinned = !(pinned && figure === found);
    if (pinned) { show(found); } else { hide(); }
  });
  byId("panel-close").addEventListener("click", hide);

  // Arrow keys lead from figure to figure on the page that has the focus.
  function walk(event) {
    var sheet = event.target.closest && event.target.closest(".sheet");
    if (!sheet) { return; }
    var boxes = all(".box", sheet);
    if (!boxes.length) { return; }
    var from = figure && sheet.contains(figure) ? figure : null;
    var next = from ? nearest(boxes, from, event.key) : boxes[0];
    event.preventDefault();
    if (next) { pinned = true; light(next); show(next); }
  }
  function nearest(boxes, from, key) {
    var at = from.getBoundingClientRect(), best = null, least = Infinity;
    var across = key === "ArrowLeft" || key === "ArrowRight", sign = key === "ArrowLeft" || key === "ArrowUp" ? -1 : 1;
    boxes.forEach(function (box) {
      var to = box.getBoundingClientRect();
      var dx = (to.left + to.right - at.left - at.right) / 2, dy = (to.top + to.bottom - at.top - at.bottom) / 2;
      var along = sign * (across ? dx : dy), aside = Math.abs(across ? dy : dx);
      if (box !== from && along > 1 && along + 4 * aside < least) { least = along + 4 * aside; best = box; }
    });
    return best;
  }
  function light(target) {
    unlight("lit");
    target.classList.add("lit");
    target.scrollIntoView({ block: "center" });
  }
  function follow() {
    var target = location.hash.length > 1 && byId(decodeURIComponent(location.hash.slice(1)));
    if (!target) { return; }
    if (/^b-/.test(target.id)) { pinned = true; light(target); show(target); }
    if (findings.indexOf(target) >= 0) { mark(findings.indexOf(target)); hide(); }
  }
  window.addEventListener("hashchange", follow);
  document.addEventListener("click", function (event) {
    // The same link twice changes no hash.
    var link = event.target.closest && event.target.closest("a[href^='#b-'], a[href^='#f-']");
    if (link && link.getAttribute("href") === location.hash) { follow(); }
  });

  // A letter in a sum shows its frame in the cut-out.
  function pair(event, on) {
    var chip = event.target.closest && event.target.closest(".chip, .frame");
    var letter = chip && chip.dataset.letter;
    if (!letter) { return; }
    all('[data-letter="' + letter + '"]', chip.closest(".finding")).forEach(function (item) { item.classList.toggle("lit", on); });
  }
  ["pointerover", "focusin"].forEach(function (name) { document.addEventListener(name, function (event) { pair(event, true); }); });
  ["pointerout", "focusout"].forEach(function (name) { document.addEventListener(name, function (event) { pair(event, false); }); });

  // On a narrow screen a cut-out is wider than its card: begin at the figure.
  all(".cut").forEach(function (cut) {
    var frame = cut.querySelector(".frame.judged");
    if (frame && cut.scrollWidth > cut.clientWidth) {
      cut.scrollLeft = frame.offsetLeft + frame.offsetWidth / 2 - cut.clientWidth / 2;
    }
  });

  // The table.
  var body = document.querySelector("#observations tbody");
  var heads = all("#observations th");
  var order = { column: -1, down: false };
  var limit = 200;
  data.rows.forEach(function (row, index) {
    row.index = index;
    row.search = row.slice(CELLS).map(function (value, at) {
      var words = data.words[at] && data.words[at][value];
      return words ? words.join(" ") : value;
    }).join(" ").normalize("NFKC").toLowerCase();
  });
  function fillStates() {
    var kept = byId("state").value;
    byId("state").replaceChildren.apply(byId("state"), ["all"].concat(Object.keys(WORDS)).map(function (state) {
      var choice = make("option", state === "all" ? say("すべて", "all") : verdict(state));
      choice.value = state;
      return choice;
    }));
    byId("state").value = kept || "all";
  }
  function chosen() {
    var words = byId("filter").value.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
    var state = byId("state").value;
    var rows = data.rows.filter(function (row) {
      return (state === "all" || row[0] === state) && words.every(function (part) { return row.search.indexOf(part) >= 0; });
    });
    if (order.column >= 0) { rows.sort(compare); }
    return rows;
  }
  function compare(a, b) {
    var at = order.column, sign = order.down ? -1 : 1;
    if (at === 0) {
      var states = Object.keys(WORDS);
      return sign * (states.indexOf(a[0]) - states.indexOf(b[0]));
    }
    var x = a[CELLS + at - 1], y = b[CELLS + at - 1];
    if (!data.numeric[at - 1]) { return sign * String(x).localeCompare(String(y), "ja"); }
    if (x === "" || y === "") { return (x === "") - (y === ""); }
    return sign * (Number(x) - Number(y));
  }
  function group(digits) {
    var parts = digits.split(".");
    parts[0] = parts[0].replace(/\B(?=(\d{3})+$)/g, ",");
    return parts.join(".");
  }
  function place(row, value, at) {
    var item = make("td", data.numeric[at] ? group(value) : word(data.columns[at], value));
    if (data.numeric[at]) { item.className = "n"; }
    if (value.length > 12 && !data.numeric[at]) { item.className = "wide"; }
    if (at === data.link && row[1]) {
      var link = make("a", value);
      link.href = "#b-" + row.index + "-" + row[1];
      item.replaceChildren(link);
    }
    return item;
  }
  function render() {
    var rows = chosen();
    var part = document.createDocumentFragment();
    rows.slice(0, limit).forEach(function (row) {
      var line = document.createElement("tr");
      line.appendChild(make("td", verdict(row[0]), "s-" + row[0]));
      row.slice(CELLS).forEach(function (value, at) { line.appendChild(place(row, value, at)); });
      part.appendChild(line);
    });
    body.replaceChildren(part);
    byId("more").hidden = rows.length <= limit;
    byId("shown").textContent = rows.length + " / " + data.rows.length + say(" 行", " rows");
  }
  byId("filter").addEventListener("input", function () { limit = 200; render(); });
  byId("state").addEventListener("change", function () { limit = 200; render(); });
  byId("more").addEventListener("click", function () { limit += 1000; render(); });
  heads.forEach(function (head, at) {
    head.querySelector("button").addEventListener("click", function () {
      order = { column: at, down: order.column === at && !order.down };
      heads.forEach(function (other, index) {
        other.setAttribute("aria-sort", index !== at ? "none" : order.down ? "descending" : "ascending");
      });
      render();
    });
  });

  // The rows shown, for a spreadsheet: text that it might run as a formula gets an apostrophe.
  function field(value, numeric) {
    var text = !numeric && /^['=+\-@\t\r\n＝＋－＠]/.test(value) ? "'" + value : value;
    return /[",\r\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
  }
  byId("save").addEventListener("click", function () {
    var lines = [["verdict"].concat(data.columns)].concat(chosen().map(function (row) {
      return [row[0]].concat(row.slice(CELLS).map(function (value, at) { return field(value, data.numeric[at]); }));
    }));
    var text = "\ufeff" + lines.map(function (line) { return line.join(",") + "\r\n"; }).join("");
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
    link.download = "kenzan.csv";
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
  });
  window.addEventListener("beforeprint", function () {
    all("img[loading]").forEach(function (image) { image.loading = "eager"; });
  });
  fillStates();
  render();
  follow();
})();
