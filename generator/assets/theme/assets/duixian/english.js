/*
 * The interface in English, for those who ask for it (the button, or ?lang=en). Pages are written in Chinese.
 *
 * Where English stands beside the Chinese, it takes its place. Every other text outside of an element with `lang`
 * (quotes of documents) is looked up in english.json: as it stands; then with every number as #; then in phrases
 * with slots, {name} for what is looked up in its turn, {q…} and {all…} for what is left as it is; then clause by clause.
 * Quantities are put into English numerals: 1.1 万人 is 11,000 people. What is not found stays Chinese, marked so.
 */
(function () {
  "use strict";
  var root = document.documentElement;
  var chinese = root.lang;
  var source = document.currentScript.src;
  var store = new URL("../..", source).pathname + ".lang";
  var NUMBER = /\d(?:[\d.,:\/–-]*\d)?%?/g;
  var CHINESE = /[\u3007\u3400-\u9fff]/;
  var SHOWN = ["title", "aria-label", "placeholder", "alt"];
  var PUNCTUATION = { "、": ", ", "，": ", ", "。": ". ", "；": "; ", "：": ": ", "（": " (", "）": ")", "“": "“", "”": "”" };
  var words = null;
  var watcher = null;
  var originals = [];

  // --- which language -------------------------------------------------------------------------------------------

  function remembered() {
    try { return localStorage.getItem(store); } catch (error) { return null; }
  }

  function remember(language) {
    try { localStorage.setItem(store, language); } catch (error) { /* a visitor may forbid it */ }
  }

  /* The button stands in the header from the start (frame.js). */
  function setUpButton() {
    var found = document.querySelector(".dx-language");
    if (found) found.addEventListener("click", function () {
      var language = root.lang === "en" ? "zh" : "en";
      remember(language);
      if (language === "en") toEnglish();
      else toChinese();
    });
    return found;
  }

  function label() {
    if (!button) return;
    var english = root.lang === "en";
    button.lang = english ? "zh" : "en";
    button.textContent = english ? "中文" : "English";
  }

  // --- one text -------------------------------------------------------------------------------------------------

  function prepare(read) {
    var units = Object.keys(read.units).sort(function (one, other) { return other.length - one.length; });
    return {
      phrases: read.phrases,
      units: read.units,
      quantity: new RegExp("^([≥≤＞＜约]?) ?(\\d[\\d,.]*) ?(万亿|亿|万)?(" + units.map(escape).join("|") + ")$"),
      patterns: read.patterns.map(function (pair) {
        var pattern = pair[0].split(/(\{\w+\}|#)/).map(function (piece, index, all) {
          if (piece === "#") return "(" + NUMBER.source + ")";
          if (index % 2 === 0) return escape(piece);
          return /^\{all/.test(piece) || (piece[1] === "q" && /[“「《（：]$/.test(all[index - 1]))
            ? "(.+?)" : "([^。；、，：（）][^。；]*?)";
        }).join("");
        var order = pair[0].match(/\{\w+\}|#/g);
        return { test: new RegExp("^" + pattern + "$"), order: order, english: pair[1] };
      })
    };
  }

  function escape(text) {
    return text.replace(/[\\^$.*+?()[\]{}|\/]/g, "\\$&");
  }

  function translate(text, depth) {
    if (!CHINESE.test(text)) return text;
    var phrases = words.phrases;
    if (own(phrases, text)) return phrases[text];
    var numbers = text.match(NUMBER) || [];
    var key = text.replace(NUMBER, "#");
    if (own(phrases, key)) return fill(phrases[key], numbers);
    if (/。$/.test(text)) {
      var sentence = translate(text.slice(0, -1), depth);
      return sentence && sentence + ".";
    }
    return quantity(text) || byPattern(text, depth) || byTwin(text, depth) || byClause(text, depth);
  }

  /* Headings in the table of contents: 各地的目标 Targets. */
  function byTwin(text, depth) {
    var found = /^(.*[\u3400-\u9fff]) ([A-Z][A-Za-z ,’'-]+)$/.exec(text);
    return found && depth < 1 ? found[2] : null;
  }

  function own(table, key) {
    return Object.prototype.hasOwnProperty.call(table, key);
  }

  function fill(english, numbers) {
    var next = 0;
    return english.replace(/#(\d*)/g, function (_, which) {
      var value = numbers[which ? which - 1 : next];
      next += 1;
      return value;
    });
  }

  function byPattern(text, depth) {
    if (depth > 6) return null;
    for (var index = 0; index < words.patterns.length; index += 1) {
      var pattern = words.patterns[index];
      var found = pattern.test.exec(text);
      var filled = found && fillSlots(pattern, found.slice(1), depth);
      if (filled) return filled;
    }
    return null;
  }

  function fillSlots(pattern, values, depth) {
    var numbers = [];
    var slots = {};
    var complete = pattern.order.every(function (slot, index) {
      if (slot === "#") return numbers.push(values[index]);
      slots[slot] = /^\{(q|all)/.test(slot) ? values[index] : translate(values[index], depth + 1);
      return slots[slot] !== null;
    });
    if (!complete) return null;
    return fill(pattern.english, numbers).replace(/\{\w+\}/g, function (slot) { return slots[slot]; });
  }

  /* Sentences, then clauses, then what is enumerated, then words. */
  var BREAKS = [/([。；]\s*)/, /(，|：|（|）)/, /( · |、)/, /( )/];

  function byClause(text, depth) {
    if (depth > 6) return null;
    for (var index = 0; index < BREAKS.length; index += 1) {
      var pieces = text.split(BREAKS[index]);
      if (pieces.length > 1) {
        var said = pieces.map(function (piece, at) {
          if (at % 2) return PUNCTUATION[piece.trim()] || piece;
          return piece && translate(piece, depth + 1);
        });
        if (said.indexOf(null) < 0) return sentences(said.join("").replace(/ {2,}/g, " ").trim());
      }
    }
    return null;
  }

  function sentences(text) {
    return text.replace(/\. [a-z]/g, function (start) { return start.toUpperCase(); });
  }

  function quantity(text) {
    var found = words.quantity.exec(text);
    if (!found) return null;
    var value = Number(found[2].replace(/,/g, "")) * ({ 万: 1e4, 亿: 1e8, 万亿: 1e12 }[found[3]] || 1);
    var sign = found[1] === "约" ? "about" : found[1];
    return [sign, numeral(value), words.units[found[4]]].filter(Boolean).join(" ");
  }

  function numeral(value) {
    var scale = [[1e9, "billion"], [1e6, "million"]].filter(function (one) { return value >= one[0]; })[0];
    var shown = Number((scale ? value / scale[0] : value).toPrecision(12));
    return shown.toLocaleString("en-US", { maximumFractionDigits: 6 }) + (scale ? " " + scale[1] : "");
  }

  // --- the page -------------------------------------------------------------------------------------------------

  function isOurs(element) {
    var marked = element && element.closest("[lang], script, style, code, pre");
    return marked === root;
  }

  function put(node, name, text) {
    originals.push([node, name, name ? node.getAttribute(name) : node.nodeValue]);
    if (name) node.setAttribute(name, text);
    else node.nodeValue = text;
  }

  function translateText(node) {
    if (!CHINESE.test(node.nodeValue) && !PUNCTUATION[node.nodeValue.trim()]) return;
    if (!isOurs(node.parentElement)) return;
    var text = node.nodeValue.trim().replace(/\s+/g, " ");
    var said = beside(node) || PUNCTUATION[text] || translate(text, 0);
    if (said === null) {
      if (node.parentElement.childNodes.length === 1) put(node.parentElement, "lang", "zh");
      return;
    }
    var before = /^\s/.test(node.nodeValue) || (node.previousSibling && /^[\w(“]/.test(said)) ? " " : "";
    var after = /\s$/.test(node.nodeValue) || (node.nextSibling && /[\w).,;:]$/.test(said)) ? " " : "";
    put(node, "", before + (begins(node) ? said.charAt(0).toUpperCase() + said.slice(1) : said) + after);
  }

  function begins(node) {
    var holder = node.parentElement;
    if (node.previousSibling) return false;
    if (!/^(A|B|STRONG|SMALL|CODE|TIME)$/.test(holder.tagName)) return true;
    return holder.tagName === "B" && /^H\d$/.test((holder.previousSibling || holder).tagName);
  }

  /* The English that stands right behind a text, which is not said twice. */
  function beside(node) {
    var holder = node.parentElement;
    var alone = /^(A|B|STRONG)$/.test(holder.tagName) && holder.childNodes.length === 1;
    var twin = alone ? holder.nextElementSibling : node.nextSibling;
    if (!twin || twin.lang !== "en" || !/^(SMALL|SPAN)$/.test(twin.tagName)) return "";
    put(twin, "hidden", "");
    return twin.textContent;
  }

  /* A passage in English takes the place of the Chinese one above it, a cell that of the one before it. */
  function hideTwins() {
    Array.prototype.forEach.call(document.querySelectorAll("td[lang=en], th[lang=en]"), function (cell) {
      var before = cell.previousElementSibling;
      if (before && CHINESE.test(before.textContent)) put(before, "hidden", "");
    });
    Array.prototype.forEach.call(document.querySelectorAll("p[lang=en], div[lang=en]"), function (passage) {
      for (var above = passage.previousElementSibling; above; above = above.previousElementSibling) {
        if (above.lang === "en" || !/^(P|UL|OL)$/.test(above.tagName)) return;
        if (CHINESE.test(above.textContent)) put(above, "hidden", "");
      }
    });
  }

  function translateAttributes(element) {
    SHOWN.forEach(function (name) {
      var text = element.getAttribute(name);
      if (!text || !CHINESE.test(text) || !isOurs(element)) return;
      var said = translate(text.trim(), 0);
      if (said !== null) put(element, name, said);
    });
  }

  function translateTree(top) {
    var walker = document.createTreeWalker(top, NodeFilter.SHOW_TEXT);
    for (var node = walker.nextNode(); node; node = walker.nextNode()) translateText(node);
    if (top.querySelectorAll) {
      Array.prototype.forEach.call(top.querySelectorAll("[" + SHOWN.join("],[") + "]"), translateAttributes);
    }
  }

  function follow(changes) {
    changes.forEach(function (change) {
      if (change.type === "characterData") translateText(change.target);
      Array.prototype.forEach.call(change.addedNodes, function (node) {
        if (node.nodeType === Node.TEXT_NODE) translateText(node);
        else if (node.nodeType === Node.ELEMENT_NODE) translateTree(node);
      });
    });
    watcher.takeRecords(); /* our own words, of which some quote Chinese: they would be translated for ever */
  }

  function watch() {
    watcher = new MutationObserver(follow);
    watcher.observe(document.body, { childList: true, characterData: true, subtree: true });
  }

  /* The findings of a commitment stand in English in the JSON beside its page, word for word. */
  function sayFindings(twin) {
    twin.assessed.findings.forEach(function (finding) {
      var row = document.getElementById(finding.id);
      var check = row && row.querySelector("strong");
      if (check && check.nextSibling) put(check.nextSibling, "", " " + finding.message_en);
    });
  }

  function toEnglish() {
    var twin = document.getElementById("findings") && document.querySelector('link[rel=describedby][type="application/json"]');
    Promise.all([fetched(new URL("english.json", source)), twin && fetched(twin.href)]).then(function (read) {
      words = prepare(read[0]);
      root.lang = "en";
      hideTwins();
      if (read[1]) sayFindings(read[1]);
      translateTree(document.body);
      label();
      watch();
    }, function () { /* the page stays Chinese */ });
  }

  function toChinese() {
    if (watcher) watcher.disconnect();
    originals.reverse().forEach(function (entry) {
      if (!entry[1]) entry[0].nodeValue = entry[2];
      else if (entry[2] === null) entry[0].removeAttribute(entry[1]);
      else entry[0].setAttribute(entry[1], entry[2]);
    });
    originals = [];
    root.lang = chinese;
    label();
  }

  function fetched(address) {
    return fetch(address).then(function (answer) {
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.json();
    });
  }

  var asked = new URLSearchParams(location.search).get("lang");
  if (asked === "en" || asked === "zh") remember(asked);
  var button = setUpButton();
  label();
  if ((asked || remembered()) === "en") toEnglish();
})();
