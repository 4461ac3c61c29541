package web_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// focused tells what has the focus, by an expression of f.
func focused(b *testkit.Browser, of string) string {
	return testkit.Get(b, chromedp.Evaluate[string]("(f => String("+of+"))(document.activeElement)"))
}

// approve is the one button of the decisions.
const approve = `form[action$="/quyet-dinh"] .btn.full`

// TestBrowserApprovalTakesOneTap approves one application after another: the first is
// opened, and from there each takes one tap, until none waits.
func TestBrowserApprovalTakesOneTap(t *testing.T) {
	t.Parallel()
	for name, script := range map[string]bool{"with JavaScript": true, "without": false} {
		t.Run(name, func(t *testing.T) {
			f := newFair(t)
			f.Booths(f.event.ID, "A", 8)
			line := f.queued(4)
			b := testkit.NewBrowser(t, testkit.BrowserOptions{NoScript: !script})
			b.Desktop()
			b.SignInAs(f.base, f.desk)
			b.Open(f.base + reviewOf(line[0]))
			taps := 0
			for i := range line {
				if i+1 < len(line) {
					b.Page().In(".qnav").HasText("trên")
				}
				b.Follow(approve)
				taps++
			}
			if taps != len(line) {
				t.Errorf("%d approvals took %d taps", len(line), taps)
			}
			b.Page().In("h1").HasText("Hết đơn chờ duyệt")
			for _, a := range line {
				if got := f.read(a.ID).State; got != registry.AppApproved {
					t.Errorf("application %d is %s", a.Number, got)
				}
			}
		})
	}
}

// TestBrowserReviewKeys decides from the keyboard, and types letters as letters.
func TestBrowserReviewKeys(t *testing.T) {
	t.Parallel()
	f := newFair(t)
	line := f.queued(3)
	b := testkit.NewBrowser(t, testkit.BrowserOptions{})
	b.Desktop()
	b.SignInAs(f.base, f.desk)
	at := func(path string) { b.WaitFor("location.pathname === '" + path + "'") }
	b.Open(f.base + reviewOf(line[0]))
	t.Run("j and k go along the queue", func(t *testing.T) {
		b.Keys("j")
		at(reviewOf(line[1]))
		b.WaitFor("document.querySelector('details.keys:not([hidden])')")
		b.Keys("k")
		at(reviewOf(line[0]))
		b.WaitFor("document.querySelector('details.keys:not([hidden])')")
	})
	t.Run("a, h, c and x choose", func(t *testing.T) {
		for key, want := range map[string]string{"h": "needs_info", "c": "waitlisted", "x": "declined", "a": "approved"} {
			b.Keys(key)
			if got := focused(b, "f.value + f.checked"); got != want+"true" {
				t.Errorf("%s chooses %s", key, got)
			}
		}
	})
	t.Run("the question mark opens the sheet", func(t *testing.T) {
		b.Keys("?")
		b.WaitFor("document.querySelector('details.keys').open")
		b.Page().In(".keys").HasText("đơn tiếp theo").HasText("Không duyệt")
	})
	t.Run("a field takes letters as letters", func(t *testing.T) {
		b.Keys("x")
		b.Type("#f-reason", "jkahx? chưa rõ nguồn gốc")
		if got := focused(b, "f.value"); got != "jkahx? chưa rõ nguồn gốc" {
			t.Errorf("typed %q", got)
		}
		at(reviewOf(line[0]))
		if got := testkit.Get(b, chromedp.Evaluate[string]("document.querySelector('[name=decision]:checked').value")); got != "declined" {
			t.Errorf("typing chose %s", got)
		}
	})
	t.Run("Ctrl with Enter writes and goes on", func(t *testing.T) {
		b.Do(chromedp.Evaluate[chromedp.Void](`document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", ctrlKey: true, bubbles: true, cancelable: true})); 0`))
		at(reviewOf(line[1]))
		if got := f.read(line[0].ID); got.State != registry.AppDeclined || !strings.HasPrefix(got.Reason, "jkahx?") {
			t.Errorf("it is %s: %s", got.State, got.Reason)
		}
	})
}

