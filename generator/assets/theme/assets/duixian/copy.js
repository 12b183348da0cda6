/* A button at every recipe that copies its code; where the browser refuses, the code is selected, ready to be copied. */
(function () {
  "use strict";
  document.querySelectorAll(".dx-recipe").forEach(function (recipe) {
    var code = recipe.querySelector("code");
    var button = document.createElement("button");
    button.type = "button";
    button.className = "dx-copy";
    button.textContent = "复制";
    button.addEventListener("click", function () {
      copy(code).then(function () { say(button, "已复制"); }, function () { select(code); say(button, "已选中"); });
    });
    recipe.prepend(button);
  });

  function copy(code) {
    return navigator.clipboard ? navigator.clipboard.writeText(code.textContent) : Promise.reject();
  }

  function select(code) {
    getSelection().selectAllChildren(code);
  }

  /* A text node of its own each time: the English of the one before is not taken for it. */
  function say(button, word) {
    button.replaceChildren(word);
    setTimeout(function () { button.replaceChildren("复制"); }, 2000);
  }
})();
