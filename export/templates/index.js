(function () {
  "use strict";
  var root = document.documentElement;
  var byId = document.getElementById.bind(document);
  function language(lang) {
    root.dataset.lang = lang;
    root.lang = lang;
    byId("lang-ja").setAttribute("aria-pressed", String(lang === "ja"));
    byId("lang-en").setAttribute("aria-pressed", String(lang === "en"));
  }
  byId("lang-ja").addEventListener("click", function () { language("ja"); });
  byId("lang-en").addEventListener("click", function () { language("en"); });
  byId("print").addEventListener("click", function () { window.print(); });

  var body = document.querySelector(".documents tbody");
  var rows = Array.prototype.slice.call(body.rows);
  var heads = Array.prototype.slice.call(document.querySelectorAll(".documents th[aria-sort]"));
  var texts = rows.map(function (row) { return row.textContent.normalize("NFKC").toLowerCase(); });
  byId("filter").addEventListener("input", function () {
    var words = byId("filter").value.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
    var count = 0;
    rows.forEach(function (row, at) {
      row.hidden = !words.every(function (word) { return texts[at].indexOf(word) >= 0; });
      count += !row.hidden;
    });
    byId("shown").textContent = count + " / " + rows.length;
  });
  function value(row, at) {
    var cell = row.cells[at];
    if (cell.dataset.order) { return Number(cell.dataset.order); }
    return cell.className === "n" ? Number(cell.textContent) : cell.textContent;
  }
  heads.forEach(function (head, at) {
    head.querySelector("button").addEventListener("click", function () {
      var down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach(function (other) { other.setAttribute("aria-sort", "none"); });
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      rows.slice().sort(function (a, b) {
        var x = value(a, at), y = value(b, at);
        return (down ? -1 : 1) * (typeof x === "number" ? x - y : x.localeCompare(y, "ja"));
      }).forEach(function (row) { body.appendChild(row); });
    });
  });
})();
