package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// sendList uploads a file of vendors and returns the page that it leads to.
func sendList(t *testing.T, c *testkit.Client, name, data string) string {
	t.Helper()
	contentType, body := testkit.MultipartForm(t, url.Values{"kind": {"vendors"}}, map[string][]byte{"file": []byte(data)})
	_ = name
	got := c.Do(http.MethodPost, "/quan-ly/nhap", contentType, body)
	if got.Status != http.StatusSeeOther {
		t.Fatalf("%d: %s", got.Status, testkit.Page(t, got.Body).In("main").Text())
	}
	return got.Location
}

const listHead = "Tên cơ sở;Loại hình;MST;Địa chỉ (xã);SĐT\n"

// TestAListIsMatchedTriedWrittenAndTakenBack goes the whole way of a file.
func TestAListIsMatchedTriedWrittenAndTakenBack(t *testing.T) {
	t.Parallel()
	s := newStall(t)
	c := s.organiserWeb
	at := sendList(t, c, "ds.csv", listHead+"HTX Qua Tệp;HTX;;Xã Ba Bể, T. Thái Nguyên;0912345678\nHộ Sai;Hộ KD;;Ba Bể;0900\n")
	page := testkit.Page(t, c.Get(at).Body)
	page.In("h1").HasText("Đã nhận ra 5 trên 5 cột")
	match := func(at string) string {
		page := testkit.Page(t, c.Get(at).Body)
		got := c.Post(at+"/cot", url.Values{"version": {page.In("input[name=version]").Attr("value")}, "head": {"1"}, "fields": {"name", "kind", "tax_code", "area", "phone"}})
		if got.Status != http.StatusSeeOther || got.Location != at+"/thu" {
			t.Fatalf("matched: %d %s %s", got.Status, got.Location, testkit.Page(t, got.Body).In("main").Text())
		}
		return c.Get(at + "/thu").Body
	}
	trial := testkit.Page(t, match(at))
	trial.In("h1").HasText("1 dòng được, 1 dòng sai")
	trial.In("tbody").HasText("Ô E3 (Số điện thoại của cơ sở)")
	if strings.Contains(trial.Text(), "HTX Qua Tệp") {
		t.Error("rows that are right stand among the wrong ones")
	}
	testkit.Page(t, c.Get(at+"/thu?xem=all").Body).In("tbody").HasText("“Xã Ba Bể, T. Thái Nguyên” hiểu là xã Ba Bể, Thái Nguyên")
	if got := c.Post(at+"/nhap", url.Values{"shown": {"x"}}); got.Status != http.StatusConflict {
		t.Errorf("a file with faults was written: %d", got.Status)
	}
	at = sendList(t, c, "ds.csv", listHead+"HTX Qua Tệp;HTX;;Xã Ba Bể, T. Thái Nguyên;0912345678\n")
	trial = testkit.Page(t, match(at))
	if got := c.Post(at+"/nhap", url.Values{"shown": {trial.In("input[name=shown]").Attr("value")}}); got.Status != http.StatusSeeOther {
		t.Fatalf("started: %d %s", got.Status, testkit.Page(t, got.Body).In("main").Text())
	}
	running := c.Get(at)
	testkit.Page(t, running.Body).In("h1").HasText("Đang nhập 0 trên 1 dòng")
	if running.Header.Get("Refresh") == "" {
		t.Error("the page of a running import does not reload itself")
	}
	if ran, err := s.k.App.RunJob(t.Context()); err != nil || !ran {
		t.Fatal(ran, err)
	}
	testkit.Page(t, c.Get(at).Body).In("h1").HasText("Đã nhập 1 dòng")
	testkit.Page(t, c.Get("/quan-ly/co-so?q=qua+tep").Body).In("tbody").HasText("HTX Qua Tệp")
	undo := testkit.Page(t, c.Get(at+"/hoan-tac").Body)
	undo.In("main").HasText("1 mục do lần nhập này thêm sẽ bị xóa")
	if got := c.Post(at+"/hoan-tac", url.Values{"version": {undo.In("input[name=version]").Attr("value")}}); got.Status != http.StatusSeeOther {
		t.Fatalf("undone: %d", got.Status)
	}
	if ran, err := s.k.App.RunJob(t.Context()); err != nil || !ran {
		t.Fatal(ran, err)
	}
	testkit.Page(t, c.Get(at).Body).In("h1").HasText("Đã hoàn tác 1 dòng")
	testkit.Page(t, c.Get("/quan-ly/nhap").Body).In("main").HasText("Đã hoàn tác")
}

// TestOnlyItsSenderAndTheAdministratorReadAList: a list holds telephone numbers.
func TestOnlyItsSenderAndTheAdministratorReadAList(t *testing.T) {
	t.Parallel()
	s := newStall(t)
	for role, want := range map[registry.Role]int{registry.Admin: http.StatusOK, registry.Organiser: http.StatusNotFound, registry.Viewer: http.StatusNotFound} {
		area := "19"
		if role == registry.Admin {
			area = ""
		}
		_, token := s.k.Officer(role, area)
		c := testkit.NewClient(t, s.base)
		c.SignInAs(token)
		if got := c.Get("/quan-ly/nhap/" + string(s.listed)); got.Status != want {
			t.Errorf("%s reads it: %d, want %d", role, got.Status, want)
		}
	}
	got := s.organiserWeb.Get("/quan-ly/nhap/mau/vendors.xlsx")
	if got.Status != http.StatusOK || !strings.HasPrefix(got.Body, "PK") {
		t.Errorf("the form to fill in: %d", got.Status)
	}
}

// TestBrowserImport looks at the steps of an import.
func TestBrowserImport(t *testing.T) {
	t.Parallel()
	s := newStall(t)
	_, token := s.k.Officer(registry.Admin, "")
	v := newViewer(t, s.base)
	v.as(token).see("import", "/quan-ly/nhap")
	v.see("import-columns", "/quan-ly/nhap/"+string(s.listed))
	v.see("import-trial", "/quan-ly/nhap/"+string(s.listed)+"/thu")
	v.see("import-trial-all", "/quan-ly/nhap/"+string(s.listed)+"/thu?xem=all")
}
