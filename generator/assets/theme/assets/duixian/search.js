/*
 * The worker behind Material's search box: every page that contains all of the given pieces of text, and no other.
 *
 * Messages: 0 set up, 1 ready, 2 query (a string), 3 result {items}. Material fetches search_index.json on every page
 * and sends it with 0; ours is empty. The index is search/pages.json (its form: generator/search.py), fetched with the
 * first letter that is typed, so that a page that is only read costs nothing.
 *
 * An item is a group: a heading that leads to the page above, then pages under it. Material shows those whose score is
 * not below the heading's and folds away the rest; the return key opens the page with the highest score.
 */
"use strict";

var INDEX = new URL("../../search/pages.json", self.location.href);
var SHOWN = 5;     // pages of a group that are shown at once
var LISTED = 50;   // pages of a group that can be unfolded at most; the heading says how many there are
var ALL = 500;     // pages of all groups; when so many are listed, those that follow list what they show
var SNIPPET = 90;  // characters of a text around what was found
var BEFORE = 24;   // of them, how many stand before it

var loading = null;
var turn = 0;

self.onmessage = function (event) {
  if (event.data.type === 0) self.postMessage({ type: 1 });
  else if (event.data.type === 2) answer(String(event.data.data));
};

/* Only the last query is answered: while the index is on its way, others may follow. */
function answer(query) {
  var mine = turn += 1;
  if (!query.trim()) return reply([]);
  if (!loading) loading = load();
  loading.then(
    function (index) { return search(index, query); },
    function () { loading = null; return failure(); }
  ).then(function (items) { if (mine === turn) reply(items); });
}

function reply(items) {
  self.postMessage({ type: 3, data: { items: items } });
}

function failure() {
  var text = "<p>请检查网络，再输入一次。</p>";
  return [[{ location: "", title: "没有取到搜索用的索引", text: text, score: 1, terms: {} }]];
}

/* --- the index ------------------------------------------------------------------------------------------- */

function load() {
  return fetch(INDEX).then(function (response) {
    if (!response.ok) throw new Error(String(response.status));
    return response.json();
  }).then(read);
}

