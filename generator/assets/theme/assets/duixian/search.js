/*
 * The worker behind Material's search box: every page that contains all of the given pieces of text, and no other.
 *
 * Messages: 0 set up, 1 ready, 2 query (a string), 3 result {items}, 4 list more. Material fetches search_index.json on
 * every page and sends it with 0; ours is empty. The index is search/pages.json (generator/search/small.py), fetched
 * with the first letter that is typed, so that a page that is only read costs nothing. Of a large site it only leads to
 * the rest (generator/search/large.py), of which search-grams.js fetches what a query needs. A site in several parts
 * names the roots of the others in "parts", from its own root.
 *
 * An item is a group: a heading that leads to the page above, then pages under it. Material shows those whose score is
 * not below the heading's and folds away the rest; the return key opens the page with the highest score.
 */
"use strict";

var ROOT = new URL("../../", self.location.href);
var INDEX = "search/pages.json";
var SHOWN = 5;     // pages of a group that are shown at once
var LISTED = 50;   // pages of a group that can be unfolded at most; the heading says how many there are
var ALL = 500;     // pages of all groups; when so many are listed, those that follow list what they show
var SNIPPET = 90;  // characters of a text around what was found
var BEFORE = 24;   // of them, how many stand before it

var loading = null;
var turn = 0;
var current = null;  // the search whose results are shown
var channel = "duixian-search-" + Math.random().toString(36).slice(2);  // search-box.js asks there for more

self.onmessage = function (event) {
  if (event.data.type === 0) self.postMessage({ type: 1 });
  else if (event.data.type === 2) answer(String(event.data.data));
  else if (event.data.type === 4) more();
};
if (self.BroadcastChannel) new BroadcastChannel(channel).onmessage = more;

/* Only the last query is answered: while the index is on its way, others may follow. */
function answer(query) {
  var mine = turn += 1;
  current = null;
  if (!query.trim()) return reply([]);
  if (!loading) loading = load();
  loading.then(
    function (parts) {
      return startSearch(parts, query).then(function (search) { return extend(search, mine); });
    }
  ).catch(failure).then(function (items) { if (mine === turn) reply(items); });
}

/* The next results of the same query, below those that are shown. */
function more() {
  var search = current;
  var mine = turn;
  if (!search || search.busy) return;
  extend(search, mine).catch(failure).then(function (items) { if (mine === turn) reply(items); });
}

function extend(search, mine) {
  search.busy = true;
  return listNext(search).then(function () {
    search.busy = false;
    if (mine === turn) current = search;
    return searchToItems(search);
  });
}

function reply(items) {
  self.postMessage({ type: 3, data: { items: items } });
}

function failure() {
  loading = null;
  var text = "<p>请检查网络，再输入一次。</p>";
  return [[{ location: "", title: "没有取到搜索用的索引", text: text, score: 1, terms: {} }]];
}

/* --- the index ------------------------------------------------------------------------------------------- */

/* Every part of the site, this one first: ``base`` leads from this root to the part's. A part that can not be reached
   is told of, and asked for again with the next query. */
function load() {
  return fetchPart("").then(function (own) {
    var others = (own.data.parts || []).map(function (base) {
      return fetchPart(base).then(readPart).catch(function () {
        loading = null;
        return { base: base, lost: true };
      });
    });
    return Promise.all([readPart(own)].concat(others));
  });
}

function fetchPart(base) {
  return fetchJson(base + INDEX).then(function (data) { return { base: base, data: data }; });
}

function fetchJson(path) {
  return fetchOk(path).then(function (response) { return response.json(); });
}

function fetchOk(path) {
  return fetch(new URL(path, ROOT)).then(function (response) {
    if (!response.ok) throw new Error(String(response.status));
    return response;
  });
}

function readPart(fetched) {
  var part = { base: fetched.base, statuses: fetched.data.statuses };
  if (fetched.data.shards) {
    if (!self.readLarge) importScripts("search-grams.js");
    return self.readLarge(part, fetched.data);
  }
  part.fold = readFold(fetched.data.fold);
  part.shelf = readShelf(part, fetched.data);
  part.titles = {};
  part.shelf.pages.forEach(function (page) { part.titles[page.location] = part.shelf.texts[page.title]; });
  return part;
}

