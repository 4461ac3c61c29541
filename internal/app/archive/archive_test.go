package archive_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/uuid"

	"hoicho/internal/app/archive"
	"hoicho/internal/app/communications"
	"hoicho/internal/app/periods"
	"hoicho/internal/period"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

// reported is a year in which one commune has handed in its report, of two meetings.
func reported(t *testing.T) (k *testkit.Kit, above registry.Actor, key period.Key) {
	t.Helper()
	k = testkit.NewApp(t)
	day, _ := vn.InstantOf(k.App.Today()[:4]+"-12-08", 9*60)
	k.Clock.Set(day)
	above, _ = k.Officer(registry.Organiser, "19")
	filer, _ := k.Officer(registry.Reporter, testkit.BaBe.Code)
	_, asked, err := k.App.Communications.Enter(t.Context(), registry.SystemActor("test"), []communications.EntryInput{{Client: uuid.NewString(),
		Channel: "village_meeting", Times: "2", People: "90", Area: testkit.BaBe.String(), Day: vn.ShowDate(vn.AddDays(k.App.Today(), -20)), Topic: "=Hàng Việt"}})
	if err != nil || len(asked) > 0 {
		t.Fatal(err, asked)
	}
	key = period.Key{Form: period.CommuneForm, Period: period.Period{Part: period.WholeYear}, Unit: testkit.BaBe.Code}
	fmt.Sscan(k.App.Today()[:4], &key.Period.Year)
	testkit.Works(t, k.App.Periods.Submit(t.Context(), filer, key, periods.Input{Sure: true}))
	return k, above, key
}

func written(t *testing.T, k *testkit.Kit, actor registry.Actor, year int) []byte {
	t.Helper()
	var out bytes.Buffer
	testkit.Works(t, k.App.Archive.Write(t.Context(), actor, year, &out))
	return out.Bytes()
}

// content is what each file of an archive holds; a name that stands twice fails the test.
func content(t *testing.T, data []byte) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	testkit.Works(t, err)
	all := map[string][]byte{}
	for _, f := range z.File {
		if all[f.Name] != nil {
			t.Errorf("%s stands in it twice", f.Name)
		}
		r, err := f.Open()
		testkit.Works(t, err)
		all[f.Name], err = io.ReadAll(r)
		testkit.Works(t, err)
	}
	return all
}

// TestAnArchiveIsReadWithoutTheProduct unpacks an archive by unzip and checks it by sha256sum.
func TestAnArchiveIsReadWithoutTheProduct(t *testing.T) {
	k, above, key := reported(t)
	data, dir := written(t, k, above, key.Period.Year), t.TempDir()
	file := filepath.Join(dir, "a.zip")
	testkit.Works(t, os.WriteFile(file, data, 0o600))
	for _, args := range [][]string{{"unzip", "-tq", file}, {"unzip", "-q", file, "-d", dir}, {"sha256sum", "--strict", "-c", "SHA256SUMS"}} {
		cmd := exec.Command(testkit.Need(t, args[0]), args[1:]...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%v: %v\n%s", args, err, out)
		}
	}
	if again := written(t, k, above, key.Period.Year); !bytes.Equal(again, data) {
		t.Error("the same data give other bytes")
	}
}

// TestAnArchiveHoldsThePapersFiguresAndRows compares an archive with what the product says.
func TestAnArchiveHoldsThePapersFiguresAndRows(t *testing.T) {
	k, above, key := reported(t)
	all := content(t, written(t, k, above, key.Period.Year))
	p := key.Period.String()
	for _, form := range []string{"pdf", "docx", "xlsx"} {
		paper, err := k.App.Periods.PaperFile(t.Context(), above, periods.Query{Form: key.Form, Period: key.Period}, form)
		testkit.Works(t, err)
		unit, err := k.App.Periods.UnitPaperFile(t.Context(), above, key, form)
		testkit.Works(t, err)
		if !bytes.Equal(all["van-ban/"+p+"/ban-chi-dao-19."+form], paper.Data) || !bytes.Equal(all["van-ban/"+p+"/xa-"+key.Unit+"."+form], unit.Data) {
			t.Errorf("a paper as %s differs from its archive", form)
		}
	}
	var figures struct {
		Forms []struct {
			Period, Form string
			Sum          period.Values
		}
	}
	testkit.Works(t, json.Unmarshal(all["so-lieu/so-lieu.json"], &figures))
	if len(figures.Forms) == 0 || figures.Forms[0].Sum["communications"].N != 2 {
		t.Errorf("the figures are %+v", figures)
	}
	if rows := string(all["dong/"+p+"-xa-"+key.Unit+".csv"]); !strings.Contains(rows, "'=Hàng Việt") || !strings.Contains(rows, ",2,90,") {
		t.Errorf("the rows are %s", rows)
	}
	if !strings.Contains(string(all["index.html"]), "Kỳ chưa khóa") || !strings.Contains(string(all["manifest.json"]), `"not_locked": [`) {
		t.Error("nobody says that the year is not locked")
	}
	if matrix := string(all["so-lieu/"+p+"-xa-19.csv"]); strings.Count(matrix, "\n") != 95 {
		t.Errorf("the matrix has %d lines", strings.Count(matrix, "\n"))
	}
}

