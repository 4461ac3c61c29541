package frame

import (
	"log/slog"
	"net/http"
	"os"
	"runtime"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"hoicho/internal/app"
	"hoicho/internal/registry"
)

// metrics are the figures that an operator watches. They are served on an address
// of their own and hold no names, codes or addresses of people.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.HistogramVec
	cacheHit prometheus.Counter
	limited  prometheus.Counter
}

// newMetrics makes the figures of one server.
func newMetrics(a *app.App, version string) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "hoicho_request_seconds",
			Help: "Time to answer, by route and status.", Buckets: []float64{.001, .005, .025, .1, .5, 2, 10}},
			[]string{"method", "route", "status"}),
		cacheHit: prometheus.NewCounter(prometheus.CounterOpts{Name: "hoicho_cached_pages_total",
			Help: "Answers given from the page cache."}),
		limited: prometheus.NewCounter(prometheus.CounterOpts{Name: "hoicho_limited_total",
			Help: "Requests turned away for a while because there were too many of their kind (429)."}),
	}
	build := prometheus.NewGauge(prometheus.GaugeOpts{Name: "hoicho_build_info", Help: "1; the labels say what runs.",
		ConstLabels: prometheus.Labels{"version": version, "go": runtime.Version(), "engine": a.DB.Engine()}})
	build.Set(1)
	m.registry.MustRegister(m.requests, m.cacheHit, m.limited, build, figures{a}, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	if path := a.DB.Path(); path != "" {
		m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "hoicho_wal_bytes",
			Help: "Size of the SQLite log; above 64 MB something holds a reader open."}, func() float64 {
			info, err := os.Stat(path + "-wal")
			if err != nil {
				return 0
			}
			return float64(info.Size())
		}))
	}
	return m
}

// measure times every request that is not answered from the cache.
func (s *Server) measure(c *fiber.Ctx) error {
	began := time.Now()
	err := c.Next()
	status := c.Response().StatusCode()
	if err != nil {
		status = StatusOf[registry.KindOf(fromFiber(err))]
	}
	took := time.Since(began)
	s.metrics.requests.WithLabelValues(c.Method(), c.Route().Path, strconv.Itoa(status)).Observe(took.Seconds())
	if status == fiber.StatusTooManyRequests {
		s.metrics.limited.Inc()
	}
	if s.log.Enabled(c.UserContext(), slog.LevelDebug) {
		s.log.Debug("request", "request", requestID(c), "method", c.Method(), "route", c.Route().Path, "status", status, "ms", took.Milliseconds())
	}
	return err
}

// Metrics serves the figures in the Prometheus text format.
func (s *Server) Metrics() http.Handler {
	return promhttp.HandlerFor(s.metrics.registry, promhttp.HandlerOpts{})
}