/* All texts are folded once and stand in one string, a line each: one pass finds a term in every text. */
function readShelf(part, data) {
  var shelf = { part: part, texts: data.texts, pages: data.pages, above: data.above };
  var starts = new Uint32Array(data.texts.length + 1);
  var lines = [];
  data.texts.forEach(function (text, number) {
    var line = fold(part.fold, text);
    lines.push(line);
    starts[number + 1] = starts[number] + line.length + 1;
  });
  shelf.all = lines.join("\n");
  shelf.starts = starts;
  return shelf;
}

/* By the code of a character: what it is compared as, where that is not itself. */
function readFold(data) {
  var table = new Array(0x10000);
  for (var i = 0; i + 1 < data.same.length; i += 2) table[data.same.charCodeAt(i)] = data.same[i + 1];
  Object.keys(data.other).forEach(function (char) { table[char.charCodeAt(0)] = data.other[char]; });
  return table;
}

/* Folded text; ``at``, when given, gets where each of its characters stands in the text. A space counts only between
   two letters or digits: “GDP 增长 7 %” is found by GDP增长7%. */
function fold(table, text, at) {
  var out = "";
  var space = -1;
  for (var i = 0; i < text.length; i += 1) {
    var char = table[text.charCodeAt(i)];
    if (char === undefined) char = text[i];
    if (char === " ") {
      if (space < 0) space = i;
    } else if (char) {
      if (space >= 0 && isWord(out[out.length - 1]) && isWord(char[0])) {
        out += " ";
        if (at) at.push(space);
      }
      space = -1;
      out += char;
      if (at) for (var j = 0; j < char.length; j += 1) at.push(i);
    }
  }
  return out;
}

function isWord(char) {
  return isDigit(char) || char >= "a" && char <= "z";
}

/* --- finding --------------------------------------------------------------------------------------------- */

/* A search of the whole site. ``groups`` stand in the order in which they are listed. */
function startSearch(parts, query) {
  var lost = parts.filter(function (part) { return part.lost; });
  var there = parts.filter(function (part) { return !part.lost; });
  return Promise.all(there.map(function (part) { return findInPart(part, query); })).then(function (found) {
    var groups = [].concat.apply([], found);
    groups.sort(function (a, b) { return b.rank - a.rank; });
    return { groups: groups, lost: lost };
  });
}

/* Groups of pages that have every term: ``hits``, and in large parts ``open``, those that are not looked at yet. */
function findInPart(part, query) {
  var terms = readTerms(part, query);
  if (!terms.length) return Promise.resolve([]);
  if (!part.shelf) return self.findInLarge(part, terms);
  var groups = new Map();
  searchShelf(part.shelf, terms);
  part.shelf.pages.forEach(function (page) {
    var hit = pageToHit(part.shelf, page, terms);
    if (!hit) return;
    var above = page.location.replace(/[^/]+\/?$/, "");
    if (!groups.has(above)) groups.set(above, newGroup(part, above, terms, above ? part.titles[above] : undefined));
    addHit(groups.get(above), hit);
  });
  return Promise.resolve(Array.from(groups.values()));
}

/* ``counts``: [commitments, other pages], of those found and those open; ``sure``: all that are open will be found. */
function newGroup(part, location, terms, title) {
  return {
    part: part, location: location, terms: terms, title: title, rank: 0, hits: [], open: [], counts: [0, 0], sure: true
  };
}

function addHit(group, hit) {
  group.hits.push(hit);
  group.counts[hit.page.status ? 0 : 1] += 1;
  group.rank = Math.max(group.rank, 2 * hit.rank + (hit.page.status ? 1 : 0));
}

/* Pieces between spaces. One letter or digit alone is no query, one Chinese character is. */
function readTerms(part, query) {
  var pieces = query.split(/\s+/).map(function (piece) { return fold(part.fold, piece); }).filter(Boolean);
  var all = pieces.join("");
  if (all.length < 2 && !(all > "\u2e7f")) return [];
  return Array.from(new Set(pieces));
}

function searchShelf(shelf, terms) {
  shelf.terms = terms;
  shelf.found = terms.map(function (term) { return findTexts(shelf, term); });
}

function pageToHit(shelf, page, terms) {
  var rank = rankPage(shelf, page, terms);
  return rank ? { shelf: shelf, page: page, rank: rank } : null;
}

/* Have more results to show: in small parts all are found at once. */
function listNext(search) {
  var open = search.groups.some(function (group) { return group.open.length; });
  return open ? self.openNext(search) : Promise.resolve();
}

