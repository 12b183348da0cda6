/* The further parts of a long list have no frame: they take the palette of the system. */
if (matchMedia("(prefers-color-scheme: dark)").matches) document.body.dataset.mdColorScheme = "slate";
