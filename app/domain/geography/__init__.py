"""Where things are: towns and postcodes, what a searcher means, which addresses are one house."""
