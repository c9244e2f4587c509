"""DECIDES: the rules of the groups, in the standard library only; time is an argument."""
