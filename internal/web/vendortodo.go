package web

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/booths"
	"hoicho/internal/app/vendors"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// todo lists what a vendor should do next, the most pressing first.
func (s *Server) todo(b base, home string, d vendors.VendorFile) []Task {
	var tasks []Task
	today := s.app.Today()
	for _, a := range d.Applications {
		if t, ok := b.applicationTask(home, a, today); ok {
			tasks = append(tasks, t)
		}
	}
	for _, st := range d.Stops {
		if t, ok := b.stopTask(home, st); ok && st.OpensOn <= vn.AddDays(today, stopAhead) {
			tasks = append(tasks, t)
		}
	}
	tasks = append(tasks, b.findingTasks(home, d.Findings)...)
	for _, c := range d.Lapsing {
		if c.ValidTo >= today { // what has lapsed is among the findings if it is needed
			tasks = append(tasks, Task{Href: home + "/giay-to/moi?thay=" + string(c.ID), Label: b.T("vendor.todo.renew", b.paperName(c.Kind)),
				State: Chip{Class: "wait", Label: b.T("vendor.todo.until", vn.ShowDate(c.ValidTo))}})
		}
	}
	if len(d.Products) == 0 {
		tasks = append(tasks, Task{Href: home + "/san-pham/moi", Label: b.T("vendor.todo.product"), Hint: b.T("vendor.todo.product_hint"),
			State: Chip{Class: "wait", Label: b.T("vendor.todo.now")}})
	}
	for _, p := range d.Products {
		if p.Evidence == registry.Declared && !p.Hidden {
			tasks = append(tasks, Task{Href: home + "/giay-to/moi?san-pham=" + string(p.ID) + "&loai=origin_paper", Label: b.T("vendor.todo.origin", p.Name),
				Hint: b.T("vendor.todo.origin_hint"), State: Chip{Label: b.T("vendor.todo.may")}})
			break // one at a time: the next one shows when this is done
		}
	}
	return tasks
}

// salesTasks are the events of which the reader's vendor has not told all its sales.
func (s *Server) salesTasks(c *fiber.Ctx, b base, vendor registry.VendorID) ([]Task, error) {
	if !actor(c).Owns(vendor) {
		return nil, nil // single figures are not for the office
	}
	dues, err := s.app.Reports.SalesDue(c.UserContext(), actor(c), vendor)
	var tasks []Task
	for _, d := range dues {
		if !d.Complete() {
			tasks = append(tasks, Task{Href: stallRoot(vendor) + "/doanh-thu/" + string(d.Event), Label: b.T("vendor.todo.sales", d.EventTitle),
				Hint: b.T("vendor.todo.sales_hint"), State: Chip{Class: "wait", Label: b.T("vendor.todo.days", len(d.Days)-len(d.Missing("")), len(d.Days))}})
		}
	}
	return tasks, err
}

// applicationTask is what an application waits for from the vendor.
func (b base) applicationTask(home string, a registry.ApplicationRow, today string) (Task, bool) {
	t := Task{Href: home + "/don/" + string(a.ID), State: Chip{Class: "stop", Label: b.T("vendor.todo.now")}}
	switch {
	case a.ClosesOn < today:
		return t, false
	case a.State == registry.AppNeedsInfo:
		t.Label, t.Hint = b.T("vendor.todo.needs_info", a.EventTitle), a.Reason
	case a.State == registry.AppOffered:
		t.Label = b.T("vendor.todo.offered", a.EventTitle)
		t.State.Label = b.T("vendor.todo.until", showInstant(a.OfferUntil))
	case a.State == registry.AppDraft:
		t.Label = b.T("vendor.todo.draft", a.EventTitle)
		t.State = Chip{Class: "wait", Label: b.T("vendor.todo.unsent")}
	default:
		return t, false
	}
	return t, true
}

// stopAhead is how many days before an event its passes and booth are spoken of.
const stopAhead = 14

// stopTask is what an event at which the vendor will be still waits for: a booth to
// pick, or passes to print.
func (b base) stopTask(home string, st registry.Stop) (Task, bool) {
	switch {
	case st.State.Stopped():
		return Task{}, false
	case len(st.Booths) > 0:
		return Task{Href: home + "/the", Label: b.T("vendor.todo.passes", st.Title), Hint: b.T("vendor.booths", strings.Join(st.Booths, ", ")),
			State: Chip{Label: vn.ShowRange(st.OpensOn, st.ClosesOn)}}, true
	case st.SelfPick:
		return Task{Href: home + "/don/" + string(st.App) + "/gian", Label: b.T("vendor.todo.pick", st.Title),
			State: Chip{Class: "stop", Label: b.T("vendor.todo.now")}}, true
	}
	return Task{}, false
}

// findingTasks are what is missing, has lapsed or is in doubt; papers that several
// products lack are one task.
func (b base) findingTasks(home string, findings []registry.Finding) []Task {
	var tasks []Task
	lack := map[registry.CertificateKind][]string{}
	at := map[registry.CertificateKind]int{}
	for _, f := range findings {
		if f.Kind != registry.Missing || f.Product == "" {
			tasks = append(tasks, b.findingTask(home, f))
			continue
		}
		lack[f.Paper] = append(lack[f.Paper], f.Product)
		if len(lack[f.Paper]) == 1 {
			at[f.Paper] = len(tasks)
			tasks = append(tasks, b.findingTask(home, f))
		}
	}
	for paper, products := range lack {
		if n := len(products); n > 1 {
			t := &tasks[at[paper]]
			t.Label = b.T("vendor.todo.lack", b.paperName(paper), n)
			t.Hint = strings.Join(products[:min(n, 5)], ", ")
			if n > 5 {
				t.Hint = b.T("vendor.todo.and_more", t.Hint, n-5)
			}
		}
	}
	return tasks
}

// findingTask is a paper that is missing or has lapsed, or a doubt about origin.
func (b base) findingTask(home string, f registry.Finding) Task {
	t := Task{Href: home + "/giay-to/moi?loai=" + string(f.Paper), Label: b.FindingText(f), State: Chip{Class: "stop", Label: b.T("vendor.todo.missing")}}
	switch f.Kind {
	case registry.Lapses:
		t.State.Label = b.T("vendor.todo.lapsed")
	case registry.LabelOver:
		t.Href, t.State = home+"/san-pham", Chip{Class: "stop", Label: b.T("vendor.todo.lapsed")}
	case registry.OverCeiling:
		t.Href, t.State = "", Chip{Class: "wait", Label: b.T("vendor.todo.look")}
	case registry.Weak:
		t.Href, t.State = home+"/san-pham", Chip{Class: "wait", Label: b.T("vendor.todo.look")}
	}
	t.Hint = b.lawText(f.Law)
	return t
}

// lackingPart tells a vendor which papers its application still needs.
type lackingPart struct {
	Title string
	Text  string
	Tasks []Task
}

// newLackingPart lists the papers that an application lacks, with the way to add each;
// without tasks where none are lacking or the application is over.
func (b base) newLackingPart(v booths.ApplicationView) lackingPart {
	if over := !v.State.CanBecome(registry.AppCancelled) && v.State != registry.AppWithdrawn; over || len(v.Lacking) == 0 {
		return lackingPart{}
	}
	p := lackingPart{Title: b.T("application.lacking.title"), Text: b.T("application.lacking.waits"), Tasks: b.findingTasks(stallRoot(v.Vendor.ID), v.Lacking)}
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
