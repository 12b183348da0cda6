/*
 * Around Material's search box: the count of what was found, also for those who listen; a button for more of a long
 * list; and the query in the address, so that a search can be linked and is there again on the way back from a result.
 */
(function () {
  "use strict";
  var box = document.querySelector("[data-md-component=search-query]");
  var toggle = document.getElementById("__search");
  var result = document.querySelector("[data-md-component=search-result]");
  if (!box || !toggle || !result) return;
  var meta = result.firstElementChild;
  var leaving = false;

  /* Material counts groups; the worker puts the count of pages into their headings. */
  meta.setAttribute("role", "status");
  var counted = null;
  var list = result.lastElementChild;
  new MutationObserver(function () {
    var first = result.querySelector("[data-dx-found]");
    if (first && first !== counted) meta.textContent = first.dataset.dxFound;
    if (first !== counted) offerMore(first && first.dataset.dxMore);
    counted = first;
  }).observe(list, { childList: true });

  /* The worker is Material's; it listens on a channel whose name its headings tell. */
  var button = null;
  function offerMore(channel) {
    if (channel && !button) {
      button = document.createElement("button");
      button.type = "button";
      button.className = "dx-more";
      list.after(button);
      button.addEventListener("click", function () {
        button.disabled = true;
        button.textContent = "正在取";
        new BroadcastChannel(button.dataset.channel).postMessage("more");
      });
    }
    if (!button) return;
    button.hidden = !channel;
    button.disabled = false;
    button.textContent = "再列出一些";
    button.dataset.channel = channel || "";
  }

  function remember(query) {
    var address = new URL(location.href);
    if (query) address.searchParams.set("q", query);
    else address.searchParams.delete("q");
    if (address.href !== location.href) history.replaceState(history.state, "", address.href);
  }

  box.addEventListener("keyup", function () { remember(box.value.trim()); });
  toggle.addEventListener("change", function () {
    remember(toggle.checked || leaving ? box.value.trim() : "");
    leaving = false;
  });
  result.addEventListener("click", function (event) { leaving = !!event.target.closest("a"); }, true);
})();
