package web_test

import (
	"bytes"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"hoicho/internal/app/booths"
	"hoicho/internal/pass"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

func TestPassOnTheScreen(t *testing.T) {
	f := newFair(t, testkit.InState(registry.Running))
	organiser, _ := f.Officer(registry.Organiser, "19")
	booth, mine := f.Booths(f.event.ID, "A", 5)[4], f.applied(registry.AppApproved)
	testkit.Works(t, f.App.Booths.AssignBooth(t.Context(), organiser, booths.BoothRef{Event: f.event.ID, Booth: booth.ID}, mine.ID))
	rows := testkit.AllPasses(t, f.Kit, organiser, f.event.ID)
	if len(rows) == 0 {
		t.Fatal("no passes")
	}
	row := rows[0]
	list := "/gian-hang/" + string(f.vendor.ID) + "/the"
	screen := list + "/" + string(f.event.ID) + "/" + string(row.ID)
	text := pass.Text(f.App.BaseURL, row.Code, row.Proof)

	t.Run("the list leads to each", func(t *testing.T) {
		page := testkit.Page(t, answers(t, f.own.Get(list), 200).Body)
		for _, r := range rows {
			page.In(`a[href="` + list + "/" + string(f.event.ID) + "/" + string(r.ID) + `"]`)
		}
	})
	t.Run("it names booth, vendor and digits", func(t *testing.T) {
		page := answers(t, f.own.Get(screen), 200)
		testkit.In(t, page.Body, "main").HasText("A05 · HTX Tài Hoan").HasText(pass.FormatCode(row.Code)).HasText(f.event.Title)
		testkit.Page(t, page.Body).In(".pass-symbol svg")
	})
	t.Run("the picture says what the symbol says", func(t *testing.T) {
		got := answers(t, f.own.Get(screen+"/anh.png"), 200)
		if _, err := png.Decode(bytes.NewReader([]byte(got.Body))); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "pass.png")
		testkit.Works(t, os.WriteFile(file, []byte(got.Body), 0o600))
		if read := testkit.ReadQR(t, file); !slices.Equal(read, []string{text}) {
			t.Errorf("it reads %q", read)
		}
	})
	t.Run("days that do not hold are struck through", func(t *testing.T) {
		testkit.Page(t, answers(t, f.own.Get(list), 200).Body).None("main s")
		testkit.StepEvent(t, f.Kit, organiser, &f.event, registry.Postponed)
		for _, path := range []string{list, screen} {
			page := testkit.Page(t, answers(t, f.own.Get(path), 200).Body)
			page.In("main s").HasCount(1)
			page.In("main").HasText("chưa có ngày mới")
		}
	})
	t.Run("nobody else gets it", func(t *testing.T) {
		_, _, token := f.OwnVendor()
		for _, path := range []string{screen, screen + "/anh.png"} {
			answers(t, f.as(token).Get(path), 404)
			answers(t, f.office.Get(path), 404)
			answers(t, testkit.NewClient(t, f.base).Get(path), 401)
		}
		other := "/gian-hang/" + string(f.vendor.ID) + "/the/" + string(f.Event().ID) + "/" + string(row.ID)
		answers(t, f.own.Get(other), 404)
	})
	t.Run("one that was revoked hides its symbol", func(t *testing.T) {
		testkit.Works(t, f.App.Passes.StepPass(t.Context(), organiser, row.ID, registry.PassRevoked, "mất điện thoại"))
		page := answers(t, f.own.Get(screen), 200)
		testkit.Page(t, page.Body).None(".pass-symbol")
		testkit.In(t, page.Body, "main").HasText("Đừng dùng mã này").HasText("mất điện thoại")
		answers(t, f.own.Get(screen+"/anh.png"), 409)
	})
}
