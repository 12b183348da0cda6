/* The foot of a printed page: its permanent address, and the day it was printed on. */
(function () {
  "use strict";
  var address = document.querySelector('link[rel="canonical"]');
  var page = document.querySelector("article");
  if (!address || !page) return;
  var foot = document.createElement("p");
  var link = document.createElement("code");
  var printed = document.createElement("time");
  foot.className = "dx-printed";
  link.textContent = address.href;
  foot.append("网址：", link, " 打印日期：", printed);
  page.appendChild(foot);

  function fill() {
    var day = new Date();
    var parts = [day.getFullYear(), day.getMonth() + 1, day.getDate()];
    printed.textContent = parts.map(function (n) { return String(n).padStart(2, "0"); }).join("-");
  }

  fill();
  addEventListener("beforeprint", fill);
})();
