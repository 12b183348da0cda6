/*
 * The large index for search.js: which pages have each pair of characters (generator/search/large.py), and records of a
 * few pages each, which are compared with the query before a page is shown.
 *
 * A term of one or two characters is a gram itself: all its pages are known, and how many there are. Longer terms have
 * candidates, which are looked at a few files at a time; until all were, their count is told as the most it can be.
 */
"use strict";

var RECORDS_FIRST = 5;     // files of records that are fetched for the first list of results
var RECORDS_MORE = 24;     // for each one that is asked for
var TRIES = 10;            // how often more are fetched while none of them has what is searched for
var KEPT = 400;            // files of records that are kept
var ENOUGH = 24;           // so few candidates are looked at; of more, further grams are, while these bytes last:
var LEAST_BYTES = 8000;    // of grams, for a query
var BYTES_A_PAGE = 0.3;    // and so many more

var folds = {};

self.readLarge = function (part, data) {
  part.grams = data.grams;
  part.files = {};
  part.shelves = new Map();
  part.runs = [];
  part.starts = [];
  part.pages = 0;
  data.shards.forEach(function (shard) { readShard(part, shard[0], shard[1]); });
  if (!folds[data.fold]) folds[data.fold] = fetchBytes(part.base + data.fold).then(unpackFold);
  return folds[data.fold].then(
    function (table) { part.fold = table; return part; },
    function (error) { delete folds[data.fold]; throw error; }
  );
};

/* A run: pages under one page above, all commitments or none, by number; and the files of their records. */
function readShard(part, name, groups) {
  var record = 0;
  part.starts.push(part.pages);
  groups.forEach(function (group) {
    part.runs.push({
      location: group[0] === 0 ? name + "/" : group[0], start: part.pages, pages: group[1], promised: group[2],
      name: name, record: record, each: group[3]
    });
    part.pages += group[1];
    record += Math.ceil(group[1] / group[3]);
  });
}

/* --- bytes ----------------------------------------------------------------------------------------------- */

