"""News for who has a seat and for coordinators: written with its cause, true when it is sent."""
