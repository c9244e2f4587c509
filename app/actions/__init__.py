"""DOES: the only writers; one function per verb, one transaction each, one change each.

`transaction`, `outbox` and `revision` hold what actions are made of; every other public function
here is an action.
"""
