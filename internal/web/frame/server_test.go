package frame_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"hoicho/internal/testkit"
	"hoicho/internal/testkit/need"
	"hoicho/internal/testkit/site"
	"hoicho/internal/web/frame"
)

// raw sends bytes as they are and returns the status line's code, or 0 when the
// server closes without an answer.
func raw(t *testing.T, base, request string) int {
	t.Helper()
	conn := testkit.DialServer(t, base, 5*time.Second)
	if _, err := conn.Write([]byte(request)); err != nil {
		t.Fatal(err)
	}
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return 0
	}
	defer res.Body.Close()
	io.Copy(io.Discard, res.Body)
	return res.StatusCode
}

// TestMalformedRequests keeps the seven requests that the engine's older version
// answered with 200 at 400. The control is a plain request, which must pass.
func TestMalformedRequests(t *testing.T) {
	base := testkit.NewApp(t).Serve()
	for name, request := range map[string]string{
		"no host":                  "GET /healthz HTTP/1.1\r\n\r\n",
		"two hosts":                "GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
		"two content lengths":      "POST /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
		"two transfer encodings":   "POST /healthz HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
		"chunked on HTTP/1.0":      "POST /healthz HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
		"bare LF in chunk ext":     "POST /healthz HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;a\nb\r\nx\r\n0\r\n\r\n",
		"NUL in path":              "GET /health\x00z HTTP/1.1\r\nHost: a\r\n\r\n",
		"escaped NUL in path":      "GET /su-kien/%00 HTTP/1.1\r\nHost: a\r\n\r\n",
		"path that is not UTF-8":   "GET /su-kien/%ff%fe HTTP/1.1\r\nHost: a\r\n\r\n",
		"query that is not UTF-8":  "GET /healthz?q=%c3%28 HTTP/1.1\r\nHost: a\r\n\r\n",
		"broken escape in a query": "GET /healthz?q=%zz HTTP/1.1\r\nHost: a\r\n\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			if code := raw(t, base, request); code != 400 && code != 415 && code != 0 {
				t.Errorf("answer %d, want 400, 415 or a closed connection", code)
			}
		})
	}
	if code := raw(t, base, "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"); code != 200 {
		t.Errorf("control: a plain request got %d", code)
	}
}

// TestSilentLineIsHungUp opens a line ahead of need, as browsers do, and leaves it:
// it is closed without a byte. With an answer to nothing on it, a browser that sends
// in that moment would take it for the answer to its request. The control is a
// request on a line of the same server.
func TestSilentLineIsHungUp(t *testing.T) {
	server, err := frame.NewServer(frame.Options{App: testkit.NewApp(t).App})
	if err != nil {
		t.Fatal(err)
	}
	frame.Hurry(server, 50*time.Millisecond)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- server.Serve(ctx, listener) }()
	for name, sent := range map[string]string{"nothing": "", "half of a head": "GET /static/js/gate.js HTTP/1.1\r\nHo"} {
		t.Run(name, func(t *testing.T) {
			conn := testkit.DialServer(t, "http://"+listener.Addr().String(), 5*time.Second)
			if _, err := io.WriteString(conn, sent); err != nil {
				t.Fatal(err)
			}
			if answer, err := io.ReadAll(conn); err != nil || len(answer) > 0 {
				t.Errorf("got %q, %v; want an end of the line and nothing else", answer, err)
			}
		})
	}
	if code := raw(t, "http://"+listener.Addr().String(), "GET /api/nothing HTTP/1.1\r\nHost: a\r\n\r\n"); code != 404 {
		t.Errorf("control: a request got %d", code)
	}
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// answersTo sends bytes as they are and counts the answers until the server closes
// or falls silent.
func answersTo(t *testing.T, base, request string) (codes []int) {
	t.Helper()
	conn := testkit.DialServer(t, base, 300*time.Millisecond)
	conn.Write([]byte(request)) // a server that has closed already is an answer too
	for r := bufio.NewReader(conn); ; {
		res, err := http.ReadResponse(r, nil)
		if err != nil {
			return codes
		}
		io.Copy(io.Discard, res.Body)
		res.Body.Close()
		codes = append(codes, res.StatusCode)
	}
}

// TestNoRequestIsSmuggled hides a second request behind a body whose length is
// told in two ways: it is never answered. The control sends it in the open.
func TestNoRequestIsSmuggled(t *testing.T) {
	t.Parallel()
	base := testkit.NewApp(t).Serve()
	const hidden = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
	if got := answersTo(t, base, hidden+hidden); len(got) != 2 {
		t.Fatalf("control: two requests in the open got %v", got)
	}
	for name, head := range map[string]string{
		"length and chunked":        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
		"chunked and length":        "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
		"chunked with a tab":        "Transfer-Encoding:\tchunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
		"chunked behind identity":   "Transfer-Encoding: identity, chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
		"a length with a sign":      "Content-Length: +0\r\n\r\n",
		"a negative length":         "Content-Length: -1\r\n\r\n",
		"a length in hexadecimal":   "Content-Length: 0x0\r\n\r\n",
		"a space before the colon":  "Content-Length : 0\r\n\r\n",
		"a header that goes on":     "X: a\r\n b\r\nContent-Length: 0\r\n Transfer-Encoding: chunked\r\n\r\n",
		"a chunk size that is none": "Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
		"a chunk size of 17 digits": "Transfer-Encoding: chunked\r\n\r\n10000000000000000\r\n\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := answersTo(t, base, "POST /healthz HTTP/1.1\r\nHost: a\r\n"+head+hidden); len(got) > 1 || len(got) == 1 && got[0] == 200 {
				t.Errorf("answers %v", got)
			}
		})
	}
}

