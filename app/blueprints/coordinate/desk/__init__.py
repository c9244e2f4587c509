"""The coordinator's desk: my groups, one group at a glance, its status, a sister group."""

from app.blueprints.coordinate.desk.sister import bp as bp
