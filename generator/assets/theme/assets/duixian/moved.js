/*
 * On the page for missing addresses: an address of a place that another site holds, since this one was split into parts,
 * leads on to the same page there. /index.json says where the places of the parts are.
 */
(function () {
  "use strict";
  var root = new URL("../../", document.currentScript.src);
  var path = location.href.slice(root.href.length);
  var slug = path.split(/[/?#]/)[0];

  if (location.href.indexOf(root.href) !== 0 || !slug) return;
  fetch(new URL("index.json", root))
    .then(function (answer) { return answer.ok ? answer.json() : { places: [] }; })
    .then(function (site) {
      var place = site.places.find(function (one) { return one.place.slug === slug; });
      if (place && /^https?:/.test(place.href)) location.replace(new URL("../", place.href).href + path);
    })
    .catch(function () { /* the page says what there is to say */ });
})();
