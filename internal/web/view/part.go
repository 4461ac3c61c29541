package view

// Chip is a small label of a kind or a state, as the partial "chip" draws it.
type Chip struct {
	Class string // "" for a kind; go, wait, stop, star, off for a state; live adds a dot
	Icon  string // lucide name, may be empty
	Label string
}

// DateBlock is a day as lists of events show it: partial "date-block".
type DateBlock struct {
	Weekday string // "Thứ Sáu"
	Day     string // "27"
	Month   string // "11", may be empty
	Lunar   string // "19/10 âm", may be empty
	Year    string // instead of the lunar day, where it is neither this year nor the next
}

// EventCard is an event in a list: partial "event-card".
type EventCard struct {
	Href  string
	Date  DateBlock
	Chips []Chip
	Title string
	Place string
	When  string // kept on one line
	Off   bool   // the days do not hold
	OffAs string // "chưa có ngày mới", behind the days; may be empty
	At    string // "22.41537,105.62111" for a script, degrees; empty where that is not known
	Note  string
	Lang  string // of title, place and note, where it is not that of the page
}

// Stars are OCOP stars in force: partial "stars". Lapsed stars are never shown.
type Stars struct {
	N     int    // 3 to 5
	Words string // "5 sao", for those who do not see the stars
	Label string // "OCOP đến 12/2027"
}

// ProductCard is a product in a grid: partial "product-card".
type ProductCard struct {
	Href  string
	Photo string // address of the picture; empty draws a placeholder
	Name  string
	Maker string
	Stars Stars // N = 0 shows none
	Chips []Chip
	Lang  string // of name and maker, where it is not that of the page
}

// VendorRow is a vendor in a list, with its booth where it has one: partial
// "vendor-row".
type VendorRow struct {
	Href     string
	Booth    string
	Photo    string // address of its small picture; with Initial only where there is no booth
	Initial  string // stands where there is no picture
	Name     string
	Note     string
	Chips    []Chip
	Lang     string // of the name, where it is not that of the page
	NoteLang string // of the note, likewise
}

// Ladder is how well the origin of a product is shown: partial "ladder".
type Ladder struct {
	Step  int    // 1 declared to 4 confirmed
	Of    int    // 4
	Bad   bool   // disputed or excluded
	Words string // "Giấy tờ: bậc 3 trên 4"
	Label string // "Đã kiểm tra."
	Text  string
}

// Empty stands where a list has nothing, and says what to do: partial "empty".
type Empty struct {
	Icon   string
	Title  string
	Text   string
	Href   string // with Action: a button
	Action string
}

// Panel confirms what was done, with its number: partial "panel".
type Panel struct {
	Title  string
	Text   string
	Number string
}

// PageHead is the heading of a page: partial "page-head".
type PageHead struct {
	BackHref string // with Back: a link above the heading
	Back     string
	Kicker   string // a small line over the heading
	Title    string
	Lead     string
	Chips    []Chip
}

// SummaryRow is a line of "check your answers": partial "summary".
type SummaryRow struct {
	Label      string
	Value      string
	ChangeHref string // empty where it cannot be changed
}

// Step is a page of a long form in its indicator: partial "step-bar".
type Step struct {
	Label   string
	Done    bool
	Current bool
}

// Task is a line of a task list: partial "tasks".
type Task struct {
	Href  string // empty where it cannot begin yet
	Label string
	Hint  string
	State Chip
}

// Notice is a banner inside a page: partial "notice".
type Notice struct {
	Class string // "", go, wait, stop
	Icon  string
	Title string
	Text  string
}

// DeskTile is a figure that leads to its rows.
type DeskTile struct {
	Label string
	N     string
	Of    string
	Note  string
	Href  string
	Late  bool
}

// TodoLine is something that waits: with an event, or at vendors.
type TodoLine struct{ Href, Event, Text string }

// Figure is a number with what it counts.
type Figure struct {
	N     int
	Label string
	Shown string // N as the language of the page writes it
}