/* For each text: 2 where the piece stands in it, 1 where it is only part of a longer number (7% of 67%), else 0. */
function findTexts(shelf, piece) {
  var found = new Uint8Array(shelf.texts.length);
  var number = 0;
  for (var at = shelf.all.indexOf(piece); at >= 0; at = shelf.all.indexOf(piece, at)) {
    while (shelf.starts[number + 1] <= at) number += 1;
    found[number] = isWhole(shelf.all, at, at + piece.length) ? 2 : 1;
    at = found[number] === 2 ? shelf.starts[number + 1] : at + 1;
  }
  return found;
}

function isWhole(text, start, end) {
  return !(isDigit(text[start]) && (isDigit(text[start - 1]) || isPoint(text[start - 1]) && isDigit(text[start - 2]))) &&
    !(isDigit(text[end - 1]) && (isDigit(text[end]) || isPoint(text[end]) && isDigit(text[end + 1])));
}

function isDigit(char) {
  return char >= "0" && char <= "9";
}

function isPoint(char) {
  return char === "." || char === ",";
}

/* 0: a term is missing. Else by the term that stands farthest back: 6 in the title, 5 in the wording, 4 elsewhere in
   the page; 3, 2, 1 the same for a part of a longer number. */
function rankPage(shelf, page, terms) {
  var rank = 6;
  for (var i = 0; i < terms.length && rank; i += 1) rank = Math.min(rank, rankTerm(page, shelf.found[i]));
  return rank;
}

function rankTerm(page, found) {
  if (found[page.title] === 2) return 6;
  if (page.wording !== undefined && found[page.wording] === 2) return 5;
  var best = 0;
  someText(page, function (number) { best = Math.max(best, found[number]); return best === 2; });
  if (best !== 1) return 2 * best;
  return found[page.title] ? 3 : page.wording !== undefined && found[page.wording] ? 2 : 1;
}

/* Whether the test holds for a text of the page; the texts after that are not tried. */
function someText(page, test) {
  for (var i = 0, number = 0; i < page.texts.length; i += 2) {
    number += page.texts[i];
    for (var end = number + page.texts[i + 1]; number < end; number += 1) if (test(number)) return true;
  }
  return false;
}

/* --- results --------------------------------------------------------------------------------------------- */

/* Pages under the page above them, best first. Groups stand by their best page; of equal ones, commitments first. */
function searchToItems(search) {
  var groups = search.groups.filter(function (group) { return group.hits.length; });
  var told = tell(search, groups);
  var lost = search.lost.map(lostPart);
  if (told.more && !groups.length) return [[nothingYet(told)]].concat(lost);
  var left = ALL;
  return groups.map(function (group, i) {
    var listed = Math.min(group.hits.length, LISTED, Math.max(SHOWN, left));
    left -= listed;
    return groupToItem(group, groups.length - i, listed, told);
  }).concat(lost);
}

function lostPart(part) {
  var text = "<p>它的页面不在结果里。请检查网络，再输入一次。</p>";
  return [{ location: part.base, title: "这个网站没有取到", text: text, score: 0, terms: {} }];
}

/* What is told of the whole: how many pages were found, at most where some that were not looked at may lack a term, and
   whether there are more than are listed. */
function tell(search, groups) {
  var counts = [0, 0];
  var listed = 0;
  var sure = true;
  search.groups.forEach(function (group) {
    counts[0] += group.counts[0];
    counts[1] += group.counts[1];
    listed += group.hits.length;
    sure = sure && (group.sure || !group.open.length);
  });
  var more = listed < counts[0] + counts[1];
  return { found: (sure ? "" : "至多 ") + countHits(counts) + (more ? "，先列出 " + listed + " 条" : ""), more: more };
}

function countHits(counts) {
  if (!counts[0]) return counts[1] + " 个页面";
  return counts[0] + " 项承诺" + (counts[1] ? "，" + counts[1] + " 个其他页面" : "");
}

function groupToItem(group, score, listed, told) {
  group.hits.sort(function (a, b) { return b.rank - a.rank; });
  var items = group.hits.slice(0, listed).map(function (hit, i) {
    return hitToItem(hit, i < SHOWN ? score + 0.9 - i / 100 : score - 0.5, group.terms);
  });
  return [heading(group, score, listed, told)].concat(items);
}

function heading(group, score, listed, told) {
  var title = group.title === undefined ? "其他页面" : group.title;
  var all = group.counts[0] + group.counts[1];
  var count = (group.sure || !group.open.length ? "" : "至多 ") + all + " 条" + (listed < all ? "，列出前 " + listed + " 条" : "");
  var html = toldTitle(title, told) + " <small>" + count + "</small>";
  return { location: group.part.base + group.location, title: html, text: "", score: score, terms: {} };
}

