"""What machines read about the site: its sitemap, and its data sets in schema.org, DCAT, Croissant and data.json."""
