"""Pages: assessed registers → Markdown for MkDocs, and the bodies of commitment pages for the shell."""