/* All texts are folded once and stand in one string, a line each: one pass finds a term in every text. */
function read(data) {
  var index = { texts: data.texts, statuses: data.statuses, pages: data.pages, fold: readFold(data.fold), titles: {} };
  var starts = new Uint32Array(data.texts.length + 1);
  var lines = [];
  data.texts.forEach(function (text, number) {
    var line = fold(index, text);
    lines.push(line);
    starts[number + 1] = starts[number] + line.length + 1;
  });
  index.all = lines.join("\n");
  index.starts = starts;
  data.pages.forEach(function (page) {
    index.titles[page.location] = page.title;
    page.group = page.location.replace(/[^/]+\/?$/, "");
  });
  return index;
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
function fold(index, text, at) {
  var out = "";
  var space = -1;
  for (var i = 0; i < text.length; i += 1) {
    var char = index.fold[text.charCodeAt(i)];
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

function search(index, query) {
  var terms = readTerms(index, query);
  if (!terms.length) return [];
  var hits = [];
  index.pages.forEach(function (page) {
    var rank = rankPage(page, terms);
    if (rank) hits.push({ page: page, rank: rank });
  });
  return hitsToItems(index, hits, terms);
}

/* Pieces between spaces, each with the texts it stands in. One letter or digit alone is no query, one Chinese character
   is. */
function readTerms(index, query) {
  var pieces = query.split(/\s+/).map(function (piece) { return fold(index, piece); }).filter(Boolean);
  var all = pieces.join("");
  if (all.length < 2 && !(all > "\u2e7f")) return [];
  return Array.from(new Set(pieces)).map(function (piece) { return { text: piece, found: findTexts(index, piece) }; });
}

/* For each text: 2 where the piece stands in it, 1 where it is only part of a longer number (7% of 67%), else 0. */
function findTexts(index, piece) {
  var found = new Uint8Array(index.texts.length);
  var number = 0;
  for (var at = index.all.indexOf(piece); at >= 0; at = index.all.indexOf(piece, at)) {
    while (index.starts[number + 1] <= at) number += 1;
    found[number] = isWhole(index.all, at, at + piece.length) ? 2 : 1;
    at = found[number] === 2 ? index.starts[number + 1] : at + 1;
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
function rankPage(page, terms) {
  var rank = 6;
  for (var i = 0; i < terms.length && rank; i += 1) rank = Math.min(rank, rankTerm(page, terms[i].found));
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
function hitsToItems(index, hits, terms) {
  var groups = new Map();
  hits.forEach(function (hit) {
    if (!groups.has(hit.page.group)) groups.set(hit.page.group, { location: hit.page.group, rank: 0, hits: [] });
    var group = groups.get(hit.page.group);
    group.hits.push(hit);
    group.rank = Math.max(group.rank, 2 * hit.rank + (hit.page.status ? 1 : 0));
  });
  var sorted = Array.from(groups.values()).sort(function (a, b) { return b.rank - a.rank; });
  var found = countHits(hits);
  var left = ALL;
  return sorted.map(function (group, i) {
    group.listed = Math.min(group.hits.length, LISTED, Math.max(SHOWN, left));
    left -= group.listed;
    return groupToItem(index, group, sorted.length - i, terms, found);
  });
}

function countHits(hits) {
  var commitments = hits.filter(function (hit) { return hit.page.status; }).length;
  var others = hits.length - commitments;
  if (!commitments) return others + " 个页面";
  return commitments + " 项承诺" + (others ? "，" + others + " 个其他页面" : "");
}

function groupToItem(index, group, score, terms, found) {
  group.hits.sort(function (a, b) { return b.rank - a.rank; });
  var items = group.hits.slice(0, group.listed).map(function (hit, i) {
    return hitToItem(index, hit.page, i < SHOWN ? score + 0.9 - i / 100 : score - 0.5, terms);
  });
  return [heading(index, group, score, found)].concat(items);
}

function heading(index, group, score, found) {
  var above = group.location ? index.titles[group.location] : undefined;
  var title = above === undefined ? "其他页面" : index.texts[above];
  var count = group.hits.length + " 条" + (group.listed < group.hits.length ? "，列出前 " + group.listed + " 条" : "");
  var html = '<span data-dx-found="' + escape(found) + '">' + escape(title) + "</span> <small>" + count + "</small>";
  return { location: group.location, title: html, text: "", score: score, terms: {} };
}

function hitToItem(index, page, score, terms) {
  var title = mark(index, index.texts[page.title], terms);
  var text = snippets(index, page, terms);
  var seen = {};
  title.printed.concat(text.printed).forEach(function (piece) { seen[piece] = true; });
  return {
    location: page.location,
    title: badge(index, page.status) + '<span lang="zh-Hans">' + title.html + "</span>",
    text: text.html && '<p lang="zh-Hans">' + text.html + "</p>",
    score: score,
    terms: seen
  };
}

function badge(index, status) {
  return status ? '<span class="dx-badge dx-' + escape(status) + '">' + escape(index.statuses[status]) + "</span> " : "";
}

/* The wording where a term stands in it; for terms that neither it nor the title has, the first texts that have them. */
function snippets(index, page, terms) {
  var left = terms.filter(function (term) { return term.found[page.title] < 2; });
  var html = [];
  var printed = [];
  [2, 1].forEach(function (least) {
    if (page.wording !== undefined) show(page.wording, least === 2 ? terms : left, least);
    if (left.length) someText(page, function (number) { show(number, left, least); return !left.length; });
  });
  return { html: html.join(" "), printed: printed };

  function show(number, wanted, least) {
    wanted = wanted.filter(function (term) { return term.found[number] >= least; });
    if (!wanted.length || number === page.title) return;
    var piece = mark(index, index.texts[number], wanted, SNIPPET);
    html.push(piece.html);
    printed = printed.concat(piece.printed);
    left = left.filter(function (term) { return wanted.indexOf(term) < 0; });
  }
}

/* The text escaped, with what was found in <mark>, cut to ``length`` characters around the first place of it.
   ``printed`` is what was found as it is printed there. */
function mark(index, text, terms, length) {
  var places = findPlaces(index, text, terms);
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
function findPlaces(index, text, terms) {
  var places = [];
  var at = [];
  var folded = fold(index, text, at);
  terms.forEach(function (term) {
    for (var i = folded.indexOf(term.text); i >= 0; i = folded.indexOf(term.text, i + term.text.length)) {
      var end = i + term.text.length;
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
