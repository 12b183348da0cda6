/*
 * The further parts of a long list, which lie beside its page (longlists.py): fetched when the reader comes to where they
 * belong, asks for more, or chooses something that they may hold. What each holds is said by its link: data-x has the
 * numbers of the options of the control x that its rows have (1-3 7), all where it is missing; data-dx-groups has the
 * headings. A part counts as read only when it has as many rows as its link says.
 */
(function () {
  "use strict";
  var AT_ONCE = 40; /* parts that one choice fetches by itself: some ten megabytes */
  var SIDE_BY_SIDE = 3;
  var box = document.querySelector("[data-dx-parts]");
  if (!box || !window.fetch || !window.IntersectionObserver) return;

  window.duixian.listParts = function (list) {
    var parts = Array.prototype.map.call(box.querySelectorAll("[data-dx-part]"), readPart);
    var note = box.querySelector("[data-dx-rest]");
    var wanted = [];
    var eager = false;
    var budget = 0;
    var buttons = [];
    var waiting = [];
    var asked = null;
    var seen = new IntersectionObserver(function (entries) {
      entries.forEach(function (entry) {
        if (entry.isIntersecting && !entry.target.dxPart.failed) load(entry.target.dxPart);
      });
    }, { rootMargin: "600px" });

    function readPart(link) {
      return {
        number: Number(link.dataset.dxPart),
        rows: Number(link.dataset.dxRows),
        groups: (link.dataset.dxGroups || "").split("|"),
        link: link,
        coming: false,
        failed: false,
        here: false
      };
    }

    /* The parts that are not here and may hold what is chosen. */
    function away(choices) {
      return parts.filter(function (part) {
        return !part.here && choices.every(function (one) { return mayHold(part.link.getAttribute("data-" + one.name), one.option); });
      });
    }

    function mayHold(ranges, option) {
      return ranges === null || ranges.split(" ").some(function (range) {
        var ends = range.split("-").map(Number);
        return ends[0] <= option && option <= ends[ends.length - 1];
      });
    }

    function inWords(missing) {
      var failed = missing.filter(function (part) { return part.failed; });
      if (failed.length) return "有 " + failed.length + " 部分没有取到，数目不全";
      return "另有 " + missing.length + (eager ? " 部分要查看，" : " 部分") + (loads() ? "正在载入" : "还没有载入");
    }

    function loads() {
      return parts.some(function (part) { return part.coming; }) || (eager && budget > 0);
    }

    function want(missing, chosen) {
      wanted = missing;
      eager = chosen;
      if (eager) pump();
      showButtons();
      note.hidden = !parts.some(function (part) { return !part.here; });
    }

    /* A choice may fetch so many parts; after these the reader is asked. */
    function begin() {
      budget = AT_ONCE;
    }

    function pump() {
      var next = wanted.filter(function (part) { return !part.coming && !part.failed; });
      var free = SIDE_BY_SIDE - parts.filter(function (part) { return part.coming; }).length;
      next.slice(0, Math.max(0, Math.min(free, budget))).forEach(function (part) {
        budget -= 1;
        load(part);
      });
    }

    function load(part) {
      if (part.coming || part.here) return;
      part.coming = true;
      part.failed = false;
      fetch(part.link.href).then(function (response) {
        if (!response.ok) throw new Error(String(response.status));
        return response.text();
      }).then(function (text) {
        var page = new DOMParser().parseFromString(text, "text/html");
        if (page.querySelectorAll("[data-dx-list] > li").length !== part.rows) throw new Error("rows");
        part.here = true;
        list.add(part.number, page);
      }).catch(function () {
        part.failed = !part.here;
      }).then(function () {
        part.coming = false;
        list.apply();
        arrived(part);
      });
    }

    /* Where parts are missing: at each gap, or once at the end where only some of the rows are shown. */
    function showButtons() {
      buttons.forEach(function (button) {
        seen.unobserve(button);
        button.parentNode.remove();
      });
      buttons = (eager ? [wanted] : runsOf(wanted)).filter(function (run) { return run.length; }).map(showButton);
    }

    function runsOf(missing) {
      return missing.reduce(function (runs, part) {
        var run = runs[runs.length - 1];
        if (run && run[run.length - 1].number === part.number - 1) run.push(part);
        else runs.push([part]);
        return runs;
      }, []);
    }

    function showButton(run) {
      var failed = run.filter(function (part) { return part.failed; });
      var before = !eager && list.endsOf(run[0].number - 1).last;
      var row = document.createElement(before ? "li" : "p");
      var button = document.createElement("button");
      button.type = "button";
      button.dxPart = failed[0] || run[0];
      button.textContent = failed.length ? "第 " + failed[0].number + " 部分没有取到，再试一次"
        : run.some(function (part) { return part.coming; }) ? "正在载入" : "继续加载（还有 " + run.length + " 部分）";
      button.addEventListener("click", function () { more(run, failed); });
      row.className = "dx-more";
      row.append(button);
      if (before) before.after(row);
      else box.before(row);
      if (!eager) seen.observe(button);
      return button;
    }

    function more(run, failed) {
      failed.forEach(function (part) { part.failed = false; });
      if (eager) begin();
      else load(asked = failed[0] || run[0]);
      list.apply();
    }

    /* Call back with the heading of this name when the part in which it begins is here. */
    function fetchGroup(name, found) {
      var part = parts.filter(function (one) { return name && one.groups.indexOf(name) >= 0; })[0];
      if (!part || part.here) return;
      waiting.push({ part: part, name: name, found: found });
      load(part);
      list.apply();
    }

    function arrived(part) {
      /* The button that was pressed is gone: go on with what it brought. */
      if (part === asked && part.here) list.endsOf(part.number).first.querySelector("a").focus({ preventScroll: true });
      if (part === asked) asked = null;
      waiting = waiting.filter(function (one) {
        var place = one.part === part && part.here && document.getElementById(one.name);
        if (place) one.found(place);
        return one.part !== part;
      });
    }

    /* A link to a heading in the page of a part leads to it here. */
    document.addEventListener("click", function (event) {
      var link = event.target.closest && event.target.closest("a[href*='#']");
      if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      if (!parts.some(function (part) { return link.href.split("#")[0] === part.link.href; })) return;
      event.preventDefault();
      location.hash = link.hash;
    });

    return {
      total: Number(box.dataset.dxParts),
      away: away,
      inWords: inWords,
      want: want,
      begin: begin,
      fetchGroup: fetchGroup
    };
  };
})();
