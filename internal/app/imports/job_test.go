package imports_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"hoicho/internal/registry"
	"hoicho/internal/store/intake"
	"hoicho/internal/testkit"
	"hoicho/internal/testkit/need"
)

// many is a file of so many vendors.
func many(n int) string {
	var b strings.Builder
	b.WriteString(head)
	for i := range n {
		fmt.Fprintf(&b, "%d;Cơ sở số %d;Hộ KD;;Ba Bể;09%08d\n", i+1, i+1, i)
	}
	return b.String()
}

func (o *office) vendors() int {
	o.t.Helper()
	l, err := o.App.Vendors.OfficeVendors(o.t.Context(), o.officer, registry.VendorFilter{})
	testkit.Works(o.t, err)
	return l.Total
}

// TestWhatIsStoppedLeavesNothing stops an import in the middle: what was written is gone, and
// it can be started again.
func TestWhatIsStoppedLeavesNothing(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	x := o.sent("ds.csv", many(1500))
	p := o.plan(x)
	testkit.Works(t, o.App.Imports.Start(t.Context(), o.officer, x.ID, p.Digest))
	done := make(chan error, 1)
	go func() {
		_, err := o.App.RunJob(t.Context())
		done <- err
	}()
	for now := x; now.Done == 0; {
		var err error
		if now, err = o.App.Imports.Import(t.Context(), o.officer, x.ID); err != nil {
			t.Fatal(err)
		}
	}
	testkit.Works(t, o.App.Imports.Stop(t.Context(), o.officer, x.ID))
	testkit.Works(t, <-done)
	now, err := o.App.Imports.Import(t.Context(), o.officer, x.ID)
	if err != nil || now.State != intake.Read || now.Fault != "import.error.stopped" || now.Kept != 0 {
		t.Errorf("it stands as %+v (%v)", now, err)
	}
	if n := o.vendors(); n != 0 {
		t.Errorf("%d vendors are left", n)
	}
	p = o.plan(x)
	testkit.Works(t, o.App.Imports.Start(t.Context(), o.officer, x.ID, p.Digest))
	if now = o.ran(x); now.State != intake.Done || o.vendors() != 1500 {
		t.Errorf("started again: %+v", now)
	}
}

// TestARegisterThatMovedIsShownAgain: what was tried is not what would be written any more.
func TestARegisterThatMovedIsShownAgain(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	x := o.sent("ds.csv", head+"1;HTX Một;HTX;0100047516;Ba Bể;\n")
	p := o.plan(x)
	testkit.Works(t, o.App.Imports.Start(t.Context(), o.officer, x.ID, p.Digest))
	o.Vendor(testkit.WithVendor(func(v *registry.Vendor) { v.Name, v.TaxCode = "HTX Chen Ngang", "0100047516" }))
	if now := o.ran(x); now.State != intake.Read || now.Fault != "import.error.moved" || o.vendors() != 1 {
		t.Errorf("it stands as %+v", now)
	}
}

// TestWhatNobodyTookInIsForgotten: a file holds telephone numbers.
func TestWhatNobodyTookInIsForgotten(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	x := o.sent("ds.csv", many(1))
	if n, err := o.App.Imports.Forget(t.Context()); err != nil || n != 0 {
		t.Fatalf("forgot %d (%v)", n, err)
	}
	o.Clock.Add(8 * 24 * time.Hour)
	if n, err := o.App.Imports.Forget(t.Context()); err != nil || n != 1 {
		t.Errorf("forgot %d (%v)", n, err)
	}
	if _, err := o.App.Imports.Import(t.Context(), o.officer, x.ID); registry.KindOf(err) != registry.NotFound {
		t.Errorf("the file is still there: %v", err)
	}
}

// TestLongTenThousandVendors bounds how long a large file takes, 10 s on a machine that is free
// (4 s of one processor), and what 50,000 rows take in memory.
func TestLongTenThousandVendors(t *testing.T) {
	need.Long(t)
	o := newOffice(t)
	began := testkit.MachineNow()
	if x := o.taken("ds.csv", many(10_000)); x.Added != 10_000 {
		t.Fatalf("added %d", x.Added)
	}
	took := testkit.MachineNow().Sub(began)
	t.Logf("10,000 vendors took %v", took)
	if took > time.Minute {
		t.Errorf("10,000 vendors took %v", took)
	}
	p := o.plan(o.sent("ds2.csv", many(50_000)))
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	t.Logf("50,000 rows: %d MB held, %d MB from the system", m.HeapAlloc>>20, m.Sys>>20)
	if p.Added != 40_000 || p.Same != 10_000 || m.HeapAlloc > 300<<20 {
		t.Errorf("added %d, same %d, %d MB", p.Added, p.Same, m.HeapAlloc>>20)
	}
}
