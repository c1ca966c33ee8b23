"""Business assets: the register of pixels and catalogs."""
