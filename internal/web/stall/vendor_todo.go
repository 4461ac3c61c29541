package stall

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/booths"
	"hoicho/internal/app/vendors"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// todo lists what a vendor should do next, the most pressing first.
func (s *Door) todo(b view.Base, home string, d vendors.VendorFile) []view.Task {
	var tasks []view.Task
	today := s.App.Today()
	for _, a := range d.Applications {
		if t, ok := applicationTask(b, home, a, today); ok {
			tasks = append(tasks, t)
		}
	}
	for _, st := range d.Stops {
		if t, ok := stopTask(b, home, st); ok && st.OpensOn <= vn.AddDays(today, stopAhead) {
			tasks = append(tasks, t)
		}
	}
	tasks = append(tasks, findingTasks(b, home, d.Findings)...)
	for _, c := range d.Lapsing {
		if c.ValidTo >= today { // what has lapsed is among the findings if it is needed
			tasks = append(tasks, view.Task{Href: home + "/giay-to/moi?thay=" + string(c.ID), Label: b.T("vendor.todo.renew", b.PaperName(c.Kind)),
				State: view.Chip{Class: "wait", Label: b.T("vendor.todo.until", vn.ShowDate(c.ValidTo))}})
		}
	}
	if len(d.Products) == 0 {
		tasks = append(tasks, view.Task{Href: home + "/san-pham/moi", Label: b.T("vendor.todo.product"), Hint: b.T("vendor.todo.product_hint"),
			State: view.Chip{Class: "wait", Label: b.T("vendor.todo.now")}})
	}
	for _, p := range d.Products {
		if p.Evidence == registry.Declared && !p.Hidden {
			tasks = append(tasks, view.Task{Href: home + "/giay-to/moi?san-pham=" + string(p.ID) + "&loai=origin_paper", Label: b.T("vendor.todo.origin", p.Name),
				Hint: b.T("vendor.todo.origin_hint"), State: view.Chip{Label: b.T("vendor.todo.may")}})
			break // one at a time: the next one shows when this is done
		}
	}
	return tasks
}

// salesTasks are the events of which the reader's vendor has not told all its sales.
func (s *Door) salesTasks(c *fiber.Ctx, b view.Base, vendor registry.VendorID) ([]view.Task, error) {
	if !frame.Actor(c).Owns(vendor) {
		return nil, nil // single figures are not for the office
	}
	dues, err := s.App.Reports.SalesDue(c.UserContext(), frame.Actor(c), vendor)
	var tasks []view.Task
	for _, d := range dues {
		if !d.Complete() {
			tasks = append(tasks, view.Task{Href: view.StallRoot(vendor) + "/doanh-thu/" + string(d.Event), Label: b.T("vendor.todo.sales", d.EventTitle),
				Hint: b.T("vendor.todo.sales_hint"), State: view.Chip{Class: "wait", Label: b.T("vendor.todo.days", len(d.Days)-len(d.Missing("")), len(d.Days))}})
		}
	}
	return tasks, err
}

// applicationTask is what an application waits for from the vendor.
func applicationTask(b view.Base, home string, a registry.ApplicationRow, today string) (view.Task, bool) {
	t := view.Task{Href: home + "/don/" + string(a.ID), State: view.Chip{Class: "stop", Label: b.T("vendor.todo.now")}}
	switch {
	case a.ClosesOn < today:
		return t, false
	case a.State == registry.AppNeedsInfo:
		t.Label, t.Hint = b.T("vendor.todo.needs_info", a.EventTitle), strings.TrimSpace(askedLines(b, a.Asks)+a.Reason)
	case a.State == registry.AppOffered:
		t.Label = b.T("vendor.todo.offered", a.EventTitle)
		t.State.Label = b.T("vendor.todo.until", view.ShowInstant(a.OfferUntil))
	case a.State == registry.AppDraft:
		t.Label = b.T("vendor.todo.draft", a.EventTitle)
		t.State = view.Chip{Class: "wait", Label: b.T("vendor.todo.unsent")}
	default:
		return t, false
	}
	return t, true
}

// stopAhead is how many days before an event its passes and booth are spoken of.
const stopAhead = 14

