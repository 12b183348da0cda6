/*
 * Filters of a page's lists. The choice is kept in the address, so that it can be linked.
 *
 * A control named x keeps the items whose data-x has its value (several stand between bars); the one named text
 * looks for all its words in what the item shows. A list may stand in a group, whose heading goes when nothing in
 * it is left, and whose [data-dx-group-count] says how many are.
 */
(function () {
  "use strict";
  var form = document.querySelector("[data-dx-filters]");
  var lists = document.querySelectorAll("[data-dx-list]");
  if (!form || !lists.length) return;
  var count = form.querySelector("[data-dx-count]");
  var empty = document.querySelector("[data-dx-empty]");
  var names = Array.prototype.map.call(form.querySelectorAll("[name]"), function (node) { return node.name; });
  var choices = names.filter(function (name) { return name !== "text"; });
  var groups = Array.prototype.map.call(lists, function (list) {
    var box = list.closest("[data-dx-group]");
    return {
      box: box,
      count: box && box.querySelector("[data-dx-group-count]"),
      items: Array.prototype.map.call(list.children, readItem)
    };
  });
  var total = groups.reduce(function (sum, group) { return sum + group.items.length; }, 0);

  function readItem(node) {
    var values = {};
    choices.forEach(function (name) { values[name] = (node.getAttribute("data-" + name) || "").split("|"); });
    return { node: node, text: fold(node.textContent + " " + (node.dataset.unit || "")), values: values };
  }

  function fold(text) {
    return text
      .replace(/[\uff01-\uff5e]/g, function (c) { return String.fromCharCode(c.charCodeAt(0) - 0xfee0); })
      .toLowerCase();
  }

  function matches(item, wanted, terms) {
    return choices.every(function (name) { return !wanted[name] || item.values[name].indexOf(wanted[name]) >= 0; }) &&
      terms.every(function (term) { return item.text.indexOf(term) >= 0; });
  }

  function read() {
    var wanted = {};
    names.forEach(function (name) { wanted[name] = form.elements[name].value; });
    return wanted;
  }

  function applyTo(group, wanted, terms) {
    var shown = 0;
    group.items.forEach(function (item) {
      var keep = matches(item, wanted, terms);
      if (item.node.hidden === keep) item.node.hidden = !keep;
      if (keep) shown += 1;
    });
    if (group.box) group.box.hidden = !shown;
    if (group.count) group.count.textContent = shown < group.items.length ? shown + " / " + group.items.length : shown;
    return shown;
  }

  function apply() {
    var wanted = read();
    var terms = fold(wanted.text || "").split(/\s+/).filter(Boolean);
    var shown = groups.reduce(function (sum, group) { return sum + applyTo(group, wanted, terms); }, 0);
    count.textContent = "显示 " + shown + " / " + total + " " + (form.dataset.dxUnit || "项");
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
    var control = form.elements[name];
    if (given.has(name)) control.value = given.get(name);
    if (control.selectedIndex < 0) control.value = "";
  });
  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("reset", function () { setTimeout(apply); });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  apply();
  var aim = location.search && document.getElementById(location.hash.slice(1));
  if (aim) aim.scrollIntoView();
})();
