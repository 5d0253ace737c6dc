"""Questions to residents: published as versions, answered page by page, telling on nobody."""
