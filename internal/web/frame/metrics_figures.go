package frame

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"hoicho/internal/app"
	"hoicho/internal/app/accounts"
	"hoicho/internal/registry"
)

// figuresWait is how long the database may take to tell its figures. Where it does
// not, the others are served all the same.
const figuresWait = 2 * time.Second

// figures collects what the application counts at the moment when it is asked. All
// labels are of a few fixed values.
type figures struct{ app *app.App }

// watched describes one of them.
func watched(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc(name, help, labels, nil)
}

var (
	scansFigure    = watched("hoicho_scans_total", "Scans that this process stored, by the server's verdict.", "verdict")
	signInsFigure  = watched("hoicho_sign_in_failures_total", "Sign-ins that failed, by step.", "step")
	backupAge      = watched("hoicho_backup_age_seconds", "For how long changes may have gone without a timed backup: since the last good one of this process was made, or was seen to hold all there is; none until the first.")
	backupMade     = watched("hoicho_backup_made_seconds", "Unix time at which the last good timed backup of this process was made; none until the first.")
	backupFailed   = watched("hoicho_backup_failed", "1 if the last try to back up failed.")
	mailFigure     = watched("hoicho_mail", "Letters that have not gone out: waiting, tried again, given up.", "state")
	jobsFigure     = watched("hoicho_jobs", "Long work: waiting, running, failed within a day.", "state")
	databaseFigure = watched("hoicho_database_bytes", "Size of the database.")
	databaseUp     = watched("hoicho_database_up", "1 if the database told its figures.")
)

// Describe names the figures.
func (figures) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{scansFigure, signInsFigure, backupAge, backupMade, backupFailed, mailFigure, jobsFigure, databaseFigure, databaseUp} {
		to <- d
	}
}

// Collect tells the figures.
func (f figures) Collect(to chan<- prometheus.Metric) {
	tell := func(d *prometheus.Desc, kind prometheus.ValueType, n float64, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, kind, n, labels...)
	}
	gauge := func(d *prometheus.Desc, n float64, labels ...string) { tell(d, prometheus.GaugeValue, n, labels...) }
	scans, signIns := f.app.Admission.ScansStored(), f.app.Accounts.FailedSignIns()
	for _, verdict := range registry.VerdictCodes {
		tell(scansFigure, prometheus.CounterValue, float64(scans[verdict]), string(verdict))
	}
	for _, step := range accounts.SignInSteps {
		tell(signInsFigure, prometheus.CounterValue, float64(signIns[step]), step)
	}
	backups := f.app.Backups()
	if backups.MadeAt > 0 {
		gauge(backupAge, float64(f.app.NowMS()-backups.CurrentAt)/1000)
		gauge(backupMade, float64(backups.MadeAt)/1000)
	}
	gauge(backupFailed, oneIf(backups.Fault != nil))

	ctx, cancel := context.WithTimeout(context.Background(), figuresWait)
	defer cancel()
	stands, err := f.app.Figures(ctx)
	if gauge(databaseUp, oneIf(err == nil)); err != nil {
		return
	}
	for state, n := range map[string]int{"waiting": stands.Mail.Waiting, "trying": stands.Mail.Trying, "given_up": stands.Mail.Failed} {
		gauge(mailFigure, float64(n), state)
	}
	for state, n := range map[string]int{"waiting": stands.Jobs.Waiting, "running": stands.Jobs.Running, "failed": stands.Jobs.Failed} {
		gauge(jobsFigure, float64(n), state)
	}
	gauge(databaseFigure, float64(stands.Bytes))
}

func oneIf(is bool) float64 {
	if is {
		return 1
	}
	return 0
}