// TestBrowserBatchKeys chooses rows from anywhere on the page, and asks for the one in
// hand with a single key.
func TestBrowserBatchKeys(t *testing.T) {
	t.Parallel()
	f := newFair(t)
	line := f.queued(3)
	b := testkit.NewBrowser(t, testkit.BrowserOptions{})
	b.Desktop()
	b.SignInAs(f.base, f.desk)
	b.Open(f.base + "/quan-ly/don")
	b.WaitFor("document.querySelector('details.keys:not([hidden])')")
	t.Run("the count stands on the buttons", func(t *testing.T) {
		b.Keys("jxjx")
		if got := strings.Join(strings.Fields(b.Text(".batch .btn")), " "); got != "Duyệt (2)" {
			t.Errorf("the button says %q", got)
		}
	})
	t.Run("a tap chooses all", func(t *testing.T) {
		b.Click("th.tick label")
		b.WaitFor("document.querySelector('.batch .btn').textContent.includes('(3)')")
		b.Click("th.tick label")
		b.WaitFor("document.querySelector('.batch .btn').disabled")
	})
	t.Run("on a phone too", func(t *testing.T) {
		b.Phone()
		b.Click("button[data-tick-all]")
		b.WaitFor("document.querySelector('.batch .btn').textContent.includes('(3)')")
		b.Click("button[data-tick-all]")
		b.Desktop()
	})
	t.Run("Enter opens the row", func(t *testing.T) {
		b.Keys("jj")
		b.Do(chromedp.KeyEvent("\r"))
		b.WaitFor("location.pathname === '" + reviewOf(line[1]) + "'")
	})
	t.Run("a asks for the row in hand", func(t *testing.T) {
		b.Open(f.base + "/quan-ly/don")
		b.WaitFor("document.querySelector('details.keys:not([hidden])')")
		b.Keys("ja")
		b.WaitFor("location.pathname === '/quan-ly/don/loat' && document.querySelector('main form .btn') !== null")
		b.Page().In("h1").HasText("Duyệt 1 đơn?")
		b.Follow(`main form[action$="/loat"] .btn`)
		b.Page().In(".flash").HasText("Đã duyệt 1 đơn")
		if got := f.read(line[0].ID).State; got != registry.AppApproved {
			t.Errorf("the first is %s", got)
		}
	})
}

// TestBrowserReviewPagesFit looks at the pages of the queue on each width, in both
// languages, with everything that can stand on them.
func TestBrowserReviewPagesFit(t *testing.T) {
	t.Parallel()
	f := newFair(t, func(e *registry.Event) { e.Quotas = []registry.Quota{{Group: registry.FoodGroup, Max: 6}} })
	f.Booths(f.event.ID, "A", 8)
	_, f.desk = f.Officer(registry.Reviewer, "19")
	f.office = f.as(f.desk)
	line := f.queued(2)
	lapses := f.bare("Hộ sản xuất bánh khẩu thuy Khuổi Nà, thôn Bản Pjoòng", registry.AppSubmitted)
	scan := f.photoFile(lapses.Vendor)
	f.Certificate(registry.Vendor{ID: lapses.Vendor}, func(c *registry.Certificate) { c.ValidTo, c.File = f.event.OpensOn, scan })
	form := f.decisionOn(line[0], "approved")
	next := answers(t, f.office.Post(form.Action, form.Fields), 303).Location
	look := testkit.NewBrowser(t, testkit.BrowserOptions{})
	for name, path := range map[string]string{"review-next": next, "review-lapses": reviewOf(lapses), "queue-all": "/quan-ly/don"} {
		f.look(look, name, f.desk, path)
		look.FitsNarrow()
	}
	t.Run("the decision is in view on a desk, whatever is chosen", func(t *testing.T) {
		for _, a := range []registry.Application{line[1], lapses} {
			look.Desktop()
			look.Open(f.base + reviewOf(a))
			for _, key := range []string{"a", "h", "x"} {
				look.Keys(key)
				onScreen(t, look, "[data-ctrl-enter]", 900)
			}
			covered := `(r => document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2) !== document.querySelector("[data-ctrl-enter]"))(
				document.querySelector("[data-ctrl-enter]").getBoundingClientRect())`
			if testkit.Get(look, chromedp.Evaluate[bool](covered)) {
				t.Error("something lies over the button")
			}
		}
	})
	t.Run("the table of days is not pushed sideways", func(t *testing.T) {
		look.Open(f.base + reviewOf(lapses))
		look.Phone()
		const over = `document.documentElement.style.fontSize = "200%", [...document.querySelectorAll(".scroll")].some(e => e.scrollWidth > e.clientWidth + 1) ? "yes" : "no"`
		if got := testkit.Get(look, chromedp.Evaluate[string](over)); got != "no" {
			t.Error("a table of the page scrolls sideways")
		}
	})
	t.Run("what a batch asks", func(t *testing.T) {
		look.Desktop()
		look.Open(f.base + "/quan-ly/don")
		look.Click("th.tick label")
		look.WaitFor("!document.querySelector('.batch .btn').disabled")
		look.Follow(".batch .btn")
		look.Accessible()
		look.FitsNarrow()
	})
}
