/*
 * Filters and order of a page's lists. The choice is kept in the address, so that it can be linked.
 *
 * A control named x keeps the items whose data-x has its value (several stand between bars); where it is marked
 * data-dx-numbered, data-x has the numbers of its options instead. The one named text looks for all its words in what
 * an item shows. The one named sort brings the items into an order by what they show: their <time>, the <b> of their
 * badge, the words of their link. A list may stand in a group, whose heading goes when nothing in it is left, and whose
 * [data-dx-group-count] says how many are. Links of the page that begin with ? choose without loading it again.
 */
(function () {
  "use strict";
  var MANY = 100;
  var form = document.querySelector("[data-dx-filters]");
  var lists = document.querySelectorAll("[data-dx-list]");
  if (!form || !lists.length) return;
  var count = form.querySelector("[data-dx-count]");
  var empty = document.querySelector("[data-dx-empty]");
  var controls = Array.prototype.slice.call(form.querySelectorAll("[name]"));
  var choices = controls.filter(function (node) { return node.name !== "text" && node.name !== "sort"; });
  var pinyin = new Intl.Collator("zh-Hans-CN", { numeric: true });
  var groups = Array.prototype.map.call(lists, function (list) {
    var box = list.closest("[data-dx-group]");
    list.classList.toggle("dx-list--long", list.children.length > MANY);
    return {
      list: list,
      order: "",
      box: box,
      count: box && box.querySelector("[data-dx-group-count]"),
      items: Array.prototype.map.call(list.children, readItem)
    };
  });
  var total = groups.reduce(function (sum, group) { return sum + group.items.length; }, 0);

  function readItem(node, place) {
    var item = { node: node, place: place, values: {}, keys: {} };
    var names = "";
    choices.forEach(function (control) {
      var values = (node.getAttribute("data-" + control.name) || "").split("|");
      item.values[control.name] = values;
      if ("dxNumbered" in control.dataset) names += " " + values.map(function (n) { return n && control[n].text; }).join(" ");
    });
    item.text = fold(node.textContent + names);
    return item;
  }

  function fold(text) {
    return text
      .replace(/[\uff01-\uff5e]/g, function (c) { return String.fromCharCode(c.charCodeAt(0) - 0xfee0); })
      .toLowerCase();
  }

  var keys = {
    status: function (item) {
      var status = form.elements.status;
      return Array.prototype.findIndex.call(status, function (option) { return option.value === item.values.status[0]; });
    },
    due: function (item) {
      var day = shown(item, "time");
      return day && Number(day.replace(/-/g, ""));
    },
    attained: function (item) {
      var share = parseFloat(shown(item, "b").replace(/,/g, ""));
      return isNaN(share) ? "" : share;
    },
    name: function (item, group) {
      if (!("rank" in item)) rankNames(group);
      return item.rank;
    }
  };

  /* Comparing names takes the most time of all: it is done once, when there is nothing else to do. */
  function rankNames(group) {
    var named = group.items.map(function (item) { return { item: item, name: shown(item, "a") }; });
    named.sort(function (a, b) { return pinyin.compare(a.name, b.name); });
    named.forEach(function (one, rank) { one.item.rank = rank; });
  }

  function shown(item, tag) {
    var node = item.node.getElementsByTagName(tag)[0];
    return node ? node.textContent : "";
  }

  function sort(group, wanted) {
    var name = wanted.replace("-desc", "");
    var turn = name === wanted ? 1 : -1;
    var key = keys[name] || function (item) { return item.place; };
    group.order = wanted;
    group.items.forEach(function (item) {
      if (!(name in item.keys)) item.keys[name] = key(item, group);
      item.key = item.keys[name];
    });
    group.items.sort(function (a, b) { return compare(a, b, turn) || a.place - b.place; });
    group.list.append.apply(group.list, group.items.map(function (item) { return item.node; }));
  }

  /* What has nothing to be sorted by stands last, whichever way. */
  function compare(a, b, turn) {
    if (a.key === "" || b.key === "") return (a.key === "") - (b.key === "");
    return turn * (a.key - b.key);
  }

  function matches(item, wanted, terms) {
    return wanted.every(function (one) { return item.values[one.name].indexOf(one.value) >= 0; }) &&
      terms.every(function (term) { return item.text.indexOf(term) >= 0; });
  }

  function chosen() {
    return choices.filter(function (control) { return control.value; }).map(function (control) {
      var value = "dxNumbered" in control.dataset ? String(control.selectedIndex) : control.value;
      return { name: control.name, value: value };
    });
  }

  /* A list is changed outside the page: its two thousand items are then laid out once, and not one by one. */
  function outside(group, change) {
    var place = document.createComment("");
    group.list.replaceWith(place);
    change(group);
    place.replaceWith(group.list);
  }

  function applyTo(group, wanted, terms, order) {
    var turned = group.items.filter(function (item) {
      item.kept = matches(item, wanted, terms);
      return item.node.hidden === item.kept;
    });
    var show = function () {
      if (order !== group.order) sort(group, order);
      turned.forEach(function (item) { item.node.hidden = !item.kept; });
    };
    if (order !== group.order || turned.length > MANY) outside(group, show);
    else show();
    var kept = group.items.filter(function (item) { return item.kept; }).length;
    if (group.box) group.box.hidden = !kept;
    if (group.count) group.count.textContent = kept < group.items.length ? kept + " / " + group.items.length : kept;
    return kept;
  }

  function apply() {
    var wanted = chosen();
    var text = form.elements.text;
    var terms = fold(text ? text.value : "").split(/\s+/).filter(Boolean);
    var by = form.elements.sort;
    var order = by ? by.value : "";
    var kept = groups.reduce(function (sum, group) { return sum + applyTo(group, wanted, terms, order); }, 0);
    count.textContent = "显示 " + kept + " / " + total + " " + (form.dataset.dxUnit || "项") +
      (order ? "，排序：" + by.selectedOptions[0].text : "");
    empty.hidden = kept > 0;
  }

  function remember() {
    var address = new URL(location.href);
    controls.forEach(function (control) {
      if (control.value) address.searchParams.set(control.name, control.value);
      else address.searchParams.delete(control.name);
    });
    if (address.href === location.href) return;
    try {
      history.replaceState(history.state, "", address.href);
    } catch (refused) { /* a browser takes only so many addresses a second; the next one brings it up to date */ }
  }

  function choose(query) {
    controls.forEach(function (control) {
      control.value = query.get(control.name) || "";
      if (control.selectedIndex < 0) control.value = "";
    });
    apply();
    remember();
  }

  function change() {
    apply();
    remember();
  }

  function follow(event) {
    var link = event.target.closest && event.target.closest('a[href^="?"]');
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    var address = new URL(link.getAttribute("href"), location.href);
    history.pushState(null, "", address.href);
    choose(address.searchParams);
    aim();
  }

  function aim() {
    var place = location.search && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!place) return;
    if (!place.hasAttribute("tabindex")) place.setAttribute("tabindex", "-1");
    place.focus({ preventScroll: true });
    place.scrollIntoView();
  }

  form.hidden = false;
  form.addEventListener("input", change);
  form.addEventListener("reset", function () { setTimeout(change); });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  document.addEventListener("click", follow);
  addEventListener("popstate", function () { choose(new URLSearchParams(location.search)); });
  choose(new URLSearchParams(location.search));
  aim();
  if (form.elements.sort) (window.requestIdleCallback || setTimeout)(function () { groups.forEach(rankNames); });
})();
