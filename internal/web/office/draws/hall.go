package draws

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/draw"
	"hoicho/internal/web/frame"
)

// hallPart is what the big screen shows beside the desk.
type hallPart struct {
	Phase  int         // 1 to 3
	Waits  []int       // numbers of the calls that are still to come
	Open   int         // how many booths are shown
	Booths []hallBooth // with whom they went to, as far as they are shown
	Next   int         // how many are shown with the next step, 0 once all are
	Now    hallBooth   // shown last
}

// hallBooth is a booth on the big screen.
type hallBooth struct {
	Code, Name string
	Shown, Now bool
}

// hall fills in the big screen. The result is there as soon as the secret is opened; ?mo= only shows it booth by booth.
func (p *deskPage) hall(c *fiber.Ctx) {
	second := frame.OneOf(c, "buoc", "2") != ""
	switch p.State() {
	case draw.Locked:
		if p.Hall.Phase = 1; len(p.Shown.Log.Calls) > 0 || second || p.HasError {
			p.Hall.Phase = 2
		}
		for n := len(p.Shown.Log.Calls); n < p.Shown.Callers; n++ {
			p.Hall.Waits = append(p.Hall.Waits, n+1)
		}
	case draw.Revealed:
		p.Hall.Phase = 3
		result := p.Shown.Log.Result
		n, err := strconv.Atoi(c.Query("mo"))
		frame.AskedIf(c, "mo", err == nil && n >= 1 && n <= len(result))
		p.Hall.Open = min(max(n, 1), len(result))
		for i, r := range result {
			b := hallBooth{Code: r.Booth, Name: r.Name, Shown: i < p.Hall.Open, Now: i == p.Hall.Open-1}
			if b.Now {
				p.Hall.Now = b
			}
			p.Hall.Booths = append(p.Hall.Booths, b)
		}
		if p.Hall.Open < len(result) {
			p.Hall.Next = p.Hall.Open + 1
		}
	}
}
