"""A replica of the database answers what everybody reads alike, while it is known to be young enough.

Who writes has a cookie of ours, and asks the primary: so everybody sees their own deed at the next
request, and whoever comes without one sees it when the bound has passed at the latest.
"""
