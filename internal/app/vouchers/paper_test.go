package vouchers_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"hoicho/internal/app/vouchers"
	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/report"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
	"hoicho/internal/testkit/need"
	_ "hoicho/internal/testkit/site"
)

// printed prints vouchers of a pack by the job and returns the PDF.
func (f *fair) printed(t *testing.T, number int) []byte {
	t.Helper()
	ref := vouchers.PackRef{Event: f.event.ID, Number: number}
	id, err := f.k.App.Vouchers.StartPaper(t.Context(), f.organiser, ref, vouchers.PaperInput{Lang: "vi"})
	if err != nil {
		t.Fatal(err)
	}
	if ran, err := f.k.App.RunJob(t.Context()); !ran || err != nil {
		t.Fatalf("the job ran: %t, %v", ran, err)
	}
	var file registry.File
	f.k.Read(func(tx *store.Tx) error {
		job, err := tx.Job(t.Context(), id)
		if err != nil {
			return err
		}
		file, err = tx.File(t.Context(), job.Result, registry.PhotoWhole)
		return err
	})
	return file.Data
}

// symbolsOf reads the symbols of printed vouchers: each is cut out as with scissors.
func symbolsOf(t *testing.T, pdf []byte) (texts []string) {
	t.Helper()
	testkit.Need(t, "pdftoppm")
	testkit.Need(t, "zbarimg")
	const dpi, perMM = 150, 150 / 25.4
	dir := t.TempDir()
	path := filepath.Join(dir, "paper.pdf")
	if err := os.WriteFile(path, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	px := func(mm float64) string { return fmt.Sprint(int(mm * perMM)) }
	for place := range 8 {
		x, y := 10+95*float64(place%2), 12.5+68*float64(place/2)
		stem := filepath.Join(dir, fmt.Sprintf("place%d", place))
		if out, err := exec.Command("pdftoppm", "-gray", "-r", fmt.Sprint(dpi), "-x", px(x), "-y", px(y), "-W", px(95), "-H", px(68), path, stem).CombinedOutput(); err != nil {
			t.Fatalf("pdftoppm: %v: %s", err, out)
		}
	}
	pieces, err := filepath.Glob(filepath.Join(dir, "place*.pgm"))
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("zbarimg", append([]string{"--quiet", "--raw", "-Sdisable", "-Sqr.enable"}, pieces...)...).Output()
	if err != nil {
		t.Fatalf("zbarimg: %v", err)
	}
	return strings.Fields(string(out))
}

// queue is a phone at a booth without a network: what waits to be sent.
type queue struct {
	phone *testkit.Phone
	booth string
	scans []gate.SentScan
}

func (q *queue) take(text string) {
	s := q.phone.Scan(registry.PassRow{}, testkit.At(q.booth), testkit.Offline(registry.VerdictOK))
	s.QR = text
	q.scans = append(q.scans, s)
}

// upload sends a part of a queue over HTTP.
func (q *queue) upload(t *testing.T, base string, part []gate.SentScan) {
	t.Helper()
	batch := q.phone.Batch(part...)
	batch.DeviceSeqFrom = 1
	body, err := json.Marshal(batch)
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, base+"/api/v1/gate/scans", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+q.phone.Token)
	req.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if said, _ := io.ReadAll(res.Body); res.StatusCode != http.StatusOK {
		t.Fatalf("status %d: %s", res.StatusCode, said)
	}
}

// TestHeavyPrintedVouchersTakenOfflineAreSettledAsTheyWereTaken prints 200 vouchers, reads them
// from the paper, takes them with two phones without a network, one voucher on both, and
// uploads late, in parts and in any order.
func TestHeavyPrintedVouchersTakenOfflineAreSettledAsTheyWereTaken(t *testing.T) {
	need.Long(t)
	f := newFair(t)
	rows := f.k.Pack(f.event, 200)
	texts := symbolsOf(t, f.printed(t, 1))
	if len(texts) != 200 {
		t.Fatalf("%d symbols of 200 vouchers", len(texts))
	}
	if f.pack(t, 1).PrintedAt == 0 {
		t.Error("nobody noted that the pack was printed")
	}
	r := rand.New(rand.NewPCG(7, 11))
	r.Shuffle(len(texts), func(i, j int) { texts[i], texts[j] = texts[j], texts[i] })
	queues := []*queue{{phone: f.k.Seller(f.event.ID, f.vendor(0)), booth: "A01"}, {phone: f.k.Seller(f.event.ID, f.vendor(1)), booth: "A02"}}
	for i, text := range texts {
		queues[i%2].take(text)
		f.k.Clock.Add(20 * time.Second)
		if i == 100 {
			queues[(i+1)%2].take(text) // the copy
			f.k.Clock.Add(20 * time.Second)
		}
	}
	base := f.k.Serve()
	type upload struct {
		q    *queue
		part []gate.SentScan
	}
	var uploads []upload
	for _, q := range queues {
		for part := range slices.Chunk(q.scans, 17) {
			uploads = append(uploads, upload{q, part}, upload{q, part}) // sent twice: an answer was lost
		}
	}
	r.Shuffle(len(uploads), func(i, j int) { uploads[i], uploads[j] = uploads[j], uploads[i] })
	for _, u := range uploads {
		u.q.upload(t, base, u.part)
	}
	f.wantSettled(t, queues[0].booth, len(rows))
}

