package registry

// ReminderKind names a date of the registration of an event on which its officers
// are reminded.
type ReminderKind string

// The dates, in their order. What is filed is reminded of until it is filed, what
// is reported until the event is reported.
const (
	RemindFileSoon   ReminderKind = "file_soon"   // a month is left to file
	RemindFileChange ReminderKind = "file_change" // filed by now, the answer still leaves time to ask for a change
	RemindFileLast   ReminderKind = "file_last"   // the last day to file
	RemindReportSoon ReminderKind = "report_soon" // ten days are left to report
	RemindReportLast ReminderKind = "report_last" // the last day to report
)

// Reminder is a letter to the officers of an event about a date. Each is written
// once for its date; when the event moves, its dates are others.
type Reminder struct {
	Event EventID
	Kind  ReminderKind
	DueOn string // YYYY-MM-DD
	At    int64  // when it was written
	ToldN int    // officers to whom a letter was written; 0: nobody has an address
}
