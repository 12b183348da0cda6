/*
 * Around Material's search box: the count of what was found, also for those who listen, and the query in the address,
 * so that a search can be linked and is there again on the way back from a result.
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
  new MutationObserver(function () {
    var first = result.querySelector("[data-dx-found]");
    if (first && first !== counted) meta.textContent = first.dataset.dxFound;
    counted = first;
  }).observe(result.lastElementChild, { childList: true });

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