function fetchBytes(path, part) {
  return fetchOk(path).then(function (response) { return response.arrayBuffer(); }).then(function (buffer) {
    if (part) part.moved += buffer.byteLength;
    if (!self.DecompressionStream) {
      if (!self.inflate) importScripts("inflate.js");
      return self.inflate(new Uint8Array(buffer));
    }
    var stream = new Blob([buffer]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Response(stream).arrayBuffer().then(function (plain) { return new Uint8Array(plain); });
  });
}

/* How many characters, how far each is after the last, high and low halves of what they are compared as; and, as JSON,
   those that are compared as none or several. */
function unpackFold(bytes) {
  var table = new Array(0x10000);
  var count = bytes[0] * 256 + bytes[1];
  var codes = [];
  var at = 2;
  for (var i = 0, code = 0; i < count; i += 1) {
    code += bytes[at] < 255 ? bytes[at] : bytes[at + 1] * 256 + bytes[at + 2];
    at += bytes[at] < 255 ? 1 : 3;
    codes.push(code);
  }
  codes.forEach(function (code, i) {
    table[code] = String.fromCharCode(bytes[at + i] * 256 + bytes[at + count + i]);
  });
  var others = JSON.parse(new TextDecoder().decode(bytes.subarray(at + 2 * count)));
  Object.keys(others).forEach(function (char) { table[char.charCodeAt(0)] = others[char]; });
  return table;
}

/* --- pages of a gram ------------------------------------------------------------------------------------- */

/* Every other pair, and the last: they cover the term. */
function termToGrams(term) {
  if (term.length === 1) return [term + " "];
  var grams = [];
  for (var i = 0; i + 2 < term.length; i += 2) grams.push(term.slice(i, i + 2));
  return grams.concat(term.slice(-2));
}

function termToAllGrams(term) {
  return term.length === 1 ? [term + " "] : Array.from(term.slice(1), function (_, i) { return term.substr(i, 2); });
}

/* For each page: 3 where the gram stands in its title, 2 in the wording, 1 elsewhere, else 0. */
function fetchPlaces(part, gram) {
  var number = findFile(part.grams, gram);
  if (number < 0) return Promise.resolve(new Uint8Array(part.pages));
  if (!part.files[number]) {
    part.files[number] = fetchBytes(part.base + "search/grams/" + number + ".bin", part);
    part.files[number].catch(function () { delete part.files[number]; });
  }
  return part.files[number].then(function (bytes) { return readPlaces(part, bytes, gram); });
}

/* The last file whose first gram is not after this one; -1 when all are. */
function findFile(firsts, gram) {
  var low = 0;
  var high = firsts.length / 2;
  while (low < high) {
    var middle = (low + high) >> 1;
    if (firsts.slice(2 * middle, 2 * middle + 2) <= gram) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function readPlaces(part, bytes, gram) {
  var places = new Uint8Array(part.pages);
  var view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  var count = view.getUint32(0);
  var key = gram.charCodeAt(0) * 0x10000 + gram.charCodeAt(1);
  for (var i = 0; i < count && view.getUint32(4 + 4 * i) !== key; i += 1);
  if (i === count) return places;
  var at = 4 + 4 * count;
  for (; i; i -= 1) at = bytes.indexOf(255, at) + 1;
  var shard = 0;
  var page = 0;
  while (at < bytes.length && bytes[at] !== 255) {
    var first = bytes[at];
    var more = first < 200 ? 0 : first < 203 ? 1 : first === 203 ? 3 : first < 253 ? 0 : first - 251;
    var value = 0;
    for (at += 1; more; more -= 1, at += 1) value = value * 255 + bytes[at];
    if (first < 204) {
      value += first < 200 ? first : first < 203 ? 200 + 255 * (first - 200) : 0;
      page += Math.floor(value / 3);
      places[page] = 3 - value % 3;
      page += 1;
    } else {
      shard += first < 253 ? first - 203 : value;
      page = part.starts[shard - 1];
    }
  }
  return places;
}

/* --- candidates ------------------------------------------------------------------------------------------ */

/* The grams that are terms themselves are needed; of those of longer terms so many as make the candidates few, or as may
   be fetched for one query: all candidates are compared. */
self.findInLarge = function (part, terms) {
  var needed = gramsOf(terms.filter(isGram), termToGrams);
  var others = gramsOf(terms, termToGrams).concat(gramsOf(terms, termToAllGrams));
  var queue = Array.from(new Set(others)).filter(function (gram) { return needed.indexOf(gram) < 0; });
  var places = new Uint8Array(part.pages).fill(3);
  var limit = LEAST_BYTES + BYTES_A_PAGE * part.pages;
  part.moved = 0;

  function next(grams) {
    return narrow(part, places, grams).then(function () {
      var candidates = places.reduce(function (count, place) { return count + (place ? 1 : 0); }, 0);
      if (queue.length && candidates > ENOUGH && part.moved < limit) return next(queue.splice(0, 2));
    });
  }

  return next(needed.concat(queue.splice(0, 2))).then(function () { return placesToGroups(part, terms, places); });
};

function isGram(term) {
  return term.length < 3;
}

function gramsOf(terms, toGrams) {
  return Array.from(new Set([].concat.apply([], terms.map(toGrams))));
}

/* A page has all grams or is no candidate; it counts by the one that stands farthest back in it. */
function narrow(part, places, grams) {
  return Promise.all(grams.map(function (gram) { return fetchPlaces(part, gram); })).then(function (all) {
    all.forEach(function (other) {
      for (var i = 0; i < places.length; i += 1) if (other[i] < places[i]) places[i] = other[i];
    });
  });
}

function placesToGroups(part, terms, places) {
  var groups = new Map();
  var sure = terms.every(isGram);
  part.runs.forEach(function (run) {
    for (var i = 0; i < run.pages; i += 1) {
      var place = places[run.start + i];
      if (!place) continue;
      if (!groups.has(run.location)) groups.set(run.location, newGroup(part, run.location, terms));
      var group = groups.get(run.location);
      var path = run.name + "/" + (run.record + Math.floor(i / run.each));
      group.sure = sure;
      group.open.push({ path: path, at: i % run.each, place: place, promised: run.promised });
      group.counts[run.promised ? 0 : 1] += 1;
      group.rank = Math.max(group.rank, 2 * (place + 3) + (run.promised ? 1 : 0));
    }
  });
  groups.forEach(function (group) { group.open.sort(function (a, b) { return b.place - a.place; }); });
  return Array.from(groups.values());
}

/* --- looked at ------------------------------------------------------------------------------------------- */

/* Look at the next candidates, until some are found: at first for as many as are shown of each group, then for all. */
self.openNext = function (search) {
  var first = !search.asked;
  search.asked = true;
  return look(search, first ? RECORDS_FIRST : RECORDS_MORE, first ? 1 : TRIES);
};

function look(search, limit, tries) {
  var before = countListed(search);
  var files = chooseFiles(search.groups, limit, true);
  if (!files.size) files = chooseFiles(search.groups, limit, false);
  return fetchShelves(files).then(function (shelves) {
    search.groups.forEach(function (group) { if (group.open.length) lookAt(group, shelves); });
    search.groups = sortListed(search.groups);
    var open = search.groups.some(function (group) { return group.open.length; });
    return open && tries > 1 && countListed(search) === before ? look(search, limit, tries - 1) : undefined;
  });
}

/* What is listed stays where it is; what is new comes after it, best first; then the groups of which nothing is known. */
function sortListed(groups) {
  var listed = groups.filter(function (group) { return group.listed; });
  var fresh = groups.filter(function (group) { return !group.listed && group.hits.length; });
  var rest = groups.filter(function (group) { return !group.hits.length && group.open.length; });
  fresh.sort(function (a, b) { return b.rank - a.rank; });
  fresh.forEach(function (group) { group.listed = true; });
  return listed.concat(fresh, rest);
}

function countListed(search) {
  return search.groups.reduce(function (count, group) { return count + (group.part.shelf ? 0 : group.hits.length); }, 0);
}

/* Files of records by their addresses, of as many groups as they reach to. */
function chooseFiles(groups, limit, first) {
  var files = new Map();
  groups.forEach(function (group) {
    var wanted = first ? Math.max(0, SHOWN - group.hits.length) : group.open.length;
    group.open.slice(0, wanted).forEach(function (one) {
      if (files.size < limit) files.set(group.part.base + one.path, { part: group.part, path: one.path });
    });
  });
  return files;
}

/* Compare the candidates whose records are there; the others stay open. */
function lookAt(group, shelves) {
  group.open = group.open.filter(function (one) {
    var shelf = shelves.get(group.part.base + one.path);
    if (!shelf) return true;
    if (shelf.terms !== group.terms) searchShelf(shelf, group.terms);
    var hit = pageToHit(shelf, shelf.pages[one.at], group.terms);
    if (!hit) {
      group.counts[one.promised ? 0 : 1] -= 1;
      return false;
    }
    if (!group.hits.length) group.rank = 0;  // it was the most that could be
    group.hits.push(hit);
    group.rank = Math.max(group.rank, 2 * hit.rank + (one.promised ? 1 : 0));
    if (shelf.above !== undefined) group.title = shelf.above;
    return false;
  });
}

function fetchShelves(files) {
  var keys = Array.from(files.keys());
  return Promise.all(keys.map(function (key) {
    return fetchShelf(files.get(key).part, files.get(key).path);
  })).then(function (shelves) {
    return new Map(keys.map(function (key, i) { return [key, shelves[i]]; }));
  });
}

function fetchShelf(part, path) {
  if (!part.shelves.has(path)) {
    if (part.shelves.size >= KEPT) part.shelves.clear();
    var address = "search/records/" + path.split("/").map(encodeURIComponent).join("/") + ".bin";
    part.shelves.set(path, fetchBytes(part.base + address).then(function (bytes) {
      return readShelf(part, JSON.parse(new TextDecoder().decode(bytes)));
    }));
    part.shelves.get(path).catch(function () { part.shelves.delete(path); });
  }
  return part.shelves.get(path);
}
