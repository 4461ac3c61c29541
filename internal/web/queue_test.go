package web_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// queued makes n applications with all papers, a minute apart, each with the step in its
// story that its vendor took.
func (f *fair) queued(n int) (line []registry.Application) {
	f.t.Helper()
	for i := range n {
		a := f.rival("HTX "+string(rune('A'+i)), registry.AppSubmitted)
		f.Write(func(tx *store.Tx) error {
			return tx.InsertApplicationNote(f.t.Context(), registry.ApplicationNote{Application: a.ID, State: registry.AppSubmitted})
		})
		f.Clock.Add(time.Minute)
		line = append(line, a)
	}
	return line
}

func TestQueueGoesOnToTheNext(t *testing.T) {
	f := newFair(t)
	line := f.queued(3)
	t.Run("the bar says where one is", func(t *testing.T) {
		bar := testkit.In(t, answers(t, f.office.Get(reviewOf(line[1])), 200).Body, ".qnav").HasText("Đơn 2 trên 3").HasText("Đơn tiếp theo: HTX C")
		if prev, next := bar.In("a[rel=prev]").Attr("href"), bar.In("a[rel=next]").Attr("href"); prev != reviewOf(line[0]) || next != reviewOf(line[2]) {
			t.Errorf("it leads to %s and %s", prev, next)
		}
	})
	t.Run("a decision leads to the next", func(t *testing.T) {
		form := f.decisionOn(line[1], "declined").Set("reason", "Hết chỗ cho nhóm hàng này")
		done := answers(t, f.office.Post(form.Action, form.Fields), 303)
		if done.Location != reviewOf(line[2])+"?sau="+string(line[1].ID) {
			t.Fatalf("it leads to %s", done.Location)
		}
		testkit.In(t, answers(t, f.office.Get(done.Location), 200).Body, "#vua-ghi").HasText("HTX B: không duyệt").HasText("Hoàn tác")
	})
	t.Run("from the end it leads to what was passed over", func(t *testing.T) {
		form := f.decisionOn(line[2], "approved")
		if done := answers(t, f.office.Post(form.Action, form.Fields), 303); !strings.HasPrefix(done.Location, reviewOf(line[0])+"?") {
			t.Errorf("it leads to %s", done.Location)
		}
	})
	t.Run("the last one says that the queue is empty", func(t *testing.T) {
		testkit.In(t, answers(t, f.office.Get(reviewOf(line[0])), 200).Body, ".qnav").HasText("Hết đơn chờ")
		form := f.decisionOn(line[0], "approved")
		done := answers(t, f.office.Post(form.Action, form.Fields), 303)
		page := testkit.Page(t, answers(t, f.office.Get(done.Location), 200).Body)
		page.In("h1").HasText("Hết đơn chờ duyệt")
		page.In("#vua-ghi").HasText("HTX A: đã duyệt 1 gian")
	})
	t.Run("a decision that nobody took is not told", func(t *testing.T) {
		for _, id := range []string{"x", string(f.rival("HTX Z", registry.AppSubmitted).ID)} {
			testkit.Page(t, answers(t, f.office.Get("/quan-ly/don?sau="+url.QueryEscape(id)), 200).Body).None("#vua-ghi")
		}
	})
}

func TestQueueOfAnEventStaysInIt(t *testing.T) {
	f := newFair(t)
	line := f.queued(1)
	home := f.event
	f.event = f.Event()
	f.queued(2)
	query := "?event=" + string(home.ID)
	page := testkit.Page(t, answers(t, f.office.Get(reviewOf(line[0])+query), 200).Body)
	page.In(".qnav").HasText("Đơn 1 trên 1").HasText("Hết đơn chờ")
	form := page.Form(reviewOf(line[0])+"/quyet-dinh").Set("decision", "approved")
	done := answers(t, f.office.Post(form.Action, form.Fields), 303)
	if want := "/quan-ly/su-kien/" + string(home.ID) + "/don?state=submitted&sau=" + string(line[0].ID); done.Location != want {
		t.Errorf("it leads to %s, want %s", done.Location, want)
	}
	answers(t, f.office.Get(done.Location), 200)
}