// TestLongMutatedRequestsAreNoFault changes bytes of a good request in 300 ways: the
// server says something sensible or closes, and goes on.
func TestLongMutatedRequestsAreNoFault(t *testing.T) {
	need.Long(t)
	t.Parallel()
	base := testkit.NewApp(t).Serve()
	const good = "POST /dang-nhap HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\nConnection: close\r\n\r\nlogin=abc"
	random := rand.New(rand.NewPCG(7, 31))
	for n := range 300 {
		request := []byte(good)
		for range 1 + n%3 {
			at := random.IntN(len(request))
			switch random.IntN(3) {
			case 0:
				request[at] = byte(random.IntN(256))
			case 1:
				request = append(request[:at], request[at+1:]...)
			default:
				request = slices.Insert(request, at, byte(random.IntN(256)))
			}
		}
		for _, code := range answersTo(t, base, string(request)+"\r\n\r\n") {
			if code >= 500 {
				t.Errorf("%d to %q", code, request)
			}
		}
	}
	if code := raw(t, base, "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"); code != 200 {
		t.Errorf("afterwards a plain request got %d", code)
	}
}

func TestBodyOverOneMegabyte(t *testing.T) {
	c := testkit.NewClient(t, testkit.NewApp(t).Serve())
	for _, path := range []string{"/dang-nhap", "/api/v1/gate/scans"} {
		if got := c.Do("POST", path, "application/x-www-form-urlencoded", strings.NewReader(strings.Repeat("a", 1<<20+1))); got.Status != 413 {
			t.Errorf("%s: %d, want 413", path, got.Status)
		}
	}
}

func TestCrossSiteIsRefused(t *testing.T) {
	base := testkit.NewApp(t).Serve()
	u, _ := url.Parse(base)
	for _, test := range []struct {
		site, origin, cookie string
		refused              bool
	}{
		{"same-origin", "", "s=x", false},
		{"none", "", "s=x", false},
		{"cross-site", "", "s=x", true},
		{"same-site", "", "s=x", true},
		{"cross-site", base, "s=x", true},
		{"", base, "s=x", false},
		{"", "https://evil.example", "s=x", true},
		{"", "null", "s=x", true},
		{"", "", "s=x", true},
		{"", "", "", false},
	} {
		t.Run(fmt.Sprintf("%+v", test), func(t *testing.T) {
			req, _ := http.NewRequest("POST", base+"/khong-co", strings.NewReader("a=1"))
			req.Host = u.Host
			for k, v := range map[string]string{"Sec-Fetch-Site": test.site, "Origin": test.origin, "Cookie": test.cookie} {
				if v != "" {
					req.Header.Set(k, v)
				}
			}
			res, err := http.DefaultClient.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			res.Body.Close()
			if refused := res.StatusCode == 403; refused != test.refused {
				t.Errorf("status %d, want refused=%v", res.StatusCode, test.refused)
			}
		})
	}
}

func TestErrorsAreClean(t *testing.T) {
	c := testkit.NewClient(t, testkit.NewApp(t).Serve())
	page := c.Get("/khong-co-trang-nay")
	if page.Status != 404 {
		t.Errorf("status %d, want 404", page.Status)
	}
	testkit.Page(t, page.Body).In("h1").HasText("Không tìm thấy")
	if csp := page.Header.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") {
		t.Errorf("policy %q", csp)
	}
	api := c.Get("/api/v1/khong-co")
	if api.Status != 404 || !strings.Contains(api.Body, `"error":"not_found"`) || !strings.Contains(api.Body, "request_id") {
		t.Errorf("api: %d %s", api.Status, api.Body)
	}
}

func TestLanguageSwitch(t *testing.T) {
	c := testkit.NewClient(t, testkit.NewApp(t).Serve())
	if got := c.Get("/ngon-ngu/en?next=//evil.example/"); got.Status != 303 || got.Location != "/" {
		t.Errorf("switch: %d to %q, want 303 to /", got.Status, got.Location)
	}
	testkit.Page(t, c.Get("/khong-co").Body).In("h1").HasText("Not found")
	if got := c.Get("/ngon-ngu/xx"); got.Status != 404 {
		t.Errorf("unknown language: %d", got.Status)
	}
}

func TestServeStopsEvenBeforeItBegan(t *testing.T) {
	s, _ := site.Of(testkit.NewApp(t))
	for range 20 {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(t.Context())
		stop()
		if err := s.Serve(ctx, l); err != nil {
			t.Fatal(err)
		}
	}
}
