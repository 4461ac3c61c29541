package tips_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hoicho/internal/app/core"
	"hoicho/internal/app/tips"
	"hoicho/internal/i18n"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/testkit/need"
	"hoicho/internal/vn"
)

// textOf reads a PDF with an independent reader.
func textOf(t *testing.T, f registry.File) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.pdf")
	testkit.Works(t, os.WriteFile(path, f.Data, 0o600))
	out, err := exec.Command(need.Program(t, "pdftotext"), "-layout", path, "-").Output()
	testkit.Works(t, err)
	return strings.Join(strings.Fields(string(out)), " ")
}

// handed is a tip that was handed over today.
func handed(t *testing.T) (w *two, tip registry.TipRow) {
	t.Helper()
	w = twoTips(t)
	testkit.Works(t, w.step(w.again, tips.TipStepInput{To: registry.TipSorted}))
	testkit.Works(t, w.step(w.again, tips.TipStepInput{To: registry.TipHandedOver, Body: "Đội QLTT số 3", Ask: "Xác minh, gọi 0912 345 678.",
		DueOn: vn.ShowDate(registry.AddDays(w.App.Today(), 10))}))
	return w, w.tip(w.again)
}

func TestSlipSaysWhatIsHandedOver(t *testing.T) {
	t.Parallel()
	w, tip := handed(t)
	for _, lang := range i18n.Languages {
		f, err := w.App.Tips.SlipFile(t.Context(), w.officer, tip.ID, lang)
		testkit.Works(t, err)
		text := textOf(t, f)
		for _, want := range []string{"01/" + w.App.Today()[:4] + "/PC", "Đội QLTT số 3", tip.Number(), "Bao miến không thấy mã vạch.",
			vn.ShowDate(registry.AddDays(w.App.Today(), 10)), i18n.T(lang, "slip.title"), tip.VendorName} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %q is not in %s", lang, want, text)
			}
		}
		for _, secret := range []string{"0987", "0912", tip.PassCode} {
			if strings.Contains(text, secret) {
				t.Errorf("%s: the slip tells %q", lang, secret)
			}
		}
	}
	first := w.tip(w.first)
	if _, err := w.App.Tips.SlipFile(t.Context(), w.officer, first.ID, "vi"); registry.KindOf(err) != registry.NotFound {
		t.Errorf("a slip of a tip that was not handed over: %v", err)
	}
	inspector, _ := w.Officer(registry.Inspector, "01")
	if _, err := w.App.Tips.SlipFile(t.Context(), inspector, tip.ID, "vi"); registry.KindOf(err) != registry.NotFound {
		t.Errorf("an officer elsewhere: %v", err)
	}
}

func TestAnswerToASlipIsNoted(t *testing.T) {
	t.Parallel()
	w, tip := handed(t)
	for name, c := range map[string]struct {
		in    tips.TipStepInput
		field string
	}{
		"ahead":             {tips.TipStepInput{AnsweredOn: vn.ShowDate(registry.AddDays(w.App.Today(), 1))}, "answered_on"},
		"before the slip":   {tips.TipStepInput{AnsweredOn: vn.ShowDate(registry.AddDays(w.App.Today(), -1))}, "answered_on"},
		"a paper, no day":   {tips.TipStepInput{AnswerPaper: "12/QLTT"}, "answered_on"},
		"no day at all":     {tips.TipStepInput{AnsweredOn: "hôm qua"}, "answered_on"},
		"nothing to tell":   {tips.TipStepInput{Told: " "}, "told"},
		"a number too long": {tips.TipStepInput{AnsweredOn: vn.ShowDate(w.App.Today()), AnswerPaper: strings.Repeat("1", 81)}, "answer_paper"},
	} {
		in := c.in
		in.To = registry.TipChecked
		if in.Told == "" {
			in.Told = "Đã kiểm tra."
		}
		if err := w.step(w.again, in); registry.KindOf(err) != registry.Invalid || testkit.FieldsOf(err)[0] != c.field {
			t.Errorf("%s: %v", name, err)
		}
	}
	w.Clock.Add(24 * time.Hour)
	testkit.Works(t, w.step(w.again, tips.TipStepInput{To: registry.TipChecked, Told: "Tạm giữ 12 gói.", AnsweredOn: vn.ShowDate(w.App.Today()), AnswerPaper: "12/QLTT"}))
	if seen := w.follow(w.again); seen.Slip.AnsweredOn != w.App.Today() || seen.Slip.By+seen.Slip.Ask+seen.Slip.AnswerPaper != "" {
		t.Errorf("the public reads %+v", seen.Slip)
	}
	if got := w.tip(w.again); got.AnswerDueOn != "" || tip.AnswerDueOn == "" {
		t.Errorf("an answer is due on %q, before it was %q", got.AnswerDueOn, tip.AnswerDueOn)
	}
}

