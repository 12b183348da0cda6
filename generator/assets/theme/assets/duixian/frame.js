/*
 * The frame of every page: search, language, palette and menu, which only work with scripts, are made here, so that pages stay
 * small and show nothing dead without them. It runs in the head; they come where the header has <dx-tools>.
 *
 * Material's bundle finds here what it needs: __md_scope, __md_hash, __md_get, __md_set and the element #__config.
 */
(function () {
  "use strict";
  var root = new URL("../../", document.currentScript.src);
  var PALETTES = {
    auto: { name: "跟随系统", next: "light" },
    light: { name: "浅色", next: "dark" },
    dark: { name: "深色", next: "auto" }
  };
  var dark = matchMedia("(prefers-color-scheme: dark)");

  document.documentElement.className = "js";

  window.__md_scope = root;
  window.__md_hash = function (text) {
    return Array.from(text).reduce(function (sum, char) { return ((sum << 5) - sum + char.charCodeAt(0)) | 0; }, 0);
  };
  /* Storage may be forbidden; then nothing is remembered. */
  window.__md_get = function (key, storage, scope) {
    try {
      return JSON.parse((storage || localStorage).getItem((scope || root).pathname + "." + key));
    } catch (error) {
      return null;
    }
  };
  window.__md_set = function (key, value, storage, scope) {
    try {
      (storage || localStorage).setItem((scope || root).pathname + "." + key, JSON.stringify(value));
    } catch (error) { /* not remembered */ }
  };

  var config = document.createElement("script");
  config.type = "application/json";
  config.id = "__config";
  config.textContent = JSON.stringify({
    base: root.href,
    features: ["search.highlight"],
    search: new URL("assets/duixian/search.js", root).href,
    translations: {
      "clipboard.copied": "已复制",
      "clipboard.copy": "复制",
      "search.result.placeholder": "输入两个字以上，空格隔开表示同时包含",
      "search.result.none": "没有找到。至少输入两个字；换一个说法，或减少一个词",
      "search.result.one": "结果在一组里",
      "search.result.other": "结果分为 # 组",
      "search.result.more.one": "还有 1 条",
      "search.result.more.other": "还有 # 条",
      "search.result.term.missing": "缺少"
    }
  });
  document.head.appendChild(config);

  var TOOLS =
    '<div class="dx-tools">' +
    /* Material asks for a label of this kind. */
    '<label for="__search" hidden></label>' +
    '<button type="button" class="dx-tool dx-tool--search" data-dx-search aria-label="搜索"></button>' +
    '<div class="md-search" data-md-component="search" role="search" aria-label="全站">' +
    '<label class="md-search__overlay" for="__search"></label>' +
    '<div class="md-search__inner"><form class="md-search__form" name="search">' +
    '<input type="text" class="md-search__input" name="query" aria-label="搜索承诺和页面" placeholder="搜索" ' +
    'autocapitalize="off" autocomplete="off" spellcheck="false" data-md-component="search-query" required>' +
    '<button type="button" class="dx-tool dx-search__close" data-dx-search aria-label="关闭搜索"></button>' +
    '<div class="md-search__options"><button type="reset" class="md-search__icon md-icon dx-tool--clear" ' +
    'aria-label="清空" tabindex="-1"></button></div></form>' +
    '<div class="md-search__output"><div class="md-search__scrollwrap">' +
    '<div class="md-search-result" data-md-component="search-result">' +
    '<div class="md-search-result__meta" role="status">正在准备搜索</div>' +
    '<ol class="md-search-result__list" role="presentation"></ol></div></div></div></div></div>' +
    '<button type="button" class="dx-tool dx-language" lang="en">English</button>' +
    '<button type="button" class="dx-tool" data-dx-palette></button>' +
    '<button type="button" class="dx-tool dx-tool--menu" data-dx-menu title="菜单" aria-label="菜单" ' +
    'aria-expanded="false" aria-controls="dx-nav"></button></div>';

  /* What only scripts use, where a page leaves it out: what the menu and the search are open by, and a place for messages. */
  var TOGGLES =
    '<input class="md-toggle" data-md-toggle="drawer" type="checkbox" id="__drawer" autocomplete="off">' +
    '<input class="md-toggle" data-md-toggle="search" type="checkbox" id="__search" autocomplete="off">' +
    '<label class="md-overlay" for="__drawer"></label>' +
    '<div class="md-dialog" data-md-component="dialog"><div class="md-dialog__inner md-typeset"></div></div>';

  function paint(palette) {
    var isDark = palette === "dark" || (palette === "auto" && dark.matches);
    document.body.setAttribute("data-md-color-scheme", isDark ? "slate" : "default");
  }

  function setUpPalette(button) {
    var palette = __md_get("palette");
    function show() {
      if (!PALETTES[palette]) palette = "auto";
      paint(palette);
      button.dataset.dxPalette = palette;
      button.title = "配色：" + PALETTES[palette].name + "，点按改为" + PALETTES[PALETTES[palette].next].name;
      button.setAttribute("aria-label", button.title);
    }
    button.addEventListener("click", function () {
      palette = PALETTES[palette].next;
      __md_set("palette", palette);
      show();
    });
    dark.addEventListener("change", show);
    show();
  }

  /* The navigation below the menu button: open while #__drawer is checked, which Material unchecks, too. */
  function setUpMenu(button) {
    var drawer = document.getElementById("__drawer");
    button.addEventListener("click", function () {
      drawer.click();
      if (drawer.checked) document.querySelector(".dx-nav a").focus();
    });
    drawer.addEventListener("change", function () { button.setAttribute("aria-expanded", String(drawer.checked)); });
    document.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || !drawer.checked) return;
      drawer.click();
      button.focus();
    });
    document.addEventListener("focusin", function (event) {
      if (drawer.checked && event.target !== button && !event.target.closest(".dx-nav")) drawer.click();
    });
  }

  /* On narrow screens a button opens the search over the page; closing it leads back to the button. */
  function setUpSearch(tools) {
    var toggle = document.getElementById("__search");
    var opener = tools.querySelector(".dx-tool--search");
    tools.querySelectorAll("[data-dx-search]").forEach(function (button) {
      button.addEventListener("click", function () {
        toggle.click();
        if (toggle.checked) tools.querySelector(".md-search__input").focus();
      });
    });
    toggle.addEventListener("change", function () {
      if (!toggle.checked && opener.offsetWidth) opener.focus();
    });
    /* Keys of one character do nothing outside of fields (WCAG 2.1.4): they would lead elsewhere by surprise. */
    document.addEventListener("keydown", function (event) {
      if (event.key.length === 1 && !toggle.checked) event.stopPropagation();
    });
  }

  /* A box that scrolls can be reached by keyboard and has its table's name; one that does not is no stop. */
  function nameScrollers() {
    var watched = new ResizeObserver(function (entries) {
      entries.forEach(function (entry) {
        var box = entry.target;
        var caption = box.querySelector("caption");
        if (box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight) {
          box.tabIndex = 0;
          box.setAttribute("role", "group");
          box.setAttribute("aria-label", caption ? caption.textContent : "");
        } else {
          ["tabindex", "role", "aria-label"].forEach(function (name) { box.removeAttribute(name); });
        }
      });
    });
    document.querySelectorAll(".dx-scroll:not([tabindex])").forEach(function (box) { watched.observe(box); });
  }

  /* The other scripts, in this order; lists, recipes and citations have theirs only where there are some. */
  function loadScripts() {
    var names = ["english.js", "search-box.js", "print.js"];
    if (document.querySelector("[data-dx-filters]")) names.unshift("list.js");
    if (document.querySelector("[data-dx-parts]")) names.unshift("list-parts.js");
    if (document.querySelector(".dx-recipe")) names.push("copy.js");
    if (document.querySelector(".dx-cite")) names.push("cite.js");
    names.forEach(function (name) {
      var script = document.createElement("script");
      script.src = new URL("assets/duixian/" + name, root).href;
      script.async = false;
      document.head.appendChild(script);
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    nameScrollers();
    loadScripts();
  });

  /* What our scripts say to each other. */
  window.duixian = {};

  /* The place of the tools: the browser calls this at once when it reads the element, as it would run a script there. */
  customElements.define("dx-tools", class extends HTMLElement {
    connectedCallback() {
      this.insertAdjacentHTML("beforebegin", TOOLS);
      if (!document.getElementById("__drawer")) document.body.insertAdjacentHTML("afterbegin", TOGGLES);
      var tools = this.previousElementSibling;
      this.remove();
      setUpPalette(tools.querySelector("[data-dx-palette]"));
      setUpMenu(tools.querySelector("[data-dx-menu]"));
      setUpSearch(tools);
    }
  });
})();
