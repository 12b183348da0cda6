"""What machines read about the site: sitemap, and the data sets as schema.org, DCAT, Croissant and data.json say them."""
