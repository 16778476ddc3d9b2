(function () {
  "use strict";
  var root = document.documentElement;
  var byId = document.getElementById.bind(document);
  function language(lang) {
    root.dataset.lang = lang;
    root.lang = lang;
    byId("lang-ja").setAttribute("aria-pressed", String(lang === "ja"));
    byId("lang-en").setAttribute("aria-pressed", String(lang === "en"));
    render();
  }
  byId("lang-ja").addEventListener("click", function () { language("ja"); });
  byId("lang-en").addEventListener("click", function () { language("en"); });
  byId("print").addEventListener("click", function () { window.print(); });

  var findings = Array.prototype.slice.call(document.querySelectorAll(".finding"));
  var now = -1;
  function go(step) {
    if (!findings.length) { return; }
    if (now >= 0) { findings[now].classList.remove("now"); }
    now = now < 0 ? (step > 0 ? 0 : findings.length - 1) : (now + step + findings.length) % findings.length;
    findings[now].classList.add("now");
    findings[now].focus({ preventScroll: true });
    findings[now].scrollIntoView({ block: "center" });
  }
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) { return; }
    if (event.key === "n" || event.key === "j") { go(1); }
    if (event.key === "p" || event.key === "k") { go(-1); }
  });
  function light() {
    document.querySelectorAll(".lit").forEach(function (item) { item.classList.remove("lit"); });
    var target = location.hash.length > 1 && byId(decodeURIComponent(location.hash.slice(1)));
    if (target && /^b-/.test(target.id)) {
      target.classList.add("lit");
      target.scrollIntoView({ block: "center" });
    }
    var at = target ? findings.indexOf(target) : -1;
    if (at >= 0) {
      if (now >= 0) { findings[now].classList.remove("now"); }
      now = at;
      target.classList.add("now");
    }
  }
  window.addEventListener("hashchange", light);

  var data = JSON.parse(byId("rows").textContent);
  var body = document.querySelector("#observations tbody");
  var heads = Array.prototype.slice.call(document.querySelectorAll("#observations th"));
  var order = { column: -1, down: false };
  var limit = 200;
  function chosen() {
    var words = byId("filter").value.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
    var rows = data.rows.filter(function (row) {
      return words.every(function (word) { return row.search.indexOf(word) >= 0; });
    });
    if (order.column >= 0) {
      var at = order.column, sign = order.down ? -1 : 1, numeric = data.numeric[at];
      rows = rows.slice().sort(function (a, b) {
        var x = a.cells[at], y = b.cells[at];
        if (numeric) {
          if (x === "" || y === "") { return (x === "") - (y === ""); }
          return sign * (Number(x) - Number(y));
        }
        return sign * String(x).localeCompare(String(y), "ja");
      });
    }
    return rows;
  }
  data.rows.forEach(function (row) { row.search = row.cells.join(" ").normalize("NFKC").toLowerCase(); });
  function render() {
    var rows = chosen();
    var part = document.createDocumentFragment();
    rows.slice(0, limit).forEach(function (row) {
      var line = document.createElement("tr");
      row.cells.forEach(function (cell, at) {
        var place = document.createElement("td");
        if (data.numeric[at]) { place.className = "n"; }
        if (data.words[at] && data.words[at][cell]) {
          cell = data.words[at][cell][root.dataset.lang === "en" ? 1 : 0];
        }
        if (at === data.link && row.anchor) {
          var link = document.createElement("a");
          link.href = "#b-" + row.anchor;
          link.textContent = cell;
          place.appendChild(link);
        } else {
          place.textContent = cell;
        }
        line.appendChild(place);
      });
      part.appendChild(line);
    });
    body.replaceChildren(part);
    byId("more").hidden = rows.length <= limit;
    byId("shown").textContent = rows.length + " / " + data.rows.length;
  }
  byId("filter").addEventListener("input", function () { limit = 200; render(); });
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
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("img[loading]").forEach(function (image) { image.loading = "eager"; });
  });
  render();
  light();
})();
