package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// serveEmpty is the bare engine until ctx ends: one route that answers nothing.
func serveEmpty(ctx context.Context, addr string) error {
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	app.Get("/", func(c *fiber.Ctx) error { return nil })
	context.AfterFunc(ctx, func() { app.Shutdown() })
	return app.Listen(addr)
}

// load asks for a page on all connections for one round and returns the good
// answers a second. The page is asked for compressed, as browsers do.
func load(url string) float64 {
	client := &fasthttp.Client{MaxConnsPerHost: connections, ReadTimeout: 5 * time.Second, WriteTimeout: 5 * time.Second}
	var good atomic.Int64
	var wg sync.WaitGroup
	began := time.Now()
	for range connections {
		wg.Go(func() { good.Add(ask(client, url, began.Add(roundTime))) })
	}
	wg.Wait()
	client.CloseIdleConnections()
	return float64(good.Load()) / time.Since(began).Seconds()
}

func ask(client *fasthttp.Client, url string, until time.Time) (good int64) {
	req, res := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
	defer fasthttp.ReleaseRequest(req)
	defer fasthttp.ReleaseResponse(res)
	req.SetRequestURI(url)
	req.Header.Set("Accept-Encoding", "gzip")
	for time.Now().Before(until) {
		if err := client.Do(req, res); err == nil && res.StatusCode() == fasthttp.StatusOK {
			good++
		}
	}
	return good
}

// loaded finds what a page makes the browser load at once.
var loaded = regexp.MustCompile(`(?:href|src)="(/[^"#]+\.(?:css|js|svg|woff2)[^"#]*|/tep/[^"]+)"`)

// unseen finds what browsers with scripts do not load: pictures of lists, which a
// script shows when the reader comes near.
var unseen = regexp.MustCompile(`(?s)<noscript>.*?</noscript>`)

// inStyles finds fonts and pictures that a style sheet loads.
var inStyles = regexp.MustCompile(`url\(([^)]+)\)`)

// firstVisit sums the bytes on the wire of a page and of all that it loads.
func firstVisit(base, path string) (float64, error) {
	total, body, err := fetch(base + path)
	if err != nil {
		return 0, err
	}
	seen := map[string]bool{}
	queue := references(loaded, unseen.ReplaceAllString(body, ""))
	for len(queue) > 0 {
		next := queue[0]
		queue = queue[1:]
		if seen[next] {
			continue
		}
		seen[next] = true
		n, body, err := fetch(base + next)
		if err != nil {
			return 0, err
		}
		total += n
		queue = append(queue, references(inStyles, body)...)
	}
	return total, nil
}

func references(pattern *regexp.Regexp, body string) []string {
	var out []string
	for _, m := range pattern.FindAllStringSubmatch(body, -1) {
		if m[1][0] == '/' {
			out = append(out, m[1])
		}
	}
	return out
}

// fetch returns the bytes on the wire of an answer and its text.
func fetch(url string) (float64, string, error) {
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return 0, "", err
	}
	req.Header.Set("Accept-Encoding", "gzip")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, "", err
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		return 0, "", fmt.Errorf("%s: status %d, %w", url, res.StatusCode, err)
	}
	n := float64(len(raw))
	if res.Header.Get("Content-Encoding") == "gzip" {
		zr, err := gzip.NewReader(bytes.NewReader(raw))
		if err != nil {
			return 0, "", err
		}
		if raw, err = io.ReadAll(zr); err != nil {
			return 0, "", err
		}
	}
	return n, string(raw), nil
}
