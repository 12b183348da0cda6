/* Filters of a list of commitments. The choice is kept in the address, so that it can be linked. */
(function () {
  "use strict";
  var form = document.querySelector("[data-dx-filters]");
  var list = document.querySelector("[data-dx-list]");
  if (!form || !list) return;
  var items = Array.prototype.map.call(list.children, function (node) {
    return {
      node: node,
      text: fold(node.textContent + " " + node.dataset.unit),
      status: node.dataset.status,
      programme: node.dataset.programme,
      units: node.dataset.unit.split("|"),
      themes: node.dataset.theme.split("|")
    };
  });
  var count = form.querySelector("[data-dx-count]");
  var empty = document.querySelector("[data-dx-empty]");
  var names = ["text", "status", "programme", "theme", "unit"].filter(function (name) { return form.elements[name]; });

  function fold(text) {
    return text
      .replace(/[\uff01-\uff5e]/g, function (c) { return String.fromCharCode(c.charCodeAt(0) - 0xfee0); })
      .toLowerCase();
  }

  function matches(item, wanted, terms) {
    return (!wanted.status || item.status === wanted.status) &&
      (!wanted.programme || item.programme === wanted.programme) &&
      (!wanted.theme || item.themes.indexOf(wanted.theme) >= 0) &&
      (!wanted.unit || item.units.indexOf(wanted.unit) >= 0) &&
      terms.every(function (term) { return item.text.indexOf(term) >= 0; });
  }

  function read() {
    var wanted = {};
    names.forEach(function (name) { wanted[name] = form.elements[name].value; });
    return wanted;
  }

  function apply() {
    var wanted = read();
    var terms = fold(wanted.text).split(/\s+/).filter(Boolean);
    var shown = 0;
    items.forEach(function (item) {
      var keep = matches(item, wanted, terms);
      if (item.node.hidden === keep) item.node.hidden = !keep;
      if (keep) shown += 1;
    });
    count.textContent = "显示 " + shown + " / " + items.length + " 项";
    empty.hidden = shown > 0;
    remember(wanted);
  }

  function remember(wanted) {
    var address = new URL(location.href);
    names.forEach(function (name) {
      if (wanted[name]) address.searchParams.set(name, wanted[name]);
      else address.searchParams.delete(name);
    });
    if (address.href !== location.href) history.replaceState(history.state, "", address.href);
  }

  var given = new URLSearchParams(location.search);
  names.forEach(function (name) {
    if (given.has(name)) form.elements[name].value = given.get(name);
  });
  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("reset", function () { setTimeout(apply); });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  apply();
  if (location.hash === "#commitments" && location.search) {
    document.getElementById("commitments").scrollIntoView();
  }
})();
