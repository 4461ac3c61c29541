package registry

import "errors"

// JobState is a step of a long piece of work.
type JobState string

// The states of a job.
const (
	JobQueued  JobState = "queued"
	JobRunning JobState = "running"
	JobDone    JobState = "done"
	JobFailed  JobState = "failed"
)

// MailOutcome is what became of a letter that was sent to try the way of mail.
type MailOutcome string

// The outcomes.
const (
	MailAccepted  MailOutcome = "accepted"  // the server took it on
	MailRefused   MailOutcome = "refused"   // the server would not have it
	MailUnreached MailOutcome = "unreached" // no server was reached, or none let us in
	MailFiled     MailOutcome = "filed"     // no server is set: it lies in a folder
)

// MailTrial tells what became of a letter that was sent to try the way of mail.
type MailTrial struct {
	To      string
	Place   string // host and port of the server, or the folder
	Outcome MailOutcome
	Said    string // the server's own words, or the file
}

// With notes the outcome.
func (t MailTrial) With(o MailOutcome, said string) MailTrial {
	t.Outcome, t.Said = o, said
	return t
}

// JobFigures counts jobs.
type JobFigures struct {
	Waiting, Running int
	Failed           int // of late
}

// Job is long work with a progress bar that survives a reload and a restart.
type Job struct {
	ID         JobID
	Kind       string // "passes.pdf"
	Payload    string // JSON for the worker
	State      JobState
	DoneN      int
	TotalN     int
	Result     FileID // the finished file, if any
	Error      string // i18n key shown to the owner
	CreatedBy  AccountID
	CreatedAt  int64
	FinishedAt int64
	Lease      string // token of the worker that has it, "" before the first
}

// File is stored bytes with what is needed to serve them safely.
type File struct {
	ID          FileID
	ContentType string
	Name        string // offered on download
	SHA256      string
	Data        []byte
	Small       []byte   // of a photo: a version for lists, at most 360 px on a side
	Stamp       []byte   // of a photo: a version for lists on phones, at most 160 px
	Owner       VendorID // set when only its vendor and the office may read it
	Event       EventID  // set when only the event's office may read it
	Public      bool
	CreatedAt   int64
}

// PhotoSize names one of the versions in which a photo is stored, as the end of
// its address. A file that has no such version is served as it is.
type PhotoSize string

// The sizes: whole, for lists and phones, for lists on phones.
const (
	PhotoWhole PhotoSize = ""
	PhotoSmall PhotoSize = "nho"
	PhotoStamp PhotoSize = "tem"
)

// Message is a notice to a person, written in the same transaction as the fact
// it tells and sent later by the outbox job. Args are filled into the i18n
// message Key in the receiver's language.
type Message struct {
	ID        MessageID
	Notice    NoticeID      // of which it is a letter; "" for letters to an account
	Channel   NoticeChannel // ByMail or ByPush
	To        string        // address of mail, or PushID
	Lang      string
	Key       string // i18n key stem: Key.subject and Key.body
	Args      []string
	Attempts  int
	LastError string // why it did not go out at the last try, in the words of the mail server; "" = never tried
	CreatedAt int64
	QueuedAt  int64 // since when it is tried: CreatedAt, or when somebody had it tried again
	ExpiresAt int64 // worth nothing from then on, as a link that has ended; 0 = never
	DueAt     int64 // the next try
	FailedAt  int64 // given up; 0 = not
}

// ErrUndeliverable is wrapped in the fault of a message that would fail again:
// refused for good, or not to be written at all.
var ErrUndeliverable = errors.New("undeliverable")

// MailExpired is the LastError of a message that was worth nothing any more before
// it could be sent.
const MailExpired = "expired"

// OutboxFigures counts the messages that have not gone out.
type OutboxFigures struct {
	Waiting int // not tried yet
	Trying  int // failed at least once, and tried again
	Failed  int // given up
}
