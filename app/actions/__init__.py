"""DOES: the only writers; one function per verb, one transaction each, one change each.

`transaction`, `outbox` and `revision` hold what actions are made of, the files in `demo` what
`fill_demo` is made of; every other public function here is an action.
"""
