// Reads a calendar on standard input with ical.js and writes its events as JSON, hours in seconds
// since 1970 as its own VTIMEZONE gives them.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) {
  ICAL.TimezoneService.register(zone);
}
const events = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    starts: event.startDate.toUnixTime(),
    ends: event.endDate.toUnixTime(),
    summary: event.summary,
    description: event.description ?? "",
    location: event.location ?? "",
    status: component.getFirstPropertyValue("status"),
    sequence: event.sequence,
  };
});
process.stdout.write(JSON.stringify(events));