// stopTask is what an event at which the vendor will be still waits for: a booth to
// pick, or passes to print.
func stopTask(b view.Base, home string, st registry.Stop) (view.Task, bool) {
	switch {
	case st.State.Stopped():
		return view.Task{}, false
	case len(st.Booths) > 0:
		return view.Task{Href: home + "/the", Label: b.T("vendor.todo.passes", st.Title), Hint: b.T("vendor.booths", strings.Join(st.Booths, ", ")),
			State: view.Chip{Label: vn.ShowRange(st.OpensOn, st.ClosesOn)}}, true
	case st.SelfPick:
		return view.Task{Href: home + "/don/" + string(st.App) + "/gian", Label: b.T("vendor.todo.pick", st.Title),
			State: view.Chip{Class: "stop", Label: b.T("vendor.todo.now")}}, true
	}
	return view.Task{}, false
}

// findingTasks are what is missing, has lapsed or is in doubt; papers that several
// products lack are one task.
func findingTasks(b view.Base, home string, findings []registry.Finding) []view.Task {
	var tasks []view.Task
	lack := map[registry.CertificateKind][]string{}
	at := map[registry.CertificateKind]int{}
	for _, f := range findings {
		if f.Kind != registry.Missing || f.Product == "" {
			tasks = append(tasks, findingTask(b, home, f))
			continue
		}
		lack[f.Paper] = append(lack[f.Paper], f.Product)
		if len(lack[f.Paper]) == 1 {
			at[f.Paper] = len(tasks)
			tasks = append(tasks, findingTask(b, home, f))
		}
	}
	for paper, products := range lack {
		if n := len(products); n > 1 {
			t := &tasks[at[paper]]
			t.Label = b.T("vendor.todo.lack", b.PaperName(paper), n)
			t.Hint = strings.Join(products[:min(n, 5)], ", ")
			if n > 5 {
				t.Hint = b.T("vendor.todo.and_more", t.Hint, n-5)
			}
		}
	}
	return tasks
}

// findingTask is a paper that is missing or has lapsed, or a doubt about origin.
func findingTask(b view.Base, home string, f registry.Finding) view.Task {
	t := view.Task{Href: home + "/giay-to/moi?loai=" + string(f.Paper), Label: b.FindingText(f), State: view.Chip{Class: "stop", Label: b.T("vendor.todo.missing")}}
	switch f.Kind {
	case registry.Lapses:
		t.State.Label = b.T("vendor.todo.lapsed")
	case registry.LabelOver:
		t.Href, t.State = home+"/san-pham", view.Chip{Class: "stop", Label: b.T("vendor.todo.lapsed")}
	case registry.OverCeiling:
		t.Href, t.State = "", view.Chip{Class: "wait", Label: b.T("vendor.todo.look")}
	case registry.Weak:
		t.Href, t.State = home+"/san-pham", view.Chip{Class: "wait", Label: b.T("vendor.todo.look")}
	}
	t.Hint = b.LawText(f.Law)
	return t
}

// TodoPart tells a vendor what its application still needs: partial "lacking".
type TodoPart struct {
	ID    string // of the part on its page
	Title string
	Text  string
	Tasks []view.Task
}

// newLackingPart lists the papers that an application lacks, with the way to add each;
// without tasks where none are lacking that were not asked for, or the application is over.
func newLackingPart(b view.Base, v booths.ApplicationView) TodoPart {
	lacking := v.NotAsked()
	if over := !v.State.CanBecome(registry.AppCancelled) && v.State != registry.AppWithdrawn; over || len(lacking) == 0 {
		return TodoPart{}
	}
	p := TodoPart{"con-thieu", b.T("application.lacking.title"), b.T("application.lacking.waits"), findingTasks(b, view.StallRoot(v.Vendor.ID), lacking)}
	switch v.State {
	case registry.AppDraft, registry.AppWithdrawn:
		p.Text = b.T("application.lacking.send")
	case registry.AppApproved:
		p.Text = b.T("application.lacking.approved")
	case registry.AppOffered:
		p.Text = b.T("application.lacking.offered")
	}
	return p
}