/* What search-box.js reads: the count of all, and the channel to ask for more. */
function toldTitle(title, told) {
  var more = told.more ? '" data-dx-more="' + channel : "";
  return '<span data-dx-found="' + escape(told.found) + more + '">' + escape(title) + "</span>";
}

/* Pages with all the pairs of characters, of which those that were looked at have not the whole. */
function nothingYet(told) {
  var text = "<p>有的页面有这些字，还没有看到连在一起的。可以继续找，或换一个说法。</p>";
  return { location: "", title: toldTitle("还没有找到", told), text: text, score: 1, terms: {} };
}

function hitToItem(hit, score, terms) {
  var title = mark(hit.shelf, hit.shelf.texts[hit.page.title], terms);
  var text = snippets(hit.shelf, hit.page, terms);
  var seen = {};
  title.printed.concat(text.printed).forEach(function (piece) { seen[piece] = true; });
  return {
    location: hit.shelf.part.base + hit.page.location,
    title: badge(hit.shelf.part, hit.page.status) + '<span lang="zh-Hans">' + title.html + "</span>",
    text: text.html && '<p lang="zh-Hans">' + text.html + "</p>",
    score: score,
    terms: seen
  };
}

function badge(part, status) {
  return status ? '<span class="dx-badge dx-' + escape(status) + '">' + escape(part.statuses[status]) + "</span> " : "";
}

/* The wording where a term stands in it; for terms that neither it nor the title has, the first texts that have them. */
function snippets(shelf, page, terms) {
  var left = terms.filter(function (term) { return found(term, page.title) < 2; });
  var html = [];
  var printed = [];
  [2, 1].forEach(function (least) {
    if (page.wording !== undefined) show(page.wording, least === 2 ? terms : left, least);
    if (left.length) someText(page, function (number) { show(number, left, least); return !left.length; });
  });
  return { html: html.join(" "), printed: printed };

  function found(term, number) {
    return shelf.found[terms.indexOf(term)][number];
  }

  function show(number, wanted, least) {
    wanted = wanted.filter(function (term) { return found(term, number) >= least; });
    if (!wanted.length || number === page.title) return;
    var piece = mark(shelf, shelf.texts[number], wanted, SNIPPET);
    html.push(piece.html);
    printed = printed.concat(piece.printed);
    left = left.filter(function (term) { return wanted.indexOf(term) < 0; });
  }
}

/* The text escaped, with what was found in <mark>, cut to ``length`` characters around the first place of it.
   ``printed`` is what was found as it is printed there. */
function mark(shelf, text, terms, length) {
  var places = findPlaces(shelf.part.fold, text, terms);
  var first = (places.find(function (place) { return place.whole; }) || places[0] || { start: 0 }).start;
  var start = length && first > BEFORE ? wholeAt(text, first - BEFORE) : 0;
  var end = length ? wholeAt(text, Math.min(text.length, start + length)) : text.length;
  var html = start ? "…" : "";
  var at = start;
  places.forEach(function (place) {
    if (place.end <= at || place.start >= end) return;
    html += escape(text.slice(at, Math.max(at, place.start)));
    at = Math.max(at, place.start);
    html += "<mark>" + escape(text.slice(at, Math.min(place.end, end))) + "</mark>";
    at = Math.min(place.end, end);
  });
  html += escape(text.slice(at, end)) + (end < text.length ? "…" : "");
  return {
    html: html,
    printed: places.map(function (place) { return text.slice(place.start, place.end); })
  };
}

/* Every place of every term in the text as printed, in order, longer ones first. */
function findPlaces(table, text, terms) {
  var places = [];
  var at = [];
  var folded = fold(table, text, at);
  terms.forEach(function (term) {
    for (var i = folded.indexOf(term); i >= 0; i = folded.indexOf(term, i + term.length)) {
      var end = i + term.length;
      places.push({ start: at[i], end: at[end - 1] + 1, whole: isWhole(folded, i, end) });
    }
  });
  return places.sort(function (a, b) { return a.start - b.start || b.end - a.end; });
}

/* A place where no character is cut in two. */
function wholeAt(text, at) {
  var code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}

function escape(text) {
  return text.replace(/[&<>"']/g, function (c) { return "&#" + c.charCodeAt(0) + ";"; });
}
