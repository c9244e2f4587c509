"""The lists of groups that an office works with: asked for, in lines, and kept under a name."""
