/*
 * Filters and order of a page's lists. The choice is kept in the address, so that it can be linked.
 *
 * A control named x keeps the items whose data-x has its value (several stand between bars); where it is marked
 * data-dx-numbered, data-x has the numbers of its options instead. The one named text looks for all its words in what
 * an item shows. The one named sort brings the items into an order by what they show: their <time>, the <b> of their
 * badge, the words of their link. A list may stand in a group, whose heading goes when nothing in it is left, and whose
 * [data-dx-group-count] says how many are. Links of the page that begin with ? choose without loading it again.
 *
 * A long list has only its first part in the page; list-parts.js fetches the others, as far as what is wanted may be in
 * them. Until then nothing is said of how many there are, but of how many are shown and how much has not been looked at.
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
  var A_PART = 1e6; /* more rows than a part has: the place of a row is that in its part, and this for each part */
  var rest = null;
  var groups = readGroups(document, A_PART);
  var total = groups.reduce(function (sum, group) { return sum + group.items.length; }, 0);

  function readGroups(page, place) {
    return Array.prototype.map.call(page.querySelectorAll("[data-dx-list]"), function (list) {
      var group = readGroup(list, place);
      place += group.items.length;
      return group;
    });
  }

  function readGroup(list, place) {
    var box = list.closest("[data-dx-group]");
    var items = Array.prototype.map.call(list.children, function (node, index) { return readItem(node, place + index); });
    list.classList.toggle("dx-list--long", items.length > MANY);
    return {
      name: box ? box.getAttribute("aria-labelledby") : "",
      list: list,
      order: "",
      box: box,
      count: box && box.querySelector("[data-dx-group-count]"),
      total: Number(box && box.dataset.dxTotal) || items.length,
      items: items
    };
  }

  /* The rows of a further part: under the heading that they continue, or with their own, where these stand in the list. */
  function add(number, page) {
    readGroups(page, number * A_PART).forEach(function (group) {
      var known = groups.filter(function (one) { return one.name === group.name; })[0];
      if (known) join(known, group);
      else insert(group);
    });
  }

  function insert(group) {
    var after = groups.filter(function (one) { return one.items[0].place > group.items[0].place; })[0];
    if (after) after.box.before(group.box);
    else groups[groups.length - 1].box.after(group.box);
    groups.splice(after ? groups.indexOf(after) : groups.length, 0, group);
  }

  function join(known, group) {
    var place = group.items[0].place;
    var after = known.items.filter(function (item) { return item.place > place; })[0];
    var nodes = group.items.map(function (item) { return item.node; });
    if (after) after.node.before.apply(after.node, nodes);
    else known.list.append.apply(known.list, nodes);
    known.items = known.items.concat(group.items).sort(function (a, b) { return a.place - b.place; });
    known.items.forEach(function (item) { delete item.rank; delete item.keys.name; });
    known.list.classList.toggle("dx-list--long", known.items.length > MANY);
  }

  /* The first and the last row of a part in the page. */
  function endsOf(number) {
    var nodes = [];
    groups.forEach(function (group) {
      group.items.forEach(function (item) { if (Math.floor(item.place / A_PART) === number) nodes.push(item.node); });
    });
    return { first: nodes[0], last: nodes[nodes.length - 1] };
  }

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
      return { name: control.name, value: value, option: control.selectedIndex };
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
    if (group.count) group.count.textContent = kept < group.total ? kept + " / " + group.total : kept;
    return kept;
  }

  function apply() {
    var wanted = chosen();
    var text = form.elements.text;
    var terms = fold(text ? text.value : "").split(/\s+/).filter(Boolean);
    var by = form.elements.sort;
    var order = by ? by.value : "";
    var away = rest ? rest.away(order ? [] : wanted) : [];
    var kept = groups.reduce(function (sum, group) {
      return sum + applyTo(group, wanted, terms, away.length ? "" : order);
    }, 0);
    if (rest) rest.want(away, Boolean(wanted.length || terms.length || order));
    count.textContent = "显示 " + kept + " / " + total + " " + (form.dataset.dxUnit || "项") +
      (away.length ? "，" + rest.inWords(away) : order ? "，排序：" + by.selectedOptions[0].text : "");
    empty.hidden = kept > 0 || away.length > 0;
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

  function begin() {
    if (rest) rest.begin();
    apply();
  }

  function choose(query) {
    controls.forEach(function (control) {
      control.value = query.get(control.name) || "";
      if (control.selectedIndex < 0) control.value = "";
    });
    begin();
    remember();
  }

  function change() {
    begin();
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

  /* The browser goes where an address leads, unless the page was changed since or the place is in a part to be fetched. */
  function aim() {
    var name = hashName();
    var place = document.getElementById(name);
    if (!place && rest) rest.fetchGroup(name, aimAt);
    else if (place && location.search) aimAt(place);
  }

  function hashName() {
    try {
      return decodeURIComponent(location.hash.slice(1));
    } catch (malformed) {
      return "";
    }
  }

  function aimAt(place) {
    if (!place.hasAttribute("tabindex")) place.setAttribute("tabindex", "-1");
    place.focus({ preventScroll: true });
    place.scrollIntoView();
  }

  if (window.duixian && duixian.listParts) {
    rest = duixian.listParts({ add: add, endsOf: endsOf, apply: apply });
    total = rest.total;
    addEventListener("hashchange", aim);
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
