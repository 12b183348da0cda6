/* BibTeX of a commitment, made of its citation in GB/T 7714 (generator/pages/citations.py), which is read without scripts. */
(function () {
  "use strict";
  var line = document.querySelector(".dx-cite code");
  var site = document.querySelector('meta[property="og:site_name"]').content;
  var url = document.querySelector('link[rel="canonical"]').href;
  var found = /^(.*) \(([^()]+)\)\[DB\/OL\]\./.exec(line ? line.textContent : "");
  var year = /\/(\d{4})\/[^/]*$/.exec(url);
  if (!found || !year || !found[1].startsWith(site + ". ")) return;

  /* Characters that mean something to TeX. */
  function escaped(text) {
    return text.replace(/\\/g, "").replace(/[&%$#_{}]/g, "\\$&");
  }

  var heading = document.createElement("h3");
  var block = document.createElement("pre");
  var code = document.createElement("code");
  heading.textContent = "BibTeX";
  code.textContent = "@misc{" + found[2] + ",\n" + [
    "title = {" + escaped(found[1].slice(site.length + 2)) + "}",
    "author = {{" + escaped(site) + "}}",
    "year = {" + year[1] + "}",
    "url = {" + url + "}"
  ].join(",\n") + "\n}";
  block.append(code);
  line.closest("pre").after(heading, block);
})();
