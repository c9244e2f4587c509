"""Our read API, version 1: its types, what they are made of, and the description made from them."""
