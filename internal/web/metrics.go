package web

import (
	"net/http"
	"os"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"hoicho/internal/registry"
)

// metrics are the figures that an operator watches. They are served on an address
// of their own and hold no names, codes or addresses of people.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.HistogramVec
	cacheHit prometheus.Counter
}

// newMetrics makes the figures of one server; dbPath is the SQLite file, whose
// log may not grow without bound, or "".
func newMetrics(dbPath string) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "hoicho_request_seconds",
			Help: "Time to answer, by route and status.", Buckets: []float64{.001, .005, .025, .1, .5, 2, 10}},
			[]string{"method", "route", "status"}),
		cacheHit: prometheus.NewCounter(prometheus.CounterOpts{Name: "hoicho_cached_pages_total",
			Help: "Answers given from the page cache."}),
	}
	m.registry.MustRegister(m.requests, m.cacheHit, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	if dbPath != "" {
		m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "hoicho_wal_bytes",
			Help: "Size of the SQLite log; above 64 MB something holds a reader open."}, func() float64 {
			info, err := os.Stat(dbPath + "-wal")
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
		status = statusOf[registry.KindOf(fromFiber(err))]
	}
	s.metrics.requests.WithLabelValues(c.Method(), c.Route().Path, strconv.Itoa(status)).Observe(time.Since(began).Seconds())
	return err
}

// Metrics serves the figures in the Prometheus text format.
func (s *Server) Metrics() http.Handler {
	return promhttp.HandlerFor(s.metrics.registry, promhttp.HandlerOpts{})
}
