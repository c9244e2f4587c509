"""Following a group without a seat, and the messages that go to devices."""
