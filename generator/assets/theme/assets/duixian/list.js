/* Filters of a list (commitments, units). The choice is kept in the address, so that it can be linked. */
(function () {
  "use strict";
  var form = document.querySelector("[data-dx-filters]");
  var list = document.querySelector("[data-dx-list]");
  if (!form || !list) return;
  var items = Array.prototype.map.call(list.children, function (node) {
    return {
      node: node,
      text: fold(node.textContent + " " + (node.dataset.unit || "")),
      values: node.dataset
    };
  });
  var count = form.querySelector("[data-dx-count]");
  var empty = document.querySelector("[data-dx-empty]");
  // A choice called "unit" looks at data-unit, which may hold several values with "|" between them.
  var names = Array.prototype.map.call(form.querySelectorAll("[name]"), function (node) { return node.name; });

  function fold(text) {
    return text
      .replace(/[\uff01-\uff5e]/g, function (c) { return String.fromCharCode(c.charCodeAt(0) - 0xfee0); })
      .toLowerCase();
  }

  function matches(item, wanted, terms) {
    return names.every(function (name) {
      return name === "text" || !wanted[name] || (item.values[name] || "").split("|").indexOf(wanted[name]) >= 0;
    }) && terms.every(function (term) { return item.text.indexOf(term) >= 0; });
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