// wantSettled compares settlement and reconciliation with a count of its own.
func (f *fair) wantSettled(t *testing.T, booth string, n int) {
	t.Helper()
	s := f.settlement(t)
	paid, dong := 0, int64(0)
	for _, v := range s.Vendors {
		paid, dong = paid+v.N, dong+v.Dong
	}
	if paid != n || dong != int64(n)*50_000 || s.Sums.Spent != n || s.Sums.Doubles != 1 || s.Sums.Faulty != 0 {
		t.Errorf("%d paid, %d đồng; %+v", paid, dong, s.Sums)
	}
	counted := f.k.Look(`
		SELECT COUNT(DISTINCT pass_n), COUNT(*), SUM(CASE WHEN booth = $1 AND NOT EXISTS (
				SELECT 1 FROM scans o WHERE o.pass_n = s.pass_n AND o.n <> s.n AND (o.corrected_at < s.corrected_at)) THEN 1 ELSE 0 END)
		FROM scans s WHERE direction = 2 AND void_of IS NULL`, booth)[0]
	own := 0
	for _, v := range s.Vendors {
		if slices.Contains(v.Booths, booth) {
			own = v.N
		}
	}
	if got := fmt.Sprint(counted...); got != fmt.Sprint(n, n+1, own) {
		t.Errorf("counted by itself: vouchers, takings and those of %s are %s, want %d %d %d", booth, got, n, n+1, own)
	}
	if d := f.differences(t); d[registry.DiffDouble] != 1 || len(d) != 1 {
		t.Errorf("the reconciliation has %v", d)
	}
}

func TestHeavyTwentyThousandVouchers(t *testing.T) {
	need.Long(t)
	if testing.Short() {
		t.Skip("makes 20,000 vouchers")
	}
	f := newFair(t)
	phone := f.k.Phone(f.event.ID, registry.Steward, 1)
	for range 10 {
		f.k.Pack(f.event, registry.MaxPackSheet)
	}
	list, _, err := f.k.GateSnapshot(phone.Device, "", "")
	if err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(list)
	if err != nil || len(raw) > 20_000 {
		t.Errorf("the list of a phone has %d bytes, %v", len(raw), err)
	}
	if d, err := f.k.App.Vouchers.Desk(t.Context(), f.organiser, f.event.ID); err != nil || d.Sums.Printed != 20_000 {
		t.Errorf("%+v, %v", d.Sums, err)
	}
}

func TestSettlementIsWrittenForEachVendorAndAsAWorkbook(t *testing.T) {
	f := newFair(t)
	rows := f.k.Pack(f.event, 40)
	for n, booth := range []string{"A01", "A02"} {
		seller := f.k.Seller(f.event.ID, f.vendor(n))
		for i := range 5 {
			f.take(t, seller, seller.Scan(rows[10*n+i], testkit.At(booth)))
		}
	}
	pdf, err := f.k.App.Vouchers.SettlementPaper(t.Context(), f.organiser, f.event.ID, "", "vi")
	if err != nil || !bytes.HasPrefix(pdf.Data, []byte("%PDF")) {
		t.Fatalf("%v", err)
	}
	path := filepath.Join(t.TempDir(), "s.pdf")
	if err := os.WriteFile(path, pdf.Data, 0o600); err != nil {
		t.Fatal(err)
	}
	testkit.Need(t, "pdftotext")
	text, err := exec.Command("pdftotext", "-layout", path, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"0001–0005", "0011–0015", "250.000 ₫", "Hai trăm năm mươi nghìn đồng", "ký, ghi rõ họ tên"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the paper does not say %q", want)
		}
	}
	xlsx, err := f.k.App.Vouchers.SettlementTable(t.Context(), f.organiser, f.event.ID, report.FormXLSX, "vi")
	if err != nil || !bytes.HasPrefix(xlsx.Data, []byte("PK")) {
		t.Errorf("the workbook: %v", err)
	}
	own, _ := f.k.VendorAccount()
	if _, err := f.k.App.Vouchers.OwnPaper(t.Context(), own, vouchers.SellerRef{Event: f.event.ID, Vendor: f.vendor(0)}, "vi"); registry.KindOf(err) != registry.NotFound {
		t.Errorf("a stranger reads what a vendor took: %v", err)
	}
}

func TestRangesAreWrittenAsPeopleListThem(t *testing.T) {
	for want, serials := range map[string][]int{"": nil, "0007": {7}, "0001–0003": {1, 2, 3}, "0001, 0003–0004, 0120": {1, 3, 4, 120}} {
		if got := vouchers.Ranges(serials); got != want {
			t.Errorf("%v is %q, want %q", serials, got, want)
		}
	}
}
