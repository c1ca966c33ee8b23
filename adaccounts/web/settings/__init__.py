"""Settings of one ad account, a page for each subject."""
