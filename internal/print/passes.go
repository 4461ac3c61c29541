package print

import (
	"fmt"
	"io"
	"runtime"
	"sync"

	"hoicho/internal/pass"
	"hoicho/internal/registry"
)

// Layout is the sheet that passes are printed on.
type Layout string

// The layouts.
const (
	A6   Layout = "a6"   // one pass a page, to be worn or hung
	A4x8 Layout = "a4x8" // eight passes on an A4 sheet, to be cut
)

// Event is what every paper says of the event.
type Event struct {
	Title string
	Venue string // with the commune
	Days  []registry.EventDay
}

// PassCard is one pass to be printed. Vendor, Booth and Label may be empty.
type PassCard struct {
	Kind               registry.PassKind
	Code               string // 12 digits
	QRText             string // the whole text of the symbol
	Booth              string // code, "A05"
	Vendor             string
	Label              string // number plate, body
	Ordinal, OrdinalOf int    // 0 = not numbered
	FirstDay           string // YYYY-MM-DD
	Days               int
	Test               bool
}

// CardOf makes the card of a pass. base is the address of the site; booth and
// vendor are the booth's code and the vendor's name, empty where there is none.
func CardOf(p *registry.Pass, base, booth, vendor string) PassCard {
	return PassCard{
		Kind: p.Kind, Code: p.Code, QRText: pass.Text(base, p.Code, p.Proof),
		Booth: booth, Vendor: vendor, Label: p.Label, Ordinal: p.Ordinal, OrdinalOf: p.OrdinalOf,
		FirstDay: p.FirstDay, Days: p.Days, Test: p.Test,
	}
}

// PassSheet is passes of one event to be printed in one file.
type PassSheet struct {
	Lang     string // of i18n
	Layout   Layout // A4x8 unless A6
	Event    Event
	Cards    []PassCard
	Progress func(done, total int) // called after each card, by one goroutine; may be nil
}

// WritePasses writes the passes as a PDF. It fails for a code or text that no
// symbol holds and when w does.
func WritePasses(w io.Writer, sheet PassSheet) error {
	draw := drawA4x8
	p := newPaper(sheet.Lang, sheet.Event.Title, a4Width, a4Height)
	if sheet.Layout == A6 {
		draw = drawA6
		p = newPaper(sheet.Lang, sheet.Event.Title, a6Width, a6Height)
	}
	if len(sheet.Cards) == 0 {
		p.page()
	}
	for from := 0; from < len(sheet.Cards); from += symbolsAhead {
		cards := sheet.Cards[from:min(from+symbolsAhead, len(sheet.Cards))]
		symbols, err := symbolsOf(cards)
		if err != nil {
			return err
		}
		for i := range cards {
			draw(p, &sheet.Event, from+i, &card{PassCard: cards[i], symbol: symbols[i]})
			if sheet.Progress != nil {
				sheet.Progress(from+i+1, len(sheet.Cards))
			}
		}
	}
	return p.write(w)
}

// card is a pass with its symbol.
type card struct {
	PassCard
	symbol pass.Symbol
}

// symbolsAhead is how many symbols are made at a time. Making them is most of the
// work, so it is shared by all processors.
const symbolsAhead = 64

func symbolsOf(cards []PassCard) ([]pass.Symbol, error) {
	symbols := make([]pass.Symbol, len(cards))
	errs := make([]error, len(cards))
	var wg sync.WaitGroup
	workers := min(runtime.GOMAXPROCS(0), len(cards))
	for worker := range workers {
		wg.Go(func() {
			for i := worker; i < len(cards); i += workers {
				symbols[i], errs[i] = pass.NewSymbol(cards[i].QRText)
			}
		})
	}
	wg.Wait()
	for i, err := range errs {
		if err != nil {
			return nil, fmt.Errorf("pass %s: %w", cards[i].Code, err)
		}
	}
	return symbols, nil
}

// Sizes of paper and of the cards of A4x8, which leave the margins that an office
// printer needs.
const (
	a6Width, a6Height     = 105, 148
	a4Width, a4Height     = 210, 297
	cardWidth, cardHeight = 95, 68
	columns, rows         = 2, 4
	marginX               = (a4Width - columns*cardWidth) / 2
	marginY               = (a4Height - rows*cardHeight) / 2.0
)

// drawA4x8 draws the n-th card of a file.
func drawA4x8(p *paper, e *Event, n int, c *card) {
	place := n % (columns * rows)
	if place == 0 {
		p.page()
		p.cutMarks(
			[]float64{marginX, marginX + cardWidth, marginX + 2*cardWidth},
			[]float64{marginY, marginY + cardHeight, marginY + 2*cardHeight, marginY + 3*cardHeight, marginY + 4*cardHeight},
		)
	}
	p.smallCard(marginX+float64(place%columns)*cardWidth, marginY+float64(place/columns)*cardHeight, e, c)
}

func drawA6(p *paper, e *Event, _ int, c *card) {
	p.page()
	p.largeCard(e, c)
}
