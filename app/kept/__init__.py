"""Public answers that are given again, before the framework, for as long as they are true.

A view says until when its answer holds if nobody writes anything (`views.keep`). Each request then
asks the database one thing, whether anything was committed since the answer was made, or whether
the row that decides it still says the same. So nothing is ever invalidated, no process tells
another one anything, and every request after a commit gets the truth. No rule stands here: what is
given again is the app's own answer, and its Vary says to whom.
"""
