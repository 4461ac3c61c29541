package frame_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/testkit"
	"hoicho/internal/testkit/site"
	"hoicho/internal/web/frame"
)

// onEveryRoute is how many of the packings are tried on every route; the odd ones
// on a seventh of them.
const onEveryRoute = 8

// packings are the ways to announce a body that would have to be unpacked.
var packings = []string{
	"Content-Encoding: gzip",
	"Content-Encoding: gzip, gzip",
	"Content-Encoding: deflate",
	"Content-Encoding: br",
	"Content-Encoding: zstd",
	"Content-Encoding: identity",
	"Transfer-Encoding: gzip, chunked",
	"Transfer-Encoding: chunked\r\nContent-Encoding: gzip",
	"content-encoding: GZIP",
	"Content-Encoding:",
	"Content-Encoding: identity\r\nContent-Encoding: gzip, gzip",
	"Content-Encoding:\r\nContent-Encoding: gzip",
	"Transfer-Encoding: gzip",
	"Transfer-Encoding: identity",
}

// packedRequest is a request whose body, a gigabyte and a half packed twice into 405
// bytes, is announced by the lines of a header.
func packedRequest(method, path, contentType, lines string, body []byte) string {
	if strings.HasPrefix(lines, "Transfer-Encoding: chunked") {
		return fmt.Sprintf("%s %s HTTP/1.1\r\nHost: a\r\nContent-Type: %s\r\n%s\r\n\r\n%x\r\n%s\r\n0\r\n\r\n", method, path, contentType, lines, len(body), body)
	}
	return fmt.Sprintf("%s %s HTTP/1.1\r\nHost: a\r\nContent-Type: %s\r\nContent-Length: %d\r\n%s\r\n\r\n%s", method, path, contentType, len(body), lines, body)
}

// keptLine is a connection that is used again until the server closes it.
type keptLine struct {
	base string
	conn net.Conn
	r    *bufio.Reader
}

func (l *keptLine) ask(t *testing.T, request string) int {
	t.Helper()
	if l.conn == nil {
		l.conn = testkit.DialServer(t, l.base, 30*time.Second)
		l.r = bufio.NewReader(l.conn)
	}
	l.conn.Write([]byte(request))
	res, err := http.ReadResponse(l.r, nil)
	if err != nil {
		t.Fatalf("%.200q: %v", request, err)
	}
	io.Copy(io.Discard, res.Body)
	res.Body.Close()
	if res.Close {
		l.conn.Close()
		l.conn = nil
	}
	return res.StatusCode
}

// TestPackedBodiesAreRefused sends a body that grows a millionfold to every route,
// announced in every way: each is 415, and what the server takes of memory for all
// of them together stays below what a single one would grow to.
func TestPackedBodiesAreRefused(t *testing.T) {
	k := testkit.NewApp(t)
	s, base := site.Of(k)
	bomb, err := os.ReadFile("testdata/twice-gzipped.bin")
	if err != nil {
		t.Fatal(err)
	}
	contentTypes := []string{fiber.MIMEApplicationJSON, fiber.MIMEApplicationForm, fiber.MIMEMultipartForm + "; boundary=x"}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	asked := 0
	for i, lines := range packings {
		line := keptLine{base: base}
		for j, r := range s.Routes() {
			if r.Method == fiber.MethodGet || i >= onEveryRoute && j%7 != i%7 {
				continue
			}
			asked++
			path := testkit.RouteParam.ReplaceAllString(r.Path, "x")
			if code := line.ask(t, packedRequest(r.Method, path, contentTypes[asked%3], lines, bomb)); code != 415 {
				t.Errorf("%s %s, %q: %d", r.Method, r.Path, lines, code)
			}
		}
		if code := line.ask(t, packedRequest("GET", "/", contentTypes[0], lines, bomb)); code != 415 {
			t.Errorf("GET /, %q: %d", lines, code)
		}
	}
	runtime.ReadMemStats(&after)
	if grown := after.TotalAlloc - before.TotalAlloc; grown > 700<<20 || asked < 800 {
		t.Errorf("%d requests took %d MB", asked, grown>>20)
	}
	if code := raw(t, base, "POST /dang-xuat HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"); code != 303 {
		t.Errorf("control: a plain request got %d", code)
	}
	for _, path := range []string{"/dang-nhap", "/api/v1/gate/pair"} {
		if code := raw(t, base, "POST "+path+" HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\nTransfer-Encoding: Chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"); code == 415 || code == 0 {
			t.Errorf("control: a chunked request to %s got %d", path, code)
		}
	}
}

// TestPackedBodySaysWhy reads the two answers that people and programs get.
func TestPackedBodySaysWhy(t *testing.T) {
	c := testkit.NewClient(t, testkit.NewApp(t).Serve())
	for _, path := range []string{"/dang-nhap", "/api/v1/gate/pair"} {
		req := c.Request("POST", path, fiber.MIMEApplicationForm, bytes.NewReader([]byte("x")))
		req.Header.Set("Content-Encoding", "gzip")
		got := c.Send(req)
		if got.Status != 415 || !strings.Contains(got.Body, "không nhận nội dung đã nén") || got.Header.Get("Content-Security-Policy") == "" {
			t.Errorf("%s: %d %s", path, got.Status, got.Body)
		}
	}
}

