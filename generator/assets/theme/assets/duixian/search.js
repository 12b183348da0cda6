/* The worker behind the search box. It finds every page that contains all of the given pieces of text.

   Messages: 0 set up {config, docs}, 1 ready, 2 query (a string), 3 result {items}. The index is
   search/search_index.json; config.fold is a string of pairs: a Traditional character, then its Simplified one. */
"use strict";

var pages = [];
var folds = new Map();
var LIMIT = 200;
var SNIPPET = 90;

self.onmessage = function (event) {
  var message = event.data;
  if (message.type === 0) {
    setUp(message.data);
    self.postMessage({ type: 1 });
  } else if (message.type === 2) {
    self.postMessage({ type: 3, data: { items: search(String(message.data)) } });
  }
};

function setUp(index) {
  var pairs = Array.from(index.config.fold || "");
  for (var i = 0; i + 1 < pairs.length; i += 2) folds.set(pairs[i], pairs[i + 1]);
  pages = index.docs.map(function (page) {
    return { page: page, title: fold(page.title), text: fold(page.text) };
  });
}

/* One character in, one out, so that a position in folded text is the position in the text. */
function fold(text) {
  var out = "";
  for (var i = 0; i < text.length; i += 1) {
    var code = text.charCodeAt(i);
    if (code >= 0xff01 && code <= 0xff5e) code -= 0xfee0;
    else if (code === 0x3000) code = 0x20;
    var char = String.fromCharCode(code);
    if (code >= 0x41 && code <= 0x5a) char = char.toLowerCase();
    out += folds.get(char) || char;
  }
  return out;
}

function search(query) {
  var terms = fold(query).split(/\s+/).filter(Boolean);
  if (!terms.length || terms.join("").length < 2) return [];
  var found = [];
  pages.forEach(function (entry) {
    var score = 0;
    for (var i = 0; i < terms.length; i += 1) {
      var inTitle = entry.title.indexOf(terms[i]) >= 0;
      if (!inTitle && entry.text.indexOf(terms[i]) < 0) return;
      score += inTitle ? 2 : 1;
    }
    found.push({ entry: entry, score: score + (entry.page.boost || 0) });
  });
  found.sort(function (a, b) { return b.score - a.score; });
  return found.slice(0, LIMIT).map(function (hit) { return [toItem(hit, terms)]; });
}

function toItem(hit, terms) {
  var page = hit.entry.page;
  var marks = {};
  terms.forEach(function (term) { marks[term] = true; });
  return {
    location: page.location,
    title: mark(page.title, hit.entry.title, terms),
    text: "<p>" + snippet(hit.entry, terms) + "</p>",
    score: hit.score,
    terms: marks,
    tags: page.tags && page.tags.map(escape)
  };
}

function snippet(entry, terms) {
  var at = terms.reduce(function (least, term) {
    var index = entry.text.indexOf(term);
    return index >= 0 && (least < 0 || index < least) ? index : least;
  }, -1);
  var start = Math.max(0, at - 24);
  var end = start + SNIPPET;
  var head = start > 0 ? "…" : "";
  var tail = end < entry.text.length ? "…" : "";
  return head + mark(entry.page.text.slice(start, end), entry.text.slice(start, end), terms) + tail;
}

/* The text escaped, with every occurrence of a term in <mark>. */
function mark(text, folded, terms) {
  var out = "";
  var at = 0;
  while (at < text.length) {
    var next = terms.filter(function (term) { return folded.startsWith(term, at); })
      .sort(function (a, b) { return b.length - a.length; })[0];
    if (next) out += "<mark>" + escape(text.slice(at, at + next.length)) + "</mark>";
    else out += escape(text[at]);
    at += next ? next.length : 1;
  }
  return out;
}

function escape(text) {
  return text.replace(/[&<>"']/g, function (c) { return "&#" + c.charCodeAt(0) + ";"; });
}