// TestTwoOfficersDecideOnce lets the second of two officers know that the first was
// quicker, with what was typed.
func TestTwoOfficersDecideOnce(t *testing.T) {
	f := newFair(t)
	a := f.queued(1)[0]
	_, token := f.Officer(registry.Reviewer, "19")
	second := f.as(token)
	late := f.decisionOn(a, "declined").Set("reason", "Chưa rõ nguồn gốc")
	first := f.decisionOn(a, "approved")
	answers(t, f.office.Post(first.Action, first.Fields), 303)
	refused := answers(t, second.Post(late.Action, late.Fields), 409)
	testkit.In(t, refused.Body, "#faults").HasText("Có người vừa sửa")
	testkit.In(t, refused.Body, "#f-reason").HasText("Chưa rõ nguồn gốc")
	if got := f.read(a.ID).State; got != registry.AppApproved {
		t.Errorf("it is %s", got)
	}
}

func TestDecisionIsUndoneFromThePage(t *testing.T) {
	f := newFair(t)
	line := f.queued(2)
	form := f.decisionOn(line[0], "approved")
	next := answers(t, f.office.Post(form.Action, form.Fields), 303).Location
	undo := testkit.Page(t, answers(t, f.office.Get(next), 200).Body).Form(reviewOf(line[0]) + "/hoan-tac")
	t.Run("not by another officer", func(t *testing.T) {
		_, token := f.Officer(registry.Reviewer, "19")
		other := f.as(token)
		testkit.Page(t, answers(t, other.Get(next), 200).Body).None("#vua-ghi form")
		testkit.In(t, answers(t, other.Post(undo.Action, undo.Fields), 409).Body, "#faults").HasText("cán bộ khác")
	})
	t.Run("not with nonsense", func(t *testing.T) {
		answers(t, f.office.Post(undo.Action, undo.Set("version", "x").Fields), 422)
		answers(t, f.office.Post(undo.Action, undo.Set("version", "1").Fields), 409)
	})
	t.Run("by whoever took it", func(t *testing.T) {
		done := answers(t, f.office.Post(undo.Action, undo.Fields), 303)
		if done.Location != reviewOf(line[0]) || f.read(line[0].ID).State != registry.AppSubmitted {
			t.Fatalf("it leads to %s, the application is %s", done.Location, f.read(line[0].ID).State)
		}
		page := testkit.Page(t, answers(t, f.office.Get(done.Location), 200).Body)
		page.In(".flash").HasText("Đã hoàn tác")
		page.In(".qnav").HasText("Đơn 1 trên 2")
	})
	t.Run("no more after ten minutes", func(t *testing.T) {
		form := f.decisionOn(line[0], "approved")
		next := answers(t, f.office.Post(form.Action, form.Fields), 303).Location
		f.Clock.Add(11 * time.Minute)
		testkit.Page(t, answers(t, f.office.Get(next), 200).Body).None("#vua-ghi form")
	})
}

// TestPaperIsCheckedFromTheReview notes beside the scan that it says what was typed in.
func TestPaperIsCheckedFromTheReview(t *testing.T) {
	f := newFair(t)
	_, token := f.Officer(registry.Reviewer, "19")
	f.office = f.as(token)
	a := f.bare("HTX Có Giấy", registry.AppSubmitted)
	scan := f.photoFile(a.Vendor)
	paper := f.Certificate(registry.Vendor{ID: a.Vendor}, func(c *registry.Certificate) { c.File = scan })
	action := reviewOf(a) + "/giay-to/" + string(paper.ID) + "/doi-chieu"
	testkit.Page(t, answers(t, f.office.Get(reviewOf(a)), 200).Body).In("#giay-to form[action=" + action + "]")
	done := answers(t, f.office.Post(action, nil), 303)
	if done.Location != reviewOf(a)+"#giay-to" {
		t.Errorf("it leads to %s", done.Location)
	}
	page := testkit.Page(t, answers(t, f.office.Get(reviewOf(a)), 200).Body)
	page.None("#giay-to form")
	page.In("#giay-to .chip.go")
	answers(t, f.office.Post(action, nil), 409)
	answers(t, f.office.Post(reviewOf(a)+"/giay-to/none/doi-chieu", nil), 404)
}

// TestAnswerOfTheVendorIsReadAtOnce shows what a vendor wrote when it sent its
// application again, without a fold to open.
func TestAnswerOfTheVendorIsReadAtOnce(t *testing.T) {
	f := newFair(t)
	a := f.queued(1)[0]
	testkit.Page(t, answers(t, f.office.Get(reviewOf(a)), 200).Body).None(".banner")
	f.Write(func(tx *store.Tx) error {
		return tx.InsertApplicationNote(t.Context(), registry.ApplicationNote{Application: a.ID, State: registry.AppSubmitted, Text: "Đã chụp lại nhãn"})
	})
	testkit.In(t, answers(t, f.office.Get(reviewOf(a)), 200).Body, ".banner").HasText("Đã chụp lại nhãn")
}
