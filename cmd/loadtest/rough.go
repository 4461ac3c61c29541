package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"hoicho/internal/testkit"
)

// What strangers do to the server at once, and the memory that it is given.
const (
	roughMemory = 2_000_000 // kB of address space
	bombs       = 200       // doubly compressed bodies
	costly      = 50        // pictures that cost more than they weigh
	slow        = 2000      // connections that say half a line and wait
	roughTime   = 12 * time.Second
)

// rough lets strangers do their worst to a server that has two gigabytes, and looks
// how long pages take meanwhile and whether an honest report is kept.
func rough(ctx context.Context) error {
	return withDemo(ctx, func(dir, bin string, p *process, slug string) error {
		if err := p.stop(); err != nil { // it was only there to fill the database
			return err
		}
		line := fmt.Sprintf("ulimit -v %d && ulimit -n 4096 && exec %s serve --db %s --addr %s",
			roughMemory, bin, filepath.Join(dir, "demo.db"), strings.TrimPrefix(p.base, "http://"))
		p, err := start(ctx, p.base, "/readyz", "sh", "-c", line)
		if err != nil {
			return err
		}
		rows, err := roughRows(p, "/su-kien/"+slug)
		if err := errors.Join(err, p.stop()); err != nil {
			return err
		}
		printTable(os.Stdout, rows)
		return nil
	})
}

// attack is what all strangers do; gone counts their answers.
type attack struct {
	base  string
	mu    sync.Mutex
	gone  map[string]int
	wg    sync.WaitGroup
	conns []net.Conn
}

func roughRows(p *process, page string) ([]row, error) {
	a := &attack{base: p.base, gone: map[string]int{}}
	a.begin()
	waits, honest, peak := []time.Duration{}, make(chan string, 1), 0.0
	go func() { honest <- a.report("Bán hàng không rõ nguồn gốc.", nil) }()
	for began := time.Now(); time.Since(began) < roughTime; time.Sleep(50 * time.Millisecond) {
		asked := time.Now()
		if status := get(p.base + page); status != http.StatusOK {
			return nil, fmt.Errorf("a page meanwhile: %d", status)
		}
		waits = append(waits, time.Since(asked))
		mb, err := p.residentMB()
		if err != nil {
			return nil, fmt.Errorf("the server is gone: %w", err)
		}
		peak = max(peak, mb)
	}
	for _, c := range a.conns {
		c.Close()
	}
	a.wg.Wait()
	slices.Sort(waits)
	worst, half, said := waits[len(waits)-1], waits[len(waits)/2], <-honest
	return []row{
		{"slow connections", fmt.Sprint(len(a.conns)), fmt.Sprint(slow), len(a.conns) == slow},
		{"the attackers got", strings.TrimPrefix(fmt.Sprint(a.gone), "map"), "", true},
		{"pages meanwhile, worst of " + strconv.Itoa(len(waits)), fmt.Sprintf("%d ms", worst.Milliseconds()), "under 1 s", worst < time.Second},
		{"pages meanwhile, half of them", fmt.Sprintf("%d ms", half.Milliseconds()), "", true},
		{"an honest report meanwhile", said, "303", said == "303"},
		{"memory at its highest", fmt.Sprintf("%.0f MB", peak), "", true},
	}, nil
}

// begin lets all of them go at once.
func (a *attack) begin() {
	for range slow {
		if c, err := net.Dial("tcp", strings.TrimPrefix(a.base, "http://")); err == nil {
			io.WriteString(c, "POST /phan-anh HTTP/1.1\r\nHost: a\r\nContent-Length: 12000000\r\nX-")
			a.conns = append(a.conns, c)
		}
	}
	bomb := twiceCompressed()
	for n := range bombs {
		path := []string{"/api/v1/gate/pair", "/dang-nhap", "/phan-anh"}[n%3]
		a.each("bomb", func() string {
			req, _ := http.NewRequest(http.MethodPost, a.base+path, bytes.NewReader(bomb))
			req.Header.Set("Content-Type", "application/json")
			req.Header.Set("Content-Encoding", "gzip, gzip")
			return send(req)
		})
	}
	pictures := [][]byte{testkit.CostlyJPEG(2500), testkit.CostlyJPEG(9), testkit.CostlyJPEG(70)}
	for n := range costly {
		a.each("picture", func() string { return a.report(fmt.Sprintf("Ảnh %d.", n), pictures[n%len(pictures)]) })
	}
}

func (a *attack) each(what string, do func() string) {
	a.wg.Go(func() {
		said := do()
		a.mu.Lock()
		defer a.mu.Unlock()
		a.gone[what+" "+said]++
	})
}

// report sends a tip, with a photo where there is one, and returns the status.
func (a *attack) report(text string, photo []byte) string {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	fields := [][2]string{{"kind", "price"}, {"place", "Chợ Ba Bể"}, {"text", text}}
	for _, f := range fields {
		form.WriteField(f[0], f[1])
	}
	if photo != nil {
		part, _ := form.CreateFormFile("photo", "a.jpg")
		part.Write(photo)
	}
	form.Close()
	req, _ := http.NewRequest(http.MethodPost, a.base+"/phan-anh", &body)
	req.Header.Set("Content-Type", form.FormDataContentType())
	req.Header.Set("Origin", a.base)
	return send(req)
}

// impatient follows no redirect and gives up after a minute.
var impatient = &http.Client{Timeout: time.Minute, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

// send returns the status of the answer, or that there was none.
func send(req *http.Request) string {
	res, err := impatient.Do(req)
	if err != nil {
		return "no answer"
	}
	defer res.Body.Close()
	io.Copy(io.Discard, res.Body)
	return strconv.Itoa(res.StatusCode)
}

func get(url string) int {
	res, err := impatient.Get(url)
	if err != nil {
		return 0
	}
	defer res.Body.Close()
	io.Copy(io.Discard, res.Body)
	return res.StatusCode
}

// twiceCompressed is a gigabyte of zeros in some kilobytes.
func twiceCompressed() []byte {
	squeeze := func(write func(io.Writer)) []byte {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		write(z)
		z.Close()
		return b.Bytes()
	}
	once := squeeze(func(w io.Writer) {
		zeros := make([]byte, 1<<20)
		for range 1 << 10 {
			w.Write(zeros)
		}
	})
	return squeeze(func(w io.Writer) { w.Write(once) })
}