// TestBodiesThatBreakOff sends what is less or other than was declared: each is
// refused, and the line is closed instead of guessing where the next request starts.
func TestBodiesThatBreakOff(t *testing.T) {
	base := testkit.NewApp(t).Serve()
	head := "POST /dang-nhap HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
	for name, test := range map[string]struct {
		request string
		half    bool // the sender closes its side
		want    int
	}{
		"whole":                    {head + "Content-Length: 9\r\nConnection: close\r\n\r\nlogin=abc", false, 422},
		"whole, in chunks":         {head + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\nlogin\r\n4\r\n=abc\r\n0\r\n\r\n", false, 422},
		"cut off":                  {head + "Content-Length: 20000\r\n\r\n" + strings.Repeat("a", 15000), true, 400},
		"cut off early":            {head + "Content-Length: 20000\r\n\r\nlogin=abc", true, 0},
		"a chunk cut off":          {head + "Transfer-Encoding: chunked\r\n\r\n9\r\nlogin", true, 400},
		"a chunk that is none":     {head + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", false, 400},
		"more than is taken":       {head + "Content-Length: 1048577\r\nConnection: close\r\n\r\n" + strings.Repeat("a", 1<<20+1), false, 413},
		"chunks of more than that": {head + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n100001\r\n" + strings.Repeat("a", 1<<20+1) + "\r\n0\r\n\r\n", false, 413},
		"as much as is taken":      {head + "Content-Length: 1048576\r\nConnection: close\r\n\r\nlogin=" + strings.Repeat("a", 1<<20-6), false, 422},
	} {
		t.Run(name, func(t *testing.T) {
			conn := testkit.DialServer(t, base, 8*time.Second)
			conn.Write([]byte(test.request))
			if test.half {
				conn.(*net.TCPConn).CloseWrite()
			}
			r := bufio.NewReader(conn)
			res, err := http.ReadResponse(r, nil)
			if err != nil && test.want == 0 {
				return
			}
			if err != nil || res.StatusCode != test.want && test.want != 0 {
				t.Fatalf("answer %v, %v; want %d", res, err, test.want)
			}
			io.Copy(io.Discard, res.Body)
			if _, err := r.ReadByte(); err != io.EOF {
				t.Errorf("the line goes on: %v", err)
			}
		})
	}
}

// TestNoRoomForBodies fills the room that large bodies share: small forms go on, a
// large one is told to come back, a tip is kept without its photo, and all room is
// given back in the end.
func TestNoRoomForBodies(t *testing.T) {
	s, base := site.Of(testkit.NewApp(t))
	c := testkit.NewClient(t, base)
	large := url.Values{"login": {"abc"}, "password": {strings.Repeat("a", 100_000)}}
	tip := url.Values{"kind": {"price"}, "place": {"chợ"}, "text": {"Không niêm yết giá."}}
	contentType, body := testkit.MultipartForm(t, tip, map[string][]byte{"photo": make([]byte, 100_000)})
	release := frame.TakeRoom(s.Server)
	if got := c.Post("/dang-nhap", large); got.Status != 503 || got.Header.Get("Retry-After") != "30" {
		t.Errorf("a large form: %d, Retry-After %q", got.Status, got.Header.Get("Retry-After"))
	}
	if got := c.Post("/dang-nhap", url.Values{"login": {"abc"}}); got.Status != 422 {
		t.Errorf("a small form: %d", got.Status)
	}
	if got := c.Do("POST", "/phan-anh", contentType, body); got.Status != 303 || !strings.HasSuffix(got.Location, "anh=photo_busy") {
		t.Errorf("a tip with a photo: %d to %q", got.Status, got.Location)
	}
	release()
	for range 3 {
		c.Post("/dang-nhap", large)
		c.Do("POST", "/phan-anh", contentType, bytes.NewReader([]byte("--x")))
	}
	frame.TakeRoom(s.Server)() // panics unless all of it is back
}

// TestDeclaredLengthsTakeNoMemory has two hundred strangers declare twelve megabytes
// each and send a little of it: pages are served beside them, and memory is taken for
// what came.
func TestDeclaredLengthsTakeNoMemory(t *testing.T) {
	base := testkit.NewApp(t).Serve()
	const strangers = 200
	head := "POST /phan-anh HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 12000000\r\n\r\n" +
		"--x\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a\"\r\n\r\n" + strings.Repeat("a", 9000)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range strangers {
		if _, err := testkit.DialServer(t, base, time.Minute).Write([]byte(head)); err != nil {
			t.Fatal(err)
		}
	}
	if got := testkit.NewClient(t, base).Get("/"); got.Status != 200 {
		t.Errorf("a page beside them: %d", got.Status)
	}
	runtime.ReadMemStats(&after)
	if grown := after.TotalAlloc - before.TotalAlloc; grown > strangers<<20 {
		t.Errorf("%d strangers took %d MB", strangers, grown>>20)
	}
}
