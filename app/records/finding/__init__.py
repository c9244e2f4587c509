"""What a search asks of the tables: when groups meet, and how an index is kept out of it."""