// TestAChangedArchiveIsRefused changes every part of an archive in turn: a byte of a file, a file
// that is left out, one that is put in.
func TestAChangedArchiveIsRefused(t *testing.T) {
	k, above, key := reported(t)
	data := written(t, k, above, key.Period.Year)
	all := content(t, data)
	if n, err := archive.Verify(bytes.NewReader(data), int64(len(data))); err != nil || n != len(all)-1 {
		t.Fatalf("%d files: %v", n, err)
	}
	for name, change := range map[string]func(map[string][]byte){
		"was changed": func(m map[string][]byte) { m["manifest.json"] = append(bytes.Clone(m["manifest.json"]), ' ') },
		"is missing":  func(m map[string][]byte) { delete(m, "index.html") },
		"is not in":   func(m map[string][]byte) { m["them.txt"] = []byte("x") },
	} {
		changed := content(t, data)
		change(changed)
		other := packed(t, changed)
		if _, err := archive.Verify(bytes.NewReader(other), int64(len(other))); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("an archive that %s gives %v", name, err)
		}
	}
	data[len(data)/2] ^= 1
	if _, err := archive.Verify(bytes.NewReader(data), int64(len(data))); err == nil {
		t.Error("a changed byte is taken")
	}
}

func packed(t *testing.T, all map[string][]byte) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, data := range all {
		w, err := z.Create(name)
		testkit.Works(t, err)
		_, err = w.Write(data)
		testkit.Works(t, err)
	}
	testkit.Works(t, z.Close())
	return out.Bytes()
}

func TestWhoMayMakeAnArchive(t *testing.T) {
	k, above, key := reported(t)
	commune, _ := k.Officer(registry.Organiser, testkit.BaBe.Code)
	viewer, _ := k.Officer(registry.Viewer, "19")
	for name, actor := range map[string]registry.Actor{"commune": commune, "viewer": viewer, "nobody": {}} {
		var out bytes.Buffer
		if err := k.App.Archive.Write(t.Context(), actor, key.Period.Year, &out); registry.KindOf(err) != registry.NotFound || out.Len() > 0 {
			t.Errorf("%s: %v, %d bytes", name, err, out.Len())
		}
	}
	var out bytes.Buffer
	if err := k.App.Archive.Write(t.Context(), above, key.Period.Year-3, &out); registry.KindOf(err) != registry.Conflict || out.Len() > 0 {
		t.Errorf("a year of nothing: %v, %d bytes", err, out.Len())
	}
	written(t, k, above, key.Period.Year)
	if n := len(k.Audited("period.archive")); n != 1 {
		t.Errorf("%d lines in the log", n)
	}
}

// TestAnArchiveHoldsAddenda: what came after the lock stands beside the rows that were handed in,
// which stay, and the period is told as locked.
func TestAnArchiveHoldsAddenda(t *testing.T) {
	k, above, key := reported(t)
	ctx, p := t.Context(), key.Period.String()
	f, err := k.App.Periods.Report(ctx, above, key)
	testkit.Works(t, err)
	_, err = k.App.Periods.Accept(ctx, above, key.Form, key.Period, []string{periods.Pick(f.Report)})
	testkit.Works(t, err)
	_, _, err = k.App.Communications.Enter(ctx, registry.SystemActor("test"), []communications.EntryInput{{Client: uuid.NewString(),
		Channel: "village_meeting", Times: "1", People: "30", Area: testkit.BaBe.String(), Day: vn.ShowDate(vn.AddDays(k.App.Today(), -10)), Topic: "Ghi muộn"}})
	testkit.Works(t, err)
	day, _ := vn.InstantOf(fmt.Sprint(key.Period.Year+1)+"-01-12", 9*60)
	k.Clock.Set(day)
	testkit.Works(t, k.App.Periods.Lock(ctx, above, periods.Query{Form: key.Form, Period: key.Period}, periods.LockInput{Reason: "Đến hạn.", Sure: true}))
	testkit.Works(t, k.App.Periods.Add(ctx, above, key, periods.AddendumInput{Reason: "Một cuộc ghi muộn."}))
	data := written(t, k, above, key.Period.Year)
	all := content(t, data)
	own := "dong/" + p + "-xa-" + key.Unit
	if rows := string(all[own+".csv"]); strings.Contains(rows, "Ghi muộn") || !strings.Contains(rows, "Hàng Việt") {
		t.Errorf("the rows that were handed in are %s", rows)
	}
	if rows := string(all[own+"-bo-sung-dong.csv"]); !strings.Contains(rows, "Ghi muộn") {
		t.Errorf("the rows of the addendum are %s", rows)
	}
	if moved := string(all[own+"-bo-sung.csv"]); !strings.Contains(moved, "Một cuộc ghi muộn.") || !strings.Contains(moved, ",2,3\n") {
		t.Errorf("the addendum is %s", moved)
	}
	var told struct {
		Periods []struct {
			Period, Form string
			Locked       bool
		}
	}
	testkit.Works(t, json.Unmarshal(all["manifest.json"], &told))
	for _, at := range told.Periods {
		if at.Period == p && at.Form == "xa" && !at.Locked {
			t.Error("the manifest does not say that the year is locked")
		}
	}
	if again := written(t, k, above, key.Period.Year); !bytes.Equal(again, data) {
		t.Error("the same data give other bytes")
	}
}