// postbag keeps the letters that it is to send.
type postbag struct{ keys []string }

func (p *postbag) Send(_ context.Context, m registry.Message) error {
	p.keys = append(p.keys, m.Key)
	return nil
}

func TestAnswersThatAreDueAreBroughtToMind(t *testing.T) {
	t.Parallel()
	w, tip := handed(t)
	var bag postbag
	days := func(n int) string {
		t.Helper()
		bag.keys = nil
		for range n {
			w.Clock.Add(24 * time.Hour)
			for range 2 { // the second one finds it written
				testkit.Works(t, testkit.Second(w.App.Tips.RemindSlips(t.Context())))
			}
		}
		for sent := 1; sent > 0; {
			var err error
			sent, err = w.App.SendOutbox(t.Context(), &bag)
			testkit.Works(t, err)
		}
		kinds := ""
		for _, key := range bag.keys {
			if kind, ok := strings.CutPrefix(key, "tip.mail."); ok && !strings.Contains(kinds, kind) {
				kinds += kind
			}
		}
		return kinds
	}
	desk := func() int {
		d, err := w.App.Tips.Tips(t.Context(), w.officer, registry.TipFilter{})
		testkit.Works(t, err)
		return d.DueSoon
	}
	if got := days(6); got != "" || desk() != 0 {
		t.Errorf("four days ahead: %q, %d on the desk", got, desk())
	}
	if got := days(1); got != "due" || desk() != 1 {
		t.Errorf("three days ahead: %q, %d on the desk", got, desk())
	}
	if got := days(3); got != "" {
		t.Errorf("up to the day: %q", got)
	}
	if got := days(1); got != "late" {
		t.Errorf("a day late: %q", got)
	}
	if got := days(5); got != "" || desk() != 1 {
		t.Errorf("later: %q, %d on the desk", got, desk())
	}
	lines, err := w.App.Audit(t.Context(), registry.SystemActor("test"), core.AuditFilter{Action: "tip.remind", ID: string(tip.ID)})
	if err != nil || len(lines) != 2 {
		t.Errorf("%d lines in the log, %v", len(lines), err)
	}
	testkit.Works(t, w.step(w.again, tips.TipStepInput{To: registry.TipClosed, Told: "Xong."}))
	if desk() != 0 {
		t.Error("a closed tip is awaited")
	}
}

func TestReceiptHoldsTheCodeAlone(t *testing.T) {
	t.Parallel()
	w := twoTips(t)
	f, err := w.App.Tips.Receipt(t.Context(), w.again, "vi")
	testkit.Works(t, err)
	text := textOf(t, f)
	if !strings.Contains(text, tips.ShowTrackingCode(w.again)) {
		t.Errorf("the code is not in %s", text)
	}
	for _, secret := range []string{"mã vạch", "0987", w.tip(w.again).VendorName} {
		if strings.Contains(text, secret) {
			t.Errorf("the receipt tells %q", secret)
		}
	}
	png := filepath.Join(t.TempDir(), "a")
	pdf := png + ".pdf"
	testkit.Works(t, os.WriteFile(pdf, f.Data, 0o600))
	testkit.Works(t, exec.Command(need.Program(t, "pdftoppm"), "-png", "-r", "150", "-singlefile", pdf, png).Run())
	out, err := exec.Command(need.Program(t, "zbarimg"), "-q", "--raw", png+".png").Output()
	if read := strings.TrimSpace(string(out)); err != nil || read != w.App.Tips.Address(w.again) {
		t.Errorf("its symbol says %q, %v", read, err)
	}
	if _, err := w.App.Tips.Receipt(t.Context(), "123", "vi"); registry.KindOf(err) != registry.NotFound {
		t.Errorf("a receipt of no code: %v", err)
	}
}
